/* SPDX-License-Identifier: MIT */
#include "py/mapping.h"

#include "py/frame.h"
#include "py/obj_list.h"
#include "py/state.h"
#include "py/vm_ops.h"

static bool not_implemented(Value *result)
{
    *result = (Value){ .tag = TAG_NOT_IMPLEMENTED };
    return true;
}

/* ---- views ---- */

typedef struct View {
    Value dict;
} View;

Value dict_view(Vm *vm, const NativeClass *of, Value dict)
{
    Value made = vm_new_native(vm, vm_class(vm, of), of);
    View *view = payload_of(vm, made, of);
    view->dict = dict;
    return made;
}

Value dict_view_source(Vm *vm, Value v, const NativeClass **of)
{
    static const NativeClass *const kinds[] = { &dict_keys_class, &dict_items_class,
                                                &dict_values_class };
    if (!value_is(v, OBJ_NATIVE_INSTANCE))
        return VALUE_UNSET;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const View *view = payload_of(vm, v, kinds[i]);
        if (view) {
            *of = kinds[i];
            return view->dict;
        }
    }
    return VALUE_UNSET;
}

/* keys() and items() behave as sets. */
static bool is_set_view(Vm *vm, Value v)
{
    const NativeClass *of;
    return value_given(dict_view_source(vm, v, &of)) && of != &dict_values_class;
}

static bool is_set_like(Vm *vm, Value v)
{
    return value_is(v, OBJ_SET) || is_set_view(vm, v);
}

/* ---- sets ---- */

static Table *set_table(Value set)
{
    return &as_set(set)->table;
}

Value set_copy(Vm *vm, Value set, bool frozen)
{
    SetObj *copy = set_new(vm, frozen);
    table_copy(vm, &copy->table, set_table(set));
    return value_object(copy);
}

bool set_extend(Vm *vm, Value set, Value iterable)
{
    if (value_is(iterable, OBJ_SET) && set_table(set)->live == 0) {
        if (set_table(iterable) != set_table(set)) {
            table_clear(vm, set_table(set));
            table_copy(vm, set_table(set), set_table(iterable));
        }
        return true;
    }
    Value iterator, item;
    if (!vm_iter(vm, iterable, &iterator))
        return false;
    vm_push(vm, set);
    vm_push(vm, iterator);
    bool ok;
    while ((ok = vm_iter_next(vm, iterator, &item)) && value_given(item)) {
        vm_push(vm, item);
        ok = set_add(vm, set, item) && heap_may_grow(vm, 0);
        vm_pop(vm, 1);
        if (!ok)
            break;
    }
    vm_pop(vm, 2);
    return ok;
}

/* Adds to `to` the items of `from` that are (or are not) in `other`. May run scripts. */
static bool add_filtered(Vm *vm, SetObj *to, SetObj *from, SetObj *other, bool wanted)
{
    TableEntry *entry, *found;
    for (uint32_t at = 0; (entry = table_next(&from->table, &at));) {
        Value key = entry->key;
        uint64_t hash = entry->hash;
        if (!table_find(vm, &other->table, key, hash, &found))
            return false;
        if ((found != NULL) == wanted && !table_set(vm, &to->table, key, hash, VALUE_UNSET))
            return false;
    }
    return true;
}

bool set_combine(Vm *vm, BinaryOp op, Value a, Value b, bool frozen, Value *result)
{
    SetObj *x = as_set(a), *y = as_set(b), *made = set_new(vm, frozen);
    *result = value_object(made);
    vm_push(vm, *result);
    bool ok = true;
    if (op == BINARY_OR) {
        table_copy(vm, &made->table, &x->table);
        ok = set_extend(vm, *result, b);
    } else if (op == BINARY_AND) {
        ok = x->table.live <= y->table.live ? add_filtered(vm, made, x, y, true)
                                            : add_filtered(vm, made, y, x, true);
    } else {
        ok = add_filtered(vm, made, x, y, false);
        if (ok && op == BINARY_XOR)
            ok = add_filtered(vm, made, y, x, false);
    }
    vm_pop(vm, 1);
    return ok;
}

