/* SPDX-License-Identifier: MIT */
/* Engines, URLs and dialects. */
#include "script/bind_engine.h"

#include "db/redact.h"
#include "migrate/connect.h"
#include "migrate/policy.h"
#include "py/number.h"
#include "py/obj_list.h"
#include "py/obj_opaque.h"
#include "script/bind_connection.h"
#include "script/bind_event.h"

/* ---- URL ---- */

typedef struct UrlObj {
    Url url;
} UrlObj;

Value url_box(Vm *vm, const Url *url)
{
    Value made = vm_new_native(vm, vm_class(vm, &url_class), &url_class);
    ((UrlObj *)payload_of(vm, made, &url_class))->url = *url;
    return made;
}

bool to_url(Vm *vm, Value v, Url *url)
{
    const UrlObj *object = payload_of(vm, v, &url_class);
    Str text;
    Error err = vm_error(vm);
    if (object) {
        *url = object->url;
        return true;
    }
    if (is_opaque(v))
        return opaque_refuse(vm, v, "a database URL");
    if (!is_str(v))
        return raise_sa(vm, "ArgumentError", "Expected string or URL object, got %s",
                        type_name(vm, v));
    if (!to_text(vm, v, &text))
        return false;
    return url_parse(bind_arena(vm), text, url, &err) || raise_error(vm, &err);
}

static const Url *url_self(Vm *vm, Value self)
{
    return &((UrlObj *)payload_of(vm, self, &url_class))->url;
}

static Value text_or_none(Vm *vm, Str text)
{
    return str_given(text) ? make_str(vm, text) : VALUE_NONE;
}

static bool url_set_query(Vm *vm, Url *url, Value query)
{
    Value key, item;
    if (!is_dict(query))
        return true;
    for (size_t at = 0; dict_next(query, &at, &key, &item);) {
        Str name, value;
        Value list = item;
        if (is_str(item))
            list = make_list(vm, &item, 1);
        if (!to_text(vm, key, &name) || !vm_to_list(vm, list, &list))
            return false;
        for (size_t i = 0; i < list_len(list); i++) {
            if (!to_text(vm, list_get(list, i), &value))
                return false;
            VEC_PUSH(bind_arena(vm), &url->options, ((UrlOption){ name, value }));
        }
    }
    return true;
}

/* Sets what is given; a member that is None or unset stays. */
static bool url_set_members(Vm *vm, Url *url, const Value *members)
{
    Str *texts[] = { &url->username, &url->password, &url->host, NULL, &url->database };
    for (size_t i = 0; i < 5; i++) {
        Value v = members[i], text = v;
        int64_t port;
        if (!value_given(v) || value_is_none(v))
            continue;
        if (is_opaque(v))
            return opaque_refuse(vm, v, "a database URL");
        if (texts[i] ? !vm_str(vm, v, &text) || !to_text(vm, text, texts[i])
                     : !to_int(vm, v, &port))
            return false;
        if (!texts[i])
            url->port = (int)port;
    }
    return true;
}

/* The dialect, driver and engine follow from the driver's name. */
static bool url_set_driver(Vm *vm, Url *url, Value drivername)
{
    Str name;
    Url parsed;
    Error err = vm_error(vm);
    if (!to_text(vm, drivername, &name))
        return false;
    if (!url_parse(bind_arena(vm), str_format(bind_arena(vm), "%.*s://", STR_ARG(name)), &parsed,
                   &err))
        return raise_error(vm, &err);
    url->engine = parsed.engine;
    url->drivername = parsed.drivername;
    url->dialect = parsed.dialect;
    url->driver = parsed.driver;
    return true;
}

static bool url_create(Vm *vm, Call *call)
{
    Url url = { 0 };
    if (!url_set_driver(vm, &url, call->args[1]) || !url_set_members(vm, &url, call->args + 2) ||
        !url_set_query(vm, &url, call->args[7]))
        return false;
    return give(call, url_box(vm, &url));
}

static bool url_set(Vm *vm, Call *call)
{
    Url url = *url_self(vm, call->args[0]);
    if (value_given(call->args[1]) && !value_is_none(call->args[1]) &&
        !url_set_driver(vm, &url, call->args[1]))
        return false;
    if (!url_set_members(vm, &url, call->args + 2))
        return false;
    if (value_given(call->args[7]) && !value_is_none(call->args[7])) {
        url.options.len = 0;
        url.options.items = NULL;
        url.options.cap = 0;
        if (!url_set_query(vm, &url, call->args[7]))
            return false;
    }
    return give(call, url_box(vm, &url));
}

