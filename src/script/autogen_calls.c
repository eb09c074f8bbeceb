/* SPDX-License-Identifier: MIT */
/* What is asked of env.py while schemas are compared and operations rendered. */
#include "py/obj_list.h"
#include "script/autogen.h"
#include "script/bind_context.h"
#include "script/bind_ops.h"

static Vm *vm_of(void *context)
{
    return ((Autogen *)context)->script->vm;
}

/* A keyword of context.configure() of the context that is being compared. */
static Value option_of(void *context, const char *name)
{
    Autogen *autogen = context;
    return keyword(autogen_keywords(autogen, autogen->context), name);
}

static Value text_value(Vm *vm, Str text)
{
    return str_given(text) ? make_str(vm, text) : VALUE_NONE;
}

/* Calls with arguments that stay reachable; the result as text or truth is the caller's affair. */
static bool call_pushed(Vm *vm, Value callee, const Value *args, size_t count, Value *result)
{
    Value held = make_tuple(vm, args, count);
    vm_push(vm, held);
    bool ok = vm_call(vm, callee, as_tuple(held)->items, count, result);
    vm_pop(vm, 1);
    return ok;
}

static bool call_prelude(Autogen *autogen, const char *function, const Value *args, size_t count,
                         Value *result)
{
    Vm *vm = autogen->script->vm;
    Value callee;
    return bind_import(vm, "alembic.autogenerate.api", function, &callee) &&
           call_pushed(vm, callee, args, count, result);
}

/* ---- filters ---- */

static bool ask_name(void *context, DiffItem item, Str name, const DiffParents *parents,
                     bool *include, Error *err)
{
    Vm *vm = vm_of(context);
    Value dict = make_dict(vm), result;
    vm_push(vm, dict);
    if (item != DIFF_ITEM_SCHEMA)
        dict_set_str(vm, dict, STR("schema_name"), text_value(vm, parents->schema));
    if (str_given(parents->table))
        dict_set_str(vm, dict, STR("table_name"), text_value(vm, parents->table));
    if (str_given(parents->qualified))
        dict_set_str(vm, dict, STR("schema_qualified_table_name"),
                     text_value(vm, parents->qualified));
    const Value args[] = { text_value(vm, name), make_strz(vm, diff_item_name(item)), dict };
    bool ok = call_pushed(vm, option_of(context, "include_name"), args, 3, &result) &&
              to_truth(vm, result, include);
    vm_pop(vm, 1);
    return ok || script_escapes(((Autogen *)context)->script, err);
}

static bool ask_object(void *context, DiffItem item, RecordHead *object, Str name, bool reflected,
                       RecordHead *compare_to, bool *include, Error *err)
{
    Vm *vm = vm_of(context);
    Value result;
    const Value args[] = { box(vm, object), text_value(vm, name),
                           make_strz(vm, diff_item_name(item)), value_bool(reflected),
                           box(vm, compare_to) };
    bool ok = call_pushed(vm, option_of(context, "include_object"), args, 5, &result) &&
              to_truth(vm, result, include);
    return ok || script_escapes(((Autogen *)context)->script, err);
}

/* ---- comparing ---- */

static bool ask_type(void *context, Column *database, Column *model, Tri *differs, Error *err)
{
    Vm *vm = vm_of(context);
    Value result, function = option_of(context, "compare_type");
    *differs = TRI_NONE;
    if (!value_given(function) || !is_callable(vm, function))
        return true;
    const Value args[] = { migration_context_box(vm, ((Autogen *)context)->context),
                           box(vm, database), box(vm, model), box(vm, database->type),
                           box(vm, model->type) };
    bool ok = call_pushed(vm, function, args, 5, &result) && to_tri(vm, result, differs);
    return ok || script_escapes(((Autogen *)context)->script, err);
}

/* The text of a reflected default. */
static Value reflected_default(Vm *vm, const Column *column)
{
    const Datum *given = &column->server_default;
    if (given->kind == DATUM_STR)
        return make_str(vm, given->text);
    bool expr = given->kind == DATUM_RECORD && record_is(given->record.record, &expr_record);
    return expr ? text_value(vm, ((const Expr *)given->record.object)->text) : VALUE_NONE;
}

