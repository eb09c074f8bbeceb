/* SPDX-License-Identifier: MIT */
/* What a revision file declares when its constants are computed: the file is run. */
#ifndef LIMBECK_SCRIPT_EVALUATE_H
#define LIMBECK_SCRIPT_EVALUATE_H

#include "script/script.h"
#include "script/source.h"

/* A SourceEvaluate; `script` is the Script. The file's top level runs, no upgrade or downgrade. */
bool script_evaluate(void *script, Str path, Declaration *declaration, bool *found, Error *err);

#endif
