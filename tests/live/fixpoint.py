# SPDX-License-Identifier: MIT
"""Random models hold the fixpoint. Prints `N passed, M failed`.

  tests/live/fixpoint.py build/limbeck [sqlite|postgresql] [seed ...]

A round: models -> the first revision (or create-all) -> check is clean; the models change ->
autogenerate -> upgrade -> check is clean -> downgrade -> the database is what it was, but for the
order of columns and the values of enums. FIXPOINT_ROUNDS=500 runs so many on each database; the
sample takes some 40 seconds.
"""
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(TOP, "tests"))
sys.path.insert(0, os.path.join(TOP, "tests", "live"))
import random_models  # noqa: E402
import servers  # noqa: E402

LIMBECK = os.path.abspath(sys.argv[1])
DIALECTS = [a for a in sys.argv[2:] if not a.isdigit()] or ["sqlite", "postgresql"]
SEEDS = [int(a) for a in sys.argv[2:] if a.isdigit()]
DATABASE = "fixpoint_%d" % os.getpid()
ROUNDS = int(os.environ.get("FIXPOINT_ROUNDS", "40"))

ENV = '''
from alembic import context
from sqlalchemy import engine_from_config, pool
from models import metadata

config = context.config
engine = engine_from_config(config.get_section(config.config_ini_section, {}), prefix="sqlalchemy.",
                            poolclass=pool.NullPool)
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=metadata, compare_server_default=True,
                      render_as_batch=connection.dialect.name == "sqlite")
    with context.begin_transaction():
        context.run_migrations()
'''
MAKO = '''"""${message}

Revision ID: ${up_revision}
Revises: ${down_revision | comma,n}

"""
from alembic import op
import sqlalchemy as sa
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade():
    ${upgrades if upgrades else "pass"}


def downgrade():
    ${downgrades if downgrades else "pass"}
'''
INI = """[alembic]
script_location = %%(here)s/migrations
prepend_sys_path = .
path_separator = os
sqlalchemy.url = %s
"""
PG_ROWS = """
SELECT 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull::text,
       coalesce(pg_get_expr(d.adbin, d.adrelid), ''), coalesce(col_description(c.oid, a.attnum), '')
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r'
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relnamespace = 'public'::regnamespace
UNION ALL SELECT 'table', relname, coalesce(obj_description(oid), ''), '', '', '', '' FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
UNION ALL SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', '', ''
FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT 'index', tablename, indexname, indexdef, '', '', '' FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT 'type', typname, '', '', '', '', '' FROM pg_type
WHERE typtype = 'e' AND typnamespace = 'public'::regnamespace
UNION ALL SELECT 'sequence', relname, '', '', '', '', '' FROM pg_class
WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace
"""


