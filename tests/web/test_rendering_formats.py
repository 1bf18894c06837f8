"""Money, dates and sentences as people read and type them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from core import formats
from core.errors import FieldError, Invalid, Message
from core.money import Money
from web.prose import excerpt, markdown
from web.qr import qr
from web.track import Track
from web.typed import Typed

NINE = datetime(2027, 6, 12, 7, 0, tzinfo=UTC)
SIX = datetime(2027, 6, 12, 16, 0, tzinfo=UTC)
BERLIN = "Europe/Berlin"


def eur(amount: str) -> Money:
    return Money.parse(amount, "EUR")


def plain_spaces(text: str) -> str:
    return text.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("amount", "currency", "english", "german"),
    [
        ("3880", "EUR", "€3,880", "3.880 €"),
        ("3880.50", "EUR", "€3,880.50", "3.880,50 €"),
        ("2140", "CHF", "CHF 2,140", "2.140 CHF"),
        ("600000", "JPY", "¥600,000", "600.000 ¥"),
        ("4000", "NZD", "NZ$4,000", "4.000 NZ$"),
        ("1.250", "KWD", "KWD 1.250", "1,250 KWD"),
        ("-12", "EUR", "-€12", "-12 €"),
    ],
)
def test_money_is_short_where_it_is_whole(amount: str, currency: str, english: str, german: str) -> None:
    value = Money.parse(amount, currency)
    assert plain_spaces(formats.money(value, "en")) == english
    assert plain_spaces(formats.money(value, "de")) == german


def test_a_table_shows_all_decimals() -> None:
    assert formats.money(eur("1500"), "en", exact=True) == "€1,500.00"
    assert formats.money(Money.parse("500", "JPY"), "en", exact=True) == "¥500"


def test_shares_and_numbers_keep_their_decimals() -> None:
    assert formats.percent(Decimal("50.4"), "en") == "50.4%"
    assert plain_spaces(formats.percent(Decimal("12.345"), "de")) == "12,345 %"
    assert formats.percent(201, "en") == "201%"
    assert formats.number(1240, "de") == "1.240"


def test_instants_are_shown_in_the_campaigns_zone() -> None:
    assert formats.moment(NINE, "en", BERLIN) == "Saturday 12 June 2027, 9:00"
    assert formats.moment(NINE, "de", BERLIN) == "Samstag, 12. Juni 2027, 9:00"
    assert formats.span(NINE, SIX, "en", BERLIN) == "Saturday 12 June 2027, 9:00 to 18:00"
    over_night = formats.span(NINE, datetime(2027, 6, 13, 1, 0, tzinfo=UTC), "de", BERLIN)
    assert over_night == "Samstag, 12. Juni 2027, 9:00 bis Sonntag, 13. Juni 2027, 3:00"
    assert formats.for_input(NINE, BERLIN) == "2027-06-12T09:00"
    assert formats.for_input(None, BERLIN) == ""


def test_days_are_not_moved_by_a_zone() -> None:
    due = date(2027, 10, 31)
    assert formats.calendar_date(due, "en", "Pacific/Auckland") == "31 October 2027"
    assert formats.short_date(due, "de") == "31. Oktober"
    assert formats.short_day(due, "en") == "Sun 31 Oct"


def test_a_countdown_is_in_words() -> None:
    assert formats.countdown(NINE, "en", datetime(2027, 6, 9, 5, 0, tzinfo=UTC)) == "in 3 days"
    assert formats.countdown(date(2027, 6, 12), "de", date(2027, 6, 12)) == "heute"
    assert formats.countdown(date(2027, 6, 11), "en", date(2027, 6, 12)) == "1 day ago"
    assert formats.days(137, "en") == "137 days"
    assert formats.people(1, "en") == "1 person"
    assert formats.people(1240, "de") == "1.240 Menschen"


def test_a_message_is_said_in_the_readers_language_with_its_values() -> None:
    message = Message("the date must lie after the last day, {day}", {"day": date(2027, 6, 12)})
    assert formats.say(message, "en") == "The date must lie after the last day, 12 June 2027"
    assert formats.say(message, "de").endswith("dem 12. Juni 2027")
    assert formats.say("must be above 0", "de") == "Muss über 0 liegen"
    amount = Message("{a} {b} {c} {d}", {"a": eur("5000"), "b": Decimal("12.50"), "c": NINE, "d": Message("today")})
    assert formats.say(amount, "en", BERLIN) == "€5,000 12.5 Saturday 12 June 2027, 9:00 (Europe/Berlin) Today"


@pytest.mark.parametrize(
    ("typed", "locale", "read"),
    [
        ("1.234,50 €", "de", "1234.50"),
        ("1,234.50", "en", "1234.50"),
        ("12,50", "en", "12.50"),
        ("12.50", "de", "12.50"),
        ("1,234", "en", "1234"),
        ("1,234", "de", "1.234"),
        ("1.234.567", "de", "1234567"),
        ("5’000", "de", "5000"),
        ("€ 20", "en", "20"),
        ("twenty ", "en", "twenty"),
        ("1e3", "en", "1e3"),
    ],
)
def test_numbers_are_read_as_people_type_them(typed: str, locale: str, read: str) -> None:
    assert formats.typed_number(typed, locale) == read


def test_words_stand_in_the_quotation_marks_of_their_language() -> None:
    assert formats.quoted("Ja", "de") == "„Ja“"
    assert formats.quoted("Yes", "") == "“Yes”"


def test_a_bar_tells_real_promised_and_rest_apart() -> None:
    bar = Track.of(Decimal(3482), Decimal(640), [Decimal(2500), Decimal(5000), Decimal(8000)])
    assert [str(mark) for mark in bar.marks] == ["29.8", "59.7", "95.5"]
    assert (str(bar.real), str(bar.end), str(bar.rest)) == ("41.6", "49.2", "50.8")
    assert Track.of(Decimal(9999), Decimal(0), [Decimal(100)]).real == 100
    assert Track.part(168, 200) == Track(Decimal(0), Decimal("84.0"))
    assert Track.part(7, 10, real=True).real == 70
    assert Track.part(1, 0).end == 0


def test_a_story_keeps_its_form_and_loses_what_could_harm() -> None:
    story = (
        "# We\n\n**walls** <script>x</script> [a](javascript:x) [b](https://x.org) ![p](https://x.org/p.png)\n\n- one"
    )
    shown = markdown(story)
    assert "<h3>We</h3>" in shown
    assert "<strong>walls</strong>" in shown
    assert "<li>one</li>" in shown
    assert 'rel="nofollow ugc noopener noreferrer"' in shown
    assert "<script" not in shown
    assert 'href="javascript' not in shown
    assert "<img" not in shown


def test_an_excerpt_is_plain_and_short() -> None:
    assert excerpt("## Fish & **chips**") == "Fish & chips"
    assert excerpt("word " * 100).endswith("word…")
    assert len(excerpt("word " * 100)) <= 155


def test_a_qr_code_has_a_name_and_no_style() -> None:
    picture = qr("https://carrot.example/t/K7M2QX", 'Code "K7M 2QX"')
    assert picture.startswith('<svg role="img" aria-label="Code &#34;K7M 2QX&#34;" viewBox="0 0 ')
    assert "style" not in picture
    assert "width" not in picture


def test_what_was_typed_comes_back_with_the_first_error_of_each_field() -> None:
    form = Typed.start("p-", amount="twenty", wishes=["a", "b"], email=None)
    refused = form.refused(Invalid([FieldError("amount", Message("one")), FieldError("amount", Message("two"))]))
    assert refused.value("amount") == "twenty"
    assert refused.value("email") == ""
    assert refused.chosen("wishes", "b")
    assert refused.error("amount") == Message("one")
    assert refused.error("email") is None
    assert refused.id("amount") == "p-amount"
