/* SPDX-License-Identifier: MIT */
/* Classes: attribute lookup along the MRO, making classes and instances, descriptors. */
#ifndef LIMBECK_PY_OBJ_CLASS_H
#define LIMBECK_PY_OBJ_CLASS_H

#include "py/native.h"
#include "py/obj_dict.h"
#include "py/obj_list.h"

typedef enum ClassFlags {
    CLASS_SCRIPT = 1 << 0,         /* made by a script */
    CLASS_HAS_DICT = 1 << 1,       /* its instances have a __dict__ */
    CLASS_INCOMPLETE = 1 << 2,     /* has an Opaque among its bases, or inherits from such */
    CLASS_FINAL = 1 << 3,          /* bool, NoneType, ...: no subclasses */
    CLASS_FILLED = 1 << 4,         /* the rows of `native` are in attrs */
    CLASS_BASE_EXCEPTION = 1 << 5, /* a subclass of BaseException */
    CLASS_ABSTRACT = 1 << 6,       /* __abstractmethods__ is not empty: cannot be instantiated */
    CLASS_IS_META = 1 << 7,        /* a subclass of type */
    /* it or an ancestor (not object) has such a method; never taken back */
    CLASS_GETATTRIBUTE = 1 << 8,
    CLASS_GETATTR = 1 << 9,
    CLASS_SETATTR = 1 << 10, /* __setattr__ or __delattr__ */
    CLASS_BUILTIN = 1 << 11, /* one of builtin_classes.h, or an exception */
} ClassFlags;

struct Class { /* OBJ_CLASS */
    Obj head;  /* head.cls is the metaclass */
    StrObj *name;
    Value qualname, module;           /* str */
    const struct NativeClass *native; /* of a native class, else NULL */
    const struct NativeClass
        *payload;                /* the nearest native with a payload: of OBJ_NATIVE_INSTANCE */
    const struct Record *record; /* of a record's class itself, see obj_record.h */
    ObjKind layout;              /* of its instances */
    unsigned flags;
    Class **mro; /* itself first */
    uint32_t mro_len;
    Class *slotted;        /* the nearest class that adds __slots__, or NULL */
    uint32_t slot_count;   /* of __slots__, inherited ones included */
    TupleObj *bases;       /* classes; Opaque bases are left out */
    ListObj *opaque_bases; /* of an incomplete class, or NULL */
    DictObj *attrs;        /* its own namespace */
    Class **subclasses;    /* direct, in the order made */
    uint32_t subclass_count, subclass_cap;
};

/* Instances of a NativeClass: its payload behind the head. */
typedef struct NativeInstance { /* OBJ_NATIVE_INSTANCE */
    Obj head;
    const struct NativeClass *native;
    _Alignas(16) char payload[];
} NativeInstance;

typedef struct MemberObj { /* OBJ_MEMBER */
    Obj head;
    Class *owner;
    StrObj *name;
    uint32_t slot;
} MemberObj;

static inline Class *as_class(Value v)
{
    return (Class *)v.object;
}
static inline Value class_value(Class *cls)
{
    return value_object(cls);
}
/* True when `cls` is `ancestor` or inherits from it. */
bool class_is(const Class *cls, const Class *ancestor);
/* The attribute found along the MRO, unbound, or TAG_UNSET. `name` is interned. Never raises. */
Value class_lookup(Vm *vm, Class *cls, StrObj *name);
/* The same, and where it was found. */
Value class_lookup_in(Vm *vm, Class *cls, StrObj *name, Class **owner);
/* After `super`: the MRO of `cls` behind `after`. */
Value class_lookup_after(Vm *vm, Class *cls, Class *after, StrObj *name);
/* Sets an attribute of the class itself and forgets caches. */
void class_set(Vm *vm, Class *cls, StrObj *name, Value v);
bool class_delete(Vm *vm, Class *cls, StrObj *name);
/* The rows of a native class are put into attrs when first looked at; dir() and __dict__ call this.
 */
void class_fill(Vm *vm, Class *cls);

/* Further rows for a class that was filled: what the script floor adds to a record's. */
void class_add_rows(Vm *vm, Class *cls, const NativeRow *methods, size_t method_count,
                    const NativeRow *getters, size_t getter_count);
void class_add_subclass(Vm *vm, Class *base, Class *cls);
/* A class of rows over a base that is there already; vm_class looks it up by the rows. */
Class *class_of_rows(Vm *vm, const NativeClass *native, Class *base);
Class *exc_class_new(Vm *vm, Str name, Class *base);
/* The row of object.__new__. */
const NativeRow *object_new_row(void);
/* Makes object, type, str, dict and tuple. */
void class_bootstrap(Vm *vm);

/* type(name, bases, namespace, **keywords): the whole protocol but the call of a metaclass. */
bool class_make(Vm *vm, Class *meta, Value name, Value bases, Value namespace, Value keywords,
                Value *result);
/* __build_class__: resolves __mro_entries__, the metaclass, __prepare__, runs the body. */
bool class_build(Vm *vm, Value body, Value name, const Value *bases, size_t count, Value keywords,
                 Value *result);
/* object.__new__(cls): an empty instance of the class's layout. */
bool class_instance(Vm *vm, Class *cls, Value *result);

/* ---- attributes of any value ---- */

/* As getattr: raises AttributeError as CPython words it. `name` interned. */
bool attr_get(Vm *vm, Value object, StrObj *name, Value *result);
/* *result is TAG_UNSET when there is none (an AttributeError is swallowed). */
bool attr_get_if(Vm *vm, Value object, StrObj *name, Value *result);
/* LOAD_METHOD: *callee is the function, *self the object to pass first, or TAG_UNSET. */
bool attr_get_method(Vm *vm, Value object, StrObj *name, Value *callee, Value *self);
bool attr_set(Vm *vm, Value object, StrObj *name, Value v);
bool attr_delete(Vm *vm, Value object, StrObj *name);
/* object.__getattribute__, __setattr__ and __delattr__ (v is TAG_UNSET). */
bool object_getattr(Vm *vm, Value object, StrObj *name, Value *result);
bool object_setattr(Vm *vm, Value object, StrObj *name, Value v);
/* The instance's __dict__, made when `make`; NULL when it has none. */
DictObj *object_dict(Vm *vm, Value object, bool make);
/* Binds what a class lookup gave to an object: descriptors' __get__. */
bool attr_bind(Vm *vm, Value found, Value object, Class *cls, Value *result);
/*
 * A special method of the value's class ("__len__"), bound lookups apart: *method is TAG_UNSET when
 * there is none; call it with vm_call_special.
 */
Value special_find(Vm *vm, Value object, StrObj *name);
/* Calls what special_find gave, with the object first. `args` without the object; at most 3. */
bool special_call(Vm *vm, Value method, Value object, const Value *args, size_t count,
                  Value *result);
/* dir(object): a sorted list of str. */
bool object_dir(Vm *vm, Value object, Value *list);
/* isinstance and issubclass with __instancecheck__ and tuples, unions left to the class. */
bool class_check_subclass(Vm *vm, Value cls, Value class_or_tuple, bool *is);

#endif
