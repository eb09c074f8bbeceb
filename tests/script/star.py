# SPDX-License-Identifier: MIT
"""`import *` of modules whose names are made when they are first asked for."""
from sqlalchemy import *
from sqlalchemy.dialects.postgresql import *
from sqlalchemy.orm import *

meta = MetaData()
things = Table("things", meta, Column("id", Integer, primary_key=True), Column("data", JSONB))
assert things.c.data.type.__class__.__name__ == "JSONB"
assert str(select(things.c.id).where(and_(things.c.id > 1, things.c.id < 3))) == (
    "SELECT things.id \nFROM things \nWHERE things.id > :id_1 AND things.id < :id_2"
)
Base = declarative_base()


class Thing(Base):
    __tablename__ = "thing"
    id = Column(Integer, primary_key=True)
    others = relationship("Thing")


assert Thing.__table__.name == "thing"
assert str(func.now()) == "now()"
