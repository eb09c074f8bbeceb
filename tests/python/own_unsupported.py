# What compiles but cannot run raises by name when it is run, not before.
def star():
    try:
        raise ValueError
    except* ValueError:
        pass


def number():
    return 2j


def name():
    return "\N{BULLET}"


def there():
    import pathlib
    return pathlib.Path("pkg_sample").mkdir(parents=True, exist_ok=True)


def new():
    import pathlib
    pathlib.Path("no_such_folder").mkdir()


def network():
    import urllib.request
    urllib.request.urlopen("http://localhost/")


def http_error():
    from urllib.error import HTTPError, URLError
    try:
        raise HTTPError("http://localhost/", 404, "gone", {}, None)
    except URLError as e:
        print(e, e.code)


for f in (star, number, name, there, new, network, http_error):
    try:
        f()
    except (NotImplementedError, PermissionError) as e:
        print(type(e).__name__, e)