static bool url_update_query(Vm *vm, Call *call)
{
    ARGS(call, self, query);
    Url url = *url_self(vm, self);
    Value key, item;
    if (!is_dict(query))
        return vm_raise(vm, "TypeError", "expected a dict");
    for (size_t at = 0; dict_next(query, &at, &key, &item);) {
        Str name, value;
        if (!to_text(vm, key, &name) || !to_text(vm, item, &value))
            return false;
        url_set_option(bind_arena(vm), &url, name, value);
    }
    return give(call, url_box(vm, &url));
}

static bool url_render_string(Vm *vm, Call *call)
{
    ARGS(call, self, hide_password);
    bool hide;
    if (!to_truth(vm, hide_password, &hide))
        return false;
    return give(call, make_str(vm, url_render(bind_arena(vm), url_self(vm, self), !hide)));
}

static bool url_str(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, make_str(vm, url_render(bind_arena(vm), url_self(vm, self), false)));
}

static bool url_member(Vm *vm, Call *call)
{
    ARGS(call, self);
    const Url *url = url_self(vm, self);
    const char *name = call->row->signature;
    if (strncmp(name, "drivername", 10) == 0)
        return give(call, text_or_none(vm, url->drivername));
    if (strncmp(name, "username", 8) == 0)
        return give(call, text_or_none(vm, url->username));
    if (strncmp(name, "password", 8) == 0)
        return give(call, text_or_none(vm, url->password));
    if (strncmp(name, "host", 4) == 0)
        return give(call, text_or_none(vm, url->host));
    if (strncmp(name, "port", 4) == 0)
        return give(call, url->port ? value_int(url->port) : VALUE_NONE);
    return give(call, text_or_none(vm, url->database));
}

static bool url_query(Vm *vm, Call *call)
{
    ARGS(call, self);
    const Url *url = url_self(vm, self);
    Value out = make_dict(vm);
    for (size_t i = 0; i < url->options.len; i++)
        dict_set_str(vm, out, url->options.items[i].name,
                     make_str(vm, url->options.items[i].value));
    return give(call, out);
}

static bool url_backend(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, text_or_none(vm, url_self(vm, self)->dialect));
}

static bool url_driver(Vm *vm, Call *call)
{
    ARGS(call, self);
    const Url *url = url_self(vm, self);
    const Dialect *dialect = dialect_find(url->dialect);
    if (str_given(url->driver))
        return give(call, make_str(vm, url->driver));
    return give(call, dialect ? make_strz(vm, dialect->driver) : VALUE_NONE);
}

static bool url_dialect(Vm *vm, Call *call)
{
    ARGS(call, self);
    const Dialect *dialect = dialect_find(url_self(vm, self)->dialect);
    return give(call, dialect ? dialect_box(vm, dialect) : VALUE_NONE);
}

static bool url_eq(Vm *vm, Call *call)
{
    ARGS(call, self, other);
    const UrlObj *b = payload_of(vm, other, &url_class);
    if (!b)
        return give(call, value_bool(false));
    return give(call, value_bool(str_eq(url_render(bind_arena(vm), url_self(vm, self), true),
                                        url_render(bind_arena(vm), &b->url, true))));
}

static bool url_hash(Vm *vm, Call *call)
{
    ARGS(call, self);
    uint64_t hash = str_hash(url_render(bind_arena(vm), url_self(vm, self), true));
    return give(call, value_int((int64_t)(hash >> 2)));
}

