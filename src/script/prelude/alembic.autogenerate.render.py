# SPDX-License-Identifier: MIT
"""The renderers' dispatcher under the name of the module that holds Alembic's."""
from alembic.autogenerate.api import default_renderers, render_op_text, renderers
