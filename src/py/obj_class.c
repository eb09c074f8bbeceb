/* SPDX-License-Identifier: MIT */
#include "py/obj_class.h"

#include <assert.h>

#include "py/heap_kinds.h"
#include "py/obj_module.h"
#include "py/state.h"

bool class_is(const Class *cls, const Class *ancestor)
{
    if (cls == ancestor)
        return true;
    for (uint32_t i = 1; i < cls->mro_len; i++)
        if (cls->mro[i] == ancestor)
            return true;
    return false;
}

/* ---- lookup ---- */

static Value lookup_from(Vm *vm, Class *cls, uint32_t from, StrObj *name, Class **owner)
{
    for (uint32_t i = from; i < cls->mro_len; i++) {
        Class *each = cls->mro[i];
        if (!(each->flags & CLASS_FILLED))
            class_fill(vm, each);
        TableEntry *entry = table_find_str(&each->attrs->table, name);
        if (entry) {
            *owner = each;
            return entry->item;
        }
    }
    *owner = NULL;
    return VALUE_UNSET;
}

static AttrCache *cache_of(const Vm *vm, const Class *cls, const StrObj *name)
{
    return &vm->cache[((uintptr_t)cls >> 4 ^ (uintptr_t)name >> 3) % ATTR_CACHE_SIZE];
}

/* What was found of a class without subclasses concerns nobody else. */
static void forget(Vm *vm, const Class *cls, const StrObj *name)
{
    AttrCache *cache = cache_of(vm, cls, name);
    if (cls->subclass_count)
        vm->class_version++;
    else if (cache->cls == cls && cache->name == name)
        cache->cls = NULL;
}

Value class_lookup_in(Vm *vm, Class *cls, StrObj *name, Class **owner)
{
    assert(name->interned);
    AttrCache *cache = cache_of(vm, cls, name);
    if (cache->cls != cls || cache->name != name || cache->version != vm->class_version) {
        Value value = lookup_from(vm, cls, 0, name, owner);
        *cache = (AttrCache){ cls, name, *owner, value, vm->class_version };
        return value;
    }
    *owner = cache->owner;
    return cache->value;
}

Value class_lookup(Vm *vm, Class *cls, StrObj *name)
{
    Class *owner;
    return class_lookup_in(vm, cls, name, &owner);
}

Value class_lookup_after(Vm *vm, Class *cls, Class *after, StrObj *name)
{
    Class *owner;
    uint32_t at = 0;
    while (at < cls->mro_len && cls->mro[at] != after)
        at++;
    return lookup_from(vm, cls, at + 1, name, &owner);
}

/* ---- attributes of a class ---- */

static unsigned special_flag(Vm *vm, const StrObj *name)
{
    if (name->len < 6 || name->text[0] != '_')
        return 0;
    if (name == SYM(vm, __getattr__))
        return CLASS_GETATTR;
    if (name == SYM(vm, __getattribute__))
        return CLASS_GETATTRIBUTE;
    if (name == SYM(vm, __setattr__) || name == SYM(vm, __delattr__))
        return CLASS_SETATTR;
    return 0;
}

static void class_flag(Class *cls, unsigned flag)
{
    cls->flags |= flag;
    for (uint32_t i = 0; i < cls->subclass_count; i++)
        class_flag(cls->subclasses[i], flag);
}

void class_set(Vm *vm, Class *cls, StrObj *name, Value v)
{
    if (!(cls->flags & CLASS_FILLED))
        class_fill(vm, cls);
    name = str_intern_obj(vm, name);
    table_set_str(vm, &cls->attrs->table, name, v);
    unsigned flag = special_flag(vm, name);
    if (flag)
        class_flag(cls, flag);
    forget(vm, cls, name);
}

bool class_delete(Vm *vm, Class *cls, StrObj *name)
{
    forget(vm, cls, name);
    return table_remove_str(vm, &cls->attrs->table, name);
}

/* ---- classes made of rows ---- */

static void fill_rows(Vm *vm, Class *cls, const NativeRow *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool is_new = strncmp(rows[i].signature, "__new__(", 8) == 0;
        NativeObj *native = native_obj_new(vm, &rows[i], NULL, cls);
        Value v = value_object(native);
        if (is_new)
            v = wrapper_new(vm, OBJ_STATIC_METHOD, v);
        table_set_str(vm, &cls->attrs->table, native->name, v);
    }
}

