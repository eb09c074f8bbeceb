# SPDX-License-Identifier: MIT
"""first"""
import sqlalchemy as sa
from alembic import op

revision = "a1"
down_revision = None


def upgrade():
    op.create_table("customer", sa.Column("id", sa.Integer(), nullable=False),
                    sa.Column("email", sa.String(80), nullable=False), sa.PrimaryKeyConstraint("id"))
    op.create_index("ix_customer_email", "customer", ["email"])


def downgrade():
    op.drop_table("customer")
