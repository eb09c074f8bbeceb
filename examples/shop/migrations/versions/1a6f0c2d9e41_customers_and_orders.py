"""customers and orders

Revision ID: 1a6f0c2d9e41
Revises:
Create Date: 2026-01-12 09:30:00

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa

revision: str = "1a6f0c2d9e41"
down_revision: Union[str, Sequence[str], None] = None
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    op.create_table(
        "customer",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("email", sa.String(255), nullable=True),
        sa.Column("created_at", sa.DateTime(), server_default=sa.func.now(), nullable=False),
    )
    op.create_index("ix_customer_email", "customer", ["email"], unique=True)
    op.create_table(
        "orders",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("total", sa.Numeric(10, 2), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name="fk_orders_customer",
                                ondelete="CASCADE"),
    )
    op.execute("INSERT INTO customer (id, name, email) VALUES (1, 'Ann Berg', 'ann@example.com')")
    op.execute("INSERT INTO orders (id, customer_id, total) VALUES (1, 1, 12.50), (2, 1, 40)")


def downgrade() -> None:
    op.drop_table("orders")
    op.drop_index("ix_customer_email", table_name="customer")
    op.drop_table("customer")
