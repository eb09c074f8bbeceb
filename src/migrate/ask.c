/* SPDX-License-Identifier: MIT */
/*
 * One DO block. For each table a temporary one is made with the same columns, each question is put
 * to it in a block of its own, and an exception takes it all back: what PL/pgSQL's variables hold
 * by then survives. They are handed out through a setting of the session, which a SELECT reads.
 */
#include "migrate/ask.h"

#include "db/db.h"

#define TAG "$limbeck$"

typedef struct Asking {
    Arena *arena;
    Sql sql;
    size_t number; /* of the question, from 1 */
} Asking;

/* The statement that makes the server read the expression. */
static Str statement_of(Asking *asking, const Question *question)
{
    Sql sql = sql_nested(&asking->sql);
    SqlArg number = sql_int((int64_t)asking->number), text = sql_raw(question->text);
    switch (question->kind) {
    case QUESTION_CHECK:
    case QUESTION_WHERE:
        sql_put(&sql, "ALTER TABLE pg_temp.limbeck_ask ADD CONSTRAINT limbeck_@ CHECK (@)", number,
                text);
        break;
    case QUESTION_INDEX:
        sql_put(&sql, "CREATE INDEX limbeck_@ ON pg_temp.limbeck_ask ((@))", number, text);
        break;
    case QUESTION_DEFAULT:
        sql_put(&sql, "ALTER TABLE pg_temp.limbeck_ask ADD COLUMN limbeck_@ @ DEFAULT @", number,
                sql_raw(question->type), text);
        break;
    case QUESTION_COMPUTED:
        sql_put(&sql,
                "ALTER TABLE pg_temp.limbeck_ask ADD COLUMN limbeck_@ @ "
                "GENERATED ALWAYS AS (@) STORED",
                number, sql_raw(question->type), text);
        break;
    }
    return sql_take(&sql);
}

/* The query that reads what the server made of it. */
static const char *reading_of(const Question *question)
{
    switch (question->kind) {
    case QUESTION_CHECK:
        return "SELECT pg_get_expr(conbin, conrelid, true) FROM pg_constraint WHERE conrelid = "
               "'pg_temp.limbeck_ask'::regclass AND conname = 'limbeck_@'";
    case QUESTION_WHERE:
        return "SELECT pg_get_expr(conbin, conrelid) FROM pg_constraint WHERE conrelid = "
               "'pg_temp.limbeck_ask'::regclass AND conname = 'limbeck_@'";
    case QUESTION_INDEX:
        return "pg_get_indexdef('pg_temp.limbeck_@'::regclass, 1, true)";
    case QUESTION_DEFAULT:
    case QUESTION_COMPUTED:
        break;
    }
    return "SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d JOIN pg_attribute a ON "
           "a.attrelid = d.adrelid AND a.attnum = d.adnum WHERE d.adrelid = "
           "'pg_temp.limbeck_ask'::regclass AND a.attname = 'limbeck_@'";
}

/* Two defaults may be equal as values: now() and CURRENT_TIMESTAMP. Nothing that counts is called.
 */
static void put_equality(Asking *asking, const Question *question)
{
    bool counts = str_find(question->text, STR("nextval"), 0) >= 0 ||
                  str_find(question->against, STR("nextval"), 0) >= 0;
    if (question->kind != QUESTION_DEFAULT || counts)
        return;
    Sql query = sql_nested(&asking->sql);
    sql_put(&query, "SELECT (@)::@ IS NOT DISTINCT FROM (@)::@", sql_raw(question->text),
            sql_raw(question->type), sql_raw(question->against), sql_raw(question->type));
    sql_put(&asking->sql,
            "BEGIN EXECUTE @ INTO same; equals[@] := same; EXCEPTION WHEN OTHERS THEN NULL; END;\n",
            sql_literal(sql_take(&query)), sql_int((int64_t)asking->number));
}

static void put_question(Asking *asking, const Question *question)
{
    asking->number++;
    SqlArg number = sql_int((int64_t)asking->number);
    Sql reading = sql_nested(&asking->sql);
    sql_put(&reading, reading_of(question), number);
    sql_put(
        &asking->sql,
        "BEGIN EXECUTE @; answers[@] := (@); EXCEPTION WHEN OTHERS THEN refusals[@] := SQLERRM; "
        "END;\n",
        sql_literal(statement_of(asking, question)), number, sql_raw(sql_take(&reading)), number);
    put_equality(asking, question);
}

