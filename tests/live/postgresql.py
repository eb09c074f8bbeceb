#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The binary against real PostgreSQL servers while things go wrong. Prints `N passed, M failed`.

  tests/live/postgresql.py build/limbeck [group or name ...]   LIVE_FULL=1 tries every point, not a sample
"""
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
import servers  # noqa: E402
import wire  # noqa: E402

LIMBECK = os.path.abspath(sys.argv[1])
WANTED = sys.argv[2:]
FULL = os.environ.get("LIVE_FULL") == "1"
REVISIONS = 12

REVISION = '''"""step {n}"""
from alembic import op
import sqlalchemy as sa

revision = "r{n:03d}"
down_revision = {down!r}


def upgrade():
{up}
    op.execute("INSERT INTO log VALUES ('r{n:03d}')")


def downgrade():
    op.execute("DELETE FROM log WHERE revision = 'r{n:03d}'")
{back}
'''
FIRST = '''    op.create_table("seed", sa.Column("id", sa.Integer(), primary_key=True),
                    sa.Column("word", sa.String(20), nullable=False))
    op.execute("INSERT INTO seed (word) SELECT 'w' || i FROM generate_series(1, 200) AS i")
    op.create_table("log", sa.Column("revision", sa.String(20)))'''
TABLE = '''    op.create_table("t{n}", sa.Column("id", sa.Integer(), primary_key=True),
                    sa.Column("x", sa.String(10)))
    op.create_index("ix_t{n}_x", "t{n}", ["x"])'''
COLUMN = '''    op.add_column("seed", sa.Column("c{n}", sa.Integer(), server_default="1"))
    for row in op.get_bind().execute(sa.text("SELECT id FROM seed ORDER BY id LIMIT 5")).fetchall():
        op.execute("UPDATE seed SET c{n} = %d WHERE id = %d" % (row[0] * 2, row[0]))'''
ENUM = '''    op.create_table("t{n}", sa.Column("id", sa.Integer(), primary_key=True),
                    sa.Column("mood", sa.Enum("sad", "ok", name="mood{n}")))'''
BLOCK = '''    with op.get_context().autocommit_block():
        op.create_index("ix_seed_{n}", "seed", ["word"], postgresql_concurrently=True)'''


def write(path, text):
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def revision_text(n, blocks):
    down = "r%03d" % (n - 1) if n > 1 else None
    if n == 1:
        up, back = FIRST, '    op.drop_table("log")\n    op.drop_table("seed")'
    elif blocks and n == 6:
        up, back = BLOCK, '    op.drop_index("ix_seed_6")'
    elif n % 4 == 0:
        up, back = ENUM, '    op.drop_table("t{n}")\n    op.execute("DROP TYPE mood{n}")'
    elif n % 3 == 0:
        up, back = COLUMN, '    op.drop_column("seed", "c{n}")'
    else:
        up, back = TABLE, '    op.drop_table("t{n}")'
    text = REVISION.format(n=n, down=down, up="@UP@", back="@BACK@")
    if n == 1:
        text = text.replace('    op.execute("DELETE FROM log WHERE revision = \'r001\'")\n', "")
    return text.replace("@UP@", up.replace("{n}", str(n))).replace("@BACK@", back.replace("{n}", str(n)))


class Project:
    """A fresh project in a temporary directory, on a database of its own."""

    def __init__(self, server, revisions=REVISIONS, blocks=False, per_migration=False):
        self.server, self.name, self.blocks = server, "live", blocks
        self.dir = tempfile.mkdtemp(prefix="limbeck-live-")
        self.url = server.url(self.name)
        self.clear()
        self.run("init", "migrations")
        if per_migration:
            self.edit("migrations/env.py", "**target)", "transaction_per_migration=True, **target)")
        for n in range(1, revisions + 1):
            self.revision("r%03d_step" % n, revision_text(n, blocks))

    def revision(self, name, text):
        write(os.path.join(self.dir, "migrations/versions", name + ".py"), text)

    def edit(self, path, old, new):
        path = os.path.join(self.dir, path)
        with open(path, encoding="utf-8") as f:
            text = f.read()
        must(old in text, "%s has no %r", path, old)
        write(path, text.replace(old, new))

    def start(self, *args, before=(), url=None, env=None):
        keep = {k: v for k, v in os.environ.items() if k not in ("ALEMBIC_CONFIG",) and not k.startswith("PG")}
        keep.update(DATABASE_URL=url or self.url, LC_ALL="C.UTF-8", **(env or {}))
        return subprocess.Popen(list(before) + [LIMBECK] + list(args), cwd=self.dir, env=keep,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True, errors="replace")

    def run(self, *args, before=(), timeout=120, url=None, env=None):
        p = self.start(*args, before=before, url=url, env=env)
        out, err = p.communicate(timeout=timeout)
        return p.returncode, out, err

    def done(self, *args, **more):
        """Runs what must succeed; gives what it logged."""
        status, out, err = self.run(*args, **more)
        must(status == 0, "%s: exit %d\n%s%s", " ".join(args), status, out, err)
        return err

    def query(self, sql):
        return self.server.query(self.name, sql)

    def schema(self):
        return [line for line in subprocess.run(
            ["pg_dump", "-s", "-d", self.name], env=self.server.environment(), stdout=subprocess.PIPE,
            text=True, check=True).stdout.splitlines()
            if line and not line.startswith(("--", "\\restrict", "\\unrestrict"))]

    def version(self):
        if self.query("SELECT to_regclass('alembic_version')") == [["NULL"]]:
            return None
        rows = self.query("SELECT version_num FROM alembic_version")
        return rows[0][0] if rows else None

    def clear(self):
        self.server.new_database(self.name)

    def drop(self):
        shutil.rmtree(self.dir, ignore_errors=True)


class Failed(Exception):
    pass


def must(condition, text, *args):
    if not condition:
        raise Failed(text % args)


class Judge:
    """Knows the schema of each version, and holds a database against it."""

    known = {}  # by project.blocks: version -> schema

    def __init__(self, project):
        self.project = project
        if project.blocks not in self.known:
            self.known[project.blocks] = self.learn()
        self.schemas = self.known[project.blocks]

    def learn(self):
        project, schemas = self.project, {}
        project.clear()
        for n in range(REVISIONS + 1):
            if n:
                project.done("upgrade", "r%03d" % n)
            schemas[project.version()] = project.schema()
        project.clear()
        return schemas

    def check(self):
        """Data, log and schema are those of the version, whatever it is."""
        project = self.project
        version = project.version()
        n = int(version[1:]) if version else 0
        log = [r[0] for r in project.query("SELECT revision FROM log ORDER BY revision")] if n else []
        must(log == ["r%03d" % i for i in range(1, n + 1)], "version %s, but applied %s", version, log)
        if n:
            must(project.query("SELECT count(*), sum(id) FROM seed") == [["200", "20100"]], "rows lost")
        schema = [x for x in project.schema()]
        if version is None:
            return
        must(schema == self.schemas[version], "version %s, but the schema is another", version)


def applied_once(project):
    log = [r[0] for r in project.query("SELECT revision FROM log ORDER BY revision")]
    must(log == ["r%03d" % i for i in range(1, REVISIONS + 1)], "applied: %s", log)
    must(project.version() == "r%03d" % REVISIONS, "not at head: %s", project.version())


# ---------------------------------------------------------------- the tests

def up_and_down_again(server):
    """up to head, down to the base, up again: the same schema and rows"""
    for per_migration in (False, True):
        project = Project(server, blocks=True, per_migration=per_migration)
        try:
            judge = Judge(project)
            for target in (("upgrade", "head"), ("downgrade", "r001"), ("upgrade", "head"), ("downgrade", "base"),
                           ("upgrade", "head")):
                project.done(*target)
                judge.check()
            applied_once(project)
        finally:
            project.drop()


def crowd(project, count, url=None):
    running = [project.start("upgrade", "head", url=url) for _ in range(count)]
    for p in running:
        out, err = p.communicate(timeout=120)
        must(p.returncode == 0, "exit %d\n%s%s", p.returncode, out, err)
    applied_once(project)


def concurrent_upgrades(server):
    """64 processes upgrade an empty database at once: all exit 0, each revision is applied once"""
    for round in range(20 if FULL else 3):
        project = Project(server, blocks=round % 3 == 0, per_migration=round % 3 == 1)
        try:
            crowd(project, 64)
        finally:
            project.drop()


def concurrent_through_a_pooler(server):
    """16 processes through pgbouncer in transaction mode: a lease instead of the session's lock"""
    project = Project(server, per_migration=True)
    try:
        with servers.pgbouncer(server) as pool:
            err = project.done("upgrade", "r002", url=pool.url(project.name))
            must("limbeck_lease" in err, "nothing is said of the lease:\n%s", err)
            crowd(project, 16, url=pool.url(project.name))
        rows = project.query("SELECT count(*) FROM limbeck_lease")
        must(rows == [["0"]], "a lease was left: %s", rows)
    finally:
        project.drop()


