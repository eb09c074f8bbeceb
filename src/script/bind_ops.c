/* SPDX-License-Identifier: MIT */
#include "script/bind_ops.h"

#include "py/obj_list.h"
#include "py/obj_opaque.h"
#include "script/bind_facts.h"
#include "script/bind_op.h"

/* ---- boxes ---- */

static const OpDef *const other_defs[] = {
    &modify_table_def,
    &script_op_def,
    &add_enum_value_def,
    &keep_enum_value_def,
    &create_sequence_def,
    &drop_sequence_def,
    &create_schema_def,
    &drop_schema_def,
    &create_type_def,
    &drop_type_def,
    NULL,
};

Op *op_of_box(Value v)
{
    if (!value_is(v, OBJ_RECORD))
        return NULL;
    const Record *record = ((RecordObj *)v.object)->record;
    for (size_t i = 0; op_defs[i]; i++)
        if (record_is(record, &op_defs[i]->record))
            return ((RecordObj *)v.object)->object;
    for (size_t i = 0; other_defs[i]; i++)
        if (record_is(record, &other_defs[i]->record))
            return ((RecordObj *)v.object)->object;
    return NULL;
}

static bool to_op(Vm *vm, Value v, Op **op)
{
    *op = op_of_box(v);
    return *op || vm_raise(vm, "TypeError", "expected an operation, got %s", type_name(vm, v));
}

Value op_boxes(Vm *vm, const OpVec *ops)
{
    Value list = make_list(vm, NULL, 0);
    vm_push(vm, list);
    VEC_EACH (Op *, op, ops)
        list_append(vm, list, box(vm, *op));
    vm_pop(vm, 1);
    return list;
}

bool op_boxes_take(Vm *vm, Value list, OpVec *ops)
{
    Value items;
    if (!vm_to_list(vm, list, &items))
        return false;
    for (size_t i = 0; i < list_len(items); i++) {
        Op *op;
        if (!to_op(vm, list_get(items, i), &op))
            return false;
        VEC_PUSH(bind_arena(vm), ops, op);
    }
    return true;
}

bool op_of_object(Vm *vm, Value v, Op **op)
{
    Value record;
    return vm_call_method(vm, v, "_record", NULL, 0, &record) && to_op(vm, record, op);
}

/* What undoes an op that a script made, or that holds such. */
static bool reverse_object(Vm *vm, const Op *op, Op **reversed, Error *err)
{
    const ScriptOp *made = (const ScriptOp *)(const void *)op;
    Value v;
    return (vm_call_method(vm, script_value(made->object), "reverse", NULL, 0, &v) &&
            op_of_object(vm, v, reversed)) ||
           script_escapes(script_of(vm), err);
}

bool ops_reverse_all(Vm *vm, const OpVec *ops, OpVec *reversed, Error *err)
{
    for (size_t i = ops->len; i-- > 0;) {
        Op *op = ops->items[i], *undo;
        bool ok;
        if (op_kind(op) == OP_MODIFY_TABLE) {
            const ModifyTable *modify = (const ModifyTable *)(const void *)op;
            ModifyTable *back = op_new(bind_arena(vm), &modify_table_def);
            back->table = modify->table;
            undo = &back->op;
            ok = ops_reverse_all(vm, &modify->ops, &back->ops, err);
        } else if (op_kind(op) == OP_SCRIPT) {
            ok = reverse_object(vm, op, &undo, err);
        } else {
            ok = op_reverse(bind_arena(vm), op, &undo, err);
        }
        if (!ok)
            return false;
        VEC_PUSH(bind_arena(vm), reversed, undo);
    }
    return true;
}

/* ---- what an op is about ---- */

