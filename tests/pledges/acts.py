"""What people do in the tests of this room, each in its own transaction, as an edge would do it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from accounts.rules import Person, Role
from campaigns import queries as campaign_queries
from campaigns import service as campaigns
from campaigns.tally import PledgeSums
from campaigns.values import Campaign, State
from core import record
from core.db import Database
from pledges import queries, service
from pledges.values import Arrival, Changes, CheckIn, Pledge, PledgeOffer
from tests.stages import KEYS, add_member, euro, make_campaign


def open_campaign(database: Database, state: State = State.PLEDGING, **fields: Any) -> Campaign:
    with database.writing() as session:
        return make_campaign(session, database.clock, state, **fields)


def move_to(database: Database, campaign: Campaign, state: State, **fields: Any) -> Campaign:
    with database.writing() as session:
        held = campaign_queries.by_id(session, campaign.id)
        return campaigns.apply(session, (replace(held, state=state, **fields), []), database.clock.now(session))


def pledge(
    database: Database, campaign: Campaign, amount: str = "20", email: str = "lea@example.org", **offered: Any
) -> Pledge:
    repeat_of = offered.pop("repeat_of", "")
    offer = PledgeOffer(euro(amount), email, **offered)
    with database.writing() as session:
        return service.pledge(session, database.clock, KEYS, campaign.slug, offer, repeat_of=repeat_of)


def confirm(database: Database, made: Pledge) -> Pledge:
    with database.writing() as session:
        return service.confirm(session, database.clock, KEYS, made.id, mail_token(made))


def pledge_and_confirm(database: Database, campaign: Campaign, *args: Any, **offered: Any) -> Pledge:
    return confirm(database, pledge(database, campaign, *args, **offered))


def withdraw(database: Database, made: Pledge) -> Pledge:
    with database.writing() as session:
        return service.withdraw(session, database.clock, KEYS, made.id, mail_token(made))


def change(database: Database, made: Pledge, amount: str, party: int = 1, slot: str | None = None) -> Pledge:
    token, wanted = mail_token(made), Changes(euro(amount), party, slot)
    with database.writing() as session:
        return service.change(session, database.clock, KEYS, made.id, token, None, wanted)


def mail_token(made: Pledge) -> str:
    return KEYS.token("pledge", made.id)


def page_token(made: Pledge) -> str:
    return KEYS.token("ticket", made.id)


def join(database: Database, campaign: Campaign, role: Role, email: str = "") -> Person:
    with database.writing() as session:
        return add_member(session, database.clock, campaign, role, email)


def scan(database: Database, campaign: Campaign, crew: Person, made: Pledge, **noted: Any) -> tuple[CheckIn, bool]:
    return arrive(database, campaign, crew, Arrival(code=made.code, **noted))


def arrive(database: Database, campaign: Campaign, crew: Person, arrival: Arrival) -> tuple[CheckIn, bool]:
    with database.writing() as session:
        return service.check_in(session, database.clock, campaign.slug, crew, arrival)


def stored(database: Database, made: Pledge) -> Pledge:
    with database.reading() as session:
        return queries.pledge(session, made.id)


def sums(database: Database, campaign: Campaign) -> PledgeSums:
    with database.reading() as session:
        return queries.sums(session, campaign.id, campaign.currency)


def kinds(database: Database, campaign: Campaign, *, public_only: bool = True) -> list[str]:
    """The kinds of all facts of a campaign, in order."""
    record.publish(database)
    with database.reading() as session:
        return [fact.kind for fact in record.read(session, campaign.id, public_only=public_only)]
