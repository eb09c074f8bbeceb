/* SPDX-License-Identifier: MIT */
/*
 * Code as a row of words, made when Limbeck is built (prelude/embed.c), so that the script sources
 * in the binary need not be compiled when they are imported:
 *
 *     Buf text = buf_in(arena);
 *     WordVec words = { 0 };
 *     buf_put(&text, code->source->text);
 *     code_pack(arena, code, &text, &words);        // text.ptr, words.items: to be embedded
 *     ...
 *     code = code_unpack(arena, words.items, source);
 */
#ifndef LIMBECK_PY_CODE_PACK_H
#define LIMBECK_PY_CODE_PACK_H

#include "py/code.h"

typedef VEC(uint32_t) WordVec;

/* `text` is the source's; names and constants that are no part of it are put behind it. */
void code_pack(Arena *arena, const Code *code, Buf *text, WordVec *words);
/*
 * The code that was packed. `source->text` is the source's text, behind which lies what code_pack
 * put there; both it and `words` outlive the code, which uses them where they are.
 */
const Code *code_unpack(Arena *arena, const uint32_t *words, Source *source);

#endif
