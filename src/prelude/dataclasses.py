# SPDX-License-Identifier: MIT
"""Classes made of their annotated fields."""
import copy
import types

__all__ = ["dataclass", "field", "Field", "FrozenInstanceError", "InitVar", "KW_ONLY", "MISSING", "fields",
           "asdict", "astuple", "make_dataclass", "replace", "is_dataclass"]


class FrozenInstanceError(AttributeError):
    pass


class _Missing:
    def __repr__(self):
        return "<dataclasses._MISSING_TYPE object>"


class _KwOnly:
    pass


class _Default:
    def __repr__(self):
        return "<factory>"


MISSING = _Missing()
KW_ONLY = _KwOnly()
_FACTORY = _Default()
_FIELDS = "__dataclass_fields__"
_PARAMS = "__dataclass_params__"


class InitVar:
    def __init__(self, type):
        self.type = type

    def __class_getitem__(cls, type):
        return InitVar(type)

    def __repr__(self):
        return "dataclasses.InitVar[%s]" % getattr(self.type, "__name__", repr(self.type))


class Field:
    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = self.type = None
        self._kind = "field"
        self.default, self.default_factory = default, default_factory
        self.init, self.repr, self.hash, self.compare, self.kw_only = init, repr, hash, compare, kw_only
        self.metadata = types.MappingProxyType({} if metadata is None else metadata)

    def __repr__(self):
        return ("Field(name=%r,type=%r,default=%r,default_factory=%r,init=%r,repr=%r,hash=%r,compare=%r,"
                "metadata=%r,kw_only=%r,_field_type=%s)" % (
                    self.name, self.type, self.default, self.default_factory, self.init, self.repr, self.hash,
                    self.compare, self.metadata, self.kw_only, self._kind))

    def __set_name__(self, owner, name):
        hook = getattr(type(self.default), "__set_name__", None)
        if hook:
            hook(self.default, owner, name)


class _Params:
    def __init__(self, **given):
        self.__dict__.update(given)


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True,
          metadata=None, kw_only=MISSING):
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


def _annotation_says(annotation, name, module):
    """True for the annotation itself, or for text that spells it: "ClassVar[int]"."""
    if isinstance(annotation, str):
        head = annotation.split("[")[0].strip()
        return head == name or head.endswith("." + name)
    return False


def _is_classvar(annotation):
    if _annotation_says(annotation, "ClassVar", "typing"):
        return True
    if isinstance(annotation, (str, type)) or annotation is None:
        return False
    import typing

    return annotation is typing.ClassVar or getattr(annotation, "__origin__", None) is typing.ClassVar


def _is_initvar(annotation):
    return (isinstance(annotation, InitVar) or annotation is InitVar
            or _annotation_says(annotation, "InitVar", "dataclasses"))


def _make_field(cls, name, annotation, kw_only):
    default = getattr(cls, name, MISSING)
    if isinstance(default, Field):
        made = default
    else:
        if isinstance(default, types.MemberDescriptorType):
            default = MISSING
        made = field(default=default)
    made.name, made.type = name, annotation
    if _is_classvar(annotation):
        made._kind = "classvar"
    elif _is_initvar(annotation):
        made._kind = "initvar"
    if made._kind != "field" and made.default_factory is not MISSING:
        raise TypeError("field %s cannot have a default factory" % name)
    if made.kw_only is MISSING:
        made.kw_only = kw_only
    if made._kind == "field" and type(made.default).__hash__ is None:
        raise ValueError("mutable default %s for field %s is not allowed: use default_factory"
                         % (type(made.default), name))
    return made


def _collect(cls, kw_only):
    """All fields, inherited ones first."""
    found = {}
    for base in cls.__mro__[-1:0:-1]:
        for each in getattr(base, _FIELDS, {}).values() if _FIELDS in base.__dict__ else ():
            found[each.name] = each
    own = []
    for name, annotation in cls.__dict__.get("__annotations__", {}).items():
        if annotation is KW_ONLY or _annotation_says(annotation, "KW_ONLY", "dataclasses"):
            kw_only = True
        else:
            own.append(_make_field(cls, name, annotation, kw_only))
    for each in own:
        found[each.name] = each
        if isinstance(cls.__dict__.get(each.name), Field):
            if each.default is MISSING:
                delattr(cls, each.name)
            else:
                setattr(cls, each.name, each.default)
    for name, value in cls.__dict__.items():
        if isinstance(value, Field) and name not in cls.__dict__.get("__annotations__", {}):
            raise TypeError("%r is a field but has no type annotation" % name)
    return found


def _has_default(f):
    return f.default is not MISSING or f.default_factory is not MISSING


def _plural(names):
    quoted = ["'%s'" % name for name in names]
    if len(quoted) <= 2:
        return " and ".join(quoted)
    return ", ".join(quoted[:-1]) + ", and " + quoted[-1]


