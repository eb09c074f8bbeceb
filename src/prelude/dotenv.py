# SPDX-License-Identifier: MIT
"""python-dotenv: .env files into the environment of the run (never the process's own)."""
import os
import re

_NAME = re.compile(r"[ \t]*(?:export[ \t]+)?(?:'([^']+)'|([^=\#\s]+))[ \t]*")
_SINGLE = re.compile(r"'((?:\\.|[^'\\])*)'")
_DOUBLE = re.compile(r'"((?:\\.|[^"\\])*)"')
_REST = re.compile(r"[^\r\n]*")
_VARIABLE = re.compile(r"\$\{([^}:]*)(?::-([^}]*))?\}")
_ESCAPE = re.compile(r"\\([\\'\"abfnrtv])")
_ESCAPED = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def _unescape(match):
    return _ESCAPED.get(match.group(1), match.group(1))


def _value(text, at):
    """The value that begins at `at`, and where it ends."""
    while at < len(text) and text[at] in " \t":
        at += 1
    single = _SINGLE.match(text, at)
    if single:
        return re.sub(r"\\([\\'])", r"\1", single.group(1)), single.end()
    double = _DOUBLE.match(text, at)
    if double:
        return _ESCAPE.sub(_unescape, double.group(1)), double.end()
    rest = _REST.match(text, at)
    return re.sub(r"\s+#.*", "", rest.group(0)).rstrip(), rest.end()


def _bindings(text):
    """(name, value) of each line; value is None where there is no `=`. Broken lines are passed over."""
    at = 0
    while at < len(text):
        if text[at] in " \t\r\n":
            at += 1
            continue
        line_end = _REST.match(text, at).end()
        name = None if text[at] == "#" else _NAME.match(text, at)
        if not name:
            at = line_end
            continue
        at = name.end()
        if at < len(text) and text[at] == "=":
            value, at = _value(text, at + 1)
        else:
            value = None
        end = _REST.match(text, at).end()
        tail = text[at:end].strip()
        if not tail or tail.startswith("#"):
            yield name.group(1) or name.group(2), value
        at = end


def _expand(value, known, override):
    def lookup(match):
        name, fallback = match.group(1), match.group(2) or ""
        first, second = (known, os.environ) if override else (os.environ, known)
        found = first.get(name)
        if found is None:
            found = second.get(name)
        return fallback if found is None else found

    return _VARIABLE.sub(lookup, value)


def _read(path, stream, encoding):
    if stream is not None:
        return stream.read()
    path = path or find_dotenv()
    if not path or not os.path.isfile(path):
        return ""
    with open(path, encoding=encoding) as file:
        return file.read()


def _values(text, interpolate, override):
    known = {}
    for name, value in _bindings(text):
        if value is not None and interpolate:
            value = _expand(value, known, override)
        known[name] = value
    return known


def find_dotenv(filename=".env", raise_error_if_not_found=False, usecwd=False):
    folder = os.getcwd()
    while True:
        path = os.path.join(folder, filename)
        if os.path.isfile(path):
            return path
        above = os.path.dirname(folder)
        if above == folder:
            break
        folder = above
    if raise_error_if_not_found:
        raise IOError("File not found")
    return ""


def load_dotenv(dotenv_path=None, stream=None, verbose=False, override=False, interpolate=True,
                encoding="utf-8"):
    values = _values(_read(dotenv_path, stream, encoding), interpolate, override)
    for name, value in values.items():
        if value is not None and (override or name not in os.environ):
            os.environ[name] = value
    return bool(values)


def dotenv_values(dotenv_path=None, stream=None, verbose=False, interpolate=True, encoding="utf-8"):
    return _values(_read(dotenv_path, stream, encoding), interpolate, True)


def get_key(dotenv_path, key_to_get, encoding="utf-8"):
    return dotenv_values(dotenv_path, encoding=encoding).get(key_to_get)


def set_key(*args, **kwargs):
    raise PermissionError("limbeck: scripts may not write files (dotenv.set_key)")


def unset_key(*args, **kwargs):
    raise PermissionError("limbeck: scripts may not write files (dotenv.unset_key)")
