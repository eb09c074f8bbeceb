/* SPDX-License-Identifier: MIT */
/* datetime.timedelta. */
#include "py/mod_datetime.h"

#include <math.h>
#include <stdlib.h>

#include "py/modules.h"

enum { DELTA_DAYS_MOST = 999999999 };

static Wide floor_div(Wide a, Wide b)
{
    Wide q = a / b;
    return (a % b != 0 && (a < 0) != (b < 0)) ? q - 1 : q;
}

/* To the nearest, halves to even. */
static Wide round_div(Wide a, Wide b)
{
    if (b < 0) {
        a = -a;
        b = -b;
    }
    Wide q = floor_div(a, b), twice = 2 * (a - q * b);
    return twice > b || (twice == b && (q & 1)) ? q + 1 : q;
}

Wide delta_micros(const Delta *delta)
{
    Wide seconds = (Wide)delta->days * SECONDS_PER_DAY + delta->seconds;
    return seconds * MICROS_PER_SECOND + delta->micros;
}

static bool delta_fits(Wide micros)
{
    Wide days = floor_div(micros, MICROS_PER_DAY);
    return days >= -DELTA_DAYS_MOST && days <= DELTA_DAYS_MOST;
}

static Value delta_make_in(Vm *vm, Class *cls, Wide micros)
{
    Value made = vm_new_native(vm, cls, &timedelta_class);
    Delta *delta = payload_of(vm, made, &timedelta_class);
    Wide days = floor_div(micros, MICROS_PER_DAY);
    int64_t rest = (int64_t)(micros - days * MICROS_PER_DAY);
    delta->days = (int32_t)days;
    delta->seconds = (int32_t)(rest / MICROS_PER_SECOND);
    delta->micros = (int32_t)(rest % MICROS_PER_SECOND);
    return made;
}

Value delta_make(Vm *vm, Wide micros)
{
    return delta_make_in(vm, vm_class(vm, &timedelta_class), micros);
}

bool delta_checked(Vm *vm, Wide micros, Value *v)
{
    Wide days = floor_div(micros, MICROS_PER_DAY);
    if (days < INT32_MIN || days > INT32_MAX)
        return vm_raise(vm, "OverflowError", "Python int too large to convert to C int");
    if (!delta_fits(micros))
        return vm_raise(vm, "OverflowError", "days=%lld; must have magnitude <= 999999999",
                        (long long)days);
    *v = delta_make(vm, micros);
    return true;
}

static bool give_delta(Vm *vm, Call *call, Wide micros)
{
    Value v;
    return delta_checked(vm, micros, &v) && give(call, v);
}

static bool not_implemented(Call *call)
{
    return give(call, (Value){ .tag = TAG_NOT_IMPLEMENTED });
}

static const Delta *delta_of(Vm *vm, Value v)
{
    return payload_of(vm, v, &timedelta_class);
}

/* Adds `v` units: whole ones exactly, the rest in *fraction, microseconds rounded at the end. */
static bool delta_add_part(Vm *vm, Value v, const char *name, int64_t unit, Wide *total,
                           double *fraction)
{
    if (v.tag == TAG_INT || is_int(v)) {
        int64_t number;
        if (!to_int(vm, v, &number))
            return false;
        if (number > 100000000000000000 || number < -100000000000000000)
            return vm_raise(vm, "OverflowError", "Python int too large to convert to C int");
        *total += (Wide)number * unit;
        return true;
    }
    if (v.tag != TAG_FLOAT)
        return vm_raise(vm, "TypeError", "unsupported type for timedelta %s component: %s", name,
                        type_name(vm, v));
    if (isnan(v.real))
        return vm_raise(vm, "ValueError", "cannot convert float NaN to integer");
    if (isinf(v.real))
        return vm_raise(vm, "OverflowError", "cannot convert float infinity to integer");
    if (fabs(v.real) > 1e15)
        return vm_raise(vm, "OverflowError", "days=%.0f; must have magnitude <= 999999999", v.real);
    double whole, rest = modf(v.real, &whole);
    *total += (Wide)(int64_t)whole * unit;
    double part, micros = modf(rest * (double)unit, &part);
    *total += (Wide)(int64_t)part;
    *fraction += micros;
    return true;
}

static Wide round_half_even(double value)
{
    double rounded = round(value);
    if (fabs(value - rounded) == 0.5)
        rounded = 2.0 * round(value / 2.0);
    return (Wide)(int64_t)rounded;
}

