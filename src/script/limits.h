/* SPDX-License-Identifier: MIT */
/* The limits of scripts that [limbeck] or its environment sets. */
#ifndef LIMBECK_SCRIPT_LIMITS_H
#define LIMBECK_SCRIPT_LIMITS_H

#include "migrate/config.h"
#include "py/vm.h"

/*
 * Reads max_depth, max_heap, max_string, max_steps and max_seconds; what is not given stays zero
 * (vm.h says what that means). Sizes take KB, MB or GB behind the number. ERR_CONFIG names the
 * option and what it takes.
 */
bool limits_read(const Config *config, VmLimits *limits, Error *err);
/* gc_stress, for tests: the collector runs at every so many safe points; 0: when it is time. */
bool stress_read(const Config *config, uint64_t *gc_stress, Error *err);

#endif
