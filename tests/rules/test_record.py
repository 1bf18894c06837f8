"""A business's record: what is overdue counts in every rate, own account and topics apart; and the badge."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from businesses import codec
from businesses.badge import CLEAN, Against, badge
from businesses.followthrough import Obligation, Outcome, Recheck, Verdict
from businesses.rules import match
from businesses.topics import Topic
from businesses.word import by_topic, word
from core.errors import Invalid
from tests.factories import action, evidence, make_obligation, share, verdict

NOW = datetime(2028, 6, 1, 12, 0, tzinfo=UTC)
GIVEN_AT = datetime(2027, 10, 5, 12, 0, tzinfo=UTC)


def judged(said: Verdict = Verdict.KEPT, topic: Topic | None = None, **changes: object) -> Obligation:
    shown = (evidence("27", GIVEN_AT - timedelta(days=30)),)
    given = replace(verdict(said, GIVEN_AT), seen_by=str(changes.pop("seen_by", "independent")))
    held = make_obligation(replace(action(), topic=topic), evidence=shown, verdicts=(given,))
    return replace(held, recheck_months=(6,), **changes)  # type: ignore[arg-type]  # a test changes any field


def lapsed() -> Obligation:
    again = Recheck(6, Outcome.LAPSED, GIVEN_AT + timedelta(days=190), "monitor", "independent", "gone")
    return replace(judged(), rechecks=(again,))


LATE = make_obligation()
"""Due at the end of September 2027: late in October, unknown half a year later."""
OCTOBER = GIVEN_AT + timedelta(days=1)


def test_what_is_overdue_counts_in_every_rate_and_own_account_apart():
    counted = word([judged(), judged(seen_by="parties"), judged(Verdict.BROKEN), LATE], OCTOBER).public()
    assert counted["fallen_due"] == 4
    assert {name: counted["rates"][name] for name in ("kept", "kept_own_account", "broken", "overdue")} == {
        "kept": "25", "kept_own_account": "25", "broken": "25", "overdue": "25",
    }  # fmt: skip
    assert "open" not in counted["rates"]


def test_a_closed_shop_leaves_the_rates_and_a_new_owner_brings_its_promises_back():
    closed = replace(LATE, ended_closed=True)
    assert (word([closed], OCTOBER).ended_closed, word([closed], OCTOBER).fallen_due) == (1, 0)
    adopted = replace(closed, ended_closed=False)
    assert (word([adopted], OCTOBER).overdue, word([adopted], OCTOBER).fallen_due) == (1, 1)


def test_topics_are_counted_each_by_itself_and_what_names_none_last():
    found = by_topic([judged(topic=Topic.WASTE), LATE, judged(topic=Topic.ENERGY)], OCTOBER)
    assert [(name, held.kept, held.overdue) for name, held in found.items()] == [
        ("energy", 1, 0), ("waste", 1, 0), ("other", 0, 1),
    ]  # fmt: skip


def test_a_topic_once_named_stays_and_need_not_be_said_again():
    held = replace(share("22"), topic=Topic.ENERGY)
    assert match((held,), (share("23"),))[0].topic == Topic.ENERGY
    with pytest.raises(Invalid, match="stays as named"):
        match((held,), (replace(share("23"), topic=Topic.WASTE),))
    assert codec.stored(codec.wire(held)) == held
    with pytest.raises(Invalid) as refused:
        codec.commitments([{**codec.wire(held), "topic": "weather"}], "EUR", held.due_on.replace(year=2026), str)
    assert refused.value.field == "commitments.0.topic"


@pytest.mark.parametrize(
    ("more", "at", "against"),
    [
        ([], NOW, [Against.TOO_FEW]),
        ([judged(Verdict.KEPT_LATE)], NOW, []),
        ([judged(seen_by="parties")], NOW, [Against.TOO_FEW]),
        ([judged(Verdict.PARTLY_KEPT)], NOW, [Against.TOO_FEW]),
        ([judged(), LATE], OCTOBER, [Against.OVERDUE]),
        ([judged(), judged(Verdict.BROKEN)], NOW, [Against.BROKEN]),
        ([judged(), judged(Verdict.BROKEN)], GIVEN_AT + CLEAN, []),
        ([judged(), lapsed()], NOW, [Against.LAPSED]),
        ([lapsed()], NOW, [Against.TOO_FEW, Against.LAPSED]),
    ],
)
def test_three_kept_before_independent_eyes_earn_it_and_late_broken_or_lapsed_takes_it_back(
    more: list[Obligation], at: datetime, against: list[Against]
):
    held = badge([judged(), judged(), *more], at)
    assert list(held.against) == against
    assert held.earned == (not against)
