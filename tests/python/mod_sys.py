# SPDX-License-Identifier: MIT
"""sys and time."""
import sys
import time

print(sys.version_info >= (3, 8), sys.version_info[:2], sys.version_info.major, sys.version_info.minor, sys.platform, sys.maxsize, sys.byteorder)
print(type(sys.path).__name__, type(sys.modules).__name__, 'sys' in sys.modules, sys.modules['sys'] is sys, type(sys.argv).__name__, sys.getdefaultencoding())
sys.stdout.write('written\n')
print('to stderr', file=sys.stderr)
print('flushed', flush=True)
try:
    sys.exit(3)
except SystemExit as error:
    print(repr(error), error.code)
try:
    sys.exit('message')
except SystemExit as error:
    print(repr(error), error.code)
try:
    sys.exit()
except SystemExit as error:
    print(repr(error), error.code)
print(sys.exc_info())
try:
    1 / 0
except ZeroDivisionError:
    kind, value, tb = sys.exc_info()
    print(kind, value, tb is not None, sys.exception() is value)
print(sys.exc_info(), sys.exception(), sys.getrecursionlimit() >= 100, sys.intern('a') == 'a', sys.stdout.isatty() in (True, False))
sys.path.insert(0, '/x')
print(sys.path[0], '/x' in sys.path)
sys.path.remove('/x')

start = time.monotonic()
print(type(time.time()), type(time.time_ns()), time.perf_counter() >= start, time.sleep(0))
t = time.gmtime(86400 * 365)
print(t, t.tm_year, t[1], t.tm_zone, time.strftime('%Y-%m-%d %H:%M:%S', t), time.asctime(t), time.gmtime(0) < t)
print(time.strptime('2024-03-05', '%Y-%m-%d')[:8], time.mktime(time.localtime(1e9)) == 1e9, len(time.tzname), time.strftime('%Y', time.localtime(1e9)))
try:
    time.sleep(-1)
except ValueError as error:
    print(error)


class Out:
    def __init__(self):
        self.text = ''

    def write(self, text):
        self.text += text

    def flush(self):
        pass


before, sys.stdout = sys.stdout, Out()
print('caught', 1)
caught, sys.stdout = sys.stdout, before
print(repr(caught.text))
