/* SPDX-License-Identifier: MIT */
#include "script/source.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/share.h"
#include "py/constants.h"

enum { ID, DOWN, LABELS, DEPENDS, NAME_COUNT };
static const char *const names[NAME_COUNT] = {
    [ID] = "revision",
    [DOWN] = "down_revision",
    [LABELS] = "branch_labels",
    [DEPENDS] = "depends_on",
};

/* ---- where files are ---- */

bool source_search_path(const Config *config, StrVec *paths, Error *err)
{
    StrVec warnings = { 0 };
    return config_paths(config, STR("prepend_sys_path"), paths, &warnings, err);
}

static bool locate_in(const Config *config, Str root, Str package, Str folder, Str *path)
{
    Str relative = str_replace(config->arena, package, STR("."), STR("/"));
    Str base = path_join(config->arena, root, relative);
    *path = path_join(config->arena, base, folder);
    return file_is_dir(base);
}

bool source_locate(const Config *config, Str location, Str *path, Error *err)
{
    ptrdiff_t colon = str_find_char(location, ':', 0);
    *path = location;
    if (colon < 0 || path_is_absolute(location))
        return true;
    StrVec roots = { 0 };
    if (!source_search_path(config, &roots, err))
        return false;
    VEC_PUSH(config->arena, &roots, STR("."));
    Str package = str_slice(location, 0, (size_t)colon);
    Str folder = str_from_offset(location, (size_t)colon + 1);
    VEC_EACH (Str, root, &roots) {
        if (locate_in(config, *root, package, folder, path))
            return true;
    }
    return fail(err, ERR_COMMAND, "No module named '%.*s' for '%.*s'", STR_ARG(package),
                STR_ARG(location));
}

static bool open_locations(ScriptDirectory *dir, Error *err)
{
    StrVec given = { 0 };
    if (!config_paths(dir->config, STR("version_locations"), &given, &dir->warnings, err))
        return false;
    VEC_EACH (Str, location, &given) {
        Str path;
        if (!source_locate(dir->config, *location, &path, err))
            return false;
        VEC_PUSH(dir->arena, &dir->version_locations, path);
    }
    if (!dir->version_locations.len)
        VEC_PUSH(dir->arena, &dir->version_locations,
                 path_join(dir->arena, dir->location, STR("versions")));
    return true;
}

/* True only for the text `true`, as Alembic has it for these two. */
static bool exact_flag(const Config *config, const char *name, bool *flag, Error *err)
{
    Str text;
    if (!config_option(config, str_from(name), &text, err))
        return false;
    *flag = str_is(text, "true");
    return true;
}

static bool no_location(const Config *config, Error *err)
{
    fail(err, ERR_COMMAND, "No 'script_location' key found in configuration.");
    if (!config->file_found && !config->toml_found)
        error_remedy(err,
                     "there is neither %.*s nor %.*s here; 'limbeck init migrations' makes a new "
                     "project",
                     STR_ARG(config->file), STR_ARG(config->toml_file));
    return false;
}

/* Flask-Migrate's ini lies among the scripts and does not name their folder. */
static Str own_folder(Arena *arena, const Config *config)
{
    bool is = config->file_found && file_exists(path_join(arena, config->here, STR("env.py"))) &&
              file_is_dir(path_join(arena, config->here, STR("versions")));
    return is ? config->here : STR_NONE;
}

/*
 * Flask-Migrate sets the location whatever the ini says: where no scripts lie in the place named,
 * but beside the ini, those are meant.
 */
static void prefer_own_folder(Arena *arena, const Config *config, Str *location)
{
    Str own = own_folder(arena, config);
    if (str_given(own) && !file_exists(path_join(arena, *location, STR("env.py"))) &&
        !file_exists(path_join(arena, *location, STR("versions"))))
        *location = own;
}

