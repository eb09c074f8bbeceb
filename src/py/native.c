/* SPDX-License-Identifier: MIT */
/* Making values, looking into them, containers: the plain part of py/native.h. */
#include "py/native.h"

#include <assert.h>
#include <math.h>

#include "py/number.h"
#include "py/vm_ops.h"

/* ---- functions ---- */

void args_check(const Call *call, const char *names)
{
    size_t count = 1;
    for (; *names; names++)
        count += *names == ',';
    assert(count <= call->count);
    (void)call;
    (void)count;
}

Value vm_function(Vm *vm, const NativeRow *row, void *context)
{
    return value_object(native_obj_new(vm, row, context, NULL));
}

Args args_of(Value tuple, Value keywords)
{
    return (Args){ as_tuple(tuple)->items, tuple_len(tuple), NULL,
                   is_dict(keywords) ? as_dict(keywords) : NULL };
}

Args args_rest(const Args *args)
{
    return (Args){ args->items + 1, args->count - 1, args->names, args->dict };
}

Value vm_record_function(Vm *vm, const NativeRow *row, void *context)
{
    NativeObj *native = native_obj_new(vm, row, context, NULL);
    native->records = true;
    return value_object(native);
}

/* ---- roots ---- */

void vm_push(Vm *vm, Value v)
{
    if (vm->root_len == vm->root_cap) {
        vm->root_cap = vm->root_cap ? vm->root_cap * 2 : 64;
        vm->roots = mem_realloc(vm->roots, vm->root_cap * sizeof(Value));
    }
    vm->roots[vm->root_len++] = v;
}

void vm_pop(Vm *vm, size_t count)
{
    assert(vm->root_len >= count);
    vm->root_len -= count;
}

void vm_keep(Vm *vm, Value v)
{
    if (v.tag != TAG_OBJECT || v.object->kept)
        return;
    v.object->kept = true;
    list_push(vm, vm->kept, v);
}

/* ---- making ---- */

static Value make_char(Vm *vm, unsigned char c)
{
    if (!vm->chars[c]) {
        char text[1] = { (char)c };
        vm->chars[c] = str_intern(vm, (Str){ text, 1 });
        vm->chars[c]->count = 1;
    }
    return value_object(vm->chars[c]);
}

Value make_str(Vm *vm, Str text)
{
    if (text.len == 1 && (unsigned char)text.ptr[0] < 0x80)
        return make_char(vm, (unsigned char)text.ptr[0]);
    if (text.len == 0) {
        if (!vm->empty)
            vm->empty = str_intern(vm, STR(""));
        return value_object(vm->empty);
    }
    return value_object(str_new_of(vm, builtin_class(vm, CLASS_STR), text));
}

Value make_strz(Vm *vm, const char *text)
{
    return make_str(vm, str_from(text));
}

Value make_strf(Vm *vm, const char *format, ...)
{
    Buf text = { 0 };
    va_list args;
    va_start(args, format);
    buf_vprintf(&text, format, args);
    va_end(args);
    Value v = make_str(vm, buf_str(&text));
    buf_free(&text);
    return v;
}

Value make_bytes(Vm *vm, Str bytes)
{
    return value_object(bytes_new_of(vm, builtin_class(vm, CLASS_BYTES), bytes));
}

Value make_list(Vm *vm, const Value *items, size_t count)
{
    ListObj *list = list_new_of(vm, builtin_class(vm, CLASS_LIST));
    if (count) {
        list_reserve(vm, list, count);
        memcpy(list->items, items, count * sizeof(Value));
        list->len = count;
    }
    return value_object(list);
}

Value make_tuple(Vm *vm, const Value *items, size_t count)
{
    return value_object(tuple_new_of(vm, builtin_class(vm, CLASS_TUPLE), items, count));
}

Value make_dict(Vm *vm)
{
    return value_object(dict_new(vm));
}

Value make_set(Vm *vm, bool frozen)
{
    return value_object(set_new(vm, frozen));
}

Value make_int_text(Vm *vm, Str digits)
{
    mp_int number;
    if (mp_init(&number) != MP_OKAY)
        return value_int(0);
    char *text = mem_alloc(digits.len + 1);
    if (digits.len)
        memcpy(text, digits.ptr, digits.len);
    mp_err err = mp_read_radix(&number, text[0] == '+' ? text + 1 : text, 10);
    mem_free(text);
    (void)err; /* the caller has digits */
    return int_from_mp(vm, &number);
}

/* ---- looking in ---- */

bool is_str(Value v)
{
    return value_is(v, OBJ_STR);
}

bool is_bytes(Value v)
{
    return value_is(v, OBJ_BYTES);
}

bool is_int(Value v)
{
    return v.tag == TAG_INT || v.tag == TAG_BOOL || value_is(v, OBJ_BIGINT);
}

bool is_list(Value v)
{
    return value_is(v, OBJ_LIST);
}

bool is_tuple(Value v)
{
    return value_is(v, OBJ_TUPLE);
}

bool is_dict(Value v)
{
    return value_is(v, OBJ_DICT);
}

bool is_set(Value v)
{
    return value_is(v, OBJ_SET);
}

bool is_class(Value v)
{
    return value_is(v, OBJ_CLASS);
}

