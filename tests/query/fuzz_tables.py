# SPDX-License-Identifier: MIT
"""The tables of fuzzed queries and their rows: those of tables.py, and one of every other type."""
import os

import tables
from tables import ARRAY, JSONB, dt, items, meta, orders, postgresql, sa, sqlite, users, uuid

PG = os.environ.get("FUZZ_URL", "").startswith("postgresql")
UTC = dt.timezone.utc
SPAN = dt.timedelta(days=1, hours=2, seconds=3)
KEY = uuid.UUID(int=5)
upsert = (postgresql if PG else sqlite).insert

things = sa.Table(
    "things", meta,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("owner", sa.Integer),
    sa.Column("big", sa.BigInteger),
    sa.Column("small", sa.SmallInteger),
    sa.Column("ratio", sa.Numeric(12, 4, asdecimal=False)),
    sa.Column("at", sa.Time),
    sa.Column("stamp", sa.DateTime(timezone=True)),
    sa.Column("span", sa.Interval),
    sa.Column("raw", sa.LargeBinary),
    sa.Column("mood", sa.Enum("ok", "sad", "so so", name="mood")),
    sa.Column("uid", postgresql.UUID(as_uuid=True) if PG else sa.String(36)),
    sa.Column("uid_text", postgresql.UUID(as_uuid=False) if PG else sa.String(36)),
    sa.Column("doc", sa.JSON(none_as_null=True)),
    sa.Column("info", JSONB if PG else sa.JSON),
    sa.Column("nums", ARRAY(sa.Integer) if PG else sa.JSON),
    sa.Column("tags", ARRAY(sa.String) if PG else sa.JSON),
    sa.Column("made", sa.Date, default=dt.date(2024, 2, 29)),
    sa.Column("kind", sa.String(5), server_default="new"),
)
k = things.c


def moment(i):
    return dt.datetime(2020, 1 + i % 12, 1 + i % 28, i % 24, i * 7 % 60, i * 13 % 60)


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


def thing_rows():
    for i in range(12):
        key = uuid.UUID(int=i)
        yield {
            "id": i + 1, "owner": None if i % 5 == 4 else i + 3, "big": None if i % 6 == 5 else i * 10**11,
            "small": i - 4, "ratio": None if i % 7 == 6 else i / 8,
            "at": None if i % 4 == 2 else moment(i * 5).time(),
            "stamp": None if i % 5 == 3 else moment(i).replace(tzinfo=UTC if PG else None),
            "span": None if i % 3 == 2 else dt.timedelta(days=i - 2, seconds=i * 17, microseconds=i),
            "raw": None if i % 6 == 4 else bytes([i, 0, 255, 39]),
            "mood": [None, "ok", "sad", "so so"][i % 4],
            "uid": None if i % 5 == 1 else key if PG else str(key), "uid_text": str(key),
            "doc": [None, {"a": {"b": [i, "x'y", None, True]}}, [1, i], "text", 2.5][i % 5],
            "info": {"k": i, "tag": "t%d" % (i % 3), "l": [i, "z"], "n": None} if i % 4 else None,
            "nums": None if i % 5 == 2 else [i, i + 1, None][:i % 4],
            "tags": None if i % 6 == 3 else ["a", "b'", 'c"', "\u00fc,{}"][:i % 5],
        }


ROWS = [(users, user_rows), (orders, order_rows), (items, item_rows), (things, thing_rows)]


def fill(conn):
    meta.drop_all(conn)
    meta.create_all(conn)
    for table, rows in ROWS:
        conn.execute(table.insert(), list(rows()))
