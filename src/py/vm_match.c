/* SPDX-License-Identifier: MIT */
/* The instructions of match statements, and those of type parameters. */
#include "py/obj_module.h"
#include "py/vm_ops.h"
#include "py/vm_steps.h"

#define TOP (frame->top[-1])

static bool push(Frame *frame, Value v)
{
    *frame->top++ = v;
    return true;
}

bool step_get_len(Vm *vm, Frame *frame, uint32_t arg)
{
    int64_t length;
    return op_length(vm, TOP, &length) && push(frame, value_int(length));
}

static bool has_method(Vm *vm, Value v, const char *name)
{
    return v.tag == TAG_OBJECT &&
           value_given(class_lookup(vm, v.object->cls, str_intern(vm, str_from(name))));
}

bool step_match_mapping(Vm *vm, Frame *frame, uint32_t arg)
{
    bool is =
        value_is(TOP, OBJ_DICT) || (!value_is(TOP, OBJ_CLASS) && has_method(vm, TOP, "keys") &&
                                    has_method(vm, TOP, "__getitem__"));
    return push(frame, value_bool(is));
}

bool step_match_sequence(Vm *vm, Frame *frame, uint32_t arg)
{
    bool is = value_is(TOP, OBJ_LIST) || value_is(TOP, OBJ_TUPLE) || value_is(TOP, OBJ_RANGE);
    if (!is && value_is(TOP, OBJ_NATIVE_INSTANCE))
        is = has_method(vm, TOP, "appendleft"); /* deque */
    if (!is && value_is(TOP, OBJ_INSTANCE)) {
        Value base;
        if (!vm_import(vm, STR("collections.abc"), &base) ||
            !vm_getattr_if(vm, base, "Sequence", &base))
            return false;
        if (value_is(base, OBJ_CLASS))
            is = class_is(TOP.object->cls, as_class(base));
    }
    return push(frame, value_bool(is));
}

static bool match_key(Vm *vm, Value subject, Value key, Value *found)
{
    *found = VALUE_UNSET;
    if (value_is(subject, OBJ_DICT))
        return dict_get(vm, subject, key, found);
    Value args[2] = { key, VALUE_NONE };
    bool has;
    if (!op_contains(vm, subject, key, &has))
        return false;
    return !has || vm_call_method(vm, subject, "get", args, 2, found);
}

bool step_match_keys(Vm *vm, Frame *frame, uint32_t arg)
{
    Value keys = TOP, subject = frame->top[-2];
    TupleObj *values = tuple_new(vm, tuple_len(keys));
    vm_push(vm, value_object(values));
    bool ok = true, all = true;
    for (size_t i = 0; ok && all && i < values->len; i++) {
        Value found;
        ok = match_key(vm, subject, tuple_get(keys, i), &found);
        if (ok)
            values->items[i] = found;
        all = ok && value_given(found);
    }
    vm_pop(vm, 1);
    return ok && push(frame, all ? value_object(values) : VALUE_NONE);
}

/* Built-in classes whose one positional pattern is the subject itself. */
static bool matches_itself(const Vm *vm, const Class *cls)
{
    static const BuiltinClass own[] = { CLASS_BOOL,  CLASS_BYTEARRAY, CLASS_BYTES, CLASS_DICT,
                                        CLASS_FLOAT, CLASS_FROZENSET, CLASS_INT,   CLASS_LIST,
                                        CLASS_SET,   CLASS_STR,       CLASS_TUPLE };
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (vm->classes[own[i]] && class_is(cls, vm->classes[own[i]]))
            return true;
    return false;
}

static bool match_positional(Vm *vm, Value subject, Value cls, size_t count, Value match_args,
                             ListObj *out, bool *matched)
{
    if (!value_given(match_args)) {
        bool itself = matches_itself(vm, as_class(cls));
        if (count > (itself ? 1 : 0))
            return vm_raise(vm, "TypeError", "%s() accepts %d positional sub-pattern%s (%zu given)",
                            as_class(cls)->name->text, itself, itself ? "" : "s", count);
        list_push(vm, out, subject);
        return true;
    }
    if (!is_tuple(match_args))
        return vm_raise(vm, "TypeError", "%s.__match_args__ must be a tuple (got %s)",
                        as_class(cls)->name->text, type_name(vm, match_args));
    if (count > tuple_len(match_args))
        return vm_raise(vm, "TypeError", "%s() accepts %zu positional sub-pattern%s (%zu given)",
                        as_class(cls)->name->text, tuple_len(match_args),
                        tuple_len(match_args) == 1 ? "" : "s", count);
    for (size_t i = 0; i < count && *matched; i++) {
        Value v, name = tuple_get(match_args, i);
        if (!is_str(name))
            return vm_raise(vm, "TypeError", "__match_args__ elements must be strings (got %s)",
                            type_name(vm, name));
        if (!attr_get_if(vm, subject, str_intern_obj(vm, as_str(name)), &v))
            return false;
        *matched = value_given(v);
        list_push(vm, out, v);
    }
    return true;
}

