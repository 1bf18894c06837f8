"""A check of a public page, written into the agreement: what to look for there, and what a page that was read says.

Pure: who fetches the page is elsewhere. A page that says no is no verdict; a person looks first (DOMAIN.md, 20).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from email.utils import parsedate_to_datetime
from enum import StrEnum
from urllib.parse import urlsplit

import jsonpath
from jsonpath.exceptions import JSONPathError
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from core import text
from core.errors import refuse, require
from core.wire import Json, plain

LONGEST_TEXT = 20_000
"""Characters of a page's words that are kept of each look."""


class Look(StrEnum):
    """What is looked for."""

    PHRASE = "phrase"
    COUNT = "count"
    NUMBER = "number"
    DATED = "dated"


class Compare(StrEnum):
    """How a number on the page is to stand to the promised one."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True)
class Watch:
    """Look at ``url`` for ``what``: words, a CSS selector, a JSON path, or a date's selector (empty: the file's own).

    ``number`` and ``compare`` are for COUNT and NUMBER. Raises Invalid for what cannot be looked for.
    """

    url: str
    look: Look
    what: str = ""
    number: Decimal | None = None
    compare: Compare = Compare.AT_LEAST

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        require(parts.scheme in {"http", "https"} and parts.hostname, "url", "write the whole address of a public page")
        require(not parts.username and "@" not in parts.netloc, "url", "an address without a name or password")
        require(self.what or self.look == Look.DATED, "what", "say what to look for on the page")
        counted = self.look in {Look.COUNT, Look.NUMBER}
        require(self.number is not None or not counted, "number", "say the number that it is compared with")
        require(self.number is None or self.number >= 0, "number", "must be 0 or more")
        _PARSES[self.look](self.what)

    def is_lowered_by(self, new: Watch | None) -> bool:
        """Whether ``new`` looks elsewhere, for something else, or is content with less."""
        if new is None or (new.url, new.look, new.what, new.compare) != (self.url, self.look, self.what, self.compare):
            return True
        if self.number is None or new.number is None:
            return False
        return new.number < self.number if self.compare == Compare.AT_LEAST else new.number > self.number

    @property
    def wire(self) -> Json:
        number = None if self.number is None else plain(self.number)
        return {"url": self.url, "look": self.look, "what": self.what, "number": number, "compare": self.compare}


def _check_selector(what: str) -> None:
    try:
        LexborHTMLParser("<p></p>").css(what or "*")
    except SelectolaxError:
        refuse("what", "this CSS selector cannot be read; like ul.producers li")


def _check_path(what: str) -> None:
    """Names and places only: a filter would let whoever writes it keep us busy."""
    require("?" not in what, "what", "a path of names and numbers, like $.producers.count")
    try:
        jsonpath.compile(what)
    except JSONPathError:
        refuse("what", "this JSON path cannot be read; like $.producers.count")


_PARSES: dict[Look, Callable[[str], None]] = {
    Look.PHRASE: lambda what: None,
    Look.COUNT: _check_selector,
    Look.NUMBER: _check_path,
    Look.DATED: _check_selector,
}


def read(body: Json | None) -> Watch | None:
    """From the wire form. Raises Invalid naming the field."""
    if not body:
        return None
    kinds, ways = {look.value for look in Look}, {way.value for way in Compare}
    look, compare = str(body.get("look") or ""), str(body.get("compare") or Compare.AT_LEAST)
    require(look in kinds, "look", "one of {names}", names=", ".join(sorted(kinds)))
    require(compare in ways, "compare", "one of {names}", names=", ".join(sorted(ways)))
    number = body.get("number")
    try:
        counted = None if number in (None, "") else Decimal(str(number))
    except InvalidOperation:
        refuse("number", "write a number, like 15")
    require(counted is None or counted.is_finite(), "number", "write a number, like 15")
    return Watch(
        url=text.clean(str(body.get("url") or ""), "url", 500, 1),
        look=Look(look),
        what=text.clean(str(body.get("what") or ""), "what", 200),
        number=counted,
        compare=Compare(compare),
    )


@dataclass(frozen=True)
class Page:
    """A page as it was read. ``modified`` is the date that its server gives it, "" where it gives none."""

    body: bytes
    media_type: str = "text/html"
    charset: str = ""
    modified: str = ""

    @property
    def source(self) -> str:
        """The page as text; what cannot be decoded is replaced."""
        try:
            return self.body.decode(self.charset or "utf-8", "replace")
        except LookupError:
            return self.body.decode("utf-8", "replace")

    @property
    def words(self) -> str:
        """What a reader sees of it, single spaces between."""
        if "html" not in self.media_type:
            return _spaced(self.source)[:LONGEST_TEXT]
        tree = LexborHTMLParser(self.source)
        tree.strip_tags(["script", "style", "template", "noscript"])
        return _spaced(tree.body.text(separator=" ") if tree.body else "")[:LONGEST_TEXT]


def _spaced(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()


@dataclass(frozen=True)
class Found:
    """What a page says to a watch: ``passed``, and what was found there (a number, a date, or "")."""

    passed: bool
    found: str = ""


def evaluate(watch: Watch, page: Page, last_day: date) -> Found:
    """What the page says. ``last_day`` is the local day of the mob's last window: a document has to be of later."""
    return _LOOKS[watch.look](watch, page, last_day)


def _phrase(watch: Watch, page: Page, _: date) -> Found:
    passed = _spaced(watch.what).casefold() in page.words.casefold()
    return Found(passed, watch.what if passed else "")


def _count(watch: Watch, page: Page, _: date) -> Found:
    return _compared(watch, Decimal(len(LexborHTMLParser(page.source).css(watch.what))))


def _number(watch: Watch, page: Page, _: date) -> Found:
    """One value that is a number; a list counts as how many it holds."""
    try:
        values = jsonpath.findall(watch.what, json.loads(page.source, parse_float=Decimal, parse_int=Decimal))
    except (ValueError, RecursionError, JSONPathError):
        return Found(False)
    if len(values) != 1:
        return Found(False)
    value = Decimal(len(values[0])) if isinstance(values[0], list) else values[0]
    return _compared(watch, value) if isinstance(value, Decimal) and value.is_finite() else Found(False)


def _compared(watch: Watch, number: Decimal) -> Found:
    assert watch.number is not None
    passed = number >= watch.number if watch.compare == Compare.AT_LEAST else number <= watch.number
    return Found(passed, plain(number))


def _dated(watch: Watch, page: Page, last_day: date) -> Found:
    found = _date_on(page, watch.what) if watch.what else _date_of(page.modified)
    return Found(found is not None and found > last_day, found.isoformat() if found else "")


def _date_on(page: Page, selector: str) -> date | None:
    """The date of the first element that the selector names: its ``datetime``, else its words."""
    element = LexborHTMLParser(page.source).css_first(selector)
    if element is None:
        return None
    written = element.attributes.get("datetime") or element.attributes.get("content") or element.text()
    try:
        return date.fromisoformat(written.strip()[:10])
    except ValueError:
        return None


def _date_of(modified: str) -> date | None:
    try:
        found: datetime = parsedate_to_datetime(modified)
    except ValueError:
        return None
    return found.astimezone(UTC).date() if found.tzinfo else found.date()


_LOOKS: dict[Look, Callable[[Watch, Page, date], Found]] = {
    Look.PHRASE: _phrase,
    Look.COUNT: _count,
    Look.NUMBER: _number,
    Look.DATED: _dated,
}
