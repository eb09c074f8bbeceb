# SPDX-License-Identifier: MIT
"""Paths that match a pattern; names in a folder are taken in the order of their bytes."""
import fnmatch
import os

__all__ = ["escape", "glob", "iglob", "has_magic"]


def has_magic(s):
    return any(c in s for c in "*?[")


def escape(pathname):
    return "".join("[%s]" % c if c in "*?[" else c for c in pathname)


def _names(folder, hidden):
    try:
        names = sorted(os.listdir(folder or "."))
    except OSError:
        return []
    return names if hidden else [name for name in names if not name.startswith(".")]


def _join(folder, name):
    return os.path.join(folder, name) if folder else name


def _below(folder, hidden):
    """The folder itself and all that is in it, at any depth."""
    yield folder
    for name in _names(folder, hidden):
        path = _join(folder, name)
        if os.path.isdir(path) and not os.path.islink(path):
            yield from _below(path, hidden)
        else:
            yield path


def _expand(folders, parts, recursive, hidden):
    if not parts:
        yield from folders
        return
    part, rest = parts[0], parts[1:]
    for folder in folders:
        if part == "**" and recursive:
            for path in _below(folder, hidden):
                if not rest or os.path.isdir(path or "."):
                    yield from _expand([path], rest, recursive, hidden) if rest else [path]
        elif has_magic(part):
            show = hidden or part.startswith(".")
            found = [_join(folder, n) for n in _names(folder, show) if fnmatch.fnmatchcase(n, part)]
            if rest:
                found = [p for p in found if os.path.isdir(p)]
            yield from _expand(found, rest, recursive, hidden)
        else:
            path = _join(folder, part) if part else folder + "/" if folder and folder[-1] != "/" else folder
            if rest or os.path.lexists(path):
                yield from _expand([path], rest, recursive, hidden)


def iglob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    root = os.fspath(root_dir) if root_dir is not None else None
    start = "/" if pathname.startswith("/") else ""
    parts = pathname.lstrip("/").split("/") if start else pathname.split("/")
    base = start or (root + "/" if root else "")
    for path in _expand([base], parts, recursive, include_hidden):
        if not start and root:
            path = path[len(base):]
        if path:
            yield path


def glob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    return list(iglob(pathname, root_dir=root_dir, recursive=recursive, include_hidden=include_hidden))