bool source_open(ScriptDirectory *dir, Arena *arena, const Config *config, Error *err)
{
    Str location;
    *dir = (ScriptDirectory){ .arena = arena, .config = config };
    if (!config_option(config, STR("script_location"), &location, err))
        return false;
    if (!str_given(location))
        location = own_folder(arena, config);
    if (!str_given(location))
        return no_location(config, err);
    if (!source_locate(config, location, &dir->location, err))
        return false;
    prefer_own_folder(arena, config, &dir->location);
    if (!file_exists(dir->location))
        return fail(err, ERR_COMMAND,
                    "Path doesn't exist: %.*s.  Please use the 'init' command to create a new "
                    "scripts folder.",
                    STR_ARG(dir->location));
    return open_locations(dir, err) &&
           exact_flag(config, "recursive_version_locations", &dir->recursive, err) &&
           exact_flag(config, "sourceless", &dir->sourceless, err);
}

static bool is_revision_file(Str name)
{
    Str extension = path_extension(name);
    return (str_is(extension, ".py") || str_is(extension, ".sql")) &&
           !str_starts(name, STR(".#")) && !str_starts(name, STR("__init__"));
}

/* A compiled file without its source. */
static bool check_compiled(ScriptDirectory *dir, Str folder, Str name, Error *err)
{
    Str extension = path_extension(name);
    if (!dir->sourceless || !(str_is(extension, ".pyc") || str_is(extension, ".pyo")))
        return true;
    Str stem = str_slice(name, 0, name.len - extension.len);
    Str source = str_concat(dir->arena, path_join(dir->arena, folder, stem), STR(".py"));
    if (file_exists(source))
        return true;
    return fail(err, ERR_UNSUPPORTED,
                "sourceless = true: '%.*s/%.*s' holds CPython's byte code; the .py file is needed",
                STR_ARG(folder), STR_ARG(name));
}

/* The keys of `paths` are the files, in load order. */
static bool list_folder(ScriptDirectory *dir, Str folder, Map *paths, Error *err)
{
    StrVec entries = { 0 };
    if (!dir_list(dir->arena, folder, &entries, err))
        return false;
    VEC_EACH (Str, name, &entries) {
        Str path = path_join(dir->arena, folder, *name);
        if (is_revision_file(*name) && map_has(paths, path))
            VEC_PUSH(dir->arena, &dir->warnings,
                     str_format(dir->arena,
                                "File %.*s loaded twice! ignoring. Please ensure version_locations "
                                "is unique.",
                                STR_ARG(path)));
        else if (is_revision_file(*name))
            map_set(paths, path, dir);
        else if (!check_compiled(dir, folder, *name, err))
            return false;
    }
    VEC_EACH (Str, name, &entries) {
        Str path = path_join(dir->arena, folder, *name);
        if (dir->recursive && !str_is(*name, "__pycache__") && file_is_dir(path) &&
            !list_folder(dir, path, paths, err))
            return false;
    }
    return true;
}

bool source_files(ScriptDirectory *dir, StrVec *paths, Error *err)
{
    Map found = map_in(dir->arena);
    VEC_EACH (Str, location, &dir->version_locations) {
        Str folder = path_absolute(dir->arena, *location);
        if (!file_is_dir(folder))
            VEC_PUSH(dir->arena, &dir->warnings,
                     str_format(dir->arena, "there is no folder %.*s for revisions",
                                STR_ARG(folder)));
        else if (!list_folder(dir, folder, &found, err))
            return false;
    }
    for (size_t i = 0; i < found.len; i++)
        VEC_PUSH(dir->arena, paths, found.entries[i].key);
    return true;
}

/* ---- what a .py declares ---- */

static bool text_only(const Const *value)
{
    return value->kind == CONST_STR;
}

static bool not_text(const Constant *constant, int name, Str path, Error *err)
{
    Loc loc = constant_loc(constant);
    if (!str_given(loc.file))
        loc.file = path;
    return fail_at(err, ERR_REVISION, loc, "%s in '%.*s' must be a string%s", names[name],
                   STR_ARG(path), name == ID ? "" : ", a tuple of strings, or None");
}

/* None, a string, or a sequence of strings and Nones. */
static bool read_names(Arena *arena, const Constant *constant, int name, Str path, StrVec *out,
                       Error *err)
{
    const Const *value = constant->value;
    if (constant->state == CONSTANT_ABSENT || value->kind == CONST_NONE)
        return true;
    if (text_only(value)) {
        VEC_PUSH(arena, out, value->text);
        return true;
    }
    if (value->kind != CONST_TUPLE && value->kind != CONST_FROZENSET)
        return not_text(constant, name, path, err);
    for (size_t i = 0; i < value->items.len; i++) {
        const Const *item = &value->items.items[i];
        if (item->kind == CONST_NONE)
            continue;
        if (!text_only(item))
            return not_text(constant, name, path, err);
        VEC_PUSH(arena, out, item->text);
    }
    return true;
}

