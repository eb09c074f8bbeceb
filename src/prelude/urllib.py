# SPDX-License-Identifier: MIT
"""A package: parse, error and request. Whatever speaks with a network is refused by name."""
