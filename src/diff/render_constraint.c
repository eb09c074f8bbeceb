/* SPDX-License-Identifier: MIT */
/* Constraints as source: inside create_table. */
#include "diff/render_state.h"

bool constraint_name(Rendering *r, const Constraint *constraint, Name *name)
{
    return naming_constraint(r->arena, &r->options->naming, constraint, name, r->err);
}

bool index_name(Rendering *r, const Index *index, Name *name)
{
    return naming_index(r->arena, &r->options->naming, index, name, r->err);
}

static bool is_lone_column(const Table *table, const Constraint *constraint)
{
    VEC_EACH (Column *, column, &table->columns)
        VEC_EACH (Constraint *, own, &(*column)->constraints)
            if (*own == constraint)
                return true;
    return false;
}

bool constraint_stands_in_table(const Table *table, const Constraint *constraint)
{
    switch (constraint->kind) {
    case CONSTRAINT_PRIMARY_KEY:
        return constraint->columns.len > 0;
    case CONSTRAINT_CHECK:
        return !constraint->of_type && !is_lone_column(table, constraint);
    case CONSTRAINT_FOREIGN_KEY:
        return constraint->use_alter != TRI_TRUE || !table->metadata;
    case CONSTRAINT_UNIQUE:
    case CONSTRAINT_EXCLUDE:
        return true;
    }
    return true;
}

/* ", deferrable=True, initially='DEFERRED'" */
static void put_deferral(Rendering *r, const Constraint *constraint)
{
    if (constraint->deferrable != TRI_NONE) {
        buf_puts(&r->buf, ", deferrable=");
        put_bool(r, constraint->deferrable == TRI_TRUE);
    }
    if (str_given(constraint->initially)) {
        buf_puts(&r->buf, ", initially=");
        put_repr(r, constraint->initially);
    }
}

static bool put_constraint_name(Rendering *r, const Constraint *constraint)
{
    Name name;
    if (!constraint_name(r, constraint, &name))
        return false;
    if (name_given(name)) {
        buf_puts(&r->buf, ", name=");
        put_name(r, name);
    }
    return true;
}

static void put_bare_names(Rendering *r, const StrVec *names)
{
    for (size_t i = 0; i < names->len; i++) {
        if (i)
            buf_puts(&r->buf, ", ");
        put_repr(r, names->items[i]);
    }
}

static bool put_primary_key(Rendering *r, const Constraint *constraint)
{
    buf_printf(&r->buf, "%.*sPrimaryKeyConstraint(", STR_ARG(r->options->sa));
    put_bare_names(r, &constraint->columns);
    if (!put_constraint_name(r, constraint) || !put_options(r, &constraint->options))
        return false;
    buf_putc(&r->buf, ')');
    return true;
}

/* A reflected one says all that PostgreSQL 15 knows; in a table also that nothing is included. */
bool put_unique_options(Rendering *r, const Constraint *constraint, bool in_table)
{
    const Datum nothing = { .kind = DATUM_LIST }, no = datum_bool(false);
    if (constraint->kind != CONSTRAINT_UNIQUE || !constraint->reflected ||
        r->options->dialect->id != DIALECT_POSTGRESQL)
        return put_options(r, &constraint->options);
    const Datum *include = options_get(&constraint->options, STR("postgresql_include"));
    const Datum *nulls =
        options_get(&constraint->options, STR("postgresql_nulls_not_distinct"));
    if (include || in_table) {
        buf_puts(&r->buf, ", postgresql_include=");
        if (!put_datum(r, include ? include : &nothing))
            return false;
    }
    buf_puts(&r->buf, ", postgresql_nulls_not_distinct=");
    return put_datum(r, nulls ? nulls : &no);
}

static bool put_unique(Rendering *r, const Constraint *constraint)
{
    buf_printf(&r->buf, "%.*sUniqueConstraint(", STR_ARG(r->options->sa));
    put_bare_names(r, &constraint->columns);
    put_deferral(r, constraint);
    if (!put_constraint_name(r, constraint) || !put_unique_options(r, constraint, true))
        return false;
    buf_putc(&r->buf, ')');
    return true;
}

static bool put_check(Rendering *r, const Constraint *constraint)
{
    Datum expr = { .kind = DATUM_RECORD, .record = { &expr_record, constraint->sqltext } };
    Str sql;
    if (!expr_source(r, &expr, &sql))
        return false;
    buf_printf(&r->buf, "%.*sCheckConstraint(", STR_ARG(r->options->sa));
    put_repr(r, sql);
    if (!put_constraint_name(r, constraint))
        return false;
    buf_putc(&r->buf, ')');
    return true;
}

static void put_word(Rendering *r, const char *name, Str text, const char **separator)
{
    if (!str_given(text))
        return;
    buf_printf(&r->buf, "%s%s=", *separator, name);
    put_repr(r, text);
    *separator = ", ";
}

