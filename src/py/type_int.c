/* SPDX-License-Identifier: MIT */
/* The methods of int and bool. */
#include "py/builtin_classes.h"
#include "py/dunders.h"
#include "py/format.h"
#include "py/number.h"
#include "py/obj_number.h"
#include "py/real.h"
#include "py/state.h"
#include "py/text.h"

enum { DIGITS_MOST = 4300 };

/* ---- text ---- */

static bool too_many_digits(Vm *vm)
{
    return vm_raise(vm, "ValueError",
                    "Exceeds the limit (%d digits) for integer string conversion; use "
                    "sys.set_int_max_str_digits() to increase the limit",
                    DIGITS_MOST);
}

static void put_small(Buf *out, int64_t number, unsigned base)
{
    char digits[66];
    size_t at = sizeof digits;
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do {
        digits[--at] = "0123456789abcdefghijklmnopqrstuvwxyz"[rest % base];
        rest /= base;
    } while (rest);
    if (number < 0)
        digits[--at] = '-';
    buf_put(out, (Str){ digits + at, sizeof digits - at });
}

bool int_put(Vm *vm, Value v, unsigned base, Buf *out)
{
    int64_t number;
    if (int_small(v, &number)) {
        put_small(out, number, base);
        return true;
    }
    const mp_int *big = &((IntObj *)v.object)->big;
    bool decimal = (base & (base - 1)) != 0;
    if (decimal && mp_count_bits(big) > DIGITS_MOST * 10 / 3)
        return too_many_digits(vm);
    int size;
    mp_must(mp_radix_size(big, (int)base, &size));
    char *digits = mem_alloc((size_t)size + 2);
    size_t written;
    mp_must(mp_to_radix(big, digits, (size_t)size + 2, &written, (int)base));
    Str text = str_from(digits);
    bool ok = !decimal || text.len - (text.ptr[0] == '-') <= DIGITS_MOST;
    for (size_t i = 0; i < text.len; i++)
        digits[i] = char_lower(digits[i]);
    if (ok)
        buf_put(out, text);
    mem_free(digits);
    return ok || too_many_digits(vm);
}

static int digit_of(char c)
{
    if (char_is_digit(c))
        return c - '0';
    return char_is_alpha(c) ? char_lower(c) - 'a' + 10 : 99;
}

/* "0x", "0o", "0b" for base 0 or the base they stand for. */
static unsigned take_prefix(Str *text, unsigned base)
{
    unsigned named = 0;
    if (text->len > 1 && text->ptr[0] == '0') {
        char c = char_lower(text->ptr[1]);
        named = c == 'x' ? 16 : c == 'o' ? 8 : c == 'b' ? 2 : 0;
    }
    if (named && (base == 0 || base == named)) {
        *text = str_from_offset(*text, 2);
        if (text->len && text->ptr[0] == '_')
            *text = str_from_offset(*text, 1);
        return named;
    }
    return base;
}

/* Digits of the base with single underscores between; only the digits go to `out`. */
static bool take_digits(Str text, unsigned base, Buf *out)
{
    char last = '_';
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '_') {
            if (last == '_')
                return false;
        } else if (digit_of(c) >= (int)base) {
            return false;
        } else {
            buf_putc(out, c);
        }
        last = c;
    }
    return last != '_';
}

static bool digits_to_int(Vm *vm, Str digits, unsigned base, bool negative, Value *result)
{
    int64_t number = 0;
    bool fits = true;
    for (size_t i = 0; fits && i < digits.len; i++)
        fits = !__builtin_mul_overflow(number, (int64_t)base, &number) &&
               !__builtin_add_overflow(number, (int64_t)digit_of(digits.ptr[i]), &number);
    if (fits) {
        *result = value_int(negative ? -number : number);
        return true;
    }
    if (digits.len > DIGITS_MOST && (base & (base - 1)))
        return vm_raise(vm, "ValueError",
                        "Exceeds the limit (%d digits) for integer string conversion: value has "
                        "%zu digits; use sys.set_int_max_str_digits() to increase the limit",
                        DIGITS_MOST, digits.len);
    mp_int big;
    mp_must(mp_init(&big));
    mp_must(mp_read_radix(&big, digits.ptr, (int)base));
    if (negative)
        mp_must(mp_neg(&big, &big));
    *result = int_from_mp(vm, &big);
    return true;
}

