/* SPDX-License-Identifier: MIT */
/* Matching, and the classes re.Pattern and re.Match. */
#include "py/mod_re.h"

#include "py/modules.h"

static const int64_t INDEX_END = INT64_MAX;

/* ---- scanning ---- */

static bool text_is_ascii(Str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] & 0x80)
            return false;
    }
    return true;
}

/* The byte offset of a code point's index, clamped. */
static size_t offset_of(Str text, bool plain, int64_t index)
{
    if (index <= 0)
        return 0;
    if (plain)
        return (uint64_t)index > text.len ? text.len : (size_t)index;
    size_t at = 0;
    for (int64_t i = 0; i < index && at < text.len; i++)
        utf8_next(text, &at);
    return at;
}

static int64_t index_of(Str text, bool plain, size_t offset)
{
    return (int64_t)(plain ? offset : utf8_count(str_slice(text, 0, offset)));
}

static bool subject_text(Vm *vm, const Pattern *pattern, Value string, Str *text)
{
    if (is_str(string) && pattern->bytes)
        return vm_raise(vm, "TypeError", "cannot use a bytes pattern on a string-like object");
    if (is_bytes(string) && !pattern->bytes)
        return vm_raise(vm, "TypeError", "cannot use a string pattern on a bytes-like object");
    if (!is_str(string) && !is_bytes(string))
        return vm_raise(vm, "TypeError", "expected string or bytes-like object, got '%s'",
                        type_name(vm, string));
    return pattern->bytes ? to_bytes(vm, string, text) : to_str(vm, string, text);
}

bool scan_begin(Vm *vm, Value pattern, Value string, int64_t pos, int64_t endpos, Scan *scan)
{
    *scan = (Scan){ .vm = vm,
                    .pattern_value = pattern,
                    .string = string,
                    .pattern = to_payload(vm, pattern, &pattern_class) };
    if (!scan->pattern || !subject_text(vm, scan->pattern, string, &scan->text))
        return false;
    scan->plain = scan->pattern->bytes || text_is_ascii(scan->text);
    scan->end = offset_of(scan->text, scan->plain, endpos);
    scan->at = offset_of(scan->text, scan->plain, pos);
    if (scan->at > scan->end)
        scan->at = scan->end + 1;
    return true;
}

static bool match_failed(Scan *scan, int code)
{
    if (code == PCRE2_ERROR_MATCHLIMIT || code == PCRE2_ERROR_HEAPLIMIT ||
        code == PCRE2_ERROR_DEPTHLIMIT)
        return vm_raise(scan->vm, "RuntimeError",
                        "the pattern took too many steps on this text; limbeck stops it there");
    char message[128];
    pcre2_get_error_message(code, (PCRE2_UCHAR *)message, sizeof message);
    return vm_raise(scan->vm, "ValueError", "the text cannot be matched: %s", message);
}

bool scan_next(Scan *scan, MatchMode mode, bool *found)
{
    const Pattern *p = scan->pattern;
    *found = false;
    if (scan->at > scan->end)
        return true;
    uint32_t options = scan->last_empty ? PCRE2_NOTEMPTY_ATSTART : 0;
    options |= mode == MATCH_SEARCH ? 0 : PCRE2_ANCHORED;
    options |= mode == MATCH_FULL ? PCRE2_ENDANCHORED : 0;
    options |= scan->checked || scan->plain ? PCRE2_NO_UTF_CHECK : 0;
    PCRE2_SPTR subject = (PCRE2_SPTR)(scan->text.ptr ? scan->text.ptr : "");
    int code = pcre2_match(p->code, subject, scan->end, scan->at, options, p->data, p->limits);
    if (code == PCRE2_ERROR_NOMATCH) {
        scan->at = scan->end + 1;
        return true;
    }
    if (code < 0)
        return match_failed(scan, code);
    scan->checked = true;
    scan->span = pcre2_get_ovector_pointer(p->data);
    scan->last_empty = scan->span[0] == scan->span[1];
    scan->at = scan->span[1];
    *found = true;
    return true;
}

Value re_slice(Vm *vm, Value string, size_t from, size_t to)
{
    Str text = STR("");
    if (is_bytes(string)) {
        to_bytes(vm, string, &text);
        return make_bytes(vm, str_slice(text, from, to));
    }
    to_str(vm, string, &text);
    return make_str(vm, str_slice(text, from, to));
}

