/* SPDX-License-Identifier: MIT */
#include "diff/diff_question.h"

#include "diff/diff_text.h"

static Str question_key(Diff *diff, const Table *table, const Question *question)
{
    return str_format(diff->arena, "%d\x1f%p\x1f%.*s\x1f%.*s\x1f%.*s", (int)question->kind,
                      (const void *)table, STR_ARG(question->type), STR_ARG(question->text),
                      STR_ARG(question->against));
}

static void note(Diff *diff, Table *table, const Question *question, Str key)
{
    Question *asked = ARENA_NEW(diff->arena, Question);
    *asked = *question;
    asked->table = table;
    map_set(&diff->questions, key, asked);
    VEC_PUSH(diff->base, &diff->asked, asked);
}

static bool answered_same(Diff *diff, const Question *asked)
{
    return asked->equal ||
           (str_given(asked->answer) && text_same(diff->arena, diff_is(diff, DIALECT_POSTGRESQL),
                                                  asked->answer, asked->against) == TEXT_SAME);
}

/* A default is read as its column's type. */
static TextAnswer compare_texts(Diff *diff, const Question *question)
{
    bool casts = diff_is(diff, DIALECT_POSTGRESQL);
    TextAnswer answer = text_same(diff->arena, casts, question->text, question->against);
    if (answer == TEXT_SAME || !casts || question->kind != QUESTION_DEFAULT)
        return answer;
    Str typed =
        str_format(diff->arena, "(%.*s)::%.*s", STR_ARG(question->text), STR_ARG(question->type));
    return text_same(diff->arena, casts, typed, question->against);
}

bool diff_same(Diff *diff, Table *table, const Question *question, bool *same)
{
    TextAnswer texts = compare_texts(diff, question);
    bool asks = diff_is(diff, DIALECT_POSTGRESQL);
    *same = texts == TEXT_SAME;
    if (*same || !asks)
        return true;
    Str key = question_key(diff, table, question);
    const Question *asked = map_get(&diff->questions, key);
    if (diff->collecting) {
        if (!asked)
            note(diff, table, question, key);
        *same = true;
        return true;
    }
    if (asked && asked->answered) {
        *same = answered_same(diff, asked);
        return true;
    }
    diff->result->unasked++;
    *same = texts == TEXT_ALIKE;
    return true;
}

static bool collect_defaults(Diff *diff, TablePair *pair)
{
    VEC_EACH (Column *, each, &pair->model->columns) {
        Column *there = table_column_named(pair->database, (*each)->name.text);
        if (there && !diff_default(diff, there, *each, NULL, STR("")))
            return false;
    }
    return true;
}

/* Columns that an expression of the model may speak of though the table lacks them yet. */
static void add_new_columns(Diff *diff, const TablePair *pair, size_t from)
{
    ColumnVec added = { 0 };
    VEC_EACH (Column *, each, &pair->model->columns)
        if (!table_column_named(pair->database, (*each)->name.text))
            VEC_PUSH(diff->arena, &added, *each);
    for (size_t i = from; i < diff->asked.len; i++)
        diff->asked.items[i]->added = added;
}

static bool collect_pair(Diff *diff, TablePair *pair)
{
    size_t from = diff->asked.len;
    if (diff_part(diff, DIFF_DEFAULTS) && !collect_defaults(diff, pair))
        return false;
    if (diff_part(diff, DIFF_CONSTRAINTS) && !diff_indexes(diff, pair))
        return false;
    if (diff_part(diff, DIFF_CHECKS) && !diff_checks(diff, pair))
        return false;
    if (diff->asked.len > from)
        add_new_columns(diff, pair, from);
    return true;
}

static void say_unanswered(Diff *diff)
{
    VEC_EACH (Question *, each, &diff->asked) {
        if ((*each)->answered)
            continue;
        Str why = str_given((*each)->refusal) ? (*each)->refusal : STR("nobody may ask it");
        diff_warn(diff, LOG_TABLES,
                  "The server did not say whether '%.*s' is '%.*s' on '%.*s' (%.*s); their texts "
                  "are compared",
                  STR_ARG((*each)->text), STR_ARG((*each)->against),
                  STR_ARG((*each)->table->name.text), STR_ARG(why));
    }
}

bool diff_ask(Diff *diff)
{
    if (!diff_is(diff, DIALECT_POSTGRESQL))
        return true;
    diff->collecting = true;
    VEC_EACH (TablePair, pair, &diff->changed) {
        size_t asked = diff->asked.len;
        diff->arena = arena_new(diff->base);
        if (!collect_pair(diff, pair))
            return false;
        if (asked == diff->asked.len)
            arena_free(diff->arena);
    }
    diff->arena = diff->base;
    diff->collecting = false;
    if (!diff->asked.len)
        return true;
    if (diff->options->ask &&
        !diff->options->ask(diff->options->ask_context, &diff->asked, diff->err))
        return false;
    say_unanswered(diff);
    return true;
}
