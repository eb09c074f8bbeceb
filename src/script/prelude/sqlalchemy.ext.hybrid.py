# SPDX-License-Identifier: MIT
"""Hybrid attributes: properties of instances."""


class hybrid_property(property):
    def expression(self, fn):
        return self

    def comparator(self, fn):
        return self

    def update_expression(self, fn):
        return self

    @property
    def inplace(self):
        return self


def hybrid_method(fn):
    fn.expression = lambda other: fn
    return fn


class Comparator:
    def __init__(self, expression):
        self.expression = expression
