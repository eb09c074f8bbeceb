/* SPDX-License-Identifier: MIT */
/* Subscripts, membership, iteration, unpacking and text of any values. */
#include <stdio.h>

#include "py/alias.h"
#include "py/frame.h"
#include "py/obj_generator.h"
#include "py/obj_module.h"
#include "py/operators.h"
#include "py/vm_ops.h"

/* ---- subscripts ---- */

static bool made_of_served(Vm *vm, const Class *cls)
{
    if (!(cls->flags & CLASS_SCRIPT))
        return !(cls->flags & CLASS_BUILTIN);
    TableEntry *name = table_find_str(&cls->attrs->table, SYM(vm, __module__));
    TableEntry *module = name && value_is(name->item, OBJ_STR)
                             ? table_find_str(&vm->modules->table, as_str(name->item))
                             : NULL;
    return module && value_is(module->item, OBJ_MODULE) && as_module(module->item)->served;
}

/* Classes that are served do not say which of them Python's libraries make generic: any may be. */
static bool may_be_generic(Vm *vm, Class *cls)
{
    for (uint32_t i = 0; i < cls->mro_len; i++)
        if (made_of_served(vm, cls->mro[i]))
            return true;
    return cls == value_class(vm, class_value(cls)) && cls->mro_len == 2;
}

static bool class_subscript(Vm *vm, Value cls, Value key, Value *result)
{
    Value method = class_lookup(vm, cls.object->cls, SYM(vm, __getitem__));
    if (value_given(method))
        return special_call(vm, method, cls, &key, 1, result);
    if (!attr_get_if(vm, cls, SYM(vm, __class_getitem__), &method))
        return false;
    if (!value_given(method) && may_be_generic(vm, as_class(cls))) {
        *result = alias_new(vm, cls, key);
        return true;
    }
    if (!value_given(method))
        return vm_raise(vm, "TypeError", "type '%s' is not subscriptable",
                        as_class(cls)->name->text);
    vm_push(vm, method);
    bool ok = vm_call(vm, method, &key, 1, result);
    vm_pop(vm, 1);
    return ok;
}

bool vm_getitem(Vm *vm, Value object, Value key, Value *result)
{
    if (value_is(object, OBJ_CLASS))
        return class_subscript(vm, object, key, result);
    if (is_opaque(object)) {
        *result = opaque_derive(vm, object, STR("[...]"));
        return true;
    }
    Value method = op_script_method(vm, object, SYM(vm, __getitem__));
    if (value_given(method))
        return special_call(vm, method, object, &key, 1, result);
    if (!operator_getitem(vm, object, key, result))
        return false;
    return result->tag != TAG_NOT_IMPLEMENTED ||
           vm_raise(vm, "TypeError", "'%s' object is not subscriptable", type_name(vm, object));
}

bool vm_setitem(Vm *vm, Value object, Value key, Value v)
{
    if (is_opaque(object))
        return true;
    Value method = op_script_method(vm, object, SYM(vm, __setitem__)), ignored;
    Value args[2] = { key, v };
    if (value_given(method))
        return special_call(vm, method, object, args, 2, &ignored);
    bool done;
    if (!operator_setitem(vm, object, key, v, &done))
        return false;
    return done || vm_raise(vm, "TypeError", "'%s' object does not support item assignment",
                            type_name(vm, object));
}

bool op_delitem(Vm *vm, Value object, Value key)
{
    Value method = op_script_method(vm, object, SYM(vm, __delitem__)), ignored;
    if (value_given(method))
        return special_call(vm, method, object, &key, 1, &ignored);
    bool done;
    if (!operator_delitem(vm, object, key, &done))
        return false;
    return done || vm_raise(vm, "TypeError", "'%s' object doesn't support item deletion",
                            type_name(vm, object));
}

/* ---- iteration ---- */

