"""From cells to figures: each function reads one figure of a row, and leaves to words what no rule can read.

Rules know ways of writing ("others say 'over 9,000'", "3 h (a) or 4 h (b)"), never single campaigns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from urllib.parse import urlsplit

from campaigns.archive.estimates import NUMBER, NUMERALS, mentioned, read_estimate, read_number
from campaigns.archive.figures import Day, Kind, Quantity
from campaigns.archive.rows import Row, is_day

_FLAGS = re.ASCII | re.IGNORECASE
_NUMERAL = rf"{NUMBER}|\b(?:{'|'.join(NUMERALS)})\b"
_ATTRIBUTED = re.compile(r"([^();/]+)\(([^()]+)\)")
_JOINED = re.compile(r"^\s*(?:,|or\b)\s*")
_QUOTED = re.compile(r"(?<!\w)'([^']+)'(?!\w)")
_OTHERS = re.compile(r"\bothers say\b(.*)", _FLAGS)
_NAMED = re.compile(rf"(\w+) calls (?:it|(?:[A-Z]{{3}} )?{NUMBER}) ('[^']+'|\w+)", re.ASCII)
_UNCLEAR = re.compile(rf"unclear (?:if|whether) (?:{NUMBER} is )?(.+?) or ([^;]+)", _FLAGS)
_PARTIAL = re.compile(r"\bby \d{1,2}:\d{2}\b.*\bbefore closing\b", _FLAGS)
_LASTED = re.compile(
    rf"(?P<number>{_NUMERAL})[ -]?(?P<unit>h(?:ours?)?|days)\b(?!['\u2019] worth|\s+before)(?:\s*\((?P<by>[^()]+)\))?",
    _FLAGS,
)
_TIME = r"([01]?\d|2[0-4]):([0-5]\d)"
_WINDOW = re.compile(rf"\b{_TIME}\s*[-\u2013]\s*{_TIME}\b", re.ASCII)
_WEIGHT = re.compile(rf"(?P<figure>~?{NUMBER}) ?(?P<unit>(?:t|kg)\b(?: CO2(?:/yr)?)?)", re.ASCII)
_MORE = re.compile(r"\+(\d+(?:\.\d+)?)%")
_MULTIPLE = re.compile(
    rf"(?P<more>more than )?(?:(?P<number>{_NUMERAL}) (?:times|days' worth)|(?P<twice>doubled))", _FLAGS
)
_USUAL = re.compile(r"(?P<figure>.+?)\s+(?:for|on|in|per|a|usual|ordinary|typical)\b.*", _FLAGS)
_BEFORE = re.compile(r"\bbefore (\d{4}-\d{2}-\d{2})\b", re.ASCII)
_SOMETIME = re.compile(r"\b(?:early|mid|late) ((?:19|20)\d\d)\b", _FLAGS)


def share(row: Row) -> Quantity:
    """The percentage that was offered, in percent; unknown too where no share was promised: see the words."""
    return _stated(row, row.bid_pct, "", "percent", extra=row.bid_as_published)


def takings(row: Row) -> Quantity:
    """What the till took, in the row's currency. A figure that its own note says is something else is not takings."""
    if _is_extra_profit(row):
        return _unknown(row, row.currency, row.takings, row.takings_note)
    base = _stated(row, row.takings, row.takings_note, row.currency)
    if _PARTIAL.search(row.takings_note) and base.kind is Kind.EXACT:
        base = replace(base, kind=Kind.AT_LEAST, high=None)
    return _contested(row, base, f"{row.takings_note}; {row.caveat}")


def extra_profit(row: Row) -> Quantity:
    """The extra profit of the day, where a source gives that instead of takings."""
    if not _is_extra_profit(row):
        return _unknown(row, row.currency)
    return _stated(row, row.takings, row.takings_note, row.currency)


def people(row: Row) -> Quantity:
    """How many came."""
    return _stated(row, row.people, row.people_note, "people")


def committed(row: Row) -> Quantity:
    """The money that went, or was to go, into the promised works."""
    base = _stated(row, row.committed_money, "", row.currency)
    nearer = next((f for f in mentioned(row.caveat, row.currency) if _refines(f, base)), None)
    if nearer:
        base = replace(nearer, words=(*base.words, *nearer.words), sources=base.sources)
    return base if row.takings.strip() else _contested(row, base, row.caveat)


