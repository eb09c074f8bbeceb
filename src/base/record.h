/* SPDX-License-Identifier: MIT */
/*
 * Records: what scripts build and read is a C struct with one Python-looking signature and rows of
 * fields. The one declaration binds a call, raises CPython-worded TypeErrors, serves attributes and
 * prints the struct back as source.
 *
 *     typedef struct AddColumn {
 *         Op op; TableName table; Column *column; Tri if_not_exists;
 *     } AddColumn;
 *
 *     static const Field add_column_fields[] = {
 *         FIELD(AddColumn, table.name, "table_name"),
 *         LINK(AddColumn, column, "column", &column_record),
 *         FIELD(AddColumn, table.schema, "schema"),
 *         FIELD(AddColumn, if_not_exists, "if_not_exists"),
 *     };
 *     const Record add_column_record = RECORD(AddColumn,
 *         "add_column(table_name, column, schema=None, if_not_exists=None)", add_column_fields);
 *
 * A struct begins with a RecordHead: so one struct has one box for its whole life, and a Link can
 * tell what it points to. Binding itself (values to members) is py/obj_record and the script floor.
 */
#ifndef LIMBECK_BASE_RECORD_H
#define LIMBECK_BASE_RECORD_H

#include "base/datum.h"
#include "base/error.h"

typedef struct Record Record;

/* First member of every record's struct. */
typedef struct RecordHead {
    const Record *record; /* which record this is; set by record_new */
    void *box;            /* the script's object for it, or NULL: owned by the VM's heap */
    Loc loc;              /* where the script made it */
    uint64_t given;       /* bit i: the i-th parameter of the signature was given */
} RecordHead;

typedef enum FieldKind {
    FIELD_STR,     /* Str: str or None */
    FIELD_NAME,    /* Name: str, quoted_name, conv or None */
    FIELD_BOOL,    /* bool */
    FIELD_TRI,     /* Tri: bool or None */
    FIELD_INT,     /* int64_t */
    FIELD_OPT_INT, /* OptInt: int or None */
    FIELD_FLOAT,   /* double */
    FIELD_NAMES,   /* StrVec: a sequence of str; a lone str counts as one name */
    FIELD_DATUM,   /* Datum: anything that has a neutral form */
    FIELD_OPTIONS, /* Options: what **kw collected */
    FIELD_SCRIPT,  /* ScriptRef: the value itself, unopened */
    FIELD_LINK,    /* pointer to the struct of another record, or NULL for None */
    FIELD_LINKS,   /* LinkVec, or any VEC of pointers to records: a sequence of such */
} FieldKind;

typedef VEC(void *) LinkVec;

typedef struct Field {
    const char *name; /* the parameter and the attribute; a leading '.' = attribute only */
    FieldKind kind;
    size_t offset;
    const Record *link; /* of FIELD_LINK and FIELD_LINKS; sub-records are accepted */
} Field;

struct Record {
    const char *name;      /* the Python name: "Column"; for ops the directive's */
    const char *signature; /* see base/signature.h */
    const char *doc;       /* one sentence */
    size_t size;           /* of the struct */
    const Record *base;    /* what it inherits from, or NULL */
    const Field *fields;
    size_t field_count;
    /*
     * Called after the members are bound: checks and completes; may be NULL. `args` holds what
     * *args collected (records as DATUM_RECORD). Errors become the script's exception: ERR_SCRIPT =
     * sqlalchemy.exc.ArgumentError; prefix the text "TypeError: " or "ValueError: " for those.
     */
    bool (*finish)(Arena *arena, void *object, const Datum *args, size_t arg_count, Error *err);
};

/* clang-format off */
#define FIELD_KIND(member)                                                                      \
    _Generic((member),                                                                          \
        Str: FIELD_STR, Name: FIELD_NAME, bool: FIELD_BOOL, Tri: FIELD_TRI, int64_t: FIELD_INT, \
        OptInt: FIELD_OPT_INT, double: FIELD_FLOAT, StrVec: FIELD_NAMES, Datum: FIELD_DATUM,    \
        Options: FIELD_OPTIONS, ScriptRef: FIELD_SCRIPT)

#define FIELD(T, member, text) { text, FIELD_KIND(((T *)0)->member), offsetof(T, member), NULL }
#define LINK(T, member, text, to) { text, FIELD_LINK, offsetof(T, member), to }
#define LINKS(T, member, text, to) { text, FIELD_LINKS, offsetof(T, member), to }

/* Further members of Record may follow: RECORD(T, "t(a)", rows, .doc = "...", .finish = f) */
#define RECORD(T, text, rows, ...)                                                              \
    { .signature = text, .size = sizeof(T), .fields = rows,                                     \
      .field_count = sizeof(rows) / sizeof *(rows), __VA_ARGS__ }
/* clang-format on */

/* A zeroed struct of the record, with its head set. */
void *record_new(Arena *arena, const Record *record);
/* True when `record` is `ancestor` or inherits from it. */
bool record_is(const Record *record, const Record *ancestor);
/* The field of that name, own or inherited; NULL when there is none. */
const Field *record_field(const Record *record, Str name);
static inline void *field_at(void *object, const Field *field)
{
    return (char *)object + field->offset;
}

#endif
