/* SPDX-License-Identifier: MIT */
#include "py/vm.h"

#include <time.h>

#include "base/file.h"
#include "py/ahead.h"
#include "py/compile.h"
#include "py/frame.h"
#include "py/modules.h"
#include "py/obj_module.h"
#include "py/vm_call.h"
#include "py/vm_ops.h"

/* Trees of a file lie in one arena, which is kept for the next file unless it grew large. */
enum { WORK_FIRST = 32 << 10, WORK_KEPT = 512 << 10 };
enum { DEFAULT_DEPTH = 1000, DEFAULT_HEAP = 256 << 20, DEFAULT_STRING = 64 << 20 };

static const char *const symbol_texts[] = {
#define X(name) #name,
    SYMBOLS(X)
#undef X
};

/* ---- making ---- */

static void set_limits(Vm *vm, const VmOptions *options)
{
    vm->limits = options->limits;
    if (!vm->limits.depth)
        vm->limits.depth = DEFAULT_DEPTH;
    if (!vm->limits.heap_bytes)
        vm->limits.heap_bytes = DEFAULT_HEAP;
    if (!vm->limits.string_bytes)
        vm->limits.string_bytes = DEFAULT_STRING;
    vm->heap.limit = vm->limits.heap_bytes;
    vm->heap.stress = options->gc_stress;
    heap_set_threshold(&vm->heap, 0);
    vm->interrupted = options->interrupted ? options->interrupted : &vm->uninterrupted;
    vm->steps = vm->limits.steps;
    vm->limited = vm->limits.steps || vm->limits.seconds > 0;
    if (vm->limits.seconds > 0) {
        struct timespec now;
        clock_gettime(CLOCK_MONOTONIC, &now);
        vm->deadline = (double)now.tv_sec + (double)now.tv_nsec / 1e9 + vm->limits.seconds;
    }
}

static ListObj *list_of_texts(Vm *vm, const StrVec *texts)
{
    ListObj *list = list_new(vm, 0);
    for (size_t i = 0; texts && i < texts->len; i++)
        list_push(vm, list, make_str(vm, texts->items[i]));
    return list;
}

static void vm_drop(void *context)
{
    Vm *vm = context;
    if (arena_is_left(vm->arena))
        return;
    heap_free(vm);
    stack_free(vm);
    mem_free(vm->interned);
    mem_free(vm->roots);
    mem_free(vm->cache);
    mem_free(vm->native_classes);
    mem_free(vm->records);
}

Vm *vm_new(Arena *arena, const VmOptions *options)
{
    Vm *vm = ARENA_NEW(arena, Vm);
    vm->arena = arena_new(arena);
    arena_on_free(vm->arena, vm_drop, vm);
    vm->pending = VALUE_UNSET;
    vm->handled = VALUE_NONE;
    vm->cache = mem_alloc(ATTR_CACHE_SIZE * sizeof *vm->cache);
    vm->class_version = 1;
    vm->native_modules = map_in(vm->arena);
    vm->preludes = map_in(vm->arena);
    vm->log = options->log ? options->log : log_tree_new(vm->arena);
    vm->work = arena_new_for(vm->arena, WORK_FIRST);
    heap_open(vm);
    set_limits(vm, options);
    class_bootstrap(vm);
    for (size_t i = 0; i < SYM_COUNT; i++)
        vm->symbols[i] = str_intern(vm, str_from(symbol_texts[i]));
    vm->object_new = object_new_row();
    vm->modules = dict_new(vm);
    vm->opaque_classes = list_new(vm, 0);
    vm->builtins = dict_new(vm);
    vm->slots = dict_new(vm);
    vm->kept = list_new(vm, 0);
    vm->path = list_of_texts(vm, options->search_path);
    vm->argv = list_of_texts(vm, options->argv);
    vm_add_module(vm, &builtins_module);
    modules_register(vm);
    return vm;
}

Arena *vm_arena(Vm *vm)
{
    return vm->arena;
}

