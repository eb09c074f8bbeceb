# SPDX-License-Identifier: MIT
"""Decimal floating point after the General Decimal Arithmetic specification."""
import math as _math

__all__ = ['Decimal', 'Context', 'DecimalTuple', 'DefaultContext', 'BasicContext', 'ExtendedContext',
           'DecimalException', 'Clamped', 'InvalidOperation', 'DivisionByZero', 'Inexact', 'Rounded',
           'Subnormal', 'Overflow', 'Underflow', 'FloatOperation', 'DivisionImpossible',
           'InvalidContext', 'ConversionSyntax', 'DivisionUndefined', 'ROUND_DOWN', 'ROUND_HALF_UP',
           'ROUND_HALF_EVEN', 'ROUND_CEILING', 'ROUND_FLOOR', 'ROUND_UP', 'ROUND_HALF_DOWN',
           'ROUND_05UP', 'setcontext', 'getcontext', 'localcontext', 'MAX_PREC', 'MAX_EMAX',
           'MIN_EMIN', 'MIN_ETINY', 'HAVE_THREADS', 'HAVE_CONTEXTVAR']

ROUND_DOWN = 'ROUND_DOWN'
ROUND_HALF_UP = 'ROUND_HALF_UP'
ROUND_HALF_EVEN = 'ROUND_HALF_EVEN'
ROUND_CEILING = 'ROUND_CEILING'
ROUND_FLOOR = 'ROUND_FLOOR'
ROUND_UP = 'ROUND_UP'
ROUND_HALF_DOWN = 'ROUND_HALF_DOWN'
ROUND_05UP = 'ROUND_05UP'
_ROUNDINGS = (ROUND_DOWN, ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_CEILING, ROUND_FLOOR, ROUND_UP,
              ROUND_HALF_DOWN, ROUND_05UP)
HAVE_THREADS = True
HAVE_CONTEXTVAR = True
MAX_PREC = 999999999999999999
MAX_EMAX = 999999999999999999
MIN_EMIN = -999999999999999999
MIN_ETINY = MIN_EMIN - (MAX_PREC - 1)


class DecimalException(ArithmeticError):
    pass


class Clamped(DecimalException):
    pass


class InvalidOperation(DecimalException):
    pass


class ConversionSyntax(InvalidOperation):
    pass


class DivisionImpossible(InvalidOperation):
    pass


class InvalidContext(InvalidOperation):
    pass


class DivisionByZero(DecimalException, ZeroDivisionError):
    pass


class DivisionUndefined(InvalidOperation, ZeroDivisionError):
    pass


class Inexact(DecimalException):
    pass


class Rounded(DecimalException):
    pass


class Subnormal(DecimalException):
    pass


class Overflow(Inexact, Rounded):
    pass


class Underflow(Inexact, Rounded, Subnormal):
    pass


class FloatOperation(DecimalException, TypeError):
    pass


_SIGNALS = [Clamped, DivisionByZero, Inexact, Overflow, Rounded, Underflow, InvalidOperation,
            Subnormal, FloatOperation]
_CONDITIONS = (ConversionSyntax, DivisionImpossible, DivisionUndefined, InvalidContext)
for _each in (DecimalException, *_SIGNALS, *_CONDITIONS):
    _each.__module__ = 'decimal'


class DecimalTuple(tuple):
    def __new__(cls, sign, digits, exponent):
        return tuple.__new__(cls, (sign, digits, exponent))

    sign = property(lambda self: self[0])
    digits = property(lambda self: self[1])
    exponent = property(lambda self: self[2])

    def __repr__(self):
        return 'DecimalTuple(sign=%r, digits=%r, exponent=%r)' % tuple(self)


def _digits(n):
    """How many decimal digits n >= 0 has; 1 for 0."""
    if n < 10:
        return 1
    if n.bit_length() < 14000:
        return len(str(n))
    count = int(n.bit_length() * 0.30102999566398119521) - 1
    while 10 ** count <= n:
        count += 1
    return count


def _rounds_up(rounding, sign, kept, rest, half):
    """Does the magnitude grow? `rest` is what falls off, `half` half a unit, both times two."""
    if rest == 0 or rounding == ROUND_DOWN:
        return False
    if rounding == ROUND_UP:
        return True
    if rounding == ROUND_CEILING:
        return not sign
    if rounding == ROUND_FLOOR:
        return bool(sign)
    if rounding == ROUND_05UP:
        return kept % 5 == 0
    if rest != half:
        return rest > half
    return rounding == ROUND_HALF_UP or (rounding == ROUND_HALF_EVEN and kept % 2 == 1)


def _drop(rounding, sign, coefficient, count):
    """Without the last `count` digits, rounded; and whether that lost something."""
    if count > _digits(coefficient) + 1:
        kept, rest, half = 0, (1 if coefficient else 0), 5
    else:
        unit = 10 ** count
        kept, rest = divmod(coefficient, unit)
        rest, half = rest * 2, unit
    if _rounds_up(rounding, sign, kept, rest, half):
        kept += 1
    return kept, rest != 0


