"""What supporters report: once for each code, never twice with what crew noted, and no receipt for two codes."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.rules import Person, Role
from campaigns.tally import DoorSums
from campaigns.values import Campaign, State
from core import record
from core.clock import FixedClock
from core.db import Database
from core.errors import Conflict, Forbidden, Invalid, NotSignedIn
from core.money import Money
from pledges import queries, service
from pledges.rules.recount import Recount
from pledges.values import Arrival, Pledge, Receipt, SpendReport
from tests.at_once import outcomes
from tests.pledges.acts import (
    arrive,
    join,
    kinds,
    move_to,
    open_campaign,
    page_token,
    pledge_and_confirm,
    scan,
    withdraw,
)
from tests.stages import KEYS, euro

ONE = Receipt("a" * 64, "f" * 64)
ALIKE = Receipt("b" * 64, "f" * 62 + "00")
UNLIKE = Receipt("c" * 64, "0" * 64)


@pytest.fixture
def campaign(database: Database, clock: FixedClock) -> Campaign:
    return open_campaign(database)


@pytest.fixture
def crew(database: Database, campaign: Campaign) -> Person:
    return join(database, campaign, Role.CREW, "crew@example.org")


@pytest.fixture
def ada(database: Database, campaign: Campaign, clock: FixedClock) -> Pledge:
    made = pledge_and_confirm(database, campaign, email="ada@example.org")
    pledge_and_confirm(database, campaign, email="ben@example.org")
    open_doors(database, campaign, clock)
    return made


def open_doors(database: Database, campaign: Campaign, clock: FixedClock) -> None:
    assert campaign.first_opening
    move_to(database, campaign, State.MOBBING)
    clock.set(campaign.first_opening)


def ben(database: Database, campaign: Campaign) -> Pledge:
    with database.reading() as session:
        listed = queries.listing(session, campaign.id)
    return next(each.pledge for each in listed if each.contact and "ben" in each.contact.email)


def report(database: Database, made: Pledge, amount: str, receipt: Receipt | None = None, **by: Any) -> SpendReport:
    token = by.pop("token", page_token(made))
    with database.writing() as session:
        spent = Money.parse(amount, by.pop("currency", "EUR"))
        return service.report_spending(session, database.clock, KEYS, made.id, token, None, spent, receipt)


def door(database: Database, campaign: Campaign) -> DoorSums:
    """The sums of the rows, which must be those of the record."""
    record.publish(database)
    with database.reading() as session:
        sums = queries.door(session, campaign.id, campaign.currency)
        told = [(fact.kind, fact.body) for fact in record.read(session, campaign.id)]
    assert Recount("EUR").read(told).door_sums() == sums
    return sums


def test_a_report_counts_once_its_code_was_checked_in(
    database: Database, campaign: Campaign, crew: Person, ada: Pledge
):
    report(database, ada, "14.20")
    assert door(database, campaign) == DoorSums(0, euro("0"), 0)
    came, _ = scan(database, campaign, crew, ada)
    assert door(database, campaign) == DoorSums(1, euro("14.20"), 1, told=1, told_amount=euro("14.20"))
    with database.writing() as session:
        service.undo_check_in(session, database.clock, crew, came.id)
    assert door(database, campaign) == DoorSums(0, euro("0"), 0)


def test_what_crew_noted_stands_and_nothing_is_counted_twice(
    database: Database, campaign: Campaign, crew: Person, ada: Pledge
):
    came, _ = scan(database, campaign, crew, ada)
    report(database, ada, "14.20")
    with database.writing() as session:
        service.note_spending(session, database.clock, crew, came.id, euro("15"))
    assert door(database, campaign) == DoorSums(1, euro("15"), 1)
    report(database, ada, "99")
    assert door(database, campaign) == DoorSums(1, euro("15"), 1)


def test_reports_stand_beside_the_notes_of_others(database: Database, campaign: Campaign, crew: Person, ada: Pledge):
    scan(database, campaign, crew, ada)
    report(database, ada, "14.20")
    scan(database, campaign, crew, ben(database, campaign), spent=euro("5"))
    assert door(database, campaign) == DoorSums(2, euro("19.20"), 2, told=1, told_amount=euro("14.20"))


def test_another_report_takes_the_place_of_the_first_and_the_same_again_is_one(
    database: Database, campaign: Campaign, crew: Person, ada: Pledge
):
    scan(database, campaign, crew, ada)
    first, again, better = (
        report(database, ada, "14.20", ONE),
        report(database, ada, "14.20"),
        report(database, ada, "12"),
    )
    assert (first.id, first) == (better.id, again)
    assert (better.amount, better.receipt) == (euro("12"), ONE)
    assert kinds(database, campaign).count("SpendReported") == 2
    assert door(database, campaign).spent == euro("12")


def test_the_same_receipt_is_not_reported_with_two_codes(database: Database, campaign: Campaign, ada: Pledge):
    other = ben(database, campaign)
    report(database, ada, "14.20", ONE)
    for amount in ("14.20", "3"):
        with pytest.raises(Invalid, match="reported already, with another code") as refused:
            report(database, other, amount, ONE)
        assert refused.value.field == "photo"
    with pytest.raises(Invalid, match="looks like one reported with this amount"):
        report(database, other, "14.20", ALIKE)
    report(database, other, "14.30", ALIKE)
    report(database, other, "14.20", UNLIKE)


def test_a_report_is_refused_below_nothing_in_another_currency_and_beyond_reason(
    database: Database, campaign: Campaign, ada: Pledge
):
    wrong = (("-1", "EUR", "amount"), ("5", "USD", "amount.currency"), ("1000001", "EUR", "amount"))
    for amount, currency, field in wrong:
        with pytest.raises(Invalid) as refused:
            report(database, ada, amount, currency=currency)
        assert refused.value.field == field


def test_only_the_holder_reports_and_only_while_the_door_is_open(
    database: Database, campaign: Campaign, ada: Pledge, clock: FixedClock
):
    for token in ("", "wrong"):
        with pytest.raises((NotSignedIn, Forbidden)):
            report(database, ada, "5", token=token)
    move_to(database, campaign, State.FINAL)
    with pytest.raises(Conflict):
        report(database, ada, "5")


def test_nothing_is_reported_before_the_day_or_for_a_pledge_taken_back(
    database: Database, campaign: Campaign, clock: FixedClock
):
    made = pledge_and_confirm(database, campaign)
    with pytest.raises(Conflict):
        report(database, made, "5")
    withdraw(database, made)
    open_doors(database, campaign, clock)
    with pytest.raises(Conflict, match="stands no more"):
        report(database, made, "5")


def test_of_two_codes_with_one_receipt_at_once_one_is_taken(database: Database, campaign: Campaign, ada: Pledge):
    holders = [ada, ben(database, campaign)]
    made, refused = outcomes(2, lambda n: report(database, holders[n], "14.20", ONE))
    assert (len(made), len(refused)) == (1, 1)


def test_who_leaves_takes_the_photo_along_and_the_sum_stays(
    database: Database, campaign: Campaign, crew: Person, ada: Pledge
):
    scan(database, campaign, crew, ada)
    report(database, ada, "14.20", ONE)
    with database.writing() as session:
        service.erase_contact(session, email="ada@example.org")
    with database.reading() as session:
        held = queries.spend_report(session, ada.id)
    assert held
    assert (held.receipt, held.amount) == (None, euro("14.20"))
    assert door(database, campaign).spent == euro("14.20")


def test_a_walk_in_is_never_mixed_with_a_report(database: Database, campaign: Campaign, crew: Person, ada: Pledge):
    report(database, ada, "14.20")
    arrive(database, campaign, crew, Arrival(walk_in=True))
    assert door(database, campaign) == DoorSums(1, euro("0"), 0)
