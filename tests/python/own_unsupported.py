# What compiles but cannot run raises by name when it is run, not before.
def star():
    try:
        raise ValueError
    except* ValueError:
        pass


def number():
    return 2j


def name():
    return "\N{BULLET}"


for f in (star, number, name):
    try:
        f()
    except NotImplementedError as e:
        print(type(e).__name__, e)
