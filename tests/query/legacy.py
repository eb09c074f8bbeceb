# SPDX-License-Identifier: MIT
"""The 1.x forms of executing and of rows, a line each; legacy.out was recorded from SQLAlchemy 1.4."""
import json

import sqlalchemy as sa

LINES = """
c.execute("select 1 as a").fetchall()
c.execute("select 1 as a").first()["a"]
[r["a"] for r in c.execute("select 1 as a union select 2")]
c.execute(sa.select([t.c.id, t.c.name]).where(t.c.id == 1)).first()["name"]
c.execute(sa.select([t.c.id, t.c.name])).first()[t.c.name]
c.execute(sa.select([t])).fetchall()
c.execute(sa.select([t.c.id], t.c.name == "b")).scalar()
c.execute("select ?", 3).fetchall()
c.execute("select ?, ?", 3, 4).fetchall()
c.execute("select ?, ?", (3, 4)).fetchall()
c.execute("select :x", {"x": 5}).fetchall()
c.execute(sa.text("select :a"), a=3).fetchall()
c.execute(t.insert(), id=3, name="c").rowcount
c.execute(t.insert(), {"id": 4, "name": "d"}, {"id": 5, "name": "e"}).rowcount
c.execute("insert into t values (?, ?)", (6, "f"), (7, "g")).rowcount
c.execute("insert into t values (?, ?)", [(8, "h"), (9, "i")]).rowcount
c.execute(sa.select([sa.func.count()]).select_from(t)).scalar()
c.scalar("select 1")
e.execute("select count(*) from t").scalar()
e.execute(t.update().where(t.c.id == 9).values(name="j")).rowcount
e.execute("select name from t where id = ?", 9).scalar()
e.scalar(sa.select([t.c.name]).where(t.c.id == 9))
list(c.execute("select 1 as a, 2 as b").first().keys())
list(c.execute("select 1 as a, 2 as b").first().items())
list(c.execute("select 1 as a, 2 as b").first().values())
c.execute("select 1 as a").first().has_key("a")
c.execute("select 1 as a").first().has_key("b")
dict(c.execute("select 1 as a, 2 as b").first())
[dict(r) for r in c.execute(sa.select([t]).where(t.c.id < 3))]
c.execute("select 1 as a, 2 as b").first().b
tuple(c.execute("select 1 as a, 2 as b").first())
c.execute("select 1 as a").fetchone()[0]
c.execute("select 1 as a").first()["b"]
""".strip().split("\n")


def outcome(line):
    try:
        return repr(eval(line))
    except Exception as error:
        return "%s: %s" % (type(error).__name__, error)


e = sa.create_engine("sqlite://")
t = sa.Table("t", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String))
t.metadata.create_all(e)
c = e.connect()
c.execute(t.insert(), [{"id": 1, "name": "a"}, {"id": 2, "name": "b"}])
for line in LINES:
    print(json.dumps([line, outcome(line)]))
