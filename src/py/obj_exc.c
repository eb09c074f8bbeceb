/* SPDX-License-Identifier: MIT */
#include "py/obj_exc.h"

#include <errno.h>
#include <string.h>

#include "py/frame.h"
#include "py/heap_kinds.h"
#include "py/native.h"

/* ---- instances ---- */

void exc_mark(Vm *vm, Obj *obj)
{
    ExcObj *exc = (ExcObj *)obj;
    heap_mark(vm, (Obj *)exc->args);
    heap_mark_value(vm, exc->cause);
    heap_mark_value(vm, exc->context);
    heap_mark(vm, (Obj *)exc->traceback);
    heap_mark_value(vm, exc->text);
}

void traceback_mark(Vm *vm, Obj *obj)
{
    heap_mark(vm, (Obj *)((TracebackObj *)obj)->next);
    heap_mark(vm, (Obj *)((TracebackObj *)obj)->frame);
}

static ExcObj *exc_blank(Vm *vm, Class *cls)
{
    ExcObj *exc = heap_new(vm, cls, OBJ_EXCEPTION, sizeof *exc);
    exc->cause = exc->context = VALUE_NONE;
    return exc;
}

ExcObj *exc_new(Vm *vm, Class *cls, Value message)
{
    ExcObj *exc = exc_blank(vm, cls);
    exc->args = tuple_new_of(vm, builtin_class(vm, CLASS_TUPLE), &message, value_given(message));
    return exc;
}

void exc_set(Vm *vm, ExcObj *exc, const char *name, Value v)
{
    DictObj *dict = object_dict(vm, value_object(exc), true);
    table_set_str(vm, &dict->table, str_intern(vm, str_from(name)), v);
}

static Value exc_get(const ExcObj *exc, const char *name)
{
    const ObjExtra *extra = obj_extra(&exc->head);
    const TableEntry *entry =
        extra && extra->attrs ? table_find_text(&extra->attrs->table, str_from(name)) : NULL;
    return entry ? entry->item : VALUE_NONE;
}

bool exc_is(Vm *vm, Value exception, ExcKind kind)
{
    return is_exception(exception) && class_is(exception.object->cls, exc_class(vm, kind));
}

Str exc_message(Vm *vm, Value exception)
{
    const TupleObj *args = as_exc(exception)->args;
    return args->len && value_is(args->items[0], OBJ_STR) ? str_text(as_str(args->items[0]))
                                                          : STR("");
}

/* ---- the rows of BaseException ---- */

static bool base_new(Vm *vm, Call *call)
{
    ARGS(call, cls, args, kwargs);
    if (!is_class(cls) || !(as_class(cls)->flags & CLASS_BASE_EXCEPTION))
        return vm_raise(vm, "TypeError", "BaseException.__new__(X): X is not an exception type");
    ExcObj *exc = exc_blank(vm, as_class(cls));
    exc->args = as_tuple(args);
    (void)kwargs;
    return give(call, value_object(exc));
}

static const char *const import_keywords[] = { "name", "path", "name_from", NULL };
static const char *const attribute_keywords[] = { "name", "obj", NULL };
static const char *const name_keywords[] = { "name", NULL };

static const char *const *keywords_of(Vm *vm, Value self)
{
    static const char *const none[] = { NULL };
    return exc_is(vm, self, EXC_ImportError)      ? import_keywords
           : exc_is(vm, self, EXC_AttributeError) ? attribute_keywords
           : exc_is(vm, self, EXC_NameError)      ? name_keywords
                                                  : none;
}

static bool base_keyword(Vm *vm, Value self, const char *const *allowed, Value key, Value item)
{
    for (; *allowed; allowed++)
        if (str_is(str_text(as_str(key)), *allowed)) {
            exc_set(vm, as_exc(self), *allowed, item);
            return true;
        }
    return vm_raise(vm, "TypeError", "%s() takes no keyword arguments", type_name(vm, self));
}

static bool base_init(Vm *vm, Call *call)
{
    ARGS(call, self, args, kwargs);
    ExcObj *exc = as_exc(self);
    exc->args = as_tuple(args);
    const char *const *allowed = keywords_of(vm, self);
    for (size_t i = 0; allowed[i]; i++)
        exc_set(vm, exc, allowed[i], VALUE_NONE);
    if (allowed == import_keywords)
        exc_set(vm, exc, "msg", exc->args->len == 1 ? exc->args->items[0] : VALUE_NONE);
    Value key, item;
    for (size_t at = 0; dict_next(kwargs, &at, &key, &item);)
        if (!base_keyword(vm, self, allowed, key, item))
            return false;
    return true;
}

