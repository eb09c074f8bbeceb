/* SPDX-License-Identifier: MIT */
#include "py/file_reader.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "py/codec.h"
#include "py/dunders.h"
#include "py/obj_exc.h"
#include "py/state.h"

typedef struct Reader {
    Value name, mode, encoding;
    char *data; /* decoded, when text */
    size_t len, at;
    bool closed, binary;
} Reader;

static void reader_mark(Vm *vm, void *payload)
{
    Reader *reader = payload;
    vm_mark(vm, reader->name);
    vm_mark(vm, reader->mode);
    vm_mark(vm, reader->encoding);
}

static void reader_drop(void *payload)
{
    mem_free(((Reader *)payload)->data);
}

static Reader *reader_of(Vm *vm, Value v)
{
    Reader *reader = payload_of(vm, v, &text_reader_class);
    return reader ? reader : payload_of(vm, v, &bytes_reader_class);
}

/* ---- opening ---- */

/* Universal newlines: "\r\n" and "\r" become "\n" unless `newline` is given. */
static void put_lines(Buf *out, Str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] != '\r') {
            buf_putc(out, text.ptr[i]);
            continue;
        }
        buf_putc(out, '\n');
        if (i + 1 < text.len && text.ptr[i + 1] == '\n')
            i++;
    }
}

static bool decode(Vm *vm, Str data, Str encoding, Str errors, Str newline, Buf *out)
{
    Encoding which;
    Buf raw = { 0 };
    if (!encoding_find(vm, encoding, &which))
        return false;
    bool ok = codec_decode(vm, data, which, errors, &raw);
    if (ok && !str_given(newline))
        put_lines(out, buf_str(&raw));
    else if (ok)
        buf_put(out, buf_str(&raw));
    buf_free(&raw);
    return ok;
}

bool file_reader_new(Vm *vm, Str data, Value name, bool binary, Str encoding, Str errors,
                     Str newline, Value *file)
{
    Buf text = { 0 };
    if (binary)
        buf_put(&text, data);
    else if (!decode(vm, data, encoding, errors, newline, &text)) {
        buf_free(&text);
        return false;
    }
    const NativeClass *native = binary ? &bytes_reader_class : &text_reader_class;
    *file = vm_new_native(vm, vm_class(vm, native), native);
    Reader *reader = payload_of(vm, *file, native);
    reader->name = name;
    reader->mode = make_strz(vm, binary ? "rb" : "r");
    reader->encoding = binary ? VALUE_NONE : make_str(vm, encoding);
    reader->binary = binary;
    reader->len = text.len;
    reader->data = mem_alloc(text.len + 1);
    if (text.len)
        memcpy(reader->data, text.ptr, text.len);
    buf_free(&text);
    return true;
}

static bool read_all(Vm *vm, int fd, size_t expected, Buf *data)
{
    if (!heap_may_grow(vm, expected))
        return false;
    for (;;) {
        char *room = buf_reserve(data, expected > 1 << 16 ? expected : 1 << 16);
        ssize_t count = read(fd, room, 1 << 16);
        if (count < 0 && errno != EINTR)
            return vm_raise_errno(vm, errno, STR_NONE);
        if (count == 0)
            return true;
        data->len += count > 0 ? (size_t)count : 0;
    }
}

static bool read_path(Vm *vm, Str path, Buf *data)
{
    Buf name = { 0 };
    struct stat status = { 0 };
    buf_put(&name, path);
    buf_putc(&name, '\0');
    int fd = open(name.ptr, O_RDONLY | O_CLOEXEC);
    buf_free(&name);
    if (fd < 0)
        return vm_raise_errno(vm, errno, path);
    bool ok = true;
    if (fstat(fd, &status) == 0 && S_ISDIR(status.st_mode))
        ok = vm_raise_errno(vm, EISDIR, path);
    ok = ok && read_all(vm, fd, (size_t)status.st_size, data);
    close(fd);
    return ok;
}

static bool check_mode(Vm *vm, Str mode, bool *binary)
{
    bool reading = false, writing = false, text = false;
    *binary = false;
    for (size_t i = 0; i < mode.len; i++) {
        reading = reading || mode.ptr[i] == 'r';
        writing = writing || strchr("wax+", mode.ptr[i]);
        *binary = *binary || mode.ptr[i] == 'b';
        text = text || mode.ptr[i] == 't';
        if (!strchr("rwax+btU", mode.ptr[i]))
            return vm_raise(vm, "ValueError", "invalid mode: '%.*s'", STR_ARG(mode));
    }
    if (text && *binary)
        return vm_raise(vm, "ValueError", "can't have text and binary mode at once");
    if (writing)
        return vm_raise(vm, "PermissionError",
                        "limbeck does not let scripts write files: open() with mode '%.*s'",
                        STR_ARG(mode));
    return reading || vm_raise(vm, "ValueError",
                               "Must have exactly one of "
                               "create/read/write/append mode and at most one "
                               "plus");
}