/* Of base 0: a leading zero is for zero only. */
static bool is_odd_zero(Str text)
{
    for (size_t i = 1; text.len && text.ptr[0] == '0' && i < text.len; i++)
        if (text.ptr[i] != '0' && text.ptr[i] != '_')
            return true;
    return false;
}

bool int_parse(Vm *vm, Str source, unsigned base, Value *result, bool *valid)
{
    Buf clean = { 0 }, digits = { 0 };
    text_put_number(&clean, source);
    Str text = buf_str(&clean);
    bool negative = text.len && text.ptr[0] == '-', ok = true;
    if (text.len && (negative || text.ptr[0] == '+'))
        text = str_from_offset(text, 1);
    unsigned used = take_prefix(&text, base);
    *valid = used != 0 || !is_odd_zero(text);
    if (used == 0)
        used = 10;
    *valid = *valid && take_digits(text, used, &digits);
    if (*valid)
        ok = digits_to_int(vm, buf_str(&digits), used, negative, result);
    buf_free(&clean);
    buf_free(&digits);
    return ok;
}

/* ---- making ---- */

static bool bad_literal(Vm *vm, Value text, int64_t base)
{
    Value repr;
    Str shown;
    return vm_repr(vm, text, &repr) && to_str(vm, repr, &shown) &&
           vm_raise(vm, "ValueError", "invalid literal for int() with base %d: %.*s", (int)base,
                    STR_ARG(str_slice(shown, 0, 200)));
}

static bool from_text(Vm *vm, Value v, int64_t base, Value *result)
{
    Str text = value_is(v, OBJ_STR) ? str_text(as_str(v)) : bytes_text(as_bytes(v));
    bool valid;
    if (!int_parse(vm, text, (unsigned)base, result, &valid))
        return false;
    return valid || bad_literal(vm, v, base);
}

static bool from_special(Vm *vm, Value v, StrObj *name, Value *result, bool *found)
{
    Value method = special_find(vm, v, name);
    *found = value_given(method);
    if (!*found)
        return true;
    if (!special_call(vm, method, v, NULL, 0, result))
        return false;
    return is_int(*result) || vm_raise(vm, "TypeError", "%s returned non-int (type %s)", name->text,
                                       type_name(vm, *result));
}

/* int(v): numbers, text, __int__, __index__. */
static bool int_of(Vm *vm, Value v, Value *result)
{
    double real;
    bool found;
    if (v.tag != TAG_OBJECT && is_int(v)) {
        *result = int_plain(vm, v);
        return true;
    }
    if (v.tag == TAG_FLOAT && float_real(v, &real))
        return int_from_real(vm, real, result);
    if (value_is(v, OBJ_STR) || value_is(v, OBJ_BYTES))
        return from_text(vm, v, 10, result);
    if (!from_special(vm, v, SYM(vm, __int__), result, &found))
        return false;
    if (!found && !from_special(vm, v, SYM(vm, __index__), result, &found))
        return false;
    if (found) {
        *result = int_plain(vm, *result);
        return true;
    }
    return vm_raise(vm, "TypeError",
                    "int() argument must be a string, a bytes-like object or a real number, "
                    "not '%s'",
                    type_name(vm, v));
}

static bool int_with_base(Vm *vm, Value v, Value base, Value *result)
{
    int64_t number;
    if (!value_given(v))
        return vm_raise(vm, "TypeError", "int() missing string argument");
    if (!to_size(vm, base, &number))
        return false;
    if (number != 0 && (number < 2 || number > 36))
        return vm_raise(vm, "ValueError", "int() base must be >= 2 and <= 36, or 0");
    if (!value_is(v, OBJ_STR) && !value_is(v, OBJ_BYTES))
        return vm_raise(vm, "TypeError", "int() can't convert non-string with explicit base");
    return from_text(vm, v, number, result);
}

