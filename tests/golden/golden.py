#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Golden cases for a migration tool with Alembic's command line.

  golden.py check  --candidate CMD [--area A] [--case C] [--dialect D] [--jobs N] [-v]
  golden.py record --oracle CMD    [--area A] [--case C] [--dialect D] [--jobs N]
  golden.py unpack CASE DIR [--dialect D]     a case's project, ready to run by hand
  golden.py list                              cases, one a line

See README.md.  Needs only Python 3.9+'s standard library, and psql, pg_dump
and mysql (or mariadb) for the dialects whose URL is given.
"""
import argparse
import ast
import concurrent.futures
import datetime
import difflib
import fnmatch
import json
import os
import queue
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
CASES = os.path.join(HERE, "cases")
DIALECTS = ("sqlite", "postgresql", "mysql")
URL_ENV = {"postgresql": "GOLDEN_PG_URL", "mysql": "GOLDEN_MYSQL_URL"}
# used where a dialect has no server and the case needs none (offline SQL)
DUMMY = {
    "postgresql": "postgresql://golden:x@localhost:5432/golden",
    "mysql": "mysql+pymysql://golden:x@127.0.0.1:3306/golden",
}
TIMEOUT = 120
NOT_PROJECT = ("case.json", "expect")


class Trouble(Exception):
    pass


# ---------------------------------------------------------------- databases

class Sqlite:
    name = "sqlite"

    def __init__(self, worker):
        self.url = "sqlite:///app.db"
        self.db = None
        self.hostpart = ""

    def reset(self, project, needed):
        self.path = os.path.join(project, "app.db")

    def close(self):
        pass

    def _connect(self):
        con = sqlite3.connect(self.path)
        con.isolation_level = None
        return con

    def script(self, sql):
        con = self._connect()
        try:
            con.executescript(sql)
        finally:
            con.close()

    def query(self, sql):
        con = self._connect()
        try:
            rows = con.execute(sql).fetchall()
        finally:
            con.close()
        return "".join(
            "\t".join("NULL" if v is None else cell(v) for v in row) + "\n"
            for row in rows
        )

    def schema(self):
        con = self._connect()
        try:
            rows = con.execute(
                "SELECT type, name, sql FROM sqlite_master "
                "WHERE sql IS NOT NULL ORDER BY type DESC, name"
            ).fetchall()
            out = [squeeze(sql) + ";" for _, _, sql in rows]
            if any(t == "table" and n == "alembic_version" for t, n, _ in rows):
                out += version_lines(
                    r[0] for r in con.execute("SELECT version_num FROM alembic_version")
                )
        finally:
            con.close()
        return "".join(line + "\n" for line in out)


def cell(v):
    if isinstance(v, bytes):
        return "x'%s'" % v.hex()
    return str(v).replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")


def squeeze(sql):
    """One line, one space: outside quotes white space is not significant."""
    out = []
    for i, part in enumerate(re.split(r"('(?:[^']|'')*'|\"(?:[^\"]|\"\")*\")", sql)):
        if i % 2 == 0:
            part = re.sub(r"\s+", " ", part)
            part = re.sub(r" ?([(),]) ?", lambda m: {"(": " (", ")": ") ", ",": ", "}[m.group(1)], part)
        out.append(part)
    text = "".join(out)
    parts = re.split(r"('(?:[^']|'')*'|\"(?:[^\"]|\"\")*\")", text)
    for i in range(0, len(parts), 2):
        p = re.sub(r"\s+", " ", parts[i])
        p = p.replace("( ", "(").replace(" )", ")").replace(" ,", ",")
        parts[i] = p
    return "".join(parts).strip()


def version_lines(revs):
    return ["-- alembic_version: " + (", ".join(sorted(revs)) or "(empty)")]


class Server:
    def __init__(self, worker):
        raw = os.environ[URL_ENV[self.name]]
        scheme, rest = raw.split("://", 1)
        head, _, tail = rest.rpartition("/")
        dbname, q, params = tail.partition("?")
        self.db = "%s_%d_%d" % (dbname or "golden", os.getpid(), worker)
        self.hostpart = head + "/" + self.db + q + params
        self.url = scheme + "://" + self.hostpart
        p = urllib.parse.urlsplit("x://" + rest)
        self.host, self.port = p.hostname or "localhost", p.port
        self.user = urllib.parse.unquote(p.username or "")
        self.password = urllib.parse.unquote(p.password or "")
        self.params = dict(urllib.parse.parse_qsl(p.query))
        self.made = False

    def reset(self, project, needed):
        if not needed:
            return
        self.admin("DROP DATABASE IF EXISTS " + self.db)
        self.made = True
        self.admin("CREATE DATABASE " + self.db + self.create_tail)

    def close(self):
        if self.made:
            self.admin("DROP DATABASE IF EXISTS " + self.db)

    def _run(self, argv, stdin=None):
        env = dict(os.environ, LC_ALL="C.UTF-8", PGTZ="UTC", PGDATESTYLE="ISO",
                   PGPASSWORD=self.password, MYSQL_PWD=self.password)
        p = subprocess.run(argv, input=stdin, env=env, stdout=subprocess.PIPE,
                           stderr=subprocess.PIPE, universal_newlines=True, timeout=TIMEOUT)
        if p.returncode:
            raise Trouble("%s: %s" % (argv[0], p.stderr.strip()))
        return p.stdout


class Postgres(Server):
    name = "postgresql"
    create_tail = " TEMPLATE template0 ENCODING 'UTF8'"

    def _argv(self, prog, db):
        argv = [prog, "-h", self.host, "-w"]
        if self.port:
            argv += ["-p", str(self.port)]
        if self.user:
            argv += ["-U", self.user]
        return argv + ["-d", db]

    def _psql(self, db, sql, *opts):
        return self._run(
            self._argv("psql", db) + ["-X", "-q", "-v", "ON_ERROR_STOP=1"] + list(opts), sql
        )

    def admin(self, sql):
        self._psql("postgres", "SET client_min_messages = error;\n" + sql + ";")

    def script(self, sql):
        self._psql(self.db, "SET client_min_messages = error;\n" + sql)

    def query(self, sql):
        return self._psql(self.db, sql.rstrip().rstrip(";") + ";", "-A", "-t", "-F", "\t", "-P", "null=NULL")

    def schema(self):
        dump = self._run(
            self._argv("pg_dump", self.db)
            + ["--schema-only", "--no-owner", "--no-privileges", "--no-tablespaces"]
        )
        out = []
        for line in dump.splitlines():
            if (line.startswith(("--", "SET ", "SELECT pg_catalog.set_config", "\\restrict",
                                 "\\unrestrict")) or not line.strip()):
                continue
            out.append(line.rstrip())
        has = self.query("SELECT to_regclass('public.alembic_version') IS NOT NULL").strip()
        if has == "t":
            out += version_lines(
                self.query("SELECT version_num FROM public.alembic_version").split()
            )
        return "".join(line + "\n" for line in out)


class Mysql(Server):
    name = "mysql"
    create_tail = " CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci"

    def _mysql(self, db, sql):
        prog = shutil.which("mysql") or "mariadb"
        argv = [prog, "--no-defaults", "-u", self.user, "-N", "-B", "--default-character-set=utf8mb4"]
        sock = self.params.get("unix_socket")
        if sock:
            argv += ["-S", sock]
        else:
            argv += ["-h", self.host, "--protocol=tcp"]
            if self.port:
                argv += ["-P", str(self.port)]
        return self._run(argv + ([db] if db else []), sql)

    def admin(self, sql):
        self._mysql(None, sql + ";")

    def script(self, sql):
        self._mysql(self.db, sql)

    def query(self, sql):
        return self._mysql(self.db, sql.rstrip().rstrip(";") + ";")

    def schema(self):
        names = self.query("SHOW TABLES").split("\n")
        names = sorted(n for n in names if n)
        if not names:
            return ""
        dump = self._mysql(
            self.db, "".join("SHOW CREATE TABLE `%s`;\n" % n.replace("`", "``") for n in names)
        )
        out = []
        for line in dump.splitlines():
            ddl = line.split("\t")[1]
            ddl = re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t"}.get(m.group(1), m.group(1)), ddl)
            ddl = re.sub(r" AUTO_INCREMENT=\d+", "", ddl)
            ddl = re.sub(r" DEFINER=`[^`]*`@`[^`]*`", "", ddl)
            out.append(ddl + ";")
        if "alembic_version" in names:
            out += version_lines(self.query("SELECT version_num FROM alembic_version").split())
        return "".join(line + "\n" for line in out)


BACKENDS = {"sqlite": Sqlite, "postgresql": Postgres, "mysql": Mysql}


class Offline:
    """Stands in for a server when the case needs no database."""

    def __init__(self, dialect):
        self.name = dialect
        self.url = os.environ.get(URL_ENV[dialect]) or DUMMY[dialect]
        self.hostpart = self.url.split("://", 1)[1]
        self.db = None

    def reset(self, project, needed):
        pass

    def close(self):
        pass


# ------------------------------------------------------------ normalisation

class Norm:
    def __init__(self, project, backend):
        self.pairs = []
        for d in sorted({project, os.path.realpath(project)}, key=len, reverse=True):
            self.pairs.append((d, "<DIR>"))
        if backend.db:
            self.pairs.append((backend.db, "<DB>"))
        today = datetime.date.today()
        days = [today + datetime.timedelta(n) for n in (-1, 0, 1)]
        ymd = "|".join(d.strftime("%Y[-_/]%m[-_/]%d") for d in days)
        self.date = re.compile(
            r"(?:%s)(?:[ _T-]\d\d:?\d\d(?::?\d\d)?(?:\.\d+)?)?" % ymd
        )

    def __call__(self, text):
        for a, b in self.pairs:
            text = text.replace(a, b)
        # the password, masked or not, is compared
        text = re.sub(r"://[^\s/:@]*(:[^\s/@]*)?@[^\s/@]*/<DB>(?:\?[^\s:]*)?",
                      r"://<USER>\1@<SERVER>/<DB>", text)
        text = self.date.sub("<DATE>", text)
        text = re.sub(r"\b0x[0-9a-f]{6,}", "0x...", text)
        text = re.sub(r"Dialect impl <[^>]*>", "Dialect impl <impl>", text)
        text = re.sub(r"(No such template )\S*/", r"\1<TEMPLATES>/", text)
        # Python's reprs: only the kinds of the operations are kept
        text = re.sub(
            r"(New upgrade operations detected: )(\[.*)",
            lambda m: m.group(1) + "[%s]" % ", ".join(
                re.findall(r"\('((?:add|remove|modify)_\w+)'", m.group(2))
                or re.findall(r"[\[,] ?((?:add|remove|modify)_\w+)", m.group(2))),
            text)
        lines = [ln.rstrip() for ln in text.replace("\r\n", "\n").split("\n")]
        while lines and not lines[-1]:
            lines.pop()
        return "".join(ln + "\n" for ln in lines)


WARNING = re.compile(r"^\S.*:\d+: \w*Warning: ")


def norm_err(text):
    """Warnings out; a traceback's frames out, its last exception kept."""
    lines, out, i = text.split("\n"), [], 0
    while i < len(lines):
        if WARNING.match(lines[i]):
            i += 1
            while i < len(lines) and (lines[i].startswith("  ")):
                i += 1
            continue
        if lines[i].startswith("Traceback (most recent call last):"):
            last = i
            for j in range(i, len(lines)):
                if lines[j].startswith("Traceback (most recent call last):"):
                    last = j
            j = last + 1
            while j < len(lines) and (lines[j].startswith(" ") or not lines[j]):
                j += 1
            out.append("Traceback:")
            # only the exception's first line: drivers' details differ
            out.append(lines[j] if j < len(lines) else "")
            break
        out.append(lines[i])
        i += 1
    while out and not out[-1].strip():
        out.pop()
    return "".join(ln + "\n" for ln in out)


