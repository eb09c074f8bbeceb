/* SPDX-License-Identifier: MIT */
#include "migrate/proof.h"

bool proof_begin(MigrationContext *context, Proof *proof, Error *err)
{
    return db_schema_version(context->conn, &proof->before, err);
}

bool proof_end(MigrationContext *context, const Proof *proof, const Journal *journal,
               const Step *step, Error *err)
{
    int64_t after;
    if (journal->ddl == 0 || !step->revision)
        return true;
    if (!db_schema_version(context->conn, &after, err))
        return false;
    if (after != proof->before)
        return true;
    log_put(context->run->log, "limbeck.proof", LOG_WARNING,
            "revision %.*s ran %zu schema statement%s, but the schema is as it was",
            STR_ARG(step->revision->id), journal->ddl, journal->ddl == 1 ? "" : "s");
    return true;
}
