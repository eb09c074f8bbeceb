def attempt(what, f):
    try:
        r = f()
        print(what, "gave", type(r).__name__)
    except Exception as e:
        print(what, "->", type(e).__name__, e)


attempt("str repeat", lambda: "x" * 10**12)
attempt("list repeat", lambda: [0] * 10**12)
attempt("tuple repeat", lambda: (0,) * 10**9)
attempt("bytes repeat", lambda: b"x" * 10**10)
attempt("power", lambda: 10**10**10)
attempt("shift", lambda: 1 << 10**12)
attempt("format width", lambda: "{:>999999999}".format(1))
attempt("percent width", lambda: "%999999999d" % 1)
attempt("ljust", lambda: "a".ljust(10**10))
attempt("zfill", lambda: "a".zfill(10**10))
attempt("digits", lambda: str(10**5000))
attempt("from digits", lambda: int("1" * 5000))
attempt("replace", lambda: ("a" * 10**6).replace("a", "b" * 1000))
attempt("join", lambda: ("x" * 10**6).join(["y"] * 1000))
attempt("range list", lambda: list(range(10**9)))
attempt("str of 60 MB", lambda: len("x" * (60 * 2**20)))


def grow():
    keep = []
    while True:
        keep.append("x" * 10**6)


attempt("heap", grow)
attempt("after", lambda: "ok")


def deep(n):
    return deep(n + 1) + 1


attempt("recursion", lambda: deep(0))


class R:
    def __repr__(self): return repr(self)
    def __eq__(self, other): return self == other
    def __getattr__(self, name): return getattr(self, name + "x")


attempt("repr recursion", lambda: repr(R()))
attempt("eq recursion", lambda: R() == R())
attempt("getattr recursion", lambda: R().a)
nested = []
for _ in range(3000):
    nested = [nested]
attempt("deep repr", lambda: repr(nested))
attempt("deep eq", lambda: nested == [nested])
nested = ()
for _ in range(3000):
    nested = (nested,)
attempt("deep hash", lambda: hash(nested))
