/* SPDX-License-Identifier: MIT */
/* open(): files to be read, whole in memory. Writing is refused by name. */
#ifndef LIMBECK_PY_FILE_READER_H
#define LIMBECK_PY_FILE_READER_H

#include "py/native.h"

extern const NativeClass text_reader_class, bytes_reader_class;

/* Of the row "open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, ...)".
 */
NativeFn builtin_open;
/* A reader over bytes at hand, as open() gives one: for pathlib and io. `name` is what .name gives.
 */
bool file_reader_new(Vm *vm, Str data, Value name, bool binary, Str encoding, Str errors,
                     Str newline, Value *file);

#endif
