#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares base/toml with Python's tomllib over generated documents.

    toml.py READ_DUMP [COUNT]

Exit status 77 (skipped) before Python 3.11.
"""
import datetime
import math
import random
import subprocess
import sys

try:
    import tomllib
except ImportError:
    sys.exit(77)

KEYS = ["a", "b", "c", "tool", "alembic", '"q k"', "'x'", "a-b", "1", "tool.alembic", "a.b", "b . c", "a.b.c", '""']
SCALARS = ["1", "-2", "+3", "0", "-0", "1_000", "1__0", "_1", "1_", "0x1F", "0xdead_beef", "0o17", "0b101", "0b2",
           "99999999999999999999", "0x", "01", "1.5", "-1.5e3", "1e5", "1.e5", ".5", "1.", "6.02e+23", "inf", "-inf",
           "nan", "true", "false", "True", '"s"', "'lit\\eral'", '"\\u00e9\\n"', '"\\U0001F600"', '"\\x"', '"\\ud800"',
           '"open', "'''m\nn'''", '"""m\n n\\\n   x"""', '""""q"""', '"""a"""""', '""', '"tab\there"', '"\x01"',
           "2024-05-17", "2024-02-30", "2024-05-17T12:30:00", "2024-05-17 12:30:00.123456789Z", "12:30:00", "12:30",
           "2024-05-17T12:30:00-07:30", "25:00:00", "%(here)s", "", "1 2", "'''", "2024-05-17T", "é"]
SPACES = ["", "", "", " ", "\t", "  "]


def value(rng, depth=0):
    kind = rng.randrange(12)
    if kind == 0 and depth < 3:
        sep = rng.choice([",", ", ", ",\n", " ,# c\n "])
        return "[" + rng.choice(["", " ", "\n"]) + sep.join(value(rng, depth + 1) for _ in range(rng.randrange(4))) + \
            rng.choice(["", "", ",", " ", "\n"]) + "]"
    if kind == 1 and depth < 3:
        return "{" + rng.choice(["", " "]) + ", ".join(
            "%s = %s" % (rng.choice(KEYS), value(rng, depth + 1)) for _ in range(rng.randrange(3))) + \
            rng.choice(["", "", " ", ","]) + "}"
    return rng.choice(SCALARS[:3] + SCALARS if rng.random() < 0.3 else ["1", '"s"', "true", "1.5", "2024-05-17", "'l'"])


def line(rng):
    kind = rng.randrange(10)
    s = rng.choice(SPACES)
    if kind < 2:
        return s + "[" + s + rng.choice(KEYS) + s + "]" + rng.choice(["", " # c", "", "x"][:3])
    if kind == 2:
        return "[[" + rng.choice(KEYS) + "]]"
    if kind == 3:
        return rng.choice(["", "# comment", "  ", "# \u00e9", "=", "[", "a", "a =", "[a", "[[a]"][:4 if rng.random() < 0.8 else 10])
    return s + rng.choice(KEYS) + str(rng.choice(["", "", rng.randrange(5)])) * (rng.random() < 0.8) + s + "=" + s + \
        value(rng) + rng.choice(["", "", "", " # c", "\t"])


def document(rng):
    return "".join(line(rng) + rng.choice(["\n", "\n", "\n", "\r\n"]) for _ in range(rng.randrange(1, 7)))


def dump(v, out):
    if isinstance(v, bool):
        out.append(b"true" if v else b"false")
    elif isinstance(v, str):
        data = v.encode("utf-8", "surrogatepass")
        out.append(b"str %d\n" % len(data) + data)
    elif isinstance(v, int):
        out.append(b"int %d" % v)
    elif isinstance(v, float):
        out.append(b"float nan" if math.isnan(v) else b"float %s" % (b"%.17g" % v))
    elif isinstance(v, datetime.datetime):
        off = v.utcoffset()
        out.append(b"%d-%d-%d %d:%d:%d.%d %d %d" % (v.year, v.month, v.day, v.hour, v.minute, v.second, v.microsecond,
                                                     off is not None, off.total_seconds() // 60 if off else 0))
    elif isinstance(v, datetime.date):
        out.append(b"%d-%d-%d 0:0:0.0 0 0" % (v.year, v.month, v.day))
    elif isinstance(v, datetime.time):
        out.append(b"0-0-0 %d:%d:%d.%d 0 0" % (v.hour, v.minute, v.second, v.microsecond))
    elif isinstance(v, list):
        out.append(b"[")
        for item in v:
            dump(item, out)
        out.append(b"]")
    else:
        out.append(b"{")
        for key, item in v.items():
            data = key.encode()
            out.append(b"key %d\n" % len(data) + data)
            dump(item, out)
        out.append(b"}")


def expected(text):
    out = []
    try:
        dump(tomllib.loads(text), out)
    except tomllib.TOMLDecodeError:
        out = [b"error"]
    except RecursionError:
        out = [b"error"]
    return b"\n".join(out)


def main():
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 8000
    rng = random.Random(20240303)
    texts = [document(rng) for _ in range(count)]
    stream = b"".join(b"%d\n" % len(t.encode()) + t.encode() for t in texts)
    done = subprocess.run([sys.argv[1], "toml"], input=stream, stdout=subprocess.PIPE, check=True)
    results = done.stdout.replace(b"float -nan", b"float nan").split(b"\nend\n")[:-1]
    failed = errors = 0
    for text, got in zip(texts, results):
        want = expected(text)
        errors += want == b"error"
        if got != want:
            failed += 1
            if failed <= 4:
                print("text %r\n got %r\nwant %r\n" % (text, got, want))
    print("%d documents, %d broken ones, %d differ" % (len(results), errors, failed))
    return 1 if failed or len(results) != count else 0


if __name__ == "__main__":
    sys.exit(main())
