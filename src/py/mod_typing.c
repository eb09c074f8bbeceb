/* SPDX-License-Identifier: MIT */
/*
 * typing. The special forms and aliases are here; what makes classes or evaluates annotations
 * (NamedTuple, TypedDict, Protocol, get_type_hints, ...) is script, in the prelude "_typing", read
 * when one of its names is asked for.
 */
#include "py/alias.h"
#include "py/modules.h"

#include "base/buf.h"

typedef enum FormKind {
    FORM_ALIAS, /* stands for the class `origin` */
    FORM_PLAIN, /* means something by itself: Any, Self */
    FORM_ONE,   /* takes one argument: ClassVar[int] */
    FORM_MANY,  /* takes several: Concatenate */
    FORM_UNION,
    FORM_OPTIONAL,
    FORM_LITERAL,
    FORM_ANNOTATED,
    FORM_CALLABLE,
} FormKind;

typedef struct FormRow {
    const char *name;
    FormKind kind;
    const char *module, *origin; /* of FORM_ALIAS and FORM_CALLABLE */
} FormRow;

static const FormRow forms[] = {
    { "Any", FORM_PLAIN, NULL, NULL },
    { "Optional", FORM_OPTIONAL, NULL, NULL },
    { "Union", FORM_UNION, NULL, NULL },
    { "Literal", FORM_LITERAL, NULL, NULL },
    { "Annotated", FORM_ANNOTATED, NULL, NULL },
    { "Callable", FORM_CALLABLE, "collections.abc", "Callable" },
    { "ClassVar", FORM_ONE, NULL, NULL },
    { "Final", FORM_ONE, NULL, NULL },
    { "Required", FORM_ONE, NULL, NULL },
    { "NotRequired", FORM_ONE, NULL, NULL },
    { "ReadOnly", FORM_ONE, NULL, NULL },
    { "TypeGuard", FORM_ONE, NULL, NULL },
    { "TypeIs", FORM_ONE, NULL, NULL },
    { "Unpack", FORM_ONE, NULL, NULL },
    { "Concatenate", FORM_MANY, NULL, NULL },
    { "Self", FORM_PLAIN, NULL, NULL },
    { "Never", FORM_PLAIN, NULL, NULL },
    { "NoReturn", FORM_PLAIN, NULL, NULL },
    { "LiteralString", FORM_PLAIN, NULL, NULL },
    { "TypeAlias", FORM_PLAIN, NULL, NULL },
    { "List", FORM_ALIAS, "builtins", "list" },
    { "Dict", FORM_ALIAS, "builtins", "dict" },
    { "Set", FORM_ALIAS, "builtins", "set" },
    { "FrozenSet", FORM_ALIAS, "builtins", "frozenset" },
    { "Tuple", FORM_ALIAS, "builtins", "tuple" },
    { "Type", FORM_ALIAS, "builtins", "type" },
    { "Deque", FORM_ALIAS, "collections", "deque" },
    { "DefaultDict", FORM_ALIAS, "collections", "defaultdict" },
    { "OrderedDict", FORM_ALIAS, "collections", "OrderedDict" },
    { "Counter", FORM_ALIAS, "collections", "Counter" },
    { "ChainMap", FORM_ALIAS, "collections", "ChainMap" },
    { "AbstractSet", FORM_ALIAS, "collections.abc", "Set" },
    { "AsyncGenerator", FORM_ALIAS, "collections.abc", "AsyncGenerator" },
    { "AsyncIterable", FORM_ALIAS, "collections.abc", "AsyncIterable" },
    { "AsyncIterator", FORM_ALIAS, "collections.abc", "AsyncIterator" },
    { "Awaitable", FORM_ALIAS, "collections.abc", "Awaitable" },
    { "ByteString", FORM_ALIAS, "collections.abc", "ByteString" },
    { "Collection", FORM_ALIAS, "collections.abc", "Collection" },
    { "Container", FORM_ALIAS, "collections.abc", "Container" },
    { "Coroutine", FORM_ALIAS, "collections.abc", "Coroutine" },
    { "Generator", FORM_ALIAS, "collections.abc", "Generator" },
    { "Hashable", FORM_ALIAS, "collections.abc", "Hashable" },
    { "ItemsView", FORM_ALIAS, "collections.abc", "ItemsView" },
    { "Iterable", FORM_ALIAS, "collections.abc", "Iterable" },
    { "Iterator", FORM_ALIAS, "collections.abc", "Iterator" },
    { "KeysView", FORM_ALIAS, "collections.abc", "KeysView" },
    { "Mapping", FORM_ALIAS, "collections.abc", "Mapping" },
    { "MappingView", FORM_ALIAS, "collections.abc", "MappingView" },
    { "MutableMapping", FORM_ALIAS, "collections.abc", "MutableMapping" },
    { "MutableSequence", FORM_ALIAS, "collections.abc", "MutableSequence" },
    { "MutableSet", FORM_ALIAS, "collections.abc", "MutableSet" },
    { "Reversible", FORM_ALIAS, "collections.abc", "Reversible" },
    { "Sequence", FORM_ALIAS, "collections.abc", "Sequence" },
    { "Sized", FORM_ALIAS, "collections.abc", "Sized" },
    { "ValuesView", FORM_ALIAS, "collections.abc", "ValuesView" },
    { "ContextManager", FORM_ALIAS, "contextlib", "AbstractContextManager" },
    { "AsyncContextManager", FORM_ALIAS, "contextlib", "AbstractAsyncContextManager" },
    { "Pattern", FORM_ALIAS, "re", "Pattern" },
    { "Match", FORM_ALIAS, "re", "Match" },
};

