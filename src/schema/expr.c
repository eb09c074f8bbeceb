/* SPDX-License-Identifier: MIT */
#include "schema/expr.h"

#include "schema/table.h"

static const struct {
    const char *sql;
    int precedence;
    Operator negation;
} operators[OPERATOR_COUNT] = {
#define OPERATOR_ROW(name, sql, precedence, negation) { sql, precedence, OPERATOR_##negation },
    OPERATORS(OPERATOR_ROW)
#undef OPERATOR_ROW
};

const char *operator_sql(Operator op)
{
    return operators[op].sql;
}

int operator_precedence(Operator op)
{
    return operators[op].precedence;
}

Operator operator_negation(Operator op)
{
    return operators[op].negation;
}

static const Field expr_fields[] = {
    LINK(Expr, type, ".type", &type_classes[TYPE_ENGINE].record),
};
static const Field named_fields[] = { FIELD(Expr, name, ".name") };
static const Field text_fields[] = { FIELD(Expr, text, "text") };
static const Field bind_fields[] = {
    FIELD(Expr, name, ".key"),
    FIELD(Expr, value, ".value"),
};

const Record expr_record = RECORD(Expr, "ClauseElement()", expr_fields, .name = "ClauseElement");
const Record text_record =
    RECORD(Expr, "TextClause(text)", text_fields, .name = "TextClause", .base = &expr_record);
const Record element_record =
    RECORD(Expr, "ColumnElement()", named_fields, .name = "ColumnElement", .base = &expr_record);
const Record bind_record =
    RECORD(Expr, "BindParameter()", bind_fields, .name = "BindParameter", .base = &element_record);
const Record function_record =
    RECORD(Expr, "Function()", named_fields, .name = "Function", .base = &element_record);
const Record select_record =
    RECORD(Expr, "Select()", named_fields, .name = "Select", .base = &expr_record);
const Record dml_record =
    RECORD(Expr, "UpdateBase()", named_fields, .name = "UpdateBase", .base = &expr_record);
const Record from_record =
    RECORD(Expr, "FromClause()", named_fields, .name = "FromClause", .base = &expr_record);

static const Record *expr_kind_record(ExprKind kind)
{
    switch (kind) {
    case EXPR_TEXT:
        return &text_record;
    case EXPR_BIND:
        return &bind_record;
    case EXPR_FUNCTION:
        return &function_record;
    case EXPR_SELECT:
    case EXPR_COMPOUND:
        return &select_record;
    case EXPR_INSERT:
    case EXPR_UPDATE:
    case EXPR_DELETE:
        return &dml_record;
    case EXPR_TABLE:
    case EXPR_ALIAS:
    case EXPR_CTE:
    case EXPR_LATERAL:
    case EXPR_JOIN:
    case EXPR_VALUES:
        return &from_record;
    case EXPR_SCRIPT:
        return &expr_record;
    case EXPR_LITERAL_COLUMN:
    case EXPR_COLUMN:
    case EXPR_NULL:
    case EXPR_TRUE:
    case EXPR_FALSE:
    case EXPR_DEFAULT:
    case EXPR_UNARY:
    case EXPR_BINARY:
    case EXPR_BOOLEAN:
    case EXPR_BETWEEN:
    case EXPR_IN:
    case EXPR_LIST:
    case EXPR_TUPLE:
    case EXPR_GROUP:
    case EXPR_CAST:
    case EXPR_COERCE:
    case EXPR_CASE:
    case EXPR_EXTRACT:
    case EXPR_LABEL:
    case EXPR_COLLATE:
    case EXPR_EXISTS:
    case EXPR_SCALAR:
    case EXPR_OVER:
    case EXPR_FILTER:
    case EXPR_WITHIN_GROUP:
    case EXPR_ARRAY:
    case EXPR_AGGREGATE_ORDER:
    case EXPR_SEQUENCE_NEXT:
        return &element_record;
    }
    return &expr_record;
}

static bool expr_has_query(ExprKind kind)
{
    return kind == EXPR_SELECT || kind == EXPR_COMPOUND || kind == EXPR_INSERT ||
           kind == EXPR_UPDATE || kind == EXPR_DELETE;
}

