# SPDX-License-Identifier: MIT
"""The access tokens of fastapi-users."""
from fastapi_users_db_sqlalchemy import _Generic
from fastapi_users_db_sqlalchemy.generics import GUID, TIMESTAMPAware, now_utc
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import declared_attr, mapped_column


class SQLAlchemyBaseAccessTokenTable(_Generic):
    __tablename__ = "accesstoken"
    token = mapped_column(String(length=43), primary_key=True)
    created_at = mapped_column(
        TIMESTAMPAware(timezone=True), index=True, nullable=False, default=now_utc
    )


class SQLAlchemyBaseAccessTokenTableUUID(SQLAlchemyBaseAccessTokenTable):
    @declared_attr
    def user_id(cls):
        return mapped_column(GUID, ForeignKey("user.id", ondelete="cascade"), nullable=False)


class SQLAlchemyAccessTokenDatabase(_Generic):
    def __init__(self, *args, **kw):
        pass
