/* SPDX-License-Identifier: MIT */
#include "diff/diff.h"

#include <stdlib.h>

#include "diff/diff_question.h"
#include "diff/diff_state.h"

const char *diff_item_name(DiffItem item)
{
    static const char *const names[] = {
        [DIFF_ITEM_SCHEMA] = "schema",
        [DIFF_ITEM_TABLE] = "table",
        [DIFF_ITEM_COLUMN] = "column",
        [DIFF_ITEM_INDEX] = "index",
        [DIFF_ITEM_UNIQUE] = "unique_constraint",
        [DIFF_ITEM_FOREIGN_KEY] = "foreign_key_constraint",
        [DIFF_ITEM_CHECK] = "check_constraint",
        [DIFF_ITEM_PRIMARY_KEY] = "primary_key_constraint",
        [DIFF_ITEM_SEQUENCE] = "sequence",
    };
    return names[item];
}

static void say(Diff *diff, int level, const char *logger, const char *format, va_list args)
{
    DiffMessage message = { .level = level,
                            .logger = logger,
                            .text = str_vformat(diff->arena, format, args) };
    VEC_PUSH(diff->base, &diff->result->messages, message);
}

void diff_say(Diff *diff, const char *logger, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(diff, LOG_INFO, logger, format, args);
    va_end(args);
}

void diff_warn(Diff *diff, const char *logger, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(diff, LOG_WARNING, logger, format, args);
    va_end(args);
}

Str diff_repr(Diff *diff, Str text)
{
    if (!str_given(text))
        return STR("None");
    char quote = str_find_char(text, '\'', 0) >= 0 && str_find_char(text, '"', 0) < 0 ? '"' : '\'';
    Buf buf = buf_in(diff->arena);
    buf_putc(&buf, quote);
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == quote || text.ptr[i] == '\\')
            buf_putc(&buf, '\\');
        buf_putc(&buf, text.ptr[i]);
    }
    buf_putc(&buf, quote);
    return buf_str(&buf);
}

Str diff_repr_tuple(Diff *diff, const StrVec *texts)
{
    Buf buf = buf_in(diff->arena);
    buf_putc(&buf, '(');
    for (size_t i = 0; i < texts->len; i++) {
        if (i)
            buf_puts(&buf, ", ");
        buf_put(&buf, diff_repr(diff, texts->items[i]));
    }
    buf_puts(&buf, texts->len == 1 ? ",)" : ")");
    return buf_str(&buf);
}

Str diff_qualified(Diff *diff, Str schema, Str name)
{
    return table_key(diff->arena, schema, name);
}

Str diff_schema(const Diff *diff, Str schema)
{
    bool spare = diff_extra(diff) && str_given(schema) &&
                 str_eq(schema, diff->input->reflection->default_schema);
    return spare ? STR_NONE : schema;
}

Str diff_key(Diff *diff, Str schema, Str name)
{
    return table_key(diff->arena, diff_schema(diff, schema), name);
}

void diff_push(Diff *diff, TablePair *pair, Op *op)
{
    VEC_PUSH(diff->arena, &pair->modify->ops, op);
}

bool diff_include_name(Diff *diff, DiffItem item, Str name, const TablePair *pair, bool *include)
{
    const DiffCalls *calls = &diff->options->ask_script;
    *include = true;
    if (!calls->include_name)
        return true;
    DiffParents parents = { .schema = pair->schema,
                            .table = pair->name,
                            .qualified = diff_qualified(diff, pair->schema, pair->name) };
    return calls->include_name(calls->context, item, name, &parents, include, diff->err);
}

bool diff_include_object(Diff *diff, DiffItem item, void *object, Str name, bool reflected,
                         void *compare_to, bool *include)
{
    const DiffCalls *calls = &diff->options->ask_script;
    *include = true;
    return !calls->include_object ||
           calls->include_object(calls->context, item, object, name, reflected, compare_to, include,
                                 diff->err);
}

