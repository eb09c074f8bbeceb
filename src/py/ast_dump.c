/* SPDX-License-Identifier: MIT */
/*
 * Nodes are printed as Kind@start-end(fields), the kinds and the order of the fields being those of
 * Python's ast module, without contexts: lists in brackets, "-" for what is missing, texts in
 * double quotes. Offsets are bytes.
 */
#include "py/ast.h"

static void put_expr(Buf *out, const Expr *expr);
static void put_body(Buf *out, StmtList body);

static void put_text(Buf *out, Str text)
{
    if (!str_given(text)) {
        buf_putc(out, '-');
        return;
    }
    buf_putc(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c >= 0x20 && c < 0x7F && c != '"' && c != '\\')
            buf_putc(out, (char)c);
        else
            buf_printf(out, "\\%02x", c);
    }
    buf_putc(out, '"');
}

static void begin(Buf *out, const char *kind, Span span)
{
    buf_printf(out, "%s@%u-%u(", kind, span.start, span.end);
}

static void end(Buf *out)
{
    buf_putc(out, ')');
}

static void space(Buf *out)
{
    buf_putc(out, ' ');
}

static void put_exprs(Buf *out, ExprList list)
{
    buf_putc(out, '[');
    for (size_t i = 0; i < list.len; i++) {
        buf_puts(out, i ? " " : "");
        put_expr(out, list.items[i]);
    }
    buf_putc(out, ']');
}

static void put_names(Buf *out, NameList list)
{
    buf_putc(out, '[');
    for (size_t i = 0; i < list.len; i++) {
        buf_puts(out, i ? " " : "");
        put_text(out, list.items[i]);
    }
    buf_putc(out, ']');
}

static void put_keywords(Buf *out, KeywordList list)
{
    buf_putc(out, '[');
    for (size_t i = 0; i < list.len; i++) {
        buf_puts(out, i ? " " : "");
        begin(out, "keyword", list.items[i].span);
        put_text(out, list.items[i].name);
        space(out);
        put_expr(out, list.items[i].value);
        end(out);
    }
    buf_putc(out, ']');
}

static void put_arg(Buf *out, const Arg *arg)
{
    if (!arg) {
        buf_putc(out, '-');
        return;
    }
    begin(out, "arg", arg->span);
    put_text(out, arg->name);
    space(out);
    put_expr(out, arg->annotation);
    end(out);
}

static void put_args(Buf *out, ArgList list)
{
    buf_putc(out, '[');
    for (size_t i = 0; i < list.len; i++) {
        buf_puts(out, i ? " " : "");
        put_arg(out, &list.items[i]);
    }
    buf_putc(out, ']');
}

static void put_arguments(Buf *out, const Arguments *args)
{
    buf_puts(out, "arguments(");
    put_args(out, args->posonly);
    put_args(out, args->args);
    put_arg(out, args->vararg);
    put_args(out, args->kwonly);
    put_exprs(out, args->kw_defaults);
    put_arg(out, args->kwarg);
    put_exprs(out, args->defaults);
    end(out);
}

static void put_constant(Buf *out, const Const *value)
{
    switch ((int)value->kind) {
    case CONST_STR:
        put_text(out, value->text);
        return;
    case CONST_BYTES:
        buf_putc(out, 'b');
        put_text(out, value->text);
        return;
    case CONST_BIG_INT:
        buf_puts(out, "big");
        return;
    case CONST_UNSUPPORTED:
        buf_puts(out, "unsupported");
        return;
    default:
        const_put(out, value);
        return;
    }
}

static void put_clauses(Buf *out, ComprehensionList list)
{
    buf_putc(out, '[');
    for (size_t i = 0; i < list.len; i++) {
        buf_puts(out, "for(");
        put_expr(out, list.items[i].target);
        put_expr(out, list.items[i].iter);
        put_exprs(out, list.items[i].conditions);
        buf_printf(out, " %d)", list.items[i].is_async);
    }
    buf_putc(out, ']');
}

static const char *const expr_names[] = {
    [EXPR_CONSTANT] = "Constant",
    [EXPR_NAME] = "Name",
    [EXPR_ATTRIBUTE] = "Attribute",
    [EXPR_SUBSCRIPT] = "Subscript",
    [EXPR_CALL] = "Call",
    [EXPR_BINARY] = "BinOp",
    [EXPR_UNARY] = "UnaryOp",
    [EXPR_BOOL] = "BoolOp",
    [EXPR_COMPARE] = "Compare",
    [EXPR_TUPLE] = "Tuple",
    [EXPR_LIST] = "List",
    [EXPR_SET] = "Set",
    [EXPR_DICT] = "Dict",
    [EXPR_LIST_COMP] = "ListComp",
    [EXPR_SET_COMP] = "SetComp",
    [EXPR_DICT_COMP] = "DictComp",
    [EXPR_GENERATOR] = "GeneratorExp",
    [EXPR_LAMBDA] = "Lambda",
    [EXPR_IF] = "IfExp",
    [EXPR_NAMED] = "NamedExpr",
    [EXPR_STARRED] = "Starred",
    [EXPR_SLICE] = "Slice",
    [EXPR_JOINED] = "JoinedStr",
    [EXPR_FORMATTED] = "FormattedValue",
    [EXPR_YIELD] = "Yield",
    [EXPR_YIELD_FROM] = "YieldFrom",
    [EXPR_AWAIT] = "Await",
};

