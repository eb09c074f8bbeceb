/* SPDX-License-Identifier: MIT */
#include "py/parser_state.h"

/* Behind the line end at `at` a block begins with `case`. */
static bool at_case(const Parser *parser, uint32_t at)
{
    return at + 2 < parser->token_count && parser->tokens[at + 1].kind == TOKEN_INDENT &&
           str_is(parser_token_text(parser, at + 2), "case");
}

/* `match` begins a statement when its line ends with a colon: nothing else can. */
bool at_match(const Parser *parser)
{
    if (!parser_is_word(parser, 0, "match") || parser_peek(parser, 1) == TOKEN_COLON)
        return false;
    uint32_t at = parser->at;
    while (parser->tokens[at].kind != TOKEN_NEWLINE && parser->tokens[at].kind > TOKEN_ERROR)
        at++;
    if (parser->tokens[at].kind != TOKEN_NEWLINE)
        return false;
    bool colon = parser->tokens[at - 1].kind == TOKEN_COLON;
    return colon || (starts_expression(parser_peek(parser, 1)) && at_case(parser, at));
}

bool at_compound(const Parser *parser)
{
    switch ((int)parser_kind(parser)) {
    case TOKEN_IF:
    case TOKEN_WHILE:
    case TOKEN_FOR:
    case TOKEN_TRY:
    case TOKEN_WITH:
    case TOKEN_DEF:
    case TOKEN_CLASS:
    case TOKEN_ASYNC:
    case TOKEN_AT:
        return true;
    default:
        return at_match(parser);
    }
}

/* The suite behind a colon. `what` names its owner, whose line is that of `start`. */
static bool parse_block(Parser *parser, StmtList *body, const char *what, uint32_t start)
{
    StmtVec statements = { 0 };
    if (!parser_accept(parser, TOKEN_NEWLINE)) {
        if (!parse_simple_line(parser, &statements))
            return false;
        *body = (StmtList){ statements.items, statements.len };
        return true;
    }
    if (parser_kind(parser) == TOKEN_ERROR)
        return parser_fail(parser);
    if (parser_kind(parser) != TOKEN_INDENT)
        return parser_fail_indent(parser, "expected an indented block after %s on line %u", what,
                                  source_line(parser->source, start));
    parser_advance(parser);
    if (!parser_enter(parser))
        return false;
    do {
        if (!parse_statements(parser, &statements))
            return false;
    } while (!parser_accept(parser, TOKEN_DEDENT));
    parser_leave(parser);
    *body = (StmtList){ statements.items, statements.len };
    return true;
}

static bool parse_else(Parser *parser, StmtList *orelse)
{
    uint32_t start = parser_start(parser);
    if (!parser_accept(parser, TOKEN_ELSE))
        return true;
    return parser_expect_colon(parser, true) &&
           parse_block(parser, orelse, "'else' statement", start);
}

static void set_one(Parser *parser, StmtList *list, Stmt *stmt)
{
    *list = (StmtList){ ARENA_NEW(parser->arena, Stmt *), 1 };
    list->items[0] = stmt;
}

/* `if`, and its chain of `elif`. */
static Stmt *parse_if(Parser *parser)
{
    Stmt *first = NULL, *last = NULL;
    for (;;) {
        uint32_t start = parser_start(parser);
        const char *what = first ? "'elif' statement" : "'if' statement";
        parser_advance(parser);
        Expr *test = parse_named_expression(parser);
        if (!test || !parser_expect_colon(parser, false))
            return NULL;
        Stmt *stmt = stmt_new(parser, STMT_IF, start);
        stmt->branch.test = test;
        if (!parse_block(parser, &stmt->branch.body, what, start))
            return NULL;
        if (last)
            set_one(parser, &last->branch.orelse, stmt);
        first = first ? first : stmt;
        last = stmt;
        if (parser_kind(parser) != TOKEN_ELIF)
            break;
    }
    if (!parse_else(parser, &last->branch.orelse))
        return NULL;
    for (Stmt *each = first;; each = each->branch.orelse.items[0]) {
        each->span.end = parser_last_end(parser);
        if (each == last)
            return first;
    }
}

