#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Generated queries give the same text, parameters and rows under Limbeck as under SQLAlchemy, and
change the same rows. fuzz_grammar.py says what they are made of.

  fuzz.py PROGRAM [--count N] [--seed S] [--url URL]

PROGRAM is query_run. SQLAlchemy is what python3 imports (Debian's 1.4; 2.0 by PYTHONPATH); where 1.4
writes a query otherwise than 2.0, only the rows are compared. A difference is printed with its source.
"""
import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile

from fuzz_maker import Maker


def python_with_sqlalchemy():
    """This Python where it has SQLAlchemy, else Debian's, whose package the tests install."""
    has = subprocess.run([sys.executable, "-c", "import sqlalchemy"], capture_output=True).returncode == 0
    return sys.executable if has else "/usr/bin/python3"


PYTHON = python_with_sqlalchemy()
HERE = os.path.dirname(os.path.abspath(__file__))
LITERAL = 2  # where a line has the text with its values in it
PLACEHOLDER = re.compile(r"%s|%\(\w+\)s|\?(?=[\s,)]|$)|POSTCOMPILE|VALUES SELECT|IN \(NULL\)")


def outputs(argv, batch, url, extra):
    env = dict(os.environ, QUERY_FOLDER=HERE, FUZZ_BATCH=batch, FUZZ_URL=url, PYTHONWARNINGS="ignore", **extra)
    done = subprocess.run(argv + [os.path.join(HERE, "fuzz_script.py")], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          universal_newlines=True)
    lines = done.stdout.splitlines()
    if done.returncode:
        print(done.stderr[-2000:])
    return [json.loads(line) for line in lines]


def same(source, want, have, loose):
    """Text, parameters and rows; under 1.4, which writes much otherwise, the rows of what it knows."""
    if loose:
        return want[0].startswith("not made") or rows_of(want) == rows_of(have)
    if want[0].startswith("not made"):
        return want[0] == have[0]
    return all(a == b for n, (a, b) in enumerate(zip(want, have)) if n != LITERAL or (literal_text(a) and "b'" not in source))


def literal_text(text):
    """Whether all values are in the text, as both write them: SQLAlchemy refuses some types, and writes
    bytes as text."""
    return not (text.endswith(("Error", "Exception")) or PLACEHOLDER.search(text))


def rows_of(line):
    rows = line[3]
    return rows[1:] if rows and isinstance(rows[0], list) else [re.sub("failed: .*", "failed", str(r)) for r in rows[:1]]


# What 1.4 means in another way than 2.0, or gets wrong.
OTHERWISE = re.compile("|".join((
    r" // | / |as_|bitwise",  # division
    r"lambda q",  # unions within others
    r"distinct_from\(\d.*cte\(",  # takes the parameters of a WITH for those behind it
    r"any_\(|all_\(|\.any\(",  # NOT (x = ANY y) is x != ANY y there
    r"literal\(\{|uid_text",  # parameters of JSON and UUID have no type
    r"update\(.*info\[",  # leaves out the FROM of a path
    r"\+ \(?case\(|\+ [\w.]*regexp_replace|-type_coerce",  # what is a text; another name
    r"update\(.*exists\(.*cte\(",  # does not correlate within WITH
)), re.S)


def query(options, dialect, n):
    """The n-th query; where 1.4 has another meaning, the next one."""
    maker = Maker(options.seed * 1000003 + n, dialect)
    made = maker.query()
    while options.loose and OTHERWISE.search(made[0]):
        made = maker.query()
    return made[:2] + ("all",) if options.loose else made


def batches(options, dialect):
    for start in range(options.start, options.count, 500):
        yield start, [query(options, dialect, n) for n in range(start, min(options.count, start + 500))]


def parted(want, have, width):
    """Both texts around the place where they part."""
    want, have = str(want), str(have)
    at = len(os.path.commonprefix([want, have]))
    return [text[max(0, at - width // 2):at + width] for text in (want, have)]


def report(n, source, want, have, options):
    print("%d: %s" % (n, source))
    for k in range(4):
        if not (want and have) or (want[k] != have[k] and (k != LITERAL or literal_text(want[k]))):
            print("  want %s\n  have %s" % tuple(parted(want and want[k], have and have[k], options.width)))


def compare(options):
    dialect = options.url.split(":")[0].split("+")[0]
    options.loose = loose = "1.4" in subprocess.run([PYTHON, "-c", "import sqlalchemy; print(sqlalchemy.__version__)"],
                                                    stdout=subprocess.PIPE, universal_newlines=True).stdout
    passed = failed = refused = 0
    for start, sources in batches(options, dialect):
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as f:
            f.write("\n".join(map(json.dumps, sources)))
            f.flush()
            want = outputs([PYTHON], f.name, options.url, {})
            have = outputs([options.program], f.name, options.url, {})
        for n, source in enumerate(sources):
            a = want[n] if n < len(want) else None
            b = have[n] if n < len(have) else None
            good = a is not None and b is not None and same(source[0], a, b, loose)
            passed += good
            failed += not good
            refused += a is not None and (a[0].startswith("not made") or "failed" in str(a[3][:1]))
            if not good and failed <= options.show:
                report(start + n, source, a, b, options)
    print("%d of them SQLAlchemy or the server refused" % refused)
    print("%d passed, %d failed" % (passed, failed))
    return failed


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--count", type=int, default=int(os.environ.get("QUERY_FUZZ", "2000")))
    parser.add_argument("--start", type=int, default=0)
    parser.add_argument("--seed", type=int, default=int(os.environ.get("FUZZ_SEED", "1")))
    parser.add_argument("--url", default="sqlite://")
    parser.add_argument("--show", type=int, default=10)
    parser.add_argument("--width", type=int, default=120)
    options = parser.parse_args()
    options.program = os.path.abspath(options.program)
    return 1 if compare(options) else 0


if __name__ == "__main__":
    sys.exit(main())
