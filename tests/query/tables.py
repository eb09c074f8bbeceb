# SPDX-License-Identifier: MIT
"""The tables that the expressions of this folder speak of; the same under Limbeck and SQLAlchemy."""
import datetime as dt
import decimal
import enum
import uuid

import sqlalchemy as sa
from sqlalchemy import (and_, bindparam, case, cast, column, delete, distinct, exists, extract, func, insert, literal,
                        literal_column, not_, null, or_, select, table, text, true, false, tuple_, type_coerce,
                        union, union_all, update, any_, all_, between, nulls_first, nulls_last, asc, desc, values,
                        lateral, intersect, except_, over, within_group, collate, join, outerjoin, Integer,
                        String, Numeric, Float, Date, DateTime, Boolean, JSON, LargeBinary, BigInteger, Text, Interval)
from sqlalchemy.dialects import mysql, postgresql, sqlite
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, aggregate_order_by, array


class Color(enum.Enum):
    red = 1
    green = 2


meta = sa.MetaData()
users = sa.Table(
    "users", meta,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(50)),
    sa.Column("email", sa.Text),
    sa.Column("age", sa.Integer),
    sa.Column("active", sa.Boolean),
    sa.Column("score", sa.Float),
    sa.Column("balance", sa.Numeric(10, 2)),
    sa.Column("created", sa.DateTime),
    sa.Column("born", sa.Date),
    sa.Column("data", sa.JSON),
    sa.Column("color", sa.Enum(Color)),
)
orders = sa.Table(
    "orders", meta,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id")),
    sa.Column("total", sa.Numeric(10, 2)),
    sa.Column("note", sa.String),
    sa.Column("placed", sa.DateTime),
)
items = sa.Table(
    "items", meta,
    sa.Column("order_id", sa.Integer, sa.ForeignKey("orders.id"), primary_key=True),
    sa.Column("line", sa.Integer, primary_key=True),
    sa.Column("sku", sa.String(20)),
    sa.Column("qty", sa.Integer),
)
docs = sa.Table(
    "docs", sa.MetaData(schema="app"),
    sa.Column("id", sa.BigInteger, primary_key=True),
    sa.Column("body", JSONB),
    sa.Column("tags", ARRAY(sa.String)),
    sa.Column("nums", ARRAY(sa.Integer)),
    sa.Column("key", getattr(sa, "Uuid", sa.String)),
    sa.Column("owner", sa.Integer),
)
u, o, i, d = users.c, orders.c, items.c, docs.c
t = table("t", column("x", Integer), column("y", String), column("z"))
tx, ty, tz = t.c.x, t.c.y, t.c.z
a, b, c = column("a"), column("b"), column("c")
ua = users.alias("ua")
ub = users.alias()
DAY = dt.date(2020, 1, 2)
MOMENT = dt.datetime(2020, 1, 2, 3, 4, 5)
