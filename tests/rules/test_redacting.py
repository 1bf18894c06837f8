"""What must not be seen of a photo or a note: squares become few boxes, and words leave no trace."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from PIL import Image

from businesses import followthrough as rules
from core import pictures
from core.errors import Invalid
from tests.core.test_files import photo


def test_neighbouring_squares_are_one_part():
    square = [f"{row}-{column}" for row in (2, 3) for column in (0, 1, 2)]
    upper, lower = rules.of_cells([*square, "7-5"])
    assert (upper.x, upper.y, round(upper.width), upper.height) == (0, 25, 50, 25)
    assert (lower.y, lower.x + lower.width) == (Decimal("87.5"), 100)


@pytest.mark.parametrize("cell", ["8-0", "0-6", "-1-0", "x", ""])
def test_a_square_outside_the_grid_is_refused(cell: str):
    with pytest.raises(Invalid) as refused:
        rules.of_cells([cell])
    assert refused.value.field == "boxes"


@pytest.mark.parametrize("drawn", ["1,2,3", "a,b,c,d", "90,0,20,5", "-1,0,5,5", "0,0,0,5", "NaN,0,5,5", "sNaN,0,5,5"])
def test_a_box_lies_within_the_picture(drawn: str):
    with pytest.raises(Invalid) as refused:
        rules.of_drawn(drawn)
    assert refused.value.field == "boxes"


def test_nothing_marked_and_too_much_marked_are_refused():
    for boxes in ((), rules.of_drawn(";".join(["1,1,1,1"] * 49))):
        with pytest.raises(Invalid):
            rules.demand_boxes(boxes)


def test_words_are_taken_out_wherever_they_stand_and_leave_no_length():
    assert rules.without("Paid by Lea Lang; ask Lea Lang.", " Lea Lang ") == ("Paid by █████; ask █████.", 2)
    for passage in ("", "x", "Leo"):
        with pytest.raises(Invalid) as refused:
            rules.without("Paid by Lea.", passage)
        assert refused.value.field == "passage"


def test_a_blackened_picture_is_a_new_one_of_the_same_size():
    made = pictures.blackened(photo(size=(200, 100)), [(50.0, 50.0, 50.0, 50.0)])
    with Image.open(io.BytesIO(made)) as shown:
        assert shown.size == (200, 100)
        grey = shown.convert("L")
    assert max(grey.crop((100, 50, 200, 100)).tobytes()) < 20
    assert min(grey.crop((0, 0, 90, 40)).tobytes()) > 100
