/* SPDX-License-Identifier: MIT */
/* itertools */
#include "py/dunders.h"
#include "py/modules_data.h"
#include "py/number.h"
#include "py/obj_iter.h"
#include "py/state.h"

/*
 * Each function gives an iterator with its own step. What a step needs lies in source, extra[0],
 * extra[1] (often a list as its memory) and the three numbers at, end, by.
 */
static IterObj *iterator(Vm *vm, Call *call, IterStep *step, Value source)
{
    IterObj *iter = iter_new(vm, NULL, step, source);
    iter->at = iter->by = iter->end = 0;
    call->result = value_object(iter);
    return iter;
}

static bool finish(IterObj *iter)
{
    iter->source = VALUE_UNSET;
    return true;
}

/* The next item of the iterator in `source`; TAG_UNSET, and the end, when there is none. */
static bool next_of(Vm *vm, IterObj *iter, Value *item)
{
    *item = VALUE_UNSET;
    if (!value_given(iter->source))
        return true;
    if (!vm_iter_next(vm, iter->source, item))
        return false;
    return value_given(*item) || finish(iter);
}

/* ---- without end ---- */

static bool step_count(Vm *vm, IterObj *iter, Value *item)
{
    *item = iter->source;
    return value_binary(vm, "+", *item, iter->extra[0], &iter->source);
}

static bool itertools_count(Vm *vm, Call *call)
{
    ARGS(call, start, step);
    if (!is_number(start) && !value_given(special_find(vm, start, SYM(vm, __add__))))
        return vm_raise(vm, "TypeError", "a number is required");
    iterator(vm, call, step_count, start)->extra[0] = step;
    return true;
}

/* extra[0] remembers the items; source is TAG_UNSET once they are all there. */
static bool step_cycle(Vm *vm, IterObj *iter, Value *item)
{
    if (value_given(iter->source)) {
        if (!next_of(vm, iter, item))
            return false;
        if (value_given(*item)) {
            list_append(vm, iter->extra[0], *item);
            return true;
        }
    }
    if (list_len(iter->extra[0]) == 0)
        return true;
    *item = list_get(iter->extra[0], (size_t)iter->at);
    iter->at = (iter->at + 1) % (int64_t)list_len(iter->extra[0]);
    return true;
}

static bool itertools_cycle(Vm *vm, Call *call)
{
    Value source;
    if (!vm_iter(vm, call->args[0], &source))
        return false;
    iterator(vm, call, step_cycle, source)->extra[0] = make_list(vm, NULL, 0);
    return true;
}

static bool step_repeat(Vm *vm, IterObj *iter, Value *item)
{
    (void)vm;
    if (iter->by && iter->at-- <= 0)
        return true;
    *item = iter->source;
    return true;
}

static bool itertools_repeat(Vm *vm, Call *call)
{
    ARGS(call, object, times);
    int64_t count = 0;
    if (value_given(times) && !to_size(vm, times, &count))
        return false;
    IterObj *iter = iterator(vm, call, step_repeat, object);
    iter->by = value_given(times);
    iter->at = count;
    return true;
}

/* ---- of one iterable ---- */

/* source: the iterator of iterables; extra[0]: that of the current one. */
static bool step_chain(Vm *vm, IterObj *iter, Value *item)
{
    for (;;) {
        if (value_given(iter->extra[0])) {
            if (!vm_iter_next(vm, iter->extra[0], item))
                return false;
            if (value_given(*item))
                return true;
        }
        Value next;
        if (!next_of(vm, iter, &next))
            return false;
        if (!value_given(next)) {
            iter->extra[0] = VALUE_UNSET;
            return true;
        }
        if (!vm_iter(vm, next, &iter->extra[0]))
            return false;
    }
}

static bool itertools_chain(Vm *vm, Call *call)
{
    Value source;
    if (!vm_iter(vm, call->args[0], &source))
        return false;
    iterator(vm, call, step_chain, source);
    return true;
}

