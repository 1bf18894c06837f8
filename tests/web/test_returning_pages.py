"""The second carrot: visits wait on the ticket and the shop's page, and a verified word opens them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from businesses import service as businesses
from businesses.followthrough import Verdict
from core.errors import Conflict, Invalid
from notifications import jobs
from notifications import queries as mails
from notifications.gateway import MailboxTransport
from pledges.returns import queries, service
from pledges.returns.values import Waiting
from tests.at_once import at_once, outcomes
from tests.factories import action, eur
from tests.notifications.senders import make_mailer, publish
from tests.stages import KEYS
from tests.web.records import Story
from tests.web.visiting import Visitor, text_of
from web.recounting.recount import recount

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def after(story: Story) -> Story:
    """The final tally is out: Bella promised fifteen more producers; Lea and Ben had pledged."""
    story.open()
    story.bid("bella", action("27"))
    story.wait(days=6)
    story.sign("bella")
    for name in ("lea", "ben"):
        story.pledge(name)
    story.wait(days=17)
    story.answer(story.declare("bella", "2000"))
    story.finalize()
    return story


def bella(story: Story) -> str:
    return story.shops["bella"].id


def come_back(story: Story, name: str, amount: str = "20") -> None:
    story.do(service.pledge_return, KEYS, story.pledged[name].id, story.token(name), None, bella(story), eur(amount))


def keep_the_word(story: Story) -> None:
    """What the business claims, somebody outside has seen, and an organizer confirms."""
    (promise,) = story.promises()
    story.file("bella", promise, "27")
    story.look(story.person("ben"), promise, "27")
    story.judge(promise, Verdict.KEPT)


def waits(story: Story) -> Waiting | None:
    with story.database.reading() as session:
        return queries.waits_for(session, story.campaign.id, bella(story))


def test_visits_wait_until_the_word_is_verified_and_are_counted_from_both_sides(after: Story):
    come_back(after, "lea", "30")
    come_back(after, "lea", "20")
    come_back(after, "ben", "7.50")
    lea = (KEYS, after.pledged["lea"].id, after.token("lea"), None, bella(after))
    with pytest.raises(Conflict):
        after.do(service.tell_return, *lea, eur("9"))
    keep_the_word(after)
    with pytest.raises(Conflict):
        after.do(service.withdraw_return, *lea)
    after.do(service.tell_return, *lea, eur("14.20"))
    for _ in "twice":
        after.do(service.note_return, after.slug, bella(after), after.pledged["ben"].code.lower())
    held = waits(after)
    assert held is not None
    assert (held.visits, held.amount, held.came, held.noted, held.told) == (2, eur("27.50"), 2, 1, eur("14.20"))
    assert recount(after.lines()).found == 0


def test_of_one_code_there_is_one_visit_however_often_it_is_sent_at_once(after: Story):
    at_once(8, lambda n: come_back(after, "lea", f"{n + 1}"))
    held = waits(after)
    assert held is not None
    assert held.visits == 1


def test_a_code_taken_down_at_once_by_two_counts_once(after: Story):
    come_back(after, "lea")
    keep_the_word(after)
    code = after.pledged["lea"].code
    noted, _ = outcomes(4, lambda _: after.do(service.note_return, after.slug, bella(after), code))
    assert len(noted) == 4
    assert recount(after.lines()).found == 0


@on_sqlite
def test_an_unknown_code_is_refused_by_its_field(after: Story):
    with pytest.raises(Invalid) as wrong:
        after.do(service.note_return, after.slug, bella(after), "ZZZZZZ")
    assert wrong.value.errors[0].field == "code"


@on_sqlite
def test_a_supporter_comes_back_from_the_ticket(visitor: Visitor, after: Story):
    pledge = after.pledged["lea"]
    token = KEYS.token("ticket", pledge.id)
    ticket, values = f"/tickets/{pledge.id}?token={token}", {"token": token, "business": bella(after)}
    assert "Come back once bella has kept its word?" in text_of(visitor.get(ticket))
    refused = visitor.post(f"/tickets/{pledge.id}/return", {**values, "amount": "a lot"})
    assert refused.status_code == 422
    assert 'value="a lot"' in refused.text
    assert visitor.post(f"/tickets/{pledge.id}/return", {**values, "amount": "20"}).status_code == 303
    assert "€20 of yours waits for proof." in text_of(visitor.get(ticket))
    assert "waits for proof. 1 supporter comes back" in text_of(visitor.get(f"/campaigns/{after.slug}/follow"))
    keep_the_word(after)
    assert "Come back until 2" in text_of(visitor.get(ticket))
    assert visitor.post(f"/tickets/{pledge.id}/return/visit", {**values, "spent": "14.20"}).status_code == 303
    assert "You reported €14.20. Thank you." in text_of(visitor.get(ticket))
    after.clock.set(after.clock.instant + timedelta(days=61))
    assert "The weeks for return visits ended" in text_of(visitor.get(ticket))


@on_sqlite
def test_the_shop_sees_what_waits_and_takes_codes_down(visitor: Visitor, after: Story):
    visitor.hold_key(businesses.shop_token(KEYS, after.shops["bella"]))
    page = f"/shop/{after.slug}/returns"
    assert "Nobody has said yet" in text_of(visitor.get(page))
    come_back(after, "lea")
    assert "€20 waits for proof." in text_of(visitor.get("/shop"))
    keep_the_word(after)
    wrong = visitor.post(page, {"code": "nobody"})
    assert wrong.status_code == 422
    assert 'value="nobody"' in wrong.text
    assert visitor.post(page, {"code": after.pledged["lea"].code}).status_code == 303
    assert "the business took down 1" in text_of(visitor.get(page))


@on_sqlite
def test_whoever_said_so_is_asked_once_by_mail(after: Story):
    come_back(after, "lea")
    keep_the_word(after)
    publish(after.database)
    jobs.deliver_due(after.database, make_mailer(MailboxTransport(after.database)))
    with after.database.reading() as session:
        subjects = [mail.subject for mail in mails.mailbox(session, "lea@example.org")]
    assert subjects.count("bella kept its word. Come back?") == 1
