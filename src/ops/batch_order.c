/* SPDX-License-Identifier: MIT */
#include "ops/batch_order.h"

void order_pair(BatchOrder *order, Str first, Str second)
{
    OrderPair pair = { first, second };
    VEC_PUSH(order->arena, &order->pairs, pair);
}

static Str pair_of(const BatchOrder *order, Str name, bool name_is_first)
{
    VEC_EACH(const OrderPair, pair, &order->pairs)
        if (str_eq(name_is_first ? pair->first : pair->second, name))
            return name_is_first ? pair->second : pair->first;
    return STR_NONE;
}

/* What stands next to an old column; next to a new one, what that was put before or behind. */
static Str neighbour(const BatchOrder *order, Str name, bool next)
{
    ptrdiff_t index = strvec_find(&order->existing, name);
    if (index < 0)
        return pair_of(order, name, next);
    if (next)
        return (size_t)index + 1 < order->existing.len ? order->existing.items[index + 1]
                                                       : STR_NONE;
    return index > 0 ? order->existing.items[index - 1] : STR_NONE;
}

void order_add(BatchOrder *order, Str name, Str before, Str after)
{
    bool placed = str_given(before) || str_given(after);
    if (!order->partial && str_given(after) && !str_given(before))
        before = neighbour(order, after, true);
    else if (!order->partial && str_given(before) && !str_given(after))
        after = neighbour(order, before, false);
    if (!order->partial && !placed && order->existing.len > 0)
        after = VEC_LAST(&order->existing);
    if (str_given(before))
        order_pair(order, name, before);
    if (str_given(after))
        order_pair(order, after, name);
}

void order_drop(BatchOrder *order, Str name)
{
    StrVec *names = &order->existing;
    ptrdiff_t index = strvec_find(names, name);
    if (index < 0)
        return;
    memmove(&names->items[index], &names->items[index + 1],
            (names->len - (size_t)index - 1) * sizeof *names->items);
    names->len--;
}

static bool is_open(const StrVec *names, const bool *placed, Str name)
{
    ptrdiff_t index = strvec_find(names, name);
    return index >= 0 && !placed[index];
}

static bool waits(const BatchOrder *order, const StrVec *names, const bool *placed, Str name)
{
    VEC_EACH(const OrderPair, pair, &order->pairs)
        if (str_eq(pair->second, name) && is_open(names, placed, pair->first))
            return true;
    ptrdiff_t index = order->partial ? -1 : strvec_find(&order->existing, name);
    return index > 0 && is_open(names, placed, order->existing.items[index - 1]);
}

bool order_sort(const BatchOrder *order, const StrVec *names, size_t *places, Error *err)
{
    bool *placed = ARENA_ARRAY(order->arena, bool, names->len);
    bool *ready = ARENA_ARRAY(order->arena, bool, names->len);
    for (size_t done = 0; done < names->len;) {
        size_t before = done;
        for (size_t i = 0; i < names->len; i++)
            ready[i] = !placed[i] && !waits(order, names, placed, names->items[i]);
        for (size_t i = 0; i < names->len; i++) {
            if (!ready[i])
                continue;
            placed[i] = true;
            places[done++] = i;
        }
        if (done == before)
            return fail(err, ERR_SCHEMA, "the order asked for columns goes round in a circle");
    }
    return true;
}
