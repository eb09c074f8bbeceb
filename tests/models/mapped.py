# SPDX-License-Identifier: MIT
import datetime
import decimal
import enum
import typing
import uuid
from typing import Annotated, Any, Dict, List, Literal, NewType, Optional, Union

import sqlalchemy as sa
from sqlalchemy import (
    JSON, BigInteger, Boolean, CheckConstraint, Column, DateTime, Enum, ForeignKey,
    ForeignKeyConstraint, Index, Integer, MetaData, Numeric, PrimaryKeyConstraint, String, Table,
    Text, UniqueConstraint, func, text,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import (
    DeclarativeBase, DeclarativeBaseNoMeta, Mapped, MappedAsDataclass, backref, column_property,
    composite, declarative_base, declared_attr, deferred, mapped_column, registry, relationship,
    synonym, validates,
)


class Base(DeclarativeBase):
    pass
### plain_types
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    s: Mapped[str]
    so: Mapped[Optional[str]]
    i: Mapped[int]
    f: Mapped[float]
    b: Mapped[bool]
    d: Mapped[datetime.date]
    dt: Mapped[datetime.datetime]
    t: Mapped[datetime.time]
    td: Mapped[datetime.timedelta]
    dec: Mapped[decimal.Decimal]
    by: Mapped[bytes]
    u: Mapped[uuid.UUID]
### pipe_none
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    s: Mapped[str | None]
    t: Mapped[None | int]
    u: Mapped["str | None"]
    v: Mapped[Union[str, None]]
    w: Mapped[Optional["str"]]
    x: Mapped["Optional[str]"]
### optional_pk
class A(Base):
    __tablename__ = "a"
    id: Mapped[Optional[int]] = mapped_column(primary_key=True)
### nullable_overrides
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    a: Mapped[str] = mapped_column(nullable=True)
    b: Mapped[Optional[str]] = mapped_column(nullable=False)
    c: Mapped[str] = mapped_column(String(10), nullable=None)
    d = mapped_column(String)
    e = mapped_column(String, nullable=False)
    f: Mapped[Any] = mapped_column(JSON)
    g: Mapped[Optional[Any]] = mapped_column(JSON)
### future_annotations
class A(Base):
    __tablename__ = "a"
    id: "Mapped[int]" = mapped_column(primary_key=True)
    name: "Mapped[Optional[str]]"
    x: "Mapped[str | None]" = mapped_column(String(5))
    bs: "Mapped[List[B]]" = relationship(back_populates="a")
    other: "Mapped[uuid.UUID]"
class B(Base):
    __tablename__ = "b"
    id: "Mapped[int]" = mapped_column(primary_key=True)
    a_id: "Mapped[int]" = mapped_column(ForeignKey("a.id"))
    a: "Mapped[A]" = relationship(back_populates="bs")
### real_future
from __future__ import annotations
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Optional[str]]
    x: Mapped[str | None] = mapped_column(String(5))
    bs: Mapped[List[B]] = relationship(back_populates="a")
class B(Base):
    __tablename__ = "b"
    id: Mapped[int] = mapped_column(primary_key=True)
    a_id: Mapped[int] = mapped_column(ForeignKey("a.id"))
    a: Mapped[A] = relationship(back_populates="bs")
### type_map
class Base2(DeclarativeBase):
    type_annotation_map = {
        str: String(50),
        dict[str, Any]: JSON,
        Dict[str, str]: postgresql.JSONB().with_variant(JSON, "sqlite", "mysql"),
        list[str]: JSON(),
        datetime.datetime: DateTime(timezone=True),
        int: BigInteger,
    }
class A(Base2):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    a: Mapped[str]
    b: Mapped[dict[str, Any]]
    c: Mapped[Dict[str, str]]
    d: Mapped[Optional[list[str]]]
    e: Mapped[datetime.datetime]
    f: Mapped[Optional[datetime.datetime]]
