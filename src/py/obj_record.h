/* SPDX-License-Identifier: MIT */
/*
 * Boxes: a C struct with a RecordHead as a script's object. The class of a record is made of its
 * declaration: calling it binds the signature to the members, attributes read and write them.
 */
#ifndef LIMBECK_PY_OBJ_RECORD_H
#define LIMBECK_PY_OBJ_RECORD_H

#include "base/record.h"
#include "py/native.h"
#include "py/obj_str.h"

/* The value that a member was bound from, where the member alone could not give it back. */
typedef struct RecordRef {
    const char *name;
    Value value;
} RecordRef;

typedef struct RecordObj { /* OBJ_RECORD */
    Obj head;
    const Record *record;
    void *object;    /* begins with RecordHead; its box is this */
    Region *region;  /* where the struct lies; NULL when that is no region: then the box is kept */
    RecordRef *refs; /* keep scripts' values alive */
    uint32_t ref_count, ref_cap;
} RecordObj;

/*
 * How the script floor makes members of a record of other values: a class for its instance, a str
 * for a name. `v` is no box of `to` or of a sub-record; *object gets the struct, whose box (or
 * `arena`) must outlive the use; *refs the value to keep alive. Returning true with *object NULL
 * means "not mine": CPython-worded TypeError follows.
 */
typedef bool RecordCoerce(Vm *vm, Arena *arena, const Record *to, Value v, void **object,
                          Value *ref);

/* What the script floor adds to a record's class. All may be NULL. */
typedef struct RecordHooks {
    const Record *record;
    RecordCoerce *coerce; /* of links to this record */
    const NativeRow *methods;
    size_t method_count;
    const NativeRow *getters;
    size_t getter_count;
    /* Called for attributes that are no members; *result stays TAG_UNSET when there is none. */
    bool (*get)(Vm *vm, Value box, Str name, Value *result);
    /* The way back: *done false means that it becomes an attribute of the box itself. */
    bool (*set)(Vm *vm, Value box, Str name, Value v, bool *done);
    const char *module; /* __module__ */
    /*
     * Called for a box with its empty struct, before __init__: a script's subclass may never call
     * super().__init__(). Inherited as `made`.
     */
    void (*created)(Vm *vm, Value box);
    /*
     * Called when a script's call has bound a box (after `finish`): for what only a script can
     * tell, such as the members of an enum class. Inherited by sub-records that have none of their
     * own.
     */
    bool (*made)(Vm *vm, Value box);
} RecordHooks;

/* `hooks` lives as long as the program. To be called before the class is first used. */
void record_register(Vm *vm, const RecordHooks *hooks);
/*
 * The class whose calls make the record. `__new__` makes a box with an empty struct, `__init__`
 * binds the arguments: scripts may subclass it, override __init__ and call super().__init__(...).
 * Methods, getters, get, set and coerce are inherited along Record.base.
 */
Class *record_class(Vm *vm, const Record *record);
/*
 * Where a native function allocates for the records that it makes (py/region.h): in a region of the
 * call, when the function is a method of a record's class, of a NativeClass with `records`, or of
 * vm_record_function; others allocate in record_arena_lasting, which lives as long as the Vm.
 */
Arena *record_arena(Vm *vm);
Arena *record_arena_lasting(Vm *vm);
/*
 * Keeps a value that is no argument of the running native function alive as long as what that
 * makes: what a script's function gave, and C goes on to use.
 */
void record_hold(Vm *vm, Value v);
/*
 * The one box of a struct, made when it has none. It lives as long as the struct's region; a struct
 * that lies elsewhere must outlive the Vm.
 */
Value record_box(Vm *vm, void *object);
/*
 * Binds a call to a struct in `arena`: for directives (op.add_column), which have no box.
 * `signature` is bound instead of the record's own unless it is NULL (batch: without the table's
 * name). Calls `finish`; values that the struct refers to are held (record_hold).
 */
bool record_bind(Vm *vm, Arena *arena, const Record *record, const char *signature,
                 const Args *args, void *object);
/* The struct when `v` is a box of `record` or of a sub-record, else NULL. */
void *record_of(Value v, const Record *record);
/* As record_of, but coerces by the hooks and raises TypeError naming the parameter. */
bool to_record(Vm *vm, Arena *arena, Value v, const Record *record, const char *what,
               void **object);
/*
 * A value's neutral form as members and *args take it: a box is DATUM_RECORD; a record's class is
 * an instance made without arguments (sa.String stands for sa.String()); lists, tuples and sets are
 * DATUM_LIST, dicts DATUM_MAP; what has no neutral form is DATUM_SCRIPT, kept as long as the Vm. An
 * Opaque raises. from_datum is the way back.
 */
bool record_datum(Vm *vm, Arena *arena, Value v, Datum *datum);
/* A member as a value, and the way back. */
bool record_get(Vm *vm, Value box, const Field *field, Value *v);
bool record_set(Vm *vm, Value box, const Field *field, Value v);

/*
 * A member that scripts change in place (info): one dict for the box's life, at first what was
 * given. `name` lives as long as the program.
 */
Value record_dict(Vm *vm, Value box, const char *name, const Datum *given);

/* For datum_value.c: what is a record, a record's class, or anything else of a script. */
bool record_datum_other(Vm *vm, Arena *arena, Value v, Datum *datum);
/* Attributes that are no members, by the hooks. */
bool record_get_other(Vm *vm, Value box, StrObj *name, Value *result);
bool record_set_other(Vm *vm, Value box, StrObj *name, Value v, bool *done);

#endif
