/* SPDX-License-Identifier: MIT */
#include "py/sort.h"

#include "py/obj_list.h"
#include "py/obj_str.h"

/* What all keys are, where that spares asking the VM. */
typedef enum KeyKind { KEYS_MIXED, KEYS_INT, KEYS_FLOAT, KEYS_STR } KeyKind;

typedef struct Pair {
    Value key, item;
} Pair;

typedef struct Sorter {
    Vm *vm;
    KeyKind kind;
    bool reverse;
    Pair *spare;
} Sorter;

static KeyKind kind_of(const Value *keys, size_t count)
{
    bool ints = true, floats = true, texts = true;
    for (size_t i = 0; i < count; i++) {
        ints = ints && keys[i].tag == TAG_INT;
        floats = floats && keys[i].tag == TAG_FLOAT;
        texts = texts && value_is(keys[i], OBJ_STR) && keys[i].object->cls == keys[0].object->cls &&
                !keys[i].object->extra;
    }
    return ints ? KEYS_INT : floats ? KEYS_FLOAT : texts ? KEYS_STR : KEYS_MIXED;
}

/* Must `b`, which stands behind, come before `a`? */
static bool goes_before(Sorter *s, const Pair *b, const Pair *a, bool *before)
{
    const Pair *left = s->reverse ? a : b, *right = s->reverse ? b : a;
    switch (s->kind) {
    case KEYS_INT:
        *before = left->key.integer < right->key.integer;
        return true;
    case KEYS_FLOAT:
        *before = left->key.real < right->key.real;
        return true;
    case KEYS_STR:
        *before = str_cmp(str_text(as_str(left->key)), str_text(as_str(right->key))) < 0;
        return true;
    case KEYS_MIXED:
        break;
    }
    return value_compare(s->vm, "<", left->key, right->key, before);
}

static bool insertion_sort(Sorter *s, Pair *pairs, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        Pair moved = pairs[i];
        size_t low = 0, high = i;
        while (low < high) {
            size_t middle = (low + high) / 2;
            bool before;
            if (!goes_before(s, &moved, &pairs[middle], &before))
                return false;
            if (before)
                high = middle;
            else
                low = middle + 1;
        }
        memmove(pairs + low + 1, pairs + low, (i - low) * sizeof *pairs);
        pairs[low] = moved;
    }
    return true;
}

static bool merge(Sorter *s, Pair *pairs, size_t middle, size_t count)
{
    bool before;
    if (!goes_before(s, &pairs[middle], &pairs[middle - 1], &before))
        return false;
    if (!before)
        return true;
    memcpy(s->spare, pairs, middle * sizeof *pairs);
    size_t a = 0, b = middle, to = 0;
    while (a < middle && b < count) {
        if (!goes_before(s, &pairs[b], &s->spare[a], &before))
            return false;
        pairs[to++] = before ? pairs[b++] : s->spare[a++];
    }
    memcpy(pairs + to, s->spare + a, (middle - a) * sizeof *pairs);
    return true;
}

static bool merge_sort(Sorter *s, Pair *pairs, size_t count)
{
    if (count <= 12)
        return insertion_sort(s, pairs, count);
    size_t middle = count / 2;
    return merge_sort(s, pairs, middle) && merge_sort(s, pairs + middle, count - middle) &&
           merge(s, pairs, middle, count);
}

/* `items` and `keys` are lists that keep all values alive; `items` gets the new order. */
static bool sort_lists(Vm *vm, ListObj *items, ListObj *keys, bool reverse)
{
    size_t count = items->len;
    Sorter s = { .vm = vm, .kind = kind_of(keys->items, count), .reverse = reverse };
    Pair *pairs = mem_alloc((count + 1) * sizeof *pairs);
    s.spare = mem_alloc((count + 1) * sizeof *pairs);
    for (size_t i = 0; i < count; i++)
        pairs[i] = (Pair){ keys->items[i], items->items[i] };
    bool ok = merge_sort(&s, pairs, count);
    for (size_t i = 0; ok && i < count; i++)
        items->items[i] = pairs[i].item;
    mem_free(s.spare);
    mem_free(pairs);
    return ok;
}

static bool make_keys(Vm *vm, ListObj *items, Value key, ListObj *keys)
{
    for (size_t i = 0; i < items->len; i++) {
        Value made;
        if (!vm_call(vm, key, &items->items[i], 1, &made))
            return false;
        list_push(vm, keys, made);
    }
    return true;
}

bool list_sort(Vm *vm, Value list, Value key, bool reverse)
{
    ListObj *self = as_list(list), *items, *keys;
    if (self->len < 2 && value_is_none(key))
        return true;
    items = as_list(make_list(vm, self->items, self->len));
    keys = value_is_none(key) ? items : list_new(vm, 0);
    vm_push(vm, list);
    vm_push(vm, value_object(items));
    vm_push(vm, value_object(keys));
    self->len = 0;
    bool ok = (keys == items || make_keys(vm, items, key, keys));
    if (ok && keys == items)
        keys = as_list(make_list(vm, items->items, items->len));
    vm_push(vm, value_object(keys));
    ok = ok && sort_lists(vm, items, keys, reverse);
    bool modified = self->len != 0;
    list_reserve(vm, self, items->len);
    if (items->len)
        memcpy(self->items, items->items, items->len * sizeof(Value));
    self->len = items->len;
    vm_pop(vm, 4);
    return ok && (!modified || vm_raise(vm, "ValueError", "list modified during sort"));
}