class Context:
    def __init__(self, prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None,
                 flags=None, traps=None):
        base = globals().get('DefaultContext')
        self.prec = prec if prec is not None else base.prec
        self.rounding = rounding if rounding is not None else base.rounding
        self.Emin = Emin if Emin is not None else base.Emin
        self.Emax = Emax if Emax is not None else base.Emax
        self.capitals = capitals if capitals is not None else base.capitals
        self.clamp = clamp if clamp is not None else base.clamp
        self.flags = self._signals(flags or [])
        self.traps = dict(base.traps) if traps is None else self._signals(traps)

    def __setattr__(self, name, value):
        if name == 'prec' and (not isinstance(value, int) or not 1 <= value <= MAX_PREC):
            raise ValueError('valid range for prec is [1, MAX_PREC]')
        if name == 'rounding' and value not in _ROUNDINGS:
            raise TypeError("valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, "
                            "ROUND_UP, ROUND_DOWN,\n   ROUND_HALF_UP, ROUND_HALF_DOWN, "
                            "ROUND_HALF_EVEN,\n   ROUND_05UP]")
        object.__setattr__(self, name, value)

    @staticmethod
    def _signals(given):
        if isinstance(given, dict):
            return {each: bool(given.get(each)) for each in _SIGNALS}
        return {each: each in given for each in _SIGNALS}

    def copy(self):
        made = Context(self.prec, self.rounding, self.Emin, self.Emax, self.capitals, self.clamp)
        made.flags = dict(self.flags)
        made.traps = dict(self.traps)
        return made

    __copy__ = copy

    def clear_flags(self):
        self.flags = self._signals([])

    def clear_traps(self):
        self.traps = self._signals([])

    def Etiny(self):
        return self.Emin - self.prec + 1

    def Etop(self):
        return self.Emax - self.prec + 1

    def _raise(self, condition, result=None):
        signal = InvalidOperation if condition in _CONDITIONS else condition
        self.flags[signal] = True
        if self.traps[signal]:
            raise signal([condition])
        return _NAN if result is None else result

    def __repr__(self):
        names = lambda which: '[' + ', '.join(s.__name__ for s in which if which[s]) + ']'
        return ('Context(prec=%d, rounding=%s, Emin=%d, Emax=%d, capitals=%d, clamp=%d, flags=%s, '
                'traps=%s)' % (self.prec, self.rounding, self.Emin, self.Emax, self.capitals,
                               self.clamp, names(self.flags), names(self.traps)))

    def create_decimal(self, num='0'):
        return Decimal(num, self)._fix(self)

    def create_decimal_from_float(self, f):
        return Decimal.from_float(f)._fix(self)

    def add(self, a, b):
        return _exact(a)._add(_exact(b), self)

    def subtract(self, a, b):
        return _exact(a)._add(_negated(_exact(b)), self)

    def multiply(self, a, b):
        return _exact(a)._multiply(_exact(b), self)

    def divide(self, a, b):
        return _exact(a)._divide(_exact(b), self)

    def quantize(self, a, b):
        return _exact(a).quantize(_exact(b), context=self)

    def power(self, a, b, modulo=None):
        return _exact(a)._power(_exact(b), self)

    def sqrt(self, a):
        return _exact(a).sqrt(self)

    def abs(self, a):
        return _exact(a).copy_abs()._fix(self)

    def plus(self, a):
        return _exact(a)._fix(self)

    def minus(self, a):
        return _exact(a).copy_negate()._fix(self)

    def normalize(self, a):
        return _exact(a).normalize(self)

    def compare(self, a, b):
        return _exact(a).compare(_exact(b), self)

    def to_sci_string(self, a):
        return str(_exact(a))


def _exact(v):
    return v if isinstance(v, Decimal) else Decimal(v)


def _parse(text):
    """(sign, coefficient, exponent, special) of a numeric string, or None."""
    text = text.strip().replace('_', '')
    sign = 0
    if text[:1] in ('+', '-'):
        sign = 1 if text[0] == '-' else 0
        text = text[1:]
    lower = text.lower()
    if lower in ('inf', 'infinity'):
        return sign, 0, 0, 'F'
    for name, special in (('nan', 'n'), ('snan', 'N')):
        if lower.startswith(name) and (lower == name or lower[len(name):].isdecimal()):
            return sign, int(lower[len(name):] or 0), 0, special
    exponent = 0
    mark = lower.find('e')
    if mark >= 0:
        power = lower[mark + 1:]
        digits = power[1:] if power[:1] in ('+', '-') else power
        if not digits.isdecimal():
            return None
        exponent = int(power)
        text = text[:mark]
    whole, point, part = text.partition('.')
    digits = whole + part
    if not digits.isdecimal():
        return None
    return sign, _whole(digits), exponent - len(part), ''


def _whole(digits):
    """int(digits), however many there are."""
    if len(digits) <= 4000:
        return int(digits)
    middle = len(digits) // 2
    return _whole(digits[:middle]) * 10 ** (len(digits) - middle) + _whole(digits[middle:])


def _text(n):
    """str(n), however long it is."""
    if n.bit_length() < 13000:
        return str(n)
    count = _digits(n) // 2
    high, low = divmod(n, 10 ** count)
    return _text(high) + _text(low).zfill(count)


