# The database and the logging of Limbeck (and Alembic); the rest is in pyproject.toml.

[alembic]
# The database. env.py takes DATABASE_URL from the environment instead, where that is set.
# For example sqlite:///app.db or postgresql://user@host/name
sqlalchemy.url = driver://user:pass@localhost/dbname


# Logging, as Python's logging.config reads it.
[loggers]
keys = root,sqlalchemy,alembic

[handlers]
keys = console

[formatters]
keys = generic

[logger_root]
level = WARNING
handlers = console
qualname =

[logger_sqlalchemy]
level = WARNING
handlers =
qualname = sqlalchemy.engine

[logger_alembic]
level = INFO
handlers =
qualname = alembic

[handler_console]
class = StreamHandler
args = (sys.stderr,)
level = NOTSET
formatter = generic

[formatter_generic]
format = %(levelname)-5.5s [%(name)s] %(message)s
datefmt = %H:%M:%S
