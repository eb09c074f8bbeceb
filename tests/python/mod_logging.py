# SPDX-License-Identifier: MIT
"""logging: loggers, levels, handlers, formatters and filters that a script makes."""
import logging
import sys
from io import StringIO


def tried(make):
    try:
        print(repr(make()))
    except Exception as error:
        print(type(error).__name__ + ':', error)


root = logging.getLogger()
log = logging.getLogger('app.db')
print(root, log, log.name, log.level, log.parent.name, log.getEffectiveLevel(), log is logging.getLogger('app.db'), root is logging.root)
print(log.isEnabledFor(logging.INFO), log.isEnabledFor(logging.WARNING), log.handlers, log.hasHandlers(), log.propagate, log.disabled)
print(logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR, logging.CRITICAL, logging.NOTSET, logging.WARN, logging.FATAL)
print(logging.getLevelName(20), logging.getLevelName('ERROR'), logging.getLevelName(15))

handler = logging.StreamHandler(sys.stdout)
handler.setFormatter(logging.Formatter('%(levelname)-8s|%(name)s|%(message)s'))
root.addHandler(handler)
log.setLevel('INFO')
log.debug('not shown')
log.info('plain')
log.info('args %s %d %r', 'a', 5, 'q')
log.warning('named %(x)s', {'x': 1})
log.error('100%')
log.critical('list %s', [1])
logging.getLogger('other').info('below the root level')
logging.getLogger('other').warning('seen')
root.setLevel(logging.DEBUG)
logging.debug('by the module')
logging.log(25, 'between')
logging.addLevelName(25, 'NOTICE')
logging.log(25, 'with a name')
log.log(logging.INFO, 'by number')
logging.disable(logging.INFO)
log.info('disabled')
logging.disable(logging.NOTSET)
child = log.getChild('x')
print(child.name, child.getEffectiveLevel(), child.parent is log)

try:
    1 / 0
except ZeroDivisionError:
    log.exception('failed %s', 'here')
    log.error('again', exc_info=True)


class Collect(logging.Handler):
    def __init__(self):
        super().__init__(logging.WARNING)
        self.seen = []

    def emit(self, record):
        self.seen.append((record.levelname, record.name, record.getMessage(), record.args, record.levelno))


collect = Collect()
log.addHandler(collect)
log.addHandler(collect)
log.info('too low')
log.warning('kept %s', 'x')
print(collect.seen, len(log.handlers), log.handlers[0] is collect, collect in log.handlers)


class NoSecrets(logging.Filter):
    def filter(self, record):
        record.msg = str(record.msg).replace('secret', '***')
        return 'drop' not in record.msg


handler.addFilter(NoSecrets())
log.warning('a secret')
log.warning('drop this')
log.addFilter(lambda record: 'never' not in record.getMessage())
log.warning('never this')
log.warning('last %s', 'one', extra={'user': 'me'})
handler.setFormatter(logging.Formatter('{levelname}:{message}:{user}', style='{'))
log.warning('styled', extra={'user': 'me'})
handler.setFormatter(logging.Formatter('%(message)s'))
log.propagate = False
log.warning('kept here only')
print(collect.seen[-1][:3], log.propagate)
log.propagate = True
log.disabled = True
log.warning('silenced')
log.disabled = False
log.removeHandler(collect)
print(len(log.handlers), log.hasHandlers())

out = StringIO()
stream = logging.StreamHandler(out)
stream.setLevel(logging.ERROR)
stream.terminator = '!\n'
log.addHandler(stream)
log.warning('low')
log.error('high')
print(repr(out.getvalue()))
log.handlers.clear()
print(len(log.handlers))
log.handlers = [logging.NullHandler()]
print(len(log.handlers), repr(log.handlers[0]))

adapter = logging.LoggerAdapter(log, {'user': 'you'})
handler.setFormatter(logging.Formatter('%(message)s by %(user)s'))
adapter.warning('adapted %d', 1)
print(isinstance(log, logging.Logger), isinstance(handler, logging.Handler), isinstance(handler, logging.StreamHandler))
tried(lambda: log.setLevel('NOPE'))
tried(lambda: logging.getLogger(5))
tried(lambda: log.setLevel(2.5))
record = logging.LogRecord('n', logging.INFO, '/a/b.py', 3, 'msg %s', ('x',), None)
print(record.getMessage(), record.filename, record.module, record.levelname, logging.makeLogRecord({'msg': 'm', 'levelname': 'L'}).levelname)
root.handlers = []
logging.basicConfig(stream=sys.stdout, level=logging.INFO, format='%(levelname)s %(message)s')
logging.info('configured')
logging.basicConfig(level=logging.ERROR)
logging.info('still')
logging.basicConfig(level=logging.ERROR, force=True, handlers=[logging.StreamHandler(sys.stdout)])
logging.info('not')
logging.error('forced')
