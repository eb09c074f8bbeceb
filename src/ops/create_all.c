/* SPDX-License-Identifier: MIT */
#include "ops/create_all.h"

typedef struct Plan {
    Arena *arena;
    const AllOf *all;
    TableVec tables;         /* those wanted, sorted */
    VEC(const Type *) types; /* named ones, each once */
    SequenceVec sequences;
    ConstraintVec cycles; /* foreign keys that close a circle */
    AllSteps *steps;
} Plan;

static void *step_new(Plan *plan, const OpDef *def, Table *table)
{
    AllStep step = { op_new(plan->arena, def), table };
    VEC_PUSH(plan->arena, plan->steps, step);
    return step.op;
}

static bool is_wanted(const Plan *plan, const Table *table)
{
    if (!plan->all->tables)
        return true;
    VEC_EACH (Table *, each, plan->all->tables)
        if (*each == table)
            return true;
    return false;
}

static bool is_there(const Plan *plan, const Map *names, Str schema, Str name, bool otherwise)
{
    return names ? map_has(names, table_key(plan->arena, schema, name)) : otherwise;
}

/* ---- what the tables need ---- */

static void add_type(Plan *plan, Map *seen, const Type *given)
{
    const DdlParts *parts = plan->all->dialect->parts;
    const Type *type = parts && parts->named_type ? parts->named_type(given) : NULL;
    if (!type || !name_given(type->name))
        return;
    Str key = table_key(plan->arena, type->schema, type->name.text);
    if (map_has(seen, key))
        return;
    map_set(seen, key, seen);
    VEC_PUSH(plan->arena, &plan->types, type);
}

static void add_sequence(Plan *plan, Sequence *sequence)
{
    if (!sequence || !plan->all->dialect->supports_sequences || sequence->optional == TRI_TRUE)
        return;
    VEC_EACH (Sequence *, each, &plan->sequences)
        if (*each == sequence)
            return;
    VEC_PUSH(plan->arena, &plan->sequences, sequence);
}

/* In the order in which the models name them. */
static void find_needs(Plan *plan)
{
    const MetaData *metadata = plan->all->metadata;
    Map seen = map_in(plan->arena);
    for (size_t i = 0; i < metadata->tables.len; i++) {
        const Table *table = metadata->tables.entries[i].value;
        if (!is_wanted(plan, table))
            continue;
        VEC_EACH (Column *, each, &table->columns) {
            add_type(plan, &seen, (*each)->type);
            add_sequence(plan, (*each)->sequence);
        }
    }
    if (plan->all->tables)
        return;
    VEC_EACH (Type *, each, &metadata->types)
        add_type(plan, &seen, *each);
    VEC_EACH (Sequence *, each, &metadata->sequences)
        add_sequence(plan, *each);
}

static Plan plan_new(Arena *arena, const AllOf *all, AllSteps *steps)
{
    Plan plan = { .arena = arena, .all = all, .steps = steps };
    TableVec sorted = metadata_declared(arena, all->metadata,
                                        all->dialect->id == DIALECT_SQLITE ? NULL : &plan.cycles);
    VEC_EACH (Table *, each, &sorted)
        if (is_wanted(&plan, *each))
            VEC_PUSH(arena, &plan.tables, *each);
    find_needs(&plan);
    return plan;
}

/* ---- create ---- */

static void create_types(Plan *plan)
{
    VEC_EACH (const Type *, each, &plan->types) {
        const Type *type = *each;
        if (is_there(plan, plan->all->there.types, type->schema, type->name.text, false))
            continue;
        TypeOp *op = step_new(plan, &create_type_def, NULL);
        op->type = *each;
    }
}

static void create_sequences(Plan *plan)
{
    VEC_EACH (Sequence *, each, &plan->sequences) {
        const Sequence *sequence = *each;
        if (is_there(plan, plan->all->there.sequences, sequence->schema, sequence->name.text,
                     false))
            continue;
        SequenceOp *op = step_new(plan, &create_sequence_def, NULL);
        op->sequence = *each;
    }
}

