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
    EXPR_DEFAULT,  /* DEFAULT as a value */
    EXPR_FUNCTION, /* name(args); text: "schema." in front, as it stands */
    EXPR_UNARY,    /* op args[0] */
    EXPR_BINARY,   /* args[0] op args[1]; text: the operator of OP_CUSTOM */
    EXPR_BOOLEAN,  /* args joined by op (OPERATOR_AND, OPERATOR_OR); none: nothing */
    EXPR_BETWEEN,  /* args[0] BETWEEN args[1] AND args[2]; op: OPERATOR_BETWEEN and its negation */
    EXPR_IN,       /* args[0] IN args[1] (a list or a select); op: IN and NOT IN */
    EXPR_LIST,     /* args joined by commas */
    EXPR_TUPLE,    /* (args) */
    EXPR_GROUP,    /* (args[0]) as asked for by the script: self_group() */
    EXPR_CAST,     /* CAST(args[0] AS type) */
    EXPR_COERCE,   /* type_coerce(): args[0], treated as type */
    EXPR_CASE,     /* args: WHEN, THEN pairs; value_of: the operand or NULL; otherwise: ELSE */
    EXPR_EXTRACT,  /* EXTRACT(text FROM args[0]) */
    EXPR_LABEL,    /* args[0] AS name */
    EXPR_COLLATE,  /* args[0] COLLATE text */
    EXPR_EXISTS,          /* EXISTS (args[0], a select; or query) */
    EXPR_SCALAR,          /* (args[0], a select; or query) as a value */
    EXPR_OVER,     /* args[0] OVER (PARTITION BY partition_by ORDER BY order_by) */
    EXPR_FILTER,   /* args[0] FILTER (WHERE args[1]) */
    EXPR_WITHIN_GROUP,    /* args[0] WITHIN GROUP (ORDER BY order_by) */
    EXPR_ARRAY,           /* PG: ARRAY[args] */
    EXPR_AGGREGATE_ORDER, /* PG: args[0] ORDER BY order_by */
    EXPR_SEQUENCE_NEXT,   /* nextval of `sequence` */
    EXPR_TABLE,           /* table */
    EXPR_ALIAS,           /* args[0] (a table, a select) AS name; name not given: anonymous */
    EXPR_CTE,             /* as an alias, in WITH; `recursive` */
    EXPR_LATERAL,
    EXPR_JOIN,     /* args[0] JOIN args[1] ON args[2]; `outer`, `full` */
    EXPR_VALUES,   /* VALUES (...), rows of args */
    EXPR_SELECT,   /* query */
    EXPR_COMPOUND, /* args joined by text (UNION, UNION ALL, ...); query: order by, limit */
    EXPR_INSERT,   /* query */
    EXPR_UPDATE,   /* query */
    EXPR_DELETE,   /* query */
    EXPR_SCRIPT,   /* script: a class with @compiles, or an expression only the script knows */
} ExprKind;

/* X(enumerator, SQL, precedence (higher binds tighter), negation or NONE) */
#define OPERATORS(X)                                           \
    X(NONE, "", 0, NONE)                                       \
    X(AND, "AND", 3, NONE)                                     \
    X(OR, "OR", 2, NONE)                                       \
    X(NOT, "NOT", 4, NONE)                                     \
    X(EQ, "=", 5, NE)                                          \
    X(NE, "!=", 5, EQ)                                         \
    X(LT, "<", 5, GE)                                          \
    X(LE, "<=", 5, GT)                                         \
    X(GT, ">", 5, LE)                                          \
    X(GE, ">=", 5, LT)                                         \
    X(IS, "IS", 5, IS_NOT)                                     \
    X(IS_NOT, "IS NOT", 5, IS)                                 \
    X(IS_DISTINCT, "IS DISTINCT FROM", 5, IS_NOT_DISTINCT)     \
    X(IS_NOT_DISTINCT, "IS NOT DISTINCT FROM", 5, IS_DISTINCT) \
    X(IN, "IN", 5, NOT_IN)                                     \
    X(NOT_IN, "NOT IN", 5, IN)                                 \
    X(LIKE, "LIKE", 5, NOT_LIKE)                               \
    X(NOT_LIKE, "NOT LIKE", 5, LIKE)                           \
    X(ILIKE, "ILIKE", 5, NOT_ILIKE)                            \
    X(NOT_ILIKE, "NOT ILIKE", 5, ILIKE)                        \
    X(REGEXP, "REGEXP", 5, NOT_REGEXP)                         \
    X(NOT_REGEXP, "NOT REGEXP", 5, REGEXP)                     \
    X(BETWEEN, "BETWEEN", 5, NOT_BETWEEN)                      \
    X(NOT_BETWEEN, "NOT BETWEEN", 5, BETWEEN)                  \
    X(CONCAT, "||", 6, NONE)                                   \
    X(ADD, "+", 7, NONE)                                       \
    X(SUB, "-", 7, NONE)                                       \
    X(MUL, "*", 8, NONE)                                       \
    X(DIV, "/", 8, NONE)                                       \
    X(FLOOR_DIV, "/", 8, NONE)                                 \
    X(MOD, "%", 8, NONE)                                       \
    X(NEG, "-", 8, NONE)                                       \
    X(BITWISE_AND, "&", 7, NONE)                               \
    X(BITWISE_OR, "|", 6, NONE)                                \
    X(BITWISE_XOR, "^", 7, NONE)                               \
    X(BITWISE_NOT, "~", 9, NONE)                               \
    X(SHIFT_LEFT, "<<", 7, NONE)                               \
    X(SHIFT_RIGHT, ">>", 7, NONE)                              \
    X(DESC, "DESC", 1, NONE)                                   \
    X(ASC, "ASC", 1, NONE)                                     \
    X(NULLS_FIRST, "NULLS FIRST", 1, NONE)                     \
    X(NULLS_LAST, "NULLS LAST", 1, NONE)                       \
    X(DISTINCT, "DISTINCT", 0, NONE)                           \
    X(ANY, "ANY", 9, NONE)                                     \
    X(ALL, "ALL", 9, NONE)                                     \
    X(INDEX, "[]", 9, NONE)                                    \
    X(JSON_GET, "->", 9, NONE)                                 \
    X(JSON_GET_TEXT, "->>", 9, NONE)                           \
    X(JSON_PATH, "#>", 9, NONE)                                \
    X(JSON_PATH_TEXT, "#>>", 9, NONE)                          \
    X(CONTAINS, "@>", 5, NONE)                                 \
    X(CONTAINED, "<@", 5, NONE)                                \
    X(OVERLAP, "&&", 5, NONE)                                  \
    X(HAS_KEY, "?", 5, NONE)                                   \
    X(HAS_ANY, "?|", 5, NONE)                                  \
    X(HAS_ALL, "?&", 5, NONE)                                  \
    X(MATCH, "@@", 5, NONE)                                    \
    X(CUSTOM, "", 0, NONE)

