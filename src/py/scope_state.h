/* SPDX-License-Identifier: MIT */
/* What scope.c and scope_visit.c share. */
#ifndef LIMBECK_PY_SCOPE_STATE_H
#define LIMBECK_PY_SCOPE_STATE_H

#include "py/scope.h"

typedef struct ScopeBuilder {
    Arena *arena;
    Source *source;
    Error *err;
    Scope *scope;       /* the current one */
    uint32_t iterables; /* how deep in iterable expressions of comprehensions */
    bool future_annotations;
} ScopeBuilder;

/* Adds to what is known of a name in the current scope. */
Symbol *scope_add(ScopeBuilder *builder, Str name, unsigned flags);
bool scope_fail(ScopeBuilder *builder, Span span, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* A child of the current scope, which it becomes. */
Scope *scope_open(ScopeBuilder *builder, ScopeKind kind, Str name);
void scope_close(ScopeBuilder *builder);

/* scope_visit.c */
bool scope_visit_body(ScopeBuilder *builder, StmtList body);
/* NULL is allowed. */
bool scope_visit_expr(ScopeBuilder *builder, Expr *expr);

#endif
