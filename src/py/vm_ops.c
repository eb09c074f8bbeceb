/* SPDX-License-Identifier: MIT */
/* Binary operators, comparisons, hashes and truth: scripts' methods first, then py/operators.h. */
#include "py/vm_ops.h"

#include <math.h>
#include <stdio.h>

#include "py/frame.h"
#include "py/operators.h"

static const uint16_t binary_symbols[] = {
    SYM___add__,      SYM___sub__, SYM___mul__, SYM___matmul__, SYM___truediv__,
    SYM___floordiv__, SYM___mod__, SYM___pow__, SYM___lshift__, SYM___rshift__,
    SYM___and__,      SYM___or__,  SYM___xor__,
};
static const uint16_t reflected_symbols[] = {
    SYM___radd__,      SYM___rsub__, SYM___rmul__, SYM___rmatmul__, SYM___rtruediv__,
    SYM___rfloordiv__, SYM___rmod__, SYM___rpow__, SYM___rlshift__, SYM___rrshift__,
    SYM___rand__,      SYM___ror__,  SYM___rxor__,
};
static const uint16_t inplace_symbols[] = {
    SYM___iadd__,      SYM___isub__, SYM___imul__, SYM___imatmul__, SYM___itruediv__,
    SYM___ifloordiv__, SYM___imod__, SYM___ipow__, SYM___ilshift__, SYM___irshift__,
    SYM___iand__,      SYM___ior__,  SYM___ixor__,
};
static const uint16_t compare_symbols[] = {
    SYM___lt__, SYM___le__, SYM___eq__, SYM___ne__, SYM___gt__, SYM___ge__,
};

static const Value NOT_IMPLEMENTED = { TAG_NOT_IMPLEMENTED, { 0 } };

bool value_same(Value a, Value b)
{
    if (a.tag != b.tag)
        return false;
    switch (a.tag) {
    case TAG_UNSET:
    case TAG_NONE:
    case TAG_ELLIPSIS:
    case TAG_NOT_IMPLEMENTED:
        return true;
    case TAG_BOOL:
        return a.truth == b.truth;
    case TAG_INT:
    case TAG_FLOAT:
        return a.integer == b.integer;
    case TAG_OBJECT:
        return a.object == b.object;
    }
    return false;
}

/* Values whose class has nothing to say beyond operators.h. */
static bool is_builtin(const Value v)
{
    return v.tag != TAG_OBJECT || v.object->cls->flags & CLASS_BUILTIN;
}

Value op_script_method(Vm *vm, Value v, StrObj *name)
{
    if (is_builtin(v) && !value_is(v, OBJ_CLASS))
        return VALUE_UNSET;
    Value found = class_lookup(vm, value_class(vm, v), name);
    if (value_is(found, OBJ_NATIVE)) {
        const Class *owner = as_native(found)->owner;
        if (owner && owner->flags & CLASS_BUILTIN)
            return VALUE_UNSET;
    }
    return found;
}

/* ---- binary ---- */

static bool refuse_opaque(Vm *vm, Value a, Value b, const char *use)
{
    return opaque_refuse(vm, is_opaque(a) ? a : b, use);
}

/* What is made of an Opaque is Opaque too: nothing is known of it until something depends on it. */
static bool opaque_binary(Vm *vm, BinaryOp op, Value a, Value b, Value *result)
{
    char suffix[16];
    snprintf(suffix, sizeof suffix, " %s ...", binary_symbol(op));
    *result = opaque_derive(vm, is_opaque(a) ? a : b, str_from(suffix));
    return true;
}

/* A method of `self` with `other`, unless there is none; *result is TAG_NOT_IMPLEMENTED then. */
static bool method_with(Vm *vm, Value self, StrObj *name, Value other, Value *result)
{
    Value method = op_script_method(vm, self, name);
    *result = NOT_IMPLEMENTED;
    if (!value_given(method) || value_is_none(method))
        return true;
    return special_call(vm, method, self, &other, 1, result);
}

static bool right_goes_first(Vm *vm, Value a, Value b, StrObj *reflected)
{
    Class *of_a = value_class(vm, a), *of_b = value_class(vm, b);
    if (of_a == of_b || !class_is(of_b, of_a))
        return false;
    Value mine = class_lookup(vm, of_b, reflected), its = class_lookup(vm, of_a, reflected);
    return value_given(mine) && !value_same(mine, its);
}

