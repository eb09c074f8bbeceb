# SPDX-License-Identifier: MIT
import datetime
import enum
import uuid

import sqlalchemy as sa
from sqlalchemy import (
    JSON, BigInteger, Boolean, CheckConstraint, Column, Date, DateTime, Enum, Float, ForeignKey,
    ForeignKeyConstraint, Index, Integer, LargeBinary, MetaData, Numeric, PrimaryKeyConstraint,
    Sequence, SmallInteger, String, Table, Text, Unicode, UniqueConstraint, event, func, text,
)
from sqlalchemy.dialects import mysql, postgresql, sqlite
from sqlalchemy.ext.associationproxy import association_proxy
from sqlalchemy.ext.declarative import declarative_base as old_base
from sqlalchemy.ext.hybrid import hybrid_method, hybrid_property
from sqlalchemy.ext.mutable import MutableDict, MutableList
from sqlalchemy.ext.orderinglist import ordering_list
from sqlalchemy.orm import (
    as_declarative, backref, column_property, composite, declarative_base, declared_attr, deferred,
    object_session, registry, relationship, synonym, validates,
)
from sqlalchemy.types import TypeDecorator, UserDefinedType

Base = declarative_base()
### basic
class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    name = Column(String(50), nullable=False, unique=True, index=True)
    email = Column(String(120), unique=True)
    bio = Column(Text)
    created = Column(DateTime, default=datetime.datetime.utcnow, server_default=func.now())
    active = Column(Boolean, default=True, nullable=False, server_default=sa.true())
    score = Column(Float)
    price = Column(Numeric(10, 2))
    posts = relationship("Post", back_populates="author", cascade="all, delete-orphan", lazy="dynamic")
class Post(Base):
    __tablename__ = "posts"
    id = Column(Integer, primary_key=True)
    title = Column(String(100))
    author_id = Column(Integer, ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True)
    author = relationship("User", back_populates="posts")
### old_base_kinds
class Plain(object):
    @declared_attr
    def __tablename__(cls):
        return cls.__name__.lower()
    id = Column(Integer, primary_key=True)
B1 = declarative_base(cls=Plain)
class Apple(B1):
    color = Column(String(7))
metadata = B1.metadata
### as_declarative
@as_declarative()
class AB:
    id = Column(Integer, primary_key=True)
    @declared_attr
    def __tablename__(cls):
        return cls.__name__.lower()
class Pear(AB):
    x = Column(Integer)
metadata = AB.metadata
### metadata_given
meta = MetaData(schema="mm", naming_convention={"pk": "pk_%(table_name)s"})
B2 = old_base(metadata=meta, name="Other")
class A(B2):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
assert B2.__name__ == "Other"
metadata = meta
### metaclass_given
from sqlalchemy.orm import DeclarativeMeta
class Named(DeclarativeMeta):
    def __init__(cls, name, bases, d):
        if name != "Base3":
            cls.__tablename__ = name.lower() + "_t"
        super().__init__(name, bases, d)
B3 = declarative_base(metaclass=Named, name="Base3")
class A(B3):
    id = Column(Integer, primary_key=True)
metadata = B3.metadata
### mixins
class Stamp:
    created_at = Column(DateTime, nullable=False, default=datetime.datetime.utcnow)
    updated_at = Column(DateTime, onupdate=datetime.datetime.utcnow)
class SoftDelete:
    deleted = Column(Boolean, default=False)
class Owned:
    @declared_attr
    def owner_id(cls):
        return Column(Integer, ForeignKey("owner.id"))
    @declared_attr
    def owner(cls):
        return relationship("Owner")
class Owner(Base):
    __tablename__ = "owner"
    id = Column(Integer, primary_key=True)
class Thing(Stamp, SoftDelete, Owned, Base):
    __tablename__ = "thing"
    id = Column(Integer, primary_key=True)
    name = Column(String(5))
### mixin_abstract_order
class BaseModel(Base):
    __abstract__ = True
    id = Column(Integer, primary_key=True)
    created = Column(DateTime)
class More(BaseModel):
    __abstract__ = True
    updated = Column(DateTime)
class A(More):
    __tablename__ = "a"
    x = Column(Integer)
### order
class A(Base):
    __tablename__ = "a"
    z = Column(Integer)
    y = Column(Integer, primary_key=True)
    x = Column(Integer)
### table_args_inherited
class M:
    __table_args__ = {"mysql_engine": "InnoDB", "schema": "s"}
class A(M, Base):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
class B(M, Base):
    __tablename__ = "b"
    id = Column(Integer, primary_key=True)
    __table_args__ = (UniqueConstraint("id"), M.__table_args__)
