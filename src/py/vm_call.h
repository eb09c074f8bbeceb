/* SPDX-License-Identifier: MIT */
/* Calls: from values and keywords to a frame or a native's arguments. */
#ifndef LIMBECK_PY_VM_CALL_H
#define LIMBECK_PY_VM_CALL_H

#include "py/frame.h"
#include "py/native.h"

/* The keywords one by one; *at begins with 0. */
bool args_keyword(const Args *args, uint32_t *at, StrObj **name, Value *v);
static inline size_t args_keyword_count(const Args *args)
{
    return args->names ? args->names->len : args->dict ? args->dict->table.live : 0;
}

typedef enum CallOutcome {
    CALL_FAILED, /* an exception is pending */
    CALL_DONE,   /* *result is set */
    CALL_FRAME,  /* a frame was entered: the VM's loop goes on in it */
} CallOutcome;

CallOutcome call_begin(Vm *vm, Value callee, Args *args, Value *result);
/* Makes an instance as type.__call__ does. */
bool class_call(Vm *vm, Class *cls, Args *args, Value *result);
/* Calls to the end, whatever the callee. */
bool call_args(Vm *vm, Value callee, Args *args, Value *result);
bool native_call(Vm *vm, NativeObj *native, const Value *items, size_t count, const Args *keywords,
                 Value *result);
/* A frame of a script's function with its arguments bound, not yet entered; NULL after raising. */
Frame *function_frame(Vm *vm, FuncObj *func, const Args *args);
/* Runs a class body in a namespace; *cell is what it returns. */
bool class_body_run(Vm *vm, FuncObj *func, Value namespace, Value *cell);
/* Runs code as a module's or exec's: names are `names` (a dict), globals are `globals`. */
bool code_run(Vm *vm, CodeObj *code, DictObj *globals, Value names, Value *result);

/* The loop: runs the innermost frame until it returns. See vm.c. */
bool vm_run(Vm *vm, Value *result);

/* "f() missing 1 required positional argument: 'x'" for signatures of records and natives. */
typedef struct Binder {
    const Signature *signature;
    Str name;      /* as the messages say it */
    Value *values; /* one a parameter; TAG_UNSET where not given */
    size_t skip;   /* so many leading parameters are not bound */
    bool lean;     /* *args and **kw that nothing was given for stay unset */
} Binder;
/* Binds; collects *args as a tuple and **kw as a dict. Defaults are not filled in. */
bool signature_bind(Vm *vm, const Binder *binder, const Value *items, size_t count,
                    const Args *keywords);
/* A signature's default as a value. */
Value param_default(Vm *vm, const Param *param);

#endif
