/* SPDX-License-Identifier: MIT */
#include "base/ini.h"

#include <utf8proc.h>

#include "base/buf.h"
#include "base/file.h"

enum { DEPTH_MAX = 10 };

Ini ini_in(Arena *arena)
{
    return (Ini){ .arena = arena,
                  .sections = map_in(arena),
                  .defaults = { STR("DEFAULT"), map_in(arena) } };
}

/* White space as Python's str.strip and \s see it. */
static bool is_space(uint32_t c)
{
    return c == ' ' || (c >= 0x09 && c <= 0x0d) || (c >= 0x1c && c <= 0x1f) || c == 0x85 ||
           c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 ||
           c == 0x202f || c == 0x205f || c == 0x3000;
}

/* The number of code points of white space in front; *rest is what follows. */
static size_t skip_space(Str text, Str *rest)
{
    size_t offset = 0, count = 0;
    while (offset < text.len) {
        size_t next = offset;
        if (!is_space(utf8_next(text, &next)))
            break;
        offset = next;
        count++;
    }
    *rest = str_from_offset(text, offset);
    return count;
}

static Str strip_right(Str text)
{
    while (text.len) {
        size_t start = text.len - 1;
        while (start && ((unsigned char)text.ptr[start] & 0xc0) == 0x80)
            start--;
        size_t next = start;
        if (!is_space(utf8_next(text, &next)))
            break;
        text.len = start;
    }
    return text;
}

static Str strip(Str text)
{
    skip_space(text, &text);
    return strip_right(text);
}

static Str fold(Arena *arena, Str name)
{
    Buf buf = buf_in(arena);
    for (size_t at = 0; at < name.len;)
        buf_put_code_point(&buf,
                           (uint32_t)utf8proc_tolower((utf8proc_int32_t)utf8_next(name, &at)));
    return buf_str(&buf);
}

static bool is_printable(uint32_t c)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return c == ' ' || !(category == UTF8PROC_CATEGORY_CN ||
                         (category >= UTF8PROC_CATEGORY_ZS && category <= UTF8PROC_CATEGORY_CO));
}

/* As Python's repr of a str. */
static Str quoted(Arena *arena, Str text)
{
    Buf buf = buf_in(arena);
    char quote = str_find_char(text, '\'', 0) >= 0 && str_find_char(text, '"', 0) < 0 ? '"' : '\'';
    buf_putc(&buf, quote);
    for (size_t at = 0; at < text.len;) {
        uint32_t c = utf8_next(text, &at);
        if (c == (uint32_t)quote || c == '\\')
            buf_printf(&buf, "\\%c", (char)c);
        else if (c == '\n' || c == '\r' || c == '\t')
            buf_puts(&buf, c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\t");
        else if (!is_printable(c))
            buf_printf(&buf, c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x", c);
        else
            buf_put_code_point(&buf, c);
    }
    buf_putc(&buf, quote);
    return buf_str(&buf);
}

typedef struct Reader {
    Ini *ini;
    Str file;
    uint32_t line_number;
    IniSection *section;
    IniOption *option; /* takes continuation lines; NULL after a header */
    Buf value;         /* of the option, lines joined */
    size_t indent;     /* of the option's line */
    Map seen;          /* sections and "section\0option", to find doubles */
    Buf problems;      /* lines that are nothing */
    uint32_t first_problem;
} Reader;

static Loc reader_loc(const Reader *reader, uint32_t line)
{
    return (Loc){ .file = reader->file, .line = line };
}

static void option_end(Reader *reader)
{
    if (reader->option)
        reader->option->value = str_dup(reader->ini->arena, strip_right(buf_str(&reader->value)));
    reader->option = NULL;
    buf_clear(&reader->value);
}

static bool seen_before(Reader *reader, Str section, const Str *option)
{
    Buf key = buf_in(reader->ini->arena);
    buf_put(&key, section);
    if (option) {
        buf_putc(&key, '\0');
        buf_put(&key, *option);
    }
    if (map_has(&reader->seen, buf_str(&key)))
        return true;
    map_set(&reader->seen, buf_str(&key), reader);
    return false;
}

static IniSection *section_make(Ini *ini, Str name)
{
    if (str_is(name, "DEFAULT"))
        return &ini->defaults;
    IniSection *section = map_get(&ini->sections, name);
    if (!section) {
        section = ARENA_NEW(ini->arena, IniSection);
        *section = (IniSection){ str_dup(ini->arena, name), map_in(ini->arena) };
        map_set(&ini->sections, name, section);
    }
    return section;
}

static bool read_header(Reader *reader, Str name, Error *err)
{
    option_end(reader);
    if (!str_is(name, "DEFAULT") && seen_before(reader, name, NULL))
        return fail_at(err, ERR_CONFIG, reader_loc(reader, reader->line_number),
                       "While reading from %.*s [line %2u]: section %.*s already exists",
                       STR_ARG(quoted(reader->ini->arena, reader->file)), reader->line_number,
                       STR_ARG(quoted(reader->ini->arena, name)));
    reader->section = section_make(reader->ini, name);
    return true;
}

static void note_problem(Reader *reader, Str line)
{
    if (!reader->first_problem)
        reader->first_problem = reader->line_number;
    buf_printf(&reader->problems, "\n\t[line %2u]: %.*s", reader->line_number,
               STR_ARG(quoted(reader->ini->arena, line)));
}

static ptrdiff_t find_delimiter(Str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] == '=' || text.ptr[i] == ':')
            return (ptrdiff_t)i;
    return -1;
}

