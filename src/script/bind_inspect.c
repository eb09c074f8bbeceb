/* SPDX-License-Identifier: MIT */
/*
 * inspect(bind): the Inspector. Each answer is read when it is first asked for and kept, as
 * SQLAlchemy does; clear_cache() forgets them.
 */
#include "script/bind_inspect.h"
#include "py/obj_list.h"
#include "py/obj_opaque.h"
#include "script/bind_engine.h"
#include "script/bind_run.h"
#include "script/bind_shape.h"

typedef struct InspectorObj {
    Value bind;
    Value answers; /* a dict, by question */
} InspectorObj;

static InspectorObj *inspector_of(Vm *vm, Value self)
{
    return payload_of(vm, self, &inspector_class);
}

/* A question and how it is answered. */
typedef struct Question Question;
typedef bool Answer(Vm *vm, Conn *conn, const Reflector *reflector, const Question *question,
                    Value *answer);

struct Question {
    const char *what;
    Answer *answer;
    Str schema, name, part;
    Shape *shape;
};

static Str question_key(Vm *vm, const Question *question)
{
    return str_format(bind_arena(vm), "%s\x1f%d%.*s\x1f%.*s\x1f%.*s", question->what,
                      str_given(question->schema), STR_ARG(question->schema),
                      STR_ARG(question->name), STR_ARG(question->part));
}

static bool ask_connection(Vm *vm, Conn *conn, const Reflector *reflector, void *context)
{
    void **both = context;
    const Question *question = both[0];
    return question->answer(vm, conn, reflector, question, both[1]);
}

static bool ask(Vm *vm, Call *call, Question question)
{
    const Value self = call->args[0];
    Str key = question_key(vm, &question);
    Value answer = dict_get_str(inspector_of(vm, self)->answers, key);
    if (value_given(answer))
        return give(call, answer);
    void *both[] = { &question, &answer };
    if (!bind_with_reflector(vm, inspector_of(vm, self)->bind, ask_connection, both))
        return false;
    dict_set_str(vm, inspector_of(vm, self)->answers, key, answer);
    return give(call, answer);
}

/* What the dialect does not have: NotImplementedError, as SQLAlchemy raises it. */
static bool not_served(Vm *vm)
{
    return vm_raise(vm, "NotImplementedError", "%s", "");
}

/* ---- of a table ---- */

static bool answer_shape(Vm *vm, Conn *conn, const Reflector *reflector, const Question *question,
                         Value *answer)
{
    Table *table;
    Error err = vm_error(vm);
    const Dialect *dialect = conn_dialect(conn);
    if (question->shape == shape_comment && !dialect->supports_comments)
        return not_served(vm);
    if (!reflector->table(conn, bind_arena(vm), NULL, question->schema, question->name, &table,
                          &err))
        return raise_database(vm, conn, &err);
    if (!table)
        return raise_sa(vm, "NoSuchTableError", "%.*s", STR_ARG(question->name));
    return question->shape(vm, dialect, table, answer);
}

static bool ask_shape(Vm *vm, Call *call, const char *what, Shape *shape)
{
    Question question = { .what = what, .answer = answer_shape, .shape = shape };
    return to_text(vm, call->args[1], &question.name) &&
           to_text(vm, call->args[2], &question.schema) && ask(vm, call, question);
}

static bool get_columns(Vm *vm, Call *call)
{
    return ask_shape(vm, call, "columns", shape_columns);
}

static bool get_indexes(Vm *vm, Call *call)
{
    return ask_shape(vm, call, "indexes", shape_indexes);
}

static bool get_foreign_keys(Vm *vm, Call *call)
{
    return ask_shape(vm, call, "foreign keys", shape_foreign_keys);
}

static bool get_unique_constraints(Vm *vm, Call *call)
{
    return ask_shape(vm, call, "uniques", shape_uniques);
}

static bool get_check_constraints(Vm *vm, Call *call)
{
    return ask_shape(vm, call, "checks", shape_checks);
}

static bool get_pk_constraint(Vm *vm, Call *call)
{
    return ask_shape(vm, call, "primary key", shape_primary_key);
}

static bool get_table_comment(Vm *vm, Call *call)
{
    return ask_shape(vm, call, "comment", shape_comment);
}

/* No dialect that is served here has it, in SQLAlchemy either. */
static bool get_table_options(Vm *vm, Call *call)
{
    return not_served(vm);
}

