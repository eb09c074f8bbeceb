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

#undef fail /* ours is base/error.h; use assert_text and its kin, not fail_msg */

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
#define assert_text(actual, expected) \
    assert_text_at((actual), (expected), __FILE__, __LINE__)

static inline void assert_text_at(Str actual, const char *expected, const char *file, int line)
{
    if (str_is(actual, expected))
        return;
    print_error("got      \"%.*s\"\nexpected \"%s\"\n", STR_ARG(actual), expected);
    _fail(file, line);
}

#endif
