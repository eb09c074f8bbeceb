/* SPDX-License-Identifier: MIT */
#include "py/scope_state.h"

static bool visit_stmt(ScopeBuilder *builder, Stmt *stmt);

static bool visit_list(ScopeBuilder *builder, ExprList list)
{
    for (size_t i = 0; i < list.len; i++) {
        if (!scope_visit_expr(builder, list.items[i]))
            return false;
    }
    return true;
}

static bool visit_keywords(ScopeBuilder *builder, KeywordList list)
{
    for (size_t i = 0; i < list.len; i++) {
        if (!scope_visit_expr(builder, list.items[i].value))
            return false;
    }
    return true;
}

static bool add_param(ScopeBuilder *builder, Str name, Span span)
{
    Str mangled = scope_mangle(builder->arena, builder->scope->private_name, name);
    const Symbol *symbol = scope_symbol(builder->scope, mangled);
    if (symbol && symbol->flags & SYMBOL_PARAM)
        return scope_fail(builder, span, "duplicate argument '%.*s' in function definition",
                          STR_ARG(name));
    scope_add(builder, name, SYMBOL_PARAM);
    return true;
}

static bool add_params(ScopeBuilder *builder, ArgList list)
{
    for (size_t i = 0; i < list.len; i++) {
        if (!add_param(builder, list.items[i].name, list.items[i].span))
            return false;
    }
    return true;
}

static bool add_arguments(ScopeBuilder *builder, const Arguments *args)
{
    return add_params(builder, args->posonly) && add_params(builder, args->args) &&
           add_params(builder, args->kwonly) &&
           (!args->vararg || add_param(builder, args->vararg->name, args->vararg->span)) &&
           (!args->kwarg || add_param(builder, args->kwarg->name, args->kwarg->span));
}

/* With `from __future__ import annotations` they are text, and use no names. */
static bool visit_annotation(ScopeBuilder *builder, Expr *annotation)
{
    if (!annotation || !builder->future_annotations)
        return scope_visit_expr(builder, annotation);
    scope_open(builder, SCOPE_TYPE, STR("<annotation>"));
    bool ok = scope_visit_expr(builder, annotation);
    scope_close(builder);
    builder->scope->children.len--;
    return ok;
}

static bool visit_arg_annotations(ScopeBuilder *builder, ArgList list)
{
    for (size_t i = 0; i < list.len; i++) {
        if (!visit_annotation(builder, list.items[i].annotation))
            return false;
    }
    return true;
}

static bool visit_annotations(ScopeBuilder *builder, const Arguments *args, Expr *returns)
{
    return visit_arg_annotations(builder, args->posonly) &&
           visit_arg_annotations(builder, args->args) &&
           (!args->vararg || visit_annotation(builder, args->vararg->annotation)) &&
           (!args->kwarg || visit_annotation(builder, args->kwarg->annotation)) &&
           visit_arg_annotations(builder, args->kwonly) && visit_annotation(builder, returns);
}

static bool visit_defaults(ScopeBuilder *builder, const Arguments *args)
{
    return visit_list(builder, args->defaults) && visit_list(builder, args->kw_defaults);
}

/* A value that is worked out when it is asked for, in a function of its own. */
static bool visit_lazy(ScopeBuilder *builder, Expr *expr, Str name, Scope **scope)
{
    if (!expr)
        return true;
    *scope = scope_open(builder, SCOPE_TYPE, name);
    bool ok = scope_visit_expr(builder, expr);
    scope_close(builder);
    return ok;
}

/* Opens the scope of type parameters, when there are some; the caller closes it. */
static bool open_type_params(ScopeBuilder *builder, TypeParamList params, Str owner, Scope **scope)
{
    *scope = NULL;
    if (params.len == 0)
        return true;
    *scope = scope_open(builder, SCOPE_TYPE,
                        str_format(builder->arena, "<generic parameters of %.*s>", STR_ARG(owner)));
    for (size_t i = 0; i < params.len; i++) {
        TypeParam *param = &params.items[i];
        Str name = scope_mangle(builder->arena, builder->scope->private_name, param->name);
        const Symbol *symbol = scope_symbol(*scope, name);
        if (symbol && symbol->flags & SYMBOL_ASSIGNED)
            return scope_fail(builder, param->span, "duplicate type parameter '%.*s'",
                              STR_ARG(param->name));
        scope_add(builder, param->name, SYMBOL_ASSIGNED);
        if (!visit_lazy(builder, param->bound, param->name, &param->bound_scope) ||
            !visit_lazy(builder, param->default_value, param->name, &param->default_scope))
            return false;
    }
    return true;
}

