/* SPDX-License-Identifier: MIT */
#include "diff/render.h"

#include <stdlib.h>

#include "diff/render_state.h"

/* Python takes no more arguments in one call than this many. */
enum { ARGUMENTS_MOST = 255 };

/* The lines of an op; a line may hold line ends of its own. */
typedef bool RenderFn(Rendering *r, const Op *op, StrVec *lines);

/* "op.drop_table(": the directive's name. */
static void put_call(Rendering *r, const char *directive)
{
    buf_printf(&r->buf, "%.*s%s(", STR_ARG(r->prefix), directive);
}

static void put_schema(Rendering *r, Name schema)
{
    if (r->in_batch || !name_given(schema) || !schema.text.len)
        return;
    buf_puts(&r->buf, ", schema=");
    put_repr(r, schema.text);
}

static void put_flag(Rendering *r, const char *name, Tri flag)
{
    if (flag == TRI_NONE)
        return;
    buf_printf(&r->buf, ", %s=", name);
    put_bool(r, flag == TRI_TRUE);
}

/* The table's name and a comma, which a batch knows already. */
static void put_table(Rendering *r, Name table)
{
    if (r->in_batch)
        return;
    put_repr(r, table.text);
    buf_puts(&r->buf, ", ");
}

static bool end_line(Rendering *r, StrVec *lines)
{
    Str line = rendering_take(r);
    VEC_PUSH(r->arena, lines, line);
    return true;
}

/* ---- tables ---- */

static int compare_texts(const void *a, const void *b)
{
    return str_cmp(*(const Str *)a, *(const Str *)b);
}

static bool table_columns(Rendering *r, const Table *table, StrVec *parts)
{
    VEC_EACH (Column *, column, &table->columns) {
        Rendering inner = rendering_nested(r);
        if (!put_column(&inner, *column, true))
            return false;
        Str text = rendering_take(&inner);
        if (text.len)
            VEC_PUSH(r->arena, parts, text);
    }
    return true;
}

static bool table_constraint(Rendering *r, const Table *table, const Constraint *constraint,
                             StrVec *texts)
{
    Rendering inner = rendering_nested(r);
    if (!constraint_stands_in_table(table, constraint))
        return true;
    if (!put_constraint(&inner, constraint))
        return false;
    Str text = rendering_take(&inner);
    if (text.len)
        VEC_PUSH(r->arena, texts, text);
    return true;
}

/* Sorted, as the order in a script's table says nothing. */
static bool table_constraints(Rendering *r, const Table *table, StrVec *parts)
{
    StrVec texts = { 0 };
    if (table->primary_key->implicit && !table_constraint(r, table, table->primary_key, &texts))
        return false;
    VEC_EACH (Constraint *, constraint, &table->constraints) {
        if (!table_constraint(r, table, *constraint, &texts))
            return false;
    }
    if (texts.len)
        qsort(texts.items, texts.len, sizeof *texts.items, compare_texts);
    VEC_EACH (const Str, text, &texts)
        VEC_PUSH(r->arena, parts, *text);
    return true;
}

static bool put_sorted_options(Rendering *r, const Options *options)
{
    StrVec names = { 0 };
    for (size_t i = 0; i < options->map.len; i++)
        VEC_PUSH(r->arena, &names, options->map.entries[i].key);
    if (names.len)
        qsort(names.items, names.len, sizeof *names.items, compare_texts);
    VEC_EACH (const Str, name, &names) {
        buf_printf(&r->buf, ",\n%.*s=", STR_ARG(*name));
        if (!put_datum(r, options_get(options, *name)))
            return false;
    }
    return true;
}

static bool put_table_arguments(Rendering *r, const Table *table)
{
    if (name_given(table->schema) && table->schema.text.len) {
        buf_puts(&r->buf, ",\nschema=");
        put_repr(r, table->schema.text);
    }
    if (str_given(table->comment) && table->comment.len) {
        buf_puts(&r->buf, ",\ncomment=");
        put_repr(r, table->comment);
    }
    if (table->info.kind == DATUM_MAP && table->info.map->len) {
        buf_puts(&r->buf, ",\ninfo=");
        if (!put_datum(r, &table->info))
            return false;
    }
    if (!put_sorted_options(r, &table->options))
        return false;
    if (table->prefixes.len) {
        buf_puts(&r->buf, ",\nprefixes=");
        put_names(r, &table->prefixes);
    }
    return true;
}

