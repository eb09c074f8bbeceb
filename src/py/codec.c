/* SPDX-License-Identifier: MIT */
#include "py/codec.h"

#include "py/obj_exc.h"
#include "py/text.h"

static const struct {
    const char *name;
    Encoding encoding;
} encodings[] = {
    { "utf8", ENCODING_UTF8 },     { "u8", ENCODING_UTF8 },
    { "utf", ENCODING_UTF8 },      { "cp65001", ENCODING_UTF8 },
    { "utf8ucs2", ENCODING_UTF8 }, { "utf8sig", ENCODING_UTF8_SIG },
    { "latin1", ENCODING_LATIN1 }, { "iso88591", ENCODING_LATIN1 },
    { "latin", ENCODING_LATIN1 },  { "l1", ENCODING_LATIN1 },
    { "8859", ENCODING_LATIN1 },   { "cp819", ENCODING_LATIN1 },
    { "ascii", ENCODING_ASCII },   { "usascii", ENCODING_ASCII },
    { "646", ENCODING_ASCII },
};

static const char *const encoding_names[] = { "utf-8", "utf-8", "latin-1", "ascii" };

bool encoding_find(Vm *vm, Str name, Encoding *encoding)
{
    Buf key = { 0 };
    for (size_t i = 0; i < name.len; i++)
        if (char_is_alnum(name.ptr[i]))
            buf_putc(&key, char_lower(name.ptr[i]));
    bool found = false;
    for (size_t i = 0; !found && i < sizeof encodings / sizeof *encodings; i++) {
        found = str_is(buf_str(&key), encodings[i].name);
        if (found)
            *encoding = encodings[i].encoding;
    }
    buf_free(&key);
    return found || vm_raise(vm, "LookupError", "unknown encoding: %.*s", STR_ARG(name));
}

bool codec_args(Vm *vm, Value encoding, Value errors, Encoding *which, Str *handler)
{
    Str name = STR("utf-8");
    *handler = STR("strict");
    if (value_given(encoding) && !value_is_none(encoding) && !to_str(vm, encoding, &name))
        return false;
    if (value_given(errors) && !value_is_none(errors) && !to_str(vm, errors, handler))
        return false;
    return encoding_find(vm, name, which);
}

/* ---- errors ---- */

/* Adds what UnicodeError carries besides its text. */
static bool raise_unicode(Vm *vm, const char *exception, Encoding encoding, Value object,
                          size_t start, size_t end, const char *reason, Str what)
{
    vm_raise(vm, exception, "'%s' codec can't %.*s: %s", encoding_names[encoding], STR_ARG(what),
             reason);
    Value raised = vm_catch(vm);
    if (is_exception(raised)) {
        exc_set(vm, as_exc(raised), "encoding", make_strz(vm, encoding_names[encoding]));
        exc_set(vm, as_exc(raised), "object", object);
        exc_set(vm, as_exc(raised), "start", value_int((int64_t)start));
        exc_set(vm, as_exc(raised), "end", value_int((int64_t)end));
        exc_set(vm, as_exc(raised), "reason", make_strz(vm, reason));
    }
    return vm_raise_value(vm, raised);
}

static bool unknown_handler(Vm *vm, Str errors)
{
    return vm_raise(vm, "LookupError", "unknown error handler name '%.*s'", STR_ARG(errors));
}

/* ---- encoding ---- */

static bool can_encode(uint32_t code, Encoding encoding)
{
    if (encoding == ENCODING_ASCII)
        return code < 128;
    if (encoding == ENCODING_LATIN1)
        return code < 256;
    return code < 0xD800 || code > 0xDFFF;
}

static const char *encode_reason(Encoding encoding)
{
    return encoding == ENCODING_ASCII    ? "ordinal not in range(128)"
           : encoding == ENCODING_LATIN1 ? "ordinal not in range(256)"
                                         : "surrogates not allowed";
}

/* [at, end) are the code points in a row that cannot be encoded, from..to their bytes. */
static bool encode_failed(Vm *vm, Str text, Encoding encoding, size_t from, size_t to)
{
    size_t start = utf8_count(str_slice(text, 0, from));
    size_t count = utf8_count(str_slice(text, from, to));
    Buf what = { 0 };
    if (count == 1) {
        Buf shown = { 0 };
        text_put_ascii(&shown, str_slice(text, from, to));
        buf_printf(&what, "encode character '%.*s' in position %zu", STR_ARG(buf_str(&shown)),
                   start);
        buf_free(&shown);
    } else {
        buf_printf(&what, "encode characters in position %zu-%zu", start, start + count - 1);
    }
    raise_unicode(vm, "UnicodeEncodeError", encoding, make_str(vm, text), start, start + count,
                  encode_reason(encoding), buf_str(&what));
    buf_free(&what);
    return false;
}

/* What stands for a code point that cannot be encoded. */
static bool encode_replacement(Vm *vm, uint32_t code, Encoding encoding, Str errors, Buf *out)
{
    char bytes[4];
    if (str_is(errors, "ignore"))
        return true;
    if (str_is(errors, "replace")) {
        buf_putc(out, '?');
    } else if (str_is(errors, "backslashreplace")) {
        text_put_ascii(out, (Str){ bytes, utf8_put(bytes, code) });
    } else if (str_is(errors, "xmlcharrefreplace")) {
        buf_printf(out, "&#%u;", (unsigned)code);
    } else if (str_is(errors, "surrogateescape") && code >= 0xDC80 && code <= 0xDCFF) {
        buf_putc(out, (char)(code - 0xDC00));
    } else if (str_is(errors, "surrogatepass") && encoding <= ENCODING_UTF8_SIG) {
        buf_put_code_point(out, code);
    } else {
        return unknown_handler(vm, errors);
    }
    return true;
}

