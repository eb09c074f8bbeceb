def upgrade():
    op.execute("UPDATE t
    SET x = 1")
