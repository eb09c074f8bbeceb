/* SPDX-License-Identifier: MIT */
#include "migrate/proof.h"

#include "migrate/state.h"

static bool is_postgresql(const MigrationContext *context)
{
    return context->conn->url.engine == ENGINE_POSTGRESQL;
}

/* Rows of the catalogs that this transaction inserted, updated or deleted; -1: not counted. */
static bool catalog_changes(MigrationContext *context, int64_t *changes, Error *err)
{
    Arena *arena = arena_new(context->arena);
    DbResult result;
    const DbValue *row;
    bool ok = lock_query(context, arena,
                         STR("SELECT CASE WHEN current_setting('track_counts') = 'on' THEN "
                             "coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::bigint "
                             "ELSE -1 END FROM pg_stat_xact_sys_tables"),
                         &result, err) &&
              db_next(&result, &row, err);
    *changes = ok ? row[0].integer : -1;
    arena_free(arena);
    return ok;
}

static bool mark(MigrationContext *context, int64_t *value, Error *err)
{
    return is_postgresql(context) ? catalog_changes(context, value, err)
                                  : db_schema_version(context->conn, value, err);
}

bool proof_begin(MigrationContext *context, Proof *proof, Error *err)
{
    *proof = (Proof){ 0 };
    if (is_postgresql(context))
        return true;
    proof->taken = true;
    return mark(context, &proof->before, err);
}

bool proof_statement(MigrationContext *context, Proof *proof, Str sql, Error *err)
{
    if (!is_postgresql(context) || proof->off || proof->taken || !journal_is_ddl(sql))
        return true;
    proof->off = !journal_is_conditional(sql) || context->conn->tx == TX_NONE;
    if (proof->off)
        return true;
    proof->taken = true;
    return mark(context, &proof->before, err);
}

bool proof_end(MigrationContext *context, const Proof *proof, const Journal *journal,
               const Step *step, Error *err)
{
    int64_t after;
    if (journal->ddl == 0 || !step->revision || !proof->taken || proof->off)
        return true;
    if (is_postgresql(context) && (journal->certain > 0 || journal->committed > 0))
        return true;
    if (!mark(context, &after, err))
        return false;
    if (after != proof->before || after < 0)
        return true;
    log_put(context->run->log, "limbeck.proof", LOG_WARNING,
            "revision %.*s ran %zu schema statement%s, but the schema is as it was",
            STR_ARG(step->revision->id), journal->ddl, journal->ddl == 1 ? "" : "s");
    return true;
}