static bool render_create_table(Rendering *r, const Op *op, StrVec *lines)
{
    const CreateTable *create = (const CreateTable *)(const void *)op;
    Table *table;
    StrVec parts = { 0 };
    if (!create_table_table(r->arena, create, &table, r->err) || !table_columns(r, table, &parts) ||
        !table_constraints(r, table, &parts))
        return false;
    bool many = parts.len > ARGUMENTS_MOST;
    put_call(r, "create_table");
    put_repr(r, table->name.text);
    buf_puts(&r->buf, many ? ",\n*[" : ",\n");
    buf_put(&r->buf, strvec_join(r->arena, &parts, STR(",\n")));
    buf_puts(&r->buf, many ? "]" : "");
    if (!put_table_arguments(r, table))
        return false;
    if (create->if_not_exists != TRI_NONE) {
        buf_puts(&r->buf, ",\nif_not_exists=");
        put_bool(r, create->if_not_exists == TRI_TRUE);
    }
    buf_puts(&r->buf, "\n)");
    return end_line(r, lines);
}

static bool render_drop_table(Rendering *r, const Op *op, StrVec *lines)
{
    const DropTable *drop = (const DropTable *)(const void *)op;
    put_call(r, "drop_table");
    put_repr(r, drop->table.name.text);
    put_schema(r, drop->table.schema);
    put_flag(r, "if_exists", drop->if_exists);
    buf_putc(&r->buf, ')');
    return end_line(r, lines);
}

static bool render_rename_table(Rendering *r, const Op *op, StrVec *lines)
{
    const RenameTable *rename = (const RenameTable *)(const void *)op;
    put_call(r, "rename_table");
    put_table(r, rename->table.name);
    put_repr(r, rename->new_name.text);
    put_schema(r, rename->table.schema);
    buf_putc(&r->buf, ')');
    return end_line(r, lines);
}

/* Each argument on a line of its own. */
static bool render_table_comment(Rendering *r, const Op *op, StrVec *lines)
{
    const TableComment *comment = (const TableComment *)(const void *)op;
    bool create = op_kind(op) == OP_CREATE_TABLE_COMMENT;
    put_call(r, create ? "create_table_comment" : "drop_table_comment");
    if (!r->in_batch) {
        buf_puts(&r->buf, "\n    ");
        put_repr(r, comment->table.name.text);
        buf_putc(&r->buf, ',');
    }
    if (create) {
        buf_puts(&r->buf, "\n    ");
        put_repr_or_none(r, comment->comment);
        buf_putc(&r->buf, ',');
    }
    buf_puts(&r->buf, "\n    existing_comment=");
    put_repr_or_none(r, comment->existing_comment);
    if (!r->in_batch) {
        buf_puts(&r->buf, ",\n    schema=");
        put_repr_or_none(r, comment->table.schema.text);
    }
    buf_puts(&r->buf, "\n)");
    return end_line(r, lines);
}

/* ---- columns ---- */

static bool render_add_column(Rendering *r, const Op *op, StrVec *lines)
{
    const AddColumn *add = (const AddColumn *)(const void *)op;
    put_call(r, "add_column");
    put_table(r, add->table.name);
    if (!put_column(r, add->column, false))
        return false;
    put_schema(r, add->table.schema);
    if (!r->in_batch)
        put_flag(r, "if_not_exists", add->if_not_exists);
    buf_putc(&r->buf, ')');
    return end_line(r, lines);
}

static bool render_drop_column(Rendering *r, const Op *op, StrVec *lines)
{
    const DropColumn *drop = (const DropColumn *)(const void *)op;
    put_call(r, "drop_column");
    put_table(r, drop->table.name);
    put_repr(r, drop->column.text);
    put_schema(r, drop->table.schema);
    if (!r->in_batch)
        put_flag(r, "if_exists", drop->if_exists);
    buf_putc(&r->buf, ')');
    return end_line(r, lines);
}

/* ",\n           name=": a facet of alter_column. */
static void put_facet(Rendering *r, const char *name)
{
    buf_printf(&r->buf, ",\n           %s=", name);
}

static bool put_new_default(Rendering *r, const AlterColumn *op)
{
    if (datum_is_false(&op->server_default))
        return true;
    put_facet(r, "server_default");
    return put_default(r, &op->server_default, op->type ? op->type : op->existing_type);
}