bool codec_encode(Vm *vm, Str text, Encoding encoding, Str errors, Buf *out)
{
    if (encoding == ENCODING_UTF8_SIG)
        buf_puts(out, "\xEF\xBB\xBF");
    bool strict = str_is(errors, "strict");
    for (size_t at = 0; at < text.len;) {
        size_t from = at, to;
        uint32_t code = utf8_next(text, &at);
        if (can_encode(code, encoding)) {
            if (encoding == ENCODING_LATIN1)
                buf_putc(out, (char)code);
            else
                buf_put(out, str_slice(text, from, at));
            continue;
        }
        bool escapable = str_is(errors, "surrogateescape") && code >= 0xDC80 && code <= 0xDCFF;
        if (strict || (str_is(errors, "surrogateescape") && !escapable)) {
            for (to = at; at < text.len && !can_encode(utf8_next(text, &at), encoding);)
                to = at;
            return encode_failed(vm, text, encoding, from, to);
        }
        if (!encode_replacement(vm, code, encoding, errors, out))
            return false;
    }
    return true;
}

/* ---- decoding ---- */

/* The bytes of a sequence that begins with `c`; 0 when none can. */
static size_t sequence_length(unsigned char c)
{
    return c < 0x80 ? 1 : c < 0xC2 ? 0 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : c < 0xF5 ? 4 : 0;
}

static bool second_fits(unsigned char first, unsigned char second)
{
    switch (first) {
    case 0xE0:
        return second >= 0xA0 && second <= 0xBF;
    case 0xED:
        return second >= 0x80 && second <= 0x9F;
    case 0xF0:
        return second >= 0x90 && second <= 0xBF;
    case 0xF4:
        return second >= 0x80 && second <= 0x8F;
    default:
        return (second & 0xC0) == 0x80;
    }
}

/* How many bytes at `at` are well formed (0: none), else how many are bad, and why. */
static size_t check_sequence(Str data, size_t at, size_t *bad, const char **reason)
{
    const unsigned char *bytes = (const unsigned char *)data.ptr + at;
    size_t left = data.len - at, wanted = sequence_length(bytes[0]);
    *bad = 1;
    *reason = "invalid start byte";
    if (wanted <= 1)
        return wanted;
    for (size_t i = 1; i < wanted; i++) {
        *bad = i;
        if (i >= left) {
            *reason = "unexpected end of data";
            return 0;
        }
        *reason = "invalid continuation byte";
        if (i == 1 ? !second_fits(bytes[0], bytes[1]) : (bytes[i] & 0xC0) != 0x80)
            return 0;
    }
    return wanted;
}

static bool decode_failed(Vm *vm, Str data, Encoding encoding, size_t at, size_t count,
                          const char *reason)
{
    Buf what = { 0 };
    if (count == 1)
        buf_printf(&what, "decode byte 0x%02x in position %zu", (unsigned char)data.ptr[at], at);
    else
        buf_printf(&what, "decode bytes in position %zu-%zu", at, at + count - 1);
    raise_unicode(vm, "UnicodeDecodeError", encoding, make_bytes(vm, data), at, at + count, reason,
                  buf_str(&what));
    buf_free(&what);
    return false;
}

static bool decode_replacement(Vm *vm, Str bytes, Str errors, Buf *out)
{
    if (str_is(errors, "ignore"))
        return true;
    if (str_is(errors, "replace")) {
        buf_put_code_point(out, 0xFFFD);
        return true;
    }
    bool escape = str_is(errors, "surrogateescape");
    if (!escape && !str_is(errors, "backslashreplace"))
        return unknown_handler(vm, errors);
    for (size_t i = 0; i < bytes.len; i++) {
        unsigned char c = (unsigned char)bytes.ptr[i];
        if (escape)
            buf_put_code_point(out, 0xDC00u + c);
        else
            buf_printf(out, "\\x%02x", c);
    }
    return true;
}

static bool decode_utf8(Vm *vm, Str data, Encoding encoding, Str errors, Buf *out)
{
    for (size_t at = 0; at < data.len;) {
        size_t bad, good;
        const char *reason;
        size_t from = at;
        while (at < data.len && (good = check_sequence(data, at, &bad, &reason)) > 0)
            at += good;
        buf_put(out, str_slice(data, from, at));
        if (at == data.len)
            break;
        if (str_is(errors, "strict"))
            return decode_failed(vm, data, encoding, at, bad, reason);
        if (!decode_replacement(vm, str_slice(data, at, at + bad), errors, out))
            return false;
        at += bad;
    }
    return true;
}

static bool decode_ascii(Vm *vm, Str data, Str errors, Buf *out)
{
    for (size_t at = 0; at < data.len; at++) {
        if ((unsigned char)data.ptr[at] < 128)
            buf_putc(out, data.ptr[at]);
        else if (str_is(errors, "strict"))
            return decode_failed(vm, data, ENCODING_ASCII, at, 1, "ordinal not in range(128)");
        else if (!decode_replacement(vm, str_slice(data, at, at + 1), errors, out))
            return false;
    }
    return true;
}

bool codec_decode(Vm *vm, Str data, Encoding encoding, Str errors, Buf *out)
{
    if (encoding == ENCODING_LATIN1) {
        for (size_t i = 0; i < data.len; i++)
            buf_put_code_point(out, (unsigned char)data.ptr[i]);
        return true;
    }
    if (encoding == ENCODING_ASCII)
        return decode_ascii(vm, data, errors, out);
    if (encoding == ENCODING_UTF8_SIG && str_starts(data, STR("\xEF\xBB\xBF")))
        data = str_from_offset(data, 3);
    return decode_utf8(vm, data, encoding, errors, out);
}
