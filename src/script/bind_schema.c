/* SPDX-License-Identifier: MIT */
/* Table, MetaData, Column, constraints, Index and Sequence: what they do beyond their members. */
#include "ops/op_def.h"
#include "py/obj_list.h"
#include "py/obj_opaque.h"
#include "script/bind_create_all.h"
#include "script/bind_event.h"
#include "script/bind_expr.h"
#include "script/bind_facts.h"
#include "script/bind_mock.h"
#include "script/bind_run.h"

static Table *table_self(Value self)
{
    return record_of(self, &table_record);
}

static Value set_of(Vm *vm, void *const *items, size_t count, bool *ok)
{
    Value set = make_set(vm, false);
    *ok = true;
    for (size_t i = 0; *ok && i < count; i++)
        *ok = set_add(vm, set, box(vm, items[i]));
    return set;
}

/* ---- Table ---- */

static Table *existing(const MetaData *metadata, Str schema, Str name)
{
    return metadata ? metadata_table(metadata, schema, name) : NULL;
}

/* Table("name", metadata) without columns gives the table that is there. */
static bool table_call_new(Vm *vm, Call *call)
{
    ARGS(call, cls, args, kw);
    Name name = { 0 };
    Str schema = STR_NONE;
    Value first = tuple_len(args) ? tuple_get(args, 0) : keyword(kw, "name");
    Value second = tuple_len(args) > 1 ? tuple_get(args, 1) : keyword(kw, "metadata");
    const MetaData *metadata = value_given(second) ? record_of(second, &metadata_record) : NULL;
    if (value_given(second) && is_opaque(second))
        return opaque_refuse(vm, second, "the MetaData of a Table");
    if (!to_name(vm, first, &name) || !to_text(vm, keyword(kw, "schema"), &schema))
        return false;
    Table *table = str_given(name.text) ? existing(metadata, schema, name.text) : NULL;
    bool bare = tuple_len(args) <= 2;
    if (table &&
        (bare || is_true(keyword(kw, "extend_existing")) || is_true(keyword(kw, "keep_existing"))))
        return give(call, box(vm, table));
    Table *made = record_new(bind_arena(vm), &table_record);
    made->head.loc = vm_loc(vm);
    (void)cls;
    return give(call, box(vm, made));
}

/* autoload_with=: the columns and keys come from the database; columns given here win. */
static bool table_autoload(Vm *vm, Table *table, Value bind)
{
    Table *found;
    Error err = vm_error(vm);
    Str schema = table->schema.text;
    if (!bind_reflect(vm, bind, NULL, schema, table->name.text, &found))
        return false;
    if (!found)
        return raise_sa(vm, "NoSuchTableError", "%.*s", STR_ARG(table->name.text));
    for (size_t i = 0; i < found->columns.len; i++) {
        Column *copy = found->columns.items[i];
        if (table_column_named(table, copy->name.text))
            continue;
        copy = column_copy(bind_arena(vm), copy);
        if (!table_add_column(bind_arena(vm), table, copy, &err))
            return raise_error(vm, &err);
    }
    for (size_t i = 0; i < found->constraints.len; i++) {
        Constraint *copy = constraint_copy(bind_arena(vm), found->constraints.items[i]);
        if (!table_add_constraint(bind_arena(vm), table, copy, &err))
            return raise_error(vm, &err);
    }
    for (size_t i = 0; i < found->indexes.len; i++)
        if (!table_add_index(bind_arena(vm), table,
                             index_copy(bind_arena(vm), found->indexes.items[i]), &err))
            return raise_error(vm, &err);
    return true;
}

/* extend_existing=True: more columns and constraints for the table that is there. */
static bool table_extend(Vm *vm, Table *table, Value args)
{
    Error err = vm_error(vm);
    for (size_t i = 2; i < tuple_len(args); i++) {
        Datum item;
        if (!script_datum(vm, tuple_get(args, i), &item))
            return false;
        const Column *column = record_of(tuple_get(args, i), &column_record);
        if (column && table_column(table, column->key))
            continue;
        if (!table_add(bind_arena(vm), table, &item, &err))
            return raise_error(vm, &err);
    }
    return true;
}

