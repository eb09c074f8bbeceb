/* SPDX-License-Identifier: MIT */
/* The inside of a Script: only files of script/ look into it. */
#ifndef LIMBECK_SCRIPT_STATE_H
#define LIMBECK_SCRIPT_STATE_H

#include "script/bind.h"

/* Which values of scripts live as long as the VM: an index into the list `kept`. */
typedef enum KeptSlot {
    KEPT_BODIES,     /* a dict: path -> module of a revision file */
    KEPT_COMPILES,   /* a dict: class -> {dialect: function}, of @compiles */
    KEPT_CUSTOM_OPS, /* a dict: class of an operation -> function, of implementation_for */
    KEPT_DIRECTIVES, /* a dict: name -> (class, method name), of register_operation */
    KEPT_CONFIG,     /* the alembic.config.Config of the run, or None */
    KEPT_CONFIGURE,  /* the keywords of the last context.configure, or None */
    KEPT_ATTRIBUTES, /* config.attributes: a dict */
    KEPT_RUN_KW,     /* the keywords of context.run_migrations, or None */
    KEPT_BIND,       /* the Connection of the context configured last, or None */
    KEPT_HOOKS,      /* a list: on_version_apply callables */
    KEPT_BUFFER,     /* output_buffer, or None */
    KEPT_ESCAPED,    /* the exception in `escaped`, or None */
    KEPT_TRACES,     /* a list: where the statements on their way were asked for, by token */
    KEPT_COUNT
} KeptSlot;

/* A migration context, its object and its Connection; both values are kept. */
typedef struct ContextBox {
    MigrationContext *context;
    Value object, bind, options;
} ContextBox;

struct ScriptState {
    Value kept;    /* a tuple-like list of KEPT_COUNT values, a root of the VM */
    Error raised;  /* the last Error that became an exception */
    Arena *raised_arena;
    size_t body_depth; /* script frames below the body that runs */
    Value escaped; /* an exception on its way through migrate/, kept; or unset */
    VEC(ContextBox) contexts;
    VEC(MetaData *) targets; /* all of target_metadata of the context configured last */
    MetaData *target; /* target_metadata of the context configured last, for naming; or NULL */
    Map texts;        /* of text(): SQL -> Expr * */
    struct Prepared *prepared; /* the statement that ran last, or NULL */
    bool flask;       /* env.py is Flask-Migrate\'s: the built-in environment runs */
    Str location;     /* the script location */
    struct Rendering *rendering; /* the template that is being rendered, or NULL */
};

/*
 * The pending exception as an Error, for a lower floor; it is kept, so that raise_migration raises
 * the very exception again and env.py can catch it. Returns false.
 */
bool script_escapes(Script *script, Error *err);

Value kept_get(Script *script, KeptSlot slot);
void kept_set(Script *script, KeptSlot slot, Value v);

#endif
