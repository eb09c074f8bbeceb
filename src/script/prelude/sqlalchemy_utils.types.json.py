# SPDX-License-Identifier: MIT
"""Names of sqlalchemy_utils at another place."""
from sqlalchemy_utils import *
