#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Records what scripts of this folder print under SQLAlchemy, or compares a run with it.

  record.py compile_corpus.py > corpus.out    with SQLAlchemy 2.0 on PYTHONPATH (legacy.py: 1.4)
  record.py PROGRAM                           runs all SCRIPTS by PROGRAM (query_run) and compares

A literal text is left out of the record where SQLAlchemy refuses to write one or leaves a
placeholder in it.
"""
import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
PLACEHOLDER = re.compile(r"%s|%\(\w+\)s|\?(?=[ ,)]|$)|:[a-z_]+\w*")


SCRIPTS = [("compile_corpus.py", "corpus.out"), ("results.py", "results.out"), ("legacy.py", "legacy.out")]


def run(argv):
    env = dict(os.environ, QUERY_FOLDER=HERE, PYTHONWARNINGS="ignore")
    return subprocess.run(argv, env=env, stdout=subprocess.PIPE, check=True, universal_newlines=True).stdout


def recorded(line):
    """A line of the corpus without the literal text that SQLAlchemy does not write."""
    fields = json.loads(line)
    literal = fields[3] if len(fields) > 3 else ""
    if literal == "CompileError" or PLACEHOLDER.search(literal) or "IN (NULL)" in literal or "@?" in literal:
        fields[3] = None
    return fields


def record(script):
    for line in run([sys.executable, os.path.join(HERE, script)]).splitlines():
        print(json.dumps(recorded(line)))


def compare(program, script, record_name):
    passed = failed = 0
    got = run([program, os.path.join(HERE, script)]).splitlines()
    with open(os.path.join(HERE, record_name)) as f:
        want = f.read().splitlines()
    for expected, line in zip(want, got):
        expected, have = json.loads(expected), json.loads(line)
        same = all(e in (None, h) for e, h in zip(expected, have))
        passed += same
        failed += not same
        if not same:
            print("%s\n  want %r\n  have %r" % (expected[0], expected[1:], have[1:]))
    if len(want) != len(got):
        print("%s: %d lines were recorded, there are %d" % (record_name, len(want), len(got)))
        failed += 1
    return passed, failed


def main():
    if sys.argv[1].endswith(".py"):
        return record(sys.argv[1])
    counts = [compare(sys.argv[1], script, name) for script, name in SCRIPTS]
    passed, failed = map(sum, zip(*counts))
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0


sys.exit(main())
