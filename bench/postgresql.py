#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures limbeck on PostgreSQL beside psql (the same SQL in the same transaction) and Debian's alembic.

  bench/postgresql.py build/limbeck [--quick]

A server of its own is started (tests/servers.py). The schema is dropped before each run, outside the
measured time. The last job puts a proxy between that delays each way by a millisecond.
"""
import os
import shutil
import subprocess

import bench
import projects
import wire

DELAY = 0.001


class Fixture:
    """A project of so many revisions, and the SQL of all of them."""

    def __init__(self, limbeck, server, top, count):
        self.server, self.count = server, count
        self.dir = os.path.join(top, "revisions%d" % count)
        self.database = "bench%d" % count
        server.new_database(self.database)
        projects.alembic(self.dir, projects.parents_in_line(count))
        self.point(server.url(self.database))
        sql = subprocess.run([limbeck, "upgrade", "head", "--sql"], cwd=self.dir, check=True, stdout=subprocess.PIPE,
                             stderr=subprocess.DEVNULL)
        self.sql = os.path.join(self.dir, "all.sql")
        with open(self.sql, "wb") as f:
            f.write(sql.stdout)

    def point(self, url):
        """Makes the project's ini name the URL."""
        path = os.path.join(self.dir, "alembic.ini")
        with open(path, encoding="utf-8") as f:
            lines = f.read().splitlines()
        with open(path, "w", encoding="utf-8") as f:
            for line in lines:
                f.write(("sqlalchemy.url = " + url.replace("%", "%%") if line.startswith("sqlalchemy.url") else line) + "\n")

    def empty(self, _):
        self.server.psql(self.database, "SET client_min_messages = error; DROP SCHEMA public CASCADE; CREATE SCHEMA public")

    def psql(self, port):
        env = {"PGHOST": "127.0.0.1", "PGPORT": str(port), "PGUSER": self.server.user, "PGPASSWORD": self.server.password,
               "PGSSLMODE": "disable"}
        return ["psql", "-X", "-q", "-o", "/dev/null", "-d", self.database], env


def upgrade(limbeck, fixture, runs, port, name, url, other):
    fixture.point(url)
    psql, env = fixture.psql(port)
    job = bench.Job(name, runs, fixture.empty)
    job.tool("limbeck", [limbeck, "upgrade", "head"], fixture.dir)
    job.tool("psql", psql + ["-v", "ON_ERROR_STOP=1", "-f", fixture.sql], fixture.dir, env)
    if other:
        job.tool("alembic", [shutil.which("alembic"), "upgrade", "head"], fixture.dir)
    job.run()


def current(limbeck, fixture, runs):
    fixture.empty(None)
    fixture.point(fixture.server.url(fixture.database))
    subprocess.run([limbeck, "upgrade", "head"], cwd=fixture.dir, check=True, stderr=subprocess.DEVNULL)
    psql, env = fixture.psql(fixture.server.port)
    job = bench.Job("current, PostgreSQL, %d revisions" % fixture.count, runs)
    job.tool("limbeck", [limbeck, "current"], fixture.dir)
    job.tool("psql", psql + ["-c", "SELECT version_num FROM alembic_version"], fixture.dir, env)
    job.tool("alembic", [shutil.which("alembic"), "current"], fixture.dir)
    job.run()


TABLE = """\
CREATE TABLE t%(n)d (id bigserial PRIMARY KEY, name varchar(40) NOT NULL DEFAULT 'x', state state DEFAULT 'new',
  at timestamptz DEFAULT now(), data jsonb, amount numeric(10, 2) CONSTRAINT ck_t%(n)d CHECK (amount >= 0),
  parent bigint REFERENCES t%(of)d (id) ON DELETE CASCADE, flag boolean NOT NULL DEFAULT false, tags text[],
  CONSTRAINT uq_t%(n)d UNIQUE (name, at));
CREATE INDEX ix_t%(n)d_a ON t%(n)d (state, at DESC);
CREATE INDEX ix_t%(n)d_b ON t%(n)d (lower(name)) WHERE flag;
"""
REFLECTING = """\
import os
import sqlalchemy as sa
from alembic import context
with sa.create_engine(os.environ["DATABASE_URL"]).connect() as connection:
    metadata = sa.MetaData()
    metadata.reflect(connection)
    assert len(metadata.tables) == %d
    context.configure(connection=connection)
    context.run_migrations()
"""


def reflect(limbeck, server, top, runs, count):
    """A whole schema read into a MetaData, beside pg_dump, which writes it."""
    url, folder = server.new_database("reflect"), os.path.join(top, "reflect")
    server.psql("reflect", "BEGIN; CREATE TYPE state AS ENUM ('new', 'old', 'gone');\n"
                + "".join(TABLE % {"n": n, "of": n // 2} for n in range(count)) + "COMMIT; VACUUM ANALYZE")
    os.makedirs(os.path.join(folder, "versions"))
    for name, text in (("alembic.ini", "[alembic]\nscript_location = .\n"), ("env.py", REFLECTING % count)):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
            f.write(text)
    env = {"DATABASE_URL": url, "PGHOST": "127.0.0.1", "PGPORT": str(server.port), "PGUSER": server.user,
           "PGPASSWORD": server.password}
    job = bench.Job("a schema of %d tables read" % count, runs)
    job.tool("limbeck", [limbeck, "current"], folder, env)
    job.tool("pg_dump -s", ["pg_dump", "-s", "-f", "/dev/null", "reflect"], folder, env)
    job.run()


def data(limbeck, server, top, kind, text, rows):
    name, folder = "data_" + kind, os.path.join(top, "data_" + kind)
    server.new_database(name)
    projects.data(folder, kind, rows, server.url(name).replace("%", "%%"))
    job = bench.Job("%s, %d rows, PostgreSQL" % (text, rows), 3,
                    lambda _: server.psql(name, "DROP TABLE IF EXISTS t, alembic_version"))
    job.tool("limbeck", [limbeck, "upgrade", "head"], folder)
    job.tool("alembic", [shutil.which("alembic"), "upgrade", "head"], folder)
    job.run()


def measure(limbeck, server, top, quick):
    few, some = (3, 3) if quick else (21, 9)
    reflect(limbeck, server, top, some, 1000)
    hundred = Fixture(limbeck, server, top, 100)
    current(limbeck, hundred, few)
    local = server.url(hundred.database)
    upgrade(limbeck, hundred, some, server.port, "upgrade head, PostgreSQL, 100 revisions", local, True)
    for kind, text in bench.DATA_JOBS:
        data(limbeck, server, top, kind, text, 10000 if quick else 100000)
    with wire.Proxy(server, delay=DELAY) as proxy:
        upgrade(limbeck, hundred, some, proxy.port, "upgrade head, PostgreSQL, 100 revisions, 2 ms of round trip",
                proxy.url(hundred.database), False)
    if not quick:
        thousand = Fixture(limbeck, server, top, 1000)
        upgrade(limbeck, thousand, 3, server.port, "upgrade head, PostgreSQL, 1,000 revisions",
                server.url(thousand.database), False)


if __name__ == "__main__":
    bench.with_postgresql(__doc__, {"shared_buffers": "256MB", "max_locks_per_transaction": "1024"}, measure)
