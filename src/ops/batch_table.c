/* SPDX-License-Identifier: MIT */
#include "ops/batch_table.h"

#include "sql/sqlite_reflect.h"

/* ---- finding ---- */

static ptrdiff_t find_column(const BatchTable *table, Str name)
{
    for (size_t i = 0; i < table->columns.len; i++)
        if (str_eq(table->columns.items[i].column->name.text, name))
            return (ptrdiff_t)i;
    for (size_t i = 0; i < table->columns.len; i++)
        if (str_given(table->columns.items[i].alias) && str_eq(table->columns.items[i].alias, name))
            return (ptrdiff_t)i;
    return -1;
}

static bool need_column(const BatchTable *table, Str name, size_t *index, Error *err)
{
    ptrdiff_t found = find_column(table, name);
    if (found < 0)
        return fail(err, ERR_SCHEMA, "KeyError: no column '%.*s' in table '%.*s'", STR_ARG(name),
                    STR_ARG(table->batch->table.name.text));
    *index = (size_t)found;
    return true;
}

static Constraint *primary_key(const BatchTable *table)
{
    VEC_EACH(Constraint *, constraint, &table->constraints)
        if ((*constraint)->kind == CONSTRAINT_PRIMARY_KEY)
            return *constraint;
    return NULL;
}

static void remove_constraint(BatchTable *table, size_t index)
{
    ConstraintVec *list = &table->constraints;
    memmove(&list->items[index], &list->items[index + 1],
            (list->len - index - 1) * sizeof *list->items);
    list->len--;
}

static bool names_column(const StrVec *names, Str name)
{
    return strvec_find(names, name) >= 0;
}

static Str check_text(const Constraint *constraint)
{
    if (constraint->sqltext_given.kind == DATUM_STR)
        return constraint->sqltext_given.text;
    return constraint->sqltext ? constraint->sqltext->text : STR("");
}

/* ---- taking over the old table ---- */

/* Keys, indexes and references are in the lists; the flags that would make them again go. */
static Column *bare_copy(Arena *arena, const Column *from)
{
    Column *column = column_copy(arena, from);
    column->foreign_keys = (ForeignKeyVec){ 0 };
    column->unique = column->index = TRI_NONE;
    if (column->primary_key == TRI_TRUE && column->nullable == TRI_NONE)
        column->nullable = TRI_FALSE;
    column->primary_key = TRI_FALSE;
    column->key = column->name.text;
    return column;
}

/* DEFAULT of what is no literal needs brackets. */
static void put_brackets(Arena *arena, Column *column)
{
    Datum *given = &column->server_default;
    if (!column->reflected || column->computed || given->kind != DATUM_RECORD)
        return;
    Expr *expr = given->record.object;
    Str text = expr->text;
    bool quoted = text.len > 1 && (text.ptr[0] == '\'' || text.ptr[0] == '"');
    if (quoted ? sqlite_is_literal(text) : text.len == 1 && char_is_digit(text.ptr[0]))
        return;
    expr = expr_literal_column(arena, str_format(arena, "(%.*s)", STR_ARG(text)), NULL);
    given->record.object = expr;
}

static void take_column(BatchTable *table, const Column *from)
{
    Column *column = bare_copy(table->arena, from);
    if (from->reflected)
        put_brackets(table->arena, column);
    BatchColumn row = {
        .column = column,
        .key = column->name.text,
        .source = column->name.text,
        .alias = STR_NONE,
        .old_type = column->type,
    };
    VEC_PUSH(table->arena, &table->columns, row);
    VEC_PUSH(table->arena, &table->order.existing, row.key);
}

/* naming_convention= gives names to what has none, so that it can be dropped. */
static bool name_constraint(BatchTable *table, Constraint *constraint, Error *err)
{
    if (name_given(constraint->name) || !table->convention || constraint->kind == CONSTRAINT_CHECK)
        return true;
    Naming naming = { .metadata = table->convention, .calls = table->runner->calls };
    Name name;
    if (!naming_constraint(table->arena, &naming, constraint, &name, err))
        return false;
    constraint->name = name;
    constraint->name.final = true;
    return true;
}

