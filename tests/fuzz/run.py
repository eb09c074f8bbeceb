#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Builds the fuzz targets with clang and runs each for some seconds. Prints `N passed, M failed`.

  tests/fuzz/run.py [seconds] [name ...]      a crash leaves its input in build-fuzz/

The inputs of a fresh run follow from FUZZ_SEED (1); 0 takes others each time.
"""
import glob
import os
import subprocess
import sys

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
OUT = os.path.join(TOP, "build-fuzz")
FLAGS = ["-std=c11", "-g", "-O1", "-D_GNU_SOURCE", "-Isrc", '-DLIMBECK_VERSION="fuzz"',
         "-fsanitize=fuzzer,address,undefined",
         "-fno-sanitize-recover=undefined"]
COMPILER = ["base", "py/source", "py/lexer", "py/literal", "py/unicode", "py/parser*", "py/compile*", "py/code",
            "py/code_copy", "py/code_pack", "py/unit", "py/scope*", "py/opcode", "py/unparse"]
# target, the floors it needs (or files of one, with a *), libraries, the longest input, texts to begin from
TARGETS = [
    ("sqlite_parse", ["base", "schema", "db", "sql"], ["sqlite3", "md", "m", "utf8proc", "jansson"], 600,
     ["CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT, b VARCHAR(10) DEFAULT 'x' NOT NULL, "
      "c AS (a + 1) STORED, CONSTRAINT k FOREIGN KEY (b) REFERENCES p (q) ON DELETE SET NULL "
      "DEFERRABLE INITIALLY DEFERRED, UNIQUE (a, b DESC), CHECK (a > 0)) WITHOUT ROWID, STRICT",
      "CREATE UNIQUE INDEX i ON t (lower(a), \"b c\" DESC) WHERE a IS NOT NULL",
      "CREATE TRIGGER x AFTER INSERT ON t BEGIN SELECT CASE 1 WHEN 2 THEN 3 END; END; SELECT $a$;$a$"]),
    ("pg_text", ["base", "db"], ["sqlite3", "m", "utf8proc", "jansson"], 300,
     ["INSERT INTO \"t\" (a, b) VALUES ($1, $2);\x01it's \\", "SELECT $1 - $3, 'a''$1', E'\\'$1' -- $1\n; x\x01--",
      "DO $$ $1; $$ /* /* $2 */ */ ; $a$;$a$\x01$$", "{1,NULL,\"a\\\"b\",{x}}", "[0:1]={a,b}", "\\x00ff", "\\\\\\001",
      "u:p%40@h:1/d?host=a:1&host=b:2&ssl=true&options=-c%20a=b&connect_timeout=1"]),
    ("parser", COMPILER + ["py/dis", "py/constants"], ["utf8proc", "jansson", "m"], 2000,
     ["from __future__ import annotations\n@d\nclass A(B, k=1):\n  'doc'\n  x: int = 1\n"
      "  async def f(a, /, b=2, *c, d, **e) -> T:\n    async with a as b: await c\n"
      "    return [x async for x in y if z]\n",
      "try:\n  x = f'{a!r:>{w}}' + 'b'\nexcept (E, F) as e:\n  raise G from e\nfinally:\n  del x[1:2]\n",
      "match p:\n  case [1, *a] | {'k': a, **r} if a: pass\n  case P(x=1) as q: global g\n",
      "def f[T: int](x):\n  for i, (*j, k) in x:\n    while a < b < c: yield (lambda: i)\n"
      "    else: continue\n  return x if y else (z := 3)\n"]),
    ("vm", ["base", "py"], ["utf8proc", "jansson", "tommath", "pcre2-8", "md", "m"], 800,
     ["class A(B, metaclass=M):\n  __slots__ = ('a',)\n  def __init__(self, *a, k=1, **kw): self.a = a\n"
      "print(A(1, 2).a)\n",
      "def g():\n  try:\n    x = yield 1\n    yield from g()\n  except ValueError as e:\n"
      "    raise KeyError(x) from e\n  finally: print('f')\nfor i in g(): print(i)\n",
      "class D(dict):\n  def __missing__(self, k): return [k] * 3\n  def __eq__(self, o): self.clear()\n"
      "d = D(a=1); print(d['b'], {**d}, d == d, f'{d!r:>9}', sorted(d), d | d, [*d], d.pop('a', 1))\n",
      "import re, json, datetime, enum, dataclasses\nprint(re.sub('a+', 'b', 'caat'), json.loads('[1]'))\n",
      "a, *b = 'xyz'\nb[1:2] = (1, 2.5, 10**30); del b[0]\nmatch b:\n  case [int(x), *r]: print(x, r)\n"
      "async def f(): return [x async for x in h()]\nasync def h(): yield 1\n"
      "try: f().send(None)\nexcept StopIteration as e: print(e.value)\n"]),
]


def sources_of(floors):
    return [p for floor in floors
            for p in sorted(glob.glob("src/%s.c" % (floor if "/" in floor else floor + "/*")))
            if p != "src/py/main_py.c"]


def prelude():
    """The script sources that the build embeds."""
    program, output = os.path.join(OUT, "embed"), os.path.join(OUT, "prelude.c")
    command = ["clang", "-O1", "-D_GNU_SOURCE", "-Isrc", "src/prelude/embed.c"] + sources_of(COMPILER)
    subprocess.run(command + ["-o", program, "-lutf8proc", "-ljansson", "-lm"], cwd=TOP, check=True)
    subprocess.run([program, "prelude", output] + sorted(glob.glob("src/prelude/*.py")), cwd=TOP, check=True)
    return output


def build(name, floors, libraries):
    sources = sources_of(floors) + ([prelude()] if name == "vm" else [])
    program = os.path.join(OUT, name)
    command = ["clang"] + FLAGS + ["tests/fuzz/fuzz_%s.c" % name] + sources + ["-o", program]
    done = subprocess.run(command + ["-l" + x for x in libraries], cwd=TOP)
    return program if done.returncode == 0 else None


def fuzz(name, floors, libraries, longest, texts, seconds):
    program = build(name, floors, libraries)
    if not program:
        return False
    corpus = os.path.join(OUT, "corpus-" + name)
    os.makedirs(corpus, exist_ok=True)
    for i, text in enumerate(texts):
        with open(os.path.join(corpus, "seed%d" % i), "w", encoding="utf-8") as f:
            f.write(text)
    done = subprocess.run([program, "-seed=%s" % os.environ.get("FUZZ_SEED", "1"), "-max_total_time=%d" % seconds, "-max_len=%d" % longest,
                           "-timeout=5", "-rss_limit_mb=512", "-print_final_stats=1", corpus],
                          cwd=OUT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors="replace")
    print("\n".join(x for x in done.stdout.splitlines() if "stat::number_of_executed" in x))
    if done.returncode:
        print("\n".join(done.stdout.splitlines()[-40:]))
    return done.returncode == 0


def main():
    arguments = sys.argv[1:]
    seconds = int(arguments.pop(0)) if arguments and arguments[0].isdigit() else 30
    os.makedirs(OUT, exist_ok=True)
    results = [fuzz(*target, seconds) for target in TARGETS
               if not arguments or target[0] in arguments]
    print("%d passed, %d failed" % (results.count(True), results.count(False)))
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
