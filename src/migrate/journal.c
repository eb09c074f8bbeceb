/* SPDX-License-Identifier: MIT */
#include "migrate/journal.h"

bool journal_is_ddl(Str sql)
{
    static const char *const words[] = { "CREATE", "ALTER", "DROP" };
    Str text = str_trim_left(sql);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        Str word = str_from(words[i]);
        if (str_eq_nocase(str_slice(text, 0, word.len), word) && text.len > word.len &&
            char_is_space(text.ptr[word.len]))
            return true;
    }
    return false;
}

bool journal_is_conditional(Str sql)
{
    static const char *const words[] = { " IF EXISTS ", " IF NOT EXISTS " };
    for (size_t at = 0; at < sql.len; at++)
        for (size_t i = 0; char_is_space(sql.ptr[at]) && i < sizeof words / sizeof *words; i++) {
            Str word = str_from(words[i]);
            if (str_eq_nocase(str_slice(sql, at + 1, at + word.len - 1),
                              str_slice(word, 1, word.len - 1)))
                return true;
        }
    return false;
}

void journal_statement(Journal *journal, Str sql)
{
    journal->statements++;
    if (!journal_is_ddl(sql))
        return;
    journal->ddl++;
    if (!journal_is_conditional(sql))
        journal->certain++;
}

void journal_committed(Journal *journal)
{
    journal->committed = journal->statements;
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

void journal_report(const Journal *journal, Error *err)
{
    if (journal->committed == 0)
        return;
    Str note = str_format(
        err->arena, "%zu statement%s of this revision had been committed before and stay%s",
        journal->committed, plural(journal->committed), journal->committed == 1 ? "s" : "");
    err->detail = str_given(err->detail)
                      ? str_format(err->arena, "%.*s\n%.*s", STR_ARG(err->detail), STR_ARG(note))
                      : note;
}
