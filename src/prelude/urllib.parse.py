# SPDX-License-Identifier: MIT
"""URLs taken apart, put together, quoted and unquoted."""
from collections import namedtuple

__all__ = ["urlparse", "urlunparse", "urljoin", "urldefrag", "urlsplit", "urlunsplit", "urlencode",
           "parse_qs", "parse_qsl", "quote", "quote_plus", "quote_from_bytes", "unquote",
           "unquote_plus", "unquote_to_bytes", "ParseResult", "SplitResult", "DefragResult"]

_SAFE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~")
_SCHEME = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-.")
_HEX = {"%02X" % n: n for n in range(256)}

uses_relative = ["", "ftp", "http", "gopher", "nntp", "imap", "wais", "file", "https", "shttp", "mms",
                 "prospero", "rtsp", "rtspu", "sftp", "svn", "svn+ssh", "ws", "wss"]
uses_netloc = ["", "ftp", "http", "gopher", "nntp", "telnet", "imap", "wais", "file", "mms", "https",
               "shttp", "snews", "prospero", "rtsp", "rtspu", "rsync", "svn", "svn+ssh", "sftp",
               "nfs", "git", "git+ssh", "ws", "wss", "itms-services"]
uses_params = ["", "ftp", "hdl", "prospero", "http", "imap", "https", "shttp", "rtsp", "rtspu", "sip",
               "sips", "mms", "sftp", "tel"]


class _Netloc:
    """What stands between // and the path: user, password, host and port."""
    __slots__ = ()

    def _parts(self):
        userinfo, at, hostinfo = self.netloc.rpartition("@")
        username, colon, password = userinfo.partition(":")
        return (username if at else None), (password if colon else None), hostinfo

    def _host(self):
        hostinfo = self._parts()[2]
        before, bracket, rest = hostinfo.partition("[")
        if bracket:
            host, _, rest = rest.partition("]")
            port = rest.partition(":")[2]
        else:
            host, _, port = hostinfo.partition(":")
        return host or None, port or None

    @property
    def username(self):
        return self._parts()[0]

    @property
    def password(self):
        return self._parts()[1]

    @property
    def hostname(self):
        host = self._host()[0]
        if not host:
            return None
        name, percent, zone = host.partition("%")
        return name.lower() + percent + zone

    @property
    def port(self):
        port = self._host()[1]
        if port is None:
            return None
        if not (port.isdigit() and port.isascii()):
            raise ValueError("Port could not be cast to integer value as %r" % port)
        if int(port) > 65535:
            raise ValueError("Port out of range 0-65535")
        return int(port)


class SplitResult(namedtuple("SplitResult", "scheme netloc path query fragment"), _Netloc):
    __slots__ = ()

    def geturl(self):
        return urlunsplit(self)


class ParseResult(namedtuple("ParseResult", "scheme netloc path params query fragment"), _Netloc):
    __slots__ = ()

    def geturl(self):
        return urlunparse(self)


class DefragResult(namedtuple("DefragResult", "url fragment")):
    __slots__ = ()

    def geturl(self):
        return self.url + "#" + self.fragment if self.fragment else self.url


def _cut_scheme(url, scheme):
    colon = url.find(":")
    if colon > 0 and url[0].isascii() and url[0].isalpha() and all(c in _SCHEME for c in url[:colon]):
        return url[:colon].lower(), url[colon + 1:]
    return scheme, url


def _cut_netloc(url):
    end = len(url)
    for c in "/?#":
        at = url.find(c, 2)
        if at >= 0:
            end = min(end, at)
    return url[2:end], url[end:]


def urlsplit(url, scheme="", allow_fragments=True):
    url = url.lstrip("".join(map(chr, range(33))))
    for c in "\t\r\n":
        url, scheme = url.replace(c, ""), scheme.replace(c, "")
    scheme, url = _cut_scheme(url, scheme.strip("".join(map(chr, range(33)))))
    netloc = query = fragment = ""
    if url[:2] == "//":
        netloc, url = _cut_netloc(url)
        if ("[" in netloc) != ("]" in netloc):
            raise ValueError("Invalid IPv6 URL")
    if allow_fragments and "#" in url:
        url, _, fragment = url.partition("#")
    if "?" in url:
        url, _, query = url.partition("?")
    return SplitResult(scheme, netloc, url, query, fragment)


def _cut_params(path):
    last = path.rfind("/")
    semicolon = path.find(";", max(last, 0))
    return (path, "") if semicolon < 0 else (path[:semicolon], path[semicolon + 1:])


def urlparse(url, scheme="", allow_fragments=True):
    scheme, netloc, path, query, fragment = urlsplit(url, scheme, allow_fragments)
    path, params = _cut_params(path) if scheme in uses_params and ";" in path else (path, "")
    return ParseResult(scheme, netloc, path, params, query, fragment)


def urlunsplit(components):
    scheme, netloc, path, query, fragment = components
    parts = [scheme, ":"] if scheme else []
    if netloc or (scheme and scheme in uses_netloc and not path.startswith("//")):
        parts += ["//", netloc or "", "" if not path or path.startswith("/") else "/"]
    parts.append(path)
    if query:
        parts += ["?", query]
    if fragment:
        parts += ["#", fragment]
    return "".join(parts)


def urlunparse(components):
    scheme, netloc, url, params, query, fragment = components
    return urlunsplit((scheme, netloc, "%s;%s" % (url, params) if params else url, query, fragment))


