#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Records what SQLAlchemy compiles the corpus to: record.py > corpus.out, or compares a run with it.

  record.py > corpus.out        with SQLAlchemy 2.0 on PYTHONPATH
  record.py PROGRAM             runs compile_corpus.py by PROGRAM (query_run) and compares

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


def run(argv):
    env = dict(os.environ, QUERY_FOLDER=HERE, PYTHONWARNINGS="ignore")
    return subprocess.run(argv, env=env, stdout=subprocess.PIPE, check=True, universal_newlines=True).stdout


def recorded(line):
    source, name, text, literal = json.loads(line)
    if literal == "CompileError" or PLACEHOLDER.search(literal) or "IN (NULL)" in literal or "@?" in literal:
        literal = None
    return [source, name, text, literal]


def record():
    for line in run([sys.executable, os.path.join(HERE, "compile_corpus.py")]).splitlines():
        print(json.dumps(recorded(line)))


def compare(program):
    passed = failed = 0
    got = run([program, os.path.join(HERE, "compile_corpus.py")]).splitlines()
    with open(os.path.join(HERE, "corpus.out")) as f:
        want = f.read().splitlines()
    for expected, line in zip(want, got):
        source, name, text, literal = json.loads(expected)
        have = json.loads(line)
        same = have[:3] == [source, name, text] and literal in (None, have[3])
        passed += same
        failed += not same
        if not same:
            print("%s [%s]\n  want %r\n       %r\n  have %r\n       %r" % (source, name, text, literal, *have[2:]))
    if len(want) != len(got):
        print("%d lines were recorded, there are %d" % (len(want), len(got)))
        failed += 1
    print("%d passed, %d failed" % (passed, failed))
    return failed


if len(sys.argv) > 1:
    sys.exit(1 if compare(sys.argv[1]) else 0)
record()
