# Generators: send, throw, close, return, yield from.
def simple():
    got = yield 1
    print("got", got)
    got = yield got
    return "result", got


g = simple()
print(next(g), g.send("a"))
try:
    g.send("b")
except StopIteration as e:
    print(e.value)


def outer():
    r = yield from inner()
    print("inner returned", r)
    yield from [1, 2]
    yield from (x for x in "ab")
    return "outer"


def inner():
    try:
        x = yield "first"
        print("inner got", x)
        yield "second"
    except ValueError as e:
        print("inner caught", e)
        yield "recovered"
    return 42


g = outer()
print(next(g), g.send("sent"), g.throw(ValueError("boom")))
print(list(g))


def delegates_close():
    def sub():
        try:
            yield 1
        finally:
            print("sub closed")
    yield from sub()


g = delegates_close()
next(g)
g.close()


def echo():
    while True:
        try:
            x = yield
            print("echo", x)
        except GeneratorExit:
            print("exit")
            raise
        except KeyError:
            print("key")


e = echo()
next(e)
e.send(1)
e.throw(KeyError)
e.close()


def fib(n):
    a, b = 0, 1
    for _ in range(n):
        yield a
        a, b = b, a + b


print(list(fib(10)), sum(fib(5)), max(x * x for x in fib(7)), dict(zip("abc", fib(3))))
print(sorted((y, x) for x, y in enumerate("cab")))


def lazy():
    print("started")
    yield


z = lazy()
print("made")
next(z)


def stop_inside():
    yield 1
    raise StopIteration("x")


try:
    list(stop_inside())
except RuntimeError as e:
    print(e, repr(e.__cause__))


def args(*a, k=1, **kw):
    yield a, k, kw


print(next(args(1, 2, k=3, z=4)))


class Tree:
    def __init__(self, v, kids=()):
        self.v, self.kids = v, kids

    def __iter__(self):
        yield self.v
        for kid in self.kids:
            yield from kid


print(list(Tree(1, [Tree(2, [Tree(3)]), Tree(4)])))
cell = [lambda: x for x in fib(4)]
print([c() for c in cell])
it = iter(lambda c=iter([1, 2, 0, 5]): next(c), 0)
print(list(it))
try:
    g = fib(1)
    g.send(1)
except TypeError as e:
    print(e)
exc_state = []


def handler_gen():
    import sys
    try:
        raise ValueError
    except ValueError:
        yield sys.exc_info()[0].__name__
        exc_state.append(sys.exc_info()[0].__name__)


import sys
for n in handler_gen():
    print(n, sys.exc_info()[0])
print(exc_state)
print((lambda: [(yield 1), (yield 2)])().send(None))
