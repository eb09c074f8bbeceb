/* SPDX-License-Identifier: MIT */
#include "py/constants.h"

#include "py/lexer.h"
#include "py/literal.h"

/* A name of the top level: one that is asked for, or one that others may be made of. */
typedef struct Known {
    Str name;
    Constant constant;
} Known;

typedef struct Reader {
    Arena *arena;
    Source *source;
    Error *err;
    Lexer lexer;
    Token token;
    uint32_t last_end; /* of the token before */
    VEC(Known) known;
    bool has_global; /* the word occurs: a function may rebind names of the file */
    bool failed;
} Reader;

enum { NESTING_MOST = 100 };

static void next(Reader *reader)
{
    reader->last_end = reader->token.end;
    reader->token = lexer_next(&reader->lexer);
    reader->failed |= reader->token.kind == TOKEN_ERROR;
}

static Str token_str(const Reader *reader)
{
    return source_slice(reader->source, (Span){ reader->token.start, reader->token.end });
}

static Known *find_known(Reader *reader, Str name)
{
    VEC_EACH (Known, each, &reader->known) {
        if (each->name.len == name.len && str_eq(each->name, name))
            return each;
    }
    return NULL;
}

static void bind(Reader *reader, Str name, Constant constant)
{
    Known *known = find_known(reader, name);
    if (known)
        known->constant = constant;
    else
        VEC_PUSH(reader->arena, &reader->known, ((Known){ name, constant }));
}

static void bind_dynamic(Reader *reader, Known *known, Span span)
{
    known->constant =
        (Constant){ .state = CONSTANT_DYNAMIC, .source = reader->source, .span = span };
}

static void bind_all_dynamic(Reader *reader, Span span)
{
    VEC_EACH (Known, each, &reader->known)
        bind_dynamic(reader, each, span);
}

/* The expressions that are read. Each leaves the token behind them, or says false. */
static bool read_sum(Reader *reader, Const *value, int depth);

static bool decode_string(Reader *reader, Str *text, bool *bytes)
{
    StringParts parts = literal_split(token_str(reader));
    Str problem;
    *bytes = parts.bytes;
    return literal_decode(reader->arena, parts.body, parts.raw, parts.bytes, text, &problem) ==
           LITERAL_OK;
}

static bool read_strings(Reader *reader, Const *value)
{
    bool bytes;
    if (!decode_string(reader, &value->text, &bytes))
        return false;
    value->kind = bytes ? CONST_BYTES : CONST_STR;
    for (next(reader); reader->token.kind == TOKEN_STRING; next(reader)) {
        Str more;
        bool more_bytes;
        if (!decode_string(reader, &more, &more_bytes) || more_bytes != bytes)
            return false;
        value->text = str_concat(reader->arena, value->text, more);
    }
    return reader->token.kind != TOKEN_FSTRING_START;
}

static bool ends_items(TokenKind kind)
{
    return kind == TOKEN_RPAREN || kind == TOKEN_RBRACKET || kind == TOKEN_NEWLINE ||
           kind == TOKEN_SEMICOLON;
}

/* After the first item: the rest of "a, b, c". */
static bool read_items(Reader *reader, Const first, Const *value, int depth)
{
    VEC(Const) items = { 0 };
    VEC_PUSH(reader->arena, &items, first);
    while (reader->token.kind == TOKEN_COMMA) {
        next(reader);
        if (ends_items(reader->token.kind))
            break;
        Const item = { 0 };
        if (!read_sum(reader, &item, depth))
            return false;
        VEC_PUSH(reader->arena, &items, item);
    }
    *value = (Const){ .kind = CONST_TUPLE, .items = { items.items, items.len } };
    return true;
}

static bool read_bracketed(Reader *reader, Const *value, TokenKind closing, int depth)
{
    bool tuple = closing == TOKEN_RBRACKET;
    next(reader);
    if (reader->token.kind == closing) {
        *value = (Const){ .kind = CONST_TUPLE };
        next(reader);
        return true;
    }
    Const first = { 0 };
    if (!read_sum(reader, &first, depth + 1))
        return false;
    *value = first;
    if ((tuple || reader->token.kind == TOKEN_COMMA) &&
        !read_items(reader, first, value, depth + 1))
        return false;
    if (reader->token.kind != closing)
        return false;
    next(reader);
    return true;
}

