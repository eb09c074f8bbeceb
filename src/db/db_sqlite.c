/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "db/driver.h"

#define DEFAULT_LOCK_WAIT_MS 60000
#define WORD_MAX 32

typedef struct Sqlite {
    sqlite3 *db;
    sqlite3_stmt *cached; /* the last statement, kept for being run again */
    Str path;             /* for messages */
    int busy_ms;          /* how long another connection's lock is waited for */
    int waited_ms;
} Sqlite;

/* ---- what a statement is ---- */

static size_t skip_blank(Str sql, size_t at)
{
    for (;;) {
        while (at < sql.len && (char_is_space(sql.ptr[at]) || sql.ptr[at] == ';'))
            at++;
        Str rest = str_from_offset(sql, at);
        if (str_starts(rest, STR("--"))) {
            ptrdiff_t end = str_find_char(sql, '\n', at);
            at = end < 0 ? sql.len : (size_t)end;
        } else if (str_starts(rest, STR("/*"))) {
            ptrdiff_t end = str_find(sql, STR("*/"), at + 2);
            at = end < 0 ? sql.len : (size_t)end + 2;
        } else {
            return at;
        }
    }
}

/* The word at or after *at, comments skipped; empty at a symbol. Moves *at behind it. */
static Str next_word(Str sql, size_t *at)
{
    size_t begin = skip_blank(sql, *at), end = begin;
    while (end < sql.len && (char_is_alnum(sql.ptr[end]) || sql.ptr[end] == '_'))
        end++;
    *at = end;
    return str_slice(sql, begin, end);
}

static bool word_in(Str word, const char *const *list)
{
    for (; *list; list++)
        if (str_eq_nocase(word, str_from(*list)))
            return true;
    return false;
}

static bool is_dml(Str sql)
{
    static const char *const words[] = { "INSERT", "UPDATE", "DELETE", "REPLACE", NULL };
    size_t at = 0;
    return word_in(next_word(sql, &at), words);
}

/* The name in "PRAGMA [schema.]name", moving *at behind it; empty for other statements. */
static Str pragma_name(Str sql, size_t *at)
{
    *at = 0;
    if (!str_eq_nocase(next_word(sql, at), STR("PRAGMA")))
        return STR("");
    Str name = next_word(sql, at);
    if (*at < sql.len && sql.ptr[*at] == '.') {
        (*at)++;
        name = next_word(sql, at);
    }
    return name;
}

static bool sqlite_needs_autocommit(Str sql)
{
    static const char *const words[] = { "VACUUM", "BEGIN", "DETACH", NULL };
    static const char *const pragmas[] = { "journal_mode", "synchronous", "wal_checkpoint",
                                           "temp_store", NULL };
    size_t at = 0;
    return word_in(next_word(sql, &at), words) || word_in(pragma_name(sql, &at), pragmas);
}

/*
 * "PRAGMA foreign_keys = value": SQLite ignores it inside a transaction, so it is done otherwise.
 */
static bool is_foreign_keys_switch(Str sql, bool *on)
{
    static const char *const yes[] = { "1", "on", "yes", "true", NULL };
    size_t at;
    if (!str_eq_nocase(pragma_name(sql, &at), STR("foreign_keys")))
        return false;
    at = skip_blank(sql, at);
    if (at >= sql.len || (sql.ptr[at] != '=' && sql.ptr[at] != '('))
        return false;
    at = skip_blank(sql, at + 1);
    if (at < sql.len && (sql.ptr[at] == '\'' || sql.ptr[at] == '"'))
        at++;
    *on = word_in(next_word(sql, &at), yes);
    return true;
}

/* ---- errors ---- */

typedef struct ErrorClass {
    int code; /* primary result code */
    DbErrorKind kind;
    const char *dbapi;
} ErrorClass;

