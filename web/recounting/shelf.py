"""A mapping that leaves the memory: what a recount must remember of each of a million pledges."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, MutableMapping, ValuesView
from typing import Any, Generic, TypeVar

from pledges.rules.recount import Came, Promised

Value = TypeVar("Value")
_ID = re.compile("[0-9a-f]{32}")
_CACHE_KB = 16_000
"""What stays in memory of a shelf; the rest goes to a temporary file, which goes with it."""


class Shelf(MutableMapping[str, Value], Generic[Value]):
    """Values by name, in a private database that spills to disk. ``pack`` and ``unpack`` turn one into plain columns.

    Sources: sqlite.org/inmemorydb.html, "Temporary Databases": an empty name, flushed to disk where it grows.
    """

    def __init__(self, pack: Callable[[Value], tuple[Any, ...]], unpack: Callable[..., Value], columns: int) -> None:
        self._pack, self._unpack = pack, unpack
        self._rows = sqlite3.connect("", isolation_level=None)
        named = ", ".join(f"c{n}" for n in range(columns))
        self._rows.execute(f"PRAGMA cache_size=-{_CACHE_KB}")
        self._rows.execute("PRAGMA journal_mode=OFF")
        self._rows.execute(f"CREATE TABLE held (name PRIMARY KEY, {named}) WITHOUT ROWID")
        self._put = f"INSERT OR REPLACE INTO held VALUES ({', '.join('?' * (columns + 1))})"  # noqa: S608 - marks only
        self._get = f"SELECT {named} FROM held WHERE name = ?"  # noqa: S608 - names made here

    def __setitem__(self, name: str, value: Value) -> None:
        """Raises ValueError for what a spoilt record may hold and no column can."""
        try:
            self._rows.execute(self._put, (_short(name), *self._pack(value)))
        except sqlite3.Error as wrong:
            raise ValueError(str(wrong)) from wrong

    def __getitem__(self, name: str) -> Value:
        row = self._rows.execute(self._get, (_short(name),)).fetchone()
        if row is None:
            raise KeyError(name)
        return self._unpack(*row)

    def __delitem__(self, name: str) -> None:
        if not self._rows.execute("DELETE FROM held WHERE name = ?", (_short(name),)).rowcount:
            raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        for (name,) in self._rows.execute("SELECT name FROM held"):
            yield name if isinstance(name, str) else name.hex()

    def __len__(self) -> int:
        return int(self._rows.execute("SELECT count(*) FROM held").fetchone()[0])

    def values(self) -> ValuesView[Value]:
        return _Values(self)

    def unpacked(self) -> Iterator[Value]:
        """Every value in one pass, none of them kept."""
        for _, *row in self._rows.execute("SELECT * FROM held"):
            yield self._unpack(*row)


class _Values(ValuesView[Value]):
    def __init__(self, shelf: Shelf[Value]) -> None:
        super().__init__(shelf)
        self._shelf = shelf

    def __iter__(self) -> Iterator[Value]:
        return self._shelf.unpacked()


def _short(name: str) -> str | bytes:
    """An id of 32 hexadecimal digits takes 16 bytes; whatever else a record calls its pledges stays as it is.

    Raises KeyError for what is no name: a walk-in has no pledge.
    """
    if not isinstance(name, str):
        raise KeyError(name)
    return bytes.fromhex(name) if _ID.fullmatch(name) else name


def promised() -> Shelf[Promised]:
    """Pledges by id."""
    return Shelf(lambda p: (p.minor, p.party, p.with_address, p.late, p.confirmed), _promised, 5)


def came() -> Shelf[Came]:
    """Check-ins by id."""
    return Shelf(lambda c: (c.party, c.spent, c.anyway, _packed(c.pledge), _packed(c.venue)), _came, 5)


def told() -> Shelf[int]:
    """What supporters say they spent, by pledge."""
    return Shelf(lambda minor: (minor,), lambda minor: minor, 1)


def _promised(minor: int, party: int, with_address: int, late: int, confirmed: int) -> Promised:
    return Promised(minor, party, bool(with_address), bool(late), bool(confirmed))


def _packed(id_: str | None) -> str | bytes | None:
    return None if id_ is None else _short(id_)


def _unpacked(id_: str | bytes | None) -> str | None:
    return id_.hex() if isinstance(id_, bytes) else id_


def _came(
    party: int, spent: int | None, anyway: int | None, pledge: str | bytes | None, venue: str | bytes | None
) -> Came:
    return Came(party, spent, None if anyway is None else bool(anyway), _unpacked(pledge), _unpacked(venue))
