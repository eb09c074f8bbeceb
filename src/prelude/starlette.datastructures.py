# SPDX-License-Identifier: MIT
"""The values that configuration is cast to."""
import starlette._rest as _rest


def __getattr__(name):
    return getattr(_rest, name)


class Secret:
    def __init__(self, value):
        self._value = value

    def __repr__(self):
        return "Secret('**********')"

    def __str__(self):
        return self._value

    def __bool__(self):
        return bool(self._value)


class CommaSeparatedStrings(list):
    def __init__(self, value):
        if isinstance(value, str):
            value = [item.strip() for item in value.split(",") if item.strip()]
        super().__init__(value)
