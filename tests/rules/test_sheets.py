"""Codes on paper follow from the sheet and its row."""

from __future__ import annotations

import pytest

from core.errors import Invalid
from core.tokens import Keys
from pledges.rules import codes, sheets

KEYS = Keys("a secret of at least thirty-two characters")


def test_each_row_of_a_sheet_has_a_code_of_its_own_that_can_be_read_out_loud() -> None:
    printed = sheets.printed(KEYS, "campaign", "K7M2Q")
    assert len(set(printed)) == sheets.ROWS
    assert [codes.read(code) for code in printed] == list(printed)


def test_a_sheet_printed_again_has_the_same_codes_and_another_one_has_others() -> None:
    first = sheets.printed(KEYS, "campaign", "K7M2Q")
    assert sheets.printed(KEYS, "campaign", "K7M2Q") == first
    others = [("campaign", "K7M2R"), ("another", "K7M2Q")]
    assert not [code for other in others for code in sheets.printed(KEYS, *other) if code in first]
    assert sheets.printed(Keys("another secret of thirty-two characters"), "campaign", "K7M2Q") != first


def test_the_name_of_a_sheet_is_read_as_people_type_it() -> None:
    assert sheets.read(" k7m-2q ") == "K7M2Q"
    for typed in ("", "K7M2", "K7M2QX", "K7M2O", "../.."):
        with pytest.raises(Invalid) as refused:
            sheets.read(typed)
        assert [error.field for error in refused.value.errors] == ["sheet"]
