# SPDX-License-Identifier: MIT
"""ini files as Python's configparser reads them."""
import os
import re
from collections.abc import MutableMapping

__all__ = ["NoSectionError", "DuplicateOptionError", "DuplicateSectionError", "NoOptionError",
           "InterpolationError", "InterpolationDepthError", "InterpolationMissingOptionError",
           "InterpolationSyntaxError", "ParsingError", "MissingSectionHeaderError", "ConfigParser",
           "SafeConfigParser", "RawConfigParser", "Interpolation", "BasicInterpolation",
           "ExtendedInterpolation", "SectionProxy", "DEFAULTSECT", "MAX_INTERPOLATION_DEPTH"]

DEFAULTSECT = "DEFAULT"
MAX_INTERPOLATION_DEPTH = 10
_UNSET = object()


class Error(Exception):
    def __init__(self, msg=""):
        self._tell(msg, msg=msg)

    def _tell(self, message, **facts):
        """What went wrong; the facts are attributes, and args in their order."""
        self.message, self.args = message, tuple(facts.values())
        vars(self).update(facts)

    def __str__(self):
        return self.message

    __repr__ = __str__


def _again(what, source, lineno):
    line = " [line %2d]" % lineno if lineno else ""
    where = what.capitalize() if source is None else "While reading from %r%s: %s" % (source, line, what)
    return where + " %r already exists"


class NoSectionError(Error):
    def __init__(self, section):
        self._tell("No section: %r" % (section,), section=section)


class NoOptionError(Error):
    def __init__(self, option, section):
        self._tell("No option %r in section: %r" % (option, section), option=option, section=section)


class DuplicateSectionError(Error):
    def __init__(self, section, source=None, lineno=None):
        self._tell(_again("section", source, lineno) % (section,), section=section, source=source,
                   lineno=lineno)


class DuplicateOptionError(Error):
    def __init__(self, section, option, source=None, lineno=None):
        self._tell(_again("option %r in section", source, lineno) % (option, section), section=section,
                   option=option, source=source, lineno=lineno)


class InterpolationError(Error):
    def __init__(self, option, section, msg):
        self._tell(msg, option=option, section=section, msg=msg)


class InterpolationSyntaxError(InterpolationError):
    pass


class InterpolationMissingOptionError(InterpolationError):
    def __init__(self, option, section, rawval, reference):
        self._tell("Bad value substitution: option %r in section %r contains an interpolation key %r which "
                   "is not a valid option name. Raw value: %r" % (option, section, reference, rawval),
                   option=option, section=section, rawval=rawval, reference=reference)


class InterpolationDepthError(InterpolationError):
    def __init__(self, option, section, rawval):
        self._tell("Recursion limit exceeded in value substitution: option %r in section %r contains an "
                   "interpolation key which cannot be substituted in %d steps. Raw value: %r"
                   % (option, section, MAX_INTERPOLATION_DEPTH, rawval),
                   option=option, section=section, rawval=rawval)


class ParsingError(Error):
    def __init__(self, source):
        self.errors = []
        self._tell("Source contains parsing errors: %r" % source, source=source)

    def append(self, lineno, line):
        self.errors.append((lineno, line))
        self.message = "%s\n\t[line %2d]: %s" % (self.message, lineno, line)


class MissingSectionHeaderError(ParsingError):
    def __init__(self, filename, lineno, line):
        self._tell("File contains no section headers.\nfile: %r, line: %d\n%r" % (filename, lineno, line),
                   source=filename, lineno=lineno, line=line)


class Interpolation:
    def before_get(self, parser, section, option, value, defaults):
        return value

    def before_set(self, parser, section, option, value):
        return value


class BasicInterpolation(Interpolation):
    """%(name)s, and %% for a percent sign."""

    def before_get(self, parser, section, option, value, defaults):
        return "".join(self._expand(parser, option, value, section, defaults, 1))

    def before_set(self, parser, section, option, value):
        if "%" in re.sub(r"%\([^)]+\)s", "", value.replace("%%", "")):
            raise ValueError("invalid interpolation syntax in %r at position %d" % (value, value.find("%")))
        return value

    def _expand(self, parser, option, rest, section, known, depth):
        raw = parser.get(section, option, raw=True, fallback=rest)
        if depth > MAX_INTERPOLATION_DEPTH:
            raise InterpolationDepthError(option, section, raw)
        out = []
        while rest:
            before, percent, rest = rest.partition("%")
            out.append(before)
            if not percent:
                break
            if rest[:1] == "%":
                out.append("%")
                rest = rest[1:]
            elif rest[:1] == "(":
                m = re.match(r"\(([^)]+)\)s", rest)
                if m is None:
                    raise InterpolationSyntaxError(option, section,
                                                   "bad interpolation variable reference %r" % ("%" + rest))
                name, rest = parser.optionxform(m.group(1)), rest[m.end():]
                if name not in known:
                    raise InterpolationMissingOptionError(option, section, raw, name)
                value = known[name]
                out.extend(self._expand(parser, option, value, section, known, depth + 1)
                           if "%" in value else [value])
            else:
                raise InterpolationSyntaxError(option, section, "'%%' must be followed by '%%' or '(', found: %r"
                                               % ("%" + rest))
        return out


