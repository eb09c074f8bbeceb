/* SPDX-License-Identifier: MIT */
/* sys, and the standard streams as objects. */
#include <stdio.h>
#include <unistd.h>

#include "py/modules.h"

/* ---- standard streams ---- */

typedef struct Stream {
    int fd;
} Stream;

static const NativeClass stream_class;

static Stream *stream_of(Vm *vm, Call *call)
{
    return payload_of(vm, call->args[0], &stream_class);
}

static FILE *file_of(const Stream *stream)
{
    return stream->fd == STDERR_FILENO ? stderr : stdout;
}

static bool stream_write(Vm *vm, Call *call)
{
    ARGS(call, self, text);
    const Stream *stream = payload_of(vm, self, &stream_class);
    Str view;
    if (!is_str(text))
        return vm_raise(vm, "TypeError", "write() argument must be str, not %s",
                        type_name(vm, text));
    if (stream->fd == STDIN_FILENO)
        return vm_raise(vm, "OSError", "not writable");
    if (!to_str(vm, text, &view))
        return false;
    fwrite(view.ptr, 1, view.len, file_of(stream));
    return give(call, value_int((int64_t)utf8_count(view)));
}

static bool stream_writelines(Vm *vm, Call *call)
{
    ARGS(call, self, lines);
    Value list, ignored;
    if (!vm_to_list(vm, lines, &list))
        return false;
    vm_push(vm, list);
    bool ok = true;
    for (size_t i = 0; ok && i < list_len(list); i++) {
        Value line = list_get(list, i);
        ok = vm_call_method(vm, self, "write", &line, 1, &ignored);
    }
    vm_pop(vm, 1);
    return ok && give(call, VALUE_NONE);
}

static bool stream_flush(Vm *vm, Call *call)
{
    const Stream *stream = stream_of(vm, call);
    if (stream->fd != STDIN_FILENO)
        fflush(file_of(stream));
    return give(call, VALUE_NONE);
}

static bool stream_isatty(Vm *vm, Call *call)
{
    return give(call, value_bool(isatty(stream_of(vm, call)->fd)));
}

static bool stream_fileno(Vm *vm, Call *call)
{
    return give(call, value_int(stream_of(vm, call)->fd));
}

static bool stream_read(Vm *vm, Call *call)
{
    (void)call;
    return vm_raise(vm, "EOFError", "limbeck: scripts cannot read from the terminal");
}

static bool stream_writable(Vm *vm, Call *call)
{
    return give(call, value_bool(stream_of(vm, call)->fd != STDIN_FILENO));
}

static bool stream_readable(Vm *vm, Call *call)
{
    return give(call, value_bool(stream_of(vm, call)->fd == STDIN_FILENO));
}

static bool stream_repr(Vm *vm, Call *call)
{
    static const char *const names[] = { "stdin", "stdout", "stderr" };
    int fd = stream_of(vm, call)->fd;
    return give(call, make_strf(vm, "<_io.TextIOWrapper name='<%s>' mode='%s' encoding='utf-8'>",
                                names[fd], fd == STDIN_FILENO ? "r" : "w"));
}

static bool stream_get_encoding(Vm *vm, Call *call)
{
    return give(call, make_strz(vm, "utf-8"));
}

static bool stream_get_name(Vm *vm, Call *call)
{
    static const char *const names[] = { "<stdin>", "<stdout>", "<stderr>" };
    return give(call, make_strz(vm, names[stream_of(vm, call)->fd]));
}

static bool stream_get_closed(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, value_bool(false));
}

static bool stream_nothing(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, VALUE_NONE);
}

static const NativeRow stream_methods[] = {
    { "write(self, text, /)", stream_write, NULL },
    { "writelines(self, lines, /)", stream_writelines, NULL },
    { "flush(self, /)", stream_flush, NULL },
    { "isatty(self, /)", stream_isatty, NULL },
    { "fileno(self, /)", stream_fileno, NULL },
    { "read(self, size=-1, /)", stream_read, NULL },
    { "readline(self, size=-1, /)", stream_read, NULL },
    { "readlines(self, hint=-1, /)", stream_read, NULL },
    { "__iter__(self, /)", stream_read, NULL },
    { "writable(self, /)", stream_writable, NULL },
    { "readable(self, /)", stream_readable, NULL },
    { "reconfigure(self, **kw)", stream_nothing, NULL },
    { "close(self, /)", stream_nothing, NULL },
    { "__repr__(self, /)", stream_repr, NULL },
};
static const NativeRow stream_getters[] = {
    { "encoding(self)", stream_get_encoding, NULL },
    { "name(self)", stream_get_name, NULL },
    { "closed(self)", stream_get_closed, NULL },
};
static const NativeClass stream_class = {
    .name = "TextIOWrapper",
    .module = "_io",
    .size = sizeof(Stream),
    .methods = stream_methods,
    .method_count = sizeof stream_methods / sizeof *stream_methods,
    .getters = stream_getters,
    .getter_count = sizeof stream_getters / sizeof *stream_getters,
    .doc = "A standard stream.",
};

