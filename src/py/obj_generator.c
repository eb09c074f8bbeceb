/* SPDX-License-Identifier: MIT */
#include "py/obj_generator.h"

#include "py/heap_kinds.h"
#include "py/native.h"
#include "py/vm_call.h"

Value generator_new(Vm *vm, Frame *frame)
{
    unsigned flags = frame->code->code->flags;
    Class *cls = builtin_class(vm, flags & CODE_ASYNC_GENERATOR ? CLASS_ASYNC_GENERATOR
                                   : flags & CODE_COROUTINE     ? CLASS_COROUTINE
                                                                : CLASS_GENERATOR);
    GenObj *gen = heap_new(vm, cls, OBJ_GENERATOR, sizeof *gen);
    gen->frame = frame;
    gen->code = frame->code;
    gen->handled = VALUE_UNSET;
    gen->name = frame->func ? frame->func->name : VALUE_NONE;
    gen->qualname = frame->func ? frame->func->qualname : VALUE_NONE;
    frame->generator = gen;
    return value_object(gen);
}

void generator_mark(Vm *vm, Obj *obj)
{
    GenObj *gen = (GenObj *)obj;
    heap_mark_value(vm, gen->handled);
    heap_mark_value(vm, gen->name);
    heap_mark_value(vm, gen->qualname);
    heap_mark(vm, (Obj *)gen->code);
    if (gen->frame)
        frame_mark(vm, gen->frame);
}

void generator_drop(Vm *vm, Obj *obj)
{
    GenObj *gen = (GenObj *)obj;
    if (gen->frame)
        heap_release(vm, gen->frame, gen->frame->size);
    gen->frame = NULL;
}

static const char *gen_noun(Vm *vm, const GenObj *gen)
{
    return gen->head.cls == vm->classes[CLASS_COROUTINE]         ? "coroutine"
           : gen->head.cls == vm->classes[CLASS_ASYNC_GENERATOR] ? "async generator"
                                                                 : "generator";
}

static void gen_finish(Vm *vm, GenObj *gen)
{
    gen->state = GEN_CLOSED;
    if (gen->frame)
        frame_free_own(vm, gen->frame);
    gen->frame = NULL;
}

/* PEP 479: a StopIteration that leaves the body is an error. */
static void convert_stop(Vm *vm, const GenObj *gen)
{
    bool stop = exc_is(vm, vm->pending, EXC_StopIteration);
    bool async_stop = gen->head.cls == vm->classes[CLASS_ASYNC_GENERATOR] &&
                      exc_is(vm, vm->pending, EXC_StopAsyncIteration);
    if (!stop && !async_stop)
        return;
    Value old = vm_catch(vm);
    vm_push(vm, old);
    vm_raise(vm, "RuntimeError", "%s raised %s", gen_noun(vm, gen),
             stop ? "StopIteration" : "StopAsyncIteration");
    as_exc(vm->pending)->cause = as_exc(vm->pending)->context = old;
    as_exc(vm->pending)->suppress = true;
    vm_pop(vm, 1);
}

static bool gen_run(Vm *vm, GenObj *gen, bool thrown, Value *yielded, Value *returned)
{
    Frame *frame = gen->frame;
    *yielded = VALUE_UNSET;
    gen->state = GEN_RUNNING;
    if (thrown)
        frame->flags |= FRAME_THROWN;
    Value pending = vm->pending, result = VALUE_NONE;
    vm->pending = VALUE_UNSET;
    vm_push(vm, value_object(gen));
    bool ok = c_enter(vm);
    if (ok && !frame_enter(vm, frame)) {
        c_leave(vm);
        ok = false;
    }
    if (!ok) {
        frame->flags &= ~(unsigned)FRAME_THROWN;
        gen_finish(vm, gen);
        vm_pop(vm, 1);
        return false;
    }
    vm->pending = pending;
    if (value_given(gen->handled))
        vm->handled = gen->handled;
    ok = vm_run(vm, &result);
    c_leave(vm);
    vm_pop(vm, 1);
    if (ok && vm->yielded) {
        vm->yielded = false;
        *yielded = result;
        return true;
    }
    gen_finish(vm, gen);
    if (!ok)
        convert_stop(vm, gen);
    *returned = result;
    return ok;
}

