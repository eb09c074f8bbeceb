# Runs the migrations: `limbeck` and `alembic` execute this file for each command that needs the database.
import asyncio
import os
from logging.config import fileConfig

from alembic import context
from sqlalchemy import pool
from sqlalchemy.ext.asyncio import async_engine_from_config

# The settings of alembic.ini, and of the command line.
config = context.config

if config.config_file_name is not None:
    fileConfig(config.config_file_name)

# DATABASE_URL, where it is set, wins over sqlalchemy.url of the ini file.
if os.environ.get("DATABASE_URL"):
    config.set_main_option("sqlalchemy.url", os.environ["DATABASE_URL"].replace("%", "%%"))

# The MetaData of your models, for autogenerate:
# from myapp.models import Base
# target_metadata = Base.metadata
target_metadata = None


def migrate(connection=None, **target) -> None:
    """Do what the command asks for, on a connection or, as SQL, for a URL."""
    context.configure(connection=connection, target_metadata=target_metadata, **target)
    with context.begin_transaction():
        context.run_migrations()


async def connect_and_migrate() -> None:
    engine = async_engine_from_config(
        config.get_section(config.config_ini_section, {}), prefix="sqlalchemy.", poolclass=pool.NullPool
    )
    async with engine.connect() as connection:
        await connection.run_sync(migrate)
    await engine.dispose()


if context.is_offline_mode():  # --sql: nobody connects
    migrate(
        url=config.get_main_option("sqlalchemy.url"),
        literal_binds=True,
        dialect_opts={"paramstyle": "named"},
    )
else:
    asyncio.run(connect_and_migrate())
