from urllib.parse import *

for url in ("postgresql+psycopg2://us%20er:p%40w@db.example.com:5432/app?sslmode=require#f",
            "sqlite:///a/b.db", "//host/path;p?q", "mailto:x@y", "http://[::1]:80/", ""):
    parts = urlsplit(url)
    print(parts, parts.hostname, parts.username, parts.password)
    print(urlparse(url), urlparse(url).geturl())
print(urlsplit("http://h:8080/").port)
try:
    urlsplit("http://h:x/").port
except ValueError as e:
    print(e)
print(quote("a b/é?&=+"), quote_plus("a b/é?&=+"), quote("a/b", safe=""))
print(unquote("a%20b%C3%A9%zz+%ff"), unquote_plus("a+b%2B"))
print(parse_qs("a=1&b=2&a=3&c="), parse_qsl("a=1&b=&c", keep_blank_values=True))
print(urlencode({"a": 1, "b": "x y"}), urlencode([("k", ["1", "2"])], doseq=True))
print(urljoin("http://a/b/c/d", "../e"), urljoin("http://a/b", "//x/y"), urljoin("http://a/b/", "c?d"))
print(urlunsplit(("https", "h", "/p", "q=1", "")), urldefrag("http://a/#x"))
