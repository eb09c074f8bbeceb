def show(f, *args, **kw):
    try:
        print(f(*args, **kw))
    except TypeError as e:
        print("TypeError:", e)


def none(): return "none"
def one(a): return a
def opt(a, b=2): return a, b
def star(a, *rest, k=1, **kw): return a, rest, k, kw
def kwonly(a, *, k, j=3): return a, k, j
def posonly(a, b, /, c): return a, b, c
def two_kw(*, x, y): return x, y
def three(a, b, c): return a


show(none); show(none, 1); show(one); show(one, 1, 2); show(one, b=1); show(one, 1, a=1)
show(opt); show(opt, 1, 2, 3); show(opt, b=1); show(opt, 1, b=5)
show(star); show(star, 1, 2, 3, k=4, z=5); show(star, *[1, 2], **{"q": 1})
show(kwonly, 1); show(kwonly, 1, 2); show(kwonly, 1, k=2); show(kwonly, 1, 2, k=3)
show(posonly, 1, 2, 3); show(posonly, 1, 2, c=3); show(posonly, a=1, b=2, c=3); show(posonly, 1)
show(two_kw); show(two_kw, x=1); show(three); show(three, 1); show(three, 1, 2, 3, 4)


class C:
    def m(self, x): return x
    def __init__(self, v): self.v = v
    def __call__(self, *a): return a


show(C); show(C, 1, 2); show(C(1).m); show(C(1).m, 1, 2); show(C(1), 5, 6); show(C.m, C(1), 4)
show(3); show(C(1).m, y=1)
try:
    one(**{1: 2})
except TypeError as e:
    print(e)
try:
    one(*5)
except TypeError as e:
    print(e)
try:
    one(**5)
except TypeError as e:
    print(e)
try:
    one(1, **{"a": 1}, **{"a": 2})
except TypeError as e:
    print(e)


class NoArgs: pass


show(NoArgs, 1); show(NoArgs, x=1)


def defaults(a, b=[]):
    b.append(a)
    return b


print(defaults(1), defaults(2), defaults.__defaults__, kwonly.__kwdefaults__)
print((lambda *a, **k: (a, k))(1, 2, x=3))
def outer(x):
    def inner(y): return x + y
    return inner
print(outer(1)(2), outer.__name__, outer(1).__qualname__, outer.__code__.co_varnames)
