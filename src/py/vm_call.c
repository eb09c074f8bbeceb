/* SPDX-License-Identifier: MIT */
#include "py/vm_call.h"

#include <assert.h>

#include "py/native_args.h"
#include "py/obj_generator.h"

bool args_keyword(const Args *args, uint32_t *at, StrObj **name, Value *v)
{
    if (args->names) {
        if (*at >= args->names->len)
            return false;
        *name = as_str(args->names->items[*at]);
        *v = args->items[args->count + *at];
        ++*at;
        return true;
    }
    const TableEntry *entry = args->dict ? table_next(&args->dict->table, at) : NULL;
    if (!entry)
        return false;
    *name = as_str(entry->key);
    *v = entry->item;
    return true;
}

/* ---- natives ---- */

Value param_default(Vm *vm, const Param *param)
{
    const Datum *d = &param->fallback;
    if (param->unset_default || param->required)
        return VALUE_UNSET;
    switch ((int)d->kind) {
    case DATUM_BOOL:
        return value_bool(d->truth);
    case DATUM_INT:
        return value_int(d->integer);
    case DATUM_FLOAT:
        return value_float(d->real);
    case DATUM_STR:
        return value_object(str_intern(vm, d->text));
    case DATUM_LIST:
        return value_object(tuple_new(vm, 0));
    default:
        return VALUE_NONE;
    }
}

static void native_prepare(Vm *vm, NativeObj *native)
{
    native->signature = signature_parse(vm->arena, native->row->signature);
    native->defaults = ARENA_ARRAY(vm->arena, Value, native->signature->count);
    for (size_t i = 0; i < native->signature->count; i++) {
        const Param *param = &native->signature->params[i];
        if (param->fallback.kind != DATUM_LIST)
            native->defaults[i] = param_default(vm, param);
    }
}

/* What __new__ is given: the class that it belongs to, or one that inherits from it. */
static bool check_new(Vm *vm, const NativeObj *native, const Value *items, size_t count)
{
    const char *owner = native->owner->name->text;
    if (count == 0)
        return vm_raise(vm, "TypeError", "%s.__new__(): not enough arguments", owner);
    if (!is_class(items[0]))
        return vm_raise(vm, "TypeError", "%s.__new__(X): X is not a type object (%s)", owner,
                        type_name(vm, items[0]));
    const char *name = as_class(items[0])->name->text;
    return class_is(as_class(items[0]), native->owner) ||
           vm_raise(vm, "TypeError", "%s.__new__(%s): %s is not a subtype of %s", owner, name, name,
                    owner);
}

static bool check_owner(Vm *vm, const NativeObj *native, const Value *items, size_t count)
{
    if (!native->owner)
        return true;
    if (native->name == SYM(vm, __new__))
        return check_new(vm, native, items, count);
    if (count == 0)
        return vm_raise(vm, "TypeError", "unbound method %s.%s() needs an argument",
                        native->owner->name->text, native->name->text);
    if (class_is(value_class(vm, items[0]), native->owner))
        return true;
    return vm_raise(vm, "TypeError",
                    "descriptor '%s' for '%s' objects doesn't apply to a '%s' object",
                    native->name->text, native->owner->name->text, type_name(vm, items[0]));
}

/* A native that cannot do with an Opaque says so in its own words: better ours. */
static void blame_opaque(Vm *vm, const NativeObj *native, const Call *call)
{
    if (!exc_is(vm, vm->pending, EXC_TypeError))
        return;
    for (size_t i = 0; i < call->count; i++) {
        if (!is_opaque(call->args[i]))
            continue;
        bool makes = native->name == SYM(vm, __new__) && is_class(call->args[0]);
        Str use = str_format(vm->arena, "%s()",
                             makes ? as_class(call->args[0])->name->text : native->name->text);
        vm_catch(vm);
        opaque_refuse(vm, call->args[i], use.ptr);
        return;
    }
}

static bool native_enter(Vm *vm, NativeObj *native, Call *call, Value *result)
{
    NativeFrame frame = { .below = vm->native,
                          .call = call,
                          .callee = value_object(native),
                          .frame = vm->frame,
                          .records = native->records };
    vm->native = &frame;
    size_t roots = vm->root_len;
    bool ok = native->row->fn(vm, call);
    assert(ok == !value_given(vm->pending));
    vm->root_len = roots;
    if (!ok)
        blame_opaque(vm, native, call);
    vm->native = frame.below;
    *result = call->result;
    return ok;
}

