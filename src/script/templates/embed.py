#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the files of the project templates as a C table of TemplateFile rows.

    embed.py OUTPUT.c FOLDER NAME...

NAME is a path below FOLDER, "generic/env.py"; "pyproject/env.py=generic/env.py" takes the text of another.
"""
import sys


def escaped(line):
    out = []
    for byte in line:
        if chr(byte) in '"\\':
            out.append('\\' + chr(byte))
        elif byte == ord('?') or not 32 <= byte <= 126:
            out.append('\\%03o' % byte)
        else:
            out.append(chr(byte))
    return ''.join(out)


def main(output, folder, names):
    with open(output, 'w', encoding='ascii') as out:
        out.write('#include "script/template.h"\n\n')
        out.write('#pragma GCC diagnostic ignored "-Woverlength-strings"\n\n')
        out.write('const TemplateFile template_files[] = {\n')
        for name in names:
            name, _, source = name.partition('=')
            with open(folder + '/' + (source or name), 'rb') as file:
                text = file.read()
            out.write('    { "%s",\n' % name)
            for line in text.splitlines(True):
                out.write('      "%s"\n' % escaped(line))
            out.write('      "", %d },\n' % len(text))
        out.write('    { NULL, NULL, 0 },\n};\n')


if __name__ == '__main__':
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
