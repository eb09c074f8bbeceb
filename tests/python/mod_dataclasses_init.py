import sys
from dataclasses import *
from typing import ClassVar, List, Optional
def show(f):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, e)
@dataclass
class A:
    x: int
    y: str = "a"
    z: list = field(default_factory=list, repr=False)
    c: ClassVar[int] = 3
show(lambda: A(1)); show(lambda: A()); show(lambda: A(1,2,3,4)); show(lambda: A(q=1)); show(lambda: A(1,x=2)); show(lambda: A(1)==A(1)); show(lambda: A(1)<A(2))
show(lambda: asdict(A(1,z=[A(2)]))); show(lambda: astuple(A(1))); show(lambda: replace(A(1),y='q')); show(lambda: [f.name for f in fields(A)]); show(lambda: hash(A(1)))
