"""Figures, dates and sentences in the reader's language. Pure: every function takes the value and the locale.

Money and numbers follow CLDR. English dates are day before month without commas, on the 24-hour clock, because shops
and supporters of many countries read them and 6/12 would be two days.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time, format_timedelta
from babel.lists import format_list
from babel.numbers import format_decimal
from babel.units import format_unit

from core.currencies import DECIMALS
from core.errors import Message
from core.i18n import translator
from core.money import Money
from core.wire import plain

_DAY = {"en": "EEEE d MMMM y"}
_NAMED_DAY = {"en": "EEEE d MMMM", "de": "EEEE, d. MMMM"}
_SHORT_DAY = {"en": "EEE d MMM", "de": "EEE, d. MMM"}
_DATE = {"en": "d MMMM y"}
_SHORT_DATE = {"en": "d MMMM", "de": "d. MMMM"}
_LEDGER_DATE = {"en": "d MMM y", "de": "d. MMM y"}
_CLOCK = {"en": "H:mm", "de": "H:mm"}
_QUOTES = {"en": "“”", "de": "„“", "fr": "«»", "it": "«»", "es": "«»"}
_FOREVER = 10**9


def money(value: Money, locale: str, exact: bool = False) -> str:
    """ "€3,880" where the amount is whole, else with all its decimals; ``exact`` always shows them (tables)."""
    decimals = DECIMALS[value.currency] if exact or value.amount % 1 else 0
    pattern = copy(Locale.parse(locale).currency_formats["standard"])
    pattern.frac_prec = (decimals, decimals)
    written = pattern.apply(value.amount, locale, currency=value.currency, currency_digits=False)
    return re.sub(r"(?<=[A-Z])(?=\d)", "\xa0", written)


def amount(value: Money, locale: str) -> str:
    """ "918.40": with all its decimals and without its sign, as people type it into a field."""
    decimals = DECIMALS[value.currency]
    pattern = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
    return format_decimal(value.amount, format=pattern, locale=locale)


def number(value: Decimal | int, locale: str) -> str:
    """ "1,240" or "12.5": as many decimals as the value has."""
    return format_decimal(value, locale=locale, decimal_quantization=False)


def file_size(value: int, locale: str) -> str:
    """ "340 kB" or "1.2 MB", by thousands."""
    if value < 10**6:
        return format_unit(max(round(value / 1000), 1), "digital-kilobyte", "short", locale=locale)
    return format_unit(round(value / 10**6, 1), "digital-megabyte", "short", locale=locale)


def percent(value: Decimal | int, locale: str) -> str:
    """A share that is counted in percent: Decimal("50.4") is "50.4%"."""
    pattern = Locale.parse(locale).percent_formats[None].pattern
    return re.sub(r"[#0,.]+", lambda _: number(value, locale), pattern)


def day(value: date, locale: str, tz: str = "UTC") -> str:
    """ "Saturday 12 June 2027". An instant is first taken to the zone."""
    return format_date(_in(value, tz), _DAY.get(locale, "full"), locale)


def named_day(value: date, locale: str, tz: str = "UTC") -> str:
    """ "Saturday 12 June": for headlines, whose year stands nearby."""
    return format_date(_in(value, tz), _NAMED_DAY.get(locale, "full"), locale)


def short_day(value: date, locale: str, tz: str = "UTC") -> str:
    """ "Sat 12 Jun": for labels beside others of the same year."""
    return format_date(_in(value, tz), _SHORT_DAY.get(locale, "medium"), locale)


def calendar_date(value: date, locale: str, tz: str = "UTC") -> str:
    """ "12 June 2027": for due dates and signatures."""
    return format_date(_in(value, tz), _DATE.get(locale, "long"), locale)


def short_date(value: date, locale: str, tz: str = "UTC") -> str:
    """ "12 June": for a ledger whose year is known."""
    return format_date(_in(value, tz), _SHORT_DATE.get(locale, "medium"), locale)


def ledger_date(value: date, locale: str, tz: str = "UTC") -> str:
    """ "12 Jun 2027": for the narrow column of a ledger."""
    return format_date(_in(value, tz), _LEDGER_DATE.get(locale, "medium"), locale)


def clock_time(value: datetime, locale: str, tz: str) -> str:
    """ "9:00". Print the zone once nearby."""
    return format_time(_in(value, tz), _CLOCK.get(locale, "short"), locale=locale)


def moment(value: datetime, locale: str, tz: str) -> str:
    """ "Saturday 12 June 2027, 9:00". Print the zone once nearby."""
    return f"{day(value, locale, tz)}, {clock_time(value, locale, tz)}"


def span(opens: datetime, closes: datetime, locale: str, tz: str) -> str:
    """ "Saturday 12 June 2027, 9:00 to 18:00", with both days where they differ."""
    same = _in(opens, tz).date() == _in(closes, tz).date()
    end = clock_time(closes, locale, tz) if same else moment(closes, locale, tz)
    return translator(locale).gettext("{start} to {end}").format(start=moment(opens, locale, tz), end=end)


def countdown(value: date, locale: str, now: date) -> str:
    """ "in 3 days", "2 weeks ago"; two dates (not instants) of the same day are "today"."""
    left = value - now
    if not isinstance(value, datetime) and not left:
        return translator(locale).gettext("today")
    return format_timedelta(left, add_direction=True, locale=locale)


def days(count: int, locale: str) -> str:
    """ "14 days"."""
    return format_timedelta(timedelta(days=count), granularity="day", threshold=_FOREVER, locale=locale)


def people(count: int, locale: str) -> str:
    """ "1 person", "1,240 people"."""
    words = translator(locale).ngettext("{count} person", "{count} people", count)
    return words.format(count=number(count, locale))


def named(names: Sequence[str], locale: str) -> str:
    """Several names as one would say them: with a word before the last."""
    return format_list(names, locale=locale)


def quoted(text: str, language: str) -> str:
    """Words in the quotation marks of the language they were said in."""
    marks = _QUOTES.get(language, "“”")
    return f"{marks[0]}{text}{marks[1]}"


def say(message: Message | str, locale: str, tz: str = "UTC") -> str:
    """A message of the domain in the reader's language, its values written out, with a capital letter."""
    if isinstance(message, str):
        message = Message(message)
    words = translator(locale).gettext(message.text)
    if message.params:
        words = words.format(**{name: _written(value, locale, tz) for name, value in message.params.items()})
    return words[:1].upper() + words[1:]