# Alembic's own workings: a candidate may log them, or what is true of itself
OWN_LOG = re.compile(r"Context impl |Will assume (non-)?transactional DDL|setting up autogenerate plugin"
                     r"|assuming SERIAL and omitting")


def detected(line):
    """Of what autogenerate logs: the kind of change and the object's name."""
    if "[alembic.autogenerate" not in line and "etected" not in line:
        return line
    line = re.sub(r"\[alembic\.autogenerate[.\w]*\]", "[alembic.autogenerate]", line)
    line = line.replace("Dialect impl <impl> detected server", "Detected server")
    line = re.sub(r"type change from .* on '([^']*)'$", r"type change on '\1'", line)
    return re.sub(r"( constraint) None$", r"\1", re.sub(r" on '[^']*'?.*$", "", line)
                  if re.search(r"(index|unique constraint) ", line) else line)


def err_view(text, mode):
    """What of stderr is compared, by the step's "err" mode."""
    if mode == "ignore":
        return ""
    lines = [detected(ln) for ln in text.splitlines() if not OWN_LOG.search(ln)]
    text = "".join(ln + "\n" for ln in lines)
    if mode == "loose":  # the log lines before a traceback
        return "".join(
            ln + "\n" for ln in lines
            if re.match(r"(DEBUG|INFO|WARNI|ERROR|CRITI) +\[", ln)
            and not ln.startswith("ERROR [alembic.util.messaging]")
        )
    if mode == "last":
        last = lines[-1] if lines else ""
        return re.sub(r"^\S+( \w+)?: error:", "<prog>: error:", last) + "\n"
    return text


