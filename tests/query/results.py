# SPDX-License-Identifier: MIT
"""Results, rows, parameters and failures, a line each: prints what each gives, as a line of JSON.
The same under Limbeck and SQLAlchemy; results.out was recorded from SQLAlchemy 2.0."""
import json

import sqlalchemy as sa

# Lines that begin with `=` only run; `r` is the result of ROWS.
LINES = r"""
c.execute(sa.select(sa.literal_column("'green'", sa.Enum('a', 'b', 'c', 'd', name='mood')))).all()
c.execute(sa.select(sa.literal_column("'green'", sa.Enum('a', 'b', 'c', 'd', 'e')).label('x'))).all()
c.execute(sa.select(sa.literal_column("'green'", sa.Enum('abcdefghijkl')).label('y'))).all()
c.execute(sa.select(sa.literal_column("'green'", sa.Enum('green')).label('z'))).all()
list(R().partitions(2))
list(R().partitions())
R().columns('b').all()
R().columns(1, 0).all()
R().columns('b').scalars().all()
R().columns('b', 'a').mappings().all()
R().columns('zz')
R().scalars(5)
R().scalars('b').all()
R().yield_per(2).fetchmany()
[len(p) for p in R().yield_per(2).partitions()]
R().tuples().all()
row.count(1)
row.index('x')
row._t
row._tuple()
row > (0, 'a')
row >= row
row < (5,)
row <= (0,)
row != row
row == (1,'x')
hash(row)==hash((1,'x'))
row[0:1]
row[5]
row.zz
row._mapping['zz']
list(row._mapping.items())
row._fields
'a' in row._mapping
1 in row
row._mapping
list(R().keys())
R().one()
R().one_or_none()
c.execute(sa.text('select 1 where 0')).one()
c.execute(sa.text('select 1 where 0')).scalar_one()
R().scalar_one()
R().scalar_one_or_none()
R().scalars().one()
R().scalars().unique().all()
R().mappings().first()
R().mappings().one()
R().unique().scalars('b').all()
R().unique(lambda r: r.b).all()
R().scalars(1).unique().all()
R().scalars('b').partitions(2).__next__()
c.execute(sa.text('create table t (a int)')).all()
c.execute(sa.text('insert into t values (1)')).first()
c.execute(sa.text('insert into t values (1)')).scalar()
c.execute(sa.text('insert into t values (1)')).scalars()
c.execute(sa.text('insert into t values (1)')).returns_rows
c.execute(sa.text('select 1 as a, 2 as a')).first().a
c.execute(sa.text('select 1 as a, 2 as a')).mappings().first()['a']
c.execute(sa.text('select 1 as a, 2 as a')).first()._mapping
= r = R(); r.close()
r.all()
r.fetchone()
r.closed
list(r.keys())
= r = R(); r.first()
r.first()
r.all()
r.closed
= r = R(); r.all()
r.all()
r.fetchone()
r.fetchmany(2)
r.first()
r.closed
r.scalar()
r.one()
list(r)
= r = R(); r.scalar()
r.all()
= r = R()
r.fetchone()
r.fetchmany(1)
r.all()
= r = R(); m = r.mappings()
m.fetchone()
m.fetchmany(5)
list(m.keys())
r.fetchone()
c.execute(sa.text('select :a'))
c.execute(sa.text('select :a'), {'b': 1})
c.execute(sa.text('select :a'), [{'b': 1}])
c.exec_driver_sql('select :a, @b, :a, $a', {'a': 1, 'b': 2}).all()
c.exec_driver_sql('select :a, :b', {'a': 1}).all()
c.exec_driver_sql('select ?, ?', (1,)).all()
c.exec_driver_sql('select ?, ?', [(1, 2)]).all()
c.exec_driver_sql('insert into t values (:a)', [{'a': 1}, {'a': 2}]).rowcount
c.exec_driver_sql('insert into t values (?)', [(1,), (2,)]).rowcount
c.execute(sa.text('select 1 from nowhere'))
c.execute(sa.text('select :x from nowhere'), {'x': 'y' * 500})
c.execute(sa.select(sa.column('x')).where(sa.column('x') == sa.bindparam('q')))
c.execute(5)
c.execute(None)
c.execute(sa.text('select 1'), 5)
c.execute(sa.text('select 1'), 'abc')
c.execute(sa.text('select 1'), [1])
c.execute(sa.text('select 1'), (1,))
c.execute(sa.text('select 1'), [(1,)])
(1, 'x') in set(R().all())
row in {(1, 'x')}
{(2, 'y'): 5}[R().all()[1]]
= c.execute(sa.text('create table j (id integer primary key, d json, n json, made integer)'))
= c.execute(j.insert().values(id=1, d=None, n=None))
= c.execute(j.insert(), {"id": 2, "d": None, "n": None})
= c.execute(j.insert(), [{"id": 3, "d": None, "n": None}, {"id": 4, "d": [None, True], "n": True}])
= c.execute(j.insert().values(id=5, d=sa.null(), n=sa.null()))
= c.execute(j.insert().values(id=6, d=sa.JSON.NULL, n=sa.JSON.NULL))
= c.execute(j.insert(), [{"id": 7}, {"id": 8}])
= c.execute(j.update().where(j.c.id == 8), {"d": None, "n": None})
c.execute(sa.text('select id, d, n from j order by id')).all()
c.execute(sa.select(j.c.id).where(j.c.d == None)).all()
c.execute(sa.select(j.c.id).where(j.c.d == sa.JSON.NULL)).all()
c.execute(sa.select(j).order_by(j.c.id)).all()
c.execute(j.insert().returning(j.c.id), [{"id": 20}, {"id": 21}, {"id": 22}]).all()
c.execute(j.insert().from_select(["id"], sa.select(j.c.id + 100).where(j.c.id < 3))).rowcount
c.execute(sa.text('select id, made from j where id > 100')).all()
c.execute(sa.text('select id from j where id in :ids').bindparams(sa.bindparam('ids', expanding=True)), {"ids": []}).all()
c.execute(sa.select(j.c.id.label('x'), j.c.id.label('x')).limit(1)).first().x
c.execute(sa.select(j.c.id.label('x'), j.c.id.label('x')).limit(1)).first()._asdict()
c.execute(sa.select(j.c.id.label('x'), j.c.id.label('x')).limit(1)).first()
= c.close()
c.execute(sa.text('select 1'))
c.in_transaction()
c.closed
""".strip().split("\n")


def R():
    return c.execute(sa.text("select 1 as a, 'x' as b union all select 2, 'y' union all select 3, 'y'"))


def outcome(line):
    try:
        return repr(eval(line))
    except Exception as e:
        return "%s: %s" % (type(e).__name__, e)


c = sa.create_engine("sqlite://").connect()
j = sa.Table("j", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), sa.Column("d", sa.JSON),
             sa.Column("n", sa.JSON(none_as_null=True)), sa.Column("made", sa.Integer, default=7))
row = R().first()
for line in LINES:
    if line.startswith("= "):
        exec(line[2:])
    else:
        print(json.dumps([line, outcome(line)]))
