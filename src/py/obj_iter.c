/* SPDX-License-Identifier: MIT */
#include "py/obj_iter.h"

#include "py/heap_kinds.h"
#include "py/number.h"
#include "py/state.h"

/* ---- iterators ---- */

static const Table *table_of(Value v)
{
    return value_is(v, OBJ_DICT) ? &as_dict(v)->table : &as_set(v)->table;
}

IterObj *iter_new(Vm *vm, Class *cls, IterStep *step, Value source)
{
    IterObj *iter =
        heap_new(vm, cls ? cls : builtin_class(vm, CLASS_ITERATOR), OBJ_ITERATOR, sizeof(IterObj));
    iter->step = step;
    iter->source = source;
    iter->extra[0] = iter->extra[1] = VALUE_UNSET;
    if (value_is(source, OBJ_DICT) || value_is(source, OBJ_SET))
        iter->end = table_of(source)->live;
    if (value_is(source, OBJ_RANGE)) {
        iter->at = as_range(source)->start;
        iter->by = as_range(source)->step;
        iter->end = as_range(source)->len;
    }
    return iter;
}

void iter_mark(Vm *vm, Obj *obj)
{
    IterObj *iter = (IterObj *)obj;
    heap_mark_value(vm, iter->source);
    heap_mark_value(vm, iter->extra[0]);
    heap_mark_value(vm, iter->extra[1]);
}

static bool exhaust(IterObj *iter)
{
    iter->source = VALUE_UNSET;
    return true;
}

bool iter_step_list(Vm *vm, IterObj *iter, Value *item)
{
    (void)vm;
    if (!value_given(iter->source))
        return true;
    ListObj *list = as_list(iter->source);
    if ((size_t)iter->at >= list->len)
        return exhaust(iter);
    *item = list->items[iter->at++];
    return true;
}

bool iter_step_tuple(Vm *vm, IterObj *iter, Value *item)
{
    (void)vm;
    if (!value_given(iter->source))
        return true;
    TupleObj *tuple = as_tuple(iter->source);
    if ((size_t)iter->at >= tuple->len)
        return exhaust(iter);
    *item = tuple->items[iter->at++];
    return true;
}

bool iter_step_str(Vm *vm, IterObj *iter, Value *item)
{
    if (!value_given(iter->source))
        return true;
    StrObj *s = as_str(iter->source);
    if ((size_t)iter->at >= s->len)
        return exhaust(iter);
    size_t from = (size_t)iter->at, to = from;
    utf8_next(str_text(s), &to);
    iter->at = (int64_t)to;
    *item = make_str(vm, str_slice(str_text(s), from, to));
    return true;
}

bool iter_step_range(Vm *vm, IterObj *iter, Value *item)
{
    (void)vm;
    if (iter->end == 0)
        return exhaust(iter);
    *item = value_int(iter->at);
    if (--iter->end > 0)
        iter->at += iter->by;
    return true;
}

/* The next entry; *entry is NULL at the end. */
static bool step_table(Vm *vm, IterObj *iter, const TableEntry **entry)
{
    *entry = NULL;
    if (!value_given(iter->source))
        return true;
    const Table *table = table_of(iter->source);
    if ((int64_t)table->live != iter->end)
        return vm_raise(vm, "RuntimeError", "%s changed size during iteration",
                        value_is(iter->source, OBJ_DICT) ? "dictionary" : "Set");
    uint32_t at = (uint32_t)iter->at;
    *entry = table_next(table, &at);
    iter->at = at;
    return *entry ? true : exhaust(iter);
}

bool iter_step_keys(Vm *vm, IterObj *iter, Value *item)
{
    const TableEntry *entry;
    if (!step_table(vm, iter, &entry))
        return false;
    if (entry)
        *item = entry->key;
    return true;
}

bool iter_step_values(Vm *vm, IterObj *iter, Value *item)
{
    const TableEntry *entry;
    if (!step_table(vm, iter, &entry))
        return false;
    if (entry)
        *item = entry->item;
    return true;
}

bool iter_step_items(Vm *vm, IterObj *iter, Value *item)
{
    const TableEntry *entry;
    if (!step_table(vm, iter, &entry))
        return false;
    if (entry) {
        Value pair[2] = { entry->key, entry->item };
        *item = make_tuple(vm, pair, 2);
    }
    return true;
}