### table_args_declared
class M:
    @declared_attr
    def __table_args__(cls):
        return (Index("ix_%s_t" % cls.__tablename__, "t"),)
    t = Column(Integer)
class A(M, Base):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
class B(M, Base):
    __tablename__ = "b"
    id = Column(Integer, primary_key=True)
### mixin_index_by_attribute
class M:
    t = Column(String(3))
    @declared_attr
    def __table_args__(cls):
        return (Index("ix_%s_lower" % cls.__tablename__, func.lower(cls.t)), UniqueConstraint(cls.t, name="uq_" + cls.__tablename__))
class A(M, Base):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
### index_in_body
class A(Base):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
    name = Column(String(30))
    other = Column(String(30))
    Index("ix_body", name, other)
    ix2 = Index("ix_body2", other)
### self_reference
class Node(Base):
    __tablename__ = "node"
    id = Column(Integer, primary_key=True)
    parent_id = Column(Integer, ForeignKey("node.id"))
    other_id = Column(Integer, ForeignKey(id))
    children = relationship("Node", backref=backref("parent", remote_side=[id]), foreign_keys=[parent_id])
### circle
class A(Base):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
    b_id = Column(Integer, ForeignKey("b.id", name="fk_ab"))
class B(Base):
    __tablename__ = "b"
    id = Column(Integer, primary_key=True)
    a_id = Column(Integer, ForeignKey("a.id", name="fk_ba", use_alter=True))
### use_alter_constraint
class A(Base):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
    b_id = Column(Integer)
    __table_args__ = (ForeignKeyConstraint(["b_id"], ["b.id"], name="fk_ab", use_alter=True),)
class B(Base):
    __tablename__ = "b"
    id = Column(Integer, primary_key=True)
### enums
class Status(enum.Enum):
    new = "n"
    done = "d"
class A(Base):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
    s = Column(Enum(Status), nullable=False, default=Status.new)
    t = Column(Enum("x", "y", name="xy"))
    u = Column(Enum(Status, name="status_values", values_callable=lambda e: [m.value for m in e]))
    v = Column(Enum(Status, native_enum=False, create_constraint=True, name="ck_v"))
    w = Column(postgresql.ENUM("p", "q", name="pq", create_type=False).with_variant(String(3), "sqlite", "mysql"))
class B(Base):
    __tablename__ = "b"
    id = Column(Integer, primary_key=True)
    s = Column(Enum(Status))
    arr = Column(postgresql.ARRAY(Enum(Status)).with_variant(JSON, "sqlite", "mysql"))
### enum_metadata_and_schema
class A(Base):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
    s = Column(Enum("a", "b", name="ab", metadata=Base.metadata))
    t = Column(Enum("a", "b", name="ab2", schema="other"))
    u = Column(Enum("c", name="ab3", inherit_schema=True))
    __table_args__ = {"schema": "tbl"}
### sequences
seq = Sequence("alone_seq", metadata=Base.metadata, start=100)
class A(Base):
    __tablename__ = "a"
    id = Column(Integer, Sequence("a_id_seq", start=5, increment=2), primary_key=True)
    n = Column(Integer, seq)
    o = Column(Integer, Sequence("opt", optional=True))
### types
class A(Base):
    __tablename__ = "a"
    id = Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)
    j = Column(JSON)
    jb = Column(postgresql.JSONB().with_variant(JSON, "sqlite", "mysql"))
    u = Column(postgresql.UUID(as_uuid=True).with_variant(String(36), "sqlite", "mysql"), default=uuid.uuid4)
    b = Column(LargeBinary)
    d = Column(Date)
    md = Column(MutableDict.as_mutable(JSON))
    ml = Column(MutableList.as_mutable(JSON), default=list)
    si = Column(SmallInteger)
    un = Column(Unicode(20))
    m = Column(mysql.MEDIUMTEXT().with_variant(Text, "postgresql", "sqlite"))
    ex = Column(sa.types.DateTime(timezone=True))
### decorators
class Guid(TypeDecorator):
    impl = sa.CHAR
    cache_ok = True
    def load_dialect_impl(self, dialect):
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.UUID())
        return dialect.type_descriptor(sa.CHAR(36))
class Money(TypeDecorator):
    impl = Numeric(12, 2)
class Point(UserDefinedType):
    def __init__(self, srid=4326):
        self.srid = srid
    def get_col_spec(self, **kw):
        return "POINT(%d)" % self.srid
class TZ(TypeDecorator):
    impl = DateTime
    def __init__(self, *args, **kw):
        super().__init__(timezone=True)
