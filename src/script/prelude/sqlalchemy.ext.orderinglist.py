# SPDX-License-Identifier: MIT
"""Ordered collections of relationships: accepted in class bodies."""


def ordering_list(attr, count_from=None, **kw):
    return list


def count_from_0(index, collection):
    return index


def count_from_1(index, collection):
    return index + 1
