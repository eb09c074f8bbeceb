/* SPDX-License-Identifier: MIT */
#include "py/scope.h"

#include "py/scope_state.h"

Symbol *scope_symbol(const Scope *scope, Str name)
{
    return map_get(&scope->symbols, name);
}

Str scope_mangle(Arena *arena, Str private_name, Str name)
{
    if (!str_given(private_name) || !str_starts(name, STR("__")) || str_ends(name, STR("__")) ||
        str_find_char(name, '.', 0) >= 0)
        return name;
    while (private_name.len && private_name.ptr[0] == '_')
        private_name = str_from_offset(private_name, 1);
    if (private_name.len == 0)
        return name;
    return str_format(arena, "_%.*s%.*s", STR_ARG(private_name), STR_ARG(name));
}

/* Adds a symbol without knowing anything of it yet. `name` is mangled. */
static Symbol *symbol_at(Arena *arena, Scope *scope, Str name)
{
    size_t index = map_enter(&scope->symbols, name, NULL);
    MapEntry *entry = &scope->symbols.entries[index];
    if (!entry->value) {
        Symbol *symbol = ARENA_NEW(arena, Symbol);
        symbol->name = name;
        entry->value = symbol;
    }
    return entry->value;
}

Symbol *scope_add(ScopeBuilder *builder, Str name, unsigned flags)
{
    Scope *scope = builder->scope;
    Symbol *symbol =
        symbol_at(builder->arena, scope, scope_mangle(builder->arena, scope->private_name, name));
    symbol->flags |= flags;
    return symbol;
}

bool scope_fail(ScopeBuilder *builder, Span span, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    Str message = str_vformat(builder->arena, format, args);
    va_end(args);
    return syntax_fail(builder->source, SYNTAX_ERROR, span, builder->err, "%.*s", STR_ARG(message));
}

Scope *scope_open(ScopeBuilder *builder, ScopeKind kind, Str name)
{
    Scope *scope = ARENA_NEW(builder->arena, Scope);
    scope->kind = kind;
    scope->name = name;
    scope->parent = builder->scope;
    scope->symbols = map_in(builder->arena);
    if (scope->parent) {
        VEC_PUSH(builder->arena, &scope->parent->children, scope);
        scope->private_name = scope->parent->private_name;
        scope->nested = scope->parent->nested || scope_is_function(scope->parent);
    }
    builder->scope = scope;
    return scope;
}

void scope_close(ScopeBuilder *builder)
{
    builder->scope = builder->scope->parent;
}

/* The scope whose variable the name is, looked for outside `scope`; NULL: it is global. */
static Scope *find_owner(const Scope *scope, Str name)
{
    bool class_cell = str_is(name, "__class__");
    for (Scope *outer = scope->parent; outer; outer = outer->parent) {
        if (outer->kind == SCOPE_CLASS && class_cell)
            return outer;
        if (!scope_is_function(outer))
            continue;
        const Symbol *symbol = scope_symbol(outer, name);
        if (!symbol || symbol->flags & SYMBOL_NONLOCAL)
            continue;
        if (symbol->flags & SYMBOL_GLOBAL)
            return NULL;
        if (symbol->flags & SYMBOL_BOUND)
            return outer;
    }
    return NULL;
}

/* The owner keeps the variable in a cell, and every scope between hands it on. */
static void capture(Arena *arena, Scope *scope, Scope *owner, Str name)
{
    if (owner->kind == SCOPE_CLASS)
        owner->class_cell = true;
    else
        scope_symbol(owner, name)->binding = BINDING_CELL;
    for (Scope *between = scope->parent; between != owner; between = between->parent) {
        Symbol *symbol = symbol_at(arena, between, name);
        bool bound =
            symbol->flags & (SYMBOL_BOUND | SYMBOL_GLOBAL) && !(symbol->flags & SYMBOL_NONLOCAL);
        if (between->kind == SCOPE_CLASS && bound)
            symbol->passed_on = true;
        else
            symbol->binding = BINDING_FREE;
    }
}

static bool resolve_symbol(ScopeBuilder *builder, Scope *scope, Symbol *symbol)
{
    unsigned flags = symbol->flags;
    if (flags & SYMBOL_GLOBAL && flags & SYMBOL_NONLOCAL)
        return scope_fail(builder, symbol->span, "name '%.*s' is nonlocal and global",
                          STR_ARG(symbol->name));
    if (flags & SYMBOL_GLOBAL) {
        symbol->binding = BINDING_EXPLICIT;
        return true;
    }
    if (flags & SYMBOL_BOUND && !(flags & SYMBOL_NONLOCAL)) {
        if (symbol->binding != BINDING_CELL)
            symbol->binding = BINDING_LOCAL;
        return true;
    }
    if (!(flags & (SYMBOL_USED | SYMBOL_NONLOCAL)))
        return true; /* only handed on to inner scopes */
    Scope *owner = find_owner(scope, symbol->name);
    if (!owner && flags & SYMBOL_NONLOCAL)
        return scope_fail(builder, symbol->span, "no binding for nonlocal '%.*s' found",
                          STR_ARG(symbol->name));
    symbol->binding = owner ? BINDING_FREE : BINDING_GLOBAL;
    if (owner)
        capture(builder->arena, scope, owner, symbol->name);
    return true;
}

/* Outer scopes first: what they bind is then known to be a local before a capture makes it a cell.
 */
static bool resolve(ScopeBuilder *builder, Scope *scope)
{
    for (size_t i = 0; i < scope->symbols.len; i++) {
        if (!resolve_symbol(builder, scope, scope->symbols.entries[i].value))
            return false;
    }
    for (size_t i = 0; i < scope->children.len; i++) {
        if (!resolve(builder, scope->children.items[i]))
            return false;
    }
    return true;
}

bool scopes_build(Arena *arena, Module *module, Scope **scope, Error *err)
{
    ScopeBuilder builder = { .arena = arena, .source = module->source, .err = err };
    builder.future_annotations = module->future_annotations;
    *scope = scope_open(&builder, SCOPE_MODULE, STR("<module>"));
    return scope_visit_body(&builder, module->body) && resolve(&builder, *scope);
}

bool scopes_build_eval(Arena *arena, Source *source, Expr *expr, Scope **scope, Error *err)
{
    ScopeBuilder builder = { .arena = arena, .source = source, .err = err };
    *scope = scope_open(&builder, SCOPE_MODULE, STR("<module>"));
    return scope_visit_expr(&builder, expr) && resolve(&builder, *scope);
}
