/* SPDX-License-Identifier: MIT */
/* What is indexed, and how: parts, order, predicate, method, operator classes. */
#include "diff/diff_index.h"
#include "diff/diff_question.h"

/* A part without its order. */
typedef struct Part {
    const Column *column; /* or NULL: sql */
    Str sql;
    bool descending;
    Tri nulls_first;
} Part;

static void take_order(Part *part, Operator op)
{
    if (op == OPERATOR_DESC)
        part->descending = true;
    else if (op == OPERATOR_NULLS_FIRST)
        part->nulls_first = TRI_TRUE;
    else if (op == OPERATOR_NULLS_LAST)
        part->nulls_first = TRI_FALSE;
}

static bool is_order(const Expr *expr)
{
    return expr && expr->kind == EXPR_UNARY &&
           (expr->op == OPERATOR_DESC || expr->op == OPERATOR_ASC ||
            expr->op == OPERATOR_NULLS_FIRST || expr->op == OPERATOR_NULLS_LAST);
}

static const Expr *without_order(const IndexPart *from, Part *part)
{
    const Expr *expr = from->expr;
    for (; is_order(expr); expr = expr->args.items[0])
        take_order(part, expr->op);
    return expr;
}

static const Column *named_column(const Index *index, const Expr *expr)
{
    if (expr->kind != EXPR_COLUMN)
        return NULL;
    if (expr->column)
        return expr->column;
    return index->table ? table_column_named(index->table, expr->name.text) : NULL;
}

const Column *part_column(const Index *index, const IndexPart *from)
{
    Part part = { 0 };
    if (str_given(from->column))
        return index->table ? table_column(index->table, from->column) : NULL;
    const Expr *expr = without_order(from, &part);
    return expr ? named_column(index, expr) : NULL;
}

bool part_is_ordered(const IndexPart *part)
{
    return is_order(part->expr);
}

bool index_has_expressions(const Index *index)
{
    for (size_t i = 0; i < index->parts.len; i++) {
        const IndexPart *part = &index->parts.items[i];
        if (!part_column(index, part) || (is_order(part->expr) && !index->reflected))
            return true;
    }
    return false;
}

/* "x DESC" of a text(). */
static void order_of_text(Part *part)
{
    static const struct {
        const char *word;
        Operator op;
    } words[] = { { " nulls first", OPERATOR_NULLS_FIRST },
                  { " nulls last", OPERATOR_NULLS_LAST },
                  { " desc", OPERATOR_DESC },
                  { " asc", OPERATOR_ASC } };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        Str word = str_from(words[i].word);
        if (part->sql.len <= word.len)
            continue;
        Str end = str_from_offset(part->sql, part->sql.len - word.len);
        if (!str_eq_nocase(end, word))
            continue;
        take_order(part, words[i].op);
        part->sql = str_trim(str_slice(part->sql, 0, part->sql.len - word.len));
    }
}

static bool read_part(Diff *diff, const Index *index, size_t i, Part *part)
{
    const IndexPart *from = &index->parts.items[i];
    *part = (Part){ .column = part_column(index, from), .sql = STR_NONE };
    const Expr *expr = without_order(from, part);
    if (part->column || !expr)
        return true;
    if (!diff_expr_sql(diff, index->table, expr, &part->sql))
        return false;
    order_of_text(part);
    if (index->table)
        part->column = table_column_named(index->table, part->sql);
    return true;
}

static Str part_text(const Part *part)
{
    return part->column ? part->column->name.text : part->sql;
}

static bool parts_same(Diff *diff, const TablePair *pair, const Part *was, const Part *is,
                       bool *same)
{
    *same = str_eq(part_text(was), part_text(is));
    if (*same || was->column || is->column)
        return true;
    Question question = { .kind = QUESTION_INDEX, .text = is->sql, .against = was->sql };
    return diff_same(diff, pair->database, &question, same);
}

/* NULLS FIRST is what DESC means on PostgreSQL, and NULLS LAST what ASC means. */
static bool order_same(const Diff *diff, const Part *was, const Part *is)
{
    if (was->descending != is->descending)
        return false;
    if (!diff_is(diff, DIALECT_POSTGRESQL))
        return true;
    bool old = was->nulls_first == TRI_NONE ? was->descending : was->nulls_first == TRI_TRUE;
    bool new = is->nulls_first == TRI_NONE ? is->descending : is->nulls_first == TRI_TRUE;
    return old == new;
}