typedef struct Form {
    const FormRow *row;
} Form;

static const NativeClass form_class, type_var_class, new_type_class, generic_class,
    forward_ref_class;

static const FormRow *row_of(Vm *vm, Value self)
{
    const Form *form = payload_of(vm, self, &form_class);
    return form->row;
}

static bool form_origin(Vm *vm, const FormRow *row, Value *origin)
{
    if (row->module)
        return import_attr(vm, row->module, row->origin, origin);
    return vm_raise(vm, "TypeError", "typing.%s cannot be used as a class", row->name);
}

/* A str in a subscript names a type that is not there yet. */
static Value as_type(Vm *vm, Value v)
{
    if (!is_str(v))
        return value_is_none(v) ? value_object(value_class(vm, VALUE_NONE)) : v;
    Value made = vm_new_native(vm, vm_class(vm, &forward_ref_class), &forward_ref_class);
    *(Value *)payload_of(vm, made, &forward_ref_class) = v;
    return made;
}

static bool as_types(Vm *vm, Value item, Value *args)
{
    Value flat[64];
    size_t count = is_tuple(item) ? tuple_len(item) : 1;
    if (count > 64)
        return vm_raise(vm, "TypeError", "more than 64 type arguments");
    for (size_t i = 0; i < count; i++)
        flat[i] = as_type(vm, is_tuple(item) ? tuple_get(item, i) : item);
    *args = make_tuple(vm, flat, count);
    return true;
}

/* Callable[[A, B], R] keeps (A, B, R). */
static bool callable_args(Vm *vm, Value item, Value *args)
{
    if (!is_tuple(item) || tuple_len(item) != 2)
        return vm_raise(vm, "TypeError", "Callable must be used as Callable[[arg, ...], result].");
    Value list = tuple_get(item, 0), flat[64];
    size_t count = is_list(list) ? list_len(list) : 1;
    if (count > 63)
        return vm_raise(vm, "TypeError", "more than 63 type arguments");
    for (size_t i = 0; i < count; i++)
        flat[i] = as_type(vm, is_list(list) ? list_get(list, i) : list);
    flat[count] = as_type(vm, tuple_get(item, 1));
    *args = make_tuple(vm, flat, count + 1);
    return true;
}

