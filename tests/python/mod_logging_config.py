# SPDX-License-Identifier: MIT
"""logging.config: a dictionary."""
import logging
import logging.config
import logging.handlers
from logging.config import dictConfig


def tried(make):
    try:
        print(repr(make()))
    except Exception as error:
        print(type(error).__name__ + ':', error)


class Shout(logging.Formatter):
    def format(self, record):
        return super().format(record).upper()


class Only:
    def __init__(self, word):
        self.word = word

    def filter(self, record):
        return self.word in record.getMessage()


dictConfig({
    'version': 1,
    'disable_existing_loggers': False,
    'formatters': {'plain': {'format': '%(name)s %(message)s'}, 'shout': {'()': Shout, 'fmt': '%(message)s'},
                   'brace': {'format': '{levelname} {message}', 'style': '{'}},
    'filters': {'only': {'()': Only, 'word': 'keep'}},
    'handlers': {
        'console': {'class': 'logging.StreamHandler', 'formatter': 'plain', 'stream': 'ext://sys.stdout', 'level': 'INFO'},
        'loud': {'class': 'logging.StreamHandler', 'formatter': 'shout', 'stream': 'ext://sys.stdout', 'filters': ['only']},
        'none': {'class': 'logging.NullHandler'},
        'brace': {'class': 'logging.StreamHandler', 'formatter': 'brace', 'stream': 'ext://sys.stdout'},
    },
    'loggers': {'a': {'handlers': ['console'], 'level': 'DEBUG', 'propagate': False},
                'b': {'handlers': ['loud', 'none'], 'level': 'INFO'}},
    'root': {'level': 'ERROR', 'handlers': ['brace']},
})
logging.getLogger('a').debug('below the handler')
logging.getLogger('a').info('one')
logging.getLogger('b').info('keep me')
logging.getLogger('b').info('drop me')
logging.getLogger('c').warning('below root')
logging.getLogger('c').error('root')
print(logging.getLogger('a').handlers[0].level, len(logging.getLogger('b').handlers), logging.getLogger('a').propagate, logging.root.level)
tried(lambda: dictConfig({'version': 2}))
tried(lambda: dictConfig({}))
tried(lambda: dictConfig({'version': 1, 'handlers': {'x': {'class': 'logging.NoSuch'}}}))
tried(lambda: dictConfig({'version': 1, 'loggers': {'x': {'handlers': ['none']}}}))
memory = logging.handlers.MemoryHandler(10, target=logging.StreamHandler(__import__('sys').stdout))
logger = logging.getLogger('m')
logger.propagate = False
logger.addHandler(memory)
logger.warning('buffered')
print('before flush')
memory.flush()
