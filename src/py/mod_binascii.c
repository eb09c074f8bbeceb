/* SPDX-License-Identifier: MIT */
/* binascii, and with it the core of base64. */
#include "base/buf.h"
#include "py/modules_data.h"

static const char base64_digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static bool to_data(Vm *vm, Value v, Str *data)
{
    if (!is_bytes(v))
        return vm_raise(vm, "TypeError", "a bytes-like object is required, not '%s'",
                        type_name(vm, v));
    return to_bytes(vm, v, data);
}

/* Decoders take ASCII text as well. */
static bool to_data_or_text(Vm *vm, Value v, Str *data)
{
    if (!is_str(v))
        return to_data(vm, v, data);
    if (!to_str(vm, v, data))
        return false;
    for (size_t i = 0; i < data->len; i++)
        if ((unsigned char)data->ptr[i] > 127)
            return vm_raise(vm, "ValueError",
                            "string argument should contain only ASCII characters");
    return true;
}

static bool give_bytes(Vm *vm, Call *call, Buf *out)
{
    call->result = make_bytes(vm, buf_str(out));
    buf_free(out);
    return true;
}

static bool raise_error(Vm *vm, const char *text)
{
    Value module, error, message = make_strz(vm, text), exception;
    return vm_import(vm, STR("binascii"), &module) && vm_getattr(vm, module, "Error", &error) &&
           vm_call(vm, error, &message, 1, &exception) && vm_raise_value(vm, exception);
}

/* ---- hexadecimal ---- */

static bool binascii_hexlify(Vm *vm, Call *call)
{
    ARGS(call, data, sep, bytes_per_sep);
    return vm_call_method(vm, data, "hex",
                          value_given(sep) ? (Value[]){ sep, bytes_per_sep } : NULL,
                          value_given(sep) ? 2 : 0, &call->result) &&
           vm_call_method(vm, call->result, "encode", NULL, 0, &call->result);
}

static bool binascii_unhexlify(Vm *vm, Call *call)
{
    Str text;
    if (!to_data_or_text(vm, call->args[0], &text))
        return false;
    if (text.len % 2)
        return raise_error(vm, "Odd-length string");
    Buf out = { 0 };
    for (size_t i = 0; i < text.len; i += 2) {
        int high = char_hex(text.ptr[i]), low = char_hex(text.ptr[i + 1]);
        if (high < 0 || low < 0) {
            buf_free(&out);
            return raise_error(vm, "Non-hexadecimal digit found");
        }
        buf_putc(&out, (char)(high * 16 + low));
    }
    return give_bytes(vm, call, &out);
}

/* ---- base64 ---- */

static bool binascii_b2a_base64(Vm *vm, Call *call)
{
    Str data;
    bool newline;
    if (!to_data(vm, call->args[0], &data) || !to_truth(vm, call->args[1], &newline))
        return false;
    Buf out = { 0 };
    for (size_t i = 0; i < data.len; i += 3) {
        uint32_t bits = 0;
        size_t count = data.len - i < 3 ? data.len - i : 3;
        for (size_t k = 0; k < 3; k++)
            bits = bits << 8 | (k < count ? (unsigned char)data.ptr[i + k] : 0);
        for (size_t k = 0; k < 4; k++)
            buf_putc(&out, k <= count ? base64_digits[bits >> (18 - 6 * k) & 63] : '=');
    }
    if (newline)
        buf_putc(&out, '\n');
    return give_bytes(vm, call, &out);
}

static int base64_value(char c)
{
    const char *at = c ? strchr(base64_digits, c) : NULL;
    return at ? (int)(at - base64_digits) : -1;
}

static bool decode_base64(Vm *vm, Str text, Buf *out)
{
    uint32_t bits = 0;
    size_t digits = 0, pads = 0;
    for (size_t i = 0; i < text.len; i++) {
        int value = base64_value(text.ptr[i]);
        if (text.ptr[i] == '=' && digits % 4 >= 2 && ++pads + digits % 4 >= 4)
            return true;
        if (value < 0)
            continue;
        pads = 0;
        bits = bits << 6 | (uint32_t)value;
        digits++;
        size_t place = digits % 4;
        if (place != 1)
            buf_putc(out, (char)(bits >> (place == 2 ? 4 : place == 3 ? 2 : 0) & 0xFF));
    }
    if (digits % 4 == 1) {
        Buf text_out = { 0 };
        buf_printf(&text_out,
                   "Invalid base64-encoded string: number of data characters (%zu) cannot be 1 "
                   "more than a multiple of 4",
                   digits);
        raise_error(vm, text_out.ptr);
        buf_free(&text_out);
        return false;
    }
    return digits % 4 == 0 || raise_error(vm, "Incorrect padding");
}

static bool check_strict(Vm *vm, Str text)
{
    size_t pads = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '=')
            pads++;
        else if (base64_value(text.ptr[i]) < 0)
            return raise_error(vm, "Only base64 data is allowed");
        else if (pads)
            return raise_error(vm, "Discontinuous padding not allowed");
    }
    return pads <= 2 || raise_error(vm, "Excess data after padding");
}

static bool binascii_a2b_base64(Vm *vm, Call *call)
{
    Str text;
    bool strict;
    if (!to_data_or_text(vm, call->args[0], &text) || !to_truth(vm, call->args[1], &strict) ||
        (strict && !check_strict(vm, text)))
        return false;
    Buf out = { 0 };
    if (decode_base64(vm, text, &out))
        return give_bytes(vm, call, &out);
    buf_free(&out);
    return false;
}

/* ---- checksums ---- */

static bool binascii_crc32(Vm *vm, Call *call)
{
    Str data;
    int64_t start;
    if (!to_data(vm, call->args[0], &data) || !to_int(vm, call->args[1], &start))
        return false;
    uint32_t crc = ~(uint32_t)start;
    for (size_t i = 0; i < data.len; i++) {
        crc ^= (unsigned char)data.ptr[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
    }
    return give(call, value_int(~crc));
}

static const NativeRow binascii_functions[] = {
    { "hexlify(data, sep=..., bytes_per_sep=1)", binascii_hexlify, "Hexadecimal of bytes." },
    { "b2a_hex(data, sep=..., bytes_per_sep=1)", binascii_hexlify, "Hexadecimal of bytes." },
    { "unhexlify(hexstr, /)", binascii_unhexlify, "Bytes of hexadecimal." },
    { "a2b_hex(hexstr, /)", binascii_unhexlify, "Bytes of hexadecimal." },
    { "b2a_base64(data, /, *, newline=True)", binascii_b2a_base64, "Base64 of bytes." },
    { "a2b_base64(data, /, *, strict_mode=False)", binascii_a2b_base64, "Bytes of base64." },
    { "crc32(data, crc=0, /)", binascii_crc32, "CRC-32 checksum of bytes." },
};

const NativeModule binascii_module = {
    .name = "_binascii",
    .functions = binascii_functions,
    .function_count = sizeof binascii_functions / sizeof *binascii_functions,
};