# ------------------------------------------------------- generated revisions

def ops_view(text):
    """Identifiers, imports and statements of a revision file, unformatted."""
    chunks = re.split(r"^=== (.*)$\n", text, flags=re.M)
    out = [chunks[0]]
    for path, body in zip(chunks[1::2], chunks[2::2]):
        out.append("=== %s\n" % path)
        if not path.endswith(".py"):
            out.append(body)
            continue
        try:
            tree = ast.parse(body)
        except SyntaxError as e:
            out.append("syntax error: %s\n%s" % (e, body))
            continue
        imports = []
        for node in tree.body:
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                line = ast.unparse(node)
                if "typing" not in line:
                    imports.append(line + "\n")
            elif isinstance(node, (ast.Assign, ast.AnnAssign)):
                target = node.targets[0] if isinstance(node, ast.Assign) else node.target
                if node.value is not None:
                    out.append("%s = %s\n" % (ast.unparse(target), ast.unparse(node.value)))
            elif isinstance(node, ast.FunctionDef):
                out.append("def %s:\n" % node.name)
                for stmt in node.body:
                    if isinstance(stmt, ast.Expr) and isinstance(stmt.value, ast.Constant):
                        continue
                    out.append("    " + ast.unparse(stmt).replace("\n", "\n    ") + "\n")
        out += sorted(imports)
    return "".join(out)


