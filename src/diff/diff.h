/* SPDX-License-Identifier: MIT */
/*
 * Compares the models of a program with what a database has, and makes the operations that lead
 * from the database to the models.
 *
 *     DiffOptions options = { .dialect = dialect, .compare_type = DIFF_ON, .ask = ask, ... };
 *     DiffInput input = { .reflection = &reflection, .models = models, .model_count = 1 };
 *     DiffResult result;
 *     bool ok = diff_schemas(arena, &options, &input, &result, err) &&
 *               op_reverse_all(arena, &result.upgrade, &downgrade, err);
 *
 * Nothing here has a connection. What only the server can tell (whether two defaults are the same)
 * is collected first and handed out as one list of questions, before anything is compared. Without
 * `ask` texts are compared, and the result says so (`unasked`).
 *
 * The operations have the shape that Alembic's have: at the top CreateTable (with `table`),
 * DropTable (with `reverse`) and ModifyTable with the changes of one table; the indexes of a new or
 * dropped table stand in a ModifyTable of their own. Tables, columns, indexes and constraints in
 * them are the models' and the reflection's own (borrowed). Operations beyond Alembic's:
 * EnumValue, and CreateSequence and DropSequence (at the top), CreatePrimaryKey, DropConstraint of
 * a primary key (in ModifyTable).
 */
#ifndef LIMBECK_DIFF_DIFF_H
#define LIMBECK_DIFF_DIFF_H

#include "base/log.h"
#include "ops/op_def.h"
#include "sql/reflect.h"

/* What Alembic's plugins stand for: bits of DiffOptions.skip. */
typedef enum DiffPart {
    DIFF_TABLES = 1,      /* alembic.autogenerate.tables */
    DIFF_TYPES = 2,       /* alembic.autogenerate.types */
    DIFF_CONSTRAINTS = 4, /* alembic.autogenerate.constraints */
    DIFF_DEFAULTS = 8,    /* alembic.autogenerate.defaults */
    DIFF_COMMENTS = 16,   /* alembic.autogenerate.comments */
    DIFF_CHECKS = 32,     /* alembic.autogenerate.checkconstraint_byname */
} DiffPart;

/* What include_name and include_object are asked about, and its word in Alembic. */
typedef enum DiffItem {
    DIFF_ITEM_SCHEMA,
    DIFF_ITEM_TABLE,
    DIFF_ITEM_COLUMN,
    DIFF_ITEM_INDEX,
    DIFF_ITEM_UNIQUE,      /* "unique_constraint" */
    DIFF_ITEM_FOREIGN_KEY, /* "foreign_key_constraint" */
    DIFF_ITEM_CHECK,       /* "check_constraint" */
    DIFF_ITEM_PRIMARY_KEY, /* "primary_key_constraint"; not Alembic's */
    DIFF_ITEM_SEQUENCE,    /* "sequence"; not Alembic's */
} DiffItem;

/* "unique_constraint" */
const char *diff_item_name(DiffItem item);

/* parent_names of include_name: schema_name, table_name, schema_qualified_table_name. */
typedef struct DiffParents {
    Str schema;    /* STR_NONE: the default one (None) */
    Str table;     /* STR_NONE where the item is a table or a schema */
    Str qualified; /* "schema.table", or the table; for a table its own; else STR_NONE */
} DiffParents;

/* What is asked of env.py. Each may be NULL: all is included, nothing is overruled. */
typedef struct DiffCalls {
    void *context;
    /* `name` STR_NONE: None, as for the default schema or an unnamed constraint. */
    bool (*include_name)(void *context, DiffItem item, Str name, const DiffParents *parents,
                         bool *include, Error *err);
    /* `object` and `compare_to` are a Table, Column, Index or Constraint; compare_to may be NULL.
     */
    bool (*include_object)(void *context, DiffItem item, RecordHead *object, Str name,
                           bool reflected, RecordHead *compare_to, bool *include, Error *err);
    /* compare_type=callable; and, where `type` is a script's, its compare_against_backend().
     * *differs TRI_NONE: go on. */
    bool (*compare_type)(void *context, Column *database, Column *model, Tri *differs, Error *err);
    /* compare_server_default=callable; `rendered` as the dialect writes the model's; STR_NONE. */
    bool (*compare_default)(void *context, Column *database, Column *model, Str rendered,
                            Tri *differs, Error *err);
    /* comparators.dispatch_for("schema"), "table" and "column" of env.py, after Limbeck's own. They
     * may add to `ops`, change them and take out. database or model is NULL where the table is new
     * or dropped. */
    bool (*schema)(void *context, OpVec *ops, const StrVec *schemas, Error *err);
    bool (*table)(void *context, ModifyTable *ops, Str schema, Str name, Table *database,
                  Table *model, Error *err);
    bool (*column)(void *context, AlterColumn *op, Str schema, Str table, Column *database,
                   Column *model, Error *err);
} DiffCalls;

