def f():
    try:
        {}["a"]
    except KeyError:
        try:
            [][0]
        finally:
            None.x


try:
    f()
except AttributeError as e:
    raise RuntimeError("last") from None
