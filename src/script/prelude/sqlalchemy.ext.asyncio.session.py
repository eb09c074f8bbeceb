# SPDX-License-Identifier: MIT
"""Names of sqlalchemy.ext.asyncio at another place."""
from sqlalchemy.ext.asyncio import *
