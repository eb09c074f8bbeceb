# SPDX-License-Identifier: MIT
"""Enumerations."""

__all__ = ["EnumType", "EnumMeta", "Enum", "IntEnum", "StrEnum", "Flag", "IntFlag", "ReprEnum", "auto", "unique",
           "property", "verify", "member", "nonmember", "global_enum", "CONTINUOUS", "NAMED_FLAGS", "UNIQUE",
           "EJECT", "KEEP", "STRICT", "CONFORM", "FlagBoundary", "EnumCheck"]

_builtin_property = property
_UNSET = object()
Enum = Flag = ReprEnum = None


class auto:
    def __init__(self, value=_UNSET):
        self.value = value

    def __repr__(self):
        return "auto(%r)" % (self.value,)


class member:
    def __init__(self, value):
        self.value = value


class nonmember:
    def __init__(self, value):
        self.value = value


class property(_builtin_property):
    """A property of the members which leaves the name free for a member of its own."""

    def __get__(self, instance, ownerclass=None):
        if instance is None:
            found = ownerclass._member_map_.get(self._name) if hasattr(self, "_name") else None
            if found is None:
                raise AttributeError("<enum %r> has no attribute %r" % (ownerclass.__name__, self._name))
            return found
        return super().__get__(instance, ownerclass)

    def __set_name__(self, ownerclass, name):
        self._name = name


def _is_descriptor(obj):
    cls = type(obj)
    return hasattr(cls, "__get__") or hasattr(cls, "__set__") or hasattr(cls, "__delete__")


def _is_between(name, mark):
    """Whether the name is something else between two of the mark."""
    inner = name[len(mark):-len(mark)]
    return name == mark + inner + mark and inner[:1] not in ("", "_") and inner[-1] != "_"


def _is_private(cls_name, name):
    prefix = "_%s__" % cls_name
    return len(name) > len(prefix) and name.startswith(prefix) and name[-2:] != "__"


class _EnumDict(dict):
    """The namespace of an enumeration's body: knows which names are members, in their order."""

    def __init__(self, cls_name, ignore=()):
        super().__init__()
        self._cls_name = cls_name
        self._names, self._values, self._ignored = {}, [], list(ignore)
        self._generate = None
        self._auto_called = False

    def __setitem__(self, name, value):
        if _is_private(self._cls_name, name):
            pass
        elif _is_between(name, "_"):
            value = self._sunder(name, value)
        elif _is_between(name, "__"):
            pass
        elif name in self._names:
            raise TypeError("%r already defined as %r" % (name, self[name]))
        elif name in self._ignored or isinstance(value, nonmember):
            value = value.value if isinstance(value, nonmember) else value
        elif _is_descriptor(value) and not isinstance(value, (member, auto)):
            pass
        elif isinstance(value, type) and not isinstance(value, EnumType) and value.__qualname__.startswith(
                self.get("__qualname__", "") + "."):
            self._add(name, value)
        else:
            if name in self:
                raise TypeError("%r already defined as %r" % (name, self[name]))
            value = self._resolve(name, value.value if isinstance(value, member) else value)
            self._add(name, value)
        super().__setitem__(name, value)

    def _add(self, name, value):
        self._names[name] = None
        self._values.append(value)

    def _sunder(self, name, value):
        if name == "_ignore_":
            names = value.replace(",", " ").split() if isinstance(value, str) else list(value)
            taken = [each for each in names if each in self._names]
            if taken:
                raise ValueError("_ignore_ cannot specify already set names: %r" % set(taken))
            self._ignored += names
            return names
        if name == "_generate_next_value_":
            if self._auto_called:
                raise TypeError("_generate_next_value_ must be defined before members")
            self._generate = value.__func__ if isinstance(value, staticmethod) else value
        elif name not in ("_order_", "_missing_", "_numeric_repr_", "_boundary_", "_ignore_", "_value_repr_",
                          "_add_alias_", "_add_value_alias_", "_iter_member_", "_iter_member_by_value_",
                          "_iter_member_by_def_", "_new_member_", "_use_args_", "_member_type_", "_name_",
                          "_value_", "_flag_mask_", "_singles_mask_", "_all_bits_"):
            raise ValueError("_sunder_ names, such as %r, are reserved for future Enum use" % name)
        return value

    def _resolve(self, name, value):
        """Values for auto(), also inside a tuple."""
        if isinstance(value, auto):
            return self._next(name, value)
        if isinstance(value, tuple) and type(value) is tuple and any(isinstance(each, auto) for each in value):
            return tuple(self._next(name, each) if isinstance(each, auto) else each for each in value)
        return value

    def _next(self, name, one):
        if one.value is _UNSET:
            one.value = self._generate(name, 1, len(self._names), self._values[:])
        self._auto_called = True
        return one.value