static const ErrorClass error_classes[] = {
    { SQLITE_INTERNAL, DB_ERROR_INTERNAL, "sqlite3.InternalError" },
    { SQLITE_NOTFOUND, DB_ERROR_INTERNAL, "sqlite3.InternalError" },
    { SQLITE_CORRUPT, DB_ERROR_DATABASE, "sqlite3.DatabaseError" },
    { SQLITE_NOTADB, DB_ERROR_DATABASE, "sqlite3.DatabaseError" },
    { SQLITE_TOOBIG, DB_ERROR_DATA, "sqlite3.DataError" },
    { SQLITE_CONSTRAINT, DB_ERROR_INTEGRITY, "sqlite3.IntegrityError" },
    { SQLITE_MISMATCH, DB_ERROR_INTEGRITY, "sqlite3.IntegrityError" },
    { SQLITE_MISUSE, DB_ERROR_INTERFACE, "sqlite3.InterfaceError" },
    { SQLITE_RANGE, DB_ERROR_INTERFACE, "sqlite3.InterfaceError" },
};

static void classify(Conn *conn, int code)
{
    conn->failure = (DbFailure){
        .kind = DB_ERROR_OPERATIONAL,
        .code = code,
        .dbapi = "sqlite3.OperationalError",
        .busy = (code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED,
    };
    for (size_t i = 0; i < sizeof error_classes / sizeof *error_classes; i++) {
        if (error_classes[i].code != (code & 0xff))
            continue;
        conn->failure.kind = error_classes[i].kind;
        conn->failure.dbapi = error_classes[i].dbapi;
    }
}

static const char *remedy_for(int code)
{
    switch (code & 0xff) {
    case SQLITE_READONLY:
        return "the database file '%.*s', or its directory, cannot be written by this user";
    case SQLITE_NOTADB:
        return "'%.*s' is not an SQLite database, or it is encrypted";
    case SQLITE_CORRUPT:
        return "'%.*s' is damaged; restore a copy, or try the sqlite3 shell's .recover";
    case SQLITE_FULL:
        return "there is no room left on the disk of '%.*s'";
    case SQLITE_BUSY:
        return "another process holds '%.*s'; wait for it to end, or wait longer (?timeout=)";
    case SQLITE_CANTOPEN:
        return "'%.*s', or a file beside it, cannot be opened";
    case SQLITE_IOERR:
        return "the system reports an input/output error on '%.*s'";
    default:
        return NULL;
    }
}

static size_t position_of(sqlite3 *db, Str sql)
{
    int offset = sqlite3_error_offset(db);
    return offset < 0 ? 0 : utf8_count(str_slice(sql, 0, (size_t)offset)) + 1;
}

static bool failed(Conn *conn, Str sql, int code, Error *err)
{
    Sqlite *lite = conn->handle;
    if (error_set(err))
        return false;
    classify(conn, code);
    size_t position = position_of(lite->db, sql);
    fail(err, ERR_DATABASE, "%s", sqlite3_errmsg(lite->db));
    err->sql = str_dup(err->arena, sql);
    err->sqlstate = str_format(err->arena, "%d", code);
    err->sql_position = position;
    const char *remedy = remedy_for(code);
    if (remedy) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        error_remedy(err, remedy, STR_ARG(lite->path));
#pragma GCC diagnostic pop
    }
    return false;
}

static bool misused(Conn *conn, Str sql, Error *err, const char *text)
{
    conn->failure = (DbFailure){ .kind = DB_ERROR_PROGRAMMING,
                                 .code = SQLITE_MISUSE,
                                 .dbapi = "sqlite3.ProgrammingError" };
    fail(err, ERR_DATABASE, "%s", text);
    err->sql = str_dup(err->arena, sql);
    return false;
}

/* ---- opening ---- */

/* Options that the Python driver takes from the URL; the others belong to the file: URI. */
static bool is_driver_option(Str name)
{
    static const char *const names[] = { "uri",
                                         "timeout",
                                         "isolation_level",
                                         "detect_types",
                                         "check_same_thread",
                                         "cached_statements",
                                         NULL };
    return word_in(name, names);
}

static bool wants_uri(const Url *url)
{
    static const char *const yes[] = { "1", "true", "yes", "on", "y", "t", NULL };
    return word_in(url_option(url, STR("uri")), yes);
}

static Str uri_of(Arena *arena, const Url *url)
{
    Buf uri = buf_in(arena);
    buf_put(&uri, url->database);
    char separator = str_find_char(url->database, '?', 0) < 0 ? '?' : '&';
    VEC_EACH (const UrlOption, option, &url->options) {
        if (is_driver_option(option->name))
            continue;
        buf_printf(&uri, "%c%.*s=%.*s", separator, STR_ARG(option->name), STR_ARG(option->value));
        separator = '&';
    }
    return buf_take(&uri, arena);
}

