/* SPDX-License-Identifier: MIT */
#include "py/compile_state.h"

/*
 * What is matched lies in temporary slots, so that a failing pattern leaves nothing on the stack.
 * Captured values wait in slots too, and are bound when the whole pattern has matched.
 */
typedef struct Captures {
    VEC(Str) names;
    VEC(uint32_t) slots;
} Captures;

typedef struct Matcher {
    Compiler *compiler;
    Label fail;
    Captures captures;
    Captures *outer; /* of an alternative: names that must be the same in all */
} Matcher;

static bool match_pattern(Matcher *matcher, const Pattern *pattern, uint32_t subject);

static bool is_wildcard(const Pattern *pattern)
{
    return pattern->kind == PATTERN_AS && !pattern->capture.pattern &&
           !str_given(pattern->capture.name);
}

static bool is_irrefutable(const Pattern *pattern)
{
    if (pattern->kind == PATTERN_OR) {
        for (size_t i = 0; i < pattern->patterns.len; i++) {
            if (is_irrefutable(pattern->patterns.items[i]))
                return true;
        }
        return false;
    }
    return pattern->kind == PATTERN_AS &&
           (!pattern->capture.pattern || is_irrefutable(pattern->capture.pattern));
}

static ptrdiff_t find_capture(const Captures *captures, Str name)
{
    for (size_t i = 0; i < captures->names.len; i++) {
        if (str_eq(captures->names.items[i], name))
            return (ptrdiff_t)i;
    }
    return -1;
}

/* value -> */
static bool capture(Matcher *matcher, Str name, Span span)
{
    Compiler *compiler = matcher->compiler;
    if (!check_name(compiler, name, CONTEXT_STORE, span))
        return false;
    if (find_capture(&matcher->captures, name) >= 0)
        return compile_fail(compiler, span, "multiple assignments to name '%.*s' in pattern",
                            STR_ARG(name));
    ptrdiff_t known = matcher->outer ? find_capture(matcher->outer, name) : -1;
    uint32_t slot = known < 0 ? unit_temporary(compiler) : matcher->outer->slots.items[known];
    VEC_PUSH(compiler->arena, &matcher->captures.names, name);
    VEC_PUSH(compiler->arena, &matcher->captures.slots, slot);
    emit(compiler, OP_STORE_FAST, slot, span);
    return true;
}

static void load(Matcher *matcher, uint32_t slot, Span span)
{
    emit(matcher->compiler, OP_LOAD_FAST, slot, span);
}

static void fail_unless(Matcher *matcher, Span span)
{
    emit_jump(matcher->compiler, OP_POP_JUMP_IF_FALSE, matcher->fail, span);
}

/* subject extra -> ; fails unless extra is true */
static void fail_unless_beside(Matcher *matcher, Span span)
{
    emit(matcher->compiler, OP_SWAP, 2, span);
    emit(matcher->compiler, OP_POP_TOP, 0, span);
    fail_unless(matcher, span);
}

static void check_length(Matcher *matcher, uint32_t subject, size_t length, CompareOp op, Span span)
{
    load(matcher, subject, span);
    emit(matcher->compiler, OP_GET_LEN, 0, span);
    emit_const(matcher->compiler, (Const){ .kind = CONST_INT, .integer = (int64_t)length }, span);
    emit(matcher->compiler, OP_COMPARE_OP, op, span);
    fail_unless_beside(matcher, span);
}

/* The values of a sequence on the stack, the first on top, go to slots; wildcards are dropped. */
static bool match_items(Matcher *matcher, PatternList patterns, Span span)
{
    Compiler *compiler = matcher->compiler;
    uint32_t *slots = ARENA_ARRAY(compiler->arena, uint32_t, patterns.len);
    for (size_t i = 0; i < patterns.len; i++) {
        const Pattern *each = patterns.items[i];
        bool dropped =
            is_wildcard(each) || (each->kind == PATTERN_STAR && !str_given(each->capture.name));
        if (dropped) {
            emit(compiler, OP_POP_TOP, 0, span);
            continue;
        }
        slots[i] = unit_temporary(compiler);
        emit(compiler, OP_STORE_FAST, slots[i], span);
    }
    for (size_t i = 0; i < patterns.len; i++) {
        const Pattern *each = patterns.items[i];
        if (is_wildcard(each) || (each->kind == PATTERN_STAR && !str_given(each->capture.name)))
            continue;
        if (each->kind == PATTERN_STAR) {
            load(matcher, slots[i], each->span);
            if (!capture(matcher, each->capture.name, each->span))
                return false;
        } else if (!match_pattern(matcher, each, slots[i])) {
            return false;
        }
    }
    return true;
}

