/* SPDX-License-Identifier: MIT */
#include "py/mod_uuid.h"

#include <md5.h>
#include <sha1.h>
#include <stdio.h>
#include <sys/random.h>
#include <time.h>

#include "base/buf.h"
#include "py/modules.h"

__extension__ typedef unsigned __int128 Wide128;

void uuid_text(const Uuid *uuid, char text[37])
{
    static const char digits[] = "0123456789abcdef";
    size_t at = 0;
    for (size_t i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            text[at++] = '-';
        text[at++] = digits[uuid->bytes[i] >> 4];
        text[at++] = digits[uuid->bytes[i] & 15];
    }
    text[at] = '\0';
}

bool uuid_parse(Str text, Uuid *uuid)
{
    size_t count = 0;
    if (str_starts(text, STR("urn:")))
        text = str_from_offset(text, 4);
    if (str_starts(text, STR("uuid:")))
        text = str_from_offset(text, 5);
    while (text.len && strchr("{}", text.ptr[0]) && text.ptr[0])
        text = str_from_offset(text, 1);
    while (text.len && strchr("{}", text.ptr[text.len - 1]) && text.ptr[text.len - 1])
        text.len--;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '-')
            continue;
        int digit = char_hex(text.ptr[i]);
        if (digit < 0 || count == 32)
            return false;
        uint8_t *byte = &uuid->bytes[count / 2];
        *byte = (uint8_t)(count % 2 ? *byte | digit : digit << 4);
        count++;
    }
    return count == 32;
}

static Value uuid_make_in(Vm *vm, Class *cls, const Uuid *uuid)
{
    Value made = vm_new_native(vm, cls, &uuid_class);
    *(Uuid *)payload_of(vm, made, &uuid_class) = *uuid;
    return made;
}

Value uuid_make(Vm *vm, const Uuid *uuid)
{
    return uuid_make_in(vm, vm_class(vm, &uuid_class), uuid);
}

/* ---- as a number ---- */

static Wide128 number_of(const Uuid *uuid)
{
    Wide128 number = 0;
    for (size_t i = 0; i < 16; i++)
        number = number << 8 | uuid->bytes[i];
    return number;
}

static void number_set(Uuid *uuid, Wide128 number)
{
    for (size_t i = 16; i-- > 0; number >>= 8)
        uuid->bytes[i] = (uint8_t)number;
}

static Value number_value(Vm *vm, Wide128 number)
{
    char text[40];
    size_t at = sizeof text;
    do {
        text[--at] = (char)('0' + (int)(number % 10));
        number /= 10;
    } while (number);
    return make_int_text(vm, (Str){ text + at, sizeof text - at });
}

static bool number_read(Vm *vm, Value v, Wide128 *number)
{
    Value text;
    Str digits;
    const Wide128 most = ~(Wide128)0;
    if (!is_int(v))
        return vm_raise(vm, "TypeError", "an integer is required, not %s", type_name(vm, v));
    if (!vm_str(vm, v, &text) || !to_str(vm, text, &digits))
        return false;
    *number = 0;
    for (size_t i = 0; i < digits.len; i++) {
        unsigned digit = (unsigned)(digits.ptr[i] - '0');
        if (digit > 9 || *number > (most - digit) / 10)
            return vm_raise(vm, "ValueError", "int is out of range (need a 128-bit value)");
        *number = *number * 10 + digit;
    }
    return true;
}

/* ---- making ---- */

static void swap_le(Uuid *uuid)
{
    static const size_t order[16] = { 3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15 };
    Uuid from = *uuid;
    for (size_t i = 0; i < 16; i++)
        uuid->bytes[i] = from.bytes[order[i]];
}

static bool read_bytes(Vm *vm, Value v, const char *name, Uuid *uuid)
{
    Str bytes;
    if (!to_bytes(vm, v, &bytes))
        return false;
    if (bytes.len != 16)
        return vm_raise(vm, "ValueError", "%s is not a 16-char string", name);
    memcpy(uuid->bytes, bytes.ptr, 16);
    return true;
}

