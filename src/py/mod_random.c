/* SPDX-License-Identifier: MIT */
/* The core of random: the Mersenne Twister (Matsumoto and Nishimura's MT19937), and the system's
 * bytes. */
#include <sys/random.h>

#include "py/dunders.h"
#include "py/modules_data.h"
#include "py/number.h"
#include "py/obj_number.h"
#include "py/state.h"

enum { WORDS = 624, MIDDLE = 397 };

typedef struct Twister {
    uint32_t words[WORDS];
    size_t at;
} Twister;

static const NativeClass twister_class;

static void fill_from_number(Twister *t, uint32_t number)
{
    t->words[0] = number;
    for (uint32_t i = 1; i < WORDS; i++)
        t->words[i] = 1812433253u * (t->words[i - 1] ^ t->words[i - 1] >> 30) + i;
    t->at = WORDS;
}

static void fill_from_key(Twister *t, const uint32_t *key, size_t count)
{
    fill_from_number(t, 19650218u);
    size_t i = 1, k = 0;
    for (size_t left = count > WORDS ? count : WORDS; left > 0; left--) {
        t->words[i] = (t->words[i] ^ (t->words[i - 1] ^ t->words[i - 1] >> 30) * 1664525u) +
                      key[k] + (uint32_t)k;
        i++;
        k = (k + 1) % count;
        if (i == WORDS) {
            t->words[0] = t->words[WORDS - 1];
            i = 1;
        }
    }
    for (size_t left = WORDS - 1; left > 0; left--) {
        t->words[i] =
            (t->words[i] ^ (t->words[i - 1] ^ t->words[i - 1] >> 30) * 1566083941u) - (uint32_t)i;
        if (++i == WORDS) {
            t->words[0] = t->words[WORDS - 1];
            i = 1;
        }
    }
    t->words[0] = 0x80000000u;
}

static void refill(Twister *t)
{
    for (size_t i = 0; i < WORDS; i++) {
        uint32_t bits = (t->words[i] & 0x80000000u) | (t->words[(i + 1) % WORDS] & 0x7FFFFFFFu);
        t->words[i] = t->words[(i + MIDDLE) % WORDS] ^ bits >> 1 ^ (bits & 1 ? 0x9908B0DFu : 0);
    }
    t->at = 0;
}

static uint32_t next_word(Twister *t)
{
    if (t->at >= WORDS)
        refill(t);
    uint32_t y = t->words[t->at++];
    y ^= y >> 11;
    y ^= y << 7 & 0x9D2C5680u;
    y ^= y << 15 & 0xEFC60000u;
    return y ^ y >> 18;
}

static Twister *self_twister(Vm *vm, Call *call)
{
    return payload_of(vm, call->args[0], &twister_class);
}

static bool twister_new(Vm *vm, Call *call)
{
    Class *cls;
    if (!to_new_class(vm, call->args[0], &twister_class, &cls))
        return false;
    call->result = vm_new_native(vm, cls, &twister_class);
    fill_from_number(payload_of(vm, call->result, &twister_class), 5489u);
    return true;
}

/* The key is the number's words, the lowest first. */
static bool twister_seed(Vm *vm, Call *call)
{
    Value v = call->args[1];
    if (!is_int(v))
        return vm_raise(vm, "TypeError", "the seed must be an int");
    mp_int number;
    int_to_mp(v, &number);
    size_t bytes = mp_ubin_size(&number), written, count = bytes ? (bytes + 3) / 4 : 1;
    unsigned char *data = mem_alloc(count * 4);
    uint32_t *key = mem_alloc(count * sizeof *key);
    mp_must(mp_to_ubin(&number, data, count * 4, &written));
    for (size_t i = 0; i < bytes; i++)
        key[i / 4] |= (uint32_t)data[bytes - 1 - i] << (8 * (i % 4));
    fill_from_key(self_twister(vm, call), key, count);
    mp_clear(&number);
    mem_free(key);
    mem_free(data);
    return true;
}

