/* SPDX-License-Identifier: MIT */
/* Expressions as SQL. */
#include "schema/table.h"
#include "sql/query.h"

static bool is_mysql(const Sql *sql)
{
    return sql->dialect->id == DIALECT_MYSQL || sql->dialect->id == DIALECT_MARIADB;
}

static bool is_sqlite(const Sql *sql)
{
    return sql->dialect->id == DIALECT_SQLITE;
}

static bool is_postgresql(const Sql *sql)
{
    return sql->dialect->id == DIALECT_POSTGRESQL;
}

void sql_put_exprs(Sql *sql, const ExprVec *exprs)
{
    for (size_t i = 0; i < exprs->len; i++) {
        if (i)
            sql_put_text(sql, ", ");
        sql_put_expr(sql, exprs->items[i]);
    }
}

static bool operator_chains(Operator op)
{
    return op == OPERATOR_ADD || op == OPERATOR_MUL || op == OPERATOR_AND || op == OPERATOR_OR ||
           op == OPERATOR_CONCAT;
}

static bool is_operation(const Expr *expr)
{
    return expr->kind == EXPR_BINARY || expr->kind == EXPR_BOOLEAN || expr->kind == EXPR_BETWEEN ||
           expr->kind == EXPR_UNARY;
}

/* startswith(), contains(), endswith(): LIKE with a pattern that is put together. */
static bool is_affix(const Expr *expr)
{
    bool like = expr->op == OPERATOR_LIKE || expr->op == OPERATOR_NOT_LIKE;
    return expr->kind == EXPR_BINARY && like && expr->args.items[1]->kind == EXPR_BINARY &&
           expr->args.items[1]->op == OPERATOR_CONCAT;
}

static bool needs_brackets(const Expr *expr, Operator against)
{
    if (against == OPERATOR_NONE)
        return expr->kind == EXPR_SELECT || expr->kind == EXPR_COMPOUND;
    if (is_affix(expr) || (expr->kind == EXPR_EXISTS && against == OPERATOR_NOT))
        return true;
    bool looser = operator_precedence(expr->op) <= operator_precedence(against);
    if (is_operation(expr))
        return looser && !(expr->op == against && operator_chains(against));
    if (expr->kind == EXPR_IN)
        return looser && expr->op == OPERATOR_IN;
    if (expr->kind == EXPR_TEXT)
        return against == OPERATOR_IN || against == OPERATOR_NOT_IN;
    return expr->kind == EXPR_SELECT || expr->kind == EXPR_COMPOUND;
}

void sql_put_operand(Sql *sql, const Expr *expr, Operator op)
{
    bool brackets = needs_brackets(expr, op);
    if (brackets)
        sql_put_text(sql, "(");
    if (brackets)
        sql_put_statement(sql, expr);
    else
        sql_put_expr(sql, expr);
    if (brackets)
        sql_put_text(sql, ")");
}

/* A value that is true or false by its type, but no comparison. */
static bool is_bare_boolean(const Expr *expr)
{
    bool value = expr->kind == EXPR_COLUMN || expr->kind == EXPR_FUNCTION ||
                 expr->kind == EXPR_LITERAL_COLUMN || expr->kind == EXPR_LABEL;
    return value && type_is(expr->type, TYPE_BOOLEAN);
}

void sql_put_condition(Sql *sql, const Expr *expr, Operator op)
{
    sql_put_operand(sql, expr, op);
    if (is_bare_boolean(expr) && !sql->dialect->native_boolean)
        sql_put_text(sql, " = 1");
}

static void put_column(Sql *sql, const Expr *expr)
{
    const Table *table = expr->column ? expr->column->table : NULL;
    Name name = expr->column ? expr->column->name : expr->name;
    if (expr->from && !sql->bare_columns)
        sql_put(sql, "@.", sql_name(expr->from->name));
    else if (table && !sql->bare_columns)
        sql_put(sql, "@.", sql_table(table->schema, table->name));
    if (str_is(name.text, "*"))
        sql_put_text(sql, "*");
    else
        sql_put_name(sql, name);
}

