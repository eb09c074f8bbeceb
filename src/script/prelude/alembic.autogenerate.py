# SPDX-License-Identifier: MIT
"""Autogenerate for an env.py, for revisions and for small tools."""
from alembic.autogenerate import api, rewriter
from alembic.autogenerate.api import (
    AutogenContext, comparators, compare_metadata, default_renderers, produce_migrations,
    render_op_text, render_python_code, renderers)
from alembic.autogenerate.rewriter import Rewriter
