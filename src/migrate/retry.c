/* SPDX-License-Identifier: MIT */
#include "migrate/retry.h"

#include "migrate/state.h"
#include "migrate/wait.h"

static const int pauses_ms[] = { 100, 500, 1000, 2000, 5000, 5000 };

/* By SQLSTATE: how often at most. */
static const struct {
    const char *sqlstate;
    size_t most;
} passing[] = {
    { "55P03", 6 }, /* lock_not_available */
    { "40001", 5 }, /* serialization_failure */
    { "40P01", 5 }, /* deadlock_detected */
};

static size_t most_tries(Str sqlstate)
{
    for (size_t i = 0; i < sizeof passing / sizeof *passing; i++)
        if (str_is(sqlstate, passing[i].sqlstate))
            return passing[i].most;
    return 0;
}

/* Everything since Limbeck's BEGIN is rolled back, and nothing else was done. */
static bool can_repeat(const MigrationContext *context, const Error *err)
{
    const ContextState *state = context->state;
    return err->rolled_back && !context->external && !state->script_began && !state->left &&
           context->conn->tx == TX_NONE;
}

static void log_retry(const MigrationContext *context, const Retry *retry, size_t most,
                      const Error *err)
{
    Arena *arena = arena_new(context->arena);
    Str text = err->text, line, place = STR("");
    str_line_next(&text, &line);
    if (str_given(err->loc.file))
        place = str_format(arena, ", %.*s:%u", STR_ARG(err->loc.file), err->loc.line);
    log_put(context->run->log, "limbeck.run", LOG_WARNING,
            "%.*s (SQLSTATE %.*s%.*s); all was rolled back and is done again (%zu of %zu)",
            STR_ARG(line), STR_ARG(err->sqlstate), STR_ARG(place), retry->count, most);
    arena_free(arena);
}

bool retry_again(MigrationContext *context, Retry *retry, Error *err)
{
    size_t most = most_tries(err->sqlstate);
    if (retry->count >= most || !can_repeat(context, err))
        return false;
    int pause = pauses_ms[retry->count++];
    log_retry(context, retry, most, err);
    error_clear(err);
    if (context->run->again)
        context->run->again(context->run->body_context);
    wait_about(pause);
    return true;
}
