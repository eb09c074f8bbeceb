# SPDX-License-Identifier: MIT
# Reads the compiled zones of the system (RFC 8536).
import os
from datetime import datetime, timedelta, tzinfo

TZPATH = ('/usr/share/zoneinfo', '/usr/lib/zoneinfo', '/usr/share/lib/zoneinfo', '/etc/zoneinfo')
_EPOCH = datetime(1970, 1, 1)


class ZoneInfoNotFoundError(KeyError):
    pass


class InvalidTZPathWarning(RuntimeWarning):
    pass


def reset_tzpath(to=None):
    raise NotImplementedError('limbeck does not serve zoneinfo.reset_tzpath')


def available_timezones():
    found = set()
    for top in TZPATH:
        for folder, _, names in os.walk(top):
            for name in names:
                path = os.path.join(folder, name)
                key = os.path.relpath(path, top)
                if key.split('/')[0] not in ('posix', 'right', 'posixrules'):
                    with open(path, 'rb') as file:
                        if file.read(4) == b'TZif':
                            found.add(key)
    return found


def _number(data, at, size, signed=True):
    return int.from_bytes(data[at:at + size], 'big', signed=signed)


def _header(data, at):
    if data[at:at + 4] != b'TZif':
        raise ValueError('Invalid TZif file: magic not found')
    return [_number(data, at + 20 + 4 * i, 4) for i in range(6)]


class _Zone:
    """The transitions of a file, and the rule that holds after the last one."""

    def __init__(self, data):
        isutc, isstd, leap, times, types, chars = _header(data, 0)
        at, size = 44, 4
        if data[4] >= 50:
            at += times * 5 + types * 6 + chars + leap * 8 + isstd + isutc
            isutc, isstd, leap, times, types, chars = _header(data, at)
            at, size = at + 44, 8
        self.times = [_number(data, at + size * i, size) for i in range(times)]
        at += size * times
        indexes = list(data[at:at + times])
        at += times
        kinds = [(_number(data, at + 6 * i, 4), data[at + 6 * i + 4], data[at + 6 * i + 5])
                 for i in range(types)]
        at += 6 * types
        names = data[at:at + chars]
        at += chars + leap * (size + 4) + isstd + isutc

        def kind(i):
            offset, isdst, name = kinds[i]
            end = names.index(b'\0', name)
            return [offset, isdst, names[name:end].decode('ascii'), 0]

        self.kinds = [kind(i) for i in indexes]
        first = next((i for i in range(types) if not kinds[i][1]), 0)
        self.first = kind(first) if types else [0, 0, 'UTC', 0]
        self._daylight()
        footer = data[at:].strip(b'\n').decode('ascii') if size == 8 else ''
        self.rule = _Rule(footer) if footer else None

    def _daylight(self):
        before = self.first
        for now in self.kinds:
            if now[1]:
                now[3] = before[3] if before[1] else now[0] - before[0]
                if now[3] <= 0:
                    now[3] = 3600
            before = now

    def at_utc(self, seconds):
        if not self.times or seconds < self.times[0]:
            return self.rule.at_utc(seconds) if self.rule and not self.times else self.first
        if seconds >= self.times[-1] and self.rule:
            return self.rule.at_utc(seconds)
        return self.kinds[_bisect(self.times, seconds) - 1]

    def at_local(self, seconds, fold):
        """The kind at a local time: of two, the one that `fold` asks for; in a gap likewise."""
        found = []
        for guess in (self.at_utc(seconds - 86400), self.at_utc(seconds + 86400)):
            if guess not in found:
                found.append(guess)
        early, late = found[0], found[-1]
        if early[0] == late[0] and early == late:
            return self._inside(seconds, fold, early)
        fits = [kind for kind in (early, late) if self.at_utc(seconds - kind[0]) == kind]
        if len(fits) == 1:
            return fits[0]
        if not fits:
            return late if fold else early
        return fits[1] if fold else fits[0]

    def _inside(self, seconds, fold, kind):
        return kind if self.at_utc(seconds - kind[0]) == kind else self.at_utc(seconds - kind[0])


def _bisect(numbers, value):
    low, high = 0, len(numbers)
    while low < high:
        middle = (low + high) // 2
        if value < numbers[middle]:
            high = middle
        else:
            low = middle + 1
    return low


