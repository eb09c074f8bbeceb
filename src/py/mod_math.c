/* SPDX-License-Identifier: MIT */
/* math */
#include <errno.h>
#include <math.h>

#include "py/dunders.h"
#include "py/modules_data.h"
#include "py/number.h"
#include "py/obj_number.h"
#include "py/state.h"

static bool to_real(Vm *vm, Value v, double *real)
{
    if (is_number(v))
        return number_real(vm, v, real);
    if (is_str(v))
        return vm_raise(vm, "TypeError", "must be real number, not str");
    return to_float(vm, v, real);
}

static bool domain_error(Vm *vm)
{
    return vm_raise(vm, "ValueError", "math domain error");
}

/* A NaN out of none is a domain error; an infinity out of finite is a range error. */
static bool give_real(Vm *vm, Call *call, double result, bool from_nan, bool from_infinity)
{
    if (isnan(result) && !from_nan)
        return domain_error(vm);
    if (isinf(result) && !from_infinity && !from_nan)
        return vm_raise(vm, "OverflowError", "math range error");
    return give(call, value_float(result));
}

static bool unary(Vm *vm, Call *call, double (*fn)(double), bool pole_is_domain)
{
    double x;
    if (!to_real(vm, call->args[0], &x))
        return false;
    double result = fn(x);
    if (pole_is_domain && isinf(result) && isfinite(x))
        return domain_error(vm);
    return give_real(vm, call, result, isnan(x), isinf(x));
}

/*
 * The library's functions behind functions of our own: an address of libm's would be looked up at
 * every start, and libm's pages read for it.
 */
#define REAL(name)                      \
    static double real_##name(double x) \
    {                                   \
        return name(x);                 \
    }
REAL(log)
REAL(log2)
REAL(log10)
REAL(floor)
REAL(ceil)

