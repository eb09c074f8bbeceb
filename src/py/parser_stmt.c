/* SPDX-License-Identifier: MIT */
#include "py/parser_state.h"

Stmt *stmt_new(Parser *parser, StmtKind kind, uint32_t start)
{
    Stmt *stmt = ARENA_NEW(parser->arena, Stmt);
    stmt->kind = kind;
    stmt->span = (Span){ start, parser_last_end(parser) };
    return stmt;
}

static bool ends_simple(const Parser *parser)
{
    return parser_kind(parser) == TOKEN_NEWLINE || parser_kind(parser) == TOKEN_SEMICOLON;
}

static const struct {
    TokenKind token;
    BinaryOp op;
} augmented[] = {
    { TOKEN_PLUS_EQUAL, BINARY_ADD },          { TOKEN_MINUS_EQUAL, BINARY_SUBTRACT },
    { TOKEN_STAR_EQUAL, BINARY_MULTIPLY },     { TOKEN_AT_EQUAL, BINARY_MATRIX },
    { TOKEN_SLASH_EQUAL, BINARY_TRUE_DIVIDE }, { TOKEN_DOUBLE_SLASH_EQUAL, BINARY_FLOOR_DIVIDE },
    { TOKEN_PERCENT_EQUAL, BINARY_REMAINDER }, { TOKEN_DOUBLE_STAR_EQUAL, BINARY_POWER },
    { TOKEN_LSHIFT_EQUAL, BINARY_LSHIFT },     { TOKEN_RSHIFT_EQUAL, BINARY_RSHIFT },
    { TOKEN_AMPERSAND_EQUAL, BINARY_AND },     { TOKEN_BAR_EQUAL, BINARY_OR },
    { TOKEN_CARET_EQUAL, BINARY_XOR },
};

static Stmt *parse_aug_assign(Parser *parser, Expr *target, BinaryOp op, uint32_t start)
{
    parser_advance(parser);
    bool single = target->kind == EXPR_NAME || target->kind == EXPR_ATTRIBUTE ||
                  target->kind == EXPR_SUBSCRIPT;
    if (!single)
        return parser_fail_span(parser, target->span,
                                "'%s' is an illegal expression for augmented assignment",
                                expr_kind_name(target)),
               NULL;
    Expr *value = parse_annotated_rhs(parser);
    if (!value || !make_target(parser, target, CONTEXT_STORE))
        return NULL;
    Stmt *stmt = stmt_new(parser, STMT_AUG_ASSIGN, start);
    stmt->aug.target = target;
    stmt->aug.value = value;
    stmt->aug.op = op;
    return stmt;
}

static Stmt *refuse_annotation(Parser *parser, const Expr *target)
{
    uint32_t at = parser->at;
    parser_advance(parser);
    parser->trying++;
    bool annotated = parse_expression(parser) != NULL;
    parser->trying--;
    parser->at = at;
    if (!annotated)
        return parser_fail(parser), NULL;
    if (target->kind == EXPR_LIST || target->kind == EXPR_TUPLE)
        return parser_fail_span(parser, target->span,
                                "only single target (not %s) can be annotated",
                                expr_kind_name(target)),
               NULL;
    return parser_fail_span(parser, target->span, "illegal target for annotation"), NULL;
}

static Stmt *parse_ann_assign(Parser *parser, Expr *target, uint32_t start)
{
    if (target->kind != EXPR_NAME && target->kind != EXPR_ATTRIBUTE &&
        target->kind != EXPR_SUBSCRIPT)
        return refuse_annotation(parser, target);
    parser_advance(parser);
    Expr *annotation = parse_expression(parser), *value = NULL;
    if (!annotation || !make_target(parser, target, CONTEXT_STORE))
        return NULL;
    if (parser_accept(parser, TOKEN_EQUAL)) {
        value = parse_annotated_rhs(parser);
        if (!value)
            return NULL;
    }
    Stmt *stmt = stmt_new(parser, STMT_ANN_ASSIGN, start);
    stmt->ann.target = target;
    stmt->ann.annotation = annotation;
    stmt->ann.value = value;
    stmt->ann.simple = target->kind == EXPR_NAME && !target->parenthesized;
    return stmt;
}

