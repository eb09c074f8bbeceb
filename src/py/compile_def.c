/* SPDX-License-Identifier: MIT */
#include "py/compile_state.h"

static Const code_const(const Code *code)
{
    return (Const){ .kind = CONST_CODE, .code = code };
}

/* [what the flags say] -> function */
static void emit_function(Compiler *compiler, const Code *code, uint32_t flags, Span span)
{
    if (emit_closure(compiler, code, span))
        flags |= MAKE_CLOSURE;
    emit_const(compiler, code_const(code), span);
    emit(compiler, OP_MAKE_FUNCTION, flags, span);
}

static void set_counts(Code *code, const Arguments *args)
{
    code->posonly_count = (uint32_t)args->posonly.len;
    code->arg_count = (uint32_t)(args->posonly.len + args->args.len);
    code->kwonly_count = (uint32_t)args->kwonly.len;
    code->flags |= args->vararg ? CODE_VARARGS : 0;
    code->flags |= args->kwarg ? CODE_VARKEYWORDS : 0;
}

/* Ends a unit that is a function; the counts come from `args`, which may be NULL. */
static const Code *close_function(Compiler *compiler, const Arguments *args, Str doc, Span span)
{
    const Code *code = unit_close(compiler, span);
    if (!code)
        return NULL;
    Code *changed = arena_copy(compiler->arena, code, sizeof *code);
    if (args)
        set_counts(changed, args);
    changed->doc = doc;
    return changed;
}

static bool check_arg_names(Compiler *compiler, ArgList list)
{
    for (size_t i = 0; i < list.len; i++) {
        if (!check_name(compiler, list.items[i].name, CONTEXT_STORE, list.items[i].span))
            return false;
    }
    return true;
}

static bool check_arguments(Compiler *compiler, const Arguments *args)
{
    return check_arg_names(compiler, args->posonly) && check_arg_names(compiler, args->args) &&
           check_arg_names(compiler, args->kwonly) &&
           (!args->vararg ||
            check_name(compiler, args->vararg->name, CONTEXT_STORE, args->vararg->span)) &&
           (!args->kwarg ||
            check_name(compiler, args->kwarg->name, CONTEXT_STORE, args->kwarg->span));
}

/* The defaults of positional arguments, as a tuple. */
static bool compile_positional_defaults(Compiler *compiler, ExprList defaults, Span span)
{
    Const *items = ARENA_ARRAY(compiler->arena, Const, defaults.len);
    size_t folded = 0;
    while (folded < defaults.len && fold_const(compiler, defaults.items[folded], &items[folded]))
        folded++;
    if (folded == defaults.len) {
        emit_const(compiler, (Const){ .kind = CONST_TUPLE, .items = { items, defaults.len } },
                   span);
        return true;
    }
    for (size_t i = 0; i < defaults.len; i++) {
        if (!compile_expr(compiler, defaults.items[i]))
            return false;
    }
    emit(compiler, OP_BUILD_TUPLE, (uint32_t)defaults.len, span);
    return true;
}

static bool compile_keyword_defaults(Compiler *compiler, const Arguments *args, uint32_t *flags,
                                     Span span)
{
    uint32_t count = 0;
    for (size_t i = 0; i < args->kwonly.len; i++) {
        if (!args->kw_defaults.items[i])
            continue;
        emit_text(compiler, mangle(compiler, args->kwonly.items[i].name), span);
        if (!compile_expr(compiler, args->kw_defaults.items[i]))
            return false;
        count++;
    }
    if (count) {
        emit(compiler, OP_BUILD_MAP, count, span);
        *flags |= MAKE_KWDEFAULTS;
    }
    return true;
}

static bool compile_defaults(Compiler *compiler, const Arguments *args, uint32_t *flags, Span span)
{
    if (args->defaults.len) {
        if (!compile_positional_defaults(compiler, args->defaults, span))
            return false;
        *flags |= MAKE_DEFAULTS;
    }
    return compile_keyword_defaults(compiler, args, flags, span);
}

static bool add_annotation(Compiler *compiler, Str name, Expr *annotation, uint32_t *count)
{
    if (!annotation)
        return true;
    ++*count;
    emit_text(compiler, mangle(compiler, name), annotation->span);
    return compile_annotation(compiler, annotation);
}