class Decimal:
    __slots__ = ('_sign', '_int', '_exp', '_special')

    def __new__(cls, value='0', context=None):
        if isinstance(value, str):
            parts = _parse(value)
            if parts is None:
                return (context or getcontext())._raise(ConversionSyntax)
            return _make(*parts, cls)
        if isinstance(value, int):
            return _make(1 if value < 0 else 0, abs(int(value)), 0, '', cls)
        if isinstance(value, Decimal):
            return _make(value._sign, value._int, value._exp, value._special, cls)
        if isinstance(value, float):
            context = context or getcontext()
            context.flags[FloatOperation] = True
            if context.traps[FloatOperation]:
                raise FloatOperation([FloatOperation])
            return cls.from_float(value)
        if isinstance(value, (list, tuple)):
            return cls._from_tuple(value)
        raise TypeError('conversion from %s to Decimal is not supported' % type(value).__name__)

    @classmethod
    def _from_tuple(cls, value):
        if len(value) != 3:
            raise ValueError('argument must be a sequence of length 3')
        sign, digits, exponent = value
        if sign not in (0, 1):
            raise ValueError('sign must be an integer with the value 0 or 1')
        if exponent == 'F':
            return _make(sign, 0, 0, 'F', cls)
        if any(not isinstance(d, int) or not 0 <= d <= 9 for d in digits):
            raise ValueError('coefficient must be a tuple of digits')
        coefficient = _whole(''.join(map(str, digits)) or '0')
        if exponent in ('n', 'N'):
            return _make(sign, coefficient, 0, exponent, cls)
        if not isinstance(exponent, int):
            raise ValueError("string argument in the third position must be 'F', 'n' or 'N'")
        return _make(sign, coefficient, exponent, '', cls)

    @classmethod
    def from_float(cls, f):
        if isinstance(f, int):
            return _make(1 if f < 0 else 0, abs(f), 0, '', cls)
        if not isinstance(f, float):
            raise TypeError('argument must be int or float')
        if _math.isnan(f):
            return _make(0, 0, 0, 'n', cls)
        sign = 1 if _math.copysign(1.0, f) < 0 else 0
        if _math.isinf(f):
            return _make(sign, 0, 0, 'F', cls)
        above, below = abs(f).as_integer_ratio()
        shift = below.bit_length() - 1
        return _make(sign, above * 5 ** shift, -shift, '', cls)

    # ---- text ----

    def _special_text(self):
        if self._special == 'F':
            return 'Infinity'
        return ('NaN' if self._special == 'n' else 'sNaN') + (str(self._int) if self._int else '')

    def __str__(self, eng=False, context=None):
        sign = '-' if self._sign else ''
        if self._special:
            return sign + self._special_text()
        digits = _text(self._int)
        left = self._exp + len(digits)
        if self._exp <= 0 and left > -6:
            place = left
        elif not eng:
            place = 1
        elif not self._int:
            place = (left + 1) % 3 - 1
        else:
            place = (left - 1) % 3 + 1
        whole, part = _split(digits, place)
        if left == place:
            return sign + whole + part
        mark = 'E' if (context or getcontext()).capitals else 'e'
        return '%s%s%s%s%+d' % (sign, whole, part, mark, left - place)

    def to_eng_string(self, context=None):
        return self.__str__(True, context)

    def __repr__(self):
        return "Decimal('%s')" % str(self)

    def __reduce__(self):
        return self.__class__, (str(self),)

    def __copy__(self):
        return self if type(self) is Decimal else self.__class__(str(self))

    def __deepcopy__(self, memo):
        return self.__copy__()

    def __format__(self, specifier, context=None):
        return _format(self, specifier, context or getcontext())

    def as_tuple(self):
        if self._special == 'F':
            return DecimalTuple(self._sign, (0,), 'F')
        if self._special:
            digits = tuple(map(int, _text(self._int))) if self._int else ()
            return DecimalTuple(self._sign, digits, self._special)
        return DecimalTuple(self._sign, tuple(map(int, _text(self._int))), self._exp)

    def as_integer_ratio(self):
        if self._special == 'F':
            raise OverflowError('cannot convert Infinity to integer ratio')
        if self._special:
            raise ValueError('cannot convert NaN to integer ratio')
        above, below = self._int, 1
        if self._exp >= 0:
            above *= 10 ** self._exp
        else:
            below = 10 ** -self._exp
            shared = _math.gcd(above, below)
            above //= shared
            below //= shared
        return (-above if self._sign else above), below

    # ---- kinds ----

    def is_nan(self):
        return self._special in ('n', 'N')

    def is_qnan(self):
        return self._special == 'n'

    def is_snan(self):
        return self._special == 'N'

    def is_infinite(self):
        return self._special == 'F'

    def is_finite(self):
        return not self._special

    def is_zero(self):
        return not self._special and self._int == 0

    def is_signed(self):
        return self._sign == 1

    def is_canonical(self):
        return True

    def is_normal(self, context=None):
        return bool(not self._special and self._int
                    and self.adjusted() >= (context or getcontext()).Emin)

    def is_subnormal(self, context=None):
        return bool(not self._special and self._int
                    and self.adjusted() < (context or getcontext()).Emin)

    def number_class(self, context=None):
        if self._special in ('n', 'N'):
            return 'NaN' if self._special == 'n' else 'sNaN'
        sign = '-' if self._sign else '+'
        if self._special == 'F':
            return sign + 'Infinity'
        if not self._int:
            return sign + 'Zero'
        return sign + ('Subnormal' if self.is_subnormal(context) else 'Normal')

    def adjusted(self):
        return 0 if self._special else self._exp + _digits(self._int) - 1

    def canonical(self):
        return self

    conjugate = canonical
    real = property(canonical)
    imag = property(lambda self: Decimal(0))

    def radix(self):
        return Decimal(10)

    def copy_abs(self):
        return _make(0, self._int, self._exp, self._special)

    def copy_negate(self):
        return _make(1 - self._sign, self._int, self._exp, self._special)

    def copy_sign(self, other, context=None):
        return _make(_operand(other)._sign, self._int, self._exp, self._special)

    def same_quantum(self, other, context=None):
        other = _operand(other)
        if self._special or other._special:
            return (self.is_nan() and other.is_nan()) or (self.is_infinite() and other.is_infinite())
        return self._exp == other._exp

    # ---- comparing ----

    def _order(self, other):
        """-1, 0 or 1; neither is a NaN."""
        if self._special or other._special:
            a = (-1 if self._sign else 1) if self._special else 0
            b = (-1 if other._sign else 1) if other._special else 0
            return (a > b) - (a < b)
        if not self._int or not other._int:
            a = 0 if not self._int else (-1 if self._sign else 1)
            b = 0 if not other._int else (-1 if other._sign else 1)
            return (a > b) - (a < b)
        if self._sign != other._sign:
            return -1 if self._sign else 1
        direction = -1 if self._sign else 1
        a, b = self.adjusted(), other.adjusted()
        if a != b:
            return direction if a > b else -direction
        shift = self._exp - other._exp
        a = self._int * 10 ** shift if shift > 0 else self._int
        b = other._int * 10 ** -shift if shift < 0 else other._int
        return direction * ((a > b) - (a < b))

    def _compared(self, other, test, ordering):
        other = _comparable(other)
        if other is NotImplemented:
            return other
        if self.is_nan() or other.is_nan():
            if ordering or self._special == 'N' or other._special == 'N':
                getcontext()._raise(InvalidOperation)
            return False
        return test(self._order(other))

    def __eq__(self, other):
        return self._compared(other, lambda order: order == 0, False)

    def __ne__(self, other):
        same = self.__eq__(other)
        return same if same is NotImplemented else not same

    def __lt__(self, other):
        return self._compared(other, lambda order: order < 0, True)

    def __le__(self, other):
        return self._compared(other, lambda order: order <= 0, True)

    def __gt__(self, other):
        return self._compared(other, lambda order: order > 0, True)

    def __ge__(self, other):
        return self._compared(other, lambda order: order >= 0, True)

    def __hash__(self):
        if self._special == 'N':
            raise TypeError('Cannot hash a signaling NaN value')
        if self._special == 'n':
            return object.__hash__(self)
        if self._special:
            return -314159 if self._sign else 314159
        prime = 2 ** 61 - 1
        base = pow(10, self._exp, prime) if self._exp >= 0 else pow(pow(10, -1, prime), -self._exp, prime)
        value = self._int * base % prime
        value = -value if self._sign else value
        return -2 if value == -1 else value

    def __bool__(self):
        return bool(self._special or self._int)

    def compare(self, other, context=None):
        other = _operand(other)
        nan = self._nan_of(other, context or getcontext())
        return nan if nan is not None else Decimal(self._order(other))

    def compare_signal(self, other, context=None):
        other = _operand(other)
        if self.is_nan() or other.is_nan():
            return (context or getcontext())._raise(InvalidOperation)
        return Decimal(self._order(other))

    def compare_total(self, other, context=None):
        other = _operand(other)
        if self._sign != other._sign:
            return Decimal(-1 if self._sign else 1)
        rank = {'': 0, 'F': 1, 'N': 2, 'n': 3}
        a, b = (rank[self._special], self._int), (rank[other._special], other._int)
        order = (a > b) - (a < b) if self.is_nan() or other.is_nan() else (
            self.copy_abs()._order(other.copy_abs())
            or (self._exp > other._exp) - (self._exp < other._exp))
        return Decimal(-order if self._sign else order)

    def _pick(self, other, context, sign):
        other = _operand(other)
        context = context or getcontext()
        if self.is_nan() or other.is_nan():
            if self._special == 'n' and not other.is_nan():
                return other._fix(context)
            if other._special == 'n' and not self.is_nan():
                return self._fix(context)
            return self._nan_of(other, context)
        order = self._order(other) or int(self.compare_total(other))
        return (self if order * sign >= 0 else other)._fix(context)

    def max(self, other, context=None):
        return self._pick(other, context, 1)

    def min(self, other, context=None):
        return self._pick(other, context, -1)

    # ---- rounding ----

    def _nan_of(self, other, context):
        """What an operation with a NaN gives; None when there is none."""
        for each in (self, other):
            if each._special == 'N':
                return context._raise(InvalidOperation, _make(each._sign, each._int, 0, 'n'))
        for each in (self, other):
            if each._special == 'n':
                return each
        return None

    def _fix(self, context):
        """Rounded to the context's precision and limits."""
        if self._special:
            return self._nan_of(self, context) or self
        etiny, etop = context.Etiny(), context.Etop()
        if not self._int:
            most = etop if context.clamp else context.Emax
            exponent = min(max(self._exp, etiny), most)
            if exponent != self._exp:
                context._raise(Clamped, self)
                return _make(self._sign, 0, exponent, '')
            return self
        count = _digits(self._int)
        least = count + self._exp - context.prec
        if least > etop:
            context._raise(Inexact, self)
            context._raise(Rounded, self)
            return context._raise(Overflow, _overflowed(self._sign, context))
        subnormal = least < etiny
        if subnormal:
            least = etiny
        if self._exp < least:
            return self._shortened(context, least, subnormal)
        if subnormal:
            context._raise(Subnormal, self)
        if context.clamp and self._exp > etop:
            context._raise(Clamped, self)
            return _make(self._sign, self._int * 10 ** (self._exp - etop), etop, '')
        return self

    def _shortened(self, context, exponent, subnormal):
        kept, lost = _drop(context.rounding, self._sign, self._int, exponent - self._exp)
        if _digits(kept) > context.prec:
            kept //= 10
            exponent += 1
        if exponent > context.Etop():
            context._raise(Inexact, self)
            context._raise(Rounded, self)
            return context._raise(Overflow, _overflowed(self._sign, context))
        made = _make(self._sign, kept, exponent, '')
        if lost and subnormal:
            context._raise(Underflow, made)
        if subnormal:
            context._raise(Subnormal, made)
        if lost:
            context._raise(Inexact, made)
        context._raise(Rounded, made)
        if not kept:
            context._raise(Clamped, made)
        return made

    def _rescale(self, exponent, rounding):
        """With that exponent, whatever the precision."""
        if self._special or not self._int:
            return _make(self._sign, self._int, self._exp if self._special else exponent, self._special)
        if self._exp >= exponent:
            return _make(self._sign, self._int * 10 ** (self._exp - exponent), exponent, '')
        kept, _ = _drop(rounding, self._sign, self._int, exponent - self._exp)
        return _make(self._sign, kept, exponent, '')

    def quantize(self, exp, rounding=None, context=None):
        exp = _operand(exp)
        context = context or getcontext()
        rounding = rounding or context.rounding
        nan = self._nan_of(exp, context)
        if nan is not None:
            return nan
        if self._special or exp._special:
            return self if self._special and exp._special else context._raise(InvalidOperation)
        if not context.Etiny() <= exp._exp <= context.Emax:
            return context._raise(InvalidOperation)
        if self._int and self.adjusted() - exp._exp + 1 > context.prec:
            return context._raise(InvalidOperation)
        made = self._rescale(exp._exp, rounding)
        if made.adjusted() > context.Emax or _digits(made._int) > context.prec:
            return context._raise(InvalidOperation)
        if made._int and made.adjusted() < context.Emin:
            context._raise(Subnormal, made)
        if made._exp > self._exp and self._int:
            if made != self:
                context._raise(Inexact, made)
            context._raise(Rounded, made)
        return made._fix(context)

    def to_integral_value(self, rounding=None, context=None):
        context = context or getcontext()
        if self._special:
            return self._nan_of(self, context) or self
        return self if self._exp >= 0 else self._rescale(0, rounding or context.rounding)

    to_integral = to_integral_value

    def to_integral_exact(self, rounding=None, context=None):
        context = context or getcontext()
        made = self.to_integral_value(rounding, context)
        if not self._special and self._exp < 0:
            if made != self:
                context._raise(Inexact, made)
            context._raise(Rounded, made)
        return made

    def normalize(self, context=None):
        made = self._fix(context or getcontext())
        if made._special:
            return made
        if not made._int:
            return _make(made._sign, 0, 0, '')
        coefficient, exponent = made._int, made._exp
        while coefficient % 10 == 0:
            coefficient //= 10
            exponent += 1
        return _make(made._sign, coefficient, exponent, '')

    def __round__(self, n=None):
        if n is not None:
            if not isinstance(n, int):
                raise TypeError('optional arg must be an integer')
            return self.quantize(_make(0, 1, -n, ''))
        return self._to_int(ROUND_HALF_EVEN)

    def _to_int(self, rounding):
        if self._special == 'F':
            raise OverflowError('cannot convert Infinity to integer')
        if self._special:
            raise ValueError('cannot convert NaN to integer')
        made = self._rescale(0, rounding)._int
        return -made if self._sign else made

    def __int__(self):
        return self._to_int(ROUND_DOWN)

    __trunc__ = __int__

    def __floor__(self):
        return self._to_int(ROUND_FLOOR)

    def __ceil__(self):
        return self._to_int(ROUND_CEILING)

    def __float__(self):
        if self._special == 'N':
            raise ValueError('cannot convert signaling NaN to float')
        return float(str(self) if self._special != 'n' else ('-nan' if self._sign else 'nan'))

    # ---- arithmetic ----

    def _add(self, other, context):
        nan = self._nan_of(other, context)
        if nan is not None:
            return nan
        if self._special:
            if other._special and self._sign != other._sign:
                return context._raise(InvalidOperation)
            return self
        if other._special:
            return other
        exponent = min(self._exp, other._exp)
        if not self._int and not other._int:
            sign = self._sign if self._sign == other._sign else int(context.rounding == ROUND_FLOOR)
            return _make(sign, 0, exponent, '')._fix(context)
        if not self._int or not other._int:
            zero, number = (self, other) if not self._int else (other, self)
            exponent = max(exponent, number._exp - context.prec - 1)
            return number._rescale(min(exponent, number._exp), ROUND_DOWN)._fix(context)
        a, b = _aligned(self, other, context.prec)
        total = (-a._int if a._sign else a._int) + (-b._int if b._sign else b._int)
        if not total:
            sign = self._sign if self._sign == other._sign else int(context.rounding == ROUND_FLOOR)
            return _make(sign, 0, a._exp, '')._fix(context)
        return _make(1 if total < 0 else 0, abs(total), a._exp, '')._fix(context)

    def _multiply(self, other, context):
        nan = self._nan_of(other, context)
        if nan is not None:
            return nan
        sign = self._sign ^ other._sign
        if self._special or other._special:
            if not self or not other:
                return context._raise(InvalidOperation)
            return _make(sign, 0, 0, 'F')
        return _make(sign, self._int * other._int, self._exp + other._exp, '')._fix(context)

    def _divide(self, other, context):
        nan = self._nan_of(other, context)
        if nan is not None:
            return nan
        sign = self._sign ^ other._sign
        if self._special:
            return context._raise(InvalidOperation) if other._special else _make(sign, 0, 0, 'F')
        if other._special:
            context._raise(Clamped, self)
            return _make(sign, 0, context.Etiny(), '')
        if not other._int:
            if not self._int:
                return context._raise(DivisionUndefined)
            return context._raise(DivisionByZero, _make(sign, 0, 0, 'F'))
        ideal = self._exp - other._exp
        if not self._int:
            return _make(sign, 0, ideal, '')._fix(context)
        shift = _digits(other._int) - _digits(self._int) + context.prec + 1
        exponent = ideal - shift
        if shift >= 0:
            quotient, rest = divmod(self._int * 10 ** shift, other._int)
        else:
            quotient, rest = divmod(self._int, other._int * 10 ** -shift)
        if rest:
            if quotient % 5 == 0:
                quotient += 1
        else:
            while exponent < ideal and quotient % 10 == 0:
                quotient //= 10
                exponent += 1
        return _make(sign, quotient, exponent, '')._fix(context)

    def _divide_whole(self, other, context):
        """Quotient and rest of finite numbers, the divisor not zero; None when too large."""
        exponent = min(self._exp, other._exp)
        if not self._int:
            return 0, _make(self._sign, 0, exponent, '')
        if self.adjusted() - other.adjusted() > context.prec:
            return None
        if self.adjusted() - other.adjusted() < -1:
            return 0, self._rescale(max(exponent, self._exp - context.prec - 1), ROUND_DOWN)
        a = self._int * 10 ** (self._exp - exponent)
        b = other._int * 10 ** (other._exp - exponent)
        quotient, rest = divmod(a, b)
        if _digits(quotient) > context.prec:
            return None
        return quotient, _make(self._sign, rest, exponent, '')

    def _divmod(self, other, context):
        nan = self._nan_of(other, context)
        if nan is not None:
            return nan, nan
        sign = self._sign ^ other._sign
        if self._special:
            if other._special:
                failed = context._raise(InvalidOperation)
                return failed, failed
            return _make(sign, 0, 0, 'F'), context._raise(InvalidOperation)
        if other._special:
            return _make(sign, 0, 0, ''), self._fix(context)
        if not other._int:
            if not self._int:
                failed = context._raise(DivisionUndefined)
                return failed, failed
            if context.traps[InvalidOperation] and context.traps[DivisionByZero]:
                raise InvalidOperation([InvalidOperation, DivisionByZero])
            return (context._raise(DivisionByZero, _make(sign, 0, 0, 'F')),
                    context._raise(InvalidOperation))
        parts = self._divide_whole(other, context)
        if parts is None:
            failed = context._raise(DivisionImpossible)
            return failed, failed
        return _make(sign, parts[0], 0, ''), parts[1]._fix(context)

    def _floordiv(self, other, context):
        if other.is_zero() and not self._special and self._int:
            return context._raise(DivisionByZero, _make(self._sign ^ other._sign, 0, 0, 'F'))
        if self._special == 'F' and not other._special:
            return _make(self._sign ^ other._sign, 0, 0, 'F')
        if other._special == 'F' and not self._special:
            return _make(self._sign ^ other._sign, 0, 0, '')
        if self._special or other._special or not other._int:
            return self._divmod(other, context)[0]
        parts = self._divide_whole(other, context)
        if parts is None:
            return context._raise(DivisionImpossible)
        return _make(self._sign ^ other._sign, parts[0], 0, '')

    def _remainder(self, other, context):
        if other.is_zero() and not self._special:
            return context._raise(InvalidOperation if self._int else DivisionUndefined)
        if self._special == 'F' and not other.is_nan():
            return context._raise(InvalidOperation)
        return self._divmod(other, context)[1]

    def remainder_near(self, other, context=None):
        other = _operand(other)
        context = context or getcontext()
        nan = self._nan_of(other, context)
        if nan is not None:
            return nan
        if self._special or not other:
            undefined = not self._special and not self._int
            return context._raise(DivisionUndefined if undefined else InvalidOperation)
        if other._special:
            return self._fix(context)
        exponent = min(self._exp, other._exp)
        if not self._int:
            return _make(self._sign, 0, exponent, '')._fix(context)
        if self.adjusted() - other.adjusted() >= context.prec + 1:
            return context._raise(DivisionImpossible)
        if self.adjusted() - other.adjusted() <= -2:
            return self._rescale(max(exponent, self._exp - context.prec - 1), ROUND_DOWN)._fix(context)
        a = self._int * 10 ** (self._exp - exponent)
        b = other._int * 10 ** (other._exp - exponent)
        quotient, rest = divmod(a, b)
        sign = self._sign
        if 2 * rest + (quotient & 1) > b:
            rest, quotient = b - rest, quotient + 1
            sign = 1 - sign
        if quotient >= 10 ** context.prec:
            return context._raise(DivisionImpossible)
        return _make(sign, rest, exponent, '')._fix(context)

    def _power(self, other, context):
        nan = self._nan_of(other, context)
        if nan is not None:
            return nan
        if not other:
            return Decimal(1) if self else context._raise(InvalidOperation)
        whole = other._special == '' and other == other.to_integral_value()
        odd = whole and other._exp <= 0 and int(other) % 2 == 1
        sign = 1 if self._sign and odd else 0
        if self._sign and self and not whole and not other._special:
            return context._raise(InvalidOperation)
        if not self or self._special:
            grows = bool(self._special) != bool(other._sign)
            return _make(sign, 0, 0, 'F' if grows else '')
        if other._special:
            order = self.copy_abs()._order(Decimal(1))
            if order == 0:
                return Decimal(1)._fix(context)
            return _make(0, 0, 0, 'F' if (order > 0) != bool(other._sign) else '')
        if whole and abs(int(other)) < 10 ** 9:
            return self._power_int(int(other), context)
        work = _working(context, context.prec + 8 + abs(other.adjusted()) + abs(self.adjusted()))
        made = (self.copy_abs().ln(work)._multiply(other, work)).exp(work)
        return _make(sign, made._int, made._exp, made._special)._fix(context)

    def _power_int(self, times, context):
        work = _working(context, context.prec + 5 + len(str(abs(times))))
        base, result = self, Decimal(1)
        if times < 0:
            base = Decimal(1)._divide(base, _working(context, work.prec + 2))
            times = -times
        while times:
            if times & 1:
                result = result._multiply(base, work)
            times >>= 1
            if times:
                base = base._multiply(base, work)
        return result._fix(context)

    def sqrt(self, context=None):
        context = context or getcontext()
        nan = self._nan_of(self, context)
        if nan is not None:
            return nan
        if self._special:
            return context._raise(InvalidOperation) if self._sign else self
        ideal = self._exp // 2
        if not self._int:
            return _make(self._sign, 0, ideal, '')._fix(context)
        if self._sign:
            return context._raise(InvalidOperation)
        exponent, coefficient = self._exp, self._int
        if exponent % 2:
            exponent -= 1
            coefficient *= 10
        shift = context.prec + 1 - (_digits(coefficient) + 1) // 2
        if shift >= 0:
            coefficient *= 100 ** shift
            exact = True
        else:
            coefficient, rest = divmod(coefficient, 100 ** -shift)
            exact = not rest
        root = _math.isqrt(coefficient)
        exact = exact and root * root == coefficient
        exponent = exponent // 2 - shift
        if exact:
            while exponent < ideal and root % 10 == 0:
                root //= 10
                exponent += 1
            if exponent > ideal:
                root *= 10 ** (exponent - ideal)
                exponent = ideal
        elif root % 5 == 0:
            root += 1
        return _make(0, root, exponent, '')._fix(_half_even(context))

    def exp(self, context=None):
        context = context or getcontext()
        nan = self._nan_of(self, context)
        if nan is not None:
            return nan
        if self._special:
            return _make(0, 0, 0, '') if self._sign else self
        if not self._int:
            return Decimal(1)
        if self.adjusted() > 7:
            if self._sign:
                return _make(0, 1, context.Etiny() - 1, '')._fix(context)
            return _make(0, 1, context.Emax + 1, '')._fix(context)
        places = context.prec + 10 + max(self.adjusted() + 1, 0)
        value = _fixed_exp(self, places)
        return _make(0, value[0], value[1], '')._fix(_half_even(context))

    def ln(self, context=None):
        context = context or getcontext()
        nan = self._nan_of(self, context)
        if nan is not None:
            return nan
        if not self:
            return _make(1, 0, 0, 'F')
        if self._sign:
            return context._raise(InvalidOperation)
        if self._special:
            return self
        if self == 1:
            return Decimal(0)
        places = context.prec + 10 + max(-(self - 1).adjusted(), 0)
        value = _fixed_ln(self, places)
        return _make(1 if value < 0 else 0, abs(value), -places, '')._fix(_half_even(context))

    def log10(self, context=None):
        context = context or getcontext()
        nan = self._nan_of(self, context)
        if nan is not None:
            return nan
        if not self:
            return _make(1, 0, 0, 'F')
        if self._sign:
            return context._raise(InvalidOperation)
        if self._special:
            return self
        digits = str(self._int)
        if digits.rstrip('0') == '1':
            return Decimal(self._exp + len(digits) - 1)._fix(context)
        places = context.prec + 10 + max(-(self - 1).adjusted(), 0)
        value = _fixed_ln(self, places) * 10 ** places // _fixed_ln(Decimal(10), places)
        return _make(1 if value < 0 else 0, abs(value), -places, '')._fix(_half_even(context))

    def logb(self, context=None):
        context = context or getcontext()
        if self._special:
            return self._nan_of(self, context) or _make(0, 0, 0, 'F')
        if not self._int:
            return context._raise(DivisionByZero, _make(1, 0, 0, 'F'))
        return Decimal(self.adjusted())._fix(context)

    def scaleb(self, other, context=None):
        other = _operand(other)
        context = context or getcontext()
        nan = self._nan_of(other, context)
        if nan is not None:
            return nan
        if other._special or other._exp != 0 or abs(int(other)) > 2 * (context.Emax + context.prec):
            return context._raise(InvalidOperation)
        if self._special:
            return self
        return _make(self._sign, self._int, self._exp + int(other), '')._fix(context)

    def fma(self, other, third, context=None):
        context = context or getcontext()
        wide = _working(context, MAX_PREC)
        return self._multiply(_operand(other), wide)._add(_operand(third), context)

    def next_plus(self, context=None):
        return _neighbour(self, context or getcontext(), ROUND_CEILING, 0)

    def next_minus(self, context=None):
        return _neighbour(self, context or getcontext(), ROUND_FLOOR, 1)

    # ---- operators ----

    def __add__(self, other):
        other = _operator_operand(other)
        return other if other is NotImplemented else self._add(other, getcontext())

    __radd__ = __add__

    def __sub__(self, other):
        other = _operator_operand(other)
        return other if other is NotImplemented else self._add(_negated(other), getcontext())

    def __rsub__(self, other):
        other = _operator_operand(other)
        return other if other is NotImplemented else other._add(_negated(self), getcontext())

    def __mul__(self, other):
        other = _operator_operand(other)
        return other if other is NotImplemented else self._multiply(other, getcontext())

    __rmul__ = __mul__

    def __truediv__(self, other):
        other = _operator_operand(other)
        return other if other is NotImplemented else self._divide(other, getcontext())

    def __rtruediv__(self, other):
        other = _operator_operand(other)
        return other if other is NotImplemented else other._divide(self, getcontext())

    def __floordiv__(self, other):
        other = _operator_operand(other)
        return other if other is NotImplemented else self._floordiv(other, getcontext())

    def __rfloordiv__(self, other):
        other = _operator_operand(other)
        return other if other is NotImplemented else other._floordiv(self, getcontext())

    def __mod__(self, other):
        other = _operator_operand(other)
        return other if other is NotImplemented else self._remainder(other, getcontext())

    def __rmod__(self, other):
        other = _operator_operand(other)
        return other if other is NotImplemented else other._remainder(self, getcontext())

    def __divmod__(self, other):
        other = _operator_operand(other)
        return other if other is NotImplemented else self._divmod(other, getcontext())

    def __rdivmod__(self, other):
        other = _operator_operand(other)
        return other if other is NotImplemented else other._divmod(self, getcontext())

    def __pow__(self, other, modulo=None):
        other = _operator_operand(other)
        if other is NotImplemented:
            return other
        if modulo is not None:
            return Decimal(pow(int(self), int(other), int(modulo)))
        return self._power(other, getcontext())

    def __rpow__(self, other, modulo=None):
        other = _operator_operand(other)
        return other if other is NotImplemented else other._power(self, getcontext())

    def __neg__(self):
        if self.is_nan():
            return self._fix(getcontext())
        if not self and not self._special and getcontext().rounding != ROUND_FLOOR:
            return self.copy_abs()._fix(getcontext())
        return self.copy_negate()._fix(getcontext())

    def __pos__(self):
        if not self and not self._special and getcontext().rounding != ROUND_FLOOR:
            return self.copy_abs()._fix(getcontext())
        return self._fix(getcontext())

    def __abs__(self):
        if self.is_nan():
            return self._fix(getcontext())
        return self.copy_abs()._fix(getcontext())


