/* SPDX-License-Identifier: MIT */
/* Unicode's say in str: kinds of code points, case, and how repr() writes text. */
#ifndef LIMBECK_PY_TEXT_H
#define LIMBECK_PY_TEXT_H

#include "base/buf.h"

bool code_is_space(uint32_t code); /* str.isspace */
bool code_is_alpha(uint32_t code);
bool code_is_decimal(uint32_t code);
bool code_is_digit(uint32_t code); /* decimal, or like a superscript */
bool code_is_numeric(uint32_t code);
bool code_is_printable(uint32_t code);
bool code_is_lower(uint32_t code);
bool code_is_upper(uint32_t code);
bool code_is_title(uint32_t code);
bool code_is_cased(uint32_t code);
bool code_is_identifier_start(uint32_t code);
bool code_is_identifier_part(uint32_t code);
/* A line end of str.splitlines. */
bool code_is_line_end(uint32_t code);
/* The value of a decimal digit; -1 for all else. */
int code_decimal(uint32_t code);

/* Full mappings: one code point may become three. */
void text_lower(Buf *out, Str text);
void text_upper(Buf *out, Str text);
void text_title(Buf *out, Str text);
void text_capitalize(Buf *out, Str text);
void text_swapcase(Buf *out, Str text);
void text_casefold(Buf *out, Str text);
bool text_is_identifier(Str text);
bool text_is_ascii(Str text);

/* repr(text), with its quotes; `ascii` as ascii() does. */
void text_put_repr(Buf *out, Str text, bool ascii);
/* ASCII text as it is, all else escaped: ascii() over a repr. */
void text_put_ascii(Buf *out, Str text);
/* repr of bytes, without the b prefix: quotes and \x escapes. */
void bytes_put_repr(Buf *out, Str data);
/*
 * For int() and float(): white space cut off, decimal digits of any script as ASCII; other code
 * points beyond ASCII become '?'.
 */
void text_put_number(Buf *out, Str text);
/* Without white space at its ends: left, right or both. */
Str text_strip(Str text, bool left, bool right);

#endif
