/* SPDX-License-Identifier: MIT */
#include "base/record.h"

void *record_new(Arena *arena, const Record *record)
{
    RecordHead *head = arena_alloc(arena, record->size);
    head->record = record;
    return head;
}

bool record_is(const Record *record, const Record *ancestor)
{
    for (; record; record = record->base)
        if (record == ancestor)
            return true;
    return false;
}

const Field *record_field(const Record *record, Str name)
{
    for (; record; record = record->base)
        for (size_t i = 0; i < record->field_count; i++) {
            const char *text = record->fields[i].name;
            if (str_is(name, text + (text[0] == '.')))
                return &record->fields[i];
        }
    return NULL;
}
