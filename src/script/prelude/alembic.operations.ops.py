# SPDX-License-Identifier: MIT
"""Operations as objects: op.invoke() runs them, autogenerate hands them to the hooks of an env.py,
which change them, and scripts derive their own."""
import _limbeck_ops as _native


class MigrateOperation:
    info = {}
    _mutations = frozenset()

    def __init__(self, *args, **kw):
        pass

    def _record(self):
        """The operation as the rest of the program knows it."""
        return _native.script(self)

    def reverse(self):
        raise NotImplementedError("%s has no reverse()" % type(self).__name__)

    def to_diff_tuple(self):
        raise NotImplementedError("%s has no to_diff_tuple()" % type(self).__name__)


class AlterTableOp(MigrateOperation):
    def __init__(self, table_name, *, schema=None):
        self.table_name = table_name
        self.schema = schema


class AddConstraintOp(MigrateOperation):
    _constraint = None

    @property
    def constraint_type(self):
        return _native.constraint_type(self._directive)

    @classmethod
    def from_constraint(cls, constraint):
        return _of(_native.create_constraint(constraint))

    def to_constraint(self, migration_context=None):
        return _native.object(self._record())

    def reverse(self):
        return DropConstraintOp.from_constraint(self.to_constraint())

    def to_diff_tuple(self):
        return ("add_constraint", self.to_constraint())


class DropConstraintOp(MigrateOperation):
    _directive = "drop_constraint"

    def __init__(self, constraint_name, table_name, type_=None, *, schema=None, if_exists=None,
                 _reverse=None):
        self.constraint_name = constraint_name
        self.table_name = table_name
        self.constraint_type = type_
        self.schema = schema
        self.if_exists = if_exists
        self._reverse = _reverse

    @classmethod
    def _of(cls, record, thing):
        back = None if thing is None else _of(_native.create_constraint(thing))
        return cls(_native.name(record), record.table_name, record.type_, schema=record.schema,
                   if_exists=record.if_exists, _reverse=back)

    @classmethod
    def from_constraint(cls, constraint):
        return _of(_native.drop_constraint(constraint))

    def _record(self):
        thing = None if self._reverse is None else self._reverse._constraint
        if thing is not None and _native.name(thing) != self.constraint_name:
            thing = None
        return _native.make(self._directive,
                            (self.constraint_name, self.table_name, self.constraint_type),
                            {"schema": self.schema, "if_exists": self.if_exists}, thing)

    def reverse(self):
        if self._reverse is None:
            raise ValueError("operation is not reversible; original constraint is not present")
        return self._reverse

    def to_constraint(self):
        if self._reverse is None:
            raise ValueError("constraint cannot be produced; original constraint is not present")
        return self._reverse.to_constraint()

    def to_diff_tuple(self):
        kind = "remove_fk" if self.constraint_type == "foreignkey" else "remove_constraint"
        return (kind, self.to_constraint())


class _CreateKeyOp(AddConstraintOp):
    def __init__(self, constraint_name, table_name, columns, *, schema=None, **kw):
        self.constraint_name = constraint_name
        self.table_name = table_name
        self.columns = columns
        self.schema = schema
        self.kw = kw

    @classmethod
    def _of(cls, record, thing):
        if thing is None:
            made = cls(record.constraint_name, record.table_name, list(record.columns),
                       schema=record.schema, **_native.options(record))
        else:
            made = cls(_native.name(thing), thing.table.name, [c.name for c in thing.columns],
                       schema=thing.table.schema, **_native.options(thing))
        made._constraint, made._was = thing, made._state()
        return made

    def _state(self):
        return (self.constraint_name, self.table_name, list(self.columns), self.schema,
                dict(self.kw))

    def _record(self):
        thing = self._constraint
        if thing is not None and self._was != self._state():
            thing = None
        return _native.make(self._directive,
                            (self.constraint_name, self.table_name, self.columns),
                            {"schema": self.schema, **self.kw}, thing)


class CreatePrimaryKeyOp(_CreateKeyOp):
    _directive = "create_primary_key"


class CreateUniqueConstraintOp(_CreateKeyOp):
    _directive = "create_unique_constraint"


