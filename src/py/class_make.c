/* SPDX-License-Identifier: MIT */
/* Making classes as scripts do: bases, MRO, layout, slots, the class statement. */
#include <assert.h>

#include "py/obj_record.h"
#include "py/state.h"
#include "py/vm_call.h"

/* ---- the order of the ancestors (C3) ---- */

typedef struct Chain {
    Class **items;
    size_t at, len;
} Chain;

static bool in_tail(const Chain *chains, size_t count, const Class *cls)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = chains[i].at + 1; j < chains[i].len; j++)
            if (chains[i].items[j] == cls)
                return true;
    return false;
}

static Class *next_of_chains(Chain *chains, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (chains[i].at < chains[i].len && !in_tail(chains, count, chains[i].items[chains[i].at]))
            return chains[i].items[chains[i].at];
    return NULL;
}

static bool chains_left(const Chain *chains, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (chains[i].at < chains[i].len)
            return true;
    return false;
}

/* Names what stands first in the chains that are left. */
static bool raise_mro(Vm *vm, const Chain *chains, size_t count)
{
    Buf names = { 0 };
    for (size_t i = 0; i < count; i++) {
        bool again = chains[i].at == chains[i].len;
        for (size_t j = 0; j < i && !again; j++)
            again = chains[j].at < chains[j].len &&
                    chains[j].items[chains[j].at] == chains[i].items[chains[i].at];
        if (again)
            continue;
        buf_puts(&names, names.len ? ", " : "");
        buf_put(&names, str_text(chains[i].items[chains[i].at]->name));
    }
    vm_raise(vm, "TypeError",
             "Cannot create a consistent method resolution\norder (MRO) for bases %.*s",
             STR_ARG(buf_str(&names)));
    buf_free(&names);
    return false;
}

/* `chains` and `order` have room for bases->len + 1 and for all ancestors. */
static bool mro_merge(Vm *vm, Class *cls, TupleObj *bases, Chain *chains, Class **order)
{
    size_t count = bases->len + 1, len = 0;
    order[len++] = cls;
    while (chains_left(chains, count)) {
        Class *next = next_of_chains(chains, count);
        if (!next)
            return raise_mro(vm, chains, count);
        order[len++] = next;
        for (size_t i = 0; i < count; i++)
            if (chains[i].at < chains[i].len && chains[i].items[chains[i].at] == next)
                chains[i].at++;
    }
    cls->mro_len = (uint32_t)len;
    cls->mro = heap_resize(vm, NULL, 0, len * sizeof(Class *));
    memcpy(cls->mro, order, len * sizeof(Class *));
    return true;
}

static bool mro_make(Vm *vm, Class *cls, TupleObj *bases)
{
    size_t total = 1;
    for (size_t i = 0; i < bases->len; i++)
        total += as_class(bases->items[i])->mro_len;
    Arena *scratch = arena_new(NULL);
    Chain *chains = ARENA_ARRAY(scratch, Chain, bases->len + 1);
    Class **direct = ARENA_ARRAY(scratch, Class *, bases->len);
    for (size_t i = 0; i < bases->len; i++) {
        Class *base = as_class(bases->items[i]);
        direct[i] = base;
        chains[i] = (Chain){ .items = base->mro, .len = base->mro_len };
    }
    chains[bases->len] = (Chain){ .items = direct, .len = bases->len };
    bool ok = mro_merge(vm, cls, bases, chains, ARENA_ARRAY(scratch, Class *, total + 1));
    arena_free(scratch);
    return ok;
}

/* ---- layout ---- */

static bool payload_is(const NativeClass *a, const NativeClass *b)
{
    for (; a; a = a->base)
        if (a == b)
            return true;
    return b == NULL;
}

/* Takes over the layout of a base, when it says more than what is known already. */
static bool layout_join(Vm *vm, Class *cls, const Class *base)
{
    if (base->layout == OBJ_INSTANCE || base->layout == cls->layout) {
        if (base->payload && !payload_is(cls->payload, base->payload)) {
            if (!payload_is(base->payload, cls->payload))
                return vm_raise(vm, "TypeError", "multiple bases have instance lay-out conflict");
            cls->payload = base->payload;
        }
        return true;
    }
    if (cls->layout != OBJ_INSTANCE)
        return vm_raise(vm, "TypeError", "multiple bases have instance lay-out conflict");
    cls->layout = base->layout;
    cls->payload = base->payload;
    return true;
}

