#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs all comparisons with Python's own modules: tests/differential/run.py BUILD_FOLDER

Prints what each says, and `N passed, M failed`. Exit status 77 of one (its oracle is not there)
counts as neither.
"""
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
DUMP = "tests/differential/"
# the script, the program that it compares
SUITES = [
    ("ini", DUMP + "read_dump"),
    ("toml", DUMP + "read_dump"),
    ("graph", DUMP + "graph_dump"),
    ("modules", "limbeck-py"),
    ("numbers", "limbeck-py"),
    ("texts", "limbeck-py"),
    ("decimals", "limbeck-py"),
]


def main():
    build = os.path.abspath(sys.argv[1])
    passed = failed = 0
    for name, program in SUITES:
        script = os.path.join(HERE, name + ".py")
        done = subprocess.run([sys.executable, script, os.path.join(build, program)], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, universal_newlines=True)
        said = done.stdout.strip().splitlines()
        if done.returncode == 0:
            passed += 1
            print("%-10s %s" % (name, said[-1] if said else ""))
        elif done.returncode == 77:
            print("%-10s skipped" % name)
        else:
            failed += 1
            print("%-10s FAILED\n%s" % (name, "\n".join("    " + x for x in said[-30:])))
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0


sys.exit(main())
