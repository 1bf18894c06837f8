"""What a program saw on a promise's page, and the answer of whom the agreement names."""

from __future__ import annotations

from decimal import Decimal

import pytest

from businesses import service
from businesses.pages import Read
from businesses.watching import Look, Page, Watch
from core import record
from tests.factories import action
from tests.web.records import Story
from tests.web.visiting import Visitor, text_of, values_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
URL = "https://bella.example/producers"
WATCH = Watch(URL, Look.COUNT, "ul.producers li", Decimal(15))


@pytest.fixture
def promise(story: Story) -> str:
    """The address of a promise that names a page."""
    story.open()
    story.bid("bella", action("27", watch=WATCH))
    story.wait(days=5)
    story.sign("bella")
    closing = story.campaign.last_closing
    assert closing
    story.move(closing)
    story.answer(story.declare("bella", "2000"))
    story.finalize()
    (o,) = story.promises()
    return f"/promises/{o.id}"


def read(story: Story, promise: str, producers: int) -> None:
    page = Page(f"<ul class=producers>{'<li>Ada' * producers}</ul>".encode())
    task = service.Task(promise.rpartition("/")[2], WATCH, story.campaign.last_day)
    story.do(service.note_page, task, Read(URL, 200, "ab" * 32, page))
    record.publish(story.database)


def test_a_promise_says_which_page_a_program_reads(story: Story, visitor: Visitor, promise: str) -> None:
    said = text_of(visitor.get(promise))
    assert f"A program counts ul.producers li at {URL}: at least 15" in said
    assert "What a program saw" not in said


def test_everybody_reads_a_yes_and_that_it_is_no_independent_look(story: Story, visitor: Visitor, promise: str) -> None:
    read(story, promise, 16)
    said = text_of(visitor.get(promise))
    assert "It agrees. Found there: 16" in said
    assert "it is no independent look" in said
    assert f"A program read {URL}: it agrees with the promise" in said


def test_a_no_is_shown_to_whom_the_agreement_names_only_until_they_say_so(
    story: Story, visitor: Visitor, promise: str
) -> None:
    read(story, promise, 11)
    assert "Found there: 11" not in visitor.get(promise).text
    visitor.sign_in("stranger@example.org")
    assert visitor.get(f"{promise}/page").status_code == 403
    visitor.sign_in("owner@example.org")
    page = visitor.get(f"{promise}/page")
    assert "It does not agree. Who checks was asked to look. Found there: 11" in text_of(page)
    sent = visitor.post(f"{promise}/page", values_of(page) | {"do": "agree"})
    assert sent.headers["location"] == f"{promise}#page"
    record.publish(story.database)
    visitor.client.cookies.clear()
    said = text_of(visitor.get(promise))
    assert "It does not agree. A person looked, too. Found there: 11" in said
    assert "and a person looked, too: it does not agree" in said


def test_a_look_that_is_set_aside_stays_unseen(story: Story, visitor: Visitor, promise: str) -> None:
    read(story, promise, 11)
    visitor.sign_in("owner@example.org")
    form = values_of(visitor.get(f"{promise}/page"))
    assert visitor.post(f"{promise}/page", form | {"do": "set_aside"}).status_code == 303
    assert "Nothing waits for your answer." in text_of(visitor.get(f"{promise}/page"))
    assert visitor.post(f"{promise}/page", form | {"do": "agree"}).status_code == 409
    visitor.client.cookies.clear()
    assert "Found there: 11" not in visitor.get(promise).text


def test_by_api_only_what_is_public_is_listed(story: Story, visitor: Visitor, promise: str) -> None:
    address = f"/api/v1/obligations/{promise.rpartition('/')[2]}/page-looks"
    read(story, promise, 11)
    assert visitor.get(address).json()["items"] == []
    read(story, promise, 15)
    (look,) = visitor.get(address).json()["items"]
    assert (look["passed"], look["found"], look["answer"]) == (True, "15", "passed")
