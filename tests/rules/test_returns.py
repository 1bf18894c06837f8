"""The second carrot: a visit waits for proof, opens by a verified word alone, and is counted from both sides."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from businesses.followthrough import Verdict, verified_kept
from campaigns.values import State
from core.errors import Conflict, Invalid
from pledges import facts
from pledges.returns.rules import OPEN_FOR, note, open_visits, promise, tell, waiting, withdraw
from pledges.returns.values import Opening, Return
from tests.factories import NOW, eur, make_award, make_campaign, make_obligation, verdict

AFTER = make_campaign(state=State.FOLLOWING, award=make_award())
VISIT = Return("v", "c", AFTER.winners[0].business, "p", eur("20"), NOW)
OPENING = Opening("c", VISIT.business, NOW, NOW + OPEN_FOR)


def test_a_visit_is_pledged_once_and_changed_in_place():
    held, made = promise(None, VISIT, AFTER, None)
    assert made == [facts.ReturnPledged("v", VISIT.business, eur("20"))]
    assert promise(held, replace(VISIT, id="w"), AFTER, None) == (held, [])
    changed, made = promise(held, replace(VISIT, id="w", amount=eur("25")), AFTER, None)
    assert (changed.id, made) == ("v", [facts.ReturnPledged("v", VISIT.business, eur("25"))])


def test_it_is_pledged_between_the_final_tally_and_the_last_verdict_only():
    with pytest.raises(Conflict, match="final tally"):
        promise(None, VISIT, replace(AFTER, state=State.PLEDGING), None)
    with pytest.raises(Conflict, match="was kept"):
        promise(None, VISIT, AFTER, OPENING)


def test_it_names_a_business_that_promised_something_here():
    with pytest.raises(Invalid) as wrong:
        promise(None, replace(VISIT, business="another"), AFTER, None)
    assert wrong.value.errors[0].field == "business"


def test_what_was_taken_back_may_be_pledged_again_and_counts_once():
    gone, made = withdraw(VISIT, AFTER, None, NOW)
    assert made == [facts.ReturnWithdrawn("v")]
    assert withdraw(gone, AFTER, None, NOW) == (gone, [])
    again, _ = promise(gone, replace(VISIT, id="w"), AFTER, None)
    assert again.stands
    assert waiting("c", VISIT.business, "EUR", [gone], None).visits == 0


def test_what_is_asked_for_is_what_stands_and_for_sixty_days():
    held = waiting("c", VISIT.business, "EUR", [VISIT, replace(VISIT, id="w", amount=eur("5.50"))], None)
    opening, made = open_visits(held, NOW)
    assert made == [facts.ReturnsOpened(VISIT.business, 2, eur("25.50"), NOW + timedelta(days=60))]
    assert opening.is_open(NOW + timedelta(days=59))
    assert not opening.is_open(NOW + timedelta(days=60))


def test_nobody_comes_back_before_the_word_is_kept_or_after_the_weeks():
    for opening, at in ((None, NOW), (OPENING, OPENING.until)):
        with pytest.raises(Conflict):
            tell(VISIT, opening, eur("9"), at)
        with pytest.raises(Conflict):
            note(VISIT, opening, at)


def test_supporter_and_business_count_apart_and_each_once():
    told, _ = tell(VISIT, OPENING, eur("14.20"), NOW)
    assert tell(told, OPENING, eur("14.20"), NOW) == (told, [])
    noted, _ = note(told, OPENING, NOW)
    assert note(noted, OPENING, NOW + timedelta(days=1)) == (noted, [])
    held = waiting("c", VISIT.business, "EUR", [noted, replace(VISIT, id="w", noted_at=NOW)], OPENING)
    assert (held.came, held.noted, held.told) == (2, 2, eur("14.20"))


def test_a_negative_spend_is_refused():
    with pytest.raises(Invalid):
        tell(VISIT, OPENING, -eur("1"), NOW)


def test_only_what_somebody_outside_saw_kept_is_verified():
    kept = make_obligation(verdicts=(verdict(Verdict.KEPT, NOW, seen_by="independent"),))
    assert verified_kept([kept])
    assert not verified_kept([])
    assert not verified_kept([kept, make_obligation()])
    assert not verified_kept([replace(kept, ended_closed=True)])
    for given in (verdict(Verdict.KEPT, NOW), verdict(Verdict.PARTLY_KEPT, NOW, seen_by="independent")):
        assert not verified_kept([kept, replace(kept, verdicts=(given,))])
