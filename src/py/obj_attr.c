/* SPDX-License-Identifier: MIT */
/* Attributes of values: the search along class and instance, descriptors, and what each kind adds.
 */
#include <assert.h>
#include <stdlib.h>

#include "py/frame.h"
#include "py/kind_attrs.h"
#include "py/obj_module.h"
#include "py/obj_record.h"

/* ---- descriptors ---- */

static bool property_get(Vm *vm, const PropertyObj *property, Value object, Value *result)
{
    if (value_is_none(property->get))
        return vm_raise(vm, "AttributeError", "property '%s' of '%s' object has no getter",
                        value_is(property->name, OBJ_STR) ? as_str(property->name)->text : "?",
                        type_name(vm, object));
    return vm_call(vm, property->get, &object, 1, result);
}

static bool member_get(Vm *vm, const MemberObj *member, Value object, Value *result)
{
    ObjExtra *extra = obj_extra(object.object);
    *result = extra && extra->slots && class_is(object.object->cls, member->owner)
                  ? extra->slots[member->slot]
                  : VALUE_UNSET;
    return true;
}

bool attr_bind(Vm *vm, Value found, Value object, Class *cls, Value *result)
{
    *result = found;
    if (found.tag != TAG_OBJECT)
        return true;
    bool bound = value_given(object);
    switch ((int)found.object->kind) {
    case OBJ_FUNCTION:
        if (bound)
            *result = method_new(vm, found, object);
        return true;
    case OBJ_NATIVE:
        if (bound && as_native(found)->owner)
            *result = method_new(vm, found, object);
        return true;
    case OBJ_STATIC_METHOD:
        *result = as_wrapper(found)->function;
        return true;
    case OBJ_CLASS_METHOD:
        if (value_is(as_wrapper(found)->function, OBJ_PROPERTY))
            return property_get(vm, as_property(as_wrapper(found)->function), class_value(cls),
                                result);
        *result = method_new(vm, as_wrapper(found)->function, class_value(cls));
        return true;
    case OBJ_PROPERTY:
        return !bound || property_get(vm, as_property(found), object, result);
    case OBJ_MEMBER:
        return !bound || member_get(vm, (MemberObj *)found.object, object, result);
    case OBJ_INSTANCE:
    case OBJ_NATIVE_INSTANCE:
    case OBJ_RECORD:
        break;
    default:
        if (!(found.object->cls->flags & CLASS_SCRIPT))
            return true;
    }
    Value get = class_lookup(vm, found.object->cls, SYM(vm, __get__));
    if (!value_given(get))
        return true;
    Value args[2] = { bound ? object : VALUE_NONE, class_value(cls) };
    return special_call(vm, get, found, args, 2, result);
}

/* True for what goes before the instance's own attribute. */
static bool is_data_descriptor(Vm *vm, Value v)
{
    if (v.tag != TAG_OBJECT)
        return false;
    switch ((int)v.object->kind) {
    case OBJ_PROPERTY:
    case OBJ_MEMBER:
        return true;
    case OBJ_INSTANCE:
    case OBJ_NATIVE_INSTANCE:
        return value_given(class_lookup(vm, v.object->cls, SYM(vm, __set__))) ||
               value_given(class_lookup(vm, v.object->cls, SYM(vm, __delete__)));
    default:
        return false;
    }
}

/* ---- dictionaries of instances ---- */

static DictObj **dict_place(Value object)
{
    if (object.tag != TAG_OBJECT)
        return NULL;
    switch ((int)object.object->kind) {
    case OBJ_FUNCTION:
        return &as_func(object)->attrs;
    case OBJ_MODULE:
        return &as_module(object)->attrs;
    case OBJ_CLASS:
        return NULL;
    default:
        break;
    }
    ObjExtra *extra = obj_extra(object.object);
    return extra && object.object->cls->flags & CLASS_HAS_DICT ? &extra->attrs : NULL;
}

DictObj *object_dict(Vm *vm, Value object, bool make)
{
    DictObj **place = dict_place(object);
    if (!place)
        return NULL;
    if (!*place && make)
        *place = dict_new(vm);
    return *place;
}