static Str filename_of(Conn *conn, const DbOptions *options)
{
    const Url *url = &conn->url;
    if (wants_uri(url))
        return uri_of(conn->arena, url);
    if (url_is_memory(url))
        return STR(":memory:");
    return options->directory.len > 0 ? path_join(conn->arena, options->directory, url->database)
                                      : str_dup(conn->arena, url->database);
}

const char *db_sqlite_version(void)
{
    return sqlite3_libversion();
}

static bool check_parent(Arena *arena, Str path, Error *err)
{
    Str parent = path_dirname(path);
    if (parent.len == 0)
        parent = STR(".");
    if (file_is_dir(parent)) {
        if (access(str_cstr(arena, parent), W_OK) == 0)
            return true;
        return fail(err, ERR_CONNECT,
                    "unable to open database file '%.*s': there is none, and this "
                    "user may not write to its directory",
                    STR_ARG(path));
    }
    fail(err, ERR_CONNECT, "unable to open database file '%.*s': no directory '%.*s'",
         STR_ARG(path), STR_ARG(parent));
    return error_remedy(err, "create the directory, or mend the database's URL");
}

/* Opening a directory or a pipe would fail late or wait for ever. */
static bool check_path(Conn *conn, Str path, bool *absent, Error *err)
{
    struct stat info;
    *absent = stat(str_cstr(conn->arena, path), &info) != 0;
    if (*absent && errno == ENOENT)
        return check_parent(conn->arena, path, err);
    if (*absent)
        return fail(err, ERR_CONNECT, "unable to open database file '%.*s': %s", STR_ARG(path),
                    strerror(errno));
    if (S_ISREG(info.st_mode))
        return true;
    return fail(err, ERR_CONNECT, "unable to open database file '%.*s': it is %s", STR_ARG(path),
                S_ISDIR(info.st_mode) ? "a directory" : "not a regular file");
}

static int lock_wait(const Url *url, const DbOptions *options)
{
    Str text = url_option(url, STR("timeout"));
    if (options->lock_wait_ms > 0)
        return options->lock_wait_ms;
    double seconds = text.len > 0 ? atof(text.ptr) : 0;
    return seconds > 0 && seconds < 1e6 ? (int)(seconds * 1000) : DEFAULT_LOCK_WAIT_MS;
}

static void sqlite_close(Conn *conn)
{
    Sqlite *lite = conn->handle;
    sqlite3_finalize(lite->cached);
    sqlite3_close_v2(lite->db);
    lite->db = NULL;
}

static bool open_file(Conn *conn, Str filename, int flags, Error *err)
{
    Sqlite *lite = conn->handle;
    int code = sqlite3_open_v2(filename.ptr, &lite->db, flags, NULL);
    if (code == SQLITE_OK)
        return true;
    int system_error = lite->db ? sqlite3_system_errno(lite->db) : 0;
    fail(err, ERR_CONNECT, "unable to open database file '%.*s': %s", STR_ARG(filename),
         system_error ? strerror(system_error) : sqlite3_errstr(code));
    sqlite_close(conn);
    return false;
}

/* ---- signals ---- */

#define STEPS_BETWEEN_LOOKS 10000

static int is_interrupted(void *context)
{
    const Conn *conn = context;
    return conn->interrupted && *conn->interrupted && !conn->ending;
}

/* As sqlite3_busy_timeout does, but a signal ends the wait. */
static int wait_while_busy(void *context, int tries)
{
    static const int delays[] = { 1, 2, 5, 10, 15, 20, 25, 25, 25, 50, 50, 100 };
    const int last = (int)(sizeof delays / sizeof *delays) - 1;
    Conn *conn = context;
    Sqlite *lite = conn->handle;
    int delay = delays[tries < last ? tries : last];
    lite->waited_ms = tries == 0 ? 0 : lite->waited_ms;
    if (lite->waited_ms >= lite->busy_ms || is_interrupted(conn))
        return 0;
    lite->waited_ms += sqlite3_sleep(delay);
    return 1;
}

