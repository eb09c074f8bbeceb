/* SPDX-License-Identifier: MIT */
/*
 * The script directory: where a project's revisions lie, and what their files declare. Files are
 * read by their constants; only a file whose declaration is computed is handed to `evaluate`.
 * Alembic's ScriptDirectory.
 *
 *     ScriptDirectory dir;
 *     if (!source_open(&dir, arena, config, err) || !source_graph(&dir, err)) ...
 *     use(dir.graph);
 */
#ifndef LIMBECK_SCRIPT_SOURCE_H
#define LIMBECK_SCRIPT_SOURCE_H

#include "migrate/config.h"
#include "revision/revision.h"

/* Runs a revision file at `path` and gives what it declares. *found is false without a `revision`.
 */
typedef bool SourceEvaluate(void *context, Str path, Declaration *declaration, bool *found,
                            Error *err);

typedef struct ScriptDirectory {
    Arena *arena;
    const Config *config;
    Str location;             /* script_location, as configured */
    StrVec version_locations; /* as configured, in order; at least one */
    bool recursive;           /* recursive_version_locations */
    bool sourceless;
    StrVec warnings;          /* of the configuration and of the files, in order */
    SourceEvaluate *evaluate; /* NULL: a computed declaration is an error */
    void *evaluate_context;
    Graph *graph; /* NULL until source_graph */
    size_t keep;  /* bytes of files that may be kept in Revision.text, for who will run bodies */
} ScriptDirectory;

/*
 * ERR_COMMAND without a script_location, or where it is not there. `package:folder` is looked for
 * along prepend_sys_path and the working directory.
 */
bool source_open(ScriptDirectory *dir, Arena *arena, const Config *config, Error *err);
/* Reads all revision files and links the graph; does nothing when that was done. */
bool source_graph(ScriptDirectory *dir, Error *err);
/* What one file declares; *found is false for a .py without a revision. Texts live in `arena`. */
bool source_read(ScriptDirectory *dir, Arena *arena, Str path, Declaration *declaration,
                 bool *found, Error *err);
/* The paths of all revision files in load order. */
bool source_files(ScriptDirectory *dir, StrVec *paths, Error *err);
/* The entries of prepend_sys_path. */
bool source_search_path(const Config *config, StrVec *paths, Error *err);
/* A path, or `package:folder`, as a path. */
bool source_locate(const Config *config, Str location, Str *path, Error *err);

#endif
