/* SPDX-License-Identifier: MIT */
/*
 * Mako's text to a script. Each piece is written on the line of the script that it has in the
 * template, so that errors point there; where that cannot be (what follows a block on its last
 * line), lines move down by one.
 */
#include "script/template.h"

#include "base/buf.h"

typedef struct Parser {
    Arena *arena;
    Str text, path;
    size_t at;
    uint32_t line;     /* of `at`, from 1 */
    uint32_t out_line; /* of the end of `out` */
    bool line_open;    /* something stands on the last line of `out` */
    bool compound;     /* and it is an `if x:`, which a statement may not follow */
    bool fresh;        /* nothing stands in the innermost block yet */
    size_t depth;
    Buf out, literal;
    uint32_t literal_line;
    StrVec names; /* identifiers of the expressions */
    StrVec ends;  /* what closes each open block: "endif", "def" */
    Error *err;
} Parser;

static bool fail_here(Parser *p, const char *message)
{
    Loc loc = { .file = p->path, .line = p->line };
    return fail_at(p->err, ERR_SYNTAX, loc, "%s", message);
}

/* ---- writing ---- */

static void new_line(Parser *p)
{
    buf_putc(&p->out, '\n');
    p->out_line++;
    p->line_open = p->compound = false;
}

/* Stands where a statement of `line` may begin. */
static void statement(Parser *p, uint32_t line, bool alone)
{
    if (p->line_open && (p->compound || alone || p->out_line < line))
        new_line(p);
    while (!p->line_open && p->out_line < line)
        new_line(p);
    if (p->line_open)
        buf_puts(&p->out, "; ");
    else
        buf_put_repeat(&p->out, ' ', 4 * p->depth);
    p->line_open = true;
    p->fresh = false;
}

static void put_literal(Buf *out, Str text)
{
    buf_putc(out, '\'');
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '\n')
            buf_puts(out, "\\n");
        else if (c == '\r')
            buf_puts(out, "\\r");
        else if (c == '\'' || c == '\\')
            buf_printf(out, "\\%c", c);
        else
            buf_putc(out, c);
    }
    buf_putc(out, '\'');
}

/* The text collected so far. */
static void flush(Parser *p)
{
    if (p->literal.len == 0)
        return;
    statement(p, p->literal_line, false);
    buf_puts(&p->out, "__write(");
    put_literal(&p->out, buf_str(&p->literal));
    buf_putc(&p->out, ')');
    buf_clear(&p->literal);
}

static void add_char(Parser *p, char c)
{
    if (p->literal.len == 0)
        p->literal_line = p->line;
    buf_putc(&p->literal, c);
}

/* Moves over n bytes, counting lines. */
static void skip(Parser *p, size_t count)
{
    for (size_t i = 0; i < count && p->at < p->text.len; i++)
        if (p->text.ptr[p->at++] == '\n')
            p->line++;
}

static bool looking_at(const Parser *p, const char *text)
{
    return str_starts(str_from_offset(p->text, p->at), str_from(text));
}

/* ---- names ---- */

static bool is_word(char c)
{
    return char_is_alnum(c) || c == '_' || (unsigned char)c >= 0x80;
}

static const char *const keywords[] = {
    "and",    "as",   "assert", "async",  "await",    "break", "class", "continue", "def",
    "del",    "elif", "else",   "except", "finally",  "for",   "from",  "global",   "if",
    "import", "in",   "is",     "lambda", "nonlocal", "not",   "or",    "pass",     "raise",
    "return", "try",  "while",  "with",   "yield",    "True",  "False", "None",     NULL,
};

static bool is_keyword(Str word)
{
    for (size_t i = 0; keywords[i]; i++)
        if (str_is(word, keywords[i]))
            return true;
    return false;
}

/* Every identifier that is no attribute: what has no value becomes "undefined", false in `if`. */
static void collect_names(Parser *p, Str code)
{
    for (size_t i = 0; i < code.len;) {
        if (!is_word(code.ptr[i])) {
            i++;
            continue;
        }
        size_t start = i;
        while (i < code.len && is_word(code.ptr[i]))
            i++;
        Str word = str_slice(code, start, i);
        bool attribute = start > 0 && code.ptr[start - 1] == '.';
        if (!attribute && !char_is_digit(word.ptr[0]) && !is_keyword(word) &&
            !str_starts(word, STR("__")))
            strvec_add(p->arena, &p->names, word);
    }
}

