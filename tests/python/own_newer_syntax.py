# Type parameters (PEP 695) and nested f-strings (PEP 701), as Python 3.13 runs them.
def ident[T](x: T, y: int = 3, *, k: "T" = 4) -> T:
    return x, y, k
print(ident(1), ident(1, 2, k=5), ident.__name__, ident.__qualname__)
print([p.__name__ for p in ident.__type_params__])
class Box[T: int, *Ts, **P]:
    def __init__(self, v): self.v = v
    def get(self) -> T: return self.v
    def m[U](self, u: U): return u, __class__.__name__
print(Box(5).get(), Box(1).m(2), Box.__name__, [p.__name__ for p in Box.__type_params__])
type Alias = list[int]
type Gen[T] = dict[str, T]
print(Alias.__name__, Gen.__name__)
def outer():
    z = 1
    def inner[T](a=z): return a + z
    return inner
print(outer()())
def g[T](): yield 1
print(list(g()))
async def co[T](x: T): return x
print(co.__name__)

class Simple[T]:
    def get(self): return "simple"


class D[T](Simple[T]): pass
print(D().get())
print(f"{'a' + "b"} {f"{1 + 1}"} {'\n'.join(['x', 'y'])}")
def kwonly[T](*, a=1): return a
print(kwonly(a=3), kwonly())
