/* SPDX-License-Identifier: MIT */
/* Expressions as SQL: columns, binds, texts, labels; the table of all kinds. */
#include "schema/table.h"
#include "sql/query_parts.h"

bool sql_unsupported(Sql *sql, const char *what)
{
    return fail(sql->err, ERR_SCRIPT,
                "UnsupportedCompilationError: Compiler for dialect %s can't "
                "render %s",
                sql->dialect->name, what);
}

void sql_put_exprs(Sql *sql, const ExprVec *exprs)
{
    for (size_t i = 0; i < exprs->len; i++) {
        if (i)
            sql_put_text(sql, ", ");
        sql_put_expr(sql, exprs->items[i]);
    }
}

void sql_put_operand(Sql *sql, const Expr *expr, Operator op)
{
    sql_put_expr(sql, expr_group(sql->arena, expr_copy(sql->arena, expr), op));
}

void sql_put_condition(Sql *sql, const Expr *expr, Operator op)
{
    sql_put_operand(sql, expr, op == OPERATOR_NONE ? OPERATOR_AS_BOOLEAN : op);
}

/* ---- columns ---- */

static Str from_stem(const Expr *from)
{
    const Expr *inner = from->args.len ? from->args.items[0] : NULL;
    if (inner && inner->kind == EXPR_TABLE)
        return inner->table->name.text;
    if (inner && inner->kind == EXPR_VALUES && name_given(inner->name))
        return inner->name.text;
    return STR("anon");
}

Name sql_from_name(Sql *sql, const Expr *from)
{
    if (name_given(from->name) || from->kind == EXPR_TABLE)
        return from->name;
    return name_from(sql_anonymous(sql, expr_identity(from), from_stem(from)));
}

static void put_column_from(Sql *sql, const Expr *expr)
{
    const Table *table = expr->column ? expr->column->table : NULL;
    if (sql->bare_columns && !(expr->from && expr->from->kind == EXPR_EXCLUDED))
        return;
    if (expr->from && expr->from->kind == EXPR_EXCLUDED)
        sql_put_text(sql, "excluded.");
    else if (expr->from)
        sql_put(sql, "@.", sql_name(sql_from_name(sql, expr->from)));
    else if (table)
        sql_put(sql, "@.", sql_table(table->schema, table->name));
}

static void put_column(Sql *sql, const Expr *expr)
{
    Name name = expr->column && !expr->from ? expr->column->name : expr->name;
    bool inserted = expr->from && expr->from->kind == EXPR_EXCLUDED && sql_is_mysql(sql);
    if (expr->whole) {
        sql_put_name(sql, sql_from_name(sql, expr->from));
        return;
    }
    if (expr->named_by)
        name = name_from(sql_anonymous(sql, expr->named_by->identity, expr->name.text));
    if (inserted) {
        sql_put(sql, "VALUES(@)", sql_name(name));
        return;
    }
    put_column_from(sql, expr);
    if (str_is(name.text, "*"))
        sql_put_text(sql, "*");
    else
        sql_put_name(sql, name);
}

/* ---- binds ---- */

const Datum *sql_bind_given(const Sql *sql, const Expr *expr)
{
    if (sql->given && !expr->unique && name_given(expr->name)) {
        const Datum *given = map_get(sql->given->map, expr->name.text);
        if (given)
            return given;
    }
    return expr->bound ? &expr->value : NULL;
}

static Str bind_name(Sql *sql, const Expr *expr)
{
    if (name_given(expr->name) && !expr->unique)
        return expr->name.text;
    Str stem = name_given(expr->name) ? expr->name.text : STR("param");
    return sql_anonymous(sql, expr_identity(expr), stem);
}

/* Labels are numbered with the binds, also where these have no names of their own. */
Str sql_bind_number(Sql *sql, const Expr *bind)
{
    bool numbered =
        sql->mode == BIND_PARAMS && (sql->pyformat || (sql->frame && sql->frame->query));
    return numbered ? bind_name(sql, bind) : bind->name.text;
}

