/* SPDX-License-Identifier: MIT */
#include "script/bind_shape.h"

#include <stdlib.h>

#include "py/obj_list.h"
#include "sql/dialect.h"

static Value text_or_none(Vm *vm, Str text)
{
    return str_given(text) ? make_str(vm, text) : VALUE_NONE;
}

Value shape_texts(Vm *vm, const StrVec *texts)
{
    Value list = make_list(vm, NULL, 0);
    VEC_EACH (const Str, text, texts)
        list_append(vm, list, make_str(vm, *text));
    return list;
}

static void set(Vm *vm, Value dict, const char *key, Value v)
{
    dict_set_str(vm, dict, str_from(key), v);
}

static Value option_texts(Vm *vm, const Options *options, const char *name)
{
    Value list = make_list(vm, NULL, 0);
    const Datum *datum = options_get(options, str_from(name));
    for (size_t i = 0; datum && datum->kind == DATUM_LIST && i < datum->list.len; i++)
        list_append(vm, list, make_str(vm, datum->list.items[i].text));
    return list;
}

static bool option_set(const Options *options, const char *name)
{
    const Datum *datum = options_get(options, str_from(name));
    return datum && datum->kind == DATUM_BOOL && datum->truth;
}

/* ---- columns ---- */

static Value default_text(Vm *vm, const Column *column)
{
    const Datum *given = &column->server_default;
    if (given->kind == DATUM_STR)
        return make_str(vm, given->text);
    if (default_kind(given) != DEFAULT_EXPR)
        return VALUE_NONE;
    return make_str(vm, ((const Expr *)given->record.object)->text);
}

static Value computed_dict(Vm *vm, const Computed *computed)
{
    Value dict = make_dict(vm);
    set(vm, dict, "sqltext", make_str(vm, computed->sqltext->text));
    set(vm, dict, "persisted", value_bool(computed->persisted == TRI_TRUE));
    return dict;
}

static Value identity_dict(Vm *vm, const SequenceOptions *options)
{
    const struct {
        const char *name;
        OptInt value;
    } numbers[] = {
        { "start", options->start },       { "increment", options->increment },
        { "minvalue", options->minvalue }, { "maxvalue", options->maxvalue },
        { "cache", options->cache },
    };
    Value dict = make_dict(vm);
    set(vm, dict, "always", value_bool(options->always == TRI_TRUE));
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        set(vm, dict, numbers[i].name, value_int(numbers[i].value.value));
    set(vm, dict, "cycle", value_bool(options->cycle == TRI_TRUE));
    return dict;
}

static Value column_dict(Vm *vm, const Dialect *dialect, const Table *table, Column *column)
{
    bool sqlite = dialect->id == DIALECT_SQLITE;
    Value dict = make_dict(vm);
    vm_push(vm, dict);
    set(vm, dict, "name", make_str(vm, column->name.text));
    set(vm, dict, "type",
        box(vm, column->type ? column->type : type_new(bind_arena(vm), TYPE_NULL)));
    set(vm, dict, "nullable", value_bool(column_nullable(column)));
    set(vm, dict, "default", default_text(vm, column));
    if (sqlite) {
        ptrdiff_t key = strvec_find(&table->primary_key->columns, column->key);
        set(vm, dict, "primary_key", value_int(key + 1));
    } else {
        set(vm, dict, "autoincrement", value_bool(column->autoincrement == AUTOINCREMENT_TRUE));
        set(vm, dict, "comment", text_or_none(vm, column->comment));
    }
    if (column->computed)
        set(vm, dict, "computed", computed_dict(vm, column->computed));
    if (column->identity)
        set(vm, dict, "identity", identity_dict(vm, &column->identity->options));
    vm_pop(vm, 1);
    return dict;
}

bool shape_columns(Vm *vm, const Dialect *dialect, const Table *table, Value *shape)
{
    *shape = make_list(vm, NULL, 0);
    vm_push(vm, *shape);
    VEC_EACH (Column *, column, &table->columns)
        list_append(vm, *shape, column_dict(vm, dialect, table, *column));
    vm_pop(vm, 1);
    return true;
}