/* The schema object in the op, or NULL. */
static void *op_thing(Op *op)
{
    void *any = op;
    switch ((int)op_kind(op)) {
    case OP_CREATE_TABLE:
        return ((CreateTable *)any)->table;
    case OP_DROP_TABLE:
        return ((DropTable *)any)->reverse;
    case OP_DROP_COLUMN:
        return ((DropColumn *)any)->reverse;
    case OP_CREATE_INDEX:
        return ((CreateIndex *)any)->index;
    case OP_DROP_INDEX:
        return ((DropIndex *)any)->index;
    case OP_CREATE_PRIMARY_KEY:
    case OP_CREATE_FOREIGN_KEY:
    case OP_CREATE_UNIQUE:
    case OP_CREATE_CHECK:
    case OP_CREATE_EXCLUDE:
        return ((CreateConstraint *)any)->constraint;
    case OP_DROP_CONSTRAINT:
        return ((DropConstraint *)any)->constraint;
    default:
        return NULL;
    }
}

static bool set_thing(Vm *vm, Op *op, Value v)
{
    void *any = op;
    Table *table = record_of(v, &table_record);
    Column *column = record_of(v, &column_record);
    Index *index = record_of(v, &index_record);
    Constraint *constraint = record_of(v, &constraint_record);
    switch ((int)op_kind(op)) {
    case OP_CREATE_TABLE:
        ((CreateTable *)any)->table = table;
        return true;
    case OP_DROP_TABLE:
        ((DropTable *)any)->reverse = table;
        return true;
    case OP_DROP_COLUMN:
        ((DropColumn *)any)->reverse = column;
        return true;
    case OP_CREATE_INDEX:
        ((CreateIndex *)any)->index = index;
        ((CreateIndex *)any)->name = index->name;
        return true;
    case OP_DROP_INDEX:
        ((DropIndex *)any)->index = index;
        ((DropIndex *)any)->name = index->name;
        return true;
    case OP_DROP_CONSTRAINT:
        ((DropConstraint *)any)->constraint = constraint;
        return true;
    default:
        ((CreateConstraint *)any)->constraint = constraint;
        return true;
    }
}

/* open(record): its directive's name, and what it is about. */
static bool ops_open(Vm *vm, Call *call)
{
    ARGS(call, record);
    Op *op;
    if (!to_op(vm, record, &op))
        return false;
    Value pair[2] = { make_strz(vm, op_def(op)->record.name), VALUE_NONE };
    vm_push(vm, pair[0]);
    if (op_kind(op) == OP_MODIFY_TABLE)
        pair[1] = op_boxes(vm, &((ModifyTable *)(void *)op)->ops);
    else if (op_kind(op) == OP_SCRIPT)
        pair[1] = script_value(((ScriptOp *)(void *)op)->object);
    else
        pair[1] = box(vm, op_thing(op));
    vm_pop(vm, 1);
    return give(call, make_tuple(vm, pair, 2));
}

/* object(record): the table, index or constraint that it stands for, made where need be. */
static bool ops_object(Vm *vm, Call *call)
{
    ARGS(call, record);
    Op *op;
    Error err = vm_error(vm);
    Arena *arena = bind_arena(vm);
    if (!to_op(vm, record, &op))
        return false;
    const void *any = op;
    void *made = op_thing(op);
    bool ok = true;
    if (op_kind(op) == OP_CREATE_TABLE)
        ok = create_table_table(arena, any, (Table **)&made, &err);
    else if (op_kind(op) == OP_CREATE_INDEX)
        ok = create_index_index(arena, any, (Index **)&made, &err);
    else if (op_kind(op) == OP_DROP_CONSTRAINT)
        ok = drop_constraint_constraint(arena, any, (Constraint **)&made, &err);
    else if (!made)
        ok = create_constraint_constraint(arena, any, (Constraint **)&made, &err);
    return ok ? give(call, box(vm, made)) : raise_error(vm, &err);
}

static bool ops_make(Vm *vm, Call *call)
{
    ARGS(call, directive, args, kw, thing);
    Str name;
    if (!to_str(vm, directive, &name))
        return false;
    const OpDef *def = op_def_find(name);
    Op *op = op_new(bind_arena(vm), def);
    op->head.loc = vm_loc(vm);
    Args all = args_of(args, kw);
    if (!record_bind(vm, bind_arena(vm), &def->record, NULL, &all, op) ||
        !op_options_check(vm, def, op))
        return false;
    return (value_is_none(thing) || set_thing(vm, op, thing)) && give(call, box(vm, op));
}