static bool binary_try(Vm *vm, BinaryOp op, Value a, Value b, Value *result)
{
    if (is_builtin(a) && is_builtin(b)) {
        if (is_opaque(a) || is_opaque(b))
            return opaque_binary(vm, op, a, b, result);
        if (!operator_binary(vm, op, a, b, result))
            return false;
        if (result->tag != TAG_NOT_IMPLEMENTED)
            return true;
    }
    StrObj *name = vm->symbols[binary_symbols[op]], *reflected = vm->symbols[reflected_symbols[op]];
    bool right_first = right_goes_first(vm, a, b, reflected);
    if (right_first) {
        if (!method_with(vm, b, reflected, a, result))
            return false;
        if (result->tag != TAG_NOT_IMPLEMENTED)
            return true;
    }
    if (!method_with(vm, a, name, b, result))
        return false;
    if (result->tag != TAG_NOT_IMPLEMENTED)
        return true;
    if (!operator_binary(vm, op, a, b, result))
        return false;
    if (result->tag != TAG_NOT_IMPLEMENTED || right_first)
        return true;
    if (!method_with(vm, b, reflected, a, result))
        return false;
    if (result->tag == TAG_NOT_IMPLEMENTED && (is_opaque(a) || is_opaque(b)))
        return opaque_binary(vm, op, a, b, result);
    return true;
}

static bool type_union(Vm *vm, Value a, Value b, Value *result)
{
    Value method = VALUE_UNSET;
    *result = NOT_IMPLEMENTED;
    if (value_is(a, OBJ_CLASS))
        method = class_lookup(vm, a.object->cls, SYM(vm, __or__));
    if (value_given(method) && !special_call(vm, method, a, &b, 1, result))
        return false;
    if (result->tag != TAG_NOT_IMPLEMENTED || !value_is(b, OBJ_CLASS))
        return true;
    method = class_lookup(vm, b.object->cls, SYM(vm, __ror__));
    return !value_given(method) || special_call(vm, method, b, &a, 1, result);
}

bool op_binary(Vm *vm, BinaryOp op, Value a, Value b, Value *result)
{
    if (!binary_try(vm, op, a, b, result))
        return false;
    if (result->tag == TAG_NOT_IMPLEMENTED && op == BINARY_OR &&
        (value_is(a, OBJ_CLASS) || value_is(b, OBJ_CLASS)) && !type_union(vm, a, b, result))
        return false;
    if (result->tag == TAG_NOT_IMPLEMENTED)
        return operator_unsupported(vm, op, false, a, b);
    return true;
}

bool op_inplace(Vm *vm, BinaryOp op, Value a, Value b, Value *result)
{
    if (!method_with(vm, a, vm->symbols[inplace_symbols[op]], b, result))
        return false;
    if (result->tag != TAG_NOT_IMPLEMENTED)
        return true;
    if (!operator_inplace(vm, op, a, b, result))
        return false;
    if (result->tag != TAG_NOT_IMPLEMENTED)
        return true;
    if (!binary_try(vm, op, a, b, result))
        return false;
    if (result->tag == TAG_NOT_IMPLEMENTED && op == BINARY_OR && value_is(a, OBJ_CLASS))
        return op_binary(vm, op, a, b, result);
    return result->tag != TAG_NOT_IMPLEMENTED || operator_unsupported(vm, op, true, a, b);
}

static bool binary_by_symbol(const char *symbol, BinaryOp *op)
{
    for (int i = BINARY_ADD; i <= BINARY_XOR; i++)
        if (strcmp(binary_symbol((BinaryOp)i), symbol) == 0) {
            *op = (BinaryOp)i;
            return true;
        }
    return false;
}

bool value_binary(Vm *vm, const char *symbol, Value a, Value b, Value *result)
{
    BinaryOp op;
    if (!binary_by_symbol(symbol, &op))
        return vm_raise(vm, "SystemError", "no binary operator '%s'", symbol);
    return op_binary(vm, op, a, b, result);
}

bool op_unary(Vm *vm, Opcode opcode, Value a, Value *result)
{
    static const uint16_t names[] = { SYM___neg__, SYM___pos__, SYM___invert__ };
    static const char *const signs[] = { "-", "+", "~" };
    int which = opcode == OP_UNARY_NEGATIVE ? 0 : opcode == OP_UNARY_POSITIVE ? 1 : 2;
    if (is_opaque(a)) {
        *result = opaque_derive(vm, a, STR(""));
        return true;
    }
    Value method = op_script_method(vm, a, vm->symbols[names[which]]);
    if (value_given(method))
        return special_call(vm, method, a, NULL, 0, result);
    if (!operator_unary(vm, (UnaryOp)which, a, result))
        return false;
    return result->tag != TAG_NOT_IMPLEMENTED ||
           vm_raise(vm, "TypeError", "bad operand type for unary %s: '%s'", signs[which],
                    type_name(vm, a));
}

