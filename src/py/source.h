/* SPDX-License-Identifier: MIT */
/* A script's text and the places in it, and the errors that point at them. */
#ifndef LIMBECK_PY_SOURCE_H
#define LIMBECK_PY_SOURCE_H

#include "base/error.h"

/* A file's text as it was compiled: UTF-8, no byte order mark, lines end in '\n'. */
typedef struct Source {
    Arena *arena;
    Str file; /* as tracebacks show it */
    Str text;
    uint32_t *line_starts; /* byte offsets; built when first asked for */
    uint32_t line_count;
    uint32_t line; /* the one asked for last: the next question is often about it */
    bool ascii;    /* a byte is a column */
} Source;

/* Bytes [start, end) of Source.text. An empty span at 0 stands for "no place". */
typedef struct Span {
    uint32_t start, end;
} Span;

/* Lines count from 1; columns are code points and count from 0, as CPython's co_positions(). */
typedef struct Position {
    uint32_t line, column, end_line, end_column;
} Position;

/*
 * Makes a Source of a file's bytes: drops the mark, obeys the encoding cookie (utf-8, latin-1,
 * ascii; others are refused by name), turns line ends to '\n'. The text is a copy where it had to
 * change or where `copy` is set. ERR_SYNTAX.
 */
bool source_new(Arena *arena, Str bytes, Str file, bool copy, Source **source, Error *err);

Position source_position(Source *source, Span span);
uint32_t source_line(Source *source, uint32_t offset);
/* The text of a line, without its end. Empty when there is no such line. */
Str source_line_text(Source *source, uint32_t line);
/* For errors and ops: column counts from 1; `end` is the column behind, 0 where on another line. */
Loc source_loc(Source *source, Span span);
Str source_slice(const Source *source, Span span);

typedef enum SyntaxClass { SYNTAX_ERROR, INDENTATION_ERROR, TAB_ERROR } SyntaxClass;

/*
 * Fails with ERR_SYNTAX: loc, err->detail (the exception's class) and err->traceback as CPython
 * prints it. `err->text` is the message alone.
 */
bool syntax_fail(Source *source, SyntaxClass cls, Span span, Error *err, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

#endif
