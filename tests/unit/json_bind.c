/* SPDX-License-Identifier: MIT */
#include "json_bind.h"

#include "base/signature.h"
#include "json_query.h"

static Datum datum_of(const Record *record, void *object)
{
    return (Datum){ .kind = DATUM_RECORD, .record = { record, object } };
}

static Str json_str(const json_t *value)
{
    return str_from(json_string_value(value));
}

static Name name_of(const Datum *value)
{
    if (value->kind == DATUM_STR)
        return name_from(value->text);
    if (value->kind == DATUM_RECORD && value->record.record == NULL)
        return *(const Name *)value->record.object;
    return (Name){ .quote = TRI_NONE };
}

static bool bind_names(Arena *arena, StrVec *names, const Datum *value)
{
    if (value->kind == DATUM_STR)
        VEC_PUSH(arena, names, value->text);
    for (size_t i = 0; value->kind == DATUM_LIST && i < value->list.len; i++)
        VEC_PUSH(arena, names, value->list.items[i].text);
    return true;
}

static void bind_name(Name *name, const Datum *value)
{
    Tri quote = name->quote;
    *name = name_of(value);
    if (name->quote == TRI_NONE)
        name->quote = quote;
}

static bool bind_field(Arena *arena, void *object, const Field *field, const Datum *value,
                       Error *err)
{
    void *member = field_at(object, field);
    bool none = value->kind == DATUM_NONE;
    switch (field->kind) {
    case FIELD_STR:
        *(Str *)member = value->kind == DATUM_STR ? value->text : name_of(value).text;
        return true;
    case FIELD_NAME:
        bind_name(member, value);
        return true;
    case FIELD_BOOL:
        *(bool *)member = value->truth;
        return true;
    case FIELD_TRI:
        *(Tri *)member = none ? TRI_NONE : value->truth ? TRI_TRUE : TRI_FALSE;
        return true;
    case FIELD_INT:
        *(int64_t *)member = value->integer;
        return true;
    case FIELD_OPT_INT:
        *(OptInt *)member = (OptInt){ !none, none ? 0 : value->integer };
        return true;
    case FIELD_FLOAT:
        *(double *)member = value->real;
        return true;
    case FIELD_NAMES:
        return bind_names(arena, member, value);
    case FIELD_DATUM:
        *(Datum *)member = *value;
        return true;
    case FIELD_OPTIONS:
    case FIELD_SCRIPT:
    case FIELD_LINKS:
        return true;
    case FIELD_LINK:
        *(void **)member = none ? NULL : value->record.object;
        return none || record_is(value->record.record, field->link) ||
               fail(err, ERR_SCRIPT, "TypeError: %s is no %s", field->name, field->link->name);
    }
    return false;
}

typedef struct Call {
    const Record *record;
    const Signature *signature;
    void *object;
    Datums varargs;
    Options options;
    uint64_t given;
} Call;

static bool call_set(Arena *arena, Call *call, size_t param, const Datum *value, Error *err)
{
    const Field *field = record_field(call->record, call->signature->params[param].name);
    call->given |= (uint64_t)1 << param;
    return !field || bind_field(arena, call->object, field, value, err);
}

static bool call_positional(Arena *arena, Call *call, const Datums *args, Error *err)
{
    for (size_t i = 0; i < args->len; i++) {
        if (i < call->signature->positional) {
            if (!call_set(arena, call, i, &args->items[i], err))
                return false;
        } else if (call->signature->varargs >= 0) {
            VEC_PUSH(arena, &call->varargs, args->items[i]);
        } else {
            return fail(err, ERR_SCRIPT, "TypeError: %s: too many arguments", call->record->name);
        }
    }
    return true;
}

static bool call_keywords(Arena *arena, Call *call, const json_t *keywords, Error *err)
{
    for (size_t i = 0; i < json_array_size(keywords); i++) {
        const json_t *pair = json_array_get(keywords, i);
        Str name = json_str(json_array_get(pair, 0));
        Datum *value = ARENA_NEW(arena, Datum);
        if (!json_bind(arena, json_array_get(pair, 1), value, err))
            return false;
        ptrdiff_t param = signature_find(call->signature, name);
        if (param >= 0 && !call_set(arena, call, (size_t)param, value, err))
            return false;
        if (param < 0 && call->signature->varkeywords < 0)
            return fail(err, ERR_SCRIPT, "TypeError: %s: no argument '%.*s'", call->record->name,
                        STR_ARG(name));
        if (param < 0)
            map_set(&call->options.map, name, value);
    }
    return true;
}