metadata = Base2.metadata
### type_map_registry
class Base2(DeclarativeBase):
    registry = registry(type_annotation_map={str: String(33)})
class A(Base2):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    a: Mapped[str]
metadata = Base2.metadata
### unknown_type
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    a: Mapped[dict]
### unknown_type_given
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    a: Mapped[dict] = mapped_column(JSON)
    b: Mapped[Optional[List[str]]] = mapped_column(JSON)
### annotated
intpk = Annotated[int, mapped_column(primary_key=True)]
str50 = Annotated[str, 50]
str30 = Annotated[str, mapped_column(String(30))]
optstr = Annotated[Optional[str], mapped_column(String(7))]
created = Annotated[datetime.datetime, mapped_column(DateTime(timezone=True), server_default=func.now())]
user_fk = Annotated[int, mapped_column(ForeignKey("a.id"))]
nullab = Annotated[str, mapped_column(nullable=True, index=True)]
class Base2(DeclarativeBase):
    type_annotation_map = {str50: String(50)}
class A(Base2):
    __tablename__ = "a"
    id: Mapped[intpk]
    a: Mapped[str50]
    b: Mapped[Optional[str50]]
    c: Mapped[str30]
    d: Mapped[Optional[str30]]
    e: Mapped[str30] = mapped_column(unique=True)
    f: Mapped[optstr]
    g: Mapped[created]
    h: Mapped[Optional[created]] = mapped_column("hh")
    i: Mapped[nullab]
    j: Mapped[str30] = mapped_column(nullable=True)
    k: Mapped[str50 | None]
    l: Mapped[str30] = mapped_column(String(99))
class B(Base2):
    __tablename__ = "b"
    id: Mapped[intpk]
    a: Mapped[user_fk]
    b: Mapped[Optional[user_fk]] = mapped_column(index=True)
    c: Mapped[user_fk] = mapped_column(primary_key=True)
metadata = Base2.metadata
### annotated_more
num = Annotated[decimal.Decimal, "12,4"]
class Base2(DeclarativeBase):
    type_annotation_map = {num: Numeric(12, 4)}
class A(Base2):
    __tablename__ = "a"
    id: Mapped[Annotated[int, mapped_column(primary_key=True)]]
    n: Mapped[num]
    o: Mapped[Annotated[str, mapped_column(String(4), comment="hello")]]
    p: Mapped[Annotated[str, mapped_column(String(4), server_default="x")]] = mapped_column(server_default="y")
    q: Mapped[Annotated[int, mapped_column(CheckConstraint("q > 1", name="ckq"))]]
    r: Mapped[Annotated[int, 5]]
metadata = Base2.metadata
### enums
class Color(enum.Enum):
    red = 1
    green = "g"
class Size(str, enum.Enum):
    small = "S"
    large = "LARGEST"
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    c: Mapped[Color]
    d: Mapped[Optional[Size]]
    e: Mapped[Color] = mapped_column(Enum(Color, native_enum=False))
    f: Mapped[Color] = mapped_column(Enum(Color, name="colors"))
    g: Mapped[Literal["a", "bb", "ccc"]]
    h: Mapped[Optional[Literal["x", "y"]]]
    i: Mapped[Size] = mapped_column(default=Size.small, server_default="small")
### enum_map
class Color(enum.Enum):
    red = 1
    green = "g"
class Base2(DeclarativeBase):
    type_annotation_map = {enum.Enum: Enum(enum.Enum, native_enum=False, length=20)}
class A(Base2):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    c: Mapped[Color]
metadata = Base2.metadata
### enum_map_specific
class Color(enum.Enum):
    red = 1
    green = "g"
class Base2(DeclarativeBase):
    type_annotation_map = {Color: Enum(Color, native_enum=False, create_constraint=True, name="ckcolor")}
class A(Base2):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    c: Mapped[Color]
metadata = Base2.metadata
### literal_map
class Base2(DeclarativeBase):
    type_annotation_map = {Literal["a", "b"]: Enum("a", "b", name="ab")}
