"""Many watch, one look is taken; news reach all of them, and a look that fails ends the watch."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

import pytest

from web.watching import Pace, Sparing, Watching

QUICK = Pace(look=0.001, beat=0.02, lifetime=5)
Told = AsyncGenerator[tuple[str, bool], None]


class Thing:
    """What is watched: it says the same until it is changed, and counts the looks."""

    def __init__(self) -> None:
        self.words, self.looks, self.held, self.most = "first", 0, 0, 0

    def look(self) -> str:
        self.looks += 1
        self.held += 1
        self.most = max(self.most, self.held)
        self.held -= 1
        if self.words == "broken":
            raise OSError(self.words)
        return self.words


async def news(told: Told) -> str:
    """The next that has changed, past mere signs of life."""
    async for words, changed in told:
        if changed:
            return words
    return "ended"


def test_a_hundred_watchers_cost_the_looks_of_one_and_all_hear_the_news():
    async def watch() -> None:
        thing, watching = Thing(), Watching[str](QUICK)
        watchers = [watching.watch("it", thing.look) for _ in range(100)]
        assert set(await asyncio.gather(*map(news, watchers))) == {"first"}
        assert watching.watchers() == 100
        assert thing.most == 1
        before, thing.words = thing.looks, "second"
        assert set(await asyncio.gather(*map(news, watchers))) == {"second"}
        assert thing.looks - before < 100
        for each in watchers:
            await each.aclose()
        assert watching.watchers() == 0
        await asyncio.sleep(0.01)
        after = thing.looks
        await asyncio.sleep(0.02)
        assert thing.looks - after <= 1, "nobody watches: nobody looks"

    asyncio.run(watch())


def test_who_hears_nothing_new_gets_signs_of_life_and_leaves_after_a_lifetime():
    async def watch() -> list[tuple[str, bool]]:
        watching = Watching[str](Pace(look=0.001, beat=0.02, lifetime=0.05))
        return [told async for told in watching.watch("it", Thing().look)]

    told = asyncio.run(watch())
    assert told[0] == ("first", True)
    assert set(told[1:]) == {("first", False)}


def test_a_look_that_fails_ends_the_watch_for_all(caplog: pytest.LogCaptureFixture):
    async def watch() -> list[str]:
        thing, watching = Thing(), Watching[str](QUICK)
        watchers = [watching.watch("it", thing.look) for _ in range(3)]
        await asyncio.gather(*map(news, watchers))
        thing.words = "broken"
        told = await asyncio.gather(*map(news, watchers))
        assert watching.watchers() == 0
        thing.words = "again"
        again = watching.watch("it", thing.look)
        told.append(await news(again))
        await again.aclose()
        return told

    assert asyncio.run(watch()) == ["ended", "ended", "ended", "again"]


def test_a_sparing_look_is_taken_in_full_only_where_its_mark_has_changed():
    thing, mark = Thing(), 1
    sparing = Sparing(lambda: mark, thing.look)
    assert [sparing() for _ in range(3)] == ["first"] * 3
    thing.words = "second"
    assert sparing() == "first"
    mark = 2
    assert sparing() == "second"
    assert thing.looks == 2
