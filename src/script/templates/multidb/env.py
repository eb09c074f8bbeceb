# Runs the migrations: `limbeck` and `alembic` execute this file for each command that needs the database.
import logging
import os
import re
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


def run_migrations_offline() -> None:
    """Write the SQL of each database to a file of its own: engine1.sql, engine2.sql."""
    for name in db_names:
        file_name = "%s.sql" % name
        logger.info("Migrating database %s", name)
        logger.info("Writing output to %s", file_name)
        with open(file_name, "w") as buffer:
            context.configure(
                url=config.get_section_option(name, "sqlalchemy.url"),
                output_buffer=buffer,
                target_metadata=target_metadata.get(name),
                literal_binds=True,
                dialect_opts={"paramstyle": "named"},
            )
            with context.begin_transaction():
                context.run_migrations(engine_name=name)


def run_migrations_online() -> None:
    """Open a transaction on every database, migrate them all, then commit them all."""
    databases = {}
    for name in db_names:
        engine = engine_from_config(
            config.get_section(name, {}),
            prefix="sqlalchemy.",
            poolclass=pool.NullPool,
        )
        connection = engine.connect()
        if USE_TWOPHASE:
            transaction = connection.begin_twophase()
        else:
            transaction = connection.begin()
        databases[name] = (connection, transaction)

    try:
        for name, (connection, transaction) in databases.items():
            logger.info("Migrating database %s", name)
            context.configure(
                connection=connection,
                upgrade_token="%s_upgrades" % name,
                downgrade_token="%s_downgrades" % name,
                target_metadata=target_metadata.get(name),
            )
            context.run_migrations(engine_name=name)

        if USE_TWOPHASE:
            for connection, transaction in databases.values():
                transaction.prepare()
        for connection, transaction in databases.values():
            transaction.commit()
    except:
        for connection, transaction in databases.values():
            transaction.rollback()
        raise
    finally:
        for connection, transaction in databases.values():
            connection.close()


if context.is_offline_mode():
    run_migrations_offline()
else:
    run_migrations_online()
