/* SPDX-License-Identifier: MIT */
/* Functions, bound methods, cells, code, and the descriptors property, staticmethod, classmethod.
 */
#ifndef LIMBECK_PY_OBJ_FUNC_H
#define LIMBECK_PY_OBJ_FUNC_H

#include "base/signature.h"
#include "py/code.h"
#include "py/native.h"
#include "py/obj_dict.h"
#include "py/obj_list.h"

typedef struct CodeObj { /* OBJ_CODE */
    Obj head;
    const Code *code;
    Value *consts;  /* made when the code is first run */
    StrObj **names; /* interned; the names, then the slots' names */
    bool ready;
} CodeObj;

typedef struct FuncObj { /* OBJ_FUNCTION */
    Obj head;
    CodeObj *code;
    DictObj *globals;
    TupleObj *defaults;   /* or NULL */
    DictObj *kwdefaults;  /* or NULL */
    DictObj *annotations; /* or NULL */
    TupleObj *closure;    /* of cells, or NULL */
    DictObj *attrs;       /* __dict__, or NULL */
    Value name, qualname, module, doc, type_params;
} FuncObj;

typedef struct NativeObj { /* OBJ_NATIVE */
    Obj head;
    const NativeRow *row;
    const Signature *signature; /* parsed when first called */
    Value *defaults;            /* one a parameter, of the arena; with the signature */
    void *context;
    Class *owner; /* a method: what self must be; else NULL */
    StrObj *name;
    Value module; /* str or None */
    bool records; /* it makes records: see record_arena */
} NativeObj;

typedef struct MethodObj { /* OBJ_METHOD */
    Obj head;
    Value function, self;
} MethodObj;

typedef struct CellObj { /* OBJ_CELL */
    Obj head;
    Value content;
} CellObj;

typedef struct PropertyObj { /* OBJ_PROPERTY */
    Obj head;
    Value get, set, del, doc, name; /* None where absent */
} PropertyObj;

typedef struct WrapperObj { /* OBJ_STATIC_METHOD, OBJ_CLASS_METHOD */
    Obj head;
    Value function;
} WrapperObj;

typedef struct SuperObj { /* OBJ_SUPER */
    Obj head;
    Class *after; /* search behind this */
    Value self;   /* the object or class it is bound to, or TAG_UNSET */
    Class *start; /* whose MRO */
} SuperObj;

static inline FuncObj *as_func(Value v)
{
    return (FuncObj *)v.object;
}
static inline NativeObj *as_native(Value v)
{
    return (NativeObj *)v.object;
}
static inline MethodObj *as_method(Value v)
{
    return (MethodObj *)v.object;
}
static inline CellObj *as_cell(Value v)
{
    return (CellObj *)v.object;
}
static inline CodeObj *as_code(Value v)
{
    return (CodeObj *)v.object;
}
static inline PropertyObj *as_property(Value v)
{
    return (PropertyObj *)v.object;
}
static inline WrapperObj *as_wrapper(Value v)
{
    return (WrapperObj *)v.object;
}

CodeObj *code_obj_new(Vm *vm, const Code *code);
/* Makes consts and names. */
void code_obj_ready(Vm *vm, CodeObj *code);
FuncObj *func_new(Vm *vm, CodeObj *code, DictObj *globals);
NativeObj *native_obj_new(Vm *vm, const NativeRow *row, void *context, Class *owner);
/* The row's name: what stands before "(". */
Str native_name(const NativeRow *row);
Value method_new(Vm *vm, Value function, Value self);
CellObj *cell_new(Vm *vm, Value content);
Value wrapper_new(Vm *vm, ObjKind kind, Value function);
Value property_new(Vm *vm, Value get, Value set, Value del, Value doc);
/* "C.method": for messages. */
Str callable_name(Vm *vm, Value callee);
/* "module.C.method", as errors about starred arguments show it. */
Str callable_shown(Vm *vm, Value callee);

#endif
