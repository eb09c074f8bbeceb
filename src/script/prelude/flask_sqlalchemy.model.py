# SPDX-License-Identifier: MIT
"""Names of flask_sqlalchemy at another place."""
from flask_sqlalchemy import (
    BindMetaMixin,
    BindMixin,
    DefaultMeta,
    DefaultMetaNoName,
    Model,
    NameMetaMixin,
    NameMixin,
    camel_to_snake_case,
    should_set_tablename,
)
