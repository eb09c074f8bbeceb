/* SPDX-License-Identifier: MIT */
/* Tracebacks as CPython 3.11 prints them: places with carets, chained exceptions, suggestions. */
#include <stdlib.h>

#include "py/frame.h"
#include "py/obj_exc.h"
#include "py/obj_module.h"

enum { REPEATS_SHOWN = 3 };

/* ---- carets ---- */

/* Columns in code points within a line. left < 0: no inner part. */
typedef struct Carets {
    ptrdiff_t start, end, left, right;
} Carets;

/* What stands in the segment at bracket depth 0, outside strings: one flag a byte. */
static void mark_depth(Str segment, char *plain)
{
    int depth = 0;
    char quote = 0;
    for (size_t i = 0; i < segment.len; i++) {
        char c = segment.ptr[i];
        plain[i] = 0;
        if (quote) {
            if (c == '\\')
                plain[++i < segment.len ? i : i - 1] = 0;
            else if (c == quote)
                quote = 0;
        } else if (c == '\'' || c == '"') {
            quote = c;
        } else if (c == '(' || c == '[' || c == '{') {
            plain[i] = depth++ == 0 ? 2 : 0;
        } else if (c == ')' || c == ']' || c == '}') {
            plain[i] = --depth == 0 ? 3 : 0;
        } else {
            plain[i] = depth == 0;
        }
    }
}

static const char *operator_text(uint32_t op)
{
    static const char *const texts[] = { "+",  "-",  "*",  "@", "/", "//", "%",
                                         "**", "<<", ">>", "&", "|", "^" };
    return op < sizeof texts / sizeof *texts ? texts[op] : "";
}

static bool is_operator_char(char c)
{
    return c && strchr("+-*/%@&|^<>~", c);
}

/* Where a value may end: then the operator behind it is a binary one. */
static bool ends_operand(Str segment, size_t at)
{
    while (at > 0 && char_is_space(segment.ptr[at - 1]))
        at--;
    return at > 0 && !is_operator_char(segment.ptr[at - 1]) && segment.ptr[at - 1] != '(' &&
           segment.ptr[at - 1] != ',' && segment.ptr[at - 1] != '=';
}

/* The byte where the operator stands: the last one (the first **) outside of brackets, or -1. */
static ptrdiff_t find_operator(Str segment, const char *plain, uint32_t op)
{
    Str text = str_from(operator_text(op));
    ptrdiff_t found = -1;
    for (size_t i = 1; i + text.len <= segment.len; i++) {
        if (plain[i] != 1 || memcmp(segment.ptr + i, text.ptr, text.len) != 0)
            continue;
        bool longer = text.len == 1 &&
                      (segment.ptr[i + 1] == text.ptr[0] || segment.ptr[i - 1] == text.ptr[0]) &&
                      strchr("*/<>", text.ptr[0]);
        if (longer || !ends_operand(segment, i))
            continue;
        found = (ptrdiff_t)i;
        if (op == BINARY_POWER)
            break;
    }
    return found;
}

/* Where the left operand ends, without the parentheses it stands in. */
static ptrdiff_t operand_end(Str segment, const char *plain, ptrdiff_t at)
{
    ptrdiff_t end = at;
    while (end > 0 && char_is_space(segment.ptr[end - 1]))
        end--;
    if (segment.ptr[0] != '(' || segment.ptr[end - 1] != ')')
        return end;
    for (ptrdiff_t i = 1; i < end - 1; i++)
        if (plain[i] != 0)
            return end;
    for (ptrdiff_t i = 0; segment.ptr[i] == '(' && segment.ptr[end - 1] == ')'; i++) {
        end--;
        while (end > i + 1 && char_is_space(segment.ptr[end - 1]))
            end--;
    }
    return end;
}

/* As CPython does it: two columns when something stands right behind, then on past ")". */
static void binary_anchors(Str segment, const char *plain, uint32_t op, Carets *carets)
{
    ptrdiff_t at = find_operator(segment, plain, op), len = (ptrdiff_t)segment.len;
    if (at < 0)
        return;
    ptrdiff_t right = at + (ptrdiff_t)strlen(operator_text(op));
    while (right < len && (char_is_space(segment.ptr[right]) || segment.ptr[right] == '('))
        right++;
    ptrdiff_t left = operand_end(segment, plain, at);
    while (left < len && char_is_space(segment.ptr[left]))
        left++;
    bool wide = left + 1 < right && !char_is_space(segment.ptr[left + 1]);
    while (left < len && (char_is_space(segment.ptr[left]) || segment.ptr[left] == ')'))
        left++;
    carets->left = left;
    carets->right = left + 1 + wide;
}

