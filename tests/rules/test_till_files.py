"""The till's own file: how it is written hardly matters, and nothing in it is counted twice or left out in silence."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.values import Campaign, Window
from core.errors import Invalid
from core.money import Money
from pledges.till_files import Columns, Look, Mark, Order, cells, look, open_table, propose
from pledges.till_files.values import MOST_BYTES, MOST_LINES
from tests.pledges.factories import euro, make_campaign

NINE = datetime(2027, 6, 12, 7, tzinfo=UTC)
"""Nine in the morning where the campaign is."""
MORNING = Window("w1", NINE, NINE + timedelta(hours=3))
EVENING = Window("w2", NINE + timedelta(hours=9), NINE + timedelta(hours=12))
CAMPAIGN = make_campaign(windows=(MORNING, EVENING))


def seen(text: str | bytes, campaign: Campaign = CAMPAIGN, **columns: Any) -> Look:
    table = open_table(text if isinstance(text, bytes) else text.encode(), "file")
    return look(table, propose(table.heads, Columns(**columns) if columns else None), campaign, campaign.windows)


def told(found: Look) -> list[tuple[int, str, str]]:
    return [(refused.line, refused.column, str(refused.message)) for refused in found.refused]


GERMAN = """Bella Café;;;;
Tagesbericht 12.06.2027;;;;

