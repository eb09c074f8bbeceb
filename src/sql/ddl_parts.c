/* SPDX-License-Identifier: MIT */
/* Columns, defaults and constraints as they stand inside CREATE TABLE and ALTER TABLE. */
#include "sql/ddl.h"

const Datum *ddl_option(const Ddl *ddl, const Options *options, const char *name)
{
    if (options->map.len == 0)
        return NULL;
    Str key = str_format(ddl->arena, "%s_%s", ddl->dialect->name, name);
    const Datum *value = options_get(options, key);
    if (!value && ddl->dialect->id == DIALECT_MARIADB)
        value = options_get(options, str_format(ddl->arena, "mysql_%s", name));
    return value && value->kind != DATUM_NONE ? value : NULL;
}

bool ddl_option_true(const Ddl *ddl, const Options *options, const char *name)
{
    const Datum *value = ddl_option(ddl, options, name);
    return value && !(value->kind == DATUM_BOOL && !value->truth);
}

Str ddl_option_str(const Ddl *ddl, const Options *options, const char *name)
{
    const Datum *value = ddl_option(ddl, options, name);
    return value && value->kind == DATUM_STR ? value->text : STR_NONE;
}

void ddl_put_expr(Ddl *ddl, const Expr *expr)
{
    bool bare = ddl->sql.bare_columns;
    ddl->sql.bare_columns = true;
    sql_put_expr(&ddl->sql, expr);
    ddl->sql.bare_columns = bare;
}

void ddl_put_datum_expr(Ddl *ddl, const Datum *expr)
{
    const Expr *tree = expr->kind == DATUM_STR ? expr_text(ddl->arena, expr->text)
                                               : expr_from_datum(ddl->arena, expr, NULL);
    ddl_put_expr(ddl, tree);
}

Str ddl_default(Ddl *ddl, const Datum *server_default, const Type *type)
{
    switch (default_kind(server_default)) {
    case DEFAULT_NONE:
    case DEFAULT_FETCHED:
    case DEFAULT_SEQUENCE:
    case DEFAULT_IDENTITY:
    case DEFAULT_COMPUTED:
        return STR_NONE;
    case DEFAULT_TEXT:
    case DEFAULT_EXPR:
        break;
    }
    Sql outer = ddl->sql;
    ddl->sql = sql_nested(&outer);
    if (server_default->kind == DATUM_STR)
        sql_put_literal(&ddl->sql, server_default->text);
    else
        ddl_put_datum_expr(ddl, server_default);
    Str text = sql_take(&ddl->sql);
    ddl->sql = outer;
    return text;
}

void ddl_put_computed(Ddl *ddl, const Computed *computed)
{
    sql_put_text(&ddl->sql, "GENERATED ALWAYS AS (");
    ddl_put_expr(ddl, computed->sqltext);
    sql_put_text(&ddl->sql, ")");
    if (computed->persisted != TRI_NONE)
        sql_put_text(&ddl->sql, computed->persisted == TRI_TRUE ? " STORED" : " VIRTUAL");
}

/* Words of a sequence, in the order in which they are written. */
static const struct {
    const char *words;
    size_t number; /* offset of an OptInt */
} sequence_numbers[] = {
    { "INCREMENT BY", offsetof(SequenceOptions, increment) },
    { "START WITH", offsetof(SequenceOptions, start) },
    { "MINVALUE", offsetof(SequenceOptions, minvalue) },
    { "MAXVALUE", offsetof(SequenceOptions, maxvalue) },
};

static void put_separated(Ddl *ddl, bool *first, const char *words)
{
    if (!*first)
        sql_put_text(&ddl->sql, " ");
    *first = false;
    sql_put_text(&ddl->sql, words);
}

void ddl_put_sequence_options(Ddl *ddl, const SequenceOptions *options)
{
    bool first = true;
    for (size_t i = 0; i < sizeof sequence_numbers / sizeof *sequence_numbers; i++) {
        const void *member = (const char *)options + sequence_numbers[i].number;
        const OptInt *number = member;
        if (!number->given)
            continue;
        put_separated(ddl, &first, sequence_numbers[i].words);
        sql_put(&ddl->sql, " @", sql_int(number->value));
    }
    if (options->nominvalue == TRI_TRUE)
        put_separated(ddl, &first, "NO MINVALUE");
    if (options->nomaxvalue == TRI_TRUE)
        put_separated(ddl, &first, "NO MAXVALUE");
    if (options->cache.given) {
        put_separated(ddl, &first, "CACHE");
        sql_put(&ddl->sql, " @", sql_int(options->cache.value));
    }
    bool mysql = ddl->dialect->id == DIALECT_MYSQL || ddl->dialect->id == DIALECT_MARIADB;
    if (options->cycle != TRI_NONE)
        put_separated(ddl, &first,
                      options->cycle == TRI_TRUE ? "CYCLE"
                      : mysql                    ? "NOCYCLE"
                                                 : "NO CYCLE");
}

