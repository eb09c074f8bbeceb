/* SPDX-License-Identifier: MIT */
/* Types: classes stand for instances, scripts derive their own, enums come from enum classes. */
#include "diff/render.h"
#include "ops/op_def.h"
#include "py/obj_list.h"
#include "py/obj_opaque.h"
#include "script/bind_engine.h"
#include "script/bind_mock.h"
#include "script/bind_run.h"

#define ENGINE_RECORD (&type_classes[TYPE_ENGINE].record)

static Type *type_self(Value self)
{
    return record_of(self, ENGINE_RECORD);
}

/* sa.String where sa.String() is meant. */
static bool type_coerce(Vm *vm, Arena *arena, const Record *to, Value v, void **object, Value *ref)
{
    (void)arena;
    (void)to;
    *object = NULL;
    if (is_opaque(v))
        return opaque_refuse(vm, v, "the type of a column");
    if (!is_class(v) || !class_derives(vm, v, record_class(vm, ENGINE_RECORD)))
        return true;
    if (!vm_call(vm, v, NULL, 0, ref))
        return false;
    *object = type_self(*ref);
    script_keep(vm, *ref);
    return true;
}

/* ---- enums of enum classes ---- */

static bool enum_names(Vm *vm, Value enum_class, StrVec *names)
{
    Value members, key, item, list;
    if (!vm_getattr(vm, enum_class, "__members__", &members) || !vm_to_list(vm, members, &list))
        return false;
    for (size_t i = 0; i < list_len(list); i++) {
        Str name;
        if (!to_text(vm, list_get(list, i), &name))
            return false;
        VEC_PUSH(bind_arena(vm), names, name);
    }
    (void)key;
    (void)item;
    return true;
}

static bool enum_chosen(Vm *vm, Value callable, Value enum_class, StrVec *names)
{
    Value values, list;
    if (!vm_call(vm, callable, &enum_class, 1, &values) || !vm_to_list(vm, values, &list))
        return false;
    for (size_t i = 0; i < list_len(list); i++) {
        Value text;
        Str name;
        if (!vm_str(vm, list_get(list, i), &text) || !to_text(vm, text, &name))
            return false;
        VEC_PUSH(bind_arena(vm), names, name);
    }
    return true;
}

static bool enum_made(Vm *vm, Type *type)
{
    Value enum_class = script_value(type->enum_class), text;
    Str name;
    if (value_is_none(enum_class))
        return true;
    if (is_opaque(enum_class))
        return opaque_refuse(vm, enum_class, "the values of an Enum");
    bool ok = type->values_callable.object
                  ? enum_chosen(vm, script_value(type->values_callable), enum_class, &type->values)
                  : enum_names(vm, enum_class, &type->values);
    if (!ok || name_given(type->name))
        return ok;
    if (!vm_getattr(vm, enum_class, "__name__", &text) || !to_text(vm, text, &name))
        return false;
    type->name = name_from(str_lower_ascii(bind_arena(vm), name));
    return true;
}

static void type_created(Vm *vm, Value made)
{
    Type *type = type_self(made);
    size_t offset = (size_t)((const char *)type->head.record - (const char *)type_classes);
    type->kind = (TypeKind)(offset / sizeof *type_classes);
    if (type->kind == TYPE_DECORATOR || type->kind == TYPE_USER_DEFINED)
        type->script = script_keep(vm, made);
}

static bool type_made(Vm *vm, Value made)
{
    Type *type = type_self(made);
    return !type_is(type, TYPE_ENUM) || enum_made(vm, type);
}

/* ---- TypeDecorator and UserDefinedType ---- */

/* The class's `impl`, called with what the decorator was given. */
static bool decorator_impl(Vm *vm, Value self, Value args, Value kw, Type **impl)
{
    Value given, made;
    if (!vm_getattr_if(vm, self, "impl", &given))
        return false;
    if (!value_given(given) || value_is_none(given))
        return vm_raise(vm, "AttributeError",
                        "TypeDecorator implementations require a class-level variable 'impl' which "
                        "refers to the class of type being decorated");
    if (!is_class(given))
        return to_type(vm, given, impl);
    if (!vm_call_kw(vm, given, as_tuple(args)->items, tuple_len(args), kw, &made))
        return false;
    return to_type(vm, made, impl);
}

