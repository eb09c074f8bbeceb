/* SPDX-License-Identifier: MIT */
#include "sql/sql.h"

/* The words that stand for members in a template. */
typedef enum WordKind { WORD_INT, WORD_TEXT, WORD_QUOTED, WORD_FLAG, WORD_NO_FLAG } WordKind;

static const struct {
    const char *word;
    WordKind kind;
    size_t offset;
} words[] = {
    { "length", WORD_INT, offsetof(Type, length) },
    { "precision", WORD_INT, offsetof(Type, precision) },
    { "scale", WORD_INT, offsetof(Type, scale) },
    { "fsp", WORD_INT, offsetof(Type, fsp) },
    { "display_width", WORD_INT, offsetof(Type, display_width) },
    { "second_precision", WORD_INT, offsetof(Type, second_precision) },
    { "fields", WORD_TEXT, offsetof(Type, fields) },
    { "collate", WORD_TEXT, offsetof(Type, collation) },
    { "charset", WORD_TEXT, offsetof(Type, charset) },
    { "collation", WORD_QUOTED, offsetof(Type, collation) },
    { "unsigned", WORD_FLAG, offsetof(Type, is_unsigned) },
    { "zerofill", WORD_FLAG, offsetof(Type, zerofill) },
    { "timezone", WORD_FLAG, offsetof(Type, timezone) },
    { "no_timezone", WORD_NO_FLAG, offsetof(Type, timezone) },
};

static bool put_int_member(Sql *sql, const void *member)
{
    const OptInt *number = member;
    if (number->given)
        buf_put_int(&sql->buf, number->value);
    return number->given;
}

static bool put_text_member(Sql *sql, const void *member, bool quoted)
{
    const Str *text = member;
    if (str_given(*text) && quoted)
        sql_put_name(sql, (Name){ .text = *text, .quote = TRI_TRUE });
    else if (str_given(*text))
        sql_put_raw(sql, *text);
    return str_given(*text);
}

/* False when the member is not given. */
static bool put_word(Sql *sql, const Type *type, Str word)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!str_is(word, words[i].word))
            continue;
        const void *member = (const char *)type + words[i].offset;
        switch (words[i].kind) {
        case WORD_INT:
            return put_int_member(sql, member);
        case WORD_TEXT:
            return put_text_member(sql, member, false);
        case WORD_QUOTED:
            return put_text_member(sql, member, true);
        case WORD_FLAG:
            return *(const Tri *)member == TRI_TRUE;
        case WORD_NO_FLAG:
            return *(const Tri *)member != TRI_TRUE;
        }
    }
    return fail(sql->err, ERR_SCHEMA, "a type's template has no word {%.*s}", STR_ARG(word));
}

/* Writes up to the closing bracket; `*at` ends behind it. False when a member was missing. */
static bool put_template(Sql *sql, const Type *type, const char **at)
{
    bool whole = true;
    while (**at && **at != ']') {
        if (**at == '[') {
            size_t before = sql->buf.len;
            ++*at;
            if (!put_template(sql, type, at))
                buf_truncate(&sql->buf, before);
        } else if (**at == '{') {
            const char *end = strchr(*at, '}');
            whole &= put_word(sql, type, (Str){ *at + 1, (size_t)(end - *at - 1) });
            *at = end + 1;
        } else {
            buf_putc(&sql->buf, *(*at)++);
        }
    }
    *at += **at == ']';
    return whole;
}

bool sql_put_type_template(Sql *sql, const Type *type, const char *text)
{
    const char *at = text;
    if (put_template(sql, type, &at))
        return true;
    return fail(sql->err, ERR_SCHEMA, "%s requires a length on dialect %s",
                type_class(type)->record.name, sql->dialect->name);
}

static bool put_enum(Sql *sql, const Type *type, const char *text)
{
    int64_t length = type_enum_length(type);
    if (length == 0)
        buf_puts(&sql->buf, "VARCHAR");
    else
        buf_printf(&sql->buf, "VARCHAR(%lld)", (long long)length);
    if (str_given(type->collation))
        sql_put(sql, " COLLATE @", sql_name((Name){ .text = type->collation, .quote = TRI_TRUE }));
    return true;
}