/* `f() = 1`: whether "==" may have been meant. At the '='. */
static bool may_mean_equal(Parser *parser, const Expr *left)
{
    bool looser = left->kind == EXPR_COMPARE || left->kind == EXPR_BOOL || left->kind == EXPR_IF ||
                  left->kind == EXPR_LAMBDA || left->kind == EXPR_STARRED ||
                  left->kind == EXPR_YIELD || left->kind == EXPR_YIELD_FROM ||
                  (left->kind == EXPR_UNARY && left->unary.op == UNARY_NOT);
    bool plain = left->kind == EXPR_LIST || left->kind == EXPR_TUPLE ||
                 left->kind == EXPR_GENERATOR || left->kind == EXPR_NAME ||
                 (left->kind == EXPR_CONSTANT && left->constant.kind <= CONST_TRUE);
    if ((looser && !left->parenthesized) || plain)
        return false;
    uint32_t at = parser->at;
    parser_advance(parser);
    parser->trying++;
    bool parsed = parse_bitwise_or(parser) != NULL;
    parser->trying--;
    parsed =
        parsed && parser_kind(parser) != TOKEN_EQUAL && parser_kind(parser) != TOKEN_COLON_EQUAL;
    parser->at = at;
    return parsed;
}

static bool check_assign_target(Parser *parser, Expr *target)
{
    if (!invalid_target(target, CONTEXT_STORE))
        return make_target(parser, target, CONTEXT_STORE);
    if ((target->kind == EXPR_YIELD || target->kind == EXPR_YIELD_FROM) && !target->parenthesized)
        return parser_fail_span(parser, target->span,
                                "assignment to yield expression not possible");
    Expr *last = target;
    if (target->kind == EXPR_TUPLE && !target->parenthesized)
        last = target->list.items[target->list.len - 1];
    if (may_mean_equal(parser, last))
        return parser_fail_span(parser, last->span,
                                "cannot assign to %s here. Maybe you meant '==' instead of '='?",
                                expr_kind_name(last));
    return make_target(parser, target, CONTEXT_STORE);
}

static Stmt *parse_assign(Parser *parser, Expr *value, uint32_t start)
{
    ExprVec targets = { 0 };
    while (parser_kind(parser) == TOKEN_EQUAL) {
        if (!check_assign_target(parser, value))
            return NULL;
        VEC_PUSH(parser->arena, &targets, value);
        parser_advance(parser);
        value = parse_annotated_rhs(parser);
        if (!value)
            return NULL;
    }
    Stmt *stmt = stmt_new(parser, STMT_ASSIGN, start);
    stmt->assign.targets = expr_list(targets);
    stmt->assign.value = value;
    return stmt;
}

/* `print "x"` of Python 2. */
static bool refuse_print(Parser *parser, const Expr *expr)
{
    if (expr->kind != EXPR_NAME || (!str_is(expr->name, "print") && !str_is(expr->name, "exec")) ||
        !starts_expression(parser_kind(parser)))
        return true;
    uint32_t at = parser->at;
    parser->trying++;
    bool parsed = parse_star_expressions(parser) != NULL;
    parser->trying--;
    Span span = { expr->span.start, parser_last_end(parser) };
    parser->at = at;
    return !parsed || parser_fail_span(parser, span,
                                       "Missing parentheses in call to '%.*s'. Did you mean "
                                       "%.*s(...)?",
                                       STR_ARG(expr->name), STR_ARG(expr->name));
}

static Stmt *parse_expression_stmt(Parser *parser)
{
    uint32_t start = parser_start(parser);
    Expr *first = parse_annotated_rhs(parser);
    if (!first)
        return NULL;
    TokenKind kind = parser_kind(parser);
    for (size_t i = 0; i < sizeof augmented / sizeof *augmented; i++) {
        if (augmented[i].token == kind)
            return parse_aug_assign(parser, first, augmented[i].op, start);
    }
    if (kind == TOKEN_EQUAL)
        return parse_assign(parser, first, start);
    if (kind == TOKEN_COLON)
        return parse_ann_assign(parser, first, start);
    if (!refuse_print(parser, first))
        return NULL;
    Stmt *stmt = stmt_new(parser, STMT_EXPR, start);
    stmt->value = first;
    return stmt;
}

static Stmt *parse_return(Parser *parser, uint32_t start)
{
    parser_advance(parser);
    Expr *value = NULL;
    if (!ends_simple(parser)) {
        value = parse_star_expressions(parser);
        if (!value)
            return NULL;
    }
    Stmt *stmt = stmt_new(parser, STMT_RETURN, start);
    stmt->value = value;
    return stmt;
}