class CreateForeignKeyOp(AddConstraintOp):
    _directive = "create_foreign_key"

    def __init__(self, constraint_name, source_table, referent_table, local_cols, remote_cols,
                 **kw):
        self.constraint_name = constraint_name
        self.source_table = source_table
        self.referent_table = referent_table
        self.local_cols = local_cols
        self.remote_cols = remote_cols
        self.kw = kw

    @classmethod
    def _of(cls, record, thing):
        if thing is None:
            thing = _native.object(record)
        args, kw = _native.foreign_key(thing)
        made = cls(_native.name(thing), thing.table.name, *args, **kw)
        made._constraint, made._was = thing, made._state()
        return made

    def _state(self):
        return (self.constraint_name, self.source_table, self.referent_table,
                list(self.local_cols), list(self.remote_cols), dict(self.kw))

    def _record(self):
        thing = self._constraint
        if thing is not None and self._was != self._state():
            thing = None
        return _native.make(self._directive,
                            (self.constraint_name, self.source_table, self.referent_table,
                             self.local_cols, self.remote_cols), self.kw, thing)

    def to_diff_tuple(self):
        return ("add_fk", self.to_constraint())


class CreateCheckConstraintOp(AddConstraintOp):
    _directive = "create_check_constraint"

    def __init__(self, constraint_name, table_name, condition, *, schema=None, **kw):
        self.constraint_name = constraint_name
        self.table_name = table_name
        self.condition = condition
        self.schema = schema
        self.kw = kw

    @classmethod
    def _of(cls, record, thing):
        if thing is None:
            made = cls(record.constraint_name, record.table_name, record.condition,
                       schema=record.schema, **_native.options(record))
        else:
            made = cls(_native.name(thing), thing.table.name, thing.sqltext,
                       schema=thing.table.schema, **_native.options(thing))
        made._constraint, made._was = thing, made._state()
        return made

    def _state(self):
        return (self.constraint_name, self.table_name, id(self.condition), self.schema,
                dict(self.kw))

    def _record(self):
        thing = self._constraint
        if thing is not None and self._was != self._state():
            thing = None
        return _native.make(self._directive,
                            (self.constraint_name, self.table_name, self.condition),
                            {"schema": self.schema, **self.kw}, thing)


class CreateIndexOp(MigrateOperation):
    _directive = "create_index"
    _index = None

    def __init__(self, index_name, table_name, columns, *, schema=None, unique=False,
                 if_not_exists=None, **kw):
        self.index_name = index_name
        self.table_name = table_name
        self.columns = columns
        self.schema = schema
        self.unique = unique
        self.if_not_exists = if_not_exists
        self.kw = kw

    @classmethod
    def _of(cls, record, thing):
        if thing is None:
            return cls(record.index_name, record.table_name, record.columns, schema=record.schema,
                       unique=record.unique, if_not_exists=record.if_not_exists,
                       **_native.options(record))
        made = cls(_native.name(thing), thing.table.name, list(thing.expressions),
                   schema=thing.table.schema, unique=bool(thing.unique),
                   if_not_exists=record.if_not_exists, **_native.options(thing))
        made._index, made._was = thing, made._state()
        return made

    def _state(self):
        return (self.index_name, self.table_name, [id(c) for c in self.columns], self.schema,
                self.unique, dict(self.kw))

    @classmethod
    def from_index(cls, index):
        return _of(_native.make("create_index", (None, index.table.name, []), {}, index))

    def _record(self):
        thing = self._index
        if thing is not None and self._was != self._state():
            thing = None
        return _native.make(self._directive, (self.index_name, self.table_name, self.columns),
                            {"schema": self.schema, "unique": self.unique,
                             "if_not_exists": self.if_not_exists, **self.kw}, thing)

    def to_index(self, migration_context=None):
        return _native.object(self._record())

    def reverse(self):
        return DropIndexOp.from_index(self.to_index())

    def to_diff_tuple(self):
        return ("add_index", self.to_index())


