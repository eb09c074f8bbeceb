"""Migration environment."""
from logging.config import fileConfig

from alembic import context
from sqlalchemy import engine_from_config, pool

from models import Base

config = context.config

if config.config_file_name is not None:
    fileConfig(config.config_file_name)

from alembic.autogenerate import rewriter
from alembic.operations import ops

writer = rewriter.Rewriter()
second = rewriter.Rewriter()


@writer.rewrites(ops.CreateTableOp)
def order_columns(context, revision, op):
    special = {"id": -100, "code": 1001}
    columns = [c for c in op.columns if hasattr(c, "nullable")]
    others = [c for c in op.columns if not hasattr(c, "nullable")]
    keyed = [(special.get(c.name, index), c) for index, c in enumerate(columns)]
    op.columns[:] = [c for _, c in sorted(keyed, key=lambda pair: pair[0])] + others
    return op


@writer.rewrites(ops.AddColumnOp)
def add_column(context, revision, op):
    if op.column.name == "gone":
        return []
    return [op, ops.ExecuteSQLOp("UPDATE %s SET %s = 0" % (op.table_name, op.column.name))]


@second.rewrites(ops.DropTableOp)
def drop_table(context, revision, op):
    op.if_exists = True
    return op


@second.rewrites(ops.CreateIndexOp)
def index(context, revision, op):
    if isinstance(op, ops.CreateIndexOp):
        op.if_not_exists = True
    return op


@second.rewrites(ops.MigrationScript)
def script(context, revision, op):
    op.imports.add("import os.path")
    op.message = op.message + " rewritten"
    return [op]


options = {"process_revision_directives": writer.chain(second)}


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