static bool table_init(Vm *vm, Call *call)
{
    ARGS(call, self, args, kw);
    Table *table = table_self(self);
    Args all = args_of(args, kw);
    Value autoload = keyword(kw, "autoload_with");
    if (table->metadata || table->columns.len) {
        if (is_true(keyword(kw, "extend_existing")) && !table_extend(vm, table, args))
            return false;
    } else if (!record_bind(vm, bind_arena(vm), &table_record, NULL, &all, table) ||
               !options_check(vm, &table_record, &table_record, table)) {
        return false;
    }
    if (value_given(autoload) && !value_is_none(autoload) && !table_autoload(vm, table, autoload))
        return false;
    return event_fire_attach(vm, self);
}

static bool table_c(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, columns_new(vm, self));
}

static bool table_fullname(Vm *vm, Call *call)
{
    ARGS(call, self);
    const Table *table = table_self(self);
    return give(call,
                make_str(vm, table_key(bind_arena(vm), table->schema.text, table->name.text)));
}

static bool table_constraints(Vm *vm, Call *call)
{
    ARGS(call, self);
    const Table *table = table_self(self);
    bool ok;
    Value set = set_of(vm, (void *const *)table->constraints.items, table->constraints.len, &ok);
    return ok && give(call, set);
}

static bool table_indexes(Vm *vm, Call *call)
{
    ARGS(call, self);
    const Table *table = table_self(self);
    bool ok;
    Value set = set_of(vm, (void *const *)table->indexes.items, table->indexes.len, &ok);
    return ok && give(call, set);
}

static bool add_elements(Vm *vm, Value set, Constraint *constraint, const Column *parent)
{
    constraint_elements(bind_arena(vm), constraint);
    VEC_EACH (ForeignKey *, each, &constraint->elements)
        if ((!parent || (*each)->parent == parent) && !set_add(vm, set, box(vm, *each)))
            return false;
    return true;
}

static bool table_foreign_keys(Vm *vm, Call *call)
{
    ARGS(call, self);
    const Table *table = table_self(self);
    Value set = make_set(vm, false);
    VEC_EACH (Constraint *, each, &table->constraints)
        if ((*each)->kind == CONSTRAINT_FOREIGN_KEY && !add_elements(vm, set, *each, NULL))
            return false;
    return give(call, set);
}

static bool table_foreign_key_constraints(Vm *vm, Call *call)
{
    ARGS(call, self);
    const Table *table = table_self(self);
    Value set = make_set(vm, false);
    VEC_EACH (Constraint *, each, &table->constraints)
        if ((*each)->kind == CONSTRAINT_FOREIGN_KEY && !set_add(vm, set, box(vm, *each)))
            return false;
    return give(call, set);
}

static bool table_create(Vm *vm, Call *call)
{
    ARGS(call, self, bind, checkfirst);
    return table_create_drop(vm, self, bind, checkfirst, true);
}

static bool table_drop(Vm *vm, Call *call)
{
    ARGS(call, self, bind, checkfirst);
    return table_create_drop(vm, self, bind, checkfirst, false);
}

static bool table_append(Vm *vm, Call *call)
{
    ARGS(call, self, item);
    Datum datum;
    Error err = vm_error(vm);
    return script_datum(vm, item, &datum) &&
           (table_add(bind_arena(vm), table_self(self), &datum, &err) || raise_error(vm, &err));
}

static bool table_copied(Vm *vm, Call *call)
{
    ARGS(call, self, metadata, schema, referred_schema_fn, name);
    void *to;
    Name as;
    Table *copy;
    Error err = vm_error(vm);
    (void)referred_schema_fn;
    if (!to_record(vm, bind_arena(vm), metadata, &metadata_record, "metadata", &to) ||
        !to_name(vm, name, &as))
        return false;
    if (!table_to_metadata(bind_arena(vm), table_self(self), to, as, &copy, &err))
        return raise_error(vm, &err);
    if (value_given(schema) && !to_name(vm, schema, &copy->schema))
        return false;
    return give(call, box(vm, copy));
}

