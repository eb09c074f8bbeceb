/* SPDX-License-Identifier: MIT */
/* The two halves of the module _json, over which the prelude json is written. */
#ifndef LIMBECK_PY_MOD_JSON_H
#define LIMBECK_PY_MOD_JSON_H

#include "py/native.h"

NativeFn json_encode, json_decode;

#endif