bool set_is_subset(Vm *vm, Value a, Value b, bool *is)
{
    *is = set_table(a)->live <= set_table(b)->live;
    TableEntry *entry, *found;
    for (uint32_t at = 0; *is && (entry = table_next(set_table(a), &at));) {
        if (!table_find(vm, set_table(b), entry->key, entry->hash, &found))
            return false;
        *is = found != NULL;
    }
    return true;
}

/* A set of the items of a set or a view. */
static bool as_any_set(Vm *vm, Value v, Value *set)
{
    if (value_is(v, OBJ_SET)) {
        *set = v;
        return true;
    }
    *set = make_set(vm, false);
    return set_extend(vm, *set, v);
}

static bool combine_any(Vm *vm, BinaryOp op, Value a, Value b, Value *result)
{
    Value x, y;
    if (!as_any_set(vm, a, &x))
        return false;
    vm_push(vm, x);
    bool ok = as_any_set(vm, b, &y);
    if (ok) {
        vm_push(vm, y);
        ok = set_combine(vm, op, x, y, value_is(a, OBJ_SET) && as_set(a)->frozen, result);
        vm_pop(vm, 1);
    }
    vm_pop(vm, 1);
    return ok;
}

/* ---- operators ---- */

static bool merge_dicts(Vm *vm, Value a, Value b, Value *result)
{
    DictObj *made = dict_new(vm);
    table_copy(vm, &made->table, &as_dict(a)->table);
    *result = value_object(made);
    vm_push(vm, *result);
    bool ok = dict_update(vm, *result, b);
    vm_pop(vm, 1);
    return ok;
}

bool mapping_binary(Vm *vm, BinaryOp op, Value a, Value b, Value *result)
{
    if (op == BINARY_OR && value_is(a, OBJ_DICT) && value_is(b, OBJ_DICT))
        return merge_dicts(vm, a, b, result);
    if (value_is(a, OBJ_SET) && value_is(b, OBJ_SET))
        return set_combine(vm, op, a, b, as_set(a)->frozen, result);
    if (is_set_view(vm, a))
        return combine_any(vm, op, a, b, result);
    if (is_set_view(vm, b) && is_set_like(vm, a))
        return combine_any(vm, op, a, b, result);
    return not_implemented(result);
}

bool mapping_inplace(Vm *vm, BinaryOp op, Value a, Value b, Value *result)
{
    if (value_is(a, OBJ_DICT)) {
        if (op != BINARY_OR)
            return not_implemented(result);
        *result = a;
        return dict_update(vm, a, b);
    }
    if (as_set(a)->frozen || !is_set_like(vm, b))
        return not_implemented(result);
    if (op == BINARY_OR) {
        *result = a;
        return set_extend(vm, a, b);
    }
    if (op != BINARY_AND && op != BINARY_SUBTRACT && op != BINARY_XOR)
        return not_implemented(result);
    Value made;
    if (!combine_any(vm, op, a, b, &made))
        return false;
    table_clear(vm, set_table(a));
    table_copy(vm, set_table(a), set_table(made));
    *result = a;
    return true;
}

static bool dicts_equal(Vm *vm, DictObj *a, DictObj *b, bool *equal)
{
    *equal = a->table.live == b->table.live;
    TableEntry *entry, *found;
    for (uint32_t at = 0; *equal && (entry = table_next(&a->table, &at));) {
        Value item = entry->item;
        if (!table_find(vm, &b->table, entry->key, entry->hash, &found))
            return false;
        *equal = found != NULL;
        if (found && !value_same(found->item, item) && !value_eq(vm, item, found->item, equal))
            return false;
    }
    return true;
}

static bool sets_compare(Vm *vm, CompareOp op, Value a, Value b, Value *result)
{
    if (op == COMPARE_GT || op == COMPARE_GE)
        return sets_compare(vm, op == COMPARE_GT ? COMPARE_LT : COMPARE_LE, b, a, result);
    size_t x = set_table(a)->live, y = set_table(b)->live;
    bool is;
    if (!set_is_subset(vm, a, b, &is))
        return false;
    if (op == COMPARE_LT)
        is = is && x < y;
    if (op == COMPARE_EQ || op == COMPARE_NE)
        is = (is && x == y) == (op == COMPARE_EQ);
    *result = value_bool(is);
    return true;
}

