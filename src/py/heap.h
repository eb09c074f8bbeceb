/* SPDX-License-Identifier: MIT */
/*
 * The collected heap: mark and sweep, run only at the VM's safe points (calls and back jumps of
 * scripts), so C code between two safe points needs no roots.
 */
#ifndef LIMBECK_PY_HEAP_H
#define LIMBECK_PY_HEAP_H

#include "py/region.h"
#include "py/value.h"

struct DictObj;

/* What every object begins with. */
struct Obj {
    Class *cls;
    Obj *next;     /* all objects of the heap */
    uint32_t size; /* as charged for the object itself, what it owns not included */
    uint8_t kind;  /* ObjKind: the layout, whatever the class */
    bool marked;
    bool extra; /* an ObjExtra stands right before the object */
    bool kept;  /* among what vm_keep was given */
};

/*
 * Attributes of an instance of a script's class (or of any class with a __dict__). It stands before
 * the object, so that every layout can have it: subclasses of str, dict, Exception, natives.
 */
typedef struct ObjExtra {
    struct DictObj *attrs; /* made when first set */
    Value *slots;          /* of __slots__: cls->slot_count, or NULL */
} ObjExtra;

static inline ObjExtra *obj_extra(const Obj *obj)
{
    return obj->extra ? (ObjExtra *)((uintptr_t)obj - sizeof(ObjExtra)) : NULL;
}
static inline bool value_is(Value v, ObjKind kind)
{
    return v.tag == TAG_OBJECT && v.object->kind == kind;
}

typedef struct WeakRef WeakRef;

typedef struct Heap {
    struct Pool *pool; /* all that the heap holds lies in it */
    Obj *objects;
    WeakRef *weak; /* all weak references */
    size_t used;      /* bytes: objects and what they own */
    size_t kept;      /* heap_held, after the last collection */
    size_t threshold; /* collect when heap_held is above */
    size_t limit;     /* of used: records are not counted */
    Obj **gray; /* marked, their references not yet */
    size_t gray_len, gray_cap;
    Regions regions;
    size_t collections;
    uint64_t stress; /* for tests: collect at every so many safe points; 0: when it is time */
    uint64_t points; /* of them so far */
    bool closing; /* everything is being freed: what lies in the pool need not be given back */
} Heap;

/* Bytes, regions included. */
static inline size_t heap_held(const Heap *heap)
{
    return heap->used + heap->regions.used;
}
/*
 * A zeroed object of `size` bytes. When the class gives its instances a __dict__ or __slots__ it
 * has an ObjExtra. Never collects.
 */
void *heap_new(Vm *vm, Class *cls, ObjKind kind, size_t size);
/* Memory that an object owns; sizes are charged to the heap. New bytes are not zeroed. */
void *heap_resize(Vm *vm, void *block, size_t old_size, size_t new_size);
void heap_release(Vm *vm, void *block, size_t size);
/* Memory besides the heap's own that lives and goes with an object: bytes more, or less. */
void heap_charge(Vm *vm, size_t size);
void heap_discharge(Vm *vm, size_t size);
/* Raises MemoryError when `more` bytes would pass the heap's limit. Ask before making big things.
 */
bool heap_may_grow(Vm *vm, size_t more);
/* Raises MemoryError when a str, bytes or list of so many bytes is past its limit. */
bool heap_may_make(Vm *vm, size_t bytes);

void heap_mark(Vm *vm, Obj *obj); /* NULL is allowed */
static inline void heap_mark_value(Vm *vm, Value v)
{
    if (v.tag == TAG_OBJECT)
        heap_mark(vm, v.object);
}
/* The next collection comes when more than `used` bytes are alive, and never past the limit. */
void heap_set_threshold(Heap *heap, size_t used);
/* At a safe point: whether it is time. */
bool heap_is_due(Heap *heap);
void heap_collect(Vm *vm);
void heap_open(Vm *vm);
/* Between marking and sweeping: what weak references lead to is gone unless it is marked. */
void weak_clear(Vm *vm);
/* Frees everything. */
void heap_free(Vm *vm);

#endif