static bool answer_has_index(Vm *vm, Conn *conn, const Reflector *reflector,
                             const Question *question, Value *answer)
{
    Table *table;
    Error err = vm_error(vm);
    bool found = false;
    if (!reflector->table(conn, bind_arena(vm), NULL, question->schema, question->name, &table,
                          &err))
        return raise_database(vm, conn, &err);
    for (size_t i = 0; table && i < table->indexes.len; i++)
        found |= str_eq(table->indexes.items[i]->name.text, question->part);
    for (size_t i = 0; table && i < table->constraint_indexes.len; i++)
        found |= str_eq(table->constraint_indexes.items[i]->name.text, question->part);
    *answer = value_bool(found);
    return true;
}

static bool has_index(Vm *vm, Call *call)
{
    Question question = { .what = "has index", .answer = answer_has_index };
    return to_text(vm, call->args[1], &question.name) &&
           to_text(vm, call->args[2], &question.part) &&
           to_text(vm, call->args[3], &question.schema) && ask(vm, call, question);
}

static bool answer_has_table(Vm *vm, Conn *conn, const Reflector *reflector,
                             const Question *question, Value *answer)
{
    bool found;
    Error err = vm_error(vm);
    if (!reflector->has_table(conn, bind_arena(vm), question->schema, question->name, &found, &err))
        return raise_database(vm, conn, &err);
    *answer = value_bool(found);
    return true;
}

static bool has_table(Vm *vm, Call *call)
{
    Question question = { .what = "has table", .answer = answer_has_table };
    return to_text(vm, call->args[1], &question.name) &&
           to_text(vm, call->args[2], &question.schema) && ask(vm, call, question);
}

static bool answer_view(Vm *vm, Conn *conn, const Reflector *reflector, const Question *question,
                        Value *answer)
{
    Str sql;
    Error err = vm_error(vm);
    if (!reflector->view_definition(conn, bind_arena(vm), question->schema, question->name, &sql,
                                    &err))
        return raise_database(vm, conn, &err);
    if (!str_given(sql))
        return raise_sa(vm, "NoSuchTableError", "%.*s", STR_ARG(question->name));
    *answer = make_str(vm, sql);
    return true;
}

static bool get_view_definition(Vm *vm, Call *call)
{
    Question question = { .what = "view", .answer = answer_view };
    return to_text(vm, call->args[1], &question.name) &&
           to_text(vm, call->args[2], &question.schema) && ask(vm, call, question);
}

/* ---- names ---- */

typedef bool ReadNames(Conn *conn, Arena *arena, Str schema, StrVec *names, Error *err);

static bool answer_names(Vm *vm, Conn *conn, ReadNames *read, Str schema, Value *answer)
{
    StrVec names = { 0 };
    Error err = vm_error(vm);
    if (!read)
        return not_served(vm);
    if (!read(conn, bind_arena(vm), schema, &names, &err))
        return raise_database(vm, conn, &err);
    *answer = shape_texts(vm, &names);
    return true;
}

static bool answer_tables(Vm *vm, Conn *conn, const Reflector *reflector, const Question *question,
                          Value *answer)
{
    return answer_names(vm, conn, reflector->tables, question->schema, answer);
}

static bool answer_views(Vm *vm, Conn *conn, const Reflector *reflector, const Question *question,
                         Value *answer)
{
    return answer_names(vm, conn, reflector->views, question->schema, answer);
}

static bool answer_materialized(Vm *vm, Conn *conn, const Reflector *reflector,
                                const Question *question, Value *answer)
{
    return answer_names(vm, conn, reflector->materialized_views, question->schema, answer);
}

static bool answer_foreign(Vm *vm, Conn *conn, const Reflector *reflector, const Question *question,
                           Value *answer)
{
    return answer_names(vm, conn, reflector->foreign_tables, question->schema, answer);
}

static bool answer_sequences(Vm *vm, Conn *conn, const Reflector *reflector,
                             const Question *question, Value *answer)
{
    return answer_names(vm, conn, reflector->sequences, question->schema, answer);
}

static bool answer_temporary(Vm *vm, Conn *conn, const Reflector *reflector,
                             const Question *question, Value *answer)
{
    return answer_names(vm, conn, reflector->temporary_tables, STR_NONE, answer);
}

