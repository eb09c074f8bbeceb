/* SPDX-License-Identifier: MIT */
#include "py/builtins_iter.h"

#include "py/obj_generator.h"

#include "py/obj_iter.h"
#include "py/operators.h"
#include "py/sort.h"
#include "py/state.h"

/* Calls `use` for each item of an iterable until it says stop. */
typedef bool UseItem(Vm *vm, void *context, Value item, bool *stop);

static bool each_item(Vm *vm, Value iterable, UseItem *use, void *context)
{
    Value iterator, item;
    bool stop = false, ok;
    if (!vm_iter(vm, iterable, &iterator))
        return false;
    vm_push(vm, iterator);
    while ((ok = vm_iter_next(vm, iterator, &item)) && value_given(item) && !stop) {
        vm_push(vm, item);
        ok = use(vm, context, item, &stop);
        vm_pop(vm, 1);
        if (!ok || stop)
            break;
    }
    vm_pop(vm, 1);
    return ok;
}

static bool stop_at_truth(Vm *vm, void *context, Value item, bool *stop)
{
    bool truth;
    if (!to_truth(vm, item, &truth))
        return false;
    *stop = truth == *(bool *)context;
    if (*stop)
        *(bool *)context = !truth;
    return true;
}

bool builtin_any(Vm *vm, Call *call)
{
    bool wanted = true;
    return each_item(vm, call->args[0], stop_at_truth, &wanted) && give(call, value_bool(!wanted));
}

bool builtin_all(Vm *vm, Call *call)
{
    bool wanted = false;
    return each_item(vm, call->args[0], stop_at_truth, &wanted) && give(call, value_bool(!wanted));
}

/* ---- sum ---- */

static bool add_item(Vm *vm, void *context, Value item, bool *stop)
{
    Value *sum = context;
    int64_t total;
    (void)stop;
    if (sum->tag == TAG_INT && item.tag == TAG_INT &&
        !__builtin_add_overflow(sum->integer, item.integer, &total)) {
        sum->integer = total;
        return true;
    }
    Value next;
    if (!value_binary(vm, "+", *sum, item, &next))
        return false;
    vm_pop(vm, 2);
    vm_push(vm, next);
    vm_push(vm, item);
    *sum = next;
    return true;
}

bool builtin_sum(Vm *vm, Call *call)
{
    ARGS(call, iterable, start);
    const char *joined = is_str(start)     ? "strings [use ''.join(seq) instead]"
                         : is_bytes(start) ? "bytes [use b''.join(seq) instead]"
                                           : NULL;
    if (joined)
        return vm_raise(vm, "TypeError", "sum() can't sum %s", joined);
    Value iterator, item, sum = start;
    if (!vm_iter(vm, iterable, &iterator))
        return false;
    bool ok, stop;
    vm_push(vm, iterator);
    vm_push(vm, sum);
    while ((ok = vm_iter_next(vm, iterator, &item)) && value_given(item)) {
        vm_push(vm, item);
        ok = add_item(vm, &sum, item, &stop);
        vm_pop(vm, 1);
        if (!ok)
            break;
    }
    vm_pop(vm, 2);
    return ok && give(call, sum);
}

/* ---- min and max ---- */

static bool best_of(Vm *vm, Value items, Value key, const char *op, Value *best)
{
    Value best_key = VALUE_UNSET;
    for (size_t i = 0; i < list_len(items); i++) {
        Value item = list_get(items, i), made = item;
        bool better = true;
        if (!value_is_none(key) && !vm_call(vm, key, &item, 1, &made))
            return false;
        vm_push(vm, made);
        if (value_given(best_key) && !value_compare(vm, op, made, best_key, &better))
            return false;
        if (better) {
            *best = item;
            best_key = made;
        }
    }
    return true;
}

/* The keys pushed on the way stay roots until the end. */
static bool extreme(Vm *vm, Call *call, const char *name, const char *op)
{
    ARGS(call, args, key);
    Value fallback = call->args[2], items;
    size_t count = tuple_len(args);
    if (count == 0)
        return vm_raise(vm, "TypeError", "%s expected at least 1 argument, got 0", name);
    if (count > 1 && value_given(fallback))
        return vm_raise(vm, "TypeError",
                        "Cannot specify a default for %s() with multiple positional arguments",
                        name);
    if (count > 1)
        items = make_list(vm, as_tuple(args)->items, count);
    else if (!vm_to_list(vm, tuple_get(args, 0), &items))
        return false;
    if (list_len(items) == 0) {
        if (value_given(fallback))
            return give(call, fallback);
        return vm_raise(vm, "ValueError", "%s() arg is an empty sequence", name);
    }
    size_t roots = vm->root_len;
    vm_push(vm, items);
    bool ok = best_of(vm, items, key, op, &call->result);
    vm_pop(vm, vm->root_len - roots);
    return ok;
}