static bool match_sequence(Matcher *matcher, const Pattern *pattern, uint32_t subject)
{
    Compiler *compiler = matcher->compiler;
    PatternList patterns = pattern->patterns;
    size_t star = patterns.len;
    for (size_t i = 0; i < patterns.len; i++) {
        if (patterns.items[i]->kind != PATTERN_STAR)
            continue;
        if (star < patterns.len)
            return compile_fail(compiler, pattern->span,
                                "multiple starred expressions in sequence pattern");
        star = i;
    }
    bool starred = star < patterns.len;
    load(matcher, subject, pattern->span);
    emit(compiler, OP_MATCH_SEQUENCE, 0, pattern->span);
    fail_unless_beside(matcher, pattern->span);
    if (!starred)
        check_length(matcher, subject, patterns.len, COMPARE_EQ, pattern->span);
    else if (patterns.len > 1)
        check_length(matcher, subject, patterns.len - 1, COMPARE_GE, pattern->span);
    size_t after = starred ? patterns.len - star - 1 : 0;
    if (starred && (star > 255 || after > 4095))
        return compile_fail(compiler, pattern->span,
                            "too many expressions in star-unpacking sequence pattern");
    load(matcher, subject, pattern->span);
    if (starred)
        emit(compiler, OP_UNPACK_EX, (uint32_t)(star | after << 12), pattern->span);
    else
        emit(compiler, OP_UNPACK_SEQUENCE, (uint32_t)patterns.len, pattern->span);
    return match_items(matcher, patterns, pattern->span);
}

static bool check_keys(Matcher *matcher, const Pattern *pattern)
{
    Compiler *compiler = matcher->compiler;
    ExprList keys = pattern->mapping.keys;
    for (size_t i = 0; i < keys.len; i++) {
        Const a, b;
        for (size_t j = i + 1; j < keys.len; j++) {
            if (!fold_const(compiler, keys.items[i], &a) ||
                !fold_const(compiler, keys.items[j], &b) || !const_eq(&a, &b))
                continue;
            Buf text = buf_in(compiler->arena);
            const_put(&text, &a);
            return compile_fail(compiler, pattern->span,
                                "mapping pattern checks duplicate key (%.*s)",
                                STR_ARG(buf_str(&text)));
        }
    }
    return true;
}

/* Checks the keys, and leaves their values on the stack, the first on top. */
static bool match_keys(Matcher *matcher, const Pattern *pattern, uint32_t subject,
                       uint32_t keys_slot)
{
    Compiler *compiler = matcher->compiler;
    ExprList keys = pattern->mapping.keys;
    uint32_t values = unit_temporary(compiler);
    load(matcher, subject, pattern->span);
    for (size_t i = 0; i < keys.len; i++) {
        if (!compile_expr(compiler, keys.items[i]))
            return false;
    }
    emit(compiler, OP_BUILD_TUPLE, (uint32_t)keys.len, pattern->span);
    emit(compiler, OP_MATCH_KEYS, 0, pattern->span);
    emit(compiler, OP_STORE_FAST, values, pattern->span);
    emit(compiler, OP_STORE_FAST, keys_slot, pattern->span);
    emit(compiler, OP_POP_TOP, 0, pattern->span);
    load(matcher, values, pattern->span);
    emit_jump(compiler, OP_POP_JUMP_IF_NONE, matcher->fail, pattern->span);
    load(matcher, values, pattern->span);
    emit(compiler, OP_UNPACK_SEQUENCE, (uint32_t)keys.len, pattern->span);
    return true;
}

