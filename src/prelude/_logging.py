# SPDX-License-Identifier: MIT
# What logging has beyond mod_logging.c: read when one of these names, or a script's handler, is met.
import logging as _native
import os as _os
import sys as _sys
import time as _time
from logging import CRITICAL, DEBUG, ERROR, INFO, NOTSET, WARNING, getLevelName, getLogger

BASIC_FORMAT = "%(levelname)s:%(name)s:%(message)s"
logThreads = logMultiprocessing = logProcesses = True
_start = _time.time()
_RESERVED = ("message", "asctime")


def _level(level):
    if isinstance(level, str):
        number = getLevelName(level)
        if not isinstance(number, int):
            raise ValueError("Unknown level: %r" % level)
        return number
    if isinstance(level, int):
        return level
    raise TypeError("Level not an integer or a valid string: %r" % (level,))


_checkLevel = _level


class LogRecord:
    def __init__(self, name, level, pathname, lineno, msg, args, exc_info, func=None, sinfo=None,
                 **kwargs):
        now = _time.time()
        if args and len(args) == 1 and isinstance(args[0], dict) and args[0]:
            args = args[0]
        self.name = name
        self.msg = msg
        self.args = args
        self.levelname = getLevelName(level)
        self.levelno = level
        self.pathname = pathname
        self.filename = _os.path.basename(pathname)
        self.module = _os.path.splitext(self.filename)[0] or "Unknown module"
        self.exc_info = exc_info
        self.exc_text = None
        self.stack_info = sinfo
        self.lineno = lineno
        self.funcName = func
        self.created = now
        self.msecs = int((now - int(now)) * 1000) + 0.0
        self.relativeCreated = (now - _start) * 1000
        self.thread = 0
        self.threadName = "MainThread"
        self.processName = "MainProcess"
        self.process = _os.getpid()

    def getMessage(self):
        msg = str(self.msg)
        return msg % self.args if self.args else msg

    def __repr__(self):
        return '<LogRecord: %s, %s, %s, %s, "%s">' % (self.name, self.levelno, self.pathname,
                                                     self.lineno, self.msg)


_factory = LogRecord


def setLogRecordFactory(factory):
    global _factory
    _factory = factory


def getLogRecordFactory():
    return _factory


def makeLogRecord(attributes):
    record = _factory(None, None, "", 0, "", (), None, None)
    record.__dict__.update(attributes)
    return record


def _record(name, level, pathname, lineno, msg, args, error, extra):
    exc_info = None if error is None else (type(error), error, error.__traceback__)
    record = _factory(name, level, pathname, lineno, msg, args or (), exc_info, "<module>", None)
    for key, value in (extra or {}).items():
        if key in _RESERVED or key in record.__dict__:
            raise KeyError("Attempt to overwrite %r in LogRecord" % key)
        record.__dict__[key] = value
    return record


class PercentStyle:
    default_format = "%(message)s"
    asctime = "%(asctime)"

    def __init__(self, fmt, *, defaults=None):
        self._fmt = fmt or self.default_format
        self._defaults = defaults or {}

    def usesTime(self):
        return self.asctime in self._fmt

    def format(self, record):
        return self._fmt % {**self._defaults, **record.__dict__}


class StrFormatStyle(PercentStyle):
    default_format = "{message}"
    asctime = "{asctime"

    def format(self, record):
        return self._fmt.format(**{**self._defaults, **record.__dict__})


class StringTemplateStyle(PercentStyle):
    default_format = "${message}"
    asctime = "asctime"

    def format(self, record):
        from string import Template
        return Template(self._fmt).substitute({**self._defaults, **record.__dict__})


_STYLES = {"%": PercentStyle, "{": StrFormatStyle, "$": StringTemplateStyle}


