"""What the clock does to campaigns and promises: one use-case per due row, each rechecking the state (rule 4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from businesses import queries as business_queries
from businesses import service as businesses
from businesses.circles import queries as circles
from businesses.circles import service as circling
from businesses.followthrough import is_over
from businesses.monitoring import queries as reports
from businesses.monitoring import service as monitoring
from campaigns import queries as campaign_queries
from campaigns import service as campaigns
from campaigns import waits
from campaigns.values import Campaign, State
from core.clock import Clock
from core.db import Database
from core.due import DueWork
from pledges import queries as pledge_queries
from web.trips import choosing, counting

Step = Callable[[Session, Campaign, datetime], Campaign]


def look(session: Session, clock: Clock, campaign_id: str) -> str | None:
    """If the campaign's clock has run out, take the exit of its wait. Gives a line of what happened."""
    campaign, now = campaigns.lock_by_id(session, clock, campaign_id)
    wait = waits.next_wait(campaign)
    if wait is None or wait.at > now:
        return None
    after = _STEPS.get(campaign.state, campaigns.advance)(session, campaign, now)
    return f"{campaign.slug}: {campaign.state} -> {after.state} ({wait.kind})"


def _choosing(session: Session, campaign: Campaign, now: datetime) -> Campaign:
    if campaign.award:
        return choosing.expire_agreement(session, campaign, now)
    if campaign.wait_until:
        return choosing.decide_late(session, campaign, now)
    return choosing.choose(session, campaign, now)


def _decide(session: Session, campaign: Campaign, now: datetime) -> Campaign:
    """Tipped or missed: summed from the rows confirmed before the instant, never from a rolled-up figure."""
    sums = pledge_queries.sums(session, campaign.id, campaign.currency, confirmed_before=campaign.go_ahead_at)
    return campaigns.decide(session, campaign, sums.confirmed.people, sums.confirmed.amount, now)


def _till_term(session: Session, campaign: Campaign, now: datetime) -> Campaign:
    return counting.lock_tally(session, campaign, "The term for till totals has passed.", now)


_STEPS: dict[State, Step] = {
    State.BIDDING: choosing.close,
    State.CHOOSING: _choosing,
    State.PLEDGING: _decide,
    State.COUNTING: _till_term,
}


def campaigns_due(db: Database) -> list[str]:
    """Look at every campaign whose clock has run out."""
    with db.reading() as session:
        due = campaign_queries.due(session, db.clock.now(session))
    return [line for id_ in due if (line := _look(db, id_))]


def _look(db: Database, campaign_id: str) -> str | None:
    with db.writing() as session:
        return look(session, db.clock, campaign_id)


def promises_due(db: Database) -> list[str]:
    """Note what lateness has appeared, and end campaigns whose last promise has."""
    with db.reading() as session:
        due = business_queries.due_obligations(session, db.clock.now(session), 50)
    return [line for id_ in due for line in _note(db, id_)]


def _note(db: Database, obligation_id: str) -> list[str]:
    with db.writing() as session:
        campaign_id = business_queries.obligation(session, obligation_id).campaign
        campaigns.lock_by_id(session, db.clock, campaign_id)  # before the promise, as every other use-case does
        line = businesses.note_lateness(session, db.clock, obligation_id)
        ended = end_if_over(session, db.clock, campaign_id)
    return [said for said in (line, ended) if said]


def end_if_over(session: Session, clock: Clock, campaign_id: str) -> str | None:
    """A campaign is done when every promise and every circle has ended and replies to verdicts have had their term."""
    campaign, now = campaigns.lock_by_id(session, clock, campaign_id)
    held = business_queries.obligations(session, [campaign_id])
    over = held and all(is_over(o, now) for o in held) and not circles.are_open(session, campaign_id)
    if campaign.state != State.FOLLOWING or not over:
        return None
    campaigns.end(session, campaign, now)
    return f"{campaign.slug}: following -> done"


def circles_due(db: Database) -> list[str]:
    """End the circles whose term has passed, and campaigns that waited for nothing else."""
    with db.reading() as session:
        due = circles.due(session, db.clock.now(session))
    return [line for id_ in due for line in _lapse(db, id_)]


def _lapse(db: Database, circle_id: str) -> list[str]:
    with db.writing() as session:
        campaign_id = circles.by_id(session, circle_id).campaign
        campaigns.lock_by_id(session, db.clock, campaign_id)
        line = circling.note_term(session, db.clock, circle_id)
        ended = end_if_over(session, db.clock, campaign_id)
    return [said for said in (line, ended) if said]


def reports_due(db: Database) -> list[str]:
    """Publish the monitors' reports to which no reply came in its term, each in its own transaction."""
    with db.reading() as session:
        due = reports.due(session, db.clock.now(session))
    return [line for id_ in due if (line := _publish(db, id_))]


def _publish(db: Database, report_id: str) -> str | None:
    with db.writing() as session:
        return monitoring.note_term(session, db.clock, report_id)


def asks_due(db: Database) -> list[str]:
    """Take the asks whose term is over out of the sums, each in its own transaction."""
    with db.reading() as session:
        due = business_queries.due_asks(session, db.clock.now(session))
    return [line for id_ in due if (line := _expire(db, id_))]


def _expire(db: Database, ask_id: str) -> str | None:
    with db.writing() as session:
        return businesses.expire_ask(session, db.clock, ask_id)


DUE = (
    DueWork("campaigns", campaign_queries.next_due, campaigns_due),
    DueWork("promises", business_queries.next_due, promises_due),
    DueWork("circles", circles.next_due, circles_due),
    DueWork("reports", reports.next_due, reports_due),
    DueWork("asks", business_queries.next_ask_due, asks_due),
)
