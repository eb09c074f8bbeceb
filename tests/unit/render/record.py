#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Records how Alembic prints each operation of cases.txt and ../ddl/cases.txt, into cases.json.

Needs Alembic 1.19.1 and SQLAlchemy 2.0.52 on PYTHONPATH. An operation is rendered by itself and, where
it belongs to one table, inside a batch.
"""
import ast
import os
import sys

import sqlalchemy as sa
from alembic.autogenerate import render_op_text
from alembic.autogenerate.api import AutogenContext
from alembic.migration import MigrationContext
from alembic.operations import Operations, ops
from sqlalchemy.dialects import mysql, postgresql
from sqlalchemy.sql.elements import quoted_name

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "ddl"))
import record as ddl  # noqa: E402

DIALECTS = ("sqlite", "postgresql", "mysql")


class Catcher(Operations):
    """Keeps the operation that a directive made."""

    def invoke(self, operation):
        self.caught = operation


def settle(operation, context, naming):
    """The operation as autogenerate makes it: of objects that have their names and defaults."""
    if isinstance(operation, ops.AlterColumnOp):
        for name in ("modify_server_default", "existing_server_default"):
            value = getattr(operation, name)
            if isinstance(value, (str, sa.sql.ClauseElement)) and not isinstance(
                    value, sa.schema.SchemaItem):
                setattr(operation, name, sa.DefaultClause(value))
    if not naming:
        return operation
    if isinstance(operation, ops.CreateTableOp):
        return ops.CreateTableOp.from_table(operation.to_table(context))
    if isinstance(operation, ops.CreateIndexOp):
        return ops.CreateIndexOp.from_index(operation.to_index(context))
    if isinstance(operation, ops.AddConstraintOp):
        return ops.AddConstraintOp.from_constraint(operation.to_constraint(context))
    return operation


def render(operation, context, as_batch):
    autogen = AutogenContext(context, opts={
        "sqlalchemy_module_prefix": "sa.", "alembic_module_prefix": "op.",
        "user_module_prefix": None, "render_as_batch": as_batch, "render_item": None})
    text = render_op_text(autogen, operation)
    return text, sorted(autogen.imports)


def record(source, dialect, naming):
    opts = {"target_metadata": sa.MetaData(naming_convention=naming) if naming else None}
    context = MigrationContext.configure(dialect_name=dialect, opts=opts)
    op = Catcher(context)
    names = {"op": op, "sa": sa, "postgresql": postgresql, "mysql": mysql, "quoted_name": quoted_name}
    try:
        eval(source, names)
        made = settle(op.caught, context, naming)
        if naming and isinstance(made, ops.CreateIndexOp) and made.index_name is None:
            return {"error": "no convention names it"}
        text, imports = render(made, context, False)
        out = {"text": text, "imports": imports}
        if not isinstance(made, (ops.CreateTableOp, ops.DropTableOp)):
            group = ops.ModifyTableOps("t", [made], schema=None)
            out["batch"] = render(group, context, True)[0]
    except Exception as error:
        return {"error": "%s: %s" % (type(error).__name__, str(error).split("\n")[0])}
    return out


def main():
    naming, out = None, []
    lines = ddl.read_lines("cases.txt")
    lines.append("naming")
    with open(os.path.join(HERE, "cases.txt"), encoding="utf-8") as f:
        lines += [line.strip() for line in f if line.strip() and not line.startswith("#")]
    for line in lines:
        if line.startswith("naming"):
            naming = ast.literal_eval(line[6:].strip() or "None")
            continue
        only = DIALECTS
        if line.startswith("["):
            words, line = line[1:].split("] ", 1)
            only = words.split()
        case = {"source": line, "tree": ddl.tree(ast.parse(line, mode="eval").body),
                "naming": naming}
        recorded = {dialect: record(line, dialect, naming) for dialect in only}
        first = recorded[only[0]]
        if len(only) == len(DIALECTS) and all(each == first for each in recorded.values()):
            recorded = {"any": first}
        out.append({**case, **recorded})
    ddl.HERE = HERE
    ddl.write_json("cases.json", out)


if __name__ == "__main__":
    sys.exit(main())
