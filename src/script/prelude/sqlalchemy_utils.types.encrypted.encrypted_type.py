# SPDX-License-Identifier: MIT
"""Names of sqlalchemy_utils at another place; the engines only name themselves."""
from sqlalchemy_utils import EncryptedType, StringEncryptedType


class AesEngine:
    pass


class AesGcmEngine:
    pass


class FernetEngine:
    pass
