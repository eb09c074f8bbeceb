/* SPDX-License-Identifier: MIT */
#include "script/offline_file.h"

#include "base/file.h"
#include "script/bind.h"

typedef struct WriterObj {
    Str path;
    Buf text;
    bool closed;
} WriterObj;

static const NativeClass writer_class;

static WriterObj *writer_self(Vm *vm, Value self)
{
    return payload_of(vm, self, &writer_class);
}

static bool writer_close_now(Vm *vm, WriterObj *writer)
{
    Error err = vm_error(vm);
    if (writer->closed)
        return true;
    writer->closed = true;
    return file_replace(writer->path, buf_str(&writer->text), &err) || raise_error(vm, &err);
}

static bool writer_write(Vm *vm, Call *call)
{
    ARGS(call, self, text);
    WriterObj *writer = writer_self(vm, self);
    Str out;
    if (writer->closed)
        return vm_raise(vm, "ValueError", "I/O operation on closed file.");
    if (!to_str(vm, text, &out))
        return false;
    buf_put(&writer->text, out);
    return give(call, value_int((int64_t)utf8_count(out)));
}

static bool writer_flush(Vm *vm, Call *call)
{
    return true;
}

static bool writer_close(Vm *vm, Call *call)
{
    ARGS(call, self);
    return writer_close_now(vm, writer_self(vm, self));
}

static bool writer_enter(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, self);
}

static bool writer_exit(Vm *vm, Call *call)
{
    ARGS(call, self);
    return writer_close_now(vm, writer_self(vm, self)) && give(call, value_bool(false));
}

static bool writer_name(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, make_str(vm, writer_self(vm, self)->path));
}

static void writer_drop(void *payload)
{
    buf_free(&((WriterObj *)payload)->text);
}

static const NativeRow writer_methods[] = {
    { "write(self, text, /)", writer_write, "Write text." },
    { "flush(self)", writer_flush, "Nothing: the file is written when it is closed." },
    { "close(self)", writer_close, "Write the file." },
    { "__enter__(self)", writer_enter, "The file." },
    { "__exit__(self, *args)", writer_exit, "Closes." },
};
static const NativeRow writer_getters[] = {
    { "name(self)", writer_name, "The path." },
};

static const NativeClass writer_class = {
    .name = "TextIOWrapper",
    .module = "_io",
    .size = sizeof(WriterObj),
    .methods = writer_methods,
    .method_count = sizeof writer_methods / sizeof *writer_methods,
    .getters = writer_getters,
    .getter_count = sizeof writer_getters / sizeof *writer_getters,
    .drop = writer_drop,
    .doc = "A file that SQL is written to.",
};

static bool writes(Value mode, Vm *vm)
{
    Str text;
    return is_str(mode) && to_str(vm, mode, &text) &&
           (str_is(text, "w") || str_is(text, "wt") || str_is(text, "x"));
}

static bool open_either(Vm *vm, Call *call)
{
    ARGS(call, file, mode, kw);
    Value path, result;
    Str text;
    if (!writes(mode, vm)) {
        const Value args[] = { file, mode };
        return vm_call_kw(vm, value_object(call->context), args, 2, kw, &result) &&
               give(call, result);
    }
    if (!vm_str(vm, file, &path) || !to_text(vm, path, &text))
        return false;
    Value made = vm_new_native(vm, vm_class(vm, &writer_class), &writer_class);
    writer_self(vm, made)->path = text;
    return give(call, made);
}

static const NativeRow open_row = { "open(file, mode='r', **kw)", open_either, "Open a file." };

bool offline_file_allow(Vm *vm)
{
    Value builtins, original;
    if (!vm_import(vm, STR("builtins"), &builtins) || !vm_getattr(vm, builtins, "open", &original))
        return false;
    ScriptRef ref = script_keep(vm, original);
    return module_set(vm, builtins, "open", vm_function(vm, &open_row, ref.object));
}
