"""Numbers as people write them in running text, and figures that cannot be built wrong."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.archive.estimates import NUMERALS, mentioned, read_estimate
from campaigns.archive.figures import Figure, Kind, Quantity


@pytest.mark.parametrize(
    ("text", "kind", "low", "high"),
    [
        ("1,657.50", Kind.EXACT, "1657.50", "1657.50"),
        ("1.657,50", Kind.EXACT, "1657.50", "1657.50"),
        ("7,5", Kind.EXACT, "7.5", "7.5"),
        ("knapp 3.000", Kind.BELOW, None, "3000"),
        ("~2.48", Kind.APPROXIMATE, "2.48", "2.48"),
        ("400+", Kind.AT_LEAST, "400", None),
        ("more than three", Kind.AT_LEAST, "3", None),
        ("about 100-150", Kind.APPROXIMATE, "100", "150"),
        ("100 to 150", Kind.RANGE, "100", "150"),
    ],
)
def test_a_number_is_read_as_people_write_it(text: str, kind: Kind, low: str | None, high: str | None):
    figure = read_estimate(text, "EUR")
    assert figure is not None
    assert (figure.kind, figure.low, figure.high) == (
        kind,
        low if low is None else Decimal(low),
        high if high is None else Decimal(high),
    )
    assert figure.words == (text,)


@pytest.mark.parametrize(
    "text", ["", "many", "150-100", "-5", "over 100-150", "1,00,000", "12.", "1e5", "٤٠٠", "400 or 500"]
)
def test_what_is_no_number_is_not_guessed(text: str):
    assert read_estimate(text, "people") is None


QUALIFIED = {
    Kind.EXACT: ("",),
    Kind.APPROXIMATE: ("approx ", "about ", "around ", "~", "ca. "),
    Kind.AT_LEAST: ("over ", "at least ", "more than ", ">"),
    Kind.BELOW: ("nearly ", "almost ", "under ", "knapp "),
}
AMOUNTS = st.decimals(min_value=0, max_value=10**12, places=2)


@given(amount=AMOUNTS, kind=st.sampled_from(list(QUALIFIED)), choice=st.integers(0, 4), grouped=st.booleans())
def test_a_number_that_was_written_is_read_back(amount: Decimal, kind: Kind, choice: int, grouped: bool):
    words = QUALIFIED[kind][choice % len(QUALIFIED[kind])]
    figure = read_estimate(f"{words}{amount:,}" if grouped else f"{words}{amount}", "EUR")
    assert figure is not None
    assert (figure.kind, figure.value) == (kind, amount)


@given(bounds=st.tuples(AMOUNTS, AMOUNTS).filter(lambda pair: pair[0] < pair[1]), dash=st.sampled_from("-–"))
def test_a_range_that_was_written_is_read_back(bounds: tuple[Decimal, Decimal], dash: str):
    figure = read_estimate(f"{bounds[0]:,}{dash}{bounds[1]:,}", "EUR")
    assert figure == Figure(Kind.RANGE, "EUR", *bounds, words=(f"{bounds[0]:,}{dash}{bounds[1]:,}",))


WORDS = st.lists(
    st.sampled_from(
        [*"0123456789,.;:-+%'() /~", "over ", "others say ", "unclear if ", "12:00", "h", "hours", *NUMERALS]
    )
    | st.text(max_size=3),
    max_size=25,
).map("".join)


@given(text=WORDS)
def test_any_text_is_read_without_a_crash(text: str):
    for figure in (read_estimate(text, "EUR"), *mentioned(text, "EUR")):
        assert figure is None or figure.is_known


@pytest.mark.parametrize(
    ("kind", "low", "high"),
    [
        (Kind.UNKNOWN, 0, 0),
        (Kind.EXACT, 1, 2),
        (Kind.RANGE, 2, 1),
        (Kind.AT_LEAST, 1, 2),
        (Kind.DISPUTED, None, None),
    ],
)
def test_a_wrong_figure_cannot_be_built(kind: Kind, low: int | None, high: int | None):
    with pytest.raises(ValueError, match=r"bounds|is not|disputed"):
        Quantity(kind, "EUR", None if low is None else Decimal(low), None if high is None else Decimal(high))
