/* SPDX-License-Identifier: MIT */
/* The functions of the module builtins. */
#include <stdio.h>

#include "py/builtin_classes.h"
#include "py/builtins_iter.h"
#include "py/compile.h"
#include "py/dunders.h"
#include "py/file_reader.h"
#include "py/number.h"
#include "py/obj_module.h"
#include "py/obj_iter.h"
#include "py/obj_number.h"
#include "py/operators.h"
#include "py/sort.h"
#include "py/state.h"
#include "py/text.h"
#include "py/vm_call.h"
#include "py/vm_ops.h"

/* ---- numbers ---- */

static bool builtin_abs(Vm *vm, Call *call)
{
    Value v = call->args[0], method = op_script_method(vm, v, SYM(vm, __abs__));
    if (!value_given(method) && v.tag == TAG_OBJECT && !is_number(v))
        method = special_find(vm, v, SYM(vm, __abs__));
    if (value_given(method))
        return special_call(vm, method, v, NULL, 0, &call->result);
    if (is_number(v))
        return operator_unary(vm, UNARY_ABS, v, &call->result);
    return vm_raise(vm, "TypeError", "bad operand type for abs(): '%s'", type_name(vm, v));
}

/* The int that __index__ gives. */
static bool index_of(Vm *vm, Value v, Value *number)
{
    if (is_int(v)) {
        *number = v;
        return true;
    }
    Value method = special_find(vm, v, SYM(vm, __index__));
    if (!value_given(method))
        return vm_raise(vm, "TypeError", "'%s' object cannot be interpreted as an integer",
                        type_name(vm, v));
    return special_call(vm, method, v, NULL, 0, number);
}

static bool give_digits(Vm *vm, Call *call, unsigned base, const char *prefix)
{
    Value number;
    Buf digits = { 0 }, out = { 0 };
    if (!index_of(vm, call->args[0], &number) || !int_put(vm, number, base, &digits))
        return false;
    bool negative = digits.ptr[0] == '-';
    buf_printf(&out, "%s%s%s", negative ? "-" : "", prefix, digits.ptr + negative);
    call->result = make_str(vm, buf_str(&out));
    buf_free(&digits);
    buf_free(&out);
    return true;
}

static bool builtin_bin(Vm *vm, Call *call)
{
    return give_digits(vm, call, 2, "0b");
}

static bool builtin_oct(Vm *vm, Call *call)
{
    return give_digits(vm, call, 8, "0o");
}

static bool builtin_hex(Vm *vm, Call *call)
{
    return give_digits(vm, call, 16, "0x");
}

/* A method that a class of a script (or of C) has, by its name: divmod, round. */
static bool call_special(Vm *vm, Value v, const char *name, Value arg, Value *result, bool *found)
{
    Value method = special_find(vm, v, str_intern(vm, str_from(name)));
    *found = value_given(method);
    if (!*found)
        return true;
    if (!special_call(vm, method, v, &arg, value_given(arg), result))
        return false;
    *found = result->tag != TAG_NOT_IMPLEMENTED;
    return true;
}

static bool builtin_divmod(Vm *vm, Call *call)
{
    ARGS(call, x, y);
    bool found;
    if (x.tag != TAG_OBJECT && y.tag != TAG_OBJECT && is_number(x) && is_number(y))
        return number_divmod(vm, x, y, &call->result);
    if (!call_special(vm, x, "__divmod__", y, &call->result, &found))
        return false;
    if (!found && !call_special(vm, y, "__rdivmod__", x, &call->result, &found))
        return false;
    return found ||
           vm_raise(vm, "TypeError", "unsupported operand type(s) for divmod(): '%s' and '%s'",
                    type_name(vm, x), type_name(vm, y));
}

static bool power_modulo(Vm *vm, Value base, Value exp, Value mod, Value *result)
{
    if (is_int(base) && is_int(exp) && is_int(mod))
        return number_power_modulo(vm, base, exp, mod, result);
    if (is_number(base) && is_number(exp) && is_number(mod))
        return vm_raise(vm, "TypeError",
                        "pow() 3rd argument not allowed unless all arguments are integers");
    Value method = special_find(vm, base, SYM(vm, __pow__)), args[2] = { exp, mod };
    if (value_given(method)) {
        if (!special_call(vm, method, base, args, 2, result))
            return false;
        if (result->tag != TAG_NOT_IMPLEMENTED)
            return true;
    }
    return vm_raise(vm, "TypeError",
                    "unsupported operand type(s) for ** or pow(): '%s', '%s', '%s'",
                    type_name(vm, base), type_name(vm, exp), type_name(vm, mod));
}

