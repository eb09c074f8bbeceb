/* SPDX-License-Identifier: MIT */
#include "py/compile.h"

#include "py/compile_state.h"
#include "py/parser.h"

static const char *const future_features[] = {
    "nested_scopes",  "generators",       "division",       "absolute_import", "with_statement",
    "print_function", "unicode_literals", "barry_as_FLUFL", "generator_stop",  "annotations",
};

static bool check_feature(Module *module, const Alias *alias, Span span, Error *err)
{
    for (size_t i = 0; i < sizeof future_features / sizeof *future_features; i++) {
        if (str_is(alias->name, future_features[i]))
            return true;
    }
    if (str_is(alias->name, "braces"))
        return syntax_fail(module->source, SYNTAX_ERROR, span, err, "not a chance");
    return syntax_fail(module->source, SYNTAX_ERROR, span, err,
                       "future feature %.*s is not defined", STR_ARG(alias->name));
}

/* The imports of __future__ that stand where they may: first, behind the doc string. */
static bool read_future(Module *module, Error *err)
{
    size_t first = has_doc(module->body) ? 1 : 0;
    for (size_t i = first; i < module->body.len; i++) {
        Stmt *stmt = module->body.items[i];
        if (stmt->kind != STMT_IMPORT_FROM || stmt->import.level ||
            !str_is(stmt->import.module, "__future__"))
            return true;
        stmt->import.is_future = true;
        for (size_t j = 0; j < stmt->import.aliases.len; j++) {
            const Alias *alias = &stmt->import.aliases.items[j];
            if (!check_feature(module, alias, stmt->span, err))
                return false;
            module->future_annotations |= str_is(alias->name, "annotations");
        }
    }
    return true;
}

static bool compile_module(Compiler *compiler, Module *module, Scope *scope, const Code **code)
{
    Span whole = { 0, (uint32_t)module->source->text.len };
    StmtList body = module->body;
    Str doc;
    unit_open(compiler, scope, STR("<module>"));
    Span start = { 0 };
    compile_annotations_setup(compiler, body, start);
    if (has_doc(body)) {
        emit_text(compiler, body.items[0]->value->constant.text, body.items[0]->span);
        emit_name(compiler, OP_STORE_NAME, STR("__doc__"), body.items[0]->span);
    }
    bool ok = compile_body_after_doc(compiler, body, &doc);
    emit_none(compiler, start);
    emit(compiler, OP_RETURN_VALUE, 0, start);
    *code = ok ? unit_close(compiler, whole) : NULL;
    return *code != NULL;
}

static bool compile_file(Compiler *compiler, const Code **code)
{
    Module *module;
    Scope *scope;
    if (!parse_module(compiler->arena, compiler->source, &module, compiler->err) ||
        !read_future(module, compiler->err))
        return false;
    compiler->future_annotations = module->future_annotations;
    return scopes_build(compiler->arena, module, &scope, compiler->err) &&
           compile_module(compiler, module, scope, code);
}

static bool compile_eval(Compiler *compiler, const Code **code)
{
    Expr *expr;
    Scope *scope;
    if (!parse_eval(compiler->arena, compiler->source, &expr, compiler->err) ||
        !scopes_build_eval(compiler->arena, compiler->source, expr, &scope, compiler->err))
        return false;
    unit_open(compiler, scope, STR("<module>"));
    if (!compile_expr(compiler, expr))
        return false;
    emit(compiler, OP_RETURN_VALUE, 0, expr->span);
    *code = unit_close(compiler, expr->span);
    return *code != NULL;
}

/* What a byte of source takes as tokens, trees and scopes: measured on revision files. */
enum { TREE_BYTES = 48 };

bool compile_text(Arena *arena, Arena *work, Str text, Str file, CompileMode mode,
                  const Code **code, Error *err)
{
    /* Trees and scopes are many times the size of the code; they go when it is made. */
    Arena *own = work ? NULL : arena_new_for(NULL, 4096 + text.len * TREE_BYTES);
    work = work ? work : own;
    Compiler compiler = { .arena = work, .err = err };
    *code = NULL;
    bool ok = source_new(work, text, file, false, &compiler.source, err) &&
              (mode == COMPILE_EXPRESSION ? compile_eval(&compiler, code)
                                          : compile_file(&compiler, code));
    if (ok)
        *code = code_copy(arena, *code, mode == COMPILE_KEPT_FILE ? text : STR_NONE);
    arena_free(own);
    if (!own)
        arena_reset(work);
    return ok;
}