static void put_new_column(Asking *asking, const Column *column)
{
    Sql add = sql_nested(&asking->sql);
    if (!column->type)
        return;
    sql_put(&add, "ALTER TABLE pg_temp.limbeck_ask ADD COLUMN @ @", sql_name(column->name),
            sql_type(column->type));
    sql_put(&asking->sql, "BEGIN EXECUTE @; EXCEPTION WHEN OTHERS THEN NULL; END;\n",
            sql_literal(sql_take(&add)));
}

/* The questions [from, to) are about one table. */
static void put_table(Asking *asking, const QuestionVec *questions, size_t from, size_t to)
{
    const Question *first = questions->items[from];
    Sql make = sql_nested(&asking->sql);
    sql_put(&make, "CREATE TEMPORARY TABLE limbeck_ask (LIKE @)",
            sql_table(first->table->schema, first->table->name));
    sql_put(&asking->sql, "BEGIN EXECUTE @;\n", sql_literal(sql_take(&make)));
    VEC_EACH (Column *, each, &first->added)
        put_new_column(asking, *each);
    for (size_t i = from; i < to; i++)
        put_question(asking, questions->items[i]);
    sql_put(&asking->sql,
            "RAISE EXCEPTION SQLSTATE 'LB000';\n"
            "EXCEPTION WHEN SQLSTATE 'LB000' THEN NULL;\n"
            "WHEN OTHERS THEN FOR i IN @..@ LOOP refusals[i] := SQLERRM; END LOOP; END;\n",
            sql_int((int64_t)from + 1), sql_int((int64_t)to));
}

static Str block_of(Asking *asking, const QuestionVec *questions)
{
    SqlArg count = sql_int((int64_t)questions->len);
    sql_put(&asking->sql,
            "DO " TAG "\nDECLARE answers text[] := array_fill(NULL::text, ARRAY[@]); "
            "refusals text[] := array_fill(NULL::text, ARRAY[@]); "
            "equals bool[] := array_fill(false, ARRAY[@]); same bool;\nBEGIN\n",
            count, count, count);
    for (size_t from = 0, to; from < questions->len; from = to) {
        for (to = from + 1; to < questions->len; to++)
            if (questions->items[to]->table != questions->items[from]->table)
                break;
        put_table(asking, questions, from, to);
    }
    sql_put_text(&asking->sql,
                 "PERFORM set_config('limbeck.answers', to_json(answers)::text, true), "
                 "set_config('limbeck.refusals', to_json(refusals)::text, true), "
                 "set_config('limbeck.equals', to_json(equals)::text, true);\nEND " TAG ";\n"
                 "SELECT a, r, e FROM ROWS FROM ("
                 "json_array_elements_text(current_setting('limbeck.answers')::json), "
                 "json_array_elements_text(current_setting('limbeck.refusals')::json), "
                 "json_array_elements_text(current_setting('limbeck.equals')::json)) "
                 "AS x (a, r, e)");
    return sql_take(&asking->sql);
}

static bool take_answers(Arena *arena, DbResult *result, QuestionVec *questions, Error *err)
{
    VEC_EACH (Question *, each, questions) {
        const DbValue *row;
        if (!db_next(result, &row, err))
            return false;
        if (!row)
            return fail(err, ERR_DATABASE, "the server answered fewer questions than it was asked");
        Str answer = db_value_text(row[0]), refusal = db_value_text(row[1]);
        if (str_given(answer))
            (*each)->answer = str_dup(arena, answer);
        if (str_given(refusal))
            (*each)->refusal = str_dup(arena, refusal);
        (*each)->equal = str_is(db_value_text(row[2]), "true");
        (*each)->answered = (*each)->equal || str_given(answer);
    }
    return true;
}

static bool can_ask(const Conn *conn, const QuestionVec *questions)
{
    if (!questions->len || conn->url.engine != ENGINE_POSTGRESQL)
        return false;
    VEC_EACH (Question *, each, questions)
        if (str_find((*each)->text, STR(TAG), 0) >= 0 ||
            str_find((*each)->against, STR(TAG), 0) >= 0)
            return false;
    return true;
}

bool ask_server(void *context, QuestionVec *questions, Error *err)
{
    Conn *conn = context;
    if (!can_ask(conn, questions))
        return true;
    Arena *scratch = arena_new(conn->arena);
    Asking asking = { .arena = scratch, .sql = sql_begin(scratch, &postgresql_dialect, err) };
    Str block = block_of(&asking, questions);
    DbResult result;
    bool ok = sql_ok(&asking.sql) && db_query(conn, scratch, block, NULL, 0, &result, err) &&
              take_answers(conn->arena, &result, questions, err);
    arena_free(scratch);
    return ok;
}
