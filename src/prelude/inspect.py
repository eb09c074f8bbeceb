# SPDX-License-Identifier: MIT
import sys
import types

from _refused import unserved

CO_VARARGS, CO_VARKEYWORDS, CO_GENERATOR, CO_COROUTINE, CO_ASYNC_GENERATOR = 4, 8, 32, 128, 512


def ismodule(object):
    return isinstance(object, types.ModuleType)


def isclass(object):
    return isinstance(object, type)


def isfunction(object):
    return isinstance(object, types.FunctionType)


def ismethod(object):
    return isinstance(object, types.MethodType)


def isbuiltin(object):
    return isinstance(object, types.BuiltinFunctionType)


def isroutine(object):
    return isbuiltin(object) or isfunction(object) or ismethod(object)


def isgenerator(object):
    return isinstance(object, types.GeneratorType)


def iscoroutine(object):
    return isinstance(object, types.CoroutineType)


def isawaitable(object):
    return iscoroutine(object) or hasattr(type(object), '__await__')


def isasyncgen(object):
    return isinstance(object, types.AsyncGeneratorType)


def _has_flag(function, flag):
    while ismethod(function) or hasattr(function, '__wrapped__'):
        function = function.__func__ if ismethod(function) else function.__wrapped__
    return isfunction(function) and bool(function.__code__.co_flags & flag)


def isgeneratorfunction(obj):
    return _has_flag(obj, CO_GENERATOR)


def iscoroutinefunction(obj):
    return _has_flag(obj, CO_COROUTINE)


def isasyncgenfunction(obj):
    return _has_flag(obj, CO_ASYNC_GENERATOR)


def isabstract(object):
    return isclass(object) and bool(getattr(object, '__abstractmethods__', None))


def isdatadescriptor(object):
    kind = type(object)
    return not isclass(object) and (hasattr(kind, '__set__') or hasattr(kind, '__delete__'))


def ismethoddescriptor(obj):
    kind = type(obj)
    return not (isclass(obj) or ismethod(obj) or isfunction(obj)) and (
        hasattr(kind, '__get__') and not hasattr(kind, '__set__'))


def getmembers(object, predicate=None):
    found = []
    for name in dir(object):
        try:
            value = getattr(object, name)
        except AttributeError:
            continue
        if predicate is None or predicate(value):
            found.append((name, value))
    return sorted(found, key=lambda pair: pair[0])


def getmembers_static(object, predicate=None):
    return getmembers(object, predicate)


def getattr_static(obj, attr, default=...):
    for cls in (obj if isclass(obj) else type(obj)).__mro__:
        if attr in cls.__dict__:
            return cls.__dict__[attr]
    if default is ...:
        raise AttributeError(attr)
    return default


def getmro(cls):
    return cls.__mro__


def getmodule(object, _filename=None):
    if ismodule(object):
        return object
    return sys.modules.get(getattr(object, '__module__', None))


def getmodulename(path):
    name = path.rsplit('/', 1)[-1]
    return name[:-3] if name.endswith('.py') else None


def getfile(object):
    module = getmodule(object)
    if module is None or not getattr(module, '__file__', None):
        raise TypeError('%r is a built-in' % (object,))
    return module.__file__


getsourcefile = getabsfile = getfile


def unwrap(func, *, stop=None):
    while hasattr(func, '__wrapped__') and not (stop and stop(func)):
        func = func.__wrapped__
    return func


def cleandoc(doc):
    lines = doc.expandtabs().split('\n')
    margin = min((len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()), default=0)
    lines = [lines[0].lstrip(), *(line[margin:] for line in lines[1:])]
    filled = [at for at, line in enumerate(lines) if line]
    return '\n'.join(lines[filled[0]:filled[-1] + 1]) if filled else ''


def getdoc(object):
    doc = getattr(object, '__doc__', None)
    return cleandoc(doc) if isinstance(doc, str) else None


def get_annotations(obj, *, globals=None, locals=None, eval_str=False):
    found = obj.__dict__.get('__annotations__', {}) if isclass(obj) else getattr(
        obj, '__annotations__', {})
    if not eval_str:
        return dict(found)
    names = globals if globals is not None else getattr(obj, '__globals__', None) or vars(
        getmodule(obj))
    return {key: eval(value, names, locals) if isinstance(value, str) else value
            for key, value in found.items()}


class _empty:
    pass


class _Kind(int):
    def __new__(cls, value, name, description):
        made = int.__new__(cls, value)
        made.name = name
        made.description = description
        return made

    def __repr__(self):
        return '<_ParameterKind.%s: %d>' % (self.name, int(self))

    def __str__(self):
        return self.name


