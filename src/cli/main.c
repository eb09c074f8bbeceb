/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/args.h"
#include "cli/print.h"
#include "cli/signals.h"

extern char **environ;

/* cmd_opts of a script: every option of the program and of the command, as argparse would have it.
 */
static Datum option_datum(Arena *arena, const Option *option, const StrVec *given)
{
    bool is_list = option->kind == OPTION_TEXT_LIST || option->kind == OPTION_POSITIONAL_LIST;
    if (option->kind == OPTION_FLAG)
        return datum_bool(given != NULL);
    if (!given)
        return (Datum){ .kind = DATUM_NONE };
    if (!is_list)
        return datum_str(VEC_LAST(given));
    Datum datum = { .kind = DATUM_LIST };
    datum.list.items = ARENA_ARRAY(arena, Datum, given->len);
    datum.list.len = given->len;
    for (size_t i = 0; i < given->len; i++)
        datum.list.items[i] = datum_str(given->items[i]);
    return datum;
}

static void put_options(Arena *arena, const Option *options, const CommandArgs *args, Map *out)
{
    for (const Option *each = options; each->name; each++) {
        Str name = str_from(each->name);
        while (name.len && name.ptr[0] == '-')
            name = str_from_offset(name, 1);
        Datum datum = option_datum(arena, each, map_get(&args->values, name));
        map_set(out, str_replace(arena, name, STR("-"), STR("_")),
                arena_copy(arena, &datum, sizeof datum));
    }
}

static StrVec list_of(const CommandArgs *args, const char *name)
{
    const StrVec *values = map_get(&args->values, str_from(name));
    return values ? *values : (StrVec){ 0 };
}

/* Options of the command that are options of [limbeck]: --lock-wait is lock_wait. */
static void put_settings(Arena *arena, const CommandLine *line, Map *out)
{
    for (const Option *each = line->command->options; each && each->name; each++) {
        StrVec given = list_of(&line->args, each->name + 2);
        if (each->kind != OPTION_SETTING || !given.len)
            continue;
        Str name = str_replace(arena, str_from(each->name + 2), STR("-"), STR("_"));
        map_set(out, name, arena_copy(arena, &VEC_LAST(&given), sizeof(Str)));
    }
}

static void put_text(Arena *arena, const CommandArgs *global, const char *name, Map *out)
{
    StrVec given = list_of(global, name);
    if (given.len)
        map_set(out, str_from(name), arena_copy(arena, &VEC_LAST(&given), sizeof(Str)));
}

static ConfigSource config_source(Arena *arena, const CommandLine *line)
{
    const CommandArgs *global = &line->global;
    StrVec name = list_of(global, "name");
    ConfigSource source = { .files = list_of(global, "config"),
                            .x_args = list_of(global, "x"),
                            .limbeck = map_in(arena) };
    static const Str on = { "true", 4 };
    if (name.len)
        source.section = VEC_LAST(&name);
    put_text(arena, global, "url", &source.limbeck);
    put_text(arena, global, "tls", &source.limbeck);
    if (map_has(&global->values, STR("native-env")))
        map_set(&source.limbeck, STR("native_env"), arena_copy(arena, &on, sizeof on));
    put_settings(arena, line, &source.limbeck);
    return source;
}

static bool command_run(CommandRun *run, const CommandLine *line, Error *err)
{
    ConfigSource source = config_source(run->arena, line);
    if (map_has(&line->global.values, STR("json")) && map_has(&line->args.values, STR("sql")))
        return fail(err, ERR_COMMAND, "--json does not go with --sql: both want standard output");
    if (!run->command->no_config && !config_load(&run->config, run->arena, &source, err))
        return false;
    if (run->command->no_config)
        run->config.options = map_in(run->arena);
    put_options(run->arena, global_options, &line->global, &run->config.options);
    put_options(run->arena, run->command->options, &line->args, &run->config.options);
    return run->command->run(run, err);
}

/* --raiseerr: a command error is told as an exception. */
static int raise_error(const Error *err)
{
    fprintf(stderr, "alembic.util.exc.CommandError: %.*s\n", STR_ARG(err->text));
    return 1;
}

/* sys.exit() of a script: its number is the status, a text is said. */
static bool script_exited(const Error *err)
{
    return err->code == ERR_SCRIPT && str_given(err->detail) &&
           str_starts(err->text, STR("SystemExit"));
}

static int script_exit(Printer *printer, const Error *err)
{
    char *end;
    const char *text = str_cstr(err->arena, err->detail);
    long status = strtol(text, &end, 10);
    printer_end(printer);
    if (*end == '\0' && end != text)
        return (int)(status & 255);
    fprintf(stderr, "%s\n", text);
    return 1;
}

static int run_command(Arena *arena, const CommandLine *line)
{
    Redactor redactor = redactor_in(arena);
    redactor_add_environment(&redactor, environ);
    Printer printer = printer_make(arena, &redactor);
    CommandRun run = { .arena = arena,
                       .command = line->command,
                       .args = line->args,
                       .log = log_tree_new(arena),
                       .redactor = &redactor,
                       .quiet = map_has(&line->global.values, STR("quiet")),
                       .interrupted = signals_flag(),
                       .result = printer_result,
                       .output = printer_output,
                       .progress = printer.progress ? printer_progress : NULL,
                       .context = &printer };
    Error err = error_in(arena);
    printer.quiet = run.quiet;
    printer.as_sql = map_has(&line->args.values, STR("sql")) &&
                     !str_is(str_from(line->command->name), "revision");
    if (map_has(&line->global.values, STR("json")))
        printer_use_json(&printer);
    log_set_sink(run.log, printer_log, &printer);
    signals_watch();
    bool ok = command_run(&run, line, &err);
    if (ok) {
        printer_finish(&printer, true);
        printer_end(&printer);
        return 0;
    }
    if (script_exited(&err))
        return script_exit(&printer, &err);
    if (map_has(&line->global.values, STR("raiseerr")) && error_exit_status(&err) == 255)
        return raise_error(&err);
    printer_error(&printer, run.log, &err);
    printer_end(&printer);
    return *run.interrupted ? 128 + (int)*run.interrupted : error_exit_status(&err);
}

static int usage_status(Arena *arena, const CommandLine *line, const Error *err)
{
    const char *command = line->command ? line->command->name : NULL;
    fprintf(stderr, "%.*slimbeck%s%s: error: %.*s\n", STR_ARG(err->remedy), command ? " " : "",
            command ? command : "", STR_ARG(err->text));
    (void)arena;
    return 2;
}

static int run_line(Arena *arena, int argc, char **argv)
{
    CommandLine line;
    Error err = error_in(arena);
    if (!args_read(arena, argc, argv, &line, &err))
        return usage_status(arena, &line, &err);
    if (line.version) {
        puts("limbeck " LIMBECK_VERSION);
        return 0;
    }
    if (line.help) {
        Str help = args_help(arena, line.command);
        fwrite(help.ptr, 1, help.len, stdout);
        return 0;
    }
    return run_command(arena, &line);
}

int main(int argc, char **argv)
{
    /* GnuTLS comes with libpq, through OpenLDAP, which starts it where LDAP is used. */
    setenv("GNUTLS_NO_IMPLICIT_INIT", "1", 0);
    Arena *arena = arena_new(NULL);
    int status = run_line(arena, argc, argv);
    arena_leave(arena);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fputs("limbeck: cannot write to standard output\n", stderr);
        return status ? status : 1;
    }
    return status;
}
