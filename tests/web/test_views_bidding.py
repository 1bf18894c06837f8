"""The sentence builder: a bid as blanks to fill, and back; hints; what the small buttons do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from businesses.commitments import Basis, Checker, Commitment
from businesses.library import LIBRARY
from businesses.linter import Surroundings, lint
from businesses.measures import Measure
from businesses.milestones import Milestone
from businesses.words import PLAIN, sentence
from campaigns.tally import DayFigures
from campaigns.values import Campaign, Estimate, Goal, GoalKind
from core.errors import FieldError, Invalid, Message
from tests.factories import (
    DUE,
    action,
    eur,
    fixed,
    make_bidding,
    make_campaign,
    make_offer,
    per_unit,
    recorded_baseline,
    rung,
    share,
)
from web.typed import Typed
from web.views import bid_form, bidding, examples, hints
from web.views.fields import Fields
from web.views.promises import Reader

CAMPAIGN = make_campaign()
READER = Reader("en", "en", "Europe/Berlin")
EVERYTHING = (
    share("5", due_weeks=6, due_on=date(2027, 5, 22), affected_group="The neighbours", checker=Checker.AFFECTED),
    share(
        "12.5",
        Basis.NET,
        match="50",
        matched_by="Stadtwerke",
        purpose="solar cells",
        proof=("invoice", "photo"),
        checker=Checker.MONITOR,
    ),
    per_unit("0.50", measures=(Measure("New boiler", eur("820.50")),)),
    fixed("1500"),
    action(definition="within 50 km", ladder=(rung("5000", "32"),), affected_group="The growers"),
    action(name="steps", milestones=(Milestone(DUE - timedelta(days=9), Decimal(20)),)),
    share("22", name="parts", milestones=(Milestone(DUE - timedelta(days=9), Decimal("12.5")),)),
    action("4", "12", metric="plastic bags a day", unit="bags", name="fewer"),
)


def read(typed: dict[str, str], locale: str = "en", campaign: Campaign = CAMPAIGN):
    return bidding.read(Fields(typed, locale), campaign)


@pytest.mark.parametrize("locale", ["en", "de"])
def test_a_bid_is_shown_and_read_as_the_same_offer(locale: str) -> None:
    known = {"tax_share": Decimal("10.5"), "margin": Decimal(30), "units": (410,), "recorded_on": date(2027, 2, 27)}
    day = replace(recorded_baseline("640.25"), **known)  # type: ignore[arg-type]  # the day's own fields
    offer = make_offer(*EVERYTHING, baseline=day, done_already="LED lamps", planned="A fridge")
    assert read(bidding.shown(offer, locale), locale) == offer


STOCK = {
    "commitments.0.kind": "action", "commitments.0.verb": "stock", "commitments.0.step": "15",
    "commitments.0.direction": "more", "commitments.0.metric": "local producers", "commitments.0.baseline": "12",
    "commitments.0.due_on": "2027-09-30", "anyway": "No.",
}  # fmt: skip


@pytest.mark.parametrize(
    ("promise", "needed"),
    [
        (share("22"), []),
        (share("22", Basis.EXTRA), ["baseline.takings.0"]),
        (share("22", Basis.NET), ["baseline.tax_share", "baseline.takings.0"]),
        (share("22", Basis.PROFIT), ["baseline.margin", "baseline.takings.0"]),
        (per_unit("1"), ["baseline.units.0", "baseline.takings.0"]),
    ],
)
def test_where_an_estimate_converts_the_figures_of_a_basis_are_asked_for(promise: Commitment, needed: list[str]):
    stated = make_campaign(bidding=make_bidding(estimate=Estimate(eur("5000"), "a guess")))
    typed = bidding.shown(make_offer(promise), "en")
    if not needed:
        assert read(typed, campaign=stated).baseline is None
        return
    with pytest.raises(Invalid) as refused:
        read(typed, campaign=stated)
    assert sorted({error.field for error in refused.value.errors}) == sorted(needed)


def test_a_step_from_today_becomes_the_target() -> None:
    (held,) = read(STOCK).commitments
    assert sentence(held, PLAIN) == "We will stock 15 more local producers than today's 12 by 2027-09-30."
    (fewer,) = read(STOCK | {"commitments.0.direction": "fewer", "commitments.0.step": "10"}).commitments
    assert sentence(fewer, PLAIN).startswith("We will stock 10 fewer local producers than today's 12")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"step": "-15"}, "step"),
        ({"direction": "fewer", "step": "13"}, "step"),
        ({"ladder.0.at_least": "5000", "ladder.0.step": "-3"}, "ladder.0.step"),
        ({"ladder.0.at_least": "5000", "ladder.0.step": "14"}, "ladder.0.step"),
        (
            {
                "ladder.0.at_least": "5000",
                "ladder.0.step": "16",
                "ladder.1.at_least": "400",
                "ladder.1.step": "17",
            },
            "ladder.1.at_least",
        ),
        ({"due": "weeks"}, "due_weeks"),
        ({"due": "weeks", "due_weeks": "600"}, "due_weeks"),
        ({"due": "date", "due_on": "", "due_weeks": "6"}, "due_on"),
        ({"due": "days", "due_working_days": "ten"}, "due_working_days"),
        ({"checker": "affected"}, "affected_group"),
    ],
)
def test_a_blank_that_cannot_be_is_named(change: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(STOCK | {f"commitments.0.{name}": value for name, value in change.items()})
    assert [error.field for error in refused.value.errors] == [f"commitments.0.{field}"]


def test_a_negative_step_is_told_to_choose_fewer() -> None:
    with pytest.raises(Invalid, match="write a number above 0, and choose more or fewer"):
        read(STOCK | {"commitments.0.step": "-15"})


def test_only_the_chosen_way_to_say_a_date_is_read() -> None:
    both = STOCK | {"commitments.0.due_weeks": "6"}
    (by_date,) = read(both).commitments
    (by_weeks,) = read(both | {"commitments.0.due": "weeks"}).commitments
    assert (by_date.due_weeks, by_date.due_on) == (None, date(2027, 9, 30))
    assert (by_weeks.due_weeks, by_weeks.due_on) == (6, date(2027, 5, 22))
    (by_days,) = read(both | {"commitments.0.due": "days", "commitments.0.due_working_days": "10"}).commitments
    assert (by_days.due_working_days, by_days.working_days_of, by_days.due_on) == (10, "DE", date(2027, 4, 23))


def test_a_match_names_its_sponsor_in_the_sentence() -> None:
    said = sentence(share("20", match="100", matched_by="Stadtwerke"), PLAIN)
    assert said.endswith("This is matched with another 100% by Stadtwerke.")
    assert sentence(share("20", match="100"), PLAIN).endswith("This is matched with another 100%.")


def test_weeks_are_said_with_the_date_they_come_to() -> None:
    six = sentence(share("20", due_weeks=6, due_on=date(2027, 7, 26)), PLAIN)
    assert six == "We will give 20% of the takings that day within 6 weeks after the day (by 2027-07-26)."
    one = sentence(fixed("20", due_weeks=1, due_on=date(2027, 7, 26)), PLAIN)
    assert one.endswith("within a week after the day (by 2027-07-26).")


def test_refusals_name_the_blanks_of_every_promise() -> None:
    typed = {
        "commitments.0.kind": "share", "commitments.0.share": "much", "commitments.0.basis": "gross",
        "commitments.3.kind": "action", "commitments.3.verb": "stock", "commitments.3.metric": "producers",
        "commitments.3.step": "0", "commitments.3.due_on": "2027-09-30", "baseline.takings.0": "640",
    }  # fmt: skip
    with pytest.raises(Invalid) as refused:
        read(typed)
    fields = [error.field for error in refused.value.errors]
    assert fields == ["commitments.0.share", "commitments.3.step", "anyway", "baseline.source", "baseline.recorded_on"]


def test_a_refusal_by_the_rules_is_said_in_the_forms_own_names() -> None:
    told = Message("a bid can be raised, not lowered")
    wire = ("commitments.0.target", "commitments.0.ladder.1.when.at_least", "commitments.0.ladder.1.target", "anyway")
    mended = bidding.own_names(Invalid([FieldError(field, told) for field in wire]))
    assert [error.field for error in mended.errors] == [
        "commitments.0.step",
        "commitments.0.ladder.1.at_least",
        "commitments.0.ladder.1.step",
        "anyway",
    ]


def test_the_small_buttons_change_the_rows_and_lose_nothing() -> None:
    form = Typed.start("", **{"commitments.0.kind": "share", "commitments.0.share": "22", "anyway": "No.", "do": "x"})
    more = bid_form.changed(form, "add", "action")
    assert bid_form.rows_of(more).promises == (0, 1)
    assert more.value("commitments.0.share") == "22"
    taller = bid_form.changed(more, "more", "commitments.1.ladder")
    assert bid_form.rows_of(bid_form.changed(taller, "more", "commitments.1.ladder")).ladders[1] == [0, 1]
    assert bid_form.rows_of(bid_form.changed(more, "remove", "0")).promises == (1,)
    assert bid_form.changed(form, "add", "nonsense").value("anyway") == "No."


def test_the_preview_says_what_is_complete_and_what_is_lacking() -> None:
    typed = {
        "commitments.0.kind": "share",
        "commitments.0.share": "22",
        "commitments.0.basis": "gross",
        "commitments.1.kind": "fixed",
    }
    whole, lacking = drafted(typed)
    assert whole.slip
    assert whole.slip.words.startswith("We will give 22% of the takings")
    assert [name for name, _ in lacking.lacks] == ["Amount"]


def test_blanks_stand_where_the_language_wants_them() -> None:
    parts = bidding.pieces("We will {verb} {step} more")
    assert [(p.words, p.blank) for p in parts] == [("We will", ""), ("", "verb"), ("", "step"), ("more", "")]
    assert {"verb", "step", "direction", "metric", "baseline", "due"} == {
        piece.blank for piece in bid_form.sentences("de")["action"] if piece.blank
    }


DOORS = next(each for each in LIBRARY if each.id == "fridge-doors")
TYPED = {
    "commitments.0.kind": "action", "commitments.0.verb": "support", "commitments.0.metric": "likes",
    "commitments.0.step": "3", "commitments.0.direction": "fewer", "commitments.0.due_on": "2027-09-30",
    "commitments.1.kind": "share", "commitments.1.share": "22", "commitments.1.basis": "extra",
}  # fmt: skip


def drafted(typed: dict[str, str]) -> list[bid_form.Draft]:
    return bid_form.drafts(Fields(typed, "en"), CAMPAIGN, READER, Surroundings())


def test_hints_stand_beside_the_preview_in_the_names_of_the_forms_fields() -> None:
    counted, shared = bid_form.drafts(
        Fields(TYPED | {"commitments.0.baseline": "9"}, "en"), CAMPAIGN, READER, Surroundings()
    )
    assert {hint.field for hint in counted.hints} >= {"commitments.0.verb", "commitments.0.metric"}
    assert "commitments.1.basis" in {hint.field for hint in shared.hints}


def test_none_today_is_an_answer_and_an_ordinary_day_is_heard() -> None:
    typed = TYPED | {"commitments.0.direction": "more", "baseline.takings.0": "640"}
    asked, _ = drafted(typed)
    told, shared = bid_form.drafts(
        Fields(typed | {"commitments.0.baseline": "0"}, "en"), CAMPAIGN, READER, Surroundings()
    )
    assert "commitments.0.baseline" in {hint.field for hint in asked.hints}
    assert "commitments.0.baseline" not in {hint.field for hint in told.hints}
    assert "commitments.1.basis" not in {hint.field for hint in shared.hints}


def test_what_works_may_cost_is_measured_by_the_crowd_estimate() -> None:
    held = share("20", measures=(Measure("a cooler", eur("1100")),))
    goal = Goal(GoalKind.TAKINGS, Decimal(6000))
    stated = make_bidding(estimate=Estimate(eur("5000"), "two evenings at the market", units=400, people=90))
    for bidding_, beyond in ((make_bidding(), False), (stated, True)):
        around = hints.surroundings(make_campaign(goal=goal, bidding=bidding_), [], ordinary=False)
        assert ("beyond_the_money" in {hint.code for hint in lint(held, around)}) is beyond
    assert around.expected == DayFigures(eur("5000"), units=400, customers=90)


def test_an_example_fills_an_untouched_row_and_leaves_the_numbers_to_the_shop() -> None:
    form = examples.begun(Typed.start("", **bid_form.first_values(date(2027, 3, 1)), anyway="No."), DOORS)
    assert bid_form.rows_of(form).promises == (0,)
    assert form.value("commitments.0.kind") == "action"
    assert form.value("commitments.0.verb") == "close"
    assert form.value("commitments.0.due_weeks") == "26"
    assert form.value("commitments.0.proof") == "invoices, photos"
    assert form.value("commitments.0.step") == form.value("commitments.0.baseline") == ""
    assert form.value("anyway") == "No."


def test_an_example_keeps_what_was_typed_and_goes_beside_a_promise_that_was_begun() -> None:
    started = Typed.start("", **{"commitments.0.kind": "share", "commitments.0.share": "22"})
    both = examples.begun(started, DOORS)
    assert bid_form.rows_of(both).promises == (0, 1)
    assert both.value("commitments.0.share") == "22"
    counted = Typed.start("", **{"commitments.0.kind": "action", "commitments.0.baseline": "6"})
    kept = examples.begun(counted, DOORS)
    assert kept.value("commitments.0.baseline") == "6"
    assert kept.value("commitments.0.metric") == "metres of refrigerated shelving with doors"
    full = Typed.start("", **{f"commitments.{n}.share": "1" for n in range(20)} | KINDS)
    assert bid_form.rows_of(examples.begun(full, DOORS)).promises == tuple(range(20))


KINDS = {f"commitments.{n}.kind": "share" for n in range(20)}


def test_the_question_about_today_stays_beside_the_blank() -> None:
    form = examples.begun(Typed.start(""), DOORS)
    question, address = examples.questions(form, (), "de")[0]
    assert question == "Wie viele Meter sind heute hinter Türen, und wer hat gemessen?"
    assert address == "/promises/library#fridge-doors"
