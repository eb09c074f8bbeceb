import collections
import contextlib
import functools
import queue
import re
import types
import weakref
from typing import ClassVar, Generic, TypeVar

for cls in (re.Pattern, re.Match, collections.UserDict, collections.deque, contextlib.nullcontext,
            functools.partial, queue.Queue, types.MappingProxyType, weakref.ref, type):
    made = cls[int]
    print(made.__origin__ is cls, made.__args__)


class Named:
    PATTERN: ClassVar[re.Pattern[str]] = re.compile("a+")


print(Named.PATTERN.match("aab").group(), re.Pattern[str])
T = TypeVar("T")


class Store(collections.UserDict[str, T], Generic[T]):
    pass


print(dict(Store(a=1)))
for cls in (int, str, object, Named, ValueError):
    try:
        cls[int]
    except TypeError as error:
        print(error)
