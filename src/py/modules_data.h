/* SPDX-License-Identifier: MIT */
/* The modules of numbers, texts, bytes and containers. Those with an underscore serve a prelude. */
#ifndef LIMBECK_PY_MODULES_DATA_H
#define LIMBECK_PY_MODULES_DATA_H

#include "py/native.h"

extern const NativeModule binascii_module, hashlib_module, itertools_module, math_module,
    random_module, struct_module, unicodedata_module;

#endif