static bool check_base(Vm *vm, Value base)
{
    if (!value_is(base, OBJ_CLASS))
        return vm_raise(vm, "TypeError", "bases must be types");
    if (as_class(base)->flags & CLASS_FINAL)
        return vm_raise(vm, "TypeError", "type '%s' is not an acceptable base type",
                        as_class(base)->name->text);
    return true;
}

static bool check_bases(Vm *vm, const TupleObj *bases)
{
    for (size_t i = 0; i < bases->len; i++) {
        if (!check_base(vm, bases->items[i]))
            return false;
        for (size_t j = 0; j < i; j++)
            if (value_same(bases->items[i], bases->items[j]))
                return vm_raise(vm, "TypeError", "duplicate base class %s",
                                as_class(bases->items[i])->name->text);
    }
    return true;
}

static bool inherit(Vm *vm, Class *cls, TupleObj *bases)
{
    static const unsigned inherited = CLASS_HAS_DICT | CLASS_BASE_EXCEPTION | CLASS_IS_META |
                                      CLASS_GETATTRIBUTE | CLASS_GETATTR | CLASS_SETATTR |
                                      CLASS_INCOMPLETE;
    cls->layout = OBJ_INSTANCE;
    for (size_t i = 0; i < bases->len; i++) {
        const Class *base = as_class(bases->items[i]);
        cls->flags |= base->flags & inherited;
        if (!layout_join(vm, cls, base))
            return false;
        Class *slotted = base->slotted, *known = cls->slotted;
        if (!slotted || (known && class_is(known, slotted)))
            continue;
        if (known && !class_is(slotted, known))
            return vm_raise(vm, "TypeError", "multiple bases have instance lay-out conflict");
        cls->slotted = slotted;
        cls->slot_count = slotted->slot_count;
    }
    return true;
}

/* ---- __slots__ ---- */

static bool add_slot(Vm *vm, Class *cls, Value name)
{
    if (!value_is(name, OBJ_STR))
        return vm_raise(vm, "TypeError", "__slots__ items must be strings, not '%s'",
                        type_name(vm, name));
    StrObj *text = str_intern_obj(vm, as_str(name));
    if (text == SYM(vm, __dict__)) {
        cls->flags |= CLASS_HAS_DICT;
        return true;
    }
    if (text == SYM(vm, __weakref__))
        return true;
    if (text->len > 2 && text->text[0] == '_' && text->text[1] == '_' &&
        !str_ends(str_text(text), STR("__"))) {
        Str stripped = str_text(cls->name);
        while (stripped.len && stripped.ptr[0] == '_')
            stripped = str_from_offset(stripped, 1);
        text = str_intern(vm, str_format(vm->arena, "_%.*s%s", STR_ARG(stripped), text->text));
    }
    if (table_find_str(&cls->attrs->table, text))
        return vm_raise(vm, "ValueError", "'%s' in __slots__ conflicts with class variable",
                        text->text);
    MemberObj *member = heap_new(vm, builtin_class(vm, CLASS_MEMBER), OBJ_MEMBER, sizeof *member);
    member->owner = cls;
    member->name = text;
    member->slot = cls->slot_count++;
    cls->slotted = cls;
    class_set(vm, cls, text, value_object(member));
    return true;
}

static bool make_slots(Vm *vm, Class *cls)
{
    TableEntry *entry = table_find_str(&cls->attrs->table, SYM(vm, __slots__));
    if (!entry) {
        cls->flags |= CLASS_HAS_DICT;
        return true;
    }
    Value slots = entry->item, names;
    if (value_is(slots, OBJ_STR))
        return add_slot(vm, cls, slots);
    if (!vm_to_list(vm, slots, &names))
        return false;
    for (size_t i = 0; i < as_list(names)->len; i++)
        if (!add_slot(vm, cls, as_list(names)->items[i]))
            return false;
    return true;
}

/* ---- type.__new__ ---- */

static Value namespace_take(Vm *vm, Class *cls, StrObj *name)
{
    TableEntry *entry = table_find_str(&cls->attrs->table, name);
    Value v = entry ? entry->item : VALUE_UNSET;
    if (entry)
        table_remove_entry(vm, &cls->attrs->table, entry);
    return v;
}