class A(Base):
    __tablename__ = "a"
    id = Column(Guid, primary_key=True, default=uuid.uuid4)
    m = Column(Money)
    p = Column(Point)
    q = Column(Point(7))
    t = Column(TZ, nullable=False)
    parent = Column(Guid(), ForeignKey("a.id"))
### hybrids
class A(Base):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
    first = Column(String(5))
    last = Column(String(5))
    _secret = Column("secret", String(5))
    @hybrid_property
    def full(self):
        return self.first + " " + self.last
    @full.expression
    def full(cls):
        return cls.first.concat(cls.last)
    @full.setter
    def full(self, value):
        self.first = value
    @hybrid_property
    def secret(self):
        return self._secret
    @secret.setter
    def secret(self, value):
        self._secret = value
    @hybrid_method
    def is_a(self, x):
        return self.first == x
    @validates("first", "last")
    def check(self, key, value):
        return value
    items = relationship("Item", order_by="Item.pos", collection_class=ordering_list("pos"))
    names = association_proxy("items", "name")
    nick = synonym("first")
class Item(Base):
    __tablename__ = "item"
    id = Column(Integer, primary_key=True)
    a_id = Column(ForeignKey("a.id"))
    pos = Column(Integer)
    name = Column(String(3))
Index("ix_hyb", A.full)
A(full="x").secret = "y"
### single_table_old
class Person(Base):
    __tablename__ = "person"
    id = Column(Integer, primary_key=True)
    kind = Column(String(10), nullable=False)
    __mapper_args__ = {"polymorphic_on": kind, "polymorphic_identity": "person"}
class Worker(Person):
    wage = Column(Integer)
    __mapper_args__ = {"polymorphic_identity": "worker"}
class Boss(Worker):
    bonus = Column(Integer, unique=True)
    boss_of = Column(Integer, ForeignKey("person.id"))
    __mapper_args__ = {"polymorphic_identity": "boss"}
### single_declared_shared
class Person(Base):
    __tablename__ = "person"
    id = Column(Integer, primary_key=True)
    kind = Column(String(10))
    __mapper_args__ = {"polymorphic_on": kind}
class HasWage:
    @declared_attr
    def wage(cls):
        return Person.__table__.c.get("wage", Column(Integer))
class Worker(HasWage, Person):
    __mapper_args__ = {"polymorphic_identity": "w"}
class Boss(HasWage, Person):
    __mapper_args__ = {"polymorphic_identity": "b"}
### joined_old
class Person(Base):
    __tablename__ = "person"
    id = Column(Integer, primary_key=True)
    kind = Column(String(10))
    __mapper_args__ = {"polymorphic_on": kind, "with_polymorphic": "*"}
class Worker(Person):
    __tablename__ = "worker"
    __mapper_args__ = {"polymorphic_identity": "w", "inherit_condition": None} if False else {"polymorphic_identity": "w"}
    id = Column(None, ForeignKey("person.id"), primary_key=True)
    wage = Column(Integer)
### joined_mixin_columns
class Stamp:
    made = Column(DateTime)
class Person(Stamp, Base):
    __tablename__ = "person"
    id = Column(Integer, primary_key=True)
class Worker(Person):
    __tablename__ = "worker"
    id = Column(Integer, ForeignKey("person.id"), primary_key=True)
### mixin_has_inherited
from sqlalchemy.ext.declarative import has_inherited_table
class Tablename:
    @declared_attr
    def __tablename__(cls):
        if has_inherited_table(cls):
            return None
        return cls.__name__.lower()
class Person(Tablename, Base):
    id = Column(Integer, primary_key=True)
    kind = Column(String(3))
class Worker(Person):
    wage = Column(Integer)
### concrete_base
from sqlalchemy.ext.declarative import AbstractConcreteBase, ConcreteBase
class Emp(ConcreteBase, Base):
    __tablename__ = "emp"
    id = Column(Integer, primary_key=True)
    __mapper_args__ = {"polymorphic_identity": "emp", "concrete": True}
class Man(Emp):
    __tablename__ = "man"
    id = Column(Integer, primary_key=True)
    x = Column(Integer)
    __mapper_args__ = {"polymorphic_identity": "man", "concrete": True}
class Abs(AbstractConcreteBase, Base):
    strict_attrs = True
class C1(Abs):
    __tablename__ = "c1"
    id = Column(Integer, primary_key=True)
    __mapper_args__ = {"polymorphic_identity": "c1", "concrete": True}
