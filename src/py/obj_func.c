/* SPDX-License-Identifier: MIT */
#include "py/obj_func.h"

#include "py/heap_kinds.h"
#include "py/state.h"

/* ---- code ---- */

CodeObj *code_obj_new(Vm *vm, const Code *code)
{
    CodeObj *obj = heap_new(vm, builtin_class(vm, CLASS_CODE), OBJ_CODE, sizeof *obj);
    obj->code = code;
    return obj;
}

static Value const_value(Vm *vm, const Const *c);

static Value const_tuple(Vm *vm, const Const *c)
{
    TupleObj *tuple = tuple_new(vm, c->items.len);
    for (size_t i = 0; i < c->items.len; i++)
        tuple->items[i] = const_value(vm, &c->items.items[i]);
    return value_object(tuple);
}

static Value const_frozenset(Vm *vm, const Const *c)
{
    SetObj *set = set_new(vm, true);
    for (size_t i = 0; i < c->items.len; i++) {
        Value item = const_value(vm, &c->items.items[i]);
        uint64_t hash;
        if (value_hash(vm, item, &hash))
            table_set(vm, &set->table, item, hash, VALUE_UNSET);
    }
    return value_object(set);
}

static Value const_big_int(Vm *vm, const Const *c)
{
    mp_int number;
    if (mp_init(&number) != MP_OKAY)
        return value_int(0);
    char *text = mem_alloc(c->text.len + 1);
    memcpy(text, c->text.ptr, c->text.len);
    mp_err err = mp_read_radix(&number, text, c->radix);
    mem_free(text);
    (void)err; /* the lexer has checked the digits */
    return int_from_mp(vm, &number);
}

static Value const_str(Vm *vm, Str text)
{
    bool name = text.len <= 40;
    for (size_t i = 0; name && i < text.len; i++)
        name = char_is_alnum(text.ptr[i]) || text.ptr[i] == '_';
    return name ? value_object(str_intern(vm, text)) : make_str(vm, text);
}

static Value const_value(Vm *vm, const Const *c)
{
    switch (c->kind) {
    case CONST_NONE:
        return VALUE_NONE;
    case CONST_FALSE:
        return value_bool(false);
    case CONST_TRUE:
        return value_bool(true);
    case CONST_ELLIPSIS:
        return (Value){ .tag = TAG_ELLIPSIS };
    case CONST_INT:
        return value_int(c->integer);
    case CONST_BIG_INT:
        return const_big_int(vm, c);
    case CONST_FLOAT:
        return value_float(c->number);
    case CONST_COMPLEX:
        return VALUE_NONE;
    case CONST_UNSUPPORTED:
        return make_str(vm, c->text);
    case CONST_STR:
        return const_str(vm, c->text);
    case CONST_BYTES:
        return make_bytes(vm, c->text);
    case CONST_TUPLE:
        return const_tuple(vm, c);
    case CONST_FROZENSET:
        return const_frozenset(vm, c);
    case CONST_CODE:
        return value_object(code_obj_new(vm, c->code));
    }
    return VALUE_NONE;
}

void code_obj_ready(Vm *vm, CodeObj *obj)
{
    const Code *code = obj->code;
    obj->consts = ARENA_ARRAY(vm->arena, Value, code->const_count);
    for (uint32_t i = 0; i < code->const_count; i++)
        obj->consts[i] = const_value(vm, &code->consts[i]);
    obj->names = ARENA_ARRAY(vm->arena, StrObj *, code->name_count + code->slot_count);
    for (uint32_t i = 0; i < code->name_count; i++)
        obj->names[i] = str_intern(vm, code->names[i]);
    for (uint32_t i = 0; i < code->slot_count; i++)
        obj->names[code->name_count + i] = str_intern(vm, code->slots[i].name);
    obj->ready = true;
}

void code_mark(Vm *vm, Obj *obj)
{
    CodeObj *code = (CodeObj *)obj;
    if (!code->ready)
        return;
    for (uint32_t i = 0; i < code->code->const_count; i++)
        heap_mark_value(vm, code->consts[i]);
}

/* ---- functions ---- */

FuncObj *func_new(Vm *vm, CodeObj *code, DictObj *globals)
{
    FuncObj *func = heap_new(vm, builtin_class(vm, CLASS_FUNCTION), OBJ_FUNCTION, sizeof *func);
    func->code = code;
    func->globals = globals;
    func->name = value_object(str_intern(vm, code->code->name));
    func->qualname = str_eq(code->code->name, code->code->qualname)
                         ? func->name
                         : value_object(str_intern(vm, code->code->qualname));
    func->doc = VALUE_NONE;
    if (str_given(code->code->doc))
        func->doc = make_str(vm, code->code->doc);
    TableEntry *module = table_find_str(&globals->table, SYM(vm, __name__));
    func->module = module ? module->item : VALUE_NONE;
    func->type_params = VALUE_UNSET;
    return func;
}

