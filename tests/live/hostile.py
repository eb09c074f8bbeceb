#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Scripts that mean harm, or end badly: tests/live/hostile.py build/limbeck-py

Each must end within its limits, by an exception that says why, and must have written no file, opened
no socket and started no process (strace watches).
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

# name, script, what the last line of stderr must hold, further options
CASES = [
    ("endless loop", "while True: pass", "step", ["--steps", "1000000"]),
    ("endless generator", "def g():\n    while True: yield 1\nsum(g())", "step", ["--steps", "1000000"]),
    ("recursion", "def f(): return f()\nf()", "RecursionError: maximum recursion depth exceeded", []),
    ("mutual recursion", "def f(): return g()\ndef g(): return f()\nf()", "RecursionError", []),
    ("recursion in C", "class A:\n    def __repr__(self): return repr(self)\nrepr(A())", "RecursionError", []),
    ("recursive list repr", "a = []\nfor _ in range(100000): a = [a]\nrepr(a)", "RecursionError", []),
    ("recursive compare", "a = []\na.append(a)\nb = []\nb.append(b)\na == b", "RecursionError", []),
    ("big string", "'x' * 10**12", "MemoryError", []),
    ("big list", "[0] * 10**12", "MemoryError", []),
    ("big bytes", "b'x' * 10**12", "MemoryError", []),
    ("doubling string", "s = 'x'\nwhile True: s += s", "MemoryError", []),
    ("big power", "10**10**10", "MemoryError", []),
    ("big shift", "1 << 10**12", "MemoryError", []),
    ("big format", "'{:>999999999999}'.format(1)", "", []),
    ("big percent format", "'%999999999999d' % 1", "", []),
    ("big join", "','.join(['x' * 1000000] * 1000)", "MemoryError", []),
    ("big replace", "('a' * 1000000).replace('a', 'b' * 1000000)", "MemoryError", []),
    ("dict bomb", "d = {}\ni = 0\nwhile True:\n    d[i] = [i] * 100\n    i += 1", "MemoryError", []),
    ("list bomb", "a = []\nwhile True: a.append('x' * 1000)", "MemoryError", []),
    ("range to list", "list(range(10**12))", "MemoryError", []),
    ("digits as text", "str(10**5000)", "ValueError: Exceeds the limit (4300", []),
    ("text as digits", "int('9' * 5000)", "ValueError: Exceeds the limit (4300", []),
    ("pattern that backtracks", "import re\nre.match('(a+)+$', 'a' * 40 + 'b')", "Error", []),
    ("open for writing", "open('harm', 'w')", "PermissionError", []),
    ("open for appending", "open('harm', 'ab')", "PermissionError", []),
    ("os.remove", "import os\nos.remove('victim')", "limbeck", []),
    ("os.mkdir", "import os\nos.mkdir('harm')", "limbeck", []),
    ("os.system", "import os\nos.system('touch harm')", "limbeck", []),
    ("os.fork", "import os\nos.fork()", "limbeck", []),
    ("os.kill", "import os\nos.kill(1, 9)", "limbeck", []),
    ("subprocess", "import subprocess\nsubprocess.run(['touch', 'harm'])", "PermissionError: limbeck", []),
    ("socket", "import socket\nsocket.socket()", "PermissionError: limbeck", []),
    ("thread", "import threading\nthreading.Thread(target=print).start()", "PermissionError: limbeck", []),
    ("pathlib write", "import pathlib\npathlib.Path('harm').write_text('x')", "PermissionError: limbeck", []),
    ("tempfile", "import tempfile\ntempfile.mkdtemp()", "PermissionError: limbeck", []),
    ("shutil", "import shutil\nshutil.rmtree('.')", "PermissionError: limbeck", []),
    ("eval for ever", "eval('[0 for _ in iter(int, 1)]')", "step", ["--steps", "1000000"]),
    ("exec of harm", "exec('import os\\nos.system(\\'touch harm\\')')", "limbeck", []),
    ("compile", "compile('1', 'f', 'eval')", "limbeck", []),
    ("input", "input()", "limbeck", []),
    ("class walk", "().__class__.__mro__[-1].__subclasses__()[0]()\nraise ValueError('end')", "Error", []),
    ("raise in finally", "try:\n    1/0\nfinally:\n    raise KeyError('k')", "KeyError: 'k'", []),
    ("sys.exit", "import sys\nsys.exit(3)", None, []),
    ("raise of a non-exception", "raise 3", "TypeError: exceptions must derive from BaseException", []),
    ("deep nesting", "x = " + "(" * 5000 + ")" * 5000, "Error", []),
    ("deep brackets", "x = " + "[" * 100000, "Error", []),
    ("deep attributes", "x" + ".a" * 100000, "Error", []),
    ("deep unary", "x = " + "-" * 100000 + "1", "", []),
    ("deep if", "\n".join(" " * i + "if 1:" for i in range(200)) + "\n" + " " * 200 + "pass", "Error", []),
    ("long line", "x = '" + "a" * 1000000 + "'\nraise ValueError('end')", "ValueError: end", []),
    ("nul byte", "x = 1\0", "Error", []),
    ("bad utf-8", b"x = '\xff'", "SyntaxError", []),
    ("sorting that changes the list", "a = [3, 2, 1]\na.sort(key=lambda x: (a.append(x), x)[1])", "ValueError", []),
    ("dict changed while walked", "d = {1: 1}\nfor k in d: d[k + 1] = 1", "RuntimeError", []),
    ("hash that raises", "class A:\n    def __hash__(self): raise KeyError('h')\n{A(): 1}", "KeyError: 'h'", []),
    ("comparison that changes the dict",
     "d = {}\nclass A:\n    def __hash__(self): return 1\n    def __eq__(self, o): d.clear(); return False\n"
     "for i in range(50): d[A()] = i\nraise ValueError('end')", "ValueError: end", []),
    ("iterator that never stops", "class I:\n    def __iter__(self): return self\n    def __next__(self): return 1\nlist(I())",
     "Error", []),
    ("str subclass in getattr", "class S(str): pass\ngetattr(1, S('x'))", "AttributeError", []),
    ("unserved import used", "import nope_nope\nif nope_nope.f() + 1: pass", "nope_nope", []),
]
FORBIDDEN = re.compile(r'^\d*\s*(openat?\(.*O_(WRONLY|RDWR|CREAT)(?!.*"/dev/)|socket\(|execve\(|v?fork\(|unlink|mkdir|rename|kill\()',
                       re.M)