static bool read_fields(Vm *vm, Value v, Uuid *uuid)
{
    static const int widths[] = { 32, 16, 16, 8, 8, 48 };
    Value list;
    if (!vm_to_list(vm, v, &list))
        return false;
    if (list_len(list) != 6)
        return vm_raise(vm, "ValueError", "fields is not a 6-tuple");
    Wide128 number = 0;
    for (size_t i = 0; i < 6; i++) {
        int64_t part;
        if (!to_int(vm, list_get(list, i), &part))
            return false;
        if (part < 0 || part >> widths[i] != 0)
            return vm_raise(vm, "ValueError", "field %zu out of range (need a %d-bit value)", i + 1,
                            widths[i]);
        number = number << widths[i] | (uint64_t)part;
    }
    number_set(uuid, number);
    return true;
}

static bool read_hex(Vm *vm, Value v, Uuid *uuid)
{
    Str text;
    if (!is_str(v))
        return vm_raise(vm, "AttributeError", "'%s' object has no attribute 'replace'",
                        type_name(vm, v));
    if (!to_str(vm, v, &text))
        return false;
    return uuid_parse(text, uuid) ||
           vm_raise(vm, "ValueError", "badly formed hexadecimal UUID string");
}

static void set_version(Uuid *uuid, int version)
{
    uuid->bytes[6] = (uint8_t)((uuid->bytes[6] & 0x0F) | version << 4);
    uuid->bytes[8] = (uint8_t)((uuid->bytes[8] & 0x3F) | 0x80);
}

static bool read_given(Vm *vm, Call *call, Uuid *uuid)
{
    ARGS(call, cls, hex, bytes, bytes_le, fields);
    const Value number = call->args[5];
    (void)cls;
    const Value given[] = { hex, bytes, bytes_le, fields, number };
    size_t count = 0;
    for (size_t i = 0; i < 5; i++)
        count += !value_is_none(given[i]);
    if (count != 1)
        return vm_raise(vm, "TypeError",
                        "one of the hex, bytes, bytes_le, fields, or int arguments "
                        "must be given");
    if (!value_is_none(hex))
        return read_hex(vm, hex, uuid);
    if (!value_is_none(bytes))
        return read_bytes(vm, bytes, "bytes", uuid);
    if (!value_is_none(fields))
        return read_fields(vm, fields, uuid);
    if (!value_is_none(bytes_le)) {
        if (!read_bytes(vm, bytes_le, "bytes_le", uuid))
            return false;
        swap_le(uuid);
        return true;
    }
    Wide128 value = 0;
    if (!number_read(vm, number, &value))
        return false;
    number_set(uuid, value);
    return true;
}

static bool uuid_new(Vm *vm, Call *call)
{
    Uuid uuid = { { 0 } };
    Value version = call->args[6];
    int64_t number;
    if (!read_given(vm, call, &uuid))
        return false;
    if (!value_is_none(version)) {
        if (!to_int(vm, version, &number))
            return false;
        if (number < 1 || number > 5)
            return vm_raise(vm, "ValueError", "illegal version number");
        set_version(&uuid, (int)number);
    }
    return give(call, uuid_make_in(vm, class_ptr(call->args[0]), &uuid));
}

/* ---- attributes ---- */

static const Uuid *uuid_of(Vm *vm, Call *call)
{
    return payload_of(vm, call->args[0], &uuid_class);
}

static bool uuid_str(Vm *vm, Call *call)
{
    char text[37];
    uuid_text(uuid_of(vm, call), text);
    return give(call, make_strz(vm, text));
}

static bool uuid_repr(Vm *vm, Call *call)
{
    char text[37];
    uuid_text(uuid_of(vm, call), text);
    return give(call, make_strf(vm, "%s('%s')", type_name(vm, call->args[0]), text));
}

static bool uuid_get_urn(Vm *vm, Call *call)
{
    char text[37];
    uuid_text(uuid_of(vm, call), text);
    return give(call, make_strf(vm, "urn:uuid:%s", text));
}

static bool uuid_get_hex(Vm *vm, Call *call)
{
    char text[33];
    const Uuid *uuid = uuid_of(vm, call);
    for (size_t i = 0; i < 16; i++)
        snprintf(text + 2 * i, 3, "%02x", uuid->bytes[i]);
    return give(call, make_strz(vm, text));
}

static bool uuid_get_int(Vm *vm, Call *call)
{
    return give(call, number_value(vm, number_of(uuid_of(vm, call))));
}

static bool uuid_get_bytes(Vm *vm, Call *call)
{
    const Uuid *uuid = uuid_of(vm, call);
    return give(call, make_bytes(vm, (Str){ (const char *)uuid->bytes, 16 }));
}

