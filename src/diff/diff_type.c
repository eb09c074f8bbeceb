/* SPDX-License-Identifier: MIT */
/*
 * Types are compared as the dialect writes them. A spelling is its words and what stands in its
 * brackets: "numeric(10, 2)", "timestamp with time zone". Words that mean the same on a dialect are
 * one; brackets, and the words behind the first, count only where both sides have as many of them:
 * VARCHAR without a length says nothing about the length.
 */
#include "diff/diff_state.h"

typedef struct Spelling {
    StrVec words; /* lower case */
    StrVec args;  /* of the brackets, trimmed */
    Str charset, collation;
} Spelling;

typedef struct Synonyms {
    DialectId id;
    const char *a, *b;
} Synonyms;

static const Synonyms synonyms[] = {
    { DIALECT_POSTGRESQL, "float", "double precision" },
    { DIALECT_MYSQL, "bool", "tinyint" },
    { DIALECT_MYSQL, "json", "longtext" },
    { DIALECT_MARIADB, "bool", "tinyint" },
    { DIALECT_MARIADB, "json", "longtext" },
};

static void take_args(Diff *diff, Str text, size_t *at, Spelling *spelling)
{
    size_t end = *at;
    char quote = 0;
    for (; end < text.len && (quote || text.ptr[end] != ')'); end++)
        if (text.ptr[end] == '\'')
            quote = quote ? 0 : '\'';
    Str inside = str_slice(text, *at, end), part;
    while (str_split_next(&inside, ',', &part))
        VEC_PUSH(diff->arena, &spelling->args, str_trim(part));
    *at = end < text.len ? end + 1 : end;
}

static bool is_word_char(char c)
{
    return char_is_alnum(c) || c == '_' || c == '-' || c == '.' || c == '"' ||
           (unsigned char)c > 127;
}

/* "COLLATE x" and "CHARACTER SET x" are no words of the type itself. */
static void take_charset(Diff *diff, Spelling *spelling)
{
    StrVec words = { 0 };
    StrVec *from = &spelling->words;
    for (size_t i = 0; i < from->len; i++) {
        bool more = i + 1 < from->len;
        if (str_is(from->items[i], "collate") && more) {
            spelling->collation = from->items[++i];
        } else if (str_is(from->items[i], "character") && i + 2 < from->len &&
                   str_is(from->items[i + 1], "set")) {
            spelling->charset = from->items[i + 2];
            i += 2;
        } else {
            VEC_PUSH(diff->arena, &words, from->items[i]);
        }
    }
    *from = words;
}

static Spelling spell(Diff *diff, Str type)
{
    Spelling spelling = { .charset = STR_NONE, .collation = STR_NONE };
    Str text = str_lower_ascii(diff->arena, type);
    for (size_t at = 0; at < text.len;) {
        if (text.ptr[at] == '(') {
            at++;
            take_args(diff, text, &at, &spelling);
            continue;
        }
        size_t start = at;
        while (at < text.len && is_word_char(text.ptr[at]))
            at++;
        if (at > start)
            VEC_PUSH(diff->arena, &spelling.words, str_slice(text, start, at));
        else
            at++;
    }
    take_charset(diff, &spelling);
    return spelling;
}

static bool texts_equal(const StrVec *a, const StrVec *b)
{
    if (a->len != b->len)
        return false;
    for (size_t i = 0; i < a->len; i++)
        if (!str_eq(a->items[i], b->items[i]))
            return false;
    return true;
}

static bool are_synonyms(const Diff *diff, Str a, Str b)
{
    if ((str_is(a, "numeric") && str_is(b, "decimal")) ||
        (str_is(a, "decimal") && str_is(b, "numeric")))
        return true;
    for (size_t i = 0; i < sizeof synonyms / sizeof *synonyms; i++) {
        const Synonyms *row = &synonyms[i];
        if (diff_is(diff, row->id) &&
            ((str_is(a, row->a) && str_is(b, row->b)) || (str_is(a, row->b) && str_is(b, row->a))))
            return true;
    }
    return false;
}

static bool same_name(Diff *diff, const Spelling *a, const Spelling *b)
{
    if (a->words.len && b->words.len && str_eq(a->words.items[0], b->words.items[0]))
        return true;
    return are_synonyms(diff, strvec_join(diff->arena, &a->words, STR(" ")),
                        strvec_join(diff->arena, &b->words, STR(" ")));
}

static bool given_and_different(Str a, Str b)
{
    return str_given(a) && str_given(b) && !str_eq(a, b);
}

/* What follows the name: compared where both sides have as much of it. */
static bool same_details(const Spelling *a, const Spelling *b)
{
    if (a->words.len == b->words.len)
        for (size_t i = 1; i < a->words.len; i++)
            if (!str_eq(a->words.items[i], b->words.items[i]))
                return false;
    if (a->args.len == b->args.len && !texts_equal(&a->args, &b->args))
        return false;
    return !given_and_different(a->charset, b->charset) &&
           !given_and_different(a->collation, b->collation);
}

/* FLOAT(n) is no type of PostgreSQL's own: up to 24 it is REAL, beyond DOUBLE PRECISION. */
static void resolve_float(Diff *diff, Spelling *spelling)
{
    bool is = diff_extra(diff) && diff_is(diff, DIALECT_POSTGRESQL) && spelling->words.len == 1 &&
              str_is(spelling->words.items[0], "float") && spelling->args.len == 1;
    if (!is)
        return;
    Str digits = spelling->args.items[0];
    bool real = digits.len == 1 || (digits.len == 2 && str_cmp(digits, STR("24")) <= 0);
    spelling->words.len = spelling->args.len = 0;
    VEC_PUSH(diff->arena, &spelling->words, real ? STR("real") : STR("double"));
    if (!real)
        VEC_PUSH(diff->arena, &spelling->words, STR("precision"));
}

static bool spellings_differ(Diff *diff, Str a, Str b)
{
    Spelling left = spell(diff, a), right = spell(diff, b);
    resolve_float(diff, &left);
    resolve_float(diff, &right);
    return !same_name(diff, &left, &right) || !same_details(&left, &right);
}

static bool compare(Diff *diff, Column *database, Column *model, Str *was, Str *is, bool *differs)
{
    const DiffCalls *calls = &diff->options->ask_script;
    const Dialect *dialect = diff->options->dialect;
    Tri told = TRI_NONE;
    if (!dialect_type(diff->arena, dialect, diff->options->calls, database->type, was, diff->err) ||
        !dialect_type(diff->arena, dialect, diff->options->calls, model->type, is, diff->err))
        return false;
    if (calls->compare_type &&
        !calls->compare_type(calls->context, database, model, &told, diff->err))
        return false;
    *differs = told == TRI_NONE ? spellings_differ(diff, *was, *is) : told == TRI_TRUE;
    return true;
}

bool diff_type(Diff *diff, Column *database, Column *model, AlterColumn *op, Str where)
{
    Str was, is;
    bool differs;
    if (!diff->options->compare_type || !database->type || database->type->kind == TYPE_NULL ||
        !model->type || model->type->kind == TYPE_NULL)
        return true;
    if (!compare(diff, database, model, &was, &is, &differs))
        return false;
    if (!differs)
        return true;
    op->type = model->type;
    /* Alembic leaves the schema out here, and only here. */
    if (model->table)
        where = table_key(diff->arena, model->table->name.text, model->name.text);
    diff_say(diff, LOG_TYPES, "Detected type change from %.*s to %.*s on '%.*s'", STR_ARG(was),
             STR_ARG(is), STR_ARG(where));
    return true;
}
