/* SPDX-License-Identifier: MIT */
#include "py/operators.h"

#include "py/frame.h"
#include "py/mapping.h"
#include "py/number.h"
#include "py/obj_list.h"
#include "py/obj_number.h"
#include "py/sequence.h"
#include "py/state.h"

/* ---- names ---- */

static const char *const binary_symbols[] = {
    [BINARY_ADD] = "+",       [BINARY_SUBTRACT] = "-",    [BINARY_MULTIPLY] = "*",
    [BINARY_MATRIX] = "@",    [BINARY_TRUE_DIVIDE] = "/", [BINARY_FLOOR_DIVIDE] = "//",
    [BINARY_REMAINDER] = "%", [BINARY_POWER] = "**",      [BINARY_LSHIFT] = "<<",
    [BINARY_RSHIFT] = ">>",   [BINARY_AND] = "&",         [BINARY_OR] = "|",
    [BINARY_XOR] = "^",
};

static const char *const compare_symbols[] = { "<", "<=", "==", "!=", ">", ">=" };

const char *binary_symbol(BinaryOp op)
{
    return binary_symbols[op];
}

const char *compare_symbol(CompareOp op)
{
    return compare_symbols[op];
}

CompareOp compare_swapped(CompareOp op)
{
    static const CompareOp swapped[] = { COMPARE_GT, COMPARE_GE, COMPARE_EQ,
                                         COMPARE_NE, COMPARE_LT, COMPARE_LE };
    return swapped[op];
}

/* ---- operators ---- */

static bool not_implemented(Value *result)
{
    *result = (Value){ .tag = TAG_NOT_IMPLEMENTED };
    return true;
}

bool operator_binary(Vm *vm, BinaryOp op, Value a, Value b, Value *result)
{
    if (is_number(a) && is_number(b))
        return number_binary(vm, op, a, b, result);
    if (op == BINARY_REMAINDER && value_is(a, OBJ_STR))
        return sequence_percent(vm, a, b, result);
    if (op == BINARY_REMAINDER && value_is(a, OBJ_BYTES))
        return sequence_percent(vm, a, b, result);
    if (op == BINARY_ADD || op == BINARY_MULTIPLY)
        return sequence_binary(vm, op, a, b, result);
    if (op == BINARY_OR || op == BINARY_AND || op == BINARY_XOR || op == BINARY_SUBTRACT)
        return mapping_binary(vm, op, a, b, result);
    return not_implemented(result);
}

bool operator_inplace(Vm *vm, BinaryOp op, Value a, Value b, Value *result)
{
    if (value_is(a, OBJ_LIST) || value_is(a, OBJ_BYTES))
        return sequence_inplace(vm, op, a, b, result);
    if (value_is(a, OBJ_DICT) || value_is(a, OBJ_SET))
        return mapping_inplace(vm, op, a, b, result);
    return not_implemented(result);
}

bool operator_unary(Vm *vm, UnaryOp op, Value a, Value *result)
{
    return number_unary(vm, op, a, result);
}

bool operator_compare(Vm *vm, CompareOp op, Value a, Value b, Value *result)
{
    if (is_number(a) || is_number(b))
        return number_compare(op, a, b, result);
    if (a.tag != TAG_OBJECT || b.tag != TAG_OBJECT)
        return not_implemented(result);
    if (a.object->kind == OBJ_DICT || a.object->kind == OBJ_SET ||
        a.object->kind == OBJ_NATIVE_INSTANCE)
        return mapping_compare(vm, op, a, b, result);
    return sequence_compare(vm, op, a, b, result);
}

