/* SPDX-License-Identifier: MIT */
/*
 * Autogenerate: what `revision --autogenerate` and `check` find in the databases that an
 * environment configures, after the hooks of env.py have had their say. Alembic's RevisionContext.
 *
 *     Autogen autogen = { .script = script, .compare = true };
 *     VEC_PUSH(arena, &autogen.revisions, wanted);
 *     ... in the plan of each context:
 *     autogen_collect(&autogen, context, rows, err);
 *     ... when the environment has run:
 *     autogen_finish(&autogen, err);
 *     VEC_EACH (Generated, each, &autogen.revisions)
 *         autogen_render(&autogen, each, &values, err);
 */
#ifndef LIMBECK_SCRIPT_AUTOGEN_H
#define LIMBECK_SCRIPT_AUTOGEN_H

#include "diff/diff.h"
#include "diff/render.h"
#include "script/script.h"

/* What one database needs: the body that fills `token` of the template. */
typedef struct GeneratedOps {
    Str token; /* "upgrades"; "engine1_upgrades" of the multidb template */
    OpVec ops;
} GeneratedOps;

typedef VEC(GeneratedOps) GeneratedVec;

/* A revision file to be written: Alembic's MigrationScript. */
typedef struct Generated {
    Str id, message, branch_label, version_path; /* STR_NONE: not given */
    StrVec heads, depends_on;
    bool splice;
    StrVec imports;
    GeneratedVec upgrades, downgrades;
} Generated;

typedef struct Autogen {
    Script *script;
    bool compare; /* false: `revision` with revision_environment, which only runs the hooks */
    VEC(Generated) revisions;  /* the caller puts one in; hooks may add and take out */
    MigrationContext *context; /* the one seen last, or NULL */
    ScriptRef directives;      /* the revisions as scripts see them, once a hook has */
    ScriptRef state;           /* the AutogenContext of `context`, once a script asks */
    ScriptRef keywords;        /* instead of the context's own options; or none */
} Autogen;

/*
 * Compares the context's database with target_metadata and calls its process_revision_directives.
 * Fails unless the database is at the heads and there is a target_metadata.
 */
bool autogen_collect(Autogen *autogen, MigrationContext *context, const StrVec *rows, Error *err);
/* Takes back what the hooks made of the revisions. */
bool autogen_finish(Autogen *autogen, Error *err);
/*
 * The template's values of a revision: its bodies by token, "imports" as text, and template_args of
 * context.configure(). Datum * by name.
 */
bool autogen_render(Autogen *autogen, const Generated *revision, Map *values, Error *err);
/* The operations as `check` prints them; STR_NONE when there are none. */
bool autogen_tuples(Autogen *autogen, Str *text, Error *err);

/* How to render for the context, or for none (NULL). */
bool autogen_options(Autogen *autogen, MigrationContext *context, RenderOptions *options,
                     Error *err);
/* The operations that lead from the context's database to `models`, with the hooks' filters. */
bool autogen_compare(Autogen *autogen, MigrationContext *context, MetaData *const *models,
                     size_t model_count, OpVec *upgrade, Error *err);
/* The options of context.configure(), a dict; or unset. */
Value autogen_keywords(Autogen *autogen, MigrationContext *context);
/* The AutogenContext of the context, made when it is first asked for. */
bool autogen_state(Autogen *autogen, MigrationContext *context, Value *state);

/* What env.py answers while schemas are compared and ops rendered (autogen_calls.c). */
void autogen_diff_calls(Autogen *autogen, Value keywords, DiffOptions *options);
void autogen_render_calls(Autogen *autogen, Value keywords, RenderCalls *calls);

/* The native half of alembic.autogenerate.api. */
void autogen_register(Vm *vm);

#endif
