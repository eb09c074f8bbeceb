from typing import Optional

from sqlalchemy import Index, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class City(Base):
    __tablename__ = "city"

    name: Mapped[Optional[str]] = mapped_column(String(60))
    id: Mapped[int] = mapped_column(primary_key=True)
    size: Mapped[Optional[int]] = mapped_column(index=True)
    gone: Mapped[Optional[int]]
