/* SPDX-License-Identifier: MIT */
/* hashlib, over libmd. */
#include <sys/types.h>

#include <md5.h>
#include <sha1.h>
#include <sha2.h>

#include "base/buf.h"
#include "py/modules_data.h"

typedef union DigestState {
    MD5_CTX md5;
    SHA1_CTX sha1;
    SHA2_CTX sha2;
} DigestState;

typedef struct Digest {
    const char *name;
    size_t digest_size, block_size;
    void (*init)(DigestState *state);
    void (*update)(DigestState *state, Str data);
    void (*final)(DigestState *state, uint8_t *out);
} Digest;

#define DIGEST(id, member, Init, Update, Final)                      \
    static void id##_init(DigestState *state)                        \
    {                                                                \
        Init(&state->member);                                        \
    }                                                                \
    static void id##_update(DigestState *state, Str data)            \
    {                                                                \
        Update(&state->member, (const uint8_t *)data.ptr, data.len); \
    }                                                                \
    static void id##_final(DigestState *state, uint8_t *out)         \
    {                                                                \
        Final(out, &state->member);                                  \
    }

DIGEST(md5, md5, MD5Init, MD5Update, MD5Final)
DIGEST(sha1, sha1, SHA1Init, SHA1Update, SHA1Final)
DIGEST(sha256, sha2, SHA256Init, SHA256Update, SHA256Final)
DIGEST(sha384, sha2, SHA384Init, SHA384Update, SHA384Final)
DIGEST(sha512, sha2, SHA512Init, SHA512Update, SHA512Final)

/* SHA-224 is SHA-256 from other beginnings, cut. */
static void sha224_init(DigestState *state)
{
    static const uint32_t begin[8] = { 0xC1059ED8, 0x367CD507, 0x3070DD17, 0xF70E5939,
                                       0xFFC00B31, 0x68581511, 0x64F98FA7, 0xBEFA4FA4 };
    SHA256Init(&state->sha2);
    memcpy(state->sha2.state.st32, begin, sizeof begin);
}

static void sha224_final(DigestState *state, uint8_t *out)
{
    uint8_t whole[32];
    SHA256Final(whole, &state->sha2);
    memcpy(out, whole, 28);
}

#define sha224_update sha256_update
#define DIGEST_ROW(id, size, block)                          \
    {                                                        \
#id, size, block, id##_init, id##_update, id##_final \
    }

static const Digest digests[] = {
    DIGEST_ROW(md5, 16, 64),    DIGEST_ROW(sha1, 20, 64),    DIGEST_ROW(sha224, 28, 64),
    DIGEST_ROW(sha256, 32, 64), DIGEST_ROW(sha384, 48, 128), DIGEST_ROW(sha512, 64, 128),
};
enum { DIGEST_MOST = 64, BLOCK_MOST = 128 };

static const Digest *digest_named(Str name)
{
    Buf plain = { 0 };
    for (size_t i = 0; i < name.len; i++)
        if (name.ptr[i] != '-')
            buf_putc(&plain, char_lower(name.ptr[i]));
    const Digest *found = NULL;
    for (size_t i = 0; i < sizeof digests / sizeof *digests; i++)
        if (str_is(buf_str(&plain), digests[i].name))
            found = &digests[i];
    buf_free(&plain);
    return found;
}

/* ---- objects ---- */

typedef struct Hash {
    const Digest *digest;
    DigestState state;
} Hash;

static const NativeClass hash_class;

static bool to_data(Vm *vm, Value v, Str *data)
{
    if (is_str(v))
        return vm_raise(vm, "TypeError", "Strings must be encoded before hashing");
    if (!is_bytes(v))
        return vm_raise(vm, "TypeError", "object supporting the buffer API required");
    return to_bytes(vm, v, data);
}

static Hash *self_hash(Vm *vm, Call *call)
{
    return payload_of(vm, call->args[0], &hash_class);
}

static bool hash_new(Vm *vm, Call *call, const Digest *digest, Value data)
{
    Str bytes = STR("");
    if (value_given(data) && !to_data(vm, data, &bytes))
        return false;
    call->result = vm_new_native(vm, vm_class(vm, &hash_class), &hash_class);
    Hash *hash = payload_of(vm, call->result, &hash_class);
    hash->digest = digest;
    digest->init(&hash->state);
    digest->update(&hash->state, bytes);
    return true;
}

static bool hash_update(Vm *vm, Call *call)
{
    Hash *hash = self_hash(vm, call);
    Str data;
    if (!to_data(vm, call->args[1], &data))
        return false;
    hash->digest->update(&hash->state, data);
    return true;
}

