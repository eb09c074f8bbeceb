/* SPDX-License-Identifier: MIT */
/* Attributes that a kind of object serves by itself: classes, modules, functions, exceptions, ...
 */
#ifndef LIMBECK_PY_KIND_ATTRS_H
#define LIMBECK_PY_KIND_ATTRS_H

#include "py/state.h"

/* *done: *result is the attribute. A class answers all it has. */
bool kind_getattr(Vm *vm, Value object, StrObj *name, Value *result, bool *done);
/* v is TAG_UNSET to delete. */
bool kind_setattr(Vm *vm, Value object, StrObj *name, Value v, bool *done);
/* True when the kind serves none by itself. */
bool kind_is_plain(uint8_t kind);
/* A class as an object: type.__getattribute__. */
bool class_getattr(Vm *vm, Class *cls, StrObj *name, Value *result);

#endif
