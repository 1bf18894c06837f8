"""Circles: when one may be opened, who must accept, and how it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from businesses.circles import rules
from businesses.circles.values import LEADER, TERM, Circle, Ending, Gathering, Named, Remedy, Stage
from businesses.commitments import Checker
from businesses.followthrough import Given, Obligation, Verdict
from core.errors import Conflict, Invalid
from tests.factories import NOW, make_obligation

SIDES = ("business", "organizer")
LATER = NOW + timedelta(days=10)


def broken(verdict: Verdict = Verdict.BROKEN) -> Obligation:
    return make_obligation(verdicts=(Given(verdict, NOW, "organizer", "parties", "Nothing was done."),))


def opened(by: str = "business", named: Named | None = None) -> Circle:
    return rules.open_("c", broken(), None, by, rules.leader(SIDES, by, named), NOW)


def led() -> Circle:
    held = rules.answer_facilitator(opened(), "organizer", NOW, agrees=True)
    return rules.answer_facilitator(held, LEADER, NOW, agrees=True)


def met() -> Circle:
    held = rules.arrange(led(), Gathering(LATER, "At the library"), NOW)
    return rules.hold(held, LATER)


DUE = (LATER + timedelta(days=30)).date()


def remedy(id_: str = "r", due_on: date = DUE) -> Remedy:
    return Remedy(
        id=id_, words="We will repair the door.", due_on=due_on, checker=Checker.MONITOR,
        target=Decimal(1), unit="done", asks=SIDES,
    )  # fmt: skip


@pytest.mark.parametrize("verdict", [Verdict.BROKEN, Verdict.DISPUTED])
def test_a_circle_is_opened_about_what_is_broken_or_disputed(verdict: Verdict):
    assert rules.is_called_for(broken(verdict), NOW)


@pytest.mark.parametrize("verdict", [Verdict.KEPT, Verdict.PARTLY_KEPT, Verdict.UNKNOWN])
def test_nothing_else_calls_for_a_circle(verdict: Verdict):
    with pytest.raises(Conflict, match="broken or disputed"):
        rules.open_("c", broken(verdict), None, "business", rules.leader(SIDES, "business", None), NOW)


def test_one_circle_at_a_time_is_open_about_a_promise():
    with pytest.raises(Conflict, match="open already"):
        rules.open_("d", broken(), opened(), "organizer", rules.leader(SIDES, "organizer", None), NOW)


def test_both_sides_and_they_themselves_accept_whoever_leads():
    held = opened()
    assert held.facilitator.waits_for == ("organizer", LEADER)
    assert opened("monitor").facilitator.agreed == (LEADER,)
    assert led().stage == Stage.ARRANGING
    assert rules.answer_facilitator(led(), "organizer", NOW, agrees=True) == led()


def test_after_a_no_somebody_else_is_named_and_the_first_link_is_dead():
    held = rules.answer_facilitator(opened(), "organizer", NOW, agrees=False)
    assert held.stage == Stage.NAMING
    again = rules.name_another(held, "organizer", Named("ines@example.org", "Ines"), NOW)
    assert again.subject != held.subject
    assert again.facilitator.waits_for == ("business", LEADER)
    shown = rules.answer_facilitator(again, LEADER, NOW, agrees=True, show_name=True)
    assert shown.facilitator.shown_name == "Ines"


def test_it_meets_within_its_term_and_is_held_once_its_hour_has_come():
    for at in (NOW, NOW + TERM):
        with pytest.raises(Invalid) as refused:
            rules.arrange(led(), Gathering(at, "At the library"), NOW)
        assert refused.value.field == "at"
    arranged = rules.arrange(led(), Gathering(LATER, "At the library"), NOW)
    with pytest.raises(Conflict, match="has not met"):
        rules.hold(arranged, NOW)
    assert met().stage == Stage.SETTLING


def test_a_remedy_that_all_sides_accept_ends_it_and_forgets_where_it_met():
    held = rules.propose(met(), remedy(), LATER)
    held = rules.answer_remedy(held, "r", "business", LATER, agrees=True)
    assert held.ending is None
    ended = rules.answer_remedy(held, "r", "organizer", LATER, agrees=True)
    assert (ended.ending, ended.meeting) == (Ending.REMEDY, None)
    assert rules.answer_remedy(ended, "r", "organizer", LATER, agrees=True) == ended


def test_after_a_no_another_remedy_may_be_written_down_or_none():
    refused = rules.answer_remedy(rules.propose(met(), remedy(), LATER), "r", "business", LATER, agrees=False)
    assert rules.propose(refused, remedy("s"), LATER).remedy == remedy("s")
    assert rules.end_without(refused, LATER).ending == Ending.NONE
    with pytest.raises(Invalid) as wrong:
        rules.propose(refused, remedy("s", LATER.date()), LATER)
    assert wrong.value.field == "due_on"


def test_past_its_term_a_circle_takes_nothing_and_ends_by_the_clock():
    waiting, until = rules.propose(met(), remedy(), LATER), NOW + TERM
    assert rules.lapse(waiting, until - timedelta(seconds=1)) is None
    ended = rules.lapse(waiting, until)
    assert ended is not None
    assert ended.ending == Ending.LAPSED
    with pytest.raises(Conflict, match="has ended"):
        rules.answer_remedy(waiting, "r", "business", until, agrees=True)
    assert rules.lapse(replace(ended), until) is None
