/* SPDX-License-Identifier: MIT */
#include "py/kind_attrs.h"

#include "py/obj_module.h"
#include "py/obj_record.h"

bool kind_is_plain(uint8_t kind)
{
    switch ((int)kind) {
    case OBJ_CLASS:
    case OBJ_MODULE:
    case OBJ_SUPER:
    case OBJ_OPAQUE:
    case OBJ_RECORD:
    case OBJ_METHOD:
        return false;
    default:
        return true;
    }
}

static bool is_dunder(const StrObj *name)
{
    return name->len > 4 && name->text[0] == '_' && name->text[1] == '_';
}

static Value or_none(void *object)
{
    return object ? value_object(object) : VALUE_NONE;
}

static Str suffix_of(Vm *vm, const StrObj *name)
{
    Str part = str_text(name);
    return str_intern_path(vm, STR("."), str_slice(part, 0, 100));
}

/* ---- functions ---- */

static Value function_attr(Vm *vm, FuncObj *func, const StrObj *name)
{
    if (name == SYM(vm, __name__))
        return func->name;
    if (name == SYM(vm, __qualname__))
        return func->qualname;
    if (name == SYM(vm, __module__))
        return func->module;
    if (name == SYM(vm, __doc__))
        return func->doc;
    if (name == SYM(vm, __defaults__))
        return or_none(func->defaults);
    if (name == SYM(vm, __kwdefaults__))
        return or_none(func->kwdefaults);
    if (name == SYM(vm, __code__))
        return value_object(func->code);
    if (name == SYM(vm, __globals__))
        return value_object(func->globals);
    if (name == SYM(vm, __closure__))
        return or_none(func->closure);
    if (name == SYM(vm, __type_params__))
        return value_given(func->type_params) ? func->type_params : value_object(tuple_new(vm, 0));
    if (name == SYM(vm, __annotations__)) {
        if (!func->annotations)
            func->annotations = dict_new(vm);
        return value_object(func->annotations);
    }
    return VALUE_UNSET;
}

static Value native_attr(Vm *vm, const NativeObj *native, const StrObj *name)
{
    if (name == SYM(vm, __name__))
        return value_object(native->name);
    if (name == SYM(vm, __qualname__))
        return make_str(vm, callable_name(vm, value_object((void *)(uintptr_t)native)));
    if (name == SYM(vm, __doc__))
        return native->row->doc ? make_strz(vm, native->row->doc) : VALUE_NONE;
    if (name == SYM(vm, __module__))
        return native->module;
    return VALUE_UNSET;
}

static bool method_attr(Vm *vm, const MethodObj *method, StrObj *name, Value *result)
{
    if (name == SYM(vm, __self__)) {
        *result = method->self;
        return true;
    }
    if (name == SYM(vm, __func__)) {
        *result = method->function;
        return true;
    }
    if (name == SYM(vm, __class__))
        return true;
    bool own = value_given(class_lookup(vm, builtin_class(vm, CLASS_METHOD), name));
    if (own && name != SYM(vm, __doc__))
        return true;
    return attr_get_if(vm, method->function, name, result);
}

static bool wrong_type(Vm *vm, const StrObj *name, const char *wanted)
{
    return vm_raise(vm, "TypeError", "%s must be set to a %s object", name->text, wanted);
}

static bool function_set_container(Vm *vm, FuncObj *func, StrObj *name, Value v, bool *done)
{
    bool clears = !value_given(v) || value_is_none(v);
    *done = true;
    if (name == SYM(vm, __defaults__)) {
        if (!clears && !value_is(v, OBJ_TUPLE))
            return wrong_type(vm, name, "tuple");
        func->defaults = clears ? NULL : as_tuple(v);
        return true;
    }
    bool dict = clears || value_is(v, OBJ_DICT);
    if (name == SYM(vm, __kwdefaults__)) {
        func->kwdefaults = clears || !dict ? NULL : as_dict(v);
        return dict || wrong_type(vm, name, "dict");
    }
    if (name == SYM(vm, __annotations__)) {
        func->annotations = clears || !dict ? NULL : as_dict(v);
        return dict || wrong_type(vm, name, "dict");
    }
    if (name == SYM(vm, __dict__)) {
        if (clears || !dict)
            return vm_raise(vm, "TypeError", "__dict__ must be set to a dictionary, not a '%s'",
                            type_name(vm, v));
        func->attrs = as_dict(v);
        return true;
    }
    *done = false;
    return true;
}

