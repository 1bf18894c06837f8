"""What a recount remembers of each pledge leaves the memory, and comes back as it was."""

from __future__ import annotations

import pytest

from pledges.rules.recount import Came, Promised
from web.recounting import shelf

HEX = "0123456789abcdef0123456789abcdef"


def test_what_is_put_on_a_shelf_comes_back_as_it_was():
    held = shelf.promised()
    names = {HEX: Promised(2000, 1, True, False), "ada": Promised(500, 4, False, True, confirmed=True)}
    held.update(names)
    assert dict(held) == names
    assert sorted(each.minor for each in held.values()) == [500, 2000]
    assert (HEX in held, "nobody" in held, len(held)) == (True, False, 2)


def test_what_is_not_known_of_a_check_in_stays_unknown():
    held = shelf.came()
    told = [Came(1, None, None), Came(2, 0, False), Came(3, 850, True)]
    for n, each in enumerate(told):
        held[str(n)] = each
    assert [held[str(n)] for n in range(3)] == told


def test_a_name_is_put_once_changed_and_taken_off():
    held = shelf.promised()
    for minor in (100, 200):
        held[HEX] = Promised(minor, 1, True, False)
    assert held[HEX].minor == 200
    del held[HEX]
    assert list(held) == []
    for gone in (held.__getitem__, held.__delitem__):
        with pytest.raises(KeyError, match=HEX):
            gone(HEX)


def test_what_is_no_name_or_no_figure_is_refused():
    held = shelf.promised()
    assert held.get(None) is None  # type: ignore[call-overload]  # a record may say anything
    with pytest.raises(ValueError, match="type"):
        held[HEX] = Promised(100, [1], True, False)  # type: ignore[arg-type]  # a record may say anything