static bool read_constants(Arena *arena, const Constant *constants, Str path, Declaration *d,
                           Error *err)
{
    const Constant *id = &constants[ID];
    if (!text_only(id->value))
        return not_text(id, ID, path, err);
    d->id = id->value->text;
    return read_names(arena, &constants[DOWN], DOWN, path, &d->down, err) &&
           read_names(arena, &constants[LABELS], LABELS, path, &d->labels, err) &&
           read_names(arena, &constants[DEPENDS], DEPENDS, path, &d->depends, err);
}

static const Constant *find_computed(const Constant *constants)
{
    for (int i = 0; i < NAME_COUNT; i++)
        if (constants[i].state == CONSTANT_DYNAMIC)
            return &constants[i];
    return NULL;
}

static bool read_python(ScriptDirectory *dir, Arena *arena, Str path, Declaration *d, bool *found,
                        Error *err)
{
    Str text, doc;
    Constant constants[NAME_COUNT];
    bool kept = dir->keep > 0;
    if (!file_read(kept ? dir->arena : arena, path, &text, err) ||
        !constants_read(arena, text, path, names, NAME_COUNT, constants, &doc, err))
        return error_at(err, (Loc){ .file = path });
    d->module_doc = doc;
    d->text = kept ? text : STR_NONE;
    dir->keep -= dir->keep < text.len ? dir->keep : text.len;
    const Constant *computed = find_computed(constants);
    if (computed && dir->evaluate)
        return dir->evaluate(dir->evaluate_context, path, d, found, err);
    if (computed)
        return fail_at(err, ERR_REVISION, constant_loc(computed),
                       "%s in '%.*s' is computed; it must be a plain constant here",
                       names[computed - constants], STR_ARG(path));
    *found = constants[ID].state == CONSTANT_FOUND;
    return !*found || read_constants(arena, constants, path, d, err);
}

/* ---- what an .sql declares ---- */

static void split_names(Arena *arena, Str text, StrVec *out)
{
    Str part;
    while (str_split_next(&text, ',', &part)) {
        part = str_trim(part);
        if (part.len && !str_is(part, "None"))
            VEC_PUSH(arena, out, part);
    }
}

/* "revision: abc" of a comment; false when `line` is none of the headers. */
static bool read_sql_header(Arena *arena, Str line, Declaration *d)
{
    ptrdiff_t colon = str_find_char(line, ':', 0);
    Str key = colon < 0 ? STR("") : str_trim(str_slice(line, 0, (size_t)colon));
    Str value = colon < 0 ? STR("") : str_trim(str_from_offset(line, (size_t)colon + 1));
    if (str_is(key, names[ID]))
        d->id = value;
    else if (str_is(key, names[DOWN]))
        split_names(arena, value, &d->down);
    else if (str_is(key, names[LABELS]))
        split_names(arena, value, &d->labels);
    else if (str_is(key, names[DEPENDS]))
        split_names(arena, value, &d->depends);
    else
        return false;
    return true;
}

static void read_sql_text(Arena *arena, Str text, Declaration *d)
{
    Buf doc = buf_in(arena);
    for (Str line; str_line_next(&text, &line);) {
        line = str_trim(line);
        if (!line.len)
            continue;
        if (!str_starts(line, STR("--")))
            break;
        line = str_trim(str_from_offset(line, 2));
        if (str_starts(line, STR("limbeck:")))
            break;
        if (read_sql_header(arena, line, d))
            continue;
        buf_puts(&doc, doc.len ? "\n" : "");
        buf_put(&doc, line);
        if (str_find(buf_str(&doc), STR("\n"), 0) < 0)
            buf_putc(&doc, '\n');
    }
    d->module_doc = buf_str(&doc);
}

