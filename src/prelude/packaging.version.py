# SPDX-License-Identifier: MIT
"""Version numbers as PEP 440 orders them."""
import re


class InvalidVersion(ValueError):
    pass


VERSION_PATTERN = r"""
    v?
    (?:(?P<epoch>[0-9]+)!)?
    (?P<release>[0-9]+(?:\.[0-9]+)*)
    (?P<pre>[-_.]?(?P<pre_l>alpha|a|beta|b|preview|pre|c|rc)[-_.]?(?P<pre_n>[0-9]+)?)?
    (?P<post>(?:-(?P<post_n1>[0-9]+))|(?:[-_.]?(?P<post_l>post|rev|r)[-_.]?(?P<post_n2>[0-9]+)?))?
    (?P<dev>[-_.]?dev[-_.]?(?P<dev_n>[0-9]+)?)?
    (?:\+(?P<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?
"""
_PATTERN = re.compile(r"\s*" + VERSION_PATTERN + r"\s*", re.VERBOSE | re.IGNORECASE)
_LETTERS = {"alpha": "a", "beta": "b", "c": "rc", "pre": "rc", "preview": "rc"}


def _number(text):
    return int(text) if text else 0


class Version:
    def __init__(self, version):
        match = _PATTERN.fullmatch(version)
        if not match:
            raise InvalidVersion("Invalid version: %r" % version)
        self.epoch = _number(match.group("epoch"))
        self.release = tuple(int(part) for part in match.group("release").split("."))
        self.pre = None
        if match.group("pre"):
            letter = match.group("pre_l").lower()
            self.pre = (_LETTERS.get(letter, letter), _number(match.group("pre_n")))
        self.post = None
        if match.group("post"):
            self.post = _number(match.group("post_n1") or match.group("post_n2"))
        self.dev = _number(match.group("dev_n")) if match.group("dev") else None
        local = match.group("local")
        self.local = local.lower().replace("-", ".").replace("_", ".") if local else None

    def _key(self):
        release = self.release
        while len(release) > 1 and release[-1] == 0:
            release = release[:-1]
        if self.pre is not None:
            pre = (0,) + self.pre
        elif self.post is None and self.dev is not None:
            pre = (-1, "", 0)
        else:
            pre = (1, "", 0)
        post = -1 if self.post is None else self.post
        dev = (1, 0) if self.dev is None else (0, self.dev)
        local = ()
        if self.local is not None:
            local = tuple(
                (1, int(part), "") if part.isdigit() else (0, 0, part)
                for part in self.local.split(".")
            )
        return (self.epoch, release, pre, post, dev, self.local is not None, local)

    def __eq__(self, other):
        return isinstance(other, Version) and self._key() == other._key()

    def __lt__(self, other):
        return self._key() < other._key()

    def __le__(self, other):
        return self._key() <= other._key()

    def __gt__(self, other):
        return self._key() > other._key()

    def __ge__(self, other):
        return self._key() >= other._key()

    def __hash__(self):
        return hash(self._key())

    @property
    def base_version(self):
        release = ".".join(str(part) for part in self.release)
        return "%d!%s" % (self.epoch, release) if self.epoch else release

    @property
    def public(self):
        return str(self).split("+", 1)[0]

    @property
    def is_prerelease(self):
        return self.dev is not None or self.pre is not None

    @property
    def is_postrelease(self):
        return self.post is not None

    @property
    def is_devrelease(self):
        return self.dev is not None

    @property
    def major(self):
        return self.release[0]

    @property
    def minor(self):
        return self.release[1] if len(self.release) > 1 else 0

    @property
    def micro(self):
        return self.release[2] if len(self.release) > 2 else 0

    def __str__(self):
        text = self.base_version
        if self.pre is not None:
            text += "%s%d" % self.pre
        if self.post is not None:
            text += ".post%d" % self.post
        if self.dev is not None:
            text += ".dev%d" % self.dev
        if self.local is not None:
            text += "+" + self.local
        return text

    def __repr__(self):
        return "<Version(%r)>" % str(self)


def parse(version):
    return Version(version)