static bool read_number(Reader *reader, Const *value, bool negative)
{
    Str problem;
    if (reader->token.kind != TOKEN_NUMBER ||
        !literal_number(reader->arena, token_str(reader), value, &problem))
        return false;
    if (value->kind == CONST_INT)
        value->integer = negative ? -value->integer : value->integer;
    else if (value->kind == CONST_FLOAT)
        value->number = negative ? -value->number : value->number;
    else if (negative || value->kind == CONST_COMPLEX)
        return false;
    next(reader);
    return true;
}

static bool read_name(Reader *reader, Const *value)
{
    const Known *known = find_known(reader, token_str(reader));
    if (!known || known->constant.state != CONSTANT_FOUND)
        return false;
    *value = *known->constant.value;
    next(reader);
    return true;
}

static bool read_keyword(Reader *reader, Const *value, ConstKind kind)
{
    *value = (Const){ .kind = kind };
    next(reader);
    return true;
}

static bool read_atom(Reader *reader, Const *value, int depth)
{
    if (depth > NESTING_MOST)
        return false;
    TokenKind kind = reader->token.kind;
    if (kind == TOKEN_STRING)
        return read_strings(reader, value);
    if (kind == TOKEN_NUMBER)
        return read_number(reader, value, false);
    if (kind == TOKEN_LPAREN)
        return read_bracketed(reader, value, TOKEN_RPAREN, depth);
    if (kind == TOKEN_LBRACKET)
        return read_bracketed(reader, value, TOKEN_RBRACKET, depth);
    if (kind == TOKEN_NAME)
        return read_name(reader, value);
    if (kind == TOKEN_MINUS) {
        next(reader);
        return read_number(reader, value, true);
    }
    return (kind == TOKEN_NONE && read_keyword(reader, value, CONST_NONE)) ||
           (kind == TOKEN_TRUE && read_keyword(reader, value, CONST_TRUE)) ||
           (kind == TOKEN_FALSE && read_keyword(reader, value, CONST_FALSE));
}

static bool add_consts(Reader *reader, Const *left, const Const *right)
{
    if (left->kind != right->kind)
        return false;
    if (left->kind == CONST_STR || left->kind == CONST_BYTES) {
        left->text = str_concat(reader->arena, left->text, right->text);
        return true;
    }
    if (left->kind != CONST_TUPLE)
        return false;
    size_t len = left->items.len + right->items.len;
    Const *items = ARENA_ARRAY(reader->arena, Const, len);
    for (size_t i = 0; i < len; i++)
        items[i] =
            i < left->items.len ? left->items.items[i] : right->items.items[i - left->items.len];
    left->items.items = items;
    left->items.len = len;
    return true;
}

static bool read_sum(Reader *reader, Const *value, int depth)
{
    if (!read_atom(reader, value, depth))
        return false;
    while (reader->token.kind == TOKEN_PLUS) {
        Const right = { 0 };
        next(reader);
        if (!read_atom(reader, &right, depth) || !add_consts(reader, value, &right))
            return false;
    }
    return true;
}

static bool ends_statement(TokenKind kind)
{
    return kind == TOKEN_NEWLINE || kind == TOKEN_SEMICOLON || kind == TOKEN_END ||
           kind == TOKEN_ERROR;
}

/* The value of an assignment, up to the end of the statement. */
static bool read_value(Reader *reader, Const *value)
{
    if (!read_sum(reader, value, 0))
        return false;
    if (reader->token.kind == TOKEN_COMMA && !read_items(reader, *value, value, 0))
        return false;
    return ends_statement(reader->token.kind) && !reader->failed;
}

static bool binds(TokenKind kind)
{
    return kind == TOKEN_EQUAL || kind == TOKEN_COLON_EQUAL ||
           (kind >= TOKEN_PLUS_EQUAL && kind <= TOKEN_CARET_EQUAL);
}

/*
 * Reads on to the end of a statement that is not understood, from its start. Names in it become
 * dynamic when it may bind them.
 */
