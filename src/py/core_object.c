/* SPDX-License-Identifier: MIT */
/* The classes `object` and `type`. */
#include "py/alias.h"
#include "py/kind_attrs.h"
#include "py/operators.h"
#include "py/vm_call.h"
#include "py/vm_ops.h"

/* ---- object ---- */

static bool excess_args(Vm *vm, Class *cls)
{
    Value init = class_lookup(vm, cls, SYM(vm, __init__)),
          make = class_lookup(vm, cls, SYM(vm, __new__));
    if (value_is(make, OBJ_STATIC_METHOD))
        make = as_wrapper(make)->function;
    if (!value_is(make, OBJ_NATIVE) || as_native(make)->row != vm->object_new)
        return vm_raise(vm, "TypeError",
                        "object.__new__() takes exactly one argument (the type to instantiate)");
    bool own_init =
        !value_is(init, OBJ_NATIVE) || as_native(init)->owner != vm->classes[CLASS_OBJECT];
    return own_init || vm_raise(vm, "TypeError", "%s() takes no arguments", cls->name->text);
}

static bool object_new(Vm *vm, Call *call)
{
    ARGS(call, cls, args, kwargs);
    Value made;
    if (!is_class(cls))
        return vm_raise(vm, "TypeError", "object.__new__(X): X is not a type object (%s)",
                        type_name(vm, cls));
    if ((tuple_len(args) || dict_len(kwargs)) && !excess_args(vm, as_class(cls)))
        return false;
    if (as_class(cls)->flags & CLASS_ABSTRACT)
        return vm_raise(vm, "TypeError", "Can't instantiate abstract class %s",
                        as_class(cls)->name->text);
    return class_instance(vm, as_class(cls), &made) && give(call, made);
}

static bool object_init(Vm *vm, Call *call)
{
    ARGS(call, self, args, kwargs);
    if (!tuple_len(args) && !dict_len(kwargs))
        return true;
    Class *cls = value_class(vm, self);
    Value init = class_lookup(vm, cls, SYM(vm, __init__)),
          make = class_lookup(vm, cls, SYM(vm, __new__));
    if (value_is(make, OBJ_STATIC_METHOD))
        make = as_wrapper(make)->function;
    bool own_init =
        !value_is(init, OBJ_NATIVE) || as_native(init)->owner != vm->classes[CLASS_OBJECT];
    bool own_new = !value_is(make, OBJ_NATIVE) || as_native(make)->row != vm->object_new;
    if (own_init)
        return vm_raise(
            vm, "TypeError",
            "object.__init__() takes exactly one argument (the instance to initialize)");
    return own_new || vm_raise(vm, "TypeError", "%s() takes no arguments", cls->name->text);
}

static void put_qualified(Vm *vm, Class *cls, Buf *out)
{
    Value module = VALUE_UNSET;
    class_getattr(vm, cls, SYM(vm, __module__), &module);
    if (is_str(module) && as_str(module) != SYM(vm, builtins))
        buf_printf(out, "%s.", as_str(module)->text);
    buf_put(out, is_str(cls->qualname) ? str_text(as_str(cls->qualname)) : str_text(cls->name));
}

static bool give_buf(Vm *vm, Call *call, Buf *out)
{
    Value text = make_str(vm, buf_str(out));
    buf_free(out);
    return give(call, text);
}

static bool object_repr(Vm *vm, Call *call)
{
    ARGS(call, self);
    Buf out = { 0 };
    bool known = false;
    if (!operator_repr(vm, self, &out, &known))
        return false;
    if (!known) {
        buf_putc(&out, '<');
        put_qualified(vm, value_class(vm, self), &out);
        buf_printf(&out, " object at %p>", self.tag == TAG_OBJECT ? (void *)self.object : NULL);
    }
    return give_buf(vm, call, &out);
}

static bool object_str(Vm *vm, Call *call)
{
    ARGS(call, self);
    Value text;
    return vm_repr(vm, self, &text) && give(call, text);
}

static bool object_format(Vm *vm, Call *call)
{
    ARGS(call, self, format_spec);
    Value text;
    Str spec;
    if (!to_str(vm, format_spec, &spec))
        return false;
    if (spec.len)
        return vm_raise(vm, "TypeError", "unsupported format string passed to %s.__format__",
                        type_name(vm, self));
    return vm_str(vm, self, &text) && give(call, text);
}

static bool object_eq(Vm *vm, Call *call)
{
    ARGS(call, self, other);
    return give(call,
                value_same(self, other) ? value_bool(true) : (Value){ .tag = TAG_NOT_IMPLEMENTED });
}

static bool object_ne(Vm *vm, Call *call)
{
    ARGS(call, self, other);
    Value method = special_find(vm, self, SYM(vm, __eq__)), result;
    bool truth;
    if (!special_call(vm, method, self, &other, 1, &result))
        return false;
    if (result.tag == TAG_NOT_IMPLEMENTED)
        return give(call, result);
    return to_truth(vm, result, &truth) && give(call, value_bool(!truth));
}

