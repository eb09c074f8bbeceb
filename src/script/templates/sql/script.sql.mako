-- ${message}
-- revision: ${up_revision}
-- down_revision: ${down_revision | comma,n}
% if branch_labels:
-- branch_labels: ${branch_labels | comma,n}
% endif
% if depends_on:
-- depends_on: ${depends_on | comma,n}
% endif
-- created: ${create_date}

-- limbeck: upgrade
${upgrades if upgrades else ""}

-- limbeck: downgrade
${downgrades if downgrades else ""}
