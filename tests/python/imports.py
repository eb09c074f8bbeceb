import sys
import pkg_sample
print(pkg_sample.value, pkg_sample.first.VALUE, pkg_sample.__doc__, pkg_sample.__name__, pkg_sample.__package__)
print(pkg_sample.sub.deep.name, pkg_sample.sub.deep.up is pkg_sample.first)
import pkg_sample.second as s
print(s.OTHER, "pkg_sample.second" in sys.modules, pkg_sample.second is s)
from pkg_sample import *
print(value, second is s)
try:
    import pkg_sample.cycle_a
except ImportError as e:
    print(type(e).__name__, str(e).split(" (")[0], e.name)
for i in range(2):
    try:
        import pkg_sample.fails
    except ValueError as e:
        print(e, "pkg_sample.fails" in sys.modules)
from pkg_sample import dynamic
print(dynamic.lazy, dynamic.__name__)
try:
    dynamic.nope
except AttributeError as e:
    print(e)
try:
    from pkg_sample.dynamic import nope
except ImportError as e:
    print(str(e).split(" (")[0])
try:
    import pkg_sample.missing
except ModuleNotFoundError as e:
    print(e, e.name)
try:
    import pkg_sample.first.more
except ModuleNotFoundError as e:
    print(e)
try:
    from . import x
except ImportError as e:
    print(e)
try:
    import nothing_like_this
except ImportError as e:
    print(e, e.name)
import importlib
print(importlib.import_module("pkg_sample.first").VALUE, importlib.import_module(".first", "pkg_sample").VALUE)
try:
    importlib.import_module("nothing_like_that")
except ImportError as e:
    print(e)
def inner():
    import os.path
    return os.path.join("a", "b")
print(inner())
sys.modules["fake"] = type(sys)("fake", "doc"); import fake; print(fake.__doc__, fake.__name__)
import pkg_sample.sub.deep as d; print(d.name)
print(__import__("pkg_sample.sub.deep").__name__)