static bool builtin_pow(Vm *vm, Call *call)
{
    ARGS(call, base, exp, mod);
    if (value_is_none(mod))
        return value_binary(vm, "**", base, exp, &call->result);
    return power_modulo(vm, base, exp, mod, &call->result);
}

static bool builtin_round(Vm *vm, Call *call)
{
    ARGS(call, number, ndigits);
    bool found;
    Value digits = value_is_none(ndigits) ? VALUE_UNSET : ndigits;
    if (!call_special(vm, number, "__round__", digits, &call->result, &found))
        return false;
    return found || vm_raise(vm, "TypeError", "type %s doesn't define __round__ method",
                             type_name(vm, number));
}

/* ---- text ---- */

static bool builtin_chr(Vm *vm, Call *call)
{
    int64_t code;
    char bytes[4];
    if (!to_size(vm, call->args[0], &code))
        return false;
    if (code < 0 || code > 0x10FFFF)
        return vm_raise(vm, "ValueError", "chr() arg not in range(0x110000)");
    return give(call, make_str(vm, (Str){ bytes, utf8_put(bytes, (uint32_t)code) }));
}

static bool builtin_ord(Vm *vm, Call *call)
{
    Value v = call->args[0];
    size_t count, at = 0;
    if (is_str(v)) {
        count = str_count(as_str(v));
        if (count == 1)
            return give(call, value_int(utf8_next(str_text(as_str(v)), &at)));
    } else if (is_bytes(v)) {
        count = as_bytes(v)->len;
        if (count == 1)
            return give(call, value_int((unsigned char)bytes_text(as_bytes(v)).ptr[0]));
    } else {
        return vm_raise(vm, "TypeError", "ord() expected string of length 1, but %s found",
                        type_name(vm, v));
    }
    return vm_raise(vm, "TypeError", "ord() expected a character, but string of length %zu found",
                    count);
}

static bool builtin_repr(Vm *vm, Call *call)
{
    return vm_repr(vm, call->args[0], &call->result);
}

static bool builtin_ascii(Vm *vm, Call *call)
{
    return vm_ascii(vm, call->args[0], &call->result);
}

static bool builtin_format(Vm *vm, Call *call)
{
    ARGS(call, value, format_spec);
    Str spec;
    if (!is_str(format_spec))
        return vm_raise(vm, "TypeError", "format() argument 2 must be str, not %s",
                        type_name(vm, format_spec));
    return to_str(vm, format_spec, &spec) && vm_format(vm, value, spec, &call->result);
}

/* sep or end: None stands for the default. */
static bool print_option(Vm *vm, Value v, const char *name, Str *text)
{
    if (value_is_none(v))
        return true;
    if (!is_str(v))
        return vm_raise(vm, "TypeError", "%s must be None or a string, not %s", name,
                        type_name(vm, v));
    return to_str(vm, v, text);
}

static bool put_printed(Vm *vm, Value args, Str sep, Str end, Buf *out)
{
    for (size_t i = 0; i < tuple_len(args); i++) {
        Value text;
        if (i)
            buf_put(out, sep);
        if (!vm_str(vm, tuple_get(args, i), &text))
            return false;
        buf_put(out, str_text(as_str(text)));
    }
    buf_put(out, end);
    return true;
}

/* sys.stdout, once a script has imported sys; else the process's own. */
static bool standard_output(Vm *vm, Value *file)
{
    Value sys = dict_get_str(vm_sys_modules(vm), STR("sys"));
    *file = VALUE_UNSET;
    return !value_given(sys) || vm_getattr_if(vm, sys, "stdout", file);
}

static bool write_printed(Vm *vm, Value file, Str text)
{
    Value ignored, written;
    if (value_is_none(file) && !standard_output(vm, &file))
        return false;
    if (value_is_none(file))
        return true;
    if (!value_given(file)) {
        fwrite(text.ptr, 1, text.len, stdout);
        return true;
    }
    vm_push(vm, file);
    written = make_str(vm, text);
    bool ok = vm_call_method(vm, file, "write", &written, 1, &ignored);
    vm_pop(vm, 1);
    return ok;
}

