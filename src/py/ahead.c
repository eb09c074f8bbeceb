/* SPDX-License-Identifier: MIT */
#include "py/ahead.h"

#include "base/share.h"

typedef struct Job {
    VmFile file;
    const Code *code; /* that the other thread made */
} Job;

struct Ahead {
    Arena *arena;
    Job *jobs;
    Share *share;
};

static bool job_compile(Job *job, Arena *arena, Arena *work, const Code **code, Error *err)
{
    return compile_text(arena, work, job->file.text, job->file.path, COMPILE_KEPT_FILE, code, err);
}

static bool job_run(void *context, Arena *own, Arena *work, size_t at)
{
    Job *job = &((Ahead *)context)->jobs[at];
    Error err = error_in(work);
    return job_compile(job, own, work, &job->code, &err);
}

Ahead *ahead_start(Arena *arena, const VmFile *files, size_t count)
{
    Ahead *ahead = ARENA_NEW(arena, Ahead);
    ahead->arena = arena;
    ahead->jobs = ARENA_ARRAY(arena, Job, count);
    for (size_t i = 0; i < count; i++)
        ahead->jobs[i].file = files[i];
    ahead->share = share_start(arena, job_run, ahead, count);
    return ahead;
}

bool ahead_take(Ahead *ahead, Arena *work, size_t at, const Code **code, Error *err)
{
    Job *job = &ahead->jobs[at];
    if (!share_done(ahead->share, at))
        return job_compile(job, ahead->arena, work, code, err);
    *code = job->code;
    return true;
}

void ahead_end(Ahead *ahead)
{
    share_end(ahead->share);
}
