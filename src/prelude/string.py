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

    def _filled(self, mapping, kws, lenient):
        """The text with values for names; lenient: a name without one, or no name, stays as it is."""
        values = {**mapping, **kws} if kws else mapping

        def value_of(found):
            name = found['named'] or found['braced']
            if name is None and found['escaped'] is None and not lenient:
                self._invalid(found)
            if name is None:
                return found[0] if found['escaped'] is None else self.delimiter
            try:
                return str(values[name])
            except KeyError:
                if not lenient:
                    raise
                return found[0]

        return self._pattern().sub(value_of, self.template)

    def substitute(self, mapping={}, /, **kws):
        return self._filled(mapping, kws, False)

    def safe_substitute(self, mapping={}, /, **kws):
        return self._filled(mapping, kws, True)

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
