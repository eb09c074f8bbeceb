/* SPDX-License-Identifier: MIT */
/* os.path: reading only. */
#include <errno.h>
#include <limits.h>
#include <pwd.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "py/mod_os.h"
#include "py/modules.h"

bool path_text(Vm *vm, Value path, Value *holder, Str *text)
{
    *holder = path;
    if (is_str(path))
        return to_str(vm, path, text);
    if (is_bytes(path))
        return to_bytes(vm, path, text);
    Value method;
    if (is_class(path) || !vm_getattr_if(vm, path, "__fspath__", &method))
        return is_class(path) &&
               vm_raise(vm, "TypeError", "expected str, bytes or os.PathLike object, not type");
    if (!value_given(method))
        return vm_raise(vm, "TypeError", "expected str, bytes or os.PathLike object, not %s",
                        type_name(vm, path));
    if (!vm_call(vm, method, NULL, 0, holder))
        return false;
    return is_bytes(*holder) ? to_bytes(vm, *holder, text) : to_str(vm, *holder, text);
}

bool path_cstr(Vm *vm, Arena *arena, Value path, const char **text)
{
    Value holder;
    Str view;
    if (!path_text(vm, path, &holder, &view))
        return false;
    if (view.len && memchr(view.ptr, 0, view.len))
        return vm_raise(vm, "ValueError", "embedded null byte");
    *text = str_cstr(arena, view);
    return true;
}

/* Runs `body` on the path's text, in an arena of its own. */
typedef Value PathFunction(Vm *vm, Arena *arena, Str path);

static bool with_path(Vm *vm, Call *call, PathFunction *function)
{
    Arena *arena = arena_new(NULL);
    const char *path;
    bool ok = path_cstr(vm, arena, call->args[0], &path);
    if (ok)
        call->result = function(vm, arena, str_from(path));
    arena_free(arena);
    return ok;
}

/* ---- texts ---- */

static void join_part(Buf *out, Str part)
{
    if (str_starts(part, STR("/")))
        buf_truncate(out, 0);
    else if (out->len > 0 && out->ptr[out->len - 1] != '/')
        buf_putc(out, '/');
    buf_put(out, part);
}

static bool join_argument(Vm *vm, Value path, Value *holder, Str *text)
{
    if (path.tag != TAG_OBJECT)
        return vm_raise(vm, "TypeError",
                        "join() argument must be str, bytes, or os.PathLike "
                        "object, not '%s'",
                        type_name(vm, path));
    return path_text(vm, path, holder, text);
}

static bool path_join_function(Vm *vm, Call *call)
{
    ARGS(call, a, paths);
    Buf out = { 0 };
    Value holder;
    Str part;
    bool ok = path_text(vm, a, &holder, &part);
    if (ok)
        buf_put(&out, part);
    for (size_t i = 0; ok && i < tuple_len(paths); i++) {
        ok = join_argument(vm, tuple_get(paths, i), &holder, &part);
        if (ok)
            join_part(&out, part);
    }
    Value text = ok ? make_str(vm, buf_str(&out)) : VALUE_NONE;
    buf_free(&out);
    return ok && give(call, text);
}

static Value dirname_of(Vm *vm, Arena *arena, Str path)
{
    (void)arena;
    return make_str(vm, path_dirname(path));
}

static Value basename_of(Vm *vm, Arena *arena, Str path)
{
    (void)arena;
    return make_str(vm, path_basename(path));
}

static Value normpath_of(Vm *vm, Arena *arena, Str path)
{
    return make_str(vm, path_normalize(arena, path));
}

static Value abspath_of(Vm *vm, Arena *arena, Str path)
{
    return make_str(vm, path_absolute(arena, path));
}

static Value split_of(Vm *vm, Arena *arena, Str path)
{
    (void)arena;
    const Value both[] = { make_str(vm, path_dirname(path)), make_str(vm, path_basename(path)) };
    return make_tuple(vm, both, 2);
}

static Value splitext_of(Vm *vm, Arena *arena, Str path)
{
    (void)arena;
    Str extension = path_extension(path);
    const Value both[] = { make_str(vm, str_slice(path, 0, path.len - extension.len)),
                           make_str(vm, extension) };
    return make_tuple(vm, both, 2);
}

