/* SPDX-License-Identifier: MIT */
/* Expressions: operators on columns, and the functions of sqlalchemy that make expressions. */
#ifndef LIMBECK_SCRIPT_BIND_EXPR_H
#define LIMBECK_SCRIPT_BIND_EXPR_H

#include "script/bind.h"

/* Methods of everything that is a value in SQL: Column and ColumnElement. */
extern const NativeRow element_methods[];
extern const size_t element_method_count;

/* What exists() and scalar_subquery() have beside. */
extern const NativeRow subquery_methods[];
extern const size_t subquery_method_count;

/* text(), and_(), cast(), ...: ends with an empty row. */
extern const NativeRow expr_functions[];
/* select(), insert(), update(), delete(), union(), exists(). */
extern const NativeRow query_functions[];
extern const NativeRow select_methods[], dml_methods[], from_methods[];
extern const size_t select_method_count, dml_method_count, from_method_count;

/* The function of that name in a list that ends with an empty row, or NULL. */
const NativeRow *row_find(const NativeRow *rows, Str name);

/* A condition: an expression; and_() of several. */
bool to_condition(Vm *vm, Value args, Expr **expr);
/* Each argument (a lone list or tuple counts as its items) as an expression. */
bool to_exprs(Vm *vm, Value args, ExprVec *exprs);
/* A Table, or what else may stand behind FROM. */
bool to_from(Vm *vm, Value v, Expr **from);
/* Columns as c.name and c["name"]: of a Table, or of a subquery. */
Value columns_new(Vm *vm, Value owner);
extern const NativeClass columns_class;
/* What a column of a SELECT is called outside. */
Str expr_output_name(const Expr *expr);
/* What columns an expression behind FROM has. */
bool from_columns(Vm *vm, Expr *from, ExprVec *columns);

/* An INSERT or UPDATE without values(): the parameters say what is set. */
bool dml_with_parameters(Vm *vm, const Expr *statement, Value parameters, const Expr **made);

/* The object `func`: func.now(), func.pg_catalog.set_config(...). */
bool func_make(Vm *vm, Value *v);

#endif