static bool call_finish(Arena *arena, Call *call, Error *err)
{
    const Signature *signature = call->signature;
    for (size_t i = 0; i < signature->count; i++) {
        const Param *param = &signature->params[i];
        bool plain = param->kind != PARAM_VARARGS && param->kind != PARAM_VARKEYWORDS;
        if (plain && !param->required && !(call->given >> i & 1) && !param->unset_default) {
            const Field *field = record_field(call->record, param->name);
            bool name = field && field->kind == FIELD_NAME;
            if (field && !name && param->fallback.kind != DATUM_NONE &&
                !bind_field(arena, call->object, field, &param->fallback, err))
                return false;
        }
    }
    if (signature->varkeywords >= 0) {
        const Field *field =
            record_field(call->record, signature->params[signature->varkeywords].name);
        if (field)
            *(Options *)field_at(call->object, field) = call->options;
    }
    const Record *record = call->record;
    while (record && !record->finish)
        record = record->base;
    return !record ||
           record->finish(arena, call->object, call->varargs.items, call->varargs.len, err);
}

static bool call_record(Arena *arena, const Record *record, const Datums *args,
                        const json_t *keywords, Datum *value, Error *err)
{
    Call call = {
        .record = record,
        .signature = signature_parse(arena, record->signature),
        .object = record_new(arena, record),
    };
    call.options.map = map_in(arena);
    if (!call_positional(arena, &call, args, err) || !call_keywords(arena, &call, keywords, err) ||
        !call_finish(arena, &call, err))
        return false;
    *value = datum_of(record, call.object);
    return true;
}

static const struct {
    const char *name;
    const Record *record;
} classes[] = {
    { "sa.Column", &column_record },
    { "sa.Table", &table_record },
    { "sa.MetaData", &metadata_record },
    { "sa.ForeignKey", &foreign_key_record },
    { "sa.PrimaryKeyConstraint", &primary_key_record },
    { "sa.UniqueConstraint", &unique_record },
    { "sa.CheckConstraint", &check_record },
    { "sa.ForeignKeyConstraint", &foreign_key_constraint_record },
    { "postgresql.ExcludeConstraint", &exclude_record },
    { "sa.Index", &index_record },
    { "sa.Sequence", &sequence_record },
    { "sa.Identity", &identity_record },
    { "sa.Computed", &computed_record },
    { "sa.FetchedValue", &fetched_value_record },
};

static const Record *class_named(Str name)
{
    static const struct {
        const char *prefix;
        TypeModule module;
    } modules[] = {
        { "postgresql.", TYPE_MODULE_POSTGRESQL },
        { "mysql.", TYPE_MODULE_MYSQL },
        { "sa.", TYPE_MODULE_SA },
    };
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (str_is(name, classes[i].name))
            return classes[i].record;
    for (size_t i = 0; i < sizeof modules / sizeof *modules; i++) {
        Str prefix = str_from(modules[i].prefix);
        if (!str_starts(name, prefix))
            continue;
        Str own = str_from_offset(name, prefix.len);
        const TypeClass *found = type_class_find(modules[i].module, own);
        if (!found)
            found = type_class_find(TYPE_MODULE_SA, own);
        return found ? &found->record : NULL;
    }
    return NULL;
}

static const Record *op_named(Str name)
{
    if (str_starts(name, STR("op."))) {
        const OpDef *def = op_def_find(str_from_offset(name, 3));
        return def ? &def->record : NULL;
    }
    ptrdiff_t dot = str_rfind_char(name, '.');
    Str own = str_from_offset(name, (size_t)(dot + 1));
    for (size_t i = 0; op_elements[i]; i++)
        if (str_is(own, op_elements[i]->record.name))
            return &op_elements[i]->record;
    return NULL;
}

static Expr *expr_arg(Arena *arena, const Datum *value)
{
    return expr_from_datum(arena, value, NULL);
}

