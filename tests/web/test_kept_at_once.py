"""Many ask for the same in one moment: it is computed once."""

from __future__ import annotations

import threading
from itertools import count

import pytest

from tests.at_once import at_once
from web.pages.kept import Kept


def test_of_many_who_ask_at_once_one_computes_and_the_others_wait():
    computed: list[int] = []
    all_ask = threading.Barrier(2)
    figures = Kept[str](60)

    def compute() -> str:
        computed.append(1)
        all_ask.wait(10)
        return "made"

    def ask(index: int) -> str:
        if index == 0:
            all_ask.wait(10)  # from here on somebody is computing
        return figures.get("page", compute)

    assert at_once(8, ask) == ["made"] * 8
    assert len(computed) == 1


def test_what_is_not_to_be_kept_is_computed_for_each():
    numbers = count()
    drafts = Kept[int](60)
    assert [drafts.get("draft", lambda: next(numbers), lambda _: False) for _ in range(2)] == [0, 1]


def test_what_failed_is_tried_again_by_the_next_who_asks():
    figures = Kept[str](60)
    with pytest.raises(ZeroDivisionError):
        figures.get("page", lambda: str(1 // 0))
    assert figures.get("page", lambda: "made") == "made"
