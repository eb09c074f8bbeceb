/* SPDX-License-Identifier: MIT */
/*
 * The command line: global options, a command, its options, as Python's argparse reads them
 * (--opt=value, unambiguous beginnings of long options, -rVALUE, `--`, negative numbers as values).
 */
#ifndef LIMBECK_CLI_ARGS_H
#define LIMBECK_CLI_ARGS_H

#include "command/command.h"

typedef struct CommandLine {
    const Command *command; /* NULL with `version`, and with `help` of the program itself */
    CommandArgs global;     /* config, name, x, raiseerr, quiet, url, native-env */
    CommandArgs args;
    bool help, version;
} CommandLine;

extern const Option global_options[];

/* ERR_USAGE: err->text is the message, err->remedy the usage to show before it. */
bool args_read(Arena *arena, int argc, char **argv, CommandLine *line, Error *err);
/* The --help text of a command; of the program when `command` is NULL. */
Str args_help(Arena *arena, const Command *command);
/* "usage: limbeck upgrade [-h] ..." with its newline. */
Str args_usage(Arena *arena, const Command *command);

#endif