bool diff_constraint_name(Diff *diff, const Constraint *constraint, Name *name)
{
    return naming_constraint(diff->arena, &diff->naming, constraint, name, diff->err);
}

/* "t_a_b_key"; a CHECK of more than one column is "t_check". */
static Str server_name(Diff *diff, const Constraint *constraint)
{
    static const char *const suffixes[] = {
        [CONSTRAINT_PRIMARY_KEY] = "pkey", [CONSTRAINT_FOREIGN_KEY] = "fkey",
        [CONSTRAINT_UNIQUE] = "key",       [CONSTRAINT_CHECK] = "check",
        [CONSTRAINT_EXCLUDE] = "excl",
    };
    Buf buf = buf_in(diff->arena);
    buf_put(&buf, constraint->table->name.text);
    if (constraint->kind != CONSTRAINT_CHECK && constraint->kind != CONSTRAINT_PRIMARY_KEY)
        VEC_EACH (const Str, each, &constraint->columns)
            buf_printf(&buf, "_%.*s", STR_ARG(*each));
    buf_printf(&buf, "_%s", suffixes[constraint->kind]);
    return buf_str(&buf);
}

/* The name, with a number behind it where the table has it already. */
static Str free_name(Diff *diff, const Table *table, Str name)
{
    Str key = diff_qualified(diff, table->schema.text, table->name.text);
    for (size_t n = 0;; n++) {
        Str wanted = n ? str_format(diff->arena, "%.*s%zu", STR_ARG(name), n) : name;
        Str full = str_format(diff->arena, "%.*s\x1f%.*s", STR_ARG(key), STR_ARG(wanted));
        if (map_has(&diff->names, full))
            continue;
        map_set(&diff->names, full, diff);
        return wanted;
    }
}

/* Names of constraints that the database has are taken. */
static void take_names(Diff *diff, TablePair *pair)
{
    if (pair->names_taken)
        return;
    pair->names_taken = true;
    VEC_EACH (Constraint *, each, &pair->database->constraints)
        if (name_given((*each)->name) && (*each)->kind != CONSTRAINT_PRIMARY_KEY)
            free_name(diff, pair->database, (*each)->name.text);
}

bool diff_nameable(Diff *diff, Constraint **constraint)
{
    Name name;
    if (!diff_constraint_name(diff, *constraint, &name))
        return false;
    if (name_given(name) || !diff_extra(diff))
        return true;
    take_names(diff, diff->pair);
    Constraint *copy = ARENA_NEW(diff->arena, Constraint);
    *copy = **constraint;
    copy->head.box = NULL;
    copy->implicit = false;
    Str wanted = free_name(diff, copy->table, server_name(diff, copy));
    copy->name = (Name){ .text = wanted, .final = true };
    *constraint = copy;
    return true;
}

bool diff_index_name(Diff *diff, const Index *index, Name *name)
{
    return naming_index(diff->arena, &diff->naming, index, name, diff->err);
}

static int compare_texts(const void *a, const void *b)
{
    return str_cmp(*(const Str *)a, *(const Str *)b);
}

void diff_sort(StrVec *names)
{
    if (names->len)
        qsort(names->items, names->len, sizeof *names->items, compare_texts);
}

StrVec diff_sorted(Diff *diff, const StrVec *names)
{
    StrVec sorted = { 0 };
    VEC_EACH (const Str, each, names)
        VEC_PUSH(diff->arena, &sorted, *each);
    diff_sort(&sorted);
    return sorted;
}

bool diff_expr_sql(Diff *diff, const Table *table, const Expr *expr, Str *sql)
{
    Ddl ddl = ddl_begin(diff->arena, diff->options->dialect, diff->err);
    ddl.calls = diff->options->calls;
    ddl.naming.metadata = table->metadata;
    ddl_start(&ddl);
    ddl_put_expr(&ddl, expr);
    *sql = sql_take(&ddl.sql);
    return !error_set(diff->err);
}

