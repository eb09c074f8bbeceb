"""order status

Revision ID: 2b7d81e3f052
Revises: 1a6f0c2d9e41
Create Date: 2026-02-03 14:05:00

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa

revision: str = "2b7d81e3f052"
down_revision: Union[str, Sequence[str], None] = "1a6f0c2d9e41"
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    with op.batch_alter_table("orders") as batch_op:
        batch_op.add_column(sa.Column("status", sa.String(10), server_default="open", nullable=False))
        batch_op.create_check_constraint("ck_orders_status", "status IN ('open', 'paid', 'sent')")


def downgrade() -> None:
    with op.batch_alter_table("orders") as batch_op:
        batch_op.drop_constraint("ck_orders_status", type_="check")
        batch_op.drop_column("status")