static bool set_likes_compare(Vm *vm, CompareOp op, Value a, Value b, Value *result)
{
    Value x, y;
    if (!as_any_set(vm, a, &x))
        return false;
    vm_push(vm, x);
    bool ok = as_any_set(vm, b, &y);
    if (ok) {
        vm_push(vm, y);
        ok = sets_compare(vm, op, x, y, result);
        vm_pop(vm, 1);
    }
    vm_pop(vm, 1);
    return ok;
}

bool mapping_compare(Vm *vm, CompareOp op, Value a, Value b, Value *result)
{
    if (value_is(a, OBJ_DICT) && value_is(b, OBJ_DICT)) {
        bool equal;
        if (op != COMPARE_EQ && op != COMPARE_NE)
            return not_implemented(result);
        if (!c_enter(vm))
            return false;
        bool ok = dicts_equal(vm, as_dict(a), as_dict(b), &equal);
        c_leave(vm);
        *result = value_bool(equal == (op == COMPARE_EQ));
        return ok;
    }
    if (is_set_like(vm, a) && is_set_like(vm, b))
        return set_likes_compare(vm, op, a, b, result);
    return not_implemented(result);
}

static bool items_contain(Vm *vm, Value dict, Value pair, bool *is)
{
    Value found;
    *is = false;
    if (!is_tuple(pair) || tuple_len(pair) != 2)
        return true;
    if (!dict_get(vm, dict, tuple_get(pair, 0), &found))
        return false;
    return !value_given(found) || value_eq(vm, found, tuple_get(pair, 1), is);
}

static bool values_contain(Vm *vm, Value dict, Value item, bool *is)
{
    Table *table = &as_dict(dict)->table;
    TableEntry *entry;
    *is = false;
    for (uint32_t at = 0; !*is && (entry = table_next(table, &at));) {
        *is = value_same(entry->item, item);
        if (!*is && !value_eq(vm, entry->item, item, is))
            return false;
    }
    return true;
}

/* A set looks for a set within by its frozen copy. */
static bool set_contains(Vm *vm, Value set, Value item, bool *is)
{
    uint64_t hash;
    TableEntry *found;
    if (value_is(item, OBJ_SET) && !as_set(item)->frozen)
        item = set_copy(vm, item, true);
    if (!value_hash(vm, item, &hash) || !table_find(vm, set_table(set), item, hash, &found))
        return false;
    *is = found != NULL;
    return true;
}

bool mapping_contains(Vm *vm, Value container, Value item, Value *result)
{
    bool is = false, ok;
    if (value_is(container, OBJ_DICT)) {
        Value found;
        ok = dict_get(vm, container, item, &found);
        is = ok && value_given(found);
    } else if (value_is(container, OBJ_SET)) {
        ok = set_contains(vm, container, item, &is);
    } else {
        const NativeClass *of = NULL;
        Value dict = dict_view_source(vm, container, &of);
        if (!value_given(dict))
            return not_implemented(result);
        if (of == &dict_keys_class)
            return mapping_contains(vm, dict, item, result);
        ok = of == &dict_items_class ? items_contain(vm, dict, item, &is)
                                     : values_contain(vm, dict, item, &is);
    }
    *result = value_bool(is);
    return ok;
}

bool mapping_getitem(Vm *vm, Value dict, Value key, Value *result)
{
    if (!dict_get(vm, dict, key, result))
        return false;
    if (value_given(*result))
        return true;
    if (dict.object->cls != builtin_class(vm, CLASS_DICT)) {
        Value missing = special_find(vm, dict, SYM(vm, __missing__));
        if (value_given(missing))
            return special_call(vm, missing, dict, &key, 1, result);
    }
    return vm_raise_with(vm, EXC_KeyError, key);
}