static bool ops_modify(Vm *vm, Call *call)
{
    ARGS(call, table_name, schema, records);
    ModifyTable *modify = op_new(bind_arena(vm), &modify_table_def);
    return to_name(vm, table_name, &modify->table.name) &&
           to_name(vm, schema, &modify->table.schema) && op_boxes_take(vm, records, &modify->ops) &&
           give(call, box(vm, modify));
}

static bool ops_script(Vm *vm, Call *call)
{
    ARGS(call, object);
    ScriptOp *op = op_new(bind_arena(vm), &script_op_def);
    op->op.head.loc = vm_loc(vm);
    op->object = script_keep(vm, object);
    return give(call, box(vm, op));
}

static bool ops_directive(Vm *vm, Call *call)
{
    ARGS(call, record);
    Op *op;
    return to_op(vm, record, &op) && give(call, make_strz(vm, op_def(op)->record.name));
}

static bool ops_reverse(Vm *vm, Call *call)
{
    ARGS(call, record);
    Op *op, *back;
    Error err = vm_error(vm);
    if (!to_op(vm, record, &op))
        return false;
    return op_reverse(bind_arena(vm), op, &back, &err) ? give(call, box(vm, back))
                                                       : raise_error(vm, &err);
}

/* ---- names and options ---- */

static bool thing_name(Vm *vm, Value v, Name *name)
{
    const DropConstraint *drop = record_of(v, &drop_constraint_def.record);
    const DropIndex *drop_index = record_of(v, &drop_index_def.record);
    *name = drop ? drop->name : drop_index ? drop_index->name : (Name){ 0 };
    return drop || drop_index || name_of_thing(vm, v, name);
}

static bool ops_name(Vm *vm, Call *call)
{
    ARGS(call, thing);
    Name name;
    Value v;
    return thing_name(vm, thing, &name) && name_value(vm, name, &v) && give(call, v);
}

static const Options *options_of(Value v)
{
    const Table *table = record_of(v, &table_record);
    const Index *index = record_of(v, &index_record);
    const Constraint *constraint = record_of(v, &constraint_record);
    if (table)
        return &table->options;
    if (index)
        return &index->options;
    if (constraint)
        return &constraint->options;
    Op *op = op_of_box(v);
    const Field *field = op ? record_field(op->head.record, STR("kw")) : NULL;
    return field ? field_at(op, field) : NULL;
}

static bool put_options_into(Vm *vm, const Options *options, Value dict)
{
    for (size_t i = 0; options && i < options->map.len; i++) {
        Value v;
        if (!from_datum(vm, options->map.entries[i].value, &v))
            return false;
        dict_set_str(vm, dict, options->map.entries[i].key, v);
    }
    return true;
}

static void put_text_into(Vm *vm, Value dict, const char *name, Str text)
{
    if (str_given(text))
        dict_set_str(vm, dict, str_from(name), make_str(vm, text));
}

static void put_tri_into(Vm *vm, Value dict, const char *name, Tri tri)
{
    if (tri != TRI_NONE)
        dict_set_str(vm, dict, str_from(name), value_bool(tri == TRI_TRUE));
}

static bool put_deferral_into(Vm *vm, const Constraint *constraint, Value dict)
{
    put_tri_into(vm, dict, "deferrable", constraint->deferrable);
    put_text_into(vm, dict, "initially", constraint->initially);
    return put_options_into(vm, &constraint->options, dict);
}

/* options(thing): its dialect options, of a constraint also when it is deferred. */
static bool ops_options(Vm *vm, Call *call)
{
    ARGS(call, thing);
    Value dict = make_dict(vm);
    vm_push(vm, dict);
    const Constraint *constraint = record_of(thing, &constraint_record);
    bool ok = constraint ? put_deferral_into(vm, constraint, dict)
                         : put_options_into(vm, options_of(thing), dict);
    vm_pop(vm, 1);
    return ok && give(call, dict);
}

static Value names_value(Vm *vm, const StrVec *names)
{
    Value list = make_list(vm, NULL, 0);
    VEC_EACH (const Str, name, names)
        list_append(vm, list, make_str(vm, *name));
    return list;
}

