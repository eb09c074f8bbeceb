/* SPDX-License-Identifier: MIT */
/* Encodings: UTF-8 (with and without mark), Latin-1, ASCII, with the error handlers of Python. */
#ifndef LIMBECK_PY_CODEC_H
#define LIMBECK_PY_CODEC_H

#include "base/buf.h"
#include "py/native.h"

typedef enum Encoding {
    ENCODING_UTF8,
    ENCODING_UTF8_SIG,
    ENCODING_LATIN1,
    ENCODING_ASCII
} Encoding;

/* By any of Python's spellings; LookupError "unknown encoding: x". */
bool encoding_find(Vm *vm, Str name, Encoding *encoding);
/* `errors` is strict, ignore, replace, backslashreplace, xmlcharrefreplace, surrogateescape, ... */
bool codec_encode(Vm *vm, Str text, Encoding encoding, Str errors, Buf *out);
bool codec_decode(Vm *vm, Str data, Encoding encoding, Str errors, Buf *out);
/* The rows' "encoding='utf-8', errors='strict'" as texts. */
bool codec_args(Vm *vm, Value encoding, Value errors, Encoding *which, Str *handler);

#endif
