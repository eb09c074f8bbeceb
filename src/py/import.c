/* SPDX-License-Identifier: MIT */
/* import: sys.modules, native modules, files on the search path, preludes, and what is Opaque. */
#include "base/file.h"
#include "py/code_pack.h"
#include "py/frame.h"
#include "py/heap_kinds.h"
#include "py/obj_module.h"
#include "py/vm_call.h"
#include "py/vm_ops.h"

/* ---- modules ---- */

static void module_put(Vm *vm, ModuleObj *module, StrObj *name, Value v)
{
    table_set_str(vm, &module->attrs->table, name, v);
}

static Value package_of(Vm *vm, Str name, bool is_package)
{
    if (is_package)
        return make_str(vm, name);
    ptrdiff_t dot = str_rfind_char(name, '.');
    return make_str(vm, str_slice(name, 0, dot < 0 ? 0 : (size_t)dot));
}

ModuleObj *module_new(Vm *vm, Str name)
{
    ModuleObj *module = heap_new(vm, builtin_class(vm, CLASS_MODULE), OBJ_MODULE, sizeof *module);
    module->attrs = dict_new(vm);
    module_put(vm, module, SYM(vm, __name__), value_object(str_intern(vm, name)));
    module_put(vm, module, SYM(vm, __doc__), VALUE_NONE);
    module_put(vm, module, SYM(vm, __package__), package_of(vm, name, false));
    module_put(vm, module, SYM(vm, __loader__), VALUE_NONE);
    module_put(vm, module, SYM(vm, __spec__), VALUE_NONE);
    return module;
}

void module_mark(Vm *vm, Obj *obj)
{
    heap_mark(vm, (Obj *)((ModuleObj *)obj)->attrs);
    heap_mark_value(vm, ((ModuleObj *)obj)->opaque);
}

Str module_name(Vm *vm, const ModuleObj *module)
{
    TableEntry *entry = table_find_str(&module->attrs->table, SYM(vm, __name__));
    return entry && is_str(entry->item) ? str_text(as_str(entry->item)) : STR("?");
}

bool module_set(Vm *vm, Value module, const char *name, Value v)
{
    module_put(vm, as_module(module), str_intern(vm, str_from(name)), v);
    return true;
}

void vm_add_module(Vm *vm, const NativeModule *module)
{
    map_set(&vm->native_modules, str_from(module->name), (void *)(uintptr_t)module);
}

void vm_add_prelude(Vm *vm, const PreludeModule *prelude)
{
    map_set(&vm->preludes, str_from(prelude->name), (void *)(uintptr_t)prelude);
}

bool module_run(Vm *vm, ModuleObj *module, const Code *code)
{
    CodeObj *obj = code_obj_new(vm, code);
    Value ignored;
    module->loading = true;
    bool ok = code_run(vm, obj, module->attrs, value_object(module->attrs), &ignored);
    module->loading = false;
    return ok;
}

/* ---- loading ---- */

static void register_module(Vm *vm, Str name, Value module)
{
    table_set_str(vm, &vm->modules->table, str_intern(vm, name), module);
}

static Value registered(Vm *vm, Str name)
{
    TableEntry *entry = table_find_text(&vm->modules->table, name);
    return entry ? entry->item : VALUE_UNSET;
}

/* Children of a name among native modules or preludes make it a package. */
static bool has_children(const Map *modules, Str name)
{
    for (size_t i = 0; i < modules->len; i++) {
        Str key = modules->entries[i].key;
        if (key.len > name.len && key.ptr[name.len] == '.' && str_starts(key, name))
            return true;
    }
    return false;
}

static void mark_package(Vm *vm, ModuleObj *module, Str name)
{
    module_put(vm, module, SYM(vm, __path__), make_list(vm, NULL, 0));
    module_put(vm, module, SYM(vm, __package__), package_of(vm, name, true));
}

