#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""`revision --autogenerate` and `check` where no recorded case can say what is right.

  tests/live/generate.py build/limbeck [name ...]
"""
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

LIMBECK = os.path.abspath(sys.argv[1])
WANTED = sys.argv[2:]
INI = """[alembic]
script_location = %(here)s/migrations
prepend_sys_path = .
sqlalchemy.url = sqlite:///app.db
"""
ENV = """from alembic import context
from sqlalchemy import create_engine

from models import Base
{before}
engine = create_engine(context.config.get_main_option("sqlalchemy.url"))
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata{options})
    with context.begin_transaction():
        context.run_migrations()
"""
MAKO = """revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
from alembic import op
import sqlalchemy as sa
${imports if imports else ""}
def upgrade():
    ${upgrades if upgrades else "pass"}
def downgrade():
    ${downgrades if downgrades else "pass"}
"""
HEAD = """from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base
from sqlalchemy.types import TypeDecorator, UserDefinedType
Base = declarative_base()
"""
ONE = HEAD + """
class One(Base):
    __tablename__ = "one"
    id = Column(Integer, primary_key=True)
"""


class Failed(Exception):
    pass


class Project:
    def __init__(self, top, models, before="", options="", ini="", env=ENV):
        self.dir = top
        os.makedirs(os.path.join(top, "migrations", "versions"))
        self.write("models.py", models)
        self.write("alembic.ini", INI + ini)
        self.write("migrations/script.py.mako", MAKO)
        if env:
            self.write("migrations/env.py", env.format(before=before, options=options))

    def write(self, name, text):
        with open(os.path.join(self.dir, name), "w", encoding="utf-8") as f:
            f.write(text)

    def sql(self, script):
        with sqlite3.connect(os.path.join(self.dir, "app.db")) as db:
            db.executescript(script)
        db.close()

    def run(self, *args, exit=0):
        p = subprocess.run([LIMBECK, *args], cwd=self.dir, capture_output=True, text=True, timeout=60)
        if p.returncode != exit:
            raise Failed("%s: exit %d\n%s%s" % (" ".join(args), p.returncode, p.stdout, p.stderr))
        return p.stdout + p.stderr

    def versions(self):
        folder = os.path.join(self.dir, "migrations", "versions")
        return sorted(n for n in os.listdir(folder) if n.endswith(".py"))

    def text(self):
        with open(os.path.join(self.dir, "migrations", "versions", self.versions()[-1]), encoding="utf-8") as f:
            return f.read()


def has(text, *patterns):
    for pattern in patterns:
        if not re.search(pattern, text):
            raise Failed("not found: %s\nin: %s" % (pattern, text))


def lacks(text, *patterns):
    for pattern in patterns:
        if re.search(pattern, text):
            raise Failed("found: %s\nin: %s" % (pattern, text))


def what_an_unserved_base_may_hold_is_not_dropped(top):
    p = Project(top, HEAD + """
from nowhere.lib import Mixin
class X(Mixin, Base):
    __tablename__ = "x"
    id = Column(Integer, primary_key=True)
""", "import logging\nlogging.basicConfig()\n")
    p.sql("CREATE TABLE x (id INTEGER NOT NULL PRIMARY KEY, extra TEXT); CREATE INDEX ix_e ON x (extra);")
    has(p.run("check"), "nothing of table 'x' is dropped: 'nowhere'.*models.py:\\d+", "No new upgrade operations")


def an_unserved_metadata_is_named(top):
    p = Project(top, "from nowhere.lib import Base\n")
    has(p.run("check", exit=1), "nowhere", "target_metadata", "models.py:1")


def an_emptied_list_writes_nothing(top):
    hook = "def hook(context, revision, directives):\n    print('ops', len(directives[0].upgrade_ops.ops))\n    directives[:] = []\n"
    p = Project(top, ONE, hook, ", process_revision_directives=hook")
    has(p.run("revision", "--autogenerate", "-m", "x"), "ops 1")
    if p.versions():
        raise Failed("a file was written: %s" % p.versions())
    has(p.run("check"), "No new upgrade operations")


def hooks_run_with_revision_environment(top):
    hook = "def hook(context, revision, directives):\n    directives[0].rev_id = 'chosen'\n    directives[0].message = 'by hook'\n"
    p = Project(top, ONE, hook, ", process_revision_directives=hook", "revision_environment = true\n")
    p.run("revision", "-m", "x")
    if p.versions() != ["chosen_by_hook.py"]:
        raise Failed("%s" % p.versions())
    has(p.text(), "revision = 'chosen'", "commands auto generated", "pass")


def types_of_the_project_print_as_they_are_called(top):
    p = Project(top, HEAD + """
