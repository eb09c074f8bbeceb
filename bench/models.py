#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures `check` over many tables, on SQLite and PostgreSQL, beside Debian's alembic and pg_dump -s,
and `create-all` beside psql and sqlite3 with the same SQL in one transaction.

Debian's alembic is too old for `check`: it runs `revision --autogenerate` with a hook that drops the
empty revision, which is the same work.

  bench/models.py build/limbeck [--quick]

A PostgreSQL server of its own is started (tests/servers.py). The tables are made by limbeck from the
same models, so that nothing is found.
"""
import os
import shutil
import subprocess

import bench

INI = """[alembic]
script_location = %(here)s/migrations
prepend_sys_path = .
sqlalchemy.url = {url}
"""
ENV = """from alembic import context
from sqlalchemy import create_engine

from models import Base


def drop(migration_context, revision, directives):
    directives[:] = []


dry = "dry" in context.get_x_argument(as_dictionary=True)
engine = create_engine(context.config.get_main_option("sqlalchemy.url"))
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata, compare_type=True,
                      process_revision_directives=drop if dry else None)
    with context.begin_transaction():
        context.run_migrations()
"""
MAKO = '''revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}

from alembic import op
import sqlalchemy as sa
${imports if imports else ""}

def upgrade():
    ${upgrades if upgrades else "pass"}

def downgrade():
    ${downgrades if downgrades else "pass"}
'''
HEAD = """from sqlalchemy import (Boolean, Column, DateTime, ForeignKey, Integer, Numeric, String, Text,
                        UniqueConstraint, func)
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()
"""
CLASS = """

class T{n}(Base):
    __tablename__ = "table_{n:04d}"
    __table_args__ = (UniqueConstraint("name", "code", name="uq_table_{n:04d}"),)

    id = Column(Integer, primary_key=True)
    name = Column(String(50), nullable=False, index=True)
    code = Column(String(20))
    amount = Column(Numeric(10, 2), nullable=False)
    body = Column(Text)
    created = Column(DateTime, server_default=func.now(), nullable=False)
    active = Column(Boolean, default=True, nullable=False)
"""
PARENT = """    parent_id = Column(Integer, ForeignKey("table_{m:04d}.id", ondelete="CASCADE"))
    parent = relationship("T{m}")
"""


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def project(limbeck, folder, url, count):
    """A project of so many models whose database is at the head."""
    text = HEAD
    for n in range(count):
        text += CLASS.format(n=n) + (PARENT.format(m=(n - 1) // 2) if n else "")
    write(os.path.join(folder, "models.py"), text)
    write(os.path.join(folder, "alembic.ini"), INI.format(url=url.replace("%", "%%"), here="%(here)s"))
    write(os.path.join(folder, "migrations", "env.py"), ENV)
    write(os.path.join(folder, "migrations", "script.py.mako"), MAKO)
    os.makedirs(os.path.join(folder, "migrations", "versions"))
    for args in (["revision", "--autogenerate", "-m", "all"], ["upgrade", "head"], ["check"]):
        subprocess.run([limbeck] + args, cwd=folder, check=True, stdout=subprocess.DEVNULL)


def check(limbeck, folder, name, runs, dump=None, env=None):
    job = bench.Job(name, runs)
    job.tool("limbeck", [limbeck, "check"], folder)
    job.tool("alembic", [shutil.which("alembic"), "-x", "dry=1", "revision", "--autogenerate", "-m", "x"], folder)
    if dump:
        job.tool("pg_dump -s", dump, folder, env)
    job.run()


def create_all(limbeck, folder, name, runs, client, before, env=None):
    """The SQL is what `create-all --sql` prints for the database when it is empty."""
    before(folder)
    sql = os.path.join(folder, "create.sql")
    text = subprocess.run([limbeck, "create-all", "--sql"], cwd=folder, check=True, stdout=subprocess.PIPE).stdout.decode()
    write(sql, text if text.startswith("BEGIN;") else "BEGIN;\n" + text + "\nCOMMIT;\n")
    job = bench.Job(name, runs, before)
    job.tool("limbeck", [limbeck, "create-all"], folder)
    job.tool(os.path.basename(client[0]), client, folder, env, sql)
    job.run()


def on_sqlite(limbeck, top, count, runs):
    folder, tables = os.path.join(top, "sqlite%d" % count), "SQLite, {:,} tables".format(count)
    project(limbeck, folder, "sqlite:///app.db", count)
    check(limbeck, folder, "check, " + tables, runs)
    if count == 1000:
        create_all(limbeck, folder, "create-all, " + tables, runs, [shutil.which("sqlite3"), "app.db"],
                   bench.drop_database)


def on_postgresql(limbeck, server, top, count, runs):
    folder, database = os.path.join(top, "postgresql%d" % count), "models%d" % count
    tables = "PostgreSQL, {:,} tables".format(count)
    server.new_database(database)
    project(limbeck, folder, server.url(database), count)
    env = {"PGHOST": "127.0.0.1", "PGPORT": str(server.port), "PGUSER": server.user, "PGPASSWORD": server.password,
           "PGDATABASE": database}
    check(limbeck, folder, "check, " + tables, runs, [shutil.which("pg_dump"), "-s"], env)
    if count == 1000:
        create_all(limbeck, folder, "create-all, " + tables, runs,
                   [shutil.which("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1"],
                   lambda _: server.new_database(database), env)


def measure(limbeck, server, top, quick):
    for count, runs in ((100, 3 if quick else 9), (1000, 1 if quick else 3)):
        on_sqlite(limbeck, top, count, runs)
        on_postgresql(limbeck, server, top, count, runs)


if __name__ == "__main__":
    bench.with_postgresql(__doc__, {"max_locks_per_transaction": "1024"}, measure)
