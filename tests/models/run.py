#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""
Models and what create_all() makes of them, beside the recorded output of SQLAlchemy 2.0.52.

  tests/models/run.py build/limbeck            compare
  tests/models/run.py build/limbeck FILE...    some files, with the differences
  tests/models/run.py --record PYTHON          write the .sql files (PYTHON has SQLAlchemy and the
                                               packages that the files import)

Each tests/models/<name>.py holds variants (see print_ddl.py); <name>.sql is what they print.
"""
import difflib
import glob
import os
import shlex
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PRINTER = os.path.join(HERE, "print_ddl.py")


def model_files(names):
    own = ("run.py", "print_ddl.py")
    found = [p for p in sorted(glob.glob(os.path.join(HERE, "*.py"))) if os.path.basename(p) not in own]
    return [p for p in found if not names or os.path.basename(p) in [os.path.basename(n) for n in names]]


def environment(path):
    return dict(os.environ, MODELS_FILES=path, PYTHONHASHSEED="0")


def record(python):
    for path in model_files(sys.argv[3:]):
        p = subprocess.run(shlex.split(python) + [PRINTER], env=environment(path), text=True,
                           stdout=subprocess.PIPE)
        with open(path[:-3] + ".sql", "w") as out:
            out.write(p.stdout)


def printed(limbeck, path):
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(os.path.join(folder, "versions"))
        with open(os.path.join(folder, "alembic.ini"), "w") as ini:
            ini.write("[alembic]\nscript_location = .\nsqlalchemy.url = sqlite://\n")
        with open(PRINTER) as source, open(os.path.join(folder, "env.py"), "w") as env:
            env.write(source.read())
        p = subprocess.run([limbeck, "current"], cwd=folder, env=environment(path), text=True,
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
        return p.stdout, p.stderr


def sections(text):
    parts = text.split("\n### ")
    return {part.split("\n", 1)[0]: part.split("\n", 1)[1] for part in parts[1:] if "\n" in part}


def compare(limbeck, names):
    passed = failed = 0
    for path in model_files(names):
        with open(path[:-3] + ".sql") as f:
            wanted = sections(f.read())
        out, err = printed(limbeck, path)
        got = sections(out)
        for name, text in wanted.items():
            if got.get(name, "").strip() == text.strip():
                passed += 1
                continue
            failed += 1
            print("%s: %s" % (os.path.basename(path), name))
            print("\n".join(list(difflib.unified_diff(
                text.split("\n"), got.get(name, "").split("\n"), "sqlalchemy", "limbeck",
                lineterm="", n=2))[:40]))
        if failed and names:
            print(err)
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    if sys.argv[1] == "--record":
        record(sys.argv[2])
    else:
        sys.exit(compare(os.path.abspath(sys.argv[1]), sys.argv[2:]))