static const char *const binary_names[] = {
    "Add", "Sub",    "Mult",   "MatMult", "Div",   "FloorDiv", "Mod",
    "Pow", "LShift", "RShift", "BitAnd",  "BitOr", "BitXor",
};
static const char *const unary_names[] = { "Invert", "Not", "UAdd", "USub" };
static const char *const compare_names[] = {
    "Lt", "LtE", "Eq", "NotEq", "Gt", "GtE", "Is", "IsNot", "In", "NotIn",
};

static void put_compare(Buf *out, const Expr *expr)
{
    put_expr(out, expr->compare.left);
    for (size_t i = 0; i < expr->compare.comparators.len; i++)
        buf_printf(out, " %s", compare_names[expr->compare.ops[i]]);
    put_exprs(out, expr->compare.comparators);
}

static void put_many(Buf *out, const Expr *const parts[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        buf_puts(out, i ? " " : "");
        put_expr(out, parts[i]);
    }
}

#define PUT_MANY(out, ...)                                \
    put_many((out), (const Expr *const[]){ __VA_ARGS__ }, \
             sizeof((const Expr *const[]){ __VA_ARGS__ }) / sizeof(const Expr *))

static void put_call(Buf *out, const Expr *expr)
{
    put_expr(out, expr->call.callee);
    put_exprs(out, expr->call.args);
    put_keywords(out, expr->call.keywords);
}

static void put_formatted(Buf *out, const Expr *expr)
{
    put_expr(out, expr->formatted.value);
    buf_printf(out, " %d ", expr->formatted.conversion);
    put_expr(out, expr->formatted.spec);
}

static void put_operator(Buf *out, const Expr *expr)
{
    switch ((int)expr->kind) {
    case EXPR_BINARY:
        buf_printf(out, "%s ", binary_names[expr->binary.op]);
        PUT_MANY(out, expr->binary.left, expr->binary.right);
        return;
    case EXPR_UNARY:
        buf_printf(out, "%s ", unary_names[expr->unary.op]);
        put_expr(out, expr->unary.operand);
        return;
    case EXPR_BOOL:
        buf_puts(out, expr->boolean.op == BOOL_AND ? "And" : "Or");
        put_exprs(out, expr->boolean.values);
        return;
    default:
        put_compare(out, expr);
        return;
    }
}

static void put_attribute(Buf *out, const Expr *expr)
{
    put_expr(out, expr->attribute.value);
    put_text(out, expr->attribute.name);
}

static void put_lambda(Buf *out, const Expr *expr)
{
    put_arguments(out, expr->lambda.args);
    put_expr(out, expr->lambda.body);
}

static void put_dict(Buf *out, const Expr *expr)
{
    put_exprs(out, expr->dict.keys);
    put_exprs(out, expr->dict.values);
}

static void put_comprehension(Buf *out, const Expr *expr)
{
    PUT_MANY(out, expr->comp.element, expr->comp.value);
    put_clauses(out, expr->comp.generators);
}

static void put_parts(Buf *out, const Expr *expr)
{
    if (expr->kind == EXPR_NAMED)
        PUT_MANY(out, expr->named.target, expr->named.value);
    else if (expr->kind == EXPR_IF)
        PUT_MANY(out, expr->conditional.test, expr->conditional.body, expr->conditional.orelse);
    else if (expr->kind == EXPR_SLICE)
        PUT_MANY(out, expr->slice.lower, expr->slice.upper, expr->slice.step);
    else
        PUT_MANY(out, expr->subscript.value, expr->subscript.index);
}

