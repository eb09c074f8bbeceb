# SPDX-License-Identifier: MIT
"""Shallow and deep copies."""


class Error(Exception):
    pass


error = Error


def _reconstruct(x, deep, memo):
    cls = type(x)
    new = cls.__new__(cls)
    if deep:
        memo[id(x)] = new
    state = getattr(x, "__dict__", None)
    if state:
        for name, value in state.items():
            object.__setattr__(new, name, deepcopy(value, memo) if deep else value)
    for klass in cls.__mro__:
        slots = klass.__dict__.get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            if name not in ("__dict__", "__weakref__") and hasattr(x, name):
                value = getattr(x, name)
                object.__setattr__(new, name, deepcopy(value, memo) if deep else value)
    return new


def _is_atomic(x):
    return (x is None or x is Ellipsis or x is NotImplemented or callable(x)
            or isinstance(x, (int, float, str, bytes, range, type)) and type(x).__module__ == "builtins")


def copy(x):
    if _is_atomic(x):
        return x
    cls = type(x)
    if cls in (list, dict, set):
        return x.copy()
    if cls in (tuple, frozenset):
        return x
    own = getattr(cls, "__copy__", None)
    if own is not None:
        return own(x)
    if isinstance(x, BaseException):
        new = cls(*x.args)
        new.__dict__.update(x.__dict__)
        return new
    if isinstance(x, dict):
        new = _reconstruct(x, False, None)
        for key, value in x.items():
            dict.__setitem__(new, key, value)
        return new
    if isinstance(x, (list, set)):
        new = _reconstruct(x, False, None)
        (list.extend if isinstance(x, list) else set.update)(new, x)
        return new
    if _has_fields(x):
        return _reconstruct(x, False, None)
    return x


def _has_fields(x):
    return hasattr(x, "__dict__") or any("__slots__" in klass.__dict__ for klass in type(x).__mro__)


def deepcopy(x, memo=None, _nil=[]):
    if _is_atomic(x):
        return x
    if memo is None:
        memo = {}
    known = memo.get(id(x), _nil)
    if known is not _nil:
        return known
    new = _deep(x, memo)
    if new is not x:
        memo[id(x)] = new
        # keeps x alive, so that no other object gets its id while the copy is being made
        memo.setdefault(id(memo), []).append(x)
    return new


def _deep(x, memo):
    cls = type(x)
    own = getattr(cls, "__deepcopy__", None)
    if own is not None:
        return own(x, memo)
    if isinstance(x, list):
        new = memo[id(x)] = [] if cls is list else _reconstruct(x, True, memo)
        for item in list(x):
            list.append(new, deepcopy(item, memo))
        return new
    if isinstance(x, dict):
        new = memo[id(x)] = {} if cls is dict else _reconstruct(x, True, memo)
        for key, value in list(x.items()):
            dict.__setitem__(new, deepcopy(key, memo), deepcopy(value, memo))
        return new
    if cls is tuple:
        items = [deepcopy(item, memo) for item in x]
        if id(x) in memo:
            return memo[id(x)]
        return x if all(a is b for a, b in zip(x, items)) else tuple(items)
    if isinstance(x, tuple):
        return tuple.__new__(cls, [deepcopy(item, memo) for item in x])
    if isinstance(x, (set, frozenset)):
        return cls([deepcopy(item, memo) for item in x])
    if isinstance(x, BaseException):
        new = memo[id(x)] = cls(*deepcopy(x.args, memo))
        new.__dict__.update(deepcopy(x.__dict__, memo))
        return new
    return _reconstruct(x, True, memo) if _has_fields(x) else x


def replace(obj, /, **changes):
    own = getattr(type(obj), "__replace__", None)
    if own is None:
        raise TypeError("replace() does not support %s objects" % type(obj).__name__)
    return own(obj, **changes)