def _make(sign, coefficient, exponent, special, cls=Decimal):
    made = object.__new__(cls)
    made._sign = sign
    made._int = coefficient
    made._exp = exponent
    made._special = special
    return made


def _negated(number):
    return number if number.is_nan() else number.copy_negate()


_NAN = _make(0, 0, 0, 'n')


def _operand(v):
    if isinstance(v, Decimal):
        return v
    if isinstance(v, int):
        return Decimal(v)
    raise TypeError('conversion from %s to Decimal is not supported' % type(v).__name__)


def _operator_operand(v):
    if isinstance(v, Decimal):
        return v
    return Decimal(v) if isinstance(v, int) else NotImplemented


def _comparable(v):
    if isinstance(v, Decimal):
        return v
    if isinstance(v, int):
        return Decimal(v)
    return Decimal.from_float(v) if isinstance(v, float) else NotImplemented


def _overflowed(sign, context):
    """Infinity, or the largest number where the rounding goes away from it."""
    rounding = context.rounding
    if (rounding in (ROUND_DOWN, ROUND_05UP) or (rounding == ROUND_CEILING and sign)
            or (rounding == ROUND_FLOOR and not sign)):
        return _make(sign, 10 ** context.prec - 1, context.Etop(), '')
    return _make(sign, 0, 0, 'F')


