"""events of DDL

Revision ID: 00b2
Revises: 00a1
Create Date: 2024-03-01 08:35:00.000000

"""
from alembic import op
import sqlalchemy as sa

revision = '00b2'
down_revision = '00a1'


@sa.event.listens_for(sa.Column, "after_parent_attach")
def index_places(column, table):
    print("attach", column.name, table.name)
    if column.info.get("place"):
        sa.Index("idx_%s_%s" % (table.name, column.name), column)


@sa.event.listens_for(sa.Table, "after_parent_attach")
def attached(table, metadata):
    print("attach", table.name)


def tell(name):
    def heard(table, connection, **kw):
        print(name, table.name, [c.name for c in table.columns])

    sa.event.listen(sa.Table, name, heard)


for each in ("before_create", "after_create", "before_drop", "after_drop"):
    tell(each)


def upgrade():
    made = op.create_table(
        "site",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("spot", sa.String(20), info={"place": True}),
    )
    print("made", sorted(index.name for index in made.indexes))
    op.add_column("site", sa.Column("other", sa.String(20), info={"place": True}))


def downgrade():
    op.drop_table("site")