static bool delta_new(Vm *vm, Call *call)
{
    static const struct {
        const char *name;
        int64_t unit;
    } parts[] = {
        { "days", (int64_t)SECONDS_PER_DAY * MICROS_PER_SECOND },
        { "seconds", MICROS_PER_SECOND },
        { "microseconds", 1 },
        { "milliseconds", 1000 },
        { "minutes", (int64_t)60 * MICROS_PER_SECOND },
        { "hours", (int64_t)3600 * MICROS_PER_SECOND },
        { "weeks", (int64_t)7 * SECONDS_PER_DAY * MICROS_PER_SECOND },
    };
    Wide total = 0;
    double fraction = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!delta_add_part(vm, call->args[i + 1], parts[i].name, parts[i].unit, &total, &fraction))
            return false;
    }
    /* The even neighbour of the whole sum, not of the fraction alone. */
    double odd = (double)(int64_t)(total & 1);
    total += round_half_even(fraction + odd) - (Wide)odd;
    if (!delta_fits(total))
        return give_delta(vm, call, total);
    return give(call, delta_make_in(vm, class_ptr(call->args[0]), total));
}

static bool delta_add(Vm *vm, Call *call)
{
    ARGS(call, self, other);
    const Delta *a = delta_of(vm, self), *b = delta_of(vm, other);
    return b ? give_delta(vm, call, delta_micros(a) + delta_micros(b)) : not_implemented(call);
}

static bool delta_sub(Vm *vm, Call *call)
{
    ARGS(call, self, other);
    const Delta *a = delta_of(vm, self), *b = delta_of(vm, other);
    return b ? give_delta(vm, call, delta_micros(a) - delta_micros(b)) : not_implemented(call);
}

static bool delta_rsub(Vm *vm, Call *call)
{
    ARGS(call, self, other);
    const Delta *a = delta_of(vm, self), *b = delta_of(vm, other);
    return b ? give_delta(vm, call, delta_micros(b) - delta_micros(a)) : not_implemented(call);
}

/* The float as a fraction of integers, so that products round once. */
static bool float_ratio(Vm *vm, double value, Wide *numerator, int *shift)
{
    if (isnan(value))
        return vm_raise(vm, "ValueError", "cannot convert NaN to integer ratio");
    if (isinf(value))
        return vm_raise(vm, "OverflowError", "cannot convert Infinity to integer ratio");
    int exponent;
    double mantissa = frexp(value, &exponent);
    *numerator = (Wide)(int64_t)ldexp(mantissa, 53);
    *shift = 53 - exponent;
    while (*numerator != 0 && (*numerator & 1) == 0 && *shift > 0) {
        *numerator /= 2;
        (*shift)--;
    }
    return true;
}

static bool delta_mul(Vm *vm, Call *call)
{
    ARGS(call, self, other);
    Wide micros = delta_micros(delta_of(vm, self));
    if (is_int(other)) {
        int64_t number;
        if (!to_int(vm, other, &number))
            return false;
        if (number > 100000000000000000 || number < -100000000000000000)
            return vm_raise(vm, "OverflowError", "Python int too large to convert to C int");
        return give_delta(vm, call, micros * number);
    }
    if (other.tag != TAG_FLOAT)
        return not_implemented(call);
    double exact = (double)micros * other.real;
    if (fabs(exact) < 9e15 && fabs((double)micros) < 1e15) {
        Wide numerator = 0;
        int shift = 0;
        if (!float_ratio(vm, other.real, &numerator, &shift))
            return false;
        if (shift >= 0 && shift < 70 && fabsl((long double)micros * (long double)numerator) < 1e37L)
            return give_delta(vm, call, round_div(micros * numerator, (Wide)1 << shift));
    }
    if (isnan(exact) || isinf(exact))
        return vm_raise(vm, isnan(exact) ? "ValueError" : "OverflowError",
                        "cannot convert %s to integer ratio", isnan(exact) ? "NaN" : "Infinity");
    if (fabs(exact) > 8.64e19 + 1)
        return vm_raise(vm, "OverflowError", "Python int too large to convert to C int");
    return give_delta(vm, call, (Wide)rintl((long double)micros * (long double)other.real));
}

