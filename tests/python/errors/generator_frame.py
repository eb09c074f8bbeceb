def gen():
    yield 1
    raise ValueError("in gen")


def use():
    return [x for x in gen()]


def deco(f):
    def wrapper(*args, **kwargs):
        return f(*args, **kwargs)
    return wrapper


@deco
def entry():
    return sum(x for x in use())


entry()