void vm_set_context(Vm *vm, void *context)
{
    vm->context = context;
}

void *vm_context(Vm *vm)
{
    return vm->context;
}

LogTree *vm_log(Vm *vm)
{
    return vm->log;
}

Value vm_sys_path(Vm *vm)
{
    return value_object(vm->path);
}

Value vm_sys_modules(Vm *vm)
{
    return value_object(vm->modules);
}

Value vm_sys_argv(Vm *vm)
{
    return value_object(vm->argv);
}

Value vm_handled(Vm *vm)
{
    return vm->handled;
}

enum { REST_BYTES = 192 << 10 };

void vm_rest(Vm *vm)
{
    if (heap_held(&vm->heap) > vm->heap.kept + vm->heap.kept / 4 + REST_BYTES)
        heap_collect(vm);
}

Value vm_slot(Vm *vm, const char *name)
{
    StrObj *key = str_intern(vm, str_from(name));
    TableEntry *entry = table_find_str(&vm->slots->table, key);
    if (entry)
        return entry->item;
    Value dict = make_dict(vm);
    table_set_str(vm, &vm->slots->table, key, dict);
    return dict;
}

/* ---- running ---- */

static void work_renew(Vm *vm)
{
    arena_free(vm->work);
    vm->work = arena_new_for(vm->arena, WORK_FIRST);
}

bool vm_compile(Vm *vm, Str text, Str file, CompileMode mode, const Code **code, Error *err)
{
    bool ok = compile_text(vm->arena, vm->work, text, file, mode, code, err);
    if (arena_held(vm->work) > WORK_KEPT)
        work_renew(vm);
    return ok;
}

static bool load_code(Vm *vm, const Code *code, Str path, Str name, bool register_name,
                      Value *result)
{
    ModuleObj *module = module_new(vm, name);
    Value v = value_object(module);
    vm_push(vm, v);
    table_set_str(vm, &module->attrs->table, SYM(vm, __file__), make_str(vm, path));
    if (register_name)
        table_set_str(vm, &vm->modules->table, str_intern(vm, name), v);
    else /* the caller keeps it */
        list_push(vm, vm->kept, v);
    bool ok = module_run(vm, module, code);
    vm_pop(vm, 1);
    *result = v;
    return ok;
}

static bool load_source(Vm *vm, Str source, Str path, Str name, bool register_name, Value *result)
{
    const Code *code;
    Error err = error_in(vm->arena);
    return vm_compile(vm, source, path, COMPILE_FILE, &code, &err)
               ? load_code(vm, code, path, name, register_name, result)
               : vm_raise_error(vm, &err);
}

bool vm_run_source(Vm *vm, Str source, Str path, Str name, Value *module, Error *err)
{
    return load_source(vm, source, str_dup(vm->arena, path), name, false, module) ||
           vm_take_error(vm, err);
}

void vm_ahead_start(Vm *vm, const VmFile *files, size_t count)
{
    vm->ahead = ahead_start(vm->arena, files, count);
}

bool vm_ahead_load(Vm *vm, size_t at, Str name, Value *module)
{
    const Code *code;
    Error err = error_in(vm->arena);
    return ahead_take(vm->ahead, vm->work, at, &code, &err)
               ? load_code(vm, code, code->source->file, name, false, module)
               : vm_raise_error(vm, &err);
}

void vm_ahead_end(Vm *vm)
{
    ahead_end(vm->ahead);
    vm->ahead = NULL;
    work_renew(vm); /* the plan runs now: little will be compiled any more */
}

bool vm_load_file(Vm *vm, Str path, Str name, bool register_name, Value *module)
{
    Str text;
    Error err = error_in(vm->arena);
    Arena *scratch = arena_new(vm->arena);
    path = str_dup(vm->arena, path);
    bool ok = file_read(scratch, path, &text, &err)
                  ? load_source(vm, text, path, name, register_name, module)
                  : vm_raise_error(vm, &err);
    arena_free(scratch);
    return ok;
}