static bool uuid_get_bytes_le(Vm *vm, Call *call)
{
    Uuid uuid = *uuid_of(vm, call);
    swap_le(&uuid);
    return give(call, make_bytes(vm, (Str){ (const char *)uuid.bytes, 16 }));
}

static uint64_t field_of(const Uuid *uuid, size_t from, size_t count)
{
    uint64_t value = 0;
    for (size_t i = 0; i < count; i++)
        value = value << 8 | uuid->bytes[from + i];
    return value;
}

#define UUID_FIELD(name, from, count)                                                    \
    static bool name(Vm *vm, Call *call)                                                 \
    {                                                                                    \
        return give(call, value_int((int64_t)field_of(uuid_of(vm, call), from, count))); \
    }
UUID_FIELD(uuid_get_time_low, 0, 4)
UUID_FIELD(uuid_get_time_mid, 4, 2)
UUID_FIELD(uuid_get_time_hi_version, 6, 2)
UUID_FIELD(uuid_get_clock_seq_hi_variant, 8, 1)
UUID_FIELD(uuid_get_clock_seq_low, 9, 1)
UUID_FIELD(uuid_get_node, 10, 6)

static bool uuid_get_fields(Vm *vm, Call *call)
{
    const Uuid *uuid = uuid_of(vm, call);
    static const size_t parts[6][2] = {
        { 0, 4 }, { 4, 2 }, { 6, 2 }, { 8, 1 }, { 9, 1 }, { 10, 6 }
    };
    Value values[6];
    for (size_t i = 0; i < 6; i++)
        values[i] = value_int((int64_t)field_of(uuid, parts[i][0], parts[i][1]));
    return give(call, make_tuple(vm, values, 6));
}

static bool uuid_get_time(Vm *vm, Call *call)
{
    const Uuid *uuid = uuid_of(vm, call);
    uint64_t high = field_of(uuid, 6, 2) & 0x0FFF;
    return give(
        call, value_int((int64_t)(high << 48 | field_of(uuid, 4, 2) << 32 | field_of(uuid, 0, 4))));
}

static bool uuid_get_clock_seq(Vm *vm, Call *call)
{
    return give(call, value_int((int64_t)(field_of(uuid_of(vm, call), 8, 2) & 0x3FFF)));
}

static const char *variant_of(const Uuid *uuid)
{
    uint8_t byte = uuid->bytes[8];
    if (!(byte & 0x80))
        return "reserved for NCS compatibility";
    if (!(byte & 0x40))
        return "specified in RFC 4122";
    return byte & 0x20 ? "reserved for future definition" : "reserved for Microsoft compatibility";
}

static bool uuid_get_variant(Vm *vm, Call *call)
{
    return give(call, make_strz(vm, variant_of(uuid_of(vm, call))));
}

static bool uuid_get_version(Vm *vm, Call *call)
{
    const Uuid *uuid = uuid_of(vm, call);
    bool rfc = (uuid->bytes[8] & 0xC0) == 0x80;
    return give(call, rfc ? value_int(uuid->bytes[6] >> 4) : VALUE_NONE);
}

/* ---- order ---- */

static bool uuid_hash(Vm *vm, Call *call)
{
    const Uuid *uuid = uuid_of(vm, call);
    uint64_t hash = str_hash((Str){ (const char *)uuid->bytes, 16 });
    return give(call, value_int((int64_t)(hash >> 2)));
}

#define UUID_COMPARE(name, test)                                                        \
    static bool name(Vm *vm, Call *call)                                                    \
    {                                                                                       \
        const Uuid *a = uuid_of(vm, call), *b = payload_of(vm, call->args[1], &uuid_class); \
        if (!b)                                                                             \
            return give(call, (Value){ .tag = TAG_NOT_IMPLEMENTED });                       \
        return give(call, value_bool(memcmp(a->bytes, b->bytes, 16) test 0));            \
    }
UUID_COMPARE(uuid_eq, ==)
UUID_COMPARE(uuid_lt, <)
UUID_COMPARE(uuid_le, <=)
UUID_COMPARE(uuid_gt, >)
UUID_COMPARE(uuid_ge, >=)