/* ---- constraints ---- */

bool shape_primary_key(Vm *vm, const Dialect *dialect, const Table *table, Value *shape)
{
    const Constraint *key = table->primary_key;
    *shape = make_dict(vm);
    if (key->columns.len == 0) {
        set(vm, *shape, "name", VALUE_NONE);
        set(vm, *shape, "constrained_columns", make_list(vm, NULL, 0));
        return true;
    }
    set(vm, *shape, "constrained_columns", shape_texts(vm, &key->columns));
    set(vm, *shape, "name", text_or_none(vm, key->name.text));
    if (dialect->id == DIALECT_POSTGRESQL) {
        Value options = make_dict(vm);
        set(vm, options, "postgresql_include",
            option_texts(vm, &key->options, "postgresql_include"));
        set(vm, *shape, "comment", text_or_none(vm, key->comment));
        set(vm, *shape, "dialect_options", options);
    }
    return true;
}

static Value foreign_key_options(Vm *vm, const Constraint *key)
{
    Value options = make_dict(vm);
    if (str_given(key->onupdate))
        set(vm, options, "onupdate", make_str(vm, key->onupdate));
    if (str_given(key->ondelete))
        set(vm, options, "ondelete", make_str(vm, key->ondelete));
    if (str_given(key->initially))
        set(vm, options, "initially", make_str(vm, key->initially));
    if (key->deferrable != TRI_NONE)
        set(vm, options, "deferrable", value_bool(key->deferrable == TRI_TRUE));
    if (str_given(key->match))
        set(vm, options, "match", make_str(vm, key->match));
    return options;
}

static Value foreign_key_dict(Vm *vm, const Dialect *dialect, const Constraint *key)
{
    Value dict = make_dict(vm);
    set(vm, dict, "name", text_or_none(vm, key->name.text));
    set(vm, dict, "constrained_columns", shape_texts(vm, &key->columns));
    set(vm, dict, "referred_schema", text_or_none(vm, key->ref_schema));
    set(vm, dict, "referred_table", make_str(vm, key->ref_table));
    set(vm, dict, "referred_columns", shape_texts(vm, &key->ref_columns));
    set(vm, dict, "options", foreign_key_options(vm, key));
    if (dialect->id == DIALECT_POSTGRESQL)
        set(vm, dict, "comment", text_or_none(vm, key->comment));
    return dict;
}

static Value unique_dict(Vm *vm, const Dialect *dialect, const Constraint *unique)
{
    Value dict = make_dict(vm), columns = shape_texts(vm, &unique->columns);
    Value name = text_or_none(vm, unique->name.text);
    if (dialect->id != DIALECT_POSTGRESQL) {
        set(vm, dict, "name", name);
        set(vm, dict, "column_names", columns);
        return dict;
    }
    Value options = make_dict(vm);
    set(vm, options, "postgresql_include",
        option_texts(vm, &unique->options, "postgresql_include"));
    set(vm, options, "postgresql_nulls_not_distinct",
        value_bool(option_set(&unique->options, "postgresql_nulls_not_distinct")));
    set(vm, dict, "column_names", columns);
    set(vm, dict, "name", name);
    set(vm, dict, "comment", text_or_none(vm, unique->comment));
    set(vm, dict, "dialect_options", options);
    return dict;
}

static Value check_dict(Vm *vm, const Dialect *dialect, const Constraint *check)
{
    static const char *const words[][2] = { { "postgresql_not_valid", "not_valid" },
                                            { "postgresql_no_inherit", "no_inherit" } };
    Value dict = make_dict(vm), options = make_dict(vm);
    Value name = text_or_none(vm, check->name.text);
    Value text = check->sqltext ? make_str(vm, check->sqltext->text) : VALUE_NONE;
    if (dialect->id != DIALECT_POSTGRESQL) {
        set(vm, dict, "sqltext", text);
        set(vm, dict, "name", name);
        return dict;
    }
    set(vm, dict, "name", name);
    set(vm, dict, "sqltext", text);
    set(vm, dict, "comment", text_or_none(vm, check->comment));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (option_set(&check->options, words[i][0]))
            set(vm, options, words[i][1], value_bool(true));
    if (dict_len(options) > 0)
        set(vm, dict, "dialect_options", options);
    return dict;
}

