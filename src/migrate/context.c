/* SPDX-License-Identifier: MIT */
#include "migrate/context.h"

#include "migrate/state.h"
#include "migrate/transaction.h"
#include "migrate/version.h"
#include "ops/op_batch.h"

#define DEFAULT_VERSION_TABLE "alembic_version"

/* ---- configure ---- */

static bool choose_dialect(MigrationContext *context, const MigrationOptions *options, Error *err)
{
    Str name = options->dialect_name;
    if (options->conn) {
        name = options->conn->url.dialect;
    } else if (str_given(options->url)) {
        Url url;
        if (!url_parse(context->arena, options->url, &url, err))
            return false;
        if (context->run->redactor)
            redactor_add_url(context->run->redactor, &url);
        name = url.dialect;
    }
    if (!str_given(name))
        return fail(err, ERR_CONNECT, "Connection, url, or dialect_name is required.");
    context->dialect = dialect_find(name);
    if (context->dialect && !context->dialect->known_by_name)
        return true;
    return db_unserved(name, ERR_CONNECT, err);
}

static void take_options(MigrationContext *context, const MigrationOptions *options)
{
    Run *run = context->run;
    MigrationOptions *own = &context->options;
    *own = *options;
    if (!str_given(own->starting_rev))
        own->starting_rev = run->starting_rev;
    if (!str_given(own->tag))
        own->tag = run->tag;
    context->as_sql = own->as_sql == TRI_NONE ? run->as_sql : own->as_sql == TRI_TRUE;
    context->conn = context->as_sql ? NULL : own->conn;
    context->version_table =
        str_given(own->version_table) ? own->version_table : STR(DEFAULT_VERSION_TABLE);
    context->transactional_ddl = own->transactional_ddl == TRI_NONE
                                     ? context->dialect->transactional_ddl
                                     : own->transactional_ddl == TRI_TRUE;
}

static void watch_connection(MigrationContext *context)
{
    Conn *conn = context->conn;
    context->external = conn->tx == TX_SCRIPT;
    conn->guard = transaction_guard;
    conn->guard_context = context;
    conn->on_late = post_late;
}

bool context_new(Run *run, const MigrationOptions *options, MigrationContext **out, Error *err)
{
    MigrationContext *context = ARENA_NEW(run->arena, MigrationContext);
    context->arena = run->arena;
    context->created_types = map_in(run->arena);
    context->run = run;
    if (!choose_dialect(context, options, err))
        return false;
    take_options(context, options);
    if (!context->as_sql && !context->conn)
        return fail(err, ERR_COMMAND,
                    "no connection was given to configure(), and this is not --sql");
    context->state = ARENA_NEW(run->arena, ContextState);
    context->state->sql_files = map_in(run->arena);
    context->state->purge = run->purge;
    if (!policy_read(run->config, &context->state->policy, err))
        return false;
    if (context->conn)
        watch_connection(context);
    else
        log_put(run->log, "alembic.runtime.migration", LOG_INFO, "Generating static SQL");
    run->context = context;
    *out = context;
    return true;
}

/* ---- heads ---- */

static bool starting_heads(MigrationContext *context, StrVec *heads, Error *err)
{
    Str start = context->options.starting_rev;
    if (!str_given(start) || str_is(start, "base"))
        return true;
    RevisionVec revisions = { 0 };
    if (!context->run->graph) {
        VEC_PUSH(context->arena, heads, start);
        return true;
    }
    if (!resolve_all(context->run->graph, start, &revisions, err))
        return false;
    VEC_EACH (Revision *, revision, &revisions)
        VEC_PUSH(context->arena, heads, (*revision)->id);
    return true;
}

bool context_ready(const MigrationContext *context, Error *err)
{
    if (context->as_sql || context->conn)
        return true;
    fail(err, ERR_SCRIPT, "ResourceClosedError: This Connection is closed");
    return error_remedy(err, "env.py closed the connection that it gave to context.configure(), "
                             "before the migrations were run");
}

bool context_heads(MigrationContext *context, StrVec *heads, Error *err)
{
    *heads = (StrVec){ 0 };
    if (!context_ready(context, err))
        return false;
    return context->as_sql ? starting_heads(context, heads, err)
                           : version_read(context, context->arena, heads, err);
}

static bool create_unless_there(MigrationContext *context, Error *err)
{
    bool exists;
    return version_exists(context, &exists, err) && (exists || version_create(context, err));
}

bool context_ensure_version_table(MigrationContext *context, Error *err)
{
    bool exists;
    if (!context_ready(context, err))
        return false;
    if (context->as_sql)
        return version_create(context, err);
    if (!version_exists(context, &exists, err))
        return false;
    if (exists)
        return true;
    if (context->external || context->conn->tx == TX_LIMBECK)
        return version_create(context, err);
    if (!context_commit(context, err) || !lock_begin(context, err))
        return false;
    if (create_unless_there(context, err) && context_commit(context, err))
        return true;
    context_take_back(context, err);
    return false;
}

/* ---- statements ---- */

static bool print_ended(MigrationContext *context, Str text, Str end, Error *err)
{
    Arena *arena = arena_new(context->arena);
    if (str_find_char(text, '\t', 0) >= 0)
        text = str_replace(arena, text, STR("\t"), STR("    "));
    Str line = str_concat(arena, text, end);
    bool ok = true;
    if (context->options.output)
        ok = context->options.output(context->options.script, line, err);
    else
        context->run->output(context->run->output_context, line);
    arena_free(arena);
    return ok;
}

bool context_print(MigrationContext *context, Str text, Error *err)
{
    return print_ended(context, text, STR("\n\n"), err);
}

