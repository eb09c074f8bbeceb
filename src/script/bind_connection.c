/* SPDX-License-Identifier: MIT */
/* Connections, their transactions, and what they execute. */
#include "script/bind_connection.h"

#include "ops/op_def.h"
#include "py/obj_list.h"
#include "py/obj_opaque.h"
#include "script/bind_driver_sql.h"
#include "script/bind_expr.h"
#include "script/bind_op.h"
#include "script/bind_prepared.h"
#include "script/state.h"
#include "sql/query.h"

typedef struct ConnObj {
    Conn *conn;        /* NULL once closed */
    Value engine;      /* None when it was lent */
    Value transaction; /* the one that begin() opened, or None */
    Value info;
    bool owned; /* close() closes it */
    size_t savepoints;
} ConnObj;

typedef struct TransactionObj {
    Value connection;
    TransactionKind kind;
    bool active;
    Str savepoint;
} TransactionObj;

static ConnObj *conn_self(Vm *vm, Value self)
{
    return payload_of(vm, self, &connection_class);
}

static Value conn_make(Vm *vm, Conn *conn, Value engine, bool owned)
{
    Value made = vm_new_native(vm, vm_class(vm, &connection_class), &connection_class);
    ConnObj *object = conn_self(vm, made);
    *object = (ConnObj){ .conn = conn, .engine = engine, .owned = owned };
    object->transaction = object->info = VALUE_NONE;
    return made;
}

Value connection_box(Vm *vm, Conn *conn)
{
    return conn_make(vm, conn, VALUE_NONE, false);
}

bool connection_new(Vm *vm, Value engine, Value *v)
{
    EngineObj *from = payload_of(vm, engine, &engine_class);
    Conn *conn;
    if (!engine_open(vm, engine, &conn))
        return false;
    *v = conn_make(vm, conn, engine, from->shared == NULL);
    return true;
}

static bool conn_open(Vm *vm, Value v, Conn **conn)
{
    const ConnObj *object = payload_of(vm, v, &connection_class);
    *conn = object->conn;
    return *conn || raise_sa(vm, "ResourceClosedError", "This Connection is closed");
}

bool connection_of(Vm *vm, Value v, Conn **conn)
{
    Value sync;
    if (is_opaque(v))
        return opaque_refuse(vm, v, "a connection");
    if (payload_of(vm, v, &connection_class))
        return conn_open(vm, v, conn);
    if (payload_of(vm, v, &engine_class)) {
        Error err = vm_error(vm);
        fail(
            &err, ERR_COMMAND,
            "'connection' argument to configure() is expected to be a sqlalchemy.engine.Connection "
            "instance, got %s",
            type_name(vm, v));
        return raise_error(vm, &err);
    }
    if (!vm_getattr_if(vm, v, "sync_connection", &sync))
        return false;
    if (value_given(sync) && payload_of(vm, sync, &connection_class))
        return conn_open(vm, sync, conn);
    return vm_raise(vm, "TypeError", "expected a Connection, got %s", type_name(vm, v));
}

bool connectable_of(Vm *vm, Value v, Conn **conn, bool *opened)
{
    EngineObj *engine = payload_of(vm, v, &engine_class);
    *opened = false;
    if (!engine)
        return connection_of(vm, v, conn);
    if (!engine_open(vm, v, conn))
        return false;
    *opened = engine->shared == NULL;
    return true;
}

/* ---- executing ---- */

/* Parameters of text() and of statements: a dict, by name. */
static bool parameters_datum(Vm *vm, Arena *arena, Value parameters, Datum *given)
{
    *given = (Datum){ .kind = DATUM_NONE };
    if (!value_given(parameters) || value_is_none(parameters))
        return true;
    if (is_opaque(parameters))
        return opaque_refuse(vm, parameters, "a statement's parameters");
    if (!is_dict(parameters))
        return raise_sa(vm, "ArgumentError", "mapping or list expected for parameters");
    return record_datum(vm, arena, parameters, given);
}

