/* SPDX-License-Identifier: MIT */
/* The classes of functions, methods, descriptors, code, frames, tracebacks, cells and modules. */
#include "py/frame.h"
#include "py/obj_module.h"
#include "py/vm_call.h"

static const char *text_of(Value v)
{
    return is_str(v) ? as_str(v)->text : "?";
}

/* ---- functions ---- */

static bool function_repr(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, make_strf(vm, "<function %s at %p>", text_of(as_func(self)->qualname),
                                (void *)self.object));
}

static bool bind_get(Vm *vm, Call *call)
{
    ARGS(call, self, instance, owner);
    (void)owner;
    return give(call, value_is_none(instance) ? self : method_new(vm, self, instance));
}

static bool call_self(Vm *vm, Call *call)
{
    ARGS(call, self, args, kwargs);
    Value result;
    return vm_call_kw(vm, self, as_tuple(args)->items, tuple_len(args), kwargs, &result) &&
           give(call, result);
}

static const NativeRow function_methods[] = {
    { "__repr__(self, /)", function_repr, NULL },
    { "__get__(self, instance, owner=None, /)", bind_get, NULL },
    { "__call__(self, /, *args, **kwargs)", call_self, NULL },
};
const NativeClass function_class = { .name = "function",
                                     ROWS_OF(methods, method_count, function_methods) };

static bool native_repr(Vm *vm, Call *call)
{
    ARGS(call, self);
    const NativeObj *native = as_native(self);
    if (native->owner)
        return give(call, make_strf(vm, "<method '%s' of '%s' objects>", native->name->text,
                                    native->owner->name->text));
    return give(call, make_strf(vm, "<built-in function %s>", native->name->text));
}

static const NativeRow native_methods_[] = {
    { "__repr__(self, /)", native_repr, NULL },
    { "__get__(self, instance, owner=None, /)", bind_get, NULL },
    { "__call__(self, /, *args, **kwargs)", call_self, NULL },
};
const NativeClass native_class = { .name = "builtin_function_or_method",
                                   ROWS_OF(methods, method_count, native_methods_) };

static bool method_repr(Vm *vm, Call *call)
{
    ARGS(call, self);
    const MethodObj *method = as_method(self);
    Value of_self;
    if (value_is(method->function, OBJ_NATIVE))
        return give(call, make_strf(vm, "<built-in method %s of %s object at %p>",
                                    as_native(method->function)->name->text,
                                    type_name(vm, method->self), (const void *)method));
    if (!vm_repr(vm, method->self, &of_self))
        return false;
    Str name = callable_name(vm, method->function);
    return give(call, make_strf(vm, "<bound method %.*s of %s>", STR_ARG(name), text_of(of_self)));
}

static bool method_eq(Vm *vm, Call *call)
{
    ARGS(call, self, other);
    (void)vm;
    if (!value_is(other, OBJ_METHOD))
        return give(call, (Value){ .tag = TAG_NOT_IMPLEMENTED });
    return give(call,
                value_bool(value_same(as_method(self)->self, as_method(other)->self) &&
                           value_same(as_method(self)->function, as_method(other)->function)));
}

static bool method_hash(Vm *vm, Call *call)
{
    ARGS(call, self);
    const MethodObj *method = as_method(self);
    uint64_t hash = (uintptr_t)method->function.object >> 4;
    if (method->self.tag == TAG_OBJECT)
        hash ^= (uintptr_t)method->self.object << 8;
    return give(call, value_int((int64_t)hash));
}

static bool method_make(Vm *vm, Call *call)
{
    ARGS(call, cls, function, instance);
    (void)cls;
    if (!is_callable(vm, function))
        return vm_raise(vm, "TypeError", "first argument must be callable");
    return give(call, method_new(vm, function, instance));
}

static const NativeRow method_methods[] = {
    { "__new__(cls, function, instance, /)", method_make, NULL },
    { "__repr__(self, /)", method_repr, NULL },
    { "__eq__(self, other, /)", method_eq, NULL },
    { "__hash__(self, /)", method_hash, NULL },
    { "__call__(self, /, *args, **kwargs)", call_self, NULL },
};
const NativeClass method_class = { .name = "method",
                                   ROWS_OF(methods, method_count, method_methods) };

/* ---- property ---- */

static Value or_none(Value v)
{
    return value_given(v) ? v : VALUE_NONE;
}

static bool property_init(Vm *vm, Call *call)
{
    ARGS(call, self, fget, fset, fdel, doc);
    PropertyObj *p = as_property(self);
    p->get = fget;
    p->set = fset;
    p->del = fdel;
    p->doc = doc;
    p->name = VALUE_NONE;
    if (value_is_none(doc) && value_is(fget, OBJ_FUNCTION))
        p->doc = as_func(fget)->doc;
    (void)vm;
    return true;
}

