/* SPDX-License-Identifier: MIT */
#include "script/bind.h"

#include "py/obj_opaque.h"
#include "script/bind_dbapi.h"
#include "script/state.h"
#include "sql/keyword.h"

Arena *bind_arena(Vm *vm)
{
    return record_arena(vm);
}

Value box(Vm *vm, void *object)
{
    return object ? record_box(vm, object) : VALUE_NONE;
}

ScriptRef script_keep(Vm *vm, Value v)
{
    if (v.tag != TAG_OBJECT)
        return (ScriptRef){ NULL };
    vm_keep(vm, v);
    return (ScriptRef){ v.object };
}

bool script_datum(Vm *vm, Value v, Datum *datum)
{
    return record_datum(vm, bind_arena(vm), v, datum);
}

/* ---- names and texts ---- */

static bool is_instance(Vm *vm, Value v, const char *class_name, bool *is)
{
    Value cls;
    return bind_import(vm, "sqlalchemy.sql.elements", class_name, &cls) &&
           vm_isinstance(vm, v, cls, is);
}

static bool name_details(Vm *vm, Value v, Name *name)
{
    bool quoted = false;
    if (!is_instance(vm, v, "quoted_name", &quoted))
        return false;
    if (!quoted)
        return true;
    Value quote;
    if (!is_instance(vm, v, "conv", &name->final) || !vm_getattr_if(vm, v, "quote", &quote))
        return false;
    return to_tri(vm, quote, &name->quote);
}

bool to_name(Vm *vm, Value v, Name *name)
{
    *name = (Name){ 0 };
    if (!value_given(v) || value_is_none(v))
        return true;
    if (!to_text(vm, v, &name->text))
        return false;
    if (strcmp(type_name(vm, v), "str") == 0)
        return true;
    return name_details(vm, v, name);
}

bool to_text(Vm *vm, Value v, Str *text)
{
    *text = STR_NONE;
    if (!value_given(v) || value_is_none(v))
        return true;
    if (is_opaque(v))
        return opaque_refuse(vm, v, "a text");
    Str borrowed;
    if (!to_str(vm, v, &borrowed))
        return false;
    *text = str_dup(bind_arena(vm), borrowed);
    return true;
}

static bool name_of_item(Vm *vm, Value item, StrVec *names)
{
    const Column *column = record_of(item, &column_record);
    Str text;
    if (column)
        text = str_given(column->key) ? column->key : column->name.text;
    else if (!to_text(vm, item, &text))
        return false;
    VEC_PUSH(bind_arena(vm), names, text);
    return true;
}

bool to_names(Vm *vm, Value v, StrVec *names)
{
    *names = (StrVec){ 0 };
    if (!value_given(v) || value_is_none(v))
        return true;
    if (is_str(v) || record_of(v, &column_record))
        return name_of_item(vm, v, names);
    Value list;
    if (!vm_to_list(vm, v, &list))
        return false;
    for (size_t i = 0; i < list_len(list); i++)
        if (!name_of_item(vm, list_get(list, i), names))
            return false;
    return true;
}

bool to_tri(Vm *vm, Value v, Tri *tri)
{
    *tri = TRI_NONE;
    if (!value_given(v) || value_is_none(v))
        return true;
    bool truth;
    if (!to_truth(vm, v, &truth))
        return false;
    *tri = truth ? TRI_TRUE : TRI_FALSE;
    return true;
}

bool to_type(Vm *vm, Value v, Type **type)
{
    *type = NULL;
    if (!value_given(v) || value_is_none(v))
        return true;
    void *object;
    if (!to_record(vm, bind_arena(vm), v, &type_classes[TYPE_ENGINE].record, "type_", &object))
        return false;
    *type = object;
    return true;
}

bool to_expr(Vm *vm, Value v, Type *type, Expr **expr)
{
    if (is_opaque(v))
        return opaque_refuse(vm, v, "SQL");
    Value element;
    if (v.tag == TAG_OBJECT && !is_str(v) && !record_of(v, &expr_record) &&
        !record_of(v, &column_record)) {
        if (!vm_getattr_if(vm, v, "__clause_element__", &element))
            return false;
        if (value_given(element)) {
            if (!vm_call(vm, element, NULL, 0, &element))
                return false;
            record_hold(vm, element);
            return to_expr(vm, element, type, expr);
        }
    }
    Datum datum;
    if (!script_datum(vm, v, &datum))
        return false;
    *expr = expr_from_datum(bind_arena(vm), &datum, type);
    return true;
}