Value scan_group(const Scan *scan, size_t group)
{
    const size_t *span = scan->span + 2 * group;
    if (span[0] == PCRE2_UNSET)
        return VALUE_NONE;
    return re_slice(scan->vm, scan->string, span[0], span[1]);
}

Value scan_match(const Scan *scan)
{
    Vm *vm = scan->vm;
    Value made = vm_new_native(vm, vm_class(vm, &match_class), &match_class);
    Match *match = payload_of(vm, made, &match_class);
    match->groups = scan->pattern->groups;
    size_t size = 2 * (match->groups + 1) * sizeof *match->span;
    match->span = mem_alloc(size);
    memcpy(match->span, scan->span, size);
    match->pattern = scan->pattern_value;
    match->string = scan->string;
    match->endpos = scan->end;
    match->plain = scan->plain;
    return made;
}

/* ---- Match ---- */

static const Match *match_of(Vm *vm, Call *call)
{
    return payload_of(vm, call->args[0], &match_class);
}

static const Pattern *match_pattern(Vm *vm, const Match *match)
{
    return payload_of(vm, match->pattern, &pattern_class);
}

bool match_group_index(Vm *vm, const Pattern *pattern, Value group, size_t *index)
{
    int64_t number = -1;
    if (is_str(group)) {
        Str name;
        if (!to_str(vm, group, &name))
            return false;
        Value found = dict_get_str(pattern->names, name);
        if (value_given(found))
            number = found.integer;
    } else if (!is_int(group) || !to_int(vm, group, &number)) {
        return vm_raise(vm, "IndexError", "no such group");
    }
    if (number < 0 || (size_t)number > pattern->groups)
        return vm_raise(vm, "IndexError", "no such group");
    *index = (size_t)number;
    return true;
}

Value match_group_value(Vm *vm, const Match *match, size_t group)
{
    const size_t *span = match->span + 2 * group;
    if (span[0] == PCRE2_UNSET)
        return VALUE_NONE;
    return re_slice(vm, match->string, span[0], span[1]);
}

static bool group_by_value(Vm *vm, const Match *match, Value group, Value *v)
{
    size_t index;
    if (!match_group_index(vm, match_pattern(vm, match), group, &index))
        return false;
    *v = match_group_value(vm, match, index);
    return true;
}

static bool match_group(Vm *vm, Call *call)
{
    ARGS(call, self, groups);
    const Match *match = payload_of(vm, self, &match_class);
    size_t count = tuple_len(groups);
    Value v;
    if (count == 0)
        return give(call, match_group_value(vm, match, 0));
    if (count == 1)
        return group_by_value(vm, match, tuple_get(groups, 0), &v) && give(call, v);
    Value flat[100];
    if (count > 100)
        return vm_raise(vm, "IndexError", "no such group");
    for (size_t i = 0; i < count; i++) {
        if (!group_by_value(vm, match, tuple_get(groups, i), &flat[i]))
            return false;
    }
    return give(call, make_tuple(vm, flat, count));
}

static bool match_getitem(Vm *vm, Call *call)
{
    ARGS(call, self, group);
    Value v;
    return group_by_value(vm, payload_of(vm, self, &match_class), group, &v) && give(call, v);
}

static bool match_groups(Vm *vm, Call *call)
{
    const Match *match = match_of(vm, call);
    const Value fallback = call->args[1];
    Value *flat = mem_alloc((match->groups + 1) * sizeof *flat);
    for (size_t i = 0; i < match->groups; i++) {
        flat[i] = match_group_value(vm, match, i + 1);
        if (value_is_none(flat[i]))
            flat[i] = fallback;
    }
    Value tuple = make_tuple(vm, flat, match->groups);
    mem_free(flat);
    return give(call, tuple);
}

static bool match_groupdict(Vm *vm, Call *call)
{
    const Match *match = match_of(vm, call);
    const Value fallback = call->args[1];
    Value dict = make_dict(vm), key, index;
    for (size_t at = 0; dict_next(match_pattern(vm, match)->names, &at, &key, &index);) {
        Str name;
        Value v = match_group_value(vm, match, (size_t)index.integer);
        if (!to_str(vm, key, &name))
            return false;
        dict_set_str(vm, dict, name, value_is_none(v) ? fallback : v);
    }
    return give(call, dict);
}

