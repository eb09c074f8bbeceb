# SPDX-License-Identifier: MIT
"""The package of sqltypes and expression."""