static bool function_set(Vm *vm, FuncObj *func, StrObj *name, Value v, bool *done)
{
    Value *text = NULL;
    if (name == SYM(vm, __name__))
        text = &func->name;
    else if (name == SYM(vm, __qualname__))
        text = &func->qualname;
    if (text) {
        *done = true;
        if (!value_is(v, OBJ_STR))
            return wrong_type(vm, name, "string");
        *text = v;
        return true;
    }
    if (name == SYM(vm, __module__) || name == SYM(vm, __doc__)) {
        *(name == SYM(vm, __doc__) ? &func->doc : &func->module) = value_given(v) ? v : VALUE_NONE;
        *done = true;
        return true;
    }
    if (name == SYM(vm, __type_params__)) {
        func->type_params = v;
        *done = true;
        return true;
    }
    if (name == SYM(vm, __code__)) {
        *done = true;
        if (!value_is(v, OBJ_CODE))
            return wrong_type(vm, name, "code");
        func->code = as_code(v);
        return true;
    }
    return function_set_container(vm, func, name, v, done);
}

/* ---- classes ---- */

static Value class_tuple(Vm *vm, Class **classes, size_t count)
{
    TupleObj *tuple = tuple_new(vm, count);
    for (size_t i = 0; i < count; i++)
        tuple->items[i] = class_value(classes[i]);
    return value_object(tuple);
}

static Value class_bases(Vm *vm, Class *cls)
{
    size_t opaque = cls->opaque_bases ? cls->opaque_bases->len : 0;
    if (!opaque)
        return value_object(cls->bases);
    TupleObj *all = tuple_new(vm, cls->bases->len + opaque);
    memcpy(all->items, cls->bases->items, cls->bases->len * sizeof(Value));
    memcpy(all->items + cls->bases->len, cls->opaque_bases->items, opaque * sizeof(Value));
    return value_object(all);
}

static Value class_doc(Vm *vm, Class *cls)
{
    class_fill(vm, cls);
    TableEntry *entry = table_find_str(&cls->attrs->table, SYM(vm, __doc__));
    if (entry)
        return entry->item;
    return cls->native && cls->native->doc ? make_strz(vm, cls->native->doc) : VALUE_NONE;
}

static Value class_annotations(Vm *vm, Class *cls)
{
    TableEntry *entry = table_find_str(&cls->attrs->table, SYM(vm, __annotations__));
    if (entry)
        return entry->item;
    if (!(cls->flags & CLASS_SCRIPT))
        return VALUE_UNSET;
    Value dict = make_dict(vm);
    class_set(vm, cls, SYM(vm, __annotations__), dict);
    return dict;
}

static Value class_module(Vm *vm, Class *cls)
{
    TableEntry *entry = table_find_str(&cls->attrs->table, SYM(vm, __module__));
    if (entry)
        return entry->item;
    return value_given(cls->module) ? cls->module : value_object(SYM(vm, builtins));
}

static Value class_namespace(Vm *vm, Class *cls)
{
    class_fill(vm, cls);
    DictObj *copy = dict_new(vm);
    table_copy(vm, &copy->table, &cls->attrs->table);
    return value_object(copy);
}

/* What every class has whatever its namespace says. */
static Value class_own(Vm *vm, Class *cls, const StrObj *name)
{
    if (!is_dunder(name))
        return VALUE_UNSET;
    if (name == SYM(vm, __name__))
        return value_object(cls->name);
    if (name == SYM(vm, __qualname__))
        return cls->qualname;
    if (name == SYM(vm, __module__))
        return class_module(vm, cls);
    if (name == SYM(vm, __mro__))
        return class_tuple(vm, cls->mro, cls->mro_len);
    if (name == SYM(vm, __bases__))
        return class_bases(vm, cls);
    if (name == SYM(vm, __dict__))
        return class_namespace(vm, cls);
    if (name == SYM(vm, __doc__))
        return class_doc(vm, cls);
    if (name == SYM(vm, __annotations__))
        return class_annotations(vm, cls);
    if (name == SYM(vm, __class__))
        return class_value(cls->head.cls);
    if (str_is(str_text(name), "__base__"))
        return cls->bases->len ? cls->bases->items[0] : VALUE_NONE;
    return VALUE_UNSET;
}

