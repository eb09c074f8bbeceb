"""Migration environment."""
from logging.config import fileConfig

from alembic import context
from sqlalchemy import engine_from_config, pool

from models import Base

config = context.config

if config.config_file_name is not None:
    fileConfig(config.config_file_name)

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata, produce_migrations, render_python_code
from alembic.migration import MigrationContext
from alembic.operations import ops


def look(connection):
    context = MigrationContext.configure(connection)
    for diff in compare_metadata(context, Base.metadata):
        print(diff[0], diff[1].name)
    made = produce_migrations(context, Base.metadata)
    print(render_python_code(made.upgrade_ops))
    print(render_python_code(made.downgrade_ops, alembic_module_prefix="x."))


def by_hand():
    table = sa.Table("t", sa.MetaData(), sa.Column("a", sa.Integer(), primary_key=True),
                     sa.Column("b", sa.String(5), index=True, unique=True),
                     sa.Column("c", sa.Integer(), sa.ForeignKey("s.t.a", name="fk_c")),
                     sa.CheckConstraint("a > 0", name="ck"), schema="s", comment="why")
    create = ops.CreateTableOp.from_table(table)
    print(create.table_name, create.schema, create.comment, len(create.columns), create.to_diff_tuple()[0])
    drop = create.reverse()
    print(type(drop).__name__, drop.table_name, drop.schema, drop.to_diff_tuple()[0])
    print(type(drop.reverse()).__name__, [c.name for c in drop.reverse().to_table().columns])
    for index in table.indexes:
        op = ops.CreateIndexOp.from_index(index)
        print(op.index_name, op.table_name, op.unique, op.schema, type(op.reverse()).__name__)
        print(op.to_index().name, op.reverse().index_name, op.reverse().to_diff_tuple()[0])
    for constraint in sorted(table.constraints, key=lambda c: str(c.name)):
        if isinstance(constraint, sa.PrimaryKeyConstraint):
            continue
        op = ops.AddConstraintOp.from_constraint(constraint)
        print(type(op).__name__, op.constraint_name, op.constraint_type, op.to_diff_tuple()[0])
        back = op.reverse()
        print(type(back).__name__, back.constraint_name, back.table_name, back.constraint_type,
              back.to_diff_tuple()[0])
    alter = ops.AlterColumnOp("t", "b", modify_nullable=False, existing_nullable=True,
                              modify_type=sa.Integer(), existing_type=sa.String(5))
    print([d[0] for d in alter.to_diff_tuple()], alter.has_changes())
    undo = alter.reverse()
    print(undo.modify_nullable, undo.existing_nullable, type(undo.modify_type).__name__)
    add = ops.AddColumnOp("t", sa.Column("z", sa.Integer()))
    print(add.to_column().name, add.reverse().column_name, add.reverse().reverse().column.name)


if context.is_offline_mode():
    raise SystemExit("not offline")
by_hand()
engine = sa.create_engine(config.get_main_option("sqlalchemy.url"))
with engine.connect() as connection:
    look(connection)
options = {}


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