static bool match_class(Vm *vm, Value subject, Value cls, Value names, size_t count, ListObj *out,
                        bool *matched)
{
    if (!value_is(cls, OBJ_CLASS))
        return vm_raise(vm, "TypeError", "called match pattern must be a class");
    if (!vm_isinstance(vm, subject, cls, matched) || !*matched)
        return !value_given(vm->pending);
    Value match_args = VALUE_UNSET;
    if (count && !attr_get_if(vm, cls, SYM(vm, __match_args__), &match_args))
        return false;
    if (count && !match_positional(vm, subject, cls, count, match_args, out, matched))
        return false;
    for (size_t i = 0; *matched && i < tuple_len(names); i++) {
        Value v;
        if (!attr_get_if(vm, subject, str_intern_obj(vm, as_str(tuple_get(names, i))), &v))
            return false;
        *matched = value_given(v);
        list_push(vm, out, v);
    }
    return true;
}

bool step_match_class(Vm *vm, Frame *frame, uint32_t arg)
{
    ListObj *out = list_new(vm, 0);
    vm_push(vm, value_object(out));
    bool matched = false;
    bool ok = match_class(vm, frame->top[-3], frame->top[-2], TOP, arg, out, &matched);
    vm_pop(vm, 1);
    if (!ok)
        return false;
    frame->top -= 3;
    return push(frame, matched ? make_tuple(vm, out->items, out->len) : VALUE_NONE);
}

bool step_dict_without(Vm *vm, Frame *frame, uint32_t arg)
{
    DictObj *copy = dict_new(vm);
    Value keys = TOP;
    vm_push(vm, value_object(copy));
    bool ok = op_dict_update(vm, copy, frame->top[-2], false, VALUE_NONE);
    for (size_t i = 0; ok && i < tuple_len(keys); i++) {
        uint64_t hash;
        bool was;
        ok = value_hash(vm, tuple_get(keys, i), &hash) &&
             table_remove(vm, &copy->table, tuple_get(keys, i), hash, &was, NULL);
    }
    vm_pop(vm, 1);
    frame->top -= 2;
    return ok && push(frame, value_object(copy));
}

/* ---- type parameters ---- */

static bool call_typing(Vm *vm, const char *name, const Value *args, size_t count, Value *result)
{
    Value typing, callee;
    return vm_import(vm, STR("typing"), &typing) && vm_getattr(vm, typing, name, &callee) &&
           vm_call(vm, callee, args, count, result);
}

bool step_intrinsic(Vm *vm, Frame *frame, uint32_t arg)
{
    static const struct {
        const char *name;
        size_t operands, passed;
    } rows[] = {
        [INTRINSIC_TYPEVAR] = { "TypeVar", 3, 1 },
        [INTRINSIC_PARAMSPEC] = { "ParamSpec", 2, 1 },
        [INTRINSIC_TYPEVARTUPLE] = { "TypeVarTuple", 2, 1 },
        [INTRINSIC_TYPE_ALIAS] = { "TypeAliasType", 3, 0 },
        [INTRINSIC_SUBSCRIPT_GENERIC] = { NULL, 1, 0 },
        [INTRINSIC_SET_TYPE_PARAMS] = { NULL, 2, 0 },
    };
    Value *operands = frame->top - rows[arg].operands, result = operands[0];
    bool ok = true;
    if (arg == INTRINSIC_SET_TYPE_PARAMS && value_is(operands[0], OBJ_FUNCTION)) {
        as_func(operands[0])->type_params = operands[1];
    } else if (arg == INTRINSIC_SUBSCRIPT_GENERIC) {
        Value typing, generic;
        ok = vm_import(vm, STR("typing"), &typing) && vm_getattr(vm, typing, "Generic", &generic) &&
             vm_getitem(vm, generic, operands[0], &result);
    } else if (arg == INTRINSIC_TYPE_ALIAS) {
        Value args[2] = { operands[0], VALUE_NONE };
        ok = vm_call(vm, operands[2], NULL, 0, &args[1]);
        vm_push(vm, args[1]);
        ok = ok && call_typing(vm, "TypeAliasType", args, 2, &result);
        vm_pop(vm, 1);
    } else if (rows[arg].name) {
        ok = call_typing(vm, rows[arg].name, operands, rows[arg].passed, &result);
    }
    frame->top -= rows[arg].operands;
    return ok && push(frame, result);
}
