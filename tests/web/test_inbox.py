"""The checker's inbox: everything that waits for one person, the next term first, and nobody else's."""

from __future__ import annotations

import pytest

from businesses.commitments import Checker
from tests.factories import action, share
from tests.web.records import Story
from tests.web.visiting import Visitor, text_of
from web.trips import following

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def after(story: Story) -> Story:
    story.open()
    story.bid("bella", action("27", checker=Checker.MONITOR), share("10"))
    story.wait(days=6)
    story.sign("bella")
    story.pledge("lea")
    story.wait(days=17)
    story.answer(story.declare("bella", "2000"))
    story.finalize()
    return story


def test_what_was_shown_waits_for_the_monitor_and_leads_to_the_verdict(visitor: Visitor, after: Story):
    visitor.sign_in("monitor@example.org")
    assert "Nothing waits for you." in text_of(visitor.get("/me/inbox"))
    (promise,) = after.promises("action")
    after.file("bella", promise, "27")
    page = visitor.get("/me/inbox")
    assert f"/promises/{promise.id}/verdict" in page.text
    assert promise.words in text_of(page)
    visitor.sign_in("lea@example.org")
    assert "Nothing waits for you." in text_of(visitor.get("/me/inbox"))


def test_words_are_read_by_the_monitor_before_they_are_shown(visitor: Visitor, after: Story):
    (promise,) = after.promises("action")
    filed = {"value": "20", "note": "Twenty, <b>behind</b> the bread."}
    after.do(following.file_spot_check, after.person("lea"), promise.id, filed)
    visitor.sign_in("monitor@example.org")
    page = visitor.get("/me/inbox")
    assert "Twenty, &lt;b&gt;behind" in page.text
    assert "behind" not in visitor.get(f"/promises/{promise.id}").text
    at = page.text.partition('action="/me/inbox/words/')[2].partition('"')[0]
    assert visitor.post(f"/me/inbox/words/{at}").status_code == 303
    assert "behind" in visitor.get(f"/promises/{promise.id}").text
    assert "Nothing waits for you." in text_of(visitor.get("/me/inbox"))


def test_nobody_without_a_name_has_one(visitor: Visitor):
    assert visitor.get("/me/inbox", follow_redirects=False).status_code in {303, 401}
