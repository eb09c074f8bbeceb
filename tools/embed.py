#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes script sources as a C table of PreludeModule rows.

    embed.py PREFIX OUTPUT.c FILE.py ...

The table is PREFIX_modules, of PREFIX_module_count rows. The file's name without ".py" is the
module's name, dots included ("urllib.parse.py"). Comment lines become empty ones, so that line
numbers hold.
"""
import os
import sys


def escaped(line):
    out = []
    for byte in line.encode('utf-8'):
        char = chr(byte)
        if char in '"\\':
            out.append('\\' + char)
        elif char == '?' or not ' ' <= char <= '~':
            out.append('\\%03o' % byte)
        else:
            out.append(char)
    return ''.join(out)


def bare(path):
    with open(path, encoding='utf-8') as file:
        text = file.read()
    if '"""\n#' in text or "'''\n#" in text:
        return text
    return '\n'.join('' if line.lstrip().startswith('#') else line for line in text.split('\n'))


def main(prefix, output, paths):
    rows = []
    with open(output, 'w', encoding='ascii') as out:
        out.write('#include "prelude/prelude.h"\n\n')
        out.write('#pragma GCC diagnostic ignored "-Woverlength-strings"\n\n')
        for number, path in enumerate(sorted(paths)):
            text = bare(path)
            out.write('static const char source_%d[] =\n' % number)
            for line in text.splitlines(True):
                out.write('    "%s"\n' % escaped(line))
            out.write('    "";\n\n')
            name = os.path.basename(path)[:-len('.py')]
            rows.append('    { "%s", source_%d, sizeof source_%d - 1 },\n' % (name, number, number))
        out.write('const PreludeModule %s_modules[] = {\n%s};\n' % (prefix, ''.join(rows)))
        out.write('const size_t %s_module_count = %d;\n' % (prefix, len(rows)))


if __name__ == '__main__':
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
