# SPDX-License-Identifier: MIT
"""Names with a will of their own; all else is what sqlalchemy has."""


class quoted_name(str):
    def __new__(cls, value, quote=None):
        if value is None:
            return None
        self = super().__new__(cls, value)
        self.quote = quote
        return self


class _truncated_label(quoted_name):
    pass


class conv(_truncated_label):
    pass


def __getattr__(name):
    import sqlalchemy

    return getattr(sqlalchemy, name)
