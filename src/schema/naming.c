/* SPDX-License-Identifier: MIT */
#include "schema/naming.h"

#include <md5.h>

#include "base/buf.h"

/* What is being named. */
typedef struct Named {
    Arena *arena;
    const Naming *naming;
    const Constraint *constraint; /* or NULL */
    const Index *index;           /* or NULL */
    const Table *table;
    Name given;
    StrVec columns; /* keys */
} Named;

static const Datum *named_convention_map(const Named *named)
{
    const MetaData *metadata = named->table ? named->table->metadata : NULL;
    if (!metadata || metadata->naming_convention.kind != DATUM_MAP)
        metadata = named->naming->metadata;
    if (!metadata || metadata->naming_convention.kind != DATUM_MAP)
        return NULL;
    return metadata->naming_convention.map->len ? &metadata->naming_convention : NULL;
}

static const Datum *convention_entry(const Named *named, const char *key)
{
    const Datum *convention = named_convention_map(named);
    return convention ? map_get(convention->map, str_from(key)) : NULL;
}

/* The pattern for this kind of thing: by its short key or by its class; STR_NONE when there is
 * none. */
static Str named_pattern(const Named *named)
{
    static const struct {
        const char *key, *class_name;
    } keys[] = {
        [CONSTRAINT_PRIMARY_KEY] = { "pk", "PrimaryKeyConstraint" },
        [CONSTRAINT_FOREIGN_KEY] = { "fk", "ForeignKeyConstraint" },
        [CONSTRAINT_UNIQUE] = { "uq", "UniqueConstraint" },
        [CONSTRAINT_CHECK] = { "ck", "CheckConstraint" },
        [CONSTRAINT_EXCLUDE] = { "ex", "ExcludeConstraint" },
    };
    const char *key = named->constraint ? keys[named->constraint->kind].key : "ix";
    const char *class_name = named->constraint ? keys[named->constraint->kind].class_name : "Index";
    const Datum *entry = convention_entry(named, key);
    if (!entry)
        entry = convention_entry(named, class_name);
    if (entry && entry->kind == DATUM_STR)
        return entry->text;
    bool own = !named->constraint && !named_convention_map(named);
    return own ? STR("ix_%(column_0_label)s") : STR_NONE;
}

typedef enum ColumnAspect { ASPECT_NAME, ASPECT_KEY, ASPECT_LABEL } ColumnAspect;

static Str column_aspect(const Named *named, Str key, ColumnAspect aspect)
{
    const Column *column = named->table ? table_column(named->table, key) : NULL;
    Str name = column ? column->name.text : key;
    if (aspect == ASPECT_KEY)
        return key;
    if (aspect == ASPECT_NAME || !named->table)
        return name;
    Str label =
        str_format(named->arena, "%.*s_%.*s", STR_ARG(named->table->name.text), STR_ARG(name));
    if (!name_given(named->table->schema))
        return label;
    Str schema = str_replace(named->arena, named->table->schema.text, STR("."), STR("_"));
    return str_format(named->arena, "%.*s_%.*s", STR_ARG(schema), STR_ARG(label));
}

/* "0_name", "0N_label", "0_N_key": what follows "column_". False when it is no such token. */
static bool column_token_parse(Str token, size_t *index, bool *all, const char **separator,
                               ColumnAspect *aspect)
{
    size_t at = 0;
    *index = 0;
    while (at < token.len && char_is_digit(token.ptr[at]))
        *index = *index * 10 + (size_t)(token.ptr[at++] - '0');
    if (at == 0 || at > 4)
        return false;
    Str rest = str_from_offset(token, at);
    *all = str_starts(rest, STR("N_")) || str_starts(rest, STR("_N_"));
    *separator = str_starts(rest, STR("_N_")) ? "_" : "";
    rest = str_from_offset(rest, *all ? (rest.ptr[0] == '_' ? 3 : 2) : 1);
    if (str_is(rest, "name"))
        *aspect = ASPECT_NAME;
    else if (str_is(rest, "key"))
        *aspect = ASPECT_KEY;
    else if (str_is(rest, "label"))
        *aspect = ASPECT_LABEL;
    else
        return false;
    return true;
}

static bool column_token(const Named *named, Str token, const StrVec *columns, bool referred,
                         Str *text)
{
    size_t index;
    bool all;
    const char *separator;
    ColumnAspect aspect;
    if (!column_token_parse(token, &index, &all, &separator, &aspect) || index >= columns->len)
        return false;
    if (referred)
        aspect = ASPECT_KEY;
    if (!all) {
        *text = column_aspect(named, columns->items[index], aspect);
        return true;
    }
    StrVec parts = { 0 };
    for (size_t i = index; i < columns->len; i++)
        VEC_PUSH(named->arena, &parts, column_aspect(named, columns->items[i], aspect));
    *text = strvec_join(named->arena, &parts, str_from(separator));
    return true;
}

static bool named_call(const Named *named, const Datum *entry, Str *text, Error *err)
{
    const ScriptCalls *calls = named->naming->calls;
    if (entry->kind != DATUM_SCRIPT || !calls || !calls->naming_token)
        return fail(err, ERR_SCHEMA, "a token of a naming convention must be a function");
    return calls->naming_token(calls->context, named->arena, entry->script, named->constraint,
                               named->index, named->table, text, err);
}

