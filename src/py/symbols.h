/* SPDX-License-Identifier: MIT */
/* Names the VM looks up itself: interned when a Vm is made. SYM(vm, __init__) is the StrObj. */
#ifndef LIMBECK_PY_SYMBOLS_H
#define LIMBECK_PY_SYMBOLS_H

/* clang-format off */
#define SYMBOLS(X) \
    X(__init__) X(__new__) X(__call__) X(__repr__) X(__str__) X(__format__) X(__hash__) \
    X(__bool__) \
    X(__len__) X(__iter__) X(__next__) X(__contains__) X(__getitem__) X(__setitem__) \
    X(__delitem__) \
    X(__getattr__) X(__getattribute__) X(__setattr__) X(__delattr__) X(__get__) X(__set__) \
    X(__delete__) X(__set_name__) X(__init_subclass__) X(__class_getitem__) X(__mro_entries__) \
    X(__prepare__) X(__instancecheck__) X(__subclasscheck__) X(__enter__) X(__exit__) \
    X(__aenter__) X(__aexit__) X(__await__) X(__aiter__) X(__anext__) X(__index__) X(__int__) \
    X(__float__) X(__missing__) X(__reversed__) X(__dir__) X(__bytes__) X(__length_hint__) \
    X(__eq__) X(__ne__) X(__lt__) X(__le__) X(__gt__) X(__ge__) \
    X(__add__) X(__sub__) X(__mul__) X(__matmul__) X(__truediv__) X(__floordiv__) X(__mod__) \
    X(__pow__) X(__lshift__) X(__rshift__) X(__and__) X(__or__) X(__xor__) \
    X(__radd__) X(__rsub__) X(__rmul__) X(__rmatmul__) X(__rtruediv__) X(__rfloordiv__) \
    X(__rmod__) \
    X(__rpow__) X(__rlshift__) X(__rrshift__) X(__rand__) X(__ror__) X(__rxor__) \
    X(__iadd__) X(__isub__) X(__imul__) X(__imatmul__) X(__itruediv__) X(__ifloordiv__) \
    X(__imod__) \
    X(__ipow__) X(__ilshift__) X(__irshift__) X(__iand__) X(__ior__) X(__ixor__) \
    X(__neg__) X(__pos__) X(__invert__) X(__abs__) \
    X(__name__) X(__qualname__) X(__module__) X(__doc__) X(__dict__) X(__class__) X(__slots__) \
    X(__bases__) X(__mro__) X(__annotations__) X(__defaults__) X(__kwdefaults__) X(__code__) \
    X(__globals__) X(__closure__) X(__wrapped__) X(__self__) X(__func__) X(__file__) X(__path__) \
    X(__package__) X(__spec__) X(__loader__) X(__all__) X(__builtins__) X(__match_args__) \
    X(__abstractmethods__) X(__isabstractmethod__) X(__classcell__) X(__weakref__) \
    X(__cause__) X(__context__) X(__suppress_context__) X(__traceback__) X(__notes__) \
    X(__type_params__) X(__orig_bases__) X(__main__) X(__import__) X(__build_class__) \
    X(__objclass__) X(__debug__) X(__subclasses__) X(mro) X(keys) X(send) X(throw) X(close) \
    X(metaclass) X(args) X(name) X(obj) X(path) X(value) X(code) X(msg) X(builtins) X(self)
/* clang-format on */

typedef enum Symbol {
#define X(name) SYM_##name,
    SYMBOLS(X)
#undef X
        SYM_COUNT
} Symbol;

#define SYM(vm, name) ((vm)->symbols[SYM_##name])

#endif