def _aligned(a, b, precision):
    """Both with one exponent; one that is too small to matter becomes a trace."""
    large, small = (a, b) if a._exp >= b._exp else (b, a)
    floor = large._exp + min(-1, _digits(large._int) - precision - 2)
    if small._exp + _digits(small._int) - 1 < floor:
        small = _make(small._sign, 1, floor, '')
    large = _make(large._sign, large._int * 10 ** (large._exp - small._exp), small._exp, '')
    return (large, small) if a._exp >= b._exp else (small, large)


def _working(context, precision):
    made = Context(min(precision, MAX_PREC), ROUND_HALF_EVEN, MIN_EMIN, MAX_EMAX, 1, 0, [], [])
    return made


def _half_even(context):
    made = context.copy()
    made.rounding = ROUND_HALF_EVEN
    made.flags = context.flags
    return made


def _neighbour(number, context, rounding, sign):
    nan = number._nan_of(number, context)
    if nan is not None:
        return nan
    if number._special:
        if number._sign == sign:
            return number
        return _make(1 - sign, 10 ** context.prec - 1, context.Etop(), '')
    work = context.copy()
    work.rounding = rounding
    work.clear_traps()
    made = number._fix(work)
    if made != number:
        return made
    return number._add(_make(sign, 1, work.Etiny() - 1, ''), work)


