/* SPDX-License-Identifier: MIT */
#include "migrate/plan.h"

#include "base/file.h"
#include "migrate/state.h"

static bool is_sql(const Step *step)
{
    return step->revision && str_eq(path_extension(step->revision->path), STR(".sql"));
}

static bool check_section(const SqlFile *file, const Step *step, Error *err)
{
    bool up = step->kind == STEP_UPGRADE;
    if (up ? file->upgrade.given : file->downgrade.given)
        return true;
    const char *name = up ? "upgrade" : "downgrade";
    fail_at(err, ERR_COMMAND, (Loc){ .file = file->path },
            "revision %.*s has no section '-- limbeck: %s'", STR_ARG(step->revision->id), name);
    return error_remedy(err, "add the section; it may be empty");
}

static bool read_sql(MigrationContext *context, const Step *step, Error *err)
{
    Map *files = &context->state->sql_files;
    Arena *arena = context->arena;
    SqlFile *file = map_get(files, step->revision->path);
    if (!file) {
        Str text;
        file = ARENA_NEW(arena, SqlFile);
        if (!file_read(arena, step->revision->path, &text, err) ||
            !sql_file_parse(arena, step->revision->path, text, context->dialect, file, err))
            return false;
        map_set(files, step->revision->path, file);
    }
    return check_section(file, step, err);
}

bool plan_make(MigrationContext *context, StepVec *steps, Error *err)
{
    Run *run = context->run;
    *steps = (StepVec){ 0 };
    if (!run->plan(run->plan_context, context, &context->state->heads, steps, err))
        return false;
    VEC_EACH(Step, step, steps)
        if (is_sql(step) && !read_sql(context, step, err))
            return false;
    return !run->prepare || run->prepare(run->body_context, context, steps, err);
}

const SqlFile *plan_sql_file(const MigrationContext *context, const Step *step)
{
    return is_sql(step) ? map_get(&context->state->sql_files, step->revision->path) : NULL;
}