static bool answer_temporary_views(Vm *vm, Conn *conn, const Reflector *reflector,
                                   const Question *question, Value *answer)
{
    return answer_names(vm, conn, reflector->temporary_views, STR_NONE, answer);
}

static bool answer_schemas(Vm *vm, Conn *conn, const Reflector *reflector, const Question *question,
                           Value *answer)
{
    StrVec names = { 0 };
    Error err = vm_error(vm);
    if (!reflector->schemas(conn, bind_arena(vm), &names, &err))
        return raise_database(vm, conn, &err);
    *answer = shape_texts(vm, &names);
    return true;
}

static bool ask_names(Vm *vm, Call *call, const char *what, Answer *answer)
{
    Question question = { .what = what, .answer = answer };
    return to_text(vm, call->args[1], &question.schema) && ask(vm, call, question);
}

static bool get_table_names(Vm *vm, Call *call)
{
    return ask_names(vm, call, "tables", answer_tables);
}

static bool get_view_names(Vm *vm, Call *call)
{
    return ask_names(vm, call, "views", answer_views);
}

static bool get_materialized_view_names(Vm *vm, Call *call)
{
    return ask_names(vm, call, "materialized views", answer_materialized);
}

static bool get_foreign_table_names(Vm *vm, Call *call)
{
    return ask_names(vm, call, "foreign tables", answer_foreign);
}

static bool get_sequence_names(Vm *vm, Call *call)
{
    return ask_names(vm, call, "sequences", answer_sequences);
}

static bool get_temp_table_names(Vm *vm, Call *call)
{
    return ask(vm, call, (Question){ .what = "temporary", .answer = answer_temporary });
}

static bool get_temp_view_names(Vm *vm, Call *call)
{
    return ask(vm, call, (Question){ .what = "temporary views", .answer = answer_temporary_views });
}

static bool get_schema_names(Vm *vm, Call *call)
{
    return ask(vm, call, (Question){ .what = "schemas", .answer = answer_schemas });
}

static bool answer_has_sequence(Vm *vm, Conn *conn, const Reflector *reflector,
                                const Question *question, Value *answer)
{
    StrVec names = { 0 };
    Error err = vm_error(vm);
    if (!reflector->sequences)
        return not_served(vm);
    if (!reflector->sequences(conn, bind_arena(vm), question->schema, &names, &err))
        return raise_database(vm, conn, &err);
    *answer = value_bool(strvec_find(&names, question->name) >= 0);
    return true;
}

static bool has_sequence(Vm *vm, Call *call)
{
    Question question = { .what = "has sequence", .answer = answer_has_sequence };
    return to_text(vm, call->args[1], &question.name) &&
           to_text(vm, call->args[2], &question.schema) && ask(vm, call, question);
}

static bool answer_has_schema(Vm *vm, Conn *conn, const Reflector *reflector,
                              const Question *question, Value *answer)
{
    StrVec names = { 0 };
    Error err = vm_error(vm);
    if (!reflector->schemas(conn, bind_arena(vm), &names, &err))
        return raise_database(vm, conn, &err);
    *answer = value_bool(strvec_find(&names, question->name) >= 0);
    return true;
}

static bool has_schema(Vm *vm, Call *call)
{
    Question question = { .what = "has schema", .answer = answer_has_schema };
    return to_text(vm, call->args[1], &question.name) && ask(vm, call, question);
}

/* ---- types ---- */

static bool answer_types(Vm *vm, Conn *conn, const Question *question,
                         Value (*shape)(Vm *vm, const Reflection *reflection, Str schema),
                         Value *answer)
{
    const ReflectWanted wanted = { .no_tables = true, .types = true };
    Arena *arena = bind_arena(vm);
    Reflection seen;
    Error err = vm_error(vm);
    if (conn_dialect(conn)->id != DIALECT_POSTGRESQL)
        return vm_raise(vm, "AttributeError", "'Inspector' object has no attribute 'get_%s'",
                        question->what);
    if (!reflect_schemas(conn, arena, metadata_new(arena), &wanted, &seen, &err))
        return raise_database(vm, conn, &err);
    *answer = shape(vm, &seen, question->schema);
    return true;
}

static bool answer_enums(Vm *vm, Conn *conn, const Reflector *reflector, const Question *question,
                         Value *answer)
{
    return answer_types(vm, conn, question, shape_enums, answer);
}

