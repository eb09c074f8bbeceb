/* SPDX-License-Identifier: MIT */
/* What the columns of a SELECT are called, and which columns a FROM has. */
#include "schema/expr.h"
#include "schema/table.h"

bool expr_is_from(const Expr *expr)
{
    switch ((int)expr->kind) {
    case EXPR_TABLE:
    case EXPR_ALIAS:
    case EXPR_CTE:
    case EXPR_LATERAL:
    case EXPR_TABLESAMPLE:
    case EXPR_EXCLUDED:
    case EXPR_JOIN:
    case EXPR_VALUES:
        return true;
    default:
        return false;
    }
}

bool from_same(const Expr *a, const Expr *b)
{
    if (a->kind == EXPR_TABLE && b->kind == EXPR_TABLE)
        return a->table == b->table;
    return expr_identity(a) == expr_identity(b);
}

Expr *column_from(Arena *arena, const Expr *column)
{
    if (column->from)
        return column->from;
    if (column->column && column->column->table)
        return expr_table(arena, column->column->table);
    return NULL;
}

const ExprVec *statement_columns(const Expr *statement)
{
    while (statement->kind == EXPR_COMPOUND || statement->kind == EXPR_GROUP ||
           statement->kind == EXPR_SCALAR)
        statement = statement->args.items[0];
    bool dml = statement->kind == EXPR_INSERT || statement->kind == EXPR_UPDATE ||
               statement->kind == EXPR_DELETE;
    bool has = dml || statement->kind == EXPR_SELECT || statement->kind == EXPR_VALUES ||
               statement->kind == EXPR_TEXT_SELECT;
    if (!has)
        return NULL;
    return dml ? &statement->query->returning : &statement->query->columns;
}

/* ---- names of results ---- */

ExprVec exprs_flat(Arena *arena, const ExprVec *columns)
{
    ExprVec flat = { 0 };
    VEC_EACH (Expr *const, each, columns) {
        if (!expr_is_from(*each)) {
            VEC_PUSH(arena, &flat, *each);
            continue;
        }
        ExprVec inner = columns_seen(arena, *each);
        VEC_EACH (Expr *, column, &inner)
            VEC_PUSH(arena, &flat, *column);
    }
    return flat;
}

static const void *column_identity(const Expr *column)
{
    return column->column && !column->from ? (const void *)column->column : expr_identity(column);
}

/* The column that a CAST and its like pass on, or NULL. */
static const Expr *wrapped_column(const Expr *expr)
{
    while (expr->kind == EXPR_CAST || expr->kind == EXPR_COERCE || expr->kind == EXPR_AS_BOOLEAN)
        expr = expr->args.items[0];
    return expr->kind == EXPR_COLUMN ? expr : NULL;
}

/* A CAST and its like are called after the function in them. */
static Str wrapped_name(const Expr *expr)
{
    while (expr->kind == EXPR_CAST || expr->kind == EXPR_COERCE || expr->kind == EXPR_AS_BOOLEAN)
        expr = expr->args.items[0];
    return expr->kind == EXPR_FUNCTION ? expr->name.text : STR("anon");
}

static Str column_name(const Expr *column)
{
    return column->column && !column->from ? column->column->name.text : column->name.text;
}

static const ResultName *name_seen(const ResultNameVec *names, Str name)
{
    VEC_EACH (const ResultName, each, names)
        if (!each->identity && str_given(each->name) && str_eq(each->name, name))
            return each;
    return NULL;
}

static bool column_seen(const ResultNameVec *names, const Expr *column)
{
    VEC_EACH (const ResultName, each, names)
        if (each->column->kind == EXPR_COLUMN &&
            column_identity(each->column) == column_identity(column))
            return true;
    return false;
}

/* Whether a CAST and its like took the name over, and the column has no label of its own yet. */
static bool name_taken(const ResultNameVec *names, const Expr *column)
{
    bool taken = false;
    VEC_EACH (const ResultName, each, names) {
        const Expr *wrapped = wrapped_column(each->column);
        taken |= each->identity && wrapped && wrapped != each->column &&
                 str_eq(column_name(wrapped), column_name(column));
        if (each->identity == column_identity(column))
            return false;
    }
    return taken;
}

