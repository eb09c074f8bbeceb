# SPDX-License-Identifier: MIT
"""Regular expressions: syntax, flags, groups, replacing and splitting."""
import re


def tried(make):
    try:
        print(repr(make()))
    except Exception as error:
        print(type(error).__name__ + ':', error)


m = re.match(r'(?P<year>\d{4})-(?P<month>\d\d)(-(\d\d))?', '2024-03 rest')
print(m, m.group(), m.group(0, 1, 'month'), m.groups(), m.groups('-'), m.groupdict(), m['year'], m[2])
print(m.start(), m.end(), m.span('month'), m.span(3), m.lastindex, m.lastgroup, m.string, m.pos, m.endpos, m.re.pattern)
print(bool(re.match('b', 'abc')), re.search('b', 'abc'), re.fullmatch('ab', 'abc'), re.fullmatch('a|ab|abc', 'abc'))
print(re.findall(r'\w+', 'één twee_3 vier'), re.findall(r'(\w)(\d)', 'a1 b2'), re.findall('x*', 'axb'), re.findall('(a)|b', 'ab'))
print([x.span() for x in re.finditer('', 'ab')], [x.group() for x in re.finditer(r'[aé]+', 'éa b é')], [x.start() for x in re.finditer('€', '€uro €')])
print(re.sub('a', 'b', 'banana'), re.sub('a', 'b', 'banana', count=2), re.sub(r'(\w)(\w)', r'\2\1', 'abcd'), re.sub('x*', '-', 'abxd'))
print(re.sub(r'(?P<n>\d+)', lambda found: str(int(found['n']) * 2), 'a1b22'), re.sub('(?P<q>.)', r'[\g<q>\g<1>\g<0>]', 'ab'))
print(re.subn('[aeiou]', '', 'education'), re.sub('(a)|b', r'<\1>', 'ab'), re.sub(r'\.', r'\\.', 'a.b'), re.sub('a', r'\n\t', 'a') == '\n\t')
print(re.split(r'\W+', 'a, b;c'), re.split(r'(,)', 'a,b,c', 1), re.split('x*', 'axbc'), re.split(r'(a)|b', 'xaybz'), re.split(',', ''))
print(re.escape('a.b*c[d]-e f\n'), re.escape('é_1'), re.escape(b'a.b'))
print(re.findall('a.c', 'abc a\nc'), re.findall('a.c', 'abc a\nc', re.S), re.findall('^b', 'a\nb'), re.findall('^b$', 'a\nb\nc', re.M))
print(re.findall('ABC', 'abc', re.I), re.findall('é', 'É', re.I), re.findall(r'\w', 'aé', re.A), re.findall(r'\d', '1٣'), re.findall(r'\d', '1٣', re.ASCII))
print(re.findall(r'''(?x) a  # first
    b [ ] \  c''', 'ab  c'), re.findall(r'a b', 'ab', re.X), re.findall(r'(?i)AB', 'ab'), re.findall(r'(?i:A)B', 'aB ab'), re.findall('(?s:.)', '\n'))
print(re.findall(r'$', 'a\n'), re.findall(r'\Z', 'a\n'), re.findall('(?m)$', 'a\nb\n'), re.findall('(?m)^', 'a\nb\n'), re.findall(r'a\Z', 'a\n'))
print(re.findall(r'\bfoo\b', 'foo food (foo)'), re.findall(r'\Boo', 'foo oo'), re.findall(r'(?a:\b)é', 'é'), re.findall(r'a(?=b)', 'ab ac'), re.findall(r'a(?!b)', 'ab ac'))
print(re.findall(r'(?<=\$)\d+', '$5 6'), re.findall(r'(?<!\$)\b\d+', '$5 6'), re.findall(r'(a)\1', 'aa ab'), re.findall(r'(?P<x>a)(?P=x)', 'aa'))
print(re.findall('a{2}', 'aaaa'), re.findall('a{,2}', 'aaa'), re.findall('a{1,}', 'aa'), re.findall('a{x}', 'a{x}'), re.findall('a{1,2', 'a{1,2'), re.findall('a{', 'a{'))
print(re.findall('a+?', 'aaa'), re.findall('a*+b', 'aab'), re.findall('(?>a+)b', 'aab'), re.findall('(a)?(?(1)b|c)', 'ab c'), re.findall('(?:ab)+', 'abab'))
print(re.findall('[]a]', ']a'), re.findall('[^]a]', ']ab'), re.findall(r'[\]\-\\]', r'a]-\\'), re.findall('[a-c]', 'abcd'), re.findall('[a-]', 'a-'))
print(re.findall(r'[\w.]+', 'a.b c'), re.findall(r'[^\W\d]', 'a1_'), re.findall(r'[\s]', ' \t\n'), re.findall(r'[\b]', 'a\b'), re.findall(r'\D\S\W', 'a1 b'))
print(re.findall(r'\x41\u0042\103\0', 'ABC\0'), re.findall(r'\t\n\r\f\v\a', '\t\n\r\f\v\a'), re.findall(r'\.\*\/\-\_', './-') , re.findall(r'#\ \~', '# ~'))
print(re.compile('a', re.I | re.M), re.compile(b'a'), re.compile('a').flags, re.compile('a', re.A).flags, re.compile('(?im)a').flags)
p = re.compile(r'(?P<a>x)(?P<b>y)?')
print(p.groups, p.groupindex, p.pattern, p.match('xx', 1), p.search('aax', 2), p.match('axy', 1, 2), p == re.compile(r'(?P<a>x)(?P<b>y)?'), p.fullmatch('axy', 1).groups())
print(re.compile('^b').search('ab', 1), re.compile('^b', re.M).search('a\nb', 1), re.compile('b$').search('abc', 0, 2), p.findall('xxy', 1))
print(m.expand(r'\g<month>/\1'), re.match('(a)|b', 'b').expand(r'[\1]'), re.match('(é)(b)', 'éb').span(2), re.search('b', 'ééb').start())
print(re.findall(b'\\w', b'a\xe9'), re.sub(b'a', b'b', b'aa'), re.match(b'(a)', b'a').groups(), re.split(b',', b'a,b'))
for pattern in ('(', ')', '[', '*', 'a**', '(?P<1>a)', '(?P<a>x)(?P<a>y)', r'\1', '(?P=x)', '(?<=a*)b', 'a{2,1}', '[b-a]', '\\', r'\q', '(?z)', '(?P<a', 'x(?i)y', '(?', '(?#', '+', r'[\q]', '(?P>a)'):
    tried(lambda: re.compile(pattern))
tried(lambda: re.sub('a', r'\2', 'a'))
tried(lambda: re.sub('a', r'\q', 'a'))
tried(lambda: re.sub('a', r'\g<x>', 'a'))
tried(lambda: re.match('a', b'a'))
tried(lambda: re.match(b'a', 'a'))
tried(lambda: re.match('a', 5))
tried(lambda: re.match(5, 'a'))
tried(lambda: m.group(9))
tried(lambda: m.group('nope'))
tried(lambda: re.compile(re.compile('a'), re.I))
try:
    re.compile('ab(\ncd')
except re.error as error:
    print(error.msg, error.pos, error.lineno, error.colno, error.pattern)