static const NativeRow url_methods[] = {
    { "__str__(self)", url_str, "The URL with a masked password." },
    { "__repr__(self)", url_str, "The URL with a masked password." },
    { "__eq__(self, other, /)", url_eq, "The same URL." },
    { "__hash__(self)", url_hash, "By its text." },
    { "__to_string__(self, hide_password=True)", url_render_string, "The URL as text." },
    { "render_as_string(self, hide_password=True)", url_render_string, "The URL as text." },
    { "set(self, drivername=None, username=None, password=None, host=None, port=None, "
      "database=None, query=None)",
      url_set, "A copy with other members." },
    { "update_query_dict(self, query, append=False)", url_update_query, "A copy with options." },
    { "get_backend_name(self)", url_backend, "The database's name." },
    { "get_driver_name(self)", url_driver, "The driver's name." },
    { "get_dialect(self)", url_dialect, "The dialect." },
};
static const NativeRow url_getters[] = {
    { "drivername(self)", url_member, "Dialect and driver." },
    { "username(self)", url_member, "The user." },
    { "password(self)", url_member, "The password." },
    { "host(self)", url_member, "The host." },
    { "port(self)", url_member, "The port." },
    { "database(self)", url_member, "The database." },
    { "query(self)", url_query, "The options." },
};
static const NativeRow url_statics[] = {
    { "create(cls, drivername, username=None, password=None, host=None, port=None, database=None, "
      "query=None)",
      url_create, "A URL of its members." },
};

const NativeClass url_class = {
    .name = "URL",
    .module = "sqlalchemy.engine.url",
    .size = sizeof(UrlObj),
    .methods = url_methods,
    .method_count = sizeof url_methods / sizeof *url_methods,
    .getters = url_getters,
    .getter_count = sizeof url_getters / sizeof *url_getters,
    .statics = url_statics,
    .static_count = sizeof url_statics / sizeof *url_statics,
    .doc = "The URL of a database.",
};

static bool make_url(Vm *vm, Call *call)
{
    ARGS(call, name_or_url);
    Url url;
    return to_url(vm, name_or_url, &url) && give(call, url_box(vm, &url));
}

const NativeRow make_url_row = { "make_url(name_or_url)", make_url, "Parse a URL." };

/* ---- dialects ---- */

typedef struct DialectObj {
    const Dialect *dialect;
    Str driver;        /* of the connection's URL, or STR_NONE: the dialect's */
    int server_number; /* 0: of no connection */
} DialectObj;

Value dialect_box(Vm *vm, const Dialect *dialect)
{
    Value made = vm_new_native(vm, vm_class(vm, &dialect_class), &dialect_class);
    ((DialectObj *)payload_of(vm, made, &dialect_class))->dialect = dialect;
    return made;
}

Value dialect_box_of(Vm *vm, const Conn *conn)
{
    Value made = dialect_box(vm, conn_dialect(conn));
    DialectObj *object = payload_of(vm, made, &dialect_class);
    object->driver = conn->url.driver;
    object->server_number = conn->server_number;
    return made;
}

static const Dialect *dialect_self(Vm *vm, Value self)
{
    const DialectObj *object = payload_of(vm, self, &dialect_class);
    return object->dialect ? object->dialect : &default_dialect;
}

static bool dialect_name(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, make_strz(vm, dialect_self(vm, self)->name));
}

static bool dialect_driver(Vm *vm, Call *call)
{
    ARGS(call, self);
    const DialectObj *object = payload_of(vm, self, &dialect_class);
    const char *driver = dialect_self(vm, self)->driver;
    if (object->driver.len)
        return give(call, make_str(vm, object->driver));
    return give(call, driver ? make_strz(vm, driver) : VALUE_NONE);
}

static bool dialect_paramstyle(Vm *vm, Call *call)
{
    ARGS(call, self);
    const char *style = dialect_self(vm, self)->paramstyle;
    return give(call, make_strz(vm, style ? style : "named"));
}

/* PostgreSQL numbers 150014 for 15.14, 90624 for 9.6.24; SQLite 3040001 for 3.40.1. */
static size_t version_parts(const Dialect *dialect, int number, Value parts[3])
{
    bool sqlite = dialect->id == DIALECT_SQLITE;
    int unit = sqlite ? 1000000 : 10000, minor = sqlite ? 1000 : 100;
    parts[0] = value_int(number / unit);
    if (!sqlite && number >= 100000) {
        parts[1] = value_int(number % unit);
        return 2;
    }
    parts[1] = value_int(number % unit / minor);
    parts[2] = value_int(number % minor);
    return 3;
}

static bool dialect_version(Vm *vm, Call *call)
{
    ARGS(call, self);
    const DialectObj *object = payload_of(vm, self, &dialect_class);
    Value parts[3];
    if (object->server_number == 0)
        return vm_raise(vm, "AttributeError",
                        "'Dialect' object has no attribute 'server_version_info': it is known once "
                        "a connection was made");
    size_t count = version_parts(dialect_self(vm, self), object->server_number, parts);
    return give(call, make_tuple(vm, parts, count));
}

