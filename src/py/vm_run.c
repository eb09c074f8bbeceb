/* SPDX-License-Identifier: MIT */
/* The loop: one instruction after the other, in the innermost frame, until the first one returns.
 */
#include <assert.h>
#include <math.h>
#include <time.h>

#include "py/obj_generator.h"
#include "py/vm_call.h"
#include "py/vm_ops.h"
#include "py/vm_steps.h"

/* ---- safe points ---- */

static double now_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static bool check_limits(Vm *vm)
{
    if (vm->limits.steps && vm->steps-- == 0) {
        vm->steps = 0;
        return vm_raise(vm, "RuntimeError", "the script's limit of %llu steps is reached",
                        (unsigned long long)vm->limits.steps);
    }
    if (vm->deadline > 0 && ++vm->ticks % 256 == 0 && now_seconds() > vm->deadline)
        return vm_raise(vm, "TimeoutError", "the script's limit of %g seconds is reached",
                        vm->limits.seconds);
    return true;
}

static bool safe_point(Vm *vm)
{
    if (heap_is_due(&vm->heap)) {
        heap_collect(vm);
        if (vm->heap_full) {
            vm->heap_full = false;
            return vm_raise(vm, "MemoryError", "the script's memory is limited to %zu MB",
                            vm->heap.limit >> 20);
        }
    }
    if (*vm->interrupted) {
        vm->interrupted = &vm->uninterrupted;
        return vm_raise(vm, "KeyboardInterrupt", "%s", "");
    }
    return !vm->limited || check_limits(vm);
}

#define NEEDS_SAFE_POINT(vm) \
    (heap_held(&(vm)->heap) > (vm)->heap.threshold || (vm)->limited || *(vm)->interrupted)

/* ---- fast paths ---- */

static inline bool fast_binary(BinaryOp op, Value a, Value b, Value *result)
{
    if (a.tag == TAG_INT && b.tag == TAG_INT) {
        result->tag = TAG_INT;
        switch ((int)op) {
        case BINARY_ADD:
            return !__builtin_add_overflow(a.integer, b.integer, &result->integer);
        case BINARY_SUBTRACT:
            return !__builtin_sub_overflow(a.integer, b.integer, &result->integer);
        case BINARY_MULTIPLY:
            return !__builtin_mul_overflow(a.integer, b.integer, &result->integer);
        case BINARY_AND:
            result->integer = a.integer & b.integer;
            return true;
        case BINARY_OR:
            result->integer = a.integer | b.integer;
            return true;
        case BINARY_XOR:
            result->integer = a.integer ^ b.integer;
            return true;
        case BINARY_REMAINDER:
            if (a.integer < 0 || b.integer <= 0)
                return false;
            result->integer = a.integer % b.integer;
            return true;
        case BINARY_FLOOR_DIVIDE:
            if (a.integer < 0 || b.integer <= 0)
                return false;
            result->integer = a.integer / b.integer;
            return true;
        default:
            return false;
        }
    }
    if (a.tag != TAG_FLOAT || b.tag != TAG_FLOAT)
        return false;
    result->tag = TAG_FLOAT;
    switch ((int)op) {
    case BINARY_ADD:
        result->real = a.real + b.real;
        return true;
    case BINARY_SUBTRACT:
        result->real = a.real - b.real;
        return true;
    case BINARY_MULTIPLY:
        result->real = a.real * b.real;
        return true;
    default:
        return false;
    }
}

#define COMPARE_NUMBERS(op, x, y)      \
    ((op) == COMPARE_LT   ? (x) < (y)  \
     : (op) == COMPARE_LE ? (x) <= (y) \
     : (op) == COMPARE_EQ ? (x) == (y) \
     : (op) == COMPARE_NE ? (x) != (y) \
     : (op) == COMPARE_GT ? (x) > (y)  \
                          : (x) >= (y))

static inline bool fast_compare(const Vm *vm, CompareOp op, Value a, Value b, Value *result)
{
    if (a.tag == TAG_INT && b.tag == TAG_INT) {
        *result = value_bool(COMPARE_NUMBERS(op, a.integer, b.integer));
        return true;
    }
    if (a.tag == TAG_FLOAT && b.tag == TAG_FLOAT) {
        *result = value_bool(COMPARE_NUMBERS(op, a.real, b.real));
        return true;
    }
    const Class *str = vm->classes[CLASS_STR];
    if ((op == COMPARE_EQ || op == COMPARE_NE) && a.tag == TAG_OBJECT && b.tag == TAG_OBJECT &&
        a.object->cls == str && b.object->cls == str) {
        *result = value_bool(str_obj_eq(as_str(a), as_str(b)) == (op == COMPARE_EQ));
        return true;
    }
    return false;
}

