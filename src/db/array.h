/* SPDX-License-Identifier: MIT */
/*
 * The text of a PostgreSQL array, `{1,NULL,"a b",{2}}` or `[0:1]={1,2}`, taken apart.
 *
 *     ArrayText array;
 *     if (!array_begin(text, &array, err)) return false;
 *     for (ArrayItem item; array_next(&array, arena, &item);) ...
 *     if (array_failed(&array)) ...
 */
#ifndef LIMBECK_DB_ARRAY_H
#define LIMBECK_DB_ARRAY_H

#include "base/error.h"

typedef enum ArrayItemKind {
    ARRAY_ITEM_NULL,
    ARRAY_ITEM_TEXT,  /* text: the item's, unquoted */
    ARRAY_ITEM_BEGIN, /* `{` of a nested array: its items follow up to ARRAY_ITEM_END */
    ARRAY_ITEM_END,
} ArrayItemKind;

typedef struct ArrayItem {
    ArrayItemKind kind;
    Str text; /* borrowed from the text or copied into the arena */
} ArrayItem;

typedef struct ArrayText {
    Str rest;
    size_t depth;
    bool broken;
    char delimiter; /* ',' for all types but box, which has ';' */
} ArrayText;

/* ERR_DATABASE when it does not begin as an array does. */
bool array_begin(Str text, ArrayText *array, Error *err);
/* The next item of the outermost array or of one nested in it; false after the last. */
bool array_next(ArrayText *array, Arena *arena, ArrayItem *item);
/* True when array_next ended because the text is no array. */
static inline bool array_failed(const ArrayText *array)
{
    return array->broken;
}

#endif