/* ---- comparing ---- */

/* a's own method; for != the negated __eq__ where it has no __ne__. */
static bool compare_method_of(Vm *vm, CompareOp op, Value a, Value b, Value *result)
{
    if (!method_with(vm, a, vm->symbols[compare_symbols[op]], b, result))
        return false;
    if (result->tag != TAG_NOT_IMPLEMENTED || op != COMPARE_NE)
        return true;
    if (!method_with(vm, a, SYM(vm, __eq__), b, result) || result->tag == TAG_NOT_IMPLEMENTED)
        return !value_given(vm->pending);
    bool truth;
    if (is_opaque(*result) || !to_truth(vm, *result, &truth))
        return false;
    *result = value_bool(!truth);
    return true;
}

static bool compare_try(Vm *vm, CompareOp op, Value a, Value b, Value *result)
{
    if (is_builtin(a) && is_builtin(b))
        return operator_compare(vm, op, a, b, result);
    CompareOp swapped = compare_swapped(op);
    bool right_first = right_goes_first(vm, a, b, vm->symbols[compare_symbols[swapped]]);
    for (int turn = 0; turn < 2; turn++) {
        bool right = right_first != (turn == 1);
        if (!compare_method_of(vm, right ? swapped : op, right ? b : a, right ? a : b, result))
            return false;
        if (result->tag != TAG_NOT_IMPLEMENTED)
            return true;
    }
    return operator_compare(vm, op, a, b, result);
}

bool op_compare(Vm *vm, CompareOp op, Value a, Value b, Value *result)
{
    if (is_opaque(a) || is_opaque(b))
        return refuse_opaque(vm, a, b, "a comparison");
    if (!c_enter(vm))
        return false;
    bool ok = compare_try(vm, op, a, b, result);
    c_leave(vm);
    if (!ok || result->tag != TAG_NOT_IMPLEMENTED)
        return ok;
    if (op == COMPARE_EQ || op == COMPARE_NE) {
        *result = value_bool(value_same(a, b) == (op == COMPARE_EQ));
        return true;
    }
    return operator_unorderable(vm, op, a, b);
}

bool value_eq(Vm *vm, Value a, Value b, bool *equal)
{
    *equal = true;
    if (value_same(a, b))
        return true;
    Value result;
    if (is_opaque(a) || is_opaque(b)) {
        *equal = false;
        return true;
    }
    return op_compare(vm, COMPARE_EQ, a, b, &result) && to_truth(vm, result, equal);
}

bool value_compare(Vm *vm, const char *symbol, Value a, Value b, bool *truth)
{
    static const char *const symbols[] = { "<", "<=", "==", "!=", ">", ">=" };
    for (int op = COMPARE_LT; op <= COMPARE_GE; op++)
        if (strcmp(symbols[op], symbol) == 0) {
            Value result;
            return op_compare(vm, (CompareOp)op, a, b, &result) && to_truth(vm, result, truth);
        }
    return vm_raise(vm, "SystemError", "no comparison '%s'", symbol);
}

/* ---- hashes ---- */

static uint64_t hash_identity(const Obj *obj)
{
    uint64_t hash = (uintptr_t)obj >> 4;
    return hash ^ hash << 40;
}

static bool hash_by_method(Vm *vm, Value v, Value method, uint64_t *hash)
{
    if (value_is_none(method))
        return vm_raise(vm, "TypeError", "unhashable type: '%s'", type_name(vm, v));
    Value result;
    int64_t number;
    if (!special_call(vm, method, v, NULL, 0, &result))
        return false;
    if (!is_int(result))
        return vm_raise(vm, "TypeError", "__hash__ method should return an integer");
    if (!int_small(result, &number))
        return operator_hash(vm, result, hash);
    *hash = (uint64_t)number;
    return true;
}