class A(Base2):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    c: Mapped[Literal["a", "b"]]
metadata = Base2.metadata
### newtype
UserId = NewType("UserId", int)
Name = NewType("Name", str)
class Base2(DeclarativeBase):
    type_annotation_map = {Name: String(12)}
class A(Base2):
    __tablename__ = "a"
    id: Mapped[UserId] = mapped_column(primary_key=True)
    n: Mapped[Name]
    o: Mapped[Optional[Name]]
metadata = Base2.metadata
### type_alias
from typing_extensions import TypeAliasType
Str20 = TypeAliasType("Str20", str)
class Base2(DeclarativeBase):
    type_annotation_map = {Str20: String(20)}
class A(Base2):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    n: Mapped[Str20]
    o: Mapped[Optional[Str20]]
metadata = Base2.metadata
### union_map
class Base2(DeclarativeBase):
    type_annotation_map = {Union[str, int]: JSON, float | None: Numeric(3)}
class A(Base2):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    n: Mapped[Union[str, int]]
    o: Mapped[Union[int, str, None]]
    p: Mapped[Optional[float]]
metadata = Base2.metadata
### sort_order
class Stamp:
    created: Mapped[datetime.datetime] = mapped_column(sort_order=10)
    first: Mapped[int] = mapped_column(sort_order=-1)
class A(Stamp, Base):
    __tablename__ = "a"
    b: Mapped[str]
    id: Mapped[int] = mapped_column(primary_key=True)
    c: Mapped[str] = mapped_column(sort_order=5)
    d: Mapped[str]
### order_mixed
class A(Base):
    __tablename__ = "a"
    a = Column(Integer)
    b: Mapped[str]
    c = mapped_column(String)
    id: Mapped[int] = mapped_column(primary_key=True)
    d = Column(Integer)
    e: Mapped[str]
    f = mapped_column(Text)
    g: Mapped[str] = mapped_column()
    h = deferred(Column(Text))
    i: Mapped[str] = deferred(mapped_column(Text))
### order_annotation_only
class A(Base):
    __tablename__ = "a"
    z: Mapped[str]
    y: Mapped[str]
    id: Mapped[int] = mapped_column(primary_key=True)
    x: Mapped[str]
    w = mapped_column(Integer)
    v: Mapped[str]
### mixin_order
class M1:
    m1a: Mapped[int]
    m1b = Column(Integer)
    m1c: Mapped[Optional[int]] = mapped_column(index=True)
class M2:
    @declared_attr
    def m2a(cls) -> Mapped[int]:
        return mapped_column(Integer)
    m2b: Mapped[str] = mapped_column(String(3))
class A(M1, M2, Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    x: Mapped[str]
### base_columns
class Base2(DeclarativeBase):
    id: Mapped[int] = mapped_column(primary_key=True)
    created: Mapped[datetime.datetime] = mapped_column(server_default=func.now())
class A(Base2):
    __tablename__ = "a"
    x: Mapped[str]
class B(Base2):
    __tablename__ = "b"
    x: Mapped[str]
    a_id: Mapped[int] = mapped_column(ForeignKey(A.id))
metadata = Base2.metadata
### abstract
class Abs(Base):
    __abstract__ = True
    id: Mapped[int] = mapped_column(primary_key=True)
    common: Mapped[str]
    @declared_attr.directive
    def __tablename__(cls) -> str:
        return cls.__name__.lower() + "s"
class Dog(Abs):
    bark: Mapped[str]
class Cat(Abs):
    common: Mapped[int]
### declared_tablename
class Named:
    @declared_attr
    def __tablename__(cls):
        return "t_" + cls.__name__.lower()
    @declared_attr
    def __table_args__(cls):
        return (Index("ix_" + cls.__name__, "name"), {"comment": cls.__name__})
class A(Named, Base):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
### fk_mixin
class HasA:
    @declared_attr
    def a_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("a.id"), index=True)
    @declared_attr
    def a(cls) -> Mapped["A"]:
        return relationship("A")
