/* SPDX-License-Identifier: MIT */
/* Functions, casts, CASE, windows and JSON as SQL. */
#include "sql/query_parts.h"

/* ---- functions ---- */

/* Functions without brackets, and those that a dialect calls otherwise. NULL: any dialect. */
static const struct {
    const char *name, *dialect, *sql;
} function_words[] = {
    { "now", "sqlite", "CURRENT_TIMESTAMP" },
    { "localtimestamp", "sqlite", "DATETIME(CURRENT_TIMESTAMP, 'localtime')" },
    { "random", "mysql", "rand()" },
    { "random", "mariadb", "rand()" },
    { "sysdate", "mysql", "SYSDATE()" },
    { "sysdate", "mariadb", "SYSDATE()" },
    { "current_timestamp", NULL, "CURRENT_TIMESTAMP" },
    { "current_date", NULL, "CURRENT_DATE" },
    { "current_time", NULL, "CURRENT_TIME" },
    { "current_user", NULL, "CURRENT_USER" },
    { "localtime", NULL, "LOCALTIME" },
    { "localtimestamp", NULL, "LOCALTIMESTAMP" },
    { "session_user", NULL, "SESSION_USER" },
    { "sysdate", NULL, "sysdate" },
    { "user", NULL, "USER" },
};

static const char *function_word(const Sql *sql, const Expr *expr)
{
    if (expr->text.len || expr->args.len)
        return NULL;
    for (size_t i = 0; i < sizeof function_words / sizeof *function_words; i++) {
        const char *dialect = function_words[i].dialect;
        if (str_eq_nocase(expr->name.text, str_from(function_words[i].name)) &&
            (!dialect || strcmp(dialect, sql->dialect->name) == 0))
            return function_words[i].sql;
    }
    return NULL;
}

static Str grouping_word(Str name)
{
    static const char *const words[][2] = { { "rollup", "ROLLUP" },
                                            { "cube", "CUBE" },
                                            { "grouping_sets", "GROUPING SETS" } };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_is(name, words[i][0]))
            return str_from(words[i][1]);
    return STR_NONE;
}

/* Function names keep their case; only odd characters bring quotes. */
static void put_function_name(Sql *sql, Name name)
{
    if (str_given(grouping_word(name.text))) {
        sql_put_raw(sql, grouping_word(name.text));
        return;
    }
    bool odd = false;
    for (size_t i = 0; i < name.text.len; i++)
        odd |=
            !char_is_alnum(name.text.ptr[i]) && name.text.ptr[i] != '_' && name.text.ptr[i] != '$';
    bool char_length = sql_is_sqlite(sql) && str_is(name.text, "char_length");
    bool random = sql_is_mysql(sql) && str_is(name.text, "random");
    if (odd || name.quote == TRI_TRUE)
        sql_put_name(sql, (Name){ .text = name.text, .quote = TRI_TRUE });
    else
        sql_put_raw(sql, char_length ? STR("length") : random ? STR("rand") : name.text);
}

void sql_put_function(Sql *sql, const Expr *expr)
{
    const char *word = function_word(sql, expr);
    if (word) {
        sql_put_text(sql, word);
        return;
    }
    if (str_given(expr->text))
        sql_put_raw(sql, expr->text);
    put_function_name(sql, expr->name);
    sql_put_text(sql, "(");
    if (expr->args.len == 0 && str_eq_nocase(expr->name.text, STR("count")))
        sql_put_text(sql, "*");
    sql_put_exprs(sql, &expr->args);
    sql_put_text(sql, ")");
}

/* ---- CAST ---- */

/* MySQL casts to its own names; NULL: it has no cast to this type and leaves the operand alone. */
static const char *mysql_cast(const Type *type)
{
    if (type_is(type, TYPE_BOOLEAN) || type_is(type, TYPE_FLOAT))
        return NULL;
    if (type_is(type, TYPE_INTEGER))
        return type->is_unsigned == TRI_TRUE ? "UNSIGNED INTEGER" : "SIGNED INTEGER";
    if (type_is(type, TYPE_NUMERIC))
        return "DECIMAL[({precision}[, {scale}])]";
    if (type_is(type, TYPE_STRING) && !type_is(type, TYPE_ENUM))
        return "CHAR[({length})]";
    if (type_is(type, TYPE_LARGE_BINARY))
        return "BINARY";
    return type_is(type, TYPE_JSON) ? "JSON" : "";
}

static void put_cast_as(Sql *sql, const Expr *operand, const Type *type)
{
    const char *target = sql_is_mysql(sql) && type ? mysql_cast(type) : "";
    if (!target) {
        sql_put_operand(sql, operand, OPERATOR_NONE);
        return;
    }
    sql_put(sql, "CAST(@ AS ", sql_expr(operand));
    if (*target)
        sql_put_type_template(sql, type, target);
    else
        sql_put_type(sql, type);
    sql_put_text(sql, ")");
}

void sql_put_cast(Sql *sql, const Expr *expr)
{
    put_cast_as(sql, expr->args.items[0], expr->type);
}