class ExtendedInterpolation(Interpolation):
    """${name} and ${section:name}, and $$ for a dollar sign."""

    def before_get(self, parser, section, option, value, defaults):
        return "".join(self._expand(parser, option, value, section, defaults, 1))

    def _expand(self, parser, option, rest, section, known, depth):
        raw = parser.get(section, option, raw=True, fallback=rest)
        if depth > MAX_INTERPOLATION_DEPTH:
            raise InterpolationDepthError(option, section, raw)
        out = []
        while rest:
            before, dollar, rest = rest.partition("$")
            out.append(before)
            if not dollar:
                break
            if rest[:1] == "$":
                out.append("$")
                rest = rest[1:]
                continue
            if rest[:1] != "{":
                raise InterpolationSyntaxError(option, section, "'$' must be followed by '$' or '{', found: %r"
                                               % ("$" + rest))
            m = re.match(r"\{([^}]+)\}", rest)
            if m is None:
                raise InterpolationSyntaxError(option, section,
                                               "bad interpolation variable reference %r" % ("$" + rest))
            path, rest = m.group(1).split(":"), rest[m.end():]
            if len(path) > 2:
                raise InterpolationSyntaxError(option, section, "More than one ':' found: %r"
                                               % ("${" + m.group(1) + "}" + rest))
            where = path[0] if len(path) == 2 else section
            name = parser.optionxform(path[-1])
            try:
                value = parser.get(where, name, raw=True) if len(path) == 2 else known[name]
            except (KeyError, NoSectionError, NoOptionError):
                raise InterpolationMissingOptionError(option, section, raw, ":".join(path)) from None
            if "$" in value:
                inner = dict(parser.items(where, raw=True)) if len(path) == 2 else known
                out.extend(self._expand(parser, name, value, where, inner, depth + 1))
            else:
                out.append(value)
        return out