# --------------------------------------------------------------------- cases

class Case:
    def __init__(self, path):
        self.path = path
        self.id = os.path.relpath(path, CASES).replace(os.sep, "/")
        self.area = self.id.split("/")[0]
        with open(os.path.join(path, "case.json"), encoding="utf-8") as f:
            self.data = json.load(f)
        self.dialects = self.data.get("dialects", ["sqlite"])
        self.steps = self.data["steps"]
        self.needs_db = self.data.get("db", True)

    def copy(self, dest, backend):
        os.makedirs(dest)
        for root, dirs, files in os.walk(self.path):
            rel = os.path.relpath(root, self.path)
            if rel == ".":
                dirs[:] = [d for d in dirs if d not in NOT_PROJECT]
                files = [f for f in files if f not in NOT_PROJECT]
            dirs[:] = [d for d in dirs if d != "__pycache__"]
            for d in dirs:
                os.makedirs(os.path.join(dest, rel, d), exist_ok=True)
            for f in files:
                if f == ".gitkeep":
                    continue
                with open(os.path.join(root, f), encoding="utf-8") as fh:
                    text = fh.read()
                with open(os.path.join(dest, rel, f), "w", encoding="utf-8") as fh:
                    fh.write(subst(text, backend))


def subst(text, backend):
    return (
        text.replace("@URL@", backend.url)
        .replace("@HOSTPART@", backend.hostpart)
        .replace("@DIALECT@", backend.name)
        .replace("@DB@", backend.db or "golden")
    )


def pick(value, dialect):
    """A step's value: for all dialects, or a mapping by dialect."""
    if isinstance(value, dict) and set(value) <= set(DIALECTS) | {"*"}:
        return value.get(dialect, value.get("*"))
    return value


def load(args):
    cases = []
    for area in sorted(os.listdir(CASES)):
        for name in sorted(os.listdir(os.path.join(CASES, area))):
            path = os.path.join(CASES, area, name)
            if not os.path.exists(os.path.join(path, "case.json")):
                continue
            if args.area and area != args.area:
                continue
            if args.case and not any(
                fnmatch.fnmatch(name, c) or "%s/%s" % (area, name) == c for c in args.case.split(",")
            ):
                continue
            cases.append(Case(path))
    return cases


def snapshot(project):
    seen = {}
    for root, dirs, files in os.walk(project):
        dirs[:] = [d for d in dirs if d != "__pycache__"]
        for f in files:
            if f.endswith((".db", ".pyc", ".db-journal")):
                continue
            p = os.path.join(root, f)
            with open(p, "rb") as fh:
                seen[os.path.relpath(p, project).replace(os.sep, "/")] = fh.read()
    return seen