static Stmt *parse_while(Parser *parser, uint32_t start)
{
    parser_advance(parser);
    Expr *test = parse_named_expression(parser);
    if (!test || !parser_expect_colon(parser, false))
        return NULL;
    Stmt *stmt = stmt_new(parser, STMT_WHILE, start);
    stmt->branch.test = test;
    bool ok = parse_block(parser, &stmt->branch.body, "'while' statement", start) &&
              parse_else(parser, &stmt->branch.orelse);
    return ok ? stmt : NULL;
}

static Stmt *parse_for(Parser *parser, uint32_t start, bool is_async)
{
    uint32_t keyword = parser_start(parser);
    parser_advance(parser);
    Expr *target = parse_target_list(parser);
    if (!target)
        return NULL;
    if (invalid_target(target, CONTEXT_STORE) && !make_target(parser, target, CONTEXT_STORE))
        return NULL;
    if (!parser_expect(parser, TOKEN_IN) || !make_target(parser, target, CONTEXT_STORE))
        return NULL;
    Expr *iter = parse_star_expressions(parser);
    if (!iter || !parser_expect_colon(parser, false))
        return NULL;
    Stmt *stmt = stmt_new(parser, STMT_FOR, start);
    stmt->loop.target = target;
    stmt->loop.iter = iter;
    stmt->loop.is_async = is_async;
    bool ok = parse_block(parser, &stmt->loop.body, "'for' statement", keyword) &&
              parse_else(parser, &stmt->loop.orelse);
    return ok ? stmt : NULL;
}

/* Whether `with (` opens a list of items rather than an expression. */
static bool at_with_list(const Parser *parser)
{
    int depth = 0;
    bool item_start = false, expression = false, as = false;
    if (parser_kind(parser) != TOKEN_LPAREN)
        return false;
    for (uint32_t at = parser->at; at < parser->token_count; at++) {
        TokenKind kind = parser->tokens[at].kind;
        if (kind == TOKEN_RPAREN || kind == TOKEN_RBRACKET || kind == TOKEN_RBRACE) {
            if (--depth == 0)
                return (parser->tokens[at + 1].kind == TOKEN_COLON ||
                        parser->tokens[at + 1].kind == TOKEN_NEWLINE) &&
                       at > parser->at + 1 && (as || !expression);
        } else if (kind == TOKEN_LPAREN || kind == TOKEN_LBRACKET || kind == TOKEN_LBRACE) {
            depth++;
        } else if (depth == 1) {
            as |= kind == TOKEN_AS;
            expression |= (item_start && (kind == TOKEN_STAR || kind == TOKEN_YIELD)) ||
                          kind == TOKEN_COLON_EQUAL || kind == TOKEN_FOR;
        }
        item_start = depth == 1 && (kind == TOKEN_COMMA || at == parser->at);
    }
    return false;
}

static bool parse_with_item(Parser *parser, WithItem *item)
{
    item->target = NULL;
    item->context = parse_expression(parser);
    if (!item->context)
        return false;
    if (!parser_accept(parser, TOKEN_AS))
        return true;
    item->target = parser_kind(parser) == TOKEN_STAR ? parse_star_named_expression(parser)
                                                     : parse_bitwise_or(parser);
    return item->target && make_target(parser, item->target, CONTEXT_STORE);
}

static bool parse_with_items(Parser *parser, WithItemList *list)
{
    VEC(WithItem) items = { 0 };
    bool parens = at_with_list(parser) && parser_accept(parser, TOKEN_LPAREN);
    do {
        WithItem item;
        if (parens && items.len && parser_kind(parser) == TOKEN_RPAREN)
            break;
        if (!parse_with_item(parser, &item))
            return false;
        VEC_PUSH(parser->arena, &items, item);
    } while (parser_accept(parser, TOKEN_COMMA));
    *list = (WithItemList){ items.items, items.len };
    return !parens || parser_expect(parser, TOKEN_RPAREN);
}

static Stmt *parse_with(Parser *parser, uint32_t start, bool is_async)
{
    WithItemList items;
    uint32_t keyword = parser_start(parser);
    parser_advance(parser);
    if (!parse_with_items(parser, &items) || !parser_expect_colon(parser, false))
        return NULL;
    Stmt *stmt = stmt_new(parser, STMT_WITH, start);
    stmt->with.items = items;
    stmt->with.is_async = is_async;
    return parse_block(parser, &stmt->with.body, "'with' statement", keyword) ? stmt : NULL;
}