class RawConfigParser(MutableMapping):
    BOOLEAN_STATES = {"1": True, "yes": True, "true": True, "on": True,
                      "0": False, "no": False, "false": False, "off": False}
    _DEFAULT_INTERPOLATION = Interpolation()

    def __init__(self, defaults=None, dict_type=dict, allow_no_value=False, *, delimiters=("=", ":"),
                 comment_prefixes=("#", ";"), inline_comment_prefixes=None, strict=True,
                 empty_lines_in_values=True, default_section=DEFAULTSECT, interpolation=_UNSET,
                 converters=None):
        self.default_section = default_section
        self._sections, self._defaults = {}, {}
        self._allow_no_value, self._strict, self._empty_lines = allow_no_value, strict, empty_lines_in_values
        self._delimiters = tuple(delimiters)
        self._comments, self._inline = tuple(comment_prefixes or ()), tuple(inline_comment_prefixes or ())
        self._interpolation = self._DEFAULT_INTERPOLATION if interpolation is _UNSET else interpolation
        if self._interpolation is None:
            self._interpolation = Interpolation()
        self._converters = dict(converters or {})
        for name, convert in self._converters.items():
            setattr(self, "get" + name, self._converting(convert))
        if defaults:
            for name, value in defaults.items():
                self._defaults[self.optionxform(str(name))] = value if value is None else str(value)

    def _converting(self, convert):
        def get(section, option, *, raw=False, vars=None, fallback=_UNSET):
            return self._get_as(convert, section, option, raw, vars, fallback)

        return get

    def optionxform(self, optionstr):
        return optionstr.lower()

    def defaults(self):
        return self._defaults

    def sections(self):
        return list(self._sections)

    def _own(self, section):
        """The options that stand in the section itself; "" is that of the defaults."""
        if section in self._sections:
            return self._sections[section]
        if section and section != self.default_section:
            raise NoSectionError(section)
        return self._defaults

    def add_section(self, section):
        if section == self.default_section:
            raise ValueError("Invalid section name: %r" % section)
        if self.has_section(section):
            raise DuplicateSectionError(section)
        self._sections[section] = {}

    def has_section(self, section):
        return section in self._sections

    def options(self, section):
        if section not in self._sections:
            raise NoSectionError(section)
        return list(dict(self._sections[section], **self._defaults))

    def read(self, filenames, encoding=None):
        if isinstance(filenames, (str, bytes)) or hasattr(filenames, "__fspath__"):
            filenames = [filenames]
        done = []
        for filename in filenames:
            try:
                with open(filename, encoding=encoding or "utf-8") as file:
                    self._read(file, os.fspath(filename))
            except OSError:
                continue
            done.append(os.fspath(filename))
        return done

    def read_file(self, f, source=None):
        self._read(f, source if source is not None else getattr(f, "name", "<???>"))

    def read_string(self, string, source="<string>"):
        self._read(string.splitlines(True), source)

    def read_dict(self, dictionary, source="<dict>"):
        added = set()
        for section, options in dictionary.items():
            section = str(section)
            if section != self.default_section:
                if self._strict and section in added:
                    raise DuplicateSectionError(section)
                self._sections.setdefault(section, {})
            added.add(section)
            for name, value in options.items():
                self.set(section, self.optionxform(str(name)), None if value is None else str(value))

    def _uncommented(self, line):
        """The line without its comment; None when nothing but the comment was there."""
        end = len(line)
        for prefix in self._inline:
            at = line.find(prefix)
            while at >= 0:
                if at == 0 or line[at - 1].isspace():
                    end = min(end, at)
                    break
                at = line.find(prefix, at + 1)
        for prefix in self._comments:
            if line.strip().startswith(prefix):
                end = 0
                break
        return line[:end].strip(), end < len(line)

    def _cut(self, value):
        """name, value of a line; value is None without a delimiter; None when it is no option."""
        places = [value.find(d) for d in self._delimiters if value.find(d) >= 0]
        if not places:
            return (value.strip(), None) if self._allow_no_value else None
        at = min(places)
        delimiter = max((d for d in self._delimiters if value.startswith(d, at)), key=len)
        return value[:at].strip(), value[at + len(delimiter):].strip()

    def _read(self, lines, source):
        seen, section, name, current = set(), None, None, None
        indent, trouble = 0, None
        for number, line in enumerate(lines, 1):
            value, commented = self._uncommented(line)
            if not value:
                if not self._empty_lines:
                    indent = 1 << 30
                elif not commented and current is not None and name and current[name] is not None:
                    current[name].append("")
                continue
            depth = len(line) - len(line.lstrip())
            if current is not None and name and depth > indent:
                if current[name] is None:
                    raise AttributeError("'NoneType' object has no attribute 'append'")
                current[name].append(value)
                continue
            indent = depth
            header = re.match(r"\[(.+)\]", value)
            if header:
                section, name = header.group(1), None
                current = self._enter(section, seen, source, number)
            elif current is None:
                raise MissingSectionHeaderError(source, number, line)
            else:
                pair = self._cut(value)
                if pair is None or not pair[0]:
                    trouble = trouble or ParsingError(source)
                    trouble.append(number, repr(line))
                    if pair is None:
                        continue
                name = self.optionxform(pair[0].rstrip())
                if self._strict and (section, name) in seen:
                    raise DuplicateOptionError(section, name, source, number)
                seen.add((section, name))
                current[name] = None if pair[1] is None else [pair[1]]
        self._join()
        if trouble:
            raise trouble

    def _enter(self, section, seen, source, number):
        if section == self.default_section:
            return self._defaults
        if section in self._sections:
            if self._strict and section in seen:
                raise DuplicateSectionError(section, source, number)
        else:
            self._sections[section] = {}
        seen.add(section)
        return self._sections[section]

    def _join(self):
        for options in [self._defaults] + list(self._sections.values()):
            for name, value in options.items():
                if isinstance(value, list):
                    options[name] = "\n".join(value).rstrip()

    def _known(self, section, vars=None):
        """All options that a value of the section may name."""
        if section not in self._sections and section != self.default_section:
            raise NoSectionError(section)
        known = dict(self._defaults)
        known.update(self._sections.get(section, {}))
        for name, value in (vars or {}).items():
            known[self.optionxform(name)] = None if value is None else str(value)
        return known

    def get(self, section, option, *, raw=False, vars=None, fallback=_UNSET):
        try:
            known = self._known(section, vars)
        except NoSectionError:
            if fallback is _UNSET:
                raise
            return fallback
        option = self.optionxform(option)
        if option not in known:
            if fallback is _UNSET:
                raise NoOptionError(option, section)
            return fallback
        value = known[option]
        return value if raw or value is None else self._interpolation.before_get(self, section, option, value, known)

    def _get_as(self, convert, section, option, raw, vars, fallback):
        try:
            return convert(self.get(section, option, raw=raw, vars=vars))
        except (NoSectionError, NoOptionError):
            if fallback is _UNSET:
                raise
            return fallback

    def getint(self, section, option, *, raw=False, vars=None, fallback=_UNSET):
        return self._get_as(int, section, option, raw, vars, fallback)

    def getfloat(self, section, option, *, raw=False, vars=None, fallback=_UNSET):
        return self._get_as(float, section, option, raw, vars, fallback)

    def getboolean(self, section, option, *, raw=False, vars=None, fallback=_UNSET):
        return self._get_as(self._boolean, section, option, raw, vars, fallback)

    def _boolean(self, value):
        truth = self.BOOLEAN_STATES.get(value.lower())
        if truth is None:
            raise ValueError("Not a boolean: " + value)
        return truth

    def items(self, section=_UNSET, raw=False, vars=None):
        if section is _UNSET:
            return [(name, self[name]) for name in self]
        known = self._known(section, vars)
        names = list(dict(self._defaults, **self._sections.get(section, {})))
        if raw:
            return [(name, known[name]) for name in names]
        return [(name, self._interpolation.before_get(self, section, name, known[name], known)) for name in names]

    def has_option(self, section, option):
        try:
            own = self._own(section)
        except NoSectionError:
            return False
        option = self.optionxform(option)
        return option in own or option in self._defaults

    def set(self, section, option, value=None):
        if value:
            value = self._interpolation.before_set(self, section, option, value)
        self._own(section)[self.optionxform(option)] = value

    def remove_option(self, section, option):
        return self._own(section).pop(self.optionxform(option), _UNSET) is not _UNSET

    def remove_section(self, section):
        return self._sections.pop(section, _UNSET) is not _UNSET

    def write(self, fp, space_around_delimiters=True):
        equals = " = " if space_around_delimiters else "="
        for section, options in [(self.default_section, self._defaults)] + list(self._sections.items()):
            if section == self.default_section and not options:
                continue
            fp.write("[%s]\n" % section)
            for name, value in options.items():
                text = "" if value is None and self._allow_no_value else equals + str(value).replace("\n", "\n\t")
                fp.write("%s%s\n" % (name, text))
            fp.write("\n")

    def __getitem__(self, key):
        if key != self.default_section and key not in self._sections:
            raise KeyError(key)
        return SectionProxy(self, key)

    def __setitem__(self, key, value):
        if key in self:
            self._own(key).clear()
        self.read_dict({key: value})

    def __delitem__(self, key):
        if key == self.default_section:
            raise ValueError("Cannot remove the default section.")
        if not self.remove_section(key):
            raise KeyError(key)

    def __contains__(self, key):
        return key == self.default_section or key in self._sections

    def __len__(self):
        return len(self._sections) + 1

    def __iter__(self):
        return iter([self.default_section, *self._sections])