/* Symbolic links of the part that exists are followed; what does not exist stays as it is. */
static Str real_path(Arena *arena, Str path)
{
    Str whole = path_absolute(arena, path), tail = STR("");
    for (Str head = whole; head.len > 1;) {
        char resolved[PATH_MAX];
        if (realpath(str_cstr(arena, head), resolved)) {
            Str real = str_dup(arena, str_from(resolved));
            return tail.len ? path_join(arena, real, tail) : real;
        }
        Str name = path_basename(head);
        tail = tail.len ? path_join(arena, name, tail) : name;
        head = path_dirname(head);
    }
    return whole;
}

static Value realpath_of(Vm *vm, Arena *arena, Str path)
{
    return make_str(vm, real_path(arena, path));
}

static Value isabs_of(Vm *vm, Arena *arena, Str path)
{
    (void)vm;
    (void)arena;
    return value_bool(path_is_absolute(path));
}

static Str home_of(Vm *vm, Arena *arena, Str user)
{
    Str home = STR_NONE;
    if (user.len == 0 && environ_get(vm, STR("HOME"), &home) && str_given(home))
        return home;
    const struct passwd *row = user.len ? getpwnam(str_cstr(arena, user)) : getpwuid(getuid());
    return row ? str_dup(arena, str_from(row->pw_dir)) : STR_NONE;
}

static Value expanduser_of(Vm *vm, Arena *arena, Str path)
{
    if (!str_starts(path, STR("~")))
        return make_str(vm, path);
    ptrdiff_t slash = str_find_char(path, '/', 0);
    size_t end = slash < 0 ? path.len : (size_t)slash;
    Str home = home_of(vm, arena, str_slice(path, 1, end));
    if (!str_given(home))
        return make_str(vm, path);
    while (home.len > 0 && home.ptr[home.len - 1] == '/')
        home.len--;
    Str whole = str_concat(arena, home, str_from_offset(path, end));
    return make_str(vm, whole.len ? whole : STR("/"));
}

/* The name of a variable after '$' at `at`; *end is behind it. */
static Str variable_name(Str path, size_t at, size_t *end)
{
    if (at < path.len && path.ptr[at] == '{') {
        ptrdiff_t close = str_find_char(path, '}', at);
        if (close < 0)
            return STR_NONE;
        *end = (size_t)close + 1;
        return str_slice(path, at + 1, (size_t)close);
    }
    for (*end = at; *end < path.len; (*end)++) {
        if (!char_is_alnum(path.ptr[*end]) && path.ptr[*end] != '_')
            break;
    }
    return str_slice(path, at, *end);
}

static Value expandvars_of(Vm *vm, Arena *arena, Str path)
{
    Buf out = buf_in(arena);
    for (size_t i = 0; i < path.len; i++) {
        size_t end = i;
        Str name = path.ptr[i] == '$' ? variable_name(path, i + 1, &end) : STR_NONE, text;
        if (name.len > 0 && environ_get(vm, name, &text) && str_given(text)) {
            buf_put(&out, text);
            i = end - 1;
        } else {
            buf_putc(&out, path.ptr[i]);
        }
    }
    return make_str(vm, buf_str(&out));
}

#define PATH_FUNCTION(name, function)         \
    static bool name(Vm *vm, Call *call)      \
    {                                         \
        return with_path(vm, call, function); \
    }
PATH_FUNCTION(path_dirname_function, dirname_of)
PATH_FUNCTION(path_basename_function, basename_of)
PATH_FUNCTION(path_normpath, normpath_of)
PATH_FUNCTION(path_abspath, abspath_of)
PATH_FUNCTION(path_split, split_of)
PATH_FUNCTION(path_splitext, splitext_of)
PATH_FUNCTION(path_realpath, realpath_of)
PATH_FUNCTION(path_isabs, isabs_of)
PATH_FUNCTION(path_expanduser, expanduser_of)
PATH_FUNCTION(path_expandvars, expandvars_of)

