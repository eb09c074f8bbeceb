/* SPDX-License-Identifier: MIT */
#include "limbeck.h"

#include <setjmp.h>
#include <stdlib.h>

#include "base/buf.h"
#include "command/command.h"

struct limbeck {
    Arena *settings; /* lives as long as the handle */
    Arena *arena;    /* of the last run; NULL before */
    StrVec config;
    Str url;
    limbeck_log *log;
    void *log_context;
    VEC(limbeck_result) results;
    Buf sql;
    Redactor redactor;
    Error error;
    const char *error_text, *error_file, *error_sql; /* as handed out; NULL: none */
    jmp_buf *out_of_memory;                          /* of the public entry that is running */
};

const char *limbeck_version(void)
{
    return LIMBECK_VERSION;
}

static void leave(void *context, size_t wanted)
{
    limbeck *lb = context;
    (void)wanted;
    longjmp(*lb->out_of_memory, 1);
}

limbeck *limbeck_open(void)
{
    limbeck *volatile lb = calloc(1, sizeof *lb);
    jmp_buf place;
    if (!lb)
        return NULL;
    lb->out_of_memory = &place;
    if (setjmp(place)) {
        mem_set_handler(NULL, NULL);
        free(lb);
        return NULL;
    }
    mem_set_handler(leave, lb);
    lb->settings = arena_new(NULL);
    mem_set_handler(NULL, NULL);
    return lb;
}

void limbeck_close(limbeck *lb)
{
    if (!lb)
        return;
    arena_free(lb->arena);
    arena_free(lb->settings);
    free(lb);
}

static void copy_paths(limbeck *lb, const char *const *paths)
{
    lb->config.len = 0;
    for (; paths && *paths; paths++)
        VEC_PUSH(lb->settings, &lb->config, str_dup(lb->settings, str_from(*paths)));
}

int limbeck_set_config(limbeck *lb, const char *const *paths)
{
    jmp_buf place;
    lb->out_of_memory = &place;
    if (setjmp(place)) {
        mem_set_handler(NULL, NULL);
        return 1;
    }
    mem_set_handler(leave, lb);
    copy_paths(lb, paths);
    mem_set_handler(NULL, NULL);
    return 0;
}

int limbeck_set_url(limbeck *lb, const char *url)
{
    jmp_buf place;
    lb->out_of_memory = &place;
    if (setjmp(place)) {
        mem_set_handler(NULL, NULL);
        return 1;
    }
    mem_set_handler(leave, lb);
    lb->url = url ? str_dup(lb->settings, str_from(url)) : STR_NONE;
    mem_set_handler(NULL, NULL);
    return 0;
}

void limbeck_set_log(limbeck *lb, limbeck_log *log, void *context)
{
    lb->log = log;
    lb->log_context = context;
}

static Str result_line(Arena *arena, const Result *result)
{
    Buf buf = buf_in(arena);
    if (result->kind != RESULT_REVISION)
        return str_dup(arena, result->text);
    if (result->verbose)
        revision_entry(&buf, result->revision, result->is_current);
    else
        revision_line(&buf, result->revision, result->line);
    return buf_str(&buf);
}

static void keep_result(void *context, const Result *result)
{
    limbeck *lb = context;
    Str text = redactor_apply(&lb->redactor, lb->arena, result_line(lb->arena, result));
    limbeck_result kept = { .text = str_cstr(lb->arena, text) };
    if (result->revision) {
        kept.revision = str_cstr(lb->arena, result->revision->id);
        kept.path = str_cstr(lb->arena, result->revision->path);
    }
    VEC_PUSH(lb->arena, &lb->results, kept);
}

static void keep_sql(void *context, Str text)
{
    limbeck *lb = context;
    buf_put(&lb->sql, text);
}

static void pass_log(void *context, LogTarget target, Str text)
{
    limbeck *lb = context;
    (void)target;
    if (!lb->log)
        return;
    text = str_dup(lb->arena, redactor_apply(&lb->redactor, lb->arena, text));
    lb->log(lb->log_context, text.ptr, text.len);
}

static const Option *find_option(const Command *command, const char *name)
{
    for (const Option *each = command->options; each->name; each++) {
        const char *own = each->name;
        while (*own == '-')
            own++;
        if (strcmp(own, name) == 0)
            return each;
    }
    return NULL;
}

