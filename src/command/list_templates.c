/* SPDX-License-Identifier: MIT */
#include "command/command.h"
#include "script/template.h"

static bool list_templates_run(CommandRun *run, Error *err)
{
    (void)err;
    result_text(run, "Available templates:\n");
    for (const TemplateFile *file = template_files; file->name; file++) {
        Str name = str_from(file->name), line, text = { file->text, file->size };
        if (!str_ends(name, STR("/README")) || !str_line_next(&text, &line))
            continue;
        result_text(run, "%.*s - %.*s", STR_ARG(str_slice(name, 0, name.len - 7)), STR_ARG(line));
    }
    result_text(run, "\nTemplates are used via the 'init' command, e.g.:");
    result_text(run, "\n  limbeck init --template generic ./scripts");
    return true;
}

static const Option options[] = { { 0 } };

const Command list_templates_command = {
    .name = "list_templates",
    .help = "List available templates.",
    .options = options,
    .run = list_templates_run,
    .no_config = true,
};