static bool make_table(Arena *arena, const Datums *args, const json_t *keywords, Datum *value,
                       Error *err)
{
    Name schema = { .quote = TRI_NONE };
    if (json_array_size(keywords))
        schema = name_from(json_str(json_array_get(json_array_get(keywords, 0), 1)));
    Table *table;
    if (!table_new(arena, NULL, schema, name_of(&args->items[0]), &table, err))
        return false;
    table->lightweight = true;
    for (size_t i = 1; i < args->len; i++) {
        const Expr *expr = args->items[i].record.object;
        if (!table_add_column(arena, table, column_new(arena, expr->name, expr->type), err))
            return false;
    }
    *value = datum_of(&table_record, table);
    return true;
}

static Datum make_function(Arena *arena, Str name, const Datums *args)
{
    ExprVec exprs = { 0 };
    VEC_EACH (const Datum, each, args)
        VEC_PUSH(arena, &exprs, expr_arg(arena, each));
    return datum_of_expr(expr_function(arena, name, &exprs, NULL));
}

static Datum make_boolean(Arena *arena, Operator op, const Datums *args)
{
    ExprVec exprs = { 0 };
    VEC_EACH (const Datum, each, args)
        VEC_PUSH(arena, &exprs, expr_arg(arena, each));
    return datum_of_expr(expr_boolean(arena, op, &exprs));
}

static Datum make_name(Arena *arena, const Datum *text, Tri quote, bool final)
{
    Name *name = ARENA_NEW(arena, Name);
    *name = (Name){ .text = text->text, .quote = quote, .final = final };
    return datum_of(NULL, name);
}

static bool call_function(Arena *arena, Str name, const Datums *args, const json_t *keywords,
                          Datum *value, Error *err)
{
    const Datum *first = args->len ? &args->items[0] : NULL;
    Type *typed = NULL;
    if (args->len > 1 && args->items[1].kind == DATUM_RECORD &&
        record_is(args->items[1].record.record, &type_classes[TYPE_ENGINE].record))
        typed = args->items[1].record.object;
    if (str_is(name, "sa.text"))
        *value = datum_of_expr(expr_text(arena, first->text));
    else if (str_is(name, "sa.literal_column"))
        *value = datum_of_expr(expr_literal_column(arena, first->text, typed));
    else if (str_is(name, "sa.column"))
        *value = datum_of_expr(expr_column_name(arena, name_of(first), typed));
    else if (str_is(name, "sa.literal"))
        *value = datum_of_expr(expr_literal(arena, first, typed));
    else if (str_is(name, "sa.null"))
        *value = datum_of_expr(expr_new(arena, EXPR_NULL));
    else if (str_is(name, "sa.true"))
        *value = datum_of_expr(expr_new(arena, EXPR_TRUE));
    else if (str_is(name, "sa.false"))
        *value = datum_of_expr(expr_new(arena, EXPR_FALSE));
    else if (str_is(name, "sa.desc"))
        *value = datum_of_expr(
            expr_unary(arena, OPERATOR_DESC, expr_column_name(arena, name_of(first), NULL)));
    else if (str_starts(name, STR("sa.func.")))
        *value = make_function(arena, str_from_offset(name, 8), args);
    else if (str_is(name, "sa.sql.expression.false"))
        *value = datum_of_expr(expr_new(arena, EXPR_FALSE));
    else if (str_is(name, "sa.cast"))
        *value = datum_of_expr(expr_cast(arena, expr_arg(arena, first), typed));
    else if (str_is(name, "sa.and_") || str_is(name, "sa.or_"))
        *value = make_boolean(arena, str_is(name, "sa.and_") ? OPERATOR_AND : OPERATOR_OR, args);
    else if (str_is(name, "sa.not_"))
        *value = datum_of_expr(expr_not(arena, expr_arg(arena, first)));
    else if (str_is(name, "op.f"))
        *value = make_name(arena, first, TRI_NONE, true);
    else if (str_is(name, "quoted_name"))
        *value = make_name(arena, first, args->items[1].truth ? TRI_TRUE : TRI_FALSE, false);
    else if (str_is(name, "sa.table"))
        return make_table(arena, args, keywords, value, err);
    else
        return fail(err, ERR_SCRIPT, "no %.*s here", STR_ARG(name));
    return true;
}

