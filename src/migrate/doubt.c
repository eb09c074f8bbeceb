/* SPDX-License-Identifier: MIT */
#include "migrate/doubt.h"

#include <string.h>

#include "migrate/state.h"

/* ---- the words of a statement ---- */

typedef struct Words {
    Str rest;
} Words;

static size_t word_length(Str text)
{
    char quote = text.ptr[0];
    if (quote == '"' || quote == '\'') {
        for (size_t i = 1; i < text.len; i++) {
            if (text.ptr[i] != quote)
                continue;
            if (i + 1 == text.len || text.ptr[i + 1] != quote)
                return i + 1;
            i++;
        }
        return text.len;
    }
    size_t i = 0;
    while (i < text.len && !char_is_space(text.ptr[i]) && !strchr(".\"'();,", text.ptr[i]))
        i++;
    return i ? i : 1;
}

/* The next word, quoted text or mark; empty at the end. */
static Str next_word(Words *words)
{
    words->rest = str_trim_left(words->rest);
    if (words->rest.len == 0)
        return STR("");
    size_t length = word_length(words->rest);
    Str word = str_slice(words->rest, 0, length);
    words->rest = str_from_offset(words->rest, length);
    return word;
}

static bool take(Words *words, const char *word)
{
    Words ahead = *words;
    if (!str_eq_nocase(next_word(&ahead), str_from(word)))
        return false;
    *words = ahead;
    return true;
}

static void take_if_exists(Words *words)
{
    if (take(words, "IF")) {
        take(words, "NOT");
        take(words, "EXISTS");
    }
}

/* a, a.b: as written, without blanks; the part before the last dot in `*schema`. */
static Str take_name(Words *words, Arena *arena, Str *schema)
{
    Str name = next_word(words);
    *schema = STR("");
    while (take(words, ".")) {
        *schema =
            schema->len ? str_format(arena, "%.*s.%.*s", STR_ARG(*schema), STR_ARG(name)) : name;
        name = next_word(words);
    }
    return name;
}

static Str qualified(Arena *arena, Str schema, Str name)
{
    return schema.len ? str_format(arena, "%.*s.%.*s", STR_ARG(schema), STR_ARG(name)) : name;
}

/* ---- what the catalogs say ---- */

static bool ask(MigrationContext *context, Arena *arena, Sql *sql, DbValue *value, Error *err)
{
    DbResult result;
    const DbValue *row;
    if (!sql_ok(sql) || !lock_query(context, arena, sql_take(sql), &result, err) ||
        !db_next(&result, &row, err))
        return false;
    *value = row ? row[0] : db_null();
    return true;
}

/* true: valid; false: invalid; NULL: there is none. */
static bool index_state(MigrationContext *context, Arena *arena, Str name, DbValue *valid,
                        Error *err)
{
    Sql sql = sql_begin(arena, context->dialect, err);
    sql_put(&sql, "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(@)",
            sql_literal(name));
    return ask(context, arena, &sql, valid, err);
}

static bool decide_create(MigrationContext *context, Arena *arena, Words words, Doubt *doubt,
                          Str *undo, Error *err)
{
    DbValue valid;
    Str schema, ignored;
    take_if_exists(&words);
    Str name = take_name(&words, arena, &ignored);
    if (!take(&words, "ON"))
        return true;
    take(&words, "ONLY");
    take_name(&words, arena, &schema);
    name = qualified(arena, schema, name);
    if (!index_state(context, arena, name, &valid, err))
        return false;
    *doubt = valid.type == DB_NULL ? DOUBT_NOT_DONE : valid.integer ? DOUBT_DONE : DOUBT_HALF;
    *undo = str_format(arena, "DROP INDEX CONCURRENTLY %.*s", STR_ARG(name));
    return true;
}

static bool decide_drop(MigrationContext *context, Arena *arena, Words words, Doubt *doubt,
                        Error *err)
{
    DbValue valid;
    Str schema;
    take_if_exists(&words);
    Str name = take_name(&words, arena, &schema);
    if (!index_state(context, arena, qualified(arena, schema, name), &valid, err))
        return false;
    *doubt = valid.type == DB_NULL ? DOUBT_DONE : DOUBT_NOT_DONE;
    return true;
}

static bool decide_enum(MigrationContext *context, Arena *arena, Words words, Doubt *doubt,
                        Error *err)
{
    DbValue there;
    Str schema;
    Str name = take_name(&words, arena, &schema);
    if (!take(&words, "ADD") || !take(&words, "VALUE"))
        return true;
    take_if_exists(&words);
    Sql sql = sql_begin(arena, context->dialect, err);
    sql_put(&sql,
            "SELECT EXISTS (SELECT 1 FROM pg_enum WHERE enumtypid = to_regtype(@) AND enumlabel = "
            "@)",
            sql_literal(qualified(arena, schema, name)), sql_raw(next_word(&words)));
    if (!ask(context, arena, &sql, &there, err))
        return false;
    *doubt = there.integer ? DOUBT_DONE : DOUBT_NOT_DONE;
    return true;
}

/* Statements that may be run twice without harm. */
static bool may_repeat(Words words)
{
    static const char *const first[] = { "VACUUM",     "ANALYZE", "REINDEX", "CLUSTER",
                                         "CHECKPOINT", "SET",     "RESET",   "REFRESH" };
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        if (take(&words, first[i]))
            return true;
    return journal_is_conditional(words.rest);
}

bool doubt_decide(MigrationContext *context, Arena *arena, Str sql, Doubt *doubt, Str *undo,
                  Error *err)
{
    Words words = { sql };
    *doubt = DOUBT_UNKNOWN;
    *undo = STR("");
    if (take(&words, "CREATE")) {
        take(&words, "UNIQUE");
        if (take(&words, "INDEX") && take(&words, "CONCURRENTLY"))
            return decide_create(context, arena, words, doubt, undo, err);
    } else if (take(&words, "DROP")) {
        if (take(&words, "INDEX") && take(&words, "CONCURRENTLY"))
            return decide_drop(context, arena, words, doubt, err);
    } else if (take(&words, "ALTER") && take(&words, "TYPE")) {
        return decide_enum(context, arena, words, doubt, err);
    }
    if (may_repeat((Words){ sql }))
        *doubt = DOUBT_NOT_DONE;
    return true;
}
