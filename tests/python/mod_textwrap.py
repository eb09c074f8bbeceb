import textwrap

text = """    Hello there, how are-you?
      This is a well-known -- and rather long -- option --verbose test.
    end."""
print(textwrap.dedent(text))
for width in (10, 20, 40):
    print(textwrap.wrap(text, width))
print(textwrap.fill(text, 30, initial_indent="* ", subsequent_indent="  "))
print(textwrap.indent("a\n\nb\n", "> "))
print(textwrap.shorten(text, 30))
print(textwrap.wrap("supercalifragilistic", 7), textwrap.wrap("a-b-c foo-bar", 5))

# a last word that is longer than the line and must not be cut
print(textwrap.wrap("x-----", 5, max_lines=1, placeholder="..", break_long_words=False),
      textwrap.wrap("a one-two-three", 9, max_lines=2, placeholder="..", break_long_words=False,
                    break_on_hyphens=False))