/* ---- expressions ---- */

/* Behind a string literal that begins at `i`. */
static size_t skip_string(Str text, size_t i)
{
    char quote = text.ptr[i];
    bool triple = i + 2 < text.len && text.ptr[i + 1] == quote && text.ptr[i + 2] == quote;
    i += triple ? 3 : 1;
    for (; i < text.len; i++) {
        if (text.ptr[i] == '\\')
            i++;
        else if (text.ptr[i] == quote &&
                 (!triple ||
                  (i + 2 < text.len && text.ptr[i + 1] == quote && text.ptr[i + 2] == quote)))
            return i + (triple ? 3 : 1);
    }
    return i;
}

/* The offset of the first of `stops` outside brackets and strings, or the text's length. */
static size_t find_outside(Str text, size_t from, const char *stops)
{
    int depth = 0;
    for (size_t i = from; i < text.len;) {
        char c = text.ptr[i];
        if (c == '\'' || c == '"') {
            i = skip_string(text, i);
            continue;
        }
        if (depth == 0 && strchr(stops, c))
            return i;
        if (strchr("([{", c))
            depth++;
        else if (strchr(")]}", c))
            depth--;
        i++;
    }
    return text.len;
}

static const struct {
    const char *filter, *function;
} filters[] = {
    { "h", "__filter_h" },      { "x", "__filter_h" },
    { "u", "__filter_u" },      { "trim", "__filter_trim" },
    { "entity", "__filter_h" }, { "unicode", "str" },
    { "str", "str" },           { "repr", "repr" },
};

static Str filter_function(Str name)
{
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++)
        if (str_is(name, filters[i].filter))
            return str_from(filters[i].function);
    return name;
}

/* str() first unless `n` is among them, then each in its order. */
static void put_filtered(Parser *p, Str expression, Str names)
{
    StrVec chain = { 0 };
    bool plain = false;
    while (names.len) {
        size_t comma = find_outside(names, 0, ",");
        Str name = str_trim(str_slice(names, 0, comma));
        names = str_from_offset(names, comma + 1);
        if (str_is(name, "n"))
            plain = true;
        else if (name.len)
            VEC_PUSH(p->arena, &chain, name);
    }
    for (size_t i = chain.len; i-- > 0;) {
        Str function = filter_function(chain.items[i]);
        collect_names(p, function);
        buf_put(&p->out, function);
        buf_putc(&p->out, '(');
    }
    buf_puts(&p->out, plain ? "(" : "str(");
    buf_put(&p->out, expression);
    buf_put_repeat(&p->out, ')', chain.len + 1);
}

static bool expression(Parser *p)
{
    flush(p);
    uint32_t line = p->line;
    size_t end = find_outside(p->text, p->at + 2, "}");
    if (end >= p->text.len)
        return fail_here(p, "expected: }");
    Str inside = str_slice(p->text, p->at + 2, end);
    size_t bar = find_outside(inside, 0, "|");
    Str code = str_trim(str_slice(inside, 0, bar));
    collect_names(p, code);
    statement(p, line, false);
    buf_puts(&p->out, "__write(");
    put_filtered(p, code, str_from_offset(inside, bar + 1));
    buf_putc(&p->out, ')');
    for (size_t i = 0; i < code.len; i++)
        p->out_line += code.ptr[i] == '\n';
    skip(p, end + 1 - p->at);
    return true;
}

/* ---- control lines ---- */

static void close_block(Parser *p)
{
    flush(p);
    if (p->fresh) {
        statement(p, p->line, false);
        buf_puts(&p->out, "pass");
    }
    p->depth--;
    p->fresh = false;
    p->compound = p->line_open;
}

static void open_block(Parser *p, Str code)
{
    statement(p, p->line, true);
    buf_put(&p->out, code);
    p->compound = true;
    p->depth++;
    p->fresh = true;
    new_line(p);
}

static Str first_word(Str code)
{
    size_t end = 0;
    while (end < code.len && is_word(code.ptr[end]))
        end++;
    return str_slice(code, 0, end);
}

static const char *const openers[] = { "if", "for", "while", "try", "with", NULL };
static const char *const middles[] = { "elif", "else", "except", "finally", NULL };

static bool among(Str word, const char *const *list)
{
    for (; *list; list++)
        if (str_is(word, *list))
            return true;
    return false;
}