static bool params_make(Vm *vm, Arena *arena, const DatumVec *from, DbValue **values)
{
    *values = ARENA_ARRAY(arena, DbValue, from->len + 1);
    for (size_t i = 0; i < from->len; i++)
        if (!db_value_from(vm, arena, &from->items[i], &(*values)[i]))
            return false;
    return true;
}

/* The parameters of a statement that failed, as the driver got them. */
static Value params_shown(Vm *vm, const DbValue *values, size_t count)
{
    Value list = make_list(vm, NULL, 0), v;
    for (size_t i = 0; i < count; i++) {
        if (!db_value_make(vm, &values[i], &v))
            v = VALUE_NONE;
        list_append(vm, list, v);
    }
    return make_tuple(vm, as_list(list)->items, count);
}

/* A statement with the values of one execution. */
typedef struct Compiled {
    const Expr *statement; /* with the columns that the parameters name */
    Str text;
    DbValue *values;
    size_t count;
} Compiled;

/* StatementError, as SQLAlchemy raises it before the statement goes out. */
static bool raise_unbound(Vm *vm, Str name, Str text, Value parameters)
{
    Value function, exception, given = parameters;
    vm_push(vm, given);
    if (is_dict(given))
        given = make_list(vm, &given, 1);
    const Value args[] = { make_str(vm, name), make_str(vm, text), given };
    bool ok = bind_import(vm, "sqlalchemy.exc", "_unbound_error", &function) &&
              vm_call(vm, function, args, 3, &exception);
    vm_pop(vm, 1);
    return ok && vm_raise_value(vm, exception);
}

static bool compile_with(Vm *vm, Conn *conn, Arena *arena, const Expr *statement, Value parameters,
                         Compiled *compiled)
{
    Script *script = script_of(vm);
    Datum given;
    DatumVec params = { 0 };
    Error err = vm_error(vm);
    compiled->statement = statement;
    if (!script->state->prepared)
        script->state->prepared = ARENA_NEW(record_arena_lasting(vm), Prepared);
    Prepared *prepared = script->state->prepared;
    bool used;
    if (!prepared_use(vm, prepared, conn, arena, statement, parameters, &params, &used))
        return false;
    if (used) {
        compiled->statement = prepared->made;
        compiled->text = prepared->text;
        compiled->count = params.len;
        return params_make(vm, arena, &params, &compiled->values);
    }
    if (!prepared_note(vm, prepared, conn, statement, parameters))
        return false;
    if (!dml_with_parameters(vm, statement, parameters, &compiled->statement) ||
        !parameters_datum(vm, arena, parameters, &given))
        return false;
    Str unbound = STR_NONE;
    QueryOptions options = { .mode = BIND_PARAMS,
                             .calls = &script->calls,
                             .given = given.kind == DATUM_MAP ? &given : NULL,
                             .unbound = &unbound };
    if (!query_compile(arena, conn_dialect(conn), &options, compiled->statement, &compiled->text,
                       &params, &err))
        return raise_error(vm, &err);
    if (str_given(unbound))
        return raise_unbound(vm, unbound, compiled->text, parameters);
    compiled->count = params.len;
    return params_make(vm, arena, &params, &compiled->values);
}