static bool take_constraint(BatchTable *table, const Constraint *from, Error *err)
{
    if (from->of_type || (from->columns.len == 0 && from->kind == CONSTRAINT_PRIMARY_KEY))
        return true;
    Constraint *constraint = constraint_copy(table->arena, from);
    constraint->table = from->table;
    if (!name_constraint(table, constraint, err))
        return false;
    constraint->of_column = from->of_column;
    constraint->table = NULL;
    VEC_PUSH(table->arena, &table->constraints, constraint);
    return true;
}

static bool take_old(BatchTable *table, Error *err)
{
    const Table *old = table->old;
    VEC_EACH(Column *, column, &old->columns)
        take_column(table, *column);
    if (!take_constraint(table, old->primary_key, err))
        return false;
    VEC_EACH(Constraint *, constraint, &old->constraints)
        if (*constraint != old->primary_key && !take_constraint(table, *constraint, err))
            return false;
    VEC_EACH(Index *, index, &old->indexes)
        VEC_PUSH(table->arena, &table->indexes, index_copy(table->arena, *index));
    return true;
}

static void add_new_column(BatchTable *table, Column *column)
{
    BatchColumn row = {
        .column = column, .key = column->name.text, .source = STR_NONE, .alias = STR_NONE
    };
    VEC_PUSH(table->arena, &table->columns, row);
}

/* A Column of reflect_args stands for the reflected one; other items are added. */
static bool take_item(BatchTable *table, const Datum *item, bool replace, Error *err)
{
    if (item->kind != DATUM_RECORD)
        return fail(err, ERR_SCHEMA,
                    "table_args and reflect_args take Columns, constraints and "
                    "indexes");
    const Record *record = item->record.record;
    if (record_is(record, &constraint_record))
        return take_constraint(table, item->record.object, err);
    if (record_is(record, &index_record)) {
        VEC_PUSH(table->arena, &table->new_indexes, index_copy(table->arena, item->record.object));
        return true;
    }
    if (!record_is(record, &column_record))
        return fail(err, ERR_SCHEMA, "table_args and reflect_args cannot take %s", record->name);
    const Column *given = item->record.object;
    ptrdiff_t place = find_column(table, given->name.text);
    if (replace && place >= 0)
        table->columns.items[place].column = bare_copy(table->arena, given);
    if (replace && place >= 0)
        return true;
    add_new_column(table, column_copy(table->arena, given));
    order_add(&table->order, given->name.text, STR_NONE, STR_NONE);
    return true;
}

static bool take_items(BatchTable *table, const Datum *items, bool replace, Error *err)
{
    if (items->kind != DATUM_LIST)
        return items->kind == DATUM_NONE || take_item(table, items, replace, err);
    for (size_t i = 0; i < items->list.len; i++)
        if (!take_item(table, &items->list.items[i], replace, err))
            return false;
    return true;
}

static bool check_reflect_kwargs(const Batch *batch, Error *err)
{
    const Datum *given = &batch->reflect_kwargs;
    if (given->kind != DATUM_MAP || given->map->len == 0)
        return true;
    Str name = given->map->entries[0].key;
    fail(err, ERR_UNSUPPORTED, "batch_alter_table(reflect_kwargs={'%.*s': ...}) is not there yet",
         STR_ARG(name));
    return error_remedy(err,
                        "give the columns concerned in reflect_args, or the table in copy_from");
}

bool batch_table_begin(BatchTable *table, Error *err)
{
    const Batch *batch = table->batch;
    const Datum *reordering = &batch->partial_reordering;
    table->order.arena = table->arena;
    table->order.partial = reordering->kind == DATUM_LIST && reordering->list.len > 0;
    return take_old(table, err) && check_reflect_kwargs(batch, err) &&
           take_items(table, &batch->reflect_args, true, err) &&
           take_items(table, &batch->table_args, false, err);
}

void batch_table_renamed(BatchTable *table, Str from, Str to)
{
    VEC_EACH(BatchColumn, row, &table->columns) {
        if (str_eq(row->column->name.text, to))
            row->alias = from;
        if (str_given(row->source) && str_eq(row->source, from))
            row->source = to;
    }
}

/* ---- columns ---- */

/* The key of a column that another is to stand by; STR_NONE stays so. */
static bool find_key(const BatchTable *table, Str name, Str *key, Error *err)
{
    size_t index;
    *key = STR_NONE;
    if (!str_given(name))
        return true;
    if (!need_column(table, name, &index, err))
        return false;
    *key = table->columns.items[index].key;
    return true;
}