static bool form_annotated(Vm *vm, Value item, Value self, Value *result)
{
    if (!is_tuple(item) || tuple_len(item) < 2)
        return vm_raise(vm, "TypeError",
                        "Annotated[...] should be used with at least two arguments "
                        "(a type and an annotation).");
    Value flat[32];
    size_t count = 0;
    Value first = as_type(vm, tuple_get(item, 0)), inner = alias_args(vm, first), meta;
    if (value_given(inner) && vm_getattr_if(vm, first, "__metadata__", &meta) &&
        value_given(meta)) {
        for (; count < tuple_len(inner) && count < 32; count++)
            flat[count] = tuple_get(inner, count);
    } else {
        flat[count++] = first;
    }
    for (size_t i = 1; i < tuple_len(item) && count < 32; i++)
        flat[count++] = tuple_get(item, i);
    *result = alias_named(vm, "Annotated", self, make_tuple(vm, flat, count));
    return true;
}

static bool form_subscript(Vm *vm, Value self, const FormRow *row, Value item, Value *result)
{
    Value args;
    switch (row->kind) {
    case FORM_UNION:
        return as_types(vm, item, &args) && union_of(vm, args, result);
    case FORM_OPTIONAL: {
        const Value both[] = { as_type(vm, item), VALUE_NONE };
        return union_of(vm, make_tuple(vm, both, 2), result);
    }
    case FORM_LITERAL:
        *result = alias_named(vm, row->name, self, item);
        return true;
    case FORM_ANNOTATED:
        return form_annotated(vm, item, self, result);
    case FORM_CALLABLE:
        if (!callable_args(vm, item, &args))
            return false;
        break;
    case FORM_PLAIN:
        return vm_raise(vm, "TypeError",
                        strcmp(row->name, "Any") ? "typing.%s is not subscriptable"
                                                 : "type '%s' is not subscriptable",
                        row->name);
    case FORM_ALIAS:
    case FORM_ONE:
    case FORM_MANY:
        if (!as_types(vm, item, &args))
            return false;
        break;
    }
    *result = alias_named(vm, row->name, self, args);
    return true;
}

static bool form_getitem(Vm *vm, Call *call)
{
    ARGS(call, self, item);
    Value result;
    return form_subscript(vm, self, row_of(vm, self), item, &result) && give(call, result);
}

static bool form_repr(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, make_strf(vm, "typing.%s", row_of(vm, self)->name));
}

static bool form_or(Vm *vm, Call *call)
{
    ARGS(call, self, other);
    const Value both[] = { self, other };
    Value result;
    return union_of(vm, make_tuple(vm, both, 2), &result) && give(call, result);
}

static bool form_ror(Vm *vm, Call *call)
{
    ARGS(call, self, other);
    const Value both[] = { other, self };
    Value result;
    return union_of(vm, make_tuple(vm, both, 2), &result) && give(call, result);
}

static bool form_call(Vm *vm, Call *call)
{
    ARGS(call, self, args, kw);
    const FormRow *row = row_of(vm, self);
    Value origin, result;
    if (!row->module)
        return vm_raise(vm, "TypeError", "Cannot instantiate typing.%s", row->name);
    if (strcmp(row->module, "builtins") == 0)
        return vm_raise(vm, "TypeError", "Type %s cannot be instantiated; use %s() instead",
                        row->name, row->origin);
    return form_origin(vm, row, &origin) && call_tuple(vm, origin, args, kw, &result) &&
           give(call, result);
}

/* Any and the like may be a base: they add nothing. */
static bool form_mro_entries(Vm *vm, Call *call)
{
    ARGS(call, self, bases);
    (void)bases;
    const FormRow *row = row_of(vm, self);
    Value origin;
    if (row->kind == FORM_PLAIN)
        return give(call, make_tuple(vm, NULL, 0));
    return form_origin(vm, row, &origin) && give(call, make_tuple(vm, &origin, 1));
}