/* "can only concatenate str (not "int") to str", which the sequences say instead. */
static bool unsupported_by_sequence(Vm *vm, BinaryOp op, Value a, Value b)
{
    if (op == BINARY_ADD && is_bytes(a))
        return vm_raise(vm, "TypeError", "can't concat %s to %s", type_name(vm, b),
                        type_name(vm, a));
    if (op == BINARY_ADD && (is_str(a) || is_list(a) || is_tuple(a))) {
        const char *name = is_str(a) ? "str" : is_list(a) ? "list" : "tuple";
        return vm_raise(vm, "TypeError", "can only concatenate %s (not \"%s\") to %s", name,
                        type_name(vm, b), name);
    }
    if (op == BINARY_MULTIPLY && sequence_is(a))
        return vm_raise(vm, "TypeError", "can't multiply sequence by non-int of type '%s'",
                        type_name(vm, b));
    if (op == BINARY_MULTIPLY && sequence_is(b))
        return vm_raise(vm, "TypeError", "can't multiply sequence by non-int of type '%s'",
                        type_name(vm, a));
    return true;
}

bool operator_unsupported(Vm *vm, BinaryOp op, bool inplace, Value a, Value b)
{
    if (!unsupported_by_sequence(vm, op, a, b))
        return false;
    const char *symbol = op == BINARY_POWER && !inplace ? "** or pow()" : binary_symbol(op);
    return vm_raise(vm, "TypeError", "unsupported operand type(s) for %s%s: '%s' and '%s'", symbol,
                    inplace ? "=" : "", type_name(vm, a), type_name(vm, b));
}

bool operator_unorderable(Vm *vm, CompareOp op, Value a, Value b)
{
    return vm_raise(vm, "TypeError", "'%s' not supported between instances of '%s' and '%s'",
                    compare_symbol(op), type_name(vm, a), type_name(vm, b));
}

/* ---- containers ---- */

bool operator_contains(Vm *vm, Value container, Value item, Value *result)
{
    if (container.tag != TAG_OBJECT)
        return not_implemented(result);
    switch ((int)container.object->kind) {
    case OBJ_DICT:
    case OBJ_SET:
    case OBJ_NATIVE_INSTANCE:
        return mapping_contains(vm, container, item, result);
    default:
        return sequence_contains(vm, container, item, result);
    }
}

bool operator_getitem(Vm *vm, Value container, Value key, Value *result)
{
    if (value_is(container, OBJ_DICT))
        return mapping_getitem(vm, container, key, result);
    return sequence_getitem(vm, container, key, result);
}

bool operator_setitem(Vm *vm, Value container, Value key, Value item, bool *done)
{
    *done = true;
    if (value_is(container, OBJ_DICT))
        return dict_set(vm, container, key, item);
    return sequence_setitem(vm, container, key, item, done);
}

bool operator_delitem(Vm *vm, Value container, Value key, bool *done)
{
    *done = true;
    if (value_is(container, OBJ_DICT))
        return mapping_delitem(vm, container, key);
    return sequence_delitem(vm, container, key, done);
}

void operator_length(Value v, int64_t *length)
{
    *length = -1;
    if (v.tag != TAG_OBJECT)
        return;
    switch ((int)v.object->kind) {
    case OBJ_STR:
        *length = (int64_t)str_count(as_str(v));
        break;
    case OBJ_BYTES:
        *length = (int64_t)as_bytes(v)->len;
        break;
    case OBJ_LIST:
        *length = (int64_t)as_list(v)->len;
        break;
    case OBJ_TUPLE:
        *length = (int64_t)as_tuple(v)->len;
        break;
    case OBJ_DICT:
        *length = as_dict(v)->table.live;
        break;
    case OBJ_SET:
        *length = as_set(v)->table.live;
        break;
    case OBJ_RANGE:
        *length = as_range(v)->len;
        break;
    default:
        break;
    }
}

bool operator_truth(Value v, bool *known)
{
    *known = true;
    int64_t number;
    double real;
    if (v.tag == TAG_NONE)
        return false;
    if (v.tag == TAG_BOOL)
        return v.truth;
    if (int_small(v, &number))
        return number != 0;
    if (float_real(v, &real))
        return real != 0;
    if (value_is(v, OBJ_BIGINT))
        return true;
    if (value_is(v, OBJ_STR))
        return as_str(v)->len > 0;
    operator_length(v, &number);
    *known = number >= 0;
    return number != 0;
}