static bool load_native(Vm *vm, Str name, const NativeModule *native, Value *result)
{
    ModuleObj *module = module_new(vm, name);
    *result = value_object(module);
    module->native = native;
    module->served = true;
    register_module(vm, name, *result);
    if (native == &builtins_module) {
        builtin_fill(vm);
        table_set_str(vm, &vm->builtins->table, SYM(vm, __name__), value_object(SYM(vm, builtins)));
        module->attrs = vm->builtins;
        return true;
    }
    if (has_children(&vm->native_modules, name) || has_children(&vm->preludes, name))
        mark_package(vm, module, name);
    Value module_text = table_find_str(&module->attrs->table, SYM(vm, __name__))->item;
    for (size_t i = 0; i < native->function_count; i++) {
        NativeObj *function = native_obj_new(vm, &native->functions[i], NULL, NULL);
        function->module = module_text;
        module_put(vm, module, function->name, value_object(function));
    }
    if (!native->init || native->init(vm, *result))
        return true;
    table_remove_str(vm, &vm->modules->table, str_intern(vm, name));
    return false;
}

static bool register_and_run(Vm *vm, ModuleObj *module, Str name, const Code *code)
{
    register_module(vm, name, value_object(module));
    bool ok = module_run(vm, module, code);
    if (!ok)
        table_remove_str(vm, &vm->modules->table, str_intern(vm, name));
    return ok;
}

static bool load_prelude(Vm *vm, Str name, const PreludeModule *prelude, Value *result)
{
    ModuleObj *module = module_new(vm, name);
    *result = value_object(module);
    module->served = true;
    if (has_children(&vm->preludes, name) || has_children(&vm->native_modules, name))
        mark_package(vm, module, name);
    Source *source = ARENA_NEW(vm->arena, Source);
    *source = (Source){ .arena = vm->arena,
                        .file = str_format(vm->arena, "<limbeck>/%s.py", prelude->name),
                        .text = { prelude->source, prelude->size } };
    return register_and_run(vm, module, name, code_unpack(vm->arena, prelude->code, source));
}

static bool load_file(Vm *vm, Str name, Str path, bool package, Value *result)
{
    ModuleObj *module = module_new(vm, name);
    *result = value_object(module);
    Error err = error_in(vm->arena);
    Str text;
    Arena *scratch = arena_new(vm->arena);
    if (!file_read(scratch, path, &text, &err)) {
        arena_free(scratch);
        return vm_raise(vm, "ImportError", "%.*s", STR_ARG(err.text));
    }
    module_put(vm, module, SYM(vm, __file__), make_str(vm, path));
    if (package) {
        Value dir = make_str(vm, path_dirname(path));
        module_put(vm, module, SYM(vm, __path__), make_list(vm, &dir, 1));
        module_put(vm, module, SYM(vm, __package__), package_of(vm, name, true));
    }
    const Code *code;
    bool ok = vm_compile(vm, text, path, COMPILE_FILE, &code, &err)
                  ? register_and_run(vm, module, name, code)
                  : vm_raise_error(vm, &err);
    arena_free(scratch);
    return ok;
}

static bool load_namespace(Vm *vm, Str name, Value dirs, Value *result)
{
    ModuleObj *module = module_new(vm, name);
    *result = value_object(module);
    module_put(vm, module, SYM(vm, __path__), dirs);
    module_put(vm, module, SYM(vm, __package__), package_of(vm, name, true));
    register_module(vm, name, *result);
    return true;
}

/* Searches the directories for a package or a file; *found tells whether there was one. */
static bool load_from_path(Vm *vm, Str name, Value dirs, Value namespace_dirs, bool *found,
                           Value *result)
{
    ptrdiff_t dot = str_rfind_char(name, '.');
    Str last = str_from_offset(name, (size_t)(dot + 1));
    const Value *items;
    size_t count;
    *found = false;
    if (!items_of(dirs, &items, &count))
        return true;
    Arena *scratch = arena_new(NULL);
    Str path = STR_NONE;
    bool package = false;
    for (size_t i = 0; i < count && !path.ptr; i++) {
        if (!is_str(items[i]))
            continue;
        Str dir = path_absolute(scratch, str_text(as_str(items[i])));
        Str base = path_join(scratch, dir, last);
        Str init = path_join(scratch, base, STR("__init__.py"));
        Str file = str_concat(scratch, base, STR(".py"));
        package = file_exists(init);
        if (package || file_exists(file))
            path = str_dup(vm->arena, package ? init : file);
        else if (file_is_dir(base))
            list_append(vm, namespace_dirs, make_str(vm, base));
    }
    arena_free(scratch);
    *found = path.ptr != NULL;
    return !*found || load_file(vm, name, path, package, result);
}