static bool not_implemented(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, (Value){ .tag = TAG_NOT_IMPLEMENTED });
}

static bool object_hash(Vm *vm, Call *call)
{
    ARGS(call, self);
    uint64_t hash;
    if (self.tag == TAG_OBJECT) {
        hash = (uintptr_t)self.object >> 4;
        hash ^= hash << 40;
    } else if (!operator_hash(vm, self, &hash)) {
        return false;
    }
    return give(call, value_int((int64_t)hash));
}

static bool object_getattribute(Vm *vm, Call *call)
{
    ARGS(call, self, name);
    Value v;
    if (!is_str(name))
        return vm_raise(vm, "TypeError", "attribute name must be string, not '%s'",
                        type_name(vm, name));
    StrObj *interned = str_intern_obj(vm, as_str(name));
    if (!object_getattr(vm, self, interned, &v))
        return false;
    if (value_given(v))
        return give(call, v);
    vm_raise(vm, "AttributeError", "'%s' object has no attribute '%s'", type_name(vm, self),
             interned->text);
    exc_set(vm, as_exc(vm->pending), "name", name);
    exc_set(vm, as_exc(vm->pending), "obj", self);
    return false;
}

static bool object_setattr_row(Vm *vm, Call *call)
{
    ARGS(call, self, name, value);
    if (!is_str(name))
        return vm_raise(vm, "TypeError", "attribute name must be string, not '%s'",
                        type_name(vm, name));
    return object_setattr(vm, self, as_str(name), value);
}

static bool object_delattr_row(Vm *vm, Call *call)
{
    ARGS(call, self, name);
    if (!is_str(name))
        return vm_raise(vm, "TypeError", "attribute name must be string, not '%s'",
                        type_name(vm, name));
    return object_setattr(vm, self, as_str(name), VALUE_UNSET);
}

static bool object_dir_row(Vm *vm, Call *call)
{
    ARGS(call, self);
    Value list;
    return object_dir(vm, self, &list) && give(call, list);
}

static bool object_init_subclass(Vm *vm, Call *call)
{
    ARGS(call, cls, args, kwargs);
    (void)args;
    if (dict_len(kwargs))
        return vm_raise(vm, "TypeError", "%s.__init_subclass__() takes no keyword arguments",
                        as_class(cls)->name->text);
    return true;
}

static bool object_subclasshook(Vm *vm, Call *call)
{
    return not_implemented(vm, call);
}

static bool object_sizeof(Vm *vm, Call *call)
{
    ARGS(call, self);
    (void)vm;
    return give(call, value_int(self.tag == TAG_OBJECT ? self.object->size : 16));
}

/* copyreg's protocol, for copy.copy of instances: class, (), state. */
static bool object_reduce_ex(Vm *vm, Call *call)
{
    ARGS(call, self, protocol);
    (void)protocol;
    Value make, args = VALUE_UNSET, state = VALUE_NONE;
    if (!vm_getattr(vm, class_value(value_class(vm, self)), "__new__", &make))
        return false;
    Value cls = class_value(value_class(vm, self));
    args = make_tuple(vm, &cls, 1);
    DictObj *dict = object_dict(vm, self, false);
    if (dict)
        state = value_object(dict);
    Value parts[3] = { make, args, state };
    return give(call, make_tuple(vm, parts, 3));
}

static const NativeRow object_methods[] = {
    { "__new__(cls, /, *args, **kwargs)", object_new, "Create and return a new object." },
    { "__init__(self, /, *args, **kwargs)", object_init, "Initialize self." },
    { "__repr__(self, /)", object_repr, "Return repr(self)." },
    { "__str__(self, /)", object_str, "Return str(self)." },
    { "__format__(self, format_spec, /)", object_format, "Default object formatter." },
    { "__eq__(self, other, /)", object_eq, "Return self==value." },
    { "__ne__(self, other, /)", object_ne, "Return self!=value." },
    { "__lt__(self, other, /)", not_implemented, "Return self<value." },
    { "__le__(self, other, /)", not_implemented, "Return self<=value." },
    { "__gt__(self, other, /)", not_implemented, "Return self>value." },
    { "__ge__(self, other, /)", not_implemented, "Return self>=value." },
    { "__hash__(self, /)", object_hash, "Return hash(self)." },
    { "__getattribute__(self, name, /)", object_getattribute, "Return getattr(self, name)." },
    { "__setattr__(self, name, value, /)", object_setattr_row, "Implement setattr." },
    { "__delattr__(self, name, /)", object_delattr_row, "Implement delattr." },
    { "__dir__(self, /)", object_dir_row, "Default dir() implementation." },
    { "__sizeof__(self, /)", object_sizeof, "Size of object in memory, in bytes." },
    { "__reduce_ex__(self, protocol, /)", object_reduce_ex, "Helper for copy." },
};

