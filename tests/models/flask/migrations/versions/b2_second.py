# SPDX-License-Identifier: MIT
"""second"""
import sqlalchemy as sa
from alembic import op

revision = "b2"
down_revision = "a1"


def upgrade():
    op.create_table("shop_order", sa.Column("id", sa.Integer(), nullable=False),
                    sa.Column("customer_id", sa.Integer(), nullable=False),
                    sa.ForeignKeyConstraint(["customer_id"], ["customer.id"]), sa.PrimaryKeyConstraint("id"))


def downgrade():
    op.drop_table("shop_order")