static bool visit_function(ScopeBuilder *builder, Stmt *stmt)
{
    Arguments *args = stmt->function.args;
    scope_add(builder, stmt->function.name, SYMBOL_ASSIGNED);
    if (!visit_list(builder, stmt->function.decorators) || !visit_defaults(builder, args) ||
        !open_type_params(builder, stmt->function.type_params, stmt->function.name,
                          &stmt->function.type_scope) ||
        !visit_annotations(builder, args, stmt->function.returns))
        return false;
    if (stmt->function.type_scope) {
        scope_add(builder, STR(".defaults"), SYMBOL_PARAM);
        scope_add(builder, STR(".kwdefaults"), SYMBOL_PARAM);
    }
    stmt->function.scope =
        scope_open(builder, stmt->function.is_async ? SCOPE_ASYNC_FUNCTION : SCOPE_FUNCTION,
                   stmt->function.name);
    builder->scope->coroutine = stmt->function.is_async;
    bool ok = add_arguments(builder, args) && scope_visit_body(builder, stmt->function.body);
    scope_close(builder);
    if (stmt->function.type_scope)
        scope_close(builder);
    return ok;
}

static bool visit_class(ScopeBuilder *builder, Stmt *stmt)
{
    scope_add(builder, stmt->cls.name, SYMBOL_ASSIGNED);
    if (!visit_list(builder, stmt->cls.decorators) ||
        !open_type_params(builder, stmt->cls.type_params, stmt->cls.name, &stmt->cls.type_scope) ||
        !visit_list(builder, stmt->cls.bases) || !visit_keywords(builder, stmt->cls.keywords))
        return false;
    if (stmt->cls.type_scope) {
        scope_add(builder, STR(".type_params"), SYMBOL_ASSIGNED | SYMBOL_USED);
        scope_add(builder, STR(".generic_base"), SYMBOL_ASSIGNED | SYMBOL_USED);
    }
    stmt->cls.scope = scope_open(builder, SCOPE_CLASS, stmt->cls.name);
    builder->scope->private_name = stmt->cls.name;
    if (stmt->cls.type_scope)
        scope_add(builder, STR(".type_params"), SYMBOL_USED);
    bool ok = scope_visit_body(builder, stmt->cls.body);
    scope_close(builder);
    if (stmt->cls.type_scope)
        scope_close(builder);
    return ok;
}

static bool visit_lambda(ScopeBuilder *builder, Expr *expr)
{
    if (!visit_defaults(builder, expr->lambda.args))
        return false;
    expr->lambda.scope = scope_open(builder, SCOPE_LAMBDA, STR("<lambda>"));
    bool ok =
        add_arguments(builder, expr->lambda.args) && scope_visit_expr(builder, expr->lambda.body);
    scope_close(builder);
    return ok;
}

static const struct {
    const char *scope_name, *what;
} comprehension_names[] = {
    [EXPR_LIST_COMP] = { "<listcomp>", "list comprehension" },
    [EXPR_SET_COMP] = { "<setcomp>", "set comprehension" },
    [EXPR_DICT_COMP] = { "<dictcomp>", "dict comprehension" },
    [EXPR_GENERATOR] = { "<genexpr>", "generator expression" },
};

static bool visit_iterable(ScopeBuilder *builder, Expr *iter)
{
    builder->iterables++;
    bool ok = scope_visit_expr(builder, iter);
    builder->iterables--;
    return ok;
}

/* The targets of `for` in a comprehension. */
static bool visit_iteration_target(ScopeBuilder *builder, Expr *target)
{
    builder->scope->iterating = true;
    bool ok = scope_visit_expr(builder, target);
    builder->scope->iterating = false;
    return ok;
}

