# SPDX-License-Identifier: MIT
"""zoneinfo, calendar, tomllib and contextvars."""
import calendar
import contextvars
import tomllib
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

for key in ('Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'UTC'):
    zone = ZoneInfo(key)
    for moment in (datetime(2024, 1, 15, 12), datetime(2024, 7, 15, 12), datetime(1950, 5, 1), datetime(2060, 7, 1)):
        local = moment.replace(tzinfo=zone)
        print(local.isoformat(), local.tzname(), local.dst(), local.astimezone(UTC), moment.replace(tzinfo=UTC).astimezone(zone))
berlin = ZoneInfo('Europe/Berlin')
for fold in (0, 1):
    print(datetime(2024, 10, 27, 2, 30, tzinfo=berlin, fold=fold).utcoffset(), datetime(2024, 3, 31, 2, 30, tzinfo=berlin, fold=fold).utcoffset())
print(datetime(2024, 10, 27, 0, 30, tzinfo=UTC).astimezone(berlin).fold, datetime(2024, 10, 27, 1, 30, tzinfo=UTC).astimezone(berlin).fold)
print(berlin, repr(berlin), berlin.key, ZoneInfo('UTC') is ZoneInfo('UTC'), datetime(2024, 3, 30, 12, tzinfo=berlin) + timedelta(days=1))
try:
    ZoneInfo('No/Where')
except ZoneInfoNotFoundError as error:
    print(error, isinstance(error, KeyError))

print(calendar.monthrange(2024, 2), calendar.isleap(1900), calendar.leapdays(2000, 2024), calendar.weekday(2024, 3, 5), calendar.timegm((2024, 3, 5, 7, 8, 9)))
print(calendar.month_name[3], calendar.day_abbr[0], calendar.monthcalendar(2024, 2), calendar.SUNDAY)

doc = tomllib.loads('''
title = "x"
n = 5
big = 123456789012345678901234567890
f = 1.5
on = true
when = 2024-03-05T07:08:09Z
local = 2024-03-05T07:08:09.5
day = 2024-03-05
clock = 07:08:09
list = [1, [2, "a"]]
[tool.alembic]
script_location = "%(here)s/alembic"
[[rows]]
a = 1
[[rows]]
a = {b = 2}
''')
for name, value in doc.items():
    print(name, repr(value))
try:
    tomllib.loads('a = ')
except tomllib.TOMLDecodeError as error:
    print(error, isinstance(error, ValueError))

var = contextvars.ContextVar('v', default=1)
token = var.set(5)
print(var.get(), var.name)
var.reset(token)
print(var.get(), contextvars.copy_context().run(var.get))
