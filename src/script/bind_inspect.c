/* SPDX-License-Identifier: MIT */
/* inspect(bind): the Inspector. Each answer is read when it is asked for. */
#include "script/bind_inspect.h"
#include "py/obj_list.h"
#include "py/obj_opaque.h"
#include "script/bind_engine.h"
#include "script/bind_run.h"
#include "sql/reflect.h"

typedef struct InspectorObj {
    Value bind;
} InspectorObj;

static Value inspector_bind(Vm *vm, Value self)
{
    return ((InspectorObj *)payload_of(vm, self, &inspector_class))->bind;
}

static Value text_or_none(Vm *vm, Str text)
{
    return str_given(text) ? make_str(vm, text) : VALUE_NONE;
}

static Value text_list(Vm *vm, const StrVec *texts)
{
    Value list = make_list(vm, NULL, 0);
    for (size_t i = 0; i < texts->len; i++)
        list_append(vm, list, make_str(vm, texts->items[i]));
    return list;
}

static void set(Vm *vm, Value dict, const char *key, Value v)
{
    dict_set_str(vm, dict, str_from(key), v);
}

/* The table of a call's (table_name, schema), reflected; raises NoSuchTableError. */
static bool table_of(Vm *vm, Call *call, Table **table)
{
    ARGS(call, self, table_name, schema);
    Str name, in;
    if (!to_text(vm, table_name, &name) || !to_text(vm, schema, &in) ||
        !bind_reflect(vm, inspector_bind(vm, self), NULL, in, name, table))
        return false;
    return *table || raise_sa(vm, "NoSuchTableError", "%.*s", STR_ARG(name));
}

static bool default_text(Vm *vm, const Datum *given, Value *v)
{
    *v = VALUE_NONE;
    if (given->kind == DATUM_STR)
        *v = make_str(vm, given->text);
    else if (given->kind == DATUM_RECORD) {
        const Expr *expr = given->record.object;
        if (record_is(given->record.record, &expr_record))
            *v = make_str(vm, expr->text);
    }
    return true;
}

static bool column_dict(Vm *vm, const Table *table, Column *column, Value *dict)
{
    Value fallback;
    *dict = make_dict(vm);
    vm_push(vm, *dict);
    ptrdiff_t key = strvec_find(&table->primary_key->columns, column->key);
    bool ok = default_text(vm, &column->server_default, &fallback);
    set(vm, *dict, "name", make_str(vm, column->name.text));
    set(vm, *dict, "type",
        box(vm, column->type ? column->type : type_new(bind_arena(vm), TYPE_NULL)));
    set(vm, *dict, "nullable", value_bool(column_nullable(column)));
    set(vm, *dict, "default", fallback);
    set(vm, *dict, "autoincrement", make_strz(vm, "auto"));
    set(vm, *dict, "primary_key", value_int(key + 1));
    set(vm, *dict, "comment", text_or_none(vm, column->comment));
    vm_pop(vm, 1);
    return ok;
}

static bool get_columns(Vm *vm, Call *call)
{
    Table *table;
    Value list = make_list(vm, NULL, 0);
    vm_push(vm, list);
    bool ok = table_of(vm, call, &table);
    for (size_t i = 0; ok && i < table->columns.len; i++) {
        Value dict;
        ok = column_dict(vm, table, table->columns.items[i], &dict);
        if (ok)
            list_append(vm, list, dict);
    }
    vm_pop(vm, 1);
    return ok && give(call, list);
}

static bool give_names(Vm *vm, Call *call, bool views)
{
    ARGS(call, self, schema);
    Conn *conn;
    bool opened;
    Str in;
    StrVec names = { 0 };
    Error err = vm_error(vm);
    if (!to_text(vm, schema, &in) || !connectable_of(vm, inspector_bind(vm, self), &conn, &opened))
        return false;
    const Reflector *reflector = reflector_of(conn);
    bool ok = reflector && (views ? reflector->views(conn, bind_arena(vm), in, &names, &err)
                                  : reflector->tables(conn, bind_arena(vm), in, &names, &err));
    if (!ok)
        ok = reflector
                 ? raise_database(vm, conn, &err)
                 : vm_raise(vm, "NotImplementedError", "limbeck does not serve inspection of %s",
                            conn_dialect(conn)->name);
    if (opened)
        db_close(conn);
    return ok && give(call, text_list(vm, &names));
}

