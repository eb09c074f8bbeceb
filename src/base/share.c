/* SPDX-License-Identifier: MIT */
#include "base/share.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

/* Less is done before a thread has begun, and its arenas cost 300 KB. */
enum { PIECES_LEAST = 256, ARENA_FIRST = 32 << 10 };

enum { PIECE_FREE, PIECE_CLAIMED, PIECE_DONE, PIECE_FAILED };

struct Share {
    Arena *arena; /* of the caller's thread */
    Arena *own, *piece_arena; /* of the other thread; freed with `arena` */
    ShareWork *work;
    void *context;
    atomic_uchar *states; /* of the pieces */
    size_t count;
    size_t current; /* piece of the other thread */
    bool running;
    atomic_bool stop;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t ended; /* a piece of the other thread */
};

static bool claim(Share *share, size_t at)
{
    unsigned char expected = PIECE_FREE;
    return atomic_compare_exchange_strong(&share->states[at], &expected, PIECE_CLAIMED);
}

static void piece_end(Share *share, unsigned char state)
{
    pthread_mutex_lock(&share->lock);
    atomic_store(&share->states[share->current], state);
    pthread_cond_signal(&share->ended);
    pthread_mutex_unlock(&share->lock);
}

/* Without memory for the other thread, the caller's does the piece, and meets the same end. */
static void leave_thread(void *context, size_t wanted)
{
    (void)wanted;
    piece_end(context, PIECE_FAILED);
    pthread_exit(NULL);
}

static void *thread_run(void *context)
{
    Share *share = context;
    mem_set_handler(leave_thread, share);
    for (size_t i = share->count; i-- > 0 && !atomic_load(&share->stop);) {
        if (!claim(share, i))
            break;
        share->current = i;
        bool ok = share->work(share->context, share->own, share->piece_arena, i);
        arena_reset(share->piece_arena);
        piece_end(share, ok ? PIECE_DONE : PIECE_FAILED);
    }
    return NULL;
}

static void own_drop(void *context)
{
    const Share *share = context;
    if (!arena_is_left(share->arena))
        arena_free(share->own);
}

/* Signals are for the caller's thread. */
static void thread_start(Share *share)
{
    sigset_t all, before;
    share->own = arena_new_for(NULL, ARENA_FIRST);
    share->piece_arena = arena_new_for(share->own, ARENA_FIRST);
    arena_on_free(share->arena, own_drop, share);
    pthread_mutex_init(&share->lock, NULL);
    pthread_cond_init(&share->ended, NULL);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    share->running = pthread_create(&share->thread, NULL, thread_run, share) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

Share *share_start(Arena *arena, ShareWork *work, void *context, size_t count)
{
    Share *share = ARENA_NEW(arena, Share);
    share->arena = arena;
    share->work = work;
    share->context = context;
    share->count = count;
    share->states = ARENA_ARRAY(arena, atomic_uchar, count);
    if (count >= PIECES_LEAST && sysconf(_SC_NPROCESSORS_ONLN) > 1)
        thread_start(share);
    return share;
}

bool share_done(Share *share, size_t at)
{
    if (claim(share, at))
        return false;
    pthread_mutex_lock(&share->lock);
    while (atomic_load(&share->states[at]) == PIECE_CLAIMED)
        pthread_cond_wait(&share->ended, &share->lock);
    pthread_mutex_unlock(&share->lock);
    return atomic_load(&share->states[at]) == PIECE_DONE;
}

void share_end(Share *share)
{
    if (!share->running)
        return;
    atomic_store(&share->stop, true);
    pthread_join(share->thread, NULL);
    pthread_cond_destroy(&share->ended);
    pthread_mutex_destroy(&share->lock);
    share->running = false;
}