def _data_type(cls_name, bases):
    """The type that members are instances of beside Enum (int, str), or object."""
    found = []
    for base in bases:
        for each in base.__mro__:
            if each is object:
                continue
            if isinstance(each, EnumType):
                if each._member_type_ is not object:
                    found.append(each._member_type_)
                    break
            elif "__new__" in each.__dict__ or "__dataclass_fields__" in each.__dict__:
                found.append(each)
                break
    unique = []
    for each in found:
        if each not in unique:
            unique.append(each)
    if len(unique) > 1:
        raise TypeError("too many data types for %r: %r" % (cls_name, set(unique)))
    return unique[0] if unique else object


class EnumType(type):
    @classmethod
    def __prepare__(metacls, cls, bases, **kwds):
        metacls._check_for_existing_members_(cls, bases)
        namespace = _EnumDict(cls)
        for base in bases:
            if isinstance(base, EnumType):
                namespace._generate = base._generate_next_value_
        return namespace

    @classmethod
    def _check_for_existing_members_(mcls, class_name, bases):
        for chain in bases:
            for base in chain.__mro__:
                if isinstance(base, EnumType) and base._member_names_:
                    raise TypeError("<enum %r> cannot extend %r" % (class_name, base))

    def __new__(metacls, cls, bases, classdict, *, boundary=None, _simple=False, **kwds):
        names = list(getattr(classdict, "_names", {}))
        values = {name: classdict[name] for name in names}
        for name in ("mro", ""):
            if name in values:
                raise ValueError("invalid enum member name(s) %r" % name)
        body = {name: value for name, value in classdict.items() if name not in values}
        for name in body.pop("_ignore_", ()):
            body.pop(name, None)
        generate = body.get("_generate_next_value_")
        if generate is not None and not isinstance(generate, staticmethod):
            body["_generate_next_value_"] = staticmethod(generate)
        order = body.pop("_order_", None)
        member_type = _data_type(cls, bases)
        body.update(_member_names_=[], _member_map_={}, _value2member_map_={}, _unhashable_values_=[],
                    _member_type_=member_type)
        own_new = body.get("__new__") if Enum is not None else None
        made = type.__new__(metacls, cls, bases, body, **kwds)
        if boundary is not None:
            made._boundary_ = boundary
        metacls._choose_new(made, own_new)
        metacls._choose_text(made, body, member_type)
        for name in names:
            metacls._add_member(made, name, values[name])
        if Flag is not None and issubclass(made, Flag):
            metacls._take_operators(made, body)
            metacls._finish_flag(made)
        if order is not None:
            metacls._check_order(made, order)
        return made

    @staticmethod
    def _choose_new(cls, own_new):
        """How a member is made; afterwards Color(1) looks a member up instead."""
        if own_new is not None:
            maker = own_new.__func__ if isinstance(own_new, staticmethod) else own_new
        else:
            maker = None
            for base in cls.__mro__[1:]:
                maker = base.__dict__.get("_new_member_")
                if maker is not None:
                    break
        cls._new_member_ = staticmethod(maker) if maker is not None else None
        if Enum is not None:
            cls.__new__ = Enum.__new__

    @staticmethod
    def _choose_text(cls, body, member_type):
        if ReprEnum is not None and ReprEnum in cls.__bases__:
            for name in ("__str__", "__format__"):
                if name not in body:
                    found = getattr(member_type, name)
                    setattr(cls, name, member_type.__repr__ if found is object.__str__ else found)
        elif Enum is not None and member_type is not object:
            for name in ("__repr__", "__str__", "__format__", "__reduce_ex__"):
                if name in body:
                    continue
                found = getattr(cls, name, None)
                if found is getattr(object, name, None) or found is getattr(member_type, name, None):
                    if not any(name in base.__dict__ for base in cls.__mro__[1:] if isinstance(base, EnumType)
                               and base is not Enum and base is not ReprEnum and base._member_type_ is member_type):
                        setattr(cls, name, getattr(Enum, name))

    @staticmethod
    def _add_member(cls, name, value):
        member_type = cls._member_type_
        args = value if isinstance(value, tuple) else (value,)
        if member_type is tuple:
            args = (args,)
        maker = cls._new_member_
        if maker is not None:
            one = maker(cls, *args)
            if not hasattr(one, "_value_"):
                one._value_ = value if member_type is object else member_type(*args)
        elif member_type is object:
            one = object.__new__(cls)
            one._value_ = value
        else:
            one = member_type.__new__(cls, *args)
            if not hasattr(one, "_value_"):
                one._value_ = member_type(*args)
        value = one._value_
        one._name_ = name
        one.__objclass__ = cls
        one._sort_order_ = len(cls._member_names_)
        known = EnumType._find(cls, value)
        if known is None:
            one.__init__(*args)
            if Flag is None or not issubclass(cls, Flag) or (isinstance(value, int) and _is_single(value)):
                cls._member_names_.append(name)
        else:
            one = known
        cls._member_map_[name] = one
        EnumType._reach(cls, name, one)
        if known is None:
            try:
                cls._value2member_map_.setdefault(value, one)
            except TypeError:
                cls._unhashable_values_.append((value, one))

    @staticmethod
    def _reach(cls, name, one):
        """cls.NAME: an attribute, unless a property of that name is inherited (name, value)."""
        for base in cls.__mro__[1:]:
            found = base.__dict__.get(name)
            if isinstance(found, property):
                return
        type.__setattr__(cls, name, one)

    @staticmethod
    def _find(cls, value):
        try:
            return cls._value2member_map_.get(value)
        except TypeError:
            for known, one in cls._unhashable_values_:
                if known == value:
                    return one
        return None

    @staticmethod
    def _take_operators(cls, body):
        """Flag's operators before those of the data type."""
        for name in ("__or__", "__and__", "__xor__", "__ror__", "__rand__", "__rxor__", "__invert__"):
            if name not in body:
                type.__setattr__(cls, name, getattr(Flag, name))
        if cls.__repr__ is Enum.__repr__:
            type.__setattr__(cls, "__repr__", Flag.__repr__)

    @staticmethod
    def _finish_flag(cls):
        single = 0
        every = 0
        for one in cls._member_map_.values():
            if isinstance(one._value_, int):
                every |= one._value_
                if _is_single(one._value_):
                    single |= one._value_
        cls._flag_mask_ = every
        cls._singles_mask_ = single
        cls._all_bits_ = 2 ** every.bit_length() - 1
        ordered = [cls._member_map_[name]._value_ for name in cls._member_names_]
        if ordered != sorted(ordered):
            cls._member_names_.sort(key=lambda name: cls._member_map_[name]._value_)

    @staticmethod
    def _check_order(cls, order):
        if isinstance(order, str):
            order = order.replace(",", " ").split()
        order = [name for name in order if name in cls._member_names_ or name not in cls._member_map_]
        if order != cls._member_names_:
            raise TypeError("member order does not match _order_:\n  %r\n  %r" % (cls._member_names_, order))

    def __bool__(cls):
        return True

    def __call__(cls, value, names=None, *, module=None, qualname=None, type=None, start=1, boundary=None):
        if names is None:
            return cls.__new__(cls, value)
        bases = (cls,) if type is None else (type, cls)
        kind = cls.__class__
        body = kind.__prepare__(value, bases)
        for name, each in cls._named(names, start):
            body[name] = each
        for name, given in (("__module__", module), ("__qualname__", qualname)):
            if given is not None:
                body[name] = given
        return kind.__new__(kind, value, bases, body, boundary=boundary)

    def _named(cls, names, start):
        """The members of a call: given as names, for which values are made, or as pairs or a dict."""
        names = names.replace(",", " ").split() if isinstance(names, str) else names
        if hasattr(names, "items"):
            return names.items()
        if not (isinstance(names, (tuple, list)) and names and isinstance(names[0], str)):
            return [(item[0], item[1]) for item in names]
        values = []
        for count, name in enumerate(names):
            values.append(cls._generate_next_value_(name, start, count, list(values)))
        return zip(names, values)

    def __contains__(cls, value):
        if not isinstance(value, Enum):
            raise TypeError("unsupported operand type(s) for 'in': '%s' and '%s'" % (
                type(value).__qualname__, cls.__class__.__qualname__))
        return isinstance(value, cls) and value._name_ in cls._member_map_

    def __iter__(cls):
        return (cls._member_map_[name] for name in cls._member_names_)

    def __reversed__(cls):
        return (cls._member_map_[name] for name in reversed(cls._member_names_))

    def __len__(cls):
        return len(cls._member_names_)

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __dir__(cls):
        return sorted(["__class__", "__contains__", "__doc__", "__getitem__", "__init_subclass__", "__iter__",
                       "__len__", "__members__", "__module__", "__name__", "__qualname__"] + cls._member_names_)

    @_builtin_property
    def __members__(cls):
        import types

        return types.MappingProxyType(cls._member_map_)

    def __repr__(cls):
        if Flag is not None and issubclass(cls, Flag):
            return "<flag %r>" % cls.__name__
        return "<enum %r>" % cls.__name__

    def __getattr__(cls, name):
        raise AttributeError(name)

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get("_member_map_", {}):
            raise AttributeError("cannot reassign member %r" % name)
        super().__setattr__(name, value)

    def __delattr__(cls, name):
        if name in cls.__dict__.get("_member_map_", {}):
            raise AttributeError("%r cannot delete member %r." % (cls.__name__, name))
        super().__delattr__(name)