static bool answer_domains(Vm *vm, Conn *conn, const Reflector *reflector, const Question *question,
                           Value *answer)
{
    return answer_types(vm, conn, question, shape_domains, answer);
}

static bool get_enums(Vm *vm, Call *call)
{
    return ask_names(vm, call, "enums", answer_enums);
}

static bool get_domains(Vm *vm, Call *call)
{
    return ask_names(vm, call, "domains", answer_domains);
}

/* ---- of all tables at once: {(schema, name): what get_...() gives} ---- */

/* Values of ObjectKind and ObjectScope. */
enum { KIND_TABLE = 1, KIND_VIEW = 2, KIND_MATERIALIZED_VIEW = 4, SCOPE_DEFAULT = 1 };

typedef struct Multi {
    Str schema;
    bool all;
    StrVec names; /* else */
    int64_t kinds;
    Shape *shape;
    Value *answer;
} Multi;

static bool include_named(void *context, ReflectItem item, Str schema, Str name, bool *include,
                          Error *err)
{
    const Multi *multi = context;
    (void)schema;
    (void)err;
    if (item == REFLECT_TABLE && !multi->all)
        *include = strvec_find(&multi->names, name) >= 0;
    return true;
}

static bool put_shape(Vm *vm, const Multi *multi, const Dialect *dialect, const Table *table)
{
    Value key[] = { VALUE_NONE, VALUE_NONE }, shape = VALUE_NONE;
    if (str_given(multi->schema))
        key[0] = make_str(vm, multi->schema);
    vm_push(vm, key[0]);
    key[1] = make_str(vm, table->name.text);
    vm_push(vm, key[1]);
    Value pair = make_tuple(vm, key, 2);
    vm_push(vm, pair);
    bool ok = multi->shape(vm, dialect, table, &shape);
    vm_push(vm, shape);
    ok = ok && dict_set(vm, *multi->answer, pair, shape);
    vm_pop(vm, 4);
    return ok;
}

static bool read_multi(Vm *vm, Conn *conn, const Reflector *reflector, void *context)
{
    Multi *multi = context;
    const Dialect *dialect = conn_dialect(conn);
    MetaData *metadata = metadata_new(bind_arena(vm));
    Reflection seen = { 0 };
    StrVec schemas = { 0 };
    Error err = vm_error(vm);
    const ReflectWanted wanted = {
        .schemas = &schemas,
        .include = include_named,
        .context = multi,
        .no_tables = !(multi->kinds & KIND_TABLE),
        .views = multi->kinds & KIND_VIEW,
        .materialized_views = multi->kinds & KIND_MATERIALIZED_VIEW,
    };
    (void)reflector;
    VEC_PUSH(bind_arena(vm), &schemas, multi->schema);
    if (multi->shape == shape_comment && !dialect->supports_comments)
        return not_served(vm);
    if (!reflect_schemas(conn, bind_arena(vm), metadata, &wanted, &seen, &err))
        return raise_database(vm, conn, &err);
    *multi->answer = make_dict(vm);
    vm_push(vm, *multi->answer);
    bool ok = true;
    for (size_t i = 0; ok && i < metadata->tables.len; i++)
        ok = put_shape(vm, multi, dialect, metadata->tables.entries[i].value);
    vm_pop(vm, 1);
    return ok;
}

static bool flag_value(Vm *vm, Value flag, int64_t usual, int64_t *number)
{
    Value value;
    *number = usual;
    return value_is_none(flag) ||
           (vm_getattr(vm, flag, "value", &value) && to_int(vm, value, number));
}

static bool get_multi(Vm *vm, Call *call, Shape *shape)
{
    Value answer;
    int64_t scope;
    Multi multi = { .all = value_is_none(call->args[2]), .shape = shape, .answer = &answer };
    if ((!multi.all && !to_names(vm, call->args[2], &multi.names)) ||
        !to_text(vm, call->args[1], &multi.schema) ||
        !flag_value(vm, call->args[3], KIND_TABLE, &multi.kinds) ||
        !flag_value(vm, call->args[4], SCOPE_DEFAULT, &scope))
        return false;
    if (scope != SCOPE_DEFAULT)
        return vm_raise(vm, "NotImplementedError",
                        "limbeck reads temporary tables one by one: get_temp_table_names()");
    return bind_with_reflector(vm, inspector_of(vm, call->args[0])->bind, read_multi, &multi) &&
           give(call, answer);
}

