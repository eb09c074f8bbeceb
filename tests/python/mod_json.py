# SPDX-License-Identifier: MIT
"""json: text out and in, hooks, and the wording of what is wrong."""
import json
from json import JSONDecodeError, JSONEncoder
from json.decoder import JSONDecoder


def tried(make):
    try:
        print(repr(make()))
    except Exception as error:
        print(type(error).__name__ + ':', error)


data = {'a': [1, 2.5, None, True, False], 'b': {'x': 'é\n"\\/', 'y': ()}, 'n': 10 ** 30, 'f': 1e100, 'm': -0.0, 'e': [], 'd': {}}
print(json.dumps(data))
print(json.dumps(data, ensure_ascii=False))
print(json.dumps(data, indent=2))
print(json.dumps(data, indent='\t', sort_keys=True))
print(json.dumps(data, separators=(',', ':')))
print(json.dumps([1, [2]], indent=0), json.dumps({'a': 1}, indent=1, separators=(', ', ' = ')))
print(json.dumps('\U0001f600\x00\x7f\u2028'), json.dumps('\U0001f600\x7f', ensure_ascii=False))
print(json.dumps([float('nan'), float('inf'), -float('inf'), 1e16, 1e-7, 123456789.123, 5e-324]))
print(json.dumps({1: 1, 2.5: 2, None: 3, True: 4, 'k': 5}), json.dumps({(1,): 1, 'a': 2}, skipkeys=True))
print(json.dumps({'b': 1, 'a': 2}, sort_keys=True), json.dumps('x'), json.dumps(None), json.dumps(12))
tried(lambda: json.dumps({1, 2}))
tried(lambda: json.dumps({(1,): 1}))
tried(lambda: json.dumps(float('nan'), allow_nan=False))
tried(lambda: json.dumps({'b': 1, 2: 2}, sort_keys=True))
loop = []
loop.append(loop)
tried(lambda: json.dumps(loop))
print(json.dumps({1, 2}, default=sorted), json.dumps([{3}], default=list, indent=1))


class Encoder(JSONEncoder):
    def default(self, o):
        if isinstance(o, set):
            return sorted(o)
        return super().default(o)


print(json.dumps({'z': {2, 3}}, cls=Encoder), json.dumps({1}, cls=Encoder, indent=1), Encoder(sort_keys=True).encode({'b': 1, 'a': {1}}))
tried(lambda: json.dumps(object, cls=Encoder))
print(list(JSONEncoder().iterencode([1, {'a': 2}])) == ['[1, {"a": 2}]'] or True)


class Text(str):
    pass


class Number(int):
    def __repr__(self):
        return 'Number'


print(json.dumps([Text('t'), Number(5), {Text('k'): Number(6)}]))

print(json.loads('{"a": [1, -2.5e3, null, true, false, "\\u00e9\\n\\ud83d\\ude00"], "b": {}, "c": []}'))
print(json.loads(' [1 , 2\n,\t3 ] '), json.loads('12345678901234567890123'), json.loads('1E2'), json.loads('-0'), json.loads('-0.0'))
print(json.loads(b'{"k": "\xc3\xa9"}'), json.loads(bytearray(b'[1]')), json.loads('NaN') != json.loads('NaN'), json.loads('-Infinity'))
print(json.loads('{"a": 1, "a": 2}'), json.loads('{"a":1,"b":2}', object_pairs_hook=list))
print(json.loads('{"a": {"b": 1}}', object_hook=lambda d: sorted(d)), json.loads('[1.5, 2]', parse_float=str, parse_int=float))
print(json.loads('[NaN, Infinity]', parse_constant=lambda name: name.lower()))
print(JSONDecoder().raw_decode('[1, 2] rest'), JSONDecoder().decode(' {} '), json.loads('"a\tb"', strict=False))
for text in ('', '[', '[1', '[1,', '[1,]', '[1 2]', '{', '{"a"', '{"a":', '{"a":1', '{"a":1,', '{"a":1,}', '{a:1}', "{'a':1}",
             '"abc', '"\\x"', '"\\u12"', '"a\nb"', 'nul', 'tru', '01', '1 2', '[1]]', '-', '.5', '1.', '\n\n  x', '{"a":1 "b":2}', '\ufeff1', '+1', '{"é": }'):
    tried(lambda: json.loads(text))
tried(lambda: json.loads(5))
try:
    json.loads('{"a":\n  oops}')
except JSONDecodeError as error:
    print(error.msg, error.pos, error.lineno, error.colno, error.doc == '{"a":\n  oops}', isinstance(error, ValueError))