static void skip_statement(Reader *reader, uint32_t start, bool may_bind)
{
    reader->lexer.at = start;
    reader->lexer.paren_count = reader->lexer.fstring_count = 0;
    VEC(Known *) seen = { 0 };
    for (next(reader); !ends_statement(reader->token.kind); next(reader)) {
        TokenKind kind = reader->token.kind;
        may_bind |= kind == TOKEN_COLON_EQUAL || (binds(kind) && reader->lexer.paren_count == 0);
        Known *known = kind == TOKEN_NAME ? find_known(reader, token_str(reader)) : NULL;
        if (known)
            VEC_PUSH(reader->arena, &seen, known);
    }
    Span span = { start, reader->token.start };
    for (size_t i = 0; may_bind && i < seen.len; i++)
        bind_dynamic(reader, seen.items[i], span);
}

/* After a name and a colon: to the `=`, or to the end. False where an annotation is not simple. */
static bool skip_annotation(Reader *reader)
{
    while (!ends_statement(reader->token.kind)) {
        if (reader->token.kind == TOKEN_EQUAL && reader->lexer.paren_count == 0)
            return true;
        if (reader->token.kind == TOKEN_COLON_EQUAL)
            return false;
        next(reader);
    }
    return true;
}

/* "a = b = VALUE" or "a: T = VALUE", at the first name. False when it is something else. */
static bool read_assignment(Reader *reader)
{
    VEC(Str) targets = { 0 };
    Const *value = ARENA_NEW(reader->arena, Const);
    for (;;) {
        if (reader->token.kind != TOKEN_NAME)
            break;
        Str name = token_str(reader);
        uint32_t start = reader->token.start;
        next(reader);
        if (targets.len == 0 && reader->token.kind == TOKEN_COLON) {
            if (!skip_annotation(reader))
                return false;
            if (reader->token.kind != TOKEN_EQUAL)
                return true;
        }
        if (reader->token.kind != TOKEN_EQUAL) {
            reader->lexer.at = start;
            reader->lexer.paren_count = 0;
            next(reader);
            break;
        }
        VEC_PUSH(reader->arena, &targets, name);
        next(reader);
    }
    uint32_t start = reader->token.start;
    if (targets.len == 0 || !read_value(reader, value))
        return false;
    Constant constant = { .state = CONSTANT_FOUND, .value = value, .source = reader->source };
    constant.span = (Span){ start, reader->last_end };
    VEC_EACH (Str, each, &targets)
        bind(reader, *each, constant);
    return true;
}

static void read_import(Reader *reader, uint32_t start)
{
    skip_statement(reader, start, true);
    uint32_t end = reader->token.start;
    Str text = source_slice(reader->source, (Span){ start, end });
    if (str_starts(text, STR("from")) && str_find_char(text, '*', 0) >= 0)
        bind_all_dynamic(reader, (Span){ start, end });
}

/* The simple statements of a line, from its start; the lexer is left behind the line. */
static void read_line(Reader *reader, uint32_t start)
{
    do {
        reader->lexer.at = start;
        next(reader);
        start = reader->token.start;
        TokenKind kind = reader->token.kind;
        if (kind == TOKEN_NEWLINE || kind == TOKEN_END)
            return;
        if (kind == TOKEN_IMPORT || kind == TOKEN_FROM)
            read_import(reader, start);
        else if (kind != TOKEN_NAME || !read_assignment(reader))
            skip_statement(reader, start, kind == TOKEN_DEL);
        start = reader->token.end;
    } while (reader->token.kind == TOKEN_SEMICOLON);
}

/* A line of a compound statement, or of its body: whatever it names may be bound in it. */
static void watch_line(Reader *reader, uint32_t start)
{
    reader->lexer.at = start;
    for (next(reader); reader->token.kind != TOKEN_NEWLINE; next(reader)) {
        if (reader->token.kind == TOKEN_END || reader->failed)
            return;
        Known *known =
            reader->token.kind == TOKEN_NAME ? find_known(reader, token_str(reader)) : NULL;
        if (known)
            bind_dynamic(reader, known, (Span){ reader->token.start, reader->token.end });
    }
}

/* Bytes that skip_line() must look at. */
static const bool special[256] = {
    ['\n'] = true, ['\''] = true, ['"'] = true, ['#'] = true, ['\\'] = true, ['('] = true,
    [')'] = true,  ['['] = true,  [']'] = true, ['{'] = true, ['}'] = true,
};