static bool builtin_print(Vm *vm, Call *call)
{
    ARGS(call, args, sep, end, file, flush);
    Str between = STR(" "), last = STR("\n");
    bool flushed;
    if (!print_option(vm, sep, "sep", &between) || !print_option(vm, end, "end", &last) ||
        !to_truth(vm, flush, &flushed))
        return false;
    Buf out = { 0 };
    bool ok = put_printed(vm, args, between, last, &out) && write_printed(vm, file, buf_str(&out));
    buf_free(&out);
    if (ok && flushed && value_is_none(file))
        fflush(stdout);
    return ok;
}

/* ---- attributes and classes ---- */

static bool to_name(Vm *vm, Value v, StrObj **name)
{
    if (!is_str(v))
        return vm_raise(vm, "TypeError", "attribute name must be string, not '%s'",
                        type_name(vm, v));
    *name = str_intern_obj(vm, as_str(v));
    return true;
}

static bool builtin_getattr(Vm *vm, Call *call)
{
    Value fallback = call->args[2];
    StrObj *name;
    if (!to_name(vm, call->args[1], &name))
        return false;
    if (!value_given(fallback))
        return attr_get(vm, call->args[0], name, &call->result);
    if (!attr_get_if(vm, call->args[0], name, &call->result))
        return false;
    if (!value_given(call->result))
        call->result = fallback;
    return true;
}

static bool builtin_hasattr(Vm *vm, Call *call)
{
    StrObj *name;
    Value found;
    return to_name(vm, call->args[1], &name) && attr_get_if(vm, call->args[0], name, &found) &&
           give(call, value_bool(value_given(found)));
}

static bool builtin_setattr(Vm *vm, Call *call)
{
    StrObj *name;
    return to_name(vm, call->args[1], &name) && attr_set(vm, call->args[0], name, call->args[2]);
}

static bool builtin_delattr(Vm *vm, Call *call)
{
    StrObj *name;
    return to_name(vm, call->args[1], &name) && attr_delete(vm, call->args[0], name);
}

static bool builtin_isinstance(Vm *vm, Call *call)
{
    bool is;
    return vm_isinstance(vm, call->args[0], call->args[1], &is) && give(call, value_bool(is));
}

static bool builtin_issubclass(Vm *vm, Call *call)
{
    bool is;
    return class_check_subclass(vm, call->args[0], call->args[1], &is) &&
           give(call, value_bool(is));
}

static bool builtin_callable(Vm *vm, Call *call)
{
    return give(call, value_bool(is_callable(vm, call->args[0])));
}

static bool builtin_hash(Vm *vm, Call *call)
{
    uint64_t hash;
    return value_hash(vm, call->args[0], &hash) && give(call, value_int((int64_t)hash));
}

static bool builtin_id(Vm *vm, Call *call)
{
    Value v = call->args[0];
    (void)vm;
    int64_t id = v.tag == TAG_OBJECT
                     ? (int64_t)(uintptr_t)v.object
                     : (v.tag == TAG_INT ? v.integer * 32 : 0) + 16 * (int64_t)v.tag;
    return give(call, value_int(id));
}

static bool builtin_len(Vm *vm, Call *call)
{
    int64_t length;
    return op_length(vm, call->args[0], &length) && give(call, value_int(length));
}

/* ---- namespaces ---- */

static bool builtin_globals(Vm *vm, Call *call)
{
    return give(call, vm->frame ? value_object(vm->frame->globals) : make_dict(vm));
}

/* The names of a function's frame that are bound. */
static Value function_locals(Vm *vm, const Frame *frame)
{
    const Code *code = frame->code->code;
    Value locals = make_dict(vm);
    for (uint32_t i = 0; i < code->slot_count; i++) {
        Value v = frame->slots[i];
        if (value_is(v, OBJ_CELL))
            v = as_cell(v)->content;
        if (value_given(v))
            dict_set_str(vm, locals, code->slots[i].name, v);
    }
    return locals;
}

static Value current_locals(Vm *vm)
{
    if (!vm->frame)
        return make_dict(vm);
    return value_given(vm->frame->names) ? vm->frame->names : function_locals(vm, vm->frame);
}

static bool builtin_locals(Vm *vm, Call *call)
{
    return give(call, current_locals(vm));
}

static bool builtin_vars(Vm *vm, Call *call)
{
    if (!value_given(call->args[0]))
        return give(call, current_locals(vm));
    if (!attr_get_if(vm, call->args[0], SYM(vm, __dict__), &call->result))
        return false;
    return value_given(call->result) ||
           vm_raise(vm, "TypeError", "vars() argument must have __dict__ attribute");
}

