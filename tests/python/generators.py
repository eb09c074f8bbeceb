def sub():
    x = yield 1
    print("sub got", x)
    return "sub result"
def top():
    r = yield from sub()
    print("r", r)
    yield from [10, 20]
    yield from (i * 2 for i in range(2))
    return "done"
g = top(); print(next(g)); print(g.send("hello")); print(list(g))
def run(g):
    while True:
        try: print("y", next(g))
        except StopIteration as e: return e.value
print(run(top()))
def thrower():
    try: yield 1
    except KeyError as e: print("inner", repr(e)); yield 2
def outer(): yield from thrower()
o = outer(); next(o); print(o.throw(KeyError("k")))
try: o.throw(ValueError("out"))
except ValueError as e: print("out", e)
print(list(o))
def infinite():
    n = 0
    while True:
        n += 1
        yield n
import itertools
print(list(itertools.islice(infinite(), 5)))
print(sum(x for x in range(10)), [*map(str, range(3))], dict((k, v) for k, v in zip("ab", [1, 2])))
def bad():
    raise StopIteration
    yield
try: list(bad())
except RuntimeError as e: print(e, repr(e.__cause__))
g = top()
try: g.send(1)
except TypeError as e: print(e)
class It:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 3: raise StopIteration
        return self.n
print(list(It()), [a for a in It()], tuple(It()), 2 in It(), max(It()), sorted(It(), reverse=True))
a, b, c = It(); print(a, b, c)
print([(x, y) for x in range(3) for y in range(x) if x != y], {x for x in "aab"} == {"a", "b"})
gen = (x for x in [1, 2]); print(type(gen).__name__, gen.__name__, next(gen))
async def aw(n): return n * 2
async def ag():
    for i in range(3): yield await aw(i)
async def main():
    out = []
    async for v in ag(): out.append(v)
    out += [v async for v in ag() if v]
    class ACM:
        async def __aenter__(self): return "in"
        async def __aexit__(self, *a): print("aexit", a[0]); return True
    async with ACM() as m: out.append(m)
    async with ACM(): raise ValueError
    return out
import asyncio
print(asyncio.run(main()))
def g3():
    yield
    return 3
print(list(g3()))
def walk(t):
    if isinstance(t, list):
        for x in t: yield from walk(x)
    else: yield t
print(list(walk([1, [2, [3, [4]], 5]])))
