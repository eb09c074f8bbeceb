/* SPDX-License-Identifier: MIT */
/*
 * A neutral value: what a script's value is on the floors that see no scripts. Options of dialects,
 * parameters and rows are Datums.
 */
#ifndef LIMBECK_BASE_DATUM_H
#define LIMBECK_BASE_DATUM_H

#include "base/map.h"
#include "base/vec.h"

struct Record;

/* "Not given" beside false and true. A byte, for a type has two dozen of them. */
typedef enum __attribute__((packed)) Tri { TRI_NONE, TRI_FALSE, TRI_TRUE } Tri;

/* An integer that may be missing. */
typedef struct OptInt {
    bool given;
    int64_t value;
} OptInt;

/* Something of the script that only the script floor can open; lower floors pass it to callbacks.
 */
typedef struct ScriptRef {
    void *object; /* NULL: none */
} ScriptRef;

/* An identifier as scripts give it: a str, quoted_name(text, quote), or conv(text) as op.f() makes.
 */
typedef struct Name {
    Str text;   /* STR_NONE: not given */
    Tri quote;  /* TRI_NONE: as the dialect's rules say */
    bool final; /* conv: naming conventions leave it alone; cut where it is too long */
} Name;

static inline Name name_from(Str text)
{
    return (Name){ .text = text };
}
static inline bool name_given(Name name)
{
    return str_given(name.text);
}

typedef enum DatumKind {
    DATUM_NONE,
    DATUM_BOOL,
    DATUM_INT,      /* integer */
    DATUM_BIGINT,   /* text: decimal digits with sign */
    DATUM_FLOAT,    /* real */
    DATUM_DECIMAL,  /* text, as decimal.Decimal prints it */
    DATUM_STR,      /* text */
    DATUM_BYTES,    /* text */
    DATUM_DATE,     /* text: YYYY-MM-DD */
    DATUM_TIME,     /* text: HH:MM:SS[.ffffff][+HH:MM] */
    DATUM_DATETIME, /* text: YYYY-MM-DD HH:MM:SS[.ffffff][+HH:MM] */
    DATUM_INTERVAL, /* integer: microseconds */
    DATUM_UUID,     /* text: 36 characters, lower case */
    DATUM_LIST,     /* items */
    DATUM_MAP,      /* map of Datum *, keys as text */
    DATUM_RECORD,   /* object of `record` */
    DATUM_SCRIPT,   /* script */
} DatumKind;

typedef struct Datum {
    DatumKind kind;
    union {
        bool truth;
        int64_t integer;
        double real;
        Str text;
        struct {
            struct Datum *items;
            size_t len;
        } list;
        Map *map;
        struct {
            const struct Record *record;
            void *object;
        } record;
        ScriptRef script;
    };
} Datum;

static inline Datum datum_int(int64_t i)
{
    return (Datum){ .kind = DATUM_INT, .integer = i };
}
static inline Datum datum_bool(bool b)
{
    return (Datum){ .kind = DATUM_BOOL, .truth = b };
}
static inline Datum datum_real(double d)
{
    return (Datum){ .kind = DATUM_FLOAT, .real = d };
}
static inline Datum datum_str(Str s)
{
    return (Datum){ .kind = DATUM_STR, .text = s };
}
/* A copy all of whose texts, lists and maps lie in `arena`; records and scripts stay where they
 * are. */
Datum datum_copy(Arena *arena, const Datum *from);
/* As a Python program would compare them with ==; records and scripts by identity. */
bool datum_eq(const Datum *a, const Datum *b);

/* Keyword arguments that only a dialect understands (postgresql_where=...), in the order given. */
typedef struct Options {
    Map map; /* of Datum * */
} Options;

/* The option, or NULL. Borrowed. */
static inline const Datum *options_get(const Options *options, Str name)
{
    return map_get(&options->map, name);
}

#endif
