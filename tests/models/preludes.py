# SPDX-License-Identifier: MIT
# not recorded: what the packages make is written down by hand.
import datetime
import decimal
import enum
import os
import uuid
from typing import Annotated, List, Literal, Optional

import sqlalchemy as sa
### sqlmodel
from sqlmodel import JSON, Column, DateTime, Field, Relationship, SQLModel, func
SQLModel.metadata.clear()
class Kind(str, enum.Enum):
    a = "a"
    b = "b"
class Link(SQLModel, table=True):
    team_id: Optional[int] = Field(default=None, foreign_key="team.id", primary_key=True)
    hero_id: uuid.UUID | None = Field(default=None, foreign_key="hero.id", primary_key=True, ondelete="CASCADE")
class TeamBase(SQLModel):
    name: str = Field(index=True, max_length=30)
    hq: str = Field(max_length=9)
class Team(TeamBase, table=True):
    id: int | None = Field(default=None, primary_key=True)
    heroes: list["Hero"] = Relationship(back_populates="teams", link_model=Link)
class Hero(SQLModel, table=True):
    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True)
    kind: Kind = Kind.a
    price: decimal.Decimal = Field(max_digits=5, decimal_places=2)
    data: dict = Field(default={}, sa_column=Column(JSON))
    at: datetime.datetime = Field(sa_type=DateTime(timezone=True), sa_column_kwargs={"server_default": func.now()})
    score: Optional[float] = None
    flag: bool = False
    boss: uuid.UUID = Field(foreign_key="hero.id", nullable=False, ondelete="CASCADE")
    teams: List[Team] = Relationship(back_populates="heroes", link_model=Link)
assert Team(name="x", hq="y").name == "x"
### flask_sqlalchemy
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
db = SQLAlchemy()
tags = db.Table("tags", db.Column("a", db.ForeignKey("blog_post.id"), primary_key=True))
class Stamp:
    made = db.Column(db.DateTime)
class BlogPost(Stamp, db.Model):
    id = db.Column(db.Integer, primary_key=True)
    title = db.Column(db.String(20), index=True)
class Special(BlogPost):
    extra = db.Column(db.Integer)
class HTTPLog(db.Model):
    __bind_key__ = "logs"
    id = db.Column(db.Integer, primary_key=True)
assert [t.name for t in db.metadatas["logs"].sorted_tables] == ["http_log"]
### flask_sqlalchemy_base
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
class Base(DeclarativeBase):
    metadata = sa.MetaData(naming_convention={"pk": "pk_%(table_name)s"})
del_base = Base
db = SQLAlchemy(model_class=Base)
class UserName(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Optional[str]] = mapped_column(db.String(5))
metadata = db.metadata
### sqlalchemy_utils
import sqlalchemy_utils as su
metadata = sa.MetaData()
sa.Table("a", metadata, *[sa.Column("c%d" % i, t) for i, t in enumerate([
    su.UUIDType(), su.UUIDType(binary=False), su.ChoiceType([("a", "A")]), su.ChoiceType([(1, "A")], impl=sa.Integer()),
    su.EmailType(), su.EmailType(length=50), su.URLType(), su.JSONType(), su.ArrowType(timezone=True),
    su.TimezoneType(), su.CountryType(), su.CurrencyType(), su.LocaleType(), su.IPAddressType(), su.ScalarListType(),
    su.WeekDaysType(), su.EncryptedType(sa.Unicode, "k"), su.StringEncryptedType(sa.Unicode, "k", length=255)])])
### spatial
from geoalchemy2 import Geography, Geometry
from pgvector.sqlalchemy import HALFVEC, Vector
metadata = sa.MetaData()
sa.Table("g", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("p", Geometry("POINT", srid=4326)), sa.Column("q", Geography("polygon", srid=4326, spatial_index=False)), sa.Column("v", Vector(3)), sa.Column("h", HALFVEC(4)))
### fastapi_users
from fastapi_users_db_sqlalchemy import SQLAlchemyBaseOAuthAccountTableUUID, SQLAlchemyBaseUserTableUUID
from sqlalchemy.orm import DeclarativeBase
class Base(DeclarativeBase):
    pass
class User(SQLAlchemyBaseUserTableUUID, Base):
    pass
class OAuthAccount(SQLAlchemyBaseOAuthAccountTableUUID, Base):
    pass
### settings
from pydantic import AliasChoices, BaseModel, BeforeValidator, Field, MultiHostUrl, PostgresDsn, SecretStr, ValidationError, computed_field, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
os.environ.update({"T_server": "db", "T_USER": "u", "T_PASSWORD": "p@ss", "T_CORS": "a, b", "T_LST": '["x"]', "T_DB__HOST": "h", "T_DB__PORT": "5", "APP_DEBUG": "true", "URLX": "postgresql://a:b@c/d"})
class Db(BaseModel):
    host: str = "x"
    port: int = 1
class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="T_", env_nested_delimiter="__", extra="ignore")
    PROJECT: str = "p"
    CORS: Annotated[list[str] | str, BeforeValidator(lambda v: [x.strip() for x in v.split(",")] if isinstance(v, str) else v)] = []
    LST: list[str] = []
    db: Db = Db()
    DEBUG: bool = Field(False, validation_alias="APP_DEBUG")
    SERVER: str
    PORT: int = 5432
    USER: str
    PASSWORD: SecretStr
    URL: PostgresDsn | None = Field(None, validation_alias=AliasChoices("NOPE", "URLX"))
    ENV: Literal["local", "prod"] = "local"
    @computed_field
    @property
    def URI(self) -> PostgresDsn:
        return MultiHostUrl.build(scheme="postgresql+psycopg", username=self.USER, password=self.PASSWORD.get_secret_value(), host=self.SERVER, port=self.PORT, path="app")
    @field_validator("PROJECT", mode="before")
    @classmethod
    def upper(cls, v):
        return v.upper()
    @model_validator(mode="after")
    def check(self):
        assert self.ENV == "local"
        return self
