# SPDX-License-Identifier: MIT
CASES = [
    'b"\\xff".decode()',
    'b"a\\xff".decode("ascii")',
    'b"\\xff".decode("utf-8","ignore")',
    'b"\\xff".decode("utf-8","replace")',
    'bytes("a")',
    'bytes("a","utf-8")',
    'bytes(-1)',
    'bytes([300])',
    'bytes(["a"])',
    'bytes(3)',
    'bytes(1.5)',
    'bytes.fromhex("zz")',
    'bytes.fromhex("0a ff")',
    'b"a".join(["a"])',
    'b"ab".hex(":")',
    'b"a".split("x")',
    'b"abc".find("a")',
    'bytearray(b"a")',
    'b"a"+1',
    'b"%d"%1',
    'b"%s"%"a"',
    'b"abc".find(98)',
    'b"abc"[9]',
    '(lambda v: v["x"])(b"abc")',
    'b"a"+"a"',
    'b"abc"[1:]',
    'bytearray(b"abc")[::-1]',
]
for case in CASES:
    try:
        print(case, '->', repr(eval(case)))
    except Exception as error:
        print(case, '!!', type(error).__name__, error)
