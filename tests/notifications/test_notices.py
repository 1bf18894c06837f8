"""Facts become notices: who has something to do is told once, in time, and not when it is done already."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import text

from accounts import queries as people
from businesses import service as businesses
from businesses.followthrough import Verdict
from campaigns import service as campaigns
from campaigns.values import GoAhead, GoAheadKind, Mode, State
from core import outbox
from notifications import service
from notifications.rules import DUTIES, Frequency, Subscription
from pledges import service as pledges
from pledges.rules.codes import spoken
from pledges.values import Arrival, Pledge
from tests.factories import eur
from tests.notifications.senders import publish
from tests.notifications.walk import Walk
from tests.stages import KEYS, make_person
from web.trips import choosing

OWNER, BELLA, SPAETI, MONITOR, LEA = (
    "owner@example.org", "bella@shop.example", "spaeti@shop.example", "monitor@example.org", "lea@example.org",
)  # fmt: skip
TITLE = "A Saturday for the Corner Café"


def duties_off(walk: Walk, pledge: Pledge) -> None:
    """This supporter wants no mail but digests."""
    with walk.database.writing() as session:
        person = people.people(session, [pledge.person or ""])[pledge.person or ""]
        service.set_duties(session, person, on=False)


def follow(walk: Walk, email: str) -> None:
    """Somebody without a pledge follows weekly."""
    with walk.database.writing() as session:
        person = make_person(session, walk.clock, email)
        service.follow(session, walk.clock, person, walk.campaign.id, Frequency.WEEKLY)


def test_an_invited_shop_gets_its_link_then_its_key_then_a_copy_of_its_bid(walk: Walk):
    walk.open()
    walk.claim("Bella")
    walk.bid("Bella", "22")
    walk.clock.advance(hours=1)
    walk.bid("Bella", "30")
    invitation, key, copy, raised = walk.mail(BELLA)
    assert invitation.subject == f"Bella, would you bid? {TITLE}"
    assert "/invitations/claim?token=" in invitation.text
    assert key.subject == "The key to your page: Bella"
    assert "22%" in copy.text
    assert "30%" in raised.text
    assert f"&to=%2Fshop%2F{walk.campaign.slug}%2Fbid" in raised.text
    shop = walk.shops["Bella"]
    assert f"/shop/enter?token={KEYS.token('shop', f'{shop.id}:1')}" in key.text


def test_a_supporter_is_asked_to_confirm_and_has_the_ticket_in_the_same_mail(walk: Walk):
    walk.agreed()
    made = walk.pledge(LEA, confirm=False)
    (mail,) = walk.mail(LEA)
    assert f"/pledges/{made.id}/confirm?token={KEYS.token('pledge', made.id)}" in mail.text
    assert f"/tickets/{made.id}?token={KEYS.token('ticket', made.id)}" in mail.text
    assert spoken(made.code) in mail.text


def test_after_closing_everybody_hears_how_it_went_and_who_has_to_sign(walk: Walk):
    walk.open()
    for name, percent in (("Bella", "30"), ("Spaeti", "22"), ("Third", "10")):
        walk.claim(name)
        walk.bid(name, percent)
    walk.move(walk.clock.instant + timedelta(days=5))
    assert walk.subjects(BELLA)[-1] == "Bella was chosen"
    assert walk.subjects(SPAETI)[-1] == f"Spaeti came next: {TITLE}"
    assert walk.subjects("third@shop.example")[-1] == f"Another bid was chosen: {TITLE}"
    assert walk.subjects(OWNER) == [f"Bella was chosen, please sign: {TITLE}"]
    assert "Bella was chosen by the published rule" in walk.mail(OWNER)[-1].text
    walk.sign("Bella")
    assert walk.subjects(BELLA)[-2:] == [f"The agreement waits for you: {TITLE}", f"Agreed: {TITLE}"]
    assert walk.subjects(OWNER)[-1] == f"Agreed: {TITLE}"


def test_a_sealed_bid_is_named_to_nobody_but_its_shop(walk: Walk):
    walk.open()
    with walk.database.writing() as session:
        held = walk.campaign
        assert held.bidding
        sealed = replace(held, bidding=replace(held.bidding, mode=Mode.SEALED))
        campaigns.apply(session, (sealed, []), walk.clock.instant)
        service.follow(session, walk.clock, walk.owner, held.id, Frequency.DAILY)
    walk.claim("Bella")
    walk.bid("Bella", "22")
    walk.move(walk.clock.instant + timedelta(days=3))
    assert walk.subjects(OWNER) == []
    assert "Bids are sealed" in walk.mail(BELLA)[-1].text


def test_the_day_and_the_till(walk: Walk):
    walk.agreed()
    walk.pledge(LEA)
    walk.count()
    assert walk.subjects(OWNER)[-2:] == [f"It is on: {TITLE}", f"Please confirm the till: {TITLE}"]
    assert walk.subjects(BELLA)[-2:] == [f"It is on: {TITLE}", f"What did the till say? {TITLE}"]
    assert "€2,000.84" in walk.mail(OWNER)[-1].text


def test_supporters_are_thanked_with_the_result_once_and_their_digest_does_not_repeat_it(walk: Walk):
    walk.agreed()
    came, stayed_away = (walk.pledge(email) for email in (LEA, "kim@example.org"))
    walk.pledge("no@example.org", confirm=False)
    duties_off(walk, walk.pledge("off@example.org"))
    follow(walk, "reader@example.org")
    walk.move(walk.campaign.windows[0].opens_at)
    walk.do(pledges.check_in, walk.campaign.slug, walk.owner, Arrival(code=came.code))
    walk.count()
    walk.move(walk.clock.instant + timedelta(days=8))
    thanks, result = f"Thank you, and the result: {TITLE}", f"The result: {TITLE}"
    mails = {to: [m for m in walk.mail(to) if m.subject in (thanks, result)] for to in (LEA, "kim@example.org")}
    assert [[mail.subject for mail in held] for held in mails.values()] == [[thanks], [thanks]]
    (told,), (absent,) = mails.values()
    for words in ("You were there.", "€2,000.84 came in, €440.18 is owed.", "Pledged: 3 people, €60. Came: 1 person."):
        assert words in told.text
    assert f"/campaigns/{walk.campaign.slug}/result" in told.text
    assert "Whether or not you could" in absent.text
    assert thanks not in walk.subjects("no@example.org")
    for reader in ("off@example.org", "reader@example.org"):
        assert thanks not in walk.subjects(reader)
        assert result in walk.subjects(reader)
    assert stayed_away.stands


def test_a_missed_campaign_asks_both_sides_whether_to_go_ahead(walk: Walk):
    walk.open(go_ahead=GoAhead(GoAheadKind.MONEY, Decimal(500), walk.clock.instant + timedelta(days=15)))
    walk.claim("Bella")
    walk.bid("Bella", "22")
    walk.move(walk.clock.instant + timedelta(days=5))
    walk.sign("Bella")
    walk.pledge(LEA)
    walk.move(walk.clock.instant + timedelta(days=11))
    assert walk.campaign.state == State.MISSED
    for address in (OWNER, BELLA):
        assert walk.subjects(address)[-1] == f"Not enough pledges: {TITLE}"
    assert "1 person, €20 together" in walk.mail(OWNER)[-1].text


def test_a_promise_is_reminded_of_three_times_and_lateness_is_told_to_both_sides_twice(walk: Walk):
    walk.agreed()
    walk.count()
    due = walk.producers.due_on
    for days in (30, 7, 1):
        ahead = datetime.combine(due - timedelta(days=days), time(9), ZoneInfo("Europe/Berlin"))
        walk.move(ahead - timedelta(hours=1))
        before = len(walk.mail(BELLA))
        walk.move(ahead)
        reminders = walk.mail(BELLA)[before:]
        assert [mail.subject.partition(":")[0] for mail in reminders] == [f"Due on {due:%-d %B %Y}"] * 2
    walk.move(walk.producers.due_at + timedelta(hours=1))
    for address in (BELLA, OWNER):
        assert walk.subjects(address)[-2:] == [f"Late: Bella, due on {due:%-d %B %Y}"] * 2
    told = len(walk.subjects(MONITOR))
    walk.move(walk.producers.due_at + timedelta(days=31))
    assert f"Late: Bella, due on {due:%-d %B %Y}" in walk.subjects(MONITOR)[told:]


def test_a_promise_that_was_shown_needs_no_reminder_but_a_verdict(walk: Walk):
    walk.agreed()
    walk.count()
    walk.file("27")
    assert walk.subjects(MONITOR)[-1] == "Was it kept? Bella"
    assert f"/promises/{walk.producers.id}/verdict" in walk.mail(MONITOR)[-1].text
    assert "Was it kept? Bella" not in walk.subjects(OWNER)
    walk.move(walk.producers.due_at)
    words = [mail.text for mail in walk.mail(BELLA) if mail.subject.startswith("Due on")]
    assert not [text for text in words if "producers" in text]
    walk.judge(Verdict.KEPT)
    assert walk.subjects(BELLA)[-1] == "Kept: the verdict on your promise, Bella"


def test_the_checker_is_asked_once_the_date_has_passed_where_less_was_shown(walk: Walk):
    walk.agreed()
    walk.count()
    walk.file("20")
    assert "Was it kept? Bella" not in walk.subjects(MONITOR)
    walk.move(walk.producers.due_at + timedelta(hours=1))
    assert walk.subjects(MONITOR)[-1] == "Was it kept? Bella"


def test_more_time_is_asked_of_the_organizers_and_moves_the_reminder(walk: Walk):
    walk.agreed()
    walk.count()
    first = walk.producers
    later = first.due_on + timedelta(days=30)
    walk.do(businesses.ask_extension, walk.shops["Bella"], first.id, later, "The builder is ill.")
    assert walk.subjects(OWNER)[-1] == "Bella asks for more time"
    walk.do(businesses.answer_extension, walk.owner, first.id, accept=True)
    walk.move(datetime.combine(later - timedelta(days=13), time(9), ZoneInfo("Europe/Berlin")))
    told = [mail for mail in walk.mail(BELLA) if mail.subject.startswith("Due on") and "producers" in mail.text]
    assert [mail.subject for mail in told] == [f"Due on {later:%-d %B %Y}: your promise"]


def test_a_dispute_asks_the_checker_to_look_again(walk: Walk):
    walk.agreed()
    walk.count()
    walk.file("20")
    walk.move(walk.producers.due_at + timedelta(hours=1))
    walk.judge(Verdict.PARTLY_KEPT)
    before = len(walk.mail(MONITOR))
    walk.do(businesses.reply, walk.shops["Bella"], walk.producers.id, "There are 27.", dispute=True)
    (again,) = walk.mail(MONITOR)[before:]
    assert "disputes the verdict" in again.text


def test_a_postponed_day_reaches_every_supporter_with_their_own_link(walk: Walk):
    walk.agreed()
    made = walk.pledge(LEA)
    moved = tuple(
        replace(w, opens_at=w.opens_at + timedelta(days=7), closes_at=w.closes_at + timedelta(days=7))
        for w in walk.campaign.windows
    )
    walk.do(campaigns.postpone, walk.owner, walk.campaign.slug, moved, "Rain at nine in the morning.")
    newest = walk.mail(LEA)[-1]
    assert newest.subject == f"A new date: {TITLE}"
    assert f"/pledges/{made.id}/confirm?token={KEYS.token('pledge', made.id)}" in newest.text
    assert walk.subjects(BELLA)[-1] == f"A new date: {TITLE}"
    assert "/pledges/" not in walk.mail(BELLA)[-1].text


def test_changed_terms_ask_supporters_again_until_they_agree(walk: Walk):
    walk.agreed()
    for email in (LEA, "tom@example.org"):
        walk.pledge(email)
    with walk.database.writing() as session:
        campaigns.edit(
            session,
            walk.clock,
            walk.owner,
            walk.campaign.slug,
            {"go_ahead": GoAhead(GoAheadKind.HEADCOUNT, Decimal(2))},
        )
    walk.settle()
    assert walk.subjects(LEA)[-1] == f"Do you still agree? {TITLE}"
    assert "What is needed for the day to take place" in walk.mail(LEA)[-1].text


def test_a_cancelled_campaign_is_told_to_all_who_count_on_it(walk: Walk):
    walk.agreed()
    walk.pledge(LEA)
    walk.do(campaigns.cancel, walk.owner, walk.campaign.slug, "The roof has come down.")
    for address in (LEA, BELLA, OWNER):
        assert walk.subjects(address)[-1] == f"Cancelled: {TITLE}"
    assert "No money was taken" in walk.mail(LEA)[-1].text
    assert "No money was taken" not in walk.mail(BELLA)[-1].text


def test_a_pledge_confirmed_at_once_gets_no_second_question(walk: Walk):
    walk.agreed()
    made = walk.pledge(LEA)
    assert walk.subjects(LEA) == [f"Confirm your pledge: {TITLE}"]
    assert eur("20") == made.amount
    assert f"{made.code[:3]} {made.code[3:]}" in walk.mail(LEA)[0].text


def test_duties_have_their_own_switch(walk: Walk):
    walk.agreed()
    with walk.database.writing() as session:
        service.set_duties(session, walk.owner, on=False)
        shop = Subscription(walk.shops["Bella"].id, DUTIES)
        service.unsubscribe(session, KEYS, shop, KEYS.token("unsubscribe", shop.subject))
    before = (len(walk.mail(OWNER)), len(walk.mail(BELLA)))
    walk.pledge(LEA)
    walk.move(walk.clock.instant + timedelta(days=16))
    assert walk.campaign.state == State.COUNTING
    assert (len(walk.mail(OWNER)), len(walk.mail(BELLA))) == before


def test_every_duty_mail_says_how_to_stop_them(walk: Walk):
    walk.agreed()
    newest = walk.mail(BELLA)[-1]
    shop = walk.shops["Bella"]
    assert f"/unsubscribe?who={shop.id}&list=duties&token=" in newest.text


def test_a_fact_that_is_read_again_asks_for_no_second_mail(walk: Walk):
    walk.agreed()
    with walk.database.writing() as session:
        before = session.execute(text("SELECT count(*) FROM outbox")).scalar_one()
        session.execute(text("UPDATE record_reader SET position = 0 WHERE name = 'notices'"))
    publish(walk.database)
    with walk.database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM outbox")).scalar_one() == before


def test_who_leaves_is_forgotten_by_the_mail_too(walk: Walk):
    walk.agreed()
    walk.pledge(LEA)
    with walk.database.writing() as session:
        lea = people.person_by_email(session, LEA)
        assert lea
        outbox.enqueue(session, "sign_in", LEA, walk.clock.instant + timedelta(days=1), next_path="/")
        service.forget(session, lea)
        for table in ("outbox", "mailbox"):
            rows = session.execute(text(f"SELECT * FROM {table}")).all()  # noqa: S608 - two names written here
            assert LEA not in str(rows)
        assert service.preferences(session, lea).follows == ()


def test_what_concerns_nobody_asks_for_nothing(walk: Walk):
    walk.agreed()
    before = walk.subjects(OWNER)
    walk.pledge(LEA, confirm=False)
    assert walk.subjects(OWNER) == before


def test_when_a_winner_falls_out_everybody_hears_why(walk: Walk):
    walk.open()
    for name, percent in (("Bella", "30"), ("Spaeti", "22"), ("Third", "10")):
        walk.claim(name)
        walk.bid(name, percent)
    walk.move(walk.clock.instant + timedelta(days=5))
    walk.sign("Bella")
    walk.pledge(LEA)
    walk.do(choosing.withdraw_bid, walk.shops["Bella"], walk.campaign.slug)
    for reader in (OWNER, MONITOR, LEA, BELLA, "third@shop.example"):
        told = [mail for mail in walk.mail(reader) if mail.subject == f"Bella has fallen out: {TITLE}"]
        assert len(told) == 1, reader
        assert "has withdrawn its bid" in told[0].text
        assert "Spaeti follows" in told[0].text
    assert walk.subjects(SPAETI)[-1] == "Spaeti was chosen"
