"""A package for the tests of import."""
from . import first
from .first import VALUE as value
__all__ = ["first", "value", "second"]
