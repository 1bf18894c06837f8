"""The big screen's event stream over a real server: a check-in appears by itself, one look serves all who watch."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import httpx
import pytest

from core.clock import FixedClock
from core.settings import Settings
from tests.harness.servers import free_socket, serving
from tests.web.records import Story
from tests.web.test_day_pages import at_the_door
from tests.web.visiting import Visitor
from web import screens
from web.app import create_app
from web.pages import board
from web.watching import Pace

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def client(database_url: str, clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setattr(board.screens.watching, "pace", Pace(look=0.01))
    settings = Settings(home=tmp_path, database_url=database_url, secret_key="a secret for tests")
    app = create_app(settings, clock, worker=False)
    with serving(app, free_socket()) as url, httpx.Client(base_url=url, timeout=10) as client:
        yield client


class Watcher:
    """A screen that listens."""

    def __init__(self, answer: httpx.Response) -> None:
        self.lines = answer.iter_lines()

    def picture(self) -> str:
        """The next picture, past mere signs of life."""
        while (kind := self.next_event()[0]) != "picture":
            assert kind == "beat"
        return str(self.told["page"])

    def next_event(self) -> tuple[str, Any]:
        kind = next(line for line in self.lines if line.startswith("event: ")).removeprefix("event: ")
        self.told = json.loads(next(line for line in self.lines if line.startswith("data: ")).removeprefix("data: "))
        return kind, self.told


def test_a_check_in_reaches_every_screen_by_one_look(
    story: Story, visitor: Visitor, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_the_door(story, visitor)
    looks = Mock(side_effect=board.look)
    monkeypatch.setattr(board, "look", looks)
    with ExitStack() as held:
        streams = [held.enter_context(client.stream("GET", address(story))) for _ in range(3)]
        watchers = [Watcher(answer) for answer in streams]
        assert all('People here</p><p class="num giant">0<' in watcher.picture() for watcher in watchers)
        assert looks.call_count == 1
        story.arrive("ben")
        assert all(">3<" in watcher.picture() for watcher in watchers)
        assert looks.call_count == 2, "an idle screen reads the mark alone"


def address(story: Story) -> str:
    return f"/campaigns/{story.slug}/board/stream"


def test_a_stream_that_can_say_nothing_new_ends_with_its_last_picture(
    story: Story, visitor: Visitor, client: httpx.Client
) -> None:
    at_the_door(story, visitor)
    closing = story.campaign.last_closing
    assert closing
    story.move(closing)
    story.answer(story.declare("bella", "2000.84"), "")
    story.finalize()
    with client.stream("GET", address(story)) as answer:
        watcher = Watcher(answer)
        assert "2,000.84" in watcher.picture()
        assert watcher.next_event()[0] == "over"
    assert "screen.js" not in client.get(f"/campaigns/{story.slug}/board").text


def test_no_stream_of_a_draft_or_beyond_the_most(
    story: Story, visitor: Visitor, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/campaigns/unknown/board/stream").status_code == 404
    story.open()
    monkeypatch.setattr(screens, "MOST", 0)
    refused = client.get(address(story))
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "2")
