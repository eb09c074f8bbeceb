/* SPDX-License-Identifier: MIT */
/* What commands share: the project's script directory, and a run of its environment. */
#ifndef LIMBECK_COMMAND_SESSION_H
#define LIMBECK_COMMAND_SESSION_H

#include "command/command.h"
#include "script/env.h"
#include "script/source.h"

/* Options of several commands; WRITING_OPTIONS are those of every one that writes to a database. */
/* clang-format off */
#define SQL_OPTION \
    { OPTION_FLAG, "--sql", NULL, NULL, \
      "Don't emit SQL to database - dump to standard output/file instead. See docs on offline " \
      "mode." }
#define TAG_OPTION \
    { OPTION_TEXT, "--tag", NULL, NULL, \
      "Arbitrary 'tag' name - can be used by custom env.py scripts." }
#define WRITING_OPTIONS \
    { OPTION_SETTING, "--lock-wait", NULL, "TIME", \
      "How long to wait for another run to end (60s)" }, \
    { OPTION_SETTING, "--lock-timeout", NULL, "TIME", \
      "PostgreSQL: how long a statement may wait for a table (5s; 0: as long as it takes)" }, \
    { OPTION_SETTING, "--statement-timeout", NULL, "TIME", \
      "PostgreSQL: how long a statement may run (0: as long as it takes)" }
/* clang-format on */

typedef struct Session Session;

/* What a command does with the rows of the version table: steps to run, or a look at them. */
typedef bool SessionPlan(Session *session, MigrationContext *context, const StrVec *rows,
                         StepVec *steps, Error *err);

struct Session {
    CommandRun *run;
    ScriptDirectory dir;
    Run environment; /* a command sets as_sql, tag ... before session_environment */
    Script *script;
    SessionPlan *plan;
    StrVec targets; /* of stamp */
    struct Autogen *autogen; /* of revision and check */
    Graph *graph;   /* after session_graph, and within a plan */
};

/* Opens the script directory. */
bool session_open(Session *session, CommandRun *run, Error *err);
/* Reads the revisions; their warnings are logged. */
bool session_graph(Session *session, Error *err);
/* The Script, made when first needed. */
Script *session_script(Session *session);
/* Runs the environment; `plan` is called with the rows of each context that it configures. */
bool session_environment(Session *session, SessionPlan *plan, Error *err);

/*
 * upgrade and downgrade: reads their options and runs the steps of `plan`. With `ranged`, --sql
 * needs "from:to".
 */
bool session_migrate(CommandRun *run, SessionPlan *plan, bool ranged, Error *err);

/* Divides "a:b" of --sql at its colon; without one, *start is STR_NONE. */
bool session_split_range(Str text, Str *start, Str *end, Error *err);
/* Sets where an offline run begins: a target is resolved to its revision. */
bool session_start_from(Session *session, Str start, Error *err);

#endif
