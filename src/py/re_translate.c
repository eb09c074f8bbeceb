/* SPDX-License-Identifier: MIT */
#include "py/mod_re.h"

#include <stdio.h>

#include "py/modules.h"

enum { RE_DEPTH_MOST = 200, RE_REPEAT_MOST = 65535 };

typedef struct Translator {
    Vm *vm;
    Value source;
    Str text;
    size_t at;
    bool bytes;
    size_t depth;
    size_t open[RE_DEPTH_MOST + 1]; /* numbers of the groups that are open */
    size_t open_count;
    Translation *to;
} Translator;

/* Flags that hold where the parser stands. */
typedef struct Mode {
    bool ascii, verbose;
} Mode;

static bool parse_alternatives(Translator *t, Mode mode);

/* ---- errors and characters ---- */

bool re_raise(Vm *vm, Value source, size_t at, const char *format, ...)
{
    char message[256];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    Value maker, error;
    Str text;
    if (!(is_bytes(source) ? to_bytes(vm, source, &text) : to_str(vm, source, &text)) ||
        !import_attr(vm, "_re", "error", &maker))
        return false;
    size_t position = is_bytes(source) ? at : utf8_count(str_slice(text, 0, at));
    const Value parts[] = { make_strz(vm, message), source, value_int((int64_t)position) };
    return vm_call(vm, maker, parts, at == RE_NOWHERE ? 1 : 3, &error) && vm_raise_value(vm, error);
}

static bool at_end(const Translator *t)
{
    return t->at >= t->text.len;
}

static char peek(const Translator *t)
{
    return at_end(t) ? '\0' : t->text.ptr[t->at];
}

static bool looking_at(const Translator *t, const char *text)
{
    return str_starts(str_from_offset(t->text, t->at), str_from(text));
}

static bool accept(Translator *t, const char *text)
{
    if (!looking_at(t, text))
        return false;
    t->at += strlen(text);
    return true;
}

static uint32_t next_char(Translator *t)
{
    if (t->bytes)
        return (unsigned char)t->text.ptr[t->at++];
    return utf8_next(t->text, &t->at);
}

static void put_literal(Translator *t, uint32_t c)
{
    Buf *out = &t->to->out;
    if (c < 0x80 && (char_is_alnum((char)c) || c == '_'))
        buf_putc(out, (char)c);
    else if (c > ' ' && c < 0x7F)
        buf_printf(out, "\\%c", (char)c);
    else if (c < 0x80 || t->bytes || (c >= 0xD800 && c <= 0xDFFF))
        buf_printf(out, "\\x{%x}", c);
    else
        buf_put_code_point(out, c);
}

/* ---- escapes ---- */

static bool read_hex(Translator *t, size_t digits, size_t start, uint32_t *c)
{
    *c = 0;
    for (size_t i = 0; i < digits; i++) {
        int digit = char_hex(peek(t));
        if (digit < 0)
            return re_raise(t->vm, t->source, start, "incomplete escape %.*s", (int)(t->at - start),
                            t->text.ptr + start);
        *c = *c * 16 + (uint32_t)digit;
        t->at++;
    }
    if (*c > 0x10FFFF)
        return re_raise(t->vm, t->source, start, "bad escape %.*s", (int)(t->at - start),
                        t->text.ptr + start);
    return true;
}

/* The rest of an octal escape whose first digit was read. */
static uint32_t read_octal(Translator *t, uint32_t value, size_t most)
{
    for (size_t i = 0; i < most && peek(t) >= '0' && peek(t) <= '7'; i++)
        value = value * 8 + (uint32_t)(t->text.ptr[t->at++] - '0');
    return value;
}

/* A letter that stands for one character: *known is false when it does not. */
static bool read_letter_escape(Translator *t, char letter, size_t start, uint32_t *c, bool *known)
{
    static const char letters[] = "afnrtv", values[] = "\a\f\n\r\t\v";
    const char *found = letter ? strchr(letters, letter) : NULL;
    *known = true;
    if (found)
        *c = (unsigned char)values[found - letters];
    else if (letter == 'x')
        return read_hex(t, 2, start, c);
    else if (letter == 'u' && !t->bytes)
        return read_hex(t, 4, start, c);
    else if (letter == 'U' && !t->bytes)
        return read_hex(t, 8, start, c);
    else if (letter == '0')
        *c = read_octal(t, 0, 2);
    else
        *known = false;
    return true;
}