static void put_fields(Buf *out, const Expr *expr)
{
    switch (expr->kind) {
    case EXPR_CONSTANT:
        put_constant(out, &expr->constant);
        return;
    case EXPR_NAME:
        put_text(out, expr->name);
        return;
    case EXPR_ATTRIBUTE:
        put_attribute(out, expr);
        return;
    case EXPR_CALL:
        put_call(out, expr);
        return;
    case EXPR_BINARY:
    case EXPR_UNARY:
    case EXPR_BOOL:
    case EXPR_COMPARE:
        put_operator(out, expr);
        return;
    case EXPR_TUPLE:
    case EXPR_LIST:
    case EXPR_SET:
        put_exprs(out, expr->list);
        return;
    case EXPR_DICT:
        put_dict(out, expr);
        return;
    case EXPR_LIST_COMP:
    case EXPR_SET_COMP:
    case EXPR_GENERATOR:
    case EXPR_DICT_COMP:
        put_comprehension(out, expr);
        return;
    case EXPR_LAMBDA:
        put_lambda(out, expr);
        return;
    case EXPR_NAMED:
    case EXPR_SUBSCRIPT:
    case EXPR_IF:
    case EXPR_SLICE:
        put_parts(out, expr);
        return;
    case EXPR_JOINED:
        put_exprs(out, expr->joined.values);
        return;
    case EXPR_FORMATTED:
        put_formatted(out, expr);
        return;
    case EXPR_STARRED:
    case EXPR_YIELD:
    case EXPR_YIELD_FROM:
    case EXPR_AWAIT:
        put_expr(out, expr->operand);
        return;
    }
}

static void put_expr(Buf *out, const Expr *expr)
{
    if (!expr) {
        buf_putc(out, '-');
        return;
    }
    begin(out, expr_names[expr->kind], expr->span);
    put_fields(out, expr);
    end(out);
}

static void put_patterns(Buf *out, PatternList list);

static void put_pattern(Buf *out, const Pattern *pattern)
{
    static const char *const names[] = {
        "MatchValue", "MatchSingleton", "MatchSequence", "MatchMapping",
        "MatchClass", "MatchStar",      "MatchAs",       "MatchOr",
    };
    begin(out, names[pattern->kind], pattern->span);
    switch (pattern->kind) {
    case PATTERN_VALUE:
        put_expr(out, pattern->value);
        break;
    case PATTERN_SINGLETON:
        put_constant(out, &pattern->value->constant);
        break;
    case PATTERN_SEQUENCE:
    case PATTERN_OR:
        put_patterns(out, pattern->patterns);
        break;
    case PATTERN_MAPPING:
        put_exprs(out, pattern->mapping.keys);
        put_patterns(out, pattern->mapping.patterns);
        put_text(out, pattern->mapping.rest);
        break;
    case PATTERN_CLASS:
        put_expr(out, pattern->cls.cls);
        put_patterns(out, pattern->cls.patterns);
        put_names(out, pattern->cls.names);
        break;
    case PATTERN_AS:
        if (pattern->capture.pattern)
            put_pattern(out, pattern->capture.pattern);
        put_text(out, pattern->capture.name);
        break;
    case PATTERN_STAR:
        put_text(out, pattern->capture.name);
        break;
    }
    end(out);
}

static void put_patterns(Buf *out, PatternList list)
{
    buf_putc(out, '[');
    for (size_t i = 0; i < list.len; i++)
        put_pattern(out, list.items[i]);
    buf_putc(out, ']');
}

static void put_type_params(Buf *out, TypeParamList list)
{
    static const char *const names[] = { "TypeVar", "TypeVarTuple", "ParamSpec" };
    buf_putc(out, '[');
    for (size_t i = 0; i < list.len; i++) {
        const TypeParam *param = &list.items[i];
        begin(out, names[param->kind], param->span);
        put_text(out, param->name);
        PUT_MANY(out, param->bound, param->default_value);
        end(out);
    }
    buf_putc(out, ']');
}

static void put_function(Buf *out, const Stmt *stmt)
{
    put_text(out, stmt->function.name);
    put_arguments(out, stmt->function.args);
    put_body(out, stmt->function.body);
    put_exprs(out, stmt->function.decorators);
    put_expr(out, stmt->function.returns);
    put_type_params(out, stmt->function.type_params);
}

static void put_class(Buf *out, const Stmt *stmt)
{
    put_text(out, stmt->cls.name);
    put_exprs(out, stmt->cls.bases);
    put_keywords(out, stmt->cls.keywords);
    put_body(out, stmt->cls.body);
    put_exprs(out, stmt->cls.decorators);
    put_type_params(out, stmt->cls.type_params);
}

static void put_with(Buf *out, const Stmt *stmt)
{
    buf_putc(out, '[');
    for (size_t i = 0; i < stmt->with.items.len; i++)
        PUT_MANY(out, stmt->with.items.items[i].context, stmt->with.items.items[i].target);
    buf_putc(out, ']');
    put_body(out, stmt->with.body);
}

static void put_match(Buf *out, const Stmt *stmt)
{
    put_expr(out, stmt->match.subject);
    for (size_t i = 0; i < stmt->match.cases.len; i++) {
        const MatchCase *each = &stmt->match.cases.items[i];
        put_pattern(out, each->pattern);
        put_expr(out, each->guard);
        put_body(out, each->body);
    }
}