/* table.insert(), .select(), .join(...): the function of that name with the table first. */
static bool table_function(Vm *vm, Call *call)
{
    const char *signature = call->row->signature;
    Str name = { signature, strcspn(signature, "(") };
    Value function, result;
    Value list = make_list(vm, call->args, 1);
    if (str_is(name, "select") && tuple_len(call->args[1]))
        list = make_list(vm, &list, 1); /* the 1.x form: select([table], whereclause) */
    for (size_t i = 0; i < tuple_len(call->args[1]); i++)
        list_append(vm, list, tuple_get(call->args[1], i));
    vm_push(vm, list);
    bool ok =
        bind_import(vm, "sqlalchemy", str_cstr(bind_arena(vm), name), &function) &&
        vm_call_kw(vm, function, as_list(list)->items, list_len(list), call->args[2], &result);
    vm_pop(vm, 1);
    return ok && give(call, result);
}

static bool table_repr(Vm *vm, Call *call)
{
    ARGS(call, self);
    const Table *table = table_self(self);
    return give(call,
                make_str(vm, table_key(bind_arena(vm), table->schema.text, table->name.text)));
}

static const NativeRow table_methods[] = {
    { "__new__(cls, *args, **kw)", table_call_new, "The table that is there, or a new one." },
    { "__init__(self, *args, **kw)", table_init, "Bind the arguments." },
    { "__str__(self)", table_repr, "The full name." },
    { "create(self, bind=None, checkfirst=False)", table_create, "CREATE TABLE." },
    { "drop(self, bind=None, checkfirst=False)", table_drop, "DROP TABLE." },
    { "append_column(self, column, *, replace_existing=False)", table_append, "Add a column." },
    { "append_constraint(self, constraint)", table_append, "Add a constraint." },
    { "to_metadata(self, metadata, schema=..., referred_schema_fn=None, name=None)", table_copied,
      "A copy in another MetaData." },
    { "tometadata(self, metadata, schema=..., referred_schema_fn=None, name=None)", table_copied,
      "A copy in another MetaData." },
    { "select(self, *args, **kw)", table_function, "SELECT." },
    { "insert(self, *args, **kw)", table_function, "INSERT." },
    { "update(self, *args, **kw)", table_function, "UPDATE." },
    { "delete(self, *args, **kw)", table_function, "DELETE." },
    { "join(self, *args, **kw)", table_function, "JOIN." },
    { "outerjoin(self, *args, **kw)", table_function, "LEFT JOIN." },
    { "alias(self, *args, **kw)", table_function, "An alias." },
    { "tablesample(self, *args, **kw)", table_function, "A sample." },
    { "lateral(self, *args, **kw)", table_function, "LATERAL." },
};
static bool table_info(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, record_dict(vm, self, "info", &table_self(self)->info));
}

static const NativeRow table_getters[] = {
    { "info(self)", table_info, "What the script keeps with it." },
    { "c(self)", table_c, "The columns." },
    { "columns(self)", table_c, "The columns." },
    { "fullname(self)", table_fullname, "Schema and name." },
    { "key(self)", table_fullname, "Schema and name." },
    { "description(self)", table_fullname, "Schema and name." },
    { "constraints(self)", table_constraints, "The constraints." },
    { "indexes(self)", table_indexes, "The indexes." },
    FACT_INFO,
    { "foreign_keys(self)", table_foreign_keys, "The foreign keys." },
    { "foreign_key_constraints(self)", table_foreign_key_constraints, "The constraints of them." },
};

/* ---- MetaData ---- */

static MetaData *metadata_self(Value self)
{
    return record_of(self, &metadata_record);
}

static bool metadata_tables(Vm *vm, Call *call)
{
    ARGS(call, self);
    const MetaData *metadata = metadata_self(self);
    Value out = make_dict(vm);
    for (size_t i = 0; i < metadata->tables.len; i++)
        dict_set_str(vm, out, metadata->tables.entries[i].key,
                     box(vm, metadata->tables.entries[i].value));
    return give(call, out);
}

static bool metadata_sorted_tables(Vm *vm, Call *call)
{
    ARGS(call, self);
    TableVec sorted = metadata_sorted(bind_arena(vm), metadata_self(self));
    Value list = make_list(vm, NULL, 0);
    for (size_t i = 0; i < sorted.len; i++)
        list_append(vm, list, box(vm, sorted.items[i]));
    return give(call, list);
}

