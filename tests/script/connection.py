# SPDX-License-Identifier: MIT
"""Engines, connections, results and rows on SQLite."""
import sqlalchemy as sa
from sqlalchemy import exc

engine = sa.create_engine("sqlite://")
assert engine.dialect.name == "sqlite"
assert str(engine.url) == "sqlite://"
engine._watched = True
assert engine._watched and not hasattr(sa.create_engine("sqlite://"), "_watched")
meta = sa.MetaData()
t = sa.Table("t", meta, sa.Column("id", sa.Integer, primary_key=True), sa.Column("n", sa.String(9)),
             sa.Column("ok", sa.Boolean))

with engine.connect() as c:
    meta.create_all(c)
    c.execute(t.insert(), [{"id": 1, "n": "a", "ok": True}, {"id": 2, "n": "b", "ok": False}])
    result = c.execute(sa.text("INSERT INTO t (id, n) VALUES (:id, :n)"), {"id": 3, "n": None})
    assert result.rowcount == 1
    assert not result.returns_rows
    c.commit()
    rows = c.execute(sa.text("SELECT id, n FROM t ORDER BY id")).fetchall()
    assert rows == [(1, "a"), (2, "b"), (3, None)], rows
    row = rows[0]
    assert row.id == 1 and row[1] == "a" and row._mapping["n"] == "a"
    assert row._asdict() == {"id": 1, "n": "a"} and tuple(row) == (1, "a") and len(row) == 2
    first, second = row
    assert (first, second) == (1, "a")
    assert c.execute(sa.select(t.c.ok).where(t.c.id == 1)).scalar() is True
    assert c.execute(sa.select(t.c.n).order_by(t.c.id.desc())).scalars().all() == [None, "b", "a"]
    assert c.scalar(sa.select(sa.func.count()).select_from(t)) == 3
    assert [m["id"] for m in c.execute(sa.select(t.c.id).where(t.c.n.in_(["a", "b"]))).mappings()] == [1, 2]
    assert c.execute(sa.select(t).where(t.c.id == 99)).first() is None
    assert c.execute(sa.select(t.c.id).where(t.c.n.is_(None))).one() == (3,)
    assert c.execute(sa.text("SELECT 1")).keys() is not None
    for call, error in (("one", exc.NoResultFound), ("scalar_one", exc.NoResultFound)):
        try:
            getattr(c.execute(sa.text("SELECT id FROM t WHERE id > 9")), call)()
        except error as e:
            assert str(e) == "No row was found when one was required", e
        else:
            raise AssertionError
    try:
        c.execute(sa.text("INSERT INTO t (id) VALUES (1)"))
    except exc.IntegrityError as e:
        assert "UNIQUE constraint failed: t.id" in str(e)
        assert e.orig is not None
    else:
        raise AssertionError
    c.rollback()
    with c.begin_nested() as nested:
        c.execute(t.delete().where(t.c.id == 1))
        nested.rollback()
    assert c.scalar(sa.select(sa.func.count()).select_from(t)) == 3
    c.execute(t.update().where(t.c.id == 1).values(n=t.c.n + "x"))
    assert c.scalar(sa.select(t.c.n).where(t.c.id == 1)) == "ax"
    c.rollback()
    try:
        c.execute(5)
    except exc.ObjectNotExecutableError:
        pass
    else:
        raise AssertionError
    inspector = sa.inspect(c)
    assert inspector.get_table_names() == ["t"]
    assert inspector.has_table("t") and not inspector.has_table("u")
    assert [x["name"] for x in inspector.get_columns("t")] == ["id", "n", "ok"]
    assert inspector.get_pk_constraint("t")["constrained_columns"] == ["id"]
    try:
        inspector.get_columns("u")
    except exc.NoSuchTableError:
        pass
    else:
        raise AssertionError
    again = sa.Table("t", sa.MetaData(), autoload_with=c)
    assert again.c.keys() == ["id", "n", "ok"]
    assert isinstance(again.c.n.type, sa.String) and again.c.n.type.length == 9

with engine.begin() as c:
    c.execute(sa.insert(t).values(id=4, n="d"))
with engine.connect() as c:
    assert c.scalar(sa.select(sa.func.max(t.c.id))) == 4
    assert c.closed is False
assert c.closed is True
url = sa.engine.make_url("postgresql+psycopg2://u:p%40x@host:5432/db?a=b")
assert url.password == "p@x" and url.port == 5432 and url.query["a"] == "b"
assert url.render_as_string(hide_password=True) == "postgresql+psycopg2://u:***@host:5432/db?a=b"
assert url.set(drivername="postgresql").drivername == "postgresql"
