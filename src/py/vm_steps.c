/* SPDX-License-Identifier: MIT */
#include "py/vm_steps.h"

#include "py/modules.h"
#include "py/obj_generator.h"
#include "py/obj_module.h"
#include "py/vm_call.h"
#include "py/vm_ops.h"

#define TOP (frame->top[-1])

static void push(Frame *frame, Value v)
{
    *frame->top++ = v;
}

/* Replaces the `count` topmost entries. */
static bool replace(Frame *frame, size_t count, Value v)
{
    frame->top -= count;
    *frame->top++ = v;
    return true;
}

static StrObj *name_of(const Frame *frame, uint32_t arg)
{
    return frame->code->names[arg];
}

/* ---- names ---- */

static bool raise_name(Vm *vm, StrObj *name)
{
    vm_raise(vm, "NameError", "name '%s' is not defined", name->text);
    exc_set(vm, as_exc(vm->pending), "name", value_object(name));
    return false;
}

bool step_unbound(Vm *vm, Frame *frame, uint32_t arg)
{
    const Code *code = frame->code->code;
    Str name = code->slots[arg].name;
    if (code->slots[arg].kind == SLOT_FREE)
        return vm_raise(vm, "NameError",
                        "cannot access free variable '%.*s' where it is not "
                        "associated with a value in enclosing scope",
                        STR_ARG(name));
    return vm_raise(vm, "UnboundLocalError",
                    "cannot access local variable '%.*s' where it is not associated with a value",
                    STR_ARG(name));
}

static bool namespace_get(Vm *vm, Value names, StrObj *name, Value *v)
{
    *v = VALUE_UNSET;
    if (value_is(names, OBJ_DICT)) {
        TableEntry *entry = table_find_str(&as_dict(names)->table, name);
        if (entry) {
            *v = entry->item;
            return true;
        }
        if (names.object->cls == vm->classes[CLASS_DICT] ||
            !value_given(op_script_method(vm, names, SYM(vm, __missing__))))
            return true;
    }
    if (!value_given(names) || vm_getitem(vm, names, value_object(name), v))
        return true;
    *v = VALUE_UNSET;
    if (!exc_is(vm, vm->pending, EXC_KeyError))
        return false;
    vm->pending = VALUE_UNSET;
    return true;
}

static bool global_get(Vm *vm, const Frame *frame, StrObj *name, Value *v)
{
    TableEntry *entry = table_find_str(&frame->globals->table, name);
    *v = entry ? entry->item : builtin_find(vm, name);
    return value_given(*v) || raise_name(vm, name);
}

bool step_load_name(Vm *vm, Frame *frame, uint32_t arg)
{
    Value v;
    StrObj *name = name_of(frame, arg);
    if (!namespace_get(vm, frame->names, name, &v))
        return false;
    if (!value_given(v) && !global_get(vm, frame, name, &v))
        return false;
    push(frame, v);
    return true;
}

static bool forward_ref(Vm *vm, StrObj *name, Value *v)
{
    Value cls, argument = value_object(name);
    return import_attr(vm, "typing", "ForwardRef", &cls) && vm_call(vm, cls, &argument, 1, v);
}

bool step_load_hint(Vm *vm, Frame *frame, uint32_t arg)
{
    Value v;
    StrObj *name = name_of(frame, arg);
    if (!namespace_get(vm, frame->names, name, &v))
        return false;
    const TableEntry *entry = value_given(v) ? NULL : table_find_str(&frame->globals->table, name);
    if (entry)
        v = entry->item;
    else if (!value_given(v))
        v = builtin_find(vm, name);
    if (!value_given(v) && !forward_ref(vm, name, &v))
        return false;
    push(frame, v);
    return true;
}

bool step_load_classdef(Vm *vm, Frame *frame, uint32_t arg)
{
    Value v;
    StrObj *name = name_of(frame, frame->code->code->name_count + arg);
    if (!namespace_get(vm, frame->names, name, &v))
        return false;
    if (!value_given(v))
        v = as_cell(frame->slots[arg])->content;
    if (!value_given(v))
        return step_unbound(vm, frame, arg);
    push(frame, v);
    return true;
}