class Run:
    """One case on one dialect: the results of its steps."""

    def __init__(self, case, dialect, project, backend, opts):
        self.case, self.dialect, self.project = case, dialect, project
        self.backend, self.opts = backend, opts
        self.norm = Norm(project, backend)

    def step(self, step):
        """-> {"exit": int or None, "out":, "err":, "sql":, "schema":, "files":}"""
        res = {"exit": None}
        for path in step.get("remove", []):
            os.unlink(os.path.join(self.project, path))
        for src, dst in step.get("copy", {}).items():
            shutil.copy(os.path.join(self.project, src), os.path.join(self.project, dst))
        if "sql" in step:
            self.backend.script(pick(step["sql"], self.dialect) or "")
        if "sql_file" in step:
            name = step["sql_file"].replace("{dialect}", self.dialect)
            with open(os.path.join(self.project, name), encoding="utf-8") as f:
                self.backend.script(f.read())
        if "args" in step:
            self.command(step, res)
        if "query" in step:
            try:
                res["out"] = self.norm(self.backend.query(pick(step["query"], self.dialect)))
            except (Trouble, sqlite3.Error) as e:
                res["out"] = "query failed: %s\n" % e
        if step.get("schema"):
            try:
                res["schema"] = self.norm(self.backend.schema())
            except (Trouble, sqlite3.Error) as e:
                res["schema"] = "schema not read: %s\n" % e
        return res

    def command(self, step, res):
        args = [subst(a, self.backend) for a in pick(step["args"], self.dialect)]
        cmd = self.opts.command
        if step.get("oracle") and self.opts.oracle_mode:
            cmd, args = self.opts.create_all, args[1:]
        env = {
            k: v for k, v in os.environ.items()
            if k not in ("ALEMBIC_CONFIG", "DATABASE_URL", "EDITOR", "COLUMNS")
        }
        env.update(LC_ALL="C.UTF-8", TZ="UTC", PYTHONDONTWRITEBYTECODE="1", LIMBECK_COMPAT="true")
        env.update({k: subst(v, self.backend) for k, v in self.case.data.get("env", {}).items()})
        env.update({k: subst(v, self.backend) for k, v in step.get("env", {}).items()})
        cwd = os.path.join(self.project, step.get("cwd", "."))
        before = snapshot(self.project) if step.get("compare") else None
        try:
            p = subprocess.run(cmd + args, cwd=cwd, env=env, stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=TIMEOUT)
            code, out, err = p.returncode, p.stdout, p.stderr
        except subprocess.TimeoutExpired:
            code, out, err = "timeout", b"", b""
        except OSError as e:
            code, out, err = "not run", b"", str(e).encode()
        out = self.norm(out.decode("utf-8", "replace"))
        err = norm_err(self.norm(err.decode("utf-8", "replace")))
        if step.get("out") == "sorted":
            out = "".join(sorted(out.splitlines(True)))
        res["exit"] = code
        res["sql" if "--sql" in args else "out"] = out
        res["err"] = err
        if before is not None:
            after = snapshot(self.project)
            text = []
            for path in sorted(after):
                if before.get(path) == after[path]:
                    continue
                name = self.norm(path).strip()
                if step["compare"] == "list":
                    text.append("%s\n" % name)
                else:
                    body = after[path].decode("utf-8", "replace")
                    text.append("=== %s\n%s" % (name, self.norm(body)))
            for path in sorted(set(before) - set(after)):
                text.append("--- removed %s\n" % path)
            res["files"] = "".join(text)


KINDS = ("out", "err", "sql", "schema", "files")


def expect_path(case, dialect, step, kind):
    return os.path.join(case.path, "expect", dialect, "%s.%s" % (step["name"], kind))


def read_expect(case, dialect, step, kind, better=False):
    path = expect_path(case, dialect, step, kind)
    if better and os.path.exists(path + ".better"):
        path += ".better"
    try:
        with open(path, encoding="utf-8") as f:
            return f.read()
    except FileNotFoundError:
        return ""


def err_mode(step, expected):
    if "err" in step:
        return step["err"]
    if "Traceback:\n" in expected:
        return "loose"
    if expected.startswith("usage:"):
        return "last"
    return "exact"


def same_default(text):
    """DEFAULT ('') and DEFAULT '' are one."""
    return re.sub(r"DEFAULT \(('(?:[^']|'')*'|CURRENT_(?:TIMESTAMP|DATE|TIME))\)", r"DEFAULT \1", text)


def sorted_constraints(line):
    """A SQLite CREATE TABLE with its columns in order, its table constraints sorted."""
    m = re.match(r'(CREATE TABLE .*? \()(.*)(\).*)$', line)
    if not m:
        return line
    parts, depth, start, body = [], 0, 0, m.group(2)
    quoted = ""
    for i, ch in enumerate(body):
        if quoted:
            quoted = "" if ch == quoted else quoted
        elif ch in "'\"`":
            quoted = ch
        elif ch == "(":
            depth += 1
        elif ch == ")":
            depth -= 1
        elif ch == "," and not depth:
            parts.append(body[start:i].strip())
            start = i + 1
    parts.append(body[start:].strip())
    tail = [x for x in parts if re.match(r"(CONSTRAINT|CHECK|UNIQUE|FOREIGN|PRIMARY)\b", x)]
    return m.group(1) + ", ".join([x for x in parts if x not in tail] + sorted(tail)) + m.group(3)


def bag(text):
    """The words, whatever their order."""
    return "\n".join(sorted(re.findall(r"[^\s,;()\[\]='\"]+", text)))


def known_free(step, res, dialect):
    """Kinds whose order is known to follow Python's sets."""
    if res.get("err", "").count("Detected sequence named") > 1:
        yield "err"
    out = res.get("out", "")
    first = (pick(step.get("args"), dialect) or [""])[0]
    for line in res.get("schema", "").splitlines() if dialect == "sqlite" else ():
        # a table made anew in batch mode: its constraints come from a set
        if line.startswith('CREATE TABLE "') and len(re.findall("CONSTRAINT|CHECK|UNIQUE|FOREIGN", line)) > 1:
            yield "schema"
            break
    if first == "current" and (out.count("Rev: ") > 1 or "Rev: " not in out and out.count("\n") > 1):
        yield "out"
    elif first == "branches" and out.count("->") > 1:
        yield "out"
    elif re.search(r"^Branch(es into| names): .*,", out, re.M):
        yield "out"


