# SPDX-License-Identifier: MIT
"""Types that follow changes of their values: the types themselves."""


class Mutable:
    @classmethod
    def as_mutable(cls, sqltype):
        return sqltype

    @classmethod
    def associate_with(cls, sqltype):
        pass

    def changed(self):
        pass


class MutableDict(Mutable, dict):
    pass


class MutableList(Mutable, list):
    pass


class MutableSet(Mutable, set):
    pass


class MutableComposite:
    pass
