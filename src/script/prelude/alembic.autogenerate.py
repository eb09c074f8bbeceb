# SPDX-License-Identifier: MIT
"""Autogenerate's names; they are refused when they are used."""
from alembic.autogenerate import rewriter
from alembic.autogenerate.rewriter import Rewriter


class renderers:
    @staticmethod
    def dispatch_for(target, *args, **kw):
        def decorate(fn):
            return fn

        return decorate


comparators = renderers


def compare_metadata(context, metadata):
    raise NotImplementedError("limbeck does not serve alembic.autogenerate.compare_metadata")


def produce_migrations(context, metadata):
    raise NotImplementedError("limbeck does not serve alembic.autogenerate.produce_migrations")


def render_python_code(*args, **kw):
    raise NotImplementedError("limbeck does not serve alembic.autogenerate.render_python_code")
