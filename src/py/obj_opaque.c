/* SPDX-License-Identifier: MIT */
#include "py/obj_opaque.h"

#include "py/native.h"
#include "py/state.h"

enum { PATH_MOST = 200 };

Value opaque_new(Vm *vm, Str module, Loc loc)
{
    OpaqueObj *opaque = heap_new(vm, builtin_class(vm, CLASS_OPAQUE), OBJ_OPAQUE, sizeof *opaque);
    opaque->module = str_dup(vm->arena, module);
    opaque->path = opaque->module;
    opaque->loc = loc;
    return value_object(opaque);
}

Value opaque_derive(Vm *vm, Value from, Str suffix)
{
    const OpaqueObj *source = as_opaque(from);
    OpaqueObj *opaque = heap_new(vm, builtin_class(vm, CLASS_OPAQUE), OBJ_OPAQUE, sizeof *opaque);
    opaque->module = source->module;
    opaque->loc = source->loc;
    opaque->path = source->path;
    if (source->path.len + suffix.len <= PATH_MOST)
        opaque->path = str_intern_path(vm, source->path, suffix);
    return value_object(opaque);
}

/* The same paths come again and again in loops: each is kept once. */
Str str_intern_path(Vm *vm, Str path, Str suffix)
{
    char text[2 * PATH_MOST];
    size_t len = path.len + suffix.len;
    memcpy(text, path.ptr, path.len);
    if (suffix.len)
        memcpy(text + path.len, suffix.ptr, suffix.len);
    return str_text(str_intern(vm, (Str){ text, len }));
}

Str opaque_place(Arena *arena, Value opaque)
{
    const OpaqueObj *o = as_opaque(opaque);
    return str_format(arena, "'%.*s' (imported at %.*s:%u)", STR_ARG(o->module),
                      STR_ARG(o->loc.file), o->loc.line);
}

bool opaque_refuse(Vm *vm, Value opaque, const char *use)
{
    const OpaqueObj *o = as_opaque(opaque);
    if (o->loc.file.len)
        return vm_raise(vm, "ModuleNotFoundError",
                        "No module named '%.*s' (imported at %.*s:%u): '%.*s' is needed for %s; "
                        "put the module on the search path, or import it in a try that catches "
                        "ImportError",
                        STR_ARG(o->module), STR_ARG(o->loc.file), o->loc.line, STR_ARG(o->path),
                        use);
    return vm_raise(vm, "ModuleNotFoundError", "No module named '%.*s': '%.*s' is needed for %s",
                    STR_ARG(o->module), STR_ARG(o->path), use);
}

static bool may_bring_more(const TableEntry *entry)
{
    if (!is_opaque(entry->item) || as_opaque(entry->item)->of_function)
        return false;
    return value_is(entry->key, OBJ_STR) && !str_starts(str_text(as_str(entry->key)), STR("__"));
}

Value opaque_within(Value cls)
{
    for (uint32_t i = 0; value_is(cls, OBJ_CLASS) && i < as_class(cls)->mro_len; i++) {
        const Class *each = as_class(cls)->mro[i];
        uint32_t at = 0;
        if (each->opaque_bases)
            return each->opaque_bases->items[0];
        for (const TableEntry *entry; (entry = table_next(&each->attrs->table, &at));)
            if (may_bring_more(entry))
                return entry->item;
    }
    return VALUE_UNSET;
}

Value vm_opaque_classes(Vm *vm)
{
    return value_object(vm->opaque_classes);
}

size_t vm_opaque_imports(Vm *vm, const OpaqueImport **imports)
{
    *imports = vm->opaque_imports.items;
    return vm->opaque_imports.len;
}
