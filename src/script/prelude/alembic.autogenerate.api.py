# SPDX-License-Identifier: MIT
"""What an env.py or a small tool takes from here: contexts, dispatchers, and comparing by hand."""
import _limbeck_autogen as _native
from alembic.operations import ops as _ops

_defaults = {
    "include_name": None, "include_object": None, "include_schemas": False, "compare_type": True,
    "compare_server_default": False, "render_item": None, "render_as_batch": False,
    "sqlalchemy_module_prefix": "sa.", "alembic_module_prefix": "op.", "user_module_prefix": None,
    "target_metadata": None, "upgrade_token": "upgrades", "downgrade_token": "downgrades",
    "template_args": {}, "process_revision_directives": None,
}


class Dispatcher:
    """Functions by the class, or by the name, that they are for."""

    def __init__(self, uselist=False):
        self._registry = {}
        self.uselist = uselist

    def dispatch_for(self, target, qualifier="default", *, replace=False, subgroup=None, **kw):
        def decorate(fn):
            key = (target, qualifier)
            if replace or not self.uselist:
                self._registry[key] = [fn]
            else:
                self._registry.setdefault(key, []).append(fn)
            return fn

        return decorate

    def _find(self, target, qualifier):
        found = list(self._registry.get((target, qualifier), ()))
        if qualifier != "default":
            found += self._registry.get((target, "default"), ())
        return found

    def dispatch(self, obj, qualifier="default"):
        targets = [obj] if isinstance(obj, str) else (
            obj.__mro__ if isinstance(obj, type) else type(obj).__mro__)
        for target in targets:
            found = self._find(target, qualifier)
            if found:
                if not self.uselist:
                    return found[0]
                return lambda *args, **kw: [fn(*args, **kw) for fn in found]
        if self.uselist:
            return lambda *args, **kw: None
        raise ValueError("no dispatch function for object: %s" % obj)

    def branch(self):
        made = Dispatcher(self.uselist)
        made._registry = {key: list(fns) for key, fns in self._registry.items()}
        return made


renderers = default_renderers = Dispatcher()
comparators = Dispatcher(uselist=True)


class AutogenContext:
    """What the functions of an env.py get while schemas are compared and operations printed."""

    def __init__(self, migration_context, metadata=None, opts=None, autogenerate=True):
        self.migration_context = migration_context
        self.opts = {**_defaults, **(migration_context.opts if opts is None else opts)}
        self.metadata = self.opts["target_metadata"] if metadata is None else metadata
        self.connection = migration_context.bind
        self.dialect = migration_context.dialect
        self.imports = set()
        self.comparators = comparators
        self._has_batch = False

    @property
    def inspector(self):
        from sqlalchemy import inspect

        return inspect(self.connection)

    def _metadatas(self):
        given = self.metadata
        return list(given) if isinstance(given, (list, tuple)) else [given]

    @property
    def sorted_tables(self):
        return [table for each in self._metadatas() for table in each.sorted_tables]

    @property
    def table_key_to_table(self):
        return {key: table for each in self._metadatas() for key, table in each.tables.items()}

    def run_name_filters(self, name, type_, parent_names):
        fn = self.opts["include_name"]
        if "schema_name" in parent_names:
            table = name if type_ == "table" else parent_names.get("table_name")
            schema = parent_names["schema_name"]
            if table:
                parent_names["schema_qualified_table_name"] = (
                    "%s.%s" % (schema, table) if schema else table)
        return fn is None or bool(fn(name, type_, parent_names))

    def run_object_filters(self, object_, name, type_, reflected, compare_to):
        fn = self.opts["include_object"]
        return fn is None or bool(fn(object_, name, type_, reflected, compare_to))

    run_filters = run_object_filters


def _context(migration_context, opts):
    return AutogenContext(migration_context, opts=opts)


def _registered(target):
    if target == "render":
        return bool(renderers._registry)
    return any(key[0] == target for key in comparators._registry)