static bool get_multi_columns(Vm *vm, Call *call)
{
    return get_multi(vm, call, shape_columns);
}

static bool get_multi_pk_constraint(Vm *vm, Call *call)
{
    return get_multi(vm, call, shape_primary_key);
}

static bool get_multi_foreign_keys(Vm *vm, Call *call)
{
    return get_multi(vm, call, shape_foreign_keys);
}

static bool get_multi_indexes(Vm *vm, Call *call)
{
    return get_multi(vm, call, shape_indexes);
}

static bool get_multi_unique_constraints(Vm *vm, Call *call)
{
    return get_multi(vm, call, shape_uniques);
}

static bool get_multi_check_constraints(Vm *vm, Call *call)
{
    return get_multi(vm, call, shape_checks);
}

static bool get_multi_table_comment(Vm *vm, Call *call)
{
    return get_multi(vm, call, shape_comment);
}

/* ---- itself ---- */

static bool clear_cache(Vm *vm, Call *call)
{
    ARGS(call, self);
    inspector_of(vm, self)->answers = make_dict(vm);
    return true;
}

static bool inspector_dialect(Vm *vm, Call *call)
{
    ARGS(call, self);
    Value dialect;
    return vm_getattr(vm, inspector_of(vm, self)->bind, "dialect", &dialect) && give(call, dialect);
}

static bool inspector_bind_get(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, inspector_of(vm, self)->bind);
}

static bool answer_default_schema(Vm *vm, Conn *conn, const Reflector *reflector,
                                  const Question *question, Value *answer)
{
    Str name;
    Error err = vm_error(vm);
    if (!reflector->default_schema(conn, bind_arena(vm), &name, &err))
        return raise_database(vm, conn, &err);
    *answer = str_given(name) ? make_str(vm, name) : VALUE_NONE;
    return true;
}

static bool inspector_schema(Vm *vm, Call *call)
{
    return ask(vm, call, (Question){ .what = "default schema", .answer = answer_default_schema });
}

static void inspector_mark(Vm *vm, void *payload)
{
    InspectorObj *inspector = payload;
    vm_mark(vm, inspector->bind);
    vm_mark(vm, inspector->answers);
}

static Value inspector_new(Vm *vm, Value bind)
{
    Value made = vm_new_native(vm, vm_class(vm, &inspector_class), &inspector_class);
    vm_push(vm, made);
    inspector_of(vm, made)->bind = bind;
    inspector_of(vm, made)->answers = make_dict(vm);
    vm_pop(vm, 1);
    return made;
}

static bool inspector_from_engine(Vm *vm, Call *call)
{
    ARGS(call, cls, bind);
    (void)cls;
    return give(call, inspector_new(vm, bind));
}

