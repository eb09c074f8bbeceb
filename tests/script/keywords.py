# SPDX-License-Identifier: MIT
"""Keyword arguments of dialects: what each takes, and what is said of the others."""
import sqlalchemy as sa
from sqlalchemy import exc
from sqlalchemy.dialects import postgresql


def refused(make):
    try:
        make()
    except (exc.ArgumentError, TypeError) as error:
        return "%s: %s" % (type(error).__name__, error)
    return None


NOT_ACCEPTED = ("ArgumentError: Argument '%s' is not accepted by dialect '%s' on behalf of <class "
                "'sqlalchemy.sql.schema.%s'>")
for make, words in (
    (lambda: sa.Index("i", "a", postgresql_bogus=1), ("postgresql_bogus", "postgresql", "Index")),
    (lambda: sa.Index("i", "a", mysql_where="x"), ("mysql_where", "mysql", "Index")),
    (lambda: sa.Table("t", sa.MetaData(), postgresql_with={}),
     ("postgresql_with", "postgresql", "Table")),
    (lambda: sa.Table("t", sa.MetaData(), sqlite_bogus=1), ("sqlite_bogus", "sqlite", "Table")),
    (lambda: sa.Table("t", sa.MetaData(), sa.Column("a", sa.Integer, mysql_x=1)),
     ("mysql_x", "mysql", "Column")),
    (lambda: sa.CheckConstraint("a > 0", mysql_x=1), ("mysql_x", "mysql", "CheckConstraint")),
    (lambda: sa.UniqueConstraint("a", sqlite_foo="x"), ("sqlite_foo", "sqlite", "UniqueConstraint")),
    (lambda: sa.UniqueConstraint("a", postgresql_where="x"),
     ("postgresql_where", "postgresql", "UniqueConstraint")),
):
    assert refused(make) == NOT_ACCEPTED % words, refused(make)

for make in (
    lambda: sa.Index("i", "a", redshift_anything=1),
    lambda: sa.Index("i", "a", postgresql_concurrently=True, sqlite_where=sa.text("a"),
                     mysql_length=3, mssql_clustered=True),
    lambda: sa.Table("t", sa.MetaData(), mysql_whatever=1, mariadb_engine="x", oracle_compress=1),
    lambda: sa.UniqueConstraint("a", sqlite_on_conflict="IGNORE", postgresql_include=["b"]),
    lambda: sa.PrimaryKeyConstraint("a", mysql_using="btree", sqlite_on_conflict="FAIL"),
    lambda: sa.ForeignKeyConstraint(["a"], ["o.b"], postgresql_not_valid=True),
    lambda: postgresql.ExcludeConstraint(("a", "="), postgresql_bogus=1),
):
    assert refused(make) is None, refused(make)

for name in ("bogus", "_x"):
    assert refused(lambda: sa.Index("i", "a", **{name: 1})) == (
        "TypeError: Additional arguments should be named <dialectname>_<argument>, got '%s'" % name)