def unordered_path(case, dialect):
    return os.path.join(case.path, "expect", dialect, "unordered.json")


def unordered(case, dialect):
    """{step: [kinds]} whose order varies from run to run with the oracle."""
    try:
        with open(unordered_path(case, dialect), encoding="utf-8") as f:
            return json.load(f)
    except FileNotFoundError:
        return {}


def diff(want, got, limit):
    lines = list(difflib.unified_diff(
        want.splitlines(), got.splitlines(), "expected", "got", lineterm="", n=1 if limit else 3))
    lines = lines[2:]
    if limit and len(lines) > limit:
        lines = lines[:limit] + ["... %d more lines" % (len(lines) - limit)]
    return "\n".join("      " + ln for ln in lines)


def own_words(want, got):
    """A candidate may log notices and warnings, and go on after an error's text with a remedy."""
    asked = want.splitlines()
    out = []
    for ln in got.splitlines():
        if re.match(r"WARNI(NG)? +\[|\w+ +\[alembic\.database\]", ln) and ln not in asked:
            continue
        if re.match(r"FAILED: |ERROR +\[", ln):
            ln = next((x for x in asked if x and re.match(r"FAILED: |ERROR +\[", x) and ln.startswith(x)), ln)
        out.append(ln)
    return "".join(ln + "\n" for ln in out)


def wanted_exit(step, dialect, asked):
    return asked.get("exit", pick(step.get("exit", 0), dialect) or 0)


def views(case, dialect, step, kind, want, got, free, better):
    """What is compared of the expected and the seen text of a kind."""
    if kind == "err":
        mode = err_mode(step, want)
        if mode == "last" and better and got.strip():  # a usage error: exit status, and something said
            return "", ""
        want, got = err_view(want, mode), err_view(got, mode)
    elif kind == "files":
        if step.get("compare") == "ops":
            want, got = ops_view(want), ops_view(got)
    elif kind == "schema" and dialect == "sqlite":
        want, got = same_default(want), same_default(got)
        if free:
            want, got = ("".join(sorted_constraints(ln) + "\n" for ln in x.splitlines()) for x in (want, got))
    elif kind in ("out", "sql"):
        if kind == "out" and step.get("out") == "ignore":
            return "", ""
        if "Traceback:\n" in read_expect(case, dialect, step, "err"):
            # where the oracle raises, a message of the candidate's own is welcome
            got = re.sub(r"^FAILED: .*\n", "", got, flags=re.M)
        want, got = re.sub(";;$", ";", want, flags=re.M), re.sub(";;$", ";", got, flags=re.M)
    if better and kind in ("out", "sql", "err"):
        got = own_words(want, got)
    if free and not (kind == "schema" and dialect == "sqlite") and bag(want) == bag(got):
        got = want
    return want, got


def compare(case, dialect, step, res, limit, free=None, better=False):
    """[(kind, text)] of what differs; better: where Limbeck should be, it is compared with that."""
    bad = []
    if free is None:
        free = unordered(case, dialect).get(step["name"], [])
    asked = step.get("better", {}) if better else {}
    if set(asked) & set(DIALECTS):
        asked = asked.get(dialect, {})
    status = wanted_exit(step, dialect, asked) if "args" in step else None
    if "args" in step and res["exit"] != status:
        # where the oracle dies of an exception, a command error is as good
        said = res.get("out", "") + res.get("sql", "")
        if not (better and status == 1 and res["exit"] == 255 and re.search("^FAILED: ", said, re.M)
                and "Traceback:\n" in read_expect(case, dialect, step, "err")):
            last = "".join("\n      | " + ln for ln in res.get("err", "").splitlines()[-4:])
            bad.append(("exit", "      expected %s, got %s%s" % (status, res["exit"], "" if status else last)))
    for kind in KINDS:
        if kind not in res:
            continue
        want, got = read_expect(case, dialect, step, kind, better), res[kind]
        if kind + "_like" in asked:
            missing = [x for x in asked[kind + "_like"] if not re.search(x, got, re.M | re.I)]
            if missing:
                bad.append((kind, "      does not have: " + "   ".join(missing)))
            continue
        if kind == "err" and "exit" in asked:
            continue
        if better and status and kind in ("err", "sql") and "--sql" in step["args"]:
            # half a script is of no use: only the message counts, on either stream
            said = [x[8:] for x in want.splitlines() if x.startswith("FAILED: ")] if kind == "sql" else []
            if all(x in res.get("sql", "") + res["err"] for x in said):
                continue
        want, got = views(case, dialect, step, kind, want, got, kind in free, better)
        if want != got:
            bad.append((kind, diff(want, got, limit)))
    return bad


# ------------------------------------------------------------------ running

class Options:
    pass


