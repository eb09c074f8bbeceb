/* SPDX-License-Identifier: MIT */
/* From tokens to the syntax tree, by Python 3.13's grammar; messages are those of CPython 3.11. */
#ifndef LIMBECK_PY_PARSER_H
#define LIMBECK_PY_PARSER_H

#include "py/ast.h"

/* A whole file. */
bool parse_module(Arena *arena, Source *source, Module **module, Error *err);
/* One expression, as eval() takes it. */
bool parse_eval(Arena *arena, Source *source, Expr **expr, Error *err);

#endif
