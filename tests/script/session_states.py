# SPDX-License-Identifier: MIT
"""States of objects: identity, changes, expiring, savepoints, merging."""
import datetime
import uuid

import sqlalchemy as sa
from sqlalchemy import exc
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, object_session
from sqlalchemy.orm import make_transient, sessionmaker, scoped_session, validates
from sqlalchemy.orm.attributes import flag_modified, get_history
from sqlalchemy.orm.exc import DetachedInstanceError, NoResultFound, ObjectDeletedError


class Base(DeclarativeBase):
    pass


class Item(Base):
    __tablename__ = "item"
    id: Mapped[int] = mapped_column(primary_key=True)
    name_: Mapped[str] = mapped_column("name", sa.String(20), default="none")
    size: Mapped[int] = mapped_column(server_default="7")
    touched: Mapped[int] = mapped_column(default=0, onupdate=lambda: 99)
    data: Mapped[dict] = mapped_column(sa.JSON, nullable=True)

    @validates("size")
    def _size(self, key, value):
        assert key == "size"
        if isinstance(value, int) and value < 0:
            raise ValueError("negative")
        return value


class Doc(Base):
    __tablename__ = "doc"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    at: Mapped[datetime.datetime] = mapped_column(default=datetime.datetime.utcnow)


class Pair(Base):
    __tablename__ = "pair"
    a: Mapped[int] = mapped_column(primary_key=True)
    b: Mapped[str] = mapped_column(primary_key=True)
    v: Mapped[int] = mapped_column(nullable=True)


engine = sa.create_engine("sqlite://")
connection = engine.connect()
Base.metadata.create_all(connection)
connection.commit()


def raises(kind, call):
    try:
        call()
    except kind as error:
        return str(error)
    raise AssertionError("%s was not raised" % kind.__name__)


session = Session(connection)
one = Item()
assert one.id is None and one.name_ is None
session.add(one)
assert one in session and list(session.new) == [one] and sa.inspect(one).pending
session.flush()
assert one.id == 1 and one.name_ == "none" and one.size == 7 and one.touched == 0
assert sa.inspect(one).persistent and not session.new
assert session.get(Item, 1) is one
assert session.query(Item).filter_by(name_="none").one() is one
assert session.query(Item.name_).one()._fields == ("name_",)
assert session.query(Item.name_).one().name_ == "none"

# changes
assert not session.dirty and not session.is_modified(one)
one.name_ = "none"
assert one in session.dirty and not session.is_modified(one)
one.name_ = "new"
assert session.is_modified(one)
assert get_history(one, "name_").deleted == ["none"] or get_history(one, "name_")[2] == ("none",)
session.flush()
assert one.touched == 99
assert connection.execute(sa.text("SELECT name, touched FROM item")).all() == [("new", 99)]
one.data = {"a": [1, 2]}
session.flush()
one.data["a"].append(3)
session.flush()
session.expire(one)
assert one.data == {"a": [1, 2]}
one.data["a"].append(3)
flag_modified(one, "data")
session.commit()
assert one.data == {"a": [1, 2, 3]}
one.size = Item.size + 5
session.flush()
assert one.size == 12
assert raises(ValueError, lambda: setattr(one, "size", -1)) == "negative"

# rollback gives back what was
one.name_ = "gone"
two = Item(name_="two")
session.add(two)
session.flush()
session.rollback()
assert two not in session and sa.inspect(two).transient
assert session.query(Item).count() == 1 and one.name_ == "new"

# savepoints
try:
    with session.begin_nested():
        session.add(Item(id=1, name_="same"))
        session.flush()
except exc.IntegrityError as error:
    assert "UNIQUE constraint failed: item.id" in str(error)
    assert type(error.orig).__name__ == "IntegrityError"
else:
    raise AssertionError
with session.begin_nested():
    session.add(Item(id=5, name_="five"))
assert session.query(Item).count() == 2
nested = session.begin_nested()
session.add(Item(id=6))
session.flush()
nested.rollback()
assert session.get(Item, 6) is None
session.commit()

# deleting
five = session.get(Item, 5)
session.delete(five)
assert five in session.deleted
session.flush()
assert session.get(Item, 5) is None and sa.inspect(five).deleted
session.commit()
assert object_session(five) is None or sa.inspect(five).detached

# expiring and what is gone
one = session.get(Item, 1)
connection.execute(sa.text("UPDATE item SET name = 'else' WHERE id = 1"))
assert one.name_ == "new"
session.refresh(one)
assert one.name_ == "else"
session.expire(one, ["name_"])
connection.execute(sa.text("UPDATE item SET name = 'again' WHERE id = 1"))
assert one.name_ == "again"
session.expunge(one)
assert sa.inspect(one).detached
session.add(one)
assert one in session
session.expire(one)
session.expunge(one)
message = raises(DetachedInstanceError, lambda: one.name_)
assert "is not bound to a Session; attribute refresh operation cannot proceed" in message, message

# merging
session = Session(connection)
again = session.merge(Item(id=1, name_="merged"))
assert again is session.get(Item, 1) and again.name_ == "merged" and again.touched == 99
fresh = session.merge(Item(id=9, name_="nine"))
session.commit()
assert session.query(Item.id).order_by(Item.id).all() == [(1,), (9,)]
session.delete(session.get(Item, 9))
session.commit()

