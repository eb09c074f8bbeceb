#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Generated queries give the same text, parameters and rows under Limbeck as under SQLAlchemy.

  fuzz.py PROGRAM [--count N] [--seed S] [--url URL]

PROGRAM is query_run. SQLAlchemy is what python3 imports (Debian's 1.4; 2.0 by PYTHONPATH); where 1.4
writes a query otherwise than 2.0, only the rows are compared. A difference is printed with its source.
"""
import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile


def python_with_sqlalchemy():
    """This Python where it has SQLAlchemy, else Debian's, whose package the tests install."""
    has = subprocess.run([sys.executable, "-c", "import sqlalchemy"], capture_output=True).returncode == 0
    return sys.executable if has else "/usr/bin/python3"


PYTHON = python_with_sqlalchemy()
HERE = os.path.dirname(os.path.abspath(__file__))


class Maker:
    """Writes a query as source; each kind of value has its own makers."""

    def __init__(self, seed, dialect):
        self.r = random.Random(seed)
        self.dialect = dialect
        self.froms = ["u"]
        self.depth = 0

    def pick(self, *makers):
        return self.r.choice(makers)

    def number(self, depth=3):
        r = self.r
        own = [c for f in self.froms for c in {"u": ["u.id", "u.age", "u.score", "u.balance"], "o": ["o.id", "o.user_id", "o.total"],
                                               "i": ["i.order_id", "i.line", "i.qty"], "ua": ["ua.c.id", "ua.c.age"]}[f]]
        if depth <= 0 or r.random() < .35:
            return r.choice(own) if r.random() < .75 else "literal(%s)" % r.choice(["1", "2", "7", "2.5", "-3"])
        a = self.number(depth - 1)
        kind = r.randrange(12)
        if kind < 4:
            return "(%s %s %s)" % (a, r.choice("+-*"), r.choice([self.number(depth - 1), str(r.randrange(1, 9))]))
        if kind == 4:
            return "(%s / %s)" % (a, r.choice(["2", "4", "2.5"]))
        if kind == 5:
            return "(-%s)" % a
        if kind == 6:
            return "func.coalesce(%s, %s)" % (a, r.choice(["0", "1", self.number(depth - 1)]))
        if kind == 7:
            return "case((%s, %s), else_=%s)" % (self.boolean(depth - 1), a, r.choice(["0", "5", self.number(depth - 1)]))
        if kind == 8:
            return "func.abs(%s)" % a
        if kind == 9:
            return "cast(%s, Integer)" % a
        if kind == 10:
            return "func.length(%s)" % self.string(depth - 1)
        return "(%s %% %d)" % (self.whole(depth - 1), r.randrange(2, 6))

    def whole(self, depth):
        own = [c for f in self.froms for c in {"u": ["u.id", "u.age"], "o": ["o.id", "o.user_id"], "i": ["i.line", "i.qty"],
                                               "ua": ["ua.c.id", "ua.c.age"]}[f]]
        c = self.r.choice(own)
        return c if depth <= 0 or self.r.random() < .5 else "(%s %s %d)" % (c, self.r.choice("+-*"), self.r.randrange(1, 5))

    def string(self, depth=2):
        r = self.r
        own = [c for f in self.froms for c in {"u": ["u.name", "u.email"], "o": ["o.note"], "i": ["i.sku"], "ua": ["ua.c.name"]}[f]]
        c = r.choice(own)
        if depth <= 0 or r.random() < .4:
            return c
        kind = r.randrange(8)
        if kind == 0:
            return "(%s + %r)" % (self.string(depth - 1), r.choice(["x", "%", "'q"]))
        if kind == 1:
            return "(%s + %s)" % (self.string(depth - 1), self.string(depth - 1))
        if kind == 2:
            return "func.%s(%s)" % (r.choice(["lower", "upper", "trim"]), self.string(depth - 1))
        if kind == 3:
            return "func.coalesce(%s, %r)" % (self.string(depth - 1), r.choice(["", "none"]))
        if kind == 4:
            return "func.substr(%s, %d, %d)" % (self.string(depth - 1), r.randrange(1, 3), r.randrange(1, 4))
        if kind == 5:
            return "cast(%s, String)" % self.whole(0)
        if kind == 6:
            return "func.replace(%s, 'a', %r)" % (self.string(depth - 1), r.choice(["b", "''"]))
        return "case((%s, %s), else_=%r)" % (self.boolean(depth - 1), self.string(depth - 1), r.choice(["e", "f%"]))

    def boolean(self, depth=3):
        r = self.r
        kind = r.randrange(16)
        if depth <= 0:
            kind = r.randrange(6)
        if kind < 3:
            other = r.choice([self.number(depth - 1), str(r.randrange(0, 30)), "2.5"])
            return "(%s %s %s)" % (self.number(depth - 1), r.choice(["==", "!=", "<", "<=", ">", ">="]), other)
        if kind == 3:
            return "(%s %s %r)" % (self.string(depth - 1), r.choice(["==", "!=", "<"]), r.choice(["ann", "x", ""]))
        if kind == 4:
            return "%s.%s(None)" % (r.choice([self.string(0), self.whole(0)]), r.choice(["is_", "is_not"]))
        if kind == 5:
            return self.flag()
        if kind == 6:
            return "%s.%s(%r)" % (self.whole(0), r.choice(["in_", "not_in"]), [r.randrange(20) for _ in range(r.randrange(4))])
        if kind == 7:
            return "%s.%s(%r)" % (self.string(0), r.choice(["like", "not_like", "ilike"]), r.choice(["%a%", "a_n", "%", "x%"]))
        if kind == 8:
            return "%s.%s(%r%s)" % (self.string(0), r.choice(["startswith", "endswith", "contains"]), r.choice(["a", "%", "_"]),
                                    r.choice(["", ", autoescape=True"]))
        if kind == 9:
            return "%s.between(%s, %d)" % (self.number(1), self.whole(0), r.randrange(5, 40))
        if kind == 10:
            return "(~%s)" % self.boolean(depth - 1)
        if kind == 11:
            return self.subquery(depth - 1)
        if kind == 12:
            return "%s.is_distinct_from(%s)" % (self.whole(0), r.choice([self.whole(0), "None", "3"]))
        if kind == 13:
            return "not_(%s)" % self.boolean(depth - 1)
        parts = [self.boolean(depth - 1) for _ in range(r.randrange(2, 4))]
        if kind == 14:
            return "%s(%s)" % (r.choice(["and_", "or_"]), ", ".join(parts))
        return "(%s)" % r.choice([" & ", " | "]).join(parts)

    def flag(self):
        if "u" in self.froms:
            return self.r.choice(["u.active", "(~u.active)", "(u.active == True)", "u.active.is_(False)", "u.active.is_(None)",
                                  "(u.created > MOMENT)", "(u.born <= DAY)", "(u.color == Color.red)"])
        return "(%s > 1)" % self.whole(0)

    def subquery(self, depth):
        """A condition with a SELECT in it, which may look at what is around."""
        outer, inner = self.froms, self.r.choice([f for f in ["o", "i", "ua"] if f not in self.froms] or ["o"])
        link = {"o": "o.user_id == u.id", "i": "i.order_id == o.id", "ua": "ua.c.age == u.age"}[inner]
        linked = link.split("== ")[1].split(".")[0] in outer and inner not in outer
        key = {"o": "o.user_id", "i": "i.order_id", "ua": "ua.c.id"}[inner]
        mine = self.whole(0)
        self.froms = [inner]
        where = self.boolean(depth - 1)
        self.froms = outer
        conditions = ", ".join(([link] if linked and self.r.random() < .6 else []) + [where])
        kind = self.r.randrange(4)
        if kind == 0:
            return "exists(select(%s).where(%s))" % (key, conditions)
        if kind == 1:
            return "%s.%s(select(%s).where(%s))" % (mine, self.r.choice(["in_", "not_in"]), key, conditions)
        if kind == 2:
            return "exists().where(%s)" % ("and_(%s)" % conditions if "," in conditions else conditions)
        return "(%s %s select(func.%s(%s)).where(%s).scalar_subquery())" % (
            mine, self.r.choice(["==", "<", ">="]), self.r.choice(["max", "min", "count"]), key, conditions)

    def column(self):
        made = self.pick(self.number, self.string, self.number, self.string, self.boolean)(2)
        return made + ".label(%r)" % ("c%d" % self.r.randrange(3)) if self.r.random() < .3 else made

    def plain(self):
        names = {"u": ["u.id", "u.name", "u.age", "u.active", "u.score", "u.balance", "u.created", "u.born", "u.data", "u.color", "users"],
                 "o": ["o.id", "o.total", "o.note", "o.placed", "orders"], "i": ["i.line", "i.sku", "i.qty", "items"],
                 "ua": ["ua.c.id", "ua.c.name", "ua"]}
        return self.r.choice([c for f in self.froms for c in names[f]])

    def select(self, aggregated=True):
        r = self.r
        shape = r.randrange(8)
        joined = ""
        if shape < 4:
            self.froms = [r.choice(["u", "u", "o", "i"])]
        elif shape == 4:
            self.froms, joined = ["u", "o"], ".select_from(users).%s(orders)" % r.choice(["join", "outerjoin"])
        elif shape == 5:
            self.froms, joined = ["o", "i"], ".select_from(orders.%s(items, %s))" % (r.choice(["join", "outerjoin"]), "o.id == i.order_id")
        elif shape == 6:
            self.froms, joined = ["u", "ua"], ".select_from(users).join(ua, ua.c.id == u.age)"
        else:
            self.froms, joined = ["u", "o", "i"], ".select_from(users).join(orders).join(items)"
        if aggregated and r.random() < .25:
            return self.aggregate(joined)
        columns = [r.choice([self.column, self.plain])() for _ in range(r.randrange(1, 4))]
        made = "select(%s)%s" % (", ".join(columns), joined)
        for _ in range(r.randrange(3)):
            made += ".where(%s)" % self.boolean()
        if r.random() < .2:
            made += ".distinct()"
        return made

    def aggregate(self, joined):
        r = self.r
        key = r.choice([self.whole(0), self.string(0), self.string(1)])
        agg = "func.%s(%s)" % (r.choice(["count", "max", "min", "sum"]), self.number(1))
        made = "select(%s.label('k'), %s%s)%s" % (key, agg, r.choice(["", ".label('n')"]), joined)
        if r.random() < .5:
            made += ".where(%s)" % self.boolean(2)
        made += ".group_by(%s)" % r.choice([key, "'k'"]) if "sku" not in key else ".group_by(%s)" % key
        if r.random() < .4:
            made += ".having(%s %s %d)" % (agg, r.choice(["<", ">", "!="]), r.randrange(1, 20))
        return made

    def query(self):
        r = self.r
        kind = r.randrange(14)
        if kind < 7:
            return self.select()
        if kind == 7:
            keys = ["u.id", "u.age"]
            self.froms = ["u"]
            return "select(u.id, u.name).where(%s).order_by(%s, u.id).limit(%d).offset(%d)" % (
                self.boolean(2), r.choice(keys) + r.choice(["", ".desc()"]), r.randrange(1, 9), r.randrange(0, 5))
        if kind == 8:
            return "(lambda s: select(s%s))(%s.%s(%s))" % (r.choice(["", ", func.count().over()"]), self.simple(), r.choice(["subquery", "cte"]),
                                                           r.choice(["'s'", ""]))
        if kind == 9:
            return "%s(%s, %s)" % (r.choice(["union", "union_all", "intersect", "except_"]), self.simple(), self.simple())
        if kind == 10:
            self.froms = ["u"]
            return "update(users).values(age=%s).where(%s)" % (r.choice([self.whole(2), "7", "None"]), self.boolean(2))
        if kind == 11:
            self.froms = ["o"]
            return "update(orders).values({'note': %s, 'total': %s}).where(%s)" % (self.string(1), r.choice(["o.total + 1", "3"]), self.boolean(2))
        if kind == 12:
            self.froms = ["i"]
            return "delete(items).where(%s)" % self.boolean(2)
        self.froms = ["u"]
        return "insert(items).from_select(['order_id', 'line', 'sku'], select(u.id + 100, literal(1), u.name).where(%s))" % self.boolean(2)

    def simple(self):
        self.froms = [self.r.choice(["u", "o"])]
        key = self.froms[0]
        text = self.string(1)
        if "cast(%s.id" % key in text:
            text = key + ".id.label('y')"  # SQLAlchemy takes one of two columns of the same name for the other
        return "select(%s.id%s, %s).where(%s)" % (key, self.r.choice(["", ".label('x')"]), text, self.boolean(2))


def outputs(argv, batch, url, extra):
    env = dict(os.environ, QUERY_FOLDER=HERE, FUZZ_BATCH=batch, FUZZ_URL=url, PYTHONWARNINGS="ignore", **extra)
    done = subprocess.run(argv + [os.path.join(HERE, "fuzz_script.py")], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          universal_newlines=True)
    lines = done.stdout.splitlines()
    if done.returncode:
        print(done.stderr[-2000:])
    return [json.loads(line) for line in lines]


def same(want, have, loose):
    """Rows always; text and parameters where both are of the same version of SQLAlchemy."""
    if loose:
        return rows_of(want) == rows_of(have)
    return want == have


def rows_of(line):
    rows = line[2]
    return rows[1:] if rows and isinstance(rows[0], list) else [re.sub("failed: .*", "failed", str(r)) for r in rows]


def query(options, dialect, n):
    """The n-th query; of what 1.4 means in another way (division) the next one."""
    maker = Maker(options.seed * 1000003 + n, dialect)
    made = maker.query()
    while options.loose and (" / " in made or "as_" in made):
        made = maker.query()
    return made


def batches(options, dialect):
    for start in range(0, options.count, 500):
        yield start, [query(options, dialect, n) for n in range(start, min(options.count, start + 500))]


def compare(options):
    dialect = options.url.split(":")[0].split("+")[0]
    options.loose = loose = "1.4" in subprocess.run([PYTHON, "-c", "import sqlalchemy; print(sqlalchemy.__version__)"],
                                    stdout=subprocess.PIPE, universal_newlines=True).stdout
    passed = failed = 0
    for start, sources in batches(options, dialect):
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as f:
            f.write("\n".join(sources))
            f.flush()
            want = outputs([PYTHON], f.name, options.url, {})
            have = outputs([options.program], f.name, options.url, {})
        for n, source in enumerate(sources):
            a = want[n] if n < len(want) else None
            b = have[n] if n < len(have) else None
            good = a is not None and b is not None and same(a, b, loose)
            passed += good
            failed += not good
            if not good and failed <= options.show:
                print("%d: %s" % (start + n, source))
                for k in range(3):
                    if not (a and b) or a[k] != b[k]:
                        print("  want %s\n  have %s" % (str(a and a[k])[:options.width], str(b and b[k])[:options.width]))
    print("%d passed, %d failed" % (passed, failed))
    return failed


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--count", type=int, default=int(os.environ.get("QUERY_FUZZ", "2000")))
    parser.add_argument("--seed", type=int, default=int(os.environ.get("FUZZ_SEED", "1")))
    parser.add_argument("--url", default="sqlite://")
    parser.add_argument("--show", type=int, default=10)
    parser.add_argument("--width", type=int, default=400)
    options = parser.parse_args()
    options.program = os.path.abspath(options.program)
    return 1 if compare(options) else 0


if __name__ == "__main__":
    sys.exit(main())
