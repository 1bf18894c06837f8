"""What the archive reads out of the real file, and what it leaves as words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from campaigns.archive.figures import Kind, Quantity
from campaigns.archive.rows import COLUMNS, Row, decode, read_rows
from campaigns.archive.rules import Became, became, by_date, published_bids, read_campaign, summary

FILE = Path(__file__).parents[2] / "data" / "real-campaigns.csv"
ROWS = {row.id: row for row in read_rows(decode(FILE.read_bytes()))}
FILED = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
REAL = {key: read_campaign(row, FILE.name, FILED) for key, row in ROWS.items()}


def make_row(**cells: str) -> Row:
    empty = dict.fromkeys(COLUMNS, "")
    return Row(
        **(empty | {"id": "X1", "business": "Shop", "currency": "EUR", "sources": "https://example.org/"} | cells)
    )


def make_campaign(**cells: str):
    return read_campaign(make_row(**cells), "file.csv", FILED)


def about(figure: Quantity) -> tuple[Kind, int | float | None, int | float | None, str]:
    return figure.kind, _plain(figure.low), _plain(figure.high), figure.unit


def _plain(value: Decimal | None) -> int | float | None:
    return None if value is None else float(value)


# The figures of the real file


def test_a_plain_number_is_exact():
    assert about(REAL["C3"].takings) == (Kind.EXACT, 2000.84, 2000.84, "EUR")
    assert REAL["C3"].takings.low == Decimal("2000.84")
    assert about(REAL["C16"].people) == (Kind.EXACT, 1191, 1191, "people")


def test_approx_marks_a_figure_as_approximate():
    assert about(REAL["C8"].takings) == (Kind.APPROXIMATE, 5500, 5500, "USD")
    assert about(REAL["C9"].takings) == (Kind.APPROXIMATE, 10000, 10000, "CAD")
    assert about(REAL["C18"].people) == (Kind.APPROXIMATE, 50, 50, "people")


def test_over_is_at_least():
    for key, number in (("C3", 400), ("C8", 500), ("C15", 100)):
        assert about(REAL[key].people) == (Kind.AT_LEAST, number, None, "people")


def test_nearly_is_below():
    assert about(REAL["C21"].people) == (Kind.BELOW, None, 200, "people")
    assert REAL["C21"].people.words == ("200", "nearly 200")


def test_hundreds_is_an_order_of_size_and_no_number():
    people = REAL["C1"].people
    assert about(people) == (Kind.APPROXIMATE, 100, 999, "people")
    assert people.words == ("hundreds",)
    assert people.is_span


def test_two_numbers_are_a_range():
    assert about(REAL["C12"].people) == (Kind.RANGE, 100, 150, "people")


def test_an_empty_cell_is_unknown_and_never_zero():
    for figure in (REAL["C15"].takings, REAL["C13"].people, REAL["C2"].committed, REAL["C24"].takings):
        assert figure.kind is Kind.UNKNOWN
        assert figure.value is None


def test_a_zero_that_was_written_is_a_real_zero():
    assert about(REAL["C18"].committed) == (Kind.EXACT, 0, 0, "AUD")


def test_three_sources_with_three_baselines_are_disputed_each_in_its_words():
    baseline = REAL["C1"].baseline
    assert baseline.kind is Kind.DISPUTED
    assert [(about(claim), claim.said_by, claim.words) for claim in baseline.claims] == [
        ((Kind.RANGE, 1000, 2000, "USD"), "magree", ("1,000-2,000",)),
        ((Kind.EXACT, 1800, 1800, "USD"), "redwoodacres", ("1,800",)),
        ((Kind.RANGE, 2000, 3000, "USD"), "gogreenplus", ("2,000-3,000",)),
    ]
    assert baseline.words == (ROWS["C1"].baseline,)


def test_a_baseline_told_in_comparison_keeps_its_own_unit():
    assert [about(claim)[0::3] for claim in REAL["C3"].baseline.claims] == [
        (Kind.UNKNOWN, "EUR"),
        (Kind.EXACT, "times"),
        (Kind.EXACT, "times"),
    ]
    assert about(REAL["C6"].baseline) == (Kind.AT_LEAST, 2, None, "times")
    assert about(REAL["C15"].baseline) == (Kind.EXACT, 2, 2, "times")
    assert about(REAL["C12"].baseline) == (Kind.EXACT, 60, 60, "percent more")


def test_a_baseline_in_money_keeps_the_words_that_say_for_what():
    assert about(REAL["C8"].baseline) == (Kind.EXACT, 2000, 2000, "USD")
    assert REAL["C8"].baseline.words == ("2000 for the same Saturday hours",)
    assert about(REAL["C21"].baseline) == (Kind.EXACT, 350, 350, "USD")


def test_what_no_rule_can_read_stays_as_words():
    customers = REAL["C16"].baseline
    assert customers.kind is Kind.UNKNOWN
    assert customers.words == ("+1/3 customers vs typical Saturday",)


def test_two_lengths_are_disputed_and_each_points_to_its_own_page():
    lasted = REAL["C3"].duration
    assert [(about(claim), claim.said_by, claim.sources) for claim in lasted.claims] == [
        ((Kind.EXACT, 3, 3, "hours"), "avocadostore", (REAL["C3"].sources[0],)),
        ((Kind.EXACT, 4, 4, "hours"), "geb-info", (REAL["C3"].sources[1],)),
    ]
    assert [(claim.words, claim.said_by) for claim in REAL["C1"].duration.claims] == [
        (("4-hour",), ""),
        (("three hours",), "others"),
    ]


def test_opening_hours_give_a_length():
    assert about(REAL["C16"].duration) == (Kind.EXACT, 6, 6, "hours")
    assert about(REAL["C15"].duration) == (Kind.EXACT, 4, 4, "hours")
    assert about(REAL["C24"].duration) == (Kind.EXACT, 20, 20, "days")
    assert about(make_campaign(bid_basis="revenue 22:00-01:30").duration) == (Kind.EXACT, 3.5, 3.5, "hours")


def test_hours_before_closing_are_no_length():
    assert REAL["C21"].duration.kind is Kind.UNKNOWN


def test_others_who_say_something_else_are_heard():
    first, others = REAL["C1"].takings.claims
    assert about(first) == (Kind.EXACT, 9400, 9400, "USD")
    assert (about(others), others.said_by, others.words) == (
        (Kind.AT_LEAST, 9000, None, "USD"),
        "others",
        ("over 9,000",),
    )


def test_one_sum_with_two_names_is_disputed():
    takings = REAL["C6"].takings
    zeit, co2online = REAL["C6"].sources[1], REAL["C6"].sources[0]
    assert [(_plain(claim.value), claim.words, claim.said_by, claim.sources) for claim in takings.claims] == [
        (2300, ("'Zusatzgeschaeft'",), "Zeit", (zeit,)),
        (2300, ("Umsatz",), "co2online", (co2online,)),
    ]


def test_takings_that_may_be_the_share_of_them_are_disputed():
    assert [(_plain(claim.value), claim.words) for claim in REAL["C16"].takings.claims] == [
        (7566, ("takings",)),
        (7566, ("the 60%",)),
    ]
    committed = REAL["C10"].committed
    assert [about(claim)[:3] for claim in committed.claims] == [(Kind.BELOW, None, 3000)] * 2
    assert committed.words == ("3000", "knapp 3.000")
    assert REAL["C10"].takings.kind is Kind.UNKNOWN


def test_a_count_before_closing_is_at_least():
    counted, named = REAL["C21"].takings.claims
    assert about(counted) == (Kind.AT_LEAST, 1100, None, "USD")
    assert (named.words, named.said_by) == (("'profits'",), "source")


def test_extra_profit_is_not_taken_for_takings():
    assert REAL["C2"].takings.kind is Kind.UNKNOWN
    assert REAL["C2"].takings.words == ("3250", "this is the EXTRA profit, not takings")
    assert about(REAL["C2"].extra_profit) == (Kind.EXACT, 3250, 3250, "EUR")


def test_a_share_above_a_hundred_is_kept():
    assert about(REAL["C12"].share) == (Kind.EXACT, 110, 110, "percent")


def test_a_bid_without_a_share_stays_in_words():
    assert REAL["C18"].share.kind is Kind.UNKNOWN
    assert REAL["C18"].share.words == ("veggie garden",)


def test_two_sources_with_two_bases_are_told_apart():
    assert [(saying.words, saying.said_by) for saying in REAL["C12"].basis] == [
        ("day revenue", "BIV"),
        ("day profit", "Courier"),
    ]
    assert [saying.words for saying in REAL["C1"].basis] == ["revenue net of ~11% tax/CRV"]
    assert REAL["C18"].basis == ()


def test_competitors_are_disputed_where_sources_differ():
    assert [(_plain(claim.value), claim.words) for claim in REAL["C12"].competitors.claims] == [
        (4, ("4 others",)),
        (8, ("8 clips",)),
    ]
    assert make_campaign(caveat="competitors: about 5").competitors.kind is Kind.APPROXIMATE
    assert REAL["C1"].competitors.kind is Kind.UNKNOWN


def test_carbon_saved_keeps_its_unit():
    assert about(REAL["C10"].carbon) == (Kind.APPROXIMATE, 3059, 3059, "kg CO2/yr")
    assert about(REAL["C13"].carbon) == (Kind.EXACT, 6, 6, "t CO2/yr")
    assert about(REAL["C15"].carbon) == (Kind.APPROXIMATE, 2.48, 2.48, "t")
    assert REAL["C3"].carbon.kind is Kind.UNKNOWN


def test_a_date_is_exact_inferred_bounded_or_somewhere_in_a_year():
    assert (REAL["C3"].when.kind, REAL["C3"].when.value) == (Kind.EXACT, date(2009, 6, 13))
    assert (REAL["C18"].when.kind, REAL["C18"].when.value) == (Kind.APPROXIMATE, date(2011, 11, 17))
    assert REAL["C18"].when.words == ("2011-11-17", "year inferred from Occupy reference")
    assert (REAL["C2"].when.kind, REAL["C2"].when.value) == (Kind.BELOW, date(2009, 4, 23))
    late = REAL["C15"].when
    assert (late.kind, late.low, late.high) == (Kind.APPROXIMATE, date(2010, 1, 1), date(2010, 12, 31))
    assert make_campaign(caveat="before 2010-02-30").when.kind is Kind.UNKNOWN


def test_a_currency_that_was_assumed_is_marked():
    assert [key for key, campaign in REAL.items() if campaign.currency_assumed] == ["C9"]


def test_a_named_source_is_the_figures_source_and_else_all_pages_are():
    assert REAL["C6"].people.sources == (
        "https://blog.zeit.de/gruenegeschaefte/2009/12/04/carrotmobs-der-positive-boykott",
    )
    assert REAL["C13"].takings.sources == REAL["C13"].sources
    for campaign in REAL.values():
        assert all(figure.sources for _, figure in campaign.figures)


def test_names_stand_unaltered():
    named = {campaign.business for campaign in REAL.values()}
    assert {"K&D Market", "eve & adam's", "mm! Leckerbar", "il Pomodoro", "G's Fine Foods"} <= named
    assert REAL["C15"].city == "Melbourne (Brunswick West)"


def test_no_word_of_the_file_is_lost():
    for campaign in REAL.values():
        told = [campaign.id, campaign.city, campaign.country, campaign.business, campaign.currency, campaign.bid]
        told += [campaign.outcome.words, *campaign.notes, *campaign.sources]
        told += [word for _, figure in campaign.figures for word in figure.words]
        everything = "\n".join([*told, campaign.basis_words])
        cells = [cell for column in COLUMNS for cell in getattr(campaign.row, column).split(" | ")]
        assert [cell for cell in cells if cell not in everything] == []


def test_a_number_cell_and_its_note_that_contradict_each_other_are_disputed():
    people = make_campaign(people="400", people_note="over 500").people
    assert [about(claim)[:3] for claim in people.claims] == [(Kind.EXACT, 400, 400), (Kind.AT_LEAST, 500, None)]


# What became of it


@pytest.mark.parametrize(
    ("key", "word"),
    [
        ("C1", Became.IMPLEMENTED),
        ("C2", Became.PLANNED),
        ("C3", Became.UNKNOWN),
        ("C6", Became.PLANNED),
        ("C8", Became.UNKNOWN),
        ("C9", Became.UNKNOWN),
        ("C10", Became.PLANNED),
        ("C12", Became.PLANNED),
        ("C13", Became.IMPLEMENTED),
        ("C15", Became.IMPLEMENTED),
        ("C16", Became.PLANNED),
        ("C18", Became.FAILED),
        ("C21", Became.UNKNOWN),
        ("C24", Became.UNKNOWN),
    ],
)
def test_an_outcome_is_sorted_with_care_and_keeps_its_words(key: str, word: Became):
    assert REAL[key].outcome.became is word
    assert REAL[key].outcome.words == ROWS[key].outcome


def test_what_is_partly_done_is_not_called_done():
    assert became("lamps installed; fridge planned") is Became.PLANNED
    assert became("lamps never installed") is Became.UNKNOWN
    assert became("") is Became.UNKNOWN


# Lists and sums


def test_published_bids_stand_side_by_side_with_what_they_are_a_share_of():
    bids = {bid.campaign: bid for bid in published_bids(list(REAL.values()))}
    assert (_plain(bids["C2"].share.value), bids["C2"].basis_words) == (51, "extra profit")
    assert bids["C9"].words == "100% + 15 Local Food Plus products"


def test_the_summary_counts_what_is_known_and_adds_no_money():
    found = summary(list(REAL.values()))
    assert (found.campaigns, found.first_year, found.last_year) == (14, 2008, 2013)
    assert found.countries == ("AU", "CA", "DE", "FI", "US")
    takings = next(figure for figure in found.figures if figure.figure == "takings")
    assert (takings.exact, takings.approximate, takings.disputed, takings.unknown, takings.known) == (3, 2, 4, 5, 9)
    assert all(figure.known + figure.unknown == 14 for figure in found.figures)
    assert dict(found.outcomes) == {
        Became.IMPLEMENTED: 3,
        Became.PLANNED: 5,
        Became.FAILED: 1,
        Became.UNKNOWN: 5,
    }


def test_the_summary_of_nothing_is_empty():
    assert (summary([]).campaigns, summary([]).first_year, summary([]).figures[0].known) == (0, None, 0)


def test_campaigns_stand_in_the_order_in_which_they_were():
    order = [campaign.id for campaign in by_date([make_campaign(id="X1"), *REAL.values()])]
    assert order[:3] == ["C1", "C2", "C3"]
    assert order[-2:] == ["C21", "X1"]