static bool visit_comprehension(ScopeBuilder *builder, Expr *expr)
{
    ComprehensionList clauses = expr->comp.generators;
    if (!visit_iterable(builder, clauses.items[0].iter))
        return false;
    Scope *scope = scope_open(builder, SCOPE_COMPREHENSION,
                              str_from(comprehension_names[expr->kind].scope_name));
    expr->comp.scope = scope;
    scope->comprehension = comprehension_names[expr->kind].what;
    scope_add(builder, STR(".0"), SYMBOL_PARAM);
    uint32_t iterables = builder->iterables;
    bool ok = true;
    for (size_t i = 0; i < clauses.len && ok; i++) {
        scope->coroutine |= clauses.items[i].is_async;
        ok = visit_iteration_target(builder, clauses.items[i].target) &&
             (i == 0 || visit_iterable(builder, clauses.items[i].iter)) &&
             visit_list(builder, clauses.items[i].conditions);
    }
    ok = ok && scope_visit_expr(builder, expr->comp.value) &&
         scope_visit_expr(builder, expr->comp.element);
    builder->iterables = iterables;
    scope_close(builder);
    if (ok && scope->coroutine && expr->kind != EXPR_GENERATOR)
        builder->scope->coroutine = true;
    return ok;
}

/* `x := 1` in a comprehension binds in the function around it. */
static bool bind_walrus(ScopeBuilder *builder, Str name, Span span)
{
    Scope *inner = builder->scope, *outer = inner;
    Str mangled = scope_mangle(builder->arena, inner->private_name, name);
    for (; outer->kind == SCOPE_COMPREHENSION; outer = outer->parent) {
        const Symbol *symbol = scope_symbol(outer, mangled);
        if (symbol && symbol->flags & SYMBOL_ITERATED)
            return scope_fail(
                builder, span,
                "assignment expression cannot rebind comprehension iteration variable "
                "'%.*s'",
                STR_ARG(name));
    }
    if (outer->kind == SCOPE_CLASS)
        return scope_fail(builder, span,
                          "assignment expression within a comprehension cannot be used in a class "
                          "body");
    builder->scope = outer;
    const Symbol *known = scope_symbol(outer, mangled);
    bool global = outer->kind == SCOPE_MODULE || (known && known->flags & SYMBOL_GLOBAL);
    scope_add(builder, name,
              global && outer->kind != SCOPE_MODULE ? SYMBOL_GLOBAL : SYMBOL_ASSIGNED);
    for (Scope *scope = inner; scope != outer; scope = scope->parent) {
        builder->scope = scope;
        scope_add(builder, name, global ? SYMBOL_GLOBAL : SYMBOL_NONLOCAL)->span = span;
    }
    builder->scope = inner;
    return true;
}

static bool visit_named(ScopeBuilder *builder, Expr *expr)
{
    Expr *target = expr->named.target;
    if (builder->iterables)
        return scope_fail(builder, expr->span,
                          "assignment expression cannot be used in a "
                          "comprehension iterable expression");
    if (builder->scope->kind == SCOPE_COMPREHENSION) {
        if (!bind_walrus(builder, target->name, target->span))
            return false;
    } else {
        scope_add(builder, target->name, SYMBOL_ASSIGNED);
    }
    return scope_visit_expr(builder, expr->named.value);
}

static bool visit_name(ScopeBuilder *builder, Expr *expr)
{
    Scope *scope = builder->scope;
    if (expr->context == CONTEXT_LOAD) {
        scope_add(builder, expr->name, SYMBOL_USED);
        if (scope_is_function(scope) && str_is(expr->name, "super"))
            scope_add(builder, STR("__class__"), SYMBOL_USED);
        return true;
    }
    if (!scope->iterating) {
        scope_add(builder, expr->name, SYMBOL_ASSIGNED);
        return true;
    }
    Str mangled = scope_mangle(builder->arena, scope->private_name, expr->name);
    const Symbol *symbol = scope_symbol(scope, mangled);
    if (symbol && symbol->flags & (SYMBOL_NONLOCAL | SYMBOL_GLOBAL))
        return scope_fail(builder, expr->span,
                          "comprehension inner loop cannot rebind assignment expression target "
                          "'%.*s'",
                          STR_ARG(expr->name));
    scope_add(builder, expr->name, SYMBOL_ASSIGNED | SYMBOL_ITERATED);
    return true;
}

static bool visit_yield(ScopeBuilder *builder, Expr *expr)
{
    Scope *scope = builder->scope;
    if (scope->kind == SCOPE_COMPREHENSION)
        return scope_fail(builder, expr->span, "'yield' inside %s", scope->comprehension);
    if (scope->kind == SCOPE_TYPE)
        return scope_fail(builder, expr->span,
                          "'yield expression' can not be used within an annotation");
    scope->generator = true;
    return scope_visit_expr(builder, expr->operand);
}

static bool visit_dict(ScopeBuilder *builder, const Expr *expr)
{
    return visit_list(builder, expr->dict.keys) && visit_list(builder, expr->dict.values);
}