def baseline(row: Row) -> Quantity:
    """What is so on an ordinary day, or how the day compared with one: money, "times" it, or "percent more"."""
    claims = [_claim(row, _compared(words, row.currency), said_by) for words, said_by in attributed(row.baseline)]
    if len(claims) > 1:
        return _disputed(row, claims, row.baseline)
    told = row.baseline or (row.takings_note if _MULTIPLE.match(row.takings_note) else "")
    return replace(_compared(told, row.currency), sources=row.pages)


def duration(row: Row) -> Quantity:
    """How long it lasted, in hours or days."""
    claims = [
        claim for cell in (row.bid_as_published, row.bid_basis, row.takings_note) for claim in _lengths(row, cell)
    ]
    if len({(claim.low, claim.unit) for claim in claims}) > 1:
        return _disputed(row, claims, *(word for claim in claims for word in claim.words))
    return replace(claims[0], sources=claims[0].sources or row.pages) if claims else _unknown(row, "hours")


def competitors(row: Row) -> Quantity:
    """How many other businesses bid."""
    listed = re.search(r"competitors: ([^;]+)", row.caveat)
    if not listed:
        return _unknown(row, "competitors")
    claims = [_claim(row, _counted(words), said_by) for words, said_by in attributed(listed[1])]
    return _disputed(row, claims, listed[0]) if claims else replace(_counted(listed[1]), sources=row.pages)


def carbon(row: Row) -> Quantity:
    """The carbon dioxide saved, in the unit as written; the outcome's words tell whether planned or reported."""
    found = _WEIGHT.search(row.outcome)
    figure = read_estimate(found["figure"], found["unit"]) if found else None
    if not found or not figure:
        return _unknown(row, "t CO2")
    return replace(figure, words=(found.group(),), sources=row.pages)


def day(row: Row) -> Day:
    """When it was. A part of a year ("late 2010") is read as somewhere in that year, no more."""
    if row.date:
        return _dated(row, date.fromisoformat(row.date))
    before, sometime = _BEFORE.search(row.caveat), _SOMETIME.search(row.caveat)
    if before and is_day(before[1]):
        return Day(Kind.BELOW, "date", None, date.fromisoformat(before[1]), (before.group(),), row.pages)
    if sometime:
        year = int(sometime[1])
        bounds = (date(year, 1, 1), date(year, 12, 31))
        return Day(Kind.APPROXIMATE, "date", *bounds, (sometime.group(),), row.pages)
    return Day(Kind.UNKNOWN, "date", sources=row.pages)


def attributed(text: str) -> list[tuple[str, str]]:
    """Words and who said them: "3 h (avocadostore) or 4 h (geb-info)"; empty unless two or more are told apart."""
    told = [(_JOINED.sub("", words).strip(), said_by) for words, said_by in _ATTRIBUTED.findall(text)]
    return told if len(told) > 1 else []


def pages_of(name: str, pages: Iterable[str]) -> tuple[str, ...]:
    """The pages that belong to a source named in the text: "zeit.de" and "Zeit" both mean blog.zeit.de."""
    wanted = name.strip().lower()
    return tuple(page for page in pages if _is_host_of(wanted, urlsplit(page).hostname or ""))


def _is_host_of(name: str, host: str) -> bool:
    return bool(name) and (name in host.split(".") or host == name or host.endswith(f".{name}"))


def _stated(row: Row, cell: str, note: str, unit: str, extra: str = "") -> Quantity:
    """A number cell together with its note: "400" with "over 400" is at least 400, "5500" with "approx" is about."""
    words = tuple(text for text in (cell, note or extra) if text)
    pages = pages_of(note, row.pages) or row.pages
    plain, noted = read_estimate(cell, unit), read_estimate(note, unit)
    if plain and noted and not _refines(noted, plain):
        return _disputed(row, [replace(plain, sources=pages), replace(noted, sources=pages)], *words)
    figure = noted or plain or _words("", unit)
    if figure.kind is Kind.EXACT and re.search(r"\bapprox\b", note):
        figure = replace(figure, kind=Kind.APPROXIMATE)
    return replace(figure, words=words, sources=pages)


def _refines(nearer: Quantity, plain: Quantity) -> bool:
    return nearer.kind is not Kind.EXACT and plain.value is not None and plain.value in (nearer.low, nearer.high)