static bool decorator_init(Vm *vm, Call *call)
{
    ARGS(call, self, args, kw);
    Type *type = type_self(self);
    Args all = args_of(args, kw);
    if (type->kind != TYPE_DECORATOR)
        return record_bind(vm, bind_arena(vm), type->head.record, NULL, &all, type);
    return decorator_impl(vm, self, args, kw, &type->impl);
}

/* super().load_dialect_impl(dialect) */
static bool decorator_load(Vm *vm, Call *call)
{
    ARGS(call, self);
    const Type *type = type_self(self);
    return give(call, box(vm, type->impl));
}

static bool user_defined_init(Vm *vm, Call *call)
{
    return true;
}

static bool decorator_get(Vm *vm, Value self, Str name, Value *result)
{
    const Type *type = type_self(self);
    if ((str_is(name, "impl_instance") || str_is(name, "impl")) && type->impl)
        *result = box(vm, type->impl);
    return true;
}

/* self.impl = String(5), as __init__ of a script's class may say. */
static bool decorator_set(Vm *vm, Value self, Str name, Value v, bool *done)
{
    *done = str_is(name, "impl") || str_is(name, "impl_instance");
    return !*done || to_type(vm, v, &type_self(self)->impl);
}

/* ---- methods of all types ---- */

static bool type_variant(Vm *vm, Call *call)
{
    ARGS(call, self, type_, dialect_names);
    Type *variant, *made = type_self(self);
    if (!to_type(vm, type_, &variant))
        return false;
    for (size_t i = 0; i < tuple_len(dialect_names); i++) {
        Str name;
        if (!to_text(vm, tuple_get(dialect_names, i), &name))
            return false;
        made = type_with_variant(bind_arena(vm), made, name, variant);
    }
    return give(call, box(vm, made));
}

static bool type_copied(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, box(vm, type_copy(bind_arena(vm), type_self(self))));
}

static bool type_same(Vm *vm, Call *call)
{
    return give(call, call->args[0]);
}

static bool type_text(Vm *vm, const Type *type, Value dialect, Str *sql)
{
    Error err = vm_error(vm);
    const Dialect *chosen = &default_dialect;
    Value name;
    Str text;
    if (!value_is_none(dialect)) {
        if (!vm_getattr(vm, dialect, "name", &name) || !to_str(vm, name, &text))
            return false;
        if (dialect_find(text))
            chosen = dialect_find(text);
    }
    return dialect_type(bind_arena(vm), chosen, &script_of(vm)->calls, type, sql, &err) ||
           raise_error(vm, &err);
}

static bool type_compile(Vm *vm, Call *call)
{
    ARGS(call, self, dialect);
    Str sql;
    return type_text(vm, type_self(self), dialect, &sql) && give(call, make_str(vm, sql));
}

static bool type_str(Vm *vm, Call *call)
{
    ARGS(call, self);
    Str sql;
    const Type *type = type_self(self);
    const TypeClass *cls = type_class(type);
    if (cls->module != TYPE_MODULE_SA && !type_is(type, TYPE_ENUM))
        return give(call, make_strz(vm, cls->record.name));
    return type_text(vm, type, VALUE_NONE, &sql) && give(call, make_str(vm, sql));
}

/* "postgresql.JSONB(astext_type=Text())" without the module, but for what stands in quotes. */
static Str without_modules(Arena *arena, Str source)
{
    static const char *const modules[] = { "postgresql.", "mysql.", "sqlite." };
    Buf buf = buf_in(arena);
    char quote = 0;
    for (size_t i = 0; i < source.len; i++) {
        char c = source.ptr[i];
        bool word = i > 0 && (char_is_alnum(source.ptr[i - 1]) || source.ptr[i - 1] == '_');
        for (size_t m = 0; !quote && !word && m < sizeof modules / sizeof *modules; m++)
            if (str_starts(str_from_offset(source, i), str_from(modules[m])))
                c = source.ptr[i += strlen(modules[m])];
        if (quote && c == '\\' && i + 1 < source.len) {
            buf_putc(&buf, c);
            c = source.ptr[++i];
        } else if (c == quote || (!quote && (c == '\'' || c == '"'))) {
            quote = quote ? 0 : c;
        }
        buf_putc(&buf, c);
    }
    return buf_str(&buf);
}

