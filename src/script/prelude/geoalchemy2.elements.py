# SPDX-License-Identifier: MIT
"""Names of geoalchemy2 at another place."""
from geoalchemy2 import RasterElement, WKBElement, WKTElement
