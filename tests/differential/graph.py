#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares plans and version rows with Alembic's, over generated graphs.

    graph.py GRAPH_DUMP                  with the answers of Alembic 1.19.1 in graph.txt
    graph.py GRAPH_DUMP live [COUNT]     with an installed Alembic
    graph.py GRAPH_DUMP record [COUNT]   the same, and writes graph.txt anew
"""
import os
import random
import re
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
    HeadMaintainer = ScriptDirectory = object

RECORDED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "graph.txt")


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


def case_text(revs, asks):
    lines = ["rev\t%s\t%s\t%s\t%s" % (r, ",".join(d), ",".join(p), ",".join(la)) for r, d, p, la in revs]
    lines.append("link")
    for kind, first, second in asks:
        is_range = kind == "range"
        lines.append("%s\t%s\t%s" % (kind, first or ("base" if is_range else ""),
                                     second or ("heads" if is_range else "")))
    return lines


def compare(dump, lines, wanted):
    """How many answers differ from the wanted ones, which may be None."""
    done = subprocess.run([dump], input="".join(x + "\n" for x in lines).encode(), stdout=subprocess.PIPE, check=True)
    got = done.stdout.decode().split("\n")[1:]
    questions = lines[lines.index("link") + 1:]
    different = 0
    for question, have, want in zip(questions, got, wanted):
        if want is not None and canonical(have) != canonical(want):
            different += 1
            print("%s\n%r\n got %s\nwant %s\n" % ("\n".join(lines[:lines.index("link")]), question, have, want))
    return different


def live(dump, count, record):
    warnings.simplefilter("ignore")
    rng = random.Random(20240601)
    asked = skipped = different = 0
    out = open(record, "w") if record else None
    for _ in range(count):
        revs = generate(rng)
        scripts = Scripts(revs)
        asks = list(questions(rng, scripts, revs))
        wanted = [None if is_ours(q) else ask(scripts, q) for q in asks]
        wanted = [None if w is None or w.startswith("crash") else w for w in wanted]
        asked += len(asks)
        skipped += wanted.count(None)
        different += compare(dump, case_text(revs, asks), wanted)
        if out:
            kept = [(q, w) for q, w in zip(asks, wanted) if w is not None]
            lines = case_text(revs, [q for q, _ in kept])
            at = lines.index("link")
            out.write("\n".join(lines[:at + 1] + [x for line, (_, w) in zip(lines[at + 1:], kept)
                                                 for x in ([line, w] if w else [line])]) + "\n\n")
    print("%d questions, %d where Alembic crashed or had no meaning, %d differ" % (asked, skipped, different))
    return different


def recorded(dump):
    asked = different = 0
    with open(RECORDED) as file:
        for case in file.read().split("\n\n"):
            if not case.strip():
                continue
            lines = case.strip("\n").split("\n")
            at = lines.index("link")
            rest = lines[at + 1:]
            pairs = []
            for line in rest:
                if line.startswith((" ", "!")) or not line:
                    pairs[-1][1] = line
                else:
                    pairs.append([line, ""])
            asked += len(pairs)
            different += compare(dump, lines[:at + 1] + [q for q, _ in pairs], [w for _, w in pairs])
    print("%d questions, %d differ" % (asked, different))
    return different


def main():
    dump, mode = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "recorded"
    if mode == "recorded":
        return 1 if recorded(dump) else 0
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 60 if mode == "record" else 300
    return 1 if live(dump, count, RECORDED if mode == "record" else None) else 0


if __name__ == "__main__":
    sys.exit(main())