/* dialect.type_descriptor(type): the type itself, as an instance. */
static bool dialect_descriptor(Vm *vm, Call *call)
{
    ARGS(call, self, typeobj);
    (void)self;
    Type *type;
    return to_type(vm, typeobj, &type) && give(call, box(vm, type));
}

static bool dialect_quote_name(Vm *vm, Call *call)
{
    ARGS(call, self, ident);
    Name name;
    if (!to_name(vm, ident, &name))
        return false;
    return give(call, make_str(vm, dialect_quote(bind_arena(vm), dialect_self(vm, self), name)));
}

static bool dialect_same(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, self);
}

static bool dialect_flag(Vm *vm, Call *call)
{
    ARGS(call, self);
    const Dialect *dialect = dialect_self(vm, self);
    const char *name = call->row->signature;
    if (strncmp(name, "supports_comments", 17) == 0)
        return give(call, value_bool(dialect->supports_comments));
    if (strncmp(name, "supports_sequences", 18) == 0)
        return give(call, value_bool(dialect->supports_sequences));
    if (strncmp(name, "supports_native_boolean", 23) == 0)
        return give(call, value_bool(dialect->native_boolean));
    return give(call, value_bool(dialect->native_enum));
}

static const NativeRow dialect_methods[] = {
    { "type_descriptor(self, typeobj)", dialect_descriptor, "The type as an instance." },
    { "quote(self, ident)", dialect_quote_name, "The identifier as it is written." },
    { "quote_identifier(self, ident)", dialect_quote_name, "The identifier as it is written." },
};
static const NativeRow dialect_getters[] = {
    { "name(self)", dialect_name, "The database's name." },
    { "driver(self)", dialect_driver, "The driver's name." },
    { "server_version_info(self)", dialect_version, "The server's version as numbers." },
    { "paramstyle(self)", dialect_paramstyle, "How parameters are written." },
    { "identifier_preparer(self)", dialect_same, "Quotes identifiers." },
    { "supports_comments(self)", dialect_flag, "Whether tables have comments." },
    { "supports_sequences(self)", dialect_flag, "Whether there are sequences." },
    { "supports_native_boolean(self)", dialect_flag, "Whether there is BOOLEAN." },
    { "supports_native_enum(self)", dialect_flag, "Whether there are enum types." },
};

const NativeClass dialect_class = {
    .name = "Dialect",
    .module = "sqlalchemy.engine.interfaces",
    .size = sizeof(DialectObj),
    .methods = dialect_methods,
    .method_count = sizeof dialect_methods / sizeof *dialect_methods,
    .getters = dialect_getters,
    .getter_count = sizeof dialect_getters / sizeof *dialect_getters,
    .doc = "A kind of database.",
};

const Dialect *conn_dialect(const Conn *conn)
{
    const Dialect *dialect = dialect_find(conn->url.dialect);
    return dialect ? dialect : &default_dialect;
}

/* ---- engines ---- */

static EngineObj *engine_self(Vm *vm, Value self)
{
    return payload_of(vm, self, &engine_class);
}

static void log_statement(void *context, Str sql)
{
    Script *script = context;
    log_put(script->run->log, "sqlalchemy.engine.Engine", LOG_INFO, "%.*s", STR_ARG(sql));
}

static void log_notice(void *context, const DbNotice *notice)
{
    Script *script = context;
    const DbDiag *diag = &notice->diag;
    log_put(script->run->log, "alembic.database", notice->warning ? LOG_WARNING : LOG_INFO,
            "%.*s: %.*s", STR_ARG(diag->severity), STR_ARG(diag->primary));
}

static void log_warning(void *context, Str text)
{
    Script *script = context;
    log_put(script->run->log, "alembic.database", LOG_WARNING, "%.*s", STR_ARG(text));
}

/* [limbeck] tls = verify. */
static bool tls_option(const Script *script, bool *verify, Error *err)
{
    Str text;
    if (!config_limbeck(script->run->config, STR("tls"), &text, err))
        return false;
    *verify = str_is(text, "verify");
    if (!text.len || *verify)
        return true;
    fail(err, ERR_CONFIG, "tls = %.*s is not understood", STR_ARG(text));
    return error_remedy(err, "write verify, or leave it out: sslmode of the URL decides then");
}

