/* SPDX-License-Identifier: MIT */
/* Modules as tables of names. Big as sqlalchemy is, a run pays only for the names that it uses. */
#include "script/bind.h"

#include "schema/expr.h"

/* A name that Python's module has and this one does not serve: an error when it is called. */
static bool refused_call(Vm *vm, Call *call)
{
    return vm_raise(vm, "NotImplementedError", "limbeck does not serve %s",
                    (const char *)call->context);
}

static const NativeRow refused_row = { "refused(*args, **kw)", refused_call,
                                       "Says that Limbeck does not serve this name." };

static bool refused_has(const char *names, Str name)
{
    for (Str rest = str_from(names), each; str_split_next(&rest, ' ', &each);)
        if (str_eq(each, name))
            return true;
    return false;
}

static Str row_name(const NativeRow *row)
{
    return (Str){ row->signature, strcspn(row->signature, "(") };
}

const NativeRow *row_find(const NativeRow *rows, Str name)
{
    for (; rows->signature; rows++)
        if (str_eq(row_name(rows), name))
            return rows;
    return NULL;
}

static bool name_make(Vm *vm, const BindName *row, Value *v)
{
    switch (row->kind) {
    case BIND_RECORD:
        *v = class_of(record_class(vm, row->record));
        return true;
    case BIND_CLASS:
        *v = class_of(vm_class(vm, row->native));
        return true;
    case BIND_FUNCTION:
        *v = vm_function(vm, row->row, NULL);
        return true;
    case BIND_RECORDS:
        *v = vm_record_function(vm, row->row, NULL);
        return true;
    case BIND_MAKE:
        return row->make(vm, v);
    case BIND_FROM:
        return bind_import(vm, row->from, row->name, v);
    }
    return false;
}

static const BindModule *module_find(Str name)
{
    for (size_t i = 0; i < sa_module_count; i++)
        if (str_is(name, sa_modules[i].name))
            return &sa_modules[i];
    for (size_t i = 0; i < alembic_module_count; i++)
        if (str_is(name, alembic_modules[i].name))
            return &alembic_modules[i];
    return NULL;
}

/* JSON.NULL: JSON's null, where None is SQL's. */
static bool json_class_fill(Vm *vm, Value json)
{
    Arena *arena = bind_arena(vm);
    const Datum none = { .kind = DATUM_NONE };
    Expr *null = expr_literal(arena, &none, type_new(arena, TYPE_JSON));
    return vm_setattr(vm, json, "NULL", box(vm, null));
}

/* *v stays unset when the module has no such name. */
static bool module_lookup(Vm *vm, const BindModule *module, Str name, Value *v)
{
    for (size_t i = 0; i < module->count; i++)
        if (str_is(name, module->names[i].name))
            return name_make(vm, &module->names[i], v);
    if (module->types) {
        const TypeClass *type = type_class_find((TypeModule)(module->types - 1), name);
        if (type) {
            *v = class_of(record_class(vm, &type->record));
            return !record_is(&type->record, &type_classes[TYPE_JSON].record) ||
                   json_class_fill(vm, *v);
        }
    }
    for (const NativeRow *const *rows = module->functions; rows && *rows; rows++) {
        const NativeRow *row = row_find(*rows, name);
        if (row) {
            *v = vm_record_function(vm, row, NULL);
            return true;
        }
    }
    if (module->lookup && (!module->lookup(vm, name, v) || value_given(*v)))
        return value_given(*v);
    if (module->also) {
        const BindModule *also = module_find(str_from(module->also));
        if (also && !module_lookup(vm, also, name, v))
            return false;
    }
    return true;
}

/* Submodules that are written as scripts: sa.exc without an import of its own. */
static const char *const script_modules[] = {
    "alembic.autogenerate",
    "alembic.autogenerate.api",
    "alembic.autogenerate.compare",
    "alembic.autogenerate.render",
    "alembic.autogenerate.rewriter",
    "alembic.operations.ops",
    "alembic.util",
    "alembic.util.exc",
    "alembic.util.migration",
    "sqlalchemy._driver",
    "sqlalchemy._mock",
    "sqlalchemy.event",
    "sqlalchemy.exc",
    "sqlalchemy.ext.associationproxy",
    "sqlalchemy.ext.asyncio",
    "sqlalchemy.ext.declarative",
    "sqlalchemy.ext.hybrid",
    "sqlalchemy.ext.mutable",
    "sqlalchemy.ext.orderinglist",
    "sqlalchemy.orm",
    "sqlalchemy.orm._annotations",
    "sqlalchemy.orm._declarative",
    "sqlalchemy.orm._mapper",
    "sqlalchemy.orm._properties",
    "sqlalchemy.orm._scan",
    "sqlalchemy.orm.attributes",
    "sqlalchemy.orm.collections",
    "sqlalchemy.orm.decl_api",
    "sqlalchemy.orm.exc",
    "sqlalchemy.orm.properties",
    "sqlalchemy.orm.query",
    "sqlalchemy.orm.relationships",
    "sqlalchemy.orm.session",
    "sqlalchemy.pool",
    "sqlalchemy.sql.elements",
    "sqlalchemy.util",
};

