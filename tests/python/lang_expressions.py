# Operators, displays, unpacking, comparison chains, conditionals, slices.
def show(name):
    print("eval", name)
    return name


print(1 < 2 < 3, 1 < 2 > 5, 3 > 2 < 1 or "no", not 1 < 2)
print(show(1) < show(0) < show(5), show(1) < show(2) < show(3))
print(show("") and show("x"), show("") or show("y"), show(0) and show(1) or show(2))
print("yes" if show(1) and not show(0) else "no", [] or {} or None)
print(not (show(1) or show(2)), (not show(0)) is True)
a, *b, c = range(6)
print(a, b, c)
(d, (e, [f, *g])), h = (1, (2, [3, 4, 5])), 6
print(d, e, f, g, h)
*i, = "ab"
[j, k] = 1, 2
print(i, j, k)
x = y = [0]
x += [1]
print(x is y, y)
n = 10
n -= 3; n *= 2; n //= 3; n **= 2; n %= 7; n <<= 3; n |= 1; n ^= 5; n &= 0xFF; n >>= 1
print(n)
n /= 4
print(n)


class Box:
    value = 1
    items = [1, 2, 3]

    def __matmul__(self, other):
        return "matmul", other

    def __getitem__(self, key):
        return key


box = Box()
box.value += 5
box.items[show(1)] += show(40)
print(box.value, box.items, box @ 2)
print(box[1:2], box[::2], box[1, 2:3, ...], box[:], box[()], box[*[1, 2], 3])
print([*range(3), *"ab"], (*range(2), 5), {*"a", "b"} == {"a", "b"}, {**{"a": 1}, "b": 2, **{"a": 3}})
print({"k%d" % i: i for i in range(3)}, {i % 2 for i in range(5)}, [i for i in range(10) if i % 2 if i > 3])
print([(i, j) for i in range(3) for j in range(i)], list(i * 2 for i in range(3)))
print([[j for j in range(i)] for i in range(3)], [y for x in [[1, 2], [3]] for y in x])
print(-2 ** 2, (-2) ** 2, 2 ** 3 ** 2, -1 // 2, ~5, +3, not not 1, 7 % -3, -7 // 2)
print(1_000, 0xFF, 0o17, 0b101, 1e3, .5, 1., 10 ** 20, -9223372036854775808, 9223372036854775808, 0xFFFFFFFFFFFFFFFFFF)
print("a" "b" 'c' r"\n", (b"x" b"y").decode(), """multi
line""", "\x41\u00e9", b"\x00\xff", "\101\t|")
if (m := 5) > 3 and (p := m + 1):
    print(m, p)
print([q := 1, q + 1], [last := v for v in range(4)], last)
print((lambda: (yield))().__class__.__name__)
print(1 if 0 else 2 if 0 else 3, (1, 2, 3)[1:], "abc"[::-1], [1, 2, 3][-1])
s = [0, 1, 2, 3, 4, 5]
s[1:3] = ["a", "b", "c"]
del s[0], s[-1]
print(s)
del s[::2]
print(s)
t = {"a": 1, "b": 2}
del t["a"]
print(t, 1 in [1], 2 not in [1], None is None, n is not None)
print(*[1, 2], *(3,), sep="-", **{"end": "!\n"})


def f(*args, **kw):
    return args, kw


print(f(1, *[2, 3], 4, *"5", a=1, **{"b": 2}, c=3, **{"d": 4}))
print(f(*(i for i in range(3))), f(x for x in [1])[0][0].__class__.__name__, f(**{}), f(*()))
for bad in (lambda: f(**{"a": 1}, **{"a": 2}), lambda: f(*5), lambda: f(**5), lambda: (lambda: 0)(1)):
    try:
        bad()
    except TypeError as error:
        print(error)
for bad in ("a, b = 1, 2, 3", "a, b = [1]", "a, *b, c = [1]", "a, b = 5", "a, b = {1: 2}.items()"):
    try:
        exec(bad)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
print([1, 2, 3, 4] == [*range(1, 5)], [None, True, False, ..., 1.5, "x", b"y"])
print((1, 2) + (3,), [0] * 3, "ab" * 2, 5 & 3 | 8 ^ 1, 1 << 4 >> 2, 7 // 2, 7 / 2)
big = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, n]
print(len(big), big[-2:], len({i: i for i in big}), {"a": n, **{}, "b": [n]})
