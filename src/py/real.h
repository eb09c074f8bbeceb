/* SPDX-License-Identifier: MIT */
/* The text of floats, as CPython reads and writes it. The process's locale has no say. */
#ifndef LIMBECK_PY_REAL_H
#define LIMBECK_PY_REAL_H

#include "base/buf.h"

/* repr(): the shortest text that reads back as `d`. */
void real_put(Buf *out, double d);

typedef enum RealFlags {
    REAL_PLAIN = 0,
    REAL_ALTERNATE = 1, /* '#': always a point; 'g' keeps its zeros */
    REAL_DOT_ZERO = 2,  /* a whole number gets ".0" */
} RealFlags;

/*
 * `kind` is one of e f g r (repr; `precision` is not looked at), or E F G, which also writes INF
 * and NAN. With a leading '-' where the number is negative (also "-0.0"), never "-nan".
 */
void real_put_as(Buf *out, double d, char kind, int precision, RealFlags flags);

/* float(text) after white space was cut off and digits are ASCII; false when it is no number. */
bool real_parse(Str text, double *d);
/* "0x1.8000000000000p+1" */
void real_put_hex(Buf *out, double d);
/* float.fromhex(); *overflow tells "too large" from "malformed" when false is returned. */
bool real_parse_hex(Str text, double *d, bool *overflow);
/* round(d, digits): half to even on the exact binary value; infinite when it overflows. */
double real_round(double d, int64_t digits);
/* The double nearest to 0.DIGITS * 10**exponent; digits are ASCII. */
double real_from_digits(const char *digits, size_t count, int64_t exponent);
/* The double nearest to bits * 2**exponent, half to even; `bits` below 2**63. */
double real_from_bits(uint64_t bits, int64_t exponent);

#endif
