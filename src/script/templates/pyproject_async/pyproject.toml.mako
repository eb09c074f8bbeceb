[tool.alembic]
# Where env.py, script.py.mako and versions/ are. %(here)s is the folder of this file.
script_location = "${script_location}"

# How new revision files are named. Tokens: rev, slug, epoch, year, month, day, hour, minute, second.
# file_template = "%%(rev)s_%%(slug)s"
# file_template = "%%(year)d_%%(month).2d_%%(day).2d_%%(hour).2d%%(minute).2d-%%(rev)s_%%(slug)s"
# In folders by date (with recursive_version_locations = true):
# file_template = "%%(year)d/%%(month).2d/%%(day).2d_%%(hour).2d%%(minute).2d_%%(second).2d_%%(rev)s_%%(slug)s"

# Folders put in front of the search path, so that env.py can import your models.
prepend_sys_path = [
    "."
]

# Time zone of the dates in revision files and their names; the local time when it is not given.
# timezone = "UTC"

# The longest slug in a file's name.
# truncate_slug_length = 40

# true: `revision` runs env.py even without --autogenerate.
# revision_environment = false

# true: compiled files without their source count as revisions (Alembic only).
# sourceless = false

# Folders of revision files; script_location/versions when not given.
# With several, a first revision needs --version-path.
# version_locations = [
#    "%(here)s/versions",
#    "%(here)s/more/versions"
# ]

# true: revision files are also looked for in subfolders of the version locations.
# recursive_version_locations = false

# The encoding of new revision files.
# output_encoding = "utf-8"

# Programs that are run on each new revision file. REVISION_SCRIPT_FILENAME stands for it.
# A Python entry point:
# [[tool.alembic.post_write_hooks]]
# name = "black"
# type = "console_scripts"
# entrypoint = "black"
# options = "-l 79 REVISION_SCRIPT_FILENAME"
#
# A Python module:
# [[tool.alembic.post_write_hooks]]
# name = "ruff"
# type = "module"
# module = "ruff"
# options = "check --fix REVISION_SCRIPT_FILENAME"
#
# Any program on the PATH:
# [[tool.alembic.post_write_hooks]]
# name = "ruff"
# type = "exec"
# executable = "ruff"
# options = "check --fix REVISION_SCRIPT_FILENAME"
