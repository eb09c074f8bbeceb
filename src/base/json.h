/* SPDX-License-Identifier: MIT */
/*
 * JSON that Limbeck itself writes (scripts' json module is another thing), over jansson. Values
 * live as long as their root, whose arena frees all.
 *
 *     Json *root = json_root(arena);
 *     json_put_text(root, "revision", id);
 *     json_append_text(json_put_list(root, "labels"), label);
 *     Str text = json_render(arena, root);
 */
#ifndef LIMBECK_BASE_JSON_H
#define LIMBECK_BASE_JSON_H

#include "base/str.h"

typedef struct json_t Json;

/* An empty object. */
Json *json_root(Arena *arena);
/* STR_NONE becomes null; bytes that are no UTF-8 become U+FFFD. */
void json_put_text(Json *object, const char *key, Str text);
void json_put_int(Json *object, const char *key, int64_t number);
void json_put_bool(Json *object, const char *key, bool truth);
/* New, empty members. Borrowed. */
Json *json_put_object(Json *object, const char *key);
Json *json_put_list(Json *object, const char *key);
void json_append_text(Json *list, Str text);
Json *json_append_object(Json *list);
/* Indented, keys in the order they were put, ASCII left alone, a newline at the end. */
Str json_render(Arena *arena, const Json *root);

#endif