typedef enum QuestionKind {
    QUESTION_DEFAULT,  /* a default of a column of `type` */
    QUESTION_COMPUTED, /* what a column is computed from */
    QUESTION_CHECK,    /* the condition of a CHECK */
    QUESTION_WHERE,    /* the condition of a partial index */
    QUESTION_INDEX,    /* what is indexed */
} QuestionKind;

/*
 * Does `text`, which the model has, mean what the database keeps as `against`? The asker makes the
 * database read `text` over the table's columns and those that are to be added, and fills in
 * `answer`: how the database writes it (as `against` is written; brackets around the whole do not
 * matter). Of a default it may instead find both equal as values, and set `equal`. What the server
 * refuses stays unanswered and is no error of the run: `refusal` then holds its message.
 */
typedef struct Question {
    QuestionKind kind;
    Table *table;    /* the reflected one */
    Column *column;  /* the model's: DEFAULT, COMPUTED */
    ColumnVec added; /* columns of the model that the table does not have yet */
    Str type;        /* DEFAULT: the column's type as SQL */
    Str text, against;
    bool answered, equal;
    Str answer;
    Str refusal;
} Question;

typedef VEC(Question *) QuestionVec;

typedef struct DiffOptions {
    const Dialect *dialect;
    const ScriptCalls *calls; /* what SQL may ask of scripts; may be NULL */
    bool compare_type, compare_server_default;
    bool include_schemas;
    bool compat;                   /* only what Alembic itself detects */
    unsigned skip;                 /* DiffPart bits that are left out */
    Str version_table;             /* left alone, as the next */
    const char *const *own_tables; /* Limbeck's, beside the version table; ends in NULL */
    Str version_schema;            /* of all these; STR_NONE: the default */
    int64_t server_version;        /* 150004 for PostgreSQL 15.4; 0: not known */
    DiffCalls ask_script;
    /* Answers all questions in one go; NULL: nothing may be asked. */
    bool (*ask)(void *context, QuestionVec *questions, Error *err);
    void *ask_context;
} DiffOptions;

typedef struct DiffInput {
    /* With the tables of all schemas that are to be compared; sequences and types where wanted. */
    const Reflection *reflection;
    MetaData *const *models; /* target_metadata, one or several */
    size_t model_count;
} DiffInput;

/* A line of the log: "Detected added table 'x'". */
typedef struct DiffMessage {
    int level;          /* LOG_INFO, LOG_WARNING */
    const char *logger; /* "alembic.autogenerate.compare.tables" */
    Str text;
} DiffMessage;

typedef struct DiffResult {
    OpVec upgrade;
    VEC(DiffMessage) messages;
    size_t unasked; /* questions that nobody answered: their texts were compared */
} DiffResult;

/*
 * Compares. ERR_COMMAND when two MetaData hold the same table; errors of scripts pass through.
 */
bool diff_schemas(Arena *arena, const DiffOptions *options, const DiffInput *input,
                  DiffResult *result, Error *err);

/* The version table, and what else is Limbeck's own. */
bool diff_is_own(const DiffOptions *options, Str schema, Str name);
/*
 * A filter for reflect_schemas (ReflectWanted.include, its context a DiffOptions): the script's
 * include_name for schemas and tables, and no version table. diff_schemas then asks nothing again.
 */
bool diff_include_reflected(void *options, ReflectItem item, Str schema, Str name, bool *include,
                            Error *err);

#endif
