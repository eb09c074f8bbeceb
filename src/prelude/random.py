# SPDX-License-Identifier: MIT
"""Random variables; the same seeds give the same numbers as in Python."""
from _random import Twister, system_bytes
import math as _math

__all__ = ['Random', 'SystemRandom', 'choice', 'choices', 'expovariate', 'gauss',
           'getrandbits', 'getstate', 'lognormvariate', 'normalvariate', 'randbytes', 'randint',
           'random', 'randrange', 'sample', 'seed', 'setstate', 'shuffle', 'triangular', 'uniform']


class Random:
    def __init__(self, x=None):
        self._twister = Twister()
        self.seed(x)

    def seed(self, a=None, version=2):
        if a is None:
            a = int.from_bytes(system_bytes(32), 'big')
        elif isinstance(a, (str, bytes, bytearray)):
            import hashlib
            if isinstance(a, str):
                a = a.encode()
            a = int.from_bytes(bytes(a) + hashlib.sha512(a).digest(), 'big')
        elif isinstance(a, float):
            a = hash(a)
        elif not isinstance(a, int):
            raise TypeError('The only supported seed types are: None,\n'
                            'int, float, str, bytes, and bytearray.')
        self._twister.seed(abs(a))
        self.gauss_next = None

    def random(self):
        return self._twister.random()

    def getrandbits(self, k):
        if k < 0:
            raise ValueError('number of bits must be non-negative')
        return self._twister.getrandbits(k)

    def getstate(self):
        return 3, self._twister.state(), self.gauss_next

    def setstate(self, state):
        self._twister.restore(state[1])
        self.gauss_next = state[2]

    def _randbelow(self, n):
        k = n.bit_length()
        r = self.getrandbits(k)
        while r >= n:
            r = self.getrandbits(k)
        return r

    def randbytes(self, n):
        return self.getrandbits(n * 8).to_bytes(n, 'little')

    def randrange(self, start, stop=None, step=1):
        if stop is None:
            start, stop = 0, start
            if stop <= 0:
                raise ValueError('empty range for randrange()')
        width = stop - start
        if step == 1:
            if width > 0:
                return start + self._randbelow(width)
            raise ValueError(f'empty range for randrange() ({start}, {stop}, {width})')
        if step == 0:
            raise ValueError('zero step for randrange()')
        n = (width + step - (1 if step > 0 else -1)) // step
        if n <= 0:
            raise ValueError('empty range for randrange()')
        return start + step * self._randbelow(n)

    def randint(self, a, b):
        return self.randrange(a, b + 1)

    def choice(self, seq):
        if len(seq):
            return seq[self._randbelow(len(seq))]
        raise IndexError('Cannot choose from an empty sequence')

    def shuffle(self, x):
        for left in range(len(x), 1, -1):
            drawn = self._randbelow(left)
            x[left - 1], x[drawn] = x[drawn], x[left - 1]

    def sample(self, population, k, *, counts=None):
        if counts is not None:
            population = [each for each, n in zip(population, counts) for _ in range(n)]
        if isinstance(population, (set, frozenset, dict)):
            raise TypeError('Population must be a sequence.  For dicts or sets, use sorted(d).')
        n = len(population)
        if not 0 <= k <= n:
            raise ValueError('Sample larger than population or is negative')
        # which way is taken decides what numbers are drawn, so it is Python's choice
        many = 21 + (4 ** _math.ceil(_math.log(k * 3, 4)) if k > 5 else 0)
        return list(self._from_pool(population, k) if n <= many else self._apart(population, k))

    def _from_pool(self, population, k):
        pool = list(population)
        for left in range(len(pool), len(pool) - k, -1):
            drawn = self._randbelow(left)
            yield pool[drawn]
            pool[drawn] = pool[left - 1]

    def _apart(self, population, k):
        """Places drawn until k different ones have come."""
        seen = set()
        while len(seen) < k:
            drawn = self._randbelow(len(population))
            if drawn not in seen:
                seen.add(drawn)
                yield population[drawn]

    def choices(self, population, weights=None, *, cum_weights=None, k=1):
        n = len(population)
        if cum_weights is None:
            if weights is None:
                return [population[_math.floor(self.random() * (n + 0.0))] for _ in range(k)]
            from itertools import accumulate
            cum_weights = list(accumulate(weights))
        elif weights is not None:
            raise TypeError('Cannot specify both weights and cumulative weights')
        if len(cum_weights) != n:
            raise ValueError('The number of weights does not match the population')
        total = cum_weights[-1] + 0.0
        if total <= 0.0:
            raise ValueError('Total of weights must be greater than zero')
        from bisect import bisect
        return [population[bisect(cum_weights, self.random() * total, 0, n - 1)] for _ in range(k)]

    def uniform(self, a, b):
        return a + (b - a) * self.random()

    def triangular(self, low=0.0, high=1.0, mode=None):
        at = self.random()
        if mode is not None and low == high:
            return low
        peak = 0.5 if mode is None else (mode - low) / (high - low)
        if at <= peak:
            return low + (high - low) * _math.sqrt(at * peak)
        return high + (low - high) * _math.sqrt((1.0 - at) * (1.0 - peak))

    def gauss(self, mu=0.0, sigma=1.0):
        z = self.gauss_next
        self.gauss_next = None
        if z is None:
            angle = self.random() * _math.tau
            radius = _math.sqrt(-2.0 * _math.log(1.0 - self.random()))
            z = _math.cos(angle) * radius
            self.gauss_next = _math.sin(angle) * radius
        return mu + z * sigma

    def normalvariate(self, mu=0.0, sigma=1.0):
        factor = 4 * _math.exp(-0.5) / _math.sqrt(2.0)
        while True:
            u1 = self.random()
            u2 = 1.0 - self.random()
            z = factor * (u1 - 0.5) / u2
            if z * z / 4.0 <= -_math.log(u2):
                return mu + z * sigma

    def lognormvariate(self, mu, sigma):
        return _math.exp(self.normalvariate(mu, sigma))

    def expovariate(self, lambd):
        return -_math.log(1.0 - self.random()) / lambd


class SystemRandom(Random):
    def random(self):
        return (int.from_bytes(system_bytes(7), 'big') >> 3) * 2.0 ** -53

    def getrandbits(self, k):
        if k < 0:
            raise ValueError('number of bits must be non-negative')
        count = (k + 7) // 8
        return int.from_bytes(system_bytes(count), 'big') >> (count * 8 - k)

    def randbytes(self, n):
        return system_bytes(n)

    def seed(self, *args, **kwds):
        self.gauss_next = None


_shared = Random()
for _name in __all__:
    if _name not in globals():
        globals()[_name] = getattr(_shared, _name)
