# SPDX-License-Identifier: MIT
"""CSV read and written (to objects in memory: scripts write no files)."""
QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE = range(4)


class Error(Exception):
    pass


class Dialect:
    delimiter = ","
    quotechar = '"'
    escapechar = None
    doublequote = True
    skipinitialspace = False
    lineterminator = "\r\n"
    quoting = QUOTE_MINIMAL
    strict = False


class excel(Dialect):
    pass


class excel_tab(excel):
    delimiter = "\t"


class unix_dialect(Dialect):
    quoting = QUOTE_ALL
    lineterminator = "\n"


_dialects = {"excel": excel, "excel-tab": excel_tab, "unix": unix_dialect}
_OPTIONS = ("delimiter", "quotechar", "escapechar", "doublequote", "skipinitialspace", "lineterminator",
            "quoting", "strict")


def register_dialect(name, dialect=None, **fmtparams):
    _dialects[name] = _made(dialect or excel, fmtparams)


def unregister_dialect(name):
    if name not in _dialects:
        raise Error("unknown dialect")
    del _dialects[name]


def get_dialect(name):
    if name not in _dialects:
        raise Error("unknown dialect")
    return _made(_dialects[name], {})


def list_dialects():
    return list(_dialects)


def _made(dialect, fmtparams):
    if isinstance(dialect, str):
        if dialect not in _dialects:
            raise Error("unknown dialect")
        dialect = _dialects[dialect]
    made = Dialect()
    for name in _OPTIONS:
        setattr(made, name, getattr(dialect, name))
    for name, value in fmtparams.items():
        if name not in _OPTIONS:
            raise TypeError("'%s' is an invalid keyword argument for this function" % name)
        setattr(made, name, value)
    if not isinstance(made.delimiter, str) or len(made.delimiter) != 1:
        raise TypeError('"delimiter" must be a 1-character string')
    if made.quotechar is None and made.quoting != QUOTE_NONE:
        if "quoting" in fmtparams:
            raise TypeError("quotechar must be set if quoting enabled")
        made.quoting = QUOTE_NONE
    return made


class reader:
    def __init__(self, csvfile, dialect="excel", **fmtparams):
        self.dialect = _made(dialect, fmtparams)
        self.line_num = 0
        self._lines = iter(csvfile)

    def __iter__(self):
        return self

    def _line(self):
        line = next(self._lines)
        if not isinstance(line, str):
            raise Error("iterator should return strings, not %s (the file should be opened in text mode)"
                        % type(line).__name__)
        self.line_num += 1
        return line

    def __next__(self):
        d, row, field, quoted, inside, i = self.dialect, [], [], False, False, 0
        line = self._line()
        if not line.strip("\r\n"):
            return []
        start = True
        while True:
            if i >= len(line) or (not inside and line[i] in "\r\n"):
                if not inside:
                    row.append(self._field(field, quoted))
                    return row
                try:
                    line, i = self._line(), 0
                except StopIteration:
                    if d.strict:
                        raise Error("unexpected end of data") from None
                    row.append(self._field(field, quoted))
                    return row
                continue
            c = line[i]
            i += 1
            if inside:
                if d.escapechar and c == d.escapechar and i < len(line):
                    field.append(line[i])
                    i += 1
                elif c == d.quotechar and d.quoting != QUOTE_NONE:
                    if d.doublequote and line[i:i + 1] == d.quotechar:
                        field.append(c)
                        i += 1
                    else:
                        inside = False
                        if d.strict and line[i:i + 1] not in ("", d.delimiter, "\r", "\n"):
                            raise Error("'%s' expected after '%s'" % (d.delimiter, d.quotechar))
                else:
                    field.append(c)
            elif c == d.delimiter:
                row.append(self._field(field, quoted))
                field, quoted, start = [], False, True
                continue
            elif start and c == d.quotechar and d.quoting != QUOTE_NONE:
                inside = quoted = True
            elif d.escapechar and c == d.escapechar and i < len(line):
                field.append(line[i])
                i += 1
            elif start and c == " " and d.skipinitialspace:
                continue
            else:
                field.append(c)
            start = False

    def _field(self, chars, quoted):
        text = "".join(chars)
        return float(text) if self.dialect.quoting == QUOTE_NONNUMERIC and not quoted else text