/* repr(): what autogenerate would write, without modules; a script's own type as an object. */
static bool type_repr(Vm *vm, Call *call)
{
    ARGS(call, self);
    const Type *type = type_self(self);
    Str source;
    StrVec imports = { 0 };
    Error err = vm_error(vm);
    RenderOptions options = { .dialect = &default_dialect, .sa = STR(""), .op = STR("") };
    if (type->script.object || type->kind == TYPE_DECORATOR || type->kind == TYPE_USER_DEFINED)
        return give(call, make_strf(vm, "<%s object>", type_name(vm, self)));
    if (!render_type(bind_arena(vm), &options, type, &imports, &source, &err))
        return raise_error(vm, &err);
    return give(call, make_str(vm, without_modules(bind_arena(vm), source)));
}

static const struct {
    TypeKind kind;
    const char *module, *name;
} python_types[] = {
    { TYPE_BOOLEAN, "builtins", "bool" },
    { TYPE_INTEGER, "builtins", "int" },
    { TYPE_FLOAT, "builtins", "float" },
    { TYPE_NUMERIC, "decimal", "Decimal" },
    { TYPE_DATE_TIME, "datetime", "datetime" },
    { TYPE_DATE, "datetime", "date" },
    { TYPE_TIME, "datetime", "time" },
    { TYPE_INTERVAL, "datetime", "timedelta" },
    { TYPE_LARGE_BINARY, "builtins", "bytes" },
    { TYPE_STRING, "builtins", "str" },
    { TYPE_UUID, "uuid", "UUID" },
    { TYPE_JSON, "builtins", "dict" },
    { TYPE_ARRAY, "builtins", "list" },
};

static bool type_python(Vm *vm, Call *call)
{
    ARGS(call, self);
    Value cls;
    for (size_t i = 0; i < sizeof python_types / sizeof *python_types; i++) {
        if (type_is(type_self(self), python_types[i].kind))
            return bind_import(vm, python_types[i].module, python_types[i].name, &cls) &&
                   give(call, cls);
    }
    return vm_raise(vm, "NotImplementedError", "%s", type_name(vm, self));
}

/* Enum.create(bind, checkfirst): CREATE TYPE where the database has types. */
static bool type_ddl(Vm *vm, Call *call)
{
    ARGS(call, self, bind, checkfirst);
    Type *type = type_self(self);
    bool create = strncmp(call->row->signature, "create", 6) == 0;
    const Dialect *dialect;
    if (!bind_dialect(vm, bind, &dialect))
        return false;
    if (!dialect->native_enum || type->native_enum == TRI_FALSE || !name_given(type->name))
        return true;
    TypeOp *op = op_new(bind_arena(vm), create ? &create_type_def : &drop_type_def);
    bool found = !create, check;
    op->type = type;
    if (!to_truth(vm, checkfirst, &check) ||
        (check && !is_offline_bind(vm, bind) && !bind_is_mock(vm, bind) &&
         !bind_has_type(vm, bind, type->schema, type->name.text, &found)))
        return false;
    return found == create || bind_run_op(vm, bind, &op->op);
}

