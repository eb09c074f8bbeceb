# SPDX-License-Identifier: MIT
"""Paths as objects. What reads is served; what writes is refused by name."""
import fnmatch
import os

from _refused import refusals

__all__ = ["PurePath", "PurePosixPath", "Path", "PosixPath"]


def _split(text):
    """root, parts: "//a" keeps its two slashes, as POSIX says."""
    root = ""
    if text.startswith("/"):
        root = "//" if text.startswith("//") and not text.startswith("///") else "/"
    return root, [part for part in text.split("/") if part and part != "."]


class PurePath:
    __slots__ = ("_root", "_tail")

    def __new__(cls, *args):
        if cls is PurePath:
            cls = PurePosixPath
        elif cls is Path:
            cls = PosixPath
        self = object.__new__(cls)
        self._root, self._tail = "", []
        for arg in args:
            root, tail = _split(os.fspath(arg) if not isinstance(arg, str) else arg)
            if root:
                self._root, self._tail = root, tail
            else:
                self._tail = self._tail + tail
        return self

    def __init__(self, *args):
        pass

    def _make(self, root, tail):
        made = object.__new__(type(self))
        made._root, made._tail = root, tail
        return made

    def __str__(self):
        return self._root + "/".join(self._tail) or "."

    def __fspath__(self):
        return str(self)

    def __bytes__(self):
        return str(self).encode()

    def __repr__(self):
        return "%s(%r)" % (type(self).__name__, str(self))

    def __hash__(self):
        return hash(str(self))

    def __eq__(self, other):
        if not isinstance(other, PurePath):
            return NotImplemented
        return self._root == other._root and self._tail == other._tail

    def __lt__(self, other):
        if not isinstance(other, PurePath):
            return NotImplemented
        return self.parts < other.parts

    def __le__(self, other):
        if not isinstance(other, PurePath):
            return NotImplemented
        return self.parts <= other.parts

    def __gt__(self, other):
        if not isinstance(other, PurePath):
            return NotImplemented
        return self.parts > other.parts

    def __ge__(self, other):
        if not isinstance(other, PurePath):
            return NotImplemented
        return self.parts >= other.parts

    def __truediv__(self, key):
        try:
            return type(self)(self, key)
        except TypeError:
            return NotImplemented

    def __rtruediv__(self, key):
        try:
            return type(self)(key, self)
        except TypeError:
            return NotImplemented

    @property
    def parts(self):
        return tuple([self._root] + self._tail if self._root else self._tail)

    @property
    def drive(self):
        return ""

    @property
    def root(self):
        return self._root

    @property
    def anchor(self):
        return self._root

    @property
    def name(self):
        return self._tail[-1] if self._tail else ""

    @property
    def suffix(self):
        name = self.name
        dot = name.rfind(".")
        return name[dot:] if 0 < dot < len(name) - 1 else ""

    @property
    def suffixes(self):
        name = self.name
        if name.endswith("."):
            return []
        return ["." + each for each in name.lstrip(".").split(".")[1:]]

    @property
    def stem(self):
        name = self.name
        dot = name.rfind(".")
        return name[:dot] if 0 < dot < len(name) - 1 else name

    @property
    def parent(self):
        return self._make(self._root, self._tail[:-1]) if self._tail else self

    @property
    def parents(self):
        found, path = [], self
        while path._tail:
            path = path.parent
            found.append(path)
        return _Parents(self, found)

    def as_posix(self):
        return str(self)

    def as_uri(self):
        if not self.is_absolute():
            raise ValueError("relative path can't be expressed as a file URI")
        from urllib.parse import quote

        return "file://" + quote(str(self))

    def is_absolute(self):
        return bool(self._root)

    def is_reserved(self):
        return False

    def joinpath(self, *args):
        return type(self)(self, *args)

    def _renamed(self, name):
        if not self.name:
            raise ValueError("%r has an empty name" % (self,))
        if not name or "/" in name or name == ".":
            raise ValueError("Invalid name %r" % name)
        return self._make(self._root, self._tail[:-1] + [name])

    def with_name(self, name):
        return self._renamed(name)

    def with_stem(self, stem):
        return self._renamed(stem + self.suffix)

    def with_suffix(self, suffix):
        if "/" in suffix or (suffix and not suffix.startswith(".")) or suffix == ".":
            raise ValueError("Invalid suffix %r" % suffix)
        if not self.name:
            raise ValueError("%r has an empty name" % (self,))
        return self._renamed(self.stem + suffix)

    def relative_to(self, *other):
        if not other:
            raise TypeError("need at least one argument")
        base = type(self)(*other)
        if not self.is_relative_to(base):
            raise ValueError("%r is not in the subpath of %r OR one path is relative and the other is absolute."
                             % (str(self), str(base)))
        return self._make("", self._tail[len(base._tail):])

    def is_relative_to(self, *other):
        base = type(self)(*other)
        return self._root == base._root and self._tail[:len(base._tail)] == base._tail

    def match(self, path_pattern):
        root, tail = _split(path_pattern)
        if not tail and not root:
            raise ValueError("empty pattern")
        if root and (root != self._root or len(tail) != len(self._tail)):
            return False
        if len(tail) > len(self._tail):
            return False
        return all(fnmatch.fnmatchcase(a, b) for a, b in zip(reversed(self._tail), reversed(tail)))


