/* SPDX-License-Identifier: MIT */
/*
 * The instructions of the script machine.
 *
 * An instruction is one uint32_t: the operation in the low 8 bits, its argument in the high 24.
 * Jump arguments are absolute indexes into Code.instructions. A frame has Code.slot_count slots
 * (locals, cells, free variables: see code.h) and Code.stack_size stack entries; the stack is empty
 * when the code begins. "a b -> c" shows the stack's top at the right.
 *
 * A stack entry may also be NULL, the mark of "nothing" (LOAD_METHOD pushes it; an unbound slot
 * holds it). An instruction that fails raises: see Handler in code.h for what happens then.
 *
 * Exceptions that are being handled: the frame's thread of control has one current exception, the
 * one `raise` without an operand raises again, sys.exc_info() shows, and new exceptions get as
 * their __context__. PUSH_EXC_INFO sets it and keeps the previous on the stack; POP_EXCEPT
 * restores.
 * A generator has its own current exception while it runs, above that of its caller.
 *
 * Columns: name, what the argument is (OpArg), the stack effect: fixed part, part for each unit of
 * the argument, and the effect when the jump is taken (equal to the fixed part for other rows).
 * EFFECT_ARG marks effects that opcode_effect() works out from the bits of the argument.
 */
#ifndef LIMBECK_PY_OPCODE_H
#define LIMBECK_PY_OPCODE_H

#include <stdbool.h>
#include <stdint.h>