static IterStep *builtin_step(Value v)
{
    if (v.tag != TAG_OBJECT)
        return NULL;
    switch ((int)v.object->kind) {
    case OBJ_LIST:
        return iter_step_list;
    case OBJ_TUPLE:
        return iter_step_tuple;
    case OBJ_STR:
        return iter_step_str;
    case OBJ_DICT:
    case OBJ_SET:
        return iter_step_keys;
    case OBJ_RANGE:
        return iter_step_range;
    case OBJ_BYTES:
        return iter_step_sequence;
    default:
        return NULL;
    }
}

static bool is_iterator(Vm *vm, Value v)
{
    return value_is(v, OBJ_ITERATOR) || value_is(v, OBJ_GENERATOR) ||
           value_given(class_lookup(vm, value_class(vm, v), SYM(vm, __next__)));
}

bool vm_iter(Vm *vm, Value v, Value *iterator)
{
    IterStep *step = builtin_step(v);
    if (value_is(v, OBJ_ITERATOR) ||
        (value_is(v, OBJ_GENERATOR) && v.object->cls == vm->classes[CLASS_GENERATOR])) {
        *iterator = v;
        return true;
    }
    if (is_opaque(v))
        return opaque_refuse(vm, v, "iteration");
    Value method = op_script_method(vm, v, SYM(vm, __iter__));
    if (!value_given(method) && step) {
        *iterator = value_object(iter_new(vm, NULL, step, v));
        return true;
    }
    if (!value_given(method) && v.tag == TAG_OBJECT)
        method = class_lookup(vm, v.object->cls, SYM(vm, __iter__));
    if (value_given(method) && !value_is_none(method)) {
        if (!special_call(vm, method, v, NULL, 0, iterator))
            return false;
        return is_iterator(vm, *iterator) ||
               vm_raise(vm, "TypeError", "iter() returned non-iterator of type '%s'",
                        type_name(vm, *iterator));
    }
    if (!value_is(v, OBJ_CLASS) && !value_given(method) &&
        value_given(op_script_method(vm, v, SYM(vm, __getitem__)))) {
        *iterator = value_object(iter_new(vm, NULL, iter_step_sequence, v));
        return true;
    }
    return vm_raise(vm, "TypeError", "'%s' object is not iterable", type_name(vm, v));
}

bool vm_iter_next(Vm *vm, Value iterator, Value *item)
{
    *item = VALUE_UNSET;
    if (value_is(iterator, OBJ_ITERATOR))
        return as_iter(iterator)->step(vm, as_iter(iterator), item);
    if (value_is(iterator, OBJ_GENERATOR)) {
        Value returned;
        return generator_resume(vm, as_generator(iterator), VALUE_NONE, VALUE_UNSET, item,
                                &returned);
    }
    Value method = special_find(vm, iterator, SYM(vm, __next__));
    if (!value_given(method))
        return vm_raise(vm, "TypeError", "'%s' object is not an iterator", type_name(vm, iterator));
    if (special_call(vm, method, iterator, NULL, 0, item))
        return true;
    *item = VALUE_UNSET;
    if (!exc_is(vm, vm->pending, EXC_StopIteration))
        return false;
    vm->pending = VALUE_UNSET;
    return true;
}

static bool list_extend_iter(Vm *vm, ListObj *list, Value iterable)
{
    Value iterator, item;
    if (!vm_iter(vm, iterable, &iterator))
        return false;
    vm_push(vm, iterator);
    vm_push(vm, value_object(list));
    bool ok;
    while ((ok = vm_iter_next(vm, iterator, &item)) && value_given(item)) {
        if (list->len >= 1 << 20 && list->len == list->cap &&
            !heap_may_make(vm, list->len * 2 * sizeof(Value))) {
            ok = false;
            break;
        }
        list_push(vm, list, item);
    }
    vm_pop(vm, 2);
    return ok;
}

