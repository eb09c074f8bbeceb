# SPDX-License-Identifier: MIT
import random

random.seed(42); print(random.random(), random.randint(1,100), random.choice("abc"), random.sample(range(100),5), random.getrandbits(70), random.uniform(1,2), random.gauss(0,1))
l=list(range(10)); random.shuffle(l); print(l, random.choices("ab",k=4))
random.seed("x"); print(random.random()); r=random.Random(5); print(r.random(), r.randrange(0,100,7))

from random import *
seed(5)
print(sample(range(10), 4), sample(range(1000), 5), choice("abc"), triangular(), triangular(1, 5, 2),
      triangular(3, 3, 3), triangular(3, 3), random())