static bool is_later(const Plan *plan, const Constraint *constraint)
{
    if (constraint->kind != CONSTRAINT_FOREIGN_KEY || plan->all->dialect->id == DIALECT_SQLITE)
        return false;
    if (constraint->use_alter == TRI_TRUE)
        return true;
    VEC_EACH (Constraint *, each, &plan->cycles)
        if (*each == constraint)
            return true;
    return false;
}

/* A copy of the table that lacks the keys which are added later; the table itself if none are. */
static Table *table_now(Plan *plan, Table *table, ConstraintVec *later)
{
    size_t before = later->len;
    ConstraintVec now = { 0 };
    VEC_EACH (Constraint *, each, &table->constraints) {
        if (is_later(plan, *each))
            VEC_PUSH(plan->arena, later, *each);
        else
            VEC_PUSH(plan->arena, &now, *each);
    }
    if (later->len == before)
        return table;
    Table *copy = arena_copy(plan->arena, table, sizeof *table);
    copy->head.box = NULL;
    copy->constraints = now;
    return copy;
}

static void create_tables(Plan *plan)
{
    ConstraintVec later = { 0 };
    VEC_EACH (Table *, each, &plan->tables) {
        Table *table = *each;
        if (is_there(plan, plan->all->there.tables, table->schema.text, table->name.text, false))
            continue;
        CreateTable *op = step_new(plan, &create_table_def, table);
        op->table = table_now(plan, table, &later);
        op->name = table->name;
        op->schema = table->schema;
        op->without = WITHOUT_TYPES;
        op->op.head.loc = table->head.loc;
    }
    VEC_EACH (Constraint *, each, &later) {
        CreateConstraint *op = step_new(plan, &add_constraint_element_def, NULL);
        op->constraint = *each;
        op->op.head.loc = (*each)->head.loc;
    }
}

void create_all_steps(Arena *arena, const AllOf *all, AllSteps *steps)
{
    Plan plan = plan_new(arena, all, steps);
    create_types(&plan);
    create_sequences(&plan);
    create_tables(&plan);
}

/* ---- drop ---- */

static bool table_goes(const Plan *plan, const Table *table)
{
    return is_there(plan, plan->all->there.tables, table->schema.text, table->name.text, true);
}

static void drop_later_keys(Plan *plan)
{
    VEC_EACH (Table *, each, &plan->tables) {
        if (!table_goes(plan, *each))
            continue;
        VEC_EACH (Constraint *, key, &(*each)->constraints) {
            if (!is_later(plan, *key))
                continue;
            DropConstraint *op = step_new(plan, &drop_constraint_def, NULL);
            op->constraint = *key;
            op->name = (*key)->name;
            op->table = (TableName){ (*each)->schema, (*each)->name };
            op->type = str_from(constraint_type(CONSTRAINT_FOREIGN_KEY));
        }
    }
}

static void drop_tables(Plan *plan)
{
    for (size_t i = plan->tables.len; i-- > 0;) {
        Table *table = plan->tables.items[i];
        if (!table_goes(plan, table))
            continue;
        DropTable *op = step_new(plan, &drop_table_def, table);
        op->table = (TableName){ table->schema, table->name };
        op->reverse = table;
    }
}

static void drop_needs(Plan *plan)
{
    VEC_EACH (Sequence *, each, &plan->sequences) {
        const Sequence *sequence = *each;
        if (!is_there(plan, plan->all->there.sequences, sequence->schema, sequence->name.text,
                      true))
            continue;
        SequenceOp *op = step_new(plan, &drop_sequence_def, NULL);
        op->sequence = *each;
    }
    VEC_EACH (const Type *, each, &plan->types) {
        const Type *type = *each;
        if (!is_there(plan, plan->all->there.types, type->schema, type->name.text, true))
            continue;
        TypeOp *op = step_new(plan, &drop_type_def, NULL);
        op->type = *each;
    }
}

void drop_all_steps(Arena *arena, const AllOf *all, AllSteps *steps)
{
    Plan plan = plan_new(arena, all, steps);
    drop_later_keys(&plan);
    drop_tables(&plan);
    drop_needs(&plan);
}
