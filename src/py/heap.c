/* SPDX-License-Identifier: MIT */
#include "py/heap.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/pool.h"
#include "py/frame.h"
#include "py/heap_kinds.h"
#include "py/obj_record.h"
#include "py/state.h"

enum { FIRST_THRESHOLD = 8 << 20 };

/* How one layout marks what it refers to, and frees what it owns besides the object itself. */
typedef struct KindOps {
    void (*mark)(Vm *vm, Obj *obj);
    void (*drop)(Vm *vm, Obj *obj);
} KindOps;

static const KindOps kind_ops[OBJ_KIND_COUNT] = {
    [OBJ_STR] = { NULL, NULL },
    [OBJ_BIGINT] = { NULL, int_drop },
    [OBJ_FLOAT] = { NULL, NULL },
    [OBJ_BYTES] = { NULL, bytes_drop },
    [OBJ_LIST] = { list_mark, list_drop },
    [OBJ_TUPLE] = { tuple_mark, NULL },
    [OBJ_DICT] = { dict_mark, dict_drop },
    [OBJ_SET] = { set_mark, set_drop },
    [OBJ_RANGE] = { NULL, NULL },
    [OBJ_SLICE] = { slice_mark, NULL },
    [OBJ_FUNCTION] = { func_mark, NULL },
    [OBJ_NATIVE] = { native_mark, NULL },
    [OBJ_METHOD] = { method_mark, NULL },
    [OBJ_CLASS] = { class_mark, class_drop },
    [OBJ_INSTANCE] = { NULL, NULL },
    [OBJ_EXCEPTION] = { exc_mark, NULL },
    [OBJ_MODULE] = { module_mark, NULL },
    [OBJ_CELL] = { cell_mark, NULL },
    [OBJ_CODE] = { code_mark, NULL },
    [OBJ_GENERATOR] = { generator_mark, generator_drop },
    [OBJ_FRAME] = { frame_obj_mark, NULL },
    [OBJ_TRACEBACK] = { traceback_mark, NULL },
    [OBJ_PROPERTY] = { property_mark, NULL },
    [OBJ_STATIC_METHOD] = { wrapper_mark, NULL },
    [OBJ_CLASS_METHOD] = { wrapper_mark, NULL },
    [OBJ_SUPER] = { super_mark, NULL },
    [OBJ_ITERATOR] = { iter_mark, NULL },
    [OBJ_RECORD] = { record_mark, record_drop },
    [OBJ_OPAQUE] = { NULL, NULL },
    [OBJ_MEMBER] = { member_mark, NULL },
    [OBJ_NATIVE_INSTANCE] = { native_instance_mark, native_instance_drop },
};

void heap_charge(Vm *vm, size_t size)
{
    vm->heap.used += size;
    if (vm->heap.used > vm->heap.limit)
        vm->heap_full = true;
}

void heap_discharge(Vm *vm, size_t size)
{
    vm->heap.used -= size;
}

void *heap_new(Vm *vm, Class *cls, ObjKind kind, size_t size)
{
    bool extra = cls && (cls->flags & CLASS_HAS_DICT || cls->slot_count);
    size_t slots = extra ? cls->slot_count * sizeof(Value) : 0;
    size_t before = extra ? slots + sizeof(ObjExtra) : 0;
    char *block = memset(pool_take(vm->heap.pool, before + size), 0, before + size);
    Obj *obj = (Obj *)(block + before);
    *obj = (Obj){ .cls = cls,
                  .next = vm->heap.objects,
                  .size = (uint32_t)(before + size),
                  .kind = (uint8_t)kind,
                  .extra = extra };
    if (slots)
        obj_extra(obj)->slots = (Value *)block;
    vm->heap.objects = obj;
    heap_charge(vm, before + size);
    return obj;
}

void *heap_resize(Vm *vm, void *block, size_t old_size, size_t new_size)
{
    vm->heap.used -= old_size;
    heap_charge(vm, new_size);
    return pool_resize(vm->heap.pool, block, old_size, new_size);
}

void heap_release(Vm *vm, void *block, size_t size)
{
    if (vm->heap.closing)
        return;
    vm->heap.used -= block ? size : 0;
    pool_give(vm->heap.pool, block, size);
}

bool heap_may_grow(Vm *vm, size_t more)
{
    if (more <= vm->heap.limit && vm->heap.used <= vm->heap.limit - more)
        return true;
    return vm_raise(vm, "MemoryError", "the script's memory is limited to %zu MB",
                    vm->heap.limit >> 20);
}

bool heap_may_make(Vm *vm, size_t bytes)
{
    if (bytes > vm->limits.string_bytes)
        return vm_raise(vm, "MemoryError", "one object of a script is limited to %zu MB",
                        vm->limits.string_bytes >> 20);
    return heap_may_grow(vm, bytes);
}

void heap_mark(Vm *vm, Obj *obj)
{
    if (!obj || obj->marked)
        return;
    obj->marked = true;
    Heap *heap = &vm->heap;
    if (heap->gray_len == heap->gray_cap) {
        heap->gray_cap = heap->gray_cap ? heap->gray_cap * 2 : 256;
        heap->gray = mem_realloc(heap->gray, heap->gray_cap * sizeof *heap->gray);
    }
    heap->gray[heap->gray_len++] = obj;
}