static void put_tri(Rendering *r, const char *name, Tri tri, const char **separator)
{
    if (tri == TRI_NONE)
        return;
    buf_printf(&r->buf, "%s%s=", *separator, name);
    put_bool(r, tri == TRI_TRUE);
    *separator = ", ";
}

void put_foreign_key_options(Rendering *r, const Constraint *constraint, const char **separator)
{
    put_word(r, "onupdate", constraint->onupdate, separator);
    put_word(r, "ondelete", constraint->ondelete, separator);
    put_word(r, "initially", constraint->initially, separator);
    put_tri(r, "deferrable", constraint->deferrable, separator);
    if (constraint->use_alter == TRI_TRUE)
        put_tri(r, "use_alter", TRI_TRUE, separator);
    put_word(r, "match", constraint->match, separator);
}

/* "schema.table.column" of each column. */
static StrVec target_names(Rendering *r, const Constraint *constraint)
{
    StrVec targets = { 0 };
    Str table = table_key(r->arena, constraint->ref_schema, constraint->ref_table);
    VEC_EACH (const Str, column, &constraint->ref_columns)
        VEC_PUSH(r->arena, &targets,
                 str_format(r->arena, "%.*s.%.*s", STR_ARG(table), STR_ARG(*column)));
    return targets;
}

/* Alembic leaves a comma and a blank where there are no options. */
static bool put_foreign_key(Rendering *r, const Constraint *constraint)
{
    const char *separator = ", ";
    Name name;
    StrVec targets = target_names(r, constraint);
    if (!constraint_name(r, constraint, &name))
        return false;
    buf_printf(&r->buf, "%.*sForeignKeyConstraint(", STR_ARG(r->options->sa));
    put_names(r, &constraint->columns);
    buf_puts(&r->buf, ", ");
    put_names(r, &targets);
    size_t before = r->buf.len;
    if (name_given(name)) {
        buf_puts(&r->buf, ", name=");
        put_name(r, name);
    }
    put_foreign_key_options(r, constraint, &separator);
    if (!put_options(r, &constraint->options))
        return false;
    buf_puts(&r->buf, r->buf.len == before ? ", )" : ")");
    return true;
}

bool put_excludes(Rendering *r, const Constraint *constraint)
{
    VEC_EACH (const ExcludeElement, element, &constraint->excludes) {
        Datum expr = { .kind = DATUM_RECORD, .record = { &expr_record, element->expr } };
        bool plain = element->expr->kind == EXPR_COLUMN;
        Str sql;
        if (!expr_source(r, &expr, &sql))
            return false;
        buf_printf(&r->buf, "(%.*s%s(", STR_ARG(r->options->sa), plain ? "column" : "text");
        put_repr(r, plain ? element->expr->name.text : sql);
        buf_puts(&r->buf, "), ");
        put_repr(r, element->op);
        buf_puts(&r->buf, "), ");
    }
    r->buf.len -= constraint->excludes.len ? 2 : 0;
    if (constraint->where) {
        Datum where = { .kind = DATUM_RECORD, .record = { &expr_record, constraint->where } };
        buf_puts(&r->buf, ", where=");
        if (!put_datum(r, &where))
            return false;
    }
    if (str_given(constraint->using_)) {
        buf_puts(&r->buf, ", using=");
        put_repr(r, constraint->using_);
    }
    put_deferral(r, constraint);
    return true;
}

static bool put_exclude(Rendering *r, const Constraint *constraint)
{
    strvec_add(r->arena, r->imports, STR("from sqlalchemy.dialects import postgresql"));
    buf_puts(&r->buf, "postgresql.ExcludeConstraint(");
    if (!put_excludes(r, constraint) || !put_constraint_name(r, constraint))
        return false;
    buf_putc(&r->buf, ')');
    return true;
}

/* What render_item calls each, and what writes it. */
static const struct {
    const char *item;
    bool (*put)(Rendering *r, const Constraint *constraint);
} constraint_rows[] = {
    [CONSTRAINT_PRIMARY_KEY] = { "primary_key", put_primary_key },
    [CONSTRAINT_FOREIGN_KEY] = { "foreign_key", put_foreign_key },
    [CONSTRAINT_UNIQUE] = { "unique", put_unique },
    [CONSTRAINT_CHECK] = { "check", put_check },
    [CONSTRAINT_EXCLUDE] = { "exclude", put_exclude },
};

bool put_constraint(Rendering *r, const Constraint *constraint)
{
    bool done;
    if (!put_item(r, constraint_rows[constraint->kind].item, constraint->head.record, constraint,
                  &done))
        return false;
    return done || constraint_rows[constraint->kind].put(r, constraint);
}
