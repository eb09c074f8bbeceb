# SPDX-License-Identifier: MIT
"""
Flask as far as an application's configuration and extensions go: the application is made, nothing
is served. What is not here (requests, templates, ...) is Opaque.
"""
import json as _json
import logging
import os
import sys

import flask._rest as _rest


def __getattr__(name):
    return getattr(_rest, name)


# ---- configuration ----


class Config(dict):
    def __init__(self, root_path, defaults=None):
        dict.__init__(self, defaults or {})
        self.root_path = root_path

    def from_object(self, obj):
        if isinstance(obj, str):
            obj = _import_string(obj)
        for key in dir(obj):
            if key.isupper():
                self[key] = getattr(obj, key)

    def from_mapping(self, mapping=None, **kw):
        found = dict(mapping or {})
        found.update(kw)
        for key, value in found.items():
            if key.isupper():
                self[key] = value
        return True

    def from_pyfile(self, filename, silent=False):
        path = os.path.join(self.root_path, filename)
        if not os.path.isfile(path):
            if silent:
                return False
            raise FileNotFoundError(
                2, "Unable to load configuration file (No such file or directory)", path
            )
        names = {"__file__": path, "__name__": "config"}
        with open(path) as source:
            exec(source.read(), names)
        for key, value in names.items():
            if key.isupper():
                self[key] = value
        return True

    def from_envvar(self, variable_name, silent=False):
        path = os.environ.get(variable_name)
        if not path:
            if silent:
                return False
            raise RuntimeError(
                "The environment variable %r is not set and as such configuration could not be "
                "loaded. Set this variable and make it point to a configuration file"
                % variable_name
            )
        return self.from_pyfile(path, silent=silent)

    def from_file(self, filename, load, silent=False, text=True):
        path = os.path.join(self.root_path, filename)
        try:
            with open(path, "r" if text else "rb") as source:
                return self.from_mapping(load(source))
        except FileNotFoundError:
            if silent:
                return False
            raise

    def from_json(self, filename, silent=False):
        return self.from_file(filename, _json.load, silent=silent)

    def from_prefixed_env(self, prefix="FLASK", *, loads=_json.loads):
        prefix += "_"
        for key in sorted(os.environ):
            if not key.startswith(prefix):
                continue
            value = os.environ[key]
            try:
                value = loads(value)
            except Exception:
                pass
            self._set_nested(key[len(prefix) :].split("__"), value)
        return True

    def _set_nested(self, names, value):
        at = self
        for name in names[:-1]:
            at = at.setdefault(name, {})
        at[names[-1]] = value

    def get_namespace(self, namespace, lowercase=True, trim_namespace=True):
        found = {}
        for key, value in self.items():
            if key.startswith(namespace):
                name = key[len(namespace) :] if trim_namespace else key
                found[name.lower() if lowercase else name] = value
        return found


def _import_string(name):
    import importlib

    name = name.replace(":", ".")
    try:
        return importlib.import_module(name)
    except ImportError:
        if "." not in name:
            raise
    module, attribute = name.rsplit(".", 1)
    return getattr(importlib.import_module(module), attribute)


_DEFAULTS = {
    "DEBUG": None, "TESTING": False, "PROPAGATE_EXCEPTIONS": None, "SECRET_KEY": None,
    "SESSION_COOKIE_NAME": "session", "SERVER_NAME": None, "APPLICATION_ROOT": "/",
    "PREFERRED_URL_SCHEME": "http", "MAX_CONTENT_LENGTH": None, "TEMPLATES_AUTO_RELOAD": None,
    "PERMANENT_SESSION_LIFETIME": None, "USE_X_SENDFILE": False, "SEND_FILE_MAX_AGE_DEFAULT": None,
    "TRAP_BAD_REQUEST_ERRORS": None, "TRAP_HTTP_EXCEPTIONS": False,
    "EXPLAIN_TEMPLATE_LOADING": False, "SESSION_COOKIE_DOMAIN": None, "SESSION_COOKIE_PATH": None,
    "SESSION_COOKIE_HTTPONLY": True, "SESSION_COOKIE_SECURE": False,
    "SESSION_COOKIE_SAMESITE": None, "SESSION_REFRESH_EACH_REQUEST": True,
}


# ---- what is accepted and does nothing ----


