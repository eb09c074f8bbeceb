# SPDX-License-Identifier: MIT
"""Names of sqlalchemy.orm at another place."""
from sqlalchemy.orm import *