static ModifyTable *modify_of(Diff *diff, const TablePair *pair)
{
    ModifyTable *modify = op_new(diff->arena, &modify_table_def);
    modify->table = pair_table(pair);
    return modify;
}

/* Ends a pair: what changes the table goes to the top unless it is nothing. */
static bool pair_end(Diff *diff, TablePair *pair)
{
    const DiffCalls *calls = &diff->options->ask_script;
    if (calls->table && !calls->table(calls->context, pair->modify, pair->schema, pair->name,
                                      pair->database, pair->model, diff->err))
        return false;
    if (pair->modify->ops.len)
        VEC_PUSH(diff->base, &diff->result->upgrade, &pair->modify->op);
    return true;
}

/* The parts of a table that Alembic's comparators for "table" look at, in their order. */
static bool compare_table(Diff *diff, TablePair *pair)
{
    if (diff_part(diff, DIFF_CONSTRAINTS) &&
        (!diff_indexes(diff, pair) || !diff_foreign_keys(diff, pair)))
        return false;
    if (diff_part(diff, DIFF_COMMENTS) && !diff_comment(diff, pair))
        return false;
    return !diff_part(diff, DIFF_CHECKS) || diff_checks(diff, pair);
}

static bool table_created(Diff *diff, TablePair *pair)
{
    bool include;
    if (!diff_include_object(diff, DIFF_ITEM_TABLE, pair->model, pair->name, false, NULL, &include))
        return false;
    if (!include)
        return true;
    CreateTable *create = op_new(diff->arena, &create_table_def);
    create->table = pair->model;
    create->name = pair->model->name;
    create->schema = pair->model->schema;
    VEC_PUSH(diff->base, &diff->result->upgrade, &create->op);
    Str name = diff_repr(diff, diff_qualified(diff, pair->schema, pair->name));
    diff_say(diff, LOG_TABLES, "Detected added table %.*s", STR_ARG(name));
    pair->modify = modify_of(diff, pair);
    return compare_table(diff, pair) && pair_end(diff, pair);
}

static bool table_dropped(Diff *diff, TablePair *pair)
{
    bool include;
    if (!diff_include_object(diff, DIFF_ITEM_TABLE, pair->database, pair->name, true, NULL,
                             &include))
        return false;
    if (!include)
        return true;
    Str name = diff_repr(diff, diff_qualified(diff, pair->schema, pair->name));
    diff_say(diff, LOG_TABLES, "Detected removed table %.*s", STR_ARG(name));
    DropTable *drop = op_new(diff->arena, &drop_table_def);
    drop->table = pair_table(pair);
    drop->reverse = pair->database;
    pair->modify = modify_of(diff, pair);
    if (!compare_table(diff, pair) || !pair_end(diff, pair))
        return false;
    VEC_PUSH(diff->base, &diff->result->upgrade, &drop->op);
    return true;
}

static bool table_changed(Diff *diff, TablePair *pair)
{
    bool include;
    if (!diff_include_object(diff, DIFF_ITEM_TABLE, pair->model, pair->name, false, pair->database,
                             &include))
        return false;
    if (!include)
        return true;
    pair->modify = modify_of(diff, pair);
    return diff_key_dropped(diff, pair) && diff_columns_changed(diff, pair) &&
           diff_key_created(diff, pair) && compare_table(diff, pair) &&
           diff_columns_dropped(diff, pair) && pair_end(diff, pair);
}

/* As table_changed; what it took is given back when nothing was found. */
static bool table_compared(Diff *diff, TablePair *pair)
{
    const DiffCalls *calls = &diff->options->ask_script;
    size_t ops = diff->result->upgrade.len, messages = diff->result->messages.len;
    diff->pair = pair;
    diff->arena = arena_new(diff->base);
    bool ok = table_changed(diff, pair);
    bool seen = calls->table || calls->column || !ok;
    if (!seen && ops == diff->result->upgrade.len && messages == diff->result->messages.len)
        arena_free(diff->arena);
    diff->arena = diff->base;
    return ok;
}

