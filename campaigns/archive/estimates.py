"""Numbers as people write them: "over 400", "nearly 200", "100-150", "hundreds", "knapp 3.000", "three"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from campaigns.archive.figures import Kind, Quantity

NUMBER = (
    r"(?<![\d.,])(?:\d{1,3}(?:,\d{3})+(?:\.\d{1,6})?"  # 1,000 and 1,657.50
    r"|\d{1,3}(?:\.\d{3})+(?:,\d{1,6})?"  # 3.000 and 1.657,50
    r"|\d{1,13}(?:\.\d{1,6})?"  # 2000.84
    r"|\d{1,13},\d{1,2})(?![.,]?\d)"  # 7,5
)
"""One number in running text. A separator before groups of three digits parts thousands, in both habits of writing."""

_ONE_TO_TWELVE = "one two three four five six seven eight nine ten eleven twelve"
NUMERALS = {word: Decimal(number) for number, word in enumerate(_ONE_TO_TWELVE.split(), 1)}
_ORDERS = {"hundreds": (100, 999), "thousands": (1000, 9999)}
_QUALIFIERS = {
    Kind.APPROXIMATE: r"~|approx(?:imately|\.)?|about|around|roughly|circa|ca\.?|etwa|rund",
    Kind.AT_LEAST: r">|over|more than|at least|mehr als|mindestens",
    Kind.BELOW: r"<|nearly|almost|just under|under|below|fewer than|less than|up to|knapp|fast",
}
_QUALIFIER = "|".join(f"(?P<{kind.value}>{words})" for kind, words in _QUALIFIERS.items())
_ESTIMATE = re.compile(
    rf"(?:(?<!\w)(?:{_QUALIFIER})\s*)?(?P<number>{NUMBER}|\b(?:{'|'.join(NUMERALS)})\b)"
    rf"(?:\s*(?:-|\u2013|to)\s*(?P<upper>{NUMBER}))?(?P<more>\+)?",
    re.ASCII | re.IGNORECASE,
)
_TWO_READINGS = re.compile(r"\d{1,3}\.\d{3}", re.ASCII)


def read_estimate(text: str, unit: str) -> Quantity | None:
    """The figure that the whole of ``text`` states, or None where no rule turns it into one."""
    stripped = text.strip()
    if stripped.lower() in _ORDERS:
        low, high = _ORDERS[stripped.lower()]
        return Quantity(Kind.APPROXIMATE, unit, Decimal(low), Decimal(high), words=(text,))
    found = _ESTIMATE.fullmatch(stripped.removesuffix("%").rstrip() if unit == "percent" else stripped)
    return _figure(found, unit, text) if found else None


def mentioned(text: str, unit: str) -> Iterator[Quantity]:
    """Every figure that stands somewhere in ``text``, each with just its own words."""
    for found in _ESTIMATE.finditer(text):
        figure = _figure(found, unit, found.group())
        if figure:
            yield figure


def read_number(text: str) -> Decimal:
    """The number written in digits or as a numeral up to twelve. Raises ValueError where it is neither."""
    if text.lower() in NUMERALS:
        return NUMERALS[text.lower()]
    if not re.fullmatch(NUMBER, text, re.ASCII):
        raise ValueError(f"{text!r} is not a number")
    return Decimal(_with_decimal_point(text))


def has_two_readings(text: str) -> bool:
    """Whether a bare number such as "3.000" means three thousand to some readers and three to others."""
    return _TWO_READINGS.fullmatch(text.strip()) is not None


def _with_decimal_point(text: str) -> str:
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?|\d+,\d{1,2}", text, re.ASCII):
        return text.replace(".", "").replace(",", ".")
    return text.replace(",", "")


def _figure(found: re.Match[str], unit: str, words: str) -> Quantity | None:
    kind = _kind(found)
    low = read_number(found["number"])
    high = read_number(found["upper"]) if found["upper"] else low
    if high < low or (high > low and kind in (Kind.AT_LEAST, Kind.BELOW)):
        return None
    if kind is Kind.EXACT and high > low:
        kind = Kind.RANGE
    bounds = (None if kind is Kind.BELOW else low, None if kind is Kind.AT_LEAST else high)
    return Quantity(kind, unit, *bounds, words=(words,))


def _kind(found: re.Match[str]) -> Kind:
    if found["more"]:
        return Kind.AT_LEAST
    return next((kind for kind in _QUALIFIERS if found[kind.value]), Kind.EXACT)
