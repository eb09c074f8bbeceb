# SPDX-License-Identifier: MIT
"""The tables of fastapi-users."""
import uuid

from fastapi_users_db_sqlalchemy.generics import GUID
from sqlalchemy import Boolean, ForeignKey, Integer, String
from sqlalchemy.orm import declared_attr, mapped_column

UUID_ID = uuid.UUID


class SQLAlchemyBaseUserTable:
    __tablename__ = "user"
    email = mapped_column(String(length=320), unique=True, index=True, nullable=False)
    hashed_password = mapped_column(String(length=1024), nullable=False)
    is_active = mapped_column(Boolean, default=True, nullable=False)
    is_superuser = mapped_column(Boolean, default=False, nullable=False)
    is_verified = mapped_column(Boolean, default=False, nullable=False)


class SQLAlchemyBaseUserTableUUID(SQLAlchemyBaseUserTable):
    id = mapped_column(GUID, primary_key=True, default=uuid.uuid4)


class SQLAlchemyBaseOAuthAccountTable:
    __tablename__ = "oauth_account"
    oauth_name = mapped_column(String(length=100), index=True, nullable=False)
    access_token = mapped_column(String(length=1024), nullable=False)
    expires_at = mapped_column(Integer, nullable=True)
    refresh_token = mapped_column(String(length=1024), nullable=True)
    account_id = mapped_column(String(length=320), index=True, nullable=False)
    account_email = mapped_column(String(length=320), nullable=False)


class SQLAlchemyBaseOAuthAccountTableUUID(SQLAlchemyBaseOAuthAccountTable):
    id = mapped_column(GUID, primary_key=True, default=uuid.uuid4)

    @declared_attr
    def user_id(cls):
        return mapped_column(GUID, ForeignKey("user.id", ondelete="cascade"), nullable=False)


class SQLAlchemyUserDatabase:
    def __init__(self, *args, **kw):
        pass