static bool match_edges(Vm *vm, Call *call, int64_t edges[2])
{
    const Match *match = match_of(vm, call);
    size_t index;
    Str text = STR("");
    if (!match_group_index(vm, match_pattern(vm, match), call->args[1], &index))
        return false;
    if (is_str(match->string) && !to_str(vm, match->string, &text))
        return false;
    for (size_t i = 0; i < 2; i++) {
        size_t offset = match->span[2 * index + i];
        edges[i] = offset == PCRE2_UNSET ? -1 : index_of(text, match->plain, offset);
    }
    return true;
}

static bool match_start(Vm *vm, Call *call)
{
    int64_t edges[2];
    return match_edges(vm, call, edges) && give(call, value_int(edges[0]));
}

static bool match_end(Vm *vm, Call *call)
{
    int64_t edges[2];
    return match_edges(vm, call, edges) && give(call, value_int(edges[1]));
}

static bool match_span(Vm *vm, Call *call)
{
    int64_t edges[2];
    if (!match_edges(vm, call, edges))
        return false;
    const Value both[] = { value_int(edges[0]), value_int(edges[1]) };
    return give(call, make_tuple(vm, both, 2));
}

static bool match_repr(Vm *vm, Call *call)
{
    const Match *match = match_of(vm, call);
    Str text = STR(""), shown;
    Value v;
    if (is_str(match->string) && !to_str(vm, match->string, &text))
        return false;
    if (!vm_repr(vm, match_group_value(vm, match, 0), &v) || !to_str(vm, v, &shown))
        return false;
    return give(call,
                make_strf(vm, "<re.Match object; span=(%lld, %lld), match=%.*s>",
                          (long long)index_of(text, match->plain, match->span[0]),
                          (long long)index_of(text, match->plain, match->span[1]), STR_ARG(shown)));
}

static bool match_get_string(Vm *vm, Call *call)
{
    return give(call, match_of(vm, call)->string);
}

static bool match_get_re(Vm *vm, Call *call)
{
    return give(call, match_of(vm, call)->pattern);
}

static bool match_get_pos(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, value_int((int64_t)match_of(vm, call)->pos));
}

static bool match_get_endpos(Vm *vm, Call *call)
{
    const Match *match = match_of(vm, call);
    Str text = STR("");
    if (is_str(match->string) && !to_str(vm, match->string, &text))
        return false;
    return give(call, value_int(index_of(text, match->plain, match->endpos)));
}

/* The group that ended last: of those that end where the last one does, the outermost. */
static size_t last_group(const Match *match)
{
    size_t best = 0;
    for (size_t i = 1; i <= match->groups; i++) {
        if (match->span[2 * i] != PCRE2_UNSET &&
            (best == 0 || match->span[2 * i + 1] > match->span[2 * best + 1]))
            best = i;
    }
    return best;
}

static bool match_get_lastindex(Vm *vm, Call *call)
{
    size_t last = last_group(match_of(vm, call));
    return give(call, last ? value_int((int64_t)last) : VALUE_NONE);
}

static bool match_get_lastgroup(Vm *vm, Call *call)
{
    const Match *match = match_of(vm, call);
    size_t last = last_group(match);
    Value key, index;
    for (size_t at = 0; dict_next(match_pattern(vm, match)->names, &at, &key, &index);) {
        if ((size_t)index.integer == last && last > 0)
            return give(call, key);
    }
    return give(call, VALUE_NONE);
}

static void match_mark(Vm *vm, void *payload)
{
    const Match *match = payload;
    vm_mark(vm, match->pattern);
    vm_mark(vm, match->string);
}

static void match_drop(void *payload)
{
    mem_free(((Match *)payload)->span);
}

static const NativeRow match_methods[] = {
    { "group(self, /, *groups)", match_group, NULL },
    { "groups(self, default=None)", match_groups, NULL },
    { "groupdict(self, default=None)", match_groupdict, NULL },
    { "start(self, group=0, /)", match_start, NULL },
    { "end(self, group=0, /)", match_end, NULL },
    { "span(self, group=0, /)", match_span, NULL },
    { "expand(self, template)", match_expand, NULL },
    { "__getitem__(self, group, /)", match_getitem, NULL },
    { "__repr__(self, /)", match_repr, NULL },
};
static const NativeRow match_getters[] = {
    { "string(self)", match_get_string, NULL },
    { "re(self)", match_get_re, NULL },
    { "pos(self)", match_get_pos, NULL },
    { "endpos(self)", match_get_endpos, NULL },
    { "lastindex(self)", match_get_lastindex, NULL },
    { "lastgroup(self)", match_get_lastgroup, NULL },
};
const NativeClass match_class = {
    .name = "Match",
    .module = "re",
    .size = sizeof(Match),
    .methods = match_methods,
    .method_count = sizeof match_methods / sizeof *match_methods,
    .getters = match_getters,
    .getter_count = sizeof match_getters / sizeof *match_getters,
    .mark = match_mark,
    .drop = match_drop,
    .doc = "What a pattern matched.",
};