class writer:
    def __init__(self, csvfile, dialect="excel", **fmtparams):
        self.dialect = _made(dialect, fmtparams)
        self._file = csvfile

    def _needs_quotes(self, value, text, alone):
        d = self.dialect
        if d.quoting == QUOTE_ALL:
            return True
        if d.quoting == QUOTE_NONNUMERIC and (isinstance(value, bool) or not isinstance(value, (int, float))):
            return True
        if d.quoting == QUOTE_NONE:
            return False
        special = d.delimiter + (d.quotechar or "") + (d.escapechar or "") + "\r\n" + d.lineterminator
        return (alone and not text) or any(c in special for c in text) or (d.delimiter == " " and not text)

    def _text(self, value, alone):
        d = self.dialect
        text = "" if value is None else repr(value) if isinstance(value, float) else str(value)
        if self._needs_quotes(value, text, alone):
            if d.doublequote:
                text = text.replace(d.quotechar, d.quotechar * 2)
            elif d.quotechar in text:
                if not d.escapechar:
                    raise Error("need to escape, but no escapechar set")
                text = text.replace(d.quotechar, d.escapechar + d.quotechar)
            return d.quotechar + text + d.quotechar
        if d.quoting == QUOTE_NONE:
            for c in [d.escapechar, d.delimiter, d.quotechar, "\r", "\n"]:
                if c and c in text:
                    if not d.escapechar:
                        raise Error("need to escape, but no escapechar set")
                    text = text.replace(c, d.escapechar + c)
            if alone and not text:
                raise Error("single empty field record must be quoted")
        return text

    def writerow(self, row):
        try:
            row = list(row)
        except TypeError:
            raise Error("iterable expected, not %s" % type(row).__name__) from None
        line = self.dialect.delimiter.join(self._text(value, len(row) == 1) for value in row)
        return self._file.write(line + self.dialect.lineterminator)

    def writerows(self, rows):
        for row in rows:
            self.writerow(row)


class DictReader:
    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect="excel", *args, **kwds):
        self._fieldnames = list(fieldnames) if fieldnames is not None else None
        self.restkey = restkey
        self.restval = restval
        self.reader = reader(f, dialect, *args, **kwds)
        self.dialect = dialect

    @property
    def line_num(self):
        return self.reader.line_num

    @property
    def fieldnames(self):
        if self._fieldnames is None:
            self._fieldnames = next(self.reader, None)
        return self._fieldnames

    @fieldnames.setter
    def fieldnames(self, value):
        self._fieldnames = value

    def __iter__(self):
        return self

    def __next__(self):
        names = self.fieldnames
        row = next(self.reader)
        while row == []:
            row = next(self.reader)
        found = dict(zip(names, row))
        if len(row) > len(names):
            found[self.restkey] = row[len(names):]
        for name in names[len(row):]:
            found[name] = self.restval
        return found


class DictWriter:
    def __init__(self, f, fieldnames, restval="", extrasaction="raise", dialect="excel", *args, **kwds):
        if extrasaction.lower() not in ("raise", "ignore"):
            raise ValueError("extrasaction (%s) must be 'raise' or 'ignore'" % extrasaction)
        self.fieldnames = list(fieldnames)
        self.restval = restval
        self.extrasaction = extrasaction.lower()
        self.writer = writer(f, dialect, *args, **kwds)

    def writeheader(self):
        return self.writer.writerow(self.fieldnames)

    def _row(self, rowdict):
        if self.extrasaction == "raise":
            wrong = [name for name in rowdict if name not in self.fieldnames]
            if wrong:
                raise ValueError("dict contains fields not in fieldnames: " + ", ".join(map(repr, wrong)))
        return [rowdict.get(name, self.restval) for name in self.fieldnames]

    def writerow(self, rowdict):
        return self.writer.writerow(self._row(rowdict))

    def writerows(self, rowdicts):
        return self.writer.writerows(map(self._row, rowdicts))


def field_size_limit(new_limit=None):
    return 131072


class Sniffer:
    def __init__(self):
        raise NotImplementedError("limbeck does not serve csv.Sniffer")