/* clang-format off */
#define OPCODES(X) \
    /* Stack. SWAP n exchanges the top with the n-th from the top (1 is the top itself); COPY n */ \
    /* pushes the n-th from the top again. */ \
    X(NOP,                 NONE,   0,  0,  0) \
    X(POP_TOP,             NONE,  -1,  0, -1) \
    X(SWAP,                COUNT,  0,  0,  0) \
    X(COPY,                COUNT,  1,  0,  1) \
    X(LOAD_CONST,          CONST,  1,  0,  1) \
    \
    /* Slots. LOAD of an unbound (NULL) slot raises UnboundLocalError "cannot access local */ \
    /* variable 'x' where it is not associated with a value"; so does DELETE, which unbinds. */ \
    X(LOAD_FAST,           SLOT,   1,  0,  1) \
    X(STORE_FAST,          SLOT,  -1,  0, -1) \
    X(DELETE_FAST,         SLOT,   0,  0,  0) \
    /* Cells. MAKE_CELL puts a new cell holding the slot's content (an argument, or NULL) */ \
    /* into the slot; such instructions come first in the code. The free slots are filled */ \
    /* from the function's closure, in order, when the frame is made. LOAD_CLOSURE pushes the */ \
    /* cell itself. LOAD_DEREF pushes the content; an empty cell of a free slot raises */ \
    /* NameError "cannot access free variable 'x' where it is not associated with a value in */ \
    /* enclosing scope", of another slot UnboundLocalError as LOAD_FAST. LOAD_CLASSDEREF */ \
    /* looks into the class body's namespace first, by the slot's name, then does LOAD_DEREF. */ \
    X(MAKE_CELL,           SLOT,   0,  0,  0) \
    X(LOAD_CLOSURE,        SLOT,   1,  0,  1) \
    X(LOAD_DEREF,          SLOT,   1,  0,  1) \
    X(LOAD_CLASSDEREF,     SLOT,   1,  0,  1) \
    X(STORE_DEREF,         SLOT,  -1,  0, -1) \
    X(DELETE_DEREF,        SLOT,   0,  0,  0) \
    /* Names in a module or a class body: the frame's namespace, then globals, then builtins. */ \
    /* NameError "name 'x' is not defined". In a module namespace and globals are one. */ \
    X(LOAD_NAME,           NAME,   1,  0,  1) \
    /* the same in an annotation, where a name that comes later is typing.ForwardRef(name), as \
       Python 3.14's annotations are not evaluated before it. */ \
    X(LOAD_HINT,           NAME,   1,  0,  1) \
    X(STORE_NAME,          NAME,  -1,  0, -1) \
    X(DELETE_NAME,         NAME,   0,  0,  0) \
    X(LOAD_GLOBAL,         NAME,   1,  0,  1) \
    X(STORE_GLOBAL,        NAME,  -1,  0, -1) \
    X(DELETE_GLOBAL,       NAME,   0,  0,  0) \
    \
    /* Attributes. LOAD: object -> value; STORE: value object -> ; DELETE: object -> . */ \
    X(LOAD_ATTR,           NAME,   0,  0,  0) \
    X(STORE_ATTR,          NAME,  -2,  0, -2) \
    X(DELETE_ATTR,         NAME,  -1,  0, -1) \
    /* object -> function object, when the attribute is a function of the class to be bound */ \
    /* (the bound method need not be made); else object -> NULL value. For CALL_METHOD. */ \
    X(LOAD_METHOD,         NAME,   1,  0,  1) \
    \
    /* Subscripts. container key -> value; value container key -> ; container key -> . */ \
    X(BINARY_SUBSCR,       NONE,  -1,  0, -1) \
    X(STORE_SUBSCR,        NONE,  -3,  0, -3) \
    X(DELETE_SUBSCR,       NONE,  -2,  0, -2) \
    /* start stop [step, when the argument is 3] -> slice */ \
    X(BUILD_SLICE,         COUNT,  1, -1,  1) \
    \
    /* Operators. left right -> result; the argument of BINARY_OP and INPLACE_OP is a BinaryOp, */ \
    /* of COMPARE_OP a CompareOp. INPLACE_OP tries __iadd__ and so on first. */ \
    X(BINARY_OP,           BINARY, -1, 0, -1) \
    X(INPLACE_OP,          BINARY, -1, 0, -1) \
    X(COMPARE_OP,          COMPARE, -1, 0, -1) \
    X(IS_OP,               FLAGS, -1,  0, -1) /* 1: is not */ \
    X(CONTAINS_OP,         FLAGS, -1,  0, -1) /* item container -> bool; 1: not in */ \
    X(UNARY_NEGATIVE,      NONE,   0,  0,  0) \
    X(UNARY_POSITIVE,      NONE,   0,  0,  0) \
    X(UNARY_INVERT,        NONE,   0,  0,  0) \
    X(UNARY_NOT,           NONE,   0,  0,  0) /* the truth of the top, negated: a bool */ \
    \
    /* Displays. n values -> one; BUILD_MAP: n pairs "key value". */ \
    X(BUILD_TUPLE,         COUNT,  1, -1,  1) \
    X(BUILD_LIST,          COUNT,  1, -1,  1) \
    X(BUILD_SET,           COUNT,  1, -1,  1) \
    X(BUILD_MAP,           COUNT,  1, -2,  1) \
    X(BUILD_STRING,        COUNT,  1, -1,  1) /* n str are joined */ \
    X(LIST_TO_TUPLE,       NONE,   0,  0,  0) \
    /* value -> ; the container is the n-th from the top once the value is popped. */ \
    X(LIST_APPEND,         COUNT, -1,  0, -1) \
    X(SET_ADD,             COUNT, -1,  0, -1) \
    X(MAP_ADD,             COUNT, -2,  0, -2) /* key value -> */ \
    X(LIST_EXTEND,         COUNT, -1,  0, -1) /* TypeError "Value after * must be an iterable, */ \
                                              /* not int" */ \
    X(SET_UPDATE,          COUNT, -1,  0, -1) \
    X(DICT_UPDATE,         COUNT, -1,  0, -1) /* {**mapping}: "'int' object is not a mapping" */ \
    /* f(**mapping): as DICT_UPDATE, but str keys only and no key twice: TypeError "f() got */ \
    /* multiple values for keyword argument 'x'", "f() argument after ** must be a mapping, not */ \
    /* int". The callable is two entries below the dict. */ \
    X(DICT_MERGE,          COUNT, -1,  0, -1) \
    /* sequence -> values, the first one on top; ValueError "not enough values to unpack */ \
    /* (expected 3, got 2)", "too many values to unpack (expected 2)", TypeError "cannot unpack */ \
    /* non-iterable int object". */ \
    X(UNPACK_SEQUENCE,     COUNT, -1,  1, -1) \
    /* The low 12 bits of the argument: values before the starred, the high 12: after it. The */ \
    /* starred gets a list. The first value is on top. "not enough values to unpack (expected */ \
    /* at least 2, got 1)". */ \
    X(UNPACK_EX,           COUNT, EFFECT_ARG, 0, EFFECT_ARG) \
    /* value [spec] -> str. Argument: a FormatFlags conversion, | FORMAT_SPEC: a spec is on */ \
    /* top. */ \
    X(FORMAT_VALUE,        FLAGS, EFFECT_ARG, 0, EFFECT_ARG) \
    \
    /* Calls. The result replaces all. CALL n: callable a1 .. an CALL_KW n: callable a1 .. an */ \
    /* names: names is a tuple of str for the last arguments. CALL_METHOD n: what LOAD_METHOD */ \
    /* pushed, then a1 .. an; CALL_METHOD_KW n: names on top. CALL_EX flags: callable */ \
    /* iterable [mapping, when the argument is 1]. The iterable is a tuple built before, or */ \
    /* whatever stood after a lone `*`: "f() argument after * must be an iterable, not int". */ \
    X(CALL,                COUNT,  0, -1,  0) \
    X(CALL_KW,             COUNT, -1, -1, -1) \
    X(CALL_METHOD,         COUNT, -1, -1, -1) \
    X(CALL_METHOD_KW,      COUNT, -2, -1, -2) \
    X(CALL_EX,             FLAGS, EFFECT_ARG, 0, EFFECT_ARG) \
    /* [defaults tuple] [kwdefaults dict] [annotations dict] [closure: tuple of cells] code -> */ \
    /* function, those whose MakeFlags are set. */ \
    X(MAKE_FUNCTION,       FLAGS, EFFECT_ARG, 0, EFFECT_ARG) \
    /* Pushes the builtin that makes a class of: body function, name, *bases, **keywords. The */ \
    /* body runs with the namespace as its frame's namespace, and returns the cell of */ \
    /* __class__ (to be filled with the class) or None. */ \
    X(LOAD_BUILD_CLASS,    NONE,   1,  0,  1) \
    X(RETURN_VALUE,        NONE,  -1,  0, -1) \
    \
    /* Jumps. Only JUMP_BACK goes backwards: a safe point. POP_JUMP pops and tests the truth. */ \
    X(JUMP,                JUMP,   0,  0,  0) \
    X(JUMP_BACK,           JUMP,   0,  0,  0) \
    X(POP_JUMP_IF_FALSE,   JUMP,  -1,  0, -1) \
    X(POP_JUMP_IF_TRUE,    JUMP,  -1,  0, -1) \
    X(POP_JUMP_IF_NONE,    JUMP,  -1,  0, -1) \
    X(POP_JUMP_IF_NOT_NONE, JUMP, -1,  0, -1) \
    X(JUMP_IF_FALSE_OR_POP, JUMP, -1,  0,  0) /* keeps the value when it jumps */ \
    X(JUMP_IF_TRUE_OR_POP, JUMP,  -1,  0,  0) \
    \
    /* Iteration. FOR_ITER: iterator -> iterator item; at the end: iterator -> , and jumps. */ \
    X(GET_ITER,            NONE,   0,  0,  0) \
    X(FOR_ITER,            JUMP,   1,  0, -1) \
    \
    /* Generators and coroutines. A call of such code (see CodeFlags) binds the arguments and */ \
    /* makes the object; nothing has run yet. The first resumption begins at instruction 0 */ \
    /* with an empty stack (its sent value must be None and is dropped). YIELD_VALUE: value */ \
    /* -> sent. Suspends with value; when resumed, pushes what was sent, or raises what was */ \
    /* thrown. Argument: a YieldKind. YIELD_DELEGATED stands between SEND and its jump back: */ \
    /* below the value is the sub-iterator, to which throw() and close() go first; when its */ \
    /* throw() ends with StopIteration, the sub-iterator on the stack is replaced by the */ \
    /* result, and control goes to the target of the SEND right before this instruction. */ \
    /* YIELD_ASYNC: the yield of an async generator (its await yields are YIELD_DELEGATED). */ \
    X(YIELD_VALUE,         FLAGS,  0,  0,  0) \
    /* iterator sent -> iterator yielded; when the iterator ends: iterator sent -> result, */ \
    /* jumps. Sends to a generator, calls next() for None, else .send(). */ \
    X(SEND,                JUMP,   0,  0, -1) \
    X(GET_YIELD_FROM_ITER, NONE,   0,  0,  0) /* generators and (in coroutines) coroutines stay */ \
    /* value -> iterator of the awaitable; "object int can't be used in 'await' expression". */ \
    /* Argument: an AwaitKind, for the wording when __aenter__ or __aexit__ gave no awaitable. */ \
    X(GET_AWAITABLE,       FLAGS,  0,  0,  0) \
    X(GET_AITER,           NONE,   0,  0,  0) \
    X(GET_ANEXT,           NONE,   1,  0,  1) /* aiter -> aiter iterator-of-awaitable */ \
    /* aiter exception -> ; raises the exception again unless it is StopAsyncIteration. */ \
    X(END_ASYNC_FOR,       NONE,  -2,  0, -2) \
    \
    /* Exceptions. RAISE n: raise; raise exception; raise exception from cause (cause on top). */ \
    X(RAISE,               COUNT,  0, -1,  0) \
    /* exception -> ; raises it as it is: no new traceback entry for this frame, no new */ \
    /* context. */ \
    X(RERAISE,             NONE,  -1,  0, -1) \
    X(PUSH_EXC_INFO,       NONE,   1,  0,  1) /* exception -> previous exception; sets current */ \
    X(POP_EXCEPT,          NONE,  -1,  0, -1) /* previous -> ; restores current */ \
    /* exception type -> exception bool; the type may be a tuple: TypeError "catching classes */ \
    /* that do not inherit from BaseException is not allowed". */ \
    X(CHECK_EXC_MATCH,     NONE,   0,  0,  0) \
    X(LOAD_ASSERTION_ERROR, NONE,  1,  0,  1) /* the builtin, whatever the name is bound to */ \
    /* manager -> exit entered: __exit__ bound, and what __enter__() returned. "'int' object */ \
    /* does not support the context manager protocol". */ \
    X(BEFORE_WITH,         NONE,   1,  0,  1) \
    X(BEFORE_ASYNC_WITH,   NONE,   1,  0,  1) /* __aexit__, and what __aenter__() returned */ \
    /* exit previous exception -> exit previous exception result, of exit(type, exception, tb). */ \
    X(WITH_EXCEPT_START,   NONE,   1,  0,  1) \
    \
    /* Imports. IMPORT_NAME: level fromlist -> module, as __import__ (the root package when */ \
    /* fromlist is None). IMPORT_NAME_TRY: the same within a `try` that catches ImportError or */ \
    /* more, or a `with suppress(ImportError)`: a module that cannot be served must raise. */ \
    /* IMPORT_FROM: module -> module value; "cannot import name 'x' from 'm' (path)". */ \
    X(IMPORT_NAME,         NAME,  -1,  0, -1) \
    X(IMPORT_NAME_TRY,     NAME,  -1,  0, -1) \
    X(IMPORT_FROM,         NAME,   1,  0,  1) \
    X(IMPORT_STAR,         NONE,  -1,  0, -1) /* module -> ; into the frame's namespace */ \
    X(SETUP_ANNOTATIONS,   NONE,   0,  0,  0) /* makes __annotations__ in the namespace */ \
    \
    /* Patterns. */ \
    X(GET_LEN,             NONE,   1,  0,  1) /* subject -> subject len */ \
    X(MATCH_MAPPING,       NONE,   1,  0,  1) /* subject -> subject bool */ \
    X(MATCH_SEQUENCE,      NONE,   1,  0,  1) /* subject -> subject bool; not str, bytes */ \
    X(MATCH_KEYS,          NONE,   1,  0,  1) /* subject keys -> subject keys values-or-None */ \
    /* subject class names -> attributes-or-None: n positional attributes by __match_args__ */ \
    /* (str, int and the like take one, the subject itself), then those named. */ \
    X(MATCH_CLASS,         COUNT, -2,  0, -2) \
    /* mapping keys -> dict: a copy without the keys */ \
    X(DICT_WITHOUT,        NONE,  -1,  0, -1) \
    \
    /* Type parameters (PEP 695). The argument is an Intrinsic. */ \
    X(INTRINSIC,           INTRINSIC, EFFECT_ARG, 0, EFFECT_ARG) \
    /* Raises NotImplementedError; the constant is the text. */ \
    X(UNSUPPORTED,         CONST,  0,  0,  0)
