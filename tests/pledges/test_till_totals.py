"""The business's own count, from declaring it to a correction long after."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.rules import Person, Role
from campaigns import queries as campaign_queries
from campaigns.tally import TillState
from campaigns.values import Award, Campaign, State, Winner
from core.clock import FixedClock
from core.db import Database
from core.errors import Conflict, Forbidden, Invalid, NotFound
from core.money import Money
from pledges import queries, service
from pledges.values import Correction, Figure, TillFigures, TillTotal, Visibility
from tests.pledges.acts import join, kinds, move_to, open_campaign
from tests.stages import SHOP, euro

FIGURES = TillFigures(euro("2000.84"), tax=euro("319.46"), units=410, customers=276, baseline=euro("800"))


@pytest.fixture
def campaign(database: Database, clock: FixedClock) -> Campaign:
    """The window has just closed."""
    made = open_campaign(database, State.MOBBING)
    clock.set(made.windows[0].closes_at)
    return made


def declare(database: Database, campaign: Campaign, figures: TillFigures = FIGURES, **said: Any) -> TillTotal:
    window = said.pop("window", campaign.windows[0].id)
    business = said.pop("business", SHOP)
    with database.writing() as session:
        return service.declare_till(session, database.clock, campaign.slug, business, window, figures, **said)


def answer(database: Database, person: Person, till: TillTotal, *said: Any) -> TillTotal:
    with database.writing() as session:
        return service.confirm_till(session, database.clock, person, till.id, *said)


def resolve(database: Database, person: Person, till: TillTotal, chosen: Figure) -> TillTotal:
    with database.writing() as session:
        return service.resolve_till(session, database.clock, person, till.id, chosen, "seen the till roll")


def correct(database: Database, campaign: Campaign, field: str, value: str, **said: Any) -> Correction:
    with database.writing() as session:
        held = campaign_queries.by_id(session, campaign.id)
        window = said.pop("window", campaign.windows[0].id)
        return service.apply_correction(session, database.clock, held, window, field, value, "typed wrong", **said)


def stored(database: Database, till: TillTotal) -> TillTotal:
    with database.reading() as session:
        return queries.till(session, till.id)


def test_a_declared_total_is_seen_by_the_tally(database: Database, campaign: Campaign):
    till = declare(database, campaign)
    assert stored(database, till) == till
    with database.reading() as session:
        (seen,) = queries.tills(session, campaign.id)
    assert (seen.state, seen.takings, seen.customers) == (TillState.DECLARED, euro("2000.84"), 276)
    assert (seen.baseline, seen.baseline_after) == (euro("800"), True)
    assert kinds(database, campaign) == ["TillDeclared"]


def test_a_total_waits_for_its_window_but_not_for_a_worker(database: Database, campaign: Campaign, clock: FixedClock):
    move_to(database, campaign, State.TIPPED)
    clock.advance(microseconds=-1)
    with pytest.raises(Conflict, match="The window closes on 2027-03-11 12:00 Europe/Berlin"):
        declare(database, campaign)
    clock.advance(microseconds=1)
    assert declare(database, campaign).state == TillState.DECLARED


def test_only_a_winner_declares_and_only_its_windows(database: Database, campaign: Campaign):
    with pytest.raises(Forbidden, match="won the campaign"):
        declare(database, campaign, business="other")
    with pytest.raises(Invalid, match="no such window"):
        declare(database, campaign, window="other")
    with pytest.raises(Invalid, match="this campaign counts in EUR"):
        declare(database, campaign, TillFigures(Money.parse("5", "USD")))
    move_to(database, campaign, State.FINAL)
    with pytest.raises(Conflict, match="The campaign is final"):
        declare(database, campaign)


def test_declaring_again_replaces_the_figures_while_nobody_has_answered(database: Database, campaign: Campaign):
    first = declare(database, campaign)
    second = declare(database, campaign, TillFigures(euro("1999")))
    assert (second.id, stored(database, first).figures) == (first.id, TillFigures(euro("1999")))
    assert kinds(database, campaign) == ["TillDeclared", "TillDeclared"]
    answer(database, join(database, campaign, Role.CO_ORGANIZER), second)
    with pytest.raises(Conflict, match="is confirmed"):
        declare(database, campaign)


def test_figures_for_the_checker_stay_out_of_the_public_record(database: Database, campaign: Campaign):
    till = declare(database, campaign, visibility=Visibility.CHECKER)
    answer(database, join(database, campaign, Role.CO_ORGANIZER), till, euro("1900"), "the roll says so")
    assert kinds(database, campaign) == ["TillDeclared", "TillDisputed"]
    private = ["TillDeclared", "TillFiguresGiven", "TillDisputed", "TillCounterGiven"]
    assert kinds(database, campaign, public_only=False) == private
    with database.reading() as session:
        assert queries.tills(session, campaign.id)[0].visibility == "checker"


def test_two_organizers_with_the_same_answer_give_one(database: Database, campaign: Campaign):
    till = declare(database, campaign)
    ada = join(database, campaign, Role.CO_ORGANIZER, "ada@example.org")
    ben = join(database, campaign, Role.CO_ORGANIZER, "ben@example.org")
    assert answer(database, ada, till) == answer(database, ben, till)
    assert kinds(database, campaign) == ["TillDeclared", "TillConfirmed"]
    with pytest.raises(Conflict, match="Another organizer has answered already"):
        answer(database, ben, till, euro("1"), "I counted one")


def test_a_dispute_keeps_both_figures_until_the_monitor_decides(database: Database, campaign: Campaign):
    till = declare(database, campaign)
    organizer = join(database, campaign, Role.CO_ORGANIZER)
    monitor = join(database, campaign, Role.MONITOR)
    disputed = answer(database, organizer, till, euro("1900"), "the roll says so")
    assert (disputed.state, disputed.figures.takings, disputed.counter_takings) == (
        TillState.DISPUTED,
        euro("2000.84"),
        euro("1900"),
    )
    with pytest.raises(Forbidden):
        resolve(database, organizer, till, Figure.DECLARED)
    settled = resolve(database, monitor, till, Figure.COUNTER)
    assert settled == stored(database, till)
    assert (settled.state, settled.figures.takings, settled.declared) == (
        TillState.CONFIRMED,
        euro("1900"),
        euro("2000.84"),
    )
    assert kinds(database, campaign) == ["TillDeclared", "TillDisputed", "TillResolved"]


def test_who_may_not_answer_is_told_so(database: Database, campaign: Campaign):
    till = declare(database, campaign)
    for role in (Role.CREW, Role.MONITOR):
        with pytest.raises(Forbidden):
            answer(database, join(database, campaign, role), till)
    organizer = join(database, campaign, Role.CO_ORGANIZER)
    with pytest.raises(Invalid) as refused:
        answer(database, organizer, till, euro("1900"), "")
    assert refused.value.field == "reason"
    with database.writing() as session, pytest.raises(NotFound):
        service.confirm_till(session, database.clock, organizer, "unknown")


def test_a_correction_after_the_final_tally_keeps_the_first_figure(
    database: Database, campaign: Campaign, clock: FixedClock
):
    till = declare(database, campaign)
    with pytest.raises(Conflict, match="The campaign is mobbing"):
        correct(database, campaign, "takings", "1990.84")
    move_to(database, campaign, State.FINAL)
    first = correct(database, campaign, "takings", "1990.84")
    clock.advance(days=1)
    second = correct(database, campaign, "takings", "1991.84")
    assert (first.before, first.after, second.before) == ("2000.84", "1990.84", "1990.84")
    assert stored(database, till).figures.takings == euro("1991.84")
    assert stored(database, till).declared == euro("2000.84")
    with database.reading() as session:
        told = [(c.before, c.after, c.reason) for c in queries.corrections(session, campaign.id)]
    assert told == [("2000.84", "1990.84", "typed wrong"), ("1990.84", "1991.84", "typed wrong")]


def test_a_till_that_nobody_declared_becomes_known_by_a_correction(database: Database, campaign: Campaign):
    move_to(database, campaign, State.FOLLOWING)
    with pytest.raises(Conflict, match="correct its takings first"):
        correct(database, campaign, "units", "5")
    found = correct(database, campaign, "takings", "1500")
    assert (found.before, found.after) == (None, "1500.00")
    with database.reading() as session:
        (seen,) = queries.tills(session, campaign.id)
        (total,) = queries.till_totals(session, campaign.id)
    assert (seen.takings, seen.state) == (euro("1500"), TillState.CONFIRMED)
    assert (total.declared, total.counter_takings) == (euro("1500"), None)


def test_with_several_winners_a_correction_says_whose_till(database: Database, campaign: Campaign, clock: FixedClock):
    award = Award((Winner("a", "cafe"), Winner("b", "bar")), (), clock.instant)
    move_to(database, campaign, State.MOBBING, award=award)
    for business in ("cafe", "bar"):
        declare(database, campaign, business=business)
    move_to(database, campaign, State.FINAL)
    with pytest.raises(Invalid) as refused:
        correct(database, campaign, "takings", "1")
    assert refused.value.field == "business"
    assert correct(database, campaign, "customers", "5", business="bar").till.business == "bar"


def test_figures_for_the_checker_are_answered_by_the_monitor_and_only_without_one_by_an_organizer(
    database: Database, campaign: Campaign
):
    till = declare(database, campaign, visibility=Visibility.CHECKER)
    organizer = join(database, campaign, Role.CO_ORGANIZER, "o@example.org")
    monitor = join(database, campaign, Role.MONITOR, "m@example.org")
    with pytest.raises(Forbidden, match="for the monitor only"):
        answer(database, organizer, till)
    assert answer(database, monitor, till).seen_by == "monitor"
    with database.reading() as session:
        assert queries.tills(session, campaign.id)[0].seen_by == "monitor"


def test_public_figures_are_not_the_monitors_to_answer(database: Database, campaign: Campaign):
    till = declare(database, campaign)
    with pytest.raises(Forbidden):
        answer(database, join(database, campaign, Role.MONITOR, "m@example.org"), till)
    assert answer(database, join(database, campaign, Role.CO_ORGANIZER), till).seen_by == "organizer"