/* psycopg2's users see the statement with %(name)s and the parameters by their names. */
static bool raise_failed(Vm *vm, Conn *conn, Arena *arena, const Error *err,
                         const Compiled *compiled, Value parameters)
{
    Datum given;
    DatumVec params = { 0 };
    StrVec names = { 0 };
    Str text;
    Error own = vm_error(vm);
    Value dict = make_dict(vm), v;
    if (conn->url.engine != ENGINE_POSTGRESQL || !parameters_datum(vm, arena, parameters, &given))
        return raise_statement(vm, conn, err, STR_NONE,
                               params_shown(vm, compiled->values, compiled->count));
    QueryOptions options = { .mode = BIND_PARAMS,
                             .pyformat = true,
                             .double_percent = true,
                             .calls = &script_of(vm)->calls,
                             .given = given.kind == DATUM_MAP ? &given : NULL,
                             .names = &names,
                             .returning_keys = true };
    if (!query_compile(arena, conn_dialect(conn), &options, compiled->statement, &text, &params,
                       &own))
        return raise_error(vm, &own);
    for (size_t i = 0; i < params.len; i++) {
        if (!from_datum(vm, &params.items[i], &v))
            return false;
        dict_set_str(vm, dict, names.items[i], v);
    }
    return raise_statement(vm, conn, err, text, dict);
}

static bool execute_expr(Vm *vm, Conn *conn, const Expr *statement, Value parameters, Value *result)
{
    Error err = vm_error(vm);
    Arena *arena = arena_new(NULL);
    DbResult rows = { 0 };
    Compiled compiled;
    bool ok = compile_with(vm, conn, arena, statement, parameters, &compiled);
    if (ok && !db_query(conn, arena, compiled.text, compiled.values, compiled.count, &rows, &err)) {
        error_at(&err, vm_loc(vm));
        ok = raise_failed(vm, conn, arena, &err, &compiled, parameters);
    }
    if (!ok) {
        arena_free(arena);
        return false;
    }
    return result_new(vm, &rows, arena, statement_columns(compiled.statement), result);
}

/* ---- several rows of parameters ---- */

#define ROWS_AT_A_TIME 1000

/* Rows that give the same text, sent as one. */
typedef struct Many {
    Vm *vm;
    Conn *conn;
    Arena *arena; /* of the rows at hand */
    Str text;
    VEC(DbValue) values;
    size_t param_count, row_count;
    int64_t changes;
} Many;

static bool many_send(Many *many)
{
    int64_t changes = 0;
    Error err = vm_error(many->vm);
    if (many->row_count == 0)
        return true;
    bool ok = db_exec_many(many->conn, many->text, many->values.items, many->param_count,
                           many->row_count, &changes, &err);
    if (!ok) {
        size_t row = many->conn->failure.posted ? 0 : many->conn->failure.token;
        const DbValue *values = many->values.items + row * many->param_count;
        error_at(&err, vm_loc(many->vm));
        raise_statement(many->vm, many->conn, &err, STR_NONE,
                        params_shown(many->vm, values, many->param_count));
    }
    many->changes += changes;
    many->row_count = 0;
    many->values.len = many->values.cap = 0;
    many->values.items = NULL;
    arena_reset(many->arena);
    return ok;
}

static bool many_add(Many *many, const Expr *statement, Value parameters)
{
    Compiled compiled;
    Arena *arena = arena_new(many->arena);
    if (!compile_with(many->vm, many->conn, arena, statement, parameters, &compiled))
        return false;
    bool same = many->row_count > 0 && str_eq(compiled.text, many->text);
    if (many->row_count > 0 && (!same || many->row_count == ROWS_AT_A_TIME))
        return many_send(many) && many_add(many, statement, parameters);
    many->text = compiled.text;
    many->param_count = compiled.count;
    for (size_t i = 0; i < compiled.count; i++)
        VEC_PUSH(many->arena, &many->values, compiled.values[i]);
    many->row_count++;
    return true;
}

static bool many_result(Vm *vm, int64_t changes, Value *result)
{
    DbResult none = { .changes = changes };
    return result_new(vm, &none, arena_new(NULL), NULL, result);
}

static bool execute_together(Vm *vm, Conn *conn, const Expr *statement, Value list, Value *result)
{
    Many many = { .vm = vm, .conn = conn, .arena = arena_new(NULL) };
    bool ok = true;
    for (size_t i = 0; ok && i < list_len(list); i++)
        ok = many_add(&many, statement, list_get(list, i));
    ok = ok && many_send(&many);
    arena_free(many.arena);
    return ok && many_result(vm, many.changes, result);
}