static bool read_sql(Arena *arena, Str path, Declaration *d, bool *found, Error *err)
{
    Str text;
    if (!file_read(arena, path, &text, err))
        return false;
    read_sql_text(arena, text, d);
    *found = d->id.len > 0;
    if (*found)
        return true;
    fail_at(err, ERR_REVISION, (Loc){ .file = path, .line = 1 },
            "'%.*s' has no line '-- revision: ID' at its top", STR_ARG(path));
    return error_remedy(err,
                        "add the line, and '-- down_revision: ID' unless it is a first revision");
}

bool source_read(ScriptDirectory *dir, Arena *arena, Str path, Declaration *d, bool *found,
                 Error *err)
{
    *d = (Declaration){ .path = path };
    *found = false;
    return str_is(path_extension(path), ".sql") ? read_sql(arena, path, d, found, err)
                                                : read_python(dir, arena, path, d, found, err);
}

/* ---- all of them ---- */

/* Before Alembic 0.2 the id was in the name only: "1a2b3c.py". */
static bool id_from_name(Str path, Declaration *d, Error *err)
{
    Str name = path_basename(path);
    Str stem = str_slice(name, 0, name.len - path_extension(name).len);
    bool hex = stem.len > 0;
    for (size_t i = 0; i < stem.len; i++)
        hex = hex && (char_is_digit(stem.ptr[i]) || (stem.ptr[i] >= 'a' && stem.ptr[i] <= 'f'));
    d->id = stem;
    return hex || fail_at(err, ERR_COMMAND, (Loc){ .file = path },
                          "Could not determine revision id from filename %.*s. Be sure the "
                          "'revision' variable is declared inside the script (please see "
                          "'Upgrading from Alembic 0.1 to 0.2' in the documentation).",
                          STR_ARG(name));
}

/* What another thread reads: `found` is of files, and empty where it failed. */
typedef struct Reading {
    const StrVec *paths;
    ScriptDirectory dir; /* the other thread's */
    Declaration *read;
    bool *found;
} Reading;

static bool read_ahead(void *context, Arena *own, Arena *work, size_t at)
{
    Reading *reading = context;
    Declaration d;
    Error err = error_in(work);
    reading->dir.arena = own;
    if (!source_read(&reading->dir, work, reading->paths->items[at], &d, &reading->found[at], &err))
        return false;
    reading->read[at] = declaration_copy(own, &d);
    return true;
}

/* A computed declaration is evaluated on the caller's thread: here it is an error. */
static Reading *reading_new(ScriptDirectory *dir, Arena *arena, const StrVec *paths)
{
    Reading *reading = ARENA_NEW(arena, Reading);
    *reading = (Reading){ .paths = paths, .dir = *dir };
    reading->read = ARENA_ARRAY(arena, Declaration, paths->len);
    reading->found = ARENA_ARRAY(arena, bool, paths->len);
    reading->dir.evaluate = NULL;
    reading->dir.keep = dir->keep / 2;
    dir->keep -= reading->dir.keep;
    return reading;
}

static bool declare(Graph *graph, Str path, Declaration *d, bool found, Error *err)
{
    return (found || id_from_name(path, d, err)) && graph_declare(graph, d, err);
}

static bool declare_all(ScriptDirectory *dir, Graph *graph, const StrVec *paths, Error *err)
{
    Arena *lists = arena_new(dir->arena), *arena = arena_new(dir->arena);
    Reading *reading = reading_new(dir, lists, paths);
    Share *share = share_start(dir->arena, read_ahead, reading, paths->len);
    bool ok = true;
    for (size_t i = 0; ok && i < paths->len; i++) {
        arena_reset(arena);
        ok = (share_done(share, i) || source_read(dir, arena, paths->items[i], &reading->read[i],
                                                  &reading->found[i], err)) &&
             declare(graph, paths->items[i], &reading->read[i], reading->found[i], err);
    }
    share_end(share);
    arena_free(arena);
    arena_free(lists);
    return ok;
}

bool source_graph(ScriptDirectory *dir, Error *err)
{
    if (dir->graph)
        return true;
    StrVec paths = { 0 };
    Graph *graph = graph_new(dir->arena);
    if (!source_files(dir, &paths, err) || !declare_all(dir, graph, &paths, err) ||
        !graph_link(graph, err))
        return false;
    dir->graph = graph;
    return true;
}
