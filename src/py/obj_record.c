/* SPDX-License-Identifier: MIT */
#include "py/obj_record.h"

#include <assert.h>

#include "py/heap_kinds.h"
#include "py/vm_call.h"

/* ---- the table of records ---- */

static RecordEntry *entry_slot(RecordEntry *entries, size_t cap, const Record *record)
{
    size_t at = ((uintptr_t)record >> 4) * 0x9E3779B97F4A7C15u >> 20 & (cap - 1);
    while (entries[at].record && entries[at].record != record)
        at = (at + 1) & (cap - 1);
    return &entries[at];
}

static RecordEntry *record_entry(Vm *vm, const Record *record)
{
    if (vm->record_len * 2 >= vm->record_cap) {
        size_t cap = vm->record_cap ? vm->record_cap * 2 : 128;
        RecordEntry *entries = mem_alloc(cap * sizeof *entries);
        for (size_t i = 0; i < vm->record_cap; i++)
            if (vm->records[i].record)
                *entry_slot(entries, cap, vm->records[i].record) = vm->records[i];
        mem_free(vm->records);
        vm->records = entries;
        vm->record_cap = cap;
    }
    RecordEntry *entry = entry_slot(vm->records, vm->record_cap, record);
    if (!entry->record) {
        entry->record = record;
        vm->record_len++;
    }
    return entry;
}

void record_register(Vm *vm, const RecordHooks *hooks)
{
    record_entry(vm, hooks->record)->hooks = hooks;
}

static const RecordHooks *hooks_of(Vm *vm, const Record *record)
{
    return record_entry(vm, record)->hooks;
}

/* ---- classes ---- */

static bool record_new_row(Vm *vm, Call *call);
static bool record_init_row(Vm *vm, Call *call);

static const NativeRow record_rows[] = {
    { "__new__(cls, /, *_, **_)", record_new_row, NULL },
    { "__init__(self, /, *args, **kwargs)", record_init_row, NULL, true },
};

static const char *record_name(Vm *vm, const Record *record)
{
    if (record->name)
        return record->name;
    RecordEntry *entry = record_entry(vm, record);
    if (!entry->name) {
        Str signature = str_from(record->signature);
        ptrdiff_t end = str_find_char(signature, '(', 0);
        size_t len = end < 0 ? signature.len : (size_t)end;
        entry->name = str_cstr(vm->arena, str_slice(signature, 0, len));
    }
    return entry->name;
}

Class *record_class(Vm *vm, const Record *record)
{
    RecordEntry *entry = record_entry(vm, record);
    if (entry->cls)
        return entry->cls;
    const RecordHooks *hooks = entry->hooks;
    Class *base = record->base ? record_class(vm, record->base) : builtin_class(vm, CLASS_OBJECT);
    NativeClass *native = ARENA_NEW(vm->arena, NativeClass);
    *native = (NativeClass){ .name = record_name(vm, record),
                             .doc = record->doc,
                             .module = hooks ? hooks->module : NULL };
    if (!record->base) {
        native->methods = record_rows;
        native->method_count = sizeof record_rows / sizeof *record_rows;
    }
    Class *cls = class_of_rows(vm, native, base);
    cls->layout = OBJ_RECORD;
    cls->record = record;
    cls->flags |= CLASS_HAS_DICT;
    record_entry(vm, record)->cls = cls;
    class_fill(vm, cls);
    if (hooks)
        class_add_rows(vm, cls, hooks->methods, hooks->method_count, hooks->getters,
                       hooks->getter_count);
    return cls;
}

static const Record *record_of_class(const Class *cls)
{
    for (uint32_t i = 0; i < cls->mro_len; i++)
        if (cls->mro[i]->record)
            return cls->mro[i]->record;
    return NULL;
}

/* ---- boxes ---- */

static bool makes_records(const Vm *vm)
{
    return vm->native && vm->native->records;
}

Arena *record_arena_lasting(Vm *vm)
{
    return region_arena(vm->heap.regions.lasting);
}

