/* SPDX-License-Identifier: MIT */
#include "cli/args.h"

#include "base/buf.h"

const Option global_options[] = {
    { OPTION_FLAG, "--version", NULL, NULL, "show program's version number and exit" },
    { OPTION_TEXT_LIST, "--config", "-c", NULL,
      "Alternate config file; defaults to value of ALEMBIC_CONFIG environment variable, or "
      "\"alembic.ini\". May also refer to pyproject.toml file. May be specified twice to reference "
      "both files separately" },
    { OPTION_TEXT, "--name", "-n", NULL,
      "Name of section in .ini file to use for Alembic config (only applies to configparser "
      "config, "
      "not toml)" },
    { OPTION_TEXT_LIST, "-x", NULL, "X",
      "Additional arguments consumed by custom env.py scripts, e.g. -x setting1=somesetting -x "
      "setting2=somesetting" },
    { OPTION_TEXT, "--url", NULL, NULL,
      "Database to work on, whatever env.py says; LIMBECK_URL does the same" },
    { OPTION_TEXT, "--tls", NULL, NULL,
      "verify: connect to a server only by TLS, with a certificate of its name" },
    { OPTION_FLAG, "--native-env", NULL, NULL,
      "Use the built-in environment even where there is an env.py" },
    { OPTION_FLAG, "--json", NULL, NULL, "Print the results as one JSON document" },
    { OPTION_FLAG, "--raiseerr", NULL, NULL, "Raise a full stack trace on error" },
    { OPTION_FLAG, "--quiet", "-q", NULL, "Do not log to std output." },
    { 0 },
};

typedef struct Parser {
    Arena *arena;
    const Command *command; /* NULL: the program's own options */
    const Option *options;
    CommandArgs *out;
    StrVec positionals, unknown;
    char **argv;
    int argc, at;
    bool only_positionals; /* after -- */
    bool help;
} Parser;

__attribute__((format(printf, 3, 4))) static bool usage_error(Parser *p, Error *err,
                                                              const char *format, ...)
{
    va_list args;
    va_start(args, format);
    Str text = str_vformat(p->arena, format, args);
    va_end(args);
    fail(err, ERR_USAGE, "%.*s", STR_ARG(text));
    return error_remedy(err, "%.*s", STR_ARG(args_usage(p->arena, p->command)));
}

static Str key_of(const Option *option)
{
    Str name = str_from(option->name);
    while (name.len && name.ptr[0] == '-')
        name = str_from_offset(name, 1);
    return name;
}

static bool is_positional(const Option *option)
{
    return option->kind == OPTION_POSITIONAL || option->kind == OPTION_POSITIONAL_MAYBE ||
           option->kind == OPTION_POSITIONAL_LIST;
}

static void put_value(Parser *p, const Option *option, Str value)
{
    Str key = key_of(option);
    StrVec *values = map_get(&p->out->values, key);
    if (!values) {
        values = ARENA_NEW(p->arena, StrVec);
        map_set(&p->out->values, key, values);
    }
    if (option->kind == OPTION_TEXT || option->kind == OPTION_SETTING)
        values->len = 0;
    if (option->kind != OPTION_FLAG)
        VEC_PUSH(p->arena, values, value);
}

/* "-r/--rev-range", as argparse names an option in messages. */
static Str option_shown(Arena *arena, const Option *option)
{
    return option->letter ? str_format(arena, "%s/%s", option->letter, option->name)
                          : str_from(option->name);
}

/* By its whole name, its letter, or the beginning of one long name; *ambiguous when of several. */
static const Option *find_option(const Parser *p, Str name, bool *ambiguous)
{
    const Option *found = NULL;
    *ambiguous = false;
    for (const Option *each = p->options; each->name; each++) {
        if (is_positional(each))
            continue;
        if (str_is(name, each->name) || (each->letter && str_is(name, each->letter)))
            return each;
    }
    for (const Option *each = p->options; each->name; each++) {
        if (is_positional(each) || name.len < 3 || !str_starts(str_from(each->name), name))
            continue;
        *ambiguous = found != NULL;
        found = each;
    }
    return *ambiguous ? NULL : found;
}

/* "-1" and "-.5" are values, since no option looks like a number. */
static bool is_negative_number(Str text)
{
    size_t at = 1, digits = 0;
    if (text.len < 2 || text.ptr[0] != '-')
        return false;
    for (; at < text.len && char_is_digit(text.ptr[at]); at++)
        digits++;
    if (at < text.len && text.ptr[at] == '.')
        for (at++, digits = 0; at < text.len && char_is_digit(text.ptr[at]); at++)
            digits++;
    return at == text.len && digits > 0;
}

static bool looks_like_option(Str text)
{
    return text.len > 1 && text.ptr[0] == '-' && !is_negative_number(text) &&
           str_find_char(text, ' ', 0) < 0;
}

static bool take_value(Parser *p, const Option *option, Str attached, Error *err)
{
    Str shown = option_shown(p->arena, option);
    if (option->kind == OPTION_FLAG) {
        if (str_given(attached))
            return usage_error(p, err, "argument %.*s: ignored explicit argument '%.*s'",
                               STR_ARG(shown), STR_ARG(attached));
        put_value(p, option, STR_NONE);
        return true;
    }
    if (!str_given(attached)) {
        Str next = p->at < p->argc ? str_from(p->argv[p->at]) : STR_NONE;
        if (!str_given(next) || str_is(next, "--") || looks_like_option(next))
            return usage_error(p, err, "argument %.*s: expected one argument", STR_ARG(shown));
        p->at++;
        attached = next;
    }
    put_value(p, option, attached);
    return true;
}

