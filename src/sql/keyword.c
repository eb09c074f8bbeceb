/* SPDX-License-Identifier: MIT */
#include "sql/keyword.h"

#include "sql/dialect.h"

typedef struct Accepted {
    const char *dialect;
    const Record *record;
    const char *names; /* "*": any */
} Accepted;

static const Accepted accepted[] = {
    { "postgresql", &index_record,
      "using include where ops concurrently with tablespace nulls_not_distinct" },
    { "postgresql", &table_record,
      "ignore_search_path tablespace partition_by with_oids on_commit inherits using" },
    { "postgresql", &check_record, "not_valid" },
    { "postgresql", &foreign_key_constraint_record, "not_valid" },
    { "postgresql", &primary_key_record, "include" },
    { "postgresql", &unique_record, "include nulls_not_distinct" },
    { "sqlite", &table_record, "autoincrement with_rowid strict" },
    { "sqlite", &index_record, "where" },
    { "sqlite", &column_record, "on_conflict_primary_key on_conflict_not_null on_conflict_unique" },
    { "sqlite", &constraint_record, "on_conflict" },
    { "mysql", &table_record, "*" },
    { "mysql", &primary_key_record, "using" },
    { "mysql", &index_record, "using length prefix with_parser" },
    { "mariadb", &table_record, "*" },
    { "mariadb", &primary_key_record, "using" },
    { "mariadb", &index_record, "using length prefix with_parser" },
    { "mssql", &primary_key_record, "clustered" },
    { "mssql", &unique_record, "clustered" },
    { "mssql", &index_record, "clustered include where columnstore" },
    { "mssql", &column_record, "identity_start identity_increment" },
    { "oracle", &table_record, "resolve_synonyms on_commit compress tablespace" },
    { "oracle", &index_record, "bitmap compress vector" },
};

static bool in_list(const char *names, Str name)
{
    Str rest = str_from(names);
    for (Str each; str_split_next(&rest, ' ', &each);)
        if (str_is(each, "*") || str_eq(each, name))
            return true;
    return false;
}

bool keyword_check(Str keyword, const Record *record, Error *err)
{
    ptrdiff_t end = str_find_char(keyword, '_', 0);
    if (end <= 0)
        return fail(err, ERR_SCRIPT,
                    "TypeError: Additional arguments should be named <dialectname>_<argument>, got "
                    "'%.*s'",
                    STR_ARG(keyword));
    Str dialect = str_slice(keyword, 0, (size_t)end);
    Str name = str_from_offset(keyword, (size_t)end + 1);
    bool known = false;
    for (size_t i = 0; i < sizeof accepted / sizeof *accepted; i++) {
        if (!str_is(dialect, accepted[i].dialect))
            continue;
        known = true;
        if (record_is(record, accepted[i].record) && in_list(accepted[i].names, name))
            return true;
    }
    return !known || record_is(record, &exclude_record) ||
           fail(err, ERR_SCRIPT,
                "Argument '%.*s' is not accepted by dialect '%.*s' on behalf of <class "
                "'sqlalchemy.sql.schema.%s'>",
                STR_ARG(keyword), STR_ARG(dialect), record->name);
}