/* foreign_key(constraint): referent table, columns, referred columns; and the keywords. */
static bool ops_foreign_key(Vm *vm, Call *call)
{
    ARGS(call, thing);
    const Constraint *key = record_of(thing, &foreign_key_constraint_record);
    if (!key)
        return vm_raise(vm, "TypeError", "expected a ForeignKeyConstraint");
    Value dict = make_dict(vm);
    vm_push(vm, dict);
    const Value args[] = { make_str(vm, key->ref_table), names_value(vm, &key->columns),
                           names_value(vm, &key->ref_columns) };
    Value tuple = make_tuple(vm, args, 3);
    put_text_into(vm, dict, "source_schema", key->table ? key->table->schema.text : STR_NONE);
    put_text_into(vm, dict, "referent_schema", key->ref_schema);
    put_text_into(vm, dict, "onupdate", key->onupdate);
    put_text_into(vm, dict, "ondelete", key->ondelete);
    put_text_into(vm, dict, "match", key->match);
    put_tri_into(vm, dict, "use_alter", key->use_alter);
    bool ok = put_deferral_into(vm, key, dict);
    const Value pair[] = { tuple, dict };
    vm_pop(vm, 1);
    return ok && give(call, make_tuple(vm, pair, 2));
}

static const OpDef *const create_defs[] = {
    [CONSTRAINT_PRIMARY_KEY] = &create_primary_key_def,
    [CONSTRAINT_FOREIGN_KEY] = &create_foreign_key_def,
    [CONSTRAINT_UNIQUE] = &create_unique_def,
    [CONSTRAINT_CHECK] = &create_check_def,
    [CONSTRAINT_EXCLUDE] = &create_exclude_def,
};

static bool ops_constraint_op(Vm *vm, Call *call, bool create)
{
    ARGS(call, thing);
    Constraint *constraint = record_of(thing, &constraint_record);
    if (!constraint || !constraint->table)
        return vm_raise(vm, "TypeError", "expected a constraint of a table");
    TableName table = { constraint->table->schema, constraint->table->name };
    Name name;
    if (!thing_name(vm, thing, &name))
        return false;
    if (create) {
        CreateConstraint *op = op_new(bind_arena(vm), create_defs[constraint->kind]);
        *op = (CreateConstraint){ .op = op->op, .name = name, .table = table };
        op->constraint = constraint;
        return give(call, box(vm, op));
    }
    DropConstraint *op = op_new(bind_arena(vm), &drop_constraint_def);
    op->name = name;
    op->table = table;
    op->type = str_from(constraint_type(constraint->kind));
    op->constraint = constraint;
    return give(call, box(vm, op));
}

static bool ops_create_constraint(Vm *vm, Call *call)
{
    return ops_constraint_op(vm, call, true);
}

static bool ops_drop_constraint(Vm *vm, Call *call)
{
    return ops_constraint_op(vm, call, false);
}

static bool ops_constraint_type(Vm *vm, Call *call)
{
    ARGS(call, directive);
    Str name;
    if (!to_str(vm, directive, &name))
        return false;
    for (size_t i = 0; i < sizeof create_defs / sizeof *create_defs; i++)
        if (str_is(name, create_defs[i]->record.name))
            return give(call, make_strz(vm, constraint_type((ConstraintKind)i)));
    return true;
}

/* ---- tables ---- */

/* The key that columns said they are, as a constraint of its own. */
static Constraint *plain_primary_key(Vm *vm, const Constraint *key)
{
    Constraint *plain = constraint_copy(bind_arena(vm), key);
    plain->implicit = false;
    return plain;
}

/* parts(table): its columns and the constraints that stand beside them. */
static bool ops_parts(Vm *vm, Call *call)
{
    ARGS(call, thing);
    Table *table = record_of(thing, &table_record);
    if (!table)
        return vm_raise(vm, "TypeError", "expected a Table");
    Value list = make_list(vm, NULL, 0);
    vm_push(vm, list);
    VEC_EACH (Column *, column, &table->columns)
        list_append(vm, list, box(vm, *column));
    if (table->primary_key->implicit && table->primary_key->columns.len)
        list_append(vm, list, box(vm, plain_primary_key(vm, table->primary_key)));
    VEC_EACH (Constraint *, constraint, &table->constraints)
        if (!(*constraint)->of_type && !(*constraint)->inline_)
            list_append(vm, list, box(vm, *constraint));
    vm_pop(vm, 1);
    return give(call, list);
}

