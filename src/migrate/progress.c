/* SPDX-License-Identifier: MIT */
#include "migrate/progress.h"

#include "migrate/state.h"
#include "migrate/wait.h"

enum { TELL_MS = 500, LOG_MS = 30000 };

void progress_begin(MigrationContext *context)
{
    const Conn *conn = context->conn;
    int64_t now = wait_now_ms();
    context->state->progress = (Progress){ .began_ms = now, .told_ms = now, .logged_ms = now };
    if (conn) {
        context->state->progress.statements = conn->statements;
        context->state->progress.rows = conn->rows;
    }
}

static void progress_log(const MigrationContext *context, const RunProgress *far)
{
    log_put(context->run->log, "limbeck.run", LOG_INFO,
            "still at it: %llu statements, %llu rows, %.0f s", (unsigned long long)far->statements,
            (unsigned long long)far->rows, far->seconds);
}

void progress_tick(MigrationContext *context)
{
    Progress *progress = &context->state->progress;
    const Conn *conn = context->conn;
    const Run *run = context->run;
    int64_t now = wait_now_ms();
    if (!conn || now - progress->told_ms < TELL_MS)
        return;
    RunProgress far = { .statements = conn->statements - progress->statements,
                        .rows = conn->rows - progress->rows,
                        .seconds = (double)(now - progress->began_ms) / 1000 };
    progress->told_ms = now;
    if (run->progress) {
        run->progress(run->progress_context, &far);
    } else if (now - progress->logged_ms >= LOG_MS) {
        progress->logged_ms = now;
        progress_log(context, &far);
    }
}
