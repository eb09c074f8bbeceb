class E(Exception):
    def __str__(self):
        return "first\nsecond"


e = E()
e.add_note("a note")
e.add_note("two\nlines")
raise e
