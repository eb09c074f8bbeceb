# Settings of Limbeck (and Alembic) for several databases.

[alembic]
# Where env.py, script.py.mako and versions/ are. %(here)s is the folder of this file.
script_location = ${script_location}

# How new revision files are named. Tokens: rev, slug, epoch, year, month, day, hour, minute, second.
# file_template = %%(rev)s_%%(slug)s
# file_template = %%(year)d_%%(month).2d_%%(day).2d_%%(hour).2d%%(minute).2d-%%(rev)s_%%(slug)s
# In folders by date (with recursive_version_locations = true):
# file_template = %%(year)d/%%(month).2d/%%(day).2d_%%(hour).2d%%(minute).2d_%%(second).2d_%%(rev)s_%%(slug)s

# Folders put in front of the search path, so that env.py can import your models.
prepend_sys_path = .

# Time zone of the dates in revision files and their names; the local time when it is not given.
# timezone = UTC

# The longest slug in a file's name.
# truncate_slug_length = 40

# true: `revision` runs env.py even without --autogenerate.
# revision_environment = false

# true: compiled files without their source count as revisions (Alembic only).
# sourceless = false

# Folders of revision files, split by path_separator; script_location/versions when not given.
# With several, a first revision needs --version-path.
# version_locations = %(here)s/versions:%(here)s/more/versions

# What stands between paths in version_locations and prepend_sys_path:
# os (what the system uses), space, newline, : or ;
path_separator = os

# true: revision files are also looked for in subfolders of the version locations.
# recursive_version_locations = false

# The encoding of new revision files.
# output_encoding = utf-8

# The sections below that name a database each. <NAME>_DATABASE_URL in the environment wins over a
# section's sqlalchemy.url, where it is set.
databases = engine1, engine2

[engine1]
sqlalchemy.url = driver://user:pass@localhost/dbname

[engine2]
sqlalchemy.url = driver://user:pass@localhost/dbname2


[post_write_hooks]
# Programs that are run on each new revision file, by name. REVISION_SCRIPT_FILENAME stands for it.
# A Python entry point:
# hooks = black
# black.type = console_scripts
# black.entrypoint = black
# black.options = -l 79 REVISION_SCRIPT_FILENAME
# A Python module:
# hooks = ruff
# ruff.type = module
# ruff.module = ruff
# ruff.options = check --fix REVISION_SCRIPT_FILENAME
# Any program on the PATH:
# hooks = ruff
# ruff.type = exec
# ruff.executable = ruff
# ruff.options = check --fix REVISION_SCRIPT_FILENAME

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
