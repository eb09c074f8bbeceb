# SPDX-License-Identifier: MIT
"""Generated Alembic projects for the benchmark, and the same work for dbmate and the sqlite3 shell."""
import os
import random

INI = """[alembic]
script_location = %(here)s/migrations
path_separator = os
sqlalchemy.url = sqlite:///app.db
"""

ENV = """from alembic import context
from sqlalchemy import engine_from_config, pool

config = context.config


def offline():
    context.configure(url=config.get_main_option("sqlalchemy.url"), literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()


def online():
    engine = engine_from_config(config.get_section(config.config_ini_section), prefix="sqlalchemy.",
                                poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(connection=connection)
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    offline()
else:
    online()
"""

REVISION = '''"""revision %(n)d

Revision ID: %(id)s
Revises: %(down)s

"""
from alembic import op
import sqlalchemy as sa

revision = %(id)r
down_revision = %(down)r
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "t%(n)d",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("amount", sa.Numeric(10, 2), server_default="0", nullable=False),
        sa.Column("made", sa.DateTime(), server_default=sa.func.now()),
    )
    op.create_index("ix_t%(n)d_name", "t%(n)d", ["name"])


def downgrade():
    op.drop_index("ix_t%(n)d_name", table_name="t%(n)d")
    op.drop_table("t%(n)d")
'''

SQL_UP = """CREATE TABLE t%(n)d (
    id INTEGER NOT NULL,
    name VARCHAR(80) NOT NULL,
    amount NUMERIC(10, 2) DEFAULT '0' NOT NULL,
    made DATETIME DEFAULT (CURRENT_TIMESTAMP),
    PRIMARY KEY (id)
);
CREATE INDEX ix_t%(n)d_name ON t%(n)d (name);
"""
SQL_DOWN = "DROP INDEX ix_t%(n)d_name;\nDROP TABLE t%(n)d;\n"


DATA_REVISION = '''"""rows

Revision ID: data1
Revises:

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy import orm

revision = "data1"
down_revision = None

Base = orm.declarative_base()


class Item(Base):
    __tablename__ = "t"
    id = sa.Column(sa.Integer, primary_key=True)
    v = sa.Column(sa.String(40))
    n = sa.Column(sa.Integer)


t = Item.__table__


def upgrade():
    bind = op.get_bind()
    op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("v", sa.String(40)),
                    sa.Column("n", sa.Integer()))
    fill = %(fill)d
    op.execute(
        "INSERT INTO t (id, n) WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < %%d) "
        "SELECT i, i %%%% 97 FROM c WHERE i <= %%d" %% (fill, fill))
%(body)s

def downgrade():
    op.drop_table("t")
'''

# What a revision does to its rows, by how it is written.
DATA_BODIES = {
    "core": """
    for row in bind.execute(sa.select(t.c.id, t.c.n).order_by(t.c.id)):
        bind.execute(t.update().where(t.c.id == row.id).values(v="row %d" % row.n))
""",
    "text": """
    for row in bind.execute(sa.text("SELECT id, n FROM t ORDER BY id")):
        bind.execute(sa.text("UPDATE t SET v = :v WHERE id = :id"), {"v": "row %d" % row.n, "id": row.id})
""",
    "orm": """
    total = 0
    for item in orm.Session(bind=bind).query(Item).order_by(Item.id):
        total += item.n
    op.execute("UPDATE t SET v = '%d' WHERE id = 1" % total)
""",
    "bulk_insert": """
    op.bulk_insert(t, [{"id": i, "v": "row %d" % i, "n": i % 97} for i in range(1, ROWS + 1)])
""",
}


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def parents_in_line(count):
    return [[] if n == 0 else [n - 1] for n in range(count)]


def parents_branchy(count):
    """A head or two open at any time: forks and merges all along."""
    rng, parents, heads = random.Random(7), [[]], [0]
    for n in range(1, count):
        if len(heads) > 3 or (len(heads) > 1 and rng.random() < 0.2):
            a, b = heads.pop(0), heads.pop(0)
            parents.append([a, b])
        elif rng.random() < 0.2 and n > 5:
            parents.append([rng.randrange(max(0, n - 20), n)])
            heads = [h for h in heads if h != parents[-1][0]]
        else:
            parents.append([heads.pop()])
        heads.append(n)
    return parents


def alembic(folder, parents):
    write(os.path.join(folder, "alembic.ini"), INI)
    write(os.path.join(folder, "migrations", "env.py"), ENV)
    write(os.path.join(folder, "migrations", "script.py.mako"), "")
    for n, above in enumerate(parents):
        ids = ["%012x" % (p * 7919 + 1) for p in above]
        down = None if not ids else ids[0] if len(ids) == 1 else tuple(ids)
        row = {"n": n, "id": "%012x" % (n * 7919 + 1), "down": down}
        write(os.path.join(folder, "migrations", "versions", "%s_r%d.py" % (row["id"], n)), REVISION % row)


def data(folder, kind, rows, url="sqlite:///app.db"):
    """A project of one revision that works through `rows` rows; `kind` is a key of DATA_BODIES."""
    write(os.path.join(folder, "alembic.ini"), INI.replace("sqlite:///app.db", url))
    write(os.path.join(folder, "migrations", "env.py"), ENV)
    write(os.path.join(folder, "migrations", "script.py.mako"), "")
    body = DATA_BODIES[kind].replace("ROWS", str(rows))
    write(os.path.join(folder, "migrations", "versions", "data1_rows.py"),
          DATA_REVISION % {"fill": 0 if kind == "bulk_insert" else rows, "body": body})


def dbmate(folder, count):
    for n in range(count):
        text = "-- migrate:up\n" + SQL_UP % {"n": n} + "\n-- migrate:down\n" + SQL_DOWN % {"n": n}
        write(os.path.join(folder, "db", "migrations", "2026%010d_r%d.sql" % (n, n)), text)


def shell(folder, count):
    """The same statements and version rows in the same transactions, for the sqlite3 shell."""
    lines = ["CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL);"]
    for n in range(count):
        new = "%012x" % (n * 7919 + 1)
        row = "UPDATE alembic_version SET version_num='%s';" if n else "INSERT INTO alembic_version VALUES ('%s');"
        lines += ["BEGIN;", SQL_UP % {"n": n}, row % new, "COMMIT;"]
    write(os.path.join(folder, "all.sql"), "\n".join(lines))