static bool native_call_bound(Vm *vm, NativeObj *native, const Value *items, size_t count,
                              const Args *keywords, Value *result)
{
    const Signature *s = native->signature;
    Value *values = stack_take(vm, (s->count + 1) * sizeof(Value));
    Binder binder = { .signature = s, .name = s->name, .values = values };
    bool ok = signature_bind(vm, &binder, items, count, keywords);
    for (size_t i = 0; ok && i < s->count; i++) {
        if (value_given(values[i]))
            continue;
        values[i] = s->params[i].fallback.kind == DATUM_LIST ? value_object(tuple_new(vm, 0))
                                                             : native->defaults[i];
    }
    Call call = { .args = values,
                  .count = s->count,
                  .result = VALUE_NONE,
                  .row = native->row,
                  .context = native->context };
    ok = ok && native_enter(vm, native, &call, result);
    stack_give(vm, values);
    return ok;
}

static bool native_call_unbound(Vm *vm, NativeObj *native, const Args *args, Value *result)
{
    Call call = { .args = args->items,
                  .count = args->count + (args->names ? args->names->len : 0),
                  .result = VALUE_NONE,
                  .row = native->row,
                  .context = native->context,
                  .given = args };
    return native_enter(vm, native, &call, result);
}

bool native_call(Vm *vm, NativeObj *native, const Value *items, size_t count, const Args *keywords,
                 Value *result)
{
    if (!native->signature)
        native_prepare(vm, native);
    if (!check_owner(vm, native, items, count))
        return false;
    if (native->row->unbound)
        return native_call_unbound(vm, native, keywords, result);
    const Signature *s = native->signature;
    bool plain = count == s->count && s->positional == s->count && !args_keyword_count(keywords);
    if (!plain)
        return native_check_count(vm, native, items, count, args_keyword_count(keywords)) &&
               native_call_bound(vm, native, items, count, keywords, result);
    Call call = { .args = items,
                  .count = count,
                  .result = VALUE_NONE,
                  .row = native->row,
                  .context = native->context };
    return native_enter(vm, native, &call, result);
}

/* ---- scripts' functions ---- */

/* The names of the parameters that were not given: "'a'", "'a' and 'b'", "'a', 'b', and 'c'". */
static void put_names(Buf *out, const Str *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buf_puts(out, count == 2 ? " and " : i + 1 == count ? ", and " : ", ");
        buf_printf(out, "'%.*s'", STR_ARG(names[i]));
    }
}

static bool raise_missing(Vm *vm, Str name, const Str *missing, size_t count, const char *kind)
{
    Buf names = { 0 };
    put_names(&names, missing, count);
    vm_raise(vm, "TypeError", "%.*s() missing %zu required %s argument%s: %.*s", STR_ARG(name),
             count, kind, count == 1 ? "" : "s", STR_ARG(buf_str(&names)));
    buf_free(&names);
    return false;
}

static bool raise_too_many(Vm *vm, Str name, size_t most, size_t least, size_t given,
                           size_t given_keyword_only)
{
    Buf text = { 0 };
    if (least != most)
        buf_printf(&text, "from %zu to %zu", least, most);
    else
        buf_printf(&text, "%zu", most);
    bool plural = least != most || most != 1;
    char extra[96] = "";
    if (given_keyword_only)
        snprintf(extra, sizeof extra, " positional argument%s (and %zu keyword-only argument%s)",
                 given == 1 ? "" : "s", given_keyword_only, given_keyword_only == 1 ? "" : "s");
    vm_raise(vm, "TypeError", "%.*s() takes %.*s positional argument%s but %zu%s %s given",
             STR_ARG(name), STR_ARG(buf_str(&text)), plural ? "s" : "", given, extra,
             given == 1 && !given_keyword_only ? "was" : "were");
    buf_free(&text);
    return false;
}