bool script_connect(Script *script, const Url *url, const DbSettings *arguments, Conn **conn,
                    Error *err)
{
    DbOptions options = { .no_create = script->run->read_only,
                          .interrupted = script->run->interrupted,
                          .on_warning = log_warning,
                          .on_warning_context = script };
    Policy policy;
    if (!tls_option(script, &options.verify_tls, err))
        return false;
    if (arguments)
        options.arguments = *arguments;
    if (!policy_read(script->run->config, &policy, err))
        return false;
    if (policy.lock_wait_given)
        options.lock_wait_ms = policy.lock_wait_ms ? policy.lock_wait_ms : 1;
    if (!connect_open(script->run, script->arena, url, &options, policy.lock_wait_ms, conn, err))
        return false;
    (*conn)->on_notice = log_notice;
    (*conn)->on_notice_context = script;
    return true;
}

static bool level_unknown(Vm *vm, Str level)
{
    return raise_sa(vm, "ArgumentError",
                    "Invalid value '%.*s' for isolation_level. Valid isolation levels for "
                    "'postgresql' are AUTOCOMMIT, READ COMMITTED, READ UNCOMMITTED, REPEATABLE "
                    "READ, SERIALIZABLE",
                    STR_ARG(level));
}

/* SQLite's transactions are serializable whatever is asked for. */
bool conn_set_isolation(Vm *vm, Conn *conn, Str level)
{
    static const char *const levels[] = { "SERIALIZABLE", "REPEATABLE READ", "READ COMMITTED",
                                          "READ UNCOMMITTED" };
    Error err = vm_error(vm);
    if (!str_given(level))
        return true;
    conn->autocommit = str_eq_nocase(level, STR("AUTOCOMMIT"));
    if (conn->autocommit || conn->url.engine != ENGINE_POSTGRESQL)
        return true;
    level = str_replace(bind_arena(vm), level, STR("_"), STR(" "));
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        if (!str_eq_nocase(level, str_from(levels[i])))
            continue;
        Str sql =
            str_format(bind_arena(vm),
                       "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL %s", levels[i]);
        bool begins = conn->autobegin;
        conn->autobegin = false;
        bool ok = db_exec(conn, sql, &err);
        conn->autobegin = begins;
        return ok || raise_database(vm, conn, &err);
    }
    return level_unknown(vm, level);
}

bool engine_open(Vm *vm, Value self, Conn **conn)
{
    EngineObj *engine = payload_of(vm, self, &engine_class);
    Script *script = script_of(vm);
    Error err = vm_error(vm);
    if (engine->shared) {
        *conn = engine->shared;
        return true;
    }
    if (!script_connect(script, &engine->url, &engine->arguments, conn, &err))
        return raise_connect(vm, &engine->url, &err);
    (*conn)->lent = true;
    (*conn)->autobegin = true;
    (*conn)->on_statement = log_statement;
    (*conn)->on_statement_context = script;
    if (url_is_memory(&engine->url))
        engine->shared = *conn;
    if (conn_set_isolation(vm, *conn, engine->isolation) && event_fire_connect(vm, self, *conn))
        return true;
    engine->shared = NULL;
    db_close(*conn);
    return false;
}

static bool engine_connect(Vm *vm, Call *call)
{
    ARGS(call, self);
    Value connection;
    return connection_new(vm, self, &connection) && give(call, connection);
}

static bool engine_begin(Vm *vm, Call *call)
{
    ARGS(call, self);
    Value connection;
    if (!connection_new(vm, self, &connection))
        return false;
    return give(call, transaction_new(vm, connection, TRANSACTION_ENGINE));
}

static bool engine_dispose(Vm *vm, Call *call)
{
    ARGS(call, self);
    EngineObj *engine = engine_self(vm, self);
    const Run *run = script_of(vm)->run;
    if (engine->shared && !(run->context && run->context->conn == engine->shared)) {
        db_close(engine->shared);
        engine->shared = NULL;
    }
    return true;
}

static bool engine_options(Vm *vm, Call *call)
{
    ARGS(call, self, opt);
    EngineObj *engine = engine_self(vm, self);
    Str level = STR_NONE;
    if (!to_text(vm, keyword(opt, "isolation_level"), &level))
        return false;
    Value made = vm_new_native(vm, vm_class(vm, &engine_class), &engine_class);
    EngineObj *copy = engine_self(vm, made);
    *copy = *engine;
    if (str_given(level))
        copy->isolation = level;
    return give(call, made);
}

