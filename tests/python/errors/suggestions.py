foo_bar = 1
class Thing:
    colour = 1
def f():
    local_name = 1
    return locl_name
def g(): return foo_baz
def h(): return Thing().color
def j(): return prnt
def k(): return [].apend
def l(): return completely_different
def chain(functions):
    try:
        functions[0]()
    finally:
        if functions[1:]:
            chain(functions[1:])
chain([f, g, h, j, k, l])
