/* SPDX-License-Identifier: MIT */
#include "py/ahead.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

/* So many files are compiled in 20 ms; a thread of its own costs 300 KB. */
enum { FILES_LEAST = 256, WORK_FIRST = 32 << 10 };

enum { JOB_FREE, JOB_CLAIMED, JOB_DONE, JOB_FAILED };

typedef struct Job {
    VmFile file;
    const Code *code;
    atomic_int state;
} Job;

struct Ahead {
    Arena *arena;    /* of the caller's thread */
    Arena *own;      /* of the other thread: the code that it makes; freed with `arena` */
    Arena *own_work; /* the same: what it needs for it */
    Job *jobs;
    size_t count;
    Job *current; /* that of the other thread */
    bool running;
    atomic_bool stop;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t ended; /* a job of the other thread */
};

static bool claim(Job *job)
{
    int expected = JOB_FREE;
    return atomic_compare_exchange_strong(&job->state, &expected, JOB_CLAIMED);
}

static void job_end(Ahead *ahead, int state)
{
    pthread_mutex_lock(&ahead->lock);
    atomic_store(&ahead->current->state, state);
    pthread_cond_signal(&ahead->ended);
    pthread_mutex_unlock(&ahead->lock);
}

/* Without memory for the other thread, the caller's compiles the file, and meets the same end. */
static void leave_thread(void *context, size_t wanted)
{
    (void)wanted;
    job_end(context, JOB_FAILED);
    pthread_exit(NULL);
}

/* What fails here is compiled again by who takes it, for the error's sake. */
static void job_run(Ahead *ahead, Job *job)
{
    Error err = error_in(ahead->own_work);
    ahead->current = job;
    bool ok = compile_text(ahead->own, ahead->own_work, job->file.text, job->file.path,
                           COMPILE_KEPT_FILE, &job->code, &err);
    job_end(ahead, ok ? JOB_DONE : JOB_FAILED);
}

static void *thread_run(void *context)
{
    Ahead *ahead = context;
    mem_set_handler(leave_thread, ahead);
    for (size_t i = ahead->count; i-- > 0 && !atomic_load(&ahead->stop);) {
        if (!claim(&ahead->jobs[i]))
            break;
        job_run(ahead, &ahead->jobs[i]);
    }
    return NULL;
}

static void arena_drop(void *context)
{
    arena_free(context);
}

/* Signals are for the caller's thread. */
static void thread_start(Ahead *ahead)
{
    sigset_t all, before;
    ahead->own = arena_new_for(NULL, WORK_FIRST);
    ahead->own_work = arena_new_for(ahead->own, WORK_FIRST);
    arena_on_free(ahead->arena, arena_drop, ahead->own);
    pthread_mutex_init(&ahead->lock, NULL);
    pthread_cond_init(&ahead->ended, NULL);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    ahead->running = pthread_create(&ahead->thread, NULL, thread_run, ahead) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

Ahead *ahead_start(Arena *arena, const VmFile *files, size_t count)
{
    Ahead *ahead = ARENA_NEW(arena, Ahead);
    ahead->arena = arena;
    ahead->count = count;
    ahead->jobs = ARENA_ARRAY(arena, Job, count);
    for (size_t i = 0; i < count; i++)
        ahead->jobs[i].file = files[i];
    if (count >= FILES_LEAST && sysconf(_SC_NPROCESSORS_ONLN) > 1)
        thread_start(ahead);
    return ahead;
}

static int wait_for(Ahead *ahead, Job *job)
{
    pthread_mutex_lock(&ahead->lock);
    while (atomic_load(&job->state) == JOB_CLAIMED)
        pthread_cond_wait(&ahead->ended, &ahead->lock);
    pthread_mutex_unlock(&ahead->lock);
    return atomic_load(&job->state);
}

bool ahead_take(Ahead *ahead, Arena *work, size_t at, const Code **code, Error *err)
{
    Job *job = &ahead->jobs[at];
    if (!claim(job) && wait_for(ahead, job) == JOB_DONE) {
        *code = job->code;
        return true;
    }
    return compile_text(ahead->arena, work, job->file.text, job->file.path, COMPILE_KEPT_FILE, code,
                        err);
}

void ahead_end(Ahead *ahead)
{
    if (!ahead->running)
        return;
    atomic_store(&ahead->stop, true);
    pthread_join(ahead->thread, NULL);
    pthread_cond_destroy(&ahead->ended);
    pthread_mutex_destroy(&ahead->lock);
    ahead->running = false;
}