/* engine.execute(), scalar(): the 1.x forms; what was done is committed, its rows are read. */
static bool engine_execute(Vm *vm, Call *call)
{
    ARGS(call, self, args, kw);
    Value connection, method, result, done;
    bool scalar = call->row->signature[0] == 's';
    if (!connection_new(vm, self, &connection))
        return false;
    vm_push(vm, connection);
    bool ok = vm_getattr(vm, connection, scalar ? "scalar" : "execute", &method) &&
              vm_call_kw(vm, method, as_tuple(args)->items, tuple_len(args), kw, &result) &&
              give(call, result);
    if (ok)
        vm_push(vm, result);
    ok = ok && vm_call_method(vm, connection, "commit", NULL, 0, &done) &&
         vm_call_method(vm, connection, "close", NULL, 0, &done);
    vm_pop(vm, ok ? 2 : 1);
    return ok;
}

static bool engine_url(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, url_box(vm, &engine_self(vm, self)->url));
}

static const Dialect *engine_dialect(const EngineObj *engine)
{
    const Dialect *dialect = dialect_find(engine->url.dialect);
    return dialect ? dialect : &default_dialect;
}

static bool engine_dialect_get(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, dialect_box(vm, engine_dialect(engine_self(vm, self))));
}

static bool engine_name(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, make_strz(vm, engine_dialect(engine_self(vm, self))->name));
}

static bool engine_driver(Vm *vm, Call *call)
{
    ARGS(call, self);
    const EngineObj *engine = engine_self(vm, self);
    if (str_given(engine->url.driver))
        return give(call, make_str(vm, engine->url.driver));
    return give(call, make_strz(vm, engine_dialect(engine)->driver));
}

static bool engine_echo(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, value_bool(engine_self(vm, self)->echo));
}

static bool engine_same(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, self);
}

static bool engine_repr(Vm *vm, Call *call)
{
    ARGS(call, self);
    Str url = url_render(bind_arena(vm), &engine_self(vm, self)->url, false);
    return give(call, make_strf(vm, "Engine(%.*s)", STR_ARG(url)));
}

static const NativeRow engine_methods[] = {
    { "connect(self)", engine_connect, "A connection." },
    { "begin(self)", engine_begin, "A connection in a transaction." },
    { "dispose(self, close=True)", engine_dispose, "Close what is open." },
    { "execution_options(self, **opt)", engine_options, "An engine with options." },
    { "execute(self, *args, **kw)", engine_execute, "Run a statement and commit." },
    { "scalar(self, *args, **kw)", engine_execute, "The first column of the first row." },
    { "__repr__(self)", engine_repr, "The engine and its URL." },
};
static const NativeRow engine_getters[] = {
    { "url(self)", engine_url, "The URL." },
    { "dialect(self)", engine_dialect_get, "The dialect." },
    { "name(self)", engine_name, "The database's name." },
    { "driver(self)", engine_driver, "The driver's name." },
    { "echo(self)", engine_echo, "Whether statements are logged." },
    { "engine(self)", engine_same, "The engine itself." },
    { "sync_engine(self)", engine_same, "The engine itself." },
};

const NativeClass engine_class = {
    .name = "Engine",
    .module = "sqlalchemy.engine.base",
    .size = sizeof(EngineObj),
    .open = true,
    .methods = engine_methods,
    .method_count = sizeof engine_methods / sizeof *engine_methods,
    .getters = engine_getters,
    .getter_count = sizeof engine_getters / sizeof *engine_getters,
    .doc = "Where connections come from.",
};

static bool take_argument(Vm *vm, Str name, Value v, DbSettings *arguments);

/* {"server_settings": {"jit": "off"}} becomes server_settings.jit. */
static bool take_arguments(Vm *vm, Str prefix, Value dict, DbSettings *arguments)
{
    Value key, item;
    for (size_t at = 0; dict_next(dict, &at, &key, &item);) {
        Str name;
        if (!to_text(vm, key, &name))
            return false;
        name = str_concat(bind_arena(vm), prefix, name);
        if (!take_argument(vm, name, item, arguments))
            return false;
    }
    return true;
}

