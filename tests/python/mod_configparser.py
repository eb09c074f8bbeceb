import configparser
import io

text = """[DEFAULT]
here = /srv
[app]
Url = sqlite:///%(here)s/app.db
debug = yes
port: 8080
long = one
  two

  three
percent = 100%%
[empty]
"""
p = configparser.ConfigParser()
p.read_string(text)
print(p.sections(), p["app"]["url"], p.getboolean("app", "debug"), p["app"].getint("port"))
print(repr(p.get("app", "long")), p.get("app", "percent"), p.get("app", "percent", raw=True))
print(p.get("app", "nope", fallback="f"), p.items("empty"), "app" in p, dict(p["empty"]))
for broken in ("x=1", "[a]\nx=1\nx=2", "[a]\n[a]", "[a]\nnovalue", "[a]\nx=%(y)s", "[a]\nx=%z"):
    try:
        q = configparser.ConfigParser()
        q.read_string(broken)
        print(q.get("a", "x"))
    except configparser.Error as e:
        print(type(e).__name__, e)
p.set("empty", "k", "v")
p["new"] = {"a": "1"}
out = io.StringIO()
p.write(out)
print(out.getvalue())
e = configparser.ConfigParser(interpolation=configparser.ExtendedInterpolation())
e.read_string("[a]\nx=1\ny=${x}${b:z}\n[b]\nz=$$")
print(e["a"]["y"])

import collections.abc
print(isinstance(configparser.ConfigParser(), collections.abc.MutableMapping))
given = configparser.ConfigParser({"d": "1"})
given.read_string("[a]\nx = 1\ny = %(d)s\n")
print(given.items("a", vars={"q": "9", "X": "8"}), list(given["a"].items()), given["a"].pop("x"), dict(given["a"]))
for call in (lambda: given["a"].__delitem__("d"), lambda: given.__delitem__("none"), lambda: given["a"]["none"],
             lambda: given.remove_option("none", "x"), lambda: given.set("none", "x", "1")):
    try:
        print(call())
    except Exception as exc:
        print(type(exc).__name__, exc, exc.args)
given["a"] = {"n": 5}
print(dict(given["a"]), given.has_option("", "d"), given.has_option("none", "d"), given.remove_section("a"))