static const Datum *bind_given(const Sql *sql, const Expr *expr)
{
    if (sql->given && !expr->unique && name_given(expr->name)) {
        const Datum *given = map_get(sql->given->map, expr->name.text);
        if (given)
            return given;
    }
    return expr->bound ? &expr->value : NULL;
}

static void put_placeholder(Sql *sql, const Expr *expr)
{
    VEC_PUSH(sql->arena, &sql->param_names, expr->name.text);
    if (is_postgresql(sql))
        buf_printf(&sql->buf, "$%zu", sql->params.len);
    else
        sql_put_text(sql, "?");
}

static Str bind_label(Sql *sql, const Expr *expr)
{
    if (name_given(expr->name) && !expr->unique)
        return expr->name.text;
    if (sql->bind_exact)
        return sql->bind_stem;
    Str stem = name_given(expr->name)       ? expr->name.text
               : str_given(sql->bind_stem) ? sql->bind_stem
                                           : STR("param");
    Str name = sql_anonymous(sql, str_concat(sql->arena, STR(":"), stem));
    return str_from_offset(name, 1);
}

static void put_bind_list(Sql *sql, const Datum *list, const Type *type)
{
    for (size_t i = 0; i < list->list.len; i++) {
        if (i)
            sql_put_text(sql, ", ");
        Expr item = {
            .kind = EXPR_BIND, .value = list->list.items[i], .bound = true, .unique = true
        };
        item.type = type ? type_copy(sql->arena, type) : NULL;
        sql_put_expr(sql, &item);
    }
}

static void put_bind(Sql *sql, const Expr *expr)
{
    const Datum *value = bind_given(sql, expr);
    if (sql->mode == BIND_NAMED && !expr->literal_execute) {
        sql_put(sql, ":@", sql_raw(bind_label(sql, expr)));
        return;
    }
    if (!value && sql->mode != BIND_OFFLINE) {
        fail(sql->err, ERR_SCRIPT, "A value is required for bind parameter '%.*s'",
             STR_ARG(expr->name.text));
        return;
    }
    static const Datum none = { .kind = DATUM_NONE };
    const Datum *given = value ? value : &none;
    if (given->kind == DATUM_LIST && expr->expanding) {
        sql_put_text(sql, "(");
        put_bind_list(sql, given, expr->type);
        sql_put_text(sql, ")");
    } else if (sql->mode == BIND_PARAMS) {
        Datum bound;
        if (!sql_bind_value(sql, given, expr->type, &bound))
            return;
        VEC_PUSH(sql->arena, &sql->params, bound);
        put_placeholder(sql, expr);
    } else {
        sql_put_value(sql, given, expr->type);
    }
}

static const Expr *text_bind(const Expr *text, Str name)
{
    VEC_EACH (Expr *, each, &text->args)
        if (str_eq((*each)->name.text, name))
            return *each;
    return NULL;
}

static void put_text_plain(Sql *sql, Str piece)
{
    piece = str_replace(sql->arena, piece, STR("\\:"), STR(":"));
    if (sql->double_percent)
        piece = str_replace(sql->arena, piece, STR("%"), STR("%%"));
    sql_put_raw(sql, piece);
}

static void put_text_expr(Sql *sql, const Expr *expr)
{
    size_t offset = 0;
    TextPart part;
    Str piece;
    while (text_next(expr->text, &offset, &part, &piece)) {
        if (part == TEXT_PLAIN) {
            put_text_plain(sql, piece);
            continue;
        }
        const Expr *bind = text_bind(expr, piece);
        Expr missing = { .kind = EXPR_BIND, .name = name_from(piece) };
        put_bind(sql, bind ? bind : &missing);
    }
}