/* What an __init__ makes is of its record's members: it goes where the struct lies. */
static Region *region_of_self(Vm *vm)
{
    const Call *call = vm->native->call;
    bool inits = value_is(vm->native->callee, OBJ_NATIVE) &&
                 as_native(vm->native->callee)->name == SYM(vm, __init__);
    return inits && call->count > 0 && value_is(call->args[0], OBJ_RECORD)
               ? ((const RecordObj *)call->args[0].object)->region
               : NULL;
}

Arena *record_arena(Vm *vm)
{
    if (!makes_records(vm))
        return record_arena_lasting(vm);
    if (!vm->native->region)
        vm->native->region = region_of_self(vm);
    if (!vm->native->region)
        vm->native->region = region_new(vm);
    return region_arena(vm->native->region);
}

static bool is_argument(const Call *call, Value v)
{
    for (size_t i = 0; i < call->count; i++)
        if (value_same(call->args[i], v))
            return true;
    return false;
}

void record_hold(Vm *vm, Value v)
{
    if (!makes_records(vm)) {
        vm_keep(vm, v);
    } else if (!is_argument(vm->native->call, v)) {
        record_arena(vm);
        region_hold(vm->native->region, v);
    }
}

static RecordObj *box_new(Vm *vm, Class *cls, const Record *record, void *object)
{
    RecordObj *box = heap_new(vm, cls, OBJ_RECORD, sizeof *box);
    box->record = record;
    box->object = object;
    box->region = region_of(vm, object);
    ((RecordHead *)object)->box = box;
    if (box->region)
        region_hold(box->region, value_object(box));
    else
        vm_keep(vm, value_object(box));
    return box;
}

Value record_box(Vm *vm, void *object)
{
    RecordHead *head = object;
    if (!head)
        return VALUE_NONE;
    if (!head->box)
        box_new(vm, record_class(vm, head->record), head->record, object);
    return value_object(head->box);
}

void record_mark(Vm *vm, Obj *obj)
{
    const RecordObj *box = (const RecordObj *)obj;
    region_mark(vm, box->region);
    for (uint32_t i = 0; i < box->ref_count; i++)
        heap_mark_value(vm, box->refs[i].value);
}

void record_drop(Vm *vm, Obj *obj)
{
    RecordObj *box = (RecordObj *)obj;
    heap_release(vm, box->refs, box->ref_cap * sizeof *box->refs);
}

static RecordRef *find_ref(const RecordObj *box, const char *name)
{
    for (uint32_t i = 0; i < box->ref_count; i++)
        if (strcmp(box->refs[i].name, name) == 0)
            return &box->refs[i];
    return NULL;
}

/* A plain text was copied; a record is pointed to, which the collector sees in a region. */
static bool needs_ref(Vm *vm, const RecordObj *box, Value v)
{
    if (v.tag != TAG_OBJECT || v.object->cls == vm->classes[CLASS_STR])
        return false;
    return !value_is(v, OBJ_RECORD) || (box && !box->region);
}

/* `name` lives as long as the record's declaration. */
static void add_ref(Vm *vm, RecordObj *box, const char *name, Value v)
{
    RecordRef *ref = box ? find_ref(box, name) : NULL;
    if (ref)
        ref->value = v;
    if (ref || !needs_ref(vm, box, v))
        return;
    if (!box) {
        record_hold(vm, v);
        return;
    }
    if (box->ref_count == box->ref_cap) {
        uint32_t cap = box->ref_cap ? box->ref_cap * 2 : 2;
        box->refs =
            heap_resize(vm, box->refs, box->ref_cap * sizeof *box->refs, cap * sizeof *box->refs);
        box->ref_cap = cap;
    }
    box->refs[box->ref_count++] = (RecordRef){ name, v };
}

Value record_dict(Vm *vm, Value box, const char *name, const Datum *given)
{
    RecordObj *self = (RecordObj *)(void *)box.object;
    const RecordRef *ref = find_ref(self, name);
    Value made;
    if (ref && is_dict(ref->value))
        return ref->value;
    if (given->kind != DATUM_MAP || !from_datum(vm, given, &made) || !is_dict(made))
        made = make_dict(vm);
    add_ref(vm, self, name, made);
    return made;
}