static const NativeRow inspector_methods[] = {
    { "get_table_names(self, schema=None, **kw)", get_table_names, "The tables." },
    { "get_view_names(self, schema=None, **kw)", get_view_names, "The views." },
    { "get_materialized_view_names(self, schema=None, **kw)", get_materialized_view_names,
      "The materialized views." },
    { "get_foreign_table_names(self, schema=None, **kw)", get_foreign_table_names,
      "The foreign tables." },
    { "get_sequence_names(self, schema=None, **kw)", get_sequence_names, "The sequences." },
    { "get_temp_table_names(self, **kw)", get_temp_table_names, "The temporary tables." },
    { "get_temp_view_names(self, **kw)", get_temp_view_names, "The temporary views." },
    { "get_enums(self, schema=None, **kw)", get_enums, "The ENUM types." },
    { "get_domains(self, schema=None, **kw)", get_domains, "The DOMAIN types." },
    { "get_schema_names(self, **kw)", get_schema_names, "The schemas." },
    { "get_view_definition(self, view_name, schema=None, **kw)", get_view_definition,
      "The text of a view." },
    { "has_table(self, table_name, schema=None, **kw)", has_table, "Whether it is there." },
    { "has_index(self, table_name, index_name, schema=None, **kw)", has_index,
      "Whether it is there." },
    { "has_sequence(self, sequence_name, schema=None, **kw)", has_sequence,
      "Whether it is there." },
    { "has_schema(self, schema_name, **kw)", has_schema, "Whether it is there." },
    { "get_columns(self, table_name, schema=None, **kw)", get_columns, "The columns." },
    { "get_indexes(self, table_name, schema=None, **kw)", get_indexes, "The indexes." },
    { "get_foreign_keys(self, table_name, schema=None, **kw)", get_foreign_keys,
      "The foreign keys." },
    { "get_unique_constraints(self, table_name, schema=None, **kw)", get_unique_constraints,
      "The UNIQUE constraints." },
    { "get_check_constraints(self, table_name, schema=None, **kw)", get_check_constraints,
      "The CHECK constraints." },
    { "get_pk_constraint(self, table_name, schema=None, **kw)", get_pk_constraint,
      "The primary key." },
    { "get_table_comment(self, table_name, schema=None, **kw)", get_table_comment, "The comment." },
    { "get_table_options(self, table_name, schema=None, **kw)", get_table_options,
      "NotImplementedError." },
    { "get_multi_columns(self, schema=None, filter_names=None, kind=None, scope=None, **kw)",
      get_multi_columns, "By table." },
    { "get_multi_pk_constraint(self, schema=None, filter_names=None, kind=None, scope=None, **kw)",
      get_multi_pk_constraint, "By table." },
    { "get_multi_foreign_keys(self, schema=None, filter_names=None, kind=None, scope=None, **kw)",
      get_multi_foreign_keys, "By table." },
    { "get_multi_indexes(self, schema=None, filter_names=None, kind=None, scope=None, **kw)",
      get_multi_indexes, "By table." },
    { "get_multi_unique_constraints(self, schema=None, filter_names=None, kind=None, scope=None, "
      "**kw)",
      get_multi_unique_constraints, "By table." },
    { "get_multi_check_constraints(self, schema=None, filter_names=None, kind=None, scope=None, "
      "**kw)",
      get_multi_check_constraints, "By table." },
    { "get_multi_table_comment(self, schema=None, filter_names=None, kind=None, scope=None, **kw)",
      get_multi_table_comment, "By table." },
    { "get_multi_table_options(self, **kw)", get_table_options, "NotImplementedError." },
    { "clear_cache(self)", clear_cache, "Forgets what was read." },
};
static const NativeRow inspector_getters[] = {
    { "dialect(self)", inspector_dialect, "The dialect." },
    { "bind(self)", inspector_bind_get, "The connection or engine." },
    { "engine(self)", inspector_bind_get, "The connection or engine." },
    { "default_schema_name(self)", inspector_schema, "The schema that needs no name." },
};
static const NativeRow inspector_statics[] = {
    { "from_engine(cls, bind)", inspector_from_engine, "As inspect(bind)." },
};

const NativeClass inspector_class = {
    .name = "Inspector",
    .module = "sqlalchemy.engine.reflection",
    .size = sizeof(InspectorObj),
    .methods = inspector_methods,
    .method_count = sizeof inspector_methods / sizeof *inspector_methods,
    .getters = inspector_getters,
    .getter_count = sizeof inspector_getters / sizeof *inspector_getters,
    .statics = inspector_statics,
    .static_count = sizeof inspector_statics / sizeof *inspector_statics,
    .mark = inspector_mark,
    .doc = "Looks into a database.",
};

/* An object of a mapped class: its state. */
static bool inspect_object(Vm *vm, Call *call, Value subject)
{
    Value function, state;
    return bind_import(vm, "sqlalchemy.orm._state", "state_of", &function) &&
           vm_call(vm, function, &subject, 1, &state) && give(call, state);
}

static bool inspect(Vm *vm, Call *call)
{
    ARGS(call, subject);
    Value mapper;
    if (is_opaque(subject))
        return opaque_refuse(vm, subject, "inspect()");
    if (payload_of(vm, subject, &connection_class) || payload_of(vm, subject, &engine_class))
        return give(call, inspector_new(vm, subject));
    if (!vm_getattr_if(vm, subject, "__mapper__", &mapper))
        return false;
    if (value_given(mapper))
        return is_class(subject) ? give(call, mapper) : inspect_object(vm, call, subject);
    if (record_of(subject, &table_record))
        return give(call, subject);
    return raise_sa(vm, "NoInspectionAvailable",
                    "No inspection system is available for object of type %s",
                    type_name(vm, subject));
}

const NativeRow inspect_row = { "inspect(subject, raiseerr=True)", inspect, "Look into it." };
