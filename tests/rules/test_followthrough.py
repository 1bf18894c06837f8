"""Keeping the word: numbers decide, lateness appears by itself, and a person confirms."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from businesses import followthrough as rules
from businesses.commitments import Checker
from businesses.followthrough import LATE_TERM, VERDICT_TERM, Standing, Verdict
from core.errors import Conflict, Invalid
from core.money import Money
from tests.factories import (
    action,
    checked_by,
    eur,
    evidence,
    make_obligation,
    reply,
    share,
    spot_check,
    ticked,
    verdict,
)

DUE_AT = datetime(2027, 9, 30, 22, 0, tzinfo=UTC)
"""Midnight in Berlin after the due day."""
MAY = datetime(2027, 5, 3, 12, 0, tzinfo=UTC)
BEFORE = datetime(2027, 9, 15, 12, 0, tzinfo=UTC)
AFTER = datetime(2027, 10, 15, 12, 0, tzinfo=UTC)


def money(owed: str | None = "700.29", **changes):
    """A promise to pay: 700.29 unless said otherwise."""
    return make_obligation(share("35"), owed=None if owed is None else eur(owed), **changes)


def proposed(obligation) -> tuple[Verdict, Decimal | None, Decimal | None] | None:
    found = rules.propose(obligation)
    return None if found is None else (found.verdict, found.value, found.of)


# What the numbers say


def test_eleven_of_fifteen_is_partly_kept():
    assert proposed(make_obligation(checks=(spot_check("23", BEFORE),))) == (Verdict.PARTLY_KEPT, 11, 15)


def test_all_of_it_in_time_is_kept_and_more_is_no_more_than_kept():
    assert proposed(make_obligation(evidence=(evidence("27", BEFORE),))) == (Verdict.KEPT, 15, 15)
    assert proposed(make_obligation(evidence=(evidence("40", BEFORE),))) == (Verdict.KEPT, 15, 15)


def test_all_of_it_after_the_date_is_kept_late():
    assert proposed(make_obligation(evidence=(evidence("27", AFTER),))) == (Verdict.KEPT_LATE, 15, 15)


def test_the_last_minute_of_the_due_day_is_in_time():
    last_minute = make_obligation(evidence=(evidence("27", DUE_AT - timedelta(minutes=1)),))
    assert proposed(last_minute) == (Verdict.KEPT, 15, 15)
    assert proposed(make_obligation(evidence=(evidence("27", DUE_AT),))) == (Verdict.KEPT_LATE, 15, 15)


def test_nothing_more_than_before_is_broken():
    assert proposed(make_obligation(checks=(spot_check("12", BEFORE),))) == (Verdict.BROKEN, 0, 15)
    assert proposed(make_obligation(checks=(spot_check("3", BEFORE),))) == (Verdict.BROKEN, 0, 15)


def test_less_of_something_is_counted_downwards():
    fewer_bags = make_obligation(action("60", "100"), checks=(spot_check("70", BEFORE),))
    assert proposed(fewer_bags) == (Verdict.PARTLY_KEPT, 30, 40)
    assert proposed(make_obligation(action("60", "100"), evidence=(evidence("55", BEFORE),))) == (Verdict.KEPT, 40, 40)


def test_nothing_filed_proposes_nothing():
    assert proposed(make_obligation()) is None
    assert proposed(make_obligation(evidence=(evidence(None, BEFORE),))) is None


def test_what_is_owed_but_not_computable_proposes_nothing():
    assert proposed(money(None, evidence=(evidence("700", BEFORE),))) is None


def test_a_list_counts_as_many_as_it_names():
    listed = make_obligation(action("3", "0"), evidence=(evidence(None, BEFORE, "Hof A", "Hof B"),))
    assert proposed(listed) == (Verdict.PARTLY_KEPT, 2, 3)


def test_the_latest_count_of_an_action_holds():
    recounted = make_obligation(evidence=(evidence("27", MAY), evidence("20", BEFORE)))
    assert proposed(recounted) == (Verdict.PARTLY_KEPT, 8, 15)


def test_payments_are_added_up():
    paid = money(evidence=(evidence("400", MAY), evidence("300.29", BEFORE)))
    assert proposed(paid) == (Verdict.KEPT, Decimal("700.29"), Decimal("700.29"))
    assert proposed(money(evidence=(evidence("400", MAY),))) == (Verdict.PARTLY_KEPT, 400, Decimal("700.29"))


def test_who_sees_a_payment_does_not_add_to_it():
    half = money(evidence=(evidence("350", MAY),), checks=(spot_check("350.29", BEFORE),))
    assert rules.fulfilled_on(half) is None
    assert proposed(half) == (Verdict.PARTLY_KEPT, Decimal("350.29"), Decimal("700.29"))


# Whose count holds


def test_an_independent_count_outranks_the_business():
    told_and_seen = make_obligation(evidence=(evidence("27", MAY),), checks=(spot_check("23", BEFORE),))
    assert proposed(told_and_seen) == (Verdict.PARTLY_KEPT, 11, 15)


def test_the_monitor_outranks_supporters():
    seen = make_obligation(
        checks=(spot_check("27", MAY), spot_check("20", BEFORE, "monitor"), spot_check("27", BEFORE))
    )
    assert proposed(seen) == (Verdict.PARTLY_KEPT, 8, 15)


def test_of_supporters_the_middle_one_is_believed():
    def counted(*values: str):
        return proposed(make_obligation(checks=tuple(spot_check(value, BEFORE) for value in values)))

    assert counted("0", "27", "999") == (Verdict.KEPT, 15, 15)
    assert counted("23", "27") == (Verdict.PARTLY_KEPT, 11, 15)


def test_each_item_of_the_last_list_tells_how_many_saw_it_and_how_many_did_not_find_it():
    filed = (evidence(None, BEFORE, "Hof A"), evidence(None, BEFORE, "Hof A", "Hof B", "Hof C"))
    looks = (ticked(BEFORE, "Hof A", "Hof B"), ticked(BEFORE, "Hof A", struck=("Hof B",)))
    looked = make_obligation(evidence=filed, checks=looks)
    assert [(i.name, i.seen, i.struck) for i in rules.by_item(looked)] == [
        ("Hof A", 2, 0), ("Hof B", 1, 1), ("Hof C", 0, 0),
    ]  # fmt: skip
    found = rules.propose(looked)
    assert found
    assert {"code": "list_looked_at", "of": 3, "seen": 2, "struck": 1} in found.steps


@pytest.mark.parametrize(("seen", "struck"), [([], ["Hof X"]), (["Hof A"], ["Hof A"])])
def test_only_what_stands_on_a_list_and_was_not_seen_can_be_struck(seen: list[str], struck: list[str]):
    with pytest.raises(Invalid) as refused:
        rules.demand_struck(make_obligation(evidence=(evidence(None, BEFORE, "Hof A"),)), seen, struck)
    assert refused.value.errors[0].field == "struck.0"


def test_a_check_by_somebody_dependent_does_not_count():
    own_people = make_obligation(evidence=(evidence("20", MAY),), checks=(spot_check("27", BEFORE, independent=False),))
    assert proposed(own_people) == (Verdict.PARTLY_KEPT, 8, 15)


def test_every_proposal_says_how_it_came_about():
    found = rules.propose(make_obligation(checks=(spot_check("23", BEFORE), spot_check("25", BEFORE))))
    assert found is not None
    assert list(found.steps) == [
        {"code": "supporters_counted", "value": "23", "reports": 2},
        {"code": "compared", "value": "11", "of": "15"},
    ]


# Lateness appears by itself


@pytest.mark.parametrize(
    ("now", "standing"),
    [
        (BEFORE, Standing.NOT_DUE),
        (DUE_AT - timedelta(microseconds=1), Standing.NOT_DUE),
        (DUE_AT, Standing.LATE),
        (DUE_AT + LATE_TERM - timedelta(hours=2), Standing.LATE),
        (DUE_AT + LATE_TERM + timedelta(hours=2), Standing.UNKNOWN),
    ],
)
def test_silence_is_late_from_the_end_of_the_due_day_and_then_unknown(now: datetime, standing: Standing):
    assert rules.standing(make_obligation(), now) == standing


@pytest.mark.parametrize(
    ("zone", "due_on", "midnight"),
    [
        ("Europe/Berlin", date(2027, 3, 27), datetime(2027, 3, 27, 23, 0, tzinfo=UTC)),
        ("Europe/Berlin", date(2027, 3, 28), datetime(2027, 3, 28, 22, 0, tzinfo=UTC)),
        ("Europe/Berlin", date(2027, 10, 31), datetime(2027, 10, 31, 23, 0, tzinfo=UTC)),
        ("Pacific/Auckland", date(2027, 9, 30), datetime(2027, 9, 30, 11, 0, tzinfo=UTC)),
        ("America/Los_Angeles", date(2028, 2, 29), datetime(2028, 3, 1, 8, 0, tzinfo=UTC)),
        ("Africa/Cairo", date(2027, 4, 29), datetime(2027, 4, 29, 22, 0, tzinfo=UTC)),
    ],
)
def test_the_due_day_ends_at_midnight_of_the_campaigns_own_zone(zone: str, due_on: date, midnight: datetime):
    promise = make_obligation(timezone=zone, due_on=due_on, first_due_on=due_on)
    assert promise.due_at == midnight
    assert rules.standing(promise, midnight - timedelta(seconds=1)) == Standing.NOT_DUE
    assert rules.standing(promise, midnight) == Standing.LATE


def test_days_late_are_counted_in_the_campaigns_zone():
    promise = make_obligation()
    assert rules.late_days(promise, BEFORE) == 0
    assert rules.late_days(promise, DUE_AT) == 1
    assert rules.late_days(promise, DUE_AT + timedelta(hours=23)) == 1
    assert rules.late_days(promise, DUE_AT + timedelta(days=9)) == 10


def test_what_is_filed_before_the_date_is_in_progress():
    assert rules.standing(make_obligation(evidence=(evidence("20", MAY),)), BEFORE) == Standing.IN_PROGRESS
    assert rules.standing(make_obligation(checks=(spot_check("20", MAY),)), BEFORE) == Standing.IN_PROGRESS


def test_part_of_it_is_late_once_the_date_has_passed():
    assert rules.standing(make_obligation(evidence=(evidence("20", MAY),)), DUE_AT) == Standing.LATE


def test_a_promise_fulfilled_waits_for_its_verdict_and_is_then_unknown():
    fulfilled = make_obligation(evidence=(evidence("27", MAY),))
    assert rules.standing(fulfilled, DUE_AT) == Standing.IN_PROGRESS
    assert rules.standing(fulfilled, DUE_AT + VERDICT_TERM - timedelta(hours=2)) == Standing.IN_PROGRESS
    assert rules.standing(fulfilled, DUE_AT + VERDICT_TERM + timedelta(hours=2)) == Standing.UNKNOWN


def test_a_verdict_settles_it_for_good():
    kept = make_obligation(verdicts=(verdict(Verdict.KEPT, BEFORE),))
    assert rules.standing(kept, AFTER + timedelta(days=3650)) == Standing.SETTLED


def test_a_verdict_of_unknown_stays_unknown():
    given = make_obligation(verdicts=(verdict(Verdict.UNKNOWN, BEFORE),))
    assert rules.standing(given, AFTER) == Standing.UNKNOWN


def test_a_business_that_closed_ends_its_promises_apart_from_broken():
    closed = make_obligation(ended_closed=True)
    assert rules.standing(closed, AFTER) == Standing.ENDED_CLOSED
    assert rules.next_change(closed, BEFORE) is None


# Disputes


def test_a_dispute_has_its_term_and_is_then_unknown():
    disputed = make_obligation(verdicts=(verdict(Verdict.BROKEN, BEFORE),), replies=(reply(AFTER, dispute=True),))
    assert rules.standing(disputed, AFTER) == Standing.DISPUTED
    assert rules.standing(disputed, AFTER + VERDICT_TERM) == Standing.UNKNOWN
    assert rules.next_change(disputed, AFTER) == AFTER + VERDICT_TERM


def test_a_second_verdict_ends_a_dispute():
    given = (verdict(Verdict.BROKEN, BEFORE), verdict(Verdict.PARTLY_KEPT, AFTER))
    heard = make_obligation(verdicts=given, replies=(reply(BEFORE + timedelta(days=1), dispute=True),))
    assert rules.standing(heard, AFTER + timedelta(days=60)) == Standing.SETTLED


def test_a_reply_alone_disputes_nothing():
    heard = make_obligation(verdicts=(verdict(Verdict.BROKEN, BEFORE),), replies=(reply(AFTER),))
    assert rules.standing(heard, AFTER) == Standing.SETTLED


def test_a_verdict_of_disputed_has_its_term_too():
    given = make_obligation(verdicts=(verdict(Verdict.DISPUTED, BEFORE),))
    assert rules.standing(given, BEFORE + VERDICT_TERM - timedelta(seconds=1)) == Standing.DISPUTED
    assert rules.next_change(given, BEFORE) == BEFORE + VERDICT_TERM
    assert rules.standing(given, BEFORE + VERDICT_TERM) == Standing.UNKNOWN
    assert rules.is_over(given, BEFORE + VERDICT_TERM)


# More time


def test_an_extension_moves_the_date_and_keeps_the_first():
    extended = make_obligation(due_on=date(2027, 12, 31))
    assert rules.standing(extended, AFTER) == Standing.NOT_DUE
    assert extended.first_due_on == date(2027, 9, 30)


def test_kept_within_an_extension_is_kept_late_by_the_first_date():
    extended = make_obligation(due_on=date(2027, 12, 31), evidence=(evidence("27", AFTER),))
    assert proposed(extended) == (Verdict.KEPT_LATE, 15, 15)


# A person confirms


def test_the_numbers_and_the_dates_bind_whoever_says_kept():
    partly = make_obligation(checks=(spot_check("23", BEFORE),))
    late = make_obligation(evidence=(evidence("27", AFTER),))
    with pytest.raises(Invalid, match="11 of 15 were found: that is not kept"):
        rules.confirm(partly, Verdict.KEPT, "monitor", "looks fine", AFTER)
    with pytest.raises(Invalid, match="by its dates this is kept_late"):
        rules.confirm(late, Verdict.KEPT, "monitor", "looks fine", AFTER)


def test_a_verdict_gives_its_reason():
    with pytest.raises(Invalid) as wrong:
        rules.confirm(make_obligation(evidence=(evidence("27", MAY),)), Verdict.KEPT, "monitor", "  ", BEFORE)
    assert wrong.value.field == "reason"


@pytest.mark.parametrize("given", [Verdict.KEPT, Verdict.KEPT_LATE, Verdict.PARTLY_KEPT, Verdict.SUBSTITUTED])
def test_nothing_filed_can_not_be_called_kept_in_any_way(given: Verdict):
    with pytest.raises(Invalid, match="nothing has been filed"):
        rules.confirm(make_obligation(), given, "monitor", "they told me", AFTER)


@pytest.mark.parametrize("given", [Verdict.BROKEN, Verdict.UNKNOWN, Verdict.DISPUTED])
def test_the_other_verdicts_need_no_evidence(given: Verdict):
    assert rules.confirm(make_obligation(), given, "organizer", "nobody answers", AFTER).verdict == given


def test_a_verdict_carries_its_numbers():
    given = rules.confirm(
        make_obligation(checks=(spot_check("23", BEFORE),)), Verdict.PARTLY_KEPT, "organizer", "counted", AFTER
    )
    assert (given.value, given.of, given.at, given.by) == (11, 15, AFTER, "organizer")


def test_seen_by_is_independent_only_where_somebody_outside_looked():
    told = make_obligation(evidence=(evidence("27", MAY),))
    looked = make_obligation(evidence=(evidence("27", MAY),), checks=(spot_check("27", BEFORE),))
    own_people = make_obligation(checks=(spot_check("27", BEFORE, independent=False),))
    assert rules.seen_by(told, "organizer") == "parties"
    assert rules.seen_by(own_people, "organizer") == "parties"
    assert rules.seen_by(told, "monitor") == "independent"
    assert rules.seen_by(looked, "organizer") == "independent"


@pytest.mark.parametrize(
    ("checker", "roles", "by"),
    [
        (Checker.ORGANIZER, {"owner"}, "organizer"),
        (Checker.ORGANIZER, {"co_organizer"}, "organizer"),
        (Checker.ORGANIZER, {"monitor"}, None),
        (Checker.ORGANIZER, {"crew", "jury"}, None),
        (Checker.MONITOR, {"monitor"}, "monitor"),
        (Checker.MONITOR, {"owner"}, None),
        (Checker.SUPPORTERS, {"monitor"}, "monitor"),
        (Checker.SUPPORTERS, {"owner"}, "organizer"),
        (Checker.SUPPORTERS, set(), None),
    ],
)
def test_only_who_the_agreement_names_confirms(checker: Checker, roles: set[str], by: str | None):
    assert rules.may_confirm(checked_by(checker), frozenset(roles)) == by


# When it is over


def test_a_promise_is_over_once_the_term_for_a_reply_has_passed():
    kept = make_obligation(verdicts=(verdict(Verdict.KEPT, BEFORE),))
    assert not rules.is_over(kept, BEFORE + VERDICT_TERM - timedelta(seconds=1))
    assert rules.is_over(kept, BEFORE + VERDICT_TERM)
    assert rules.next_change(kept, BEFORE) == BEFORE + VERDICT_TERM


def test_silence_is_over_once_it_is_unknown():
    assert not rules.is_over(make_obligation(), DUE_AT)
    assert rules.is_over(make_obligation(), DUE_AT + LATE_TERM + timedelta(hours=2))


def test_amounts_are_compared_in_the_decimals_of_their_currency():
    yen = replace(money(), owed=Money(500, "JPY"), evidence=(evidence("500", MAY),))
    assert proposed(yen) == (Verdict.KEPT, 500, 500)


# Another thing in its place


def test_only_what_every_side_agreed_to_may_take_a_promises_place():
    promise = make_obligation(evidence=(evidence("12", BEFORE),))
    with pytest.raises(Invalid, match="nothing in its place was agreed"):
        rules.confirm(promise, Verdict.SUBSTITUTED, "organizer", "Bikes.", AFTER)
    offered = rules.propose_substitute(promise, "s", "business", "Two cargo bikes.", "Late.", BEFORE)
    assert (offered.agreed, offered.waits_for) == (("business",), ("organizer",))
    waiting = replace(promise, substitutes=(offered,))
    with pytest.raises(Conflict, match="proposed already"):
        rules.propose_substitute(waiting, "t", "organizer", "A van.", "Late.", BEFORE)
    with pytest.raises(Conflict, match="nothing to answer"):
        rules.answer_substitute(waiting, "s", "monitor", AFTER, agrees=True)
    agreed = replace(promise, substitutes=(rules.answer_substitute(waiting, "s", "organizer", AFTER, agrees=True),))
    assert rules.confirm(agreed, Verdict.SUBSTITUTED, "organizer", "Bikes.", AFTER).verdict == Verdict.SUBSTITUTED


def test_a_refused_substitute_changes_nothing_and_another_may_be_proposed():
    promise = make_obligation()
    offered = rules.propose_substitute(promise, "s", "monitor", "Two cargo bikes.", "Late.", BEFORE)
    refused = replace(promise, substitutes=(offered.answered("business", AFTER, agrees=False),))
    assert refused.replaced_by is None
    assert rules.propose_substitute(refused, "t", "business", "One van.", "Late.", BEFORE).is_open