class _Rule:
    """A POSIX TZ string: CET-1CEST,M3.5.0,M10.5.0/3"""

    def __init__(self, text):
        head, _, dates = text.partition(',')
        name, rest = self._name(head)
        offset, rest = self._offset(rest)
        self.standard = [-offset, 0, name, 0]
        self.summer = None
        if rest:
            name, rest = self._name(rest)
            summer = -self._offset(rest)[0] if rest else -offset + 3600
            self.summer = [summer, 1, name, summer + offset]
            self.start, self.end = (self._date(part) for part in dates.split(','))

    def _name(self, text):
        if text[0] == '<':
            end = text.index('>')
            return text[1:end], text[end + 1:]
        end = 0
        while end < len(text) and text[end].isalpha():
            end += 1
        return text[:end], text[end:]

    def _offset(self, text):
        end = 0
        while end < len(text) and text[end] in '+-:0123456789':
            end += 1
        return self._seconds(text[:end]), text[end:]

    def _seconds(self, text):
        sign = -1 if text[0] == '-' else 1
        total = 0
        for part, unit in zip(text.lstrip('+-').split(':'), (3600, 60, 1)):
            total += int(part) * unit
        return sign * total

    def _date(self, text):
        day, _, time = text.partition('/')
        seconds = self._seconds(time) if time else 7200
        if day[0] == 'M':
            return ('M',) + tuple(int(part) for part in day[1:].split('.')) + (seconds,)
        if day[0] == 'J':
            return ('J', int(day[1:]), seconds)
        return ('0', int(day), seconds)

    def _local(self, year, date):
        if date[0] == 'M':
            _, month, week, weekday, seconds = date
            first = datetime(year, month, 1)
            day = 1 + (weekday - (first.weekday() + 1) % 7) % 7 + 7 * (week - 1)
            after = datetime(year + month // 12, month % 12 + 1, 1)
            while day > (after - first).days:
                day -= 7
            moment = datetime(year, month, day)
        else:
            leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
            days = date[1] - 1 + (leap and date[1] >= 60) if date[0] == 'J' else date[1]
            moment = datetime(year, 1, 1) + timedelta(days=days)
            seconds = date[2]
        return (moment - _EPOCH).days * 86400 + seconds

    def at_utc(self, seconds):
        if self.summer is None:
            return self.standard
        year = (_EPOCH + timedelta(seconds=seconds + self.standard[0])).year
        start = self._local(year, self.start) - self.standard[0]
        end = self._local(year, self.end) - self.summer[0]
        if start < end:
            return self.summer if start <= seconds < end else self.standard
        return self.standard if end <= seconds < start else self.summer


_cache = {}


class ZoneInfo(tzinfo):
    def __new__(cls, key):
        found = _cache.get((cls, key))
        if found is None:
            found = _cache[cls, key] = cls.no_cache(key)
        return found

    @classmethod
    def no_cache(cls, key):
        made = tzinfo.__new__(cls)
        made.key = key
        made._zone = _Zone(cls._read(key))
        return made

    @classmethod
    def from_file(cls, fobj, /, key=None):
        made = tzinfo.__new__(cls)
        made.key = key
        made._zone = _Zone(fobj.read())
        return made

    @classmethod
    def clear_cache(cls, *, only_keys=None):
        _cache.clear()

    @staticmethod
    def _read(key):
        if os.path.isabs(key):
            raise ValueError('ZoneInfo keys may not be absolute paths, got: ' + key)
        if os.path.normpath(key) != key or key.startswith('..'):
            raise ValueError('ZoneInfo keys must be normalized relative paths, got: ' + key)
        for top in TZPATH:
            path = os.path.join(top, key)
            if os.path.isfile(path):
                with open(path, 'rb') as file:
                    return file.read()
        raise ZoneInfoNotFoundError('No time zone found with key ' + key)

    def _kind(self, dt):
        if dt is None:
            zone = self._zone
            return zone.rule.standard if zone.rule and not zone.times and not zone.rule.summer else None
        seconds = (dt.replace(tzinfo=None, fold=0) - _EPOCH).total_seconds()
        return self._zone.at_local(int(seconds // 1), dt.fold)

    def utcoffset(self, dt):
        kind = self._kind(dt)
        return None if kind is None else timedelta(seconds=kind[0])

    def dst(self, dt):
        kind = self._kind(dt)
        return None if kind is None else timedelta(seconds=kind[3] if kind[1] else 0)

    def tzname(self, dt):
        kind = self._kind(dt)
        return None if kind is None else kind[2]

    def fromutc(self, dt):
        if not isinstance(dt, datetime):
            raise TypeError('fromutc() requires a datetime argument')
        if dt.tzinfo is not self:
            raise ValueError('dt.tzinfo is not self')
        seconds = int((dt.replace(tzinfo=None) - _EPOCH).total_seconds() // 1)
        kind = self._zone.at_utc(seconds)
        local = dt + timedelta(seconds=kind[0])
        before = self._zone.at_utc(seconds - 86400)
        shift = before[0] - kind[0]
        if shift > 0 and self._zone.at_utc(seconds - shift) == before:
            return local.replace(fold=1)
        return local

    def __repr__(self):
        return 'zoneinfo.ZoneInfo(key=%r)' % self.key

    def __str__(self):
        return repr(self) if self.key is None else self.key

    def __reduce__(self):
        return ZoneInfo, (self.key,)