static bool builtin_dir(Vm *vm, Call *call)
{
    if (value_given(call->args[0]))
        return object_dir(vm, call->args[0], &call->result);
    Value locals = current_locals(vm);
    return vm_to_list(vm, locals, &call->result) && list_sort(vm, call->result, VALUE_NONE, false);
}

/* ---- running text ---- */

static bool compile_source(Vm *vm, Value source, const char *what, CompileMode mode, Value *code)
{
    Error err = error_in(vm_arena(vm));
    const Code *made;
    if (value_is(source, OBJ_CODE)) {
        *code = source;
        return true;
    }
    if (!is_str(source) && !is_bytes(source))
        return vm_raise(vm, "TypeError", "%s() arg 1 must be a string, bytes or code object", what);
    Str text = is_str(source) ? str_text(as_str(source)) : bytes_text(as_bytes(source));
    if (mode == COMPILE_EXPRESSION)
        text = str_trim_left(text);
    if (!vm_compile(vm, text, STR("<string>"), mode, &made, &err))
        return vm_raise_error(vm, &err);
    *code = value_object(code_obj_new(vm, made));
    return true;
}

static bool run_source(Vm *vm, Call *call, const char *what, CompileMode mode)
{
    ARGS(call, source, globals, locals);
    Value code, result;
    bool given = !value_is_none(globals);
    if (given && !is_dict(globals))
        return vm_raise(vm, "TypeError", "%s() globals must be a dict, not %s", what,
                        type_name(vm, globals));
    if (!compile_source(vm, source, what, mode, &code))
        return false;
    Value outer = given ? globals : vm->frame ? value_object(vm->frame->globals) : make_dict(vm);
    Value names = !value_is_none(locals) ? locals : given ? globals : current_locals(vm);
    vm_push(vm, code);
    vm_push(vm, outer);
    vm_push(vm, names);
    bool ok = code_run(vm, as_code(code), as_dict(outer), names, &result);
    vm_pop(vm, 3);
    return ok && give(call, mode == COMPILE_EXPRESSION ? result : VALUE_NONE);
}

static bool builtin_eval(Vm *vm, Call *call)
{
    return run_source(vm, call, "eval", COMPILE_EXPRESSION);
}

static bool builtin_exec(Vm *vm, Call *call)
{
    return run_source(vm, call, "exec", COMPILE_FILE);
}

static bool builtin_refused(Vm *vm, Call *call)
{
    Str name = native_name(call->row);
    return vm_raise(vm, "NotImplementedError", "limbeck does not serve %.*s()", STR_ARG(name));
}

static bool builtin_exit(Vm *vm, Call *call)
{
    return vm_raise_with(vm, EXC_SystemExit, call->args[0]);
}

/* ---- the VM's own ---- */

static bool builtin_import(Vm *vm, Call *call)
{
    ARGS(call, name, globals, locals, fromlist, level);
    Str text;
    int64_t up;
    bool from;
    (void)globals;
    (void)locals;
    if (!to_str(vm, name, &text) || !to_int(vm, level, &up) || !to_truth(vm, fromlist, &from))
        return false;
    if (up > 0)
        return vm_raise(vm, "NotImplementedError",
                        "limbeck does not serve __import__() with a level");
    if (!vm_import(vm, text, &call->result))
        return false;
    ptrdiff_t dot = str_find_char(text, '.', 0);
    return from || dot < 0 || vm_import(vm, str_slice(text, 0, (size_t)dot), &call->result);
}

static bool builtin_build_class(Vm *vm, Call *call)
{
    ARGS(call, func, name, bases, kwds);
    return class_build(vm, func, name, as_tuple(bases)->items, tuple_len(bases), kwds,
                       &call->result);
}

