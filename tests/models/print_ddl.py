# SPDX-License-Identifier: MIT
"""
Prints what create_all() of each variant in a file of models would run, for three dialects. Runs under
Python with SQLAlchemy (to record) and under limbeck (as an env.py) alike.

A file holds variants, each after a line `### name`; what stands before the first belongs to all.
"""
import os
import sys
import types
import warnings

import sqlalchemy

DIALECTS = ("sqlite", "postgresql", "mysql")


def variants(text):
    common, found, name = [], [], None
    for line in text.split("\n"):
        if line.startswith("### "):
            name = line[4:].strip()
            found.append((name, list(common)))
        elif name is None:
            common.append(line)
        else:
            found[-1][1].append(line)
    return [(name, "\n".join(future_first(lines))) for name, lines in found]


def future_first(lines):
    future = [line for line in lines if line.startswith("from __future__")]
    return future + [line for line in lines if line not in future]


def metadata_in(names):
    for key in ("metadata", "Base", "db", "SQLModel"):
        if key in names:
            return getattr(names[key], "metadata", names[key])
    raise KeyError("no metadata")


def statements(metadata, dialect):
    """Indexes of a table come in any order: they are sorted."""
    out = []

    def dump(sql, *args, **kw):
        text = str(sql.compile(dialect=engine.dialect)).strip()
        text = "\n".join(line.rstrip() for line in text.split("\n")).replace("\t", "    ")
        out.append(text)

    engine = sqlalchemy.create_mock_engine("%s://" % dialect, dump)
    metadata.create_all(engine, checkfirst=False)
    done, indexes = [], []
    for text in out:
        if " INDEX " in text.split("\n")[0]:
            indexes.append(text)
            continue
        done += sorted(indexes) + [text]
        indexes = []
    return done + sorted(indexes)


def run(name, code):
    print("### " + name)
    current[0] = name
    module = types.ModuleType("variant_" + name)
    sys.modules[module.__name__] = module
    try:
        exec(code, module.__dict__)
        metadata = metadata_in(module.__dict__)
    except Exception as error:
        failed(error)
        return
    for dialect in DIALECTS:
        print("-- " + dialect)
        try:
            for text in statements(metadata, dialect):
                print(text + ";")
        except Exception as error:
            failed(error)


def failed(error):
    print("!! " + type(error).__name__)
    print("%s: %s: %s" % (current[0], type(error).__name__, str(error).split("\n")[0]), file=sys.stderr)


current = [""]
warnings.simplefilter("ignore")
for path in os.environ["MODELS_FILES"].split(os.pathsep):
    print("==== " + os.path.basename(path))
    for name, code in variants(open(path).read()):
        run(name, code)
sys.exit(0)