static void watch_signals(Conn *conn)
{
    Sqlite *lite = conn->handle;
    if (!conn->interrupted) {
        sqlite3_busy_timeout(lite->db, lite->busy_ms);
        return;
    }
    sqlite3_busy_handler(lite->db, wait_while_busy, conn);
    sqlite3_progress_handler(lite->db, STEPS_BETWEEN_LOOKS, is_interrupted, conn);
}

static bool sqlite_open(Conn *conn, const DbOptions *options, Error *err)
{
    Sqlite *lite = conn->handle = ARENA_NEW(conn->arena, Sqlite);
    if (str_given(conn->url.host)) {
        fail(err, ERR_URL, "Invalid SQLite URL: %.*s",
             STR_ARG(url_render(err->arena, &conn->url, false)));
        return error_remedy(err, "valid SQLite URL forms are sqlite:///:memory: or "
                                 "sqlite:////absolute/path/to/file.db");
    }
    Str filename = lite->path = filename_of(conn, options);
    bool absent = false, uri = wants_uri(&conn->url);
    if (!uri && !url_is_memory(&conn->url) && !check_path(conn, filename, &absent, err))
        return false;
    if (absent && (options->no_create || options->read_only))
        filename = STR(":memory:");
    int mode = options->read_only && !absent ? SQLITE_OPEN_READONLY
                                             : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    if (!open_file(conn, filename, mode | (uri ? SQLITE_OPEN_URI : 0), err))
        return false;
    sqlite3_extended_result_codes(lite->db, 1);
    lite->busy_ms = lock_wait(&conn->url, options);
    watch_signals(conn);
    if (!str_eq(filename, lite->path))
        sqlite3_exec(lite->db, "PRAGMA query_only = 1", NULL, NULL, NULL);
    conn->server_version = str_from(db_sqlite_version());
    conn->server_number = sqlite3_libversion_number();
    return true;
}

/* ---- running ---- */

/* A number that is no int64: SQLite keeps it as a double, as the Python driver's users do. */
static int bind_text(sqlite3_stmt *statement, int index, const DbValue *value)
{
    char digits[64];
    size_t len = 0;
    if (value->kind == DB_KIND_NUMERIC && value->text.len < sizeof digits) {
        memcpy(digits, value->text.ptr, value->text.len);
        digits[value->text.len] = '\0';
        return sqlite3_bind_double(statement, index, strtod(digits, NULL));
    }
    if (value->kind == DB_KIND_UUID && value->text.len < sizeof digits) {
        for (size_t i = 0; i < value->text.len; i++)
            if (value->text.ptr[i] != '-')
                digits[len++] = value->text.ptr[i];
        return sqlite3_bind_text(statement, index, digits, (int)len, SQLITE_TRANSIENT);
    }
    return sqlite3_bind_text64(statement, index, value->text.ptr ? value->text.ptr : "",
                               value->text.len, SQLITE_STATIC, SQLITE_UTF8);
}

static bool bind_one(Conn *conn, sqlite3_stmt *statement, int index, const DbValue *value)
{
    switch (value->type) {
    case DB_NULL:
        return sqlite3_bind_null(statement, index) == SQLITE_OK;
    case DB_BOOL:
    case DB_INT:
        return sqlite3_bind_int64(statement, index, value->integer) == SQLITE_OK;
    case DB_REAL:
        return sqlite3_bind_double(statement, index, value->real) == SQLITE_OK;
    case DB_TEXT:
        return bind_text(statement, index, value) == SQLITE_OK;
    case DB_BYTES:
        return sqlite3_bind_blob64(statement, index, value->text.ptr ? value->text.ptr : "",
                                   value->text.len, SQLITE_STATIC) == SQLITE_OK;
    case DB_ARRAY:
        break; /* SQLite has none */
    }
    return false;
}

static bool unsupported(Conn *conn, Str sql, size_t index, const char *type, Error *err)
{
    Str text = str_format(err->arena, "Error binding parameter %zu: type '%s' is not supported",
                          index + 1, type);
    return misused(conn, sql, err, text.ptr);
}

