# SPDX-License-Identifier: MIT
"""Asks the application as the env.py files of Flask-Migrate do."""
from logging.config import fileConfig

from alembic import context
from flask import current_app

config = context.config
fileConfig(config.config_file_name)


def engine():
    try:
        return current_app.extensions["migrate"].db.get_engine()
    except (TypeError, AttributeError):
        return current_app.extensions['migrate'].db.engine


url = engine().url.render_as_string(hide_password=False).replace("%", "%%")
config.set_main_option("sqlalchemy.url", url)
target_db = current_app.extensions["migrate"].db


def metadata():
    return target_db.metadatas[None] if hasattr(target_db, "metadatas") else target_db.metadata


def offline():
    context.configure(
        url=config.get_main_option("sqlalchemy.url"), target_metadata=metadata(), literal_binds=True
    )
    with context.begin_transaction():
        context.run_migrations()


def nothing_for_nothing(context, revision, directives):
    if getattr(config.cmd_opts, "autogenerate", False) and directives[0].upgrade_ops.is_empty():
        directives[:] = []


def online():
    given = current_app.extensions["migrate"].configure_args
    given.setdefault("process_revision_directives", nothing_for_nothing)
    assert given["compare_type"] is True and given["render_as_batch"] is True
    with engine().connect() as connection:
        context.configure(connection=connection, target_metadata=metadata(), **given)
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    offline()
else:
    online()
