#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the golden cases against a binary: tests/golden/run.py build/limbeck [AREA ...]

Prints what failed, a line an area, and `N passed, M failed`. Steps listed in waiting.tsv
(area/case, step, reason; tab separated, `*` = every step) must fail, and are not counted.
"""
import fnmatch
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import golden  # noqa: E402

AREAS = ("cli", "graph", "env", "ddl", "chains", "data")
DIALECT = "sqlite"


def waiting():
    rows = []
    with open(os.path.join(HERE, "waiting.tsv"), encoding="utf-8") as f:
        for line in f:
            if line.strip() and not line.startswith("#"):
                case, step, reason = line.rstrip("\n").split("\t")
                rows.append((case, step, reason))
    return rows


class Tally:
    def __init__(self):
        self.passed = self.failed = 0
        self.rows = waiting()
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
                print("waiting.tsv: %s %s passes now: take the row out" % row[:2])
        print("%d passed, %d failed" % (self.passed, self.failed))
        return 1 if self.failed or not self.passed else 0


class Options:
    area = case = create_all = None
    dialect = DIALECT
    verbose = oracle_mode = False
    jobs = os.cpu_count() or 1


def main():
    opts = Options()
    opts.command = [os.path.abspath(sys.argv[1])]
    tally = Tally()
    areas = sys.argv[2:] or AREAS
    for area in areas:
        opts.area = area
        before = tally.passed, tally.failed
        golden.run_all(opts, tally.visit)
        print("%-8s %d passed, %d failed" % (area, tally.passed - before[0], tally.failed - before[1]))
    if tuple(areas) != AREAS:
        tally.rows = [r for r in tally.rows if r[0].split("/")[0] in areas]
    return tally.close()


if __name__ == "__main__":
    sys.exit(main())