/* Several rows of parameters: the statement once for each; RETURNING gives the rows of all. */
static bool execute_many(Vm *vm, Conn *conn, const Expr *statement, Value list, Value *result)
{
    const ExprVec *columns = statement_columns(statement);
    if (db_pipelines(conn) && list_len(list) > 1 && (!columns || columns->len == 0))
        return execute_together(vm, conn, statement, list, result);
    Value first = list_len(list) ? list_get(list, 0) : VALUE_NONE;
    if (!execute_expr(vm, conn, statement, first, result))
        return false;
    for (size_t i = 1; i < list_len(list); i++) {
        Value more;
        vm_push(vm, *result);
        bool ok = execute_expr(vm, conn, statement, list_get(list, i), &more) &&
                  result_join(vm, *result, more);
        vm_pop(vm, 1);
        if (!ok)
            return false;
    }
    return true;
}

/* CreateTable(table) and its kin: an operation's statements, one after the other. */
bool connection_run_op(Vm *vm, Conn *conn, const Op *op, Value *result)
{
    Script *script = script_of(vm);
    Error err = vm_error(vm);
    Ddl ddl = ddl_begin(bind_arena(vm), conn_dialect(conn), &err);
    ddl.calls = ddl.naming.calls = &script->calls;
    ddl.naming.metadata = script->state->target;
    if (!ddl_compile(&ddl, op))
        return raise_error(vm, &err);
    VEC_EACH (Statement, each, &ddl.statements) {
        DbValue *values;
        DbResult rows;
        Arena *arena = arena_new(NULL);
        bool ok = params_make(vm, arena, &each->params, &values) &&
                  (db_query(conn, arena, each->text, values, each->params.len, &rows, &err) ||
                   raise_database(vm, conn, &err));
        arena_free(arena);
        if (!ok)
            return false;
    }
    DbResult none = { .changes = -1 };
    return result_new(vm, &none, arena_new(NULL), NULL, result);
}

static bool is_among(const OpDef *const *defs, const Record *record)
{
    for (; *defs; defs++)
        if (record_is(record, &(*defs)->record))
            return true;
    return false;
}

static bool is_op(Value v, const Op **op)
{
    if (!value_is(v, OBJ_RECORD))
        return false;
    const RecordObj *object = (const RecordObj *)(const void *)v.object;
    if (!is_among(op_defs, object->record) && !is_among(op_elements, object->record))
        return false;
    *op = object->object;
    return true;
}

static bool not_executable(Vm *vm, Value statement)
{
    Value shown;
    Str text = STR_NONE;
    if (!vm_repr(vm, statement, &shown) || !to_text(vm, shown, &text))
        return false;
    return raise_sa(vm, "ObjectNotExecutableError", "Not an executable object: %.*s",
                    STR_ARG(text));
}

bool connection_execute(Vm *vm, Conn *conn, Value statement, Value parameters, Value *result)
{
    const Op *op;
    Expr *expr;
    Value element;
    Str sql;
    if (is_opaque(statement))
        return opaque_refuse(vm, statement, "a statement");
    if (is_str(statement)) /* the 1.x form */
        return to_str(vm, statement, &sql) && driver_sql_execute(vm, conn, sql, parameters, result);
    if (is_op(statement, &op))
        return connection_run_op(vm, conn, op, result);
    if (!record_of(statement, &expr_record)) {
        if (!vm_getattr_if(vm, statement, "__clause_element__", &element))
            return false;
        if (!value_given(element))
            return not_executable(vm, statement);
    }
    if (!to_expr(vm, statement, NULL, &expr))
        return false;
    if (!is_list(parameters) && !is_tuple(parameters))
        return execute_expr(vm, conn, expr, parameters, result);
    Value list;
    if (!vm_to_list(vm, parameters, &list))
        return false;
    for (size_t i = 0; i < list_len(list); i++)
        if (!is_dict(list_get(list, i)) && !is_opaque(list_get(list, i)))
            return raise_sa(vm, "ArgumentError", "List argument must consist only of dictionaries");
    return execute_many(vm, conn, expr, list, result);
}

