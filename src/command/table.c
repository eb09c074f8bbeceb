/* SPDX-License-Identifier: MIT */
#include "command/command.h"

extern const Command branches_command, check_command, create_all_command, current_command,
    downgrade_command, edit_command, ensure_version_command, heads_command, history_command,
    init_command, list_templates_command, merge_command, resume_command, revision_command,
    show_command, stamp_command, upgrade_command;

const Command *const commands[] = {
    &branches_command,
    &check_command,
    &create_all_command,
    &current_command,
    &downgrade_command,
    &edit_command,
    &ensure_version_command,
    &heads_command,
    &history_command,
    &init_command,
    &list_templates_command,
    &merge_command,
    &resume_command,
    &revision_command,
    &show_command,
    &stamp_command,
    &upgrade_command,
    NULL,
};
