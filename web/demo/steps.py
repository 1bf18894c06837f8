"""What the tour's buttons do before they show a page: real use-cases by the demo's people, and the clock's own work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from accounts import service as accounts
from campaigns.values import State
from core import record
from core.errors import Conflict
from notifications import service as notifications
from notifications.rules import Frequency
from pledges import queries as pledge_queries
from pledges import service as pledges
from pledges.service.promises import MAIL
from pledges.values import PledgeState
from web.demo import clock, crowd
from web.demo.cast import MIRA, RUTH, SPAETI, YOU, YUSUF, Player, Shop
from web.demo.progress import Progress, look
from web.demo.stage import Stage
from web.demo.tour import PRODUCERS, ZONE
from web.site import Site

LATE_BY = 3
"""How many days after the money's date the clock stops in step 5."""


@dataclass(frozen=True)
class Scene:
    """Where a step leads, and as whom; None: as whoever one is."""

    address: str
    player: Player | Shop | None = None


def take(site: Site, step: int) -> Scene:
    """Take a step of the tour. Raises Conflict where an earlier one comes first, or time has gone past it."""
    with site.db.reading() as session:
        found = look(session, site.clock)
    if step != found.done + 1 and step != found.done:
        raise Conflict("Another step of the tour comes first")
    if found.is_lost:
        raise Conflict("Time has gone past this tour: begin it anew")
    return _STEPS[step](site, Stage(site, found.now), found)


def _pledge(site: Site, stage: Stage, found: Progress) -> Scene:
    return Scene(f"/campaigns/{found.campaign.slug}#pledge")


def _jump_to_the_day(site: Site, stage: Stage, found: Progress) -> Scene:
    """The visitor's mail link is followed for them, and they ask for news; then the evening comes."""
    if found.own and found.own.pledge.state == PledgeState.UNCONFIRMED and found.own.contact:
        pledge = found.own.pledge.id
        stage.do(lambda s: pledges.confirm(s, site.clock, site.keys, pledge, site.keys.token(MAIL, pledge)))
    stage.do(lambda s: _follow(s, site, found))
    before = _position(site)
    opening = found.campaign.first_opening
    if opening and opening > found.now:
        clock.move(site, opening)
    return Scene(f"/demo/way?after={before}")


def _position(site: Site) -> int:
    """Where the record stands: what follows happened on the way."""
    clock.catch_up(site)
    with site.db.reading() as session:
        return record.last_position(session)


def _follow(session: Session, site: Site, found: Progress) -> None:
    now = site.clock.now(session)
    reader = accounts.person_for(session, found.reader, now, timezone=ZONE, name=YOU.name if not found.own else "")
    notifications.follow(session, site.clock, reader, found.campaign.id, Frequency.DAILY)


def _scan(site: Site, stage: Stage, found: Progress) -> Scene:
    code = found.own.pledge.code if found.own else ""
    return Scene(f"/door/{found.campaign.slug}?code={code}", YUSUF)


def _type_the_till(site: Site, stage: Stage, found: Progress) -> Scene:
    """The others come too, and the evening ends."""
    closing = found.campaign.last_closing
    if closing and found.now < closing:
        codes = stage.do(lambda s: _waiting_codes(s, found))
        if codes:
            crowd.arrive(stage, found.campaign.slug, YUSUF, codes, ("138.40", "151.20", "127.90"), 12)
        clock.move(site, closing + timedelta(minutes=10))
    return Scene(f"/shop/{found.campaign.slug}/till", SPAETI)


def _waiting_codes(session: Session, found: Progress) -> list[str]:
    """Of the crowd who have not come yet; the last stay at home."""
    listed = pledge_queries.listing(session, found.campaign.id)
    theirs = [line for line in listed if line.contact and line.contact.email.endswith(crowd.CROWD)]
    return [line.pledge.code for line in theirs if line.check_in is None][:-1]


def _jump_past_the_date(site: Site, stage: Stage, found: Progress) -> Scene:
    """The organizer locks the tally; the shop files its list in time, and forgets the money."""
    slug = found.campaign.slug
    if found.campaign.state == State.COUNTING:
        stage.confirm_tills(slug, MIRA)
        stage.finalize(slug, MIRA)
    with site.db.reading() as session:
        found = look(session, site.clock)
    assert found.money
    assert found.producers
    _reach(site, found.producers.due_at - timedelta(days=2, hours=14))
    if not found.producers.evidence:
        stage.file(SPAETI, found.producers, "Fifteen new producers, all on the shelf.", items=list(PRODUCERS))
    _reach(site, found.money.due_at + timedelta(days=LATE_BY, hours=-14))
    return Scene(f"/campaigns/{slug}/follow")


def _reach(site: Site, at: datetime) -> None:
    if at > clock.now(site):
        clock.move(site, at)


def _tick(site: Site, stage: Stage, found: Progress) -> Scene:
    assert found.producers
    looked = any(check.by == "monitor" for check in found.producers.checks)
    return Scene(f"/promises/{found.producers.id}/{'verdict' if looked else 'check'}", RUTH)


def _read_the_digest(site: Site, stage: Stage, found: Progress) -> Scene:
    """The next morning comes, at the reader's own hour."""
    if found.digest is None:
        clock.catch_up(site)
        with site.db.reading() as session:
            reader = accounts.person_for(session, found.reader, found.now)
            follows = notifications.preferences(session, reader).follows
        due = [f.next_at for f in follows if f.campaign == found.campaign.id and f.next_at]
        _reach(site, due[0] if due else found.now + timedelta(days=1))
        with site.db.reading() as session:
            found = look(session, site.clock)
    return Scene(f"/demo/mailbox/{found.digest.id}" if found.digest else "/demo/mailbox")


_STEPS: dict[int, Callable[[Site, Stage, Progress], Scene]] = {
    1: _pledge,
    2: _jump_to_the_day,
    3: _scan,
    4: _type_the_till,
    5: _jump_past_the_date,
    6: _tick,
    7: _read_the_digest,
}