static bool function_too_many(Vm *vm, FuncObj *func, Frame *frame, size_t given)
{
    const Code *c = func->code->code;
    size_t defaults = func->defaults ? func->defaults->len : 0, keyword_only = 0;
    for (size_t i = 0; i < c->kwonly_count; i++)
        keyword_only += value_given(frame->slots[c->arg_count + i]);
    return raise_too_many(vm, str_text(as_str(func->qualname)), c->arg_count,
                          c->arg_count - defaults, given, keyword_only);
}

static bool function_posonly_by_name(Vm *vm, FuncObj *func, const Args *args)
{
    const Code *c = func->code->code;
    Buf names = { 0 };
    StrObj *name;
    Value v;
    for (uint32_t at = 0; args_keyword(args, &at, &name, &v);)
        for (size_t i = 0; i < c->posonly_count; i++)
            if (str_eq(c->slots[i].name, str_text(name)))
                buf_printf(&names, "%s%s", names.len ? ", " : "", name->text);
    bool any = names.len > 0;
    if (any)
        vm_raise(vm, "TypeError",
                 "%s() got some positional-only arguments passed as keyword arguments: '%.*s'",
                 as_str(func->qualname)->text, STR_ARG(buf_str(&names)));
    buf_free(&names);
    return any;
}

static bool function_bind_keywords(Vm *vm, FuncObj *func, Frame *frame, const Args *args,
                                   DictObj *rest)
{
    const Code *c = func->code->code;
    StrObj *const *slot_names = func->code->names + c->name_count;
    size_t count = c->arg_count + c->kwonly_count;
    StrObj *name;
    Value v;
    for (uint32_t at = 0; args_keyword(args, &at, &name, &v);) {
        size_t i = c->posonly_count;
        while (i < count && slot_names[i] != name && !str_obj_eq(slot_names[i], name))
            i++;
        if (i < count) {
            if (value_given(frame->slots[i]))
                return vm_raise(vm, "TypeError", "%s() got multiple values for argument '%s'",
                                as_str(func->qualname)->text, name->text);
            frame->slots[i] = v;
        } else if (rest) {
            table_set_str(vm, &rest->table, name, v);
        } else if (function_posonly_by_name(vm, func, args)) {
            return false;
        } else {
            return vm_raise(vm, "TypeError", "%s() got an unexpected keyword argument '%s'",
                            as_str(func->qualname)->text, name->text);
        }
    }
    return true;
}

static bool function_missing(Vm *vm, FuncObj *func, const Frame *frame, size_t from, size_t to,
                             const char *kind)
{
    const Code *c = func->code->code;
    Str *missing = stack_take(vm, (to - from + 1) * sizeof *missing);
    size_t count = 0;
    for (size_t i = from; i < to; i++)
        if (!value_given(frame->slots[i]))
            missing[count++] = c->slots[i].name;
    bool ok =
        count == 0 || raise_missing(vm, str_text(as_str(func->qualname)), missing, count, kind);
    stack_give(vm, missing);
    return ok;
}

static bool function_defaults(Vm *vm, FuncObj *func, Frame *frame)
{
    const Code *c = func->code->code;
    size_t defaults = func->defaults ? func->defaults->len : 0;
    bool missing = false;
    for (size_t i = 0; i < c->arg_count; i++) {
        if (value_given(frame->slots[i]))
            continue;
        if (i + defaults >= c->arg_count)
            frame->slots[i] = func->defaults->items[i + defaults - c->arg_count];
        else
            missing = true;
    }
    if (missing && !function_missing(vm, func, frame, 0, c->arg_count - defaults, "positional"))
        return false;
    missing = false;
    for (size_t i = c->arg_count; i < c->arg_count + c->kwonly_count; i++) {
        if (value_given(frame->slots[i]))
            continue;
        TableEntry *entry = func->kwdefaults ? table_find_str(&func->kwdefaults->table,
                                                              func->code->names[c->name_count + i])
                                             : NULL;
        if (entry)
            frame->slots[i] = entry->item;
        else
            missing = true;
    }
    return !missing || function_missing(vm, func, frame, c->arg_count,
                                        c->arg_count + c->kwonly_count, "keyword-only");
}