/* Classes and functions (cursor_factory, ...) steer the Python driver: they go by name alone. */
static bool take_argument(Vm *vm, Str name, Value v, DbSettings *arguments)
{
    Value text;
    DbSetting argument = { .name = name, .value = STR("") };
    if (is_opaque(v))
        return opaque_refuse(vm, v, "an argument of the database's driver");
    if (value_is_none(v))
        return true;
    if (is_dict(v))
        return take_arguments(vm, str_concat(bind_arena(vm), name, STR(".")), v, arguments);
    bool plain = is_str(v) || is_int(v) || is_float(v);
    if (plain && (!vm_str(vm, v, &text) || !to_text(vm, text, &argument.value)))
        return false;
    VEC_PUSH(bind_arena(vm), arguments, argument);
    return true;
}

/* SQLite's arguments are of the Python module alone. */
static bool connect_arguments(Vm *vm, const Url *url, Value given, DbSettings *arguments)
{
    if (!value_given(given) || value_is_none(given) || url->engine == ENGINE_SQLITE)
        return true;
    if (is_opaque(given))
        return opaque_refuse(vm, given, "connect_args");
    if (!is_dict(given))
        return vm_raise(vm, "TypeError", "connect_args is no dict but %s", type_name(vm, given));
    return take_arguments(vm, STR(""), given, arguments);
}

static bool engine_new(Vm *vm, Value given, Value kw, Value *v)
{
    Script *script = script_of(vm);
    Url url;
    Str level = STR_NONE;
    Tri echo = TRI_NONE;
    Value chosen = str_given(script->url) ? make_str(vm, script->url) : given;
    Value echoed = keyword(kw, "echo");
    if (!to_url(vm, chosen, &url) || !to_text(vm, keyword(kw, "isolation_level"), &level))
        return false;
    if (value_given(echoed) && !is_opaque(echoed) && !is_str(echoed) && !to_tri(vm, echoed, &echo))
        return false;
    DbSettings arguments = { 0 };
    if (!connect_arguments(vm, &url, keyword(kw, "connect_args"), &arguments))
        return false;
    *v = vm_new_native(vm, vm_class(vm, &engine_class), &engine_class);
    EngineObj *engine = engine_self(vm, *v);
    engine->url = url;
    engine->arguments = arguments;
    engine->echo = echo == TRI_TRUE;
    engine->isolation = level;
    if (engine->echo)
        log_get(script->run->log, STR("sqlalchemy.engine.Engine"))->level = LOG_INFO;
    if (script->run->redactor)
        redactor_add_url(script->run->redactor, &url);
    return true;
}

static bool create_engine(Vm *vm, Call *call)
{
    ARGS(call, url, kw);
    Value made;
    return engine_new(vm, url, kw, &made) && give(call, made);
}

/* The options under the prefix, with what was given beside. */
static bool engine_from_config(Vm *vm, Call *call)
{
    ARGS(call, configuration, prefix, kw);
    Str start, name;
    Value key, item, made, options = make_dict(vm), url = VALUE_UNSET;
    if (is_opaque(configuration))
        return opaque_refuse(vm, configuration, "the configuration of an engine");
    if (!is_dict(configuration))
        return vm_raise(vm, "TypeError", "'%s' object is not a mapping of options",
                        type_name(vm, configuration));
    if (!to_text(vm, prefix, &start))
        return false;
    for (size_t at = 0; dict_next(configuration, &at, &key, &item);) {
        if (!is_str(key) || !to_str(vm, key, &name) || !str_starts(name, start))
            continue;
        dict_set_str(vm, options, str_from_offset(name, start.len), item);
    }
    for (size_t at = 0; value_given(kw) && dict_next(kw, &at, &key, &item);)
        if (to_str(vm, key, &name))
            dict_set_str(vm, options, name, item);
    url = dict_get_str(options, STR("url"));
    if (!value_given(url) && str_given(script_of(vm)->url))
        url = make_str(vm, script_of(vm)->url);
    if (!value_given(url))
        return vm_raise(vm, "KeyError", "%s", "'url'");
    return engine_new(vm, url, options, &made) && give(call, made);
}

const NativeRow create_engine_row = { "create_engine(url, **kw)", create_engine,
                                      "An engine for a URL." };
const NativeRow engine_from_config_row = {
    "engine_from_config(configuration, prefix='sqlalchemy.', **kw)", engine_from_config,
    "An engine of an ini file's section."
};