/* What \d and its kin mean, as the inside of a character class; NULL when it has no such form. */
static const char *class_body(char letter, Mode mode, bool bytes)
{
    bool ascii = mode.ascii || bytes;
    switch (letter) {
    case 'd':
        return ascii ? "0-9" : "\\d";
    case 'w':
        return ascii ? "a-zA-Z0-9_" : "\\w";
    case 's':
        return ascii ? " \\t-\\r" : "\\s\\x1c-\\x1f";
    default:
        return NULL;
    }
}

static void put_boundary(Translator *t, Mode mode, bool negated)
{
    /* Python's \B does not match in an empty text. */
    const char *plain = negated ? "(?!\\A\\z)\\B" : "\\b";
    const char *positive =
        "(?:(?<=[a-zA-Z0-9_])(?![a-zA-Z0-9_])|(?<![a-zA-Z0-9_])(?=[a-zA-Z0-9_]))";
    const char *negative =
        "(?:(?<=[a-zA-Z0-9_])(?=[a-zA-Z0-9_])|(?<![a-zA-Z0-9_])(?![a-zA-Z0-9_]))";
    buf_puts(&t->to->out, !mode.ascii ? plain : negated ? negative : positive);
}

static bool put_reference(Translator *t, size_t group, size_t start)
{
    if (group > t->to->groups)
        return re_raise(t->vm, t->source, start, "invalid group reference %zu", group);
    for (size_t i = 0; i < t->open_count; i++) {
        if (t->open[i] == group)
            return re_raise(t->vm, t->source, start, "cannot refer to an open group");
    }
    buf_printf(&t->to->out, "\\g{%zu}", group);
    return true;
}

/* \1 to \99, or an octal of three digits. */
static bool parse_number_escape(Translator *t, char first, size_t start)
{
    size_t group = (size_t)(first - '0');
    if (char_is_digit(peek(t))) {
        char second = peek(t);
        char third = t->at + 1 < t->text.len ? t->text.ptr[t->at + 1] : '\0';
        if (first <= '7' && second >= '0' && second <= '7' && third >= '0' && third <= '7') {
            uint32_t c = read_octal(t, (uint32_t)group, 2);
            if (c > 0377)
                return re_raise(t->vm, t->source, start,
                                "octal escape value %.*s outside of range 0-0o377", 4,
                                t->text.ptr + start);
            put_literal(t, c);
            return true;
        }
        group = group * 10 + (size_t)(second - '0');
        t->at++;
    }
    return put_reference(t, group, start + 1);
}

/* Anchors and boundaries. */
static bool put_position(Translator *t, char letter, Mode mode)
{
    if (letter == 'A')
        buf_puts(&t->to->out, "\\A");
    else if (letter == 'Z')
        buf_puts(&t->to->out, "\\z");
    else if (letter == 'b' || letter == 'B')
        put_boundary(t, mode, letter == 'B');
    else
        return false;
    return true;
}

static bool parse_escape(Translator *t, Mode mode, bool *repeatable)
{
    size_t start = t->at++;
    *repeatable = true;
    if (at_end(t))
        return re_raise(t->vm, t->source, start, "bad escape (end of pattern)");
    uint32_t c = next_char(t);
    char letter = c < 0x80 ? (char)c : 0;
    if (put_position(t, letter, mode)) {
        *repeatable = letter == 'b' || letter == 'B' ? false : false;
        return true;
    }
    const char *body = class_body(char_lower(letter), mode, t->bytes);
    if (body) {
        buf_printf(&t->to->out, "[%s%s]", letter >= 'a' ? "" : "^", body);
        return true;
    }
    bool known;
    if (!read_letter_escape(t, letter, start, &c, &known))
        return false;
    if (!known && char_is_digit(letter))
        return parse_number_escape(t, letter, start);
    if (!known && char_is_alpha(letter))
        return re_raise(t->vm, t->source, start, "bad escape \\%c", letter);
    put_literal(t, c);
    return true;
}

/* ---- character classes ---- */

typedef struct ClassItem {
    uint32_t c;
    bool is_class; /* \d and its kin: no end of a range */
} ClassItem;

