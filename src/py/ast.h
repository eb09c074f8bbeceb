/* SPDX-License-Identifier: MIT */
/*
 * The syntax tree of a file. All nodes live in the arena of the parse.
 * The names of kinds and members follow Python's ast module.
 */
#ifndef LIMBECK_PY_AST_H
#define LIMBECK_PY_AST_H

#include "py/code.h"

typedef struct Expr Expr;
typedef struct Stmt Stmt;
typedef struct Pattern Pattern;
typedef struct Comprehension Comprehension;
typedef struct Arguments Arguments;
typedef struct Scope Scope; /* see scope.h: set by scopes_build(), the one change after the parse */

#define LIST_OF(T)   \
    struct {         \
        T *items;    \
        size_t len;  \
    }

typedef LIST_OF(Expr *) ExprList;
typedef LIST_OF(Stmt *) StmtList;
typedef LIST_OF(Pattern *) PatternList;
typedef LIST_OF(Str) NameList;

typedef enum ExprKind {
    EXPR_CONSTANT,       /* constant */
    EXPR_NAME,           /* name */
    EXPR_ATTRIBUTE,      /* attribute */
    EXPR_SUBSCRIPT,      /* subscript */
    EXPR_CALL,           /* call */
    EXPR_BINARY,         /* binary */
    EXPR_UNARY,          /* unary */
    EXPR_BOOL,           /* boolean */
    EXPR_COMPARE,        /* compare */
    EXPR_TUPLE,          /* list */
    EXPR_LIST,           /* list */
    EXPR_SET,            /* list */
    EXPR_DICT,           /* dict */
    EXPR_LIST_COMP,      /* comp */
    EXPR_SET_COMP,       /* comp */
    EXPR_DICT_COMP,      /* comp */
    EXPR_GENERATOR,      /* comp */
    EXPR_LAMBDA,         /* lambda */
    EXPR_IF,             /* conditional */
    EXPR_NAMED,          /* named: target := value */
    EXPR_STARRED,        /* operand */
    EXPR_SLICE,          /* slice */
    EXPR_JOINED,         /* joined: an f-string */
    EXPR_FORMATTED,      /* formatted: a replacement field of one */
    EXPR_YIELD,          /* operand or NULL */
    EXPR_YIELD_FROM,     /* operand */
    EXPR_AWAIT,          /* operand */
} ExprKind;

typedef enum ExprContext { CONTEXT_LOAD, CONTEXT_STORE, CONTEXT_DELETE } ExprContext;
typedef enum UnaryOp { UNARY_INVERT, UNARY_NOT, UNARY_PLUS, UNARY_MINUS } UnaryOp;
typedef enum BoolOp { BOOL_AND, BOOL_OR } BoolOp;

/* Of a comparison; the first six are those of COMPARE_OP. */
typedef enum CompareKind {
    COMPARISON_LT,
    COMPARISON_LE,
    COMPARISON_EQ,
    COMPARISON_NE,
    COMPARISON_GT,
    COMPARISON_GE,
    COMPARISON_IS,
    COMPARISON_IS_NOT,
    COMPARISON_IN,
    COMPARISON_NOT_IN,
} CompareKind;

typedef struct Keyword {
    Str name; /* STR_NONE: **value */
    Expr *value;
    Span span;
} Keyword;
typedef LIST_OF(Keyword) KeywordList;

struct Comprehension {
    Expr *target, *iter;
    ExprList conditions;
    bool is_async;
};
typedef LIST_OF(Comprehension) ComprehensionList;

/* A parameter. */
typedef struct Arg {
    Str name;
    Expr *annotation; /* or NULL */
    Span span;
} Arg;
typedef LIST_OF(Arg) ArgList;

struct Arguments {
    ArgList posonly, args, kwonly;
    Arg *vararg, *kwarg; /* or NULL */
    ExprList defaults;   /* of the last posonly and args */
    ExprList kw_defaults; /* one for each kwonly; NULL: required */
};

struct Expr {
    ExprKind kind;
    Span span;
    uint32_t depth; /* of the tree below: the parser bounds it */
    bool parenthesized; /* for tuples and generators: the parentheses are in the span */
    ExprContext context; /* of names, attributes, subscripts, starred, lists, tuples */
    union {
        Const constant;
        Str name;
        Expr *operand;
        ExprList list;
        struct {
            Expr *value;
            Str name;
            Span name_span;
        } attribute;
        struct {
            Expr *value, *index;
        } subscript;
        struct {
            Expr *callee;
            ExprList args; /* may hold EXPR_STARRED */
            KeywordList keywords;
        } call;
        struct {
            BinaryOp op;
            Expr *left, *right;
        } binary;
        struct {
            UnaryOp op;
            Expr *operand;
        } unary;
        struct {
            BoolOp op;
            ExprList values;
        } boolean;
        struct {
            Expr *left;
            CompareKind *ops;
            ExprList comparators;
        } compare;
        struct {
            ExprList keys; /* NULL: **value */
            ExprList values;
        } dict;
        struct {
            Expr *element; /* the key of a dict comprehension */
            Expr *value;   /* of a dict comprehension */
            ComprehensionList generators;
            Scope *scope;
        } comp;
        struct {
            Arguments *args;
            Expr *body;
            Scope *scope;
        } lambda;
        struct {
            Expr *test, *body, *orelse;
        } conditional;
        struct {
            Expr *target, *value;
        } named;
        struct {
            Expr *lower, *upper, *step; /* or NULL */
        } slice;
        struct {
            ExprList values; /* EXPR_CONSTANT (str) and EXPR_FORMATTED */
        } joined;
        struct {
            Expr *value;
            int conversion; /* 0, 's', 'r' or 'a' */
            Expr *spec;     /* EXPR_JOINED or NULL */
        } formatted;
    };
};

