# SPDX-License-Identifier: MIT
import decimal
from decimal import Decimal as D

print(D("1.10")+D("2.2"), D(1)/3, D("2").sqrt(), D("1.005").quantize(D("0.01")), repr(D("1E+5")), D("3.14")*2, -D("0"), D(10)**-2, hash(D("0.5"))==hash(0.5), D("1.5")==1.5, f"{D('12345.678'):,.2f}")
try: D("x")
except decimal.InvalidOperation as e: print(repr(e), e)
try: D(1)/0
except ZeroDivisionError as e: print(type(e), e)
print(sorted([D("2"), D("1.5")]), sum([D("0.1")]*3), D("1.23").as_tuple(), round(D("2.675"),2), int(D("3.9")))
with decimal.localcontext() as c:
    c.prec=5; print(D(1)/7)
print(D(1)/7)
