#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs generated expressions under Limbeck and under this Python and compares what they give.

    modules.py LIMBECK_PY [datetime|re|json|path] [COUNT]
"""
import json
import os
import random
import subprocess
import sys
import tempfile

CHUNK = 400
HEAD = """import json, os, re, sys
from datetime import UTC, date, datetime, time, timedelta, timezone


def tried(number, make):
    try:
        print(number, ascii(make()))
    except Exception as error:
        print(number, type(error).__name__ + ':', ascii(str(error)))


"""


# ---- datetime ----

def a_date(rng):
    return "date(%d, %d, %d)" % (rng.choice([1, 1900, 1970, 2000, 2023, 2024, 9999, rng.randint(1, 9999)]), rng.randint(1, 12), rng.randint(1, 28))


def a_zone(rng):
    return rng.choice(["None", "UTC", "timezone(timedelta(hours=%d, minutes=%d))" % (rng.randint(-23, 23), rng.randint(0, 59)),
                       "timezone(timedelta(seconds=%d))" % rng.randint(-86399, 86399)])


def a_moment(rng):
    return "datetime(%d, %d, %d, %d, %d, %d, %d, %s)" % (
        rng.choice([1, 1969, 1970, 2000, 2024, 9999, rng.randint(1, 9999)]), rng.randint(1, 12), rng.randint(1, 28), rng.randint(0, 23),
        rng.randint(0, 59), rng.randint(0, 59), rng.choice([0, 1, 500000, 999999, rng.randint(0, 999999)]), a_zone(rng))


def a_delta(rng):
    return "timedelta(%s)" % ", ".join("%s=%s" % (name, rng.choice([rng.randint(-50, 50), rng.randint(-10 ** 6, 10 ** 6), round(rng.uniform(-9, 9), 3)]))
                                       for name in rng.sample(["days", "seconds", "microseconds", "minutes", "hours", "weeks", "milliseconds"], rng.randint(1, 3)))


def iso_text(rng):
    whole = rng.choice(["2024-03-05", "20240305", "2024-W10-2", "2024W102", "2024-W53-7", "0001-01-01", "9999-12-31"])
    if rng.random() < 0.8:
        whole += rng.choice("T t") + rng.choice(["07", "07:08", "0708", "07:08:09", "070809", "23:59:59"])
        whole += rng.choice(["", "", ".1", ".123456", ",5", ".1234567"]) + rng.choice(["", "", "Z", "+02:00", "-0330", "+00:00", "+05", "-12:34:56", "+01:02:03.000004"])
    if rng.random() < 0.25:
        at = rng.randrange(len(whole))
        whole = whole[:at] + rng.choice(["", "x", "-", ":", "9", " ", "é"]) + whole[at + rng.randint(0, 1):]
    return whole


def strptime_case(rng):
    parts = [("%Y", "2024"), ("%m", "03"), ("%d", "5"), ("%H", "07"), ("%M", "8"), ("%S", "09"), ("%f", "123"), ("%j", "065"),
             ("%y", "24"), ("%b", "Mar"), ("%B", "march"), ("%a", "Tue"), ("%A", "tuesday"), ("%p", "PM"), ("%I", "07"), ("%z", "+0230"), ("%%", "%")]
    chosen = rng.sample(parts, rng.randint(1, 6))
    separator = rng.choice(["-", " ", "/", "", ":"])
    form, text = separator.join(p[0] for p in chosen), separator.join(p[1] for p in chosen)
    if rng.random() < 0.2:
        text = text[:-1] if rng.random() < 0.5 else text + rng.choice("x1 ")
    return "datetime.strptime(%r, %r)" % (text, form)


def datetime_case(rng):
    kind = rng.randrange(14)
    if kind == 0:
        return "%s + %s" % (rng.choice([a_date, a_moment])(rng), a_delta(rng))
    if kind == 1:
        return "%s - %s" % (rng.choice([a_date, a_moment])(rng), a_delta(rng))
    if kind == 2:
        return "%s - %s" % (a_moment(rng), a_moment(rng))
    if kind == 3:
        return "%s %s %s" % (a_moment(rng), rng.choice(["<", "==", ">=", "!="]), a_moment(rng))
    if kind == 4:
        return "datetime.fromisoformat(%r)" % iso_text(rng)
    if kind == 5:
        text = iso_text(rng)
        return "time.fromisoformat(%r)" % text.split("T")[1] if "T" in text and rng.random() < 0.5 else "date.fromisoformat(%r)" % text
    if kind == 6:
        return strptime_case(rng)
    if kind == 7:
        return "%s.strftime(%r)" % (a_moment(rng), "".join(rng.choice(["%" + c for c in "aAbBcdfHIjmMpSUwWxXyYzZGVu%"] + [" ", "-", "T"]) for _ in range(6)))
    if kind == 8:
        return "(lambda d: (d, str(d), d.days, d.seconds, d.microseconds, d.total_seconds()))(%s %s %s)" % (a_delta(rng), rng.choice("+-"), a_delta(rng))
    if kind == 9:
        return "%s %s %s" % (a_delta(rng), rng.choice(["*", "/", "//", "%"]), rng.choice([str(rng.randint(-9, 9)), "%.3f" % rng.uniform(-5, 5), a_delta(rng)]))
    if kind == 10:
        return "%s.astimezone(%s)" % (a_moment(rng).replace(", None)", ", UTC)"), a_zone(rng).replace("None", "UTC"))
    if kind == 11:
        return "(lambda m: (m.isoformat(), m.toordinal(), m.isocalendar()[:], m.weekday(), m.timetuple()[:8], str(m), repr(m)))(%s)" % a_moment(rng)
    if kind == 12:
        return "datetime.fromtimestamp(%r, %s)" % (rng.choice([rng.randint(-10 ** 10, 10 ** 10), rng.uniform(-1e9, 1e9), round(rng.uniform(0, 2e9), 6)]), a_zone(rng).replace("None", "UTC"))
    return "%s.timestamp()" % a_moment(rng).replace(", None)", ", UTC)")


# ---- re ----

ATOMS = ["a", "b", "c", ".", r"\d", r"\w", r"\s", r"\b", "[ab]", "[^a]", r"[\w-]", "é", "1", " ", "_", r"\.", "^", "$", r"\W", r"\D", r"\S", "[a-c1]", r"\B", r"\Z", r"\A", "\\n"]


def a_pattern(rng, depth=0):
    out = []
    for _ in range(rng.randint(1, 4)):
        kind = rng.randrange(10)
        if kind == 0 and depth < 3:
            out.append("(%s)" % a_pattern(rng, depth + 1))
        elif kind == 1 and depth < 3:
            out.append(rng.choice(["(?:%s)", "(?=%s)", "(?!%s)", "(?i:%s)", "(?>%s)"]) % a_pattern(rng, depth + 1))
        elif kind == 2 and depth < 3:
            out.append("%s|%s" % (a_pattern(rng, depth + 1), a_pattern(rng, depth + 1)))
        elif kind == 3:
            out.append(rng.choice([r"(?<=a)", r"(?<!b)", r"(?<=\w)"]))
        else:
            out.append(rng.choice(ATOMS))
            if out[-1] not in ("^", "$", r"\b", r"\B", r"\Z", r"\A") and rng.random() < 0.4:
                out[-1] += rng.choice(["*", "+", "?", "{2}", "{1,3}", "{,2}", "*?", "+?", "??", "{0,1}?", "++"])
    return "".join(out)


def re_case(rng):
    pattern = a_pattern(rng)
    if rng.random() < 0.1:
        at = rng.randrange(len(pattern) + 1)
        pattern = pattern[:at] + rng.choice(["(", ")", "[", "*", "\\", "{", "?", "|"]) + pattern[at:]
    text = "".join(rng.choice("aabbc1 é_.\nAB-") for _ in range(rng.randint(0, 12)))
    flags = rng.choice(["0", "0", "re.I", "re.M", "re.S", "re.A", "re.X", "re.I | re.S"])
    what = rng.randrange(6)
    if what == 0:
        return "re.findall(%r, %r, %s)" % (pattern, text, flags)
    if what == 1:
        return "[(m.span(), m.groups()) for m in re.finditer(%r, %r, %s)]" % (pattern, text, flags)
    if what == 2:
        return "re.sub(%r, %r, %r, %d, %s)" % (pattern, rng.choice(["-", r"<\g<0>>", r"\\", "é"]), text, rng.randint(0, 2), flags)
    if what == 3:
        return "re.split(%r, %r, %d, %s)" % (pattern, text, rng.randint(0, 2), flags)
    if what == 4:
        return "re.%s(%r, %r, %s)" % (rng.choice(["match", "search", "fullmatch"]), pattern, text, flags)
    return "re.compile(%r, %s).%s(%r, %d, %d)" % (pattern, flags, rng.choice(["search", "findall"]), text, rng.randint(0, 4), rng.randint(0, 12))


# ---- json ----

def a_value(rng, depth=0):
    kind = rng.randrange(9)
    if kind < 2 and depth < 4:
        return [a_value(rng, depth + 1) for _ in range(rng.randint(0, 3))]
    if kind < 4 and depth < 4:
        return {rng.choice(["a", "é", "", "k\n", "\U0001f600", 1, None, True, 2.5]): a_value(rng, depth + 1) for _ in range(rng.randint(0, 3))}
    return rng.choice([None, True, False, 0, -5, 10 ** 25, 1.5, -0.0, 1e300, 1e-9, "", "x\"\\\t\x00", "é\u2028", "\U0001f600"])


def json_case(rng):
    value = a_value(rng)
    if rng.random() < 0.5:
        options = rng.choice(["", ", indent=2", ", indent=0", ", separators=(',', ':')", ", ensure_ascii=False", ", indent='--', ensure_ascii=False"])
        return "json.dumps(%r%s)" % (value, options)
    text = json.dumps(value, ensure_ascii=rng.random() < 0.5, indent=rng.choice([None, 1]))
    for _ in range(rng.choice([0, 0, 1, 2])):
        at = rng.randrange(len(text) + 1)
        text = text[:at] + rng.choice(["", ",", "}", "]", '"', "\\", "1", "e", " ", "\n", "nul", "-", "."]) + text[at + rng.randint(0, 2):]
    return "json.loads(%r)" % text


# ---- os.path ----

def a_path(rng):
    return "".join(rng.choice(["/", "/", ".", "..", "a", "b.txt", ".x", "c.tar.gz", "é", " ", ""]) for _ in range(rng.randint(0, 6)))


def path_case(rng):
    name = rng.choice(["normpath", "dirname", "basename", "split", "splitext", "isabs", "join", "join", "relpath", "commonprefix", "commonpath", "abspath"])
    if name == "join":
        return "os.path.join(%s)" % ", ".join(repr(a_path(rng)) for _ in range(rng.randint(1, 3)))
    if name == "relpath":
        return "os.path.relpath(%r, %r)" % ("/" + a_path(rng), "/" + a_path(rng))
    if name in ("commonprefix", "commonpath"):
        return "os.path.%s([%r, %r])" % (name, "/" + a_path(rng), "/" + a_path(rng))
    return "os.path.%s(%r)" % (name, a_path(rng))


KINDS = {"datetime": datetime_case, "re": re_case, "json": json_case, "path": path_case}


def outputs(argv, script):
    done = subprocess.run(argv + [script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120,
                          env=dict(os.environ, TZ="UTC", PYTHONWARNINGS="ignore"))
    return done.stdout.decode(errors="replace").splitlines(), done.stderr.decode(errors="replace")


def compare(limbeck, cases, folder):
    script = os.path.join(folder, "cases.py")
    with open(script, "w", encoding="utf-8") as file:
        file.write(HEAD + "".join("tried(%d, lambda: %s)\n" % pair for pair in enumerate(cases)))
    got, errors = outputs([limbeck], script)
    want, _ = outputs([sys.executable], script)
    # PCRE2 takes alternatives of different widths behind, where Python wants one width.
    differ = [(cases[i], g, w) for i, (g, w) in enumerate(zip(got, want)) if g != w and "fixed-width" not in w]
    if len(got) != len(want):
        differ.append((errors[-500:], "%d lines" % len(got), "%d lines" % len(want)))
    return differ


def main():
    limbeck = sys.argv[1]
    kinds = [sys.argv[2]] if len(sys.argv) > 2 else list(KINDS)
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 2000
    failed = total = 0
    with tempfile.TemporaryDirectory() as folder:
        for kind in kinds:
            rng = random.Random(kind)
            cases = [KINDS[kind](rng) for _ in range(count)]
            total += count
            for start in range(0, count, CHUNK):
                for case, got, want in compare(limbeck, cases[start:start + CHUNK], folder):
                    failed += 1
                    if failed <= 8:
                        print("case %s\n got %s\nwant %s\n" % (case, got, want))
    print("%d passed, %d failed" % (total - failed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
