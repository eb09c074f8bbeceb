# SPDX-License-Identifier: MIT
# What the classes of mod_datetime.c leave to script.
from time import struct_time


class IsoCalendarDate(tuple):
    def __new__(cls, year, week, weekday):
        return tuple.__new__(cls, (year, week, weekday))

    year = property(lambda self: self[0])
    week = property(lambda self: self[1])
    weekday = property(lambda self: self[2])

    def __repr__(self):
        return 'datetime.IsoCalendarDate(year=%d, week=%d, weekday=%d)' % tuple(self)


def _fields(moment, isdst):
    yday = moment.toordinal() - moment.replace(month=1, day=1).toordinal() + 1
    return struct_time((moment.year, moment.month, moment.day, getattr(moment, 'hour', 0),
                        getattr(moment, 'minute', 0), getattr(moment, 'second', 0),
                        moment.weekday(), yday, isdst))


def timetuple(moment):
    dst = moment.dst() if hasattr(moment, 'dst') else None
    return _fields(moment, -1 if dst is None else 1 if dst else 0)


def utctimetuple(moment):
    offset = moment.utcoffset()
    if offset:
        moment = moment.replace(tzinfo=None) - offset
    return _fields(moment, 0)
