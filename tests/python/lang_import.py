# The forms of import.
import os
import os.path
import os.path as p
import collections.abc as abc, sys as system
from os import path, getcwd as cwd
from collections import (
    OrderedDict,
    defaultdict as dd,
)
from os.path import *

print(os.path is path, p is path, abc.Mapping.__name__, system.__name__, callable(cwd), OrderedDict.__name__)
print(dd.__name__, join("a", "b"))
try:
    from os import no_such_thing
except ImportError as e:
    print(e.name, str(e).split(" (")[0])
try:
    import no_such_module.sub
except ModuleNotFoundError as e:
    print(e, e.name)
try:
    import json as j
except ImportError:
    j = None
print(j.dumps([1]))


def local():
    import math
    from math import floor, ceil as c
    return math.pi > 3, floor(1.5), c(1.5)


print(local())


class C:
    import math
    from math import sqrt


print(C.math.pi > 3, C.sqrt(4))