static bool int_new(Vm *vm, Call *call)
{
    ARGS(call, cls, x, base);
    Class *made;
    Value number = value_int(0);
    if (!to_new_class(vm, cls, &int_class, &made))
        return false;
    if (value_given(base) ? !int_with_base(vm, x, base, &number)
                          : value_given(x) && !int_of(vm, x, &number))
        return false;
    return give(call, made == builtin_class(vm, CLASS_INT) ? number : int_new_of(vm, made, number));
}

static bool bool_new(Vm *vm, Call *call)
{
    ARGS(call, cls, x);
    Class *made;
    bool truth;
    if (!to_new_class(vm, cls, &bool_class, &made) || !to_truth(vm, x, &truth))
        return false;
    return give(call, value_bool(truth));
}

/* ---- methods ---- */

static bool int_self(Vm *vm, Call *call)
{
    return give(call, int_plain(vm, call->args[0]));
}

static bool int_float(Vm *vm, Call *call)
{
    double real;
    return number_real(vm, call->args[0], &real) && give(call, value_float(real));
}

static bool int_bits(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, value_int((int64_t)int_bit_length(call->args[0])));
}

static bool int_bit_count(Vm *vm, Call *call)
{
    int64_t number, count = 0;
    if (int_small(call->args[0], &number)) {
        uint64_t size = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
        return give(call, value_int(__builtin_popcountll(size)));
    }
    Buf digits = { 0 };
    if (!int_put(vm, call->args[0], 2, &digits))
        return false;
    for (size_t i = 0; i < digits.len; i++)
        count += digits.ptr[i] == '1';
    buf_free(&digits);
    return give(call, value_int(count));
}

static bool int_pow(Vm *vm, Call *call)
{
    ARGS(call, self, value, mod);
    if (!is_int(value) || !(value_is_none(mod) || is_int(mod)))
        return give(call, value_not_implemented());
    if (value_is_none(mod))
        return number_binary(vm, BINARY_POWER, self, value, &call->result);
    return number_power_modulo(vm, self, value, mod, &call->result);
}

bool dunder_divmod(Vm *vm, Call *call)
{
    if (!is_number(call->args[1]))
        return give(call, value_not_implemented());
    return number_divmod(vm, call->args[0], call->args[1], &call->result);
}

bool dunder_rdivmod(Vm *vm, Call *call)
{
    if (!is_number(call->args[1]))
        return give(call, value_not_implemented());
    return number_divmod(vm, call->args[1], call->args[0], &call->result);
}

/* To a multiple of 10**digits, half to even. */
static bool round_to_power(Vm *vm, Value number, int64_t digits, Value *result)
{
    if ((uint64_t)digits > int_bit_length(number) / 3 + 2)
        return *result = value_int(0), true;
    Value unit, pair, twice, rest, quotient, above, same;
    if (!number_binary(vm, BINARY_POWER, value_int(10), value_int(digits), &unit) ||
        !number_divmod(vm, number, unit, &pair))
        return false;
    quotient = tuple_get(pair, 0);
    rest = tuple_get(pair, 1);
    if (!number_binary(vm, BINARY_MULTIPLY, rest, value_int(2), &twice) ||
        !number_compare(COMPARE_GT, twice, unit, &above) ||
        !number_compare(COMPARE_EQ, twice, unit, &same) ||
        !number_binary(vm, BINARY_AND, quotient, value_int(1), &rest))
        return false;
    if ((above.truth || (same.truth && int_sign(rest))) &&
        !number_binary(vm, BINARY_ADD, quotient, value_int(1), &quotient))
        return false;
    return number_binary(vm, BINARY_MULTIPLY, quotient, unit, result);
}

static bool int_round(Vm *vm, Call *call)
{
    ARGS(call, self, ndigits);
    int64_t digits = 0;
    if (!value_is_none(ndigits) && !to_size(vm, ndigits, &digits))
        return false;
    if (digits >= 0)
        return give(call, int_plain(vm, self));
    return round_to_power(vm, self, -digits, &call->result);
}

