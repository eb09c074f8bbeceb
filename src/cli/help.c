/* SPDX-License-Identifier: MIT */
/* Usage and help, laid out as argparse does. */
#include <stdlib.h>

#include "base/buf.h"
#include "cli/args.h"

enum { HELP_COLUMN_MAX = 24, WIDTH_DEFAULT = 80 };

static const Option help_option = { OPTION_FLAG, "--help", "-h", NULL,
                                    "show this help message and exit" };

static size_t text_width(void)
{
    const char *columns = getenv("COLUMNS");
    long width = columns ? strtol(columns, NULL, 10) : 0;
    return (size_t)(width > 20 ? width : WIDTH_DEFAULT) - 2;
}

static bool is_positional(const Option *option)
{
    return option->kind == OPTION_POSITIONAL || option->kind == OPTION_POSITIONAL_MAYBE ||
           option->kind == OPTION_POSITIONAL_LIST;
}

static Str value_name(Arena *arena, const Option *option)
{
    if (option->value)
        return str_from(option->value);
    Str name = str_from(option->name);
    while (name.len && name.ptr[0] == '-')
        name = str_from_offset(name, 1);
    return str_replace(arena, str_upper_ascii(arena, name), STR("-"), STR("_"));
}

/* "[-m MESSAGE]" of the usage. */
static Str usage_part(Arena *arena, const Option *option)
{
    const char *name = option->letter ? option->letter : option->name;
    switch (option->kind) {
    case OPTION_FLAG:
        return str_format(arena, "[%s]", name);
    case OPTION_TEXT:
    case OPTION_TEXT_LIST:
    case OPTION_SETTING:
        return str_format(arena, "[%s %.*s]", name, STR_ARG(value_name(arena, option)));
    case OPTION_POSITIONAL:
        return str_from(option->name);
    case OPTION_POSITIONAL_MAYBE:
        return str_format(arena, "[%s]", option->name);
    case OPTION_POSITIONAL_LIST:
        return str_format(arena, "%s [%s ...]", option->name, option->name);
    }
    return STR("");
}

static Str choices(Arena *arena)
{
    Buf buf = buf_in(arena);
    for (const Command *const *each = commands; *each; each++)
        buf_printf(&buf, "%s%s", buf.len ? "," : "{", (*each)->name);
    buf_putc(&buf, '}');
    return buf_str(&buf);
}

typedef struct Layout {
    Arena *arena;
    Buf out;
    size_t width, indent, line;
    bool begun; /* a part stands on the line */
} Layout;

static void put_part(Layout *l, Str part)
{
    if (l->begun && l->line + 1 + part.len > l->width) {
        buf_putc(&l->out, '\n');
        buf_put_repeat(&l->out, ' ', l->indent);
        l->line = l->indent;
        l->begun = false;
    } else if (l->begun) {
        buf_putc(&l->out, ' ');
        l->line++;
    }
    buf_put(&l->out, part);
    l->line += part.len;
    l->begun = true;
}

static void break_line(Layout *l)
{
    buf_putc(&l->out, '\n');
    buf_put_repeat(&l->out, ' ', l->indent);
    l->line = l->indent;
    l->begun = false;
}

static void option_parts(Arena *arena, const Option *options, bool positionals, StrVec *parts)
{
    for (const Option *each = options; each->name; each++)
        if (is_positional(each) == positionals)
            VEC_PUSH(arena, parts, usage_part(arena, each));
}

static size_t parts_length(const StrVec *parts)
{
    size_t length = 0;
    VEC_EACH (const Str, part, parts)
        length += part->len + 1;
    return length;
}