#define UNARY(name, pole)                          \
    REAL(name)                                     \
    static bool math_##name(Vm *vm, Call *call)    \
    {                                              \
        return unary(vm, call, real_##name, pole); \
    }

UNARY(sqrt, false)
UNARY(cbrt, false)
UNARY(exp, false)
UNARY(exp2, false)
UNARY(expm1, false)
UNARY(log1p, true)
UNARY(sin, false)
UNARY(cos, false)
UNARY(tan, false)
UNARY(asin, false)
UNARY(acos, false)
UNARY(atan, false)
UNARY(sinh, false)
UNARY(cosh, false)
UNARY(tanh, false)
UNARY(asinh, false)
UNARY(acosh, false)
UNARY(atanh, true)
UNARY(fabs, false)
UNARY(erf, false)
UNARY(erfc, false)

static bool math_gamma(Vm *vm, Call *call)
{
    double x;
    if (!to_real(vm, call->args[0], &x))
        return false;
    if (x == 0 || (x < 0 && floor(x) == x))
        return domain_error(vm);
    return give_real(vm, call, tgamma(x), isnan(x), isinf(x));
}

static bool math_lgamma(Vm *vm, Call *call)
{
    double x;
    if (!to_real(vm, call->args[0], &x))
        return false;
    if (isfinite(x) && x <= 0 && floor(x) == x)
        return domain_error(vm);
    return give_real(vm, call, lgamma(x), isnan(x), isinf(x));
}

static bool math_degrees(Vm *vm, Call *call)
{
    double x;
    return to_real(vm, call->args[0], &x) && give(call, value_float(x * (180.0 / M_PI)));
}

static bool math_radians(Vm *vm, Call *call)
{
    double x;
    return to_real(vm, call->args[0], &x) && give(call, value_float(x * (M_PI / 180.0)));
}

static bool two_reals(Vm *vm, Call *call, double *x, double *y)
{
    return to_real(vm, call->args[0], x) && to_real(vm, call->args[1], y);
}

static bool math_atan2(Vm *vm, Call *call)
{
    double y, x;
    return two_reals(vm, call, &y, &x) && give(call, value_float(atan2(y, x)));
}

static bool math_copysign(Vm *vm, Call *call)
{
    double x, y;
    return two_reals(vm, call, &x, &y) && give(call, value_float(copysign(x, y)));
}

static bool math_nextafter(Vm *vm, Call *call)
{
    double x, y;
    return two_reals(vm, call, &x, &y) && give(call, value_float(nextafter(x, y)));
}

static bool math_ulp(Vm *vm, Call *call)
{
    double x;
    if (!to_real(vm, call->args[0], &x))
        return false;
    x = fabs(x);
    if (!isfinite(x))
        return give(call, value_float(x));
    double above = nextafter(x, INFINITY);
    return give(call, value_float(isinf(above) ? x - nextafter(x, 0) : above - x));
}

static bool math_fmod(Vm *vm, Call *call)
{
    double x, y;
    if (!two_reals(vm, call, &x, &y))
        return false;
    if (isinf(y) && isfinite(x))
        return give(call, value_float(x));
    return give_real(vm, call, fmod(x, y), isnan(x) || isnan(y), false);
}

static bool math_remainder(Vm *vm, Call *call)
{
    double x, y;
    return two_reals(vm, call, &x, &y) &&
           give_real(vm, call, remainder(x, y), isnan(x) || isnan(y), false);
}

static bool math_pow(Vm *vm, Call *call)
{
    double x, y;
    if (!two_reals(vm, call, &x, &y))
        return false;
    if (x == 0 && y < 0)
        return domain_error(vm);
    return give_real(vm, call, pow(x, y), isnan(x) || isnan(y), isinf(x) || isinf(y));
}

static bool math_ldexp(Vm *vm, Call *call)
{
    double x;
    int64_t by;
    if (!to_real(vm, call->args[0], &x) || !to_size(vm, call->args[1], &by))
        return false;
    int shift = by > 10000 ? 10000 : by < -10000 ? -10000 : (int)by;
    return give_real(vm, call, ldexp(x, shift), isnan(x), isinf(x));
}

static bool math_frexp(Vm *vm, Call *call)
{
    double x;
    int exponent = 0;
    if (!to_real(vm, call->args[0], &x))
        return false;
    if (isfinite(x) && x != 0)
        x = frexp(x, &exponent);
    Value pair[2] = { value_float(x), value_int(exponent) };
    return give(call, make_tuple(vm, pair, 2));
}

static bool math_modf(Vm *vm, Call *call)
{
    double x, whole;
    if (!to_real(vm, call->args[0], &x))
        return false;
    double part = modf(x, &whole);
    Value pair[2] = { value_float(part), value_float(whole) };
    return give(call, make_tuple(vm, pair, 2));
}

/* ---- logarithms: of ints of any size ---- */

/* log of a positive number: of its 60 highest bits, and the bits below. */
static bool log_of(Vm *vm, Value v, double (*fn)(double), double *result)
{
    double x;
    if (is_int(v) && int_bit_length(v) > 1000) {
        if (int_sign(v) < 0)
            return domain_error(vm);
        int64_t drop = (int64_t)int_bit_length(v) - 60;
        Value high;
        if (!number_binary(vm, BINARY_RSHIFT, v, value_int(drop), &high))
            return false;
        *result = fn((double)high.integer) + (double)drop * fn(2.0);
        return true;
    }
    if (!to_real(vm, v, &x))
        return false;
    if (x <= 0)
        return domain_error(vm);
    *result = fn(x);
    return true;
}

static bool math_log(Vm *vm, Call *call)
{
    double x, base;
    if (!log_of(vm, call->args[0], real_log, &x))
        return false;
    if (!value_given(call->args[1]))
        return give(call, value_float(x));
    if (!log_of(vm, call->args[1], real_log, &base))
        return false;
    if (base == 0)
        return vm_raise(vm, "ZeroDivisionError", "float division by zero");
    return give(call, value_float(x / base));
}

static bool math_log2(Vm *vm, Call *call)
{
    double x;
    return log_of(vm, call->args[0], real_log2, &x) && give(call, value_float(x));
}

static bool math_log10(Vm *vm, Call *call)
{
    double x;
    return log_of(vm, call->args[0], real_log10, &x) && give(call, value_float(x));
}

/* ---- to integers ---- */

static bool by_method(Vm *vm, Value v, const char *name, Value *result, bool *found)
{
    Value method = special_find(vm, v, str_intern(vm, str_from(name)));
    *found = value_given(method);
    return !*found || special_call(vm, method, v, NULL, 0, result);
}

static bool to_whole(Vm *vm, Call *call, const char *method, double (*fn)(double))
{
    Value v = call->args[0];
    double x;
    bool found;
    if (v.tag == TAG_FLOAT)
        return int_from_real(vm, fn(v.real), &call->result);
    if (!by_method(vm, v, method, &call->result, &found) || found)
        return found;
    return to_real(vm, v, &x) && int_from_real(vm, fn(x), &call->result);
}

static bool math_floor(Vm *vm, Call *call)
{
    return to_whole(vm, call, "__floor__", real_floor);
}

static bool math_ceil(Vm *vm, Call *call)
{
    return to_whole(vm, call, "__ceil__", real_ceil);
}

static bool math_trunc(Vm *vm, Call *call)
{
    bool found;
    Value v = call->args[0];
    if (!by_method(vm, v, "__trunc__", &call->result, &found))
        return false;
    return found ||
           vm_raise(vm, "TypeError", "type %s doesn't define __trunc__ method", type_name(vm, v));
}

static bool math_isnan(Vm *vm, Call *call)
{
    double x;
    return to_real(vm, call->args[0], &x) && give(call, value_bool(isnan(x)));
}

static bool math_isinf(Vm *vm, Call *call)
{
    double x;
    return to_real(vm, call->args[0], &x) && give(call, value_bool(isinf(x)));
}

static bool math_isfinite(Vm *vm, Call *call)
{
    double x;
    return to_real(vm, call->args[0], &x) && give(call, value_bool(isfinite(x)));
}

static bool math_isclose(Vm *vm, Call *call)
{
    double a, b, relative, absolute;
    if (!two_reals(vm, call, &a, &b) || !to_real(vm, call->args[2], &relative) ||
        !to_real(vm, call->args[3], &absolute))
        return false;
    if (relative < 0 || absolute < 0)
        return vm_raise(vm, "ValueError", "tolerances must be non-negative");
    double distance = fabs(a - b);
    bool close = a == b || (isfinite(a) && isfinite(b) &&
                            (distance <= fabs(relative * b) || distance <= fabs(relative * a) ||
                             distance <= absolute));
    return give(call, value_bool(close));
}

/* ---- whole numbers ---- */

static bool to_index(Vm *vm, Value v, Value *number)
{
    *number = v;
    if (is_int(v))
        return true;
    Value method = special_find(vm, v, SYM(vm, __index__));
    if (!value_given(method))
        return vm_raise(vm, "TypeError", "'%s' object cannot be interpreted as an integer",
                        type_name(vm, v));
    return special_call(vm, method, v, NULL, 0, number);
}

static bool gcd_of(Vm *vm, Value a, Value b, Value *result)
{
    mp_int x, y;
    int_to_mp(a, &x);
    int_to_mp(b, &y);
    mp_must(mp_gcd(&x, &y, &x));
    mp_clear(&y);
    *result = int_from_mp(vm, &x);
    return true;
}

static bool math_gcd(Vm *vm, Call *call)
{
    Value all = call->args[0], number;
    call->result = value_int(0);
    for (size_t i = 0; i < tuple_len(all); i++)
        if (!to_index(vm, tuple_get(all, i), &number) ||
            !gcd_of(vm, call->result, number, &call->result))
            return false;
    return true;
}

static bool math_lcm(Vm *vm, Call *call)
{
    Value all = call->args[0], number, shared;
    call->result = value_int(1);
    for (size_t i = 0; i < tuple_len(all); i++) {
        if (!to_index(vm, tuple_get(all, i), &number))
            return false;
        if (int_sign(number) == 0)
            return give(call, value_int(0));
        if (!gcd_of(vm, call->result, number, &shared) ||
            !number_binary(vm, BINARY_FLOOR_DIVIDE, number, shared, &number) ||
            !number_binary(vm, BINARY_MULTIPLY, call->result, number, &call->result) ||
            !number_unary(vm, UNARY_ABS, call->result, &call->result))
            return false;
    }
    return true;
}

static bool math_isqrt(Vm *vm, Call *call)
{
    Value number;
    if (!to_index(vm, call->args[0], &number))
        return false;
    if (int_sign(number) < 0)
        return vm_raise(vm, "ValueError", "isqrt() argument must be nonnegative");
    mp_int x;
    int_to_mp(number, &x);
    mp_must(mp_sqrt(&x, &x));
    return give(call, int_from_mp(vm, &x));
}

static bool to_count(Vm *vm, Value v, const char *what, int64_t *count)
{
    if (!to_size(vm, v, count))
        return false;
    if (*count < 0)
        return vm_raise(vm, "ValueError", "%s", what);
    return *count <= 1000000 || vm_raise(vm, "OverflowError", "argument is too large");
}

/* from * (from + 1) * ... * to */
static bool product_of(Vm *vm, int64_t from, int64_t to, Value *result)
{
    if (from > to) {
        *result = value_int(1);
        return true;
    }
    if (to - from < 8) {
        *result = value_int(from);
        for (int64_t i = from + 1; i <= to; i++)
            if (!number_binary(vm, BINARY_MULTIPLY, *result, value_int(i), result))
                return false;
        return true;
    }
    Value low, high;
    int64_t middle = from + (to - from) / 2;
    return product_of(vm, from, middle, &low) && product_of(vm, middle + 1, to, &high) &&
           number_binary(vm, BINARY_MULTIPLY, low, high, result);
}

static bool math_factorial(Vm *vm, Call *call)
{
    int64_t n;
    if (!is_int(call->args[0]))
        return vm_raise(vm, "TypeError", "'%s' object cannot be interpreted as an integer",
                        type_name(vm, call->args[0]));
    return to_count(vm, call->args[0], "factorial() not defined for negative values", &n) &&
           product_of(vm, 2, n, &call->result);
}

static bool math_perm(Vm *vm, Call *call)
{
    int64_t n, k;
    if (!to_count(vm, call->args[0], "n must be a non-negative integer", &n))
        return false;
    k = n;
    if (!value_is_none(call->args[1]) &&
        !to_count(vm, call->args[1], "k must be a non-negative integer", &k))
        return false;
    if (k > n)
        return give(call, value_int(0));
    return product_of(vm, n - k + 1, n, &call->result);
}

static bool math_comb(Vm *vm, Call *call)
{
    int64_t n, k;
    Value above, below;
    if (!to_count(vm, call->args[0], "n must be a non-negative integer", &n) ||
        !to_count(vm, call->args[1], "k must be a non-negative integer", &k))
        return false;
    if (k > n)
        return give(call, value_int(0));
    if (k > n - k)
        k = n - k;
    return product_of(vm, n - k + 1, n, &above) && product_of(vm, 2, k, &below) &&
           number_binary(vm, BINARY_FLOOR_DIVIDE, above, below, &call->result);
}

/* ---- of many ---- */

static bool math_prod(Vm *vm, Call *call)
{
    ARGS(call, iterable, start);
    Value items, product = start;
    if (!vm_to_list(vm, iterable, &items))
        return false;
    vm_push(vm, items);
    bool ok = true;
    for (size_t i = 0; ok && i < list_len(items); i++) {
        vm_push(vm, product);
        ok = value_binary(vm, "*", product, list_get(items, i), &product);
        vm_pop(vm, 1);
    }
    vm_pop(vm, 1);
    return ok && give(call, product);
}

/* Exact: partial sums that do not overlap (Shewchuk), rounded once at the end. */
typedef VEC(double) Partials;

static void add_exactly(Arena *arena, Partials *partials, double x)
{
    size_t kept = 0;
    for (size_t i = 0; i < partials->len; i++) {
        double y = partials->items[i];
        if (fabs(x) < fabs(y)) {
            double swap = x;
            x = y;
            y = swap;
        }
        volatile double high = x + y, rounded = high - x;
        double low = y - rounded;
        if (low != 0)
            partials->items[kept++] = low;
        x = high;
    }
    partials->len = kept;
    VEC_PUSH(arena, partials, x);
}

static double round_partials(const Partials *partials)
{
    size_t n = partials->len;
    if (n == 0)
        return 0;
    volatile double high = partials->items[--n], low = 0;
    while (n > 0) {
        double x = high, y = partials->items[--n];
        high = x + y;
        low = y - (high - x);
        if (low != 0)
            break;
    }
    if (n > 0 &&
        ((low < 0 && partials->items[n - 1] < 0) || (low > 0 && partials->items[n - 1] > 0))) {
        double y = low * 2;
        volatile double x = high + y;
        if (y == x - high)
            high = x;
    }
    return high;
}

static bool math_fsum(Vm *vm, Call *call)
{
    Value items;
    if (!vm_to_list(vm, call->args[0], &items))
        return false;
    Arena *arena = arena_new(NULL);
    Partials partials = { 0 };
    double special = 0;
    bool ok = true, any = false;
    for (size_t i = 0; ok && i < list_len(items); i++) {
        double x = 0;
        ok = to_real(vm, list_get(items, i), &x);
        if (isfinite(x))
            add_exactly(arena, &partials, x);
        else
            special += x, any = true;
    }
    double sum = any ? special : round_partials(&partials);
    arena_free(arena);
    return ok && give(call, value_float(sum));
}

/* Scaled, so that squares neither overflow nor vanish. */
static double norm_of(const double *parts, size_t count)
{
    double most = 0, sum = 0;
    for (size_t i = 0; i < count; i++) {
        if (isinf(parts[i]))
            return INFINITY;
        most = fmax(most, fabs(parts[i]));
    }
    if (most == 0 || count == 1)
        return most;
    if (count == 2)
        return hypot(parts[0], parts[1]);
    for (size_t i = 0; i < count; i++)
        sum += parts[i] / most * (parts[i] / most);
    return most * sqrt(sum);
}

static bool math_hypot(Vm *vm, Call *call)
{
    Value all = call->args[0];
    size_t count = tuple_len(all);
    double *parts = mem_alloc((count + 1) * sizeof *parts);
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++)
        ok = to_real(vm, tuple_get(all, i), &parts[i]);
    call->result = value_float(ok ? norm_of(parts, count) : 0);
    mem_free(parts);
    return ok;
}

