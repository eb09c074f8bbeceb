/* SPDX-License-Identifier: MIT */
/*
 * What all bindings share: from values of scripts to the structs of lower floors and back, and from
 * errors to exceptions and back. Boxes themselves are py/obj_record.
 */
#ifndef LIMBECK_SCRIPT_BIND_H
#define LIMBECK_SCRIPT_BIND_H

#include "py/obj_record.h"
#include "schema/table.h"
#include "script/script.h"

/* Where structs go that scripts make: record_arena. */
Arena *bind_arena(Vm *vm);

/* The box of a struct that begins with a RecordHead; None for NULL. */
Value box(Vm *vm, void *object);
/* Keeps a value alive as long as the VM, as lower floors may hold it. */
ScriptRef script_keep(Vm *vm, Value v);
static inline Value script_value(ScriptRef ref)
{
    return ref.object ? value_object(ref.object) : VALUE_NONE;
}

/* As record_datum, in bind_arena. */
bool script_datum(Vm *vm, Value v, Datum *datum);
/* Names: str, quoted_name, conv; None is "not given". */
bool to_name(Vm *vm, Value v, Name *name);
/* A str copied into bind_arena; None and unset give STR_NONE. */
bool to_text(Vm *vm, Value v, Str *text);
/* A str, a Column, or a sequence of both. */
bool to_names(Vm *vm, Value v, StrVec *names);
/* None and unset give TRI_NONE. */
bool to_tri(Vm *vm, Value v, Tri *tri);
/* A type: an instance, or a class, which is called. None gives NULL. */
bool to_type(Vm *vm, Value v, Type **type);
/* What a value means where SQL is wanted; `type` NULL: by itself. None is NULL. */
bool to_expr(Vm *vm, Value v, Type *type, Expr **expr);
/* As vm_to_list, held (record_hold): the items may run scripts. */
bool to_list(Vm *vm, Value v, Value *list);
/* The class as a value. */
static inline Value class_of(Class *cls)
{
    return value_object(cls);
}
/* The classes that a value's class inherits from, itself first: a tuple. */
bool bases_of(Vm *vm, Value v, Value *mro);
/* Whether a class inherits from `ancestor`, or is it. */
bool class_derives(Vm *vm, Value cls, Class *ancestor);
/* A keyword's value, or unset. */
static inline Value keyword(Value keywords, const char *name)
{
    return value_given(keywords) ? dict_get_str(keywords, str_from(name)) : VALUE_UNSET;
}
/* True for True; false for False, None and unset. Never runs scripts. */
static inline bool is_true(Value v)
{
    return v.tag == TAG_BOOL && v.truth;
}

/*
 * Raises for a keyword among the options of `object` that no dialect takes for an `of`
 * (index_record, ...): a misspelt one.
 */
bool options_check(Vm *vm, const Record *of, const Record *record, void *object);
/* "alembic.op", "bulk_insert": the attribute of a module that is imported for it. */
bool bind_import(Vm *vm, const char *module, const char *name, Value *v);
/* Calls it; the arguments may be new. */
bool bind_call(Vm *vm, const char *module, const char *name, const Value *args, size_t count,
               Value *result);

/* ---- errors ---- */

/* An Error whose texts live in bind_arena, to be handed to a lower floor. */
Error vm_error(Vm *vm);
/* Raises what an Error says, as the exception that a script would catch. */
bool raise_error(Vm *vm, const Error *err);
/* As raise_error, for a statement that failed on `conn`. */
bool raise_database(Vm *vm, const Conn *conn, const Error *err);
/*
 * As raise_database, with the parameters that the statement ran with: a tuple, a dict, None;
 * `shown` is its text with their placeholders (STR_NONE: as it went out).
 */
bool raise_statement(Vm *vm, const Conn *conn, const Error *err, Str shown, Value params);
/* The same of a connection that could not be made. */
bool raise_connect(Vm *vm, const Url *url, const Error *err);
/* Raises a class of sqlalchemy.exc. */
bool raise_sa(Vm *vm, const char *class_name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/*
 * What an uncaught exception says to the user: `err` is filled by vm_run_file and its kin. An Error
 * that passed through the script as an exception gets back its code, SQL and remedy.
 */
bool error_restore(Vm *vm, Error *err);
/* In a callback of a lower floor: the pending exception as an Error. Returns false. */
bool exception_to_error(Vm *vm, Error *err);

/* ---- modules whose names are made when they are first asked for ---- */

typedef enum BindKind {
    BIND_RECORD,   /* the record's class */
    BIND_CLASS,    /* a native class */
    BIND_FUNCTION, /* a native function */
    BIND_RECORDS,  /* one that makes records, see record_arena */
    BIND_MAKE,     /* a value made by `make` */
    BIND_FROM,     /* the same name in another module */
} BindKind;

typedef struct BindName {
    const char *name;
    BindKind kind;
    union {
        const Record *record;
        const NativeClass *native;
        const NativeRow *row;
        bool (*make)(Vm *vm, Value *v);
        const char *from;
    };
} BindName;

typedef struct BindModule {
    const char *name;
    const BindName *names;
    size_t count;
    int types;           /* 1 + the TypeModule whose classes it has; 0: none */
    const char *also;    /* a module whose names it has as well, or NULL */
    const char *refused; /* names that exist in Python and are refused when they are used */
    const NativeRow *const *functions; /* lists of functions, all ending in NULL; or NULL */
    /* Names that no table lists; *v stays unset when there is none. May be NULL. */
    bool (*lookup)(Vm *vm, Str name, Value *v);
} BindModule;

/* The function of that name in a list that ends with an empty row, or NULL. */
const NativeRow *row_find(const NativeRow *rows, Str name);
/* Makes it importable. `module` lives as long as the program. */
void bind_module_add(Vm *vm, const BindModule *module);

extern const BindModule sa_modules[];
extern const size_t sa_module_count;
extern const BindModule alembic_modules[];
extern const size_t alembic_module_count;

/* Registers the hooks of the records; called once a VM. */
void bind_types_register(Vm *vm);
void bind_schema_register(Vm *vm);
void bind_expr_register(Vm *vm);
void bind_select_register(Vm *vm);

#endif
