/* SPDX-License-Identifier: MIT */
/* Getters that several schema objects share. */
#ifndef LIMBECK_SCRIPT_BIND_FACTS_H
#define LIMBECK_SCRIPT_BIND_FACTS_H

#include "script/bind.h"

/* "info(self)": a dict of the script's own, made when it is first asked for. */
bool fact_info(Vm *vm, Call *call);
/* "expressions(self)" of an Index: its Columns and expressions, in order. */
bool fact_expressions(Vm *vm, Call *call);
/* "name(self)" of a constraint or an index: the convention's where none was given. */
bool fact_name(Vm *vm, Call *call);
/* The same, of a box of either; not given for anything else. */
bool name_of_thing(Vm *vm, Value v, Name *name);
/* A name for scripts: conv where it is final. */
bool name_value(Vm *vm, Name name, Value *v);
#define FACT_NAME                            \
    {                                        \
        "name(self)", fact_name, "The name." \
    }
#define FACT_INFO                                          \
    {                                                      \
        "info(self)", fact_info, "The script's own facts." \
    }

#endif
