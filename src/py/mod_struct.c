/* SPDX-License-Identifier: MIT */
/* What struct needs of C: the bytes of floats, the lowest first. */
#include <math.h>

#include "py/modules_data.h"

static void put_bits(char *bytes, uint64_t bits, size_t size)
{
    for (size_t i = 0; i < size; i++)
        bytes[i] = (char)(bits >> 8 * i);
}

static bool struct_pack_float(Vm *vm, Call *call)
{
    double real;
    int64_t size;
    char bytes[8];
    if (!to_float(vm, call->args[0], &real) || !to_int(vm, call->args[1], &size))
        return false;
    if (size == 4) {
        float narrow = (float)real;
        uint32_t bits;
        if (isinf(narrow) && isfinite(real))
            return vm_raise(vm, "OverflowError", "float too large to pack with f format");
        memcpy(&bits, &narrow, sizeof bits);
        put_bits(bytes, bits, 4);
        return give(call, make_bytes(vm, (Str){ bytes, 4 }));
    }
    uint64_t bits;
    memcpy(&bits, &real, sizeof bits);
    put_bits(bytes, bits, 8);
    return give(call, make_bytes(vm, (Str){ bytes, 8 }));
}

static bool struct_unpack_float(Vm *vm, Call *call)
{
    Str data;
    uint64_t bits = 0;
    if (!to_bytes(vm, call->args[0], &data))
        return false;
    for (size_t i = 0; i < data.len && i < 8; i++)
        bits |= (uint64_t)(unsigned char)data.ptr[i] << 8 * i;
    if (data.len == 4) {
        uint32_t low = (uint32_t)bits;
        float narrow;
        memcpy(&narrow, &low, sizeof narrow);
        return give(call, value_float((double)narrow));
    }
    double real;
    memcpy(&real, &bits, sizeof real);
    return give(call, value_float(real));
}

static const NativeRow struct_functions[] = {
    { "pack_float(number, size, /)", struct_pack_float, "Bytes of a float of 4 or 8 bytes." },
    { "unpack_float(data, /)", struct_unpack_float, "The float of 4 or 8 bytes." },
};

const NativeModule struct_module = {
    .name = "_struct",
    .functions = struct_functions,
    .function_count = sizeof struct_functions / sizeof *struct_functions,
};