static bool base_str(Vm *vm, Call *call)
{
    ARGS(call, self);
    const TupleObj *args = as_exc(self)->args;
    Value text;
    if (args->len == 0)
        return give(call, make_strz(vm, ""));
    if (!vm_str(vm, args->len == 1 ? args->items[0] : value_object((void *)(uintptr_t)args), &text))
        return false;
    return give(call, text);
}

static bool base_repr(Vm *vm, Call *call)
{
    ARGS(call, self);
    const TupleObj *args = as_exc(self)->args;
    Value text;
    Str name = str_text(self.object->cls->name);
    if (!vm_repr(vm, args->len == 1 ? args->items[0] : value_object((void *)(uintptr_t)args),
                 &text))
        return false;
    Str inner = str_text(as_str(text));
    if (args->len == 1)
        return give(call, make_strf(vm, "%.*s(%.*s)", STR_ARG(name), STR_ARG(inner)));
    return give(call, make_strf(vm, "%.*s%.*s", STR_ARG(name), STR_ARG(inner)));
}

static bool base_with_traceback(Vm *vm, Call *call)
{
    ARGS(call, self, tb);
    return vm_setattr(vm, self, "__traceback__", tb) && give(call, self);
}

static bool base_add_note(Vm *vm, Call *call)
{
    ARGS(call, self, note);
    if (!is_str(note))
        return vm_raise(vm, "TypeError", "note must be a str, not '%s'", type_name(vm, note));
    Value notes;
    if (!vm_getattr_if(vm, self, "__notes__", &notes))
        return false;
    if (!value_given(notes)) {
        notes = make_list(vm, NULL, 0);
        exc_set(vm, as_exc(self), "__notes__", notes);
    }
    if (!is_list(notes))
        return vm_raise(vm, "TypeError", "Cannot add note: __notes__ is not a list");
    list_append(vm, notes, note);
    return true;
}

static bool base_reduce(Vm *vm, Call *call)
{
    ARGS(call, self);
    Value parts[2] = { class_value(self.object->cls), value_object(as_exc(self)->args) };
    return give(call, make_tuple(vm, parts, 2));
}

static const NativeRow base_methods[] = {
    { "__new__(cls, /, *args, **kwargs)", base_new, NULL },
    { "__init__(self, /, *args, **kwargs)", base_init, NULL },
    { "__str__(self, /)", base_str, NULL },
    { "__repr__(self, /)", base_repr, NULL },
    { "__reduce__(self, /)", base_reduce, NULL },
    { "with_traceback(self, tb, /)", base_with_traceback,
      "Set self.__traceback__ and return self." },
    { "add_note(self, note, /)", base_add_note, "Add a note to the exception." },
};

static const NativeClass base_exception_rows = {
    .name = "BaseException",
    ROWS_OF(methods, method_count, base_methods),
    .doc = "Common base class for all exceptions",
};

/* ---- those that differ ---- */

static bool key_error_str(Vm *vm, Call *call)
{
    ARGS(call, self);
    Value text;
    if (as_exc(self)->args->len != 1)
        return base_str(vm, call);
    return vm_repr(vm, as_exc(self)->args->items[0], &text) && give(call, text);
}

static const NativeRow key_error_methods[] = {
    { "__str__(self, /)", key_error_str, NULL },
};

static bool first_argument(Vm *vm, Call *call)
{
    ARGS(call, self);
    const TupleObj *args = as_exc(self)->args;
    return give(call, args->len ? args->items[0] : VALUE_NONE);
}

static const NativeRow stop_getters[] = { { "value(self)", first_argument, NULL } };

static bool exit_code(Vm *vm, Call *call)
{
    ARGS(call, self);
    const TupleObj *args = as_exc(self)->args;
    return give(call, args->len == 0   ? VALUE_NONE
                      : args->len == 1 ? args->items[0]
                                       : value_object((void *)(uintptr_t)args));
}

static const NativeRow exit_getters[] = { { "code(self)", exit_code, NULL } };