/* An attribute of an incomplete class that no real base has is made of the Opaque base. */
static Value class_opaque_attr(Vm *vm, Class *cls, const StrObj *name)
{
    if (!(cls->flags & CLASS_INCOMPLETE) || is_dunder(name))
        return VALUE_UNSET;
    for (uint32_t i = 0; i < cls->mro_len; i++)
        if (cls->mro[i]->opaque_bases && cls->mro[i]->opaque_bases->len)
            return opaque_derive(vm, cls->mro[i]->opaque_bases->items[0], suffix_of(vm, name));
    return VALUE_UNSET;
}

bool class_getattr(Vm *vm, Class *cls, StrObj *name, Value *result)
{
    *result = class_own(vm, cls, name);
    if (value_given(*result))
        return true;
    Class *meta = cls->head.cls;
    Value of_meta = class_lookup(vm, meta, name);
    if (value_is(of_meta, OBJ_PROPERTY))
        return attr_bind(vm, of_meta, class_value(cls), meta, result);
    Value found = class_lookup(vm, cls, name);
    if (value_given(found) &&
        !(found.tag == TAG_OBJECT && value_given(of_meta) && name == SYM(vm, __call__)))
        return attr_bind(vm, found, VALUE_UNSET, cls, result);
    if (value_given(of_meta))
        return attr_bind(vm, of_meta, class_value(cls), meta, result);
    *result = class_opaque_attr(vm, cls, name);
    return true;
}

static bool class_setattr(Vm *vm, Class *cls, StrObj *name, Value v)
{
    if (!(cls->flags & CLASS_SCRIPT) && !cls->payload && cls->layout != OBJ_RECORD)
        return vm_raise(vm, "TypeError", "cannot set '%s' attribute of immutable type '%s'",
                        name->text, cls->name->text);
    Value of_meta = class_lookup(vm, cls->head.cls, name);
    if (value_is(of_meta, OBJ_PROPERTY) && !value_is_none(as_property(of_meta)->set)) {
        Value args[2] = { class_value(cls), v }, ignored;
        return vm_call(vm, as_property(of_meta)->set, args, 2, &ignored);
    }
    if (!value_given(v)) {
        if (class_delete(vm, cls, name))
            return true;
        return vm_raise(vm, "AttributeError", "type object '%s' has no attribute '%s'",
                        cls->name->text, name->text);
    }
    if (name == SYM(vm, __name__) && value_is(v, OBJ_STR))
        cls->name = str_intern_obj(vm, as_str(v));
    else if (name == SYM(vm, __qualname__) && value_is(v, OBJ_STR))
        cls->qualname = v;
    else
        class_set(vm, cls, name, v);
    if (name == SYM(vm, __abstractmethods__)) {
        int64_t count = value_is(v, OBJ_SET) ? (int64_t)as_set(v)->table.live : 0;
        cls->flags = count ? cls->flags | CLASS_ABSTRACT : cls->flags & ~(unsigned)CLASS_ABSTRACT;
    }
    return true;
}

/* ---- modules ---- */

static bool raise_partial(Vm *vm, ModuleObj *module, const StrObj *name)
{
    return vm_raise(
        vm, "AttributeError",
        "partially initialized module '%.*s' has no attribute '%s' (most likely due to a "
        "circular import)",
        STR_ARG(module_name(vm, module)), name->text);
}