static bool form_check(Vm *vm, Call *call, const char *function)
{
    ARGS(call, self, other);
    Value origin, builtins, result;
    if (!form_origin(vm, row_of(vm, self), &origin) || !vm_import(vm, STR("builtins"), &builtins))
        return false;
    const Value pair[] = { other, origin };
    return vm_call_method(vm, builtins, function, pair, 2, &result) && give(call, result);
}

static bool form_instancecheck(Vm *vm, Call *call)
{
    return form_check(vm, call, "isinstance");
}

static bool form_subclasscheck(Vm *vm, Call *call)
{
    return form_check(vm, call, "issubclass");
}

static bool form_get_origin(Vm *vm, Call *call)
{
    ARGS(call, self);
    Value origin;
    const FormRow *row = row_of(vm, self);
    if (!row->module)
        return vm_raise(vm, "AttributeError",
                        "'_SpecialForm' object has no attribute '__origin__'");
    return form_origin(vm, row, &origin) && give(call, origin);
}

static bool form_get_name(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, make_strz(vm, row_of(vm, self)->name));
}

static bool form_get_typing_form(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, value_bool(true));
}

static const NativeRow form_methods[] = {
    { "__getitem__(self, item, /)", form_getitem, NULL },
    { "__repr__(self, /)", form_repr, NULL },
    { "__or__(self, other, /)", form_or, NULL },
    { "__ror__(self, other, /)", form_ror, NULL },
    { "__call__(self, /, *args, **kw)", form_call, NULL },
    { "__mro_entries__(self, bases, /)", form_mro_entries, NULL },
    { "__instancecheck__(self, other, /)", form_instancecheck, NULL },
    { "__subclasscheck__(self, other, /)", form_subclasscheck, NULL },
};
static const NativeRow form_getters[] = {
    { "__origin__(self)", form_get_origin, NULL },
    { "__name__(self)", form_get_name, NULL },
    { "_name(self)", form_get_name, NULL },
    { "__typing_form__(self)", form_get_typing_form, NULL },
};
static const NativeClass form_class = {
    .name = "_SpecialForm",
    .module = "typing",
    .size = sizeof(Form),
    .methods = form_methods,
    .method_count = sizeof form_methods / sizeof *form_methods,
    .getters = form_getters,
    .getter_count = sizeof form_getters / sizeof *form_getters,
};

/* ---- TypeVar, ParamSpec, TypeVarTuple ---- */

typedef struct TypeVar {
    Value name, bound, constraints, fallback;
    bool covariant, contravariant;
    const char *kind; /* the class's name */
} TypeVar;

static bool type_var_make(Vm *vm, Value cls, const char *kind, Call *call, Value name,
                          Value constraints, Value bound, Value fallback)
{
    Value made = vm_new_native(vm, class_ptr(cls), &type_var_class);
    TypeVar *var = payload_of(vm, made, &type_var_class);
    *var = (TypeVar){ .name = name,
                      .bound = as_type(vm, bound),
                      .constraints = constraints,
                      .fallback = fallback,
                      .kind = kind };
    if (value_is_none(bound))
        var->bound = VALUE_NONE;
    return give(call, made);
}

static bool type_var_new(Vm *vm, Call *call)
{
    ARGS(call, cls, name, constraints, bound, covariant, contravariant);
    Str text;
    bool co, contra;
    if (!to_str(vm, name, &text) || !to_truth(vm, covariant, &co) ||
        !to_truth(vm, contravariant, &contra) ||
        !type_var_make(vm, cls, "TypeVar", call, name, constraints, bound, call->args[6]))
        return false;
    TypeVar *var = payload_of(vm, call->result, &type_var_class);
    var->covariant = co;
    var->contravariant = contra;
    return true;
}

