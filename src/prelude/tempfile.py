# SPDX-License-Identifier: MIT
"""Importable, so that a module which names it loads; scripts write no files."""
import os


def gettempdir():
    return os.environ.get("TMPDIR", "/tmp")


def _refused(name):
    def refuse(*args, **kwargs):
        raise PermissionError("limbeck: scripts may not write files (tempfile.%s)" % name)

    refuse.__name__ = name
    return refuse


mkdtemp = _refused("mkdtemp")
mkstemp = _refused("mkstemp")
mktemp = _refused("mktemp")
NamedTemporaryFile = _refused("NamedTemporaryFile")
SpooledTemporaryFile = _refused("SpooledTemporaryFile")
TemporaryDirectory = _refused("TemporaryDirectory")
TemporaryFile = _refused("TemporaryFile")
