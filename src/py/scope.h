/* SPDX-License-Identifier: MIT */
/* Which scope each name of a file belongs to: the pass between the syntax tree and the code. */
#ifndef LIMBECK_PY_SCOPE_H
#define LIMBECK_PY_SCOPE_H

#include "base/map.h"
#include "py/ast.h"

typedef enum ScopeKind {
    SCOPE_MODULE,
    SCOPE_CLASS,
    SCOPE_FUNCTION,
    SCOPE_ASYNC_FUNCTION,
    SCOPE_LAMBDA,
    SCOPE_COMPREHENSION,
    SCOPE_TYPE, /* type parameters, and the lazy values of bounds and aliases */
} ScopeKind;

/* What was seen of a name in one scope. */
typedef enum SymbolFlags {
    SYMBOL_USED = 1 << 0,
    SYMBOL_ASSIGNED = 1 << 1,
    SYMBOL_PARAM = 1 << 2,
    SYMBOL_ANNOTATED = 1 << 3,
    SYMBOL_GLOBAL = 1 << 4,   /* declared */
    SYMBOL_NONLOCAL = 1 << 5, /* declared */
    SYMBOL_ITERATED = 1 << 6, /* the target of a comprehension's `for` */
    SYMBOL_BOUND = SYMBOL_ASSIGNED | SYMBOL_PARAM | SYMBOL_ANNOTATED,
} SymbolFlags;

typedef enum Binding {
    BINDING_LOCAL,    /* a slot; in a module or class body the namespace */
    BINDING_CELL,     /* a slot that inner functions capture */
    BINDING_FREE,     /* captured from outside */
    BINDING_GLOBAL,   /* declared, or not found in any enclosing function */
    BINDING_EXPLICIT, /* global by declaration: a class body stores it as a global */
} Binding;

typedef struct Symbol {
    Str name; /* mangled */
    unsigned flags;
    Binding binding;
    bool passed_on; /* a class body hands the enclosing function's variable on to its methods */
    Span span;      /* of the declaration, for errors */
} Symbol;

struct Scope {
    ScopeKind kind;
    Str name;         /* "<module>", "f", "<lambda>", "<listcomp>" */
    Str private_name; /* the class whose private names are mangled, or STR_NONE */
    Scope *parent;
    VEC(Scope *) children;
    Map symbols;               /* name -> Symbol */
    const char *comprehension; /* "list comprehension", "generator expression", ... */
    bool generator, coroutine; /* has yield; has await, or is async */
    bool returns_value;
    Span returns_span;
    bool nested;     /* within a function */
    bool class_cell; /* a class body whose methods use __class__ */
    bool iterating;  /* being built: within the targets of a comprehension's `for` */
};

static inline bool scope_is_function(const Scope *scope)
{
    return scope->kind != SCOPE_MODULE && scope->kind != SCOPE_CLASS;
}

/* Builds and resolves the scopes of a file; the tree's nodes then point at theirs. ERR_SYNTAX. */
bool scopes_build(Arena *arena, Module *module, Scope **scope, Error *err);
/* The same of one expression, for eval(). */
bool scopes_build_eval(Arena *arena, Source *source, Expr *expr, Scope **scope, Error *err);
/* NULL when the name does not occur in the scope. `name` is mangled. */
Symbol *scope_symbol(const Scope *scope, Str name);
/* The name as it is stored: private names of a class get its name before them. */
Str scope_mangle(Arena *arena, Str private_name, Str name);

#endif