static bool step_accumulate(Vm *vm, IterObj *iter, Value *item)
{
    Value next, total = iter->extra[0], args[2];
    if (iter->at) { /* the initial value comes first */
        iter->at = 0;
        *item = total;
        return true;
    }
    if (!next_of(vm, iter, &next))
        return false;
    if (!value_given(next))
        return true;
    if (!value_given(total)) {
        *item = iter->extra[0] = next;
        return true;
    }
    args[0] = total;
    args[1] = next;
    bool ok = value_is_none(iter->extra[1]) ? value_binary(vm, "+", total, next, item)
                                            : vm_call(vm, iter->extra[1], args, 2, item);
    iter->extra[0] = *item;
    return ok;
}

static bool itertools_accumulate(Vm *vm, Call *call)
{
    ARGS(call, iterable, func, initial);
    Value source;
    if (!vm_iter(vm, iterable, &source))
        return false;
    IterObj *iter = iterator(vm, call, step_accumulate, source);
    iter->extra[1] = func;
    if (!value_is_none(initial)) {
        iter->extra[0] = initial;
        iter->at = 1;
    }
    return true;
}

/* The predicate's word on an item; None asks for the item's own truth. */
static bool ask(Vm *vm, Value predicate, Value item, bool *truth)
{
    Value verdict = item;
    vm_push(vm, item);
    bool ok = (value_is_none(predicate) || vm_call(vm, predicate, &item, 1, &verdict)) &&
              to_truth(vm, verdict, truth);
    vm_pop(vm, 1);
    return ok;
}

static bool step_filterfalse(Vm *vm, IterObj *iter, Value *item)
{
    for (bool truth = true; truth;) {
        if (!next_of(vm, iter, item))
            return false;
        if (!value_given(*item))
            return true;
        if (!ask(vm, iter->extra[0], *item, &truth))
            return false;
    }
    return true;
}

static bool step_takewhile(Vm *vm, IterObj *iter, Value *item)
{
    bool truth;
    if (!next_of(vm, iter, item))
        return false;
    if (!value_given(*item))
        return true;
    if (!ask(vm, iter->extra[0], *item, &truth))
        return false;
    if (!truth) {
        *item = VALUE_UNSET;
        finish(iter);
    }
    return true;
}

static bool step_dropwhile(Vm *vm, IterObj *iter, Value *item)
{
    for (bool truth = true; truth;) {
        if (!next_of(vm, iter, item))
            return false;
        if (!value_given(*item) || iter->at)
            return true;
        if (!ask(vm, iter->extra[0], *item, &truth))
            return false;
    }
    iter->at = 1;
    return true;
}

static bool with_function(Vm *vm, Call *call, IterStep *step)
{
    Value source;
    if (!vm_iter(vm, call->args[1], &source))
        return false;
    iterator(vm, call, step, source)->extra[0] = call->args[0];
    return true;
}

static bool itertools_filterfalse(Vm *vm, Call *call)
{
    return with_function(vm, call, step_filterfalse);
}

static bool itertools_takewhile(Vm *vm, Call *call)
{
    return with_function(vm, call, step_takewhile);
}

static bool itertools_dropwhile(Vm *vm, Call *call)
{
    return with_function(vm, call, step_dropwhile);
}

static bool step_starmap(Vm *vm, IterObj *iter, Value *item)
{
    Value args, list;
    if (!next_of(vm, iter, &args))
        return false;
    if (!value_given(args))
        return true;
    if (!vm_to_list(vm, args, &list))
        return false;
    vm_push(vm, list);
    Value tuple = make_tuple(vm, as_list(list)->items, list_len(list));
    vm_push(vm, tuple);
    bool ok = vm_call(vm, iter->extra[0], as_tuple(tuple)->items, tuple_len(tuple), item);
    vm_pop(vm, 2);
    return ok;
}

static bool itertools_starmap(Vm *vm, Call *call)
{
    return with_function(vm, call, step_starmap);
}

