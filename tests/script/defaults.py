# SPDX-License-Identifier: MIT
"""Defaults of Python's are filled in; a statement that runs again takes the new parameters."""
import sqlalchemy as sa

engine = sa.create_engine("sqlite://")
meta = sa.MetaData()
calls = []


def counted():
    calls.append(1)
    return len(calls)


t = sa.Table("t", meta, sa.Column("id", sa.Integer, primary_key=True), sa.Column("a", sa.String, default="plain"),
             sa.Column("b", sa.Integer, default=counted), sa.Column("c", sa.Integer, onupdate=9),
             sa.Column("e", sa.Integer, default=sa.func.length("abc")))
with engine.connect() as c:
    meta.create_all(c)
    result = c.execute(t.insert().values(id=1))
    assert result.inserted_primary_key == (1,) and result.rowcount == 1
    c.execute(t.insert(), [{"c": 3}, {"c": 4}, {"c": 5}])
    rows = c.execute(sa.select(t).order_by(t.c.id)).all()
    assert rows == [(1, "plain", 1, None, 3), (2, "plain", 2, 3, 3), (3, "plain", 3, 4, 3), (4, "plain", 4, 5, 3)], rows
    c.execute(t.update().where(t.c.id == 1).values(a="z"))
    assert c.execute(sa.select(t.c.a, t.c.c).where(t.c.id == 1)).one() == ("z", 9)
    both = t.insert().values(a="q")
    for i in range(4):
        c.execute(both, {"b": i})
    assert c.execute(sa.select(t.c.b).where(t.c.a == "q").order_by(t.c.b)).scalars().all() == [0, 1, 2, 3]
    change = t.update().where(t.c.id == sa.bindparam("which")).values(a=sa.bindparam("what"))
    for i in range(1, 4):
        c.execute(change, {"which": i, "what": "w%d" % i})
    c.execute(change, {"what": None, "which": 4})
    assert c.execute(sa.select(t.c.a).where(t.c.id < 5).order_by(t.c.id)).scalars().all() == ["w1", "w2", "w3", None]
    read = sa.text("SELECT :a, :b")
    for a, b in ((1, "x"), (2.5, None), (b"y", True), ("z", 4)):
        assert tuple(c.execute(read, {"a": a, "b": b}).one()) == (a, b)
    assert str(t.insert().values(id=1)) == "INSERT INTO t (id, a, b, e) VALUES (:id, :a, :b, length(:length_1))"
    assert str(t.update().values(a=1)) == "UPDATE t SET a=:a, c=:c"
