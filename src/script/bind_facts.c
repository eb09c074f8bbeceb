/* SPDX-License-Identifier: MIT */
#include "script/bind_facts.h"

#include "schema/naming.h"
#include "script/state.h"

bool name_value(Vm *vm, Name name, Value *v)
{
    *v = VALUE_NONE;
    if (!name_given(name))
        return true;
    const Value text = make_str(vm, name.text);
    *v = text;
    return !name.final || bind_call(vm, "sqlalchemy.sql.elements", "conv", &text, 1, v);
}

bool name_of_thing(Vm *vm, Value v, Name *name)
{
    Script *script = script_of(vm);
    const Naming naming = { .metadata = script->state->target, .calls = &script->calls };
    Error err = vm_error(vm);
    const Constraint *constraint = record_of(v, &constraint_record);
    const Index *index = record_of(v, &index_record);
    *name = constraint ? constraint->name : index ? index->name : (Name){ 0 };
    if (constraint && constraint->table)
        return naming_constraint(bind_arena(vm), &naming, constraint, name, &err) ||
               raise_error(vm, &err);
    if (index && index->table)
        return naming_index(bind_arena(vm), &naming, index, name, &err) || raise_error(vm, &err);
    return true;
}

bool fact_name(Vm *vm, Call *call)
{
    ARGS(call, self);
    const Field *field = record_field(((const RecordObj *)self.object)->record, STR("name"));
    Value given;
    Name name;
    if (!record_get(vm, self, field, &given))
        return false;
    if (!value_is_none(given))
        return give(call, given);
    return name_of_thing(vm, self, &name) && name_value(vm, name, &given) && give(call, given);
}

bool fact_info(Vm *vm, Call *call)
{
    ARGS(call, self);
    const Field *field = record_field(((const RecordObj *)self.object)->record, STR("info"));
    Value info;
    if (!record_get(vm, self, field, &info))
        return false;
    if (!value_is_none(info))
        return give(call, info);
    info = make_dict(vm);
    return record_set(vm, self, field, info) && give(call, info);
}

bool fact_expressions(Vm *vm, Call *call)
{
    ARGS(call, self);
    const Index *index = record_of(self, &index_record);
    Value list = make_list(vm, NULL, 0);
    vm_push(vm, list);
    VEC_EACH (const IndexPart, part, &index->parts) {
        Column *column =
            part->expr || !index->table ? NULL : table_column(index->table, part->column);
        Value v = part->expr ? box(vm, part->expr)
                  : column   ? box(vm, column)
                             : make_str(vm, part->column);
        list_append(vm, list, v);
    }
    vm_pop(vm, 1);
    return give(call, list);
}
