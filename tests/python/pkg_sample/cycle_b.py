from .cycle_a import thing
other = 2