static bool add_annotations(Compiler *compiler, ArgList list, uint32_t *count)
{
    for (size_t i = 0; i < list.len; i++) {
        if (!add_annotation(compiler, list.items[i].name, list.items[i].annotation, count))
            return false;
    }
    return true;
}

static bool compile_annotations(Compiler *compiler, const Arguments *args, Expr *returns,
                                uint32_t *flags, Span span)
{
    uint32_t count = 0;
    bool ok = add_annotations(compiler, args->posonly, &count) &&
              add_annotations(compiler, args->args, &count) &&
              (!args->vararg ||
               add_annotation(compiler, args->vararg->name, args->vararg->annotation, &count)) &&
              add_annotations(compiler, args->kwonly, &count) &&
              (!args->kwarg ||
               add_annotation(compiler, args->kwarg->name, args->kwarg->annotation, &count)) &&
              add_annotation(compiler, STR("return"), returns, &count);
    if (ok && count) {
        emit(compiler, OP_BUILD_MAP, count, span);
        *flags |= MAKE_ANNOTATIONS;
    }
    return ok;
}

static const Code *compile_function_code(Compiler *compiler, Stmt *stmt, Span whole)
{
    Str doc;
    unit_open(compiler, stmt->function.scope, stmt->function.name);
    bool ok = compile_body_after_doc(compiler, stmt->function.body, &doc);
    emit_none(compiler, stmt->span);
    emit(compiler, OP_RETURN_VALUE, 0, stmt->span);
    const Code *code = close_function(compiler, stmt->function.args, doc, whole);
    return ok ? code : NULL;
}

static bool compile_decorators(Compiler *compiler, ExprList decorators)
{
    for (size_t i = 0; i < decorators.len; i++) {
        if (!compile_expr(compiler, decorators.items[i]))
            return false;
    }
    return true;
}

static void apply_decorators(Compiler *compiler, ExprList decorators)
{
    for (size_t i = decorators.len; i > 0; i--)
        emit(compiler, OP_CALL, 1, decorators.items[i - 1]->span);
}

/* From the first decorator, as co_firstlineno counts. */
static Span whole_span(ExprList decorators, Span span)
{
    return decorators.len ? (Span){ decorators.items[0]->span.start, span.end } : span;
}

/* A value worked out when it is asked for: a function without arguments. */
static bool compile_lazy(Compiler *compiler, Expr *expr, Scope *scope, Str name)
{
    if (!expr) {
        emit_none(compiler, (Span){ 0 });
        return true;
    }
    unit_open(compiler, scope, name);
    bool ok;
    if (expr->kind == EXPR_STARRED) {
        ok = compile_expr(compiler, expr->operand);
        emit(compiler, OP_UNPACK_SEQUENCE, 1, expr->span);
    } else {
        ok = compile_expr(compiler, expr);
    }
    if (ok)
        emit(compiler, OP_RETURN_VALUE, 0, expr->span);
    const Code *code = close_function(compiler, NULL, STR_NONE, expr->span);
    if (!ok || !code)
        return false;
    emit_function(compiler, code, 0, expr->span);
    return true;
}

/* Makes the type parameters, binds them, and leaves a tuple of them. */
static bool compile_type_params(Compiler *compiler, TypeParamList params, Span span)
{
    static const uint32_t intrinsics[] = { [PARAM_TYPEVAR] = INTRINSIC_TYPEVAR,
                                           [PARAM_TYPEVARTUPLE] = INTRINSIC_TYPEVARTUPLE,
                                           [PARAM_PARAMSPEC] = INTRINSIC_PARAMSPEC };
    for (size_t i = 0; i < params.len; i++) {
        const TypeParam *param = &params.items[i];
        emit_text(compiler, param->name, param->span);
        if (param->kind == PARAM_TYPEVAR &&
            !compile_lazy(compiler, param->bound, param->bound_scope, param->name))
            return false;
        if (!compile_lazy(compiler, param->default_value, param->default_scope, param->name))
            return false;
        emit(compiler, OP_INTRINSIC, intrinsics[param->kind], param->span);
        emit(compiler, OP_COPY, 1, param->span);
        if (!store_name(compiler, param->name, param->span))
            return false;
    }
    emit(compiler, OP_BUILD_TUPLE, (uint32_t)params.len, span);
    return true;
}

