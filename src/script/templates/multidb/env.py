# Runs the migrations: `limbeck` and `alembic` execute this file for each command that needs the database.
import logging
import os
import re
from contextlib import ExitStack
from logging.config import fileConfig

from alembic import context
from sqlalchemy import engine_from_config, pool

# True: commit in two phases, so that all databases commit or none.
USE_TWOPHASE = False

# The settings of alembic.ini, and of the command line.
config = context.config

if config.config_file_name is not None:
    fileConfig(config.config_file_name)
logger = logging.getLogger("alembic.env")

# The sections of the ini file that hold a database each.
db_names = re.split(r",\s*", config.get_main_option("databases", ""))

# ENGINE1_DATABASE_URL, where it is set, wins over sqlalchemy.url of [engine1], and so on.
for name in db_names:
    url = os.environ.get(name.upper() + "_DATABASE_URL")
    if url:
        config.set_section_option(name, "sqlalchemy.url", url.replace("%", "%%"))

# The MetaData of your models by section, for autogenerate:
# target_metadata = {"engine1": models.metadata1, "engine2": models.metadata2}
target_metadata = {}


def migrate(name, **target) -> None:
    logger.info("Migrating database %s", name)
    context.configure(
        target_metadata=target_metadata.get(name),
        upgrade_token="%s_upgrades" % name,
        downgrade_token="%s_downgrades" % name,
        **target,
    )
    # A transaction of its own with --sql; on a connection that of migrate_together().
    with context.begin_transaction():
        context.run_migrations(engine_name=name)


def write_sql() -> None:
    """The SQL of each database in a file of its own: engine1.sql, engine2.sql."""
    for name in db_names:
        with open(name + ".sql", "w") as file:
            logger.info("Writing output to %s", file.name)
            migrate(
                name,
                url=config.get_section_option(name, "sqlalchemy.url"),
                output_buffer=file,
                literal_binds=True,
                dialect_opts={"paramstyle": "named"},
            )


def migrate_together() -> None:
    """A transaction on every database; they are committed when all have been migrated."""
    with ExitStack() as stack:  # closing a connection rolls back what it did not commit
        connections, transactions = {}, []
        for name in db_names:
            engine = engine_from_config(
                config.get_section(name, {}), prefix="sqlalchemy.", poolclass=pool.NullPool
            )
            connection = connections[name] = stack.enter_context(engine.connect())
            transactions.append(connection.begin_twophase() if USE_TWOPHASE else connection.begin())
        for name, connection in connections.items():
            migrate(name, connection=connection)
        if USE_TWOPHASE:
            for transaction in transactions:
                transaction.prepare()
        for transaction in transactions:
            transaction.commit()


if context.is_offline_mode():
    write_sql()
else:
    migrate_together()
