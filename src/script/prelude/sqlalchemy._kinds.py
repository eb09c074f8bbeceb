# SPDX-License-Identifier: MIT
"""What the inspector's get_multi_...() read."""
import enum


class ObjectKind(enum.Flag):
    TABLE = 1
    VIEW = 2
    MATERIALIZED_VIEW = 4
    ANY_VIEW = 6
    ANY = 7


class ObjectScope(enum.Flag):
    DEFAULT = 1
    TEMPORARY = 2
    ANY = 3
