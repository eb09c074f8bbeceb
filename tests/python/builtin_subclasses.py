class L(list):
    def __init__(self, *a): super().__init__(*a); self.tag = "t"
    def first(self): return self[0]
l = L([1, 2]); l.append(3); print(l, l.first(), l.tag, len(l), isinstance(l, list), l + [4], type(l + [4]).__name__, l == [1, 2, 3])
class D(dict):
    def __missing__(self, k): self[k] = v = []; return v
    def __setitem__(self, k, v): super().__setitem__(k, ("set", v))
d = D(a=1); d["b"] = 2; d["c"]; print(d, d["a"], "z" in d, d.get("q"))
class S(str):
    def shout(self): return self.upper() + "!"
s = S("abc"); s.x = 1; print(s.shout(), s.x, s == "abc", {s: 1}["abc"], s + "d", type(s + "d").__name__, f"{s}", repr(s), len(s), s[1:])
class I(int):
    def __new__(cls, v): o = super().__new__(cls, v); o.extra = v; return o
    def __repr__(self): return f"I({int(self)})"
i = I(5); print(i, i + 1, type(i + 1).__name__, i.extra, i == 5, [1, 2, 3, 4, 5, 6][i], {5: "x"}[i], i > 3, -i, str(i), f"{i}", "%d" % i)
class F(float): pass
f = F(1.5); f.n = 2; print(f, f * 2, type(f * 2).__name__, f.n)
class T(tuple):
    def __new__(cls, a, b): return super().__new__(cls, (a, b))
    @property
    def a(self): return self[0]
t = T(1, 2); print(t, t.a, t == (1, 2), hash(t) == hash((1, 2)), len(t))
class St(set):
    def has(self, x): return x in self
print(St([1]).has(1), sorted(St([3, 1]) | {2}))
class E(ValueError):
    code = 5
    def __init__(self, m, extra): super().__init__(m); self.extra = extra
e = E("m", 3); print(e, repr(e), e.extra, e.args, e.code)
class B(bytes): pass
print(B(b"ab"), B(b"ab")[0])
try:
    class X(bool): pass
except TypeError as err: print(err)
try:
    class Y(int, str): pass
except TypeError as err: print(err)
class Mixin:
    def hi(self): return "hi " + str(self)
class SM(Mixin, str): pass
print(SM("you").hi(), SM.__mro__)
class O(dict):
    def __getattr__(self, n):
        try: return self[n]
        except KeyError: raise AttributeError(n)
    def __iter__(self): return iter(["iter"])
    def keys(self): return ["k"]
    def __getitem__(self, k): return "v"
o = O(a=1); print(o.a, list(o), dict(o), {**o})
class Len(list):
    def __len__(self): return 99
    def __bool__(self): return False
print(len(Len()), bool(Len([1])))
class Eq(str):
    def __eq__(self, o): return True
    def __hash__(self): return 1
print(Eq("a") == "b", "b" == Eq("a"), Eq("a") in ["zz"])
