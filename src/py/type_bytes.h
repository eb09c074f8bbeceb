/* SPDX-License-Identifier: MIT */
/* What the methods of bytes and bytearray share. */
#ifndef LIMBECK_PY_TYPE_BYTES_H
#define LIMBECK_PY_TYPE_BYTES_H

#include "base/buf.h"
#include "py/native.h"

/* type_bytes_parts.c: searching, splitting, cutting, joining. */
NativeFn bytes_find, bytes_rfind, bytes_index, bytes_rindex, bytes_count, bytes_startswith,
    bytes_endswith, bytes_split, bytes_rsplit, bytes_partition, bytes_rpartition, bytes_splitlines,
    bytes_join, bytes_strip, bytes_lstrip, bytes_rstrip, bytes_removeprefix, bytes_removesuffix,
    bytes_replace;

Str self_data(Call *call);
/* Of self's kind: bytes or bytearray. */
Value bytes_like(Vm *vm, Value self, Str data);
/* "a bytes-like object is required, not 'str'" */
bool to_data(Vm *vm, Value v, Str *data);

#endif