typedef Value ConstraintDict(Vm *vm, const Dialect *dialect, const Constraint *constraint);

static Value constraint_list(Vm *vm, const Dialect *dialect, const Table *table,
                             ConstraintKind kind, ConstraintDict *dict, bool backwards)
{
    Value list = make_list(vm, NULL, 0);
    for (size_t i = 0; i < table->constraints.len; i++) {
        size_t at = backwards ? table->constraints.len - 1 - i : i;
        const Constraint *constraint = table->constraints.items[at];
        if (constraint->kind == kind)
            list_append(vm, list, dict(vm, dialect, constraint));
    }
    return list;
}

/* SQLite numbers foreign keys from the last one in the text to the first. */
bool shape_foreign_keys(Vm *vm, const Dialect *dialect, const Table *table, Value *shape)
{
    *shape = constraint_list(vm, dialect, table, CONSTRAINT_FOREIGN_KEY, foreign_key_dict,
                             dialect->id == DIALECT_SQLITE);
    return true;
}

bool shape_uniques(Vm *vm, const Dialect *dialect, const Table *table, Value *shape)
{
    *shape = constraint_list(vm, dialect, table, CONSTRAINT_UNIQUE, unique_dict, false);
    return true;
}

bool shape_checks(Vm *vm, const Dialect *dialect, const Table *table, Value *shape)
{
    *shape = constraint_list(vm, dialect, table, CONSTRAINT_CHECK, check_dict, false);
    return true;
}

bool shape_comment(Vm *vm, const Dialect *dialect, const Table *table, Value *shape)
{
    *shape = make_dict(vm);
    set(vm, *shape, "text", text_or_none(vm, table->comment));
    return true;
}

/* ---- indexes ---- */

/* The words of a part's order, as the inspector has them. */
static Value sorting(Vm *vm, const Expr *expr)
{
    Value words[2];
    size_t count = 0;
    for (; expr && expr->kind == EXPR_UNARY; expr = expr->args.items[0]) {
        const char *word = expr->op == OPERATOR_DESC          ? "desc"
                           : expr->op == OPERATOR_NULLS_FIRST ? "nulls_first"
                           : expr->op == OPERATOR_NULLS_LAST  ? "nulls_last"
                                                              : NULL;
        if (word && count < 2)
            words[count++] = make_strz(vm, word);
    }
    if (count == 2) {
        Value last = words[0];
        words[0] = words[1];
        words[1] = last;
    }
    return count ? make_tuple(vm, words, count) : VALUE_NONE;
}

/* What a part stands for without its order: a column's name, or the text of an expression. */
static Str part_text(const IndexPart *part, bool *column)
{
    const Expr *expr = part->expr;
    *column = true;
    if (!expr)
        return part->column;
    while (expr->kind == EXPR_UNARY)
        expr = expr->args.items[0];
    if (expr->kind == EXPR_COLUMN && expr->column)
        return expr->column->name.text;
    *column = false;
    return expr->text;
}

static void set_parts(Vm *vm, Value dict, const Index *index)
{
    Value names = make_list(vm, NULL, 0), expressions = make_list(vm, NULL, 0);
    Value orders = make_dict(vm);
    bool has_expression = false;
    VEC_EACH (const IndexPart, part, &index->parts) {
        bool column;
        Value text = make_str(vm, part_text(part, &column)), order = sorting(vm, part->expr);
        list_append(vm, names, column ? text : VALUE_NONE);
        list_append(vm, expressions, text);
        has_expression |= !column;
        if (!value_is_none(order))
            dict_set_str(vm, orders, part_text(part, &column), order);
    }
    set(vm, dict, "column_names", names);
    if (has_expression)
        set(vm, dict, "expressions", expressions);
    if (dict_len(orders) > 0)
        set(vm, dict, "column_sorting", orders);
}