/* clang-format on */

typedef enum Opcode {
#define X(name, arg, effect, per_arg, jump_effect) OP_##name,
    OPCODES(X)
#undef X
        OPCODE_COUNT
} Opcode;

typedef enum OpArg {
    OP_ARG_NONE,
    OP_ARG_COUNT,
    OP_ARG_FLAGS,
    OP_ARG_CONST,   /* index into Code.consts */
    OP_ARG_NAME,    /* index into Code.names */
    OP_ARG_SLOT,    /* index into Code.slots */
    OP_ARG_JUMP,    /* index into Code.instructions */
    OP_ARG_BINARY,  /* BinaryOp */
    OP_ARG_COMPARE, /* CompareOp */
    OP_ARG_INTRINSIC,
} OpArg;

enum { EFFECT_ARG = -128 };

typedef enum BinaryOp {
    BINARY_ADD,
    BINARY_SUBTRACT,
    BINARY_MULTIPLY,
    BINARY_MATRIX,
    BINARY_TRUE_DIVIDE,
    BINARY_FLOOR_DIVIDE,
    BINARY_REMAINDER,
    BINARY_POWER,
    BINARY_LSHIFT,
    BINARY_RSHIFT,
    BINARY_AND,
    BINARY_OR,
    BINARY_XOR,
} BinaryOp;

