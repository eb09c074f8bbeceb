# SPDX-License-Identifier: MIT
"""The comparators' dispatcher under the name of the module that holds Alembic's."""
from alembic.autogenerate.api import comparators
