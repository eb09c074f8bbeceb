#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The binary against real SQLite files while things go wrong. Prints `N passed, M failed`.

  tests/live/run.py build/limbeck [name ...]      LIVE_FULL=1 tries every point, not a sample
"""
import contextlib
import hashlib
import os
import re
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile

LIMBECK = os.path.abspath(sys.argv[1])
WANTED = sys.argv[2:]
FULL = os.environ.get("LIVE_FULL") == "1"
REVISIONS = 12

REVISION = '''"""step {n}

Revision ID: r{n:03d}
Revises: {down}
"""
from alembic import op
import sqlalchemy as sa

revision = "r{n:03d}"
down_revision = {down!r}
branch_labels = None
depends_on = None


def upgrade():
{up}


def downgrade():
{down_body}
'''
FIRST = '''    op.create_table("seed", sa.Column("id", sa.Integer(), primary_key=True),
                    sa.Column("word", sa.String(20), nullable=False))
    op.execute("WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c LIMIT 200) "
               "INSERT INTO seed (id, word) SELECT i, 'w' || i FROM c")
    op.create_table("log", sa.Column("revision", sa.String(20)))
    op.execute("INSERT INTO log VALUES ('r001')")'''
TABLE = '''    op.create_table("t{n}", sa.Column("id", sa.Integer(), primary_key=True),
                    sa.Column("x", sa.String(10)))
    op.create_index("ix_t{n}_x", "t{n}", ["x"])
    op.execute("INSERT INTO log VALUES ('r{n:03d}')")'''
BATCH = '''    with op.batch_alter_table("seed") as batch_op:
        batch_op.add_column(sa.Column("c{n}", sa.Integer(), server_default=sa.text("1 + 1")))
        batch_op.alter_column("word", type_=sa.String({n}0), existing_type=sa.String(20))
    op.execute("INSERT INTO log VALUES ('r{n:03d}')")'''


def write(path, text):
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def revision_text(n):
    down = "r%03d" % (n - 1) if n > 1 else None
    body = FIRST if n == 1 else (BATCH if n % 3 == 0 else TABLE).format(n=n)
    back = "    pass" if n == 1 else (
        '    op.execute("DELETE FROM log WHERE revision = \'r%03d\'")\n' % n +
        ('    with op.batch_alter_table("seed") as b:\n        b.drop_column("c%d")' % n if n % 3 == 0
         else '    op.drop_table("t%d")' % n))
    return REVISION.format(n=n, down=down, up=body, down_body=back)


class Project:
    """A fresh project in a temporary directory, with app.db as its database."""

    def __init__(self, revisions=REVISIONS):
        self.dir = tempfile.mkdtemp(prefix="limbeck-live-")
        self.run("init", "migrations")
        ini = os.path.join(self.dir, "alembic.ini")
        with open(ini, encoding="utf-8") as f:
            text = re.sub(r"(?m)^sqlalchemy\.url *=.*$", "sqlalchemy.url = sqlite:///app.db", f.read())
        write(ini, text)
        for n in range(1, revisions + 1):
            write(os.path.join(self.dir, "migrations/versions/r%03d_step.py" % n), revision_text(n))
        self.db = os.path.join(self.dir, "app.db")

    def start(self, *args, before=()):
        env = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "ALEMBIC_CONFIG")}
        return subprocess.Popen(list(before) + [LIMBECK] + list(args), cwd=self.dir, env=env,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True, errors="replace")

    def run(self, *args, before=(), timeout=60):
        p = self.start(*args, before=before)
        out, err = p.communicate(timeout=timeout)
        return p.returncode, out, err

    def query(self, sql):
        connection = sqlite3.connect(self.db)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def schema(self):
        return sorted(r[0] for r in self.query("SELECT sql FROM sqlite_master WHERE sql NOT NULL"))

    def version(self):
        if not self.query("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"):
            return None
        rows = self.query("SELECT version_num FROM alembic_version")
        return rows[0][0] if rows else None

    def clear(self):
        for name in os.listdir(self.dir):
            if name.startswith("app.db"):
                os.unlink(os.path.join(self.dir, name))

    def drop(self):
        shutil.rmtree(self.dir, ignore_errors=True)


class Failed(Exception):
    pass


def must(condition, text, *args):
    if not condition:
        raise Failed(text % args)


def digest(path):
    with open(path, "rb") as f:
        return hashlib.sha256(f.read()).hexdigest()


def check_whole(project):
    """Data and log are those of the version, whatever it is."""
    version = project.version()
    n = int(version[1:]) if version else 0
    log = [r[0] for r in project.query("SELECT revision FROM log ORDER BY revision")] if n else []
    must(log == ["r%03d" % i for i in range(1, n + 1)], "version %s, but applied %s", version, log)
    if n:
        must(project.query("SELECT count(*), sum(id) FROM seed") == [(200, 20100)], "rows lost")
    debris = project.query("SELECT name FROM sqlite_master WHERE name LIKE '_alembic_tmp%'")
    must(not debris, "debris: %s", debris)
    must(project.query("PRAGMA integrity_check") == [("ok",)], "integrity_check fails")


def up_and_down_again(project):
    """up to head, down to the first revision, up again: the same schema and rows"""
    for target in (("upgrade", "head"), ("downgrade", "r001"), ("upgrade", "head")):
        status, out, err = project.run(*target)
        must(status == 0, "%s: exit %d\n%s%s", target, status, out, err)
        check_whole(project)
    must(project.version() == "r%03d" % REVISIONS, "not at head: %s", project.version())


def concurrent_upgrades(project):
    """16 processes upgrade at once: all exit 0, each revision is applied once"""
    for _ in range(5 if FULL else 2):
        project.clear()
        running = [project.start("upgrade", "head") for _ in range(16)]
        for p in running:
            out, err = p.communicate(timeout=120)
            must(p.returncode == 0, "exit %d\n%s%s", p.returncode, out, err)
        check_whole(project)
        must(project.version() == "r%03d" % REVISIONS, "not at head: %s", project.version())


def kill_points(project, call):
    """How often a run makes the system call."""
    project.clear()
    trace = os.path.join(project.dir, "trace")
    project.run("upgrade", "head", before=["strace", "-f", "-qq", "-e", "trace=" + call, "-o", trace])
    with open(trace, encoding="utf-8", errors="replace") as f:
        return sum(call + "(" in line for line in f)


def killed_at_each(project, call, most):
    """Kills a run before some of its calls, and gives control back after each, the files as they were left."""
    count = kill_points(project, call)
    must(count > 0, "no %s seen", call)
    for point in range(1, count + 1, 1 if FULL else max(1, count // most)):
        project.clear()
        inject = "inject=%s:signal=KILL:when=%d" % (call, point)
        status, _, _ = project.run("upgrade", "head", before=["strace", "-f", "-qq", "-e", "trace=" + call, "-e", inject,
                                                              "-o", "/dev/null"])
        must(status != 0, "not killed at %s %d", call, point)
        yield "%s %d" % (call, point)


def killed_anywhere(project):
    """kill -9 before a write, a sync or an unlink: version = schema, and a second run finishes"""
    must(project.run("upgrade", "head")[0] == 0, "an undisturbed run fails")
    whole = project.schema()
    for call in ("pwrite64", "fdatasync", "unlink"):
        for point in killed_at_each(project, call, 8):
            if os.path.exists(project.db):
                check_whole(project)
            status, out, err = project.run("upgrade", "head")
            must(status == 0, "after a kill at %s: exit %d\n%s%s", point, status, out, err)
            check_whole(project)
            must(project.schema() == whole, "another schema after a kill at %s", point)


AMID = '''"""commits amid its work"""
from alembic import op
import sqlalchemy as sa
revision, down_revision = "m1", None


def upgrade():
    op.create_table("m", sa.Column("x", sa.Text()))
    op.execute("INSERT INTO m VALUES ('Abc')")
    with op.get_context().autocommit_block():
        op.execute("PRAGMA case_sensitive_like = ON")
        op.execute("VACUUM")
        op.execute("INSERT INTO m VALUES ('abd')")
        op.execute("VACUUM")
    op.execute("UPDATE m SET x = x || '!' WHERE x LIKE 'ab%'")
    op.execute("PRAGMA journal_mode = DELETE")
    op.add_column("m", sa.Column("y", sa.Integer()))


def downgrade():
    op.drop_table("m")
'''


def killed_between_commits(project):
    """kill -9 in a revision that VACUUM commits amid its work: each statement is done exactly once"""
    shutil.rmtree(os.path.join(project.dir, "migrations/versions"))
    os.mkdir(os.path.join(project.dir, "migrations/versions"))
    write(os.path.join(project.dir, "migrations/versions/m1.py"), AMID)
    went_on = 0
    for call in ("pwrite64", "fdatasync", "unlink"):
        for point in killed_at_each(project, call, 15):
            resumed = project.run("resume")[1]
            status, out, err = project.run("upgrade", "head")
            must(status == 0, "after a kill at %s: exit %d\n%s%s", point, status, out, err)
            must(("going on from there" in err) == ("stay" in resumed), "at %s resume said:\n%s\nand upgrade:\n%s",
                 point, resumed, err)
            went_on += "going on from there" in err
            must(project.query("SELECT x, y FROM m") == [("Abc", None), ("abd!", None)], "at %s: %s", point,
                 project.query("SELECT * FROM m"))
            must(len(project.schema()) == 2, "at %s the journal is left", point)
    must(went_on > 0, "no run was broken off between two commits")


def journal_is_abandoned(project):
    """a revision that failed after a commit amid its work and was changed since: named, and forgotten by resume --abandon"""
    write(os.path.join(project.dir, "migrations/versions/m1.py"), AMID.replace("None", "'r012'", 1).replace("'ab%'", "nosuch"))
    must(project.run("upgrade", "head")[0] == 1, "it did not fail")
    write(os.path.join(project.dir, "migrations/versions/m1.py"), AMID.replace("None", "'r012'", 1).replace("abd", "abe"))
    status, out, _ = project.run("upgrade", "head")
    must(status == 255 and "has changed since" in out and "resume --abandon" in out, "exit %d\n%s", status, out)
    status, out, _ = project.run("resume", "--done")
    must(status == 255 and "no statement is in doubt" in out, "exit %d\n%s", status, out)
    must(project.run("resume", "--abandon")[0] == 0, "resume --abandon fails")
    project.query("DROP TABLE m")
    must(project.run("upgrade", "head")[0] == 0, "not from the start")
    must(project.query("SELECT x FROM m") == [("Abc",), ("abe!",)], "rows")


def few_syncs(project):
    """at most 5 syncs a revision"""
    trace = os.path.join(project.dir, "trace")
    project.run("upgrade", "head", before=["strace", "-f", "-qq", "-e", "trace=fsync,fdatasync", "-o", trace])
    with open(trace, encoding="utf-8", errors="replace") as f:
        syncs = sum("sync(" in line for line in f)
    must(0 < syncs <= 5 * (REVISIONS + 1), "%d syncs for %d revisions", syncs, REVISIONS)


def failing(project, want):
    """The command fails with one clear error, and the file's bytes are as before."""
    before = digest(project.db) if os.path.isfile(project.db) else None
    status, out, err = project.run("upgrade", "head")
    must(status in (1, 255), "exit %d\n%s%s", status, out, err)
    must(re.search(want, out + err), "no %r in:\n%s%s", want, out, err)
    if before:
        must(digest(project.db) == before, "the file has changed")


