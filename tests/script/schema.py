# SPDX-License-Identifier: MIT
"""Tables, columns, constraints, types as objects of a script."""
import enum

import sqlalchemy as sa
from sqlalchemy.dialects import mysql, postgresql
from sqlalchemy.sql import quoted_name

meta = sa.MetaData(naming_convention={"ix": "ix_%(column_0_label)s"})
users = sa.Table(
    "users",
    meta,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(30), nullable=False, server_default="x"),
    sa.Column("group_id", sa.ForeignKey("groups.id"), index=True),
    sa.UniqueConstraint("name", name="uq_users_name"),
)
groups = sa.Table("groups", meta, sa.Column("id", sa.BigInteger(), primary_key=True))

assert users.name == "users"
assert users.c.id is users.columns["id"]
assert users.c.keys() == ["id", "name", "group_id"]
assert [c.name for c in users.c] == ["id", "name", "group_id"]
assert "name" in users.c
assert users.c.name.type.length == 30
assert isinstance(users.c.name.type, sa.String)
assert users.c.id.primary_key is True
assert users.c.id.nullable is False
assert users.c.group_id.nullable is True
assert users.primary_key.columns.keys() == ["id"]
assert meta.tables["users"] is users
assert list(meta.tables) == ["users", "groups"]
assert [t.name for t in meta.sorted_tables] == ["groups", "users"]
assert sa.Table("users", meta) is users
assert len(users.indexes) == 1
assert len(users.foreign_keys) == 1
assert users.c.group_id.references(groups.c.id)
assert users.metadata is meta
assert "users" in meta
try:
    sa.Table("users", meta, sa.Column("x", sa.Integer))
except sa.exc.InvalidRequestError as e:
    assert "already defined" in str(e), e
else:
    raise AssertionError

copy = users.to_metadata(sa.MetaData())
assert copy is not users and copy.c.keys() == users.c.keys()


class Colour(enum.Enum):
    red = 1
    green = 2


assert sa.Enum(Colour).enums == ["red", "green"]
assert sa.Enum(Colour).name == "colour"
assert sa.Enum("a", "b", name="ab").enums == ["a", "b"]
assert sa.Enum(Colour, values_callable=lambda c: [str(m.value) for m in c]).enums == ["1", "2"]


class Upper(sa.types.TypeDecorator):
    impl = sa.String
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return value.upper()


class Point(sa.types.UserDefinedType):
    def __init__(self, n):
        self.n = n

    def get_col_spec(self, **kw):
        return "POINT(%d)" % self.n


assert str(Upper(12).compile(dialect=postgresql.dialect())) == "VARCHAR(12)"
assert str(Point(3).compile(dialect=postgresql.dialect())) == "POINT(3)"
variant = sa.Text().with_variant(mysql.LONGTEXT(), "mysql")
assert variant.compile(dialect=mysql.dialect()) == "LONGTEXT"
assert variant.compile(dialect=postgresql.dialect()) == "TEXT"
assert isinstance(postgresql.JSONB(), sa.JSON)
assert issubclass(postgresql.UUID, sa.UUID)
assert quoted_name("A", quote=True) == "A"
column = sa.Column(quoted_name("Some", quote=False), sa.Integer)
assert column.name == "Some" and column.key == "Some"
column.custom = 5
assert column.custom == 5
for wrong in (lambda: sa.String(lenght=3), lambda: sa.Column("a", sa.Integer, nulable=True)):
    try:
        wrong()
    except TypeError:
        pass
    else:
        raise AssertionError

remarked = sa.Table("r", sa.MetaData(), sa.Column("A", sa.Integer, comment="it's"), schema="s")
assert str(sa.schema.SetColumnComment(remarked.c.A)) == "COMMENT ON COLUMN s.r.\"A\" IS 'it''s'"
assert str(sa.schema.DropTableComment(remarked)) == "COMMENT ON TABLE s.r IS NULL"