static Value get_ref(const RecordObj *box, const char *name)
{
    const RecordRef *ref = find_ref(box, name);
    return ref ? ref->value : VALUE_UNSET;
}

void *record_of(Value v, const Record *record)
{
    if (!value_is(v, OBJ_RECORD))
        return NULL;
    const RecordObj *box = (const RecordObj *)v.object;
    return record_is(box->record, record) ? box->object : NULL;
}

/* ---- members from values ---- */

typedef struct Member {
    Arena *arena;
    RecordObj *box; /* or NULL */
    void *object;
    const char *owner; /* for messages: "Column" */
} Member;

static bool wrong_type(Vm *vm, const char *what, const char *wanted, Value v)
{
    if (is_opaque(v))
        return opaque_refuse(vm, v, what);
    return vm_raise(vm, "TypeError", "argument '%s' must be %s, not %s", what, wanted,
                    type_name(vm, v));
}

static bool coerce(Vm *vm, Arena *arena, const Record *record, Value v, void **object, Value *ref)
{
    *object = NULL;
    *ref = v;
    for (const Record *each = record; each; each = each->base) {
        const RecordHooks *hooks = hooks_of(vm, each);
        if (hooks && hooks->coerce)
            return hooks->coerce(vm, arena, record, v, object, ref);
    }
    return true;
}

static bool link_of(Vm *vm, Arena *arena, Value v, const Record *record, const char *what,
                    void **object, Value *ref)
{
    *ref = v;
    *object = record_of(v, record);
    if (*object || value_is_none(v) || !value_given(v))
        return true;
    if (is_opaque(v))
        return opaque_refuse(vm, v, "the schema");
    if (!coerce(vm, arena, record, v, object, ref))
        return false;
    return *object || wrong_type(vm, what, record_name(vm, record), v);
}

bool to_record(Vm *vm, Arena *arena, Value v, const Record *record, const char *what, void **object)
{
    Value ref;
    if (!link_of(vm, arena, v, record, what, object, &ref))
        return false;
    if (!value_same(ref, v))
        record_hold(vm, ref);
    return true;
}

static bool set_text(Vm *vm, const Member *m, const char *what, Value v, Str *text)
{
    *text = STR_NONE;
    if (value_is_none(v))
        return true;
    if (!is_str(v))
        return wrong_type(vm, what, "str", v);
    *text = str_dup(m->arena, str_text(as_str(v)));
    return true;
}

static bool has_class_named(const Class *cls, const char *name)
{
    for (uint32_t i = 0; i < cls->mro_len; i++)
        if (str_is(str_text(cls->mro[i]->name), name))
            return true;
    return false;
}

static bool set_name(Vm *vm, const Member *m, const char *what, Value v, Name *name)
{
    *name = (Name){ 0 };
    if (!set_text(vm, m, what, v, &name->text) || value_is_none(v))
        return !value_given(vm->pending);
    Class *cls = v.object->cls;
    if (cls == vm->classes[CLASS_STR] || !has_class_named(cls, "quoted_name"))
        return true;
    name->final = has_class_named(cls, "conv");
    Value quote;
    bool truth;
    if (!vm_getattr_if(vm, v, "quote", &quote))
        return false;
    if (!value_given(quote) || value_is_none(quote))
        return true;
    if (!to_truth(vm, quote, &truth))
        return false;
    name->quote = truth ? TRI_TRUE : TRI_FALSE;
    return true;
}