/* errno, the class that stands for it */
static const struct {
    int number;
    ExcKind kind;
} errno_classes[] = {
    { EAGAIN, EXC_BlockingIOError },
    { EALREADY, EXC_BlockingIOError },
    { EINPROGRESS, EXC_BlockingIOError },
    { EPIPE, EXC_BrokenPipeError },
    { ECHILD, EXC_ChildProcessError },
    { ECONNABORTED, EXC_ConnectionAbortedError },
    { ECONNREFUSED, EXC_ConnectionRefusedError },
    { ECONNRESET, EXC_ConnectionResetError },
    { EEXIST, EXC_FileExistsError },
    { ENOENT, EXC_FileNotFoundError },
    { EISDIR, EXC_IsADirectoryError },
    { ENOTDIR, EXC_NotADirectoryError },
    { EINTR, EXC_InterruptedError },
    { EACCES, EXC_PermissionError },
    { EPERM, EXC_PermissionError },
    { ESRCH, EXC_ProcessLookupError },
    { ETIMEDOUT, EXC_TimeoutError },
};

static ExcKind errno_kind(int64_t number)
{
    for (size_t i = 0; i < sizeof errno_classes / sizeof *errno_classes; i++)
        if (errno_classes[i].number == number)
            return errno_classes[i].kind;
    return EXC_OSError;
}

static bool os_error_new(Vm *vm, Call *call)
{
    ARGS(call, cls, args, kwargs);
    int64_t number;
    Class *made = as_class(cls);
    const TupleObj *given = as_tuple(args);
    if (made == exc_class(vm, EXC_OSError) && given->len >= 2 &&
        int_small(given->items[0], &number))
        made = exc_class(vm, errno_kind(number));
    ExcObj *exc = exc_blank(vm, made);
    exc->args = as_tuple(args);
    (void)kwargs;
    return give(call, value_object(exc));
}

static bool os_error_init(Vm *vm, Call *call)
{
    ARGS(call, self, args);
    ExcObj *exc = as_exc(self);
    const TupleObj *given = as_tuple(args);
    bool pair = given->len >= 2 && given->len <= 5;
    exc->args =
        tuple_new_of(vm, builtin_class(vm, CLASS_TUPLE), given->items, pair ? 2 : given->len);
    exc_set(vm, exc, "errno", pair ? given->items[0] : VALUE_NONE);
    exc_set(vm, exc, "strerror", pair ? given->items[1] : VALUE_NONE);
    exc_set(vm, exc, "filename", pair && given->len > 2 ? given->items[2] : VALUE_NONE);
    exc_set(vm, exc, "filename2", pair && given->len > 4 ? given->items[4] : VALUE_NONE);
    return true;
}

static bool os_error_str(Vm *vm, Call *call)
{
    ARGS(call, self);
    const ExcObj *exc = as_exc(self);
    Value number = exc_get(exc, "errno"), reason = exc_get(exc, "strerror"), a, b, name;
    if (value_is_none(number) || value_is_none(reason))
        return base_str(vm, call);
    if (!vm_str(vm, number, &a) || !vm_str(vm, reason, &b))
        return false;
    if (value_is_none(exc_get(exc, "filename")))
        return give(call, make_strf(vm, "[Errno %s] %s", as_str(a)->text, as_str(b)->text));
    if (!vm_repr(vm, exc_get(exc, "filename"), &name))
        return false;
    return give(call, make_strf(vm, "[Errno %s] %s: %s", as_str(a)->text, as_str(b)->text,
                                as_str(name)->text));
}

static const NativeRow os_error_methods[] = {
    { "__new__(cls, /, *args, **kwargs)", os_error_new, NULL },
    { "__init__(self, /, *args)", os_error_init, NULL },
    { "__str__(self, /)", os_error_str, NULL },
};

static bool unicode_init(Vm *vm, Call *call)
{
    static const char *const names[] = { "encoding", "object", "start", "end", "reason" };
    ARGS(call, self, encoding, object, start, end, reason);
    const Value parts[5] = { encoding, object, start, end, reason };
    as_exc(self)->args = as_tuple(make_tuple(vm, parts, 5));
    for (size_t i = 0; i < 5; i++)
        exc_set(vm, as_exc(self), names[i], parts[i]);
    return true;
}

