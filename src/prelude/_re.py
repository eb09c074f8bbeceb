# SPDX-License-Identifier: MIT


class error(Exception):
    __module__ = 're'

    def __init__(self, msg, pattern=None, pos=None):
        self.msg, self.pattern, self.pos = msg, pattern, pos
        self.lineno = self.colno = None
        super().__init__(msg if pattern is None or pos is None else self._placed(pattern[:pos]))

    def _placed(self, before):
        newline = '\n' if isinstance(before, str) else b'\n'
        self.lineno, self.colno = before.count(newline) + 1, self.pos - before.rfind(newline)
        text = '%s at position %d' % (self.msg, self.pos)
        several = newline in self.pattern
        return '%s (line %d, column %d)' % (text, self.lineno, self.colno) if several else text