/* Characters that would end a placeholder's name. */
static Str name_escaped(Arena *arena, Str name)
{
    static const char odd[] = "%():.[] ", instead[] = "PAZC____";
    Str made = str_dup(arena, name);
    Buf buf = buf_in(arena);
    for (size_t i = 0; i < made.len; i++) {
        const char *at = memchr(odd, made.ptr[i], sizeof odd - 1);
        char c = at ? instead[at - odd] : made.ptr[i];
        buf_put(&buf, (Str){ &c, 1 });
    }
    return buf_take(&buf, arena);
}

static void put_placeholder(Sql *sql, Str name)
{
    const char *style = sql->dialect->paramstyle;
    name = name_escaped(sql->arena, name);
    if (sql->mode == BIND_NAMED || !style || strcmp(style, "named") == 0)
        sql_put(sql, ":@", sql_raw(name));
    else if (strcmp(style, "qmark") == 0)
        sql_put_text(sql, "?");
    else if (strcmp(style, "format") == 0)
        sql_put_text(sql, "%s");
    else
        sql_put(sql, "%(@)s", sql_raw(name));
}

static void remember_bind(Sql *sql, Str name, const Datum *value)
{
    static const Datum none = { .kind = DATUM_NONE };
    VEC_PUSH(sql->arena, &sql->params, value ? *value : none);
    VEC_PUSH(sql->arena, &sql->param_names, name);
}

/* Types whose values the Python driver of PostgreSQL sends with a cast. */
static void put_bind_cast(Sql *sql, const Type *type)
{
    if (type)
        type = type_for(type, str_from(sql->dialect->name));
    while (type && type_is(type, TYPE_DECORATOR) && type->impl)
        type = type->impl;
    bool cast = type_is(type, TYPE_JSON) || type_is(type, TYPE_ARRAY) || type_is(type, TYPE_UUID);
    if (!cast || !sql_is_postgresql(sql) || sql->mode == BIND_NAMED)
        return;
    sql_put_text(sql, "::");
    sql_put_type(sql, type);
}

static void put_bound_value(Sql *sql, const Expr *expr, Str name, const Datum *value)
{
    Datum bound;
    if (sql->mode != BIND_PARAMS || expr->literal_execute) {
        sql_put_value(sql, value, expr->type);
        if (sql->mode == BIND_LITERAL && value->kind != DATUM_NONE && sql->cast_literals)
            put_bind_cast(sql, expr->type);
        return;
    }
    if (!sql_bind_value(sql, value, expr->type, &bound))
        return;
    if (sql->binds)
        VEC_PUSH(sql->arena, sql->binds, expr_copy(sql->arena, expr));
    VEC_PUSH(sql->arena, &sql->params, bound);
    VEC_PUSH(sql->arena, &sql->param_names, name);
    if (sql->pyformat)
        sql_put(sql, "%(@)s", sql_raw(name_escaped(sql->arena, name)));
    else if (sql_is_postgresql(sql))
        buf_printf(&sql->buf, "$%zu", sql->params.len);
    else
        sql_put_text(sql, "?");
    put_bind_cast(sql, expr->type);
}

static void put_bind_list(Sql *sql, const Expr *bind, Str name, const Datum *list)
{
    for (size_t i = 0; i < list->list.len; i++) {
        if (i)
            sql_put_text(sql, ", ");
        const Datum *each = &list->list.items[i];
        Str own = sql->pyformat ? str_format(sql->arena, "%.*s_%zu", STR_ARG(name), i + 1) : name;
        if (each->kind == DATUM_LIST && bind->distinct) {
            sql_put_text(sql, "(");
            put_bind_list(sql, bind, own, each);
            sql_put_text(sql, ")");
            continue;
        }
        Expr item = *bind;
        put_bound_value(sql, &item, own, each);
    }
}

