/* SPDX-License-Identifier: MIT */
/* The names of `builtins`: each is made when it is first asked for. */
#include "py/obj_module.h"
#include "py/state.h"

typedef struct ClassName {
    const char *name;
    BuiltinClass which;
} ClassName;

static const ClassName class_names[] = {
    { "object", CLASS_OBJECT },
    { "type", CLASS_TYPE },
    { "int", CLASS_INT },
    { "bool", CLASS_BOOL },
    { "float", CLASS_FLOAT },
    { "str", CLASS_STR },
    { "bytes", CLASS_BYTES },
    { "bytearray", CLASS_BYTEARRAY },
    { "list", CLASS_LIST },
    { "tuple", CLASS_TUPLE },
    { "dict", CLASS_DICT },
    { "set", CLASS_SET },
    { "frozenset", CLASS_FROZENSET },
    { "range", CLASS_RANGE },
    { "slice", CLASS_SLICE },
    { "property", CLASS_PROPERTY },
    { "staticmethod", CLASS_STATIC_METHOD },
    { "classmethod", CLASS_CLASS_METHOD },
    { "super", CLASS_SUPER },
};

static Value find_constant(Vm *vm, const StrObj *name)
{
    Str text = str_text(name);
    if (str_is(text, "NotImplemented"))
        return (Value){ .tag = TAG_NOT_IMPLEMENTED };
    if (str_is(text, "Ellipsis"))
        return (Value){ .tag = TAG_ELLIPSIS };
    if (name == SYM(vm, __debug__))
        return value_bool(true);
    if (name == SYM(vm, __name__))
        return value_object(SYM(vm, builtins));
    if (str_is(text, "True") || str_is(text, "False"))
        return value_bool(text.ptr[0] == 'T');
    if (str_is(text, "None"))
        return VALUE_NONE;
    return VALUE_UNSET;
}

static Value find_row(Vm *vm, const NativeRow *rows, size_t count, const StrObj *name)
{
    for (size_t i = 0; i < count; i++) {
        const char *text = rows[i].signature;
        if (strncmp(text, name->text, name->len) == 0 && text[name->len] == '(') {
            NativeObj *native = native_obj_new(vm, &rows[i], NULL, NULL);
            native->module = value_object(SYM(vm, builtins));
            return value_object(native);
        }
    }
    return VALUE_UNSET;
}

static Value find_new(Vm *vm, const StrObj *name)
{
    for (size_t i = 0; i < sizeof class_names / sizeof *class_names; i++)
        if (str_is(str_text(name), class_names[i].name))
            return class_value(builtin_class(vm, class_names[i].which));
    Value v = find_row(vm, builtins_module.functions, builtins_module.function_count, name);
    if (value_given(v))
        return v;
    Class *exception = exc_class_named(vm, str_text(name));
    return exception ? class_value(exception) : find_constant(vm, name);
}

/* Classes and constants that the module's init adds: it runs when a name is found nowhere else. */
static Value find_by_init(Vm *vm, StrObj *name)
{
    if (vm->builtins_filled || !builtins_module.init)
        return VALUE_UNSET;
    vm->builtins_filled = true;
    ModuleObj *module = module_new(vm, STR("builtins"));
    DictObj *own = module->attrs;
    module->attrs = vm->builtins;
    if (!builtins_module.init(vm, value_object(module)))
        vm_catch(vm);
    (void)own;
    TableEntry *entry = table_find_str(&vm->builtins->table, name);
    return entry ? entry->item : VALUE_UNSET;
}

Value builtin_find(Vm *vm, StrObj *name)
{
    TableEntry *entry = table_find_str(&vm->builtins->table, name);
    if (entry)
        return entry->item;
    Value v = find_new(vm, name);
    if (!value_given(v))
        return find_by_init(vm, name);
    table_set_str(vm, &vm->builtins->table, name, v);
    return v;
}

static void find_rows(Vm *vm, const NativeRow *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        builtin_find(vm, str_intern(vm, native_name(&rows[i])));
}

void builtin_fill(Vm *vm)
{
    static const char *const others[] = { "NotImplemented", "Ellipsis",        "__debug__",
                                          "True",           "False",           "None",
                                          "IOError",        "EnvironmentError" };
    find_by_init(vm, SYM(vm, __doc__));
    for (size_t i = 0; i < sizeof class_names / sizeof *class_names; i++)
        builtin_find(vm, str_intern(vm, str_from(class_names[i].name)));
    find_rows(vm, builtins_module.functions, builtins_module.function_count);
    for (int i = 0; i < EXC_COUNT; i++)
        builtin_find(vm, exc_class(vm, (ExcKind)i)->name);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        builtin_find(vm, str_intern(vm, str_from(others[i])));
}
