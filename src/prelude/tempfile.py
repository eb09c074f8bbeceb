# SPDX-License-Identifier: MIT
"""Importable, so that a module which names it loads; scripts write no files."""
import os

from _refused import refusals


def gettempdir():
    return os.environ.get("TMPDIR", "/tmp")


_refused = refusals("write files", "tempfile")


mkdtemp = _refused("mkdtemp")
mkstemp = _refused("mkstemp")
mktemp = _refused("mktemp")
NamedTemporaryFile = _refused("NamedTemporaryFile")
SpooledTemporaryFile = _refused("SpooledTemporaryFile")
TemporaryDirectory = _refused("TemporaryDirectory")
TemporaryFile = _refused("TemporaryFile")
