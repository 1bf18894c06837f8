"""Proofs of till totals, and what crew read from a slip: on both databases."""

from __future__ import annotations

import pytest

from accounts.rules import Person, Role
from campaigns import queries as campaign_queries
from campaigns.values import Campaign, State
from core.clock import FixedClock
from core.db import Database
from core.errors import Conflict, Forbidden, Invalid, NotFound, NotSignedIn
from core.money import Money
from pledges import queries, service
from pledges.values import MOST_PROOFS, Entered, Form, Proof, TillFigures, TillTotal, Visibility
from tests.pledges.acts import join, kinds, move_to, open_campaign
from tests.pledges.test_till_totals import answer, declare
from tests.stages import SHOP, euro

SLIP = TillFigures(euro("812.50"), customers=40)


@pytest.fixture
def campaign(database: Database, clock: FixedClock) -> Campaign:
    """The window has just closed."""
    made = open_campaign(database, State.MOBBING)
    clock.set(made.windows[0].closes_at)
    return made


@pytest.fixture
def crew(database: Database, campaign: Campaign) -> Person:
    return join(database, campaign, Role.CREW, "crew@example.org")


def prove(database: Database, till: TillTotal, content: str = "a" * 64, business: str = SHOP) -> TillTotal:
    with database.writing() as session:
        return service.give_proof(session, database.clock, business, till.id, Form.PDF, content)


def enter(
    database: Database, campaign: Campaign, crew: Person, figures: TillFigures = SLIP, photo: str = "b" * 64
) -> TillTotal:
    window = campaign.windows[0].id
    with database.writing() as session:
        return service.enter_slip(session, database.clock, crew, campaign.slug, window, SHOP, figures, photo)


def sign(database: Database, till: TillTotal, business: str = SHOP) -> TillTotal:
    with database.writing() as session:
        return service.countersign_till(session, database.clock, business, till.id)


def proofs(database: Database, campaign: Campaign) -> list[Proof]:
    with database.reading() as session:
        return queries.proofs(session, campaign.id)


def sees(database: Database, proof: Proof, person: Person | None, business: str = "") -> Proof:
    with database.reading() as session:
        return service.proof_for(session, proof.id, person, business)


def test_a_proof_attached_twice_is_one_and_stays_when_the_total_changes(database: Database, campaign: Campaign):
    till = declare(database, campaign)
    assert [prove(database, till).proofs for _ in range(2)] == [1, 1]
    assert prove(database, till, "c" * 64).proofs == 2
    assert declare(database, campaign, TillFigures(euro("1999"))).proofs == 2
    told = ["TillDeclared", "TillProofGiven", "TillProofGiven", "TillDeclared"]
    assert kinds(database, campaign) == told
    with database.reading() as session:
        (seen,) = queries.tills(session, campaign.id)
    assert seen.proofs == 2


def test_a_proof_can_come_after_the_final_tally_but_not_for_another_shop_and_not_without_end(
    database: Database, campaign: Campaign
):
    till = declare(database, campaign)
    with pytest.raises(NotFound):
        prove(database, till, business="other")
    move_to(database, campaign, State.FOLLOWING)
    for n in range(MOST_PROOFS):
        prove(database, till, f"{n:064}")
    with pytest.raises(Conflict, match="are enough"):
        prove(database, till, "f" * 64)
    assert len(proofs(database, campaign)) == MOST_PROOFS


def test_a_proof_is_seen_by_the_business_the_organizers_and_the_monitor(
    database: Database, campaign: Campaign, crew: Person
):
    prove(database, declare(database, campaign))
    (proof,) = proofs(database, campaign)
    organizer, monitor = (join(database, campaign, role) for role in (Role.CO_ORGANIZER, Role.MONITOR))
    for person in (organizer, monitor):
        assert sees(database, proof, person) == proof
    assert sees(database, proof, None, SHOP) == proof
    with pytest.raises(Forbidden):
        sees(database, proof, crew)
    with pytest.raises(NotSignedIn):
        sees(database, proof, None, "other")


def test_a_proof_of_figures_for_the_checker_is_for_the_monitor_once_there_is_one(
    database: Database, campaign: Campaign
):
    prove(database, declare(database, campaign, visibility=Visibility.CHECKER))
    (proof,) = proofs(database, campaign)
    organizer = join(database, campaign, Role.CO_ORGANIZER, "o@example.org")
    assert sees(database, proof, organizer) == proof
    monitor = join(database, campaign, Role.MONITOR, "m@example.org")
    assert sees(database, proof, monitor) == proof
    with pytest.raises(Forbidden, match="for the monitor only"):
        sees(database, proof, organizer)


def test_a_slip_is_entered_marked_countersigned_and_then_confirmed(
    database: Database, campaign: Campaign, crew: Person
):
    till = enter(database, campaign, crew)
    assert (till.entered, till.lacks_signature, till.proofs) == (Entered.SLIP, True, 1)
    assert [(proof.form, proof.by) for proof in proofs(database, campaign)] == [(Form.PHOTO, "crew")]
    organizer = join(database, campaign, Role.CO_ORGANIZER, "o@example.org")
    with pytest.raises(Conflict, match="countersign it first"):
        answer(database, organizer, till)
    assert sign(database, till) == sign(database, till)
    answer(database, organizer, till)
    told = ["TillDeclared", "TillProofGiven", "TillCountersigned", "TillConfirmed"]
    assert kinds(database, campaign) == told


def test_a_slip_entered_twice_is_one_and_a_better_reading_takes_its_place(
    database: Database, campaign: Campaign, crew: Person
):
    first, again = enter(database, campaign, crew), enter(database, campaign, crew)
    assert first == again
    better = enter(database, campaign, crew, TillFigures(euro("821.50")))
    assert (better.id, better.proofs, better.figures.takings) == (first.id, 1, euro("821.50"))
    assert kinds(database, campaign) == ["TillDeclared", "TillProofGiven", "TillDeclared"]


def test_the_business_has_the_last_word_on_its_till(database: Database, campaign: Campaign, crew: Person):
    slip = enter(database, campaign, crew)
    own = declare(database, campaign)
    assert (own.id, own.entered, own.lacks_signature) == (slip.id, Entered.TYPED, False)
    with pytest.raises(Conflict, match="has given its own"):
        enter(database, campaign, crew)
    with pytest.raises(Conflict, match="nothing to countersign"):
        sign(database, own)


def test_only_crew_enter_a_slip_only_the_business_signs_it_and_only_after_the_hours(
    database: Database, campaign: Campaign, crew: Person, clock: FixedClock
):
    with pytest.raises(Forbidden):
        enter(database, campaign, join(database, campaign, Role.MONITOR, "m@example.org"))
    with pytest.raises(Invalid, match="counts in EUR"):
        enter(database, campaign, crew, TillFigures(Money.parse("5", "USD")))
    till = enter(database, campaign, crew)
    with pytest.raises(NotFound):
        sign(database, till, "other")
    clock.advance(hours=-1)
    with pytest.raises(Conflict, match="The window closes"):
        enter(database, campaign, crew)


def test_a_slip_that_nobody_signed_counts_as_crew_read_it(database: Database, campaign: Campaign, crew: Person):
    enter(database, campaign, crew)
    with database.reading() as session:
        (seen,) = queries.tills(session, campaign_queries.by_id(session, campaign.id).id)
    assert (seen.takings, seen.entered, seen.countersigned) == (euro("812.50"), "slip", False)