static void put_is_distinct(Sql *sql, const Expr *expr)
{
    bool same = expr->op == OPERATOR_IS_NOT_DISTINCT;
    const Expr *left = expr->args.items[0], *right = expr->args.items[1];
    if (is_mysql(sql))
        sql_put(sql, same ? "@ <=> @" : "NOT (@ <=> @)", sql_expr(left), sql_expr(right));
    else if (is_sqlite(sql))
        sql_put(sql, same ? "@ IS @" : "@ IS NOT @", sql_expr(left), sql_expr(right));
    else
        sql_put(sql, same ? "@ IS NOT DISTINCT FROM @" : "@ IS DISTINCT FROM @", sql_expr(left),
                sql_expr(right));
}

static void put_concat_args(Sql *sql, const Expr *expr, bool first)
{
    VEC_EACH (Expr *, each, &expr->args) {
        if ((*each)->kind == EXPR_BINARY && (*each)->op == OPERATOR_CONCAT) {
            put_concat_args(sql, *each, first);
        } else {
            if (!first)
                sql_put_text(sql, ", ");
            sql_put_expr(sql, *each);
        }
        first = false;
    }
}

static void put_division(Sql *sql, const Expr *expr)
{
    const Expr *left = expr->args.items[0], *right = expr->args.items[1];
    if (expr->op == OPERATOR_FLOOR_DIV && is_mysql(sql)) {
        sql_put(sql, "FLOOR(@ / @)", sql_expr(left), sql_expr(right));
        return;
    }
    sql_put_operand(sql, left, OPERATOR_DIV);
    if (expr->op == OPERATOR_FLOOR_DIV || is_mysql(sql)) {
        sql_put_text(sql, " / ");
        sql_put_operand(sql, right, OPERATOR_DIV);
    } else if (is_sqlite(sql)) {
        sql_put(sql, " / (@ + 0.0)", sql_expr(right));
    } else if (is_postgresql(sql) && type_is(right->type, TYPE_INTEGER)) {
        sql_put(sql, " / CAST(@ AS NUMERIC)", sql_expr(right));
    } else {
        sql_put_text(sql, " / ");
        sql_put_operand(sql, right, OPERATOR_DIV);
    }
}

static const char *binary_operator(const Sql *sql, Operator op)
{
    if (op == OPERATOR_REGEXP && is_postgresql(sql))
        return "~";
    if (op == OPERATOR_NOT_REGEXP && is_postgresql(sql))
        return "!~";
    if (op == OPERATOR_BITWISE_XOR && is_postgresql(sql))
        return "#";
    return op == OPERATOR_MOD && sql->double_percent ? "%%" : operator_sql(op);
}

/* A bind is called after the column that it is compared with. */
static void put_beside(Sql *sql, const Expr *operand, const Expr *other, Operator op)
{
    if (operand->kind == EXPR_BIND && other->kind == EXPR_COLUMN)
        sql->bind_stem = other->name.text;
    sql_put_operand(sql, operand, op);
    sql->bind_stem = STR_NONE;
}

static void put_plain_binary(Sql *sql, const Expr *expr)
{
    const char *op = expr->op == OPERATOR_CUSTOM ? NULL : binary_operator(sql, expr->op);
    const Expr *left = expr->args.items[0], *right = expr->args.items[1];
    put_beside(sql, left, right, expr->op);
    sql_put(sql, " @ ", op ? sql_keyword(op) : sql_raw(expr->text));
    put_beside(sql, right, left, expr->op);
    if (expr->escape)
        sql_put(sql, " ESCAPE @", sql_expr(expr->escape));
}

static void put_ilike(Sql *sql, const Expr *expr)
{
    bool negated = expr->op == OPERATOR_NOT_ILIKE;
    sql_put(sql, negated ? "lower(@) NOT LIKE lower(@)" : "lower(@) LIKE lower(@)",
            sql_expr(expr->args.items[0]), sql_expr(expr->args.items[1]));
    if (expr->escape)
        sql_put(sql, " ESCAPE @", sql_expr(expr->escape));
}

