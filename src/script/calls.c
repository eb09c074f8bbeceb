/* SPDX-License-Identifier: MIT */
#include "script/calls.h"

#include "script/bind_engine.h"
#include "script/bind_value.h"
#include "script/state.h"

static Value dialect_value(Vm *vm, Str name)
{
    const Dialect *dialect = dialect_find(name);
    return dialect_box(vm, dialect ? dialect : &default_dialect);
}

static bool take_text(Vm *vm, Arena *arena, Value v, Str *text, Error *err)
{
    Str borrowed;
    Value shown;
    if (!vm_str(vm, v, &shown) || !to_str(vm, shown, &borrowed))
        return exception_to_error(vm, err);
    *text = str_dup(arena, borrowed);
    return true;
}

static bool call_type_spec(void *context, Arena *arena, const Type *type, Str dialect, Str *sql,
                           Error *err)
{
    Script *script = context;
    Vm *vm = script->vm;
    Value self = script_value(type->script), method, result;
    (void)dialect;
    if (value_is_none(self) || !vm_getattr_if(vm, self, "get_col_spec", &method))
        return value_is_none(self)
                   ? fail(err, ERR_SCHEMA, "a UserDefinedType without get_col_spec()")
                   : exception_to_error(vm, err);
    if (!value_given(method))
        return fail(err, ERR_SCHEMA, "%s has no get_col_spec()", type_name(vm, self));
    if (!vm_call(vm, method, NULL, 0, &result))
        return exception_to_error(vm, err);
    return take_text(vm, arena, result, sql, err);
}

/* load_dialect_impl(dialect) where a class of the script has it, else what `impl` stands for. */
static bool call_type_impl(void *context, Arena *arena, const Type *type, Str dialect, Type **impl,
                           Error *err)
{
    Script *script = context;
    Vm *vm = script->vm;
    Value self = script_value(type->script), method, result;
    (void)arena;
    *impl = type->impl;
    if (value_is_none(self))
        return *impl || fail(err, ERR_SCHEMA, "a TypeDecorator without impl");
    if (!vm_getattr_if(vm, self, "load_dialect_impl", &method))
        return exception_to_error(vm, err);
    if (value_given(method)) {
        const Value argument = dialect_value(vm, dialect);
        if (!vm_call(vm, method, &argument, 1, &result) || !to_type(vm, result, impl))
            return exception_to_error(vm, err);
        record_hold(vm, result);
    }
    return *impl || fail(err, ERR_SCHEMA, "%s has no impl", type_name(vm, self));
}

/* The function that @compiles registered for the class or its bases, on the dialect or on all. */
static bool compiler_find(Vm *vm, Value element, Str dialect, Value *function)
{
    Value table = kept_get(script_of(vm), KEPT_COMPILES), found;
    Value mro;
    *function = VALUE_UNSET;
    if (!bases_of(vm, element, &mro))
        return false;
    for (size_t i = 0; i < tuple_len(mro); i++) {
        if (!dict_get(vm, table, tuple_get(mro, i), &found))
            return false;
        if (!value_given(found))
            continue;
        *function = dict_get_str(found, dialect);
        if (!value_given(*function))
            *function = dict_get_str(found, STR("default"));
        if (value_given(*function))
            return true;
    }
    return true;
}

static bool call_compile(void *context, Arena *arena, ScriptRef element, Str dialect, Str *sql,
                         bool *handled, Error *err)
{
    Script *script = context;
    Vm *vm = script->vm;
    Value self = script_value(element), function, compiler, result;
    *handled = false;
    if (dict_len(kept_get(script, KEPT_COMPILES)) == 0)
        return true;
    if (!compiler_find(vm, self, dialect, &function))
        return exception_to_error(vm, err);
    if (!value_given(function))
        return true;
    const Value name = dialect_value(vm, dialect);
    if (!bind_import(vm, "sqlalchemy.ext.compiler", "_Compiler", &compiler) ||
        !vm_call(vm, compiler, &name, 1, &compiler))
        return exception_to_error(vm, err);
    vm_push(vm, compiler);
    const Value args[] = { self, compiler };
    bool ok = vm_call(vm, function, args, 2, &result);
    vm_pop(vm, 1);
    if (!ok)
        return exception_to_error(vm, err);
    *handled = true;
    return take_text(vm, arena, result, sql, err);
}

/* The function of @compiles(CreateTable, ...) for the dialect or all, or TAG_UNSET. */
static bool element_function(Vm *vm, const char *name, Str dialect, Value *function)
{
    Value cls, by_dialect;
    *function = VALUE_UNSET;
    if (!bind_import(vm, "sqlalchemy.schema", name, &cls) ||
        !dict_get(vm, kept_get(script_of(vm), KEPT_COMPILES), cls, &by_dialect))
        return false;
    if (!value_given(by_dialect))
        return true;
    *function = dict_get_str(by_dialect, dialect);
    if (!value_given(*function))
        *function = dict_get_str(by_dialect, STR("default"));
    return true;
}