def urldefrag(url):
    scheme, netloc, path, params, query, fragment = urlparse(url)
    if "#" not in url:
        return DefragResult(url, "")
    return DefragResult(urlunparse((scheme, netloc, path, params, query, "")), fragment)


def _resolve_dots(segments):
    out = []
    for segment in segments:
        if segment == "..":
            if out:
                out.pop()
        elif segment != ".":
            out.append(segment)
    if segments[-1] in (".", ".."):
        out.append("")
    return out


def urljoin(base, url, allow_fragments=True):
    if not base or not url:
        return url or base
    above = urlparse(base, "", allow_fragments)
    given = urlparse(url, above.scheme, allow_fragments)
    if given.scheme != above.scheme or given.scheme not in uses_relative:
        return url
    netloc = given.netloc
    if given.scheme in uses_netloc:
        if netloc:
            return urlunparse(given)
        netloc = above.netloc
    if not given.path and not given.params:
        return urlunparse((given.scheme, netloc, above.path, above.params, given.query or above.query,
                           given.fragment))
    start = above.path.split("/")
    if start[-1] != "":
        del start[-1]
    if given.path[:1] == "/":
        segments = given.path.split("/")
    else:
        segments = start + given.path.split("/")
        segments[1:-1] = [s for s in segments[1:-1] if s]
    path = "/".join(_resolve_dots(segments)) or "/"
    return urlunparse((given.scheme, netloc, path, given.params, given.query, given.fragment))


def quote_from_bytes(bs, safe="/"):
    if not isinstance(bs, (bytes, bytearray)):
        raise TypeError("quote_from_bytes() expected bytes")
    if isinstance(safe, bytes):
        safe = safe.decode("ascii", "ignore")
    out = []
    for byte in bs:
        c = chr(byte)
        out.append(c if c in _SAFE or (byte < 128 and c in safe) else "%%%02X" % byte)
    return "".join(out)


def quote(string, safe="/", encoding=None, errors=None):
    if isinstance(string, str):
        return quote_from_bytes(string.encode(encoding or "utf-8", errors or "strict"), safe)
    for name, value in (("encoding", encoding), ("errors", errors)):
        if value is not None:
            raise TypeError("quote() doesn't support %r for bytes" % name)
    return quote_from_bytes(string, safe)


def quote_plus(string, safe="", encoding=None, errors=None):
    space = " " if isinstance(string, str) else b" "
    if space not in string:
        return quote(string, safe, encoding, errors)
    if isinstance(safe, bytes):
        safe = safe.decode("ascii", "ignore")
    return quote(string, safe + " ", encoding, errors).replace(" ", "+")


def unquote_to_bytes(string):
    if isinstance(string, str):
        string = string.encode("utf-8")
    parts = string.split(b"%")
    out = [parts[0]]
    for part in parts[1:]:
        code = _HEX.get(part[:2].decode("latin-1").upper()) if len(part) >= 2 else None
        out.append(b"%" + part if code is None else bytes([code]) + part[2:])
    return b"".join(out)


def unquote(string, encoding="utf-8", errors="replace"):
    if isinstance(string, bytes):
        return unquote_to_bytes(string).decode(encoding or "utf-8", errors or "replace")
    if "%" not in string:
        return string
    out, plain = [], []
    for c in string + "\0":
        if c.isascii() and c != "\0":
            plain.append(c)
            continue
        if plain:
            out.append(unquote_to_bytes("".join(plain)).decode(encoding or "utf-8", errors or "replace"))
            plain = []
        out.append(c)
    return "".join(out)[:-1]


def unquote_plus(string, encoding="utf-8", errors="replace"):
    return unquote(string.replace("+", " "), encoding, errors)


def parse_qsl(qs, keep_blank_values=False, strict_parsing=False, encoding="utf-8", errors="replace",
              max_num_fields=None, separator="&"):
    if isinstance(qs, bytes):
        qs = qs.decode("ascii")
    if not separator:
        raise ValueError("Separator must be of type string or bytes.")
    if max_num_fields is not None and max_num_fields < 1 + qs.count(separator):
        raise ValueError("Max number of fields exceeded")
    pairs = []
    for field in qs.split(separator) if qs else []:
        if not field and not strict_parsing:
            continue
        name, equals, value = field.partition("=")
        if not equals and strict_parsing:
            raise ValueError("bad query field: %r" % field)
        if value or (keep_blank_values and (equals or not value)):
            pairs.append((unquote_plus(name, encoding, errors), unquote_plus(value, encoding, errors)))
    return pairs


def parse_qs(qs, keep_blank_values=False, strict_parsing=False, encoding="utf-8", errors="replace",
             max_num_fields=None, separator="&"):
    found = {}
    for name, value in parse_qsl(qs, keep_blank_values, strict_parsing, encoding, errors, max_num_fields,
                                 separator):
        found.setdefault(name, []).append(value)
    return found


def urlencode(query, doseq=False, safe="", encoding=None, errors=None, quote_via=quote_plus):
    if hasattr(query, "items"):
        query = query.items()
    out = []

    def text(value):
        if isinstance(value, bytes):
            return quote_via(value, safe)
        return quote_via(str(value), safe, encoding, errors)

    for name, value in query:
        if doseq and not isinstance(value, (str, bytes)) and hasattr(value, "__len__"):
            out.extend(text(name) + "=" + text(each) for each in value)
        else:
            out.append(text(name) + "=" + text(value))
    return "&".join(out)
