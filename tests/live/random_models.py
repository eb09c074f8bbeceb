# SPDX-License-Identifier: MIT
"""Random models: a schema as data, its source as SQLAlchemy models, and mutations of it.

    schema = Schema(random.Random(7), "sqlite")
    schema.fill()
    open("models.py", "w").write(schema.source())
    schema.mutate(3)
"""
import copy

TYPES = {
    "sqlite": ["Integer()", "BigInteger()", "SmallInteger()", "String(10)", "String(20)", "String()", "Text()",
               "Numeric(8, 2)", "Numeric(10, 3)", "Numeric()", "Float()", "Boolean()", "Date()", "DateTime()",
               "Time()", "LargeBinary()", "JSON()", "Uuid()", "Unicode(12)", "Enum('a', 'bb', name='e1')",
               "Enum('x', 'yyyy', name='e2', native_enum=False)", "Interval()", "Double()",
               "VARCHAR(15)", "CHAR(3)", "DECIMAL(6, 2)", "TIMESTAMP()", "BLOB()"],
    "postgresql": ["Integer()", "BigInteger()", "SmallInteger()", "String(10)", "String(20)", "String()", "Text()",
                   "Numeric(8, 2)", "Numeric(10, 3)", "Numeric()", "Float()", "Boolean()", "Date()", "DateTime()",
                   "DateTime(timezone=True)", "Time()", "LargeBinary()", "JSON()", "Uuid()", "Unicode(12)",
                   "Enum('x', 'yyyy', name='e2', native_enum=False)", "Interval()", "Double()", "VARCHAR(15)",
                   "CHAR(3)", "DECIMAL(6, 2)", "TIMESTAMP()", "pg.JSONB()", "pg.INET()", "pg.ARRAY(Integer())",
                   "pg.ARRAY(String(9))", "pg.TSVECTOR()", "pg.CIDR()", "pg.INTERVAL(precision=3)", "pg.BIT(4)",
                   "pg.INT4RANGE()", "Float(20)", "REAL()", "pg.TIMESTAMP(precision=3)", "pg.BYTEA()", "pg.MACADDR()",
                   "pg.VARCHAR(7)", "pg.DOUBLE_PRECISION()"],
}
NUMBER = ("Integer()", "BigInteger()", "SmallInteger()", "Numeric(8, 2)", "Numeric(10, 3)", "Float()", "Double()")
TEXTS = ("String(10)", "String(20)", "String()", "Text()", "Unicode(12)", "VARCHAR(15)")
KEYS = ("Integer()", "BigInteger()", "String(20)")
SAFE_CASTS = {  # from a type, the ones that a column with data or without can be changed to
    "Integer()": ["BigInteger()", "Numeric(8, 2)"],
    "SmallInteger()": ["Integer()", "BigInteger()"],
    "BigInteger()": ["Numeric(10, 3)", "Integer()"],
    "String(10)": ["String(20)", "Text()", "String()"],
    "String(20)": ["String(10)", "Text()"],
    "String()": ["Text()", "String(20)"],
    "Text()": ["String(20)", "String(10)"],
    "Numeric(8, 2)": ["Numeric(10, 3)", "Float()"],
    "DateTime()": ["Date()"],
    "Date()": ["DateTime()"],
    "Float()": ["Numeric(10, 3)", "Double()"],
}
DEFAULTS = {
    "number": ["'0'", "'7'", "text('1')", "text('-1')", "text('1 + 2')"],
    "text": ["'x'", "'y z'", "text(\"''\")", "text(\"'abc'\")", "text(\"lower('AB')\")"],
    "awkward": ["''", "\"it's\"", "'100%'", "'a:b'"],
    "bool": ["text('true')", "text('false')", "sa.true()", "sa.false()"],
    "when": ["func.now()", "text('CURRENT_TIMESTAMP')"],
}


NAMES = sorted({t.split("(")[0] for ts in TYPES.values() for t in ts if not t.startswith("pg.")}
               | {"CheckConstraint", "Column", "ForeignKeyConstraint", "Index", "MetaData", "Table", "UniqueConstraint",
                  "func", "text"})


def quoted(names):
    return ", ".join(repr(n) for n in names)