static bool ask_default(void *context, Column *database, Column *model, Str rendered, Tri *differs,
                        Error *err)
{
    Vm *vm = vm_of(context);
    Value result, given, inspected = reflected_default(vm, database);
    *differs = TRI_NONE;
    vm_push(vm, inspected);
    bool ok = from_datum(vm, &model->server_default, &given);
    vm_pop(vm, 1);
    const Value args[] = { migration_context_box(vm, ((Autogen *)context)->context),
                           box(vm, database),
                           box(vm, model),
                           inspected,
                           ok ? given : VALUE_NONE,
                           text_value(vm, rendered) };
    ok = ok && call_pushed(vm, option_of(context, "compare_server_default"), args, 6, &result) &&
         to_tri(vm, result, differs);
    return ok || script_escapes(((Autogen *)context)->script, err);
}

static bool compare_schemas(void *context, OpVec *ops, const StrVec *schemas, Error *err)
{
    Autogen *autogen = context;
    Vm *vm = vm_of(context);
    Value state, result, list = make_list(vm, NULL, 0);
    vm_push(vm, list);
    VEC_EACH (const Str, schema, schemas)
        list_append(vm, list, text_value(vm, *schema));
    bool ok = autogen_state(autogen, autogen->context, &state);
    const Value args[] = { ok ? state : VALUE_NONE, op_boxes(vm, ops), list };
    ok = ok && call_prelude(autogen, "_compare_schemas", args, 3, &result);
    vm_pop(vm, 1);
    ops->len = 0;
    return (ok && op_boxes_take(vm, result, ops)) ||
           script_escapes(((Autogen *)context)->script, err);
}

static bool compare_table(void *context, ModifyTable *ops, Str schema, Str name, Table *database,
                          Table *model, Error *err)
{
    Autogen *autogen = context;
    Vm *vm = vm_of(context);
    Value state, result;
    bool ok = autogen_state(autogen, autogen->context, &state);
    const Value args[] = { ok ? state : VALUE_NONE, box(vm, ops),      text_value(vm, schema),
                           text_value(vm, name),    box(vm, database), box(vm, model) };
    ok = ok && call_prelude(autogen, "_compare_table", args, 6, &result);
    ops->ops.len = 0;
    return (ok && op_boxes_take(vm, result, &ops->ops)) ||
           script_escapes(((Autogen *)context)->script, err);
}

static bool compare_column(void *context, AlterColumn *op, Str schema, Str table, Column *database,
                           Column *model, Error *err)
{
    Autogen *autogen = context;
    Vm *vm = vm_of(context);
    Value state, result;
    bool ok = autogen_state(autogen, autogen->context, &state);
    const Value args[] = { ok ? state : VALUE_NONE, box(vm, op),       text_value(vm, schema),
                           text_value(vm, table),   box(vm, database), box(vm, model) };
    ok = ok && call_prelude(autogen, "_compare_column", args, 6, &result);
    AlterColumn *made = ok ? record_of(result, &alter_column_def.record) : NULL;
    if (!made)
        return script_escapes(((Autogen *)context)->script, err);
    RecordHead head = op->op.head;
    *op = *made;
    op->op.head = head;
    return true;
}

/* Which of the dispatchers have functions of scripts. */
static bool registered(Autogen *autogen, const char *target)
{
    Vm *vm = autogen->script->vm;
    Value api = dict_get_str(vm_sys_modules(vm), STR("alembic.autogenerate.api"));
    Value callee, result;
    const Value arg = make_strz(vm, target);
    if (!value_given(api))
        return false;
    bool ok = vm_getattr(vm, api, "_registered", &callee) && vm_call(vm, callee, &arg, 1, &result);
    if (!ok)
        vm_catch(vm);
    return ok && is_true(result);
}

void autogen_diff_calls(Autogen *autogen, Value keywords, DiffOptions *options)
{
    Vm *vm = autogen->script->vm;
    DiffCalls *ask = &options->ask_script;
    Value type = keyword(keywords, "compare_type");
    Value fallback = keyword(keywords, "compare_server_default");
    Value name = keyword(keywords, "include_name"), object = keyword(keywords, "include_object");
    ask->context = autogen;
    options->compare_type = !value_given(type) || value_is_none(type) || is_true(type);
    options->compare_server_default = is_true(fallback);
    options->include_schemas = is_true(keyword(keywords, "include_schemas"));
    if (value_given(name) && !value_is_none(name))
        ask->include_name = ask_name;
    if (value_given(object) && !value_is_none(object))
        ask->include_object = ask_object;
    if (value_given(type) && type.tag == TAG_OBJECT && is_callable(vm, type)) {
        options->compare_type = true;
        ask->compare_type = ask_type;
    }
    if (value_given(fallback) && fallback.tag == TAG_OBJECT && is_callable(vm, fallback)) {
        options->compare_server_default = true;
        ask->compare_default = ask_default;
    }
    if (registered(autogen, "schema"))
        ask->schema = compare_schemas;
    if (registered(autogen, "table"))
        ask->table = compare_table;
    if (registered(autogen, "column"))
        ask->column = compare_column;
}

