# SPDX-License-Identifier: MIT
"""platformdirs (and appdirs): where Linux keeps an application's files."""
import os


def _home(variable, *parts):
    return os.environ.get(variable) or os.path.join(os.path.expanduser("~"), *parts)


def _under(base, appname, version):
    for part in (appname, version):
        if part:
            base = os.path.join(base, part)
    return base


def user_data_dir(appname=None, appauthor=None, version=None, *args, **kw):
    return _under(_home("XDG_DATA_HOME", ".local", "share"), appname, version)


def user_config_dir(appname=None, appauthor=None, version=None, *args, **kw):
    return _under(_home("XDG_CONFIG_HOME", ".config"), appname, version)


def user_cache_dir(appname=None, appauthor=None, version=None, *args, **kw):
    return _under(_home("XDG_CACHE_HOME", ".cache"), appname, version)


def user_state_dir(appname=None, appauthor=None, version=None, *args, **kw):
    return _under(_home("XDG_STATE_HOME", ".local", "state"), appname, version)


def user_log_dir(appname=None, appauthor=None, version=None, *args, **kw):
    return os.path.join(user_state_dir(appname, appauthor, version), "log")


def site_data_dir(appname=None, appauthor=None, version=None, *args, **kw):
    base = (os.environ.get("XDG_DATA_DIRS") or "/usr/local/share").split(":")[0]
    return _under(base, appname, version)


def site_config_dir(appname=None, appauthor=None, version=None, *args, **kw):
    base = (os.environ.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(":")[0]
    return _under(base, appname, version)
