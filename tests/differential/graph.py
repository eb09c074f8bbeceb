#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares plans and version rows with an installed Alembic's, over generated graphs.

    graph.py GRAPH_DUMP [COUNT]

Exit status 77 (skipped) where Alembic is not installed.
"""
import random
import subprocess
import sys
import types
import warnings

try:
    from alembic.runtime.migration import HeadMaintainer
    from alembic.script import ScriptDirectory
    from alembic.script import Script
    from alembic.script.revision import RevisionMap
    from alembic.util import CommandError
except ImportError:
    sys.exit(77)


def generate(rng):
    """Revisions as (id, downs, depends, labels), in load order."""
    count = rng.randrange(1, 14)
    ids = ["%s%02d" % (rng.choice("abcdef") * 3, i) for i in range(count)]
    revs = []
    for i, rev in enumerate(ids):
        downs, depends, labels = [], [], []
        if i and rng.random() > 0.12:
            recent = ids[max(0, i - 4):i]
            downs = rng.sample(recent, min(len(recent), 1 if rng.random() < 0.8 else rng.randrange(1, 4)))
        if i and rng.random() < 0.2:
            # of several, Alembic takes them in the order of a set
            depends = rng.sample(ids[:i], 1)
            depends = [d for d in depends if d not in downs]
        if rng.random() < 0.15:
            labels = ["lab%d" % i]
        revs.append((rev, downs, depends, labels))
    rng.shuffle(revs)
    return revs


class Scripts(ScriptDirectory):
    def __init__(self, revs):
        module = types.SimpleNamespace(upgrade=None, downgrade=None)

        def load():
            for rev, downs, depends, labels in revs:
                m = types.SimpleNamespace(upgrade=None, downgrade=None, down_revision=tuple(downs) or None,
                                          depends_on=tuple(depends) or None, branch_labels=tuple(labels) or None,
                                          revision=rev, __doc__=rev)
                yield Script(m, rev, rev)
        self.revision_map = RevisionMap(load)


class Rows(HeadMaintainer):
    def __init__(self, heads, out):
        self.heads = set(heads)
        self.out = out

    def _insert_version(self, version):
        self.heads.add(version)
        self.out.append("+>" + version)

    def _delete_version(self, version):
        self.heads.remove(version)
        self.out.append("-%s>" % version)

    def _update_version(self, from_, to_):
        self.heads.remove(from_)
        self.heads.add(to_)
        self.out.append("=%s>%s" % (from_, to_))


def is_ours(question):
    """What Alembic answers by accident: an end of a range, or a stamp, that is relative to no revision."""
    kind, first, second = question
    return (kind == "range" and (first.rpartition("@")[2].startswith("-") or second.startswith("+"))
            or kind == "stamp" and "@-" in second)


def ask(scripts, question):
    kind, first, second = question
    rows = tuple(x for x in first.split(",") if x)
    out = []
    try:
        if kind == "range":
            for sc in scripts.walk_revisions(base=first or "base", head=second or "heads"):
                out.append(sc.cmd_format(verbose=False, include_branches=True))
            return "".join(" " + x for x in out)
        if kind == "upgrade":
            steps = scripts._upgrade_revs(second, rows)
        elif kind == "downgrade":
            steps = scripts._downgrade_revs(second, rows)
        else:
            steps = scripts._stamp_revs(tuple(second.split(",")), rows)
        maintainer = Rows(rows, out)
        for step in steps:
            out.append("[%s]" % step.short_log)
            maintainer.update_to_step(step)
    except CommandError as error:
        return " !" + str(error)
    except Exception as error:
        return "crash %s %s" % (type(error).__name__, error)
    return "".join(" " + x for x in out)


def rows_for(rng, scripts, revs):
    """The rows after some upgrades."""
    out = []
    maintainer = Rows((), out)
    for _ in range(rng.randrange(4)):
        try:
            for step in scripts._upgrade_revs(rng.choice(revs)[0], tuple(maintainer.heads)):
                maintainer.update_to_step(step)
        except Exception:
            pass
    return ",".join(sorted(maintainer.heads))


def target(rng, revs):
    rev = rng.choice(revs)[0]
    labels = [x for r in revs for x in r[3]]
    label = rng.choice(labels) if labels else rng.choice(revs)[0]
    return rng.choice([rev, rev, rev[:4], "head", "heads", "base", "+1", "+2", "-1", "-2", rev + "+1", rev + "-1",
                       label, label + "@head", label + "@heads", label + "@base", label + "@+1", label + "@-1",
                       label + "@" + rev, "%s@%s-1" % (label, rev), label + "@" + rev + "+1", "nosuch", "heads-1"])


def questions(rng, scripts, revs):
    yield "range", "", ""
    for _ in range(8):
        rows = rows_for(rng, scripts, revs)
        yield "upgrade", rows, target(rng, revs)
        yield "downgrade", rows, target(rng, revs)
        yield "stamp", rows, ",".join(target(rng, revs) for _ in range(1 if rng.random() < 0.8 else 2))
        yield "range", target(rng, revs), target(rng, revs)


def canonical(line):
    """Rows of a merge, and labels, come in no fixed order from a Python set."""
    import re
    line = re.sub(r"\(([^()]*,[^()]*)\)", lambda m: "(%s)" % ", ".join(sorted(m.group(1).split(", "))), line)
    groups = []
    for word in re.findall(r"\[[^\]]*\]|\S+", line):
        if word.startswith("[") or not groups:
            groups.append([word])
        else:
            groups[-1].append(word)
    # of an update that goes along with inserts or deletes only the set of ids is fixed
    return [g if len(g) <= 2 or not g[0].startswith("[") else
            (g[0], sorted(re.findall(r"\w+", " ".join(g[1:])))) for g in groups]


def main():
    warnings.simplefilter("ignore")
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 300
    rng = random.Random(20240601)
    asked = different = crashed = 0
    for _ in range(count):
        revs = generate(rng)
        scripts = Scripts(revs)
        asks = list(questions(rng, scripts, revs))
        text = "".join("rev\t%s\t%s\t%s\t%s\n" % (r, ",".join(d), ",".join(p), ",".join(la)) for r, d, p, la in revs)
        text += "link\n" + "".join("%s\t%s\t%s\n" % (k, a or ("base" if k == "range" else ""), b or
                                                     ("heads" if k == "range" else "")) for k, a, b in asks)
        done = subprocess.run([sys.argv[1]], input=text.encode(), stdout=subprocess.PIPE)
        lines = done.stdout.decode().split("\n")[1:]
        for question, got in zip(asks, lines):
            asked += 1
            want = ask(scripts, question)
            if want.startswith("crash") or is_ours(question):
                crashed += 1
            elif canonical(got) != canonical(want):
                different += 1
                if different <= 5:
                    print("%r\n%r\n got %s\nwant %s\n" % (revs, question, got, want))
        if len(lines) < len(asks):
            print("died\n" + text)
            return 1
    print("%d questions, %d where Alembic crashed or had no meaning, %d differ" % (asked, crashed, different))
    return 1 if different else 0


sys.exit(main())
