# SPDX-License-Identifier: MIT
"""File names matched with shell patterns."""
import re

__all__ = ["filter", "fnmatch", "fnmatchcase", "translate"]

_compiled = {}


def _bracket(pat, at):
    """The regular expression of the [...] whose '[' stands before `at`, and where it ends."""
    end = at
    if end < len(pat) and pat[end] == "!":
        end += 1
    if end < len(pat) and pat[end] == "]":
        end += 1
    while end < len(pat) and pat[end] != "]":
        end += 1
    if end >= len(pat):
        return "\\[", at
    inside, negated = pat[at:end], pat[at] == "!"
    if negated:
        inside = inside[1:]
    chars, i = [], 0
    while i < len(inside):
        if i + 2 < len(inside) and inside[i + 1] == "-":
            if inside[i] <= inside[i + 2]:
                chars.append(re.escape(inside[i]) + "-" + re.escape(inside[i + 2]))
            i += 3
        else:
            chars.append(re.escape(inside[i]))
            i += 1
    if not chars:
        return ("." if negated else "(?!)"), end + 1
    return "[%s%s]" % ("^" if negated else "", "".join(chars)), end + 1


def translate(pat):
    out, at = [], 0
    while at < len(pat):
        c = pat[at]
        at += 1
        if c == "*":
            if not out or out[-1] != ".*":
                out.append(".*")
        elif c == "?":
            out.append(".")
        elif c == "[":
            text, at = _bracket(pat, at)
            out.append(text)
        else:
            out.append(re.escape(c))
    return "(?s:%s)\\Z" % "".join(out)


def fnmatchcase(name, pat):
    matcher = _compiled.get(pat)
    if matcher is None:
        matcher = _compiled[pat] = re.compile(translate(pat))
    return matcher.match(name) is not None


def fnmatch(name, pat):
    return fnmatchcase(name, pat)


def filter(names, pat):
    return [name for name in names if fnmatchcase(name, pat)]
