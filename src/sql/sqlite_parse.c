/* SPDX-License-Identifier: MIT */
/*
 * Parses the CREATE texts that SQLite keeps. It has accepted them before, so that little is
 * checked: what counts is to find every clause, and to give expressions back as they are written.
 */
#include "sql/sqlite_reflect.h"

#include "base/buf.h"

typedef enum TokenKind {
    TOKEN_END,
    TOKEN_WORD,
    TOKEN_QUOTED,
    TOKEN_STRING,
    TOKEN_SYMBOL
} TokenKind;

typedef struct Token {
    TokenKind kind;
    size_t begin, end;
    char symbol; /* of a TOKEN_SYMBOL */
} Token;

typedef struct Parser {
    Arena *arena;
    Str sql;
    Token token;     /* at hand */
    size_t last_end; /* of the token before it */
    SqliteTable *table;
    Error *err;
} Parser;

/* ---- tokens ---- */

static bool is_word_char(char c)
{
    return char_is_alnum(c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

static size_t skip_blanks(Str sql, size_t at)
{
    for (;;) {
        while (at < sql.len && char_is_space(sql.ptr[at]))
            at++;
        Str rest = str_from_offset(sql, at);
        ptrdiff_t end;
        if (str_starts(rest, STR("--"))) {
            end = str_find_char(sql, '\n', at);
            at = end < 0 ? sql.len : (size_t)end;
        } else if (str_starts(rest, STR("/*"))) {
            end = str_find(sql, STR("*/"), at + 2);
            at = end < 0 ? sql.len : (size_t)end + 2;
        } else {
            return at;
        }
    }
}

static size_t quoted_end(Str sql, size_t begin)
{
    char close = sql.ptr[begin] == '[' ? ']' : sql.ptr[begin];
    for (size_t i = begin + 1; i < sql.len; i++) {
        if (sql.ptr[i] != close)
            continue;
        if (close == ']' || i + 1 >= sql.len || sql.ptr[i + 1] != close)
            return i + 1;
        i++;
    }
    return sql.len;
}

static size_t word_end(Str sql, size_t at)
{
    while (at < sql.len && (is_word_char(sql.ptr[at]) ||
                            (sql.ptr[at] == '.' && at > 0 && char_is_digit(sql.ptr[at - 1]))))
        at++;
    return at;
}

static void advance(Parser *parser)
{
    Str sql = parser->sql;
    Token *token = &parser->token;
    parser->last_end = token->end;
    size_t begin = skip_blanks(sql, token->end);
    *token = (Token){ .begin = begin, .end = begin };
    if (begin >= sql.len)
        return;
    char c = sql.ptr[begin];
    if (c == '\'' || c == '"' || c == '`' || c == '[') {
        token->kind = c == '\'' ? TOKEN_STRING : TOKEN_QUOTED;
        token->end = quoted_end(sql, begin);
    } else if (is_word_char(c)) {
        token->kind = TOKEN_WORD;
        token->end = word_end(sql, begin);
    } else {
        token->kind = TOKEN_SYMBOL;
        token->symbol = c;
        token->end = begin + 1;
    }
}

static Str token_text(const Parser *parser)
{
    return str_slice(parser->sql, parser->token.begin, parser->token.end);
}

static bool is_symbol(const Parser *parser, char symbol)
{
    return parser->token.kind == TOKEN_SYMBOL && parser->token.symbol == symbol;
}

static bool is_word(const Parser *parser, const char *word)
{
    return parser->token.kind == TOKEN_WORD && str_eq_nocase(token_text(parser), str_from(word));
}

static bool take_word(Parser *parser, const char *word)
{
    bool there = is_word(parser, word);
    if (there)
        advance(parser);
    return there;
}

static bool take_symbol(Parser *parser, char symbol)
{
    bool there = is_symbol(parser, symbol);
    if (there)
        advance(parser);
    return there;
}

static bool not_understood(Parser *parser)
{
    Str near = str_slice(parser->sql, parser->token.begin, parser->token.begin + 30);
    return fail(parser->err, ERR_SCHEMA, "CREATE text not understood near '%.*s'", STR_ARG(near));
}

static bool expect_symbol(Parser *parser, char symbol)
{
    return take_symbol(parser, symbol) || not_understood(parser);
}

/* ---- names and expressions ---- */

static Str unquote(Arena *arena, Str text)
{
    if (text.len < 2 || !strchr("\"'`[", text.ptr[0]))
        return text;
    char close = text.ptr[0] == '[' ? ']' : text.ptr[0];
    Str inner = str_slice(text, 1, text.len - 1);
    char doubled[] = { close, close };
    return str_replace(arena, inner, (Str){ doubled, 2 }, (Str){ &close, 1 });
}

static bool take_name(Parser *parser, Str *name)
{
    TokenKind kind = parser->token.kind;
    if (kind != TOKEN_WORD && kind != TOKEN_QUOTED && kind != TOKEN_STRING)
        return not_understood(parser);
    *name = unquote(parser->arena, token_text(parser));
    advance(parser);
    return true;
}

/* What stands between the bracket at hand and its partner. */
static bool take_brackets(Parser *parser, Str *inner)
{
    size_t depth = 0, begin = parser->token.end;
    if (!is_symbol(parser, '('))
        return not_understood(parser);
    do {
        if (parser->token.kind == TOKEN_END)
            return not_understood(parser);
        depth += is_symbol(parser, '(');
        depth -= is_symbol(parser, ')');
        if (depth > 0)
            advance(parser);
    } while (depth > 0);
    *inner = str_trim(str_slice(parser->sql, begin, parser->token.begin));
    advance(parser);
    return true;
}

static bool take_upper(Parser *parser, Str *word)
{
    if (parser->token.kind != TOKEN_WORD)
        return not_understood(parser);
    *word = str_upper_ascii(parser->arena, token_text(parser));
    advance(parser);
    return true;
}

static bool take_conflict(Parser *parser, Str *conflict)
{
    if (!take_word(parser, "ON"))
        return true;
    return (take_word(parser, "CONFLICT") || not_understood(parser)) &&
           take_upper(parser, conflict);
}

/* A name with its COLLATE and order; an expression is not understood here. */
static bool take_key_column(Parser *parser, SqliteConstraint *constraint)
{
    Str name, collation;
    if (!take_name(parser, &name))
        return false;
    size_t begin = parser->token.begin;
    bool collates = take_word(parser, "COLLATE");
    if (collates && !take_name(parser, &collation))
        return false;
    bool descends = take_word(parser, "DESC");
    if (!descends)
        take_word(parser, "ASC");
    VEC_PUSH(parser->arena, &constraint->columns, name);
    VEC_PUSH(parser->arena, &constraint->words,
             collates || descends ? str_slice(parser->sql, begin, parser->last_end) : STR(""));
    if (take_word(parser, "AUTOINCREMENT"))
        parser->table->autoincrement = true;
    return true;
}

static bool take_key_columns(Parser *parser, SqliteConstraint *constraint)
{
    if (!expect_symbol(parser, '('))
        return false;
    do {
        if (!take_key_column(parser, constraint))
            return false;
    } while (take_symbol(parser, ','));
    return expect_symbol(parser, ')');
}

static bool take_names(Parser *parser, StrVec *names)
{
    if (!expect_symbol(parser, '('))
        return false;
    do {
        Str name;
        if (!take_name(parser, &name))
            return false;
        VEC_PUSH(parser->arena, names, name);
    } while (take_symbol(parser, ','));
    return expect_symbol(parser, ')');
}

/* ---- foreign keys ---- */

static bool take_action(Parser *parser, Str *action)
{
    if (take_word(parser, "SET")) {
        Str what;
        if (!take_upper(parser, &what))
            return false;
        *action = str_concat(parser->arena, STR("SET "), what);
        return true;
    }
    if (take_word(parser, "NO")) {
        *action = STR("NO ACTION");
        return take_word(parser, "ACTION") || not_understood(parser);
    }
    return take_upper(parser, action);
}

static bool take_on(Parser *parser, SqliteConstraint *constraint)
{
    if (take_word(parser, "DELETE"))
        return take_action(parser, &constraint->ondelete);
    if (take_word(parser, "UPDATE"))
        return take_action(parser, &constraint->onupdate);
    return not_understood(parser);
}

/* NOT at hand belongs to the foreign key only before DEFERRABLE. */
static bool at_not_deferrable(const Parser *parser)
{
    if (!is_word(parser, "NOT"))
        return false;
    Parser ahead = *parser;
    advance(&ahead);
    return is_word(&ahead, "DEFERRABLE");
}

static bool take_deferrable(Parser *parser, SqliteConstraint *constraint)
{
    constraint->deferrable = take_word(parser, "NOT") ? TRI_FALSE : TRI_TRUE;
    take_word(parser, "DEFERRABLE");
    return !take_word(parser, "INITIALLY") || take_upper(parser, &constraint->initially);
}

static bool take_references(Parser *parser, SqliteConstraint *constraint)
{
    constraint->kind = CONSTRAINT_FOREIGN_KEY;
    if (!take_name(parser, &constraint->ref_table))
        return false;
    if (is_symbol(parser, '(') && !take_names(parser, &constraint->ref_columns))
        return false;
    for (bool ok = true; ok;) {
        if (take_word(parser, "ON"))
            ok = take_on(parser, constraint);
        else if (take_word(parser, "MATCH"))
            ok = take_upper(parser, &constraint->match);
        else if (is_word(parser, "DEFERRABLE") || at_not_deferrable(parser))
            ok = take_deferrable(parser, constraint);
        else
            return true;
    }
    return false;
}

/* ---- columns ---- */

static void add_constraint(Parser *parser, const SqliteConstraint *constraint)
{
    VEC_PUSH(parser->arena, &parser->table->constraints, *constraint);
}

static bool take_column_primary_key(Parser *parser, SqliteColumn *column,
                                    SqliteConstraint *constraint)
{
    constraint->kind = CONSTRAINT_PRIMARY_KEY;
    column->primary_key = true;
    if (!take_word(parser, "KEY"))
        return not_understood(parser);
    if (take_word(parser, "DESC"))
        VEC_PUSH(parser->arena, &constraint->words, STR("DESC"));
    else
        take_word(parser, "ASC");
    if (!take_conflict(parser, &constraint->on_conflict))
        return false;
    if (take_word(parser, "AUTOINCREMENT"))
        column->autoincrement = parser->table->autoincrement = true;
    VEC_PUSH(parser->arena, &constraint->columns, column->name);
    add_constraint(parser, constraint);
    return true;
}

static bool take_default(Parser *parser, SqliteColumn *column)
{
    size_t begin = parser->token.begin;
    Str inner;
    if (is_symbol(parser, '(')) {
        if (!take_brackets(parser, &inner))
            return false;
    } else {
        if (is_symbol(parser, '-') || is_symbol(parser, '+'))
            advance(parser);
        if (parser->token.kind == TOKEN_END || parser->token.kind == TOKEN_SYMBOL)
            return not_understood(parser);
        bool blob = parser->token.end - parser->token.begin == 1 && (is_word(parser, "x"));
        advance(parser);
        if (blob && parser->token.kind == TOKEN_STRING && parser->token.begin == parser->last_end)
            advance(parser);
    }
    column->default_sql = str_slice(parser->sql, begin, parser->last_end);
    return true;
}

static bool take_generated(Parser *parser, SqliteColumn *column)
{
    if (!take_brackets(parser, &column->generated))
        return false;
    if (take_word(parser, "STORED"))
        column->stored = true;
    else
        take_word(parser, "VIRTUAL");
    return true;
}

static bool take_check(Parser *parser, SqliteConstraint *constraint)
{
    constraint->kind = CONSTRAINT_CHECK;
    if (!take_brackets(parser, &constraint->check) ||
        !take_conflict(parser, &constraint->on_conflict))
        return false;
    add_constraint(parser, constraint);
    return true;
}

static bool take_column_unique(Parser *parser, SqliteColumn *column, SqliteConstraint *constraint)
{
    constraint->kind = CONSTRAINT_UNIQUE;
    column->unique = true;
    VEC_PUSH(parser->arena, &constraint->columns, column->name);
    if (!take_conflict(parser, &constraint->on_conflict))
        return false;
    add_constraint(parser, constraint);
    return true;
}

static bool take_column_reference(Parser *parser, SqliteColumn *column,
                                  SqliteConstraint *constraint)
{
    VEC_PUSH(parser->arena, &constraint->columns, column->name);
    if (!take_references(parser, constraint))
        return false;
    add_constraint(parser, constraint);
    return true;
}

/* One clause after the type; `*more` is false when there is none. */
static bool take_column_clause(Parser *parser, SqliteColumn *column, bool *more)
{
    Str ignored = STR_NONE;
    SqliteConstraint constraint = { .column = (ptrdiff_t)parser->table->columns.len };
    if (take_word(parser, "CONSTRAINT") && !take_name(parser, &constraint.name))
        return false;
    if (take_word(parser, "PRIMARY"))
        return take_column_primary_key(parser, column, &constraint);
    if (take_word(parser, "UNIQUE"))
        return take_column_unique(parser, column, &constraint);
    if (take_word(parser, "CHECK"))
        return take_check(parser, &constraint);
    if (take_word(parser, "REFERENCES"))
        return take_column_reference(parser, column, &constraint);
    if (take_word(parser, "DEFAULT"))
        return take_default(parser, column);
    if (take_word(parser, "COLLATE"))
        return take_name(parser, &column->collation);
    if (take_word(parser, "NULL"))
        return take_conflict(parser, &ignored);
    if (take_word(parser, "AS"))
        return take_generated(parser, column);
    if (take_word(parser, "NOT")) {
        column->not_null = true;
        return (take_word(parser, "NULL") || not_understood(parser)) &&
               take_conflict(parser, &column->on_conflict_not_null);
    }
    *more = str_given(constraint.name);
    return true;
}

static bool begins_clause(const Parser *parser)
{
    static const char *const words[] = { "CONSTRAINT", "PRIMARY", "UNIQUE",     "CHECK",   "NOT",
                                         "REFERENCES", "DEFAULT", "COLLATE",    "NULL",    "AS",
                                         "GENERATED",  "ON",      "DEFERRABLE", "FOREIGN", NULL };
    for (const char *const *word = words; *word; word++)
        if (is_word(parser, *word))
            return true;
    return false;
}

static bool take_type(Parser *parser, SqliteColumn *column)
{
    size_t begin = parser->token.begin;
    while (!begins_clause(parser) &&
           (parser->token.kind == TOKEN_WORD || parser->token.kind == TOKEN_QUOTED ||
            parser->token.kind == TOKEN_STRING))
        advance(parser);
    Str inner;
    if (parser->token.begin > begin && is_symbol(parser, '(') && !take_brackets(parser, &inner))
        return false;
    column->type =
        parser->token.begin > begin ? str_slice(parser->sql, begin, parser->last_end) : STR("");
    return true;
}

static bool take_column(Parser *parser)
{
    SqliteColumn column = { 0 };
    if (!take_name(parser, &column.name) || !take_type(parser, &column))
        return false;
    if (take_word(parser, "GENERATED") && !take_word(parser, "ALWAYS"))
        return not_understood(parser);
    for (bool more = true; more;) {
        if (take_word(parser, "GENERATED") && !take_word(parser, "ALWAYS"))
            return not_understood(parser);
        if (!take_column_clause(parser, &column, &more))
            return false;
    }
    VEC_PUSH(parser->arena, &parser->table->columns, column);
    return true;
}

/* ---- the table ---- */

static bool take_table_foreign_key(Parser *parser, SqliteConstraint *constraint)
{
    if (!take_word(parser, "KEY") || !take_names(parser, &constraint->columns) ||
        !take_word(parser, "REFERENCES"))
        return not_understood(parser);
    if (!take_references(parser, constraint))
        return false;
    add_constraint(parser, constraint);
    return true;
}

static bool take_table_key(Parser *parser, SqliteConstraint *constraint, ConstraintKind kind)
{
    constraint->kind = kind;
    if (!take_key_columns(parser, constraint) || !take_conflict(parser, &constraint->on_conflict))
        return false;
    add_constraint(parser, constraint);
    return true;
}

/* A constraint of the table; `*there` is false when a column stands here. */
static bool take_table_constraint(Parser *parser, bool *there)
{
    SqliteConstraint constraint = { .column = -1 };
    *there = true;
    if (take_word(parser, "CONSTRAINT") && !take_name(parser, &constraint.name))
        return false;
    if (take_word(parser, "PRIMARY"))
        return (take_word(parser, "KEY") || not_understood(parser)) &&
               take_table_key(parser, &constraint, CONSTRAINT_PRIMARY_KEY);
    if (take_word(parser, "UNIQUE"))
        return take_table_key(parser, &constraint, CONSTRAINT_UNIQUE);
    if (take_word(parser, "CHECK"))
        return take_check(parser, &constraint);
    if (take_word(parser, "FOREIGN"))
        return take_table_foreign_key(parser, &constraint);
    *there = str_given(constraint.name);
    return true;
}

static bool take_items(Parser *parser)
{
    if (!expect_symbol(parser, '('))
        return false;
    while (!is_symbol(parser, ')')) {
        bool constraint;
        if (!take_table_constraint(parser, &constraint))
            return false;
        if (!constraint && !take_column(parser))
            return false;
        /* Commas between the constraints of a table may be missing. */
        if (!take_symbol(parser, ',') && parser->token.kind == TOKEN_END)
            return not_understood(parser);
    }
    return expect_symbol(parser, ')');
}

static bool take_options(Parser *parser)
{
    while (parser->token.kind == TOKEN_WORD) {
        if (take_word(parser, "STRICT"))
            parser->table->strict = true;
        else if (take_word(parser, "WITHOUT") && parser->token.kind == TOKEN_WORD)
            parser->table->without_rowid = true, advance(parser);
        else
            return not_understood(parser);
        if (!take_symbol(parser, ','))
            break;
    }
    take_symbol(parser, ';');
    return parser->token.kind == TOKEN_END || not_understood(parser);
}

static bool take_qualified(Parser *parser)
{
    Str name;
    if (take_word(parser, "IF")) {
        take_word(parser, "NOT");
        take_word(parser, "EXISTS");
    }
    return take_name(parser, &name) && (!take_symbol(parser, '.') || take_name(parser, &name));
}

static Parser parser_begin(Arena *arena, Str sql, Error *err)
{
    Parser parser = { .arena = arena, .sql = sql, .err = err };
    advance(&parser);
    return parser;
}

bool sqlite_parse_table(Arena *arena, Str sql, SqliteTable *table, Error *err)
{
    *table = (SqliteTable){ 0 };
    Parser parser = parser_begin(arena, sql, err);
    parser.table = table;
    if (!take_word(&parser, "CREATE"))
        return not_understood(&parser);
    if (take_word(&parser, "VIRTUAL")) {
        table->is_virtual = true;
        return true;
    }
    table->temporary = take_word(&parser, "TEMP") || take_word(&parser, "TEMPORARY");
    if (!take_word(&parser, "TABLE"))
        return not_understood(&parser);
    if (!take_qualified(&parser) || !take_items(&parser) || !take_options(&parser))
        return false;
    table->parsed = true;
    return true;
}

/* ---- indexes ---- */

/* A part up to the comma or bracket that ends it. */
static bool take_index_part(Parser *parser, SqliteIndex *index)
{
    SqliteIndexPart part = { .column = STR_NONE };
    size_t begin = parser->token.begin, count = 0;
    Str name = parser->token.kind == TOKEN_WORD || parser->token.kind == TOKEN_QUOTED
                   ? unquote(parser->arena, token_text(parser))
                   : STR_NONE;
    while (!is_symbol(parser, ',') && !is_symbol(parser, ')')) {
        Str inner;
        if (parser->token.kind == TOKEN_END)
            return not_understood(parser);
        if (!is_symbol(parser, '('))
            advance(parser);
        else if (!take_brackets(parser, &inner))
            return false;
        count++;
    }
    part.sql = str_slice(parser->sql, begin, parser->last_end);
    if (count == 1)
        part.column = name;
    VEC_PUSH(parser->arena, &index->parts, part);
    return true;
}

bool sqlite_parse_index(Arena *arena, Str sql, SqliteIndex *index, Error *err)
{
    Str name;
    *index = (SqliteIndex){ 0 };
    Parser parser = parser_begin(arena, sql, err);
    if (!take_word(&parser, "CREATE"))
        return not_understood(&parser);
    index->unique = take_word(&parser, "UNIQUE");
    if (!take_word(&parser, "INDEX"))
        return not_understood(&parser);
    if (!take_qualified(&parser) || !take_word(&parser, "ON") || !take_name(&parser, &name) ||
        !expect_symbol(&parser, '('))
        return not_understood(&parser);
    do {
        if (!take_index_part(&parser, index))
            return false;
    } while (take_symbol(&parser, ','));
    if (!expect_symbol(&parser, ')'))
        return false;
    if (take_word(&parser, "WHERE"))
        index->where = str_trim(str_from_offset(sql, parser.token.begin));
    return true;
}

bool sqlite_create_in(Arena *arena, Str sql, Str schema, Str *create, Error *err)
{
    Parser parser = parser_begin(arena, sql, err);
    if (!take_word(&parser, "CREATE"))
        return not_understood(&parser);
    take_word(&parser, "UNIQUE");
    if (!take_word(&parser, "INDEX") && !take_word(&parser, "TRIGGER"))
        return not_understood(&parser);
    Str doubled = str_replace(arena, schema, STR("\""), STR("\"\""));
    *create = str_format(arena, "%.*s \"%.*s\".%.*s",
                         STR_ARG(str_slice(sql, 0, parser.last_end)), STR_ARG(doubled),
                         STR_ARG(str_from_offset(sql, parser.token.begin)));
    return true;
}

/* ---- words in expressions ---- */

static bool at_name(const Parser *parser, Str name)
{
    if (parser->token.kind != TOKEN_WORD && parser->token.kind != TOKEN_QUOTED)
        return false;
    return str_eq_nocase(unquote(parser->arena, token_text(parser)), name);
}

bool sqlite_mentions(Str sql, Str name)
{
    Arena *arena = arena_new(NULL);
    Error err = error_in(arena);
    Parser parser = parser_begin(arena, sql, &err);
    while (parser.token.kind != TOKEN_END && !at_name(&parser, name))
        advance(&parser);
    bool found = parser.token.kind != TOKEN_END;
    arena_free(arena);
    return found;
}

Str sqlite_replace_word(Arena *arena, Str sql, Str name, Str to)
{
    Error err = error_in(arena);
    Parser parser = parser_begin(arena, sql, &err);
    Buf out = buf_in(arena);
    size_t done = 0;
    for (; parser.token.kind != TOKEN_END; advance(&parser)) {
        if (!at_name(&parser, name))
            continue;
        buf_put(&out, str_slice(sql, done, parser.token.begin));
        buf_put(&out, to);
        done = parser.token.end;
    }
    buf_put(&out, str_from_offset(sql, done));
    return buf_take(&out, arena);
}

bool sqlite_is_literal(Str sql)
{
    Error err = { 0 };
    Parser parser = parser_begin(NULL, sql, &err);
    if (is_symbol(&parser, '-') || is_symbol(&parser, '+'))
        advance(&parser);
    bool number = parser.token.kind == TOKEN_WORD && char_is_digit(sql.ptr[parser.token.begin]);
    bool literal = number || parser.token.kind == TOKEN_STRING || parser.token.kind == TOKEN_QUOTED;
    if (is_word(&parser, "x")) {
        advance(&parser);
        literal = parser.token.kind == TOKEN_STRING && parser.token.begin == parser.last_end;
    }
    advance(&parser);
    return literal && parser.token.kind == TOKEN_END;
}