static bool named_own_name(const Named *named, Str *text, Error *err)
{
    if (!name_given(named->given))
        return fail(err, ERR_SCHEMA,
                    "Naming convention including %%(constraint_name)s token requires that "
                    "constraint is explicitly named.");
    *text = named->given.text;
    return true;
}

static bool named_token(const Named *named, Str token, Str *text, Error *err)
{
    const Datum *convention = named_convention_map(named);
    const Datum *own = convention ? map_get(convention->map, token) : NULL;
    if (own)
        return named_call(named, own, text, err);
    const Constraint *constraint = named->constraint;
    static const Str column = { "column_", 7 }, referred = { "referred_column_", 16 };
    if (str_is(token, "constraint_name"))
        return named_own_name(named, text, err);
    if (str_is(token, "table_name") && named->table)
        *text = named->table->name.text;
    else if (str_is(token, "referred_table_name") && constraint && str_given(constraint->ref_table))
        *text = constraint->ref_table;
    else if (str_starts(token, column) &&
             column_token(named, str_from_offset(token, column.len), &named->columns, false, text))
        return true;
    else if (str_starts(token, referred) && constraint &&
             column_token(named, str_from_offset(token, referred.len), &constraint->ref_columns,
                          true, text))
        return true;
    else
        return fail(err, ERR_SCHEMA, "a naming convention has no token %%(%.*s)s here",
                    STR_ARG(token));
    return true;
}

/* Python's `pattern % tokens`, of which only %(name)s and %% have a meaning here. */
static bool named_expand(const Named *named, Str pattern, Str *text, Error *err)
{
    Buf buf = buf_in(named->arena);
    for (size_t at = 0; at < pattern.len; at++) {
        if (pattern.ptr[at] != '%') {
            buf_putc(&buf, pattern.ptr[at]);
            continue;
        }
        Str rest = str_from_offset(pattern, at + 1);
        if (str_starts(rest, STR("%"))) {
            buf_putc(&buf, '%');
            at++;
            continue;
        }
        ptrdiff_t close = str_find(rest, STR(")s"), 0);
        if (!str_starts(rest, STR("(")) || close < 0)
            return fail(err, ERR_SCHEMA, "naming convention '%.*s' is not understood",
                        STR_ARG(pattern));
        Str token;
        if (!named_token(named, str_slice(rest, 1, (size_t)close), &token, err))
            return false;
        buf_put(&buf, token);
        at += (size_t)close + 2;
    }
    *text = buf_take(&buf, named->arena);
    return true;
}

static Str code_points(Str text, size_t count)
{
    size_t offset = 0;
    for (; count && offset < text.len; count--)
        utf8_next(text, &offset);
    return str_slice(text, 0, offset);
}

static Str name_cut(Arena *arena, Str text, size_t limit)
{
    char digest[MD5_DIGEST_STRING_LENGTH];
    MD5Data((const uint8_t *)text.ptr, text.len, digest);
    return str_format(arena, "%.*s_%s", STR_ARG(code_points(text, limit - 8)),
                      digest + strlen(digest) - 4);
}

static bool name_fit(const Named *named, Name *name, Error *err)
{
    const Naming *naming = named->naming;
    size_t length = utf8_count(name->text);
    size_t limit = named->constraint ? naming->max_constraint : naming->max_index;
    if (!limit)
        limit = naming->max_identifier;
    if (name->final && limit && length > limit)
        name->text = name_cut(named->arena, name->text, limit);
    else if (!name->final && naming->max_identifier && length > naming->max_identifier)
        return fail(err, ERR_SCHEMA,
                    "IdentifierError: Identifier '%.*s' exceeds maximum length of %zu characters",
                    STR_ARG(name->text), naming->max_identifier);
    return true;
}

static bool named_resolve(const Named *named, Name *name, Error *err)
{
    *name = named->given;
    Str pattern = name->final ? STR_NONE : named_pattern(named);
    bool dresses = str_find(pattern, STR("%(constraint_name)"), 0) >= 0;
    if (str_given(pattern) && (!name_given(*name) || dresses)) {
        if (!named_expand(named, pattern, &name->text, err))
            return false;
        name->final = true;
    }
    return !name_given(*name) || name_fit(named, name, err);
}

bool naming_constraint(Arena *arena, const Naming *naming, const Constraint *constraint, Name *name,
                       Error *err)
{
    Named named = {
        .arena = arena,
        .naming = naming,
        .constraint = constraint,
        .table = constraint->table,
        .given = constraint->name,
        .columns = constraint->columns,
    };
    if (constraint->kind == CONSTRAINT_CHECK && constraint->of_column)
        VEC_PUSH(arena, &named.columns, constraint->of_column->key);
    return named_resolve(&named, name, err);
}

bool naming_index(Arena *arena, const Naming *naming, const Index *index, Name *name, Error *err)
{
    Named named = {
        .arena = arena,
        .naming = naming,
        .index = index,
        .table = index->table,
        .given = index->name,
        .columns = index_columns(arena, index),
    };
    return named_resolve(&named, name, err);
}
