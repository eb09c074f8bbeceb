import traceback


def show(f):
    try:
        f()
    except Exception:
        traceback.print_exc()


class O:
    attr = None


o, d, l = O(), {"a": {"b": None}}, [1, [2]]
a, b = 1, "x"


def f1(): return a + b
def f2(): return (a * 2) + (b)
def f3(): return d["a"]["b"]["c"]
def f4(): return o.attr.missing.more
def f5(): return f1(a, b=2)
def f6(): return l[1][7] + 3
def f7():
    return (
        a +
        b
    )
def f8(): d["x"]["y"] = 5
def f9(): del d["nope"]
def f10(): raise ValueError("é" + str(a)) if a else None
def f11(): return [x.y for x in (1, 2)]
def f12(): return a ** b // 2
def f13():
    x = "ééé" + undefined_thing
def f14(): return len(5) if a else 3
def f15():
    a.b.c(
        1,
    )
def f16(): return a@b
def f17(): return o .attr [ 0 ]
def f18():
    for x in 5: pass
def f19():
    with a: pass
def f20():
    assert a == b, "not equal"
def f21():
    x, y = 1, 2, 3
def f22(): return (a)+(b)
def f23(): return ((a)) + b
def f24(): return -b
def f25(): return a < b
def f26(): return f"{b:d}"
def f27(): return b.upper().nope()


for f in list(globals().values()):
    if callable(f) and getattr(f, "__name__", "").startswith("f"):
        show(f)