class _Accepts:
    """Whatever is asked of it: as a decorator it gives the function back."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return _Accepts()

    def __call__(self, *args, **kw):
        if len(args) == 1 and not kw and callable(args[0]) and not isinstance(args[0], _Accepts):
            return args[0]
        return _Accepts()

    def __setitem__(self, key, value):
        self.__dict__[key] = value

    def __getitem__(self, key):
        return self.__dict__.setdefault(key, _Accepts())

    def update(self, *args, **kw):
        pass


class AppGroup:
    """Commands are accepted and never run."""

    def __init__(self, *args, **kw):
        pass

    def command(self, *args, **kw):
        return lambda fn: fn

    def group(self, *args, **kw):
        return lambda fn: AppGroup()

    def add_command(self, *args, **kw):
        pass


class _Scaffold:
    cli = AppGroup()
    jinja_env = _Accepts()

    def __init__(self, name):
        self.name = name.split(".")[0] if name else name
        self.import_name = name
        self.extensions = {}
        self.blueprints = {}
        self.view_functions = {}
        self.url_map = _Accepts()
        self.before_request_funcs = {}
        self.after_request_funcs = {}
        self.teardown_appcontext_funcs = []
        self.template_context_processors = {}

    def _decorator(self, *args, **kw):
        if len(args) == 1 and callable(args[0]) and not kw:
            return args[0]
        return lambda fn: fn

    before_request = after_request = teardown_request = teardown_appcontext = _decorator
    before_first_request = context_processor = shell_context_processor = _decorator
    before_app_request = after_app_request = app_context_processor = _decorator
    url_value_preprocessor = url_defaults = _decorator

    def route(self, *args, **kw):
        return lambda fn: fn

    get = post = put = delete = patch = endpoint = route
    template_filter = template_global = template_test = app_template_filter = route
    app_template_global = app_template_test = route

    def errorhandler(self, code_or_exception):
        return lambda fn: fn

    app_errorhandler = errorhandler

    def _accept(self, *args, **kw):
        pass

    add_url_rule = register_error_handler = add_template_filter = add_template_global = _accept
    record = record_once = run = add_template_test = _accept


class Blueprint(_Scaffold):
    def __init__(self, name, import_name, **kw):
        super().__init__(import_name)
        self.name = name

    def register_blueprint(self, blueprint, **kw):
        pass


# ---- the application ----

_stack = []
_last_made = []


class _Context:
    def __init__(self, app):
        self.app = app

    def push(self):
        _stack.append(self.app)

    def pop(self, exc=None):
        _stack.pop()

    def __enter__(self):
        self.push()
        return self

    def __exit__(self, *exc):
        self.pop()


def _root_path(import_name):
    module = sys.modules.get(import_name)
    path = getattr(module, "__file__", None)
    return os.path.dirname(os.path.abspath(path)) if path else os.getcwd()


class Flask(_Scaffold):
    config_class = Config

    def __init__(self, import_name, static_url_path=None, static_folder="static", static_host=None,
                 host_matching=False, subdomain_matching=False, template_folder="templates",
                 instance_path=None, instance_relative_config=False, root_path=None):
        super().__init__(import_name)
        self.root_path = root_path or _root_path(import_name)
        self.instance_path = instance_path or self._instance_path()
        base = self.instance_path if instance_relative_config else self.root_path
        self.static_folder = static_folder and os.path.join(self.root_path, static_folder)
        self.static_url_path = static_url_path
        self.template_folder = template_folder
        self.config = self.config_class(base, dict(_DEFAULTS))
        self.config["DEBUG"] = os.environ.get("FLASK_DEBUG", "").lower() in ("1", "true", "yes")
        self.logger = logging.getLogger(self.name)
        self.json = _Accepts()
        self.json_encoder = None
        self.wsgi_app = _Accepts()
        _last_made.append(self)

    def _instance_path(self):
        """Beside a package or a module."""
        module = sys.modules.get(self.import_name)
        base = os.path.dirname(self.root_path) if hasattr(module, "__path__") else self.root_path
        return os.path.join(base, "instance")

    @property
    def debug(self):
        return bool(self.config["DEBUG"])

    @debug.setter
    def debug(self, value):
        self.config["DEBUG"] = value

    @property
    def testing(self):
        return self.config["TESTING"]

    @testing.setter
    def testing(self, value):
        self.config["TESTING"] = value

    @property
    def secret_key(self):
        return self.config["SECRET_KEY"]

    @secret_key.setter
    def secret_key(self, value):
        self.config["SECRET_KEY"] = value

    @property
    def env(self):
        return os.environ.get("FLASK_ENV", "production")

    def register_blueprint(self, blueprint, **kw):
        name = getattr(blueprint, "name", None)
        if isinstance(name, str):
            self.blueprints[name] = blueprint

    def app_context(self):
        return _Context(self)

    def test_request_context(self, *args, **kw):
        return _Context(self)

    def open_resource(self, resource, mode="rb"):
        return open(os.path.join(self.root_path, resource), mode)

    open_instance_resource = open_resource

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(_rest.Flask, name)


# ---- finding it ----


class NoAppException(RuntimeError):
    pass


def _load_dotenv():
    """.env, then .flaskenv, as the flask command reads them; the environment wins."""
    import dotenv

    for name in (".env", ".flaskenv"):
        if os.path.isfile(name):
            dotenv.load_dotenv(name)


def _spec():
    """(module, attribute or call) of FLASK_APP; (module, None) of wsgi.py or app.py; None."""
    _load_dotenv()
    given = os.environ.get("FLASK_APP")
    if given:
        path, _, name = given.partition(":")
        if os.sep in path or path.endswith(".py"):
            folder, path = os.path.split(os.path.realpath(path))
            path = path[:-3] if path.endswith(".py") else path
            while os.path.isfile(os.path.join(folder, "__init__.py")):
                folder, package = os.path.split(folder)
                path = "%s.%s" % (package, path)
            if folder not in sys.path:
                sys.path.insert(0, folder)
        return path, name or None
    for name in ("wsgi", "app"):
        if os.path.isfile(name + ".py"):
            return name, None
    return None


def _can_be_found():
    return bool(_stack) or _spec() is not None


def _call_factory(module, text):
    """create_app, create_app(), create_app("dev", debug=True)"""
    found = eval(text, dict(vars(module)))
    return found() if callable(found) and not isinstance(found, Flask) else found


def _in_module(module):
    for name in ("app", "application"):
        found = getattr(module, name, None)
        if isinstance(found, Flask):
            return found
    found = [value for value in vars(module).values() if Flask in type(value).__mro__]
    if len(found) == 1:
        return found[0]
    for name in ("create_app", "make_app"):
        factory = getattr(module, name, None)
        if callable(factory):
            return factory()
    raise NoAppException(
        "no Flask application and no factory in module %r; set FLASK_APP='%s:name'"
        % (module.__name__, module.__name__)
    )


def _load():
    import importlib

    spec = _spec()
    if spec is None:
        raise NoAppException(
            "no Flask application is found: set FLASK_APP, or DATABASE_URL"
        )
    if os.getcwd() not in sys.path:
        sys.path.insert(0, os.getcwd())
    module = importlib.import_module(spec[0])
    return _call_factory(module, spec[1]) if spec[1] else _in_module(module)


def _loaded_or_part():
    """
    Where the making of the application stops at something that is not served here, what there is
    of it serves to run revisions, as long as its database is configured; never to compare models.
    """
    try:
        return _load()
    except Exception as error:
        part = [app for app in _last_made if "migrate" in app.extensions]
        if not part or _compares():
            raise
        logging.getLogger("limbeck.flask").warning(
            "the Flask application is not complete (%s: %s); only its configuration is used",
            type(error).__name__, error,
        )
        return part[-1]


def _compares():
    from alembic import context

    options = context.config.cmd_opts
    command = getattr(options, "cmd", None)
    return getattr(options, "autogenerate", False) or (command and command[0].__name__ == "check")


class _CurrentApp:
    """The application that is pushed, else the project's own, made when it is first asked for."""

    def _get_current_object(self):
        if not _stack:
            _stack.append(_loaded_or_part())
        return _stack[-1]

    def __getattr__(self, name):
        return getattr(self._get_current_object(), name)

    def __setattr__(self, name, value):
        setattr(self._get_current_object(), name, value)

    def __bool__(self):
        return bool(_stack) or _can_be_found()


current_app = _CurrentApp()


def has_app_context():
    return bool(_stack)


def has_request_context():
    return False


class _Globals:
    def get(self, name, default=None):
        return self.__dict__.get(name, default)

    def __contains__(self, name):
        return name in self.__dict__

    def pop(self, name, default=None):
        return self.__dict__.pop(name, default)

    def setdefault(self, name, default=None):
        return self.__dict__.setdefault(name, default)


g = _Globals()