/* ---- Pattern ---- */

static bool bounds(Vm *vm, Call *call, int64_t *pos, int64_t *endpos)
{
    *endpos = INDEX_END;
    return to_int(vm, call->args[2], pos) &&
           (!value_given(call->args[3]) || to_int(vm, call->args[3], endpos));
}

static bool match_once(Vm *vm, Call *call, MatchMode mode)
{
    Scan scan;
    int64_t pos, endpos;
    bool found;
    if (!bounds(vm, call, &pos, &endpos) ||
        !scan_begin(vm, call->args[0], call->args[1], pos, endpos, &scan) ||
        !scan_next(&scan, mode, &found))
        return false;
    if (!found)
        return give(call, VALUE_NONE);
    Value made = scan_match(&scan);
    ((Match *)payload_of(vm, made, &match_class))->pos = (size_t)(pos > 0 ? pos : 0);
    return give(call, made);
}

static bool pattern_match(Vm *vm, Call *call)
{
    return match_once(vm, call, MATCH_ANCHORED);
}

static bool pattern_search(Vm *vm, Call *call)
{
    return match_once(vm, call, MATCH_SEARCH);
}

static bool pattern_fullmatch(Vm *vm, Call *call)
{
    return match_once(vm, call, MATCH_FULL);
}

/* What findall collects: the match, its only group, or a tuple of all groups; '' for None. */
static Value found_value(const Scan *scan)
{
    size_t groups = scan->pattern->groups;
    if (groups == 0)
        return scan_group(scan, 0);
    Value empty = re_slice(scan->vm, scan->string, 0, 0);
    Value *flat = mem_alloc(groups * sizeof *flat);
    for (size_t i = 0; i < groups; i++) {
        flat[i] = scan_group(scan, i + 1);
        if (value_is_none(flat[i]))
            flat[i] = empty;
    }
    Value result = groups == 1 ? flat[0] : make_tuple(scan->vm, flat, groups);
    mem_free(flat);
    return result;
}

static bool pattern_findall(Vm *vm, Call *call)
{
    Scan scan;
    int64_t pos, endpos;
    bool found;
    if (!bounds(vm, call, &pos, &endpos) ||
        !scan_begin(vm, call->args[0], call->args[1], pos, endpos, &scan))
        return false;
    Value list = make_list(vm, NULL, 0);
    for (;;) {
        if (!scan_next(&scan, MATCH_SEARCH, &found))
            return false;
        if (!found)
            return give(call, list);
        list_append(vm, list, found_value(&scan));
    }
}

/* All matches at once: the subject cannot change, and a script sees no difference. */
static bool pattern_finditer(Vm *vm, Call *call)
{
    Scan scan;
    int64_t pos, endpos;
    bool found = true;
    if (!bounds(vm, call, &pos, &endpos) ||
        !scan_begin(vm, call->args[0], call->args[1], pos, endpos, &scan))
        return false;
    Value list = make_list(vm, NULL, 0), iterator;
    while (found) {
        if (!scan_next(&scan, MATCH_SEARCH, &found))
            return false;
        if (found)
            list_append(vm, list, scan_match(&scan));
    }
    return vm_iter(vm, list, &iterator) && give(call, iterator);
}

static const Pattern *pattern_of(Vm *vm, Call *call)
{
    return payload_of(vm, call->args[0], &pattern_class);
}

static bool pattern_get_pattern(Vm *vm, Call *call)
{
    return give(call, pattern_of(vm, call)->source);
}

static bool pattern_get_flags(Vm *vm, Call *call)
{
    return give(call, value_int(pattern_of(vm, call)->flags));
}

static bool pattern_get_groups(Vm *vm, Call *call)
{
    return give(call, value_int((int64_t)pattern_of(vm, call)->groups));
}

