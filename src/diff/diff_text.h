/* SPDX-License-Identifier: MIT */
/*
 * Two SQL expressions side by side, one as a program wrote it, one as the database writes it back:
 * brackets, cases, spaces, casts that say nothing new and the ways of writing IN, BETWEEN and LIKE
 * do not count.
 */
#ifndef LIMBECK_DIFF_DIFF_TEXT_H
#define LIMBECK_DIFF_DIFF_TEXT_H

#include "base/mem.h"
#include "base/str.h"

typedef enum TextAnswer {
    TEXT_SAME,    /* they mean the same */
    TEXT_ALIKE,   /* but for casts: most likely the same */
    TEXT_UNKNOWN, /* they may or may not */
} TextAnswer;

/* `server_casts`: the database writes casts of its own into what it keeps. */
TextAnswer text_same(Arena *arena, bool server_casts, Str model, Str database);

#endif
