# SPDX-License-Identifier: MIT
import datetime

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
JANUARY, FEBRUARY = 1, 2
month_name = ['', 'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August',
              'September', 'October', 'November', 'December']
month_abbr = [name[:3] for name in month_name]
day_name = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
day_abbr = [name[:3] for name in day_name]
mdays = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


class IllegalMonthError(ValueError):
    def __str__(self):
        return 'bad month number %r; must be 1-12' % self.args


class IllegalWeekdayError(ValueError):
    def __str__(self):
        return 'bad weekday number %r; must be 0 (Monday) to 6 (Sunday)' % self.args


def isleap(year):
    return year % (4 if year % 100 else 400) == 0


def _leaps_before(year):
    return sum(sign * ((year - 1) // every) for sign, every in ((1, 4), (-1, 100), (1, 400)))


def leapdays(y1, y2):
    return _leaps_before(y2) - _leaps_before(y1)


def weekday(year, month, day):
    """The same every 400 years, so for years too that date does not know."""
    return datetime.date(2000 + year % 400, month, day).weekday()


def monthrange(year, month):
    if not 1 <= month <= 12:
        raise IllegalMonthError(month)
    return weekday(year, month, 1), mdays[month] + (month == 2 and isleap(year))


def timegm(tuple):
    days = datetime.date(tuple[0], tuple[1], 1).toordinal() - 719163 + tuple[2] - 1
    return ((days * 24 + tuple[3]) * 60 + tuple[4]) * 60 + tuple[5]


class Calendar:
    def __init__(self, firstweekday=0):
        self.firstweekday = firstweekday

    def iterweekdays(self):
        yield from [*range(self.firstweekday, 7), *range(self.firstweekday)]

    def itermonthdates(self, year, month):
        first = datetime.date(year, month, 1)
        day = first - datetime.timedelta(days=(first.weekday() - self.firstweekday) % 7)
        while True:
            yield day
            day += datetime.timedelta(days=1)
            if (day.month != month and day > first) and day.weekday() == self.firstweekday:
                return

    def itermonthdays(self, year, month):
        for day in self.itermonthdates(year, month):
            yield day.day if day.month == month else 0

    def _weeks(self, days):
        days = list(days)
        return [days[i:i + 7] for i in range(0, len(days), 7)]

    def monthdatescalendar(self, year, month):
        return self._weeks(self.itermonthdates(year, month))

    def monthdayscalendar(self, year, month):
        return self._weeks(self.itermonthdays(year, month))


_calendar = Calendar()
monthcalendar = _calendar.monthdayscalendar


def setfirstweekday(firstweekday):
    if not 0 <= firstweekday <= 6:
        raise IllegalWeekdayError(firstweekday)
    _calendar.firstweekday = firstweekday


def firstweekday():
    return _calendar.firstweekday


def _refuse(*args, **kwargs):
    raise NotImplementedError('limbeck does not serve the text and HTML of calendar')


TextCalendar = HTMLCalendar = LocaleTextCalendar = prmonth = prcal = month = _refuse