bool value_hash(Vm *vm, Value v, uint64_t *hash)
{
    if (v.tag == TAG_OBJECT && v.object->cls == vm->classes[CLASS_STR]) {
        *hash = str_obj_hash(as_str(v));
        return true;
    }
    if (v.tag == TAG_INT) {
        *hash = hash_int(v.integer);
        return true;
    }
    if (is_opaque(v)) {
        *hash = hash_identity(v.object);
        return true;
    }
    Value method = op_script_method(vm, v, SYM(vm, __hash__));
    if (value_given(method))
        return hash_by_method(vm, v, method, hash);
    if (v.tag == TAG_OBJECT &&
        (v.object->kind == OBJ_INSTANCE || v.object->kind == OBJ_CLASS ||
         v.object->kind == OBJ_NATIVE_INSTANCE || v.object->kind == OBJ_RECORD)) {
        *hash = hash_identity(v.object);
        return true;
    }
    if (!c_enter(vm))
        return false;
    bool ok = operator_hash(vm, v, hash);
    c_leave(vm);
    return ok;
}

/* ---- truth and length ---- */

static bool truth_by_bool(Vm *vm, Value v, Value method, bool *truth)
{
    Value result;
    if (!special_call(vm, method, v, NULL, 0, &result))
        return false;
    if (result.tag != TAG_BOOL)
        return vm_raise(vm, "TypeError", "__bool__ should return bool, returned %s",
                        type_name(vm, result));
    *truth = result.truth;
    return true;
}

static bool length_by_method(Vm *vm, Value v, Value method, int64_t *length)
{
    Value result;
    if (!special_call(vm, method, v, NULL, 0, &result) || !to_int(vm, result, length))
        return false;
    return *length >= 0 || vm_raise(vm, "ValueError", "__len__() should return >= 0");
}

bool to_truth(Vm *vm, Value v, bool *truth)
{
    switch (v.tag) {
    case TAG_BOOL:
        *truth = v.truth;
        return true;
    case TAG_UNSET:
    case TAG_NONE:
        *truth = false;
        return true;
    case TAG_INT:
        *truth = v.integer != 0;
        return true;
    case TAG_FLOAT:
        *truth = v.real != 0;
        return true;
    case TAG_ELLIPSIS:
    case TAG_NOT_IMPLEMENTED:
        *truth = true;
        return true;
    case TAG_OBJECT:
        break;
    }
    if (is_opaque(v))
        return opaque_refuse(vm, v, "a condition");
    Value method = op_script_method(vm, v, SYM(vm, __bool__));
    if (value_given(method))
        return truth_by_bool(vm, v, method, truth);
    method = op_script_method(vm, v, SYM(vm, __len__));
    int64_t length;
    if (value_given(method)) {
        if (!length_by_method(vm, v, method, &length))
            return false;
        *truth = length != 0;
        return true;
    }
    bool known;
    *truth = operator_truth(v, &known);
    if (!known)
        *truth = true;
    return true;
}

bool op_length(Vm *vm, Value v, int64_t *length)
{
    if (is_opaque(v))
        return opaque_refuse(vm, v, "a length");
    Value method = op_script_method(vm, v, SYM(vm, __len__));
    if (value_given(method))
        return length_by_method(vm, v, method, length);
    operator_length(v, length);
    return *length >= 0 ||
           vm_raise(vm, "TypeError", "object of type '%s' has no len()", type_name(vm, v));
}

/* ---- numbers' hashes: as CPython's, modulo 2**61 - 1 ---- */

static const uint64_t HASH_MODULUS = ((uint64_t)1 << 61) - 1;

uint64_t hash_int(int64_t number)
{
    uint64_t magnitude = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    int64_t hash = (int64_t)(magnitude % HASH_MODULUS);
    hash = number < 0 ? -hash : hash;
    return (uint64_t)(hash == -1 ? -2 : hash);
}

uint64_t hash_float(double real)
{
    if (!isfinite(real))
        return isnan(real) ? 0 : (uint64_t)(int64_t)(real > 0 ? 314159 : -314159);
    int exponent;
    double m = frexp(real, &exponent);
    bool negative = m < 0;
    m = negative ? -m : m;
    uint64_t x = 0;
    while (m != 0) {
        x = (x << 28 & HASH_MODULUS) | x >> (61 - 28);
        m *= 268435456.0;
        exponent -= 28;
        uint64_t y = (uint64_t)m;
        m -= (double)y;
        x += y;
        x = x >= HASH_MODULUS ? x - HASH_MODULUS : x;
    }
    exponent = exponent >= 0 ? exponent % 61 : 61 - 1 - (-1 - exponent) % 61;
    x = (x << exponent & HASH_MODULUS) | (exponent ? x >> (61 - exponent) : 0);
    int64_t hash = negative ? -(int64_t)x : (int64_t)x;
    return (uint64_t)(hash == -1 ? -2 : hash);
}