static bool control(Parser *p, Str code)
{
    Str word = first_word(code);
    flush(p);
    if (among(word, openers)) {
        collect_names(p, code);
        VEC_PUSH(p->arena, &p->ends, str_format(p->arena, "end%.*s", STR_ARG(word)));
        open_block(p, code);
        return true;
    }
    if (among(word, middles)) {
        if (p->ends.len == 0)
            return fail_here(p, "no control line is open for this one");
        collect_names(p, code);
        close_block(p);
        open_block(p, code);
        return true;
    }
    if (p->ends.len == 0 || !str_eq(VEC_LAST(&p->ends), word))
        return fail_here(p, str_starts(word, STR("end")) ? "this ends no control line that is open"
                                                         : "invalid control line");
    p->ends.len--;
    close_block(p);
    return true;
}

/* A line that begins with `%` or `##`; false when it is text. */
static bool control_line(Parser *p, bool *done)
{
    size_t i = p->at;
    *done = false;
    while (i < p->text.len && (p->text.ptr[i] == ' ' || p->text.ptr[i] == '\t'))
        i++;
    Str rest = str_from_offset(p->text, i);
    bool comment = str_starts(rest, STR("##"));
    bool percent = str_starts(rest, STR("%")) && !str_starts(rest, STR("%%"));
    if (str_starts(rest, STR("%%"))) {
        for (; p->at < i; p->at++)
            add_char(p, p->text.ptr[p->at]);
        skip(p, 1);
        return true;
    }
    if (!comment && !percent)
        return true;
    *done = true;
    size_t end = i;
    for (; end < p->text.len && p->text.ptr[end] != '\n'; end++)
        if (percent && p->text.ptr[end] == '\\' && end + 1 < p->text.len &&
            p->text.ptr[end + 1] == '\n')
            end++;
    Str code = str_trim(str_slice(p->text, i + (comment ? 2 : 1), end));
    if (percent && !control(p, str_replace(p->arena, code, STR("\\\n"), STR(" "))))
        return false;
    skip(p, end + 1 - p->at);
    return true;
}

/* ---- tags ---- */

/* Blanks in front of the code's first line that says something. */
static size_t margin_of(Str code)
{
    for (Str line; str_line_next(&code, &line);) {
        Str trimmed = str_trim_left(line);
        if (trimmed.len && trimmed.ptr[0] != '#')
            return line.len - trimmed.len;
    }
    return 0;
}

static void put_code(Parser *p, Str code)
{
    bool first = true;
    size_t margin = margin_of(code);
    uint32_t line_number = p->line;
    for (Str line; str_line_next(&code, &line); line_number++) {
        Str trimmed = str_trim_left(line);
        size_t blanks = line.len - trimmed.len;
        if (trimmed.len == 0)
            continue;
        if (first)
            statement(p, line_number, true);
        else {
            while (p->out_line < line_number || p->line_open)
                new_line(p);
            buf_put_repeat(&p->out, ' ', 4 * p->depth);
        }
        p->line_open = true;
        size_t cut = first && blanks < margin ? blanks : margin;
        buf_put(&p->out, str_from_offset(line, cut < blanks ? cut : blanks));
        first = false;
    }
    p->compound = true;
}

static bool code_block(Parser *p)
{
    flush(p);
    size_t begin = p->at + (looking_at(p, "<%!") ? 3 : 2);
    ptrdiff_t end = str_find(p->text, STR("%>"), begin);
    if (end < 0)
        return fail_here(p, "expected: %>");
    Str code = str_slice(p->text, begin, (size_t)end);
    collect_names(p, code);
    p->fresh = false;
    put_code(p, code);
    skip(p, (size_t)end + 2 - p->at);
    return true;
}

/* The value of name="..." in a tag. */
static Str attribute(Str tag, const char *name)
{
    ptrdiff_t at = str_find(tag, str_from(name), 0);
    if (at < 0)
        return STR_NONE;
    size_t i = (size_t)at + strlen(name);
    while (i < tag.len && tag.ptr[i] != '"' && tag.ptr[i] != '\'')
        i++;
    size_t end = i + 1;
    while (end < tag.len && tag.ptr[end] != tag.ptr[i])
        end++;
    return str_slice(tag, i + 1, end);
}