static bool put_new_comment(Rendering *r, const AlterColumn *op)
{
    if (!datum_is_false(&op->comment)) {
        put_facet(r, "comment");
        if (!put_datum(r, &op->comment))
            return false;
    }
    if (str_given(op->existing_comment)) {
        put_facet(r, "existing_comment");
        put_repr(r, op->existing_comment);
    }
    return true;
}

static bool put_nullable(Rendering *r, const AlterColumn *op)
{
    Tri nullable = op->nullable;
    if (nullable != TRI_NONE) {
        put_facet(r, "nullable");
        put_bool(r, nullable == TRI_TRUE);
    }
    return true;
}

static bool put_existing(Rendering *r, const AlterColumn *op)
{
    if (op->nullable == TRI_NONE && op->existing_nullable != TRI_NONE) {
        put_facet(r, "existing_nullable");
        put_bool(r, op->existing_nullable == TRI_TRUE);
    }
    if (op->autoincrement.kind == DATUM_BOOL) {
        put_facet(r, "autoincrement");
        put_bool(r, op->autoincrement.truth);
    }
    const Datum *was = &op->existing_server_default;
    bool changes = !datum_is_false(&op->server_default);
    /* What an IDENTITY becomes, or what becomes one, depends on what was there. */
    bool identity = default_kind(was) == DEFAULT_IDENTITY ||
                    (changes && default_kind(&op->server_default) == DEFAULT_IDENTITY);
    if (datum_is_false(was) || (!identity && (changes || was->kind == DATUM_NONE)))
        return true;
    put_facet(r, "existing_server_default");
    return put_default(r, was, op->existing_type);
}

static bool put_alter_type(Rendering *r, const char *name, const Type *type)
{
    if (!type)
        return true;
    put_facet(r, name);
    return put_type(r, type);
}

static bool render_alter_column(Rendering *r, const Op *op, StrVec *lines)
{
    const AlterColumn *alter = (const AlterColumn *)(const void *)op;
    put_call(r, "alter_column");
    put_table(r, alter->table.name);
    put_repr(r, alter->column.text);
    if (!put_alter_type(r, "existing_type", alter->existing_type) || !put_new_default(r, alter))
        return false;
    if (name_given(alter->new_name)) {
        put_facet(r, "new_column_name");
        put_repr(r, alter->new_name.text);
    }
    if (!put_alter_type(r, "type_", alter->type) || !put_nullable(r, alter) ||
        !put_new_comment(r, alter) || !put_existing(r, alter))
        return false;
    if (!r->in_batch && name_given(alter->table.schema) && alter->table.schema.text.len) {
        put_facet(r, "schema");
        put_repr(r, alter->table.schema.text);
    }
    buf_putc(&r->buf, ')');
    return end_line(r, lines);
}

/* ---- indexes ---- */

/* sa.literal_column('lower(name)'), with the name that an option calls it by. */
static bool put_index_expr(Rendering *r, const Expr *expr)
{
    const DdlParts *parts = r->options->dialect->parts;
    bool brackets = parts && parts->index_brackets && parts->index_brackets(expr);
    Datum datum = { .kind = DATUM_RECORD, .record = { &expr_record, (void *)(uintptr_t)expr } };
    Str sql;
    if (!expr_source(r, &datum, &sql))
        return false;
    buf_printf(&r->buf, "%.*sliteral_column(", STR_ARG(r->options->sa));
    put_repr(r, brackets ? str_format(r->arena, "(%.*s)", STR_ARG(sql)) : sql);
    buf_putc(&r->buf, ')');
    if (expr->kind == EXPR_LABEL) {
        buf_puts(&r->buf, ".label(");
        put_repr(r, expr->name.text);
        buf_putc(&r->buf, ')');
    }
    return true;
}

static bool put_index_parts(Rendering *r, const Index *index)
{
    buf_putc(&r->buf, '[');
    for (size_t i = 0; i < index->parts.len; i++) {
        const IndexPart *part = &index->parts.items[i];
        bool known = !part->expr && index->table;
        const Column *column = known ? table_column(index->table, part->column) : NULL;
        if (i)
            buf_puts(&r->buf, ", ");
        if (!part->expr)
            put_repr(r, column ? column->name.text : part->column);
        else if (!put_index_expr(r, part->expr))
            return false;
    }
    buf_putc(&r->buf, ']');
    return true;
}

