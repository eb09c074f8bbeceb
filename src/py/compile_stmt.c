/* SPDX-License-Identifier: MIT */
#include "py/compile_state.h"

static bool compile_assign(Compiler *compiler, Stmt *stmt)
{
    ExprList targets = stmt->assign.targets;
    if (!compile_expr(compiler, stmt->assign.value))
        return false;
    for (size_t i = 0; i < targets.len; i++) {
        if (i + 1 < targets.len)
            emit(compiler, OP_COPY, 1, stmt->span);
        if (!compile_store(compiler, targets.items[i]))
            return false;
    }
    return true;
}

static bool aug_attribute(Compiler *compiler, Stmt *stmt)
{
    Expr *target = stmt->aug.target;
    Str name = mangle(compiler, target->attribute.name);
    if (!check_name(compiler, target->attribute.name, CONTEXT_STORE, target->span) ||
        !compile_expr(compiler, target->attribute.value))
        return false;
    emit(compiler, OP_COPY, 1, target->span);
    emit_name(compiler, OP_LOAD_ATTR, name, target->span);
    if (!compile_expr(compiler, stmt->aug.value))
        return false;
    emit(compiler, OP_INPLACE_OP, stmt->aug.op, stmt->span);
    emit(compiler, OP_SWAP, 2, target->span);
    emit_name(compiler, OP_STORE_ATTR, name, target->span);
    return true;
}

static bool aug_subscript(Compiler *compiler, Stmt *stmt)
{
    Expr *target = stmt->aug.target;
    if (!compile_expr(compiler, target->subscript.value) ||
        !compile_expr(compiler, target->subscript.index))
        return false;
    emit(compiler, OP_COPY, 2, target->span);
    emit(compiler, OP_COPY, 2, target->span);
    emit(compiler, OP_BINARY_SUBSCR, 0, target->span);
    if (!compile_expr(compiler, stmt->aug.value))
        return false;
    emit(compiler, OP_INPLACE_OP, stmt->aug.op, stmt->span);
    emit(compiler, OP_SWAP, 3, target->span);
    emit(compiler, OP_SWAP, 2, target->span);
    emit(compiler, OP_STORE_SUBSCR, 0, target->span);
    return true;
}

static bool compile_aug_assign(Compiler *compiler, Stmt *stmt)
{
    Expr *target = stmt->aug.target;
    if (target->kind == EXPR_ATTRIBUTE)
        return aug_attribute(compiler, stmt);
    if (target->kind == EXPR_SUBSCRIPT)
        return aug_subscript(compiler, stmt);
    if (!check_name(compiler, target->name, CONTEXT_STORE, target->span) ||
        !load_name(compiler, target->name, target->span) ||
        !compile_expr(compiler, stmt->aug.value))
        return false;
    emit(compiler, OP_INPLACE_OP, stmt->aug.op, stmt->span);
    return store_name(compiler, target->name, target->span);
}

static bool evaluate(Compiler *compiler, Expr *expr)
{
    if (!compile_expr(compiler, expr))
        return false;
    emit(compiler, OP_POP_TOP, 0, expr->span);
    return true;
}

bool compile_annotation(Compiler *compiler, Expr *annotation)
{
    if (!compiler->future_annotations) {
        if (annotation->kind != EXPR_STARRED) {
            compiler->in_annotation = true;
            bool ok = compile_expr(compiler, annotation);
            compiler->in_annotation = false;
            return ok;
        }
        /* *args: *Ts is what Ts unpacks to */
        if (!compile_expr(compiler, annotation->operand))
            return false;
        emit(compiler, OP_UNPACK_SEQUENCE, 1, annotation->span);
        return true;
    }
    Buf text = buf_in(compiler->arena);
    ast_unparse(&text, annotation);
    emit_text(compiler, buf_str(&text), annotation->span);
    return true;
}

/* The annotation of a name in a module or class body is kept; that of another target is evaluated.
 */
static bool keep_annotation(Compiler *compiler, Stmt *stmt)
{
    Expr *target = stmt->ann.target, *annotation = stmt->ann.annotation;
    bool function = scope_is_function(compiler->unit->scope);
    if (function)
        return true;
    if (!stmt->ann.simple)
        return compiler->future_annotations || evaluate(compiler, annotation);
    if (!compile_annotation(compiler, annotation))
        return false;
    emit_name(compiler, OP_LOAD_NAME, STR("__annotations__"), stmt->span);
    emit_text(compiler, mangle(compiler, target->name), stmt->span);
    emit(compiler, OP_STORE_SUBSCR, 0, stmt->span);
    return true;
}

