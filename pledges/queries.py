"""Reads of everything counted, for the rooms above."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from campaigns.tally import Crowd, DoorSums, PledgeSums, Till
from core.money import Money
from pledges.rules import codes
from pledges.store import door as door_store
from pledges.store import files as file_store
from pledges.store import promises as pledge_store
from pledges.store import proofs as proof_store
from pledges.store import slots as slot_store
from pledges.store import spending as spend_store
from pledges.store import sums as sum_store
from pledges.store import till_files as till_file_store
from pledges.store import tills as till_store
from pledges.tables import CheckInRow, ContactRow, CorrectionRow, PledgeRow
from pledges.values import CheckIn, Contact, Pledge, PledgeState, TillTotal

pledge = pledge_store.by_id
pledges_by_code = pledge_store.by_codes
contact = pledge_store.contact
check_in = door_store.by_id
till = till_store.by_id
till_totals = till_store.of_campaign
stored_files = file_store.stored
spend_report = spend_store.of_pledge
spend_reports = spend_store.of_campaign
proofs = proof_store.of_campaign
till_file = till_file_store.by_id
till_columns = till_file_store.remembered
chosen_slots = slot_store.chosen
promised_by_slot = slot_store.promised
arrivals_by_code = sum_store.arrivals_by_code


@dataclass(frozen=True)
class Live:
    """A campaign's totals as they were a moment ago."""

    pledges: PledgeSums
    door: DoorSums


@dataclass(frozen=True)
class Supporter:
    """Somebody whose confirmed pledge stands; ``updates``: wants the weekly news of this campaign."""

    person: str
    updates: bool


@dataclass(frozen=True)
class Listed:
    """A line of the organizers' list: a pledge, its contact where there is one, and its arrival."""

    pledge: Pledge
    contact: Contact | None
    check_in: CheckIn | None


@dataclass(frozen=True)
class Corrected:
    """A correction after the final tally, as it is shown beside the figure."""

    window: str
    business: str
    field: str
    before: str | None
    after: str
    reason: str
    at: datetime


def sums(session: Session, campaign_id: str, currency: str, *, confirmed_before: datetime | None = None) -> PledgeSums:
    """The standing pledges, summed from the rows in one query.

    With ``confirmed_before`` as they stood at that instant: what the go-ahead is decided on, however late a worker
    comes to decide it.
    """
    return _pledge_sums(sum_store.pledge_figures(session, [campaign_id], confirmed_before)[campaign_id], currency)


def sums_of(session: Session, currencies: Mapping[str, str]) -> dict[str, PledgeSums]:
    """The standing pledges of several campaigns (currencies by id), summed from the rows in one query."""
    found = sum_store.pledge_figures(session, currencies)
    return {id_: _pledge_sums(figures, currencies[id_]) for id_, figures in found.items()}


def door(session: Session, campaign_id: str, currency: str) -> DoorSums:
    """Arrivals and what crew noted, summed from the rows, in all and by the winners' doors."""
    venues = sum_store.door_venues(session, campaign_id)
    return _door_sums(sum_store.door_figures(session, campaign_id), currency, venues)


def rolled_up(session: Session, currencies: Mapping[str, str]) -> dict[str, Live]:
    """Live totals of many campaigns (currencies by id) in one query; zeros where nothing was rolled up yet."""
    found = sum_store.rollups(session, currencies)
    return {id_: _live(figures, currencies[id_]) for id_, figures in found.items()}


def live_sums(session: Session, campaign_id: str, currency: str) -> PledgeSums:
    """The standing pledges as they were a moment ago, at a cost that does not grow with them.

    Summed from the rows only where nothing was rolled up yet.
    """
    if sum_store.rolled_at(session, campaign_id) is None:
        return sums(session, campaign_id, currency)
    return rolled_up(session, {campaign_id: currency})[campaign_id].pledges


rolled_at = sum_store.rolled_at


def tills(session: Session, campaign_id: str) -> list[Till]:
    """The till totals as the tally takes them."""
    return [total.for_tally() for total in till_store.of_campaign(session, campaign_id)]


def tills_of(session: Session, business_id: str) -> list[TillTotal]:
    """Every till total that a business has declared, in all campaigns; one query."""
    return till_store.of_business(session, business_id)


def corrections(session: Session, campaign_id: str) -> list[Corrected]:
    """Every correction of a campaign's till totals, oldest first."""
    windows = {total.id: total for total in till_store.of_campaign(session, campaign_id)}
    query = select(CorrectionRow).where(CorrectionRow.till_id.in_(windows)).order_by(CorrectionRow.at, CorrectionRow.id)
    return [_corrected(row, windows[row.till_id]) for row in session.scalars(query)]


def pledge_by_code(session: Session, campaign_id: str, code: str) -> Pledge | None:
    """The pledge with a typed code. Raises Invalid for what cannot be a code."""
    query = select(PledgeRow).where(PledgeRow.code == codes.read(code), PledgeRow.campaign_id == campaign_id)
    row = session.scalar(query)
    return pledge_store.pledge(row) if row else None


def listing(session: Session, campaign_id: str) -> list[Listed]:
    """Every pledge of a campaign with contact and arrival, oldest first, in one query: for the organizers only."""
    query = (
        select(PledgeRow, ContactRow, CheckInRow)
        .outerjoin(ContactRow, ContactRow.pledge_id == PledgeRow.id)
        .outerjoin(CheckInRow, (CheckInRow.pledge_id == PledgeRow.id) & CheckInRow.undone_at.is_(None))
        .where(PledgeRow.campaign_id == campaign_id)
        .order_by(PledgeRow.created_at, PledgeRow.id)
    )
    return [_listed(p, c, came) for p, c, came in session.execute(query)]