static bool param_spec_new(Vm *vm, Call *call)
{
    ARGS(call, cls, name);
    Str text;
    return to_str(vm, name, &text) &&
           type_var_make(vm, cls, "ParamSpec", call, name, make_tuple(vm, NULL, 0), VALUE_NONE,
                         VALUE_UNSET);
}

static bool type_var_repr(Vm *vm, Call *call)
{
    ARGS(call, self);
    const TypeVar *var = payload_of(vm, self, &type_var_class);
    Str name;
    if (!to_str(vm, var->name, &name))
        return false;
    char sign = var->covariant ? '+' : var->contravariant ? '-' : '~';
    return give(call, make_strf(vm, "%c%.*s", sign, STR_ARG(name)));
}

static bool type_var_get_name(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, ((TypeVar *)payload_of(vm, self, &type_var_class))->name);
}

static bool type_var_get_bound(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, ((TypeVar *)payload_of(vm, self, &type_var_class))->bound);
}

static bool type_var_get_constraints(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, ((TypeVar *)payload_of(vm, self, &type_var_class))->constraints);
}

static bool type_var_get_default(Vm *vm, Call *call)
{
    ARGS(call, self);
    Value fallback = ((TypeVar *)payload_of(vm, self, &type_var_class))->fallback;
    return give(call, value_given(fallback) ? fallback : VALUE_NONE);
}

/* A str: told apart from the special forms, whose __typing_form__ is True. */
static bool type_var_get_typing_form(Vm *vm, Call *call)
{
    return give(call, make_strz(vm, "parameter"));
}

/* *Ts in a subscript: the tuple variable itself. */
static bool type_var_iter(Vm *vm, Call *call)
{
    ARGS(call, self);
    Value iterator;
    return vm_iter(vm, make_tuple(vm, &self, 1), &iterator) && give(call, iterator);
}

static bool param_spec_self(Vm *vm, Call *call)
{
    ARGS(call, self);
    (void)vm;
    return give(call, self);
}

static void type_var_mark(Vm *vm, void *payload)
{
    const TypeVar *var = payload;
    vm_mark(vm, var->name);
    vm_mark(vm, var->bound);
    vm_mark(vm, var->constraints);
    vm_mark(vm, var->fallback);
}

static const NativeRow type_var_methods[] = {
    { "__new__(cls, name, /, *constraints, bound=None, covariant=False, contravariant=False, "
      "default=..., infer_variance=False)",
      type_var_new, NULL },
    { "__repr__(self, /)", type_var_repr, NULL },
    { "__or__(self, other, /)", form_or, NULL },
    { "__ror__(self, other, /)", form_ror, NULL },
};
static const NativeRow type_var_getters[] = {
    { "__name__(self)", type_var_get_name, NULL },
    { "__bound__(self)", type_var_get_bound, NULL },
    { "__constraints__(self)", type_var_get_constraints, NULL },
    { "__default__(self)", type_var_get_default, NULL },
    { "__typing_form__(self)", type_var_get_typing_form, NULL },
};
static const NativeClass type_var_class = {
    .name = "TypeVar",
    .module = "typing",
    .size = sizeof(TypeVar),
    .methods = type_var_methods,
    .method_count = sizeof type_var_methods / sizeof *type_var_methods,
    .getters = type_var_getters,
    .getter_count = sizeof type_var_getters / sizeof *type_var_getters,
    .mark = type_var_mark,
};
static const NativeRow param_spec_methods[] = {
    { "__new__(cls, name, /, **kw)", param_spec_new, NULL },
};
static const NativeRow param_spec_getters[] = {
    { "args(self)", param_spec_self, NULL },
    { "kwargs(self)", param_spec_self, NULL },
};
static const NativeClass param_spec_class = {
    .name = "ParamSpec",
    .module = "typing",
    .base = &type_var_class,
    .size = sizeof(TypeVar),
    .methods = param_spec_methods,
    .method_count = 1,
    .getters = param_spec_getters,
    .getter_count = sizeof param_spec_getters / sizeof *param_spec_getters,
    .mark = type_var_mark,
};
static const NativeRow type_var_tuple_methods[] = {
    { "__new__(cls, name, /, **kw)", param_spec_new, NULL },
    { "__iter__(self, /)", type_var_iter, NULL },
};
static const NativeClass type_var_tuple_class = {
    .name = "TypeVarTuple",
    .module = "typing",
    .base = &type_var_class,
    .size = sizeof(TypeVar),
    .methods = type_var_tuple_methods,
    .method_count = sizeof type_var_tuple_methods / sizeof *type_var_tuple_methods,
    .mark = type_var_mark,
};

