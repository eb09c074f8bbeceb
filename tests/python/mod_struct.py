# SPDX-License-Identifier: MIT
import struct

print(struct.pack(">hI", 1, 2), struct.unpack("<d", struct.pack("<d", 1.5)), struct.calcsize("bih"))

for format, values in [('<bBhHiIqQ', (-1, 255, -2, 65535, -3, 4294967295, -4, 18446744073709551615)),
                       ('>fd', (1.5, -2.25)), ('@bhi', (1, 2, 3)), ('4s3x?c', (b'abc', True, b'z')),
                       ('5p', (b'abcdefg',)), ('2h', (1, 2))]:
    packed = struct.pack(format, *values)
    print(format, packed, struct.unpack(format, packed), struct.calcsize(format))
for call in [lambda: struct.pack('b', 200), lambda: struct.pack('h'), lambda: struct.unpack('i', b'12'),
             lambda: struct.pack('k', 1)]:
    try:
        print(call())
    except struct.error as error:
        print(error)
print(list(struct.iter_unpack('>H', b'\0\1\0\2')), struct.Struct('<I').pack(7))
