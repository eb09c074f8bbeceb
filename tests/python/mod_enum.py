from enum import *
import copy, json
def show(f):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, e)
class C(Enum):
    RED = 1
    GREEN = 2
    ALIAS = 1
    B = 3
    def describe(self): return self.name.lower()
    @classmethod
    def default(cls): return cls.GREEN
    @property
    def double(self): return self.value * 2
for f in [lambda: C.RED, lambda: str(C.RED), lambda: f"{C.RED:>10}", lambda: C(2), lambda: C(9), lambda: C['RED'], lambda: C['X'], lambda: list(C), lambda: len(C), lambda: C.ALIAS is C.RED, lambda: C.RED.describe(), lambda: C.default(), lambda: C.B.double, lambda: C.RED in C, lambda: C.__members__, lambda: C, lambda: C.RED == 1, lambda: hash(C.RED)==hash('RED'), lambda: {C.RED: 1}[C.RED], lambda: isinstance(C.RED, C), lambda: C.RED.name, lambda: C.RED.value, lambda: C.NOPE, lambda: copy.deepcopy(C.RED) is C.RED, lambda: list(reversed(C)), lambda: C.RED < C.GREEN, lambda: bool(C), lambda: C('x')]: show(f)
def re(): C.RED = 5
show(re)
def ext():
    class D(C): X = 1
show(ext)
class S(str, Enum):
    A = "a"
    B = "b"
for f in [lambda: S.A, lambda: str(S.A), lambda: f"{S.A}", lambda: "%s" % S.A, lambda: S.A == "a", lambda: S("b"), lambda: S.A.upper(), lambda: json.dumps({"k": S.A}), lambda: S.A + "x", lambda: [s.value for s in S], lambda: S.A in ("a",), lambda: {"a": 1}[S.A], lambda: format(S.A, '>4')]: show(f)
class SE(StrEnum):
    ONE = auto()
    TWO = "2"
for f in [lambda: SE.ONE, lambda: str(SE.ONE), lambda: f"{SE.TWO}", lambda: SE("one"), lambda: SE("x")]: show(f)
class I(IntEnum):
    X = 3
    Y = auto()
for f in [lambda: I.X, lambda: str(I.X), lambda: f"{I.Y:03d}", lambda: I.X + 1, lambda: I(4), lambda: sorted([I.Y, I.X]), lambda: I.X < 5, lambda: json.dumps(I.X), lambda: "%d" % I.X, lambda: I.X | 4]: show(f)
class F(Flag):
    R = auto()
    W = auto()
    X = auto()
    RW = R | W
for f in [lambda: F.R, lambda: F.R | F.X, lambda: F.RW, lambda: F.R & F.W, lambda: ~F.R, lambda: F(0), lambda: list(F), lambda: F.R in F.RW, lambda: str(F.R|F.W), lambda: bool(F(0)), lambda: list(F.RW), lambda: len(F.RW), lambda: F, lambda: F.R | 1]: show(f)
class IF(IntFlag):
    A = 1
    B = 2
for f in [lambda: IF.A | IF.B, lambda: IF.A | 8, lambda: IF(12), lambda: str(IF.A), lambda: IF.A + 1, lambda: ~IF.A, lambda: IF.A & 3, lambda: f"{IF.A}"]: show(f)
class P(Enum):
    EARTH = (5.9, 6.3)
    MARS = (6.4, 3.3)
    def __init__(self, mass, radius): self.mass, self.radius = mass, radius
    @property
    def g(self): return round(self.mass / self.radius, 2)
show(lambda: P.EARTH); show(lambda: P.MARS.g); show(lambda: P((5.9, 6.3)))
class N(bytes, Enum):
    def __new__(cls, value, label):
        obj = bytes.__new__(cls, [value]); obj._value_ = value; obj.label = label; return obj
    A = (1, 'one')
Fn = Enum('Fn', 'a b c'); show(lambda: list(Fn)); Fm = Enum('Fm', {'x': 1, 'y': 'q'}); show(lambda: list(Fm)); show(lambda: Enum('Fl', ['p', 'q'], start=5)('x')); show(lambda: list(IntEnum('Q', [('a', 3)])))
class M(Enum):
    A = 'a'
    @classmethod
    def _missing_(cls, value): return cls.A if value == 'z' else None
show(lambda: M('z')); show(lambda: M('y'))
class G(Enum):
    @staticmethod
    def _generate_next_value_(name, start, count, last): return name * 2
    X = auto()
    Y = auto()
show(lambda: [m.value for m in G])
def dup():
    @unique
    class U(Enum):
        A = 1
        B = 1
show(dup)
def twice():
    class U(Enum):
        A = 1
        A = 2
show(twice)
class Mix:
    def hi(self): return 'hi ' + self.name
class W(Mix, Enum):
    A = []
    B = [1]
    fn = lambda self: 3
show(lambda: W.A.hi()); show(lambda: W([1])); show(lambda: W.A.fn()); show(lambda: type(W.A)); show(lambda: W.A.__class__.__name__)
class V(Enum):
    name = 'n'
    value = 'v'
show(lambda: list(V))
class T(str, Enum):
    A = "a"
    def __str__(self): return self.value
show(lambda: f"{T.A}"); show(lambda: str(T.A)); show(lambda: "{}".format(T.A))
class Base(str, Enum):
    def __str__(self): return str(self.value)
class Ch(Base):
    Q = 'q'
show(lambda: str(Ch.Q)); show(lambda: f"{Ch.Q}"); show(lambda: Ch.Q)