class Parameter:
    empty = _empty
    POSITIONAL_ONLY = _Kind(0, 'POSITIONAL_ONLY', 'positional-only')
    POSITIONAL_OR_KEYWORD = _Kind(1, 'POSITIONAL_OR_KEYWORD', 'positional or keyword')
    VAR_POSITIONAL = _Kind(2, 'VAR_POSITIONAL', 'variadic positional')
    KEYWORD_ONLY = _Kind(3, 'KEYWORD_ONLY', 'keyword-only')
    VAR_KEYWORD = _Kind(4, 'VAR_KEYWORD', 'variadic keyword')

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        self.name = name
        self.kind = kind
        self.default = default
        self.annotation = annotation

    def replace(self, **kw):
        given = {'name': self.name, 'kind': self.kind, 'default': self.default,
                 'annotation': self.annotation, **kw}
        return Parameter(given.pop('name'), given.pop('kind'), **given)

    def __str__(self):
        text = self.name
        noted = self.annotation is not _empty
        if noted:
            text += ': ' + _annotation_text(self.annotation)
        if self.default is not _empty:
            text += (' = %r' if noted else '=%r') % (self.default,)
        return {2: '*', 4: '**'}.get(int(self.kind), '') + text

    def __repr__(self):
        return '<Parameter "%s">' % self

    def __eq__(self, other):
        return isinstance(other, Parameter) and (
            self.name, int(self.kind), self.default, self.annotation) == (
            other.name, int(other.kind), other.default, other.annotation)

    def __hash__(self):
        return hash((self.name, int(self.kind)))


def _annotation_text(annotation):
    if isinstance(annotation, type) and not hasattr(annotation, '__origin__'):
        if annotation.__module__ == 'builtins':
            return annotation.__qualname__
        return annotation.__module__ + '.' + annotation.__qualname__
    return repr(annotation).replace('typing.', '')


def formatannotation(annotation, base_module=None):
    return _annotation_text(annotation)


class BoundArguments:
    def __init__(self, signature, arguments):
        self.signature = signature
        self.arguments = arguments

    @property
    def args(self):
        found = []
        for name, parameter in self.signature.parameters.items():
            if parameter.kind in (3, 4) or name not in self.arguments:
                break
            if parameter.kind == 2:
                found.extend(self.arguments[name])
            else:
                found.append(self.arguments[name])
        return tuple(found)

    @property
    def kwargs(self):
        found = {}
        for name, parameter in self.signature.parameters.items():
            if name in self.arguments and parameter.kind == 3:
                found[name] = self.arguments[name]
            elif name in self.arguments and parameter.kind == 4:
                found.update(self.arguments[name])
        return found

    def apply_defaults(self):
        complete = {}
        for name, parameter in self.signature.parameters.items():
            if name in self.arguments:
                complete[name] = self.arguments[name]
            elif parameter.default is not _empty:
                complete[name] = parameter.default
            elif parameter.kind == 2:
                complete[name] = ()
            elif parameter.kind == 4:
                complete[name] = {}
        self.arguments = complete


class Signature:
    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty):
        self.parameters = {parameter.name: parameter for parameter in parameters or ()}
        self.return_annotation = return_annotation

    @classmethod
    def from_callable(cls, obj, **kw):
        return signature(obj)

    def replace(self, *, parameters=None, return_annotation=None):
        return Signature(self.parameters.values() if parameters is None else parameters,
                         return_annotation=self.return_annotation if return_annotation is None
                         else return_annotation)

    def bind(self, /, *args, **kwargs):
        return self._bind(args, kwargs, False)

    def bind_partial(self, /, *args, **kwargs):
        return self._bind(args, kwargs, True)

    def _bind(self, args, kwargs, partial):
        args, kwargs, found = list(args), dict(kwargs), {}
        for name, parameter in self.parameters.items():
            if parameter.kind == 2:
                found[name], args = tuple(args), []
                if not found[name]:
                    del found[name]
            elif parameter.kind == 4:
                if kwargs:
                    found[name], kwargs = kwargs, {}
            elif args and parameter.kind in (0, 1):
                if name in kwargs and parameter.kind == 1:
                    raise TypeError('multiple values for argument %r' % name)
                found[name] = args.pop(0)
            elif name in kwargs and parameter.kind != 0:
                found[name] = kwargs.pop(name)
            elif parameter.default is _empty and not partial:
                raise TypeError('missing a required argument: %r' % name)
        if args:
            raise TypeError('too many positional arguments')
        if kwargs:
            raise TypeError('got an unexpected keyword argument %r' % next(iter(kwargs)))
        return BoundArguments(self, found)

    def __str__(self):
        parts, before, starred = [], None, False
        for parameter in self.parameters.values():
            if before == 0 and parameter.kind != 0:
                parts.append('/')
            if parameter.kind == 2:
                starred = True
            elif parameter.kind == 3 and not starred:
                parts.append('*')
                starred = True
            parts.append(str(parameter))
            before = parameter.kind
        if before == 0:
            parts.append('/')
        text = '(%s)' % ', '.join(parts)
        if self.return_annotation is not _empty:
            text += ' -> ' + _annotation_text(self.return_annotation)
        return text

    def __repr__(self):
        return '<Signature %s>' % self

    def __eq__(self, other):
        return isinstance(other, Signature) and str(self) == str(other)


