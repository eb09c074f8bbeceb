#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds the tree to its own rules: floors, sizes, first lines. Prints `N passed, M failed`.

The floors and who may include whom are DESIGN: a file may include its own folder and floors below.
"""
import os
import re
import subprocess
import sys

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FLOOR = {
    "base": 0, "py": 1, "prelude": 1, "schema": 1, "revision": 1, "db": 1, "sql": 2, "ops": 3,
    "diff": 4, "migrate": 5, "script": 6, "command": 7, "cli": 8, "api": 8,
}
# The script sources that are compiled into the floor `py`.
PART_OF = {"prelude": "py"}
FILE_LINES = 900
FUNCTION_LINES = 60
# The VM's loop is one function by its nature.
LONG_FUNCTIONS = {("src/py/vm_run.c", "vm_run")}
WORDS = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")


def tracked(*patterns):
    out = subprocess.run(["git", "ls-files", "-z", "-co", "--exclude-standard", "--", *patterns],
                         cwd=TOP, capture_output=True, text=True, check=True).stdout
    return sorted(p for p in out.split("\0") if p and os.path.isfile(os.path.join(TOP, p)))


def lines_of(path):
    with open(os.path.join(TOP, path), encoding="utf-8") as f:
        return f.read().splitlines()


def floors(sources):
    """An include of a higher floor, or of a sibling."""
    for path in sources:
        parts = path.split("/")
        if parts[0] != "src" or len(parts) < 3:
            continue
        own = PART_OF.get(parts[1], parts[1])
        if own not in FLOOR:
            yield "%s: the folder is on no floor" % path
            continue
        for n, line in enumerate(lines_of(path), 1):
            m = re.match(r'#include "([^"]+)"', line)
            if not m or m.group(1) == "limbeck.h":
                continue
            folder = m.group(1).split("/")[0] if "/" in m.group(1) else None
            folder = PART_OF.get(folder, folder)
            if folder is None or folder not in FLOOR:
                yield '%s:%d: includes "%s": write the path from src/' % (path, n, m.group(1))
            elif folder != own and FLOOR[folder] >= FLOOR[own]:
                yield "%s:%d: %s may not include %s" % (path, n, own, m.group(1))


def sizes(sources):
    for path in sources:
        n = len(lines_of(path))
        if n > FILE_LINES:
            yield "%s: %d lines, %d are the most" % (path, n, FILE_LINES)


def functions(sources):
    listing = [p for p in sources if p.endswith(".c")]
    out = subprocess.run(["ctags", "-L", "-", "--languages=C", "--kinds-C=f", "--fields=+ne", "-f", "-"],
                         cwd=TOP, input="\n".join(listing), capture_output=True, text=True).stdout
    for row in out.splitlines():
        cells = row.split("\t")
        at = {k: int(v) for k, v in (c.split(":", 1) for c in cells if re.match(r"(line|end):\d+$", c))}
        if "line" not in at or "end" not in at or (cells[1], cells[0]) in LONG_FUNCTIONS:
            continue
        length = at["end"] - at["line"] + 1
        if length > FUNCTION_LINES:
            yield "%s:%d: %s has %d lines, %d are the most" % (
                cells[1], at["line"], cells[0], length, FUNCTION_LINES)


def first_lines(sources):
    for path in sources:
        head = "\n".join(lines_of(path)[:2])
        if "SPDX-License-Identifier: MIT" not in head:
            yield "%s: the first line names no licence" % path


def words(sources):
    for path in sources:
        for n, line in enumerate(lines_of(path), 1):
            if WORDS.search(line):
                yield "%s:%d: unfinished: %s" % (path, n, line.strip())


def layout(sources):
    for path in sources:
        for n, line in enumerate(lines_of(path), 1):
            if "\t" in line and path.startswith("src/") and not path.endswith(".py"):
                yield "%s:%d: a tab" % (path, n)
            if len(line) > 100 and path.startswith("src/") and path.endswith((".c", ".h")):
                yield "%s:%d: %d columns, 100 are the most" % (path, n, len(line))


DECLARED = re.compile(r"^(?!static|#|typedef)[A-Za-z_][\w\s*]*?\b([a-z_]\w+)\([^;{]*\)[^;{]*;", re.M)


def unused(sources):
    """What a header of src declares, its .c defines, and nobody mentions besides."""
    plain = {p: re.sub(r"/\*.*?\*/", "", "\n".join(lines_of(p)), flags=re.S) for p in sources}
    seen = {}
    for text in plain.values():
        for word in re.findall(r"\b[a-z_]\w+\b", text):
            seen[word] = seen.get(word, 0) + 1
    for path, text in plain.items():
        if not path.startswith("src/") or not path.endswith(".h"):
            continue
        for name in DECLARED.findall(text):
            if seen[name] <= 2:
                yield "%s: %s is called by nobody" % (path, name)


def shadows(sources):
    """A script that Python's own modules would import instead of theirs."""
    for path in sources:
        if os.path.basename(path)[:-3] in sys.stdlib_module_names:
            yield "%s: named like a module of Python's library" % path


def main():
    c_files = tracked("src/*.c", "src/*.h", "include/*.h", "tests/unit/*.c", "tests/fuzz/*.c")
    sources = c_files + tracked("tests/lint/*.py", "tools/*.py", "bench/*.py")
    rules = [("floors", floors, c_files), ("sizes", sizes, c_files), ("functions", functions, c_files),
             ("first lines", first_lines, sources), ("words", words, c_files), ("layout", layout, c_files),
             ("unused", unused, c_files + tracked("tests/*.c", "tests/*.h")),
             ("shadows", shadows, tracked("tests/*.py", "bench/*.py", "tools/*.py", ":!tests/golden/cases"))]
    failed = 0
    for name, rule, files in rules:
        found = list(rule(files))
        failed += bool(found)
        for row in found:
            print("%s: %s" % (name, row))
    print("%d passed, %d failed" % (len(rules) - failed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