void ddl_put_identity(Ddl *ddl, const Identity *identity)
{
    sql_put(&ddl->sql, "GENERATED @ AS IDENTITY",
            sql_keyword(identity->options.always == TRI_TRUE ? "ALWAYS" : "BY DEFAULT"));
    size_t before = ddl->sql.buf.len;
    sql_put_text(&ddl->sql, " (");
    size_t open = ddl->sql.buf.len;
    ddl_put_sequence_options(ddl, &identity->options);
    if (ddl->sql.buf.len == open)
        buf_truncate(&ddl->sql.buf, before);
    else
        sql_put_text(&ddl->sql, ")");
}

static void put_column_standard(Ddl *ddl, const Column *column)
{
    sql_put(&ddl->sql, "@ @", sql_name(column->name), sql_type(column->type));
    Str text = ddl_default(ddl, &column->server_default, column->type);
    if (str_given(text))
        sql_put(&ddl->sql, " DEFAULT @", sql_raw(text));
    if (column->computed) {
        sql_put_text(&ddl->sql, " ");
        ddl_put_computed(ddl, column->computed);
    }
    if (!column_nullable(column))
        sql_put_text(&ddl->sql, " NOT NULL");
}

/* A column without a type has that of the column its foreign key points to, where that is known. */
static Type *column_type(const Column *column)
{
    if (column->type && column->type->kind != TYPE_NULL)
        return column->type;
    VEC_EACH (ForeignKey *, each, &column->foreign_keys) {
        const Constraint *constraint = (*each)->constraint;
        const Table *ref = constraint ? constraint->ref : NULL;
        if (constraint && !ref && column->table && column->table->metadata)
            ref = metadata_table(column->table->metadata, constraint->ref_schema,
                                 constraint->ref_table);
        const Column *target = ref ? table_column(ref, constraint->ref_columns.items[0]) : NULL;
        if (target && target != column)
            return target->type;
    }
    return column->type;
}

static void put_column(Ddl *ddl, const Column *column)
{
    Column typed = *column;
    typed.type = column_type(column);
    const DdlParts *parts = ddl->dialect->parts;
    if (parts && parts->column)
        parts->column(ddl, &typed);
    else
        put_column_standard(ddl, &typed);
    VEC_EACH (Constraint *, each, &column->constraints) {
        sql_put_text(&ddl->sql, " ");
        ddl_put_constraint(ddl, *each);
    }
}

/* Errors name the table and the column. */
void ddl_put_column(Ddl *ddl, const Column *column)
{
    Error local = error_in(ddl->arena);
    Error *outer = ddl->err;
    ddl->err = ddl->sql.err = &local;
    put_column(ddl, column);
    ddl->err = ddl->sql.err = outer;
    if (!error_set(&local))
        return;
    local.text = str_format(ddl->arena, "(in table '%.*s', column '%.*s'): %.*s",
                            STR_ARG(column->table ? column->table->name.text : STR("?")),
                            STR_ARG(column->name.text), STR_ARG(local.text));
    error_copy(outer, &local);
    error_at(outer, column->head.loc);
}

static void put_words(Ddl *ddl, const Constraint *constraint, ConstraintSlot slot)
{
    const DdlParts *parts = ddl->dialect->parts;
    if (parts && parts->constraint_words)
        parts->constraint_words(ddl, constraint, slot);
}

void ddl_put_constraint_columns(Ddl *ddl, const Constraint *constraint)
{
    for (size_t i = 0; i < constraint->columns.len; i++) {
        Str key = constraint->columns.items[i];
        const Column *column = constraint->table ? table_column(constraint->table, key) : NULL;
        sql_put(&ddl->sql, i ? ", @" : "@", sql_name(column ? column->name : name_from(key)));
        if (i < constraint->column_words.len && constraint->column_words.items[i].len > 0)
            sql_put(&ddl->sql, " @", sql_raw(constraint->column_words.items[i]));
    }
}