static bool to_byte_order(Vm *vm, Value v, bool *big)
{
    Str order;
    if (!to_str(vm, v, &order))
        return false;
    *big = str_is(order, "big");
    return *big || str_is(order, "little") ||
           vm_raise(vm, "ValueError", "byteorder must be either 'little' or 'big'");
}

static void reverse(char *bytes, size_t len)
{
    for (size_t i = 0; i < len / 2; i++) {
        char c = bytes[i];
        bytes[i] = bytes[len - 1 - i];
        bytes[len - 1 - i] = c;
    }
}

/* Two's complement, most significant byte first; `len` bytes are known to suffice. */
static void write_bytes(const mp_int *number, char *bytes, size_t len)
{
    mp_int copy;
    mp_must(mp_init_copy(&copy, number));
    if (copy.sign == MP_NEG) {
        mp_int power;
        mp_must(mp_init(&power));
        mp_must(mp_2expt(&power, (int)(len * 8)));
        mp_must(mp_add(&copy, &power, &copy));
        mp_clear(&power);
    }
    size_t size = mp_ubin_size(&copy), written;
    memset(bytes, 0, len);
    if (size)
        mp_must(mp_to_ubin(&copy, (unsigned char *)bytes + (len - size), size, &written));
    mp_clear(&copy);
}

static bool int_to_bytes(Vm *vm, Call *call)
{
    ARGS(call, self, length, byteorder);
    int64_t len;
    bool big, with_sign;
    if (!to_size(vm, length, &len) || !to_byte_order(vm, byteorder, &big) ||
        !to_truth(vm, call->args[3], &with_sign))
        return false;
    if (len < 0)
        return vm_raise(vm, "ValueError", "length argument must be non-negative");
    if (int_sign(self) < 0 && !with_sign)
        return vm_raise(vm, "OverflowError", "can't convert negative int to unsigned");
    mp_int number;
    int_to_mp(self, &number);
    if (number.sign == MP_NEG)
        mp_must(mp_complement(&number, &number));
    size_t bits = (size_t)mp_count_bits(&number) + with_sign;
    if (mp_iszero(&number) && int_sign(self) == 0)
        bits = 0;
    mp_clear(&number);
    if ((uint64_t)len < (bits + 7) / 8)
        return vm_raise(vm, "OverflowError", "int too big to convert");
    if (!heap_may_make(vm, (size_t)len))
        return false;
    BytesObj *made = bytes_new(vm, (size_t)len);
    int_to_mp(self, &number);
    if (len)
        write_bytes(&number, made->data, (size_t)len);
    mp_clear(&number);
    if (!big)
        reverse(made->data, (size_t)len);
    return give(call, value_object(made));
}

/* The bytes of a bytes-like object or of an iterable of ints. */
static bool bytes_of(Vm *vm, Value v, Value *bytes)
{
    Value cls = class_value(builtin_class(vm, CLASS_BYTES));
    if (is_int(v) || is_str(v))
        return vm_raise(vm, "TypeError", "cannot convert '%s' object to bytes", type_name(vm, v));
    return is_bytes(v) ? (*bytes = v, true) : vm_call(vm, cls, &v, 1, bytes);
}

static bool int_from_bytes(Vm *vm, Call *call)
{
    ARGS(call, cls, bytes, byteorder);
    bool big, with_sign;
    Value source;
    if (!to_byte_order(vm, byteorder, &big) || !to_truth(vm, call->args[3], &with_sign) ||
        !bytes_of(vm, bytes, &source))
        return false;
    Buf data = { 0 };
    buf_put(&data, bytes_text(as_bytes(source)));
    if (!big)
        reverse(data.ptr ? data.ptr : (char[1]){ 0 }, data.len);
    mp_int number, power;
    mp_must(mp_init_multi(&number, &power, NULL));
    if (data.len)
        mp_must(mp_from_ubin(&number, (const unsigned char *)data.ptr, data.len));
    if (with_sign && data.len && data.ptr[0] & 0x80) {
        mp_must(mp_2expt(&power, (int)(data.len * 8)));
        mp_must(mp_sub(&number, &power, &number));
    }
    mp_clear(&power);
    buf_free(&data);
    Value made = int_from_mp(vm, &number);
    if (as_class(cls) == builtin_class(vm, CLASS_INT))
        return give(call, made);
    return vm_call(vm, cls, &made, 1, &call->result);
}

