# Which variable a name means: closures, cells, global, nonlocal, class bodies.
x = "module"


def counter():
    count = 0

    def step(by=1):
        nonlocal count
        count += by
        return count
    return step


a, b = counter(), counter()
print(a(), a(5), b())


def outer(arg):
    def middle():
        def inner():
            return arg, x
        return inner
    arg = arg + "!"
    return middle()()


print(outer("arg"))


def shadow():
    try:
        print(late)
    except UnboundLocalError as e:
        print(type(e).__name__, e)
    late = 1
    del late
    try:
        late
    except UnboundLocalError as e:
        print(e)

    def reads_free():
        return free
    try:
        reads_free()
    except NameError as e:
        print(type(e).__name__, e)
    free = 1
    print(reads_free())


shadow()


class C:
    x = "class"
    y = x + " body"
    items = [x for x in range(3)]

    def method(self):
        return x, __class__.__name__

    def nested(self):
        return [lambda: __class__ for _ in range(1)][0]().__name__


print(C.y, C.items, C().method(), C().nested())


def in_class(value, other=1):
    class Local:
        got = other
        value = "own"
        both = value

        def read(self):
            return value
    return Local


L = in_class("free")
print(L.got, L.both, L().read()) if hasattr(L, "got") else None


def set_global():
    global created, x
    created = "made"
    x = "changed"
    for_loop = [created for created in "ab"]
    return for_loop


print(set_global(), created, x)


def loop_closures():
    return [f() for f in [lambda: i for i in range(3)]], [f() for f in [lambda i=i: i for i in range(3)]]


print(loop_closures())


class Private:
    __secret = 1

    def __hidden(self, __arg=2):
        self.__attr = __arg
        return self.__secret + self.__attr

    def call(self):
        return self.__hidden()

    def names(self):
        return sorted(n for n in vars(self))


p = Private()
print(p.call(), p.names(), p._Private__secret, p._Private__hidden(5))


class _Under:
    def f(self):
        self.__x = 1
        return vars(self)


print(_Under().f())


class Meta(type):
    def __new__(mcls, name, bases, ns, **kw):
        cls = super().__new__(mcls, name, bases, ns)
        cls.kw = kw
        return cls


class Base(metaclass=Meta, flag=1):
    def who(self):
        return "base"


class Derived(Base, flag=2, **{"other": 3}):
    def who(self):
        return "derived+" + super().who()

    @classmethod
    def make(cls):
        return cls()

    @staticmethod
    def free():
        return "free"


print(Base.kw, Derived.kw, Derived().who(), Derived.make().who(), Derived.free())
print(Derived.who.__qualname__, outer.__qualname__, counter().__qualname__, L.__qualname__, L.read.__qualname__)


def defaults(a, b=[], /, c=x, *args, d, e="e", **kw):
    b.append(a)
    return a, b, c, args, d, e, kw


print(defaults(1, d=2), defaults(3, d=4, z=5), defaults(5, [], 6, 7, 8, d=9, e=0))
global_in_class = 1


class GlobalInClass:
    global global_in_class
    global_in_class = 2

    def f(self):
        global_in_class


print(global_in_class, hasattr(GlobalInClass, "global_in_class"))


def deep():
    v = 0

    def one():
        nonlocal v

        def two():
            nonlocal v
            v += 1

            class K:
                nonlocal v
                v += 10
                w = v
            return K.w
        return two()
    return one(), v


print(deep())
print((lambda a, *b, c=1, **d: (a, b, c, d))(1, 2, 3, c=4, e=5))
