"""What a page says to the check that the agreement writes down."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from businesses import watching
from businesses.watching import Compare, Found, Look, Page, Watch
from core.errors import Invalid

URL = "https://shop.example/producers"
DAY = date(2027, 3, 6)
LIST = b"<html><body><h1>Our producers</h1><ul class='producers'><li>Ada<li>Ben<li>Cem</ul><script>li li</script>"


def says(page: Page | bytes, **watch: Any) -> Found:
    read = page if isinstance(page, Page) else Page(page)
    return watching.evaluate(Watch(URL, **watch), read, DAY)


def test_a_phrase_is_found_whatever_its_case_and_spaces_but_not_in_what_nobody_sees() -> None:
    page = b"<p>We stock\n 15&nbsp;local <b>Producers</b></p><script>for ever</script><style>x</style>"
    assert says(page, look=Look.PHRASE, what="15 local producers").passed
    assert not says(page, look=Look.PHRASE, what="for ever").passed
    assert not says(page, look=Look.PHRASE, what="16 local producers").passed


@pytest.mark.parametrize(("number", "passed"), [("3", True), ("2", True), ("4", False)])
def test_elements_are_counted_by_a_selector(number: str, passed: bool) -> None:
    found = says(LIST, look=Look.COUNT, what="ul.producers li", number=Decimal(number))
    assert found == Found(passed, "3")


def test_at_most_so_many_is_the_other_way_round() -> None:
    few = {"look": Look.COUNT, "what": "li", "compare": Compare.AT_MOST}
    assert says(LIST, number=Decimal(3), **few).passed
    assert not says(LIST, number=Decimal(2), **few).passed


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b'{"stock": {"local": 15}}', Found(True, "15")),
        (b'{"stock": {"local": 14.99}}', Found(False, "14.99")),
        (b'{"stock": {"local": [1, 2, 3]}}', Found(False, "3")),
        (b'{"stock": {"local": "15"}}', Found(False)),
        (b'{"stock": {"local": true}}', Found(False)),
        (b'{"stock": {"local": NaN}}', Found(False)),
        (b'{"stock": {}}', Found(False)),
        (b"<p>no JSON</p>", Found(False)),
        (b"[" * 100_000, Found(False)),
    ],
)
def test_a_number_is_read_by_its_path_and_anything_else_is_none(body: bytes, found: Found) -> None:
    page = Page(body, "application/json")
    assert says(page, look=Look.NUMBER, what="$.stock.local", number=Decimal(15)) == found


@pytest.mark.parametrize(
    ("page", "what", "found"),
    [
        (Page(b"", modified="Sun, 07 Mar 2027 08:00:00 GMT"), "", Found(True, "2027-03-07")),
        (Page(b"", modified="Sat, 06 Mar 2027 08:00:00 GMT"), "", Found(False, "2027-03-06")),
        (Page(b"", modified="yesterday"), "", Found(False)),
        (Page(b""), "", Found(False)),
        (Page(b"<time datetime='2027-04-01'>1 April</time>"), "time", Found(True, "2027-04-01")),
        (Page(b"<p class=date>2027-03-01</p>"), ".date", Found(False, "2027-03-01")),
        (Page(b"<p class=date>soon</p>"), ".date", Found(False)),
        (Page(b"<p>nothing</p>"), ".date", Found(False)),
    ],
)
def test_a_document_has_to_be_from_after_the_day(page: Page, what: str, found: Found) -> None:
    assert says(page, look=Look.DATED, what=what) == found


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"url": "shop.example"}, "url"),
        ({"url": "ftp://shop.example/"}, "url"),
        ({"url": "https://me:secret@shop.example/"}, "url"),
        ({"look": "smell"}, "look"),
        ({"look": "phrase", "what": " "}, "what"),
        ({"what": "ul..producers"}, "what"),
        ({"what": "li:nth-child("}, "what"),
        ({"look": "number", "what": "$.["}, "what"),
        ({"look": "number", "what": "$.a[?@.b > 1]"}, "what"),
        ({"number": None}, "number"),
        ({"number": "-1"}, "number"),
        ({"number": "many"}, "number"),
        ({"number": "Infinity"}, "number"),
        ({"compare": "about"}, "compare"),
    ],
)
def test_what_cannot_be_looked_for_is_refused_with_its_field(wrong: dict[str, Any], field: str) -> None:
    right = {"url": URL, "look": "count", "what": "ul.producers li", "number": "15"}
    assert watching.read(right) is not None
    with pytest.raises(Invalid) as refused:
        watching.read(right | wrong)
    assert refused.value.field == field


def test_what_was_written_down_is_read_back() -> None:
    for watch in (
        Watch(URL, Look.PHRASE, "15 local producers"),
        Watch(URL, Look.COUNT, "li", Decimal(15)),
        Watch(URL, Look.NUMBER, "$.a", Decimal("1.5"), Compare.AT_MOST),
        Watch(URL, Look.DATED),
    ):
        assert watching.read(watch.wire) == watch
    assert watching.read(None) is None


@given(some.binary(max_size=400), some.sampled_from(["text/html", "application/json", "application/pdf", ""]))
def test_no_page_whatever_stands_in_it_breaks_a_look(body: bytes, media_type: str) -> None:
    for watch in (
        Watch(URL, Look.PHRASE, "kept"),
        Watch(URL, Look.COUNT, "li", Decimal(1)),
        Watch(URL, Look.NUMBER, "$.a", Decimal(1)),
        Watch(URL, Look.DATED, "time"),
    ):
        assert not watching.evaluate(watch, Page(body, media_type, "utf-9"), DAY).passed