/* Functions that are class methods or static methods by their name alone. */
static void wrap_implicit(Vm *vm, Class *cls)
{
    StrObj *const names[] = { SYM(vm, __init_subclass__), SYM(vm, __class_getitem__),
                              SYM(vm, __new__) };
    for (size_t i = 0; i < 3; i++) {
        TableEntry *entry = table_find_str(&cls->attrs->table, names[i]);
        if (entry && value_is(entry->item, OBJ_FUNCTION))
            entry->item =
                wrapper_new(vm, i == 2 ? OBJ_STATIC_METHOD : OBJ_CLASS_METHOD, entry->item);
    }
}

static bool take_namespace(Vm *vm, Class *cls, Value namespace)
{
    uint32_t at = 0;
    for (const TableEntry *entry; (entry = table_next(&as_dict(namespace)->table, &at));)
        if (value_is(entry->key, OBJ_STR))
            class_set(vm, cls, as_str(entry->key), entry->item);
    Value qualname = namespace_take(vm, cls, SYM(vm, __qualname__));
    if (value_given(qualname) && !value_is(qualname, OBJ_STR))
        return vm_raise(vm, "TypeError", "type __qualname__ must be a str, not %s",
                        type_name(vm, qualname));
    cls->qualname = value_given(qualname) ? qualname : value_object(cls->name);
    Value cell = namespace_take(vm, cls, SYM(vm, __classcell__));
    if (value_is(cell, OBJ_CELL))
        as_cell(cell)->content = class_value(cls);
    if (!table_find_str(&cls->attrs->table, SYM(vm, __module__))) {
        TableEntry *module =
            vm->frame ? table_find_str(&vm->frame->globals->table, SYM(vm, __name__)) : NULL;
        if (module)
            class_set(vm, cls, SYM(vm, __module__), module->item);
    }
    if (!table_find_str(&cls->attrs->table, SYM(vm, __doc__)))
        class_set(vm, cls, SYM(vm, __doc__), VALUE_NONE);
    bool eq = table_find_str(&cls->attrs->table, SYM(vm, __eq__)) != NULL;
    if (eq && !table_find_str(&cls->attrs->table, SYM(vm, __hash__)))
        class_set(vm, cls, SYM(vm, __hash__), VALUE_NONE);
    wrap_implicit(vm, cls);
    return true;
}

/* __set_name__ of everything in the namespace. A failure gets a note, as from CPython 3.12. */
static bool call_set_names(Vm *vm, Class *cls, Value namespace)
{
    uint32_t at = 0;
    for (const TableEntry *entry; (entry = table_next(&as_dict(namespace)->table, &at));) {
        Value v = entry->item;
        if (v.tag != TAG_OBJECT || !value_is(entry->key, OBJ_STR) || is_opaque(v))
            continue;
        if (value_is(v, OBJ_FUNCTION) || value_is(v, OBJ_STR))
            continue;
        Value method = special_find(vm, v, SYM(vm, __set_name__));
        Value args[2] = { class_value(cls), entry->key }, ignored;
        if (value_given(method) && !special_call(vm, method, v, args, 2, &ignored))
            return false;
    }
    return true;
}

static bool call_init_subclass(Vm *vm, Class *cls, Value keywords)
{
    Value found = class_lookup_after(vm, cls, cls, SYM(vm, __init_subclass__)), bound, ignored;
    if (!value_given(found))
        return true;
    bool empty = !value_given(keywords) || dict_len(keywords) == 0;
    if (value_is(found, OBJ_CLASS_METHOD) && empty &&
        value_is(as_wrapper(found)->function, OBJ_NATIVE))
        return true;
    if (!attr_bind(vm, found, VALUE_UNSET, cls, &bound))
        return false;
    vm_push(vm, bound);
    bool ok = vm_call_kw(vm, bound, NULL, 0, empty ? VALUE_UNSET : keywords, &ignored);
    vm_pop(vm, 1);
    return ok;
}

