/* SPDX-License-Identifier: MIT */
#include "base/json.h"

#include <jansson.h>
#include <stdlib.h>

#include "base/buf.h"

static void release(void *root)
{
    json_decref(root);
}

Json *json_root(Arena *arena)
{
    json_t *root = json_object();
    arena_on_free(arena, release, root);
    return root;
}

static json_t *text_value(Str text)
{
    if (!str_given(text))
        return json_null();
    if (utf8_invalid(text) < 0)
        return json_stringn(text.ptr, text.len);
    Buf clean = { 0 };
    for (size_t at = 0; at < text.len;)
        buf_put_code_point(&clean, utf8_next(text, &at));
    json_t *value = json_stringn(clean.ptr, clean.len);
    buf_free(&clean);
    return value;
}

void json_put_text(Json *object, const char *key, Str text)
{
    json_object_set_new(object, key, text_value(text));
}

void json_put_int(Json *object, const char *key, int64_t number)
{
    json_object_set_new(object, key, json_integer(number));
}

void json_put_bool(Json *object, const char *key, bool truth)
{
    json_object_set_new(object, key, json_boolean(truth));
}

Json *json_put_object(Json *object, const char *key)
{
    json_t *made = json_object();
    json_object_set_new(object, key, made);
    return made;
}

Json *json_put_list(Json *object, const char *key)
{
    json_t *made = json_array();
    json_object_set_new(object, key, made);
    return made;
}

void json_append_text(Json *list, Str text)
{
    json_array_append_new(list, text_value(text));
}

Json *json_append_object(Json *list)
{
    json_t *made = json_object();
    json_array_append_new(list, made);
    return made;
}

Str json_render(Arena *arena, const Json *root)
{
    char *text = json_dumps(root, JSON_INDENT(2));
    Str copy = str_concat(arena, str_from(text), STR("\n"));
    free(text);
    return copy;
}
