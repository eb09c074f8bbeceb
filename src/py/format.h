/* SPDX-License-Identifier: MIT */
/* format(), str.format and the % operator, as values see them. All may run scripts. */
#ifndef LIMBECK_PY_FORMAT_H
#define LIMBECK_PY_FORMAT_H

#include "base/buf.h"
#include "py/native.h"

/*
 * __format__ of a built-in value: the spec of its type; other types allow an empty spec only, which
 * gives str(v). For what a script's class overrides call vm_format.
 */
bool format_builtin(Vm *vm, Value v, Str spec, Buf *out);
/* template.format(*args, **keywords); `keywords` is a dict or VALUE_UNSET, or any mapping. */
bool format_template(Vm *vm, Str template, Value args, Value keywords, Buf *out);
/* template % arguments; `bytes` takes %b and writes no code points past 255. */
bool format_percent(Vm *vm, Str template, Value arguments, bool bytes, Buf *out);

#endif