void sql_put_bind(Sql *sql, const Expr *expr)
{
    const Datum *value = sql_bind_given(sql, expr);
    sql->binds_vary |= expr->expanding || expr->literal_execute;
    if (sql_names_binds(sql) && !expr->literal_execute) {
        Str name = bind_name(sql, expr);
        remember_bind(sql, name, value);
        if (expr->expanding) {
            sql_put(sql, "(__[POSTCOMPILE_@])", sql_raw(name));
            return;
        }
        put_placeholder(sql, name);
        put_bind_cast(sql, expr->type);
        return;
    }
    Str name = sql_bind_number(sql, expr);
    if (!value && sql->unbound && !str_given(*sql->unbound))
        *sql->unbound = expr->name.text;
    if (!value && sql->mode != BIND_OFFLINE && !sql->unbound) {
        fail(sql->err, ERR_SCRIPT, "A value is required for bind parameter '%.*s'",
             STR_ARG(expr->name.text));
        return;
    }
    static const Datum none = { .kind = DATUM_NONE };
    const Datum *given = value ? value : &none;
    if (given->kind == DATUM_LIST && expr->expanding && given->list.len == 0) {
        sql_put_empty_set(sql, 1);
    } else if (given->kind == DATUM_LIST && expr->expanding) {
        sql_put_text(sql, expr->distinct && sql_is_sqlite(sql) ? "(VALUES " : "(");
        put_bind_list(sql, expr, name, given);
        sql_put_text(sql, ")");
    } else {
        put_bound_value(sql, expr, name, given);
    }
}

/* ---- text ---- */

static const Expr *text_bind(const Expr *text, Str name)
{
    VEC_EACH (Expr *, each, &text->args)
        if (str_eq((*each)->name.text, name))
            return *each;
    return NULL;
}

static void put_text_part(Sql *sql, const Expr *expr, Str text, bool in_body);

/* A driver that writes values into the text does so in a dollar-quoted body too. */
static void put_text_body(Sql *sql, const Expr *expr, Str text)
{
    Str tag = text_body_tag(text);
    bool closed = text.len >= 2 * tag.len && str_ends(text, tag);
    size_t end = closed ? text.len - tag.len : text.len;
    sql_put_plain(sql, tag);
    put_text_part(sql, expr, str_slice(text, tag.len, end), true);
    sql_put_plain(sql, closed ? tag : STR(""));
}

static void put_text_part(Sql *sql, const Expr *expr, Str text, bool in_body)
{
    size_t offset = 0;
    TextPart part;
    Str piece;
    while (text_next(text, &offset, &part, &piece)) {
        if (part == TEXT_PLAIN) {
            sql_put_plain(sql, str_replace(sql->arena, piece, STR("\\:"), STR(":")));
            continue;
        }
        if (part == TEXT_BODY) {
            put_text_body(sql, expr, piece);
            continue;
        }
        const Expr *bind = text_bind(expr, piece);
        const Expr missing = { .kind = EXPR_BIND, .name = name_from(piece) };
        if (in_body && !sql_bind_given(sql, bind ? bind : &missing))
            sql_put(sql, ":@", sql_raw(piece));
        else
            sql_put_bind(sql, bind ? bind : &missing);
    }
}

static void put_text_expr(Sql *sql, const Expr *expr)
{
    put_text_part(sql, expr, expr->text, false);
}

static void put_literal_column(Sql *sql, const Expr *expr)
{
    sql_put_plain(sql, expr->text);
}

/* ---- labels by name ---- */

/* A column or label called `name` of the SELECT being written. */
static const Expr *result_named(Sql *sql, Str name, const Query *query)
{
    VEC_EACH (Expr *, each, &query->columns)
        if ((*each)->kind == EXPR_LABEL && str_eq((*each)->name.text, name))
            return *each;
    return NULL;
}

static const Expr *column_named(Sql *sql, const ExprVec *froms, Str name)
{
    VEC_EACH (Expr *, from, froms) {
        ExprVec columns = columns_seen(sql->arena, *from);
        VEC_EACH (Expr *, each, &columns)
            if (str_eq(expr_bind_stem(*each), name))
                return *each;
    }
    return NULL;
}

static const Expr *selected_named(Sql *sql, const Query *query, Str name)
{
    ExprVec flat = exprs_flat(sql->arena, &query->columns);
    VEC_EACH (Expr *, each, &flat)
        if ((*each)->kind == EXPR_COLUMN && str_eq((*each)->name.text, name))
            return *each;
    return NULL;
}