/* MetaData.reflect(): which tables are read. */
typedef struct ReflectCall {
    Vm *vm;
    Value self, only;
    MetaData *metadata;
    StrVec names;   /* only=[...] */
    StrVec offered; /* what the database has */
    bool callable;  /* only=function */
    bool raised;    /* by that function: the exception is pending */
    Str schema;
    bool views, resolve;
} ReflectCall;

static bool call_only(ReflectCall *call, Str name, bool *include, Error *err)
{
    Value args[] = { make_str(call->vm, name), call->self }, answer;
    call->raised =
        !vm_call(call->vm, call->only, args, 2, &answer) || !to_truth(call->vm, answer, include);
    return !call->raised || fail(err, ERR_SCRIPT, "only= raised");
}

static bool reflect_include(void *context, ReflectItem item, Str schema, Str name, bool *include,
                            Error *err)
{
    ReflectCall *call = context;
    *include = true;
    if (item != REFLECT_TABLE)
        return true;
    VEC_PUSH(bind_arena(call->vm), &call->offered, name);
    *include = !metadata_table(call->metadata, schema, name) &&
               (call->names.len == 0 || strvec_find(&call->names, name) >= 0);
    return !*include || !call->callable || call_only(call, name, include, err);
}

static bool reflect_tables(Vm *vm, Conn *conn, const Reflector *reflector, void *context)
{
    ReflectCall *call = context;
    StrVec schemas = { 0 };
    Reflection seen;
    Error err = vm_error(vm);
    const ReflectWanted wanted = { .schemas = &schemas,
                                   .include = reflect_include,
                                   .context = call,
                                   .views = call->views,
                                   .materialized_views = call->views };
    VEC_PUSH(bind_arena(vm), &schemas, call->schema);
    if (reflect_schemas(conn, bind_arena(vm), call->metadata, &wanted, &seen, &err))
        return true;
    return !call->raised && raise_database(vm, conn, &err);
}

/* The tables that foreign keys refer to, theirs, and so on. */
static bool reflect_referred(Vm *vm, Value bind, MetaData *metadata)
{
    for (size_t i = 0; i < metadata->tables.len; i++) {
        const Table *table = metadata->tables.entries[i].value;
        for (size_t k = 0; table->reflected && k < table->constraints.len; k++) {
            Constraint *key = table->constraints.items[k];
            if (key->kind != CONSTRAINT_FOREIGN_KEY || key->ref)
                continue;
            key->ref = metadata_table(metadata, key->ref_schema, key->ref_table);
            if (!key->ref &&
                !bind_reflect(vm, bind, metadata, key->ref_schema, key->ref_table, &key->ref))
                return false;
        }
    }
    return true;
}

static bool check_offered(Vm *vm, Value bind, const ReflectCall *call)
{
    StrVec missing = { 0 };
    Value shown;
    Str text;
    VEC_EACH (const Str, name, &call->names)
        if (strvec_find(&call->offered, *name) < 0)
            VEC_PUSH(bind_arena(vm), &missing, *name);
    if (missing.len == 0)
        return true;
    if (!vm_repr(vm, bind, &shown) || !to_text(vm, shown, &text))
        return false;
    return raise_sa(vm, "InvalidRequestError",
                    "Could not reflect: requested table(s) not available in %.*s: (%.*s)",
                    STR_ARG(text), STR_ARG(strvec_join(bind_arena(vm), &missing, STR(", "))));
}

static bool metadata_reflect(Vm *vm, Call *given)
{
    const Value bind = given->args[1];
    ReflectCall call = { .vm = vm,
                         .self = given->args[0],
                         .only = given->args[4],
                         .metadata = metadata_self(given->args[0]) };
    call.callable = is_callable(vm, call.only);
    if (!to_text(vm, given->args[2], &call.schema) || !to_truth(vm, given->args[3], &call.views) ||
        !to_truth(vm, given->args[7], &call.resolve) ||
        !to_names(vm, call.callable ? VALUE_NONE : call.only, &call.names))
        return false;
    if (!str_given(call.schema))
        call.schema = call.metadata->schema.text;
    return bind_with_reflector(vm, bind, reflect_tables, &call) && check_offered(vm, bind, &call) &&
           (!call.resolve || reflect_referred(vm, bind, call.metadata));
}

