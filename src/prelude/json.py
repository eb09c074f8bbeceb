# SPDX-License-Identifier: MIT
import _json


class JSONDecodeError(ValueError):
    def __init__(self, msg, doc, pos):
        before = doc[:pos]
        self.msg, self.doc, self.pos = msg, doc, pos
        self.lineno, self.colno = before.count('\n') + 1, pos - before.rfind('\n')
        super().__init__(f'{msg}: line {self.lineno} column {self.colno} (char {pos})')

    def __reduce__(self):
        return self.__class__, (self.msg, self.doc, self.pos)


class JSONEncoder:
    item_separator = ', '
    key_separator = ': '

    def __init__(self, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True,
                 sort_keys=False, indent=None, separators=None, default=None):
        self.skipkeys, self.sort_keys, self.check_circular = skipkeys, sort_keys, check_circular
        self.ensure_ascii, self.allow_nan, self.indent = ensure_ascii, allow_nan, indent
        if separators is None:
            separators = self.item_separator if indent is None else ',', self.key_separator
        self.item_separator, self.key_separator = separators
        if default is not None:
            self.default = default

    def default(self, o):
        raise TypeError(f'Object of type {o.__class__.__name__} is not JSON serializable')

    def encode(self, o):
        indent = self.indent
        if isinstance(indent, int):
            indent = ' ' * indent
        return _json.encode(o, self.skipkeys, self.ensure_ascii, self.check_circular,
                            self.allow_nan, indent, self.item_separator, self.key_separator,
                            self.default, self.sort_keys)

    def iterencode(self, o, _one_shot=False):
        yield self.encode(o)


class JSONDecoder:
    def __init__(self, *, object_hook=None, parse_float=None, parse_int=None,
                 parse_constant=None, strict=True, object_pairs_hook=None):
        self._how = object_hook, parse_float, parse_int, parse_constant, strict, object_pairs_hook

    def _decode(self, s, idx, whole):
        return _json.decode(s, idx, *self._how, whole)

    def decode(self, s):
        return self._decode(s, 0, True)[0]

    def raw_decode(self, s, idx=0):
        return self._decode(s, idx, False)


def dumps(obj, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True,
          cls=None, indent=None, separators=None, default=None, sort_keys=False, **kw):
    if cls is None:
        if kw:
            raise TypeError("JSONEncoder.__init__() got an unexpected keyword argument '%s'"
                            % next(iter(kw)))
        if separators is None:
            separators = (', ' if indent is None else ',', ': ')
        if isinstance(indent, int):
            indent = ' ' * indent
        return _json.encode(obj, skipkeys, ensure_ascii, check_circular, allow_nan, indent,
                            separators[0], separators[1], default, sort_keys)
    kw.update(skipkeys=skipkeys, sort_keys=sort_keys, check_circular=check_circular, indent=indent,
              ensure_ascii=ensure_ascii, allow_nan=allow_nan, separators=separators, default=default)
    return cls(**kw).encode(obj)


def dump(obj, fp, **kw):
    fp.write(dumps(obj, **kw))


def detect_encoding(b):
    if b.startswith((b'\xff\xfe\x00\x00', b'\x00\x00\xfe\xff')):
        return 'utf-32'
    if b.startswith((b'\xff\xfe', b'\xfe\xff')):
        return 'utf-16'
    return 'utf-8-sig' if b.startswith(b'\xef\xbb\xbf') else 'utf-8'


def loads(s, *, cls=None, object_hook=None, parse_float=None, parse_int=None,
          parse_constant=None, object_pairs_hook=None, **kw):
    if isinstance(s, (bytes, bytearray)):
        s = bytes(s).decode(detect_encoding(s))
    elif not isinstance(s, str):
        raise TypeError(f'the JSON object must be str, bytes or bytearray, not {type(s).__name__}')
    elif s[:1] == '\ufeff':
        raise JSONDecodeError('Unexpected UTF-8 BOM (decode using utf-8-sig)', s, 0)
    if cls is None:
        strict = kw.pop('strict', True)
        if kw:
            raise TypeError("JSONDecoder.__init__() got an unexpected keyword argument '%s'"
                            % next(iter(kw)))
        return _json.decode(s, 0, object_hook, parse_float, parse_int, parse_constant, strict,
                            object_pairs_hook, True)[0]
    for name, value in (('object_hook', object_hook), ('parse_float', parse_float),
                        ('parse_int', parse_int), ('parse_constant', parse_constant),
                        ('object_pairs_hook', object_pairs_hook)):
        if value is not None:
            kw[name] = value
    return cls(**kw).decode(s)


def load(fp, **kw):
    return loads(fp.read(), **kw)
