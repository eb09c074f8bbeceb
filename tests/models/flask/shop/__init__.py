# SPDX-License-Identifier: MIT
"""A Flask application with a factory; what it imports beside Flask is not there."""
import os

from flask import Blueprint, Flask, current_app, render_template
from flask_login import LoginManager, UserMixin
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from redis import Redis

db = SQLAlchemy(engine_options={"pool_pre_ping": True})
migrate = Migrate(compare_type=True)
login = LoginManager()
bp = Blueprint("main", __name__)


@bp.route("/")
@login.user_loader
def index():
    return render_template("index.html", name=current_app.config["NAME"])


@bp.cli.command("seed")
def seed():
    raise AssertionError("commands are not run")


def create_app(config=None):
    app = Flask(__name__, instance_relative_config=True)
    app.config.from_object("shop.config.Config")
    app.config.from_prefixed_env("SHOP")
    app.config.from_mapping(config or {})
    db.init_app(app)
    migrate.init_app(app, db)
    login.init_app(app)
    app.redis = Redis.from_url(app.config["REDIS_URL"])
    app.register_blueprint(bp, url_prefix="/main")
    try:
        os.makedirs(app.instance_path)
    except OSError:
        pass
    with app.app_context():
        assert current_app.config["NAME"] == "shop"
    return app


from shop import models  # noqa: E402
