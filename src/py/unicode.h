/* SPDX-License-Identifier: MIT */
/* What Python asks of characters beyond ASCII. */
#ifndef LIMBECK_PY_UNICODE_H
#define LIMBECK_PY_UNICODE_H

#include "base/str.h"

bool unicode_is_name_start(uint32_t c); /* XID_Start, or '_' */
bool unicode_is_name_part(uint32_t c);  /* XID_Continue */
bool unicode_is_printable(uint32_t c);  /* as str.isprintable() */
/* NFKC, in `arena`; ASCII comes back as it is. */
Str unicode_nfkc(Arena *arena, Str text);

#endif