/* ---- what cannot be served ---- */

static bool raise_missing(Vm *vm, Str name)
{
    vm_raise(vm, "ModuleNotFoundError", "No module named '%.*s'", STR_ARG(name));
    exc_set(vm, as_exc(vm->pending), "name", make_str(vm, name));
    return false;
}

static Value make_opaque(Vm *vm, Str name)
{
    Loc loc = vm_loc(vm);
    Value opaque = opaque_new(vm, name, loc);
    Str kept = as_opaque(opaque)->module;
    for (size_t i = 0; i < vm->opaque_imports.len; i++)
        if (str_eq(vm->opaque_imports.items[i].module, kept))
            return opaque;
    OpaqueImport entry = { kept, loc };
    VEC_PUSH(vm->arena, &vm->opaque_imports, entry);
    return opaque;
}

/* A part of a package of the user's own that is missing is a mistake, never Opaque. */
static bool is_own(Vm *vm, Value parent)
{
    if (!value_is(parent, OBJ_MODULE) || as_module(parent)->served)
        return false;
    return table_find_str(&as_module(parent)->attrs->table, SYM(vm, __path__)) ||
           table_find_str(&as_module(parent)->attrs->table, SYM(vm, __file__));
}

/* ---- one module ---- */

/*
 * Preludes that a file of the project wins over. All others Alembic has imported before it puts the
 * project on the search path, so that there the standard module wins.
 */
static bool is_shadowed(Str name)
{
    static const char *const names[] = {
        "decouple", "dotenv",   "environs", "flask_sqlalchemy", "getpass",
        "gettext",  "glob",     "pprint",   "pydantic",         "pydantic_settings",
        "queue",    "sqlmodel", "tomli"
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_is(name, names[i]))
            return true;
    return false;
}

static bool find_module(Vm *vm, Str name, Value parent, bool may_fail, Value *result)
{
    const NativeModule *native = map_get(&vm->native_modules, name);
    if (native)
        return load_native(vm, name, native, result);
    Value dirs = value_object(vm->path), namespace_dirs = make_list(vm, NULL, 0);
    if (value_is(parent, OBJ_MODULE)) {
        TableEntry *entry = table_find_str(&as_module(parent)->attrs->table, SYM(vm, __path__));
        dirs = entry ? entry->item : VALUE_NONE;
        if (!entry && is_own(vm, parent)) {
            Str own = module_name(vm, as_module(parent));
            return vm_raise(vm, "ModuleNotFoundError",
                            "No module named '%.*s'; '%.*s' is not a package", STR_ARG(name),
                            STR_ARG(own));
        }
    }
    const PreludeModule *prelude = map_get(&vm->preludes, name);
    if (prelude && !is_shadowed(name))
        return load_prelude(vm, name, prelude, result);
    bool found;
    vm_push(vm, namespace_dirs);
    bool ok = load_from_path(vm, name, dirs, namespace_dirs, &found, result);
    vm_pop(vm, 1);
    if (!ok || found)
        return ok;
    if (prelude)
        return load_prelude(vm, name, prelude, result);
    if (list_len(namespace_dirs))
        return load_namespace(vm, name, namespace_dirs, result);
    if (has_children(&vm->native_modules, name) || has_children(&vm->preludes, name)) {
        bool made = load_namespace(vm, name, make_list(vm, NULL, 0), result);
        as_module(*result)->served = true;
        return made;
    }
    if (may_fail || is_own(vm, parent))
        return raise_missing(vm, name);
    *result = make_opaque(vm, name);
    register_module(vm, name, *result);
    return true;
}

