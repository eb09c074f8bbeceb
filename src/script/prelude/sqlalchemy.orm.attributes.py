# SPDX-License-Identifier: MIT
"""What sqlalchemy.orm.attributes offers for the values of an object."""
from sqlalchemy.orm import *
from sqlalchemy.orm._native import ColumnAttribute as ScalarAttributeImpl
from sqlalchemy.orm._state import (
    NO_VALUE,
    History,
    InstanceState,
    history_of as get_history,
    state_of as instance_state,
)

NEVER_SET = NO_VALUE


def flag_modified(instance, key):
    state = instance_state(instance)
    if state.key is not None:
        state.committed.pop(key, None)
        state.modified(key)


def flag_dirty(instance):
    state = instance_state(instance)
    if state.key is not None and state.session is not None:
        state.session._dirty[id(instance)] = instance


def instance_dict(instance):
    return instance.__dict__


def set_attribute(instance, key, value, initiator=None):
    setattr(instance, key, value)


def get_attribute(instance, key):
    return getattr(instance, key)


def del_attribute(instance, key):
    delattr(instance, key)


def set_committed_value(instance, key, value):
    from sqlalchemy.orm._collections import make_collection

    prop = type(instance).__mapper__._properties.get(key)
    if prop is not None and hasattr(prop, "relation") and prop.relation.uselist:
        value = make_collection(prop.relation.collection_class, prop, instance, value)
    instance.__dict__[key] = value


def init_collection(instance, key):
    return getattr(instance, key)