/* [defaults] [kwdefaults], by the flags -> function, of a def without type parameters. */
static bool compile_plain_function(Compiler *compiler, Stmt *stmt, uint32_t flags)
{
    Span span = stmt->span;
    if (!compile_annotations(compiler, stmt->function.args, stmt->function.returns, &flags, span))
        return false;
    const Code *code =
        compile_function_code(compiler, stmt, whole_span(stmt->function.decorators, stmt->span));
    if (!code)
        return false;
    emit_function(compiler, code, flags, span);
    return true;
}

/* Calls a function that makes the type parameters, and in their scope the def. */
static bool compile_generic_function(Compiler *compiler, Stmt *stmt, uint32_t flags)
{
    Span span = stmt->span;
    Scope *scope = stmt->function.type_scope;
    if (!(flags & MAKE_DEFAULTS))
        emit_none(compiler, span);
    if (!(flags & MAKE_KWDEFAULTS))
        emit_none(compiler, span);
    if (flags == MAKE_KWDEFAULTS)
        emit(compiler, OP_SWAP, 2, span);
    unit_open(compiler, scope, scope->name);
    bool ok = compile_type_params(compiler, stmt->function.type_params, span);
    if (ok && flags & MAKE_DEFAULTS)
        load_name(compiler, STR(".defaults"), span);
    if (ok && flags & MAKE_KWDEFAULTS)
        load_name(compiler, STR(".kwdefaults"), span);
    ok = ok && compile_plain_function(compiler, stmt, flags);
    if (ok) {
        emit(compiler, OP_SWAP, 2, span);
        emit(compiler, OP_INTRINSIC, INTRINSIC_SET_TYPE_PARAMS, span);
        emit(compiler, OP_RETURN_VALUE, 0, span);
    }
    const Code *code = close_function(compiler, NULL, STR_NONE, span);
    if (!ok || !code)
        return false;
    Code *changed = arena_copy(compiler->arena, code, sizeof *code);
    changed->arg_count = 2;
    emit_function(compiler, changed, 0, span);
    emit(compiler, OP_SWAP, 3, span);
    emit(compiler, OP_SWAP, 2, span);
    emit(compiler, OP_CALL, 2, span);
    return true;
}

bool compile_function(Compiler *compiler, Stmt *stmt)
{
    uint32_t flags = 0;
    ExprList decorators = stmt->function.decorators;
    if (!check_arguments(compiler, stmt->function.args) ||
        !compile_decorators(compiler, decorators) ||
        !compile_defaults(compiler, stmt->function.args, &flags, stmt->span))
        return false;
    bool generic = stmt->function.type_scope != NULL;
    if (generic ? !compile_generic_function(compiler, stmt, flags)
                : !compile_plain_function(compiler, stmt, flags))
        return false;
    apply_decorators(compiler, decorators);
    return store_name(compiler, stmt->function.name, stmt->span);
}

bool compile_lambda(Compiler *compiler, Expr *expr)
{
    uint32_t flags = 0;
    if (!check_arguments(compiler, expr->lambda.args) ||
        !compile_defaults(compiler, expr->lambda.args, &flags, expr->span))
        return false;
    unit_open(compiler, expr->lambda.scope, STR("<lambda>"));
    bool ok = compile_expr(compiler, expr->lambda.body);
    if (ok)
        emit(compiler, OP_RETURN_VALUE, 0, expr->lambda.body->span);
    const Code *code = close_function(compiler, expr->lambda.args, STR_NONE, expr->span);
    if (!ok || !code)
        return false;
    emit_function(compiler, code, flags, expr->span);
    return true;
}

static bool compile_class_body(Compiler *compiler, Stmt *stmt)
{
    Span span = stmt->span;
    StmtList body = stmt->cls.body;
    emit_name(compiler, OP_LOAD_NAME, STR("__name__"), span);
    emit_name(compiler, OP_STORE_NAME, STR("__module__"), span);
    emit_text(compiler, compiler->unit->qualname, span);
    emit_name(compiler, OP_STORE_NAME, STR("__qualname__"), span);
    if (stmt->cls.type_scope) {
        load_name(compiler, STR(".type_params"), span);
        emit_name(compiler, OP_STORE_NAME, STR("__type_params__"), span);
    }
    compile_annotations_setup(compiler, body, span);
    if (has_doc(body)) {
        emit_text(compiler, body.items[0]->value->constant.text, body.items[0]->span);
        emit_name(compiler, OP_STORE_NAME, STR("__doc__"), body.items[0]->span);
    }
    Str doc;
    if (!compile_body_after_doc(compiler, body, &doc))
        return false;
    if (stmt->cls.scope->class_cell)
        emit(compiler, OP_LOAD_CLOSURE, unit_slot(compiler, STR("__class__"), SLOT_CELL), span);
    else
        emit_none(compiler, span);
    emit(compiler, OP_RETURN_VALUE, 0, span);
    return true;
}