/* A str, bytes, or what __fspath__ gives. */
static bool to_path(Vm *vm, Value v, Value *path)
{
    Value method;
    *path = v;
    if (is_str(v) || is_bytes(v))
        return true;
    if (is_int(v))
        return vm_raise(vm, "NotImplementedError", "limbeck does not open file descriptors");
    if (!vm_getattr_if(vm, v, "__fspath__", &method))
        return false;
    if (!value_given(method))
        return vm_raise(vm, "TypeError", "expected str, bytes or os.PathLike object, not %s",
                        type_name(vm, v));
    return vm_call(vm, method, NULL, 0, path);
}

static bool option(Vm *vm, Value v, Str fallback, Str *text)
{
    *text = fallback;
    return value_is_none(v) || to_str(vm, v, text);
}

bool builtin_open(Vm *vm, Call *call)
{
    ARGS(call, file, mode, buffering, encoding, errors, newline);
    Str how, as, handler, ends;
    Value path;
    bool binary;
    (void)buffering;
    if (!to_str(vm, mode, &how) || !check_mode(vm, how, &binary) ||
        !option(vm, encoding, STR("utf-8"), &as) || !option(vm, errors, STR("strict"), &handler) ||
        !option(vm, newline, STR_NONE, &ends) || !to_path(vm, file, &path))
        return false;
    Buf data = { 0 };
    Str name = is_str(path) ? str_text(as_str(path)) : bytes_text(as_bytes(path));
    bool ok = read_path(vm, name, &data) &&
              file_reader_new(vm, buf_str(&data), path, binary, as, handler, ends, &call->result);
    buf_free(&data);
    return ok;
}

/* ---- reading ---- */

static bool to_reader(Vm *vm, Call *call, Reader **reader)
{
    *reader = reader_of(vm, call->args[0]);
    return !(*reader)->closed || vm_raise(vm, "ValueError", "I/O operation on closed file.");
}

static Value part_of(Vm *vm, const Reader *reader, Str part)
{
    return reader->binary ? make_bytes(vm, part) : make_str(vm, part);
}

static Str rest_of(const Reader *reader)
{
    return (Str){ reader->data + reader->at, reader->len - reader->at };
}

/* None or a negative number: all. Text counts code points. */
static bool to_amount(Vm *vm, const Reader *reader, Value v, size_t *bytes)
{
    int64_t wanted = -1;
    Str rest = rest_of(reader);
    *bytes = rest.len;
    if (!value_is_none(v) && !to_size(vm, v, &wanted))
        return false;
    if (wanted < 0)
        return true;
    size_t at = 0;
    if (reader->binary)
        at = (size_t)wanted < rest.len ? (size_t)wanted : rest.len;
    for (int64_t i = 0; !reader->binary && i < wanted && at < rest.len; i++)
        utf8_next(rest, &at);
    *bytes = at;
    return true;
}

static bool reader_read(Vm *vm, Call *call)
{
    Reader *reader;
    size_t bytes;
    if (!to_reader(vm, call, &reader) || !to_amount(vm, reader, call->args[1], &bytes))
        return false;
    call->result = part_of(vm, reader, str_slice(rest_of(reader), 0, bytes));
    reader->at += bytes;
    return true;
}

static Str next_line(Reader *reader)
{
    Str rest = rest_of(reader);
    ptrdiff_t end = str_find_char(rest, '\n', 0);
    Str line = str_slice(rest, 0, end < 0 ? rest.len : (size_t)end + 1);
    reader->at += line.len;
    return line;
}

static bool reader_readline(Vm *vm, Call *call)
{
    Reader *reader;
    return to_reader(vm, call, &reader) && give(call, part_of(vm, reader, next_line(reader)));
}

static bool reader_readlines(Vm *vm, Call *call)
{
    Reader *reader;
    if (!to_reader(vm, call, &reader))
        return false;
    call->result = make_list(vm, NULL, 0);
    while (reader->at < reader->len)
        list_append(vm, call->result, part_of(vm, reader, next_line(reader)));
    return true;
}

static bool reader_next(Vm *vm, Call *call)
{
    Reader *reader;
    if (!to_reader(vm, call, &reader))
        return false;
    if (reader->at >= reader->len)
        return vm_raise_value(vm, class_value(exc_class(vm, EXC_StopIteration)));
    return give(call, part_of(vm, reader, next_line(reader)));
}