static IniOption *option_make(Ini *ini, IniSection *section, Str name)
{
    IniOption *option = map_get(&section->options, name);
    if (!option) {
        option = ARENA_NEW(ini->arena, IniOption);
        map_set(&section->options, name, option);
    }
    return option;
}

static bool read_option(Reader *reader, Str text, Str line, Error *err)
{
    Arena *arena = reader->ini->arena;
    ptrdiff_t delimiter = find_delimiter(text);
    if (delimiter < 0) {
        note_problem(reader, line);
        return true;
    }
    Str name = fold(arena, strip_right(str_slice(text, 0, (size_t)delimiter)));
    if (name.len == 0)
        note_problem(reader, line);
    option_end(reader);
    if (seen_before(reader, reader->section->name, &name))
        return fail_at(
            err, ERR_CONFIG, reader_loc(reader, reader->line_number),
            "While reading from %.*s [line %2u]: option %.*s in section %.*s already exists",
            STR_ARG(quoted(arena, reader->file)), reader->line_number, STR_ARG(quoted(arena, name)),
            STR_ARG(quoted(arena, reader->section->name)));
    IniOption *option = option_make(reader->ini, reader->section, name);
    *option = (IniOption){ .value = STR(""), .line = reader->line_number };
    buf_put(&reader->value, strip(str_from_offset(text, (size_t)delimiter + 1)));
    if (name.len)
        reader->option = option;
    else
        option->value = str_dup(arena, buf_str(&reader->value));
    return true;
}

static bool no_header(Reader *reader, Str line, Error *err)
{
    Arena *arena = reader->ini->arena;
    return fail_at(err, ERR_CONFIG, reader_loc(reader, reader->line_number),
                   "File contains no section headers.\nfile: %.*s, line: %u\n%.*s",
                   STR_ARG(quoted(arena, reader->file)), reader->line_number,
                   STR_ARG(quoted(arena, line)));
}

/* `line` has its newline. */
static bool read_line(Reader *reader, Str line, Error *err)
{
    Str value;
    size_t indent = skip_space(line, &value);
    value = strip_right(value);
    bool comment = value.len && (value.ptr[0] == '#' || value.ptr[0] == ';');
    if (value.len == 0 || comment) {
        if (!comment && reader->option)
            buf_putc(&reader->value, '\n');
        return true;
    }
    if (reader->option && indent > reader->indent) {
        buf_putc(&reader->value, '\n');
        buf_put(&reader->value, value);
        return true;
    }
    reader->indent = indent;
    ptrdiff_t close = str_rfind_char(value, ']');
    if (value.ptr[0] == '[' && close >= 2)
        return read_header(reader, str_slice(value, 1, (size_t)close), err);
    return reader->section ? read_option(reader, value, line, err) : no_header(reader, line, err);
}

/* As Python's text mode: "\r\n" and "\r" end lines too. */
static Str universal_newlines(Arena *arena, Str text)
{
    if (str_find_char(text, '\r', 0) < 0)
        return text;
    return str_replace(arena, str_replace(arena, text, STR("\r\n"), STR("\n")), STR("\r"),
                       STR("\n"));
}