def _contested(row: Row, base: Quantity, text: str) -> Quantity:
    """``base``, disputed where the text has others say, call it something else, or unsure what it is a figure of."""
    if base.kind in (Kind.UNKNOWN, Kind.DISPUTED):
        return base
    called = [_called(row, base, words, by) for by, words in _NAMED.findall(text)]
    others = [_claim(row, figure, "others") for figure in _said_by_others(text, base.unit)]
    unclear = [_called(row, base, words, "") for words in next(iter(_UNCLEAR.findall(text)), ())]
    own = [] if len(called) > 1 or unclear else [base]
    claims = [*own, *called, *others, *unclear]
    return _disputed(row, claims, *base.words) if len(claims) > 1 else base


def _called(row: Row, base: Quantity, words: str, said_by: str) -> Quantity:
    return _claim(row, replace(base, words=(words,)), said_by)


def _said_by_others(text: str, unit: str) -> list[Quantity]:
    found = _OTHERS.search(text)
    read = [read_estimate(quoted, unit) for quoted in _QUOTED.findall(found[1])] if found else []
    return [figure for figure in read if figure]


def _compared(text: str, currency: str) -> Quantity:
    more, multiple, usual = _MORE.match(text), _MULTIPLE.match(text), _USUAL.fullmatch(text)
    if more:
        return Quantity(Kind.EXACT, "percent more", Decimal(more[1]), Decimal(more[1]), (text,))
    if multiple:
        times = Decimal(2) if multiple["twice"] else read_number(multiple["number"])
        over = bool(multiple["more"])
        return Quantity(Kind.AT_LEAST if over else Kind.EXACT, "times", times, None if over else times, (text,))
    amount = read_estimate(usual["figure"] if usual else text, currency)
    return replace(amount, words=(text,)) if amount else _words(text, currency)


def _lengths(row: Row, cell: str) -> list[Quantity]:
    others = _OTHERS.search(cell)
    begins = others.start() if others else len(cell)
    told = [_length(row, found, "others" if found.start() > begins else "") for found in _LASTED.finditer(cell)]
    return told + [_between(found) for found in _WINDOW.finditer(cell)]


def _length(row: Row, found: re.Match[str], said_by: str) -> Quantity:
    number = read_number(found["number"])
    unit = "hours" if found["unit"].lower().startswith("h") else "days"
    words = f"{found['number']} {found['unit']}" if found["by"] else found.group()
    return _claim(row, Quantity(Kind.EXACT, unit, number, number, (words,)), found["by"] or said_by)


def _between(found: re.Match[str]) -> Quantity:
    """The length of "12:00-16:00" to two decimals; through midnight where it does not end after it begins."""
    begin, end = (int(found[i]) * 60 + int(found[i + 1]) for i in (1, 3))
    hours = round(Decimal((end - begin) % (24 * 60) or 24 * 60) / 60, 2).normalize()
    return Quantity(Kind.EXACT, "hours", hours, hours, (found.group(),))


def _dated(row: Row, day: date) -> Day:
    inferred = next((part.strip() for part in row.caveat.split(";") if "inferred" in part), "")
    if inferred:
        return Day(Kind.APPROXIMATE, "date", day, day, (row.date, inferred), row.pages)
    return Day(Kind.EXACT, "date", day, day, (row.date,), row.pages)


def _is_extra_profit(row: Row) -> bool:
    return bool(re.search(r"extra profit, not takings", row.takings_note, re.IGNORECASE))


def _counted(words: str) -> Quantity:
    figure = next(mentioned(words, "competitors"), None)
    return replace(figure, words=(words,)) if figure else _words(words, "competitors")


def _claim(row: Row, figure: Quantity, said_by: str) -> Quantity:
    return replace(figure, said_by=said_by, sources=pages_of(said_by, row.pages))


def _disputed(row: Row, claims: list[Quantity], *words: str) -> Quantity:
    return Quantity(Kind.DISPUTED, claims[0].unit, words=words, sources=row.pages, claims=tuple(claims))


def _words(text: str, unit: str) -> Quantity:
    return Quantity(Kind.UNKNOWN, unit, words=(text,) if text else ())


def _unknown(row: Row, unit: str, *words: str) -> Quantity:
    return Quantity(Kind.UNKNOWN, unit, words=tuple(word for word in words if word), sources=row.pages)