static bool function_bind(Vm *vm, FuncObj *func, Frame *frame, const Args *args)
{
    const Code *c = func->code->code;
    size_t positional = args->count < c->arg_count ? args->count : c->arg_count;
    if (positional)
        memcpy(frame->slots, args->items, positional * sizeof(Value));
    if (args->count == c->arg_count && !args->names && !args->dict && !c->kwonly_count &&
        !(c->flags & (CODE_VARARGS | CODE_VARKEYWORDS)))
        return true;
    size_t at = c->arg_count + c->kwonly_count;
    if (c->flags & CODE_VARARGS)
        frame->slots[at++] =
            value_object(tuple_new_of(vm, builtin_class(vm, CLASS_TUPLE), args->items + positional,
                                      args->count - positional));
    DictObj *rest = NULL;
    if (c->flags & CODE_VARKEYWORDS) {
        rest = dict_new(vm);
        frame->slots[at] = value_object(rest);
    }
    if (!function_bind_keywords(vm, func, frame, args, rest))
        return false;
    if (args->count > c->arg_count && !(c->flags & CODE_VARARGS))
        return function_too_many(vm, func, frame, args->count);
    return function_defaults(vm, func, frame);
}

enum { CODE_LAZY = CODE_GENERATOR | CODE_COROUTINE | CODE_ASYNC_GENERATOR };

Frame *function_frame(Vm *vm, FuncObj *func, const Args *args)
{
    bool lazy = func->code->code->flags & CODE_LAZY;
    Frame *frame = frame_new(vm, func->code, func, func->globals, lazy);
    if (function_bind(vm, func, frame, args))
        return frame;
    if (lazy)
        frame_free_own(vm, frame);
    else
        stack_give(vm, frame);
    return NULL;
}

static CallOutcome function_begin(Vm *vm, FuncObj *func, const Args *args, Value *result)
{
    Frame *frame = function_frame(vm, func, args);
    if (!frame)
        return CALL_FAILED;
    if (func->code->code->flags & CODE_LAZY) {
        *result = generator_new(vm, frame);
        return CALL_DONE;
    }
    return frame_enter(vm, frame) ? CALL_FRAME : CALL_FAILED;
}

/* ---- classes ---- */

static bool is_native_named(Value v, const Class *owner)
{
    return value_is(v, OBJ_NATIVE) && as_native(v)->owner == owner;
}

static bool raise_abstract(Vm *vm, Class *cls)
{
    Value names = class_lookup(vm, cls, SYM(vm, __abstractmethods__)), list;
    if (!vm_to_list(vm, names, &list))
        return false;
    Buf text = { 0 };
    for (size_t i = 0; i < list_len(list); i++)
        buf_printf(&text, "%s%s", i ? ", " : "", as_str(list_get(list, i))->text);
    vm_raise(vm, "TypeError", "Can't instantiate abstract class %s with abstract method%s %.*s",
             cls->name->text, list_len(list) == 1 ? "" : "s", STR_ARG(buf_str(&text)));
    buf_free(&text);
    return false;
}

static bool init_result_is_none(Vm *vm, Value v)
{
    return value_is_none(v) ||
           vm_raise(vm, "TypeError", "__init__() should return None, not '%s'", type_name(vm, v));
}

/* Calls __init__ on a new object; its own frame is entered without C recursion. */
static CallOutcome class_init(Vm *vm, Value object, Value init, Args *args, Value *result)
{
    args->items[-1] = object;
    Args all = { args->items - 1, args->count + 1, args->names, args->dict };
    if (value_is(init, OBJ_FUNCTION) && !(as_func(init)->code->code->flags & CODE_LAZY)) {
        CallOutcome outcome = function_begin(vm, as_func(init), &all, result);
        if (outcome == CALL_FRAME) {
            vm->frame->flags |= FRAME_CONSTRUCT;
            vm->frame->construct = object;
        }
        return outcome;
    }
    Value ignored;
    bool ok;
    vm_push(vm, object);
    if (value_is(init, OBJ_NATIVE)) {
        ok = native_call(vm, as_native(init), all.items, all.count, &all, &ignored);
    } else {
        Value bound;
        ok = attr_bind(vm, init, object, value_class(vm, object), &bound);
        args->items[-1] = bound;
        ok = ok && call_args(vm, bound, args, &ignored);
    }
    ok = ok && init_result_is_none(vm, ignored);
    vm_pop(vm, 1);
    *result = object;
    return ok ? CALL_DONE : CALL_FAILED;
}