class DropIndexOp(MigrateOperation):
    _directive = "drop_index"

    def __init__(self, index_name, table_name=None, *, schema=None, if_exists=None, _reverse=None,
                 **kw):
        self.index_name = index_name
        self.table_name = table_name
        self.schema = schema
        self.if_exists = if_exists
        self._reverse = _reverse
        self.kw = kw

    @classmethod
    def _of(cls, record, thing):
        if thing is None:
            return cls(_native.name(record), record.table_name, schema=record.schema,
                       if_exists=record.if_exists, **_native.options(record))
        return cls(_native.name(thing), thing.table.name, schema=thing.table.schema,
                   if_exists=record.if_exists, _reverse=CreateIndexOp.from_index(thing),
                   **_native.options(thing))

    @classmethod
    def from_index(cls, index):
        return _of(_native.make("drop_index", (None, index.table.name),
                                {"schema": index.table.schema}, index))

    def _record(self):
        thing = None if self._reverse is None else self._reverse._index
        if thing is not None and _native.name(thing) != self.index_name:
            thing = None
        return _native.make(self._directive, (self.index_name, self.table_name),
                            {"schema": self.schema, "if_exists": self.if_exists, **self.kw}, thing)

    def reverse(self):
        if self._reverse is None:
            raise ValueError("operation is not reversible; original index is not present")
        return self._reverse

    def to_index(self, migration_context=None):
        return self.reverse().to_index()

    def to_diff_tuple(self):
        return ("remove_index", self.to_index())


class CreateTableOp(MigrateOperation):
    _directive = "create_table"
    _table = None

    def __init__(self, table_name, columns, *, schema=None, if_not_exists=None,
                 _namespace_metadata=None, _constraints_included=False, **kw):
        self.table_name = table_name
        self.columns = columns
        self.schema = schema
        self.if_not_exists = if_not_exists
        self.info = kw.pop("info", {})
        self.comment = kw.pop("comment", None)
        self.prefixes = kw.pop("prefixes", None)
        self.kw = kw
        self._constraints_included = _constraints_included

    @classmethod
    def _of(cls, record, thing):
        if thing is None:
            return cls.from_table(_native.object(record))
        made = cls.from_table(thing)
        made.if_not_exists = record.if_not_exists
        return made

    @classmethod
    def from_table(cls, table, *, _namespace_metadata=None):
        made = cls(table.name, _native.parts(table), schema=table.schema,
                   _constraints_included=True, info=dict(table.info or {}), comment=table.comment,
                   prefixes=list(table._prefixes or ()), **_native.options(table))
        made._table, made._was = table, made._state()
        return made

    def _state(self):
        return (self.table_name, [id(c) for c in self.columns], self.schema, self.comment,
                list(self.prefixes or ()), dict(self.kw), dict(self.info or {}))

    def _record(self):
        thing = self._table
        if thing is not None and self._was != self._state():
            thing = None
        kw = {"schema": self.schema, "if_not_exists": self.if_not_exists, **self.kw}
        if self.comment is not None:
            kw["comment"] = self.comment
        if self.prefixes:
            kw["prefixes"] = self.prefixes
        if self.info:
            kw["info"] = self.info
        columns = self.columns
        if self._constraints_included:
            columns = _native.bare(columns)
        return _native.make(self._directive, (self.table_name, *columns), kw, thing)

    def to_table(self, migration_context=None):
        return _native.object(self._record())

    def reverse(self):
        return DropTableOp.from_table(self.to_table())

    def to_diff_tuple(self):
        return ("add_table", self.to_table())


