/* SPDX-License-Identifier: MIT */
/*
 * SQL expressions and statements as a tree: what sa.text(), func.x(), column operators, select()
 * and the like build. One node struct; a node's meaning is its kind, its operands are `args`.
 * sql/query.h writes them. Nodes are never changed once another node holds them: the generative
 * methods of scripts (where, order_by, ...) copy the Query first.
 */
#ifndef LIMBECK_SCHEMA_EXPR_H
#define LIMBECK_SCHEMA_EXPR_H

#include "schema/type.h"

typedef struct Expr Expr;
typedef struct Query Query;
typedef VEC(Expr *) ExprVec;

typedef enum ExprKind {
    EXPR_TEXT,           /* text: SQL with :name binds, `\:` for a colon; args: the binds given */
    EXPR_LITERAL_COLUMN, /* text: SQL as it stands */
    EXPR_COLUMN,         /* column, or name; from: the alias it is taken from, or NULL */
    EXPR_BIND, /* value (name: the key of bindparam(); `bound` false: no value was given) */
    EXPR_NULL,
    EXPR_TRUE,
    EXPR_FALSE,
    EXPR_DEFAULT,    /* DEFAULT as a value */
    EXPR_FUNCTION,   /* name(args); text: "schema." in front, as it stands */
    EXPR_UNARY,      /* op args[0] */
    EXPR_BINARY,     /* args[0] op args[1]; text: the operator of OP_CUSTOM, or flags of a REGEXP */
    EXPR_BOOLEAN,    /* args joined by op (OPERATOR_AND, OPERATOR_OR); none: nothing */
    EXPR_AS_BOOLEAN, /* args[0], a boolean value as a condition; op: IS_TRUE or IS_FALSE */
    EXPR_BETWEEN,   /* args[0] BETWEEN args[1] AND args[2]; op: OPERATOR_BETWEEN and its negation */
    EXPR_IN,        /* args[0] IN args[1] (a list or a select); op: IN and NOT IN */
    EXPR_LIST,      /* args joined by commas */
    EXPR_TUPLE,     /* (args) */
    EXPR_GROUP,     /* (args[0]) */
    EXPR_CAST,      /* CAST(args[0] AS type) */
    EXPR_COERCE,    /* type_coerce(): args[0], treated as type */
    EXPR_CASE,      /* args: WHEN, THEN pairs; value_of: the operand or NULL; otherwise: ELSE */
    EXPR_EXTRACT,   /* EXTRACT(text FROM args[0]) */
    EXPR_LABEL,     /* args[0] AS name; name not given: anonymous */
    EXPR_LABEL_REF, /* a label or a column by its name, in ORDER BY and the like */
    EXPR_COLLATE,   /* args[0] COLLATE text */
    EXPR_EXISTS,    /* EXISTS (args[0], a select; or query) */
    EXPR_SCALAR,    /* (args[0], a select; or query) as a value */
    EXPR_OVER,      /* args[0] OVER (PARTITION BY partition_by ORDER BY order_by window) */
    EXPR_FILTER,    /* args[0] FILTER (WHERE args[1]) */
    EXPR_WITHIN_GROUP,    /* args[0] WITHIN GROUP (ORDER BY order_by) */
    EXPR_ARRAY,           /* PG: ARRAY[args] */
    EXPR_SLICE,           /* args[0]:args[1], in the brackets of an array */
    EXPR_AGGREGATE_ORDER, /* PG: args[0] ORDER BY order_by */
    EXPR_SEQUENCE_NEXT,   /* nextval of `sequence` */
    EXPR_TABLE,           /* table */
    EXPR_ALIAS,           /* args[0] (a table, a select, a function) AS name; no name: anonymous */
    EXPR_CTE,             /* as an alias, in WITH; `recursive`, `nesting`; restates */
    EXPR_LATERAL,
    EXPR_TABLESAMPLE, /* args[0], a table, AS name TABLESAMPLE args[1] REPEATABLE (otherwise) */
    EXPR_EXCLUDED,    /* the row that INSERT could not put into args[0] */
    EXPR_JOIN,        /* args[0] JOIN args[1] ON args[2]; `outer`, `full` */
    EXPR_VALUES,      /* VALUES (...), rows of args, each a tuple; query->columns: what they are */
    EXPR_SELECT,      /* query */
    EXPR_COMPOUND,    /* args joined by text (UNION, UNION ALL, ...); query: order by, limit */
    EXPR_TEXT_SELECT, /* args[0], a text; query->columns: what it gives */
    EXPR_INSERT,      /* query */
    EXPR_UPDATE,      /* query */
    EXPR_DELETE,      /* query */
    EXPR_SCRIPT,      /* script: a class with @compiles, or an expression only the script knows */
} ExprKind;