/* __new__ of a script or of a built-in class, then __init__ when it gave an instance. */
static CallOutcome class_new_call(Vm *vm, Class *cls, Value make, Args *args, Value *result)
{
    args->items[-1] = class_value(cls);
    Args all = { args->items - 1, args->count + 1, args->names, args->dict };
    bool ok;
    if (value_is(make, OBJ_NATIVE)) {
        ok = native_call(vm, as_native(make), all.items, all.count, &all, result);
    } else {
        Value *items = stack_take(vm, (all.count + 1 + args_keyword_count(&all)) * sizeof(Value));
        items[0] = make;
        memcpy(items + 1, all.items,
               (all.count + (all.names ? all.names->len : 0)) * sizeof(Value));
        Args copy = { items + 1, all.count, all.names, all.dict };
        ok = call_args(vm, make, &copy, result);
        stack_give(vm, items);
    }
    if (!ok)
        return CALL_FAILED;
    if (!class_is(value_class(vm, *result), cls))
        return CALL_DONE;
    Value init = class_lookup(vm, value_class(vm, *result), SYM(vm, __init__));
    if (is_native_named(init, vm->classes[CLASS_OBJECT]))
        return CALL_DONE;
    return class_init(vm, *result, init, args, result);
}

static CallOutcome class_begin(Vm *vm, Class *cls, Args *args, Value *result)
{
    Value make = class_lookup(vm, cls, SYM(vm, __new__));
    if (value_is(make, OBJ_STATIC_METHOD))
        make = as_wrapper(make)->function;
    if (!value_is(make, OBJ_NATIVE) || as_native(make)->row != vm->object_new)
        return class_new_call(vm, cls, make, args, result);
    Value init = class_lookup(vm, cls, SYM(vm, __init__));
    bool plain = is_native_named(init, vm->classes[CLASS_OBJECT]);
    if (plain && (args->count || args_keyword_count(args))) {
        vm_raise(vm, "TypeError", "%s() takes no arguments", cls->name->text);
        return CALL_FAILED;
    }
    if (cls->flags & CLASS_ABSTRACT) {
        raise_abstract(vm, cls);
        return CALL_FAILED;
    }
    if (!class_instance(vm, cls, result))
        return CALL_FAILED;
    return plain ? CALL_DONE : class_init(vm, *result, init, args, result);
}

bool class_call(Vm *vm, Class *cls, Args *args, Value *result)
{
    CallOutcome outcome = class_begin(vm, cls, args, result);
    if (outcome == CALL_FRAME)
        return vm_run(vm, result);
    return outcome == CALL_DONE;
}

/* ---- any callee ---- */

static CallOutcome object_begin(Vm *vm, Value callee, Args *args, Value *result)
{
    if (is_opaque(callee)) {
        *result = opaque_derive(vm, callee, STR("()"));
        as_opaque(*result)->of_function =
            args->count == 1 && value_is(args->items[0], OBJ_FUNCTION);
        return CALL_DONE;
    }
    Value method = special_find(vm, callee, SYM(vm, __call__));
    if (!value_given(method)) {
        vm_raise(vm, "TypeError", "'%s' object is not callable", type_name(vm, callee));
        return CALL_FAILED;
    }
    if (value_is(method, OBJ_FUNCTION) || value_is(method, OBJ_NATIVE)) {
        args->items[-1] = callee;
        Args all = { args->items - 1, args->count + 1, args->names, args->dict };
        if (value_is(method, OBJ_FUNCTION))
            return function_begin(vm, as_func(method), &all, result);
        return native_call(vm, as_native(method), all.items, all.count, &all, result) ? CALL_DONE
                                                                                      : CALL_FAILED;
    }
    Value bound;
    if (!attr_bind(vm, method, callee, value_class(vm, callee), &bound))
        return CALL_FAILED;
    args->items[-1] = bound;
    return call_begin(vm, bound, args, result);
}

static bool has_own_call(Vm *vm, const Class *cls)
{
    const Class *meta = cls->head.cls;
    if (!(meta->flags & CLASS_SCRIPT))
        return false;
    Value method = class_lookup(vm, cls->head.cls, SYM(vm, __call__));
    return !is_native_named(method, vm->classes[CLASS_TYPE]);
}

