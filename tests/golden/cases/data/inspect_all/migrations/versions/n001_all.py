"""all tables

Revision ID: n001
Revises:
Create Date: 2024-03-01 09:07:00.000000

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.engine.reflection import ObjectKind

revision = 'n001'
down_revision = None
branch_labels = None
depends_on = None

WHAT = ("columns", "pk_constraint", "foreign_keys", "indexes", "unique_constraints", "check_constraints")


def upgrade() -> None:
    op.create_table("a", sa.Column("id", sa.Integer, primary_key=True), sa.Column("x", sa.Integer),
                    sa.UniqueConstraint("x", name="uq_a"), sa.CheckConstraint("x > 0", name="ck_a"))
    op.create_table("b", sa.Column("id", sa.Integer, sa.ForeignKey("a.id", name="fk_b")), sa.Column("y", sa.Text))
    op.create_index("ix_b", "b", ["y"])
    op.execute("CREATE VIEW v AS SELECT 1 AS one")
    inspector = sa.inspect(op.get_bind())
    for what in WHAT:
        for key, told in sorted(getattr(inspector, "get_multi_" + what)().items()):
            print(what, key, told)
    print(sorted(inspector.get_multi_columns(kind=ObjectKind.ANY)))
    print(sorted(inspector.get_multi_columns(kind=ObjectKind.VIEW)))
    print(inspector.get_multi_pk_constraint(filter_names=["a", "nosuch"]))
    print(ObjectKind.VIEW | ObjectKind.MATERIALIZED_VIEW)


def downgrade() -> None:
    pass
