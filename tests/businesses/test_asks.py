"""Supporters ask before there is an award: confirmed, counted, ended by a clock, told once of pledging."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from businesses import queries, service
from businesses.queries import Asks
from businesses.service.asking import REMEMBERED, TERM
from businesses.tables import AskRow
from core.db import Database
from core.errors import Conflict, Invalid, NotFound
from core.tables import MailRow
from notifications import jobs
from tests.factories import CLOSING, eur, make_bidding, make_window
from tests.scene import KEYS, Scene
from web import worker

LATER = CLOSING + timedelta(days=300)


@pytest.fixture
def scene(database: Database) -> Scene:
    scene = Scene(database)
    scene.open()
    return scene


def ask(scene: Scene, amount: str, email: str = "", wish: str = "oat milk") -> str:
    with scene.doing() as session:
        return service.ask(session, scene.clock, scene.slug, eur(amount), email, wish, "de")


def confirm(scene: Scene, asked: str) -> None:
    with scene.doing() as session:
        service.confirm_ask(session, scene.clock, KEYS, asked, KEYS.token("ask", asked))


def counted(scene: Scene) -> tuple[int, str, int, str]:
    with scene.database.reading() as session:
        asks: Asks = queries.asks(session, [scene.campaign])[scene.campaign.id]
    apart = asks.without_address
    return asks.people, str(asks.amount.minor), apart.people, str(apart.amount.minor)


def mails(scene: Scene, kind: str) -> list[tuple[str, str]]:
    with scene.database.reading() as session:
        found = session.scalars(select(MailRow).where(MailRow.kind == kind).order_by(MailRow.recipient))
        return [(mail.recipient, mail.locale) for mail in found]


def test_an_ask_counts_once_its_address_is_confirmed_and_without_one_apart(scene: Scene):
    lea = ask(scene, "20", "Lea@example.org")
    ask(scene, "10")
    assert counted(scene) == (0, "0", 1, "1000")
    assert mails(scene, "confirm_ask") == [("lea@example.org", "de")]
    for _ in range(2):
        confirm(scene, lea)
    assert counted(scene) == (1, "2000", 1, "1000")


def test_a_form_sent_twice_is_one_ask_and_of_one_address_the_last_confirmed_counts(scene: Scene):
    first = ask(scene, "20", "lea@example.org")
    assert ask(scene, "20", "lea@example.org") == ""
    confirm(scene, first)
    second = ask(scene, "35", "lea@example.org")
    assert counted(scene)[:2] == (1, "2000")
    confirm(scene, second)
    assert counted(scene)[:2] == (1, "3500")
    with pytest.raises(NotFound):
        confirm(scene, first)


def test_nobody_counts_the_ask_of_another(scene: Scene):
    lea = ask(scene, "20", "lea@example.org")
    with scene.doing() as session, pytest.raises(NotFound):
        service.confirm_ask(session, scene.clock, KEYS, lea, KEYS.token("ask", "another"))
    with pytest.raises(Invalid):
        ask(scene, "0")


def test_an_ask_expires_is_told_once_and_is_renewed_by_its_link(database: Database):
    scene = Scene(database)
    day = LATER + timedelta(days=20)
    scene.open(bidding=make_bidding(closes_at=LATER), windows=(make_window(day, day + timedelta(hours=4)),))
    lea, tom = ask(scene, "20", "lea@example.org"), ask(scene, "30", "tom@example.org")
    confirm(scene, lea)
    ask(scene, "10")
    scene.wait_until(scene.now + TERM - timedelta(seconds=1))
    assert counted(scene) == (1, "2000", 1, "1000")
    scene.wait_until(scene.now + timedelta(seconds=1))
    assert counted(scene) == (0, "0", 0, "0")
    assert mails(scene, "ask_expired") == [("lea@example.org", "de")]
    with pytest.raises(NotFound):
        confirm(scene, tom)
    confirm(scene, lea)
    assert counted(scene)[:2] == (1, "2000")


def test_what_ended_is_deleted_when_it_can_no_longer_be_renewed(scene: Scene):
    ask(scene, "10")
    scene.wait_until(scene.now + TERM)
    scene.clock.advance(days=REMEMBERED.days + 1)
    worker.clean(scene.database)
    with scene.database.reading() as session:
        assert list(session.scalars(select(AskRow.id))) == []


def test_at_the_award_asks_leave_the_sum_and_each_asker_is_told_once_that_pledging_is_open(scene: Scene):
    for name in ("lea", "tom"):
        confirm(scene, ask(scene, "20", f"{name}@example.org"))
    waiting = ask(scene, "20", "uma@example.org")
    scene.bid("morgenrot")
    scene.wait_until(CLOSING)
    assert counted(scene) == (0, "0", 0, "0")
    for late in (lambda: ask(scene, "20"), lambda: confirm(scene, waiting)):
        with pytest.raises(Conflict, match="pledge instead"):
            late()
    scene.agreed()
    scene.record()
    while jobs.deliver_subscriptions(scene.database):
        pass
    assert mails(scene, "pledging_open") == [("lea@example.org", "de"), ("tom@example.org", "de")]


def test_whoever_leaves_is_gone_and_what_counted_stays_counted(scene: Scene):
    confirm(scene, ask(scene, "20", "lea@example.org"))
    ask(scene, "30", "lea@example.org")
    with scene.doing() as session:
        service.forget_address(session, "lea@example.org")
    assert counted(scene) == (1, "2000", 0, "0")


def test_a_wish_is_for_the_organizers(scene: Scene):
    ask(scene, "20", wish="Ask Bella Café")
    ask(scene, "20", "lea@example.org", wish="never confirmed")
    with scene.database.reading() as session:
        assert queries.wishes(session, scene.campaign.id, 20) == [("Ask Bella Café", 1)]
    assert "Bella" not in str([fact.body for fact in scene.record()])