# keys of every kind
doc = Doc()
session.add(doc)
session.flush()
assert isinstance(doc.id, uuid.UUID) and isinstance(doc.at, datetime.datetime)
key = doc.id
session.expire_all()
assert session.get(Doc, key) is doc and doc.id == key
session.add_all([Pair(a=1, b="x", v=1), Pair(a=1, b="y")])
session.flush()
assert session.get(Pair, (1, "x")).v == 1
assert session.get(Pair, {"a": 1, "b": "y"}).v is None
session.get(Pair, (1, "x")).b = "z"
session.flush()
assert session.get(Pair, (1, "z")).v == 1 and session.get(Pair, (1, "x")) is None
session.delete(session.get(Pair, (1, "z")))
session.commit()
assert session.query(Pair).count() == 1

# queries of every kind
session.query(Item).delete()
session.add_all([Item(name_="n%d" % n, size=n) for n in range(10)])
session.commit()
query = session.query(Item)
assert query.filter(Item.size.in_([1, 2])).count() == 2
assert query.filter(Item.size > 100).first() is None
assert query.order_by(Item.size.desc()).first().size == 9
assert [i.size for i in query.order_by(Item.size).limit(2).offset(3)] == [3, 4]
assert [i.size for i in query.order_by(Item.size)[2:4]] == [2, 3]
assert query.order_by(Item.size)[5].size == 5
assert session.query(sa.func.max(Item.size)).scalar() == 9
assert session.query(sa.func.count(Item.id), sa.func.sum(Item.size)).one() == (10, 45)
assert session.query(query.filter(Item.size == 3).exists()).scalar() is True
assert query.with_entities(Item.name_).filter(Item.size == 4).scalar() == "n4"
assert session.query(Item.size % 2, sa.func.count()).group_by(Item.size % 2).order_by(
    Item.size % 2).all() == [(0, 5), (1, 5)]
assert session.query(Item, Item.name_).filter(Item.size == 1).one()[0].size == 1
row = session.query(Item, Item.name_).filter(Item.size == 1).one()
assert row.Item.size == 1 and row.name_ == "n1" and row._fields == ("Item", "name_")
sub = session.query(Item.id).filter(Item.size < 3).subquery()
assert query.filter(Item.id.in_(sa.select(sub.c.id))).count() == 3
assert session.query(Item).join(sub, sub.c.id == Item.id).count() == 3
assert query.filter(Item.size < 5).update({"name_": "low"}) == 5
assert query.filter(Item.name_ == "low").count() == 5
assert query.filter(Item.size < 5).update({Item.size: Item.size + 100}, synchronize_session=False) == 5
assert query.filter(Item.size >= 100).delete(synchronize_session="fetch") == 5
assert query.count() == 5
assert session.execute(sa.update(Item).where(Item.size == 9).values(name_="nine")).rowcount == 1
assert query.filter_by(size=9).one().name_ == "nine"
assert session.execute(sa.delete(Item).where(Item.size == 9)).rowcount == 1
assert session.execute(sa.select(Item.size, Item.name_).where(Item.size == 8)).mappings().all() == [
    {"size": 8, "name_": "n8"}]
assert session.scalars(sa.select(Item.size).order_by(Item.size)).all() == [5, 6, 7, 8]
assert session.scalar(sa.select(sa.func.count()).select_from(Item)) == 4
assert len(session.execute(sa.select(Item)).scalars().all()) == 4
assert [len(part) for part in session.scalars(sa.select(Item)).partitions(3)] == [3, 1]
assert [i.size for i in query.yield_per(2).order_by(Item.size)] == [5, 6, 7, 8]
assert session.get(Item, 10_000) is None
raises(NoResultFound, lambda: query.filter(Item.size == -1).one())
assert "No row was found when one was required" == raises(
    exc.NoResultFound, lambda: query.filter(Item.size == -1).one())
raises(exc.MultipleResultsFound, lambda: query.one())
raises(exc.MultipleResultsFound, lambda: query.scalar())

# many at once
session.bulk_insert_mappings(Item, [{"name_": "b%d" % n, "size": 1000 + n} for n in range(3)])
session.bulk_save_objects([Item(name_="saved", size=2000)])
session.bulk_update_mappings(Item, [
    {"id": i.id, "name_": "bulk"} for i in query.filter(Item.size >= 1000)])
assert query.filter_by(name_="bulk").count() == 4
session.execute(sa.insert(Item), [
    {"name_": "i1", "size": 1, "touched": 0}, {"name_": "i2", "size": 2, "touched": 0}])
assert query.filter(Item.name_.in_(["i1", "i2"])).count() == 2
session.commit()

# makers
Maker = sessionmaker(bind=connection)
with Maker() as made:
    assert made.query(Item).count() == 10
with Maker.begin() as made:
    made.add(Item(name_="begun"))
assert session.query(Item).filter_by(name_="begun").count() == 1
registry = scoped_session(sessionmaker(bind=connection))
assert registry() is registry()
assert registry.query(Item).count() == 11
registry.remove()

copy = session.query(Item).filter_by(name_="begun").one()
make_transient(copy)
copy.id = None
session.add(copy)
session.flush()
assert session.query(Item).filter_by(name_="begun").count() == 2

# an object whose row is gone
session.commit()
lost = session.query(Item).first()
connection.execute(sa.text("DELETE FROM item"))
session.expire_all()
raises(ObjectDeletedError, lambda: lost.name_)
