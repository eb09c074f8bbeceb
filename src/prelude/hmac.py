# SPDX-License-Identifier: MIT
"""Keyed hashing for message authentication."""
import hashlib


def compare_digest(a, b):
    if isinstance(a, str) and isinstance(b, str):
        if not a.isascii() or not b.isascii():
            raise TypeError('comparing strings with non-ASCII characters is not supported')
        a, b = a.encode(), b.encode()
    elif isinstance(a, str) or isinstance(b, str):
        raise TypeError("unsupported operand types(s) or combination of types: '%s' and '%s'"
                        % (type(a).__name__, type(b).__name__))
    different = len(a) != len(b)
    for x, y in zip(a, b):
        different |= x != y
    return not different


def _name_of(digestmod):
    if not digestmod:
        raise TypeError("Missing required argument 'digestmod'.")
    if isinstance(digestmod, str):
        return digestmod
    return digestmod().name if callable(digestmod) else digestmod.new().name


class HMAC:
    def __init__(self, key, msg=None, digestmod=''):
        if not isinstance(key, (bytes, bytearray)):
            raise TypeError('key: expected bytes or bytearray, but got %r' % type(key).__name__)
        self._key = bytes(key)
        self._data = bytearray(msg or b'')
        self._digest = _name_of(digestmod)
        self.digest_size = hashlib.new(self._digest).digest_size
        self.block_size = hashlib.new(self._digest).block_size

    name = property(lambda self: 'hmac-' + self._digest)

    def update(self, msg):
        self._data += msg

    def copy(self):
        return HMAC(self._key, bytes(self._data), self._digest)

    def digest(self):
        return hashlib._hmac_digest(self._key, bytes(self._data), self._digest)

    def hexdigest(self):
        return self.digest().hex()


def new(key, msg=None, digestmod=''):
    return HMAC(key, msg, digestmod)


def digest(key, msg, digest):
    return hashlib._hmac_digest(key, msg, _name_of(digest))