static bool compile_ann_assign(Compiler *compiler, Stmt *stmt)
{
    Expr *target = stmt->ann.target;
    if (stmt->ann.value) {
        if (!compile_expr(compiler, stmt->ann.value) || !compile_store(compiler, target))
            return false;
    } else if (target->kind == EXPR_ATTRIBUTE) {
        if (!check_name(compiler, target->attribute.name, CONTEXT_STORE, target->span) ||
            !evaluate(compiler, target->attribute.value))
            return false;
    } else if (target->kind == EXPR_SUBSCRIPT) {
        if (!evaluate(compiler, target->subscript.value) ||
            !evaluate(compiler, target->subscript.index))
            return false;
    } else if (!check_name(compiler, target->name, CONTEXT_STORE, target->span)) {
        return false;
    }
    return keep_annotation(compiler, stmt);
}

static bool compile_raise(Compiler *compiler, Stmt *stmt)
{
    uint32_t count = 0;
    if (stmt->raise.exception) {
        if (!compile_expr(compiler, stmt->raise.exception))
            return false;
        count++;
    }
    if (stmt->raise.cause) {
        if (!compile_expr(compiler, stmt->raise.cause))
            return false;
        count++;
    }
    emit(compiler, OP_RAISE, count, stmt->span);
    return true;
}

static bool compile_assert(Compiler *compiler, Stmt *stmt)
{
    Label end = label_new(compiler);
    Span span = stmt->assertion.test->span;
    if (!compile_jump_if(compiler, stmt->assertion.test, true, end))
        return false;
    emit(compiler, OP_LOAD_ASSERTION_ERROR, 0, span);
    if (stmt->assertion.message) {
        if (!compile_expr(compiler, stmt->assertion.message))
            return false;
        emit(compiler, OP_CALL, 1, span);
    }
    emit(compiler, OP_RAISE, 1, span);
    label_bind(compiler, end);
    return true;
}

static Opcode import_op(const Compiler *compiler)
{
    return compiler->unit->guarded ? OP_IMPORT_NAME_TRY : OP_IMPORT_NAME;
}

static void emit_level(Compiler *compiler, uint32_t level, Span span)
{
    emit_const(compiler, (Const){ .kind = CONST_INT, .integer = level }, span);
}

/* `import a.b.c as d` binds the innermost module. */
static bool store_submodule(Compiler *compiler, const Alias *alias, Span span)
{
    Str rest = alias->name, part;
    str_split_next(&rest, '.', &part);
    while (str_split_next(&rest, '.', &part)) {
        emit_name(compiler, OP_IMPORT_FROM, part, span);
        emit(compiler, OP_SWAP, 2, span);
        emit(compiler, OP_POP_TOP, 0, span);
    }
    return store_name(compiler, alias->as_name, span);
}

static bool compile_import(Compiler *compiler, Stmt *stmt)
{
    for (size_t i = 0; i < stmt->import.aliases.len; i++) {
        const Alias *alias = &stmt->import.aliases.items[i];
        emit_level(compiler, 0, stmt->span);
        emit_none(compiler, stmt->span);
        emit_name(compiler, import_op(compiler), alias->name, stmt->span);
        if (str_given(alias->as_name)) {
            if (!store_submodule(compiler, alias, stmt->span))
                return false;
            continue;
        }
        Str rest = alias->name, first;
        str_split_next(&rest, '.', &first);
        if (!store_name(compiler, first, stmt->span))
            return false;
    }
    return true;
}

static bool compile_import_from(Compiler *compiler, Stmt *stmt)
{
    AliasList aliases = stmt->import.aliases;
    Const *names = ARENA_ARRAY(compiler->arena, Const, aliases.len);
    for (size_t i = 0; i < aliases.len; i++)
        names[i] = (Const){ .kind = CONST_STR, .text = aliases.items[i].name };
    Str module = str_given(stmt->import.module) ? stmt->import.module : STR("");
    emit_level(compiler, stmt->import.level, stmt->span);
    emit_const(compiler, (Const){ .kind = CONST_TUPLE, .items = { names, aliases.len } },
               stmt->span);
    emit_name(compiler, import_op(compiler), module, stmt->span);
    if (str_is(aliases.items[0].name, "*")) {
        emit(compiler, OP_IMPORT_STAR, 0, stmt->span);
        return true;
    }
    for (size_t i = 0; i < aliases.len; i++) {
        const Alias *alias = &aliases.items[i];
        emit_name(compiler, OP_IMPORT_FROM, alias->name, stmt->span);
        if (!store_name(compiler, str_given(alias->as_name) ? alias->as_name : alias->name,
                        stmt->span))
            return false;
    }
    emit(compiler, OP_POP_TOP, 0, stmt->span);
    return true;
}

static bool is_future(const Stmt *stmt)
{
    return stmt->kind == STMT_IMPORT_FROM && stmt->import.level == 0 &&
           str_is(stmt->import.module, "__future__");
}