EnumMeta = EnumType


class Enum(metaclass=EnumType):
    def __new__(cls, value):
        if type(value) is cls:
            return value
        found = EnumType._find(cls, value)
        if found is not None:
            return found
        problem = None
        try:
            result = cls._missing_(value)
        except Exception as exc:
            problem, result = exc, None
        if isinstance(result, cls) or (Flag is not None and issubclass(cls, Flag) and cls._boundary_ is EJECT
                                       and isinstance(result, int)):
            return result
        wrong = ValueError("%r is not a valid %s" % (value, cls.__qualname__))
        if result is None and problem is None:
            raise wrong
        if problem is None:
            problem = TypeError("error in %s._missing_: returned %r instead of None or a valid member"
                                % (cls.__name__, result))
        if not isinstance(problem, ValueError):
            problem.__context__ = wrong
        raise problem

    def __init__(self, *args, **kwds):
        pass

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start
        try:
            return sorted(last_values)[-1] + 1
        except TypeError:
            for last in reversed(last_values):
                if isinstance(last, int):
                    return last + 1
            return start

    @classmethod
    def _missing_(cls, value):
        return None

    def __repr__(self):
        return "<%s.%s: %r>" % (self.__class__.__name__, self._name_, self._value_)

    def __str__(self):
        return "%s.%s" % (self.__class__.__name__, self._name_)

    def __dir__(self):
        return sorted(["__class__", "__doc__", "__eq__", "__hash__", "__module__", "name", "value"])

    def __format__(self, format_spec):
        return str.__format__(str(self), format_spec)

    def __hash__(self):
        return hash(self._name_)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __reduce_ex__(self, proto):
        return self.__class__, (self._value_,)

    @property
    def name(self):
        return self._name_

    @property
    def value(self):
        return self._value_