static const NativeRow object_statics[] = {
    { "__init_subclass__(cls, /, *args, **kwargs)", object_init_subclass,
      "Called when a class is subclassed." },
    { "__subclasshook__(cls, subclass, /)", object_subclasshook, NULL },
};

const NativeClass object_class = {
    .name = "object",
    ROWS_OF(methods, method_count, object_methods),
    ROWS_OF(statics, static_count, object_statics),
    .doc = "The base class of the class hierarchy.",
};

const NativeRow *object_new_row(void)
{
    return &object_methods[0];
}

/* ---- type ---- */

static bool type_new(Vm *vm, Call *call)
{
    ARGS(call, meta, name, bases, dict, kwargs);
    Value made;
    if (!value_given(bases)) {
        if (meta.object == (Obj *)vm->classes[CLASS_TYPE])
            return give(call, class_value(value_class(vm, name)));
        return vm_raise(vm, "TypeError", "type.__new__() takes exactly 3 arguments (1 given)");
    }
    if (!is_str(name))
        return vm_raise(vm, "TypeError", "type.__new__() argument 1 must be str, not %s",
                        type_name(vm, name));
    if (!is_tuple(bases))
        return vm_raise(vm, "TypeError", "type.__new__() argument 2 must be tuple, not %s",
                        type_name(vm, bases));
    if (!is_dict(dict))
        return vm_raise(vm, "TypeError", "type.__new__() argument 3 must be dict, not %s",
                        type_name(vm, dict));
    return class_make(vm, as_class(meta), name, bases, dict, kwargs, &made) && give(call, made);
}

static bool type_init(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, VALUE_NONE);
}

static bool type_call(Vm *vm, Call *call)
{
    ARGS(call, cls, args, kwargs);
    size_t count = tuple_len(args);
    Value *items = stack_take(vm, (count + 1) * sizeof(Value)), result = VALUE_NONE;
    items[0] = cls;
    if (count)
        memcpy(items + 1, as_tuple(args)->items, count * sizeof(Value));
    Args all = { items + 1, count, NULL, dict_len(kwargs) ? as_dict(kwargs) : NULL };
    bool ok = class_call(vm, as_class(cls), &all, &result);
    stack_give(vm, items);
    return ok && give(call, result);
}

static bool type_repr(Vm *vm, Call *call)
{
    ARGS(call, cls);
    Buf out = { 0 };
    buf_puts(&out, "<class '");
    put_qualified(vm, as_class(cls), &out);
    buf_puts(&out, "'>");
    return give_buf(vm, call, &out);
}

static bool type_mro(Vm *vm, Call *call)
{
    ARGS(call, cls);
    Value list = make_list(vm, NULL, 0);
    for (uint32_t i = 0; i < as_class(cls)->mro_len; i++)
        list_append(vm, list, class_value(as_class(cls)->mro[i]));
    return give(call, list);
}

static bool type_subclasses(Vm *vm, Call *call)
{
    ARGS(call, cls);
    Value list = make_list(vm, NULL, 0);
    for (uint32_t i = 0; i < as_class(cls)->subclass_count; i++)
        list_append(vm, list, class_value(as_class(cls)->subclasses[i]));
    return give(call, list);
}

static bool type_or(Vm *vm, Call *call)
{
    ARGS(call, cls, other);
    Value result;
    return union_new(vm, cls, other, &result) && give(call, result);
}

static bool type_ror(Vm *vm, Call *call)
{
    ARGS(call, cls, other);
    Value result;
    return union_new(vm, other, cls, &result) && give(call, result);
}

static bool type_instancecheck(Vm *vm, Call *call)
{
    ARGS(call, cls, instance);
    return give(call, value_bool(class_is(value_class(vm, instance), as_class(cls))));
}

static bool type_subclasscheck(Vm *vm, Call *call)
{
    ARGS(call, cls, subclass);
    if (!is_class(subclass))
        return vm_raise(vm, "TypeError", "issubclass() arg 1 must be a class");
    return give(call, value_bool(class_is(as_class(subclass), as_class(cls))));
}

static bool type_prepare(Vm *vm, Call *call)
{
    return give(call, make_dict(vm));
}

static const NativeRow type_methods[] = {
    { "__new__(meta, name, bases=..., dict=..., /, **kwargs)", type_new, NULL },
    { "__init__(cls, /, *args, **kwargs)", type_init, NULL },
    { "__call__(cls, /, *args, **kwargs)", type_call, "Call self as a function." },
    { "__repr__(cls, /)", type_repr, "Return repr(self)." },
    { "mro(cls, /)", type_mro, "Return a type's method resolution order." },
    { "__subclasses__(cls, /)", type_subclasses, "Return a list of immediate subclasses." },
    { "__or__(cls, other, /)", type_or, "Return self|value." },
    { "__ror__(cls, other, /)", type_ror, "Return value|self." },
    { "__instancecheck__(cls, instance, /)", type_instancecheck, "isinstance()" },
    { "__subclasscheck__(cls, subclass, /)", type_subclasscheck, "issubclass()" },
};

