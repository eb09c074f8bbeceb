# SPDX-License-Identifier: MIT
"""Operators and functions make the SQL that SQLAlchemy makes."""
import sqlalchemy as sa
from sqlalchemy import column, func, table
from sqlalchemy.dialects import postgresql, sqlite


def same(expression, text):
    assert str(expression) == text, (str(expression), text)


a, b = column("a"), column("b")
t = table("t", column("id", sa.Integer), column("name", sa.String))

same(a == 1, "a = :a_1")
same(a != None, "a IS NOT NULL")
same(a.is_(None), "a IS NULL")
same((a > 1) & (b < 2) | ~(a == b), "a > :a_1 AND b < :b_1 OR a != b")
same(sa.and_(a == 1, sa.or_(b == 2, b == 3)), "a = :a_1 AND (b = :b_1 OR b = :b_2)")
same(a.like("x%"), "a LIKE :a_1")
same(a.between(1, 2), "a BETWEEN :a_1 AND :a_2")
same(a.desc(), "a DESC")
same(a.asc().nulls_last(), "a ASC NULLS LAST")
same(a.label("x"), "a")
same(a + b, "a + b")
same(t.c.name + "x", "t.name || :name_1")
same(-a, "-a")
same(func.count(a), "count(a)")
same(func.now(), "now()")
assert str(func.now().compile(dialect=sqlite.dialect())) == "CURRENT_TIMESTAMP"
same(func.pg_catalog.set_config("x", "y"), "pg_catalog.set_config(:set_config_1, :set_config_2)")
same(sa.cast(a, sa.String(10)), "CAST(a AS VARCHAR(10))")
same(sa.case((a == 1, "x"), else_="y"), "CASE WHEN (a = :a_1) THEN :param_1 ELSE :param_2 END")
same(sa.text("select :x").bindparams(x=1), "select :x")
same(sa.literal_column("1 + 1"), "1 + 1")
same(sa.null(), "NULL")
same(a.op("->>")("k"), "a ->> :a_1")
same(sa.extract("year", a), "EXTRACT(year FROM a)")
same(sa.distinct(a), "DISTINCT a")
assert bool(a == a) is True
assert bool(a == b) is False
try:
    bool(a > b)
except TypeError as e:
    assert str(e) == "Boolean value of this clause is not defined", e
else:
    raise AssertionError
