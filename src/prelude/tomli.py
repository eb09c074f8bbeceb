# SPDX-License-Identifier: MIT
from tomllib import TOMLDecodeError, load, loads
