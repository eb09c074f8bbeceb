# SPDX-License-Identifier: MIT
"""io, warnings, traceback and pprint."""
import contextlib
import io
import pprint
import sys
import traceback
import warnings


def tried(make):
    try:
        print(repr(make()))
    except Exception as error:
        print(type(error).__name__ + ':', error)


s = io.StringIO('ab\ncd\nef')
print(repr(s.readline()), s.readlines(), s.tell(), s.seek(1), s.read(2), s.read(), repr(s.read()))
s = io.StringIO()
print(s.write('hello'), s.write(' world'), repr(s.getvalue()), s.seek(0), s.write('J'), repr(s.getvalue()), s.seek(0, 2), s.truncate(3), repr(s.getvalue()))
print(list(io.StringIO('a\nb')), io.StringIO('x').read(1), io.StringIO().read(), isinstance(s, io.IOBase), isinstance(s, io.TextIOBase))
b = io.BytesIO(b'abc\ndef')
print(b.read(2), b.readline(), b.read(), b.getvalue(), b.seek(0), b.write(b'XY'), b.getvalue(), list(io.BytesIO(b'a\nb')))
with io.StringIO() as inner:
    print('into', file=inner)
    print(repr(inner.getvalue()))
tried(lambda: inner.write('x'))
tried(lambda: s.write(b'x'))
tried(lambda: b.write('x'))
tried(lambda: io.StringIO(5))
with contextlib.redirect_stdout(io.StringIO()) as captured:
    print('captured')
print(repr(captured.getvalue()))
print(io.TextIOWrapper(io.BytesIO('é\nb'.encode())).read())

with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter('always')
    warnings.warn('careful')
    warnings.warn('old', DeprecationWarning)
    warnings.warn(UserWarning('made'))
print([(str(w.message), w.category.__name__) for w in seen])
with warnings.catch_warnings():
    warnings.simplefilter('error')
    tried(lambda: warnings.warn('raised'))
    warnings.filterwarnings('ignore', message='quiet')
    print(warnings.warn('quiet please'))
tried(lambda: warnings.warn('x', int))
tried(lambda: warnings.simplefilter('nope')) if False else None


def fails():
    raise ValueError('inner')


try:
    fails()
except ValueError:
    text = traceback.format_exc()
    print(text.splitlines()[0], text.splitlines()[-1], 'in fails' in text)
    traceback.print_exc(file=sys.stdout)
try:
    try:
        fails()
    except ValueError as error:
        raise KeyError('outer') from error
except KeyError as error:
    lines = traceback.format_exception(error)
    print(lines[0].strip(), 'direct cause' in ''.join(lines), lines[-1].strip(), traceback.format_exception_only(error))
    print(traceback.format_exception_only(type(error), error), [f.name for f in traceback.extract_tb(error.__traceback__)])
print(traceback.format_exc().strip())

data = {'name': list(range(25)), 'b': {'c': ['x' * 30, 'y' * 40], 'd': ('z' * 20,)}, 'a': {1, 2}}
pprint.pprint(data)
print(pprint.pformat([{'k': i} for i in range(3)]), pprint.pformat({'b': 1, 'a': 2}), pprint.pformat({'b': 1, 'a': 2}, sort_dicts=False))
pprint.pp({'long' * 5: ['item' * 8, 'other' * 8]}, width=40)
