#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares base/ini with Python's configparser over generated files.

    ini.py READ_DUMP [COUNT]
"""
import configparser
import random
import subprocess
import sys

NAMES = ["a", "B", "sqlalchemy.url", "here", "key one", "x", "Ünï", "percent", "İ"[:0] or "z"]
SECTIONS = ["alembic", "loggers", "DEFAULT", "one two", "a]b", "other", "x:y", "ÄÖ"]
VALUES = ["1", "", "a = b", "%(here)s/x", "%%", "%", "50%", "%(x)s", "%(A)s", "%(nope)s", "# no", "; no",
          "x # y", "x ; y", "[x]", "http://u:p@h/d", "%(key one)s", "%(x", "%(x)d", "%()s", "  padded  ",
          "tab\tin", "\u00a0nbsp\u00a0", "'quoted'", '"q"', "naïve \u2028 sep", "%(a)s%(b)s", "\x1cfs"]
SPACES = ["", "", "", " ", "    ", "\t", "\u00a0", "\x0b"]
ENDS = ["\n"] * 8 + ["\r\n", "\r"]


def line(rng):
    kind = rng.randrange(12)
    if kind < 2:
        return rng.choice(SPACES) * (rng.random() < 0.3) + "[%s]" % rng.choice(SECTIONS) + rng.choice(
            ["", "", "", " ; c", "]", " "])
    if kind < 8:
        return (rng.choice(SPACES) * (rng.random() < 0.2) + rng.choice(NAMES) + rng.choice(SPACES)
                + rng.choice(["=", ":", "=", " = ", "==", "="]) + rng.choice(SPACES) + rng.choice(VALUES))
    if kind == 8:
        return rng.choice(SPACES[3:]) + rng.choice(VALUES)
    if kind == 9:
        return rng.choice(SPACES) + rng.choice("#;") + rng.choice(VALUES)
    if kind == 10:
        return rng.choice(SPACES)
    return rng.choice([rng.choice(VALUES), "[]", "[", "= x", ": y", "novalue", "[open", "\ufeff"]) \
        if rng.random() < 0.25 else rng.choice(NAMES) + str(rng.randrange(9)) + " = " + rng.choice(VALUES)


def document(rng):
    body = "" if rng.random() < 0.03 else "[%s]\n" % rng.choice(SECTIONS)
    for _ in range(rng.randrange(14)):
        body += line(rng) + rng.choice(ENDS)
    return body[:-1] if body and rng.random() < 0.2 else body


def expected(text):
    out = []
    parser = configparser.ConfigParser({"here": "/a%%b"})
    try:
        parser.read_file(text_mode_lines(text), "x.ini")
    except configparser.Error as error:
        return [("error", str(error))]
    for section in parser.sections():
        out.append(("section", section))
        for option in parser.options(section):
            out.append(("option", option))
            try:
                out.append(("value", parser.get(section, option)))
            except configparser.Error as error:
                out.append(("bad", str(error)))
    return out


def text_mode_lines(text):
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    parts = text.split("\n")
    for part in parts[:-1]:
        yield part + "\n"
    if parts[-1]:
        yield parts[-1]


def read_dump(data):
    at, result, current = 0, [], []
    while at < len(data):
        end = data.index(b"\n", at)
        words = data[at:end].split()
        at = end + 1
        if words[0] == b"end":
            result.append(current)
            current = []
            continue
        size = int(words[1])
        current.append((words[0].decode(), data[at:at + size].decode()))
        at += size + 1
    return result


def main():
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 5000
    rng = random.Random(20240817)
    texts = [document(rng) for _ in range(count)]
    stream = b"".join(b"%d\n" % len(t.encode()) + t.encode() for t in texts)
    done = subprocess.run([sys.argv[1], "ini"], input=stream, stdout=subprocess.PIPE, check=True)
    results = read_dump(done.stdout)
    failed = 0
    for text, got in zip(texts, results):
        want = expected(text)
        if got != want:
            failed += 1
            if failed <= 3:
                print("text %r\n got %r\nwant %r\n" % (text, got, want))
    errors = sum(1 for got in results if got and got[0][0] == "error")
    print("%d files, %d broken ones, %d differ" % (len(results), errors, failed))
    return 1 if failed or len(results) != count else 0


if __name__ == "__main__":
    sys.exit(main())
