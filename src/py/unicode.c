/* SPDX-License-Identifier: MIT */
#include "py/unicode.h"

#include <stdlib.h>
#include <utf8proc.h>

/* Characters that are letters, but whose NFKC form is no name. */
static bool breaks_names(uint32_t c)
{
    return c == 0x037A || c == 0x0E33 || c == 0x0EB3 || c == 0x2E2F ||
           (c >= 0xFC5E && c <= 0xFC63) || c == 0xFDFA || c == 0xFDFB || c == 0xFE70 ||
           c == 0xFE72 || c == 0xFE74 || c == 0xFE76 || c == 0xFE78 || c == 0xFE7A || c == 0xFE7C ||
           c == 0xFE7E;
}

bool unicode_is_name_start(uint32_t c)
{
    if (c == '_' || c == 0x2118 || c == 0x212E || (c >= 0x1885 && c <= 0x1886))
        return true;
    if (breaks_names(c) || c == 0xFF9E || c == 0xFF9F)
        return false;
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
           category == UTF8PROC_CATEGORY_NL;
}

bool unicode_is_name_part(uint32_t c)
{
    if (c == 0x00B7 || c == 0x0387 || (c >= 0x1369 && c <= 0x1371) || c == 0x19DA || c == 0x0E33 ||
        c == 0x0EB3 || c == 0xFF9E || c == 0xFF9F)
        return true;
    if (unicode_is_name_start(c))
        return true;
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC ||
           category == UTF8PROC_CATEGORY_ND || category == UTF8PROC_CATEGORY_PC;
}

bool unicode_is_printable(uint32_t c)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return c == ' ' || !(category >= UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_CN);
}

Str unicode_nfkc(Arena *arena, Str text)
{
    bool ascii = true;
    for (size_t i = 0; i < text.len && ascii; i++)
        ascii = (unsigned char)text.ptr[i] < 0x80;
    if (ascii)
        return text;
    utf8proc_uint8_t *mapped = NULL;
    utf8proc_ssize_t len =
        utf8proc_map((const utf8proc_uint8_t *)text.ptr, (utf8proc_ssize_t)text.len, &mapped,
                     UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT);
    if (len < 0)
        return text;
    Str result = str_dup(arena, (Str){ (const char *)mapped, (size_t)len });
    free(mapped);
    return result;
}
