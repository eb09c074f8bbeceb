/* SPDX-License-Identifier: MIT */
/* The tables of a MetaData, each after those that it refers to. */
#include <stdlib.h>

#include "schema/table.h"

typedef VEC(size_t) LevelVec;

static const Table *constraint_target(const MetaData *metadata, const Constraint *constraint)
{
    if (constraint->kind != CONSTRAINT_FOREIGN_KEY || constraint->use_alter == TRI_TRUE)
        return NULL;
    if (constraint->ref)
        return constraint->ref;
    return metadata_table(metadata, constraint->ref_schema, constraint->ref_table);
}

/* One table of a MetaData that is being sorted. */
typedef struct Node {
    Table *table;
    Str key;
    VEC(size_t) targets; /* of its foreign keys, each once, itself left out */
    size_t waits;        /* how many of them are not placed yet */
    VEC(size_t) followers;
    size_t order, low; /* of the search for circles; 0: not visited */
    size_t circle;     /* the number of the circle it is in; alone in it where there is none */
    bool on_stack, placed;
} Node;

typedef struct Sorter {
    Arena *arena;
    Node *nodes;
    size_t count;
    size_t visits, circles;
    VEC(size_t) stack;
} Sorter;

static int node_compare(const void *a, const void *b)
{
    return str_cmp(((const Node *)a)->key, ((const Node *)b)->key);
}

static void node_add_target(Sorter *sorter, Node *node, size_t target)
{
    VEC_EACH (const size_t, each, &node->targets)
        if (*each == target)
            return;
    VEC_PUSH(sorter->arena, &node->targets, target);
}

static Sorter sorter_new(Arena *arena, const MetaData *metadata, bool by_name)
{
    Sorter sorter = { .arena = arena, .count = metadata->tables.len };
    sorter.nodes = ARENA_ARRAY(arena, Node, sorter.count);
    for (size_t i = 0; i < sorter.count; i++) {
        Table *table = metadata->tables.entries[i].value;
        sorter.nodes[i] = (Node){ .table = table, .key = metadata->tables.entries[i].key };
    }
    if (by_name)
        qsort(sorter.nodes, sorter.count, sizeof *sorter.nodes, node_compare);
    Map places = map_in(arena);
    for (size_t i = 0; i < sorter.count; i++)
        map_set(&places, sorter.nodes[i].key, &sorter.nodes[i]);
    for (size_t i = 0; i < sorter.count; i++) {
        Node *node = &sorter.nodes[i];
        VEC_EACH (Constraint *, each, &node->table->constraints) {
            const Table *target = constraint_target(metadata, *each);
            if (!target || target == node->table || target->metadata != metadata)
                continue;
            const Node *to =
                map_get(&places, table_key(arena, target->schema.text, target->name.text));
            if (to)
                node_add_target(&sorter, node, (size_t)(to - sorter.nodes));
        }
    }
    return sorter;
}

/* ---- circles: Tarjan's strongly connected components ---- */

static void circle_close(Sorter *sorter, size_t at)
{
    size_t top;
    do {
        top = sorter->stack.items[--sorter->stack.len];
        sorter->nodes[top].on_stack = false;
        sorter->nodes[top].circle = sorter->circles;
    } while (top != at);
    sorter->circles++;
}

typedef struct Visit {
    size_t at, next;
} Visit;

static void visit_open(Sorter *sorter, size_t at)
{
    Node *node = &sorter->nodes[at];
    node->order = node->low = ++sorter->visits;
    node->on_stack = true;
    VEC_PUSH(sorter->arena, &sorter->stack, at);
}

/* Without recursion: chains of tables may be thousands long. */
static void circles_from(Sorter *sorter, size_t start)
{
    VEC(Visit) path = { 0 };
    Visit first = { start, 0 };
    VEC_PUSH(sorter->arena, &path, first);
    visit_open(sorter, start);
    while (path.len) {
        Visit *visit = &path.items[path.len - 1];
        Node *node = &sorter->nodes[visit->at];
        if (visit->next < node->targets.len) {
            size_t target = node->targets.items[visit->next++];
            const Node *to = &sorter->nodes[target];
            if (to->order == 0) {
                Visit deeper = { target, 0 };
                visit_open(sorter, target);
                VEC_PUSH(sorter->arena, &path, deeper);
            } else if (to->on_stack && to->order < node->low) {
                node->low = to->order;
            }
            continue;
        }
        if (node->low == node->order)
            circle_close(sorter, visit->at);
        path.len--;
        if (path.len) {
            Node *above = &sorter->nodes[path.items[path.len - 1].at];
            if (node->low < above->low)
                above->low = node->low;
        }
    }
}

