#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Everything that must hold, in one run: builds and suites, and at the end `N passed, M failed`.

  tests/run.py              all suites
  tests/run.py golden lint  some of them

A suite is a row of SUITES: its name, the build it needs, its command. A command says how it went
by a line `N passed, M failed` (the last one counts), or, for Meson, by `Ok: N` and `Fail: M`.
"""
import os
import re
import signal
import subprocess
import sys
import time

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CI = os.environ.get("CI") == "true"

WERROR = ["--werror"]
BUILDS = {
    "build-check": (["--buildtype=debugoptimized"] + WERROR, {}),
    "build-clang": (["--buildtype=debug"] + WERROR, {"CC": "clang"}),
    # no werror: instrumented code gives gcc false alarms
    "build-asan": (["--buildtype=debug", "-Doptimization=1", "-Db_sanitize=address,undefined",
                    "-Db_lundef=false"], {}),
}
PY = sys.executable
SUITES = [
    ("lint", None, [PY, "tests/lint/lint.py"]),
    ("meson", "build-check", ["meson", "test", "-C", "build-check", "--print-errorlogs"]),
    ("clang", "build-clang", ["meson", "test", "-C", "build-clang", "--print-errorlogs", "--suite", "unit"]),
    ("sanitizers", "build-asan", ["meson", "test", "-C", "build-asan", "--print-errorlogs", "--suite", "unit"]),
    ("python", "build-check", [PY, "tests/python/run.py", "build-check/limbeck-py"]),
    ("gc-stress", "build-asan", [PY, "tests/python/run.py", "build-asan/limbeck-py", "--gc-stress"]),
    ("models", "build-check", [PY, "tests/models/run.py", "build-check/limbeck"]),
    ("golden", "build-check", [PY, "tests/golden/run.py", "build-check/limbeck"]),
    ("live", "build-check", [PY, "tests/live/run.py", "build-check/limbeck"]),
    ("golden-pg", "build-check", [PY, "tests/golden/run.py", "build-check/limbeck", "--postgresql"]),
    ("alembic-pg", "build-check", [PY, "tests/differential/postgresql.py", "build-check/limbeck"]),
    ("generate", "build-check", [PY, "tests/live/generate.py", "build-check/limbeck"]),
    ("driver-pg", "build-check", [PY, "tests/live/driver.py", "build-check/limbeck"]),
    ("live-pg", "build-check", [PY, "tests/live/postgresql.py", "build-check/limbeck", "runs"]),
    ("faults-pg", "build-check", [PY, "tests/live/postgresql.py", "build-check/limbeck", "faults"]),
    ("memory", "build-check", [PY, "tests/live/memory.py", "build-check/limbeck"]),
    ("sessions", "build-check", [PY, "tests/live/sessions.py", "build-check/limbeck"]),
    ("fixpoint", "build-check", [PY, "tests/live/fixpoint.py", "build-check/limbeck"]),
    ("hostile", "build-check", [PY, "tests/live/hostile.py", "build-check/limbeck-py"]),
    ("query-fuzz", "build-check", [PY, "tests/query/fuzz.py", "build-check/tests/query/query_run"]),
    ("malformed", "build-check", [PY, "tests/live/malformed.py", "build-check/limbeck"]),
    ("fuzz", None, [PY, "tests/fuzz/run.py"]),
]


def run(argv, env=None):
    """Exit status and all output."""
    p = subprocess.run(argv, cwd=TOP, env=dict(os.environ, **(env or {})), stdin=subprocess.DEVNULL,
                       stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    return p.returncode, p.stdout


def build(name):
    """True when the build stands; its warnings are errors."""
    options, env = BUILDS[name]
    path = os.path.join(TOP, name)
    if not os.path.exists(os.path.join(path, "build.ninja")):
        status, out = run(["meson", "setup", name] + options, env)
        if status:
            print(out)
            return False
    status, out = run(["ninja", "-C", name])
    if status:
        print("\n".join(out.splitlines()[-60:]))
    return status == 0


def counts(status, out):
    """(passed, failed) as the output says; a command that says nothing has failed."""
    said = re.findall(r"^(\d+) passed, (\d+) failed", out, re.M)
    if said:
        passed, failed = map(int, said[-1])
    else:
        tally = {k: int(n) for k, n in re.findall(r"^(Ok|Fail|Timeout|Unexpected Pass): +(\d+)", out, re.M)}
        passed = tally.pop("Ok", 0)
        failed = sum(tally.values())
    if (status and not failed) or passed + failed == 0:
        failed += 1
    return passed, failed


def suite(name, needs, command, built):
    started = time.monotonic()
    if needs and needs not in built:
        built[needs] = build(needs)
    if needs and not built[needs]:
        print("%-12s %s does not build" % (name, needs))
        return 0, 1
    status, out = run(command)
    passed, failed = counts(status, out)
    if failed:
        print("---- %s: %s\n%s" % (name, " ".join(command), "\n".join(out.splitlines()[-200:])))
    print("%-12s %d passed, %d failed (%.0f s)" % (name, passed, failed, time.monotonic() - started),
          flush=True)
    return passed, failed


def main():
    # A shell has what it runs in the background ignore SIGINT; limbeck would leave it at that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    wanted = sys.argv[1:]
    built, passed, failed = {}, 0, 0
    for name, needs, command in SUITES:
        if wanted and name not in wanted:
            continue
        p, f = suite(name, needs, command, built)
        passed, failed = passed + p, failed + f
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
