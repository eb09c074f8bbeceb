# SPDX-License-Identifier: MIT
# What os has beyond mod_os.c: read when one of these names is asked for.
import os
from abc import ABC as _ABC
from collections import namedtuple as _namedtuple

_path = os.path


class stat_result(tuple):
    n_fields = 13
    n_sequence_fields = 10
    st_mode = property(lambda self: self[0])
    st_ino = property(lambda self: self[1])
    st_dev = property(lambda self: self[2])
    st_nlink = property(lambda self: self[3])
    st_uid = property(lambda self: self[4])
    st_gid = property(lambda self: self[5])
    st_size = property(lambda self: self[6])
    st_atime = property(lambda self: self[10])
    st_mtime = property(lambda self: self[11])
    st_ctime = property(lambda self: self[12])

    def __repr__(self):
        return 'os.stat_result(st_mode=%d, st_ino=%d, st_dev=%d, st_nlink=%d, st_uid=%d, st_gid=%d, ' \
               'st_size=%d, st_atime=%d, st_mtime=%d, st_ctime=%d)' % self[:10]


class PathLike(_ABC):
    def __fspath__(self):
        raise NotImplementedError

    @classmethod
    def __subclasshook__(cls, other):
        if cls is PathLike:
            return hasattr(other, '__fspath__')
        return NotImplemented


class DirEntry:
    def __init__(self, folder, name):
        self.name = name
        self.path = _path.join(folder, name)

    def is_dir(self, *, follow_symlinks=True):
        return _path.isdir(self.path) and (follow_symlinks or not _path.islink(self.path))

    def is_file(self, *, follow_symlinks=True):
        return _path.isfile(self.path) and (follow_symlinks or not _path.islink(self.path))

    def is_symlink(self):
        return _path.islink(self.path)

    def stat(self, *, follow_symlinks=True):
        return os.stat(self.path, follow_symlinks=follow_symlinks)

    def inode(self):
        return os.lstat(self.path).st_ino

    def __fspath__(self):
        return self.path

    def __repr__(self):
        return '<DirEntry %r>' % self.name


class _Scan:
    def __init__(self, entries):
        self._entries = iter(entries)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._entries)

    def close(self):
        self._entries = iter(())

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()


def scandir(path='.'):
    folder = os.fspath(path)
    return _Scan([DirEntry(folder, name) for name in os.listdir(folder)])


def walk(top, topdown=True, onerror=None, followlinks=False):
    top = os.fspath(top)
    try:
        names = os.listdir(top)
    except OSError as error:
        if onerror is not None:
            onerror(error)
        return
    folders, files = [], []
    for name in names:
        (folders if _path.isdir(_path.join(top, name)) else files).append(name)
    if topdown:
        yield top, folders, files
    for name in folders:
        path = _path.join(top, name)
        if followlinks or not _path.islink(path):
            yield from walk(path, topdown, onerror, followlinks)
    if not topdown:
        yield top, folders, files


terminal_size = _namedtuple('terminal_size', ['columns', 'lines'])
uname_result = _namedtuple('uname_result', ['sysname', 'nodename', 'release', 'version', 'machine'])


def get_terminal_size(fd=1):
    return terminal_size(int(os.environ.get('COLUMNS') or 80), int(os.environ.get('LINES') or 24))


def uname():
    return uname_result(*os._uname())


def getlogin():
    return os.environ.get('LOGNAME') or os.environ.get('USER') or ''


def getenvb(key, default=None):
    value = os.environ.get(os.fsdecode(key))
    return default if value is None else os.fsencode(value)


def fsencode(filename):
    filename = os.fspath(filename)
    return filename.encode('utf-8', 'surrogateescape') if isinstance(filename, str) else filename


def fsdecode(filename):
    filename = os.fspath(filename)
    return filename if isinstance(filename, str) else filename.decode('utf-8', 'surrogateescape')


def get_exec_path(env=None):
    env = os.environ if env is None else env
    return env.get('PATH', os.defpath).split(':')


def isatty(fd):
    return False