class DropTableOp(MigrateOperation):
    _directive = "drop_table"

    def __init__(self, table_name, *, schema=None, if_exists=None, table_kw=None, _reverse=None):
        self.table_name = table_name
        self.schema = schema
        self.if_exists = if_exists
        self.table_kw = table_kw or {}
        self.comment = self.table_kw.pop("comment", None)
        self.info = self.table_kw.pop("info", None)
        self.prefixes = self.table_kw.pop("prefixes", None)
        self._reverse = _reverse

    @classmethod
    def _of(cls, record, thing):
        if thing is None:
            return cls(record.table_name, schema=record.schema, if_exists=record.if_exists)
        made = cls.from_table(thing)
        made.if_exists = record.if_exists
        return made

    @classmethod
    def from_table(cls, table, *, _namespace_metadata=None):
        kw = {"comment": table.comment, "info": dict(table.info or {}),
              "prefixes": list(table._prefixes or ())}
        return cls(table.name, schema=table.schema, table_kw=kw,
                   _reverse=CreateTableOp.from_table(table))

    def _record(self):
        thing = None if self._reverse is None else self._reverse.to_table()
        return _native.make(self._directive, (self.table_name,),
                            {"schema": self.schema, "if_exists": self.if_exists}, thing)

    def reverse(self):
        if self._reverse is None:
            raise ValueError("operation is not reversible; original table is not present")
        return self._reverse

    def to_table(self, migration_context=None):
        if self._reverse is not None:
            return self._reverse.to_table()
        return _native.object(CreateTableOp(self.table_name, [], schema=self.schema)._record())

    def to_diff_tuple(self):
        return ("remove_table", self.to_table())


class RenameTableOp(AlterTableOp):
    _directive = "rename_table"

    def __init__(self, old_table_name, new_table_name, *, schema=None):
        super().__init__(old_table_name, schema=schema)
        self.new_table_name = new_table_name

    @classmethod
    def _of(cls, record, thing):
        return cls(record.old_table_name, record.new_table_name, schema=record.schema)

    def _record(self):
        return _native.make(self._directive, (self.table_name, self.new_table_name),
                            {"schema": self.schema})

    def reverse(self):
        return RenameTableOp(self.new_table_name, self.table_name, schema=self.schema)


class _TableCommentOp(AlterTableOp):
    def _record(self):
        args = (self.table_name,)
        if self._directive == "create_table_comment":
            args = (self.table_name, self.comment)
        return _native.make(self._directive, args, {"existing_comment": self.existing_comment,
                                                    "schema": self.schema})


class CreateTableCommentOp(_TableCommentOp):
    _directive = "create_table_comment"

    def __init__(self, table_name, comment, *, schema=None, existing_comment=None):
        super().__init__(table_name, schema=schema)
        self.comment = comment
        self.existing_comment = existing_comment

    @classmethod
    def _of(cls, record, thing):
        return cls(record.table_name, record.comment, schema=record.schema,
                   existing_comment=record.existing_comment)

    def reverse(self):
        if self.existing_comment is None:
            return DropTableCommentOp(self.table_name, existing_comment=self.comment,
                                      schema=self.schema)
        return CreateTableCommentOp(self.table_name, self.existing_comment,
                                    existing_comment=self.comment, schema=self.schema)

    def to_diff_tuple(self):
        return ("add_table_comment", _native.table(self.table_name, self.schema, self.comment),
                self.existing_comment)


class DropTableCommentOp(_TableCommentOp):
    _directive = "drop_table_comment"

    def __init__(self, table_name, *, schema=None, existing_comment=None):
        super().__init__(table_name, schema=schema)
        self.existing_comment = existing_comment

    @classmethod
    def _of(cls, record, thing):
        return cls(record.table_name, schema=record.schema,
                   existing_comment=record.existing_comment)

    def reverse(self):
        return CreateTableCommentOp(self.table_name, self.existing_comment, schema=self.schema)

    def to_diff_tuple(self):
        return ("remove_table_comment", _native.table(self.table_name, self.schema, None))


