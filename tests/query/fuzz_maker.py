# SPDX-License-Identifier: MIT
"""Writes queries as source by the rows of fuzz_grammar.py."""
import random
import re

from fuzz_grammar import COLUMNS, DERIVED, FIXED, JOINS, KINDS, LITERALS, PARAMETERS, TABLES, WRITES

HOLE = re.compile(r"\$\$|\$<([^<>]*)>|\$(\.?)(\w+)")
READS = ("list fetchall mappings scalars second first one one_or_none scalar scalar_one many partitions unique columns dicts fields "
         "fetchone yield_per").split()


def rows_for(rows, dialect):
    """The rows of a table that this dialect has."""
    own, other = ("pg ", "lite ") if dialect == "postgresql" else ("lite ", "pg ")
    return [row[len(own):] if row.startswith(own) else row for row in rows if row and not row.startswith(other)]


class Maker:
    def __init__(self, seed, dialect):
        self.r = random.Random(seed)
        self.dialect = dialect
        self.kinds = {kind: rows_for(rows, dialect) for kind, rows in KINDS.items()}
        self.tables = {name: rows_for(rows, dialect) for name, rows in
                       (("joins", JOINS), ("derived", DERIVED), ("fixed", FIXED), ("writes", WRITES))}
        self.scope = {}
        self.used = 0

    # ---- holes ----

    def fill(self, row, depth):
        """A row with its holes filled."""
        def hole(m):
            if m.group(0) == "$$":
                return "$"
            if m.group(1) is not None:
                return self.fill(self.r.choice(m.group(1).split("|")), depth)
            return self.named(m.group(3), bool(m.group(2)), depth)
        return HOLE.sub(hole, row)

    def named(self, name, column, depth):
        if column:
            return self.column(name)
        special = getattr(self, "make_" + name, None)
        if special:
            return special(depth)
        return self.expression(name, depth)

    def column(self, kind):
        own = self.scope.get(kind)
        return self.r.choice(own) if own else self.fill(LITERALS[kind], 0)

    def expression(self, kind, depth):
        if depth <= 0 and kind in self.scope:
            return self.column(kind)
        if depth <= -2 and kind in LITERALS:
            return self.fill(LITERALS[kind], 0)
        rows = self.kinds[kind]
        missing = [row for row in rows if all(name in self.scope for name in re.findall(r"\$\.(\w)", row))]
        return self.fill(self.r.choice(missing or rows), depth - 1)

    def make_cmp(self, depth):
        return self.r.choice(["==", "!=", "<", "<=", ">", ">="])

    def make_coll(self, depth):
        return "C" if self.dialect == "postgresql" else self.r.choice(["NOCASE", "BINARY"])

    def make_key(self, depth):
        return "KEY" if self.dialect == "postgresql" else "str(KEY)"

    def make_enum(self, depth):
        return self.r.choice(["Color.red", "Color.green"] if "u.color" in self.scope.get("e", []) and len(self.scope["e"]) == 1
                             else ["'ok'", "'sad'"])

    def make_val(self, depth):
        return "" if self.dialect == "postgresql" else ".cte()"

    def make_J(self, depth):
        return self.r.choice([c for c in self.scope.get("j", []) if re.match(r"[uk]\.\w+$", c)] or ["literal({'k': 1, 's': 'x'}, JSON)"])

    def make_plain(self, depth):
        return self.plain()

    # ---- SELECTs inside others ----

    def inner(self, depth, make):
        """What make() writes with a scope of its own, which may look at the one around."""
        outer = self.scope
        name = self.r.choice([n for n in ("o", "i", "k", "ua") if not self.covers(n)] or ["o"])
        self.scope = self.columns_of(name)
        made = make(name, outer)
        self.scope = outer
        return made

    def covers(self, name):
        prefix = name + "."
        return any(c.startswith(prefix) for cs in self.scope.values() for c in cs)

    def conditions(self, name, outer, depth):
        """Conditions for an inner SELECT: one of its own, sometimes one that links it with the outer one."""
        made = [self.expression("b", min(depth, 1) - 1)]
        if outer.get("w") and self.r.random() < .5:
            made.insert(0, "%s == %s" % (self.column("w"), self.r.choice(outer["w"])))
        return ", ".join(made)

    def make_sub1(self, depth):
        return self.inner(depth, lambda name, outer: "select(%s).where(%s)" % (self.column("w"), self.conditions(name, outer, depth)))

    def make_sub2(self, depth):
        return self.inner(depth, lambda name, outer: "select(%s, %s.label('q')).where(%s)" % (
            self.column("w"), self.column("w"), self.conditions(name, outer, depth)))

    def make_sub_w(self, depth):
        return self.make_scalar(depth) if depth > 0 else self.column("w")

    make_agg_sub = make_sub_w

    def make_scalar(self, depth):
        if depth < 0:
            return self.column("w")
        return self.inner(depth, lambda name, outer: "select(func.%s(%s)).where(%s).scalar_subquery()%s" % (
            self.r.choice(["max", "min", "count"]), self.column("w"), self.conditions(name, outer, depth),
            self.r.choice(["", "", ".correlate(None)" if name == "k" else ""])))

    def make_exists(self, depth):
        def made(name, outer):
            where = self.conditions(name, outer, depth)
            whole = "and_(%s)" % where
            return self.r.choice([
                "exists(select(%s).where(%s))" % (self.column("w"), where), "exists().where(%s)" % whole,
                "select(%s).where(%s).exists()" % (self.column("w"), where), "exists(select(1).select_from(%s).where(%s))" % (TABLES[name], where),
                "exists(select(literal_column('1')).where(%s))" % where, "exists(%s).where(%s)" % (self.column("w"), whole),
                "select(%s).where(%s).exists()" % (TABLES[name], where)])
        return self.inner(depth, made)

    # ---- FROM ----

    def columns_of(self, *names):
        scope = {}
        for name in names:
            for kind, columns in COLUMNS[name].items():
                scope.setdefault(kind, []).extend(columns.split())
        if self.dialect != "postgresql":
            for kind in "agxI":
                scope.pop(kind, None)
        return scope

    def derived(self, depth):
        """A derived table: its name, its source, its columns by kind."""
        self.used += 1
        name = "s%d" % self.used
        if self.r.random() < .45 or depth <= 0:
            head, _, source = self.r.choice(self.tables["fixed"]).partition(": ")
            kinds = [part.split("=") for part in head.split()]
            source = self.fill(source, 0)
        else:
            kinds = [("d%d" % n, self.r.choice("nwwssbDTe")) for n in range(self.r.randrange(1, 4))]
            kinds[0] = ("d0", "w")
            row = self.r.choice(self.tables["derived"])
            parts = row.split("$pick")
            source = parts[0] + "".join(self.picked(kinds, depth) + part for part in parts[1:])
            source = self.fill(source, 0)
        scope = {}
        for column, kind in kinds:
            scope.setdefault(kind, []).append("%s.c.%s" % (name, column))
            if kind == "w":
                scope.setdefault("n", []).append("%s.c.%s" % (name, column))
        return name, source.replace("@", name), scope

    def picked(self, kinds, depth):
        """A SELECT of named columns of given kinds."""
        outer, self.scope = self.scope, self.columns_of(self.r.choice(["u", "u", "o", "k"]))
        columns = ", ".join("%s.label(%r)" % (self.labelled(kind), name) for name, kind in kinds)
        made = "select(%s)%s" % (columns, ".where(%s)" % self.expression("b", 1) if self.r.random() < .6 else "")
        if self.r.random() < .15:
            made += ".order_by(%s).limit(%d)" % (self.column("w"), self.r.randrange(1, 6))
        self.scope = outer
        return made

    def labelled(self, kind):
        made = self.expression(kind, self.r.choice([0, 1]))
        return made if re.match(r"[\w.()]+$", made) and " if " not in made else "(%s)" % made

    def froms(self, depth):
        """The text behind select(...) that says where from, and what is bound around the whole."""
        kind = self.r.randrange(10)
        if kind < 4:
            self.scope = self.columns_of(self.r.choice(["u", "u", "o", "i", "k", "k"]))
            return "", []
        if kind < 7:
            head, _, text = self.r.choice(self.tables["joins"]).partition(": ")
            self.scope = self.columns_of(*head.split())
            return self.fill(text, 1), []
        name, source, scope = self.derived(depth)
        if kind == 7:
            self.scope = scope
            return self.r.choice(["", ".select_from(%s)" % name]), [(name, source)]
        table = self.r.choice(["u", "o", "k"]) if "k.tags" not in source else "k"
        self.scope = self.columns_of(table)
        link = "%s == %s" % (scope["w"][0] if "w" in scope else self.fill(LITERALS["w"], 0), self.column("w"))
        for kind, columns in scope.items():
            self.scope.setdefault(kind, []).extend(columns)
        how = self.r.choice([".select_from(%s).join(%s, %s)", ".select_from(%s).outerjoin(%s, %s)", ".join_from(%s, %s, %s)",
                             ".select_from(%s, %s).where(%s)"])
        return how % (TABLES[table], name, link), [(name, source)]

    # ---- whole queries ----

    def plain(self):
        return self.r.choice([c for columns in self.scope.values() for c in columns])

    def item(self, windows=True):
        kind = self.r.choice("nnwwssbbTDHIgyeaxjj")
        if kind not in self.scope and kind in "HIgyeaxj":
            kind = "s"
        made = self.expression(kind, 2)
        if windows and self.r.random() < .08:
            made = self.fill(self.r.choice(self.kinds["win"]), 1)
        return "(%s).label(%r)" % (made, "c%d" % self.r.randrange(4)) if self.r.random() < .35 else made

    def select(self, depth=2):
        outer, self.scope = self.scope, {}
        joined, bound = self.froms(depth)
        made = self.aggregate(joined) if self.r.random() < .2 else self.plain_select(joined)
        for name, source in bound:
            made = "(lambda %s: %s)(%s)" % (name, made, source)
        self.scope = outer
        return made

    def plain_select(self, joined):
        r = self.r
        entities = sorted({TABLES[c.split(".")[0]] for columns in self.scope.values() for c in columns if c.split(".")[0] in TABLES})
        columns = [self.item() if r.random() < .55 else r.choice(entities) if entities and r.random() < .15 else self.plain()
                   for _ in range(r.randrange(1, 5))]
        made = "select(%s)%s" % (", ".join(columns), joined)
        for _ in range(r.randrange(3)):
            made += ".%s(%s)" % (r.choice(["where", "where", "filter"]), ", ".join(self.expression("b", 2) for _ in range(r.choice([1, 1, 2]))))
        return made + self.tail(columns)

    def tail(self, columns):
        r = self.r
        made = ""
        if r.random() < .15:
            made += ".distinct(%s)" % (self.column("w") if self.dialect == "postgresql" and r.random() < .4 else "")
        if r.random() < .35:
            made += ".order_by(%s)" % ", ".join(self.order(columns) for _ in range(r.randrange(1, 3)))
        sure = ".distinct(" not in made or ".order_by(" in made  # which rows come first
        if r.random() < .15 and sure:
            made += r.choice([".limit(%d)" % r.randrange(8), ".limit(3).offset(%d)" % r.randrange(4), ".offset(2)", ".slice(1, 4)",
                              ".fetch(3)" if self.dialect == "postgresql" else ".limit(None)"])
        if r.random() < .04:
            made += r.choice([".with_for_update()", ".with_for_update(nowait=True)", ".with_for_update(read=True)",
                              ".with_only_columns(%s)" % self.plain(), ".add_columns(%s)" % self.plain(), ".correlate(None)",
                              ".order_by(None)", ".execution_options(stream_results=True)"])
        return made

    def order(self, columns):
        r = self.r
        labels = re.findall(r"\.label\('(c\d)'\)", " ".join(columns))
        if labels and r.random() < .5:
            return r.choice(["%r", "desc(%r)", "asc(%r)", "nulls_last(desc(%r))"]) % r.choice(labels)
        one = self.expression(r.choice("wsnwD"), 1)
        return r.choice(["%s", "%s", "(%s).desc()", "(%s).asc()", "desc(%s)", "(%s).nulls_last()", "(%s).desc().nulls_first()",
                         "nulls_first(%s)"]) % one

    def aggregate(self, joined):
        r = self.r
        keys = [self.expression(r.choice("wsbD"), r.choice([0, 1])) for _ in range(r.choice([0, 1, 1, 2]))]
        aggregates = [self.fill(r.choice(self.kinds["agg"]), 1) for _ in range(r.randrange(1, 3))]
        labels = [r.random() < .5 for _ in keys]
        columns = ["(%s).label('k%d')" % (key, n) if labels[n] else key for n, key in enumerate(keys)]
        columns += ["(%s).label('n%d')" % (a, n) if r.random() < .4 else a for n, a in enumerate(aggregates)]
        made = "select(%s)%s" % (", ".join(columns), joined)
        if r.random() < .5:
            made += ".where(%s)" % self.expression("b", 2)
        if keys:
            groups = [repr("k%d" % n) if labels[n] and r.random() < .4 else key for n, key in enumerate(keys)]
            if self.dialect == "postgresql" and r.random() < .1:
                groups = ["func.%s(%s)" % (r.choice(["rollup", "cube", "grouping_sets"]), ", ".join(keys))]
            made += ".group_by(%s)" % ", ".join(groups)
        if r.random() < .3:
            made += ".having(%s %s %d)" % (r.choice(["func.count()", "func.max(%s)" % self.column("w")]), self.make_cmp(0), r.randrange(1, 20))
        if r.random() < .3:
            made += ".order_by(%s)" % r.choice(columns + aggregates)
        return made

    def compound(self, depth=1, kinds=None):
        r = self.r
        kinds = kinds or [(n, r.choice("nwsDb")) for n in ("x", "y")[:r.randrange(1, 3)]]
        nested = [depth > 0 and r.random() < .15 for _ in range(r.choice([2, 2, 3]))]
        parts = [self.compound(depth - 1, kinds) if each else self.picked(kinds, 0) for each in nested]
        how = r.choice(["union", "union_all", "intersect", "except_"])
        method = not nested[0] and r.random() < .3
        made = "%s.%s(%s)" % (parts[0], how, ", ".join(parts[1:])) if method else "%s(%s)" % (how, ", ".join(parts))
        if depth and r.random() < .4:
            made += ".order_by(%s)" % r.choice(["'x'", "desc('x')", "text('1')", "column('x')"])
        if depth and r.random() < .3:
            made += r.choice([".limit(4)", ".limit(2).offset(1)", ".offset(1)"])
        if depth and r.random() < .2:
            made = "(lambda q: select(q.c.x, func.count()).group_by(q.c.x))(%s.%s())" % (made, r.choice(["subquery", "cte", "alias"]))
        return made

    def write(self):
        head, _, source = self.r.choice(self.tables["writes"]).partition(": ")
        self.scope = self.columns_of(*head.split()) if head.strip(": ") else {}
        return self.fill(source.strip() if source else head.strip(": "), 1).replace("tables_color", "Color.green")

    def query(self):
        """(source, parameters or None, how the result is read)."""
        self.scope, self.used = {}, 0
        kind = self.r.random()
        how = "all" if self.r.random() < .6 else self.r.choice(READS)
        if kind < .6:
            return self.select(), None, how
        if kind < .7:
            return self.compound(), None, how
        if kind < .92:
            return self.write(), None, how
        names, source, params = self.r.choice(PARAMETERS)
        self.scope = self.columns_of(*names.split())
        return self.fill(source, 1), self.fill(params, 0).replace("tables_color", "Color.green"), how
