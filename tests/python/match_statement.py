from dataclasses import dataclass
@dataclass
class P:
    x: int
    y: int
def m(v):
    match v:
        case 0 | 1: return "small"
        case int(n) if n > 100: return f"big {n}"
        case int(): return "int"
        case "a" | "b" as s: return f"str {s}"
        case str(s): return f"other {s}"
        case []: return "empty"
        case [x]: return f"one {x}"
        case [1, *rest]: return f"one.. {rest}"
        case (a, b, *_): return f"two {a} {b}"
        case {"k": k, **rest}: return f"map {k} {rest}"
        case {}: return "anymap"
        case P(x=0, y=y): return f"P0 {y}"
        case P(1, y): return f"P1 {y}"
        case P(): return "P"
        case None: return "none"
        case True: return "true"
        case float(): return "float"
        case _: return "default"
for v in (0, 1, 200, 50, "a", "zz", [], [5], [1, 2, 3], (7, 8, 9), {"k": 1, "z": 2}, {}, {"q": 1}, P(0, 2), P(1, 3), P(5, 5), None, True, 1.5, {1}, b"x"):
    print(repr(v), m(v))
class C:
    V = 5
def q(v):
    match v:
        case C.V: return "V"
        case (1 | 2) as n: return n
        case [P(x=a), {"t": [b, *_]}]: return (a, b)
print(q(5), q(2), q([P(9, 1), {"t": "no"}]), q([P(9, 1), {"t": [4, 5]}]))
try:
    match 5:
        case int(1, 2): pass
except TypeError as e: print(e)
