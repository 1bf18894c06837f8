"""Inserts prepared once: on the hottest path, making and compiling a statement costs more than writing the row does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from sqlalchemy import Table
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
        """Insert a row. Gives 1, or 0 where it was there and nothing was to be done."""
        connection = session.connection()
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


def _converter(type_: Any, dialect: Dialect) -> Callable[[Any], Any]:
    found = type_.dialect_impl(dialect).bind_processor(dialect)
    return found or _as_it_is


def _as_it_is(value: Any) -> Any:
    return value
