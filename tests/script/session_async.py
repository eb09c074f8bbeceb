# SPDX-License-Identifier: MIT
"""AsyncSession: what is awaited has been done."""
import asyncio

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Item(Base):
    __tablename__ = "item"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


async def main():
    engine = create_async_engine("sqlite+aiosqlite://")
    async with engine.connect() as connection:
        await connection.run_sync(Base.metadata.create_all)
        await connection.commit()
        async with AsyncSession(connection) as session:
            session.add(Item(name="a"))
            await session.flush()
            session.add_all([Item(name="b"), Item(name="c")])
            await session.commit()
            found = (await session.execute(sa.select(Item).order_by(Item.id))).scalars().all()
            assert [i.name for i in found] == ["a", "b", "c"]
            assert (await session.get(Item, 2)).name == "b"
            assert await session.scalar(sa.select(sa.func.count()).select_from(Item)) == 3
            await session.delete(found[0])
            await session.commit()
            names = await session.scalars(sa.select(Item.name).order_by(Item.id))
            assert names.all() == ["b", "c"]
            assert await session.run_sync(lambda s: s.query(Item).count()) == 2
            async with session.begin_nested():
                session.add(Item(name="d"))
            seen = []
            async for item in await session.stream_scalars(sa.select(Item)):
                seen.append(item.name)
            assert seen == ["b", "c", "d"]
            await session.rollback()
        maker = async_sessionmaker(connection, expire_on_commit=False)
        async with maker.begin() as session:
            session.add(Item(name="e"))
        async with maker() as session:
            assert (await session.scalars(sa.select(Item.name))).all() == ["b", "c", "e"]


asyncio.run(main())
