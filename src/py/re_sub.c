/* SPDX-License-Identifier: MIT */
/* sub, subn, split and expand: building text of matches. */
#include "py/mod_re.h"

#include "py/modules.h"

/* A template's parts: literal text, and groups in between. */
typedef struct Piece {
    size_t from, to; /* of the literal, in Template.text */
    size_t group;    /* follows the literal */
    bool has_group;
} Piece;

typedef struct Template {
    Buf text;
    Arena *arena;
    VEC(Piece) pieces;
} Template;

typedef struct Reader {
    Vm *vm;
    Value source;
    Str text;
    size_t at, literal;
    const Pattern *pattern;
    Template *to;
} Reader;

static void end_piece(Reader *r, bool has_group, size_t group)
{
    Piece piece = { r->literal, r->to->text.len, group, has_group };
    VEC_PUSH(r->to->arena, &r->to->pieces, piece);
    r->literal = r->to->text.len;
}

static bool add_group(Reader *r, size_t group, size_t at)
{
    if (group > r->pattern->groups)
        return re_raise(r->vm, r->source, at, "invalid group reference %zu", group);
    end_piece(r, true, group);
    return true;
}

static bool read_named_group(Reader *r)
{
    size_t start = r->at;
    if (start >= r->text.len || r->text.ptr[start] != '<')
        return re_raise(r->vm, r->source, start, "missing <");
    ptrdiff_t end = str_find_char(r->text, '>', ++start);
    if (end < 0)
        return re_raise(r->vm, r->source, start,
                        start == r->text.len ? "missing group name"
                                             : "missing >, unterminated name");
    Str name = str_slice(r->text, start, (size_t)end);
    if (name.len == 0)
        return re_raise(r->vm, r->source, start, "missing group name");
    r->at = (size_t)end + 1;
    if (char_is_digit(name.ptr[0])) {
        size_t group = 0;
        for (size_t i = 0; i < name.len && i < 6; i++) {
            if (!char_is_digit(name.ptr[i]))
                return re_raise(r->vm, r->source, start, "bad character in group name '%.*s'",
                                STR_ARG(name));
            group = group * 10 + (size_t)(name.ptr[i] - '0');
        }
        return add_group(r, group, start);
    }
    Value found = dict_get_str(r->pattern->names, name);
    if (!value_given(found))
        return vm_raise(r->vm, "IndexError", "unknown group name '%.*s'", STR_ARG(name));
    return add_group(r, (size_t)found.integer, start);
}

static bool is_octal(Str text, size_t at)
{
    return at < text.len && text.ptr[at] >= '0' && text.ptr[at] <= '7';
}

static void put_code(Reader *r, uint32_t code)
{
    if (r->pattern->bytes)
        buf_putc(&r->to->text, (char)code);
    else
        buf_put_code_point(&r->to->text, code);
}

/* \0 and \012 are octal, \1 to \99 groups. */
static bool read_number(Reader *r, char first, size_t start)
{
    size_t value = (size_t)(first - '0');
    if (first == '0') {
        for (int i = 0; i < 2 && is_octal(r->text, r->at); i++)
            value = value * 8 + (size_t)(r->text.ptr[r->at++] - '0');
        put_code(r, (uint32_t)(value & 0xFF));
        return true;
    }
    if (r->at < r->text.len && char_is_digit(r->text.ptr[r->at])) {
        if (first <= '3' && is_octal(r->text, r->at) && is_octal(r->text, r->at + 1)) {
            for (int i = 0; i < 2; i++)
                value = value * 8 + (size_t)(r->text.ptr[r->at++] - '0');
            put_code(r, (uint32_t)value);
            return true;
        }
        value = value * 10 + (size_t)(r->text.ptr[r->at++] - '0');
    }
    return add_group(r, value, start + 1);
}

static bool read_escape(Reader *r)
{
    static const char from[] = "abfnrtv\\", to[] = "\a\b\f\n\r\t\v\\";
    size_t start = r->at++;
    if (r->at >= r->text.len)
        return re_raise(r->vm, r->source, start, "bad escape (end of pattern)");
    char c = r->text.ptr[r->at++];
    if (c == 'g')
        return read_named_group(r);
    if (char_is_digit(c))
        return read_number(r, c, start);
    const char *found = c ? strchr(from, c) : NULL;
    if (found) {
        buf_putc(&r->to->text, to[found - from]);
        return true;
    }
    if (char_is_alpha(c))
        return re_raise(r->vm, r->source, start, "bad escape \\%c", c);
    buf_putc(&r->to->text, '\\');
    buf_putc(&r->to->text, c);
    return true;
}

static bool value_text(Vm *vm, Value v, Str *text)
{
    return is_bytes(v) ? to_bytes(vm, v, text) : to_str(vm, v, text);
}

static bool template_read(Vm *vm, Value source, const Pattern *pattern, Template *to)
{
    Reader r = { .vm = vm, .source = source, .pattern = pattern, .to = to };
    if (!value_text(vm, source, &r.text))
        return false;
    while (r.at < r.text.len) {
        if (r.text.ptr[r.at] != '\\')
            buf_putc(&to->text, r.text.ptr[r.at++]);
        else if (!read_escape(&r))
            return false;
    }
    end_piece(&r, false, 0);
    return true;
}