/* ---- CASE, EXTRACT ---- */

void sql_put_case(Sql *sql, const Expr *expr)
{
    sql_put_text(sql, "CASE ");
    if (expr->value_of)
        sql_put(sql, "@ ", sql_expr(expr->value_of));
    for (size_t i = 0; i + 1 < expr->args.len; i += 2)
        sql_put(sql, "WHEN @ THEN @ ", sql_expr(expr->args.items[i]),
                sql_expr(expr->args.items[i + 1]));
    if (expr->otherwise)
        sql_put(sql, "ELSE @ ", sql_expr(expr->otherwise));
    sql_put_text(sql, "END");
}

static const struct {
    const char *field, *format;
} sqlite_extracts[] = {
    { "year", "%Y" },   { "month", "%m" },  { "day", "%d" },          { "hour", "%H" },
    { "minute", "%M" }, { "second", "%S" }, { "dow", "%w" },          { "doy", "%j" },
    { "week", "%W" },   { "epoch", "%s" },  { "milliseconds", "%f" },
};

void sql_put_extract(Sql *sql, const Expr *expr)
{
    if (!sql_is_sqlite(sql)) {
        sql_put(sql, "EXTRACT(@ FROM @)", sql_raw(expr->text), sql_expr(expr->args.items[0]));
        return;
    }
    for (size_t i = 0; i < sizeof sqlite_extracts / sizeof *sqlite_extracts; i++)
        if (str_is(expr->text, sqlite_extracts[i].field)) {
            sql_put(sql, "CAST(STRFTIME('@', @) AS INTEGER)",
                    sql_keyword(sqlite_extracts[i].format), sql_expr(expr->args.items[0]));
            return;
        }
    fail(sql->err, ERR_SCRIPT, "CompileError: %.*s is not a valid extract argument.",
         STR_ARG(expr->text));
}

/* ---- windows and aggregates ---- */

static void put_window_end(Sql *sql, OptInt end, const Expr *bind, bool from)
{
    if (!end.given)
        sql_put_text(sql, from ? "UNBOUNDED PRECEDING" : "UNBOUNDED FOLLOWING");
    else if (end.value == 0)
        sql_put_text(sql, "CURRENT ROW");
    else
        sql_put(sql, end.value < 0 ? "@ PRECEDING" : "@ FOLLOWING", sql_expr(bind));
}

static void put_window(Sql *sql, const Window *window, bool first)
{
    if (!window->word)
        return;
    sql_put(sql, first ? "@ BETWEEN " : " @ BETWEEN ", sql_keyword(window->word));
    put_window_end(sql, window->from, window->from_bind, true);
    sql_put_text(sql, " AND ");
    put_window_end(sql, window->to, window->to_bind, false);
}

void sql_put_over(Sql *sql, const Expr *expr)
{
    sql_put(sql, "@ OVER (", sql_expr(expr->args.items[0]));
    if (expr->partition_by.len) {
        sql_put_text(sql, "PARTITION BY ");
        sql_put_ordered_list(sql, &expr->partition_by);
    }
    if (expr->order_by.len) {
        sql_put_text(sql, expr->partition_by.len ? " ORDER BY " : "ORDER BY ");
        sql_put_ordered_list(sql, &expr->order_by);
    }
    put_window(sql, &expr->window, !expr->partition_by.len && !expr->order_by.len);
    sql_put_text(sql, ")");
}

void sql_put_within_group(Sql *sql, const Expr *expr)
{
    sql_put(sql, "@ WITHIN GROUP (ORDER BY ", sql_expr(expr->args.items[0]));
    sql_put_exprs(sql, &expr->order_by);
    sql_put_text(sql, ")");
}

void sql_put_filter(Sql *sql, const Expr *expr)
{
    sql_put(sql, "@ FILTER (WHERE @)", sql_expr(expr->args.items[0]),
            sql_expr(expr->args.items[1]));
}

void sql_put_aggregate_order(Sql *sql, const Expr *expr)
{
    if (sql_is_sqlite(sql) || sql_is_mysql(sql)) {
        sql_unsupported(sql, "element of type aggregate_order_by");
        return;
    }
    sql_put(sql, "@ ORDER BY ", sql_expr(expr->args.items[0]));
    sql_put_exprs(sql, &expr->order_by);
}

/* ---- JSON ---- */

/* A step of a path: $."key" or $[1]; PG's paths are {key, 1}. */
static void put_step(Buf *path, const Datum *step, bool braces)
{
    if (step->kind == DATUM_INT)
        buf_printf(path, braces ? "%lld" : "[%lld]", (long long)step->integer);
    else if (step->kind == DATUM_STR)
        buf_printf(path, braces ? "%.*s" : ".\"%.*s\"", STR_ARG(step->text));
}