static bool set_names(Vm *vm, const Member *m, const char *what, Value v, StrVec *names)
{
    *names = (StrVec){ 0 };
    if (value_is_none(v))
        return true;
    if (is_str(v)) {
        VEC_PUSH(m->arena, names, str_dup(m->arena, str_text(as_str(v))));
        return true;
    }
    Value list;
    if (!vm_to_list(vm, v, &list))
        return false;
    for (size_t i = 0; i < list_len(list); i++) {
        if (!is_str(list_get(list, i)))
            return wrong_type(vm, what, "a sequence of str", list_get(list, i));
        VEC_PUSH(m->arena, names, str_dup(m->arena, str_text(as_str(list_get(list, i)))));
    }
    return true;
}

static bool set_links(Vm *vm, const Member *m, const Field *field, Value v, LinkVec *links)
{
    *links = (LinkVec){ 0 };
    if (value_is_none(v))
        return true;
    Value list;
    if (!vm_to_list(vm, v, &list))
        return false;
    vm_push(vm, list);
    bool ok = true;
    for (size_t i = 0; ok && i < list_len(list); i++) {
        void *object;
        Value ref;
        ok = link_of(vm, m->arena, list_get(list, i), field->link, field->name, &object, &ref);
        if (!ok)
            break;
        as_list(list)->items[i] = ref;
        VEC_PUSH(m->arena, links, object);
    }
    add_ref(vm, m->box, field->name, list);
    vm_pop(vm, 1);
    return ok;
}

static bool set_options(Vm *vm, const Member *m, Value v, Options *options)
{
    options->map = map_in(m->arena);
    if (value_is_none(v))
        return true;
    if (!is_dict(v))
        return wrong_type(vm, "**kw", "a dict", v);
    Value key, item;
    for (size_t at = 0; dict_next(v, &at, &key, &item);) {
        Datum *datum = ARENA_NEW(m->arena, Datum);
        if (!is_str(key))
            return vm_raise(vm, "TypeError", "keywords must be strings");
        if (!record_datum(vm, m->arena, item, datum))
            return false;
        map_set(&options->map, str_text(as_str(key)), datum);
    }
    return true;
}

static bool set_number(Vm *vm, const Field *field, Value v, int64_t *number)
{
    if (is_int(v) || value_is(v, OBJ_INSTANCE))
        return to_int(vm, v, number);
    return wrong_type(vm, field->name, "int", v);
}

static bool member_set(Vm *vm, const Member *m, const Field *field, Value v)
{
    void *at = field_at(m->object, field);
    bool truth = false, none = value_is_none(v);
    Value ref = v;
    bool ok = true;
    switch (field->kind) {
    case FIELD_STR:
        ok = set_text(vm, m, field->name, v, at);
        break;
    case FIELD_NAME:
        ok = set_name(vm, m, field->name, v, at);
        break;
    case FIELD_BOOL:
        return to_truth(vm, v, at);
    case FIELD_TRI:
        if (!none && !to_truth(vm, v, &truth))
            return false;
        *(Tri *)at = none ? TRI_NONE : truth ? TRI_TRUE : TRI_FALSE;
        return true;
    case FIELD_INT:
        return set_number(vm, field, v, at);
    case FIELD_OPT_INT:
        ((OptInt *)at)->given = !none;
        return none || set_number(vm, field, v, &((OptInt *)at)->value);
    case FIELD_FLOAT:
        return to_float(vm, v, at);
    case FIELD_NAMES:
        ok = set_names(vm, m, field->name, v, at);
        break;
    case FIELD_DATUM:
        ok = record_datum(vm, m->arena, v, at);
        break;
    case FIELD_OPTIONS:
        return set_options(vm, m, v, at);
    case FIELD_SCRIPT:
        ((ScriptRef *)at)->object = v.tag == TAG_OBJECT ? v.object : NULL;
        break;
    case FIELD_LINK:
        ok = link_of(vm, m->arena, v, field->link, field->name, at, &ref);
        break;
    case FIELD_LINKS:
        return set_links(vm, m, field, v, at);
    }
    if (ok)
        add_ref(vm, m->box, field->name, ref);
    return ok;
}

static Arena *box_arena(Vm *vm, const RecordObj *box)
{
    return box->region ? region_arena(box->region) : record_arena_lasting(vm);
}