/*
 * X(enumerator, SQL, precedence (higher binds tighter), negation or NONE, whether an operand with
 * the same operator needs no brackets)
 */
#define OPERATORS(X)                                              \
    X(NONE, "", 100, NONE, 0)                                     \
    X(AND, "AND", 3, NONE, 1)                                     \
    X(OR, "OR", 2, NONE, 1)                                       \
    X(NOT, "NOT", 5, NONE, 0)                                     \
    X(EQ, "=", 5, NE, 0)                                          \
    X(NE, "!=", 5, EQ, 0)                                         \
    X(LT, "<", 5, GE, 0)                                          \
    X(LE, "<=", 5, GT, 0)                                         \
    X(GT, ">", 5, LE, 0)                                          \
    X(GE, ">=", 5, LT, 0)                                         \
    X(IS, "IS", 5, IS_NOT, 0)                                     \
    X(IS_NOT, "IS NOT", 5, IS, 0)                                 \
    X(IS_DISTINCT, "IS DISTINCT FROM", 5, IS_NOT_DISTINCT, 0)     \
    X(IS_NOT_DISTINCT, "IS NOT DISTINCT FROM", 5, IS_DISTINCT, 0) \
    X(IN, "IN", 5, NOT_IN, 0)                                     \
    X(NOT_IN, "NOT IN", 5, IN, 0)                                 \
    X(LIKE, "LIKE", 5, NOT_LIKE, 0)                               \
    X(NOT_LIKE, "NOT LIKE", 5, LIKE, 0)                           \
    X(ILIKE, "ILIKE", 5, NOT_ILIKE, 0)                            \
    X(NOT_ILIKE, "NOT ILIKE", 5, ILIKE, 0)                        \
    X(STARTS, "LIKE", -100, NOT_STARTS, 0)                        \
    X(NOT_STARTS, "NOT LIKE", -100, STARTS, 0)                    \
    X(ENDS, "LIKE", -100, NOT_ENDS, 0)                            \
    X(NOT_ENDS, "NOT LIKE", -100, ENDS, 0)                        \
    X(HOLDS, "LIKE", -100, NOT_HOLDS, 0)                          \
    X(NOT_HOLDS, "NOT LIKE", -100, HOLDS, 0)                      \
    X(ISTARTS, "ILIKE", -100, NOT_ISTARTS, 0)                     \
    X(NOT_ISTARTS, "NOT ILIKE", -100, ISTARTS, 0)                 \
    X(IENDS, "ILIKE", -100, NOT_IENDS, 0)                         \
    X(NOT_IENDS, "NOT ILIKE", -100, IENDS, 0)                     \
    X(IHOLDS, "ILIKE", -100, NOT_IHOLDS, 0)                       \
    X(NOT_IHOLDS, "NOT ILIKE", -100, IHOLDS, 0)                   \
    X(REGEXP, "REGEXP", 5, NOT_REGEXP, 0)                         \
    X(NOT_REGEXP, "NOT REGEXP", 5, REGEXP, 0)                     \
    X(REGEXP_REPLACE, "", 5, NONE, 0)                             \
    X(MATCH_TEXT, "MATCH", 5, NOT_MATCH_TEXT, 0)                  \
    X(NOT_MATCH_TEXT, "NOT MATCH", 5, MATCH_TEXT, 0)              \
    X(BETWEEN, "BETWEEN", 5, NOT_BETWEEN, 0)                      \
    X(NOT_BETWEEN, "NOT BETWEEN", 5, BETWEEN, 0)                  \
    X(CONCAT, "||", 5, NONE, 1)                                   \
    X(ADD, "+", 7, NONE, 1)                                       \
    X(SUB, "-", 7, NONE, 0)                                       \
    X(MUL, "*", 8, NONE, 1)                                       \
    X(DIV, "/", 8, NONE, 0)                                       \
    X(FLOOR_DIV, "/", 8, NONE, 0)                                 \
    X(MOD, "%", 8, NONE, 0)                                       \
    X(NEG, "-", 8, NONE, 0)                                       \
    X(BITWISE_AND, "&", 7, NONE, 0)                               \
    X(BITWISE_OR, "|", 7, NONE, 0)                                \
    X(BITWISE_XOR, "^", 7, NONE, 0)                               \
    X(BITWISE_NOT, "~", 8, NONE, 0)                               \
    X(SHIFT_LEFT, "<<", 7, NONE, 0)                               \
    X(SHIFT_RIGHT, ">>", 7, NONE, 0)                              \
    X(DESC, "DESC", 1, NONE, 0)                                   \
    X(ASC, "ASC", 1, NONE, 0)                                     \
    X(NULLS_FIRST, "NULLS FIRST", 15, NONE, 0)                    \
    X(NULLS_LAST, "NULLS LAST", 15, NONE, 0)                      \
    X(DISTINCT, "DISTINCT", 5, NONE, 0)                           \
    X(COLLATE, "COLLATE", 4, NONE, 0)                             \
    X(EXISTS, "EXISTS", 0, NONE, 0)                               \
    X(FILTER, "FILTER", 6, NONE, 0)                               \
    X(COMMA, ",", -1, NONE, 0)                                    \
    X(IS_TRUE, "", 5, IS_FALSE, 0)                                \
    X(IS_FALSE, "", 5, IS_TRUE, 0)                                \
    X(AS_BOOLEAN, "", -10, NONE, 0)                               \
    X(ANY, "ANY", 15, NONE, 0)                                    \
    X(ALL, "ALL", 15, NONE, 0)                                    \
    X(INDEX, "[]", 15, NONE, 1)                                   \
    X(JSON_GET, "->", 15, NONE, 1)                                \
    X(JSON_PATH, "#>", 15, NONE, 1)                               \
    X(JSON_GET_TEXT, "->>", 15, NONE, 1)                          \
    X(JSON_PATH_TEXT, "#>>", 15, NONE, 1)                         \
    X(CONTAINS, "@>", 5, NONE, 1)                                 \
    X(CONTAINED, "<@", 5, NONE, 1)                                \
    X(OVERLAP, "&&", 5, NONE, 1)                                  \
    X(HAS_KEY, "?", 5, NONE, 1)                                   \
    X(HAS_ANY, "?|", 5, NONE, 1)                                  \
    X(HAS_ALL, "?&", 5, NONE, 1)                                  \
    X(DELETE_PATH, "#-", 5, NONE, 1)                              \
    X(PATH_EXISTS, "@?", 5, NONE, 1)                              \
    X(PATH_MATCH, "@@", 5, NONE, 1)                               \
    X(CUSTOM, "", 0, NONE, 0)