static bool each_pair(Diff *diff, TablePairVec *pairs, bool (*compare)(Diff *, TablePair *))
{
    VEC_EACH (TablePair, pair, pairs) {
        if (!compare(diff, pair))
            return false;
    }
    return true;
}

bool diff_is_own(const DiffOptions *options, Str schema, Str name)
{
    if (!str_eq(schema, options->version_schema))
        return false;
    for (size_t i = 0; options->own_tables && options->own_tables[i]; i++)
        if (str_is(name, options->own_tables[i]))
            return true;
    return str_eq(name, options->version_table);
}

bool diff_include_reflected(void *context, ReflectItem item, Str schema, Str name, bool *include,
                            Error *err)
{
    const DiffOptions *options = context;
    const DiffCalls *calls = &options->ask_script;
    bool table = item == REFLECT_TABLE;
    *include = true;
    if (table && diff_is_own(options, schema, name)) {
        *include = false;
        return true;
    }
    if (!calls->include_name)
        return true;
    Arena *scratch = arena_new(NULL);
    DiffParents parents = { 0 };
    if (table)
        parents = (DiffParents){ .schema = schema, .qualified = table_key(scratch, schema, name) };
    bool ok = calls->include_name(calls->context, table ? DIFF_ITEM_TABLE : DIFF_ITEM_SCHEMA,
                                  table ? name : schema, &parents, include, err);
    arena_free(scratch);
    return ok;
}

static bool compare_tables(Diff *diff)
{
    if (!diff_pair_tables(diff))
        return false;
    if (!diff_ask(diff))
        return false;
    diff_order_creates(diff);
    if (!each_pair(diff, &diff->created, table_created))
        return false;
    for (size_t i = diff->deferred.len; i-- > 0;)
        VEC_PUSH(diff->base, &diff->result->upgrade, &diff->deferred.items[i]->op);
    diff_order_drops(diff);
    if (!each_pair(diff, &diff->dropped, table_dropped))
        return false;
    size_t changed = diff->result->upgrade.len;
    if (!each_pair(diff, &diff->changed, table_compared))
        return false;
    diff_order_keys(diff, changed);
    return each_pair(diff, &diff->dropped_late, table_dropped);
}

/* Types and sequences: what tables need stands before them. */
static bool compare_beyond(Diff *diff)
{
    OpVec first = { 0 }, tables;
    if (diff_part(diff, DIFF_TYPES))
        diff_enums(diff, &first);
    if (!diff_sequences(diff, &first))
        return false;
    tables = diff->result->upgrade;
    diff->result->upgrade = first;
    VEC_EACH (Op *, each, &tables)
        VEC_PUSH(diff->base, &diff->result->upgrade, *each);
    return true;
}

static bool compare_all(Diff *diff)
{
    const DiffCalls *calls = &diff->options->ask_script;
    if (diff_part(diff, DIFF_TABLES) && (!compare_tables(diff) || !compare_beyond(diff)))
        return false;
    return !calls->schema || calls->schema(calls->context, &diff->result->upgrade,
                                           &diff->input->reflection->schemas, diff->err);
}

bool diff_schemas(Arena *arena, const DiffOptions *options, const DiffInput *input,
                  DiffResult *result, Error *err)
{
    const Dialect *dialect = options->dialect;
    *result = (DiffResult){ 0 };
    Diff diff = { .base = arena,
                  .arena = arena,
                  .blank = op_new(arena, &alter_column_def),
                  .options = options,
                  .input = input,
                  .result = result,
                  .err = err,
                  .naming = { .calls = options->calls,
                              .max_identifier = dialect->max_identifier,
                              .max_index = dialect->max_index,
                              .max_constraint = dialect->max_constraint },
                  .names = map_in(arena),
                  .questions = map_in(arena) };
    return compare_all(&diff);
}
