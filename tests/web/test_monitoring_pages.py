"""A monitor's report as the monitor, the business and the public see it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from businesses import service as businesses
from businesses.followthrough import Obligation
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
    return story.follow(action("27"))


def reports(visitor: Visitor, story: Story) -> list[str]:
    found = visitor.client.get(f"/api/v1/campaigns/{story.slug}/monitor-reports").json()["items"]
    return [each["id"] for each in found]


def mailed(story: Story) -> str:
    """The reply page's address, as the business got it by mail."""
    publish(story.database)
    jobs.deliver_due(story.database, make_mailer(MailboxTransport(story.database)))
    with story.database.reading() as session:
        (mail,) = [m for m in mails.mailbox(session, "bella@shop.example") if m.subject.startswith("What the monitor")]
    return mail.text.partition("%2Fmonitor-reports%2F")[2].partition("%2F")[0]


def test_a_visit_is_reported_replied_to_and_stands_on_the_promises_page(
    visitor: Visitor, story: Story, promise: Obligation
):
    visitor.sign_in("monitor@example.org")
    today = story.clock.instant.date()
    asked = {"findings.0.remedy": "Take them down.", "findings.0.due_on": str(today + timedelta(days=30))}
    found = {"visited_on": str(today), "findings.0.words": "Signs before empty crates.", **asked}
    assert (
        visitor.post(f"/promises/{promise.id}/report", {**found, "findings.3.words": "It is dry."}).status_code == 303
    )
    page = f"/promises/{promise.id}"
    assert "Signs before empty crates." not in visitor.get(page).text
    report = mailed(story)
    assert visitor.get(f"/monitor-reports/{report}").status_code == 404
    visitor.client.cookies.clear()
    visitor.hold_key(businesses.shop_token(KEYS, story.shops["bella"]))
    assert "Only you and the monitor read this yet." in text_of(visitor.get(f"/monitor-reports/{report}/reply"))
    empty = visitor.post(f"/monitor-reports/{report}/reply", {"reply": ""})
    assert empty.status_code == 422
    assert visitor.post(f"/monitor-reports/{report}/reply", {"reply": "They are down."}).status_code == 303
    told = text_of(visitor.get(page))
    assert "Finding 1 Signs before empty crates. Asked for by" in told
    assert "Finding 2 It is dry." in told
    assert "They are down." in told
    assert "Paid by:" in told
    assert reports(visitor, story) == [report]
    assert visitor.get(f"/monitor-reports/{report}").status_code == 200


def test_what_is_missing_is_named_in_its_row_and_nothing_typed_is_lost(
    visitor: Visitor, story: Story, promise: Obligation
):
    at = f"/promises/{promise.id}/report"
    visitor.sign_in("owner@example.org")
    assert visitor.get(at).status_code == 403
    visitor.sign_in("monitor@example.org")
    today = str(story.clock.instant.date())
    sent = {"visited_on": today, "findings.0.words": "Dry.", "findings.2.words": "Dark.", "findings.2.remedy": "Light."}
    refused = visitor.post(at, sent)
    assert refused.status_code == 422
    assert 'href="#findings.2.due_on"' in refused.text
    assert values_of(refused)["findings.2.remedy"] == "Light."
    assert 'href="#visited_on"' in visitor.post(at, {"findings.0.words": "Dry."}).text
