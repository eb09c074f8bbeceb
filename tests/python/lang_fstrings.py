# f-strings: conversions, format specs, nesting, debug form.
name, width, value = "Ann", 8, 3.14159


class Thing:
    def __repr__(self):
        return "<thing é>"

    def __str__(self):
        return "thing"

    def __format__(self, spec):
        return "formatted:" + spec


t = Thing()
print(f"{name} {name!r} {name:>{width}} {value:.2f} {value:{width}.{2}f}")
print(f"{t} {t!s} {t!r} {t!a} {t:abc} {t!r:>12}")
print(f"{name=} {value = :.1f} {name = !s} {1 + 1=}")
print(f"{{}} {{{name}}} {'a' 'b'} {{'x': 1}}")
print(f"{[i for i in range(3)]} {(lambda x: x * 2)(4)} {{1, 2}} {({1: 2})[1]}")
print(f"a{''}b" "c" f"{1}" 'd' rf"\n{name}\d" f"""multi
{name}
line""")
print(f"{name.upper()[0]!r} {'yes' if value > 3 else 'no'} {name if name else None}")
print(f"", f"plain", f"{''}", f"{1}", F"{2}", fR"{3}\x")
print(f"{10:#x} {255:08b} {1234567:,} {0.5:%} {-5:+d} {'x':*^5} {True} {None}")
print(f"{'nested ' + f'{name:>{width}}'}")
d = {"k": [1, 2]}
print(f"{d['k'][0]} {d}", f"{d['k'][-1]:>3}|")
print(f"\x41\t{name}\\ \u00e9 {chr(233)}", f"{name}" * 2)
try:
    f"{undefined}"
except NameError as e:
    print(e)
print(f"{(x := 5)} {x}", f"{x:=+5}", f"{x!r:^{width}}|", f'{"a" if x else "b"}')
print("%s %d %5.1f %r %%" % ("a", 2, 3.25, "q"), "{} {0!r} {x[0]:>3}".replace("{} ", "").format("a", x=[1]))