s = Settings()
assert (s.CORS, s.LST, s.db.host, s.db.port, s.DEBUG) == (["a", "b"], ["x"], "h", 5, True)
assert str(s.PASSWORD) == "**********" and s.PROJECT == "P" and str(s.URL) == "postgresql://a:b@c/d"
assert str(s.URI) == "postgresql+psycopg://u:p%40ss@db:5432/app", s.URI
class Needy(BaseSettings):
    needed_thing: int
try:
    Needy()
    raise AssertionError("a required field was not missed")
except ValidationError as error:
    assert "needed_thing" in str(error)
metadata = sa.MetaData()
### settings_old
from pydantic import BaseSettings, PostgresDsn, validator
from typing import Any, Dict
os.environ.update({"OLD_SERVER": "h", "OLD_NAME": "n"})
class Settings(BaseSettings):
    SERVER: str
    NAME: str = "x"
    URI: Optional[PostgresDsn] = None
    @validator("URI", pre=True)
    def assemble(cls, v: Optional[str], values: Dict[str, Any]) -> Any:
        return v or PostgresDsn.build(scheme="postgresql", user="u", password="p", host=values.get("SERVER"), path="/" + values["NAME"])
    class Config:
        env_prefix = "OLD_"
        case_sensitive = True
assert str(Settings().URI) == "postgresql://u:p@h/n"
metadata = sa.MetaData()
### settings_validators
from pydantic import BaseModel, Field, field_validator, model_validator, validator
class Old(BaseModel):
    hosts: List[str] = []
    ports: dict = {}
    url: Optional[str]
    name: int = "7"
    shown: Optional[str] = None
    @validator("hosts", each_item=True)
    def clean(cls, v): return v.strip()
    @validator("ports", each_item=True)
    def add(cls, v): return v + 1
    @validator("shown", always=True)
    def built(cls, v, values): return v or "%(url)s/%(name)s" % values
    @validator("url")
    def never(cls, v): raise AssertionError("not given, not validated")
old = Old(hosts=[" a ", "b"], ports={"x": 1})
assert (old.hosts, old.ports, old.url, old.name, old.shown) == (["a", "b"], {"x": 2}, None, "7", "None/7"), old
class New(BaseModel):
    port: int = 5
    size: int = Field("8", validate_default=True)
    @field_validator("port", mode="wrap")
    @classmethod
    def lenient(cls, v, handler, info):
        try:
            return handler(v)
        except ValueError:
            return len(info.field_name)
    @model_validator(mode="wrap")
    @classmethod
    def whole(cls, data, handler):
        made = handler({k.lower(): v for k, v in data.items()})
        made.size += 1
        return made
assert (New(PORT="6").port, New(PORT="x").port, New().size) == (6, 4, 9)
metadata = sa.MetaData()
### settings_sources
from pydantic_settings import BaseSettings, EnvSettingsSource
from starlette.config import Config, Environ, EnvironError
os.environ.update({"SRC_HOST": "h", "SRC_DB.PORT": "5", "src_Case": "x", "STAR_DEBUG": "1", "STAR_N": "no"})
class Settings(BaseSettings):
    HOST: str = ""
    case: str = ""
    db: dict = {}
assert Settings().HOST == "" and Settings(_env_prefix="SRC_", _env_nested_delimiter=".").db == {"port": "5"}
assert (Settings(_env_prefix="SRC_").case, Settings(_env_prefix="src_", _case_sensitive=True).case) == ("x", "")
class Other(Settings):
    @classmethod
    def settings_customise_sources(cls, settings_cls, init_settings, env_settings, dotenv_settings, file_secret_settings):
        return init_settings, EnvSettingsSource(settings_cls, env_prefix="SRC_")
assert Other().HOST == "h"
config = Config(env_prefix="STAR_")
assert config("DEBUG", cast=bool) is True and config("NONE", default=None) is None and config("DEBUG") == "1"
for key, kind, wanted in (("N", int, ValueError), ("N", bool, ValueError), ("GONE", str, KeyError)):
    try:
        config(key, cast=kind)
        raise AssertionError(key)
    except wanted as error:
        assert "STAR_" + key in str(error)
own = Environ({"A": "1"})
own["B"] = "2"
assert own["B"] == "2" and len(own) == 2 and "A" in own
try:
    own["A"] = "3"
    raise AssertionError("written after it was read")
except EnvironError:
    pass
metadata = sa.MetaData()
### unserved
import inspect
import sqlalchemy.orm, sqlalchemy_utils, flask_migrate
for owner, name, wanted in ((inspect, "getsource", NotImplementedError), (sqlalchemy.orm, "contains_eager", NotImplementedError),
                            (sqlalchemy_utils, "create_view", NotImplementedError), (flask_migrate, "upgrade", PermissionError)):
    try:
        getattr(owner, name)()
        raise AssertionError(name)
    except wanted as error:
        assert "%s.%s" % (owner.__name__, name) in str(error), error
metadata = sa.MetaData()
### oslo
from oslo_db.sqlalchemy import types as db_types
metadata = sa.MetaData()
sa.Table("nodes", metadata, sa.Column("extra", db_types.JsonEncodedDict),
         sa.Column("traits", db_types.JsonEncodedList(mysql_as_long=True)),
         sa.Column("deleted", db_types.SoftDeleteInteger), sa.Column("name", db_types.String(30)))