static bool put_option(limbeck *lb, CommandRun *run, const limbeck_option *given, Error *err)
{
    const Option *option = given->name ? find_option(run->command, given->name) : NULL;
    if (!option)
        return fail(err, ERR_USAGE, "%s has no option '%s'", run->command->name,
                    given->name ? given->name : "");
    Str key = str_from(given->name);
    StrVec *values = map_get(&run->args.values, key);
    if (!values) {
        values = ARENA_NEW(lb->arena, StrVec);
        map_set(&run->args.values, key, values);
    }
    if (option->kind == OPTION_FLAG)
        return true;
    if (!given->value)
        return fail(err, ERR_USAGE, "the option '%s' needs a value", given->name);
    VEC_PUSH(lb->arena, values, str_dup(lb->arena, str_from(given->value)));
    return true;
}

static bool check_required(const CommandRun *run, Error *err)
{
    for (const Option *each = run->command->options; each->name; each++)
        if ((each->kind == OPTION_POSITIONAL || each->kind == OPTION_POSITIONAL_LIST) &&
            !args_list(run, each->name)->len)
            return fail(err, ERR_USAGE, "%s needs '%s'", run->command->name, each->name);
    return true;
}

static bool load_config(limbeck *lb, CommandRun *run, Error *err)
{
    ConfigSource source = { .files = lb->config, .limbeck = map_in(lb->arena) };
    if (str_given(lb->url))
        map_set(&source.limbeck, STR("url"), &lb->url);
    return config_load(&run->config, lb->arena, &source, err);
}

static bool run_command(limbeck *lb, const char *name, const limbeck_option *options, size_t count,
                        Error *err)
{
    CommandRun run = { .arena = lb->arena,
                       .command = command_find(str_from(name)),
                       .args = { map_in(lb->arena) },
                       .log = log_tree_new(lb->arena),
                       .redactor = &lb->redactor,
                       .result = keep_result,
                       .output = keep_sql,
                       .context = lb };
    if (!run.command)
        return fail(err, ERR_USAGE, "there is no command '%s'", name);
    log_set_sink(run.log, pass_log, lb);
    for (size_t i = 0; i < count; i++)
        if (!put_option(lb, &run, &options[i], err))
            return false;
    return check_required(&run, err) && load_config(lb, &run, err) && run.command->run(&run, err);
}

static void start_run(limbeck *lb)
{
    arena_free(lb->arena);
    lb->arena = NULL;
    lb->results.items = NULL;
    lb->results.len = lb->results.cap = 0;
    lb->sql = (Buf){ 0 };
    lb->error = (Error){ 0 };
    lb->error_text = lb->error_file = lb->error_sql = NULL;
}

static const char *shown(limbeck *lb, Str text)
{
    if (!text.len)
        return NULL;
    return str_cstr(lb->arena, redactor_apply(&lb->redactor, lb->arena, text));
}

int limbeck_run(limbeck *lb, const char *command, const limbeck_option *options, size_t count)
{
    jmp_buf place;
    lb->out_of_memory = &place;
    start_run(lb);
    if (setjmp(place)) {
        mem_set_handler(NULL, NULL);
        start_run(lb);
        lb->error_text = "out of memory";
        return 1;
    }
    mem_set_handler(leave, lb);
    lb->arena = arena_new(NULL);
    lb->sql = buf_in(lb->arena);
    lb->redactor = redactor_in(lb->arena);
    lb->error = error_in(lb->arena);
    bool ok = run_command(lb, command, options, count, &lb->error);
    bool of_script = error_exit_status(&lb->error) == 1 && lb->error.traceback.len;
    lb->error_text = shown(lb, of_script ? lb->error.traceback : lb->error.text);
    lb->error_file = shown(lb, lb->error.loc.file);
    lb->error_sql = shown(lb, lb->error.sql);
    mem_set_handler(NULL, NULL);
    return ok ? 0 : error_exit_status(&lb->error);
}

size_t limbeck_result_count(const limbeck *lb)
{
    return lb->results.len;
}

const limbeck_result *limbeck_result_at(const limbeck *lb, size_t index)
{
    return index < lb->results.len ? &lb->results.items[index] : NULL;
}

const char *limbeck_sql(const limbeck *lb)
{
    return buf_str(&lb->sql).ptr;
}

const char *limbeck_error_text(const limbeck *lb)
{
    return lb->error_text ? lb->error_text : "";
}

const char *limbeck_error_file(const limbeck *lb)
{
    return lb->error_file;
}

unsigned limbeck_error_line(const limbeck *lb)
{
    return lb->error.loc.line;
}

const char *limbeck_error_sql(const limbeck *lb)
{
    return lb->error_sql;
}
