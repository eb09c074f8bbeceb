#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the golden cases against a binary: tests/golden/run.py build/limbeck [--postgresql] [AREA ...]

On SQLite; with --postgresql on a PostgreSQL server started for it (tests/servers.py), or on the one
of GOLDEN_PG_URL=postgresql+psycopg2://user:password@host:port/prefix where that is set.

Prints what failed, a line an area, and `N passed, M failed`. Steps listed in waiting.tsv, or
waiting-postgresql.tsv (area/case, step, reason; tab separated, `*` = every step) must fail, and are
not counted.
"""
import fnmatch
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.dirname(HERE)]
import golden  # noqa: E402
import servers  # noqa: E402

AREAS = ("cli", "graph", "env", "ddl", "chains", "data", "bootstrap", "autogenerate")
WAITING = {"sqlite": "waiting.tsv", "postgresql": "waiting-postgresql.tsv"}


def waiting(dialect):
    rows = []
    with open(os.path.join(HERE, WAITING[dialect]), encoding="utf-8") as f:
        for line in f:
            if line.strip() and not line.startswith("#"):
                case, step, reason = line.rstrip("\n").split("\t")
                rows.append((case, step, reason))
    return rows


class Tally:
    def __init__(self, dialect):
        self.passed = self.failed = 0
        self.file, self.rows = WAITING[dialect], waiting(dialect)
        self.met = set()

    def waits(self, case, step):
        for row in self.rows:
            if row[0] == case and fnmatch.fnmatch(step, row[1]):
                return row
        return None

    def step(self, case, name, bad):
        row = self.waits(case, name)
        if bad and row:
            self.met.add(row)
            return
        if bad:
            self.failed += 1
            print("FAIL %s %s" % (case, name))
            for kind, text in bad:
                print("    %s:\n%s" % (kind, text))
        else:
            self.passed += 1

    def visit(self, case, dialect, result):
        if isinstance(result, str):
            self.step(case.id, "*", [("run", "      " + result)])
            return
        for step, res in result:
            if {"args", "query", "schema"} & set(step):
                self.step(case.id, step["name"], golden.compare(case, dialect, step, res, 12, better=True))

    def close(self):
        """A row that no failing step answered to is out of date."""
        for row in self.rows:
            if row not in self.met:
                self.failed += 1
                print("%s: %s %s passes now: take the row out" % ((self.file,) + row[:2]))
        print("%d passed, %d failed" % (self.passed, self.failed))
        return 1 if self.failed or not self.passed else 0


class Options:
    area = case = create_all = None
    verbose = oracle_mode = False
    jobs = os.cpu_count() or 1


def run(opts, areas):
    tally = Tally(opts.dialect)
    for area in areas or AREAS:
        opts.area = area
        before = tally.passed, tally.failed
        golden.run_all(opts, tally.visit)
        print("%-8s %d passed, %d failed" % (area, tally.passed - before[0], tally.failed - before[1]))
    if areas:
        tally.rows = [r for r in tally.rows if r[0].split("/")[0] in areas]
    return tally.close()


def main():
    opts = Options()
    opts.command = [os.path.abspath(sys.argv[1])]
    areas = [a for a in sys.argv[2:] if a != "--postgresql"]
    if "--postgresql" not in sys.argv and "GOLDEN_PG_URL" not in os.environ:
        opts.dialect = "sqlite"
        return run(opts, areas)
    opts.dialect = "postgresql"
    if "GOLDEN_PG_URL" in os.environ:
        return run(opts, areas)
    with servers.postgresql(password="Sesame7Open") as server:  # the cases write it into an ini: no % in it
        os.environ["GOLDEN_PG_URL"] = server.url("golden")
        return run(opts, areas)


if __name__ == "__main__":
    sys.exit(main())