def arrival_of(session: Session, pledge_id: str) -> CheckIn | None:
    """When the holder of a pledge came; None while they have not."""
    query = select(CheckInRow).where(CheckInRow.pledge_id == pledge_id, CheckInRow.undone_at.is_(None))
    row = session.scalar(query)
    return door_store.check_in(row) if row else None


def newest_check_ins(session: Session, campaign_id: str, limit: int = 20) -> list[CheckIn]:
    """The last arrivals, newest first, for crew to see and to take back a slip."""
    query = select(CheckInRow).where(CheckInRow.campaign_id == campaign_id, CheckInRow.undone_at.is_(None))
    rows = session.scalars(query.order_by(CheckInRow.at.desc(), CheckInRow.id).limit(limit))
    return [door_store.check_in(row) for row in rows]


def pledges_of(session: Session, person_id: str) -> list[Pledge]:
    """A person's pledges in all campaigns, newest first."""
    query = select(PledgeRow).where(PledgeRow.person_id == person_id).order_by(PledgeRow.created_at.desc())
    return [pledge_store.pledge(row) for row in session.scalars(query)]


def is_supporter(session: Session, campaign_id: str, person_id: str) -> bool:
    """Whether a person's confirmed pledge stands in a campaign (a check-in confirms it, too)."""
    query = select(PledgeRow.id).where(
        PledgeRow.person_id == person_id,
        PledgeRow.campaign_id == campaign_id,
        PledgeRow.state == PledgeState.CONFIRMED.value,
    )
    return session.scalar(query.limit(1)) is not None


def supporters(session: Session, campaign_id: str) -> list[Supporter]:
    """Everybody whose confirmed pledge stands and who can be written to."""
    query = select(PledgeRow.person_id, PledgeRow.updates).where(
        PledgeRow.campaign_id == campaign_id,
        PledgeRow.state == PledgeState.CONFIRMED.value,
        PledgeRow.person_id.is_not(None),
    )
    return [Supporter(person, updates) for person, updates in session.execute(query) if person]


def confirmed(session: Session, campaign_id: str) -> list[Pledge]:
    """The confirmed pledges of a campaign whose holders can be written to."""
    stands = PledgeRow.state == PledgeState.CONFIRMED.value
    query = select(PledgeRow).where(PledgeRow.campaign_id == campaign_id, stands, PledgeRow.person_id.is_not(None))
    return [pledge_store.pledge(row) for row in session.scalars(query)]


def supporting(session: Session, campaign_ids: Collection[str], people: Collection[str]) -> set[tuple[str, str]]:
    """Which of these people have a confirmed pledge that stands in which of these campaigns: (person, campaign)."""
    query = select(PledgeRow.person_id, PledgeRow.campaign_id).where(
        PledgeRow.campaign_id.in_(campaign_ids),
        PledgeRow.person_id.in_(people),
        PledgeRow.state == PledgeState.CONFIRMED.value,
    )
    return {(person, campaign) for person, campaign in session.execute(query) if person}


def asked_again(session: Session, campaign_id: str, terms_version: int) -> int:
    """How many supporters have yet to agree to these terms."""
    return session.scalar(select(func.count()).where(*_not_renewed(campaign_id, terms_version))) or 0


def not_renewed(session: Session, campaign_id: str, terms_version: int) -> list[Pledge]:
    """The pledges of those supporters: who is written to."""
    query = select(PledgeRow).where(*_not_renewed(campaign_id, terms_version)).order_by(PledgeRow.created_at)
    return [pledge_store.pledge(row) for row in session.scalars(query)]


def _not_renewed(campaign_id: str, terms_version: int) -> tuple[ColumnElement[bool], ...]:
    return (
        PledgeRow.campaign_id == campaign_id,
        PledgeRow.state == PledgeState.CONFIRMED.value,
        PledgeRow.person_id.is_not(None),
        PledgeRow.terms_version < terms_version,
    )


def _live(figures: sum_store.Figures, currency: str) -> Live:
    return Live(_pledge_sums(figures, currency), _door_sums(figures, currency))


def _pledge_sums(figures: sum_store.Figures, currency: str) -> PledgeSums:
    def crowd(name: str) -> Crowd:
        return Crowd(figures[f"{name}_people"], Money(figures[f"{name}_minor"], currency))

    return PledgeSums(crowd("pledged"), crowd("confirmed"), crowd("late"), crowd("apart"))


def _door_sums(figures: sum_store.Figures, currency: str, venues: Mapping[str, int] | None = None) -> DoorSums:
    spent = Money(figures["spent_minor"], currency)
    told = Money(figures["told_minor"], currency) if figures["told"] else None
    asked, anyway = figures["asked"], figures["anyway"]
    sums = DoorSums(figures["door_people"], spent, figures["reports"], asked, anyway, figures["told"], told)
    return replace(sums, venues=tuple(sorted((venues or {}).items())))


def _corrected(row: CorrectionRow, total: TillTotal) -> Corrected:
    return Corrected(total.window, total.business, row.field, row.before, row.after, row.reason, row.at)


def _listed(row: PledgeRow, reached: ContactRow | None, came: CheckInRow | None) -> Listed:
    known = Contact(reached.pledge_id, reached.email, reached.name, reached.locale) if reached else None
    return Listed(pledge_store.pledge(row), known, door_store.check_in(came) if came else None)