class AlterColumnOp(AlterTableOp):
    _directive = "alter_column"

    def __init__(self, table_name, column_name, *, schema=None, existing_type=None,
                 existing_server_default=False, existing_nullable=None, existing_comment=None,
                 modify_nullable=None, modify_comment=False, modify_server_default=False,
                 modify_name=None, modify_type=None, **kw):
        super().__init__(table_name, schema=schema)
        self.column_name = column_name
        self.existing_type = existing_type
        self.existing_server_default = existing_server_default
        self.existing_nullable = existing_nullable
        self.existing_comment = existing_comment
        self.modify_nullable = modify_nullable
        self.modify_comment = modify_comment
        self.modify_server_default = modify_server_default
        self.modify_name = modify_name
        self.modify_type = modify_type
        self.kw = kw

    @classmethod
    def _of(cls, record, thing):
        kw = _native.options(record)
        for name in ("autoincrement", "existing_autoincrement"):
            if getattr(record, name) is not None:
                kw[name] = getattr(record, name)
        return cls(record.table_name, record.column_name, schema=record.schema,
                   existing_type=record.existing_type,
                   existing_server_default=record.existing_server_default,
                   existing_nullable=record.existing_nullable,
                   existing_comment=record.existing_comment, modify_nullable=record.nullable,
                   modify_comment=record.comment, modify_server_default=record.server_default,
                   modify_name=record.new_column_name, modify_type=record.type_, **kw)

    def _record(self):
        return _native.make(self._directive, (self.table_name, self.column_name), {
            "schema": self.schema, "existing_type": self.existing_type,
            "existing_server_default": self.existing_server_default,
            "existing_nullable": self.existing_nullable,
            "existing_comment": self.existing_comment, "nullable": self.modify_nullable,
            "comment": self.modify_comment, "server_default": self.modify_server_default,
            "new_column_name": self.modify_name, "type_": self.modify_type, **self.kw})

    def has_changes(self):
        return (self.modify_nullable is not None or self.modify_server_default is not False
                or self.modify_type is not None or self.modify_comment is not False
                or self.modify_name is not None
                or any(name.startswith("modify_") for name in self.kw))

    def reverse(self):
        return _of(_native.reverse(self._record()))

    def to_diff_tuple(self):
        column = (self.schema, self.table_name, self.column_name)
        existing = {"existing_nullable": self.existing_nullable,
                    "existing_type": self.existing_type,
                    "existing_server_default": self.existing_server_default,
                    "existing_comment": self.existing_comment}
        changes = [
            ("modify_type", "existing_type", self.modify_type, self.modify_type is not None),
            ("modify_nullable", "existing_nullable", self.modify_nullable,
             self.modify_nullable is not None),
            ("modify_default", "existing_server_default", self.modify_server_default,
             self.modify_server_default is not False),
            ("modify_comment", "existing_comment", self.modify_comment,
             self.modify_comment is not False),
        ]
        out = []
        for kind, own, new, changed in changes:
            if changed:
                others = {name: value for name, value in existing.items() if name != own}
                out.append((kind, *column, others, existing[own], new))
        return out


class AddColumnOp(AlterTableOp):
    _directive = "add_column"

    def __init__(self, table_name, column, *, schema=None, if_not_exists=None,
                 inline_references=None, inline_primary_key=None, **kw):
        super().__init__(table_name, schema=schema)
        self.column = column
        self.if_not_exists = if_not_exists
        self.inline_references = inline_references
        self.inline_primary_key = inline_primary_key
        self.kw = kw

    @classmethod
    def _of(cls, record, thing):
        return cls(record.table_name, record.column, schema=record.schema,
                   if_not_exists=record.if_not_exists,
                   inline_references=record.inline_references,
                   inline_primary_key=record.inline_primary_key, **_native.options(record))

    @classmethod
    def from_column(cls, column):
        return cls(column.table.name, column, schema=column.table.schema)

    @classmethod
    def from_column_and_tablename(cls, schema, tname, column):
        return cls(tname, column, schema=schema)

    def _record(self):
        return _native.make(self._directive, (self.table_name, self.column), {
            "schema": self.schema, "if_not_exists": self.if_not_exists,
            "inline_references": self.inline_references,
            "inline_primary_key": self.inline_primary_key, **self.kw})

    def to_column(self):
        return self.column

    def reverse(self):
        return DropColumnOp.from_column_and_tablename(self.schema, self.table_name, self.column)

    def to_diff_tuple(self):
        return ("add_column", self.schema, self.table_name, self.column)


