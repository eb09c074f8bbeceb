/* SPDX-License-Identifier: MIT */
/* Sequences of their own (not SERIAL's), which Alembic does not compare. */
#include "diff/diff_state.h"

static Str sequence_key(Diff *diff, const Sequence *sequence)
{
    return diff_key(diff, sequence->schema, sequence->name.text);
}

static void add_model(Diff *diff, Map *sequences, Sequence *sequence)
{
    Str key = sequence_key(diff, sequence);
    if (!map_has(sequences, key))
        map_set(sequences, key, sequence);
}

static Map model_sequences(Diff *diff)
{
    Map sequences = map_in(diff->arena);
    for (size_t i = 0; i < diff->input->model_count; i++) {
        const MetaData *metadata = diff->input->models[i];
        VEC_EACH (Sequence *, each, &metadata->sequences)
            add_model(diff, &sequences, *each);
        for (size_t t = 0; t < metadata->tables.len; t++) {
            const Table *table = metadata->tables.entries[t].value;
            VEC_EACH (Column *, each, &table->columns)
                if ((*each)->sequence && (*each)->sequence->optional != TRI_TRUE)
                    add_model(diff, &sequences, (*each)->sequence);
        }
    }
    return sequences;
}

/* A sequence that some default draws from is spoken for. */
static bool is_used(const Diff *diff, const Sequence *sequence)
{
    const RelationVec *relations = &diff->input->reflection->relations;
    VEC_EACH (const Relation, relation, relations) {
        if (!relation->table)
            continue;
        VEC_EACH (Column *, each, &relation->table->columns) {
            if (default_kind(&(*each)->server_default) != DEFAULT_EXPR)
                continue;
            const Expr *expr = (*each)->server_default.record.object;
            if (str_find(expr->text, STR("nextval("), 0) >= 0 &&
                str_find(expr->text, sequence->name.text, 0) >= 0)
                return true;
        }
    }
    return false;
}

static bool sequence_changed(Diff *diff, Sequence *sequence, bool created, OpVec *ops)
{
    bool include;
    if (!diff_include_object(diff, DIFF_ITEM_SEQUENCE, sequence, sequence->name.text, !created,
                             NULL, &include))
        return false;
    if (!include)
        return true;
    SequenceOp *op = op_new(diff->arena, created ? &create_sequence_def : &drop_sequence_def);
    op->sequence = sequence;
    VEC_PUSH(diff->arena, ops, &op->op);
    diff_say(diff, LOG_TABLES, "Detected %s sequence '%.*s'", created ? "added" : "removed",
             STR_ARG(sequence_key(diff, sequence)));
    return true;
}

bool diff_sequences(Diff *diff, OpVec *first)
{
    if (!diff_extra(diff) || !diff_is(diff, DIALECT_POSTGRESQL))
        return true;
    Map models = model_sequences(diff), database = map_in(diff->arena);
    const Reflection *seen = diff->input->reflection;
    for (size_t i = 0; i < seen->sequences.len; i++)
        map_set(&database, sequence_key(diff, seen->sequences.items[i].sequence),
                seen->sequences.items[i].sequence);
    for (size_t i = 0; i < models.len; i++)
        if (!map_has(&database, models.entries[i].key) &&
            !sequence_changed(diff, models.entries[i].value, true, first))
            return false;
    for (size_t i = 0; i < seen->sequences.len; i++) {
        const ReflectedSequence *each = &seen->sequences.items[i];
        Str key = sequence_key(diff, each->sequence);
        if (!each->owned && !map_has(&models, key) && !is_used(diff, each->sequence) &&
            !sequence_changed(diff, each->sequence, false, &diff->result->upgrade))
            return false;
    }
    return true;
}
