/* SPDX-License-Identifier: MIT */
/* The Inspector. */
#ifndef LIMBECK_SCRIPT_BIND_INSPECT_H
#define LIMBECK_SCRIPT_BIND_INSPECT_H

#include "script/bind.h"

extern const NativeClass inspector_class;

#endif