def _split(digits, place):
    """The texts before and from the point, which stands behind `place` digits."""
    if place <= 0:
        return '0', '.' + '0' * -place + digits
    if place >= len(digits):
        return digits + '0' * (place - len(digits)), ''
    return digits[:place], '.' + digits[place:]


def _fixed_exp(number, places):
    """exp(number) as (coefficient, exponent): halve, sum the series, square back."""
    halvings = max(number.adjusted() + 2, 0) * 4 + 8
    places += halvings // 3 + 4
    one = 10 ** places
    x = number._int * 10 ** (places + number._exp) if places + number._exp >= 0 else (
        number._int // 10 ** -(places + number._exp))
    x = (-x if number._sign else x) >> halvings
    total = term = one
    n = 1
    while term:
        term = term * x // (one * n)
        if term == -1:
            break
        total += term
        n += 1
    exponent = -places
    for _ in range(halvings):
        total *= total
        exponent *= 2
        extra = _digits(total) - places
        if extra > 0:
            total //= 10 ** extra
            exponent += extra
    return total, exponent


def _atanh_inverse(n, one):
    """atanh(1/n) in units of 1/one."""
    term = one // n
    total, k = term, 3
    while term:
        term //= n * n
        total += term // k
        k += 2
    return total


def _fixed_ln(number, places):
    """ln(number) in units of 10**-places: m * 2**k with m near 1, by atanh."""
    extra = places + 12 + len(str(abs(number.adjusted()) + 1))
    one = 10 ** extra
    binary = 0
    scaled = number._int * one // 10 ** (_digits(number._int) - 1)
    tens = number._exp + _digits(number._int) - 1
    while scaled > one + one // 2:
        scaled //= 2
        binary += 1
    ratio = (scaled - one) * one // (scaled + one)
    square = ratio * ratio // one
    total, term, k = ratio, ratio, 3
    while term:
        term = term * square // one
        if term in (0, -1):
            break
        total += term // k
        k += 2
    two = 2 * _atanh_inverse(3, one)
    ten = 3 * two + 2 * _atanh_inverse(9, one)
    return (2 * total + binary * two + tens * ten) // 10 ** (extra - places)


# ---- format() ----

def _format_error():
    return ValueError('invalid format string')


def _parse_spec(text):
    spec = {'fill': ' ', 'align': '', 'sign': '-', 'zero': False, 'width': 0,
            'comma': '', 'precision': None, 'type': '', 'z': False}
    if len(text) > 1 and text[1] in '<>=^':
        spec['fill'], spec['align'], text = text[0], text[1], text[2:]
    elif text[:1] and text[0] in '<>=^':
        spec['align'], text = text[0], text[1:]
    if text[:1] and text[0] in '+- ':
        spec['sign'], text = text[0], text[1:]
    if text[:1] == 'z':
        spec['z'], text = True, text[1:]
    if text[:1] == '0':
        if not spec['align']:
            spec['fill'], spec['align'], spec['zero'] = '0', '=', True
        text = text[1:]
    digits = len(text) - len(text.lstrip('0123456789'))
    spec['width'], text = int(text[:digits] or 0), text[digits:]
    if text[:1] == ',':
        spec['comma'], text = text[0], text[1:]
    if text[:1] == '.':
        text = text[1:]
        digits = len(text) - len(text.lstrip('0123456789'))
        if not digits:
            raise _format_error()
        spec['precision'], text = int(text[:digits]), text[digits:]
    if text[:1] and text[0] in 'eEfFgGn%':
        spec['type'], text = text[0], text[1:]
    if text:
        raise _format_error()
    return spec


def _grouped(digits, comma, width):
    """Digits in threes, with zeros before them up to the width."""
    if not comma:
        return digits.zfill(width)
    parts = []
    total = 0
    while True:
        part, digits = digits[-3:], digits[:-3]
        if not digits:
            part = part.zfill(min(3, max(width - total, 1)))
        parts.append(part)
        total += len(part)
        if not digits and total >= width:
            break
        total += 1
    return comma.join(reversed(parts))


def _padded(sign, body, spec):
    missing = spec['width'] - len(sign) - len(body)
    fill = spec['fill'] * max(missing, 0)
    align = spec['align'] or '>'
    if align == '<':
        return sign + body + fill
    if align == '=':
        return sign + fill + body
    if align == '^':
        half = len(fill) // 2
        return fill[:half] + sign + body + fill[half:]
    return fill + sign + body


def _rounded_for(number, spec, context):
    kind, precision = spec['type'], spec['precision']
    if precision is None:
        if not number._int and number._exp > 0 and kind in ('f', 'F', '%'):
            return number._rescale(0, context.rounding)
        return number
    count = _digits(number._int)
    if kind in ('f', 'F', '%'):
        return number._rescale(-precision, context.rounding)
    wanted = precision + 1 if kind in ('e', 'E') else max(precision, 1)
    if kind in ('e', 'E') or count > wanted:
        if not number._int:
            return _make(number._sign, 0, number._exp if kind not in ('e', 'E') else number._exp, '')
        made = number._rescale(number._exp + count - wanted, context.rounding)
        if _digits(made._int) > wanted:
            made = made._rescale(made._exp + 1, context.rounding)
        return made
    return number


def _format(number, text, context):
    spec = _parse_spec(text)
    if not spec['type']:
        spec['type'] = 'g' if not context.capitals else 'G'
    if spec['type'] == 'n':
        spec['type'] = 'g'
    if number._special:
        sign = '-' if number._sign else '' if spec['sign'] == '-' else spec['sign']
        if spec['zero']:
            spec['fill'] = ' '
        return _padded(sign, number._special_text() + ('%' if spec['type'] == '%' else ''), spec)
    kind, precision = spec['type'], spec['precision']
    if kind == '%':
        number = _make(number._sign, number._int, number._exp + 2, '')
    number = _rounded_for(number, spec, context)
    negative = number._sign and not (spec['z'] and not number._int)
    sign = '-' if negative else '' if spec['sign'] == '-' else spec['sign']
    digits = _text(number._int)
    left = number._exp + len(digits)
    if kind in ('e', 'E'):
        place = 1 if number._int or precision is None else 1 - precision
    elif kind in ('f', 'F', '%'):
        place = left
    else:
        place = left if number._exp <= 0 and left > -6 else 1
    whole, part = _split(digits, place)
    exponent = left - place
    if exponent or kind in ('e', 'E'):
        part += '%s%+d' % ('e' if kind in ('e', 'g') else 'E', exponent)
    if kind == '%':
        part += '%'
    width = spec['width'] - len(sign) - len(part) if spec['fill'] == '0' and spec['align'] == '=' else 0
    return _padded(sign, _grouped(whole, spec['comma'], width) + part, spec)


# ---- contexts ----

class _Defaults:
    prec, rounding, Emin, Emax, capitals, clamp = 28, ROUND_HALF_EVEN, -999999, 999999, 1, 0
    traps = Context._signals([DivisionByZero, Overflow, InvalidOperation])


DefaultContext = _Defaults
DefaultContext = Context()
BasicContext = Context(9, ROUND_HALF_UP, traps=[DivisionByZero, Overflow, InvalidOperation, Clamped,
                                                Underflow])
ExtendedContext = Context(9, ROUND_HALF_EVEN, traps=[])
_current = [DefaultContext.copy()]


def getcontext():
    return _current[0]


def setcontext(context):
    if context in (DefaultContext, BasicContext, ExtendedContext):
        context = context.copy()
        context.clear_flags()
    _current[0] = context


class _LocalContext:
    def __init__(self, context):
        self._context = context

    def __enter__(self):
        self._saved = _current[0]
        _current[0] = self._context
        return self._context

    def __exit__(self, *exc_info):
        _current[0] = self._saved


def localcontext(ctx=None, **kwargs):
    context = (getcontext() if ctx is None else ctx).copy()
    for name, value in kwargs.items():
        if name not in ('prec', 'rounding', 'Emin', 'Emax', 'capitals', 'clamp', 'flags', 'traps'):
            raise TypeError("'%s' is an invalid keyword argument for this function" % name)
        setattr(context, name, value)
    return _LocalContext(context)