static bool math_dist(Vm *vm, Call *call)
{
    Value p, q;
    if (!vm_to_list(vm, call->args[0], &p) || !vm_to_list(vm, call->args[1], &q))
        return false;
    size_t count = list_len(p);
    if (count != list_len(q))
        return vm_raise(vm, "ValueError", "both points must have the same number of dimensions");
    double *parts = mem_alloc((count + 1) * sizeof *parts);
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++) {
        double x = 0, y = 0;
        ok = to_real(vm, list_get(p, i), &x) && to_real(vm, list_get(q, i), &y);
        parts[i] = x - y;
    }
    call->result = value_float(ok ? norm_of(parts, count) : 0);
    mem_free(parts);
    return ok;
}

/* clang-format off */
#define ROW(name, doc) { #name "(x, /)", math_##name, doc }
/* clang-format on */

static const NativeRow math_functions[] = {
    ROW(sqrt, "Return the square root of x."),
    ROW(cbrt, "Return the cube root of x."),
    ROW(exp, "Return e raised to the power of x."),
    ROW(exp2, "Return 2 raised to the power of x."),
    ROW(expm1, "Return exp(x)-1."),
    ROW(log1p, "Return the natural logarithm of 1+x."),
    ROW(sin, "Return the sine of x."),
    ROW(cos, "Return the cosine of x."),
    ROW(tan, "Return the tangent of x."),
    ROW(asin, "Return the arc sine of x."),
    ROW(acos, "Return the arc cosine of x."),
    ROW(atan, "Return the arc tangent of x."),
    ROW(sinh, "Return the hyperbolic sine of x."),
    ROW(cosh, "Return the hyperbolic cosine of x."),
    ROW(tanh, "Return the hyperbolic tangent of x."),
    ROW(asinh, "Return the inverse hyperbolic sine of x."),
    ROW(acosh, "Return the inverse hyperbolic cosine of x."),
    ROW(atanh, "Return the inverse hyperbolic tangent of x."),
    ROW(fabs, "Return the absolute value of the float x."),
    ROW(erf, "Error function at x."),
    ROW(erfc, "Complementary error function at x."),
    ROW(gamma, "Gamma function at x."),
    ROW(lgamma, "Natural logarithm of the absolute value of the Gamma function."),
    ROW(degrees, "Convert angle x from radians to degrees."),
    ROW(radians, "Convert angle x from degrees to radians."),
    ROW(frexp, "Return the mantissa and exponent of x."),
    ROW(modf, "Return the fractional and integer parts of x."),
    ROW(floor, "Return the floor of x as an Integral."),
    ROW(ceil, "Return the ceiling of x as an Integral."),
    ROW(trunc, "Truncate x to the nearest Integral toward 0."),
    ROW(isnan, "True if x is a NaN."),
    ROW(isinf, "True if x is an infinity."),
    ROW(isfinite, "True if x is neither an infinity nor a NaN."),
    ROW(factorial, "Find x!."),
    ROW(ulp, "Return the value of the least significant bit of x."),
    { "isqrt(n, /)", math_isqrt, "Return the integer part of the square root." },
    { "log(x, base=..., /)", math_log, "Return the logarithm of x." },
    { "log2(x, /)", math_log2, "Return the base 2 logarithm of x." },
    { "log10(x, /)", math_log10, "Return the base 10 logarithm of x." },
    { "atan2(y, x, /)", math_atan2, "Return the arc tangent of y/x." },
    { "copysign(x, y, /)", math_copysign, "The magnitude of x with the sign of y." },
    { "nextafter(x, y, /)", math_nextafter, "The next float after x towards y." },
    { "fmod(x, y, /)", math_fmod, "Return fmod(x, y)." },
    { "remainder(x, y, /)", math_remainder, "Difference between x and the closest multiple." },
    { "pow(x, y, /)", math_pow, "Return x**y." },
    { "ldexp(x, i, /)", math_ldexp, "Return x * (2**i)." },
    { "isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)", math_isclose, "Are both close in value?" },
    { "gcd(*integers)", math_gcd, "Greatest Common Divisor." },
    { "lcm(*integers)", math_lcm, "Least Common Multiple." },
    { "perm(n, k=None, /)", math_perm, "Ways to choose k items with order." },
    { "comb(n, k, /)", math_comb, "Ways to choose k items without order." },
    { "prod(iterable, /, *, start=1)", math_prod, "The product of all the elements." },
    { "fsum(seq, /)", math_fsum, "An accurate floating point sum." },
    { "hypot(*coordinates)", math_hypot, "Multidimensional Euclidean distance." },
    { "dist(p, q, /)", math_dist, "The Euclidean distance between two points." },
};

static bool math_init(Vm *vm, Value module)
{
    return module_set(vm, module, "pi", value_float(M_PI)) &&
           module_set(vm, module, "e", value_float(M_E)) &&
           module_set(vm, module, "tau", value_float(2 * M_PI)) &&
           module_set(vm, module, "inf", value_float(INFINITY)) &&
           module_set(vm, module, "nan", value_float(NAN));
}

const NativeModule math_module = {
    .name = "math",
    .functions = math_functions,
    .function_count = sizeof math_functions / sizeof *math_functions,
    .init = math_init,
};