static void reason(Diff *diff, StrVec *reasons, const char *what, Str was, Str is)
{
    Str text = str_format(diff->arena, "%s %.*s to %.*s", what, STR_ARG(diff_repr(diff, was)),
                          STR_ARG(diff_repr(diff, is)));
    VEC_PUSH(diff->arena, reasons, text);
}

static bool compare_parts(Diff *diff, const TablePair *pair, const Index *was, const Index *is,
                          StrVec *reasons)
{
    if (was->parts.len != is->parts.len) {
        VEC_PUSH(
            diff->arena, reasons,
            str_format(diff->arena, "expression number %zu to %zu", was->parts.len, is->parts.len));
        return true;
    }
    for (size_t i = 0; i < was->parts.len; i++) {
        Part old, new;
        bool same;
        if (!read_part(diff, was, i, &old) || !read_part(diff, is, i, &new) ||
            !parts_same(diff, pair, &old, &new, &same))
            return false;
        Str what = str_format(diff->arena, "expression #%zu", i + 1);
        if (!same)
            reason(diff, reasons, what.ptr, part_text(&old), part_text(&new));
        else if (diff_extra(diff) && !order_same(diff, &old, &new))
            VEC_PUSH(diff->arena, reasons, str_format(diff->arena, "order of %.*s", STR_ARG(what)));
    }
    return true;
}

/* --- options --- */

static const Datum *option_of(Diff *diff, const Options *options, const char *name)
{
    Str key = str_format(diff->arena, "%s_%s", diff->options->dialect->name, name);
    const Datum *value = options_get(options, key);
    return value && value->kind != DATUM_NONE ? value : NULL;
}

static bool option_true(Diff *diff, const Options *options, const char *name)
{
    const Datum *value = option_of(diff, options, name);
    return value && datum_is_true(value);
}

static Str option_text(Diff *diff, const Options *options, const char *name, Str fallback)
{
    const Datum *value = option_of(diff, options, name);
    return value && value->kind == DATUM_STR ? str_lower_ascii(diff->arena, value->text) : fallback;
}

static bool option_sql(Diff *diff, const Index *index, const char *name, Str *sql)
{
    const Datum *value = option_of(diff, &index->options, name);
    *sql = STR_NONE;
    if (!value)
        return true;
    Ddl ddl = ddl_begin(diff->arena, diff->options->dialect, diff->err);
    ddl.calls = diff->options->calls;
    ddl_start(&ddl);
    ddl_put_datum_expr(&ddl, value);
    *sql = sql_take(&ddl.sql);
    return !error_set(diff->err);
}

static bool compare_where(Diff *diff, const TablePair *pair, const Index *was, const Index *is,
                          StrVec *reasons)
{
    Str old, new;
    bool same = true;
    if (!option_sql(diff, was, "where", &old) || !option_sql(diff, is, "where", &new))
        return false;
    Question question = { .kind = QUESTION_WHERE, .text = new, .against = old };
    if (str_given(old) && str_given(new) && !diff_same(diff, pair->database, &question, &same))
        return false;
    if (!same || str_given(old) != str_given(new))
        reason(diff, reasons, "where", old, new);
    return true;
}

/* Column names of a list, by name rather than key. */
static StrVec option_names(Diff *diff, const Table *table, const Options *options, const char *name)
{
    StrVec names = { 0 };
    const Datum *list = option_of(diff, options, name);
    for (size_t i = 0; list && list->kind == DATUM_LIST && i < list->list.len; i++) {
        const Datum *item = &list->list.items[i];
        Str key = STR("");
        if (item->kind == DATUM_STR)
            key = item->text;
        else if (item->kind == DATUM_RECORD && record_is(item->record.record, &column_record))
            key = ((const Column *)item->record.object)->key;
        const Column *column = table ? table_column(table, key) : NULL;
        VEC_PUSH(diff->arena, &names, column ? column->name.text : key);
    }
    return names;
}

/* The operator class that a type has without being asked: text_ops, int4_ops. */
static bool is_default_class(Str name)
{
    return str_ends(name, STR("_ops")) && str_find_char(name, '_', 0) == (ptrdiff_t)name.len - 4;
}