def write(path, text):
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def sqlite_rows(path):
    """What is in a SQLite file, without the order of columns and parts."""
    rows = []
    db = sqlite3.connect(path)
    tables = [r[0] for r in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
    for t in tables:
        rows += [("column", t) + tuple(map(str, r[1:])) for r in db.execute("SELECT * FROM pragma_table_info(?)", (t,))]
        keys = {}
        for r in db.execute("SELECT * FROM pragma_foreign_key_list(?)", (t,)):
            keys.setdefault(r[0], []).append(tuple(map(str, r[2:])))
        rows += [("key", t) + tuple(sorted(k)) for k in keys.values()]
        for _, name, unique, origin, partial in db.execute("SELECT * FROM pragma_index_list(?)", (t,)):
            cols = tuple(r[2] for r in db.execute("SELECT * FROM pragma_index_info(?)", (name,)))
            name = "" if name.startswith("sqlite_autoindex") else name
            rows.append(("index", t, name, str(unique), origin, str(partial), str(cols)))
        sql = db.execute("SELECT sql FROM sqlite_master WHERE name = ?", (t,)).fetchone()[0]
        rows += [("check", t, m) for m in re.findall(r"((?:CONSTRAINT \S+ )?CHECK .*?)(?:,\s*\n|\n?\)$)", sql, re.S)]
        rows += [("named", t, m) for m in re.findall(r"CONSTRAINT (\S+)", sql)]
    for name, sql in db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql NOT NULL"):
        rows.append(("sql", name, re.sub(r'["\s]+', " ", sql)))
    db.close()
    return sorted(map(str, rows))


def plain(row):
    """What PostgreSQL writes of a CHECK does not read back as the same tree: casts move."""
    strip = row[0] == "constraint" and "CHECK" in row[3]
    return [re.sub(r"::(text|character varying)(\[\])?|[()]", "", f) for f in row] if strip else row


class Failed(Exception):
    pass


class Round:
    def __init__(self, dialect, seed, server):
        self.dialect, self.seed, self.server = dialect, seed, server
        self.dir = tempfile.mkdtemp(prefix="limbeck-fixpoint-")
        rng = random.Random(seed)
        self.schema = random_models.Schema(rng, dialect, cycles=seed % 3 == 0, convention=seed % 5 == 4, extra=True)
        os.makedirs(self.dir + "/migrations/versions")
        write(self.dir + "/migrations/env.py", ENV)
        write(self.dir + "/migrations/script.py.mako", MAKO)
        if dialect == "sqlite":
            url = "sqlite:///app.db"
        else:
            self.database = DATABASE
            url = server.url(DATABASE)
            server.psql(DATABASE, "DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        write(self.dir + "/alembic.ini", INI % url.replace("%", "%%"))

    def limbeck(self, *args):
        p = subprocess.run([LIMBECK, *args], cwd=self.dir, capture_output=True, text=True, timeout=60)
        if p.returncode:
            raise Failed("%s: exit %d\n%s%s" % (" ".join(args), p.returncode, p.stdout[-3000:], p.stderr[-3000:]))
        return p.stdout + p.stderr

    def models(self):
        write(self.dir + "/models.py", self.schema.source())

    def generate(self, name):
        self.limbeck("revision", "--autogenerate", "-m", name, "--rev-id", name)

    def rows(self):
        if self.dialect == "sqlite":
            return sqlite_rows(self.dir + "/app.db")
        return sorted(plain(row) for row in self.server.query(self.database, PG_ROWS))

    def build(self):
        self.schema.fill()
        self.models()
        if self.seed % 2:
            self.generate("first")
            self.limbeck("upgrade", "head")
        else:
            write(self.dir + "/migrations/versions/first.py",
                  "revision = 'first'\ndown_revision = None\ndef upgrade(): pass\ndef downgrade(): pass\n")
            self.limbeck("create-all", "--stamp", "heads")
        self.limbeck("check")

    def change(self):
        before = self.rows()
        self.done = self.schema.mutate(4)
        self.models()
        self.generate("second")
        self.limbeck("upgrade", "head")
        self.limbeck("check")
        self.limbeck("downgrade", "-1")
        after = self.rows()
        if before != after:
            raise Failed("not what it was:\n" + "\n".join(
                ["- %s" % r for r in before if r not in after] + ["+ %s" % r for r in after if r not in before]))
        self.limbeck("upgrade", "head")
        self.limbeck("check")

    def run(self):
        self.done = []
        try:
            self.build()
            self.change()
            return True
        except Failed as problem:
            print("%s, seed %d, %s\n%s" % (self.dialect, self.seed, self.done, problem), flush=True)
            return False
        finally:
            if not os.environ.get("FIXPOINT_KEEP"):
                shutil.rmtree(self.dir)
            else:
                print(self.dir)


def rounds(dialect, server):
    seeds = SEEDS or range(ROUNDS)
    results = [Round(dialect, seed, server).run() for seed in seeds]
    return results.count(True), results.count(False)


def main():
    passed = failed = 0
    for dialect in DIALECTS:
        if dialect == "sqlite":
            good, bad = rounds(dialect, None)
        else:
            with servers.postgresql() as server:
                server.new_database(DATABASE)
                good, bad = rounds(dialect, server)
                server.drop_database(DATABASE)
        passed, failed = passed + good, failed + bad
    print("%d passed, %d failed" % (passed, failed))
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
