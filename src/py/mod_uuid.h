/* SPDX-License-Identifier: MIT */
/* uuid.UUID as a native class, for to_datum and from_datum. */
#ifndef LIMBECK_PY_MOD_UUID_H
#define LIMBECK_PY_MOD_UUID_H

#include "py/native.h"

typedef struct Uuid {
    uint8_t bytes[16];
} Uuid;

extern const NativeClass uuid_class; /* payload: Uuid */

/* 36 characters, lower case. */
void uuid_text(const Uuid *uuid, char text[37]);
/* Reads the forms that uuid.UUID takes: with or without dashes, braces, "urn:uuid:". */
bool uuid_parse(Str text, Uuid *uuid);
Value uuid_make(Vm *vm, const Uuid *uuid);

#endif
