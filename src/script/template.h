/* SPDX-License-Identifier: MIT */
/*
 * Templates: the files that `init` writes, and Mako as far as templates of revision files go:
 * ${expression | filters}, `% if`, `% for`, `% while`, `% try` and their ends, `%%`, `##`, `\` at
 * the end of a line, <% %>, <%! %>, <%def>, <%block>, <%text>, <%doc>, <%page>. A template is
 * translated into a script and run by the VM.
 */
#ifndef LIMBECK_SCRIPT_TEMPLATE_H
#define LIMBECK_SCRIPT_TEMPLATE_H

#include "script/script.h"

typedef struct TemplateFile {
    const char *name; /* "generic/env.py": the template's name, '/', the file's */
    const char *text;
    size_t size;
} TemplateFile;

/* Files of all project templates, those of one template together; ends with a NULL name. */
extern const TemplateFile template_files[];
/* The file, or NULL. */
const TemplateFile *template_file(Str template_name, Str file);

/* Translates a template's text into a script. ERR_SYNTAX with the template's line. */
bool template_translate(Arena *arena, Str text, Str path, Str *source, Error *err);

/*
 * Renders. `values` are Datum * by name; lists become tuples (`depends_on` stays a list, as Alembic
 * has it). `config` and `comma` are always there.
 * A name that is not there is false in `if`, and an error where it is printed.
 */
bool template_render(Script *script, Str text, Str path, const Map *values, Str *out, Error *err);

#endif
