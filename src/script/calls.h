/* SPDX-License-Identifier: MIT */
/* What SQL asks of scripts: the table of schema/calls.h, filled. */
#ifndef LIMBECK_SCRIPT_CALLS_H
#define LIMBECK_SCRIPT_CALLS_H

#include "script/script.h"

void calls_fill(Script *script);

#endif
