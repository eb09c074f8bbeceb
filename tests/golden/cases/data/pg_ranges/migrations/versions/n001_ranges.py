"""ranges

Revision ID: n001
Revises:
Create Date: 2024-03-01 09:07:00.000000

"""
import datetime
from decimal import Decimal

from alembic import op
from psycopg2.extras import DateRange, Json, NumericRange
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import Range

revision = 'n001'
down_revision = None
branch_labels = None
depends_on = None

COLUMNS = ("n", postgresql.INT4RANGE), ("d", postgresql.DATERANGE), ("z", postgresql.TSTZRANGE), ("q", postgresql.NUMRANGE)
DAY = datetime.date(2020, 1, 1)
NOON = datetime.datetime(2020, 1, 1, 12, tzinfo=datetime.timezone.utc)


def upgrade() -> None:
    bind = op.get_bind()
    table = op.create_table("r", sa.Column("id", sa.Integer, primary_key=True),
                            *[sa.Column(name, kind) for name, kind in COLUMNS], sa.Column("j", sa.JSON))
    op.bulk_insert(table, [{"id": 1, "n": Range(1, 5), "d": Range(DAY, None), "z": Range(None, NOON, bounds="(]"),
                            "q": Range(Decimal("1.5"), Decimal("2.5"), bounds="[]")}])
    bind.execute(table.insert().values(id=2, n=Range(empty=True), d=Range()))
    bind.execute(sa.text("INSERT INTO r (id, n, d, j) VALUES (3, :n, :d, :j)"),
                 {"n": NumericRange(7, 9), "d": DateRange(DAY, DAY, "[]"), "j": Json({"a": [1, None]})})
    for row in bind.execute(sa.text("SELECT n, d, z, q FROM r ORDER BY id")):
        print(tuple(row))
    for row in bind.execute(sa.select(table).order_by(table.c.id)):
        print(row.n, row.d, repr(row.z), repr(row.q))
    first = bind.execute(sa.select(table.c.n)).scalars().first()
    print(first.lower, first.upper, first.lower_inc, first.upper_inc, 5 in first, first == Range(1, 4, bounds="[]"))
    print(bind.scalar(sa.select(sa.func.count()).where(table.c.n == Range(7, 9))))


def downgrade() -> None:
    op.drop_table("r")