static Str finish(const Hash *hash, uint8_t out[DIGEST_MOST])
{
    DigestState state = hash->state;
    hash->digest->final(&state, out);
    return (Str){ (const char *)out, hash->digest->digest_size };
}

static bool hash_digest(Vm *vm, Call *call)
{
    uint8_t out[DIGEST_MOST];
    return give(call, make_bytes(vm, finish(self_hash(vm, call), out)));
}

static bool hash_hexdigest(Vm *vm, Call *call)
{
    uint8_t out[DIGEST_MOST];
    Str bytes = finish(self_hash(vm, call), out);
    Buf text = { 0 };
    for (size_t i = 0; i < bytes.len; i++)
        buf_printf(&text, "%02x", out[i]);
    call->result = make_str(vm, buf_str(&text));
    buf_free(&text);
    return true;
}

static bool hash_copy(Vm *vm, Call *call)
{
    const Hash *hash = self_hash(vm, call);
    call->result = vm_new_native(vm, vm_class(vm, &hash_class), &hash_class);
    *(Hash *)payload_of(vm, call->result, &hash_class) = *hash;
    return true;
}

static bool hash_name(Vm *vm, Call *call)
{
    return give(call, make_strz(vm, self_hash(vm, call)->digest->name));
}

static bool hash_digest_size(Vm *vm, Call *call)
{
    return give(call, value_int((int64_t)self_hash(vm, call)->digest->digest_size));
}

static bool hash_block_size(Vm *vm, Call *call)
{
    return give(call, value_int((int64_t)self_hash(vm, call)->digest->block_size));
}

static const NativeRow hash_methods[] = {
    { "update(self, obj, /)", hash_update, "Update this hash object's state." },
    { "digest(self)", hash_digest, "Return the digest value as a bytes object." },
    { "hexdigest(self)", hash_hexdigest, "Return the digest value in hexadecimal." },
    { "copy(self)", hash_copy, "Return a copy of the hash object." },
};

static const NativeRow hash_getters[] = {
    { "name(self)", hash_name, NULL },
    { "digest_size(self)", hash_digest_size, NULL },
    { "block_size(self)", hash_block_size, NULL },
};

static const NativeClass hash_class = {
    .name = "HASH",
    .module = "_hashlib",
    .size = sizeof(Hash),
    .methods = hash_methods,
    .method_count = sizeof hash_methods / sizeof *hash_methods,
    .getters = hash_getters,
    .getter_count = sizeof hash_getters / sizeof *hash_getters,
};

/* ---- functions ---- */

/* Of the row "md5(string=..., *, usedforsecurity=True)": the row's name says which. */
static bool hashlib_named(Vm *vm, Call *call)
{
    Str row = str_from(call->row->signature);
    Str name = str_slice(row, 0, (size_t)str_find_char(row, '(', 0));
    return hash_new(vm, call, digest_named(name), call->args[0]);
}

static bool to_digest(Vm *vm, Value name, const Digest **digest)
{
    Str text;
    if (!to_str(vm, name, &text))
        return false;
    *digest = digest_named(text);
    return *digest || vm_raise(vm, "ValueError", "unsupported hash type %.*s", STR_ARG(text));
}

static bool hashlib_new(Vm *vm, Call *call)
{
    const Digest *digest;
    return to_digest(vm, call->args[0], &digest) && hash_new(vm, call, digest, call->args[1]);
}

static void hmac(const Digest *digest, Str key, Str data, Str more, uint8_t *out)
{
    uint8_t block[BLOCK_MOST] = { 0 }, pad[BLOCK_MOST];
    DigestState state;
    if (key.len > digest->block_size) {
        digest->init(&state);
        digest->update(&state, key);
        digest->final(&state, block);
    } else if (key.len) {
        memcpy(block, key.ptr, key.len);
    }
    Str padded = { (const char *)pad, digest->block_size };
    for (size_t i = 0; i < digest->block_size; i++)
        pad[i] = block[i] ^ 0x36;
    digest->init(&state);
    digest->update(&state, padded);
    digest->update(&state, data);
    digest->update(&state, more);
    digest->final(&state, out);
    for (size_t i = 0; i < digest->block_size; i++)
        pad[i] = block[i] ^ 0x5C;
    digest->init(&state);
    digest->update(&state, padded);
    digest->update(&state, (Str){ (const char *)out, digest->digest_size });
    digest->final(&state, out);
}

