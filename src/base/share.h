/* SPDX-License-Identifier: MIT */
/*
 * Many like pieces of work for two threads: the caller's does them from the first on, one of its
 * own from the last back, until they meet.
 *
 *     Share *share = share_start(arena, work, context, count);
 *     for (size_t i = 0; i < count; i++)
 *         if (!share_done(share, i)) ... do it here
 *     share_end(share);
 */
#ifndef LIMBECK_BASE_SHARE_H
#define LIMBECK_BASE_SHARE_H

#include "base/mem.h"

typedef struct Share Share;

/*
 * Piece `at` on the other thread, which must touch nothing that the caller's thread changes. What
 * lasts is made in `own`; `work` is reset after each. On false the caller's thread does the piece
 * again, and so meets the error where it tells of it.
 */
typedef bool ShareWork(void *context, Arena *own, Arena *work, size_t at);

/* What the other thread makes lives as long as `arena`. A few pieces are the caller's alone. */
Share *share_start(Arena *arena, ShareWork *work, void *context, size_t count);
/* Whether the other thread did piece `at` or is at it (waited for); else it is the caller's. */
bool share_done(Share *share, size_t at);
/* Ends the other thread; what was not asked for may be undone. */
void share_end(Share *share);

#endif
