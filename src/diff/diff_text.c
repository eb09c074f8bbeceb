/* SPDX-License-Identifier: MIT */
/*
 * An expression is read with the precedences of PostgreSQL and written anew in one form, operators
 * first: "(and (> x 0) (in y 'a' 'b'))". What is not understood has no form.
 */
#include "diff/diff_text.h"

#include "base/buf.h"
#include "diff/diff_lexer.h"

typedef struct Reader {
    Arena *arena;
    TextLexer lexer;
    TextToken token; /* the next one */
    bool loose;      /* casts that a server puts in by itself are left out */
    bool casts;      /* some were */
    bool failed;
    int depth;
} Reader;

enum { MAX_DEPTH = 200 };

typedef enum Binding {
    BIND_NOTHING,
    BIND_OR,
    BIND_AND,
    BIND_NOT,
    BIND_IS,
    BIND_COMPARE,
    BIND_LIKE,
    BIND_OTHER,
    BIND_ADD,
    BIND_MULTIPLY,
    BIND_POWER,
    BIND_COLLATE,
    BIND_SIGN,
    BIND_CAST,
} Binding;

static Str read_expr(Reader *reader, Binding least);

static void advance(Reader *reader)
{
    reader->token = text_lexer_next(&reader->lexer);
}

static Str give_up(Reader *reader)
{
    reader->failed = true;
    reader->token = (TextToken){ .kind = TOKEN_END };
    return STR("?");
}

static bool at_word(const Reader *reader, const char *word)
{
    return reader->token.kind == TOKEN_WORD && str_is(reader->token.text, word);
}

static bool at_mark(const Reader *reader, const char *mark)
{
    return reader->token.kind == TOKEN_MARK && str_is(reader->token.text, mark);
}

static bool take_word(Reader *reader, const char *word)
{
    if (!at_word(reader, word))
        return false;
    advance(reader);
    return true;
}

static bool take_mark(Reader *reader, const char *mark)
{
    if (!at_mark(reader, mark))
        return false;
    advance(reader);
    return true;
}

static void want_mark(Reader *reader, const char *mark)
{
    if (!take_mark(reader, mark))
        give_up(reader);
}

static Str node(Reader *reader, Str op, Str left, Str right)
{
    return str_format(reader->arena, "(%.*s %.*s %.*s)", STR_ARG(op), STR_ARG(left),
                      STR_ARG(right));
}

static Str node1(Reader *reader, const char *op, Str operand)
{
    return str_format(reader->arena, "(%s %.*s)", op, STR_ARG(operand));
}

/* The operands of "(op ...)" where it is that, else the text itself. */
static Str flat(Str text, Str op)
{
    bool is = text.len > op.len + 3 && text.ptr[0] == '(' &&
              str_starts(str_slice(text, 1, text.len), op) && text.ptr[op.len + 1] == ' ';
    return is ? str_slice(text, op.len + 2, text.len - 1) : text;
}

static Str joined(Reader *reader, const char *op, Str left, Str right)
{
    Str word = str_from(op);
    return node(reader, word, flat(left, word), flat(right, word));
}

static bool is_literal(Str text)
{
    return text.len && (text.ptr[0] == '\'' || char_is_digit(text.ptr[0]) ||
                        (text.ptr[0] == '-' && text.len > 1 && char_is_digit(text.ptr[1])));
}

/* --- types and casts --- */

static Str type_name(Str word)
{
    static const char *const names[][2] = {
        { "varchar", "character varying" },
        { "int", "integer" },
        { "int4", "integer" },
        { "int8", "bigint" },
        { "int2", "smallint" },
        { "bool", "boolean" },
        { "float8", "double precision" },
        { "float4", "real" },
        { "float", "double precision" },
        { "decimal", "numeric" },
        { "timestamptz", "timestamp with time zone" },
        { "timestamp", "timestamp without time zone" },
        { "time", "time without time zone" },
        { "char", "character" },
        { "bpchar", "character" },
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_is(word, names[i][0]))
            return str_from(names[i][1]);
    return word;
}

