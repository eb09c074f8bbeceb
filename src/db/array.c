/* SPDX-License-Identifier: MIT */
#include "db/array.h"

#include "base/buf.h"

/* "[0:1][2:3]=" in front says where the indexes begin. */
static Str without_bounds(Str text)
{
    ptrdiff_t equals = text.len && text.ptr[0] == '[' ? str_find_char(text, '=', 0) : -1;
    return equals < 0 ? text : str_from_offset(text, (size_t)equals + 1);
}

bool array_begin(Str text, ArrayText *array, Error *err)
{
    Str rest = without_bounds(text);
    *array = (ArrayText){ .delimiter = ',' };
    if (rest.len < 2 || rest.ptr[0] != '{')
        return fail(err, ERR_DATABASE, "'%.*s' is not the text of an array", STR_ARG(text));
    array->rest = str_from_offset(rest, 1);
    array->depth = 1;
    return true;
}

static bool broken(ArrayText *array)
{
    array->broken = true;
    array->depth = 0;
    return false;
}

static Str quoted_text(ArrayText *array, Arena *arena)
{
    Buf out = buf_in(arena);
    size_t i = 1;
    for (; i < array->rest.len && array->rest.ptr[i] != '"'; i++) {
        if (array->rest.ptr[i] == '\\' && i + 1 < array->rest.len)
            i++;
        buf_putc(&out, array->rest.ptr[i]);
    }
    if (i >= array->rest.len)
        broken(array);
    array->rest = str_from_offset(array->rest, i + 1);
    return buf_take(&out, arena);
}

static Str bare_text(ArrayText *array, Arena *arena, bool *escaped)
{
    Buf out = buf_in(arena);
    size_t i = 0;
    *escaped = false;
    for (; i < array->rest.len; i++) {
        char c = array->rest.ptr[i];
        if (c == array->delimiter || c == '}' || c == '{')
            break;
        if (c == '\\' && i + 1 < array->rest.len) {
            *escaped = true;
            c = array->rest.ptr[++i];
        }
        buf_putc(&out, c);
    }
    array->rest = str_from_offset(array->rest, i);
    return buf_take(&out, arena);
}

static void put_scalar(ArrayText *array, Arena *arena, ArrayItem *item)
{
    bool escaped;
    item->kind = ARRAY_ITEM_TEXT;
    if (array->rest.ptr[0] == '"') {
        item->text = quoted_text(array, arena);
        return;
    }
    item->text = bare_text(array, arena, &escaped);
    if (!escaped && str_eq_nocase(item->text, STR("NULL")))
        *item = (ArrayItem){ .kind = ARRAY_ITEM_NULL };
}

bool array_next(ArrayText *array, Arena *arena, ArrayItem *item)
{
    *item = (ArrayItem){ .kind = ARRAY_ITEM_NULL };
    if (array->depth == 0)
        return false;
    if (array->rest.len > 0 && array->rest.ptr[0] == array->delimiter)
        array->rest = str_from_offset(array->rest, 1);
    if (array->rest.len == 0)
        return broken(array);
    char c = array->rest.ptr[0];
    if (c != '{' && c != '}') {
        put_scalar(array, arena, item);
        return !array->broken;
    }
    array->rest = str_from_offset(array->rest, 1);
    item->kind = c == '{' ? ARRAY_ITEM_BEGIN : ARRAY_ITEM_END;
    array->depth += c == '{' ? 1 : (size_t)-1;
    if (array->depth == 0)
        return array->rest.len == 0 ? false : broken(array);
    return true;
}
