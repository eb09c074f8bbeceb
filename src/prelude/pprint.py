# SPDX-License-Identifier: MIT
import sys


def _sorted(items):
    try:
        return sorted(items)
    except TypeError:
        return sorted(items, key=lambda item: (type(item).__name__, repr(item)))


class PrettyPrinter:
    def __init__(self, indent=1, width=80, depth=None, stream=None, *, compact=False,
                 sort_dicts=True, underscore_numbers=False):
        self._indent = indent
        self._width = width
        self._depth = depth
        self._stream = stream
        self._sort = sort_dicts

    def pprint(self, object):
        stream = sys.stdout if self._stream is None else self._stream
        stream.write(self.pformat(object) + '\n')

    def pformat(self, object):
        return self._lines(object, 0, 0, 1)

    def _flat(self, object, level):
        kind = type(object)
        if self._depth is not None and level > self._depth and kind in (dict, list, tuple):
            return {dict: '{...}', list: '[...]', tuple: '(...)'}[kind]
        if kind is dict:
            keys = _sorted(object) if self._sort else list(object)
            return '{%s}' % ', '.join('%s: %s' % (self._flat(key, level + 1),
                                                  self._flat(object[key], level + 1)) for key in keys)
        if kind is list:
            return '[%s]' % ', '.join(self._flat(item, level + 1) for item in object)
        if kind is tuple:
            inner = ', '.join(self._flat(item, level + 1) for item in object)
            return '(%s,)' % inner if len(object) == 1 else '(%s)' % inner
        if kind in (set, frozenset) and object:
            inner = '{%s}' % ', '.join(self._flat(item, level + 1) for item in _sorted(object))
            return inner if kind is set else 'frozenset(%s)' % inner
        return repr(object)

    def _lines(self, object, at, allowance, level):
        flat = self._flat(object, level)
        if len(flat) <= self._width - at - allowance:
            return flat
        kind = type(object)
        pad = ',\n' + ' ' * (at + self._indent)
        extra = ' ' * (self._indent - 1)
        if kind is dict and object:
            keys = _sorted(object) if self._sort else list(object)
            parts = []
            for i, key in enumerate(keys):
                name = self._flat(key, level + 1)
                room = allowance + 1 if i == len(keys) - 1 else 1
                parts.append('%s: %s' % (name, self._lines(
                    object[key], at + self._indent + len(name) + 2, room, level + 1)))
            return '{' + extra + pad.join(parts) + '}'
        if kind in (list, tuple, set) and object:
            items = _sorted(object) if kind is set else list(object)
            opening, closing = {list: '[]', tuple: '()', set: '{}'}[kind]
            if kind is tuple and len(items) == 1:
                closing = ',)'
            parts = [self._lines(item, at + self._indent,
                                 allowance + len(closing) if i == len(items) - 1 else 1, level + 1)
                     for i, item in enumerate(items)]
            return opening + extra + pad.join(parts) + closing
        return flat


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True,
            underscore_numbers=False):
    return PrettyPrinter(indent, width, depth, sort_dicts=sort_dicts).pformat(object)


def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True,
           underscore_numbers=False):
    PrettyPrinter(indent, width, depth, stream, sort_dicts=sort_dicts).pprint(object)


def pp(object, *args, sort_dicts=False, **kwargs):
    pprint(object, *args, sort_dicts=sort_dicts, **kwargs)


def saferepr(object):
    return PrettyPrinter()._flat(object, 1)


def isreadable(object):
    return '<' not in repr(object)


def isrecursive(object):
    return False