static bool bind_args(Arena *arena, const json_t *tree, Datums *args, Error *err)
{
    const json_t *list = json_object_get(tree, "args");
    for (size_t i = 0; i < json_array_size(list); i++) {
        Datum value;
        if (!json_bind(arena, json_array_get(list, i), &value, err))
            return false;
        VEC_PUSH(arena, args, value);
    }
    return true;
}

static bool bind_keywords(Arena *arena, const json_t *tree, Map *keywords, Error *err)
{
    const json_t *pairs = json_object_get(tree, "kw");
    *keywords = map_in(arena);
    for (size_t i = 0; i < json_array_size(pairs); i++) {
        const json_t *pair = json_array_get(pairs, i);
        Datum *value = ARENA_NEW(arena, Datum);
        if (!json_bind(arena, json_array_get(pair, 1), value, err))
            return false;
        map_set(keywords, json_str(json_array_get(pair, 0)), value);
    }
    return true;
}

static bool bind_call(Arena *arena, const json_t *tree, Datum *value, Error *err)
{
    Datums args = { 0 };
    Str name = json_str(json_object_get(tree, "call"));
    const json_t *keywords = json_object_get(tree, "kw");
    if (!bind_args(arena, tree, &args, err))
        return false;
    Map named;
    if (!bind_keywords(arena, tree, &named, err))
        return false;
    if (query_call(arena, name, &args, &named, value))
        return true;
    const Record *record = str_is(name, "op.f") ? NULL : class_named(name);
    if (!record && !str_is(name, "op.f"))
        record = op_named(name);
    return record ? call_record(arena, record, &args, keywords, value, err)
                  : call_function(arena, name, &args, keywords, value, err);
}

static bool bind_params(Arena *arena, Expr *text, const json_t *keywords, Error *err)
{
    for (size_t i = 0; i < json_array_size(keywords); i++) {
        const json_t *pair = json_array_get(keywords, i);
        Datum value;
        if (!json_bind(arena, json_array_get(pair, 1), &value, err))
            return false;
        VEC_PUSH(arena, &text->args,
                 expr_bind(arena, json_str(json_array_get(pair, 0)), &value, NULL));
    }
    return true;
}

static bool bind_method(Arena *arena, const json_t *tree, Datum *value, Error *err)
{
    static const struct {
        const char *name;
        Operator op;
    } suffixes[] = {
        { "desc", OPERATOR_DESC },
        { "asc", OPERATOR_ASC },
        { "nulls_first", OPERATOR_NULLS_FIRST },
        { "nulls_last", OPERATOR_NULLS_LAST },
    };
    Datum of;
    Datums args = { 0 };
    Str name = json_str(json_object_get(tree, "method"));
    if (!json_bind(arena, json_object_get(tree, "of"), &of, err) ||
        !bind_args(arena, tree, &args, err))
        return false;
    *value = of;
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (str_is(name, suffixes[i].name)) {
            *value = datum_of_expr(expr_unary(arena, suffixes[i].op, of.record.object));
            return true;
        }
    if (str_is(name, "collate")) {
        Expr *collate = expr_new(arena, EXPR_COLLATE);
        VEC_PUSH(arena, &collate->args, of.record.object);
        collate->text = args.items[0].text;
        *value = datum_of_expr(collate);
        return true;
    }
    if (str_is(name, "label")) {
        *value = datum_of_expr(expr_label(arena, of.record.object, args.items[0].text));
        return true;
    }
    Map named;
    if (!bind_keywords(arena, tree, &named, err))
        return false;
    bool expr = record_is(of.record.record, &expr_record);
    if (expr && query_method(arena, name, &of, &args, &named, value))
        return true;
    if (str_is(name, "bindparams"))
        return bind_params(arena, of.record.object, json_object_get(tree, "kw"), err);
    if (!str_is(name, "with_variant"))
        return fail(err, ERR_SCRIPT, "no method %.*s here", STR_ARG(name));
    Type *type =
        type_with_variant(arena, of.record.object, args.items[1].text, args.items[0].record.object);
    *value = datum_of(type->head.record, type);
    return true;
}