static bool delta_truediv(Vm *vm, Call *call)
{
    ARGS(call, self, other);
    Wide micros = delta_micros(delta_of(vm, self));
    const Delta *divisor = delta_of(vm, other);
    if (divisor) {
        if (delta_micros(divisor) == 0)
            return vm_raise(vm, "ZeroDivisionError", "division by zero");
        return give(
            call, value_float((double)((long double)micros / (long double)delta_micros(divisor))));
    }
    if (is_int(other)) {
        int64_t number;
        if (!to_int(vm, other, &number))
            return false;
        if (number == 0)
            return vm_raise(vm, "ZeroDivisionError", "integer division or modulo by zero");
        return give_delta(vm, call, round_div(micros, number));
    }
    if (other.tag != TAG_FLOAT)
        return not_implemented(call);
    if (other.real == 0)
        return vm_raise(vm, "ZeroDivisionError", "integer division or modulo by zero");
    return give_delta(vm, call, (Wide)rintl((long double)micros / (long double)other.real));
}

static bool delta_floordiv(Vm *vm, Call *call)
{
    ARGS(call, self, other);
    Wide micros = delta_micros(delta_of(vm, self));
    const Delta *divisor = delta_of(vm, other);
    int64_t number;
    if (divisor) {
        if (delta_micros(divisor) == 0)
            return vm_raise(vm, "ZeroDivisionError", "integer division or modulo by zero");
        return give(call, value_int((int64_t)floor_div(micros, delta_micros(divisor))));
    }
    if (!is_int(other))
        return not_implemented(call);
    if (!to_int(vm, other, &number))
        return false;
    if (number == 0)
        return vm_raise(vm, "ZeroDivisionError", "integer division or modulo by zero");
    return give_delta(vm, call, floor_div(micros, number));
}

static bool delta_mod(Vm *vm, Call *call)
{
    ARGS(call, self, other);
    const Delta *divisor = delta_of(vm, other);
    if (!divisor)
        return not_implemented(call);
    Wide a = delta_micros(delta_of(vm, self)), b = delta_micros(divisor);
    if (b == 0)
        return vm_raise(vm, "ZeroDivisionError", "integer division or modulo by zero");
    return give_delta(vm, call, a - floor_div(a, b) * b);
}

static bool delta_divmod(Vm *vm, Call *call)
{
    if (!delta_floordiv(vm, call) || call->result.tag == TAG_NOT_IMPLEMENTED)
        return call->result.tag == TAG_NOT_IMPLEMENTED;
    Value quotient = call->result;
    vm_push(vm, quotient);
    bool ok = delta_mod(vm, call);
    vm_pop(vm, 1);
    const Value both[] = { quotient, call->result };
    return ok && give(call, call->result.tag == TAG_NOT_IMPLEMENTED ? call->result
                                                                    : make_tuple(vm, both, 2));
}

static bool delta_neg(Vm *vm, Call *call)
{
    return give_delta(vm, call, -delta_micros(delta_of(vm, call->args[0])));
}

static bool delta_pos(Vm *vm, Call *call)
{
    return give_delta(vm, call, delta_micros(delta_of(vm, call->args[0])));
}

static bool delta_abs(Vm *vm, Call *call)
{
    Wide micros = delta_micros(delta_of(vm, call->args[0]));
    return give_delta(vm, call, micros < 0 ? -micros : micros);
}

static bool delta_bool(Vm *vm, Call *call)
{
    return give(call, value_bool(delta_micros(delta_of(vm, call->args[0])) != 0));
}

static bool delta_hash(Vm *vm, Call *call)
{
    Wide micros = delta_micros(delta_of(vm, call->args[0]));
    return give(call, value_int((int64_t)(micros % 2305843009213693951)));
}

/* -1, 0 or 1; *known is false when the other is no timedelta. */
static int delta_order(Vm *vm, Call *call, bool *known)
{
    const Delta *a = delta_of(vm, call->args[0]), *b = delta_of(vm, call->args[1]);
    *known = b != NULL;
    if (!b)
        return 0;
    Wide left = delta_micros(a), right = delta_micros(b);
    return left < right ? -1 : left > right;
}

#define DELTA_COMPARE(name, test)                                                   \
    static bool name(Vm *vm, Call *call)                                                \
    {                                                                                   \
        bool known;                                                                     \
        int order = delta_order(vm, call, &known);                                      \
        return known ? give(call, value_bool(order test 0)) : not_implemented(call); \
    }
DELTA_COMPARE(delta_eq, ==)
DELTA_COMPARE(delta_lt, <)
DELTA_COMPARE(delta_le, <=)
DELTA_COMPARE(delta_gt, >)
DELTA_COMPARE(delta_ge, >=)

