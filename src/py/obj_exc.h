/* SPDX-License-Identifier: MIT */
/* Exceptions: the built-in hierarchy, instances, chaining, tracebacks. */
#ifndef LIMBECK_PY_OBJ_EXC_H
#define LIMBECK_PY_OBJ_EXC_H

#include "base/buf.h"
#include "py/code.h"
#include "py/obj_class.h"

/* name, base. A base stands before what inherits from it. */
#define EXCEPTIONS(X)                          \
    X(BaseException, BaseException)            \
    X(BaseExceptionGroup, BaseException)       \
    X(GeneratorExit, BaseException)            \
    X(KeyboardInterrupt, BaseException)        \
    X(SystemExit, BaseException)               \
    X(Exception, BaseException)                \
    X(ExceptionGroup, Exception)               \
    X(ArithmeticError, Exception)              \
    X(FloatingPointError, ArithmeticError)     \
    X(OverflowError, ArithmeticError)          \
    X(ZeroDivisionError, ArithmeticError)      \
    X(AssertionError, Exception)               \
    X(AttributeError, Exception)               \
    X(BufferError, Exception)                  \
    X(EOFError, Exception)                     \
    X(ImportError, Exception)                  \
    X(ModuleNotFoundError, ImportError)        \
    X(LookupError, Exception)                  \
    X(IndexError, LookupError)                 \
    X(KeyError, LookupError)                   \
    X(MemoryError, Exception)                  \
    X(NameError, Exception)                    \
    X(UnboundLocalError, NameError)            \
    X(OSError, Exception)                      \
    X(BlockingIOError, OSError)                \
    X(ChildProcessError, OSError)              \
    X(ConnectionError, OSError)                \
    X(BrokenPipeError, ConnectionError)        \
    X(ConnectionAbortedError, ConnectionError) \
    X(ConnectionRefusedError, ConnectionError) \
    X(ConnectionResetError, ConnectionError)   \
    X(FileExistsError, OSError)                \
    X(FileNotFoundError, OSError)              \
    X(InterruptedError, OSError)               \
    X(IsADirectoryError, OSError)              \
    X(NotADirectoryError, OSError)             \
    X(PermissionError, OSError)                \
    X(ProcessLookupError, OSError)             \
    X(TimeoutError, OSError)                   \
    X(ReferenceError, Exception)               \
    X(RuntimeError, Exception)                 \
    X(NotImplementedError, RuntimeError)       \
    X(RecursionError, RuntimeError)            \
    X(StopAsyncIteration, Exception)           \
    X(StopIteration, Exception)                \
    X(SyntaxError, Exception)                  \
    X(IndentationError, SyntaxError)           \
    X(TabError, IndentationError)              \
    X(SystemError, Exception)                  \
    X(TypeError, Exception)                    \
    X(ValueError, Exception)                   \
    X(UnicodeError, ValueError)                \
    X(UnicodeDecodeError, UnicodeError)        \
    X(UnicodeEncodeError, UnicodeError)        \
    X(UnicodeTranslateError, UnicodeError)     \
    X(Warning, Exception)                      \
    X(BytesWarning, Warning)                   \
    X(DeprecationWarning, Warning)             \
    X(EncodingWarning, Warning)                \
    X(FutureWarning, Warning)                  \
    X(ImportWarning, Warning)                  \
    X(PendingDeprecationWarning, Warning)      \
    X(ResourceWarning, Warning)                \
    X(RuntimeWarning, Warning)                 \
    X(SyntaxWarning, Warning)                  \
    X(UnicodeWarning, Warning)                 \
    X(UserWarning, Warning)

typedef enum ExcKind {
#define X(name, base) EXC_##name,
    EXCEPTIONS(X)
#undef X
        EXC_COUNT
} ExcKind;

/* One entry of a traceback: a place in a frame. The list goes from the outermost inward. */
typedef struct TracebackObj { /* OBJ_TRACEBACK */
    Obj head;
    struct TracebackObj *next; /* tb_next, or NULL */
    struct FrameObj *frame;
    uint32_t instruction;
} TracebackObj;

/* What scripts see of a frame: sys._getframe(), tb_frame. */
typedef struct FrameObj { /* OBJ_FRAME */
    Obj head;
    struct CodeObj *code;
    DictObj *globals;
    DictObj *locals;       /* when the frame has a namespace */
    struct FrameObj *back; /* or NULL */
    struct Frame *live;    /* while it runs, else NULL */
    uint32_t instruction;  /* where it was left */
} FrameObj;

typedef struct ExcObj { /* OBJ_EXCEPTION; other attributes (name, path, errno) in its __dict__ */
    Obj head;
    TupleObj *args;
    Value cause, context;    /* an ExcObj or None */
    bool suppress;           /* __suppress_context__ */
    bool syntax;             /* made of an ERR_SYNTAX: `text` is how it prints */
    TracebackObj *traceback; /* or NULL */
    Value text;
} ExcObj;

static inline ExcObj *as_exc(Value v)
{
    return (ExcObj *)v.object;
}
static inline bool is_exception(Value v)
{
    return value_is(v, OBJ_EXCEPTION);
}
/* Made when first asked for. */
Class *exc_class(Vm *vm, ExcKind kind);
/* By its Python name (IOError and EnvironmentError too), or NULL. */
Class *exc_class_named(Vm *vm, Str name);
bool exc_is(Vm *vm, Value exception, ExcKind kind);
/* An instance with one argument, a str. */
ExcObj *exc_new(Vm *vm, Class *cls, Value message);
/* raise KeyError(key): one argument of any type. */
bool vm_raise_with(Vm *vm, ExcKind kind, Value argument);
/* Raises OSError or its subclass by errno, with filename when given. */
bool vm_raise_errno(Vm *vm, int number, Str filename);
/* Sets an attribute of an exception: name, obj, path. */
void exc_set(Vm *vm, ExcObj *exc, const char *name, Value v);
/*
 * The whole traceback with chained exceptions, as CPython prints it to stderr. `uncaught`: with the
 * names that may have been meant, as its interpreter does and its module traceback does not.
 */
bool exc_print(Vm *vm, Value exception, bool uncaught, Buf *out);
/* traceback.format_exception_only / the stack part only: "  File ..." lines. */
void exc_print_last_line(Vm *vm, Value exception, Buf *out);
void traceback_print(Vm *vm, const TracebackObj *traceback, Buf *out);
/* What str(exception) of a built-in one says: its first argument's text, or empty. Borrowed. */
Str exc_message(Vm *vm, Value exception);
/* When a frame is left by an exception. */
void traceback_add(Vm *vm, ExcObj *exc, struct Frame *frame);

#endif
