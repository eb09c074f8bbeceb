# SPDX-License-Identifier: MIT
"""Values that tell their object when they change."""
from sqlalchemy.orm._properties import watched


class MutableBase:
    @classmethod
    def coerce(cls, key, value):
        if value is None:
            return None
        raise ValueError(
            "Attribute '%s' does not accept objects of type %s" % (key, type(value)))


class Mutable(MutableBase):
    @classmethod
    def as_mutable(cls, sqltype):
        """The type, whose values become of this class."""
        made = sqltype() if isinstance(sqltype, type) else sqltype
        made._sa_mutable = cls
        watched.append(cls)
        return made

    @classmethod
    def associate_with(cls, sqltype):
        """Not followed: values of the type are loaded as they are."""

    @classmethod
    def associate_with_attribute(cls, attribute):
        attribute.type._sa_mutable = cls
        watched.append(cls)

    @classmethod
    def attach(cls, instance, key, value):
        """The value as one that tells the instance."""
        if value is None:
            return None
        if not isinstance(value, cls):
            value = cls.coerce(key, value)
        if value is not None:
            value._sa_parents = [(instance, key)]
        return value

    def changed(self):
        from sqlalchemy.orm.attributes import flag_modified

        for instance, key in getattr(self, "_sa_parents", ()):
            flag_modified(instance, key)


def _telling(base, name):
    plain = getattr(base, name)

    def method(self, *args, **kw):
        result = plain(self, *args, **kw)
        self.changed()
        return self if name[:3] == "__i" else result

    method.__name__ = name
    return method


def _tell(cls, base, names):
    for name in names.split():
        setattr(cls, name, _telling(base, name))


class MutableDict(Mutable, dict):
    @classmethod
    def coerce(cls, key, value):
        if isinstance(value, cls):
            return value
        return cls(value) if isinstance(value, dict) else Mutable.coerce(key, value)


class MutableList(Mutable, list):
    @classmethod
    def coerce(cls, key, value):
        if isinstance(value, cls):
            return value
        return cls(value) if isinstance(value, list) else Mutable.coerce(key, value)


class MutableSet(Mutable, set):
    @classmethod
    def coerce(cls, key, value):
        if isinstance(value, cls):
            return value
        return cls(value) if isinstance(value, set) else Mutable.coerce(key, value)


_tell(MutableDict, dict, "__setitem__ __delitem__ setdefault update pop popitem clear")
_tell(MutableList, list, "__setitem__ __delitem__ append extend __iadd__ insert remove pop clear "
                         "sort reverse")
_tell(MutableSet, set, "add remove discard pop clear update intersection_update "
                       "difference_update symmetric_difference_update")


class MutableComposite(MutableBase):
    """Named in class bodies."""

    def changed(self):
        pass
