# Coroutines without a loop, async generators, async with, async for.
class Pause:
    def __init__(self, v):
        self.v = v

    def __await__(self):
        got = yield self.v
        return got


async def add(a, b):
    x = await Pause(a)
    y = await Pause(b)
    return x, y


c = add(1, 2)
print(c.send(None), c.send("x"))
try:
    c.send("y")
except StopIteration as e:
    print(e.value)


class Manager:
    async def __aenter__(self):
        print("aenter")
        return await Pause("entering")

    async def __aexit__(self, kind, value, tb):
        print("aexit", kind and kind.__name__)
        await Pause("leaving")
        return kind is ValueError


class Counter:
    def __init__(self, n):
        self.n = n

    def __aiter__(self):
        return self

    async def __anext__(self):
        if not self.n:
            raise StopAsyncIteration
        self.n -= 1
        await Pause("tick")
        return self.n


async def agen(n):
    for i in range(n):
        got = yield i
        if got:
            print("agen got", got)
        await Pause("agen")


async def main():
    async with Manager() as m, Manager():
        print("in", m)
    async with Manager():
        raise ValueError
    async for i in Counter(3):
        if i == 0:
            continue
        print("item", i)
    else:
        print("else")
    async for i in agen(5):
        if i == 2:
            break
        print("agen", i)
    print([x async for x in agen(3)], {x: await add(x, x) async for x in Counter(1)})
    print([x + y async for x in agen(2) for y in range(2) if x or y], {x async for x in agen(2)})
    g = (x * 2 async for x in agen(3))
    print([x async for x in g], [await add(1, 2) for _ in range(1)])
    async def inner():
        return "inner"
    try:
        return await inner()
    finally:
        print("finally", await Pause("f"))


def drive(coro):
    value, log = None, []
    while True:
        try:
            log.append(coro.send(value))
            value = len(log)
        except StopIteration as e:
            return e.value, log


print(drive(main()))
try:
    drive((lambda: 5)())
except AttributeError as e:
    print(e)


async def bad():
    await 5


try:
    drive(bad())
except TypeError as e:
    print(e)


async def throws():
    try:
        await Pause(1)
    except KeyError as e:
        return "caught %s" % e


c = throws()
c.send(None)
try:
    c.throw(KeyError("k"))
except StopIteration as e:
    print(e.value)
c = throws()
c.send(None)
c.close()
print(add.__name__, type(c).__name__, type(agen(1)).__name__)
