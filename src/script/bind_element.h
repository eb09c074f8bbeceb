/* SPDX-License-Identifier: MIT */
#ifndef LIMBECK_SCRIPT_BIND_ELEMENT_H
#define LIMBECK_SCRIPT_BIND_ELEMENT_H

#include "schema/op.h"
#include "script/bind.h"
#include "sql/dialect.h"

void bind_element_register(Vm *vm);
/* The statements of an operation as text, values written into them. */
bool element_texts(Vm *vm, const Dialect *dialect, const Op *op, StrVec *texts);
/* Of a Dialect object; None and unset give the default one. */
bool dialect_of_value(Vm *vm, Value v, const Dialect **dialect);
/* What compile() gives: str() of it is the text. */
bool compiled_text(Vm *vm, Str text, Value *compiled);

#endif