class ConfigParser(RawConfigParser):
    _DEFAULT_INTERPOLATION = BasicInterpolation()

    def set(self, section, option, value=None):
        if not isinstance(option, str):
            raise TypeError("option keys must be strings")
        if not isinstance(value, str) and not (value is None and self._allow_no_value):
            raise TypeError("option values must be strings")
        super().set(section, option, value)

    def add_section(self, section):
        if not isinstance(section, str):
            raise TypeError("section names must be strings")
        super().add_section(section)


SafeConfigParser = ConfigParser


class SectionProxy(MutableMapping):
    def __init__(self, parser, name):
        self._parser, self._name = parser, name

    parser = property(lambda self: self._parser)
    name = property(lambda self: self._name)

    def __repr__(self):
        return "<Section: %s>" % self._name

    def _options(self):
        defaults = self._parser.defaults()
        return list(defaults if self._name == self._parser.default_section else self._parser.options(self._name))

    def __len__(self):
        return len(self._options())

    def __iter__(self):
        return iter(self._options())

    def __contains__(self, key):
        return self._parser.has_option(self._name, key)

    def __getitem__(self, key):
        if key in self:
            return self._parser.get(self._name, key)
        raise KeyError(key)

    def __setitem__(self, key, value):
        self._parser.set(self._name, key, value)

    def __delitem__(self, key):
        if key not in self or not self._parser.remove_option(self._name, key):
            raise KeyError(key)

    def get(self, option, fallback=None, *, raw=False, vars=None):
        return self._parser.get(self._name, option, raw=raw, vars=vars, fallback=fallback)

    def getint(self, option, fallback=None, **kwargs):
        return self._parser.getint(self._name, option, fallback=fallback, **kwargs)

    def getfloat(self, option, fallback=None, **kwargs):
        return self._parser.getfloat(self._name, option, fallback=fallback, **kwargs)

    def getboolean(self, option, fallback=None, **kwargs):
        return self._parser.getboolean(self._name, option, fallback=fallback, **kwargs)
