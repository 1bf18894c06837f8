"""At a stall in the street: one phone for many people, and paper that is entered later."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from sqlalchemy.orm import Session

from accounts import service as accounts
from accounts.rules import DOOR, Person
from campaigns import queries as campaigns
from campaigns.values import Campaign
from core.clock import Clock
from core.errors import Invalid, require
from core.tokens import Keys
from pledges.rules import codes, sheets
from pledges.service import promises
from pledges.values import Pledge, PledgeOffer


def stall(session: Session, slug: str, person: Person) -> Campaign:
    """The campaign whose stall this is. Raises Forbidden for whoever is not of its crew."""
    campaign = campaigns.by_slug(session, slug)
    accounts.demand_role(session, campaign.team, person, DOOR)
    return campaign


def new_sheet() -> str:
    """The name of a sheet that is about to be printed."""
    return "".join(secrets.choice(codes.ALPHABET) for _ in range(sheets.NAME_LENGTH))


def enter_sheet(
    session: Session, clock: Clock, keys: Keys, person: Person, slug: str, sheet: str, rows: Mapping[int, PledgeOffer]
) -> list[Pledge]:
    """Enter rows of a sheet (counted from 0), each with the code printed on it. A row entered again stays as it was.

    All or nothing. Raises Invalid naming the row, Conflict when pledging is not open.
    """
    campaign = stall(session, slug, person)
    printed = sheets.printed(keys, campaign.id, sheets.read(sheet))
    require(rows, "", "write down at least one row")
    return [_enter(session, clock, keys, campaign, offer, (row, printed[row])) for row, offer in sorted(rows.items())]


def _enter(
    session: Session, clock: Clock, keys: Keys, campaign: Campaign, offer: PledgeOffer, at: tuple[int, str]
) -> Pledge:
    row, code = at
    try:
        return promises.pledge(session, clock, keys, campaign.slug, offer, printed=code)
    except Invalid as wrong:
        raise wrong.under(f"rows.{row}") from None
