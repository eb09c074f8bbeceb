/* SPDX-License-Identifier: MIT */
/*
 * A statement that runs again and again with other parameters is compiled once: the text and what
 * each placeholder stands for are kept for the last statement of a VM.
 */
#ifndef LIMBECK_SCRIPT_BIND_PREPARED_H
#define LIMBECK_SCRIPT_BIND_PREPARED_H

#include "script/bind_engine.h"
#include "sql/sql.h"

typedef struct Prepared {
    Arena *arena;
    const Expr *statement, *made; /* as given, and with its placeholders */
    const Dialect *dialect;
    size_t seen; /* how often it ran, one time after the other */
    bool fixed;  /* compiled, and good for any plain values */
    StrVec keys; /* of the parameters */
    Str text;
    ExprVec binds;
} Prepared;

/* True when the last statement's text serves this one too: then `params` are its values. */
bool prepared_use(Vm *vm, Prepared *prepared, const Conn *conn, Arena *arena, const Expr *statement,
                  Value parameters, DatumVec *params, bool *used);
/* Takes note of a statement that runs; the second time in a row it is compiled for any values. */
bool prepared_note(Vm *vm, Prepared *prepared, const Conn *conn, const Expr *statement,
                   Value parameters);
void prepared_drop(Prepared *prepared);

#endif
