/* SPDX-License-Identifier: MIT */
/*
 * Revisions and their graph. Whoever reads the files declares them in load order; graph_link then
 * connects them, and finds what is wrong.
 *
 *     Graph *graph = graph_new(arena);
 *     graph_declare(graph, &declaration, err);  ... in load order
 *     if (!graph_link(graph, err)) ...
 */
#ifndef LIMBECK_REVISION_REVISION_H
#define LIMBECK_REVISION_REVISION_H

#include "base/buf.h"
#include "base/error.h"
#include "base/map.h"
#include "base/vec.h"

typedef struct Revision Revision;
typedef struct Graph Graph;
typedef VEC(Revision *) RevisionVec;

/* What a revision file says of itself. */
typedef struct Declaration {
    Str id;
    StrVec down;    /* down_revision as a tuple; empty is a base */
    StrVec depends; /* depends_on as written: ids or labels */
    StrVec labels;  /* branch_labels */
    Str path;       /* absolute */
    Str module_doc; /* the whole docstring, or the comment of an .sql file */
    Str text;       /* the file's bytes, to be kept as they are; or STR_NONE */
} Declaration;

/* A copy whose path and text are still the given one's. */
Declaration declaration_copy(Arena *arena, const Declaration *declaration);

struct Revision {
    Str id;
    Str path;
    Str doc;      /* the docstring up to its first empty line */
    Str long_doc; /* the whole docstring, stripped */
    Str text;     /* the file's bytes where they are at hand, else STR_NONE */
    StrVec down_ids, depends_ids, labels_declared;
    StrVec labels;            /* with those that spread here from its branch */
    RevisionVec downs;        /* parents by down_revision, in the order declared */
    RevisionVec depends;      /* depends_on, resolved */
    RevisionVec needed;       /* depends less those that an ancestor depends on already */
    RevisionVec parents;      /* downs and needed: what a version row counts */
    RevisionVec children;     /* who names this one in down_revision, in load order */
    RevisionVec all_children; /* children and dependants */
    uint32_t index;           /* the place in load order */
    uint32_t depth;           /* longer than that of every parent, dependencies included */
};

struct Graph {
    Arena *arena;
    RevisionVec revisions;  /* in load order */
    Map map;                /* id or branch label -> Revision *; ids first, then labels */
    RevisionVec heads;      /* nobody's down_revision */
    RevisionVec real_heads; /* heads that nobody depends on either */
    RevisionVec bases;      /* without down_revision */
    RevisionVec real_bases; /* bases without depends_on */
    StrVec warnings;        /* to be shown by the caller, in order */
    const char
        *heads_text; /* what an ambiguous `head` is answered with; NULL: Alembic's usual text */
    Str asked;       /* the target as the user wrote it, for that text; empty: the part itself */
    uint32_t *marks; /* scratch of the walks, one a revision */
    uint32_t mark;
    uint32_t floor;    /* walks leave out what is less deep; 0: nothing */
    RevisionVec stack; /* scratch of the walks */
};

Graph *graph_new(Arena *arena);
/*
 * Adds a revision. ERR_REVISION: an illegal id, a self-loop, or an id that is taken (both files are
 * named). The declaration's texts are copied.
 */
bool graph_declare(Graph *graph, const Declaration *declaration, Error *err);
/* Connects all. ERR_REVISION: a missing parent or dependency (files named), a cycle, a label used
 * twice. */
bool graph_link(Graph *graph, Error *err);

/* By exact id or label, or NULL. Borrowed. */
Revision *graph_get(const Graph *graph, Str id_or_label);
/* False with ERR_REVISION when the id holds one of @ - + or a colon. */
bool revision_id_check(Str id, Error *err);

bool revision_is_head(const Revision *rev);
bool revision_is_real_head(const Revision *rev);
bool revision_is_base(const Revision *rev);
bool revision_is_branch_point(const Revision *rev); /* several children by down_revision */
bool revision_is_merge_point(const Revision *rev);  /* several down_revisions */

/*
 * One line as `heads`, `current` and `history` print it: "a -> b (label) (head), doc".
 */
typedef struct RevisionLine {
    bool parents;    /* "a, b (dep) -> " in front; <base> for none */
    bool labels;     /* branch labels in brackets */
    bool tree_marks; /* (branchpoint) (mergepoint) */
    bool doc;
    bool head_marks; /* (head), (effective head) */
    bool current;    /* (current) */
} RevisionLine;
void revision_line(Buf *buf, const Revision *rev, RevisionLine show);
/* The many lines of `show` and of -v, from "Rev: " to the last line of the docstring. */
void revision_entry(Buf *buf, const Revision *rev, bool is_current);

#endif