bool step_store_name(Vm *vm, Frame *frame, uint32_t arg)
{
    Value names = frame->names, v = TOP;
    StrObj *name = name_of(frame, arg);
    if (value_is(names, OBJ_DICT) &&
        !value_given(op_script_method(vm, names, SYM(vm, __setitem__))))
        table_set_str(vm, &as_dict(names)->table, name, v);
    else if (!vm_setitem(vm, names, value_object(name), v))
        return false;
    frame->top--;
    return true;
}

bool step_delete_name(Vm *vm, Frame *frame, uint32_t arg)
{
    StrObj *name = name_of(frame, arg);
    if (value_is(frame->names, OBJ_DICT))
        return table_remove_str(vm, &as_dict(frame->names)->table, name) || raise_name(vm, name);
    return op_delitem(vm, frame->names, value_object(name));
}

bool step_load_global(Vm *vm, Frame *frame, uint32_t arg)
{
    Value v;
    if (!global_get(vm, frame, name_of(frame, arg), &v))
        return false;
    push(frame, v);
    return true;
}

bool step_store_global(Vm *vm, Frame *frame, uint32_t arg)
{
    table_set_str(vm, &frame->globals->table, name_of(frame, arg), TOP);
    frame->top--;
    return true;
}

bool step_delete_global(Vm *vm, Frame *frame, uint32_t arg)
{
    StrObj *name = name_of(frame, arg);
    return table_remove_str(vm, &frame->globals->table, name) || raise_name(vm, name);
}

/* ---- displays ---- */

bool step_build_slice(Vm *vm, Frame *frame, uint32_t arg)
{
    const Value *parts = frame->top - arg;
    return replace(frame, arg, slice_new(vm, parts[0], parts[1], arg == 3 ? parts[2] : VALUE_NONE));
}

bool step_build_tuple(Vm *vm, Frame *frame, uint32_t arg)
{
    return replace(frame, arg, make_tuple(vm, frame->top - arg, arg));
}

bool step_build_list(Vm *vm, Frame *frame, uint32_t arg)
{
    return replace(frame, arg, make_list(vm, frame->top - arg, arg));
}

bool step_build_set(Vm *vm, Frame *frame, uint32_t arg)
{
    Value set = value_object(set_new(vm, false));
    vm_push(vm, set);
    bool ok = true;
    for (size_t i = 0; ok && i < arg; i++)
        ok = set_add(vm, set, frame->top[(ptrdiff_t)i - (ptrdiff_t)arg]);
    vm_pop(vm, 1);
    return ok && replace(frame, arg, set);
}

bool step_build_map(Vm *vm, Frame *frame, uint32_t arg)
{
    Value dict = make_dict(vm);
    vm_push(vm, dict);
    const Value *pairs = frame->top - 2 * (size_t)arg;
    bool ok = true;
    for (size_t i = 0; ok && i < arg; i++)
        ok = dict_set(vm, dict, pairs[2 * i], pairs[2 * i + 1]);
    vm_pop(vm, 1);
    return ok && replace(frame, 2 * (size_t)arg, dict);
}

bool step_build_string(Vm *vm, Frame *frame, uint32_t arg)
{
    const Value *parts = frame->top - arg;
    size_t len = 0;
    for (size_t i = 0; i < arg; i++)
        len += as_str(parts[i])->len;
    if (len > 4096 && !heap_may_make(vm, len))
        return false;
    StrObj *text = str_new(vm, len);
    char *to = text->text;
    for (size_t i = 0; i < arg; i++) {
        memcpy(to, as_str(parts[i])->text, as_str(parts[i])->len);
        to += as_str(parts[i])->len;
    }
    return replace(frame, arg, value_object(text));
}

bool step_list_to_tuple(Vm *vm, Frame *frame, uint32_t arg)
{
    return replace(frame, 1, make_tuple(vm, as_list(TOP)->items, as_list(TOP)->len));
}

bool step_set_add(Vm *vm, Frame *frame, uint32_t arg)
{
    if (!set_add(vm, frame->top[-1 - (ptrdiff_t)arg], TOP))
        return false;
    frame->top--;
    return true;
}

bool step_map_add(Vm *vm, Frame *frame, uint32_t arg)
{
    if (!dict_set(vm, frame->top[-2 - (ptrdiff_t)arg], frame->top[-2], TOP))
        return false;
    frame->top -= 2;
    return true;
}