static void put_binary(Sql *sql, const Expr *expr)
{
    bool ilike = expr->op == OPERATOR_ILIKE || expr->op == OPERATOR_NOT_ILIKE;
    if (expr->op == OPERATOR_IS_DISTINCT || expr->op == OPERATOR_IS_NOT_DISTINCT) {
        put_is_distinct(sql, expr);
    } else if (expr->op == OPERATOR_CONCAT && is_mysql(sql)) {
        sql_put_text(sql, "concat(");
        put_concat_args(sql, expr, true);
        sql_put_text(sql, ")");
    } else if (expr->op == OPERATOR_DIV || expr->op == OPERATOR_FLOOR_DIV) {
        put_division(sql, expr);
    } else if (ilike && !is_postgresql(sql)) {
        put_ilike(sql, expr);
    } else if (expr->op == OPERATOR_INDEX) {
        sql_put(sql, "@[@]", sql_expr(expr->args.items[0]), sql_expr(expr->args.items[1]));
    } else {
        put_plain_binary(sql, expr);
    }
}

static bool operator_follows(Operator op)
{
    return op == OPERATOR_DESC || op == OPERATOR_ASC || op == OPERATOR_NULLS_FIRST ||
           op == OPERATOR_NULLS_LAST;
}

static bool operator_calls(Operator op)
{
    return op == OPERATOR_ANY || op == OPERATOR_ALL;
}

static void put_unary(Sql *sql, const Expr *expr)
{
    const Expr *operand = expr->args.items[0];
    SqlArg word = sql_keyword(operator_sql(expr->op));
    if (operator_follows(expr->op)) {
        sql_put(sql, "@ @", sql_expr(operand), word);
    } else if (operator_calls(expr->op)) {
        sql_put(sql, "@ (@)", word, sql_expr(operand));
    } else if (expr->op == OPERATOR_DISTINCT) {
        sql_put(sql, "@ @", word, sql_expr(operand));
    } else if (expr->op == OPERATOR_NOT && is_bare_boolean(operand) &&
               !sql->dialect->native_boolean) {
        sql_put(sql, "@ = 0", sql_expr(operand));
    } else {
        sql_put(sql, expr->op == OPERATOR_NOT ? "@ " : "@", word);
        sql_put_operand(sql, operand, expr->op);
    }
}

static void put_boolean(Sql *sql, const Expr *expr)
{
    for (size_t i = 0; i < expr->args.len; i++) {
        if (i)
            sql_put(sql, " @ ", sql_keyword(operator_sql(expr->op)));
        sql_put_condition(sql, expr->args.items[i], expr->op);
    }
}

static void put_empty_in(Sql *sql, const Expr *expr)
{
    bool negated = expr->op == OPERATOR_NOT_IN;
    if (is_sqlite(sql))
        sql_put_text(sql, "(SELECT 1 FROM (SELECT 1) WHERE 1!=1)");
    else
        sql_put_text(sql, negated ? "(NULL) OR (1 = 1)" : "(NULL) AND (1 != 1)");
}

static bool is_empty_list(const Sql *sql, const Expr *expr)
{
    if (expr->kind == EXPR_LIST)
        return expr->args.len == 0;
    const Datum *value = expr->kind == EXPR_BIND ? bind_given(sql, expr) : NULL;
    return value && value->kind == DATUM_LIST && value->list.len == 0;
}

static void put_in_list(Sql *sql, const Expr *expr)
{
    const Expr *list = expr->args.items[1];
    bool tuples = expr->args.items[0]->kind == EXPR_TUPLE && is_sqlite(sql);
    if (is_empty_list(sql, list)) {
        put_empty_in(sql, expr);
    } else if (list->kind == EXPR_LIST) {
        sql_put_text(sql, tuples ? "(VALUES " : "(");
        sql_put_exprs(sql, &list->args);
        sql_put_text(sql, ")");
    } else if (list->kind == EXPR_BIND) {
        Expr bind = *list;
        bind.expanding = true;
        put_bind(sql, &bind);
    } else {
        sql_put_operand(sql, list, OPERATOR_IN);
    }
}

