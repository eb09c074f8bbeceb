/* SPDX-License-Identifier: MIT */
#include "py/obj_number.h"

#include "py/heap_kinds.h"
#include "py/number.h"
#include "py/state.h"

static bool fits(const mp_int *number, int64_t *small)
{
    int bits = mp_count_bits(number);
    uint64_t size = mp_get_mag_u64(number);
    if (bits > 64 || size > (uint64_t)INT64_MAX + (number->sign == MP_NEG))
        return false;
    *small = number->sign == MP_NEG ? (int64_t)(0 - size) : (int64_t)size;
    return true;
}

static IntObj *int_obj(Vm *vm, Class *cls)
{
    return heap_new(vm, cls, OBJ_BIGINT, sizeof(IntObj));
}

Value int_from_mp(Vm *vm, mp_int *number)
{
    int64_t small;
    if (fits(number, &small)) {
        mp_clear(number);
        return value_int(small);
    }
    IntObj *made = int_obj(vm, builtin_class(vm, CLASS_INT));
    made->big = *number;
    return value_object(made);
}

void int_to_mp(Value v, mp_int *number)
{
    int64_t small;
    if (int_small(v, &small))
        mp_must(mp_init_i64(number, small));
    else
        mp_must(mp_init_copy(number, &((IntObj *)v.object)->big));
}

Value int_new_of(Vm *vm, Class *cls, Value v)
{
    IntObj *made = int_obj(vm, cls);
    made->is_small = int_small(v, &made->small);
    if (!made->is_small)
        int_to_mp(v, &made->big);
    return value_object(made);
}

void int_drop(Vm *vm, Obj *obj)
{
    (void)vm;
    IntObj *number = (IntObj *)obj;
    if (!number->is_small)
        mp_clear(&number->big);
}

Value float_new_of(Vm *vm, Class *cls, double real)
{
    FloatObj *made = heap_new(vm, cls, OBJ_FLOAT, sizeof(FloatObj));
    made->real = real;
    return value_object(made);
}