static bool own_attr(Value object, StrObj *name, Value *result)
{
    DictObj **place = dict_place(object);
    TableEntry *entry = place && *place ? table_find_str(&(*place)->table, name) : NULL;
    if (entry)
        *result = entry->item;
    return entry != NULL;
}

/* ---- getting ---- */

static bool dict_attr(Vm *vm, Value object, Value *result)
{
    DictObj *dict = object_dict(vm, object, true);
    *result = dict ? value_object(dict) : VALUE_UNSET;
    return true;
}

bool object_getattr(Vm *vm, Value object, StrObj *name, Value *result)
{
    Class *cls = value_class(vm, object);
    if (object.tag == TAG_OBJECT) {
        bool done = false;
        if (!kind_getattr(vm, object, name, result, &done))
            return false;
        if (done)
            return true;
    }
    Value found = class_lookup(vm, cls, name);
    if (value_given(found) && is_data_descriptor(vm, found))
        return attr_bind(vm, found, object, cls, result);
    if (own_attr(object, name, result))
        return true;
    if (value_given(found))
        return attr_bind(vm, found, object, cls, result);
    *result = VALUE_UNSET;
    if (name == SYM(vm, __class__))
        *result = class_value(cls);
    else if (name == SYM(vm, __dict__))
        return dict_attr(vm, object, result);
    else if (name == SYM(vm, __doc__))
        *result = VALUE_NONE;
    return true;
}

static bool raise_no_attr(Vm *vm, Value object, StrObj *name)
{
    if (value_is(object, OBJ_CLASS))
        vm_raise(vm, "AttributeError", "type object '%s' has no attribute '%s'",
                 as_class(object)->name->text, name->text);
    else if (value_is(object, OBJ_MODULE))
        vm_raise(vm, "AttributeError", "module '%.*s' has no attribute '%s'",
                 STR_ARG(module_name(vm, as_module(object))), name->text);
    else
        vm_raise(vm, "AttributeError", "'%s' object has no attribute '%s'", type_name(vm, object),
                 name->text);
    if (is_exception(vm->pending)) {
        exc_set(vm, as_exc(vm->pending), "name", value_object(name));
        exc_set(vm, as_exc(vm->pending), "obj", object);
    }
    return false;
}

/* Takes a pending AttributeError away. */
static bool swallow_attribute_error(Vm *vm)
{
    if (!exc_is(vm, vm->pending, EXC_AttributeError))
        return false;
    vm->pending = VALUE_UNSET;
    return true;
}

/* What a class's own __getattribute__ and __getattr__ say; *result is TAG_UNSET when nothing. */
static bool custom_getattr(Vm *vm, Value object, Class *cls, StrObj *name, Value *result)
{
    Value arg = value_object(name);
    bool ok = true;
    if (cls->flags & CLASS_GETATTRIBUTE) {
        Value method = class_lookup(vm, cls, SYM(vm, __getattribute__));
        ok = special_call(vm, method, object, &arg, 1, result);
    } else {
        ok = object_getattr(vm, object, name, result);
    }
    if (!ok && !(cls->flags & CLASS_GETATTR))
        return false;
    if (!ok && !swallow_attribute_error(vm))
        return false;
    if (ok && value_given(*result))
        return true;
    Value method = class_lookup(vm, cls, SYM(vm, __getattr__));
    *result = VALUE_UNSET;
    return !value_given(method) || special_call(vm, method, object, &arg, 1, result);
}

static bool attr_find(Vm *vm, Value object, StrObj *name, Value *result)
{
    Class *cls = value_class(vm, object);
    *result = VALUE_UNSET;
    if (cls->flags & (CLASS_GETATTRIBUTE | CLASS_GETATTR))
        return custom_getattr(vm, object, cls, name, result);
    return object_getattr(vm, object, name, result);
}

