/* SPDX-License-Identifier: MIT */
/* Server defaults, identities and computed columns. */
#include "diff/diff_question.h"
#include "diff/diff_state.h"

static const Identity *identity_of(const Column *column)
{
    if (column->identity)
        return column->identity;
    bool is = default_kind(&column->server_default) == DEFAULT_IDENTITY;
    return is ? column->server_default.record.object : NULL;
}

static const Computed *computed_of(const Column *column)
{
    if (column->computed)
        return column->computed;
    bool is = default_kind(&column->server_default) == DEFAULT_COMPUTED;
    return is ? column->server_default.record.object : NULL;
}

static Datum default_of(const Column *column)
{
    const Identity *identity = identity_of(column);
    const Computed *computed = computed_of(column);
    if (identity)
        return (Datum){ .kind = DATUM_RECORD,
                        .record = { identity->head.record, (void *)(uintptr_t)identity } };
    if (computed)
        return (Datum){ .kind = DATUM_RECORD,
                        .record = { computed->head.record, (void *)(uintptr_t)computed } };
    return column->server_default;
}

/* --- identities --- */

typedef struct IdentityPart {
    const char *name;
    size_t offset;
    bool number; /* OptInt; else Tri */
} IdentityPart;

#define PART(member, number)                               \
    {                                                      \
#member, offsetof(SequenceOptions, member), number \
    }
static const IdentityPart identity_parts[] = {
    PART(always, false),  PART(cache, true),    PART(cycle, false), PART(increment, true),
    PART(maxvalue, true), PART(minvalue, true), PART(start, true),
};

/* What the model leaves open is as it is; `always` is false by itself. */
static bool part_differs(const IdentityPart *part, const SequenceOptions *was,
                         const SequenceOptions *is)
{
    const char *left = (const char *)was + part->offset, *right = (const char *)is + part->offset;
    if (part->number) {
        const OptInt *a = (const OptInt *)(const void *)left;
        const OptInt *b = (const OptInt *)(const void *)right;
        return b->given && (!a->given || a->value != b->value);
    }
    Tri a = *(const Tri *)(const void *)left, b = *(const Tri *)(const void *)right;
    bool always = part->offset == offsetof(SequenceOptions, always);
    if (always)
        return (a == TRI_TRUE) != (b == TRI_TRUE);
    return b != TRI_NONE && (a == TRI_TRUE) != (b == TRI_TRUE);
}

static StrVec identity_differences(Diff *diff, const Identity *was, const Identity *is)
{
    static const SequenceOptions nothing;
    StrVec names = { 0 };
    for (size_t i = 0; i < sizeof identity_parts / sizeof *identity_parts; i++)
        if (part_differs(&identity_parts[i], was ? &was->options : &nothing, &is->options))
            VEC_PUSH(diff->arena, &names, str_from(identity_parts[i].name));
    return names;
}

static void compare_identity(Diff *diff, const Column *database, const Column *model,
                             AlterColumn *op, Str where)
{
    const Identity *was = identity_of(database), *is = identity_of(model);
    op->existing_server_default = default_of(database);
    StrVec names = { 0 };
    if (is)
        names = identity_differences(diff, was, is);
    if (!names.len && !was == !is)
        return;
    op->server_default = default_of(model);
    if (!names.len)
        return;
    Str list = diff_repr_tuple(diff, &names);
    list = str_slice(list, 1, list.len - (names.len == 1 ? 2 : 1));
    diff_say(diff, LOG_DEFAULTS,
             "Detected server default on column '%.*s': identity options attributes [%.*s]",
             STR_ARG(where), STR_ARG(list));
}

/* --- computed columns --- */

static bool computed_text(Diff *diff, const Column *column, const Computed *computed, Str *text)
{
    if (computed->sqltext)
        return diff_expr_sql(diff, column->table, computed->sqltext, text);
    *text = computed->given.kind == DATUM_STR ? computed->given.text : STR("");
    return true;
}

static bool column_type(Diff *diff, const Column *column, Str *type)
{
    return dialect_type(diff->arena, diff->options->dialect, diff->options->calls, column->type,
                        type, diff->err);
}