static Str json_path(Sql *sql, const Datum *value, bool braces)
{
    Buf path = buf_in(sql->arena);
    bool list = value->kind == DATUM_LIST;
    buf_puts(&path, braces ? "{" : "$");
    for (size_t i = 0; i < (list ? value->list.len : 1); i++) {
        if (i && braces)
            buf_puts(&path, ", ");
        put_step(&path, list ? &value->list.items[i] : value, braces);
    }
    if (braces)
        buf_puts(&path, "}");
    return buf_take(&path, sql->arena);
}

/* The key or path of an element, as the dialect's functions take it. */
Expr *sql_json_key(Sql *sql, Expr *key)
{
    bool list = key->value.kind == DATUM_LIST;
    bool value = list || key->value.kind == DATUM_STR || key->value.kind == DATUM_INT;
    if (key->kind != EXPR_BIND || !key->unique || !value || sql_names_binds(sql) ||
        (sql_is_postgresql(sql) && !list) || sql_is_default(sql))
        return key;
    Expr *made = expr_copy(sql->arena, key);
    made->value = datum_str(json_path(sql, &key->value, sql_is_postgresql(sql)));
    made->type = type_new(sql->arena, TYPE_STRING);
    return made;
}

static bool gives_json(const Expr *expr)
{
    return !expr->type || type_is(expr->type, TYPE_JSON);
}

static void put_json_sqlite(Sql *sql, const Expr *expr)
{
    sql_put(sql, gives_json(expr) ? "JSON_QUOTE(JSON_EXTRACT(@, @))" : "JSON_EXTRACT(@, @)",
            sql_expr(expr->args.items[0]), sql_expr(expr->args.items[1]));
}

static void put_json_mysql(Sql *sql, const Expr *expr)
{
    const Expr *left = expr->args.items[0], *right = expr->args.items[1];
    if (gives_json(expr)) {
        sql_put(sql, "JSON_EXTRACT(@, @)", sql_expr(left), sql_expr(right));
        return;
    }
    sql_put(sql, "CASE JSON_EXTRACT(@, @) WHEN 'null' THEN NULL ", sql_expr(left), sql_expr(right));
    if (type_is(expr->type, TYPE_BOOLEAN)) {
        sql_put_text(sql, "WHEN true THEN true ELSE false END");
        return;
    }
    const char *format =
        type_is(expr->type, TYPE_INTEGER)   ? "ELSE CAST(JSON_EXTRACT(@, @) AS SIGNED INTEGER) END"
        : type_is(expr->type, TYPE_FLOAT)   ? "ELSE JSON_EXTRACT(@, @)+0.0000000000000000000000 END"
        : type_is(expr->type, TYPE_NUMERIC) ? "ELSE CAST(JSON_EXTRACT(@, @) AS "
                                            : "ELSE JSON_UNQUOTE(JSON_EXTRACT(@, @)) END";
    sql_put(sql, format, sql_expr(left), sql_expr(right));
    if (type_is(expr->type, TYPE_NUMERIC) && !type_is(expr->type, TYPE_FLOAT)) {
        sql_put_type_template(sql, expr->type, "DECIMAL[({precision}[, {scale}])]");
        sql_put_text(sql, ") END");
    }
}

static void put_arrow(Sql *sql, const Expr *expr, const char *word)
{
    bool outer = sql->in_operator;
    sql->in_operator = true;
    sql_put(sql, outer ? "(@ @ @)" : "@ @ @", sql_expr(expr->args.items[0]), sql_keyword(word),
            sql_expr(expr->args.items[1]));
    sql->in_operator = outer;
}

static void put_json_postgresql(Sql *sql, const Expr *expr)
{
    bool path = expr->op == OPERATOR_JSON_PATH;
    if (gives_json(expr) && !path && type_is(expr->args.items[0]->type, TYPE_PG_JSONB)) {
        sql_put(sql, "@[@]", sql_expr(expr->args.items[0]), sql_expr(expr->args.items[1]));
        return;
    }
    if (gives_json(expr)) {
        put_arrow(sql, expr, path ? "#>" : "->");
        return;
    }
    sql_put_text(sql, "CAST(");
    put_arrow(sql, expr, path ? "#>>" : "->>");
    sql_put_text(sql, " AS ");
    sql_put_type(sql, expr->type);
    sql_put_text(sql, ")");
}

bool sql_put_json(Sql *sql, const Expr *expr)
{
    if (expr->op != OPERATOR_JSON_GET && expr->op != OPERATOR_JSON_PATH)
        return false;
    Expr *keyed = expr_copy(sql->arena, expr);
    keyed->args = (ExprVec){ 0 };
    VEC_PUSH(sql->arena, &keyed->args, expr->args.items[0]);
    VEC_PUSH(sql->arena, &keyed->args, sql_json_key(sql, expr->args.items[1]));
    if (sql_is_sqlite(sql))
        put_json_sqlite(sql, keyed);
    else if (sql_is_mysql(sql))
        put_json_mysql(sql, keyed);
    else if (sql_is_postgresql(sql))
        put_json_postgresql(sql, keyed);
    else
        sql_put(sql, "@[@]", sql_expr(expr->args.items[0]), sql_expr(expr->args.items[1]));
    return true;
}