Str args_usage(Arena *arena, const Command *command)
{
    Str program = command ? str_format(arena, "limbeck %s", command->name) : STR("limbeck");
    StrVec flags = { 0 }, rest = { 0 };
    VEC_PUSH(arena, &flags, STR("[-h]"));
    option_parts(arena, command ? command->options : global_options, false, &flags);
    if (command) {
        option_parts(arena, command->options, true, &rest);
    } else {
        VEC_PUSH(arena, &rest, choices(arena));
        VEC_PUSH(arena, &rest, STR("..."));
    }
    Layout l = { .arena = arena, .out = buf_in(arena), .width = text_width() };
    buf_printf(&l.out, "usage: %.*s ", STR_ARG(program));
    l.indent = l.line = l.out.len;
    bool one_line = l.line + parts_length(&flags) + parts_length(&rest) - 1 <= l.width;
    VEC_EACH (Str, part, &flags)
        put_part(&l, *part);
    if (!one_line && rest.len)
        break_line(&l);
    VEC_EACH (Str, part, &rest)
        put_part(&l, *part);
    buf_putc(&l.out, '\n');
    return buf_str(&l.out);
}

/* "-m MESSAGE, --message MESSAGE" of the help. */
static Str invocation(Arena *arena, const Option *option)
{
    if (is_positional(option))
        return str_from(option->name);
    Str value = STR("");
    if (option->kind != OPTION_FLAG)
        value = str_format(arena, " %.*s", STR_ARG(value_name(arena, option)));
    if (!option->letter)
        return str_format(arena, "%s%.*s", option->name, STR_ARG(value));
    return str_format(arena, "%s%.*s, %s%.*s", option->letter, STR_ARG(value), option->name,
                      STR_ARG(value));
}

/* `text` from `column` on, broken at blanks. */
static void put_wrapped(Buf *out, Str text, size_t column, size_t width)
{
    size_t used = 0, room = width > column + 11 ? width - column : 11;
    for (Str word; str_split_next(&text, ' ', &word);) {
        if (!word.len)
            continue;
        if (used && used + 1 + word.len > room) {
            buf_putc(out, '\n');
            buf_put_repeat(out, ' ', column);
            used = 0;
        } else if (used) {
            buf_putc(out, ' ');
            used++;
        }
        buf_put(out, word);
        used += word.len;
    }
    buf_putc(out, '\n');
}

static void put_entry(Buf *out, Str name, const char *help, size_t indent, size_t column,
                      size_t width)
{
    buf_put_repeat(out, ' ', indent);
    buf_put(out, name);
    if (!help) {
        buf_putc(out, '\n');
        return;
    }
    size_t at = indent + name.len;
    if (at + 2 > column) {
        buf_putc(out, '\n');
        at = 0;
    }
    buf_put_repeat(out, ' ', column - at);
    put_wrapped(out, str_from(help), column, width);
}

static size_t help_column(Arena *arena, const Option *options)
{
    size_t longest = invocation(arena, &help_option).len;
    for (const Option *each = options; each->name; each++) {
        size_t length = invocation(arena, each).len;
        longest = length > longest ? length : longest;
    }
    return longest + 4 < HELP_COLUMN_MAX ? longest + 4 : HELP_COLUMN_MAX;
}

static void put_options(Arena *arena, Buf *out, const Option *options, bool positionals,
                        size_t column)
{
    for (const Option *each = options; each->name; each++)
        if (is_positional(each) == positionals)
            put_entry(out, invocation(arena, each), each->help, 2, column, text_width());
}

static bool has_positionals(const Option *options)
{
    for (const Option *each = options; each->name; each++)
        if (is_positional(each))
            return true;
    return false;
}

Str args_help(Arena *arena, const Command *command)
{
    Buf out = buf_in(arena);
    const Option *options = command ? command->options : global_options;
    size_t column = command ? help_column(arena, options) : HELP_COLUMN_MAX;
    buf_put(&out, args_usage(arena, command));
    if (!command) {
        buf_printf(&out, "\npositional arguments:\n  %.*s\n", STR_ARG(choices(arena)));
        for (const Command *const *each = commands; *each; each++)
            put_entry(&out, str_from((*each)->name), (*each)->help, 4, column, text_width());
    } else if (has_positionals(options)) {
        buf_puts(&out, "\npositional arguments:\n");
        put_options(arena, &out, options, true, column);
    }
    buf_puts(&out, "\noptions:\n");
    put_entry(&out, invocation(arena, &help_option), help_option.help, 2, column, text_width());
    put_options(arena, &out, options, false, column);
    return buf_str(&out);
}
