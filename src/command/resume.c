/* SPDX-License-Identifier: MIT */
#include "command/session.h"
#include "migrate/statements.h"

typedef struct Resume {
    Session session; /* first: a plan gets it back as this */
    const struct ResumeOption *option;
    bool left, doubtful; /* in any of the databases */
} Resume;

typedef struct ResumeOption {
    const char *name;
    StatementsAnswer answer;
    bool needs_doubt;
    const char *said;
} ResumeOption;

static const ResumeOption answers[] = {
    { "done", STATEMENTS_DONE, true, "taken as done: the next run goes on behind it" },
    { "retry", STATEMENTS_RETRY, true, "taken as not done: the next run sends it again" },
    { "abandon", STATEMENTS_ABANDON, false, "the journal of the broken run is forgotten" },
};

static void put_left(CommandRun *run, const StatementsLeft *left)
{
    result_text(run, "%.*s was broken off (%.*s): %lld statement%s of it stay%s committed",
                STR_ARG(left->step), STR_ARG(left->began), (long long)left->done,
                left->done == 1 ? "" : "s", left->done == 1 ? "s" : "");
    if (left->doubtful)
        result_text(run, "whether statement %lld was done cannot be told:\n  %.*s",
                    (long long)left->doubtful, STR_ARG(left->sql));
}

static bool resume_plan(Session *session, MigrationContext *context, const StrVec *rows,
                        StepVec *steps, Error *err)
{
    Resume *resume = (Resume *)session;
    CommandRun *run = session->run;
    StatementsLeftVec all = { 0 };
    bool doubtful = false;
    (void)rows;
    (void)steps;
    if (!statements_left(context, run->arena, &all, err))
        return false;
    VEC_EACH (const StatementsLeft, left, &all) {
        put_left(run, left);
        doubtful |= left->doubtful > 0;
    }
    resume->left |= all.len > 0;
    resume->doubtful |= doubtful;
    const ResumeOption *option = resume->option;
    if (!option || all.len == 0 || (option->needs_doubt && !doubtful))
        return true;
    if (!statements_answer(context, option->answer, err))
        return false;
    result_text(run, "%s", option->said);
    return true;
}

static bool read_answer(Resume *resume, CommandRun *run, Error *err)
{
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        if (!args_flag(run, answers[i].name))
            continue;
        if (resume->option)
            return fail(err, ERR_COMMAND, "--%s and --%s contradict each other",
                        resume->option->name, answers[i].name);
        resume->option = &answers[i];
    }
    return true;
}

/* What was asked for, where there was nothing to answer. */
static bool check_found(const Resume *resume, Error *err)
{
    const ResumeOption *option = resume->option;
    if (!resume->left && option)
        return fail(err, ERR_COMMAND, "no run was broken off amid a revision");
    if (option && option->needs_doubt && !resume->doubtful)
        return fail(err, ERR_COMMAND, "no statement is in doubt: run the migration again");
    return true;
}

static bool resume_run(CommandRun *run, Error *err)
{
    Resume resume = { 0 };
    if (!session_open(&resume.session, run, err) || !read_answer(&resume, run, err))
        return false;
    resume.session.environment.no_version = true;
    if (!session_environment(&resume.session, resume_plan, err) || !check_found(&resume, err))
        return false;
    if (!resume.left)
        result_text(run, "no run was broken off amid a revision");
    else if (!resume.option)
        result_text(run, resume.doubtful
                             ? "look at the database; then `limbeck resume --done` or `--retry`"
                             : "run the migration again: it goes on from there");
    return true;
}

static const Option options[] = {
    { OPTION_FLAG, "--done", NULL, NULL, "The statement in doubt was done: go on behind it" },
    { OPTION_FLAG, "--retry", NULL, NULL, "The statement in doubt was not done: send it again" },
    { OPTION_FLAG, "--abandon", NULL, NULL,
      "Forget what was done: the database was repaired and stamped by hand" },
    WRITING_OPTIONS,
    { 0 },
};

const Command resume_command = {
    .name = "resume",
    .help = "Show what a run left that was broken off amid a revision, or answer its question.",
    .options = options,
    .run = resume_run,
};