def _call_comparators(target, state, *args):
    for fn in comparators._find(target, state.dialect.name):
        fn(state, *args)


def _compare_schemas(state, records, schemas):
    upgrade_ops = _ops._lazy(_ops.UpgradeOps(), records)
    _call_comparators("schema", state, upgrade_ops, set(schemas))
    return upgrade_ops._records()


def _compare_table(state, record, schema, name, database, model):
    modify = _ops._of(record)
    _call_comparators("table", state, modify, schema, name, database, model)
    return modify._records()


def _compare_column(state, record, schema, table, database, model):
    alter = _ops._of(record)
    name = alter.column_name
    _call_comparators("column", state, alter, schema, table, name, database, model)
    return alter._record()


def _render_op(state, record, in_batch):
    op = _ops._of(record)
    own = not _native.is_plain(record)
    for target in type(op).__mro__:
        found = renderers._find(target, "default")
        if found:
            state._has_batch = in_batch
            lines = found[0](state, op)
            return [lines] if isinstance(lines, str) else list(lines)
    if own:
        raise ValueError("no dispatch function for object: %r" % (op,))
    return None


def _arguments(obj):
    """The arguments that repr() tells of an object whose class has an __init__ of its own."""
    import inspect

    out, seen = [], inspect.signature(type(obj).__init__).parameters
    for name, each in list(seen.items())[1:]:
        if each.kind is each.VAR_POSITIONAL:
            out += [repr(value) for value in getattr(obj, name, ())]
        elif each.kind is each.VAR_KEYWORD:
            continue
        elif each.default is each.empty:
            out.append(repr(getattr(obj, name, None)))
        elif hasattr(obj, name) and getattr(obj, name) != each.default:
            out.append("%s=%r" % (name, getattr(obj, name)))
    return ", ".join(out)


def _type_source(type_):
    """(module, name, repr or None, the type whose arguments are written) of a script's type."""
    from sqlalchemy.types import TypeDecorator, UserDefinedType

    cls = type(type_)
    if cls.__module__.startswith("sqlalchemy."):
        return None
    own = []
    for each in cls.__mro__:
        if each.__module__.startswith("sqlalchemy."):
            break
        own.append(each)
    if any("__repr__" in vars(each) for each in own):
        return (cls.__module__, cls.__name__, repr(type_), None)
    if isinstance(type_, TypeDecorator):
        return (cls.__module__, cls.__name__, None, type_.impl_instance)
    if any("__init__" in vars(each) for each in own):
        text = "%s(%s)" % (cls.__name__, _arguments(type_))
        return (cls.__module__, cls.__name__, text, None)
    base = None if isinstance(type_, UserDefinedType) else type_
    return (cls.__module__, cls.__name__, None, base)


def _upgrade(context, metadata):
    return _ops._lazy(_ops.UpgradeOps(), _native.compare(context, metadata))


def compare_metadata(context, metadata):
    """The differences as a list of tuples."""
    return _upgrade(context, metadata).as_diffs()


def produce_migrations(context, metadata):
    """The differences as a MigrationScript."""
    up = _upgrade(context, metadata)
    down = up.reverse()
    return _ops.MigrationScript(rev_id=None, upgrade_ops=up, downgrade_ops=down)


def render_python_code(up_or_down_op, sqlalchemy_module_prefix="sa.", alembic_module_prefix="op.",
                       render_as_batch=False, imports=(), render_item=None,
                       migration_context=None, user_module_prefix=None):
    """The body of an upgrade() or a downgrade()."""
    opts = {"sqlalchemy_module_prefix": sqlalchemy_module_prefix,
            "alembic_module_prefix": alembic_module_prefix, "render_item": render_item,
            "render_as_batch": render_as_batch, "user_module_prefix": user_module_prefix}
    return _native.render(migration_context, up_or_down_op._records(), opts)


def render_op_text(autogen_context, op):
    return _native.render_op(autogen_context.migration_context, op._record(),
                             autogen_context.opts)