static void set_option(Vm *vm, Value options, const Index *index, const char *name)
{
    const Datum *datum = options_get(&index->options, str_from(name));
    Value v;
    if (!datum)
        return;
    if (datum->kind == DATUM_MAP) {
        v = make_dict(vm);
        for (size_t i = 0; i < datum->map->len; i++)
            dict_set_str(vm, v, datum->map->entries[i].key,
                         make_str(vm, ((const Datum *)datum->map->entries[i].value)->text));
    } else if (datum->kind == DATUM_RECORD) {
        v = make_str(vm, ((const Expr *)datum->record.object)->text);
    } else {
        v = datum->kind == DATUM_BOOL ? value_bool(datum->truth) : make_str(vm, datum->text);
    }
    set(vm, options, name, v);
}

static Value postgresql_index(Vm *vm, const Index *index, bool of_constraint)
{
    Value dict = make_dict(vm), options = make_dict(vm);
    set(vm, dict, "name", text_or_none(vm, index->name.text));
    set(vm, dict, "unique", value_bool(index->unique == TRI_TRUE));
    set_parts(vm, dict, index);
    if (of_constraint)
        set(vm, dict, "duplicates_constraint", text_or_none(vm, index->name.text));
    set(vm, dict, "include_columns", option_texts(vm, &index->options, "postgresql_include"));
    set_option(vm, options, index, "postgresql_ops");
    set_option(vm, options, index, "postgresql_with");
    set_option(vm, options, index, "postgresql_using");
    set_option(vm, options, index, "postgresql_where");
    set(vm, options, "postgresql_include", option_texts(vm, &index->options, "postgresql_include"));
    set_option(vm, options, index, "postgresql_nulls_not_distinct");
    set(vm, dict, "dialect_options", options);
    return dict;
}

static Value sqlite_index(Vm *vm, const Index *index)
{
    Value dict = make_dict(vm), options = make_dict(vm);
    StrVec columns = index_columns(bind_arena(vm), index);
    const Datum *where = options_get(&index->options, STR("sqlite_where"));
    set(vm, dict, "name", text_or_none(vm, index->name.text));
    set(vm, dict, "column_names", shape_texts(vm, &columns));
    set(vm, dict, "unique", value_int(index->unique == TRI_TRUE));
    set(vm, dict, "dialect_options", options);
    if (where && where->kind == DATUM_RECORD) {
        const Expr *text = where->record.object;
        set(vm, options, "sqlite_where", box(vm, expr_text(bind_arena(vm), text->text)));
    }
    return dict;
}

static int by_name(const void *a, const void *b)
{
    const Index *const *x = a, *const *y = b;
    return str_cmp((*x)->name.text, (*y)->name.text);
}

/* SQLAlchemy's inspector leaves out what SQLite indexes by an expression. */
static bool hidden(const Dialect *dialect, const Index *index)
{
    if (dialect->id != DIALECT_SQLITE)
        return false;
    VEC_EACH (const IndexPart, part, &index->parts)
        if (part->expr)
            return true;
    return false;
}

bool shape_indexes(Vm *vm, const Dialect *dialect, const Table *table, Value *shape)
{
    Arena *arena = bind_arena(vm);
    IndexVec all = { 0 };
    VEC_EACH (Index *, index, &table->indexes)
        if (!hidden(dialect, *index))
            VEC_PUSH(arena, &all, *index);
    VEC_EACH (Index *, index, &table->constraint_indexes)
        VEC_PUSH(arena, &all, *index);
    if (all.len > 0)
        qsort(all.items, all.len, sizeof *all.items, by_name);
    *shape = make_list(vm, NULL, 0);
    vm_push(vm, *shape);
    VEC_EACH (Index *, index, &all) {
        bool made = false;
        VEC_EACH (Index *, each, &table->constraint_indexes)
            made |= *each == *index;
        list_append(vm, *shape,
                    dialect->id == DIALECT_POSTGRESQL ? postgresql_index(vm, *index, made)
                                                      : sqlite_index(vm, *index));
    }
    vm_pop(vm, 1);
    return true;
}