bool mapping_delitem(Vm *vm, Value dict, Value key)
{
    uint64_t hash;
    bool was;
    Value removed;
    if (!value_hash(vm, key, &hash) ||
        !table_remove(vm, &as_dict(dict)->table, key, hash, &was, &removed))
        return false;
    return was || vm_raise_with(vm, EXC_KeyError, key);
}

bool mapping_hash(Vm *vm, Value set, uint64_t *hash)
{
    SetObj *s = as_set(set);
    TableEntry *entry;
    if (!s->hashed) {
        s->hash = 1927868237u * ((uint64_t)s->table.live + 1);
        for (uint32_t at = 0; (entry = table_next(&s->table, &at));)
            s->hash ^= (entry->hash ^ (entry->hash << 16) ^ 89869747u) * 3644798167u;
        s->hash = s->hash * 69069u + 907133923u;
        s->hashed = true;
    }
    *hash = s->hash;
    return true;
}

/* ---- update ---- */

static bool update_from_dict(Vm *vm, Value dict, Value source)
{
    TableEntry *entry;
    Table *from = &as_dict(source)->table, *to = &as_dict(dict)->table;
    if (from == to)
        return true;
    if (to->used == 0) {
        table_clear(vm, to);
        table_copy(vm, to, from);
        return true;
    }
    for (uint32_t at = 0; (entry = table_next(from, &at));)
        if (!table_set(vm, to, entry->key, entry->hash, entry->item))
            return false;
    return true;
}

static bool update_from_mapping(Vm *vm, Value dict, Value source, Value keys)
{
    Value iterator, key, item;
    if (!vm_iter(vm, keys, &iterator))
        return false;
    vm_push(vm, iterator);
    bool ok;
    while ((ok = vm_iter_next(vm, iterator, &key)) && value_given(key)) {
        vm_push(vm, key);
        ok = vm_getitem(vm, source, key, &item) && dict_set(vm, dict, key, item);
        vm_pop(vm, 1);
        if (!ok)
            break;
    }
    vm_pop(vm, 1);
    return ok;
}

static bool update_pair(Vm *vm, Value dict, Value pair, size_t index)
{
    Value both;
    if (!vm_to_list(vm, pair, &both)) {
        if (!vm_raised(vm, "TypeError"))
            return false;
        vm_catch(vm);
        return vm_raise(vm, "TypeError",
                        "cannot convert dictionary update sequence element #%zu to a sequence",
                        index);
    }
    if (list_len(both) != 2)
        return vm_raise(vm, "ValueError",
                        "dictionary update sequence element #%zu has length %zu; 2 is required",
                        index, list_len(both));
    vm_push(vm, both);
    bool ok = dict_set(vm, dict, list_get(both, 0), list_get(both, 1));
    vm_pop(vm, 1);
    return ok;
}

static bool update_from_pairs(Vm *vm, Value dict, Value source)
{
    Value iterator, pair;
    if (!vm_iter(vm, source, &iterator))
        return false;
    vm_push(vm, iterator);
    bool ok;
    for (size_t i = 0; (ok = vm_iter_next(vm, iterator, &pair)) && value_given(pair); i++) {
        vm_push(vm, pair);
        ok = update_pair(vm, dict, pair, i) && heap_may_grow(vm, 0);
        vm_pop(vm, 1);
        if (!ok)
            break;
    }
    vm_pop(vm, 1);
    return ok;
}

bool dict_update(Vm *vm, Value dict, Value source)
{
    if (value_is(source, OBJ_DICT) && !value_given(op_script_method(vm, source, SYM(vm, __iter__))))
        return update_from_dict(vm, dict, source);
    Value keys, method;
    if (!vm_getattr_if(vm, source, "keys", &method))
        return false;
    vm_push(vm, dict);
    vm_push(vm, source);
    bool ok = true;
    if (!value_given(method)) {
        ok = update_from_pairs(vm, dict, source);
    } else if ((ok = vm_call(vm, method, NULL, 0, &keys))) {
        vm_push(vm, keys);
        ok = update_from_mapping(vm, dict, source, keys);
        vm_pop(vm, 1);
    }
    vm_pop(vm, 2);
    return ok;
}