CallOutcome call_begin(Vm *vm, Value callee, Args *args, Value *result)
{
    if (value_is(callee, OBJ_FUNCTION))
        return function_begin(vm, as_func(callee), args, result);
    if (value_is(callee, OBJ_NATIVE))
        return native_call(vm, as_native(callee), args->items, args->count, args, result)
                   ? CALL_DONE
                   : CALL_FAILED;
    if (value_is(callee, OBJ_METHOD)) {
        Value function = as_method(callee)->function;
        args->items[-1] = as_method(callee)->self;
        Args all = { args->items - 1, args->count + 1, args->names, args->dict };
        if (value_is(function, OBJ_FUNCTION))
            return function_begin(vm, as_func(function), &all, result);
        if (value_is(function, OBJ_NATIVE))
            return native_call(vm, as_native(function), all.items, all.count, &all, result)
                       ? CALL_DONE
                       : CALL_FAILED;
        size_t values = all.count + (all.names ? all.names->len : 0);
        Value *items = stack_take(vm, (values + 1) * sizeof(Value));
        items[0] = function;
        memcpy(items + 1, all.items, values * sizeof(Value));
        Args copy = { items + 1, all.count, all.names, all.dict };
        bool ok = call_args(vm, function, &copy, result);
        stack_give(vm, items);
        return ok ? CALL_DONE : CALL_FAILED;
    }
    if (value_is(callee, OBJ_STATIC_METHOD))
        return call_begin(vm, as_wrapper(callee)->function, args, result);
    if (value_is(callee, OBJ_CLASS) && !has_own_call(vm, as_class(callee))) {
        Class *cls = as_class(callee);
        if (cls == vm->classes[CLASS_TYPE] && args->count == 1 && !args_keyword_count(args)) {
            *result = class_value(value_class(vm, args->items[0]));
            return CALL_DONE;
        }
        return class_begin(vm, cls, args, result);
    }
    return object_begin(vm, callee, args, result);
}

bool call_args(Vm *vm, Value callee, Args *args, Value *result)
{
    if (!c_enter(vm))
        return false;
    NativeFrame roots;
    Call call = { .args = args->items - 1,
                  .result = VALUE_NONE,
                  .count = args->count + 1 + (args->names ? args->names->len : 0) };
    roots = (NativeFrame){
        .below = vm->native, .call = &call, .callee = callee, .frame = vm->frame
    };
    vm->native = &roots;
    if (args->dict)
        vm_push(vm, value_object((void *)(uintptr_t)args->dict));
    CallOutcome outcome = call_begin(vm, callee, args, result);
    bool ok = outcome == CALL_DONE;
    if (outcome == CALL_FRAME)
        ok = vm_run(vm, result);
    if (args->dict)
        vm_pop(vm, 1);
    vm->native = roots.below;
    c_leave(vm);
    return ok;
}

bool vm_call_kw(Vm *vm, Value callee, const Value *args, size_t count, Value keywords,
                Value *result)
{
    const DictObj *dict =
        value_is(keywords, OBJ_DICT) && dict_len(keywords) ? as_dict(keywords) : NULL;
    Value *items = stack_take(vm, (count + 1) * sizeof(Value));
    items[0] = callee;
    if (count)
        memcpy(items + 1, args, count * sizeof(Value));
    Args all = { items + 1, count, NULL, dict };
    bool ok = call_args(vm, callee, &all, result);
    stack_give(vm, items);
    return ok;
}

bool vm_call(Vm *vm, Value callee, const Value *args, size_t count, Value *result)
{
    return vm_call_kw(vm, callee, args, count, VALUE_UNSET, result);
}

bool vm_call_method(Vm *vm, Value object, const char *name, const Value *args, size_t count,
                    Value *result)
{
    Value *items = stack_take(vm, (count + 2) * sizeof(Value));
    Value callee, self;
    items[0] = items[1] = object;
    if (count)
        memcpy(items + 2, args, count * sizeof(Value));
    bool ok = attr_get_method(vm, object, str_intern(vm, str_from(name)), &callee, &self);
    if (ok) {
        bool bound = value_given(self);
        Args all = { bound ? items + 1 : items + 2, bound ? count + 1 : count, NULL, NULL };
        all.items[-1] = callee;
        ok = call_args(vm, callee, &all, result);
    }
    stack_give(vm, items);
    return ok;
}

/* ---- bodies ---- */