static bool module_attr(Vm *vm, ModuleObj *module, StrObj *name, Value *result)
{
    TableEntry *entry = table_find_str(&module->attrs->table, name);
    if (entry) {
        *result = entry->item;
        return true;
    }
    if (name == SYM(vm, __dict__)) {
        *result = value_object(module->attrs);
        return true;
    }
    if (value_given(class_lookup(vm, module->head.cls, name)) || name == SYM(vm, __class__))
        return true;
    entry = table_find_str(&module->attrs->table, SYM(vm, __getattr__));
    if (entry) {
        Value arg = value_object(name);
        return vm_call(vm, entry->item, &arg, 1, result);
    }
    if (value_given(module->opaque))
        *result = opaque_derive(vm, module->opaque, suffix_of(vm, name));
    if (module->loading && !module->served && !value_given(*result) && !is_dunder(name))
        return raise_partial(vm, module, name);
    return true;
}

/* ---- exceptions ---- */

static Value exc_attr(Vm *vm, const ExcObj *exc, const StrObj *name)
{
    if (name == SYM(vm, args))
        return value_object(exc->args);
    if (name == SYM(vm, __cause__))
        return exc->cause;
    if (name == SYM(vm, __context__))
        return exc->context;
    if (name == SYM(vm, __suppress_context__))
        return value_bool(exc->suppress);
    if (name == SYM(vm, __traceback__))
        return or_none(exc->traceback);
    return VALUE_UNSET;
}

static bool exc_or_none(Vm *vm, Value v, const char *what)
{
    return value_is_none(v) || is_exception(v) ||
           vm_raise(vm, "TypeError", "exception %s must be None or derive from BaseException",
                    what);
}

static bool exc_setattr(Vm *vm, ExcObj *exc, StrObj *name, Value v, bool *done)
{
    *done = true;
    if (!value_given(v))
        *done = false;
    else if (name == SYM(vm, __cause__)) {
        if (!exc_or_none(vm, v, "cause"))
            return false;
        exc->cause = v;
        exc->suppress = true;
    } else if (name == SYM(vm, __context__)) {
        if (!exc_or_none(vm, v, "context"))
            return false;
        exc->context = v;
    } else if (name == SYM(vm, __suppress_context__)) {
        return to_truth(vm, v, &exc->suppress);
    } else if (name == SYM(vm, __traceback__)) {
        if (!value_is_none(v) && !value_is(v, OBJ_TRACEBACK))
            return vm_raise(vm, "TypeError", "__traceback__ must be a traceback or None");
        exc->traceback = value_is_none(v) ? NULL : (TracebackObj *)v.object;
    } else if (name == SYM(vm, args)) {
        Value list;
        if (!vm_to_list(vm, v, &list))
            return false;
        exc->args = tuple_new_of(vm, builtin_class(vm, CLASS_TUPLE), as_list(list)->items,
                                 as_list(list)->len);
    } else {
        *done = false;
    }
    return true;
}

/* ---- super ---- */

static bool super_attr(Vm *vm, SuperObj *super, StrObj *name, Value *result)
{
    if (!super->start || name == SYM(vm, __class__))
        return true;
    Value found = class_lookup_after(vm, super->start, super->after, name);
    if (value_given(found)) {
        bool of_class = value_is(super->self, OBJ_CLASS) && as_class(super->self) == super->start;
        return attr_bind(vm, found, of_class ? VALUE_UNSET : super->self, super->start, result);
    }
    if (super->start->flags & CLASS_INCOMPLETE && !is_dunder(name))
        *result = class_opaque_attr(vm, super->start, name);
    return true;
}

/* ---- the way in ---- */

/* A getter that the script floor added goes before the member of its name. */
static bool record_attr(Vm *vm, Value object, StrObj *name, Value *result)
{
    if (value_is(class_lookup(vm, object.object->cls, name), OBJ_PROPERTY))
        return true;
    const Field *field = record_field(((RecordObj *)object.object)->record, str_text(name));
    if (field)
        return record_get(vm, object, field, result);
    DictObj *dict = object_dict(vm, object, false);
    if (dict && table_find_str(&dict->table, name))
        return true;
    if (value_given(class_lookup(vm, object.object->cls, name)) || name == SYM(vm, __class__) ||
        name == SYM(vm, __dict__))
        return true;
    return record_get_other(vm, object, name, result);
}

static bool incomplete_attr(Vm *vm, Value object, StrObj *name, Value *result)
{
    DictObj *dict = object_dict(vm, object, false);
    if (dict && table_find_str(&dict->table, name))
        return true;
    if (!value_given(class_lookup(vm, object.object->cls, name)))
        *result = class_opaque_attr(vm, object.object->cls, name);
    return true;
}

