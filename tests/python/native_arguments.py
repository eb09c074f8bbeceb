# SPDX-License-Identifier: MIT
CASES = ['len()', 'len(1, 2)', '[].append()', '[].append(1, 2)', '[].clear(1)', '[].insert(1)', '"a".replace("a")',
         '"a".replace()', '"a".replace("a", "b", 1, 2)', 'getattr(1)', 'list(1, 2)', 'tuple(1, 2)', 'float(1, 2)',
         'abs(x=1)', '[].append(x=1)', '"a".upper(1)', '{}.pop()', '{}.get()', '{}.get(1, 2, 3)', 'ord()', 'chr(1, 2)',
         'isinstance(1)', 'setattr(1, 2)', 'hash()', 'iter()', 'next()', '"a".join()', '[1].index()',
         '{1}.add()', 'repr()', 'callable()', 'bin()', 'divmod(1)', '"".zfill()', 'memoryview(b"abc")[1]',
         'bytes(memoryview(b"abc")[1:])', 'isinstance(1, complex)', '[].pop(1, 2)', '[].extend()']
for case in CASES:
    try:
        print(case, '->', eval(case))
    except TypeError as error:
        print(case, '!!', error)
