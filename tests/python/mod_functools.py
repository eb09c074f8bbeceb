# SPDX-License-Identifier: MIT
import functools

p=functools.partial(int, base=2); print(p("101"), functools.reduce(lambda a,b:a*b,[1,2,3,4]))
@functools.total_ordering
class V:
    def __init__(s,v): s.v=v
    def __eq__(s,o): return s.v==o.v
    def __lt__(s,o): return s.v<o.v
print(V(1)<=V(2), V(2)>V(1), V(1)>=V(1))
class C:
    @functools.cached_property
    def x(self): print("once"); return 5
c=C(); print(c.x, c.x)
@functools.singledispatch
def f(a): return "obj"
@f.register
def _(a:int): return "int"
@f.register(str)
def _(a): return "str"
print(f(1), f("a"), f(1.5), f(True))
@functools.wraps(f)
def g(): "doc"
print(g.__name__, functools.partial(print, 1, sep="")  is not None)