static bool read_lines(Reader *reader, Str text, Error *err)
{
    while (text.len) {
        ptrdiff_t newline = str_find_char(text, '\n', 0);
        size_t len = newline < 0 ? text.len : (size_t)newline + 1;
        reader->line_number++;
        if (!read_line(reader, str_slice(text, 0, len), err))
            return false;
        text = str_from_offset(text, len);
    }
    option_end(reader);
    if (reader->first_problem)
        return fail_at(err, ERR_CONFIG, reader_loc(reader, reader->first_problem),
                       "Source contains parsing errors: %.*s%.*s",
                       STR_ARG(quoted(reader->ini->arena, reader->file)),
                       STR_ARG(buf_str(&reader->problems)));
    return true;
}

bool ini_read(Ini *ini, Str text, Str file, Error *err)
{
    ini->file = str_dup(ini->arena, file);
    ptrdiff_t bad = utf8_invalid(text);
    if (bad >= 0)
        return fail(err, ERR_CONFIG, "'%.*s' is not UTF-8 text at byte %td", STR_ARG(file), bad);
    if (str_starts(text, STR("\xef\xbb\xbf")))
        text = str_from_offset(text, 3);
    Reader reader = { .ini = ini,
                      .file = ini->file,
                      .value = buf_in(ini->arena),
                      .problems = buf_in(ini->arena),
                      .seen = map_in(ini->arena) };
    return read_lines(&reader, universal_newlines(ini->arena, text), err);
}

bool ini_read_file(Ini *ini, Str path, Error *err)
{
    Str text;
    return file_read(ini->arena, path, &text, err) && ini_read(ini, text, path, err);
}

const IniSection *ini_section(const Ini *ini, Str section)
{
    return str_is(section, "DEFAULT") ? &ini->defaults : map_get(&ini->sections, section);
}

bool ini_has_section(const Ini *ini, Str section)
{
    return map_has(&ini->sections, section);
}

/* Of the section or of the defaults, by its folded name; NULL when absent. */
static const IniOption *find_option(const Ini *ini, Str section, Str folded)
{
    const IniSection *own = ini_section(ini, section);
    const IniOption *option = own ? map_get(&own->options, folded) : NULL;
    return option || !own ? option : map_get(&ini->defaults.options, folded);
}

bool ini_has_option(const Ini *ini, Str section, Str option)
{
    return find_option(ini, section, fold(ini->arena, option)) != NULL;
}

Str ini_get_raw(const Ini *ini, Str section, Str option)
{
    const IniOption *found = find_option(ini, section, fold(ini->arena, option));
    return found ? found->value : STR_NONE;
}

typedef struct Interpolation {
    const Ini *ini;
    Str section, option; /* that was asked for */
    Str raw;
    Buf out;
} Interpolation;

static bool interpolate(Interpolation *in, Str rest, int depth, Error *err);

static Loc option_loc(const Interpolation *in)
{
    const IniOption *option = find_option(in->ini, in->section, in->option);
    return option && option->line ? (Loc){ .file = in->ini->file, .line = option->line }
                                  : (Loc){ 0 };
}

static bool interpolate_name(Interpolation *in, Str name, int depth, Error *err)
{
    Arena *arena = in->ini->arena;
    Str folded = fold(arena, name);
    const IniOption *option = find_option(in->ini, in->section, folded);
    if (!option)
        return fail_at(err, ERR_CONFIG, option_loc(in),
                       "Bad value substitution: option %.*s in section %.*s contains an "
                       "interpolation key %.*s which is not a valid option name. Raw value: %.*s",
                       STR_ARG(quoted(arena, in->option)), STR_ARG(quoted(arena, in->section)),
                       STR_ARG(quoted(arena, folded)), STR_ARG(quoted(arena, in->raw)));
    if (option->verbatim) {
        buf_put(&in->out, option->value);
        return true;
    }
    return interpolate(in, option->value, depth + 1, err);
}

/* The length of "%(name)s" at the start of `text`, or 0. */
static size_t reference_length(Str text)
{
    ptrdiff_t close = str_find_char(text, ')', 2);
    bool whole = close > 2 && (size_t)close + 1 < text.len && text.ptr[close + 1] == 's';
    return whole ? (size_t)close + 2 : 0;
}