bool step_list_extend(Vm *vm, Frame *frame, uint32_t arg)
{
    if (!op_list_extend(vm, as_list(frame->top[-1 - (ptrdiff_t)arg]), TOP)) {
        if (exc_is(vm, vm->pending, EXC_TypeError) &&
            str_ends(exc_message(vm, vm->pending), STR("object is not iterable"))) {
            vm_catch(vm);
            vm_raise(vm, "TypeError", "Value after * must be an iterable, not %s",
                     type_name(vm, TOP));
        }
        return false;
    }
    frame->top--;
    return true;
}

bool step_set_update(Vm *vm, Frame *frame, uint32_t arg)
{
    Value list, set = frame->top[-1 - (ptrdiff_t)arg];
    if (!vm_to_list(vm, TOP, &list))
        return false;
    vm_push(vm, list);
    bool ok = true;
    for (size_t i = 0; ok && i < list_len(list); i++)
        ok = set_add(vm, set, list_get(list, i));
    vm_pop(vm, 1);
    frame->top--;
    return ok;
}

bool step_dict_update(Vm *vm, Frame *frame, uint32_t arg)
{
    if (!op_dict_update(vm, as_dict(frame->top[-1 - (ptrdiff_t)arg]), TOP, false, VALUE_NONE))
        return false;
    frame->top--;
    return true;
}

bool step_dict_merge(Vm *vm, Frame *frame, uint32_t arg)
{
    Value *dict = frame->top - 1 - arg;
    if (!op_dict_update(vm, as_dict(*dict), TOP, true, dict[-2]))
        return false;
    frame->top--;
    return true;
}

bool step_unpack_sequence(Vm *vm, Frame *frame, uint32_t arg)
{
    Value v = TOP;
    vm_push(vm, v);
    bool ok = op_unpack(vm, v, arg, 0, false, frame->top - 1);
    vm_pop(vm, 1);
    if (ok)
        frame->top += (ptrdiff_t)arg - 1;
    return ok;
}

bool step_unpack_ex(Vm *vm, Frame *frame, uint32_t arg)
{
    size_t before = arg & 0xFFF, after = arg >> 12;
    Value v = TOP;
    vm_push(vm, v);
    bool ok = op_unpack(vm, v, before, after, true, frame->top - 1);
    vm_pop(vm, 1);
    if (ok)
        frame->top += before + after;
    return ok;
}

bool step_format(Vm *vm, Frame *frame, uint32_t arg)
{
    Value spec = arg & FORMAT_SPEC ? TOP : VALUE_UNSET, result;
    size_t count = arg & FORMAT_SPEC ? 2 : 1;
    if (!op_format(vm, frame->top[-(ptrdiff_t)count], arg, spec, &result))
        return false;
    return replace(frame, count, result);
}

/* ---- functions ---- */

bool step_make_function(Vm *vm, Frame *frame, uint32_t arg)
{
    FuncObj *func = func_new(vm, as_code(TOP), frame->globals);
    frame->top--;
    if (arg & MAKE_CLOSURE)
        func->closure = as_tuple(*--frame->top);
    if (arg & MAKE_ANNOTATIONS)
        func->annotations = as_dict(*--frame->top);
    if (arg & MAKE_KWDEFAULTS)
        func->kwdefaults = as_dict(*--frame->top);
    if (arg & MAKE_DEFAULTS)
        func->defaults = as_tuple(*--frame->top);
    push(frame, value_object(func));
    return true;
}

bool step_load_build_class(Vm *vm, Frame *frame, uint32_t arg)
{
    push(frame, builtin_find(vm, SYM(vm, __build_class__)));
    return true;
}

/* ---- exceptions ---- */

static bool exception_of(Vm *vm, Value v, Value *exception)
{
    if (value_is(v, OBJ_CLASS) && as_class(v)->flags & CLASS_BASE_EXCEPTION) {
        if (!vm_call(vm, v, NULL, 0, exception))
            return false;
        return is_exception(*exception) ||
               vm_raise(vm, "TypeError",
                        "calling <class '%s'> should have returned an instance of BaseException, "
                        "not %s",
                        as_class(v)->name->text, type_name(vm, *exception));
    }
    *exception = v;
    if (is_opaque(v))
        return opaque_refuse(vm, v, "raise");
    return is_exception(v) ||
           vm_raise(vm, "TypeError", "exceptions must derive from BaseException");
}