static void subscript_anchors(Str segment, const char *plain, Carets *carets)
{
    for (size_t i = 0; i < segment.len; i++)
        if (plain[i] == 2 && segment.ptr[i] == '[')
            carets->left = (ptrdiff_t)i;
    if (carets->left >= 0)
        carets->right = (ptrdiff_t)segment.len;
}

/* The operator or the subscript within the segment. */
static void find_anchors(const Code *code, uint32_t instruction, Str line, Carets *carets)
{
    uint32_t word = code->instructions[instruction];
    Opcode op = INSTRUCTION_OP(word);
    bool subscript = op == OP_BINARY_SUBSCR || op == OP_STORE_SUBSCR || op == OP_DELETE_SUBSCR;
    if (op != OP_BINARY_OP && !subscript)
        return;
    size_t from = 0, to;
    for (ptrdiff_t i = 0; i < carets->start; i++)
        utf8_next(line, &from);
    to = from;
    for (ptrdiff_t i = carets->start; i < carets->end; i++)
        utf8_next(line, &to);
    Str segment = str_slice(line, from, to);
    if (segment.len < 2)
        return;
    char *plain = mem_alloc(segment.len + 1);
    mark_depth(segment, plain);
    if (subscript)
        subscript_anchors(segment, plain, carets);
    else
        binary_anchors(segment, plain, INSTRUCTION_ARG(word), carets);
    mem_free(plain);
    if (carets->left >= 0) {
        ptrdiff_t left = carets->left, right = carets->right;
        carets->left = carets->start + (ptrdiff_t)utf8_count(str_slice(segment, 0, (size_t)left));
        carets->right = carets->start + (ptrdiff_t)utf8_count(str_slice(segment, 0, (size_t)right));
    }
}

static void put_carets(Buf *out, const Code *code, uint32_t instruction, Str line, size_t indent)
{
    Position at = code_position(code, instruction);
    if (at.line == 0)
        return;
    Carets carets = { at.column, at.end_column, -1, -1 };
    if (at.line == at.end_line) {
        find_anchors(code, instruction, line, &carets);
    } else {
        Str trimmed = str_trim_right(line);
        carets.end = (ptrdiff_t)utf8_count(trimmed);
    }
    if (carets.end - carets.start == (ptrdiff_t)(utf8_count(line) - indent) && carets.left < 0)
        return;
    if (carets.end <= carets.start)
        return;
    buf_puts(out, "    ");
    for (ptrdiff_t i = (ptrdiff_t)indent; i < carets.end; i++) {
        bool inner = i >= carets.left && i < carets.right;
        buf_putc(out, i < carets.start ? ' ' : carets.left >= 0 && !inner ? '~' : '^');
    }
    buf_putc(out, '\n');
}

static void put_entry(Buf *out, const TracebackObj *entry)
{
    const Code *code = entry->frame->code->code;
    uint32_t line = code_line(code, entry->instruction);
    buf_printf(out, "  File \"%.*s\", line %u, in %.*s\n", STR_ARG(code->source->file), line,
               STR_ARG(code->name));
    Str text = source_line_text(code->source, line);
    size_t indent = 0;
    while (indent < text.len &&
           (text.ptr[indent] == ' ' || text.ptr[indent] == '\t' || text.ptr[indent] == '\f'))
        indent++;
    if (indent == text.len)
        return;
    buf_printf(out, "    %.*s\n", STR_ARG(str_from_offset(text, indent)));
    put_carets(out, code, entry->instruction, text, indent);
}

static bool same_place(const TracebackObj *a, const TracebackObj *b)
{
    return a->frame->code == b->frame->code && code_line(a->frame->code->code, a->instruction) ==
                                                   code_line(b->frame->code->code, b->instruction);
}

static void put_repeats(Buf *out, size_t repeats)
{
    if (repeats > REPEATS_SHOWN)
        buf_printf(out, "  [Previous line repeated %zu more time%s]\n", repeats - REPEATS_SHOWN,
                   repeats - REPEATS_SHOWN == 1 ? "" : "s");
}

