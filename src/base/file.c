/* SPDX-License-Identifier: MIT */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"

static bool fail_errno(Error *err, const char *what, Str path)
{
    return fail(err, ERR_FILE, "%s '%.*s': %s", what, STR_ARG(path), strerror(errno));
}

/* What has no size of its own: pipes, files of /proc, and a file that is being written. */
static bool read_stream(int fd, Buf *buf)
{
    for (;;) {
        char *end = buf_reserve(buf, 65536);
        ssize_t got = read(fd, end, 65536);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got == 0;
        buf->len += (size_t)got;
    }
}

/* The bytes that fstat promises, straight into the arena; false when there are others. */
static bool read_regular(Arena *arena, int fd, Str *text)
{
    struct stat info;
    if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode) || info.st_size == 0)
        return false;
    size_t size = (size_t)info.st_size;
    char *bytes = arena_alloc(arena, size + 1);
    *text = (Str){ bytes, size };
    return pread(fd, bytes, size + 1, 0) == (ssize_t)size;
}

static bool read_all(Arena *arena, int fd, Str *text)
{
    Buf buf = { 0 };
    if (read_regular(arena, fd, text))
        return true;
    bool ok = read_stream(fd, &buf);
    *text = buf_take(&buf, arena);
    return ok;
}

bool file_read(Arena *arena, Str path, Str *text, Error *err)
{
    int fd = open(str_cstr(arena, path), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fail_errno(err, "cannot read", path);
    bool ok = read_all(arena, fd, text) || fail_errno(err, "cannot read", path);
    close(fd);
    return ok;
}

static bool write_all(int fd, Str text)
{
    while (text.len) {
        ssize_t put = write(fd, text.ptr, text.len);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        text = str_from_offset(text, (size_t)put);
    }
    return true;
}

/* A synced file beside `path`; its name is put in `temporary`, of which the caller disposes. */
static bool write_beside(Arena *scratch, Str path, Str text, char **temporary)
{
    Buf name = buf_in(scratch);
    buf_printf(&name, "%.*s.XXXXXX", STR_ARG(path));
    *temporary = name.ptr;
    int fd = mkostemp(*temporary, O_CLOEXEC);
    if (fd < 0)
        return false;
    mode_t mask = umask(0);
    umask(mask);
    bool ok = write_all(fd, text) && fchmod(fd, 0666 & ~mask) == 0 && fsync(fd) == 0;
    if (close(fd) != 0)
        ok = false;
    if (!ok)
        unlink(*temporary);
    return ok;
}

static bool write_and_place(Str path, Str text, int (*place)(const char *, const char *),
                            Error *err)
{
    Arena *scratch = arena_new(NULL);
    char *temporary;
    bool ok = write_beside(scratch, path, text, &temporary);
    if (ok) {
        ok = place(temporary, str_cstr(scratch, path)) == 0;
        if (!ok)
            fail_errno(err, "cannot write", path);
        unlink(temporary);
    } else {
        fail_errno(err, "cannot write", path);
    }
    arena_free(scratch);
    return ok;
}

bool file_create(Str path, Str text, Error *err)
{
    return write_and_place(path, text, link, err);
}

bool file_replace(Str path, Str text, Error *err)
{
    return write_and_place(path, text, rename, err);
}

static bool path_stat(Str path, struct stat *info)
{
    Arena *scratch = arena_new(NULL);
    bool ok = stat(str_cstr(scratch, path), info) == 0;
    arena_free(scratch);
    return ok;
}

bool file_exists(Str path)
{
    struct stat info;
    return path_stat(path, &info);
}

bool file_is_dir(Str path)
{
    struct stat info;
    return path_stat(path, &info) && S_ISDIR(info.st_mode);
}

bool dir_make(Str path, Error *err)
{
    if (path.len == 0 || file_is_dir(path))
        return true;
    if (!dir_make(path_dirname(path), err))
        return false;
    Arena *scratch = arena_new(NULL);
    bool ok = mkdir(str_cstr(scratch, path), 0777) == 0 || errno == EEXIST;
    arena_free(scratch);
    return ok || fail_errno(err, "cannot create directory", path);
}

static int compare_names(const void *a, const void *b)
{
    return str_cmp(*(const Str *)a, *(const Str *)b);
}

bool dir_list(Arena *arena, Str path, StrVec *names, Error *err)
{
    DIR *dir = opendir(path.len ? str_cstr(arena, path) : ".");
    if (!dir)
        return fail_errno(err, "cannot read directory", path);
    for (struct dirent *entry; (entry = readdir(dir));) {
        Str name = str_from(entry->d_name);
        if (!str_is(name, ".") && !str_is(name, ".."))
            VEC_PUSH(arena, names, str_dup(arena, name));
    }
    closedir(dir);
    if (names->len)
        qsort(names->items, names->len, sizeof(Str), compare_names);
    return true;
}

bool path_is_absolute(Str path)
{
    return path.len && path.ptr[0] == '/';
}

Str path_join(Arena *arena, Str a, Str b)
{
    if (a.len == 0 || path_is_absolute(b))
        return str_dup(arena, b);
    size_t slash = a.ptr[a.len - 1] != '/';
    char *joined = arena_alloc(arena, a.len + slash + b.len + 1);
    memcpy(joined, a.ptr, a.len);
    joined[a.len] = '/';
    if (b.len)
        memcpy(joined + a.len + slash, b.ptr, b.len);
    joined[a.len + slash + b.len] = '\0';
    return (Str){ joined, a.len + slash + b.len };
}

Str path_dirname(Str path)
{
    ptrdiff_t slash = str_rfind_char(path, '/');
    if (slash < 0)
        return STR("");
    size_t end = (size_t)slash;
    while (end > 0 && path.ptr[end - 1] == '/')
        end--;
    return str_slice(path, 0, end ? end : (size_t)slash + 1);
}

Str path_basename(Str path)
{
    ptrdiff_t slash = str_rfind_char(path, '/');
    return str_from_offset(path, (size_t)(slash + 1));
}

Str path_extension(Str path)
{
    Str name = path_basename(path);
    ptrdiff_t dot = str_rfind_char(name, '.');
    for (ptrdiff_t i = 0; i < dot; i++)
        if (name.ptr[i] != '.')
            return str_from_offset(name, (size_t)dot);
    return STR("");
}

Str path_normalize(Arena *arena, Str path)
{
    if (path.len == 0)
        return STR(".");
    bool absolute = path_is_absolute(path);
    bool doubled =
        str_starts(path, STR("//")) && !str_starts(path, STR("///")); /* as POSIX has it */
    StrVec parts = { 0 };
    for (Str part; str_split_next(&path, '/', &part);) {
        if (part.len == 0 || str_is(part, "."))
            continue;
        bool up = str_is(part, "..");
        if (up && parts.len && !str_is(VEC_LAST(&parts), ".."))
            parts.len--;
        else if (!up || !absolute)
            VEC_PUSH(arena, &parts, part);
    }
    Str joined = strvec_join(arena, &parts, STR("/"));
    if (absolute)
        return str_concat(arena, doubled ? STR("//") : STR("/"), joined);
    return joined.len ? joined : STR(".");
}

Str path_cwd(Arena *arena)
{
    char *cwd = getcwd(NULL, 0);
    Str copy = str_dup(arena, str_from(cwd ? cwd : "/"));
    free(cwd);
    return copy;
}

Str path_absolute(Arena *arena, Str path)
{
    return path_normalize(arena, path_join(arena, path_cwd(arena), path));
}

Str path_relative(Arena *arena, Str path, Str start)
{
    StrVec to = { 0 }, from = { 0 }, out = { 0 };
    Str rest = path_normalize(arena, path);
    for (Str part; str_split_next(&rest, '/', &part);)
        if (part.len)
            VEC_PUSH(arena, &to, part);
    rest = path_normalize(arena, start);
    for (Str part; str_split_next(&rest, '/', &part);)
        if (part.len)
            VEC_PUSH(arena, &from, part);
    size_t common = 0;
    while (common < to.len && common < from.len && str_eq(to.items[common], from.items[common]))
        common++;
    for (size_t i = common; i < from.len; i++)
        VEC_PUSH(arena, &out, STR(".."));
    for (size_t i = common; i < to.len; i++)
        VEC_PUSH(arena, &out, to.items[i]);
    return out.len ? strvec_join(arena, &out, STR("/")) : STR(".");
}
