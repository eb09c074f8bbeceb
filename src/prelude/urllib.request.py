# SPDX-License-Identifier: MIT
"""Importable, so that a module which names it loads; every use of the network is refused by name."""
from urllib.error import ContentTooShortError, HTTPError, URLError
from urllib.parse import quote, unquote, urljoin, urlparse, urlsplit

from _refused import refusals


class Request:
    def __init__(self, url, data=None, headers={}, origin_req_host=None, unverifiable=False,
                 method=None):
        self.full_url, self.data, self.headers, self.method = url, data, dict(headers), method

    def get_method(self):
        return self.method or ("GET" if self.data is None else "POST")

    def add_header(self, key, value):
        self.headers[key.capitalize()] = value


_refused = refusals("use the network", "urllib.request")
for _name in ("urlopen urlretrieve build_opener install_opener getproxies ProxyHandler HTTPHandler "
              "HTTPSHandler OpenerDirector HTTPBasicAuthHandler HTTPPasswordMgr urlcleanup").split():
    globals()[_name] = _refused(_name)
