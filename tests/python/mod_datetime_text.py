# SPDX-License-Identifier: MIT
"""isoformat, fromisoformat, strftime and strptime."""
from datetime import UTC, date, datetime, time, timedelta, timezone


def tried(make):
    try:
        print(repr(make()))
    except Exception as error:
        print(type(error).__name__ + ':', error)


m = datetime(2024, 3, 5, 7, 8, 9, 12345)
aware = m.replace(tzinfo=timezone(timedelta(hours=-3, minutes=-30)))
for spec in ('auto', 'hours', 'minutes', 'seconds', 'milliseconds', 'microseconds'):
    print(m.isoformat(timespec=spec), aware.isoformat(' ', spec), time(1, 2, 3).isoformat(spec))
tried(lambda: m.isoformat(timespec='days'))
for zone in (timedelta(seconds=1), timedelta(hours=5, microseconds=5), timedelta(hours=-23, minutes=-59)):
    print(m.replace(tzinfo=timezone(zone)).isoformat(), m.replace(tzinfo=timezone(zone)).strftime('%z'), timezone(zone))

for text in ('2024-03-05', '20240305', '2024-W10-2', '2024W102', '2024-W10', '2024-03-05T07', '2024-03-05 07:08',
             '2024-03-05T07:08:09', '20240305T070809', '2024-03-05T07:08:09.1', '2024-03-05T07:08:09,123',
             '2024-03-05T07:08:09.123456789', '2024-03-05T07:08:09Z', '2024-03-05T07:08:09+02', '2024-03-05x07:08:09+0230',
             '2024-03-05T07:08:09.5-02:30', '2024-03-05T07:08+02:30:15', '2024-W10-2T07:08', '2024W102T0708',
             '2024-3-5', 'x', '', '2024-03-05T', '2024-03-05T7', '2024-13-01', '2024-03-05T25:00', '2024-02-30',
             '2024-03-05T07:08:', '2024-03-05T07:0809', '2024-W54-1'):
    tried(lambda: datetime.fromisoformat(text))
for text in ('2024-03-05', '20240305', '2024-W10-2', '2024-W10', '2024-03-05T07', 'x', '2024-02-30', '2024/03/05'):
    tried(lambda: date.fromisoformat(text))
for text in ('07', '07:08', 'T07:08:09', '070809', '07:08:09.123', '07:08:09Z', '07:08:09+01:00', 'x', '7', '24:00', '07:08:60'):
    tried(lambda: time.fromisoformat(text))
tried(lambda: datetime.fromisoformat(3))

print(m.strftime('%a %A %b %B %d %f %H %I %j %m %M %p %S %U %w %W %y %Y %G %V %u %% %c | %x | %X'))
print(aware.strftime('%z|%Z'), m.strftime('%z|%Z|'), datetime(2024, 1, 1, tzinfo=UTC).strftime('%z %Z'))
print(m.strftime('%D %F %T %R %e %k %l %h %C %g %n%t'), m.strftime('%-d/%-m/%-H'), m.strftime(''), m.strftime('%'))
print(date(2024, 12, 30).strftime('%Y-%m-%d %H:%M %G-W%V-%u %j %U %W'), time(13, 4).strftime('%H:%M %p %I'))
print(f'{m:%Y-%m-%d}', f'{m}', format(date(2024, 1, 2), '%d.%m.%Y'), '{:%H}'.format(m), f'{time(5, 6):%M}', f'{aware!s}')
for year in (1, 99, 999, 1900, 1999, 2000, 2001, 9999):
    print(datetime(year, 1, 1).strftime('%Y %y %U %W %G %V %a'), datetime(year, 12, 31).strftime('%j %U %W %G %V %a'))

CASES = [('2024-03-05', '%Y-%m-%d'), ('2024-03-05 07:08:09', '%Y-%m-%d %H:%M:%S'), ('5/3/24', '%d/%m/%y'),
         ('5/3/70', '%d/%m/%y'), ('Mar 5 2024', '%b %d %Y'), ('march 05, 2024', '%B %d, %Y'), ('Tue Mar  5 07:08:09 2024', '%c'),
         ('07:08:09 PM', '%I:%M:%S %p'), ('12:00 am', '%I:%M %p'), ('12:00 PM', '%I:%M %p'), ('1', '%f'), ('123456', '%f'),
         ('2024-03-05T07:08:09.5+0230', '%Y-%m-%dT%H:%M:%S.%f%z'), ('2024-03-05T07:08:09Z', '%Y-%m-%dT%H:%M:%S%z'),
         ('+02:30:15', '%z'), ('-0000', '%z'), ('UTC', '%Z'), ('065 2024', '%j %Y'), ('2024 10 2', '%Y %W %w'), ('2024 10 0', '%Y %U %w'),
         ('2024 10 2', '%G %V %u'), ('111', '%m%d'), ('20240305', '%Y%m%d'), ('1 2  3', '%d %m %H'), ('100%', '100%%'),
         ('2024-03-05 ', '%Y-%m-%d'), ('x2024', '%Y'), ('2024', '%Y-%m'), ('2024-02-30', '%Y-%m-%d'), ('24', '%H'), ('', '%Y'),
         ('2024', '%Q'), ('2024', '%'), ('61', '%S'), ('Tuesday', '%A'), ('03/05/24 07:08:09', '%x %X')]
for text, spec in CASES:
    tried(lambda: datetime.strptime(text, spec))