static Str class_of(Diff *diff, const Index *index, const IndexPart *part)
{
    const Datum *classes = option_of(diff, &index->options, "ops");
    const Column *column = part_column(index, part);
    if (!classes || classes->kind != DATUM_MAP)
        return STR("");
    const Datum *found = NULL;
    if (column) {
        found = map_get(classes->map, column->key);
        if (!found)
            found = map_get(classes->map, column->name.text);
    } else if (part->expr && part->expr->kind == EXPR_LABEL) {
        found = map_get(classes->map, part->expr->name.text);
    }
    bool plain = !found || found->kind != DATUM_STR || is_default_class(found->text);
    return plain ? STR("") : found->text;
}

static void compare_classes(Diff *diff, const Index *was, const Index *is, StrVec *reasons)
{
    for (size_t i = 0; i < was->parts.len && i < is->parts.len; i++) {
        Str old = class_of(diff, was, &was->parts.items[i]);
        Str new = class_of(diff, is, &is->parts.items[i]);
        bool known = part_column(was, &was->parts.items[i]) != NULL;
        if (known && !str_eq(old, new))
            reason(diff, reasons, "operator class", old, new);
    }
}

static void compare_nulls(Diff *diff, const Options *was, const Options *is, StrVec *reasons)
{
    bool old = option_true(diff, was, "nulls_not_distinct");
    bool new = option_true(diff, is, "nulls_not_distinct");
    if (old != new)
        VEC_PUSH(diff->arena, reasons,
                 str_format(diff->arena, "nulls_not_distinct=%s to nulls_not_distinct=%s",
                            old ? "True" : "False", new ? "True" : "False"));
}

/* What Alembic does not look at. */
static bool compare_options(Diff *diff, const TablePair *pair, const Index *was, const Index *is,
                            StrVec *reasons)
{
    if (!compare_where(diff, pair, was, is, reasons))
        return false;
    if (!diff_is(diff, DIALECT_POSTGRESQL))
        return true;
    Str old = option_text(diff, &was->options, "using", STR("btree"));
    Str new = option_text(diff, &is->options, "using", STR("btree"));
    if (!str_eq(old, new))
        reason(diff, reasons, "method", old, new);
    StrVec here = option_names(diff, was->table, &was->options, "include");
    StrVec there = option_names(diff, is->table, &is->options, "include");
    old = strvec_join(diff->arena, &here, STR(", "));
    new = strvec_join(diff->arena, &there, STR(", "));
    if (!str_eq(old, new))
        reason(diff, reasons, "include", old, new);
    compare_classes(diff, was, is, reasons);
    return true;
}

bool index_differences(Diff *diff, const TablePair *pair, const Entry *database, const Entry *model,
                       StrVec *reasons)
{
    const Index *was = database->index, *is = model->index;
    bool old = was->unique == TRI_TRUE, new = is->unique == TRI_TRUE;
    if (old != new)
        VEC_PUSH(diff->arena, reasons,
                 str_format(diff->arena, "unique=%s to unique=%s", old ? "True" : "False",
                            new ? "True" : "False"));
    if (!compare_parts(diff, pair, was, is, reasons))
        return false;
    if (diff_is(diff, DIALECT_POSTGRESQL))
        compare_nulls(diff, &was->options, &is->options, reasons);
    return !diff_extra(diff) || compare_options(diff, pair, was, is, reasons);
}

static Str timing(Diff *diff, const Constraint *unique)
{
    Str initially =
        str_given(unique->initially) ? str_lower_ascii(diff->arena, unique->initially) : STR("");
    if (str_is(initially, "deferred"))
        return initially;
    return unique->deferrable == TRI_TRUE ? STR("deferrable") : STR("");
}

bool unique_differences(Diff *diff, const Entry *database, const Entry *model, StrVec *reasons)
{
    const Constraint *was = database->unique, *is = model->unique;
    StrVec old = diff_sorted(diff, &database->columns), new = diff_sorted(diff, &model->columns);
    Str left = diff_repr_tuple(diff, &old), right = diff_repr_tuple(diff, &new);
    if (!str_eq(left, right))
        VEC_PUSH(diff->arena, reasons,
                 str_format(diff->arena, "expression %.*s to %.*s", STR_ARG(left), STR_ARG(right)));
    if (diff_is(diff, DIALECT_POSTGRESQL)) {
        compare_nulls(diff, &was->options, &is->options, reasons);
        if (diff_extra(diff) && !str_eq(timing(diff, was), timing(diff, is)))
            reason(diff, reasons, "timing", timing(diff, was), timing(diff, is));
    }
    return true;
}
