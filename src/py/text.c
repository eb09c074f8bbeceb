/* SPDX-License-Identifier: MIT */
#include "py/text.h"

#include <utf8proc.h>

#include "py/text_tables.h"

static utf8proc_category_t category(uint32_t code)
{
    return utf8proc_category((utf8proc_int32_t)code);
}

static bool in_ranges(uint32_t code, const CodeRange *ranges, size_t count)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (code > ranges[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && code >= ranges[low].first;
}

bool code_is_space(uint32_t code)
{
    if (code < 128)
        return (code >= 9 && code <= 13) || (code >= 28 && code <= 32);
    return code == 0x85 || code == 0xA0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200A) ||
           code == 0x2028 || code == 0x2029 || code == 0x202F || code == 0x205F || code == 0x3000;
}

bool code_is_line_end(uint32_t code)
{
    return (code >= 10 && code <= 13) || (code >= 28 && code <= 30) || code == 0x85 ||
           code == 0x2028 || code == 0x2029;
}

bool code_is_alpha(uint32_t code)
{
    if (code < 128)
        return char_is_alpha((char)code);
    utf8proc_category_t c = category(code);
    return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO;
}

bool code_is_decimal(uint32_t code)
{
    return code < 128 ? char_is_digit((char)code) : category(code) == UTF8PROC_CATEGORY_ND;
}

bool code_is_digit(uint32_t code)
{
    return code_is_decimal(code) || in_ranges(code, digit_ranges, digit_range_count);
}

bool code_is_numeric(uint32_t code)
{
    utf8proc_category_t c = category(code);
    return c == UTF8PROC_CATEGORY_ND || c == UTF8PROC_CATEGORY_NL || c == UTF8PROC_CATEGORY_NO ||
           in_ranges(code, numeric_ranges, numeric_range_count);
}

bool code_is_printable(uint32_t code)
{
    if (code < 127)
        return code >= 32;
    switch ((int)category(code)) {
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return false;
    default:
        return true;
    }
}

bool code_is_lower(uint32_t code)
{
    if (code < 128)
        return code >= 'a' && code <= 'z';
    return category(code) == UTF8PROC_CATEGORY_LL ||
           in_ranges(code, lower_ranges, lower_range_count);
}

bool code_is_upper(uint32_t code)
{
    if (code < 128)
        return code >= 'A' && code <= 'Z';
    return category(code) == UTF8PROC_CATEGORY_LU ||
           in_ranges(code, upper_ranges, upper_range_count);
}

bool code_is_title(uint32_t code)
{
    return code >= 128 && category(code) == UTF8PROC_CATEGORY_LT;
}

bool code_is_cased(uint32_t code)
{
    return code_is_lower(code) || code_is_upper(code) || code_is_title(code);
}

bool code_is_identifier_start(uint32_t code)
{
    if (code < 128)
        return char_is_alpha((char)code) || code == '_';
    if (code == 0x1885 || code == 0x1886 || code == 0x2118 || code == 0x212E)
        return true;
    if (code == 0x37A || code == 0xE33 || code == 0xEB3 || code == 0x2E2F ||
        (code >= 0xFC5E && code <= 0xFC63) || code == 0xFDFA || code == 0xFDFB ||
        (code >= 0xFE70 && code <= 0xFE7E && code % 2 == 0) || code == 0xFF9E || code == 0xFF9F)
        return false;
    return code_is_alpha(code) || category(code) == UTF8PROC_CATEGORY_NL;
}

bool code_is_identifier_part(uint32_t code)
{
    if (code < 128)
        return char_is_alnum((char)code) || code == '_';
    utf8proc_category_t c = category(code);
    return code_is_identifier_start(code) || c == UTF8PROC_CATEGORY_MN ||
           c == UTF8PROC_CATEGORY_MC || c == UTF8PROC_CATEGORY_ND || c == UTF8PROC_CATEGORY_PC ||
           code == 0xB7 || code == 0x387 || (code >= 0x1369 && code <= 0x1371) || code == 0x19DA ||
           code == 0xFF9E || code == 0xFF9F;
}

/* Decimal digits stand in rows of ten. */
int code_decimal(uint32_t code)
{
    if (code < 128)
        return char_is_digit((char)code) ? (int)code - '0' : -1;
    if (category(code) != UTF8PROC_CATEGORY_ND)
        return -1;
    uint32_t first = code;
    while (category(first - 1) == UTF8PROC_CATEGORY_ND)
        first--;
    return (int)((code - first) % 10);
}