/* ---- types ---- */

static int by_schema(const void *a, const void *b)
{
    const ReflectedType *x = a, *y = b;
    int order = str_cmp(x->schema, y->schema);
    return order ? order : str_cmp(x->type->name.text, y->type->name.text);
}

typedef VEC(ReflectedType) ReflectedTypeVec;

static ReflectedTypeVec types_of(Vm *vm, const Reflection *reflection, TypeKind kind, Str schema)
{
    ReflectedTypeVec chosen = { 0 };
    VEC_EACH (const ReflectedType, type, &reflection->types) {
        bool here = !str_given(schema) ? type->visible
                                       : str_is(schema, "*") || str_eq(schema, type->schema);
        if (type->type->kind == kind && here)
            VEC_PUSH(bind_arena(vm), &chosen, *type);
    }
    if (chosen.len > 0)
        qsort(chosen.items, chosen.len, sizeof *chosen.items, by_schema);
    return chosen;
}

static Value type_dict(Vm *vm, const ReflectedType *type)
{
    Value dict = make_dict(vm);
    set(vm, dict, "name", make_str(vm, type->type->name.text));
    set(vm, dict, "schema", make_str(vm, type->schema));
    set(vm, dict, "visible", value_bool(type->visible));
    return dict;
}

Value shape_enums(Vm *vm, const Reflection *reflection, Str schema)
{
    Value list = make_list(vm, NULL, 0);
    ReflectedTypeVec chosen = types_of(vm, reflection, TYPE_PG_ENUM, schema);
    VEC_EACH (const ReflectedType, type, &chosen) {
        Value dict = type_dict(vm, type);
        set(vm, dict, "labels", shape_texts(vm, &type->type->values));
        list_append(vm, list, dict);
    }
    return list;
}

static Value check_list(Vm *vm, const DomainCheckVec *checks)
{
    Value list = make_list(vm, NULL, 0);
    VEC_EACH (const DomainCheck, check, checks) {
        Value dict = make_dict(vm);
        set(vm, dict, "name", make_str(vm, check->name));
        set(vm, dict, "check", make_str(vm, check->check));
        list_append(vm, list, dict);
    }
    return list;
}

/* "numeric(10,2)" is told as "numeric". */
static Str without_numbers(Arena *arena, Str text)
{
    ptrdiff_t open = str_find_char(text, '(', 0);
    ptrdiff_t close = open < 0 ? -1 : str_find_char(text, ')', (size_t)open);
    if (close < 0)
        return text;
    return str_concat(arena, str_slice(text, 0, (size_t)open),
                      str_from_offset(text, (size_t)close + 1));
}

Value shape_domains(Vm *vm, const Reflection *reflection, Str schema)
{
    Value list = make_list(vm, NULL, 0);
    ReflectedTypeVec chosen = types_of(vm, reflection, TYPE_PG_DOMAIN, schema);
    VEC_EACH (const ReflectedType, type, &chosen) {
        Value dict = type_dict(vm, type);
        const Datum *fallback = &type->type->domain_default;
        Str base = without_numbers(bind_arena(vm), type->base_text);
        bool has = fallback->kind == DATUM_RECORD;
        set(vm, dict, "type", make_str(vm, base));
        set(vm, dict, "nullable", value_bool(type->type->not_null != TRI_TRUE));
        set(vm, dict, "default",
            has ? make_str(vm, ((const Expr *)fallback->record.object)->text) : VALUE_NONE);
        set(vm, dict, "constraints", check_list(vm, &type->checks));
        set(vm, dict, "collation", text_or_none(vm, type->type->collation));
        list_append(vm, list, dict);
    }
    return list;
}