typedef enum Operator {
#define OPERATOR_ENUM(name, sql, precedence, negation, chains) OPERATOR_##name,
    OPERATORS(OPERATOR_ENUM)
#undef OPERATOR_ENUM
        OPERATOR_COUNT
} Operator;

/* The SQL of an operator ("!=") and how tightly it binds. */
const char *operator_sql(Operator op);

/* ROWS, RANGE or GROUPS of a window; an end that is not given is unbounded, 0 the current row. */
typedef struct Window {
    const char *word; /* NULL: none */
    OptInt from, to;
    struct Expr *from_bind, *to_bind; /* the distances */
} Window;

struct Expr {
    RecordHead head;
    ExprKind kind;
    Operator op;
    Name name;
    Str text;
    Datum value;
    Type *type; /* NULL: not known */
    ExprVec args;
    union {
        struct Column *column;
        struct Table *table;
        struct Sequence *sequence;
        Query *query;
        Expr *value_of; /* EXPR_CASE */
        ScriptRef script;
    };
    Expr *from;      /* EXPR_COLUMN */
    Expr *otherwise; /* EXPR_CASE, EXPR_TABLESAMPLE */
    Expr *escape;    /* LIKE ... ESCAPE */
    Expr *restates;  /* EXPR_CTE: what it was before union() */
    ExprVec columns; /* of what stands behind FROM: see columns_of() */
    ExprVec partition_by, order_by;
    Window window;
    Query *words; /* EXPR_CTE: prefix_with(), suffix_with() */
    /* Copies of a node stand for the same thing: what that is; see expr_identity(). */
    const void *identity;
    const Expr *named_by; /* EXPR_COLUMN of a subquery: what its anonymous name is made for */
    int precedence;       /* of OPERATOR_CUSTOM */
    bool compares;        /* OPERATOR_CUSTOM gives a boolean */
    bool bound;           /* EXPR_BIND: it has a value (perhaps NULL) */
    bool unique;          /* EXPR_BIND: made by literal(); never filled from outside */
    bool expanding;       /* EXPR_BIND: a list for IN */
    bool literal_execute; /* EXPR_BIND: always written as a literal */
    bool outer, full, distinct, nesting, symmetric;
    bool recursive; /* EXPR_CTE; EXPR_ALIAS of a function: its columns are written */
    bool proxy;     /* EXPR_COLUMN of a subquery: a Column of a table is behind it */
    bool whole;     /* EXPR_COLUMN: the alias itself as a value */
    bool typed;     /* EXPR_ALIAS of a function: its columns are written with their types */
    bool anonymous; /* EXPR_ALIAS and kin: named when written, after `name` */
};

