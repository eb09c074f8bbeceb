# SPDX-License-Identifier: MIT
"""Runs the queries of a batch (FUZZ_BATCH, a line of JSON each: source, parameters, how to read) and
prints, for each, its text, its parameters, its rows and, of a write, what it changed, as a line of JSON.
The same under Limbeck and SQLAlchemy."""
import json
import os
import re
import sys

sys.path.insert(0, os.environ["QUERY_FOLDER"])
import fuzz_tables
import tables

sa = tables.sa
URL = os.environ.get("FUZZ_URL", "sqlite://")
NAMES = {k: v for names in (tables, fuzz_tables) for k, v in vars(names).items() if not k.startswith("__")}

READS = {
    "all": lambda r: r.all(),
    "list": lambda r: list(r),
    "fetchall": lambda r: r.fetchall(),
    "mappings": lambda r: [tuple(m.items()) for m in r.mappings()],
    "scalars": lambda r: [(v,) for v in r.scalars().all()],
    "second": lambda r: [(v,) for v in r.scalars(1)],
    "first": lambda r: [r.first()],
    "one": lambda r: [r.one()],
    "one_or_none": lambda r: [r.one_or_none()],
    "scalar": lambda r: [(r.scalar(),)],
    "scalar_one": lambda r: [(r.scalar_one(),)],
    "many": lambda r: [row for part in iter(lambda: r.fetchmany(3), []) for row in part],
    "partitions": lambda r: [row for part in r.partitions(4) for row in part],
    "unique": lambda r: r.unique().all(),
    "columns": lambda r: r.columns(0).all(),
    "dicts": lambda r: [tuple(row._asdict().items()) for row in r],
    "fields": lambda r: [tuple(zip(row._fields, row)) for row in r],
    "fetchone": lambda r: list(iter(r.fetchone, None)),
    "yield_per": lambda r: list(r.yield_per(2)),
}


def shown(v):
    if isinstance(v, float):
        return "float %.9g" % v
    if isinstance(v, (list, tuple)):
        return [shown(x) for x in v]
    if isinstance(v, memoryview):
        return repr(bytes(v))
    return "None" if "JSON_NULL" in repr(v) else repr(v)


def text_of(made, dialect):
    done = made.compile(dialect=dialect)
    params = done.params
    try:
        literal = str(made.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
    except Exception as e:
        literal = type(e).__name__
    return [str(done), ", ".join("%s=%s" % (k, shown(params[k])) for k in sorted(params)), literal]


def rows_of(conn):
    return {repr(shown(tuple(row))) for table, _ in fuzz_tables.ROWS for row in conn.execute(sa.select(table))}


def writes(source):
    return re.search(r"\b(update|delete|insert|upsert)\(|INSERT", source) is not None


def read(result, how, counts):
    if not result.returns_rows or counts:
        return [result.rowcount]
    keys = list(result.keys())
    try:
        rows = READS[how](result)
    except (IndexError, sa.exc.InvalidRequestError) as e:
        return [keys, type(e).__name__, str(e)]
    rows = [shown(tuple(row)) if row is not None else None for row in rows]
    return [keys] + (rows if how in ("first", "scalar") else sorted(rows, key=repr))


def failure(e):
    """What it says without the parameters, and without the line of the text that the server saw."""
    return re.sub(r"\nLINE \d+:.*?(?=\n\[SQL)|\n\[parameters: .*(?=\n\(Back)", "", str(e), flags=re.S)


def run(conn, source, params, how, before):
    try:
        made = eval(source, NAMES)
        texts = text_of(made, conn.dialect)
    except Exception as e:
        return ["not made: " + type(e).__name__, str(e), "", []]
    try:
        if params is not None:
            params = eval(params, NAMES)
        result = conn.execute(made) if params is None else conn.execute(made, params)
        rows = read(result, how, writes(source) and "returning" not in source)
    except Exception as e:
        return texts + [["failed: " + type(e).__name__, failure(e)]]
    if writes(source):
        after = rows_of(conn)
        rows = rows + [sorted(before - after), sorted(after - before)]
    return texts + [rows]


def main():
    engine = sa.create_engine(URL)
    with engine.connect() as conn:
        outer = conn.begin()
        fuzz_tables.fill(conn)
        before = rows_of(conn)
        outer.commit()
        with open(os.environ["FUZZ_BATCH"]) as f:
            batch = [json.loads(line) for line in f]
        # Reads first: rows that were written and rolled back leave others in another order.
        done = {}
        for n in sorted(range(len(batch)), key=lambda n: writes(batch[n][0])):
            outer = conn.begin()
            conn.execute(sa.text("DELETE FROM users WHERE 1 = 0"))  # sqlite3 begins at DML, not at WITH
            done[n] = run(conn, *batch[n], before)
            outer.rollback()
        for n in range(len(batch)):
            print(json.dumps(done[n]))


main()
