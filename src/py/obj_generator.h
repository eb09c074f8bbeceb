/* SPDX-License-Identifier: MIT */
/* Generators, coroutines and async generators: a frame that waits. */
#ifndef LIMBECK_PY_OBJ_GENERATOR_H
#define LIMBECK_PY_OBJ_GENERATOR_H

#include "py/heap.h"

struct Frame;

typedef enum GenState { GEN_CREATED, GEN_SUSPENDED, GEN_RUNNING, GEN_CLOSED } GenState;

typedef struct GenObj { /* OBJ_GENERATOR */
    Obj head;
    struct Frame *frame; /* owned; NULL once closed */
    GenState state;
    Value handled; /* the exception it handles while suspended */
    Value name, qualname;
    struct CodeObj *code;
    bool delegating;  /* suspended at YIELD_DELEGATED */
    bool awaited;     /* a coroutine that somebody awaited or sent to */
    bool async_yield; /* async generator: it stands at its own yield, not at one of an await */
    bool async_running;
} GenObj;

static inline GenObj *as_generator(Value v)
{
    return (GenObj *)v.object;
}
/* Takes over the frame, which has its arguments bound. */
Value generator_new(Vm *vm, struct Frame *frame);
/*
 * Resumes with a sent value (None first). *yielded is TAG_UNSET when the generator returned; then
 * *returned is its value. `thrown` given: raises that inside instead.
 */
bool generator_resume(Vm *vm, GenObj *gen, Value sent, Value thrown, Value *yielded,
                      Value *returned);
/* SEND: to a generator, or by next() and send(); *yielded is TAG_UNSET at the end. */
bool iterator_send(Vm *vm, Value iterator, Value sent, Value *yielded, Value *returned);
/* The iterator of an awaitable: a coroutine itself, or what __await__ gives. */
bool awaitable_iter(Vm *vm, Value awaitable, const char *message, Value *iterator);
bool generator_close(Vm *vm, GenObj *gen);

#endif
