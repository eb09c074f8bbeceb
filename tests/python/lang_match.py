# Every kind of pattern.
class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y


class Color:
    RED = "red"


def f(v):
    match v:
        case 0:
            return "zero"
        case -1 | -2.5:
            return "negative"
        case "a" | "b" as letter:
            return "letter " + letter
        case None | True | False:
            return "singleton %s" % v
        case Color.RED:
            return "red"
        case b"x":
            return "bytes"
        case []:
            return "empty"
        case [1, x]:
            return "one and %s" % x
        case [1, *rest, 9]:
            return "rest %s" % rest
        case (str() as s, int(n) | float(n)):
            return "pair %s %s" % (s, n)
        case {"k": [a, b], **others}:
            return "map %s %s %s" % (a, b, others)
        case {"only": _}:
            return "only"
        case Point(x=0, y=0):
            return "origin"
        case Point(x, y) if x == y:
            return "diagonal %s" % x
        case Point(1, y=yy):
            return "x1 %s" % yy
        case Point():
            return "point"
        case int(i):
            return "int %s" % i
        case [Point(x=px), Point(y=py)]:
            return "points %s %s" % (px, py)
        case dict():
            return "dict"
        case [_, _, _]:
            return "three"
        case _:
            return "other"


for v in (0, -1, -2.5, "a", "b", None, True, "red", b"x", [], (), [1, 2], [1, 2, 3, 9], ("s", 5), ("s", 1.5),
          {"k": [1, 2], "z": 3}, {"only": 1}, Point(0, 0), Point(3, 3), Point(1, 7), Point(5, 6), 77,
          [Point(1, 2), Point(3, 4)], {}, {"x": 1}, "xyz", [7, 8, 9], {1, 2}, 1.5):
    print(f(v))


def guards(p):
    match p:
        case (a, b) | [a, b, _] if a > b:
            return "first", a, b
        case [a, *_] if a:
            return "second", a
        case x:
            return "third", x


print(guards((2, 1)), guards([2, 1, 0]), guards([1, 2]), guards([]), guards(5))
match 1, 2:
    case 1, y:
        print("tuple subject", y)
match = case = type = _ = 5
print(match, case, type, _)
match [1, [2, [3]]]:
    case [a, [b, [c]]]:
        print(a, b, c)
try:
    match 5:
        case Point(1, 2, 3):
            pass
    match Point(1, 2):
        case Point(1, 2, 3):
            pass
except TypeError as e:
    print(e)
for command in ("go north", "go", "drop a b c", "look"):
    match command.split():
        case ["go", ("north" | "south") as where]:
            print("going", where)
        case ["go"]:
            print("where?")
        case ["drop", *things]:
            print("dropping", things)
        case [single]:
            print(single)


class K:
    match 3:
        case n:
            pass


print(K.n)