class DropColumnOp(AlterTableOp):
    _directive = "drop_column"

    def __init__(self, table_name, column_name, *, schema=None, if_exists=None, _reverse=None,
                 **kw):
        super().__init__(table_name, schema=schema)
        self.column_name = column_name
        self.if_exists = if_exists
        self.kw = kw
        self._reverse = _reverse

    @classmethod
    def _of(cls, record, thing):
        made = cls(record.table_name, record.column_name, schema=record.schema,
                   if_exists=record.if_exists, **_native.options(record))
        if thing is not None:
            made._reverse = AddColumnOp(record.table_name, thing, schema=record.schema)
        return made

    @classmethod
    def from_column_and_tablename(cls, schema, tname, column):
        return cls(tname, column.name, schema=schema,
                   _reverse=AddColumnOp(tname, column, schema=schema))

    def _record(self):
        thing = None if self._reverse is None else self._reverse.column
        return _native.make(self._directive, (self.table_name, self.column_name),
                            {"schema": self.schema, "if_exists": self.if_exists, **self.kw}, thing)

    def to_column(self, migration_context=None):
        if self._reverse is not None:
            return self._reverse.column
        return _native.column(self.column_name)

    def reverse(self):
        if self._reverse is None:
            raise ValueError("operation is not reversible; original column is not present")
        return self._reverse

    def to_diff_tuple(self):
        return ("remove_column", self.schema, self.table_name, self.to_column())


class BulkInsertOp(MigrateOperation):
    _directive = "bulk_insert"

    def __init__(self, table, rows, *, multiinsert=True):
        self.table = table
        self.rows = rows
        self.multiinsert = multiinsert

    @classmethod
    def _of(cls, record, thing):
        return cls(record.table, record.rows, multiinsert=record.multiinsert)

    def _record(self):
        return _native.make(self._directive, (self.table, self.rows),
                            {"multiinsert": self.multiinsert})


class ExecuteSQLOp(MigrateOperation):
    _directive = "execute"

    def __init__(self, sqltext, *, execution_options=None):
        self.sqltext = sqltext
        self.execution_options = execution_options

    @classmethod
    def _of(cls, record, thing):
        return cls(record.sqltext, execution_options=record.execution_options)

    def _record(self):
        return _native.make(self._directive, (self.sqltext,),
                            {"execution_options": self.execution_options})

    def to_diff_tuple(self):
        return ("execute", self.sqltext)


class _OtherOp(MigrateOperation):
    """What autogenerate finds beyond Alembic: handed on as it is."""

    def __init__(self, record):
        self.record = record

    def _record(self):
        return self.record

    def reverse(self):
        return _of(_native.reverse(self.record))

    def to_diff_tuple(self):
        return (_native.directive(self.record),)


class OpContainer(MigrateOperation):
    _ops = _handle = None

    def __init__(self, ops=()):
        self._ops = list(ops)

    @property
    def ops(self):
        if self._ops is None:
            self._ops = [_of(record) for record in self._handle]
        return self._ops

    @ops.setter
    def ops(self, ops):
        self._ops = ops

    def is_empty(self):
        return not (self._handle if self._ops is None else self._ops)

    def _records(self):
        return self._handle if self._ops is None else [each._record() for each in self._ops]

    def as_diffs(self):
        out = []
        for each in self.ops:
            if isinstance(each, OpContainer):
                out.extend(each.as_diffs())
            else:
                out.append(each.to_diff_tuple())
        return out


class ModifyTableOps(OpContainer):
    def __init__(self, table_name, ops, *, schema=None):
        super().__init__(ops)
        self.table_name = table_name
        self.schema = schema

    def _record(self):
        return _native.modify(self.table_name, self.schema, self._records())

    def reverse(self):
        return ModifyTableOps(self.table_name, [each.reverse() for each in reversed(self.ops)],
                              schema=self.schema)


class UpgradeOps(OpContainer):
    def __init__(self, ops=(), upgrade_token="upgrades"):
        super().__init__(ops)
        self.upgrade_token = upgrade_token

    def reverse_into(self, downgrade_ops):
        downgrade_ops.ops[:] = [each.reverse() for each in reversed(self.ops)]
        return downgrade_ops

    def reverse(self):
        return self.reverse_into(DowngradeOps(ops=[]))


