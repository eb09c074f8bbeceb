from alembic import op

revision = "000000000001"
down_revision = None


def upgrade():
    for table, include in (("kept", ""), ("gone", "INCLUDE (b)")):
        op.execute(
            f"CREATE TABLE {table} (id SERIAL PRIMARY KEY, a INTEGER, b INTEGER, c INTEGER, "
            f"CONSTRAINT {table}_with UNIQUE (a) {include}, "
            f"CONSTRAINT {table}_nulls UNIQUE NULLS NOT DISTINCT (c), "
            f"CONSTRAINT {table}_plain UNIQUE (b))"
        )


def downgrade():
    op.drop_table("gone")
    op.drop_table("kept")