bool record_set(Vm *vm, Value v, const Field *field, Value member)
{
    RecordObj *box = (RecordObj *)v.object;
    Member m = { box_arena(vm, box), box, box->object, record_name(vm, box->record) };
    Field named = *field;
    named.name += named.name[0] == '.';
    return member_set(vm, &m, &named, member);
}

/* ---- values from members ---- */

static bool get_links(Vm *vm, const LinkVec *links, Value *v)
{
    *v = make_list(vm, NULL, 0);
    for (size_t i = 0; i < links->len; i++)
        list_append(vm, *v, record_box(vm, links->items[i]));
    return true;
}

static bool get_options(Vm *vm, const Options *options, Value *v)
{
    Datum datum = { .kind = DATUM_MAP, .map = (Map *)(uintptr_t)&options->map };
    return from_datum(vm, &datum, v);
}

static Value get_text(Vm *vm, Str text, Value ref)
{
    if (!str_given(text))
        return VALUE_NONE;
    return is_str(ref) && str_eq(str_text(as_str(ref)), text) ? ref : make_str(vm, text);
}

bool record_get(Vm *vm, Value box_value, const Field *field, Value *v)
{
    const RecordObj *box = (const RecordObj *)box_value.object;
    const void *at = field_at(box->object, field);
    const char *name = field->name + (field->name[0] == '.');
    Value ref = get_ref(box, name);
    *v = VALUE_NONE;
    switch (field->kind) {
    case FIELD_STR:
        *v = get_text(vm, *(const Str *)at, ref);
        return true;
    case FIELD_NAME:
        *v = get_text(vm, ((const Name *)at)->text, ref);
        return true;
    case FIELD_BOOL:
        *v = value_bool(*(const bool *)at);
        return true;
    case FIELD_TRI:
        if (*(const Tri *)at != TRI_NONE)
            *v = value_bool(*(const Tri *)at == TRI_TRUE);
        return true;
    case FIELD_INT:
        *v = value_int(*(const int64_t *)at);
        return true;
    case FIELD_OPT_INT:
        if (((const OptInt *)at)->given)
            *v = value_int(((const OptInt *)at)->value);
        return true;
    case FIELD_FLOAT:
        *v = value_float(*(const double *)at);
        return true;
    case FIELD_NAMES: {
        const StrVec *names = at;
        *v = make_list(vm, NULL, 0);
        for (size_t i = 0; i < names->len; i++)
            list_append(vm, *v, make_str(vm, names->items[i]));
        return true;
    }
    case FIELD_DATUM:
        if (!value_given(ref))
            return from_datum(vm, at, v);
        *v = ref;
        return true;
    case FIELD_OPTIONS:
        return get_options(vm, at, v);
    case FIELD_SCRIPT:
        *v = value_given(ref) ? ref : VALUE_NONE;
        if (!value_given(ref) && ((const ScriptRef *)at)->object)
            *v = value_object(((const ScriptRef *)at)->object);
        return true;
    case FIELD_LINK:
        *v = record_box(vm, *(void *const *)at);
        return true;
    case FIELD_LINKS:
        return get_links(vm, at, v);
    }
    return true;
}

/* ---- binding ---- */

/* Whether the default is what a new struct holds. */
static bool is_zero(const Param *param, FieldKind kind)
{
    if (param->unset_default || param->required)
        return true;
    if (kind == FIELD_BOOL)
        return param->fallback.kind == DATUM_BOOL && !param->fallback.truth;
    return param->fallback.kind == DATUM_NONE && kind != FIELD_OPTIONS && kind != FIELD_FLOAT &&
           kind != FIELD_INT;
}

