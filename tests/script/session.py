# SPDX-License-Identifier: MIT
"""Sessions: objects become rows, queries become objects."""
import enum

import sqlalchemy as sa
from sqlalchemy.orm import Session, declarative_base, sessionmaker

Base = declarative_base()


class State(enum.Enum):
    on = "1"
    off = "0"


class Item(Base):
    __tablename__ = "item"
    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String(20), default="none")
    state = sa.Column(sa.Enum(State))


engine = sa.create_engine("sqlite://")
Base.metadata.create_all(engine)
assert Item(name="a").state is None
with Session(engine) as session:
    session.add_all([Item(name="a", state=State.on), Item(name="b", state=State.off), Item()])
    session.commit()
    assert session.query(Item).count() == 3
    assert [i.name for i in session.query(Item).order_by(Item.id)] == ["a", "b", "none"]
    first = session.query(Item).filter_by(name="a").one()
    assert first.state is State.on
    assert session.get(Item, first.id) is first
    first.name = "z"
    session.commit()
    assert session.execute(sa.text("SELECT name FROM item WHERE id = 1")).scalar() == "z"
    assert session.query(Item).filter(Item.state == State.off).one().name == "b"
    assert session.scalars(sa.select(Item).where(Item.name == "b")).one().state is State.off
    session.delete(first)
    session.flush()
    assert session.query(Item).filter(Item.name == "z").first() is None
    assert session.query(Item.name).order_by(Item.name).all() == [("b",), ("none",)]
    assert session.query(Item).filter(Item.id > 0).update({"name": "q"}) == 2
    assert session.query(Item).delete() == 2
    session.rollback()
assert sessionmaker(bind=engine)().query(Item).count() == 3