static void put_label_ref(Sql *sql, const Expr *expr)
{
    Str name = expr->name.text;
    if (!sql->frame || !sql->frame->query) {
        sql_put_name(sql, expr->name);
        return;
    }
    const Query *query = sql->frame->query;
    if (!sql->within_columns && result_named(sql, name, query)) {
        sql_put_name(sql, expr->name);
        return;
    }
    const Expr *column = selected_named(sql, query, name);
    if (!column)
        column = column_named(sql, &sql->frame->froms, name);
    if (column)
        sql_put_expr(sql, column);
    else
        fail(sql->err, ERR_SCRIPT,
             "CompileError: Can't resolve label reference for ORDER BY / GROUP BY / DISTINCT etc. "
             "Textual SQL expression '%.*s' should be explicitly declared as text('%.*s')",
             STR_ARG(name), STR_ARG(name));
}

/* Whether the label is one of the SELECT's own, or stands for the same column. */
static bool label_selected(const Sql *sql, const Expr *label)
{
    const Query *query = sql->frame ? sql->frame->query : NULL;
    if (!query || sql->within_columns)
        return false;
    VEC_EACH (Expr *, each, &query->columns) {
        if ((*each)->kind != EXPR_LABEL)
            continue;
        if (expr_identity(*each) == expr_identity(label))
            return true;
        const Expr *a = (*each)->args.items[0], *b = label->args.items[0];
        bool same = a->kind == EXPR_COLUMN && b->kind == EXPR_COLUMN && a->column &&
                    a->column == b->column && a->from == b->from;
        if ((same || expr_identity(a) == expr_identity(b)) &&
            str_eq((*each)->name.text, label->name.text))
            return true;
    }
    return false;
}

static Name label_name(Sql *sql, const Expr *label)
{
    return name_given(label->name)
               ? label->name
               : name_from(sql_anonymous(sql, expr_identity(label), STR("anon")));
}

static bool operator_follows(Operator op)
{
    return op == OPERATOR_DESC || op == OPERATOR_ASC || op == OPERATOR_NULLS_FIRST ||
           op == OPERATOR_NULLS_LAST;
}

void sql_put_ordered(Sql *sql, const Expr *expr)
{
    if (expr->kind == EXPR_LABEL && label_selected(sql, expr)) {
        sql_put_name(sql, label_name(sql, expr));
    } else if (expr->kind == EXPR_UNARY && operator_follows(expr->op)) {
        sql_put_ordered(sql, expr->args.items[0]);
        sql_put(sql, " @", sql_keyword(operator_sql(expr->op)));
    } else {
        sql_put_expr(sql, expr);
    }
}

void sql_put_ordered_list(Sql *sql, const ExprVec *exprs)
{
    for (size_t i = 0; i < exprs->len; i++) {
        if (i)
            sql_put_text(sql, ", ");
        sql_put_ordered(sql, exprs->items[i]);
    }
}

/* ---- the rest ---- */

static void put_tuple(Sql *sql, const Expr *expr)
{
    sql_put_text(sql, "(");
    sql_put_exprs(sql, &expr->args);
    sql_put_text(sql, ")");
}

static void put_list(Sql *sql, const Expr *expr)
{
    sql_put_exprs(sql, &expr->args);
}

static void put_array(Sql *sql, const Expr *expr)
{
    if (sql_is_sqlite(sql) || sql_is_mysql(sql)) {
        sql_unsupported(sql, "element of type array");
        return;
    }
    bool typed = expr->type && expr->type->item && expr->type->item->kind != TYPE_NULL;
    if (expr->args.len == 0 && typed) {
        sql_put_text(sql, "ARRAY[]::");
        sql_put_type(sql, expr->type);
        return;
    }
    const Dialect *dialect = sql->dialect;
    BindMode mode = sql->mode;
    if (sql_is_default(sql) && mode == BIND_NAMED) {
        sql->dialect = &postgresql_dialect; /* str() shows what is PostgreSQL's own as its */
        sql->mode = BIND_COMPILE;
    }
    sql_put_text(sql, "ARRAY[");
    sql_put_exprs(sql, &expr->args);
    sql_put_text(sql, "]");
    sql->dialect = dialect;
    sql->mode = mode;
}

