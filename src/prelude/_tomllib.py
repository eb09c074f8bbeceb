# SPDX-License-Identifier: MIT


class TOMLDecodeError(ValueError):
    __module__ = 'tomllib'