bool builtin_min(Vm *vm, Call *call)
{
    return extreme(vm, call, "min", "<");
}

bool builtin_max(Vm *vm, Call *call)
{
    return extreme(vm, call, "max", ">");
}

bool builtin_sorted(Vm *vm, Call *call)
{
    ARGS(call, iterable, key, reverse);
    bool backwards;
    if (!to_truth(vm, reverse, &backwards) || !vm_to_list(vm, iterable, &call->result))
        return false;
    return list_sort(vm, call->result, key, backwards);
}

/* ---- iterators ---- */

bool builtin_iter(Vm *vm, Call *call)
{
    ARGS(call, object, sentinel);
    if (!value_given(sentinel))
        return vm_iter(vm, object, &call->result);
    if (!is_callable(vm, object))
        return vm_raise(vm, "TypeError", "iter(v, w): v must be callable");
    IterObj *iter = iter_new(vm, NULL, iter_step_sentinel, object);
    iter->extra[0] = sentinel;
    return give(call, value_object(iter));
}

bool builtin_next(Vm *vm, Call *call)
{
    Value fallback = call->args[1];
    Value returned = VALUE_NONE;
    if (!iterator_send(vm, call->args[0], VALUE_NONE, &call->result, &returned))
        return false;
    if (value_given(call->result))
        return true;
    if (value_given(fallback))
        return give(call, fallback);
    call->result = VALUE_NONE;
    return vm_raise_with(vm, EXC_StopIteration, value_is_none(returned) ? VALUE_UNSET : returned);
}

static bool step_enumerate(Vm *vm, IterObj *iter, Value *item)
{
    Value pair[2];
    if (!vm_iter_next(vm, iter->source, &pair[1]))
        return false;
    if (value_given(pair[1])) {
        pair[0] = value_int(iter->at++);
        *item = make_tuple(vm, pair, 2);
    }
    return true;
}

bool builtin_enumerate(Vm *vm, Call *call)
{
    ARGS(call, iterable, start);
    Value source;
    int64_t at;
    if (!to_int(vm, start, &at) || !vm_iter(vm, iterable, &source))
        return false;
    IterObj *iter = iter_new(vm, NULL, step_enumerate, source);
    iter->at = at;
    return give(call, value_object(iter));
}

/* The iterators of all iterables, as a tuple. */
static bool iterators_of(Vm *vm, Value iterables, size_t from, Value *iterators)
{
    size_t count = tuple_len(iterables) - from;
    *iterators = value_object(tuple_new(vm, count));
    for (size_t i = 0; i < count; i++)
        as_tuple(*iterators)->items[i] = VALUE_NONE;
    vm_push(vm, *iterators);
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++)
        ok = vm_iter(vm, tuple_get(iterables, from + i), &as_tuple(*iterators)->items[i]);
    vm_pop(vm, 1);
    return ok;
}

/* One item of each; *made is TAG_UNSET when one of them ends, *ended then tells which. */
static bool next_of_all(Vm *vm, TupleObj *iterators, Value *made, size_t *ended)
{
    TupleObj *tuple = tuple_new(vm, iterators->len);
    for (size_t i = 0; i < tuple->len; i++)
        tuple->items[i] = VALUE_NONE;
    *made = value_object(tuple);
    vm_push(vm, *made);
    bool ok = true;
    for (*ended = 0; ok && *ended < tuple->len; (*ended)++) {
        Value item;
        ok = vm_iter_next(vm, iterators->items[*ended], &item);
        if (!ok || !value_given(item))
            break;
        tuple->items[*ended] = item;
    }
    vm_pop(vm, 1);
    if (!ok || *ended < tuple->len)
        *made = VALUE_UNSET;
    return ok;
}

/* zip(strict=True): the first that ends must be the first of all, and then all must end. */
static bool check_strict(Vm *vm, TupleObj *iterators, size_t ended)
{
    if (ended > 0)
        return vm_raise(vm, "ValueError", "zip() argument %zu is shorter than argument%s%.0zu",
                        ended + 1, ended == 1 ? " 1" : "s 1-", ended == 1 ? (size_t)0 : ended);
    for (size_t i = 1; i < iterators->len; i++) {
        Value item;
        if (!vm_iter_next(vm, iterators->items[i], &item))
            return false;
        if (value_given(item))
            return vm_raise(vm, "ValueError", "zip() argument %zu is longer than argument%s%.0zu",
                            i + 1, i == 1 ? " 1" : "s 1-", i == 1 ? (size_t)0 : i);
    }
    return true;
}

