# SPDX-License-Identifier: MIT
"""Runs the queries of a batch (FUZZ_BATCH, a file with a query's source a line) and prints, for each,
its text, its parameters and its rows as a line of JSON. The same under Limbeck and SQLAlchemy."""
import json
import os
import sys

sys.path.insert(0, os.environ["QUERY_FOLDER"])
import tables
from tables import items, orders, users

sa = tables.sa
URL = os.environ.get("FUZZ_URL", "sqlite://")
V14 = sa.__version__.startswith("1.")


def moment(i):
    return tables.dt.datetime(2020, 1 + i % 12, 1 + i % 28, i % 24, i * 7 % 60, i * 13 % 60)


def user_rows():
    names = ["ann", "bob", "Carl", "d%x", "e_f", "O'Hara", "", "\u00fcber", "ann", "zed"]
    for i in range(20):
        yield {
            "id": i + 1,
            "name": None if i % 7 == 3 else names[i % 10],
            "email": None if i % 5 == 4 else names[(i * 3) % 10] + "@x.org",
            "age": None if i % 6 == 5 else (i * 7) % 50,
            "active": None if i % 9 == 8 else i % 3 == 0,
            "score": None if i % 8 == 7 else (i * 5 % 17) / 4,
            "balance": None if i % 10 == 9 else tables.decimal.Decimal(i * 125) / 100,
            "created": None if i % 4 == 3 else moment(i),
            "born": None if i % 5 == 2 else moment(i).date(),
            "data": {"k": i % 4, "l": ["a", {"m": i}], "s": names[i % 10]} if i % 3 else None,
            "color": None if i % 4 == 1 else tables.Color.red if i % 2 else tables.Color.green,
        }


def order_rows():
    for i in range(30):
        yield {"id": i + 1, "user_id": None if i % 11 == 10 else i % 17 + 1,
               "total": None if i % 7 == 6 else tables.decimal.Decimal(i * 37 % 100) / 4,
               "note": None if i % 5 == 3 else ["x", "yy", "Zz", "n%"][i % 4], "placed": moment(i * 3)}


def item_rows():
    for i in range(40):
        yield {"order_id": i // 2 + 1, "line": i % 2 + 1, "sku": "s%d" % (i % 6), "qty": None if i % 9 == 4 else i % 7}


def fill(conn):
    tables.meta.drop_all(conn)
    tables.meta.create_all(conn)
    conn.execute(users.insert(), list(user_rows()))
    conn.execute(orders.insert(), list(order_rows()))
    conn.execute(items.insert(), list(item_rows()))


def shown(v):
    if isinstance(v, float):
        return "float %.9g" % v
    if isinstance(v, (list, tuple)):
        return [shown(x) for x in v]
    return repr(v)


def text_of(made, dialect):
    done = made.compile(dialect=dialect)
    params = done.params
    return str(done), ", ".join("%s=%s" % (k, shown(params[k])) for k in params)


def run(conn, source):
    try:
        made = eval(source, tables.__dict__)
        text, params = text_of(made, conn.dialect)
    except Exception as e:
        return ["not made: " + type(e).__name__, "", []]
    try:
        result = conn.execute(made)
        if not result.returns_rows:
            return [text, params, [result.rowcount]]
        return [text, params, [list(result.keys())] + sorted([shown(tuple(row)) for row in result], key=repr)]
    except Exception as e:
        return [text, params, ["failed: " + type(e).__name__]]


def main():
    engine = sa.create_engine(URL)
    with engine.connect() as conn:
        outer = conn.begin()
        fill(conn)
        outer.commit()
        with open(os.environ["FUZZ_BATCH"]) as f:
            sources = f.read().split("\n")
        for source in sources:
            if not source:
                continue
            outer = conn.begin()
            print(json.dumps(run(conn, source)))
            outer.rollback()


main()
