/* SPDX-License-Identifier: MIT */
/* How a revision is shown. */
#include "revision/revision.h"

static void put_list(Buf *buf, const StrVec *ids)
{
    for (size_t i = 0; i < ids->len; i++)
        buf_printf(buf, "%s%.*s", i ? ", " : "", STR_ARG(ids->items[i]));
}

static void put_downs(Buf *buf, const Revision *rev)
{
    if (rev->down_ids.len)
        put_list(buf, &rev->down_ids);
    else
        buf_puts(buf, "<base>");
}

static void put_in_brackets(Buf *buf, const StrVec *names)
{
    buf_puts(buf, " (");
    put_list(buf, names);
    buf_putc(buf, ')');
}

static void put_branch_marks(Buf *buf, const Revision *rev)
{
    if (revision_is_branch_point(rev))
        buf_puts(buf, " (branchpoint)");
    if (revision_is_merge_point(rev))
        buf_puts(buf, " (mergepoint)");
}

void revision_line(Buf *buf, const Revision *rev, RevisionLine show)
{
    if (show.parents) {
        put_downs(buf, rev);
        if (rev->depends_ids.len)
            put_in_brackets(buf, &rev->depends_ids);
        buf_puts(buf, " -> ");
    }
    buf_put(buf, rev->id);
    if (show.labels && rev->labels.len)
        put_in_brackets(buf, &rev->labels);
    if (show.head_marks && revision_is_head(rev))
        buf_puts(buf, revision_is_real_head(rev) ? " (head)" : " (effective head)");
    if (show.current)
        buf_puts(buf, " (current)");
    if (show.tree_marks)
        put_branch_marks(buf, rev);
    if (show.doc)
        buf_printf(buf, ", %.*s", STR_ARG(rev->doc));
}

static void put_children(Buf *buf, const Revision *rev)
{
    for (size_t i = 0; i < rev->children.len; i++)
        buf_printf(buf, "%s%.*s", i ? ", " : "", STR_ARG(rev->children.items[i]->id));
}

void revision_entry(Buf *buf, const Revision *rev, bool is_current)
{
    buf_printf(buf, "Rev: %.*s%s", STR_ARG(rev->id), revision_is_head(rev) ? " (head)" : "");
    put_branch_marks(buf, rev);
    buf_puts(buf, is_current ? " (current)\n" : "\n");
    buf_puts(buf, revision_is_merge_point(rev) ? "Merges: " : "Parent: ");
    put_downs(buf, rev);
    if (rev->depends_ids.len) {
        buf_puts(buf, "\nAlso depends on: ");
        put_list(buf, &rev->depends_ids);
    }
    if (revision_is_branch_point(rev)) {
        buf_puts(buf, "\nBranches into: ");
        put_children(buf, rev);
    }
    if (rev->labels.len) {
        buf_puts(buf, "\nBranch names: ");
        put_list(buf, &rev->labels);
    }
    buf_printf(buf, "\nPath: %.*s\n\n", STR_ARG(rev->path));
    Str rest = rev->long_doc, line;
    for (bool first = true; str_line_next(&rest, &line); first = false)
        buf_printf(buf, "%s    %.*s", first ? "" : "\n", STR_ARG(line));
    buf_putc(buf, '\n');
}
