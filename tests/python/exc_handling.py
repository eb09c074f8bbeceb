import sys
def f():
    try:
        return "try"
    finally:
        print("finally")
print(f())
def g():
    for i in range(3):
        try:
            if i == 1: continue
            print("body", i)
        except ValueError: pass
        else: print("else", i)
        finally: print("fin", i)
g()
def h():
    try: raise ValueError("v")
    except (KeyError, ValueError) as e:
        err = e
    try: print(e)
    except UnboundLocalError as u: print(u)
    return err
print(repr(h()))
try:
    try: raise KeyError("a")
    except KeyError: raise ValueError("b")
except ValueError as e: print(repr(e.__context__), e.__cause__, e.__suppress_context__)
try:
    try: raise KeyError("a")
    except KeyError as k: raise ValueError("b") from None
except ValueError as e: print(repr(e.__context__), e.__cause__, e.__suppress_context__)
try:
    raise ValueError from KeyError("c")
except ValueError as e: print(repr(e), repr(e.__cause__))
try:
    try: 1 / 0
    except ZeroDivisionError: raise
except ZeroDivisionError as e: print("re", e, e.__traceback__.tb_lineno)
try: raise
except RuntimeError as e: print(e)
try: raise 5
except TypeError as e: print(e)
try:
    try: raise ValueError
    except 5: pass
except TypeError as e: print(e)
class E(Exception):
    def __init__(self, a, b): self.a = a; super().__init__(a, b)
    def __str__(self): return f"E{self.args}"
try: raise E(1, 2)
except E as e: print(e, repr(e), e.args, str(e))
e = ValueError("x"); e.add_note("n1"); print(e.__notes__)
print(repr(KeyError("k")), str(KeyError("k")), str(KeyError()), str(ValueError(1, 2)), repr(OSError(2, "No", "f")), str(OSError(2, "No", "f")))
try: open("/nope/nope")
except FileNotFoundError as e: print(e, e.errno, e.filename)
def nested():
    try:
        try: raise ValueError(1)
        finally: raise KeyError(2)
    except KeyError as e: return repr(e.__context__)
print(nested())
print(sys.exc_info())
try: raise ValueError("q")
except ValueError: print(sys.exc_info()[0].__name__, sys.exc_info()[1])
print(sys.exc_info()[0])
class CM:
    def __enter__(self): return 1
    def __exit__(self, *a): print(a[0] and a[0].__name__, a[1]); return False
try:
    with CM() as a, CM() as b: raise ValueError("in with")
except ValueError as e: print("caught", e)
def ret():
    with CM(): return 5
print(ret())
def loop():
    while True:
        with CM(): break
    return "broke"
print(loop())
def gen():
    try: yield 1
    except ValueError as e: yield "caught " + str(e)
    finally: print("gen fin")
i = gen(); print(next(i), i.throw(ValueError("t")), next(i, "end"))
i = gen(); next(i); i.close(); print(next(i, "closed"))
def deep(n): return deep(n + 1)
try: deep(0)
except RecursionError as e: print("RecursionError", str(e)[:32])
class R:
    def __repr__(self): return repr(self)
try: repr(R())
except RecursionError as e: print("RecursionError")
assert True
try: assert 1 == 2, "msg"
except AssertionError as e: print(e)
try: x = undefined_name
except NameError as e: print(e, e.name)
def unbound():
    print(zz); zz = 1
try: unbound()
except UnboundLocalError as e: print(e)
try: [1, 2][5]
except IndexError as e: print(e)
try: a, b = 1, 2, 3
except ValueError as e: print(e)
try: a, b, *c = [1]
except ValueError as e: print(e)
try: a, b = 5
except TypeError as e: print(e)
a, *b, c = range(5); print(a, b, c)
[x, (y, z)] = 1, "ab"; print(x, y, z)
print(issubclass(ModuleNotFoundError, ImportError), ConnectionResetError.__mro__)
try:
    raise ExceptionGroup("g", [ValueError(1)])
except ExceptionGroup as g: print(g, g.exceptions)