static bool check_ready(Vm *vm, const GenObj *gen)
{
    return gen->state != GEN_RUNNING ||
           vm_raise(vm, "ValueError", "%s already executing", gen_noun(vm, gen));
}

static bool gen_send(Vm *vm, GenObj *gen, Value sent, Value *yielded, Value *returned)
{
    if (gen->state == GEN_CREATED) {
        if (!value_is_none(sent))
            return vm_raise(vm, "TypeError", "can't send non-None value to a just-started %s",
                            gen_noun(vm, gen));
    } else {
        *gen->frame->top++ = sent;
    }
    return gen_run(vm, gen, false, yielded, returned);
}

/* ---- throwing ---- */

/* The sub-iterator that the body delegates to, or TAG_UNSET. */
static Value delegate_of(const GenObj *gen)
{
    return gen->state == GEN_SUSPENDED && gen->delegating ? gen->frame->top[-1] : VALUE_UNSET;
}

static Value stop_value(Vm *vm, Value exception)
{
    const TupleObj *args = as_exc(exception)->args;
    return args->len ? args->items[0] : VALUE_NONE;
}

static bool close_delegate(Vm *vm, Value sub)
{
    if (value_is(sub, OBJ_GENERATOR))
        return generator_close(vm, as_generator(sub));
    Value method, ignored;
    if (!attr_get_if(vm, sub, SYM(vm, close), &method))
        return false;
    return !value_given(method) || vm_call(vm, method, NULL, 0, &ignored);
}

/* sub.throw(exception); *yielded is TAG_UNSET when it ended, with *returned. *has: it can. */
static bool throw_delegate(Vm *vm, Value sub, Value exception, Value *yielded, Value *returned,
                           bool *has)
{
    *has = true;
    if (value_is(sub, OBJ_GENERATOR))
        return generator_resume(vm, as_generator(sub), VALUE_NONE, exception, yielded, returned);
    Value method;
    if (!attr_get_if(vm, sub, SYM(vm, throw), &method))
        return false;
    *has = value_given(method);
    if (!*has || vm_call(vm, method, &exception, 1, yielded))
        return true;
    if (!exc_is(vm, vm->pending, EXC_StopIteration))
        return false;
    *returned = stop_value(vm, vm_catch(vm));
    *yielded = VALUE_UNSET;
    return true;
}

/* After the sub-iterator ended: its result takes its place, behind the SEND before this yield. */
static bool resume_after_delegate(Vm *vm, GenObj *gen, Value result, Value *yielded,
                                  Value *returned)
{
    Frame *frame = gen->frame;
    frame->top[-1] = result;
    uint32_t send = frame_instruction(frame) - 1;
    uint32_t target = INSTRUCTION_ARG(frame->code->code->instructions[send]);
    frame->next = frame->code->code->instructions + target;
    return gen_run(vm, gen, false, yielded, returned);
}

static bool raise_inside(Vm *vm, GenObj *gen, Value exception, Value *yielded, Value *returned)
{
    if (gen->state == GEN_CREATED) {
        /* the traceback shows the definition, which has not begun to run */
        vm->pending = exception;
        return gen_run(vm, gen, true, yielded, returned);
    }
    vm->pending = exception;
    return gen_run(vm, gen, true, yielded, returned);
}

static bool gen_throw(Vm *vm, GenObj *gen, Value exception, Value *yielded, Value *returned)
{
    Value sub = delegate_of(gen);
    *yielded = VALUE_UNSET;
    if (!value_given(sub))
        return raise_inside(vm, gen, exception, yielded, returned);
    gen->state = GEN_RUNNING;
    bool ok = true, has = true;
    if (exc_is(vm, exception, EXC_GeneratorExit)) {
        ok = close_delegate(vm, sub);
        gen->state = GEN_SUSPENDED;
        return raise_inside(vm, gen, ok ? exception : vm_catch(vm), yielded, returned);
    }
    ok = throw_delegate(vm, sub, exception, yielded, returned, &has);
    gen->state = GEN_SUSPENDED;
    if (!ok)
        return raise_inside(vm, gen, vm_catch(vm), yielded, returned);
    if (!has)
        return raise_inside(vm, gen, exception, yielded, returned);
    if (value_given(*yielded))
        return true;
    return resume_after_delegate(vm, gen, *returned, yielded, returned);
}