/* A column, or what passes one on: named after it, with a number where that name is taken. */
static ResultName name_after(Arena *arena, const ResultNameVec *names, const Expr *expr,
                             const Expr *column, const void *slot)
{
    Str name = column_name(column);
    ResultName made = { .column = expr, .name = name, .plain = expr == column };
    if (column->named_by) {
        made.identity = column->named_by->identity ? column->named_by->identity : column->named_by;
    }
    const ResultName *seen = name_seen(names, name);
    bool owned = column->from || (column->column && column->column->table);
    if (!seen || made.identity || (expr == column && !owned))
        return made;
    bool same = expr != column || (column_seen(names, column) && !name_taken(names, column));
    made.name = same ? str_concat(arena, name, STR("_")) : name;
    made.identity = same ? slot : expr == column ? column_identity(column) : expr_identity(expr);
    made.plain = false;
    return made;
}

static ResultName name_of(Arena *arena, const ResultNameVec *names, const Expr *expr,
                          const void *slot)
{
    const Expr *column = wrapped_column(expr);
    ResultName made = { .column = expr };
    if (column)
        return name_after(arena, names, expr, column, slot);
    switch ((int)expr->kind) {
    case EXPR_LABEL:
        made.name = name_given(expr->name) ? expr->name.text : STR("anon");
        if (!name_given(expr->name))
            made.identity = expr_identity(expr);
        return made;
    case EXPR_CAST:
        if (expr->args.items[0]->kind == EXPR_LITERAL_COLUMN) {
            made.name = expr->args.items[0]->text;
            if (name_seen(names, made.name)) {
                made.name = str_concat(arena, made.name, STR("_"));
                made.identity = slot;
            }
            return made;
        }
        /* fall through */
    case EXPR_COERCE:
    case EXPR_AS_BOOLEAN:
    case EXPR_FUNCTION:
        made.name = wrapped_name(expr);
        made.identity = expr_identity(expr);
        return made;
    case EXPR_LITERAL_COLUMN:
        made.name = expr->text;
        made.plain = true;
        return made;
    case EXPR_TEXT:
        return made;
    default:
        made.name = STR("anon");
        made.identity = expr_identity(expr);
        return made;
    }
}

ResultNameVec result_names(Arena *arena, const ExprVec *columns)
{
    ResultNameVec names = { 0 };
    ExprVec flat = exprs_flat(arena, columns);
    bool same = flat.len == columns->len;
    for (size_t i = 0; i < flat.len; i++) {
        const void *slot = same ? (const void *)&columns->items[i] : expr_identity(flat.items[i]);
        ResultName name = name_of(arena, &names, flat.items[i], slot);
        VEC_PUSH(arena, &names, name);
    }
    return names;
}

/* ---- columns of a FROM ---- */

bool expr_is_table_column(const Expr *expr)
{
    while (expr->kind == EXPR_LABEL)
        expr = expr->args.items[0];
    return expr->kind == EXPR_COLUMN &&
           (expr->proxy || (expr->column && !expr->column->is_literal));
}

static void table_columns_of(Arena *arena, Expr *from, const struct Table *table, ExprVec *columns)
{
    VEC_EACH (Column *, each, &table->columns) {
        Expr *made = expr_column(arena, *each);
        if (from->kind != EXPR_TABLE) {
            made->from = from;
            made->name = (*each)->name;
        }
        VEC_PUSH(arena, columns, made);
    }
}

static void columns_of_names(Arena *arena, Expr *from, const ResultNameVec *names, ExprVec *columns)
{
    VEC_EACH (const ResultName, each, names) {
        if (!str_given(each->name))
            continue;
        Expr *made = expr_column_name(arena, name_from(each->name), each->column->type);
        made->from = from;
        made->proxy = expr_is_table_column(each->column);
        if (each->identity) {
            Expr *named = expr_copy(arena, made);
            named->identity = each->identity;
            made->named_by = named;
        }
        VEC_PUSH(arena, columns, made);
    }
}