static bool streams_set(Vm *vm, Value module)
{
    static const char *const names[3][2] = {
        { "stdin", "__stdin__" },
        { "stdout", "__stdout__" },
        { "stderr", "__stderr__" },
    };
    for (int fd = 0; fd < 3; fd++) {
        Value made = vm_new_native(vm, vm_class(vm, &stream_class), &stream_class);
        ((Stream *)payload_of(vm, made, &stream_class))->fd = fd;
        if (!module_set(vm, module, names[fd][0], made) ||
            !module_set(vm, module, names[fd][1], made))
            return false;
    }
    return true;
}

/* ---- functions ---- */

static bool sys_exit(Vm *vm, Call *call)
{
    ARGS(call, status);
    Value maker, made;
    size_t count = value_is_none(status) ? 0 : 1;
    return import_attr(vm, "builtins", "SystemExit", &maker) &&
           vm_call(vm, maker, &status, count, &made) && vm_raise_value(vm, made);
}

static bool sys_exc_info(Vm *vm, Call *call)
{
    Value error = vm_handled(vm), traceback;
    if (!value_given(error) || value_is_none(error)) {
        const Value none[] = { VALUE_NONE, VALUE_NONE, VALUE_NONE };
        return give(call, make_tuple(vm, none, 3));
    }
    if (!vm_getattr(vm, error, "__traceback__", &traceback))
        return false;
    const Value parts[] = { value_object(value_class(vm, error)), error, traceback };
    return give(call, make_tuple(vm, parts, 3));
}

static bool sys_exception(Vm *vm, Call *call)
{
    Value error = vm_handled(vm);
    return give(call, value_given(error) ? error : VALUE_NONE);
}

static bool sys_intern(Vm *vm, Call *call)
{
    Str text;
    return to_str(vm, call->args[0], &text) && give(call, call->args[0]);
}

static bool sys_encoding(Vm *vm, Call *call)
{
    return give(call, make_strz(vm, "utf-8"));
}

static bool sys_getrecursionlimit(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, value_int(1000));
}

static bool sys_nothing(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, VALUE_NONE);
}

static bool sys_getsizeof(Vm *vm, Call *call)
{
    (void)call;
    return vm_raise(vm, "NotImplementedError", "limbeck does not serve sys.getsizeof");
}

static bool sys_getattr(Vm *vm, Call *call)
{
    return module_more(vm, call, "sys", "_sys");
}

static const NativeRow sys_functions[] = {
    { "exit(status=None, /)", sys_exit, "Raise SystemExit." },
    { "exc_info()", sys_exc_info, NULL },
    { "exception()", sys_exception, NULL },
    { "intern(string, /)", sys_intern, NULL },
    { "getdefaultencoding()", sys_encoding, NULL },
    { "getfilesystemencoding()", sys_encoding, NULL },
    { "getrecursionlimit()", sys_getrecursionlimit, NULL },
    { "setrecursionlimit(limit, /)", sys_nothing, NULL },
    { "getsizeof(object, default=None)", sys_getsizeof, NULL },
    { "__getattr__(name)", sys_getattr, NULL },
};

static bool sys_init(Vm *vm, Value module)
{
    static const char *const texts[][2] = {
        { "platform", "linux" },
        { "byteorder", "little" },
        { "executable", "" },
        { "prefix", "/usr" },
        { "base_prefix", "/usr" },
        { "exec_prefix", "/usr" },
        { "version", "3.11.2 (limbeck " LIMBECK_VERSION ")" },
        { "copyright", "" },
        { "platlibdir", "lib" },
        { "ps1", ">>> " },
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (!module_set(vm, module, texts[i][0], make_strz(vm, texts[i][1])))
            return false;
    }
    return module_set(vm, module, "path", vm_sys_path(vm)) &&
           module_set(vm, module, "modules", vm_sys_modules(vm)) &&
           module_set(vm, module, "argv", vm_sys_argv(vm)) &&
           module_set(vm, module, "orig_argv", vm_sys_argv(vm)) &&
           module_set(vm, module, "maxsize", value_int(INT64_MAX)) &&
           module_set(vm, module, "maxunicode", value_int(0x10FFFF)) &&
           module_set(vm, module, "hexversion", value_int(0x030B02F0)) &&
           module_set(vm, module, "api_version", value_int(1013)) &&
           module_set(vm, module, "dont_write_bytecode", value_bool(true)) &&
           module_set(vm, module, "warnoptions", make_list(vm, NULL, 0)) &&
           module_set(vm, module, "meta_path", make_list(vm, NULL, 0)) &&
           module_set(vm, module, "path_hooks", make_list(vm, NULL, 0)) &&
           module_set(vm, module, "path_importer_cache", make_dict(vm)) &&
           module_set(vm, module, "builtin_module_names", make_tuple(vm, NULL, 0)) &&
           streams_set(vm, module) &&
           module_refuse(vm, module,
                         "settrace setprofile gettrace getprofile _getframe addaudithook audit "
                         "breakpointhook displayhook excepthook getrefcount getallocatedblocks "
                         "getswitchinterval setswitchinterval unraisablehook call_tracing "
                         "_current_frames set_asyncgen_hooks get_asyncgen_hooks");
}

const NativeModule sys_module = {
    .name = "sys",
    .functions = sys_functions,
    .function_count = sizeof sys_functions / sizeof *sys_functions,
    .init = sys_init,
};