static inline bool fast_subscript(const Vm *vm, Value object, Value key, Value *result)
{
    if (object.tag != TAG_OBJECT)
        return false;
    if (object.object->cls == vm->classes[CLASS_LIST] && key.tag == TAG_INT) {
        const ListObj *list = as_list(object);
        int64_t at = key.integer < 0 ? key.integer + (int64_t)list->len : key.integer;
        if (at < 0 || at >= (int64_t)list->len)
            return false;
        *result = list->items[at];
        return true;
    }
    if (object.object->cls == vm->classes[CLASS_TUPLE] && key.tag == TAG_INT) {
        const TupleObj *tuple = as_tuple(object);
        int64_t at = key.integer < 0 ? key.integer + (int64_t)tuple->len : key.integer;
        if (at < 0 || at >= (int64_t)tuple->len)
            return false;
        *result = tuple->items[at];
        return true;
    }
    if (object.object->cls == vm->classes[CLASS_DICT] && value_is(key, OBJ_STR) &&
        key.object->cls == vm->classes[CLASS_STR]) {
        const TableEntry *entry = table_find_str(&as_dict(object)->table, as_str(key));
        if (!entry)
            return false;
        *result = entry->item;
        return true;
    }
    return false;
}

/* ---- leaving a frame ---- */

/* Exceptions: where the innermost frame handles the pending one; false when it does not. */
static bool find_handler(Vm *vm, Frame *frame)
{
    bool again = vm->again;
    vm->again = false;
    uint32_t at = frame_instruction(frame);
    assert(is_exception(vm->pending));
    if (vm->late && vm->depth > vm->late_depth)
        return false;
    vm->late = false;
    if (!again)
        traceback_add(vm, as_exc(vm->pending), frame);
    const Handler *handler = code_handler(frame->code->code, at);
    if (!handler)
        return false;
    frame->top = frame->stack + handler->depth;
    *frame->top++ = vm->pending;
    vm->pending = VALUE_UNSET;
    frame->next = frame->code->code->instructions + handler->target;
    return true;
}

/* Unwinds to a frame that handles the exception; NULL when the entry frame was left. */
static Frame *unwind(Vm *vm)
{
    for (;;) {
        Frame *frame = vm->frame;
        if (find_handler(vm, frame))
            return frame;
        bool entry = frame->flags & FRAME_ENTRY;
        frame_leave(vm, frame);
        if (entry)
            return NULL;
    }
}

static bool construct_result(Vm *vm, Frame *frame, Value *v)
{
    if (!value_is_none(*v))
        return vm_raise(vm, "TypeError", "__init__() should return None, not '%s'",
                        type_name(vm, *v));
    *v = frame->construct;
    return true;
}

static bool call_ex(Vm *vm, Frame *frame, uint32_t arg, Value *result, CallOutcome *outcome);

#define PUSH(v) (*top++ = (v))
#define TOP (top[-1])
#define SECOND (top[-2])
#define SYNC() (frame->top = top, frame->next = next)
#define ENTER_FRAME()                 \
    do {                              \
        frame = vm->frame;            \
        next = frame->next;           \
        top = frame->top;             \
        slots = frame->slots;         \
        consts = frame->code->consts; \
        names = frame->code->names;   \
    } while (0)
#define STEP(step)                 \
    do {                           \
        SYNC();                    \
        if (!step(vm, frame, arg)) \
            goto raised;           \
        top = frame->top;          \
    } while (0)
#define CASE(name) case OP_##name:

