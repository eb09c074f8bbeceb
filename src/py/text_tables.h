/* SPDX-License-Identifier: MIT */
/* Facts of Unicode that utf8proc does not tell; of the version that CPython 3.11 has. */
#ifndef LIMBECK_PY_TEXT_TABLES_H
#define LIMBECK_PY_TEXT_TABLES_H

#include <stddef.h>
#include <stdint.h>

typedef struct CodeRange {
    uint32_t first, last;
} CodeRange;

/* No or other letters that have a digit's value: superscripts, circled digits. */
extern const CodeRange digit_ranges[];
extern const size_t digit_range_count;
/* Numeric without being of a number category: ideographs. */
extern const CodeRange numeric_ranges[];
extern const size_t numeric_range_count;
/* Lower case beside category Ll (Other_Lowercase). */
extern const CodeRange lower_ranges[];
extern const size_t lower_range_count;
/* Upper case beside category Lu (Other_Uppercase). */
extern const CodeRange upper_ranges[];
extern const size_t upper_range_count;

/* Code points whose upper or title case is several code points, as UTF-8; sorted. */
typedef struct CaseRow {
    uint32_t code;
    const char *upper, *title;
} CaseRow;
extern const CaseRow case_rows[];
extern const size_t case_row_count;

#endif