static bool place_column(BatchTable *table, const AddColumn *op, Str name, Error *err)
{
    Str before, after;
    if (!find_key(table, op->insert_before, &before, err) ||
        !find_key(table, op->insert_after, &after, err))
        return false;
    order_add(&table->order, name, before, after);
    return true;
}

static bool add_column(BatchTable *table, const AddColumn *op, Error *err)
{
    Column *column = column_copy(table->arena, op->column);
    ptrdiff_t existing = find_column(table, column->name.text);
    if (existing >= 0 && op->if_not_exists == TRI_TRUE)
        return true;
    if (existing >= 0) {
        BatchColumn *row = &table->columns.items[existing];
        row->column = column;
        return true;
    }
    if (!place_column(table, op, column->name.text, err))
        return false;
    add_new_column(table, column);
    if (column->primary_key != TRI_TRUE)
        return true;
    Constraint *key = primary_key(table);
    column->primary_key = TRI_FALSE;
    column->nullable = TRI_FALSE;
    if (!key) {
        key = constraint_new(table->arena, CONSTRAINT_PRIMARY_KEY, (Name){ 0 });
        VEC_PUSH(table->arena, &table->constraints, key);
    }
    strvec_add(table->arena, &key->columns, column->key);
    return true;
}

static void remove_at(StrVec *names, size_t index)
{
    if (index >= names->len)
        return;
    memmove(&names->items[index], &names->items[index + 1],
            (names->len - index - 1) * sizeof *names->items);
    names->len--;
}

static void remove_from_key(Constraint *key, Str name)
{
    ptrdiff_t index = strvec_find(&key->columns, name);
    if (index < 0)
        return;
    remove_at(&key->columns, (size_t)index);
    remove_at(&key->column_words, (size_t)index);
    key->inline_ = key->inline_ && index > 0;
}

/*
 * What cannot stand without the column: what lists it, its own CHECKs, unnamed CHECKs that use
 * it.
 */
static bool falls_with(const Constraint *constraint, const Column *column)
{
    Str name = column->name.text;
    if (constraint->kind != CONSTRAINT_CHECK)
        return names_column(&constraint->columns, name);
    if (constraint->of_column && str_eq(constraint->of_column->name.text, name))
        return true;
    return !name_given(constraint->name) && sqlite_mentions(check_text(constraint), name);
}

static void drop_parts(BatchTable *table, const Column *column)
{
    Constraint *key = primary_key(table);
    if (key)
        remove_from_key(key, column->name.text);
    for (size_t i = table->constraints.len; i-- > 0;) {
        const Constraint *constraint = table->constraints.items[i];
        bool empty_key = constraint == key && key->columns.len == 0;
        if (empty_key || (constraint != key && falls_with(constraint, column)))
            remove_constraint(table, i);
    }
    size_t kept = 0;
    for (size_t i = 0; i < table->indexes.len; i++) {
        Index *index = table->indexes.items[i];
        bool lists = false;
        VEC_EACH(const IndexPart, part, &index->parts)
            lists = lists || (str_given(part->column) && str_eq(part->column, column->name.text));
        if (!lists)
            table->indexes.items[kept++] = index;
    }
    table->indexes.len = kept;
}

static bool drop_column(BatchTable *table, const DropColumn *op, Error *err)
{
    size_t index;
    if (op->if_exists == TRI_TRUE && find_column(table, op->column.text) < 0)
        return true;
    if (!need_column(table, op->column.text, &index, err))
        return false;
    BatchColumn row = table->columns.items[index];
    drop_parts(table, row.column);
    order_drop(&table->order, row.key);
    if (str_given(row.source))
        VEC_PUSH(table->arena, &table->dropped, row.source);
    memmove(&table->columns.items[index], &table->columns.items[index + 1],
            (table->columns.len - index - 1) * sizeof row);
    table->columns.len--;
    return true;
}

/* ---- alter_column ---- */