bool text_is_identifier(Str text)
{
    size_t at = 0;
    if (text.len == 0 || !code_is_identifier_start(utf8_next(text, &at)))
        return false;
    while (at < text.len)
        if (!code_is_identifier_part(utf8_next(text, &at)))
            return false;
    return true;
}

bool text_is_ascii(Str text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] >= 128)
            return false;
    return true;
}

/* ---- case ---- */

static const CaseRow *case_row(uint32_t code)
{
    size_t low = 0, high = case_row_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (case_rows[middle].code < code)
            low = middle + 1;
        else
            high = middle;
    }
    return low < case_row_count && case_rows[low].code == code ? &case_rows[low] : NULL;
}

static void put_upper(Buf *out, uint32_t code)
{
    const CaseRow *row = code < 128 ? NULL : case_row(code);
    if (code < 128)
        buf_putc(out, char_upper((char)code));
    else if (row)
        buf_puts(out, row->upper);
    else
        buf_put_code_point(out, (uint32_t)utf8proc_toupper((utf8proc_int32_t)code));
}

static void put_title(Buf *out, uint32_t code)
{
    const CaseRow *row = code < 128 ? NULL : case_row(code);
    if (code < 128)
        buf_putc(out, char_upper((char)code));
    else if (row)
        buf_puts(out, row->title);
    else
        buf_put_code_point(out, (uint32_t)utf8proc_totitle((utf8proc_int32_t)code));
}

/* Marks and the like, which do not count when the neighbours of a sigma are looked for. */
static bool is_case_ignorable(uint32_t code)
{
    if (code < 128)
        return strchr("'.:^`", (int)code) && code;
    utf8proc_category_t c = category(code);
    return c == UTF8PROC_CATEGORY_MN || c == UTF8PROC_CATEGORY_ME || c == UTF8PROC_CATEGORY_CF ||
           c == UTF8PROC_CATEGORY_LM || c == UTF8PROC_CATEGORY_SK || code == 0xB7 ||
           code == 0x2018 || code == 0x2019 || code == 0x2024 || code == 0x2027;
}

/* `text` ends where the sigma begins, or begins where it ends. */
static bool cased_before(Str text)
{
    size_t end = text.len;
    while (end > 0) {
        size_t at = end - 1;
        while (at > 0 && (text.ptr[at] & 0xC0) == 0x80)
            at--;
        size_t next = at;
        uint32_t code = utf8_next(text, &next);
        if (!is_case_ignorable(code))
            return code_is_cased(code);
        end = at;
    }
    return false;
}

static bool cased_after(Str text)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t code = utf8_next(text, &at);
        if (!is_case_ignorable(code))
            return code_is_cased(code);
    }
    return false;
}

/* The code point of `text` at [from, to). */
static void put_lower(Buf *out, Str text, size_t from, size_t to, uint32_t code)
{
    if (code < 128)
        buf_putc(out, char_lower((char)code));
    else if (code == 0x130)
        buf_puts(out, "i\xCC\x87");
    else if (code == 0x3A3)
        buf_put_code_point(out, cased_before(str_slice(text, 0, from)) &&
                                        !cased_after(str_from_offset(text, to))
                                    ? 0x3C2
                                    : 0x3C3);
    else
        buf_put_code_point(out, (uint32_t)utf8proc_tolower((utf8proc_int32_t)code));
}

void text_lower(Buf *out, Str text)
{
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        uint32_t code = utf8_next(text, &at);
        put_lower(out, text, from, at, code);
    }
}

void text_upper(Buf *out, Str text)
{
    for (size_t at = 0; at < text.len;)
        put_upper(out, utf8_next(text, &at));
}

void text_title(Buf *out, Str text)
{
    bool inside = false;
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        uint32_t code = utf8_next(text, &at);
        if (inside)
            put_lower(out, text, from, at, code);
        else
            put_title(out, code);
        inside = code_is_cased(code);
    }
}

void text_capitalize(Buf *out, Str text)
{
    size_t at = 0;
    if (text.len)
        put_title(out, utf8_next(text, &at));
    while (at < text.len) {
        size_t from = at;
        uint32_t code = utf8_next(text, &at);
        put_lower(out, text, from, at, code);
    }
}

