# SPDX-License-Identifier: MIT
"""Text filled, indented and dedented."""
import re

__all__ = ["TextWrapper", "wrap", "fill", "dedent", "indent", "shorten"]

_WHITE = "\t\n\x0b\x0c\r "


class TextWrapper:
    def __init__(self, width=70, initial_indent="", subsequent_indent="", expand_tabs=True,
                 replace_whitespace=True, fix_sentence_endings=False, break_long_words=True,
                 drop_whitespace=True, break_on_hyphens=True, tabsize=8, *, max_lines=None,
                 placeholder=" [...]"):
        self.width = width
        self.initial_indent = initial_indent
        self.subsequent_indent = subsequent_indent
        self.expand_tabs = expand_tabs
        self.replace_whitespace = replace_whitespace
        self.fix_sentence_endings = fix_sentence_endings
        self.break_long_words = break_long_words
        self.drop_whitespace = drop_whitespace
        self.break_on_hyphens = break_on_hyphens
        self.tabsize = tabsize
        self.max_lines = max_lines
        self.placeholder = placeholder

    def _chunks(self, text):
        if self.expand_tabs:
            text = text.expandtabs(self.tabsize)
        if self.replace_whitespace:
            for c in _WHITE:
                text = text.replace(c, " ")
        chunks = []
        for piece in re.split("([\t\n\x0b\x0c\r ]+)", text):
            if piece and self.break_on_hyphens and piece[0] not in _WHITE:
                chunks.extend(_hyphenated(piece))
            elif piece:
                chunks.append(piece)
        if self.fix_sentence_endings:
            for i in range(len(chunks) - 1):
                if chunks[i + 1] == " " and re.search(r"[a-z][.!?][\"']?\Z", chunks[i]):
                    chunks[i + 1] = "  "
        return chunks

    def _take(self, chunks, width):
        """The chunks that fit into a line, taken off the front of `chunks`."""
        line, room = [], width
        while chunks and len(chunks[0]) <= room:
            room -= len(chunks[0])
            line.append(chunks.pop(0))
        if chunks and len(chunks[0]) > width:
            self._take_long(chunks, line, max(room, 1) if width < 1 else room)
        if self.drop_whitespace and line and not line[-1].strip():
            line.pop()
        return line

    def _take_long(self, chunks, line, room):
        """Of a chunk longer than any line: what there is room for; all of it where it must not be cut."""
        if self.break_long_words:
            head = chunks[0][:self._cut(chunks[0], room)]
            line.append(head)
            chunks[0] = chunks[0][len(head):]
        elif not line:
            line.append(chunks.pop(0))

    def _cut(self, word, room):
        """Behind the last hyphen within the room that something other than hyphens leads up to."""
        before, hyphen, _ = word[:room].rpartition("-")
        if self.break_on_hyphens and len(word) > room and hyphen and before.strip("-"):
            return len(before) + 1
        return room

    def _shorten(self, lines, line, indent, width):
        """The last line that max_lines allows, ended by the placeholder."""
        while line:
            text = "".join(line)
            if line[-1].strip() and len(text) + len(self.placeholder) <= width:
                lines.append(indent + text + self.placeholder)
                return
            line.pop()
        if lines:
            previous = lines[-1].rstrip()
            if len(previous) + len(self.placeholder) <= self.width:
                lines[-1] = previous + self.placeholder
                return
        lines.append(indent + self.placeholder.lstrip())

    def wrap(self, text):
        if self.width <= 0:
            raise ValueError("invalid width %r (must be > 0)" % self.width)
        if self.max_lines is not None:
            indent = self.subsequent_indent if self.max_lines > 1 else self.initial_indent
            if len(indent) + len(self.placeholder.lstrip()) > self.width:
                raise ValueError("placeholder too large for max width")
        chunks, lines = self._chunks(text), []
        while chunks:
            indent = self.subsequent_indent if lines else self.initial_indent
            width = self.width - len(indent)
            if self.drop_whitespace and chunks[0].strip() == "" and lines:
                chunks.pop(0)
            line = self._take(chunks, width)
            if not line:
                continue
            text = "".join(line)
            left = chunks and not (self.drop_whitespace and len(chunks) == 1 and not chunks[0].strip())
            ends = not left and len(text) <= width
            if self.max_lines is None or len(lines) + 1 < self.max_lines or ends:
                lines.append(indent + text)
            else:
                self._shorten(lines, line, indent, width)
                break
        return lines

    def fill(self, text):
        return "\n".join(self.wrap(text))


def _hyphenated(piece):
    """A word cut after its hyphens, and before and after dashes, as a typist would."""
    parts, start = [], 0
    for match in re.finditer(r"(?<=[\w!\"'&.,?])-{2,}(?=\w)|(?<=[^\d\W]{2})-(?=[^\d\W]-?[^\d\W])"
                             r"|(?<=[^\d\W]-[^\d\W])-(?=[^\d\W]-?[^\d\W])", piece):
        if len(match.group(0)) > 1:
            if match.start() > start:
                parts.append(piece[start:match.start()])
            parts.append(match.group(0))
        else:
            parts.append(piece[start:match.end()])
        start = match.end()
    if start < len(piece):
        parts.append(piece[start:])
    return parts


def wrap(text, width=70, **kwargs):
    return TextWrapper(width=width, **kwargs).wrap(text)


def fill(text, width=70, **kwargs):
    return TextWrapper(width=width, **kwargs).fill(text)


def shorten(text, width, **kwargs):
    return TextWrapper(width=width, max_lines=1, **kwargs).fill(" ".join(text.strip().split()))


def dedent(text):
    lines = text.split("\n")
    margin = None
    for i, line in enumerate(lines):
        stripped = line.lstrip(" \t")
        if not stripped:
            lines[i] = ""
            continue
        blank = line[:len(line) - len(stripped)]
        if margin is None:
            margin = blank
        else:
            same = 0
            while same < len(margin) and same < len(blank) and margin[same] == blank[same]:
                same += 1
            margin = margin[:same]
    if not margin:
        return "\n".join(lines)
    return "\n".join(line[len(margin):] if line.startswith(margin) else line for line in lines)


def indent(text, prefix, predicate=None):
    if predicate is None:
        predicate = str.strip
    return "".join(prefix + line if predicate(line) else line for line in text.splitlines(True))