static bool get_table_names(Vm *vm, Call *call)
{
    return give_names(vm, call, false);
}

static bool get_view_names(Vm *vm, Call *call)
{
    return give_names(vm, call, true);
}

static bool get_schema_names(Vm *vm, Call *call)
{
    ARGS(call, self);
    Conn *conn;
    bool opened;
    StrVec names = { 0 };
    Error err = vm_error(vm);
    if (!connectable_of(vm, inspector_bind(vm, self), &conn, &opened))
        return false;
    const Reflector *reflector = reflector_of(conn);
    bool ok = reflector && reflector->schemas(conn, bind_arena(vm), &names, &err);
    if (!ok)
        ok = raise_database(vm, conn, &err);
    if (opened)
        db_close(conn);
    return ok && give(call, text_list(vm, &names));
}

static bool get_view_definition(Vm *vm, Call *call)
{
    ARGS(call, self, view_name, schema);
    Conn *conn;
    bool opened;
    Str name, in, sql = STR_NONE;
    Error err = vm_error(vm);
    if (!to_text(vm, view_name, &name) || !to_text(vm, schema, &in) ||
        !connectable_of(vm, inspector_bind(vm, self), &conn, &opened))
        return false;
    const Reflector *reflector = reflector_of(conn);
    bool ok = reflector && reflector->view_definition(conn, bind_arena(vm), in, name, &sql, &err);
    if (!ok)
        ok = raise_database(vm, conn, &err);
    if (opened)
        db_close(conn);
    return ok && give(call, text_or_none(vm, sql));
}

static bool has_table(Vm *vm, Call *call)
{
    ARGS(call, self, table_name, schema);
    Str name, in;
    bool found;
    if (!to_text(vm, table_name, &name) || !to_text(vm, schema, &in) ||
        !bind_has_table(vm, inspector_bind(vm, self), in, name, &found))
        return false;
    return give(call, value_bool(found));
}

static Value index_dict(Vm *vm, const Index *index)
{
    Value dict = make_dict(vm);
    StrVec columns = index_columns(bind_arena(vm), index);
    set(vm, dict, "name", text_or_none(vm, index->name.text));
    set(vm, dict, "column_names", text_list(vm, &columns));
    set(vm, dict, "unique", value_int(index->unique == TRI_TRUE));
    set(vm, dict, "dialect_options", make_dict(vm));
    return dict;
}

static bool get_indexes(Vm *vm, Call *call)
{
    Table *table;
    Value list = make_list(vm, NULL, 0);
    if (!table_of(vm, call, &table))
        return false;
    for (size_t i = 0; i < table->indexes.len; i++)
        list_append(vm, list, index_dict(vm, table->indexes.items[i]));
    return give(call, list);
}

static bool has_index(Vm *vm, Call *call)
{
    const Value self = call->args[0];
    Str name, wanted, in;
    Table *table;
    if (!to_text(vm, call->args[1], &name) || !to_text(vm, call->args[2], &wanted) ||
        !to_text(vm, call->args[3], &in) ||
        !bind_reflect(vm, inspector_bind(vm, self), NULL, in, name, &table))
        return false;
    for (size_t i = 0; table && i < table->indexes.len; i++)
        if (str_eq(table->indexes.items[i]->name.text, wanted))
            return give(call, value_bool(true));
    return give(call, value_bool(false));
}

static Value foreign_key_dict(Vm *vm, const Constraint *key)
{
    Value dict = make_dict(vm), options = make_dict(vm);
    set(vm, dict, "name", text_or_none(vm, key->name.text));
    set(vm, dict, "constrained_columns", text_list(vm, &key->columns));
    set(vm, dict, "referred_schema", text_or_none(vm, key->ref_schema));
    set(vm, dict, "referred_table", make_str(vm, key->ref_table));
    set(vm, dict, "referred_columns", text_list(vm, &key->ref_columns));
    set(vm, dict, "options", options);
    if (str_given(key->ondelete))
        set(vm, options, "ondelete", make_str(vm, key->ondelete));
    if (str_given(key->onupdate))
        set(vm, options, "onupdate", make_str(vm, key->onupdate));
    return dict;
}

static Value unique_dict(Vm *vm, const Constraint *unique)
{
    Value dict = make_dict(vm);
    set(vm, dict, "name", text_or_none(vm, unique->name.text));
    set(vm, dict, "column_names", text_list(vm, &unique->columns));
    return dict;
}