/* The class right below TypeEngine: String for VARCHAR, Integer for BIGINT. */
static TypeKind affinity(const Type *type)
{
    while (type && type_is(type, TYPE_DECORATOR) && type->impl)
        type = type->impl;
    if (!type)
        return TYPE_NULL;
    for (TypeKind kind = TYPE_ENGINE; kind < TYPE_KIND_COUNT; kind++) {
        const Record *base = type_classes[kind].record.base;
        if (kind != TYPE_ENGINE && base == &type_classes[TYPE_ENGINE].record &&
            type_kind_is(type->kind, kind))
            return kind;
    }
    return type->kind;
}

/*
 * JSON is text already. SQLite's CAST to a date would cut it down to its year, so that dates and
 * times stay as they are.
 */
static bool wants_cast(const Type *from, const Type *to)
{
    static const TypeKind kept[] = { TYPE_JSON, TYPE_DATE, TYPE_TIME, TYPE_DATE_TIME,
                                     TYPE_INTERVAL };
    TypeKind target = affinity(to);
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (target == kept[i])
            return false;
    return affinity(from) != target;
}

/* "on_ IN (0, 1)": what Boolean and Enum make for their column. */
static bool is_value_check(Str text, Str column)
{
    Arena *arena = arena_new(NULL);
    Str plain = str_replace(arena, str_trim(text), STR("\""), STR(""));
    Str start = str_format(arena, "%.*s IN (", STR_ARG(column));
    bool is = str_eq_nocase(str_slice(plain, 0, start.len), start) && str_ends(plain, STR(")")) &&
              str_find(plain, STR(" AND "), 0) < 0 && str_find(plain, STR(" OR "), 0) < 0;
    arena_free(arena);
    return is;
}

static const Type *with_check(const Type *type)
{
    while (type && type_is(type, TYPE_DECORATOR) && type->impl)
        type = type->impl;
    bool may = type && (type_is(type, TYPE_BOOLEAN) || type_is(type, TYPE_ENUM));
    return may ? type : NULL;
}

/* The CHECK of the type that goes: by the name that existing_type gives, or an unnamed one. */
static void drop_type_check(BatchTable *table, const AlterColumn *op, const Column *column)
{
    const Type *existing = with_check(op->existing_type);
    bool named = existing && existing->create_constraint == TRI_TRUE && name_given(existing->name);
    for (size_t i = table->constraints.len; i-- > 0;) {
        const Constraint *constraint = table->constraints.items[i];
        if (constraint->kind != CONSTRAINT_CHECK)
            continue;
        bool by_name = named && str_eq(constraint->name.text, existing->name.text);
        bool by_text = !name_given(constraint->name) &&
                       is_value_check(check_text(constraint), column->name.text);
        if (by_name || by_text)
            remove_constraint(table, i);
    }
}

static void set_type(BatchTable *table, const AlterColumn *op, BatchColumn *row)
{
    Column *column = row->column;
    drop_type_check(table, op, column);
    Str collation = column->type ? column->type->collation : STR_NONE;
    bool reflected = column->type && str_given(column->type->declared);
    if (str_given(row->source) && wants_cast(row->old_type, op->type))
        row->cast = true;
    column->type = op->type;
    if (!reflected || !str_given(collation) || str_given(op->type->collation) ||
        affinity(op->type) != TYPE_STRING)
        return;
    column->type = type_copy(table->arena, op->type);
    column->type->collation = collation;
}

static void rename_in(StrVec *names, Str from, Str to)
{
    VEC_EACH(Str, name, names)
        if (str_eq(*name, from))
            *name = to;
}

static Expr *rename_in_expr(BatchTable *table, const Expr *expr, Str from, Str to)
{
    if (!expr || (expr->kind != EXPR_LITERAL_COLUMN && expr->kind != EXPR_TEXT))
        return NULL;
    Str quoted = dialect_quote(table->arena, table->runner->dialect, name_from(to));
    Expr *copy = expr_copy(table->arena, expr);
    copy->text = sqlite_replace_word(table->arena, expr->text, from, quoted);
    return copy;
}

static void rename_in_constraint(BatchTable *table, Constraint *constraint, Str from, Str to)
{
    rename_in(&constraint->columns, from, to);
    bool own = constraint->kind == CONSTRAINT_FOREIGN_KEY &&
               str_eq(constraint->ref_table, table->batch->table.name.text);
    if (own)
        rename_in(&constraint->ref_columns, from, to);
    Expr *check = rename_in_expr(table, constraint->sqltext, from, to);
    if (!check)
        return;
    constraint->sqltext = check;
    constraint->sqltext_given = datum_str(check->text);
}