/*
 * The parameters of execute(statement, parameters), or of its 1.x forms: by keyword, several dicts
 * or tuples, the values of placeholders one by one.
 */
static Value parameters_of(Vm *vm, bool text, Value first, Value more, Value named)
{
    size_t count = value_given(more) ? tuple_len(more) : 0;
    if (value_given(named) && dict_len(named) && value_is_none(first))
        return named;
    bool plain = text && !value_is_none(first) && !is_dict(first) && !is_list(first) &&
                 !is_tuple(first) && !is_opaque(first);
    if (count == 0 && !plain)
        return first;
    Value list = make_list(vm, &first, 1);
    vm_push(vm, list);
    for (size_t i = 0; i < count; i++)
        list_append(vm, list, tuple_get(more, i));
    vm_pop(vm, 1);
    return plain ? make_tuple(vm, as_list(list)->items, list_len(list)) : list;
}

static bool conn_execute(Vm *vm, Call *call)
{
    ARGS(call, self, statement, parameters, more, execution_options, named);
    Conn *conn;
    Value result, given = parameters_of(vm, is_str(statement), parameters, more, named);
    (void)execution_options;
    vm_push(vm, given);
    bool ok = conn_open(vm, self, &conn) && connection_execute(vm, conn, statement, given, &result);
    vm_pop(vm, 1);
    return ok && give(call, result);
}

static bool conn_scalar(Vm *vm, Call *call)
{
    Value result;
    if (!conn_execute(vm, call))
        return false;
    vm_push(vm, call->result);
    bool ok = vm_call_method(vm, call->result, "scalar", NULL, 0, &result);
    vm_pop(vm, 1);
    return ok && give(call, result);
}

static bool conn_scalars(Vm *vm, Call *call)
{
    Value result;
    if (!conn_execute(vm, call))
        return false;
    vm_push(vm, call->result);
    bool ok = vm_call_method(vm, call->result, "scalars", NULL, 0, &result);
    vm_pop(vm, 1);
    return ok && give(call, result);
}

static bool conn_driver_sql(Vm *vm, Call *call)
{
    ARGS(call, self, statement, parameters);
    Conn *conn;
    Str sql;
    Value result;
    return conn_open(vm, self, &conn) && to_text(vm, statement, &sql) &&
           driver_sql_execute(vm, conn, sql, parameters, &result) && give(call, result);
}

/* ---- transactions ---- */

static TransactionObj *tx_self(Vm *vm, Value self)
{
    return payload_of(vm, self, &transaction_class);
}

Value transaction_new(Vm *vm, Value connection, TransactionKind kind)
{
    Value made = vm_new_native(vm, vm_class(vm, &transaction_class), &transaction_class);
    TransactionObj *tx = tx_self(vm, made);
    *tx = (TransactionObj){ .connection = connection, .kind = kind };
    return made;
}

static bool tx_begin_nested(Vm *vm, TransactionObj *tx, Conn *conn)
{
    ConnObj *object = conn_self(vm, tx->connection);
    Error err = vm_error(vm);
    tx->savepoint = str_format(bind_arena(vm), "sa_savepoint_%zu", ++object->savepoints);
    tx->active = (db_in_transaction(conn) || db_begin(conn, TX_AUTO, TX_WRITE, &err)) &&
                 db_savepoint(conn, tx->savepoint, &err);
    return tx->active || raise_database(vm, conn, &err);
}

