/* SPDX-License-Identifier: MIT */
/* What people and other programs see of a run: results on standard output, the rest on standard
 * error. */
#ifndef LIMBECK_CLI_PRINT_H
#define LIMBECK_CLI_PRINT_H

#include "base/json.h"
#include "command/command.h"

typedef struct Printer {
    Arena *arena;
    bool quiet;
    bool as_sql;   /* standard output is for SQL alone */
    Json *json;    /* the document of --json, or NULL */
    Json *results; /* its list */
    size_t width;  /* of the terminal that messages are wrapped to; 0: no wrapping */
    const Redactor *redactor;
    bool progress; /* standard error is a terminal: running revisions are timed */
    bool colour;
    bool pending; /* a progress line waits for its end */
    double since;
    size_t shown;       /* bytes of the progress that stand at the end of the line */
    size_t line, space; /* how long the line is; how wide the terminal */
} Printer;

/* Looks at the terminals and at NO_COLOR. */
Printer printer_make(Arena *arena, const Redactor *redactor);
/* Collects the results into a document, which printer_end prints. */
void printer_use_json(Printer *printer);
void printer_end(Printer *printer);
/* The callbacks of a CommandRun; `printer` is its context. */
void printer_result(void *printer, const Result *result);
void printer_output(void *printer, Str sql);
/* A LogSink. */
void printer_log(void *printer, LogTarget target, Str text);
/* Shows at the end of the progress line what the revision has done so far. */
void printer_progress(void *printer, const RunProgress *far);
/* Ends a progress line; `ok` tells how. */
void printer_finish(Printer *printer, bool ok);
/* Tells the error, on the streams that its kind asks for. */
void printer_error(Printer *printer, LogTree *log, const Error *err);

#endif
