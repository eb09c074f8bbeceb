/* SPDX-License-Identifier: MIT */
#include "py/code.h"

static const char *const binary_names[] = {
    [BINARY_ADD] = "+",       [BINARY_SUBTRACT] = "-",    [BINARY_MULTIPLY] = "*",
    [BINARY_MATRIX] = "@",    [BINARY_TRUE_DIVIDE] = "/", [BINARY_FLOOR_DIVIDE] = "//",
    [BINARY_REMAINDER] = "%", [BINARY_POWER] = "**",      [BINARY_LSHIFT] = "<<",
    [BINARY_RSHIFT] = ">>",   [BINARY_AND] = "&",         [BINARY_OR] = "|",
    [BINARY_XOR] = "^",
};

static const char *const compare_names[] = { "<", "<=", "==", "!=", ">", ">=" };

static void put_arg(Buf *out, const Code *code, OpArg kind, uint32_t arg)
{
    switch (kind) {
    case OP_ARG_NONE:
        return;
    case OP_ARG_COUNT:
    case OP_ARG_FLAGS:
    case OP_ARG_INTRINSIC:
        buf_printf(out, " %u", arg);
        return;
    case OP_ARG_JUMP:
        buf_printf(out, " to %u", arg);
        return;
    case OP_ARG_CONST:
        buf_putc(out, ' ');
        const_put(out, &code->consts[arg]);
        return;
    case OP_ARG_NAME:
        buf_printf(out, " %.*s", STR_ARG(code->names[arg]));
        return;
    case OP_ARG_SLOT:
        buf_printf(out, " %.*s", STR_ARG(code->slots[arg].name));
        return;
    case OP_ARG_BINARY:
        buf_printf(out, " %s", binary_names[arg]);
        return;
    case OP_ARG_COMPARE:
        buf_printf(out, " %s", compare_names[arg]);
        return;
    }
}

static void put_slots(Buf *out, const Code *code)
{
    static const char *const kinds[] = { "", " (cell)", " (free)" };
    for (uint32_t i = 0; i < code->slot_count; i++)
        buf_printf(out, "%s%.*s%s", i ? ", " : "  slots ", STR_ARG(code->slots[i].name),
                   kinds[code->slots[i].kind]);
    buf_puts(out, code->slot_count ? "\n" : "");
}

static void put_head(Buf *out, const Code *code)
{
    static const struct {
        unsigned flag;
        const char *name;
    } flags[] = {
        { CODE_VARARGS, " *args" },
        { CODE_VARKEYWORDS, " **kwargs" },
        { CODE_GENERATOR, " generator" },
        { CODE_COROUTINE, " coroutine" },
        { CODE_ASYNC_GENERATOR, " async generator" },
    };
    buf_printf(out, "%.*s", STR_ARG(code->qualname));
    if (code->flags & CODE_FUNCTION)
        buf_printf(out, "(%u/%u*%u)", code->posonly_count, code->arg_count, code->kwonly_count);
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        buf_puts(out, code->flags & flags[i].flag ? flags[i].name : "");
    buf_printf(out, " stack %u\n", code->stack_size);
}

void code_dump(Buf *out, const Code *code)
{
    put_head(out, code);
    put_slots(out, code);
    for (uint32_t i = 0; i < code->instruction_count; i++) {
        const OpcodeInfo *info = &opcode_info[INSTRUCTION_OP(code->instructions[i])];
        buf_printf(out, "%4u %s", i, info->name);
        put_arg(out, code, info->arg, INSTRUCTION_ARG(code->instructions[i]));
        buf_putc(out, '\n');
    }
    for (uint32_t i = 0; i < code->handler_count; i++) {
        const Handler *handler = &code->handlers[i];
        buf_printf(out, "  %u to %u: handler %u, depth %u\n", handler->start, handler->end,
                   handler->target, handler->depth);
    }
    for (uint32_t i = 0; i < code->const_count; i++) {
        if (code->consts[i].kind != CONST_CODE)
            continue;
        buf_putc(out, '\n');
        code_dump(out, code->consts[i].code);
    }
}

/* What is known of the stack at each instruction. */
typedef struct Check {
    const Code *code;
    int32_t *depths; /* -1: not reached yet */
    VEC(uint32_t) work;
    Arena *arena;
    Error *err;
} Check;

static bool reach(Check *check, uint32_t from, uint32_t to, int32_t depth)
{
    const Code *code = check->code;
    if (to >= code->instruction_count)
        return fail(check->err, ERR_SYNTAX, "%.*s: %u goes to %u, behind the end",
                    STR_ARG(code->qualname), from, to);
    if (depth < 0 || depth > (int32_t)code->stack_size)
        return fail(check->err, ERR_SYNTAX, "%.*s: depth %d at %u", STR_ARG(code->qualname), depth,
                    to);
    if (check->depths[to] >= 0)
        return check->depths[to] == depth ||
               fail(check->err, ERR_SYNTAX, "%.*s: depth %d at %u, from %u %d",
                    STR_ARG(code->qualname), check->depths[to], to, from, depth);
    check->depths[to] = depth;
    VEC_PUSH(check->arena, &check->work, to);
    return true;
}

static bool check_args(const Check *check, uint32_t at, OpArg kind, uint32_t arg)
{
    const Code *code = check->code;
    bool ok = kind == OP_ARG_CONST  ? arg < code->const_count
              : kind == OP_ARG_NAME ? arg < code->name_count
              : kind == OP_ARG_SLOT ? arg < code->slot_count
                                    : true;
    return ok || fail(check->err, ERR_SYNTAX, "%.*s: argument of %u", STR_ARG(code->qualname), at);
}

static bool step(Check *check, uint32_t at)
{
    const Code *code = check->code;
    uint32_t word = code->instructions[at], arg = INSTRUCTION_ARG(word);
    Opcode op = INSTRUCTION_OP(word);
    int32_t depth = check->depths[at];
    const Handler *handler = code_handler(code, at);
    if (!check_args(check, at, opcode_info[op].arg, arg))
        return false;
    if (handler && handler->depth > (uint32_t)depth)
        return fail(check->err, ERR_SYNTAX, "%.*s: handler of %u is deeper than its stack",
                    STR_ARG(code->qualname), at);
    if (handler && !reach(check, at, handler->target, (int32_t)handler->depth + 1))
        return false;
    if (opcode_info[op].arg == OP_ARG_JUMP &&
        !reach(check, at, arg, depth + opcode_effect(op, arg, true)))
        return false;
    return opcode_ends_flow(op) || reach(check, at, at + 1, depth + opcode_effect(op, arg, false));
}

bool code_check(Arena *arena, const Code *code, Error *err)
{
    Check check = { .code = code, .arena = arena, .err = err };
    check.depths = ARENA_ARRAY(arena, int32_t, code->instruction_count);
    for (uint32_t i = 0; i < code->instruction_count; i++)
        check.depths[i] = -1;
    if (!reach(&check, 0, 0, 0))
        return false;
    while (check.work.len) {
        if (!step(&check, check.work.items[--check.work.len]))
            return false;
    }
    for (uint32_t i = 0; i < code->const_count; i++) {
        if (code->consts[i].kind == CONST_CODE && !code_check(arena, code->consts[i].code, err))
            return false;
    }
    return true;
}