static bool run_one(MigrationContext *context, Arena *arena, Str sql, const DbValue *params,
                    size_t param_count, Error *err)
{
    DbResult result;
    bool skip;
    if (context->as_sql)
        return print_ended(context, str_trim(sql), STR(";\n\n"), err);
    if (!statements_next(context, sql, &skip, err))
        return false;
    if (skip)
        return true;
    bool ok = param_count == 0
                  ? post_statement(context, sql, context->loc, err)
                  : db_query(context->conn, arena, sql, params, param_count, &result, err);
    return ok && (context->autocommit_depth == 0 || statements_done(context, err));
}

bool context_execute(MigrationContext *context, Str sql, const DbValue *params, size_t param_count,
                     Loc loc, Error *err)
{
    Arena *arena = arena_new(context->arena);
    context->loc = loc;
    bool ok =
        (context_ready(context, err) && run_one(context, arena, sql, params, param_count, err)) ||
        error_at(err, loc);
    arena_free(arena);
    return ok;
}

static bool to_value(Arena *arena, const Datum *datum, DbValue *value, Error *err)
{
    switch (datum->kind) {
    case DATUM_NONE:
        *value = db_null();
        return true;
    case DATUM_BOOL:
        *value = db_int(datum->truth);
        return true;
    case DATUM_INT:
        *value = db_int(datum->integer);
        return true;
    case DATUM_FLOAT:
        *value = db_real(datum->real);
        return true;
    case DATUM_BYTES:
        *value = db_bytes(datum->text);
        return true;
    case DATUM_DATETIME:
        *value = db_text(str_find_char(datum->text, '.', 0) >= 0
                             ? datum->text
                             : str_concat(arena, datum->text, STR(".000000")));
        return true;
    case DATUM_STR:
    case DATUM_DATE:
    case DATUM_TIME:
    case DATUM_UUID:
    case DATUM_BIGINT:
    case DATUM_DECIMAL:
        *value = db_text(datum->text);
        return true;
    case DATUM_INTERVAL:
    case DATUM_LIST:
    case DATUM_MAP:
    case DATUM_RECORD:
    case DATUM_SCRIPT:
        break;
    }
    return fail(err, ERR_DATABASE, "a value of this kind cannot be a parameter of a statement");
}

static bool run_with(MigrationContext *context, Arena *arena, Str sql, const DatumVec *params,
                     Error *err)
{
    DbValue *values = ARENA_ARRAY(arena, DbValue, params->len);
    for (size_t i = 0; i < params->len; i++)
        if (!to_value(arena, &params->items[i], &values[i], err))
            return false;
    return run_one(context, arena, sql, values, params->len, err);
}

static bool run_statement(MigrationContext *context, Arena *arena, const Statement *statement,
                          Error *err)
{
    if (statement->rows.len == 0)
        return run_with(context, arena, statement->text, &statement->params, err);
    Arena *row_arena = arena_new(arena);
    bool ok = true;
    for (size_t i = 0; ok && i < statement->rows.len; i++) {
        ok = run_with(context, row_arena, statement->text, &statement->rows.items[i], err);
        arena_reset(row_arena);
    }
    return ok;
}

bool context_run_statements(MigrationContext *context, const Ddl *ddl, Error *err)
{
    VEC_EACH (const Statement, statement, &ddl->statements) {
        bool alone = statement->autocommit && !context->external;
        context->loc = statement->loc;
        if (alone && !context_autocommit_begin(context, err))
            return error_at(err, statement->loc);
        bool ok = run_statement(context, ddl->arena, statement, err);
        if (alone && !context_autocommit_end(context, ok, err))
            ok = false;
        if (!ok)
            return error_at(err, statement->loc);
    }
    return true;
}

Ddl context_ddl(MigrationContext *context, Arena *arena, Error *err)
{
    Ddl ddl = ddl_begin(arena, context->dialect, err);
    ddl.naming.metadata = context->options.target_metadata;
    ddl.naming.calls = ddl.calls = context->run->calls;
    ddl.created_types = &context->created_types;
    ddl.offline = context->as_sql;
    ddl.literal_binds = context->options.literal_binds;
    ddl.double_percent = context->as_sql && context->dialect->percent_paramstyle &&
                         !context->options.paramstyle_named;
    return ddl;
}

static bool invoke_plain(MigrationContext *context, const Op *op, Error *err)
{
    Arena *arena = arena_new(context->arena);
    Ddl ddl = context_ddl(context, arena, err);
    bool ok = ddl_compile(&ddl, op) && context_run_statements(context, &ddl, err);
    arena_free(arena);
    return ok;
}

static bool batch_invoke(void *context, const Op *op, Error *err)
{
    return invoke_plain(context, op, err);
}

static bool batch_execute(void *context, Str sql, Loc loc, Error *err)
{
    return context_execute(context, sql, NULL, 0, loc, err);
}

static bool invoke_batch(MigrationContext *context, const Op *op, Error *err)
{
    Arena *arena = arena_new(context->arena);
    BatchRunner runner = {
        .arena = arena,
        .conn = context->conn,
        .dialect = context->dialect,
        .naming = context_ddl(context, arena, err).naming,
        .calls = context->run->calls,
        .offline = context->as_sql,
        .context = context,
        .invoke = batch_invoke,
        .execute = batch_execute,
    };
    bool ok = batch_run(&runner, (const Batch *)(const void *)op, err);
    arena_free(arena);
    return ok;
}

bool context_invoke(MigrationContext *context, const Op *op, Error *err)
{
    if (!context_ready(context, err))
        return error_at(err, op->head.loc);
    bool ok =
        op_kind(op) == OP_BATCH ? invoke_batch(context, op, err) : invoke_plain(context, op, err);
    return ok || error_at(err, op->head.loc);
}