static void rename_in_index(BatchTable *table, Index *index, Str from, Str to)
{
    VEC_EACH(IndexPart, part, &index->parts) {
        if (str_given(part->column) && str_eq(part->column, from))
            part->column = to;
        Expr *expr = rename_in_expr(table, part->expr, from, to);
        if (expr)
            part->expr = expr;
    }
}

static void rename_column(BatchTable *table, BatchColumn *row, Name to)
{
    Str from = row->column->name.text;
    if (str_eq(from, to.text))
        return;
    row->alias = from;
    row->column->name = to;
    row->column->key = to.text;
    VEC_EACH(Constraint *, constraint, &table->constraints)
        rename_in_constraint(table, *constraint, from, to.text);
    VEC_EACH(Index *, index, &table->indexes)
        rename_in_index(table, *index, from, to.text);
}

static void set_default(Column *column, const Datum *given)
{
    if (given->kind == DATUM_BOOL && !given->truth)
        return;
    const Record *record = given->kind == DATUM_RECORD ? given->record.record : NULL;
    column->server_default = *given;
    column->computed = record_is(record, &computed_record) ? given->record.object : NULL;
    column->identity = record_is(record, &identity_record) ? given->record.object : NULL;
}

static bool alter_column(BatchTable *table, const AlterColumn *op, Error *err)
{
    size_t index;
    if (!need_column(table, op->column.text, &index, err))
        return false;
    BatchColumn *row = &table->columns.items[index];
    Column *column = row->column;
    if (op->type)
        set_type(table, op, row);
    if (op->nullable != TRI_NONE)
        column->nullable = op->nullable;
    set_default(column, &op->server_default);
    if (op->autoincrement.kind == DATUM_BOOL)
        column->autoincrement = op->autoincrement.truth ? AUTOINCREMENT_TRUE : AUTOINCREMENT_FALSE;
    if (op->comment.kind == DATUM_STR)
        column->comment = op->comment.text;
    if (name_given(op->new_name))
        rename_column(table, row, op->new_name);
    return true;
}

/* ---- constraints and indexes ---- */

static bool no_name(Error *err)
{
    fail(err, ERR_SCHEMA, "ValueError: Constraint must have a name");
    return error_remedy(err, "give a name, so that the constraint can be dropped later");
}

static bool add_constraint(BatchTable *table, const CreateConstraint *op, Error *err)
{
    Constraint *constraint;
    Name name;
    if (!create_constraint_constraint(table->arena, op, &constraint, err))
        return false;
    if (!naming_constraint(table->arena, &table->runner->naming, constraint, &name, err))
        return false;
    if (!name_given(name) && constraint->kind != CONSTRAINT_PRIMARY_KEY)
        return no_name(err);
    constraint = constraint_copy(table->arena, constraint);
    constraint->name = name;
    constraint->name.final = true;
    if (constraint->kind == CONSTRAINT_PRIMARY_KEY)
        for (size_t i = table->constraints.len; i-- > 0;)
            if (table->constraints.items[i]->kind == CONSTRAINT_PRIMARY_KEY)
                remove_constraint(table, i);
    VEC_PUSH(table->arena, &table->constraints, constraint);
    return true;
}

static ptrdiff_t find_constraint(const BatchTable *table, Str name)
{
    for (size_t i = 0; i < table->constraints.len; i++) {
        Name own = table->constraints.items[i]->name;
        if (name_given(own) && str_eq(own.text, name))
            return (ptrdiff_t)i;
    }
    return -1;
}

static bool type_check_of(const BatchTable *table, Str name, BatchColumn **found)
{
    VEC_EACH(BatchColumn, row, &table->columns) {
        const Type *type = with_check(row->column->type);
        bool makes = type && type->create_constraint == TRI_TRUE;
        if (makes && name_given(type->name) && str_eq(type->name.text, name)) {
            *found = row;
            return true;
        }
    }
    return false;
}

