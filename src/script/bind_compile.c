/* SPDX-License-Identifier: MIT */
#include "script/bind_compile.h"

#include "py/obj_list.h"
#include "script/bind_engine.h"
#include "script/state.h"
#include "sql/query.h"

/* ---- @compiles(Class, "dialect") ---- */

/* The kept tuple (class, dialects) of a decorator. */
static bool compiles_decorate(Vm *vm, Call *call)
{
    ARGS(call, fn);
    Value pair = value_object(call->context), cls = tuple_get(pair, 0), names = tuple_get(pair, 1);
    Value table = kept_get(script_of(vm), KEPT_COMPILES), by_dialect;
    if (!dict_get(vm, table, cls, &by_dialect))
        return false;
    if (!value_given(by_dialect)) {
        by_dialect = make_dict(vm);
        if (!dict_set(vm, table, cls, by_dialect))
            return false;
    }
    if (tuple_len(names) == 0)
        dict_set_str(vm, by_dialect, STR("default"), fn);
    for (size_t i = 0; i < tuple_len(names); i++) {
        Str name;
        if (!to_str(vm, tuple_get(names, i), &name))
            return false;
        dict_set_str(vm, by_dialect, name, fn);
    }
    return give(call, fn);
}

static const NativeRow decorate_row = { "decorate(fn, /)", compiles_decorate, "Registers it." };

static bool compiles(Vm *vm, Call *call)
{
    ARGS(call, class_, specs);
    const Value pair[] = { class_, specs };
    ScriptRef ref = script_keep(vm, make_tuple(vm, pair, 2));
    return give(call, vm_function(vm, &decorate_row, ref.object));
}

const NativeRow compiles_row = { "compiles(class_, *specs)", compiles,
                                 "Say how a class is written in SQL." };

static bool deregister(Vm *vm, Call *call)
{
    ARGS(call, class_);
    return dict_set(vm, kept_get(script_of(vm), KEPT_COMPILES), class_, make_dict(vm));
}

const NativeRow deregister_row = { "deregister(class_)", deregister, "Forget what was said." };

/* ---- the compiler that such a function gets ---- */

typedef struct CompilerObj {
    Value dialect;
} CompilerObj;

static bool compiler_init(Vm *vm, Call *call)
{
    ARGS(call, self, dialect);
    ((CompilerObj *)payload_of(vm, self, &compiler_class))->dialect = dialect;
    return true;
}

static bool compiler_dialect_name(Vm *vm, Value self, const Dialect **dialect)
{
    Value name;
    Str text;
    if (!vm_getattr(vm, ((CompilerObj *)payload_of(vm, self, &compiler_class))->dialect, "name",
                    &name) ||
        !to_str(vm, name, &text))
        return false;
    const Dialect *found = dialect_find(text);
    *dialect = found ? found : &default_dialect;
    return true;
}

/* A type's SQL, an expression's, or a table's name. */
static bool compiler_process(Vm *vm, Call *call)
{
    ARGS(call, self, element, kw);
    const Dialect *dialect;
    Error err = vm_error(vm);
    Script *script = script_of(vm);
    Expr *expr;
    Str text;
    DatumVec params = { 0 };
    if (!compiler_dialect_name(vm, self, &dialect))
        return false;
    const Type *type = record_of(element, &type_classes[TYPE_ENGINE].record);
    if (type) {
        if (!dialect_type(bind_arena(vm), dialect, &script->calls, type, &text, &err))
            return raise_error(vm, &err);
        return give(call, make_str(vm, text));
    }
    if (!to_expr(vm, element, NULL, &expr))
        return false;
    bool literal = is_true(keyword(kw, "literal_binds"));
    QueryOptions options = { .mode = literal ? BIND_LITERAL : BIND_NAMED, .calls = &script->calls };
    if (!query_compile(bind_arena(vm), dialect, &options, expr, &text, &params, &err))
        return raise_error(vm, &err);
    return give(call, make_str(vm, text));
}

static bool compiler_dialect(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, ((CompilerObj *)payload_of(vm, self, &compiler_class))->dialect);
}

static bool compiler_same(Vm *vm, Call *call)
{
    return give(call, call->args[0]);
}

static bool compiler_quote(Vm *vm, Call *call)
{
    ARGS(call, self, ident);
    const Dialect *dialect;
    Name name;
    if (!compiler_dialect_name(vm, self, &dialect))
        return false;
    const Table *table = record_of(ident, &table_record);
    const Column *column = record_of(ident, &column_record);
    if (table) {
        Str text = dialect_quote(bind_arena(vm), dialect, table->name);
        if (name_given(table->schema)) {
            Str schema = dialect_quote(bind_arena(vm), dialect, table->schema);
            text = str_format(bind_arena(vm), "%.*s.%.*s", STR_ARG(schema), STR_ARG(text));
        }
        return give(call, make_str(vm, text));
    }
    if (column)
        name = column->name;
    else if (!to_name(vm, ident, &name))
        return false;
    return give(call, make_str(vm, dialect_quote(bind_arena(vm), dialect, name)));
}

static void compiler_mark(Vm *vm, void *payload)
{
    vm_mark(vm, ((CompilerObj *)payload)->dialect);
}