static RecordBinding *binding_new(Vm *vm, const Record *record, const char *text)
{
    RecordBinding *binding = ARENA_NEW(vm->arena, RecordBinding);
    const Signature *s = signature_parse(vm->arena, text);
    *binding = (RecordBinding){ .text = text, .signature = s };
    binding->fields = ARENA_ARRAY(vm->arena, const Field *, s->count);
    for (size_t i = 0; i < s->count; i++) {
        const Param *param = &s->params[i];
        uint64_t bit = (uint64_t)1 << i;
        bool stars = param->kind == PARAM_VARARGS || param->kind == PARAM_VARKEYWORDS;
        const Field *field =
            param->kind == PARAM_VARARGS ? NULL : record_field(record, param->name);
        binding->fields[i] = field;
        binding->members |= field ? bit : 0;
        binding->defaults |= field && (stars || !is_zero(param, field->kind)) ? bit : 0;
        binding->counted |= stars ? 0 : bit;
    }
    return binding;
}

/* `text` NULL: the record's own signature. */
static const RecordBinding *binding_of(Vm *vm, const Record *record, const char *text)
{
    RecordEntry *entry = record_entry(vm, record);
    text = text ? text : record->signature;
    RecordBinding *binding = entry->bindings;
    while (binding && binding->text != text)
        binding = binding->next;
    if (!binding) {
        binding = binding_new(vm, record, text);
        binding->next = entry->bindings;
        entry->bindings = binding;
    }
    return binding;
}

static bool collect_args(Vm *vm, Arena *arena, Value tuple, Datum **args, size_t *count)
{
    *count = value_given(tuple) ? tuple_len(tuple) : 0;
    *args = ARENA_ARRAY(arena, Datum, *count);
    for (size_t i = 0; i < *count; i++) {
        if (!record_datum(vm, arena, tuple_get(tuple, i), &(*args)[i]))
            return false;
    }
    return true;
}

static bool bind_members(Vm *vm, const Member *m, const RecordBinding *binding, const Value *values)
{
    RecordHead *head = m->object;
    const Signature *s = binding->signature;
    uint64_t set = 0;
    for (size_t i = 0; i < s->count; i++)
        set |= (uint64_t)value_given(values[i]) << i;
    head->given |= set & binding->counted;
    for (set = (set & binding->members) | binding->defaults; set; set &= set - 1) {
        size_t i = (size_t)__builtin_ctzll(set);
        const Param *param = &s->params[i];
        const Field *field = binding->fields[i];
        bool given = value_given(values[i]);
        if (!given && param->kind == PARAM_VARKEYWORDS) {
            ((Options *)field_at(m->object, field))->map = map_in(m->arena);
            continue;
        }
        Value v = given ? values[i] : param_default(vm, param);
        if (value_given(v) && !member_set(vm, m, field, v))
            return false;
    }
    return true;
}

/* As roots: what binding made, and what a script's dict may lose meanwhile. */
static void hold_bound(Vm *vm, const Signature *s, const Value *values, const Args *given)
{
    for (size_t i = 0; given->dict && i < s->count; i++)
        vm_push(vm, values[i]);
    if (s->varargs >= 0)
        vm_push(vm, values[s->varargs]);
    if (s->varkeywords >= 0)
        vm_push(vm, values[s->varkeywords]);
}

static bool bind_struct(Vm *vm, const Member *m, const Record *record, const RecordBinding *binding,
                        Str name, const Args *given)
{
    const Signature *s = binding->signature;
    Value *values = stack_take(vm, (s->count + 1) * sizeof(Value));
    Binder binder = { .signature = s, .name = name, .values = values, .lean = true };
    ((RecordHead *)m->object)->loc = vm_loc(vm);
    size_t roots = vm->root_len;
    bool ok = signature_bind(vm, &binder, given->items, given->count, given);
    hold_bound(vm, s, values, given);
    Datum *args = NULL;
    size_t arg_count = 0;
    ok = ok && bind_members(vm, m, binding, values);
    if (ok && s->varargs >= 0) {
        ok = collect_args(vm, m->arena, values[s->varargs], &args, &arg_count);
        add_ref(vm, m->box, "*args", values[s->varargs]);
    }
    for (const Record *each = record; ok && each; each = each->base) {
        if (!each->finish)
            continue;
        Error err = error_in(m->arena);
        if (!each->finish(m->arena, m->object, args, arg_count, &err))
            ok = vm_raise_error(vm, &err);
        break;
    }
    vm->root_len = roots;
    stack_give(vm, values);
    return ok;
}