bool generator_resume(Vm *vm, GenObj *gen, Value sent, Value thrown, Value *yielded,
                      Value *returned)
{
    *yielded = VALUE_UNSET;
    *returned = VALUE_NONE;
    if (!check_ready(vm, gen))
        return false;
    if (gen->state == GEN_CLOSED) {
        if (value_given(thrown)) {
            vm->pending = thrown;
            return false;
        }
        if (gen->head.cls == vm->classes[CLASS_COROUTINE])
            return vm_raise(vm, "RuntimeError", "cannot reuse already awaited coroutine");
        return true;
    }
    gen->awaited = true;
    if (!value_given(thrown))
        return gen_send(vm, gen, sent, yielded, returned);
    vm_push(vm, thrown);
    bool ok = gen_throw(vm, gen, thrown, yielded, returned);
    vm_pop(vm, 1);
    return ok;
}

bool generator_close(Vm *vm, GenObj *gen)
{
    if (!check_ready(vm, gen))
        return false;
    if (gen->state == GEN_CREATED)
        gen_finish(vm, gen);
    if (gen->state == GEN_CLOSED)
        return true;
    ExcObj *exit = exc_new(vm, exc_class(vm, EXC_GeneratorExit), VALUE_UNSET);
    Value yielded, returned;
    if (generator_resume(vm, gen, VALUE_NONE, value_object(exit), &yielded, &returned))
        return !value_given(yielded) ||
               vm_raise(vm, "RuntimeError", "%s ignored GeneratorExit", gen_noun(vm, gen));
    if (!exc_is(vm, vm->pending, EXC_GeneratorExit) && !exc_is(vm, vm->pending, EXC_StopIteration))
        return false;
    vm->pending = VALUE_UNSET;
    return true;
}

/* ---- sending to anything ---- */

static bool send_by_method(Vm *vm, Value iterator, Value sent, Value *yielded, Value *returned)
{
    bool ok;
    if (value_is_none(sent)) {
        Value method = special_find(vm, iterator, SYM(vm, __next__));
        if (!value_given(method))
            return vm_raise(vm, "TypeError", "'%s' object is not an iterator",
                            type_name(vm, iterator));
        ok = special_call(vm, method, iterator, NULL, 0, yielded);
    } else {
        ok = vm_call_method(vm, iterator, "send", &sent, 1, yielded);
    }
    if (ok)
        return true;
    *yielded = VALUE_UNSET;
    if (!exc_is(vm, vm->pending, EXC_StopIteration))
        return false;
    *returned = stop_value(vm, vm_catch(vm));
    return true;
}

bool iterator_send(Vm *vm, Value iterator, Value sent, Value *yielded, Value *returned)
{
    *yielded = VALUE_UNSET;
    *returned = VALUE_NONE;
    if (value_is(iterator, OBJ_GENERATOR))
        return generator_resume(vm, as_generator(iterator), sent, VALUE_UNSET, yielded, returned);
    if (value_is(iterator, OBJ_ITERATOR) && value_is_none(sent))
        return as_iter(iterator)->step(vm, as_iter(iterator), yielded);
    return send_by_method(vm, iterator, sent, yielded, returned);
}

bool awaitable_iter(Vm *vm, Value awaitable, const char *message, Value *iterator)
{
    *iterator = awaitable;
    if (value_is(awaitable, OBJ_GENERATOR) && awaitable.object->cls == vm->classes[CLASS_COROUTINE])
        return true;
    if (is_opaque(awaitable))
        return opaque_refuse(vm, awaitable, "await");
    Value method = special_find(vm, awaitable, SYM(vm, __await__));
    if (!value_given(method)) {
        Buf text = { 0 };
        const char *mark = strstr(message, "%s");
        buf_put(&text, (Str){ message, (size_t)(mark - message) });
        buf_puts(&text, type_name(vm, awaitable));
        buf_puts(&text, mark + 2);
        vm_raise(vm, "TypeError", "%.*s", STR_ARG(buf_str(&text)));
        buf_free(&text);
        return false;
    }
    if (!special_call(vm, method, awaitable, NULL, 0, iterator))
        return false;
    return value_is(*iterator, OBJ_GENERATOR) || value_is(*iterator, OBJ_ITERATOR) ||
           value_given(special_find(vm, *iterator, SYM(vm, __next__))) ||
           vm_raise(vm, "TypeError", "__await__() returned non-iterator of type '%s'",
                    type_name(vm, *iterator));
}