/* Of a primary key there is but one: it needs no name. */
static bool drop_unnamed(BatchTable *table, const DropConstraint *op, Error *err)
{
    for (size_t i = 0; i < table->constraints.len; i++) {
        if (!str_is(op->type, "primary") ||
            table->constraints.items[i]->kind != CONSTRAINT_PRIMARY_KEY)
            continue;
        remove_constraint(table, i);
        return true;
    }
    return no_name(err);
}

static bool drop_constraint(BatchTable *table, const DropConstraint *op, Error *err)
{
    Str given = op->name.text;
    if (!name_given(op->name))
        return drop_unnamed(table, op, err);
    ptrdiff_t index = find_constraint(table, given);
    Constraint *constraint;
    Name name;
    if (index < 0) {
        if (!drop_constraint_constraint(table->arena, op, &constraint, err) ||
            !naming_constraint(table->arena, &table->runner->naming, constraint, &name, err))
            return false;
        index = find_constraint(table, name.text);
    }
    BatchColumn *row;
    if (index >= 0) {
        remove_constraint(table, (size_t)index);
    } else if (type_check_of(table, given, &row)) {
        row->column->type = type_copy(table->arena, row->column->type);
        row->column->type->create_constraint = TRI_FALSE;
    } else if (op->if_exists != TRI_TRUE) {
        return fail(err, ERR_SCHEMA, "ValueError: No such constraint: '%.*s'", STR_ARG(given));
    }
    return true;
}

static bool has_index(const IndexVec *list, Str name)
{
    VEC_EACH(Index *, index, list)
        if (str_eq((*index)->name.text, name))
            return true;
    return false;
}

static bool create_index(BatchTable *table, const CreateIndex *op, Error *err)
{
    Index *index;
    if (!create_index_index(table->arena, op, &index, err))
        return false;
    index = index_copy(table->arena, index);
    if (op->if_not_exists == TRI_TRUE && has_index(&table->indexes, op->name.text))
        return true;
    VEC_PUSH(table->arena, &table->new_indexes, index);
    return true;
}

static bool remove_index(IndexVec *list, Str name)
{
    for (size_t i = 0; i < list->len; i++) {
        if (!str_eq(list->items[i]->name.text, name))
            continue;
        memmove(&list->items[i], &list->items[i + 1], (list->len - i - 1) * sizeof *list->items);
        list->len--;
        return true;
    }
    return false;
}

static bool drop_index(BatchTable *table, const DropIndex *op, Error *err)
{
    Index *index;
    Name name;
    Str given = op->name.text;
    if (remove_index(&table->indexes, given) || remove_index(&table->new_indexes, given))
        return true;
    if (!drop_index_index(table->arena, op, &index, err) ||
        !naming_index(table->arena, &table->runner->naming, index, &name, err))
        return false;
    if (name_given(name) &&
        (remove_index(&table->indexes, name.text) || remove_index(&table->new_indexes, name.text)))
        return true;
    return op->if_exists == TRI_TRUE ||
           fail(err, ERR_SCHEMA, "ValueError: No such index: '%.*s'", STR_ARG(given));
}

bool batch_table_apply(BatchTable *table, const Op *op, bool *known, Error *err)
{
    const void *any = op;
    OpKind kind = op_kind(op);
    *known = true;
    if (kind == OP_ADD_COLUMN)
        return add_column(table, any, err);
    if (kind == OP_DROP_COLUMN)
        return drop_column(table, any, err);
    if (kind == OP_ALTER_COLUMN)
        return alter_column(table, any, err);
    if (kind == OP_CREATE_PRIMARY_KEY || kind == OP_CREATE_FOREIGN_KEY ||
        kind == OP_CREATE_UNIQUE || kind == OP_CREATE_CHECK)
        return add_constraint(table, any, err);
    if (kind == OP_DROP_CONSTRAINT)
        return drop_constraint(table, any, err);
    if (kind == OP_CREATE_INDEX)
        return create_index(table, any, err);
    if (kind == OP_DROP_INDEX)
        return drop_index(table, any, err);
    *known = kind == OP_CREATE_TABLE_COMMENT || kind == OP_DROP_TABLE_COMMENT;
    return true;
}

/* ---- the new table ---- */