/* The letters before a quote: where the string with its prefix begins. */
static uint32_t prefix_start(const Source *source, uint32_t quote)
{
    const char *text = source->text.ptr;
    uint32_t start = quote;
    while (start > 0 && (char_is_alnum(text[start - 1]) || text[start - 1] == '_' ||
                         (unsigned char)text[start - 1] >= 0x80))
        start--;
    return start;
}

static bool is_fstring(const Source *source, uint32_t start, uint32_t quote)
{
    Str prefix = source_slice(source, (Span){ start, quote });
    return str_eq_nocase(prefix, STR("f")) || str_eq_nocase(prefix, STR("fr")) ||
           str_eq_nocase(prefix, STR("rf"));
}

/* Behind a string on one line without escapes, the most frequent; 0 for any other. */
static uint32_t skip_plain_string(const Source *source, uint32_t quote)
{
    const char *text = source->text.ptr;
    uint32_t end = (uint32_t)source->text.len;
    char mark = text[quote];
    for (uint32_t at = quote + 1; at < end && text[at] != '\n' && text[at] != '\\'; at++)
        if (text[at] == mark)
            return at == quote + 1 && at + 1 < end && text[at + 1] == mark ? 0 : at + 1;
    return 0;
}

/* From a quote to behind the string. */
static uint32_t skip_string(Reader *reader, uint32_t quote)
{
    uint32_t plain = skip_plain_string(reader->source, quote);
    bool prefixed = quote > 0 && char_is_alpha(reader->source->text.ptr[quote - 1]);
    if (plain && !prefixed)
        return plain;
    uint32_t start = prefix_start(reader->source, quote);
    bool formatted = is_fstring(reader->source, start, quote);
    reader->lexer.at = formatted ? start : quote;
    do
        next(reader);
    while (!reader->failed && reader->lexer.fstring_count > 0);
    return reader->lexer.at;
}

/* To the line after a logical line, the cheap way: strings, brackets and comments are known, no
 * more. */
static uint32_t skip_line(Reader *reader, uint32_t at)
{
    const char *text = reader->source->text.ptr;
    uint32_t end = (uint32_t)reader->source->text.len;
    int depth = 0;
    while (at < end && !reader->failed) {
        unsigned char c = (unsigned char)text[at];
        if (!special[c]) {
            at++;
        } else if (c == '\n') {
            at++;
            if (depth <= 0)
                return at;
        } else if (c == '#') {
            const char *line_end = memchr(text + at, '\n', end - at);
            at = line_end ? (uint32_t)(line_end - text) : end;
        } else if (c == '\'' || c == '"') {
            at = skip_string(reader, at);
        } else if (c == '\\') {
            at += 2;
        } else {
            depth += c == '(' || c == '[' || c == '{' ? 1 : -1;
            at++;
        }
    }
    reader->failed |= depth > 0;
    return end;
}

/* A decorator's line binds nothing; a def or class binds its name. */
static void bind_definition(Reader *reader, uint32_t at)
{
    reader->lexer.at = at;
    for (next(reader); token_is_keyword(reader->token.kind); next(reader))
        continue;
    Known *known = reader->token.kind == TOKEN_NAME ? find_known(reader, token_str(reader)) : NULL;
    if (known)
        bind_dynamic(reader, known, (Span){ reader->token.start, reader->token.end });
}

typedef enum LineKind { LINE_SIMPLE, LINE_DEFINITION, LINE_COMPOUND } LineKind;

static LineKind line_kind(Reader *reader, uint32_t at)
{
    static const TokenKind compound[] = { TOKEN_IF,    TOKEN_ELIF,   TOKEN_ELSE,   TOKEN_FOR,
                                          TOKEN_WHILE, TOKEN_TRY,    TOKEN_EXCEPT, TOKEN_WITH,
                                          TOKEN_ASYNC, TOKEN_FINALLY };
    Str text = reader->source->text;
    uint32_t end = at;
    while (end < text.len && char_is_alpha(text.ptr[end]))
        end++;
    Str word = str_slice(text, at, end);
    TokenKind kind = token_keyword(word);
    if (kind == TOKEN_DEF || kind == TOKEN_CLASS || text.ptr[at] == '@')
        return LINE_DEFINITION;
    if (kind == TOKEN_ASYNC && str_starts(str_trim_left(str_from_offset(text, end)), STR("def")))
        return LINE_DEFINITION;
    for (size_t i = 0; i < sizeof compound / sizeof *compound; i++) {
        if (kind == compound[i])
            return LINE_COMPOUND;
    }
    char next_char = end < text.len ? text.ptr[end] : '\n';
    bool soft = str_is(word, "match") && next_char != '=' && next_char != '.';
    return soft ? LINE_COMPOUND : LINE_SIMPLE;
}

