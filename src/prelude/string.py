# SPDX-License-Identifier: MIT
"""Character classes and templates."""
import re as _re

whitespace = ' \t\n\r\v\f'
ascii_lowercase = 'abcdefghijklmnopqrstuvwxyz'
ascii_uppercase = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
ascii_letters = ascii_lowercase + ascii_uppercase
digits = '0123456789'
hexdigits = digits + 'abcdef' + 'ABCDEF'
octdigits = '01234567'
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    return (sep or ' ').join(map(str.capitalize, s.split(sep)))


class Template:
    delimiter = '$'
    idpattern = r'(?a:[_a-z][_a-z0-9]*)'
    braceidpattern = None
    flags = _re.IGNORECASE

    def __init__(self, template):
        self.template = template

    def _pattern(self):
        mark = _re.escape(self.delimiter)
        braced = self.braceidpattern or self.idpattern
        return _re.compile(rf'{mark}(?:(?P<escaped>{mark})|(?P<named>{self.idpattern})|'
                           rf'{{(?P<braced>{braced})}}|(?P<invalid>))', self.flags)

    def _invalid(self, found):
        start = found.start('invalid')
        lines = self.template[:start].splitlines(keepends=True)
        column = start - len(''.join(lines[:-1])) if lines else 1
        raise ValueError('Invalid placeholder in string: line %d, col %d'
                         % (len(lines) or 1, column))

    def substitute(self, mapping={}, /, **kws):
        values = {**mapping, **kws} if kws else mapping

        def convert(found):
            name = found.group('named') or found.group('braced')
            if name is not None:
                return str(values[name])
            if found.group('escaped') is not None:
                return self.delimiter
            self._invalid(found)
        return self._pattern().sub(convert, self.template)

    def safe_substitute(self, mapping={}, /, **kws):
        values = {**mapping, **kws} if kws else mapping

        def convert(found):
            name = found.group('named') or found.group('braced')
            if name is not None:
                try:
                    return str(values[name])
                except KeyError:
                    return found.group()
            if found.group('escaped') is not None:
                return self.delimiter
            return found.group()
        return self._pattern().sub(convert, self.template)

    def get_identifiers(self):
        names = []
        for found in self._pattern().finditer(self.template):
            name = found.group('named') or found.group('braced')
            if name is not None and name not in names:
                names.append(name)
        return names


class Formatter:
    def format(self, format_string, /, *args, **kwargs):
        return format_string.format(*args, **kwargs)

    def vformat(self, format_string, args, kwargs):
        return format_string.format(*args, **kwargs)
