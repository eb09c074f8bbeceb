from typing import Optional

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class City(Base):
    __tablename__ = "city"
    __table_args__ = (UniqueConstraint("name", "code", name="uq_city"), {"comment": "towns"})

    name: Mapped[str] = mapped_column(String(40), index=True)
    code: Mapped[Optional[int]]
    id: Mapped[int] = mapped_column(primary_key=True)


class Street(Base):
    __tablename__ = "street"

    label: Mapped[str] = mapped_column(String(40))
    city_id: Mapped[int] = mapped_column(ForeignKey("city.id", ondelete="CASCADE"))
    id: Mapped[int] = mapped_column(primary_key=True)