static void put_slice(Sql *sql, const Expr *expr)
{
    if (!sql_is_postgresql(sql)) {
        sql_unsupported(sql, "element of type slice");
        return;
    }
    sql_put(sql, "@:@", sql_expr(expr->args.items[0]), sql_expr(expr->args.items[1]));
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
    if (sql_is_postgresql(sql))
        sql_put(sql, "nextval(@)", sql_literal(name));
    else if (sql->dialect->id == DIALECT_MARIADB)
        sql_put(sql, "nextval(@)", sql_raw(name));
    else
        fail(sql->err, ERR_SCHEMA, "Dialect '%s' does not support sequence increments.",
             sql->dialect->name);
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

static void put_subquery(Sql *sql, const Expr *expr)
{
    bool as_from = sql->as_from;
    sql->as_from = false;
    sql_put_text(sql, "(");
    sql_put_statement(sql, expr);
    sql_put_text(sql, ")");
    sql->as_from = as_from;
}

static void put_scalar(Sql *sql, const Expr *expr)
{
    put_subquery(sql, inner_statement(sql, expr));
}

static void put_exists(Sql *sql, const Expr *expr)
{
    sql_put_text(sql, "EXISTS ");
    put_subquery(sql, inner_statement(sql, expr));
}

static void put_from_name(Sql *sql, const Expr *expr)
{
    sql_put_name(sql, sql_from_name(sql, expr));
}

void sql_put_expr(Sql *sql, const Expr *expr)
{
    static void (*const writers[])(Sql * sql, const Expr *expr) = {
        [EXPR_TEXT] = put_text_expr,
        [EXPR_LITERAL_COLUMN] = put_literal_column,
        [EXPR_COLUMN] = put_column,
        [EXPR_BIND] = sql_put_bind,
        [EXPR_NULL] = put_null,
        [EXPR_TRUE] = put_true,
        [EXPR_FALSE] = put_false,
        [EXPR_DEFAULT] = put_default,
        [EXPR_FUNCTION] = sql_put_function,
        [EXPR_UNARY] = sql_put_unary,
        [EXPR_BINARY] = sql_put_binary,
        [EXPR_BOOLEAN] = sql_put_boolean,
        [EXPR_AS_BOOLEAN] = sql_put_as_boolean,
        [EXPR_BETWEEN] = sql_put_between,
        [EXPR_IN] = sql_put_in,
        [EXPR_LIST] = put_list,
        [EXPR_TUPLE] = put_tuple,
        [EXPR_GROUP] = put_tuple,
        [EXPR_CAST] = sql_put_cast,
        [EXPR_COERCE] = put_inner,
        [EXPR_CASE] = sql_put_case,
        [EXPR_EXTRACT] = sql_put_extract,
        [EXPR_LABEL] = put_inner,
        [EXPR_LABEL_REF] = put_label_ref,
        [EXPR_COLLATE] = put_collate,
        [EXPR_EXISTS] = put_exists,
        [EXPR_SCALAR] = put_scalar,
        [EXPR_OVER] = sql_put_over,
        [EXPR_FILTER] = sql_put_filter,
        [EXPR_WITHIN_GROUP] = sql_put_within_group,
        [EXPR_ARRAY] = put_array,
        [EXPR_SLICE] = put_slice,
        [EXPR_AGGREGATE_ORDER] = sql_put_aggregate_order,
        [EXPR_SEQUENCE_NEXT] = put_sequence,
        [EXPR_TABLE] = put_from_name,
        [EXPR_ALIAS] = put_from_name,
        [EXPR_CTE] = put_from_name,
        [EXPR_LATERAL] = put_from_name,
        [EXPR_TABLESAMPLE] = put_from_name,
        [EXPR_EXCLUDED] = put_from_name,
        [EXPR_JOIN] = sql_put_statement,
        [EXPR_VALUES] = put_from_name,
        [EXPR_SELECT] = put_subquery,
        [EXPR_COMPOUND] = put_subquery,
        [EXPR_TEXT_SELECT] = put_subquery,
        [EXPR_INSERT] = put_subquery,
        [EXPR_UPDATE] = put_subquery,
        [EXPR_DELETE] = put_subquery,
        [EXPR_SCRIPT] = put_script,
    };
    writers[expr->kind](sql, expr);
}
