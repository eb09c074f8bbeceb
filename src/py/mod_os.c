/* SPDX-License-Identifier: MIT */
/*
 * os. Scripts read files and the environment; what changes the disk or starts processes is refused
 * by name. Generators and seldom used names are script, in the prelude "_os".
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/file.h"
#include "py/mod_os.h"
#include "py/modules.h"

bool raise_errno(Vm *vm, int error, Str path)
{
    static const struct {
        int error;
        const char *exception;
    } kinds[] = {
        { ENOENT, "FileNotFoundError" },   { EACCES, "PermissionError" },
        { EPERM, "PermissionError" },      { EEXIST, "FileExistsError" },
        { ENOTDIR, "NotADirectoryError" }, { EISDIR, "IsADirectoryError" },
    };
    const char *exception = "OSError";
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (kinds[i].error == error)
            exception = kinds[i].exception;
    }
    Value maker, made;
    const Value parts[] = { value_int(error), make_strz(vm, strerror(error)), make_str(vm, path) };
    return import_attr(vm, "builtins", exception, &maker) && vm_call(vm, maker, parts, 3, &made) &&
           vm_raise_value(vm, made);
}

static bool os_getenv(Vm *vm, Call *call)
{
    Value key = call->args[0], mapping, result;
    if (!is_str(key))
        return vm_raise(vm, "TypeError", "str expected, not %s", type_name(vm, key));
    return import_attr(vm, "os", "environ", &mapping) &&
           vm_call_method(vm, mapping, "get", call->args, 2, &result) && give(call, result);
}

static bool os_getcwd(Vm *vm, Call *call)
{
    Arena *arena = arena_new(NULL);
    Value text = make_str(vm, path_cwd(arena));
    arena_free(arena);
    return give(call, text);
}

static bool list_names(Vm *vm, Arena *arena, Value path, Value list)
{
    const char *text = ".";
    StrVec names = { 0 };
    Error err = error_in(arena);
    struct stat info;
    if (!value_is_none(path) && !path_cstr(vm, arena, path, &text))
        return false;
    if (stat(text, &info) != 0)
        return raise_errno(vm, errno, str_from(text));
    if (!S_ISDIR(info.st_mode))
        return raise_errno(vm, ENOTDIR, str_from(text));
    if (!dir_list(arena, str_from(text), &names, &err))
        return raise_errno(vm, EACCES, str_from(text));
    VEC_EACH (Str, name, &names)
        list_append(vm, list, make_str(vm, *name));
    return true;
}

/* Sorted: what a script does must not depend on the disk's order. */
static bool os_listdir(Vm *vm, Call *call)
{
    ARGS(call, path);
    Arena *arena = arena_new(NULL);
    Value list = make_list(vm, NULL, 0);
    bool ok = list_names(vm, arena, path, list);
    arena_free(arena);
    return ok && give(call, list);
}

static bool os_fspath(Vm *vm, Call *call)
{
    Value holder;
    Str text;
    return path_text(vm, call->args[0], &holder, &text) && give(call, holder);
}

static bool os_access(Vm *vm, Call *call)
{
    ARGS(call, path, mode);
    Arena *arena = arena_new(NULL);
    const char *text;
    int64_t bits;
    bool ok = to_int(vm, mode, &bits) && path_cstr(vm, arena, path, &text);
    if (ok)
        call->result = value_bool(access(text, (int)bits) == 0);
    arena_free(arena);
    return ok;
}

static bool os_readlink(Vm *vm, Call *call)
{
    Arena *arena = arena_new(NULL);
    const char *text;
    char target[4096];
    bool ok = path_cstr(vm, arena, call->args[0], &text);
    ssize_t len = ok ? readlink(text, target, sizeof target) : -1;
    if (ok && len < 0)
        ok = raise_errno(vm, errno, str_from(text));
    if (ok)
        call->result = make_str(vm, (Str){ target, (size_t)len });
    arena_free(arena);
    return ok;
}

static Value stat_values(Vm *vm, const struct stat *info)
{
    const Value values[] = {
        value_int(info->st_mode),
        value_int((int64_t)info->st_ino),
        value_int((int64_t)info->st_dev),
        value_int((int64_t)info->st_nlink),
        value_int(info->st_uid),
        value_int(info->st_gid),
        value_int(info->st_size),
        value_int(info->st_atime),
        value_int(info->st_mtime),
        value_int(info->st_ctime),
        value_float((double)info->st_atim.tv_sec + (double)info->st_atim.tv_nsec / 1e9),
        value_float((double)info->st_mtim.tv_sec + (double)info->st_mtim.tv_nsec / 1e9),
        value_float((double)info->st_ctim.tv_sec + (double)info->st_ctim.tv_nsec / 1e9),
    };
    return make_tuple(vm, values, sizeof values / sizeof *values);
}