static void fill_getters(Vm *vm, Class *cls, const NativeRow *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        NativeObj *native = native_obj_new(vm, &rows[i], NULL, cls);
        Value p = property_new(vm, value_object(native), VALUE_NONE, VALUE_NONE, VALUE_NONE);
        as_property(p)->name = value_object(native->name);
        table_set_str(vm, &cls->attrs->table, native->name, p);
    }
}

static void fill_statics(Vm *vm, Class *cls, const NativeRow *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        NativeObj *native = native_obj_new(vm, &rows[i], NULL, NULL);
        bool is_new = strncmp(rows[i].signature, "__new__(", 8) == 0;
        Value v =
            wrapper_new(vm, is_new ? OBJ_STATIC_METHOD : OBJ_CLASS_METHOD, value_object(native));
        table_set_str(vm, &cls->attrs->table, native->name, v);
    }
}

void class_add_rows(Vm *vm, Class *cls, const NativeRow *methods, size_t method_count,
                    const NativeRow *getters, size_t getter_count)
{
    fill_rows(vm, cls, methods, method_count);
    fill_getters(vm, cls, getters, getter_count);
    vm->class_version++;
}

/* The built-in classes whose __hash__ is None. */
static bool class_unhashable(const Class *cls)
{
    static const char *const names[] = { "list", "dict", "set", "bytearray" };
    for (size_t i = 0; cls->layout != OBJ_NATIVE_INSTANCE && i < 4; i++) {
        if (str_is(str_text(cls->name), names[i]))
            return true;
    }
    return false;
}

void class_fill(Vm *vm, Class *cls)
{
    if (cls->flags & CLASS_FILLED)
        return;
    cls->flags |= CLASS_FILLED;
    const NativeClass *native = cls->native;
    if (!native)
        return;
    fill_statics(vm, cls, native->statics, native->static_count);
    fill_getters(vm, cls, native->getters, native->getter_count);
    fill_rows(vm, cls, native->methods, native->method_count);
    if (class_unhashable(cls))
        class_set(vm, cls, str_intern(vm, STR("__hash__")), VALUE_NONE);
}

static unsigned rows_flags(Vm *vm, const NativeRow *rows, size_t count)
{
    unsigned flags = 0;
    for (size_t i = 0; i < count; i++) {
        const char *text = rows[i].signature;
        if (text[0] != '_' || text[1] != '_')
            continue;
        Str name = native_name(&rows[i]);
        if (str_is(name, "__getattr__"))
            flags |= CLASS_GETATTR;
        else if (str_is(name, "__getattribute__"))
            flags |= CLASS_GETATTRIBUTE;
        else if (str_is(name, "__setattr__") || str_is(name, "__delattr__"))
            flags |= CLASS_SETATTR;
    }
    return flags;
}

/* A class that inherits from one other, with the MRO that follows. */
static Class *class_simple(Vm *vm, Class *meta, Class *base, Str name)
{
    Class *cls = heap_new(vm, meta, OBJ_CLASS, sizeof *cls);
    cls->name = str_intern(vm, name);
    cls->qualname = value_object(cls->name);
    cls->module = VALUE_UNSET;
    cls->mro_len = base ? base->mro_len + 1 : 1;
    cls->mro = heap_resize(vm, NULL, 0, cls->mro_len * sizeof(Class *));
    cls->mro[0] = cls;
    if (base)
        memcpy(cls->mro + 1, base->mro, base->mro_len * sizeof(Class *));
    if (base) {
        cls->layout = base->layout;
        cls->payload = base->payload;
        cls->flags = base->flags & (CLASS_HAS_DICT | CLASS_BASE_EXCEPTION | CLASS_IS_META |
                                    CLASS_GETATTRIBUTE | CLASS_GETATTR | CLASS_SETATTR);
        cls->slot_count = base->slot_count;
        class_add_subclass(vm, base, cls);
    }
    return cls;
}

/* What needs the classes tuple and dict, which may not be there yet while the first are made. */
static void class_complete(Vm *vm, Class *cls, Class *base)
{
    cls->attrs = dict_new(vm);
    cls->bases = tuple_new(vm, base ? 1 : 0);
    if (base)
        cls->bases->items[0] = class_value(base);
}