void text_swapcase(Buf *out, Str text)
{
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        uint32_t code = utf8_next(text, &at);
        if (code_is_upper(code))
            put_lower(out, text, from, at, code);
        else if (code_is_lower(code))
            put_upper(out, code);
        else
            buf_put(out, str_slice(text, from, at));
    }
}

void text_casefold(Buf *out, Str text)
{
    for (size_t at = 0; at < text.len;) {
        utf8proc_int32_t folded[8];
        uint32_t code = utf8_next(text, &at);
        int last = 0;
        utf8proc_ssize_t count =
            utf8proc_decompose_char((utf8proc_int32_t)code, folded, 8, UTF8PROC_CASEFOLD, &last);
        for (utf8proc_ssize_t i = 0; i < count && i < 8; i++)
            buf_put_code_point(out, (uint32_t)folded[i]);
    }
}

/* ---- repr ---- */

static char quote_for(Str text)
{
    return str_find_char(text, '\'', 0) >= 0 && str_find_char(text, '"', 0) < 0 ? '"' : '\'';
}

/* The escapes that text and bytes share; false when `code` needs none of them. */
static bool put_escape(Buf *out, uint32_t code, char quote)
{
    if (code == (uint32_t)quote || code == '\\')
        buf_printf(out, "\\%c", (char)code);
    else if (code == '\n')
        buf_puts(out, "\\n");
    else if (code == '\r')
        buf_puts(out, "\\r");
    else if (code == '\t')
        buf_puts(out, "\\t");
    else
        return false;
    return true;
}

static void put_code_escape(Buf *out, uint32_t code)
{
    if (code < 0x100)
        buf_printf(out, "\\x%02x", (unsigned)code);
    else if (code < 0x10000)
        buf_printf(out, "\\u%04x", (unsigned)code);
    else
        buf_printf(out, "\\U%08x", (unsigned)code);
}

void text_put_ascii(Buf *out, Str text)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t code = utf8_next(text, &at);
        if (code < 128)
            buf_putc(out, (char)code);
        else
            put_code_escape(out, code);
    }
}

void text_put_repr(Buf *out, Str text, bool ascii)
{
    char quote = quote_for(text);
    buf_putc(out, quote);
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        uint32_t code = utf8_next(text, &at);
        if (put_escape(out, code, quote))
            continue;
        if (code_is_printable(code) && (!ascii || code < 128))
            buf_put(out, str_slice(text, from, at));
        else
            put_code_escape(out, code);
    }
    buf_putc(out, quote);
}

void bytes_put_repr(Buf *out, Str data)
{
    char quote = quote_for(data);
    buf_putc(out, quote);
    for (size_t i = 0; i < data.len; i++) {
        unsigned char c = (unsigned char)data.ptr[i];
        if (put_escape(out, c, quote))
            continue;
        if (c >= 32 && c < 127)
            buf_putc(out, (char)c);
        else
            buf_printf(out, "\\x%02x", c);
    }
    buf_putc(out, quote);
}

/* ---- numbers and ends ---- */

Str text_strip(Str text, bool left, bool right)
{
    size_t from = 0, to = text.len;
    while (left && from < to) {
        size_t next = from;
        if (!code_is_space(utf8_next(text, &next)))
            break;
        from = next;
    }
    while (right && to > from) {
        size_t at = to - 1;
        while (at > from && (text.ptr[at] & 0xC0) == 0x80)
            at--;
        size_t next = at;
        if (!code_is_space(utf8_next(text, &next)))
            break;
        to = at;
    }
    return str_slice(text, from, to);
}

/* int() and float() cut off C's white space, and that of Unicode beyond ASCII. */
static bool is_number_space(uint32_t code)
{
    return code < 128 ? char_is_space((char)code) : code_is_space(code);
}

void text_put_number(Buf *out, Str text)
{
    size_t kept = out->len;
    bool begun = false;
    for (size_t at = 0; at < text.len;) {
        uint32_t code = utf8_next(text, &at);
        int digit = code_decimal(code);
        if (is_number_space(code)) {
            if (begun)
                buf_putc(out, ' ');
            continue;
        }
        begun = true;
        if (code < 128)
            buf_putc(out, (char)code);
        else
            buf_putc(out, digit < 0 ? '?' : (char)('0' + digit));
        kept = out->len;
    }
    buf_truncate(out, kept);
}