def _bind(qualname, positional, keyword, args, kwargs):
    """The arguments of __init__ by name, with CPython's own complaints."""
    if len(args) > len(positional):
        least = sum(not _has_default(f) for f in positional) + 1
        most = len(positional) + 1
        takes = "from %d to %d" % (least, most) if least != most else str(most)
        raise TypeError("%s() takes %s positional argument%s but %d were given"
                        % (qualname, takes, "" if most == 1 else "s", len(args) + 1))
    bound = {f.name: value for f, value in zip(positional, args)}
    names = {f.name for f in positional} | {f.name for f in keyword}
    for name, value in kwargs.items():
        if name not in names:
            raise TypeError("%s() got an unexpected keyword argument '%s'" % (qualname, name))
        if name in bound:
            raise TypeError("%s() got multiple values for argument '%s'" % (qualname, name))
        bound[name] = value
    for kind, some in (("positional", positional), ("keyword-only", keyword)):
        missing = [f.name for f in some if f.name not in bound and not _has_default(f)]
        if missing:
            raise TypeError("%s() missing %d required %s argument%s: %s" % (
                qualname, len(missing), kind, "" if len(missing) == 1 else "s", _plural(missing)))
    return bound


def _make_init(cls, known):
    initialised = [f for f in known if f.init and f._kind != "classvar"]
    positional = [f for f in initialised if not f.kw_only]
    keyword = [f for f in initialised if f.kw_only]
    seen_default = False
    for f in positional:
        if _has_default(f):
            seen_default = True
        elif seen_default:
            raise TypeError("non-default argument %r follows default argument" % f.name)
    qualname = cls.__qualname__ + ".__init__"
    has_post_init = hasattr(cls, "__post_init__")
    setter = object.__setattr__

    def __init__(self, *args, **kwargs):
        bound = _bind(qualname, positional, keyword, args, kwargs)
        variables = []
        for f in known:
            if f._kind == "classvar":
                continue
            if f.name in bound:
                value = bound[f.name]
            elif f.default_factory is not MISSING:
                value = f.default_factory()
            elif f.init and f.default is not MISSING:
                value = f.default
            else:
                continue
            if f._kind == "initvar":
                variables.append(value)
            else:
                setter(self, f.name, value)
        if has_post_init:
            self.__post_init__(*variables)

    __init__.__qualname__ = qualname
    return __init__


def _make_repr(known):
    shown = [f.name for f in known if f.repr and f._kind == "field"]
    running = []

    def __repr__(self):
        if any(each is self for each in running):
            return "..."
        running.append(self)
        try:
            return "%s(%s)" % (type(self).__qualname__,
                               ", ".join("%s=%r" % (name, getattr(self, name)) for name in shown))
        finally:
            running.pop()

    return __repr__


def _comparison(names, compare):
    def method(self, other):
        if other.__class__ is not self.__class__:
            return NotImplemented
        return compare(tuple(getattr(self, name) for name in names), tuple(getattr(other, name) for name in names))

    return method


def _frozen(cls, names):
    def __setattr__(self, name, value):
        if type(self) is cls or name in names:
            raise FrozenInstanceError("cannot assign to field %r" % name)
        super(cls, self).__setattr__(name, value)

    def __delattr__(self, name):
        if type(self) is cls or name in names:
            raise FrozenInstanceError("cannot delete field %r" % name)
        super(cls, self).__delattr__(name)

    return {"__setattr__": __setattr__, "__delattr__": __delattr__}


def _check_frozen(cls, frozen):
    for base in cls.__mro__[1:]:
        params = base.__dict__.get(_PARAMS)
        if params is not None and params.frozen != frozen:
            raise TypeError("cannot inherit non-frozen dataclass from a frozen one" if params.frozen
                            else "cannot inherit frozen dataclass from a non-frozen one")


def _set_new(cls, name, method):
    if name in cls.__dict__:
        return False
    method.__name__ = name
    if not method.__qualname__.endswith("__init__"):
        method.__qualname__ = cls.__qualname__ + "." + name
    setattr(cls, name, method)
    return True


def _set_hash(cls, compared, known, eq, frozen, unsafe_hash):
    explicit = cls.__dict__.get("__hash__", MISSING)
    given = not (explicit is MISSING or (explicit is None and "__eq__" in cls.__dict__))
    if unsafe_hash and given:
        raise TypeError("Cannot overwrite attribute __hash__ in class %s" % cls.__name__)
    names = [f.name for f in known if f._kind == "field" and (f.compare if f.hash is None else f.hash)]
    if unsafe_hash or (eq and frozen and not given):
        cls.__hash__ = lambda self: hash(tuple(getattr(self, name) for name in names))
    elif eq and not given:
        cls.__hash__ = None