static const NativeRow type_statics[] = {
    { "__prepare__(meta, /, *args, **kwargs)", type_prepare, "Make the class's namespace." },
};

const NativeClass type_class = {
    .name = "type",
    ROWS_OF(methods, method_count, type_methods),
    ROWS_OF(statics, static_count, type_statics),
    .doc = "type(object) -> the object's type\ntype(name, bases, dict, **kwds) -> a new type",
};

/* ---- isinstance and issubclass ---- */

static bool check_parts(Vm *vm, Value v, Value parts, bool instance, bool *is)
{
    bool ok = true;
    *is = false;
    if (!c_enter(vm))
        return false;
    for (size_t i = 0; ok && i < tuple_len(parts) && !*is; i++)
        ok = instance ? vm_isinstance(vm, v, tuple_get(parts, i), is)
                      : class_check_subclass(vm, v, tuple_get(parts, i), is);
    c_leave(vm);
    return ok;
}

static bool is_overridden(Vm *vm, Value cls, StrObj *name, Value *method)
{
    *method = class_lookup(vm, cls.object->cls, name);
    return value_given(*method) &&
           !(value_is(*method, OBJ_NATIVE) && as_native(*method)->owner == vm->classes[CLASS_TYPE]);
}

static bool call_check(Vm *vm, Value method, Value cls, Value v, bool *is)
{
    Value result;
    return special_call(vm, method, cls, &v, 1, &result) && to_truth(vm, result, is);
}

static bool by_class_attribute(Vm *vm, Value v, Value cls, bool *is)
{
    Value own;
    *is = class_is(value_class(vm, v), as_class(cls));
    if (*is || v.tag != TAG_OBJECT || !(v.object->cls->flags & CLASS_SCRIPT))
        return true;
    if (!attr_get_if(vm, v, SYM(vm, __class__), &own))
        return false;
    *is = is_class(own) && class_is(as_class(own), as_class(cls));
    return true;
}

bool vm_isinstance(Vm *vm, Value v, Value cls, bool *is)
{
    Value method;
    *is = false;
    if (is_opaque(v))
        return opaque_refuse(vm, v, "isinstance()");
    if (is_opaque(cls))
        return true;
    if (is_tuple(cls))
        return check_parts(vm, v, cls, true, is);
    if (is_class(cls)) {
        if (!is_overridden(vm, cls, SYM(vm, __instancecheck__), &method))
            return by_class_attribute(vm, v, cls, is);
        if (value_class(vm, v) == as_class(cls)) {
            *is = true;
            return true;
        }
        return call_check(vm, method, cls, v, is);
    }
    if (alias_is_union(vm, cls)) {
        Value parts = alias_args(vm, cls), none = VALUE_NONE;
        (void)none;
        for (size_t i = 0; i < tuple_len(parts) && !*is; i++) {
            Value part = tuple_get(parts, i);
            if (value_is_none(part))
                *is = value_is_none(v);
            else if (!vm_isinstance(vm, v, part, is))
                return false;
        }
        return true;
    }
    method = special_find(vm, cls, SYM(vm, __instancecheck__));
    if (value_given(method))
        return call_check(vm, method, cls, v, is);
    return vm_raise(vm, "TypeError",
                    "isinstance() arg 2 must be a type, a tuple of types, or a union");
}

bool class_check_subclass(Vm *vm, Value v, Value cls, bool *is)
{
    Value method;
    *is = false;
    if (is_opaque(v))
        return opaque_refuse(vm, v, "issubclass()");
    if (is_opaque(cls))
        return true;
    if (is_tuple(cls))
        return check_parts(vm, v, cls, false, is);
    if (alias_is_union(vm, cls))
        return check_parts(vm, v, alias_args(vm, cls), false, is);
    if (is_class(cls) && is_overridden(vm, cls, SYM(vm, __subclasscheck__), &method))
        return call_check(vm, method, cls, v, is);
    if (!is_class(v))
        return vm_raise(vm, "TypeError", "issubclass() arg 1 must be a class");
    if (!is_class(cls)) {
        method = special_find(vm, cls, SYM(vm, __subclasscheck__));
        if (value_given(method))
            return call_check(vm, method, cls, v, is);
        return vm_raise(vm, "TypeError",
                        "issubclass() arg 2 must be a class, a tuple of classes, or a union");
    }
    *is = class_is(as_class(v), as_class(cls));
    return true;
}
