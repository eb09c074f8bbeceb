/* SPDX-License-Identifier: MIT */
/*
 * Types as source. A type's record tells its parameters; a row here tells where SQLAlchemy's repr()
 * keeps another order, or another set.
 */
#include "base/signature.h"
#include "diff/render_state.h"

/* What is written of a class and of those that inherit from it; the first row that fits counts. */
static const struct {
    TypeKind kind;
    const char *names; /* instead of the signature's parameters */
} argument_orders[] = {
    { TYPE_INTERVAL, "" },
    { TYPE_PICKLE, "" },
    { TYPE_ENGINE, NULL },
};

#define MYSQL_STRING "charset collation ascii binary unicode national length"
#define MYSQL_DECIMAL "unsigned zerofill precision scale asdecimal"

/* Of exactly these classes. */
static const struct {
    TypeKind kind;
    const char *names;
} exact_orders[] = {
    { TYPE_MYSQL_CHAR, MYSQL_STRING },
    { TYPE_MYSQL_VARCHAR, MYSQL_STRING },
    { TYPE_MYSQL_TEXT, MYSQL_STRING },
    { TYPE_MYSQL_TINYTEXT, MYSQL_STRING },
    { TYPE_MYSQL_MEDIUMTEXT, MYSQL_STRING },
    { TYPE_MYSQL_LONGTEXT, MYSQL_STRING },
    { TYPE_MYSQL_ENUM, "charset collation ascii binary unicode" },
    { TYPE_MYSQL_SET, "charset collation ascii binary unicode retrieve_as_bitwise" },
    { TYPE_MYSQL_NUMERIC, MYSQL_DECIMAL },
    { TYPE_MYSQL_DECIMAL, MYSQL_DECIMAL },
};

static const char *const module_names[] = {
    [TYPE_MODULE_SA] = NULL,         [TYPE_MODULE_POSTGRESQL] = "postgresql",
    [TYPE_MODULE_MYSQL] = "mysql",   [TYPE_MODULE_MARIADB] = "mariadb",
    [TYPE_MODULE_SQLITE] = "sqlite",
};

static void put_comma(Rendering *r, bool *first)
{
    if (!*first)
        buf_puts(&r->buf, ", ");
    *first = false;
}

/* True for a member that holds something else than the parameter's default. */
static bool member_given(const void *member, const Field *field, const Datum *fallback)
{
    bool truth = fallback->kind == DATUM_BOOL && fallback->truth;
    switch (field->kind) {
    case FIELD_STR:
        return str_given(*(const Str *)member);
    case FIELD_NAME:
        return name_given(*(const Name *)member);
    case FIELD_BOOL:
        return *(const bool *)member != truth;
    case FIELD_TRI:
        return *(const Tri *)member != TRI_NONE && (*(const Tri *)member == TRI_TRUE) != truth;
    case FIELD_OPT_INT:
        return ((const OptInt *)member)->given;
    case FIELD_NAMES:
        return ((const StrVec *)member)->len > 0;
    case FIELD_DATUM:
        return ((const Datum *)member)->kind != DATUM_NONE;
    case FIELD_LINK:
        return *(void *const *)member != NULL;
    case FIELD_INT:
    case FIELD_FLOAT:
    case FIELD_OPTIONS:
    case FIELD_SCRIPT:
    case FIELD_LINKS:
        return false;
    }
    return false;
}

static bool put_member(Rendering *r, const void *member, const Field *field)
{
    switch ((int)field->kind) {
    case FIELD_STR:
        put_repr(r, *(const Str *)member);
        return true;
    case FIELD_NAME:
        put_repr_or_none(r, ((const Name *)member)->text);
        return true;
    case FIELD_BOOL:
        put_bool(r, *(const bool *)member);
        return true;
    case FIELD_TRI:
        put_bool(r, *(const Tri *)member == TRI_TRUE);
        return true;
    case FIELD_OPT_INT:
        buf_put_int(&r->buf, ((const OptInt *)member)->value);
        return true;
    case FIELD_NAMES:
        put_names(r, member);
        return true;
    case FIELD_LINK:
        return put_type(r, *(Type *const *)member);
    default:
        return put_datum(r, member);
    }
}