static const NativeRow functions[] = {
    { "abs(x, /)", builtin_abs, "Return the absolute value of the argument." },
    { "aiter(async_iterable, /)", builtin_aiter, "Return an AsyncIterator." },
    { "all(iterable, /)", builtin_all, "True if bool(x) is True for all values." },
    { "anext(async_iterator, default=..., /)", builtin_anext, "Return the next item." },
    { "any(iterable, /)", builtin_any, "True if bool(x) is True for any value." },
    { "ascii(obj, /)", builtin_ascii, "Return an ASCII-only representation." },
    { "bin(number, /)", builtin_bin, "Return the binary representation of an integer." },
    { "breakpoint(*args, **kws)", builtin_refused, "Refused." },
    { "callable(obj, /)", builtin_callable, "Whether the object is callable." },
    { "chr(i, /)", builtin_chr, "Return a string of one character." },
    { "compile(*args, **kwargs)", builtin_refused, "Refused." },
    { "delattr(obj, name, /)", builtin_delattr, "Delete the named attribute." },
    { "dir(object=..., /)", builtin_dir, "A sorted list of names." },
    { "divmod(x, y, /)", builtin_divmod, "Return the tuple (x//y, x%y)." },
    { "enumerate(iterable, start=0)", builtin_enumerate, "Pairs of a count and a value." },
    { "eval(source, globals=None, locals=None, /)", builtin_eval, "Evaluate an expression." },
    { "exec(source, globals=None, locals=None, /)", builtin_exec, "Run statements." },
    { "exit(code=None)", builtin_exit, "Raise SystemExit." },
    { "filter(function, iterable, /)", builtin_filter, "The items for which function is true." },
    { "format(value, format_spec='', /)", builtin_format, "Return value.__format__(spec)." },
    { "getattr(object, name, default=..., /)", builtin_getattr, "Get a named attribute." },
    { "globals()", builtin_globals, "The current scope's global variables." },
    { "hasattr(obj, name, /)", builtin_hasattr, "Whether there is such an attribute." },
    { "hash(obj, /)", builtin_hash, "Return the hash value." },
    { "help(*args)", builtin_refused, "Refused." },
    { "hex(number, /)", builtin_hex, "Return the hexadecimal representation." },
    { "id(obj, /)", builtin_id, "Return the identity of an object." },
    { "input(prompt='', /)", builtin_refused, "Refused." },
    { "isinstance(obj, class_or_tuple, /)", builtin_isinstance, "Is it an instance of it?" },
    { "issubclass(cls, class_or_tuple, /)", builtin_issubclass, "Is it a subclass of it?" },
    { "iter(object, sentinel=..., /)", builtin_iter, "Get an iterator from an object." },
    { "len(obj, /)", builtin_len, "Return the number of items in a container." },
    { "locals()", builtin_locals, "The current scope's local variables." },
    { "map(*args)", builtin_map, "The results of a function over iterables." },
    { "max(*args, key=None, default=...)", builtin_max, "Return the biggest item." },
    { "min(*args, key=None, default=...)", builtin_min, "Return the smallest item." },
    { "next(iterator, default=..., /)", builtin_next, "Return the next item." },
    { "oct(number, /)", builtin_oct, "Return the octal representation of an integer." },
    { "open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, "
      "opener=None)",
      builtin_open, "Open a file for reading." },
    { "ord(c, /)", builtin_ord, "Return the Unicode code point." },
    { "pow(base, exp, mod=None)", builtin_pow, "Equivalent to base**exp or base**exp % mod." },
    { "print(*args, sep=' ', end='\n', file=None, flush=False)", builtin_print,
      "Prints the values to a stream." },
    { "quit(code=None)", builtin_exit, "Raise SystemExit." },
    { "repr(obj, /)", builtin_repr, "Return the canonical string representation." },
    { "reversed(sequence, /)", builtin_reversed, "Return a reverse iterator." },
    { "round(number, ndigits=None)", builtin_round, "Round to a given precision." },
    { "setattr(obj, name, value, /)", builtin_setattr, "Set the named attribute." },
    { "sorted(iterable, /, *, key=None, reverse=False)", builtin_sorted, "A sorted list." },
    { "sum(iterable, /, start=0)", builtin_sum, "The sum of a start value and an iterable." },
    { "vars(object=..., /)", builtin_vars, "The __dict__, or locals()." },
    { "zip(*iterables, strict=False)", builtin_zip, "Tuples of one item of each iterable." },
    { "__import__(name, globals=None, locals=None, fromlist=(), level=0)", builtin_import,
      "Import a module." },
    { "__build_class__(func, name, /, *bases, **kwds)", builtin_build_class,
      "Internal helper of the class statement." },
};

static bool builtins_init(Vm *vm, Value module)
{
    return module_set(vm, module, "memoryview", class_value(vm_class(vm, &memoryview_class))) &&
           module_set(vm, module, "complex", class_value(vm_class(vm, &complex_class)));
}

const NativeModule builtins_module = {
    .name = "builtins",
    .functions = functions,
    .function_count = sizeof functions / sizeof *functions,
    .init = builtins_init,
};
