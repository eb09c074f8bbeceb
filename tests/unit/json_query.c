/* SPDX-License-Identifier: MIT */
#include "json_query.h"

Datum datum_of_expr(Expr *expr)
{
    return (Datum){ .kind = DATUM_RECORD, .record = { expr->head.record, expr } };
}

static Expr *expr_arg(Arena *arena, const Datum *value)
{
    return expr_from_datum(arena, value, NULL);
}

static void exprs_add(Arena *arena, ExprVec *exprs, const Datums *args)
{
    VEC_EACH (const Datum, each, args) {
        if (each->kind == DATUM_STR)
            VEC_PUSH(arena, exprs, expr_literal_column(arena, each->text, NULL));
        else
            VEC_PUSH(arena, exprs, expr_arg(arena, each));
    }
}

typedef struct ColumnRow {
    const char *table, *name;
    TypeKind type;
} ColumnRow;

static const ColumnRow columns[] = {
    { "t", "a", TYPE_INTEGER }, { "t", "b", TYPE_INTEGER },  { "t", "c", TYPE_INTEGER },
    { "t", "s", TYPE_STRING },  { "t", "f", TYPE_BOOLEAN },  { "t", "d", TYPE_DATE_TIME },
    { "t", "n", TYPE_NUMERIC }, { "u", "id", TYPE_INTEGER }, { "u", "x", TYPE_STRING },
};

/* One table a name and arena: identity matters. */
static Table *query_table(Arena *arena, const char *name)
{
    static struct {
        Arena *arena;
        Table *tables[2];
    } made;
    if (made.arena != arena)
        made.tables[0] = made.tables[1] = NULL;
    made.arena = arena;
    Table **slot = &made.tables[name[0] == 'u'];
    if (*slot)
        return *slot;
    Error err = error_in(arena);
    Name schema = { .text = name[0] == 'u' ? STR("sch") : STR_NONE };
    table_new(arena, NULL, schema, name_from(str_from(name)), slot, &err);
    (*slot)->lightweight = true;
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        if (strcmp(columns[i].table, name) == 0)
            table_add_column(arena, *slot,
                             column_new(arena, name_from(str_from(columns[i].name)),
                                        type_new(arena, columns[i].type)),
                             &err);
    return *slot;
}

bool query_name(Arena *arena, Str name, Datum *value)
{
    bool known = str_is(name, "t") || str_is(name, "u");
    if (known) {
        *value =
            datum_of_expr(expr_table(arena, query_table(arena, name.ptr[0] == 't' ? "t" : "u")));
        return true;
    }
    if (!str_starts(name, STR("t.c.")) && !str_starts(name, STR("u.c.")))
        return false;
    Table *table = query_table(arena, name.ptr[0] == 't' ? "t" : "u");
    Column *column = table_column(table, str_from_offset(name, 4));
    *value = datum_of_expr(expr_column(arena, column));
    return true;
}

Datum query_column(Arena *arena, const Datum *of, Str name)
{
    Expr *alias = of->record.object;
    Expr *column = expr_column_name(arena, name_from(name), NULL);
    column->from = alias;
    return datum_of_expr(column);
}

static const Datum *keyword(const Map *keywords, const char *name)
{
    return map_get(keywords, str_from(name));
}

static Expr *make_case(Arena *arena, const Datums *args, const Map *keywords)
{
    Expr *expr = expr_new(arena, EXPR_CASE);
    for (size_t i = 0; i < args->len; i++) {
        const Datum *arg = &args->items[i];
        for (size_t k = 0; arg->kind == DATUM_LIST && k < 2; k++)
            VEC_PUSH(arena, &expr->args,
                     k ? expr_arg(arena, &arg->list.items[k])
                       : expr_group(arena, expr_arg(arena, &arg->list.items[k]), OPERATOR_NONE));
        for (size_t k = 0; arg->kind == DATUM_MAP && k < arg->map->len; k++) {
            Datum when = datum_int((int64_t)k + 1);
            VEC_PUSH(arena, &expr->args, expr_arg(arena, &when));
            VEC_PUSH(arena, &expr->args, expr_arg(arena, arg->map->entries[k].value));
        }
    }
    if (keyword(keywords, "else_"))
        expr->otherwise = expr_arg(arena, keyword(keywords, "else_"));
    if (keyword(keywords, "value"))
        expr->value_of = expr_arg(arena, keyword(keywords, "value"));
    return expr;
}

