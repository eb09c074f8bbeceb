# Context managers: order, suppression, exits by jumps.
class M:
    def __init__(self, name, suppress=False):
        self.name, self.suppress = name, suppress

    def __enter__(self):
        print("enter", self.name)
        return self.name.upper()

    def __exit__(self, kind, value, tb):
        print("exit", self.name, kind and kind.__name__, value, tb is not None)
        return self.suppress


with M("a") as a, M("b"):
    print(a)
with (M("c") as c, M("d") as (d),):
    print(c, d)
with M("e", True):
    raise ValueError("suppressed")
print("after")
try:
    with M("f") as f, M("g", False):
        raise KeyError("through")
except KeyError as e:
    print("caught", e)


def jumps(kind):
    for i in range(2):
        with M("j%d" % i), M("k"):
            if kind == "return":
                return "returned"
            if kind == "break":
                break
            if kind == "continue":
                continue
            print("body")
    return "end"


for kind in ("return", "break", "continue", ""):
    print(kind, jumps(kind))


def with_try():
    with M("t"):
        try:
            return 1
        finally:
            print("finally in with")


print(with_try())


def exit_raises():
    class Bad:
        def __enter__(self):
            return self

        def __exit__(self, *a):
            raise TypeError("exit")
    try:
        with Bad():
            raise ValueError("body")
    except TypeError as e:
        print(repr(e), repr(e.__context__))


exit_raises()
with M("tuple") as (x, *y):
    print(x, y)
box = {}
with M("subscript") as box["k"]:
    print(box)
try:
    with 5:
        pass
except TypeError as e:
    print(e)
try:
    with M("n"):
        with M("o", True):
            raise ValueError
        raise KeyError
except KeyError:
    print("key")


def gen():
    with M("gen"):
        yield 1
        yield 2


for v in gen():
    print(v)
g = gen()
next(g)
g.close()
