/* SPDX-License-Identifier: MIT */
#include "base/signature.h"

#include <assert.h>
#include <stdlib.h>

enum { PARAMS_MOST = 64 };

static Datum parse_number(Str text)
{
    char *end;
    if (str_find_char(text, '.', 0) >= 0)
        return datum_real(strtod(text.ptr, &end));
    return datum_int(strtoll(text.ptr, &end, 0));
}

static Datum parse_default(Str text)
{
    if (str_is(text, "None"))
        return (Datum){ .kind = DATUM_NONE };
    if (str_is(text, "True") || str_is(text, "False"))
        return datum_bool(text.ptr[0] == 'T');
    if (str_is(text, "()") || str_is(text, "[]"))
        return (Datum){ .kind = DATUM_LIST };
    if (text.ptr[0] == '\'')
        return datum_str(str_slice(text, 1, text.len - 1));
    assert(char_is_digit(text.ptr[0]) || text.ptr[0] == '-');
    return parse_number(text);
}

/* Where the parameter that begins at `from` ends: at a ',' or the last ')', outside quotes. */
static size_t param_end(Str text, size_t from)
{
    int depth = 0;
    bool quoted = false;
    for (size_t i = from; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '\'')
            quoted = !quoted;
        if (quoted)
            continue;
        if (c == '(' || c == '[')
            depth++;
        else if ((c == ')' || c == ']') && depth-- == 0)
            return i;
        else if (c == ',' && depth == 0)
            return i;
    }
    assert(false && "unbalanced signature");
    return text.len;
}

static void add_param(Signature *signature, Str text, bool keyword_only)
{
    assert(signature->count < PARAMS_MOST);
    Param *param = &signature->params[signature->count];
    ptrdiff_t equals = str_find_char(text, '=', 0);
    bool stars = text.ptr[0] == '*', two = stars && text.ptr[1] == '*';
    param->kind = two            ? PARAM_VARKEYWORDS
                  : stars        ? PARAM_VARARGS
                  : keyword_only ? PARAM_KEYWORD_ONLY
                                 : PARAM_POSITIONAL;
    param->name = str_slice(text, stars + two, equals < 0 ? text.len : (size_t)equals);
    param->required = equals < 0 && !stars;
    signature->required += param->required;
    signature->drops |= stars && str_is(param->name, "_");
    if (two)
        signature->varkeywords = (ptrdiff_t)signature->count;
    else if (stars)
        signature->varargs = (ptrdiff_t)signature->count;
    else if (!keyword_only)
        signature->positional++;
    signature->count++;
    if (equals < 0)
        return;
    Str fallback = str_from_offset(text, (size_t)equals + 1);
    param->unset_default = str_is(fallback, "...");
    if (!param->unset_default)
        param->fallback = parse_default(fallback);
}

Signature *signature_parse(Arena *arena, const char *source)
{
    Str text = str_from(source);
    Param params[PARAMS_MOST] = { 0 };
    Signature *signature = ARENA_NEW(arena, Signature);
    ptrdiff_t open = str_find_char(text, '(', 0);
    assert(open >= 0);
    *signature = (Signature){
        .name = str_slice(text, 0, (size_t)open),
        .params = params,
        .varargs = -1,
        .varkeywords = -1,
    };
    bool keyword_only = false;
    for (size_t at = (size_t)open + 1;;) {
        size_t end = param_end(text, at);
        Str param = str_trim(str_slice(text, at, end));
        if (str_is(param, "*")) {
            keyword_only = true;
        } else if (str_is(param, "/")) {
            for (size_t i = 0; i < signature->count; i++)
                signature->params[i].kind = PARAM_POSITIONAL_ONLY;
        } else if (param.len) {
            add_param(signature, param, keyword_only);
            keyword_only = keyword_only || param.ptr[0] == '*';
        }
        if (text.ptr[end] == ')')
            break;
        at = end + 1;
    }
    signature->params = arena_copy(arena, params, signature->count * sizeof *params);
    return signature;
}

ptrdiff_t signature_find(const Signature *signature, Str name)
{
    for (size_t i = 0; i < signature->count; i++)
        if (str_eq(signature->params[i].name, name))
            return (ptrdiff_t)i;
    return -1;
}