bool record_bind(Vm *vm, Arena *arena, const Record *record, const char *signature,
                 const Args *args, void *object)
{
    const RecordBinding *binding = binding_of(vm, record, signature);
    Member m = { arena, NULL, object, record_name(vm, record) };
    ((RecordHead *)object)->record = record;
    return bind_struct(vm, &m, record, binding, binding->signature->name, args);
}

static bool call_made(Vm *vm, RecordObj *box)
{
    for (const Record *each = box->record; each; each = each->base) {
        const RecordHooks *hooks = hooks_of(vm, each);
        if (hooks && hooks->made)
            return hooks->made(vm, value_object(box));
    }
    return true;
}

static void call_created(Vm *vm, RecordObj *box)
{
    for (const Record *each = box->record; each; each = each->base) {
        const RecordHooks *hooks = hooks_of(vm, each);
        if (!hooks || !hooks->created)
            continue;
        hooks->created(vm, value_object(box));
        return;
    }
}

static bool record_new_row(Vm *vm, Call *call)
{
    ARGS(call, cls);
    const Record *record = is_class(cls) ? record_of_class(as_class(cls)) : NULL;
    if (!record)
        return vm_raise(vm, "TypeError", "__new__(X): X is not a type of the schema");
    RecordObj *box = box_new(vm, as_class(cls), record, record_new(record_arena(vm), record));
    call_created(vm, box);
    return give(call, value_object(box));
}

static bool record_init(Vm *vm, RecordObj *box, const Args *args)
{
    const Record *record = box->record;
    const char *owner = record_name(vm, record);
    RecordEntry *entry = record_entry(vm, record);
    if (!str_given(entry->init_name))
        entry->init_name = str_format(vm->arena, "%s.__init__", owner);
    Member m = { box_arena(vm, box), box, box->object, owner };
    return bind_struct(vm, &m, record, binding_of(vm, record, NULL), entry->init_name, args) &&
           call_made(vm, box);
}

static bool record_init_row(Vm *vm, Call *call)
{
    ARGS(call, self);
    Args args = args_rest(call->given);
    return record_init(vm, (RecordObj *)self.object, &args);
}

/* ---- neutral values of records ---- */

bool record_datum_other(Vm *vm, Arena *arena, Value v, Datum *datum)
{
    (void)arena;
    if (value_is(v, OBJ_CLASS) && record_of_class(as_class(v))) {
        if (!vm_call(vm, v, NULL, 0, &v))
            return false;
    }
    if (value_is(v, OBJ_RECORD)) {
        const RecordObj *box = (const RecordObj *)v.object;
        record_hold(vm, v);
        *datum = (Datum){ .kind = DATUM_RECORD };
        datum->record.record = box->record;
        datum->record.object = box->object;
        return true;
    }
    vm_keep(vm, v);
    *datum = (Datum){ .kind = DATUM_SCRIPT, .script = { v.object } };
    return true;
}

/* ---- attributes that are no members ---- */

bool record_get_other(Vm *vm, Value box_value, StrObj *name, Value *result)
{
    const RecordObj *box = (const RecordObj *)box_value.object;
    for (const Record *each = box->record; each && !value_given(*result); each = each->base) {
        const RecordHooks *hooks = hooks_of(vm, each);
        if (hooks && hooks->get && !hooks->get(vm, box_value, str_text(name), result))
            return false;
    }
    return true;
}

bool record_set_other(Vm *vm, Value box_value, StrObj *name, Value v, bool *done)
{
    const RecordObj *box = (const RecordObj *)box_value.object;
    for (const Record *each = box->record; each && !*done; each = each->base) {
        const RecordHooks *hooks = hooks_of(vm, each);
        if (hooks && hooks->set && !hooks->set(vm, box_value, str_text(name), v, done))
            return false;
    }
    return true;
}