static bool run_frame(Vm *vm, Frame *frame, Value *result)
{
    if (!c_enter(vm))
        return false;
    bool ok = frame_enter(vm, frame) && vm_run(vm, result);
    c_leave(vm);
    return ok;
}

bool class_body_run(Vm *vm, FuncObj *func, Value namespace, Value *cell)
{
    Frame *frame = frame_new(vm, func->code, func, func->globals, false);
    frame->names = namespace;
    return run_frame(vm, frame, cell);
}

bool code_run(Vm *vm, CodeObj *code, DictObj *globals, Value names, Value *result)
{
    Frame *frame = frame_new(vm, code, NULL, globals, false);
    frame->names = names;
    return run_frame(vm, frame, result);
}

/* ---- signatures written in C ---- */

static bool bind_keywords(Vm *vm, const Binder *b, const Args *keywords, DictObj *rest)
{
    StrObj *name;
    Value v;
    for (uint32_t at = 0; keywords && args_keyword(keywords, &at, &name, &v);) {
        ptrdiff_t i = signature_find(b->signature, str_text(name));
        bool by_name =
            i >= (ptrdiff_t)b->skip && (b->signature->params[i].kind == PARAM_POSITIONAL ||
                                        b->signature->params[i].kind == PARAM_KEYWORD_ONLY);
        if (by_name && value_given(b->values[i]))
            return vm_raise(vm, "TypeError", "%.*s() got multiple values for argument '%s'",
                            STR_ARG(b->name), name->text);
        if (by_name)
            b->values[i] = v;
        else if (rest)
            table_set_str(vm, &rest->table, name, v);
        else
            return vm_raise(vm, "TypeError", "%.*s() got an unexpected keyword argument '%s'",
                            STR_ARG(b->name), name->text);
    }
    return true;
}

static bool bind_check_missing(Vm *vm, const Binder *b, bool keyword_only)
{
    Str missing[64];
    size_t count = 0;
    for (size_t i = b->skip; i < b->signature->count; i++) {
        const Param *param = &b->signature->params[i];
        bool counts = keyword_only == (param->kind == PARAM_KEYWORD_ONLY);
        if (param->required && counts && !value_given(b->values[i]) &&
            param->kind != PARAM_VARARGS && param->kind != PARAM_VARKEYWORDS)
            missing[count++] = param->name;
    }
    return count == 0 ||
           raise_missing(vm, b->name, missing, count, keyword_only ? "keyword-only" : "positional");
}

static bool bind_missing(Vm *vm, const Binder *b)
{
    size_t given = 0;
    for (size_t i = 0; i < b->signature->count && given < b->signature->required; i++)
        given += b->signature->params[i].required && (i < b->skip || value_given(b->values[i]));
    return given == b->signature->required ||
           (bind_check_missing(vm, b, false) && bind_check_missing(vm, b, true));
}

static bool bind_too_many(Vm *vm, const Binder *b, size_t count)
{
    size_t least = 0, most = b->signature->positional - b->skip;
    for (size_t i = b->skip; i < b->signature->positional; i++)
        least += b->signature->params[i].required;
    return raise_too_many(vm, b->name, most, least, count, 0);
}

bool signature_bind(Vm *vm, const Binder *b, const Value *items, size_t count, const Args *keywords)
{
    const Signature *s = b->signature;
    for (size_t i = 0; i < s->count; i++)
        b->values[i] = VALUE_UNSET;
    size_t places = s->positional - b->skip, positional = count < places ? count : places;
    for (size_t i = 0; i < positional; i++)
        b->values[b->skip + i] = items[i];
    if (s->drops)
        return bind_missing(vm, b);
    DictObj *rest = NULL;
    if (s->varkeywords >= 0 && (!b->lean || (keywords && args_keyword_count(keywords)))) {
        rest = dict_new(vm);
        b->values[s->varkeywords] = value_object(rest);
    }
    if (s->varargs >= 0 && (!b->lean || count > positional))
        b->values[s->varargs] = value_object(tuple_new_of(vm, builtin_class(vm, CLASS_TUPLE),
                                                          items + positional, count - positional));
    else if (count > places && s->varargs < 0)
        return bind_too_many(vm, b, count);
    return bind_keywords(vm, b, keywords, rest) && bind_missing(vm, b);
}