/* `except A, B:` of Python 2 */
static bool refuse_except_list(Parser *parser, uint32_t start)
{
    uint32_t at = parser->at;
    parser->trying++;
    while (parser_accept(parser, TOKEN_COMMA) && parse_expression(parser))
        continue;
    parser->trying--;
    Span span = { start, parser_last_end(parser) };
    parser->at = at;
    return parser_fail_span(parser, span, "multiple exception types must be parenthesized");
}

static bool parse_handler_type(Parser *parser, ExceptHandler *handler)
{
    uint32_t start = parser_start(parser);
    handler->type = parse_expression(parser);
    if (!handler->type)
        return false;
    if (parser_kind(parser) == TOKEN_COMMA)
        return refuse_except_list(parser, start);
    return !parser_accept(parser, TOKEN_AS) || parser_name(parser, &handler->name);
}

static bool parse_handler(Parser *parser, ExceptHandler *handler, bool star)
{
    uint32_t start = parser->tokens[parser->at].start;
    *handler = (ExceptHandler){ 0 };
    parser_advance(parser);
    if (star)
        parser_advance(parser);
    TokenKind kind = parser_kind(parser);
    if (kind == TOKEN_COLON || kind == TOKEN_NEWLINE) {
        if (star)
            return parser_fail_here(parser, "expected one or more exception types");
    } else if (!parse_handler_type(parser, handler)) {
        return false;
    }
    if (!parser_expect_colon(parser, false) ||
        !parse_block(parser, &handler->body, star ? "'except*' statement" : "'except' statement",
                     start))
        return false;
    handler->span = (Span){ start, parser_last_end(parser) };
    return true;
}

static bool parse_handlers(Parser *parser, Stmt *stmt)
{
    VEC(ExceptHandler) handlers = { 0 };
    while (parser_kind(parser) == TOKEN_EXCEPT) {
        bool star = parser_peek(parser, 1) == TOKEN_STAR;
        ExceptHandler handler;
        if (handlers.len && star != stmt->attempt.star)
            return parser_fail_here(parser,
                                    "cannot have both 'except' and 'except*' on the same 'try'");
        stmt->attempt.star = star;
        if (!parse_handler(parser, &handler, star))
            return false;
        VEC_PUSH(parser->arena, &handlers, handler);
    }
    stmt->attempt.handlers = (HandlerList){ handlers.items, handlers.len };
    return true;
}

static Stmt *parse_try(Parser *parser, uint32_t start)
{
    parser_advance(parser);
    Stmt *stmt = stmt_new(parser, STMT_TRY, start);
    if (!parser_expect_colon(parser, true) ||
        !parse_block(parser, &stmt->attempt.body, "'try' statement", start) ||
        !parse_handlers(parser, stmt))
        return NULL;
    if (stmt->attempt.handlers.len && !parse_else(parser, &stmt->attempt.orelse))
        return NULL;
    uint32_t final = parser_start(parser);
    if (parser_accept(parser, TOKEN_FINALLY)) {
        if (!parser_expect_colon(parser, true) ||
            !parse_block(parser, &stmt->attempt.final, "'finally' statement", final))
            return NULL;
    } else if (!stmt->attempt.handlers.len) {
        if (parser_kind(parser) == TOKEN_ERROR)
            return parser_fail(parser), NULL;
        return parser_fail_here(parser, "expected 'except' or 'finally' block"), NULL;
    }
    return stmt;
}

static bool parse_type_param(Parser *parser, TypeParam *param)
{
    uint32_t start = parser_start(parser);
    *param = (TypeParam){ .kind = PARAM_TYPEVAR };
    if (parser_accept(parser, TOKEN_STAR))
        param->kind = PARAM_TYPEVARTUPLE;
    else if (parser_accept(parser, TOKEN_DOUBLE_STAR))
        param->kind = PARAM_PARAMSPEC;
    if (!parser_name(parser, &param->name))
        return false;
    if (parser_kind(parser) == TOKEN_COLON) {
        if (param->kind != PARAM_TYPEVAR)
            return parser_fail_here(parser, "cannot use bound with %s",
                                    param->kind == PARAM_PARAMSPEC ? "ParamSpec" : "TypeVarTuple");
        parser_advance(parser);
        if (!(param->bound = parse_expression(parser)))
            return false;
    }
    if (parser_accept(parser, TOKEN_EQUAL)) {
        param->default_value = param->kind == PARAM_TYPEVARTUPLE
                                   ? parse_star_named_expression(parser)
                                   : parse_expression(parser);
        if (!param->default_value)
            return false;
    }
    param->span = (Span){ start, parser_last_end(parser) };
    return true;
}