def _with_slots(cls, known):
    """The class made again: slots cannot be added to one that stands."""
    inherited = set()
    for base in cls.__mro__[1:]:
        slots = base.__dict__.get("__slots__", ())
        inherited.update((slots,) if isinstance(slots, str) else slots)
    names = tuple(f.name for f in known if f._kind == "field")
    namespace = dict(cls.__dict__)
    namespace["__slots__"] = tuple(name for name in names if name not in inherited)
    for name in names:
        namespace.pop(name, None)
    namespace.pop("__dict__", None)
    namespace.pop("__weakref__", None)
    made = type(cls)(cls.__name__, cls.__bases__, namespace)
    made.__qualname__ = cls.__qualname__
    return made


def _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots):
    _check_frozen(cls, frozen)
    if order and not eq:
        raise ValueError("eq must be true if order is true")
    by_name = _collect(cls, kw_only)
    known = list(by_name.values())
    setattr(cls, _FIELDS, by_name)
    setattr(cls, _PARAMS, _Params(init=init, repr=repr, eq=eq, order=order, unsafe_hash=unsafe_hash, frozen=frozen))
    if init:
        _set_new(cls, "__init__", _make_init(cls, known))
    if repr:
        _set_new(cls, "__repr__", _make_repr(known))
    compared = [f.name for f in known if f.compare and f._kind == "field"]
    _set_hash(cls, compared, known, eq, frozen, unsafe_hash)
    if eq:
        _set_new(cls, "__eq__", _comparison(compared, lambda a, b: a == b))
    if order:
        for name, compare in (("__lt__", lambda a, b: a < b), ("__le__", lambda a, b: a <= b),
                              ("__gt__", lambda a, b: a > b), ("__ge__", lambda a, b: a >= b)):
            if not _set_new(cls, name, _comparison(compared, compare)):
                raise TypeError("Cannot overwrite attribute %s in class %s. Consider using "
                                "functools.total_ordering" % (name, cls.__name__))
    if frozen:
        for name, method in _frozen(cls, {f.name for f in known if f._kind == "field"}).items():
            if not _set_new(cls, name, method):
                raise TypeError("Cannot overwrite attribute %s in class %s" % (name, cls.__name__))
    if match_args and "__match_args__" not in cls.__dict__:
        cls.__match_args__ = tuple(f.name for f in known if f.init and not f.kw_only and f._kind != "classvar")
    return _with_slots(cls, known) if slots else cls


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False,
              match_args=True, kw_only=False, slots=False, weakref_slot=False):
    def wrap(cls):
        return _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots)

    return wrap if cls is None else wrap(cls)


def is_dataclass(obj):
    return hasattr(obj if isinstance(obj, type) else type(obj), _FIELDS)


def fields(class_or_instance):
    known = getattr(class_or_instance, _FIELDS, None)
    if known is None:
        raise TypeError("must be called with a dataclass type or instance")
    return tuple(f for f in known.values() if f._kind == "field")


def _is_instance(obj):
    return hasattr(type(obj), _FIELDS)


def _convert(obj, make, factory):
    """The dataclasses inside `obj`, made into what `make` says; containers are copied."""
    if _is_instance(obj):
        return make([(f.name, _convert(getattr(obj, f.name), make, factory)) for f in fields(obj)])
    if isinstance(obj, tuple) and hasattr(obj, "_fields"):
        return type(obj)(*[_convert(item, make, factory) for item in obj])
    if isinstance(obj, (list, tuple)):
        return type(obj)(_convert(item, make, factory) for item in obj)
    if isinstance(obj, dict):
        return type(obj)((_convert(k, make, factory), _convert(v, make, factory)) for k, v in obj.items())
    return copy.deepcopy(obj)


def asdict(obj, *, dict_factory=dict):
    if not _is_instance(obj):
        raise TypeError("asdict() should be called on dataclass instances")
    return _convert(obj, dict_factory, dict_factory)


def astuple(obj, *, tuple_factory=tuple):
    if not _is_instance(obj):
        raise TypeError("astuple() should be called on dataclass instances")
    return _convert(obj, lambda pairs: tuple_factory([value for _, value in pairs]), tuple_factory)


def replace(obj, /, **changes):
    if not _is_instance(obj):
        raise TypeError("replace() should be called on dataclass instances")
    for f in getattr(obj, _FIELDS).values():
        if f._kind == "classvar":
            continue
        if not f.init:
            if f.name in changes:
                raise ValueError("field %s is declared with init=False, it cannot be specified with replace()"
                                 % f.name)
            continue
        if f.name not in changes:
            if f._kind == "initvar" and f.default is MISSING:
                raise ValueError("InitVar %r must be specified with replace()" % f.name)
            changes[f.name] = getattr(obj, f.name)
    return obj.__class__(**changes)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, **options):
    body, annotations = dict(namespace or {}), {}
    for item in fields:
        name, annotation = (item, "typing.Any") if isinstance(item, str) else item[:2]
        if not isinstance(item, str) and len(item) == 3:
            body[name] = item[2]
        if name in annotations:
            raise TypeError("Field name duplicated: %r" % name)
        annotations[name] = annotation
    body["__annotations__"] = annotations
    return dataclass(type(cls_name, tuple(bases), body), **options)