/* Opaque bases are set apart; a class with none but such is Opaque itself, see class_make. */
static TupleObj *real_bases(Vm *vm, const TupleObj *bases, ListObj **opaque)
{
    size_t count = 0;
    for (size_t i = 0; i < bases->len; i++)
        count += !is_opaque(bases->items[i]);
    TupleObj *real = tuple_new(vm, count);
    if (count < bases->len)
        *opaque = list_new(vm, 0);
    size_t at = 0;
    for (size_t i = 0; i < bases->len; i++) {
        if (is_opaque(bases->items[i]))
            list_push(vm, *opaque, bases->items[i]);
        else
            real->items[at++] = bases->items[i];
    }
    if (real->len == 0) {
        real = tuple_new(vm, 1);
        real->items[0] = class_value(builtin_class(vm, CLASS_OBJECT));
    }
    return real;
}

static Class *class_blank(Vm *vm, Class *meta, StrObj *name, TupleObj *bases)
{
    Class *cls = heap_new(vm, meta, OBJ_CLASS, sizeof *cls);
    cls->name = str_intern_obj(vm, name);
    cls->qualname = value_object(cls->name);
    cls->module = VALUE_UNSET;
    cls->bases = bases;
    cls->attrs = dict_new(vm);
    cls->flags = CLASS_SCRIPT | CLASS_FILLED;
    return cls;
}

static bool class_finish(Vm *vm, Class *cls, Value namespace, Value keywords)
{
    for (size_t i = 0; i < cls->bases->len; i++)
        class_add_subclass(vm, as_class(cls->bases->items[i]), cls);
    return call_set_names(vm, cls, namespace) && call_init_subclass(vm, cls, keywords);
}

static bool best_meta(Vm *vm, Class *meta, const TupleObj *bases, Class **best)
{
    for (size_t i = 0; i < bases->len; i++) {
        Class *of_base = value_class(vm, bases->items[i]);
        if (!value_is(bases->items[i], OBJ_CLASS) || class_is(meta, of_base))
            continue;
        if (!class_is(of_base, meta))
            return vm_raise(vm, "TypeError",
                            "metaclass conflict: the metaclass of a derived class must be a "
                            "(non-strict) subclass of the metaclasses of all its bases");
        meta = of_base;
    }
    *best = meta;
    return true;
}

bool class_make(Vm *vm, Class *meta, Value name, Value bases, Value namespace, Value keywords,
                Value *result)
{
    ListObj *opaque = NULL;
    TupleObj *real = real_bases(vm, as_tuple(bases), &opaque);
    if (!check_bases(vm, real) || !best_meta(vm, meta, real, &meta))
        return false;
    Class *cls = class_blank(vm, meta, as_str(name), real);
    vm_push(vm, class_value(cls));
    cls->opaque_bases = opaque;
    cls->flags |= opaque ? CLASS_INCOMPLETE : 0;
    bool ok = inherit(vm, cls, real) && mro_make(vm, cls, real) &&
              take_namespace(vm, cls, namespace) && make_slots(vm, cls) &&
              class_finish(vm, cls, namespace, keywords);
    vm_pop(vm, 1);
    *result = class_value(cls);
    return ok;
}

/* ---- the class statement ---- */

/* Replaces bases that are no classes by what their __mro_entries__ says; *changed tells. */
static bool resolve_bases(Vm *vm, const Value *bases, size_t count, ListObj *out, bool *changed)
{
    TupleObj *original = tuple_new_of(vm, builtin_class(vm, CLASS_TUPLE), bases, count);
    vm_push(vm, value_object(original));
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++) {
        Value method = VALUE_UNSET;
        if (!value_is(bases[i], OBJ_CLASS) && !is_opaque(bases[i]))
            ok = attr_get_if(vm, bases[i], SYM(vm, __mro_entries__), &method);
        if (!ok || !value_given(method)) {
            list_push(vm, out, bases[i]);
            continue;
        }
        Value arg = value_object(original), entries;
        ok = vm_call(vm, method, &arg, 1, &entries);
        if (ok && !is_tuple(entries))
            ok = vm_raise(vm, "TypeError", "__mro_entries__ must return a tuple");
        for (size_t j = 0; ok && j < tuple_len(entries); j++)
            list_push(vm, out, tuple_get(entries, j));
        *changed = true;
    }
    vm_pop(vm, 1);
    return ok;
}