static Value property_with(Vm *vm, Value self, Value get, Value set, Value del)
{
    const PropertyObj *p = as_property(self);
    PropertyObj *made = heap_new(vm, self.object->cls, OBJ_PROPERTY, sizeof *made);
    made->get = value_given(get) ? get : p->get;
    made->set = value_given(set) ? set : p->set;
    made->del = value_given(del) ? del : p->del;
    made->doc = p->doc;
    made->name = p->name;
    return value_object(made);
}

static bool property_getter(Vm *vm, Call *call)
{
    ARGS(call, self, function);
    return give(call, property_with(vm, self, function, VALUE_UNSET, VALUE_UNSET));
}

static bool property_setter(Vm *vm, Call *call)
{
    ARGS(call, self, function);
    return give(call, property_with(vm, self, VALUE_UNSET, function, VALUE_UNSET));
}

static bool property_deleter(Vm *vm, Call *call)
{
    ARGS(call, self, function);
    return give(call, property_with(vm, self, VALUE_UNSET, VALUE_UNSET, function));
}

static bool property_set_name(Vm *vm, Call *call)
{
    ARGS(call, self, owner, name);
    (void)owner;
    (void)vm;
    as_property(self)->name = name;
    return true;
}

static bool property_get(Vm *vm, Call *call)
{
    ARGS(call, self, instance, owner);
    (void)owner;
    Value result;
    if (value_is_none(instance))
        return give(call, self);
    return attr_bind(vm, self, instance, value_class(vm, instance), &result) && give(call, result);
}

static bool property_set(Vm *vm, Call *call)
{
    ARGS(call, self, instance, value);
    Value args[2] = { instance, value }, ignored;
    if (value_is_none(as_property(self)->set))
        return vm_raise(vm, "AttributeError", "property of '%s' object has no setter",
                        type_name(vm, instance));
    return vm_call(vm, as_property(self)->set, args, 2, &ignored);
}

static bool property_fget(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, or_none(as_property(call->args[0])->get));
}

static bool property_fset(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, or_none(as_property(call->args[0])->set));
}

static bool property_fdel(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, or_none(as_property(call->args[0])->del));
}

static bool property_doc(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, or_none(as_property(call->args[0])->doc));
}

static bool property_abstract(Vm *vm, Call *call)
{
    const PropertyObj *p = as_property(call->args[0]);
    const Value parts[3] = { p->get, p->set, p->del };
    for (size_t i = 0; i < 3; i++) {
        Value v;
        bool truth = false;
        if (!value_given(parts[i]) || value_is_none(parts[i]))
            continue;
        if (!attr_get_if(vm, parts[i], SYM(vm, __isabstractmethod__), &v) ||
            (value_given(v) && !to_truth(vm, v, &truth)))
            return false;
        if (truth)
            return give(call, value_bool(true));
    }
    return give(call, value_bool(false));
}

static const NativeRow property_methods[] = {
    { "__init__(self, fget=None, fset=None, fdel=None, doc=None)", property_init, NULL },
    { "getter(self, function, /)", property_getter, "Descriptor with another getter." },
    { "setter(self, function, /)", property_setter, "Descriptor with another setter." },
    { "deleter(self, function, /)", property_deleter, "Descriptor with another deleter." },
    { "__set_name__(self, owner, name, /)", property_set_name, NULL },
    { "__get__(self, instance, owner=None, /)", property_get, NULL },
    { "__set__(self, instance, value, /)", property_set, NULL },
};
static const NativeRow property_getters[] = {
    { "fget(self)", property_fget, NULL },
    { "fset(self)", property_fset, NULL },
    { "fdel(self)", property_fdel, NULL },
    { "__doc__(self)", property_doc, NULL },
    { "__isabstractmethod__(self)", property_abstract, NULL },
};
const NativeClass property_class = { .name = "property",
                                     ROWS_OF(methods, method_count, property_methods),
                                     ROWS_OF(getters, getter_count, property_getters) };

/* ---- staticmethod, classmethod ---- */

static bool wrapper_init(Vm *vm, Call *call)
{
    ARGS(call, self, function);
    (void)vm;
    as_wrapper(self)->function = function;
    return true;
}

static bool wrapper_func(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, or_none(as_wrapper(call->args[0])->function));
}

