# SPDX-License-Identifier: MIT
"""Queries of sessions, dynamic collections, classes mapped by hand."""
import sqlalchemy as sa
from sqlalchemy.orm import *
Base = declarative_base()
class Parent(Base):
    __tablename__ = "parent"
    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String(20))
    created = sa.Column(sa.DateTime, server_default=sa.func.now())
    children = relationship("Child", backref="parent", cascade="all, delete-orphan", passive_deletes=True, lazy="dynamic")
class Child(Base):
    __tablename__ = "child"
    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String(20))
    parent_id = sa.Column(sa.ForeignKey("parent.id", ondelete="CASCADE"))
engine = sa.create_engine("sqlite://")
c = engine.connect()
Base.metadata.create_all(c); c.commit()
s = Session(c)
p = Parent(name="a")
p.children.append(Child(name="x"))
p.children.append(Child(name="y"))
s.add(p); s.commit()
assert p.children.count() == 2
assert [c.name for c in p.children.order_by(Child.name.desc())] == ["y", "x"]
assert p.children.filter_by(name="x").one().parent is p
assert p.created is not None
p.children.remove(p.children.filter_by(name="x").one())
s.commit()
assert p.children.count() == 1, p.children.count()
assert s.query(Child).count() == 1, s.query(Child).all()
q = s.query(Parent.name, sa.func.count(Child.id).label("n")).outerjoin(Child, Child.parent_id == Parent.id).group_by(Parent.name)
row = q.one()
assert row.n == 1 and row.name == "a" and row == ("a", 1)
sub = s.query(Child.parent_id, sa.func.count().label("cnt")).group_by(Child.parent_id).subquery("sub")
assert s.query(Parent, sub.c.cnt).join(sub, Parent.id == sub.c.parent_id).all()[0].cnt == 1
assert s.query(Parent).filter(Parent.id.in_(s.query(Child.parent_id))).count() == 1
assert s.query(Parent).filter(s.query(Child).filter(Child.parent_id == Parent.id).exists()).count() == 1
u = s.query(Parent.name).union(s.query(Child.name))
assert sorted(r[0] for r in u) == ["a", "y"]
assert s.query(sa.literal(1)).scalar() == 1
assert s.query(Parent).filter(Parent.name.like("a%"), Parent.id > 0).first().id == 1
for p in s.query(Parent):
    p.name = p.name + "!"
s.flush()
assert s.execute(sa.text("select name from parent")).scalar() == "a!"
s.execute(Parent.__table__.insert(), [{"name": "t1"}, {"name": "t2"}])
assert s.query(Parent).count() == 3
assert s.execute(sa.select(Parent.__table__).where(Parent.name == "t1")).first().name == "t1"
assert s.execute(sa.select(Parent.__table__.c.name).order_by(sa.text("name"))).scalars().all() == ["a!", "t1", "t2"]
d = dict(s.query(Parent.name, Parent.id))
assert d["t1"] == 2
assert s.query(Parent).filter(sa.or_(Parent.name == "t1", Parent.name == "t2")).order_by(sa.desc(Parent.id)).all()[0].name == "t2"
assert s.query(Parent).distinct().count() == 3
x = s.query(Parent).options(load_only(Parent.name)).filter_by(name="t2").first()
s.delete(x); s.commit()
assert s.query(Parent).get(3) is None
assert s.query(sa.case((Parent.id == 1, "one"), else_="other")).order_by(Parent.id).all() == [("one",), ("other",)]
class Old:
    pass
t = sa.Table("old", Base.metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("v", sa.String))
registry().map_imperatively(Old, t)
t.create(c)
o = Old(); o.v = "k"; s.add(o); s.flush()
assert o.id == 1 and s.query(Old).filter_by(v="k").one() is o
assert s.query(Old).filter(sa.text("id = :i")).params(i=1).one() is o
assert s.query(Old).reset_joinpoint().count() == 1
o.v = "lost"
s.refresh(o)
assert o.v == "k"