static bool call_element(void *context, Arena *arena, const char *name, const void *object,
                         Str dialect, Str *sql, Error *err)
{
    Script *script = context;
    Vm *vm = script->vm;
    Value function, result;
    if (!vm || dict_len(kept_get(script, KEPT_COMPILES)) == 0)
        return true;
    if (!element_function(vm, name, dialect, &function))
        return exception_to_error(vm, err);
    if (!value_given(function))
        return true;
    if (!object)
        return fail(err, ERR_SCRIPT, "NotImplementedError: limbeck does not serve @compiles of %s",
                    name);
    const Value args[] = { function, box(vm, (void *)(uintptr_t)object), dialect_value(vm, dialect),
                           make_str(vm, *sql) };
    Value list = make_list(vm, args, 4);
    vm_push(vm, list);
    bool ok = bind_call(vm, "sqlalchemy.util", "_rewritten", args, 4, &result);
    vm_pop(vm, 1);
    return ok ? take_text(vm, arena, result, sql, err) : exception_to_error(vm, err);
}

static bool call_naming_token(void *context, Arena *arena, ScriptRef function,
                              const Constraint *constraint, const Index *index, const Table *table,
                              Str *text, Error *err)
{
    Script *script = context;
    Vm *vm = script->vm;
    const void *subject = constraint ? (const void *)constraint : (const void *)index;
    const Value args[] = { box(vm, (void *)(uintptr_t)subject), box(vm, (void *)(uintptr_t)table) };
    Value result;
    if (!vm_call(vm, script_value(function), args, 2, &result))
        return exception_to_error(vm, err);
    return take_text(vm, arena, result, text, err);
}

/* A default is called without arguments, or with the execution's context where it takes one. */
static bool call_default(void *context, Arena *arena, ScriptRef function, Datum *value, Error *err)
{
    Script *script = context;
    Vm *vm = script->vm;
    Value result, wrapper, call = script_value(function);
    (void)arena;
    if (!bind_import(vm, "sqlalchemy.util", "_call_default", &wrapper) ||
        !vm_call(vm, wrapper, &call, 1, &result) || !script_datum(vm, result, value))
        return exception_to_error(vm, err);
    return true;
}

/*
 * The text that stands for a member of the type's enum class: its name, or what values_callable
 * gave. A member that is a str or int too comes as that; it is known by its value.
 */
static bool enum_text(Vm *vm, const Type *type, const Datum *from, Datum *to)
{
    Value members, list, raw, member, value;
    if (from->kind == DATUM_STR && strvec_find(&type->values, from->text) >= 0)
        return true;
    if (!vm_getattr(vm, script_value(type->enum_class), "__members__", &members) ||
        !vm_call_method(vm, members, "values", NULL, 0, &list) || !vm_to_list(vm, list, &list) ||
        !from_datum(vm, from, &raw))
        return false;
    bool is = false, ok = true;
    vm_push(vm, list);
    vm_push(vm, raw);
    for (size_t i = 0; ok && !is && i < list_len(list) && i < type->values.len; i++) {
        member = list_get(list, i);
        ok = vm_getattr(vm, member, "value", &value) && value_eq(vm, member, raw, &is) &&
             (is || from->kind == DATUM_SCRIPT || value_eq(vm, value, raw, &is));
        if (ok && is)
            *to = datum_str(type->values.items[i]);
    }
    vm_pop(vm, 2);
    return ok;
}

static bool enum_name(Vm *vm, const Type *type, const Datum *from, Datum *to, Error *err)
{
    *to = *from;
    if (from->kind == DATUM_NONE || !type->enum_class.object)
        return true;
    return enum_text(vm, type, from, to) || exception_to_error(vm, err);
}

static bool call_bind_value(void *context, Arena *arena, const Type *type, Str dialect,
                            const Datum *from, Datum *to, Error *err)
{
    Script *script = context;
    Vm *vm = script->vm;
    Value self = type ? script_value(type->script) : VALUE_NONE, method, result, raw;
    (void)arena;
    if (type_is(type, TYPE_ENUM))
        return enum_name(vm, type, from, to, err);
    *to = *from;
    if (value_is_none(self))
        return object_parameter(vm, to) || exception_to_error(vm, err);
    if (!vm_getattr_if(vm, self, "process_bind_param", &method))
        return exception_to_error(vm, err);
    if (!value_given(method))
        return true;
    if (!from_datum(vm, from, &raw))
        return exception_to_error(vm, err);
    const Value args[] = { raw, dialect_value(vm, dialect) };
    if (!vm_call(vm, method, args, 2, &result) || !script_datum(vm, result, to))
        return exception_to_error(vm, err);
    return true;
}

void calls_fill(Script *script)
{
    script->calls = (ScriptCalls){
        .context = script,
        .type_spec = call_type_spec,
        .type_impl = call_type_impl,
        .compile = call_compile,
        .element = call_element,
        .naming_token = call_naming_token,
        .default_value = call_default,
        .bind_value = call_bind_value,
    };
}
