/* SPDX-License-Identifier: MIT */
#include "py/opcode.h"

#include "base/mem.h"

const OpcodeInfo opcode_info[OPCODE_COUNT] = {
#define X(name, arg, effect, per_arg, jump_effect) \
    [OP_##name] = { #name, OP_ARG_##arg, effect, per_arg, jump_effect },
    OPCODES(X)
#undef X
};

static int intrinsic_effect(Intrinsic intrinsic)
{
    switch (intrinsic) {
    case INTRINSIC_TYPEVAR:
    case INTRINSIC_TYPE_ALIAS:
        return -2;
    case INTRINSIC_PARAMSPEC:
    case INTRINSIC_TYPEVARTUPLE:
    case INTRINSIC_SET_TYPE_PARAMS:
        return -1;
    case INTRINSIC_SUBSCRIPT_GENERIC:
        return 0;
    }
    return 0;
}

int opcode_effect(Opcode op, uint32_t arg, bool jumps)
{
    const OpcodeInfo *info = &opcode_info[op];
    if (info->effect != EFFECT_ARG)
        return jumps ? info->jump_effect : info->effect + info->per_arg * (int)arg;
    switch ((int)op) {
    case OP_UNPACK_EX:
        return (int)(arg & 0xFFF) + (int)(arg >> 12);
    case OP_FORMAT_VALUE:
        return arg & FORMAT_SPEC ? -1 : 0;
    case OP_CALL_EX:
        return arg ? -2 : -1;
    case OP_MAKE_FUNCTION:
        return -__builtin_popcount(arg);
    default:
        return intrinsic_effect((Intrinsic)arg);
    }
}

bool opcode_ends_flow(Opcode op)
{
    return op == OP_RETURN_VALUE || op == OP_JUMP || op == OP_JUMP_BACK || op == OP_RAISE ||
           op == OP_RERAISE || op == OP_UNSUPPORTED;
}