static bool metadata_clear(Vm *vm, Call *call)
{
    ARGS(call, self);
    MetaData *metadata = metadata_self(self);
    metadata->tables = map_in(metadata->arena ? metadata->arena : bind_arena(vm));
    return true;
}

static bool metadata_remove(Vm *vm, Call *call)
{
    ARGS(call, self, table);
    MetaData *metadata = metadata_self(self);
    const Table *gone = record_of(table, &table_record);
    if (!gone)
        return vm_raise(vm, "TypeError", "expected a Table, got %s", type_name(vm, table));
    map_remove(&metadata->tables, table_key(bind_arena(vm), gone->schema.text, gone->name.text));
    return true;
}

static bool metadata_contains(Vm *vm, Call *call)
{
    ARGS(call, self, key);
    Str text = STR_NONE;
    const Table *table = record_of(key, &table_record);
    if (table)
        text = table_key(bind_arena(vm), table->schema.text, table->name.text);
    else if (!to_text(vm, key, &text))
        return false;
    return give(call, value_bool(map_has(&metadata_self(self)->tables, text)));
}

static const NativeRow metadata_methods[] = {
    { "create_all(self, bind=None, tables=None, checkfirst=True)", metadata_create_all,
      "CREATE TABLE for all." },
    { "drop_all(self, bind=None, tables=None, checkfirst=True)", metadata_drop_all,
      "DROP TABLE for all." },
    { "reflect(self, bind=None, schema=None, views=False, only=None, extend_existing=False, "
      "autoload_replace=True, resolve_fks=True, **kw)",
      metadata_reflect, "Read the database's tables." },
    { "clear(self)", metadata_clear, "Forget all tables." },
    { "remove(self, table)", metadata_remove, "Forget a table." },
    { "__contains__(self, table_or_key, /)", metadata_contains, "Whether the table is there." },
};
static bool metadata_info(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, record_dict(vm, self, "info", &metadata_self(self)->info));
}

static const NativeRow metadata_getters[] = {
    { "info(self)", metadata_info, "What the script keeps with it." },
    { "tables(self)", metadata_tables, "The tables by full name." },
    FACT_INFO,
    { "sorted_tables(self)", metadata_sorted_tables, "Each after those that it refers to." },
};

/* ---- Column ---- */

static Column *column_self(Value self)
{
    return record_of(self, &column_record);
}

/* Among *args a name is a plain text; what quoted_name() says of it is told here. */
static bool column_init(Vm *vm, Call *call)
{
    ARGS(call, self);
    Column *column = column_self(self);
    Args args = args_rest(call->given);
    Name name;
    if (!record_bind(vm, bind_arena(vm), &column_record, NULL, &args, column) ||
        !options_check(vm, &column_record, &column_record, column))
        return false;
    if (args.count == 0 || !is_str(args.items[0]))
        return true;
    if (!to_name(vm, args.items[0], &name))
        return false;
    if (name.quote != TRI_NONE)
        column->name.quote = name.quote;
    return true;
}

static bool column_copied(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, box(vm, column_copy(bind_arena(vm), column_self(self))));
}

static bool column_merged(Vm *vm, Call *call)
{
    ARGS(call, self, other);
    void *from;
    if (!to_record(vm, bind_arena(vm), other, &column_record, "other", &from))
        return false;
    column_merge(bind_arena(vm), column_self(self), from);
    return true;
}

static bool column_references(Vm *vm, Call *call)
{
    ARGS(call, self, column);
    const Column *to = record_of(column, &column_record), *from = column_self(self);
    for (size_t i = 0; to && to->table && i < from->foreign_keys.len; i++) {
        const Constraint *key = from->foreign_keys.items[i]->constraint;
        if (key && str_eq(key->ref_table, to->table->name.text) &&
            strvec_find(&key->ref_columns, to->name.text) >= 0)
            return give(call, value_bool(true));
    }
    return give(call, value_bool(false));
}