static bool tx_begin(Vm *vm, Value self)
{
    TransactionObj *tx = tx_self(vm, self);
    Conn *conn;
    Error err = vm_error(vm);
    if (tx->active)
        return true;
    if (!conn_open(vm, tx->connection, &conn))
        return false;
    if (tx->kind == TRANSACTION_NESTED)
        return tx_begin_nested(vm, tx, conn);
    if (db_in_transaction(conn))
        return raise_sa(vm, "InvalidRequestError",
                        "This connection has already initialized a SQLAlchemy Transaction() object "
                        "via begin() or autobegin; can't call begin() here unless rollback() or "
                        "commit() is called first.");
    if (!conn->autocommit && !db_begin(conn, TX_SCRIPT, TX_READ, &err))
        return raise_database(vm, conn, &err);
    tx->active = true;
    conn_self(vm, tx->connection)->transaction = self;
    return true;
}

static bool conn_close_now(Vm *vm, ConnObj *object)
{
    const Run *run = script_of(vm)->run;
    Conn *conn = object->conn;
    object->conn = NULL;
    object->transaction = VALUE_NONE;
    if (!conn || !object->owned) {
        Error err = vm_error(vm);
        if (conn && (conn->tx == TX_SCRIPT || conn->tx == TX_AUTO) && !db_rollback(conn, &err))
            return raise_database(vm, conn, &err);
        return true;
    }
    if (run->context && run->context->conn == conn)
        run->context->conn = NULL;
    db_close(conn);
    return true;
}

static bool tx_end(Vm *vm, TransactionObj *tx, bool good)
{
    ConnObj *object = conn_self(vm, tx->connection);
    Conn *conn = object->conn;
    Error err = vm_error(vm);
    bool ok = true;
    if (tx->active && conn) {
        tx->active = false;
        if (tx->kind == TRANSACTION_NESTED)
            ok = good ? db_release(conn, tx->savepoint, &err)
                      : db_rollback_to(conn, tx->savepoint, &err);
        else if (conn->tx != TX_NONE && conn->tx != TX_LIMBECK)
            ok = good ? db_commit(conn, &err) : db_rollback(conn, &err);
        if (!ok)
            raise_database(vm, conn, &err);
    }
    if (tx->kind != TRANSACTION_NESTED)
        object->transaction = VALUE_NONE;
    return ok;
}

static bool tx_enter(Vm *vm, Call *call)
{
    ARGS(call, self);
    if (!tx_begin(vm, self))
        return false;
    const TransactionObj *tx = tx_self(vm, self);
    return give(call, tx->kind == TRANSACTION_ENGINE ? tx->connection : self);
}

static bool tx_exit(Vm *vm, Call *call)
{
    ARGS(call, self, exc_type);
    TransactionObj *tx = tx_self(vm, self);
    bool good = value_is_none(exc_type);
    bool ok = tx_end(vm, tx, good);
    if (tx->kind == TRANSACTION_ENGINE && ok)
        ok = conn_close_now(vm, conn_self(vm, tx->connection));
    return ok && give(call, value_bool(false));
}

static bool tx_commit(Vm *vm, Call *call)
{
    ARGS(call, self);
    return tx_end(vm, tx_self(vm, self), true);
}

static bool tx_rollback(Vm *vm, Call *call)
{
    ARGS(call, self);
    return tx_end(vm, tx_self(vm, self), false);
}

static bool tx_prepare(Vm *vm, Call *call)
{
    return vm_raise(vm, "NotImplementedError", "limbeck does not serve two-phase transactions");
}

static bool tx_active(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, value_bool(tx_self(vm, self)->active));
}

static bool tx_connection(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, tx_self(vm, self)->connection);
}

static void tx_mark(Vm *vm, void *payload)
{
    vm_mark(vm, ((TransactionObj *)payload)->connection);
}

