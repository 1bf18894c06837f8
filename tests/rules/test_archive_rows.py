"""A file of real campaigns: what is refused, where, and what would be right."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from campaigns.archive.countries import CODES
from campaigns.archive.estimates import NUMERALS
from campaigns.archive.rows import COLUMNS, LONGEST, Row, decode, read_rows
from campaigns.archive.rules import FIGURES, read_campaign
from core.errors import Invalid

FILE = Path(__file__).parents[2] / "data" / "real-campaigns.csv"
FILED = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
GOOD = dict.fromkeys(COLUMNS, "") | {
    "id": "X1",
    "business": "Shop",
    "currency": "EUR",
    "sources": "https://example.org/a | http://example.org/b",
}


def make_file(*rows: dict[str, str], columns: Sequence[str] = COLUMNS) -> str:
    written = io.StringIO(newline="")
    sheet = csv.writer(written)
    sheet.writerow(columns)
    sheet.writerows([[(GOOD | row).get(column, "") for column in columns] for row in rows])
    return written.getvalue()


def faults(text: str) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as refused:
        read_rows(text)
    return [(error.field, str(error.message)) for error in refused.value.errors]


def test_the_real_file_is_read_whole():
    rows = read_rows(decode(FILE.read_bytes()))
    assert len(rows) == 14
    with FILE.open(encoding="utf-8", newline="") as file:
        assert [tuple(getattr(row, c) for c in COLUMNS) for row in rows] == [tuple(line) for line in csv.reader(file)][
            1:
        ]


def test_a_byte_order_mark_is_no_part_of_the_first_column():
    marked = "\ufeff" + make_file({})
    assert read_rows(marked) == read_rows(decode(marked.encode()))
    assert read_rows(marked)[0].id == "X1"


def test_columns_may_stand_in_any_order_and_lines_may_be_empty():
    assert read_rows(make_file({}, columns=COLUMNS[::-1]) + "\r\n\r\n") == read_rows(make_file({}))


@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [
        ("id", "", "give an id"),
        ("id", "a b", "give an id"),
        ("business", " ", "name the business"),
        ("country", "XX", "XX is not a country code like DE"),
        ("country", "de", "de is not a country code like DE"),
        ("currency", "EURO", "EURO is not a currency code"),
        ("date", "2009-02-30", "there is no such day as 2009-02-30"),
        ("date", "13.06.2009", "write the date like 2009-06-13"),
        ("date", "20090613", "write the date like 2009-06-13"),
        ("bid_pct", "a lot", "write a share in percent like 22"),
        ("takings", "-5", "write an amount like 2000.84"),
        ("takings", "2000.845", "EUR has 2 decimals, not more"),
        ("takings", "3.000", "can be read in two ways; write 3000 or 3.0000"),
        ("committed_money", "some", "write an amount like 2000.84"),
        ("people", "many", "write a number like 400 or 100-150"),
        ("people", "1.5", "people are counted in whole numbers"),
        ("sources", "", "name the pages this comes from"),
        ("sources", "javascript:alert(1)", "is not an address like https://example.org/page"),
        ("sources", "https://[bad/", "is not an address like https://example.org/page"),
        ("outcome", "kept\0", "holds the control character U+0000"),
        ("caveat", "\ud800", "holds the control character U+D800"),
        ("caveat", "x" * (LONGEST + 1), f"at most {LONGEST} characters"),
    ],
)
def test_a_wrong_cell_is_named_by_line_and_column_with_what_would_be_right(column: str, cell: str, told: str):
    money = {"takings": "1"} if column == "currency" else {}
    found = faults(make_file({"id": "X0"}, money | {column: cell}))
    assert found[0][0] == f"line 3, column {column}"
    assert told in found[0][1]


def test_money_without_a_currency_is_refused():
    assert faults(make_file({"currency": "", "takings": "5"}))[0][0] == "line 2, column currency"
    assert read_rows(make_file({"currency": ""}))


def test_all_faults_are_told_at_once():
    told = faults(make_file({"id": "A", "date": "yesterday"}, {"id": "B", "country": "Q", "people": "few"}))
    assert [where for where, _ in told] == ["line 2, column date", "line 3, column country", "line 3, column people"]


def test_an_id_stands_for_one_campaign():
    told = faults(make_file({"id": "A"}, {"id": "B"}, {"id": "A"}))
    assert told == [("line 4, column id", "A stands in line 2 already; each campaign needs an id of its own")]


def test_lines_are_counted_as_an_editor_counts_them():
    told = faults(make_file({"id": "A", "outcome": "one\ntwo\nthree"}, {"id": "B", "country": "Q"}))
    assert told[0][0] == "line 5, column country"


def test_a_missing_column_is_named():
    (fault,) = faults(make_file({}, columns=[column for column in COLUMNS if column not in ("people", "caveat")]))
    assert fault == ("line 1", "missing here: people, caveat; columns are parted by commas")


def test_a_column_that_would_be_lost_is_refused():
    (fault,) = faults(make_file({}, columns=[*COLUMNS, "mood"]))
    assert fault == ("line 1", "not known here: mood; nothing of a file may be lost")
    assert faults(make_file({}, columns=[*COLUMNS, "id"])) == [("line 1", "each column may stand here once")]


def test_a_row_with_a_cell_too_many_is_refused():
    (fault,) = faults(make_file({}).rstrip() + ",more\r\n")
    assert fault[0] == "line 2"
    assert fault[1].startswith("19 cells where 18 belong")


@pytest.mark.parametrize(("text", "where"), [("", "line 1"), (make_file(), "line 2"), ('"id', "line 1")])
def test_a_file_without_campaigns_is_refused(text: str, where: str):
    assert faults(text)[0][0] == where


def test_bytes_that_are_not_utf8_are_named_by_line():
    with pytest.raises(Invalid) as refused:
        decode(b"id,city\nC1,K\xf6ln\n")
    assert refused.value.field == "line 2"


@given(text=st.text())
def test_any_file_is_read_or_refused(text: str):
    for content in (text, make_file({}) + text):
        try:
            refused = [] if read_rows(content) else ["nothing came of it"]
        except Invalid as invalid:
            refused = [error.field for error in invalid.errors if not error.field.startswith("line ")]
        assert refused == []


WORDS = st.lists(
    st.sampled_from(
        [*"0123456789,.;:-+%'() /~", "over ", "others say ", "unclear if ", "12:00", "h", "hours", *NUMERALS]
    )
    | st.text(max_size=3),
    max_size=25,
).map("".join)


@given(cells=st.fixed_dictionaries({column: WORDS for column in COLUMNS if column not in ("date", "sources")}))
def test_any_row_is_read_without_a_crash_and_keeps_its_words(cells: dict[str, str]):
    row = Row(**(GOOD | cells))
    campaign = read_campaign(row, "file.csv", FILED)
    assert campaign.row == row
    assert [name for name, _ in campaign.figures] == list(FIGURES)


def test_the_longest_row_is_read_in_no_time():
    for unit in ("( ", "1,000", "a (b", "' ", "over ", "unclear if a or ", "12:00-", " ", "calls it "):
        long = (unit * LONGEST)[:LONGEST]
        row = Row(**{column: GOOD[column] if column in ("date", "sources") else long for column in COLUMNS})
        campaign = read_campaign(row, "file.csv", FILED)
        assert campaign.row.baseline == long


def test_every_country_code_is_one_that_the_world_uses():
    territories = Locale("en").territories
    assert len(CODES) == 249
    assert all(code in territories for code in CODES)