static bool uuid_reduce(Vm *vm, Call *call)
{
    if (!uuid_str(vm, call))
        return false;
    const Value pair[] = { value_object(value_class(vm, call->args[0])),
                           make_tuple(vm, &call->result, 1) };
    return give(call, make_tuple(vm, pair, 2));
}

static bool uuid_int_method(Vm *vm, Call *call)
{
    return uuid_get_int(vm, call);
}

static const NativeRow uuid_methods[] = {
    { "__new__(cls, hex=None, bytes=None, bytes_le=None, fields=None, int=None, version=None, *, "
      "is_safe=None)",
      uuid_new, NULL },
    { "__str__(self, /)", uuid_str, NULL },
    { "__repr__(self, /)", uuid_repr, NULL },
    { "__int__(self, /)", uuid_int_method, NULL },
    { "__hash__(self, /)", uuid_hash, NULL },
    { "__eq__(self, other, /)", uuid_eq, NULL },
    { "__lt__(self, other, /)", uuid_lt, NULL },
    { "__le__(self, other, /)", uuid_le, NULL },
    { "__gt__(self, other, /)", uuid_gt, NULL },
    { "__ge__(self, other, /)", uuid_ge, NULL },
    { "__reduce__(self, /)", uuid_reduce, NULL },
};
static const NativeRow uuid_getters[] = {
    { "hex(self)", uuid_get_hex, NULL },
    { "int(self)", uuid_get_int, NULL },
    { "bytes(self)", uuid_get_bytes, NULL },
    { "bytes_le(self)", uuid_get_bytes_le, NULL },
    { "urn(self)", uuid_get_urn, NULL },
    { "fields(self)", uuid_get_fields, NULL },
    { "time_low(self)", uuid_get_time_low, NULL },
    { "time_mid(self)", uuid_get_time_mid, NULL },
    { "time_hi_version(self)", uuid_get_time_hi_version, NULL },
    { "clock_seq_hi_variant(self)", uuid_get_clock_seq_hi_variant, NULL },
    { "clock_seq_low(self)", uuid_get_clock_seq_low, NULL },
    { "clock_seq(self)", uuid_get_clock_seq, NULL },
    { "time(self)", uuid_get_time, NULL },
    { "node(self)", uuid_get_node, NULL },
    { "variant(self)", uuid_get_variant, NULL },
    { "version(self)", uuid_get_version, NULL },
};
const NativeClass uuid_class = {
    .name = "UUID",
    .module = "uuid",
    .size = sizeof(Uuid),
    .methods = uuid_methods,
    .method_count = sizeof uuid_methods / sizeof *uuid_methods,
    .getters = uuid_getters,
    .getter_count = sizeof uuid_getters / sizeof *uuid_getters,
    .doc = "A universally unique identifier.",
};

/* ---- functions ---- */

static void random_bytes(void *to, size_t count)
{
    for (size_t got = 0; got < count;) {
        ssize_t more = getrandom((char *)to + got, count - got, 0);
        got += more > 0 ? (size_t)more : 0;
    }
}

static bool uuid_uuid4(Vm *vm, Call *call)
{
    Uuid uuid;
    random_bytes(uuid.bytes, sizeof uuid.bytes);
    set_version(&uuid, 4);
    return give(call, uuid_make(vm, &uuid));
}

/* Time, with a random clock sequence and node (its multicast bit set, as RFC 4122 asks). */
static bool uuid_uuid1(Vm *vm, Call *call)
{
    ARGS(call, node, clock_seq);
    Uuid uuid;
    struct timespec now;
    int64_t given;
    random_bytes(uuid.bytes, sizeof uuid.bytes);
    uuid.bytes[10] |= 1;
    clock_gettime(CLOCK_REALTIME, &now);
    uint64_t ticks =
        (uint64_t)now.tv_sec * 10000000u + (uint64_t)now.tv_nsec / 100u + 0x01b21dd213814000u;
    uint64_t high =
        (ticks & 0xFFFFFFFFu) << 32 | ((ticks >> 32) & 0xFFFFu) << 16 | (ticks >> 48 & 0x0FFFu);
    for (size_t i = 0; i < 8; i++)
        uuid.bytes[i] = (uint8_t)(high >> (56 - 8 * i));
    if (!value_is_none(node)) {
        if (!to_int(vm, node, &given))
            return false;
        for (size_t i = 0; i < 6; i++)
            uuid.bytes[10 + i] = (uint8_t)((uint64_t)given >> (40 - 8 * i));
    }
    if (!value_is_none(clock_seq)) {
        if (!to_int(vm, clock_seq, &given))
            return false;
        uuid.bytes[8] = (uint8_t)(given >> 8);
        uuid.bytes[9] = (uint8_t)given;
    }
    set_version(&uuid, 1);
    return give(call, uuid_make(vm, &uuid));
}