/* at: where the source stands; end: the stop, -1 without; by: the step; extra[0]: the next index.
 */
static bool step_islice(Vm *vm, IterObj *iter, Value *item)
{
    int64_t next = iter->extra[0].integer;
    if (iter->end >= 0 && next >= iter->end) {
        while (value_given(iter->source) && iter->at < iter->end) {
            if (!next_of(vm, iter, item))
                return false;
            iter->at++;
        }
        *item = VALUE_UNSET;
        return finish(iter);
    }
    while (iter->at <= next) {
        if (!next_of(vm, iter, item))
            return false;
        if (!value_given(*item))
            return true;
        iter->at++;
    }
    iter->extra[0] = value_int(next > INT64_MAX - iter->by ? INT64_MAX : next + iter->by);
    return true;
}

static bool slice_number(Vm *vm, Value v, const char *what, int64_t least, int64_t *number)
{
    if (value_is_none(v))
        return true;
    if (!is_int(v) || !to_size(vm, v, number) || *number < least)
        return vm_raise(vm, "ValueError", "%s", what);
    return true;
}

static bool itertools_islice(Vm *vm, Call *call)
{
    ARGS(call, iterable, args);
    size_t count = tuple_len(args);
    int64_t start = 0, stop = -1, step = 1;
    Value source;
    static const char text[] = "Indices for islice() must be None or an integer: 0 <= x <= "
                               "sys.maxsize.";
    static const char one[] = "Stop argument for islice() must be None or an integer: 0 <= x <= "
                              "sys.maxsize.";
    if (count == 0 || count > 3)
        return vm_raise(vm, "TypeError", "islice expected at %s %d arguments, got %zu",
                        count ? "most" : "least", count ? 4 : 2, count + 1);
    if (count == 1 ? !slice_number(vm, tuple_get(args, 0), one, 0, &stop)
                   : !slice_number(vm, tuple_get(args, 0), text, 0, &start) ||
                         !slice_number(vm, tuple_get(args, 1), text, 0, &stop))
        return false;
    if (count == 3 &&
        !slice_number(vm, tuple_get(args, 2),
                      "Step for islice() must be a positive integer or None.", 1, &step))
        return false;
    if (!vm_iter(vm, iterable, &source))
        return false;
    IterObj *iter = iterator(vm, call, step_islice, source);
    iter->end = stop;
    iter->by = step;
    iter->extra[0] = value_int(start);
    return true;
}

static bool step_pairwise(Vm *vm, IterObj *iter, Value *item)
{
    Value pair[2];
    if (!value_given(iter->extra[0]) && !next_of(vm, iter, &iter->extra[0]))
        return false;
    if (!next_of(vm, iter, &pair[1]))
        return false;
    if (value_given(pair[1])) {
        pair[0] = iter->extra[0];
        iter->extra[0] = pair[1];
        *item = make_tuple(vm, pair, 2);
    }
    return true;
}

static bool itertools_pairwise(Vm *vm, Call *call)
{
    Value source;
    if (!vm_iter(vm, call->args[0], &source))
        return false;
    iterator(vm, call, step_pairwise, source);
    return true;
}

static bool step_compress(Vm *vm, IterObj *iter, Value *item)
{
    for (bool truth = false; !truth;) {
        Value selector;
        if (!next_of(vm, iter, item))
            return false;
        if (!value_given(*item))
            return true;
        vm_push(vm, *item);
        bool ok = vm_iter_next(vm, iter->extra[0], &selector) &&
                  (!value_given(selector) || to_truth(vm, selector, &truth));
        vm_pop(vm, 1);
        if (!ok)
            return false;
        if (!value_given(selector)) {
            *item = VALUE_UNSET;
            return finish(iter);
        }
    }
    return true;
}