/* A column and what it is set to. */
typedef struct Assignment {
    Expr *column; /* EXPR_COLUMN, or EXPR_TEXT with the bare name in `name` */
    Expr *value;
} Assignment;

/* INSERT ... ON CONFLICT, ON DUPLICATE KEY. */
typedef struct OnConflict {
    bool update;        /* false: DO NOTHING */
    bool duplicate_key; /* ON DUPLICATE KEY UPDATE */
    ExprVec targets;    /* the columns of the index */
    Name constraint;
    Expr *index_where, *where;
    VEC(Assignment) set;
} OnConflict;

typedef VEC(Assignment) AssignmentVec;

/* SELECT, INSERT, UPDATE and DELETE. */
struct Query {
    ExprVec columns; /* SELECT's; empty for the others */
    ExprVec froms;   /* select_from(), join(); FROM of the columns is added when written */
    ExprVec where, group_by, having, order_by, distinct_on;
    ExprVec returning;
    VEC(AssignmentVec)
    rows; /* INSERT: a vector a row; UPDATE: one; none: DEFAULT VALUES or binds of all columns */
    StrVec column_names; /* INSERT ... (columns) from_select */
    Expr *select;        /* of from_select */
    bool no_defaults;    /* from_select() without what Python fills in */
    Expr *target;        /* EXPR_TABLE or EXPR_ALIAS that is written to */
    Expr *limit, *offset;
    OnConflict *on_conflict;
    StrVec prefixes, suffixes;
    bool distinct, for_update, nowait, skip_locked, for_share, for_key_share;
    ExprVec for_update_of;
    /* correlate(): with these only (none: with nothing), or with all but these. */
    bool correlates, correlates_except;
    ExprVec correlate;
    ExprVec ctes;                               /* add_cte() */
    StrVec prefix_dialects, suffix_dialects;    /* beside each prefix: its dialect, "*" for all */
    bool fetch, fetch_with_ties, fetch_percent; /* limit is FETCH FIRST */
    Str dialect;         /* INSERT: whose own it is ("postgresql"), or STR_NONE */
    bool ordered;        /* UPDATE: SET in the order given */
    bool literal_values; /* VALUES: with literals */
    bool many;           /* INSERT: a list of rows was given, even of one */
};

/* Bases for isinstance and attributes; the script floor derives its classes from these. */
extern const Record expr_record;        /* ClauseElement: anything here */
extern const Record text_record;        /* TextClause */
extern const Record element_record;     /* ColumnElement */
extern const Record bind_record;        /* BindParameter */
extern const Record function_record;    /* Function */
extern const Record select_record;      /* Select, CompoundSelect */
extern const Record dml_record;         /* Insert, Update, Delete */
extern const Record from_record;        /* Join, VALUES, a sampled table */
extern const Record alias_record;       /* Alias, Subquery */
extern const Record cte_record;         /* CTE */
extern const Record text_select_record; /* TextualSelect */
extern const Record label_record;
extern const Record unary_record;
extern const Record binary_record;
extern const Record boolean_list_record;
extern const Record cast_record;
extern const Record case_record;
extern const Record null_record;
extern const Record true_record;
extern const Record false_record;
extern const Record insert_record, update_record, delete_record; /* below dml_record */
extern const Record compound_record; /* CompoundSelect, below select_record */

/* A Column, or what one is called in a subquery; not column() or an expression's name. */
bool expr_is_table_column(const Expr *expr);
/* A node of that kind with the record that fits it. */
Expr *expr_new(Arena *arena, ExprKind kind);
/* The same with one or two operands (NULL: none) and its type. */
Expr *expr_with(Arena *arena, ExprKind kind, Type *type, Expr *a, Expr *b);
Expr *expr_text(Arena *arena, Str sql);
Expr *expr_literal_column(Arena *arena, Str sql, Type *type);
/* sa.literal(): a value that is written or bound. */
Expr *expr_literal(Arena *arena, const Datum *value, Type *type);
/* sa.bindparam(key): `value` NULL means that it is given at execution. */
Expr *expr_bind(Arena *arena, Str key, const Datum *value, Type *type);
/* A bare name: sa.column("x"). */
Expr *expr_column_name(Arena *arena, Name name, Type *type);
/* A column of a Table. */
Expr *expr_column(Arena *arena, struct Column *column);
Expr *expr_table(Arena *arena, struct Table *table);
Expr *expr_function(Arena *arena, Str name, const ExprVec *args, Type *type);
Expr *expr_unary(Arena *arena, Operator op, Expr *operand);
/*
 * An operand in brackets where `against` asks for them; OPERATOR_NONE: where anything does. A
 * boolean value becomes EXPR_AS_BOOLEAN where a condition is wanted.
 */
