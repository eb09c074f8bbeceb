# SPDX-License-Identifier: MIT
"""Values as packed binary data."""
from _struct import pack_float, unpack_float

__all__ = ['calcsize', 'pack', 'pack_into', 'unpack', 'unpack_from', 'iter_unpack', 'Struct', 'error']

_INTEGERS = {'b': 1, 'B': 1, 'h': 2, 'H': 2, 'i': 4, 'I': 4, 'l': 4, 'L': 4, 'q': 8, 'Q': 8}
_FLOATS = {'f': 4, 'd': 8}


class error(Exception):
    __module__ = 'struct'


def _items(format):
    """(code, count, size, alignment) of each part; and the byte order."""
    if isinstance(format, bytes):
        format = format.decode('ascii')
    mode = format[0] if format[:1] and format[0] in '@=<>!' else '@'
    native = mode == '@'
    sizes = {**_INTEGERS, **_FLOATS, 'c': 1, 's': 1, 'p': 1, '?': 1, 'x': 1}
    if native:
        sizes.update({'l': 8, 'L': 8, 'n': 8, 'N': 8, 'P': 8})
    parts = []
    digits = ''
    for code in format[1:] if format[:1] and format[0] in '@=<>!' else format:
        if code.isdigit():
            digits += code
            continue
        if code.isspace() and not digits:
            continue
        if code not in sizes:
            raise error('bad char in struct format')
        parts.append((code, int(digits) if digits else 1, sizes[code], sizes[code] if native else 1))
        digits = ''
    if digits:
        raise error('repeat count given without format specifier')
    return parts, 'big' if mode in '>!' else 'little'


def _padding(size, alignment):
    return -size % alignment


def calcsize(format):
    size = 0
    for _, count, unit, alignment in _items(format)[0]:
        size += _padding(size, alignment) + count * unit
    return size


def _pack_one(code, size, order, value):
    if code == '?':
        return b'\x01' if value else b'\x00'
    if code == 'c':
        if not isinstance(value, (bytes, bytearray)) or len(value) != 1:
            raise error('char format requires a bytes object of length 1')
        return bytes(value)
    if code in _FLOATS:
        if not isinstance(value, (int, float)):
            raise error('required argument is not a float')
        packed = pack_float(value, size)
        return packed if order == 'little' else packed[::-1]
    if not isinstance(value, int):
        if not hasattr(value, '__index__'):
            raise error('required argument is not an integer')
        value = value.__index__()
    signed = code.islower()
    low, high = (-(1 << size * 8 - 1), (1 << size * 8 - 1) - 1) if signed else (0, (1 << size * 8) - 1)
    if not low <= value <= high:
        if size == 8:
            raise error('int too large to convert' if signed or value > 0
                        else 'argument out of range')
        name = {'b': 'byte', 'B': 'ubyte'}.get(code, "'%s'" % code)
        raise error('%s format requires %d <= number <= %d' % (name, low, high))
    return value.to_bytes(size, order, signed=signed)


def _wanted(parts):
    return sum(0 if code == 'x' else 1 if code in 'sp' else count for code, count, _, _ in parts)


def pack(format, *values):
    parts, order = _items(format)
    if _wanted(parts) != len(values):
        raise error('pack expected %d items for packing (got %d)' % (_wanted(parts), len(values)))
    out = bytearray()
    at = 0
    for code, count, size, alignment in parts:
        out += bytes(_padding(len(out), alignment))
        if code == 'x':
            out += bytes(count)
        elif code in 'sp':
            value = values[at]
            at += 1
            if not isinstance(value, (bytes, bytearray)):
                raise error("argument for '%s' must be a bytes object" % code)
            if code == 'p':
                value = bytes([min(len(value), count - 1, 255)]) + value[:count - 1] if count else b''
            out += bytes(value[:count]).ljust(count, b'\0')
        else:
            for _ in range(count):
                out += _pack_one(code, size, order, values[at])
                at += 1
    return bytes(out)


def _unpack_one(code, data, order):
    if code == '?':
        return data != b'\x00'
    if code == 'c':
        return data
    if code in _FLOATS:
        return unpack_float(data if order == 'little' else data[::-1])
    return int.from_bytes(data, order, signed=code.islower())


def unpack_from(format, buffer, offset=0):
    parts, order = _items(format)
    size = calcsize(format)
    if offset < 0:
        offset += len(buffer)
    if len(buffer) - offset < size:
        raise error('unpack_from requires a buffer of at least %d bytes for unpacking %d bytes at '
                    'offset %d (actual buffer size is %d)'
                    % (size + offset, size, offset, len(buffer)))
    data = bytes(buffer[offset:offset + size])
    values = []
    at = 0
    for code, count, unit, alignment in parts:
        at += _padding(at, alignment)
        if code in 'sp':
            part = data[at:at + count]
            values.append(part if code == 's' else part[1:1 + part[0]] if part else b'')
        elif code != 'x':
            for i in range(count):
                values.append(_unpack_one(code, data[at + i * unit:at + (i + 1) * unit], order))
        at += count * unit
    return tuple(values)


def unpack(format, buffer):
    if len(buffer) != calcsize(format):
        raise error('unpack requires a buffer of %d bytes' % calcsize(format))
    return unpack_from(format, buffer)


def iter_unpack(format, buffer):
    size = calcsize(format)
    if not size or len(buffer) % size:
        raise error('iterative unpacking requires a buffer of a multiple of %d bytes' % size)
    return iter([unpack_from(format, buffer, at) for at in range(0, len(buffer), size)])


def pack_into(format, buffer, offset, *values):
    packed = pack(format, *values)
    if len(buffer) - offset < len(packed):
        raise error('pack_into requires a buffer of at least %d bytes' % (len(packed) + offset))
    buffer[offset:offset + len(packed)] = packed


class Struct:
    def __init__(self, format):
        self.format = format
        self.size = calcsize(format)

    def pack(self, *values):
        return pack(self.format, *values)

    def unpack(self, buffer):
        return unpack(self.format, buffer)

    def unpack_from(self, buffer, offset=0):
        return unpack_from(self.format, buffer, offset)

    def pack_into(self, buffer, offset, *values):
        pack_into(self.format, buffer, offset, *values)

    def iter_unpack(self, buffer):
        return iter_unpack(self.format, buffer)