static bool wrapper_attr(Vm *vm, Call *call)
{
    ARGS(call, self, name);
    Value v;
    Str text;
    return to_str(vm, name, &text) &&
           vm_getattr(vm, as_wrapper(self)->function, as_str(name)->text, &v) && give(call, v);
}

static bool wrapper_get(Vm *vm, Call *call)
{
    ARGS(call, self, instance, owner);
    Value result;
    Class *cls = is_class(owner) ? as_class(owner) : value_class(vm, instance);
    return attr_bind(vm, self, instance, cls, &result) && give(call, result);
}

static const NativeRow wrapper_methods[] = {
    { "__init__(self, function, /)", wrapper_init, NULL },
    { "__get__(self, instance, owner=None, /)", wrapper_get, NULL },
    { "__getattr__(self, name, /)", wrapper_attr, NULL },
};
static const NativeRow wrapper_getters[] = {
    { "__func__(self)", wrapper_func, NULL },
    { "__wrapped__(self)", wrapper_func, NULL },
};
const NativeClass static_method_class = { .name = "staticmethod",
                                          ROWS_OF(methods, method_count, wrapper_methods),
                                          ROWS_OF(getters, getter_count, wrapper_getters) };
const NativeClass class_method_class = { .name = "classmethod",
                                         ROWS_OF(methods, method_count, wrapper_methods),
                                         ROWS_OF(getters, getter_count, wrapper_getters) };

/* ---- super ---- */

/* super() without arguments: the class is in the caller's cell, self its first argument. */
static bool super_from_frame(Vm *vm, Value *cls, Value *self)
{
    const Frame *frame = vm->frame;
    const Code *code = frame ? frame->code->code : NULL;
    if (!code || code->class_cell < 0)
        return vm_raise(vm, "RuntimeError", "super(): __class__ cell not found");
    if (code->arg_count == 0 && !(code->flags & CODE_VARARGS))
        return vm_raise(vm, "RuntimeError", "super(): no arguments");
    *cls = as_cell(frame->slots[code->class_cell])->content;
    *self = frame->slots[0];
    if (value_is(*self, OBJ_CELL) && code->slots[0].kind == SLOT_CELL)
        *self = as_cell(*self)->content;
    if (code->arg_count == 0)
        *self = tuple_len(*self) ? tuple_get(*self, 0) : VALUE_UNSET;
    if (!value_given(*cls))
        return vm_raise(vm, "RuntimeError", "super(): empty __class__ cell");
    return value_given(*self) || vm_raise(vm, "RuntimeError", "super(): arg[0] deleted");
}

static bool super_init(Vm *vm, Call *call)
{
    ARGS(call, self, type, object);
    SuperObj *super = (SuperObj *)self.object;
    Value cls = type, bound = object;
    if (!value_given(cls) && !super_from_frame(vm, &cls, &bound))
        return false;
    if (!is_class(cls))
        return vm_raise(vm, "TypeError", "super() argument 1 must be a type, not %s",
                        type_name(vm, cls));
    super->after = as_class(cls);
    super->self = bound;
    if (!value_given(bound) || value_is_none(bound))
        return true;
    if (is_class(bound) && class_is(as_class(bound), as_class(cls)))
        super->start = as_class(bound);
    else if (class_is(value_class(vm, bound), as_class(cls)))
        super->start = value_class(vm, bound);
    else
        return vm_raise(vm, "TypeError",
                        "super(type, obj): obj must be an instance or subtype of type");
    return true;
}

static const NativeRow super_methods[] = {
    { "__init__(self, type=..., object=..., /)", super_init, NULL },
};
const NativeClass super_class = { .name = "super", ROWS_OF(methods, method_count, super_methods) };

/* ---- cells, code, frames, tracebacks ---- */

static bool cell_contents(Vm *vm, Call *call)
{
    Value v = as_cell(call->args[0])->content;
    return value_given(v) ? give(call, v) : vm_raise(vm, "ValueError", "Cell is empty");
}

static const NativeRow cell_getters[] = { { "cell_contents(self)", cell_contents, NULL } };
const NativeClass cell_class = { .name = "cell", ROWS_OF(getters, getter_count, cell_getters) };

static const Code *code_of(const Call *call)
{
    return as_code(call->args[0])->code;
}

static bool code_name(Vm *vm, Call *call)
{
    return give(call, make_str(vm, code_of(call)->name));
}

static bool code_qualname(Vm *vm, Call *call)
{
    return give(call, make_str(vm, code_of(call)->qualname));
}

static bool code_filename(Vm *vm, Call *call)
{
    return give(call, make_str(vm, code_of(call)->source->file));
}

static bool code_firstline(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, value_int(code_first_line(code_of(call))));
}