static bool visit_call(ScopeBuilder *builder, const Expr *expr)
{
    return scope_visit_expr(builder, expr->call.callee) && visit_list(builder, expr->call.args) &&
           visit_keywords(builder, expr->call.keywords);
}

static bool visit_three(ScopeBuilder *builder, Expr *a, Expr *b, Expr *c)
{
    return scope_visit_expr(builder, a) && scope_visit_expr(builder, b) &&
           scope_visit_expr(builder, c);
}

bool scope_visit_expr(ScopeBuilder *builder, Expr *expr)
{
    if (!expr)
        return true;
    switch (expr->kind) {
    case EXPR_CONSTANT:
        return true;
    case EXPR_NAME:
        return visit_name(builder, expr);
    case EXPR_ATTRIBUTE:
        return scope_visit_expr(builder, expr->attribute.value);
    case EXPR_SUBSCRIPT:
        return visit_three(builder, expr->subscript.value, expr->subscript.index, NULL);
    case EXPR_CALL:
        return visit_call(builder, expr);
    case EXPR_BINARY:
        return visit_three(builder, expr->binary.left, expr->binary.right, NULL);
    case EXPR_UNARY:
        return scope_visit_expr(builder, expr->unary.operand);
    case EXPR_BOOL:
        return visit_list(builder, expr->boolean.values);
    case EXPR_COMPARE:
        return scope_visit_expr(builder, expr->compare.left) &&
               visit_list(builder, expr->compare.comparators);
    case EXPR_TUPLE:
    case EXPR_LIST:
    case EXPR_SET:
        return visit_list(builder, expr->list);
    case EXPR_DICT:
        return visit_dict(builder, expr);
    case EXPR_LIST_COMP:
    case EXPR_SET_COMP:
    case EXPR_DICT_COMP:
    case EXPR_GENERATOR:
        return visit_comprehension(builder, expr);
    case EXPR_LAMBDA:
        return visit_lambda(builder, expr);
    case EXPR_IF:
        return visit_three(builder, expr->conditional.test, expr->conditional.body,
                           expr->conditional.orelse);
    case EXPR_NAMED:
        return visit_named(builder, expr);
    case EXPR_STARRED:
        return scope_visit_expr(builder, expr->operand);
    case EXPR_SLICE:
        return visit_three(builder, expr->slice.lower, expr->slice.upper, expr->slice.step);
    case EXPR_JOINED:
        return visit_list(builder, expr->joined.values);
    case EXPR_FORMATTED:
        return scope_visit_expr(builder, expr->formatted.value) &&
               scope_visit_expr(builder, expr->formatted.spec);
    case EXPR_YIELD:
    case EXPR_YIELD_FROM:
        return visit_yield(builder, expr);
    case EXPR_AWAIT:
        builder->scope->coroutine = true;
        return scope_visit_expr(builder, expr->operand);
    }
    return true;
}

static void bind_name(ScopeBuilder *builder, Str name)
{
    if (str_given(name))
        scope_add(builder, name, SYMBOL_ASSIGNED);
}

static bool visit_patterns(ScopeBuilder *builder, PatternList list);

static bool visit_pattern(ScopeBuilder *builder, Pattern *pattern)
{
    switch (pattern->kind) {
    case PATTERN_VALUE:
    case PATTERN_SINGLETON:
        return scope_visit_expr(builder, pattern->value);
    case PATTERN_SEQUENCE:
    case PATTERN_OR:
        return visit_patterns(builder, pattern->patterns);
    case PATTERN_MAPPING:
        if (!visit_list(builder, pattern->mapping.keys) ||
            !visit_patterns(builder, pattern->mapping.patterns))
            return false;
        bind_name(builder, pattern->mapping.rest);
        return true;
    case PATTERN_CLASS:
        return scope_visit_expr(builder, pattern->cls.cls) &&
               visit_patterns(builder, pattern->cls.patterns);
    case PATTERN_STAR:
        bind_name(builder, pattern->capture.name);
        return true;
    case PATTERN_AS:
        if (pattern->capture.pattern && !visit_pattern(builder, pattern->capture.pattern))
            return false;
        bind_name(builder, pattern->capture.name);
        return true;
    }
    return true;
}

static bool visit_patterns(ScopeBuilder *builder, PatternList list)
{
    for (size_t i = 0; i < list.len; i++) {
        if (!visit_pattern(builder, list.items[i]))
            return false;
    }
    return true;
}