static bool parse_class_escape(Translator *t, Mode mode, ClassItem *item)
{
    size_t start = t->at - 1;
    if (at_end(t))
        return re_raise(t->vm, t->source, start, "bad escape (end of pattern)");
    item->c = next_char(t);
    char letter = item->c < 0x80 ? (char)item->c : 0;
    const char *body = class_body(char_lower(letter), mode, t->bytes);
    if (body && char_is_alpha(letter)) {
        item->is_class = true;
        if (letter >= 'a')
            buf_puts(&t->to->out, body);
        else if (mode.ascii || t->bytes)
            buf_puts(&t->to->out, letter == 'D'   ? "\\x{0}-/:-\\x{ff}"
                                  : letter == 'W' ? "\\x{0}-/:-@\\[-\\^`{-\\x{ff}"
                                                  : "\\x{0}-\\x08\\x0e-\\x1f!-\\x{ff}");
        else
            buf_printf(&t->to->out, "\\%c", letter);
        if (letter < 'a' && mode.ascii && !t->bytes)
            buf_puts(&t->to->out, "\\x{100}-\\x{10ffff}");
        return true;
    }
    if (letter == 'b') {
        item->c = 8;
        return true;
    }
    bool known;
    if (!read_letter_escape(t, letter, start, &item->c, &known))
        return false;
    if (known)
        return true;
    if (letter >= '1' && letter <= '7') {
        item->c = read_octal(t, (uint32_t)(letter - '0'), 2);
        return true;
    }
    if (char_is_alnum(letter))
        return re_raise(t->vm, t->source, start, "bad escape \\%c", letter);
    return true;
}

static bool parse_class_item(Translator *t, Mode mode, ClassItem *item)
{
    *item = (ClassItem){ 0 };
    item->c = next_char(t);
    return item->c != '\\' || parse_class_escape(t, mode, item);
}

static bool parse_class_members(Translator *t, Mode mode, size_t start)
{
    for (bool first = true;; first = false) {
        if (at_end(t))
            return re_raise(t->vm, t->source, start, "unterminated character set");
        if (peek(t) == ']' && !first)
            return true;
        size_t item_at = t->at;
        ClassItem low, high;
        if (!parse_class_item(t, mode, &low))
            return false;
        bool range = peek(t) == '-' && t->at + 1 < t->text.len && t->text.ptr[t->at + 1] != ']';
        if (!range) {
            if (!low.is_class)
                put_literal(t, low.c);
            continue;
        }
        t->at++;
        size_t mark = t->to->out.len;
        if (!parse_class_item(t, mode, &high))
            return false;
        if (low.is_class || high.is_class || high.c < low.c)
            return re_raise(t->vm, t->source, item_at, "bad character range %.*s",
                            (int)(t->at - item_at), t->text.ptr + item_at);
        buf_truncate(&t->to->out, mark);
        put_literal(t, low.c);
        buf_putc(&t->to->out, '-');
        put_literal(t, high.c);
    }
}

static bool parse_class(Translator *t, Mode mode)
{
    size_t start = t->at++;
    buf_putc(&t->to->out, '[');
    if (accept(t, "^"))
        buf_putc(&t->to->out, '^');
    if (!parse_class_members(t, mode, start))
        return false;
    t->at++;
    buf_putc(&t->to->out, ']');
    return true;
}

/* ---- groups ---- */

static bool read_name(Translator *t, const char *terminator, Str *name)
{
    size_t start = t->at;
    ptrdiff_t end = str_find(t->text, str_from(terminator), start);
    if (end < 0 || (size_t)end == start)
        return re_raise(t->vm, t->source, start,
                        end < 0 && start < t->text.len ? "missing %s, unterminated name"
                                                       : "missing group name",
                        terminator);
    *name = str_slice(t->text, start, (size_t)end);
    t->at = (size_t)end + 1;
    return true;
}

static bool name_is_identifier(Str name)
{
    if (name.len == 0 || char_is_digit(name.ptr[0]))
        return false;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        if (!char_is_alnum(c) && c != '_' && !(c & 0x80))
            return false;
    }
    return true;
}

static bool bad_name(Translator *t, Str name, size_t at)
{
    Value text;
    Str shown;
    return vm_repr(t->vm, make_str(t->vm, name), &text) && to_str(t->vm, text, &shown) &&
           re_raise(t->vm, t->source, at, "bad character in group name %.*s", STR_ARG(shown));
}

