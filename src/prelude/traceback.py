# SPDX-License-Identifier: MIT
import sys
import _traceback


def _given(exc, value):
    if isinstance(exc, BaseException):
        return exc
    return value if isinstance(value, BaseException) else None


def format_exception(exc, /, value=None, tb=None, limit=None, chain=True):
    error = _given(exc, value)
    if error is None:
        return ['NoneType: None\n']
    return _traceback.text(error).splitlines(True)


def format_exception_only(exc, /, value=None):
    error = _given(exc, value)
    if error is None:
        return ['NoneType: None\n']
    kind = type(error)
    name = kind.__qualname__
    if kind.__module__ not in ('builtins', '__main__'):
        name = kind.__module__ + '.' + name
    text = str(error)
    return ['%s: %s\n' % (name, text) if text else name + '\n']


def format_exc(limit=None, chain=True):
    return ''.join(format_exception(sys.exception()))


def print_exception(exc, /, value=None, tb=None, limit=None, file=None, chain=True):
    (sys.stderr if file is None else file).write(''.join(format_exception(exc, value, tb)))


def print_exc(limit=None, file=None, chain=True):
    print_exception(sys.exception(), file=file)


class FrameSummary:
    def __init__(self, filename, lineno, name, line=''):
        self.filename = filename
        self.lineno = lineno
        self.name = name
        self.line = line

    def __iter__(self):
        return iter((self.filename, self.lineno, self.name, self.line))

    def __getitem__(self, index):
        return (self.filename, self.lineno, self.name, self.line)[index]

    def __repr__(self):
        return '<FrameSummary file %s, line %s in %s>' % (self.filename, self.lineno, self.name)


def extract_tb(tb, limit=None):
    found = []
    while tb is not None:
        code = tb.tb_frame.f_code
        found.append(FrameSummary(code.co_filename, tb.tb_lineno, code.co_name))
        tb = tb.tb_next
    return found


def format_list(extracted):
    return ['  File "%s", line %d, in %s\n' % tuple(item[:3] if isinstance(item, tuple) else item[slice(3)])
            for item in extracted]


def format_tb(tb, limit=None):
    return format_list(extract_tb(tb, limit))


def print_tb(tb, limit=None, file=None):
    (sys.stderr if file is None else file).write(''.join(format_tb(tb, limit)))


def extract_stack(f=None, limit=None):
    return [FrameSummary(path, line, '<module>') for path, line in reversed(_traceback.stack())]


def format_stack(f=None, limit=None):
    return format_list(extract_stack(f, limit))


def print_stack(f=None, limit=None, file=None):
    (sys.stderr if file is None else file).write(''.join(format_stack(f, limit)))


class TracebackException:
    def __init__(self, exc_type, exc_value, exc_traceback, **kwargs):
        self.exc_type = exc_type
        self._error = exc_value
        self.stack = extract_tb(exc_traceback)

    @classmethod
    def from_exception(cls, exc, **kwargs):
        return cls(type(exc), exc, exc.__traceback__)

    def format(self, *, chain=True):
        yield from format_exception(self._error)

    def format_exception_only(self):
        yield from format_exception_only(self._error)

    def __str__(self):
        return str(self._error)