static bool compile_from(Compiler *compiler, Stmt *stmt)
{
    if (is_future(stmt) && !stmt->import.is_future)
        return compile_fail(compiler, stmt->span,
                            "from __future__ imports must occur at the beginning of the file");
    return compile_import_from(compiler, stmt);
}

static bool compile_expression_stmt(Compiler *compiler, Stmt *stmt)
{
    const Expr *value = stmt->value;
    if (value->kind == EXPR_CONSTANT && value->constant.kind != CONST_COMPLEX &&
        value->constant.kind != CONST_UNSUPPORTED) {
        emit(compiler, OP_NOP, 0, stmt->span);
        return true;
    }
    return evaluate(compiler, stmt->value);
}

static bool compile_stmt(Compiler *compiler, Stmt *stmt)
{
    switch (stmt->kind) {
    case STMT_FUNCTION:
        return compile_function(compiler, stmt);
    case STMT_CLASS:
        return compile_class(compiler, stmt);
    case STMT_RETURN:
        return compile_return(compiler, stmt);
    case STMT_DELETE:
        for (size_t i = 0; i < stmt->targets.len; i++) {
            if (!compile_delete(compiler, stmt->targets.items[i]))
                return false;
        }
        return true;
    case STMT_ASSIGN:
        return compile_assign(compiler, stmt);
    case STMT_TYPE_ALIAS:
        return compile_type_alias(compiler, stmt);
    case STMT_AUG_ASSIGN:
        return compile_aug_assign(compiler, stmt);
    case STMT_ANN_ASSIGN:
        return compile_ann_assign(compiler, stmt);
    case STMT_FOR:
        return compile_for(compiler, stmt);
    case STMT_WHILE:
        return compile_while(compiler, stmt);
    case STMT_IF:
        return compile_if(compiler, stmt);
    case STMT_WITH:
        return compile_with(compiler, stmt);
    case STMT_MATCH:
        return compile_match(compiler, stmt);
    case STMT_RAISE:
        return compile_raise(compiler, stmt);
    case STMT_TRY:
        return compile_try(compiler, stmt);
    case STMT_ASSERT:
        return compile_assert(compiler, stmt);
    case STMT_IMPORT:
        return compile_import(compiler, stmt);
    case STMT_IMPORT_FROM:
        return compile_from(compiler, stmt);
    case STMT_EXPR:
        return compile_expression_stmt(compiler, stmt);
    case STMT_BREAK:
        return compile_break(compiler, stmt);
    case STMT_CONTINUE:
        return compile_continue(compiler, stmt);
    case STMT_PASS:
        emit(compiler, OP_NOP, 0, stmt->span);
        return true;
    case STMT_GLOBAL:
    case STMT_NONLOCAL:
        return true;
    }
    return true;
}

bool compile_body(Compiler *compiler, StmtList body)
{
    for (size_t i = 0; i < body.len; i++) {
        if (!compile_stmt(compiler, body.items[i]))
            return false;
    }
    return true;
}

bool has_doc(StmtList body)
{
    return body.len && body.items[0]->kind == STMT_EXPR &&
           body.items[0]->value->kind == EXPR_CONSTANT &&
           body.items[0]->value->constant.kind == CONST_STR;
}

bool compile_body_after_doc(Compiler *compiler, StmtList body, Str *doc)
{
    *doc = STR_NONE;
    if (has_doc(body)) {
        *doc = body.items[0]->value->constant.text;
        body = (StmtList){ body.items + 1, body.len - 1 };
    }
    return compile_body(compiler, body);
}

static bool annotates(StmtList body);

static bool stmt_annotates(const Stmt *stmt)
{
    switch ((int)stmt->kind) {
    case STMT_ANN_ASSIGN:
        return true;
    case STMT_FOR:
        return annotates(stmt->loop.body) || annotates(stmt->loop.orelse);
    case STMT_WHILE:
    case STMT_IF:
        return annotates(stmt->branch.body) || annotates(stmt->branch.orelse);
    case STMT_WITH:
        return annotates(stmt->with.body);
    case STMT_MATCH:
        for (size_t i = 0; i < stmt->match.cases.len; i++) {
            if (annotates(stmt->match.cases.items[i].body))
                return true;
        }
        return false;
    case STMT_TRY:
        for (size_t i = 0; i < stmt->attempt.handlers.len; i++) {
            if (annotates(stmt->attempt.handlers.items[i].body))
                return true;
        }
        return annotates(stmt->attempt.body) || annotates(stmt->attempt.orelse) ||
               annotates(stmt->attempt.final);
    default:
        return false;
    }
}

static bool annotates(StmtList body)
{
    for (size_t i = 0; i < body.len; i++) {
        if (stmt_annotates(body.items[i]))
            return true;
    }
    return false;
}

void compile_annotations_setup(Compiler *compiler, StmtList body, Span span)
{
    if (annotates(body))
        emit(compiler, OP_SETUP_ANNOTATIONS, 0, span);
}
