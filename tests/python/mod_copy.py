import copy

x = {"a": [1, (2, [3])], "s": {1}}
x["me"] = x
y = copy.deepcopy(x)
print(y["me"] is y, y["a"] == x["a"], y["a"] is not x["a"], y["a"][1] is not x["a"][1])
z = copy.copy(x)
print(z["a"] is x["a"], z is not x)


class A:
    __slots__ = ("p", "q")

    def __init__(self):
        self.p = [1]


class B(A):
    def __init__(self):
        super().__init__()
        self.r = {"k": self.p}

    def __deepcopy__(self, memo):
        return "deep"


a = A()
print(copy.copy(a).p is a.p, copy.deepcopy(a).p is a.p, hasattr(copy.copy(a), "q"))
print(copy.copy(B()).r, copy.deepcopy([B()]))
print(copy.deepcopy((1, "a", None, ...)), copy.copy(frozenset({1})))
