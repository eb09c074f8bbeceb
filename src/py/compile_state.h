/* SPDX-License-Identifier: MIT */
/*
 * What the compiler's files share: a Unit is one Code being written. Instructions are emitted in
 * their final order; jumps name labels, whose places are filled in at the end. The stack's height
 * is known at each instruction, and checked where ways meet.
 */
#ifndef LIMBECK_PY_COMPILE_STATE_H
#define LIMBECK_PY_COMPILE_STATE_H

#include "py/scope.h"

typedef uint32_t Label;

typedef enum BlockKind {
    BLOCK_WHILE,
    BLOCK_FOR,            /* the iterator is on the stack */
    BLOCK_TRY,            /* the body of a try with except */
    BLOCK_HANDLERS,       /* behind it: only counted */
    BLOCK_HANDLER,        /* an except's body; the previous exception is on the stack */
    BLOCK_FINALLY,        /* a body that `body` must follow */
    BLOCK_FINALLY_RAISED, /* the finally after an exception; previous and current on the stack */
    BLOCK_WITH,           /* the exit is on the stack */
    BLOCK_ASYNC_WITH,
    BLOCK_WITH_RAISED, /* only counted */
    BLOCK_VALUE,       /* a value to be returned is on the stack, below a finally */
} BlockKind;

enum { BLOCKS_MOST = 20 };

typedef struct Block {
    BlockKind kind;
    uint32_t start; /* of the instructions that `handler` covers */
    bool covers;    /* has a handler */
    Label handler;
    uint32_t depth;    /* of the stack in the handler, the exception not counted */
    Label again, exit; /* of loops: for continue and break */
    StmtList body;     /* of BLOCK_FINALLY */
    Str name;          /* of BLOCK_HANDLER: `except E as name`, or STR_NONE */
    Span span;
} Block;

typedef struct LabelPlace {
    uint32_t at;   /* UINT32_MAX: not bound yet */
    int32_t depth; /* -1: not known yet */
} LabelPlace;

typedef struct Unit {
    struct Unit *outer;
    Scope *scope;
    Str name, qualname;
    VEC(uint32_t) instructions;
    VEC(Span) spans;
    VEC(Const) consts;
    uint32_t *const_slots; /* hash table: index + 1 */
    uint32_t const_slot_count;
    Map names; /* the entries' order is the index */
    Map slots; /* likewise, of Slot */
    VEC(LabelPlace) labels;
    VEC(Handler) handlers; /* targets are labels */
    Block blocks[BLOCKS_MOST];
    uint32_t block_count;
    uint32_t depth, depth_most;
    uint32_t guarded;     /* how many enclosing try bodies catch ImportError */
    uint32_t temporaries; /* slots made for match */
    uint32_t free_count;
    bool too_large;
} Unit;

typedef struct Compiler {
    Arena *arena;
    Source *source;
    Error *err;
    Unit *unit;
    bool future_annotations;
    bool in_annotation; /* of a name in a module or class, of a parameter */
} Compiler;

