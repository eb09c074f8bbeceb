# SPDX-License-Identifier: MIT
"""appdirs, as platformdirs does it."""
from platformdirs import (
    site_config_dir,
    site_data_dir,
    user_cache_dir,
    user_config_dir,
    user_data_dir,
    user_log_dir,
    user_state_dir,
)
