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
import shutil
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
        with open(path) as source:
            if "# not recorded" in source.read():
                continue
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


# Of the Flask project: arguments, exit status, what must be in the output.
FLASK_STEPS = [
    (["current"], 0, ""),
    (["upgrade", "head"], 0, ""),
    (["current"], 0, "b2 (head)"),
    (["check"], 0, "No new upgrade operations detected."),
    (["revision", "--autogenerate", "--rev-id", "c3"], 0, ""),
    (["heads"], 0, "b2 (head)"),
    (["downgrade", "a1"], 0, ""),
    (["current"], 0, "a1"),
    (["upgrade", "head", "--sql"], 0, "CREATE TABLE shop_order"),
]


def flask_project(limbeck, env, args, database):
    """Runs the steps on a copy of the project; what went wrong, as text."""
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        folder = os.path.join(folder, "project")
        shutil.copytree(os.path.join(HERE, "flask"), folder)
        base = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "FLASK_APP")}
        for step, status, text in FLASK_STEPS:
            p = subprocess.run([limbeck] + args + step, cwd=folder, env=dict(base, **env), text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120)
            if p.returncode != status or text not in p.stdout:
                wrong.append("flask %s: exit %d\n%s" % (" ".join(step), p.returncode, p.stdout))
        if not os.path.exists(os.path.join(folder, database)):
            wrong.append("flask: no %s" % database)
    return wrong


def flask_projects(limbeck):
    ini = ["-c", "migrations/alembic.ini"]
    return [
        flask_project(limbeck, {}, ini, "instance/shop.db"),
        flask_project(limbeck, {"FLASK_APP": "shop:create_app({'TESTING': True})",
                                "SHOP_DATABASE": "sqlite:///other.db"}, ini, "instance/other.db"),
    ]


def compare(limbeck, names):
    passed = failed = 0
    for wrong in [] if names else flask_projects(limbeck):
        passed, failed = passed + (not wrong), failed + bool(wrong)
        print("\n".join(wrong), end="\n" if wrong else "")
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