def for_input(value: datetime | None, tz: str) -> str:
    """An instant as the browser's datetime-local field wants it, in the campaign's zone; empty for none."""
    return f"{_in(value, tz):%Y-%m-%dT%H:%M}" if value else ""


def typed_number(text: str, locale: str) -> str:
    """What people type ("1.234,50 €", "1,234.5", "12,50") as digits with a point; anything else is left as it is.

    The last separator is the decimal one, unless it stands where the locale groups thousands and three digits follow.
    """
    digits = re.sub(r"[\s\u202f'’€$£¥]|CHF|EUR", "", text)
    if not re.fullmatch(r"-?\d[\d.,]*", digits):
        return text.strip()
    whole, mark, rest = re.fullmatch(r"(.*?)(?:([.,])(\d*))?", digits).groups("")  # type: ignore[union-attr]  # matched above
    group = Locale.parse(locale).number_symbols["latn"]["group"]
    if mark and (mark in whole or (mark == group and len(rest) == 3)):
        whole, rest = whole + rest, ""
    return re.sub(r"[.,]", "", whole) + (f".{rest}" if rest else "")


def _in(value: date, tz: str) -> datetime:
    if isinstance(value, datetime):
        return value.astimezone(ZoneInfo(tz))
    return datetime(value.year, value.month, value.day, tzinfo=UTC)


def _written(value: object, locale: str, tz: str) -> str:
    match value:
        case Message():
            return say(value, locale, tz)
        case timedelta():
            return days(value.days, locale)
        case Money():
            return money(value, locale)
        case datetime():
            return f"{moment(value, locale, tz)} ({tz})"
        case date():
            return calendar_date(value, locale)
        case Decimal():
            return number(Decimal(plain(value)), locale)
        case int() if not isinstance(value, bool):
            return number(value, locale)
    return str(value)
