def __getattr__(name):
    if name == "lazy":
        return "made"
    raise AttributeError(f"no {name}")
def __dir__(): return ["lazy"]