static void mark_object(Vm *vm, Obj *obj)
{
    heap_mark(vm, (Obj *)obj->cls);
    ObjExtra *extra = obj_extra(obj);
    if (extra) {
        heap_mark(vm, (Obj *)extra->attrs);
        const Value *end = (const Value *)(const void *)extra;
        for (const Value *slot = extra->slots; slot && slot < end; slot++)
            heap_mark_value(vm, *slot);
    }
    if (kind_ops[obj->kind].mark)
        kind_ops[obj->kind].mark(vm, obj);
}

static void mark_frames(Vm *vm)
{
    for (Frame *frame = vm->frame; frame; frame = frame->back)
        frame_mark(vm, frame);
    for (NativeFrame *native = vm->native; native; native = native->below) {
        heap_mark_value(vm, native->callee);
        heap_mark_value(vm, native->call->result);
        for (size_t i = 0; i < native->call->count; i++)
            heap_mark_value(vm, native->call->args[i]);
        region_mark(vm, native->region);
    }
}

static void mark_roots(Vm *vm)
{
    for (size_t i = 0; i < BUILTIN_CLASS_COUNT; i++)
        heap_mark(vm, (Obj *)vm->classes[i]);
    for (size_t i = 0; i < EXC_COUNT; i++)
        heap_mark(vm, (Obj *)vm->exceptions[i]);
    for (size_t i = 0; i < vm->interned_cap; i++)
        heap_mark(vm, (Obj *)vm->interned[i]);
    for (size_t i = 0; i < sizeof vm->chars / sizeof *vm->chars; i++)
        heap_mark(vm, (Obj *)vm->chars[i]);
    for (size_t i = 0; i < vm->root_len; i++)
        heap_mark_value(vm, vm->roots[i]);
    for (size_t i = 0; i < vm->native_class_cap; i++)
        heap_mark(vm, (Obj *)vm->native_classes[i].cls);
    for (size_t i = 0; i < vm->record_cap; i++)
        heap_mark(vm, (Obj *)vm->records[i].cls);
    heap_mark_value(vm, vm->pending);
    heap_mark_value(vm, vm->handled);
    heap_mark(vm, (Obj *)vm->empty);
    heap_mark(vm, (Obj *)vm->modules);
    heap_mark(vm, (Obj *)vm->opaque_classes);
    heap_mark(vm, (Obj *)vm->path);
    heap_mark(vm, (Obj *)vm->argv);
    heap_mark(vm, (Obj *)vm->builtins);
    heap_mark(vm, (Obj *)vm->slots);
    heap_mark(vm, (Obj *)vm->kept);
    region_mark(vm, vm->heap.regions.lasting);
    mark_frames(vm);
}

static void free_object(Vm *vm, Obj *obj)
{
    if (kind_ops[obj->kind].drop)
        kind_ops[obj->kind].drop(vm, obj);
    vm->heap.used -= obj->size;
    ObjExtra *extra = obj_extra(obj);
    void *block = obj;
    if (extra)
        block = extra->slots ? (void *)extra->slots : (void *)extra;
    pool_give(vm->heap.pool, block, obj->size);
}

static void sweep(Vm *vm)
{
    Obj **link = &vm->heap.objects;
    while (*link) {
        Obj *obj = *link;
        if (obj->marked) {
            obj->marked = false;
            link = &obj->next;
        } else {
            *link = obj->next;
            free_object(vm, obj);
        }
    }
}

void heap_set_threshold(Heap *heap, size_t used)
{
    size_t most = heap->limit + heap->regions.used;
    size_t wanted = used < FIRST_THRESHOLD ? FIRST_THRESHOLD : used;
    heap->threshold = heap->stress ? 0 : wanted > most ? most : wanted;
}

/* As much as there is; less when the limit is near, a MB at least. */
static size_t growth_before_next(const Heap *heap)
{
    size_t half = heap->limit / 2, room = heap->used < half ? half - heap->used : 0;
    size_t growth = heap->kept < room ? heap->kept : room;
    return growth < 1 << 20 ? 1 << 20 : growth;
}

bool heap_is_due(Heap *heap)
{
    return heap_held(heap) > heap->threshold &&
           (!heap->stress || ++heap->points % heap->stress == 0);
}

void heap_collect(Vm *vm)
{
    Heap *heap = &vm->heap;
    mark_roots(vm);
    do {
        while (heap->gray_len)
            mark_object(vm, heap->gray[--heap->gray_len]);
    } while (region_look(vm));
    weak_clear(vm);
    vm->class_version++;
    vm->place_of = NULL; /* another text may come to lie there */
    sweep(vm);
    regions_sweep(vm);
    heap->collections++;
    heap->kept = heap_held(heap);
    heap_set_threshold(heap, heap->kept + growth_before_next(heap));
    vm->heap_full = heap->used > heap->limit;
}

void heap_open(Vm *vm)
{
    vm->heap.pool = pool_new();
    regions_open(vm);
}

void heap_free(Vm *vm)
{
    vm->heap.closing = true;
    for (Obj *obj = vm->heap.objects; obj; obj = obj->next)
        if (kind_ops[obj->kind].drop)
            kind_ops[obj->kind].drop(vm, obj);
    vm->heap.objects = NULL;
    regions_free(vm);
    mem_free(vm->heap.gray);
    pool_free(vm->heap.pool);
}
