# SPDX-License-Identifier: MIT
from abc import ABC as _ABC

SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
DEFAULT_BUFFER_SIZE = 8192
open = open


class UnsupportedOperation(OSError, ValueError):
    pass


class IOBase(_ABC):
    def __enter__(self):
        self._check()
        return self

    def __exit__(self, *exc):
        self.close()

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line


class RawIOBase(IOBase):
    pass


class BufferedIOBase(IOBase):
    pass


class TextIOBase(IOBase):
    pass


class _Memory:
    """Text or bytes in memory, with a position."""

    closed = False

    def _start(self, initial):
        self._parts = [self._empty]
        self._len = 0
        self._pos = 0
        if initial:
            self.write(initial)
            self._pos = 0

    @property
    def _data(self):
        if len(self._parts) > 1:
            self._parts = [self._empty.join(self._parts)]
        return self._parts[0]

    @_data.setter
    def _data(self, data):
        self._parts = [data]
        self._len = len(data)

    def _check(self):
        if self.closed:
            raise ValueError("I/O operation on closed file" + self._dot)

    def getvalue(self):
        self._check()
        return self._data

    def read(self, size=-1, /):
        self._check()
        size = -1 if size is None else size
        end = len(self._data) if size < 0 else self._pos + size
        text = self._data[self._pos:end]
        self._pos += len(text)
        return text

    def readline(self, size=-1, /):
        self._check()
        end = self._data.find(self._newline, self._pos)
        end = len(self._data) if end < 0 else end + 1
        if size is not None and size >= 0:
            end = min(end, self._pos + size)
        text = self._data[self._pos:end]
        self._pos += len(text)
        return text

    def readlines(self, hint=-1, /):
        lines = []
        total = 0
        for line in self:
            lines.append(line)
            total += len(line)
            if hint is not None and 0 < hint <= total:
                break
        return lines

    def write(self, text, /):
        self._check()
        text = self._checked(text)
        if self._pos == self._len:
            self._parts.append(text)
            self._len += len(text)
        else:
            before = self._data
            if self._pos > len(before):
                before += self._pad * (self._pos - len(before))
            self._data = before[:self._pos] + text + before[self._pos + len(text):]
        self._pos += len(text)
        return len(text)

    def writelines(self, lines, /):
        for line in lines:
            self.write(line)

    def seek(self, pos, whence=0, /):
        self._check()
        if whence == 0 and pos < 0:
            raise ValueError("Negative seek position %d" % pos if self._text
                             else "negative seek value %d" % pos)
        if whence == 1:
            pos += self._pos
        elif whence == 2:
            pos += len(self._data)
        self._pos = max(pos, 0)
        return self._pos

    def tell(self):
        self._check()
        return self._pos

    def truncate(self, pos=None, /):
        self._check()
        pos = self._pos if pos is None else pos
        self._data = self._data[:pos]
        return pos

    def close(self):
        self.closed = True

    def flush(self):
        self._check()

    def isatty(self):
        return False

    def readable(self):
        return True

    def writable(self):
        return True

    def seekable(self):
        return True

    def fileno(self):
        raise UnsupportedOperation("fileno")


class StringIO(_Memory, TextIOBase):
    _empty, _newline, _pad, _text, _dot = '', '\n', '\0', True, ''
    encoding = errors = None
    line_buffering = False

    def __init__(self, initial_value='', newline='\n'):
        self._universal = newline is None
        if initial_value is not None and not isinstance(initial_value, str):
            raise TypeError("initial_value must be str or None, not %s"
                            % type(initial_value).__name__)
        self._start(initial_value)

    def _checked(self, text):
        if not isinstance(text, str):
            raise TypeError("string argument expected, got '%s'" % type(text).__name__)
        if self._universal:
            text = text.replace('\r\n', '\n').replace('\r', '\n')
        return str(text)


class BytesIO(_Memory, BufferedIOBase):
    _empty, _newline, _pad, _text, _dot = b'', b'\n', b'\0', False, '.'

    def __init__(self, initial_bytes=b''):
        self._start(initial_bytes)

    def _checked(self, data):
        if isinstance(data, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        return bytes(data)

    def getbuffer(self):
        return self.getvalue()

    read1 = _Memory.read

    def readinto(self, buffer, /):
        data = self.read(len(buffer))
        buffer[:len(data)] = data
        return len(data)


class TextIOWrapper(TextIOBase):
    def __init__(self, buffer, encoding=None, errors=None, newline=None, line_buffering=False,
                 write_through=False):
        self.buffer = buffer
        self.encoding = encoding or 'utf-8'
        self.errors = errors or 'strict'
        self._inner = StringIO(buffer.read().decode(self.encoding, self.errors), newline)

    def _check(self):
        self._inner._check()

    def __getattr__(self, name):
        return getattr(self._inner, name)

    def read(self, size=-1):
        return self._inner.read(size)

    def readline(self, size=-1):
        return self._inner.readline(size)

    def write(self, text):
        self.buffer.write(text.encode(self.encoding, self.errors))
        return len(text)

    def close(self):
        self._inner.close()


def text_encoding(encoding, stacklevel=2):
    return encoding or 'locale'
