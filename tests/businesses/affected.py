"""What people affected by a promise say, step by step."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from businesses import queries, service
from businesses.commitments import Action
from businesses.consent import Consent, Representative, Said, Wish
from businesses.service.consenting import Asking, Recorded
from core.tables import MailRow
from tests.factories import action, share
from tests.scene import KEYS, Scene
from web.trips import consenting

DAY = timedelta(days=1)
GROUP = "The neighbours of the yard"


def affecting(**changes: Any) -> Action:
    return replace(action(name="yard", affected_group=GROUP), **changes)


def two_bids(scene: Scene, **terms: object) -> Scene:
    """The better bid affects people, the other one nobody."""
    scene.open(**terms)
    scene.bid("yard", share("40"), affecting())
    scene.bid("plain", share("30"))
    return scene


def ask(scene: Scene, shop: str = "yard", email: str = "rosa@example.org", recorded: Recorded | None = None) -> Consent:
    owner, bid = scene.person(), scene.bid_of(shop).id
    asking = Asking(bid, "yard", Representative(email, "Rosa Lund"), recorded)
    with scene.doing() as session:
        return consenting.ask(session, scene.clock, owner, scene.slug, asking)


def answer(scene: Scene, asked: Consent, wish: Wish, **said: Any) -> Consent:
    with scene.doing() as session:
        held = service.consent_by_link(session, KEYS, asked.id, KEYS.token("consent", asked.subject))
        token = KEYS.token("consent", held.subject)
        return consenting.answer(session, scene.clock, KEYS, asked.id, token, Said(wish, **said))


def consent(scene: Scene, shop: str = "yard") -> Consent:
    with scene.database.reading() as session:
        return queries.consents(session, [scene.campaign.id])[scene.bid_of(shop).id]["yard"]


def mails(scene: Scene) -> list[str]:
    with scene.database.reading() as session:
        return [m.recipient for m in session.scalars(select(MailRow)) if m.kind == "consent_asked"]