typedef enum CompareOp {
    COMPARE_LT,
    COMPARE_LE,
    COMPARE_EQ,
    COMPARE_NE,
    COMPARE_GT,
    COMPARE_GE,
} CompareOp;

typedef enum FormatFlags {
    FORMAT_NONE = 0,
    FORMAT_STR = 1,
    FORMAT_REPR = 2,
    FORMAT_ASCII = 3,
    FORMAT_CONVERSION = 3, /* the mask of the above */
    FORMAT_SPEC = 4,
} FormatFlags;

typedef enum MakeFlags {
    MAKE_DEFAULTS = 1,
    MAKE_KWDEFAULTS = 2,
    MAKE_ANNOTATIONS = 4,
    MAKE_CLOSURE = 8,
} MakeFlags;

typedef enum YieldKind { YIELD_PLAIN, YIELD_DELEGATED, YIELD_ASYNC } YieldKind;
typedef enum AwaitKind { AWAIT_PLAIN, AWAIT_AENTER, AWAIT_AEXIT } AwaitKind;

typedef enum Intrinsic {
    INTRINSIC_TYPEVAR,           /* name bound-function-or-None default-function-or-None -> it */
    INTRINSIC_PARAMSPEC,         /* name default-function-or-None -> ParamSpec */
    INTRINSIC_TYPEVARTUPLE,      /* name default-function-or-None -> TypeVarTuple */
    INTRINSIC_TYPE_ALIAS,        /* name type-parameters-tuple-or-None value-function -> alias */
    INTRINSIC_SUBSCRIPT_GENERIC, /* type-parameters-tuple -> Generic[...] */
    INTRINSIC_SET_TYPE_PARAMS,   /* function type-parameters-tuple -> function */
} Intrinsic;

#define INSTRUCTION(op, arg) ((uint32_t)(op) | (uint32_t)(arg) << 8)
#define INSTRUCTION_OP(word) ((Opcode)((word)&0xFF))
#define INSTRUCTION_ARG(word) ((word) >> 8)
enum { ARG_MOST = (1 << 24) - 1 };

typedef struct OpcodeInfo {
    const char *name;
    OpArg arg;
    int8_t effect, per_arg, jump_effect;
} OpcodeInfo;

extern const OpcodeInfo opcode_info[OPCODE_COUNT];

/* How the instruction changes the stack's height; `jumps` tells which way it goes on. */
int opcode_effect(Opcode op, uint32_t arg, bool jumps);
/* True when control never goes on to the next instruction. */
bool opcode_ends_flow(Opcode op);

#endif
