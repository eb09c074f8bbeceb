/* SPDX-License-Identifier: MIT */
/* Columns and what they are filled with, as source. */
#include "diff/render_state.h"
#include "sql/sqlite_reflect.h"

/* The numbers and flags of an Identity in the order in which SQLAlchemy names them. */
static const struct {
    const char *name;
    size_t offset;
    bool number;
} identity_options[] = {
    { "always", offsetof(SequenceOptions, always), false },
    { "on_null", offsetof(SequenceOptions, on_null), false },
    { "start", offsetof(SequenceOptions, start), true },
    { "increment", offsetof(SequenceOptions, increment), true },
    { "minvalue", offsetof(SequenceOptions, minvalue), true },
    { "maxvalue", offsetof(SequenceOptions, maxvalue), true },
    { "nominvalue", offsetof(SequenceOptions, nominvalue), false },
    { "nomaxvalue", offsetof(SequenceOptions, nomaxvalue), false },
    { "cycle", offsetof(SequenceOptions, cycle), false },
    { "cache", offsetof(SequenceOptions, cache), true },
    { "order", offsetof(SequenceOptions, order), false },
};

void put_sequence_options(Rendering *r, const SequenceOptions *options, bool always)
{
    bool first = true;
    for (size_t i = 0; i < sizeof identity_options / sizeof *identity_options; i++) {
        const void *member = (const char *)options + identity_options[i].offset;
        bool number = identity_options[i].number;
        OptInt integer = number ? *(const OptInt *)member : (OptInt){ 0 };
        Tri flag = number ? TRI_NONE : *(const Tri *)member;
        if (identity_options[i].offset == offsetof(SequenceOptions, always))
            flag = !always ? TRI_NONE : flag == TRI_NONE ? TRI_FALSE : flag;
        if (number ? !integer.given : flag == TRI_NONE)
            continue;
        buf_printf(&r->buf, "%s%s=", first ? "" : ", ", identity_options[i].name);
        first = false;
        if (number)
            buf_put_int(&r->buf, integer.value);
        else
            put_bool(r, flag == TRI_TRUE);
    }
}

static bool put_identity(Rendering *r, const Identity *identity)
{
    buf_printf(&r->buf, "%.*sIdentity(", STR_ARG(r->options->sa));
    put_sequence_options(r, &identity->options, true);
    buf_putc(&r->buf, ')');
    return true;
}

static bool put_computed(Rendering *r, const Computed *computed)
{
    Datum expr = { .kind = DATUM_RECORD, .record = { &expr_record, computed->sqltext } };
    Str sql;
    if (!expr_source(r, &expr, &sql))
        return false;
    buf_printf(&r->buf, "%.*sComputed(", STR_ARG(r->options->sa));
    put_repr(r, sql);
    buf_puts(&r->buf, ", ");
    if (computed->persisted != TRI_NONE) {
        buf_puts(&r->buf, "persisted=");
        put_bool(r, computed->persisted == TRI_TRUE);
    }
    buf_putc(&r->buf, ')');
    return true;
}

/* SQLite takes an expression as a default only in brackets; Alembic puts most into them. */
static Str bracketed(Rendering *r, Str sql)
{
    bool digit = sql.len == 1 && (char_is_digit(sql.ptr[0]) || sql.ptr[0] == '.');
    bool string = sql.len > 2 && sql.ptr[0] == '\'' && sqlite_is_literal(sql);
    bool inside = sql.len > 2 && sql.ptr[0] == '(' && sql.ptr[sql.len - 1] == ')';
    if (r->options->dialect->id != DIALECT_SQLITE || digit || string || inside)
        return sql;
    return str_format(r->arena, "(%.*s)", STR_ARG(sql));
}

/* A str loses the quotes that it may have brought along. */
static Str unquoted(Str text)
{
    bool quoted = text.len >= 2 && text.ptr[0] == '\'' && text.ptr[text.len - 1] == '\'';
    return quoted ? str_slice(text, 1, text.len - 1) : text;
}

static bool put_default_sql(Rendering *r, const Datum *server_default)
{
    Str sql;
    if (!expr_source(r, server_default, &sql))
        return false;
    buf_printf(&r->buf, "%.*stext(", STR_ARG(r->options->sa));
    put_repr(r, bracketed(r, sql));
    buf_putc(&r->buf, ')');
    return true;
}

