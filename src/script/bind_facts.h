/* SPDX-License-Identifier: MIT */
/* Getters that several schema objects share. */
#ifndef LIMBECK_SCRIPT_BIND_FACTS_H
#define LIMBECK_SCRIPT_BIND_FACTS_H

#include "script/bind.h"

/* "info(self)": a dict of the script's own, made when it is first asked for. */
bool fact_info(Vm *vm, Call *call);
/* "expressions(self)" of an Index: its Columns and expressions, in order. */
bool fact_expressions(Vm *vm, Call *call);
#define FACT_INFO                                          \
    {                                                      \
        "info(self)", fact_info, "The script's own facts." \
    }

#endif