typedef enum PatternKind {
    PATTERN_VALUE,     /* value: a constant or a dotted name, compared with == */
    PATTERN_SINGLETON, /* value: None, True, False, compared with is */
    PATTERN_SEQUENCE,  /* patterns */
    PATTERN_MAPPING,   /* mapping */
    PATTERN_CLASS,     /* class */
    PATTERN_STAR,      /* capture.name or STR_NONE for *_ */
    PATTERN_AS,        /* capture: pattern may be NULL (a bare name), name STR_NONE (then `_`) */
    PATTERN_OR,        /* patterns */
} PatternKind;

struct Pattern {
    PatternKind kind;
    Span span;
    uint32_t depth;
    union {
        Expr *value;
        PatternList patterns;
        struct {
            Pattern *pattern;
            Str name;
        } capture;
        struct {
            ExprList keys;
            PatternList patterns;
            Str rest; /* STR_NONE: no **rest */
        } mapping;
        struct {
            Expr *cls;
            PatternList patterns; /* positional, then one for each of names */
            NameList names;
            Span *name_spans;
        } cls;
    };
};

typedef enum StmtKind {
    STMT_FUNCTION,   /* function */
    STMT_CLASS,      /* cls */
    STMT_RETURN,     /* value or NULL */
    STMT_DELETE,     /* targets */
    STMT_ASSIGN,     /* assign */
    STMT_TYPE_ALIAS, /* alias */
    STMT_AUG_ASSIGN, /* aug */
    STMT_ANN_ASSIGN, /* ann */
    STMT_FOR,        /* loop */
    STMT_WHILE,      /* branch */
    STMT_IF,         /* branch */
    STMT_WITH,       /* with */
    STMT_MATCH,      /* match */
    STMT_RAISE,      /* raise */
    STMT_TRY,        /* attempt */
    STMT_ASSERT,     /* assertion */
    STMT_IMPORT,     /* import */
    STMT_IMPORT_FROM, /* import */
    STMT_GLOBAL,     /* names */
    STMT_NONLOCAL,   /* names */
    STMT_EXPR,       /* value */
    STMT_PASS,
    STMT_BREAK,
    STMT_CONTINUE,
} StmtKind;

typedef struct Alias {
    Str name;    /* dotted in `import a.b` */
    Str as_name; /* or STR_NONE */
    Span span;
} Alias;
typedef LIST_OF(Alias) AliasList;

typedef struct WithItem {
    Expr *context;
    Expr *target; /* or NULL */
} WithItem;
typedef LIST_OF(WithItem) WithItemList;

typedef struct ExceptHandler {
    Expr *type; /* NULL: bare */
    Str name;   /* or STR_NONE */
    StmtList body;
    Span span;
} ExceptHandler;
typedef LIST_OF(ExceptHandler) HandlerList;

typedef struct MatchCase {
    Pattern *pattern;
    Expr *guard; /* or NULL */
    StmtList body;
} MatchCase;
typedef LIST_OF(MatchCase) MatchCaseList;

typedef enum TypeParamKind { PARAM_TYPEVAR, PARAM_TYPEVARTUPLE, PARAM_PARAMSPEC } TypeParamKind;

typedef struct TypeParam {
    TypeParamKind kind;
    Str name;
    Expr *bound, *default_value; /* or NULL */
    Scope *bound_scope, *default_scope;
    Span span;
} TypeParam;

typedef LIST_OF(TypeParam) TypeParamList;

struct Stmt {
    StmtKind kind;
    Span span; /* of a function or class: from `def` or `class`, without the decorators */
    union {
        Expr *value;
        ExprList targets;
        NameList names;
        struct {
            Str name;
            Arguments *args;
            Expr *returns;
            StmtList body;
            ExprList decorators;
            TypeParamList type_params;
            bool is_async;
            Scope *scope, *type_scope;
        } function;
        struct {
            Str name;
            ExprList bases;
            KeywordList keywords;
            StmtList body;
            ExprList decorators;
            TypeParamList type_params;
            Scope *scope, *type_scope;
        } cls;
        struct {
            ExprList targets;
            Expr *value;
        } assign;
        struct {
            Expr *name, *value;
            TypeParamList type_params;
            Scope *scope, *type_scope;
        } alias;
        struct {
            Expr *target, *value;
            BinaryOp op;
        } aug;
        struct {
            Expr *target, *annotation, *value; /* value or NULL */
            bool simple; /* the target is a name without parentheses */
        } ann;
        struct {
            Expr *target, *iter;
            StmtList body, orelse;
            bool is_async;
        } loop;
        struct {
            Expr *test;
            StmtList body, orelse; /* `elif` is one STMT_IF in orelse */
        } branch;
        struct {
            WithItemList items;
            StmtList body;
            bool is_async;
        } with;
        struct {
            Expr *subject;
            MatchCaseList cases;
        } match;
        struct {
            Expr *exception, *cause; /* or NULL */
        } raise;
        struct {
            StmtList body, orelse, final;
            HandlerList handlers;
            bool star; /* except* */
        } attempt;
        struct {
            Expr *test, *message; /* message or NULL */
        } assertion;
        struct {
            Str module;  /* of `from`; STR_NONE: dots only */
            uint32_t level;
            AliasList aliases; /* `*` is a name */
            bool is_future;    /* a __future__ import at the beginning of the file */
        } import;
    };
};

typedef struct Module {
    Source *source;
    StmtList body;
    bool future_annotations;
} Module;

/* The tree as text, for tests: "Kind@start-end(child [list] -)". See ast_dump.c. */
void ast_dump(Buf *out, const Module *module);
/* The expression's source as ast.unparse() writes it: for annotations kept as text. */
void ast_unparse(Buf *out, const Expr *expr);

#endif