/* ---- what scripts see ---- */

static Value thrown_of(Vm *vm, Value type, Value value)
{
    Value exception = VALUE_UNSET;
    if (is_exception(type)) {
        exception = type;
    } else if (value_is(type, OBJ_CLASS) && as_class(type)->flags & CLASS_BASE_EXCEPTION) {
        if (is_exception(value))
            return value;
        bool none = !value_given(value) || value_is_none(value);
        vm_call(vm, type, &value, none ? 0 : 1, &exception);
    } else {
        vm_raise(vm, "TypeError",
                 "exceptions must be classes or instances deriving from BaseException, not %s",
                 type_name(vm, type));
    }
    return exception;
}

static bool give_step(Vm *vm, Call *call, bool ok, Value yielded, Value returned)
{
    if (!ok)
        return false;
    if (value_given(yielded))
        return give(call, yielded);
    Class *stop = exc_class(vm, EXC_StopIteration);
    return vm_raise_value(
        vm, value_object(exc_new(vm, stop, value_is_none(returned) ? VALUE_UNSET : returned)));
}

static bool generator_next(Vm *vm, Call *call)
{
    ARGS(call, self);
    Value yielded, returned;
    bool ok =
        generator_resume(vm, as_generator(self), VALUE_NONE, VALUE_UNSET, &yielded, &returned);
    return give_step(vm, call, ok, yielded, returned);
}

static bool generator_send(Vm *vm, Call *call)
{
    ARGS(call, self, value);
    Value yielded, returned;
    bool ok = generator_resume(vm, as_generator(self), value, VALUE_UNSET, &yielded, &returned);
    return give_step(vm, call, ok, yielded, returned);
}

static bool generator_throw(Vm *vm, Call *call)
{
    ARGS(call, self, type, value);
    Value yielded, returned, exception = thrown_of(vm, type, value);
    if (!is_exception(exception))
        return false;
    bool ok = generator_resume(vm, as_generator(self), VALUE_NONE, exception, &yielded, &returned);
    return give_step(vm, call, ok, yielded, returned);
}

static bool generator_close_method(Vm *vm, Call *call)
{
    ARGS(call, self);
    return generator_close(vm, as_generator(self));
}

static bool give_self(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, self);
}

static bool generator_name(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, as_generator(self)->name);
}

static bool generator_qualname(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, as_generator(self)->qualname);
}

static bool generator_running(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, value_bool(as_generator(self)->state == GEN_RUNNING));
}

static bool generator_code(Vm *vm, Call *call)
{
    ARGS(call, self);
    return give(call, value_object(as_generator(self)->code));
}

static bool generator_frame(Vm *vm, Call *call)
{
    ARGS(call, self);
    GenObj *gen = as_generator(self);
    return give(call, gen->frame ? value_object(frame_object(vm, gen->frame)) : VALUE_NONE);
}

static bool generator_repr(Vm *vm, Call *call)
{
    ARGS(call, self);
    GenObj *gen = as_generator(self);
    const char *noun =
        gen->head.cls == vm->classes[CLASS_ASYNC_GENERATOR] ? "async_generator" : gen_noun(vm, gen);
    return give(call, make_strf(vm, "<%s object %s at %p>", noun, as_str(gen->qualname)->text,
                                (void *)gen));
}

static const NativeRow generator_methods[] = {
    { "__iter__(self, /)", give_self, "Implement iter(self)." },
    { "__next__(self, /)", generator_next, "Implement next(self)." },
    { "__repr__(self, /)", generator_repr, "Return repr(self)." },
    { "send(self, value, /)", generator_send, "Resume with a value." },
    { "throw(self, type, value=..., traceback=..., /)", generator_throw, "Raise inside." },
    { "close(self, /)", generator_close_method, "Raise GeneratorExit inside." },
};

