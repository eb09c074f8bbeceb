/* SPDX-License-Identifier: MIT */
/* repr() and str() of built-in values. */
#include "py/format.h"
#include "py/frame.h"
#include "py/mapping.h"
#include "py/number.h"
#include "py/obj_iter.h"
#include "py/obj_list.h"
#include "py/obj_number.h"
#include "py/operators.h"
#include "py/real.h"
#include "py/state.h"
#include "py/text.h"

/* One container whose repr is being written: on the C stack, linked from the Vm. */
struct ReprMark {
    struct ReprMark *below;
    const Obj *object;
};

static bool is_being_written(const Vm *vm, const Obj *object)
{
    for (const struct ReprMark *mark = vm->reprs; mark; mark = mark->below)
        if (mark->object == object)
            return true;
    return false;
}

static bool is_plain(Vm *vm, Value v)
{
    return v.tag != TAG_OBJECT ||
           (v.object->kind == OBJ_STR && v.object->cls == builtin_class(vm, CLASS_STR));
}

bool repr_put(Vm *vm, Value v, Buf *out)
{
    bool known = false;
    if (is_plain(vm, v) && !operator_repr(vm, v, out, &known))
        return false;
    if (known)
        return true;
    Value text;
    if (!vm_repr(vm, v, &text))
        return false;
    buf_put(out, str_text(as_str(text)));
    return true;
}

static bool too_long(Vm *vm, const Buf *out)
{
    return out->len > 1 << 20 && !heap_may_make(vm, out->len);
}

static bool put_items(Vm *vm, Value v, Buf *out)
{
    const Value *items;
    size_t count;
    for (size_t i = 0; items_of(v, &items, &count) && i < count; i++) {
        if (i)
            buf_puts(out, ", ");
        if (!repr_put(vm, items[i], out) || too_long(vm, out))
            return false;
    }
    return true;
}

static bool repr_list(Vm *vm, Value v, Buf *out)
{
    buf_putc(out, '[');
    bool ok = put_items(vm, v, out);
    buf_putc(out, ']');
    return ok;
}

static bool repr_tuple(Vm *vm, Value v, Buf *out)
{
    buf_putc(out, '(');
    bool ok = put_items(vm, v, out);
    buf_puts(out, as_tuple(v)->len == 1 ? ",)" : ")");
    return ok;
}

static bool repr_dict(Vm *vm, Value v, Buf *out)
{
    TableEntry *entry;
    bool first = true;
    buf_putc(out, '{');
    for (uint32_t at = 0; (entry = table_next(&as_dict(v)->table, &at)); first = false) {
        Value item = entry->item;
        if (!first)
            buf_puts(out, ", ");
        vm_push(vm, item);
        bool ok = repr_put(vm, entry->key, out);
        buf_puts(out, ": ");
        ok = ok && repr_put(vm, item, out) && !too_long(vm, out);
        vm_pop(vm, 1);
        if (!ok)
            return false;
    }
    buf_putc(out, '}');
    return true;
}

static bool put_set_items(Vm *vm, Value v, Buf *out)
{
    TableEntry *entry;
    bool first = true;
    buf_putc(out, '{');
    for (uint32_t at = 0; (entry = table_next(&as_set(v)->table, &at)); first = false) {
        if (!first)
            buf_puts(out, ", ");
        if (!repr_put(vm, entry->key, out) || too_long(vm, out))
            return false;
    }
    buf_putc(out, '}');
    return true;
}

/* set(), {1, 2}; frozenset({1}), MySet({1}) */
static bool repr_set(Vm *vm, Value v, Buf *out)
{
    bool plain = v.object->cls == builtin_class(vm, CLASS_SET), empty = as_set(v)->table.live == 0;
    if (plain && !empty)
        return put_set_items(vm, v, out);
    buf_printf(out, "%s(", type_name(vm, v));
    bool ok = empty || put_set_items(vm, v, out);
    buf_putc(out, ')');
    return ok;
}

static bool repr_range(Buf *out, const RangeObj *range)
{
    buf_printf(out, "range(%lld, %lld", (long long)range->start, (long long)range->stop);
    if (range->step != 1)
        buf_printf(out, ", %lld", (long long)range->step);
    buf_putc(out, ')');
    return true;
}