static void put_in(Sql *sql, const Expr *expr)
{
    bool negated = expr->op == OPERATOR_NOT_IN;
    if (negated)
        sql_put_text(sql, "(");
    sql_put_operand(sql, expr->args.items[0], expr->op);
    sql_put(sql, " @ ", sql_keyword(operator_sql(expr->op)));
    put_in_list(sql, expr);
    if (negated)
        sql_put_text(sql, ")");
}

static void put_between(Sql *sql, const Expr *expr)
{
    sql_put_operand(sql, expr->args.items[0], expr->op);
    sql_put(sql, " @ ", sql_keyword(operator_sql(expr->op)));
    put_beside(sql, expr->args.items[1], expr->args.items[0], expr->op);
    sql_put_text(sql, " AND ");
    put_beside(sql, expr->args.items[2], expr->args.items[0], expr->op);
}

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

/* Function names keep their case; only odd characters bring quotes. */
static void put_function_name(Sql *sql, Name name)
{
    bool odd = false;
    for (size_t i = 0; i < name.text.len; i++)
        odd |=
            !char_is_alnum(name.text.ptr[i]) && name.text.ptr[i] != '_' && name.text.ptr[i] != '$';
    bool char_length = is_sqlite(sql) && str_is(name.text, "char_length");
    if (odd || name.quote == TRI_TRUE)
        sql_put_name(sql, (Name){ .text = name.text, .quote = TRI_TRUE });
    else
        sql_put_raw(sql, char_length ? STR("length") : name.text);
}

static void put_function(Sql *sql, const Expr *expr)
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
    for (size_t i = 0; i < expr->args.len; i++) {
        const Expr *arg = expr->args.items[i];
        sql_put_text(sql, i ? ", " : "");
        sql->bind_stem = arg->kind == EXPR_BIND ? expr->name.text : STR_NONE;
        sql_put_expr(sql, arg);
        sql->bind_stem = STR_NONE;
    }
    sql_put_text(sql, ")");
}

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
    return "";
}

static void put_cast(Sql *sql, const Expr *expr)
{
    const Expr *operand = expr->args.items[0];
    const char *target = is_mysql(sql) && expr->type ? mysql_cast(expr->type) : "";
    if (!target) {
        sql_put_expr(sql, operand);
        return;
    }
    sql_put(sql, "CAST(@ AS ", sql_expr(operand));
    if (*target)
        sql_put_type_template(sql, expr->type, target);
    else
        sql_put_type(sql, expr->type);
    sql_put_text(sql, ")");
}

