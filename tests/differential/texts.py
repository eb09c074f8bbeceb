#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares the methods of str, bytes, list and dict with CPython's, over generated cases.

    texts.py LIMBECK_PY [COUNT [SEED]]
"""
import random
import subprocess
import sys
import tempfile

LETTERS = list("aabbcABC01 _-.\t\n,;:{}%") + ["é", "ß", "Σ", "σ", "ς", "ﬁ", "Ǆ", "ǆ", "日", "İ", "ı", "\u0301", "½",
                                              "²", "١", "\u2028", "\x1c", "\xa0", "😀", "Ω", "ŉ", "\r"]
TEXT = ["T.find(S, I, J)", "T.rfind(S, I, J)", "T.index(S)", "T.rindex(S)", "T.count(S, I, J)", "T.split(S)",
        "T.split(S, I)", "T.split()", "T.split(None, I)", "T.rsplit(S, I)", "T.rsplit(None, I)", "T.partition(S)",
        "T.rpartition(S)", "T.replace(S, U)", "T.replace(S, U, I)", "T.strip()", "T.strip(S)", "T.lstrip(S)",
        "T.rstrip(U)", "T.center(I)", "T.center(N, C)", "T.ljust(N, C)", "T.rjust(N)", "T.zfill(N)", "T.startswith(S, I)",
        "T.endswith((S, U), I, J)", "T[I]", "T[I:J]", "T[::-1]", "T[I:J:K]", "T.upper()", "T.lower()", "T.title()",
        "T.capitalize()", "T.swapcase()", "T.casefold()", "T.isalpha()", "T.isalnum()", "T.isdigit()", "T.isdecimal()",
        "T.isnumeric()", "T.islower()", "T.isupper()", "T.istitle()", "T.isspace()", "T.isprintable()",
        "T.isidentifier()", "T.isascii()", "T.splitlines()", "T.splitlines(True)", "T.expandtabs(I)", "T.join([S, U, T])",
        "T.removeprefix(S)", "T.removesuffix(S)", "T.encode()", "T.encode('latin-1', 'replace')",
        "T.encode('ascii', 'backslashreplace')", "T.encode('ascii')", "T.translate({97: 'X', 98: None, 233: 65})",
        "T.translate(str.maketrans(S[:1], U[:1], C)) if len(S[:1]) == len(U[:1]) else 0", "repr(T)", "ascii(T)", "len(T)",
        "S in T", "T < S", "T == S", "T * 2 + S", "list(T)", "sorted(T)", "T.format(1, 2, a=3)", "T % (1, 2)", "T % {'a': 1}",
        "'%r|%10s|%-8.3s' % (T, S, U)", "f'{T!r:>20}|{S:^9}|{U:.2}'", "'{0!a:*<12}{1}'.format(S, U)", "max(T)", "set(T) == set(S)",
        "T.encode().decode('ascii', 'replace')", "{T: 1}.get(S)", "hash(T) == hash(S)", "T and S", "int(T)", "float(T)"]
BYTES = ["T.find(S, I, J)", "T.rfind(S)", "T.index(S)", "T.count(S)", "T.split(S)", "T.split()", "T.rsplit(None, I)",
         "T.rsplit(S, I)", "T.partition(S)", "T.rpartition(S)", "T.replace(S, U, I)", "T.strip(S)", "T.strip()",
         "T.startswith(S)", "T.endswith((S, U))", "T[I]", "T[I:J]", "T[I:J:K]", "T.upper()", "T.lower()", "T.splitlines()",
         "T.splitlines(True)", "T.join([S, U])", "T.removeprefix(S)", "T.hex()", "T.hex('-', I)", "T.decode()",
         "T.decode('utf-8', 'replace')", "T.decode('ascii', 'ignore')", "T.decode('utf-8', 'backslashreplace')",
         "T.decode('latin-1')", "repr(T)", "S in T", "T < S", "T * 2 + S", "list(T)", "T.isdigit()", "T.isalpha()",
         "T.ljust(N)", "T.rjust(N, b'*')", "bytearray(T)", "b'%s|%d|%5s' % (T, 3, S)", "bytes(reversed(T))", "T.isspace()",
         "T.translate(bytes.maketrans(b'ab', b'xy'), b'c')", "int.from_bytes(T, 'big', signed=True)", "T.decode('utf-8', 'surrogateescape')"]
ITEMS = ["L[I]", "L[I:J]", "L[I:J:K]", "L + M", "L * 2", "L == M", "L < M", "L.index(3, I)", "L.count(3)", "3 in L",
         "(L.append(I), L)", "(L.insert(I, 9), L)", "(L.pop(I), L)", "(L.remove(3), L)", "(L.reverse(), L)",
         "(L.extend(M), L)", "(L.sort(), L)", "(L.sort(key=lambda x: -x), L)", "sorted(L, reverse=True)",
         "(L.__setitem__(slice(I, J), M), L)", "(L.__setitem__(slice(I, J, K), M), L)", "(L.__delitem__(slice(I, J, K)), L)",
         "(L.__delitem__(I), L)", "sum(L)", "max(L, default=0)", "list(zip(L, M))", "list(enumerate(L, I))",
         "dict(zip(L, M))", "{**dict(zip(L, M)), I: J}", "tuple(L) < tuple(M)", "list(reversed(L))", "L and M",
         "sorted(set(L) | set(M))", "sorted(set(L) & set(M))", "sorted(set(L) ^ set(M))", "set(L) <= set(M)",
         "sorted(set(L) - set(M))", "list(dict.fromkeys(L + M))", "list(range(I, J, K or 1))", "range(I, J)[K]",
         "list(range(I, N)[::K or 1])", "(lambda d: (d.pop(I, None), d.setdefault(J, 1), d.popitem(), d))(dict(zip(L, M)))",
         "list(dict(zip(L, M)).items())", "sorted(dict(zip(L, M)).keys() & set(M))", "slice(I, J, K or 1).indices(N)",
         "any(L), all(L)", "list(filter(None, L)), list(map(lambda x: x + 1, M))", "[x for x in L if x in M]",
         "str(L), repr(tuple(M)), str(dict(zip(L, M)))", "min(L), max(M)", "L.copy() is L, L.clear(), L"]


def text(rng):
    return "".join(rng.choice(LETTERS) for _ in range(rng.choice([0, 1, 2, 3, 5, 8, 12])))


def data(rng):
    return bytes(rng.choice([97, 98, 99, 32, 44, 10, 13, 0xC3, 0xA9, 0xE2, 0x82, 0xAC, 0xF0, 0xFF, 49]) for _ in range(rng.randrange(9)))


def case(rng):
    kind = rng.randrange(4)
    make = data if kind == 1 else text
    values = {"T": make(rng), "S": make(rng)[:rng.randrange(4)], "U": make(rng)[:3], "I": rng.randrange(-6, 9),
              "J": rng.randrange(-6, 14), "K": rng.choice([-3, -2, -1, 0, 1, 2, 3, None]), "N": rng.randrange(0, 16),
              "C": rng.choice(LETTERS)}
    if kind == 1:
        return rng.choice(BYTES), values
    if kind == 2:
        values["L"] = [rng.randrange(6) for _ in range(rng.randrange(8))]
        values["M"] = [rng.randrange(6) for _ in range(rng.randrange(8))]
        return rng.choice(ITEMS), values
    if values["T"] and rng.random() < 0.4:
        at = rng.randrange(len(values["T"]))
        values["S"] = values["T"][at:at + rng.randrange(3)]
    return rng.choice(TEXT), values


RUN = """
for expression, values in CASES:
    shown = ascii(values)
    try:
        print(expression, shown, '->', ascii(eval(expression, values)))
    except Exception as error:
        print(expression, shown, '!!', type(error).__name__, ascii(str(error)))
"""


def main():
    limbeck = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 3000
    rng = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 5)
    cases = [case(rng) for _ in range(count)]
    with tempfile.NamedTemporaryFile("w", suffix=".py", encoding="utf-8") as script:
        script.write("CASES = %s\n%s" % (ascii(cases), RUN))
        script.flush()
        expected = subprocess.run([sys.executable, script.name], capture_output=True, text=True)
        got = subprocess.run([limbeck, script.name], capture_output=True, text=True)
    if expected.returncode or got.returncode:
        print(expected.stderr[-500:], got.stderr[-500:])
        return 1
    differing = [(a, b) for a, b in zip(expected.stdout.split("\n"), got.stdout.split("\n")) if a != b]
    for a, b in differing[:25]:
        print("expected", a, "\ngot     ", b)
    print("%d cases, %d differ" % (count, len(differing)))
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