/* ---- Generic, ForwardRef, NewType ---- */

static bool generic_class_getitem(Vm *vm, Call *call)
{
    ARGS(call, cls, item);
    Value args;
    return as_types(vm, item, &args) && give(call, alias_named(vm, "", cls, args));
}

static const NativeRow generic_statics[] = {
    { "__class_getitem__(cls, item, /)", generic_class_getitem, NULL },
};
static const NativeClass generic_class = {
    .name = "Generic",
    .module = "typing",
    .statics = generic_statics,
    .static_count = sizeof generic_statics / sizeof *generic_statics,
    .doc = "A base class that takes type arguments.",
};

static bool forward_ref_new(Vm *vm, Call *call)
{
    ARGS(call, cls, arg);
    (void)cls;
    Str text;
    return to_str(vm, arg, &text) && give(call, as_type(vm, arg));
}

static bool forward_ref_get_arg(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, *(Value *)payload_of(vm, self, &forward_ref_class));
}

static bool forward_ref_repr(Vm *vm, Call *call)
{
    ARGS(call, self);
    Value text;
    Str str;
    return vm_repr(vm, *(Value *)payload_of(vm, self, &forward_ref_class), &text) &&
           to_str(vm, text, &str) && give(call, make_strf(vm, "ForwardRef(%.*s)", STR_ARG(str)));
}

static bool forward_ref_eq(Vm *vm, Call *call)
{
    ARGS(call, self, other);
    const Value *a = payload_of(vm, self, &forward_ref_class);
    const Value *b = payload_of(vm, other, &forward_ref_class);
    bool equal;
    if (!b)
        return give(call, (Value){ .tag = TAG_NOT_IMPLEMENTED });
    return value_eq(vm, *a, *b, &equal) && give(call, value_bool(equal));
}

static bool forward_ref_hash(Vm *vm, Call *call)
{
    ARGS(call, self);
    uint64_t hash;
    return value_hash(vm, *(Value *)payload_of(vm, self, &forward_ref_class), &hash) &&
           give(call, value_int((int64_t)(hash >> 2)));
}

static void value_mark(Vm *vm, void *payload)
{
    vm_mark(vm, *(Value *)payload);
}

static const NativeRow forward_ref_methods[] = {
    { "__new__(cls, arg, /, is_argument=True, module=None, *, is_class=False)", forward_ref_new,
      NULL },
    { "__repr__(self, /)", forward_ref_repr, NULL },
    { "__eq__(self, other, /)", forward_ref_eq, NULL },
    { "__hash__(self, /)", forward_ref_hash, NULL },
    { "__or__(self, other, /)", form_or, NULL },
    { "__ror__(self, other, /)", form_ror, NULL },
};
static const NativeRow forward_ref_getters[] = {
    { "__forward_arg__(self)", forward_ref_get_arg, NULL },
    { "__typing_form__(self)", form_get_typing_form, NULL },
};
static const NativeClass forward_ref_class = {
    .name = "ForwardRef",
    .module = "typing",
    .size = sizeof(Value),
    .methods = forward_ref_methods,
    .method_count = sizeof forward_ref_methods / sizeof *forward_ref_methods,
    .getters = forward_ref_getters,
    .getter_count = sizeof forward_ref_getters / sizeof *forward_ref_getters,
    .mark = value_mark,
};