class ReprEnum(Enum):
    """Only the repr is an enumeration's; str() and format() are the data type's."""


class IntEnum(int, ReprEnum):
    pass


class StrEnum(str, ReprEnum):
    def __new__(cls, *values):
        if len(values) > 3:
            raise TypeError("too many arguments for str(): %r" % (values,))
        if len(values) == 1 and not isinstance(values[0], str):
            raise TypeError("%r is not a string" % values)
        for name, given in zip(("encoding", "errors"), values[1:]):
            if not isinstance(given, str):
                raise TypeError("%s must be a string, not %r" % (name, given))
        value = str(*values)
        one = str.__new__(cls, value)
        one._value_ = value
        return one

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()


class FlagBoundary(StrEnum):
    STRICT = auto()
    CONFORM = auto()
    EJECT = auto()
    KEEP = auto()


STRICT, CONFORM, EJECT, KEEP = FlagBoundary


def _is_single(value):
    return value > 0 and value & (value - 1) == 0


class Flag(Enum, boundary=STRICT):
    _numeric_repr_ = repr
    _flag_mask_ = _singles_mask_ = _all_bits_ = 0

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if last_values:
            return 1 << max(last_values).bit_length()
        return 1 if start is None else start

    @classmethod
    def _missing_(cls, value):
        if not isinstance(value, int):
            raise ValueError("%r is not a valid %s" % (value, cls.__qualname__))
        given = value
        unknown = value & ~cls._flag_mask_ if value >= 0 else 0
        outside = not ~cls._all_bits_ <= value <= cls._all_bits_ or bool(value & (cls._all_bits_ ^ cls._flag_mask_))
        if outside:
            if cls._boundary_ is STRICT:
                bits = max(value.bit_length(), cls._flag_mask_.bit_length())
                raise ValueError("%r invalid value %r\n    given %s\n  allowed %s" % (
                    cls, value, _bits(value, bits), _bits(cls._flag_mask_, bits)))
            if cls._boundary_ is CONFORM:
                value &= cls._flag_mask_
            elif cls._boundary_ is EJECT:
                return value
            elif value < 0:
                value = max(cls._all_bits_ + 1, 2 ** value.bit_length()) + value
        if value < 0:
            value = (cls._all_bits_ + 1) + value
            if cls._boundary_ is not KEEP:
                value &= cls._flag_mask_
        known = cls._value2member_map_.get(value)
        if known is not None:
            return known
        return cls._compose(value, value & ~cls._flag_mask_)

    @classmethod
    def _compose(cls, value, unknown):
        one = object.__new__(cls) if cls._member_type_ is object else cls._member_type_.__new__(cls, value)
        if not hasattr(one, "_value_"):
            one._value_ = value
        names = [each._name_ for each in cls._of(value)]
        one._name_ = "|".join(names) if names else None
        if names and unknown:
            one._name_ += "|%s" % cls._numeric_repr_(unknown)
        return cls._value2member_map_.setdefault(value, one)

    @classmethod
    def _of(cls, value):
        for name in cls._member_names_:
            one = cls._member_map_[name]
            if one._value_ & value:
                yield one

    def __iter__(self):
        return self._of(self._value_)

    def __len__(self):
        return self._value_.bit_count()

    def __contains__(self, other):
        kind, own = type(other), type(self)
        if not issubclass(kind, own):
            raise TypeError("unsupported operand type(s) for 'in': %r and %r"
                            % (kind.__qualname__, own.__qualname__))
        return not other._value_ & ~self._value_

    def __repr__(self):
        if self._name_ is None:
            return "<%s: %s>" % (self.__class__.__name__, self._numeric_repr_(self._value_))
        return "<%s.%s: %s>" % (self.__class__.__name__, self._name_, self._numeric_repr_(self._value_))

    def __str__(self):
        if self._name_ is None:
            return "%s(%s)" % (self.__class__.__name__, self._numeric_repr_(self._value_))
        return "%s.%s" % (self.__class__.__name__, self._name_)

    def __bool__(self):
        return bool(self._value_)

    def _operand(self, other):
        if isinstance(other, self.__class__):
            return other._value_
        if self._member_type_ is not object and isinstance(other, self._member_type_):
            return other
        return None

    def __or__(self, other):
        other = self._operand(other)
        return NotImplemented if other is None else self.__class__(self._value_ | other)

    def __and__(self, other):
        other = self._operand(other)
        return NotImplemented if other is None else self.__class__(self._value_ & other)

    def __xor__(self, other):
        other = self._operand(other)
        return NotImplemented if other is None else self.__class__(self._value_ ^ other)

    def __invert__(self):
        cls = self.__class__
        if cls._boundary_ in (EJECT, KEEP):
            return cls(~self._value_)
        return cls(cls._singles_mask_ & ~self._value_)

    __ror__, __rand__, __rxor__ = __or__, __and__, __xor__


def _bits(value, width):
    if value >= 0:
        return "0b0 " + format(value, "0%db" % width)
    return "0b1 " + format(value + 2 ** width, "0%db" % width)


class IntFlag(int, ReprEnum, Flag, boundary=KEEP):
    pass


def unique(enumeration):
    aliases = [(name, one._name_) for name, one in enumeration.__members__.items() if name != one._name_]
    if aliases:
        raise ValueError("duplicate values found in %r: %s" % (
            enumeration, ", ".join("%s -> %s" % pair for pair in aliases)))
    return enumeration


class EnumCheck(StrEnum):
    CONTINUOUS = "no skipped integer values"
    NAMED_FLAGS = "multi-flag aliases may not contain unnamed flags"
    UNIQUE = "one name per value"


CONTINUOUS, NAMED_FLAGS, UNIQUE = EnumCheck


class verify:
    def __init__(self, *checks):
        self.checks = checks

    def __call__(self, enumeration):
        for check in self.checks:
            if check is UNIQUE:
                unique(enumeration)
            else:
                raise NotImplementedError("limbeck does not serve enum.verify(%s)" % check.name)
        return enumeration


def global_enum(cls, update_str=False):
    raise NotImplementedError("limbeck does not serve enum.global_enum")
