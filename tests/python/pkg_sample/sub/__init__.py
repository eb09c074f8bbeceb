from ..first import VALUE as again
