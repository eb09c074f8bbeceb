# SPDX-License-Identifier: MIT
from logging import FileHandler, Handler

DEFAULT_TCP_LOGGING_PORT = 9020
DEFAULT_UDP_LOGGING_PORT = 9021
DEFAULT_HTTP_LOGGING_PORT = 9022
DEFAULT_SOAP_LOGGING_PORT = 9023
SYSLOG_UDP_PORT = SYSLOG_TCP_PORT = 514


class BaseRotatingHandler(FileHandler):
    """A run is short: its file grows and is rotated by others."""


class RotatingFileHandler(BaseRotatingHandler):
    def __init__(self, filename, mode='a', maxBytes=0, backupCount=0, encoding=None, delay=False,
                 errors=None):
        super().__init__(filename, 'a' if maxBytes > 0 else mode, encoding, delay, errors)
        self.maxBytes = maxBytes
        self.backupCount = backupCount


class TimedRotatingFileHandler(BaseRotatingHandler):
    def __init__(self, filename, when='h', interval=1, backupCount=0, encoding=None, delay=False,
                 utc=False, atTime=None, errors=None):
        super().__init__(filename, 'a', encoding, delay, errors)
        self.when = when.upper()
        self.interval = interval
        self.backupCount = backupCount


class WatchedFileHandler(FileHandler):
    pass


class BufferingHandler(Handler):
    def __init__(self, capacity):
        super().__init__()
        self.capacity = capacity
        self.buffer = []

    def emit(self, record):
        self.buffer.append(record)
        if len(self.buffer) >= self.capacity:
            self.flush()

    def flush(self):
        self.buffer = []


class MemoryHandler(BufferingHandler):
    def __init__(self, capacity, flushLevel=40, target=None, flushOnClose=True):
        super().__init__(capacity)
        self.flushLevel = flushLevel
        self.target = target

    def setTarget(self, target):
        self.target = target

    def emit(self, record):
        super().emit(record)
        if record.levelno >= self.flushLevel:
            self.flush()

    def flush(self):
        for record in self.buffer:
            if self.target:
                self.target.handle(record)
        self.buffer = []


class QueueHandler(Handler):
    def __init__(self, queue):
        super().__init__()
        self.queue = queue

    def emit(self, record):
        self.queue.put_nowait(record)


def _refuse(name):
    class Refused(Handler):
        def __init__(self, *args, **kwargs):
            raise PermissionError('limbeck: scripts may not open sockets (logging.handlers.%s)' % name)
    Refused.__name__ = Refused.__qualname__ = name
    return Refused


SocketHandler = _refuse('SocketHandler')
DatagramHandler = _refuse('DatagramHandler')
SysLogHandler = _refuse('SysLogHandler')
SMTPHandler = _refuse('SMTPHandler')
HTTPHandler = _refuse('HTTPHandler')
NTEventLogHandler = _refuse('NTEventLogHandler')
QueueListener = _refuse('QueueListener')
