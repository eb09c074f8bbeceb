/* SPDX-License-Identifier: MIT */
/* What every unit test includes: cmocka, and an arena a test as its state. */
#ifndef LIMBECK_TESTS_UNIT_TESTS_H
#define LIMBECK_TESTS_UNIT_TESTS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#undef fail /* ours is base/error.h; cmocka keeps fail_msg */

#include "base/mem.h"
#include "base/str.h"

static inline int test_arena_make(void **state)
{
    *state = arena_new(NULL);
    return 0;
}

static inline int test_arena_drop(void **state)
{
    arena_free(*state);
    return 0;
}

#define ARENA_TEST(name) cmocka_unit_test_setup_teardown(name, test_arena_make, test_arena_drop)

/* Compares a Str with a C string and prints both when they differ. */
#define assert_text(actual, expected)                                                           \
    do {                                                                                        \
        Str assert_text_ = (actual);                                                            \
        if (!str_is(assert_text_, (expected)))                                                  \
            fail_msg("got      \"%.*s\"\nexpected \"%s\"", STR_ARG(assert_text_), (expected));  \
    } while (0)

#endif