class Formatter:
    converter = staticmethod(_time.localtime)
    default_time_format = "%Y-%m-%d %H:%M:%S"
    default_msec_format = "%s,%03d"

    def __init__(self, fmt=None, datefmt=None, style="%", validate=True, *, defaults=None):
        if style not in _STYLES:
            raise ValueError("Style must be one of: %s" % ",".join(_STYLES))
        self._style = _STYLES[style](fmt, defaults=defaults)
        self._fmt = self._style._fmt
        self.datefmt = datefmt

    def formatTime(self, record, datefmt=None):
        parts = self.converter(record.created)
        if datefmt:
            return _time.strftime(datefmt, parts)
        text = _time.strftime(self.default_time_format, parts)
        return self.default_msec_format % (text, record.msecs) if self.default_msec_format else text

    def formatException(self, ei):
        import traceback
        return "".join(traceback.format_exception(ei[0], ei[1], ei[2])).rstrip("\n")

    def formatStack(self, stack_info):
        return stack_info

    def usesTime(self):
        return self._style.usesTime()

    def formatMessage(self, record):
        return self._style.format(record)

    def format(self, record):
        record.message = record.getMessage()
        if self.usesTime():
            record.asctime = self.formatTime(record, self.datefmt)
        text = self.formatMessage(record)
        if record.exc_info and not record.exc_text:
            record.exc_text = self.formatException(record.exc_info)
        for more in (record.exc_text, record.stack_info):
            if more:
                text = text + ("" if text.endswith("\n") else "\n") + more
        return text


_defaultFormatter = Formatter()


class Filter:
    def __init__(self, name=""):
        self.name = name

    def filter(self, record):
        return not self.name or record.name == self.name or record.name.startswith(self.name + ".")


def _filtered(filter, record):
    return filter.filter(record) if hasattr(filter, "filter") else filter(record)


class Filterer:
    def __init__(self):
        self.filters = []

    def addFilter(self, filter):
        if filter not in self.filters:
            self.filters.append(filter)

    def removeFilter(self, filter):
        if filter in self.filters:
            self.filters.remove(filter)

    def filter(self, record):
        return all(_filtered(filter, record) for filter in self.filters)