/* The predicate of a reflected index is a text, as PostgreSQL keeps it. */
static bool put_index_options(Rendering *r, const Index *index)
{
    static const char where[] = "postgresql_where";
    Options rest = { .map = map_in(r->arena) };
    const Datum *predicate = options_get(&index->options, STR("postgresql_where"));
    bool text = index->reflected && predicate && predicate->kind == DATUM_RECORD;
    for (size_t i = 0; i < index->options.map.len; i++) {
        Str key = index->options.map.entries[i].key;
        Datum *value = index->options.map.entries[i].value;
        Str sql;
        if (text && str_is(key, where)) {
            if (!expr_source(r, value, &sql))
                return false;
            value = ARENA_NEW(r->arena, Datum);
            *value = datum_str(sql);
        }
        map_set(&rest.map, key, value);
    }
    return put_options(r, &rest);
}

static bool render_create_index(Rendering *r, const Op *op, StrVec *lines)
{
    const CreateIndex *create = (const CreateIndex *)(const void *)op;
    Index *index;
    Name name;
    if (!create_index_index(r->arena, create, &index, r->err) || !index_name(r, index, &name))
        return false;
    put_call(r, "create_index");
    put_name(r, name);
    buf_puts(&r->buf, ", ");
    put_table(r, index->table->name);
    if (!put_index_parts(r, index))
        return false;
    buf_puts(&r->buf, ", unique=");
    put_bool(r, index->unique == TRI_TRUE);
    put_schema(r, index->table->schema);
    if (!put_index_options(r, index))
        return false;
    put_flag(r, "if_not_exists", create->if_not_exists);
    buf_putc(&r->buf, ')');
    return end_line(r, lines);
}

static bool render_drop_index(Rendering *r, const Op *op, StrVec *lines)
{
    const DropIndex *drop = (const DropIndex *)(const void *)op;
    Name name = drop->name;
    if (drop->index && !index_name(r, drop->index, &name))
        return false;
    put_call(r, "drop_index");
    put_name(r, name);
    if (!r->in_batch) {
        buf_puts(&r->buf, ", table_name=");
        put_repr_or_none(r, drop->table.name.text);
    }
    put_schema(r, drop->table.schema);
    bool own = drop->options.map.len || !drop->index;
    if (own ? !put_options(r, &drop->options) : !put_index_options(r, drop->index))
        return false;
    put_flag(r, "if_exists", drop->if_exists);
    buf_putc(&r->buf, ')');
    return end_line(r, lines);
}

/* ---- constraints ---- */

static bool put_create(Rendering *r, const Constraint *constraint, const char *directive)
{
    Name name;
    if (!constraint_name(r, constraint, &name))
        return false;
    put_call(r, directive);
    put_name(r, name);
    buf_puts(&r->buf, ", ");
    put_table(r, constraint->table->name);
    return true;
}

static void put_deferral(Rendering *r, const Constraint *constraint)
{
    put_flag(r, "deferrable", constraint->deferrable);
    if (str_given(constraint->initially)) {
        buf_puts(&r->buf, ", initially=");
        put_repr(r, constraint->initially);
    }
}

/* create_unique_constraint and create_primary_key. */
static bool render_create_key(Rendering *r, const Op *op, StrVec *lines)
{
    Constraint *constraint;
    const CreateConstraint *create = (const CreateConstraint *)(const void *)op;
    if (!create_constraint_constraint(r->arena, create, &constraint, r->err) ||
        !put_create(r, constraint, op_def(op)->record.name))
        return false;
    put_names(r, &constraint->columns);
    put_deferral(r, constraint);
    put_schema(r, constraint->table->schema);
    if (!put_unique_options(r, constraint, false))
        return false;
    buf_putc(&r->buf, ')');
    return end_line(r, lines);
}

static bool render_create_check(Rendering *r, const Op *op, StrVec *lines)
{
    Constraint *constraint;
    const CreateConstraint *create = (const CreateConstraint *)(const void *)op;
    Str sql;
    if (!create_constraint_constraint(r->arena, create, &constraint, r->err))
        return false;
    Datum expr = { .kind = DATUM_RECORD, .record = { &expr_record, constraint->sqltext } };
    if (!put_create(r, constraint, "create_check_constraint") || !expr_source(r, &expr, &sql))
        return false;
    put_repr(r, sql);
    put_schema(r, constraint->table->schema);
    if (!put_options(r, &constraint->options))
        return false;
    buf_putc(&r->buf, ')');
    return end_line(r, lines);
}