void traceback_print(Vm *vm, const TracebackObj *traceback, Buf *out)
{
    (void)vm;
    const TracebackObj *last = NULL;
    size_t repeats = 0;
    for (; traceback; traceback = traceback->next) {
        if (!last || !same_place(last, traceback)) {
            put_repeats(out, repeats);
            last = traceback;
            repeats = 0;
        }
        if (++repeats <= REPEATS_SHOWN)
            put_entry(out, traceback);
    }
    put_repeats(out, repeats);
}

/* ---- suggestions ---- */

enum { MOVE_COST = 2, CASE_COST = 1, NAME_MOST = 40, CANDIDATES_MOST = 750 };

static size_t substitution_cost(char a, char b)
{
    if (a == b)
        return 0;
    return char_lower(a) == char_lower(b) ? CASE_COST : MOVE_COST;
}

/* The distance of two names, or more than `most`. */
static size_t name_distance(Str a, Str b, size_t most)
{
    while (a.len && b.len && a.ptr[0] == b.ptr[0]) {
        a = str_from_offset(a, 1);
        b = str_from_offset(b, 1);
    }
    while (a.len && b.len && a.ptr[a.len - 1] == b.ptr[b.len - 1]) {
        a.len--;
        b.len--;
    }
    if (a.len == 0 || b.len == 0)
        return (a.len + b.len) * MOVE_COST;
    if (a.len > NAME_MOST || b.len > NAME_MOST)
        return most + 1;
    size_t row[NAME_MOST + 1];
    for (size_t i = 0; i <= a.len; i++)
        row[i] = i * MOVE_COST;
    for (size_t j = 0; j < b.len; j++) {
        size_t diagonal = row[0];
        row[0] = (j + 1) * MOVE_COST;
        for (size_t i = 0; i < a.len; i++) {
            size_t replaced = diagonal + substitution_cost(a.ptr[i], b.ptr[j]);
            size_t moved = (row[i] < row[i + 1] ? row[i] : row[i + 1]) + MOVE_COST;
            diagonal = row[i + 1];
            row[i + 1] = replaced < moved ? replaced : moved;
        }
    }
    return row[a.len];
}

typedef struct Suggestion {
    Str wanted, best;
    size_t distance, seen;
} Suggestion;

static void suggest(Suggestion *s, Str candidate)
{
    if (++s->seen > CANDIDATES_MOST || str_eq(candidate, s->wanted))
        return;
    size_t most = (s->wanted.len + candidate.len + 3) * MOVE_COST / 6;
    if (s->distance && most > s->distance - 1)
        most = s->distance - 1;
    size_t distance = name_distance(s->wanted, candidate, most);
    if (distance > most || (s->distance && distance >= s->distance))
        return;
    s->best = candidate;
    s->distance = distance ? distance : 1;
}

static void suggest_table(Suggestion *s, const Table *table)
{
    uint32_t at = 0;
    for (const TableEntry *entry; (entry = table_next(table, &at));)
        if (value_is(entry->key, OBJ_STR))
            suggest(s, str_text(as_str(entry->key)));
}

static void suggest_name(Vm *vm, Suggestion *s, const ExcObj *exc)
{
    const TracebackObj *last = exc->traceback;
    while (last && last->next)
        last = last->next;
    if (!last)
        return;
    const Code *code = last->frame->code->code;
    for (uint32_t i = 0; i < code->slot_count; i++)
        suggest(s, code->slots[i].name);
    if (!s->best.ptr) {
        s->seen = 0;
        suggest_table(s, &last->frame->globals->table);
    }
    if (!s->best.ptr) {
        s->seen = 0;
        builtin_fill(vm);
        suggest_table(s, &vm->builtins->table);
    }
}

static void suggest_attribute(Vm *vm, Suggestion *s, Value object)
{
    Value list;
    if (value_is(object, OBJ_RECORD) || value_is_none(object) || !object_dir(vm, object, &list)) {
        vm_catch(vm);
        return;
    }
    for (size_t i = 0; i < list_len(list); i++)
        suggest(s, str_text(as_str(list_get(list, i))));
}