typedef enum Operator {
#define OPERATOR_ENUM(name, sql, precedence, negation) OPERATOR_##name,
    OPERATORS(OPERATOR_ENUM)
#undef OPERATOR_ENUM
        OPERATOR_COUNT
} Operator;

/* The SQL of an operator ("!=") and how tightly it binds. */
const char *operator_sql(Operator op);
int operator_precedence(Operator op);
Operator operator_negation(Operator op);

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
    Expr *otherwise; /* EXPR_CASE */
    Expr *escape;    /* LIKE ... ESCAPE */
    ExprVec partition_by, order_by;
    bool bound;           /* EXPR_BIND: it has a value (perhaps NULL) */
    bool unique;          /* EXPR_BIND: made by literal(); never filled from outside */
    bool expanding;       /* EXPR_BIND: a list for IN */
    bool literal_execute; /* EXPR_BIND: always written as a literal */
    bool outer, full, recursive, distinct;
};

/* A column and what it is set to. */
typedef struct Assignment {
    Expr *column; /* EXPR_COLUMN, or EXPR_TEXT with the bare name in `name` */
    Expr *value;
} Assignment;

/* INSERT ... ON CONFLICT, ON DUPLICATE KEY. */
typedef struct OnConflict {
    bool update; /* false: DO NOTHING */
    StrVec columns;
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
    Expr *target;        /* EXPR_TABLE or EXPR_ALIAS that is written to */
    Expr *limit, *offset;
    OnConflict *on_conflict;
    StrVec prefixes, suffixes;
    bool distinct, for_update, nowait, skip_locked, for_share, for_key_share;
    ExprVec for_update_of;
    bool correlate_none;
};

/* Bases for isinstance and attributes; the script floor derives its classes from these. */
extern const Record expr_record;     /* ClauseElement: anything here */
extern const Record text_record;     /* TextClause */
extern const Record element_record;  /* ColumnElement */
extern const Record bind_record;     /* BindParameter */
extern const Record function_record; /* Function */
extern const Record select_record;   /* Select, CompoundSelect */
extern const Record dml_record;      /* Insert, Update, Delete */
extern const Record from_record;     /* Alias, Join, CTE, Subquery */

/* A node of that kind with the record that fits it. */
Expr *expr_new(Arena *arena, ExprKind kind);
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
 * Infers the type: comparisons give Boolean, arithmetic the left operand's; a literal on the right
 * takes the left's type where it is of the same family. `= NULL` becomes IS NULL.
 */
Expr *expr_binary(Arena *arena, Operator op, Expr *left, Expr *right);
/* and_(), or_(): flattens nested ones of the same operator. */
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

/*
 * Finds the binds of a text(): calls `each` for the plain stretches and the names in order. `::`
 * and
 * `\:` are no binds, nor is what stands in quotes.
 */
typedef enum TextPart { TEXT_PLAIN, TEXT_BIND } TextPart;
bool text_next(Str sql, size_t *offset, TextPart *part, Str *piece);

#endif
