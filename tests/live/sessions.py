#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Data revisions of the binary on SQLite: progress, memory, rollbacks. Prints `N passed, M failed`.

  tests/live/sessions.py build/limbeck [name ...]      LIVE_FULL=1 walks a million rows
"""
import fcntl
import os
import pty
import re
import resource
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile
import termios

LIMBECK = os.path.abspath(sys.argv[1])
WANTED = sys.argv[2:]
ROWS = 1000000 if os.environ.get("LIVE_FULL") == "1" else 100000

INI = """[alembic]
script_location = .
sqlalchemy.url = sqlite:///app.db
[loggers]
keys = root,alembic
[handlers]
keys = console
[formatters]
keys = plain
[logger_root]
level = WARN
handlers = console
[logger_alembic]
level = INFO
handlers =
qualname = alembic
[handler_console]
class = StreamHandler
args = (sys.stderr,)
formatter = plain
[formatter_plain]
format = %(levelname)-5.5s [%(name)s] %(message)s
"""
ENV = """from logging.config import fileConfig
from alembic import context
from sqlalchemy import engine_from_config, pool
fileConfig(context.config.config_file_name)
section = context.config.get_section(context.config.config_ini_section, {})
with engine_from_config(section, poolclass=pool.NullPool).connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
"""
HEAD = """revision = "%s"
down_revision = %r
from alembic import op
import sqlalchemy as sa
from sqlalchemy.orm import Session, declarative_base
Base = declarative_base()
class Item(Base):
    __tablename__ = "item"
    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String(20))
    size = sa.Column(sa.Integer)
def upgrade():
"""
MAKE = """    Base.metadata.create_all(op.get_bind())
    op.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT %d) "
               "INSERT INTO item SELECT i, 'n' || i, i %% 7 FROM n")
"""


class Project:
    def __init__(self, body):
        self.dir = tempfile.mkdtemp(prefix="limbeck-sessions-")
        os.mkdir(os.path.join(self.dir, "versions"))
        for name, text in (("alembic.ini", INI), ("env.py", ENV),
                           ("versions/a.py", HEAD % ("a", None) + MAKE % ROWS),
                           ("versions/b.py", HEAD % ("b", "a") + body)):
            with open(os.path.join(self.dir, name), "w", encoding="utf-8") as f:
                f.write(text)
        status, text = self.run("upgrade", "a")
        must(status == 0, "upgrade a: %s", text)

    def run(self, *args):
        p = subprocess.run([LIMBECK] + list(args), cwd=self.dir, stdin=subprocess.DEVNULL,
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300)
        return p.returncode, p.stdout

    def run_on_terminal(self, *args):
        pid, fd = pty.fork()
        if pid == 0:
            os.chdir(self.dir)
            os.execv(LIMBECK, [LIMBECK] + list(args))
        fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 160, 0, 0))
        out = b""
        while True:
            try:
                piece = os.read(fd, 65536)
            except OSError:
                break
            if not piece:
                break
            out += piece
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), out.decode()

    def query(self, sql):
        connection = sqlite3.connect(os.path.join(self.dir, "app.db"))
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def drop(self):
        shutil.rmtree(self.dir, ignore_errors=True)


class Failed(Exception):
    pass


def must(condition, text, *args):
    if not condition:
        raise Failed(text % args)


def shows_progress(project):
    """On a terminal: statements and rows so far; nothing of it elsewhere."""
    status, out = project.run_on_terminal("upgrade", "b")
    must(status == 0, "exit %d: %s", status, out)
    must(re.search(r"-> b \d+ statements, \d+ rows, \d+ s", out), "no progress: %r", out[:300])
    must(re.search(r"\(\d+\.\d+ s\)", out), "no end: %r", out[-200:])
    project.query("SELECT 1")


def stays_small(project):
    """A walk through all rows, each changed: the memory does not grow with them."""
    status, out = project.run("upgrade", "b")
    must(status == 0, "exit %d: %s", status, out)
    total = project.query("SELECT sum(size) FROM item")[0][0]
    must(total == sum(i % 7 + 1 for i in range(1, ROWS + 1)), "sum of sizes: %r", total)
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print("%d rows: at most %d MB" % (ROWS, used))
    must(used < 160, "%d MB", used)


def rolled_back_for_good(project):
    """After a revision's rollback of the run's transaction nothing of it stays."""
    status, out = project.run("upgrade", "b")
    must(status != 0 and "Can't operate on closed transaction" in out, "exit %d: %s", status, out)
    must(project.query("SELECT count(*) FROM item WHERE name = 'half'")[0][0] == 0, "rows stay")
    must(project.query("SELECT version_num FROM alembic_version") == [("a",)], "version moved")


TESTS = [
    (stays_small, """    session = Session(bind=op.get_bind())
    for item in session.query(Item).yield_per(1000):
        item.size += 1
    session.commit()
"""),
    (shows_progress, """    bind = op.get_bind()
    for number in range(300000):
        bind.execute(sa.text("UPDATE item SET size = :n WHERE id = 1"), {"n": number})
"""),
    (rolled_back_for_good, """    session = Session(bind=op.get_bind())
    try:
        session.add(Item(name="half"))
        session.flush()
        session.add(Item(id=1, name="half"))
        session.flush()
    except sa.exc.IntegrityError:
        session.rollback()
"""),
]


def main():
    passed = failed = 0
    for test, body in TESTS:
        if WANTED and test.__name__ not in WANTED:
            continue
        project = None
        try:
            project = Project(body)
            test(project)
            passed += 1
        except (Failed, sqlite3.Error, subprocess.TimeoutExpired) as problem:
            failed += 1
            print("%s: %s" % (test.__name__, problem))
        finally:
            if project:
                project.drop()
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