/* Appends the template, with the groups of `span` in `subject`. */
static void template_put(const Template *t, Str subject, const size_t *span, Buf *out)
{
    for (size_t i = 0; i < t->pieces.len; i++) {
        const Piece *piece = &t->pieces.items[i];
        buf_put(out, str_slice(buf_str(&t->text), piece->from, piece->to));
        const size_t *group = span + 2 * piece->group;
        if (piece->has_group && group[0] != PCRE2_UNSET)
            buf_put(out, str_slice(subject, group[0], group[1]));
    }
}

static void template_free(Template *t)
{
    buf_free(&t->text);
    arena_free(t->arena);
}

/* Appends what the replacement is for the last match. */
static bool put_replacement(Scan *scan, Value repl, const Template *template, Buf *out)
{
    if (template) {
        template_put(template, scan->text, scan->span, out);
        return true;
    }
    Vm *vm = scan->vm;
    Value match = scan_match(scan), result;
    Str text;
    vm_push(vm, match);
    bool ok = vm_call(vm, repl, &match, 1, &result);
    vm_pop(vm, 1);
    if (!ok)
        return false;
    if (value_is_none(result))
        return true;
    if (!value_text(vm, result, &text))
        return false;
    buf_put(out, text);
    return true;
}

static bool substitute(Scan *scan, Value repl, const Template *template, int64_t most, Buf *out,
                       int64_t *count)
{
    size_t copied = 0;
    *count = 0;
    while (most <= 0 || *count < most) {
        bool found;
        if (!scan_next(scan, MATCH_SEARCH, &found))
            return false;
        if (!found)
            break;
        size_t from = scan->span[0], to = scan->span[1];
        buf_put(out, str_slice(scan->text, copied, from));
        if (!put_replacement(scan, repl, template, out))
            return false;
        copied = to;
        (*count)++;
    }
    buf_put(out, str_slice(scan->text, copied, scan->text.len));
    return true;
}

static bool sub_into(Vm *vm, Call *call, Value *text, int64_t *done)
{
    ARGS(call, self, repl, string, count);
    Scan scan;
    int64_t limit;
    if (!to_int(vm, count, &limit) || !scan_begin(vm, self, string, 0, INT64_MAX, &scan))
        return false;
    Template template = { .arena = arena_new(NULL) };
    bool fixed = is_str(repl) || is_bytes(repl);
    bool ok = fixed ? template_read(vm, repl, scan.pattern, &template)
                    : is_callable(vm, repl) ||
                          vm_raise(vm, "TypeError", "expected str instance, %s found",
                                   type_name(vm, repl));
    Buf out = { 0 };
    ok = ok && substitute(&scan, repl, fixed ? &template : NULL, limit, &out, done);
    if (ok)
        *text = is_bytes(string) ? make_bytes(vm, buf_str(&out)) : make_str(vm, buf_str(&out));
    buf_free(&out);
    template_free(&template);
    return ok;
}

bool pattern_sub(Vm *vm, Call *call)
{
    Value text;
    int64_t count;
    return sub_into(vm, call, &text, &count) && give(call, text);
}

bool pattern_subn(Vm *vm, Call *call)
{
    Value text;
    int64_t count;
    if (!sub_into(vm, call, &text, &count))
        return false;
    const Value both[] = { text, value_int(count) };
    return give(call, make_tuple(vm, both, 2));
}

bool pattern_split(Vm *vm, Call *call)
{
    ARGS(call, self, string, maxsplit);
    Scan scan;
    int64_t most;
    if (!to_int(vm, maxsplit, &most) || !scan_begin(vm, self, string, 0, INT64_MAX, &scan))
        return false;
    Value list = make_list(vm, NULL, 0);
    size_t copied = 0;
    bool found = most >= 0;
    for (int64_t count = 0; found && (most == 0 || count < most); count++) {
        if (!scan_next(&scan, MATCH_SEARCH, &found))
            return false;
        if (!found)
            break;
        list_append(vm, list, re_slice(vm, string, copied, scan.span[0]));
        for (size_t i = 1; i <= scan.pattern->groups; i++)
            list_append(vm, list, scan_group(&scan, i));
        copied = scan.span[1];
    }
    list_append(vm, list, re_slice(vm, string, copied, scan.text.len));
    return give(call, list);
}

bool match_expand(Vm *vm, Call *call)
{
    const Value self = call->args[0], source = call->args[1];
    const Match *match = payload_of(vm, self, &match_class);
    const Pattern *pattern = payload_of(vm, match->pattern, &pattern_class);
    Template template = { .arena = arena_new(NULL) };
    Str subject;
    Buf out = { 0 };
    bool ok =
        value_text(vm, match->string, &subject) && template_read(vm, source, pattern, &template);
    if (ok) {
        template_put(&template, subject, match->span, &out);
        call->result = pattern->bytes ? make_bytes(vm, buf_str(&out)) : make_str(vm, buf_str(&out));
    }
    buf_free(&out);
    template_free(&template);
    return ok;
}