static void put_schema_named(Rendering *r, const char *name, Str schema)
{
    if (!str_given(schema) || !schema.len)
        return;
    buf_printf(&r->buf, ", %s=", name);
    put_repr(r, schema);
}

static bool render_create_foreign_key(Rendering *r, const Op *op, StrVec *lines)
{
    Constraint *constraint;
    const CreateConstraint *create = (const CreateConstraint *)(const void *)op;
    const char *separator = ", ";
    if (!create_constraint_constraint(r->arena, create, &constraint, r->err) ||
        !put_create(r, constraint, "create_foreign_key"))
        return false;
    put_repr(r, constraint->ref_table);
    buf_puts(&r->buf, ", ");
    put_names(r, &constraint->columns);
    buf_puts(&r->buf, ", ");
    put_names(r, &constraint->ref_columns);
    if (!r->in_batch)
        put_schema_named(r, "source_schema", constraint->table->schema.text);
    put_schema_named(r, "referent_schema", constraint->ref_schema);
    put_foreign_key_options(r, constraint, &separator);
    if (!put_options(r, &constraint->options))
        return false;
    buf_putc(&r->buf, ')');
    return end_line(r, lines);
}

static bool render_create_exclude(Rendering *r, const Op *op, StrVec *lines)
{
    Constraint *constraint;
    const CreateConstraint *create = (const CreateConstraint *)(const void *)op;
    if (!create_constraint_constraint(r->arena, create, &constraint, r->err) ||
        !put_create(r, constraint, "create_exclude_constraint") || !put_excludes(r, constraint))
        return false;
    put_schema(r, constraint->table->schema);
    buf_putc(&r->buf, ')');
    return end_line(r, lines);
}

/* "table_a_b_key": what PostgreSQL itself calls a constraint without a name. */
static Str server_name(Arena *arena, const Constraint *constraint)
{
    enum { NAME_MOST = 63 };
    static const char *const labels[] = {
        [CONSTRAINT_PRIMARY_KEY] = "pkey", [CONSTRAINT_FOREIGN_KEY] = "fkey",
        [CONSTRAINT_UNIQUE] = "key",       [CONSTRAINT_CHECK] = "check",
        [CONSTRAINT_EXCLUDE] = "excl",
    };
    Str label = str_from(labels[constraint->kind]), table = constraint->table->name.text;
    bool of_table = constraint->kind == CONSTRAINT_PRIMARY_KEY || !constraint->columns.len;
    Str columns = of_table ? STR("") : strvec_join(arena, &constraint->columns, STR("_"));
    size_t room = NAME_MOST - label.len - 1 - !of_table;
    while (table.len + columns.len > room)
        *(table.len > columns.len ? &table.len : &columns.len) -= 1;
    return str_format(arena, "%.*s%s%.*s_%.*s", STR_ARG(table), of_table ? "" : "_",
                      STR_ARG(columns), STR_ARG(label));
}

static bool render_drop_constraint(Rendering *r, const Op *op, StrVec *lines)
{
    const DropConstraint *drop = (const DropConstraint *)(const void *)op;
    Name name = drop->name;
    if (drop->constraint && !constraint_name(r, drop->constraint, &name))
        return false;
    if (!name_given(name) && drop->constraint && r->options->dialect->id == DIALECT_POSTGRESQL)
        name = (Name){ .text = server_name(r->arena, drop->constraint), .final = true };
    put_call(r, "drop_constraint");
    put_name(r, name);
    if (!r->in_batch) {
        buf_puts(&r->buf, ", ");
        put_repr(r, drop->table.name.text);
    }
    put_schema(r, drop->table.schema);
    if (str_given(drop->type)) {
        buf_puts(&r->buf, ", type_=");
        put_repr(r, drop->type);
    }
    put_flag(r, "if_exists", drop->if_exists);
    buf_putc(&r->buf, ')');
    return end_line(r, lines);
}

/* ---- what is no table ---- */

static bool render_execute(Rendering *r, const Op *op, StrVec *lines)
{
    const Execute *execute = (const Execute *)(const void *)op;
    if (execute->sql.kind != DATUM_STR)
        return fail(r->err, ERR_UNSUPPORTED,
                    "NotImplementedError: Autogenerate rendering of SQL Expression language "
                    "constructs not supported here; please use a plain SQL string");
    put_call(r, "execute");
    put_repr(r, execute->sql.text);
    buf_putc(&r->buf, ')');
    return end_line(r, lines);
}