static bool itertools_compress(Vm *vm, Call *call)
{
    ARGS(call, data, selectors);
    Value source, chosen;
    if (!vm_iter(vm, data, &source))
        return false;
    vm_push(vm, source);
    bool ok = vm_iter(vm, selectors, &chosen);
    vm_pop(vm, 1);
    if (ok)
        iterator(vm, call, step_compress, source)->extra[0] = chosen;
    return ok;
}

/* ---- tee: iterators that share a list of what was read ---- */

/* source: the shared iterator's holder, a list [iterator or None]; extra[0]: the shared items. */
static bool step_tee(Vm *vm, IterObj *iter, Value *item)
{
    ListObj *holder = as_list(iter->source);
    if ((size_t)iter->at < list_len(iter->extra[0])) {
        *item = list_get(iter->extra[0], (size_t)iter->at++);
        return true;
    }
    if (value_is_none(holder->items[0]))
        return true;
    if (!vm_iter_next(vm, holder->items[0], item))
        return false;
    if (!value_given(*item)) {
        holder->items[0] = VALUE_NONE;
        return true;
    }
    list_append(vm, iter->extra[0], *item);
    iter->at++;
    return true;
}

static bool itertools_tee(Vm *vm, Call *call)
{
    ARGS(call, iterable, n);
    int64_t count;
    Value source;
    if (!to_size(vm, n, &count))
        return false;
    if (count < 0)
        return vm_raise(vm, "ValueError", "n must be >= 0");
    if (!vm_iter(vm, iterable, &source))
        return false;
    Value holder = make_list(vm, &source, 1), items = make_list(vm, NULL, 0);
    Value made = make_list(vm, NULL, 0);
    for (int64_t i = 0; i < count; i++) {
        IterObj *iter = iterator(vm, call, step_tee, holder);
        iter->extra[0] = items;
        list_append(vm, made, value_object(iter));
    }
    return give(call, make_tuple(vm, as_list(made)->items, list_len(made)));
}

/* ---- zip_longest ---- */

/* source: a list of iterators, None for those that ended; extra[0]: the fill. */
static bool step_longest(Vm *vm, IterObj *iter, Value *item)
{
    ListObj *sources = as_list(iter->source);
    Value row = make_list(vm, NULL, 0);
    bool any = false, ok = true;
    vm_push(vm, row);
    for (size_t i = 0; ok && i < sources->len; i++) {
        Value next = VALUE_UNSET;
        if (!value_is_none(sources->items[i]))
            ok = vm_iter_next(vm, sources->items[i], &next);
        if (ok && !value_given(next))
            sources->items[i] = VALUE_NONE;
        any = any || value_given(next);
        list_append(vm, row, value_given(next) ? next : iter->extra[0]);
    }
    vm_pop(vm, 1);
    if (ok && any)
        *item = make_tuple(vm, as_list(row)->items, list_len(row));
    return ok;
}

static bool itertools_zip_longest(Vm *vm, Call *call)
{
    ARGS(call, iterables, fillvalue);
    Value sources = make_list(vm, NULL, 0), source;
    bool ok = true;
    vm_push(vm, sources);
    for (size_t i = 0; ok && i < tuple_len(iterables); i++) {
        ok = vm_iter(vm, tuple_get(iterables, i), &source);
        if (ok)
            list_append(vm, sources, source);
    }
    vm_pop(vm, 1);
    if (ok)
        iterator(vm, call, step_longest, sources)->extra[0] = fillvalue;
    return ok;
}

/* ---- choices: of a pool in `source`, by indexes in extra[0] ---- */

typedef enum Choice {
    CHOICE_PRODUCT,
    CHOICE_COMBINATIONS,
    CHOICE_REPLACED,
    CHOICE_PERMUTATIONS
} Choice;

static int64_t index_at(IterObj *iter, size_t i)
{
    return as_list(iter->extra[0])->items[i].integer;
}

static void set_index(IterObj *iter, size_t i, int64_t index)
{
    as_list(iter->extra[0])->items[i] = value_int(index);
}