static bool path_relpath(Vm *vm, Call *call)
{
    ARGS(call, path, start);
    Arena *arena = arena_new(NULL);
    const char *to, *from = ".";
    bool ok = path_cstr(vm, arena, path, &to) &&
              (value_is_none(start) || path_cstr(vm, arena, start, &from));
    if (ok && !*to)
        ok = vm_raise(vm, "ValueError", "no path specified");
    if (ok)
        call->result = make_str(vm, path_relative(arena, path_absolute(arena, str_from(to)),
                                                  path_absolute(arena, str_from(from))));
    arena_free(arena);
    return ok;
}

static bool path_normcase(Vm *vm, Call *call)
{
    Value holder;
    Str text;
    return path_text(vm, call->args[0], &holder, &text) && give(call, holder);
}

/* The common start of all texts, by bytes or by whole components. */
static Str common_start(Str a, Str b, bool components)
{
    size_t same = 0, cut = 0;
    while (same < a.len && same < b.len && a.ptr[same] == b.ptr[same]) {
        same++;
        if (same <= a.len && a.ptr[same - 1] == '/')
            cut = same;
    }
    if (!components)
        return str_slice(a, 0, same);
    bool whole = (same == a.len || a.ptr[same] == '/') && (same == b.len || b.ptr[same] == '/');
    return str_slice(a, 0, whole ? same : cut);
}

/* Without empty components and '.'; '..' stays. */
static Str plain_parts(Arena *arena, Str path)
{
    StrVec parts = { 0 };
    bool absolute = path_is_absolute(path);
    for (Str part; str_split_next(&path, '/', &part);) {
        if (part.len > 0 && !str_is(part, "."))
            VEC_PUSH(arena, &parts, part);
    }
    Str joined = strvec_join(arena, &parts, STR("/"));
    return absolute ? str_concat(arena, STR("/"), joined) : joined;
}

static bool common_of(Vm *vm, Call *call, bool components)
{
    Value list;
    if (!vm_to_list(vm, call->args[0], &list))
        return false;
    if (list_len(list) == 0)
        return components ? vm_raise(vm, "ValueError", "commonpath() arg is an empty sequence")
                          : give(call, make_strz(vm, ""));
    vm_push(vm, list);
    Arena *arena = arena_new(NULL);
    Str common = STR_NONE;
    bool ok = true;
    for (size_t i = 0; ok && i < list_len(list); i++) {
        const char *path;
        ok = path_cstr(vm, arena, list_get(list, i), &path);
        if (!ok)
            break;
        Str text = components ? plain_parts(arena, str_from(path)) : str_from(path);
        common = i == 0 ? text : common_start(common, text, components);
    }
    while (components && common.len > 1 && common.ptr[common.len - 1] == '/')
        common.len--;
    if (ok)
        call->result = make_str(vm, common);
    arena_free(arena);
    vm_pop(vm, 1);
    return ok;
}

static bool path_commonprefix(Vm *vm, Call *call)
{
    return common_of(vm, call, false);
}

static bool path_commonpath(Vm *vm, Call *call)
{
    return common_of(vm, call, true);
}

/* ---- the file system ---- */

static bool stat_argument(Vm *vm, Value path, bool follow, struct stat *info, bool *found)
{
    if (is_int(path)) {
        int64_t fd;
        if (!to_int(vm, path, &fd))
            return false;
        *found = fstat((int)fd, info) == 0;
        return true;
    }
    Arena *arena = arena_new(NULL);
    const char *text;
    bool ok = path_cstr(vm, arena, path, &text);
    if (ok)
        *found = (follow ? stat(text, info) : lstat(text, info)) == 0;
    arena_free(arena);
    return ok;
}

static bool has_type(Vm *vm, Call *call, bool follow, mode_t type)
{
    struct stat info;
    bool found;
    if (!stat_argument(vm, call->args[0], follow, &info, &found))
        return false;
    return give(call, value_bool(found && (type == 0 || (info.st_mode & S_IFMT) == type)));
}

static bool path_exists(Vm *vm, Call *call)
{
    return has_type(vm, call, true, 0);
}

static bool path_lexists(Vm *vm, Call *call)
{
    return has_type(vm, call, false, 0);
}

