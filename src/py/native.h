/* SPDX-License-Identifier: MIT */
/*
 * How C speaks with scripts: native functions, classes and modules, and the calls that C makes into
 * the VM. Everything under py/ and script/ that is not the VM itself is written against this page.
 *
 *     static bool str_count(Vm *vm, Call *call)
 *     {
 *         ARGS(call, self, sub);
 *         Str text, needle;
 *         if (!to_str(vm, self, &text) || !to_str(vm, sub, &needle))
 *             return false;
 *         return give(call, value_int(count_of(text, needle)));
 *     }
 *     static const NativeRow str_methods[] = {
 *         { "count(self, sub, /)", str_count, "Count occurrences of a substring." },
 *     };
 *
 * Errors: every function that returns bool returns false after an exception was raised in the VM
 * (vm_raise and its kin); the caller returns false at once, or handles it with vm_catch.
 *
 * Collection happens only in the VM (calls and back jumps of scripts). A Value that C keeps across
 * a call into the VM (vm_call, vm_iter_next, value_eq, ... all marked "may run scripts") must be
 * reachable: an argument of the call, inside a reachable container, or pushed with vm_push.
 */
#ifndef LIMBECK_PY_NATIVE_H
#define LIMBECK_PY_NATIVE_H

#include "base/datum.h"
#include "base/error.h"
#include "py/value.h"

/* ---- native functions ---- */

/*
 * The arguments of a call. items[-1] is a slot of the callee that may be overwritten (a bound
 * method's self goes there). Keywords: `names` for the values behind the positional ones, or
 * `dict`.
 */
typedef struct Args {
    Value *items;
    size_t count;                 /* positional */
    const struct TupleObj *names; /* items[count + i] is the value of names[i]; or NULL */
    const struct DictObj *dict;   /* or NULL */
} Args;

/* What a row's *args and **kw hold, as arguments; kw may be UNSET. Borrowed. */
Args args_of(Value tuple, Value keywords);
/* Without the first. */
Args args_rest(const Args *args);

/*
 * The arguments, bound by the row's signature before the function runs: args[i] is the i-th
 * parameter, with its default where not given; `...` defaults are TAG_UNSET; *args is a tuple, **kw
 * a dict. The args lie on the VM's stack and are roots.
 */
typedef struct Call {
    const Value *args;
    size_t count;
    Value result; /* None unless give() is called */
    const struct NativeRow *row;
    void *context;     /* of the function, see vm_function */
    const Args *given; /* of an unbound row; args[0] is a method's self */
} Call;

typedef bool NativeFn(Vm *vm, Call *call);

typedef struct NativeRow {
    const char *signature; /* base/signature.h */
    NativeFn *fn;
    const char *doc;
    bool unbound; /* only Call.given is set: the function binds it by another signature */
} NativeRow;

/* Sets the result and returns true. */
static inline bool give(Call *call, Value result)
{
    call->result = result;
    return true;
}