static bool is_script_module(Str name)
{
    for (size_t i = 0; i < sizeof script_modules / sizeof *script_modules; i++)
        if (str_is(name, script_modules[i]))
            return true;
    return false;
}

static bool module_submodule(Vm *vm, const BindModule *module, Str name, Value *v)
{
    Str full = str_format(bind_arena(vm), "%s.%.*s", module->name, STR_ARG(name));
    if (!module_find(full) && !is_script_module(full))
        return true;
    return vm_import(vm, full, v);
}

static const char *refused_in(const BindModule *module, Str name)
{
    for (const BindModule *each = module; each;) {
        if (each->refused && refused_has(each->refused, name))
            return each->name;
        each = each->also ? module_find(str_from(each->also)) : NULL;
    }
    return NULL;
}

/* What `from sqlalchemy import *` binds: all that the tables list. */
static void module_names(Vm *vm, const BindModule *module, Value names)
{
    for (size_t i = 0; i < module->count; i++)
        if (module->names[i].name[0] != '_')
            list_append(vm, names, make_str(vm, str_from(module->names[i].name)));
    for (size_t i = 0; module->types && i < TYPE_KIND_COUNT; i++)
        if (type_classes[i].module == (TypeModule)(module->types - 1))
            list_append(vm, names, make_str(vm, str_from(type_classes[i].record.name)));
    for (const NativeRow *const *rows = module->functions; rows && *rows; rows++)
        for (const NativeRow *row = *rows; row->signature; row++)
            list_append(vm, names, make_str(vm, row_name(row)));
    const BindModule *also = module->also ? module_find(str_from(module->also)) : NULL;
    if (also)
        module_names(vm, also, names);
}

static bool module_getattr(Vm *vm, Call *call)
{
    ARGS(call, name);
    const BindModule *module = call->context;
    Str text;
    Value v = VALUE_UNSET;
    if (!to_str(vm, name, &text))
        return false;
    if (str_is(text, "__all__")) {
        v = make_list(vm, NULL, 0);
        vm_push(vm, v);
        module_names(vm, module, v);
        vm_pop(vm, 1);
        return give(call, v);
    }
    if (!module_lookup(vm, module, text, &v))
        return false;
    if (!value_given(v) && !module_submodule(vm, module, text, &v))
        return false;
    if (!value_given(v) && refused_in(module, text)) {
        Str full = str_format(bind_arena(vm), "%s.%.*s", module->name, STR_ARG(text));
        v = vm_function(vm, &refused_row, (void *)(uintptr_t)full.ptr);
    }
    if (!value_given(v))
        return vm_raise(vm, "AttributeError", "module '%s' has no attribute '%.*s'", module->name,
                        STR_ARG(text));
    Value self;
    if (!vm_import(vm, str_from(module->name), &self) ||
        !module_set(vm, self, str_cstr(bind_arena(vm), text), v))
        return false;
    return give(call, v);
}

static const NativeRow getattr_row = { "__getattr__(name, /)", module_getattr,
                                       "Makes a name of the module when it is first used." };

static bool module_init(Vm *vm, Value module)
{
    Value name;
    Str text;
    if (!vm_getattr(vm, module, "__name__", &name) || !to_str(vm, name, &text))
        return false;
    const BindModule *bind = module_find(text);
    return module_set(vm, module, "__getattr__",
                      vm_function(vm, &getattr_row, (void *)(uintptr_t)bind));
}

void bind_module_add(Vm *vm, const BindModule *module)
{
    NativeModule *native = ARENA_NEW(bind_arena(vm), NativeModule);
    *native = (NativeModule){ .name = module->name, .init = module_init };
    vm_add_module(vm, native);
}
