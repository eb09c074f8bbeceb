class Custom(Exception):
    """In a module other than builtins, __main__ is left out."""


def f():
    raise Custom


try:
    f()
except (ValueError, TypeError):
    pass
