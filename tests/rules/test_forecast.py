"""The forecast: a range from mobs that ended, spread over the hours by what people chose, exact until it is shown."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from campaigns.archive.rows import read_rows
from campaigns.archive.rules import ArchivedCampaign, read_campaign, spent_a_head
from campaigns.forecast import ASSUMED, Ended, Guess, Rate, forecast, rate_of
from campaigns.slots import Slot
from campaigns.tally import Crowd
from campaigns.values import Slots, Window
from core.errors import Invalid
from tests.pledges.factories import OPENING, euro, make_campaign
from tests.rules.test_archive_rows import make_file

ALL = Rate(Fraction(50), Fraction(100), Fraction(150))


def crowd(people: int, amount: str) -> Crowd:
    return Crowd(people, euro(amount))


def test_too_few_mobs_say_less_than_an_assumption():
    assert rate_of([Ended(100, 70), Ended(100, 90), Ended(0, 12)]) is ASSUMED


def test_the_range_runs_from_the_lowest_to_the_highest_mob():
    found = rate_of([Ended(200, 184, 10), Ended(100, 61, 40), Ended(3, 2), Ended(10, 12, 1)])
    assert found == Rate(Fraction(61), Fraction(200, 3), Fraction(120), 4, on_top=Fraction(5))


def test_who_ended_counts_everybody_who_could_be_expected():
    people = {"confirmed": 40, "joined_late": 6, "without_address": 4, "pledged": 70}
    assert Ended.of({name: {"people": count} for name, count in people.items()}, 45, 3) == Ended(50, 45, 3)


def test_another_rate_moves_the_middle_and_widens_the_range_where_it_must():
    assert ASSUMED.at(None) is ASSUMED
    assert ASSUMED.at(Decimal(95)) == Rate(Fraction(60), Fraction(95), Fraction(95))
    for percent in ("0", "-3", "301"):
        with pytest.raises(Invalid) as refused:
            ASSUMED.at(Decimal(percent))
        assert refused.value.field == "rate"


def test_who_chose_no_time_is_spread_evenly_over_the_hours():
    found = forecast(make_campaign(), {None: crowd(30, "90")}, ALL)
    assert [piece.people for piece in found.pieces] == [Guess(Fraction(15, 2), Fraction(15), Fraction(45, 2))] * 2
    assert found.takings.money("EUR") == (euro("45"), euro("90"), euro("135"))


def test_who_chose_a_time_comes_in_it_also_across_a_full_hour():
    opening = OPENING.replace(minute=30)
    window = Window("w", opening, opening + timedelta(hours=2))
    campaign = make_campaign(windows=(window,), slots=Slots(60))
    found = forecast(campaign, {Slot("w", 0): crowd(10, "20"), Slot("gone", 0): crowd(4, "4")}, ALL)
    assert [piece.closes_at.minute for piece in found.pieces] == [0, 0, 30]
    assert [piece.people.likely for piece in found.pieces] == [6, 7, 1]
    assert sum(piece.takings.likely for piece in found.pieces) == found.takings.likely == 2400


def test_the_pieces_always_sum_to_the_whole():
    campaign = make_campaign(slots=Slots(50))
    found = forecast(campaign, {None: crowd(7, "13.37"), Slot("w", 100): crowd(3, "0.10")}, ASSUMED)
    for name in ("people", "takings"):
        for bound in ("low", "likely", "high"):
            assert sum(getattr(getattr(p, name), bound) for p in found.pieces) == getattr(getattr(found, name), bound)


def test_a_week_is_forecast_by_local_days_and_two_venues_stay_apart():
    week = (Window("w", OPENING, OPENING + timedelta(days=3)),)
    found = forecast(make_campaign(windows=week), {None: crowd(72, "72")}, ALL)
    assert found.by_day
    assert [round(piece.people.likely) for piece in found.pieces] == [11, 24, 24, 13]
    two = tuple(Window(id_, OPENING, OPENING + timedelta(hours=1)) for id_ in ("a", "b"))
    apart = forecast(make_campaign(windows=two, slots=Slots(60)), {Slot("b", 0): crowd(9, "9")}, ALL)
    assert [(piece.window, piece.people.likely) for piece in apart.pieces] == [("a", 0), ("b", 9)]


@pytest.mark.parametrize(("opens", "hours"), [("2027-03-28T00:30", 3), ("2027-10-31T00:30", 3)])
def test_the_hours_stay_hours_when_clocks_are_changed(opens: str, hours: int):
    opening = datetime.fromisoformat(opens).replace(tzinfo=UTC)
    window = Window("w", opening, opening + timedelta(hours=hours))
    found = forecast(make_campaign(windows=(window,)), {None: crowd(60, "60")}, ALL)
    lengths = [(piece.closes_at - piece.opens_at) / timedelta(minutes=30) for piece in found.pieces]
    assert lengths == [1, 2, 2, 1]


def test_money_is_shown_in_whole_units():
    assert Guess(Fraction(149), Fraction(250), Fraction(1050)).money("EUR") == (euro("1"), euro("2"), euro("10"))


def archived(**cells: str) -> ArchivedCampaign:
    unknown = dict.fromkeys(("takings", "takings_note", "people", "people_note", "committed_money", "caveat"), "")
    return read_campaign(read_rows(make_file({**unknown, **cells}))[0], "file", OPENING)


def test_the_archive_says_what_tills_took_a_head_where_both_figures_are_told():
    told = [
        archived(currency="EUR", takings="2000", people="400", people_note="over 400"),
        archived(currency="EUR", takings="600", people="100"),
        archived(currency="EUR", takings="900"),
        archived(currency="USD", takings="5500", people="500"),
    ]
    found = spent_a_head(told, "EUR")
    assert found
    assert (found.low, found.high, found.campaigns) == (Decimal(5), Decimal(6), 2)
    assert spent_a_head(told, "GBP") is None