/* What is wrong with which part of what; a script may have set them to anything. */
typedef struct UnicodeParts {
    Value object;
    int64_t start, end;
    const char *encoding, *reason;
} UnicodeParts;

static const char *text_or_mark(Value v)
{
    return is_str(v) ? as_str(v)->text : "?";
}

static UnicodeParts unicode_parts(const ExcObj *exc)
{
    UnicodeParts parts = { .object = exc_get(exc, "object"),
                           .encoding = text_or_mark(exc_get(exc, "encoding")),
                           .reason = text_or_mark(exc_get(exc, "reason")) };
    int_small(exc_get(exc, "start"), &parts.start);
    int_small(exc_get(exc, "end"), &parts.end);
    return parts;
}

static bool decode_str(Vm *vm, Call *call)
{
    ARGS(call, self);
    const UnicodeParts at = unicode_parts(as_exc(self));
    if (value_is(at.object, OBJ_BYTES) && at.end == at.start + 1 && at.start >= 0 &&
        (size_t)at.start < as_bytes(at.object)->len)
        return give(call, make_strf(vm, "'%s' codec can't decode byte 0x%02x in position %lld: %s",
                                    at.encoding,
                                    (unsigned char)bytes_text(as_bytes(at.object)).ptr[at.start],
                                    (long long)at.start, at.reason));
    return give(call,
                make_strf(vm, "'%s' codec can't decode bytes in position %lld-%lld: %s",
                          at.encoding, (long long)at.start, (long long)at.end - 1, at.reason));
}

static bool encode_str(Vm *vm, Call *call)
{
    ARGS(call, self);
    const UnicodeParts at = unicode_parts(as_exc(self));
    if (is_str(at.object) && at.end == at.start + 1) {
        size_t next = 0;
        uint32_t c = 0;
        for (int64_t i = 0; i <= at.start && next < as_str(at.object)->len; i++)
            c = utf8_next(str_text(as_str(at.object)), &next);
        return give(
            call,
            make_strf(vm,
                      c < 0x100 ? "'%s' codec can't encode character '\\x%02x' in position %lld: %s"
                      : c < 0x10000
                          ? "'%s' codec can't encode character '\\u%04x' in position %lld: %s"
                          : "'%s' codec can't encode character '\\U%08x' in position %lld: %s",
                      at.encoding, c, (long long)at.start, at.reason));
    }
    return give(call,
                make_strf(vm, "'%s' codec can't encode characters in position %lld-%lld: %s",
                          at.encoding, (long long)at.start, (long long)at.end - 1, at.reason));
}

static const NativeRow decode_methods[] = {
    { "__init__(self, encoding, object, start, end, reason, /)", unicode_init, NULL },
    { "__str__(self, /)", decode_str, NULL },
};
static const NativeRow encode_methods[] = {
    { "__init__(self, encoding, object, start, end, reason, /)", unicode_init, NULL },
    { "__str__(self, /)", encode_str, NULL },
};

static bool syntax_init(Vm *vm, Call *call)
{
    static const char *const names[] = { "filename", "lineno",     "offset",
                                         "text",     "end_lineno", "end_offset" };
    ARGS(call, self, args);
    ExcObj *exc = as_exc(self);
    exc->args = as_tuple(args);
    exc_set(vm, exc, "msg", exc->args->len ? exc->args->items[0] : VALUE_NONE);
    const TupleObj *place =
        exc->args->len > 1 && is_tuple(exc->args->items[1]) ? as_tuple(exc->args->items[1]) : NULL;
    for (size_t i = 0; i < 6; i++)
        exc_set(vm, exc, names[i], place && i < place->len ? place->items[i] : VALUE_NONE);
    return true;
}

static bool syntax_str(Vm *vm, Call *call)
{
    ARGS(call, self);
    const ExcObj *exc = as_exc(self);
    Value message, file = exc_get(exc, "filename"), line = exc_get(exc, "lineno");
    if (!vm_str(vm, exc_get(exc, "msg"), &message))
        return false;
    if (is_str(file) && is_int(line)) {
        Str base = str_text(as_str(file));
        ptrdiff_t slash = str_rfind_char(base, '/');
        base = str_from_offset(base, (size_t)(slash + 1));
        return give(call, make_strf(vm, "%s (%.*s, line %lld)", as_str(message)->text,
                                    STR_ARG(base), (long long)line.integer));
    }
    return give(call, message);
}

