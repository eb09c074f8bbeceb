/* SPDX-License-Identifier: MIT */
/* The payloads of engines and connections: shared by bind_engine.c and bind_connection.c. */
#ifndef LIMBECK_SCRIPT_BIND_CONNECTION_H
#define LIMBECK_SCRIPT_BIND_CONNECTION_H

#include "script/bind_engine.h"

typedef struct EngineObj {
    Url url;
    bool echo;
    Str isolation;        /* isolation_level, or STR_NONE */
    DbSettings arguments; /* connect_args */
    Conn *shared;         /* of a database in memory: all connections are this one */
} EngineObj;

typedef enum TransactionKind {
    TRANSACTION_ROOT,
    TRANSACTION_NESTED, /* a savepoint */
    TRANSACTION_ENGINE, /* engine.begin(): gives the connection, and closes it */
} TransactionKind;

/* Opens a connection, or gives the shared one. */
bool engine_open(Vm *vm, Value engine, Conn **conn);
/* A Connection object of an Engine object. */
bool connection_new(Vm *vm, Value engine, Value *v);
/* Not begun yet: __enter__ does it (connection.begin() begins at once). */
Value transaction_new(Vm *vm, Value connection, TransactionKind kind);

#endif