def runnable(case, dialect, opts, notes):
    if opts.dialect and dialect != opts.dialect:
        return False
    if dialect in URL_ENV and case.needs_db and not os.environ.get(URL_ENV[dialect]):
        notes.add("%s skipped: %s is not set (cases without a database still run)"
                  % (dialect, URL_ENV[dialect]))
        return False
    if opts.oracle_mode and case.data.get("oracle_extra") and not os.environ.get("GOLDEN_ORACLE_EXTRA"):
        notes.add("%s skipped: the oracle would need %s (set GOLDEN_ORACLE_EXTRA=1 where it has it)"
                  % (case.id, case.data["oracle_extra"]))
        return False
    return True


def steps_of(case, dialect, opts, notes):
    for step in case.steps:
        if dialect not in step.get("dialects", case.dialects):
            continue
        if step.get("oracle") and opts.oracle_mode and not opts.create_all:
            notes.add("create_all steps skipped: give --create-all CMD")
            continue
        yield step


def run_all(opts, visit):
    cases = load(opts)
    notes = set()
    units = [(c, d) for c in cases for d in c.dialects if runnable(c, d, opts, notes)]
    if not units:
        print("no such case", file=sys.stderr)
    # long ones first, so that the workers end together
    units.sort(key=lambda u: -len(u[0].steps))
    top = tempfile.mkdtemp(prefix="golden-")
    free = queue.Queue()
    for n in range(opts.jobs):
        free.put(n)
    pools, lock, results = {}, threading.Lock(), {}

    def backend_for(case, dialect, worker):
        if dialect in URL_ENV and not case.needs_db:
            return Offline(dialect)
        with lock:
            key = (worker, dialect)
            if key not in pools:
                pools[key] = BACKENDS[dialect](worker)
            return pools[key]

    def one(unit):
        case, dialect = unit
        worker = free.get()
        project = os.path.join(top, str(worker), "project")
        try:
            backend = backend_for(case, dialect, worker)
            shutil.rmtree(os.path.dirname(project), ignore_errors=True)
            case.copy(project, backend)
            backend.reset(project, case.needs_db)
            run = Run(case, dialect, project, backend, opts)
            out = []
            for step in steps_of(case, dialect, opts, notes):
                out.append((step, run.step(step)))
            return out
        finally:
            free.put(worker)

    try:
        with concurrent.futures.ThreadPoolExecutor(opts.jobs) as pool:
            futures = {pool.submit(one, u): u for u in units}
            for fut in concurrent.futures.as_completed(futures):
                case, dialect = futures[fut]
                try:
                    results[case.id, dialect] = fut.result()
                except Exception as e:
                    results[case.id, dialect] = "%s: %s" % (type(e).__name__, e)
    finally:
        for backend in pools.values():
            try:
                backend.close()
            except Exception as e:
                print("cleaning up: %s" % e, file=sys.stderr)
        shutil.rmtree(top, ignore_errors=True)
    for case in cases:
        for dialect in case.dialects:
            if (case.id, dialect) in results:
                visit(case, dialect, results[case.id, dialect])
    for note in sorted(notes):
        print("note: " + note)


def cmd_check(args):
    args.command = shlex.split(args.candidate)
    args.create_all = shlex.split(args.create_all) if args.create_all else None
    try:
        p = subprocess.run(args.command + ["--version"], stdout=subprocess.PIPE,
                           stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, timeout=TIMEOUT)
        args.oracle_mode = p.stdout.startswith(b"alembic ")
    except (OSError, subprocess.TimeoutExpired) as e:
        raise SystemExit("candidate does not run: %s" % e)
    areas = {}

    def visit(case, dialect, result):
        tally = areas.setdefault(case.area, [0, 0])
        if isinstance(result, str):
            tally[1] += len(case.steps)
            print("FAIL %s [%s]: %s" % (case.id, dialect, result))
            return
        for step, res in result:
            if not ({"args", "query", "schema"} & set(step)):
                continue
            tally[1] += 1
            bad = compare(case, dialect, step, res, 0 if args.verbose else 12, better=not args.oracle_mode)
            if not bad:
                tally[0] += 1
                continue
            print("FAIL %s [%s] %s%s" % (
                case.id, dialect, step["name"],
                ": " + " ".join(pick(step["args"], dialect)) if "args" in step else ""))
            for kind, text in bad:
                print("    %s:\n%s" % (kind, text))

    run_all(args, visit)
    passed = failed = 0
    for area in sorted(areas):
        ok, total = areas[area]
        passed, failed = passed + ok, failed + total - ok
        print("%-12s %d/%d" % (area, ok, total))
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed or not areas else 0


