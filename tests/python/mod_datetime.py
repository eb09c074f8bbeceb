# SPDX-License-Identifier: MIT
"""Dates, times, differences and zones."""
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta, timezone, tzinfo


def tried(make):
    try:
        print(repr(make()))
    except Exception as error:
        print(type(error).__name__ + ':', error)


d = date(2024, 2, 29)
m = datetime(2024, 2, 29, 13, 5, 7, 123456)
aware = datetime(2024, 2, 29, 13, 5, 7, tzinfo=timezone(timedelta(hours=2), 'EET'))
print(d, repr(d), d.year, d.month, d.day, d.weekday(), d.isoweekday(), d.toordinal())
print(m, repr(m), m.hour, m.minute, m.second, m.microsecond, m.tzinfo, m.fold)
print(aware, repr(aware), aware.utcoffset(), aware.tzname(), aware.dst())
print(d.isocalendar(), tuple(d.isocalendar()), d.isocalendar().week, d.isocalendar()[0])
print(m.date(), m.time(), aware.timetz(), aware.time())
print(d + timedelta(1), d - timedelta(days=366), d - date(2023, 1, 1), timedelta(3) + d)
print(m + timedelta(hours=11, microseconds=876544), m - datetime(2000, 1, 1), m - timedelta(weeks=1))
print(aware.astimezone(UTC), aware.astimezone(timezone(timedelta(hours=-5, minutes=-30))))
print(aware == aware.astimezone(UTC), aware - datetime(2024, 2, 29, tzinfo=UTC), hash(aware) == hash(aware.astimezone(UTC)))
print(d < date(2025, 1, 1), d == date(2024, 2, 29), d != m, d == m, m == d, m > datetime.min, d <= d)
print(m.replace(year=2020, tzinfo=UTC), d.replace(day=1), time(1, 2, 3).replace(hour=5))
print(isinstance(m, date), issubclass(datetime, date), isinstance(d, datetime))
print(date.min, date.max, date.resolution, datetime.min, datetime.max, time.min, time.max)
print(timedelta.min, timedelta.max, timedelta.resolution, MINYEAR, MAXYEAR)
print(datetime.combine(d, time(4, 5)), datetime.combine(d, time(4, 5, tzinfo=UTC)), datetime.combine(m, time(1), UTC))
print(date.fromordinal(738000), date.fromisocalendar(2020, 53, 7), datetime.fromordinal(1))
print(datetime.fromtimestamp(0, UTC), datetime.fromtimestamp(1709211907.123456, UTC), datetime.utcfromtimestamp(86399.5))
print(aware.timestamp(), datetime(1970, 1, 1, tzinfo=UTC).timestamp(), datetime.fromtimestamp(-0.5, UTC))
print(UTC, repr(UTC), timezone.utc is UTC, timezone(timedelta(0)) is UTC, timezone.min, timezone.max)
print(repr(timezone(timedelta(hours=1))), repr(timezone(timedelta(hours=-1, seconds=-1), 'X')), str(timezone(timedelta(minutes=-90))))
print(timezone(timedelta(hours=1)) == timezone(timedelta(hours=1), 'CET'), timezone.utc.utcoffset(None))
print(time(1, 2), time(1, 2, 3, 4), repr(time(1, 2, 3)), repr(time(0, 0, 0, 5, UTC)), time(3, tzinfo=UTC).isoformat())
print(time(1, 2) < time(1, 3), time(12, tzinfo=UTC) == time(14, tzinfo=timezone(timedelta(hours=2))))
print(d.timetuple()[:9], m.timetuple().tm_yday, aware.utctimetuple().tm_hour, m.ctime(), d.ctime())
print({d: 1}[date(2024, 2, 29)], {m: 2}[datetime(2024, 2, 29, 13, 5, 7, 123456)], len({timedelta(1), timedelta(hours=24)}))
print(sorted([date(2024, 1, 2), date(2023, 5, 5)]), max(m, datetime.min), bool(timedelta()), bool(timedelta(1)))

t = timedelta(days=-1, hours=5, microseconds=7)
print(t, repr(t), t.days, t.seconds, t.microseconds, t.total_seconds(), abs(t), -t, +t)
print(timedelta(1) * 3, 2 * timedelta(1), timedelta(1) * 1.5, timedelta(1) / 4, timedelta(1) / timedelta(hours=1))
print(timedelta(7) // 2, timedelta(7) // timedelta(2), timedelta(7) % timedelta(2), divmod(timedelta(7), timedelta(2)))
print(timedelta(seconds=0.1), timedelta(microseconds=0.5), timedelta(microseconds=1.5), timedelta(days=1.23456789), timedelta(milliseconds=2.5))
print(timedelta(weeks=2, days=3, hours=4, minutes=5, seconds=6, milliseconds=7, microseconds=8), repr(timedelta()), str(timedelta(days=2)))
print(timedelta(1) < timedelta(2), timedelta(1) == timedelta(hours=24), timedelta(1) == 1, timedelta(1) / 0.7, timedelta(10) * -0.3)

tried(lambda: date(2023, 2, 29))
tried(lambda: date(0, 1, 1))
tried(lambda: datetime(2020, 13, 1))
tried(lambda: datetime(2020, 1, 1, 24))
tried(lambda: time(1, 60))
tried(lambda: d < m)
tried(lambda: m < aware)
tried(lambda: m - aware)
tried(lambda: timedelta('x'))
tried(lambda: timedelta(days=1e10))
tried(lambda: date.max + timedelta(1))
tried(lambda: timezone(timedelta(1)))
tried(lambda: timezone(3))
tried(lambda: datetime(2020, 1, 1, tzinfo=3))
tried(lambda: datetime.now(3))
tried(lambda: timedelta(1) / 0)
tried(lambda: tzinfo().utcoffset(None))
tried(lambda: datetime.combine(1, 2))
tried(lambda: date.fromisocalendar(2020, 54, 1))
tried(lambda: date.fromordinal(0))


class Fixed(tzinfo):
    def utcoffset(self, dt):
        return timedelta(hours=3)

    def dst(self, dt):
        return timedelta(hours=1)

    def tzname(self, dt):
        return 'MSK'


f = datetime(2020, 6, 1, 12, tzinfo=Fixed())
print(f, f.tzname(), f.dst(), f.astimezone(UTC), datetime(2020, 6, 1, tzinfo=UTC).astimezone(Fixed()))
print(f.strftime('%z %Z'), f == datetime(2020, 6, 1, 9, tzinfo=UTC), f.isoformat())


class Stamp(datetime):
    def shout(self):
        return self.isoformat() + '!'


s = Stamp(2020, 1, 1)
print(s.shout(), type(s + timedelta(1)).__name__, type(s.replace(day=2)).__name__, repr(s), Stamp.fromisoformat('2021-02-03').shout())
now = datetime.now()
print(type(now).__name__, now.tzinfo, datetime.now(UTC).tzinfo, abs(datetime.now(UTC) - datetime.now(timezone.utc)) < timedelta(minutes=1))
print(datetime.utcnow().tzinfo, date.today() == datetime.today().date() or True, datetime.now().astimezone().tzinfo is not None)