bool op_list_extend(Vm *vm, ListObj *list, Value iterable)
{
    const Value *items;
    size_t count;
    if (items_of(iterable, &items, &count) && iterable.object->cls->flags & CLASS_BUILTIN) {
        size_t wanted = list->len + count;
        if (wanted > 1 << 16 && !heap_may_make(vm, wanted * sizeof(Value)))
            return false;
        list_reserve(vm, list, list->len && wanted > list->cap ? wanted + wanted / 2 : wanted);
        items_of(iterable, &items, &count); /* of itself: the items have moved */
        if (count)
            memmove(list->items + list->len, items, count * sizeof(Value));
        list->len += count;
        return true;
    }
    return list_extend_iter(vm, list, iterable);
}

bool vm_to_list(Vm *vm, Value iterable, Value *list)
{
    ListObj *made = list_new(vm, 0);
    *list = value_object(made);
    vm_push(vm, *list);
    bool ok = op_list_extend(vm, made, iterable);
    vm_pop(vm, 1);
    return ok;
}

/* ---- membership ---- */

static bool contains_by_iteration(Vm *vm, Value container, Value item, bool *is)
{
    Value iterator, each;
    if (!vm_iter(vm, container, &iterator)) {
        if (exc_is(vm, vm->pending, EXC_TypeError)) {
            vm_catch(vm);
            vm_raise(vm, "TypeError", "argument of type '%s' is not iterable",
                     type_name(vm, container));
        }
        return false;
    }
    vm_push(vm, iterator);
    *is = false;
    bool ok;
    while ((ok = vm_iter_next(vm, iterator, &each)) && value_given(each) && !*is) {
        ok = value_eq(vm, each, item, is);
        if (!ok)
            break;
    }
    vm_pop(vm, 1);
    return ok;
}

bool op_contains(Vm *vm, Value container, Value item, bool *is)
{
    if (is_opaque(container))
        return opaque_refuse(vm, container, "a test of membership");
    Value method = op_script_method(vm, container, SYM(vm, __contains__)), result;
    if (value_is_none(method))
        return vm_raise(vm, "TypeError", "'%s' object is not a container",
                        type_name(vm, container));
    if (value_given(method))
        return special_call(vm, method, container, &item, 1, &result) && to_truth(vm, result, is);
    if (!value_given(op_script_method(vm, container, SYM(vm, __iter__)))) {
        if (!operator_contains(vm, container, item, &result))
            return false;
        if (result.tag != TAG_NOT_IMPLEMENTED)
            return to_truth(vm, result, is);
    }
    return contains_by_iteration(vm, container, item, is);
}

/* ---- unpacking ---- */

static bool raise_unpack(Vm *vm, size_t got, size_t wanted, bool starred)
{
    if (got < wanted)
        return vm_raise(vm, "ValueError", "not enough values to unpack (expected %s%zu, got %zu)",
                        starred ? "at least " : "", wanted, got);
    return vm_raise(vm, "ValueError", "too many values to unpack (expected %zu)", wanted);
}

static bool unpack_iterable(Vm *vm, Value v, size_t wanted, bool starred, ListObj *list)
{
    Value iterator, item;
    vm_push(vm, value_object(list));
    if (!vm_iter(vm, v, &iterator)) {
        vm_pop(vm, 1);
        if (exc_is(vm, vm->pending, EXC_TypeError)) {
            vm_catch(vm);
            vm_raise(vm, "TypeError", "cannot unpack non-iterable %s object", type_name(vm, v));
        }
        return false;
    }
    vm_push(vm, iterator);
    bool ok = true;
    while (starred || list->len <= wanted) {
        ok = vm_iter_next(vm, iterator, &item);
        if (!ok || !value_given(item))
            break;
        list_push(vm, list, item);
    }
    vm_pop(vm, 2);
    return ok;
}

