# SPDX-License-Identifier: MIT
"""Compares our parser and compiler with Python's own.

    syntax_verdict.py PY_SYNTAX [--all] [--mutants N] [--seed N] [FILE...]

Over a sample of Python's library (all of it with --all; or the files given): both accept the same
files, and build the same trees with the same positions. Over N mutants of pieces of them: both accept
and refuse the same. What Python learned after 3.11 is left out when an older Python runs this.
"""
import argparse
import os
import random
import re
import subprocess
import sys
import sysconfig
import tempfile
import warnings

import tree

NEWER = re.compile(r"(def|class)\s+\w+\s*\[|(^|[;:\n])\s*type\s+\w+|\b[rR]?[fF][rR]?['\"]")
EXTRA = ("= == : , ( ) [ ] { } * ** . ... -> := if else for in not is lambda yield await async def "
         "class return break continue pass del global nonlocal import from as try except finally "
         "with raise assert and or None True x 1 's' @ ~ - += ; match case type _ 1.5 0x $ ? ! \\ # "
         "\" __debug__ *x **x x=1 x:=1 b'x' 1_ 0777").split() + ["\n", "\n    ", "\n  "]


def ours(tool, files, mode=None):
    args = [tool] + ([mode] if mode else [])
    return subprocess.run(args, input="\n".join(files).encode(), capture_output=True, check=True).stdout


def verdicts(tool, files):
    return [line == "ok" for line in ours(tool, files).decode().splitlines()]


def python_accepts(path):
    with open(path, "rb") as f:
        data = f.read()
    try:
        compile(data, path, "exec", dont_inherit=True)
        return True
    except (SyntaxError, ValueError):
        return False


def trees(tool, files):
    out, at = ours(tool, files, "--tree"), 0
    for _ in files:
        end = out.index(b"\n", at)
        size = int(out[at:end])
        yield out[end + 1:end + 1 + size].decode()
        at = end + 1 + size


def same_tree(mine, data):
    theirs = tree.dump(data)
    if theirs is None or mine == theirs or "unsupported" in mine:
        return True
    if sys.version_info < (3, 12) and "JoinedStr" in theirs:
        mine, theirs = (re.sub(r"@\d+-\d+", "", text) for text in (mine, theirs))
    return mine == theirs


def library(everything, seed):
    top = sysconfig.get_path("stdlib")
    files = sorted(os.path.join(d, n) for d, _, names in os.walk(top) for n in names
                   if n.endswith(".py") and "lib2to3" not in d and "bad" not in n)
    return files if everything else random.Random(seed).sample(files, min(60, len(files)))


def piece(text, rng):
    lines = text.splitlines(True)
    starts = [i for i, line in enumerate(lines) if re.match(r"(def|class|if|for|try|with|\w+ =)", line)]
    first = rng.choice(starts) if starts else 0
    return "".join(lines[first:first + rng.randint(1, 30)])


def mutate(text, rng):
    parts = re.findall(r"\w+|\s+|[^\w\s]", text)
    for _ in range(rng.randint(1, 2)):
        if not parts:
            break
        at = rng.randrange(len(parts))
        kind = rng.randrange(5)
        if kind == 0:
            del parts[at]
        elif kind == 1:
            parts.insert(at, " " + rng.choice(EXTRA) + " ")
        elif kind == 2:
            parts[at] = rng.choice(EXTRA)
        elif kind == 3:
            other = rng.randrange(len(parts))
            parts[at], parts[other] = parts[other], parts[at]
        else:
            parts.insert(at, rng.choice(parts))
    return "".join(parts)


def make_mutants(files, count, seed, folder):
    rng = random.Random(seed)
    texts = [open(f, encoding="utf-8", errors="ignore").read() for f in files]
    paths = []
    while len(paths) < count:
        text = mutate(piece(rng.choice(texts), rng), rng)
        if sys.version_info < (3, 13) and NEWER.search(text):
            continue
        paths.append(os.path.join(folder, "%d.py" % len(paths)))
        with open(paths[-1], "w", encoding="utf-8") as f:
            f.write(text)
    return paths


def report(what, paths, failed):
    for path in failed[:5]:
        print("%s differ: %s" % (what, path))
        with open(path, encoding="utf-8", errors="replace") as f:
            print("".join("    " + line for line in f.readlines()[:40]))
    print("%s: %d compared, %d differ" % (what, len(paths), len(failed)))
    return bool(failed)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("tool")
    parser.add_argument("files", nargs="*")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--mutants", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(20000)
    files = args.files or library(args.all, args.seed)
    bad = report("verdicts", files, [f for f, mine in zip(files, verdicts(args.tool, files))
                                     if mine != python_accepts(f)])
    bad |= report("trees", files, [f for f, mine in zip(files, trees(args.tool, files))
                                   if not same_tree(mine, open(f, "rb").read())])
    with tempfile.TemporaryDirectory() as folder:
        mutants = make_mutants(files, args.mutants, args.seed, folder)
        bad |= report("mutants", mutants, [f for f, mine in zip(mutants, verdicts(args.tool, mutants))
                                           if mine != python_accepts(f)])
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
