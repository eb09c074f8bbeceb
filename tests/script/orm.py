# SPDX-License-Identifier: MIT
"""Mapped classes give their tables."""
import datetime
import enum
from typing import List, Optional

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import DeclarativeBase, Mapped, declarative_base, mapped_column, relationship


class Base(DeclarativeBase):
    metadata = sa.MetaData(naming_convention={"pk": "pk_%(table_name)s"})


class Stamped:
    created: Mapped[datetime.datetime] = mapped_column(sa.DateTime(timezone=True))


class Kind(enum.Enum):
    a = 1
    b = 2


class User(Stamped, Base):
    __tablename__ = "user"
    __table_args__ = (sa.UniqueConstraint("name"), {"comment": "people"})
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(30))
    nick: Mapped[Optional[str]]
    kind: Mapped[Kind]
    posts: Mapped[List["Post"]] = relationship(back_populates="user")


class Post(Base):
    __tablename__ = "post"
    id = mapped_column(sa.Integer, primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    user: Mapped["User"] = relationship(back_populates="posts")


table = User.__table__
assert sorted(table.c.keys()) == ["created", "id", "kind", "name", "nick"], table.c.keys()
assert table.c.nick.nullable is True and table.c.name.nullable is False
assert table.c.name.type.length == 30 and isinstance(table.c.id.type, sa.Integer)
assert isinstance(table.c.kind.type, sa.Enum) and table.c.kind.type.enums == ["a", "b"]
assert table.comment == "people"
assert sorted(Base.metadata.tables) == ["post", "user"]
assert Base.metadata.naming_convention["pk"] == "pk_%(table_name)s"
assert str(User.name == "x").startswith('"user".name = ')

Old = declarative_base()


class Thing(Old):
    __tablename__ = "thing"
    id = sa.Column(sa.Integer, primary_key=True)
    label = sa.Column("lbl", sa.String(5))


assert Thing.__table__.c.keys() == ["id", "label"] or Thing.__table__.c.keys() == ["id", "lbl"]
assert [c.name for c in Thing.__table__.columns] == ["id", "lbl"]
assert Thing(label="x").label == "x"