static bool all_opaque(const ListObj *bases)
{
    for (size_t i = 0; i < bases->len; i++)
        if (!is_opaque(bases->items[i]))
            return false;
    return bases->len > 0;
}

static bool prepare(Vm *vm, Value meta, Value name, Value bases, Value keywords, Value *namespace)
{
    Value method;
    if (!attr_get_if(vm, meta, SYM(vm, __prepare__), &method))
        return false;
    bool is_default =
        value_is(method, OBJ_METHOD) && value_is(as_method(method)->function, OBJ_NATIVE);
    if (!value_given(method) || is_default) {
        *namespace = make_dict(vm);
        return true;
    }
    Value args[2] = { name, bases };
    return vm_call_kw(vm, method, args, 2, keywords, namespace);
}

static bool choose_meta(Vm *vm, Value keywords, Value bases, Value *meta)
{
    *meta = VALUE_UNSET;
    if (value_given(keywords)) {
        TableEntry *entry = table_find_str(&as_dict(keywords)->table, SYM(vm, metaclass));
        if (entry) {
            *meta = entry->item;
            table_remove_entry(vm, &as_dict(keywords)->table, entry);
        }
    }
    if (value_given(*meta) && !value_is(*meta, OBJ_CLASS))
        return true;
    Class *start = value_given(*meta) ? as_class(*meta) : builtin_class(vm, CLASS_TYPE);
    if (!best_meta(vm, start, as_tuple(bases), &start))
        return false;
    *meta = class_value(start);
    return true;
}

/* Roots: [keywords, bases, namespace] are pushed by the caller and filled in here. */
static bool build_with(Vm *vm, Value body, Value name, Value bases, Value original, Value keywords,
                       Value *result)
{
    Value meta, namespace, cell;
    if (!choose_meta(vm, keywords, bases, &meta))
        return false;
    vm_push(vm, meta);
    if (!prepare(vm, meta, name, bases, keywords, &namespace)) {
        vm_pop(vm, 1);
        return false;
    }
    vm_push(vm, namespace);
    bool ok = class_body_run(vm, as_func(body), namespace, &cell);
    if (ok && value_given(original) && value_is(namespace, OBJ_DICT))
        table_set_str(vm, &as_dict(namespace)->table, SYM(vm, __orig_bases__), original);
    Value args[3] = { name, bases, namespace };
    vm_push(vm, ok ? cell : VALUE_NONE);
    if (ok)
        ok = vm_call_kw(vm, meta, args, 3, keywords, result);
    if (ok && value_is(cell, OBJ_CELL) && value_is(*result, OBJ_CLASS))
        as_cell(cell)->content = *result;
    vm_pop(vm, 3);
    return ok;
}

bool class_build(Vm *vm, Value body, Value name, const Value *bases, size_t count, Value keywords,
                 Value *result)
{
    ListObj *resolved = list_new(vm, 0);
    vm_push(vm, value_object(resolved));
    if (value_given(keywords)) {
        DictObj *copy = dict_new(vm);
        table_copy(vm, &copy->table, &as_dict(keywords)->table);
        keywords = value_object(copy);
    }
    vm_push(vm, keywords);
    bool changed = false, ok = resolve_bases(vm, bases, count, resolved, &changed);
    Class *tuple = builtin_class(vm, CLASS_TUPLE);
    Value tupled = VALUE_NONE, original = VALUE_UNSET;
    if (ok) {
        tupled = value_object(tuple_new_of(vm, tuple, resolved->items, resolved->len));
        if (changed)
            original = value_object(tuple_new_of(vm, tuple, bases, count));
    }
    vm_push(vm, tupled);
    vm_push(vm, original);
    if (ok && all_opaque(resolved)) {
        Value namespace = make_dict(vm), cell;
        vm_push(vm, namespace);
        ok = class_body_run(vm, as_func(body), namespace, &cell);
        *result = opaque_derive(vm, resolved->items[0],
                                str_format(vm->arena, " (class %s)", as_str(name)->text));
        const Value noted[] = { *result, namespace };
        vm_push(vm, *result);
        list_push(vm, vm->opaque_classes, make_tuple(vm, noted, 2));
        vm_pop(vm, 2);
    } else if (ok) {
        ok = build_with(vm, body, name, tupled, original, keywords, result);
    }
    vm_pop(vm, 4);
    return ok;
}
