# SPDX-License-Identifier: MIT
import sqlalchemy as sa
from sqlalchemy import DDL, Index, String, event
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.schema import CreateIndex, CreateTable


class Base(DeclarativeBase):
    pass
### listeners
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
event.listen(A.__table__, "after_create", DDL("CREATE TRIGGER %(table)s_t ON %(fullname)s").execute_if(dialect="postgresql"))
event.listen(A.__table__, "before_create", DDL("SELECT 1").execute_if(dialect=("sqlite", "mysql")))
event.listen(Base.metadata, "after_create", DDL("SELECT 'done'"))
event.listen(Base.metadata, "before_create", DDL("CREATE EXTENSION x").execute_if(
    callable_=lambda ddl, target, bind, **kw: bind.dialect.name == "postgresql"))
@event.listens_for(A.__table__, "after_create")
def after(target, connection, **kw):
    connection.execute(sa.text("SELECT 2"))
### own_element
from sqlalchemy.schema import DDLElement
class CreateView(DDLElement):
    inherit_cache = False
    def __init__(self, name, selectable):
        self.name, self.selectable = name, selectable
@compiles(CreateView)
def view(element, compiler, **kw):
    return "CREATE VIEW %s AS %s" % (element.name, compiler.sql_compiler.process(element.selectable, literal_binds=True))
metadata = sa.MetaData()
t = sa.Table("t", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("x", sa.Integer))
event.listen(metadata, "after_create", CreateView("v", sa.select(t.c.id).where(t.c.x == 5)))
### compiled_elements
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(5), index=True)
    __table_args__ = {"info": {"strict": True}}
class B(Base):
    __tablename__ = "b"
    id: Mapped[int] = mapped_column(primary_key=True)
@compiles(CreateTable, "sqlite")
def strict(element, compiler, **kw):
    text = compiler.visit_create_table(element, **kw)
    return text.rstrip() + " STRICT" if element.element.info.get("strict") else text
@compiles(CreateIndex)
def named(element, compiler, **kw):
    return "%s /* %s */" % (compiler.visit_create_index(element), compiler.preparer.format_table(element.element.table))
### unlogged
@compiles(CreateTable, "postgresql")
def unlogged(element, compiler, **kw):
    return compiler.visit_create_table(element).replace("CREATE TABLE", "CREATE UNLOGGED TABLE", 1)
class C(Base):
    __tablename__ = "c"
    id: Mapped[int] = mapped_column(primary_key=True)
