# SPDX-License-Identifier: MIT
"""pgvector's types for SQLAlchemy."""
from sqlalchemy.types import UserDefinedType


class _Vector(UserDefinedType):
    cache_ok = True
    word = "VECTOR"

    def __init__(self, dim=None):
        super().__init__()
        self.dim = dim

    def get_col_spec(self, **kw):
        return self.word if self.dim is None else "%s(%d)" % (self.word, self.dim)


class VECTOR(_Vector):
    pass


Vector = VECTOR


class HALFVEC(_Vector):
    word = "HALFVEC"


class SPARSEVEC(_Vector):
    word = "SPARSEVEC"


class BIT(_Vector):
    word = "BIT"

    def __init__(self, length=None):
        super().__init__(length)
        self.length = length


HalfVector = HALFVEC
SparseVector = SPARSEVEC
