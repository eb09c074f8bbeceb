#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the scripts of tests/python and compares what they print with what CPython printed.

  run.py BUILD/limbeck-py [--gc-stress] [NAME ...]   compares with NAME.out, recorded beside NAME.py
  run.py --record [NAME ...]                         records NAME.out with this Python (3.11)
  run.py --oracle                                    compares the records with this Python, live

One behaviour a file. What is printed is standard output, then standard error (tracebacks), then
"exit N" unless N is 0; the directory's own path is cut out. errors/ holds scripts that end in a
traceback. Files named own_* show what is Limbeck's own (Opaque imports, limits): no Python is asked.
"""
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TIMEOUT = 120


def scripts(names):
    found = []
    for folder in ("", "errors"):
        for name in sorted(os.listdir(os.path.join(HERE, folder))):
            stem, extension = os.path.splitext(name)
            path = os.path.join(folder, stem)
            if extension == ".py" and path != "run" and (not names or path in names or stem in names):
                found.append(path)
    return found


def run(command, path):
    environment = dict(os.environ, PYTHONDONTWRITEBYTECODE="1", PYTHONHASHSEED="0", NO_COLOR="1")
    try:
        done = subprocess.run(command + [os.path.join(HERE, path + ".py")], stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=TIMEOUT, cwd=HERE, env=environment)
    except subprocess.TimeoutExpired:
        return "no end within %d seconds\n" % TIMEOUT
    text = (done.stdout + done.stderr).decode("utf-8", "replace").replace(HERE + os.sep, "")
    return text + ("exit %d\n" % done.returncode if done.returncode else "")


def read(path):
    with open(os.path.join(HERE, path + ".out"), encoding="utf-8") as file:
        return file.read()


def show(path, expected, got):
    print("FAILED %s" % path)
    wanted, lines = expected.splitlines(), got.splitlines()
    for i in range(max(len(wanted), len(lines))):
        a = wanted[i] if i < len(wanted) else "(nothing)"
        b = lines[i] if i < len(lines) else "(nothing)"
        if a != b:
            print("  line %d\n    expected %s\n    got      %s" % (i + 1, a, b))
            for more in lines[i + 1:i + 12]:
                print("             %s" % more)
            return


def compare(command, names, own):
    passed = failed = 0
    for path in scripts(names):
        if not own and os.path.basename(path).startswith("own_"):
            continue
        if not os.path.exists(os.path.join(HERE, path + ".out")):
            print("FAILED %s: there is no %s.out" % (path, path))
            failed += 1
            continue
        expected, got = read(path), run(command, path)
        if expected == got:
            passed += 1
        else:
            failed += 1
            show(path, expected, got)
    print("%d passed, %d failed" % (passed, failed))
    return failed == 0


def record(names):
    for path in scripts(names):
        if not os.path.basename(path).startswith("own_"):
            with open(os.path.join(HERE, path + ".out"), "w", encoding="utf-8") as file:
                file.write(run([sys.executable], path))


def main():
    arguments = sys.argv[1:]
    if "--record" in arguments:
        arguments.remove("--record")
        record(arguments)
        return 0
    if "--oracle" in arguments:
        return 0 if compare([sys.executable], [], False) else 1
    if not arguments:
        print(__doc__)
        return 2
    command = [os.path.abspath(arguments[0])] + [a for a in arguments[1:] if a.startswith("--")]
    return 0 if compare(command, [a for a in arguments[1:] if not a.startswith("--")], True) else 1


if __name__ == "__main__":
    sys.exit(main())
