/* SPDX-License-Identifier: MIT */
#include "command/clock.h"

#include <time.h>

#include "base/buf.h"
#include "base/file.h"

static const char *const zone_folders[] = { "/usr/share/zoneinfo", "/usr/lib/zoneinfo",
                                            "/etc/zoneinfo" };

enum { HEADER_SIZE = 44 };

/* The counts in the header of one block of a zone file (RFC 8536). */
typedef struct ZoneHeader {
    size_t isut, isstd, leap, transitions, types, chars;
} ZoneHeader;

static int64_t big_endian(const char *bytes, size_t size)
{
    uint64_t value = (bytes[0] & 0x80) ? ~(uint64_t)0 : 0;
    for (size_t i = 0; i < size; i++)
        value = value << 8 | (unsigned char)bytes[i];
    return (int64_t)value;
}

static bool read_header(Str data, size_t at, ZoneHeader *header)
{
    if (at + HEADER_SIZE > data.len || memcmp(data.ptr + at, "TZif", 4) != 0)
        return false;
    size_t counts[6];
    for (size_t i = 0; i < 6; i++)
        counts[i] = (size_t)(uint32_t)big_endian(data.ptr + at + 20 + i * 4, 4);
    *header = (ZoneHeader){ counts[0], counts[1], counts[2], counts[3], counts[4], counts[5] };
    return true;
}

static size_t block_size(const ZoneHeader *h, size_t time_size)
{
    return h->transitions * (time_size + 1) + h->types * 6 + h->chars + h->leap * (time_size + 4) +
           h->isstd + h->isut;
}

/* The offset that holds at `epoch`: that of the last transition before it. */
static bool zone_offset(Str data, int64_t epoch, int *offset)
{
    ZoneHeader first, h;
    if (!read_header(data, 0, &first))
        return false;
    size_t at = HEADER_SIZE + block_size(&first, 4);
    if (!read_header(data, at, &h) || at + HEADER_SIZE + block_size(&h, 8) > data.len || !h.types)
        return false;
    const char *times = data.ptr + at + HEADER_SIZE;
    const char *kinds = times + h.transitions * 8, *types = kinds + h.transitions;
    size_t kind = 0;
    for (size_t i = 0; i < h.transitions && big_endian(times + i * 8, 8) <= epoch; i++)
        kind = (unsigned char)kinds[i];
    if (kind >= h.types)
        return false;
    *offset = (int)big_endian(types + kind * 6, 4);
    return true;
}

static bool name_is_safe(Str name)
{
    return name.len && name.ptr[0] != '/' && str_find(name, STR(".."), 0) < 0;
}

static bool find_zone(Arena *arena, Str name, Str *data)
{
    Error ignored = error_in(arena);
    for (size_t i = 0; i < sizeof zone_folders / sizeof *zone_folders && name_is_safe(name); i++) {
        Str path = path_join(arena, str_from(zone_folders[i]), name);
        error_clear(&ignored);
        if (file_exists(path) && !file_is_dir(path) && file_read(arena, path, data, &ignored))
            return true;
    }
    return false;
}

static void set_fields(ClockTime *time, const struct tm *tm)
{
    time->year = tm->tm_year + 1900;
    time->month = tm->tm_mon + 1;
    time->day = tm->tm_mday;
    time->hour = tm->tm_hour;
    time->minute = tm->tm_min;
    time->second = tm->tm_sec;
}

static bool set_zone(const Config *config, Str name, ClockTime *now, Error *err)
{
    Str data, upper = str_upper_ascii(config->arena, name);
    struct tm tm;
    bool utc = str_is(upper, "UTC");
    if (!utc && !find_zone(config->arena, name, &data) && !find_zone(config->arena, upper, &data))
        return fail(err, ERR_COMMAND, "Can't locate timezone: %.*s", STR_ARG(name));
    if (!utc && !zone_offset(data, now->epoch, &now->offset))
        return fail(err, ERR_COMMAND, "the zone file of '%.*s' is broken", STR_ARG(name));
    now->has_offset = true;
    time_t shifted = (time_t)now->epoch + now->offset;
    gmtime_r(&shifted, &tm);
    set_fields(now, &tm);
    return true;
}

bool clock_now(const Config *config, ClockTime *now, Error *err)
{
    Str zone;
    struct timespec spec;
    struct tm tm;
    if (!config_option(config, STR("timezone"), &zone, err))
        return false;
    clock_gettime(CLOCK_REALTIME, &spec);
    *now = (ClockTime){ .epoch = spec.tv_sec, .microsecond = (int)(spec.tv_nsec / 1000) };
    zone = str_trim(zone);
    if (zone.len)
        return set_zone(config, zone, now, err);
    time_t seconds = spec.tv_sec;
    localtime_r(&seconds, &tm);
    set_fields(now, &tm);
    return true;
}

Str clock_text(Arena *arena, const ClockTime *time)
{
    Buf buf = buf_in(arena);
    buf_printf(&buf, "%04d-%02d-%02d %02d:%02d:%02d", time->year, time->month, time->day,
               time->hour, time->minute, time->second);
    if (time->microsecond)
        buf_printf(&buf, ".%06d", time->microsecond);
    int minutes = (time->offset < 0 ? -time->offset : time->offset) / 60;
    if (time->has_offset)
        buf_printf(&buf, "%c%02d:%02d", time->offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
    return buf_str(&buf);
}