/* These two are decimal unless told otherwise, and say so. */
static void put_mysql_decimal(Rendering *r, const Type *type, bool *first)
{
    if (type->asdecimal == TRI_FALSE)
        return;
    put_comma(r, first);
    buf_puts(&r->buf, "asdecimal=True");
}

static bool put_argument(Rendering *r, const Type *type, const Param *param, bool *first)
{
    const Record *record = &type_class(type)->record;
    const Field *field = record_field(record, param->name);
    if (!field || str_is(param->name, "metadata"))
        return true;
    const void *member = (const char *)type + field->offset;
    bool mysql_double = type->kind == TYPE_MYSQL_DOUBLE || type->kind == TYPE_MYSQL_REAL;
    if (mysql_double && str_is(param->name, "asdecimal")) {
        put_mysql_decimal(r, type, first);
        return true;
    }
    if (!param->required && !member_given(member, field, &param->fallback))
        return true;
    put_comma(r, first);
    if (!param->required)
        buf_printf(&r->buf, "%.*s=", STR_ARG(param->name));
    return put_member(r, member, field);
}

static bool put_ordered(Rendering *r, const Type *type, const Signature *signature, Str names,
                        bool *first)
{
    for (Str name; str_split_next(&names, ' ', &name);) {
        ptrdiff_t at = signature_find(signature, name);
        if (at >= 0 && !put_argument(r, type, &signature->params[at], first))
            return false;
    }
    return true;
}

static Str order_of(const Type *type)
{
    for (size_t i = 0; i < sizeof exact_orders / sizeof *exact_orders; i++)
        if (exact_orders[i].kind == type->kind)
            return str_from(exact_orders[i].names);
    for (size_t i = 0; argument_orders[i].names; i++)
        if (type_kind_is(type->kind, argument_orders[i].kind))
            return str_from(argument_orders[i].names);
    return STR_NONE;
}

static void put_values(Rendering *r, const Type *type, bool *first)
{
    VEC_EACH (const Str, value, &type->values) {
        put_comma(r, first);
        put_repr(r, *value);
    }
}

static void put_flag(Rendering *r, const char *name, bool truth, bool *first)
{
    put_comma(r, first);
    buf_printf(&r->buf, "%s=", name);
    put_bool(r, truth);
}

static void put_text(Rendering *r, const char *name, Str text, bool *first)
{
    if (!str_given(text))
        return;
    put_comma(r, first);
    buf_printf(&r->buf, "%s=", name);
    put_repr(r, text);
}

/* The schema is the table's own with inherit_schema, and not said. */
static void put_enum(Rendering *r, const Type *type, bool *first)
{
    bool inherits = type->inherit_schema == TRI_TRUE;
    put_text(r, "name", type->name.text, first);
    if (!inherits)
        put_text(r, "schema", type->schema, first);
    else
        put_flag(r, "inherit_schema", true, first);
    if (type->native_enum == TRI_FALSE)
        put_flag(r, "native_enum", false, first);
    if (type->create_constraint == TRI_TRUE)
        put_flag(r, "create_constraint", true, first);
    if (type->kind == TYPE_PG_ENUM && type->create_type == TRI_FALSE)
        put_flag(r, "create_type", false, first); /* lost by Alembic: then CREATE TYPE fails */
    if (type->length.given) {
        put_comma(r, first);
        buf_printf(&r->buf, "length=%lld", (long long)type->length.value);
    }
}

/* What SQLAlchemy fills in by itself. */
static void put_implied(Rendering *r, const Type *type, bool *first)
{
    const char *name = NULL;
    if ((type->kind == TYPE_PG_JSON || type->kind == TYPE_PG_JSONB) && !type->astext_type)
        name = "astext_type";
    if (type->kind == TYPE_PG_HSTORE && !type->item)
        name = "text_type";
    if (name) {
        put_comma(r, first);
        buf_printf(&r->buf, "%s=%.*sText()", name, STR_ARG(r->options->sa));
    }
    if (type->kind == TYPE_PG_BIT && !type->length.given && type->varying != TRI_TRUE) {
        put_comma(r, first);
        buf_puts(&r->buf, "length=1");
    }
}

