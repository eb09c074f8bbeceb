# SPDX-License-Identifier: MIT
"""Names of flask_sqlalchemy at another place."""
from flask_sqlalchemy import SQLAlchemy
