"""A list of shops from whatever a spreadsheet wrote, and back into one that runs nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from businesses.prospects import MOST, Entry, Prospect, Stage, entry, export, read
from core import sheets
from core.errors import Invalid
from tests.factories import CLOSING

TABLE = "Ort,Name,E-Mail,Notiz,Farbe\nMarkt 3,Bäckerei Süß,suess@shops.example,offen bis 8,rot\n"


def listed(written: Entry) -> Prospect:
    return Prospect("p", "c", written, "lea", CLOSING)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_columns_are_known_by_their_heads_in_any_order(separator: str):
    sheet = read(TABLE.replace(",", separator), "sheet", ())
    assert sheet.fresh == (Entry("Bäckerei Süß", "Markt 3", "suess@shops.example", "offen bis 8"),)
    assert sheet.unused == ("Farbe",)


@pytest.mark.parametrize(
    ("codec", "told"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("latin-1", "Latin-1"), ("cp1252", "Latin-1")],
)
def test_a_file_is_read_in_the_encoding_it_was_written_in_and_that_is_told(codec: str, told: str):
    assert sheets.decode(TABLE.encode(codec), "file") == (TABLE, told)


def test_what_is_no_text_is_refused():
    with pytest.raises(Invalid, match="not a text file"):
        sheets.decode(b"PK\x03\x04\x00\x00", "file")


def test_a_refused_row_names_its_line_and_its_field_and_the_others_are_taken():
    table = 'name,email,note\nA,a@example.org,"two\nlines"\n,b@example.org,\n\nC,c@nowhere,\nD,,\n'
    sheet = read(table, "sheet", ())
    assert [each.name for each in sheet.fresh] == ["A", "D"]
    assert [(each.line, each.field) for each in sheet.refused] == [(4, "name"), (6, "contact")]


def test_a_shop_that_is_there_already_is_not_doubled():
    held = {Entry("Corner Café", "Market 3").match}
    sheet = read("name,place\ncorner  CAFÉ,Market 3\nCorner Café,Main St\nCorner Café,Main St\n", "sheet", held)
    assert [each.place for each in sheet.fresh] == ["Main St"]
    assert sheet.known == ((2, "corner  CAFÉ"), (4, "Corner Café"))


def test_a_table_without_names_or_with_an_open_quotation_mark_is_refused_whole():
    with pytest.raises(Invalid, match="one of them is “name”"):
        read("A,b\nC,d\n", "sheet", ())
    with pytest.raises(Invalid, match="line 3 cannot be read"):
        read('name,note\nA,b\nC,"d\n', "sheet", ())


def test_a_list_has_room_for_a_thousand():
    sheet = read("name\n" + "".join(f"Shop {n}\n" for n in range(MOST + 1)), "sheet", ())
    assert (len(sheet.fresh), sheet.refused[0].line) == (MOST, MOST + 2)


@pytest.mark.parametrize("cell", ["=1+1", "+49 30 1234", "-5", "@SUM(A1)"])
def test_no_cell_becomes_a_formula_and_what_was_written_is_read_again(cell: str):
    written = Entry("Bella", contact=cell)
    out = export([listed(written)])
    assert f",'{cell}," in out
    assert read(out, "sheet", ()).fresh == (written,)


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12), min_size=1, max_size=4))
def test_no_written_cell_begins_as_a_formula_does(cells: list[str]):
    _, *lines = sheets.write(("name",), [cells]).removeprefix("\ufeff").splitlines()
    assert not any(line.strip('"').startswith(("=", "+", "-", "@")) for line in lines[:1])


def test_who_declined_said_why_and_a_yes_is_never_written_by_hand():
    assert entry({"name": "A", "state": "declined", "why": "no time"}).stage == Stage.DECLINED
    for wrong, field in (({"state": "declined"}, "why"), ({"state": "claimed"}, "state"), ({"state": "x"}, "state")):
        with pytest.raises(Invalid) as refused:
            entry({"name": "A", **wrong})
        assert refused.value.field == field