static const NativeRow type_methods[] = {
    { "with_variant(self, type_, *dialect_names)", type_variant, "Another type on a dialect." },
    { "copy(self, **kw)", type_copied, "A copy." },
    { "dialect_impl(self, dialect)", type_same, "The type itself." },
    { "adapt(self, cls, **kw)", type_same, "The type itself." },
    { "compile(self, dialect=None)", type_compile, "As SQL." },
    { "__str__(self)", type_str, "As SQL." },
    { "__repr__(self)", type_repr, "As source." },
};
static const NativeRow type_getters[] = {
    { "python_type(self)", type_python, "The Python type of its values." },
};
static const NativeRow decorator_methods[] = {
    { "__init__(self, *args, **kw)", decorator_init, "Make the type behind it." },
    { "load_dialect_impl(self, dialect)", decorator_load, "The type behind it." },
};
static const NativeRow user_defined_methods[] = {
    { "__init__(self, *args, **kw)", user_defined_init, "A type of the script's own." },
};
static const NativeRow enum_methods[] = {
    { "create(self, bind=None, checkfirst=False)", type_ddl, "CREATE TYPE." },
    { "drop(self, bind=None, checkfirst=False)", type_ddl, "DROP TYPE." },
};
static const NativeRow named_type_methods[] = {
    { "create(self, bind=None, checkfirst=True)", type_ddl, "CREATE TYPE or DOMAIN." },
    { "drop(self, bind=None, checkfirst=True)", type_ddl, "DROP TYPE or DOMAIN." },
};

static const RecordHooks type_hooks[] = {
    { .record = &type_classes[TYPE_ENGINE].record,
      .coerce = type_coerce,
      .created = type_created,
      .methods = type_methods,
      .method_count = sizeof type_methods / sizeof *type_methods,
      .getters = type_getters,
      .getter_count = sizeof type_getters / sizeof *type_getters,
      .made = type_made,
      .module = "sqlalchemy.sql.sqltypes" },
    { .record = &type_classes[TYPE_DECORATOR].record,
      .methods = decorator_methods,
      .method_count = sizeof decorator_methods / sizeof *decorator_methods,
      .get = decorator_get,
      .set = decorator_set,
      .made = type_made,
      .module = "sqlalchemy.sql.type_api" },
    { .record = &type_classes[TYPE_USER_DEFINED].record,
      .methods = user_defined_methods,
      .method_count = sizeof user_defined_methods / sizeof *user_defined_methods,
      .made = type_made,
      .module = "sqlalchemy.sql.type_api" },
    { .record = &type_classes[TYPE_ENUM].record,
      .methods = enum_methods,
      .method_count = sizeof enum_methods / sizeof *enum_methods,
      .made = type_made,
      .module = "sqlalchemy.sql.sqltypes" },
    { .record = &type_classes[TYPE_PG_ENUM].record,
      .methods = named_type_methods,
      .method_count = sizeof named_type_methods / sizeof *named_type_methods,
      .made = type_made,
      .module = "sqlalchemy.dialects.postgresql" },
    { .record = &type_classes[TYPE_PG_DOMAIN].record,
      .methods = named_type_methods,
      .method_count = sizeof named_type_methods / sizeof *named_type_methods,
      .made = type_made,
      .module = "sqlalchemy.dialects.postgresql" },
};

static const char *const type_modules[] = {
    [TYPE_MODULE_POSTGRESQL] = "sqlalchemy.dialects.postgresql",
    [TYPE_MODULE_MYSQL] = "sqlalchemy.dialects.mysql",
    [TYPE_MODULE_MARIADB] = "sqlalchemy.dialects.mysql",
    [TYPE_MODULE_SQLITE] = "sqlalchemy.dialects.sqlite",
};

static const RecordHooks *hooks_of(const Record *record)
{
    for (size_t i = 0; i < sizeof type_hooks / sizeof *type_hooks; i++)
        if (type_hooks[i].record == record)
            return &type_hooks[i];
    return NULL;
}

/* Every type class has hooks, so that each says which module it is from and lasts. */
void bind_types_register(Vm *vm)
{
    for (size_t i = 0; i < TYPE_KIND_COUNT; i++) {
        const TypeClass *type = &type_classes[i];
        const RecordHooks *own = hooks_of(&type->record);
        if (!own) {
            RecordHooks *hooks = ARENA_NEW(bind_arena(vm), RecordHooks);
            const char *module = type_modules[type->module];
            *hooks = (RecordHooks){ .record = &type->record,
                                    .module = module ? module : "sqlalchemy.sql.sqltypes" };
            own = hooks;
        }
        record_register(vm, own);
    }
}
