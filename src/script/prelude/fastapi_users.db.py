# SPDX-License-Identifier: MIT
"""The tables of fastapi-users at their old place."""
from fastapi_users_db_sqlalchemy import *