def unusable_files(project):
    """a directory, text, a read-only file, a missing directory: one error, nothing changed"""
    os.mkdir(project.db)
    failing(project, "is a directory")
    os.rmdir(project.db)
    write(project.db, "this is no database, but a text of some length" * 30)
    failing(project, "not a database")
    project.clear()
    write(os.path.join(project.dir, "alembic.ini"),
          open(os.path.join(project.dir, "alembic.ini"), encoding="utf-8").read()
          .replace("sqlite:///app.db", "sqlite:///nowhere/app.db"))
    failing(project, "no directory")


def read_only_file(project):
    """a file that may not be written"""
    must(project.run("upgrade", "r003")[0] == 0, "cannot begin")
    if os.geteuid() == 0:
        command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        os.chmod(project.dir, 0o755)
    else:
        command = []
        os.chmod(project.db, stat.S_IRUSR)
        os.chmod(project.dir, 0o555)
    before = digest(project.db)
    status, out, err = project.run("upgrade", "head", before=command)
    os.chmod(project.dir, 0o755)
    must(status in (1, 255), "exit %d\n%s%s", status, out, err)
    must("readonly" in out + err or "read-only" in out + err, "no reason in:\n%s%s", out, err)
    must(digest(project.db) == before, "the file has changed")


def wrong_version_tables(project):
    """rows that no file has, that say nothing, that stand twice or overlap: what and where, and a way out"""
    must(project.run("upgrade", "r002")[0] == 0, "cannot begin")
    for rows, want in ((["zzzz"], r"identified by 'zzzz'; it stands in the database's table 'alembic_version', and"),
                       ([None], "'alembic_version' names no revision; delete that row"),
                       (["r002", "r002"], "2 found; delete the rows that stand in the table more than once"),
                       (["r002", "r001"], "r002 overlaps with .* r001; .* delete the others from it")):
        with contextlib.closing(sqlite3.connect(project.db)) as db:
            db.executescript("DROP TABLE alembic_version; CREATE TABLE alembic_version (version_num TEXT)")
            db.executemany("INSERT INTO alembic_version VALUES (?)", [(row,) for row in rows])
            db.commit()
        failing(project, want)
    status, out, _ = project.run("upgrade", "nope")
    must(status == 255 and "stands in" not in out, "another revision is blamed on the table: %s", out)


