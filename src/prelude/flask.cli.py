# SPDX-License-Identifier: MIT
"""Commands are accepted and never run."""
from flask import AppGroup, NoAppException, _load_dotenv


def with_appcontext(fn):
    return fn


FlaskGroup = AppGroup


def load_dotenv(path=None):
    _load_dotenv()


class ScriptInfo:
    def __init__(self, *args, **kw):
        pass