static Stmt *parse_raise(Parser *parser, uint32_t start)
{
    parser_advance(parser);
    Expr *exception = NULL, *cause = NULL;
    if (!ends_simple(parser)) {
        exception = parse_expression(parser);
        if (!exception)
            return NULL;
        if (parser_accept(parser, TOKEN_FROM) && !(cause = parse_expression(parser)))
            return NULL;
    }
    Stmt *stmt = stmt_new(parser, STMT_RAISE, start);
    stmt->raise.exception = exception;
    stmt->raise.cause = cause;
    return stmt;
}

static Stmt *parse_delete(Parser *parser, uint32_t start)
{
    parser_advance(parser);
    Expr *list = parse_star_expressions(parser);
    if (!list)
        return NULL;
    if (!ends_simple(parser))
        return parser_fail(parser), NULL;
    if (!make_target(parser, list, CONTEXT_DELETE))
        return NULL;
    Stmt *stmt = stmt_new(parser, STMT_DELETE, start);
    if (list->kind == EXPR_TUPLE && !list->parenthesized) {
        stmt->targets = list->list;
        return stmt;
    }
    stmt->targets = (ExprList){ ARENA_NEW(parser->arena, Expr *), 1 };
    stmt->targets.items[0] = list;
    return stmt;
}

static Stmt *parse_assert(Parser *parser, uint32_t start)
{
    parser_advance(parser);
    Expr *message = NULL, *test = parse_expression(parser);
    if (!test)
        return NULL;
    if (parser_accept(parser, TOKEN_COMMA) && !(message = parse_expression(parser)))
        return NULL;
    Stmt *stmt = stmt_new(parser, STMT_ASSERT, start);
    stmt->assertion.test = test;
    stmt->assertion.message = message;
    return stmt;
}

static Stmt *parse_names(Parser *parser, StmtKind kind, uint32_t start)
{
    VEC(Str) names = { 0 };
    do {
        Str name;
        parser_advance(parser);
        if (!parser_name(parser, &name))
            return NULL;
        VEC_PUSH(parser->arena, &names, name);
    } while (parser_kind(parser) == TOKEN_COMMA);
    Stmt *stmt = stmt_new(parser, kind, start);
    stmt->names = (NameList){ names.items, names.len };
    return stmt;
}

static bool parse_dotted(Parser *parser, Str *name)
{
    if (!parser_name(parser, name))
        return false;
    while (parser_accept(parser, TOKEN_DOT)) {
        Str part;
        if (!parser_name(parser, &part))
            return false;
        *name = str_format(parser->arena, "%.*s.%.*s", STR_ARG(*name), STR_ARG(part));
    }
    return true;
}

static bool parse_alias(Parser *parser, bool dotted, Alias *alias)
{
    uint32_t start = parser_start(parser);
    *alias = (Alias){ 0 };
    if (dotted ? !parse_dotted(parser, &alias->name) : !parser_name(parser, &alias->name))
        return false;
    if (parser_accept(parser, TOKEN_AS) && !parser_name(parser, &alias->as_name))
        return false;
    alias->span = (Span){ start, parser_last_end(parser) };
    return true;
}

static Stmt *parse_import(Parser *parser, uint32_t start)
{
    VEC(Alias) aliases = { 0 };
    do {
        Alias alias;
        parser_advance(parser);
        if (!parse_alias(parser, true, &alias))
            return NULL;
        VEC_PUSH(parser->arena, &aliases, alias);
    } while (parser_kind(parser) == TOKEN_COMMA);
    Stmt *stmt = stmt_new(parser, STMT_IMPORT, start);
    stmt->import.aliases = (AliasList){ aliases.items, aliases.len };
    return stmt;
}

/* The names behind `import`, in parentheses or not. */
static bool parse_from_names(Parser *parser, AliasList *list)
{
    VEC(Alias) aliases = { 0 };
    bool parens = parser_accept(parser, TOKEN_LPAREN);
    for (;;) {
        Alias alias;
        if (!parse_alias(parser, false, &alias))
            return false;
        VEC_PUSH(parser->arena, &aliases, alias);
        if (!parser_accept(parser, TOKEN_COMMA))
            break;
        if (parens && parser_kind(parser) == TOKEN_RPAREN)
            break;
        if (!parens && parser_kind(parser) == TOKEN_NEWLINE)
            return parser_fail_here(parser,
                                    "trailing comma not allowed without surrounding parentheses");
    }
    *list = (AliasList){ aliases.items, aliases.len };
    return !parens || parser_expect(parser, TOKEN_RPAREN);
}

