import traceback
foo_bar = 1
class Thing:
    colour = 1
    def method(self): pass
def f():
    local_name = 1
    return locl_name
def g(): return foo_baz
def h(): return Thing().color
def i(): return Thing.metod
def j(): return prnt
def k(): return [].apend
def l(): return completely_different
for x in (f, g, h, i, j, k, l):
    try: x()
    except Exception: traceback.print_exc()