/* ---- rendering ---- */

static bool render_item(void *context, Arena *arena, const char *kind, const Datum *object,
                        Str *text, Error *err)
{
    Autogen *autogen = context;
    Vm *vm = vm_of(context);
    Value state, result, item;
    *text = STR_NONE;
    if (!autogen_state(autogen, autogen->context, &state) || !from_datum(vm, object, &item))
        return script_escapes(((Autogen *)context)->script, err);
    const Value args[] = { make_strz(vm, kind), item, state };
    if (!call_pushed(vm, option_of(context, "render_item"), args, 3, &result))
        return script_escapes(((Autogen *)context)->script, err);
    if (result.tag == TAG_BOOL && !result.truth)
        return true;
    Str given;
    if (value_is_none(result))
        *text = STR("");
    else if (!to_str(vm, result, &given))
        return script_escapes(((Autogen *)context)->script, err);
    else
        *text = str_dup(arena, given);
    return true;
}

/* None for a class that is SQLAlchemy's; else its module, and its repr() or what to write in it. */
static bool type_source(void *context, Arena *arena, const Type *type, TypeSource *source,
                        Error *err)
{
    Vm *vm = vm_of(context);
    Value result;
    const Value arg = box(vm, (void *)(uintptr_t)type);
    Class *own = record_class(vm, type->head.record);
    if (value_class(vm, arg) == own)
        return true;
    if (!call_prelude(context, "_type_source", &arg, 1, &result))
        return script_escapes(((Autogen *)context)->script, err);
    if (value_is_none(result))
        return true;
    Str module, name, repr;
    bool ok = to_text(vm, tuple_get(result, 0), &module) &&
              to_text(vm, tuple_get(result, 1), &name) && to_text(vm, tuple_get(result, 2), &repr);
    if (!ok)
        return script_escapes(((Autogen *)context)->script, err);
    source->module = str_dup(arena, module);
    source->name = str_dup(arena, name);
    if (str_given(repr))
        source->repr = str_dup(arena, repr);
    record_hold(vm, result);
    source->arguments = record_of(tuple_get(result, 3), &type_classes[TYPE_ENGINE].record);
    return true;
}

static bool value_repr(void *context, Arena *arena, const Datum *value, Str *text, Error *err)
{
    Vm *vm = vm_of(context);
    Value v, shown;
    Str given;
    if (!from_datum(vm, value, &v) || !vm_repr(vm, v, &shown) || !to_str(vm, shown, &given))
        return script_escapes(((Autogen *)context)->script, err);
    *text = str_dup(arena, given);
    return true;
}

static bool render_registered(void *context, Arena *arena, const Op *op, bool in_batch,
                              StrVec *lines, bool *handled, Error *err)
{
    Autogen *autogen = context;
    Vm *vm = vm_of(context);
    Value state, result, list;
    *handled = false;
    if (!autogen_state(autogen, autogen->context, &state))
        return script_escapes(((Autogen *)context)->script, err);
    const Value args[] = { state, box(vm, (void *)(uintptr_t)op), value_bool(in_batch) };
    if (!call_prelude(autogen, "_render_op", args, 3, &result))
        return script_escapes(((Autogen *)context)->script, err);
    if (value_is_none(result))
        return true;
    *handled = true;
    if (!vm_to_list(vm, result, &list))
        return script_escapes(((Autogen *)context)->script, err);
    for (size_t i = 0; i < list_len(list); i++) {
        Str line;
        if (!to_str(vm, list_get(list, i), &line))
            return script_escapes(((Autogen *)context)->script, err);
        VEC_PUSH(arena, lines, str_dup(arena, line));
    }
    return true;
}

/* A script's own operation needs a renderer, registered or not: the error names its class. */
static bool render_script_op(void *context, Arena *arena, const Op *op, bool in_batch,
                             StrVec *lines, bool *handled, Error *err)
{
    *handled = false;
    return op_kind(op) != OP_SCRIPT ||
           render_registered(context, arena, op, in_batch, lines, handled, err);
}

void autogen_render_calls(Autogen *autogen, Value keywords, RenderCalls *calls)
{
    Value item = keyword(keywords, "render_item");
    *calls = (RenderCalls){
        .context = autogen, .type_source = type_source, .repr = value_repr, .op = render_script_op
    };
    if (value_given(item) && !value_is_none(item))
        calls->item = render_item;
    if (registered(autogen, "render"))
        calls->op = render_registered;
}