static bool visit_match(ScopeBuilder *builder, Stmt *stmt)
{
    if (!scope_visit_expr(builder, stmt->match.subject))
        return false;
    for (size_t i = 0; i < stmt->match.cases.len; i++) {
        MatchCase *each = &stmt->match.cases.items[i];
        if (!visit_pattern(builder, each->pattern) || !scope_visit_expr(builder, each->guard) ||
            !scope_visit_body(builder, each->body))
            return false;
    }
    return true;
}

static bool declare(ScopeBuilder *builder, Str name, bool global, Span span)
{
    const char *kind = global ? "global" : "nonlocal";
    Scope *scope = builder->scope;
    const Symbol *known =
        scope_symbol(scope, scope_mangle(builder->arena, scope->private_name, name));
    unsigned flags = known ? known->flags : 0;
    if (flags & SYMBOL_PARAM)
        return scope_fail(builder, span, "name '%.*s' is parameter and %s", STR_ARG(name), kind);
    if (flags & SYMBOL_USED)
        return scope_fail(builder, span, "name '%.*s' is used prior to %s declaration",
                          STR_ARG(name), kind);
    if (flags & SYMBOL_ANNOTATED)
        return scope_fail(builder, span, "annotated name '%.*s' can't be %s", STR_ARG(name), kind);
    if (flags & SYMBOL_ASSIGNED)
        return scope_fail(builder, span, "name '%.*s' is assigned to before %s declaration",
                          STR_ARG(name), kind);
    if (!global && scope->kind == SCOPE_MODULE)
        return scope_fail(builder, span, "nonlocal declaration not allowed at module level");
    scope_add(builder, name, global ? SYMBOL_GLOBAL : SYMBOL_NONLOCAL)->span = span;
    return true;
}

static bool visit_declaration(ScopeBuilder *builder, Stmt *stmt)
{
    for (size_t i = 0; i < stmt->names.len; i++) {
        if (!declare(builder, stmt->names.items[i], stmt->kind == STMT_GLOBAL, stmt->span))
            return false;
    }
    return true;
}

static bool visit_import(ScopeBuilder *builder, Stmt *stmt)
{
    for (size_t i = 0; i < stmt->import.aliases.len; i++) {
        const Alias *alias = &stmt->import.aliases.items[i];
        if (str_is(alias->name, "*")) {
            if (builder->scope->kind != SCOPE_MODULE)
                return scope_fail(builder, stmt->span, "import * only allowed at module level");
            continue;
        }
        ptrdiff_t dot = str_find_char(alias->name, '.', 0);
        Str first = dot < 0 ? alias->name : str_slice(alias->name, 0, (size_t)dot);
        scope_add(builder, str_given(alias->as_name) ? alias->as_name : first, SYMBOL_ASSIGNED);
    }
    return true;
}

static bool visit_ann_assign(ScopeBuilder *builder, Stmt *stmt)
{
    Expr *target = stmt->ann.target;
    if (target->kind == EXPR_NAME) {
        Scope *scope = builder->scope;
        const Symbol *known =
            scope_symbol(scope, scope_mangle(builder->arena, scope->private_name, target->name));
        unsigned declared = known ? known->flags & (SYMBOL_GLOBAL | SYMBOL_NONLOCAL) : 0;
        if (declared && stmt->ann.simple && scope->kind != SCOPE_MODULE)
            return scope_fail(builder, stmt->span, "annotated name '%.*s' can't be %s",
                              STR_ARG(target->name),
                              declared & SYMBOL_GLOBAL ? "global" : "nonlocal");
        if (stmt->ann.simple)
            scope_add(builder, target->name, SYMBOL_ANNOTATED | SYMBOL_ASSIGNED);
        else if (stmt->ann.value)
            scope_add(builder, target->name, SYMBOL_ASSIGNED);
    } else if (!scope_visit_expr(builder, target)) {
        return false;
    }
    return visit_annotation(builder, stmt->ann.annotation) &&
           scope_visit_expr(builder, stmt->ann.value);
}

static bool visit_with(ScopeBuilder *builder, Stmt *stmt)
{
    for (size_t i = 0; i < stmt->with.items.len; i++) {
        if (!scope_visit_expr(builder, stmt->with.items.items[i].context) ||
            !scope_visit_expr(builder, stmt->with.items.items[i].target))
            return false;
    }
    return scope_visit_body(builder, stmt->with.body);
}

