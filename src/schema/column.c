/* SPDX-License-Identifier: MIT */
#include "schema/table.h"

static bool column_set_type(Column *column, Type *type, Error *err)
{
    if (column->type)
        return fail(err, ERR_SCRIPT, "column '%.*s' is given two types",
                    STR_ARG(column->name.text));
    column->type = type;
    return true;
}

static void column_add_foreign_key(Arena *arena, Column *column, ForeignKey *key)
{
    key->parent = column;
    VEC_PUSH(arena, &column->foreign_keys, key);
}

static void column_add_constraint(Arena *arena, Column *column, Constraint *constraint)
{
    constraint->of_column = column;
    constraint->inline_ = true;
    VEC_PUSH(arena, &column->constraints, constraint);
}

static Datum datum_record(const Record *record, void *object)
{
    return (Datum){ .kind = DATUM_RECORD, .record = { record, object } };
}

bool column_add(Arena *arena, Column *column, const Datum *item, Error *err)
{
    const Record *record = item->kind == DATUM_RECORD ? item->record.record : NULL;
    void *object = item->kind == DATUM_RECORD ? item->record.object : NULL;
    if (record_is(record, &type_classes[TYPE_ENGINE].record))
        return column_set_type(column, object, err);
    if (record_is(record, &foreign_key_record)) {
        column_add_foreign_key(arena, column, object);
    } else if (record_is(record, &constraint_record)) {
        column_add_constraint(arena, column, object);
    } else if (record_is(record, &sequence_record)) {
        column->sequence = object;
    } else if (record_is(record, &identity_record)) {
        column->identity = object;
        column->server_default = datum_record(&identity_record, object);
    } else if (record_is(record, &computed_record)) {
        column->computed = object;
        column->server_default = datum_record(&computed_record, object);
    } else if (record_is(record, &fetched_value_record)) {
        column->server_default = *item;
    } else if (item->kind != DATUM_NONE) {
        return fail(err, ERR_SCRIPT,
                    "'SchemaItem' object, such as a 'Column' or a 'Constraint' expected, got %s",
                    record ? record->name : "another value");
    }
    return true;
}

static bool column_read_autoincrement(Column *column, Error *err)
{
    const Datum *given = &column->autoincrement_given;
    if (given->kind == DATUM_BOOL)
        column->autoincrement = given->truth ? AUTOINCREMENT_TRUE : AUTOINCREMENT_FALSE;
    else if (given->kind == DATUM_STR && str_is(given->text, "ignore_fk"))
        column->autoincrement = AUTOINCREMENT_IGNORE_FK;
    else if (given->kind == DATUM_NONE)
        column->autoincrement = AUTOINCREMENT_FALSE;
    else if (given->kind != DATUM_STR || !str_is(given->text, "auto"))
        return fail(err, ERR_SCRIPT, "autoincrement is True, False, 'auto' or 'ignore_fk'");
    return true;
}

/* server_default and default may hold what also has a member of its own. */
static void column_read_defaults(Column *column)
{
    const Datum *given = &column->server_default;
    if (given->kind == DATUM_RECORD && record_is(given->record.record, &identity_record))
        column->identity = given->record.object;
    if (given->kind == DATUM_RECORD && record_is(given->record.record, &computed_record))
        column->computed = given->record.object;
    const Datum *python_side = &column->default_;
    if (python_side->kind == DATUM_RECORD &&
        record_is(python_side->record.record, &sequence_record))
        column->sequence = python_side->record.object;
}

static bool column_finish(Arena *arena, void *object, const Datum *args, size_t count, Error *err)
{
    Column *column = object;
    size_t at = 0;
    if (at < count && args[at].kind == DATUM_STR)
        column->name.text = str_dup(arena, args[at++].text);
    else if (at < count && args[at].kind == DATUM_NONE)
        at++;
    for (; at < count; at++)
        if (!column_add(arena, column, &args[at], err))
            return false;
    if (column->quote != TRI_NONE)
        column->name.quote = column->quote;
    if (!str_given(column->key))
        column->key = column->name.text;
    column_read_defaults(column);
    return column_read_autoincrement(column, err);
}

Column *column_new(Arena *arena, Name name, Type *type)
{
    Column *column = record_new(arena, &column_record);
    column->name = name;
    column->key = name.text;
    column->type = type;
    column->autoincrement_given = datum_str(STR("auto"));
    return column;
}

static ForeignKey *foreign_key_copy(Arena *arena, const ForeignKey *key, Column *parent)
{
    ForeignKey *copy = arena_copy(arena, key, sizeof *key);
    copy->head.box = NULL;
    copy->constraint = NULL;
    copy->parent = parent;
    return copy;
}

