# SPDX-License-Identifier: MIT
"""collections.namedtuple."""
import sys as _sys
from keyword import iskeyword as _iskeyword


def _field_names(typename, field_names, rename):
    if isinstance(field_names, str):
        field_names = field_names.replace(',', ' ').split()
    names = [str(name) for name in field_names]
    seen = set()
    if rename:
        for i, name in enumerate(names):
            if not name.isidentifier() or _iskeyword(name) or name[:1] == '_' or name in seen:
                names[i] = f'_{i}'
            seen.add(names[i])
        seen.clear()
    for name in [typename, *names]:
        if not name.isidentifier():
            raise ValueError(f'Type names and field names must be valid identifiers: {name!r}')
        if _iskeyword(name):
            raise ValueError(f'Type names and field names cannot be a keyword: {name!r}')
    for name in names:
        if name[:1] == '_' and not rename:
            raise ValueError(f'Field names cannot start with an underscore: {name!r}')
        if name in seen:
            raise ValueError(f'Encountered duplicate field name: {name!r}')
        seen.add(name)
    return tuple(names)


def _tuple_methods(typename, names):
    fields = ''.join(name + ', ' for name in names)
    shown = '(' + ', '.join(f'{name}=%r' for name in names) + ')'
    new = eval(f'lambda _cls, {fields}: _new(_cls, ({fields}))', {'_new': tuple.__new__})
    new.__name__ = '__new__'
    new.__qualname__ = f'{typename}.__new__'

    def _make(cls, iterable):
        made = tuple.__new__(cls, iterable)
        if len(made) != len(names):
            raise TypeError(f'Expected {len(names)} arguments, got {len(made)}')
        return made

    def _replace(self, /, **kwds):
        made = self._make(kwds.pop(name, value) for name, value in zip(names, self))
        if kwds:
            raise ValueError(f'Got unexpected field names: {list(kwds)!r}')
        return made

    def _asdict(self):
        return dict(zip(names, self))

    def __repr__(self):
        return self.__class__.__name__ + shown % tuple(self)

    def __getnewargs__(self):
        return tuple(self)

    return {'__new__': new, '_make': classmethod(_make), '_replace': _replace,
            '_asdict': _asdict, '__repr__': __repr__, '__getnewargs__': __getnewargs__}


def _field_getter(i):
    return property(lambda self: tuple.__getitem__(self, i), doc=f'Alias for field number {i}')


def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    typename = str(typename)
    names = _field_names(typename, field_names, rename)
    namespace = {'__doc__': f'{typename}({", ".join(names)})', '__slots__': (),
                 '_fields': names, '__match_args__': names, '_field_defaults': {}}
    namespace.update(_tuple_methods(typename, names))
    if defaults is not None:
        defaults = tuple(defaults)
        if len(defaults) > len(names):
            raise TypeError('Got more default values than field names')
        namespace['__new__'].__defaults__ = defaults
        if defaults:
            namespace['_field_defaults'] = dict(zip(names[-len(defaults):], defaults))
    for i, name in enumerate(names):
        namespace[name] = _field_getter(i)
    made = type(typename, (tuple,), namespace)
    if module is None:
        try:
            module = _sys._getframe(1).f_globals.get('__name__', '__main__')
        except (AttributeError, NotImplementedError, ValueError):
            pass
    if module is not None:
        made.__module__ = module
    return made