/* unit.c */
void unit_open(Compiler *compiler, Scope *scope, Str name);
/* Ends the current unit; the enclosing one becomes current. NULL after an error. */
const Code *unit_close(Compiler *compiler, Span span);
bool compile_fail(Compiler *compiler, Span span, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void emit(Compiler *compiler, Opcode op, uint32_t arg, Span span);
void emit_const(Compiler *compiler, Const value, Span span);
void emit_none(Compiler *compiler, Span span);
void emit_text(Compiler *compiler, Str text, Span span);
void emit_unsupported(Compiler *compiler, Str text, Span span);
/* An instruction whose argument is a name. */
void emit_name(Compiler *compiler, Opcode op, Str name, Span span);
Label label_new(Compiler *compiler);
void label_bind(Compiler *compiler, Label label);
void emit_jump(Compiler *compiler, Opcode op, Label label, Span span);
uint32_t unit_here(const Compiler *compiler);
uint32_t unit_const(Compiler *compiler, Const value);
/* The slot of that name, made when it is new. */
uint32_t unit_slot(Compiler *compiler, Str name, SlotKind kind);
uint32_t unit_temporary(Compiler *compiler);

/* A block; when `handler` is given, exceptions within it go there with the stack as it is now. */
bool block_push(Compiler *compiler, Block block, Span span);
bool block_push_covered(Compiler *compiler, Block block, Label handler, Span span);
/* Ends the block and what its handler covers. */
void block_pop(Compiler *compiler);
/* Binds a handler's label: the stack is that of the block, and the exception. */
void handler_bind(Compiler *compiler, Label handler, uint32_t depth);

/* compile_name.c */
bool store_name(Compiler *compiler, Str name, Span span);
bool load_name(Compiler *compiler, Str name, Span span);
bool delete_name(Compiler *compiler, Str name, Span span);
Str mangle(Compiler *compiler, Str name);
/* Pushes the cells that the scope captures as a tuple; false when it captures none. */
bool emit_closure(Compiler *compiler, const Code *code, Span span);
/* Fails for `__debug__`. */
bool check_name(Compiler *compiler, Str name, ExprContext context, Span span);

/* compile_expr.c */
bool compile_expr(Compiler *compiler, Expr *expr);
/* Jumps when the truth of the expression is `when`. */
bool compile_jump_if(Compiler *compiler, Expr *expr, bool when, Label label);
bool compile_store(Compiler *compiler, Expr *target);
bool compile_delete(Compiler *compiler, Expr *target);
/* The value of an expression that is a constant, folded. */
bool fold_const(Compiler *compiler, const Expr *expr, Const *value);
void emit_await(Compiler *compiler, Span span);
/* Sends to the iterator on the stack until it ends; leaves its result. */
void emit_yield_from(Compiler *compiler, Span span);

/* compile_call.c, compile_target.c */
bool compile_call(Compiler *compiler, Expr *expr);
/* Arguments of a call whose callable and first `given` arguments are on the stack, and the call. */
bool compile_arguments(Compiler *compiler, uint32_t given, ExprList args, KeywordList keywords,
                       Span span);
bool compile_list_display(Compiler *compiler, Expr *expr);
bool compile_dict_display(Compiler *compiler, Expr *expr);
bool compile_comprehension(Compiler *compiler, Expr *expr);

/* compile_stmt.c, compile_flow.c, compile_try.c, compile_match.c, compile_def.c */
bool compile_body(Compiler *compiler, StmtList body);
/* Without the doc string, which goes to `doc`. */
bool compile_body_after_doc(Compiler *compiler, StmtList body, Str *doc);
bool has_doc(StmtList body);
bool compile_if(Compiler *compiler, Stmt *stmt);
bool compile_while(Compiler *compiler, Stmt *stmt);
bool compile_for(Compiler *compiler, Stmt *stmt);
bool compile_return(Compiler *compiler, Stmt *stmt);
bool compile_break(Compiler *compiler, Stmt *stmt);
bool compile_continue(Compiler *compiler, Stmt *stmt);
/* Ends what the handler covers for now: the way out of the block is not under its protection. */
void block_suspend(Compiler *compiler, const Block *block);
/* exit -> ; calls it as a block without exception ends. */
void emit_exit_call(Compiler *compiler, bool async, Span span);
bool compile_try(Compiler *compiler, Stmt *stmt);
bool compile_with(Compiler *compiler, Stmt *stmt);
bool compile_match(Compiler *compiler, Stmt *stmt);
bool compile_function(Compiler *compiler, Stmt *stmt);
bool compile_lambda(Compiler *compiler, Expr *expr);
bool compile_class(Compiler *compiler, Stmt *stmt);
bool compile_type_alias(Compiler *compiler, Stmt *stmt);
/* The annotation's value, or its text. */
bool compile_annotation(Compiler *compiler, Expr *annotation);
/* Sets up __annotations__ when a body has annotated assignments. */
void compile_annotations_setup(Compiler *compiler, StmtList body, Span span);

#endif