/* Its own, and those of the table's ForeignKeyConstraints that it is in. */
static bool column_foreign_keys(Vm *vm, Call *call)
{
    ARGS(call, self);
    const Column *column = column_self(self);
    bool ok;
    Value set =
        set_of(vm, (void *const *)column->foreign_keys.items, column->foreign_keys.len, &ok);
    if (ok && column->table)
        VEC_EACH (Constraint *, each, &column->table->constraints)
            if ((*each)->kind == CONSTRAINT_FOREIGN_KEY && !(*each)->of_column)
                ok = ok && add_elements(vm, set, *each, column);
    return ok && give(call, set);
}

static bool column_nullable_get(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, value_bool(column_nullable(column_self(self))));
}

static bool column_type_get(Vm *vm, Call *call)
{
    ARGS(call, self);
    const Column *column = column_self(self);
    return give(call, box(vm, column->type ? column->type : type_new(bind_arena(vm), TYPE_NULL)));
}

static bool column_expression(Vm *vm, Call *call)
{
    return give(call, call->args[0]);
}

static const NativeRow column_methods[] = {
    { "__init__(self, *args, **kw)", column_init, "Bind the arguments.", true },
    { "copy(self, **kw)", column_copied, "A copy that stands alone." },
    { "_copy(self, **kw)", column_copied, "A copy that stands alone." },
    { "_merge(self, other)", column_merged, "Take over what was not given." },
    { "references(self, column)", column_references, "Whether a foreign key leads there." },
};
static bool column_info(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, record_dict(vm, self, "info", &column_self(self)->info));
}

static const NativeRow column_getters[] = {
    { "info(self)", column_info, "What the script keeps with it." },
    { "foreign_keys(self)", column_foreign_keys, "The foreign keys." },
    { "type(self)", column_type_get, "The type." },
    FACT_INFO,
    { "nullable(self)", column_nullable_get, "Whether NULL is allowed." },
    { "expression(self)", column_expression, "The column." },
};

/* ---- constraints, indexes, sequences ---- */

static bool constraint_columns(Vm *vm, Call *call)
{
    ARGS(call, self);
    const Constraint *constraint = record_of(self, &constraint_record);
    const Index *index = record_of(self, &index_record);
    const Table *table = constraint ? constraint->table : index->table;
    StrVec names = constraint ? constraint->columns : index_columns(bind_arena(vm), index);
    Value list = make_list(vm, NULL, 0);
    for (size_t i = 0; i < names.len; i++) {
        Column *column = table ? table_column(table, names.items[i]) : NULL;
        if (!column && table)
            column = table_column_named(table, names.items[i]);
        if (!column)
            column = column_new(bind_arena(vm), name_from(names.items[i]), NULL);
        list_append(vm, list, box(vm, column));
    }
    return give(call, columns_new(vm, list));
}

static bool index_there(Vm *vm, Value bind, const Index *index, bool *found)
{
    Table *table = NULL;
    *found = false;
    if (index->table &&
        !bind_reflect(vm, bind, NULL, index->table->schema.text, index->table->name.text, &table))
        return false;
    for (size_t i = 0; table && i < table->indexes.len; i++)
        *found |= str_eq(table->indexes.items[i]->name.text, index->name.text);
    return true;
}

static bool index_ddl(Vm *vm, Call *call)
{
    ARGS(call, self, bind, checkfirst);
    Index *index = record_of(self, &index_record);
    bool create = strncmp(call->row->signature, "create", 6) == 0, check, found = !create;
    if (!to_truth(vm, checkfirst, &check) ||
        (check && !is_offline_bind(vm, bind) && !bind_is_mock(vm, bind) &&
         !index_there(vm, bind, index, &found)))
        return false;
    if (found == create)
        return true;
    if (create) {
        CreateIndex *op = op_new(bind_arena(vm), &create_index_def);
        op->index = index;
        op->name = index->name;
        if (index->table)
            op->table = (TableName){ index->table->schema, index->table->name };
        return bind_run_op(vm, bind, &op->op);
    }
    DropIndex *op = op_new(bind_arena(vm), &drop_index_def);
    op->index = index;
    op->name = index->name;
    if (index->table)
        op->table = (TableName){ index->table->schema, index->table->name };
    return bind_run_op(vm, bind, &op->op);
}