/* No database changes how a column is computed; the script must drop the column and add it anew. */
static bool compare_computed(Diff *diff, Column *database, Column *model, Str where)
{
    const Computed *was = computed_of(database), *is = computed_of(model);
    Str old, new;
    bool same = false;
    if (was && is) {
        if (!computed_text(diff, database, was, &old) || !computed_text(diff, model, is, &new))
            return false;
        Question question = {
            .kind = QUESTION_COMPUTED, .column = model, .text = new, .against = old
        };
        if (!column_type(diff, model, &question.type) ||
            !diff_same(diff, database->table, &question, &same))
            return false;
    }
    if (!same && !diff->collecting)
        diff_warn(diff, LOG_DEFAULTS, "Computed default on %.*s cannot be modified",
                  STR_ARG(where));
    return true;
}

/* --- plain defaults --- */

static bool default_sql(Diff *diff, const Column *column, Str *sql)
{
    Ddl ddl = ddl_begin(diff->arena, diff->options->dialect, diff->err);
    ddl.calls = diff->options->calls;
    ddl_start(&ddl);
    *sql = ddl_default(&ddl, &column->server_default, column->type);
    return !error_set(diff->err);
}

/* "('x')" and "'x'" as x: SQLite keeps a default as it was written. */
static Str bare(Str text)
{
    text = str_trim(text);
    if (text.len > 1 && text.ptr[0] == '(' && text.ptr[text.len - 1] == ')')
        text = str_slice(text, 1, text.len - 1);
    if (text.len > 2 && text.ptr[0] == '"' && text.ptr[text.len - 1] == '"' && text.ptr[1] == '\'')
        text = str_slice(text, 1, text.len - 1);
    if (text.len > 1 && text.ptr[0] == '\'' && text.ptr[text.len - 1] == '\'')
        text = str_slice(text, 1, text.len - 1);
    return text;
}

static bool texts_same(Diff *diff, Column *database, Column *model, Str was, Str is, bool *same)
{
    if (diff_is(diff, DIALECT_SQLITE)) {
        *same = str_eq(bare(was), bare(is));
        return true;
    }
    Question question = { .kind = QUESTION_DEFAULT, .column = model, .text = is, .against = was };
    return column_type(diff, model, &question.type) &&
           diff_same(diff, database->table, &question, same);
}

static bool is_numbered(const Diff *diff, const Column *model)
{
    return diff_is(diff, DIALECT_POSTGRESQL) && model->primary_key == TRI_TRUE && model->table &&
           table_autoincrement_column(model->table) == model;
}

static bool compare_texts(Diff *diff, Column *database, Column *model, Str was, Str is,
                          bool *differs)
{
    const DiffCalls *calls = &diff->options->ask_script;
    Tri told = TRI_NONE;
    if (!diff->collecting && calls->compare_default &&
        !calls->compare_default(calls->context, database, model, is, &told, diff->err))
        return false;
    *differs = told == TRI_TRUE;
    if (told != TRI_NONE || is_numbered(diff, model))
        return true;
    bool same = !str_given(was) && !str_given(is);
    if (str_given(was) && str_given(is) && !texts_same(diff, database, model, was, is, &same))
        return false;
    *differs = !same;
    return true;
}

static bool compare_plain(Diff *diff, Column *database, Column *model, AlterColumn *op, Str where)
{
    Str was, is;
    bool differs;
    if (op)
        op->existing_server_default = database->server_default;
    if (!diff->options->compare_server_default)
        return true;
    if (!default_sql(diff, database, &was) || !default_sql(diff, model, &is) ||
        !compare_texts(diff, database, model, was, is, &differs))
        return false;
    if (!differs || !op)
        return true;
    op->server_default = model->server_default;
    diff_say(diff, LOG_DEFAULTS, "Detected server default on column '%.*s'", STR_ARG(where));
    return true;
}

bool diff_default(Diff *diff, Column *database, Column *model, AlterColumn *op, Str where)
{
    DefaultKind kind = default_kind(&model->server_default);
    if (computed_of(model))
        return compare_computed(diff, database, model, where);
    if (computed_of(database)) {
        if (!diff->collecting)
            diff_warn(diff, LOG_DEFAULTS, "Computed default on %.*s cannot be modified",
                      STR_ARG(where));
        return true;
    }
    if (identity_of(model) || identity_of(database)) {
        if (op)
            compare_identity(diff, database, model, op, where);
        return true;
    }
    if (kind == DEFAULT_FETCHED || kind == DEFAULT_SEQUENCE)
        return true;
    if (kind == DEFAULT_NONE && database->server_default.kind == DATUM_NONE)
        return true;
    return compare_plain(diff, database, model, op, where);
}