/* A number or a name, of (?P=name) and (?(name)...). */
static bool group_by_name(Translator *t, Str name, size_t start, bool numbers, size_t *group)
{
    if (numbers && name.len < 4 && char_is_digit(name.ptr[0])) {
        *group = 0;
        for (size_t i = 0; i < name.len; i++)
            *group = *group * 10 + (size_t)(name.ptr[i] - '0');
        return true;
    }
    if (!name_is_identifier(name))
        return bad_name(t, name, start);
    Value found = dict_get_str(t->to->names, name);
    if (!value_given(found))
        return re_raise(t->vm, t->source, start, "unknown group name '%.*s'", STR_ARG(name));
    *group = (size_t)found.integer;
    return true;
}

static bool close_group(Translator *t, size_t start)
{
    if (!accept(t, ")"))
        return re_raise(t->vm, t->source, start, "missing ), unterminated subpattern");
    buf_putc(&t->to->out, ')');
    return true;
}

static bool parse_capture(Translator *t, Mode mode, size_t start)
{
    size_t group = ++t->to->groups;
    buf_putc(&t->to->out, '(');
    t->open[t->open_count++] = group;
    bool ok = parse_alternatives(t, mode);
    t->open_count--;
    return ok && close_group(t, start);
}

static bool parse_named(Translator *t, Mode mode, size_t start)
{
    Str name;
    size_t at = t->at;
    if (!read_name(t, ">", &name))
        return false;
    if (!name_is_identifier(name))
        return bad_name(t, name, at);
    if (value_given(dict_get_str(t->to->names, name)))
        return re_raise(
            t->vm, t->source, at, "redefinition of group name '%.*s' as group %zu; was group %lld",
            STR_ARG(name), t->to->groups + 1, (long long)dict_get_str(t->to->names, name).integer);
    dict_set_str(t->vm, t->to->names, name, value_int((int64_t)t->to->groups + 1));
    return parse_capture(t, mode, start);
}

static bool parse_named_reference(Translator *t)
{
    Str name;
    size_t group, start = t->at;
    return read_name(t, ")", &name) && group_by_name(t, name, start, false, &group) &&
           put_reference(t, group, start);
}

static bool parse_conditional(Translator *t, Mode mode, size_t start)
{
    Str name;
    size_t group, at = t->at;
    if (!read_name(t, ")", &name) || !group_by_name(t, name, at, true, &group))
        return false;
    if (group == 0)
        return re_raise(t->vm, t->source, at, "bad group number");
    buf_printf(&t->to->out, "(?(%zu)", group);
    return parse_alternatives(t, mode) && close_group(t, start);
}

static bool parse_wrapped(Translator *t, Mode mode, const char *opening, size_t start)
{
    buf_puts(&t->to->out, opening);
    return parse_alternatives(t, mode) && close_group(t, start);
}

static int flag_of(char c)
{
    switch (c) {
    case 'a':
        return RE_ASCII;
    case 'i':
        return RE_IGNORECASE;
    case 'L':
        return RE_LOCALE;
    case 'm':
        return RE_MULTILINE;
    case 's':
        return RE_DOTALL;
    case 'u':
        return RE_UNICODE;
    case 'x':
        return RE_VERBOSE;
    default:
        return 0;
    }
}

static int read_flags(Translator *t)
{
    int flags = 0;
    for (; flag_of(peek(t)); t->at++)
        flags |= flag_of(peek(t));
    return flags;
}

static void put_flags(Translator *t, int flags)
{
    if (flags & RE_IGNORECASE)
        buf_putc(&t->to->out, 'i');
    if (flags & RE_MULTILINE)
        buf_putc(&t->to->out, 'm');
    if (flags & RE_DOTALL)
        buf_putc(&t->to->out, 's');
}