def unserved_databases(project):
    """no SQL is made up for a database whose SQL is not known, and nobody connects to it"""
    for url in ("oracle://u@h/d", "mssql+pyodbc://u@h/d", "duckdb:///d"):
        for words, statuses in ((["upgrade", "head"], (255,)), (["upgrade", "head", "--sql"], (1,))):
            status, out, err = project.run("--url", url, *words)
            must(status in statuses and "limbeck serves sqlite and postgresql" in out + err and "CREATE" not in out,
                 "%s: exit %d\n%s%s", url, status, out, err)


def unreadable_url(project):
    """a url of [limbeck] that cannot be read does not give way to another database"""
    with open(os.path.join(project.dir, "alembic.ini"), "a", encoding="utf-8") as f:
        f.write("\n[limbeck]\nurl = sqlite:///a%b.db\n")
    status, out, err = project.run("upgrade", "head")
    must(status == 255 and "a percent sign is written %%" in out + err, "exit %d\n%s%s", status, out, err)
    must(not os.path.exists(project.db), "another database was migrated")


def unwritable_directory(project):
    """no file, and a directory that this user may not write to"""
    command = []
    if os.geteuid() == 0:
        command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    os.chmod(project.dir, 0o555)
    status, out, err = project.run("upgrade", "head", before=command)
    os.chmod(project.dir, 0o755)
    must(status == 1 and "there is none, and this user may not write to its directory" in err,
         "exit %d\n%s%s", status, out, err)