### tables_only
metadata = MetaData()
a = Table("a", metadata, Column("id", Integer, primary_key=True), Column("n", String(3), nullable=False), UniqueConstraint("n", name="uqn"), Index("ixn", "n"), comment="x" if False else None)
b = Table("b", metadata, Column("a_id", ForeignKey(a.c.id), primary_key=True), Column("k", String(2), primary_key=True), sqlite_autoincrement=False)
Index("ix_bk", b.c.k, postgresql_using="hash")
c = Table("c", metadata, Column("id", Integer), Column("j", Integer), PrimaryKeyConstraint("id", "j"), ForeignKeyConstraint(["id"], ["a.id"], deferrable=True, initially="DEFERRED"), schema=None)
### table_extend
metadata = MetaData()
Table("a", metadata, Column("id", Integer, primary_key=True))
Table("a", metadata, Column("x", Integer), extend_existing=True)
### table_twice
metadata = MetaData()
Table("a", metadata, Column("id", Integer, primary_key=True))
Table("a", metadata, Column("x", Integer))
### checks_and_conventions
convention = {
    "ix": "ix_%(column_0_label)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s", "pk": "pk_%(table_name)s"}
NB = declarative_base(metadata=MetaData(naming_convention=convention))
class A(NB):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
    x = Column(Integer, CheckConstraint("x > 0", name="xpos"), index=True)
    y = Column(Integer, unique=True)
    b = Column(Boolean(create_constraint=True, name="bb"))
    e = Column(Enum("a", "b", name="eab", create_constraint=True, native_enum=False))
    __table_args__ = (UniqueConstraint("x", "y"), CheckConstraint("y > 0", name="ypos"), Index(None, "x", "y"))
class Bc(NB):
    __tablename__ = "bc"
    id = Column(Integer, ForeignKey("a.id"), primary_key=True)
metadata = NB.metadata
### convention_callable
def fk_guid(constraint, table):
    return "-".join([table.name] + [e.parent.name for e in constraint.elements])
NB = declarative_base(metadata=MetaData(naming_convention={"fk_guid": fk_guid, "fk": "fk_%(fk_guid)s", "ix": "ix_%(column_0_label)s"}))
class A(NB):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
    a_id = Column(Integer, ForeignKey("a.id"))
metadata = NB.metadata
### unnamed_check_convention
NB = declarative_base(metadata=MetaData(naming_convention={"ck": "ck_%(table_name)s_%(constraint_name)s"}))
class A(NB):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
    b = Column(Boolean)
metadata = NB.metadata
### ddl_events
class A(Base):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
class B(Base):
    __tablename__ = "b"
    id = Column(Integer, primary_key=True)
event.listen(A.__table__, "after_create", sa.DDL("CREATE VIEW va AS SELECT * FROM %(fullname)s"))
event.listen(A.__table__, "after_create", sa.DDL("CREATE TRIGGER t_%(table)s").execute_if(dialect="postgresql"))
event.listen(Base.metadata, "before_create", sa.DDL("CREATE EXTENSION IF NOT EXISTS citext").execute_if(dialect=("postgresql",)))
event.listen(Base.metadata, "after_create", sa.DDL("SELECT 100"))
@event.listens_for(B.__table__, "before_create")
def before_b(target, connection, **kw):
    connection.execute(sa.text("SELECT 'before " + target.name + "'"))
@event.listens_for(A, "before_insert")
def ignored(mapper, connection, target):
    pass
### compiles_element
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import FunctionElement
class utcnow(FunctionElement):
    type = DateTime()
    inherit_cache = True
@compiles(utcnow)
def default_utcnow(element, compiler, **kw):
    return "CURRENT_TIMESTAMP"
@compiles(utcnow, "postgresql")
def pg_utcnow(element, compiler, **kw):
    return "TIMEZONE('utc', CURRENT_TIMESTAMP)"
class A(Base):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
    at = Column(DateTime, server_default=utcnow())
### compiles_type
from sqlalchemy.ext.compiler import compiles
class Tiny(sa.types.UserDefinedType):
    cache_ok = True
    def get_col_spec(self, **kw):
        return "TINY"
@compiles(Tiny, "mysql")
def tiny_mysql(type_, compiler, **kw):
    return "TINYINT(1)"
@compiles(postgresql.JSONB, "sqlite")
def jsonb_sqlite(type_, compiler, **kw):
    return "JSON"
class A(Base):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
    t = Column(Tiny)
    j = Column(postgresql.JSONB().with_variant(JSON, "mysql"))