def run_case(binary, folder, case):
    """What is wrong, or an empty text."""
    name, script, wanted, options = case
    path = os.path.join(folder, "script.py")
    with open(path, "wb") as f:
        f.write(script if isinstance(script, bytes) else script.encode())
    trace = os.path.join(folder, "trace")
    watch = ["strace", "-f", "-o", trace, "-e", "trace=open,openat,socket,execve,fork,vfork,unlink,mkdir,rename,kill"]
    try:
        p = subprocess.run((watch if shutil.which("strace") else []) + [binary] + options + [path], cwd=folder,
                           stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
    except subprocess.TimeoutExpired:
        return "does not end"
    err = p.stderr.decode("utf-8", "replace").strip()
    if p.returncode < 0 or p.returncode >= 128:
        return "died of a signal: %d\n%s" % (p.returncode, err[-500:])
    if wanted is not None and (p.returncode == 0 and wanted or wanted not in err):
        return "exit %d, expected %r in:\n%s" % (p.returncode, wanted, err[-500:])
    if os.path.exists(trace):
        with open(trace, errors="replace") as f:
            done = [m.group(0) for m in FORBIDDEN.finditer(f.read())][1:]  # the first is strace's own execve
        if done:
            return "did: " + ", ".join(done)
    return ""


def main():
    binary = os.path.abspath(sys.argv[1])
    failed = 0
    for case in CASES:
        folder = tempfile.mkdtemp(prefix="hostile-")
        try:
            wrong = run_case(binary, folder, case)
        finally:
            shutil.rmtree(folder)
        if wrong:
            failed += 1
            print("FAIL %s: %s" % (case[0], wrong))
    print("%d passed, %d failed" % (len(CASES) - failed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