bool vm_run_file(Vm *vm, Str path, Str name, bool register_name, Value *module, Error *err)
{
    Str text;
    Arena *scratch = arena_new(vm->arena);
    path = str_dup(vm->arena, path);
    bool ok = file_read(scratch, path, &text, err) &&
              (load_source(vm, text, path, name, register_name, module) || vm_take_error(vm, err));
    arena_free(scratch);
    return ok;
}

/* ---- places ---- */

static bool is_users(const Frame *frame)
{
    return !str_starts(frame->code->code->source->file, STR("<"));
}

Loc vm_loc(Vm *vm)
{
    for (const Frame *frame = vm->frame; frame; frame = frame->back)
        if (is_users(frame))
            return code_loc(frame->code->code, frame_instruction(frame));
    return (Loc){ .file = STR("") };
}

bool vm_result_used(Vm *vm)
{
    const Frame *frame = vm->frame;
    const uint32_t *next = frame ? frame->next : NULL;
    const Code *code = next ? frame->code->code : NULL;
    return !code || next == code->instructions + code->instruction_count ||
           INSTRUCTION_OP(*next) != OP_POP_TOP;
}

size_t vm_loc_chain(Vm *vm, Loc *locs, size_t most)
{
    size_t count = 0;
    for (const Frame *frame = vm->frame; frame && count < most; frame = frame->back)
        if (is_users(frame))
            locs[count++] = code_loc(frame->code->code, frame_instruction(frame));
    return count;
}

/* ---- errors ---- */

static Loc exc_loc(const ExcObj *exc)
{
    Loc loc = { .file = STR("") };
    for (const TracebackObj *each = exc->traceback; each; each = each->next) {
        const Code *code = each->frame->code->code;
        if (!str_starts(code->source->file, STR("<")))
            loc = code_loc(code, each->instruction);
    }
    return loc;
}

/* sys.exit(): the status in digits, or the text that Python would print (and status 1). */
static Str exit_detail(Vm *vm, Value exception)
{
    const TupleObj *args = as_exc(exception)->args;
    Value code = args->len ? args->items[0] : VALUE_NONE, text;
    int64_t number;
    if (value_is_none(code))
        return STR("0");
    if (int_small(code, &number))
        return str_format(vm->arena, "%lld", (long long)number);
    if (!vm_str(vm, code, &text)) {
        vm_catch(vm);
        return STR("1");
    }
    return str_dup(vm->arena, str_text(as_str(text)));
}

bool vm_take_error(Vm *vm, Error *err)
{
    Value exception = vm_catch(vm);
    if (!is_exception(exception))
        return fail(err, ERR_SCRIPT, "the script failed without an exception");
    vm_push(vm, exception);
    ExcObj *exc = as_exc(exception);
    Buf whole = { 0 }, last = { 0 };
    exc_print(vm, exception, true, &whole);
    exc_print_last_line(vm, exception, &last);
    bool syntax = exc->syntax && !exc->traceback;
    bool first = !error_set(err);
    Str line = str_trim_right(buf_str(&last));
    if (exc->syntax) { /* its last line is the message */
        ptrdiff_t at = str_rfind_char(line, '\n');
        line = str_from_offset(line, (size_t)(at + 1));
    }
    fail_at(err, syntax ? ERR_SYNTAX : ERR_SCRIPT, exc_loc(exc), "%.*s", STR_ARG(line));
    if (first) {
        err->traceback = str_dup(err->arena ? err->arena : vm->arena, buf_str(&whole));
        if (exc_is(vm, exception, EXC_SystemExit))
            err->detail = exit_detail(vm, exception);
    }
    buf_free(&whole);
    buf_free(&last);
    vm_pop(vm, 1);
    return false;
}

/* As CPython prints it: for what is no script (an .sql revision) without the line itself. */
static Str syntax_text(Vm *vm, const Error *err)
{
    if (err->traceback.len)
        return err->traceback;
    return str_format(vm->arena, "  File \"%.*s\", line %u\nSyntaxError: %.*s",
                      STR_ARG(err->loc.file), err->loc.line, STR_ARG(err->text));
}

