# SPDX-License-Identifier: MIT
"""Prints what each line of corpus.py compiles to, for every dialect; runs under both."""
import json
import os
import sys

sys.path.insert(0, os.environ.get("QUERY_FOLDER") or os.path.dirname(os.path.abspath(__file__)))
import tables
from corpus import SOURCES

DIALECTS = [("default", None), ("sqlite", tables.sqlite.dialect()), ("postgresql", tables.postgresql.dialect()),
            ("mysql", tables.mysql.dialect())]
OWN = ("postgresql", "sqlite", "mysql")


def plain(v):
    """Tuples and lists are told apart by Python alone."""
    return [plain(x) for x in v] if isinstance(v, (list, tuple)) else v


def compiled(source, dialect, literal):
    try:
        made = eval(source, tables.__dict__)
        if dialect is None and not literal:
            return str(made)
        options = {"literal_binds": True} if literal else {}
        done = made.compile(dialect=dialect, compile_kwargs=options) if dialect else made.compile(compile_kwargs=options)
        if literal:
            return str(done)
        params = done.params
        return str(done) + "\n-- " + ", ".join("%s=%r" % (k, plain(params[k])) for k in params)
    except Exception as e:
        return type(e).__name__.replace("Unsupported", "").replace("ilation", "ile")


def foreign(source, name):
    """A dialect's own insert() is compiled for that dialect alone."""
    return any(own + ".insert(" in source and name not in (own, "default") for own in OWN)


def main():
    for source in SOURCES:
        for name, dialect in DIALECTS:
            if foreign(source, name):
                continue
            print(json.dumps([source, name, compiled(source, dialect, False), compiled(source, dialect, True)]))


main()