static bool visit_try(ScopeBuilder *builder, Stmt *stmt)
{
    if (!scope_visit_body(builder, stmt->attempt.body))
        return false;
    for (size_t i = 0; i < stmt->attempt.handlers.len; i++) {
        ExceptHandler *handler = &stmt->attempt.handlers.items[i];
        if (!scope_visit_expr(builder, handler->type))
            return false;
        bind_name(builder, handler->name);
        if (!scope_visit_body(builder, handler->body))
            return false;
    }
    return scope_visit_body(builder, stmt->attempt.orelse) &&
           scope_visit_body(builder, stmt->attempt.final);
}

static bool visit_alias(ScopeBuilder *builder, Stmt *stmt)
{
    Str name = stmt->alias.name->name;
    if (!scope_visit_expr(builder, stmt->alias.name) ||
        !open_type_params(builder, stmt->alias.type_params, name, &stmt->alias.type_scope))
        return false;
    bool ok = visit_lazy(builder, stmt->alias.value, name, &stmt->alias.scope);
    if (stmt->alias.type_scope)
        scope_close(builder);
    return ok;
}

static bool visit_return(ScopeBuilder *builder, Stmt *stmt)
{
    if (stmt->value) {
        builder->scope->returns_value = true;
        builder->scope->returns_span = stmt->span;
    }
    return scope_visit_expr(builder, stmt->value);
}

static bool visit_loop(ScopeBuilder *builder, Stmt *stmt)
{
    return scope_visit_expr(builder, stmt->loop.target) &&
           scope_visit_expr(builder, stmt->loop.iter) &&
           scope_visit_body(builder, stmt->loop.body) &&
           scope_visit_body(builder, stmt->loop.orelse);
}

/* `if` and `while`; a chain of `elif` is walked, not recursed into. */
static bool visit_branch(ScopeBuilder *builder, Stmt *stmt)
{
    for (;;) {
        if (!scope_visit_expr(builder, stmt->branch.test) ||
            !scope_visit_body(builder, stmt->branch.body))
            return false;
        StmtList orelse = stmt->branch.orelse;
        if (orelse.len != 1 || orelse.items[0]->kind != STMT_IF)
            return scope_visit_body(builder, orelse);
        stmt = orelse.items[0];
    }
}

static bool visit_stmt(ScopeBuilder *builder, Stmt *stmt)
{
    switch (stmt->kind) {
    case STMT_FUNCTION:
        return visit_function(builder, stmt);
    case STMT_CLASS:
        return visit_class(builder, stmt);
    case STMT_RETURN:
        return visit_return(builder, stmt);
    case STMT_EXPR:
        return scope_visit_expr(builder, stmt->value);
    case STMT_DELETE:
        return visit_list(builder, stmt->targets);
    case STMT_ASSIGN:
        return visit_list(builder, stmt->assign.targets) &&
               scope_visit_expr(builder, stmt->assign.value);
    case STMT_TYPE_ALIAS:
        return visit_alias(builder, stmt);
    case STMT_AUG_ASSIGN:
        return scope_visit_expr(builder, stmt->aug.target) &&
               scope_visit_expr(builder, stmt->aug.value);
    case STMT_ANN_ASSIGN:
        return visit_ann_assign(builder, stmt);
    case STMT_FOR:
        return visit_loop(builder, stmt);
    case STMT_WHILE:
    case STMT_IF:
        return visit_branch(builder, stmt);
    case STMT_WITH:
        return visit_with(builder, stmt);
    case STMT_MATCH:
        return visit_match(builder, stmt);
    case STMT_RAISE:
        return scope_visit_expr(builder, stmt->raise.exception) &&
               scope_visit_expr(builder, stmt->raise.cause);
    case STMT_TRY:
        return visit_try(builder, stmt);
    case STMT_ASSERT:
        return scope_visit_expr(builder, stmt->assertion.test) &&
               scope_visit_expr(builder, stmt->assertion.message);
    case STMT_IMPORT:
    case STMT_IMPORT_FROM:
        return visit_import(builder, stmt);
    case STMT_GLOBAL:
    case STMT_NONLOCAL:
        return visit_declaration(builder, stmt);
    case STMT_PASS:
    case STMT_BREAK:
    case STMT_CONTINUE:
        return true;
    }
    return true;
}

bool scope_visit_body(ScopeBuilder *builder, StmtList body)
{
    for (size_t i = 0; i < body.len; i++) {
        if (!visit_stmt(builder, body.items[i]))
            return false;
    }
    return true;
}