def cmd_record(args):
    args.command = shlex.split(args.oracle)
    args.create_all = shlex.split(args.create_all) if args.create_all else None
    args.oracle_mode = True
    wrong = []
    count = [0, 0]

    def again(case, dialect, result):
        """Nothing is recorded anew: what differs only in order is marked so."""
        marks = unordered(case, dialect)
        before = json.dumps(marks)
        for step, res in result:
            count[1] += 1
            for kind, text in compare(case, dialect, step, res, 0, free=[]):
                if kind != "exit" and bag(res[kind]) == bag(read_expect(case, dialect, step, kind)):
                    kinds = marks.setdefault(step["name"], [])
                    if kind not in kinds:
                        kinds.append(kind)
                else:
                    wrong.append("%s [%s] %s %s: varies, not only in order\n%s" % (
                        case.id, dialect, step["name"], kind, text))
            for kind in known_free(step, res, dialect):
                if kind not in marks.setdefault(step["name"], []):
                    marks[step["name"]].append(kind)
        marks = {k: v for k, v in marks.items() if v}
        if json.dumps(marks) != before:
            with open(unordered_path(case, dialect), "w", encoding="utf-8") as f:
                f.write(json.dumps(marks, indent=1, sort_keys=True) + "\n")

    def visit(case, dialect, result):
        if isinstance(result, str):
            wrong.append("%s [%s]: %s" % (case.id, dialect, result))
            return
        count[0] += 1
        if args.again:
            again(case, dialect, result)
            return
        folder = os.path.join(case.path, "expect", dialect)
        keep = set()
        for step in case.steps:
            if step.get("oracle") and not args.create_all:
                keep |= {"%s.%s" % (step["name"], k) for k in KINDS}
        if os.path.isdir(folder):
            for f in os.listdir(folder):
                if f not in keep and f != "unordered.json" and not f.endswith(".better"):
                    os.unlink(os.path.join(folder, f))
        for step, res in result:
            count[1] += 1
            if "args" in step:
                want = pick(step.get("exit", 0), dialect) or 0
                if res["exit"] != want:
                    wrong.append("%s [%s] %s: exit %s, case.json says %s\n      %s" % (
                        case.id, dialect, step["name"], res["exit"], want,
                        (res.get("err") or res.get("out") or res.get("sql") or "").strip()[-600:]
                        .replace("\n", "\n      ")))
            for kind in KINDS:
                if "query failed" in res.get(kind, "")[:20] or "schema not read" in res.get(kind, "")[:20]:
                    wrong.append("%s [%s] %s: %s" % (case.id, dialect, step["name"], res[kind]))
                if res.get(kind):
                    os.makedirs(folder, exist_ok=True)
                    with open(expect_path(case, dialect, step, kind), "w", encoding="utf-8") as f:
                        f.write(res[kind])

    run_all(args, visit)
    for line in wrong:
        print("WRONG " + line)
    print("recorded %d steps of %d cases by dialect, %d wrong" % (count[1], count[0], len(wrong)))
    return 1 if wrong else 0


def cmd_unpack(args):
    found = [c for c in load(args) if args.name in (c.id, c.id.split("/")[1])]
    if len(found) != 1:
        raise SystemExit("which case? " + ", ".join(c.id for c in found))
    case = found[0]
    dialect = args.dialect or case.dialects[0]
    if dialect == "sqlite":
        backend = Sqlite(0)
    else:
        backend = Offline(dialect)
    case.copy(os.path.abspath(args.dir), backend)
    for step in steps_of(case, dialect, argparse.Namespace(oracle_mode=False), set()):
        what = {k: v for k, v in step.items() if k not in ("name", "args", "dialects")}
        print("%-16s %s %s" % (step["name"], shlex.join(pick(step.get("args", []), dialect)), what or ""))
    return 0


def cmd_list(args):
    for c in load(args):
        print("%-40s %-24s %s" % (c.id, ",".join(c.dialects), c.data.get("about", "")))
    return 0


def main():
    top = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sub = top.add_subparsers(dest="what", required=True)
    for name, fn in (("check", cmd_check), ("record", cmd_record), ("unpack", cmd_unpack), ("list", cmd_list)):
        p = sub.add_parser(name)
        p.set_defaults(fn=fn)
        p.add_argument("--area")
        p.add_argument("--case", help="names, area/names or patterns, with commas between")
        p.add_argument("--dialect", choices=DIALECTS)
        p.add_argument("-v", "--verbose", action="store_true")
        if name in ("check", "record"):
            p.add_argument("--jobs", type=int, default=1)
            p.add_argument("--create-all", metavar="CMD",
                           help="the oracle's command for create_all steps")
        if name == "check":
            p.add_argument("--candidate", required=True, metavar="CMD")
        if name == "record":
            p.add_argument("--oracle", required=True, metavar="CMD")
            p.add_argument("--again", action="store_true",
                           help="run again, and mark what varies in its order")
        if name == "unpack":
            p.add_argument("name")
            p.add_argument("dir")
    args = top.parse_args()
    return args.fn(args)


if __name__ == "__main__":
    sys.exit(main())