Expr *expr_group(Arena *arena, Expr *expr, Operator against);
/* What a node and its copies stand for. */
static inline const void *expr_identity(const Expr *expr)
{
    return expr->identity ? expr->identity : expr;
}
/* What an anonymous bind beside it is called after; STR_NONE: nothing particular. */
Str expr_bind_stem(const Expr *expr);
/* The type of a plain value beside `left`: the left type where it is of the same family. */
Type *expr_type_beside(Arena *arena, const Expr *left, const Datum *value);
/* What an operator makes of the types of its operands; `+` may become CONCAT. */
Type *operator_type(Arena *arena, Operator *op, Type *left, Type *right);
/*
 * Infers the type: comparisons give Boolean, arithmetic the left operand's; a literal on the right
 * takes the left's type where it is of the same family. `= NULL` becomes IS NULL.
 */
Expr *expr_binary(Arena *arena, Operator op, Expr *left, Expr *right);
/* As expr_binary for col.op("text")(other): text, precedence, type and `compares` of `pattern`. */
Expr *expr_custom(Arena *arena, const Expr *pattern, Expr *left, Expr *right);
/* and_(), or_(): flattens nested ones of the same operator; true and false are counted in. */
Expr *expr_boolean(Arena *arena, Operator op, const ExprVec *args);
/* not_(): negates an operator where it has a negation (`=` becomes `!=`), else NOT. */
Expr *expr_not(Arena *arena, Expr *operand);
Expr *expr_cast(Arena *arena, Expr *operand, Type *type);
Expr *expr_label(Arena *arena, Expr *operand, Str name);
/*
 * What a script's value means where an expression is wanted: an Expr itself, a Column as a column,
 * a Table as a table, anything else as a bound literal; None as NULL.
 */
Expr *expr_from_datum(Arena *arena, const Datum *value, Type *type);
/* A shallow copy that may be changed. */
Expr *expr_copy(Arena *arena, const Expr *expr);
Query *query_copy(Arena *arena, const Query *query);
/* The type that a Python value has by itself: str String, int Integer, ...; NULL for others. */
Type *expr_type_of_datum(Arena *arena, const Datum *value);

/* ---- what a SELECT gives, and what a FROM has ---- */

/* What a column of a SELECT is called: `AS name`, or a name made when the statement is written. */
typedef struct ResultName {
    const Expr *column;
    Str name;             /* or the stem of the name that is made; STR_NONE: none */
    const void *identity; /* of a name that is made: what it is made for; NULL: `name` as it is */
    bool plain;           /* a column by its own name: AS only in a subquery */
} ResultName;
typedef VEC(ResultName) ResultNameVec;

/* Tables and other FROMs among the columns of a SELECT stand for all their columns. */
ExprVec exprs_flat(Arena *arena, const ExprVec *columns);
/* In the order of exprs_flat(); a second `id` is called id_1. */
ResultNameVec result_names(Arena *arena, const ExprVec *columns);
/* The columns of a table, an alias, a subquery, a join, ...: made once for an alias and its like.
 */
ExprVec columns_of(Arena *arena, Expr *from);
/* The same for an arena that goes before the node does: what is made is not kept with it. */
ExprVec columns_seen(Arena *arena, Expr *from);
/* A SELECT or what gives columns in its place: the first of a UNION, RETURNING of an INSERT. */
const ExprVec *statement_columns(const Expr *statement);
/* The table, alias, ... that a column is taken from (TABLE nodes are made new), or NULL. */
Expr *column_from(Arena *arena, const Expr *column);
/* The tables and aliases that an expression takes its columns from, added to `froms`. */
void expr_froms(Arena *arena, const Expr *expr, ExprVec *froms);
/* The same table, or the same alias. */
bool from_same(const Expr *a, const Expr *b);
bool expr_is_from(const Expr *expr);

/*
 * Splits a text(): plain stretches, the names of binds, and dollar-quoted bodies with their tags.
 * `::` and `\:` are no binds, nor is what stands in quotes; in a body those are that have a value.
 */
typedef enum TextPart { TEXT_PLAIN, TEXT_BIND, TEXT_BODY } TextPart;
bool text_next(Str sql, size_t *offset, TextPart *part, Str *piece);
/* The tag that a body begins with ("$$", "$do$"), or "". */
Str text_body_tag(Str sql);

#endif
