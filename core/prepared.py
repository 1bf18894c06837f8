"""Statements prepared once: on the hottest path, making and compiling one costs more than running it does."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from sqlalchemy import Select, Table
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Session

from core import driver
from core.db import Base
from core.upsert import insert_for, table_of

Statement = Callable[[postgresql.Insert], postgresql.Insert]
Columns = tuple[str, ...]


class Prepared:
    """An insert into one table, with what it does on conflict, for whichever database it first meets.

    A row must name the same columns every time: the statement is written for those of the first.
    """

    def __init__(self, mapped: type[Base], add: Statement = lambda insert: insert) -> None:
        self._mapped = mapped
        self._add = add
        self._known: dict[tuple[str, Columns], _Ready] = {}

    def run(self, session: Session, row: Mapping[str, Any]) -> int:
        """Insert a row. Gives 1, or 0 where it was there and nothing was to be done; in ``driver.together`` neither."""
        connection = driver.connection_of(session)
        key = (connection.dialect.name, tuple(row))
        ready = self._known.get(key)
        if ready is None:
            ready = self._known[key] = _Ready(self._mapped, self._add, connection.dialect, key[1])
        rows: int = driver.run(connection, ready.sql, ready.parameters(row)).rowcount
        return rows


class _Ready:
    """The statement as the driver takes it, and how each value of a row becomes a parameter."""

    def __init__(self, mapped: type[Base], add: Statement, dialect: Dialect, columns: Columns) -> None:
        table: Table = table_of(mapped)
        insert = add(insert_for(dialect.name, mapped))
        compiled = insert.compile(dialect=dialect, column_keys=list(columns))
        self.sql = str(compiled)
        self._names: Columns = tuple(getattr(compiled, "positiontup", None) or columns)
        self._positional = bool(getattr(compiled, "positional", False))
        types = {name: table.c[name].type for name in columns}
        self._convert = {name: _converter(type_, dialect) for name, type_ in types.items()}

    def parameters(self, row: Mapping[str, Any]) -> Any:
        ready = [convert(row[name]) for name, convert in self._in_order]
        return tuple(ready) if self._positional else dict(zip(self._names, ready, strict=True))

    @cached_property
    def _in_order(self) -> list[tuple[str, Callable[[Any], Any]]]:
        return [(name, self._convert[name]) for name in self._names]


class PreparedQuery:
    """A query, for whichever database it first meets. Its parameters are texts, given by name.

    It sees what was sent to the database: what the session has not flushed yet is not in it.
    """

    def __init__(self, query: Select[Any]) -> None:
        self._query = query
        self._known: dict[str, _ReadyQuery] = {}

    def first(self, session: Session, **wanted: str) -> Any:
        """The first row, with its columns as attributes; None where there is none."""
        ready, cursor = self._run(session, wanted)
        found = cursor.fetchone()
        return None if found is None else ready.row(found)

    def all(self, session: Session, **wanted: str) -> list[Any]:
        """Every row."""
        ready, cursor = self._run(session, wanted)
        return [ready.row(found) for found in cursor.fetchall()]

    def _run(self, session: Session, wanted: Mapping[str, str]) -> tuple[_ReadyQuery, Any]:
        connection = driver.connection_of(session)
        ready = self._known.get(connection.dialect.name)
        if ready is None:
            ready = self._known[connection.dialect.name] = _ReadyQuery(self._query, connection.dialect)
        return ready, driver.run(connection, ready.sql, ready.parameters(wanted))


class _ReadyQuery:
    """The query as the driver takes it, and how each column of its row becomes a value."""

    def __init__(self, query: Select[Any], dialect: Dialect) -> None:
        compiled = query.compile(dialect=dialect)
        columns = query.selected_columns
        self.sql = str(compiled)
        self._order: Columns | None = getattr(compiled, "positiontup", None)
        self._row = namedtuple("_row", [column.key for column in columns])  # type: ignore[misc]  # columns name it
        self._convert = [_reader(column.type, dialect) for column in columns]

    def parameters(self, wanted: Mapping[str, str]) -> Any:
        return wanted if self._order is None else tuple(wanted[name] for name in self._order)

    def row(self, found: tuple[Any, ...]) -> Any:
        return self._row(*[read(value) for read, value in zip(self._convert, found, strict=True)])


def _reader(type_: Any, dialect: Dialect) -> Callable[[Any], Any]:
    found = type_.dialect_impl(dialect).result_processor(dialect, None)
    return found or _as_it_is


def _converter(type_: Any, dialect: Dialect) -> Callable[[Any], Any]:
    found = type_.dialect_impl(dialect).bind_processor(dialect)
    return found or _as_it_is


def _as_it_is(value: Any) -> Any:
    return value