static void put_try(Buf *out, const Stmt *stmt)
{
    put_body(out, stmt->attempt.body);
    for (size_t i = 0; i < stmt->attempt.handlers.len; i++) {
        const ExceptHandler *handler = &stmt->attempt.handlers.items[i];
        begin(out, "handler", handler->span);
        put_expr(out, handler->type);
        put_text(out, handler->name);
        put_body(out, handler->body);
        end(out);
    }
    put_body(out, stmt->attempt.orelse);
    put_body(out, stmt->attempt.final);
}

static void put_import(Buf *out, const Stmt *stmt)
{
    if (stmt->kind == STMT_IMPORT_FROM) {
        put_text(out, stmt->import.module);
        buf_printf(out, " %u", stmt->import.level);
    }
    for (size_t i = 0; i < stmt->import.aliases.len; i++) {
        const Alias *alias = &stmt->import.aliases.items[i];
        begin(out, "alias", alias->span);
        put_text(out, alias->name);
        put_text(out, alias->as_name);
        end(out);
    }
}

static const char *stmt_name(const Stmt *stmt)
{
    static const char *const names[] = {
        "FunctionDef", "ClassDef",  "Return", "Delete", "Assign", "TypeAlias",
        "AugAssign",   "AnnAssign", "For",    "While",  "If",     "With",
        "Match",       "Raise",     "Try",    "Assert", "Import", "ImportFrom",
        "Global",      "Nonlocal",  "Expr",   "Pass",   "Break",  "Continue",
    };
    if (stmt->kind == STMT_FUNCTION && stmt->function.is_async)
        return "AsyncFunctionDef";
    if (stmt->kind == STMT_FOR && stmt->loop.is_async)
        return "AsyncFor";
    if (stmt->kind == STMT_WITH && stmt->with.is_async)
        return "AsyncWith";
    return stmt->kind == STMT_TRY && stmt->attempt.star ? "TryStar" : names[stmt->kind];
}

static void put_simple_fields(Buf *out, const Stmt *stmt)
{
    switch ((int)stmt->kind) {
    case STMT_RETURN:
    case STMT_EXPR:
        put_expr(out, stmt->value);
        return;
    case STMT_DELETE:
        put_exprs(out, stmt->targets);
        return;
    case STMT_ASSIGN:
        put_exprs(out, stmt->assign.targets);
        put_expr(out, stmt->assign.value);
        return;
    case STMT_AUG_ASSIGN:
        buf_printf(out, "%s ", binary_names[stmt->aug.op]);
        PUT_MANY(out, stmt->aug.target, stmt->aug.value);
        return;
    case STMT_ANN_ASSIGN:
        PUT_MANY(out, stmt->ann.target, stmt->ann.annotation, stmt->ann.value);
        buf_printf(out, " %d", stmt->ann.simple);
        return;
    case STMT_RAISE:
        PUT_MANY(out, stmt->raise.exception, stmt->raise.cause);
        return;
    case STMT_ASSERT:
        PUT_MANY(out, stmt->assertion.test, stmt->assertion.message);
        return;
    case STMT_GLOBAL:
    case STMT_NONLOCAL:
        put_names(out, stmt->names);
        return;
    case STMT_IMPORT:
    case STMT_IMPORT_FROM:
        put_import(out, stmt);
        return;
    case STMT_TYPE_ALIAS:
        put_expr(out, stmt->alias.name);
        put_type_params(out, stmt->alias.type_params);
        put_expr(out, stmt->alias.value);
        return;
    default:
        return;
    }
}

static void put_stmt(Buf *out, const Stmt *stmt)
{
    begin(out, stmt_name(stmt), stmt->span);
    switch ((int)stmt->kind) {
    case STMT_FUNCTION:
        put_function(out, stmt);
        break;
    case STMT_CLASS:
        put_class(out, stmt);
        break;
    case STMT_FOR:
        PUT_MANY(out, stmt->loop.target, stmt->loop.iter);
        put_body(out, stmt->loop.body);
        put_body(out, stmt->loop.orelse);
        break;
    case STMT_WHILE:
    case STMT_IF:
        put_expr(out, stmt->branch.test);
        put_body(out, stmt->branch.body);
        put_body(out, stmt->branch.orelse);
        break;
    case STMT_WITH:
        put_with(out, stmt);
        break;
    case STMT_MATCH:
        put_match(out, stmt);
        break;
    case STMT_TRY:
        put_try(out, stmt);
        break;
    default:
        put_simple_fields(out, stmt);
        break;
    }
    end(out);
}

static void put_body(Buf *out, StmtList body)
{
    buf_putc(out, '[');
    for (size_t i = 0; i < body.len; i++)
        put_stmt(out, body.items[i]);
    buf_putc(out, ']');
}

void ast_dump(Buf *out, const Module *module)
{
    for (size_t i = 0; i < module->body.len; i++) {
        put_stmt(out, module->body.items[i]);
        buf_putc(out, '\n');
    }
}
