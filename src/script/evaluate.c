/* SPDX-License-Identifier: MIT */
#include "script/evaluate.h"

#include "base/file.h"

typedef struct Reading {
    Vm *vm;
    Arena *arena;
    Value module;
    Str path;
} Reading;

static bool wrong_type(Reading *r, const char *name, Error *err)
{
    return fail_at(err, ERR_REVISION, (Loc){ .file = r->path },
                   "%s in '%.*s' must be a string, a tuple of strings, or None", name,
                   STR_ARG(r->path));
}

static bool text_of(Reading *r, const char *name, Value v, Str *text, Error *err)
{
    if (!is_str(v))
        return wrong_type(r, name, err);
    if (!to_str(r->vm, v, text))
        return vm_take_error(r->vm, err);
    *text = str_dup(r->arena, *text);
    return true;
}

static bool put_name(Reading *r, const char *name, Value v, StrVec *out, Error *err)
{
    Str text;
    if (value_is_none(v))
        return true;
    if (!text_of(r, name, v, &text, err))
        return false;
    VEC_PUSH(r->arena, out, text);
    return true;
}

static bool read_names(Reading *r, const char *name, StrVec *out, Error *err)
{
    Value v, items;
    if (!vm_getattr_if(r->vm, r->module, name, &v))
        return vm_take_error(r->vm, err);
    if (!value_given(v) || value_is_none(v) || is_str(v))
        return !value_given(v) || put_name(r, name, v, out, err);
    if (!vm_to_list(r->vm, v, &items))
        return vm_take_error(r->vm, err);
    vm_push(r->vm, items);
    bool ok = true;
    for (size_t i = 0; ok && i < list_len(items); i++)
        ok = put_name(r, name, list_get(items, i), out, err);
    vm_pop(r->vm, 1);
    return ok;
}

static bool read_doc(Reading *r, Declaration *d, Error *err)
{
    Value doc;
    if (!vm_getattr_if(r->vm, r->module, "__doc__", &doc))
        return vm_take_error(r->vm, err);
    if (!value_given(doc) || !is_str(doc))
        return true;
    return text_of(r, "__doc__", doc, &d->module_doc, err);
}

static bool read_module(Reading *r, Declaration *d, bool *found, Error *err)
{
    Value id;
    if (!vm_getattr_if(r->vm, r->module, "revision", &id))
        return vm_take_error(r->vm, err);
    *found = value_given(id);
    if (!*found)
        return true;
    return text_of(r, "revision", id, &d->id, err) &&
           read_names(r, "down_revision", &d->down, err) &&
           read_names(r, "branch_labels", &d->labels, err) &&
           read_names(r, "depends_on", &d->depends, err) && read_doc(r, d, err);
}

bool script_evaluate(void *context, Str path, Declaration *d, bool *found, Error *err)
{
    Script *script = context;
    Reading r = { .arena = script->arena, .path = path };
    Str base = path_basename(path);
    Str name = str_slice(base, 0, base.len - path_extension(base).len);
    if (!script_vm(script, &r.vm, err) || !vm_run_file(r.vm, path, name, false, &r.module, err))
        return false;
    vm_push(r.vm, r.module);
    bool ok = read_module(&r, d, found, err);
    vm_pop(r.vm, 1);
    return ok;
}