class FkPlain:
    other_id: Mapped[Optional[int]] = mapped_column(ForeignKey("a.id", ondelete="CASCADE"))
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
class B(HasA, FkPlain, Base):
    __tablename__ = "b"
    id: Mapped[int] = mapped_column(primary_key=True)
class C(HasA, FkPlain, Base):
    __tablename__ = "c"
    id: Mapped[int] = mapped_column(primary_key=True)
### fk_type_from_target
class A(Base):
    __tablename__ = "a"
    id: Mapped[str] = mapped_column(String(17), primary_key=True)
class B(Base):
    __tablename__ = "b"
    id: Mapped[int] = mapped_column(primary_key=True)
    a_id: Mapped[str] = mapped_column(ForeignKey("a.id"))
    b_id = mapped_column(ForeignKey("a.id"))
    c_id = Column(ForeignKey("a.id"))
    d_id: Mapped[Optional[int]] = mapped_column(BigInteger, ForeignKey("a.id"))
    e_id: Mapped[Optional[int]] = mapped_column(ForeignKey("b.id"))
### fk_column_object
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(3), unique=True)
class B(Base):
    __tablename__ = "b"
    id: Mapped[int] = mapped_column(primary_key=True)
    a_id: Mapped[int] = mapped_column(ForeignKey(A.id))
    a_code: Mapped[str] = mapped_column(ForeignKey(A.__table__.c.code, name="fk_code", onupdate="CASCADE"))
### table_args
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    x: Mapped[int]
    y: Mapped[int]
    __table_args__ = (
        UniqueConstraint("x", "y", name="uq_xy"),
        CheckConstraint("x > y"),
        CheckConstraint("x > 1", name="x_one"),
        Index("ix_a_y", "y"),
        Index(None, "x", "y", unique=True),
        {"schema": "sch", "mysql_engine": "InnoDB", "sqlite_autoincrement": True},
    )
class B(Base):
    __tablename__ = "b"
    __table_args__ = {"prefixes": ["TEMPORARY"], "comment": "tbl"}
    id: Mapped[int] = mapped_column(primary_key=True)
class C(Base):
    __tablename__ = "c"
    __table_args__ = (PrimaryKeyConstraint("a", "b", name="pk_c"),)
    a: Mapped[int]
    b: Mapped[str] = mapped_column(String(3))
### table_args_columns
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    x: Mapped[int] = mapped_column()
    y = mapped_column(Integer)
    z = Column(String(5))
    __table_args__ = (
        UniqueConstraint(x, y),
        Index("ix_expr", x.desc(), func.lower(z)),
        CheckConstraint(x > 5, name="gt5"),
        Index("ix_part", z, postgresql_where=(y == 3), sqlite_where=(y == 3)),
    )
### table_args_bad
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    __table_args__ = "x"
### table_args_fk
class A(Base):
    __tablename__ = "a"
    x: Mapped[int] = mapped_column(primary_key=True)
    y: Mapped[int] = mapped_column(primary_key=True)
class B(Base):
    __tablename__ = "b"
    id: Mapped[int] = mapped_column(primary_key=True)
    ax: Mapped[int]
    ay: Mapped[int]
    __table_args__ = (ForeignKeyConstraint(["ax", "ay"], ["a.x", "a.y"], ondelete="SET NULL", name="fkab"),)
### index_after
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    x: Mapped[str]
Index("ix_after", A.x)
Index("ix_after2", func.lower(A.x))
Index("ix_after3", A.x.desc(), A.id, postgresql_using="btree")
Index("ix_after4", A.__table__.c.x, unique=True)
### add_column_later
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
A.x = Column(String(5))
A.y = mapped_column(Integer, nullable=False)
A.z = column_property(Column("zz", Integer))
### single_table
class P(Base):
    __tablename__ = "p"
    id: Mapped[int] = mapped_column(primary_key=True)
    type: Mapped[str]
    __mapper_args__ = {"polymorphic_on": "type", "polymorphic_identity": "p"}
