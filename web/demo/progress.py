"""How far a visitor has come on the tour: read from what they really did, nothing is kept beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from businesses import queries as business_queries
from businesses.commitments import Action
from businesses.followthrough import Obligation
from campaigns import rules
from campaigns.values import Campaign, State
from core.clock import Clock
from notifications import queries as mail
from notifications.queries import KeptMail
from pledges import queries as pledge_queries
from pledges.queries import Listed
from web.demo import tour
from web.demo.cast import YOU
from web.demo.crowd import CROWD
from web.trips import counting

STEPS = 7


@dataclass(frozen=True)
class Progress:
    """The tour's campaign and what the visitor has done in it. Fields are empty until their step was taken."""

    campaign: Campaign
    now: datetime
    own: Listed | None = None
    formula: str = ""
    money: Obligation | None = None
    producers: Obligation | None = None
    digest: KeptMail | None = None

    @property
    def done(self) -> int:
        """How many steps have been taken; each stands on the one before."""
        taken = (
            self.own is not None,
            self.own is not None
            and self.campaign.first_opening is not None
            and self.now >= self.campaign.first_opening,
            self.own is not None and self.own.check_in is not None,
            bool(self.formula),
            self.money is not None and self.now >= self.money.due_at,
            self.producers is not None and self.producers.verdict is not None,
            self.digest is not None,
        )
        return next((n for n, step in enumerate(taken) if not step), STEPS)

    @property
    def is_lost(self) -> bool:
        """Whether time has gone past a step that was not taken: then only a fresh tour helps."""
        state, open_ = self.campaign.state, (State.TIPPED, State.MOBBING, State.COUNTING)
        match self.done:
            case 0:
                return not rules.takes_pledges(self.campaign, self.now) or self.campaign.state != State.PLEDGING
            case 1:
                return state not in {State.PLEDGING, *open_}
            case 2 | 3:
                return state not in open_
            case 4:
                return state not in {State.COUNTING, State.FINAL, State.FOLLOWING}
        return self.done < STEPS and state != State.FOLLOWING

    @property
    def reader(self) -> str:
        """The address that the tour's digest goes to: the visitor's own where they gave one."""
        return self.own.contact.email if self.own and self.own.contact else YOU.email


def look(session: Session, clock: Clock) -> Progress:
    """The tour as it stands. Raises NotFound outside a filled demo."""
    campaign = tour.current(session)
    own = _own(session, campaign)
    promises = business_queries.obligations(session, [campaign.id])
    producers = next((o for o in promises if isinstance(o.commitment, Action)), None)
    found = Progress(
        campaign=campaign,
        now=clock.now(session),
        own=own,
        formula=_formula(session, campaign),
        money=next((o for o in promises if not isinstance(o.commitment, Action)), None),
        producers=producers,
    )
    return found if producers is None else _with_digest(session, found, producers)


def _own(session: Session, campaign: Campaign) -> Listed | None:
    """The newest pledge that is not of the crowd: the visitor's own."""
    listed = pledge_queries.listing(session, campaign.id)
    own = [line for line in listed if not (line.contact and line.contact.email.endswith(CROWD)) and line.pledge.stands]
    return own[-1] if own else None


def _formula(session: Session, campaign: Campaign) -> str:
    """ "35% x 2000.84 = 700.29", from the moment that a till total is there."""
    lines = counting.tally(session, campaign)["owed"] or []
    return str(lines[0]["formula"] or "") if lines else ""


def _with_digest(session: Session, found: Progress, producers: Obligation) -> Progress:
    """The newest digest to the visitor since the verdict."""
    if producers.verdict is None:
        return found
    since = producers.verdict.at
    newest = (m for m in mail.mailbox(session, found.reader, 20) if m.at > since and "List-Unsubscribe" in m.headers)
    return replace(found, digest=next(newest, None))
