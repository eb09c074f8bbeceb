/* SPDX-License-Identifier: MIT */
#include "command/command.h"

const Command *command_find(Str name)
{
    for (const Command *const *each = commands; *each; each++)
        if (str_is(name, (*each)->name))
            return *each;
    return NULL;
}

bool args_flag(const CommandRun *run, const char *name)
{
    return map_has(&run->args.values, str_from(name));
}

const StrVec *args_list(const CommandRun *run, const char *name)
{
    static const StrVec none;
    const StrVec *values = map_get(&run->args.values, str_from(name));
    return values ? values : &none;
}

Str args_text(const CommandRun *run, const char *name)
{
    const StrVec *values = args_list(run, name);
    return values->len ? VEC_LAST(values) : STR_NONE;
}

static void put_result(CommandRun *run, ResultKind kind, bool ok, const char *format, va_list args)
{
    Result result = { .kind = kind, .ok = ok, .text = str_vformat(run->arena, format, args) };
    run->result(run->context, &result);
}

void result_text(CommandRun *run, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    put_result(run, RESULT_TEXT, true, format, args);
    va_end(args);
}

void result_message(CommandRun *run, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    put_result(run, RESULT_MESSAGE, true, format, args);
    va_end(args);
}

void result_status(CommandRun *run, bool ok, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    put_result(run, RESULT_STATUS, ok, format, args);
    va_end(args);
}

void result_revision(CommandRun *run, const Revision *rev, RevisionLine line, bool verbose,
                     bool is_current)
{
    Result result = { .kind = RESULT_REVISION,
                      .ok = true,
                      .revision = rev,
                      .line = line,
                      .verbose = verbose,
                      .is_current = is_current };
    run->result(run->context, &result);
}