static bool same_circle(const Sorter *sorter, size_t a, size_t b)
{
    return sorter->nodes[a].circle == sorter->nodes[b].circle;
}

static void circle_keys(Sorter *sorter, const MetaData *metadata, ConstraintVec *cycles)
{
    Map circle_of = map_in(sorter->arena);
    for (size_t i = 0; i < sorter->count; i++)
        map_set(&circle_of, sorter->nodes[i].key, &sorter->nodes[i]);
    for (size_t i = 0; i < sorter->count; i++) {
        const Node *node = &sorter->nodes[i];
        VEC_EACH (Constraint *, each, &node->table->constraints) {
            const Table *target = constraint_target(metadata, *each);
            if (!target || target == node->table)
                continue;
            const Node *to = map_get(
                &circle_of, table_key(sorter->arena, target->schema.text, target->name.text));
            if (to && to->circle == node->circle)
                VEC_PUSH(sorter->arena, cycles, *each);
        }
    }
}

/* ---- the order ---- */

static void sorter_edges(Sorter *sorter, bool apart)
{
    for (size_t i = 0; i < sorter->count; i++) {
        VEC_EACH (const size_t, each, &sorter->nodes[i].targets) {
            if (apart && same_circle(sorter, i, *each))
                continue;
            sorter->nodes[i].waits++;
            VEC_PUSH(sorter->arena, &sorter->nodes[*each].followers, i);
        }
    }
}

static void node_place(Sorter *sorter, Node *node, TableVec *sorted)
{
    node->placed = true;
    VEC_PUSH(sorter->arena, sorted, node->table);
}

/* Those that wait for none, by name; none there: the first of a circle. */
static void level_find(const Sorter *sorter, const size_t *waiting, size_t count, Arena *arena,
                       LevelVec *level)
{
    for (size_t i = 0; i < count; i++)
        if (sorter->nodes[waiting[i]].waits == 0)
            VEC_PUSH(arena, level, waiting[i]);
    if (level->len == 0)
        VEC_PUSH(arena, level, waiting[0]);
}

static TableVec sorter_run(Sorter *sorter)
{
    TableVec sorted = { 0 };
    size_t *waiting = ARENA_ARRAY(sorter->arena, size_t, sorter->count);
    size_t count = sorter->count;
    for (size_t i = 0; i < count; i++)
        waiting[i] = i;
    while (count) {
        LevelVec level = { 0 };
        level_find(sorter, waiting, count, sorter->arena, &level);
        VEC_EACH (const size_t, each, &level)
            node_place(sorter, &sorter->nodes[*each], &sorted);
        VEC_EACH (const size_t, each, &level)
            VEC_EACH (const size_t, follower, &sorter->nodes[*each].followers)
                if (sorter->nodes[*follower].waits)
                    sorter->nodes[*follower].waits--;
        size_t left = 0;
        for (size_t i = 0; i < count; i++)
            if (!sorter->nodes[waiting[i]].placed)
                waiting[left++] = waiting[i];
        count = left;
    }
    return sorted;
}

TableVec metadata_declared(Arena *arena, const MetaData *metadata, ConstraintVec *cycles)
{
    Sorter sorter = sorter_new(arena, metadata, false);
    if (cycles) {
        for (size_t i = 0; i < sorter.count; i++)
            if (sorter.nodes[i].order == 0)
                circles_from(&sorter, i);
        circle_keys(&sorter, metadata, cycles);
    }
    sorter_edges(&sorter, cycles != NULL);
    return sorter_run(&sorter);
}

/* Level by level: first all that wait for none, and so on; a cycle is entered at its first name. */
TableVec metadata_sorted(Arena *arena, const MetaData *metadata)
{
    Sorter sorter = sorter_new(arena, metadata, true);
    sorter_edges(&sorter, false);
    return sorter_run(&sorter);
}