/* The plain numbers; the prelude makes os.stat_result of them. */
static bool stat_numbers(Vm *vm, Call *call, bool follow)
{
    Arena *arena = arena_new(NULL);
    const char *text;
    struct stat info;
    bool ok = path_cstr(vm, arena, call->args[0], &text);
    if (ok && (follow ? stat(text, &info) : lstat(text, &info)) != 0)
        ok = raise_errno(vm, errno, str_from(text));
    arena_free(arena);
    Value maker, result, numbers;
    if (!ok)
        return false;
    numbers = stat_values(vm, &info);
    vm_push(vm, numbers);
    ok = import_attr(vm, "_os", "stat_result", &maker) && vm_call(vm, maker, &numbers, 1, &result);
    vm_pop(vm, 1);
    return ok && give(call, result);
}

static bool os_stat(Vm *vm, Call *call)
{
    ARGS(call, path, dir_fd, follow_symlinks);
    (void)path;
    (void)dir_fd;
    bool follow;
    return to_truth(vm, follow_symlinks, &follow) && stat_numbers(vm, call, follow);
}

static bool os_lstat(Vm *vm, Call *call)
{
    return stat_numbers(vm, call, false);
}

static bool os_urandom(Vm *vm, Call *call)
{
    ARGS(call, size);
    int64_t count;
    if (!to_int(vm, size, &count))
        return false;
    if (count < 0)
        return vm_raise(vm, "ValueError", "negative argument not allowed");
    if (count > 1 << 24)
        return vm_raise(vm, "MemoryError", "more than 16 MiB of random bytes");
    char *bytes = mem_alloc((size_t)count + 1);
    for (size_t got = 0; got < (size_t)count;) {
        ssize_t more = getrandom(bytes + got, (size_t)count - got, 0);
        got += more > 0 ? (size_t)more : 0;
    }
    Value result = make_bytes(vm, (Str){ bytes, (size_t)count });
    mem_free(bytes);
    return give(call, result);
}

static bool os_getpid(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, value_int(getpid()));
}

static bool os_getppid(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, value_int(getppid()));
}

static bool os_getuid(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, value_int(getuid()));
}

static bool os_getgid(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, value_int(getgid()));
}

static bool os_cpu_count(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, value_int(sysconf(_SC_NPROCESSORS_ONLN)));
}

static bool os_strerror(Vm *vm, Call *call)
{
    int64_t code;
    return to_int(vm, call->args[0], &code) && give(call, make_strz(vm, strerror((int)code)));
}

static bool os_uname_values(Vm *vm, Call *call)
{
    struct utsname names;
    uname(&names);
    const Value values[] = {
        make_strz(vm, names.sysname), make_strz(vm, names.nodename), make_strz(vm, names.release),
        make_strz(vm, names.version), make_strz(vm, names.machine),
    };
    return give(call, make_tuple(vm, values, 5));
}

/* A directory that is there already needs no writing. */
static bool os_makedirs(Vm *vm, Call *call)
{
    ARGS(call, name, mode, exist_ok);
    (void)mode;
    Arena *arena = arena_new(NULL);
    const char *text;
    bool may;
    bool ok = to_truth(vm, exist_ok, &may) && path_cstr(vm, arena, name, &text);
    if (ok && may && file_is_dir(str_from(text)))
        call->result = VALUE_NONE;
    else if (ok)
        ok = vm_raise(vm, "PermissionError",
                      "limbeck: scripts may not write files (os.makedirs of '%s')", text);
    arena_free(arena);
    return ok;
}

static bool os_refuse_write(Vm *vm, Call *call)
{
    return vm_raise(vm, "PermissionError", "limbeck: scripts may not write files (os.%s)",
                    (const char *)call->context);
}

static bool os_refuse_process(Vm *vm, Call *call)
{
    return vm_raise(vm, "PermissionError",
                    "limbeck: scripts may not start or signal processes (os.%s)",
                    (const char *)call->context);
}

static const NativeRow refuse_write_row = { "refused(*args, **kw)", os_refuse_write, NULL };
static const NativeRow refuse_process_row = { "refused(*args, **kw)", os_refuse_process, NULL };

