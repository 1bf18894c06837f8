"""The publish checklist: what a draft still lacks, by the field where it is filled in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from campaigns import gaps
from campaigns.values import Disclosure, GoAhead, NamedBusiness, Pledging
from core.errors import Invalid
from tests.factories import CLOSING, LAST, NOW, OPENING, make_bidding, make_campaign, make_window, with_named_business

HOUR = timedelta(hours=1)
NAMED = {"bidding": None, "business": NamedBusiness("Cafe Morgenrot")}


def missing(**changes: Any) -> dict[str, str]:
    return {line.field: line.missing for line in gaps.checklist(make_campaign(**changes), NOW) if line.missing}


def test_a_complete_draft_lacks_nothing():
    assert missing() == {}
    gaps.demand_none(make_campaign(), NOW)
    gaps.demand_none(with_named_business(), NOW)


def test_an_empty_draft_lacks_everything_that_has_no_default():
    empty = {"title": "", "story": "", "place": "", "timezone": "", "currency": "", "windows": (), "bidding": None}
    assert set(missing(**empty, disclosure=None)) == {*empty, "disclosure"}


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"windows": ()}, "windows", "when and where"),
        ({"windows": (make_window(NOW, NOW + HOUR),), **NAMED}, "windows", "must lie ahead"),
        ({"go_ahead": GoAhead(at=OPENING + HOUR)}, "go_ahead", "first opening or before"),
        ({"go_ahead": GoAhead(at=NOW)}, "go_ahead", "must lie ahead"),
        ({"pledging": Pledging(OPENING, OPENING)}, "pledging", "end after it begins"),
        ({"pledging": Pledging(OPENING + HOUR, LAST)}, "pledging", "before the go-ahead is decided"),
        ({"pledging": Pledging(OPENING - HOUR, LAST), "go_ahead": GoAhead(at=OPENING - 2 * HOUR)}, "pledging", "begin"),
        ({"pledging": Pledging(closes_at=LAST + HOUR)}, "pledging", "last window or before"),
        ({"bidding": None}, "bidding", "name the one business"),
        ({"bidding": make_bidding(closes_at=None)}, "bidding", "when bidding closes"),
        ({"bidding": make_bidding(closes_at=NOW)}, "bidding", "in the future"),
        ({"bidding": make_bidding(closes_at=OPENING)}, "bidding", "before the day"),
        ({"bidding": None, "business": NamedBusiness("")}, "bidding", "name the business"),
        ({"business": NamedBusiness("Cafe")}, "bidding", "either bidding, or one named business"),
        ({"disclosure": Disclosure("none", "")}, "disclosure", "income and ties"),
    ],
)
def test_each_gap_is_named_where_it_is_filled_in(changes: dict[str, Any], field: str, words: str):
    found = missing(**changes)
    assert set(found) == {field}
    assert words in found[field]


@pytest.mark.parametrize(
    "changes",
    [
        {"go_ahead": GoAhead(at=OPENING)},
        {"pledging": Pledging(CLOSING, LAST)},
        {"bidding": make_bidding(closes_at=OPENING - HOUR)},
        {"windows": (make_window(), make_window(OPENING + 24 * HOUR, LAST + 24 * HOUR, "sunday"))},
    ],
)
def test_what_lies_on_the_very_edge_is_fine(changes: dict[str, Any]):
    assert missing(**changes) == {}


def test_opening_names_all_gaps_at_once():
    with pytest.raises(Invalid) as wrong:
        gaps.demand_none(make_campaign(title="", place=""), NOW)
    assert [e.field for e in wrong.value.errors] == ["title", "place"]


def test_only_the_lines_asked_for_can_be_checked():
    gaps.demand_none(make_campaign(title=""), NOW, {"windows", "pledging"})
    with pytest.raises(Invalid):
        gaps.demand_none(make_campaign(windows=()), NOW, {"windows", "pledging"})


def test_every_line_links_to_the_step_where_it_is_filled_in():
    assert {line.step for line in gaps.checklist(make_campaign(), NOW)} == {
        "story",
        "place",
        "day",
        "bidding",
        "disclosure",
    }


# Values that cannot be built wrong


def test_a_window_ends_after_it_begins_and_within_a_month():
    for opens, closes in ((OPENING, OPENING), (LAST, OPENING), (OPENING, OPENING + timedelta(days=32))):
        with pytest.raises(Invalid) as wrong:
            make_window(opens, closes)
        assert wrong.value.field == "closes_at"
    assert make_window(OPENING, OPENING + timedelta(days=31)).closes_at == OPENING + timedelta(days=31)


def test_the_first_opening_and_the_last_closing_span_all_windows():
    sunday = make_window(OPENING + 24 * HOUR, LAST + 24 * HOUR, "sunday")
    campaign = make_campaign(windows=(sunday, make_window()))
    assert (campaign.first_opening, campaign.last_closing) == (OPENING, LAST + 24 * HOUR)
    assert campaign.go_ahead_at == OPENING
    assert campaign.pledging_closes_at == LAST + 24 * HOUR
    assert campaign.window("sunday") == sunday
    with pytest.raises(Invalid):
        campaign.window("monday")
