print(2**63, -2**63, 2**63 - 1 + 1, 9223372036854775807 + 1, -9223372036854775808 - 1, 3037000500 * 3037000500, -(-2**63))
print(7 // 2, -7 // 2, 7 // -2, -7 % 3, 7 % -3, 7.5 // 2, -7.5 % 2, divmod(-7, 2), 2 ** -1, 2 ** 0.5, 0 ** 0)
print(1 << 70, (1 << 70) >> 68, -1 >> 1, 5 & 3, 5 | 3, 5 ^ 3, ~5, True + True, True & False, 10**20 // 3, 10**20 % 7)
print(1 == 1.0, 1 == True, 2**53 == 2.0**53, 2**53 + 1 == 2.0**53, hash(1) == hash(1.0) == hash(True), hash(2**61 - 1), hash(-1), hash(0.5))
print(1 < 1.5, 2**64 > 1e19, float("inf") > 10**400, float("nan") == float("nan"), 0.1 + 0.2, 1e16, 1e-5, 123456789012345680.0)
for e in ("1/0", "1//0", "1%0", "1.0/0", "0**-1", "1 << -1", "int('x')", "2.0**10000", "10**5000 and str(10**5000)", "'x'*10**12", "[0]*10**12"):
    try: r = eval(e); print(e, "=", str(r)[:20])
    except Exception as x: print(e, type(x).__name__, x if not isinstance(x, (MemoryError, OverflowError)) else "")
print(int("0x1f", 16), int("  12 "), int(3.9), int(-3.9), round(2.5), round(3.5), round(2.675, 2), abs(-5), bin(10), hex(255), oct(8), pow(3, 4, 5))
i = 0
while i < 10: i += 3
print(i)