bool kind_getattr(Vm *vm, Value object, StrObj *name, Value *result, bool *done)
{
    *result = VALUE_UNSET;
    bool ok = true;
    switch ((int)object.object->kind) {
    case OBJ_FUNCTION:
        if (is_dunder(name))
            *result = function_attr(vm, as_func(object), name);
        break;
    case OBJ_NATIVE:
        if (is_dunder(name))
            *result = native_attr(vm, as_native(object), name);
        break;
    case OBJ_METHOD:
        ok = method_attr(vm, as_method(object), name, result);
        break;
    case OBJ_CLASS:
        *done = true;
        return class_getattr(vm, as_class(object), name, result);
    case OBJ_MODULE:
        ok = module_attr(vm, as_module(object), name, result);
        break;
    case OBJ_EXCEPTION:
        *result = exc_attr(vm, as_exc(object), name);
        break;
    case OBJ_SUPER:
        ok = super_attr(vm, (SuperObj *)object.object, name, result);
        break;
    case OBJ_RECORD:
        ok = record_attr(vm, object, name, result);
        break;
    case OBJ_OPAQUE:
        if (!is_dunder(name) || name == SYM(vm, __name__))
            *result = opaque_derive(vm, object, suffix_of(vm, name));
        break;
    default:
        break;
    }
    if (ok && !value_given(*result) && object.object->cls->flags & CLASS_INCOMPLETE)
        ok = incomplete_attr(vm, object, name, result);
    *done = value_given(*result);
    return ok;
}

static bool set_class_of(Vm *vm, Value object, Value v)
{
    if (!value_is(v, OBJ_CLASS))
        return vm_raise(vm, "TypeError", "__class__ must be set to a class, not '%s' object",
                        type_name(vm, v));
    Class *to = as_class(v), *from = object.object->cls;
    if (to->layout != from->layout || to->slot_count != from->slot_count ||
        (to->flags ^ from->flags) & CLASS_HAS_DICT)
        return vm_raise(vm, "TypeError",
                        "__class__ assignment: '%s' object layout differs from '%s'",
                        to->name->text, from->name->text);
    object.object->cls = to;
    return true;
}

static bool set_dict_of(Vm *vm, Value object, Value v)
{
    ObjExtra *extra = obj_extra(object.object);
    if (!value_is(v, OBJ_DICT))
        return vm_raise(vm, "TypeError", "__dict__ must be set to a dictionary, not a '%s'",
                        type_name(vm, v));
    extra->attrs = as_dict(v);
    return true;
}

bool kind_setattr(Vm *vm, Value object, StrObj *name, Value v, bool *done)
{
    switch ((int)object.object->kind) {
    case OBJ_FUNCTION:
        return !is_dunder(name) || function_set(vm, as_func(object), name, v, done);
    case OBJ_CLASS:
        *done = true;
        return class_setattr(vm, as_class(object), name, v);
    case OBJ_EXCEPTION: {
        bool ok = exc_setattr(vm, as_exc(object), name, v, done);
        if (!ok || *done)
            return ok;
        break;
    }
    case OBJ_CELL:
        if (str_is(str_text(name), "cell_contents")) {
            as_cell(object)->content = v;
            *done = true;
        }
        return true;
    case OBJ_RECORD: {
        const Field *field = record_field(((RecordObj *)object.object)->record, str_text(name));
        if (field && value_given(v)) {
            *done = true;
            return record_set(vm, object, field, v);
        }
        if (!record_set_other(vm, object, name, v, done) || *done)
            return !value_given(vm->pending);
        break;
    }
    case OBJ_OPAQUE:
        *done = true;
        return true;
    default:
        break;
    }
    if (name == SYM(vm, __class__) && value_given(v)) {
        *done = true;
        return set_class_of(vm, object, v);
    }
    if (name == SYM(vm, __dict__) && value_given(v) && object.object->cls->flags & CLASS_HAS_DICT &&
        object.object->extra) {
        *done = true;
        return set_dict_of(vm, object, v);
    }
    return true;
}