bool iter_step_sequence(Vm *vm, IterObj *iter, Value *item)
{
    if (!value_given(iter->source) || vm_getitem(vm, iter->source, value_int(iter->at++), item))
        return true;
    *item = VALUE_UNSET;
    if (!vm_raised(vm, "IndexError") && !vm_raised(vm, "StopIteration"))
        return false;
    vm_catch(vm);
    return exhaust(iter);
}

bool iter_step_sentinel(Vm *vm, IterObj *iter, Value *item)
{
    bool equal;
    Value made;
    if (!value_given(iter->source))
        return true;
    if (!vm_call(vm, iter->source, NULL, 0, &made)) {
        if (!vm_raised(vm, "StopIteration"))
            return false;
        vm_catch(vm);
        return exhaust(iter);
    }
    vm_push(vm, made);
    bool ok = value_eq(vm, made, iter->extra[0], &equal);
    vm_pop(vm, 1);
    if (!ok || equal)
        return ok && exhaust(iter);
    *item = made;
    return true;
}

/* ---- range ---- */

RangeObj *range_new(Vm *vm, int64_t start, int64_t stop, int64_t step)
{
    RangeObj *range = heap_new(vm, builtin_class(vm, CLASS_RANGE), OBJ_RANGE, sizeof(RangeObj));
    range->start = start;
    range->stop = stop;
    range->step = step;
    if (step > 0 && start < stop)
        range->len = (int64_t)(((uint64_t)stop - (uint64_t)start - 1) / (uint64_t)step) + 1;
    else if (step < 0 && start > stop)
        range->len = (int64_t)(((uint64_t)start - (uint64_t)stop - 1) / (0 - (uint64_t)step)) + 1;
    return range;
}

/* ---- slice ---- */

Value slice_new(Vm *vm, Value start, Value stop, Value step)
{
    SliceObj *slice = heap_new(vm, builtin_class(vm, CLASS_SLICE), OBJ_SLICE, sizeof(SliceObj));
    slice->start = start;
    slice->stop = stop;
    slice->step = step;
    return value_object(slice);
}

void slice_mark(Vm *vm, Obj *obj)
{
    SliceObj *slice = (SliceObj *)obj;
    heap_mark_value(vm, slice->start);
    heap_mark_value(vm, slice->stop);
    heap_mark_value(vm, slice->step);
}

/* None gives `fallback`; ints past 64 bits are clamped. */
static bool to_slice_index(Vm *vm, Value v, int64_t fallback, int64_t *index)
{
    *index = fallback;
    if (value_is_none(v))
        return true;
    if (!is_int(v) && !value_given(special_find(vm, v, SYM(vm, __index__))))
        return vm_raise(vm, "TypeError",
                        "slice indices must be integers or None or have an __index__ method");
    if (to_int(vm, v, index)) {
        if (*index < -INT64_MAX)
            *index = -INT64_MAX;
        return true;
    }
    if (!vm_raised(vm, "OverflowError"))
        return false;
    vm_catch(vm);
    *index = is_int(v) && int_sign(v) < 0 ? -INT64_MAX : INT64_MAX;
    return true;
}

static int64_t clamp(int64_t index, int64_t len, bool backwards)
{
    if (index < 0) {
        index += len;
        return index < 0 ? (backwards ? -1 : 0) : index;
    }
    return index >= len ? (backwards ? len - 1 : len) : index;
}

bool slice_bounds(Vm *vm, SliceObj *slice, size_t length, int64_t *start, int64_t *stop,
                  int64_t *step, size_t *count)
{
    int64_t len = (int64_t)length;
    if (!to_slice_index(vm, slice->step, 1, step))
        return false;
    if (*step == 0)
        return vm_raise(vm, "ValueError", "slice step cannot be zero");
    bool back = *step < 0;
    if (!to_slice_index(vm, slice->start, back ? INT64_MAX : 0, start) ||
        !to_slice_index(vm, slice->stop, back ? -INT64_MAX : INT64_MAX, stop))
        return false;
    *start = clamp(*start, len, back);
    *stop = clamp(*stop, len, back);
    *count = 0;
    if (back && *stop < *start)
        *count = (size_t)((*start - *stop - 1) / -*step + 1);
    if (!back && *start < *stop)
        *count = (size_t)((*stop - *start - 1) / *step + 1);
    return true;
}
