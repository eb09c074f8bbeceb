#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""PostgreSQL beside Debian's Alembic and SQLAlchemy:
tests/differential/postgresql.py build/limbeck [inspector]

  schemas     golden cases run by both: pg_dump after each step that both take
  metadata    MetaData.reflect() as SQLAlchemy 2.0 did it (reflect_metadata.out)
  inspector   what inspect() tells of reflect.sql: as SQLAlchemy 2.0 told it (reflect.out), and in
              what has not changed since 1.4 as the SQLAlchemy of this machine tells it
              (--record: with SQLAlchemy 2.0 on PYTHONPATH, writes reflect.out)

On a server of its own, or the one of LIMBECK_TEST_PG_URL. LIMBECK_DIFFERENTIAL=all takes every golden
area; else the sample below.
"""
import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TESTS = os.path.dirname(HERE)
sys.path[:0] = [TESTS, os.path.join(TESTS, "golden")]
import golden  # noqa: E402
import servers  # noqa: E402

SAMPLE = ("add_column", "alter_column_pg", "constraints_pg", "create_table_[fiot]*", "index_pg",
          "naming_convention", "pg_enum", "pg_types")  # of ddl
EVERY = ("ddl", "data", "graph", "chains", "env", "cli")
PYTHON = "/usr/bin/python3"  # that Debian's packages are for
ALEMBIC = [PYTHON, "-P", "-W", "ignore", "-c", "from alembic.config import main; main(prog='alembic')"]


class Tally:
    def __init__(self):
        self.passed = self.failed = 0

    def equal(self, name, want, got):
        if want == got:
            self.passed += 1
            return
        self.failed += 1
        print("FAIL %s" % name)
        lines = difflib.unified_diff(want.splitlines(), got.splitlines(), "SQLAlchemy", "limbeck",
                                     lineterm="", n=1)
        print("".join("    %s\n" % line for line in list(lines)[:40]))


# ---- schemas ----

class Options:
    create_all = None
    dialect = "postgresql"
    verbose = oracle_mode = False
    jobs = os.cpu_count() or 1


def results_of(command, area, case):
    options, found = Options(), {}
    options.command, options.area, options.case = command, area, case
    golden.run_all(options, lambda case, dialect, result: found.setdefault(case.id, result))
    return found


def taken(result):
    """The dumps by step, up to the first step that failed."""
    dumps = {}
    for step, res in result if isinstance(result, list) else ():
        if res.get("exit") not in (0, None):
            break
        if "schema" in res:
            dumps[step["name"]] = res["schema"]
    return dumps


def compare_schemas(limbeck, server, tally):
    os.environ["GOLDEN_PG_URL"] = server.url("differential")
    every = os.environ.get("LIMBECK_DIFFERENTIAL") == "all"
    for area, wanted in [(a, None) for a in EVERY] if every else [("ddl", w) for w in SAMPLE]:
        theirs, ours = results_of(ALEMBIC, area, wanted), results_of([limbeck], area, wanted)
        for case in sorted(theirs):
            mine = taken(ours[case])
            for step, dump in taken(theirs[case]).items():
                tally.equal("%s %s" % (case, step), dump, mine.get(step, "(not taken)\n"))


# ---- inspector ----

def read(name):
    with open(os.path.join(HERE, name), encoding="utf-8") as f:
        return f.read()


def write(path, text):
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


ENV = """\
import os
import sqlalchemy as sa
from alembic import context
engine = sa.create_engine(os.environ["DATABASE_URL"])
with engine.connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
"""
REVISION = """\
from alembic import op
import sqlalchemy as sa

revision = "a1"
down_revision = None


def upgrade():
    c = op.get_bind()
"""


def ask(command, url, probe):
    """What a revision with that body prints; the first lines are the table names."""
    folder = tempfile.mkdtemp(prefix="limbeck-inspect-")
    try:
        os.mkdir(os.path.join(folder, "versions"))
        write(os.path.join(folder, "alembic.ini"), "[alembic]\nscript_location = %(here)s\n")
        write(os.path.join(folder, "env.py"), ENV)
        body = "".join("    %s\n" % line if line else "\n" for line in probe.splitlines())
        write(os.path.join(folder, "versions", "a1.py"), REVISION + body)
        p = subprocess.run(command + ["upgrade", "head"], cwd=folder, text=True, timeout=120,
                           env=dict(os.environ, DATABASE_URL=url, PYTHONIOENCODING="utf-8"),
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return p.stdout if p.returncode == 0 else "%s\n%s" % (p.stdout, p.stderr[-2000:])


def fresh(server, name):
    url = server.new_database(name)
    server.psql(name, read("reflect.sql"))
    return url


def plain(text):
    """DOMAINs are told in full where SQLAlchemy tells name and type only."""
    return re.sub(r"(ARRAY\()?['\"]?(ARRAY\()?DOMAIN\([^\n]*", "DOMAIN(...)", text)


def compare_inspector(limbeck, server, tally):
    told = ask([limbeck], fresh(server, "inspect_ours"), read("reflect.py.txt"))
    tally.equal("inspect() as SQLAlchemy 2.0", plain(read("reflect.out")), plain(told))
    probe = read("reflect_names.py.txt")
    tally.equal("inspect() as this machine's SQLAlchemy",
                ask(ALEMBIC, fresh(server, "inspect_theirs"), probe),
                ask([limbeck], fresh(server, "inspect_again"), probe))


def compare_metadata(limbeck, server, tally):
    told = ask([limbeck], server.new_database("reflect_ours"), read("reflect_metadata.py.txt"))
    tally.equal("MetaData.reflect()", read("reflect_metadata.out"), told)


def main():
    tally = Tally()
    with servers.postgresql() as server:
        if sys.argv[1] == "--record":
            write(os.path.join(HERE, "reflect.out"),
                  ask(ALEMBIC, fresh(server, "inspect_record"), read("reflect.py.txt")))
            write(os.path.join(HERE, "reflect_metadata.out"),
                  ask(ALEMBIC, server.new_database("reflect_record"), read("reflect_metadata.py.txt")))
            return 0
        limbeck = os.path.abspath(sys.argv[1])
        compare_inspector(limbeck, server, tally)
        compare_metadata(limbeck, server, tally)
        if sys.argv[2:] != ["inspector"]:
            compare_schemas(limbeck, server, tally)
    print("%d passed, %d failed" % (tally.passed, tally.failed))
    return 1 if tally.failed or not tally.passed else 0


if __name__ == "__main__":
    sys.exit(main())