static bool sequence_ddl(Vm *vm, Call *call)
{
    ARGS(call, self, bind, checkfirst);
    bool create = strncmp(call->row->signature, "create", 6) == 0;
    SequenceOp *op = op_new(bind_arena(vm), create ? &create_sequence_def : &drop_sequence_def);
    Sequence *sequence = op->sequence = record_of(self, &sequence_record);
    bool found = !create, check;
    if (!to_truth(vm, checkfirst, &check) ||
        (check && !is_offline_bind(vm, bind) && !bind_is_mock(vm, bind) &&
         !bind_has_sequence(vm, bind, sequence->schema, sequence->name.text, &found)))
        return false;
    return found == create || bind_run_op(vm, bind, &op->op);
}

static bool sequence_next(Vm *vm, Call *call)
{
    ARGS(call, self);
    Expr *made = expr_new(bind_arena(vm), EXPR_SEQUENCE_NEXT);
    made->sequence = record_of(self, &sequence_record);
    return give(call, box(vm, made));
}

static bool foreign_key_target(Vm *vm, Call *call)
{
    ARGS(call, self);
    const ForeignKey *key = record_of(self, &foreign_key_record);
    Value v;
    if (key->column.kind == DATUM_STR)
        return give(call, make_str(vm, key->column.text));
    return from_datum(vm, &key->column, &v) && give(call, v);
}

static Table *referred_table(const Constraint *constraint)
{
    if (constraint->ref || !constraint->table || !constraint->table->metadata)
        return constraint->ref;
    return metadata_table(constraint->table->metadata, constraint->ref_schema,
                          constraint->ref_table);
}

static bool no_referred(Vm *vm, const Constraint *constraint)
{
    return raise_sa(vm, "NoReferencedTableError", "Foreign key could not find table '%.*s'",
                    STR_ARG(constraint->ref_table));
}

/* The Column that a ForeignKey refers to. */
static bool foreign_key_column(Vm *vm, Call *call)
{
    ARGS(call, self);
    const ForeignKey *key = record_of(self, &foreign_key_record);
    Value v;
    if (key->column.kind != DATUM_STR)
        return from_datum(vm, &key->column, &v) && give(call, v);
    if (!key->constraint)
        return raise_sa(vm, "InvalidRequestError",
                        "this ForeignKey object does not yet have a parent Column associated with "
                        "it");
    const Table *table = referred_table(key->constraint);
    if (!table)
        return no_referred(vm, key->constraint);
    ptrdiff_t dot = str_rfind_char(key->column.text, '.');
    Column *column = table_column(table, str_from_offset(key->column.text, (size_t)(dot + 1)));
    return column ? give(call, box(vm, column))
                  : raise_sa(vm, "NoReferencedColumnError", "no column of '%.*s'",
                             STR_ARG(key->column.text));
}

static bool constraint_elements_get(Vm *vm, Call *call)
{
    ARGS(call, self);
    Constraint *constraint = record_of(self, &foreign_key_constraint_record);
    Value list = make_list(vm, NULL, 0);
    constraint_elements(bind_arena(vm), constraint);
    VEC_EACH (ForeignKey *, each, &constraint->elements)
        list_append(vm, list, box(vm, *each));
    return give(call, list);
}

static bool constraint_referred(Vm *vm, Call *call)
{
    ARGS(call, self);
    const Constraint *constraint = record_of(self, &foreign_key_constraint_record);
    Table *table = referred_table(constraint);
    return table ? give(call, box(vm, table)) : no_referred(vm, constraint);
}

/* Options of constraints, indexes and foreign keys. */
static bool item_made(Vm *vm, Value made)
{
    const RecordObj *object = (const RecordObj *)(const void *)made.object;
    const Record *of = record_is(object->record, &foreign_key_record)
                           ? &foreign_key_constraint_record
                           : object->record;
    return options_check(vm, of, object->record, object->object);
}