static bool code_argcount(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, value_int(code_of(call)->arg_count));
}

static bool code_posonly(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, value_int(code_of(call)->posonly_count));
}

static bool code_kwonly(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, value_int(code_of(call)->kwonly_count));
}

/* CPython's co_flags, as far as somebody asks for them. */
static bool code_flags(Vm *vm, Call *call)
{
    static const struct {
        unsigned ours;
        int64_t theirs;
    } rows[] = {
        { CODE_FUNCTION, 0x3 },          { CODE_VARARGS, 0x4 },    { CODE_VARKEYWORDS, 0x8 },
        { CODE_NESTED, 0x10 },           { CODE_GENERATOR, 0x20 }, { CODE_COROUTINE, 0x80 },
        { CODE_ASYNC_GENERATOR, 0x200 },
    };
    int64_t flags = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (code_of(call)->flags & rows[i].ours)
            flags |= rows[i].theirs;
    (void)vm;
    return give(call, value_int(flags));
}

static bool code_varnames(Vm *vm, Call *call)
{
    const Code *code = code_of(call);
    Value list = make_list(vm, NULL, 0);
    uint32_t args = code_argument_slots(code);
    for (uint32_t i = 0; i < code->slot_count; i++)
        if (i < args || code->slots[i].kind == SLOT_LOCAL)
            list_append(vm, list, make_str(vm, code->slots[i].name));
    return give(call, make_tuple(vm, as_list(list)->items, list_len(list)));
}

static bool code_names(Vm *vm, Call *call)
{
    const Code *code = code_of(call);
    Value list = make_list(vm, NULL, 0);
    for (uint32_t i = 0; i < code->name_count; i++)
        list_append(vm, list, make_str(vm, code->names[i]));
    return give(call, make_tuple(vm, as_list(list)->items, list_len(list)));
}

static bool code_repr(Vm *vm, Call *call)
{
    const Code *code = code_of(call);
    return give(call, make_strf(vm, "<code object %.*s at %p, file \"%.*s\", line %u>",
                                STR_ARG(code->name), (const void *)call->args[0].object,
                                STR_ARG(code->source->file), code_first_line(code)));
}

static const NativeRow code_methods[] = { { "__repr__(self, /)", code_repr, NULL } };
static const NativeRow code_getters[] = {
    { "co_name(self)", code_name, NULL },
    { "co_qualname(self)", code_qualname, NULL },
    { "co_filename(self)", code_filename, NULL },
    { "co_firstlineno(self)", code_firstline, NULL },
    { "co_argcount(self)", code_argcount, NULL },
    { "co_posonlyargcount(self)", code_posonly, NULL },
    { "co_kwonlyargcount(self)", code_kwonly, NULL },
    { "co_flags(self)", code_flags, NULL },
    { "co_varnames(self)", code_varnames, NULL },
    { "co_names(self)", code_names, NULL },
};
const NativeClass code_class = { .name = "code",
                                 ROWS_OF(methods, method_count, code_methods),
                                 ROWS_OF(getters, getter_count, code_getters) };

static FrameObj *frame_of(const Call *call)
{
    return (FrameObj *)call->args[0].object;
}

static bool frame_code(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, value_object(frame_of(call)->code));
}

static bool frame_globals(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, value_object(frame_of(call)->globals));
}

Value frame_locals_of(Vm *vm, const Frame *frame)
{
    if (value_given(frame->names))
        return frame->names;
    const Code *code = frame->code->code;
    if (!(code->flags & CODE_FUNCTION))
        return value_object(frame->globals);
    DictObj *dict = dict_new(vm);
    for (uint32_t i = 0; i < code->slot_count; i++) {
        Value v = frame->slots[i];
        if (value_is(v, OBJ_CELL) && code->slots[i].kind != SLOT_LOCAL)
            v = as_cell(v)->content;
        if (value_given(v))
            table_set_str(vm, &dict->table, frame->code->names[code->name_count + i], v);
    }
    return value_object(dict);
}

static bool frame_locals(Vm *vm, Call *call)
{
    const FrameObj *frame = frame_of(call);
    if (frame->locals)
        return give(call, value_object(frame->locals));
    if (frame->live)
        return give(call, frame_locals_of(vm, frame->live));
    return give(call, make_dict(vm));
}

static bool frame_back(Vm *vm, Call *call)
{
    FrameObj *frame = frame_of(call);
    if (frame->live && frame->live->back)
        return give(call, value_object(frame_object(vm, frame->live->back)));
    return give(call, frame->back ? value_object(frame->back) : VALUE_NONE);
}