static bool render_sequence(Rendering *r, const Op *op, StrVec *lines)
{
    const SequenceOp *change = (const SequenceOp *)(const void *)op;
    const Sequence *sequence = change->sequence;
    Str sa = r->options->sa;
    bool create = op_kind(op) == OP_CREATE_SEQUENCE;
    buf_printf(&r->buf, "%.*sexecute(%.*sschema.%sSequence(%.*sSequence(", STR_ARG(r->prefix),
               STR_ARG(sa), create ? "Create" : "Drop", STR_ARG(sa));
    put_repr(r, sequence->name.text);
    Rendering inner = rendering_nested(r);
    put_sequence_options(&inner, &sequence->options, false);
    Str options = rendering_take(&inner);
    if (create && options.len)
        buf_printf(&r->buf, ", %.*s", STR_ARG(options));
    if (create && sequence->data_type) {
        buf_puts(&r->buf, ", data_type=");
        if (!put_type(r, sequence->data_type))
            return false;
    }
    put_schema_named(r, "schema", sequence->schema);
    buf_puts(&r->buf, ")))");
    return end_line(r, lines);
}

/* ALTER TYPE ... ADD VALUE must stand outside a transaction. */
static bool render_enum_value(Rendering *r, const Op *op, StrVec *lines)
{
    Ddl ddl = ddl_begin(r->arena, r->options->dialect, r->err);
    if (!ddl_compile(&ddl, op))
        return false;
    buf_printf(&r->buf, "with %.*sget_context().autocommit_block():", STR_ARG(r->prefix));
    end_line(r, lines);
    VEC_EACH (const Statement, statement, &ddl.statements) {
        put_call(r, "execute");
        put_repr(r, statement->text);
        buf_putc(&r->buf, ')');
        end_line(r, lines);
    }
    VEC_PUSH(r->arena, lines, STR(""));
    return true;
}

/* sa.Enum(...).create(op.get_bind(), checkfirst=True); a table makes what is implied. */
static bool render_type_op(Rendering *r, const Op *op, StrVec *lines)
{
    const TypeOp *change = (const TypeOp *)(const void *)op;
    bool create = op_kind(op) == OP_CREATE_TYPE;
    if (create && change->implied)
        return true;
    if (!put_type(r, change->type))
        return false;
    buf_printf(&r->buf, ".%s(%.*sget_bind(), checkfirst=True)", create ? "create" : "drop",
               STR_ARG(r->prefix));
    return end_line(r, lines);
}

static bool render_kept_value(Rendering *r, const Op *op, StrVec *lines)
{
    const EnumValue *kept = (const EnumValue *)(const void *)op;
    buf_puts(&r->buf, "# the value ");
    put_repr(r, kept->value);
    buf_printf(&r->buf, " of the type %.*s stays: PostgreSQL cannot take it out",
               STR_ARG(kept->type.name.text));
    return end_line(r, lines);
}

static bool render_lines(Rendering *r, const Op *op, StrVec *lines);

static bool render_modify_table(Rendering *r, const Op *op, StrVec *lines)
{
    const ModifyTable *modify = (const ModifyTable *)(const void *)op;
    Rendering inner = rendering_nested(r);
    if (!modify->ops.len)
        return true;
    if (r->options->as_batch) {
        buf_puts(&r->buf, "with ");
        put_call(r, "batch_alter_table");
        put_repr(r, modify->table.name.text);
        buf_puts(&r->buf, ", schema=");
        put_repr_or_none(r, modify->table.schema.text);
        buf_puts(&r->buf, ") as batch_op:");
        end_line(r, lines);
        inner.in_batch = true;
        inner.prefix = STR("batch_op.");
    }
    VEC_EACH (Op *, each, &modify->ops) {
        if (!render_lines(&inner, *each, lines))
            return false;
    }
    if (r->options->as_batch)
        VEC_PUSH(r->arena, lines, STR(""));
    return true;
}