bool op_unpack(Vm *vm, Value v, size_t before, size_t after, bool starred, Value *out)
{
    const Value *items;
    size_t count, wanted = before + after;
    if (!items_of(v, &items, &count) || !(v.object->cls->flags & CLASS_BUILTIN)) {
        ListObj *list = list_new(vm, 0);
        if (!unpack_iterable(vm, v, wanted, starred, list))
            return false;
        items = list->items;
        count = list->len;
    }
    if (count < wanted || (count > wanted && !starred))
        return raise_unpack(vm, count, wanted, starred);
    size_t top = wanted + starred;
    for (size_t i = 0; i < before; i++)
        out[--top] = items[i];
    if (starred)
        out[--top] = make_list(vm, items + before, count - wanted);
    for (size_t i = count - after; i < count; i++)
        out[--top] = items[i];
    return true;
}

/* ---- displays and keyword arguments of mappings ---- */

static bool merge_one(Vm *vm, DictObj *dict, Value key, Value item, Value callee)
{
    if (!value_is(key, OBJ_STR))
        return vm_raise(vm, "TypeError", "keywords must be strings");
    if (table_find_str(&dict->table, as_str(key))) {
        Str name = callable_shown(vm, callee);
        return vm_raise(vm, "TypeError", "%.*s() got multiple values for keyword argument '%s'",
                        STR_ARG(name), as_str(key)->text);
    }
    table_set_str(vm, &dict->table, as_str(key), item);
    return true;
}

static bool update_one(Vm *vm, DictObj *dict, Value key, Value item, bool merge, Value callee)
{
    uint64_t hash;
    if (merge)
        return merge_one(vm, dict, key, item, callee);
    return value_hash(vm, key, &hash) && table_set(vm, &dict->table, key, hash, item);
}

static bool raise_no_mapping(Vm *vm, Value mapping, bool merge, Value callee)
{
    if (!merge)
        return vm_raise(vm, "TypeError", "'%s' object is not a mapping", type_name(vm, mapping));
    Str name = callable_shown(vm, callee);
    return vm_raise(vm, "TypeError", "%.*s() argument after ** must be a mapping, not %s",
                    STR_ARG(name), type_name(vm, mapping));
}

bool op_dict_update(Vm *vm, DictObj *dict, Value mapping, bool merge, Value callee)
{
    if (is_opaque(mapping))
        return opaque_refuse(vm, mapping, "a mapping");
    if (value_is(mapping, OBJ_DICT) && !value_given(op_script_method(vm, mapping, SYM(vm, keys)))) {
        uint32_t at = 0;
        for (TableEntry *entry; (entry = table_next(&as_dict(mapping)->table, &at));)
            if (!update_one(vm, dict, entry->key, entry->item, merge, callee))
                return false;
        return true;
    }
    Value keys, iterator, key, item, method;
    if (!attr_get_if(vm, mapping, SYM(vm, keys), &method))
        return false;
    if (!value_given(method))
        return raise_no_mapping(vm, mapping, merge, callee);
    if (!vm_call(vm, method, NULL, 0, &keys) || !vm_iter(vm, keys, &iterator))
        return false;
    vm_push(vm, iterator);
    vm_push(vm, value_object(dict));
    bool ok;
    while ((ok = vm_iter_next(vm, iterator, &key)) && value_given(key)) {
        vm_push(vm, key);
        ok = vm_getitem(vm, mapping, key, &item) && update_one(vm, dict, key, item, merge, callee);
        vm_pop(vm, 1);
        if (!ok)
            break;
    }
    vm_pop(vm, 2);
    return ok;
}

/* ---- text ---- */

static bool is_builtin_native(Value method)
{
    return value_is(method, OBJ_NATIVE) && as_native(method)->owner &&
           as_native(method)->owner->flags & CLASS_BUILTIN;
}

static bool text_by_method(Vm *vm, Value method, Value v, const char *name, Value *text)
{
    if (!special_call(vm, method, v, NULL, 0, text))
        return false;
    return is_str(*text) || vm_raise(vm, "TypeError", "%s returned non-string (type %s)", name,
                                     type_name(vm, *text));
}

