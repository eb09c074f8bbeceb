# SPDX-License-Identifier: MIT
"""UUIDs."""
import uuid
from uuid import UUID


def tried(make):
    try:
        print(repr(make()))
    except Exception as error:
        print(type(error).__name__ + ':', error)


u = UUID('12345678-1234-5678-1234-567812345678')
print(u, repr(u), u.hex, u.int, int(u), u.bytes, u.bytes_le, u.urn, u.fields, u.version, u.variant)
print(u.time_low, u.time_mid, u.time_hi_version, u.clock_seq_hi_variant, u.clock_seq_low, u.node, u.time, u.clock_seq)
print(UUID('{12345678123456781234567812345678}') == u, UUID('urn:uuid:12345678-1234-5678-1234-567812345678') == u)
print(UUID(bytes=u.bytes) == u, UUID(int=u.int) == u, UUID(bytes_le=u.bytes_le) == u, UUID(fields=u.fields) == u)
print(UUID(int=0), UUID(int=2 ** 128 - 1), UUID(int=5, version=4), hash(u) == hash(UUID(u.hex)), {u: 1}[UUID(u.hex)])
print(u < UUID(int=2 ** 127), sorted([UUID(int=3), UUID(int=1)]), u == str(u), u != UUID(int=1), str(u) == u.__str__())
print(uuid.uuid3(uuid.NAMESPACE_DNS, 'python.org'), uuid.uuid5(uuid.NAMESPACE_DNS, 'python.org'), uuid.uuid5(uuid.NAMESPACE_URL, 'é'))
r = uuid.uuid4()
print(r.version, r.variant, r != uuid.uuid4(), len(str(r)), uuid.uuid1().version, uuid.uuid1(node=5).node, uuid.uuid1(clock_seq=77).clock_seq)
print(uuid.NAMESPACE_OID, uuid.NAMESPACE_X500, uuid.RFC_4122, isinstance(uuid.getnode(), int))
tried(lambda: UUID('x'))
tried(lambda: UUID())
tried(lambda: UUID(bytes=b'x'))
tried(lambda: UUID(int=-1))
tried(lambda: UUID(int=2 ** 128))
tried(lambda: UUID(int=1, version=9))
tried(lambda: u < 1)
tried(lambda: UUID(5))


class Mine(UUID):
    pass


print(repr(Mine(int=1)), isinstance(Mine(int=1), UUID), Mine(int=1) == UUID(int=1), f'{u}', '%s' % u, u.hex.upper())
