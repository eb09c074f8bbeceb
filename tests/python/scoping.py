x = "global"
def f():
    x = "f"
    def g():
        nonlocal x
        x = "g"
        def h():
            global x
            x = "h"
        h()
    g()
    return x
print(f(), x)
class K:
    x = "class"
    y = [x for _ in range(1)]
    def m(self): return x
    z = x
print(K.y, K().m(), K.z)
fs = [lambda: i for i in range(3)]; print([f() for f in fs])
fs = [lambda i=i: i for i in range(3)]; print([f() for f in fs])
def counter():
    n = 0
    def inc():
        nonlocal n
        n += 1
        return n
    return inc
c = counter(); c(); print(c())
def walrus():
    if (n := 5) > 3: return n
print(walrus(), [y := 1, y ** 2], [last := v for v in range(3)], last)
def dele():
    a = 1
    del a
    try: a
    except UnboundLocalError as e: print(e)
dele()
def free():
    def inner(): return later
    try: inner()
    except NameError as e: print(e)
    later = 1
    return inner()
print(free())
import sys as system, os.path as p, os
print(system is __import__("sys"), p is os.path, __name__)
exec("z = 5\ndef ex(): return z"); print(z, ex(), eval("z + 1"), eval("a + b", {"a": 1, "b": 2}))
ns = {}; exec("q = 1", ns); print(ns["q"], "q" in globals())
def loc(a, b=2):
    c = 3
    return sorted(locals())
print(loc(1), [k for k in globals() if k == "loc"])
for i in range(3): pass
print(i)
else_ran = []
for _ in []: pass
else: else_ran.append(1)
while False: pass
else: else_ran.append(2)
print(else_ran)
a = b = [1]; print(a is b)
d = {}; d["k"], d["j"] = 1, 2; print(d)
print(1 < 2 < 3, 1 < 3 < 2, not 0, 0 or "x", 1 and "y", (1 if 0 else 2), 5 if [] else 6)
def annotated(a: int, b: "str" = "x") -> list: pass
print(annotated.__annotations__)
v: int = 5
class An:
    a: int
    b: str = "q"
print(An.__annotations__, __annotations__)
print(*[1, 2], *(3,), sep="-", end="!\n")
def deco(n):
    def wrap(f):
        def inner(*a): return (n, f(*a))
        return inner
    return wrap
@deco(1)
@deco(2)
def fn(a): return a
print(fn(3))
print(f"{x!r} {1 + 1:>4} {'nested ' + f'{2}'} {{}} {x=} {3.14159:.{2}f}")
print(b"bytes" b"join", r"raw\n", "\u00e9", 0x1F, 0b11, 1_000, 1e3)
lst = [1, 2, 3, 4]; lst[1:3] = [9]; print(lst, lst[::-1], lst[-1]); del lst[0]; print(lst)
s = {1, 2} | {3}; s |= {4}; print(sorted(s))
x, y = 1, 2; x, y = y, x; print(x, y)
