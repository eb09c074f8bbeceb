#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Records what Alembic and SQLAlchemy write for each line of cases.txt, into cases.json.

Needs Alembic 1.19.1 and SQLAlchemy 2.0.52 on PYTHONPATH. A case is one Python expression; lines that
begin with `naming ` set the naming convention of the cases after them, `naming` ends it.
"""
import ast
import io
import json
import os
import sys

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy.dialects import mysql, postgresql
from sqlalchemy.sql.elements import quoted_name

HERE = os.path.dirname(os.path.abspath(__file__))
DIALECTS = ("sqlite", "postgresql", "mysql")
OPERATORS = {
    ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.Div: "div", ast.Mod: "mod",
    ast.FloorDiv: "floordiv",
    ast.Eq: "eq", ast.NotEq: "ne", ast.Lt: "lt", ast.LtE: "le", ast.Gt: "gt", ast.GtE: "ge",
}


def tree(node):
    """The expression as JSON that the C test can build structs from."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, float):
            return {"float": node.value}
        return node.value
    if isinstance(node, (ast.List, ast.Tuple)):
        return {"list": [tree(e) for e in node.elts]}
    if isinstance(node, ast.Dict):
        return {"map": [[tree(k), tree(v)] for k, v in zip(node.keys, node.values)]}
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = tree(node.operand)
        return -inner if isinstance(inner, int) else {"op": "neg", "args": [inner]}
    if isinstance(node, ast.BinOp):
        return {"op": OPERATORS[type(node.op)], "args": [tree(node.left), tree(node.right)]}
    if isinstance(node, ast.Compare):
        return {"op": OPERATORS[type(node.ops[0])],
                "args": [tree(node.left), tree(node.comparators[0])]}
    if isinstance(node, ast.Name):
        return {"class": node.id}
    if isinstance(node, ast.BoolOp):
        raise ValueError("use sa.and_ and sa.or_")
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute) \
            and isinstance(node.value.value, ast.Call):
        return {"column": node.attr, "of": tree(node.value.value)}
    if isinstance(node, ast.Attribute):
        return {"class": ast.unparse(node)}
    if isinstance(node, ast.Call):
        call = {"args": [tree(a) for a in node.args],
                "kw": [[k.arg, tree(k.value)] for k in node.keywords]}
        root = node.func.value if isinstance(node.func, ast.Attribute) else None
        while isinstance(root, ast.Attribute):
            root = root.value
        if root is not None and (not isinstance(root, ast.Name) or root.id in ("t", "u")):
            return {"method": node.func.attr, "of": tree(node.func.value), **call}
        return {"call": ast.unparse(node.func), **call}
    raise ValueError(ast.dump(node))


# Tables that cases may name.
T = sa.table("t", sa.column("a", sa.Integer), sa.column("b", sa.Integer), sa.column("c", sa.Integer),
             sa.column("s", sa.String), sa.column("f", sa.Boolean), sa.column("d", sa.DateTime),
             sa.column("n", sa.Numeric))
U = sa.table("u", sa.column("id", sa.Integer), sa.column("x", sa.String), schema="sch")


def record(source, dialect, naming):
    buffer = io.StringIO()
    opts = {"as_sql": True, "output_buffer": buffer, "literal_binds": True,
            "target_metadata": sa.MetaData(naming_convention=naming) if naming else None}
    context = MigrationContext.configure(
        dialect_name=dialect, dialect_opts={"paramstyle": "named"}, opts=opts)
    op = Operations(context)
    names = {"op": op, "sa": sa, "postgresql": postgresql, "mysql": mysql, "quoted_name": quoted_name,
             "t": T, "u": U}
    try:
        eval(source, names)
    except Exception as error:
        return {"error": "%s: %s" % (type(error).__name__, str(error).split("\n")[0])}
    return buffer.getvalue()


def compiled(source, dialect):
    """An expression, as str(expression.compile(...)) gives it."""
    names = {"sa": sa, "t": T, "u": U}
    made = MigrationContext.configure(dialect_name=dialect, dialect_opts={"paramstyle": "named"},
                                      opts={"as_sql": True})
    try:
        return str(eval(source, names).compile(dialect=made.dialect,
                                               compile_kwargs={"literal_binds": True}))
    except Exception as error:
        return {"error": "%s: %s" % (type(error).__name__, str(error).split("\n")[0])}


def read_lines(name):
    with open(os.path.join(HERE, name), encoding="utf-8") as f:
        return [line.strip() for line in f if line.strip() and not line.startswith("#")]


def write_json(name, cases):
    with open(os.path.join(HERE, name), "w", encoding="utf-8") as f:
        f.write("[\n" + ",\n".join(json.dumps(c, ensure_ascii=False) for c in cases) + "\n]\n")
    print("%d in %s" % (len(cases), name))


def record_queries():
    out = []
    for line in read_lines("queries.txt"):
        case = {"source": line, "tree": tree(ast.parse(line, mode="eval").body)}
        for dialect in DIALECTS:
            case[dialect] = compiled(line, dialect)
        out.append(case)
    write_json("queries.json", out)


def main():
    naming, out = None, []
    lines = read_lines("cases.txt")
    for line in lines:
        if line.startswith("naming"):
            naming = ast.literal_eval(line[6:].strip() or "None")
            continue
        only = DIALECTS
        if line.startswith("["):
            words, line = line[1:].split("] ", 1)
            only = words.split()
        case = {"source": line, "tree": tree(ast.parse(line, mode="eval").body), "naming": naming}
        for dialect in only:
            case[dialect] = record(line, dialect, naming)
        out.append(case)
    write_json("cases.json", out)
    record_queries()


if __name__ == "__main__":
    sys.exit(main())
