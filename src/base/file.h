/* SPDX-License-Identifier: MIT */
/* Files and paths. Paths are bytes, '/' separates. */
#ifndef LIMBECK_BASE_FILE_H
#define LIMBECK_BASE_FILE_H

#include "base/error.h"
#include "base/vec.h"

/* The whole file, in `arena`. ERR_FILE names the path and the system's reason. */
bool file_read(Arena *arena, Str path, Str *text, Error *err);
/* Creates a file that must not exist yet: written beside, synced, and linked into place. */
bool file_create(Str path, Str text, Error *err);
/* Replaces or creates the file in one step (temporary file, sync, rename). */
bool file_replace(Str path, Str text, Error *err);
bool file_exists(Str path);
bool file_is_dir(Str path);
/* Creates the directory and its missing parents. */
bool dir_make(Str path, Error *err);
/* The names in a directory, sorted by bytes, without "." and "..". */
bool dir_list(Arena *arena, Str path, StrVec *names, Error *err);

Str path_join(Arena *arena, Str a, Str b); /* an absolute `b` wins */
Str path_dirname(Str path);                /* as os.path.dirname */
Str path_basename(Str path);               /* what follows the last '/' */
Str path_extension(Str path);              /* as os.path.splitext: with the dot, or empty */
bool path_is_absolute(Str path);
Str path_normalize(Arena *arena, Str path); /* as os.path.normpath */
Str path_absolute(Arena *arena, Str path);  /* as os.path.abspath, against the working directory */
Str path_relative(Arena *arena, Str path, Str start); /* as os.path.relpath; both absolute */
Str path_cwd(Arena *arena);

#endif
