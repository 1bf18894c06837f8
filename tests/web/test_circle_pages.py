"""A circle as its sides, whoever leads it, those invited and the public see it; each hears by mail of their turn."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest

from businesses import service as businesses
from businesses.circles import queries
from businesses.circles.values import Circle
from businesses.followthrough import Obligation, Verdict
from notifications import jobs
from notifications import queries as mails
from notifications.gateway import MailboxTransport
from tests.factories import action
from tests.notifications.senders import make_mailer, publish
from tests.stages import KEYS
from tests.web.records import Story
from tests.web.visiting import Visitor, text_of, values_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def promise(story: Story) -> Obligation:
    held = story.follow(action("27"))
    story.judge(held, Verdict.BROKEN)
    return held


def circle(story: Story, promise: Obligation) -> Circle:
    with story.database.reading() as session:
        return queries.of_obligation(session, promise.id)[-1]


def subjects(story: Story, to: str) -> list[str]:
    publish(story.database)
    jobs.deliver_due(story.database, make_mailer(MailboxTransport(story.database)))
    with story.database.reading() as session:
        return [mail.subject for mail in mails.mailbox(session, to)]


def as_shop(visitor: Visitor, story: Story) -> None:
    visitor.client.cookies.clear()
    visitor.hold_key(businesses.shop_token(KEYS, story.shops["bella"]))


def as_owner(visitor: Visitor) -> None:
    visitor.client.cookies.clear()
    visitor.sign_in("owner@example.org")


@dataclass
class Lead:
    """Somebody from outside whom both sides have accepted, with their mailed link."""

    visitor: Visitor
    circle: Circle

    @property
    def token(self) -> str:
        return KEYS.token("circle", self.circle.subject)

    @property
    def at(self) -> str:
        return f"/circles/{self.circle.id}"

    def do(self, step: str, **values: str) -> int:
        self.visitor.client.cookies.clear()
        status: int = self.visitor.post(f"{self.at}/{step}", {"token": self.token, **values}).status_code
        return status


@pytest.fixture
def lead(visitor: Visitor, story: Story, promise: Obligation) -> Lead:
    sides = f"/promises/{promise.id}/circle"
    as_owner(visitor)
    assert visitor.post(sides, {"leads": "named", "email": "noor@example.org", "name": "Noor"}).status_code == 303
    as_shop(visitor, story)
    assert "Led by Noor" in text_of(visitor.get(sides))
    made = Lead(visitor, circle(story, promise))
    assert visitor.post(f"{sides}/facilitator", {"circle": made.circle.id, "answer": "yes"}).status_code == 303
    assert made.do("accept", answer="yes") == 303
    return made


def arrange(story: Story, lead: Lead) -> None:
    at = story.clock.instant + timedelta(days=3)
    when = {"at": f"{at:%Y-%m-%dT%H:%M}", "place": "https://meet.example.org/room", "guests": "ana@example.org"}
    assert lead.do("arrange", **when) == 303


def test_each_is_written_to_when_it_is_their_turn_and_only_those_invited_read_where(story: Story, lead: Lead):
    assert "A circle about a promise: do you accept who leads it?" not in subjects(story, "bella@shop.example")
    assert subjects(story, "noor@example.org") == ["The circle: when and where does it meet?"]
    arrange(story, lead)
    for invited in ("ana@example.org", "bella@shop.example", "owner@example.org"):
        assert any(subject.startswith("The circle meets:") for subject in subjects(story, invited))
    visitor = lead.visitor
    assert visitor.get(f"{lead.at}?token=wrong").status_code == 404
    guest = f"{lead.at}/meeting?token={KEYS.token('meeting', lead.circle.id)}"
    assert "https://meet.example.org/room" in text_of(visitor.get(guest))
    assert visitor.get(f"{lead.at}/guide.pdf?token={lead.token}").content.startswith(b"%PDF")
    assert not visitor.get(f"{lead.at}/guide.pdf").content.startswith(b"%PDF")
    assert "meet.example.org" not in visitor.get(f"/promises/{lead.circle.obligation}").text


def test_what_it_came_to_is_public_once_both_sides_accept_it(
    visitor: Visitor, story: Story, promise: Obligation, lead: Lead
):
    arrange(story, lead)
    story.wait(days=4)
    assert lead.do("held") == 303
    due = story.clock.instant.date() + timedelta(days=60)
    written = {"words": "We will repair the door.", "due_on": str(due), "checker": "organizer"}
    refused = visitor.post(f"{lead.at}/outcome", {"token": lead.token, **written, "due_on": "2020-01-01"})
    assert refused.status_code == 422
    assert values_of(refused)["words"] == "We will repair the door."
    assert lead.do("outcome", **written) == 303
    assert "We will repair the door." not in visitor.get(f"/promises/{promise.id}").text
    as_shop(visitor, story)
    accept(visitor, promise)
    as_owner(visitor)
    accept(visitor, promise)
    told = text_of(visitor.get(f"/promises/{promise.id}"))
    assert "Somebody from outside leads it, whom all sides accept." in told
    assert "We will repair the door." in told
    assert "Noor" not in told
    mended = text_of(visitor.get(f"/promises/{circle(story, promise).mended_by}"))
    assert "It mends another promise" in mended


def accept(visitor: Visitor, promise: Obligation) -> None:
    sides = f"/promises/{promise.id}/circle"
    form = values_of(visitor.get(sides))
    values = {"circle": form["circle"], "remedy": form["remedy"], "answer": "yes"}
    assert visitor.post(f"{sides}/remedy", values).status_code == 303


def test_the_monitor_leads_where_nobody_is_named_and_ends_it_without_a_remedy(
    visitor: Visitor, story: Story, promise: Obligation
):
    sides = f"/promises/{promise.id}/circle"
    as_shop(visitor, story)
    refused = visitor.post(sides, {})
    assert refused.status_code == 422
    assert 'href="#leads"' in refused.text
    assert visitor.post(sides, {"leads": "monitor"}).status_code == 303
    assert visitor.post(sides, {"leads": "monitor"}).status_code == 409
    assert "Will you lead a circle about a promise?" in subjects(story, "monitor@example.org")
    as_owner(visitor)
    held = circle(story, promise)
    assert visitor.get(f"/circles/{held.id}").status_code == 403
    assert visitor.post(f"{sides}/facilitator", {"circle": held.id, "answer": "yes"}).status_code == 303
    visitor.client.cookies.clear()
    visitor.sign_in("monitor@example.org")
    at = story.clock.instant + timedelta(days=2)
    lead = f"/circles/{held.id}"
    steps = (("accept", {"answer": "yes"}), ("arrange", {"at": f"{at:%Y-%m-%dT%H:%M}", "place": "Library"}))
    for step, values in steps:
        assert visitor.post(f"{lead}/{step}", values).status_code == 303
    assert visitor.post(f"{lead}/held").status_code == 409
    story.wait(days=3)
    assert visitor.post(f"{lead}/held").status_code == 303
    assert visitor.post(f"{lead}/outcome", {"none": "yes"}).status_code == 303
    told = text_of(visitor.get(f"/promises/{promise.id}"))
    assert re.search(r"It ended on .* without a remedy that all accept", told)


def test_the_api_walks_a_circle_and_shows_the_public_no_address(visitor: Visitor, story: Story, promise: Obligation):
    at, key = f"/api/v1/obligations/{promise.id}/circles", businesses.shop_token(KEYS, story.shops["bella"])
    shop = {"Authorization": f"Business {key}"}
    made = visitor.client.post(at, json={"email": "noor@example.org", "name": "Noor"}, headers=shop)
    assert made.status_code == 201
    assert made.json()["accepted"]["waits_for"] == ["organizer", "facilitator"]
    token = KEYS.token("circle", f"{made.json()['id']}:1")
    lead = f"/api/v1/circles/{made.json()['id']}/lead"
    assert visitor.client.post(lead, json={"token": token, "agrees": True, "show_name": True}).status_code == 200
    naive = {"token": token, "at": "2027-05-01T18:00:00", "place": "Library"}
    refused = visitor.client.post(f"/api/v1/circles/{made.json()['id']}/meeting", json=naive)
    assert refused.status_code == 422
    (shown,) = visitor.client.get(at).json()["items"]
    assert shown["stage"] == "accepting"
    assert shown["facilitator"] is None
    assert "noor" not in str(shown).lower()
