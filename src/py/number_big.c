/* SPDX-License-Identifier: MIT */
#include "py/number_big.h"

#include <math.h>

#include "py/obj_number.h"
#include "py/real.h"

void mp_must(int error)
{
    if (error != MP_OKAY)
        mem_free(mem_alloc(PTRDIFF_MAX));
}

static mp_int mp_new(void)
{
    mp_int number;
    mp_must(mp_init(&number));
    return number;
}

/* Floor division and its rest; `b` is not zero. */
static void divide(const mp_int *a, const mp_int *b, mp_int *quotient, mp_int *rest)
{
    mp_must(mp_div(a, b, quotient, rest));
    if (!mp_iszero(rest) && rest->sign != b->sign) {
        mp_must(mp_decr(quotient));
        mp_must(mp_add(rest, b, rest));
    }
}

/*
 * Correctly rounded: the quotient is taken with 62 or more bits, and a rest sets its lowest bit.
 * False when it is too large for a float.
 */
static double true_divide(mp_int *a, mp_int *b)
{
    mp_int quotient = mp_new(), rest = mp_new();
    bool negative = a->sign != b->sign;
    a->sign = b->sign = MP_ZPOS;
    int shift = 64 - (mp_count_bits(a) - mp_count_bits(b));
    if (shift > 0)
        mp_must(mp_mul_2d(a, shift, a));
    else if (shift < 0)
        mp_must(mp_mul_2d(b, -shift, b));
    mp_must(mp_div(a, b, &quotient, &rest));
    bool sticky = !mp_iszero(&rest);
    int extra = mp_count_bits(&quotient) - 63;
    if (extra > 0) {
        mp_must(mp_div_2d(&quotient, extra, &quotient, &rest));
        sticky = sticky || !mp_iszero(&rest);
    }
    double real = real_from_bits(mp_get_mag_u64(&quotient) | sticky,
                                 (int64_t)(extra > 0 ? extra : 0) - shift);
    mp_clear_multi(&quotient, &rest, NULL);
    return negative ? -real : real;
}

static bool big_true_divide(Vm *vm, mp_int *a, mp_int *b, Value *result)
{
    if (mp_iszero(b))
        return vm_raise(vm, "ZeroDivisionError", "division by zero");
    double real = mp_iszero(a) ? (b->sign == MP_NEG ? -0.0 : 0.0) : true_divide(a, b);
    if (isinf(real))
        return vm_raise(vm, "OverflowError", "integer division result too large for a float");
    *result = value_float(real);
    return true;
}

static bool big_divide(Vm *vm, BinaryOp op, const mp_int *a, const mp_int *b, mp_int *out)
{
    if (mp_iszero(b))
        return vm_raise(vm, "ZeroDivisionError",
                        op == BINARY_REMAINDER ? "integer modulo by zero"
                                               : "integer division or modulo by zero");
    mp_int other = mp_new();
    if (op == BINARY_REMAINDER)
        divide(a, b, &other, out);
    else
        divide(a, b, out, &other);
    mp_clear(&other);
    return true;
}

/* A number of so many bits is to be made. */
static bool may_make_bits(Vm *vm, double bits)
{
    if (bits > 1e15)
        return vm_raise(vm, "MemoryError", "an int of so many bits would pass the limit");
    return heap_may_make(vm, (size_t)(bits / 8));
}

static bool big_power(Vm *vm, const mp_int *base, Value exponent, mp_int *out)
{
    int64_t times;
    if (mp_iszero(base) || (mp_count_bits(base) == 1 && base->used == 1)) {
        bool odd = base->sign == MP_NEG &&
                   (!int_small(exponent, &times) ? mp_isodd(&((IntObj *)exponent.object)->big)
                                                 : times & 1);
        mp_set_i64(out, mp_iszero(base) ? int_sign(exponent) == 0 : odd ? -1 : 1);
        return true;
    }
    if (!int_small(exponent, &times) || times > UINT32_MAX)
        return vm_raise(vm, "MemoryError", "an int of so many bits would pass the limit");
    if (!may_make_bits(vm, (double)mp_count_bits(base) * (double)times))
        return false;
    mp_must(mp_expt_u32(base, (uint32_t)times, out));
    return true;
}

static bool big_shift(Vm *vm, BinaryOp op, const mp_int *a, Value by, mp_int *out)
{
    int64_t count = 0;
    if (int_sign(by) < 0)
        return vm_raise(vm, "ValueError", "negative shift count");
    bool far = !int_small(by, &count) || count > INT32_MAX;
    if (op == BINARY_RSHIFT) {
        if (far)
            mp_set_i64(out, a->sign == MP_NEG ? -1 : 0);
        else
            mp_must(mp_signed_rsh(a, (int)count, out));
        return true;
    }
    if (mp_iszero(a))
        return true;
    if (!may_make_bits(vm, far ? 1e16 : (double)count + mp_count_bits(a)))
        return false;
    mp_must(mp_mul_2d(a, (int)count, out));
    return true;
}