class Schema:
    """Tables as dicts; names are counted, so that one never comes twice."""

    def __init__(self, rng, dialect, unnamed=True, comments=None, cycles=False, convention=False,
                 awkward=True, extra=False):
        self.rng, self.dialect = rng, dialect
        self.unnamed = unnamed
        self.comments = dialect == "postgresql" if comments is None else comments
        self.cycles = cycles
        self.convention = convention
        self.awkward = awkward  # what Alembic itself sees as changed for ever
        self.extra = extra  # changes that only the extra detections see
        self.tables, self.count, self.enums, self.sequences = [], 0, {}, []

    def name(self, prefix):
        self.count += 1
        return "%s%d" % (prefix, self.count)

    # ---- making ----

    def fill(self, least=2, most=5):
        for _ in range(self.rng.randint(least, most)):
            self.add_table()
        return self

    def table(self, name):
        return next(t for t in self.tables if t["name"] == name)

    def column(self, key=False):
        rng = self.rng
        kind = rng.choice(KEYS if key else TYPES[self.dialect])
        if not key and self.extra and self.dialect == "postgresql" and rng.random() < 0.1:
            kind = self.enum()
        col = {"name": self.name(rng.choice("abcxyz") + "_"), "type": kind, "nullable": rng.random() < 0.6,
               "default": None, "unique": False, "index": False, "comment": None, "pk": False}
        if key:
            col["nullable"] = False
        elif rng.random() < 0.3:
            col["default"] = self.default(kind)
        if self.comments and rng.random() < 0.15:
            col["comment"] = rng.choice(["a note", "it's", "50%"])
        return col

    def enum(self):
        if self.enums and self.rng.random() < 0.5:
            return "@" + self.rng.choice(sorted(self.enums))
        name = self.name("kind")
        self.enums[name] = self.rng.sample(["one", "two", "it's", "Four", "fünf"], self.rng.randint(1, 4))
        return "@" + name

    def default(self, kind):
        rng = self.rng
        if kind in NUMBER:
            return rng.choice(DEFAULTS["number"])
        if kind in TEXTS:
            return rng.choice(DEFAULTS["text"] + (DEFAULTS["awkward"] if self.awkward else []))
        if kind == "Boolean()":
            return rng.choice(DEFAULTS["bool"][:2] if self.dialect == "postgresql" else ["text('1')", "text('0')"])
        if kind in ("DateTime()", "DateTime(timezone=True)"):
            return rng.choice(DEFAULTS["when"])
        return None

    def add_table(self):
        rng = self.rng
        table = {"name": self.name("t"), "columns": [], "uniques": [], "checks": [], "indexes": [], "fks": [],
                 "comment": None}
        key = self.column(key=True)
        key.update(pk=True, name="id" if rng.random() < 0.7 else key["name"])
        table["columns"].append(key)
        if rng.random() < 0.15:
            second = self.column(key=True)
            second["pk"] = True
            table["columns"].append(second)
        for _ in range(rng.randint(1, 6)):
            table["columns"].append(self.column())
        self.tables.append(table)
        for _ in range(rng.randint(0, 4)):
            self.add_part(table)
        if self.comments and rng.random() < 0.2:
            table["comment"] = "about " + table["name"]
        return table

    def add_part(self, table):
        self.rng.choice([self.add_unique, self.add_check, self.add_index, self.add_index, self.add_fk])(table)

    def indexable(self, table):
        bad = ("JSON", "LargeBinary", "BLOB", "JSONB", "BYTEA")
        return [c for c in table["columns"] if not any(b in c["type"] for b in bad) and not c["pk"]
                and not c.get("computed")]

    def some_columns(self, table, most=2):
        cols = [c["name"] for c in self.indexable(table)]
        return self.rng.sample(cols, min(len(cols), self.rng.randint(1, most))) if cols else []

    def add_unique(self, table):
        cols = self.some_columns(table)
        if not cols or any(sorted(u["columns"]) == sorted(cols) for u in table["uniques"]):
            return
        taken = self.convention and any(u["columns"][0] == cols[0] for u in table["uniques"])
        name = None if self.unnamed and not taken and self.rng.random() < 0.3 else self.name("uq_")
        table["uniques"].append({"name": name, "columns": cols})

    def add_check(self, table):
        numbers = [c["name"] for c in table["columns"] if c["type"] in NUMBER]
        texts = [c["name"] for c in table["columns"] if c["type"] in TEXTS]
        if not numbers and not texts:
            return
        plain = self.unnamed and self.awkward and not self.convention
        name = None if plain and self.rng.random() < 0.15 else self.name("ck_")
        table["checks"].append({"name": name, "text": self.condition(numbers, texts)})

    def condition(self, numbers, texts):
        rng = self.rng
        choices = []
        if numbers:
            a = rng.choice(numbers)
            choices += ["%s > %d" % (a, rng.randint(-3, 3)), "%s BETWEEN 1 AND %d" % (a, rng.randint(2, 9)),
                        "%s >= 0 AND %s < %d" % (a, a, rng.randint(5, 99)), "%s IN (1, 2, %d)" % (a, rng.randint(3, 9)),
                        "%s IS NOT NULL OR %s <> 4" % (a, a), "NOT (%s = 3)" % a, "(%s + 1) * 2 > 0" % a]
        if texts:
            b = rng.choice(texts)
            choices += ["length(%s) > %d" % (b, rng.randint(0, 4)), "%s IN ('a', 'b')" % b, "%s <> ''" % b,
                        "%s LIKE 'a%%'" % b, "lower(%s) = %s" % (b, b), "coalesce(%s, 'z') != 'y'" % b]
        return rng.choice(choices)

    def add_index(self, table):
        cols = self.some_columns(table)
        if not cols:
            return
        index = {"name": self.name("ix_"), "columns": cols, "unique": self.rng.random() < 0.2, "where": None}
        self.dress_index(table, index)
        table["indexes"].append(index)

    def dress_index(self, table, index):
        """Predicates and expressions; only the extra detections see a change of the former."""
        rng = self.rng
        numbers = [c["name"] for c in table["columns"] if c["type"] in NUMBER]
        texts = [c["name"] for c in table["columns"] if c["type"] in TEXTS]
        if numbers and rng.random() < 0.2:
            index["where"] = "%s > %d" % (rng.choice(numbers), rng.randint(0, 5))
        if texts and rng.random() < 0.15 and self.dialect == "postgresql":
            index["columns"] = ["@lower(%s)" % rng.choice(texts)]

    def targets(self, table):
        known = [t for t in self.tables if t is not table or True]
        if not self.cycles:
            known = self.tables[:self.tables.index(table) + 1]
        return [t for t in known if sum(c["pk"] for c in t["columns"]) == 1]

    def add_fk(self, table):
        rng = self.rng
        targets = self.targets(table)
        if not targets:
            return
        target = rng.choice(targets)
        key = next(c for c in target["columns"] if c["pk"])
        col = self.column()
        col.update(type=key["type"], default=None, nullable=True)
        table["columns"].append(col)
        fk = {"name": None if self.unnamed and rng.random() < 0.3 else self.name("fk_"), "columns": [col["name"]],
              "target": target["name"], "referred": [key["name"]], "ondelete": None, "onupdate": None,
              "deferrable": None}
        self.dress_fk(fk)
        table["fks"].append(fk)

    def dress_fk(self, fk):
        rng = self.rng
        fk["ondelete"] = rng.choice([None, None, "CASCADE", "SET NULL", "RESTRICT"])
        fk["onupdate"] = rng.choice([None, None, None, "CASCADE"])

    # ---- mutating ----

    def copy(self):
        other = copy.copy(self)
        other.tables, other.enums = copy.deepcopy(self.tables), copy.deepcopy(self.enums)
        return other

    def mutate(self, times=1):
        done = []
        for _ in range(times):
            change = self.rng.choice(self.changes())
            if change():
                done.append(change.__name__)
        return done

    def changes(self):
        more = [self.change_where, self.change_key, self.new_value, self.change_sequence] if self.extra else []
        return more + [self.new_table, self.drop_table, self.new_column, self.new_column, self.drop_column, self.drop_column,
                self.change_type, self.change_type, self.change_nullable, self.change_nullable, self.change_default,
                self.new_part, self.new_part, self.drop_part, self.drop_part, self.change_part,
                self.change_part, self.change_comment]

    def any_table(self):
        return self.rng.choice(self.tables) if self.tables else None

    def new_table(self):
        self.add_table()
        return True

    def drop_table(self):
        if len(self.tables) < 2:
            return False
        table = self.any_table()
        self.tables.remove(table)
        for other in self.tables:
            other["fks"] = [f for f in other["fks"] if f["target"] != table["name"]]
        return True

    def new_column(self):
        table = self.any_table()
        col = self.column()
        if not col["nullable"] and not col["default"]:
            col["nullable"] = True
        table["columns"].append(col)
        return True

    def drop_column(self):
        table = self.any_table()
        cols = [c for c in table["columns"] if not c["pk"]]
        if len(cols) < 2:
            return False
        col = self.rng.choice(cols)
        name = col["name"]
        if self.dialect == "sqlite" and self.in_unnamed(table, name):
            return False  # nothing can say what went with it
        table["columns"].remove(col)
        for part in ("uniques", "fks"):
            table[part] = [p for p in table[part] if name not in p["columns"]]
        uses = lambda text: text is not None and name in text
        table["indexes"] = [i for i in table["indexes"] if not any(uses(c) for c in i["columns"])
                            and not uses(i["where"])]
        table["checks"] = [c for c in table["checks"] if not uses(c["text"])]
        return True

    def in_unnamed(self, table, name):
        parts = [p for kind in ("uniques", "fks") for p in table[kind] if name in p["columns"]]
        parts += [c for c in table["checks"] if name in c["text"]]
        return not all(p["name"] for p in parts)

    def is_linked(self, table, col):
        return col["pk"] or any(col["name"] in f["columns"] for f in table["fks"])

    def change_type(self):
        table = self.any_table()
        cols = [c for c in table["columns"] if c["type"] in SAFE_CASTS and not self.is_linked(table, c)
                and not any(c["name"] in k["text"] for k in table["checks"])
                and not any(c["name"] in (i["where"] or "") for i in table["indexes"])]
        if not cols:
            return False
        col = self.rng.choice(cols)
        col["type"] = self.rng.choice(SAFE_CASTS[col["type"]])
        col["default"] = None
        return True

    def change_nullable(self):
        table = self.any_table()
        cols = [c for c in table["columns"] if not c["pk"]]
        if cols:
            col = self.rng.choice(cols)
            col["nullable"] = not col["nullable"]
        return bool(cols)

    def change_default(self):
        table = self.any_table()
        cols = [c for c in table["columns"] if not c["pk"] and not self.is_linked(table, c)]
        if not cols:
            return False
        col = self.rng.choice(cols)
        col["default"] = None if col["default"] and self.rng.random() < 0.5 else self.default(col["type"])
        return True

    def new_part(self):
        self.add_part(self.any_table())
        return True

    def named_parts(self):
        return [(t, kind, p) for t in self.tables for kind in ("uniques", "checks", "indexes", "fks")
                for p in t[kind] if p["name"]]

    def drop_part(self):
        parts = self.named_parts()
        if not parts:
            return False
        table, kind, part = self.rng.choice(parts)
        table[kind].remove(part)
        return True

    def change_part(self):
        parts = self.named_parts()
        if not parts:
            return False
        table, kind, part = self.rng.choice(parts)
        if kind == "fks":
            self.dress_fk(part)
        elif kind == "checks":
            return False if not self.change_check(table, part) else True
        else:
            cols = self.some_columns(table)
            if not cols or any(c.startswith("@") for c in part["columns"]):
                return False
            if kind == "uniques" and any(sorted(u["columns"]) == sorted(cols) for u in table["uniques"]):
                return False
            part["columns"] = cols
            if kind == "indexes":
                part["unique"] = self.rng.random() < 0.3
        return True

    def change_check(self, table, part):
        numbers = [c["name"] for c in table["columns"] if c["type"] in NUMBER]
        texts = [c["name"] for c in table["columns"] if c["type"] in TEXTS]
        if numbers or texts:
            part["text"] = self.condition(numbers, texts)
        return True

    def change_where(self):
        parts = [(t, i) for t in self.tables for i in t["indexes"]]
        if not parts:
            return False
        table, index = self.rng.choice(parts)
        numbers = [c["name"] for c in table["columns"] if c["type"] in NUMBER]
        keep = index["where"] and self.rng.random() < 0.4
        index["where"] = None if keep or not numbers else self.condition([self.rng.choice(numbers)], [])
        return True

    def change_key(self):
        """A column more or less in the key of a table that nobody refers to."""
        free = [t for t in self.tables if not any(f["target"] == t["name"] for o in self.tables for f in o["fks"])]
        if not free:
            return False
        table = self.rng.choice(free)
        key = [c for c in table["columns"] if c["pk"]]
        if len(key) > 1:
            key[-1].update(pk=False, nullable=False)
        else:
            col = self.column(key=True)
            col["pk"] = True
            table["columns"].append(col)
        return True

    def new_value(self):
        used = sorted(n for n in self.enums if any(c["type"] == "@" + n for t in self.tables for c in t["columns"]))
        if not used:
            return False
        values = self.enums[self.rng.choice(used)]
        values.insert(self.rng.randint(0, len(values)), self.name("value"))
        return True

    def change_sequence(self):
        if self.dialect != "postgresql":
            return False
        if self.sequences and self.rng.random() < 0.5:
            self.sequences = self.sequences[1:]
        else:
            self.sequences = self.sequences + [self.name("seq")]
        return True

    def change_comment(self):
        if not self.comments:
            return False
        table = self.any_table()
        if self.rng.random() < 0.4:
            table["comment"] = self.rng.choice([None, "new words", "about"])
        else:
            col = self.rng.choice(table["columns"])
            col["comment"] = self.rng.choice([None, "other words", "a note"])
        return True

    # ---- source ----

    def source(self):
        lines = ["import sqlalchemy as sa", "from sqlalchemy import (%s)" % ", ".join(NAMES),
                 "from sqlalchemy.dialects import postgresql as pg", ""]
        if self.convention:
            lines.append("metadata = MetaData(naming_convention={'ix': 'ix_%(column_0_label)s', "
                         "'uq': 'uq_%(table_name)s_%(column_0_name)s', 'ck': 'ck_%(table_name)s_%(constraint_name)s', "
                         "'fk': 'fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s', 'pk': 'pk_%(table_name)s'})")
        else:
            lines.append("metadata = MetaData()")
        lines += ["sa.Sequence(%r, metadata=metadata)" % name for name in self.sequences]
        for table in self.tables:
            lines += self.table_source(table)
        return "\n".join(lines) + "\n"

    def table_source(self, table):
        lines = ["", "Table(", "    %r," % table["name"], "    metadata,"]
        lines += ["    %s," % self.column_source(c) for c in table["columns"]]
        for fk in table["fks"]:
            targets = ["%s.%s" % (fk["target"], r) for r in fk["referred"]]
            extra = "".join(", %s=%r" % (k, fk[k]) for k in ("name", "ondelete", "onupdate", "deferrable")
                            if fk[k] is not None)
            lines.append("    ForeignKeyConstraint([%s], [%s]%s)," % (quoted(fk["columns"]), quoted(targets), extra))
        for unique in table["uniques"]:
            name = ", name=%r" % unique["name"] if unique["name"] else ""
            lines.append("    UniqueConstraint(%s%s)," % (quoted(unique["columns"]), name))
        for check in table["checks"]:
            name = ", name=%r" % check["name"] if check["name"] else ""
            lines.append("    CheckConstraint(%r%s)," % (check["text"], name))
        for index in table["indexes"]:
            lines.append("    %s," % self.index_source(index))
        if table["comment"]:
            lines.append("    comment=%r," % table["comment"])
        return lines + [")"]

    def column_source(self, col):
        words = [repr(col["name"]), self.type_source(col["type"])]
        if col["pk"]:
            words.append("primary_key=True")
        elif not col["nullable"]:
            words.append("nullable=False")
        if col["default"]:
            words.append("server_default=%s" % col["default"])
        if col["comment"]:
            words.append("comment=%r" % col["comment"])
        return "Column(%s)" % ", ".join(words)

    def type_source(self, kind):
        if not kind.startswith("@"):
            return kind
        return "Enum(%s, name=%r)" % (quoted(self.enums[kind[1:]]), kind[1:])

    def index_source(self, index):
        parts = ["text(%r)" % c[1:] if c.startswith("@") else repr(c) for c in index["columns"]]
        words = [repr(index["name"])] + parts
        if index["unique"]:
            words.append("unique=True")
        if index["where"]:
            words.append("sqlite_where=text(%r), postgresql_where=text(%r)" % (index["where"], index["where"]))
        return "Index(%s)" % ", ".join(words)