static bool pattern_get_groupindex(Vm *vm, Call *call)
{
    return give(call, pattern_of(vm, call)->names);
}

static bool pattern_repr(Vm *vm, Call *call)
{
    static const struct {
        int flag;
        const char *name;
    } names[] = {
        { RE_IGNORECASE, "re.IGNORECASE" }, { RE_LOCALE, "re.LOCALE" },
        { RE_MULTILINE, "re.MULTILINE" },   { RE_DOTALL, "re.DOTALL" },
        { RE_VERBOSE, "re.VERBOSE" },       { RE_DEBUG, "re.DEBUG" },
        { RE_ASCII, "re.ASCII" },
    };
    const Pattern *p = pattern_of(vm, call);
    Value text;
    Str shown;
    if (!vm_repr(vm, p->source, &text) || !to_str(vm, text, &shown))
        return false;
    Buf out = { 0 };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (p->flags & names[i].flag)
            buf_printf(&out, "%s%s", out.len ? "|" : ", ", names[i].name);
    }
    Value result = make_strf(vm, "re.compile(%.*s%.*s)", STR_ARG(str_slice(shown, 0, 200)),
                             STR_ARG(buf_str(&out)));
    buf_free(&out);
    return give(call, result);
}

static bool pattern_eq(Vm *vm, Call *call)
{
    ARGS(call, self, other);
    const Pattern *a = payload_of(vm, self, &pattern_class);
    const Pattern *b = payload_of(vm, other, &pattern_class);
    bool equal;
    if (!b)
        return give(call, (Value){ .tag = TAG_NOT_IMPLEMENTED });
    if (!value_eq(vm, a->source, b->source, &equal))
        return false;
    return give(call, value_bool(equal && a->flags == b->flags));
}

static bool pattern_hash(Vm *vm, Call *call)
{
    const Pattern *p = pattern_of(vm, call);
    uint64_t hash;
    return value_hash(vm, p->source, &hash) &&
           give(call, value_int((int64_t)((hash >> 2) ^ (uint64_t)p->flags)));
}

static bool pattern_self(Vm *vm, Call *call)
{
    (void)vm;
    return give(call, call->args[0]);
}

static void pattern_mark(Vm *vm, void *payload)
{
    const Pattern *pattern = payload;
    vm_mark(vm, pattern->source);
    vm_mark(vm, pattern->names);
}

static void pattern_drop(void *payload)
{
    Pattern *pattern = payload;
    pcre2_code_free(pattern->code);
    pcre2_match_data_free(pattern->data);
    pcre2_match_context_free(pattern->limits);
}

static const NativeRow pattern_methods[] = {
    { "match(self, string, pos=0, endpos=...)", pattern_match, NULL },
    { "search(self, string, pos=0, endpos=...)", pattern_search, NULL },
    { "fullmatch(self, string, pos=0, endpos=...)", pattern_fullmatch, NULL },
    { "findall(self, string, pos=0, endpos=...)", pattern_findall, NULL },
    { "finditer(self, string, pos=0, endpos=...)", pattern_finditer, NULL },
    { "sub(self, repl, string, count=0)", pattern_sub, NULL },
    { "subn(self, repl, string, count=0)", pattern_subn, NULL },
    { "split(self, string, maxsplit=0)", pattern_split, NULL },
    { "__repr__(self, /)", pattern_repr, NULL },
    { "__eq__(self, other, /)", pattern_eq, NULL },
    { "__hash__(self, /)", pattern_hash, NULL },
    { "__copy__(self, /)", pattern_self, NULL },
    { "__deepcopy__(self, memo, /)", pattern_self, NULL },
};
static const NativeRow pattern_getters[] = {
    { "pattern(self)", pattern_get_pattern, NULL },
    { "flags(self)", pattern_get_flags, NULL },
    { "groups(self)", pattern_get_groups, NULL },
    { "groupindex(self)", pattern_get_groupindex, NULL },
};
const NativeClass pattern_class = {
    .name = "Pattern",
    .module = "re",
    .size = sizeof(Pattern),
    .methods = pattern_methods,
    .method_count = sizeof pattern_methods / sizeof *pattern_methods,
    .getters = pattern_getters,
    .getter_count = sizeof pattern_getters / sizeof *pattern_getters,
    .mark = pattern_mark,
    .drop = pattern_drop,
    .doc = "A compiled regular expression.",
};
