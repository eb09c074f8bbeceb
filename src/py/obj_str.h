/* SPDX-License-Identifier: MIT */
/* str and bytes: immutable bytes in line with the object. A str is UTF-8; its length is code
 * points. */
#ifndef LIMBECK_PY_OBJ_STR_H
#define LIMBECK_PY_OBJ_STR_H

#include "py/heap.h"

typedef struct StrObj { /* OBJ_STR */
    Obj head;
    size_t len;    /* bytes */
    size_t count;  /* code points; SIZE_MAX: not counted yet */
    uint64_t hash; /* str_hash of the text; 0: not known yet */
    bool interned; /* the one object of that text; see str_intern */
    char text[];   /* NUL after len */
} StrObj;

typedef struct BytesObj { /* OBJ_BYTES; also of bytearray, whose class differs: then `grown` is used
                           */
    Obj head;
    size_t len;
    size_t cap;  /* of grown */
    char *grown; /* bytearray: owned memory instead of data; else NULL */
    char data[]; /* NUL after len */
} BytesObj;

static inline StrObj *as_str(Value v)
{
    return (StrObj *)v.object;
}
static inline BytesObj *as_bytes(Value v)
{
    return (BytesObj *)v.object;
}
static inline Str str_text(const StrObj *s)
{
    return (Str){ s->text, s->len };
}
static inline Str bytes_text(const BytesObj *b)
{
    return (Str){ b->grown ? b->grown : b->data, b->len };
}
/* An uninitialised str of `len` bytes, NUL-terminated: fill text before anyone sees it. */
StrObj *str_new(Vm *vm, size_t len);
/* A str of a script's subclass of str. */
StrObj *str_new_of(Vm *vm, Class *cls, Str text);
BytesObj *bytes_new(Vm *vm, size_t len);
BytesObj *bytes_new_of(Vm *vm, Class *cls, Str data);
uint64_t str_obj_hash(StrObj *s);
/* Code points. */
size_t str_count(StrObj *s);
static inline bool str_is_ascii(StrObj *s)
{
    return str_count(s) == s->len;
}
static inline bool str_obj_eq(StrObj *a, StrObj *b)
{
    return a == b || (!(a->interned && b->interned) && str_eq(str_text(a), str_text(b)));
}
/* The one str of that text; it lives as long as the Vm. For identifiers. */
StrObj *str_intern(Vm *vm, Str text);
/* The same for a str that exists. */
StrObj *str_intern_obj(Vm *vm, StrObj *s);
/* left + right, size checked. */
bool str_concat_obj(Vm *vm, StrObj *left, StrObj *right, Value *result);

#endif