static bool big_compute(Vm *vm, BinaryOp op, mp_int *a, mp_int *b, Value right, mp_int *out)
{
    switch (op) {
    case BINARY_ADD:
        mp_must(mp_add(a, b, out));
        return true;
    case BINARY_SUBTRACT:
        mp_must(mp_sub(a, b, out));
        return true;
    case BINARY_MULTIPLY:
        if (!may_make_bits(vm, (double)mp_count_bits(a) + mp_count_bits(b)))
            return false;
        mp_must(mp_mul(a, b, out));
        return true;
    case BINARY_FLOOR_DIVIDE:
    case BINARY_REMAINDER:
        return big_divide(vm, op, a, b, out);
    case BINARY_POWER:
        return big_power(vm, a, right, out);
    case BINARY_LSHIFT:
    case BINARY_RSHIFT:
        return big_shift(vm, op, a, right, out);
    case BINARY_AND:
        mp_must(mp_and(a, b, out));
        return true;
    case BINARY_OR:
        mp_must(mp_or(a, b, out));
        return true;
    case BINARY_XOR:
        mp_must(mp_xor(a, b, out));
        return true;
    case BINARY_TRUE_DIVIDE:
    case BINARY_MATRIX:
        break;
    }
    return false;
}

bool big_binary(Vm *vm, BinaryOp op, Value left, Value right, Value *result)
{
    if (op == BINARY_MATRIX) {
        *result = (Value){ .tag = TAG_NOT_IMPLEMENTED };
        return true;
    }
    mp_int a, b;
    int_to_mp(left, &a);
    int_to_mp(right, &b);
    bool ok;
    if (op == BINARY_TRUE_DIVIDE) {
        ok = big_true_divide(vm, &a, &b, result);
    } else {
        mp_int out = mp_new();
        ok = big_compute(vm, op, &a, &b, right, &out);
        if (ok)
            *result = int_from_mp(vm, &out);
        else
            mp_clear(&out);
    }
    mp_clear_multi(&a, &b, NULL);
    return ok;
}

bool big_unary(Vm *vm, UnaryOp op, Value a, Value *result)
{
    mp_int number;
    int_to_mp(a, &number);
    if (op == UNARY_INVERT)
        mp_must(mp_complement(&number, &number));
    else
        mp_must(mp_neg(&number, &number));
    *result = int_from_mp(vm, &number);
    return true;
}

int big_order(Value left, Value right)
{
    mp_int a, b;
    int_to_mp(left, &a);
    int_to_mp(right, &b);
    int order = mp_cmp(&a, &b);
    mp_clear_multi(&a, &b, NULL);
    return order == MP_GT ? 1 : order == MP_LT ? -1 : 0;
}

/* The whole part of a finite double: its 53 bits, shifted. */
static void mp_from_real(mp_int *out, double d)
{
    int exponent;
    double fraction = frexp(fabs(d), &exponent);
    mp_set_u64(out, (uint64_t)ldexp(fraction, 53));
    if (exponent > 53)
        mp_must(mp_mul_2d(out, exponent - 53, out));
    else
        mp_must(mp_div_2d(out, 53 - exponent, out, NULL));
    if (d < 0)
        mp_must(mp_neg(out, out));
}

int big_order_real(Value left, double d)
{
    mp_int a, b = mp_new();
    int_to_mp(left, &a);
    mp_from_real(&b, d);
    int order = mp_cmp(&a, &b);
    mp_clear_multi(&a, &b, NULL);
    if (order == MP_EQ)
        return (trunc(d) > d) - (trunc(d) < d);
    return order == MP_GT ? 1 : -1;
}

double big_real(Value v)
{
    mp_int number, rest = mp_new();
    int_to_mp(v, &number);
    bool negative = number.sign == MP_NEG;
    number.sign = MP_ZPOS;
    int extra = mp_count_bits(&number) - 63;
    bool sticky = false;
    if (extra > 0) {
        mp_must(mp_div_2d(&number, extra, &number, &rest));
        sticky = !mp_iszero(&rest);
    }
    double real = real_from_bits(mp_get_mag_u64(&number) | sticky, extra > 0 ? extra : 0);
    mp_clear_multi(&number, &rest, NULL);
    return negative ? -real : real;
}

Value big_from_real(Vm *vm, double d)
{
    mp_int number = mp_new();
    mp_from_real(&number, d);
    return int_from_mp(vm, &number);
}

/* ---- pow(a, b, modulus) ---- */

bool number_power_modulo(Vm *vm, Value left, Value right, Value modulus, Value *result)
{
    if (int_sign(modulus) == 0)
        return vm_raise(vm, "ValueError", "pow() 3rd argument cannot be 0");
    mp_int a, b, m, out = mp_new(), unused = mp_new();
    int_to_mp(left, &a);
    int_to_mp(right, &b);
    int_to_mp(modulus, &m);
    bool negative = m.sign == MP_NEG, ok = true;
    m.sign = MP_ZPOS;
    divide(&a, &m, &unused, &a);
    if (b.sign == MP_NEG) {
        b.sign = MP_ZPOS;
        ok = mp_invmod(&a, &m, &a) == MP_OKAY;
    }
    if (!ok)
        vm_raise(vm, "ValueError", "base is not invertible for the given modulus");
    else if (mp_cmp_d(&m, 1) != MP_EQ)
        mp_must(mp_exptmod(&a, &b, &m, &out));
    if (ok && negative && !mp_iszero(&out))
        mp_must(mp_sub(&out, &m, &out));
    if (ok)
        *result = int_from_mp(vm, &out);
    else
        mp_clear(&out);
    mp_clear_multi(&a, &b, &m, &unused, NULL);
    return ok;
}
