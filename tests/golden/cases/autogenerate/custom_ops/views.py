from alembic.autogenerate import comparators, renderers
from alembic.operations import MigrateOperation, Operations, ops
from sqlalchemy import text

VIEWS = {"big_city": "SELECT name FROM city WHERE code > 10"}


@Operations.register_operation("create_view")
class CreateViewOp(MigrateOperation):
    def __init__(self, name, body):
        self.name = name
        self.body = body

    @classmethod
    def create_view(cls, operations, name, body):
        return operations.invoke(cls(name, body))

    def reverse(self):
        return DropViewOp(self.name, self.body)


@Operations.register_operation("drop_view")
class DropViewOp(MigrateOperation):
    def __init__(self, name, body=None):
        self.name = name
        self.body = body

    @classmethod
    def drop_view(cls, operations, name):
        return operations.invoke(cls(name))

    def reverse(self):
        return CreateViewOp(self.name, self.body)


@Operations.implementation_for(CreateViewOp)
def create_view(operations, operation):
    operations.execute("CREATE VIEW %s AS %s" % (operation.name, operation.body))


@Operations.implementation_for(DropViewOp)
def drop_view(operations, operation):
    operations.execute("DROP VIEW %s" % operation.name)


@renderers.dispatch_for(CreateViewOp)
def render_create(autogen_context, op):
    autogen_context.imports.add("import views")
    return "op.create_view(%r, %r)" % (op.name, op.body)


@renderers.dispatch_for(DropViewOp)
def render_drop(autogen_context, op):
    return ["# the view", "op.drop_view(%r)" % op.name]


@renderers.dispatch_for(ops.DropTableOp, replace=True)
def render_drop_table(autogen_context, op):
    return "op.execute('DROP TABLE %s')" % op.table_name


@comparators.dispatch_for("schema")
def compare_views(autogen_context, upgrade_ops, schemas):
    if autogen_context.dialect.name == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'view'"
    else:
        query = "SELECT viewname FROM pg_views WHERE schemaname = 'public'"
    have = {row[0] for row in autogen_context.connection.execute(text(query))}
    for name, body in VIEWS.items():
        if name not in have:
            upgrade_ops.ops.append(CreateViewOp(name, body))