bool parse_type_params(Parser *parser, TypeParamList *params)
{
    VEC(TypeParam) items = { 0 };
    if (!parser_accept(parser, TOKEN_LBRACKET))
        return true;
    if (parser_kind(parser) == TOKEN_RBRACKET)
        return parser_fail_here(parser, "Type parameter list cannot be empty");
    do {
        TypeParam param;
        if (parser_kind(parser) == TOKEN_RBRACKET)
            break;
        if (!parse_type_param(parser, &param))
            return false;
        if (items.len && VEC_LAST(&items).default_value && !param.default_value)
            return parser_fail_span(
                parser, param.span,
                "non-default type parameter '%.*s' follows default type parameter",
                STR_ARG(param.name));
        VEC_PUSH(parser->arena, &items, param);
    } while (parser_accept(parser, TOKEN_COMMA));
    *params = (TypeParamList){ items.items, items.len };
    return parser_expect(parser, TOKEN_RBRACKET);
}

static Stmt *parse_def(Parser *parser, uint32_t start, ExprList decorators, bool is_async)
{
    uint32_t keyword = parser_start(parser);
    parser_advance(parser);
    Stmt *stmt = stmt_new(parser, STMT_FUNCTION, start);
    stmt->function.decorators = decorators;
    stmt->function.is_async = is_async;
    if (!parser_name(parser, &stmt->function.name) ||
        !parse_type_params(parser, &stmt->function.type_params))
        return NULL;
    if (!parser_accept(parser, TOKEN_LPAREN))
        return parser_fail_here(parser, "expected '('"), NULL;
    stmt->function.args = parse_parameters(parser, TOKEN_RPAREN);
    if (!stmt->function.args || !parser_expect(parser, TOKEN_RPAREN))
        return NULL;
    if (parser_accept(parser, TOKEN_ARROW) && !(stmt->function.returns = parse_expression(parser)))
        return NULL;
    if (!parser_expect_colon(parser, true) ||
        !parse_block(parser, &stmt->function.body, "function definition", keyword))
        return NULL;
    return stmt;
}

static bool parse_bases(Parser *parser, Stmt *stmt)
{
    if (parser_kind(parser) != TOKEN_LPAREN)
        return true;
    uint32_t open = parser_start(parser);
    Expr *call = node_new(parser, EXPR_CALL, open);
    if (!parse_call_arguments(parser, call))
        return false;
    ExprList bases = call->call.args;
    if (bases.len == 1 && bases.items[0]->kind == EXPR_GENERATOR &&
        bases.items[0]->span.start == open)
        return parser_fail_span(parser, bases.items[0]->span, "invalid syntax");
    stmt->cls.bases = bases;
    stmt->cls.keywords = call->call.keywords;
    return true;
}

static Stmt *parse_class(Parser *parser, uint32_t start, ExprList decorators)
{
    parser_advance(parser);
    Stmt *stmt = stmt_new(parser, STMT_CLASS, start);
    stmt->cls.decorators = decorators;
    if (!parser_name(parser, &stmt->cls.name) ||
        !parse_type_params(parser, &stmt->cls.type_params) || !parse_bases(parser, stmt) ||
        !parser_expect_colon(parser, false) ||
        !parse_block(parser, &stmt->cls.body, "class definition", start))
        return NULL;
    return stmt;
}

static bool parse_decorators(Parser *parser, ExprList *list)
{
    ExprVec decorators = { 0 };
    while (parser_accept(parser, TOKEN_AT)) {
        Expr *decorator = parse_named_expression(parser);
        if (!decorator || !parser_expect(parser, TOKEN_NEWLINE))
            return false;
        VEC_PUSH(parser->arena, &decorators, decorator);
    }
    *list = expr_list(decorators);
    return true;
}

static Stmt *parse_decorated(Parser *parser)
{
    ExprList decorators;
    if (!parse_decorators(parser, &decorators))
        return NULL;
    uint32_t start = parser_start(parser);
    if (parser_kind(parser) == TOKEN_CLASS)
        return parse_class(parser, start, decorators);
    bool is_async = parser_accept(parser, TOKEN_ASYNC);
    if (parser_kind(parser) == TOKEN_DEF)
        return parse_def(parser, start, decorators, is_async);
    return parser_fail(parser), NULL;
}