static bool raise_from(Vm *vm, Frame *frame, ExcObj *exc)
{
    Value cause = TOP;
    if (!value_is_none(cause) && !is_exception(cause)) {
        if (!value_is(cause, OBJ_CLASS) || !(as_class(cause)->flags & CLASS_BASE_EXCEPTION))
            return vm_raise(vm, "TypeError", "exception causes must derive from BaseException");
        if (!exception_of(vm, cause, &cause))
            return false;
    }
    exc->cause = cause;
    exc->suppress = true;
    return true;
}

bool step_raise(Vm *vm, Frame *frame, uint32_t arg)
{
    if (arg == 0) {
        if (!is_exception(vm->handled))
            return vm_raise(vm, "RuntimeError", "No active exception to reraise");
        vm->pending = vm->handled;
        vm->again = true;
        return false;
    }
    Value exception;
    if (!exception_of(vm, frame->top[-(ptrdiff_t)arg], &exception))
        return false;
    vm_push(vm, exception);
    bool ok = arg == 1 || raise_from(vm, frame, as_exc(exception));
    vm_pop(vm, 1);
    return ok && vm_raise_value(vm, exception);
}

static bool can_be_caught(Vm *vm, Value v)
{
    if (value_is(v, OBJ_CLASS) && as_class(v)->flags & CLASS_BASE_EXCEPTION)
        return true;
    if (is_opaque(v))
        return opaque_refuse(vm, v, "except");
    return vm_raise(vm, "TypeError",
                    "catching classes that do not inherit from BaseException is not allowed");
}

bool step_exc_match(Vm *vm, Frame *frame, uint32_t arg)
{
    const Value *types = &TOP;
    size_t count = 1;
    if (value_is(TOP, OBJ_TUPLE))
        items_of(TOP, &types, &count);
    bool matches = false;
    Value exception = frame->top[-2];
    for (size_t i = 0; i < count && !matches; i++) {
        if (!can_be_caught(vm, types[i]))
            return false;
        matches = class_is(value_class(vm, exception), as_class(types[i]));
    }
    return replace(frame, 1, value_bool(matches));
}

/* ---- with ---- */

static bool with_begin(Vm *vm, Frame *frame, StrObj *enter_name, StrObj *exit_name, bool async)
{
    Value manager = TOP;
    if (is_opaque(manager))
        return opaque_refuse(vm, manager, "with");
    Value enter = special_find(vm, manager, enter_name), exit_method, result;
    Value leave = special_find(vm, manager, exit_name);
    if (!value_given(enter) || !value_given(leave))
        return vm_raise(
            vm, "TypeError", "'%s' object does not support the %scontext manager protocol%s",
            type_name(vm, manager), async ? "asynchronous " : "",
            value_given(enter) ? async ? " (missed __aexit__ method)" : " (missed __exit__ method)"
                               : "");
    if (!attr_bind(vm, leave, manager, value_class(vm, manager), &exit_method))
        return false;
    vm_push(vm, exit_method);
    bool ok = special_call(vm, enter, manager, NULL, 0, &result);
    vm_pop(vm, 1);
    if (!ok)
        return false;
    TOP = exit_method;
    push(frame, result);
    return true;
}

bool step_before_with(Vm *vm, Frame *frame, uint32_t arg)
{
    return with_begin(vm, frame, SYM(vm, __enter__), SYM(vm, __exit__), false);
}

bool step_before_async_with(Vm *vm, Frame *frame, uint32_t arg)
{
    return with_begin(vm, frame, SYM(vm, __aenter__), SYM(vm, __aexit__), true);
}

bool step_with_except(Vm *vm, Frame *frame, uint32_t arg)
{
    Value exception = TOP, result;
    TracebackObj *traceback = as_exc(exception)->traceback;
    Value args[3] = { class_value(value_class(vm, exception)), exception,
                      traceback ? value_object(traceback) : VALUE_NONE };
    if (!vm_call(vm, frame->top[-3], args, 3, &result))
        return false;
    push(frame, result);
    return true;
}

/* ---- imports ---- */

