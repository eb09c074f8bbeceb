/* SPDX-License-Identifier: MIT */
#include "py/obj_str.h"

#include "base/mem.h"
#include "py/heap_kinds.h"
#include "py/state.h"

StrObj *str_new(Vm *vm, size_t len)
{
    StrObj *s = heap_new(vm, builtin_class(vm, CLASS_STR), OBJ_STR, sizeof(StrObj) + len + 1);
    s->len = len;
    s->count = SIZE_MAX;
    return s;
}

StrObj *str_new_of(Vm *vm, Class *cls, Str text)
{
    StrObj *s = heap_new(vm, cls, OBJ_STR, sizeof(StrObj) + text.len + 1);
    s->len = text.len;
    s->count = SIZE_MAX;
    if (text.len)
        memcpy(s->text, text.ptr, text.len);
    return s;
}

BytesObj *bytes_new(Vm *vm, size_t len)
{
    BytesObj *b =
        heap_new(vm, builtin_class(vm, CLASS_BYTES), OBJ_BYTES, sizeof(BytesObj) + len + 1);
    b->len = len;
    return b;
}

BytesObj *bytes_new_of(Vm *vm, Class *cls, Str data)
{
    BytesObj *b = heap_new(vm, cls, OBJ_BYTES, sizeof(BytesObj) + data.len + 1);
    b->len = data.len;
    if (data.len)
        memcpy(b->data, data.ptr, data.len);
    return b;
}

void bytes_drop(Vm *vm, Obj *obj)
{
    BytesObj *b = (BytesObj *)obj;
    heap_release(vm, b->grown, b->cap);
}

uint64_t str_obj_hash(StrObj *s)
{
    if (!s->hash) {
        s->hash = str_hash(str_text(s));
        s->hash += s->hash == 0;
    }
    return s->hash;
}

size_t str_count(StrObj *s)
{
    if (s->count == SIZE_MAX)
        s->count = utf8_count(str_text(s));
    return s->count;
}

/* ---- interned strings ---- */

static StrObj **intern_slot(Vm *vm, Str text, uint64_t hash)
{
    size_t at = hash & (vm->interned_cap - 1);
    while (vm->interned[at]) {
        StrObj *s = vm->interned[at];
        if (s->hash == hash && str_eq(str_text(s), text))
            break;
        at = (at + 1) & (vm->interned_cap - 1);
    }
    return &vm->interned[at];
}

static void intern_grow(Vm *vm)
{
    StrObj **old = vm->interned;
    size_t old_cap = vm->interned_cap;
    vm->interned_cap = old_cap ? old_cap * 2 : 1024;
    vm->interned = mem_alloc(vm->interned_cap * sizeof *vm->interned);
    for (size_t i = 0; i < old_cap; i++)
        if (old[i])
            *intern_slot(vm, str_text(old[i]), old[i]->hash) = old[i];
    mem_free(old);
}

static uint64_t text_hash(Str text)
{
    uint64_t hash = str_hash(text);
    return hash + (hash == 0);
}

StrObj *str_intern(Vm *vm, Str text)
{
    if (vm->interned_len * 2 >= vm->interned_cap)
        intern_grow(vm);
    uint64_t hash = text_hash(text);
    StrObj **slot = intern_slot(vm, text, hash);
    if (!*slot) {
        StrObj *s = str_new_of(vm, builtin_class(vm, CLASS_STR), text);
        s->hash = hash;
        s->interned = true;
        *slot = s;
        vm->interned_len++;
    }
    return *slot;
}

StrObj *str_intern_obj(Vm *vm, StrObj *s)
{
    if (s->interned)
        return s;
    if (vm->interned_len * 2 >= vm->interned_cap)
        intern_grow(vm);
    StrObj **slot = intern_slot(vm, str_text(s), str_obj_hash(s));
    if (!*slot && s->head.cls == builtin_class(vm, CLASS_STR)) {
        s->interned = true;
        *slot = s;
        vm->interned_len++;
    }
    return *slot ? *slot : str_intern(vm, str_text(s));
}

bool str_concat_obj(Vm *vm, StrObj *left, StrObj *right, Value *result)
{
    if (left->len + right->len > 4096 && !heap_may_make(vm, left->len + right->len))
        return false;
    StrObj *s = str_new(vm, left->len + right->len);
    memcpy(s->text, left->text, left->len);
    memcpy(s->text + left->len, right->text, right->len);
    if (left->count != SIZE_MAX && right->count != SIZE_MAX)
        s->count = left->count + right->count;
    *result = value_object(s);
    return true;
}