static const NativeRow compiler_methods[] = {
    { "__init__(self, dialect)", compiler_init, "For a dialect." },
    { "process(self, element, **kw)", compiler_process, "As SQL." },
    { "quote(self, ident)", compiler_quote, "The identifier as it is written." },
    { "format_table(self, table, **kw)", compiler_quote, "The name of a table." },
    { "format_column(self, column, **kw)", compiler_quote, "The name of a column." },
};
static const NativeRow compiler_getters[] = {
    { "dialect(self)", compiler_dialect, "The dialect." },
    { "preparer(self)", compiler_same, "Quotes identifiers." },
    { "sql_compiler(self)", compiler_same, "Writes expressions." },
    { "type_compiler(self)", compiler_same, "Writes types." },
    { "identifier_preparer(self)", compiler_same, "Quotes identifiers." },
};

const NativeClass compiler_class = {
    .records = true,
    .name = "SQLCompiler",
    .module = "sqlalchemy.sql.compiler",
    .size = sizeof(CompilerObj),
    .methods = compiler_methods,
    .method_count = sizeof compiler_methods / sizeof *compiler_methods,
    .getters = compiler_getters,
    .getter_count = sizeof compiler_getters / sizeof *compiler_getters,
    .mark = compiler_mark,
    .doc = "Writes elements of a script.",
};

/* ---- what compile() gives ---- */

typedef struct CompiledObj {
    Value text;
    Value params; /* a dict of what is bound */
} CompiledObj;

static CompiledObj *compiled_self(Vm *vm, Value self)
{
    return payload_of(vm, self, &compiled_class);
}

static bool compiled_init(Vm *vm, Call *call)
{
    ARGS(call, self, string, params);
    compiled_self(vm, self)->text = string;
    compiled_self(vm, self)->params = params;
    return true;
}

static bool compiled_str(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, compiled_self(vm, self)->text);
}

static bool compiled_same(Vm *vm, Call *call)
{
    return give(call, call->args[0]);
}

static bool compiled_params(Vm *vm, Call *call)
{
    ARGS(call, self);
    Value params = compiled_self(vm, self)->params;
    return give(call, is_dict(params) ? params : make_dict(vm));
}

/* bind.execute(compiled): a text whose colons are no binds. */
static bool compiled_clause(Vm *vm, Call *call)
{
    ARGS(call, self);
    Str text;
    if (!to_text(vm, compiled_self(vm, self)->text, &text))
        return false;
    return give(call, box(vm, expr_literal_column(bind_arena(vm), text, NULL)));
}

static void compiled_mark(Vm *vm, void *payload)
{
    vm_mark(vm, ((CompiledObj *)payload)->text);
    vm_mark(vm, ((CompiledObj *)payload)->params);
}

static const NativeRow compiled_methods[] = {
    { "__init__(self, string, params=None)", compiled_init, "Of its text." },
    { "__str__(self)", compiled_str, "The text." },
    { "compile(self, **kw)", compiled_same, "The text itself." },
    { "__clause_element__(self)", compiled_clause, "The text as a statement." },
};
static const NativeRow compiled_getters[] = {
    { "string(self)", compiled_str, "The text." },
    { "params(self)", compiled_params, "No values." },
};

const NativeClass compiled_class = {
    .name = "Compiled",
    .module = "sqlalchemy.engine.interfaces",
    .size = sizeof(CompiledObj),
    .methods = compiled_methods,
    .method_count = sizeof compiled_methods / sizeof *compiled_methods,
    .getters = compiled_getters,
    .getter_count = sizeof compiled_getters / sizeof *compiled_getters,
    .mark = compiled_mark,
    .doc = "A statement as text.",
};

/* ---- small values ---- */

bool null_type_make(Vm *vm, Value *v)
{
    *v = box(vm, type_new(bind_arena(vm), TYPE_NULL));
    return true;
}

bool version_make(Vm *vm, Value *v)
{
    *v = make_strz(vm, "2.0.52");
    return true;
}

static bool dialect_call(Vm *vm, Call *call)
{
    return give(call, dialect_box(vm, call->context));
}

static const NativeRow dialect_row = { "dialect(**kw)", dialect_call, "The dialect." };

static Value dialect_maker(Vm *vm, const Dialect *dialect)
{
    return vm_function(vm, &dialect_row, (void *)(uintptr_t)dialect);
}

bool postgresql_dialect_make(Vm *vm, Value *v)
{
    *v = dialect_maker(vm, &postgresql_dialect);
    return true;
}

bool mysql_dialect_make(Vm *vm, Value *v)
{
    *v = dialect_maker(vm, &mysql_dialect);
    return true;
}

bool sqlite_dialect_make(Vm *vm, Value *v)
{
    *v = dialect_maker(vm, &sqlite_dialect);
    return true;
}

bool mssql_dialect_make(Vm *vm, Value *v)
{
    *v = dialect_maker(vm, &mssql_dialect);
    return true;
}

bool oracle_dialect_make(Vm *vm, Value *v)
{
    *v = dialect_maker(vm, &oracle_dialect);
    return true;
}