/* ---- hashes ---- */

static uint64_t mix(uint64_t hash)
{
    hash = (hash ^ (hash >> 31)) * 0x9fb21c651e98df25u;
    return hash ^ (hash >> 28);
}

static uint64_t hash_big(const IntObj *number)
{
    mp_int modulus, rest;
    mp_must(mp_init_multi(&modulus, &rest, NULL));
    mp_set_u64(&modulus, ((uint64_t)1 << 61) - 1);
    mp_must(mp_abs(&number->big, &rest));
    mp_must(mp_mod(&rest, &modulus, &rest));
    int64_t hash = (int64_t)mp_get_mag_u64(&rest);
    if (number->big.sign == MP_NEG)
        hash = -hash;
    mp_clear_multi(&modulus, &rest, NULL);
    return (uint64_t)(hash == -1 ? -2 : hash);
}

/* As CPython does it, so that equal tuples of numbers show the same hash. */
static bool hash_tuple(Vm *vm, TupleObj *tuple, uint64_t *hash)
{
    uint64_t sum = 2870177450012600261u;
    for (size_t i = 0; i < tuple->len; i++) {
        uint64_t lane;
        if (!value_hash(vm, tuple->items[i], &lane))
            return false;
        sum += lane * 14029467366897019727u;
        sum = (sum << 31) | (sum >> 33);
        sum *= 11400714785074694791u;
    }
    sum += tuple->len ^ (2870177450012600261u ^ 3527539u);
    *hash = sum == UINT64_MAX ? 1546275796 : sum;
    return true;
}

static bool unhashable(Vm *vm, Value v)
{
    return vm_raise(vm, "TypeError", "unhashable type: '%s'", type_name(vm, v));
}

static bool hash_range(Vm *vm, const RangeObj *range, uint64_t *hash)
{
    Value parts[3] = { value_int(range->len), VALUE_NONE, VALUE_NONE };
    if (range->len > 0)
        parts[1] = value_int(range->start);
    if (range->len > 1)
        parts[2] = value_int(range->step);
    return value_hash(vm, make_tuple(vm, parts, 3), hash);
}

static bool hash_object(Vm *vm, Value v, uint64_t *hash)
{
    switch ((int)v.object->kind) {
    case OBJ_STR:
        *hash = str_obj_hash(as_str(v));
        return true;
    case OBJ_BIGINT:
        *hash = hash_big((IntObj *)v.object);
        return true;
    case OBJ_BYTES:
        *hash = str_hash(bytes_text(as_bytes(v)));
        return v.object->cls != builtin_class(vm, CLASS_BYTEARRAY) || unhashable(vm, v);
    case OBJ_TUPLE: {
        if (!c_enter(vm))
            return false;
        bool ok = hash_tuple(vm, as_tuple(v), hash);
        c_leave(vm);
        return ok;
    }
    case OBJ_SET:
        return as_set(v)->frozen ? mapping_hash(vm, v, hash) : unhashable(vm, v);
    case OBJ_RANGE:
        return hash_range(vm, as_range(v), hash);
    case OBJ_LIST:
    case OBJ_DICT:
    case OBJ_SLICE:
        return unhashable(vm, v);
    default:
        *hash = mix((uint64_t)(uintptr_t)v.object >> 4);
        return true;
    }
}

bool operator_hash(Vm *vm, Value v, uint64_t *hash)
{
    int64_t number;
    double real;
    if (int_small(v, &number)) {
        *hash = hash_int(number);
        return true;
    }
    if (float_real(v, &real)) {
        *hash = hash_float(real);
        return true;
    }
    if (v.tag == TAG_OBJECT)
        return hash_object(vm, v, hash);
    *hash = mix((uint64_t)v.tag + 0x5bd1e995);
    return true;
}