bool is_opaque(Value v)
{
    return value_is(v, OBJ_OPAQUE);
}

bool is_callable(Vm *vm, Value v)
{
    if (v.tag != TAG_OBJECT)
        return false;
    switch ((int)v.object->kind) {
    case OBJ_FUNCTION:
    case OBJ_NATIVE:
    case OBJ_METHOD:
    case OBJ_CLASS:
    case OBJ_STATIC_METHOD:
    case OBJ_OPAQUE:
        return true;
    default:
        return value_given(class_lookup(vm, v.object->cls, SYM(vm, __call__)));
    }
}

bool to_str(Vm *vm, Value v, Str *text)
{
    if (value_is(v, OBJ_STR)) {
        *text = str_text(as_str(v));
        return true;
    }
    if (is_opaque(v))
        return opaque_refuse(vm, v, "text");
    return vm_raise(vm, "TypeError", "expected str, got %s", type_name(vm, v));
}

bool to_bytes(Vm *vm, Value v, Str *bytes)
{
    if (value_is(v, OBJ_BYTES)) {
        *bytes = bytes_text(as_bytes(v));
        return true;
    }
    return vm_raise(vm, "TypeError", "a bytes-like object is required, not '%s'", type_name(vm, v));
}

static bool by_index_method(Vm *vm, Value v, Value *number)
{
    Value method = is_opaque(v) ? VALUE_UNSET : op_script_method(vm, v, SYM(vm, __index__));
    if (is_opaque(v))
        return opaque_refuse(vm, v, "a number");
    if (!value_given(method))
        return vm_raise(vm, "TypeError", "'%s' object cannot be interpreted as an integer",
                        type_name(vm, v));
    if (!special_call(vm, method, v, NULL, 0, number))
        return false;
    return is_int(*number) || vm_raise(vm, "TypeError", "__index__ returned non-int (type %s)",
                                       type_name(vm, *number));
}

bool to_int(Vm *vm, Value v, int64_t *number)
{
    if (int_small(v, number))
        return true;
    if (!is_int(v) && !by_index_method(vm, v, &v))
        return false;
    return int_small(v, number) ||
           vm_raise(vm, "OverflowError", "Python int too large to convert to C ssize_t");
}

bool to_float(Vm *vm, Value v, double *number)
{
    if (is_number(v))
        return number_real(vm, v, number);
    if (is_opaque(v))
        return opaque_refuse(vm, v, "a number");
    Value method = op_script_method(vm, v, SYM(vm, __float__)), result;
    if (value_given(method)) {
        if (!special_call(vm, method, v, NULL, 0, &result))
            return false;
        return float_real(result, number) ||
               vm_raise(vm, "TypeError", "%s.__float__ returned non-float (type %s)",
                        type_name(vm, v), type_name(vm, result));
    }
    if (value_given(op_script_method(vm, v, SYM(vm, __index__))))
        return by_index_method(vm, v, &result) && to_float(vm, result, number);
    return vm_raise(vm, "TypeError", "must be real number, not %s", type_name(vm, v));
}

/* ---- containers ---- */

size_t list_len(Value list)
{
    return as_list(list)->len;
}

Value list_get(Value list, size_t index)
{
    assert(index < as_list(list)->len);
    return as_list(list)->items[index];
}

void list_append(Vm *vm, Value list, Value item)
{
    list_push(vm, as_list(list), item);
}

size_t tuple_len(Value tuple)
{
    return as_tuple(tuple)->len;
}

Value tuple_get(Value tuple, size_t index)
{
    assert(index < as_tuple(tuple)->len);
    return as_tuple(tuple)->items[index];
}

Value dict_get_str(Value dict, Str key)
{
    TableEntry *entry = table_find_text(&as_dict(dict)->table, key);
    return entry ? entry->item : VALUE_UNSET;
}

void dict_set_str(Vm *vm, Value dict, Str key, Value item)
{
    TableEntry *entry = table_find_text(&as_dict(dict)->table, key);
    if (entry)
        entry->item = item;
    else
        table_set_str(vm, &as_dict(dict)->table, as_str(make_str(vm, key)), item);
}

bool dict_get(Vm *vm, Value dict, Value key, Value *found)
{
    uint64_t hash;
    TableEntry *entry;
    if (!value_hash(vm, key, &hash) || !table_find(vm, &as_dict(dict)->table, key, hash, &entry))
        return false;
    *found = entry ? entry->item : VALUE_UNSET;
    return true;
}

bool dict_set(Vm *vm, Value dict, Value key, Value item)
{
    uint64_t hash;
    return value_hash(vm, key, &hash) && table_set(vm, &as_dict(dict)->table, key, hash, item);
}

size_t dict_len(Value dict)
{
    return as_dict(dict)->table.live;
}

bool dict_next(Value dict, size_t *at, Value *key, Value *item)
{
    uint32_t i = (uint32_t)*at;
    const TableEntry *entry = table_next(&as_dict(dict)->table, &i);
    *at = i;
    if (!entry)
        return false;
    *key = entry->key;
    *item = entry->item;
    return true;
}

bool set_add(Vm *vm, Value set, Value item)
{
    uint64_t hash;
    return value_hash(vm, item, &hash) &&
           table_set(vm, &as_set(set)->table, item, hash, VALUE_UNSET);
}
