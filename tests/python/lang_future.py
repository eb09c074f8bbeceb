"""Annotations kept as text."""
from __future__ import annotations

from typing import Optional


def f(a: int, b: Optional[undefined.Thing] = None, *args: "quoted", **kw: dict[str, list[int]]) -> Missing | None:
    x: NotThere = 1
    return x


print(f.__annotations__)


class C:
    a: Mapped[int] = 1
    b: Callable[[int, str], None]
    c: x + y * z
    d: (1, 2)
    e: lambda q, *r, k=1: q
    f: a.b[c:d, ::2]
    g: -1 if not x else y or z and w
    h: {"k": v, **m}
    i: [i for i in range(3) if i]
    j: f"{x!r:>{w}} {{}}"
    k: (yes)
    l: "str" 'joined'
    m: a < b <= c is not d
    n: func(1, *a, k=2, **kw)
    o: (a + b) * c ** -d
    p: not (a and b)
    q: 1.0e10
    r: ...


for name, text in C.__annotations__.items():
    print(name, text)
print(__annotations__ if "__annotations__" in dir() else None, __doc__)
y: Undefined = 3
print(__annotations__)