static bool put_null(Sql *sql, const Type *type, const char *text)
{
    return fail(sql->err, ERR_SCHEMA,
                "Can't generate DDL for NullType(); did you forget to "
                "specify a type on this Column?");
}

static bool put_user_defined(Sql *sql, const Type *type, const char *text)
{
    Str spec;
    if (!sql->calls || !sql->calls->type_spec)
        return fail(sql->err, ERR_SCHEMA, "a user-defined type can only be written by its script");
    if (!sql->calls->type_spec(sql->calls->context, sql->arena, type, str_from(sql->dialect->name),
                               &spec, sql->err))
        return false;
    sql_put_raw(sql, spec);
    return true;
}

static bool put_decorator(Sql *sql, const Type *type, const char *text)
{
    Type *impl = type->impl;
    if (type->script.object && sql->calls && sql->calls->type_impl &&
        !sql->calls->type_impl(sql->calls->context, sql->arena, type, str_from(sql->dialect->name),
                               &impl, sql->err))
        return false;
    if (!impl)
        return fail(sql->err, ERR_SCHEMA, "a TypeDecorator needs an impl");
    sql_put_type(sql, impl);
    return true;
}

static bool put_array_refused(Sql *sql, const Type *type, const char *text)
{
    return fail(sql->err, ERR_SCHEMA, "Compiler can't render element of type %s",
                type_class(type)->record.name);
}

#define STRING_SUFFIX "[ COLLATE {collation}]"

const TypeSql default_types[] = {
    { TYPE_NULL, NULL, put_null },
    { TYPE_STRING, "VARCHAR[({length})]" STRING_SUFFIX, NULL },
    { TYPE_TEXT, "TEXT[({length})]" STRING_SUFFIX, NULL },
    { TYPE_UNICODE, "VARCHAR[({length})]" STRING_SUFFIX, NULL },
    { TYPE_UNICODE_TEXT, "TEXT[({length})]" STRING_SUFFIX, NULL },
    { TYPE_INTEGER, "INTEGER", NULL },
    { TYPE_SMALL_INTEGER, "SMALLINT", NULL },
    { TYPE_BIG_INTEGER, "BIGINT", NULL },
    { TYPE_NUMERIC, "NUMERIC[({precision}[, {scale}])]", NULL },
    { TYPE_FLOAT, "FLOAT", NULL },
    { TYPE_DOUBLE, "DOUBLE", NULL },
    { TYPE_BOOLEAN, "BOOLEAN", NULL },
    { TYPE_DATE, "DATE", NULL },
    { TYPE_TIME, "TIME", NULL },
    { TYPE_DATE_TIME, "DATETIME", NULL },
    { TYPE_INTERVAL, "DATETIME", NULL },
    { TYPE_LARGE_BINARY, "BLOB", NULL },
    { TYPE_PICKLE, "BLOB", NULL },
    { TYPE_ENUM, NULL, put_enum },
    { TYPE_UUID, "CHAR(32)", NULL },
    { TYPE_ARRAY, NULL, put_array_refused },
    { TYPE_DECORATOR, NULL, put_decorator },
    { TYPE_VARIANT, NULL, put_decorator },
    { TYPE_USER_DEFINED, NULL, put_user_defined },
    { TYPE_SQL_VARCHAR, "VARCHAR[({length})]" STRING_SUFFIX, NULL },
    { TYPE_SQL_CHAR, "CHAR[({length})]" STRING_SUFFIX, NULL },
    { TYPE_SQL_NVARCHAR, "NVARCHAR[({length})]" STRING_SUFFIX, NULL },
    { TYPE_SQL_NCHAR, "NCHAR[({length})]" STRING_SUFFIX, NULL },
    { TYPE_SQL_TEXT, "TEXT[({length})]" STRING_SUFFIX, NULL },
    { TYPE_SQL_CLOB, "CLOB", NULL },
    { TYPE_SQL_INTEGER, "INTEGER", NULL },
    { TYPE_SQL_SMALLINT, "SMALLINT", NULL },
    { TYPE_SQL_BIGINT, "BIGINT", NULL },
    { TYPE_SQL_NUMERIC, "NUMERIC[({precision}[, {scale}])]", NULL },
    { TYPE_SQL_DECIMAL, "DECIMAL[({precision}[, {scale}])]", NULL },
    { TYPE_SQL_FLOAT, "FLOAT", NULL },
    { TYPE_SQL_REAL, "REAL", NULL },
    { TYPE_SQL_DOUBLE, "DOUBLE", NULL },
    { TYPE_SQL_DOUBLE_PRECISION, "DOUBLE PRECISION", NULL },
    { TYPE_SQL_BOOLEAN, "BOOLEAN", NULL },
    { TYPE_SQL_DATE, "DATE", NULL },
    { TYPE_SQL_TIME, "TIME", NULL },
    { TYPE_SQL_DATETIME, "DATETIME", NULL },
    { TYPE_SQL_TIMESTAMP, "TIMESTAMP", NULL },
    { TYPE_SQL_BLOB, "BLOB", NULL },
    { TYPE_SQL_BINARY, "BINARY[({length})]", NULL },
    { TYPE_SQL_VARBINARY, "VARBINARY[({length})]", NULL },
    { TYPE_SQL_UUID, "UUID", NULL },
    { TYPE_PG_ENUM, NULL, put_enum },
    { TYPE_SQLITE_DATE, "DATE", NULL },
    { TYPE_SQLITE_DATETIME, "DATETIME", NULL },
    { TYPE_SQLITE_TIME, "TIME", NULL },
    { TYPE_NULL, NULL, NULL },
};