static bool twister_random(Vm *vm, Call *call)
{
    Twister *t = self_twister(vm, call);
    uint32_t a = next_word(t) >> 5, b = next_word(t) >> 6;
    return give(call, value_float((a * 67108864.0 + b) / 9007199254740992.0));
}

static bool twister_getrandbits(Vm *vm, Call *call)
{
    Twister *t = self_twister(vm, call);
    int64_t bits;
    if (!to_size(vm, call->args[1], &bits))
        return false;
    if (bits <= 0)
        return give(call, value_int(0));
    if (bits <= 32)
        return give(call, value_int(next_word(t) >> (32 - bits)));
    if (!heap_may_make(vm, (size_t)bits / 8))
        return false;
    size_t count = ((size_t)bits + 31) / 32;
    unsigned char *data = mem_alloc(count * 4);
    for (size_t i = 0; i < count; i++, bits -= 32) {
        uint32_t word = next_word(t);
        if (bits < 32)
            word >>= 32 - bits;
        for (size_t k = 0; k < 4; k++)
            data[(count - 1 - i) * 4 + 3 - k] = (unsigned char)(word >> 8 * k);
    }
    mp_int number;
    mp_must(mp_init(&number));
    mp_must(mp_from_ubin(&number, data, count * 4));
    mem_free(data);
    return give(call, int_from_mp(vm, &number));
}

static bool twister_state(Vm *vm, Call *call)
{
    const Twister *t = self_twister(vm, call);
    TupleObj *state = tuple_new(vm, WORDS + 1);
    for (size_t i = 0; i < WORDS; i++)
        state->items[i] = value_int(t->words[i]);
    state->items[WORDS] = value_int((int64_t)t->at);
    return give(call, value_object(state));
}

static bool twister_restore(Vm *vm, Call *call)
{
    Twister *t = self_twister(vm, call);
    Value state = call->args[1];
    if (!is_tuple(state) || tuple_len(state) != WORDS + 1)
        return vm_raise(vm, "ValueError", "state vector is the wrong size");
    for (size_t i = 0; i <= WORDS; i++) {
        int64_t word;
        if (!to_int(vm, tuple_get(state, i), &word))
            return false;
        if (i < WORDS)
            t->words[i] = (uint32_t)word;
        else
            t->at = word < 0 || word > WORDS ? WORDS : (size_t)word;
    }
    return true;
}

static bool random_system_bytes(Vm *vm, Call *call)
{
    int64_t count;
    if (!to_size(vm, call->args[0], &count))
        return false;
    if (count < 0)
        return vm_raise(vm, "ValueError", "negative argument not allowed");
    if (!heap_may_make(vm, (size_t)count))
        return false;
    BytesObj *made = bytes_new(vm, (size_t)count);
    for (size_t at = 0; at < (size_t)count;) {
        size_t part = (size_t)count - at < 256 ? (size_t)count - at : 256;
        if (getrandom(made->data + at, part, 0) != (ssize_t)part)
            return vm_raise(vm, "OSError", "the system has no random bytes");
        at += part;
    }
    return give(call, value_object(made));
}

static const NativeRow twister_methods[] = {
    { "__new__(cls)", twister_new, NULL },
    { "seed(self, number, /)", twister_seed, NULL },
    { "random(self)", twister_random, NULL },
    { "getrandbits(self, k, /)", twister_getrandbits, NULL },
    { "state(self)", twister_state, NULL },
    { "restore(self, state, /)", twister_restore, NULL },
};

static const NativeClass twister_class = {
    .name = "Twister",
    .module = "_random",
    .size = sizeof(Twister),
    .methods = twister_methods,
    .method_count = sizeof twister_methods / sizeof *twister_methods,
};

static const NativeRow random_functions[] = {
    { "system_bytes(n, /)", random_system_bytes, "Random bytes of the system." },
};

static bool random_init(Vm *vm, Value module)
{
    return module_set(vm, module, "Twister", class_value(vm_class(vm, &twister_class)));
}

const NativeModule random_module = {
    .name = "_random",
    .functions = random_functions,
    .function_count = sizeof random_functions / sizeof *random_functions,
    .init = random_init,
};
