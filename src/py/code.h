/* SPDX-License-Identifier: MIT */
/*
 * What the compiler makes of a file, and the machine runs: Code, and constants that hold no values
 * of the machine yet. All of it is const and lives in the arena it was compiled into, as does the
 * source text, which the positions refer to.
 */
#ifndef LIMBECK_PY_CODE_H
#define LIMBECK_PY_CODE_H

#include "base/buf.h"
#include "base/error.h"
#include "base/vec.h"
#include "py/opcode.h"
#include "py/source.h"

typedef struct Code Code;
typedef struct Const Const;

typedef enum ConstKind {
    CONST_NONE,
    CONST_FALSE,
    CONST_TRUE,
    CONST_ELLIPSIS,
    CONST_INT,     /* integer */
    CONST_BIG_INT, /* text: digits in `radix`, '-' before them when negative */
    CONST_FLOAT,   /* number */
    CONST_COMPLEX, /* number: the imaginary part. Never loaded, as the next: see OP_UNSUPPORTED */
    CONST_UNSUPPORTED, /* text: what it is */
    CONST_STR,         /* text: UTF-8; a lone surrogate is three bytes */
    CONST_BYTES,       /* text */
    CONST_TUPLE,       /* items */
    CONST_FROZENSET,   /* items */
    CONST_CODE,        /* code */
} ConstKind;

struct Const {
    ConstKind kind;
    int radix; /* of CONST_BIG_INT: 2, 8, 10 or 16 */
    union {
        int64_t integer;
        double number;
        Str text;
        struct {
            const Const *items;
            size_t len;
        } items;
        const Code *code;
    };
};

typedef enum SlotKind {
    SLOT_LOCAL, /* plain */
    SLOT_CELL,  /* a local or an argument that inner functions capture: MAKE_CELL wraps it */
    SLOT_FREE,  /* captured from outside: filled from the closure */
} SlotKind;

typedef struct Slot {
    Str name;
    SlotKind kind;
} Slot;

/*
 * Zero-cost exception handling: when instruction i raises, the first handler with
 * start <= i < end takes it: the stack is cut to `depth` entries, the exception is pushed, and
 * control goes to `target`. Handlers are sorted so that the innermost comes first.
 */
typedef struct Handler {
    uint32_t start, end, target, depth;
} Handler;

typedef enum CodeFlags {
    CODE_FUNCTION = 1 << 0, /* locals live in slots; else (module, class body) in a namespace */
    CODE_CLASS = 1 << 1,
    CODE_VARARGS = 1 << 2,
    CODE_VARKEYWORDS = 1 << 3,
    CODE_NESTED = 1 << 4,
    CODE_GENERATOR = 1 << 5,
    CODE_COROUTINE = 1 << 6,
    CODE_ASYNC_GENERATOR = 1 << 7,
    CODE_FUTURE_ANNOTATIONS = 1 << 8,
} CodeFlags;

struct Code {
    Str name;     /* "f", "<module>", "<lambda>", "<listcomp>" */
    Str qualname; /* "C.method.<locals>.f" */
    Str doc;      /* of a function; STR_NONE. Modules and classes store __doc__ themselves */
    Source *source;
    Span span; /* of the whole definition, decorators included */
    unsigned flags;
    /*
     * The slots: arguments first (positional-only, positional, keyword-only, then *args, then
     * **kwargs), then other locals and cells, then the free variables. An argument that is
     * captured is of SLOT_CELL at its own place.
     */
    const Slot *slots;
    uint32_t slot_count;
    uint32_t posonly_count; /* positional-only arguments */
    uint32_t arg_count;     /* positional arguments, the positional-only included */
    uint32_t kwonly_count;  /* keyword-only arguments */
    uint32_t free_count;    /* the closure's length: the last slots */
    int32_t class_cell;     /* the slot of __class__ (for super()), or -1 */
    const Str *names;       /* mangled where private */
    uint32_t name_count;
    const Const *consts;
    uint32_t const_count;
    const uint32_t *instructions;
    const Span *spans; /* one an instruction */
    uint32_t instruction_count;
    const Handler *handlers;
    uint32_t handler_count;
    uint32_t stack_size;
};

/* All arguments, *args and **kwargs included: so many leading slots. */
uint32_t code_argument_slots(const Code *code);
/* co_firstlineno: the line of the def or of its first decorator. */
uint32_t code_first_line(const Code *code);
/* The handler that takes an exception of the instruction, or NULL. */
const Handler *code_handler(const Code *code, uint32_t instruction);
/* Line and columns of an instruction. Line 0: none. */
Position code_position(const Code *code, uint32_t instruction);
uint32_t code_line(const Code *code, uint32_t instruction);
/* As a place for errors and ops: column counts from 1; `end` is 0 where the span ends on another
 * line. */
Loc code_loc(const Code *code, uint32_t instruction);

/*
 * A copy of the code, its inner codes and its source, all of it in `arena`; parts of `lasting`
 * stay where they are.
 */
const Code *code_copy(Arena *arena, const Code *code, Str lasting);

bool const_eq(const Const *a, const Const *b);
/* As repr() prints it; code as <code f>. */
void const_put(Buf *out, const Const *value);
/* One line an instruction, nested code after it: for tests. */
void code_dump(Buf *out, const Code *code);
/* Follows every way through the code and its inner codes: indexes and stack heights. For tests. */
bool code_check(Arena *arena, const Code *code, Error *err);

#endif