static const TypeSql *types_find(const TypeSql *rows, TypeKind kind)
{
    for (; rows && (rows->text || rows->put); rows++)
        if (rows->kind == kind)
            return rows;
    return NULL;
}

/*
 * The dialect's row or the generic one; a dialect's own class ("INTEGER" of MySQL) elsewhere goes
 * by SQL's class of that name.
 */
static const TypeSql *type_row(const Dialect *dialect, TypeKind kind)
{
    const TypeSql *row = types_find(dialect->types, kind);
    if (!row)
        row = types_find(default_types, kind);
    if (row || type_classes[kind].module == TYPE_MODULE_SA)
        return row;
    Str name = str_from(type_classes[kind].record.name);
    const TypeClass *same = type_class_find(TYPE_MODULE_SA, name);
    return same ? type_row(dialect, same->kind) : NULL;
}

/* A class of the script's own with @compiles comes before everything. */
static bool put_compiled(Sql *sql, const Type *type, bool *handled)
{
    Str text;
    *handled = false;
    const ScriptRef script = { type->script.object ? type->script.object : type->head.box };
    if (!script.object || !sql->calls || !sql->calls->compile)
        return true;
    if (!sql->calls->compile(sql->calls->context, sql->arena, script, str_from(sql->dialect->name),
                             &text, handled, sql->err))
        return false;
    if (*handled)
        sql_put_raw(sql, text);
    return true;
}

void sql_put_type(Sql *sql, const Type *type)
{
    if (!type) {
        put_null(sql, type, NULL);
        return;
    }
    type = type_for(type, str_from(sql->dialect->name));
    if (str_given(type->declared)) {
        sql_put_raw(sql, type->declared);
        return;
    }
    bool handled;
    if (!put_compiled(sql, type, &handled) || handled)
        return;
    const TypeSql *row = type_row(sql->dialect, type->kind);
    if (!row)
        fail(sql->err, ERR_SCHEMA, "dialect %s can't render element of type %s", sql->dialect->name,
             type_class(type)->record.name);
    else if (row->put)
        row->put(sql, type, row->text);
    else
        sql_put_type_template(sql, type, row->text);
}
