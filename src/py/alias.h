/* SPDX-License-Identifier: MIT */
/*
 * Types with arguments: `list[int]`, `Mapped[str]`, `typing.Optional[int]`, `int | None`. They keep
 * their origin and arguments for those who ask (Mapped columns, get_type_hints), and do nothing
 * else.
 */
#ifndef LIMBECK_PY_ALIAS_H
#define LIMBECK_PY_ALIAS_H

#include "py/native.h"

/* types.GenericAlias, types.UnionType and typing's own aliases: one layout. */
extern const NativeClass generic_alias_class, typing_alias_class, union_type_class;

/*
 * `origin[args]`, as __class_getitem__ gives it: `args` is a tuple, or the one argument. repr as
 * types.GenericAlias: "list[int]".
 */
Value alias_new(Vm *vm, Value origin, Value args);
/* As alias_new, of a name in typing: repr "typing.Name[int]". `name` lives as long as the program.
 */
Value alias_named(Vm *vm, const char *name, Value origin, Value args);
/*
 * `a | b` of classes, None, aliases and unions, for __or__ of classes. *result is
 * TAG_NOT_IMPLEMENTED when one of them is no type. May run scripts.
 */
bool union_new(Vm *vm, Value a, Value b, Value *result);
/* typing.Union[members]: flat, without doubles; the member itself when one is left. */
bool union_of(Vm *vm, Value members, Value *result);

/* The parts of an alias or a union; TAG_UNSET when `v` is none. A union's origin is unset. */
Value alias_args(Vm *vm, Value v);
bool alias_is_union(Vm *vm, Value v);
/* Callable[[A, B], R]: its arguments are kept flat, as (A, B, R). */
bool alias_is_callable(Vm *vm, Value v);

#endif
