#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares decimal with CPython's over generated cases.

    decimals.py LIMBECK_PY [COUNT [SEED]]
"""
import random
import subprocess
import sys
import tempfile

OPERATIONS = ["a + b", "a - b", "a * b", "a / b", "a // b", "a % b", "divmod(a, b)", "a ** N", "-a", "+a", "abs(a)",
              "a.quantize(D('Q'))", "a.normalize()", "a.to_integral_value()", "a.sqrt()", "a < b", "a == b", "a >= b",
              "a.compare(b)", "str(a)", "repr(a)", "a.as_tuple()", "a.adjusted()", "int(a)", "float(a)", "round(a, 2)",
              "round(a)", "format(a, 'F')", "a.remainder_near(b)", "a.max(b)", "a.min(b)", "a.scaleb(3)",
              "a.to_eng_string()", "a.number_class()", "a.next_plus()", "a.next_minus()", "a.fma(b, b)",
              "a.compare_total(b)", "a == 1.5", "a < 0.1", "a + 3", "7 - a", "3 / a", "a.as_integer_ratio()", "bool(a)",
              "a.copy_sign(b)", "a.same_quantum(b)", "D('X').exp()", "D('X').ln()", "D('X').log10()", "D(a) is not None",
              "hash(a) if a == a else 0", "D.from_float(0.1) + a", "a.logb()", "a.is_signed()"]
FORMATS = ["", ".2f", "10.3f", ",.2f", "+.3e", "e", "g", ".3g", "020,.2f", "%", ".1%", "<12", "^12.1f", "z.1f",
           "*>+15,.2f", "010", ".0f", ".0e", "E", "n", "G", ".5"]
ROUNDINGS = ["ROUND_HALF_EVEN"] * 4 + ["ROUND_DOWN", "ROUND_UP", "ROUND_HALF_UP", "ROUND_HALF_DOWN", "ROUND_CEILING",
                                       "ROUND_FLOOR", "ROUND_05UP"]


def number(rng):
    if rng.random() < 0.05:
        return rng.choice(["0", "-0", "0.00", "0E+5", "-0E-3", "Infinity", "-Infinity", "NaN", "1", "-1", "10", "0.1"])
    digits = "".join(rng.choice("0123456789") for _ in range(rng.choice([1, 2, 5, 10, 20, 28, 29, 30, 40])))
    if rng.random() < .3:
        digits = digits[:-1] + rng.choice("05")
    power = rng.choice([0, 0, -1, -2, -5, 5, -20, 20, -28, rng.randrange(-60, 60)])
    return rng.choice(["", "-"]) + digits + ("E%d" % power if power else "")


def case(rng):
    operation = rng.choice(OPERATIONS).replace("N", str(rng.randrange(-9, 10)))
    operation = operation.replace("Q", "1E%d" % rng.randrange(-12, 5)).replace("F", rng.choice(FORMATS))
    operation = operation.replace("X", "%d.%d" % (rng.randrange(0, 300), rng.randrange(1000)))
    return number(rng), number(rng), operation, rng.choice(ROUNDINGS)


RUN = """
import decimal
from decimal import Decimal as D
for a, b, operation, rounding in CASES:
    context = decimal.Context(rounding=rounding)
    decimal.setcontext(context)
    try:
        result = eval(operation, {'a': D(a), 'b': D(b), 'D': D})
        result = str(tuple(result)) if isinstance(result, tuple) else str(result)
    except Exception as error:
        result = type(error).__name__ + ' ' + str(error)
    flags = sorted(each.__name__ for each in context.flags if context.flags[each])
    print(a, b, operation, rounding, '->', result, [f for f in flags if f in ('Inexact', 'Rounded', 'Overflow')])
"""


def main():
    limbeck = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 3000
    rng = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 7)
    cases = [case(rng) for _ in range(count)]
    with tempfile.NamedTemporaryFile("w", suffix=".py", encoding="utf-8") as script:
        script.write("CASES = %r\n%s" % (cases, RUN))
        script.flush()
        expected = subprocess.run([sys.executable, script.name], capture_output=True, text=True)
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
