# SPDX-License-Identifier: MIT
"""Sessions of classes that inherit, of mutable types, hybrids, proxies and expressions."""
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.ext.associationproxy import association_proxy
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.ext.mutable import MutableDict, MutableList
from sqlalchemy.orm import Session, column_property, declarative_base, deferred, relationship
from sqlalchemy.orm import synonym
from sqlalchemy.orm.collections import attribute_mapped_collection

Base = declarative_base()


class Person(Base):
    __tablename__ = "person"
    id = sa.Column(sa.Integer, primary_key=True)
    kind = sa.Column(sa.String(10))
    first = sa.Column(sa.String(10))
    last = sa.Column(sa.String(10))
    notes = deferred(sa.Column(sa.Text))
    full = column_property(first + " " + last)
    given = synonym("first")
    __mapper_args__ = {"polymorphic_on": kind, "polymorphic_identity": "person"}

    @hybrid_property
    def initials(self):
        return self.first + self.last

    @initials.expression
    def initials(cls):
        return sa.func.upper(cls.first)


class Worker(Person):
    __tablename__ = "worker"
    id = sa.Column(sa.Integer, sa.ForeignKey("person.id"), primary_key=True)
    wage = sa.Column(sa.Integer)
    __mapper_args__ = {"polymorphic_identity": "worker"}


class Guest(Person):
    badge = sa.Column(sa.Integer)
    __mapper_args__ = {"polymorphic_identity": "guest"}


class Box(Base):
    __tablename__ = "box"
    id = sa.Column(sa.Integer, primary_key=True)
    data = sa.Column(MutableDict.as_mutable(sa.JSON))
    items = sa.Column(MutableList.as_mutable(sa.JSON), default=list)
    labels = relationship("Label", collection_class=attribute_mapped_collection("name"),
                          cascade="all, delete-orphan")
    values = association_proxy("labels", "value",
                               creator=lambda name, value: Label(name=name, value=value))


class Label(Base):
    __tablename__ = "label"
    id = sa.Column(sa.Integer, primary_key=True)
    box_id = sa.Column(sa.ForeignKey("box.id"))
    name = sa.Column(sa.String(10))
    value = sa.Column(sa.String(10))


engine = sa.create_engine("sqlite://")
connection = engine.connect()
Base.metadata.create_all(connection)
connection.commit()


def rows(sql):
    return [tuple(row) for row in connection.execute(sa.text(sql))]


heard = []


@event.listens_for(Person, "before_insert", propagate=True)
def before(mapper, connection, target):
    heard.append(target.first)
    if target.last is None:
        target.last = "?"


with Session(connection) as session:
    session.add_all([Person(first="a", last="b"), Worker(first="c", last="d", wage=5),
                     Guest(first="e", badge=7)])
    session.commit()
    assert heard == ["a", "c", "e"], heard
    assert rows("SELECT id, kind, first, last, badge FROM person ORDER BY id") == [
        (1, "person", "a", "b", None), (2, "worker", "c", "d", None), (3, "guest", "e", "?", 7)]
    assert rows("SELECT id, wage FROM worker") == [(2, 5)]
    everyone = session.query(Person).order_by(Person.id).all()
    assert [type(p).__name__ for p in everyone] == ["Person", "Worker", "Guest"]
    assert everyone[1].wage == 5 and everyone[2].badge == 7
    assert [w.first for w in session.query(Worker)] == ["c"]
    assert session.query(Worker).filter(Worker.wage > 4).one().last == "d"
    assert session.query(Guest).one().first == "e" and session.query(Guest).count() == 1
    assert session.get(Worker, 2) is everyone[1] and session.get(Worker, 1) is None
    worker = session.query(Worker).one()
    worker.wage, worker.first = 6, "cc"
    session.commit()
    assert rows("SELECT wage FROM worker") == [(6,)]
    assert rows("SELECT first FROM person WHERE id = 2") == [("cc",)]
    assert worker.full == "cc d" and worker.initials == "ccd" and worker.given == "cc"
    assert session.query(Person.full).order_by(Person.id).first() == ("a b",)
    assert session.query(Person).filter(Person.full == "a b").one().id == 1
    assert session.query(Person).filter(Person.initials == "CC").one().id == 2
    assert session.query(Person).filter(Person.given == "e").one().id == 3
    worker.notes = "long"
    session.commit()
    assert worker.notes == "long"
    session.delete(worker)
    session.commit()
    assert rows("SELECT count(*) FROM worker") == [(0,)]
    assert rows("SELECT count(*) FROM person") == [(2,)]

    box = Box(data={"a": 1})
    session.add(box)
    session.commit()
    box.data["b"] = 2
    box.items.append("x")
    assert box in session.dirty
    session.commit()
    session.expire_all()
    assert box.data == {"a": 1, "b": 2} and box.items == ["x"]
    box.data.update(c=3)
    del box.data["a"]
    session.commit()
    assert dict(box.data) == {"b": 2, "c": 3}
    box.values["k"] = "v"
    session.commit()
    assert rows("SELECT box_id, name, value FROM label") == [(1, "k", "v")]
    assert box.labels["k"].value == "v" and dict(box.values) == {"k": "v"}
    del box.labels["k"]
    session.commit()
    assert rows("SELECT count(*) FROM label") == [(0,)]