/* The items that the indexes name: of one pool, or (product) of one pool each. */
static Value chosen(Vm *vm, IterObj *iter)
{
    size_t count = list_len(iter->extra[0]);
    TupleObj *tuple = tuple_new(vm, count);
    for (size_t i = 0; i < count; i++) {
        Value pool = iter->by == CHOICE_PRODUCT ? tuple_get(iter->source, i) : iter->source;
        tuple->items[i] = list_get(pool, (size_t)index_at(iter, i));
    }
    return value_object(tuple);
}

static bool advance_product(IterObj *iter)
{
    for (size_t i = list_len(iter->extra[0]); i > 0; i--) {
        int64_t next = index_at(iter, i - 1) + 1;
        if (next < (int64_t)list_len(tuple_get(iter->source, i - 1))) {
            set_index(iter, i - 1, next);
            return true;
        }
        set_index(iter, i - 1, 0);
    }
    return false;
}

static bool advance_combination(IterObj *iter, bool replaced)
{
    int64_t n = (int64_t)list_len(iter->source);
    size_t r = list_len(iter->extra[0]);
    for (size_t i = r; i > 0; i--) {
        int64_t most = replaced ? n - 1 : n - 1 - (int64_t)(r - i);
        int64_t index = index_at(iter, i - 1);
        if (index >= most)
            continue;
        for (size_t k = i - 1; k < r; k++)
            set_index(iter, k, replaced ? index + 1 : index + 1 + (int64_t)(k - (i - 1)));
        return true;
    }
    return false;
}

/* Is `index` among the first `count` indexes? */
static bool is_used(IterObj *iter, size_t count, int64_t index)
{
    for (size_t i = 0; i < count; i++)
        if (index_at(iter, i) == index)
            return true;
    return false;
}

static int64_t next_unused(IterObj *iter, size_t count, int64_t from)
{
    while (is_used(iter, count, from))
        from++;
    return from;
}

static bool advance_permutation(IterObj *iter)
{
    int64_t n = (int64_t)list_len(iter->source);
    size_t r = list_len(iter->extra[0]);
    for (size_t i = r; i > 0; i--) {
        int64_t next = next_unused(iter, i - 1, index_at(iter, i - 1) + 1);
        if (next >= n)
            continue;
        set_index(iter, i - 1, next);
        for (size_t k = i; k < r; k++)
            set_index(iter, k, next_unused(iter, k, 0));
        return true;
    }
    return false;
}

static bool step_choice(Vm *vm, IterObj *iter, Value *item)
{
    if (!value_given(iter->source))
        return true;
    if (iter->at) {
        bool more = iter->by == CHOICE_PRODUCT ? advance_product(iter)
                    : iter->by == CHOICE_PERMUTATIONS
                        ? advance_permutation(iter)
                        : advance_combination(iter, iter->by == CHOICE_REPLACED);
        if (!more)
            return finish(iter);
    }
    iter->at = 1;
    *item = chosen(vm, iter);
    return true;
}

/* `spread`: the indexes begin as 0, 1, 2, ...; else all are 0. */
static void begin_choice(Vm *vm, Call *call, Choice kind, Value pool, size_t r, bool spread)
{
    IterObj *iter = iterator(vm, call, step_choice, pool);
    iter->by = kind;
    iter->extra[0] = make_list(vm, NULL, 0);
    for (size_t i = 0; i < r; i++)
        list_append(vm, iter->extra[0], value_int(spread ? (int64_t)i : 0));
}

static bool pool_and_count(Vm *vm, Call *call, Value *pool, int64_t *r)
{
    if (!vm_to_list(vm, call->args[0], pool))
        return false;
    *r = (int64_t)list_len(*pool);
    if (!value_is_none(call->args[1]) && !to_size(vm, call->args[1], r))
        return false;
    return *r >= 0 || vm_raise(vm, "ValueError", "r must be non-negative");
}

