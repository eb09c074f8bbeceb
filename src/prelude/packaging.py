# SPDX-License-Identifier: MIT
"""Versions of packages; see packaging.version."""
