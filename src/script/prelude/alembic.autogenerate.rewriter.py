# SPDX-License-Identifier: MIT
"""Rewriters: functions by the operation's class, called on all that autogenerate found."""
from alembic.autogenerate.api import Dispatcher
from alembic.operations import ops


class Rewriter:
    def __init__(self):
        self._rules = Dispatcher()
        self._chained = ()

    def chain(self, other):
        """This rewriter, then another one or any function of the same kind."""
        made = type(self)()
        made._rules, made._chained = self._rules, (*self._chained, other)
        return made

    def rewrites(self, operator):
        operators = operator if isinstance(operator, (list, tuple, set)) else [operator]

        def decorate(fn):
            for each in operators:
                self._rules.dispatch_for(each)(fn)
            return fn

        return decorate

    def _rewrite(self, context, revision, op):
        rule = next((found[0] for found in (self._rules._find(cls, "default")
                                            for cls in type(op).__mro__) if found), None)
        if rule is None or self in op._mutations:
            return [op]
        made = rule(context, revision, op)
        made = list(made) if isinstance(made, (list, tuple)) else [] if made is None else [made]
        for each in made:
            each._mutations = each._mutations.union([self])
        return made

    def _traverse(self, context, revision, op):
        """What an operation becomes; of a container also what its operations become."""
        out = self._rewrite(context, revision, op)
        for each in out:
            if isinstance(each, ops.MigrationScript):
                for container in (*each.upgrade_ops_list, *each.downgrade_ops_list):
                    self._traverse_container(context, revision, container)
            elif isinstance(each, ops.OpContainer):
                self._inside(context, revision, each)
        return out

    def _traverse_container(self, context, revision, container):
        self._rewrite(context, revision, container)
        self._inside(context, revision, container)

    def _inside(self, context, revision, container):
        container.ops[:] = [made for op in container.ops
                            for made in self._traverse(context, revision, op)]

    def process_revision_directives(self, context, revision, directives):
        self(context, revision, directives)

    def __call__(self, context, revision, directives):
        directives[:] = [made for script in directives
                         for made in self._traverse(context, revision, script)]
        for other in self._chained:
            other(context, revision, directives)