def missing_versions(project):
    """no folder of revisions: nothing to do, and that is said"""
    shutil.rmtree(os.path.join(project.dir, "migrations", "versions"))
    status, out, err = project.run("upgrade", "head")
    must(status == 0 and re.search("there is no folder .*versions for revisions", err), "exit %d\n%s%s", status, out, err)


def damaged_files(project):
    """bytes of the file overwritten, the file cut: an error perhaps, never a crash"""
    must(project.run("upgrade", "r004")[0] == 0, "cannot begin")
    with open(project.db, "rb") as f:
        whole = bytearray(f.read())
    for seed in range(200 if FULL else 25):
        damaged = bytearray(whole)
        place = hashlib.sha256(b"%d" % seed).digest()
        for i in range(0, 32, 4):
            damaged[int.from_bytes(place[i:i + 4], "big") % len(damaged)] = place[i] ^ 0x5a
        if seed % 5 == 0:
            damaged = damaged[:len(damaged) * (seed % 7) // 7]
        project.clear()
        with open(project.db, "wb") as f:
            f.write(damaged)
        status, out, err = project.run("upgrade", "head")
        must(status in (0, 1, 255), "seed %d: exit %d\n%s%s", seed, status, out, err)


def interrupted(project):
    """SIGTERM and SIGINT: whole revisions only, and a second run finishes"""
    for number in (signal.SIGTERM, signal.SIGINT):
        project.clear()
        p = project.start("upgrade", "head")
        p.send_signal(number)
        p.communicate(timeout=30)
        if os.path.exists(project.db):
            check_whole(project)
        must(project.run("upgrade", "head")[0] == 0, "the second run fails")
        check_whole(project)


TESTS = [up_and_down_again, concurrent_upgrades, killed_anywhere, killed_between_commits,
         journal_is_abandoned, few_syncs, unusable_files, read_only_file, unwritable_directory,
         unreadable_url, unserved_databases, wrong_version_tables, missing_versions, damaged_files, interrupted]


def main():
    passed = failed = 0
    for test in TESTS:
        if WANTED and test.__name__ not in WANTED:
            continue
        project = Project()
        try:
            test(project)
            passed += 1
        except (Failed, sqlite3.Error, subprocess.TimeoutExpired) as problem:
            failed += 1
            print("%s: %s" % (test.__name__, problem))
        finally:
            project.drop()
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
