#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""2,000 inputs that are wrong, or nearly: tests/live/malformed.py build/limbeck [COUNT [FIRST]]

Files of a sound project, each spoilt in one place by a fixed seed: alembic.ini, env.py, revisions in
Python and SQL, the template, the revisions' graph, the URL. A run must end by itself, with an exit
status of the manual and a reason that can be read; what failed must have left the database as it was.
A file that CPython cannot compile must be refused as a syntax error, with its name and line.
"""
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import warnings

INI = """[alembic]
script_location = %(here)s/migrations
path_separator = os
sqlalchemy.url = sqlite:///app.db
file_template = %%(rev)s_%%(slug)s

[loggers]
keys = root
[handlers]
keys = console
[formatters]
keys = plain
[logger_root]
level = WARNING
handlers = console
[handler_console]
class = StreamHandler
args = (sys.stderr,)
formatter = plain
[formatter_plain]
format = %(levelname)s %(message)s
"""
ENV = """from logging.config import fileConfig
from alembic import context
from sqlalchemy import create_engine, pool

config = context.config
if config.config_file_name is not None:
    fileConfig(config.config_file_name)

engine = create_engine(config.get_main_option("sqlalchemy.url"), poolclass=pool.NullPool)
with engine.connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
"""
FIRST = '''"""first

Revision ID: aaaa
Revises:
"""
from alembic import op
import sqlalchemy as sa

revision = 'aaaa'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True),
                    sa.Column("name", sa.String(30), server_default="x", nullable=False))
    for i in range(3):
        op.execute(f"INSERT INTO t (id, name) VALUES ({i}, 'n{i}')")
    with op.batch_alter_table("t") as batch:
        batch.add_column(sa.Column("more", sa.Numeric(10, 2)))


def downgrade():
    op.drop_table("t")
'''
SECOND = """-- revision: bbbb
-- down_revision: aaaa
-- second