static const Table *constraint_ref(const Constraint *constraint)
{
    if (constraint->ref || !constraint->table || !constraint->table->metadata)
        return constraint->ref;
    return metadata_table(constraint->table->metadata, constraint->ref_schema,
                          constraint->ref_table);
}

static void put_ref_columns(Ddl *ddl, const Constraint *constraint, const Table *ref)
{
    for (size_t i = 0; i < constraint->ref_columns.len; i++) {
        Str key = constraint->ref_columns.items[i];
        const Column *column = ref ? table_column(ref, key) : NULL;
        sql_put(&ddl->sql, i ? ", @" : "@", sql_name(column ? column->name : name_from(key)));
    }
}

static void put_ref_table(Ddl *ddl, const Constraint *constraint, const Table *ref, bool added)
{
    Name schema = ref ? ref->schema : name_from(constraint->ref_schema);
    Name name = ref ? ref->name : name_from(constraint->ref_table);
    const Table *table = constraint->table;
    if (!ref && table && table->metadata && !name_given(schema))
        schema = table->metadata->schema;
    if (ddl->dialect->id == DIALECT_SQLITE && !added)
        schema = (Name){ .quote = TRI_NONE };
    sql_put(&ddl->sql, "@", sql_table(schema, name));
}

/* What may stand behind ON DELETE and INITIALLY; and how SQLAlchemy says so. */
typedef struct Phrases {
    const char *const *words;
    const char *pattern;
} Phrases;

static const char *const action_words[] = { "RESTRICT",  "CASCADE",     "SET NULL",
                                            "NO ACTION", "SET DEFAULT", NULL };
static const char *const initially_words[] = { "DEFERRED", "IMMEDIATE", NULL };
static const Phrases actions = { action_words,
                                 "^(?:RESTRICT|CASCADE|SET NULL|NO ACTION|SET DEFAULT)$" };
static const Phrases pg_actions = {
    action_words,
    "^(?:RESTRICT|CASCADE|SET (?:NULL|DEFAULT)(?:\\\\s*\\\\(.+\\\\))?|NO ACTION)$",
};
static const Phrases initially = { initially_words, "^(?:DEFERRED|IMMEDIATE)$" };

/* PostgreSQL: SET NULL (a, b). */
static Str without_columns(Str phrase)
{
    ptrdiff_t open = str_find_char(phrase, '(', 0);
    if (open < 0 || !str_ends(phrase, STR(")")) || (size_t)open + 2 >= phrase.len)
        return phrase;
    Str words = str_trim(str_slice(phrase, 0, (size_t)open));
    bool sets = str_eq_nocase(words, STR("SET NULL")) || str_eq_nocase(words, STR("SET DEFAULT"));
    return sets ? words : phrase;
}

static void put_phrase(Ddl *ddl, const char *format, const Phrases *phrases, Str phrase)
{
    Str words = phrases == &pg_actions ? without_columns(phrase) : phrase;
    if (!str_given(phrase))
        return;
    for (const char *const *each = phrases->words; *each; each++) {
        if (str_eq_nocase(words, str_from(*each))) {
            sql_put(&ddl->sql, format, sql_raw(phrase));
            return;
        }
    }
    fail(ddl->err, ERR_SCHEMA, "Unexpected SQL phrase: '%.*s' (matching against '%s')",
         STR_ARG(phrase), phrases->pattern);
}

static void put_deferrable(Ddl *ddl, const Constraint *constraint)
{
    if (constraint->deferrable != TRI_NONE)
        sql_put_text(&ddl->sql,
                     constraint->deferrable == TRI_TRUE ? " DEFERRABLE" : " NOT DEFERRABLE");
    put_phrase(ddl, " INITIALLY @", &initially, constraint->initially);
}

static void check_match(Ddl *ddl, const Constraint *constraint)
{
    bool mysql = ddl->dialect->id == DIALECT_MYSQL || ddl->dialect->id == DIALECT_MARIADB;
    if (mysql && str_given(constraint->match))
        fail(ddl->err, ERR_SCHEMA,
             "MySQL ignores the 'MATCH' keyword while at the same time causes ON UPDATE/ON DELETE "
             "clauses to be ignored.");
}