void class_add_subclass(Vm *vm, Class *base, Class *cls)
{
    if (base->subclass_count == base->subclass_cap) {
        uint32_t cap = base->subclass_cap ? base->subclass_cap * 2 : 2;
        base->subclasses = heap_resize(vm, base->subclasses, base->subclass_cap * sizeof(Class *),
                                       cap * sizeof(Class *));
        base->subclass_cap = cap;
    }
    base->subclasses[base->subclass_count++] = cls;
}

typedef struct BuiltinRow {
    const NativeClass *native;
    ObjKind layout;
    BuiltinClass base;
    unsigned flags;
} BuiltinRow;

static const BuiltinRow builtin_rows[BUILTIN_CLASS_COUNT] = {
#define X(id, native, layout, base, flags) { &native, layout, CLASS_##base, flags },
    BUILTIN_CLASSES(X)
#undef X
};

static Class *builtin_make(Vm *vm, BuiltinClass which)
{
    const BuiltinRow *row = &builtin_rows[which];
    Class *base = which == CLASS_OBJECT ? NULL : builtin_class(vm, row->base);
    Class *cls = class_simple(vm, vm->classes[CLASS_TYPE], base, str_from(row->native->name));
    cls->native = row->native;
    cls->layout = row->layout;
    cls->flags |= row->flags | CLASS_BUILTIN;
    return cls;
}

/* The first ones are made of each other. */
void class_bootstrap(Vm *vm)
{
    static const BuiltinClass first[] = { CLASS_OBJECT, CLASS_TYPE, CLASS_STR, CLASS_DICT,
                                          CLASS_TUPLE };
    enum { COUNT = sizeof first / sizeof *first };
    for (size_t i = 0; i < COUNT; i++) {
        const BuiltinRow *row = &builtin_rows[first[i]];
        Class *cls = heap_new(vm, NULL, OBJ_CLASS, sizeof *cls);
        vm->classes[first[i]] = cls;
        cls->native = row->native;
        cls->layout = row->layout;
        cls->flags = row->flags | CLASS_BUILTIN;
        cls->module = VALUE_UNSET;
        cls->mro_len = i ? 2 : 1;
        cls->mro = heap_resize(vm, NULL, 0, cls->mro_len * sizeof(Class *));
        cls->mro[0] = cls;
        if (i) {
            cls->mro[1] = vm->classes[CLASS_OBJECT];
            class_add_subclass(vm, vm->classes[CLASS_OBJECT], cls);
        }
    }
    for (size_t i = 0; i < COUNT; i++) {
        Class *cls = vm->classes[first[i]];
        cls->head.cls = vm->classes[CLASS_TYPE];
        cls->name = str_intern(vm, str_from(cls->native->name));
        cls->qualname = value_object(cls->name);
        class_complete(vm, cls, i ? vm->classes[CLASS_OBJECT] : NULL);
    }
}

Class *builtin_class(Vm *vm, BuiltinClass which)
{
    if (!vm->classes[which]) {
        const BuiltinRow *row = &builtin_rows[which];
        vm->classes[which] = builtin_make(vm, which);
        class_complete(vm, vm->classes[which], builtin_class(vm, row->base));
    }
    return vm->classes[which];
}

Class *class_of_rows(Vm *vm, const NativeClass *native, Class *base)
{
    Class *meta = base->head.cls;
    Class *cls = class_simple(vm, meta, base, str_from(native->name));
    class_complete(vm, cls, base);
    cls->native = native;
    if (native->size) {
        cls->layout = OBJ_NATIVE_INSTANCE;
        cls->payload = native;
    }
    cls->flags |= rows_flags(vm, native->methods, native->method_count);
    if (native->open)
        cls->flags |= CLASS_HAS_DICT;
    if (native->module)
        cls->module = value_object(str_intern(vm, str_from(native->module)));
    return cls;
}

Class *exc_class_new(Vm *vm, Str name, Class *base)
{
    Class *cls = class_simple(vm, builtin_class(vm, CLASS_TYPE), base, name);
    class_complete(vm, cls, base);
    cls->flags |= CLASS_BUILTIN;
    return cls;
}

/* ---- classes by the address of their rows ---- */

static NativeClassEntry *native_class_slot(NativeClassEntry *entries, size_t cap,
                                           const NativeClass *native)
{
    size_t at = ((uintptr_t)native >> 4) * 0x9E3779B97F4A7C15u >> 20 & (cap - 1);
    while (entries[at].native && entries[at].native != native)
        at = (at + 1) & (cap - 1);
    return &entries[at];
}