static bool def_tag(Parser *p, Str tag)
{
    Str name = attribute(tag, "name=");
    if (!str_given(name) || str_find_char(name, '(', 0) < 0)
        return fail_here(p, "<%def> needs a name like \"title(text)\"");
    collect_names(p, name);
    open_block(p, str_format(p->arena, "def %.*s:", STR_ARG(name)));
    VEC_PUSH(p->arena, &p->ends, STR("</%def>"));
    return true;
}

static bool end_tag(Parser *p, const char *text)
{
    if (p->ends.len == 0 || !str_is(VEC_LAST(&p->ends), text))
        return fail_here(p, "a closing tag without its opening one");
    p->ends.len--;
    if (strcmp(text, "</%def>") == 0) {
        flush(p);
        statement(p, p->line, false);
        buf_puts(&p->out, "return ''");
        close_block(p);
        new_line(p);
    }
    skip(p, strlen(text));
    return true;
}

/* <%text> and <%doc>: up to their end, as it stands or not at all. */
static bool verbatim(Parser *p, const char *end_text, bool keep)
{
    ptrdiff_t open = str_find_char(p->text, '>', p->at);
    ptrdiff_t end = str_find(p->text, str_from(end_text), p->at);
    if (open < 0 || end < 0)
        return fail_here(p, "a tag is not closed");
    skip(p, (size_t)open + 1 - p->at);
    while (p->at < (size_t)end) {
        if (keep)
            add_char(p, p->text.ptr[p->at]);
        skip(p, 1);
    }
    skip(p, strlen(end_text));
    return true;
}

static bool tag(Parser *p)
{
    if (looking_at(p, "</%def>"))
        return end_tag(p, "</%def>");
    if (looking_at(p, "</%block>"))
        return end_tag(p, "</%block>");
    if (looking_at(p, "<%text"))
        return verbatim(p, "</%text>", true);
    if (looking_at(p, "<%doc>"))
        return verbatim(p, "</%doc>", false);
    if (p->at + 2 < p->text.len && !char_is_alpha(p->text.ptr[p->at + 2]))
        return code_block(p);
    ptrdiff_t end = str_find_char(p->text, '>', p->at);
    if (end < 0)
        return fail_here(p, "a tag is not closed");
    Str inside = str_slice(p->text, p->at, (size_t)end);
    flush(p);
    bool ok = true;
    if (looking_at(p, "<%def"))
        ok = def_tag(p, inside);
    else if (looking_at(p, "<%block"))
        VEC_PUSH(p->arena, &p->ends, STR("</%block>"));
    else if (!looking_at(p, "<%page"))
        ok = fail_here(p, "limbeck does not serve this tag: <%def>, <%block>, <%text>, <%doc> and "
                          "<%page> are there");
    skip(p, (size_t)end + 1 - p->at);
    return ok;
}

/* ---- all of it ---- */

static bool step(Parser *p)
{
    bool line_start = p->at == 0 || p->text.ptr[p->at - 1] == '\n';
    bool done = false;
    if (line_start && (!control_line(p, &done) || done))
        return done && !error_set(p->err);
    if (p->at >= p->text.len)
        return true;
    if (looking_at(p, "${"))
        return expression(p);
    if (looking_at(p, "<%") || looking_at(p, "</%"))
        return tag(p);
    if (looking_at(p, "\\\n")) {
        skip(p, 2);
        return true;
    }
    add_char(p, p->text.ptr[p->at]);
    skip(p, 1);
    return true;
}

static const char prologue[] =
    "from _limbeck_template import begin as __begin, write as __write, filter_h as __filter_h, "
    "filter_u as __filter_u, filter_trim as __filter_trim; __begin(globals(), '%.*s')";

bool template_translate(Arena *arena, Str text, Str path, Str *source, Error *err)
{
    Parser p = {
        .arena = arena, .path = path, .line = 1, .out_line = 1, .err = err, .line_open = true
    };
    p.text = str_replace(arena, text, STR("\r\n"), STR("\n"));
    p.out = buf_in(arena);
    p.literal = buf_in(arena);
    while (p.at < p.text.len)
        if (!step(&p))
            return false;
    if (p.ends.len)
        return fail_here(&p, "a control line or a tag is not closed");
    flush(&p);
    Str names = strvec_join(arena, &p.names, STR(" "));
    Str begin = str_format(arena, prologue, STR_ARG(names));
    *source = str_format(arena, "%.*s%.*s\n", STR_ARG(begin), STR_ARG(buf_str(&p.out)));
    return true;
}
