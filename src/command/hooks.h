/* SPDX-License-Identifier: MIT */
/* Programs that a project wants run on each new revision file: [post_write_hooks]. */
#ifndef LIMBECK_COMMAND_HOOKS_H
#define LIMBECK_COMMAND_HOOKS_H

#include "command/command.h"

/* Runs the hooks of the configuration on `path`, in order. ERR_COMMAND for a hook that lacks an
 * option. */
bool hooks_run(CommandRun *run, Str path, Error *err);

#endif
