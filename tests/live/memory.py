#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Data revisions that go through many rows take no more memory than through a few.

  tests/live/memory.py build/limbeck [KIND...]

Each kind of revision (bench/projects.py) runs over 10,000 rows and over 60,000 on SQLite; the greatest
resident sizes must be near each other. LIMBECK_ROWS=1000000 asks for that many, and for less than
64 MB. LIMBECK_URL_ROWS names another database, which is left empty.
"""
import os
import resource
import shutil
import subprocess
import sys
import tempfile

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(TOP, "bench"))
import projects  # noqa: E402

FEW, MANY = 10000, int(os.environ.get("LIMBECK_ROWS", 60000))
URL = os.environ.get("LIMBECK_URL_ROWS", "sqlite:///app.db")
MOST = 64 << 10  # KiB
# By kind, how many MiB more the many rows may take: the collector waits for what it found worth while,
# and a result of up to 16 MiB is held as a whole.
MORE = {"core": 6, "text": 6, "orm": 20}
RESULT = 16 if MANY > 100000 else 0


def run(limbeck, folder, *args):
    """The greatest resident size of the command, in KiB."""
    log = os.path.join(folder, "log")
    with open(log, "w") as out:
        p = subprocess.Popen([limbeck] + list(args), cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        _, status, usage = os.wait4(p.pid, 0)
    if status:
        with open(log) as text:
            raise AssertionError("%s: status %d: %s" % (" ".join(args), status, text.read()[-500:]))
    return usage.ru_maxrss


def measure(limbeck, top, kind, rows):
    folder = os.path.join(top, "%s_%d" % (kind, rows))
    projects.data(folder, kind, rows, URL)
    size = run(limbeck, folder, "upgrade", "head")
    run(limbeck, folder, "downgrade", "base")
    return size


def check(limbeck, top, kind):
    few, many = measure(limbeck, top, kind, FEW), measure(limbeck, top, kind, MANY)
    text = "%s: %.1f MB with %d rows, %.1f MB with %d" % (kind, few / 1024, FEW, many / 1024, MANY)
    good = many < few + (MORE[kind] + RESULT << 10) and many < MOST
    print("%s %s" % ("ok  " if good else "FAIL", text), flush=True)
    return good


def main():
    limbeck, kinds = os.path.abspath(sys.argv[1]), sys.argv[2:] or list(MORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    top = tempfile.mkdtemp(prefix="limbeck-memory-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None)
    try:
        passed = [check(limbeck, top, kind) for kind in kinds]
    finally:
        shutil.rmtree(top)
    print("%d passed, %d failed" % (passed.count(True), passed.count(False)))
    return 1 if False in passed else 0


if __name__ == "__main__":
    sys.exit(main())
