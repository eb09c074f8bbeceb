print("second runs")
from . import value
from .first import *
OTHER = value + VALUE