static void native_class_grow(Vm *vm)
{
    size_t cap = vm->native_class_cap ? vm->native_class_cap * 2 : 64;
    NativeClassEntry *entries = mem_alloc(cap * sizeof *entries);
    for (size_t i = 0; i < vm->native_class_cap; i++)
        if (vm->native_classes[i].native)
            *native_class_slot(entries, cap, vm->native_classes[i].native) = vm->native_classes[i];
    mem_free(vm->native_classes);
    vm->native_classes = entries;
    vm->native_class_cap = cap;
}

Class *vm_class(Vm *vm, const NativeClass *native)
{
    if (vm->native_class_len * 2 >= vm->native_class_cap)
        native_class_grow(vm);
    NativeClassEntry *entry = native_class_slot(vm->native_classes, vm->native_class_cap, native);
    if (entry->native)
        return entry->cls;
    for (size_t i = 0; i < BUILTIN_CLASS_COUNT; i++)
        if (builtin_rows[i].native == native)
            return builtin_class(vm, (BuiltinClass)i);
    Class *base = native->base ? vm_class(vm, native->base) : builtin_class(vm, CLASS_OBJECT);
    Class *cls = class_of_rows(vm, native, base);
    entry = native_class_slot(vm->native_classes, vm->native_class_cap, native);
    *entry = (NativeClassEntry){ native, cls };
    vm->native_class_len++;
    return cls;
}

Value vm_new_native(Vm *vm, Class *cls, const NativeClass *native)
{
    assert(cls->payload);
    NativeInstance *instance =
        heap_new(vm, cls, OBJ_NATIVE_INSTANCE, sizeof *instance + cls->payload->size);
    instance->native = cls->payload;
    return value_object(instance);
}

void *payload_of(Vm *vm, Value v, const NativeClass *native)
{
    if (!value_is(v, OBJ_NATIVE_INSTANCE))
        return NULL;
    NativeInstance *instance = (NativeInstance *)v.object;
    for (const NativeClass *each = instance->native; each; each = each->base)
        if (each == native)
            return instance->payload;
    return NULL;
}

void *to_payload(Vm *vm, Value v, const NativeClass *native)
{
    void *payload = payload_of(vm, v, native);
    if (!payload)
        vm_raise(vm, "TypeError", "expected %s, got %s", native->name, type_name(vm, v));
    return payload;
}

void native_instance_mark(Vm *vm, Obj *obj)
{
    NativeInstance *instance = (NativeInstance *)obj;
    region_mark_all(vm, instance->payload, instance->native->size);
    for (const NativeClass *each = instance->native; each; each = each->base)
        if (each->mark) {
            each->mark(vm, instance->payload);
            return;
        }
}

void native_instance_drop(Vm *vm, Obj *obj)
{
    NativeInstance *instance = (NativeInstance *)obj;
    for (const NativeClass *each = instance->native; each; each = each->base)
        if (each->drop) {
            each->drop(instance->payload);
            return;
        }
}

void vm_mark(Vm *vm, Value v)
{
    heap_mark_value(vm, v);
}

void member_mark(Vm *vm, Obj *obj)
{
    heap_mark(vm, (Obj *)((MemberObj *)obj)->owner);
}

/* ---- instances ---- */

static size_t layout_size(ObjKind layout)
{
    switch ((int)layout) {
    case OBJ_LIST:
        return sizeof(ListObj);
    case OBJ_DICT:
        return sizeof(DictObj);
    case OBJ_SET:
        return sizeof(SetObj);
    case OBJ_EXCEPTION:
        return sizeof(ExcObj);
    case OBJ_PROPERTY:
        return sizeof(PropertyObj);
    case OBJ_STATIC_METHOD:
    case OBJ_CLASS_METHOD:
        return sizeof(WrapperObj);
    case OBJ_SUPER:
        return sizeof(SuperObj);
    case OBJ_MODULE:
        return sizeof(ModuleObj);
    case OBJ_STR:
        return sizeof(StrObj) + 1;
    case OBJ_BYTES:
        return sizeof(BytesObj) + 1;
    case OBJ_TUPLE:
        return sizeof(TupleObj);
    case OBJ_FLOAT:
        return sizeof(FloatObj);
    case OBJ_BIGINT:
        return sizeof(IntObj);
    case OBJ_INSTANCE:
        return sizeof(Obj);
    default:
        return 0;
    }
}

