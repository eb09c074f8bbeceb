# SPDX-License-Identifier: MIT
import os


class Config:
    NAME = "shop"
    REDIS_URL = os.environ.get("REDIS_URL", "redis://")
    SQLALCHEMY_DATABASE_URI = os.environ.get("SHOP_DATABASE") or "sqlite:///shop.db"