static const NativeRow syntax_methods[] = {
    { "__init__(self, /, *args)", syntax_init, NULL },
    { "__str__(self, /)", syntax_str, NULL },
};

static bool group_init(Vm *vm, Call *call)
{
    ARGS(call, self, message, exceptions);
    Value list;
    if (!is_str(message))
        return vm_raise(vm, "TypeError", "argument 1 must be str, not %s", type_name(vm, message));
    if (!vm_to_list(vm, exceptions, &list))
        return false;
    for (size_t i = 0; i < list_len(list); i++)
        if (!is_exception(list_get(list, i)))
            return vm_raise(vm, "ValueError",
                            "Item %zu of second argument (exceptions) is not an exception", i);
    if (list_len(list) == 0)
        return vm_raise(vm, "ValueError",
                        "second argument (exceptions) must be a non-empty sequence");
    Value parts[2] = { message, exceptions };
    as_exc(self)->args = as_tuple(make_tuple(vm, parts, 2));
    exc_set(vm, as_exc(self), "message", message);
    exc_set(vm, as_exc(self), "exceptions", make_tuple(vm, as_list(list)->items, list_len(list)));
    return true;
}

static bool group_str(Vm *vm, Call *call)
{
    ARGS(call, self);
    Value inner = exc_get(as_exc(self), "exceptions"), message;
    if (!vm_str(vm, exc_get(as_exc(self), "message"), &message))
        return false;
    size_t count = is_tuple(inner) ? tuple_len(inner) : 0;
    return give(call, make_strf(vm, "%s (%zu sub-exception%s)", as_str(message)->text, count,
                                count == 1 ? "" : "s"));
}

static const NativeRow group_methods[] = {
    { "__init__(self, message, exceptions, /)", group_init, NULL },
    { "__str__(self, /)", group_str, NULL },
};

/* ---- classes ---- */

#define ROW(kind, ...) [EXC_##kind] = { .name = #kind, __VA_ARGS__ }
static const NativeClass exc_rows[EXC_COUNT] = {
    ROW(KeyError, ROWS_OF(methods, method_count, key_error_methods)),
    ROW(StopIteration, ROWS_OF(getters, getter_count, stop_getters)),
    ROW(SystemExit, ROWS_OF(getters, getter_count, exit_getters)),
    ROW(OSError, ROWS_OF(methods, method_count, os_error_methods)),
    ROW(UnicodeDecodeError, ROWS_OF(methods, method_count, decode_methods)),
    ROW(UnicodeEncodeError, ROWS_OF(methods, method_count, encode_methods)),
    ROW(SyntaxError, ROWS_OF(methods, method_count, syntax_methods)),
    ROW(BaseExceptionGroup, ROWS_OF(methods, method_count, group_methods)),
    ROW(ExceptionGroup, ROWS_OF(methods, method_count, group_methods)),
};

static const struct {
    const char *name;
    ExcKind base;
} exc_table[EXC_COUNT] = {
#define X(name, base) { #name, EXC_##base },
    EXCEPTIONS(X)
#undef X
};

Class *exc_class(Vm *vm, ExcKind kind)
{
    if (vm->exceptions[kind])
        return vm->exceptions[kind];
    Class *cls;
    if (kind == EXC_BaseException) {
        cls = class_of_rows(vm, &base_exception_rows, builtin_class(vm, CLASS_OBJECT));
        cls->layout = OBJ_EXCEPTION;
        cls->flags |= CLASS_BASE_EXCEPTION | CLASS_HAS_DICT;
    } else {
        Class *base = exc_class(vm, exc_table[kind].base);
        cls = exc_rows[kind].name ? class_of_rows(vm, &exc_rows[kind], base)
                                  : exc_class_new(vm, str_from(exc_table[kind].name), base);
    }
    cls->flags |= CLASS_BUILTIN;
    vm->exceptions[kind] = cls;
    return cls;
}

Class *exc_class_named(Vm *vm, Str name)
{
    if (str_is(name, "IOError") || str_is(name, "EnvironmentError"))
        name = STR("OSError");
    for (int i = 0; i < EXC_COUNT; i++)
        if (str_is(name, exc_table[i].name))
            return exc_class(vm, (ExcKind)i);
    return NULL;
}

