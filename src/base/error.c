/* SPDX-License-Identifier: MIT */
#include "base/error.h"

static bool fail_with(Error *err, ErrorCode code, Loc loc, const char *format, va_list args)
{
    if (error_set(err))
        return false;
    err->code = code;
    err->loc = loc;
    err->text = str_vformat(err->arena, format, args);
    return false;
}

bool fail(Error *err, ErrorCode code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fail_with(err, code, (Loc){ 0 }, format, args);
    va_end(args);
    return false;
}

bool fail_at(Error *err, ErrorCode code, Loc loc, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fail_with(err, code, loc, format, args);
    va_end(args);
    return false;
}

bool error_remedy(Error *err, const char *format, ...)
{
    if (str_given(err->remedy))
        return false;
    va_list args;
    va_start(args, format);
    err->remedy = str_vformat(err->arena, format, args);
    va_end(args);
    return false;
}

bool error_at(Error *err, Loc loc)
{
    if (!str_given(err->loc.file))
        err->loc = loc;
    return false;
}

void error_clear(Error *err)
{
    *err = error_in(err->arena);
}

bool error_copy(Error *to, const Error *from)
{
    if (error_set(to))
        return false;
    Arena *arena = to->arena;
    *to = *from;
    to->arena = arena;
    to->text = str_dup(arena, from->text);
    to->remedy = str_dup(arena, from->remedy);
    to->traceback = str_dup(arena, from->traceback);
    to->sql = str_dup(arena, from->sql);
    to->sqlstate = str_dup(arena, from->sqlstate);
    to->detail = str_dup(arena, from->detail);
    return false;
}

int error_exit_status(const Error *err)
{
    switch (err->code) {
    case ERR_NONE:
        return 0;
    case ERR_USAGE:
        return 2;
    case ERR_SYNTAX:
    case ERR_SCRIPT:
    case ERR_SCHEMA:
    case ERR_DATABASE:
    case ERR_CONNECT:
    case ERR_MEMORY:
        return 1;
    case ERR_COMMAND:
    case ERR_CONFIG:
    case ERR_REVISION:
    case ERR_URL:
    case ERR_FILE:
    case ERR_UNSUPPORTED:
        return 255;
    }
    return 1;
}
