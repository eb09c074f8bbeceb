# SPDX-License-Identifier: MIT
# What time has beyond mod_time.c: read when one of these names is asked for.
import time as _clock
from datetime import datetime as _datetime, timedelta as _timedelta, timezone as _timezone

timezone, daylight, tzname = _clock._zone()
altzone = timezone - 3600 if daylight else timezone


class struct_time(tuple):
    n_fields = 11
    n_sequence_fields = 9
    n_unnamed_fields = 0

    def __new__(cls, sequence, extra=('', 0)):
        sequence = tuple(sequence)
        if len(sequence) < 9:
            raise TypeError('time.struct_time() takes an at least 9-sequence (%d-sequence given)'
                            % len(sequence))
        made = tuple.__new__(cls, sequence[:9])
        made.tm_zone, made.tm_gmtoff = sequence[9:11] if len(sequence) > 10 else extra
        return made

    tm_year = property(lambda self: self[0])
    tm_mon = property(lambda self: self[1])
    tm_mday = property(lambda self: self[2])
    tm_hour = property(lambda self: self[3])
    tm_min = property(lambda self: self[4])
    tm_sec = property(lambda self: self[5])
    tm_wday = property(lambda self: self[6])
    tm_yday = property(lambda self: self[7])
    tm_isdst = property(lambda self: self[8])

    def __repr__(self):
        return ('time.struct_time(tm_year=%d, tm_mon=%d, tm_mday=%d, tm_hour=%d, tm_min=%d, '
                'tm_sec=%d, tm_wday=%d, tm_yday=%d, tm_isdst=%d)' % tuple(self))


def _of(moment, isdst, zone='GMT', offset=0):
    yday = moment.toordinal() - _datetime(moment.year, 1, 1).toordinal() + 1
    return struct_time((moment.year, moment.month, moment.day, moment.hour, moment.minute,
                        moment.second, moment.weekday(), yday, isdst), (zone, offset))


def _moment(t):
    return _datetime(t[0], t[1] or 1, t[2] or 1, t[3], t[4], min(t[5], 59))


def gmtime(secs=None):
    seconds = _clock.time() if secs is None else secs
    return _of(_datetime.fromtimestamp(int(seconds // 1), _timezone.utc), 0)


def localtime(secs=None):
    seconds = _clock.time() if secs is None else secs
    return struct_time(_clock._local(int(seconds // 1)))


def mktime(t):
    months = t[0] * 12 + t[1] - 1
    moment = _datetime(months // 12, months % 12 + 1, 1) + _timedelta(
        days=t[2] - 1, hours=t[3], minutes=t[4], seconds=t[5])
    return moment.timestamp()


def strftime(format, t=None):
    t = localtime() if t is None else t
    moment = _moment(t)
    zone = getattr(t, 'tm_zone', None)
    if zone:
        moment = moment.replace(tzinfo=_timezone(_timedelta(seconds=t.tm_gmtoff), zone))
    return moment.strftime(format)


def strptime(data_string, format='%a %b %d %H:%M:%S %Y'):
    return _of(_datetime.strptime(data_string, format), -1, None, None)


def asctime(t=None):
    return _moment(localtime() if t is None else t).strftime('%a %b %e %H:%M:%S %Y')


def ctime(secs=None):
    return asctime(localtime(secs))
