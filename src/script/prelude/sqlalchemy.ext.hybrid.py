# SPDX-License-Identifier: MIT
"""Hybrid attributes: of an object the value, of a class the expression."""
import enum


class HybridExtensionType(enum.Enum):
    HYBRID_METHOD = "HYBRID_METHOD"
    HYBRID_PROPERTY = "HYBRID_PROPERTY"


HYBRID_METHOD = HybridExtensionType.HYBRID_METHOD
HYBRID_PROPERTY = HybridExtensionType.HYBRID_PROPERTY


class hybrid_method:
    extension_type = HYBRID_METHOD

    def __init__(self, func, expr=None):
        self.func = func
        self.expr = expr

    def __get__(self, instance, owner):
        if instance is None:
            return (self.expr or self.func).__get__(owner, type(owner))
        return self.func.__get__(instance, owner)

    def expression(self, expr):
        return hybrid_method(self.func, expr)

    @property
    def inplace(self):
        return _InPlace(self)


class hybrid_property:
    extension_type = HYBRID_PROPERTY

    def __init__(self, fget, fset=None, fdel=None, expr=None, custom_comparator=None,
                 update_expr=None):
        self.fget = fget
        self.fset = fset
        self.fdel = fdel
        self.expr = expr
        self.custom_comparator = custom_comparator
        self.update_expr = update_expr
        self.__doc__ = getattr(fget, "__doc__", None)
        self.__name__ = getattr(fget, "__name__", None)

    def __get__(self, instance, owner):
        if instance is not None:
            return self.fget(instance)
        if self.custom_comparator is not None:
            return _plain(self.custom_comparator)(owner)
        return _plain(self.expr or self.fget)(owner)

    def __set__(self, instance, value):
        if self.fset is None:
            raise AttributeError("can't set attribute")
        self.fset(instance, value)

    def __delete__(self, instance):
        if self.fdel is None:
            raise AttributeError("can't delete attribute")
        self.fdel(instance)

    def _with(self, **kw):
        made = hybrid_property.__new__(type(self))
        made.__dict__.update(self.__dict__)
        made.__dict__.update(kw)
        return made

    def getter(self, fget):
        return self._with(fget=fget)

    def setter(self, fset):
        return self._with(fset=fset)

    def deleter(self, fdel):
        return self._with(fdel=fdel)

    def expression(self, expr):
        return self._with(expr=expr)

    def comparator(self, comparator):
        return self._with(custom_comparator=comparator)

    def update_expression(self, meth):
        return self._with(update_expr=meth)

    @property
    def overrides(self):
        return self

    @property
    def inplace(self):
        return _InPlace(self)


def _plain(fn):
    return fn.__func__ if isinstance(fn, classmethod) else fn


class _InPlace:
    """@name.inplace.expression: changes the hybrid itself."""

    def __init__(self, hybrid):
        self.hybrid = hybrid

    def _set(self, name, fn):
        setattr(self.hybrid, name, fn)
        return self.hybrid

    def getter(self, fn):
        return self._set("fget", fn)

    def setter(self, fn):
        return self._set("fset", fn)

    def deleter(self, fn):
        return self._set("fdel", fn)

    def expression(self, fn):
        return self._set("expr", _plain(fn))

    def comparator(self, fn):
        return self._set("custom_comparator", _plain(fn))

    def update_expression(self, fn):
        return self._set("update_expr", _plain(fn))


class Comparator:
    def __init__(self, expression):
        self.expression = expression

    def __clause_element__(self):
        found = self.expression
        while hasattr(found, "__clause_element__"):
            found = found.__clause_element__()
        return found


class ExprComparator(Comparator):
    pass
