/* SPDX-License-Identifier: MIT */
/*
 * Environments: runs env.py, which configures contexts and calls run_migrations; or the built-in
 * environment, where there is no env.py or with native_env.
 */
#ifndef LIMBECK_SCRIPT_ENV_H
#define LIMBECK_SCRIPT_ENV_H

#include "script/script.h"

/*
 * Runs the environment; run->plan is called from within it. `location` is the script location,
 * where env.py is looked for. It is an error when the environment ends without having run
 * migrations; the message lists the imports that could not be served.
 */
bool env_run(Script *script, Str location, Error *err);

#endif