/* partial_reordering: tuples of names, each of which stands behind the one before it. */
static bool take_chain(BatchTable *table, const Datum *chain, Error *err)
{
    Str last = STR_NONE, key;
    if (chain->kind != DATUM_LIST)
        return fail(err, ERR_SCHEMA, "partial_reordering takes tuples of column names");
    for (size_t i = 0; i < chain->list.len; i++) {
        if (chain->list.items[i].kind != DATUM_STR)
            return fail(err, ERR_SCHEMA, "partial_reordering takes tuples of column names");
        if (!find_key(table, chain->list.items[i].text, &key, err))
            return false;
        if (str_given(last))
            order_pair(&table->order, last, key);
        last = key;
    }
    return true;
}

static bool reorder(BatchTable *table, Error *err)
{
    const Datum *given = &table->batch->partial_reordering;
    size_t count = table->columns.len, *places = ARENA_ARRAY(table->arena, size_t, count);
    BatchColumn *sorted = ARENA_ARRAY(table->arena, BatchColumn, count);
    StrVec keys = { 0 };
    for (size_t i = 0; table->order.partial && i < given->list.len; i++)
        if (!take_chain(table, &given->list.items[i], err))
            return false;
    VEC_EACH(const BatchColumn, row, &table->columns)
        VEC_PUSH(table->arena, &keys, row->key);
    if (!order_sort(&table->order, &keys, places, err))
        return false;
    for (size_t i = 0; i < count; i++)
        sorted[i] = table->columns.items[places[i]];
    memcpy(table->columns.items, sorted, count * sizeof *sorted);
    return true;
}

static void take_options(BatchTable *table, Options *options)
{
    const Map *old = &table->old->options.map;
    options->map = map_in(table->arena);
    for (size_t i = 0; i < old->len; i++)
        map_set(&options->map, old->entries[i].key, old->entries[i].value);
    const Datum *given = &table->batch->table_kwargs;
    for (size_t i = 0; given->kind == DATUM_MAP && i < given->map->len; i++)
        map_set(&options->map, given->map->entries[i].key, given->map->entries[i].value);
}

/* AUTOINCREMENT needs its one integer key. */
static void check_autoincrement(BatchTable *table, Options *options)
{
    const Constraint *key = primary_key(table);
    if (!key || key->columns.len != 1)
        map_remove(&options->map, STR("sqlite_autoincrement"));
}

/* What is added may name a column as it was called before a rename in the same batch. */
static Str new_name(const BatchTable *table, Str name)
{
    ptrdiff_t index = str_given(name) ? find_column(table, name) : -1;
    return index < 0 ? name : table->columns.items[index].column->name.text;
}

static void follow_renames(BatchTable *table)
{
    VEC_EACH(Constraint *, constraint, &table->constraints)
        VEC_EACH(Str, name, &(*constraint)->columns)
            *name = new_name(table, *name);
    VEC_EACH(Index *, index, &table->new_indexes)
        VEC_EACH(IndexPart, part, &(*index)->parts)
            part->column = new_name(table, part->column);
}

/* Names what the columns brought along, by the convention of the script's metadata. */
static bool name_made(BatchTable *table, ConstraintVec *made, Error *err)
{
    VEC_EACH(Constraint *, constraint, made)
        if (!naming_constraint(table->arena, &table->runner->naming, *constraint,
                               &(*constraint)->name, err))
            return false;
    return true;
}

bool batch_table_build(BatchTable *table, Table **out, Error *err)
{
    Arena *arena = table->arena;
    Table *built;
    follow_renames(table);
    if (!reorder(table, err) ||
        !table_new(arena, NULL, table->old->schema, table->old->name, &built, err))
        return false;
    take_options(table, &built->options);
    check_autoincrement(table, &built->options);
    built->prefixes = table->old->prefixes;
    VEC_EACH(const BatchColumn, row, &table->columns)
        if (!table_add_column(arena, built, row->column, err))
            return false;
    ConstraintVec made = built->constraints;
    built->constraints = (ConstraintVec){ 0 };
    VEC_EACH(Constraint *, constraint, &table->constraints)
        if (!table_add_constraint(arena, built, *constraint, err))
            return false;
    if (!name_made(table, &made, err))
        return false;
    VEC_EACH(Constraint *, constraint, &made)
        if ((*constraint)->kind != CONSTRAINT_PRIMARY_KEY)
            VEC_PUSH(arena, &built->constraints, *constraint);
    *out = built;
    return true;
}
