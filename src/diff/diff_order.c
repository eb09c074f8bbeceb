/* SPDX-License-Identifier: MIT */
/* In which order tables go, so that none goes before what refers to it. */
#include "diff/diff_state.h"

typedef struct Order {
    Diff *diff;
    Map index; /* key of a dropped table -> its pair */
    Map state; /* key -> being visited, or done */
    TablePairVec sorted;
} Order;

static char visiting, done;

static Str pair_key(Order *order, const TablePair *pair)
{
    return diff_key(order->diff, pair->schema, pair->name);
}

/* The dropped table that a foreign key points to, or NULL. */
static TablePair *dropped_target(Order *order, const Constraint *constraint)
{
    if (constraint->kind != CONSTRAINT_FOREIGN_KEY)
        return NULL;
    Str key = diff_key(order->diff, constraint->ref_schema, constraint->ref_table);
    return map_get(&order->index, key);
}

/* Parents come first; a table of a cycle that is met again is left where it is. */
static void visit(Order *order, TablePair *pair)
{
    Str key = pair_key(order, pair);
    if (map_has(&order->state, key))
        return;
    map_set(&order->state, key, &visiting);
    VEC_EACH (Constraint *, each, &pair->database->constraints) {
        TablePair *target = dropped_target(order, *each);
        if (target && target != pair)
            visit(order, target);
    }
    map_set(&order->state, key, &done);
    VEC_PUSH(order->diff->arena, &order->sorted, *pair);
}

/* Foreign keys from a table that goes later to one that goes now must go before both. */
static void undo_cycles(Order *order)
{
    Diff *diff = order->diff;
    Map gone = map_in(diff->arena);
    if (diff_is(diff, DIALECT_SQLITE))
        return;
    VEC_EACH (TablePair, pair, &order->sorted) {
        VEC_EACH (Constraint *, each, &pair->database->constraints) {
            const TablePair *target = dropped_target(order, *each);
            if (!target || !map_has(&gone, pair_key(order, target)) || !name_given((*each)->name))
                continue;
            DropConstraint *drop = op_new(diff->arena, &drop_constraint_def);
            drop->name = (*each)->name;
            drop->table = pair_table(pair);
            drop->type = STR("foreignkey");
            drop->constraint = *each;
            (*each)->use_alter = TRI_TRUE; /* undone, it comes back behind both tables */
            ModifyTable *modify = op_new(diff->arena, &modify_table_def);
            modify->table = drop->table;
            VEC_PUSH(diff->arena, &modify->ops, &drop->op);
            VEC_PUSH(diff->arena, &diff->result->upgrade, &modify->op);
        }
        map_set(&gone, pair_key(order, pair), pair);
    }
}

/* Marks the tables that one to be kept, or one that goes late, refers to. */
static void mark_late(Order *order, const Table *table, Map *late)
{
    VEC_EACH (Constraint *, each, &table->constraints) {
        const TablePair *target = dropped_target(order, *each);
        if (target && target->database != table)
            map_set(late, pair_key(order, target), &done);
    }
}

/* A table that a changed one still refers to goes when that has been changed. */
static void split_late(Order *order)
{
    Diff *diff = order->diff;
    Map late = map_in(diff->arena);
    VEC_EACH (const TablePair, pair, &diff->changed)
        mark_late(order, pair->database, &late);
    TablePairVec early = { 0 };
    VEC_EACH (TablePair, pair, &order->sorted) {
        if (map_has(&late, pair_key(order, pair))) {
            mark_late(order, pair->database, &late);
            VEC_PUSH(diff->arena, &diff->dropped_late, *pair);
        } else {
            VEC_PUSH(diff->arena, &early, *pair);
        }
    }
    diff->dropped = early;
}

void diff_order_drops(Diff *diff)
{
    Order order = { .diff = diff, .index = map_in(diff->arena), .state = map_in(diff->arena) };
    const TablePairVec dropped = diff->dropped;
    VEC_EACH (TablePair, pair, &dropped)
        map_set(&order.index, pair_key(&order, pair), pair);
    for (size_t i = dropped.len; i-- > 0;)
        visit(&order, &dropped.items[i]);
    TablePairVec sorted = { 0 };
    for (size_t i = order.sorted.len; i-- > 0;)
        VEC_PUSH(diff->arena, &sorted, order.sorted.items[i]);
    order.sorted = sorted;
    undo_cycles(&order);
    split_late(&order);
}

static void defer(Diff *diff, TablePair *pair, Constraint *constraint)
{
    CreateConstraint *create = op_new(diff->arena, &create_foreign_key_def);
    constraint->use_alter = TRI_TRUE;
    create->name = constraint->name;
    create->table = pair_table(pair);
    create->constraint = constraint;
    ModifyTable *modify = op_new(diff->arena, &modify_table_def);
    modify->table = create->table;
    VEC_PUSH(diff->arena, &modify->ops, &create->op);
    VEC_PUSH(diff->arena, &diff->deferred, modify);
}

