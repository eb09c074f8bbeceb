import json


class Problem(Exception):
    pass


def inner(x):
    return {"a": x["missing"]}


def middle(x):
    try:
        inner(x)
    except KeyError as e:
        raise Problem("wrapped") from e


def outer():
    try:
        middle({})
    except Problem:
        int("nope")


outer()
