# SPDX-License-Identifier: MIT
"""os.path, os.environ and what os refuses."""
import os
import os.path as path
from os import environ, getenv
from os.path import join


def tried(make):
    try:
        print(repr(make()))
    except Exception as error:
        print(type(error).__name__ + ':', error)


print(join('a', 'b'), join('a/', 'b'), join('a', '/b', 'c'), join('', 'a'), join('a', ''), join('a'), path.sep, os.linesep == '\n', os.name)
for p in ('a/b/c.txt', '/a', 'a/', '', '/', '//a//b', '.bashrc', 'a.tar.gz', 'a/.b', 'a.b/c', '..', 'a..b'):
    print(repr(p), path.dirname(p), path.basename(p), path.split(p), path.splitext(p), path.normpath(p), path.isabs(p))
for p in ('a/./b/../c', '/../a', '../../a/..', './/a', '//a', '///a', 'a/..'):
    print(repr(p), path.normpath(p))
print(path.relpath('/a/b/c', '/a/d'), path.relpath('/a', '/a'), path.commonprefix(['/usr/lib', '/usr/local']), path.commonpath(['/usr/lib', '/usr/local']), path.commonpath(['/a/b', '/a/b/c']))
here = path.dirname(path.abspath(__file__))
print(path.isdir(here), path.isfile(__file__), path.exists(path.join(here, 'nope')), path.isfile(here), path.islink(here), path.getsize(__file__) > 100, os.getcwd() == path.abspath('.'))
print(path.basename(path.realpath(__file__)), path.samefile(here, path.join(here, '.')), path.lexists('/nope'), path.basename(__file__) in os.listdir(here))
tried(lambda: os.listdir('/nope'))
tried(lambda: path.getsize('/nope'))
tried(lambda: join('a', 5))
tried(lambda: os.stat('/nope'))
print(os.stat(__file__).st_size == path.getsize(__file__), os.stat(here).st_mode & 0o170000 == 0o040000)
environ['LB_TEST'] = 'value'
print(environ['LB_TEST'], environ.get('LB_TEST'), getenv('LB_TEST'), getenv('LB_NOPE'), getenv('LB_NOPE', 'dflt'), 'LB_TEST' in environ, 'LB_NOPE' in environ)
print(path.expandvars('$LB_TEST/${LB_TEST}x/$LB_NOPE/$'), environ.setdefault('LB_TEST', 'x'), environ.pop('LB_TEST'), environ.get('LB_TEST'), environ.pop('LB_TEST', None))
environ.update({'LB_A': '1'}, LB_B='2')
print({k: v for k, v in environ.items() if k.startswith('LB_')}, sorted(k for k in environ if k.startswith('LB_')), environ.copy()['LB_A'], dict(environ)['LB_B'], {**environ}['LB_A'])
del environ['LB_A']
tried(lambda: environ['LB_A'])
tried(lambda: environ.__setitem__('LB', 5))
tried(lambda: environ.__setitem__(5, 'x'))
environ['HOME'] = '/home/x'
print(path.expanduser('~'), path.expanduser('~/a'), path.expanduser('a~'), len(environ) > 1, bool(environ))


class Folder:
    def __fspath__(self):
        return here


print(path.isdir(Folder()), os.fspath('x'), os.fspath(Folder()) == here, join(Folder(), 'q') == here + '/q', isinstance(Folder(), os.PathLike), isinstance('x', os.PathLike))
tried(lambda: os.fspath(5))
names = sorted(name for name in next(os.walk(here))[2] if name.startswith('mod_os'))
print(names, [entry.name for entry in sorted(os.scandir(here), key=lambda e: e.name) if entry.is_file() and entry.name.startswith('mod_os')])
print(len(os.urandom(8)), os.urandom(4) != os.urandom(4) or True, os.getpid() > 0, type(os.cpu_count()), os.curdir, os.pardir, os.devnull, os.pathsep, os.extsep, os.altsep)
