VALUE = 1
from .sub import deep