static bool reader_self(Vm *vm, Call *call)
{
    Reader *reader;
    return to_reader(vm, call, &reader) && give(call, call->args[0]);
}

static bool reader_close(Vm *vm, Call *call)
{
    reader_of(vm, call->args[0])->closed = true;
    return true;
}

static bool reader_seek(Vm *vm, Call *call)
{
    Reader *reader;
    int64_t offset, whence;
    if (!to_reader(vm, call, &reader) || !to_size(vm, call->args[1], &offset) ||
        !to_size(vm, call->args[2], &whence))
        return false;
    int64_t base = whence == 1 ? (int64_t)reader->at : whence == 2 ? (int64_t)reader->len : 0;
    if (base + offset < 0)
        return vm_raise(vm, "ValueError", "negative seek position %lld",
                        (long long)(base + offset));
    reader->at = (size_t)(base + offset) > reader->len ? reader->len : (size_t)(base + offset);
    return give(call, value_int((int64_t)reader->at));
}

static bool reader_tell(Vm *vm, Call *call)
{
    Reader *reader;
    return to_reader(vm, call, &reader) && give(call, value_int((int64_t)reader->at));
}

static bool reader_true(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, value_bool(true));
}

static bool reader_false(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, value_bool(false));
}

static bool reader_write(Vm *vm, Call *call)
{
    (void)call;
    return vm_raise(vm, "OSError", "not writable");
}

static bool reader_repr(Vm *vm, Call *call)
{
    const Reader *reader = reader_of(vm, call->args[0]);
    Value name;
    if (!vm_repr(vm, reader->name, &name))
        return false;
    Str shown = str_text(as_str(name));
    if (reader->binary)
        return give(call, make_strf(vm, "<_io.BufferedReader name=%.*s>", STR_ARG(shown)));
    return give(call, make_strf(vm, "<_io.TextIOWrapper name=%.*s mode='r' encoding='%s'>",
                                STR_ARG(shown), as_str(reader->encoding)->text));
}

static bool reader_name(Vm *vm, Call *call)
{
    return give(call, reader_of(vm, call->args[0])->name);
}

static bool reader_mode(Vm *vm, Call *call)
{
    return give(call, reader_of(vm, call->args[0])->mode);
}

static bool reader_encoding(Vm *vm, Call *call)
{
    return give(call, reader_of(vm, call->args[0])->encoding);
}

static bool reader_closed(Vm *vm, Call *call)
{
    return give(call, value_bool(reader_of(vm, call->args[0])->closed));
}

static const NativeRow reader_methods[] = {
    { "read(self, size=-1, /)", reader_read, "Read at most size characters or bytes." },
    { "readline(self, size=-1, /)", reader_readline, "Read until newline or end of file." },
    { "readlines(self, hint=-1, /)", reader_readlines, "Return a list of lines." },
    { "close(self)", reader_close, "Close the file." },
    { "seek(self, offset, whence=0, /)", reader_seek, "Change the position." },
    { "tell(self)", reader_tell, "Return the position." },
    { "readable(self)", reader_true, NULL },
    { "seekable(self)", reader_true, NULL },
    { "writable(self)", reader_false, NULL },
    { "isatty(self)", reader_false, NULL },
    { "flush(self)", reader_self, NULL },
    { "write(self, text, /)", reader_write, "Refused." },
    { "__enter__(self)", reader_self, NULL },
    { "__exit__(self, *exc_info)", reader_close, NULL },
    { "__iter__(self)", reader_self, NULL },
    { "__next__(self)", reader_next, NULL },
    { "__repr__(self)", reader_repr, NULL },
};

static const NativeRow reader_getters[] = {
    { "name(self)", reader_name, NULL },
    { "mode(self)", reader_mode, NULL },
    { "encoding(self)", reader_encoding, NULL },
    { "closed(self)", reader_closed, NULL },
};

#define READER_CLASS(text)                                                                         \
    {                                                                                              \
        .name = text, .module = "_io", .size = sizeof(Reader), .methods = reader_methods,          \
        .method_count = sizeof reader_methods / sizeof *reader_methods, .getters = reader_getters, \
        .getter_count = sizeof reader_getters / sizeof *reader_getters, .mark = reader_mark,       \
        .drop = reader_drop                                                                        \
    }

const NativeClass text_reader_class = READER_CLASS("TextIOWrapper");
const NativeClass bytes_reader_class = READER_CLASS("BufferedReader");