static bool repr_slice(Vm *vm, const SliceObj *slice, Buf *out)
{
    buf_puts(out, "slice(");
    bool ok = repr_put(vm, slice->start, out);
    buf_puts(out, ", ");
    ok = ok && repr_put(vm, slice->stop, out);
    buf_puts(out, ", ");
    ok = ok && repr_put(vm, slice->step, out);
    buf_putc(out, ')');
    return ok;
}

static bool repr_bytes(Vm *vm, Value v, Buf *out)
{
    bool array = class_is(v.object->cls, builtin_class(vm, CLASS_BYTEARRAY));
    if (array)
        buf_printf(out, "%s(", type_name(vm, v));
    buf_putc(out, 'b');
    bytes_put_repr(out, bytes_text(as_bytes(v)));
    if (array)
        buf_putc(out, ')');
    return true;
}

static bool repr_container(Vm *vm, Value v, Buf *out)
{
    switch ((int)v.object->kind) {
    case OBJ_LIST:
        return repr_list(vm, v, out);
    case OBJ_TUPLE:
        return repr_tuple(vm, v, out);
    case OBJ_DICT:
        return repr_dict(vm, v, out);
    case OBJ_SLICE:
        return repr_slice(vm, as_slice(v), out);
    default:
        return repr_set(vm, v, out);
    }
}

/* What stands for a container within itself. */
static void put_ellipsis(Vm *vm, Value v, Buf *out)
{
    if (value_is(v, OBJ_SET))
        buf_printf(out, "%s(...)", type_name(vm, v));
    else
        buf_puts(out, value_is(v, OBJ_LIST) ? "[...]" : value_is(v, OBJ_DICT) ? "{...}" : "(...)");
}

static bool repr_guarded(Vm *vm, Value v, Buf *out)
{
    struct ReprMark *below = vm->reprs, mark = { .below = below, .object = v.object };
    if (is_being_written(vm, v.object)) {
        put_ellipsis(vm, v, out);
        return true;
    }
    if (!c_enter(vm))
        return false;
    vm->reprs = &mark;
    bool ok = repr_container(vm, v, out);
    vm->reprs = below;
    c_leave(vm);
    return ok;
}

static bool repr_object(Vm *vm, Value v, Buf *out, bool *known)
{
    switch ((int)v.object->kind) {
    case OBJ_STR:
        text_put_repr(out, str_text(as_str(v)), false);
        return true;
    case OBJ_BIGINT:
        return int_put(vm, v, 10, out);
    case OBJ_FLOAT:
        real_put(out, ((FloatObj *)v.object)->real);
        return true;
    case OBJ_BYTES:
        return repr_bytes(vm, v, out);
    case OBJ_LIST:
    case OBJ_TUPLE:
    case OBJ_DICT:
    case OBJ_SET:
    case OBJ_SLICE:
        return repr_guarded(vm, v, out);
    case OBJ_RANGE:
        return repr_range(out, as_range(v));
    default:
        *known = false;
        return true;
    }
}

bool operator_repr(Vm *vm, Value v, Buf *out, bool *known)
{
    *known = true;
    switch (v.tag) {
    case TAG_NONE:
        buf_puts(out, "None");
        return true;
    case TAG_BOOL:
        buf_puts(out, v.truth ? "True" : "False");
        return true;
    case TAG_INT:
        return int_put(vm, v, 10, out);
    case TAG_FLOAT:
        real_put(out, v.real);
        return true;
    case TAG_ELLIPSIS:
        buf_puts(out, "Ellipsis");
        return true;
    case TAG_NOT_IMPLEMENTED:
        buf_puts(out, "NotImplemented");
        return true;
    case TAG_OBJECT:
        return repr_object(vm, v, out, known);
    case TAG_UNSET:
        break;
    }
    *known = false;
    return true;
}

bool operator_str(Vm *vm, Value v, Buf *out, bool *known)
{
    if (value_is(v, OBJ_STR)) {
        buf_put(out, str_text(as_str(v)));
        *known = true;
        return true;
    }
    return operator_repr(vm, v, out, known);
}