static bool match_mapping(Matcher *matcher, const Pattern *pattern, uint32_t subject)
{
    Compiler *compiler = matcher->compiler;
    size_t count = pattern->mapping.keys.len;
    if (!check_keys(matcher, pattern))
        return false;
    load(matcher, subject, pattern->span);
    emit(compiler, OP_MATCH_MAPPING, 0, pattern->span);
    fail_unless_beside(matcher, pattern->span);
    uint32_t keys = unit_temporary(compiler);
    if (count) {
        check_length(matcher, subject, count, COMPARE_GE, pattern->span);
        if (!match_keys(matcher, pattern, subject, keys) ||
            !match_items(matcher, pattern->mapping.patterns, pattern->span))
            return false;
    }
    if (!str_given(pattern->mapping.rest))
        return true;
    load(matcher, subject, pattern->span);
    if (count)
        load(matcher, keys, pattern->span);
    else
        emit_const(compiler, (Const){ .kind = CONST_TUPLE }, pattern->span);
    emit(compiler, OP_DICT_WITHOUT, 0, pattern->span);
    return capture(matcher, pattern->mapping.rest, pattern->span);
}

static bool check_attributes(Matcher *matcher, const Pattern *pattern)
{
    NameList names = pattern->cls.names;
    for (size_t i = 0; i < names.len; i++) {
        if (!check_name(matcher->compiler, names.items[i], CONTEXT_STORE,
                        pattern->cls.name_spans[i]))
            return false;
        for (size_t j = i + 1; j < names.len; j++) {
            if (str_eq(names.items[i], names.items[j]))
                return compile_fail(matcher->compiler, pattern->cls.name_spans[j],
                                    "attribute name repeated in class pattern: %.*s",
                                    STR_ARG(names.items[j]));
        }
    }
    return true;
}

static bool match_class(Matcher *matcher, const Pattern *pattern, uint32_t subject)
{
    Compiler *compiler = matcher->compiler;
    NameList names = pattern->cls.names;
    size_t count = pattern->cls.patterns.len;
    if (!check_attributes(matcher, pattern))
        return false;
    Const *items = ARENA_ARRAY(compiler->arena, Const, names.len);
    for (size_t i = 0; i < names.len; i++)
        items[i] = (Const){ .kind = CONST_STR, .text = names.items[i] };
    load(matcher, subject, pattern->span);
    if (!compile_expr(compiler, pattern->cls.cls))
        return false;
    emit_const(compiler, (Const){ .kind = CONST_TUPLE, .items = { items, names.len } },
               pattern->span);
    uint32_t attributes = unit_temporary(compiler);
    emit(compiler, OP_MATCH_CLASS, (uint32_t)(count - names.len), pattern->span);
    emit(compiler, OP_STORE_FAST, attributes, pattern->span);
    load(matcher, attributes, pattern->span);
    emit_jump(compiler, OP_POP_JUMP_IF_NONE, matcher->fail, pattern->span);
    load(matcher, attributes, pattern->span);
    emit(compiler, OP_UNPACK_SEQUENCE, (uint32_t)count, pattern->span);
    return match_items(matcher, pattern->cls.patterns, pattern->span);
}

static bool same_names(const Captures *a, const Captures *b)
{
    if (a->names.len != b->names.len)
        return false;
    for (size_t i = 0; i < a->names.len; i++) {
        if (find_capture(b, a->names.items[i]) < 0)
            return false;
    }
    return true;
}

static const char *unreachable_reason(Matcher *matcher, const Pattern *pattern)
{
    while (pattern->kind == PATTERN_AS && pattern->capture.pattern)
        pattern = pattern->capture.pattern;
    if (pattern->kind != PATTERN_AS || !str_given(pattern->capture.name))
        return "wildcard";
    return str_format(matcher->compiler->arena, "name capture '%.*s'",
                      STR_ARG(pattern->capture.name))
        .ptr;
}

/* Each alternative captures the same names, into the slots of the first. */
static bool match_or(Matcher *matcher, const Pattern *pattern, uint32_t subject)
{
    Compiler *compiler = matcher->compiler;
    Label end = label_new(compiler);
    Captures first = { 0 };
    for (size_t i = 0; i < pattern->patterns.len; i++) {
        const Pattern *each = pattern->patterns.items[i];
        bool last = i + 1 == pattern->patterns.len;
        Matcher inner = { .compiler = compiler,
                          .fail = last ? matcher->fail : label_new(compiler),
                          .outer = i ? &first : matcher->outer };
        if (!match_pattern(&inner, each, subject))
            return false;
        if (!last && is_irrefutable(each))
            return compile_fail(compiler, each->span, "%s makes remaining patterns unreachable",
                                unreachable_reason(matcher, each));
        if (i && !same_names(&inner.captures, &first))
            return compile_fail(compiler, pattern->span,
                                "alternative patterns bind different names");
        if (i == 0)
            first = inner.captures;
        if (last)
            break;
        emit_jump(compiler, OP_JUMP, end, each->span);
        label_bind(compiler, inner.fail);
    }
    label_bind(compiler, end);
    for (size_t i = 0; i < first.names.len; i++) {
        if (find_capture(&matcher->captures, first.names.items[i]) >= 0)
            return compile_fail(compiler, pattern->span,
                                "multiple assignments to name '%.*s' in pattern",
                                STR_ARG(first.names.items[i]));
        VEC_PUSH(compiler->arena, &matcher->captures.names, first.names.items[i]);
        VEC_PUSH(compiler->arena, &matcher->captures.slots, first.slots.items[i]);
    }
    return true;
}