/* (?i) for the whole pattern, (?i-m:...) for a part of it. */
static bool parse_flags(Translator *t, Mode mode, size_t start, bool *repeatable)
{
    int on = read_flags(t), off = 0;
    if (peek(t) == ')' && on) {
        t->at++;
        *repeatable = false;
        if (start != 0)
            return re_raise(t->vm, t->source, start,
                            "global flags not at the start of the expression");
        return true; /* taken before the parse began */
    }
    if (accept(t, "-"))
        off = read_flags(t);
    if (!accept(t, ":"))
        return re_raise(t->vm, t->source, t->at,
                        char_is_alpha(peek(t)) ? "unknown flag" : "missing -, : or )");
    buf_puts(&t->to->out, "(?");
    put_flags(t, on);
    if (off & (RE_IGNORECASE | RE_MULTILINE | RE_DOTALL)) {
        buf_putc(&t->to->out, '-');
        put_flags(t, off);
    }
    buf_putc(&t->to->out, ':');
    mode.ascii = (mode.ascii || (on & RE_ASCII)) && !(on & RE_UNICODE);
    mode.verbose = (mode.verbose || (on & RE_VERBOSE)) && !(off & RE_VERBOSE);
    return parse_alternatives(t, mode) && close_group(t, start);
}

static bool parse_extension(Translator *t, Mode mode, size_t start, bool *repeatable)
{
    static const char *const wrapped[][2] = {
        { ":", "(?:" },   { "=", "(?=" },   { "!", "(?!" },
        { "<=", "(?<=" }, { "<!", "(?<!" }, { ">", "(?>" },
    };
    for (size_t i = 0; i < sizeof wrapped / sizeof *wrapped; i++) {
        if (accept(t, wrapped[i][0]))
            return parse_wrapped(t, mode, wrapped[i][1], start);
    }
    if (accept(t, "P<"))
        return parse_named(t, mode, start);
    if (accept(t, "P="))
        return parse_named_reference(t);
    if (accept(t, "("))
        return parse_conditional(t, mode, start);
    if (accept(t, "#")) {
        *repeatable = false;
        ptrdiff_t end = str_find_char(t->text, ')', t->at);
        if (end < 0)
            return re_raise(t->vm, t->source, start, "missing ), unterminated comment");
        t->at = (size_t)end + 1;
        return true;
    }
    if (flag_of(peek(t)) || peek(t) == '-')
        return parse_flags(t, mode, start, repeatable);
    if (at_end(t))
        return re_raise(t->vm, t->source, t->at, "unexpected end of pattern");
    size_t after = t->at;
    uint32_t c = next_char(t);
    if ((c == 'P' || c == '<') && !at_end(t))
        c = next_char(t);
    if (c == '\\' && !at_end(t))
        next_char(t);
    return re_raise(t->vm, t->source, start + 1, "unknown extension ?%.*s", (int)(t->at - after),
                    t->text.ptr + after);
}

static bool parse_group(Translator *t, Mode mode, bool *repeatable)
{
    size_t start = t->at++;
    *repeatable = true;
    if (++t->depth > RE_DEPTH_MOST)
        return re_raise(t->vm, t->source, start, "groups nested deeper than %d", RE_DEPTH_MOST);
    bool ok = accept(t, "?") ? parse_extension(t, mode, start, repeatable)
                             : parse_capture(t, mode, start);
    t->depth--;
    return ok;
}

/* ---- repetition and sequence ---- */

static bool read_count(Translator *t, int64_t *count)
{
    if (!char_is_digit(peek(t)))
        return false;
    for (*count = 0; char_is_digit(peek(t)); t->at++) {
        if (*count < 10000000)
            *count = *count * 10 + (peek(t) - '0');
    }
    return true;
}

/* {m,n} at t->at; *is is false, and nothing consumed, when the brace is a plain character. */
static bool parse_braces(Translator *t, bool *is)
{
    size_t start = t->at;
    int64_t low = 0, high = -1;
    *is = false;
    t->at++;
    bool has_low = read_count(t, &low), comma = accept(t, ",");
    bool has_high = comma && read_count(t, &high);
    if (!accept(t, "}") || (!has_low && !comma)) {
        t->at = start;
        return true;
    }
    *is = true;
    if (has_high && high < low)
        return re_raise(t->vm, t->source, start + 1, "min repeat greater than max repeat");
    if (low > RE_REPEAT_MOST || high > RE_REPEAT_MOST)
        return re_raise(t->vm, t->source, start, "a repeat count above %d is not served",
                        RE_REPEAT_MOST);
    if (!comma)
        buf_printf(&t->to->out, "{%lld}", (long long)low);
    else if (has_high)
        buf_printf(&t->to->out, "{%lld,%lld}", (long long)low, (long long)high);
    else
        buf_printf(&t->to->out, "{%lld,}", (long long)low);
    return true;
}