static bool has_row(const NativeClass *native, const char *start)
{
    for (; native; native = native->base)
        for (size_t i = 0; i < native->method_count; i++)
            if (str_starts(str_from(native->methods[i].signature), str_from(start)))
                return true;
    return false;
}

/* An empty payload is for __init__ to fill; else only __new__, or C itself, makes one. */
static bool may_be_empty(const NativeClass *native)
{
    return native->size == 0 || (has_row(native, "__init__(") && !has_row(native, "__new__("));
}

bool class_instance(Vm *vm, Class *cls, Value *result)
{
    if (cls->layout == OBJ_NATIVE_INSTANCE) {
        if (!may_be_empty(cls->payload))
            return vm_raise(vm, "TypeError", "cannot create '%s' instances", cls->name->text);
        *result = vm_new_native(vm, cls, cls->payload);
        return true;
    }
    size_t size = layout_size(cls->layout);
    if (!size)
        return vm_raise(vm, "TypeError", "cannot create '%s' instances", cls->name->text);
    Obj *obj = heap_new(vm, cls, cls->layout, size);
    if (cls->layout == OBJ_BIGINT)
        ((IntObj *)obj)->is_small = true;
    if (cls->layout == OBJ_SET)
        ((SetObj *)obj)->frozen = class_is(cls, builtin_class(vm, CLASS_FROZENSET));
    if (cls->layout == OBJ_EXCEPTION) {
        ((ExcObj *)obj)->cause = ((ExcObj *)obj)->context = VALUE_NONE;
        ((ExcObj *)obj)->args = tuple_new(vm, 0);
    }
    if (cls->layout == OBJ_MODULE)
        ((ModuleObj *)obj)->attrs = dict_new(vm);
    *result = value_object(obj);
    return true;
}

/* ---- the heap's part ---- */

void class_mark(Vm *vm, Obj *obj)
{
    Class *cls = (Class *)obj;
    heap_mark(vm, (Obj *)cls->name);
    heap_mark_value(vm, cls->qualname);
    heap_mark_value(vm, cls->module);
    heap_mark(vm, (Obj *)cls->bases);
    heap_mark(vm, (Obj *)cls->opaque_bases);
    heap_mark(vm, (Obj *)cls->attrs);
    for (uint32_t i = 0; i < cls->mro_len; i++)
        heap_mark(vm, (Obj *)cls->mro[i]);
    for (uint32_t i = 0; i < cls->subclass_count; i++)
        heap_mark(vm, (Obj *)cls->subclasses[i]);
}

void class_drop(Vm *vm, Obj *obj)
{
    Class *cls = (Class *)obj;
    heap_release(vm, cls->mro, cls->mro_len * sizeof(Class *));
    heap_release(vm, cls->subclasses, cls->subclass_cap * sizeof(Class *));
}

/* ---- the class of a value ---- */

Class *value_class(Vm *vm, Value v)
{
    switch (v.tag) {
    case TAG_UNSET:
    case TAG_NONE:
        return builtin_class(vm, CLASS_NONE);
    case TAG_BOOL:
        return builtin_class(vm, CLASS_BOOL);
    case TAG_INT:
        return builtin_class(vm, CLASS_INT);
    case TAG_FLOAT:
        return builtin_class(vm, CLASS_FLOAT);
    case TAG_ELLIPSIS:
        return builtin_class(vm, CLASS_ELLIPSIS);
    case TAG_NOT_IMPLEMENTED:
        return builtin_class(vm, CLASS_NOT_IMPLEMENTED);
    case TAG_OBJECT:
        return v.object->cls;
    }
    return NULL;
}

/* Python's messages name these with their module. */
static const char *const dotted_names[] = {
    "datetime.date",      "datetime.datetime", "datetime.time",
    "datetime.timedelta", "datetime.timezone", "datetime.tzinfo",
};

const char *type_name(Vm *vm, Value v)
{
    const Class *cls = value_class(vm, v);
    bool dotted =
        cls->native && cls->native->module && strcmp(cls->native->module, "datetime") == 0;
    for (size_t i = 0; dotted && i < sizeof dotted_names / sizeof *dotted_names; i++) {
        if (strcmp(dotted_names[i] + strlen("datetime."), cls->name->text) == 0)
            return dotted_names[i];
    }
    return cls->name->text;
}
