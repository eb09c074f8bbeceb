# SPDX-License-Identifier: MIT
import math

print(math.floor(2.5), math.ceil(-0.5), math.sqrt(2), math.log(10**400), math.isqrt(99), math.comb(5,2), math.factorial(20), math.hypot(3,4), math.isclose(0.1+0.2,0.3), math.fsum([.1]*10), math.prod([1,2,3]), math.lcm(4,6), math.trunc(-2.5), math.copysign(1,-0.0), math.degrees(math.pi), math.log2(8), math.log10(1000), math.log(8,2), math.frexp(8.0), math.modf(1.5), math.dist([0,0],[3,4]), math.gamma(5), math.erf(0.5))
for e in ("math.sqrt(-1)","math.log(0)","math.exp(1000)","math.factorial(-1)","math.sqrt('x')"):
    try: print(eval(e))
    except Exception as x: print(type(x).__name__, x)
