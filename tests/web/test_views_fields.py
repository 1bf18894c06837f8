"""Forms are read with every refusal kept, in the names of the fields that were typed into."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from campaigns.values import GoalKind
from core.errors import Invalid
from tests.factories import eur
from web.views.fields import Fields, rows


def test_what_is_right_is_read_as_people_type_it() -> None:
    typed = {"share": "12,5", "amount": "1.234,50 €", "at": "2027-06-12T09:00", "due": "2027-09-30", "kind": "takings"}
    fields = Fields(typed, "de")
    assert fields.number("share") == Decimal("12.5")
    assert fields.money("amount", "EUR") == eur("1234.50")
    assert fields.instant("at", "Europe/Berlin") == datetime(2027, 6, 12, 7, tzinfo=UTC)
    assert fields.day("due") == date(2027, 9, 30)
    assert fields.choice("kind", GoalKind, GoalKind.NONE) == GoalKind.TAKINGS
    fields.check()


def test_everything_refused_is_named_at_once() -> None:
    fields = Fields({"share": "much", "due": "soon", "count": "1.5", "title": "\x00"}, "en")
    assert fields.number("share") is None
    fields.day("due")
    fields.whole("count")
    fields.text("title", 100)
    fields.require(False, "more", "please fill this in")
    with pytest.raises(Invalid) as refused:
        fields.check()
    assert [error.field for error in refused.value.errors] == ["share", "due", "count", "title", "more"]


def test_what_is_empty_is_not_refused() -> None:
    fields = Fields({"share": " ", "kind": "nonsense"}, "en")
    assert (fields.number("share"), fields.instant("at", "UTC"), fields.day("due")) == (None, None, None)
    assert fields.choice("kind", GoalKind, GoalKind.NONE) == GoalKind.NONE
    fields.check()


def test_a_local_time_that_clocks_skip_is_refused() -> None:
    fields = Fields({"at": "2027-03-28T02:30"}, "en")
    fields.instant("at", "Europe/Berlin")
    with pytest.raises(Invalid) as refused:
        fields.check()
    assert "does not exist" in str(refused.value)


def test_rows_are_the_numbers_of_a_list() -> None:
    names = ["windows.0.venue", "windows.12.id", "windows.x.id", "windowsill.3.id", "windows.0.id", "windows.1234.id"]
    assert rows(names, "windows") == [0, 12]