bool put_default(Rendering *r, const Datum *server_default, const Type *type)
{
    bool done;
    if (server_default->kind == DATUM_NONE) {
        buf_puts(&r->buf, "None");
        return true;
    }
    if (!put_item_datum(r, "server_default", server_default, &done))
        return false;
    if (done)
        return true;
    switch (default_kind(server_default)) {
    case DEFAULT_NONE:
        buf_puts(&r->buf, "None");
        return true;
    case DEFAULT_FETCHED:
        buf_printf(&r->buf, "%.*sFetchedValue()", STR_ARG(r->options->sa));
        return true;
    case DEFAULT_IDENTITY:
        return put_identity(r, server_default->record.object);
    case DEFAULT_COMPUTED:
        return put_computed(r, server_default->record.object);
    case DEFAULT_TEXT:
        put_repr(r, unquoted(server_default->text));
        return true;
    case DEFAULT_SEQUENCE:
    case DEFAULT_EXPR:
        break;
    }
    return put_default_sql(r, server_default);
}

static Str default_text(const Column *column)
{
    const Datum *given = &column->server_default;
    bool expr = given->kind == DATUM_RECORD && record_is(given->record.record, &expr_record);
    return expr ? ((const Expr *)given->record.object)->text : STR("");
}

/* A reflected column that PostgreSQL numbers from a sequence of its own: SERIAL. */
static bool is_serial(const Column *column)
{
    return column->reflected && type_is(column->type, TYPE_INTEGER) &&
           str_starts(default_text(column), STR("nextval("));
}

/*
 * autoincrement is written where it was given; of a reflected column always, but on SQLite, which
 * does not tell.
 */
static void put_autoincrement(Rendering *r, const Column *column)
{
    const Datum *given = &column->autoincrement_given;
    bool reflected = column->reflected && r->options->dialect->id != DIALECT_SQLITE;
    if (given->kind == DATUM_BOOL) {
        buf_puts(&r->buf, ", autoincrement=");
        put_bool(r, given->truth);
    } else if (given->kind == DATUM_STR && !str_is(given->text, "auto")) {
        buf_puts(&r->buf, ", autoincrement=");
        put_repr(r, given->text);
    } else if (reflected) {
        buf_puts(&r->buf, ", autoincrement=");
        put_bool(r, is_serial(column));
    }
}

static bool put_column_check(Rendering *r, const Constraint *check)
{
    Rendering inner = rendering_nested(r);
    if (!put_constraint(&inner, check))
        return false;
    Str text = rendering_take(&inner);
    if (text.len)
        buf_printf(&r->buf, ", %.*s", STR_ARG(text));
    return true;
}

/* What stands by position: Identity, Computed and CHECKs. */
static bool put_positional(Rendering *r, const Column *column, bool checks)
{
    if (column->identity) {
        buf_puts(&r->buf, ", ");
        if (!put_identity(r, column->identity))
            return false;
    }
    if (column->computed) {
        buf_puts(&r->buf, ", ");
        if (!put_computed(r, column->computed))
            return false;
    }
    VEC_EACH (Constraint *, check, &column->constraints) {
        bool own = (*check)->kind == CONSTRAINT_CHECK && !(*check)->of_type;
        if (own && (checks || !name_given((*check)->name)) && !put_column_check(r, *check))
            return false;
    }
    return true;
}

static bool put_column_default(Rendering *r, const Column *column)
{
    const Datum *given = &column->server_default;
    DefaultKind kind = default_kind(given);
    if (kind == DEFAULT_NONE || kind == DEFAULT_IDENTITY || kind == DEFAULT_COMPUTED ||
        is_serial(column))
        return true;
    Rendering inner = rendering_nested(r);
    if (!put_default(&inner, given, column->type))
        return false;
    Str text = rendering_take(&inner);
    if (text.len)
        buf_printf(&r->buf, ", server_default=%.*s", STR_ARG(text));
    return true;
}

bool put_column(Rendering *r, const Column *column, bool checks)
{
    bool done;
    if (!put_item(r, "column", &column_record, column, &done))
        return false;
    if (done)
        return true;
    buf_printf(&r->buf, "%.*sColumn(", STR_ARG(r->options->sa));
    put_repr(r, column->name.text);
    buf_puts(&r->buf, ", ");
    if (!put_type(r, column->type) || !put_positional(r, column, checks) ||
        !put_column_default(r, column))
        return false;
    put_autoincrement(r, column);
    buf_puts(&r->buf, ", nullable=");
    put_bool(r, column_nullable(column));
    if (column->system == TRI_TRUE)
        buf_puts(&r->buf, ", system=True");
    if (str_given(column->comment) && column->comment.len) {
        buf_puts(&r->buf, ", comment=");
        put_repr(r, column->comment);
    }
    if (!put_options(r, &column->options))
        return false;
    buf_putc(&r->buf, ')');
    return true;
}