static void columns_make(Arena *arena, Expr *from, ExprVec *columns)
{
    if (from->kind == EXPR_VALUES) {
        VEC_EACH (Expr *, each, &from->query->columns) {
            Expr *made = expr_column_name(arena, (*each)->name, (*each)->type);
            made->from = from;
            made->proxy = expr_is_table_column(*each);
            VEC_PUSH(arena, columns, made);
        }
        return;
    }
    Expr *inner = from->args.len ? from->args.items[0] : NULL;
    const ExprVec *given = inner ? statement_columns(inner) : NULL;
    if (inner && inner->kind == EXPR_TABLE) {
        table_columns_of(arena, from, inner->table, columns);
    } else if (given) {
        ResultNameVec names = result_names(arena, given);
        columns_of_names(arena, from, &names, columns);
    } else if (inner && expr_is_from(inner)) {
        ExprVec below = columns_seen(arena, inner);
        VEC_EACH (Expr *, each, &below) {
            Expr *made = expr_copy(arena, *each);
            made->identity = NULL;
            made->proxy = expr_is_table_column(*each);
            made->column = NULL;
            made->from = from;
            VEC_PUSH(arena, columns, made);
        }
    }
}

ExprVec columns_seen(Arena *arena, Expr *from)
{
    ExprVec columns = { 0 };
    if (from->kind == EXPR_TABLE) {
        table_columns_of(arena, from, from->table, &columns);
        return columns;
    }
    if (from->kind == EXPR_JOIN) {
        for (size_t side = 0; side < 2; side++) {
            ExprVec part = columns_seen(arena, from->args.items[side]);
            VEC_EACH (Expr *, each, &part)
                VEC_PUSH(arena, &columns, *each);
        }
        return columns;
    }
    const ExprVec *given = statement_columns(from);
    if (given && from->kind != EXPR_VALUES)
        return exprs_flat(arena, given);
    if (from->columns.len)
        return from->columns;
    columns_make(arena, from, &columns);
    return columns;
}

static bool keeps_columns(const Expr *from)
{
    return from->kind != EXPR_TABLE && from->kind != EXPR_JOIN &&
           (from->kind == EXPR_VALUES || !statement_columns(from));
}

ExprVec columns_of(Arena *arena, Expr *from)
{
    for (size_t side = 0; from->kind == EXPR_JOIN && side < 2; side++)
        columns_of(arena, from->args.items[side]);
    ExprVec columns = columns_seen(arena, from);
    if (keeps_columns(from))
        from->columns = columns;
    return columns;
}

/* ---- which FROMs an expression names ---- */

static void from_add(Arena *arena, ExprVec *froms, Expr *from)
{
    VEC_EACH (Expr *, each, froms)
        if (from_same(*each, from))
            return;
    VEC_PUSH(arena, froms, from);
}

static void froms_of_list(Arena *arena, const ExprVec *exprs, ExprVec *froms)
{
    VEC_EACH (Expr *const, each, exprs)
        expr_froms(arena, *each, froms);
}

/* A FROM that an expression names; a table that a function reads is named as well. */
static void from_of(Arena *arena, const Expr *from, ExprVec *froms)
{
    from_add(arena, froms, expr_copy(arena, from));
}

void expr_froms(Arena *arena, const Expr *expr, ExprVec *froms)
{
    if (expr->kind == EXPR_COLUMN) {
        const Expr *from = column_from(arena, expr);
        if (from && from->kind != EXPR_EXCLUDED)
            from_of(arena, from, froms);
        return;
    }
    if (expr_is_from(expr)) {
        from_of(arena, expr, froms);
        return;
    }
    switch ((int)expr->kind) {
    case EXPR_SELECT:
    case EXPR_COMPOUND:
    case EXPR_TEXT_SELECT:
    case EXPR_SCALAR:
    case EXPR_EXISTS:
    case EXPR_INSERT:
    case EXPR_UPDATE:
    case EXPR_DELETE:
    case EXPR_TEXT:
        return;
    case EXPR_CASE:
        if (expr->value_of)
            expr_froms(arena, expr->value_of, froms);
        break;
    default:
        break;
    }
    froms_of_list(arena, &expr->args, froms);
    if (expr->otherwise)
        expr_froms(arena, expr->otherwise, froms);
    froms_of_list(arena, &expr->partition_by, froms);
    froms_of_list(arena, &expr->order_by, froms);
}