static bool import_module(Vm *vm, Str name, bool may_fail, Value *result)
{
    *result = registered(vm, name);
    if (value_is_none(*result)) {
        vm_raise(vm, "ModuleNotFoundError", "import of %.*s halted; None in sys.modules",
                 STR_ARG(name));
        return false;
    }
    if (value_given(*result)) {
        if (!is_opaque(*result) || !may_fail)
            return true;
        return raise_missing(vm, as_opaque(*result)->module);
    }
    ptrdiff_t dot = str_rfind_char(name, '.');
    Value parent = VALUE_UNSET;
    if (dot >= 0) {
        if (!import_module(vm, str_slice(name, 0, (size_t)dot), may_fail, &parent))
            return false;
        *result = registered(vm, name);
        if (value_given(*result))
            return true;
        if (is_opaque(parent)) {
            *result = opaque_derive(vm, parent, str_from_offset(name, (size_t)dot));
            return true;
        }
    }
    vm_push(vm, parent);
    bool ok = find_module(vm, name, parent, may_fail, result);
    vm_pop(vm, 1);
    if (ok) {
        Value replaced = registered(vm, name); /* a body may put something else in its place */
        *result = value_given(replaced) ? replaced : *result;
    }
    if (ok && value_is(parent, OBJ_MODULE))
        module_put(vm, as_module(parent), str_intern(vm, str_from_offset(name, (size_t)dot + 1)),
                   *result);
    return ok;
}

bool vm_import(Vm *vm, Str name, Value *module)
{
    return import_module(vm, name, true, module);
}

/* ---- import statements ---- */

static bool package_name(Vm *vm, const DictObj *globals, Str *package)
{
    TableEntry *entry = table_find_str(&globals->table, SYM(vm, __package__));
    if (entry && is_str(entry->item)) {
        *package = str_text(as_str(entry->item));
        return true;
    }
    entry = table_find_str(&globals->table, SYM(vm, __name__));
    if (!entry || !is_str(entry->item))
        return vm_raise(vm, "KeyError", "'__name__' not in globals");
    *package = str_text(as_str(entry->item));
    if (!table_find_str(&globals->table, SYM(vm, __path__))) {
        ptrdiff_t dot = str_rfind_char(*package, '.');
        *package = str_slice(*package, 0, dot < 0 ? 0 : (size_t)dot);
    }
    return true;
}

static bool resolve_relative(Vm *vm, Str name, int64_t level, const DictObj *globals, Str *full)
{
    Str package;
    if (!package_name(vm, globals, &package))
        return false;
    if (package.len == 0)
        return vm_raise(vm, "ImportError",
                        "attempted relative import with no known parent package");
    for (int64_t i = 1; i < level; i++) {
        ptrdiff_t dot = str_rfind_char(package, '.');
        if (dot < 0)
            return vm_raise(vm, "ImportError",
                            "attempted relative import beyond top-level package");
        package = str_slice(package, 0, (size_t)dot);
    }
    *full =
        name.len ? str_format(vm->arena, "%.*s.%.*s", STR_ARG(package), STR_ARG(name)) : package;
    return true;
}

/* `from package import part`: parts that are no attributes yet are imported as modules. */
static bool import_parts(Vm *vm, Value module, Value fromlist, bool may_fail)
{
    const Value *items;
    size_t count;
    if (!value_is(module, OBJ_MODULE) || !items_of(fromlist, &items, &count) ||
        !table_find_str(&as_module(module)->attrs->table, SYM(vm, __path__)))
        return true;
    for (size_t i = 0; i < count; i++) {
        if (!is_str(items[i]) || str_is(str_text(as_str(items[i])), "*"))
            continue;
        StrObj *part = str_intern_obj(vm, as_str(items[i]));
        if (table_find_str(&as_module(module)->attrs->table, part))
            continue;
        Str full = str_format(vm->arena, "%.*s.%s", STR_ARG(module_name(vm, as_module(module))),
                              part->text);
        Value ignored;
        if (import_module(vm, full, true, &ignored))
            continue;
        bool missing = exc_is(vm, vm->pending, EXC_ModuleNotFoundError) &&
                       as_exc(vm->pending)->traceback == NULL;
        if (!missing)
            return false;
        vm->pending = VALUE_UNSET;
    }
    (void)may_fail;
    return true;
}

bool import_name(Vm *vm, Str name, Value fromlist, int64_t level, DictObj *globals, bool may_fail,
                 Value *result)
{
    Str full = name;
    if (level > 0 && !resolve_relative(vm, name, level, globals, &full))
        return false;
    if (!import_module(vm, full, may_fail, result))
        return false;
    const Value *items;
    size_t count = 0;
    if (items_of(fromlist, &items, &count) && count) {
        vm_push(vm, *result);
        bool ok = import_parts(vm, *result, fromlist, may_fail);
        vm_pop(vm, 1);
        return ok;
    }
    ptrdiff_t dot = str_find_char(name, '.', 0);
    if (dot < 0)
        return true;
    size_t cut = full.len - name.len + (size_t)dot;
    Value top = registered(vm, str_slice(full, 0, cut));
    *result = value_given(top) ? top : *result;
    return true;
}