static void put_references(Ddl *ddl, const Constraint *constraint, bool added)
{
    const Table *ref = constraint_ref(constraint);
    check_match(ddl, constraint);
    sql_put_text(&ddl->sql, "REFERENCES ");
    put_ref_table(ddl, constraint, ref, added);
    sql_put_text(&ddl->sql, " (");
    put_ref_columns(ddl, constraint, ref);
    sql_put_text(&ddl->sql, ")");
    if (str_given(constraint->match))
        sql_put(&ddl->sql, " MATCH @", sql_raw(constraint->match));
    const Phrases *allowed = ddl->dialect->id == DIALECT_POSTGRESQL ? &pg_actions : &actions;
    put_phrase(ddl, " ON DELETE @", allowed, constraint->ondelete);
    put_phrase(ddl, " ON UPDATE @", allowed, constraint->onupdate);
    put_deferrable(ddl, constraint);
}

void ddl_put_references(Ddl *ddl, const Constraint *constraint)
{
    put_references(ddl, constraint, true);
}

static void put_foreign_key(Ddl *ddl, const Constraint *constraint)
{
    sql_put_text(&ddl->sql, "FOREIGN KEY(");
    ddl_put_constraint_columns(ddl, constraint);
    sql_put_text(&ddl->sql, ") ");
    put_references(ddl, constraint, false);
    put_words(ddl, constraint, SLOT_END);
}

static void put_key(Ddl *ddl, const Constraint *constraint)
{
    bool unique = constraint->kind == CONSTRAINT_UNIQUE;
    sql_put_text(&ddl->sql, unique ? "UNIQUE " : "PRIMARY KEY ");
    if (unique)
        put_words(ddl, constraint, SLOT_UNIQUE);
    sql_put_text(&ddl->sql, "(");
    ddl_put_constraint_columns(ddl, constraint);
    sql_put_text(&ddl->sql, ")");
    put_words(ddl, constraint, SLOT_COLUMNS);
    put_deferrable(ddl, constraint);
    put_words(ddl, constraint, SLOT_END);
}

static void put_check(Ddl *ddl, const Constraint *constraint)
{
    sql_put_text(&ddl->sql, "CHECK (");
    ddl_put_expr(ddl, constraint->sqltext);
    sql_put_text(&ddl->sql, ")");
    put_deferrable(ddl, constraint);
    put_words(ddl, constraint, SLOT_END);
}

/* ops={"a": "int4_ops"} is by the column's name. */
static Str exclude_opclass(const Constraint *constraint, const ExcludeElement *element)
{
    const Expr *expr = element->expr;
    if (str_given(element->opclass) || constraint->ops.kind != DATUM_MAP)
        return element->opclass;
    Str name = expr->kind == EXPR_COLUMN && expr->column ? expr->column->name.text
               : name_given(expr->name)                  ? expr->name.text
                                                         : expr->text;
    const Datum *found = map_get(constraint->ops.map, name);
    return found && found->kind == DATUM_STR ? found->text : STR_NONE;
}

static void put_exclude(Ddl *ddl, const Constraint *constraint)
{
    Str using = str_given(constraint->using_) ? constraint->using_ : STR("gist");
    sql_put(&ddl->sql, "EXCLUDE USING @ (", sql_raw(using));
    for (size_t i = 0; i < constraint->excludes.len; i++) {
        const ExcludeElement *element = &constraint->excludes.items[i];
        if (i)
            sql_put_text(&ddl->sql, ", ");
        ddl_put_expr(ddl, element->expr);
        Str opclass = exclude_opclass(constraint, element);
        if (str_given(opclass))
            sql_put(&ddl->sql, " @", sql_raw(opclass));
        sql_put(&ddl->sql, " WITH @", sql_raw(element->op));
    }
    sql_put_text(&ddl->sql, ")");
    if (constraint->where) {
        sql_put_text(&ddl->sql, " WHERE (");
        ddl_put_expr(ddl, constraint->where);
        sql_put_text(&ddl->sql, ")");
    }
    put_deferrable(ddl, constraint);
}

void ddl_put_constraint(Ddl *ddl, const Constraint *constraint)
{
    Name name;
    if (!naming_constraint(ddl->arena, &ddl->naming, constraint, &name, ddl->err))
        return;
    if (name_given(name))
        sql_put(&ddl->sql, "CONSTRAINT @ ", sql_name(name));
    switch (constraint->kind) {
    case CONSTRAINT_PRIMARY_KEY:
    case CONSTRAINT_UNIQUE:
        put_key(ddl, constraint);
        return;
    case CONSTRAINT_FOREIGN_KEY:
        put_foreign_key(ddl, constraint);
        return;
    case CONSTRAINT_CHECK:
        put_check(ddl, constraint);
        return;
    case CONSTRAINT_EXCLUDE:
        put_exclude(ddl, constraint);
        return;
    }
}