static bool match_as(Matcher *matcher, const Pattern *pattern, uint32_t subject)
{
    if (pattern->capture.pattern && !match_pattern(matcher, pattern->capture.pattern, subject))
        return false;
    if (!str_given(pattern->capture.name))
        return true;
    load(matcher, subject, pattern->span);
    return capture(matcher, pattern->capture.name, pattern->span);
}

static bool match_value(Matcher *matcher, const Pattern *pattern, uint32_t subject)
{
    load(matcher, subject, pattern->span);
    if (!compile_expr(matcher->compiler, pattern->value))
        return false;
    if (pattern->kind == PATTERN_SINGLETON)
        emit(matcher->compiler, OP_IS_OP, 0, pattern->span);
    else
        emit(matcher->compiler, OP_COMPARE_OP, COMPARE_EQ, pattern->span);
    fail_unless(matcher, pattern->span);
    return true;
}

/* Goes on when the slot's value matches; jumps to `fail` when not. */
static bool match_pattern(Matcher *matcher, const Pattern *pattern, uint32_t subject)
{
    switch (pattern->kind) {
    case PATTERN_VALUE:
    case PATTERN_SINGLETON:
        return match_value(matcher, pattern, subject);
    case PATTERN_SEQUENCE:
        return match_sequence(matcher, pattern, subject);
    case PATTERN_MAPPING:
        return match_mapping(matcher, pattern, subject);
    case PATTERN_CLASS:
        return match_class(matcher, pattern, subject);
    case PATTERN_STAR:
        return compile_fail(matcher->compiler, pattern->span, "can't use starred expression here");
    case PATTERN_AS:
        return match_as(matcher, pattern, subject);
    case PATTERN_OR:
        return match_or(matcher, pattern, subject);
    }
    return true;
}

static bool bind_captures(Matcher *matcher, Span span)
{
    Captures *captures = &matcher->captures;
    for (size_t i = 0; i < captures->names.len; i++) {
        load(matcher, captures->slots.items[i], span);
        if (!store_name(matcher->compiler, captures->names.items[i], span))
            return false;
    }
    return true;
}

static bool compile_case(Compiler *compiler, const MatchCase *each, uint32_t subject, bool last,
                         Label end)
{
    Matcher matcher = { .compiler = compiler, .fail = label_new(compiler) };
    const Pattern *pattern = each->pattern;
    if (!match_pattern(&matcher, pattern, subject))
        return false;
    if (!last && !each->guard && is_irrefutable(pattern))
        return compile_fail(compiler, pattern->span, "%s makes remaining patterns unreachable",
                            unreachable_reason(&matcher, pattern));
    if (!bind_captures(&matcher, pattern->span))
        return false;
    if (each->guard && !compile_jump_if(compiler, each->guard, false, matcher.fail))
        return false;
    if (!compile_body(compiler, each->body))
        return false;
    emit_jump(compiler, OP_JUMP, end, pattern->span);
    label_bind(compiler, matcher.fail);
    return true;
}

bool compile_match(Compiler *compiler, Stmt *stmt)
{
    Label end = label_new(compiler);
    if (!compile_expr(compiler, stmt->match.subject))
        return false;
    uint32_t subject = unit_temporary(compiler);
    emit(compiler, OP_STORE_FAST, subject, stmt->match.subject->span);
    for (size_t i = 0; i < stmt->match.cases.len; i++) {
        bool last = i + 1 == stmt->match.cases.len;
        if (!compile_case(compiler, &stmt->match.cases.items[i], subject, last, end))
            return false;
    }
    label_bind(compiler, end);
    return true;
}