static bool path_isfile(Vm *vm, Call *call)
{
    return has_type(vm, call, true, S_IFREG);
}

static bool path_isdir(Vm *vm, Call *call)
{
    return has_type(vm, call, true, S_IFDIR);
}

static bool path_islink(Vm *vm, Call *call)
{
    return has_type(vm, call, false, S_IFLNK);
}

static bool stat_or_raise(Vm *vm, Value path, struct stat *info)
{
    bool found;
    if (!stat_argument(vm, path, true, info, &found))
        return false;
    int error = errno;
    if (found)
        return true;
    Value holder;
    Str text;
    return path_text(vm, path, &holder, &text) && raise_errno(vm, error, text);
}

static bool path_getsize(Vm *vm, Call *call)
{
    struct stat info;
    return stat_or_raise(vm, call->args[0], &info) && give(call, value_int(info.st_size));
}

static double seconds_of(struct timespec time)
{
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static bool path_getmtime(Vm *vm, Call *call)
{
    struct stat info;
    return stat_or_raise(vm, call->args[0], &info) &&
           give(call, value_float(seconds_of(info.st_mtim)));
}

static bool path_samefile(Vm *vm, Call *call)
{
    struct stat a, b;
    return stat_or_raise(vm, call->args[0], &a) && stat_or_raise(vm, call->args[1], &b) &&
           give(call, value_bool(a.st_dev == b.st_dev && a.st_ino == b.st_ino));
}

static const NativeRow path_functions[] = {
    { "join(a, /, *paths)", path_join_function, "Join path components." },
    { "dirname(p)", path_dirname_function, "All but the last component." },
    { "basename(p)", path_basename_function, "The last component." },
    { "split(p)", path_split, "(dirname, basename)" },
    { "splitext(p)", path_splitext, "(root, extension)" },
    { "normpath(path)", path_normpath, "Without '.', '..' and doubled slashes." },
    { "abspath(path)", path_abspath, "The absolute path." },
    { "realpath(filename, *, strict=False)", path_realpath, "The path without symbolic links." },
    { "relpath(path, start=None)", path_relpath, "The path as seen from another." },
    { "normcase(s)", path_normcase, "The path as it is." },
    { "isabs(s)", path_isabs, NULL },
    { "expanduser(path)", path_expanduser, "With '~' replaced." },
    { "expandvars(path)", path_expandvars, "With $NAME and ${NAME} replaced." },
    { "commonprefix(m)", path_commonprefix, NULL },
    { "commonpath(paths)", path_commonpath, NULL },
    { "exists(path)", path_exists, NULL },
    { "lexists(path)", path_lexists, NULL },
    { "isfile(path)", path_isfile, NULL },
    { "isdir(s)", path_isdir, NULL },
    { "islink(path)", path_islink, NULL },
    { "getsize(filename)", path_getsize, NULL },
    { "getmtime(filename)", path_getmtime, NULL },
    { "samefile(f1, f2)", path_samefile, NULL },
};

static bool path_init(Vm *vm, Value module)
{
    static const char *const constants[][2] = {
        { "sep", "/" },
        { "curdir", "." },
        { "pardir", ".." },
        { "extsep", "." },
        { "pathsep", ":" },
        { "defpath", "/bin:/usr/bin" },
        { "devnull", "/dev/null" },
    };
    for (size_t i = 0; i < sizeof constants / sizeof *constants; i++) {
        if (!module_set(vm, module, constants[i][0], make_strz(vm, constants[i][1])))
            return false;
    }
    return module_set(vm, module, "altsep", VALUE_NONE) &&
           module_set(vm, module, "supports_unicode_filenames", value_bool(false)) &&
           module_refuse(vm, module, "ismount getatime getctime sameopenfile samestat splitdrive");
}

const NativeModule path_module = {
    .name = "os.path",
    .functions = path_functions,
    .function_count = sizeof path_functions / sizeof *path_functions,
    .init = path_init,
};
const NativeModule posixpath_module = {
    .name = "posixpath",
    .functions = path_functions,
    .function_count = sizeof path_functions / sizeof *path_functions,
    .init = path_init,
};