bool to_list(Vm *vm, Value v, Value *list)
{
    if (!vm_to_list(vm, v, list))
        return false;
    record_hold(vm, *list);
    return true;
}

bool bases_of(Vm *vm, Value v, Value *mro)
{
    return vm_getattr(vm, class_of(value_class(vm, v)), "__mro__", mro);
}

bool class_derives(Vm *vm, Value cls, Class *ancestor)
{
    Value mro;
    if (!is_class(cls) || !vm_getattr_if(vm, cls, "__mro__", &mro) || !is_tuple(mro))
        return false;
    for (size_t i = 0; i < tuple_len(mro); i++)
        if (value_same(tuple_get(mro, i), class_of(ancestor)))
            return true;
    return false;
}

bool bind_import(Vm *vm, const char *module, const char *name, Value *v)
{
    Value found;
    return vm_import(vm, str_from(module), &found) && vm_getattr(vm, found, name, v);
}

bool bind_call(Vm *vm, const char *module, const char *name, const Value *args, size_t count,
               Value *result)
{
    Value function;
    for (size_t i = 0; i < count; i++)
        vm_push(vm, args[i]);
    bool ok = bind_import(vm, module, name, &function) &&
              vm_call(vm, function, args, count, result);
    vm_pop(vm, count);
    return ok;
}

/* What **kw of the record's signature fills, or NULL. */
static const Field *options_field(const Record *record)
{
    for (; record; record = record->base)
        for (size_t i = 0; i < record->field_count; i++)
            if (record->fields[i].kind == FIELD_OPTIONS &&
                strcmp(record->fields[i].name, "kw") == 0)
                return &record->fields[i];
    return NULL;
}

bool options_check(Vm *vm, const Record *of, const Record *record, void *object)
{
    const Field *field = options_field(record);
    const Map *options = field ? &((const Options *)field_at(object, field))->map : NULL;
    for (size_t i = 0; options && i < options->len; i++) {
        Error err = vm_error(vm);
        if (!keyword_check(options->entries[i].key, of, &err))
            return raise_error(vm, &err);
    }
    return true;
}

/* ---- errors ---- */

Error vm_error(Vm *vm)
{
    return error_in(bind_arena(vm));
}

/* Which exception a code becomes; what stands in `text` as "TypeError: ..." goes before. */
static const struct {
    ErrorCode code;
    const char *module, *name;
} error_classes[] = {
    { ERR_COMMAND, "alembic.util.exc", "CommandError" },
    { ERR_USAGE, "alembic.util.exc", "CommandError" },
    { ERR_CONFIG, "alembic.util.exc", "CommandError" },
    { ERR_REVISION, "alembic.util.exc", "CommandError" },
    { ERR_FILE, "alembic.util.exc", "CommandError" },
    { ERR_URL, "sqlalchemy.exc", "ArgumentError" },
    { ERR_SCRIPT, "sqlalchemy.exc", "ArgumentError" },
    { ERR_SCHEMA, "sqlalchemy.exc", "CompileError" },
    { ERR_DATABASE, "sqlalchemy.exc", "OperationalError" },
    { ERR_UNSUPPORTED, "builtins", "NotImplementedError" },
};

static const char *const text_prefixes[] = {
    "TypeError", "ValueError", "KeyError", "AttributeError", "NotImplementedError", "IndexError",
};

static const char *const text_prefixes_sa[] = {
    "InvalidRequestError",           "NoSuchTableError",  "ResourceClosedError",
    "DuplicateColumnError",          "NoSuchModuleError", "IdentifierError",
    "ConstraintColumnNotFoundError", "CompileError",      "UnsupportedCompilationError",
};

static bool raise_prefixed_sa(Vm *vm, Str text, bool *done)
{
    for (size_t i = 0; i < sizeof text_prefixes_sa / sizeof *text_prefixes_sa; i++) {
        Str prefix = str_from(text_prefixes_sa[i]);
        if (!str_starts(text, prefix) || str_find(text, STR(": "), 0) != (ptrdiff_t)prefix.len)
            continue;
        Str rest = str_from_offset(text, prefix.len + 2);
        *done = true;
        return raise_sa(vm, text_prefixes_sa[i], "%.*s", STR_ARG(rest));
    }
    return true;
}

/* "TypeError: text" raises a TypeError. */
static bool raise_prefixed(Vm *vm, Str text, bool *done)
{
    for (size_t i = 0; i < sizeof text_prefixes / sizeof *text_prefixes; i++) {
        size_t length = strlen(text_prefixes[i]);
        if (str_starts(text, str_from(text_prefixes[i])) && text.len > length + 2 &&
            text.ptr[length] == ':') {
            Str rest = str_from_offset(text, length + 2);
            *done = true;
            return vm_raise(vm, text_prefixes[i], "%.*s", STR_ARG(rest));
        }
    }
    return raise_prefixed_sa(vm, text, done);
}