static bool bind_all(Conn *conn, sqlite3_stmt *statement, Str sql, const DbValue *params,
                     size_t count, Error *err)
{
    int wanted = sqlite3_bind_parameter_count(statement);
    if ((size_t)wanted != count) {
        Str text = str_format(err->arena,
                              "Incorrect number of bindings supplied. The current statement uses "
                              "%d, and there are %zu supplied.",
                              wanted, count);
        return misused(conn, sql, err, text.ptr);
    }
    Sqlite *lite = conn->handle;
    for (size_t i = 0; i < count; i++) {
        bool list = params[i].type == DB_ARRAY, delta = params[i].kind == DB_KIND_INTERVAL;
        if (list || delta)
            return unsupported(conn, sql, i, list ? "list" : "timedelta", err);
        if (!bind_one(conn, statement, (int)i + 1, &params[i]))
            return failed(conn, sql, sqlite3_extended_errcode(lite->db), err);
    }
    return true;
}

static DbValue column_value(sqlite3_stmt *statement, int column)
{
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
        return db_int(sqlite3_column_int64(statement, column));
    case SQLITE_FLOAT:
        return db_real(sqlite3_column_double(statement, column));
    case SQLITE_NULL:
        return db_null();
    default:
        break;
    }
    bool text = sqlite3_column_type(statement, column) == SQLITE_TEXT;
    const void *ptr = text ? (const void *)sqlite3_column_text(statement, column)
                           : sqlite3_column_blob(statement, column);
    Str bytes = { ptr ? ptr : "", (size_t)sqlite3_column_bytes(statement, column) };
    return text ? db_text(bytes) : db_bytes(bytes);
}

static void describe(sqlite3_stmt *statement, Arena *arena, DbResult *result)
{
    size_t count = (size_t)sqlite3_column_count(statement);
    result->returns_rows = count > 0;
    result->column_count = count;
    if (count == 0)
        return;
    result->columns = ARENA_ARRAY(arena, DbColumn, count);
    result->rows = rows_new(arena, count);
    for (size_t i = 0; i < count; i++) {
        result->columns[i] = (DbColumn){
            .name = str_dup(arena, str_from(sqlite3_column_name(statement, (int)i))),
            .declared = str_dup(arena, str_from(sqlite3_column_decltype(statement, (int)i))),
            .modifier = -1,
        };
    }
}

static bool keep_row(sqlite3_stmt *statement, DbResult *result, DbValue *row, Error *err)
{
    for (size_t i = 0; i < result->column_count; i++)
        row[i] = column_value(statement, (int)i);
    result->row_count++;
    return rows_add(result->rows, row, err);
}

static bool step_all(Conn *conn, sqlite3_stmt *statement, Arena *arena, Str sql, DbResult *result,
                     Error *err)
{
    if (result)
        describe(statement, arena, result);
    DbValue *row = result ? ARENA_ARRAY(arena, DbValue, result->column_count) : NULL;
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW)
        if (result && !keep_row(statement, result, row, err))
            return false;
    if (code != SQLITE_DONE)
        return failed(conn, sql, code, err);
    Sqlite *lite = conn->handle;
    if (result && is_dml(sql)) {
        result->changes = sqlite3_changes64(lite->db);
        result->last_id = sqlite3_last_insert_rowid(lite->db);
    }
    return true;
}

/*
 * The cached statement when it is the same text; else `sql` newly prepared (NULL: only a
 * comment).
 */
static bool prepare(Conn *conn, Str sql, sqlite3_stmt **statement, Error *err)
{
    Sqlite *lite = conn->handle;
    const char *tail, *same = lite->cached ? sqlite3_sql(lite->cached) : NULL;
    *statement = lite->cached;
    if (same && str_is(sql, same))
        return true;
    sqlite3_finalize(lite->cached);
    *statement = lite->cached = NULL;
    int code = sqlite3_prepare_v2(lite->db, sql.ptr, (int)sql.len, statement, &tail);
    if (code != SQLITE_OK)
        return failed(conn, sql, code, err);
    if (skip_blank(sql, (size_t)(tail - sql.ptr)) < sql.len) {
        sqlite3_finalize(*statement);
        return misused(conn, sql, err, "You can only execute one statement at a time.");
    }
    lite->cached = *statement;
    return true;
}