/* A quantifier, if one stands here; `repeatable` tells whether what was parsed before it may have
 * one. */
static bool parse_repeat(Translator *t, bool after_repeat, bool repeatable, bool *was)
{
    size_t start = t->at;
    char c = peek(t);
    *was = false;
    if (at_end(t) || !strchr("*+?{", c))
        return true;
    if (c == '{') {
        if (!parse_braces(t, was) || !*was)
            return !*was && t->at == start;
    } else {
        buf_putc(&t->to->out, c);
        t->at++;
        *was = true;
    }
    if (!repeatable)
        return re_raise(t->vm, t->source, start,
                        after_repeat ? "multiple repeat" : "nothing to repeat");
    if (peek(t) == '?' || peek(t) == '+')
        buf_putc(&t->to->out, t->text.ptr[t->at++]);
    return true;
}

static void skip_verbose(Translator *t)
{
    for (; !at_end(t); t->at++) {
        if (peek(t) == '#') {
            ptrdiff_t end = str_find_char(t->text, '\n', t->at);
            t->at = end < 0 ? t->text.len - 1 : (size_t)end;
        } else if (!char_is_space(peek(t))) {
            return;
        }
    }
}

static bool parse_atom(Translator *t, Mode mode, bool *repeatable)
{
    char c = peek(t);
    *repeatable = true;
    if (c == '\\')
        return parse_escape(t, mode, repeatable);
    if (c == '[')
        return parse_class(t, mode);
    if (c == '(')
        return parse_group(t, mode, repeatable);
    if (c == '.' || c == '^' || c == '$') {
        *repeatable = c == '.';
        t->at++;
        buf_putc(&t->to->out, c);
        return true;
    }
    put_literal(t, next_char(t));
    return true;
}

static bool parse_sequence(Translator *t, Mode mode)
{
    for (bool repeated = false;;) {
        bool repeatable = false, was;
        if (mode.verbose)
            skip_verbose(t);
        if (at_end(t) || peek(t) == '|' || peek(t) == ')')
            return true;
        if (!parse_repeat(t, repeated, false, &was) || (!was && !parse_atom(t, mode, &repeatable)))
            return false;
        if (mode.verbose)
            skip_verbose(t);
        if (!parse_repeat(t, false, repeatable, &repeated))
            return false;
    }
}

static bool parse_alternatives(Translator *t, Mode mode)
{
    for (;;) {
        if (!parse_sequence(t, mode))
            return false;
        if (!accept(t, "|"))
            return true;
        buf_putc(&t->to->out, '|');
    }
}

/* (?imx) that opens the pattern holds for all of it. */
static int leading_flags(Translator *t)
{
    size_t start = t->at;
    int flags = 0;
    if (accept(t, "(?")) {
        flags = read_flags(t);
        if (peek(t) != ')')
            flags = 0;
    }
    t->at = start;
    return flags;
}

static bool check_flags(Translator *t, int flags)
{
    if (t->bytes && (flags & RE_UNICODE))
        return vm_raise(t->vm, "ValueError", "cannot use UNICODE flag with a bytes pattern");
    if (!t->bytes && (flags & RE_LOCALE))
        return vm_raise(t->vm, "ValueError", "cannot use LOCALE flag with a str pattern");
    if ((flags & RE_ASCII) && (flags & RE_UNICODE))
        return vm_raise(t->vm, "ValueError", "ASCII and UNICODE flags are incompatible");
    return true;
}

bool re_translate(Vm *vm, Value source, int flags, Translation *to)
{
    Translator t = { .vm = vm, .source = source, .bytes = is_bytes(source), .to = to };
    if (!(t.bytes ? to_bytes(vm, source, &t.text) : to_str(vm, source, &t.text)))
        return false;
    flags |= leading_flags(&t);
    if (!check_flags(&t, flags))
        return false;
    if (!t.bytes && !(flags & RE_ASCII))
        flags |= RE_UNICODE;
    to->flags = flags;
    const Mode mode = { .ascii = flags & RE_ASCII, .verbose = flags & RE_VERBOSE };
    if (!parse_alternatives(&t, mode))
        return false;
    if (!at_end(&t))
        return re_raise(vm, source, t.at, "unbalanced parenthesis");
    return true;
}