static bool raise_class(Vm *vm, const char *module, const char *name, const Value *args,
                        size_t count)
{
    Value exception;
    return bind_call(vm, module, name, args, count, &exception) && vm_raise_value(vm, exception);
}

static void error_remember(Vm *vm, const Error *err)
{
    ScriptState *state = script_of(vm)->state;
    Arena *arena = arena_new(script_of(vm)->arena);
    Error copy = error_in(arena);
    error_copy(&copy, err);
    arena_free(state->raised_arena);
    state->raised_arena = arena;
    state->raised = copy;
}

bool raise_error(Vm *vm, const Error *err)
{
    bool done = false;
    if (err->code == ERR_SCRIPT || err->code == ERR_SCHEMA) {
        if (!raise_prefixed(vm, err->text, &done) || done)
            return false;
    }
    if (err->code == ERR_CONNECT)
        return raise_database(vm, NULL, err);
    error_remember(vm, err);
    for (size_t i = 0; i < sizeof error_classes / sizeof *error_classes; i++) {
        if (error_classes[i].code == err->code) {
            const Value text = make_str(vm, err->text);
            return raise_class(vm, error_classes[i].module, error_classes[i].name, &text, 1);
        }
    }
    return vm_raise_error(vm, err);
}

/* The statement that failed was asked for earlier: the script could not have caught it there. */
static bool raise_late(Vm *vm, uint64_t token)
{
    Script *script = script_of(vm);
    Value traces = kept_get(script, KEPT_TRACES);
    size_t depth = vm_depth(vm), body = script->state->body_depth;
    Value trace = token < list_len(traces) ? list_get(traces, token) : VALUE_NONE;
    return vm_late(vm, body && body < depth ? body : depth, trace);
}

bool raise_connect(Vm *vm, const Url *url, const Error *err)
{
    if (err->code != ERR_CONNECT)
        return raise_error(vm, err);
    error_remember(vm, err);
    const DbFailure failure = { .dbapi = db_connect_error(url) };
    return dbapi_raise(vm, &failure, err, VALUE_NONE);
}

bool raise_statement(Vm *vm, const Conn *conn, const Error *err, Str shown, Value params)
{
    bool connecting = err->code == ERR_CONNECT;
    if (!connecting && (err->code != ERR_DATABASE || !conn))
        return raise_error(vm, err);
    error_remember(vm, err);
    const DbFailure failure = connecting || !conn ? (DbFailure){ 0 } : conn->failure;
    Error told = *err;
    if (str_given(shown))
        told.sql = shown;
    dbapi_raise(vm, &failure, &told, params);
    return failure.posted && failure.token < DB_OWN - 1 && raise_late(vm, failure.token);
}

bool raise_database(Vm *vm, const Conn *conn, const Error *err)
{
    return raise_statement(vm, conn, err, STR_NONE, VALUE_NONE);
}

bool raise_sa(Vm *vm, const char *class_name, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    Str text = str_vformat(bind_arena(vm), format, args);
    va_end(args);
    const Value value = make_str(vm, text);
    return raise_class(vm, "sqlalchemy.exc", class_name, &value, 1);
}

/* The exception that came out is the one that carried the remembered Error: their texts agree. */
static bool same_failure(const Error *err, const Error *raised)
{
    if (!error_set(raised))
        return false;
    Str first = raised->text, line;
    if (!str_line_next(&first, &line))
        return false;
    return str_find(err->text, line, 0) >= 0;
}

bool error_restore(Vm *vm, Error *err)
{
    ScriptState *state = script_of(vm)->state;
    const Error *raised = &state->raised;
    if (err->code != ERR_SCRIPT || !same_failure(err, raised))
        return false;
    Error merged = *raised;
    merged.arena = err->arena;
    merged.traceback = err->traceback;
    /* A command error is about the project, not about the line of env.py that it passed. */
    if (!str_given(merged.loc.file) && error_exit_status(raised) == 1)
        merged.loc = err->loc;
    error_clear(err);
    Str traceback = merged.traceback;
    error_copy(err, &merged);
    err->traceback = traceback;
    return false;
}

bool exception_to_error(Vm *vm, Error *err)
{
    vm_take_error(vm, err);
    return error_restore(vm, err);
}