/* A column without what stands beside it as a constraint already. */
static Value bare_column(Vm *vm, const Column *column)
{
    Column *bare = column_copy(bind_arena(vm), column);
    bare->foreign_keys.len = 0;
    bare->unique = bare->index = TRI_NONE;
    bare->nullable = column_nullable(column) ? TRI_TRUE : TRI_FALSE;
    bare->primary_key = TRI_NONE;
    return box(vm, bare);
}

static bool ops_bare(Vm *vm, Call *call)
{
    ARGS(call, columns);
    Value items, list = make_list(vm, NULL, 0);
    vm_push(vm, list);
    bool ok = vm_to_list(vm, columns, &items);
    for (size_t i = 0; ok && i < list_len(items); i++) {
        Value item = list_get(items, i);
        const Column *column = record_of(item, &column_record);
        list_append(vm, list, column && column->table ? bare_column(vm, column) : item);
    }
    vm_pop(vm, 1);
    return ok && give(call, list);
}

static bool ops_table(Vm *vm, Call *call)
{
    ARGS(call, name, schema, comment);
    TableName table;
    Table *made;
    Error err = vm_error(vm);
    if (!to_name(vm, name, &table.name) || !to_name(vm, schema, &table.schema))
        return false;
    if (!op_table(bind_arena(vm), table, NULL, &made, &err))
        return raise_error(vm, &err);
    return to_text(vm, comment, &made->comment) && give(call, box(vm, made));
}

static bool ops_column(Vm *vm, Call *call)
{
    ARGS(call, name);
    Name given;
    if (!to_name(vm, name, &given))
        return false;
    Type *type = type_new(bind_arena(vm), TYPE_NULL);
    return give(call, box(vm, column_new(bind_arena(vm), given, type)));
}

/* incomplete(table, opaque): a base class could not be served, and may bring columns along. */
static bool ops_incomplete(Vm *vm, Call *call)
{
    ARGS(call, thing, opaque);
    Table *table = record_of(thing, &table_record);
    if (!table || !is_opaque(opaque))
        return true;
    table->incomplete = opaque_place(bind_arena(vm), opaque);
    return true;
}

static const NativeRow ops_functions[] = {
    { "open(record)", ops_open, "The directive's name, and what it is about." },
    { "object(record)", ops_object, "The schema object that an operation stands for." },
    { "make(directive, args, kw, thing=None)", ops_make, "An operation." },
    { "modify(table_name, schema, records)", ops_modify, "The changes of a table." },
    { "script(object)", ops_script, "An operation of the script's own." },
    { "directive(record)", ops_directive, "The directive's name." },
    { "reverse(record)", ops_reverse, "The operation that undoes another." },
    { "name(thing)", ops_name, "The name by the naming convention." },
    { "options(thing)", ops_options, "The dialect options." },
    { "foreign_key(thing)", ops_foreign_key, "Where a foreign key leads." },
    { "create_constraint(thing)", ops_create_constraint, "The operation that creates it." },
    { "drop_constraint(thing)", ops_drop_constraint, "The operation that drops it." },
    { "constraint_type(directive)", ops_constraint_type, "What drop_constraint calls it." },
    { "parts(thing)", ops_parts, "Columns and constraints of a table." },
    { "bare(columns)", ops_bare, "Columns without their constraints." },
    { "table(name, schema, comment)", ops_table, "A table by name." },
    { "incomplete(thing, opaque)", ops_incomplete, "Notes what a table may lack." },
    { "column(name)", ops_column, "A column by name." },
};

static const NativeModule ops_module = {
    .name = "_limbeck_ops",
    .functions = ops_functions,
    .function_count = sizeof ops_functions / sizeof *ops_functions,
};

void bind_ops_register(Vm *vm)
{
    vm_add_module(vm, &ops_module);
}