class C1(P):
    a: Mapped[Optional[str]]
    shared: Mapped[Optional[int]] = mapped_column(use_existing_column=True)
    __mapper_args__ = {"polymorphic_identity": "c1"}
class C2(P):
    shared: Mapped[Optional[int]] = mapped_column(use_existing_column=True)
    fk: Mapped[Optional[int]] = mapped_column(ForeignKey("p.id"))
    __mapper_args__ = {"polymorphic_identity": "c2"}
### single_conflict
class P(Base):
    __tablename__ = "p"
    id: Mapped[int] = mapped_column(primary_key=True)
    type: Mapped[str]
    __mapper_args__ = {"polymorphic_on": "type", "polymorphic_identity": "p"}
class C1(P):
    shared: Mapped[Optional[int]] = mapped_column()
class C2(P):
    shared: Mapped[Optional[int]] = mapped_column()
### single_not_null
class P(Base):
    __tablename__ = "p"
    id: Mapped[int] = mapped_column(primary_key=True)
    type: Mapped[str]
    __mapper_args__ = {"polymorphic_on": "type", "polymorphic_identity": "p"}
class C1(P):
    a: Mapped[str]
    b = mapped_column(Integer, nullable=True)
### joined
class P(Base):
    __tablename__ = "p"
    id: Mapped[int] = mapped_column(primary_key=True)
    type: Mapped[str] = mapped_column(String(30))
    name: Mapped[str]
    __mapper_args__ = {"polymorphic_on": type, "polymorphic_identity": "p"}
class C1(P):
    __tablename__ = "c1"
    id: Mapped[int] = mapped_column(ForeignKey("p.id"), primary_key=True)
    name: Mapped[str]
    __mapper_args__ = {"polymorphic_identity": "c1"}
class C11(C1):
    extra: Mapped[Optional[int]]
class C2(P):
    __tablename__ = "c2"
    pid: Mapped[int] = mapped_column(ForeignKey(P.id, ondelete="CASCADE"), primary_key=True)
### joined_mixin_name
class Auto:
    @declared_attr.directive
    def __tablename__(cls):
        return cls.__name__.lower()
class P(Auto, Base):
    id: Mapped[int] = mapped_column(primary_key=True)
    type: Mapped[str]
class C1(P):
    id: Mapped[int] = mapped_column(ForeignKey("p.id"), primary_key=True)
    x: Mapped[int]
### cascading
class HasId:
    @declared_attr.cascading
    def id(cls) -> Mapped[int]:
        for base in cls.__mro__[1:]:
            if hasattr(base, "__table__"):
                return mapped_column(ForeignKey("p.id"), primary_key=True)
        return mapped_column(Integer, primary_key=True)
class P(HasId, Base):
    __tablename__ = "p"
    type: Mapped[str]
class C1(P):
    __tablename__ = "c1"
    x: Mapped[int]
### concrete
class P(Base):
    __tablename__ = "p"
    id: Mapped[int] = mapped_column(primary_key=True)
    n: Mapped[str]
class C(P):
    __tablename__ = "c"
    id: Mapped[int] = mapped_column(primary_key=True)
    n: Mapped[str]
    x: Mapped[str]
    __mapper_args__ = {"concrete": True}
### explicit_table
class A(Base):
    __table__ = Table("a", Base.metadata, Column("id", Integer, primary_key=True), Column("n", String(3)))
class B(Base):
    __table__ = Table("b", Base.metadata, Column("id", Integer, primary_key=True), Column("n", String(3)))
    ident = __table__.c.id
### explicit_table_extra
class A(Base):
    __table__ = Table("a", Base.metadata, Column("id", Integer, primary_key=True))
    x = Column(Integer)
