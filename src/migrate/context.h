/* SPDX-License-Identifier: MIT */
/*
 * A configured migration context: a connection (or, offline, a dialect), its version table, and the
 * transaction that steps run in. Alembic's MigrationContext; context.configure() makes one.
 *
 *     MigrationOptions options = { .conn = conn };
 *     context_new(run, &options, &context, err);
 *     context_begin_transaction(context, err);
 *     bool ok = context_run_migrations(context, err);
 *     context_end_transaction(context, ok, err);
 *
 * Transactions. Where DDL is transactional: one round everything, or one a step with
 * transaction_per_migration. On SQLite: one real transaction a step, or one round everything with
 * transactional_ddl=True. A transaction that the script itself began (TX_SCRIPT) is neither
 * committed nor rolled back here; one that its statements happened to begin (TX_AUTO) is committed
 * before the first step. While a step runs, every statement on the connection, also those that the
 * script sends by db_query, runs in the step's transaction; the ones that the database refuses
 * there (VACUUM ...) step out of it, and the next statement begins a new one.
 */
#ifndef LIMBECK_MIGRATE_CONTEXT_H
#define LIMBECK_MIGRATE_CONTEXT_H

#include "base/datum.h"
#include "db/db.h"
#include "migrate/run.h"

typedef struct Dialect Dialect; /* sql/dialect.h */
typedef struct Op Op;           /* schema/op.h */

/* What context.configure() takes, as far as running goes; the rest stays with the script. */
typedef struct MigrationOptions {
    Conn *conn;            /* online; NULL with as_sql */
    Str url;               /* else: whose dialect is used */
    Str dialect_name;      /* else: "sqlite", "postgresql" ... */
    Tri as_sql;            /* not given: the run's */
    Str starting_rev;      /* not given: the run's */
    Str tag;               /* not given: the run's */
    Tri transactional_ddl; /* not given: the dialect's */
    bool transaction_per_migration;
    Str version_table; /* STR_NONE: alembic_version */
    Str version_table_schema;
    Tri version_table_pk;  /* not given: true */
    bool literal_binds;    /* offline: bound values are written into the SQL */
    bool paramstyle_named; /* dialect_opts={"paramstyle": "named"}: '%' is not doubled */
    const struct MetaData
        *target_metadata; /* its naming convention names what has no name; or NULL */
    /* After each step's version row is written: on_version_apply. `heads` are the rows now. */
    bool (*version_applied)(void *script, MigrationContext *context, const Step *step,
                            const StrVec *heads, Error *err);
    /* output_buffer=; NULL: the run's output. */
    bool (*output)(void *script, Str text, Error *err);
    void *script; /* handed to both */
} MigrationOptions;

struct MigrationContext {
    Arena *arena;
    Run *run;
    MigrationOptions options;
    Conn *conn; /* NULL offline */
    const Dialect *dialect;
    bool as_sql, transactional_ddl;
    Str version_table; /* the name, unquoted */
    const Step *step;  /* the one that is running, or NULL */
    Loc loc;           /* of the op or statement being run: for messages */
    Map created_types; /* PostgreSQL: types that the tables of this run have brought along */
    int autocommit_depth;
    bool external;              /* the script's own transaction was open at configure() */
    bool given_up; /* the script asked for ROLLBACK of the run's transaction: nothing may follow */
    struct ContextState *state; /* private to migrate/ */
};

/*
 * ERR_CONNECT when no connection, url or dialect is given, or the dialect is not known. Sets
 * run->context. The context lives in the run's arena.
 */
bool context_new(Run *run, const MigrationOptions *options, MigrationContext **context, Error *err);

/* ids in the version table (offline: the starting revision); none when there is no table. */
bool context_heads(MigrationContext *context, StrVec *heads, Error *err);
/* Creates the version table unless it is there. */
bool context_ensure_version_table(MigrationContext *context, Error *err);

/*
 * `with context.begin_transaction():` of an env.py. Each begin needs its end, with ok = false when
 * an exception passes. Both do nothing inside a transaction of the script.
 */
bool context_begin_transaction(MigrationContext *context, Error *err);
bool context_end_transaction(MigrationContext *context, bool ok, Error *err);
/*
 * Plans and runs all steps. On failure the open transaction of Limbeck's is rolled back, err->loc
 * is set where known and err->rolled_back tells. Without an enclosing begin_transaction the work is
 * committed nonetheless.
 */
bool context_run_migrations(MigrationContext *context, Error *err);

/* `with context.autocommit_block():`. */
bool context_autocommit_begin(MigrationContext *context, Error *err);
bool context_autocommit_end(MigrationContext *context, bool ok, Error *err);

/* Runs, or prints, what an op compiles to on the context's dialect; op->head.loc is reported. */
bool context_invoke(MigrationContext *context, const Op *op, Error *err);
/* Runs, or prints, one finished statement (binds already written in or doubled as need be). */
bool context_execute(MigrationContext *context, Str sql, const DbValue *params, size_t param_count,
                     Loc loc, Error *err);
/* Offline: `text` and an empty line, tabs as four blanks. Statements bring their own ';'. */
bool context_print(MigrationContext *context, Str text, Error *err);

#endif
