"""Migration environment."""
from logging.config import fileConfig

from alembic import context
from sqlalchemy import engine_from_config, pool

from models import Base

config = context.config

if config.config_file_name is not None:
    fileConfig(config.config_file_name)

import sqlalchemy as sa
from alembic.operations import ops


def show(op, depth=1):
    names = [type(op).__name__]
    for attribute in ("table_name", "column_name", "index_name", "constraint_name", "schema",
                      "constraint_type", "modify_nullable", "modify_name", "source_table",
                      "referent_table", "local_cols", "remote_cols", "comment"):
        if hasattr(op, attribute):
            names.append("%s=%r" % (attribute, getattr(op, attribute)))
    print("  " * depth + " ".join(names))
    if isinstance(op, ops.CreateTableOp):
        print("    columns", [c.name for c in op.columns if hasattr(c, "nullable")], op.kw)
    for inner in getattr(op, "ops", ()):
        show(inner, depth + 1)


def process(context, revision, directives):
    script = directives[0]
    print("revision", revision, "head", script.head, script.splice, script.branch_label, script.rev_id, script.message)
    assert isinstance(script, ops.MigrationScript)
    assert context.dialect.name in ("sqlite", "postgresql")
    print("empty", script.upgrade_ops.is_empty(), script.downgrade_ops.is_empty())
    show(script.upgrade_ops)
    show(script.downgrade_ops)
    for diff in script.upgrade_ops.as_diffs():
        first = diff[0] if isinstance(diff, list) else diff
        print("diff", first[0])
    if revision:
        # all but the changes of columns by hand
        script.upgrade_ops = ops.UpgradeOps(ops=[
            ops.ModifyTableOps("city", ops=[
                ops.AddColumnOp("city", sa.Column("size", sa.Integer(), nullable=True)),
                ops.AlterColumnOp("city", "name", modify_nullable=True, existing_type=sa.String(40)),
                ops.CreateIndexOp("ix_by_hand", "city", ["size"], unique=True),
                ops.DropConstraintOp("uq_city", "city", "unique"),
            ]),
            ops.DropTableOp("street"),
            ops.CreateTableOp("extra", [
                sa.Column("id", sa.Integer(), primary_key=True),
                sa.Column("ref", sa.Integer()),
            ], comment="by hand"),
            ops.ExecuteSQLOp("SELECT 1"),
        ])
        script.downgrade_ops = script.upgrade_ops.ops[2].reverse() and ops.DowngradeOps(
            ops=[ops.DropTableOp("extra")])
        script.branch_label = "labelled"
        directives.append(ops.MigrationScript(
            "000000000003", ops.UpgradeOps([]), ops.DowngradeOps([]), message="one more",
            head="000000000001", splice=True))


options = {"process_revision_directives": process, "render_as_batch": True}


def run_migrations_online() -> None:
    connectable = engine_from_config(
        config.get_section(config.config_ini_section, {}),
        prefix="sqlalchemy.",
        poolclass=pool.NullPool,
    )
    with connectable.connect() as connection:
        context.configure(connection=connection, target_metadata=Base.metadata, **options)
        with context.begin_transaction():
            context.run_migrations()


run_migrations_online()
