# SPDX-License-Identifier: MIT
import secrets

print(len(secrets.token_hex(8)), len(secrets.token_urlsafe(16)), secrets.randbelow(1), len(secrets.token_bytes(4)))