static const NativeRow constraint_getters[] = {
    { "columns(self)", constraint_columns, "The columns." },
    FACT_INFO,
    FACT_NAME,
};
static const NativeRow index_getters[] = {
    { "columns(self)", constraint_columns, "The columns." },
    { "expressions(self)", fact_expressions, "Columns and expressions." },
    FACT_INFO,
    FACT_NAME,
};
static const NativeRow foreign_key_constraint_getters[] = {
    { "elements(self)", constraint_elements_get, "A ForeignKey for each column." },
    { "referred_table(self)", constraint_referred, "The table that it refers to." },
};
static const NativeRow index_methods[] = {
    { "create(self, bind=None, checkfirst=False)", index_ddl, "CREATE INDEX." },
    { "drop(self, bind=None, checkfirst=False)", index_ddl, "DROP INDEX." },
};
static const NativeRow sequence_methods[] = {
    { "create(self, bind=None, checkfirst=True)", sequence_ddl, "CREATE SEQUENCE." },
    { "drop(self, bind=None, checkfirst=True)", sequence_ddl, "DROP SEQUENCE." },
    { "next_value(self)", sequence_next, "The next number." },
};
static const NativeRow foreign_key_getters[] = {
    { "target_fullname(self)", foreign_key_target, "What it refers to." },
    { "column(self)", foreign_key_column, "The Column that it refers to." },
};

static const Record *const plain_records[] = {
    &identity_record,
    &computed_record,
    &fetched_value_record,
};

static const RecordHooks schema_hooks[] = {
    { .record = &table_record,
      .methods = table_methods,
      .method_count = sizeof table_methods / sizeof *table_methods,
      .getters = table_getters,
      .getter_count = sizeof table_getters / sizeof *table_getters,
      .module = "sqlalchemy.sql.schema" },
    { .record = &metadata_record,
      .methods = metadata_methods,
      .method_count = sizeof metadata_methods / sizeof *metadata_methods,
      .getters = metadata_getters,
      .getter_count = sizeof metadata_getters / sizeof *metadata_getters,
      .module = "sqlalchemy.sql.schema" },
    { .record = &constraint_record,
      .made = item_made,
      .getters = constraint_getters,
      .getter_count = sizeof constraint_getters / sizeof *constraint_getters,
      .module = "sqlalchemy.sql.schema" },
    { .record = &foreign_key_constraint_record,
      .made = item_made,
      .getters = foreign_key_constraint_getters,
      .getter_count =
          sizeof foreign_key_constraint_getters / sizeof *foreign_key_constraint_getters,
      .module = "sqlalchemy.sql.schema" },
    { .record = &index_record,
      .made = item_made,
      .methods = index_methods,
      .method_count = sizeof index_methods / sizeof *index_methods,
      .getters = index_getters,
      .getter_count = sizeof index_getters / sizeof *index_getters,
      .module = "sqlalchemy.sql.schema" },
    { .record = &sequence_record,
      .methods = sequence_methods,
      .method_count = sizeof sequence_methods / sizeof *sequence_methods,
      .module = "sqlalchemy.sql.schema" },
    { .record = &foreign_key_record,
      .made = item_made,
      .getters = foreign_key_getters,
      .getter_count = sizeof foreign_key_getters / sizeof *foreign_key_getters,
      .module = "sqlalchemy.sql.schema" },
};

/* Columns have their own methods and those of all expressions. */
static void column_register(Vm *vm)
{
    size_t own = sizeof column_methods / sizeof *column_methods;
    NativeRow *rows = ARENA_ARRAY(bind_arena(vm), NativeRow, own + element_method_count);
    memcpy(rows, column_methods, sizeof column_methods);
    for (size_t i = 0; i < element_method_count; i++)
        rows[own + i] = element_methods[i];
    RecordHooks *hooks = ARENA_NEW(bind_arena(vm), RecordHooks);
    *hooks = (RecordHooks){ .record = &column_record,
                            .methods = rows,
                            .method_count = own + element_method_count,
                            .getters = column_getters,
                            .getter_count = sizeof column_getters / sizeof *column_getters,
                            .module = "sqlalchemy.sql.schema" };
    record_register(vm, hooks);
}

void bind_schema_register(Vm *vm)
{
    for (size_t i = 0; i < sizeof schema_hooks / sizeof *schema_hooks; i++)
        record_register(vm, &schema_hooks[i]);
    for (size_t i = 0; i < sizeof plain_records / sizeof *plain_records; i++) {
        RecordHooks *hooks = ARENA_NEW(bind_arena(vm), RecordHooks);
        *hooks = (RecordHooks){ .record = plain_records[i],
                                .module = "sqlalchemy.sql.schema" };
        record_register(vm, hooks);
    }
    column_register(vm);
}
