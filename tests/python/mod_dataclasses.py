from dataclasses import *
def show(f):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, e)
@dataclass(frozen=True, order=True)
class P:
    a: int
    b: int = 2
def s(): P(1).a = 3
show(s); show(lambda: P(1)<P(2)); show(lambda: hash(P(1))==hash(P(1))); show(lambda: P.__match_args__)
@dataclass(kw_only=True)
class K:
    a: int
    b: int = 2
show(lambda: K(1)); show(lambda: K()); show(lambda: K(a=1))
@dataclass
class I:
    a: int
    b: InitVar[int]
    _: KW_ONLY
    c: int = field(init=False, default=7)
    d: int
    def __post_init__(self, b): self.c = self.a + b
show(lambda: I(1,2,d=3)); show(lambda: replace(I(1,2,d=3), a=5)); show(lambda: replace(I(1,2,d=3), a=5,b=1))
@dataclass(slots=True)
class S:
    a: int = 1
show(lambda: S()); show(lambda: S.__slots__); show(lambda: hasattr(S(),'__dict__'))
def bad():
    @dataclass
    class X:
        a: list = []
show(bad)
def bad2():
    @dataclass
    class X:
        a: int = 1
        b: int
show(bad2)
show(lambda: make_dataclass('M',['a',('b',int,5)])(1))
show(lambda: is_dataclass(P)); show(lambda: fields(3)); show(lambda: asdict(3))
show(lambda: A)
