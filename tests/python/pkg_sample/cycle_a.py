from .cycle_b import other
thing = 1
