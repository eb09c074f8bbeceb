/* SPDX-License-Identifier: MIT */
/* DDL elements (CreateTable(table), DDL("...")) as scripts use them beside op.execute(). */
#include "script/bind_element.h"

#include "ops/op_def.h"
#include "py/obj_list.h"
#include "script/bind_engine.h"
#include "script/state.h"

bool element_texts(Vm *vm, const Dialect *dialect, const Op *op, StrVec *texts)
{
    Script *script = script_of(vm);
    Error err = vm_error(vm);
    Ddl ddl = ddl_begin(bind_arena(vm), dialect, &err);
    ddl.calls = ddl.naming.calls = &script->calls;
    ddl.naming.metadata = script->state->target;
    ddl.offline = ddl.literal_binds = true;
    if (!ddl_compile(&ddl, op))
        return raise_error(vm, &err);
    VEC_EACH (Statement, each, &ddl.statements)
        VEC_PUSH(bind_arena(vm), texts, each->text);
    return true;
}

bool dialect_of_value(Vm *vm, Value v, const Dialect **dialect)
{
    Value name;
    Str text;
    *dialect = &default_dialect;
    if (!value_given(v) || value_is_none(v))
        return true;
    if (!vm_getattr(vm, v, "name", &name) || !to_str(vm, name, &text))
        return false;
    const Dialect *found = dialect_find(text);
    if (found)
        *dialect = found;
    return true;
}

bool compiled_text(Vm *vm, Str text, Value *compiled)
{
    const Value argument = make_str(vm, text);
    return bind_call(vm, "sqlalchemy.ext.compiler", "_Compiled", &argument, 1, compiled);
}

static bool element_text(Vm *vm, Value self, Value subject, Str *text)
{
    const Dialect *dialect;
    StrVec texts = { 0 };
    const RecordObj *object = (const RecordObj *)(const void *)self.object;
    if (!dialect_of_value(vm, subject, &dialect) ||
        !element_texts(vm, dialect, object->object, &texts))
        return false;
    *text = texts.len ? texts.items[0] : STR("");
    return true;
}

/* A bind has a dialect; a dialect is one. */
static bool element_compile(Vm *vm, Call *call)
{
    ARGS(call, self, bind, dialect);
    Value subject = dialect, compiled;
    Str text;
    if (value_is_none(subject) && !value_is_none(bind) &&
        !vm_getattr_if(vm, bind, "dialect", &subject))
        return false;
    if (!value_given(subject))
        subject = bind;
    return element_text(vm, self, subject, &text) && compiled_text(vm, text, &compiled) &&
           give(call, compiled);
}

static bool element_str(Vm *vm, Call *call)
{
    ARGS(call, self);
    Str text;
    return element_text(vm, self, VALUE_NONE, &text) && give(call, make_str(vm, text));
}

/* Conditions and calls as a listener: by the prelude that sends events. */
static bool element_event(Vm *vm, Call *call, const char *name, const Value *args, size_t count)
{
    Value function, result;
    return bind_import(vm, "sqlalchemy.event", name, &function) &&
           vm_call(vm, function, args, count, &result) && give(call, result);
}

static bool element_execute_if(Vm *vm, Call *call)
{
    return element_event(vm, call, "_execute_if", call->args, 4);
}

static bool element_against(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, self);
}

static bool element_call(Vm *vm, Call *call)
{
    return element_event(vm, call, "_run_element", call->args, 3);
}

static const NativeRow element_methods_[] = {
    { "compile(self, bind=None, dialect=None, **kw)", element_compile, "The SQL." },
    { "__str__(self)", element_str, "The SQL." },
    { "execute_if(self, dialect=None, callable_=None, state=None)", element_execute_if,
      "Run as a listener only where this holds." },
    { "against(self, target)", element_against, "The element itself." },
    { "__call__(self, target, bind, **kw)", element_call, "Run it, as a listener of DDL events." },
};

void bind_element_register(Vm *vm)
{
    for (size_t i = 0; op_elements[i]; i++) {
        RecordHooks *hooks = ARENA_NEW(bind_arena(vm), RecordHooks);
        *hooks = (RecordHooks){ .record = &op_elements[i]->record,
                                .methods = element_methods_,
                                .method_count = sizeof element_methods_ / sizeof *element_methods_,
                                .module = "sqlalchemy.sql.ddl" };
        record_register(vm, hooks);
    }
}