bool attr_get(Vm *vm, Value object, StrObj *name, Value *result)
{
    if (!attr_find(vm, object, name, result))
        return false;
    return value_given(*result) || raise_no_attr(vm, object, name);
}

bool attr_get_if(Vm *vm, Value object, StrObj *name, Value *result)
{
    if (attr_find(vm, object, name, result))
        return true;
    *result = VALUE_UNSET;
    return swallow_attribute_error(vm);
}

/* Functions of the class need no bound method made when they are called at once. */
bool attr_get_method(Vm *vm, Value object, StrObj *name, Value *callee, Value *self)
{
    *self = VALUE_UNSET;
    Class *cls = value_class(vm, object);
    bool plain = !(cls->flags & (CLASS_GETATTRIBUTE | CLASS_GETATTR)) &&
                 (object.tag != TAG_OBJECT || kind_is_plain(object.object->kind));
    if (plain) {
        Value found = class_lookup(vm, cls, name);
        bool function = value_is(found, OBJ_FUNCTION) ||
                        (value_is(found, OBJ_NATIVE) && as_native(found)->owner);
        Value own;
        if (function && !own_attr(object, name, &own)) {
            *callee = found;
            *self = object;
            return true;
        }
    }
    return attr_get(vm, object, name, callee);
}

/* ---- setting and deleting ---- */

static bool property_set(Vm *vm, const PropertyObj *property, Value object, StrObj *name, Value v)
{
    bool deletes = !value_given(v);
    Value setter = deletes ? property->del : property->set;
    if (value_is_none(setter))
        return vm_raise(vm, "AttributeError", "property '%s' of '%s' object has no %s", name->text,
                        type_name(vm, object), deletes ? "deleter" : "setter");
    Value args[2] = { object, v }, ignored;
    return vm_call(vm, setter, args, deletes ? 1 : 2, &ignored);
}

static bool member_set(Vm *vm, const MemberObj *member, Value object, Value v)
{
    ObjExtra *extra = obj_extra(object.object);
    if (!extra || !extra->slots || !class_is(object.object->cls, member->owner))
        return vm_raise(vm, "TypeError",
                        "descriptor '%s' for '%s' objects doesn't apply to a '%s' "
                        "object",
                        member->name->text, member->owner->name->text, type_name(vm, object));
    if (!value_given(v) && !value_given(extra->slots[member->slot]))
        return vm_raise(vm, "AttributeError", "%s", member->name->text);
    extra->slots[member->slot] = v;
    return true;
}

/* Descriptors of the class; *done tells whether there was one that sets. */
static bool descriptor_set(Vm *vm, Value found, Value object, StrObj *name, Value v, bool *done)
{
    *done = true;
    if (value_is(found, OBJ_PROPERTY))
        return property_set(vm, as_property(found), object, name, v);
    if (value_is(found, OBJ_MEMBER))
        return member_set(vm, (MemberObj *)found.object, object, v);
    *done = false;
    if (!value_is(found, OBJ_INSTANCE) && !value_is(found, OBJ_NATIVE_INSTANCE))
        return true;
    StrObj *method_name = value_given(v) ? SYM(vm, __set__) : SYM(vm, __delete__);
    Value method = class_lookup(vm, found.object->cls, method_name);
    if (!value_given(method))
        return true;
    *done = true;
    Value args[2] = { object, v }, ignored;
    return special_call(vm, method, found, args, value_given(v) ? 2 : 1, &ignored);
}

bool object_setattr(Vm *vm, Value object, StrObj *name, Value v)
{
    name = str_intern_obj(vm, name);
    Class *cls = value_class(vm, object);
    bool done = false;
    if (object.tag == TAG_OBJECT) {
        if (!kind_setattr(vm, object, name, v, &done))
            return false;
        if (done)
            return true;
    }
    Value found = class_lookup(vm, cls, name);
    if (!descriptor_set(vm, found, object, name, v, &done))
        return false;
    if (done)
        return true;
    DictObj *dict = object_dict(vm, object, value_given(v));
    if (dict && value_given(v)) {
        table_set_str(vm, &dict->table, name, v);
        return true;
    }
    if (dict && table_remove_str(vm, &dict->table, name))
        return true;
    if (value_given(found) && !dict)
        return vm_raise(vm, "AttributeError", "'%s' object attribute '%s' is read-only",
                        type_name(vm, object), name->text);
    return raise_no_attr(vm, object, name);
}

