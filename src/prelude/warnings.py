# SPDX-License-Identifier: MIT
import sys
import _traceback

filters = []
_shown = set()
_DEFAULTS = (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning)


class WarningMessage:
    def __init__(self, message, category, filename, lineno, file=None, line=None, source=None):
        self.message, self.category, self.source = message, category, source
        self.filename, self.lineno, self.file, self.line = filename, lineno, file, line

    def __str__(self):
        return '{message : %r, category : %r, filename : %r, lineno : %s, line : %r}' % (
            self.message, self.category.__name__, self.filename, self.lineno, self.line)


def formatwarning(message, category, filename, lineno, line=None):
    return '%s:%s: %s: %s\n' % (filename, lineno, category.__name__, message)


def showwarning(message, category, filename, lineno, file=None, line=None):
    (file or sys.stderr).write(formatwarning(message, category, filename, lineno, line))


def _matches(entry, text, category, lineno):
    import re
    action, message, kind, module, line = entry
    return (issubclass(category, kind) and (not message or re.match(message, text, re.I))
            and line in (0, lineno))


def _action(text, category, lineno):
    for entry in filters:
        if _matches(entry, text, category, lineno):
            return entry[0]
    return 'ignore' if issubclass(category, _DEFAULTS) else 'default'


def warn_explicit(message, category, filename, lineno, module=None, registry=None,
                  module_globals=None, source=None):
    if isinstance(message, Warning):
        text, category = str(message), message.__class__
    else:
        text = message
        message = category(message)
    action = _action(text, category, lineno)
    if action == 'ignore':
        return
    if action == 'error':
        raise message
    key = (text, category) if action == 'once' else (text, category, filename, lineno)
    if action != 'always':
        if key in _shown:
            return
        _shown.add(key)
    if _recording:
        _recording[-1].append(WarningMessage(message, category, filename, lineno))
    else:
        showwarning(message, category, filename, lineno)


def warn(message, category=None, stacklevel=1, source=None, *, skip_file_prefixes=()):
    if isinstance(message, Warning):
        category = message.__class__
    category = UserWarning if category is None else category
    if not (isinstance(category, type) and issubclass(category, Warning)):
        raise TypeError("category must be a Warning subclass, not '%s'" % type(category).__name__)
    stack = _traceback.stack()
    path, line = stack[min(stacklevel, len(stack)) - 1] if stack else ('sys', 1)
    warn_explicit(message, category, path, line)


def filterwarnings(action, message='', category=Warning, module='', lineno=0, append=False):
    if action not in ('error', 'ignore', 'always', 'default', 'module', 'once', 'all'):
        raise ValueError('invalid action: %r' % action)
    entry = (action, message, category, module, lineno)
    filters.append(entry) if append else filters.insert(0, entry)


def simplefilter(action, category=Warning, lineno=0, append=False):
    filterwarnings(action, '', category, '', lineno, append)


def resetwarnings():
    filters.clear()


_recording = []


class catch_warnings:
    def __init__(self, *, record=False, module=None, action=None, category=Warning, lineno=0,
                 append=False):
        self._record = record
        self._action = action, category, lineno, append

    def __enter__(self):
        self._filters = filters[:]
        _shown.clear()
        if self._action[0] is not None:
            simplefilter(*self._action)
        if self._record:
            _recording.append([])
            return _recording[-1]
        return None

    def __exit__(self, *exc):
        filters[:] = self._filters
        if self._record:
            _recording.pop()


def deprecated(message, /, *, category=DeprecationWarning, stacklevel=1):
    return lambda target: target