class _NoLock:
    def acquire(self):
        pass

    def release(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        pass


class Handler(Filterer):
    _tree = None

    def __init__(self, level=NOTSET):
        Filterer.__init__(self)
        self.level = _level(level)
        self.formatter = None
        self.name = None
        self.lock = _NoLock()

    def get_name(self):
        return self.name

    def set_name(self, name):
        self.name = name

    def createLock(self):
        pass

    def acquire(self):
        pass

    def release(self):
        pass

    def setLevel(self, level):
        self.level = _level(level)

    def setFormatter(self, fmt):
        self.formatter = fmt

    def format(self, record):
        return (self.formatter or _defaultFormatter).format(record)

    def emit(self, record):
        raise NotImplementedError("emit must be implemented by Handler subclasses")

    def handle(self, record):
        passed = self.filter(record)
        if passed:
            self.emit(record)
        return passed

    def flush(self):
        pass

    def close(self):
        pass

    def handleError(self, record):
        import traceback
        _sys.stderr.write("--- Logging error ---\n")
        traceback.print_exc()

    def __repr__(self):
        return "<%s (%s)>" % (self.__class__.__name__, getLevelName(self.level))


def _take(handler, record):
    if record.levelno >= handler.level:
        handler.handle(record)


class StreamHandler(Handler):
    terminator = "\n"

    def __init__(self, stream=None):
        Handler.__init__(self)
        self.stream = _sys.stderr if stream is None else stream

    def flush(self):
        if self.stream and hasattr(self.stream, "flush"):
            self.stream.flush()

    def setStream(self, stream):
        before = self.stream
        self.stream = stream
        return None if before is stream else before

    def emit(self, record):
        try:
            self.stream.write(self.format(record) + self.terminator)
            self.flush()
        except RecursionError:
            raise
        except Exception:
            self.handleError(record)


class FileHandler(StreamHandler):
    def __init__(self, filename, mode="a", encoding=None, delay=False, errors=None):
        self.baseFilename = _os.path.abspath(_os.fspath(filename))
        self.mode = mode
        self.encoding = encoding
        StreamHandler.__init__(self, _sys.stderr)
        self.stream = None if delay else self._open()

    def _open(self):
        return _native._LogFile(self.baseFilename, self.mode)

    def emit(self, record):
        if self.stream is None:
            self.stream = self._open()
        StreamHandler.emit(self, record)

    def close(self):
        if self.stream is not None:
            self.stream.close()
            self.stream = None


class NullHandler(Handler):
    def handle(self, record):
        pass

    def emit(self, record):
        pass


def _logs(level):
    def method(self, msg, *args, **kwargs):
        self.log(level, msg, *args, **kwargs)

    return method


class LoggerAdapter:
    """A logger whose records take something of the adapter's with them."""

    def __init__(self, logger, extra=None):
        self.logger, self.extra = logger, extra

    def __getattr__(self, name):
        return getattr(self.logger, name)

    def process(self, msg, kwargs):
        return msg, {**kwargs, "extra": self.extra}

    def log(self, level, msg, *args, **kwargs):
        if not self.logger.isEnabledFor(level):
            return
        msg, kwargs = self.process(msg, kwargs)
        self.logger.log(level, msg, *args, **kwargs)

    debug, info, error, critical = map(_logs, (DEBUG, INFO, ERROR, CRITICAL))
    warning = warn = _logs(WARNING)

    def exception(self, msg, *args, **kwargs):
        self.error(msg, *args, **{"exc_info": True, **kwargs})


class _Names:
    """logging.root.manager.loggerDict"""

    def __iter__(self):
        return iter(_native._logger_names())

    def __len__(self):
        return len(_native._logger_names())

    def __contains__(self, name):
        return name in _native._logger_names()

    def __getitem__(self, name):
        if name not in self:
            raise KeyError(name)
        return getLogger(name)

    def get(self, name, default=None):
        return getLogger(name) if name in self else default

    def keys(self):
        return _native._logger_names()

    def values(self):
        return [getLogger(name) for name in self]

    def items(self):
        return [(name, getLogger(name)) for name in self]


class Manager:
    disable = 0
    loggerDict = _Names()

    def getLogger(self, name):
        return getLogger(name)

    @property
    def root(self):
        return getLogger()


_manager = Manager()
lastResort = StreamHandler()
lastResort.setLevel(WARNING)
RootLogger = _native.Logger


def getLoggerClass():
    return _native.Logger


def setLoggerClass(klass):
    if klass is not _native.Logger:
        raise NotImplementedError("limbeck does not serve logging.setLoggerClass")


def getLevelNamesMapping():
    return {"CRITICAL": 50, "FATAL": 50, "ERROR": 40, "WARN": 30, "WARNING": 30, "INFO": 20,
            "DEBUG": 10, "NOTSET": 0}


def getHandlerByName(name):
    return None


def basicConfig(**kwargs):
    root = getLogger()
    force = kwargs.pop("force", False)
    encoding = kwargs.pop("encoding", None)
    kwargs.pop("errors", None)
    if force:
        root.handlers = []
    if len(root.handlers):
        return
    handlers = kwargs.pop("handlers", None)
    filename = kwargs.pop("filename", None)
    mode = kwargs.pop("filemode", "a")
    stream = kwargs.pop("stream", None)
    if handlers is None:
        if stream is not None and filename is not None:
            raise ValueError("'stream' and 'filename' should not be specified together")
        handlers = [FileHandler(filename, mode, encoding) if filename else StreamHandler(stream)]
    elif stream is not None or filename is not None:
        raise ValueError("'stream' or 'filename' should not be specified together with 'handlers'")
    style = kwargs.pop("style", "%")
    if style not in _STYLES:
        raise ValueError("Style must be one of: %s" % ",".join(_STYLES))
    default = {"%": BASIC_FORMAT, "{": "{levelname}:{name}:{message}",
               "$": "${levelname}:${name}:${message}"}[style]
    formatter = Formatter(kwargs.pop("format", default), kwargs.pop("datefmt", None), style)
    level = kwargs.pop("level", None)
    if kwargs:
        raise ValueError("Unrecognised argument(s): %s" % ", ".join(kwargs))
    for handler in handlers:
        if handler.formatter is None:
            handler.setFormatter(formatter)
        root.addHandler(handler)
    if level is not None:
        root.setLevel(level)


# ---- logging.config ----

def _resolve(name):
    parts = name.split(".")
    module = parts.pop(0)
    found = __import__(module)
    for part in parts:
        module += "." + part
        try:
            found = getattr(found, part)
        except AttributeError:
            __import__(module)
            found = getattr(found, part)
    return found


def _configured(class_name, args):
    """A handler class of an ini file that the tree of loggers does not know itself."""
    names = {"sys": _sys, "os": _os, "logging": _native}
    maker = getattr(_native, class_name, None) if "." not in class_name else None
    if maker is None:
        maker = _resolve(class_name if "." in class_name else "logging." + class_name)
    given = eval(args or "()", names)
    return maker(*given)


def _config_text(source):
    return source.read()


class _DictConfig:
    def __init__(self, config):
        self.config = config
        self.formatters = {}
        self.filters = {}
        self.handlers = {}

    def value(self, value):
        if isinstance(value, str) and value.startswith("ext://"):
            return _resolve(value[6:])
        if isinstance(value, str) and value.startswith("cfg://"):
            found = self.config
            for part in value[6:].split("."):
                found = found[part]
            return found
        return value

    def made(self, maker, config):
        properties = config.pop(".", None)
        made = maker(**{key: self.value(value) for key, value in config.items()})
        for key, value in (properties or {}).items():
            setattr(made, key, self.value(value))
        return made

    def factory(self, config):
        maker = config.pop("()")
        return self.made(maker if callable(maker) else _resolve(maker), config)

    def formatter(self, config):
        config = dict(config)
        if "()" in config:
            return self.factory(config)
        maker = _resolve(config["class"]) if "class" in config else Formatter
        return maker(config.get("format"), config.get("datefmt"), config.get("style", "%"))

    def filter(self, config):
        config = dict(config)
        return self.factory(config) if "()" in config else Filter(config.get("name", ""))

    def handler(self, name):
        if name in self.handlers:
            return self.handlers[name]
        config = dict(self.config["handlers"][name])
        formatter = config.pop("formatter", None)
        level = config.pop("level", None)
        filters = config.pop("filters", ())
        if "()" in config:
            handler = self.factory(config)
        else:
            handler = self.made(_resolve(config.pop("class")), config)
        if formatter:
            handler.setFormatter(self.formatters[formatter])
        if level is not None:
            handler.setLevel(level)
        for each in filters:
            handler.addFilter(self.filters[each] if isinstance(each, str) else each)
        handler.name = name
        self.handlers[name] = handler
        return handler

    def logger(self, logger, config, incremental=False):
        if config.get("level") is not None:
            logger.setLevel(config["level"])
        if not incremental:
            logger.handlers = [self.handler(name) for name in config.get("handlers", ())]
            for each in config.get("filters", ()):
                logger.addFilter(self.filters[each] if isinstance(each, str) else each)
        if config.get("propagate") is not None:
            logger.propagate = config["propagate"]

    def configure(self):
        config = self.config
        if config.get("version") != 1:
            raise ValueError("Unsupported version: %s" % config.get("version")
                             if "version" in config else "dictionary doesn't specify a version")
        incremental = config.get("incremental", False)
        for name, each in config.get("formatters", {}).items():
            self.formatters[name] = self._named("formatter", name, self.formatter, each)
        for name, each in config.get("filters", {}).items():
            self.filters[name] = self._named("filter", name, self.filter, each)
        for name in config.get("handlers", {}):
            if not incremental:
                self._named("handler", name, self.handler, name)
        for name, each in config.get("loggers", {}).items():
            self._named("logger", name, self._logger, (name, each, incremental))
        if config.get("root"):
            self.logger(getLogger(), config["root"], incremental)

    def _logger(self, given):
        name, config, incremental = given
        self.logger(getLogger(name), config, incremental)

    def _named(self, kind, name, make, argument):
        try:
            return make(argument)
        except Exception as error:
            raise ValueError("Unable to configure %s %r" % (kind, name)) from error


def dictConfig(config):
    _DictConfig(config).configure()


DictConfigurator = dictConfigClass = _DictConfig
