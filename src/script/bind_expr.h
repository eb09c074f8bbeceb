/* SPDX-License-Identifier: MIT */
/* Expressions: operators on columns, and the functions of sqlalchemy that make expressions. */
#ifndef LIMBECK_SCRIPT_BIND_EXPR_H
#define LIMBECK_SCRIPT_BIND_EXPR_H

#include "script/bind.h"

/* Methods of everything that is a value in SQL: Column and ColumnElement. */
extern const NativeRow element_methods[];
extern const size_t element_method_count;
extern const NativeRow element_getters[];
extern const size_t element_getter_count;
NativeFn element_str, element_compile, element_over, element_filter, element_within_group;
/* A value beside an expression: a bind of its type that is called after it. */
bool to_operand(Vm *vm, Value v, const Expr *beside, Expr **expr);
/* ORDER BY, GROUP BY: a text is the name of a column or of a label; None is nothing. */
bool to_ordered(Vm *vm, Value args, ExprVec *exprs);

/* What exists() and scalar_subquery() have beside. */
extern const NativeRow subquery_methods[];
extern const size_t subquery_method_count;

/* text(), and_(), cast(), ...: ends with an empty row. */
extern const NativeRow expr_functions[];
extern const NativeRow array_row;
/* select(), insert(), update(), delete(), union(), exists(). */
extern const NativeRow query_functions[];
/* insert(), update(), delete(); alias(), cte(), values(), exists(), ... */
extern const NativeRow dml_functions[], from_functions[];
/* insert() of a dialect, with its own ON CONFLICT. */
extern const NativeRow postgresql_insert_row, sqlite_insert_row, mysql_insert_row;
extern const RecordHooks dml_hooks;
NativeFn statement_cte, statement_add_cte, statement_words, statement_subquery, statement_lateral,
    statement_scalar, statement_label, statement_exists;
void bind_from_register(Vm *vm);
/* The statement that a method changes: a copy of self. */
bool statement_copy(Vm *vm, Call *call, Expr **made);

/* Each argument (a lone list or tuple counts as its items) as an expression. */
bool to_exprs(Vm *vm, Value args, ExprVec *exprs);
/* A Table, or what else may stand behind FROM. */
bool to_from(Vm *vm, Value v, Expr **from);
/* Columns as c.name and c["name"]: of a Table, or of a subquery. */
Value columns_new(Vm *vm, Value owner);
extern const NativeClass columns_class;
/* An INSERT or UPDATE without values(): the parameters say what is set. */
bool dml_with_parameters(Vm *vm, const Expr *statement, Value parameters, const Expr **made);

/*
 * The same with a placeholder for each parameter, in `arena`: for any values. NULL where parameters
 * and values() both name columns.
 */
bool dml_with_binds(Vm *vm, Arena *arena, const Expr *statement, Value parameters,
                    const Expr **made);

/* The object `func`: func.now(), func.pg_catalog.set_config(...). */
bool func_make(Vm *vm, Value *v);

#endif
