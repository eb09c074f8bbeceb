#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The PostgreSQL driver against a real server: errors, notices, values, secrets, TLS, big results.

  tests/live/driver.py build/limbeck [name ...]
"""
import os
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import textwrap
import time
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
import servers  # noqa: E402

LIMBECK = os.path.abspath(sys.argv[1])
WANTED = sys.argv[2:]
PASSWORD = "S3cr%t@:/\"'\u00e9"
FLAT_MB = int(os.environ.get("FLAT_MB", "64"))
ROWS = 1000000


class Failed(Exception):
    pass


def must(truth, text, *args):
    if not truth:
        raise Failed(text % args if args else text)


def spellings(password):
    """The password as it stands, as a URL writes it in either case, and its longer parts."""
    quoted = urllib.parse.quote(password, safe="")
    return {password, quoted, re.sub("%..", lambda m: m.group().lower(), quoted), urllib.parse.quote(password),
            urllib.parse.quote_plus(password), password.split("@")[0], repr(password)[1:-1]}


class Outcome:
    def __init__(self, status, text, seconds, peak_mb):
        self.status, self.text, self.seconds, self.peak_mb = status, text, seconds, peak_mb


class Project:
    """One revision whose upgrade() is given; the database is emptied before each run."""

    def __init__(self, server):
        self.server = server
        self.dir = tempfile.mkdtemp(prefix="limbeck-driver-")
        self.outputs = []
        self.start(["init", "migrations"], "")
        self.url = server.url("driver")

    def start(self, args, url, env=None):
        keep = {k: v for k, v in os.environ.items() if not k.startswith("PG") and k != "ALEMBIC_CONFIG"}
        keep.update(LC_ALL="C.UTF-8", DATABASE_URL=url, HOME=self.dir, **(env or {}))
        begun = time.monotonic()
        with tempfile.TemporaryFile() as out:
            p = subprocess.Popen([LIMBECK] + args, cwd=self.dir, env=keep, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
            try:
                status, usage = self.wait(p)
            finally:
                if p.poll() is None:
                    p.kill()
            out.seek(0)
            text = out.read().decode("utf-8", "replace")
        self.outputs.append(text)
        return Outcome(status, text, time.monotonic() - begun, usage.ru_maxrss / 1024)

    @staticmethod
    def wait(p):
        until = time.monotonic() + 60
        while time.monotonic() < until:
            pid, status, usage = os.wait4(p.pid, os.WNOHANG)
            if pid:
                p.returncode = os.waitstatus_to_exitcode(status)
                return p.returncode, usage
            time.sleep(0.01)
        p.kill()
        raise Failed("still runs after 60 s")

    def upgrade(self, body, url=None, env=None, head=""):
        self.server.psql("driver", "SET client_min_messages = error; DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        text = 'from alembic import op\nimport sqlalchemy as sa\n%s\nrevision = "one"\ndown_revision = None\n\n\ndef upgrade():\n%s\n'
        body = textwrap.indent(textwrap.dedent(body).strip("\n"), "    ")
        with open(os.path.join(self.dir, "migrations/versions/one.py"), "w", encoding="utf-8") as f:
            f.write(text % (head, body))
        return self.start(["upgrade", "head"], url or self.url, env)

    def current(self, url, env=None):
        return self.start(["current"], url, env)


def failed_with(outcome, *texts):
    must(outcome.status == 1, "status %s\n%s", outcome.status, outcome.text)
    for text in texts:
        must(text in outcome.text, "no %r in:\n%s", text, outcome.text)


def passed(outcome, *texts):
    must(outcome.status == 0, "status %s\n%s", outcome.status, outcome.text)
    for text in texts:
        must(text in outcome.text, "no %r in:\n%s", text, outcome.text)


# ---- connecting ----

def wrong_password_is_told(server, project):
    url = server.url("driver").replace("S3cr", "X3cr")
    outcome = project.current(url)
    failed_with(outcome, "password authentication failed", "28P01", "check user and password")
    must("X3cr" not in outcome.text, "the wrong password is shown:\n%s", outcome.text)


def unknown_database_and_role_are_told(server, project):
    failed_with(project.current(server.url("nowhere")), 'database "nowhere" does not exist', "3D000")
    failed_with(project.current(server.url("driver").replace("postgres:", "nobody:", 1)), "authentication failed")


def refused_port_is_told(server, project):
    url = server.url("driver").replace(":%d/" % server.port, ":%d/" % servers.free_port())
    failed_with(project.current(url), "Connection refused", "check host and port")


class Silent:
    """A port that takes connections and says nothing."""

    def __enter__(self):
        self.socket = socket.socket()
        self.socket.bind(("127.0.0.1", 0))
        self.socket.listen(5)
        self.port = self.socket.getsockname()[1]
        return self

    def __exit__(self, *_):
        self.socket.close()


def silent_host_ends_at_the_deadline(server, project):
    with Silent() as silent:
        url = server.url("driver", connect_timeout=1).replace(":%d/" % server.port, ":%d/" % silent.port)
        outcome = project.current(url)
    failed_with(outcome, "timeout expired")
    must(outcome.seconds < 3, "it took %.1f s", outcome.seconds)


def several_hosts_are_tried_in_turn(server, project):
    with Silent() as silent:
        hosts = "host=127.0.0.1:%d&host=127.0.0.1:%d&connect_timeout=1" % (silent.port, server.port)
        outcome = project.current("%s?%s" % (server.url("driver"), hosts))
    passed(outcome)
    must(outcome.seconds < 4, "it took %.1f s", outcome.seconds)


def every_form_of_url_connects(server, project):
    for driver in ("postgres", "postgresql", "postgresql+psycopg2", "postgresql+asyncpg", "postgresql+psycopg",
                   "postgresql+psycopg2cffi", "postgresql+pg8000"):
        passed(project.current(server.url("driver", driver=driver)))
    socket_url = "postgresql://postgres:%s@/driver?host=%s&port=%d" % (
        urllib.parse.quote(server.password, safe=""), server.folder, server.port)
    passed(project.current(socket_url))


def the_environment_and_password_file_serve(server, project):
    env = {"PGHOST": server.host, "PGPORT": str(server.port), "PGUSER": server.user, "PGPASSWORD": server.password,
           "PGDATABASE": "driver"}
    passed(project.current("postgresql://", env))
    path = os.path.join(project.dir, ".pgpass")
    with open(path, "w", encoding="utf-8") as f:
        f.write("*:*:driver:postgres:%s\n" % server.password.replace("\\", "\\\\").replace(":", "\\:"))
    os.chmod(path, 0o600)
    bare = "postgresql://postgres@%s:%d/driver" % (server.host, server.port)
    passed(project.current(bare))
    os.remove(path)
    failed_with(project.current(bare), "no password supplied")


def session_is_as_asked(server, project):
    body = '''
        c = op.get_bind()
        for name in ("application_name", "client_encoding", "search_path", "standard_conforming_strings", "DateStyle", "IntervalStyle"):
            print(name, "=", c.execute(sa.text("SHOW " + name)).scalar())
    '''
    passed(project.upgrade(body), "application_name = limbeck", "client_encoding = UTF8")
    options = urllib.parse.urlencode({"options": '-c search_path="b\\ c",\\ public -c DateStyle=German -c IntervalStyle=iso_8601',
                                      "application_name": "mine", "client_encoding": "latin1"})
    passed(project.upgrade(body, project.url + "?" + options), "application_name = mine", "client_encoding = UTF8",
           'search_path = "b c", public', "DateStyle = ISO", "IntervalStyle = postgres")


def isolation_levels_are_set(server, project):
    env = os.path.join(project.dir, "migrations/env.py")
    with open(env, encoding="utf-8") as f:
        text = f.read()
    body = 'print("level", op.get_bind().execute(sa.text("SHOW transaction_isolation")).scalar())'
    try:
        for level, said in (("SERIALIZABLE", "level serializable"), ("REPEATABLE_READ", "level repeatable read"),
                            ("READ COMMITTED", "level read committed"), ("SOME", "Invalid value 'SOME' for isolation_level")):
            with open(env, "w", encoding="utf-8") as f:
                f.write(text.replace("poolclass=pool.NullPool", "poolclass=pool.NullPool, isolation_level=%r" % level))
            outcome = project.upgrade(body)
            must(said in outcome.text, "no %r in:\n%s", said, outcome.text)
    finally:
        with open(env, "w", encoding="utf-8") as f:
            f.write(text)


def missing_library_names_its_package(server, project):
    folder = os.path.join(project.dir, "broken")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "libpq.so.5"), "w", encoding="utf-8") as f:
        f.write("no library")
    outcome = project.current(project.url, {"LD_LIBRARY_PATH": folder})
    must(outcome.status == 255, "status %s\n%s", outcome.status, outcome.text)
    must("libpq5" in outcome.text and "libpq.so.5" in outcome.text, outcome.text)


def odd_options_are_refused(server, project):
    failed_with(project.current(project.url + "?sslmod=require"), 'invalid connection option "sslmod"')
    outcome = project.current(project.url + "?sslmode=sometimes")
    failed_with(outcome, 'invalid sslmode value')


# ---- statements ----

def terminated_mid_statement(server, project):
    outcome = project.upgrade('op.execute("CREATE TABLE a (i int)")\nop.execute("SELECT pg_terminate_backend(pg_backend_pid()), pg_sleep(5)")')
    failed_with(outcome, "connection lost: the server ended it", "terminating connection due to administrator command", "57P01")
    must(server.query("driver", "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tablename = 'a'") == [["0"]],
         "the table is there")


def errors_bring_the_servers_words(server, project):
    outcome = project.upgrade('''
        op.execute("CREATE TABLE a (i int UNIQUE CHECK (i < 5), e text)")
        op.execute("INSERT INTO a (i) VALUES (1)")
        op.execute("INSERT INTO a (i) VALUES (1)")
    ''')
    failed_with(outcome, 'duplicate key value violates unique constraint "a_i_key"', "DETAIL:", "Key (i)=(1) already exists",
                "23505", "psycopg2.errors.UniqueViolation", "one.py")
    outcome = project.upgrade('op.execute("SELECT 1,\\n  \u00e9\u00e9 nope FROM pg_class")')
    failed_with(outcome, "42703", "LINE 2:", "^")
    outcome = project.upgrade('op.execute("SELECT 1,\\n  \u00e9\u00e9 nope FROM pg_class")', server.url("driver", driver="postgresql+asyncpg"))
    failed_with(outcome, "42703", "LINE 2:", "^")
    outcome = project.upgrade('op.execute("DO $$ BEGIN RAISE EXCEPTION \'bad %\', 5 USING HINT = \'try\', DETAIL = \'more\'; END $$")')
    failed_with(outcome, "bad 5", "DETAIL:", "more", "HINT:", "try", "P0001")


def a_caught_error_leaves_a_savepoint(server, project):
    outcome = project.upgrade('''
        c = op.get_bind()
        nested = c.begin_nested()
        try:
            c.execute(sa.text("SELECT * FROM nope"))
        except sa.exc.ProgrammingError as e:
            print("caught", type(e).__name__, e.orig.pgcode if hasattr(e.orig, "pgcode") else "")
            nested.rollback()
        print("after", c.execute(sa.text("SELECT 5")).scalar())
    ''')
    passed(outcome, "caught ProgrammingError", "after 5")


def notices_come_in_order(server, project):
    outcome = project.upgrade('''
        op.execute("DO $$ BEGIN RAISE NOTICE 'n1'; RAISE WARNING 'n2'; RAISE INFO 'n3'; END $$")
        op.execute("CREATE TABLE a (i int)")
        op.execute("DROP TABLE IF EXISTS absent; DO $$ BEGIN RAISE NOTICE 'n5'; END $$")
        op.get_bind().execute(sa.text("DO $$ BEGIN RAISE NOTICE 'n6 % %', 'é', E'two\\nlines'; END $$"))
    ''')
    passed(outcome)
    said = re.findall(r"(\w+) +\[alembic.database\] (\w+): (.*)", outcome.text)
    must(said == [("INFO", "NOTICE", "n1"), ("WARNI", "WARNING", "n2"), ("INFO", "INFO", "n3"),
                  ("INFO", "NOTICE", 'table "absent" does not exist, skipping'), ("INFO", "NOTICE", "n5"),
                  ("INFO", "NOTICE", "n6 é two")], "%r", said)


def several_statements_in_one_text(server, project):
    outcome = project.upgrade('''
        op.execute("CREATE TABLE a (i int); INSERT INTO a VALUES (1), (2); -- ; done")
        print("rows", op.get_bind().execute(sa.text("SELECT 1; SELECT i FROM a ORDER BY i")).fetchall())
        op.execute("UPDATE a SET i = 5; SELECT nope; UPDATE a SET i = 6")
    ''')
    failed_with(outcome, "rows [(1,), (2,)]", 'column "nope" does not exist')


def copy_of_the_client_is_refused(server, project):
    failed_with(project.upgrade('op.execute("COPY pg_class TO STDOUT")'), "COPY to or from the client is not served")
    failed_with(project.upgrade('op.execute("CREATE TABLE a (i int)")\nop.execute("COPY a FROM STDIN")'),
                "COPY to or from the client is not served")


def values_go_and_come(server, project):
    outcome = project.upgrade(r'''
        c = op.get_bind()
        op.execute("CREATE TABLE v (i int8, f float8, b bool, s text, y bytea)")
        rows = [
            (9223372036854775807, 0.1, True, "it's \\ % \"ü\" 日本 \U0001f600 :x $1 %s", b"\x00\xff'\\\n"),
            (-9223372036854775808, -1e300, False, "", b""),
            (None, None, None, None, None),
            (0, float("inf"), None, "line\nbreak\ttab", bytes(range(256))),
        ]
        for row in rows:
            c.execute(sa.text("INSERT INTO v VALUES (:i, :f, :b, :s, :y)"), dict(zip("ifbsy", row)))
        back = [tuple(bytes(x) if isinstance(x, (bytes, memoryview)) else x for x in row)
                for row in c.execute(sa.text("SELECT * FROM v")).fetchall()]
        print("same", back == rows)
        print("lengths", c.execute(sa.text("SELECT string_agg(length(y)::text, ',') FROM v")).scalar())
        c.execute(sa.text("SET bytea_output = 'escape'"))
        print("escaped", bytes(c.execute(sa.text("SELECT y FROM v WHERE i = 0")).scalar()) == bytes(range(256)))
        c.execute(sa.text("SET standard_conforming_strings = off"))
        c.execute(sa.text("SET escape_string_warning = off"))
        print("backslash", c.execute(sa.text("SELECT :s = chr(92) || 'n'"), {"s": "\\n"}).scalar(),
              c.execute(sa.text("SELECT length(:y)"), {"y": b"\\\x00"}).scalar())
        print("array", c.execute(sa.text("SELECT array_to_string(:a, '|', '-')"), {"a": ["a", "b'\\", None]}).scalar())
    ''')
    passed(outcome, "same True", "lengths 5,0,256", "escaped True", "backslash True 2", "array a|b'\\|-")


def typed_values_come_back(server, project):
    outcome = project.upgrade(r'''
        c = op.get_bind()
        for sql in ("SELECT 1.50::numeric, 'NaN'::float8, true", "SELECT DATE '2024-05-17', TIME '01:02:03.5', TIMESTAMP '2024-05-17 01:02:03'",
                    "SELECT ARRAY[1,NULL,3], ARRAY['a,b','\"']", "SELECT '{\"a\": [1]}'::jsonb", "SELECT INTERVAL '1 day 2 hours'"):
            print(tuple(c.execute(sa.text(sql.replace(":", "\\:"))).fetchone()))
    ''')
    passed(outcome, "(Decimal('1.50'), nan, True)", "(datetime.date(2024, 5, 17), datetime.time(1, 2, 3, 500000), "
           "datetime.datetime(2024, 5, 17, 1, 2, 3))", "([1, None, 3], ['a,b', '\"'])", "({'a': [1]},)",
           "(datetime.timedelta(days=1, seconds=7200),)")


def many_rows_go_as_one(server, project):
    outcome = project.upgrade(r'''
        c = op.get_bind()
        op.execute("CREATE TABLE m (i int PRIMARY KEY, s varchar(20), n numeric(8, 2), d date, y bytea, b bool)")
        m = sa.table("m", *[sa.column(x) for x in "isndyb"])
        rows = [dict(i=i, s="it's %d" % i if i % 3 else None, n=i / 4 if i % 2 else i, d=dt.date(2024, 1, 1) if i % 5 else None,
                     y=b"\x00%d" % i, b=i % 2 == 0) for i in range(20000)]
        print("inserted", c.execute(m.insert(), rows).rowcount)
        print("updated", c.execute(sa.text("UPDATE m SET s = :s || s WHERE i = :i"), [{"i": i, "s": "x"} for i in range(10, 5000)]).rowcount)
        print("sums", c.execute(sa.text("SELECT count(*), sum(i), sum(n), count(s), count(d), sum(length(y)), sum(b::int) FROM m")).fetchone())
        n = c.begin_nested()
        try:
            c.execute(m.insert(), [dict(i=100000 + i if i != 1500 else 7, s="a", n=1, d=None, y=None, b=None) for i in range(3000)])
        except sa.exc.IntegrityError as e:
            print("refused", e.orig.pgcode, e.params[0])
            n.rollback()
        n = c.begin_nested()
        try:
            c.execute(m.insert(), [dict(i=i, s="a\0", n=1, d=None, y=None, b=None) for i in (200000, 200001)])
        except Exception as e:
            print("refused", str(e).split("\\n")[0])
            n.rollback()
        print("count", c.execute(sa.text("SELECT count(*) FROM m")).scalar())
    ''', head="import datetime as dt\n")
    passed(outcome, "inserted 20000", "updated 4990", "(20000, 199990000, Decimal('124990000.00'), 13333, 16000, 108890, 10000)",
           "refused 23505 7", "NUL (0x00)", "count 20000")


def a_nul_is_refused(server, project):
    failed_with(project.upgrade(r'op.get_bind().execute(sa.text("SELECT :x"), {"x": "a\0b"})'), "NUL (0x00)")
    failed_with(project.upgrade(r'op.execute("SELECT 1 -- \0")'), "NUL (0x00)")


def a_million_rows_stay_flat(server, project):
    outcome = project.upgrade('''
        n = total = 0
        for i, text in op.get_bind().execute(sa.text("SELECT i, md5(i::text) FROM generate_series(1, %d) AS i")):
            n += 1
            total += len(text)
        print("read", n, total)
        op.execute("SELECT i, md5(i::text) FROM generate_series(1, %d) AS i")
    ''' % (ROWS, ROWS))
    passed(outcome, "read %d %d" % (ROWS, ROWS * 32))
    must(outcome.peak_mb < FLAT_MB, "%.0f MB at the peak", outcome.peak_mb)


def a_long_statement_ends_at_the_limit(server, project):
    outcome = project.upgrade('op.execute("SELECT pg_sleep(30)")', server.url("driver", driver="postgresql+asyncpg", command_timeout=1))
    failed_with(outcome, "canceling statement due to user request")
    must(outcome.seconds < 4, "it took %.1f s", outcome.seconds)


def a_signal_cancels_the_statement(server, project):
    for number in (signal.SIGINT, signal.SIGTERM):
        project.upgrade("pass")
        with open(os.path.join(project.dir, "migrations/versions/one.py"), "a", encoding="utf-8") as f:
            f.write('\n\ndef downgrade():\n    op.execute("SELECT pg_sleep(30)")\n')
        p = subprocess.Popen([LIMBECK, "downgrade", "base"], cwd=project.dir, env=dict(os.environ, DATABASE_URL=project.url),
                             stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        waiting = "SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(30)' AND state = 'active'"
        until = time.monotonic() + 20
        while server.query("postgres", waiting) != [["1"]] and time.monotonic() < until:
            time.sleep(0.05)
        p.send_signal(number)
        begun = time.monotonic()
        status = p.wait(20)
        must(status == 128 + number, "status %s", status)
        must(time.monotonic() - begun < 2, "it took %.1f s", time.monotonic() - begun)
        must(server.query("postgres", waiting) == [["0"]], "the statement still runs")


def drivers_of_python_are_imitated(server, project):
    body = '''
        try:
            op.get_bind().execute(sa.text("SELECT * FROM nope"))
        except Exception as e:
            print("said", str(e).split("\\n")[0])
            raise
    '''
    for driver, text in (("psycopg2", '(psycopg2.errors.UndefinedTable) relation "nope" does not exist'),
                         ("psycopg", '(psycopg.errors.UndefinedTable) relation "nope" does not exist'),
                         ("asyncpg", "(sqlalchemy.dialects.postgresql.asyncpg.ProgrammingError) <class "
                                     "'asyncpg.exceptions.UndefinedTableError'>: relation \"nope\" does not exist")):
        failed_with(project.upgrade(body, server.url("driver", driver="postgresql+" + driver)), "said " + text)


# ---- TLS ----

def plain_server_refuses_tls(server, project):
    failed_with(project.current(server.url("driver", sslmode="require")), "server does not support SSL")
    failed_with(project.current(server.url("driver", driver="postgresql+asyncpg", ssl="require")), "server does not support SSL")
    weak = project.current(server.url("driver", sslmode="require", sslrootcert="system"))
    must(weak.status == 255 and "weak sslmode" in weak.text, "%s", weak.text)


def openssl(folder, *args):
    subprocess.run(["openssl"] + list(args), cwd=folder, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)


def certificates(folder):
    openssl(folder, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
            "-subj", "/CN=test authority", "-keyout", "ca.key", "-out", "ca.crt")
    openssl(folder, "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=localhost",
            "-addext", "subjectAltName=DNS:localhost", "-keyout", "server.key", "-out", "server.csr")
    openssl(folder, "x509", "-req", "-in", "server.csr", "-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2",
            "-copy_extensions", "copy", "-out", "server.crt")
    for name in ("server.key", "server.crt"):
        servers.give_to_postgres(os.path.join(folder, name))
        os.chmod(os.path.join(folder, name), 0o600)


def tls_is_checked_as_asked(server, project):
    certificates(server.folder)
    files = {"ssl_cert_file": "server.crt", "ssl_key_file": "server.key"}
    for name, value in dict(files, ssl="on").items():
        value = os.path.join(server.folder, value) if name in files else value
        server.psql("postgres", "ALTER SYSTEM SET %s = '%s'" % (name, value))
    server.psql("postgres", "SELECT pg_reload_conf()")
    until = time.monotonic() + 10
    while server.query("postgres", "SHOW ssl") != [["on"]] and time.monotonic() < until:
        time.sleep(0.1)
    root = os.path.join(server.folder, "ca.crt")
    named = server.url("driver", sslmode="verify-full", sslrootcert=root).replace("127.0.0.1", "localhost")
    passed(project.current(server.url("driver", sslmode="require")))
    passed(project.current(server.url("driver", sslmode="verify-ca", sslrootcert=root)))
    passed(project.current(named))
    failed_with(project.current(server.url("driver", sslmode="verify-full", sslrootcert=root)), "does not match host name")
    failed_with(project.current(server.url("driver", sslrootcert="system")), "certificate verify failed")
    failed_with(project.current(server.url("driver", driver="postgresql+asyncpg", ssl="true")), "certificate verify failed")
    failed_with(project.start(["--tls", "verify", "current"], server.url("driver")), "certificate verify failed")
    passed(project.start(["--tls", "verify", "current"], server.url("driver", sslrootcert=root).replace("127.0.0.1", "localhost")))
    failed_with(project.current(server.url("driver", sslrootcert=root), {"LIMBECK_TLS": "verify"}), "does not match host name")
    odd = project.start(["--tls", "sometimes", "current"], server.url("driver"))
    must(odd.status == 255 and "tls = sometimes" in odd.text, "%s", odd.text)


# ---- secrets ----

def no_error_shows_the_password(server, project):
    lower = re.sub("%..", lambda m: m.group().lower(), urllib.parse.quote(server.password, safe=""))
    base = "postgresql://postgres:%s@%s:%d/" % (lower, server.host, server.port)
    raw = "postgresql://postgres:%s@%s:%d/driver" % (server.password, server.host, server.port)
    for url in (base + "nowhere", base + "driver?nope=1", base + "driver?sslmode=require&port=99999", raw, raw + "?x=y",
                base.replace("127.0.0.1", "no.such.host.invalid") + "d", "postgresql+nope" + base[10:] + "driver",
                base.replace(":%d/" % server.port, ":x/"), base + "driver?password=" + lower):
        for args in (["current"], ["current", "-v"], ["--raiseerr", "current"], ["--json", "current"], ["upgrade", "head", "--sql"]):
            project.start(args, url)
    for said in ("SELECT '%s' || nope", "DO $x$ BEGIN RAISE EXCEPTION '%%', $y$%s$y$; END $x$", "DO $x$ BEGIN RAISE NOTICE '%%', $y$%s$y$; END $x$"):
        sql = said % server.password.replace("'", "''" if said.startswith("SELECT") else "'")
        sql = sql.replace("%", "%%")
        project.upgrade("import os\ncontext = op.get_context()\nop.get_bind().exec_driver_sql(%r)" % sql)
    project.upgrade("print(op.get_bind().engine.url)\nraise ValueError(str(op.get_bind().engine.url))")


def nothing_said_holds_the_password(server, project):
    for text in project.outputs:
        for secret in spellings(server.password):
            at = text.find(secret)
            must(at < 0, "%r is in:\n%s", secret, text[max(0, at - 300):at + 100])


CASES = [
    wrong_password_is_told, unknown_database_and_role_are_told, refused_port_is_told, silent_host_ends_at_the_deadline,
    several_hosts_are_tried_in_turn, every_form_of_url_connects, the_environment_and_password_file_serve,
    session_is_as_asked, isolation_levels_are_set, missing_library_names_its_package, odd_options_are_refused, terminated_mid_statement,
    errors_bring_the_servers_words, a_caught_error_leaves_a_savepoint, notices_come_in_order,
    several_statements_in_one_text, copy_of_the_client_is_refused, values_go_and_come, typed_values_come_back,
    many_rows_go_as_one, a_nul_is_refused, a_million_rows_stay_flat, a_long_statement_ends_at_the_limit, a_signal_cancels_the_statement,
    drivers_of_python_are_imitated, plain_server_refuses_tls, no_error_shows_the_password, tls_is_checked_as_asked,
    nothing_said_holds_the_password,
]


def main():
    good = bad = 0
    with servers.postgresql(own=True, password=PASSWORD) as server:
        server.new_database("driver")
        project = Project(server)
        for case in CASES:
            if WANTED and case.__name__ not in WANTED:
                continue
            try:
                case(server, project)
                good += 1
            except (Failed, RuntimeError, OSError, subprocess.SubprocessError) as problem:
                bad += 1
                print("FAILED %s: %s" % (case.__name__, problem))
        shutil.rmtree(project.dir, ignore_errors=True)
    print("%d passed, %d failed" % (good, bad))
    return 1 if bad or not good else 0


if __name__ == "__main__":
    sys.exit(main())