### no_pk
class A(Base):
    __tablename__ = "a"
    x: Mapped[int]
### no_table
class A(Base):
    x: Mapped[int] = mapped_column(primary_key=True)
### reserved
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    metadata: Mapped[str]
### column_names
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column("a_id", primary_key=True)
    x: Mapped[str] = mapped_column("xx", String(3), index=True)
    y = Column("yy", String(3), unique=True)
    z = Column("zz", String(3), key="zkey")
    __table_args__ = (Index("ix_k", "zkey", "yy"),)
class B(Base):
    __tablename__ = "b"
    id: Mapped[int] = mapped_column(primary_key=True)
    a: Mapped[int] = mapped_column(ForeignKey("a.a_id"))
### composites
import dataclasses
@dataclasses.dataclass
class Point:
    x: int
    y: Optional[float]
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    start: Mapped[Point] = composite(mapped_column("sx"), mapped_column("sy"))
    end: Mapped[Point] = composite(Point, mapped_column("ex", Integer), mapped_column("ey"))
    bare: Mapped[Point] = composite()
### column_props
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    first = mapped_column(String(5))
    last: Mapped[str] = mapped_column()
    full = column_property(first + " " + last)
    lazy: Mapped[str] = mapped_column(Text, deferred=True)
    d2 = deferred(Column("dd", Text), group="g")
    p = column_property(Column(String(9), nullable=False))
    s = synonym("first")
    @validates("first")
    def check_first(self, key, value):
        return value
    @property
    def twice(self):
        return self.id * 2
### dataclass_base
class DBase(MappedAsDataclass, DeclarativeBase):
    pass
class A(DBase):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    n: Mapped[str] = mapped_column(default="x")
    o: Mapped[Optional[str]] = mapped_column(default=None, insert_default=func.now())
    p: Mapped[List[int]] = mapped_column(JSON, default_factory=list, repr=False)
    q: Mapped[int] = mapped_column(kw_only=True, server_default="5")
    bs: Mapped[List["B"]] = relationship(default_factory=list)
class B(DBase, kw_only=True):
    __tablename__ = "b"
    id: Mapped[int] = mapped_column(primary_key=True)
    a_id: Mapped[int] = mapped_column(ForeignKey("a.id"), init=False)
metadata = DBase.metadata
### dataclass_mixin
class DBase(DeclarativeBase):
    pass
class Mix(MappedAsDataclass, kw_only=True):
    created: Mapped[Optional[datetime.datetime]] = mapped_column(default=None)
class A(Mix, DBase, init=True):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(init=False, primary_key=True)
metadata = DBase.metadata
### dataclass_decorator
reg = registry()
@reg.mapped_as_dataclass
class A:
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    n: Mapped[Optional[str]] = mapped_column(default=None)
@reg.mapped_as_dataclass(unsafe_hash=True)
class B:
    __tablename__ = "b"
    id: Mapped[int] = mapped_column(primary_key=True)
metadata = reg.metadata
### nometa
class NBase(DeclarativeBaseNoMeta):
    pass
class A(NBase):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
metadata = NBase.metadata
### registry_mapped
reg = registry()
@reg.mapped
class A:
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    n = Column(String)
metadata = reg.metadata
### imperative
reg = registry()
t = Table("a", reg.metadata, Column("id", Integer, primary_key=True), Column("n", String(4)))
t2 = Table("b", reg.metadata, Column("id", Integer, primary_key=True), Column("a_id", ForeignKey("a.id")))
class A:
    pass
class B:
    pass
reg.map_imperatively(A, t, properties={"name": t.c.n, "bs": relationship("B")})
reg.map_imperatively(B, t2)
assert A.name is not None and A.id is not None
metadata = reg.metadata
### association_table
tags = Table("post_tags", Base.metadata,
    Column("post_id", ForeignKey("posts.id"), primary_key=True),
    Column("tag_id", ForeignKey("tags.id", ondelete="CASCADE"), primary_key=True))