class _Parents:
    def __init__(self, path, found):
        self._path, self._found = path, found

    def __len__(self):
        return len(self._found)

    def __getitem__(self, index):
        if isinstance(index, slice):
            return tuple(self._found[index])
        if not -len(self._found) <= index < len(self._found):
            raise IndexError(index)
        return self._found[index]

    def __iter__(self):
        return iter(self._found)

    def __repr__(self):
        return "<%s.parents>" % type(self._path).__name__


class PurePosixPath(PurePath):
    __slots__ = ()


_refused = refusals("write files", "Path")


class Path(PurePath):
    __slots__ = ()

    @classmethod
    def cwd(cls):
        return cls(os.getcwd())

    @classmethod
    def home(cls):
        return cls("~").expanduser()

    def expanduser(self):
        return type(self)(os.path.expanduser(str(self))) if self._tail[:1] and self._tail[0][0] == "~" else self

    def absolute(self):
        return self if self._root else type(self)(os.getcwd(), self)

    def resolve(self, strict=False):
        if strict and not self.exists():
            raise FileNotFoundError(2, "No such file or directory", str(self))
        return type(self)(os.path.realpath(str(self)))

    def readlink(self):
        return type(self)(os.readlink(str(self)))

    def exists(self):
        return os.path.exists(str(self))

    def is_file(self):
        return os.path.isfile(str(self))

    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        """A directory that is there already needs no writing."""
        os.makedirs(str(self), mode, exist_ok)

    def is_dir(self):
        return os.path.isdir(str(self))

    def is_symlink(self):
        return os.path.islink(str(self))

    def samefile(self, other_path):
        return os.path.realpath(str(self)) == os.path.realpath(os.fspath(other_path))

    def stat(self, *, follow_symlinks=True):
        return os.stat(str(self))

    def open(self, mode="r", buffering=-1, encoding=None, errors=None, newline=None):
        return open(str(self), mode, buffering, encoding, errors, newline)

    def read_text(self, encoding=None, errors=None):
        with open(str(self), "r", encoding=encoding or "utf-8", errors=errors) as file:
            return file.read()

    def read_bytes(self):
        with open(str(self), "rb") as file:
            return file.read()

    def iterdir(self):
        for name in os.listdir(str(self)):
            yield self._make(self._root, self._tail + [name])

    def glob(self, pattern):
        root, parts = _split(pattern)
        if root:
            raise NotImplementedError("Non-relative patterns are unsupported")
        if not parts:
            raise ValueError("Unacceptable pattern: %r" % pattern)
        seen = set()
        for tail in _glob(str(self), [], parts):
            path = self._make(self._root, self._tail + tail)
            if path not in seen:
                seen.add(path)
                yield path

    def rglob(self, pattern):
        return self.glob("**/" + pattern)


def _names(folder):
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []


def _folders(top, tail):
    yield tail
    folder = os.path.join(top, *tail)
    for name in _names(folder):
        path = os.path.join(folder, name)
        if os.path.isdir(path) and not os.path.islink(path):
            yield from _folders(top, tail + [name])


def _glob(top, tail, parts):
    """The tails below `top` that match; "**" is any number of folders."""
    part, rest = parts[0], parts[1:]
    if part == "**":
        for folder in _folders(top, tail):
            yield from _glob(top, folder, rest) if rest else [folder]
        return
    folder = os.path.join(top, *tail)
    if any(c in part for c in "*?["):
        found = [name for name in _names(folder) if fnmatch.fnmatchcase(name, part)]
    else:
        found = [part] if os.path.lexists(os.path.join(folder, part)) else []
    for name in found:
        if not rest:
            yield tail + [name]
        elif os.path.isdir(os.path.join(folder, name)):
            yield from _glob(top, tail + [name], rest)


for _name in ("write_text", "write_bytes", "touch", "rename", "replace", "unlink", "rmdir",
              "symlink_to", "hardlink_to", "chmod"):
    setattr(Path, _name, _refused(_name))


class PosixPath(Path, PurePosixPath):
    __slots__ = ()
