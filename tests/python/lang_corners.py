# odd corners
def f():
    for i in range(3):
        try:
            for j in range(3):
                try:
                    if j == 1: break
                    yield i, j
                finally:
                    yield "inner", i, j
        except GeneratorExit:
            raise
        finally:
            yield "outer", i
print(list(f()))
class A:
    def __init_subclass__(cls, **kw): print("sub", cls.__name__, kw)
    def __class_getitem__(cls, k): return cls, k
class B(A, tag=1): pass
print(B[int][1])
print([*map(lambda x, /, y=2: x ** y, range(3))])
x = 5
class C:
    x = x + 1
    def g(self, x=x): return x
    l = [x for _ in range(2)]
    y = [i for i in range(x)]
print(C.x, C().g(), C.l, C.y)
def deco(*a, **k): return lambda f: (a, k, f.__name__)
@deco(1, *[2], k=3, **{"z": 4})
def named(): pass
print(named)
a = b = c = [1]
a[0], b = 2, 3
print(a, b, c)
(a, b), *c = [(1, 2), 3, 4]
print(a, b, c)
i = 0
i, z = 1, [i for _ in range(2)]
print(i, z)
d = {}
d["x"], d["y"] = d.get("x", 1), len(d)
print(d)
def g(n):
    while n:
        n -= 1
        if n == 5: continue
        if n == 2: break
    else:
        return "else"
    return n
print(g(8), g(2))
print(1 if [] else 2 if () else 3, not 1 == 2, 1 in [1] in [[1]], 1 < 3 > 2 == 2 != 3)
try:
    raise ValueError("a") from TypeError("b")
except (ValueError, TypeError) as e:
    print(repr(e), repr(e.__cause__))
    del e
def h():
    global newly
    import os as newly
    from os import path as p2
    return p2
h(); print(newly.__name__)
print((lambda *a, k=1, **kw: (a, k, kw))(*[1], **{"k": 2, "q": 3}))
def outer():
    x = 1
    class Inner:
        x = 2
        def get(self): return x
        nested = [x for _ in range(1)]
    def inc():
        nonlocal x
        x += 1
        return x
    return Inner().get(), Inner.nested, inc(), x
print(outer())
s = "ab"; s *= 2; s += "c"; print(s)
l = [1, 2]; l += (3,); l *= 2; print(l)
print(*(y for x in [[1], [2, 3]] for y in x if y != 2))
with open(__file__) as fh, open(__file__) as fh2: print(len(fh.read()) == len(fh2.read()))
assert (lambda: True)(), "x"
print({**{}, "a": 1}, [*[]], {*()}, (*"",), {1: 2, **{3: 4}})
exec("q = 1; print(q)", {"print": print})
print(eval("x + 1", {"x": 2}), eval("[i for i in range(n)]", {"n": 3}))
def kw_only_default(*, a, b=2, c): return a, b, c
print(kw_only_default(c=3, a=1))
t = 1,
print(t, (), (1,), [(2,)])
def star(a, *b): return a, b
print(star(*"xyz"), star(1))
def ann(a: "int" = 1, *args: str, **kw: float) -> None: ...
print(ann.__annotations__, ann())
print(__name__, __doc__)
print(0x_ff, 1_0.0_1, 1e-3, 0b1111_0000, 0o17)
print(-0.0, 1e400, -1e400, 10**25, -5 // 3, -5 % 3, 2**-1)
match {"a": [1, {"b": 2}]}:
    case {"a": [x, {"b": y}]} if x < y: print("m", x, y)
def rec(n): return n if n < 2 else rec(n-1) + rec(n-2)
print(rec(15))
print(f"{rec(5)!r:>5}|{'%s' % 'a':<3}|{{}}|{d['x']}")
def gen_expr_scope():
    k = 3
    return list(i * k for i in range(k) if (lambda: i < k)())
print(gen_expr_scope())
class P:
    @property
    def v(self): return self._v
    @v.setter
    def v(self, x): self._v = x * 2
p = P(); p.v = 4; p.v += 1; print(p.v)
del p.__dict__["_v"]
try: p.v
except AttributeError as e: print(e)