/* By OpKind; NULL: nothing prints it. */
static RenderFn *const renderers[OP_KIND_COUNT] = {
    [OP_CREATE_TABLE] = render_create_table,
    [OP_DROP_TABLE] = render_drop_table,
    [OP_RENAME_TABLE] = render_rename_table,
    [OP_ADD_COLUMN] = render_add_column,
    [OP_DROP_COLUMN] = render_drop_column,
    [OP_ALTER_COLUMN] = render_alter_column,
    [OP_CREATE_INDEX] = render_create_index,
    [OP_DROP_INDEX] = render_drop_index,
    [OP_CREATE_PRIMARY_KEY] = render_create_key,
    [OP_CREATE_FOREIGN_KEY] = render_create_foreign_key,
    [OP_CREATE_UNIQUE] = render_create_key,
    [OP_CREATE_CHECK] = render_create_check,
    [OP_CREATE_EXCLUDE] = render_create_exclude,
    [OP_DROP_CONSTRAINT] = render_drop_constraint,
    [OP_CREATE_TABLE_COMMENT] = render_table_comment,
    [OP_DROP_TABLE_COMMENT] = render_table_comment,
    [OP_EXECUTE] = render_execute,
    [OP_CREATE_SEQUENCE] = render_sequence,
    [OP_DROP_SEQUENCE] = render_sequence,
    [OP_CREATE_TYPE] = render_type_op,
    [OP_DROP_TYPE] = render_type_op,
    [OP_MODIFY_TABLE] = render_modify_table,
    [OP_ADD_ENUM_VALUE] = render_enum_value,
    [OP_KEEP_ENUM_VALUE] = render_kept_value,
};

static bool render_lines(Rendering *r, const Op *op, StrVec *lines)
{
    const RenderCalls *ask = &r->options->ask;
    bool handled = false;
    if (ask->op && !ask->op(ask->context, r->arena, op, r->in_batch, lines, &handled, r->err))
        return false;
    if (handled)
        return true;
    RenderFn *render = renderers[op_kind(op)];
    if (!render)
        return fail(r->err, ERR_UNSUPPORTED, "%s cannot be written into a revision file",
                    op_def(op)->record.name);
    return render(r, op, lines);
}

/* ---- bodies ---- */

typedef struct Body {
    Buf buf;
    size_t indent;
    bool has_code; /* more than comments */
} Body;

/* A line that ends in ':' indents what follows, an empty one ends that. */
static void body_line(Body *body, Str line)
{
    bool comment = line.len && line.ptr[0] == '#';
    if (!line.len && body->indent)
        body->indent--;
    buf_put_repeat(&body->buf, ' ', line.len ? 4 * body->indent : 0);
    buf_put(&body->buf, line);
    buf_putc(&body->buf, '\n');
    if (line.len && !comment) {
        body->has_code = true;
        body->indent += line.ptr[line.len - 1] == ':';
    }
}

/* All lines but the first stand four blanks in; none ends in blanks. */
static Str body_text(Arena *arena, Str raw)
{
    Buf buf = buf_in(arena);
    for (Str line; str_line_next(&raw, &line);) {
        while (line.len && line.ptr[line.len - 1] == ' ')
            line.len--;
        if (buf.len)
            buf_putc(&buf, '\n');
        if (buf.len && line.len)
            buf_puts(&buf, "    ");
        buf_put(&buf, line);
    }
    return buf_take(&buf, arena);
}

bool render_ops(Arena *arena, const RenderOptions *options, const OpVec *ops, Rendered *out,
                Error *err)
{
    Body body = { .buf = buf_in(arena) };
    Rendering r = rendering_begin(arena, options, &out->imports, err);
    body_line(&body, STR("# ### commands auto generated by Alembic - please adjust! ###"));
    VEC_EACH (Op *, op, ops) {
        StrVec lines = { 0 };
        if (!render_lines(&r, *op, &lines))
            return error_at(err, (*op)->head.loc);
        VEC_EACH (const Str, line, &lines)
            body_line(&body, *line);
    }
    if (!body.has_code)
        body_line(&body, STR("pass"));
    body_line(&body, STR("# ### end Alembic commands ###"));
    out->body = body_text(arena, buf_str(&body.buf));
    return true;
}

bool render_op(Arena *arena, const RenderOptions *options, const Op *op, StrVec *imports, Str *text,
               Error *err)
{
    Rendering r = rendering_begin(arena, options, imports, err);
    StrVec lines = { 0 };
    if (!render_lines(&r, op, &lines))
        return false;
    *text = strvec_join(arena, &lines, STR("\n"));
    return true;
}