/* -> class, without its decorators */
static bool compile_plain_class(Compiler *compiler, Stmt *stmt)
{
    Span span = stmt->span;
    emit(compiler, OP_LOAD_BUILD_CLASS, 0, span);
    unit_open(compiler, stmt->cls.scope, stmt->cls.name);
    bool ok = compile_class_body(compiler, stmt);
    const Code *code = unit_close(compiler, whole_span(stmt->cls.decorators, span));
    if (!ok || !code)
        return false;
    emit_function(compiler, code, 0, span);
    emit_text(compiler, stmt->cls.name, span);
    ExprList bases = stmt->cls.bases;
    if (stmt->cls.type_scope) {
        Expr *generic = ARENA_NEW(compiler->arena, Expr);
        *generic =
            (Expr){ .kind = EXPR_NAME, .span = span, .depth = 1, .name = STR(".generic_base") };
        Expr **items = ARENA_ARRAY(compiler->arena, Expr *, bases.len + 1);
        for (size_t i = 0; i < bases.len; i++)
            items[i] = bases.items[i];
        items[bases.len] = generic;
        bases = (ExprList){ items, bases.len + 1 };
    }
    return compile_arguments(compiler, 2, bases, stmt->cls.keywords, span);
}

static bool compile_generic_class(Compiler *compiler, Stmt *stmt)
{
    Span span = stmt->span;
    Scope *scope = stmt->cls.type_scope;
    unit_open(compiler, scope, scope->name);
    bool ok = compile_type_params(compiler, stmt->cls.type_params, span);
    if (ok) {
        emit(compiler, OP_COPY, 1, span);
        store_name(compiler, STR(".type_params"), span);
        emit(compiler, OP_INTRINSIC, INTRINSIC_SUBSCRIPT_GENERIC, span);
        store_name(compiler, STR(".generic_base"), span);
        ok = compile_plain_class(compiler, stmt);
    }
    if (ok)
        emit(compiler, OP_RETURN_VALUE, 0, span);
    const Code *code = close_function(compiler, NULL, STR_NONE, span);
    if (!ok || !code)
        return false;
    emit_function(compiler, code, 0, span);
    emit(compiler, OP_CALL, 0, span);
    return true;
}

bool compile_class(Compiler *compiler, Stmt *stmt)
{
    if (!compile_decorators(compiler, stmt->cls.decorators))
        return false;
    if (stmt->cls.type_scope ? !compile_generic_class(compiler, stmt)
                             : !compile_plain_class(compiler, stmt))
        return false;
    apply_decorators(compiler, stmt->cls.decorators);
    return store_name(compiler, stmt->cls.name, stmt->span);
}

/* name params value-function -> alias */
static bool compile_alias_value(Compiler *compiler, Stmt *stmt)
{
    Str name = stmt->alias.name->name;
    emit_text(compiler, name, stmt->span);
    if (!stmt->alias.type_scope)
        emit_none(compiler, stmt->span);
    else if (!compile_type_params(compiler, stmt->alias.type_params, stmt->span))
        return false;
    if (!compile_lazy(compiler, stmt->alias.value, stmt->alias.scope, name))
        return false;
    emit(compiler, OP_INTRINSIC, INTRINSIC_TYPE_ALIAS, stmt->span);
    return true;
}

bool compile_type_alias(Compiler *compiler, Stmt *stmt)
{
    Scope *scope = stmt->alias.type_scope;
    if (!scope) {
        if (!compile_alias_value(compiler, stmt))
            return false;
    } else {
        unit_open(compiler, scope, scope->name);
        bool ok = compile_alias_value(compiler, stmt);
        if (ok)
            emit(compiler, OP_RETURN_VALUE, 0, stmt->span);
        const Code *code = close_function(compiler, NULL, STR_NONE, stmt->span);
        if (!ok || !code)
            return false;
        emit_function(compiler, code, 0, stmt->span);
        emit(compiler, OP_CALL, 0, stmt->span);
    }
    return store_name(compiler, stmt->alias.name->name, stmt->span);
}
