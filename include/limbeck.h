/* SPDX-License-Identifier: MIT */
/*
 * liblimbeck: what a program that links the library sees. It runs the commands of the command line
 * and hands their results back; nothing is printed, no signal or locale is touched, and the process
 * is never ended. One handle belongs to one thread at a time; handles know nothing of each other.
 *
 *     limbeck *lb = limbeck_open();
 *     const char *const config[] = { "migrations/alembic.ini", NULL };
 *     limbeck_set_config(lb, config);
 *     const limbeck_option options[] = { { "revision", "head" } };
 *     if (limbeck_run(lb, "upgrade", options, 1) != 0)
 *         fputs(limbeck_error_text(lb), stderr);
 *     limbeck_close(lb);
 */
#ifndef LIMBECK_H
#define LIMBECK_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define LIMBECK_PUBLIC __attribute__((visibility("default")))
#else
#define LIMBECK_PUBLIC
#endif

typedef struct limbeck limbeck;

/* An argument of a command by its name in `limbeck COMMAND --help`, without dashes. */
typedef struct limbeck_option {
    const char *name;  /* "revision", "rev-range", "sql" */
    const char *value; /* UTF-8; NULL for a flag. A name that may be repeated is given again. */
} limbeck_option;

/* One result of a command. Texts are UTF-8, end in NUL, and live until the next run or the close.
 */
typedef struct limbeck_result {
    const char *text;     /* as the command line prints it, without the newline */
    const char *revision; /* the revision's id, or NULL when the result is about none */
    const char *path;     /* the revision's file, or NULL */
} limbeck_result;

/* Called for each line of the log as it comes; `text` has its newline and dies with the call. */
typedef void limbeck_log(void *context, const char *text, size_t length);

/* The library's version, "MAJOR.MINOR.PATCH". Static text. */
LIMBECK_PUBLIC const char *limbeck_version(void);

/* A new handle, with the usual configuration files of the working directory; NULL without memory.
 */
LIMBECK_PUBLIC limbeck *limbeck_open(void);
/* Frees the handle and all that it gave out. NULL is allowed. */
LIMBECK_PUBLIC void limbeck_close(limbeck *lb);

/* Paths of an ini, a .toml, or both, ended by NULL; copied. NULL: the usual ones. 0, or 1 without
 * memory. */
LIMBECK_PUBLIC int limbeck_set_config(limbeck *lb, const char *const *paths);
/* The database to work on, whatever env.py says; copied. NULL takes it back. 0, or 1 without
 * memory. */
LIMBECK_PUBLIC int limbeck_set_url(limbeck *lb, const char *url);
/* Where log lines go; NULL: nowhere. */
LIMBECK_PUBLIC void limbeck_set_log(limbeck *lb, limbeck_log *log, void *context);

/*
 * Runs a command. Returns what the command line would exit with: 0; 255 for a command error; 1 for
 * an exception of a script or a database; 2 for an unknown command or option. Not to be called from
 * within a callback of the same handle.
 */
LIMBECK_PUBLIC int limbeck_run(limbeck *lb, const char *command, const limbeck_option *options,
                               size_t count);

/* The results of the last run, in order. NULL past the end. */
LIMBECK_PUBLIC size_t limbeck_result_count(const limbeck *lb);
LIMBECK_PUBLIC const limbeck_result *limbeck_result_at(const limbeck *lb, size_t index);
/* The SQL text of the last run with the flag `sql`; "" when there is none. */
LIMBECK_PUBLIC const char *limbeck_sql(const limbeck *lb);

/* The error of the last run, of a script with its traceback; "" when it went well. */
LIMBECK_PUBLIC const char *limbeck_error_text(const limbeck *lb);
/* The user's file where the error is, or NULL; its line from 1, or 0. */
LIMBECK_PUBLIC const char *limbeck_error_file(const limbeck *lb);
LIMBECK_PUBLIC unsigned limbeck_error_line(const limbeck *lb);
/* The statement that failed, or NULL. */
LIMBECK_PUBLIC const char *limbeck_error_sql(const limbeck *lb);

#ifdef __cplusplus
}
#endif

#endif