bool vm_run(Vm *vm, Value *result)
{
    Frame *frame;
    const uint32_t *next;
    Value *top, *slots;
    const Value *consts;
    StrObj **names;

    vm->frame->flags |= FRAME_ENTRY;
    ENTER_FRAME();
    vm->yielded = false;
    if (frame->flags & FRAME_THROWN) {
        frame->flags &= ~(unsigned)FRAME_THROWN;
        goto raised;
    }
    if (NEEDS_SAFE_POINT(vm) && !safe_point(vm))
        goto raised;

    for (;;) {
        uint32_t word = *next++, arg = INSTRUCTION_ARG(word);
        switch (INSTRUCTION_OP(word)) {
            CASE(NOP) break;
            CASE(POP_TOP) top--;
            break;
            CASE(SWAP)
            {
                Value v = TOP;
                TOP = top[-(ptrdiff_t)arg];
                top[-(ptrdiff_t)arg] = v;
                break;
            }
            CASE(COPY)
            {
                Value v = top[-(ptrdiff_t)arg];
                PUSH(v);
                break;
            }
            CASE(LOAD_CONST) PUSH(consts[arg]);
            break;
            CASE(LOAD_FAST)
            {
                Value v = slots[arg];
                if (!value_given(v))
                    STEP(step_unbound);
                PUSH(v);
                break;
            }
            CASE(STORE_FAST) slots[arg] = *--top;
            break;
            CASE(DELETE_FAST)
            if (!value_given(slots[arg]))
                STEP(step_unbound);
            slots[arg] = VALUE_UNSET;
            break;
            CASE(MAKE_CELL) slots[arg] = value_object(cell_new(vm, slots[arg]));
            break;
            CASE(LOAD_CLOSURE) PUSH(slots[arg]);
            break;
            CASE(LOAD_DEREF)
            {
                Value v = as_cell(slots[arg])->content;
                if (!value_given(v))
                    STEP(step_unbound);
                PUSH(v);
                break;
            }
            CASE(LOAD_CLASSDEREF) STEP(step_load_classdef);
            break;
            CASE(STORE_DEREF) as_cell(slots[arg])->content = *--top;
            break;
            CASE(DELETE_DEREF)
            if (!value_given(as_cell(slots[arg])->content))
                STEP(step_unbound);
            as_cell(slots[arg])->content = VALUE_UNSET;
            break;
            CASE(LOAD_NAME) STEP(step_load_name);
            break;
            CASE(LOAD_HINT) STEP(step_load_hint);
            break;
            CASE(STORE_NAME) STEP(step_store_name);
            break;
            CASE(DELETE_NAME) STEP(step_delete_name);
            break;
            CASE(LOAD_GLOBAL)
            {
                const TableEntry *entry = table_find_str(&frame->globals->table, names[arg]);
                if (entry)
                    PUSH(entry->item);
                else
                    STEP(step_load_global);
                break;
            }
            CASE(STORE_GLOBAL) STEP(step_store_global);
            break;
            CASE(DELETE_GLOBAL) STEP(step_delete_global);
            break;
            CASE(LOAD_ATTR)
            {
                SYNC();
                Value v;
                if (!attr_get(vm, TOP, names[arg], &v))
                    goto raised;
                TOP = v;
                break;
            }
            CASE(STORE_ATTR)
            SYNC();
            if (!attr_set(vm, TOP, names[arg], SECOND))
                goto raised;
            top -= 2;
            break;
            CASE(DELETE_ATTR)
            SYNC();
            if (!attr_delete(vm, TOP, names[arg]))
                goto raised;
            top--;
            break;
            CASE(LOAD_METHOD)
            {
                SYNC();
                Value callee, self;
                if (!attr_get_method(vm, TOP, names[arg], &callee, &self))
                    goto raised;
                TOP = value_given(self) ? callee : VALUE_UNSET;
                PUSH(value_given(self) ? self : callee);
                break;
            }
            CASE(BINARY_SUBSCR)
            {
                Value v;
                if (!fast_subscript(vm, SECOND, TOP, &v)) {
                    SYNC();
                    if (!vm_getitem(vm, SECOND, TOP, &v))
                        goto raised;
                }
                top--;
                TOP = v;
                break;
            }
            CASE(STORE_SUBSCR)
            SYNC();
            if (!vm_setitem(vm, SECOND, TOP, top[-3]))
                goto raised;
            top -= 3;
            break;
            CASE(DELETE_SUBSCR)
            SYNC();
            if (!op_delitem(vm, SECOND, TOP))
                goto raised;
            top -= 2;
            break;
            CASE(BUILD_SLICE) STEP(step_build_slice);
            break;
            CASE(BINARY_OP)
            {
                Value v;
                if (!fast_binary((BinaryOp)arg, SECOND, TOP, &v)) {
                    SYNC();
                    if (!op_binary(vm, (BinaryOp)arg, SECOND, TOP, &v))
                        goto raised;
                }
                top--;
                TOP = v;
                break;
            }
            CASE(INPLACE_OP)
            {
                Value v;
                if (!fast_binary((BinaryOp)arg, SECOND, TOP, &v)) {
                    SYNC();
                    if (!op_inplace(vm, (BinaryOp)arg, SECOND, TOP, &v))
                        goto raised;
                }
                top--;
                TOP = v;
                break;
            }
            CASE(COMPARE_OP)
            {
                Value v;
                if (!fast_compare(vm, (CompareOp)arg, SECOND, TOP, &v)) {
                    SYNC();
                    if (!op_compare(vm, (CompareOp)arg, SECOND, TOP, &v))
                        goto raised;
                }
                top--;
                TOP = v;
                break;
            }
            CASE(IS_OP)
            {
                bool same = value_same(SECOND, TOP);
                top--;
                TOP = value_bool(same != (arg == 1));
                break;
            }
            CASE(CONTAINS_OP)
            {
                SYNC();
                bool is;
                if (!op_contains(vm, TOP, SECOND, &is))
                    goto raised;
                top--;
                TOP = value_bool(is != (arg == 1));
                break;
            }
            CASE(UNARY_NEGATIVE)
            CASE(UNARY_POSITIVE)
            CASE(UNARY_INVERT)
            {
                SYNC();
                Value v;
                if (!op_unary(vm, INSTRUCTION_OP(word), TOP, &v))
                    goto raised;
                TOP = v;
                break;
            }
            CASE(UNARY_NOT)
            {
                SYNC();
                bool truth;
                if (!to_truth(vm, TOP, &truth))
                    goto raised;
                TOP = value_bool(!truth);
                break;
            }
            CASE(BUILD_TUPLE) STEP(step_build_tuple);
            break;
            CASE(BUILD_LIST) STEP(step_build_list);
            break;
            CASE(BUILD_SET) STEP(step_build_set);
            break;
            CASE(BUILD_MAP) STEP(step_build_map);
            break;
            CASE(BUILD_STRING) STEP(step_build_string);
            break;
            CASE(LIST_TO_TUPLE) STEP(step_list_to_tuple);
            break;
            CASE(LIST_APPEND)
            {
                Value v = *--top;
                list_push(vm, as_list(top[-(ptrdiff_t)arg]), v);
                break;
            }
            CASE(SET_ADD) STEP(step_set_add);
            break;
            CASE(MAP_ADD) STEP(step_map_add);
            break;
            CASE(LIST_EXTEND) STEP(step_list_extend);
            break;
            CASE(SET_UPDATE) STEP(step_set_update);
            break;
            CASE(DICT_UPDATE) STEP(step_dict_update);
            break;
            CASE(DICT_MERGE) STEP(step_dict_merge);
            break;
            CASE(UNPACK_SEQUENCE) STEP(step_unpack_sequence);
            break;
            CASE(UNPACK_EX) STEP(step_unpack_ex);
            break;
            CASE(FORMAT_VALUE) STEP(step_format);
            break;

            CASE(CALL)
            CASE(CALL_KW)
            CASE(CALL_METHOD)
            CASE(CALL_METHOD_KW)
            {
                SYNC();
                Opcode op = INSTRUCTION_OP(word);
                Args args = { 0 };
                const Value *end = top;
                if (op == OP_CALL_KW || op == OP_CALL_METHOD_KW) {
                    args.names = as_tuple(TOP);
                    end--;
                }
                args.items = (Value *)(uintptr_t)(end - arg);
                args.count = arg - (args.names ? args.names->len : 0);
                Value *base = args.items - 1, callee = *base;
                if (op == OP_CALL_METHOD || op == OP_CALL_METHOD_KW) {
                    base--;
                    if (value_given(*base)) {
                        callee = *base;
                        args.items--;
                        args.count++;
                    }
                }
                Value v = VALUE_NONE;
                CallOutcome outcome = call_begin(vm, callee, &args, &v);
                frame->top = top = base;
                if (outcome == CALL_DONE) {
                    PUSH(v);
                    break;
                }
                if (outcome == CALL_FAILED)
                    goto raised;
                ENTER_FRAME();
                if (NEEDS_SAFE_POINT(vm) && !safe_point(vm))
                    goto raised;
                break;
            }
            CASE(CALL_EX)
            {
                SYNC();
                Value v = VALUE_NONE;
                CallOutcome outcome;
                Value *base = top - 2 - arg;
                call_ex(vm, frame, arg, &v, &outcome);
                frame->top = top = base;
                if (outcome == CALL_DONE) {
                    PUSH(v);
                    break;
                }
                if (outcome == CALL_FAILED)
                    goto raised;
                ENTER_FRAME();
                if (NEEDS_SAFE_POINT(vm) && !safe_point(vm))
                    goto raised;
                break;
            }
            CASE(MAKE_FUNCTION) STEP(step_make_function);
            break;
            CASE(LOAD_BUILD_CLASS) STEP(step_load_build_class);
            break;
            CASE(RETURN_VALUE)
            {
                Value v = *--top;
                SYNC();
                if (frame->flags & FRAME_CONSTRUCT && !construct_result(vm, frame, &v))
                    goto raised;
                bool entry = frame->flags & FRAME_ENTRY;
                frame_leave(vm, frame);
                if (entry) {
                    *result = v;
                    return true;
                }
                ENTER_FRAME();
                PUSH(v);
                break;
            }

            CASE(JUMP) next = frame->code->code->instructions + arg;
            break;
            CASE(JUMP_BACK)
            next = frame->code->code->instructions + arg;
            if (NEEDS_SAFE_POINT(vm)) {
                SYNC();
                frame->next++;
                if (!safe_point(vm))
                    goto raised;
            }
            break;
            CASE(POP_JUMP_IF_FALSE)
            CASE(POP_JUMP_IF_TRUE)
            {
                bool truth, wanted = INSTRUCTION_OP(word) == OP_POP_JUMP_IF_TRUE;
                if (TOP.tag == TAG_BOOL) {
                    truth = TOP.truth;
                } else {
                    SYNC();
                    if (!to_truth(vm, TOP, &truth))
                        goto raised;
                }
                top--;
                if (truth == wanted)
                    next = frame->code->code->instructions + arg;
                break;
            }
            CASE(POP_JUMP_IF_NONE)
            if (value_is_none(*--top))
                next = frame->code->code->instructions + arg;
            break;
            CASE(POP_JUMP_IF_NOT_NONE)
            if (!value_is_none(*--top))
                next = frame->code->code->instructions + arg;
            break;
            CASE(JUMP_IF_FALSE_OR_POP)
            CASE(JUMP_IF_TRUE_OR_POP)
            {
                SYNC();
                bool truth;
                if (!to_truth(vm, TOP, &truth))
                    goto raised;
                if (truth == (INSTRUCTION_OP(word) == OP_JUMP_IF_TRUE_OR_POP))
                    next = frame->code->code->instructions + arg;
                else
                    top--;
                break;
            }

            CASE(GET_ITER)
            {
                SYNC();
                Value v;
                if (!vm_iter(vm, TOP, &v))
                    goto raised;
                TOP = v;
                break;
            }
            CASE(FOR_ITER)
            {
                SYNC();
                Value v;
                if (!vm_iter_next(vm, TOP, &v))
                    goto raised;
                if (value_given(v)) {
                    PUSH(v);
                } else {
                    top--;
                    next = frame->code->code->instructions + arg;
                }
                break;
            }

            CASE(YIELD_VALUE)
            {
                Value v = *--top;
                SYNC();
                GenObj *gen = frame->generator;
                gen->state = GEN_SUSPENDED;
                gen->delegating = arg == YIELD_DELEGATED;
                gen->async_yield = arg == YIELD_ASYNC;
                gen->handled = value_same(vm->handled, frame->handled) ? VALUE_UNSET : vm->handled;
                frame_leave(vm, frame);
                vm->yielded = true;
                *result = v;
                return true;
            }
            CASE(SEND)
            {
                SYNC();
                Value yielded, returned = VALUE_NONE;
                if (!iterator_send(vm, SECOND, TOP, &yielded, &returned))
                    goto raised;
                if (value_given(yielded)) {
                    TOP = yielded;
                } else {
                    top--;
                    TOP = returned;
                    next = frame->code->code->instructions + arg;
                }
                break;
            }
            CASE(GET_YIELD_FROM_ITER) STEP(step_yield_from_iter);
            break;
            CASE(GET_AWAITABLE) STEP(step_awaitable);
            break;
            CASE(GET_AITER) STEP(step_aiter);
            break;
            CASE(GET_ANEXT) STEP(step_anext);
            break;
            CASE(END_ASYNC_FOR)
            if (exc_is(vm, TOP, EXC_StopAsyncIteration)) {
                top -= 2;
                break;
            }
            vm->pending = TOP;
            top -= 2;
            SYNC();
            vm->again = true;
            goto raised;

            CASE(RAISE) STEP(step_raise);
            break;
            CASE(RERAISE)
            vm->pending = *--top;
            SYNC();
            vm->again = true;
            goto raised;
            CASE(PUSH_EXC_INFO)
            {
                Value exception = TOP;
                TOP = value_same(vm->handled, frame->handled) ? VALUE_UNSET : vm->handled;
                PUSH(exception);
                vm->handled = exception;
                break;
            }
            CASE(POP_EXCEPT)
            top--;
            vm->handled = value_given(*top) ? *top : frame->handled;
            break;
            CASE(CHECK_EXC_MATCH) STEP(step_exc_match);
            break;
            CASE(LOAD_ASSERTION_ERROR)
            PUSH(class_value(exc_class(vm, EXC_AssertionError)));
            break;
            CASE(BEFORE_WITH) STEP(step_before_with);
            break;
            CASE(BEFORE_ASYNC_WITH) STEP(step_before_async_with);
            break;
            CASE(WITH_EXCEPT_START) STEP(step_with_except);
            break;

            CASE(IMPORT_NAME) STEP(step_import_name);
            break;
            CASE(IMPORT_NAME_TRY) STEP(step_import_name_try);
            break;
            CASE(IMPORT_FROM) STEP(step_import_from);
            break;
            CASE(IMPORT_STAR) STEP(step_import_star);
            break;
            CASE(SETUP_ANNOTATIONS) STEP(step_setup_annotations);
            break;

            CASE(GET_LEN) STEP(step_get_len);
            break;
            CASE(MATCH_MAPPING) STEP(step_match_mapping);
            break;
            CASE(MATCH_SEQUENCE) STEP(step_match_sequence);
            break;
            CASE(MATCH_KEYS) STEP(step_match_keys);
            break;
            CASE(MATCH_CLASS) STEP(step_match_class);
            break;
            CASE(DICT_WITHOUT) STEP(step_dict_without);
            break;
            CASE(INTRINSIC) STEP(step_intrinsic);
            break;
            CASE(UNSUPPORTED) STEP(step_unsupported);
            break;
        case OPCODE_COUNT:
            break;
        }
        continue;

    raised:
        frame = unwind(vm);
        if (!frame)
            return false;
        ENTER_FRAME();
    }
}

