/* SPDX-License-Identifier: MIT */
/* The methods of str, in three files; and what they share. */
#ifndef LIMBECK_PY_TYPE_STR_H
#define LIMBECK_PY_TYPE_STR_H

#include "base/buf.h"
#include "py/native.h"

/* type_str_split.c: splitting, cutting, joining. */
NativeFn str_split, str_rsplit, str_partition, str_rpartition, str_splitlines, str_join, str_strip,
    str_lstrip, str_rstrip, str_removeprefix, str_removesuffix, str_expandtabs;
/* type_str_case.c: case and kinds of characters. */
NativeFn str_lower, str_upper, str_title, str_capitalize, str_swapcase, str_casefold, str_isalpha,
    str_isalnum, str_isascii, str_isdecimal, str_isdigit, str_isnumeric, str_islower, str_isupper,
    str_istitle, str_isspace, str_isprintable, str_isidentifier;

/* The text of self. */
Str self_text(Call *call);
/* Gives what is in `out` as a str and frees it. */
bool give_text(Vm *vm, Call *call, Buf *out);
/* "must be str, not int" */
bool to_text_arg(Vm *vm, Value v, Str *text);

#endif