static bool hashlib_hmac_digest(Vm *vm, Call *call)
{
    const Digest *digest;
    Str key, data;
    uint8_t out[DIGEST_MOST];
    if (!to_data(vm, call->args[0], &key) || !to_data(vm, call->args[1], &data) ||
        !to_digest(vm, call->args[2], &digest))
        return false;
    hmac(digest, key, data, STR(""), out);
    return give(call, make_bytes(vm, (Str){ (const char *)out, digest->digest_size }));
}

/* One block of PBKDF2: the xor of `rounds` chained HMACs. */
static void pbkdf2_block(const Digest *digest, Str password, Str salt, uint32_t number,
                         int64_t rounds, uint8_t *out)
{
    uint8_t counter[4] = { (uint8_t)(number >> 24), (uint8_t)(number >> 16), (uint8_t)(number >> 8),
                           (uint8_t)number };
    uint8_t chained[DIGEST_MOST];
    hmac(digest, password, salt, (Str){ (const char *)counter, 4 }, chained);
    memcpy(out, chained, digest->digest_size);
    for (int64_t i = 1; i < rounds; i++) {
        hmac(digest, password, (Str){ (const char *)chained, digest->digest_size }, STR(""),
             chained);
        for (size_t k = 0; k < digest->digest_size; k++)
            out[k] ^= chained[k];
    }
}

static bool hashlib_pbkdf2(Vm *vm, Call *call)
{
    ARGS(call, hash_name, password, salt, iterations, dklen);
    const Digest *digest;
    Str secret, seasoning;
    int64_t rounds, wanted;
    if (!to_digest(vm, hash_name, &digest) || !to_data(vm, password, &secret) ||
        !to_data(vm, salt, &seasoning) || !to_int(vm, iterations, &rounds))
        return false;
    wanted = (int64_t)digest->digest_size;
    if (!value_is_none(dklen) && !to_int(vm, dklen, &wanted))
        return false;
    if (rounds < 1 || wanted < 1 || wanted > 1 << 20)
        return vm_raise(vm, "ValueError", "iteration value and key length must be greater than 0.");
    Buf key = { 0 };
    for (uint32_t number = 1; (int64_t)key.len < wanted; number++) {
        uint8_t out[DIGEST_MOST];
        pbkdf2_block(digest, secret, seasoning, number, rounds, out);
        buf_put(&key, (Str){ (const char *)out, digest->digest_size });
    }
    call->result = make_bytes(vm, str_slice(buf_str(&key), 0, (size_t)wanted));
    buf_free(&key);
    return true;
}

static bool hashlib_refused(Vm *vm, Call *call)
{
    Str row = str_from(call->row->signature);
    return vm_raise(vm, "NotImplementedError", "limbeck does not serve hashlib.%.*s",
                    STR_ARG(str_slice(row, 0, (size_t)str_find_char(row, '(', 0))));
}

#define NAMED(name)                                                                            \
    {                                                                                          \
#name "(string=..., *, usedforsecurity=True)", hashlib_named, "Returns a hash object." \
    }
#define REFUSED(name)                                          \
    {                                                          \
#name "(*args, **kwargs)", hashlib_refused, "Refused." \
    }

static const NativeRow hashlib_functions[] = {
    NAMED(md5),
    NAMED(sha1),
    NAMED(sha224),
    NAMED(sha256),
    NAMED(sha384),
    NAMED(sha512),
    { "new(name, data=..., *, usedforsecurity=True)", hashlib_new, "Return a new hash object." },
    { "pbkdf2_hmac(hash_name, password, salt, iterations, dklen=None)", hashlib_pbkdf2,
      "Password based key derivation." },
    { "_hmac_digest(key, msg, digest)", hashlib_hmac_digest, "HMAC of a message." },
    REFUSED(blake2b),
    REFUSED(blake2s),
    REFUSED(sha3_224),
    REFUSED(sha3_256),
    REFUSED(sha3_384),
    REFUSED(sha3_512),
    REFUSED(shake_128),
    REFUSED(shake_256),
    REFUSED(scrypt),
    REFUSED(file_digest),
};

static bool hashlib_init(Vm *vm, Value module)
{
    Value names = make_set(vm, true);
    for (size_t i = 0; i < sizeof digests / sizeof *digests; i++)
        if (!set_add(vm, names, make_strz(vm, digests[i].name)))
            return false;
    return module_set(vm, module, "algorithms_guaranteed", names) &&
           module_set(vm, module, "algorithms_available", names);
}

const NativeModule hashlib_module = {
    .name = "hashlib",
    .functions = hashlib_functions,
    .function_count = sizeof hashlib_functions / sizeof *hashlib_functions,
    .init = hashlib_init,
};