Expr *expr_new(Arena *arena, ExprKind kind)
{
    Expr *expr = record_new(arena, expr_kind_record(kind));
    expr->kind = kind;
    if (expr_has_query(kind))
        expr->query = ARENA_NEW(arena, Query);
    return expr;
}

static Expr *expr_with(Arena *arena, ExprKind kind, Type *type, Expr *a, Expr *b)
{
    Expr *expr = expr_new(arena, kind);
    expr->type = type;
    if (a)
        VEC_PUSH(arena, &expr->args, a);
    if (b)
        VEC_PUSH(arena, &expr->args, b);
    return expr;
}

Expr *expr_text(Arena *arena, Str sql)
{
    Expr *expr = expr_new(arena, EXPR_TEXT);
    expr->text = str_dup(arena, sql);
    return expr;
}

Expr *expr_literal_column(Arena *arena, Str sql, Type *type)
{
    Expr *expr = expr_with(arena, EXPR_LITERAL_COLUMN, type, NULL, NULL);
    expr->text = str_dup(arena, sql);
    expr->name = name_from(expr->text);
    return expr;
}

Type *expr_type_of_datum(Arena *arena, const Datum *value)
{
    switch (value->kind) {
    case DATUM_BOOL:
        return type_new(arena, TYPE_BOOLEAN);
    case DATUM_INT:
    case DATUM_BIGINT:
        return type_new(arena, TYPE_INTEGER);
    case DATUM_FLOAT:
        return type_new(arena, TYPE_FLOAT);
    case DATUM_DECIMAL:
        return type_new(arena, TYPE_NUMERIC);
    case DATUM_STR:
        return type_new(arena, TYPE_STRING);
    case DATUM_BYTES:
        return type_new(arena, TYPE_LARGE_BINARY);
    case DATUM_DATE:
        return type_new(arena, TYPE_DATE);
    case DATUM_TIME:
        return type_new(arena, TYPE_TIME);
    case DATUM_DATETIME:
        return type_new(arena, TYPE_DATE_TIME);
    case DATUM_INTERVAL:
        return type_new(arena, TYPE_INTERVAL);
    case DATUM_UUID:
        return type_new(arena, TYPE_UUID);
    case DATUM_NONE:
    case DATUM_LIST:
    case DATUM_MAP:
    case DATUM_RECORD:
    case DATUM_SCRIPT:
        break;
    }
    return NULL;
}

Expr *expr_literal(Arena *arena, const Datum *value, Type *type)
{
    Expr *expr = expr_new(arena, EXPR_BIND);
    expr->value = datum_copy(arena, value);
    expr->type = type ? type : expr_type_of_datum(arena, value);
    expr->bound = expr->unique = true;
    return expr;
}

Expr *expr_bind(Arena *arena, Str key, const Datum *value, Type *type)
{
    Expr *expr = expr_new(arena, EXPR_BIND);
    expr->name = name_from(str_dup(arena, key));
    expr->type = type;
    if (value) {
        expr->value = datum_copy(arena, value);
        expr->bound = true;
        if (!type)
            expr->type = expr_type_of_datum(arena, value);
    }
    return expr;
}

Expr *expr_column_name(Arena *arena, Name name, Type *type)
{
    Expr *expr = expr_with(arena, EXPR_COLUMN, type, NULL, NULL);
    expr->name = name;
    expr->name.text = str_dup(arena, name.text);
    return expr;
}

Expr *expr_column(Arena *arena, struct Column *column)
{
    Expr *expr = expr_with(arena, EXPR_COLUMN, column->type, NULL, NULL);
    expr->name = column->name;
    expr->column = column;
    return expr;
}

Expr *expr_table(Arena *arena, struct Table *table)
{
    Expr *expr = expr_new(arena, EXPR_TABLE);
    expr->table = table;
    expr->name = table->name;
    return expr;
}

Expr *expr_function(Arena *arena, Str name, const ExprVec *args, Type *type)
{
    Expr *expr = expr_with(arena, EXPR_FUNCTION, type, NULL, NULL);
    expr->name = name_from(str_dup(arena, name));
    if (args)
        expr->args = *args;
    return expr;
}

