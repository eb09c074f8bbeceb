# SPDX-License-Identifier: MIT
"""Operations as objects: op.invoke() takes them, and scripts derive their own."""


class MigrateOperation:
    info = {}

    def __init__(self, *args, **kw):
        self._args = args
        self._kw = kw


class AddConstraintOp(MigrateOperation):
    pass


class AlterTableOp(MigrateOperation):
    pass


class OpContainer(MigrateOperation):
    def __init__(self, ops=()):
        self.ops = list(ops)

    def is_empty(self):
        return not self.ops


class ModifyTableOps(OpContainer):
    def __init__(self, table_name, ops, *, schema=None):
        super().__init__(ops)
        self.table_name = table_name
        self.schema = schema


class UpgradeOps(OpContainer):
    def __init__(self, ops=(), upgrade_token="upgrades"):
        super().__init__(ops)
        self.upgrade_token = upgrade_token


class DowngradeOps(OpContainer):
    def __init__(self, ops=(), downgrade_token="downgrades"):
        super().__init__(ops)
        self.downgrade_token = downgrade_token


class MigrationScript(MigrateOperation):
    pass


class CreateTableOp(MigrateOperation):
    _directive = "create_table"


class DropTableOp(MigrateOperation):
    _directive = "drop_table"


class RenameTableOp(MigrateOperation):
    _directive = "rename_table"


class AddColumnOp(MigrateOperation):
    _directive = "add_column"


class DropColumnOp(MigrateOperation):
    _directive = "drop_column"


class AlterColumnOp(MigrateOperation):
    _directive = "alter_column"


class CreateIndexOp(MigrateOperation):
    _directive = "create_index"


class DropIndexOp(MigrateOperation):
    _directive = "drop_index"


class CreatePrimaryKeyOp(MigrateOperation):
    _directive = "create_primary_key"


class CreateUniqueConstraintOp(MigrateOperation):
    _directive = "create_unique_constraint"


class CreateForeignKeyOp(MigrateOperation):
    _directive = "create_foreign_key"


class CreateCheckConstraintOp(MigrateOperation):
    _directive = "create_check_constraint"


class DropConstraintOp(MigrateOperation):
    _directive = "drop_constraint"


class CreateTableCommentOp(MigrateOperation):
    _directive = "create_table_comment"


class DropTableCommentOp(MigrateOperation):
    _directive = "drop_table_comment"


class BulkInsertOp(MigrateOperation):
    _directive = "bulk_insert"


class ExecuteSQLOp(MigrateOperation):
    _directive = "execute"