typedef struct NewType {
    Value name, supertype;
} NewType;

static bool new_type_new(Vm *vm, Call *call)
{
    ARGS(call, cls, name, tp);
    Value made = vm_new_native(vm, class_ptr(cls), &new_type_class);
    *(NewType *)payload_of(vm, made, &new_type_class) = (NewType){ .name = name, .supertype = tp };
    return give(call, made);
}

static bool new_type_call(Vm *vm, Call *call)
{
    ARGS(call, self, value);
    (void)self;
    (void)vm;
    return give(call, value);
}

static bool new_type_repr(Vm *vm, Call *call)
{
    ARGS(call, self);
    Str name;
    return to_str(vm, ((NewType *)payload_of(vm, self, &new_type_class))->name, &name) &&
           give(call, make_strf(vm, "typing.NewType('%.*s')", STR_ARG(name)));
}

static bool new_type_get_name(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, ((NewType *)payload_of(vm, self, &new_type_class))->name);
}

static bool new_type_get_supertype(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, ((NewType *)payload_of(vm, self, &new_type_class))->supertype);
}

static void new_type_mark(Vm *vm, void *payload)
{
    const NewType *made = payload;
    vm_mark(vm, made->name);
    vm_mark(vm, made->supertype);
}

static const NativeRow new_type_methods[] = {
    { "__new__(cls, name, tp, /)", new_type_new, NULL },
    { "__call__(self, value, /)", new_type_call, NULL },
    { "__repr__(self, /)", new_type_repr, NULL },
    { "__or__(self, other, /)", form_or, NULL },
    { "__ror__(self, other, /)", form_ror, NULL },
};
static const NativeRow new_type_getters[] = {
    { "__name__(self)", new_type_get_name, NULL },
    { "__qualname__(self)", new_type_get_name, NULL },
    { "__supertype__(self)", new_type_get_supertype, NULL },
    { "__typing_form__(self)", form_get_typing_form, NULL },
};
static const NativeClass new_type_class = {
    .name = "NewType",
    .module = "typing",
    .size = sizeof(NewType),
    .methods = new_type_methods,
    .method_count = sizeof new_type_methods / sizeof *new_type_methods,
    .getters = new_type_getters,
    .getter_count = sizeof new_type_getters / sizeof *new_type_getters,
    .mark = new_type_mark,
};

/* ---- functions ---- */

static bool typing_cast(Vm *vm, Call *call)
{
    ARGS(call, typ, val);
    (void)typ;
    (void)vm;
    return give(call, val);
}

/* Decorators that only speak to type checkers. */
static bool typing_identity(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, call->args[0]);
}

static bool overload_dummy(Vm *vm, Call *call)
{
    (void)call;
    return vm_raise(
        vm, "NotImplementedError",
        "You should not call an overloaded function. A series of @overload-decorated "
        "functions outside a stub module should always be followed by an implementation "
        "that is not @overload-ed.");
}

static const NativeRow overload_row = { "_overload_dummy(*args, **kw)", overload_dummy, NULL };

static bool typing_overload(Vm *vm, Call *call)
{
    return give(call, vm_function(vm, &overload_row, NULL));
}

static bool typing_get_origin(Vm *vm, Call *call)
{
    ARGS(call, tp);
    Value origin = VALUE_NONE;
    if (alias_is_union(vm, tp) && is_instance(vm, tp, &union_type_class))
        return give(call, value_object(vm_class(vm, &union_type_class)));
    Value args = alias_args(vm, tp);
    if (!value_given(args)) {
        if (is_instance(vm, tp, &form_class) && row_of(vm, tp)->module)
            return form_origin(vm, row_of(vm, tp), &origin) && give(call, origin);
        return give(
            call, is_class(tp) && class_ptr(tp) == vm_class(vm, &generic_class) ? tp : VALUE_NONE);
    }
    return vm_getattr(vm, tp, "__origin__", &origin) && give(call, origin);
}

