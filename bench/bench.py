#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures limbeck beside Debian's alembic, dbmate (npm) and the sqlite3 shell, in one run.

  bench/bench.py build/limbeck [--quick]

Prints, for each job, the median wall time, the client's CPU time, the greatest resident size and the
count of fsync calls, and the ratio to limbeck. The runs of a job are interleaved, so that a noisy
machine is as noisy for each. Databases lie on tmpfs: elsewhere the disk's sync drowns the rest.
"""
import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

import projects

HERE = os.path.dirname(os.path.abspath(__file__))
CACHE = os.path.join(os.path.dirname(HERE), ".cache", "bench")
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "tests"))


def dbmate_path():
    """The binary that the npm package brings, installed once; None where there is no npm."""
    binary = os.path.join(CACHE, "node_modules", ".bin", "dbmate")
    if not os.path.exists(binary) and shutil.which("npm"):
        os.makedirs(CACHE, exist_ok=True)
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", CACHE, "dbmate"],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for root, _, files in os.walk(os.path.join(CACHE, "node_modules")):
        if "dbmate" in files and os.path.basename(root) == "bin" and "linux" in root:
            return os.path.join(root, "dbmate")
    return binary if os.path.exists(binary) else None


def measurer():
    """The small program that runs a command and reports on it, built once."""
    binary, source = os.path.join(CACHE, "measure"), os.path.join(HERE, "measure.c")
    if not os.path.exists(binary) or os.path.getmtime(binary) < os.path.getmtime(source):
        os.makedirs(CACHE, exist_ok=True)
        subprocess.run(["cc", "-O2", "-o", binary, source], check=True)
    return binary


def measure(argv, cwd, env, stdin=None):
    """Wall seconds, CPU seconds, resident KiB. A command that fails ends the benchmark."""
    feed = open(stdin, "rb") if stdin else subprocess.DEVNULL
    ours, theirs = os.pipe()
    p = subprocess.Popen(["sh", "-c", 'exec "$@" 3>&%d' % theirs, "sh", measurer()] + argv, cwd=cwd,
                         env=dict(os.environ, **env), stdin=feed, stdout=subprocess.DEVNULL,
                         stderr=subprocess.PIPE, pass_fds=[theirs])
    os.close(theirs)
    err = p.stderr.read()
    p.wait()
    with os.fdopen(ours) as report:
        wall, cpu, rss, status = map(int, report.read().split())
    if stdin:
        feed.close()
    if status:
        sys.exit("%s: exit %d: %s" % (" ".join(argv), status, err.decode()[-400:]))
    return wall / 1e6, cpu / 1e6, rss


def fsyncs(argv, cwd, env, stdin=None):
    feed = open(stdin, "rb") if stdin else subprocess.DEVNULL
    p = subprocess.run(["strace", "-f", "-c", "-e", "trace=fsync,fdatasync"] + argv, cwd=cwd, stdin=feed,
                       env=dict(os.environ, **env), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if stdin:
        feed.close()
    return sum(int(m) for m in re.findall(r"^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+).*f(?:data)?sync$", p.stderr, re.M))


class Job:
    """One thing to do, by several tools."""

    def __init__(self, name, runs, before=None, sync=False):
        self.name, self.runs, self.before, self.sync, self.tools = name, runs, before, sync, []

    def tool(self, name, argv, cwd, env=None, stdin=None):
        if argv[0]:
            self.tools.append((name, argv, cwd, env or {}, stdin))
        return self

    def ready(self, cwd):
        if self.before:
            self.before(cwd)

    def run(self):
        seen = {name: [] for name, *_ in self.tools}
        for n in range(self.runs + 1):
            for name, argv, cwd, env, stdin in self.tools:
                self.ready(cwd)
                row = measure(argv, cwd, env, stdin)
                if n:
                    seen[name].append(row)
        base = None
        print("\n%s" % self.name)
        for name, argv, cwd, env, stdin in self.tools:
            wall, cpu, rss = (statistics.median(column) for column in zip(*seen[name]))
            base = base or (wall, cpu)
            line = "  %-10s %9.2f ms   cpu %9.2f ms   %7.1f MiB" % (name, wall * 1e3, cpu * 1e3, rss / 1024)
            if self.sync:
                self.ready(cwd)
                line += "   %5d syncs" % fsyncs(argv, cwd, env, stdin)
            print(line + "   %7.1fx" % (wall / base[0]), flush=True)


# Kinds of data revisions (see projects.DATA_BODIES).
DATA_JOBS = (("core", "updates one by one, Core"), ("text", "updates one by one, text()"),
             ("bulk_insert", "op.bulk_insert"))


def drop_database(cwd):
    for name in os.listdir(cwd):
        if name.startswith("app.db"):
            os.unlink(os.path.join(cwd, name))


def jobs(limbeck, top, quick):
    alembic, mate, shell = shutil.which("alembic"), dbmate_path(), shutil.which("sqlite3")
    few, some = (3, 3) if quick else (21, 7)
    mate_env = {"DATABASE_URL": "sqlite:app.db", "DBMATE_NO_DUMP_SCHEMA": "true"}

    def project(name, parents):
        folder = os.path.join(top, name)
        projects.alembic(folder, parents)
        return folder

    hundred = project("hundred", projects.parents_in_line(100))
    projects.dbmate(hundred, 100)
    projects.shell(hundred, 100)
    thousand = project("thousand", projects.parents_in_line(1000))
    branchy = project("branchy", projects.parents_branchy(1000))
    branchy5 = project("branchy5", projects.parents_branchy(5000))
    applied = project("applied", projects.parents_in_line(100))
    subprocess.run([limbeck, "upgrade", "head"], cwd=applied, check=True, stderr=subprocess.DEVNULL)

    def pair(job, args, cwd):
        return job.tool("limbeck", [limbeck] + args, cwd).tool("alembic", [alembic] + args, cwd)

    yield pair(Job("--version", few), ["--version"], top).tool("dbmate", [mate, "--version"], top)
    yield pair(Job("--help", few), ["--help"], top).tool("dbmate", [mate, "--help"], top)
    yield pair(Job("current, SQLite, 100 revisions", few), ["current"], applied)
    yield pair(Job("heads, 1,000 revisions", some), ["heads"], thousand)
    yield pair(Job("history, 1,000 revisions", some), ["history"], thousand)
    yield pair(Job("history, 1,000 revisions with branches", some), ["history"], branchy)
    yield Job("history, 5,000 revisions with branches", some).tool("limbeck", [limbeck, "history"], branchy5)
    yield (pair(Job("upgrade head, SQLite, 100 revisions", some, drop_database, sync=True), ["upgrade", "head"], hundred)
           .tool("dbmate", [mate, "up"], hundred, mate_env)
           .tool("sqlite3", [shell, "app.db"], hundred, {}, os.path.join(hundred, "all.sql")))
    yield pair(Job("upgrade head --sql, 1,000 revisions", some), ["upgrade", "head", "--sql"], thousand)
    rows = 10000 if quick else 100000
    for kind, text in DATA_JOBS:
        folder = os.path.join(top, "data_" + kind)
        projects.data(folder, kind, rows)
        yield pair(Job("%s, %d rows, SQLite" % (text, rows), 3, drop_database), ["upgrade", "head"], folder)


def arguments(doc):
    """(limbeck, quick) of the command line."""
    args = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("limbeck")
    args.add_argument("--quick", action="store_true", help="fewer runs a job")
    given = args.parse_args()
    return os.path.abspath(given.limbeck), given.quick


def with_postgresql(doc, settings, measure):
    """measure(limbeck, server, top, quick) with a server of its own and an empty folder."""
    import servers

    limbeck, quick = arguments(doc)
    top = tempfile.mkdtemp(prefix="limbeck-bench-")
    try:
        with servers.postgresql(settings=settings, own=True) as server:
            measure(limbeck, server, top, quick)
    finally:
        shutil.rmtree(top)


def main():
    limbeck, quick = arguments(__doc__)
    tmpfs = "/dev/shm" if os.path.isdir("/dev/shm") else None
    top = tempfile.mkdtemp(prefix="limbeck-bench-", dir=tmpfs)
    try:
        for job in jobs(limbeck, top, quick):
            job.run()
    finally:
        shutil.rmtree(top)


if __name__ == "__main__":
    main()