static Expr *make_exists(Arena *arena, const Datums *args)
{
    Expr *exists = expr_new(arena, EXPR_EXISTS);
    Expr *select = args->len ? args->items[0].record.object : expr_new(arena, EXPR_SELECT);
    if (!args->len)
        VEC_PUSH(arena, &select->query->columns, expr_literal_column(arena, STR("*"), NULL));
    VEC_PUSH(arena, &exists->args, select);
    exists->op = OPERATOR_EXISTS;
    return exists;
}

static Expr *make_holding(Arena *arena, ExprKind kind, const Datums *args)
{
    Expr *expr = expr_new(arena, kind);
    exprs_add(arena, &expr->args, args);
    return expr;
}

static Expr *make_dml(Arena *arena, ExprKind kind, const Datums *args)
{
    Expr *expr = expr_new(arena, kind);
    expr->query->target = expr_arg(arena, &args->items[0]);
    return expr;
}

static Expr *make_query(Arena *arena, Str name, const Datums *args)
{
    Expr *expr = NULL;
    if (str_is(name, "sa.select")) {
        expr = expr_new(arena, EXPR_SELECT);
        exprs_add(arena, &expr->query->columns, args);
    } else if (str_is(name, "sa.insert")) {
        expr = make_dml(arena, EXPR_INSERT, args);
    } else if (str_is(name, "sa.update")) {
        expr = make_dml(arena, EXPR_UPDATE, args);
    } else if (str_is(name, "sa.delete")) {
        expr = make_dml(arena, EXPR_DELETE, args);
    } else if (str_starts(name, STR("sa.union"))) {
        expr = make_holding(arena, EXPR_COMPOUND, args);
        expr->text = str_is(name, "sa.union") ? STR("UNION") : STR("UNION ALL");
    }
    return expr;
}

static Expr *make_expr(Arena *arena, Str name, const Datums *args, const Map *keywords)
{
    if (str_is(name, "sa.case"))
        return make_case(arena, args, keywords);
    if (str_is(name, "sa.exists"))
        return make_exists(arena, args);
    if (str_is(name, "sa.tuple_"))
        return make_holding(arena, EXPR_TUPLE, args);
    if (str_is(name, "sa.distinct"))
        return expr_unary(arena, OPERATOR_DISTINCT, expr_arg(arena, &args->items[0]));
    if (str_is(name, "sa.extract")) {
        Expr *extract = expr_new(arena, EXPR_EXTRACT);
        extract->text = args->items[0].text;
        VEC_PUSH(arena, &extract->args, expr_arg(arena, &args->items[1]));
        return extract;
    }
    if (str_is(name, "sa.type_coerce")) {
        Expr *coerce = expr_new(arena, EXPR_COERCE);
        VEC_PUSH(arena, &coerce->args, expr_arg(arena, &args->items[0]));
        return coerce;
    }
    return make_query(arena, name, args);
}

bool query_call(Arena *arena, Str name, const Datums *args, const Map *keywords, Datum *value)
{
    if (str_is(name, "dict")) {
        Map *copy = ARENA_NEW(arena, Map);
        *copy = *keywords;
        *value = (Datum){ .kind = DATUM_MAP, .map = copy };
        return true;
    }
    Expr *expr = make_expr(arena, name, args, keywords);
    if (expr)
        *value = datum_of_expr(expr);
    return expr != NULL;
}

