# SPDX-License-Identifier: MIT
"""Base16, Base32, Base64 and Base85 data encodings."""
import binascii

_BASE32 = b'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'


def _to_bytes(s):
    if isinstance(s, str):
        try:
            return s.encode('ascii')
        except UnicodeEncodeError:
            raise ValueError('string argument should contain only ASCII characters') from None
    if isinstance(s, (bytes, bytearray)):
        return bytes(s)
    raise TypeError('argument should be a bytes-like object or ASCII string, not %r'
                    % type(s).__name__)


def b64encode(s, altchars=None):
    if altchars is None:
        return binascii.b2a_base64(s, newline=False)
    assert len(altchars) == 2, repr(altchars)
    return b64encode(s).translate(bytes.maketrans(b'+/', altchars))


def b64decode(s, altchars=None, validate=False):
    s = _to_bytes(s)
    if altchars is not None:
        return b64decode(s.translate(bytes.maketrans(_to_bytes(altchars), b'+/')), None, validate)
    return binascii.a2b_base64(s, strict_mode=validate)


def standard_b64encode(s):
    return b64encode(s)


def standard_b64decode(s):
    return b64decode(s)


def urlsafe_b64encode(s):
    return b64encode(s, b'-_')


def urlsafe_b64decode(s):
    return b64decode(s, b'-_')


def b32encode(s):
    encoded = bytearray()
    for i in range(0, len(s), 5):
        part = s[i:i + 5]
        bits = int.from_bytes(part.ljust(5, b'\0'), 'big')
        digits = (len(part) * 8 + 4) // 5
        for k in range(8):
            encoded.append(_BASE32[bits >> (35 - 5 * k) & 31] if k < digits else 61)
    return bytes(encoded)


def b32decode(s, casefold=False, map01=None):
    s = _to_bytes(s)
    if len(s) % 8:
        raise binascii.Error('Incorrect padding')
    if casefold:
        s = s.upper()
    decoded = bytearray()
    digits = s.rstrip(b'=')
    pads = len(s) - len(digits)
    for i in range(0, len(digits), 8):
        part = digits[i:i + 8]
        bits = 0
        for c in part:
            value = _BASE32.find(bytes([c]))
            if value < 0:
                raise binascii.Error('Non-base32 digit found')
            bits = bits << 5 | value
        bits <<= 5 * (8 - len(part))
        decoded += bits.to_bytes(5, 'big')
    if pads not in (0, 1, 3, 4, 6):
        raise binascii.Error('Incorrect padding')
    drop = (5 * pads + 7) // 8
    return bytes(decoded[:len(decoded) - drop])


def b16encode(s):
    return binascii.hexlify(s).upper()


def b16decode(s, casefold=False):
    s = _to_bytes(s)
    if casefold:
        s = s.upper()
    if any(c not in b'0123456789ABCDEF' for c in s):
        raise binascii.Error('Non-base16 digit found')
    return binascii.unhexlify(s)


def encodebytes(s):
    return b''.join(binascii.b2a_base64(s[i:i + 57]) for i in range(0, len(s), 57))


def decodebytes(s):
    return binascii.a2b_base64(s)