Column *column_copy(Arena *arena, const Column *column)
{
    Column *copy = arena_copy(arena, column, sizeof *column);
    copy->head.box = NULL;
    copy->table = NULL;
    copy->foreign_keys = (ForeignKeyVec){ 0 };
    VEC_EACH (ForeignKey *, each, &column->foreign_keys)
        VEC_PUSH(arena, &copy->foreign_keys, foreign_key_copy(arena, *each, copy));
    copy->waiting = (IndexVec){ 0 };
    copy->constraints = (ConstraintVec){ 0 };
    VEC_EACH (Constraint *, each, &column->constraints)
        column_add_constraint(arena, copy, constraint_copy(arena, *each));
    return copy;
}

static void tri_fill(Tri *to, Tri from)
{
    if (*to == TRI_NONE)
        *to = from;
}

static void datum_fill(Datum *to, const Datum *from)
{
    if (to->kind == DATUM_NONE)
        *to = *from;
}

/* A new map: that of a copy is shared with the column that it was copied from. */
static void options_fill(Arena *arena, Options *to, const Options *from)
{
    if (from->map.len == 0)
        return;
    Map merged = map_in(arena);
    for (size_t i = 0; i < from->map.len; i++)
        map_set(&merged, from->map.entries[i].key, from->map.entries[i].value);
    for (size_t i = 0; i < to->map.len; i++)
        map_set(&merged, to->map.entries[i].key, to->map.entries[i].value);
    to->map = merged;
}

static void key_flag_fill(Column *column, const Column *from)
{
    if (column->primary_key != TRI_TRUE)
        column->primary_key = from->primary_key;
}

static void defaults_fill(Column *column, const Column *from)
{
    datum_fill(&column->server_default, &from->server_default);
    datum_fill(&column->server_onupdate, &from->server_onupdate);
    datum_fill(&column->default_, &from->default_);
    datum_fill(&column->onupdate, &from->onupdate);
    datum_fill(&column->insert_default, &from->insert_default);
    if (!column->identity)
        column->identity = from->identity;
    if (!column->computed)
        column->computed = from->computed;
    if (!column->sequence)
        column->sequence = from->sequence;
    if (column->autoincrement == AUTOINCREMENT_AUTO) {
        column->autoincrement = from->autoincrement;
        column->autoincrement_given = from->autoincrement_given;
    }
}

void column_merge(Arena *arena, Column *column, const Column *from)
{
    key_flag_fill(column, from);
    defaults_fill(column, from);
    tri_fill(&column->nullable, from->nullable);
    tri_fill(&column->unique, from->unique);
    tri_fill(&column->index, from->index);
    options_fill(arena, &column->options, &from->options);
    if (!column->type)
        column->type = from->type;
    if (!name_given(column->name)) {
        column->name = from->name;
        column->key = from->key;
    }
    if (!str_given(column->comment))
        column->comment = from->comment;
    if (!str_given(column->doc))
        column->doc = from->doc;
    const Column *parts = column_copy(arena, from);
    if (column->foreign_keys.len == 0)
        VEC_EACH (ForeignKey *, each, &parts->foreign_keys)
            column_add_foreign_key(arena, column, *each);
    VEC_EACH (Constraint *, each, &parts->constraints)
        column_add_constraint(arena, column, *each);
}

bool column_nullable(const Column *column)
{
    if (column->nullable != TRI_NONE)
        return column->nullable == TRI_TRUE;
    return column->primary_key != TRI_TRUE && !column->identity;
}

DefaultKind default_kind(const Datum *server_default)
{
    const Record *record =
        server_default->kind == DATUM_RECORD ? server_default->record.record : NULL;
    if (server_default->kind == DATUM_NONE)
        return DEFAULT_NONE;
    if (server_default->kind == DATUM_BOOL && !server_default->truth)
        return DEFAULT_NONE;
    if (server_default->kind == DATUM_STR)
        return DEFAULT_TEXT;
    if (record_is(record, &identity_record))
        return DEFAULT_IDENTITY;
    if (record_is(record, &computed_record))
        return DEFAULT_COMPUTED;
    if (record_is(record, &sequence_record))
        return DEFAULT_SEQUENCE;
    if (record_is(record, &fetched_value_record))
        return DEFAULT_FETCHED;
    return DEFAULT_EXPR;
}

static bool computed_finish(Arena *arena, void *object, const Datum *args, size_t count, Error *err)
{
    Computed *computed = object;
    computed->sqltext = computed->given.kind == DATUM_STR
                            ? expr_text(arena, computed->given.text)
                            : expr_from_datum(arena, &computed->given, NULL);
    return true;
}