/* ARGS(call, a, b, c): Value a = args[0], ...; in the order of the row. */
/* clang-format off */
#define ARGS(call, ...)                                                                         \
    args_check((call), #__VA_ARGS__);                                                           \
    ARGS_PICK_(__VA_ARGS__, ARGS_12_, ARGS_11_, ARGS_10_, ARGS_9_, ARGS_8_, ARGS_7_, ARGS_6_,   \
               ARGS_5_, ARGS_4_, ARGS_3_, ARGS_2_, ARGS_1_, 0)                                   \
    (call, 0, __VA_ARGS__)
#define ARGS_PICK_(a, b, c, d, e, f, g, h, i, j, k, l, which, ...) which
#define ARGS_1_(c, i, a) const Value a = (c)->args[i]
#define ARGS_2_(c, i, a, ...) ARGS_1_(c, i, a); ARGS_1_(c, i + 1, __VA_ARGS__)
#define ARGS_3_(c, i, a, ...) ARGS_1_(c, i, a); ARGS_2_(c, i + 1, __VA_ARGS__)
#define ARGS_4_(c, i, a, ...) ARGS_1_(c, i, a); ARGS_3_(c, i + 1, __VA_ARGS__)
#define ARGS_5_(c, i, a, ...) ARGS_1_(c, i, a); ARGS_4_(c, i + 1, __VA_ARGS__)
#define ARGS_6_(c, i, a, ...) ARGS_1_(c, i, a); ARGS_5_(c, i + 1, __VA_ARGS__)
#define ARGS_7_(c, i, a, ...) ARGS_1_(c, i, a); ARGS_6_(c, i + 1, __VA_ARGS__)
#define ARGS_8_(c, i, a, ...) ARGS_1_(c, i, a); ARGS_7_(c, i + 1, __VA_ARGS__)
#define ARGS_9_(c, i, a, ...) ARGS_1_(c, i, a); ARGS_8_(c, i + 1, __VA_ARGS__)
#define ARGS_10_(c, i, a, ...) ARGS_1_(c, i, a); ARGS_9_(c, i + 1, __VA_ARGS__)
#define ARGS_11_(c, i, a, ...) ARGS_1_(c, i, a); ARGS_10_(c, i + 1, __VA_ARGS__)
#define ARGS_12_(c, i, a, ...) ARGS_1_(c, i, a); ARGS_11_(c, i + 1, __VA_ARGS__)
/* clang-format on */
/* Asserts that the row has so many parameters at least. Nothing in a release build. */
void args_check(const Call *call, const char *names);

/* A function value; `row` lives as long as the program, `context` as long as the Vm. */
Value vm_function(Vm *vm, const NativeRow *row, void *context);
/* The same, of a function that makes records: see record_arena. */
Value vm_record_function(Vm *vm, const NativeRow *row, void *context);

/* ---- native classes: a C payload behind a class of the script ---- */

typedef struct NativeClass {
    const char *name;
    const char *module;
    const struct NativeClass *base; /* NULL: object */
    size_t size;                    /* of the payload, zeroed when made */
    const NativeRow *methods;       /* dunders are rows as well: "__eq__(self, other, /)" */
    size_t method_count;
    const NativeRow *getters; /* "year(self)": read-only properties */
    size_t getter_count;
    const NativeRow *statics; /* "fromisoformat(cls, text)": class methods */
    size_t static_count;
    bool records;                        /* its methods make records: see record_arena */
    void (*mark)(Vm *vm, void *payload); /* marks the Values in the payload; may be NULL */
    void (*drop)(void *payload);         /* frees what the payload owns; may be NULL */
    const char *doc;
    bool open; /* its instances take attributes of a script's own */
} NativeClass;

#define ROWS(rows) (rows), sizeof(rows) / sizeof *(rows)
/* ROWS_OF(methods, method_count, rows): both members by name. */
#define ROWS_OF(member, count_member, rows) \
    .member = (rows), .count_member = sizeof(rows) / sizeof *(rows)

/* The class, made once a Vm. A "__new__(cls, ...)" or "__init__(self, ...)" makes it callable. */
Class *vm_class(Vm *vm, const NativeClass *native);
/* A new instance with zeroed payload of `native`; `cls` is it or a script's subclass. */
Value vm_new_native(Vm *vm, Class *cls, const NativeClass *native);
/* The payload when `v` is an instance of `native` (or a subclass), else NULL. */
void *payload_of(Vm *vm, Value v, const NativeClass *native);
/* As payload_of, but raises TypeError "expected NAME, got ..." and returns NULL. */
void *to_payload(Vm *vm, Value v, const NativeClass *native);
/* In NativeClass.mark. */
void vm_mark(Vm *vm, Value v);

/* ---- native modules ---- */

typedef struct NativeModule {
    const char *name; /* "os.path" */
    const NativeRow *functions;
    size_t function_count;
    bool (*init)(Vm *vm, Value module); /* adds classes and constants; may be NULL */
} NativeModule;

/* Makes it importable; it is initialised when first imported. */
void vm_add_module(Vm *vm, const NativeModule *module);
bool module_set(Vm *vm, Value module, const char *name, Value v);
/* sys.modules[name], importing it. May run scripts. */
bool vm_import(Vm *vm, Str name, Value *module);

/* The live sys.path (list), sys.modules (dict by full name) and sys.argv (list). */
Value vm_sys_path(Vm *vm);
Value vm_sys_modules(Vm *vm);
Value vm_sys_argv(Vm *vm);

/* ---- raising and catching ---- */

/* Raises a built-in exception by its Python name: vm_raise(vm, "ValueError", "bad %s", x). */
bool vm_raise(Vm *vm, const char *exception, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Raises an exception value (an instance, or a class, which is then called without arguments). */
bool vm_raise_value(Vm *vm, Value exception);
/* Raises what an Error of a lower floor says: the exception that fits its code. */
bool vm_raise_error(Vm *vm, const Error *err);
/* True when an exception is pending and is an instance of the built-in `exception`. */
bool vm_raised(Vm *vm, const char *exception);
/* Takes the pending exception away and returns it; TAG_UNSET when none. */
Value vm_catch(Vm *vm);
/* Turns the pending exception into an Error (ERR_SCRIPT, text, traceback, loc). Returns false. */
bool vm_take_error(Vm *vm, Error *err);

/* The exception that an except block is handling (sys.exc_info), or None. */
Value vm_handled(Vm *vm);

/* ---- failures that come late ---- */

/*
 * What a script asked for may be found to have failed only when it has gone on. Where no handler
 * would have met the failure then, none may meet it now: it leaves all frames above `depth` past
 * their handlers, with the traceback of the place that asked.
 *
 *     if (!vm_guarded(vm, depth))
 *         trace = vm_trace(vm, depth);           and the work is sent on its way
 *     ...
 *     vm_raise(...), vm_late(vm, depth, trace);  return false
 */
size_t vm_depth(const Vm *vm); /* how many frames of scripts are running */
/* Whether an except, finally or with of a frame above `depth` would meet an exception now. */
bool vm_guarded(const Vm *vm, size_t depth);
/* The calls above `depth`, outermost first; None when there are none. */
Value vm_trace(Vm *vm, size_t depth);
/* Makes the pending exception one that comes late. Returns false. */
bool vm_late(Vm *vm, size_t depth, Value trace);

/* ---- roots ---- */

void vm_push(Vm *vm, Value v);
void vm_pop(Vm *vm, size_t count);
/* Keeps a value alive as long as the Vm, as lower floors may hold it. */
void vm_keep(Vm *vm, Value v);

/* A dict that lives as long as the Vm, by name: a root for what modules keep. */
Value vm_slot(Vm *vm, const char *name);

/* ---- making values ---- */

Value make_str(Vm *vm, Str text); /* copies; text must be UTF-8 */
Value make_strz(Vm *vm, const char *text);
Value make_strf(Vm *vm, const char *format, ...) __attribute__((format(printf, 2, 3)));
Value make_bytes(Vm *vm, Str bytes);
Value make_list(Vm *vm, const Value *items, size_t count); /* items may be NULL when count is 0 */
Value make_tuple(Vm *vm, const Value *items, size_t count);
Value make_dict(Vm *vm);
Value make_set(Vm *vm, bool frozen);
/* An int of any size from decimal digits with an optional sign. */
Value make_int_text(Vm *vm, Str digits);

/* ---- looking into values: the `is_` never raise, the `to_` raise TypeError ---- */

bool is_str(Value v);
bool is_bytes(Value v);
bool is_int(Value v); /* bool counts as int, as in Python; any size */
bool is_list(Value v);
bool is_tuple(Value v);
bool is_dict(Value v);
bool is_set(Value v);
bool is_class(Value v);
bool is_callable(Vm *vm, Value v);
bool is_opaque(Value v);
/* Borrowed; valid while the value is reachable. */
bool to_str(Vm *vm, Value v, Str *text);
bool to_bytes(Vm *vm, Value v, Str *bytes);
bool to_int(Vm *vm, Value v, int64_t *number); /* __index__; OverflowError past 64 bits */
bool to_float(Vm *vm, Value v, double *number);
/* Truth as `if` sees it. May run scripts. */
bool to_truth(Vm *vm, Value v, bool *truth);

/* ---- containers ---- */

size_t list_len(Value list);
Value list_get(Value list, size_t index);
void list_append(Vm *vm, Value list, Value item);
size_t tuple_len(Value tuple);
Value tuple_get(Value tuple, size_t index);
/* The value for a str key, or TAG_UNSET. Never runs scripts. */
Value dict_get_str(Value dict, Str key);
void dict_set_str(Vm *vm, Value dict, Str key, Value item);
/* Any key: hashes and compares. May run scripts. *found is TAG_UNSET when absent. */
bool dict_get(Vm *vm, Value dict, Value key, Value *found);
bool dict_set(Vm *vm, Value dict, Value key, Value item);
size_t dict_len(Value dict);
/* for (size_t at = 0; dict_next(d, &at, &k, &v);) in the order of insertion. */
bool dict_next(Value dict, size_t *at, Value *key, Value *item);
bool set_add(Vm *vm, Value set, Value item);

/* ---- what scripts do, from C. All may run scripts. ---- */

bool vm_call(Vm *vm, Value callee, const Value *args, size_t count, Value *result);
/* `keywords` is a dict with str keys, or VALUE_UNSET. */
bool vm_call_kw(Vm *vm, Value callee, const Value *args, size_t count, Value keywords,
                Value *result);
bool vm_call_method(Vm *vm, Value object, const char *name, const Value *args, size_t count,
                    Value *result);
bool vm_getattr(Vm *vm, Value object, const char *name, Value *result);
/* As getattr(object, name, default): *result is TAG_UNSET when there is no such attribute. */
bool vm_getattr_if(Vm *vm, Value object, const char *name, Value *result);
bool vm_setattr(Vm *vm, Value object, const char *name, Value v);
bool vm_getitem(Vm *vm, Value object, Value key, Value *result);
bool vm_setitem(Vm *vm, Value object, Value key, Value v);
bool vm_iter(Vm *vm, Value iterable, Value *iterator);
/* *item is TAG_UNSET at the end. */
bool vm_iter_next(Vm *vm, Value iterator, Value *item);
/* A fresh list of all items. */
bool vm_to_list(Vm *vm, Value iterable, Value *list);
bool vm_str(Vm *vm, Value v, Value *text);  /* str(v) */
bool vm_repr(Vm *vm, Value v, Value *text); /* repr(v) */
bool vm_format(Vm *vm, Value v, Str spec, Value *text);
bool value_eq(Vm *vm, Value a, Value b, bool *equal);
bool value_hash(Vm *vm, Value v, uint64_t *hash);
/* a < b and its kin: op is one of "<", "<=", ">", ">=". */
bool value_compare(Vm *vm, const char *op, Value a, Value b, bool *result);
/* The binary operator by its symbol: "+", "-", "*", "//", "**", "|", ... */
bool value_binary(Vm *vm, const char *op, Value a, Value b, Value *result);
bool vm_isinstance(Vm *vm, Value v, Value class_or_tuple, bool *is);
/* The class of any value; its name for messages: "int", "NoneType", "Foo". */
Class *value_class(Vm *vm, Value v);
const char *type_name(Vm *vm, Value v);

/* ---- neutral values ---- */

/* The value of a neutral form; record_datum is the way there. */
bool from_datum(Vm *vm, const Datum *datum, Value *v);

/* The place in the running script: the innermost frame that is a user's file. */
Loc vm_loc(Vm *vm);
/*
 * In a native function that a script called: false when the call is a statement by itself, so that
 * nobody sees its result.
 */
bool vm_result_used(Vm *vm);
/* The whole chain, innermost first, into locs; returns how many there are (at most `most`). */
size_t vm_loc_chain(Vm *vm, Loc *locs, size_t most);

#endif