static Value check_dict(Vm *vm, const Constraint *check)
{
    Value dict = make_dict(vm);
    set(vm, dict, "sqltext", check->sqltext ? make_str(vm, check->sqltext->text) : VALUE_NONE);
    set(vm, dict, "name", text_or_none(vm, check->name.text));
    return dict;
}

static bool constraints_of(Vm *vm, Call *call, ConstraintKind kind,
                           Value (*dict)(Vm *vm, const Constraint *))
{
    Table *table;
    Value list = make_list(vm, NULL, 0);
    if (!table_of(vm, call, &table))
        return false;
    for (size_t i = 0; i < table->constraints.len; i++)
        if (table->constraints.items[i]->kind == kind)
            list_append(vm, list, dict(vm, table->constraints.items[i]));
    return give(call, list);
}

static bool get_foreign_keys(Vm *vm, Call *call)
{
    return constraints_of(vm, call, CONSTRAINT_FOREIGN_KEY, foreign_key_dict);
}

static bool get_unique_constraints(Vm *vm, Call *call)
{
    return constraints_of(vm, call, CONSTRAINT_UNIQUE, unique_dict);
}

static bool get_check_constraints(Vm *vm, Call *call)
{
    return constraints_of(vm, call, CONSTRAINT_CHECK, check_dict);
}

static bool get_pk_constraint(Vm *vm, Call *call)
{
    Table *table;
    if (!table_of(vm, call, &table))
        return false;
    Value dict = make_dict(vm);
    set(vm, dict, "constrained_columns", text_list(vm, &table->primary_key->columns));
    set(vm, dict, "name", text_or_none(vm, table->primary_key->name.text));
    return give(call, dict);
}

static bool get_table_comment(Vm *vm, Call *call)
{
    Table *table;
    if (!table_of(vm, call, &table))
        return false;
    Value dict = make_dict(vm);
    set(vm, dict, "text", text_or_none(vm, table->comment));
    return give(call, dict);
}

static bool get_nothing(Vm *vm, Call *call)
{
    return give(call, make_list(vm, NULL, 0));
}

static bool clear_cache(Vm *vm, Call *call)
{
    return true;
}

static bool inspector_dialect(Vm *vm, Call *call)
{
    ARGS(call, self);
    Value dialect;
    return vm_getattr(vm, inspector_bind(vm, self), "dialect", &dialect) && give(call, dialect);
}

static bool inspector_bind_get(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, inspector_bind(vm, self));
}

static bool inspector_schema(Vm *vm, Call *call)
{
    ARGS(call, self);
    const Dialect *dialect;
    if (!bind_dialect(vm, inspector_bind(vm, self), &dialect))
        return false;
    return give(call,
                dialect->default_schema ? make_strz(vm, dialect->default_schema) : VALUE_NONE);
}

static void inspector_mark(Vm *vm, void *payload)
{
    vm_mark(vm, ((InspectorObj *)payload)->bind);
}

static Value inspector_new(Vm *vm, Value bind)
{
    Value made = vm_new_native(vm, vm_class(vm, &inspector_class), &inspector_class);
    ((InspectorObj *)payload_of(vm, made, &inspector_class))->bind = bind;
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
    { "get_materialized_view_names(self, schema=None, **kw)", get_nothing, "None." },
    { "get_sequence_names(self, schema=None, **kw)", get_nothing, "None." },
    { "get_enums(self, schema=None, **kw)", get_nothing, "None." },
    { "get_schema_names(self, **kw)", get_schema_names, "The schemas." },
    { "get_view_definition(self, view_name, schema=None, **kw)", get_view_definition,
      "The text of a view." },
    { "has_table(self, table_name, schema=None, **kw)", has_table, "Whether it is there." },
    { "has_index(self, table_name, index_name, schema=None, **kw)", has_index,
      "Whether it is there." },
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
    { "clear_cache(self)", clear_cache, "Nothing is kept." },
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
        return give(call, mapper);
    if (record_of(subject, &table_record))
        return give(call, subject);
    return raise_sa(vm, "NoInspectionAvailable",
                    "No inspection system is available for object of type %s",
                    type_name(vm, subject));
}

const NativeRow inspect_row = { "inspect(subject, raiseerr=True)", inspect, "Look into it." };