/* -v, -rVALUE, -vq. */
static bool take_letters(Parser *p, Str arg, Error *err)
{
    for (size_t i = 1; i < arg.len; i++) {
        bool ambiguous;
        const char letter[3] = { '-', arg.ptr[i], '\0' };
        if (letter[1] == 'h') {
            p->help = true;
            return true;
        }
        const Option *option = find_option(p, str_from(letter), &ambiguous);
        if (!option) {
            VEC_PUSH(p->arena, &p->unknown, arg);
            return true;
        }
        bool takes = option->kind != OPTION_FLAG;
        Str rest = takes && i + 1 < arg.len ? str_from_offset(arg, i + 1) : STR_NONE;
        if (!take_value(p, option, rest, err))
            return false;
        if (takes)
            return true;
    }
    return true;
}

static bool take_option(Parser *p, Str arg, Error *err)
{
    bool ambiguous;
    ptrdiff_t equals = str_find_char(arg, '=', 0);
    Str name = equals < 0 ? arg : str_slice(arg, 0, (size_t)equals);
    Str attached = equals < 0 ? STR_NONE : str_from_offset(arg, (size_t)equals + 1);
    if (str_is(name, "-h") ||
        (name.len > 2 && str_starts(STR("--help"), name) && !find_option(p, name, &ambiguous))) {
        p->help = true;
        return true;
    }
    const Option *option = find_option(p, name, &ambiguous);
    if (option)
        return take_value(p, option, attached, err);
    if (ambiguous)
        return usage_error(p, err, "ambiguous option: %.*s", STR_ARG(arg));
    if (arg.ptr[1] != '-')
        return take_letters(p, arg, err);
    VEC_PUSH(p->arena, &p->unknown, arg);
    return true;
}

/* Reads until the end, or for the program itself until the command's name. */
static bool read_all(Parser *p, Error *err)
{
    while (p->at < p->argc && !p->help) {
        Str arg = str_from(p->argv[p->at++]);
        if (!p->only_positionals && str_is(arg, "--")) {
            p->only_positionals = true;
            continue;
        }
        if (!p->only_positionals && looks_like_option(arg)) {
            if (!take_option(p, arg, err))
                return false;
            continue;
        }
        VEC_PUSH(p->arena, &p->positionals, arg);
        if (!p->command)
            return true;
    }
    return true;
}

static bool missing(Parser *p, Error *err)
{
    Buf names = buf_in(p->arena);
    size_t have = p->positionals.len;
    for (const Option *each = p->options; each->name; each++) {
        bool needed = each->kind == OPTION_POSITIONAL || each->kind == OPTION_POSITIONAL_LIST;
        if (!needed || have-- > 0)
            continue;
        buf_printf(&names, "%s%s", names.len ? ", " : "", each->name);
        have = 0;
    }
    return usage_error(p, err, "the following arguments are required: %.*s",
                       STR_ARG(buf_str(&names)));
}

static bool assign_positionals(Parser *p, Error *err)
{
    size_t at = 0;
    for (const Option *each = p->options; each->name; each++) {
        if (!is_positional(each))
            continue;
        if (at >= p->positionals.len && each->kind != OPTION_POSITIONAL_MAYBE)
            return missing(p, err);
        size_t end = each->kind == OPTION_POSITIONAL_LIST ? p->positionals.len : at + 1;
        for (; at < end && at < p->positionals.len; at++)
            put_value(p, each, p->positionals.items[at]);
    }
    for (; at < p->positionals.len; at++)
        VEC_PUSH(p->arena, &p->unknown, p->positionals.items[at]);
    return true;
}

static Str command_names(Arena *arena, const char *separator, const char *quote)
{
    Buf buf = buf_in(arena);
    for (const Command *const *each = commands; *each; each++)
        buf_printf(&buf, "%s%s%s%s", buf.len ? separator : "", quote, (*each)->name, quote);
    return buf_str(&buf);
}

static bool find_command(Parser *p, CommandLine *line, Error *err)
{
    if (!p->positionals.len)
        return usage_error(p, err, "too few arguments");
    line->command = command_find(p->positionals.items[0]);
    if (line->command)
        return true;
    return usage_error(p, err, "argument {%.*s}: invalid choice: '%.*s' (choose from %.*s)",
                       STR_ARG(command_names(p->arena, ",", "")), STR_ARG(p->positionals.items[0]),
                       STR_ARG(command_names(p->arena, ", ", "'")));
}

static bool read_command(Parser *program, CommandLine *line, Error *err)
{
    Parser p = { .arena = program->arena,
                 .command = line->command,
                 .options = line->command->options,
                 .out = &line->args,
                 .argv = program->argv,
                 .argc = program->argc,
                 .at = program->at };
    if (!read_all(&p, err))
        return false;
    line->help = p.help;
    if (p.help)
        return true;
    if (!assign_positionals(&p, err))
        return false;
    VEC_EACH (Str, arg, &p.unknown)
        VEC_PUSH(p.arena, &program->unknown, *arg);
    return true;
}

bool args_read(Arena *arena, int argc, char **argv, CommandLine *line, Error *err)
{
    *line = (CommandLine){ .global = { map_in(arena) }, .args = { map_in(arena) } };
    Parser p = { .arena = arena,
                 .options = global_options,
                 .out = &line->global,
                 .argv = argv,
                 .argc = argc,
                 .at = 1 };
    if (!read_all(&p, err))
        return false;
    line->help = p.help;
    line->version = map_has(&line->global.values, STR("version"));
    if (line->help || line->version)
        return true;
    if (!find_command(&p, line, err) || !read_command(&p, line, err))
        return false;
    if (line->help || !p.unknown.len)
        return true;
    return usage_error(&p, err, "unrecognized arguments: %.*s",
                       STR_ARG(strvec_join(arena, &p.unknown, STR(" "))));
}