class DowngradeOps(OpContainer):
    def __init__(self, ops=(), downgrade_token="downgrades"):
        super().__init__(ops)
        self.downgrade_token = downgrade_token

    def reverse(self):
        return UpgradeOps(ops=[each.reverse() for each in reversed(self.ops)])


def _as_list(ops):
    return list(ops) if isinstance(ops, (list, tuple)) else [] if ops is None else [ops]


class MigrationScript(MigrateOperation):
    _needs_render = None

    def __init__(self, rev_id, upgrade_ops, downgrade_ops, *, message=None, imports=(), head=None,
                 splice=None, branch_label=None, version_path=None, depends_on=None):
        self.rev_id = rev_id
        self.message = message
        self.imports = set(imports)
        self.head = head
        self.splice = splice
        self.branch_label = branch_label
        self.version_path = version_path
        self.depends_on = depends_on
        self._upgrade_ops = _as_list(upgrade_ops)
        self._downgrade_ops = _as_list(downgrade_ops)

    @property
    def upgrade_ops(self):
        if len(self._upgrade_ops) > 1:
            raise ValueError("This MigrationScript instance has a multiple-entry list for "
                             "UpgradeOps; please use the upgrade_ops_list attribute.")
        return self._upgrade_ops[0] if self._upgrade_ops else None

    @upgrade_ops.setter
    def upgrade_ops(self, ops):
        self._upgrade_ops = _as_list(ops)

    @property
    def downgrade_ops(self):
        if len(self._downgrade_ops) > 1:
            raise ValueError("This MigrationScript instance has a multiple-entry list for "
                             "DowngradeOps; please use the downgrade_ops_list attribute.")
        return self._downgrade_ops[0] if self._downgrade_ops else None

    @downgrade_ops.setter
    def downgrade_ops(self, ops):
        self._downgrade_ops = _as_list(ops)

    @property
    def upgrade_ops_list(self):
        return self._upgrade_ops

    @property
    def downgrade_ops_list(self):
        return self._downgrade_ops


_classes = {cls._directive: cls for cls in (
    AddColumnOp, AlterColumnOp, BulkInsertOp, CreateCheckConstraintOp, CreateForeignKeyOp,
    CreateIndexOp, CreatePrimaryKeyOp, CreateTableCommentOp, CreateTableOp,
    CreateUniqueConstraintOp, DropColumnOp, DropConstraintOp, DropIndexOp, DropTableCommentOp,
    DropTableOp, ExecuteSQLOp, RenameTableOp)}


def _of(record):
    """The object of an operation that the program made."""
    kind, thing = _native.open(record)
    if kind == "script_op":
        return thing
    if kind == "modify_table":
        made = ModifyTableOps(record.table_name, (), schema=record.schema)
        made._ops, made._handle = None, thing
        return made
    cls = _classes.get(kind)
    return _OtherOp(record) if cls is None else cls._of(record, thing)


def _lazy(container, records):
    container._ops, container._handle = None, records
    return container


def _script(rev_id, message, head, splice, branch_label, version_path, depends_on):
    return MigrationScript(rev_id, [], [], message=message, head=head, splice=splice,
                           branch_label=branch_label, version_path=version_path,
                           depends_on=depends_on)


def _add(script, up, up_token, down, down_token):
    """The operations found in one database."""
    script._upgrade_ops.append(_lazy(UpgradeOps(upgrade_token=up_token), up))
    script._downgrade_ops.append(_lazy(DowngradeOps(downgrade_token=down_token), down))


def _close(script):
    """What C reads of a script when the hooks are through with it."""
    depends_on = script.depends_on
    if isinstance(depends_on, str):
        depends_on = [depends_on]
    head = script.head
    return {
        "rev_id": script.rev_id, "message": script.message, "imports": sorted(script.imports),
        "head": [head] if isinstance(head, str) else None if head is None else list(head),
        "splice": bool(script.splice), "branch_label": script.branch_label,
        "version_path": script.version_path,
        "depends_on": None if depends_on is None else list(depends_on),
        "upgrades": [(each.upgrade_token, each._records()) for each in script._upgrade_ops],
        "downgrades": [(each.downgrade_token, each._records()) for each in script._downgrade_ops],
    }
