class Base:
    """Doc of Base."""
    kind = "base"
    def __init_subclass__(cls, tag=None, **kw):
        super().__init_subclass__(**kw)
        cls.tag = tag
        print("subclass", cls.__name__, tag)
    def __repr__(self): return f"<{type(self).__name__}>"

class A(Base, tag="a"): pass
class B(Base): pass
class C(A, B, tag="c"):
    pass
print([c.__name__ for c in C.__mro__], C.tag, C.kind, C.__doc__, Base.__doc__)
print(C(), type(C()), C.__name__, C.__qualname__, C.__module__)
print(issubclass(C, B), isinstance(C(), (int, A)), issubclass(C, (int, str)))
try:
    class X(A, Base, B): pass
    class Y(B, A): pass
    class Z(X, Y): pass
except TypeError as e:
    print(e)

class D:
    def __set_name__(self, owner, name):
        print("set_name", owner.__name__, name); self.name = name
    def __get__(self, obj, cls):
        return self if obj is None else obj.__dict__.get(self.name, "unset")
    def __set__(self, obj, value): obj.__dict__[self.name] = value * 2
    def __delete__(self, obj): del obj.__dict__[self.name]
class E:
    d = D()
e = E(); print(e.d); e.d = 4; print(e.d, E.d.name); del e.d; print(e.d)

class P:
    def __init__(self): self._x = 1
    @property
    def x(self): "doc x"; return self._x
    @x.setter
    def x(self, v): self._x = v
    @x.deleter
    def x(self): self._x = None
    @property
    def ro(self): return 1
p = P(); p.x = 5; print(p.x, P.x.__doc__); del p.x; print(p.x)
for act in ("p.ro = 1", "del p.ro", "p.nope", "P.nope", "p.nope = 1; print(p.nope)", "del p.zip"):
    try:
        exec(act)
    except AttributeError as err:
        print(err)

class S:
    __slots__ = ("a", "b")
    def __init__(self): self.a = 1
s = S(); print(s.a)
for act in ("s.b", "s.c = 1", "print(s.__dict__)"):
    try:
        exec(act)
    except AttributeError as err:
        print(err)
class S2(S):
    __slots__ = ("c",)
t = S2(); t.c = 3; print(t.a, t.c)

class Meta(type):
    def __new__(m, name, bases, ns, **kw):
        ns["added"] = kw.get("v", 0)
        return super().__new__(m, name, bases, ns)
    def __init__(cls, name, bases, ns, **kw): super().__init__(name, bases, ns)
    def __call__(cls, *a, **k):
        print("call", cls.__name__); return super().__call__(*a, **k)
    def __getitem__(cls, k): return (cls.__name__, k)
    def __len__(cls): return 7
    @classmethod
    def __prepare__(m, name, bases, **kw): return {"prepared": True}
    @property
    def mp(cls): return "mp " + cls.__name__
class M(metaclass=Meta, v=9):
    def __init__(self, q): self.q = q
print(M.added, M.prepared, M(3).q, M["k"], len(M), M.mp, type(M).__name__)
class M2(M): pass
print(type(M2).__name__, M2(1).q)
T = type("T", (A,), {"f": lambda self: 42}, tag="dyn"); print(T().f(), T.tag)
class G:
    def __getattr__(self, n):
        if n.startswith("x"): return n
        raise AttributeError(n)
    def __setattr__(self, n, v): object.__setattr__(self, n, (n, v))
    def __delattr__(self, n): print("del", n)
g = G(); g.a = 1; print(g.a, g.xyz, hasattr(g, "nope"), getattr(g, "nope", 5)); del g.zzz
class H:
    def __getattribute__(self, n):
        if n == "magic": return 1
        return super().__getattribute__(n)
print(H().magic, hasattr(H(), "zip"))
class N:
    def __new__(cls, *a):
        o = super().__new__(cls); o.args = a; return o
class N2:
    def __new__(cls, x): return x
print(N(1, 2).args, N2(5))
class Cell:
    def f(self): return __class__.__name__
print(Cell().f(), super.__name__, vars(P())["_x"], sorted(k for k in vars(P) if not k.startswith("__")))
class Op:
    def __init__(self, v): self.v = v
    def __add__(self, o): return ("add", self.v, o)
    def __radd__(self, o): return ("radd", self.v, o)
    def __eq__(self, o): return self.v == o
    def __lt__(self, o): return "lt"
    def __contains__(self, x): return x == 1
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i * 10
    def __len__(self): return 0
    def __bool__(self): return True
    def __neg__(self): return "neg"
    def __iadd__(self, o): self.v += o; return self
    def __matmul__(self, o): return "mat"
    def __call__(self): return "called"
    def __enter__(self): print("enter"); return self
    def __exit__(self, t, v, tb): print("exit", t and t.__name__); return True
    def __format__(self, spec): return "fmt:" + spec
    def __index__(self): return 2
o = Op(1)
print(o + 1, 1 + o, o == 1, o != 1, o < 2, 2 > o, 1 in o, list(o), bool(o), len(o), -o, o @ 1, o(), f"{o:abc}", [5, 6, 7][o])
o += 5; print(o.v)
with o as q: raise ValueError
try: hash(o)
except TypeError as err: print(err)
for expr in ("o - 1", "1 - o", "-P()", "P() < P()", "P() + 1", "len(P())", "P()[1]", "P()()", "iter(P())", "1 in P()", "[].x", "None.x", "'a' + 1", "{}[[]]"):
    try: eval(expr)
    except Exception as err: print(expr, "->", type(err).__name__, err)