/* "(10, 2)" behind a type's name. */
static Str read_type_args(Reader *reader)
{
    Buf buf = buf_in(reader->arena);
    if (!take_mark(reader, "("))
        return STR("");
    buf_putc(&buf, '(');
    while (reader->token.kind == TOKEN_NUMBER || at_mark(reader, ",")) {
        buf_put(&buf, reader->token.text);
        advance(reader);
    }
    buf_putc(&buf, ')');
    want_mark(reader, ")");
    return buf_str(&buf);
}

static Str read_type(Reader *reader)
{
    if (reader->token.kind != TOKEN_WORD && reader->token.kind != TOKEN_NAME)
        return give_up(reader);
    Str name = reader->token.text;
    advance(reader);
    while (take_mark(reader, ".")) {
        name = reader->token.text;
        advance(reader);
    }
    if (str_is(name, "character") && take_word(reader, "varying"))
        name = STR("character varying");
    if (str_is(name, "double"))
        take_word(reader, "precision");
    Str args = read_type_args(reader);
    bool with = at_word(reader, "with");
    bool timed = str_is(name, "timestamp") || str_is(name, "time");
    if (timed && (take_word(reader, "with") || take_word(reader, "without"))) {
        if (!take_word(reader, "time") || !take_word(reader, "zone"))
            return give_up(reader);
        name = str_format(reader->arena, "%.*s %s time zone", STR_ARG(name),
                          with ? "with" : "without");
    }
    name = str_concat(reader->arena, type_name(name), args);
    while (take_mark(reader, "[")) {
        want_mark(reader, "]");
        name = str_concat(reader->arena, name, STR("[]"));
    }
    return name;
}

/* Types that a server casts to by itself where operators and functions want them. */
static bool is_implied(Str type)
{
    static const char *const names[] = { "text", "character varying", "numeric", "double precision",
                                         "character" };
    ptrdiff_t bracket = str_find_char(type, '[', 0);
    if (bracket >= 0)
        type = str_slice(type, 0, (size_t)bracket);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_is(type, names[i]))
            return true;
    return false;
}

static bool is_number_text(Str text)
{
    if (text.len < 3 || text.ptr[0] != '\'')
        return false;
    for (size_t i = 1; i + 1 < text.len; i++)
        if (!char_is_digit(text.ptr[i]) && text.ptr[i] != '.' && !(i == 1 && text.ptr[i] == '-'))
            return false;
    return text.ptr[text.len - 2] != '-';
}

static bool is_number_type(Str type)
{
    return str_is(type, "integer") || str_is(type, "bigint") || str_is(type, "smallint") ||
           str_is(type, "real") || str_is(type, "double precision") ||
           str_starts(type, STR("numeric"));
}

static Str cast(Reader *reader, Str operand, Str type)
{
    if (is_literal(operand) && reader->loose)
        return is_number_type(type) && is_number_text(operand)
                   ? str_slice(operand, 1, operand.len - 1)
                   : operand;
    if (reader->loose && is_implied(type)) {
        reader->casts = true;
        return operand;
    }
    return node(reader, STR("::"), operand, type);
}

/* --- operands --- */

/* Up to the closing bracket, joined by blanks. */
static Str read_list(Reader *reader, const char *close, size_t *count)
{
    Buf buf = buf_in(reader->arena);
    *count = 0;
    while (!reader->failed && !at_mark(reader, close)) {
        if ((*count)++) {
            want_mark(reader, ",");
            buf_putc(&buf, ' ');
        }
        if (take_mark(reader, "*"))
            buf_putc(&buf, '*');
        else
            buf_put(&buf, read_expr(reader, BIND_NOTHING));
    }
    want_mark(reader, close);
    return buf_str(&buf);
}

