/* SPDX-License-Identifier: MIT */
/*
 * Commands: one file each, one const struct each. A command gets its arguments read and its
 * configuration loaded; it leaves results on the CommandRun and prints nothing.
 */
#ifndef LIMBECK_COMMAND_COMMAND_H
#define LIMBECK_COMMAND_COMMAND_H

#include <signal.h>

#include "base/log.h"
#include "db/redact.h"
#include "migrate/config.h"
#include "migrate/run.h"
#include "revision/walk.h"

typedef enum OptionKind {
    OPTION_FLAG,       /* --sql */
    OPTION_TEXT,       /* -m MESSAGE */
    OPTION_TEXT_LIST,  /* may be given again */
    OPTION_SETTING,    /* --lock-wait TIME: the option lock_wait of [limbeck] */
    OPTION_POSITIONAL, /* one, required */
    OPTION_POSITIONAL_MAYBE,
    OPTION_POSITIONAL_LIST, /* one or more */
} OptionKind;

typedef struct Option {
    OptionKind kind;
    const char *name;   /* "--rev-range", or the positional's name */
    const char *letter; /* "-r", or NULL */
    const char *value;  /* what usage calls the value; NULL: the name in upper case */
    const char *help;
} Option;

typedef struct CommandRun CommandRun;

typedef struct Command {
    const char *name;
    const char *help;
    const Option *options; /* ends with a NULL name */
    bool (*run)(CommandRun *run, Error *err);
    bool no_config; /* runs without reading any configuration */
} Command;

/* What was given, by the option's name without dashes. */
typedef struct CommandArgs {
    Map values; /* name -> StrVec *; a flag that was given has no item */
} CommandArgs;

typedef enum ResultKind {
    RESULT_TEXT, /* text, a message line (Alembic's print_stdout): goes to standard output as it is
                  */
    RESULT_MESSAGE,  /* text for people: indented and wrapped on a terminal */
    RESULT_STATUS,   /* text " ...  done" or " ...  FAILED" */
    RESULT_REVISION, /* a revision with `line` or, when `verbose`, its entry */
} ResultKind;

typedef struct Result {
    ResultKind kind;
    Str text;
    bool ok; /* of a RESULT_STATUS */
    const Revision *revision;
    RevisionLine line;
    bool verbose, is_current;
} Result;

struct CommandRun {
    Arena *arena; /* lives until the results are read */
    const Command *command;
    CommandArgs args;
    Config config;
    LogTree *log;
    Redactor *redactor;
    bool quiet;
    const volatile sig_atomic_t *interrupted; /* a signal's number when one came; may be NULL */
    /* Each result as it comes; never NULL. */
    void (*result)(void *context, const Result *result);
    /* SQL text of --sql, as it comes. */
    void (*output)(void *context, Str text);
    /* What the revision that runs has done so far, now and then; NULL: it is logged. */
    void (*progress)(void *context, const RunProgress *far);
    void *context;
};

/* All commands by name, ended by NULL. */
extern const Command *const commands[];
const Command *command_find(Str name);

bool args_flag(const CommandRun *run, const char *name);
/* STR_NONE when it was not given. */
Str args_text(const CommandRun *run, const char *name);
/* Empty when it was not given. Borrowed. */
const StrVec *args_list(const CommandRun *run, const char *name);

void result_text(CommandRun *run, const char *format, ...) __attribute__((format(printf, 2, 3)));
void result_message(CommandRun *run, const char *format, ...) __attribute__((format(printf, 2, 3)));
void result_status(CommandRun *run, bool ok, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void result_revision(CommandRun *run, const Revision *rev, RevisionLine line, bool verbose,
                     bool is_current);

#endif
