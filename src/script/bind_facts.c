/* SPDX-License-Identifier: MIT */
#include "script/bind_facts.h"

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