static uint32_t skip_space(const Source *source, uint32_t at)
{
    while (at < source->text.len && (source->text.ptr[at] == ' ' || source->text.ptr[at] == '\t' ||
                                     source->text.ptr[at] == '\f'))
        at++;
    return at;
}

/* Whether the lines below a statement of the top level must be watched. */
static uint32_t read_statement(Reader *reader, uint32_t at, bool *watching)
{
    LineKind kind = line_kind(reader, at);
    *watching = kind == LINE_COMPOUND || (kind == LINE_DEFINITION && reader->has_global);
    if (kind == LINE_DEFINITION) {
        bind_definition(reader, at);
        return reader->failed ? at : skip_line(reader, at);
    }
    if (kind == LINE_COMPOUND)
        watch_line(reader, at);
    else
        read_line(reader, at);
    return reader->lexer.at;
}

static void read_file(Reader *reader)
{
    Str text = reader->source->text;
    bool watching = false;
    for (uint32_t at = 0; at < text.len && !reader->failed;) {
        uint32_t word = skip_space(reader->source, at);
        char c = word < text.len ? text.ptr[word] : '\n';
        reader->lexer.line_start = false;
        reader->lexer.paren_count = reader->lexer.fstring_count = 0;
        if (c == '\n' || c == '#') {
            const char *end = memchr(text.ptr + word, '\n', text.len - word);
            at = end ? (uint32_t)(end - text.ptr) + 1 : (uint32_t)text.len;
        } else if (word == at) {
            at = read_statement(reader, at, &watching);
        } else if (watching) {
            watch_line(reader, at);
            at = reader->lexer.at;
        } else {
            at = skip_line(reader, at);
        }
    }
}

static Str read_doc(Reader *reader)
{
    lexer_init(&reader->lexer, reader->source);
    next(reader);
    Const value;
    if (reader->token.kind != TOKEN_STRING || !read_strings(reader, &value) ||
        !ends_statement(reader->token.kind) || value.kind != CONST_STR)
        return STR_NONE;
    return value.text;
}

/* Something is open or wrong: lexing from the start tells what, in CPython's words. */
static bool report(Reader *reader)
{
    lexer_init(&reader->lexer, reader->source);
    reader->token.kind = TOKEN_NEWLINE;
    while (reader->token.kind != TOKEN_END && reader->token.kind != TOKEN_ERROR)
        next(reader);
    if (reader->token.kind == TOKEN_ERROR) {
        LexerError error = reader->lexer.error;
        return syntax_fail(reader->source, error.cls, error.span, reader->err, "%.*s",
                           STR_ARG(error.message));
    }
    bind_all_dynamic(reader, (Span){ 0, (uint32_t)reader->source->text.len });
    return true;
}

Loc constant_loc(const Constant *constant)
{
    return source_loc(constant->source, constant->span);
}

bool constants_read(Arena *arena, Str source, Str file, const char *const names[], size_t count,
                    Constant *found, Str *doc, Error *err)
{
    Reader reader = { .arena = arena, .err = err };
    if (!source_new(arena, source, file, false, &reader.source, err))
        return false;
    for (size_t i = 0; i < count; i++)
        VEC_PUSH(arena, &reader.known, ((Known){ .name = str_from(names[i]) }));
    reader.has_global = str_find(reader.source->text, STR("global"), 0) >= 0;
    *doc = read_doc(&reader);
    lexer_init(&reader.lexer, reader.source);
    reader.failed = false;
    read_file(&reader);
    if (reader.failed && !report(&reader))
        return false;
    for (size_t i = 0; i < count; i++)
        found[i] = reader.known.items[i].constant;
    return true;
}