/* Callable's flat arguments come back as ([A, B], R). */
static bool nested_callable_args(Vm *vm, Call *call, Value args)
{
    size_t last = tuple_len(args) - 1;
    if (last == 1 && tuple_get(args, 0).tag == TAG_ELLIPSIS)
        return give(call, args);
    Value list = make_list(vm, NULL, 0);
    for (size_t i = 0; i < last; i++)
        list_append(vm, list, tuple_get(args, i));
    const Value both[] = { list, tuple_get(args, last) };
    return give(call, make_tuple(vm, both, 2));
}

static bool typing_get_args(Vm *vm, Call *call)
{
    ARGS(call, tp);
    Value args = alias_args(vm, tp);
    if (!value_given(args))
        return give(call, make_tuple(vm, NULL, 0));
    if (tuple_len(args) > 0 && alias_is_callable(vm, tp))
        return nested_callable_args(vm, call, args);
    return give(call, args);
}

static bool typing_getattr(Vm *vm, Call *call)
{
    ARGS(call, name);
    Str text;
    Value more, found;
    if (!to_str(vm, name, &text))
        return false;
    if (str_starts(text, STR("__")))
        return vm_raise(vm, "AttributeError", "module 'typing' has no attribute '%.*s'",
                        STR_ARG(text));
    if (!vm_import(vm, STR("_typing"), &more) ||
        !vm_getattr_if(vm, more, str_cstr(vm_arena(vm), text), &found))
        return false;
    if (!value_given(found))
        return vm_raise(vm, "AttributeError", "module 'typing' has no attribute '%.*s'",
                        STR_ARG(text));
    return give(call, found);
}

static const NativeRow typing_functions[] = {
    { "cast(typ, val)", typing_cast, "The value as it is." },
    { "overload(func)", typing_overload, NULL },
    { "final(f)", typing_identity, NULL },
    { "override(arg)", typing_identity, NULL },
    { "no_type_check(arg)", typing_identity, NULL },
    { "no_type_check_decorator(decorator)", typing_identity, NULL },
    { "reveal_type(obj)", typing_identity, NULL },
    { "assert_type(val, typ, /)", typing_identity, NULL },
    { "get_origin(tp)", typing_get_origin, NULL },
    { "get_args(tp)", typing_get_args, NULL },
    { "__getattr__(name)", typing_getattr, NULL },
};

static bool typing_init(Vm *vm, Value module)
{
    Class *cls = vm_class(vm, &form_class);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        Value made = vm_new_native(vm, cls, &form_class);
        *(Form *)payload_of(vm, made, &form_class) = (Form){ &forms[i] };
        if (!module_set(vm, module, forms[i].name, made))
            return false;
    }
    Value text_class = value_object(value_class(vm, make_strz(vm, "")));
    return module_set(vm, module, "TYPE_CHECKING", value_bool(false)) &&
           module_set(vm, module, "Text", text_class) &&
           module_set_class(vm, module, &type_var_class) &&
           module_set_class(vm, module, &param_spec_class) &&
           module_set_class(vm, module, &type_var_tuple_class) &&
           module_set_class(vm, module, &generic_class) &&
           module_set_class(vm, module, &forward_ref_class) &&
           module_set_class(vm, module, &new_type_class) &&
           module_set_class(vm, module, &form_class) &&
           module_set_class(vm, module, &typing_alias_class);
}

const NativeModule typing_module = {
    .name = "typing",
    .functions = typing_functions,
    .function_count = sizeof typing_functions / sizeof *typing_functions,
    .init = typing_init,
};
