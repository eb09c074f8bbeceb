# SPDX-License-Identifier: MIT
"""The exceptions that PEP 249 asks of every driver of a database, each driver's own."""

_BASES = {"InterfaceError": "Error", "DatabaseError": "Error", "InternalError": "DatabaseError",
          "OperationalError": "DatabaseError", "ProgrammingError": "DatabaseError",
          "IntegrityError": "DatabaseError", "DataError": "DatabaseError",
          "NotSupportedError": "DatabaseError"}


def exceptions(module, error):
    """The module's classes by name; `error` is its Error."""
    made = {"Error": error}
    for name, base in _BASES.items():
        made[name] = type(name, (made[base],), {"__module__": module})
    return made