static void put_case(Sql *sql, const Expr *expr)
{
    sql_put_text(sql, "CASE ");
    if (expr->value_of)
        sql_put(sql, "@ ", sql_expr(expr->value_of));
    for (size_t i = 0; i + 1 < expr->args.len; i += 2) {
        sql_put_text(sql, "WHEN ");
        sql_put_operand(sql, expr->args.items[i], OPERATOR_MUL);
        sql_put(sql, " THEN @ ", sql_expr(expr->args.items[i + 1]));
    }
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

static void put_extract(Sql *sql, const Expr *expr)
{
    if (!is_sqlite(sql)) {
        sql_put(sql, "EXTRACT(@ FROM @)", sql_raw(expr->text), sql_expr(expr->args.items[0]));
        return;
    }
    for (size_t i = 0; i < sizeof sqlite_extracts / sizeof *sqlite_extracts; i++)
        if (str_is(expr->text, sqlite_extracts[i].field)) {
            sql_put(sql, "CAST(STRFTIME('@', @) AS INTEGER)",
                    sql_keyword(sqlite_extracts[i].format), sql_expr(expr->args.items[0]));
            return;
        }
    fail(sql->err, ERR_SCHEMA, "%.*s is not a valid extract argument.", STR_ARG(expr->text));
}

static void put_over(Sql *sql, const Expr *expr)
{
    sql_put(sql, "@ OVER (", sql_expr(expr->args.items[0]));
    if (expr->partition_by.len) {
        sql_put_text(sql, "PARTITION BY ");
        sql_put_exprs(sql, &expr->partition_by);
    }
    if (expr->order_by.len) {
        sql_put_text(sql, expr->partition_by.len ? " ORDER BY " : "ORDER BY ");
        sql_put_exprs(sql, &expr->order_by);
    }
    sql_put_text(sql, ")");
}

static void put_within_group(Sql *sql, const Expr *expr)
{
    sql_put(sql, "@ WITHIN GROUP (ORDER BY ", sql_expr(expr->args.items[0]));
    sql_put_exprs(sql, &expr->order_by);
    sql_put_text(sql, ")");
}

static void put_aggregate_order(Sql *sql, const Expr *expr)
{
    sql_put(sql, "@ ORDER BY ", sql_expr(expr->args.items[0]));
    sql_put_exprs(sql, &expr->order_by);
}

static void put_list(Sql *sql, const Expr *expr)
{
    sql_put_exprs(sql, &expr->args);
}

static void put_tuple(Sql *sql, const Expr *expr)
{
    sql_put_text(sql, "(");
    sql_put_exprs(sql, &expr->args);
    sql_put_text(sql, ")");
}

static void put_array(Sql *sql, const Expr *expr)
{
    sql_put_text(sql, "ARRAY[");
    sql_put_exprs(sql, &expr->args);
    sql_put_text(sql, "]");
}

static void put_script(Sql *sql, const Expr *expr)
{
    bool handled = false;
    Str text;
    const ScriptCalls *calls = sql->calls;
    if (!calls || !calls->compile) {
        fail(sql->err, ERR_SCHEMA, "an expression of the script's own can only be written by it");
        return;
    }
    if (!calls->compile(calls->context, sql->arena, expr->script, str_from(sql->dialect->name),
                        &text, &handled, sql->err))
        return;
    if (handled)
        sql_put_raw(sql, text);
    else
        fail(sql->err, ERR_SCHEMA, "an object of the script has no SQL on dialect %s",
             sql->dialect->name);
}

static void put_sequence(Sql *sql, const Expr *expr)
{
    const Sequence *sequence = expr->sequence;
    Str name = dialect_quote(sql->arena, sql->dialect, sequence->name);
    if (str_given(sequence->schema))
        name = str_format(
            sql->arena, "%.*s.%.*s",
            STR_ARG(dialect_quote(sql->arena, sql->dialect, name_from(sequence->schema))),
            STR_ARG(name));
    if (is_postgresql(sql))
        sql_put(sql, "nextval(@)", sql_literal(name));
    else if (sql->dialect->id == DIALECT_MARIADB)
        sql_put(sql, "nextval(@)", sql_raw(name));
    else
        fail(sql->err, ERR_SCHEMA, "Dialect '%s' does not support sequence increments.",
             sql->dialect->name);
}

static void put_literal_column(Sql *sql, const Expr *expr)
{
    put_text_plain(sql, expr->text);
}

static void put_null(Sql *sql, const Expr *expr)
{
    sql_put_text(sql, "NULL");
}

static void put_true(Sql *sql, const Expr *expr)
{
    sql_put_text(sql, sql->dialect->true_);
}

static void put_false(Sql *sql, const Expr *expr)
{
    sql_put_text(sql, sql->dialect->false_);
}

static void put_default(Sql *sql, const Expr *expr)
{
    sql_put_text(sql, "DEFAULT");
}

/* What a wrapper without SQL of its own holds: type_coerce(), a label. */
static void put_inner(Sql *sql, const Expr *expr)
{
    sql_put_expr(sql, expr->args.items[0]);
}

static void put_collate(Sql *sql, const Expr *expr)
{
    sql_put(sql, "@ COLLATE @", sql_expr(expr->args.items[0]), sql_id(expr->text));
}

/* The statement inside EXISTS and of a scalar subquery: given as an operand, or as a query. */
static const Expr *inner_statement(Sql *sql, const Expr *expr)
{
    if (expr->args.len)
        return expr->args.items[0];
    Expr *select = expr_new(sql->arena, EXPR_SELECT);
    select->query = expr->query;
    return select;
}

static void put_scalar(Sql *sql, const Expr *expr)
{
    sql_put_expr(sql, inner_statement(sql, expr));
}

static void put_exists(Sql *sql, const Expr *expr)
{
    sql_put(sql, "EXISTS @", sql_expr(inner_statement(sql, expr)));
}

static void put_filter(Sql *sql, const Expr *expr)
{
    sql_put(sql, "@ FILTER (WHERE @)", sql_expr(expr->args.items[0]),
            sql_expr(expr->args.items[1]));
}

static void put_from_name(Sql *sql, const Expr *expr)
{
    sql_put_name(sql, expr->name);
}

static void put_subquery(Sql *sql, const Expr *expr)
{
    sql_put_text(sql, "(");
    sql_put_statement(sql, expr);
    sql_put_text(sql, ")");
}

void sql_put_expr(Sql *sql, const Expr *expr)
{
    static void (*const writers[])(Sql * sql, const Expr *expr) = {
        [EXPR_TEXT] = put_text_expr,
        [EXPR_LITERAL_COLUMN] = put_literal_column,
        [EXPR_COLUMN] = put_column,
        [EXPR_BIND] = put_bind,
        [EXPR_NULL] = put_null,
        [EXPR_TRUE] = put_true,
        [EXPR_FALSE] = put_false,
        [EXPR_DEFAULT] = put_default,
        [EXPR_FUNCTION] = put_function,
        [EXPR_UNARY] = put_unary,
        [EXPR_BINARY] = put_binary,
        [EXPR_BOOLEAN] = put_boolean,
        [EXPR_BETWEEN] = put_between,
        [EXPR_IN] = put_in,
        [EXPR_LIST] = put_list,
        [EXPR_TUPLE] = put_tuple,
        [EXPR_GROUP] = put_tuple,
        [EXPR_CAST] = put_cast,
        [EXPR_COERCE] = put_inner,
        [EXPR_CASE] = put_case,
        [EXPR_EXTRACT] = put_extract,
        [EXPR_LABEL] = put_inner,
        [EXPR_COLLATE] = put_collate,
        [EXPR_EXISTS] = put_exists,
        [EXPR_SCALAR] = put_scalar,
        [EXPR_OVER] = put_over,
        [EXPR_FILTER] = put_filter,
        [EXPR_WITHIN_GROUP] = put_within_group,
        [EXPR_ARRAY] = put_array,
        [EXPR_AGGREGATE_ORDER] = put_aggregate_order,
        [EXPR_SEQUENCE_NEXT] = put_sequence,
        [EXPR_TABLE] = put_from_name,
        [EXPR_ALIAS] = put_from_name,
        [EXPR_CTE] = put_from_name,
        [EXPR_LATERAL] = put_from_name,
        [EXPR_JOIN] = sql_put_statement,
        [EXPR_VALUES] = sql_put_statement,
        [EXPR_SELECT] = put_subquery,
        [EXPR_COMPOUND] = put_subquery,
        [EXPR_INSERT] = put_subquery,
        [EXPR_UPDATE] = put_subquery,
        [EXPR_DELETE] = put_subquery,
        [EXPR_SCRIPT] = put_script,
    };
    writers[expr->kind](sql, expr);
}