/* ---- f(*args, **keywords) ---- */

static bool spread_positional(Vm *vm, Value callee, Value *iterable)
{
    if (value_is(*iterable, OBJ_TUPLE) || value_is(*iterable, OBJ_LIST))
        return true;
    Value list;
    if (vm_to_list(vm, *iterable, &list)) {
        *iterable = list;
        return true;
    }
    if (!exc_is(vm, vm->pending, EXC_TypeError))
        return false;
    Str text = exc_message(vm, vm->pending);
    if (!str_ends(text, STR("is not iterable")))
        return false;
    vm_catch(vm);
    Str name = callable_shown(vm, callee);
    return vm_raise(vm, "TypeError", "%.*s() argument after * must be an iterable, not %s",
                    STR_ARG(name), type_name(vm, *iterable));
}

static bool spread_keywords(Vm *vm, Value callee, Value *mapping)
{
    if (value_is(*mapping, OBJ_DICT) && mapping->object->cls == vm->classes[CLASS_DICT]) {
        uint32_t at = 0;
        for (const TableEntry *entry; (entry = table_next(&as_dict(*mapping)->table, &at));)
            if (!value_is(entry->key, OBJ_STR))
                return vm_raise(vm, "TypeError", "keywords must be strings");
        return true;
    }
    DictObj *dict = dict_new(vm);
    vm_push(vm, value_object(dict));
    bool ok = op_dict_update(vm, dict, *mapping, true, callee);
    vm_pop(vm, 1);
    *mapping = value_object(dict);
    return ok;
}

static bool call_ex(Vm *vm, Frame *frame, uint32_t arg, Value *result, CallOutcome *outcome)
{
    Value *iterable = frame->top - 1 - arg, callee = iterable[-1];
    *outcome = CALL_FAILED;
    if (!spread_positional(vm, callee, iterable) ||
        (arg && !spread_keywords(vm, callee, &frame->top[-1])))
        return false;
    const Value *items;
    size_t count;
    items_of(*iterable, &items, &count);
    Value *copy = stack_take(vm, (count + 1) * sizeof(Value));
    copy[0] = callee;
    if (count)
        memcpy(copy + 1, items, count * sizeof(Value));
    Args args = { copy + 1, count, NULL, arg ? as_dict(frame->top[-1]) : NULL };
    *outcome = call_begin(vm, callee, &args, result);
    if (*outcome == CALL_FRAME)
        vm->frame->release = copy;
    else
        stack_give(vm, copy);
    return *outcome != CALL_FAILED;
}