static bool raise_syntax(Vm *vm, const Error *err)
{
    Str text = syntax_text(vm, err), line = str_trim_right(text);
    ptrdiff_t at = str_rfind_char(line, '\n');
    line = str_from_offset(line, (size_t)(at + 1));
    ptrdiff_t colon = str_find_char(line, ':', 0);
    Class *cls = colon > 0 ? exc_class_named(vm, str_slice(line, 0, (size_t)colon)) : NULL;
    if (!cls)
        cls = exc_class(vm, EXC_SyntaxError);
    ExcObj *exc = exc_new(vm, cls, make_str(vm, err->text));
    exc->syntax = true;
    exc->text = make_str(vm, text);
    exc_set(vm, exc, "msg", make_str(vm, err->text));
    exc_set(vm, exc, "filename", make_str(vm, err->loc.file));
    exc_set(vm, exc, "lineno", value_int(err->loc.line));
    exc_set(vm, exc, "offset", value_int(err->loc.column));
    exc_set(vm, exc, "text", VALUE_NONE);
    return vm_raise_value(vm, value_object(exc));
}

/* Raises a class of a module that is served; false in *found when it is not. */
static bool raise_imported(Vm *vm, const char *module, const char *name, Str text, bool *found)
{
    Value cls = VALUE_UNSET, exception, message = make_str(vm, text);
    vm_push(vm, message);
    *found = import_attr(vm, module, name, &cls) && is_class(cls);
    if (!*found)
        vm_catch(vm);
    else if (vm_call(vm, cls, &message, 1, &exception))
        vm_raise_value(vm, exception);
    vm_pop(vm, 1);
    return false;
}

bool vm_raise_error(Vm *vm, const Error *err)
{
    static const char *const prefixes[] = { "TypeError", "ValueError",          "AttributeError",
                                            "KeyError",  "NotImplementedError", "RuntimeError" };
    bool found;
    if (err->code == ERR_SYNTAX)
        return raise_syntax(vm, err);
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        Str prefix = str_format(vm->arena, "%s: ", prefixes[i]);
        if (str_starts(err->text, prefix)) {
            Str rest = str_from_offset(err->text, prefix.len);
            return vm_raise(vm, prefixes[i], "%.*s", STR_ARG(rest));
        }
    }
    static const char *const served[] = { "InvalidRequestError", "DuplicateColumnError" };
    for (size_t i = 0; i < sizeof served / sizeof *served; i++) {
        Str prefix = str_format(vm->arena, "%s: ", served[i]);
        if (!str_starts(err->text, prefix))
            continue;
        raise_imported(vm, "sqlalchemy.exc", served[i], str_from_offset(err->text, prefix.len),
                       &found);
        if (found)
            return false;
    }
    switch ((int)err->code) {
    case ERR_SCRIPT:
        raise_imported(vm, "sqlalchemy.exc", "ArgumentError", err->text, &found);
        break;
    case ERR_SCHEMA:
        raise_imported(vm, "sqlalchemy.exc", "CompileError", err->text, &found);
        break;
    case ERR_COMMAND:
    case ERR_CONFIG:
    case ERR_REVISION:
        raise_imported(vm, "alembic.util", "CommandError", err->text, &found);
        break;
    case ERR_URL:
        raise_imported(vm, "sqlalchemy.exc", "ArgumentError", err->text, &found);
        break;
    default:
        found = false;
        break;
    }
    if (found)
        return false;
    const char *name = err->code == ERR_FILE          ? "OSError"
                       : err->code == ERR_UNSUPPORTED ? "NotImplementedError"
                       : err->code == ERR_MEMORY      ? "MemoryError"
                                                      : "RuntimeError";
    return vm_raise(vm, name, "%.*s", STR_ARG(err->text));
}