static void add_row(Arena *arena, Query *query, const Map *values)
{
    AssignmentVec row = { 0 };
    const Table *table = query->target->table;
    VEC_EACH (Column *, each, &table->columns) {
        const Datum *value = map_get(values, (*each)->key);
        if (!value)
            continue;
        Assignment assignment = { .column = expr_column(arena, *each) };
        assignment.value = expr_from_datum(arena, value, (*each)->type);
        VEC_PUSH(arena, &row, assignment);
    }
    VEC_PUSH(arena, &query->rows, row);
}

static void add_values(Arena *arena, Query *query, const Datums *args, const Map *keywords)
{
    const Datum *first = args->len ? &args->items[0] : NULL;
    if (!first)
        add_row(arena, query, keywords);
    else if (first->kind == DATUM_MAP)
        add_row(arena, query, first->map);
    else
        for (size_t i = 0; i < first->list.len; i++)
            add_row(arena, query, first->list.items[i].map);
}

static void add_from_select(Query *query, Arena *arena, const Datums *args)
{
    const Datum *names = &args->items[0];
    for (size_t i = 0; i < names->list.len; i++)
        VEC_PUSH(arena, &query->column_names, names->list.items[i].text);
    query->select = args->items[1].record.object;
}

/* Methods that add to a query, which the tests never share: it is changed in place. */
static bool query_add(Arena *arena, Str name, Expr *expr, const Datums *args, const Map *keywords)
{
    Query *query = expr->query;
    if (str_is(name, "where"))
        exprs_add(arena, &query->where, args);
    else if (str_is(name, "order_by"))
        exprs_add(arena, &query->order_by, args);
    else if (str_is(name, "group_by"))
        exprs_add(arena, &query->group_by, args);
    else if (str_is(name, "having"))
        exprs_add(arena, &query->having, args);
    else if (str_is(name, "select_from"))
        exprs_add(arena, &query->froms, args);
    else if (str_is(name, "returning"))
        exprs_add(arena, &query->returning, args);
    else if (str_is(name, "limit"))
        query->limit = expr_arg(arena, &args->items[0]);
    else if (str_is(name, "offset"))
        query->offset = expr_arg(arena, &args->items[0]);
    else if (str_is(name, "distinct"))
        query->distinct = true;
    else if (str_is(name, "with_for_update"))
        query->for_update = true;
    else if (str_is(name, "values"))
        add_values(arena, query, args, keywords);
    else if (str_is(name, "from_select"))
        add_from_select(query, arena, args);
    else
        return false;
    return true;
}

static Expr *wrap(Arena *arena, ExprKind kind, Expr *inner, const Datums *args)
{
    Expr *expr = expr_new(arena, kind);
    VEC_PUSH(arena, &expr->args, inner);
    if (args->len && args->items[0].kind == DATUM_STR)
        expr->name = name_from(args->items[0].text);
    return expr;
}

static Expr *make_from(Arena *arena, Str name, Expr *of, const Datums *args)
{
    if (str_is(name, "alias") || str_is(name, "subquery"))
        return wrap(arena, EXPR_ALIAS, of, args);
    if (str_is(name, "cte"))
        return wrap(arena, EXPR_CTE, of, args);
    if (str_is(name, "scalar_subquery"))
        return wrap(arena, EXPR_SCALAR, of, args);
    if (!str_is(name, "join") && !str_is(name, "outerjoin"))
        return NULL;
    Expr *join = expr_new(arena, EXPR_JOIN);
    VEC_PUSH(arena, &join->args, of);
    exprs_add(arena, &join->args, args);
    join->outer = str_is(name, "outerjoin");
    return join;
}

static Expr *make_in(Arena *arena, Operator op, Expr *of, const Datum *arg)
{
    Expr *in = expr_new(arena, EXPR_IN);
    in->op = op;
    VEC_PUSH(arena, &in->args, of);
    if (arg->kind == DATUM_RECORD) {
        VEC_PUSH(arena, &in->args, (Expr *)arg->record.object);
        return in;
    }
    Expr *list = expr_new(arena, EXPR_LIST);
    for (size_t i = 0; i < arg->list.len; i++) {
        const Datum *item = &arg->list.items[i];
        Datums parts = { 0 };
        for (size_t k = 0; item->kind == DATUM_LIST && k < item->list.len; k++)
            VEC_PUSH(arena, &parts, item->list.items[k]);
        VEC_PUSH(arena, &list->args,
                 parts.len ? make_holding(arena, EXPR_TUPLE, &parts) : expr_arg(arena, item));
    }
    VEC_PUSH(arena, &in->args, list);
    return in;
}