static const NativeRow tx_methods[] = {
    { "__enter__(self)", tx_enter, "Begins." },
    { "__exit__(self, exc_type, exc, traceback)", tx_exit, "Commits, or rolls back." },
    { "commit(self)", tx_commit, "Commits." },
    { "rollback(self)", tx_rollback, "Rolls back." },
    { "close(self)", tx_rollback, "Rolls back." },
    { "prepare(self)", tx_prepare, "Of two-phase transactions." },
};
static const NativeRow tx_getters[] = {
    { "is_active(self)", tx_active, "Whether it is open." },
    { "connection(self)", tx_connection, "Its connection." },
};

const NativeClass transaction_class = {
    .records = true,
    .name = "Transaction",
    .module = "sqlalchemy.engine.base",
    .size = sizeof(TransactionObj),
    .methods = tx_methods,
    .method_count = sizeof tx_methods / sizeof *tx_methods,
    .getters = tx_getters,
    .getter_count = sizeof tx_getters / sizeof *tx_getters,
    .mark = tx_mark,
    .doc = "A transaction of a script.",
};

/* ---- connections ---- */

static bool conn_begin(Vm *vm, Call *call)
{
    ARGS(call, self);
    Value tx = transaction_new(vm, self, TRANSACTION_ROOT);
    return tx_begin(vm, tx) && give(call, tx);
}

static bool conn_begin_nested(Vm *vm, Call *call)
{
    ARGS(call, self);
    Value tx = transaction_new(vm, self, TRANSACTION_NESTED);
    return tx_begin(vm, tx) && give(call, tx);
}

/*
 * A transaction of Limbeck's is ended by Limbeck alone: a commit waits for the end of the run's
 * transaction, after a rollback no statement may follow.
 */
static bool conn_end(Vm *vm, Value self, bool good)
{
    Conn *conn;
    Error err = vm_error(vm);
    if (!conn_open(vm, self, &conn))
        return false;
    ConnObj *object = conn_self(vm, self);
    if (!value_is_none(object->transaction))
        tx_self(vm, object->transaction)->active = false;
    object->transaction = VALUE_NONE;
    MigrationContext *context = script_of(vm)->run->context;
    if (conn->tx == TX_LIMBECK && !good && context && context->conn == conn)
        context->given_up = true;
    if (conn->tx == TX_NONE || conn->tx == TX_LIMBECK)
        return true;
    bool ok = good ? db_commit(conn, &err) : db_rollback(conn, &err);
    return ok || raise_database(vm, conn, &err);
}

static bool conn_commit(Vm *vm, Call *call)
{
    ARGS(call, self);
    return conn_end(vm, self, true);
}

static bool conn_rollback(Vm *vm, Call *call)
{
    ARGS(call, self);
    return conn_end(vm, self, false);
}

static bool conn_close(Vm *vm, Call *call)
{
    ARGS(call, self);
    return conn_close_now(vm, conn_self(vm, self));
}

static bool conn_enter(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, self);
}

static bool conn_exit(Vm *vm, Call *call)
{
    ARGS(call, self);
    return conn_close_now(vm, conn_self(vm, self)) && give(call, value_bool(false));
}

static bool conn_options(Vm *vm, Call *call)
{
    ARGS(call, self, opt);
    Conn *conn;
    Str level;
    if (!conn_open(vm, self, &conn) || !to_text(vm, keyword(opt, "isolation_level"), &level))
        return false;
    return conn_set_isolation(vm, conn, level) && give(call, self);
}

static bool conn_in_transaction(Vm *vm, Call *call)
{
    ARGS(call, self);
    const Conn *conn = conn_self(vm, self)->conn;
    return give(call, value_bool(conn && db_in_transaction(conn)));
}

static bool conn_get_transaction(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, conn_self(vm, self)->transaction);
}

static bool conn_run_sync(Vm *vm, Call *call)
{
    ARGS(call, self, fn, args, kw);
    Value list = make_list(vm, &self, 1), result;
    vm_push(vm, list);
    for (size_t i = 0; i < tuple_len(args); i++)
        list_append(vm, list, tuple_get(args, i));
    bool ok = vm_call_kw(vm, fn, as_list(list)->items, list_len(list), kw, &result);
    vm_pop(vm, 1);
    return ok && give(call, result);
}