static bool delta_str(Vm *vm, Call *call)
{
    const Delta *d = delta_of(vm, call->args[0]);
    Buf out = { 0 };
    if (d->days != 0)
        buf_printf(&out, "%d day%s, ", d->days, d->days == 1 || d->days == -1 ? "" : "s");
    buf_printf(&out, "%d:%02d:%02d", d->seconds / 3600, d->seconds / 60 % 60, d->seconds % 60);
    if (d->micros != 0)
        buf_printf(&out, ".%06d", d->micros);
    Value text = make_str(vm, buf_str(&out));
    buf_free(&out);
    return give(call, text);
}

static bool delta_repr(Vm *vm, Call *call)
{
    const Delta *d = delta_of(vm, call->args[0]);
    Buf out = { 0 };
    const struct {
        const char *name;
        int32_t value;
    } parts[] = { { "days", d->days }, { "seconds", d->seconds }, { "microseconds", d->micros } };
    for (size_t i = 0; i < 3; i++) {
        if (parts[i].value != 0)
            buf_printf(&out, "%s%s=%d", out.len ? ", " : "", parts[i].name, parts[i].value);
    }
    if (out.len == 0)
        buf_putc(&out, '0');
    Value text = make_strf(vm, "datetime.timedelta(%.*s)", STR_ARG(buf_str(&out)));
    buf_free(&out);
    return give(call, text);
}

static bool delta_total_seconds(Vm *vm, Call *call)
{
    Wide micros = delta_micros(delta_of(vm, call->args[0]));
    return give(call, value_float((double)((long double)micros / MICROS_PER_SECOND)));
}

static bool delta_get_days(Vm *vm, Call *call)
{
    return give(call, value_int(delta_of(vm, call->args[0])->days));
}

static bool delta_get_seconds(Vm *vm, Call *call)
{
    return give(call, value_int(delta_of(vm, call->args[0])->seconds));
}

static bool delta_get_micros(Vm *vm, Call *call)
{
    return give(call, value_int(delta_of(vm, call->args[0])->micros));
}

static const NativeRow delta_methods[] = {
    { "__new__(cls, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, "
      "weeks=0)",
      delta_new, NULL },
    { "__add__(self, other, /)", delta_add, NULL },
    { "__radd__(self, other, /)", delta_add, NULL },
    { "__sub__(self, other, /)", delta_sub, NULL },
    { "__rsub__(self, other, /)", delta_rsub, NULL },
    { "__mul__(self, other, /)", delta_mul, NULL },
    { "__rmul__(self, other, /)", delta_mul, NULL },
    { "__truediv__(self, other, /)", delta_truediv, NULL },
    { "__floordiv__(self, other, /)", delta_floordiv, NULL },
    { "__mod__(self, other, /)", delta_mod, NULL },
    { "__divmod__(self, other, /)", delta_divmod, NULL },
    { "__neg__(self, /)", delta_neg, NULL },
    { "__pos__(self, /)", delta_pos, NULL },
    { "__abs__(self, /)", delta_abs, NULL },
    { "__bool__(self, /)", delta_bool, NULL },
    { "__hash__(self, /)", delta_hash, NULL },
    { "__eq__(self, other, /)", delta_eq, NULL },
    { "__lt__(self, other, /)", delta_lt, NULL },
    { "__le__(self, other, /)", delta_le, NULL },
    { "__gt__(self, other, /)", delta_gt, NULL },
    { "__ge__(self, other, /)", delta_ge, NULL },
    { "__str__(self, /)", delta_str, NULL },
    { "__repr__(self, /)", delta_repr, NULL },
    { "total_seconds(self, /)", delta_total_seconds, "Total seconds in the duration." },
};
static const NativeRow delta_getters[] = {
    { "days(self)", delta_get_days, NULL },
    { "seconds(self)", delta_get_seconds, NULL },
    { "microseconds(self)", delta_get_micros, NULL },
};
const NativeClass timedelta_class = {
    .name = "timedelta",
    .module = "datetime",
    .size = sizeof(Delta),
    .methods = delta_methods,
    .method_count = sizeof delta_methods / sizeof *delta_methods,
    .getters = delta_getters,
    .getter_count = sizeof delta_getters / sizeof *delta_getters,
    .doc = "Difference between two datetime values.",
};