static Expr *make_binary(Arena *arena, Str name, Expr *of, const Datums *args, const Map *keywords)
{
    static const struct {
        const char *name;
        Operator op;
    } rows[] = {
        { "startswith", OPERATOR_STARTS },
        { "endswith", OPERATOR_ENDS },
        { "contains", OPERATOR_HOLDS },
        { "like", OPERATOR_LIKE },
        { "ilike", OPERATOR_ILIKE },
        { "not_like", OPERATOR_NOT_LIKE },
        { "concat", OPERATOR_CONCAT },
        { "is_", OPERATOR_IS },
        { "is_not", OPERATOR_IS_NOT },
        { "regexp_match", OPERATOR_REGEXP },
        { "is_distinct_from", OPERATOR_IS_DISTINCT },
        { "bitwise_and", OPERATOR_BITWISE_AND },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (str_is(name, rows[i].name)) {
            Expr *made = expr_binary(arena, rows[i].op, of, expr_arg(arena, &args->items[0]));
            if (keyword(keywords, "escape"))
                made->escape = expr_arg(arena, keyword(keywords, "escape"));
            return made;
        }
    return NULL;
}

static Expr *make_between(Arena *arena, Expr *of, const Datums *args)
{
    Expr *between = expr_new(arena, EXPR_BETWEEN);
    between->op = OPERATOR_BETWEEN;
    VEC_PUSH(arena, &between->args, of);
    VEC_EACH (const Datum, each, args)
        VEC_PUSH(arena, &between->args, expr_arg(arena, each));
    return between;
}

static Expr *make_over(Arena *arena, Expr *of, const Map *keywords)
{
    Datums none = { 0 };
    Expr *over = wrap(arena, EXPR_OVER, of, &none);
    VEC_PUSH(arena, &over->partition_by, expr_arg(arena, keyword(keywords, "partition_by")));
    VEC_PUSH(arena, &over->order_by, expr_arg(arena, keyword(keywords, "order_by")));
    return over;
}

static Expr *make_filter(Arena *arena, Expr *of, const Datums *args)
{
    Datums none = { 0 };
    Expr *filter = wrap(arena, EXPR_FILTER, of, &none);
    exprs_add(arena, &filter->args, args);
    return filter;
}

static Expr *make_method(Arena *arena, Str name, Expr *of, const Datums *args, const Map *keywords)
{
    if (str_is(name, "in_") || str_is(name, "not_in"))
        return make_in(arena, str_is(name, "in_") ? OPERATOR_IN : OPERATOR_NOT_IN, of,
                       &args->items[0]);
    if (str_is(name, "between"))
        return make_between(arena, of, args);
    if (str_is(name, "over"))
        return make_over(arena, of, keywords);
    if (str_is(name, "filter"))
        return make_filter(arena, of, args);
    Expr *made = make_from(arena, name, of, args);
    return made ? made : make_binary(arena, name, of, args, keywords);
}

bool query_method(Arena *arena, Str name, const Datum *of, const Datums *args, const Map *keywords,
                  Datum *value)
{
    Expr *expr = of->record.object;
    *value = *of;
    if (expr->kind == EXPR_EXISTS && str_is(name, "where"))
        return query_add(arena, name, expr->args.items[0], args, keywords);
    bool query =
        record_is(expr->head.record, &select_record) || record_is(expr->head.record, &dml_record);
    if (query && query_add(arena, name, expr, args, keywords))
        return true;
    Expr *made = make_method(arena, name, expr, args, keywords);
    if (made)
        *value = datum_of_expr(made);
    return made != NULL;
}