static const NativeRow generator_getters[] = {
    { "__name__(self)", generator_name, NULL },
    { "__qualname__(self)", generator_qualname, NULL },
    { "gi_running(self)", generator_running, NULL },
    { "gi_code(self)", generator_code, NULL },
    { "gi_frame(self)", generator_frame, NULL },
};

const NativeClass generator_class = {
    .name = "generator",
    .methods = generator_methods,
    .method_count = sizeof generator_methods / sizeof *generator_methods,
    .getters = generator_getters,
    .getter_count = sizeof generator_getters / sizeof *generator_getters,
};

static const NativeRow coroutine_methods[] = {
    { "__await__(self, /)", give_self, "Return an iterator to be used in await expression." },
    { "__repr__(self, /)", generator_repr, "Return repr(self)." },
    { "send(self, value, /)", generator_send, "Resume with a value." },
    { "throw(self, type, value=..., traceback=..., /)", generator_throw, "Raise inside." },
    { "close(self, /)", generator_close_method, "Raise GeneratorExit inside." },
};

static const NativeRow coroutine_getters[] = {
    { "__name__(self)", generator_name, NULL },
    { "__qualname__(self)", generator_qualname, NULL },
    { "cr_running(self)", generator_running, NULL },
    { "cr_code(self)", generator_code, NULL },
    { "cr_frame(self)", generator_frame, NULL },
};

const NativeClass coroutine_class = {
    .name = "coroutine",
    .methods = coroutine_methods,
    .method_count = sizeof coroutine_methods / sizeof *coroutine_methods,
    .getters = coroutine_getters,
    .getter_count = sizeof coroutine_getters / sizeof *coroutine_getters,
};

/* ---- async generators: each step is an awaitable ---- */

typedef enum AsyncStepKind { ASYNC_NEXT, ASYNC_SEND, ASYNC_THROW, ASYNC_CLOSE } AsyncStepKind;

typedef struct AsyncStep {
    Value generator, argument; /* what is sent or thrown first */
    AsyncStepKind kind;
    bool begun, done;
} AsyncStep;

static void async_step_mark(Vm *vm, void *payload)
{
    AsyncStep *step = payload;
    vm_mark(vm, step->generator);
    vm_mark(vm, step->argument);
}

static bool raise_stop(Vm *vm, ExcKind kind, Value v)
{
    return vm_raise_value(vm, value_object(exc_new(vm, exc_class(vm, kind), v)));
}

/* What came out of the body: a value of an await to pass on, a value yielded, or the end. */
static bool async_result(Vm *vm, Call *call, AsyncStep *step, bool ok, Value yielded)
{
    GenObj *gen = as_generator(step->generator);
    if (ok && value_given(yielded) && !gen->async_yield)
        return give(call, yielded);
    step->done = true;
    gen->async_running = false;
    if (step->kind == ASYNC_CLOSE) {
        if (ok && value_given(yielded))
            return vm_raise(vm, "RuntimeError", "async generator ignored GeneratorExit");
        if (!ok && !exc_is(vm, vm->pending, EXC_GeneratorExit) &&
            !exc_is(vm, vm->pending, EXC_StopAsyncIteration))
            return false;
        vm->pending = VALUE_UNSET;
        return raise_stop(vm, EXC_StopIteration, VALUE_UNSET);
    }
    if (!ok)
        return false;
    return value_given(yielded) ? raise_stop(vm, EXC_StopIteration, yielded)
                                : raise_stop(vm, EXC_StopAsyncIteration, VALUE_UNSET);
}

static bool async_resume(Vm *vm, Call *call, AsyncStep *step, Value sent, Value thrown)
{
    GenObj *gen = as_generator(step->generator);
    Value yielded, returned;
    if (step->done)
        return vm_raise(vm, "RuntimeError", "cannot reuse already awaited __anext__()/asend()");
    if (!step->begun) {
        if (gen->async_running)
            return vm_raise(vm, "RuntimeError",
                            "anext(): asynchronous generator is already running");
        step->begun = gen->async_running = true;
        if (step->kind == ASYNC_THROW || step->kind == ASYNC_CLOSE)
            thrown = step->argument;
        else
            sent = step->argument;
        if (step->kind == ASYNC_CLOSE && (gen->state == GEN_CREATED || gen->state == GEN_CLOSED)) {
            gen_finish(vm, gen);
            return async_result(vm, call, step, true, VALUE_UNSET);
        }
    }
    bool ok = generator_resume(vm, gen, sent, thrown, &yielded, &returned);
    return async_result(vm, call, step, ok, yielded);
}

