/* SPDX-License-Identifier: MIT */
#include "py/source.h"

#include "base/buf.h"

typedef enum Encoding { ENCODING_UTF8, ENCODING_LATIN1, ENCODING_ASCII, ENCODING_OTHER } Encoding;

static const struct {
    const char *name;
    Encoding encoding;
} encodings[] = {
    { "utf-8", ENCODING_UTF8 },        { "utf8", ENCODING_UTF8 },
    { "utf-8-sig", ENCODING_UTF8 },    { "u8", ENCODING_UTF8 },
    { "latin-1", ENCODING_LATIN1 },    { "latin1", ENCODING_LATIN1 },
    { "iso-8859-1", ENCODING_LATIN1 }, { "iso8859-1", ENCODING_LATIN1 },
    { "l1", ENCODING_LATIN1 },         { "ascii", ENCODING_ASCII },
    { "us-ascii", ENCODING_ASCII },
};

static void build_lines(Source *source)
{
    Str text = source->text;
    uint32_t count = 1;
    for (ptrdiff_t at = -1; (at = str_find_char(text, '\n', (size_t)(at + 1))) >= 0;)
        count++;
    source->line_starts = ARENA_ARRAY(source->arena, uint32_t, count);
    uint32_t line = 1;
    for (ptrdiff_t at = -1; (at = str_find_char(text, '\n', (size_t)(at + 1))) >= 0;)
        source->line_starts[line++] = (uint32_t)at + 1;
    source->line_count = count;
    source->line = 1;
}

static bool is_on_line(const Source *source, uint32_t line, uint32_t offset)
{
    return source->line_starts[line - 1] <= offset &&
           (line == source->line_count || offset < source->line_starts[line]);
}