class Point(UserDefinedType):
    def __init__(self, srid, kind="POINT"):
        self.srid, self.kind = srid, kind
    def get_col_spec(self, **kw):
        return "POINT"
class Mine(TypeDecorator):
    impl = String
    def __repr__(self):
        return "Mine.made()"
class Short(String):
    pass
class T(Base):
    __tablename__ = "t"
    id = Column(Integer, primary_key=True)
    a = Column(Point(4326))
    b = Column(Point(1, kind="LINE"))
    c = Column(Mine(20))
    d = Column(Short(5))
""")
    p.run("revision", "--autogenerate", "-m", "x")
    has(p.text(), r"models\.Point\(4326\)", r"models\.Point\(1, kind='LINE'\)", r"models\.Mine\.made\(\)",
        r"models\.Short\(length=5\)")


def the_built_in_environment_generates(top):
    p = Project(top, ONE, env=None, ini="[limbeck]\nmodels = models.py:Base.metadata\n")
    p.run("revision", "--autogenerate", "-m", "x")
    has(p.text(), r"op\.create_table\('one'")
    p.run("upgrade", "head")
    has(p.run("check"), "No new upgrade operations")


def a_filter_that_fails_ends_the_command(top):
    hook = "def only(name, type_, parents):\n    return {}[type_]\n"
    p = Project(top, ONE, hook, ", include_name=only")
    p.sql("CREATE TABLE other (id INTEGER);")
    has(p.run("check", exit=1), "KeyError: 'schema'", "in only")
    lacks(p.run("check", exit=1), "No new upgrade")


def a_renderer_missing_is_an_error(top):
    hook = """
from alembic.autogenerate import comparators
from alembic.operations.ops import MigrateOperation
class Odd(MigrateOperation):
    def reverse(self):
        return self
@comparators.dispatch_for("schema")
def add(context, upgrade_ops, schemas):
    upgrade_ops.ops.append(Odd())
"""
    p = Project(top, ONE, hook)
    has(p.run("revision", "--autogenerate", "-m", "x", exit=1), "no dispatch function for object", "Odd")
    if p.versions():
        raise Failed("a file was written: %s" % p.versions())


def tables_of_our_own_are_left_alone(top):
    p = Project(top, ONE)
    p.sql("CREATE TABLE one (id INTEGER NOT NULL PRIMARY KEY); CREATE TABLE limbeck_lease (id INTEGER);"
          "CREATE TABLE limbeck_statement (id INTEGER);")
    has(p.run("check"), "No new upgrade operations")


TESTS = [
    tables_of_our_own_are_left_alone,
    what_an_unserved_base_may_hold_is_not_dropped, an_unserved_metadata_is_named, an_emptied_list_writes_nothing,
    hooks_run_with_revision_environment, types_of_the_project_print_as_they_are_called,
    the_built_in_environment_generates, a_filter_that_fails_ends_the_command, a_renderer_missing_is_an_error,
]


def main():
    failed = 0
    tests = [t for t in TESTS if not WANTED or t.__name__ in WANTED]
    for test in tests:
        top = tempfile.mkdtemp(prefix="limbeck-generate-")
        try:
            test(os.path.join(top, "p"))
        except Failed as error:
            failed += 1
            print("FAIL %s\n%s" % (test.__name__, error))
        finally:
            shutil.rmtree(top)
    print("%d passed, %d failed" % (len(tests) - failed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