/* ---- raising ---- */

/* The exception being handled becomes the context, without making a ring. */
static void set_context(Vm *vm, ExcObj *exc)
{
    if (!is_exception(vm->handled) || vm->handled.object == (Obj *)exc)
        return;
    for (ExcObj *each = as_exc(vm->handled); is_exception(each->context);) {
        if (each->context.object == (Obj *)exc) {
            each->context = VALUE_NONE;
            break;
        }
        each = as_exc(each->context);
    }
    exc->context = vm->handled;
}

static bool raise_exc(Vm *vm, ExcObj *exc)
{
    if (value_given(vm->pending) && is_exception(vm->pending) && vm->pending.object != (Obj *)exc &&
        !is_exception(exc->context))
        exc->context = vm->pending;
    else
        set_context(vm, exc);
    vm->pending = value_object(exc);
    vm->again = vm->late = false;
    return false;
}

bool vm_raise(Vm *vm, const char *exception, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    Buf text = { 0 };
    buf_vprintf(&text, format, args);
    va_end(args);
    Class *cls = exc_class_named(vm, str_from(exception));
    if (!cls)
        cls = exc_class(vm, EXC_SystemError);
    ExcObj *exc = exc_new(vm, cls, make_str(vm, buf_str(&text)));
    buf_free(&text);
    if (cls == vm->exceptions[EXC_OSError] || class_is(cls, exc_class(vm, EXC_OSError))) {
        exc_set(vm, exc, "errno", VALUE_NONE);
        exc_set(vm, exc, "strerror", VALUE_NONE);
        exc_set(vm, exc, "filename", VALUE_NONE);
    }
    if (class_is(cls, exc_class(vm, EXC_ImportError))) {
        exc_set(vm, exc, "name", VALUE_NONE);
        exc_set(vm, exc, "path", VALUE_NONE);
        exc_set(vm, exc, "msg", exc->args->items[0]);
    }
    return raise_exc(vm, exc);
}

bool vm_raise_with(Vm *vm, ExcKind kind, Value argument)
{
    return raise_exc(vm, exc_new(vm, exc_class(vm, kind), argument));
}

bool vm_raise_value(Vm *vm, Value exception)
{
    if (value_is(exception, OBJ_CLASS) && as_class(exception)->flags & CLASS_BASE_EXCEPTION) {
        Value made;
        if (!vm_call(vm, exception, NULL, 0, &made))
            return false;
        exception = made;
    }
    if (!is_exception(exception))
        return vm_raise(vm, "TypeError", "exceptions must derive from BaseException");
    return raise_exc(vm, as_exc(exception));
}

bool vm_raise_errno(Vm *vm, int number, Str filename)
{
    Value parts[3] = { value_int(number), make_strz(vm, strerror(number)), VALUE_NONE };
    if (str_given(filename))
        parts[2] = make_str(vm, filename);
    ExcObj *exc = exc_blank(vm, exc_class(vm, errno_kind(number)));
    exc->args = tuple_new_of(vm, builtin_class(vm, CLASS_TUPLE), parts, 2);
    exc_set(vm, exc, "errno", parts[0]);
    exc_set(vm, exc, "strerror", parts[1]);
    exc_set(vm, exc, "filename", parts[2]);
    exc_set(vm, exc, "filename2", VALUE_NONE);
    return raise_exc(vm, exc);
}

bool vm_raised(Vm *vm, const char *exception)
{
    if (!is_exception(vm->pending))
        return false;
    Class *cls = exc_class_named(vm, str_from(exception));
    return cls && class_is(vm->pending.object->cls, cls);
}

Value vm_catch(Vm *vm)
{
    Value exception = vm->pending;
    vm->pending = VALUE_UNSET;
    vm->again = vm->late = false;
    return exception;
}

void traceback_add(Vm *vm, ExcObj *exc, Frame *frame)
{
    Class *cls = builtin_class(vm, CLASS_TRACEBACK);
    TracebackObj *entry = heap_new(vm, cls, OBJ_TRACEBACK, sizeof *entry);
    entry->frame = frame_object(vm, frame);
    entry->instruction = frame_instruction(frame);
    entry->next = exc->traceback;
    exc->traceback = entry;
}