Expr *expr_unary(Arena *arena, Operator op, Expr *operand)
{
    Expr *expr = expr_with(arena, EXPR_UNARY, operand->type, operand, NULL);
    expr->op = op;
    return expr;
}

static bool operator_compares(Operator op)
{
    return operators[op].precedence == 5;
}

/* The generic class that a type stands below: VARCHAR and Enum below String, ... */
static TypeKind type_family(TypeKind kind)
{
    const Record *top = &type_classes[TYPE_ENGINE].record;
    const Record *record = &type_classes[kind].record;
    while (record->base && record->base != top)
        record = record->base;
    for (size_t i = 0; i < TYPE_KIND_COUNT; i++)
        if (&type_classes[i].record == record)
            return (TypeKind)i;
    return kind;
}

/* A plain value compared with a column is a value of the column's type. */
static Expr *expr_coerced(Arena *arena, const Expr *left, Expr *right)
{
    if (right->kind != EXPR_BIND || !right->unique || !left->type)
        return right;
    const Type *natural = expr_type_of_datum(arena, &right->value);
    if (natural && type_family(natural->kind) != type_family(left->type->kind) &&
        !type_is(left->type, TYPE_DECORATOR))
        return right;
    if (right->type && natural && right->type->kind != natural->kind)
        return right;
    Expr *copy = expr_copy(arena, right);
    copy->type = left->type;
    return copy;
}

Expr *expr_binary(Arena *arena, Operator op, Expr *left, Expr *right)
{
    Type *type = left->type ? left->type : right->type;
    if (operator_compares(op))
        type = type_new(arena, TYPE_BOOLEAN);
    if (right->kind == EXPR_NULL && (op == OPERATOR_EQ || op == OPERATOR_NE))
        op = op == OPERATOR_EQ ? OPERATOR_IS : OPERATOR_IS_NOT;
    right = expr_coerced(arena, left, right);
    Expr *expr = expr_with(arena, EXPR_BINARY, type, left, right);
    expr->op = op;
    return expr;
}

Expr *expr_boolean(Arena *arena, Operator op, const ExprVec *args)
{
    Expr *expr = expr_with(arena, EXPR_BOOLEAN, type_new(arena, TYPE_BOOLEAN), NULL, NULL);
    expr->op = op;
    VEC_EACH (Expr *const, each, args) {
        if ((*each)->kind != EXPR_BOOLEAN || (*each)->op != op) {
            VEC_PUSH(arena, &expr->args, *each);
            continue;
        }
        VEC_EACH (Expr *const, inner, &(*each)->args)
            VEC_PUSH(arena, &expr->args, *inner);
    }
    return expr->args.len == 1 ? expr->args.items[0] : expr;
}

Expr *expr_not(Arena *arena, Expr *operand)
{
    if (operand->kind == EXPR_TRUE)
        return expr_new(arena, EXPR_FALSE);
    if (operand->kind == EXPR_FALSE)
        return expr_new(arena, EXPR_TRUE);
    bool negates =
        operand->kind == EXPR_BINARY || operand->kind == EXPR_IN || operand->kind == EXPR_BETWEEN;
    if (!negates || operators[operand->op].negation == OPERATOR_NONE)
        return expr_unary(arena, OPERATOR_NOT, operand);
    Expr *expr = expr_copy(arena, operand);
    expr->op = operators[operand->op].negation;
    return expr;
}

Expr *expr_cast(Arena *arena, Expr *operand, Type *type)
{
    return expr_with(arena, EXPR_CAST, type, operand, NULL);
}

Expr *expr_label(Arena *arena, Expr *operand, Str name)
{
    Expr *expr = expr_with(arena, EXPR_LABEL, operand->type, operand, NULL);
    expr->name = name_from(str_dup(arena, name));
    return expr;
}

Expr *expr_from_datum(Arena *arena, const Datum *value, Type *type)
{
    if (value->kind == DATUM_RECORD) {
        const Record *record = value->record.record;
        if (record_is(record, &expr_record))
            return value->record.object;
        if (record_is(record, &column_record))
            return expr_column(arena, value->record.object);
        if (record_is(record, &table_record))
            return expr_table(arena, value->record.object);
    }
    if (value->kind == DATUM_NONE)
        return expr_new(arena, EXPR_NULL);
    return expr_literal(arena, value, type);
}

