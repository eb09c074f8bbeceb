# SPDX-License-Identifier: MIT
"""Conversion between bytes and their texts."""
from _binascii import a2b_base64, a2b_hex, b2a_base64, b2a_hex, crc32, hexlify, unhexlify


class Error(ValueError):
    pass


class Incomplete(Exception):
    pass