static bool bad_percent(Interpolation *in, Str rest, Error *err)
{
    Str shown = quoted(in->ini->arena, rest);
    if (rest.len > 1 && rest.ptr[1] == '(')
        return fail_at(err, ERR_CONFIG, option_loc(in), "bad interpolation variable reference %.*s",
                       STR_ARG(shown));
    fail_at(err, ERR_CONFIG, option_loc(in), "'%%' must be followed by '%%' or '(', found: %.*s",
            STR_ARG(shown));
    return error_remedy(err, "a percent sign is written %%%%");
}

static bool interpolate(Interpolation *in, Str rest, int depth, Error *err)
{
    if (depth > DEPTH_MAX)
        return fail_at(
            err, ERR_CONFIG, option_loc(in),
            "Recursion limit exceeded in value substitution: option %.*s in section %.*s "
            "contains an interpolation key which cannot be substituted in %d steps. "
            "Raw value: %.*s",
            STR_ARG(quoted(in->ini->arena, in->option)),
            STR_ARG(quoted(in->ini->arena, in->section)), DEPTH_MAX,
            STR_ARG(quoted(in->ini->arena, in->raw)));
    for (ptrdiff_t percent; (percent = str_find_char(rest, '%', 0)) >= 0;) {
        buf_put(&in->out, str_slice(rest, 0, (size_t)percent));
        rest = str_from_offset(rest, (size_t)percent);
        size_t length = 2;
        if (rest.len > 1 && rest.ptr[1] == '%') {
            buf_putc(&in->out, '%');
        } else {
            length = rest.len > 1 && rest.ptr[1] == '(' ? reference_length(rest) : 0;
            if (!length)
                return bad_percent(in, rest, err);
            if (!interpolate_name(in, str_slice(rest, 2, length - 2), depth, err))
                return false;
        }
        rest = str_from_offset(rest, length);
    }
    buf_put(&in->out, rest);
    return true;
}

bool ini_get(const Ini *ini, Str section, Str option, Str *value, Error *err)
{
    Str folded = fold(ini->arena, option);
    const IniOption *found = find_option(ini, section, folded);
    *value = found ? found->value : STR_NONE;
    if (!found || found->verbatim || ini->verbatim || str_find_char(found->value, '%', 0) < 0)
        return true;
    Interpolation in = { ini, section, folded, found->value, buf_in(ini->arena) };
    if (!interpolate(&in, found->value, 1, err))
        return false;
    *value = buf_str(&in.out);
    return true;
}

void ini_options(Arena *arena, const Ini *ini, Str section, StrVec *names)
{
    const IniSection *own = ini_section(ini, section);
    if (!own)
        return;
    for (size_t i = 0; i < own->options.len; i++)
        VEC_PUSH(arena, names, own->options.entries[i].key);
    for (size_t i = 0; i < ini->defaults.options.len; i++)
        if (own != &ini->defaults && !map_has(&own->options, ini->defaults.options.entries[i].key))
            VEC_PUSH(arena, names, ini->defaults.options.entries[i].key);
}

bool ini_template_valid(Str value, size_t *offset)
{
    for (size_t at = 0; at < value.len; at++) {
        if (value.ptr[at] != '%')
            continue;
        Str rest = str_from_offset(value, at);
        size_t length = rest.len > 1 && rest.ptr[1] == '%'   ? 2
                        : rest.len > 1 && rest.ptr[1] == '(' ? reference_length(rest)
                                                             : 0;
        *offset = at;
        if (!length)
            return false;
        at += length - 1;
    }
    return true;
}

static void put_option(Ini *ini, IniSection *section, Str name, Str value, bool verbatim)
{
    *option_make(ini, section, fold(ini->arena, name)) =
        (IniOption){ .value = str_dup(ini->arena, value), .verbatim = verbatim };
}

void ini_set(Ini *ini, Str section, Str option, Str value)
{
    size_t offset;
    put_option(ini, section_make(ini, section), option, value, !ini_template_valid(value, &offset));
}

void ini_set_default(Ini *ini, Str option, Str value)
{
    put_option(ini, &ini->defaults, option, value, true);
}