static bool int_ratio(Vm *vm, Call *call)
{
    Value pair[2] = { int_plain(vm, call->args[0]), value_int(1) };
    return give(call, make_tuple(vm, pair, 2));
}

static bool int_zero(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, value_int(0));
}

static bool int_one(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, value_int(1));
}

static bool int_new_args(Vm *vm, Call *call)
{
    Value number = int_plain(vm, call->args[0]);
    return give(call, make_tuple(vm, &number, 1));
}

static const NativeRow int_methods[] = {
    { "__new__(cls, x=..., /, base=...)", int_new, "Convert a number or string to an integer." },
    { "bit_length(self, /)", int_bits, "Number of bits necessary to represent self in binary." },
    { "bit_count(self, /)", int_bit_count, "Number of ones in the binary representation." },
    { "conjugate(self, /)", int_self, "Returns self." },
    { "as_integer_ratio(self, /)", int_ratio, "Return a pair of integers with this ratio." },
    { "to_bytes(self, /, length=1, byteorder='big', *, signed=False)", int_to_bytes,
      "Return an array of bytes representing an integer." },
    { "__int__(self, /)", int_self, "int(self)" },
    { "__index__(self, /)", int_self, "Return self converted to an integer." },
    { "__trunc__(self, /)", int_self, "Truncating an Integral returns itself." },
    { "__floor__(self, /)", int_self, "Flooring an Integral returns itself." },
    { "__ceil__(self, /)", int_self, "Ceiling of an Integral returns itself." },
    { "__float__(self, /)", int_float, "float(self)" },
    { "__round__(self, ndigits=None, /)", int_round, "Rounding an Integral." },
    { "__pow__(self, value, mod=None, /)", int_pow, "Return pow(self, value, mod)." },
    { "__divmod__(self, value, /)", dunder_divmod, "Return divmod(self, value)." },
    { "__rdivmod__(self, value, /)", dunder_rdivmod, "Return divmod(value, self)." },
    { "__getnewargs__(self, /)", int_new_args, NULL },
    { "__format__(self, format_spec, /)", dunder_format, "Default object formatter." },
    DUNDER_BOTH(lshift, "<<"),
    DUNDER_BOTH(rshift, ">>"),
    DUNDER(invert, "self, /", "~self"),
    DUNDERS_ARITHMETIC,
    DUNDERS_BITS,
    DUNDERS_ORDER,
    DUNDERS_TEXT,
};

static const NativeRow int_getters[] = {
    { "real(self)", int_self, "the real part of a complex number" },
    { "imag(self)", int_zero, "the imaginary part of a complex number" },
    { "numerator(self)", int_self, "the numerator of a rational number in lowest terms" },
    { "denominator(self)", int_one, "the denominator of a rational number in lowest terms" },
};

static const NativeRow int_statics[] = {
    { "from_bytes(cls, /, bytes, byteorder='big', *, signed=False)", int_from_bytes,
      "Return the integer represented by the given array of bytes." },
};

const NativeClass int_class = {
    .name = "int",
    .module = "builtins",
    .methods = int_methods,
    .method_count = sizeof int_methods / sizeof *int_methods,
    .getters = int_getters,
    .getter_count = sizeof int_getters / sizeof *int_getters,
    .statics = int_statics,
    .static_count = sizeof int_statics / sizeof *int_statics,
    .doc = "int([x]) -> integer\nint(x, base=10) -> integer",
};

static const NativeRow bool_methods[] = {
    { "__new__(cls, x=False, /)", bool_new, "bool(x) -> bool" },
    DUNDERS_BITS,
    DUNDER(repr, "self, /", "Return repr(self)."),
};

const NativeClass bool_class = {
    .name = "bool",
    .module = "builtins",
    .base = &int_class,
    .methods = bool_methods,
    .method_count = sizeof bool_methods / sizeof *bool_methods,
    .doc = "bool(x) -> bool",
};
