# SPDX-License-Identifier: MIT
"""GeoAlchemy2: types as they are written in DDL, and the spatial index that a column brings."""
import sqlalchemy
import sqlalchemy.event
from sqlalchemy.types import UserDefinedType

__version__ = "0.15.0"


class _GISType(UserDefinedType):
    word = "geometry"
    cache_ok = True

    def __init__(self, geometry_type="GEOMETRY", srid=-1, dimension=None, spatial_index=True,
                 use_N_D_index=False, use_typmod=None, from_text=None, name=None, nullable=True,
                 _spatial_index_reflected=None):
        if geometry_type is not None:
            geometry_type = geometry_type.upper()
        self.geometry_type = geometry_type
        self.srid = int(srid)
        self.dimension = dimension if dimension is not None else self._dimension(geometry_type)
        self.spatial_index = spatial_index
        self.use_N_D_index = use_N_D_index
        self.use_typmod = use_typmod
        self.from_text = from_text
        self.nullable = nullable
        if name is not None:
            self.word = name

    @staticmethod
    def _dimension(geometry_type):
        if not geometry_type:
            return None
        if geometry_type.endswith("ZM"):
            return 4
        return 3 if geometry_type[-1] in "ZM" else 2

    def get_col_spec(self, **kw):
        if not self.geometry_type:
            return self.word
        return "%s(%s,%d)" % (self.word, self.geometry_type, self.srid)


class Geometry(_GISType):
    word = "geometry"


class Geography(_GISType):
    word = "geography"


class Raster(_GISType):
    word = "raster"

    def __init__(self, spatial_index=True, nullable=True, **kw):
        super().__init__(geometry_type=None, srid=-1, spatial_index=spatial_index)


def _add_index(column, table):
    """spatial_index=True: idx_<table>_<column>, GiST."""
    type_ = column.type
    if not isinstance(type_, _GISType) or not type_.spatial_index:
        return
    name = "idx_%s_%s" % (table.name, column.name)
    if any(index.name == name for index in table.indexes):
        return
    part = sqlalchemy.func.ST_ConvexHull(column) if isinstance(type_, Raster) else column
    kw = {}
    if type_.use_N_D_index:
        kw["postgresql_ops"] = {column.name: "gist_geometry_ops_nd"}
    sqlalchemy.Index(name, part, postgresql_using="gist", **kw)


sqlalchemy.event.listen(sqlalchemy.Column, "after_parent_attach", _add_index)


class WKTElement:
    def __init__(self, data, srid=-1, extended=None):
        self.data = data
        self.srid = srid


class WKBElement(WKTElement):
    pass


class RasterElement(WKTElement):
    pass


import geoalchemy2.elements
import geoalchemy2.types