static bool choose(Vm *vm, Call *call, Choice kind)
{
    Value pool;
    int64_t r;
    if (!pool_and_count(vm, call, &pool, &r))
        return false;
    int64_t n = (int64_t)list_len(pool);
    if (kind == CHOICE_REPLACED ? n == 0 && r > 0 : r > n)
        pool = VALUE_UNSET;
    begin_choice(vm, call, kind, pool, value_given(pool) ? (size_t)r : 0, kind != CHOICE_REPLACED);
    return true;
}

static bool itertools_combinations(Vm *vm, Call *call)
{
    return choose(vm, call, CHOICE_COMBINATIONS);
}

static bool itertools_replaced(Vm *vm, Call *call)
{
    return choose(vm, call, CHOICE_REPLACED);
}

static bool itertools_permutations(Vm *vm, Call *call)
{
    return choose(vm, call, CHOICE_PERMUTATIONS);
}

static bool itertools_product(Vm *vm, Call *call)
{
    Value args = call->args[0], pools = make_list(vm, NULL, 0), pool;
    int64_t repeat;
    bool empty = false, ok = to_size(vm, call->args[1], &repeat);
    vm_push(vm, pools);
    for (size_t i = 0; ok && i < tuple_len(args); i++) {
        ok = vm_to_list(vm, tuple_get(args, i), &pool);
        if (ok)
            list_append(vm, pools, pool);
        empty = empty || (ok && list_len(pool) == 0);
    }
    vm_pop(vm, 1);
    if (!ok)
        return false;
    if (repeat < 0)
        return vm_raise(vm, "ValueError", "repeat argument cannot be negative");
    size_t one = list_len(pools);
    Value all = make_list(vm, NULL, 0);
    for (size_t i = 0; i < one * (size_t)repeat; i++)
        list_append(vm, all, list_get(pools, i % one));
    Value tuple = make_tuple(vm, as_list(all)->items, list_len(all));
    empty = empty && repeat > 0;
    begin_choice(vm, call, CHOICE_PRODUCT, empty ? VALUE_UNSET : tuple, list_len(all), false);
    return true;
}

static const NativeRow itertools_functions[] = {
    { "count(start=0, step=1)", itertools_count, "start, start+step, start+2*step, ..." },
    { "cycle(iterable, /)", itertools_cycle, "The items again and again." },
    { "repeat(object, times=...)", itertools_repeat, "The object again and again." },
    { "_chain(iterables, /)", itertools_chain, "The items of one iterable after the other." },
    { "accumulate(iterable, func=None, *, initial=None)", itertools_accumulate, "Running sums." },
    { "filterfalse(function, iterable, /)", itertools_filterfalse, "Where function is false." },
    { "takewhile(predicate, iterable, /)", itertools_takewhile, "Items up to the first false." },
    { "dropwhile(predicate, iterable, /)", itertools_dropwhile, "Items from the first false." },
    { "starmap(function, iterable, /)", itertools_starmap, "function(*item) for each item." },
    { "islice(iterable, /, *args)", itertools_islice, "Selected items." },
    { "pairwise(iterable, /)", itertools_pairwise, "Overlapping pairs." },
    { "compress(data, selectors)", itertools_compress, "Items whose selector is true." },
    { "tee(iterable, n=2, /)", itertools_tee, "Independent iterators." },
    { "zip_longest(*iterables, fillvalue=None)", itertools_zip_longest, "zip with a fill." },
    { "product(*iterables, repeat=1)", itertools_product, "Cartesian product." },
    { "combinations(iterable, r)", itertools_combinations, "r-length subsequences." },
    { "combinations_with_replacement(iterable, r)", itertools_replaced,
      "r-length subsequences with repeated items." },
    { "permutations(iterable, r=None)", itertools_permutations, "r-length arrangements." },
};

const NativeModule itertools_module = {
    .name = "_itertools",
    .functions = itertools_functions,
    .function_count = sizeof itertools_functions / sizeof *itertools_functions,
};
