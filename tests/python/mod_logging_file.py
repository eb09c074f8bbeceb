# SPDX-License-Identifier: MIT
"""logging.config.fileConfig on the ini file that alembic init writes."""
import io
import logging
from logging.config import fileConfig

INI = '''
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
level = WARN
handlers =
qualname = sqlalchemy.engine

[logger_alembic]
level = INFO
handlers =
qualname = alembic

[handler_console]
class = StreamHandler
args = (sys.stdout,)
level = NOTSET
formatter = generic

[formatter_generic]
format = %(levelname)-5.5s [%(name)s] %(message)s
datefmt = %H:%M:%S
'''
fileConfig(io.StringIO(INI), disable_existing_loggers=False)
print(logging.root.level, logging.getLogger('alembic').level, logging.getLogger('sqlalchemy.engine').level, len(logging.root.handlers), flush=True)
logging.getLogger('alembic.runtime.migration').info('Running upgrade %s -> %s, first', '', 'abc')
logging.getLogger('alembic').debug('no')
logging.getLogger('app').info('no')
logging.getLogger('app').warning('yes')
logging.getLogger('sqlalchemy.engine').error('error')
logging.getLogger('alembic').setLevel(logging.ERROR)
logging.getLogger('alembic.x').info('no')
try:
    raise ValueError('bad')
except ValueError:
    logging.getLogger('alembic').exception('caught')
logging.root.handlers[0].setLevel(logging.CRITICAL)
logging.getLogger('app').error('no')
logging.root.handlers[0].setLevel('DEBUG')
logging.root.handlers[0].setFormatter(logging.Formatter('%(message)s'))
logging.getLogger('app').error('bare')
try:
    fileConfig('/nope/alembic.ini')
except (KeyError, FileNotFoundError) as error:
    print(isinstance(error, (KeyError, FileNotFoundError)))