Bon-Nr;Datum;Uhrzeit;Betrag (EUR);MwSt;Menge;Gäste
1;12.06.2027;09:04;3,50 €;0,56;1;1
2;12.06.2027;11:59:59;1.234,50;197,10;3;2
3;12.06.2027;12:00;9,99;1,00;1;1
4;12.06.2027;18:30;"12,50";2,00;2;1
5;12.06.2027;19:00;-2,50;-0,40;-1;
Summe;;;1.257,99;;;
"""


def test_a_till_of_a_german_shop_is_summed_for_each_window():
    found = seen(GERMAN)
    morning, evening = found.windows
    assert morning.lines == evening.lines == 2
    assert morning.figures
    assert evening.figures
    assert (morning.figures.takings, morning.figures.tax) == (euro("1238.00"), euro("197.66"))
    assert (morning.figures.units, morning.figures.transactions, morning.figures.customers) == (4, 2, 3)
    assert (evening.figures.takings, evening.figures.units) == (euro("10.00"), 1)


def test_what_is_left_out_is_listed_by_its_line():
    found = seen(GERMAN)
    assert [(sale.line, sale.receipt, sale.amount) for sale in found.outside] == [(7, "3", euro("9.99"))]
    assert found.empty == (10,)
    assert (found.refunds, found.refused) == (1, ())
    assert [sale.line for sale in found.first] == [5, 6, 8]


def test_a_refund_takes_from_the_takings_and_is_no_receipt():
    assert seen(GERMAN).windows[1].figures == seen(GERMAN).counts["w2"]
    assert seen(GERMAN).counts["w2"].transactions == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_encoding_gives_the_same_sums(encoding: str):
    assert seen(GERMAN.encode(encoding)) == seen(GERMAN)


@pytest.mark.parametrize("content", [b"\x00\x01\x02\x03" * 50, b"\x89PNG\r\n\x1a\n\x00\x00"])
def test_what_is_no_text_is_refused(content: bytes):
    with pytest.raises(Invalid, match="not a text file"):
        open_table(content, "file")


def test_an_american_till_with_months_first_and_a_thousands_comma():
    text = 'Date,Total,Transaction ID\n6/12/2027 9:30 AM,"$1,234.50",a\n6/12/2027 12:00 PM,$2.00,b\n'
    found = seen(text, make_campaign(windows=(MORNING,), currency="USD"))
    assert [(s.window, s.figures and str(s.figures.takings)) for s in found.windows] == [("w1", "1234.50")]
    assert [sale.line for sale in found.outside] == [3]


def test_a_receipt_number_that_stands_twice_is_counted_once_and_named():
    found = seen("Receipt,Date,Amount\n7,2027-06-12 09:10,5\n7,2027-06-12 09:10,5\n7,2027-06-12 09:10,6\n")
    assert [(r.line, r.first, r.same) for r in found.repeated] == [(3, 2, True), (4, 2, False)]
    assert found.counts["w1"].takings == euro("5")


def test_items_of_one_receipt_are_one_transaction():
    text = "Bon,Datum,Betrag\n7,2027-06-12 09:10,5\n7,2027-06-12 09:10,5\n8,2027-06-12 09:12,2\n"
    found = seen(text, receipt="Bon", date="Datum", amount="Betrag", items=True)
    assert (found.counts["w1"].takings, found.counts["w1"].transactions) == (euro("12"), 2)
    assert found.repeated == ()


def test_a_cell_that_cannot_be_read_is_named_by_line_and_column_and_nothing_counts():
    found = seen("Datum,Betrag,MwSt\n2027-06-12 09:10,5.00,1\nlast Friday,five,1\n2027-06-12 09:12,5 USD,x\n")
    assert told(found) == [
        (3, "Datum", "“last Friday” is no date"),
        (3, "Betrag", "“five” is no amount in EUR"),
        (4, "Betrag", "“5 USD” is no amount in EUR"),
        (4, "MwSt", "“x” is no amount in EUR"),
    ]
    assert found.counts == {}


def test_a_sum_that_cannot_be_is_told_of_its_column():
    found = seen("date,amount,tax\n2027-06-12 09:10,5,6\n")
    assert told(found) == [(0, "tax", "tax cannot be more than the takings")]
    assert told(seen("date,amount\n2027-06-12 09:10,-5\n")) == [(0, "amount", "must not be below 0")]


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("12.06.2027", "“12.06.2027” has no time of day: choose the column of the time"),
        ("31.02.2027 09:00", "“31.02.2027 09:00” is no date and time that exists"),
        ("12.06.2027 25:00", "write date and time, like 2026-06-12 09:00"),
        ("28.03.2027 02:30", "02:30 does not exist on that day in Europe/Berlin: the clocks are put forward"),
    ],
)
def test_a_time_that_does_not_exist_is_refused(cell: str, why: str):
    assert told(seen(f"Datum;Betrag\n{cell};5\n")) == [(2, "Datum", why)]


def test_an_offset_is_believed_and_local_time_is_the_campaigns():
    found = seen("date,amount\n2027-06-12T06:59:59Z,1\n2027-06-12T09:00:00+02:00,2\n2027-06-12 09:00,4\n")
    assert found.counts["w1"].takings == euro("6")


def test_midnight_in_the_column_of_the_date_gives_way_to_the_column_of_the_time():
    found = seen("Datum;Uhrzeit;Betrag\n12.06.2027 00:00:00;09:05 Uhr;5\n")
    assert found.counts["w1"].takings == euro("5")


def test_a_column_that_is_not_chosen_or_not_there_is_asked_for():
    with pytest.raises(Invalid) as missing:
        seen("when,what\n2027-06-12 09:00,4\n")
    assert missing.value.field == "date"
    table = open_table(b"date,amount\n2027-06-12 09:00,4\n", "file")
    with pytest.raises(Invalid, match="the file has no column “Betrag”"):
        look(table, Columns(date="date", amount="Betrag"), CAMPAIGN, CAMPAIGN.windows)


def test_items_need_their_receipt_number():
    with pytest.raises(Invalid, match="items need the column"):
        Columns(items=True)


def test_too_much_is_refused_before_it_is_read():
    with pytest.raises(Invalid, match="2 MB at most"):
        open_table(b"x" * (MOST_BYTES + 1), "file")
    with pytest.raises(Invalid, match="at most 20000 lines"):
        open_table(b"a,b\n" + b"1,2\n" * MOST_LINES, "file")
    with pytest.raises(Invalid, match="choose the till"):
        open_table(b"", "file")


def test_columns_chosen_before_are_taken_again_where_the_file_has_them():
    chosen = Columns(date="Wann", amount="Netto", order=Order.DAY_FIRST)
    assert propose(("Wann", "Netto", "Brutto"), chosen) == chosen
    assert propose(("Datum", "Brutto"), chosen) == Columns(date="Datum", amount="Brutto")


def test_two_columns_of_one_name_are_told_apart_and_a_nameless_one_has_its_place():
    table = open_table(b"Datum;Betrag;Betrag;\n12.06.2027 9:00;1;2;3\n", "file")
    assert table.heads == ("Datum", "Betrag", "Betrag (2)", "(4)")


@pytest.mark.parametrize(
    ("column", "mark"),
    [
        (["1.234,50", "3"], Mark.COMMA),
        (["1,234", "7"], Mark.POINT),
        (["1.234"], Mark.COMMA),
        (["0.5"], Mark.POINT),
        (["1.234.567"], Mark.COMMA),
        (["Bar, EC"], Mark.POINT),
        ([], Mark.POINT),
    ],
)
def test_the_mark_before_the_cents_is_told_by_the_column(column: list[str], mark: Mark):
    assert cells.mark_of(column, "EUR", ",") == mark


def test_where_no_amount_tells_semicolons_mean_commas():
    assert cells.mark_of(["5"], "EUR", ";") == Mark.COMMA


def test_three_decimals_are_cents_only_where_the_currency_has_three():
    assert cells.mark_of(["1.234"], "KWD", ",") == Mark.POINT
    assert cells.amount("1.234", "KWD", Mark.POINT) == Money.parse("1.234", "KWD")
    with pytest.raises(Invalid, match="EUR has 2 decimals"):
        cells.amount("0.125", "EUR", Mark.POINT)
    assert cells.amount("12.5000", "EUR", Mark.POINT) == euro("12.50")


@pytest.mark.parametrize("cell", ["", "-", ".", "1..2", "12,34,5", "1 2", "=1+1", "€", "1e5", "٣"])
def test_what_is_no_amount_is_refused(cell: str):
    with pytest.raises(Invalid):
        cells.amount(cell, "EUR", Mark.POINT)


def test_days_or_months_first_is_told_by_the_dates_and_else_by_the_campaign():
    june = [date(2027, 6, 12)]
    assert cells.order_of(["13/06/2027"], june) == Order.DAY_FIRST
    assert cells.order_of(["06/13/2027"], june) == Order.MONTH_FIRST
    assert cells.order_of(["06/12/2027"], june) == Order.MONTH_FIRST
    assert cells.order_of(["12/06/2027"], june) == Order.DAY_FIRST
    assert cells.order_of([], june) == Order.DAY_FIRST


_AMOUNTS = st.integers(-10_000_000, 10_000_000)
_STYLES = st.sampled_from([(",", "."), (".", ","), (",", " "), (".", "'"), (",", "\u202f"), (".", ""), (",", "")])
_SIGNS = st.sampled_from(["{}", "{} €", "€ {}", "EUR {}", "{}\u00a0EUR"])
_MINUSES = st.sampled_from(["-{}", "({})", "{}-", "\u2212{}"])


def written(minor: int, style: tuple[str, str], sign: str, minus: str) -> str:
    """An amount as some till writes it."""
    mark, group = style
    whole, cents = divmod(abs(minor), 100)
    digits = f"{whole:,}".replace(",", group) + f"{mark}{cents:02}"
    return sign.format(minus.format(digits) if minor < 0 else digits)


@given(_AMOUNTS, _STYLES, _SIGNS, _MINUSES)
def test_an_amount_is_the_same_however_it_is_written(minor: int, style: tuple[str, str], sign: str, minus: str) -> None:
    cell = written(minor, style, sign, minus)
    assert cells.amount(cell, "EUR", cells.mark_of([cell], "EUR", ",")) == Money(minor, "EUR")


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.integers(0, 24 * 60 - 1), st.integers(1, 500_000)), min_size=1, max_size=30),
    _STYLES,
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["%d.%m.%Y %H:%M", "%Y-%m-%d %H:%M:%S", "%d/%m/%Y %I:%M %p", "%Y-%m-%dT%H:%M"]),
    st.sampled_from(["utf-8-sig", "utf-16", "cp1252"]),
)
def test_every_sale_is_counted_once_or_listed(
    sales: list[tuple[int, int]], style: tuple[str, str], separator: str, dates: str, encoding: str
) -> None:
    style = style if style[1] != "\u202f" else (style[0], "\u00a0")
    midnight = datetime(2027, 6, 13, tzinfo=UTC)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator)
    writer.writerow(["Bon-Nr", "Datum", "Betrag"])
    for number, (minute, minor) in enumerate(sales):
        when = (midnight + timedelta(minutes=minute)).strftime(dates)
        writer.writerow([str(number), when, written(minor, style, "{} €", "-{}")])
    day = Window("w", datetime(2027, 6, 13, 7, tzinfo=UTC), datetime(2027, 6, 13, 16, tzinfo=UTC))
    found = seen(out.getvalue().encode(encoding), make_campaign(windows=(day,)))
    inside = [minor for minute, minor in sales if 9 * 60 <= minute < 18 * 60]
    assert found.refused == ()
    assert len(found.outside) == len(sales) - len(inside)
    counted = found.counts["w"].takings.amount if found.counts else Decimal(0)
    assert counted == Decimal(sum(inside)) / 100