/* NCHAR and NVARCHAR are national by themselves. */
static bool put_national(Rendering *r, const Type *type, const Signature *signature)
{
    bool first = true;
    if (!put_ordered(r, type, signature, STR("charset collation ascii binary unicode"), &first))
        return false;
    put_comma(r, &first);
    buf_puts(&r->buf, "national=True");
    return put_ordered(r, type, signature, STR("length"), &first);
}

static bool put_arguments(Rendering *r, const Type *type)
{
    bool first = true, is_enum = type_is(type, TYPE_ENUM) && type->kind != TYPE_MYSQL_ENUM;
    const Signature *signature = signature_parse(r->arena, type_class(type)->record.signature);
    Str order = order_of(type);
    put_values(r, type, &first);
    if (is_enum) {
        put_enum(r, type, &first);
        return true;
    }
    if (type->kind == TYPE_MYSQL_NCHAR || type->kind == TYPE_MYSQL_NVARCHAR)
        return put_national(r, type, signature);
    if (str_given(order)) {
        if (!put_ordered(r, type, signature, order, &first))
            return false;
    } else {
        for (size_t i = 0; i < signature->count; i++)
            if (!put_argument(r, type, &signature->params[i], &first))
                return false;
    }
    put_implied(r, type, &first);
    return true;
}

static void put_module(Rendering *r, const Type *type)
{
    const char *module = module_names[type_class(type)->module];
    if (!module) {
        buf_put(&r->buf, r->options->sa);
        return;
    }
    strvec_add(r->arena, r->imports,
               str_format(r->arena, "from sqlalchemy.dialects import %s", module));
    buf_printf(&r->buf, "%s.", module);
}

/* A type whose class a script made: *done tells. */
static bool put_user_type(Rendering *r, const Type *type, bool *done)
{
    const RenderCalls *ask = &r->options->ask;
    TypeSource source = { 0 };
    *done = false;
    if (!ask->type_source || (!type->head.box && !type->script.object))
        return true;
    if (!ask->type_source(ask->context, r->arena, type, &source, r->err))
        return false;
    *done = str_given(source.module);
    if (!*done)
        return true;
    if (str_given(r->options->user))
        buf_put(&r->buf, r->options->user);
    else
        buf_printf(&r->buf, "%.*s.", STR_ARG(source.module));
    if (str_given(source.repr)) {
        buf_put(&r->buf, source.repr);
        return true;
    }
    buf_printf(&r->buf, "%.*s(", STR_ARG(source.name));
    if (source.arguments && !put_arguments(r, source.arguments))
        return false;
    buf_putc(&r->buf, ')');
    return true;
}

static bool put_plain_type(Rendering *r, const Type *type)
{
    bool done;
    if (!put_user_type(r, type, &done))
        return false;
    if (done)
        return true;
    put_module(r, type);
    buf_printf(&r->buf, "%s(", type_class(type)->record.name);
    if (!put_arguments(r, type))
        return false;
    buf_putc(&r->buf, ')');
    return true;
}

static const TypeVariant *next_variant(const Type *type, Str after)
{
    const TypeVariant *next = NULL;
    VEC_EACH (const TypeVariant, each, &type->variants) {
        bool later = !str_given(after) || str_cmp(each->dialect, after) > 0;
        if (later && (!next || str_cmp(each->dialect, next->dialect) < 0))
            next = each;
    }
    return next;
}

bool put_type(Rendering *r, const Type *type)
{
    bool done;
    if (!type)
        type = type_new(r->arena, TYPE_NULL);
    if (!put_item(r, "type", type->head.record, type, &done))
        return false;
    if (done)
        return true;
    if (!put_plain_type(r, type))
        return false;
    Str after = STR_NONE;
    for (const TypeVariant *each; (each = next_variant(type, after)); after = each->dialect) {
        buf_puts(&r->buf, ".with_variant(");
        if (!put_type(r, each->type))
            return false;
        buf_puts(&r->buf, ", ");
        put_repr(r, each->dialect);
        buf_putc(&r->buf, ')');
    }
    return true;
}

bool render_type(Arena *arena, const RenderOptions *options, const Type *type, StrVec *imports,
                 Str *text, Error *err)
{
    Rendering r = rendering_begin(arena, options, imports, err);
    bool ok = put_type(&r, type);
    *text = rendering_take(&r);
    return ok;
}
