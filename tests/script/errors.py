# SPDX-License-Identifier: MIT
"""Errors of statements: classes, the driver's own exception, words."""
import sqlite3

import sqlalchemy as sa
import sqlalchemy.orm
from sqlalchemy import exc
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, ProgrammingError

engine = sa.create_engine("sqlite://")
with engine.connect() as c:
    c.execute(sa.text("CREATE TABLE t (id INTEGER PRIMARY KEY, n TEXT NOT NULL)"))
    c.execute(sa.text("INSERT INTO t VALUES (1, 'a')"))
    try:
        c.execute(sa.text("INSERT INTO t VALUES (:id, :n)"), {"id": 1, "n": "b"})
    except IntegrityError as e:
        assert isinstance(e, DBAPIError) and isinstance(e, exc.StatementError)
        assert isinstance(e.orig, sqlite3.IntegrityError)
        assert e.orig.args == ("UNIQUE constraint failed: t.id",)
        assert e.orig.sqlite_errorcode == 1555
        assert e.orig.sqlite_errorname == "SQLITE_CONSTRAINT_PRIMARYKEY"
        assert e.statement == "INSERT INTO t VALUES (?, ?)" and e.params == (1, "b"), e.params
        assert e.args == ("(sqlite3.IntegrityError) UNIQUE constraint failed: t.id",), e.args
        assert str(e) == (
            "(sqlite3.IntegrityError) UNIQUE constraint failed: t.id\n"
            "[SQL: INSERT INTO t VALUES (?, ?)]\n[parameters: (1, 'b')]\n"
            "(Background on this error at: https://sqlalche.me/e/20/gkpj)"), str(e)
        assert e.code == "gkpj" and not e.connection_invalidated
    else:
        raise AssertionError
    try:
        c.execute(sa.text("SELECT * FROM nowhere"))
    except (ProgrammingError, OperationalError) as e:
        assert str(e.orig) == "no such table: nowhere"
        assert str(e) == (
            "(sqlite3.OperationalError) no such table: nowhere\n[SQL: SELECT * FROM nowhere]\n"
            "(Background on this error at: https://sqlalche.me/e/20/e3q8)"), str(e)
    else:
        raise AssertionError
    with c.begin_nested():
        pass
    assert c.execute(sa.text("SELECT count(*) FROM t")).scalar() == 1
try:
    raise exc.NoResultFound("none")
except sa.orm.exc.NoResultFound as e:
    assert str(e) == "none"