-- limbeck: upgrade
CREATE TABLE u (id INTEGER, note TEXT DEFAULT 'a;b');
CREATE TRIGGER tr AFTER INSERT ON u BEGIN UPDATE u SET note = 'c'; END;
INSERT INTO u VALUES (1, 'it''s'); /* a comment; with one */
-- limbeck: downgrade
DROP TABLE u;
"""
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
% for name in ("upgrade", "downgrade"):

def ${name}():
    ${upgrades if upgrades else "pass"}
% endfor
<%! import re %>
<%def name="f(x)">${x}</%def>
'''
FILES = {
    "alembic.ini": INI,
    "migrations/env.py": ENV,
    "migrations/versions/aaaa_first.py": FIRST,
    "migrations/versions/bbbb_second.sql": SECOND,
    "migrations/script.py.mako": MAKO,
}
URLS = ["sqlite:///app.db", "sqlite:////nowhere/x/app.db", "sqlite://", "postgresql://u:p@127.0.0.1:1/d",
        "postgresql+asyncpg://u:p%40@[::1]:1/d?ssl=require", "mysql+pymysql://u:p@127.0.0.1:1/d"]
BITS = ["'", '"', "(", ")", "[", "]", "{", "}", "%", "${", "%(", ":", "=", "\\", "\t", "\n", "\r\n", "\x00", "\x80",
        "\ufeff", "\u2028", "é", "0x", "1e", "$$", "--", "/*", "\n\n  ", "def ", "%%", "<%", "%>", "lambda", "\x1b[2J"]
SAID = re.compile(r"FAILED:|error:|ERROR|Error|Exception|usage:|^\S+:\d+: \S", re.I | re.M)


def spoil(rng, text):
    at = rng.randrange(len(text) + 1)
    kind = rng.randrange(6)
    if kind == 0:
        return text[:at] + rng.choice(BITS) + text[at:]
    if kind == 1:
        return text[:at] + text[at + rng.randrange(1, 12):]
    if kind == 2:
        return text[:at]
    lines = text.split("\n")
    n = rng.randrange(len(lines))
    if kind == 3:
        del lines[n]
    elif kind == 4:
        lines.insert(n, lines[rng.randrange(len(lines))])
    else:
        lines[n] = " " * rng.randrange(9) + lines[n].strip()
    return "\n".join(lines)


def graph(rng):
    """Revision files with parents that are missing, doubled, circular or the revision itself."""
    ids = ["r%d" % i for i in range(rng.randrange(2, 8))]
    rows = []
    for n, name in enumerate(ids):
        parents = rng.choice([[], [rng.choice(ids)], [ids[n - 1]], [rng.choice(ids), "gone"], [name]])
        written = "None" if not parents else repr(parents[0]) if len(parents) == 1 else repr(tuple(parents))
        own = rng.choice([name] * 8 + [ids[0], "a-b", "x@y", ""])
        rows.append(("migrations/versions/%s.py" % name,
                     "revision = %r\ndown_revision = %s\nbranch_labels = %r\ndepends_on = %r\n"
                     "def upgrade():\n    pass\ndef downgrade():\n    pass\n"
                     % (own, written, rng.choice([None, None, None, "label", ids[0]]),
                        rng.choice([None, None, None, rng.choice(ids), "gone"]))))
    return rows


def compiles(data):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(data, "x.py", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return False
    return True


class Case:
    """One project with one thing wrong, and the command that meets it."""

    def __init__(self, rng):
        self.kind = rng.choice(["alembic.ini"] * 3 + ["migrations/env.py"] * 3 + ["migrations/script.py.mako"] * 2
                               + ["migrations/versions/aaaa_first.py"] * 5
                               + ["migrations/versions/bbbb_second.sql"] * 3 + ["graph"] * 2 + ["url"] * 2)
        self.files = {name: text.encode() for name, text in FILES.items()}
        self.argv = ["upgrade", "head"]
        if self.kind == "graph":
            for name in list(self.files):
                if "/versions/" in name:
                    del self.files[name]
            self.files.update((name, text.encode()) for name, text in graph(rng))
        elif self.kind == "url":
            url = spoil(rng, rng.choice(URLS)).replace("\x00", "").replace("%", "%%")
            text = INI.replace("sqlite:///app.db", url.replace("\n", " "))
            self.files["alembic.ini"] = text.encode("utf-8", "surrogatepass")
        else:
            self.files[self.kind] = self.spoilt(rng, FILES[self.kind])
        if self.kind.endswith(".mako"):
            self.argv = ["revision", "-m", "third"]

    @staticmethod
    def spoilt(rng, text):
        for _ in range(rng.choice([1, 1, 1, 2])):
            text = spoil(rng, text)
        data = text.encode()
        if rng.randrange(12) == 0:
            at = rng.randrange(len(data) + 1)
            data = data[:at] + bytes([rng.randrange(128, 256)]) + data[at:]
        return data

    def write(self, folder):
        for name, data in self.files.items():
            path = os.path.join(folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as f:
                f.write(data)

    def problem(self, status, out, folder):
        """What is wrong with how the run ended, or None."""
        if status not in (0, 1, 2, 255):
            return "exit status %d" % status
        if status and not SAID.search(out):
            return "no reason is given"
        if "\x1b[2J" in out:
            return "the terminal's control characters come through"
        if self.kind.endswith(".py"):
            data = self.files[self.kind]
            if not compiles(data) and (status == 0 or os.path.basename(self.kind) not in out):
                return "CPython does not compile it; exit status %d" % status
        if status and self.argv[0] == "upgrade" and self.kind.endswith(("aaaa_first.py", "env.py", ".ini")):
            left = tables(os.path.join(folder, "app.db"))
            if left - {"alembic_version"}:
                return "the database has %s" % sorted(left)
        return None


FAILED_ONCE = (50527,)


def tables(path):
    if not os.path.exists(path) or not os.path.getsize(path):
        return set()
    p = subprocess.run(["sqlite3", path, "SELECT name FROM sqlite_master WHERE type = 'table'"],
                       capture_output=True, text=True, check=True)
    return set(p.stdout.split())


def run(limbeck, case, folder):
    env = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "ALEMBIC_CONFIG")}
    try:
        p = subprocess.run([limbeck] + case.argv, cwd=folder, env=env, stdin=subprocess.DEVNULL,
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=20)
    except subprocess.TimeoutExpired:
        return "no end in 20 seconds", ""
    out = p.stdout.decode("utf-8", "replace")
    return case.problem(p.returncode, out, folder), out


def main():
    limbeck = os.path.abspath(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    first = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    passed = failed = 0
    with tempfile.TemporaryDirectory() as top:
        for seed in (*FAILED_ONCE, *range(first, first + count)):
            folder = os.path.join(top, "p")
            case = Case(random.Random(seed))
            case.write(folder)
            problem, out = run(limbeck, case, folder)
            shutil.rmtree(folder)
            passed += problem is None
            failed += problem is not None
            if problem:
                print("case %d, %s: %s\n%s" % (seed, case.kind, problem, out[-700:]))
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
