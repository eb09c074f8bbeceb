# SPDX-License-Identifier: MIT
"""The tower of numbers, for isinstance."""


class _Tower(type):
    def __instancecheck__(cls, instance):
        return isinstance(instance, cls._types) or type.__instancecheck__(cls, instance)

    def __subclasscheck__(cls, subclass):
        return issubclass(subclass, cls._types) or type.__subclasscheck__(cls, subclass)


def _decimals():
    import decimal

    return (int, float, decimal.Decimal)


class Number(metaclass=_Tower):
    _types = _decimals()


class Complex(Number):
    _types = (int, float)


class Real(Complex):
    pass


class Rational(Real):
    _types = (int,)


class Integral(Rational):
    pass
