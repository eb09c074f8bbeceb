/* SPDX-License-Identifier: MIT */
#include "py/number.h"

#include <errno.h>
#include <math.h>

#include "py/number_big.h"
#include "py/obj_exc.h"
#include "py/obj_number.h"

bool is_float(Value v)
{
    double unused;
    return float_real(v, &unused);
}

bool is_number(Value v)
{
    return is_int(v) || is_float(v);
}

static bool not_implemented(Value *result)
{
    *result = (Value){ .tag = TAG_NOT_IMPLEMENTED };
    return true;
}

static bool give_int(Value *result, int64_t number)
{
    *result = value_int(number);
    return true;
}

static bool give_real(Value *result, double real)
{
    *result = value_float(real);
    return true;
}

static bool divided_by_zero(Vm *vm, const char *text)
{
    return vm_raise(vm, "ZeroDivisionError", "%s", text);
}

/* ---- 64 bits ---- */

static int64_t floor_divide(int64_t a, int64_t b)
{
    int64_t quotient = a / b;
    return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

static int64_t floor_remainder(int64_t a, int64_t b)
{
    int64_t rest = a % b;
    return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}

static bool fits_double(int64_t i)
{
    return i >= -((int64_t)1 << 53) && i <= (int64_t)1 << 53;
}

/* False when the result needs more than 64 bits. */
static bool power_small(int64_t base, int64_t exponent, int64_t *result)
{
    int64_t power = 1;
    for (;; exponent >>= 1) {
        if (exponent & 1 && __builtin_mul_overflow(power, base, &power))
            return false;
        if (exponent <= 1)
            break;
        if (__builtin_mul_overflow(base, base, &base))
            return false;
    }
    *result = power;
    return true;
}

static bool shift_left_small(int64_t a, int64_t by, int64_t *result)
{
    if (a == 0 || by == 0) {
        *result = a;
        return true;
    }
    if (by >= 63 || a > INT64_MAX >> by || a < INT64_MIN >> by)
        return false;
    *result = a * ((int64_t)1 << by);
    return true;
}

/* *done is false when the slow path has to do it. Operands of / and ** are left to it, too. */
static bool small_binary(Vm *vm, BinaryOp op, int64_t a, int64_t b, Value *result, bool *done)
{
    int64_t out = 0;
    *done = true;
    switch (op) {
    case BINARY_ADD:
        *done = !__builtin_add_overflow(a, b, &out);
        break;
    case BINARY_SUBTRACT:
        *done = !__builtin_sub_overflow(a, b, &out);
        break;
    case BINARY_MULTIPLY:
        *done = !__builtin_mul_overflow(a, b, &out);
        break;
    case BINARY_FLOOR_DIVIDE:
    case BINARY_REMAINDER:
        if (b == 0)
            return divided_by_zero(vm, op == BINARY_REMAINDER
                                           ? "integer modulo by zero"
                                           : "integer division or modulo by zero");
        *done = b != -1 || a != INT64_MIN;
        if (*done)
            out = op == BINARY_REMAINDER ? floor_remainder(a, b) : floor_divide(a, b);
        break;
    case BINARY_TRUE_DIVIDE:
        *done = b != 0 && fits_double(a) && fits_double(b);
        return *done ? give_real(result, (double)a / (double)b) : true;
    case BINARY_POWER:
        *done = b >= 0 && power_small(a, b, &out);
        break;
    case BINARY_LSHIFT:
        *done = b >= 0 && shift_left_small(a, b, &out);
        break;
    case BINARY_RSHIFT:
        *done = b >= 0;
        out = b > 63 ? (a < 0 ? -1 : 0) : *done ? a >> b : 0;
        break;
    case BINARY_AND:
        out = a & b;
        break;
    case BINARY_OR:
        out = a | b;
        break;
    case BINARY_XOR:
        out = a ^ b;
        break;
    case BINARY_MATRIX:
        return not_implemented(result);
    }
    return *done ? give_int(result, out) : true;
}

/* ---- float ---- */

static double remainder_of(double a, double b)
{
    double rest = fmod(a, b);
    if (rest == 0)
        return copysign(0, b);
    return (rest < 0) != (b < 0) ? rest + b : rest;
}

static double floor_of(double a, double b)
{
    double rest = fmod(a, b), quotient = (a - rest) / b;
    if (rest != 0 && (rest < 0) != (b < 0))
        quotient -= 1;
    if (quotient == 0)
        return copysign(0, a / b);
    double whole = floor(quotient);
    return quotient - whole > 0.5 ? whole + 1 : whole;
}

static bool real_power(Vm *vm, double a, double b, Value *result)
{
    if (a == 0 && b < 0 && !isnan(b))
        return divided_by_zero(vm, "0.0 cannot be raised to a negative power");
    if (a < 0 && isfinite(a) && isfinite(b) && floor(b) != b)
        return vm_raise(vm, "NotImplementedError", "limbeck has no complex numbers");
    double power = pow(a, b);
    if (isinf(power) && isfinite(a) && isfinite(b)) {
        Value pair[2] = { value_int(ERANGE), make_strz(vm, "Numerical result out of range") };
        Value exception;
        return vm_call(vm, class_value(exc_class(vm, EXC_OverflowError)), pair, 2, &exception) &&
               vm_raise_value(vm, exception);
    }
    return give_real(result, power);
}

static bool real_binary(Vm *vm, BinaryOp op, double a, double b, Value *result)
{
    switch (op) {
    case BINARY_ADD:
        return give_real(result, a + b);
    case BINARY_SUBTRACT:
        return give_real(result, a - b);
    case BINARY_MULTIPLY:
        return give_real(result, a * b);
    case BINARY_TRUE_DIVIDE:
        return b == 0 ? divided_by_zero(vm, "float division by zero") : give_real(result, a / b);
    case BINARY_FLOOR_DIVIDE:
        return b == 0 ? divided_by_zero(vm, "float floor division by zero")
                      : give_real(result, floor_of(a, b));
    case BINARY_REMAINDER:
        return b == 0 ? divided_by_zero(vm, "float modulo") : give_real(result, remainder_of(a, b));
    case BINARY_POWER:
        return real_power(vm, a, b, result);
    case BINARY_LSHIFT:
    case BINARY_RSHIFT:
    case BINARY_AND:
    case BINARY_OR:
    case BINARY_XOR:
    case BINARY_MATRIX:
        break;
    }
    return not_implemented(result);
}

/* ---- both ---- */

static bool int_negative_power(Vm *vm, Value a, Value b, Value *result)
{
    double base, exponent;
    return number_real(vm, a, &base) && number_real(vm, b, &exponent) &&
           real_power(vm, base, exponent, result);
}

static bool int_binary(Vm *vm, BinaryOp op, Value a, Value b, Value *result)
{
    int64_t x, y;
    if (int_small(a, &x) && int_small(b, &y)) {
        bool done;
        if (!small_binary(vm, op, x, y, result, &done))
            return false;
        if (done) {
            if (a.tag == TAG_BOOL && b.tag == TAG_BOOL &&
                (op == BINARY_AND || op == BINARY_OR || op == BINARY_XOR))
                *result = value_bool(result->integer != 0);
            return true;
        }
    }
    if (op == BINARY_POWER && int_sign(b) < 0)
        return int_negative_power(vm, a, b, result);
    return big_binary(vm, op, a, b, result);
}

bool number_binary(Vm *vm, BinaryOp op, Value a, Value b, Value *result)
{
    if (is_int(a) && is_int(b))
        return int_binary(vm, op, a, b, result);
    double x, y;
    bool a_real = float_real(a, &x), b_real = float_real(b, &y);
    if (!(a_real || is_int(a)) || !(b_real || is_int(b)))
        return not_implemented(result);
    if ((!a_real && !number_real(vm, a, &x)) || (!b_real && !number_real(vm, b, &y)))
        return false;
    return real_binary(vm, op, x, y, result);
}

bool number_unary(Vm *vm, UnaryOp op, Value a, Value *result)
{
    double real;
    int64_t number;
    if (float_real(a, &real)) {
        if (op == UNARY_INVERT)
            return not_implemented(result);
        return give_real(result, op == UNARY_NEGATIVE ? -real
                                 : op == UNARY_ABS    ? fabs(real)
                                                      : real);
    }
    if (!is_int(a))
        return not_implemented(result);
    if (op == UNARY_POSITIVE || (op == UNARY_ABS && int_sign(a) >= 0)) {
        *result = int_plain(vm, a);
        return true;
    }
    if (!int_small(a, &number) || (number == INT64_MIN && op != UNARY_INVERT))
        return big_unary(vm, op, a, result);
    return give_int(result, op == UNARY_INVERT ? ~number : -number);
}

bool number_divmod(Vm *vm, Value a, Value b, Value *pair)
{
    double x = 0, y = 0;
    bool real = is_float(a) || is_float(b);
    if (real && (!number_real(vm, a, &x) || !number_real(vm, b, &y)))
        return false;
    if (real && y == 0)
        return divided_by_zero(vm, "float divmod()");
    if (!real && int_sign(b) == 0)
        return divided_by_zero(vm, "integer division or modulo by zero");
    Value parts[2];
    if (!number_binary(vm, BINARY_FLOOR_DIVIDE, a, b, &parts[0]) ||
        !number_binary(vm, BINARY_REMAINDER, a, b, &parts[1]))
        return false;
    *pair = make_tuple(vm, parts, 2);
    return true;
}

/* ---- comparing ---- */

/* -1, 0, 1; 2 when one of them is no number. */
static int order_int_real(Value i, double d)
{
    int64_t number;
    if (isnan(d))
        return 2;
    if (isinf(d))
        return d > 0 ? -1 : 1;
    if (!int_small(i, &number))
        return big_order_real(i, d);
    if (fits_double(number))
        return ((double)number > d) - ((double)number < d);
    if (d >= 9223372036854775808.0)
        return -1;
    if (d < -9223372036854775808.0)
        return 1;
    double whole = trunc(d);
    int64_t other = (int64_t)whole;
    if (number != other)
        return number > other ? 1 : -1;
    return (whole > d) - (whole < d);
}

static int order_of(Value a, Value b)
{
    int64_t x, y;
    double p, q;
    if (int_small(a, &x) && int_small(b, &y))
        return (x > y) - (x < y);
    if (float_real(a, &p))
        return !float_real(b, &q)     ? -order_int_real(b, p)
               : isnan(p) || isnan(q) ? 2
                                      : (p > q) - (p < q);
    if (float_real(b, &q))
        return order_int_real(a, q);
    return big_order(a, b);
}

bool number_compare(CompareOp op, Value a, Value b, Value *result)
{
    if (!is_number(a) || !is_number(b))
        return not_implemented(result);
    int order = order_of(a, b);
    bool unordered = order == 2 || order == -2, is = false;
    switch (op) {
    case COMPARE_LT:
        is = order < 0;
        break;
    case COMPARE_LE:
        is = order <= 0;
        break;
    case COMPARE_EQ:
        is = order == 0;
        break;
    case COMPARE_NE:
        *result = value_bool(unordered || order != 0);
        return true;
    case COMPARE_GT:
        is = order > 0;
        break;
    case COMPARE_GE:
        is = order >= 0;
        break;
    }
    *result = value_bool(is && !unordered);
    return true;
}

/* ---- conversions ---- */

int int_sign(Value v)
{
    int64_t number;
    if (int_small(v, &number))
        return (number > 0) - (number < 0);
    return ((IntObj *)v.object)->big.sign == MP_NEG ? -1 : 1;
}

Value int_plain(Vm *vm, Value v)
{
    int64_t number;
    if (int_small(v, &number))
        return value_int(number);
    if (v.object->cls == value_class(vm, value_int(0)))
        return v;
    mp_int copy;
    int_to_mp(v, &copy);
    return int_from_mp(vm, &copy);
}

bool number_real(Vm *vm, Value v, double *real)
{
    int64_t number;
    if (float_real(v, real))
        return true;
    if (int_small(v, &number)) {
        *real = (double)number;
        return true;
    }
    *real = big_real(v);
    return isfinite(*real) || vm_raise(vm, "OverflowError", "int too large to convert to float");
}

bool int_from_real(Vm *vm, double d, Value *result)
{
    if (isnan(d))
        return vm_raise(vm, "ValueError", "cannot convert float NaN to integer");
    if (isinf(d))
        return vm_raise(vm, "OverflowError", "cannot convert float infinity to integer");
    d = trunc(d);
    if (d >= -9223372036854775808.0 && d < 9223372036854775808.0)
        return give_int(result, (int64_t)d);
    *result = big_from_real(vm, d);
    return true;
}

size_t int_bit_length(Value v)
{
    int64_t number;
    if (!int_small(v, &number))
        return (size_t)mp_count_bits(&((IntObj *)v.object)->big);
    uint64_t size = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    return size ? 64 - (size_t)__builtin_clzll(size) : 0;
}
