#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares numbers, their texts and format specs with CPython's, over generated cases.

    number_cases.py LIMBECK_PY [COUNT [SEED]]

The generated script is run by both; each line is one expression and what it gives.
"""
import random
import subprocess
import sys
import tempfile

SPECS = ["", "d", "x", "X", "#x", "o", "#b", ",", "_", "+", " ", "08", "+012,", ">12", "<12", "^12", "*^15", "e",
         ".3e", "f", ".2f", ".0f", "g", ".3g", "%", ".1%", "010.3f", "#.0f", "#g", "z.1f", ",.2f", "=+15", "c", "n",
         "020_b", ".10", "_.3f", "E", "G", "F", "s", "10s", ".3s", "0>5"]
PERCENT = ["%d", "%5d", "%-5d|", "%05d", "%+d", "% d", "%x", "%#x", "%o", "%e", "%.3e", "%f", "%.0f", "%8.3f", "%g",
           "%.10g", "%s", "%r", "%.2s", "%10s", "%-10r|", "%i", "%u", "%c", "%X", "%#o", "%.5d", "%+.2f", "%%%d"]
BINARY = ["+", "-", "*", "/", "//", "%", "<<", ">>", "&", "|", "^", "<", "<=", "==", "!=", ">", ">="]


def integer(rng):
    kind = rng.randrange(6)
    if kind == 0:
        return rng.randrange(-10, 11)
    if kind == 1:
        return rng.choice([0, 1, -1, 2**31, 2**63 - 1, 2**63, -2**63, -2**63 - 1, 2**64, 10**18, 10**19])
    if kind == 2:
        return rng.randrange(-2**63, 2**63)
    if kind == 3:
        return rng.randrange(-10**6, 10**6)
    return rng.randrange(-2**rng.randrange(1, 300), 2**rng.randrange(1, 300))


def real(rng):
    kind = rng.randrange(8)
    if kind == 0:
        return rng.choice([0.0, -0.0, 1.0, 0.5, 1e16, 1e22, 5e-324, 1.7976931348623157e308, 2.5, 1e-5, 0.1])
    if kind == 1:
        return rng.uniform(-1000, 1000)
    if kind == 2:
        return 2.0 ** rng.randrange(-1074, 1024)
    if kind == 3:
        return round(rng.uniform(-10000, 10000), rng.randrange(5))
    if kind == 4:
        return float(rng.randrange(-10**17, 10**17))
    if kind == 5:
        return rng.randrange(1, 2000) / 8 * rng.choice([1, -1])
    return rng.uniform(-1, 1) * 10.0 ** rng.randrange(-320, 308)


def number_text(rng):
    return rng.choice(["12", " 12 ", "1_2", "_1", "1__2", "+5", "-5", "0x1f", "0b1", "0o7", "zz", "", "1.5", "1e5",
                       "1e400", ".5", "5.", ".", "1e", "inf", "-inf", "nan", "infinity", "١٢", "1_0.5_1", "1e-400",
                       repr(real(rng)), str(integer(rng)), "0" * 30 + "1", "123456789" * 5, "1.5e3_0", "- 1", "0x_1f"])


def expression(rng):
    kind = rng.randrange(13)
    value = repr(real(rng)) if rng.random() < 0.5 else repr(integer(rng))
    other = repr(real(rng)) if rng.random() < 0.5 else repr(integer(rng))
    if kind <= 2:
        op = rng.choice(BINARY)
        if op in ("<<", ">>"):
            other = str(rng.randrange(-2, 200))
        return "(%s) %s (%s)" % (value, op, other)
    if kind == 3:
        return "(%s) ** (%s)" % (abs(integer(rng)) % 1000 + 1, rng.randrange(-5, 60))
    if kind == 4:
        return "format(%s, %r)" % (value, rng.choice(SPECS))
    if kind == 5:
        return "%r %% (%s,)" % (rng.choice(PERCENT), value)
    if kind == 6:
        return "round(%s, %d)" % (value, rng.randrange(-20, 20))
    if kind == 7:
        return "%s(%r)" % (rng.choice(["int", "float"]), number_text(rng))
    if kind == 8:
        return "int(%r, %d)" % (number_text(rng), rng.choice([0, 2, 8, 10, 16, 36]))
    if kind == 9:
        return "divmod(%s, %s)" % (value, other)
    if kind == 10:
        return "(%s, hash(%s), -(%s), abs(%s), bool(%s))" % ((value,) * 5)
    if kind == 11:
        return "(%s).hex() == float.fromhex((%s).hex()).hex(), (%s).hex(), (%s).as_integer_ratio()" % (
            (repr(real(rng)),) * 4)
    return "pow(%d, %d, %d)" % (integer(rng), abs(integer(rng)) % 10**6, integer(rng) or 1)


RUN = """
for case in CASES:
    try:
        print(case, '->', repr(eval(case)))
    except Exception as error:
        print(case, '!!', type(error).__name__, error)
"""


def main():
    limbeck = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 6000
    rng = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 20)
    cases = [expression(rng) for _ in range(count)]
    with tempfile.NamedTemporaryFile("w", suffix=".py", encoding="utf-8") as script:
        script.write("CASES = %r\n%s" % (cases, RUN))
        script.flush()
        expected = subprocess.run([sys.executable, "-W", "ignore", script.name], capture_output=True, text=True)
        got = subprocess.run([limbeck, script.name], capture_output=True, text=True)
    if expected.returncode or got.returncode:
        print(expected.stderr[-500:], got.stderr[-500:])
        return 1
    differing = [(a, b) for a, b in zip(expected.stdout.split("\n"), got.stdout.split("\n")) if a != b]
    for a, b in differing[:20]:
        print("expected", a, "\ngot     ", b)
    print("%d cases, %d differ" % (count, len(differing)))
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