void func_mark(Vm *vm, Obj *obj)
{
    FuncObj *func = (FuncObj *)obj;
    heap_mark(vm, (Obj *)func->code);
    heap_mark(vm, (Obj *)func->globals);
    heap_mark(vm, (Obj *)func->defaults);
    heap_mark(vm, (Obj *)func->kwdefaults);
    heap_mark(vm, (Obj *)func->annotations);
    heap_mark(vm, (Obj *)func->closure);
    heap_mark(vm, (Obj *)func->attrs);
    heap_mark_value(vm, func->name);
    heap_mark_value(vm, func->qualname);
    heap_mark_value(vm, func->module);
    heap_mark_value(vm, func->doc);
    heap_mark_value(vm, func->type_params);
}

Str native_name(const NativeRow *row)
{
    const char *end = strchr(row->signature, '(');
    return (Str){ row->signature, end ? (size_t)(end - row->signature) : strlen(row->signature) };
}

NativeObj *native_obj_new(Vm *vm, const NativeRow *row, void *context, Class *owner)
{
    NativeObj *native = heap_new(vm, builtin_class(vm, CLASS_NATIVE), OBJ_NATIVE, sizeof *native);
    native->row = row;
    native->context = context;
    native->owner = owner;
    native->name = str_intern(vm, native_name(row));
    native->module = VALUE_NONE;
    native->records = owner && (owner->record || (owner->native && owner->native->records));
    return native;
}

void native_mark(Vm *vm, Obj *obj)
{
    NativeObj *native = (NativeObj *)obj;
    heap_mark(vm, (Obj *)native->owner);
    heap_mark_value(vm, native->module);
    region_mark_at(vm, native->context);
}

Value method_new(Vm *vm, Value function, Value self)
{
    MethodObj *method = heap_new(vm, builtin_class(vm, CLASS_METHOD), OBJ_METHOD, sizeof *method);
    method->function = function;
    method->self = self;
    return value_object(method);
}

void method_mark(Vm *vm, Obj *obj)
{
    heap_mark_value(vm, ((MethodObj *)obj)->function);
    heap_mark_value(vm, ((MethodObj *)obj)->self);
}

CellObj *cell_new(Vm *vm, Value content)
{
    CellObj *cell = heap_new(vm, builtin_class(vm, CLASS_CELL), OBJ_CELL, sizeof *cell);
    cell->content = content;
    return cell;
}

void cell_mark(Vm *vm, Obj *obj)
{
    heap_mark_value(vm, ((CellObj *)obj)->content);
}

Value wrapper_new(Vm *vm, ObjKind kind, Value function)
{
    Class *cls =
        builtin_class(vm, kind == OBJ_STATIC_METHOD ? CLASS_STATIC_METHOD : CLASS_CLASS_METHOD);
    WrapperObj *wrapper = heap_new(vm, cls, kind, sizeof *wrapper);
    wrapper->function = function;
    return value_object(wrapper);
}

void wrapper_mark(Vm *vm, Obj *obj)
{
    heap_mark_value(vm, ((WrapperObj *)obj)->function);
}

Value property_new(Vm *vm, Value get, Value set, Value del, Value doc)
{
    PropertyObj *p = heap_new(vm, builtin_class(vm, CLASS_PROPERTY), OBJ_PROPERTY, sizeof *p);
    p->get = get;
    p->set = set;
    p->del = del;
    p->doc = doc;
    p->name = VALUE_NONE;
    return value_object(p);
}

void property_mark(Vm *vm, Obj *obj)
{
    PropertyObj *p = (PropertyObj *)obj;
    heap_mark_value(vm, p->get);
    heap_mark_value(vm, p->set);
    heap_mark_value(vm, p->del);
    heap_mark_value(vm, p->doc);
    heap_mark_value(vm, p->name);
}

void super_mark(Vm *vm, Obj *obj)
{
    SuperObj *super = (SuperObj *)obj;
    heap_mark(vm, (Obj *)super->after);
    heap_mark(vm, (Obj *)super->start);
    heap_mark_value(vm, super->self);
}

static Str value_text(Value v)
{
    return value_is(v, OBJ_STR) ? str_text(as_str(v)) : STR("?");
}

Str callable_name(Vm *vm, Value callee)
{
    if (value_is(callee, OBJ_METHOD))
        callee = as_method(callee)->function;
    if (value_is(callee, OBJ_FUNCTION))
        return value_text(as_func(callee)->qualname);
    if (value_is(callee, OBJ_CLASS))
        return value_text(as_class(callee)->qualname);
    if (value_is(callee, OBJ_NATIVE)) {
        NativeObj *native = as_native(callee);
        Str name = native_name(native->row);
        return native->owner
                   ? str_format(vm->arena, "%s.%.*s", native->owner->name->text, STR_ARG(name))
                   : name;
    }
    return str_format(vm->arena, "%s object", type_name(vm, callee));
}

Str callable_shown(Vm *vm, Value callee)
{
    Value module;
    Str name = callable_name(vm, callee);
    if (!vm_getattr_if(vm, callee, "__module__", &module) || !value_is(module, OBJ_STR) ||
        str_is(str_text(as_str(module)), "builtins"))
        return name;
    return str_format(vm->arena, "%.*s.%.*s", STR_ARG(str_text(as_str(module))), STR_ARG(name));
}