static Stmt *parse_import_from(Parser *parser, uint32_t start)
{
    uint32_t level = 0;
    Str module = STR_NONE;
    AliasList aliases;
    for (parser_advance(parser);; parser_advance(parser)) {
        TokenKind kind = parser_kind(parser);
        if (kind != TOKEN_DOT && kind != TOKEN_ELLIPSIS)
            break;
        level += kind == TOKEN_DOT ? 1 : 3;
    }
    if (!(level && parser_kind(parser) == TOKEN_IMPORT) && !parse_dotted(parser, &module))
        return NULL;
    if (!parser_expect(parser, TOKEN_IMPORT))
        return NULL;
    if (parser_kind(parser) == TOKEN_STAR) {
        Token star = parser_token(parser);
        aliases = (AliasList){ ARENA_NEW(parser->arena, Alias), 1 };
        aliases.items[0] = (Alias){ .name = STR("*"), .span = { star.start, star.end } };
        parser_advance(parser);
    } else if (!parse_from_names(parser, &aliases)) {
        return NULL;
    }
    Stmt *stmt = stmt_new(parser, STMT_IMPORT_FROM, start);
    stmt->import.module = module;
    stmt->import.level = level;
    stmt->import.aliases = aliases;
    return stmt;
}

/* `type X[T] = value`: `type` is a keyword only before a name. */
static Stmt *parse_type_alias(Parser *parser, uint32_t start)
{
    parser_advance(parser);
    Expr *name = parse_atom(parser);
    if (!name || !make_target(parser, name, CONTEXT_STORE))
        return NULL;
    TypeParamList params = { 0 };
    if (!parse_type_params(parser, &params) || !parser_expect(parser, TOKEN_EQUAL))
        return NULL;
    Expr *value = parse_expression(parser);
    if (!value)
        return NULL;
    Stmt *stmt = stmt_new(parser, STMT_TYPE_ALIAS, start);
    stmt->alias.name = name;
    stmt->alias.value = value;
    stmt->alias.type_params = params;
    return stmt;
}

static Stmt *parse_word(Parser *parser, StmtKind kind, uint32_t start)
{
    parser_advance(parser);
    return stmt_new(parser, kind, start);
}

static Stmt *parse_simple(Parser *parser)
{
    uint32_t start = parser_start(parser);
    switch ((int)parser_kind(parser)) {
    case TOKEN_RETURN:
        return parse_return(parser, start);
    case TOKEN_RAISE:
        return parse_raise(parser, start);
    case TOKEN_IMPORT:
        return parse_import(parser, start);
    case TOKEN_FROM:
        return parse_import_from(parser, start);
    case TOKEN_PASS:
        return parse_word(parser, STMT_PASS, start);
    case TOKEN_BREAK:
        return parse_word(parser, STMT_BREAK, start);
    case TOKEN_CONTINUE:
        return parse_word(parser, STMT_CONTINUE, start);
    case TOKEN_DEL:
        return parse_delete(parser, start);
    case TOKEN_ASSERT:
        return parse_assert(parser, start);
    case TOKEN_GLOBAL:
        return parse_names(parser, STMT_GLOBAL, start);
    case TOKEN_NONLOCAL:
        return parse_names(parser, STMT_NONLOCAL, start);
    default:
        if (parser_is_word(parser, 0, "type") && parser_peek(parser, 1) == TOKEN_NAME)
            return parse_type_alias(parser, start);
        return parse_expression_stmt(parser);
    }
}

bool parse_simple_line(Parser *parser, StmtVec *statements)
{
    do {
        Stmt *stmt = parse_simple(parser);
        if (!stmt)
            return false;
        VEC_PUSH(parser->arena, statements, stmt);
    } while (parser_accept(parser, TOKEN_SEMICOLON) && parser_kind(parser) != TOKEN_NEWLINE);
    return parser_expect(parser, TOKEN_NEWLINE);
}

bool parse_statements(Parser *parser, StmtVec *statements)
{
    if (!at_compound(parser))
        return parse_simple_line(parser, statements);
    Stmt *stmt = parse_compound(parser);
    if (!stmt)
        return false;
    VEC_PUSH(parser->arena, statements, stmt);
    return true;
}