static const NativeClass async_step_class;

static bool async_step_next(Vm *vm, Call *call)
{
    ARGS(call, self);
    return async_resume(vm, call, payload_of(vm, self, &async_step_class), VALUE_NONE, VALUE_UNSET);
}

static bool async_step_send(Vm *vm, Call *call)
{
    ARGS(call, self, value);
    return async_resume(vm, call, payload_of(vm, self, &async_step_class), value, VALUE_UNSET);
}

static bool async_step_throw(Vm *vm, Call *call)
{
    ARGS(call, self, type, value);
    AsyncStep *step = payload_of(vm, self, &async_step_class);
    Value exception = thrown_of(vm, type, value);
    step->begun = true;
    return is_exception(exception) && async_resume(vm, call, step, VALUE_NONE, exception);
}

static bool async_step_close(Vm *vm, Call *call)
{
    ARGS(call, self);
    AsyncStep *step = payload_of(vm, self, &async_step_class);
    step->done = true;
    return true;
}

static const NativeRow async_step_methods[] = {
    { "__await__(self, /)", give_self, NULL },
    { "__iter__(self, /)", give_self, NULL },
    { "__next__(self, /)", async_step_next, NULL },
    { "send(self, value, /)", async_step_send, NULL },
    { "throw(self, type, value=..., traceback=..., /)", async_step_throw, NULL },
    { "close(self, /)", async_step_close, NULL },
};

static const NativeClass async_step_class = {
    .name = "async_generator_asend",
    .size = sizeof(AsyncStep),
    .methods = async_step_methods,
    .method_count = sizeof async_step_methods / sizeof *async_step_methods,
    .mark = async_step_mark,
};

static bool give_async_step(Vm *vm, Call *call, AsyncStepKind kind, Value argument)
{
    Value v = vm_new_native(vm, vm_class(vm, &async_step_class), &async_step_class);
    AsyncStep *step = payload_of(vm, v, &async_step_class);
    *step = (AsyncStep){ .generator = call->args[0], .argument = argument, .kind = kind };
    return give(call, v);
}

static bool async_anext(Vm *vm, Call *call)
{
    return give_async_step(vm, call, ASYNC_NEXT, VALUE_NONE);
}

static bool async_asend(Vm *vm, Call *call)
{
    return give_async_step(vm, call, ASYNC_SEND, call->args[1]);
}

static bool async_athrow(Vm *vm, Call *call)
{
    Value exception = thrown_of(vm, call->args[1], call->args[2]);
    return is_exception(exception) && give_async_step(vm, call, ASYNC_THROW, exception);
}

static bool async_aclose(Vm *vm, Call *call)
{
    ExcObj *exit = exc_new(vm, exc_class(vm, EXC_GeneratorExit), VALUE_UNSET);
    return give_async_step(vm, call, ASYNC_CLOSE, value_object(exit));
}

static const NativeRow async_generator_methods[] = {
    { "__aiter__(self, /)", give_self, "Return an awaitable iterator." },
    { "__anext__(self, /)", async_anext, "Return an awaitable of the next value." },
    { "__repr__(self, /)", generator_repr, "Return repr(self)." },
    { "asend(self, value, /)", async_asend, "Resume with a value." },
    { "athrow(self, type, value=..., traceback=..., /)", async_athrow, "Raise inside." },
    { "aclose(self, /)", async_aclose, "Raise GeneratorExit inside." },
};

static const NativeRow async_generator_getters[] = {
    { "__name__(self)", generator_name, NULL },
    { "__qualname__(self)", generator_qualname, NULL },
    { "ag_running(self)", generator_running, NULL },
    { "ag_code(self)", generator_code, NULL },
    { "ag_frame(self)", generator_frame, NULL },
};

const NativeClass async_generator_class = {
    .name = "async_generator",
    .methods = async_generator_methods,
    .method_count = sizeof async_generator_methods / sizeof *async_generator_methods,
    .getters = async_generator_getters,
    .getter_count = sizeof async_generator_getters / sizeof *async_generator_getters,
};