static Str read_case(Reader *reader)
{
    Buf buf = buf_in(reader->arena);
    buf_puts(&buf, "(case");
    if (!at_word(reader, "when")) {
        buf_putc(&buf, ' ');
        buf_put(&buf, read_expr(reader, BIND_NOTHING));
    }
    while (take_word(reader, "when")) {
        buf_puts(&buf, " when ");
        buf_put(&buf, read_expr(reader, BIND_NOTHING));
        if (!take_word(reader, "then"))
            return give_up(reader);
        buf_putc(&buf, ' ');
        buf_put(&buf, read_expr(reader, BIND_NOTHING));
    }
    Str otherwise = STR("null");
    if (take_word(reader, "else"))
        otherwise = read_expr(reader, BIND_NOTHING);
    buf_puts(&buf, " else ");
    buf_put(&buf, otherwise);
    buf_putc(&buf, ')');
    return take_word(reader, "end") ? buf_str(&buf) : give_up(reader);
}

static Str read_cast(Reader *reader)
{
    want_mark(reader, "(");
    Str operand = read_expr(reader, BIND_NOTHING);
    if (!take_word(reader, "as"))
        return give_up(reader);
    Str type = read_type(reader);
    want_mark(reader, ")");
    return cast(reader, operand, type);
}

static Str read_extract(Reader *reader)
{
    want_mark(reader, "(");
    Str field = reader->token.text;
    advance(reader);
    if (!take_word(reader, "from"))
        return give_up(reader);
    Str from = read_expr(reader, BIND_NOTHING);
    want_mark(reader, ")");
    return node(reader, STR("extract"), field, from);
}

static Str read_call(Reader *reader, Str name)
{
    size_t count;
    Str args = read_list(reader, ")", &count);
    return str_format(reader->arena, "(call %.*s%s%.*s)", STR_ARG(name), count ? " " : "",
                      STR_ARG(args));
}

/* A column, with or without its table, or a function. */
static Str read_name(Reader *reader)
{
    Str name = reader->token.text;
    advance(reader);
    while (take_mark(reader, ".")) {
        name = reader->token.text;
        advance(reader);
    }
    return take_mark(reader, "(") ? read_call(reader, name) : name;
}

static bool is_literal_type(Str word)
{
    return str_is(word, "date") || str_is(word, "time") || str_is(word, "timestamp") ||
           str_is(word, "interval") || str_is(word, "timestamptz");
}

static Str read_word(Reader *reader)
{
    Str word = reader->token.text;
    size_t count;
    if (take_word(reader, "case"))
        return read_case(reader);
    if (take_word(reader, "not"))
        return node1(reader, "not", read_expr(reader, BIND_NOT));
    if (take_word(reader, "cast"))
        return read_cast(reader);
    if (take_word(reader, "extract"))
        return read_extract(reader);
    if (at_word(reader, "select") || at_word(reader, "exists"))
        return give_up(reader);
    if (take_word(reader, "array")) {
        want_mark(reader, "[");
        Str items = read_list(reader, "]", &count);
        return str_format(reader->arena, "(array %.*s)", STR_ARG(items));
    }
    Str name = read_name(reader);
    if (is_literal_type(word) && reader->token.kind == TOKEN_STRING) {
        Str text = reader->token.text;
        advance(reader);
        return cast(reader, text, type_name(word));
    }
    return name;
}

static Str read_brackets(Reader *reader)
{
    size_t count;
    Str list = read_list(reader, ")", &count);
    return count == 1 ? list : str_format(reader->arena, "(row %.*s)", STR_ARG(list));
}

static Str read_sign(Reader *reader, Str sign)
{
    Str operand = read_expr(reader, BIND_SIGN);
    if (str_is(sign, "+"))
        return operand;
    if (str_is(sign, "-") && operand.len && char_is_digit(operand.ptr[0]))
        return str_concat(reader->arena, STR("-"), operand);
    return str_format(reader->arena, "(%.*s %.*s)", STR_ARG(sign), STR_ARG(operand));
}

static Str read_operand(Reader *reader)
{
    TextToken token = reader->token;
    switch (token.kind) {
    case TOKEN_WORD:
        return read_word(reader);
    case TOKEN_NAME:
        return read_name(reader);
    case TOKEN_STRING:
    case TOKEN_NUMBER:
        advance(reader);
        return token.text;
    case TOKEN_MARK:
        return take_mark(reader, "(") ? read_brackets(reader) : give_up(reader);
    case TOKEN_OPERATOR:
        advance(reader);
        return read_sign(reader, token.text);
    case TOKEN_END:
    case TOKEN_BAD:
        break;
    }
    return give_up(reader);
}