def _of_function(function):
    code = function.__code__
    notes = function.__annotations__
    names = code.co_varnames
    defaults = function.__defaults__ or ()
    keyword_defaults = function.__kwdefaults__ or {}
    count = code.co_argcount
    first = count - len(defaults)
    found = []
    for i, name in enumerate(names[:count]):
        kind = Parameter.POSITIONAL_ONLY if i < code.co_posonlyargcount else \
            Parameter.POSITIONAL_OR_KEYWORD
        default = defaults[i - first] if i >= first else _empty
        found.append(Parameter(name, kind, default=default, annotation=notes.get(name, _empty)))
    after = count + code.co_kwonlyargcount
    if code.co_flags & CO_VARARGS:
        found.append(Parameter(names[after], Parameter.VAR_POSITIONAL,
                               annotation=notes.get(names[after], _empty)))
    for name in names[count:after]:
        found.append(Parameter(name, Parameter.KEYWORD_ONLY,
                               default=keyword_defaults.get(name, _empty),
                               annotation=notes.get(name, _empty)))
    if code.co_flags & CO_VARKEYWORDS:
        name = names[after + bool(code.co_flags & CO_VARARGS)]
        found.append(Parameter(name, Parameter.VAR_KEYWORD, annotation=notes.get(name, _empty)))
    return Signature(found, return_annotation=notes.get('return', _empty))


def _without_first(found):
    parameters = list(found.parameters.values())
    if parameters and parameters[0].kind in (0, 1):
        parameters = parameters[1:]
    return Signature(parameters, return_annotation=found.return_annotation)


def signature(obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
    if hasattr(obj, '__signature__'):
        return obj.__signature__
    if follow_wrapped and not isclass(obj):
        obj = unwrap(obj)
    if ismethod(obj):
        return _without_first(signature(obj.__func__))
    if isfunction(obj):
        return _of_function(obj)
    if isclass(obj):
        for cls in obj.__mro__:
            for name in ('__init__', '__new__'):
                found = cls.__dict__.get(name)
                found = getattr(found, '__func__', found)
                if isfunction(found):
                    return _without_first(_of_function(found))
        return Signature()
    if hasattr(obj, 'func') and hasattr(obj, 'keywords'):
        bound = signature(obj.func).bind_partial(*obj.args, **obj.keywords).arguments
        return Signature([p for p in signature(obj.func).parameters.values()
                          if p.name not in bound or p.kind > 2])
    call = getattr(type(obj), '__call__', None)
    if isfunction(call):
        return _without_first(_of_function(call))
    if not callable(obj):
        raise TypeError('%r is not a callable object' % (obj,))
    raise ValueError('no signature found for builtin %r' % (obj,))


def getfullargspec(func):
    from collections import namedtuple
    spec = namedtuple('FullArgSpec', 'args varargs varkw defaults kwonlyargs kwonlydefaults annotations')
    found = signature(func).parameters.values()
    of = lambda *kinds: [p.name for p in found if p.kind in kinds]
    defaults = tuple(p.default for p in found if p.kind < 2 and p.default is not _empty)
    return spec(of(0, 1), next(iter(of(2)), None), next(iter(of(4)), None), defaults or None, of(3),
                {p.name: p.default for p in found if p.kind == 3 and p.default is not _empty} or None,
                dict(getattr(func, '__annotations__', {})))


globals().update(unserved('inspect', """
    getsource getsourcelines getcomments findsource stack trace currentframe getouterframes
    getinnerframes getframeinfo getcallargs getclosurevars getclasstree walktree
"""))
