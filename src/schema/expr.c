/* SPDX-License-Identifier: MIT */
#include "schema/expr.h"

#include "schema/table.h"

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
const Record compound_record = RECORD(Expr, "CompoundSelect()", named_fields,
                                      .name = "CompoundSelect", .base = &select_record);
const Record text_select_record =
    RECORD(Expr, "TextualSelect()", named_fields, .name = "TextualSelect", .base = &select_record);
const Record dml_record =
    RECORD(Expr, "UpdateBase()", named_fields, .name = "UpdateBase", .base = &expr_record);
const Record insert_record =
    RECORD(Expr, "Insert()", named_fields, .name = "Insert", .base = &dml_record);
const Record update_record =
    RECORD(Expr, "Update()", named_fields, .name = "Update", .base = &dml_record);
const Record delete_record =
    RECORD(Expr, "Delete()", named_fields, .name = "Delete", .base = &dml_record);
const Record from_record =
    RECORD(Expr, "FromClause()", named_fields, .name = "FromClause", .base = &expr_record);
const Record alias_record =
    RECORD(Expr, "Alias()", named_fields, .name = "Alias", .base = &from_record);
const Record cte_record = RECORD(Expr, "CTE()", named_fields, .name = "CTE", .base = &alias_record);
const Record label_record =
    RECORD(Expr, "Label()", named_fields, .name = "Label", .base = &element_record);
const Record unary_record = RECORD(Expr, "UnaryExpression()", named_fields,
                                   .name = "UnaryExpression", .base = &element_record);
const Record binary_record = RECORD(Expr, "BinaryExpression()", named_fields,
                                    .name = "BinaryExpression", .base = &element_record);
const Record boolean_list_record = RECORD(Expr, "BooleanClauseList()", named_fields,
                                          .name = "BooleanClauseList", .base = &element_record);
const Record cast_record =
    RECORD(Expr, "Cast()", named_fields, .name = "Cast", .base = &element_record);
const Record case_record =
    RECORD(Expr, "Case()", named_fields, .name = "Case", .base = &element_record);
const Record null_record =
    RECORD(Expr, "Null()", named_fields, .name = "Null", .base = &element_record);
const Record true_record =
    RECORD(Expr, "True_()", named_fields, .name = "True_", .base = &element_record);
const Record false_record =
    RECORD(Expr, "False_()", named_fields, .name = "False_", .base = &element_record);

/* The record of each kind that has one of its own; the others are plain elements. */
static const Record *const kind_records[] = {
    [EXPR_TEXT] = &text_record,
    [EXPR_BIND] = &bind_record,
    [EXPR_NULL] = &null_record,
    [EXPR_TRUE] = &true_record,
    [EXPR_FALSE] = &false_record,
    [EXPR_FUNCTION] = &function_record,
    [EXPR_UNARY] = &unary_record,
    [EXPR_BINARY] = &binary_record,
    [EXPR_BETWEEN] = &binary_record,
    [EXPR_IN] = &binary_record,
    [EXPR_BOOLEAN] = &boolean_list_record,
    [EXPR_CAST] = &cast_record,
    [EXPR_CASE] = &case_record,
    [EXPR_LABEL] = &label_record,
    [EXPR_TABLE] = &from_record,
    [EXPR_ALIAS] = &alias_record,
    [EXPR_CTE] = &cte_record,
    [EXPR_LATERAL] = &alias_record,
    [EXPR_TABLESAMPLE] = &alias_record,
    [EXPR_EXCLUDED] = &from_record,
    [EXPR_JOIN] = &from_record,
    [EXPR_VALUES] = &from_record,
    [EXPR_SELECT] = &select_record,
    [EXPR_COMPOUND] = &compound_record,
    [EXPR_TEXT_SELECT] = &text_select_record,
    [EXPR_INSERT] = &insert_record,
    [EXPR_UPDATE] = &update_record,
    [EXPR_DELETE] = &delete_record,
    [EXPR_SCRIPT] = &expr_record,
};

static const Record *expr_kind_record(ExprKind kind)
{
    const Record *record = kind_records[kind];
    return record ? record : &element_record;
}

static bool expr_has_query(ExprKind kind)
{
    return kind == EXPR_SELECT || kind == EXPR_COMPOUND || kind == EXPR_INSERT ||
           kind == EXPR_UPDATE || kind == EXPR_DELETE || kind == EXPR_VALUES ||
           kind == EXPR_TEXT_SELECT;
}

Expr *expr_new(Arena *arena, ExprKind kind)
{
    Expr *expr = record_new(arena, expr_kind_record(kind));
    expr->kind = kind;
    if (expr_has_query(kind))
        expr->query = ARENA_NEW(arena, Query);
    return expr;
}

Expr *expr_with(Arena *arena, ExprKind kind, Type *type, Expr *a, Expr *b)
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
    copy->identity = expr_identity(expr);
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
    VEC_DUP(arena, &copy->correlate);
    VEC_DUP(arena, &copy->ctes);
    VEC_DUP(arena, &copy->prefix_dialects);
    VEC_DUP(arena, &copy->suffix_dialects);
    return copy;
}

static bool char_is_word(char c)
{
    return char_is_alnum(c) || c == '_' || (unsigned char)c >= 0x80;
}

/* The end of what is quoted at `at`: a string, an identifier or a comment. */
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
    } else {
        return at;
    }
    return end < 0 ? sql.len : (size_t)end + closing;
}

Str text_body_tag(Str sql)
{
    size_t end = 1;
    if (sql.len == 0 || sql.ptr[0] != '$')
        return STR("");
    while (end < sql.len && char_is_word(sql.ptr[end]))
        end++;
    if (end == sql.len || sql.ptr[end] != '$' || char_is_digit(sql.ptr[1]))
        return STR("");
    return str_slice(sql, 0, end + 1);
}

static bool text_body_at(Str sql, size_t at, size_t *end)
{
    if (sql.ptr[at] != '$' || (at && char_is_word(sql.ptr[at - 1])))
        return false;
    Str tag = text_body_tag(str_from_offset(sql, at));
    if (tag.len == 0)
        return false;
    ptrdiff_t closing = str_find(sql, tag, at + tag.len);
    *end = closing < 0 ? sql.len : (size_t)closing + tag.len;
    return true;
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
    if (text_body_at(sql, start, &end)) {
        *part = TEXT_BODY;
        *piece = str_slice(sql, start, end);
        *offset = end;
        return true;
    }
    if (text_bind_at(sql, start, &end)) {
        *part = TEXT_BIND;
        *piece = str_slice(sql, start + 1, end);
        *offset = end;
        return true;
    }
    size_t at = start;
    while (at < sql.len && !text_bind_at(sql, at, &end) && !text_body_at(sql, at, &end)) {
        size_t quoted = text_skip_quoted(sql, at);
        at = quoted > at ? quoted : at + 1;
    }
    *part = TEXT_PLAIN;
    *piece = str_slice(sql, start, at);
    *offset = at;
    return true;
}