### column_property_old
class A(Base):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
    n = Column(Integer)
    p = column_property(Column("pp", Integer))
    d = deferred(Column(Text))
    twice = column_property(n * 2)
class B(Base):
    __tablename__ = "b"
    id = Column(Integer, primary_key=True)
    a_id = Column(Integer, ForeignKey("a.id"))
A.count = column_property(sa.select(func.count(B.id)).where(B.a_id == A.id).correlate_except(B).scalar_subquery())
### association
link = Table("link", Base.metadata, Column("l", Integer, ForeignKey("a.id"), primary_key=True), Column("r", Integer, ForeignKey("b.id"), primary_key=True))
class A(Base):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
    bs = relationship("B", secondary=link, backref="as_", primaryjoin="A.id == link.c.l", lazy="joined")
class B(Base):
    __tablename__ = "b"
    id = Column(Integer, primary_key=True)
### composite_pk_autoincrement
class A(Base):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
    n = Column(Integer, primary_key=True)
class B(Base):
    __tablename__ = "b"
    id = Column(Integer, primary_key=True, autoincrement=True)
    n = Column(Integer, primary_key=True)
class C(Base):
    __tablename__ = "c"
    id = Column(Integer, primary_key=True, autoincrement=False)
### setattr_loop
class A(Base):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
for i in range(3):
    setattr(A, "f%d" % i, Column("f%d" % i, Integer))
### type_call
attrs = {"__tablename__": "dyn", "id": Column(Integer, primary_key=True), "x": Column(Integer)}
Dyn = type("Dyn", (Base,), attrs)
### duplicate_name_column
class A(Base):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
    x = Column("y", Integer)
    z = Column("y", Integer)
### slots_and_props
class A(Base):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
    __mapper_args__ = {"eager_defaults": True, "order_by": None} if False else {"eager_defaults": True}
    query_class = None
    CONST = 3
    def __init__(self, **kw):
        super().__init__(**kw)
    @classmethod
    def make(cls):
        return cls()
    @staticmethod
    def helper():
        return 1
    @property
    def prop(self):
        return self.id
A.make()
### inspect_light
class A(Base):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
    x = Column("xx", Integer)
    bs = relationship("B")
class B(Base):
    __tablename__ = "b"
    id = Column(Integer, primary_key=True)
    a_id = Column(ForeignKey("a.id"))
m = sa.inspect(A)
assert [c.key for c in m.columns] == ["id", "xx"], [c.key for c in m.columns]
assert list(m.attrs.keys()) and "bs" in m.relationships.keys()
assert m.class_ is A and m.local_table is A.__table__ and A.__mapper__ is m
assert [c.name for c in m.primary_key] == ["id"]
assert [k for k in m.column_attrs.keys()] == ["id", "x"]
assert Base.metadata.tables["a"] is A.__table__
assert [t.name for t in Base.metadata.sorted_tables] == ["a", "b"]
assert {mm.class_.__name__ for mm in Base.registry.mappers} >= {"A", "B"}
### imperative_old
mapper_registry = registry()
t = Table("t", mapper_registry.metadata, Column("id", Integer, primary_key=True), Column("kind", String(3)))
class T:
    pass
class T2(T):
    pass
mapper_registry.map_imperatively(T, t, polymorphic_on=t.c.kind, polymorphic_identity="t")
mapper_registry.map_imperatively(T2, inherits=T, polymorphic_identity="t2")
metadata = mapper_registry.metadata
### generate_base
reg = registry()
GB = reg.generate_base()
class A(GB):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
@reg.as_declarative_base()
class Bs:
    id = Column(Integer, primary_key=True)
class C(Bs):
    __tablename__ = "c"
metadata = reg.metadata
### tometadata
metadata = MetaData()
class A(Base):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
    x = Column(String(3), index=True)
for t in Base.metadata.tables.values():
    t.to_metadata(metadata)
### quote_names
class A(Base):
    __tablename__ = "Select"
    id = Column("Order", Integer, primary_key=True)
    x = Column("group", Integer, quote=True)
    y = Column(sa.sql.quoted_name("lower", True), Integer)
### defaults
class A(Base):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
    a = Column(String(9), server_default="it's")
    b = Column(Integer, server_default=text("0"))
    c = Column(DateTime, server_default=func.current_timestamp(), server_onupdate=sa.FetchedValue())
    d = Column(Boolean, server_default="f")
    e = Column(JSON, server_default="{}")
    f = Column(Integer, sa.Identity(always=True, start=42), nullable=False)
    g = Column(Integer, sa.Computed("id * 2", persisted=True))
    h = Column(String(5), default="x", info={"k": 1}, doc="doc")