/* The import statement stands in a try that catches ImportError. */
static bool in_try(const Vm *vm)
{
    const Frame *frame = vm->frame;
    if (!frame || (vm->native && vm->native->frame == frame))
        return true;
    for (uint32_t at = frame_instruction(frame) + 1; at-- > 0;) {
        Opcode op = INSTRUCTION_OP(frame->code->code->instructions[at]);
        if (op == OP_IMPORT_NAME || op == OP_IMPORT_NAME_TRY)
            return op == OP_IMPORT_NAME_TRY;
    }
    return true;
}

static bool raise_no_name(Vm *vm, Value module, const StrObj *name)
{
    if (!value_is(module, OBJ_MODULE))
        return vm_raise(vm, "ImportError", "cannot import name '%s'", name->text);
    ModuleObj *m = as_module(module);
    Str own = module_name(vm, m);
    TableEntry *file = table_find_str(&m->attrs->table, SYM(vm, __file__));
    const char *path = file && is_str(file->item) ? as_str(file->item)->text : "unknown location";
    if (m->loading)
        vm_raise(
            vm, "ImportError",
            "cannot import name '%s' from partially initialized module '%.*s' (most likely due "
            "to a circular import) (%s)",
            name->text, STR_ARG(own), path);
    else
        vm_raise(vm, "ImportError", "cannot import name '%s' from '%.*s' (%s)", name->text,
                 STR_ARG(own), path);
    exc_set(vm, as_exc(vm->pending), "name", make_str(vm, own));
    return false;
}

bool import_from(Vm *vm, Value module, StrObj *name, Value *result)
{
    if (is_opaque(module)) {
        *result = opaque_derive(vm, module, str_format(vm->arena, ".%s", name->text));
        return true;
    }
    if (value_is(module, OBJ_MODULE)) {
        TableEntry *entry = table_find_str(&as_module(module)->attrs->table, name);
        if (entry) {
            *result = entry->item;
            return true;
        }
    }
    bool loading = value_is(module, OBJ_MODULE) && as_module(module)->loading;
    if (value_is(module, OBJ_MODULE))
        as_module(module)->loading = false;
    bool ok = attr_get_if(vm, module, name, result);
    if (value_is(module, OBJ_MODULE))
        as_module(module)->loading = loading;
    if (!ok || value_given(*result))
        return ok;
    if (value_is(module, OBJ_MODULE)) {
        Str full = str_format(vm->arena, "%.*s.%s", STR_ARG(module_name(vm, as_module(module))),
                              name->text);
        *result = registered(vm, full);
        if (value_given(*result))
            return true;
        if (as_module(module)->served && !in_try(vm)) {
            *result = make_opaque(vm, full);
            return true;
        }
    }
    return raise_no_name(vm, module, name);
}

static bool star_one(Vm *vm, Value module, Value namespace, Value name)
{
    Value v;
    if (!is_str(name))
        return vm_raise(vm, "TypeError", "Item in __all__ must be str, not %s",
                        type_name(vm, name));
    return attr_get(vm, module, str_intern_obj(vm, as_str(name)), &v) &&
           vm_setitem(vm, namespace, name, v);
}

bool import_star(Vm *vm, Value module, Value namespace)
{
    Value all, names;
    if (is_opaque(module))
        return opaque_refuse(vm, module, "import *");
    if (!attr_get_if(vm, module, SYM(vm, __all__), &all))
        return false;
    bool given = value_given(all);
    if (given ? !vm_to_list(vm, all, &names)
              : !vm_to_list(vm, value_object(as_module(module)->attrs), &names))
        return false;
    vm_push(vm, names);
    bool ok = true;
    for (size_t i = 0; ok && i < list_len(names); i++) {
        Value name = list_get(names, i);
        if (given || (is_str(name) && as_str(name)->text[0] != '_'))
            ok = star_one(vm, module, namespace, name);
    }
    vm_pop(vm, 1);
    return ok;
}
