/* SPDX-License-Identifier: MIT */
/*
 * The classes that the VM itself knows by number. Each row names its const NativeClass: name,
 * methods, getters and statics; the class is made when first asked for, its rows are read when an
 * attribute is first looked up. In these rows `self` is checked before the function runs: it is an
 * instance of the class. "__new__(cls, ...)" stands among the methods and is a static method.
 */
#ifndef LIMBECK_PY_BUILTIN_CLASSES_H
#define LIMBECK_PY_BUILTIN_CLASSES_H

#include "py/native.h"

/* number, NativeClass, layout of the instances, base, flags (see obj_class.h) */
#define BUILTIN_CLASSES(X)                                                        \
    X(OBJECT, object_class, OBJ_INSTANCE, OBJECT, 0)                              \
    X(TYPE, type_class, OBJ_CLASS, OBJECT, CLASS_IS_META)                         \
    X(NONE, none_class, OBJ_INSTANCE, OBJECT, CLASS_FINAL)                        \
    X(ELLIPSIS, ellipsis_class, OBJ_INSTANCE, OBJECT, CLASS_FINAL)                \
    X(NOT_IMPLEMENTED, not_implemented_class, OBJ_INSTANCE, OBJECT, CLASS_FINAL)  \
    X(INT, int_class, OBJ_BIGINT, OBJECT, 0)                                      \
    X(BOOL, bool_class, OBJ_BIGINT, INT, CLASS_FINAL)                             \
    X(FLOAT, float_class, OBJ_FLOAT, OBJECT, 0)                                   \
    X(STR, str_class, OBJ_STR, OBJECT, 0)                                         \
    X(BYTES, bytes_class, OBJ_BYTES, OBJECT, 0)                                   \
    X(BYTEARRAY, bytearray_class, OBJ_BYTES, OBJECT, 0)                           \
    X(LIST, list_class, OBJ_LIST, OBJECT, 0)                                      \
    X(TUPLE, tuple_class, OBJ_TUPLE, OBJECT, 0)                                   \
    X(DICT, dict_class, OBJ_DICT, OBJECT, 0)                                      \
    X(SET, set_class, OBJ_SET, OBJECT, 0)                                         \
    X(FROZENSET, frozenset_class, OBJ_SET, OBJECT, 0)                             \
    X(RANGE, range_class, OBJ_RANGE, OBJECT, CLASS_FINAL)                         \
    X(SLICE, slice_class, OBJ_SLICE, OBJECT, CLASS_FINAL)                         \
    X(ITERATOR, iterator_class, OBJ_ITERATOR, OBJECT, CLASS_FINAL)                \
    X(FUNCTION, function_class, OBJ_FUNCTION, OBJECT, CLASS_FINAL)                \
    X(NATIVE, native_class, OBJ_NATIVE, OBJECT, CLASS_FINAL)                      \
    X(METHOD, method_class, OBJ_METHOD, OBJECT, CLASS_FINAL)                      \
    X(MODULE, module_class, OBJ_MODULE, OBJECT, 0)                                \
    X(CELL, cell_class, OBJ_CELL, OBJECT, CLASS_FINAL)                            \
    X(CODE, code_class, OBJ_CODE, OBJECT, CLASS_FINAL)                            \
    X(GENERATOR, generator_class, OBJ_GENERATOR, OBJECT, CLASS_FINAL)             \
    X(COROUTINE, coroutine_class, OBJ_GENERATOR, OBJECT, CLASS_FINAL)             \
    X(ASYNC_GENERATOR, async_generator_class, OBJ_GENERATOR, OBJECT, CLASS_FINAL) \
    X(FRAME, frame_class, OBJ_FRAME, OBJECT, CLASS_FINAL)                         \
    X(TRACEBACK, traceback_class, OBJ_TRACEBACK, OBJECT, CLASS_FINAL)             \
    X(PROPERTY, property_class, OBJ_PROPERTY, OBJECT, 0)                          \
    X(STATIC_METHOD, static_method_class, OBJ_STATIC_METHOD, OBJECT, 0)           \
    X(CLASS_METHOD, class_method_class, OBJ_CLASS_METHOD, OBJECT, 0)              \
    X(SUPER, super_class, OBJ_SUPER, OBJECT, 0)                                   \
    X(MEMBER, member_class, OBJ_MEMBER, OBJECT, CLASS_FINAL)                      \
    X(OPAQUE, opaque_class, OBJ_OPAQUE, OBJECT, CLASS_FINAL)

typedef enum BuiltinClass {
#define X(id, native, layout, base, flags) CLASS_##id,
    BUILTIN_CLASSES(X)
#undef X
        BUILTIN_CLASS_COUNT
} BuiltinClass;

#define X(id, native, layout, base, flags) extern const NativeClass native;
BUILTIN_CLASSES(X)
#undef X

/* Made when first asked for. */
Class *builtin_class(Vm *vm, BuiltinClass which);

/* The module `builtins`: its functions. Classes and exceptions are found by their own tables. */
extern const NativeModule builtins_module;

/* Native modules that every Vm has; NULL ends the table. */
extern const NativeModule *const native_modules[];

#endif
