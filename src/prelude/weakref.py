# SPDX-License-Identifier: MIT
"""References that look weak and are strong: a run is over before it would matter."""


class ref:
    def __init__(self, object, callback=None):
        self._object = object

    def __call__(self):
        return self._object

    def __eq__(self, other):
        return isinstance(other, ref) and self._object == other._object

    def __hash__(self):
        return hash(self._object)


ReferenceType = WeakMethod = ref


def proxy(object, callback=None):
    return object


class WeakKeyDictionary(dict):
    pass


class WeakValueDictionary(dict):
    pass


class WeakSet(set):
    pass


class finalize:
    def __init__(self, obj, func, /, *args, **kwargs):
        self._call, self.alive = (func, args, kwargs), True

    def __call__(self):
        if not self.alive:
            return None
        self.alive = False
        func, args, kwargs = self._call
        return func(*args, **kwargs)

    def detach(self):
        self.alive = False
