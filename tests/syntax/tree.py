# SPDX-License-Identifier: MIT
"""A syntax tree of Python's own ast module, printed as ast_dump.c prints ours."""
import ast

def quoted(text, bytes_=None):
    if text is None:
        return "-"
    data = bytes_ if bytes_ is not None else text.encode("utf-8", "surrogatepass")
    return '"' + "".join(chr(b) if 0x20 <= b < 0x7F and b not in (0x22, 0x5C) else "\\%02x" % b
                         for b in data) + '"'


class Dump:
    def __init__(self, source, spans=True):
        self.starts = [0]
        for line in source.split(b"\n"):
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.source = source
        self.spans = spans
        self.in_string = 0

    def at(self, line, column):
        return self.starts[line - 1] + column

    def head(self, node, kind):
        start = self.at(node.lineno, node.col_offset)
        end = self.at(node.end_lineno, node.end_col_offset)
        return "%s@%d-%d(" % (kind, start, end)

    def list(self, nodes, separator=" "):
        return "[" + separator.join(self.expr(n) for n in nodes) + "]"

    def names(self, names):
        return "[" + " ".join(quoted(n) for n in names) + "]"

    def constant(self, value):
        if isinstance(value, str):
            return quoted(value)
        if isinstance(value, bytes):
            return "b" + quoted("", value)
        if value is ...:
            return "..."
        if isinstance(value, int) and not isinstance(value, bool) and value >= 1 << 63:
            return "big"
        if value == float("inf"):
            return "1e309"
        return repr(value)

    def many(self, *nodes):
        return " ".join(self.expr(n) for n in nodes)

    def arg(self, node):
        if node is None:
            return "-"
        return self.head(node, "arg") + quoted(node.arg) + " " + self.expr(node.annotation) + ")"

    def args(self, nodes):
        return "[" + " ".join(self.arg(n) for n in nodes) + "]"

    def arguments(self, a):
        return ("arguments(" + self.args(a.posonlyargs) + self.args(a.args) + self.arg(a.vararg) +
                self.args(a.kwonlyargs) + self.list(a.kw_defaults) + self.arg(a.kwarg) +
                self.list(a.defaults) + ")")

    def keywords(self, nodes):
        return "[" + " ".join(self.head(n, "keyword") + quoted(n.arg) + " " + self.expr(n.value) + ")"
                              for n in nodes) + "]"

    def clauses(self, nodes):
        return "[" + "".join("for(" + self.expr(n.target) + self.expr(n.iter) + self.list(n.ifs) +
                             " %d)" % n.is_async for n in nodes) + "]"

    def expr(self, node):
        if node is None:
            return "-"
        kind = type(node).__name__
        return self.head(node, kind) + self.fields(node, kind) + ")"

    def fields(self, node, kind):
        if kind == "Constant":
            return self.constant(node.value)
        if kind == "Name":
            return quoted(node.id)
        if kind == "Attribute":
            return self.expr(node.value) + quoted(node.attr)
        if kind == "Subscript":
            return self.many(node.value, node.slice)
        if kind == "Call":
            return self.expr(node.func) + self.list(node.args) + self.keywords(node.keywords)
        if kind == "BinOp":
            return type(node.op).__name__ + " " + self.many(node.left, node.right)
        if kind == "UnaryOp":
            return type(node.op).__name__ + " " + self.expr(node.operand)
        if kind == "BoolOp":
            return type(node.op).__name__ + self.list(node.values)
        if kind == "Compare":
            return (self.expr(node.left) + "".join(" " + type(o).__name__ for o in node.ops) +
                    self.list(node.comparators))
        if kind in ("Tuple", "List", "Set"):
            return self.list(node.elts)
        if kind == "Dict":
            return self.list(node.keys) + self.list(node.values)
        if kind in ("ListComp", "SetComp", "GeneratorExp"):
            return self.many(node.elt, None) + self.clauses(node.generators)
        if kind == "DictComp":
            return self.many(node.key, node.value) + self.clauses(node.generators)
        if kind == "Lambda":
            return self.arguments(node.args) + self.expr(node.body)
        if kind == "IfExp":
            return self.many(node.test, node.body, node.orelse)
        if kind == "NamedExpr":
            return self.many(node.target, node.value)
        if kind == "Slice":
            return self.many(node.lower, node.upper, node.step)
        if kind == "JoinedStr":
            return self.list(node.values)
        if kind == "FormattedValue":
            return "%s %d %s" % (self.expr(node.value), max(node.conversion, 0),
                                 self.expr(node.format_spec))
        return self.expr(node.value)  # Starred, Yield, YieldFrom, Await

    def pattern(self, node):
        kind = type(node).__name__
        text = self.head(node, kind)
        if kind == "MatchValue":
            text += self.expr(node.value)
        elif kind == "MatchSingleton":
            text += self.constant(node.value)
        elif kind in ("MatchSequence", "MatchOr"):
            text += self.patterns(node.patterns)
        elif kind == "MatchMapping":
            text += self.list(node.keys) + self.patterns(node.patterns) + quoted(node.rest)
        elif kind == "MatchClass":
            text += (self.expr(node.cls) + self.patterns(node.patterns + node.kwd_patterns) +
                     self.names(node.kwd_attrs))
        elif kind == "MatchAs":
            text += (self.pattern(node.pattern) if node.pattern else "") + quoted(node.name)
        else:
            text += quoted(node.name)
        return text + ")"

    def patterns(self, nodes):
        return "[" + "".join(self.pattern(n) for n in nodes) + "]"

    def type_params(self, node):
        return "[" + "".join(
            self.head(n, type(n).__name__) + quoted(n.name) +
            self.many(getattr(n, "bound", None), getattr(n, "default_value", None)) + ")"
            for n in getattr(node, "type_params", [])) + "]"

    def body(self, nodes):
        return "[" + "".join(self.stmt(n) for n in nodes) + "]"

    def stmt(self, node):
        kind = type(node).__name__
        return self.head(node, kind) + self.stmt_fields(node, kind) + ")"

    def stmt_fields(self, node, kind):
        if kind in ("FunctionDef", "AsyncFunctionDef"):
            return (quoted(node.name) + self.arguments(node.args) + self.body(node.body) +
                    self.list(node.decorator_list) + self.expr(node.returns) +
                    self.type_params(node))
        if kind == "ClassDef":
            return (quoted(node.name) + self.list(node.bases) + self.keywords(node.keywords) +
                    self.body(node.body) + self.list(node.decorator_list) + self.type_params(node))
        if kind in ("For", "AsyncFor"):
            return (self.many(node.target, node.iter) + self.body(node.body) +
                    self.body(node.orelse))
        if kind in ("While", "If"):
            return self.expr(node.test) + self.body(node.body) + self.body(node.orelse)
        if kind in ("With", "AsyncWith"):
            return ("[" + "".join(self.many(i.context_expr, i.optional_vars) for i in node.items) +
                    "]" + self.body(node.body))
        if kind == "Match":
            return self.expr(node.subject) + "".join(
                self.pattern(c.pattern) + self.expr(c.guard) + self.body(c.body)
                for c in node.cases)
        if kind in ("Try", "TryStar"):
            return self.body(node.body) + "".join(
                self.head(h, "handler") + self.expr(h.type) + quoted(h.name) + self.body(h.body) +
                ")" for h in node.handlers) + self.body(node.orelse) + self.body(node.finalbody)
        return self.simple_fields(node, kind)

    def simple_fields(self, node, kind):
        if kind in ("Return", "Expr"):
            return self.expr(node.value)
        if kind == "Delete":
            return self.list(node.targets)
        if kind == "Assign":
            return self.list(node.targets) + self.expr(node.value)
        if kind == "AugAssign":
            return type(node.op).__name__ + " " + self.many(node.target, node.value)
        if kind == "AnnAssign":
            return self.many(node.target, node.annotation, node.value) + " %d" % node.simple
        if kind == "Raise":
            return self.many(node.exc, node.cause)
        if kind == "Assert":
            return self.many(node.test, node.msg)
        if kind in ("Global", "Nonlocal"):
            return self.names(node.names)
        if kind in ("Import", "ImportFrom"):
            text = "" if kind == "Import" else quoted(node.module) + " %d" % node.level
            return text + "".join(self.head(a, "alias") + quoted(a.name) + quoted(a.asname) + ")"
                                  for a in node.names)
        if kind == "TypeAlias":
            return self.expr(node.name) + self.type_params(node) + self.expr(node.value)
        return ""


def dump(data):
    """The tree of a file's bytes, or None when Python refuses it."""
    try:
        tree = ast.parse(data)
    except (SyntaxError, ValueError):
        return None
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    dumper = Dump(data)
    return "".join(dumper.stmt(n) + "\n" for n in tree.body)
