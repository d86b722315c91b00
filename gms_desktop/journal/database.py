"""One connection to SQLite or PostgreSQL: SQLAlchemy writes the SQL once, the driver's own cursor runs it.

Compiled once and run raw, a fold is three times as fast as through SQLAlchemy's own connection.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from operator import itemgetter
from typing import Any, Protocol

from sqlalchemy import ClauseElement, Table, bindparam, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Dialect

Row = dict[str, Any]
Params = Mapping[str, Any]

_SQLITE = sqlite.dialect(paramstyle="named")
_SQLITE_BY_PLACE = sqlite.dialect(paramstyle="qmark")


@cache
def dialect_named(name: str) -> Dialect:
    """SQLAlchemy's dialect: PostgreSQL's is loaded where it is used only, since a bench starts without it."""
    if name == "sqlite":
        return _SQLITE
    from sqlalchemy.dialects import postgresql

    made: Dialect = postgresql.psycopg.dialect(paramstyle="pyformat")  # type: ignore[no-untyped-call]
    return made


def _insert(table: Table, dialect: str) -> Any:
    if dialect == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)


class RawConnection(Protocol):
    """What is asked of a driver's connection."""

    def execute(self, sql: str, params: Any = ..., /) -> Any:
        """Run one statement and give its cursor."""

    def cursor(self) -> Any:
        """A new cursor."""

    def close(self) -> None:
        """Close."""


class Statement:
    """A statement that is compiled once per dialect."""

    def __init__(self, clause: ClauseElement | Callable[[str], ClauseElement]) -> None:
        self._clause = clause
        self._sql: dict[str, str] = {}
        self._by_place: tuple[str, Callable[[Params], Sequence[Any]]] | None = None

    def sql(self, dialect: str) -> str:
        """The SQL text for ``sqlite`` or ``postgresql``."""
        known = self._sql.get(dialect)
        if known is None:
            clause = self._clause(dialect) if callable(self._clause) else self._clause
            compiled = clause.compile(dialect=dialect_named(dialect), compile_kwargs={"render_postcompile": True})
            known = self._sql[dialect] = str(compiled)
        return known

    def by_place(self) -> tuple[str, Callable[[Params], Sequence[Any]]]:
        """The SQL text for SQLite with a place for each value, and what puts a row's values in that order.

        The driver looks each name up again for each row: with wide rows that takes longer than the insert.
        """
        if self._by_place is None:
            clause = self._clause("sqlite") if callable(self._clause) else self._clause
            compiled: Any = clause.compile(dialect=_SQLITE_BY_PLACE, compile_kwargs={"render_postcompile": True})
            names = [str(name) for name in compiled.positiontup]
            pick = itemgetter(*names) if len(names) > 1 else lambda row: tuple(row[name] for name in names)
            self._by_place = str(compiled), pick
        return self._by_place


def text_statement(sqlite_sql: str, postgresql_sql: str | None = None) -> Statement:
    """A statement given as text, ``:name`` for its values, where the two engines need words of their own."""
    from sqlalchemy import text

    return Statement(lambda dialect: text(postgresql_sql if dialect != "sqlite" and postgresql_sql else sqlite_sql))


def upsert(table: Table) -> Statement:
    """Insert a row, or put the new values in the place of the row with the same primary key."""

    def clause(dialect: str) -> ClauseElement:
        insert = _insert(table, dialect)
        keys = [column.name for column in table.primary_key]
        others = {c.name: insert.excluded[c.name] for c in table.columns if not c.primary_key}
        made: ClauseElement = insert.on_conflict_do_update(index_elements=keys, set_=others)
        return made

    return Statement(clause)


def put(table: Table, names: Collection[str] = ()) -> Statement:
    """Put new values into a row that is there: into the columns named, or into all but its key.

    A statement that may fail half-way makes SQLite copy, and SQLCipher encrypt, each page it changes once more. This
    one changes one row: ``OR FAIL`` says that there is no half-way.
    """

    def clause(dialect: str) -> ClauseElement:
        chosen = [c for c in table.columns if not c.primary_key and (not names or c.name in names)]
        others = {c.name: bindparam(c.name, type_=c.type) for c in chosen}
        found = [column == bindparam(column.name) for column in table.primary_key]
        made = update(table).where(*found).values(others)
        return made.prefix_with("OR FAIL") if dialect == "sqlite" else made

    return Statement(clause)


def insert_new(table: Table) -> Statement:
    """Insert a row and leave one with the same primary key as it is."""

    def clause(dialect: str) -> ClauseElement:
        made: ClauseElement = _insert(table, dialect).on_conflict_do_nothing()
        return made

    return Statement(clause)


class Database:
    """A connection and its dialect. Statements run in the transaction that :meth:`write` opens."""

    def __init__(self, raw: RawConnection, dialect: str) -> None:
        self.raw = raw
        self.dialect = dialect
        self._begin = "BEGIN IMMEDIATE" if dialect == "sqlite" else "BEGIN"

    def all(self, statement: Statement, params: Params | None = None) -> list[Row]:
        """Every row as a mapping of column name to value."""
        cursor = self.raw.execute(statement.sql(self.dialect), params or {})
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]

    def tuples(self, statement: Statement, params: Params | None = None) -> list[tuple[Any, ...]]:
        """Every row as a tuple."""
        return list(self.raw.execute(statement.sql(self.dialect), params or {}).fetchall())

    def one(self, statement: Statement, params: Params | None = None) -> Row | None:
        """The first row, or None."""
        rows = self.all(statement, params)
        return rows[0] if rows else None

    def value(self, statement: Statement, params: Params | None = None) -> Any:
        """The first value of the first row, or None."""
        row = self.raw.execute(statement.sql(self.dialect), params or {}).fetchone()
        return row[0] if row else None

    def run(self, statement: Statement, params: Params | None = None) -> None:
        """Run a statement that gives nothing back."""
        self.raw.execute(statement.sql(self.dialect), params or {})

    def run_many(self, statement: Statement, rows: Sequence[Params]) -> None:
        """Run a statement once for each row of values."""
        if not rows:
            return
        if self.dialect == "sqlite":
            sql, pick = statement.by_place()
            if len(rows) == 1:
                self.raw.execute(sql, pick(rows[0]))
            else:
                self.raw.cursor().executemany(sql, map(pick, rows))
        elif len(rows) == 1:
            self.raw.execute(statement.sql(self.dialect), rows[0])
        else:
            self.raw.cursor().executemany(statement.sql(self.dialect), rows)

    def stream(self, statement: Statement, params: Params | None = None, size: int = 1000) -> Iterator[list[Any]]:
        """The rows in lots of ``size`` tuples."""
        cursor = self.raw.execute(statement.sql(self.dialect), params or {})
        while lot := cursor.fetchmany(size):
            yield lot

    @contextmanager
    def write(self) -> Iterator[None]:
        """One transaction: BEGIN IMMEDIATE, then commit, or roll back on any exception."""
        self.raw.execute(self._begin)
        try:
            yield
            self.raw.execute("COMMIT")
        except BaseException:
            self._roll_back()
            raise

    def _roll_back(self) -> None:
        try:
            self.raw.execute("ROLLBACK")
        except Exception as fault:
            # SQLite has rolled back by itself after a full disk or an I/O error: there is nothing left to roll back.
            if "no transaction" not in str(fault):
                raise

    def script(self, statements: Iterable[str]) -> None:
        """Run plain SQL texts one after the other."""
        for sql in statements:
            self.raw.execute(sql)

    def close(self) -> None:
        """Close the connection."""
        self.raw.close()