void diff_order_creates(Diff *diff)
{
    Map waiting = map_in(diff->arena);
    if (diff_is(diff, DIALECT_SQLITE))
        return;
    for (size_t i = diff->created.len; i-- > 0;) {
        TablePair *pair = &diff->created.items[i];
        VEC_EACH (Constraint *, each, &pair->model->constraints) {
            if ((*each)->kind != CONSTRAINT_FOREIGN_KEY)
                continue;
            Str key = diff_key(diff, (*each)->ref_schema, (*each)->ref_table);
            if ((*each)->use_alter == TRI_TRUE || map_has(&waiting, key))
                defer(diff, pair, *each);
        }
        map_set(&waiting, diff_key(diff, pair->schema, pair->name), pair);
    }
}

/* --- foreign keys and the keys that they lead to --- */

typedef struct KeyOrder {
    Diff *diff;
    Map dropped, created; /* tables that lose or get a primary key or UNIQUE */
    OpVec before, after;
} KeyOrder;

static bool is_key(const Constraint *constraint)
{
    return constraint->kind == CONSTRAINT_UNIQUE || constraint->kind == CONSTRAINT_PRIMARY_KEY;
}

/* The constraint of an op that drops (or creates) one; NULL for any other op. */
static const Constraint *constraint_of(const Op *op, bool drops)
{
    const void *any = op;
    if (drops)
        return op_kind(op) == OP_DROP_CONSTRAINT ? ((const DropConstraint *)any)->constraint : NULL;
    bool creates = op_kind(op) == OP_CREATE_UNIQUE || op_kind(op) == OP_CREATE_PRIMARY_KEY ||
                   op_kind(op) == OP_CREATE_FOREIGN_KEY;
    return creates ? ((const CreateConstraint *)any)->constraint : NULL;
}

static void note_keys(KeyOrder *order, const ModifyTable *modify)
{
    Str key = diff_key(order->diff, modify->table.schema.text, modify->table.name.text);
    VEC_EACH (Op *, each, &modify->ops) {
        const Constraint *dropped = constraint_of(*each, true);
        const Constraint *created = constraint_of(*each, false);
        if (dropped && is_key(dropped))
            map_set(&order->dropped, key, order);
        if (created && is_key(created))
            map_set(&order->created, key, order);
    }
}

static bool leads_to(KeyOrder *order, const Constraint *key, const Map *tables)
{
    if (!key || key->kind != CONSTRAINT_FOREIGN_KEY)
        return false;
    Str target = diff_key(order->diff, key->ref_schema, key->ref_table);
    return map_has(tables, target);
}

/* The op in a ModifyTable of its own. */
static void put_aside(KeyOrder *order, const ModifyTable *from, Op *op, OpVec *to)
{
    ModifyTable *modify = op_new(order->diff->base, &modify_table_def);
    modify->table = from->table;
    VEC_PUSH(order->diff->base, &modify->ops, op);
    VEC_PUSH(order->diff->base, to, &modify->op);
}

static void take_keys(KeyOrder *order, ModifyTable *modify)
{
    size_t kept = 0;
    for (size_t i = 0; i < modify->ops.len; i++) {
        Op *op = modify->ops.items[i];
        if (leads_to(order, constraint_of(op, true), &order->dropped))
            put_aside(order, modify, op, &order->before);
        else if (leads_to(order, constraint_of(op, false), &order->created))
            put_aside(order, modify, op, &order->after);
        else
            modify->ops.items[kept++] = op;
    }
    modify->ops.len = kept;
}

void diff_order_keys(Diff *diff, size_t from)
{
    KeyOrder order = { .diff = diff, .dropped = map_in(diff->base), .created = map_in(diff->base) };
    OpVec *upgrade = &diff->result->upgrade, all = { 0 };
    if (!diff_extra(diff) || diff_is(diff, DIALECT_SQLITE))
        return;
    for (size_t i = from; i < upgrade->len; i++)
        note_keys(&order, (const ModifyTable *)(const void *)upgrade->items[i]);
    for (size_t i = from; i < upgrade->len; i++)
        take_keys(&order, (ModifyTable *)(void *)upgrade->items[i]);
    for (size_t i = 0; i < from; i++)
        VEC_PUSH(diff->base, &all, upgrade->items[i]);
    VEC_EACH (Op *, each, &order.before)
        VEC_PUSH(diff->base, &all, *each);
    for (size_t i = from; i < upgrade->len; i++)
        if (((const ModifyTable *)(const void *)upgrade->items[i])->ops.len)
            VEC_PUSH(diff->base, &all, upgrade->items[i]);
    VEC_EACH (Op *, each, &order.after)
        VEC_PUSH(diff->base, &all, *each);
    *upgrade = all;
}
