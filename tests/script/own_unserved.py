# SPDX-License-Identifier: MIT
"""Limbeck alone: what models lack because an import could not be served is not dropped; plugins by name."""
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from no_such_library import Mixin, PhoneColumn, TheirBase, track
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


def changes(c, base, **options):
    found = compare_metadata(MigrationContext.configure(c, opts=options), base.metadata)
    return [each[0] for each in found]


def new_base():
    class Base(DeclarativeBase):
        pass

    return Base


engine = sa.create_engine("sqlite://")
with engine.connect() as c:
    c.execute(sa.text("CREATE TABLE a (id INTEGER NOT NULL PRIMARY KEY, phone INTEGER NOT NULL)"))
    c.execute(sa.text("CREATE INDEX a_phone ON a (phone)"))
    assert changes(c, new_base()) == ["remove_index", "remove_table"]

    base = new_base()

    class A(base):
        __tablename__ = "a"
        id = mapped_column(sa.Integer, primary_key=True)
        fax = mapped_column(sa.Integer)

        @track
        def shown(self):
            return self.id

    assert sorted(changes(c, base)) == ["add_column", "remove_column", "remove_index"]

    base = new_base()

    class A(base):
        __tablename__ = "a"
        id = mapped_column(sa.Integer, primary_key=True)
        phone = PhoneColumn(30)

    assert changes(c, base) == []
    base = new_base()

    class A(base):
        __tablename__ = "a"
        id: Mapped[int] = mapped_column(primary_key=True)
        phone: Mapped[str] = PhoneColumn(30)
        fax: Mapped[int | None]

    assert changes(c, base) == ["add_column"]
    base = new_base()

    class Phoned(Mixin):
        pass

    class Named:
        __abstract__ = True
        phone = PhoneColumn(30)

    class A(Named, base):
        __tablename__ = "a"
        id = mapped_column(sa.Integer, primary_key=True)

    assert changes(c, base) == []

    class Theirs(TheirBase):
        __tablename__ = "a"
        id = mapped_column(sa.Integer, primary_key=True)

    assert changes(c, new_base()) == []

    for names, wanted in (
        (["alembic.autogenerate.*", "~alembic.autogenerate.nope"], None),
        (["nope", "alembic.autogenerate.*"], "Did not locate plugins: nope"),
        (["a b"], "Invalid plugin expression 'a b'"),
    ):
        try:
            changes(c, new_base(), autogenerate_plugins=names)
            assert wanted is None, names
        except Exception as error:
            assert str(error) == wanted, error

from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateColumn


@compiles(CreateColumn, "sqlite")
def column(element, compiler, **kw):
    return compiler.visit_create_column(element, **kw)


with engine.connect() as c:
    try:
        sa.Table("b", sa.MetaData(), sa.Column("id", sa.Integer)).create(c)
        raise AssertionError("a column was written without its function")
    except NotImplementedError as error:
        assert "@compiles of CreateColumn" in str(error), error