/* --- operators --- */

static Binding binding_of(Str op)
{
    static const struct {
        const char *op;
        Binding binding;
    } rows[] = { { "=", BIND_COMPARE },  { "<>", BIND_COMPARE }, { "!=", BIND_COMPARE },
                 { "==", BIND_COMPARE }, { "<", BIND_COMPARE },  { ">", BIND_COMPARE },
                 { "<=", BIND_COMPARE }, { ">=", BIND_COMPARE }, { "+", BIND_ADD },
                 { "-", BIND_ADD },      { "*", BIND_MULTIPLY }, { "/", BIND_MULTIPLY },
                 { "%", BIND_MULTIPLY }, { "^", BIND_POWER },    { "::", BIND_CAST } };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (str_is(op, rows[i].op))
            return rows[i].binding;
    return BIND_OTHER;
}

static Str in_list(Reader *reader, Str left, Str list, size_t count, bool negated)
{
    if (count == 1)
        return node(reader, negated ? STR("<>") : STR("="), left, list);
    return node(reader, negated ? STR("notin") : STR("in"), left, list);
}

static size_t count_items(Str list)
{
    size_t count = list.len != 0;
    int depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < list.len; i++) {
        char c = list.ptr[i];
        if (c == '\'')
            quoted = !quoted;
        else if (!quoted && (c == '(' || c == ')'))
            depth += c == '(' ? 1 : -1;
        else if (!quoted && !depth && c == ' ')
            count++;
    }
    return count;
}

/* "= ANY (ARRAY[...])" is IN, "<> ALL (ARRAY[...])" is NOT IN. */
static Str read_any(Reader *reader, Str left, Str op, const char *word)
{
    want_mark(reader, "(");
    Str array = read_expr(reader, BIND_NOTHING);
    want_mark(reader, ")");
    bool is = str_is(op, "=") && str_is(str_from(word), "any");
    bool negated = str_is(op, "<>") && str_is(str_from(word), "all");
    if ((is || negated) && str_starts(array, STR("(array "))) {
        Str list = flat(array, STR("array"));
        return in_list(reader, left, list, count_items(list), negated);
    }
    return str_format(reader->arena, "(%.*s-%s %.*s %.*s)", STR_ARG(op), word, STR_ARG(left),
                      STR_ARG(array));
}

static Str read_infix(Reader *reader, Str left, Str op, Binding binding)
{
    advance(reader);
    if (binding == BIND_CAST)
        return cast(reader, left, read_type(reader));
    if (str_is(op, "!="))
        op = STR("<>");
    if (str_is(op, "=="))
        op = STR("=");
    if (take_word(reader, "any") || take_word(reader, "some"))
        return read_any(reader, left, op, "any");
    if (take_word(reader, "all"))
        return read_any(reader, left, op, "all");
    return node(reader, op, left, read_expr(reader, binding));
}

static Str read_is(Reader *reader, Str left)
{
    bool negated = take_word(reader, "not");
    Str prefix = negated ? STR("isnot") : STR("is");
    if (take_word(reader, "distinct")) {
        if (!take_word(reader, "from"))
            return give_up(reader);
        prefix = negated ? STR("isnotdistinct") : STR("isdistinct");
    }
    return node(reader, prefix, left, read_expr(reader, BIND_IS));
}

static Str read_between(Reader *reader, Str left, bool negated)
{
    Str low = read_expr(reader, BIND_LIKE);
    if (!take_word(reader, "and"))
        return give_up(reader);
    Str high = read_expr(reader, BIND_LIKE);
    Str first = node(reader, negated ? STR("<") : STR(">="), left, low);
    Str last = node(reader, negated ? STR(">") : STR("<="), left, high);
    return joined(reader, negated ? "or" : "and", first, last);
}

