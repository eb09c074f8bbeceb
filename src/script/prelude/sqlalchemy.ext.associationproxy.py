# SPDX-License-Identifier: MIT
"""Association proxies: accepted in class bodies."""


class AssociationProxy:
    def __init__(self, target_collection, attr, **kw):
        self.target_collection = target_collection
        self.attr = attr

    def __class_getitem__(cls, item):
        return cls


def association_proxy(target_collection, attr, **kw):
    return AssociationProxy(target_collection, attr, **kw)
