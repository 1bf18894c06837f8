"""What is late now, by place: a page, a feed, an API, and mail that was confirmed and is stopped by one click."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from businesses.followthrough import Obligation
from notifications import jobs, queries, store
from tests.factories import action, share
from tests.web.records import Story
from tests.web.visiting import Visitor, text_of
from web.worker import publish

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
READER = "neighbour@example.org"


@pytest.fixture
def late(story: Story) -> Obligation:
    """A promise whose date has passed, in the campaign's town."""
    story.open()
    story.bid("bella", share("35"), action("27"))
    story.wait(days=6)
    story.sign("bella")
    story.pledge("lea")
    story.wait(days=17)
    story.answer(story.declare("bella", "2000.84"))
    story.finalize()
    return story.promises("action")[0]


def mails(visitor: Visitor) -> list[tuple[str, str]]:
    """Everything that is due is sent; what the reader got, as subject and text."""
    publish(visitor.site)
    jobs.deliver_due(visitor.site.db, jobs.mailer(visitor.site.db, visitor.site.keys, visitor.site.settings))
    with visitor.site.db.reading() as session:
        return [(mail.subject, mail.text) for mail in queries.mailbox(session, READER, 20)]


def link_in(text: str, start: str) -> str:
    parts = urlsplit(next(found for found in re.findall(r"http\S+", text) if start in found))
    return f"{parts.path}?{parts.query}"


def test_what_is_late_is_listed_by_place_as_a_page_a_feed_and_by_api(visitor: Visitor, story: Story, late: Obligation):
    assert "Nothing is late there now" in text_of(visitor.get("/late"))
    story.move(late.due_at + timedelta(hours=1))
    place = story.campaign.place
    told = text_of(visitor.get(f"/late?place={place.lower()[:4]}&country=DE"))
    assert "promises are late now" in told
    assert late.words in told
    assert "Nothing is late there now" in text_of(visitor.get("/late?place=Atlantis"))
    feed = visitor.get(f"/late.atom?place={place}")
    assert feed.headers["content-type"] == "application/atom+xml"
    entries = re.findall(r"<entry>.*?</entry>", feed.text)
    assert len(entries) == len(visitor.get(f"/api/v1/late?place={place}").json()["items"]) > 0
    assert visitor.get("/api/v1/late?country=FR").json()["items"] == []


def test_a_neighbour_hears_of_it_once_confirmed_and_stops_it_by_one_click(
    visitor: Visitor, story: Story, late: Obligation
):
    wrong = visitor.post("/late", {"email": "nobody", "place": story.campaign.place})
    assert wrong.status_code == 422
    assert 'value="nobody"' in wrong.text
    place = story.campaign.place
    assert visitor.post("/late", {"email": READER, "place": place, "country": "DE"}).status_code == 303
    ((subject, text),) = mails(visitor)
    assert subject == "Confirm: news of what is late"
    confirm = link_in(text, "/late/")
    assert visitor.get(confirm).status_code == 200
    token = confirm.partition("token=")[2]
    assert visitor.post(confirm.partition("?")[0], {"token": "wrong"}).status_code == 404
    assert visitor.post(confirm.partition("?")[0], {"token": token}).status_code == 303
    story.move(late.due_at + timedelta(hours=1))
    assert len(mails(visitor)) == 1, "news come the next morning"
    story.clock.set(late.due_at + timedelta(days=2))
    newest = mails(visitor)[0]
    assert newest[0].startswith("Late: bella")
    stop = link_in(newest[1], "/unsubscribe")
    assert "list=late" in stop
    assert visitor.post(stop, {}).status_code == 200
    with visitor.site.db.reading() as session:
        assert store.late_readers(session) == []