Expr *expr_copy(Arena *arena, const Expr *expr)
{
    Expr *copy = arena_copy(arena, expr, sizeof *expr);
    copy->head.box = NULL;
    return copy;
}

#define VEC_DUP(arena, vec)                                                                  \
    do {                                                                                     \
        (vec)->items = arena_copy((arena), (vec)->items, (vec)->len * sizeof *(vec)->items); \
        (vec)->cap = (vec)->len;                                                             \
    } while (0)

Query *query_copy(Arena *arena, const Query *query)
{
    Query *copy = arena_copy(arena, query, sizeof *query);
    VEC_DUP(arena, &copy->columns);
    VEC_DUP(arena, &copy->froms);
    VEC_DUP(arena, &copy->where);
    VEC_DUP(arena, &copy->group_by);
    VEC_DUP(arena, &copy->having);
    VEC_DUP(arena, &copy->order_by);
    VEC_DUP(arena, &copy->distinct_on);
    VEC_DUP(arena, &copy->returning);
    VEC_DUP(arena, &copy->rows);
    VEC_DUP(arena, &copy->column_names);
    VEC_DUP(arena, &copy->prefixes);
    VEC_DUP(arena, &copy->suffixes);
    VEC_DUP(arena, &copy->for_update_of);
    return copy;
}

static bool char_is_word(char c)
{
    return char_is_alnum(c) || c == '_' || (unsigned char)c >= 0x80;
}

/* The end of what is quoted at `at`: a string, an identifier, a comment or a dollar body. */
static size_t text_skip_quoted(Str sql, size_t at)
{
    char c = sql.ptr[at];
    ptrdiff_t end = -1;
    size_t closing = 1;
    if (c == '\'' || c == '"' || c == '`') {
        end = str_find_char(sql, c, at + 1);
    } else if (c == '-' && str_starts(str_from_offset(sql, at), STR("--"))) {
        end = str_find_char(sql, '\n', at);
    } else if (c == '/' && str_starts(str_from_offset(sql, at), STR("/*"))) {
        end = str_find(sql, STR("*/"), at + 2);
        closing = 2;
    } else if (c == '$' && (at == 0 || !char_is_word(sql.ptr[at - 1]))) {
        size_t tag = at + 1;
        while (tag < sql.len && char_is_word(sql.ptr[tag]))
            tag++;
        if (tag == sql.len || sql.ptr[tag] != '$' || char_is_digit(sql.ptr[at + 1]))
            return at;
        closing = tag + 1 - at;
        end = str_find(sql, str_slice(sql, at, tag + 1), tag + 1);
    } else {
        return at;
    }
    return end < 0 ? sql.len : (size_t)end + closing;
}

static bool text_bind_at(Str sql, size_t at, size_t *end)
{
    if (sql.ptr[at] != ':')
        return false;
    char before = at ? sql.ptr[at - 1] : ' ';
    size_t stop = at + 1;
    while (stop < sql.len && char_is_word(sql.ptr[stop]))
        stop++;
    *end = stop;
    bool alone = before != ':' && before != '\\' && !char_is_word(before);
    return alone && stop > at + 1 && (stop == sql.len || sql.ptr[stop] != ':');
}

bool text_next(Str sql, size_t *offset, TextPart *part, Str *piece)
{
    if (*offset >= sql.len)
        return false;
    size_t start = *offset, end = 0;
    if (text_bind_at(sql, start, &end)) {
        *part = TEXT_BIND;
        *piece = str_slice(sql, start + 1, end);
        *offset = end;
        return true;
    }
    size_t at = start;
    while (at < sql.len && !text_bind_at(sql, at, &end)) {
        size_t quoted = text_skip_quoted(sql, at);
        at = quoted > at ? quoted : at + 1;
    }
    *part = TEXT_PLAIN;
    *piece = str_slice(sql, start, at);
    *offset = at;
    return true;
}
