/* SPDX-License-Identifier: MIT */
/*
 * Values of the script language: 16 bytes, a tag and a payload. None, bool, int of 64 bits and
 * float need no heap; everything else is an Obj.
 */
#ifndef LIMBECK_PY_VALUE_H
#define LIMBECK_PY_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

typedef struct Vm Vm;
typedef struct Obj Obj;
typedef struct Class Class;

typedef enum Tag {
    TAG_UNSET, /* no value: an unbound local, a parameter not given, the end of an iterator */
    TAG_NONE,
    TAG_BOOL,
    TAG_INT,
    TAG_FLOAT,
    TAG_ELLIPSIS,
    TAG_NOT_IMPLEMENTED,
    TAG_OBJECT,
} Tag;

typedef struct Value {
    Tag tag;
    union {
        bool truth;
        int64_t integer;
        double real;
        Obj *object;
    };
} Value;

/* How an object is laid out; its class may be a script's subclass of the built-in one. */
typedef enum ObjKind {
    OBJ_STR,
    OBJ_BIGINT, /* int outside 64 bits, never one that would fit; any int of a subclass */
    OBJ_FLOAT,  /* of a subclass of float only */
    OBJ_BYTES,
    OBJ_LIST,
    OBJ_TUPLE,
    OBJ_DICT,
    OBJ_SET, /* set and frozenset */
    OBJ_RANGE,
    OBJ_SLICE,
    OBJ_FUNCTION,
    OBJ_NATIVE, /* function written in C */
    OBJ_METHOD, /* bound to its self */
    OBJ_CLASS,
    OBJ_INSTANCE,  /* of a script's class; attributes in a dict and slots */
    OBJ_EXCEPTION, /* instance of a BaseException */
    OBJ_MODULE,
    OBJ_CELL,
    OBJ_CODE,
    OBJ_GENERATOR, /* generator, coroutine, async generator: a lazy frame */
    OBJ_FRAME,
    OBJ_TRACEBACK,
    OBJ_PROPERTY,
    OBJ_STATIC_METHOD,
    OBJ_CLASS_METHOD,
    OBJ_SUPER,
    OBJ_ITERATOR, /* over a built-in container, or a C function that steps */
    OBJ_RECORD,   /* box of a C struct, see base/record.h */
    OBJ_OPAQUE,   /* made of an import that cannot be served */
    OBJ_NATIVE_INSTANCE, /* of a NativeClass: a C payload, see py/native.h */
    OBJ_MEMBER, /* descriptor of one of __slots__ */
    OBJ_KIND_COUNT
} ObjKind;

static const Value VALUE_UNSET = { TAG_UNSET, { 0 } };
static const Value VALUE_NONE = { TAG_NONE, { 0 } };

static inline Value value_bool(bool b)
{
    return (Value){ .tag = TAG_BOOL, .truth = b };
}
static inline Value value_int(int64_t i)
{
    return (Value){ .tag = TAG_INT, .integer = i };
}
static inline Value value_float(double d)
{
    return (Value){ .tag = TAG_FLOAT, .real = d };
}
/* Never NULL. */
static inline Value value_object(void *object)
{
    return (Value){ .tag = TAG_OBJECT, .object = object };
}
static inline bool value_given(Value v)
{
    return v.tag != TAG_UNSET;
}
static inline bool value_is_none(Value v)
{
    return v.tag == TAG_NONE;
}
/* `is`: the same object; small values by tag and payload. */
bool value_same(Value a, Value b);

#endif
