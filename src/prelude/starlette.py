# SPDX-License-Identifier: MIT
"""Of starlette only its configuration is served."""
import starlette._rest as _rest


def __getattr__(name):
    return getattr(_rest, name)