static bool frame_lineno(Vm *vm, Call *call)
{
    const FrameObj *frame = frame_of(call);
    uint32_t at = frame->live ? frame_instruction(frame->live) : frame->instruction;
    (void)vm;
    return give(call, value_int(code_line(frame->code->code, at)));
}

static const NativeRow frame_getters[] = {
    { "f_code(self)", frame_code, NULL },     { "f_globals(self)", frame_globals, NULL },
    { "f_locals(self)", frame_locals, NULL }, { "f_back(self)", frame_back, NULL },
    { "f_lineno(self)", frame_lineno, NULL },
};
const NativeClass frame_class = { .name = "frame", ROWS_OF(getters, getter_count, frame_getters) };

static TracebackObj *traceback_of(const Call *call)
{
    return (TracebackObj *)call->args[0].object;
}

static bool tb_next(Vm *vm, Call *call)
{
    TracebackObj *next = traceback_of(call)->next;
    (void)vm;
    return give(call, next ? value_object(next) : VALUE_NONE);
}

static bool tb_frame(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, value_object(traceback_of(call)->frame));
}

static bool tb_lineno(Vm *vm, Call *call)
{
    const TracebackObj *tb = traceback_of(call);
    (void)vm;
    return give(call, value_int(code_line(tb->frame->code->code, tb->instruction)));
}

static const NativeRow traceback_getters[] = {
    { "tb_next(self)", tb_next, NULL },
    { "tb_frame(self)", tb_frame, NULL },
    { "tb_lineno(self)", tb_lineno, NULL },
};
const NativeClass traceback_class = { .name = "traceback",
                                      ROWS_OF(getters, getter_count, traceback_getters) };

/* ---- modules, members, opaque ---- */

static bool module_init_row(Vm *vm, Call *call)
{
    ARGS(call, self, name, doc);
    DictObj *attrs = as_module(self)->attrs;
    table_set_str(vm, &attrs->table, SYM(vm, __name__), name);
    table_set_str(vm, &attrs->table, SYM(vm, __doc__), doc);
    table_set_str(vm, &attrs->table, SYM(vm, __package__), VALUE_NONE);
    table_set_str(vm, &attrs->table, SYM(vm, __loader__), VALUE_NONE);
    table_set_str(vm, &attrs->table, SYM(vm, __spec__), VALUE_NONE);
    return true;
}

static bool module_repr(Vm *vm, Call *call)
{
    ARGS(call, self);
    ModuleObj *module = as_module(self);
    Str name = module_name(vm, module);
    TableEntry *file = table_find_str(&module->attrs->table, SYM(vm, __file__));
    if (file && is_str(file->item))
        return give(call, make_strf(vm, "<module '%.*s' from '%s'>", STR_ARG(name),
                                    as_str(file->item)->text));
    return give(call,
                make_strf(vm, module->native ? "<module '%.*s' (built-in)>" : "<module '%.*s'>",
                          STR_ARG(name)));
}

static const NativeRow module_methods[] = {
    { "__init__(self, name, doc=None)", module_init_row, NULL },
    { "__repr__(self, /)", module_repr, NULL },
};
const NativeClass module_class = { .name = "module",
                                   ROWS_OF(methods, method_count, module_methods) };

static bool member_get(Vm *vm, Call *call)
{
    ARGS(call, self, instance, owner);
    (void)owner;
    Value v;
    if (value_is_none(instance))
        return give(call, self);
    if (!attr_bind(vm, self, instance, value_class(vm, instance), &v))
        return false;
    return value_given(v)
               ? give(call, v)
               : vm_raise(vm, "AttributeError", "%s", ((MemberObj *)self.object)->name->text);
}

static const NativeRow member_methods[] = {
    { "__get__(self, instance, owner=None, /)", member_get, NULL },
};
const NativeClass member_class = { .name = "member_descriptor",
                                   ROWS_OF(methods, method_count, member_methods) };

/* ---- iterators over built-in containers ---- */

static bool iterator_self(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, call->args[0]);
}

static bool iterator_next(Vm *vm, Call *call)
{
    Value item;
    if (!vm_iter_next(vm, call->args[0], &item))
        return false;
    return value_given(item) ? give(call, item) : vm_raise_with(vm, EXC_StopIteration, VALUE_UNSET);
}

static const NativeRow iterator_methods[] = {
    { "__iter__(self, /)", iterator_self, "Implement iter(self)." },
    { "__next__(self, /)", iterator_next, "Implement next(self)." },
};
const NativeClass iterator_class = { .name = "iterator",
                                     ROWS_OF(methods, method_count, iterator_methods) };

const NativeClass opaque_class = { .name = "opaque" };