static bool name_arguments(Vm *vm, Call *call, const Uuid **space, Str *name)
{
    *space = to_payload(vm, call->args[0], &uuid_class);
    return *space && (is_bytes(call->args[1]) ? to_bytes(vm, call->args[1], name)
                                              : to_str(vm, call->args[1], name));
}

static bool uuid_uuid3(Vm *vm, Call *call)
{
    const Uuid *space;
    Str name;
    Uuid uuid;
    MD5_CTX context;
    if (!name_arguments(vm, call, &space, &name))
        return false;
    MD5Init(&context);
    MD5Update(&context, space->bytes, 16);
    MD5Update(&context, (const uint8_t *)name.ptr, name.len);
    MD5Final(uuid.bytes, &context);
    set_version(&uuid, 3);
    return give(call, uuid_make(vm, &uuid));
}

static bool uuid_uuid5(Vm *vm, Call *call)
{
    const Uuid *space;
    Str name;
    Uuid uuid;
    SHA1_CTX context;
    uint8_t digest[SHA1_DIGEST_LENGTH];
    if (!name_arguments(vm, call, &space, &name))
        return false;
    SHA1Init(&context);
    SHA1Update(&context, space->bytes, 16);
    SHA1Update(&context, (const uint8_t *)name.ptr, name.len);
    SHA1Final(digest, &context);
    memcpy(uuid.bytes, digest, 16);
    set_version(&uuid, 5);
    return give(call, uuid_make(vm, &uuid));
}

static bool uuid_getnode(Vm *vm, Call *call)
{
    uint8_t bytes[6];
    int64_t node = 0;
    (void)vm;
    random_bytes(bytes, sizeof bytes);
    bytes[0] |= 1;
    for (size_t i = 0; i < 6; i++)
        node = node << 8 | bytes[i];
    return give(call, value_int(node));
}

static const NativeRow uuid_functions[] = {
    { "uuid1(node=None, clock_seq=None)", uuid_uuid1, "A UUID of the time." },
    { "uuid3(namespace, name)", uuid_uuid3, "A UUID of a name's MD5." },
    { "uuid4()", uuid_uuid4, "A random UUID." },
    { "uuid5(namespace, name)", uuid_uuid5, "A UUID of a name's SHA-1." },
    { "getnode()", uuid_getnode, NULL },
};

static bool uuid_init(Vm *vm, Value module)
{
    static const char *const constants[][2] = {
        { "NAMESPACE_DNS", "6ba7b810-9dad-11d1-80b4-00c04fd430c8" },
        { "NAMESPACE_URL", "6ba7b811-9dad-11d1-80b4-00c04fd430c8" },
        { "NAMESPACE_OID", "6ba7b812-9dad-11d1-80b4-00c04fd430c8" },
        { "NAMESPACE_X500", "6ba7b814-9dad-11d1-80b4-00c04fd430c8" },
    };
    static const char *const variants[][2] = {
        { "RESERVED_NCS", "reserved for NCS compatibility" },
        { "RFC_4122", "specified in RFC 4122" },
        { "RESERVED_MICROSOFT", "reserved for Microsoft compatibility" },
        { "RESERVED_FUTURE", "reserved for future definition" },
    };
    for (size_t i = 0; i < 4; i++) {
        Uuid uuid = { { 0 } };
        uuid_parse(str_from(constants[i][1]), &uuid);
        if (!module_set(vm, module, constants[i][0], uuid_make(vm, &uuid)) ||
            !module_set(vm, module, variants[i][0], make_strz(vm, variants[i][1])))
            return false;
    }
    return module_set_class(vm, module, &uuid_class) && module_refuse(vm, module, "SafeUUID main");
}

const NativeModule uuid_module = {
    .name = "uuid",
    .functions = uuid_functions,
    .function_count = sizeof uuid_functions / sizeof *uuid_functions,
    .init = uuid_init,
};