uint32_t source_line(Source *source, uint32_t offset)
{
    if (!source->line_starts)
        build_lines(source);
    if (is_on_line(source, source->line, offset))
        return source->line;
    uint32_t low = 0, high = source->line_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (source->line_starts[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    source->line = low + 1;
    return low + 1;
}

static uint32_t column_of(Source *source, uint32_t line, uint32_t offset)
{
    uint32_t start = source->line_starts[line - 1];
    if (source->ascii)
        return offset - start;
    return (uint32_t)utf8_count(str_slice(source->text, start, offset));
}

Position source_position(Source *source, Span span)
{
    if (span.end == 0)
        return (Position){ 0 };
    Position at = { .line = source_line(source, span.start) };
    at.column = column_of(source, at.line, span.start);
    at.end_line = source_line(source, span.end);
    at.end_column = column_of(source, at.end_line, span.end);
    return at;
}

Str source_line_text(Source *source, uint32_t line)
{
    if (!source->line_starts)
        build_lines(source);
    if (line == 0 || line > source->line_count)
        return STR("");
    uint32_t start = source->line_starts[line - 1];
    ptrdiff_t end = str_find_char(source->text, '\n', start);
    return str_slice(source->text, start, end < 0 ? source->text.len : (size_t)end);
}

Loc source_loc(Source *source, Span span)
{
    Position at = source_position(source, span);
    if (at.line == 0)
        return (Loc){ .file = source->file };
    return (Loc){ .file = source->file,
                  .line = at.line,
                  .column = at.column + 1,
                  .end = at.end_line == at.line ? at.end_column + 1 : 0 };
}

Str source_slice(const Source *source, Span span)
{
    return str_slice(source->text, span.start, span.end);
}

/* The source line without its indent, and carets under the columns of loc. */
static void put_excerpt(Buf *out, Source *source, Loc loc)
{
    Str line = source_line_text(source, loc.line);
    size_t indent = 0;
    while (indent < line.len && (char_is_space(line.ptr[indent])))
        indent++;
    Str shown = str_trim_right(str_from_offset(line, indent));
    buf_printf(out, "    %.*s\n", STR_ARG(shown));
    if (loc.column <= indent)
        return;
    buf_puts(out, "    ");
    buf_put_repeat(out, ' ', loc.column - 1 - indent);
    buf_put_repeat(out, '^', loc.end > loc.column ? loc.end - loc.column : 1);
    buf_putc(out, '\n');
}

static const char *const class_names[] = { "SyntaxError", "IndentationError", "TabError" };

bool syntax_fail(Source *source, SyntaxClass cls, Span span, Error *err, const char *format, ...)
{
    if (error_set(err))
        return false;
    va_list args;
    va_start(args, format);
    err->text = str_vformat(err->arena, format, args);
    va_end(args);
    err->code = ERR_SYNTAX;
    err->detail = str_from(class_names[cls]);
    err->loc = source_loc(source, span);
    err->loc.file = str_dup(err->arena, source->file);
    Buf out = { 0 };
    if (err->loc.line) {
        buf_printf(&out, "  File \"%.*s\", line %u\n", STR_ARG(source->file), err->loc.line);
        put_excerpt(&out, source, err->loc);
    } else {
        buf_printf(&out, "  File \"%.*s\"\n", STR_ARG(source->file));
    }
    buf_printf(&out, "%s: %.*s", class_names[cls], STR_ARG(err->text));
    err->traceback = buf_take(&out, err->arena);
    return false;
}

static bool is_cookie_char(char c)
{
    return char_is_alnum(c) || c == '-' || c == '_' || c == '.';
}

/* The name in a comment like "-*- coding: NAME -*-", or STR_NONE. */
static Str cookie_of_line(Str line)
{
    line = str_trim_left(line);
    if (line.len == 0 || line.ptr[0] != '#')
        return STR_NONE;
    for (ptrdiff_t at = 0; (at = str_find(line, STR("coding"), (size_t)at)) >= 0; at++) {
        size_t i = (size_t)at + 6;
        if (i >= line.len || (line.ptr[i] != ':' && line.ptr[i] != '='))
            continue;
        for (i++; i < line.len && (line.ptr[i] == ' ' || line.ptr[i] == '\t'); i++)
            continue;
        size_t start = i;
        while (i < line.len && is_cookie_char(line.ptr[i]))
            i++;
        if (i > start)
            return str_slice(line, start, i);
    }
    return STR_NONE;
}

/* A cookie counts on the first line, or on the second when the first is blank or a comment. */
static Str find_cookie(Str text)
{
    Str line;
    for (int i = 0; i < 2 && str_line_next(&text, &line); i++) {
        Str name = cookie_of_line(line);
        if (str_given(name))
            return name;
        Str trimmed = str_trim_left(line);
        if (trimmed.len && trimmed.ptr[0] != '#')
            break;
    }
    return STR_NONE;
}

static Encoding encoding_named(Str name)
{
    char lower[16];
    if (name.len >= sizeof lower)
        return ENCODING_OTHER;
    for (size_t i = 0; i < name.len; i++)
        lower[i] = name.ptr[i] == '_' ? '-' : char_lower(name.ptr[i]);
    for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++) {
        if (str_is((Str){ lower, name.len }, encodings[i].name))
            return encodings[i].encoding;
    }
    return ENCODING_OTHER;
}

static Str from_latin1(Arena *arena, Str bytes)
{
    Buf out = buf_in(arena);
    for (size_t i = 0; i < bytes.len; i++)
        buf_put_code_point(&out, (unsigned char)bytes.ptr[i]);
    return buf_str(&out);
}

static Str normalize_lines(Arena *arena, Str text)
{
    char *out = arena_alloc(arena, text.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\r' && i + 1 < text.len && text.ptr[i + 1] == '\n')
            continue;
        out[len++] = text.ptr[i] == '\r' ? '\n' : text.ptr[i];
    }
    return (Str){ out, len };
}

static bool refuse_bytes(Source *source, Str text, size_t at, Encoding encoding, Error *err)
{
    uint32_t line = 1;
    for (size_t i = 0; i < at; i++)
        line += text.ptr[i] == '\n';
    unsigned byte = (unsigned char)text.ptr[at];
    if (encoding == ENCODING_ASCII)
        return syntax_fail(source, SYNTAX_ERROR, (Span){ 0 }, err,
                           "(unicode error) 'ascii' codec can't decode byte 0x%02x in position "
                           "%zu: ordinal not in range(128)",
                           byte, at);
    syntax_fail(source, SYNTAX_ERROR, (Span){ 0 }, err,
                "Non-UTF-8 code starting with '\\x%02x' in file %.*s on line %u, but no encoding "
                "declared; see https://peps.python.org/pep-0263/ for details",
                byte, STR_ARG(source->file), line);
    err->loc.line = line;
    return false;
}

static bool decode(Source *source, Str text, bool marked, Error *err)
{
    Str cookie = find_cookie(text);
    Encoding encoding = str_given(cookie) ? encoding_named(cookie) : ENCODING_UTF8;
    if (encoding == ENCODING_OTHER || (marked && encoding != ENCODING_UTF8))
        return syntax_fail(source, SYNTAX_ERROR, (Span){ 0 }, err, "encoding problem: %.*s%s",
                           STR_ARG(cookie), marked ? " with BOM" : "");
    ptrdiff_t bad = utf8_is_ascii(text) ? -1 : utf8_invalid(text);
    if (encoding == ENCODING_LATIN1) {
        source->text = from_latin1(source->arena, text);
        return true;
    }
    for (size_t i = 0; encoding == ENCODING_ASCII && bad < 0 && i < text.len; i++)
        bad = (unsigned char)text.ptr[i] >= 0x80 ? (ptrdiff_t)i : -1;
    if (bad >= 0)
        return refuse_bytes(source, text, (size_t)bad, encoding, err);
    source->text = text;
    return true;
}

bool source_new(Arena *arena, Str bytes, Str file, bool copy, Source **result, Error *err)
{
    Source *source = ARENA_NEW(arena, Source);
    *result = source;
    source->arena = arena;
    source->file = copy ? str_dup(arena, file) : file;
    if (bytes.len >= UINT32_MAX / 2)
        return syntax_fail(source, SYNTAX_ERROR, (Span){ 0 }, err, "source file is too big");
    bool marked = str_starts(bytes, STR("\xEF\xBB\xBF"));
    Str text = str_from_offset(bytes, marked ? 3 : 0);
    if (!decode(source, text, marked, err))
        return false;
    if (str_find_char(source->text, '\0', 0) >= 0)
        return syntax_fail(source, SYNTAX_ERROR, (Span){ 0 }, err,
                           "source code cannot contain null bytes");
    if (str_find_char(source->text, '\r', 0) >= 0)
        source->text = normalize_lines(arena, source->text);
    else if (copy && source->text.ptr == text.ptr)
        source->text = str_dup(arena, source->text);
    source->ascii = utf8_is_ascii(source->text);
    return true;
}