class Post(Base):
    __tablename__ = "posts"
    id: Mapped[int] = mapped_column(primary_key=True)
    tags: Mapped[List["Tag"]] = relationship(secondary=tags, back_populates="posts")
class Tag(Base):
    __tablename__ = "tags"
    id: Mapped[int] = mapped_column(primary_key=True)
    posts: Mapped[List[Post]] = relationship(secondary=tags, back_populates="tags")
### naming_convention
class NBase(DeclarativeBase):
    metadata = MetaData(naming_convention={
        "ix": "ix_%(column_0_label)s", "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s", "pk": "pk_%(table_name)s"})
class A(NBase):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    x: Mapped[int] = mapped_column(index=True)
    y: Mapped[int] = mapped_column(unique=True)
    z: Mapped[Optional[int]] = mapped_column(ForeignKey("a.id"))
    __table_args__ = (CheckConstraint("x > 0", name="pos"),)
metadata = NBase.metadata
### schema_metadata
class SBase(DeclarativeBase):
    metadata = MetaData(schema="app")
class A(SBase):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
class B(SBase):
    __tablename__ = "b"
    id: Mapped[int] = mapped_column(primary_key=True)
    a: Mapped[int] = mapped_column(ForeignKey("app.a.id"))
    c: Mapped[int] = mapped_column(ForeignKey(A.id))
metadata = SBase.metadata
### write_only
from sqlalchemy.orm import DynamicMapped, WriteOnlyMapped
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    bs: WriteOnlyMapped["B"] = relationship()
    cs: DynamicMapped["B"] = relationship(viewonly=True)
class B(Base):
    __tablename__ = "b"
    id: Mapped[int] = mapped_column(primary_key=True)
    a_id: Mapped[int] = mapped_column(ForeignKey("a.id"))
### not_mapped_annotation
class A(Base):
    __tablename__ = "a"
    __allow_unmapped__ = True
    id: int = mapped_column(Integer, primary_key=True)
    x: str = Column(String(4))
    y: "int"
    z: typing.ClassVar[int] = 3
### classvar
class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    z: typing.ClassVar[int] = 3
    y: typing.ClassVar[str]
    plain = 5
### overridden_mixin_column
class M:
    x: Mapped[int]
    y: Mapped[int] = mapped_column(index=True)
class A(M, Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    x: Mapped[str]
    y = None
### generic_base
T = typing.TypeVar("T")
class Repo(typing.Generic[T]):
    pass
class A(Repo[int], Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
### callable_defaults
class A(Base):
    __tablename__ = "a"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    a: Mapped[int] = mapped_column(default=lambda: 5)
    b: Mapped[datetime.datetime] = mapped_column(server_default=func.now(), onupdate=func.now())
    c: Mapped[str] = mapped_column(server_default=text("'x'"))
    d: Mapped[bool] = mapped_column(server_default=sa.false())
    e: Mapped[int] = mapped_column(sa.Identity(start=3))
    f: Mapped[int] = mapped_column(sa.Computed("a + 1"))
    g: Mapped[int] = mapped_column(sa.Sequence("seq_g"))
### generic_served_classes
from sqlalchemy.orm import Mapper, sessionmaker
from sqlalchemy.types import TypeDecorator, UserDefinedType
class Cents(TypeDecorator[decimal.Decimal]):
    impl = Numeric(10, 2)
    cache_ok = True
class Mood(UserDefinedType[str]):
    def get_col_spec(self, **kw):
        return "MOOD"
def column_type(mapper: Mapper[Any], of: sa.Column[Any], make: sessionmaker[Any]) -> sa.types.TypeEngine[Any]: ...
class Priced(Base):
    __tablename__ = "priced"
    id: Mapped[int] = mapped_column(primary_key=True)
    price: Mapped[decimal.Decimal] = mapped_column(Cents())
    mood: Mapped[str] = mapped_column(Mood)
