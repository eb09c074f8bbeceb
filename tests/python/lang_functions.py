# Decorators, annotations, defaults, argument errors, attributes of functions.
def deco(tag):
    print("deco", tag)

    def wrap(fn):
        print("wrap", tag, getattr(fn, "__name__", fn))
        fn.tags = getattr(fn, "tags", []) + [tag]
        return fn
    return wrap


@deco("a")
@deco("b")
def f(x: int, *args: str, y: "forward" = 3, **kw: dict) -> bool:
    """The doc."""
    return True


print(f.tags, f.__annotations__, f.__doc__, f.__defaults__, f.__kwdefaults__, f.__name__)


@deco("class")
class C:
    """Class doc."""
    attr: int = 5
    bare: str
    (paren): int = 6
    __private: float = 1.5

    def method(self, a: int, b=2) -> None:
        local: int
        local2: undefined_type = 5
        return local2


print(C.__annotations__, C.__doc__, C.tags, C().method(1), C.paren, hasattr(C, "bare"))
print(__annotations__ if "__annotations__" in globals() else "none")
module_var: int = 1
module_bare: "text"
print(__annotations__)
box = {}
box["key"]: int = 5
C.extra: str = "x"
print(box, C.extra)


def g(a, b, /, c, d=4, *, e, f=6):
    return a, b, c, d, e, f


print(g(1, 2, 3, e=5), g(1, 2, c=3, e=5, f=7))
for call in (lambda: g(), lambda: g(1, 2), lambda: g(1, 2, 3), lambda: g(1, 2, 3, 4, 5, e=1), lambda: g(1, b=2, c=3, e=5),
             lambda: g(1, 2, 3, e=5, z=1), lambda: g(1, 2, 3, c=3, e=5), lambda: f(), lambda: C().method()):
    try:
        call()
    except TypeError as e:
        print(e)
print((lambda: None).__name__, (lambda x=1: x).__defaults__)


def no_doc():
    return no_doc.__doc__


print(no_doc())
x = [d for d in [1, 2]]


@lambda fn: fn()
def immediately():
    return "called"


print(immediately)


def recursive(n):
    return 1 if n < 2 else n * recursive(n - 1)


print(recursive(20))


def many(a0, a1, a2, a3, *, k0=0, k1=1):
    return locals()


print(many(1, 2, 3, 4, k1=5))


def star_only(*, a=1):
    return a


print(star_only(a=2))
try:
    star_only(1)
except TypeError as e:
    print(e)


def mutable(acc=[]):
    acc.append(len(acc))
    return acc


mutable()
print(mutable(), mutable.__defaults__)
del f
try:
    f
except NameError as e:
    print(e)