static bool refuse_all(Vm *vm, Value module, const NativeRow *row, const char *names)
{
    Str rest = str_from(names), name;
    while (str_split_next(&rest, ' ', &name)) {
        char *own = arena_copy(vm_arena(vm), name.ptr, name.len + 1);
        own[name.len] = '\0';
        if (!module_set(vm, module, own, vm_function(vm, row, own)))
            return false;
    }
    return true;
}

/* Names that are script. */
static bool os_getattr(Vm *vm, Call *call)
{
    return module_more(vm, call, "os", "_os");
}

static const NativeRow os_functions[] = {
    { "getenv(key, default=None)", os_getenv, "The variable, or the default." },
    { "getcwd()", os_getcwd, "The working directory." },
    { "listdir(path=None)", os_listdir, "The names in a directory, sorted." },
    { "fspath(path)", os_fspath, NULL },
    { "access(path, mode)", os_access, NULL },
    { "readlink(path)", os_readlink, NULL },
    { "stat(path, *, dir_fd=None, follow_symlinks=True)", os_stat, NULL },
    { "lstat(path)", os_lstat, NULL },
    { "urandom(size, /)", os_urandom, "Random bytes of the system." },
    { "getpid()", os_getpid, NULL },
    { "getppid()", os_getppid, NULL },
    { "getuid()", os_getuid, NULL },
    { "geteuid()", os_getuid, NULL },
    { "getgid()", os_getgid, NULL },
    { "getegid()", os_getgid, NULL },
    { "cpu_count()", os_cpu_count, NULL },
    { "strerror(code, /)", os_strerror, NULL },
    { "_uname()", os_uname_values, NULL },
    { "makedirs(name, mode=511, exist_ok=False)", os_makedirs, NULL },
    { "__getattr__(name)", os_getattr, NULL },
};

static bool os_constants(Vm *vm, Value module)
{
    static const struct {
        const char *name;
        int value;
    } numbers[] = {
        { "F_OK", F_OK },         { "R_OK", R_OK },         { "W_OK", W_OK },
        { "X_OK", X_OK },         { "O_RDONLY", O_RDONLY }, { "O_WRONLY", O_WRONLY },
        { "O_RDWR", O_RDWR },     { "O_CREAT", O_CREAT },   { "O_EXCL", O_EXCL },
        { "O_APPEND", O_APPEND }, { "EX_OK", 0 },
    };
    static const char *const texts[][2] = {
        { "name", "posix" },        { "sep", "/" },
        { "linesep", "\n" },        { "curdir", "." },
        { "pardir", ".." },         { "extsep", "." },
        { "pathsep", ":" },         { "defpath", "/bin:/usr/bin" },
        { "devnull", "/dev/null" },
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (!module_set(vm, module, numbers[i].name, value_int(numbers[i].value)))
            return false;
    }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (!module_set(vm, module, texts[i][0], make_strz(vm, texts[i][1])))
            return false;
    }
    return module_set(vm, module, "altsep", VALUE_NONE);
}

static bool os_init(Vm *vm, Value module)
{
    Value mapping, path, error;
    return os_constants(vm, module) && environ_make(vm, &mapping) &&
           module_set(vm, module, "environ", mapping) && vm_import(vm, STR("os.path"), &path) &&
           module_set(vm, module, "path", path) && import_attr(vm, "builtins", "OSError", &error) &&
           module_set(vm, module, "error", error) &&
           refuse_all(vm, module, &refuse_write_row,
                      "remove unlink rename renames replace mkdir rmdir removedirs chdir fchdir "
                      "chmod chown lchown link symlink truncate ftruncate mkfifo mknod open write "
                      "fdopen utime umask pipe dup dup2 close sync fsync chroot putenv unsetenv") &&
           refuse_all(
               vm, module, &refuse_process_row,
               "system popen fork forkpty execv execve execvp execvpe execl execle execlp "
               "execlpe spawnl spawnle spawnlp spawnv spawnve spawnvp posix_spawn kill killpg "
               "wait waitpid abort _exit nice setuid setgid setsid startfile") &&
           module_refuse(
               vm, module,
               "getloadavg getpriority sched_getaffinity getgroups getpgid getsid read "
               "lseek fstat statvfs getxattr listxattr memfd_create sendfile times confstr "
               "sysconf ttyname openpty fwalk");
}

const NativeModule os_module = {
    .name = "os",
    .functions = os_functions,
    .function_count = sizeof os_functions / sizeof *os_functions,
    .init = os_init,
};