static void put_suggestion(Vm *vm, const ExcObj *exc, Buf *out)
{
    const ObjExtra *extra = obj_extra(&exc->head);
    if (!extra || !extra->attrs)
        return;
    const TableEntry *name = table_find_text(&extra->attrs->table, STR("name"));
    const TableEntry *object = table_find_text(&extra->attrs->table, STR("obj"));
    if (!name || !value_is(name->item, OBJ_STR))
        return;
    Suggestion s = { .wanted = str_text(as_str(name->item)) };
    Value self = value_object((void *)(uintptr_t)exc);
    if (exc_is(vm, self, EXC_NameError))
        suggest_name(vm, &s, exc);
    else if (exc_is(vm, self, EXC_AttributeError) && object)
        suggest_attribute(vm, &s, object->item);
    if (s.best.ptr)
        buf_printf(out, ". Did you mean: '%.*s'?", STR_ARG(s.best));
}

/* ---- the last line ---- */

static void put_class_name(Vm *vm, Class *cls, Buf *out)
{
    Value module = VALUE_UNSET;
    attr_get_if(vm, class_value(cls), SYM(vm, __module__), &module);
    if (is_str(module) && !str_is(str_text(as_str(module)), "__main__") &&
        as_str(module) != SYM(vm, builtins))
        buf_printf(out, "%s.", as_str(module)->text);
    buf_put(out, value_is(cls->qualname, OBJ_STR) ? str_text(as_str(cls->qualname))
                                                  : str_text(cls->name));
}

static void put_notes(Vm *vm, Value exception, Buf *out)
{
    Value notes, text;
    if (!vm_getattr_if(vm, exception, "__notes__", &notes) || !is_list(notes)) {
        vm_catch(vm);
        return;
    }
    for (size_t i = 0; i < list_len(notes); i++) {
        if (vm_str(vm, list_get(notes, i), &text)) {
            buf_put(out, str_text(as_str(text)));
            buf_putc(out, '\n');
        } else {
            vm_catch(vm);
        }
    }
}

static void print_last_line(Vm *vm, Value exception, bool uncaught, Buf *out)
{
    ExcObj *exc = as_exc(exception);
    if (exc->syntax && is_str(exc->text)) {
        buf_put(out, str_text(as_str(exc->text)));
        if (out->len && out->ptr[out->len - 1] != '\n')
            buf_putc(out, '\n');
        return;
    }
    put_class_name(vm, exc->head.cls, out);
    Value text;
    if (!vm_str(vm, exception, &text)) {
        vm_catch(vm);
        buf_puts(out, ": <exception str() failed>");
    } else if (as_str(text)->len) {
        buf_printf(out, ": %.*s", STR_ARG(str_text(as_str(text))));
        if (uncaught)
            put_suggestion(vm, exc, out);
    }
    buf_putc(out, '\n');
    put_notes(vm, exception, out);
}

void exc_print_last_line(Vm *vm, Value exception, Buf *out)
{
    print_last_line(vm, exception, false, out);
}

/* ---- chains ---- */

enum { CHAIN_MOST = 100 };

typedef struct Chain {
    const ExcObj *seen[CHAIN_MOST];
    size_t len;
    bool uncaught;
} Chain;

static bool chain_has(const Chain *chain, Value v)
{
    for (size_t i = 0; i < chain->len; i++)
        if (chain->seen[i] == as_exc(v))
            return true;
    return chain->len == CHAIN_MOST;
}

static void print_chained(Vm *vm, Value exception, Buf *out, Chain *chain)
{
    ExcObj *exc = as_exc(exception);
    chain->seen[chain->len++] = exc;
    if (is_exception(exc->cause) && !chain_has(chain, exc->cause)) {
        print_chained(vm, exc->cause, out, chain);
        buf_puts(out, "\nThe above exception was the direct cause of the following exception:\n\n");
    } else if (!is_exception(exc->cause) && is_exception(exc->context) && !exc->suppress &&
               !chain_has(chain, exc->context)) {
        print_chained(vm, exc->context, out, chain);
        buf_puts(out, "\nDuring handling of the above exception, another exception occurred:\n\n");
    }
    if (exc->traceback) {
        buf_puts(out, "Traceback (most recent call last):\n");
        traceback_print(vm, exc->traceback, out);
    }
    print_last_line(vm, exception, chain->uncaught, out);
}

bool exc_print(Vm *vm, Value exception, bool uncaught, Buf *out)
{
    Chain chain = { .uncaught = uncaught };
    Value pending = vm->pending;
    vm->pending = VALUE_UNSET;
    vm_push(vm, exception);
    vm_push(vm, pending);
    print_chained(vm, exception, out, &chain);
    vm_pop(vm, 2);
    vm->pending = pending;
    return true;
}