bool attr_set(Vm *vm, Value object, StrObj *name, Value v)
{
    Class *cls = value_class(vm, object);
    if (!(cls->flags & CLASS_SETATTR))
        return object_setattr(vm, object, name, v);
    StrObj *method_name = value_given(v) ? SYM(vm, __setattr__) : SYM(vm, __delattr__);
    Value method = class_lookup(vm, cls, method_name);
    Value args[2] = { value_object(name), v }, ignored;
    return special_call(vm, method, object, args, value_given(v) ? 2 : 1, &ignored);
}

bool attr_delete(Vm *vm, Value object, StrObj *name)
{
    return attr_set(vm, object, name, VALUE_UNSET);
}

/* ---- special methods ---- */

Value special_find(Vm *vm, Value object, StrObj *name)
{
    return class_lookup(vm, value_class(vm, object), name);
}

bool special_call(Vm *vm, Value method, Value object, const Value *args, size_t count,
                  Value *result)
{
    assert(count <= 3);
    bool direct = value_is(method, OBJ_FUNCTION) ||
                  (value_is(method, OBJ_NATIVE) && as_native(method)->owner);
    if (direct) {
        Value all[4] = { object };
        for (size_t i = 0; i < count; i++)
            all[i + 1] = args[i];
        return vm_call(vm, method, all, count + 1, result);
    }
    Value bound;
    if (!attr_bind(vm, method, object, value_class(vm, object), &bound))
        return false;
    vm_push(vm, bound);
    bool ok = vm_call(vm, bound, args, count, result);
    vm_pop(vm, 1);
    return ok;
}

/* ---- by C names ---- */

bool vm_getattr(Vm *vm, Value object, const char *name, Value *result)
{
    return attr_get(vm, object, str_intern(vm, str_from(name)), result);
}

bool vm_getattr_if(Vm *vm, Value object, const char *name, Value *result)
{
    return attr_get_if(vm, object, str_intern(vm, str_from(name)), result);
}

bool vm_setattr(Vm *vm, Value object, const char *name, Value v)
{
    return attr_set(vm, object, str_intern(vm, str_from(name)), v);
}

/* ---- dir ---- */

static void dir_add(Vm *vm, SetObj *names, const Table *table)
{
    uint32_t at = 0;
    for (const TableEntry *entry; (entry = table_next(table, &at));)
        if (value_is(entry->key, OBJ_STR))
            table_set_str(vm, &names->table, as_str(entry->key), VALUE_UNSET);
}

static void dir_add_class(Vm *vm, SetObj *names, Class *cls)
{
    for (uint32_t i = 0; i < cls->mro_len; i++) {
        class_fill(vm, cls->mro[i]);
        dir_add(vm, names, &cls->mro[i]->attrs->table);
    }
}

static int compare_str_values(const void *a, const void *b)
{
    return str_cmp(str_text(as_str(*(const Value *)a)), str_text(as_str(*(const Value *)b)));
}

bool object_dir(Vm *vm, Value object, Value *result)
{
    SetObj *names = set_new(vm, false);
    if (value_is(object, OBJ_CLASS))
        dir_add_class(vm, names, as_class(object));
    else if (!value_is(object, OBJ_MODULE))
        dir_add_class(vm, names, value_class(vm, object));
    DictObj *dict = object_dict(vm, object, false);
    if (dict)
        dir_add(vm, names, &dict->table);
    ListObj *list = list_new(vm, 0);
    uint32_t at = 0;
    for (const TableEntry *entry; (entry = table_next(&names->table, &at));)
        list_push(vm, list, entry->key);
    if (list->len)
        qsort(list->items, list->len, sizeof(Value), compare_str_values);
    *result = value_object(list);
    return true;
}