static Stmt *parse_async(Parser *parser, uint32_t start)
{
    parser_advance(parser);
    switch ((int)parser_kind(parser)) {
    case TOKEN_DEF:
        return parse_def(parser, start, (ExprList){ 0 }, true);
    case TOKEN_FOR:
        return parse_for(parser, start, true);
    case TOKEN_WITH:
        return parse_with(parser, start, true);
    default:
        return parser_fail(parser), NULL;
    }
}

static bool parse_case(Parser *parser, MatchCase *match_case)
{
    uint32_t start = parser_start(parser);
    *match_case = (MatchCase){ 0 };
    if (!parser_is_word(parser, 0, "case"))
        return parser_fail(parser);
    parser_advance(parser);
    match_case->pattern = parse_case_pattern(parser);
    if (!match_case->pattern)
        return false;
    if (parser_accept(parser, TOKEN_IF) && !(match_case->guard = parse_named_expression(parser)))
        return false;
    return parser_expect_colon(parser, false) &&
           parse_block(parser, &match_case->body, "'case' statement", start);
}

static Expr *parse_subject(Parser *parser)
{
    uint32_t start = parser_start(parser);
    Expr *first = parse_star_named_expression(parser);
    if (!first || (parser_kind(parser) != TOKEN_COMMA && first->kind != EXPR_STARRED))
        return first;
    ExprVec items = { 0 };
    VEC_PUSH(parser->arena, &items, first);
    if (parser_kind(parser) != TOKEN_COMMA)
        return parser_fail(parser), NULL;
    while (parser_accept(parser, TOKEN_COMMA) && parser_kind(parser) != TOKEN_COLON) {
        Expr *item = parse_star_named_expression(parser);
        if (!item)
            return NULL;
        VEC_PUSH(parser->arena, &items, item);
    }
    Expr *tuple = node_new(parser, EXPR_TUPLE, start);
    tuple->list = expr_list(items);
    return expr_over_all(parser, tuple, tuple->list) ? tuple : NULL;
}

static Stmt *parse_match(Parser *parser, uint32_t start)
{
    VEC(MatchCase) cases = { 0 };
    parser_advance(parser);
    Expr *subject = parse_subject(parser);
    if (!subject || !parser_expect_colon(parser, false) || !parser_expect(parser, TOKEN_NEWLINE))
        return NULL;
    if (parser_kind(parser) != TOKEN_INDENT)
        return parser_fail_indent(parser,
                                  "expected an indented block after 'match' statement on line %u",
                                  source_line(parser->source, start)),
               NULL;
    parser_advance(parser);
    if (!parser_enter(parser))
        return NULL;
    do {
        MatchCase match_case;
        if (!parse_case(parser, &match_case))
            return NULL;
        VEC_PUSH(parser->arena, &cases, match_case);
    } while (!parser_accept(parser, TOKEN_DEDENT));
    parser_leave(parser);
    Stmt *stmt = stmt_new(parser, STMT_MATCH, start);
    stmt->match.subject = subject;
    stmt->match.cases = (MatchCaseList){ cases.items, cases.len };
    return stmt;
}

static Stmt *parse_by_keyword(Parser *parser)
{
    uint32_t start = parser_start(parser);
    switch ((int)parser_kind(parser)) {
    case TOKEN_IF:
        return parse_if(parser);
    case TOKEN_WHILE:
        return parse_while(parser, start);
    case TOKEN_FOR:
        return parse_for(parser, start, false);
    case TOKEN_TRY:
        return parse_try(parser, start);
    case TOKEN_WITH:
        return parse_with(parser, start, false);
    case TOKEN_DEF:
        return parse_def(parser, start, (ExprList){ 0 }, false);
    case TOKEN_CLASS:
        return parse_class(parser, start, (ExprList){ 0 });
    case TOKEN_ASYNC:
        return parse_async(parser, start);
    case TOKEN_AT:
        return parse_decorated(parser);
    default:
        return parse_match(parser, start);
    }
}

Stmt *parse_compound(Parser *parser)
{
    Stmt *stmt = parse_by_keyword(parser);
    if (stmt)
        stmt->span.end = parser_last_end(parser);
    return stmt;
}