static bool step_zip(Vm *vm, IterObj *iter, Value *item)
{
    size_t ended;
    if (!value_given(iter->source) || as_tuple(iter->source)->len == 0)
        return true;
    if (!next_of_all(vm, as_tuple(iter->source), item, &ended))
        return false;
    if (value_given(*item))
        return true;
    Value all = iter->source;
    iter->source = VALUE_UNSET;
    return !iter->at || check_strict(vm, as_tuple(all), ended);
}

bool builtin_zip(Vm *vm, Call *call)
{
    ARGS(call, iterables, strict);
    bool exact;
    Value iterators;
    if (!to_truth(vm, strict, &exact) || !iterators_of(vm, iterables, 0, &iterators))
        return false;
    IterObj *iter = iter_new(vm, NULL, step_zip, iterators);
    iter->at = exact;
    return give(call, value_object(iter));
}

static bool step_map(Vm *vm, IterObj *iter, Value *item)
{
    TupleObj *iterators = as_tuple(iter->source);
    Value args;
    size_t ended;
    if (iterators->len == 1) {
        if (!vm_iter_next(vm, iterators->items[0], &args))
            return false;
        return !value_given(args) || vm_call(vm, iter->extra[0], &args, 1, item);
    }
    if (!next_of_all(vm, iterators, &args, &ended))
        return false;
    return !value_given(args) ||
           vm_call(vm, iter->extra[0], as_tuple(args)->items, as_tuple(args)->len, item);
}

bool builtin_map(Vm *vm, Call *call)
{
    Value args = call->args[0], iterators;
    if (tuple_len(args) < 2)
        return vm_raise(vm, "TypeError", "map() must have at least two arguments.");
    if (!iterators_of(vm, args, 1, &iterators))
        return false;
    IterObj *iter = iter_new(vm, NULL, step_map, iterators);
    iter->extra[0] = tuple_get(args, 0);
    return give(call, value_object(iter));
}

static bool step_filter(Vm *vm, IterObj *iter, Value *item)
{
    for (;;) {
        bool truth;
        Value verdict;
        if (!vm_iter_next(vm, iter->source, item))
            return false;
        if (!value_given(*item))
            return true;
        vm_push(vm, *item);
        verdict = *item;
        bool ok =
            (value_is_none(iter->extra[0]) || vm_call(vm, iter->extra[0], item, 1, &verdict)) &&
            to_truth(vm, verdict, &truth);
        vm_pop(vm, 1);
        if (!ok || truth)
            return ok;
    }
}

bool builtin_filter(Vm *vm, Call *call)
{
    ARGS(call, function, iterable);
    Value source;
    if (!vm_iter(vm, iterable, &source))
        return false;
    IterObj *iter = iter_new(vm, NULL, step_filter, source);
    iter->extra[0] = function;
    return give(call, value_object(iter));
}

/* Of a sequence that a script's class makes. */
static bool step_backwards(Vm *vm, IterObj *iter, Value *item)
{
    if (iter->at < 0)
        return true;
    if (vm_getitem(vm, iter->source, value_int(iter->at--), item))
        return true;
    *item = VALUE_UNSET;
    if (!vm_raised(vm, "IndexError"))
        return false;
    vm_catch(vm);
    iter->at = -1;
    return true;
}

bool builtin_reversed(Vm *vm, Call *call)
{
    Value v = call->args[0], method = special_find(vm, v, SYM(vm, __reversed__)), length;
    int64_t len;
    if (value_given(method) && !value_is_none(method))
        return special_call(vm, method, v, NULL, 0, &call->result);
    Value by_length = special_find(vm, v, SYM(vm, __len__));
    if (!value_given(by_length) || !value_given(special_find(vm, v, SYM(vm, __getitem__))) ||
        value_is(v, OBJ_DICT))
        return vm_raise(vm, "TypeError", "'%s' object is not reversible", type_name(vm, v));
    if (!special_call(vm, by_length, v, NULL, 0, &length) || !to_int(vm, length, &len))
        return false;
    IterObj *iter = iter_new(vm, NULL, step_backwards, v);
    iter->at = len - 1;
    return give(call, value_object(iter));
}

/* ---- asynchronous ---- */

bool builtin_aiter(Vm *vm, Call *call)
{
    Value v = call->args[0], method = special_find(vm, v, SYM(vm, __aiter__));
    if (!value_given(method))
        return vm_raise(vm, "TypeError", "'%s' object is not an async iterable", type_name(vm, v));
    return special_call(vm, method, v, NULL, 0, &call->result);
}

bool builtin_anext(Vm *vm, Call *call)
{
    Value v = call->args[0], method = special_find(vm, v, SYM(vm, __anext__));
    if (!value_given(method))
        return vm_raise(vm, "TypeError", "'%s' object is not an async iterator", type_name(vm, v));
    if (value_given(call->args[1]))
        return vm_raise(vm, "NotImplementedError", "limbeck does not serve anext() with a default");
    return special_call(vm, method, v, NULL, 0, &call->result);
}