/* LIKE and its kin; PostgreSQL writes them as operators. */
static Str read_like(Reader *reader, Str left, bool negated)
{
    size_t count;
    if (take_word(reader, "between"))
        return read_between(reader, left, negated);
    if (take_word(reader, "in")) {
        want_mark(reader, "(");
        Str list = read_list(reader, ")", &count);
        return in_list(reader, left, list, count, negated);
    }
    if (take_word(reader, "like"))
        return node(reader, negated ? STR("!~~") : STR("~~"), left, read_expr(reader, BIND_LIKE));
    if (take_word(reader, "ilike"))
        return node(reader, negated ? STR("!~~*") : STR("~~*"), left, read_expr(reader, BIND_LIKE));
    return give_up(reader);
}

static Str read_collate(Reader *reader, Str left)
{
    Str name = reader->token.text;
    advance(reader);
    while (take_mark(reader, ".")) {
        name = reader->token.text;
        advance(reader);
    }
    return node(reader, STR("collate"), left, str_lower_ascii(reader->arena, name));
}

static Binding word_binding(const Reader *reader)
{
    static const struct {
        const char *word;
        Binding binding;
    } rows[] = { { "or", BIND_OR },      { "and", BIND_AND },      { "is", BIND_IS },
                 { "not", BIND_LIKE },   { "in", BIND_LIKE },      { "like", BIND_LIKE },
                 { "ilike", BIND_LIKE }, { "between", BIND_LIKE }, { "collate", BIND_COLLATE },
                 { "at", BIND_COLLATE } };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (at_word(reader, rows[i].word))
            return rows[i].binding;
    return BIND_NOTHING;
}

static Str read_word_operator(Reader *reader, Str left)
{
    if (take_word(reader, "or"))
        return joined(reader, "or", left, read_expr(reader, BIND_OR));
    if (take_word(reader, "and"))
        return joined(reader, "and", left, read_expr(reader, BIND_AND));
    if (take_word(reader, "is"))
        return read_is(reader, left);
    if (take_word(reader, "collate"))
        return read_collate(reader, left);
    if (take_word(reader, "at")) {
        if (!take_word(reader, "time") || !take_word(reader, "zone"))
            return give_up(reader);
        return node(reader, STR("zone"), left, read_expr(reader, BIND_COLLATE));
    }
    bool negated = take_word(reader, "not");
    return read_like(reader, left, negated);
}

/* Left-associative: an operator that binds no tighter than `least` is left to the caller. */
static Str read_expr(Reader *reader, Binding least)
{
    if (++reader->depth > MAX_DEPTH)
        return give_up(reader);
    Str left = read_operand(reader);
    while (!reader->failed) {
        bool op = reader->token.kind == TOKEN_OPERATOR;
        Binding binding = op ? binding_of(reader->token.text) : word_binding(reader);
        if (binding <= least)
            break;
        left = op ? read_infix(reader, left, reader->token.text, binding)
                  : read_word_operator(reader, left);
    }
    reader->depth--;
    return left;
}

/* The one form of `sql`; STR_NONE where it is not understood. */
static Str form(Arena *arena, Str sql, bool loose, bool *casts)
{
    Reader reader = { .arena = arena, .loose = loose };
    reader.lexer = (TextLexer){ .arena = arena, .sql = sql };
    advance(&reader);
    Str text = read_expr(&reader, BIND_NOTHING);
    *casts = reader.casts;
    return reader.failed || reader.token.kind != TOKEN_END ? STR_NONE : text;
}

TextAnswer text_same(Arena *arena, bool server_casts, Str model, Str database)
{
    TextAnswer answer = TEXT_UNKNOWN;
    bool ours, theirs;
    if (str_eq(str_trim(model), str_trim(database)))
        return TEXT_SAME;
    Arena *scratch = arena_new(arena);
    Str left = form(scratch, model, false, &ours), right = form(scratch, database, false, &theirs);
    if (str_given(left) && str_eq(left, right)) {
        answer = TEXT_SAME;
    } else if (server_casts && str_given(left) && str_given(right)) {
        left = form(scratch, model, true, &ours);
        right = form(scratch, database, true, &theirs);
        if (str_eq(left, right))
            answer = ours ? TEXT_ALIKE : TEXT_SAME;
    }
    arena_free(scratch);
    return answer;
}
