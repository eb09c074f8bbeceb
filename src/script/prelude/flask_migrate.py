# SPDX-License-Identifier: MIT
"""Flask-Migrate: what its env.py asks the application for."""
from _refused import refusals


class _MigrateConfig:
    def __init__(self, migrate, db, **kw):
        self.migrate = migrate
        self.db = db
        self.directory = migrate.directory
        self.configure_args = kw

    @property
    def metadata(self):
        return self.db.metadata


class Config:
    pass


class Migrate:
    def __init__(self, app=None, db=None, directory="migrations", command="db", compare_type=True,
                 render_as_batch=True, **kw):
        self.configure_callbacks = []
        self.db = db
        self.command = command
        self.directory = str(directory)
        self.alembic_ctx_kwargs = dict(
            kw, compare_type=compare_type, render_as_batch=render_as_batch
        )
        if app is not None and db is not None:
            self.init_app(app, db, directory)

    def init_app(self, app, db=None, directory=None, command=None, compare_type=None,
                 render_as_batch=None, **kw):
        self.db = db or self.db
        self.command = command or self.command
        self.directory = str(directory or self.directory)
        self.alembic_ctx_kwargs.update(kw)
        for name, value in (("compare_type", compare_type), ("render_as_batch", render_as_batch)):
            if value is not None:
                self.alembic_ctx_kwargs[name] = value
        app.extensions["migrate"] = _MigrateConfig(self, self.db, **self.alembic_ctx_kwargs)

    def configure(self, f):
        self.configure_callbacks.append(f)
        return f

    def call_configure_callbacks(self, config):
        for f in self.configure_callbacks:
            config = f(config)
        return config


class MigrateCommand:
    """Of Flask-Script."""


_refused = refusals("run commands", "flask_migrate")
for _name in ("init revision migrate edit merge upgrade downgrade show history heads branches "
              "current stamp check list_templates").split():
    globals()[_name] = _refused(_name)