static bool conn_dialect_get(Vm *vm, Call *call)
{
    ARGS(call, self);
    Conn *conn;
    return conn_open(vm, self, &conn) && give(call, dialect_box_of(vm, conn));
}

static bool conn_engine(Vm *vm, Call *call)
{
    ARGS(call, self);
    ConnObj *object = conn_self(vm, self);
    if (value_is_none(object->engine)) {
        Value made = vm_new_native(vm, vm_class(vm, &engine_class), &engine_class);
        EngineObj *engine = payload_of(vm, made, &engine_class);
        if (object->conn)
            engine->url = object->conn->url;
        engine->shared = object->conn;
        object->engine = made;
    }
    return give(call, object->engine);
}

static bool conn_closed(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, value_bool(conn_self(vm, self)->conn == NULL));
}

static bool conn_info(Vm *vm, Call *call)
{
    ARGS(call, self);
    ConnObj *object = conn_self(vm, self);
    if (value_is_none(object->info))
        object->info = make_dict(vm);
    return give(call, object->info);
}

static void conn_mark(Vm *vm, void *payload)
{
    const ConnObj *object = payload;
    vm_mark(vm, object->engine);
    vm_mark(vm, object->transaction);
    vm_mark(vm, object->info);
}

static const NativeRow conn_methods[] = {
    { "execute(self, statement, parameters=None, *more, execution_options=None, **named)",
      conn_execute, "Run a statement." },
    { "scalar(self, statement, parameters=None, *more, execution_options=None, **named)",
      conn_scalar, "The first column of the first row." },
    { "scalars(self, statement, parameters=None, *more, execution_options=None, **named)",
      conn_scalars, "The first column of each row." },
    { "exec_driver_sql(self, statement, parameters=None, execution_options=None)", conn_driver_sql,
      "Run the driver's own text." },
    { "begin(self)", conn_begin, "Begin a transaction." },
    { "begin_nested(self)", conn_begin_nested, "Begin a savepoint." },
    { "begin_twophase(self, xid=None)", tx_prepare, "Of two-phase transactions." },
    { "commit(self)", conn_commit, "Commit." },
    { "rollback(self)", conn_rollback, "Roll back." },
    { "close(self)", conn_close, "Close." },
    { "invalidate(self, exception=None)", conn_close, "Close." },
    { "in_transaction(self)", conn_in_transaction, "Whether a transaction is open." },
    { "get_transaction(self)", conn_get_transaction, "The transaction that begin() opened." },
    { "in_nested_transaction(self)", conn_in_transaction, "Whether a transaction is open." },
    { "execution_options(self, **opt)", conn_options, "The connection with options." },
    { "run_sync(self, fn, *args, **kw)", conn_run_sync, "Call a function with the connection." },
    { "connect(self)", conn_enter, "The connection itself." },
    { "__enter__(self)", conn_enter, "The connection itself." },
    { "__exit__(self, exc_type, exc, traceback)", conn_exit, "Closes." },
};
static const NativeRow conn_getters[] = {
    { "dialect(self)", conn_dialect_get, "The dialect." },
    { "engine(self)", conn_engine, "The engine." },
    { "closed(self)", conn_closed, "Whether it is closed." },
    { "info(self)", conn_info, "A dict for scripts." },
    { "connection(self)", conn_enter, "The connection itself." },
};

const NativeClass connection_class = {
    .records = true,
    .name = "Connection",
    .module = "sqlalchemy.engine.base",
    .size = sizeof(ConnObj),
    .open = true,
    .methods = conn_methods,
    .method_count = sizeof conn_methods / sizeof *conn_methods,
    .getters = conn_getters,
    .getter_count = sizeof conn_getters / sizeof *conn_getters,
    .mark = conn_mark,
    .doc = "An open connection.",
};