static bool sqlite_set_foreign_keys(Conn *conn, bool on, Error *err)
{
    Sqlite *lite = conn->handle;
    int code = sqlite3_db_config(lite->db, SQLITE_DBCONFIG_ENABLE_FKEY, on ? 1 : 0, NULL);
    return code == SQLITE_OK || failed(conn, STR("PRAGMA foreign_keys"), code, err);
}

static bool sqlite_query(Conn *conn, Arena *arena, Str sql, const DbValue *params,
                         size_t param_count, DbResult *result, Error *err)
{
    bool on;
    Sqlite *lite = conn->handle;
    if (is_foreign_keys_switch(sql, &on) && !sqlite3_get_autocommit(lite->db))
        return sqlite_set_foreign_keys(conn, on, err);
    sqlite3_stmt *statement;
    if (!prepare(conn, sql, &statement, err))
        return false;
    if (!statement)
        return true;
    bool ok = bind_all(conn, statement, sql, params, param_count, err) &&
              step_all(conn, statement, arena, sql, result, err);
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return ok;
}

static bool sqlite_order_named(Conn *conn, Arena *arena, Str sql, const StrVec *names,
                               DbValue **values, size_t *count, Error *err)
{
    sqlite3_stmt *statement;
    if (!prepare(conn, sql, &statement, err))
        return false;
    size_t wanted = statement ? (size_t)sqlite3_bind_parameter_count(statement) : 0;
    DbValue *ordered = ARENA_ARRAY(arena, DbValue, wanted + 1);
    for (size_t i = 0; i < wanted; i++) {
        const char *name = sqlite3_bind_parameter_name(statement, (int)i + 1);
        size_t at = 0;
        while (at < names->len && !(name && str_is(names->items[at], name + 1)))
            at++;
        if (at == names->len) {
            Str text = str_format(err->arena, "You did not supply a value for binding %s%s.",
                                  name ? "parameter " : "", name ? name : "");
            return misused(conn, sql, err, text.ptr);
        }
        ordered[i] = (*values)[at];
    }
    *values = ordered;
    *count = wanted;
    return true;
}

static const char *sqlite_connect_error(const Url *url)
{
    (void)url;
    return "sqlite3.OperationalError";
}

static Str sqlite_begin_sql(TxMode mode)
{
    return mode == TX_WRITE ? STR("BEGIN IMMEDIATE") : STR("BEGIN");
}

static bool sqlite_in_transaction(const Conn *conn)
{
    const Sqlite *lite = conn->handle;
    return !sqlite3_get_autocommit(lite->db);
}

static bool sqlite_untouched(const Conn *conn)
{
    const Sqlite *lite = conn->handle;
    return sqlite3_txn_state(lite->db, NULL) == SQLITE_TXN_NONE;
}

static bool sqlite_foreign_keys(const Conn *conn)
{
    const Sqlite *lite = conn->handle;
    int on = 0;
    sqlite3_db_config(lite->db, SQLITE_DBCONFIG_ENABLE_FKEY, -1, &on);
    return on != 0;
}

/* The page cache would grow with the database, up to 2 MB. */
static void sqlite_rest(Conn *conn)
{
    Sqlite *lite = conn->handle;
    sqlite3_db_release_memory(lite->db);
}

static bool sqlite_schema_version(Conn *conn, int64_t *version, Error *err)
{
    Arena *arena = arena_new(conn->arena);
    DbValue value;
    bool ok = db_scalar(conn, arena, STR("PRAGMA schema_version"), &value, err);
    *version = ok ? value.integer : 0;
    arena_free(arena);
    return ok;
}

const Driver sqlite_driver = {
    .engine = ENGINE_SQLITE,
    .name = "sqlite",
    .open = sqlite_open,
    .close = sqlite_close,
    .connect_error = sqlite_connect_error,
    .query = sqlite_query,
    .order_named = sqlite_order_named,
    .begin_sql = sqlite_begin_sql,
    .autobegins = is_dml,
    .in_transaction = sqlite_in_transaction,
    .untouched = sqlite_untouched,
    .needs_autocommit = sqlite_needs_autocommit,
    .set_foreign_keys = sqlite_set_foreign_keys,
    .foreign_keys = sqlite_foreign_keys,
    .schema_version = sqlite_schema_version,
    .rest = sqlite_rest,
};