#define SEQUENCE_ROWS(T)                                                                        \
    FIELD(T, options.start, "start"), FIELD(T, options.increment, "increment"),                 \
        FIELD(T, options.minvalue, "minvalue"), FIELD(T, options.maxvalue, "maxvalue"),         \
        FIELD(T, options.nominvalue, "nominvalue"), FIELD(T, options.nomaxvalue, "nomaxvalue"), \
        FIELD(T, options.cycle, "cycle"), FIELD(T, options.cache, "cache"),                     \
        FIELD(T, options.order, "order")

static const Field column_fields[] = {
    FIELD(Column, name, "name"),
    LINK(Column, type, "type_", &type_classes[TYPE_ENGINE].record),
    LINK(Column, type, ".type", &type_classes[TYPE_ENGINE].record),
    FIELD(Column, autoincrement_given, "autoincrement"),
    FIELD(Column, default_, "default"),
    FIELD(Column, insert_default, "insert_default"),
    FIELD(Column, doc, "doc"),
    FIELD(Column, key, "key"),
    FIELD(Column, index, "index"),
    FIELD(Column, unique, "unique"),
    FIELD(Column, info, "info"),
    FIELD(Column, nullable, "nullable"),
    FIELD(Column, onupdate, "onupdate"),
    FIELD(Column, primary_key, "primary_key"),
    FIELD(Column, server_default, "server_default"),
    FIELD(Column, server_onupdate, "server_onupdate"),
    FIELD(Column, quote, "quote"),
    FIELD(Column, system, "system"),
    FIELD(Column, comment, "comment"),
    FIELD(Column, options, "kw"),
    LINK(Column, table, ".table", &table_record),
    LINK(Column, computed, ".computed", &computed_record),
    LINK(Column, identity, ".identity", &identity_record),
    LINKS(Column, foreign_keys, ".foreign_keys", &foreign_key_record),
    LINKS(Column, constraints, ".constraints", &constraint_record),
};
static const Field sequence_fields[] = {
    FIELD(Sequence, name, "name"),
    SEQUENCE_ROWS(Sequence),
    FIELD(Sequence, schema, "schema"),
    FIELD(Sequence, optional, "optional"),
    FIELD(Sequence, info, "info"),
    LINK(Sequence, metadata, "metadata", &metadata_record),
    LINK(Sequence, data_type, "data_type", &type_classes[TYPE_ENGINE].record),
};
static const Field identity_fields[] = {
    FIELD(Identity, options.always, "always"),
    FIELD(Identity, options.on_null, "on_null"),
    SEQUENCE_ROWS(Identity),
    FIELD(Identity, dialect_options, "kw"),
};
static const Field computed_fields[] = {
    FIELD(Computed, given, "sqltext"),
    FIELD(Computed, persisted, "persisted"),
};
static const Field fetched_value_fields[] = {
    FIELD(FetchedValue, for_update, "for_update"),
};

const Record column_record =
    RECORD(Column,
           "Column(*args, name=None, type_=None, autoincrement='auto', default=None, "
           "insert_default=None, doc=None, key=None, index=None, unique=None, info=None, "
           "nullable=None, onupdate=None, primary_key=False, server_default=None, "
           "server_onupdate=None, quote=None, system=False, comment=None, _proxies=None, **kw)",
           column_fields, .name = "Column", .finish = column_finish);
/* Sequence("x", metadata=m) belongs to m, and so to its schema. */
static bool sequence_finish(Arena *arena, void *object, const Datum *args, size_t count, Error *err)
{
    Sequence *sequence = object;
    MetaData *metadata = sequence->metadata;
    if (!metadata)
        return true;
    if (!str_given(sequence->schema))
        sequence->schema = metadata->schema.text;
    VEC_PUSH(metadata->arena, &metadata->sequences, sequence);
    return true;
}

const Record sequence_record =
    RECORD(Sequence,
           "Sequence(name, start=None, increment=None, minvalue=None, maxvalue=None, "
           "nominvalue=None, nomaxvalue=None, cycle=None, schema=None, cache=None, order=None, "
           "data_type=None, optional=False, quote=None, metadata=None, quote_schema=None, "
           "for_update=False, info=None)",
           sequence_fields, .name = "Sequence", .finish = sequence_finish);
const Record identity_record =
    RECORD(Identity,
           "Identity(always=None, on_null=None, start=None, increment=None, minvalue=None, "
           "maxvalue=None, nominvalue=None, nomaxvalue=None, cycle=None, cache=None, order=None, "
           "**kw)",
           identity_fields, .name = "Identity");
const Record computed_record =
    RECORD(Computed, "Computed(sqltext, persisted=None)", computed_fields, .name = "Computed",
           .finish = computed_finish);
const Record fetched_value_record = RECORD(FetchedValue, "FetchedValue(for_update=False)",
                                           fetched_value_fields, .name = "FetchedValue");