SLOW = '''"""slow"""
from alembic import op
revision, down_revision = "s1", None


def upgrade():
    op.execute("CREATE TABLE slow AS SELECT 1 AS id FROM pg_sleep(40)")
'''


def lease_outlives_a_long_statement(server):
    """through a pooler: a statement of 40 s, and the second run waits all the while"""
    project = Project(server, revisions=0)
    try:
        project.revision("s1", SLOW)
        with servers.pgbouncer(server) as pool:
            first = project.start("upgrade", "head", url=pool.url(project.name))
            time.sleep(2)
            err = project.done("upgrade", "head", url=pool.url(project.name))
            first.communicate(timeout=60)
        must(first.returncode == 0, "exit %d", first.returncode)
        must("Running upgrade" not in err, "it ran twice:\n%s", err)
    finally:
        project.drop()


def sends(project):
    """How often an undisturbed run sends to the server."""
    trace = os.path.join(project.dir, "trace")
    project.done("upgrade", "head", before=["strace", "-f", "-qq", "-e", "trace=sendto", "-o", trace])
    with open(trace, encoding="utf-8", errors="replace") as f:
        return sum("sendto(" in line for line in f)


def killed_anywhere(server):
    """kill -9 before any send: version = schema, and a second run finishes"""
    for per_migration in (False, True):
        project = Project(server, per_migration=per_migration)
        try:
            judge = Judge(project)
            count = sends(project)
            must(count > 0, "no sendto seen")
            step = max(1, count // (100 if FULL else 6))
            for point in range(1, count + 1, step):
                project.clear()
                inject = "inject=sendto:signal=KILL:when=%d" % point
                status, _, _ = project.run("upgrade", "head", before=[
                    "strace", "-f", "-qq", "-e", "trace=sendto", "-e", inject, "-o", "/dev/null"])
                must(status != 0, "not killed at %d of %d", point, count)
                judge.check()
                project.done("upgrade", "head")
                judge.check()
                applied_once(project)
        finally:
            project.drop()


def harmed(server, per_migration, kind, point_of):
    """One run after the other with one fault each; every failed one says why, and a re-run finishes."""
    project = Project(server, per_migration=per_migration)
    try:
        judge = Judge(project)
        with wire.Proxy(server) as proxy:
            project.done("upgrade", "head", url=proxy.url(project.name))
            count = proxy.count
        failures, said = 0, ""
        for point in point_of(count):
            project.clear()
            with wire.Proxy(server, **{kind: point}) as proxy:
                status, out, err = project.run("upgrade", "head", url=proxy.url(project.name), timeout=60)
            must(status in (0, 1, 255), "%s %d: exit %d\n%s%s", kind, point, status, out, err)
            failures += status != 0
            said += err
            if status:
                must(re.search(r"connection|server closed|terminat", out + err), "%s %d: no reason in\n%s%s",
                     kind, point, out, err)
                must(servers.PASSWORD not in out + err, "the password is shown")
            judge.check()
            if status == 0:
                must(project.version() == "r%03d" % REVISIONS, "%s %d: exit 0 at %s", kind, point, project.version())
            project.done("upgrade", "head")
            judge.check()
            applied_once(project)
        must(failures > 0, "%s: no run has failed", kind)
        return said
    finally:
        project.drop()


def sample(most):
    return lambda count: range(1, count + 1, 1 if FULL else max(1, count // most))


def terminated_anywhere(server):
    """pg_terminate_backend before any message: a clear error, and a second run finishes"""
    harmed(server, False, "terminate", sample(5))
    harmed(server, True, "terminate", sample(5))


def cut_anywhere(server):
    """the line is cut before or after any message; a COMMIT in doubt is decided by the version table"""
    harmed(server, False, "cut_before", sample(4))
    harmed(server, True, "cut_after", sample(4))
    # before the unlocking and the good-bye stand the messages of COMMIT
    said = harmed(server, False, "cut_after", lambda count: range(count - 12, count - 4, 1 if FULL else 2))
    must("the version table says that it was done" in said, "no COMMIT was in doubt:\n%s", said)


BLOCKS = '''"""blocks"""
from alembic import op
import sqlalchemy as sa
revision, down_revision = "k1", None


def upgrade():
    op.create_table("k", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("x", sa.Integer()))
    op.execute("CREATE TYPE mood AS ENUM ('sad')")
    op.execute("INSERT INTO k SELECT i, i %% 50 FROM generate_series(1, 100) AS i")
    with op.get_context().autocommit_block():
        op.create_index("ix_k_x", "k", ["x"], postgresql_concurrently=True)
        op.execute("ALTER TYPE mood ADD VALUE 'ok'")
        %s
    op.add_column("k", sa.Column("mood", sa.Enum("sad", "ok", name="mood"), server_default="ok"))
    with op.get_context().autocommit_block():
        op.drop_index("ix_k_x", "k", postgresql_concurrently=True)
        op.create_index("ix_k_xid", "k", ["x", "id"], unique=True, postgresql_concurrently=True)


def downgrade():
    pass
'''


def killed_in_blocks(server):
    """kill -9 around an autocommit_block: the next run goes on from there"""
    project = Project(server, revisions=0)
    try:
        project.revision("k1", BLOCKS % "pass")
        count = sends(project)
        whole = project.schema()
        must(not any("limbeck_" in line for line in whole), "the journal is left: %s", whole)
        for point in range(1, count + 1, 1 if FULL else 2):
            project.clear()
            project.run("upgrade", "head", before=["strace", "-f", "-qq", "-e", "trace=sendto", "-e",
                                                   "inject=sendto:signal=KILL:when=%d" % point, "-o", "/dev/null"])
            time.sleep(0.05)
            project.done("upgrade", "head")
            must(project.schema() == whole, "point %d: another schema", point)
            must(project.query("SELECT count(*) FROM k") == [["100"]], "point %d: rows", point)
    finally:
        project.drop()


def broken_in_raw_sql(project):
    """Kills the run while its raw statement is under way; the server goes on with it."""
    p = project.start("upgrade", "head")
    until = time.monotonic() + 20
    while project.query("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%1000 FROM pg_sleep%' "
                        "AND state = 'active' AND pid <> pg_backend_pid()") == [["0"]]:
        must(time.monotonic() < until, "the statement is not seen")
        time.sleep(0.02)
    p.kill()
    p.communicate()


def doubts_are_named(server):
    """raw SQL that was under way when the run was killed is named, and the user decides by `resume`"""
    project = Project(server, revisions=0)
    try:
        project.revision("k1", BLOCKS % "op.execute('INSERT INTO k SELECT 1000 FROM pg_sleep(1)')")
        status, out, err = project.run("resume", "--retry")
        must(status == 255 and "no run was broken off" in out, "exit %d\n%s%s", status, out, err)
        broken_in_raw_sql(project)
        status, out, err = project.run("upgrade", "head")
        must(status == 255 and "statement 6 of upgrade  -> k1 was under way" in out, "exit %d\n%s%s", status, out, err)
        must("k1.py:14" in out and "limbeck resume --done" in out, "not told:\n%s%s", out, err)
        status, out, err = project.run("resume")
        must(status == 0 and "INSERT INTO k SELECT 1000 FROM pg_sleep(1)" in out, "exit %d\n%s%s", status, out, err)
        until = time.monotonic() + 20
        while project.query("SELECT count(*) FROM k WHERE id = 1000") == [["0"]]:
            must(time.monotonic() < until, "the server has not done it")
            time.sleep(0.05)
        project.done("resume", "--done")
        project.done("upgrade", "head")
        must(project.query("SELECT count(*) FROM k") == [["101"]], "rows")
        project.clear()
        broken_in_raw_sql(project)
        project.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
                      "AND pid <> pg_backend_pid()")
        project.done("resume", "--retry")
        project.done("upgrade", "head")
        must(project.query("SELECT count(*) FROM k") == [["101"]], "rows")
    finally:
        project.drop()


SESSION = '''"""session"""
from alembic import op
revision, down_revision = "s1", None


def upgrade():
    op.execute("CREATE SCHEMA other")
    with op.get_context().autocommit_block():
        op.execute("SET search_path TO other")
        op.execute("CREATE TABLE one (id integer)")
        op.execute("CREATE TABLE two (id NOTYPE)")
    op.execute("CREATE TABLE three (id integer)")
    op.execute("SET search_path TO public")
'''


def settings_of_the_session_are_made_again(server):
    """what a broken run had set for its session is set again, though its statements are passed over"""
    project = Project(server, revisions=0)
    try:
        project.revision("s1", SESSION)
        status, out, err = project.run("upgrade", "head")
        must(status == 1 and "42704" in err, "exit %d\n%s%s", status, out, err)
        project.revision("s1", SESSION.replace("NOTYPE", "integer"))
        project.done("upgrade", "head")
        there = project.query("SELECT relname FROM pg_class WHERE relnamespace = 'other'::regnamespace ORDER BY 1")
        must(there == [["one"], ["three"], ["two"]], "in the schema: %s", there)
    finally:
        project.drop()


def invalid_indexes(server):
    """an index that CREATE INDEX CONCURRENTLY left invalid is dropped and made again"""
    project = Project(server, revisions=0)
    try:
        project.revision("k1", (BLOCKS % "pass").replace('["x", "id"]', '["x"]'))
        status, out, err = project.run("upgrade", "head")
        must(status == 1 and "23505" in err and "stay" in err, "exit %d\n%s%s", status, out, err)
        must(project.query("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('ix_k_xid')") == [["f"]],
             "there is no invalid index")
        project.query("DELETE FROM k WHERE id > 50")
        err = project.done("upgrade", "head")
        must("left invalid" in err, "not told:\n%s", err)
        must(project.query("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('ix_k_xid')") == [["t"]],
             "the index is not valid")
        must(project.query("SELECT to_regclass('limbeck_statement')") == [["NULL"]], "the journal is left")
    finally:
        project.drop()


class Holder:
    """Another session, with a transaction that holds a lock until it is closed."""

    def __init__(self, project, sql):
        self.process = subprocess.Popen(["psql", "-X", "-q", "-A", "-t", "-d", project.name],
                                        env=project.server.environment(), stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.ask("BEGIN; %s; SELECT 'ready'" % sql, "ready")

    def ask(self, sql, last):
        self.process.stdin.write(sql + ";\n")
        self.process.stdin.flush()
        for line in self.process.stdout:
            if line.strip() == last:
                return
        raise Failed("the other session has ended")

    def close(self):
        self.process.stdin.close()
        self.process.wait(30)


def lock_waits(server):
    """a table that is in use: retried whole; then the failure says so, and nobody else waits long"""
    project = Project(server)
    try:
        project.done("upgrade", "r002")
        holder = Holder(project, "SELECT count(*) FROM seed")
        threading.Timer(1.5, holder.close).start()
        err = project.done("upgrade", "r003", env={"LIMBECK_LOCK_TIMEOUT": "200ms"})
        must("55P03" in err and "done again" in err, "no retry in:\n%s", err)
        must(err.count("Running upgrade r002 -> r003") > 1, "the revision was not announced again:\n%s", err)
        project.done("downgrade", "r002")
        holder = Holder(project, "SELECT count(*) FROM seed")
        status, out, err = project.run("upgrade", "r003", "--lock-timeout", "50ms")
        holder.close()
        must(status == 1 and "55P03" in err, "exit %d\n%s%s", status, out, err)
        must("(6 of 6)" in err, "not six tries:\n%s", err)
        must(project.version() == "r002", "at %s", project.version())
        waited_by_others(project)
    finally:
        project.drop()


def waited_by_others(project):
    """While the migration asks for the table again and again, an application's query gets through."""
    holder = Holder(project, "SELECT count(*) FROM seed")
    other = Holder(project, "COMMIT")
    p = project.start("upgrade", "r003", "--lock-timeout", "300ms")
    longest, until = 0, time.monotonic() + 2
    while time.monotonic() < until:
        began = time.monotonic()
        other.ask("SELECT count(*) * 0 - 1 FROM seed", "-1")
        longest = max(longest, time.monotonic() - began)
        time.sleep(0.01)
    holder.close()
    other.close()
    p.communicate(timeout=60)
    must(p.returncode == 0, "exit %d", p.returncode)
    must(longest < 0.8, "a query waited %.1f s", longest)


CROSSING = '''"""crossing"""
from alembic import op
revision, down_revision = "c1", None


def upgrade():
    op.execute("UPDATE one SET n = n + 1")
    op.execute("SELECT pg_sleep(0.3)")
    op.execute("UPDATE two SET n = n + 1")
'''


def crossed(project, other, waiting, url=None):
    """A run is under way when another session does something; it succeeds all the same, and tells why it began anew."""
    project.query("CREATE TABLE one AS SELECT 0 AS n; CREATE TABLE two AS SELECT 0 AS n")
    holder = Holder(project, "SET deadlock_timeout = '60s'; UPDATE two SET n = n + 10")
    p = project.start("upgrade", "head", url=url)
    until = time.monotonic() + 20
    while project.query("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'limbeck' AND " + waiting) == [["0"]]:
        must(time.monotonic() < until, "the run is not seen")
    holder.ask(other + "; COMMIT; SELECT 'through'", "through")
    holder.close()
    out, err = p.communicate(timeout=60)
    must(p.returncode == 0, "exit %d\n%s%s", p.returncode, out, err)
    return err


def conflicts_are_done_again(server):
    """a deadlock, a row that changed under a snapshot: rolled back and done again as a whole"""
    project = Project(server, revisions=0)
    try:
        project.revision("c1", CROSSING)
        err = crossed(project, "UPDATE one SET n = n + 10", "wait_event_type = 'Lock'")
        must("40P01" in err and "done again" in err, "no deadlock in:\n%s", err)
        must(project.query("SELECT one.n, two.n FROM one, two") == [["11", "11"]], "rows")
        project.clear()
        snapshot = server.url(project.name, options=r"-c default_transaction_isolation=repeatable\ read")
        err = crossed(project, "SELECT 1", "wait_event = 'PgSleep'", snapshot)
        must("40001" in err and "done again" in err, "no conflict in:\n%s", err)
        must(project.query("SELECT one.n, two.n FROM one, two") == [["1", "11"]], "rows")
    finally:
        project.drop()


def lock_wait_ends(server):
    """a run that finds another one: says who, waits, gives up after --lock-wait"""
    project = Project(server)
    try:
        holder = Holder(project, "SET application_name = 'the other'; SELECT pg_advisory_lock(1281977698, "
                                 "hashtext('public.alembic_version'))")
        status, out, err = project.run("upgrade", "head", "--lock-wait", "500ms")
        must(status == 255 and "another run is migrating" in out, "exit %d\n%s%s", status, out, err)
        must("the other" in err and "server process" in err, "the holder is not named:\n%s", err)
        must(project.version() is None, "something was done")
        threading.Timer(0.7, holder.close).start()
        err = project.done("upgrade", "head")
        must("going on after" in err, "no word of the wait:\n%s", err)
        applied_once(project)
        status, out, err = project.run("upgrade", "head", "--lock-wait", "soon")
        must(status == 255 and "lock_wait = soon is no time" in out, "exit %d\n%s%s", status, out, err)
    finally:
        project.drop()


class Filled:
    """Sessions that take all connections of a server."""

    def __init__(self, project):
        self.processes = []
        while project.server.answers():
            self.processes.append(subprocess.Popen(
                ["psql", "-X", "-q", "-d", project.name, "-c", "SELECT pg_sleep(60)"], env=project.server.environment(),
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
            time.sleep(0.1)

    def end(self):
        for p in self.processes:
            servers.stop(p, signal.SIGKILL)


def starting_server(server):
    """It recovers, and lets nobody in before end() is called."""
    server.stop()
    signal_file = os.path.join(server.folder, "data", "standby.signal")
    write(signal_file, "")
    servers.give_to_postgres(signal_file)
    starting = threading.Thread(target=server.start, args=({"hot_standby": "off"},))
    starting.start()
    while "not accepting" not in subprocess.run(["psql", "-w", "postgres"], env=server.environment(), stdin=subprocess.DEVNULL,
                                                stderr=subprocess.PIPE, text=True).stderr:
        time.sleep(0.05)
    return starting


def promote(server, starting):
    subprocess.run(servers.as_postgres([os.path.join(server.bin, "pg_ctl"), "promote", "-W", "-D", os.path.join(server.folder, "data")]),
                   cwd=server.folder, stdout=subprocess.DEVNULL, check=True)
    starting.join()


def connections_are_waited_for(_):
    """no connection left, a server that is still starting: said, and waited for as long as lock_wait says"""
    settings = {"max_connections": "4", "superuser_reserved_connections": "0", "max_wal_senders": "0"}
    with servers.postgresql(settings=settings, own=True) as server:
        project = Project(server, revisions=2)
        try:
            filled = Filled(project)
            status, out, err = project.run("upgrade", "head", "--lock-wait", "300ms")
            must(status == 1 and "too many clients" in err, "exit %d\n%s%s", status, out, err)
            threading.Timer(1, filled.end).start()
            err = project.done("upgrade", "r001")
            must("too many clients already; waiting" in err and "connected after" in err, "not told:\n%s", err)
            starting = starting_server(server)
            threading.Timer(1, promote, (server, starting)).start()
            err = project.done("upgrade", "head")
            must("not accepting connections; waiting" in err, "not told:\n%s", err)
            starting.join()
        finally:
            project.drop()


def plain_text_is_warned_of(server):
    """a password sent to another network without TLS: one warning; none for a host that is near"""
    project = Project(server, revisions=1)
    try:
        far = server.url(project.name, host="db.example.com", hostaddr=server.host)
        err = project.done("upgrade", "head", url=far)
        must(err.count("is in plain text") == 1 and "db.example.com" in err, "not warned once:\n%s", err)
        must("plain text" not in project.done("current"), "warned without need")
    finally:
        project.drop()


NOTICES = '''"""talk"""
from alembic import op
revision, down_revision = "n1", None


def upgrade():
    op.execute("DO $$ BEGIN RAISE NOTICE 'one'; END $$")
    op.execute("DO $$ BEGIN RAISE WARNING 'two'; END $$")
    print("three", flush=True)
    op.execute("DO $$ BEGIN RAISE NOTICE 'four'; END $$")
'''


def notices_in_order(server):
    """what the server says is logged as it comes"""
    project = Project(server, revisions=0)
    try:
        project.revision("n1", NOTICES)
        err = project.done("upgrade", "head")
        said = re.findall(r"\w+ +\[alembic\.\S+\] (?:\w+: )?(\w+)", err)
        must(said == ["Running", "one", "two", "four"], "%s in:\n%s", said, err)
        must("WARNI [alembic.database] WARNING: two" in err, "no warning in:\n%s", err)
    finally:
        project.drop()


BROKEN = '''"""broken"""
from alembic import op
revision, down_revision = "b1", None


def helper(table):
    op.execute("INSERT INTO %s (id, nosuch) VALUES (1, 2)" % table)
    op.execute("SELECT 1")


def upgrade():
    op.execute("CREATE TABLE fine (id integer)")
    helper("fine")
    op.execute("SELECT 2")
'''
CAUGHT = '''"""caught"""
from alembic import op
import sqlalchemy as sa
revision, down_revision = "b1", None


def upgrade():
    op.execute("CREATE TABLE fine (id integer)")
    bind = op.get_bind()
    try:
        with bind.begin_nested():
            op.execute("INSERT INTO nosuch VALUES (1)")
    except sa.exc.ProgrammingError as error:
        print("caught", type(error.orig).__name__, flush=True)
    op.execute("CREATE TABLE also (id integer)")
'''
LATE = '''"""late"""
from alembic import op
revision, down_revision = "b1", None


def upgrade():
    op.execute("INSERT INTO nosuch VALUES (1)")
    try:
        op.execute("CREATE TABLE fine (id integer)")
    except Exception:
        print("caught what is not its own", flush=True)
'''


def errors_have_their_places(server):
    """a failed statement is told with its file, line, SQL and position; a try catches its own only"""
    project = Project(server, revisions=0)
    try:
        project.revision("b1", BROKEN)
        status, out, err = project.run("upgrade", "head")
        must(status == 1, "exit %d\n%s%s", status, out, err)
        for part in ('b1.py", line 7, in helper', 'b1.py", line 13, in upgrade', "INSERT INTO fine (id, nosuch)",
                     "42703", "rolled back"):
            must(part in err, "no %r in:\n%s", part, err)
        must(project.query("SELECT to_regclass('fine')") == [["NULL"]], "not rolled back")
        project.revision("b1", CAUGHT)
        status, out, err = project.run("upgrade", "head")
        must(status == 0 and "caught" in out, "exit %d\n%s%s", status, out, err)
        must(project.query("SELECT to_regclass('also')") == [["also"]], "not gone on")
        project.clear()
        project.revision("b1", LATE)
        status, out, err = project.run("upgrade", "head")
        must(status == 1 and "caught" not in out, "exit %d\n%s%s", status, out, err)
        must('b1.py", line 7, in upgrade' in err, "not its place:\n%s", err)
    finally:
        project.drop()


TENANTS = '''
import os
from alembic import context
from sqlalchemy import create_engine, text

engine = create_engine(os.environ["DATABASE_URL"])
with engine.connect() as connection:
    for tenant in ("one", "two"):
        connection.execute(text("CREATE SCHEMA IF NOT EXISTS " + tenant))
        connection.execute(text("SET search_path TO " + tenant))
        connection.commit()
        context.configure(connection=connection, version_table_schema=tenant, include_schemas=True)
        with context.begin_transaction():
            context.run_migrations()
'''
INSIDE = '''
import os
from alembic import context
from sqlalchemy import create_engine

engine = create_engine(os.environ["DATABASE_URL"])
with engine.connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.execute("SET search_path TO three")
        context.run_migrations()
'''
OWN = '''
import os
from alembic import context
from sqlalchemy import create_engine

with create_engine(os.environ["DATABASE_URL"]).begin() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
'''
BEFORE = '''
import os
from alembic import context
from sqlalchemy import create_engine, text

engine = create_engine(os.environ["DATABASE_URL"])
with engine.connect() as connection:
    connection.execute(text("SELECT 1"))
    context.configure(connection=connection, version_table="versions of it")
    with context.begin_transaction():
        context.execute("CREATE TEMPORARY TABLE seen AS SELECT count(*) AS n FROM pg_locks "
                        "WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        context.execute("SELECT pg_advisory_xact_lock(7)")
        context.run_migrations()
        context.execute("CREATE TABLE IF NOT EXISTS after AS SELECT count(*) AS n FROM pg_locks WHERE locktype = 'advisory' "
                        "AND objid = 7 AND pid = pg_backend_pid()")
'''


def environments(server):
    """a version table in each tenant's schema; statements of env.py before and round the run"""
    project = Project(server)
    try:
        write(os.path.join(project.dir, "migrations/env.py"), TENANTS)
        for target in (("upgrade", "head"), ("downgrade", "base"), ("upgrade", "head")):
            project.done(*target)
        write(os.path.join(project.dir, "migrations/env.py"), INSIDE)
        project.query("CREATE SCHEMA three")
        project.query("CREATE TABLE public.alembic_version (version_num varchar(32))")
        err = project.done("upgrade", "head")
        must("could not be given back" not in err, "%s", err)
        must(project.query("SELECT version_num FROM three.alembic_version") == [["r012"]], "three")
        project.query("DROP TABLE public.alembic_version")
        for tenant in ("one", "two"):
            must(project.query("SELECT version_num FROM %s.alembic_version" % tenant) == [["r012"]], "%s", tenant)
            must(project.query("SELECT count(*) FROM %s.log" % tenant) == [["12"]], "%s: log", tenant)
        must(project.query("SELECT to_regclass('public.alembic_version')") == [["NULL"]], "a table in public")
        project.clear()
        write(os.path.join(project.dir, "migrations/env.py"), OWN)
        project.done("upgrade", "r005")
        crowd(project, 8)
        project.done("downgrade", "base")
        project.done("stamp", "r003")
        must(project.version() == "r003", "at %s", project.version())
        project.clear()
        write(os.path.join(project.dir, "migrations/env.py"), BEFORE)
        project.done("upgrade", "head")
        must(project.query('SELECT version_num FROM "versions of it"') == [["r012"]], "version")
        must(project.query("SELECT n FROM after") == [["1"]], "the transaction of env.py was not the run's")
        status, out, err = project.run("current")
        must(status == 0 and "r012 (head)" in out, "exit %d\n%s%s", status, out, err)
    finally:
        project.drop()


NOTHING = '''"""nothing"""
from alembic import op
revision, down_revision = "n1", None


def upgrade():
    op.execute("CREATE TABLE IF NOT EXISTS there (id integer)")
    op.execute("ALTER TABLE there ADD COLUMN IF NOT EXISTS id integer")
'''


def what_did_nothing_is_named(server):
    """schema statements that changed nothing: a warning"""
    project = Project(server, revisions=0)
    try:
        project.revision("n1", NOTHING)
        must("as it was" not in project.done("upgrade", "head"), "warned without need")
        project.clear()
        project.query("CREATE TABLE there (id integer)")
        err = project.done("upgrade", "head")
        must("revision n1 ran 2 schema statements, but the schema is as it was" in err, "no warning:\n%s", err)
    finally:
        project.drop()


def newer_server(_):
    """PostgreSQL 18: there and back, a crowd, an error with its place"""
    try:
        with servers.postgresql(18) as server:
            project = Project(server, blocks=True)
            try:
                project.done("upgrade", "head")
                project.done("downgrade", "base")
                crowd(project, 16)
            finally:
                project.drop()
            errors_have_their_places(server)
    except servers.Unavailable as reason:
        print("newer_server skipped: %s" % reason)


GROUPS = {
    "runs": [up_and_down_again, concurrent_upgrades, concurrent_through_a_pooler, lock_waits, conflicts_are_done_again, lock_wait_ends,
             connections_are_waited_for, plain_text_is_warned_of,
             notices_in_order, errors_have_their_places, environments, what_did_nothing_is_named,
             newer_server],
    "faults": [killed_anywhere, killed_in_blocks, doubts_are_named,
               settings_of_the_session_are_made_again, invalid_indexes, terminated_anywhere,
               cut_anywhere],
}
if FULL:
    GROUPS["runs"].append(lease_outlives_a_long_statement)


def chosen():
    for group, tests in GROUPS.items():
        for test in tests:
            if not WANTED or group in WANTED or test.__name__ in WANTED:
                yield test


def main():
    passed = failed = 0
    with servers.postgresql() as server:
        for test in chosen():
            began = time.monotonic()
            try:
                test(server)
                passed += 1
            except (Failed, RuntimeError, OSError, subprocess.SubprocessError) as problem:
                failed += 1
                print("%s: %s" % (test.__name__, problem))
            if os.environ.get("LIVE_TIMES"):
                print("%s %.1f s" % (test.__name__, time.monotonic() - began), flush=True)
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