static bool bind_operator(Arena *arena, const json_t *tree, Datum *value, Error *err)
{
    static const struct {
        const char *name;
        Operator op;
    } names[] = {
        { "floordiv", OPERATOR_FLOOR_DIV },
        { "add", OPERATOR_ADD },
        { "sub", OPERATOR_SUB },
        { "mul", OPERATOR_MUL },
        { "div", OPERATOR_DIV },
        { "mod", OPERATOR_MOD },
        { "eq", OPERATOR_EQ },
        { "ne", OPERATOR_NE },
        { "lt", OPERATOR_LT },
        { "le", OPERATOR_LE },
        { "gt", OPERATOR_GT },
        { "ge", OPERATOR_GE },
    };
    Datums args = { 0 };
    Str name = json_str(json_object_get(tree, "op"));
    if (!bind_args(arena, tree, &args, err))
        return false;
    if (str_is(name, "neg")) {
        Expr *operand = expr_arg(arena, &args.items[0]);
        *value = datum_of_expr(expr_unary(arena, OPERATOR_NEG, operand));
        return true;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_is(name, names[i].name)) {
            Expr *left = expr_arg(arena, &args.items[0]), *right = expr_arg(arena, &args.items[1]);
            bool text = type_is(left->type, TYPE_STRING) && names[i].op == OPERATOR_ADD;
            *value = datum_of_expr(
                expr_binary(arena, text ? OPERATOR_CONCAT : names[i].op, left, right));
            return true;
        }
    return fail(err, ERR_SCRIPT, "no operator %.*s here", STR_ARG(name));
}

static bool bind_list(Arena *arena, const json_t *list, Datum *value, Error *err)
{
    Datums items = { 0 };
    for (size_t i = 0; i < json_array_size(list); i++) {
        Datum item;
        if (!json_bind(arena, json_array_get(list, i), &item, err))
            return false;
        VEC_PUSH(arena, &items, item);
    }
    *value = (Datum){ .kind = DATUM_LIST, .list = { items.items, items.len } };
    return true;
}

static bool bind_map(Arena *arena, const json_t *pairs, Datum *value, Error *err)
{
    Map *map = ARENA_NEW(arena, Map);
    *map = map_in(arena);
    for (size_t i = 0; i < json_array_size(pairs); i++) {
        const json_t *pair = json_array_get(pairs, i);
        Datum *item = ARENA_NEW(arena, Datum);
        if (!json_bind(arena, json_array_get(pair, 1), item, err))
            return false;
        map_set(map, json_str(json_array_get(pair, 0)), item);
    }
    *value = (Datum){ .kind = DATUM_MAP, .map = map };
    return true;
}

static bool bind_class(Arena *arena, const json_t *tree, Datum *value, Error *err)
{
    Str name = json_str(json_object_get(tree, "class"));
    if (query_name(arena, name, value))
        return true;
    const Record *record = class_named(name);
    Datums none = { 0 };
    if (!record)
        return fail(err, ERR_SCRIPT, "no class %.*s here", STR_ARG(name));
    return call_record(arena, record, &none, NULL, value, err);
}

static bool bind_object(Arena *arena, const json_t *tree, Datum *value, Error *err)
{
    if (json_object_get(tree, "float"))
        *value = datum_real(json_number_value(json_object_get(tree, "float")));
    else if (json_object_get(tree, "list"))
        return bind_list(arena, json_object_get(tree, "list"), value, err);
    else if (json_object_get(tree, "map"))
        return bind_map(arena, json_object_get(tree, "map"), value, err);
    else if (json_object_get(tree, "column")) {
        Datum of;
        if (!json_bind(arena, json_object_get(tree, "of"), &of, err))
            return false;
        *value = query_column(arena, &of, json_str(json_object_get(tree, "column")));
    } else if (json_object_get(tree, "class"))
        return bind_class(arena, tree, value, err);
    else if (json_object_get(tree, "method"))
        return bind_method(arena, tree, value, err);
    else if (json_object_get(tree, "op"))
        return bind_operator(arena, tree, value, err);
    else
        return bind_call(arena, tree, value, err);
    return true;
}

bool json_bind(Arena *arena, const json_t *tree, Datum *value, Error *err)
{
    if (json_is_object(tree))
        return bind_object(arena, tree, value, err);
    if (json_is_string(tree))
        *value = datum_str(json_str(tree));
    else if (json_is_integer(tree))
        *value = datum_int(json_integer_value(tree));
    else if (json_is_boolean(tree))
        *value = datum_bool(json_is_true(tree));
    else
        *value = (Datum){ .kind = DATUM_NONE };
    return true;
}
