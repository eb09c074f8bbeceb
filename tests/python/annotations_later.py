# SPDX-License-Identifier: MIT
# What is annotated with text or with names that are there is as in every Python.
from typing import Optional


class A:
    x: "list[B]"
    y: Optional["B"]
    z: int = 3


def f(a: "B", *args: int, **kw: str) -> None:
    pass


print(A.__annotations__)
print(f.__annotations__)


class B:
    pass