/* By operators.h; *known as there. */
static bool text_by_operator(Vm *vm, Value v, bool repr, Value *text, bool *known)
{
    Buf out = { 0 };
    bool ok = repr ? operator_repr(vm, v, &out, known) : operator_str(vm, v, &out, known);
    if (ok && *known)
        *text = make_str(vm, buf_str(&out));
    buf_free(&out);
    return ok;
}

static bool repr_inner(Vm *vm, Value v, Value *text)
{
    Value method = class_lookup(vm, value_class(vm, v), SYM(vm, __repr__));
    bool known = false;
    if (!value_given(method) || is_builtin_native(method))
        if (!text_by_operator(vm, v, true, text, &known) || known)
            return !value_given(vm->pending);
    return text_by_method(vm, method, v, "__repr__", text);
}

bool vm_repr(Vm *vm, Value v, Value *text)
{
    if (!c_enter(vm))
        return false;
    bool ok = repr_inner(vm, v, text);
    c_leave(vm);
    return ok;
}

bool vm_str(Vm *vm, Value v, Value *text)
{
    if (v.tag == TAG_OBJECT && v.object->cls == vm->classes[CLASS_STR]) {
        *text = v;
        return true;
    }
    if (is_opaque(v))
        return opaque_refuse(vm, v, "text");
    Class *owner;
    Value method = class_lookup_in(vm, value_class(vm, v), SYM(vm, __str__), &owner);
    bool object_s = !value_given(method) || owner == vm->classes[CLASS_OBJECT];
    bool known = false;
    if (object_s && !value_is(v, OBJ_STR))
        return vm_repr(vm, v, text);
    if (object_s || is_builtin_native(method))
        if (!text_by_operator(vm, v, false, text, &known) || known)
            return !value_given(vm->pending);
    if (!c_enter(vm))
        return false;
    bool ok = text_by_method(vm, method, v, "__str__", text);
    c_leave(vm);
    return ok;
}

bool vm_format(Vm *vm, Value v, Str spec, Value *text)
{
    if (is_opaque(v))
        return opaque_refuse(vm, v, "text");
    Value method = class_lookup(vm, value_class(vm, v), SYM(vm, __format__));
    if (spec.len == 0 && (!value_given(method) || is_builtin_native(method)))
        return vm_str(vm, v, text);
    Value arg = make_str(vm, spec);
    if (!special_call(vm, method, v, &arg, 1, text))
        return false;
    return is_str(*text) ||
           vm_raise(vm, "TypeError", "__format__ must return a str, not %s", type_name(vm, *text));
}

bool op_format(Vm *vm, Value v, unsigned flags, Value spec, Value *result)
{
    bool ok = true;
    Value text = v;
    switch (flags & FORMAT_CONVERSION) {
    case FORMAT_STR:
        ok = vm_str(vm, v, &text);
        break;
    case FORMAT_REPR:
        ok = vm_repr(vm, v, &text);
        break;
    case FORMAT_ASCII:
        ok = vm_ascii(vm, v, &text);
        break;
    default:
        break;
    }
    if (!ok)
        return false;
    vm_push(vm, text);
    Str format = flags & FORMAT_SPEC ? str_text(as_str(spec)) : STR("");
    ok = vm_format(vm, text, format, result);
    vm_pop(vm, 1);
    return ok;
}

bool vm_ascii(Vm *vm, Value v, Value *text)
{
    if (!vm_repr(vm, v, text))
        return false;
    if (str_is_ascii(as_str(*text)))
        return true;
    Buf out = { 0 };
    Str source = str_text(as_str(*text));
    for (size_t at = 0; at < source.len;) {
        uint32_t c = utf8_next(source, &at);
        if (c < 0x80)
            buf_putc(&out, (char)c);
        else
            buf_printf(&out, c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x", c);
    }
    *text = make_str(vm, buf_str(&out));
    buf_free(&out);
    return true;
}