static bool import_step(Vm *vm, Frame *frame, uint32_t arg, bool may_fail)
{
    int64_t level = 0;
    Value module;
    int_small(frame->top[-2], &level);
    if (!import_name(vm, str_text(name_of(frame, arg)), TOP, level, frame->globals, may_fail,
                     &module))
        return false;
    return replace(frame, 2, module);
}

bool step_import_name(Vm *vm, Frame *frame, uint32_t arg)
{
    return import_step(vm, frame, arg, false);
}

bool step_import_name_try(Vm *vm, Frame *frame, uint32_t arg)
{
    return import_step(vm, frame, arg, true);
}

bool step_import_from(Vm *vm, Frame *frame, uint32_t arg)
{
    Value v;
    if (!import_from(vm, TOP, name_of(frame, arg), &v))
        return false;
    push(frame, v);
    return true;
}

bool step_import_star(Vm *vm, Frame *frame, uint32_t arg)
{
    if (!import_star(vm, TOP,
                     value_given(frame->names) ? frame->names : value_object(frame->globals)))
        return false;
    frame->top--;
    return true;
}

bool step_setup_annotations(Vm *vm, Frame *frame, uint32_t arg)
{
    Value v;
    if (!namespace_get(vm, frame->names, SYM(vm, __annotations__), &v))
        return false;
    return value_given(v) ||
           vm_setitem(vm, frame->names, value_object(SYM(vm, __annotations__)), make_dict(vm));
}

bool step_unsupported(Vm *vm, Frame *frame, uint32_t arg)
{
    Value text = frame->code->consts[arg];
    return vm_raise(vm, "NotImplementedError", "%s", is_str(text) ? as_str(text)->text : "?");
}

/* ---- coroutines ---- */

bool step_yield_from_iter(Vm *vm, Frame *frame, uint32_t arg)
{
    Value iterator;
    if (value_is(TOP, OBJ_GENERATOR)) {
        bool coroutine = TOP.object->cls == builtin_class(vm, CLASS_COROUTINE);
        if (coroutine && !(frame->code->code->flags & CODE_COROUTINE))
            return vm_raise(vm, "TypeError",
                            "cannot 'yield from' a coroutine object in a non-coroutine generator");
        return true;
    }
    if (!vm_iter(vm, TOP, &iterator))
        return false;
    TOP = iterator;
    return true;
}

bool step_awaitable(Vm *vm, Frame *frame, uint32_t arg)
{
    static const char *const messages[] = {
        [AWAIT_PLAIN] = "object %s can't be used in 'await' expression",
        [AWAIT_AENTER] = "'async with' received an object from __aenter__ that does not implement "
                         "__await__: %s",
        [AWAIT_AEXIT] = "'async with' received an object from __aexit__ that does not implement "
                        "__await__: %s",
    };
    Value iterator;
    if (!awaitable_iter(vm, TOP, messages[arg], &iterator))
        return false;
    TOP = iterator;
    return true;
}

bool step_aiter(Vm *vm, Frame *frame, uint32_t arg)
{
    Value method = special_find(vm, TOP, SYM(vm, __aiter__)), iterator;
    if (!value_given(method))
        return vm_raise(vm, "TypeError",
                        "'async for' requires an object with __aiter__ method, got %s",
                        type_name(vm, TOP));
    if (!special_call(vm, method, TOP, NULL, 0, &iterator))
        return false;
    if (!value_given(special_find(vm, iterator, SYM(vm, __anext__))))
        return vm_raise(vm, "TypeError",
                        "'async for' received an object from __aiter__ that does not implement "
                        "__anext__: %s",
                        type_name(vm, iterator));
    TOP = iterator;
    return true;
}

bool step_anext(Vm *vm, Frame *frame, uint32_t arg)
{
    Value method = special_find(vm, TOP, SYM(vm, __anext__)), awaitable, iterator;
    if (!value_given(method))
        return vm_raise(vm, "TypeError",
                        "'async for' requires an iterator with __anext__ method, got %s",
                        type_name(vm, TOP));
    if (!special_call(vm, method, TOP, NULL, 0, &awaitable))
        return false;
    vm_push(vm, awaitable);
    bool ok = awaitable_iter(
        vm, awaitable, "'async for' received an invalid object from __anext__: %s", &iterator);
    vm_pop(vm, 1);
    if (ok)
        push(frame, iterator);
    return ok;
}
